package actor

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/day"
)

// Agreement is how far a table agrees with a list made by others.
type Agreement struct {
	Compared    int      // numbers of the list
	Equal       int      // of those, with the same spells, to the day
	Differences []string // one line for each of the others, in the order of the list
}

// CompareCOW compares memberships with the state system list of the Correlates
// of War project, a CSV file with the columns ccode, styear, stmonth, stday,
// endyear, endmonth, endday. Its end days are inclusive; those on the last day
// that the list covers mean no end.
func (t *Table) CompareCOW(r io.Reader) (Agreement, error) {
	rows, err := readCSV(r, "ccode", "styear", "stmonth", "stday", "endyear", "endmonth", "endday")
	if err != nil {
		return Agreement{}, err
	}
	theirs := map[int][]spell{}
	for _, row := range rows {
		n, err := numbers(row)
		if err != nil {
			return Agreement{}, err
		}
		from, err := day.Of(n[1], n[2], n[3])
		if err != nil {
			return Agreement{}, err
		}
		to, err := day.Of(n[4], n[5], n[6])
		if err != nil {
			return Agreement{}, err
		}
		theirs[n[0]] = append(theirs[n[0]], spell{from, to + 1})
	}
	return agree(theirs, t.spells(func(s *State) []Membership { return s.COW })), nil
}

// CompareGW compares memberships with the list of Gleditsch and Ward, a CSV
// file with the columns gwcode, startdate, enddate; ends as in CompareCOW.
func (t *Table) CompareGW(r io.Reader) (Agreement, error) {
	rows, err := readCSV(r, "gwcode", "startdate", "enddate")
	if err != nil {
		return Agreement{}, err
	}
	theirs := map[int][]spell{}
	for _, row := range rows {
		n, err := strconv.Atoi(row[0])
		if err != nil {
			return Agreement{}, err
		}
		s, err := spellOf(row[1], row[2])
		if err != nil {
			return Agreement{}, err
		}
		theirs[n] = append(theirs[n], s)
	}
	return agree(theirs, t.spells(func(s *State) []Membership { return s.GW })), nil
}

// spell is [from, to) in days; to is endless for an open end.
type spell struct{ from, to day.Day }

const endless = day.Day(1 << 30)

func spellOf(from, to string) (spell, error) {
	a, err := day.Parse(from)
	if err != nil {
		return spell{}, err
	}
	b, err := day.Parse(to)
	return spell{a, b + 1}, err
}

func (s spell) String() string {
	if s.to == endless {
		return s.from.String() + ".."
	}
	return s.from.String() + ".." + s.to.String()
}

// spells returns the memberships of each number, those of successive states
// joined.
func (t *Table) spells(list func(*State) []Membership) map[int][]spell {
	out := map[int][]spell{}
	for _, s := range t.states {
		for _, m := range list(s) {
			one := spell{m.Span.From.From, endless}
			if m.Span.To.Kind == day.BoundIn {
				one.to = m.Span.To.From
			}
			out[m.Number] = append(out[m.Number], one)
		}
	}
	for n, all := range out {
		out[n] = join(all)
	}
	return out
}

func join(all []spell) []spell {
	slices.SortFunc(all, func(a, b spell) int { return cmp.Compare(a.from, b.from) })
	var out []spell
	for _, s := range all {
		if n := len(out); n > 0 && out[n-1].to == s.from {
			out[n-1].to = s.to
			continue
		}
		out = append(out, s)
	}
	return out
}

func agree(theirs, ours map[int][]spell) Agreement {
	last := day.Day(0)
	for _, all := range theirs {
		for _, s := range all {
			last = max(last, s.to)
		}
	}
	var a Agreement
	for _, n := range slices.Sorted(maps.Keys(theirs)) {
		list := join(theirs[n])
		for i := range list {
			if list[i].to == last {
				list[i].to = endless
			}
		}
		a.Compared++
		if slices.Equal(list, ours[n]) {
			a.Equal++
			continue
		}
		a.Differences = append(a.Differences, fmt.Sprintf("%d: theirs %v, ours %v", n, list, ours[n]))
	}
	for _, n := range slices.Sorted(maps.Keys(ours)) {
		if _, ok := theirs[n]; !ok {
			a.Differences = append(a.Differences, fmt.Sprintf("%d: not in their list, ours %v", n, ours[n]))
		}
	}
	return a
}

// LeaderAgreement is how far the offices agree with a list of leaders.
type LeaderAgreement struct {
	Spells   int      // spells of the list that touch the period
	Named    int      // a head of that state with that name, in office on a day of the spell
	Dated    int      // of those, with those ends of the spell that fall into the period within three days of ours
	Days     int      // days on which the list has a leader, summed over states
	DaysSame int      // of those, the days on which a head of ours has that name
	Missing  []string // spells without a name of ours, in the order of the list
	Shifted  []string // spells named but not dated
}

