package duty

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
	"github.com/casus-foederis/casus/why"
)

// force tests whether the text is in force for the bearer towards the one to
// whom it is owed: both are parties, no suspension stands between them, and
// the article has a text on the day.
func (e *evaluator) force(p *treaty.Provision, t *treaty.Text, x, y string) step {
	s := e.leaf(why.Step, why.Met, p.Name(), "", "in force between %s and %s on %s", name(x), name(y), e.day)
	in := p.Instrument
	parts := []func() step{
		func() step { return e.partyOr(in, x, t.Bearer) },
		func() step { return e.partyOr(in, y, t.Owed) },
		func() step { return e.suspended(in, x, y) },
		func() step { return e.version(p) },
	}
	for i, part := range parts {
		if i == 1 && !in.Has(x) && !in.Has(y) { // both reach beyond the parties: said once
			continue
		}
		g := part()
		if g.value == why.Met && g.node == nil {
			continue
		}
		s = s.over(g)
		s.value = s.value.And(g.value)
		if s.value == why.NotMet {
			break
		}
	}
	if s.node != nil {
		s.node.Value = s.value
		if s.value == why.NotMet {
			s.node.Says = "not in force between " + name(x) + " and " + name(y) + " on " + e.day.String()
		}
	}
	return s
}

// partyOr tests membership of s, or, where the text reaches beyond its
// parties, that the text is in force at all.
func (e *evaluator) partyOr(in *treaty.Instrument, s string, r treaty.Role) step {
	if in.Has(s) {
		return e.member(in, s, "")
	}
	switch r.Kind {
	case treaty.RoleAnyState, treaty.RoleAny, treaty.RoleNamed, treaty.RoleNone, treaty.RoleAttacked, treaty.RoleAttacker, treaty.RoleOrgan, treaty.RoleOutsider:
		return e.inForce(in)
	}
	return e.leaf(why.Statement, why.NotMet, in.ID, "", "%s is not a party to %s", s, in.Title)
}

