package reading

import (
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/day"
)

// partWords narrow a month, year, decade or century: to a third of it, a half or
// a quarter, counted from one.
var partWords = map[string]struct{ from, to, of int }{
	"early": {0, 1, 3}, "mid": {1, 2, 3}, "middle": {1, 2, 3}, "late": {2, 3, 3},
	"beginning": {0, 1, 4}, "start": {0, 1, 4}, "end": {3, 4, 4}, "close": {3, 4, 4},
}

// part reads a part of a unit: "early March", "the late 1970s", "the end of
// 2027", "the first half of 2025". The value stays that of the unit; from and to
// are those of the part.
func (c *clock) part(i int) (timing, bool) {
	k := i
	if c.word(k) == "the" {
		k++
	}
	w := c.word(k)
	p, ok := partWords[w]
	joined := ""
	if rest, cut := strings.CutPrefix(w, "mid-"); cut && !ok { // "mid-June" in one word
		p, ok, joined = partWords["mid"], true, rest
	}
	switch {
	case ok && joined != "":
	case ok && p.of == 4 || w == "middle":
		if c.word(k+1) != "of" {
			return timing{}, false
		}
		k += 2
	case ok:
		if k++; hyphen(c.word(k)) {
			k++
		}
	case c.word(k+2) == "of" || c.word(k+2) == "this" || c.word(k+2) == "last" || c.word(k+2) == "next":
		n, half := ordinal(w), c.word(k+1)
		switch {
		case half == "half" && n >= 1 && n <= 2:
			p.of = 2
		case half == "quarter" && n >= 1 && n <= 4:
			p.of = 4
		default:
			return timing{}, false
		}
		p.from, p.to = n-1, n
		if k += 2; c.word(k) == "of" {
			k++
		}
	default:
		return timing{}, false
	}
	if p.of == 4 && p.from == 3 && (c.word(k) == "the" || c.word(k) == "this") && c.word(k+1) == "year" {
		return c.yearEnd(k + 1)
	}
	var of timing
	if joined != "" {
		if m := monthNames[joined]; m > 0 {
			y, end := c.yearAfter(k, true)
			of, ok = c.monthOnly(end, y, m), true
		} else if d, err := day.ParsePeriod(joined); err == nil {
			of, ok = date(k, d), true
		} else {
			return timing{}, false
		}
	} else {
		of, ok = c.whole(k)
	}
	if !ok || of.kind != "date" || of.period.To-of.period.From < 28 {
		return of, ok && of.kind == "date" && of.period.To <= of.period.From
	}
	of.value = of.period.String()
	of.period = piece(of.period, p.from, p.to, p.of)
	return of, true
}

// whole reads the unit that a part is of.
func (c *clock) whole(k int) (timing, bool) {
	for _, f := range []func(int) (timing, bool){c.monthDate, c.named, c.decade, c.year} {
		if t, ok := f(k); ok {
			return t, true
		}
	}
	return timing{}, false
}

// piece cuts a period: months into days, years into months, more into years.
func piece(p day.Period, from, to, of int) day.Period {
	switch {
	case p.To-p.From < 32:
		n := int(p.To - p.From)
		if of == 3 { // ten days, ten days and the rest
			cut := []int{0, 10, 20, n}
			return day.Period{From: p.From + day.Day(cut[from]), To: p.From + day.Day(cut[to]), Precision: day.ToDay}
		}
		return day.Period{From: p.From + day.Day(n*from/of), To: p.From + day.Day(n*to/of), Precision: day.ToDay}
	case p.To-p.From < 400:
		return day.Period{From: p.From.AddMonths(12 * from / of), To: p.From.AddMonths(12 * to / of), Precision: day.ToMonth}
	case p.To-p.From < 4000: // a decade: four years, three and three
		cut := []int{0, 4, 7, 10}
		if of != 3 {
			cut = []int{0, 3, 5, 7, 10}
		}
		if of == 2 {
			cut = []int{0, 5, 10}
		}
		return day.Period{From: p.From.AddMonths(12 * cut[from]), To: p.From.AddMonths(12 * cut[to]), Precision: day.ToYear}
	}
	n := p.To.Year() - p.From.Year()
	return day.Period{From: p.From.AddMonths(12 * (n * from / of)), To: p.From.AddMonths(12 * (n * to / of)), Precision: day.ToDecade}
}

// yearEnd is the last day of the year of publication.
func (c *clock) yearEnd(last int) (timing, bool) {
	if !c.known {
		return unsettled(last), true
	}
	return date(last, oneDay(yearOf(c.today.Year()).To-1)), true
}

// feasts are days of the calendar by name; month and day.
var feasts = map[string][2]int{"christmas day": {12, 25}, "christmas eve": {12, 24}, "new year": {1, 1}, "boxing day": {12, 26}}

