package duty

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
)

var openEnd = day.None

func boundOn(d day.Day) day.Bound { return day.On(d) }

var (
	resultRank = map[Result]int{Bound: 0, IsDispute: 1, Open: 2, Permitted: 3, NotBound: 4}
	forceRank  = map[string]int{"shall": 0, "shall not": 0, "would": 1, "endeavour": 2, "may": 3}
	bindRank   = map[string]int{"legal": 0, "disputed": 1, "political": 2}
)

// sortRows puts the strongest answers first: by answer, then by what is to be
// done, by force and by bindingness, then by provision and bearer.
func sortRows(rows []Answer) {
	slices.SortStableFunc(rows, func(a, b Answer) int {
		for _, d := range []int{
			resultRank[a.Answer] - resultRank[b.Answer], deedRank(a.text) - deedRank(b.text),
			forceRank[a.Force] - forceRank[b.Force], bindRank[a.Binding] - bindRank[b.Binding],
			strings.Compare(a.Provision, b.Provision), strings.Compare(a.Bearer, b.Bearer), strings.Compare(a.To, b.To), strings.Compare(a.Act, b.Act),
		} {
			if d != 0 {
				return d
			}
		}
		return 0
	})
}

func deedRank(t *treaty.Text) int {
	best := len(treaty.Verbs)
	for _, d := range t.Does {
		if i := slices.Index(treaty.Verbs, d.Verb); i >= 0 {
			best = min(best, i)
		}
	}
	return best
}
