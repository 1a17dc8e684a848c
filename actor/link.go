package actor

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
)

// finish checks references and fills what follows from other entries.
func (l *loader) finish() {
	t := l.table
	fail := func(at, format string, args ...any) {
		l.errs = append(l.errs, fmt.Errorf("%s: %s", at, fmt.Sprintf(format, args...)))
	}
	for _, a := range t.entries() {
		if first, ok := t.byID[a.ID]; ok {
			fail(a.At, "id %s is used twice; first at %s", a.ID, first.At)
			continue
		}
		if len(a.Names) == 0 {
			fail(a.At, "%s %s has no name", a.Kind, a.ID)
		}
		t.byID[a.ID] = a
	}
	want := func(at, by, id string, kinds ...Kind) {
		if a, ok := t.byID[id]; !ok {
			fail(at, "%s names %q, which is not in the table", by, id)
		} else if !slices.Contains(kinds, a.Kind) {
			fail(at, "%s names %s, which is a %s", by, id, a.Kind)
		}
	}
	for _, s := range t.states {
		s.settleLives()
		for _, f := range s.From {
			want(s.At, s.ID, f.State, KindState)
		}
		for _, b := range s.Borders {
			want(s.At, s.ID, b, KindState, KindPolity)
		}
		slices.Sort(s.Borders)
	}
	for _, o := range t.organizations {
		for _, m := range o.Members {
			want(o.At, o.ID, m.State, KindState, KindPolity, KindTerritory, KindOrganization)
		}
		if o.Of != "" {
			want(o.At, o.ID, o.Of, KindOrganization)
		}
	}
	for _, g := range t.groups {
		for _, b := range g.Base {
			want(g.At, g.ID, b, KindState, KindPolity)
		}
	}
	for _, o := range t.outlets {
		if o.State != "" {
			want(o.At, o.ID, o.State, KindState, KindPolity)
		}
	}
	for _, p := range t.territories {
		want(p.At, p.ID, p.Sovereign, KindState)
	}
	for _, p := range t.places {
		for _, id := range p.In {
			want(p.At, p.ID, id, KindState, KindPolity)
		}
	}
	for _, o := range t.offices {
		want(o.At, "office", o.Of, KindState, KindPolity, KindOrganization, KindGroup)
		l.linkOffice(o)
	}
	for _, p := range t.people {
		slices.SortStableFunc(p.Tenures, func(a, b Tenure) int { return cmp.Compare(a.Span.From.From, b.Span.From.From) })
		if p.State == "" && len(p.Tenures) > 0 {
			if a := t.byID[p.Tenures[0].Office.Of]; a != nil && (a.Kind == KindState || a.Kind == KindPolity) {
				p.State = a.ID
			}
		}
	}
}

// settleLives lets a state without dates of its own live from its first
// membership in either list to its last, gaps by occupation included.
func (s *State) settleLives() {
	if len(s.Lives) > 0 {
		return
	}
	all := slices.Concat(s.COW, s.GW)
	if len(all) == 0 {
		return
	}
	lives := all[0].Span
	for _, m := range all[1:] {
		if m.Span.From.From < lives.From.From {
			lives.From = m.Span.From
		}
		if m.Span.To.Kind == day.BoundNone || lives.To.Kind == day.BoundIn && m.Span.To.From > lives.To.From {
			lives.To = m.Span.To
		}
	}
	if lives.From.From <= firstDay {
		lives.From = day.None
	}
	s.Lives = []day.Span{lives}
}

// firstDay is where both lists begin; a state listed on it is older.
var firstDay = day.MustParse("1816-01-01")

func (l *loader) linkOffice(o *Office) {
	slices.SortStableFunc(o.Tenures, func(a, b Tenure) int { return cmp.Compare(a.Span.From.From, b.Span.From.From) })
	o.Titles = append(o.Titles, l.table.roles[o.Role]...)
	if len(o.Titles) == 0 {
		o.Titles = []string{strings.ReplaceAll(o.Role, "-", " ")}
	}
	for _, t := range o.Tenures {
		t.Person.Tenures = append(t.Person.Tenures, t)
	}
}