func (e *evaluator) inForce(in *treaty.Instrument) step {
	switch in.InForce(e.day) {
	case day.Yes:
		return e.leaf(why.Statement, why.Met, in.ID, first(in.Sources), "%s is in force on %s", in.Title, e.day)
	case day.No:
		return e.leaf(why.Statement, why.NotMet, in.ID, first(in.Sources), "%s is not in force on %s", in.Title, e.day)
	}
	return e.leaf(why.Statement, why.Unknown, in.ID, first(in.Sources), "it is not known whether %s is in force on %s", in.Title, e.day).
		needs("the days on which %s entered into force and ended", in.ID)
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// member tests whether s is a party on the day, in the role if one is given.
func (e *evaluator) member(in *treaty.Instrument, s, role string) step {
	var before, after, maybe *treaty.Member
	members := in.MembersOf(s)
	for i := range members {
		m := &members[i]
		if role != "" && m.Role != role {
			continue
		}
		switch m.Span.Contains(e.day) {
		case day.Yes:
			if e.brief && m.Denied == nil && m.Needs == "" {
				return step{value: why.Met}
			}
			return e.within(in, m)
		case day.Unknown:
			maybe = m
		default:
			if begun(m.Span.From, e.day) == day.No && m.Span.From.Kind != day.BoundNone {
				if after == nil {
					after = m
				}
			} else {
				before = m
			}
		}
	}
	switch {
	case maybe != nil:
		return e.leaf(why.Statement, why.Unknown, in.ID, maybe.Began.Source, "it is not known whether %s was a party on %s: from %s, to %s", s, e.day, maybe.Span.From, maybe.Span.To).
			needs("%s", unknownDay(in, maybe, s, e.day))
	case before != nil:
		return e.leaf(why.Statement, why.NotMet, in.ID, before.Ended.Source, "no longer in force for %s: %s", s, strings.TrimPrefix(or(before.Ended.Says, before.Span.String()), s+": "))
	case after != nil:
		if d := in.Signed(); begun(d, e.day) == day.No {
			return e.leaf(why.Statement, why.NotMet, in.ID, after.Began.Source, "not yet in force for %s: signed only on %s", s, d)
		}
		if d := in.Signed(); begun(d, e.day) == day.Yes && !after.Began.Own {
			return e.leaf(why.Statement, why.NotMet, in.ID, after.Began.Source, "signed %s but not yet in force for %s: in force only from %s", d, s, after.Span.From)
		}
		return e.leaf(why.Statement, why.NotMet, in.ID, after.Began.Source, "not yet in force for %s: in force only from %s", s, after.Span.From)
	}
	return e.leaf(why.Statement, why.NotMet, in.ID, first(in.Sources), "%s is not a party to %s", s, in.Title)
}

// within words a membership that holds on the day, unless it is disputed or
// waits for a declaration.
func (e *evaluator) within(in *treaty.Instrument, m *treaty.Member) step {
	switch {
	case m.Denied != nil:
		d := m.Denied
		return e.leaf(why.Statement, why.Disputed, in.ID, d.Source, "whether %s is a party on %s is disputed (%s %s)", m.State, e.day, d.Kind, d.On).
			views(why.View{By: or(d.By, "the record"), Says: d.Kind + " " + d.On.String()}, why.View{By: d.DeniedBy, Says: "denies it"})
	case m.Needs != "":
		return e.leaf(why.Statement, why.Unknown, in.ID, "", "%s", m.Began.Says).needs("%s", m.Needs)
	}
	return e.leaf(why.Statement, why.Met, in.ID, m.Began.Source, "%s is a party (%s)", m.State, strings.TrimPrefix(m.Began.Says, m.State+": "))
}

// suspended tests that no suspension stands between the two on the day.
func (e *evaluator) suspended(in *treaty.Instrument, x, y string) step {
	out := step{value: why.Met}
	for _, s := range in.Suspensions() {
		between := touches(s.For, s.Towards, x, y) || touches(s.For, s.Towards, y, x)
		if !between {
			continue
		}
		what := "the relations of " + x + " and " + y + " under it"
		switch t := s.Span.Contains(e.day); {
		case t == day.No:
			continue
		case s.Event.DeniedBy != "":
			return e.leaf(why.Statement, why.Disputed, in.ID, s.Event.Source, "whether %s are suspended is disputed since %s", what, s.Event.On).
				views(why.View{By: or(s.Event.By, "the record"), Says: "suspended from " + s.Event.On.String()}, why.View{By: s.Event.DeniedBy, Says: "membership continues"})
		case t == day.Unknown:
			out = e.leaf(why.Statement, why.Unknown, in.ID, s.Event.Source, "it is not known whether %s were suspended on %s", what, e.day).needs("the days of the suspension of %s", in.ID)
		default:
			return e.leaf(why.Statement, why.NotMet, in.ID, s.Event.Source, "%s are suspended since %s", what, s.Event.On)
		}
	}
	return out
}

// touches reports whether a suspension for some towards others stands in the
// way of x towards y.
func touches(forWhom, towards []string, x, y string) bool {
	if len(forWhom) > 0 && !slices.Contains(forWhom, x) {
		return false
	}
	return len(towards) == 0 || slices.Contains(towards, y)
}

// version tests that the article has a text on the day.
func (e *evaluator) version(p *treaty.Provision) step {
	if len(p.Versions) == 1 && p.Versions[0].Span.From.Kind == day.BoundNone && p.Versions[0].Span.To.Kind == day.BoundNone {
		return step{value: why.Met}
	}
	v, t := p.In(e.day)
	switch t {
	case day.Yes:
		return e.leaf(why.Clause, why.Met, p.Name(), or(v.Amended, source(p)), "text of %s as it stood%s", or(p.Article, p.ID), during(v.Span))
	case day.No:
		return e.leaf(why.Clause, why.NotMet, p.Name(), source(p), "%s has no text in force on %s", or(p.Article, p.ID), e.day)
	}
	return e.leaf(why.Clause, why.Unknown, p.Name(), source(p), "which text of %s was in force on %s is not known", or(p.Article, p.ID), e.day).needs("the day on which %s changed", p.Name())
}

// during words a span for people: " from A to B", either end left out.
func during(s day.Span) string {
	out := ""
	if s.From.Kind != day.BoundNone {
		out += " from " + s.From.String()
	}
	if s.To.Kind != day.BoundNone {
		out += " to " + s.To.String()
	}
	return out
}

// unknownDay names the day for want of which it is not known whether s was a party
// on d: the instrument's, or its own accession or exit.
func unknownDay(in *treaty.Instrument, m *treaty.Member, s string, d day.Day) string {
	what, own := "ended", m.Ended.Own
	if begun(m.Span.From, d) == day.Unknown {
		what, own = "entered into force", m.Began.Own
	}
	if own {
		what += " for " + s
	}
	return "the day on which " + in.ID + " " + what
}
