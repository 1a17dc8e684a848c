package reading

import (
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/day"
)

// unit is a length of time.
type unit uint8

const (
	noUnit unit = iota
	seconds
	minutes
	hours
	days
	weeks
	months
	years
	decades
	centuries
)

var units = map[string]unit{"second": seconds, "minute": minutes, "hour": hours, "day": days, "week": weeks, "fortnight": weeks, "month": months, "year": years, "decade": decades, "century": centuries}

// iso writes a length as ISO 8601 does.
func (u unit) iso(n int) string {
	s := strconv.Itoa(n)
	switch u {
	case seconds:
		return "PT" + s + "S"
	case minutes:
		return "PT" + s + "M"
	case hours:
		return "PT" + s + "H"
	case days:
		return "P" + s + "D"
	case weeks:
		return "P" + s + "W"
	case months:
		return "P" + s + "M"
	case years:
		return "P" + s + "Y"
	case decades:
		return "P" + strconv.Itoa(10*n) + "Y"
	}
	return "P" + strconv.Itoa(100*n) + "Y"
}

var smallNumbers = map[string]int{"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}

var tensNumbers = map[string]int{"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}

// number reads a number in digits or words and the token behind it.
func (c *clock) number(i int) (n, next int, ok bool) {
	w := c.word(i)
	if w == "[" && c.word(i+2) == "]" { // "[Ten] years ago": an editor's word
		if n, next, ok := c.number(i + 1); ok && next == i+2 {
			return n, i + 3, true
		}
	}
	if v, err := strconv.Atoi(strings.ReplaceAll(w, ",", "")); err == nil && v > 0 && v < 100_000 {
		return v, i + 1, true
	}
	if a, b, joined := strings.Cut(w, "-"); joined && tensNumbers[a] > 0 && smallNumbers[b] > 0 {
		return tensNumbers[a] + smallNumbers[b], i + 1, true
	}
	if t := tensNumbers[w]; t > 0 {
		k := i + 1
		if hyphen(c.word(k)) {
			k++
		}
		if u := smallNumbers[c.word(k)]; u > 0 && u < 10 && c.word(k) != "a" {
			return t + u, k + 1, true
		}
		return t, i + 1, true
	}
	if v := smallNumbers[w]; v > 0 {
		switch next := c.word(i + 1); {
		case next == "couple" && c.word(i+2) == "of":
			return 2, i + 3, true
		case next == "dozen":
			return 12 * v, i + 2, true
		case next == "hundred":
			return 100 * v, i + 2, true
		}
		return v, i + 1, true
	}
	return 0, i, false
}

// unitAt reads a unit of time, also behind a hyphen ("11-year"), and the token
// behind it. "Second" is one only after a number above one.
func (c *clock) unitAt(i, n int) (u unit, next int) {
	if hyphen(c.word(i)) {
		i++
	}
	w := c.word(i)
	u = units[singular(w)]
	if w == "centuries" {
		u = centuries
	}
	if u == seconds && (n <= 1 || w == "second") {
		return noUnit, i
	}
	return u, i + 1
}

// counted reads a number of units and what makes a date of it: "75 years ago",
// "five months earlier", "eight months after the ceremony", "a day later",
// "the past 30 days"; alone it is a duration.
func (c *clock) counted(i int) (timing, bool) {
	start := i
	back, span := 0, false
	if w := c.word(i); w == "the" || w == "these" {
		i++
	}
	switch c.word(i) {
	case "past", "last", "previous", "preceding":
		back, span = -1, true
		i++
	case "next", "coming", "following":
		back, span = 1, true
		i++
	default:
		i = start
	}
	if h := c.word(i + 1); c.word(i) == "half" && !span && (h == "a" || h == "an") {
		switch u, next := c.unitAt(i+2, 1); {
		case u == centuries && c.word(next) == "ago":
			return c.shifted(next, c.published, years, -50, false)
		case u == years && c.word(next) == "ago":
			return c.shifted(next, c.published, months, -6, false)
		}
	}
	n, k, ok := c.number(i)
	if !ok && span && (c.word(i) == "few" || c.word(i) == "several") {
		if u, next := c.unitAt(i+1, 2); u != noUnit && singular(c.word(next-1)) != c.word(next-1) {
			return unsettled(next - 1), true
		}
	}
	if !ok {
		return timing{}, false
	}
	if c.word(k) == "more" || c.word(k) == "full" || c.word(k) == "further" {
		k++
	}
	u, next := c.unitAt(k, n)
	if u == noUnit || n > 1 && c.yearAt(i) > 0 && singular(c.word(next-1)) == c.word(next-1) {
		return timing{}, false // "the 2018 day of action"
	}
	if c.word(next-1) == "fortnight" {
		n *= 2
	}
	if span {
		if !c.known {
			return unsettled(next - 1), true
		}
		p := day.Period{From: c.move(c.today, u, back*n), To: c.today + 1, Precision: precisionOf(u)}
		if back > 0 {
			p = day.Period{From: c.today, To: c.move(c.today, u, n) + 1, Precision: precisionOf(u)}
		}
		return timing{last: next - 1, kind: "date", period: p}, true
	}
	switch w := c.word(next); w {
	case "ago":
		if w := c.word(next + 1); w == "today" || w == "this" && (c.word(next+2) == "day" || c.word(next+2) == "week") {
			end := next + 1
			if w == "this" {
				end++
			}
			return c.shifted(end, c.published, u, -n, true)
		}
		return c.shifted(next, c.published, u, -n, false)
	case "earlier", "before", "previously", "prior":
		return c.shifted(next, c.reference(next), u, -n, false)
	case "later", "after", "afterwards":
		return c.shifted(next, c.reference(next), u, n, false)
	case "-":
		if c.word(next+1) == "old" {
			return timing{last: next + 1, kind: "duration", value: u.iso(n)}, true
		}
	case "old":
		return timing{last: next, kind: "duration", value: u.iso(n)}, true
	}
	if n == 1 && (c.word(i) == "a" || c.word(i) == "an") {
		if u <= minutes || c.word(i-1) != "for" && c.word(i-1) != "in" && c.word(i-1) != "within" && c.word(i-1) != "after" {
			return timing{}, false // "a day of mourning"
		}
	}
	return timing{last: next - 1, kind: "duration", value: u.iso(n)}, true
}

// reference is the time from which "earlier" and "later" count: the one that
// the text spoke of, else the publication. "After the ceremony" counts from the
// day that an account of the past began with; "before dawn" and "after troops
// crossed" count from what no date was given for.
func (c *clock) reference(word int) day.Period {
	if w := c.word(word); w == "before" || w == "after" || w == "prior" {
		switch next := c.token(c.s, word+1); {
		case lower(next.Form) == "the" && c.token(c.s, word+2).UPOS == "NOUN" && c.main.To > c.main.From && c.today-c.main.From > 366:
			return c.main
		case next.Form != "" && next.UPOS != "PUNCT" && next.UPOS != "VERB" && next.UPOS != "CCONJ":
			return day.Period{}
		}
	}
	if c.last.To > c.last.From {
		return c.last
	}
	return c.published
}

func precisionOf(u unit) day.Precision {
	switch u {
	case months:
		return day.ToMonth
	case years:
		return day.ToYear
	case decades, centuries:
		return day.ToDecade
	}
	return day.ToDay
}

// move shifts a day by n units.
func (c *clock) move(d day.Day, u unit, n int) day.Day {
	n = max(-12_000, min(12_000, n))
	switch u {
	case days:
		return d + day.Day(n)
	case weeks:
		return d + day.Day(7*n)
	case months:
		return bounded(d, n)
	case years:
		return bounded(d, 12*n)
	case decades:
		return bounded(d, 120*n)
	case centuries:
		return bounded(d, 1200*n)
	case hours:
		return d + day.Day(n/24)
	}
	return d
}

// bounded moves by months but stays within the years that the calendar holds.
func bounded(d day.Day, n int) day.Day {
	if y := d.Year()*12 + n; y < 12*2 || y > 12*9990 {
		return d
	}
	return d.AddMonths(n)
}

// shifted is a time n units away from another, as fine as the unit: years ago
// mean a year, unless the exact day is said.
func (c *clock) shifted(last int, from day.Period, u unit, n int, exact bool) (timing, bool) {
	if from.To <= from.From {
		return unsettled(last), true
	}
	d := c.move(from.From, u, n)
	switch {
	case exact:
		return date(last, day.Period{From: d, To: d + 1}), true
	case u >= years:
		return date(last, yearOf(d.Year())), true
	case u == months:
		return date(last, monthOf(d)), true
	case u == weeks:
		monday := weekOf(d)
		return timing{last: last, kind: "date", period: day.Period{From: monday, To: monday + 7}}, true
	case u == days && from.Precision == day.ToDay:
		return date(last, day.Period{From: d, To: d + 1}), true
	case u == hours && from.Precision == day.ToDay:
		return date(last, day.Period{From: d, To: d + 1}), true
	}
	return unsettled(last), true
}

func monthOf(d day.Day) day.Period {
	y, m, _ := d.Date()
	first, err := day.Of(y, m, 1)
	if err != nil {
		return day.Period{}
	}
	return day.Period{From: first, To: first.AddMonths(1), Precision: day.ToMonth}
}

// weekOf returns the Monday of a day's week.
func weekOf(d day.Day) day.Day { return d - day.Day((int(d.Weekday())+6)%7) }

var seasons = map[string]int{"spring": 3, "summer": 6, "autumn": 9, "winter": 12}

// season returns the three months of a season that begin in a year.
func season(name string, year int) day.Period {
	first, err := day.Of(year, seasons[name], 1)
	if err != nil {
		return day.Period{}
	}
	return day.Period{From: first, To: first.AddMonths(3), Precision: day.ToMonth}
}

// named reads units and days with a word that says which: "last week", "this
// year", "next Tuesday", "the following spring", "the day before", "that year".
func (c *clock) named(i int) (timing, bool) {
	k, article := i, false
	if w := c.word(k); w == "the" || w == "this" && c.word(k+1) == "past" || w == "early" || w == "earlier" || w == "later" {
		article = w == "the"
		k++
	}
	w, noun := c.word(k), c.word(k+1)
	switch w {
	case "last", "past":
		return c.turn(k+1, -1, c.published)
	case "next", "coming", "upcoming":
		if article && w == "next" && c.last.To == c.last.From+1 && c.past(k+1) {
			return c.turn(k+1, 1, c.last) // "and left the next day"
		}
		return c.turn(k+1, 1, c.published)
	case "this":
		return c.turn(k+1, 0, c.published)
	case "following":
		return c.turn(k+1, 1, c.last)
	case "previous", "preceding":
		return c.turn(k+1, -1, c.last)
	case "same", "that":
		if w == "that" && noun == "day" || w == "same" || noun == "year" || noun == "month" {
			return c.turn(k+1, 0, c.last)
		}
	}
	if _, isDay := weekdays[w]; article && (isDay || units[w] >= weeks && units[w] <= years) {
		switch noun + " " + c.word(k+2) { // "the Friday before last", "the year after next"
		case "before last":
			return c.beyond(k, -1)
		case "after next":
			return c.beyond(k, 1)
		}
	}
	if u := units[w]; article && u >= days && u <= years {
		at := c.reference(k + 1)
		switch noun {
		case "before":
			if c.word(k+2) == "yesterday" {
				return c.shifted(k+2, c.published, days, -2, true)
			}
			return c.shifted(k+1, at, u, -1, false)
		case "after":
			if c.word(k+2) == "tomorrow" {
				return c.shifted(k+2, c.published, days, 2, true)
			}
			return c.shifted(k+1, at, u, 1, false)
		}
	}
	return timing{}, false
}

// beyond settles what lies one unit before the last or after the next.
func (c *clock) beyond(k, by int) (timing, bool) {
	t, ok := c.turn(k, by, c.published)
	if !ok || t.period.To <= t.period.From {
		t.last = k + 2
		return t, ok
	}
	u, step := units[c.word(k)], by
	switch u {
	case months:
		t = date(k+2, monthOf(bounded(t.period.From, step)))
	case years:
		t = date(k+2, yearOf(t.period.From.Year()+step))
	default:
		t.period.From, t.period.To = t.period.From+day.Day(7*step), t.period.To+day.Day(7*step)
	}
	t.last = k + 2
	return t, true
}

// turn settles a unit, weekday, month or season that lies by steps from another
// time: -1 the last one, 0 this one, 1 the next.
func (c *clock) turn(i, by int, from day.Period) (timing, bool) {
	w := c.word(i)
	_, isWeekday := weekdays[w]
	_, isSeason := seasons[w]
	u := units[w]
	m := c.month(i)
	if !isWeekday && !isSeason && m == 0 && w != "weekend" && w != "fall" && w != "night" && w != "morning" && w != "evening" && w != "afternoon" && (u < days || u > centuries) {
		return timing{}, false
	}
	if w == "fall" || c.token(c.s, i).UPOS == "VERB" {
		return timing{}, false
	}
	if from.To <= from.From {
		return unsettled(i), true
	}
	d := from.From
	switch {
	case isWeekday:
		return date(i, oneDay(c.weekday(d, i, by))), true
	case w == "weekend":
		saturday := weekOf(d) + 5
		switch {
		case by > 0:
			saturday += 7
			if int(d.Weekday()) >= 1 && int(d.Weekday()) <= 3 {
				saturday -= 0
			}
		case by < 0:
			saturday -= 7
		case saturday > d && !c.future(i):
			saturday -= 7
		}
		return timing{last: i, kind: "date", period: day.Period{From: saturday, To: saturday + 2}}, true
	case w == "night" || w == "morning" || w == "evening" || w == "afternoon":
		if w != "night" && by < 0 || by > 0 {
			return timing{}, false
		}
		return date(i, oneDay(d+day.Day(by))), true
	case isSeason:
		p := season(w, d.Year())
		switch {
		case by < 0 && p.To > d:
			p = season(w, d.Year()-1)
		case by > 0 && p.From <= d:
			p = season(w, d.Year()+1)
		case by > 0 && from == c.last && from.Precision == day.ToDay && p.From <= d+30:
			p = season(w, d.Year()+1)
		}
		return timing{last: i, kind: "date", period: p}, true
	case m > 0:
		p := monthOf(d)
		for range 12 {
			if by != 0 || monthNumber(p.From) != m {
				if by < 0 {
					p = monthOf(p.From - 1)
				} else {
					p = monthOf(p.To)
				}
			}
			if monthNumber(p.From) == m {
				break
			}
		}
		return date(i, p), true
	}
	switch u {
	case days:
		return date(i, oneDay(d+day.Day(by))), true
	case weeks:
		monday := weekOf(d) + day.Day(7*by)
		return timing{last: i, kind: "date", period: day.Period{From: monday, To: monday + 7}}, true
	case months:
		return date(i, monthOf(bounded(monthOf(d).From, by))), true
	case years:
		return date(i, yearOf(d.Year()+by)), true
	case decades:
		y := (d.Year()/10 + by) * 10
		return timing{last: i, kind: "date", period: day.Period{From: yearOf(y).From, To: yearOf(y + 10).From, Precision: day.ToDecade}}, true
	}
	y := (d.Year()/100 + by) * 100
	return timing{last: i, kind: "date", period: day.Period{From: yearOf(y).From, To: yearOf(y + 100).From, Precision: day.ToDecade}}, true
}

func oneDay(d day.Day) day.Period { return day.Period{From: d, To: d + 1} }

func monthNumber(d day.Day) int {
	_, m, _ := d.Date()
	return m
}

// weekday returns the day that a weekday means: the last such day up to the
// publication, or the first after it where the sentence looks ahead.
func (c *clock) weekday(d day.Day, i, by int) day.Day {
	want := weekdays[c.word(i)]
	back := day.Day((int(d.Weekday()) - int(want) + 7) % 7)
	switch {
	case by < 0:
		if back == 0 {
			back = 7
		}
		return d - back
	case by > 0:
		return d - back + 7
	case c.future(i) && back != 0:
		return d - back + 7
	}
	return d - back
}

// deictic reads single words that count from the publication: "today",
// "yesterday", weekdays.
func (c *clock) deictic(i int) (timing, bool) {
	t := c.token(c.s, i)
	w := lower(t.Form)
	by, ok := map[string]int{"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}[w]
	if ok {
		if capital(t.Form) && capital(c.token(c.s, i-1).Form) && !shouted(c.token(c.s, i-1).Form) && i > 0 {
			return timing{}, false // "Russia Today"
		}
		if !c.day() {
			return unsettled(i), true
		}
		return date(i, oneDay(c.today+day.Day(by))), true
	}
	if _, ok := weekdays[w]; ok && capital(t.Form) {
		if next := c.token(c.s, i+1); next.UPOS == "PROPN" && ownNouns[lower(next.Form)] {
			return timing{}, false // "the Sunday Times"
		}
		if strings.HasSuffix(w, "s") {
			return timing{last: i, kind: "set"}, true
		}
		if !c.day() {
			return unsettled(i), true
		}
		return date(i, oneDay(c.weekday(c.today, i, 0))), true
	}
	if _, ok := seasons[w]; ok && t.UPOS == "NOUN" {
		k := i
		if c.word(k+1) == "of" {
			k++
		}
		if t, ok := c.years(k + 1); ok && w == "winter" {
			return timing{last: t.last, kind: "date", period: season(w, t.period.From.Year())}, true
		}
		if y := c.yearAt(k + 1); y > 0 {
			return timing{last: k + 1, kind: "date", period: season(w, y)}, true
		}
	}
	return timing{}, false
}

// day reports whether the day of publication is known to the day.
func (c *clock) day() bool { return c.known && c.published.Precision == day.ToDay }

// often reads times that come again: "every year", "daily".
func (c *clock) often(i int) (timing, bool) {
	w := c.word(i)
	if w == "every" || w == "each" {
		k := i + 1
		if _, next, ok := c.number(k); ok {
			k = next
		}
		if _, isDay := weekdays[c.word(k)]; isDay || units[singular(c.word(k))] >= days {
			return timing{last: k, kind: "set"}, true
		}
	}
	return timing{}, false
}
