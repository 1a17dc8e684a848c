package language

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
)

// Trainer makes a model from treebanks. The same documents, seed and number of
// epochs give the same model.
type Trainer struct {
	Docs   []*Document
	Epochs int
	Seed   uint64
	Card   Card
	// Progress, if set, is told what has been done: a part of the model, the
	// epoch, and how much of its own training text it got right, in percent.
	Progress func(part string, epoch int, right float64)

	rng   *rand.Rand
	model *Model
}

// Train runs all parts and returns the model.
func (t *Trainer) Train(ctx context.Context) (*Model, error) {
	if len(t.Docs) == 0 {
		return nil, fmt.Errorf("train language model: no documents")
	}
	t.rng = rand.New(rand.NewPCG(t.Seed, 3))
	t.model = &Model{Card: t.Card}
	tab := tables{Multiwords: learnMultiwords(t.Docs), Lemmas: learnLemmas(t.Docs)}
	var tags, rels tagSet
	for _, d := range t.Docs {
		for _, s := range d.Sentences {
			for _, k := range s.Tokens {
				tags.number(k.UPOS + " " + k.XPOS)
				rels.number(k.Rel)
			}
		}
	}
	tab.Tags, tab.Rels = tags.names, rels.names
	t.model.take(tab)
	for _, part := range []func(context.Context) error{t.trainCuts, t.trainEnds, t.trainTagger, t.trainParser} {
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
	count := counter{}
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
					count.add(lower(s.Tokens[i].Surface.Of(d.Text)), string(cuts))
				}
				i = j
			}
		}
	}
	out := map[string][]uint8{}
	for _, form := range count.keys() {
		// A token without a clitic that was never cut needs no entry; one with
		// a clitic that was mostly left whole needs an empty one.
		best := count.best(form)
		whole := best == ""
		if n := clitic(form); whole && n == 0 || !whole && best == string([]byte{byte(len(form) - n)}) {
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
	l := newLearner(2)
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
				gold := bit(e.cuts[c.at[i]])
				guess := top(l.scores(c.fs))
				l.step++
				seen++
				if guess == gold {
					right++
				} else {
					l.update(c.fs, gold, guess)
				}
				if gold == 1 {
					start, solid = i, c.solid(e.doc.Text, i)
				}
			}
		}
		t.report("tokens", epoch, right, seen)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	t.model.cuts = l.freeze(1)
	return nil
}

func (t *Trainer) trainEnds(ctx context.Context) error {
	l := newLearner(2)
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
	}
	for epoch := 1; epoch <= t.Epochs; epoch++ {
		t.rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		right, seen := 0, 0
		for _, e := range all {
			sp := e.sp
			sp.start, sp.quotes, sp.round = 0, 0, 0
			for i := range sp.pieces {
				sp.see(i)
				gold := bit(e.ends[i])
				if i+1 < len(sp.pieces) && sp.pieces[i+1].gap < lineBreak {
					sp.features(i)
					guess := top(l.scores(sp.fs))
					l.step++
					seen++
					if guess == gold {
						right++
					} else {
						l.update(sp.fs, gold, guess)
					}
				}
				if gold == 1 {
					sp.start, sp.quotes, sp.round = i+1, 0, 0
				}
			}
		}
		t.report("sentences", epoch, right, seen)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	t.model.ends = l.freeze(1)
	return nil
}

// gold returns copies of all sentences.
func (t *Trainer) gold() [][]Token {
	var out [][]Token
	for _, d := range t.Docs {
		for _, s := range d.Sentences {
			out = append(out, s.Tokens)
		}
	}
	return out
}

func (t *Trainer) trainTagger(ctx context.Context) error {
	w, err := t.learnTags(ctx, "tags", t.gold(), t.Epochs)
	t.model.tagger = w
	return err
}

