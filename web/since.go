package web

import (
	"cmp"
	"fmt"
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

// shiftView is the states whose answer changed alike, and what changed it.
type shiftView struct {
	Names, Codes, What string
	Before, After      tallied
	Because            []causeView
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
	slices.SortFunc(codes, func(x, y string) int { return cmp.Compare(name(x), name(y)) })
	var rows []shiftView
	at := map[string]int{} // by what happened and why
	same := 0
	for _, code := range codes {
		b, a := was[code], is[code]
		b.result, a.result = cmp.Or(b.result, duty.NotBound), cmp.Or(a.result, duty.NotBound)
		if b.result == a.result {
			same++
			continue
		}
		v := shiftView{Names: name(code), Codes: code, Before: shown(b.result), After: shown(a.result)}
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
			v.Because = append(v.Because, causeView{p, cause(c, p, code, after.Question.Attacks, before.Question.On, after.Question.On)})
		}
		key := fmt.Sprint(v.What, v.Before, v.After, v.Because)
		if i, ok := at[key]; ok {
			rows[i].Names += ", " + v.Names
			rows[i].Codes += " " + v.Codes
			continue
		}
		at[key], rows = len(rows), append(rows, v)
	}
	slices.SortStableFunc(rows, func(x, y shiftView) int { return cmp.Compare(x.What, y.What) })
	return rows, same
}

func shown(r duty.Result) tallied { return tallied{Class: class(r), Sign: signs[r], Word: string(r)} }

// cause says what began or ended between the two days in the instrument of a
// provision: for the state itself, else for the attacked.
func cause(c *treaty.Corpus, provision, state, attacked string, before, after day.Day) string {
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
	for _, m := range slices.Concat(in.MembersOf(state), in.MembersOf(attacked)) {
		if within(m.Span.To) && m.Ended.Says != "" {
			return m.Ended.Says
		}
		if within(m.Span.From) && m.Began.Says != "" {
			return m.Began.Says
		}
	}
	return ""
}
