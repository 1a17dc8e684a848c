package happening

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/record"
)

// sortBy sorts names by a key, equal ones by name.
func sortBy(names []string, key func(string) float64) {
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(key(a), key(b)), strings.Compare(a, b)) })
}

// Group brings accounts of one act together. Items that are neither acts nor
// agreements of several parties are passed over. Each account is in exactly one
// happening; happenings come in the order of their first accounts. Judgements
// that stand decide before any comparison; where they contradict each other, the
// latest holds. The order of items does not matter.
//
// The cost grows with the square of the accounts that share a party.
func Group(items []record.Item, judged []record.Judgement) []Happening {
	items = slices.Clone(items)
	slices.SortFunc(items, order)
	var all []*telling
	for i := range items {
		it := &items[i]
		if it.Kind == record.Act || it.Kind == record.Agreement && len(it.Parties) > 1 {
			all = append(all, tellingOf(it))
		}
	}
	g := &grouping{all: all, in: make([]int, len(all)), members: make([][]int, len(all)), never: map[[2]int]bool{}}
	for i := range all {
		g.in[i], g.members[i] = i, []int{i}
	}
	g.judge(judged)
	g.join()
	return g.happenings()
}

// grouping joins accounts, the likest first.
type grouping struct {
	all     []*telling
	in      []int   // the group of each, named by one member
	members [][]int // of each group that still is one
	never   map[[2]int]bool
	ties    []struct {
		a int
		Tie
	}
}

// judge applies what people decided.
func (g *grouping) judge(judged []record.Judgement) {
	at := map[string]int{}
	for i, t := range g.all {
		at[t.Ref] = i
	}
	latest := map[[2]int]record.Judgement{}
	for _, j := range judged {
		a, okA := at[j.A]
		b, okB := at[j.B]
		if j.Kind == "act" && j.Undone == "" && okA && okB {
			latest[[2]int{min(a, b), max(a, b)}] = j
		}
	}
	for pair, j := range latest {
		if !j.Same {
			g.never[pair] = true
		}
	}
	pairs := make([][2]int, 0, len(latest))
	for pair, j := range latest {
		if j.Same {
			pairs = append(pairs, pair)
		}
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	for _, p := range pairs {
		g.tie(p[0], p[1], likeness{why: []string{"judged the same by " + latest[p].Who}})
	}
}

// tie puts two accounts into one group.
func (g *grouping) tie(i, j int, l likeness) {
	a, b := g.in[i], g.in[j]
	if a != b {
		for _, m := range g.members[b] {
			g.in[m] = a
		}
		g.members[a] = append(g.members[a], g.members[b]...)
		g.members[b] = nil
	}
	g.ties = append(g.ties, struct {
		a int
		Tie
	}{i, Tie{g.all[i].Ref, g.all[j].Ref, l.score, l.why}})
}

type candidate struct {
	i, j int
	likeness
}

// join ties the likest pairs first. Two groups become one only if on average
// their accounts are alike enough and nothing rules any pair out, so that a
// chain of half-alike accounts does not grow.
func (g *grouping) join() {
	sharing := map[string][]int{}
	for i, t := range g.all {
		for _, side := range []map[string]bool{t.source, t.target} {
			for party := range side {
				sharing[party] = append(sharing[party], i)
			}
		}
	}
	score := map[[2]int]likeness{}
	var likely []candidate
	for _, list := range sharing {
		for n, i := range list {
			for _, j := range list[n+1:] {
				pair := [2]int{min(i, j), max(i, j)}
				if _, ok := score[pair]; ok || i == j {
					continue
				}
				l := compare(g.all[i], g.all[j])
				if g.never[pair] {
					l = ruledOut
				}
				score[pair] = l
				if l.score >= Enough {
					likely = append(likely, candidate{pair[0], pair[1], l})
				}
			}
		}
	}
	slices.SortFunc(likely, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.i, b.i), cmp.Compare(a.j, b.j))
	})
	for _, c := range likely {
		if g.in[c.i] != g.in[c.j] && g.fit(g.members[g.in[c.i]], g.members[g.in[c.j]], score) {
			g.tie(c.i, c.j, c.likeness)
		}
	}
}

// slack is how far the average of two groups may lie below Enough.
const slack = 0.8

func (g *grouping) fit(a, b []int, score map[[2]int]likeness) bool {
	sum := 0.0
	for _, i := range a {
		for _, j := range b {
			pair := [2]int{min(i, j), max(i, j)}
			l, ok := score[pair]
			if !ok { // no party in common
				l = likeness{score: 0}
			}
			if l.never && g.all[i].Report.Hash != g.all[j].Report.Hash || g.never[pair] {
				return false
			}
			if !l.never {
				sum += l.score
			}
		}
	}
	return sum/float64(len(a)*len(b)) >= Enough-slack
}

func (g *grouping) happenings() []Happening {
	out := []Happening{}
	at := map[int]int{}
	for i, t := range g.all {
		group := g.in[i]
		if _, ok := at[group]; !ok {
			at[group] = len(out)
			out = append(out, Happening{})
		}
		h := &out[at[group]]
		h.Accounts = append(h.Accounts, Account{Item: *t.Item})
	}
	for _, tie := range g.ties {
		h := &out[at[g.in[tie.a]]]
		h.Ties = append(h.Ties, tie.Tie)
	}
	for i := range out {
		out[i].finish()
	}
	return out
}
