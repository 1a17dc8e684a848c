package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/treaty"
)

// sinceView is what the same question would have been answered on another day.
type sinceView struct {
	Day     string
	Problem string // why it cannot be asked on that day
	Rows    []shiftView
	Same    int // states whose answer did not change
}

// shiftView is one state whose answer changed, and what changed it.
type shiftView struct {
	Name, Code, What string
	Before, After    tallied // zero: no provision concerned it
	Because          []causeView
}

type causeView struct{ Provision, Says string }

// helper is a state's strongest answer on helping, with the provisions that give it.
type helper struct {
	result     duty.Result
	provisions []string
}

func helpersOf(a duty.Reply) map[string]helper {
	out := map[string]helper{}
	for i := range a.Answers {
		x := &a.Answers[i]
		if !helps(x, a.Question.Attacks) || x.Bearer == duty.Everybody {
			continue
		}
		h, ok := out[x.Bearer]
		switch at, old := slices.Index(rank, x.Answer), slices.Index(rank, h.result); {
		case !ok || at < old:
			out[x.Bearer] = helper{x.Answer, []string{x.Provision}}
		case at == old:
			h.provisions = append(h.provisions, x.Provision)
			out[x.Bearer] = h
		}
	}
	return out
}

// shifts compares the answers of two days: who became bound, who ceased to be,
// whose answer is another one, with the instruments that did it.
func shifts(c *treaty.Corpus, before, after duty.Reply, name func(string) string) ([]shiftView, int) {
	was, is := helpersOf(before), helpersOf(after)
	var codes []string
	for code := range was {
		codes = append(codes, code)
	}
	for code := range is {
		if _, ok := was[code]; !ok {
			codes = append(codes, code)
		}
	}
	var rows []shiftView
	same := 0
	for _, code := range codes {
		b, a := was[code], is[code]
		if b.result == "" {
			b.result = duty.NotBound
		}
		if a.result == "" {
			a.result = duty.NotBound
		}
		if b.result == a.result {
			same++
			continue
		}
		v := shiftView{Name: name(code), Code: code, Before: shown(b.result), After: shown(a.result)}
		var moved []string // what did it: the provisions that give the stronger answer
		switch {
		case a.result == duty.Bound:
			v.What, moved = "became bound", a.provisions
		case b.result == duty.Bound:
			v.What, moved = "is no longer bound", b.provisions
		case slices.Index(rank, a.result) < slices.Index(rank, b.result):
			v.What, moved = "changed", a.provisions
		default:
			v.What, moved = "changed", b.provisions
		}
		for _, p := range moved {
			v.Because = append(v.Because, causeView{p, cause(c, p, code, before.Question.On, after.Question.On)})
		}
		rows = append(rows, v)
	}
	slices.SortFunc(rows, func(x, y shiftView) int {
		return cmp.Or(cmp.Compare(x.What, y.What), cmp.Compare(x.Name, y.Name))
	})
	return rows, same
}

func shown(r duty.Result) tallied { return tallied{Class: class(r), Sign: signs[r], Word: string(r)} }

// cause says what began or ended between the two days in the instrument of a
// provision for one state, or at all.
func cause(c *treaty.Corpus, provision, state string, before, after day.Day) string {
	from, to := min(before, after), max(before, after)
	id, _, _ := strings.Cut(provision, "/")
	in := c.Instrument(id)
	if in == nil {
		return ""
	}
	within := func(b day.Bound) bool {
		d, ok := b.Day()
		return ok && from < d && d <= to
	}
	members := slices.Concat(in.MembersOf(state), in.Members())
	for _, m := range members {
		if within(m.Span.From) && m.Began.Says != "" {
			return m.Began.Says + who(m, state)
		}
		if within(m.Span.To) && m.Ended.Says != "" {
			return m.Ended.Says + who(m, state)
		}
	}
	return ""
}

func who(m treaty.Member, state string) string {
	if m.State == state {
		return ""
	}
	return " for " + m.State
}
