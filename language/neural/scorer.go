// Package neural tags and parses one tokenised English sentence with a small
// network: vectors of words and of their parts, bidirectional LSTMs, and on
// top of them tags (from the first layer), biaffine arcs and relations (from
// the last), decoded to the best tree. It holds the network, its file, and its
// trainer; it knows nothing of texts, sentences' bounds, tokens or lemmas.
//
// The analysis of a sentence depends on nothing but the sentence and the
// model: all kernels, vector or portable, compute the same bits.
//
// Source: Dozat and Manning, "Deep Biaffine Attention for Neural Dependency
// Parsing", ICLR 2017.
package neural

import (
	"slices"
	"sync"
)

// Word is the analysis of one word. Strings are shared with the model.
type Word struct {
	UPOS, XPOS, Feats string // Feats in CoNLL-U form, empty for none
	Rel               string
	Head              int // index of the head in the sentence; -1: the root
}

// labels are the names behind the outputs of a grammar.
type labels struct {
	UPOS, XPOS, Feats, Rel []string
}

func (l *labels) sizes() tagSizes {
	return tagSizes{len(l.UPOS), len(l.XPOS), len(l.Feats)}
}

// Scorer is a loaded model. It is immutable and safe for concurrent use.
type Scorer struct {
	net    *network
	words  map[string]int32
	vocab  []string
	labels labels
	root   int   // index of the relation "root"
	slot   []int // of each relation, see slots
	card   string
	known  memo
	pool   sync.Pool
}

// room is what one analysis needs.
type room struct {
	pass  pass
	order []int // sentences, longest first
	from  []int // where each sentence begins in the result
	lens  []int // of the sentences of one pass
	words features
	fresh fresh
	heads []int
	names []int // relations
	tree  tree
	pair  []float32
	rels  []float32
	one   [1][]string
}

// prepare packs the weights and finds the label of the root.
func (s *Scorer) prepare() {
	for _, a := range s.net.matrices() {
		a.prepare(false)
	}
	s.root = -1
	for i, r := range s.labels.Rel {
		if r == "root" {
			s.root = i
		}
	}
	s.slot = slotsOf(s.labels.Rel)
	s.pool.New = func() any { return new(room) }
}

// Parse analyses one sentence and appends its words to out. The tree has one
// root and no cycle. Time and room grow with the square of the length: cut
// sentences of more than some hundred words before.
func (s *Scorer) Parse(words []string, out []Word) []Word {
	r := s.pool.Get().(*room)
	defer s.pool.Put(r)
	r.one[0] = words
	out = s.all(r, r.one[:], out)
	r.one[0] = nil
	return out
}

// ParseAll analyses sentences and appends their words to out, sentence after
// sentence. It gives the words that Parse would give and is about twice as
// fast, because several sentences go through the network together; hand it
// twenty sentences or more.
func (s *Scorer) ParseAll(sentences [][]string, out []Word) []Word {
	r := s.pool.Get().(*room)
	defer s.pool.Put(r)
	return s.all(r, sentences, out)
}

// A pass takes at most so many sentences and, beyond the first, words.
const (
	passSentences = 32
	passWords     = 256
)

func (s *Scorer) all(r *room, sentences [][]string, out []Word) []Word {
	r.order, r.from = r.order[:0], r.from[:0]
	at := len(out)
	for i, words := range sentences {
		r.order, r.from = append(r.order, i), append(r.from, at)
		at += len(words)
	}
	out = slices.Grow(out, at-len(out))[:at]
	slices.SortStableFunc(r.order, func(a, b int) int { return len(sentences[b]) - len(sentences[a]) })
	for i := 0; i < len(r.order); {
		j, words := i, 0
		r.lens = r.lens[:0]
		for j < len(r.order) && j-i < passSentences && (j == i || words+len(sentences[r.order[j]]) <= passWords) {
			r.lens = append(r.lens, len(sentences[r.order[j]]))
			words += len(sentences[r.order[j]])
			j++
		}
		s.group(r, r.order[i:j], sentences, out)
		i = j
	}
	return out
}

// group analyses the sentences of one pass.
func (s *Scorer) group(r *room, group []int, sentences [][]string, out []Word) {
	s.run(r, group, sentences)
	for i, n := range r.pass.lens {
		from := r.from[group[i]]
		s.read(r, i, out[from:from+n])
	}
}

// run sends sentences through the network; they come longest first, their
// lengths stand in r.lens.
func (s *Scorer) run(r *room, group []int, sentences [][]string) {
	p := &r.pass
	p.begin(r.lens)
	s.known.enter(s, r, group, sentences)
	p.run(s.net, &s.net.grammars[0])
}

// encode runs one sentence through the network.
func (s *Scorer) encode(r *room, words []string) {
	r.one[0] = words
	r.lens, r.order = append(r.lens[:0], len(words)), append(r.order[:0], 0)
	s.run(r, r.order, r.one[:])
}

// read decodes the sentence at place i of a finished pass.
func (s *Scorer) read(r *room, i int, out []Word) {
	p, g := &r.pass, &s.net.grammars[0]
	n := p.lens[i]
	scores, stride := p.arcs(s.net, g, i)
	if cap(r.heads) < n {
		r.heads = make([]int, 2*n)
	}
	heads := r.heads[:n]
	r.tree.heads(scores, stride, heads)
	rels, relStride := p.relations(s.net, g, i, heads)
	names := s.name(r, i, scores, stride, heads, rels, relStride)
	width := g.tags.cols()
	for t := range n {
		at := p.row(i, t) * width
		out[t] = s.word(p.tags[at:at+width], names[t], heads[t])
	}
}

// relation is the best one under a given head.
func (s *Scorer) relation(rels []float32, head int) int {
	if head < 0 && s.root >= 0 {
		return s.root
	}
	return bestBut(rels[:len(s.labels.Rel)], s.root)
}

// word picks the best tags of a word.
func (s *Scorer) word(tags []float32, rel, head int) Word {
	size := s.net.grammars[0].size
	return Word{
		UPOS:  s.labels.UPOS[bestBut(tags[:size.upos], -1)],
		XPOS:  s.labels.XPOS[bestBut(tags[size.upos:size.upos+size.xpos], -1)],
		Feats: s.labels.Feats[bestBut(tags[size.upos+size.xpos:size.total()], -1)],
		Rel:   s.labels.Rel[rel],
		Head:  head,
	}
}

// bestBut is the place of the greatest value, place not left aside.
func bestBut(x []float32, not int) int {
	best := 0
	if not == 0 && len(x) > 1 {
		best = 1
	}
	for i, v := range x {
		if v > x[best] && i != not {
			best = i
		}
	}
	return best
}
