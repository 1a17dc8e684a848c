package duty

import (
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
	"github.com/casus-foederis/casus/why"
)

// all evaluates conditions that are all needed.
func (e *evaluator) all(p *treaty.Provision, t *treaty.Text, list []treaty.Condition, a attack, x, y string) step {
	if len(list) == 0 {
		return step{value: why.Met}
	}
	s := e.leaf(why.Step, why.Met, p.Name(), "", "its conditions")
	for _, c := range list {
		g := e.condition(p, t, c, a, x, y)
		s = s.over(g)
		s.value = s.value.And(g.value)
		if s.value == why.NotMet {
			break
		}
	}
	if s.node != nil {
		s.node.Value = s.value
	}
	return s
}

func (e *evaluator) condition(p *treaty.Provision, t *treaty.Text, c treaty.Condition, a attack, x, y string) step {
	switch c.Test {
	case treaty.TestAll:
		return e.named(e.all(p, t, c.Of, a, x, y), c.Words)
	case treaty.TestAny:
		s := e.leaf(why.Step, why.NotMet, p.Name(), "", "%s", c.Words)
		for _, d := range c.Of {
			g := e.condition(p, t, d, a, x, y)
			s = s.over(g)
			s.value = s.value.Or(g.value)
		}
		if s.node != nil {
			s.node.Value = s.value
		}
		return s
	case treaty.TestNot:
		g := e.condition(p, t, c.Of[0], a, x, y)
		return e.leaf(why.Step, g.value.Not(), p.Name(), "", "%s", c.Words).over(turned(g))
	case treaty.TestUnprovoked:
		return e.unprovoked(p, a)
	case treaty.TestAggressor:
		who := e.one(c.Who, p, a, a.on)
		if who == a.on {
			return e.aggressor(a, who)
		}
		g := e.aggressor(a, a.on)
		return e.leaf(why.Step, g.value.Not(), p.Name(), "", "%s is the aggressor (view %s)", who, e.q.View).over(turned(g))
	case treaty.TestWarState:
		return e.warState(p, a)
	case treaty.TestRequest:
		return e.request(a, e.one(c.Who, p, a, y), x)
	case treaty.TestDecision:
		return e.said(a, "decision", c.Key, c.Name, p, fmt.Sprintf("a decision of %s: %s", or(c.Name, "the organ"), c.Key))
	case treaty.TestFinding:
		return e.said(a, "finding", c.Key, e.judge(c.Name, x, y), p, fmt.Sprintf("a finding of %s: %s", or(e.judge(c.Name, x, y), "somebody competent"), c.Key))
	case treaty.TestRefused, treaty.TestPerformed, treaty.TestFact:
		kind := map[treaty.Test]string{treaty.TestRefused: "refused", treaty.TestPerformed: "performed", treaty.TestFact: "fact"}[c.Test]
		who := ""
		if c.Who.Kind != treaty.RoleNone {
			who = e.one(c.Who, p, a, y)
		}
		return e.said(a, kind, c.Key, who, p, c.Words)
	case treaty.TestAttackers:
		return e.number(c.Min, c.Max, a)
	case treaty.TestParty:
		g := e.member(p.Instrument, a.by[0], "")
		return e.leaf(why.Step, g.value, p.Name(), "", "the attacker, %s, is a party", a.by[0]).over(g)
	case treaty.TestAttackedBy:
		return e.oneAttacker(p, &treaty.Trigger{By: c.Who}, a, a.by[0])
	}
	return e.leaf(why.Clause, why.Unknown, p.Name(), "", "%s", c.Words).needs("%s", c.Words)
}

func (e *evaluator) named(s step, words string) step {
	if s.node != nil {
		s.node.Says = words
	}
	return s
}

func (e *evaluator) judge(who, x, y string) string {
	switch who {
	case "the bearer", "bearer":
		return x
	case "the attacked party", "attacked party":
		return y
	}
	return who
}

// one is the single state that a role picks out in a condition.
func (e *evaluator) one(r treaty.Role, p *treaty.Provision, a attack, otherwise string) string {
	switch r.Kind {
	case treaty.RoleAttacked:
		return a.on
	case treaty.RoleAttacker:
		return a.by[0]
	}
	if all := e.resolve(r, p, a); len(all) == 1 {
		return all[0]
	}
	return otherwise
}

