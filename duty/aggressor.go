package duty

import (
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
	"github.com/casus-foederis/casus/why"
)

// charterDay is the day on which the Charter entered into force.
var charterDay = day.MustParse("1945-10-24")

// aggression tests, under the viewpoint, that the act itself is aggression.
func (e *evaluator) aggression(a attack) step {
	s := e.aggressor(a, a.on)
	out := e.leaf(why.Step, s.value.Not(), a.id, "", "the act is aggression in the view %s: it is not the answer to force used earlier by %s", e.q.View, a.on)
	if out.value == why.NotMet && out.node != nil {
		out.node.Says = "the act is not aggression in the view " + e.q.View + ": it answers force used earlier by " + a.on
	}
	if e.q.View == "unsc" && s.value != why.Met {
		return e.finding(a)
	}
	return out.over(turned(s))
}

// finding asks for the Security Council's own determination.
func (e *evaluator) finding(a attack) step {
	for _, f := range e.rec.Facts {
		if f.Kind == "aggressor" && f.By == "UNSC" && f.concerns(a) && begun(f.On, e.day) == day.Yes {
			if slices.Contains(a.by, f.Who) && !f.No {
				return e.leaf(why.Statement, why.Met, "", f.Source, "the Security Council found %s the aggressor on %s", f.Who, f.On)
			}
			if f.Who == a.on && !f.No {
				return e.leaf(why.Statement, why.NotMet, "", f.Source, "the Security Council found %s, not the attacker, the aggressor on %s", f.Who, f.On)
			}
		}
	}
	return e.leaf(why.Statement, why.Unknown, "", "the record", "the record holds no determination of aggression by the Security Council").needs("a determination by the Security Council (Charter, article 39)")
}

// aggressor tests whether s, which the act attacks, used force first: met if
// the act answers it.
//
// In the view plain that is the first use of force as recorded between the two
// sides. In the view unsc only a finding counts. In the view party:X what X
// says counts, and what is plain where X says nothing.
func (e *evaluator) aggressor(a attack, s string) step {
	claims := e.claims(s, a)
	switch party, isParty := strings.CutPrefix(e.q.View, "party:"); {
	case e.q.View == "unsc":
		for _, f := range claims {
			if f.By == "UNSC" {
				return e.leaf(why.Statement, valueOf(!f.No), "", f.Source, "the Security Council says that %s is the aggressor", s)
			}
		}
	case isParty:
		for _, f := range claims {
			if f.By == party {
				return e.leaf(why.Statement, valueOf(!f.No), "", f.Source, "%s says that %s is the aggressor", party, s)
			}
		}
	}
	if prior, ok := e.answered(a, s); ok {
		leaf := e.leaf(why.Statement, why.Met, prior.ID, prior.Source, "%s used force first: %s %s → %s from %s", s, prior.Kind, prior.Actor, prior.Target, prior.From)
		says := s + " used force first"
		sides := prior.sides(says)
		if sides == nil && slices.Contains(a.by, prior.By) { // the attacker alone says so
			sides = []why.View{{By: prior.By, Says: says}, {By: "the record", Says: "holds nobody else who says so"}}
		}
		if sides != nil {
			return leaf.views(sides...).as(why.Disputed)
		}
		return leaf
	}
	if e.q.View == "plain" {
		for _, f := range claims {
			if f.By == "" {
				return e.leaf(why.Statement, valueOf(!f.No), "", f.Source, "the record: %s is the aggressor", s)
			}
			if !f.No {
				return e.leaf(why.Statement, why.Disputed, "", f.Source, "%s says that %s used force first; the record holds no such act", f.By, s).
					views(why.View{By: f.By, Says: s + " is the aggressor"}, why.View{By: "the record", Says: "holds no earlier force by " + s})
			}
		}
	}
	return e.leaf(why.Statement, why.NotMet, a.id, "the record", "the record holds no earlier use of force by %s against %s or those whom it defends", s, strings.Join(a.by, ", "))
}

func valueOf(b bool) why.Value {
	if b {
		return why.Met
	}
	return why.NotMet
}

// claims returns the statements that s is, or is not, the aggressor.
func (e *evaluator) claims(s string, a attack) []Fact {
	var out []Fact
	for _, f := range e.rec.Facts {
		if f.Kind == "aggressor" && f.Who == s && f.concerns(a) && begun(f.On, e.day) != day.No {
			out = append(out, f)
		}
	}
	return out
}

// answered finds the earlier use of force by s that the act answers: the one
// that the record names, or else one of s against the attacker. Acts answer
// only strictly earlier acts.
func (e *evaluator) answered(a attack, s string) (Act, bool) {
	start := e.start(a)
	id := a.responds
	for range len(e.rec.Acts) + 1 {
		i := slices.IndexFunc(e.rec.Acts, func(r Act) bool { return id != "" && r.ID == id })
		if i < 0 {
			break
		}
		r := e.rec.Acts[i]
		if r.Actor == s && usesForce(r.Kind) && earlier(r, start) {
			if r.Responds == "" {
				return r, true
			}
			id = r.Responds // s itself answered something: look further back
			if j := slices.IndexFunc(e.rec.Acts, func(q Act) bool { return q.ID == id }); j >= 0 && e.rec.Acts[j].Actor != s {
				return Act{}, false
			}
			continue
		}
		break
	}
	var disputed *Act // only where no other is certain
	for i, r := range e.rec.Acts {
		if r.Actor == s && slices.Contains(a.by, r.Target) && usesForce(r.Kind) && earlier(r, start) && r.Responds == "" && r.ID != a.id &&
			e.ongoing(r) != day.No {
			if r.sides("") == nil {
				return r, true
			}
			if disputed == nil {
				disputed = &e.rec.Acts[i]
			}
		}
	}
	if disputed != nil {
		return *disputed, true
	}
	return Act{}, false
}

