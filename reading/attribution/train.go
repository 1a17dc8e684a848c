package attribution

import (
	"context"
	"fmt"

	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/text"
)

// Trainer makes an attributor from marked articles. The same articles, trees
// and settings give the same attributor.
type Trainer struct {
	Articles []Article
	Parse    func(text string) []language.Sentence
	Seed     uint64
	Epochs   int
	Card     Card
	// Progress, if set, is told what was done: the part, its epoch and the loss.
	Progress func(part string, epoch int, loss float64)
}

// Settings of the training, chosen on every tenth training article.
const (
	learningRate = 0.1
	ridge        = 0.0005
	dropped      = 0.5 // share of the features left out of each step
	trainings    = 4   // whose weights are averaged
	seldom       = 3   // how often a feature must occur to be learned
)

// lesson is an article laid out, with its gold in stretches of the row.
type lesson struct {
	*article
	gold []relation
}

// Train learns the cues, then the roles. While the roles are learned the other
// cues of a sentence are those that a model trained on the other half of the
// articles finds, as it will be when reading.
func (t *Trainer) Train(ctx context.Context) (*Attributor, error) {
	if len(t.Articles) == 0 {
		return nil, fmt.Errorf("train attributor: no articles")
	}
	lessons := make([]lesson, len(t.Articles))
	for i, a := range t.Articles {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("train attributor: parse articles: %w", err)
		}
		lessons[i] = layLesson(a, t.Parse(a.Text))
	}
	m := &Attributor{Card: t.Card}
	halves := [2][]lesson{}
	for i, l := range lessons {
		halves[i%2] = append(halves[i%2], l)
	}
	var seen [2]*Attributor
	for k := range seen {
		seen[k] = &Attributor{cues: t.trainCues("cues of one half", halves[1-k], 1)}
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("train attributor: learn cues: %w", err)
		}
	}
	var data []sequence
	for i, l := range lessons {
		data = append(data, l.roleSequences(seen[i%2].findCues(l.article))...)
	}
	m.roles = newField(5, roleBanned())
	m.roles.learnFeatures(data, seldom)
	t.fit(m.roles, data, "roles", trainings)
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("train attributor: learn roles: %w", err)
	}
	m.cues = t.trainCues("cues", lessons, trainings)
	return m, nil
}

func (t *Trainer) fitting(part string) fitting {
	return fitting{epochs: t.Epochs, rate: learningRate, ridge: ridge, drop: dropped, seed: t.Seed, report: func(epoch int, loss float64) {
		if t.Progress != nil {
			t.Progress(part, epoch, loss)
		}
	}}
}

func (t *Trainer) trainCues(part string, lessons []lesson, times int) *field {
	var data []sequence
	for _, l := range lessons {
		data = append(data, l.cueSequences()...)
	}
	f := newField(3, cueBanned())
	f.learnFeatures(data, seldom)
	t.fit(f, data, part, times)
	return f
}

// fit trains a field several times, with different orders of the examples and
// other features left out, and takes the mean of the weights: what only one
// order taught is chance.
func (t *Trainer) fit(f *field, data []sequence, part string, times int) {
	tables := []*weights{&f.nodes, &f.edges}
	var sums [2][]float32
	for k, w := range tables {
		sums[k] = make([]float32, len(w.loose))
	}
	how := t.fitting(part)
	for range times {
		f.train(data, how)
		how.seed += 1 << 32
		for k, w := range tables {
			for i, v := range w.loose {
				sums[k][i] += v / float32(times)
			}
			clear(w.loose)
		}
	}
	for k, w := range tables {
		w.loose = sums[k]
	}
}

// layLesson lays an article out and snaps its gold to words.
func layLesson(a Article, sentences []language.Sentence) lesson {
	l := lesson{article: layOut(a.Text, sentences)}
	for _, g := range a.Gold {
		r := relation{within: -1, source: l.snap(g.Source), content: l.snap(g.Content)}
		cues := l.snap(g.Cue)
		if len(cues) == 0 || len(r.content) == 0 {
			continue
		}
		r.stretch = cues[0]
		r.head = l.headOf(r.stretch)
		l.gold = append(l.gold, r)
	}
	return l
}

