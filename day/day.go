// Package day holds civil days and half-open spans of them, with bounds that
// may be unknown.
//
// It has no clock and no time zones: a day is what a calendar says, in the
// proleptic Gregorian calendar. Dates of old-style calendars are converted by
// whoever writes them down.
package day

import (
	"fmt"
	"strconv"
	"time"
)

// Day is a civil day, counted from 1970-01-01, which is 0. Days compare with <.
type Day int32

// Of returns the day with this year, month and day of the month.
// It reports an error if there is no such day.
func Of(year, month, dom int) (Day, error) {
	if year < 1 || year > 9999 {
		return 0, fmt.Errorf("year %d is outside 1 to 9999", year)
	}
	if month < 1 || month > 12 {
		return 0, fmt.Errorf("month %d is outside 1 to 12", month)
	}
	if n := lastOf(year, month); dom < 1 || dom > n {
		return 0, fmt.Errorf("%04d-%02d has no day %d; its last is %d", year, month, dom, n)
	}
	return of(year, month, dom), nil
}

func of(year, month, dom int) Day {
	const perDay = 24 * 60 * 60
	return Day(time.Date(year, time.Month(month), dom, 0, 0, 0, 0, time.UTC).Unix() / perDay)
}

func lastOf(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// Parse reads YYYY-MM-DD.
func Parse(s string) (Day, error) {
	p, err := ParsePeriod(s)
	if err != nil {
		return 0, err
	}
	if p.Precision != ToDay {
		return 0, fmt.Errorf("day %q: want YYYY-MM-DD", s)
	}
	return p.From, nil
}

// MustParse is Parse for days written in code; it panics on a mistake.
func MustParse(s string) Day {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Date returns year, month and day of the month.
func (d Day) Date() (year, month, dom int) {
	y, m, n := d.time().Date()
	return y, int(m), n
}

// Year returns the calendar year.
func (d Day) Year() int { return d.time().Year() }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.time().Weekday() }

// AddMonths moves by calendar months; a day that the month lacks becomes its last.
func (d Day) AddMonths(n int) Day {
	y, m, dom := d.Date()
	k := y*12 + (m - 1) + n
	y, m = k/12, k%12+1
	return of(y, m, min(dom, lastOf(y, m)))
}

func (d Day) time() time.Time { return time.Unix(int64(d)*24*60*60, 0).UTC() }

func (d Day) String() string { return d.time().Format("2006-01-02") }

// MarshalText writes YYYY-MM-DD.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD.
func (d *Day) UnmarshalText(b []byte) error {
	p, err := Parse(string(b))
	if err != nil {
		return err
	}
	*d = p
	return nil
}

// Precision says how finely a date was given.
type Precision uint8

// The precisions, finest first.
const (
	ToDay Precision = iota
	ToMonth
	ToYear
	ToDecade
)

func (p Precision) String() string {
	return [...]string{"day", "month", "year", "decade"}[p]
}

// Period is a date as worded: the days [From, To) that it may mean.
type Period struct {
	From, To  Day
	Precision Precision
}

// ParsePeriod reads YYYY-MM-DD, YYYY-MM, YYYY or YYY0s (a decade).
func ParsePeriod(s string) (Period, error) {
	bad := func(why string) (Period, error) {
		return Period{}, fmt.Errorf("day %q: %s", s, why)
	}
	const want = "want YYYY-MM-DD, YYYY-MM or YYYY"
	digits := func(t string) (int, bool) {
		for i := range len(t) {
			if t[i] < '0' || t[i] > '9' {
				return 0, false
			}
		}
		n, err := strconv.Atoi(t)
		return n, err == nil
	}
	if len(s) == 5 && s[4] == 's' {
		y, ok := digits(s[:4])
		if !ok || y%10 != 0 || y < 10 || y > 9990 {
			return bad("want a decade like 1990s")
		}
		return Period{of(y, 1, 1), of(y+10, 1, 1), ToDecade}, nil
	}
	var y, m, d int
	var ok bool
	switch {
	case len(s) == 4:
		y, ok = digits(s)
	case len(s) == 7 && s[4] == '-':
		y, ok = digits(s[:4])
		if ok {
			m, ok = digits(s[5:])
		}
	case len(s) == 10 && s[4] == '-' && s[7] == '-':
		y, ok = digits(s[:4])
		if ok {
			m, ok = digits(s[5:7])
		}
		if ok {
			d, ok = digits(s[8:])
		}
	}
	if !ok {
		return bad(want)
	}
	switch len(s) {
	case 4:
		if y < 1 {
			return bad("year 0 does not exist")
		}
		return Period{of(y, 1, 1), of(y+1, 1, 1), ToYear}, nil
	case 7:
		first, err := Of(y, m, 1)
		if err != nil {
			return bad(err.Error())
		}
		return Period{first, first.AddMonths(1), ToMonth}, nil
	}
	n, err := Of(y, m, d)
	if err != nil {
		return bad(err.Error())
	}
	return Period{n, n + 1, ToDay}, nil
}

// String writes the period as ParsePeriod reads it.
func (p Period) String() string {
	s := p.From.String()
	switch p.Precision {
	case ToMonth:
		return s[:7]
	case ToYear:
		return s[:4]
	case ToDecade:
		return s[:4] + "s"
	}
	return s
}

// Contains reports whether d may be meant.
func (p Period) Contains(d Day) bool { return p.From <= d && d < p.To }
