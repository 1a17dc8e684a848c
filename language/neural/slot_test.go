package neural

import (
	"math/rand/v2"
	"testing"
)

// Whatever the scores, no head keeps two subjects, and the tree stays one.
func TestSlots(t *testing.T) {
	s, err := Load(trained(t))
	if err != nil {
		t.Fatal(err)
	}
	subject := -1
	for i, rel := range s.labels.Rel {
		if rel == "nsubj" {
			subject = i
		}
	}
	rng := rand.New(rand.NewPCG(2, 2))
	r := new(room)
	before := 0
	for range 300 {
		words := make([]string, 2+rng.IntN(9))
		for i := range words {
			words[i] = sample[0].Words[rng.IntN(5)]
		}
		s.encode(r, words)
		scores, stride := r.pass.arcs(s.net, &s.net.grammars[0], 0)
		heads := make([]int, len(words))
		r.tree.heads(scores, stride, heads)
		rels, relStride := r.pass.relations(s.net, &s.net.grammars[0], 0, heads)
		for i := range words {
			rels[i*relStride+subject] += float32(2 + 4*rng.Float64())
		}
		wish := make([]int, len(words))
		for i := range wish {
			wish[i] = s.relation(rels[i*relStride:], heads[i])
		}
		if s.conflict(wish, heads) {
			before++
		}
		names := s.name(r, 0, scores, stride, heads, rels, relStride)
		if s.conflict(names, heads) {
			t.Errorf("%q: relations %v under %v still fill a slot twice", words, names, heads)
		}
		if !isTree(heads) {
			t.Errorf("%q: %v is no tree with one root", words, heads)
		}
	}
	if before < 50 {
		t.Errorf("only %d sentences had a conflict", before)
	}
}