// snap returns the words that spans touch.
func (a *article) snap(spans []text.Span) []stretch {
	var out []stretch
	for _, s := range spans {
		from, to := -1, -1
		for i := a.wordFrom(s.Start); i < len(a.words) && a.words[i].span.Start < s.End; i++ {
			if a.words[i].span.Overlaps(s) {
				if from < 0 {
					from = i
				}
				to = i + 1
			}
		}
		if from >= 0 {
			out = append(out, stretch{from, to})
		}
	}
	return out
}

// wordFrom is the first word that ends after a byte.
func (a *article) wordFrom(at int) int {
	lo, hi := 0, len(a.words)
	for lo < hi {
		mid := (lo + hi) / 2
		if a.words[mid].span.End <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// cueSequences are the sentences with their cues. Words inside contents are
// free: nobody looked for cues there.
func (l lesson) cueSequences() []sequence {
	labels := make([]uint8, len(l.words))
	for _, r := range l.gold {
		for _, c := range r.content {
			for i := c.from; i < c.to; i++ {
				labels[i] = free
			}
			labels[c.from] = freeStart
		}
	}
	for _, r := range l.gold {
		for i := r.from; i < r.to; i++ {
			labels[i] = cueIn
		}
		labels[r.from] = cueBegin
	}
	for _, r := range l.gold { // a cue may touch the one before
		labels[r.from] = cueBegin
	}
	var out []sequence
	for si, s := range l.sentences {
		if s.from == s.to {
			continue
		}
		if labels[s.from] == cueIn { // its sentence was cut in two
			labels[s.from] = cueBegin
		}
		for i := s.from; i < s.to; i++ {
			if labels[i] == cueIn && labels[i-1] != cueBegin && labels[i-1] != cueIn {
				labels[i] = cueBegin
			}
		}
		nodes, edges := l.cueFeatures(si, nil, nil)
		out = append(out, sequence{node: nodes, edge: edges, label: labels[s.from:s.to]})
	}
	return out
}

func (l lesson) roleSequences(found []cue) []sequence {
	others := make([]bool, len(l.words))
	for _, c := range found {
		for i := c.from; i < c.to; i++ {
			others[i] = true
		}
	}
	for _, r := range l.gold {
		for i := r.from; i < r.to; i++ {
			others[i] = true
		}
	}
	var out []sequence
	for _, r := range l.gold {
		mark := func(v bool) {
			for i := r.from; i < r.to; i++ {
				others[i] = v
			}
		}
		mark(false)
		from, to, nodes, edges := l.roleFeatures(r.cue, others)
		mark(true)
		labels := make([]uint8, to-from)
		write := func(list []stretch, begin, in uint8) {
			for _, s := range list {
				for i := max(s.from, from); i < min(s.to, to); i++ {
					labels[i-from] = in
				}
				if s.from >= from && s.from < to {
					labels[s.from-from] = begin
				} else if s.from < from && s.to > from {
					labels[0] = begin
				}
			}
		}
		write(r.content, contentBegin, contentIn)
		write(r.source, sourceBegin, sourceIn)
		for i := r.from; i < r.to; i++ {
			if i >= from && i < to {
				labels[i-from] = roleOut
			}
		}
		for i, v := range labels { // what overwriting cut in two begins anew
			if v == sourceIn && (i == 0 || labels[i-1] != sourceBegin && labels[i-1] != sourceIn) {
				labels[i] = sourceBegin
			}
			if v == contentIn && (i == 0 || labels[i-1] != contentBegin && labels[i-1] != contentIn) {
				labels[i] = contentBegin
			}
		}
		out = append(out, sequence{node: nodes, edge: edges, label: labels})
	}
	return out
}
