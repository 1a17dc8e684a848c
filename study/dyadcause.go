package study

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Cause says why dyad-years of ATOP 5.0's members and a published table differ.
type Cause string

// The causes.
const (
	// SomePartners: the member's line says what it owes, and OBVARY that it does
	// not owe it to all; the line does not say to whom, dyads do.
	SomePartners Cause = "owed to some members only (OBVARY)"
	// MoreObligations: no line of the members gives the published obligation.
	MoreObligations Cause = "obligation that no line of 5.0 gives"
	// MoreAlliances: the two share an alliance in no year of 5.0.
	MoreAlliances Cause = "alliance that 5.0 has not"
	// OtherDays: the two share an alliance, in other years.
	OtherDays Cause = "alliance of other years in 5.0"
	// OneDay: one of the two entered on the day on which the other left, and the
	// published table does not count that day.
	OneDay Cause = "one entered on the day on which the other left"
	// NoDyad: the published table has no row of the member at all.
	NoDyad Cause = "state that is in no published row"
	// Unnamed is every other difference.
	Unnamed Cause = "unnamed"
)

// DyadCause is a group of rows that differ alike.
type DyadCause struct {
	Cause    Cause
	Where    string // "alliance 1227" or "states 339, 344"
	Which    string // the obligations that differ, "defense", "defense, nonaggression", or "the row"
	From, To int    // first and last year
	Rows     int
	Of       string // "common", "only ours", "only published"
}

// Causes names why each row of a comparison differs, and groups the rows. The
// groups' rows add up to all rows that differ.
func (c DyadComparison) Causes(members []Membership, theirs []DyadYear) []DyadCause {
	type source struct {
		alliance int
		shared
	}
	lines := map[dyadKey][]source{}
	together := map[[2]int]bool{}
	last := 0
	for _, d := range theirs {
		last = max(last, d.Year)
	}
	for id, list := range byAlliance(members) {
		for k, s := range sharedYears(list, 0, last) {
			lines[k] = append(lines[k], source{id, s})
			together[[2]int{k.a, k.b}] = true
		}
	}
	published := map[int]bool{}
	for _, d := range theirs {
		published[d.State1], published[d.State2] = true, true
	}
	type group struct {
		cause            Cause
		where, which, of string
	}
	found := map[group]*DyadCause{}
	add := func(g group, d DyadYear) {
		f := found[g]
		if f == nil {
			f = &DyadCause{Cause: g.cause, Where: g.where, Which: g.which, Of: g.of, From: d.Year, To: d.Year}
			found[g] = f
		}
		f.From, f.To, f.Rows = min(f.From, d.Year), max(f.To, d.Year), f.Rows+1
	}
	pair := func(d DyadYear) string {
		return fmt.Sprintf("states %d, %d", min(d.State1, d.State2), max(d.State1, d.State2))
	}
	for _, p := range c.Differ {
		var which []string
		cause, at := Cause(""), []int{}
		for o := Defense; o < obligations; o++ {
			ours, theirs := p.Obligations.Has(o), p.Theirs.Has(o)
			if ours == theirs {
				continue
			}
			which = append(which, o.String())
			because := MoreObligations
			if ours {
				because = SomePartners
				for _, s := range lines[dyadKey{p.State1, p.State2, p.Year}] {
					if !s.line.Obligations.Has(o) {
						continue
					}
					if s.line.Codes["obvary"] != 1 {
						because = Unnamed
					}
					if !slices.Contains(at, s.alliance) {
						at = append(at, s.alliance)
					}
				}
			}
			if cause != "" && cause != because {
				because = Unnamed
			}
			cause = because
		}
		where := pair(p.DyadYear)
		if slices.Sort(at); len(at) > 0 {
			where = "alliance " + strings.Trim(fmt.Sprint(at), "[]")
		}
		add(group{cause, where, strings.Join(which, ", "), "common"}, p.DyadYear)
	}
	for _, d := range c.Missing {
		cause := MoreAlliances
		if together[[2]int{d.State1, d.State2}] {
			cause = OtherDays
		}
		add(group{cause, pair(d), "the row", "only published"}, d)
	}
	for _, d := range c.Extra {
		g := group{Unnamed, pair(d), "the row", "only ours"}
		if !slices.ContainsFunc(lines[dyadKey{d.State1, d.State2, d.Year}], func(s source) bool { return !s.oneDay }) {
			g.cause = OneDay
		}
		for _, s := range []int{d.State1, d.State2} {
			if !published[s] {
				g.cause, g.where = NoDyad, fmt.Sprintf("state %d", s)
			}
		}
		add(g, d)
	}
	out := make([]DyadCause, 0, len(found))
	for _, f := range found {
		out = append(out, *f)
	}
	slices.SortFunc(out, func(a, b DyadCause) int {
		return cmp.Or(cmp.Compare(a.Of, b.Of), cmp.Compare(a.Cause, b.Cause), -cmp.Compare(a.Rows, b.Rows),
			cmp.Compare(a.Where, b.Where), cmp.Compare(a.Which, b.Which))
	})
	return out
}
