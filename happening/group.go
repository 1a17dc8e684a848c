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
// agreements of several parties are passed over. Of the reports whose documents
// are given, by hash, those that are about one act are joined too, even where
// the act was not read in one of them: such a report is itself the account.
//
// Each account is in exactly one happening; happenings come in the order of
// their first accounts. Judgements that stand decide before any comparison; the
// order of items does not matter. The cost grows with the square of the accounts
// that share a party.
func Group(items []record.Item, reports map[string]*record.Stored, judged []record.Judgement) []Happening {
	items = slices.Clone(items)
	slices.SortFunc(items, order)
	var all []*telling
	for i := range items {
		it := &items[i]
		if it.Kind == record.Act || it.Kind == record.Agreement && len(it.Parties) > 1 {
			all = append(all, tellingOf(it))
		}
	}
	g := grouping{all: all, linkage: newLinkage(len(all)), apart: map[[2]int]bool{}, reports: reports}
	g.judge(judged)
	g.join()
	return g.happenings(g.stories(reports))
}

// grouping is a grouping of accounts under way.
type grouping struct {
	all []*telling
	*linkage
	apart   map[[2]int]bool // judged not the same
	reports map[string]*record.Stored
}

// judge applies what people decided; of contrary judgements on a pair the latest.
func (g *grouping) judge(judged []record.Judgement) {
	at := map[string]int{}
	for i, t := range g.all {
		at[t.Ref] = i
	}
	latest := map[[2]int]record.Judgement{}
	var pairs [][2]int
	for _, j := range judged {
		a, okA := at[j.A]
		b, okB := at[j.B]
		if j.Kind == "act" && j.Undone == "" && okA && okB {
			p := pair(a, b)
			if _, ok := latest[p]; !ok {
				pairs = append(pairs, p)
			}
			latest[p] = j
		}
	}
	for _, p := range pairs {
		if j := latest[p]; j.Same {
			g.tie(p[0], p[1], likeness{why: []string{"judged the same by " + j.Who}})
		} else {
			g.apart[p] = true
		}
	}
}

// join ties the likest accounts first.
func (g *grouping) join() {
	sharing := map[string][]int{}
	for i, t := range g.all {
		for _, side := range []map[string]bool{t.source, t.target} {
			for party := range side {
				sharing[party] = append(sharing[party], i)
			}
		}
	}
	for _, list := range sharing {
		for n, i := range list {
			for _, j := range list[n+1:] {
				g.compare(i, j, func() likeness {
					if g.apart[pair(i, j)] {
						return ruledOut
					}
					l := compare(g.all[i], g.all[j])
					if l.never && g.all[i].Report.Hash == g.all[j].Report.Hash {
						l = likeness{} // one report may give an act twice, unlike
					}
					return l
				})
			}
		}
	}
	g.link(func(a, b []int) bool {
		for _, i := range a {
			for _, j := range b {
				if g.apart[pair(i, j)] {
					return false
				}
			}
		}
		return true
	})
}

// stories joins the reports that are about one act. It ties the acts that lead
// them and returns, by report, the account that is to stand for it: reports in
// which no act of the happening was read.
func (g *grouping) stories(reports map[string]*record.Stored) [][]*story {
	told := map[string][]*telling{}
	for _, t := range g.all {
		told[t.Report.Hash] = append(told[t.Report.Hash], t)
	}
	var all []*story
	for hash, r := range reports {
		list := told[hash]
		slices.SortFunc(list, func(a, b *telling) int {
			return cmp.Compare(triggerOf(r.Document, a.ID), triggerOf(r.Document, b.ID))
		})
		all = append(all, storyOf(r, list))
	}
	slices.SortFunc(all, func(a, b *story) int { return cmp.Or(cmp.Compare(a.Known, b.Known), cmp.Compare(a.Hash, b.Hash)) })
	l := newLinkage(len(all))
	for i := range all {
		for j := range i {
			l.compare(j, i, func() likeness { return about(all[j], all[i]) })
		}
	}
	l.link(func(a, b []int) bool { return true })
	var out [][]*story
	for _, members := range l.members {
		if len(members) == 0 {
			continue
		}
		group := make([]*story, len(members))
		for n, i := range members {
			group[n] = all[i]
		}
		out = append(out, group)
		for n, a := range group { // the acts that lead them are one
			for _, b := range group[:n] {
				if a.lead != nil && b.lead != nil {
					g.tieLeads(a.lead, b.lead)
				}
			}
		}
	}
	return out
}

// tieLeads joins the happenings of two acts that lead reports on one matter,
// unless something rules out that the acts are one.
func (g *grouping) tieLeads(a, b *telling) {
	i, j := slices.Index(g.all, a), slices.Index(g.all, b)
	if g.in[i] == g.in[j] || g.apart[pair(i, j)] || a.root != b.root {
		return
	}
	for _, m := range g.members[g.in[i]] {
		for _, n := range g.members[g.in[j]] {
			if g.apart[pair(m, n)] || compare(g.all[m], g.all[n]).never && g.all[m].Report.Hash != g.all[n].Report.Hash {
				return
			}
		}
	}
	l := compare(a, b)
	g.tie(i, j, likeness{l.score, append(l.why, "lead reports on one matter"), false})
}

func (g *grouping) happenings(stories [][]*story) []Happening {
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
		h.Ties = append(h.Ties, Tie{g.all[tie.a].Ref, g.all[tie.b].Ref, tie.score, tie.why})
	}
	for _, group := range stories {
		if len(group) < 2 {
			continue
		}
		h := leading(out, group)
		if h == nil {
			out = append(out, Happening{})
			h = &out[len(out)-1]
		}
		for _, s := range group {
			if !slices.ContainsFunc(h.Accounts, func(a Account) bool { return a.Report.Hash == s.Hash }) {
				h.Accounts = append(h.Accounts, s.account())
			}
		}
	}
	for i := range out {
		out[i].finish()
	}
	pass(out, g.reports)
	for i := range out {
		out[i].finish()
	}
	return out
}

// leading returns the happening whose acts lead most of the reports of a group,
// nil if no act does.
func leading(all []Happening, group []*story) *Happening {
	var best *Happening
	most := 0
	for i := range all {
		n := 0
		for _, s := range group {
			if s.lead != nil && slices.ContainsFunc(all[i].Accounts, func(a Account) bool { return a.Ref == s.lead.Ref }) {
				n++
			}
		}
		if n > most {
			best, most = &all[i], n
		}
	}
	return best
}
