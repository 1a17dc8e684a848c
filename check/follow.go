package check

import (
	"fmt"
	"slices"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/treaty"
)

// third is the code of the attacker in questions that name none.
const third = "ZZZ"

// thirdState adds to names one state that is party to nothing.
type thirdState struct{ treaty.Names }

func (t thirdState) Known(id string) bool { return id == third || t.Names.Known(id) }

func (t thirdState) Name(id string, on day.Day) string {
	if id == third {
		return "a third state"
	}
	return t.Names.Name(id, on)
}

func (t thirdState) Exists(id string, on day.Day) day.Truth {
	if id == third {
		return day.Yes
	}
	return t.Names.Exists(id, on)
}

func (t thirdState) Successor(id string) (treaty.Succession, bool) {
	if id == third {
		return treaty.Succession{}, false
	}
	return t.Names.Successor(id)
}

// follows asks of each party what the instrument means if a third state that is
// party to nothing attacks it: on the day of the report and, if the instrument
// entered into force only later, on that day too.
func (p *pass) follows(in *treaty.Instrument) []Consequence {
	if p.published.To <= p.published.From {
		return nil
	}
	days := []day.Day{p.published.From}
	for _, e := range in.Status {
		if on, ok := e.On.Day(); ok && e.Kind == "in force" && len(e.For) == 0 && on > days[0] {
			days = append(days, on)
		}
	}
	var out []Consequence
	binds := len(days) > 1
	for _, on := range days {
		for _, party := range ordinaryParties(in) {
			c, ok := p.consequence(in, party, on)
			if !ok {
				continue
			}
			out = append(out, c)
			binds = binds || slices.ContainsFunc(c.Answers, func(a duty.Answer) bool { return a.Answer != duty.NotBound })
		}
	}
	if !binds { // a text long over, of which the report only tells
		return nil
	}
	return out
}

func (p *pass) consequence(in *treaty.Instrument, attacked string, on day.Day) (Consequence, bool) {
	answers, err := duty.Answers(p.third, duty.Record{}, duty.Question{By: []string{third}, Attacks: attacked, On: on})
	if err != nil {
		return Consequence{}, false // a party that did not exist on the day
	}
	c := Consequence{
		Instrument: in.ID,
		If:         fmt.Sprintf("if a third state attacks %s on %s", p.third.Names.Name(attacked, on), on),
		Answers:    []duty.Answer{},
	}
	for _, r := range []duty.Result{duty.Bound, duty.IsDispute, duty.Open, duty.Permitted, duty.NotBound} {
		for i := range answers.Answers {
			a := &answers.Answers[i]
			if a.Answer != r || a.Norm().Instrument.ID != in.ID || slices.ContainsFunc(c.Answers, func(b duty.Answer) bool { return b.Bearer == a.Bearer && b.Provision == a.Provision }) {
				continue
			}
			a.Derived = nil // the question page derives it; here it would be most of the document
			c.Answers = append(c.Answers, *a)
			then := fmt.Sprintf("%s is %s: %s (%s)", p.third.Names.Name(a.Bearer, on), a.Answer, a.Does, a.Provision)
			if a.Answer != duty.Bound {
				then += "; " + a.Why
			}
			c.Then = append(c.Then, then)
		}
	}
	return c, len(c.Answers) > 0
}
