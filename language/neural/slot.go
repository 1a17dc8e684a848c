package neural

import "math"

// A head has one subject and one object. The network scores every relation by
// itself and now and then gives it two, which no reader can use. Where that
// happens one of the rivals takes the next best: another relation,
// or another head that leaves a tree.

// slots are the relations of which a head takes one at most. A subject outside
// the clause of a copula (nsubj:outer) is beside, not instead of, the inner
// one.
var slots = [...][]string{
	{"nsubj", "nsubj:pass", "csubj", "csubj:pass"},
	{"obj"},
}

// slotsOf maps every relation to its slot, -1 for none.
func slotsOf(rels []string) []int {
	out := make([]int, len(rels))
	for i, r := range rels {
		out[i] = -1
		for s, names := range slots {
			for _, n := range names {
				if r == n {
					out[i] = s
				}
			}
		}
	}
	return out
}

const (
	mostRepairs  = 12 // in a sentence; a list of names is no clause
	otherHeads   = 3  // that are tried for a rival
	repairLength = 120
)

// change is a way out of a conflict: word gets head and rel, which costs so
// much of the score.
type change struct {
	word, head, rel int
	cost            float64
}

// name picks the relations of the sentence at place i of a pass and, where a
// slot is filled twice, changes relations or heads. arcs and rels are scores.
func (s *Scorer) name(r *room, i int, arcs []float32, stride int, heads []int, rels []float32, relStride int) []int {
	n := len(heads)
	r.names = r.names[:0]
	for t := range n {
		r.names = append(r.names, s.relation(rels[t*relStride:], heads[t]))
	}
	if n > repairLength || !s.conflict(r.names, heads) {
		return r.names
	}
	for t := range n {
		logarithmic(rels[t*relStride : t*relStride+len(s.labels.Rel)])
	}
	for range mostRepairs {
		best := change{cost: math.Inf(1)}
		for t := range n {
			if s.rivals(r.names, heads, t, heads[t], s.slot[r.names[t]]) {
				s.changes(r, i, t, arcs[t*stride:t*stride+n+1], heads, rels[t*relStride:], &best)
			}
		}
		if math.IsInf(best.cost, 1) {
			break
		}
		heads[best.word], r.names[best.word] = best.head, best.rel
		s.under(r, i, best.word, best.head, rels[best.word*relStride:])
	}
	return r.names
}

// conflict tells whether any head has a slot filled twice.
func (s *Scorer) conflict(names, heads []int) bool {
	for t, k := range names {
		if s.slot[k] >= 0 && s.rivals(names, heads, t, heads[t], s.slot[k]) {
			return true
		}
	}
	return false
}

// under writes the logarithmic scores of the relations of word t under head.
func (s *Scorer) under(r *room, i, t, head int, row []float32) {
	p, g := &r.pass, &s.net.grammars[0]
	z := grow(&r.pair, 2*s.net.cfg.Rel)
	p.pair(s.net, g, z, i, t, head)
	g.rel.apply(row, g.rel.cols(), z, len(z), 1)
	logarithmic(row[:len(s.labels.Rel)])
}

// rivals tells whether another word than t fills the slot of head.
func (s *Scorer) rivals(names, heads []int, t, head, slot int) bool {
	if slot < 0 || head < 0 {
		return false
	}
	for u, h := range heads {
		if u != t && h == head && s.slot[names[u]] == slot {
			return true
		}
	}
	return false
}

// changes tries other relations and other heads for word t and keeps the
// cheapest in best.
func (s *Scorer) changes(r *room, i, t int, arcs []float32, heads []int, rels []float32, best *change) {
	head := heads[t]
	now := float64(rels[r.names[t]])
	consider := func(h int, rels []float32, loss float64) {
		for k := range s.labels.Rel {
			cost := loss + now - float64(rels[k])
			if k != s.root && cost < best.cost && !s.rivals(r.names, heads, t, h, s.slot[k]) {
				*best = change{t, h, k, cost}
			}
		}
	}
	consider(head, rels, 0)
	last := float32(math.Inf(1))
	for range otherHeads {
		// The next head in the order of scores that is not below t.
		next, value := -1, float32(math.Inf(-1))
		for h := range heads {
			if v := arcs[h+1]; h != t && h != head && v > value && v < last && !below(heads, h, t) {
				next, value = h, v
			}
		}
		if next < 0 || float64(arcs[head+1]-value) >= best.cost {
			return
		}
		last = value
		row := grow(&r.rels, s.net.grammars[0].rel.cols())
		s.under(r, i, t, next, row)
		consider(next, row, float64(arcs[head+1]-value))
	}
}

// below tells whether word w stands under word top in the tree.
func below(heads []int, w, top int) bool {
	for ; w >= 0; w = heads[w] {
		if w == top {
			return true
		}
	}
	return false
}

// logarithmic turns scores into logarithms of probabilities.
func logarithmic(x []float32) {
	top := x[0]
	for _, v := range x {
		top = max(top, v)
	}
	sum := 0.0
	for _, v := range x {
		sum += math.Exp(float64(v - top))
	}
	less := top + float32(math.Log(sum))
	for i := range x {
		x[i] -= less
	}
}
