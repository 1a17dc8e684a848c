package study

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// Engagement is one pair of initiator and target in one year of a war.
// Source of the format: Reiter, Stam, Horowitz, interstate war data (revised).
type Engagement struct {
	War               int // larger_war_id
	WarName           string
	Initiator, Target int // COW numbers
	From, To          Moment
	Joined            bool // the initiator joined a war that went on
	Line              int
}

// Engagements reads the interstate war file, in its own order. Every damaged
// line is named in the error.
func Engagements(path string) ([]Engagement, error) {
	var out []Engagement
	var wrong []error
	columns := []string{"larger_war_id", "larger_war_name", "init_ccode", "target_ccode", "year", "month_entry", "day_entry",
		"month_exit", "day_exit", "month_exit02", "day_exit02", "joiner"}
	err := table(path, columns, func(line int, get func(string) string) {
		e := Engagement{WarName: get("larger_war_name"), Joined: get("joiner") == "1", Line: line}
		var again Moment // the pair's second stretch in the year, if there is one
		for _, c := range []struct {
			column string
			to     *int
		}{{"larger_war_id", &e.War}, {"init_ccode", &e.Initiator}, {"target_ccode", &e.Target},
			{"year", &e.From.Year}, {"month_entry", &e.From.Month}, {"day_entry", &e.From.Day},
			{"month_exit", &e.To.Month}, {"day_exit", &e.To.Day}, {"month_exit02", &again.Month}, {"day_exit02", &again.Day}} {
			n, err := atopNumber(get(c.column))
			if err != nil {
				wrong = append(wrong, fmt.Errorf("%s:%d: %s: %w", path, line, c.column, err))
			}
			*c.to = n
		}
		if again.Month > 0 {
			e.To.Month, e.To.Day = again.Month, again.Day
		}
		e.To.Year = e.From.Year
		out = append(out, e)
	})
	return out, errors.Join(append(wrong, err)...)
}

// pairing is one state attacking another in a war.
type pairing struct{ war, initiator, target int }

// stretch is a pairing from its first to its last day.
type stretch struct {
	pairing
	name     string
	from, to Moment
	joined   bool
}

// pairings gathers engagements by pair, in order of their first day.
func pairings(wars []Engagement) []stretch {
	var out []stretch
	at := map[pairing]int{}
	for _, e := range wars {
		k := pairing{e.War, e.Initiator, e.Target}
		i, ok := at[k]
		if !ok {
			at[k] = len(out)
			out = append(out, stretch{k, e.WarName, e.From, e.To, e.Joined})
			continue
		}
		if e.From.compare(out[i].from) < 0 {
			out[i].from = e.From
		}
		out[i].to = later(out[i].to, e.To)
	}
	slices.SortStableFunc(out, func(a, b stretch) int { return a.from.compare(b.from) })
	return out
}

// Answered says which earlier attack an attack answers: the target's own on the
// initiator, or, for who joined a war, the first of the target on somebody else
// in it, since that is what joining the attacked means. An attack that answers
// none is not listed, and what itself answers is no first use of force.
func Answered(wars []Engagement) map[pairing]pairing {
	all := pairings(wars)
	out := map[pairing]pairing{}
	for _, k := range all {
		for _, b := range all {
			if b.war != k.war || b.initiator != k.target || b.from.compare(k.from) >= 0 {
				continue
			}
			if _, answers := out[b.pairing]; !answers && (b.target == k.initiator || k.joined) {
				out[k.pairing] = b.pairing
				break
			}
		}
	}
	return out
}

// Coding is one war × alliance row of hand-coded reliability.
// Source of the format: Berkemeier and Fuhrmann 2018.
type Coding struct {
	War, Alliance int
	Invoked       bool // honoured or violated
	Honoured      bool
	Year          int // in which the war began, as its name has it; 0 if the name has none
	Obligations   Obligations
}

// Codings reads hand-coded rows, in their order.
func Codings(path string) ([]Coding, error) {
	var out []Coding
	var wrong []error
	err := table(path, []string{"warid", "atopid", "warname", "honorbf", "violatebf"}, func(line int, get func(string) string) {
		c := Coding{Honoured: get("honorbf") == "1", Year: firstYear(get("warname"))}
		c.Invoked = c.Honoured || get("violatebf") == "1"
		for _, k := range []struct {
			column string
			to     *int
		}{{"warid", &c.War}, {"atopid", &c.Alliance}} {
			n, err := atopNumber(get(k.column))
			if err != nil {
				wrong = append(wrong, fmt.Errorf("%s:%d: %s: %w", path, line, k.column, err))
			}
			*k.to = n
		}
		for o, column := range obligationColumns {
			if get(column) == "1" {
				c.Obligations = c.Obligations.With(Obligation(o))
			}
		}
		out = append(out, c)
	})
	return out, errors.Join(append(wrong, err)...)
}

// firstYear finds the first four digits in a war's name that are a year.
func firstYear(name string) int {
	for i := 0; i+4 <= len(name); i++ {
		if y, err := strconv.Atoi(name[i : i+4]); err == nil && y >= 1800 && y < 2100 {
			return y
		}
	}
	return 0
}

// Date sets the year of codings whose war's name holds none, from the first
// engagement of the war, and returns the codings.
func Date(codings []Coding, wars []Engagement) []Coding {
	began := map[int]int{}
	for _, e := range wars {
		if y, ok := began[e.War]; !ok || e.From.Year < y {
			began[e.War] = e.From.Year
		}
	}
	out := slices.Clone(codings)
	for i := range out {
		if out[i].Year == 0 {
			out[i].Year = began[out[i].War]
		}
	}
	return out
}
