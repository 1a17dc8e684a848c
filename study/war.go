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
	From              Moment
	Line              int
}

// Engagements reads the interstate war file, in its own order. Every damaged
// line is named in the error.
func Engagements(path string) ([]Engagement, error) {
	var out []Engagement
	var wrong []error
	columns := []string{"larger_war_id", "larger_war_name", "init_ccode", "target_ccode", "year", "month_entry", "day_entry"}
	err := table(path, columns, func(line int, get func(string) string) {
		e := Engagement{WarName: get("larger_war_name"), Line: line}
		for _, c := range []struct {
			column string
			to     *int
		}{{"larger_war_id", &e.War}, {"init_ccode", &e.Initiator}, {"target_ccode", &e.Target},
			{"year", &e.From.Year}, {"month_entry", &e.From.Month}, {"day_entry", &e.From.Day}} {
			n, err := atopNumber(get(c.column))
			if err != nil {
				wrong = append(wrong, fmt.Errorf("%s:%d: %s: %w", path, line, c.column, err))
			}
			*c.to = n
		}
		out = append(out, e)
	})
	return out, errors.Join(append(wrong, err)...)
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