func (t *Trainer) learnTags(ctx context.Context, part string, sentences [][]Token, epochs int) (*weights, error) {
	m := t.model
	l := newLearner(len(m.tags.names))
	order := t.rng.Perm(len(sentences))
	var w work
	for epoch := 1; epoch <= epochs; epoch++ {
		t.rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		right, seen := 0, 0
		for _, n := range order {
			w.load(sentences[n])
			for i, k := range sentences[n] {
				w.tagFeatures(i)
				gold := m.tags.index[k.UPOS+" "+k.XPOS]
				guess := top(l.scores(w.fs))
				l.step++
				seen++
				if guess == gold {
					right++
				} else {
					l.update(w.fs, gold, guess)
				}
				w.setTag(i, guess, m.uposOf[guess])
			}
		}
		t.report(part, epoch, right, seen)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
	}
	return l.freeze(6), nil
}

// folds is the number of parts for which tags are predicted by a tagger that
// has not seen them, so that the parser learns from tags as it will find them.
const folds = 5

func (t *Trainer) retag(ctx context.Context) ([][]Token, error) {
	all := t.gold()
	out := make([][]Token, len(all))
	size := (len(all) + folds - 1) / folds
	var w work
	for f := range folds {
		from, to := min(f*size, len(all)), min((f+1)*size, len(all))
		rest := append(append([][]Token{}, all[:from]...), all[to:]...)
		tagger, err := t.learnTags(ctx, fmt.Sprintf("tags %d/%d", f+1, folds), rest, min(t.Epochs, 4))
		if err != nil {
			return nil, err
		}
		m := *t.model
		m.tagger = tagger
		for i := from; i < to; i++ {
			out[i] = append([]Token{}, all[i]...)
			m.tag(&w, out[i])
		}
	}
	return out, nil
}

// explore is the chance with which the parser in training goes on from its own
// move rather than from a right one.
const explore = 0.9

func (t *Trainer) trainParser(ctx context.Context) error {
	sentences, err := t.retag(ctx)
	if err != nil {
		return err
	}
	m := t.model
	lm, lr := newLearner(moves), newLearner(len(m.rels.names))
	var w work
	p := &w.arcs
	for epoch := 1; epoch <= t.Epochs; epoch++ {
		right, seen := 0, 0
		for _, n := range t.rng.Perm(len(sentences)) {
			tokens := sentences[n]
			gold, rels := make([]int, len(tokens)), make([]int, len(tokens))
			w.load(tokens)
			for i, k := range tokens {
				tag := m.tags.index[k.UPOS+" "+k.XPOS]
				w.setTag(i, tag, m.uposOf[tag])
				gold[i], rels[i] = k.Head, m.rels.index[k.Rel]
				if k.Head < 0 {
					gold[i] = len(tokens)
				}
			}
			p.begin(len(tokens))
			for !p.done() {
				w.moveFeatures(p)
				scores := lm.scores(p.fs)
				best, ok := -1, -1
				for move := range moves {
					if !p.may(move) {
						continue
					}
					if best < 0 || scores[move] > scores[best] {
						best = move
					}
				}
				least := 1 << 30
				for move := range moves {
					if !p.may(move) {
						continue
					}
					if c := p.cost(move, gold); c < least || c == least && scores[move] > scores[ok] {
						ok, least = move, c
					}
				}
				lm.step++
				seen++
				wrong := p.cost(best, gold) > least
				if wrong {
					lm.update(p.fs, ok, best)
				} else {
					right++
				}
				move := best
				if wrong && (epoch == 1 || t.rng.Float64() > explore) {
					move = ok
				}
				rel := 0
				if move != shift {
					h, d := p.arc(move)
					rel = m.root
					if h < p.n {
						w.relFeatures(p, h, d)
						s := lr.scores(p.relFs)
						s[m.root] = -1e9
						rel = top(s)
						if gold[d] == h {
							lr.step++
							if rel != rels[d] {
								lr.update(p.relFs, rels[d], rel)
							}
						}
					}
				}
				p.apply(move, rel)
			}
		}
		t.report("parser", epoch, right, seen)
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	m.moves, m.relations = lm.freeze(12), lr.freeze(9)
	return nil
}
