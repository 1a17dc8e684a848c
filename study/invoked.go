package study

import (
	"cmp"
	"context"
	"fmt"
	"slices"
)

// Invocation says whether a war was the case in which an alliance had to act,
// by what it obliges to and by who attacked whom.
type Invocation struct {
	War, Alliance int
	Invoked       bool
	Obligations   Obligations // of any member during the war
	Reason        string
}

// Invocations judges every alliance that had a belligerent among its members on
// some day of the war's engagements. Sorted by war and alliance.
//
// The rules are the obligations' own, with no war or alliance named:
//   - defence: a member is attacked, by an outsider or by another member;
//   - offence: the same, or a member attacks an outsider;
//   - neutrality: a member is attacked; the others owe it neutrality;
//   - non-aggression: one member attacks another;
//   - consultation alone is never invoked: nobody can be seen to break it.
//
// An obligation counts if a member bore it on the day. ATOP's flags on
// adversary, place and ongoing conflict say that such a condition exists, not
// what it is; they are named in the reason and do not decide.
func Invocations(ctx context.Context, members []Membership, wars []Engagement) ([]Invocation, error) {
	byMember := map[int][]*Membership{}
	byAlliance := map[int][]*Membership{}
	for i := range members {
		m := &members[i]
		byMember[m.Member] = append(byMember[m.Member], m)
		byAlliance[m.Alliance] = append(byAlliance[m.Alliance], m)
	}
	type key struct{ war, alliance int }
	found := map[key]*Invocation{}
	for _, e := range wars {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var concerned []int
		for _, belligerent := range []int{e.Initiator, e.Target} {
			for _, m := range byMember[belligerent] {
				if on(m, e.From) && !slices.Contains(concerned, m.Alliance) {
					concerned = append(concerned, m.Alliance)
				}
			}
		}
		slices.Sort(concerned)
		for _, id := range concerned {
			k := key{e.War, id}
			if found[k] == nil {
				found[k] = &Invocation{War: e.War, Alliance: id}
			}
			found[k].add(byAlliance[id], e)
		}
	}
	out := make([]Invocation, 0, len(found))
	for _, v := range found {
		out = append(out, *v)
	}
	slices.SortFunc(out, func(a, b Invocation) int {
		return cmp.Or(cmp.Compare(a.War, b.War), cmp.Compare(a.Alliance, b.Alliance))
	})
	return out, nil
}

// on reports whether the membership covers the moment. What ATOP does not date
// is taken as covered.
func on(m *Membership, at Moment) bool {
	return m.Entry.compare(at) <= 0 && (m.Exit.IsZero() || at.compare(m.Exit) <= 0)
}

// add judges one engagement. The first reason that invokes stays.
func (v *Invocation) add(members []*Membership, e Engagement) {
	var initiator, target bool
	var owed Obligations
	conditional := false
	for _, m := range members {
		if !on(m, e.From) {
			continue
		}
		owed |= m.Obligations
		initiator = initiator || m.Member == e.Initiator
		target = target || m.Member == e.Target
		conditional = conditional || m.Codes["conditio"] == 1
	}
	v.Obligations |= owed
	if v.Invoked {
		return
	}
	who := fmt.Sprintf("%d attacks %d, %d", e.Initiator, e.Target, e.From.Year)
	switch {
	case target && initiator && owed.Has(Nonaggression):
		v.Invoked, v.Reason = true, who+": a member attacks a member; non-aggression"
	case target && owed.Has(Defense):
		v.Invoked, v.Reason = true, who+": a member is attacked; defence"
	case target && owed.Has(Offense):
		v.Invoked, v.Reason = true, who+": a member is attacked; offence"
	case initiator && owed.Has(Offense):
		v.Invoked, v.Reason = true, who+": a member attacks; offence"
	case target && owed.Has(Neutrality):
		v.Invoked, v.Reason = true, who+": a member is attacked; neutrality"
	case v.Reason == "" && initiator && !target:
		v.Reason = who + ": only the attacker is a member; nothing owed obliges to join an attack"
	case v.Reason == "":
		v.Reason = who + ": a member is attacked; nothing owed goes beyond consultation or concerns outsiders"
	}
	if v.Invoked && conditional {
		v.Reason += " (ATOP flags a condition without its content)"
	}
}

// Agreement is how two yes-or-no codings of the same items agree.
type Agreement struct {
	Items, Same      int
	OursYes, BothYes int
	TheirsYes        int
	Kappa            float64 // Cohen's
}

// Agree compares two codings of the same items.
func Agree(ours, theirs []bool) Agreement {
	var a Agreement
	for i := range ours {
		a.Items++
		if ours[i] == theirs[i] {
			a.Same++
		}
		if ours[i] {
			a.OursYes++
		}
		if theirs[i] {
			a.TheirsYes++
		}
		if ours[i] && theirs[i] {
			a.BothYes++
		}
	}
	n := float64(a.Items)
	if n == 0 {
		return a
	}
	po := float64(a.Same) / n
	p, q := float64(a.OursYes)/n, float64(a.TheirsYes)/n
	if pe := p*q + (1-p)*(1-q); pe < 1 {
		a.Kappa = (po - pe) / (1 - pe)
	}
	return a
}

// CompareInvocations sets ours beside hand-coded rows: all of them, and those
// with a defence obligation. A row that we do not judge counts as not invoked.
func CompareInvocations(ours []Invocation, codings []Coding) (all, defense Agreement) {
	type key struct{ war, alliance int }
	judged := map[key]bool{}
	for _, v := range ours {
		judged[key{v.War, v.Alliance}] = v.Invoked
	}
	var us, them, usDefense, themDefense []bool
	for _, c := range codings {
		v := judged[key{c.War, c.Alliance}]
		us, them = append(us, v), append(them, c.Invoked)
		if c.Obligations.Has(Defense) {
			usDefense, themDefense = append(usDefense, v), append(themDefense, c.Invoked)
		}
	}
	return Agree(us, them), Agree(usDefense, themDefense)
}

// Share is how many of the invoked commitments were honoured.
type Share struct {
	Of                string
	Invoked, Honoured int
}

// Percent is the share in per cent; 0 of none is 0.
func (s Share) Percent() float64 {
	if s.Invoked == 0 {
		return 0
	}
	return 100 * float64(s.Honoured) / float64(s.Invoked)
}

// Shares counts honoured among invoked: all, before and since 1945, and by
// obligation. Rows are those for which invoked answers yes; a nil invoked takes
// the file's own coding.
func Shares(codings []Coding, invoked func(Coding) bool) []Share {
	if invoked == nil {
		invoked = func(c Coding) bool { return c.Invoked }
	}
	kinds := []struct {
		name string
		in   func(Coding) bool
	}{
		{"all", func(Coding) bool { return true }},
		{"before 1945", func(c Coding) bool { return c.Year > 0 && c.Year < 1945 }},
		{"since 1945", func(c Coding) bool { return c.Year >= 1945 }},
	}
	for o := Defense; o <= Consultation; o++ {
		kinds = append(kinds, struct {
			name string
			in   func(Coding) bool
		}{o.String(), func(c Coding) bool { return c.Obligations.Has(o) }})
	}
	out := make([]Share, len(kinds))
	for i, k := range kinds {
		out[i].Of = k.name
		for _, c := range codings {
			if !k.in(c) || !invoked(c) {
				continue
			}
			out[i].Invoked++
			if c.Honoured {
				out[i].Honoured++
			}
		}
	}
	return out
}