// unprovoked tests that the attacked did not provoke. Earlier force as
// recorded is provocation; a claim that nobody else bears out is a dispute.
func (e *evaluator) unprovoked(p *treaty.Provision, a attack) step {
	party, isParty := strings.CutPrefix(e.q.View, "party:")
	for _, f := range e.rec.Facts {
		if f.Kind != "provoked" || f.Who != a.on || !f.concerns(a) || begun(f.On, e.day) == day.No {
			continue
		}
		switch {
		case f.By == "" || isParty && f.By == party:
			return e.leaf(why.Statement, valueOf(f.No), "", f.Source, "%s: %s provoked the attack", or(f.By, "the record"), a.on)
		case !isParty && !f.No:
			return e.leaf(why.Statement, why.Disputed, "", f.Source, "%s says that %s provoked the attack", f.By, a.on).
				views(why.View{By: f.By, Says: "provoked"}, why.View{By: "the record", Says: "holds no provocation that others report"})
		}
	}
	g := e.aggressor(a, a.on)
	out := e.leaf(why.Step, g.value.Not(), p.Name(), "", "the attack was not provoked by %s", a.on).over(turned(g))
	if g.value == why.Met && out.node != nil {
		out.node.Says = fmt.Sprintf("the text helps only a party that did not provoke, and %s used force first", a.on)
	}
	return out
}

// warState tests for a state of war: as recorded, or as an attack on the whole
// of a state's territory brings it about.
func (e *evaluator) warState(p *treaty.Provision, a attack) step {
	for _, f := range e.rec.Facts {
		if f.Kind == "war" && f.concerns(a) && begun(f.On, e.day) == day.Yes && (f.Who == a.on || f.Towards == a.on) {
			return e.leaf(why.Statement, valueOf(!f.No), "", f.Source, "%s: state of war of %s and %s", or(f.By, "the record"), f.Who, f.Towards)
		}
	}
	v := implies(a.kind, "war")
	s := e.leaf(why.Statement, v, a.id, "", "the act puts %s in a state of war: %s", a.on, e.told(a))
	if v == why.Unknown {
		s = s.needs("whether the %s puts %s in a state of war", a.kind, a.on)
	}
	if v == why.NotMet && s.node != nil {
		s.node.Says = fmt.Sprintf("a %s puts nobody in a state of war", a.kind)
	}
	return s
}

// request tests whether who asked bearer x (or everybody) for help.
func (e *evaluator) request(a attack, who, x string) step {
	for _, f := range e.rec.Facts {
		if f.Kind == "request" && f.Who == who && f.concerns(a) && (f.Towards == "" || f.Towards == x) && begun(f.On, e.day) == day.Yes {
			return e.leaf(why.Statement, valueOf(!f.No), "", f.Source, "%s asked for help on %s", who, f.On)
		}
	}
	return e.leaf(why.Statement, why.Unknown, "", "the record", "the record holds no request for help by %s", who).needs("a request for help by %s", who)
}

// said tests a statement on the record. Statements that contradict each other
// are a dispute, however many say either; what one side alone says is a
// dispute between it and the silence of the record only if it is denied.
func (e *evaluator) said(a attack, kind, key, who string, p *treaty.Provision, needs string) step {
	var yes, no []Fact
	for _, f := range e.rec.Facts {
		if f.Kind != kind || f.Key != key || !f.concerns(a) || who != "" && f.Who != "" && f.Who != who || begun(f.On, e.day) != day.Yes {
			continue
		}
		if f.No {
			no = append(no, f)
		} else {
			yes = append(yes, f)
		}
	}
	if party, isParty := strings.CutPrefix(e.q.View, "party:"); isParty {
		own := func(f Fact) bool { return f.By == party }
		if slices.ContainsFunc(yes, own) != slices.ContainsFunc(no, own) {
			if slices.ContainsFunc(yes, own) {
				no = nil
			} else {
				yes = nil
			}
		}
	}
	what := key
	if who != "" {
		what = who + ": " + key
	}
	switch {
	case len(yes) > 0 && len(no) > 0:
		return e.leaf(why.Statement, why.Disputed, p.Name(), yes[0].Source, "%s", what).
			views(why.View{By: or(yes[0].By, "the record"), Says: "yes: " + key}, why.View{By: or(no[0].By, "the record"), Says: "no: " + key})
	case len(yes) > 0:
		return e.leaf(why.Statement, why.Met, p.Name(), yes[0].Source, "%s (%s, %s)", what, or(yes[0].By, or(yes[0].Who, "the record")), yes[0].On)
	case len(no) > 0:
		return e.leaf(why.Statement, why.NotMet, p.Name(), no[0].Source, "not so: %s (%s, %s)", what, or(no[0].By, "the record"), no[0].On)
	}
	return e.leaf(why.Statement, why.Unknown, p.Name(), "the record", "the record says nothing on: %s", what).needs("%s", needs)
}