// fixed reads days by another name: "year end", "Christmas Day", "New Year's
// Eve", "the sixth of May", "the 9th instant".
func (c *clock) fixed(i int) (timing, bool) {
	w, next := c.word(i), c.word(i+1)
	switch {
	case w == "year" && next == "end", w == "year" && next == "'s" && c.word(i+2) == "end":
		if next == "end" {
			return c.yearEnd(i + 1)
		}
		return c.yearEnd(i + 2)
	case w == "year-end":
		return c.yearEnd(i)
	case w == "new" && next == "year" && (c.word(i+2) == "'s" || c.word(i+2) == "’s"):
		y, end := c.yearAfter(i+3, true)
		switch c.word(i + 3) {
		case "day":
			return c.dated(end, y, 1, 1, 1), true
		case "eve":
			return c.dated(end, y, 12, 31, 31), true
		}
	case w == "christmas" || w == "boxing":
		if d, ok := feasts[w+" "+next]; ok && capital(c.token(c.s, i).Form) {
			y, end := c.yearAfter(i+1, true)
			return c.dated(end, y, d[0], d[1], d[1]), true
		}
	case w == "fiscal" || w == "financial":
		if y := c.yearAt(i + 2); next == "year" && y > 0 {
			return date(i+2, yearOf(y)), true
		}
	}
	if w == "the" {
		if n := ordinal(next); n >= 1 && n <= 31 {
			switch third := c.word(i + 2); {
			case third == "of" && c.month(i+3) > 0:
				y, end := c.yearAfter(i+3, true)
				return c.dated(end, y, c.month(i+3), n, n), true
			case (third == "instant" || third == "inst" || third == "inst." || third == "ultimo" || third == "ult" || third == "ult.") && c.known:
				m := monthOf(c.today)
				if strings.HasPrefix(third, "ult") {
					m = monthOf(m.From - 1)
				}
				return date(i+2, oneDay(m.From+day.Day(n-1))), true
			}
		}
	}
	return timing{}, false
}

// years reads a span of years: "2014-15", "1986–1988".
func (c *clock) years(i int) (timing, bool) {
	w := strings.NewReplacer("–", "-", "/", "-").Replace(c.word(i))
	last := i
	if y := c.yearAt(i); y > 0 && (hyphen(c.word(i+1)) || c.word(i+1) == "/") && touching(c.token(c.s, i).Span, c.token(c.s, i+1).Span) && len(c.word(i+2)) == 2 {
		w, last = w+"-"+c.word(i+2), i+2
	}
	a, b, ok := strings.Cut(w, "-")
	from, err1 := strconv.Atoi(a)
	to, err2 := strconv.Atoi(b)
	if !ok || err1 != nil || err2 != nil || len(a) != 4 || from < 1200 || from > 2199 {
		return timing{}, false
	}
	if len(b) == 2 {
		to += from / 100 * 100
	}
	if len(b) != 2 && len(b) != 4 || to <= from || to-from > 100 {
		return timing{}, false
	}
	return timing{last: last, kind: "date", period: day.Period{From: yearOf(from).From, To: yearOf(to).To, Precision: day.ToYear}}, true
}

// called reads a day by what happened on it: "Saturday, the opening night", "the
// last match of the day". The report must have said which day that is.
func (c *clock) called(i int) (timing, bool) {
	k := i
	if c.word(k) == "the" {
		k++
	}
	w, next := c.word(k), c.word(k+1)
	var last int
	switch {
	case (w == "opening" || w == "closing" || w == "election" || w == "polling") && (next == "night" || next == "day" || next == "ceremony"):
		last = k + 1
	case w == "day" && c.word(i) == "day" && smallNumbers[next] > 1:
		last = k + 1
	case w == "day" && k > i && c.word(i-1) == "of" && (ordinal(c.word(i-3)) > 0 || c.word(i-3) == "last" || c.word(i-3) == "final"):
		if c.event.To > c.event.From {
			return date(k, c.event), true
		}
		return date(k, c.last), c.last.To == c.last.From+1
	default:
		return timing{}, false
	}
	if t, ok := c.calendar(last + 2); ok && c.word(last+1) == "," && t.period.To == t.period.From+1 {
		c.event = t.period // "Opening night, January 23, 2014"
	}
	if n := len(c.doc.Times); n > 0 && c.word(i-1) == "," && c.doc.Times[n-1].Span.End == c.token(c.s, i-1).Span.Start && c.last.To == c.last.From+1 {
		c.event = c.last
	} else if n > 0 && c.word(i-1) == "," && c.doc.Times[n-1].Span.End == c.token(c.s, i-2).Span.Start-1 && c.last.To == c.last.From+1 {
		c.event = c.last // "Saturday night, the opening night"
	}
	if c.event.To <= c.event.From {
		return timing{}, false
	}
	return date(last, c.event), true
}