// CompareLeaders compares heads of state and government, and those who ruled
// in fact, with Archigos: a CSV file with the columns gwcode, leader, startdate,
// enddate. Only days in [from, to) count. Names agree if
// one word of ours and one of theirs are alike; see called.
func (t *Table) CompareLeaders(r io.Reader, from, to day.Day) (LeaderAgreement, error) {
	rows, err := readCSV(r, "gwcode", "leader", "startdate", "enddate")
	if err != nil {
		return LeaderAgreement{}, err
	}
	var a LeaderAgreement
	last := ""
	for _, row := range rows {
		last = max(last, row[3])
	}
	for _, row := range rows {
		n, err := strconv.Atoi(row[0])
		if err != nil {
			return a, err
		}
		s, err := spellOf(row[2], row[3])
		if err != nil {
			return a, err
		}
		// Their end is the day of the change, on which the next one counts too.
		s.to--
		lo, hi := max(s.from, from), min(s.to, to)
		if hi <= lo {
			continue
		}
		a.Spells++
		a.Days += int(hi - lo)
		heads := t.headsNamed(n, row[1], lo, hi)
		var nearest day.Day = endless
		for _, h := range heads {
			off := day.Day(0)
			if s.from >= from {
				off = max(off, apart(h.Span.From, s.from))
			}
			if s.to < to && row[3] != last {
				off = max(off, apart(h.Span.To, s.to))
			}
			nearest = min(nearest, off)
		}
		for d := lo; d < hi; d++ {
			if slices.ContainsFunc(heads, func(h Tenure) bool { return h.Span.Contains(d) != day.No }) {
				a.DaysSame++
			}
		}
		line := fmt.Sprintf("%d %s %v", n, row[1], s)
		switch {
		case len(heads) == 0:
			a.Missing = append(a.Missing, line)
		case nearest > 3:
			a.Named++
			a.Shifted = append(a.Shifted, line)
		default:
			a.Named++
			a.Dated++
		}
	}
	return a, nil
}

// apart returns the days between a bound and a day; endless if the bound is open.
func apart(b day.Bound, d day.Day) day.Day {
	switch {
	case b.Kind != day.BoundIn:
		return endless
	case d < b.From:
		return b.From - d
	case d >= b.To:
		return d - b.To + 1
	}
	return 0
}

// headsNamed returns the heads with that name, of the states of that number,
// who held office in [from, to). Tenures of one head that meet are joined, since
// an acting head who then takes the office, or a president who was leader
// before, is one leader.
func (t *Table) headsNamed(number int, name string, from, to day.Day) []Tenure {
	var words []string
	for _, w := range wordsOf(strings.ReplaceAll(name, ".", " ")) {
		if len(w.key) > 1 {
			words = append(words, w.key)
		}
	}
	var out []Tenure
	for _, s := range t.states {
		if !slices.ContainsFunc(s.GW, func(m Membership) bool { return m.Number == number }) &&
			!slices.ContainsFunc(s.COW, func(m Membership) bool { return m.Number == number }) {
			continue
		}
		for _, o := range t.officesOf[s.ID] {
			if len(o.Heads) == 0 {
				continue
			}
			for _, h := range o.Tenures {
				if h.Person.called(words) {
					out = append(out, h)
				}
			}
		}
	}
	return slices.DeleteFunc(joinTenures(out), func(h Tenure) bool {
		return h.Span.From.From >= to || h.Span.To.Kind == day.BoundIn && h.Span.To.To <= from
	})
}

// joinTenures makes one of the tenures of each person that meet or overlap, in
// whatever offices.
func joinTenures(all []Tenure) []Tenure {
	slices.SortStableFunc(all, func(a, b Tenure) int {
		return cmp.Or(strings.Compare(a.Person.ID, b.Person.ID), cmp.Compare(a.Span.From.From, b.Span.From.From))
	})
	var out []Tenure
	for _, h := range all {
		if n := len(out); n > 0 && out[n-1].Person == h.Person && out[n-1].Span.To.Kind == day.BoundIn && out[n-1].Span.To.To >= h.Span.From.From {
			if h.Span.To.From > out[n-1].Span.To.From {
				out[n-1].Span.To = h.Span.To
			}
			continue
		}
		out = append(out, h)
	}
	return out
}

// called reports whether one of the words is part of a name of the person.
// Words of six letters and more may differ in one or two letters, as lists
// write foreign names by rules of their own (Afeworki, Afwerki).
func (p *Person) called(words []string) bool {
	for _, n := range p.Names {
		for _, ours := range wordsOf(n.Text) {
			for _, w := range words {
				if w == ours.key || len(w) >= 6 && len(ours.key) >= 6 && edits(w, ours.key) <= 1+len(w)/8 {
					return true
				}
			}
		}
	}
	return slices.Contains(words, strings.ReplaceAll(slug(p.Family), "-", ""))
}

// edits returns the Levenshtein distance of two words, in bytes.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// readCSV returns the named columns of all rows.
func readCSV(r io.Reader, columns ...string) ([][]string, error) {
	all, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("the file is empty")
	}
	at := make([]int, len(columns))
	for i, c := range columns {
		if at[i] = slices.Index(all[0], c); at[i] < 0 {
			return nil, fmt.Errorf("the file has no column %q", c)
		}
	}
	out := make([][]string, 0, len(all)-1)
	for _, row := range all[1:] {
		cells := make([]string, len(at))
		for i, j := range at {
			cells[i] = row[j]
		}
		out = append(out, cells)
	}
	return out, nil
}

func numbers(row []string) ([]int, error) {
	out := make([]int, len(row))
	for i, s := range row {
		n, err := strconv.Atoi(s)
		if err != nil {
			return nil, err
		}
		out[i] = n
	}
	return out, nil
}