// unless tests that no exception applies. Whoever invokes an exception has to
// show it: what the record does not hold does not except.
func (e *evaluator) unless(p *treaty.Provision, t *treaty.Text, list []treaty.Unless, a attack, x, y string) step {
	s := step{value: why.Met}
	if len(list) > 0 {
		s = e.leaf(why.Step, why.Met, p.Name(), "", "no exception applies")
	}
	for _, u := range list {
		g := e.exception(p, t, u, a, x, y)
		out := turned(g)
		if out.node != nil {
			out.node.Says = map[why.Value]string{why.Met: "an exception applies: ", why.NotMet: "no exception: ",
				why.Unknown: "whether this exception applies is open: ", why.Disputed: "whether this exception applies is disputed: "}[g.value] + u.Name
		}
		s = s.over(out)
		s.value = s.value.And(g.value.Not())
		if s.value == why.NotMet {
			break
		}
	}
	if s.node != nil {
		s.node.Value = s.value
	}
	return s
}

// exception is met if the exception applies: its conditions are met and none
// of its own exceptions is.
func (e *evaluator) exception(p *treaty.Provision, t *treaty.Text, u treaty.Unless, a attack, x, y string) step {
	s := e.leaf(why.Exception, why.Met, p.Name(), u.Source, "%s", u.Name)
	conditions := e.all(p, t, u.If, a, x, y)
	if conditions.value == why.Unknown {
		conditions = e.leaf(why.Statement, why.NotMet, p.Name(), "the record", "the record does not bear out the exception %q", u.Name)
	}
	s = s.over(conditions)
	s.value = conditions.value
	if s.value != why.NotMet && len(u.Unless) > 0 {
		g := e.unless(p, t, u.Unless, a, x, y)
		s = s.over(g)
		s.value = s.value.And(g.value)
	}
	if s.node != nil {
		s.node.Value = s.value
	}
	return s
}

// ended tests that nothing has ended the duty. An end needs an act that ends:
// a draft that was not adopted is none.
func (e *evaluator) ended(p *treaty.Provision, t *treaty.Text, a attack, x, y string) step {
	if len(t.Ends) == 0 {
		return step{value: why.Met}
	}
	s := e.leaf(why.Step, why.Met, p.Name(), "", "nothing has ended it")
	for _, c := range t.Ends {
		g := e.condition(p, t, c, a, x, y)
		if g.value == why.Unknown {
			g = e.leaf(why.Statement, why.NotMet, p.Name(), "the record", "the record does not hold: %s", c.Words)
		}
		out := turned(g)
		if g.value == why.Met && out.node != nil {
			out.node.Says = "ended: " + out.node.Says
		}
		s = s.over(out)
		s.value = s.value.And(g.value.Not())
	}
	if s.node != nil {
		s.node.Value = s.value
	}
	return s
}

// whether asks whose decision it is that the bearer acts at all.
func (e *evaluator) whether(p *treaty.Provision, t *treaty.Text, a attack, x string) step {
	switch t.Whether {
	case "bearer decides":
		return e.said(a, "decision", "act", x, p, "the decision of "+name(x)+", which the text leaves to it")
	case "organ decides":
		return e.said(a, "decision", "act", t.Organ, p, "a decision of "+or(t.Organ, "the organ"))
	}
	return step{value: why.Met}
}
