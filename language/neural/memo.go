package neural

import (
	"slices"
	"strings"
	"sync"
)

// memoForms is how many forms a memo keeps, 5 kB each in the model that ships: three
// of four words of news are among the forms met first.
const memoForms = 2048

// memo keeps what the first layer makes of a word by itself, its input times
// the layer's matrix, for the forms of the vocabulary met first. Common forms
// come early, so that nothing is ever dropped. It is safe for concurrent use.
type memo struct {
	mu    sync.RWMutex
	gates map[string][]float32
}

// fresh is the room for the forms of one pass that the memo does not hold.
type fresh struct {
	forms []string
	at    map[string]int
	rows  []place
	x     []float32 // inputs, one row for each form
	gates []float32
	keep  []int // the forms of the vocabulary
}

// place says that a row of the pass holds a fresh form.
type place struct{ row, form int }

// enter writes the gates of the first layer for the words of a pass as they
// come from the input: from the memo, or computed once for each form.
func (m *memo) enter(s *Scorer, r *room, group []int, sentences [][]string) {
	p, f := &r.pass, &r.fresh
	in := &s.net.layers[0].input
	w := in.cols()
	gates := p.room(s.net)
	f.forms, f.rows, f.keep = f.forms[:0], f.rows[:0], f.keep[:0]
	if f.at == nil {
		f.at = map[string]int{}
	}
	m.mu.RLock()
	full := len(m.gates) >= memoForms
	for i := range p.lens {
		for t, form := range sentences[group[i]] {
			form, row := plain(form), p.row(i, t)
			if known, ok := m.gates[form]; ok {
				copy(gates[row*w:], known)
				continue
			}
			k, ok := f.at[form]
			if !ok {
				k = len(f.forms)
				f.at[form] = k
				f.forms = append(f.forms, form)
			}
			f.rows = append(f.rows, place{row, k})
		}
	}
	m.mu.RUnlock()
	x := grow(&f.x, len(f.forms)*in.in)
	for k, form := range f.forms {
		r.words.extract(form, s.words, &s.net.cfg)
		s.net.embed(x[k*in.in:(k+1)*in.in], &r.words)
		if r.words.word != 0 {
			f.keep = append(f.keep, k)
		}
	}
	made := grow(&f.gates, len(f.forms)*w)
	in.apply(made, w, x, in.in, len(f.forms))
	for _, at := range f.rows {
		copy(gates[at.row*w:(at.row+1)*w], made[at.form*w:])
	}
	defer func() { // a buffer must not keep a text alive
		clear(f.at)
		clear(f.forms)
	}()
	if full || len(f.keep) == 0 {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.gates == nil {
		m.gates = map[string][]float32{}
	}
	for _, k := range f.keep {
		if len(m.gates) < memoForms {
			m.gates[strings.Clone(f.forms[k])] = slices.Clone(made[k*w : (k+1)*w])
		}
	}
}
