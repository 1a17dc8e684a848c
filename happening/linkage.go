package happening

import (
	"cmp"
	"slices"
)

// slack is how far the average likeness of two groups may lie below Enough.
const slack = 0.8

// linkage groups things by their likeness, the likest first. Two groups become
// one only if on average their members are alike enough and nothing rules any
// pair out, so that a chain of half-alike things does not grow.
type linkage struct {
	in      []int   // the group of each, named by one member
	members [][]int // of each group that still is one
	score   map[[2]int]likeness
	ties    []tie
}

type tie struct {
	a, b int
	likeness
}

func newLinkage(n int) *linkage {
	l := &linkage{in: make([]int, n), members: make([][]int, n), score: map[[2]int]likeness{}}
	for i := range n {
		l.in[i], l.members[i] = i, []int{i}
	}
	return l
}

func pair(a, b int) [2]int { return [2]int{min(a, b), max(a, b)} }

// compare keeps how alike two things are; it asks once for each pair.
func (l *linkage) compare(i, j int, ask func() likeness) {
	if p := pair(i, j); i != j {
		if _, ok := l.score[p]; !ok {
			l.score[p] = ask()
		}
	}
}

// tie puts two things into one group.
func (l *linkage) tie(i, j int, why likeness) {
	a, b := l.in[i], l.in[j]
	if a != b {
		for _, m := range l.members[b] {
			l.in[m] = a
		}
		l.members[a] = append(l.members[a], l.members[b]...)
		l.members[b] = nil
	}
	l.ties = append(l.ties, tie{i, j, why})
}

// link ties all that are alike enough; allowed may forbid that two groups become
// one.
func (l *linkage) link(allowed func(a, b []int) bool) {
	var likely []tie
	for p, s := range l.score {
		if s.score >= Enough {
			likely = append(likely, tie{p[0], p[1], s})
		}
	}
	slices.SortFunc(likely, func(a, b tie) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b))
	})
	for _, t := range likely {
		a, b := l.members[l.in[t.a]], l.members[l.in[t.b]]
		if l.in[t.a] != l.in[t.b] && l.fit(a, b) && allowed(a, b) {
			l.tie(t.a, t.b, t.likeness)
		}
	}
}

// fit tells whether two groups are alike enough as wholes. A pair that was not
// compared counts as unlike.
func (l *linkage) fit(a, b []int) bool {
	sum := 0.0
	for _, i := range a {
		for _, j := range b {
			s := l.score[pair(i, j)]
			if s.never {
				return false
			}
			sum += s.score
		}
	}
	return sum/float64(len(a)*len(b)) >= Enough-slack
}