// start is the first day of the act: its recorded one, or the question's.
func (e *evaluator) start(a attack) day.Day {
	for _, r := range e.rec.Acts {
		if r.ID == a.id && a.id != "" && r.From.Kind == day.BoundIn {
			return r.From.From
		}
	}
	return e.day
}

func earlier(r Act, start day.Day) bool {
	return r.From.Kind == day.BoundIn && r.From.To-1 < start || r.From.Kind == day.BoundNone || r.From.Kind == day.BoundBefore && r.From.To <= start
}

// entitled tests that the one to be helped is not itself the aggressor. The
// ground is the text, where it has such a clause (its own condition); from
// 1945-10-24 the Charter; and for an older text without the clause none, so
// that nothing bars the claim.
func (e *evaluator) entitled(p *treaty.Provision, t *treaty.Text, a attack, x, y string) step {
	if !t.Has("assist") && !t.Has("attack") && !t.Has("give aid") || y != a.on {
		return step{value: why.Met}
	}
	first := e.aggressor(a, y)
	if first.value == why.NotMet {
		return e.leaf(why.Step, why.Met, p.Name(), "", "%s is not the aggressor (view %s)", y, e.q.View).over(turned(first))
	}
	switch Ground(p, t, e.day) {
	case "text":
		return step{value: why.Met} // its own condition decides
	case "charter":
		return e.leaf(why.Step, first.value.Not(), "un-charter/51", "Charter of the United Nations, articles 2(4) and 51",
			"%s is the aggressor (view %s) and has no right of self-defence in which others could join", y, e.q.View).over(turned(first))
	}
	return e.leaf(why.Clause, why.Met, p.Name(), source(p), "%s used force first, but the text has no clause that releases its allies, and no Charter was in force", y)
}

// Ground says what keeps who used force first from claiming under the text on
// the day: its own words ("text"), the Charter ("charter"), or nothing ("none").
func Ground(p *treaty.Provision, t *treaty.Text, d day.Day) string {
	for _, c := range t.If {
		if mentions(c, treaty.TestUnprovoked) {
			return "text"
		}
	}
	for _, u := range t.Unless {
		for _, c := range u.If {
			if mentions(c, treaty.TestAggressor) || mentions(c, treaty.TestUnprovoked) {
				return "text"
			}
		}
	}
	if t.When.Event == "aggression" {
		return "text"
	}
	if d >= charterDay {
		return "charter"
	}
	return "none"
}

func mentions(c treaty.Condition, test treaty.Test) bool {
	return c.Test == test || slices.ContainsFunc(c.Of, func(d treaty.Condition) bool { return mentions(d, test) })
}

// notEntitled adds the row of an ally of the attacker: the trigger is an
// attack on its ally, and here its ally attacks. The ground that would meet a
// counter-attack is named and kept apart.
func (e *evaluator) notEntitled(p *treaty.Provision, t *treaty.Text, a attack, x, y string) {
	key := rowKey{p, x, y, "ally of " + y}
	if e.done[key] {
		return
	}
	e.done[key] = true
	row := e.answer(p, t, a, x, y)
	row.Answer, row.Failed, row.Ground = NotBound, "entitlement", Ground(p, t, e.day)
	answers := e.aggressor(a, a.on).value == why.Met
	if answers {
		row.Ground = ""
	}
	if !e.brief {
		then := map[string]string{
			"":        "it answers force that " + a.on + " used first, so an attack on it in turn could still trigger it",
			"text":    "the text itself speaks of unprovoked attack or aggression, so a counter-attack would not trigger it",
			"charter": "a counter-attack in self-defence would not trigger it (Charter, article 51)",
			"none":    "the text has no clause on provocation and no Charter was in force: a counter-attack would trigger it",
		}[row.Ground]
		row.Why = fmt.Sprintf("%s attacks here and is not attacked; %s", y, then)
		fit := e.leaf(why.Step, why.NotMet, p.Name(), "", "%s", row.Why).over(
			e.clause(p, t, why.NotMet, "the trigger is %s%s", article(t.When.Event), onWhom(&t.When)),
			e.leaf(why.Statement, why.Met, a.id, "", "%s", e.told(a)))
		row.Derived = e.leaf(why.Step, why.NotMet, p.Name(), "", "%s towards %s under %s", x, y, p.Name()).over(e.force(p, t, x, y), fit).over(e.basis(p.Instrument)...).node
	}
	e.rows = append(e.rows, row)
}

// lawful says whether force used in performance would be lawful under the
// Charter: collective self-defence needs the victim's own request.
//
// Source: ICJ, Military and Paramilitary Activities in and against Nicaragua,
// Merits, 1986, paras 195-199.
func (e *evaluator) lawful(t *treaty.Text, a attack, x string) *Lawful {
	if !t.Has("assist") && !t.Has("attack") || e.day < charterDay {
		return nil
	}
	s := e.request(a, a.on, x)
	l := &Lawful{Value: s.value, Says: "collective self-defence needs a request by the victim, " + a.on + " (Nicaragua, 1986)"}
	if s.value == why.Unknown {
		l.Needs = []string{"a request for help by " + a.on}
	}
	if first := e.aggressor(a, a.on); first.value == why.Met {
		l.Value, l.Says, l.Needs = why.NotMet, a.on+" used force first: joining it would not be self-defence", nil
	}
	return l
}
