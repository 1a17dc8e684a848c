package study

import (
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// DyadYear is one directed pair of states in one year: what ID1 owes ID2 in
// some alliance that both were in at once in that year.
type DyadYear struct {
	State1, State2 int // COW numbers
	Year           int
	Obligations    Obligations // of State1
}

type dyadKey struct{ a, b, year int }

// DyadYears lays the memberships out as directed dyad-years from first to last
// year, sorted. A pair has a year if the two memberships share a day of it:
// both spells are compared by day, so that somebody who left before the other
// came makes no pair. Of several phases of one alliance in a year the last
// counts.
func DyadYears(members []Membership, first, last int) []DyadYear {
	found := map[dyadKey]Obligations{}
	for _, list := range byAlliance(members) {
		for k, s := range sharedYears(list, first, last) {
			found[k] |= s.line.Obligations
		}
	}
	out := make([]DyadYear, 0, len(found))
	for k, o := range found {
		out = append(out, DyadYear{k.a, k.b, k.year, o})
	}
	slices.SortFunc(out, compareDyadYears)
	return out
}

func compareDyadYears(a, b DyadYear) int {
	return cmp.Or(cmp.Compare(a.State1, b.State1), cmp.Compare(a.State2, b.State2), cmp.Compare(a.Year, b.Year))
}

func byAlliance(members []Membership) map[int][]*Membership {
	out := map[int][]*Membership{}
	for i := range members {
		m := &members[i]
		out[m.Alliance] = append(out[m.Alliance], m)
	}
	return out
}

// shared is the line of a pair's first member that counts for a year, from when
// the two were in together under it, and whether that was for one day.
type shared struct {
	line   *Membership
	from   Moment
	oneDay bool
}

// sharedYears lists the years that pairs of one alliance's lines share.
func sharedYears(lines []*Membership, first, last int) map[dyadKey]shared {
	out := map[dyadKey]shared{}
	for _, x := range lines {
		for _, y := range lines {
			if x.Member == y.Member {
				continue
			}
			from, to := later(x.Entry, y.Entry), earlierExit(x.Exit, y.Exit)
			if !to.IsZero() && from.compare(to) > 0 {
				continue
			}
			end := last
			if !to.IsZero() {
				end = min(last, to.Year)
			}
			for year := max(first, from.Year); year <= end; year++ {
				k := dyadKey{x.Member, y.Member, year}
				if old, ok := out[k]; !ok || cmp.Or(from.compare(old.from), x.Entry.compare(old.line.Entry)) > 0 {
					out[k] = shared{x, from, from == to}
				}
			}
		}
	}
	return out
}

func later(a, b Moment) Moment {
	if a.compare(b) < 0 {
		return b
	}
	return a
}

// earlierExit returns the earlier exit; a zero moment is none.
func earlierExit(a, b Moment) Moment {
	switch {
	case a.IsZero():
		return b
	case b.IsZero() || a.compare(b) < 0:
		return a
	}
	return b
}

// PublishedDyadYears reads a table of directed dyad-years as ATOP publishes it
// (ccode1, ccode2, year, atop_defense …), gzipped or not, in its own order.
func PublishedDyadYears(path string) ([]DyadYear, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			return nil, fmt.Errorf("unpack %s: %w", path, err)
		}
	}
	var out []DyadYear
	var wrong []error
	err = tableFrom(path, in, []string{"ccode1", "ccode2", "year"}, func(line int, get func(string) string) {
		var d DyadYear
		for _, c := range []struct {
			column string
			to     *int
		}{{"ccode1", &d.State1}, {"ccode2", &d.State2}, {"year", &d.Year}} {
			n, err := atopNumber(get(c.column))
			if err != nil {
				wrong = append(wrong, fmt.Errorf("%s:%d: %s: %w", path, line, c.column, err))
			}
			*c.to = n
		}
		for o, column := range obligationColumns {
			if get("atop_"+column) == "1" {
				d.Obligations = d.Obligations.With(Obligation(o))
			}
		}
		out = append(out, d)
	})
	return out, errors.Join(append(wrong, err)...)
}

// DyadComparison says how two tables of directed dyad-years differ.
type DyadComparison struct {
	Ours, Theirs, Common int
	Same                 int        // common rows with the same five obligations
	Missing, Extra       []DyadYear // rows that only they, only we have
	Differ               []DyadPair // common rows that differ
}

// DyadPair is one dyad-year in both tables.
type DyadPair struct {
	DyadYear
	Theirs Obligations
}

// CompareDyadYears compares our rows with a published table, over the years that
// ours has.
func CompareDyadYears(ours, theirs []DyadYear) DyadComparison {
	key := func(d DyadYear) dyadKey { return dyadKey{d.State1, d.State2, d.Year} }
	published := make(map[dyadKey]Obligations, len(theirs))
	for _, d := range theirs {
		published[key(d)] = d.Obligations
	}
	c := DyadComparison{Ours: len(ours), Theirs: len(theirs)}
	seen := make(map[dyadKey]bool, len(ours))
	for _, d := range ours {
		seen[key(d)] = true
		o, ok := published[key(d)]
		switch {
		case !ok:
			c.Extra = append(c.Extra, d)
		case o == d.Obligations:
			c.Common++
			c.Same++
		default:
			c.Common++
			c.Differ = append(c.Differ, DyadPair{d, o})
		}
	}
	for _, d := range theirs {
		if !seen[key(d)] {
			c.Missing = append(c.Missing, d)
		}
	}
	return c
}
