package language

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/language/neural"
)

// Trainer makes a model from treebanks: it learns where tokens and sentences
// end and what the lemmas are. Tags and trees come from the network, which has
// a trainer of its own. The same documents, seed and number of epochs give the
// same model.
type Trainer struct {
	Docs    []*Document
	Network []byte // as neural.Train writes it
	Epochs  int
	Seed    uint64
	Card    Card
	// Progress, if set, is told what has been done: a part of the model, the
	// epoch, and how much of its own training text it got right, in percent.
	Progress func(part string, epoch int, right float64)

	rng   *rand.Rand
	model *Model
}

// Train returns the model.
func (t *Trainer) Train(ctx context.Context) (*Model, error) {
	if len(t.Docs) == 0 {
		return nil, fmt.Errorf("train language model: no documents")
	}
	scorer, err := neural.Load(t.Network)
	if err != nil {
		return nil, fmt.Errorf("train language model: %w", err)
	}
	t.rng = rand.New(rand.NewPCG(t.Seed, 3))
	t.model = &Model{Card: t.Card, network: t.Network, scorer: scorer, multiwords: learnMultiwords(t.Docs), lemmas: learnLemmas(t.Docs)}
	for _, part := range []func(context.Context) error{t.trainCuts, t.trainEnds} {
		if err := part(ctx); err != nil {
			return nil, fmt.Errorf("train language model: %w", err)
		}
	}
	return t.model, nil
}

func (t *Trainer) report(part string, epoch, right, all int) {
	if t.Progress != nil {
		t.Progress(part, epoch, 100*float64(right)/float64(max(all, 1)))
	}
}

// learnMultiwords finds the tokens that are mostly several words.
func learnMultiwords(docs []*Document) map[string][]uint8 {
	count := counter[string]{}
	for _, d := range docs {
		for _, s := range d.Sentences {
			for i := 0; i < len(s.Tokens); {
				j := i + 1
				for j < len(s.Tokens) && s.Tokens[j].Surface == s.Tokens[i].Surface && s.Tokens[i].Surface != s.Tokens[i].Span {
					j++
				}
				var cuts []byte
				for _, k := range s.Tokens[i : j-1] {
					cuts = append(cuts, byte(k.Span.Len()))
				}
				if s.Tokens[i].Surface.Len() < 100 {
					count.add(strings.ToLower(s.Tokens[i].Surface.Of(d.Text)), string(cuts))
				}
				i = j
			}
		}
	}
	out := map[string][]uint8{}
	for form := range count {
		// A token without a clitic that was never cut needs no entry; one with
		// a clitic that was mostly left whole needs an empty one.
		best := count.best(form, strings.Compare)
		whole := best == ""
		if n := clitic([]byte(form), len(form)); whole && n == 0 || !whole && best == string([]byte{byte(len(form) - n)}) {
			continue
		}
		if strings.Contains(best, "\x00") {
			continue
		}
		out[form] = []byte(best)
	}
	return out
}

func (t *Trainer) trainCuts(ctx context.Context) error {
	l := newLearner()
	c := cutter{model: t.model}
	type example struct {
		doc      *Document
		from, to int
		cuts     map[int]bool
	}
	var all []example
	for _, d := range t.Docs {
		cuts := map[int]bool{}
		for _, s := range d.Sentences {
			for _, k := range s.Tokens {
				cuts[k.Surface.Start] = true
			}
		}
		for i := 0; i < len(d.Text); {
			if isBlank(firstRune(d.Text[i:])) {
				i += runeLen(d.Text[i:])
				continue
			}
			j := i
			for j < len(d.Text) && !isBlank(firstRune(d.Text[j:])) {
				j += runeLen(d.Text[j:])
			}
			if !plain(d.Text[i:j]) {
				all = append(all, example{d, i, j, cuts})
			}
			i = j
		}
	}
	for epoch := 1; epoch <= t.Epochs; epoch++ {
		t.rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		right, seen := 0, 0
		for _, e := range all {
			c.load(e.doc.Text, e.from, e.to)
			start, solid := 0, c.solid(e.doc.Text, 0)
			for i := 1; i < len(c.rune); i++ {
				if i < solid || !c.candidate(i) {
					continue
				}
				c.features(e.doc.Text, start, i)
				gold := e.cuts[c.at[i]]
				right += bit(l.learn(c.fs, gold))
				seen++
				if gold {
					start, solid = i, c.solid(e.doc.Text, i)
				}
			}
		}
		t.report("tokens", epoch, right, seen)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	t.model.cuts = l.freeze()
	return nil
}

func (t *Trainer) trainEnds(ctx context.Context) error {
	l := newLearner()
	type example struct {
		sp   *splitter
		ends map[int]bool
	}
	var all []example
	for _, d := range t.Docs {
		sp := &splitter{model: t.model, text: d.Text}
		ends := map[int]bool{}
		last := -1
		for _, s := range d.Sentences {
			for i, k := range s.Tokens {
				if i > 0 && k.Surface == s.Tokens[i-1].Surface {
					continue
				}
				g := none
				if last < 0 {
					g = paragraph
				} else if between := d.Text[last:k.Surface.Start]; strings.Contains(between, "\n") {
					g = paragraph
				} else if between != "" {
					g = blank
				}
				sp.pieces = append(sp.pieces, piece{k.Surface, g})
				last = k.Surface.End
			}
			ends[len(sp.pieces)-1] = true
		}
		sp.load()
		all = append(all, example{sp, ends})
		// The same text once more as one line: people paste such texts too.
		if sp.lines {
			flat := &splitter{model: t.model, text: d.Text, pieces: slices.Clone(sp.pieces)}
			for i := range flat.pieces[1:] {
				flat.pieces[i+1].gap = min(flat.pieces[i+1].gap, blank)
			}
			flat.load()
			all = append(all, example{flat, ends})
		}
	}
	for epoch := 1; epoch <= t.Epochs; epoch++ {
		t.rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		right, seen := 0, 0
		for _, e := range all {
			sp := e.sp
			sp.start, sp.quotes, sp.round = 0, 0, 0
			for i := range sp.pieces {
				sp.see(i)
				gold := e.ends[i]
				if i+1 < len(sp.pieces) && sp.pieces[i+1].gap < lineBreak {
					sp.features(i)
					right += bit(l.learn(sp.fs, gold))
					seen++
				}
				if gold {
					sp.start, sp.quotes, sp.round = i+1, 0, 0
				}
			}
		}
		t.report("sentences", epoch, right, seen)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	t.model.ends = l.freeze()
	return nil
}
