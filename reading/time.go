package reading

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/text"
)

// clock reads the expressions of time of a report. Relative ones are settled
// from the day of publication ("ago", "last", weekdays) or from the time that
// the text spoke of before ("earlier", "the following year").
type clock struct {
	*page
	s     int // sentence
	today day.Day
	known bool       // the day of publication is known
	last  day.Period // the latest date read; zero if none
	main  day.Period // the first date known to the day; zero if none
	event day.Period // the day of the "opening night" that the report gave one for
}

// timing is an expression of time as read: its tokens, both inclusive.
type timing struct {
	first, last int
	kind        string // date, duration, set
	period      day.Period
	value       string // of a duration, as ISO 8601 writes it
	plain       bool   // the period is a calendar unit, written as its value
}

// findTimes finds expressions of time and settles them as far as the day of
// publication allows.
func (p *page) findTimes() {
	c := &clock{page: p, today: p.today(), known: p.published.To > p.published.From}
	c.dateline()
	for s := range p.sentences {
		if !p.speaks(s) {
			continue
		}
		c.s = s
		for i := 0; i < len(p.sentences[s].Tokens); {
			t, ok := c.read(i)
			if !ok {
				i++
				continue
			}
			c.enter(t)
			i = t.last + 1
		}
	}
}

func (c *clock) enter(t timing) {
	e := Time{ID: "t" + strconv.Itoa(len(c.doc.Times)+1), Span: c.words(c.s, t.first, t.last), Kind: t.kind, Value: t.value}
	if t.period.To > t.period.From {
		e.From, e.To, e.Precision = t.period.From.String(), t.period.To.String(), t.period.Precision
		if e.Value == "" && t.plain {
			e.Value = t.period.String()
		}
		if t.kind == "date" {
			c.last = t.period
			if c.main.To <= c.main.From && t.period.Precision == day.ToDay {
				c.main = t.period
			}
		}
	}
	c.doc.Times = append(c.doc.Times, e)
}

// dateline takes the day that stands alone on one of the first lines for today,
// where a report was stored under a day near it.
func (c *clock) dateline() {
	for s := 0; s < len(c.sentences) && s < 5; s++ {
		c.s = s
		n := len(c.sentences[s].Tokens)
		t, ok := c.calendar(0)
		if !ok || t.last < n-2 || t.period.To != t.period.From+1 || t.last < n-1 && c.token(s, n-1).UPOS != "PUNCT" {
			continue
		}
		if far := t.period.From - c.today; c.known && far != 0 && far >= -3 && far <= 3 {
			c.today = t.period.From
			c.page.published = t.period
		}
		return
	}
}

func (c *clock) word(i int) string { return lower(c.token(c.s, i).Form) }

// read reads the longest expression that begins at a token.
func (c *clock) read(i int) (timing, bool) {
	for _, f := range []func(int) (timing, bool){c.fixed, c.called, c.part, c.years, c.calendar, c.counted, c.named, c.deictic, c.decade, c.year, c.often} {
		if t, ok := f(i); ok {
			t.first = i
			return t, true
		}
	}
	return timing{}, false
}

func date(last int, p day.Period) timing {
	return timing{last: last, kind: "date", period: p, plain: p.Precision > day.ToDay || p.To == p.From+1}
}

// unsettled is a date of which only the words are known.
func unsettled(last int) timing { return timing{last: last, kind: "date"} }

var weekdays = map[string]time.Weekday{
	"monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday, "thursday": time.Thursday,
	"friday": time.Friday, "saturday": time.Saturday, "sunday": time.Sunday,
	"mondays": time.Monday, "sundays": time.Sunday, "mon.": time.Monday, "tues.": time.Tuesday, "wed.": time.Wednesday,
	"thurs.": time.Thursday, "fri.": time.Friday, "sat.": time.Saturday, "sun.": time.Sunday,
}

// month returns the number of the month that a token names: "May" the month,
// not the verb; "March" not "marched".
func (c *clock) month(i int) int {
	t := c.token(c.s, i)
	m := monthNames[strings.TrimSuffix(lower(t.Form), ".")]
	if m == 0 {
		return 0
	}
	if c.s < len(c.at) && i < len(c.at[c.s]) { // a treaty's own text is read without mentions
		if k := c.at[c.s][i]; k >= 0 && c.mentions[k].kind == named && c.doc.Actors[c.mentions[k].actors[0]].Kind == "person" {
			return 0 // Theresa May
		}
	}
	if m == 0 || !capital(t.Form) && !shouted(t.Form) || t.UPOS == "AUX" || t.UPOS == "VERB" {
		return 0
	}
	if len(strings.TrimSuffix(t.Form, ".")) <= 4 && m != 5 && m != 6 && m != 7 && !strings.HasSuffix(t.Form, ".") && c.monthDay(i+1) == 0 && c.monthDay(i-1) == 0 && c.yearAt(i+1) == 0 {
		return 0 // "Jan" the name, "Mar" the word
	}
	return m
}

// monthDay returns the day of the month at a token: 18, 18th; 0 if none.
func (c *clock) monthDay(i int) int {
	w := c.word(i)
	for _, e := range []string{"st", "nd", "rd", "th"} {
		if n, ok := strings.CutSuffix(w, e); ok {
			w = n
			break
		}
	}
	n, err := strconv.Atoi(w)
	if err != nil || n < 1 || n > 31 || len(w) > 2 {
		return 0
	}
	return n
}

// yearAt returns the year that a token writes with four digits, or 0.
func (c *clock) yearAt(i int) int {
	w := c.word(i)
	if len(w) != 4 {
		return 0
	}
	n, err := strconv.Atoi(w)
	if err != nil || n < 1200 || n > 2199 {
		return 0
	}
	return n
}

// calendar reads dates of the calendar: "Tuesday, June 18, 2024", "18 June",
// "June 2024", "March", "2024-06-18".
func (c *clock) calendar(i int) (timing, bool) {
	if p, err := day.ParsePeriod(c.word(i)); err == nil && p.Precision <= day.ToMonth && strings.Count(c.word(i), "-") > 0 {
		return date(i, p), true
	}
	if _, ok := weekdays[c.word(i)]; ok {
		k := i + 1
		if c.word(k) == "," || c.word(k) == "the" {
			k++
		}
		if t, ok := c.monthDate(k); ok && t.period.Precision == day.ToDay {
			return t, true
		}
		return timing{}, false
	}
	return c.monthDate(i)
}

// monthDate reads a date that names its month.
func (c *clock) monthDate(i int) (timing, bool) {
	if m := c.month(i); m > 0 {
		if d := c.monthDay(i + 1); d > 0 && !c.counting(i+2) {
			last := i + 1
			if c.monthDay(last+2) > d && !c.counting(last+3) && c.month(last+3) == 0 && c.runsTo(last+1) {
				last += 2 // "June 18-20": the first day to the last
			}
			y, end := c.yearAfter(last, true)
			return c.dated(end, y, m, d, c.monthDay(last)), true
		}
		y, end := c.yearAfter(i, true) // also "in January, 1924"
		return c.monthOnly(end, y, m), true
	}
	if d := c.monthDay(i); d > 0 {
		k := i + 1
		if c.word(k) == "of" {
			k++
		}
		if m := c.month(k); m > 0 {
			y, end := c.yearAfter(k, true)
			return c.dated(end, y, m, d, d), true
		}
		// "18-20 June"
		if d2 := c.monthDay(i + 2); d2 > d && c.runsTo(i+1) {
			if m := c.month(i + 3); m > 0 {
				y, end := c.yearAfter(i+3, true)
				return c.dated(end, y, m, d, d2), true
			}
		}
	}
	return timing{}, false
}

// runsTo reports whether a word leads from the first day of a span to the last.
func (c *clock) runsTo(i int) bool {
	w := c.word(i)
	return hyphen(w) || w == "and" && c.token(c.s, i).UPOS == "CCONJ" || w == "to" || w == "until" || w == "through"
}

// yearAhead is the year of the date to which the one ending at a token leads:
// "30 April to 2 May 2025"; 0 if there is none.
func (c *clock) yearAhead(last, month int) int {
	if !c.runsTo(last + 1) {
		return 0
	}
	for k := last + 2; k < last+5; k++ {
		if m := c.month(k); m > 0 {
			end := k
			if c.monthDay(k+1) > 0 {
				end++
			}
			y, _ := c.yearAfter(end, true)
			if y > 0 && m < month {
				y--
			}
			return y
		}
	}
	return 0
}

// yearAfter reads a year behind a month or day, over a comma or "of".
func (c *clock) yearAfter(last int, comma bool) (year, end int) {
	if y := c.yearAt(last + 1); y > 0 {
		return y, last + 1
	}
	if w := c.word(last + 1); comma && w == "," || w == "of" {
		if y := c.yearAt(last + 2); y > 0 {
			return y, last + 2
		}
	}
	switch c.word(last+1) + " " + c.word(last+2) {
	case "last year":
		return c.today.Year() - 1, last + 2
	case "this year":
		return c.today.Year(), last + 2
	case "next year":
		return c.today.Year() + 1, last + 2
	}
	return 0, last
}

// counting reports whether a number is a count of something rather than a day.
func (c *clock) counting(i int) bool {
	w := c.word(i)
	return w == "percent" || w == "%" || w == "million" || w == "billion"
}

// dated settles month and days. Without a year the nearest that fits the tense
// is meant.
func (c *clock) dated(last, year, month, from, to int) timing {
	if year == 0 {
		year = c.yearAhead(last, month)
	}
	if year == 0 {
		if !c.known {
			return unsettled(last)
		}
		year = c.nearYear(month, from, last)
	}
	a, err1 := day.Of(year, month, from)
	b, err2 := day.Of(year, month, to)
	if err1 != nil || err2 != nil || b < a {
		return unsettled(last)
	}
	return date(last, day.Period{From: a, To: b + 1})
}

func (c *clock) monthOnly(last, year, month int) timing {
	if year == 0 {
		if !c.known {
			return unsettled(last)
		}
		year = c.nearYear(month, 0, last)
	}
	a, err := day.Of(year, month, 1)
	if err != nil {
		return unsettled(last)
	}
	return date(last, day.Period{From: a, To: a.AddMonths(1), Precision: day.ToMonth})
}

// nearYear picks the year of a date that gives none. In an account of the past
// it is the year spoken of; otherwise the last such date before publication,
// or the next one after it where the sentence speaks of what is to come.
func (c *clock) nearYear(month, dom, at int) int {
	y, m, d := c.today.Date()
	if c.last.To > c.last.From && c.last.Precision <= day.ToMonth && y-c.last.From.Year() >= 2 && c.sameParagraph() {
		return c.last.From.Year()
	}
	passed := month < m || month == m && (dom == 0 || dom <= d)
	future := c.future(at)
	switch {
	case future && !passed, !future && passed:
		return y
	case future:
		if month == m {
			return y // a show that "is to run from 23 January", told on the 28th
		}
		return y + 1
	}
	// A date ahead without a sign of the past is the one to come if near.
	if !c.past(at) {
		return y
	}
	return y - 1
}

// sameParagraph reports whether no empty line parts this sentence from the
// latest time.
func (c *clock) sameParagraph() bool {
	if n := len(c.doc.Times); n > 0 {
		gap := text.Span{Start: c.doc.Times[n-1].Span.End, End: c.sentences[c.s].Span.Start}
		return gap.Empty() || gap.Len() < 300 && !strings.Contains(gap.Of(c.text), "\n")
	}
	return false
}

// verb returns the verb that governs a token, or the root.
func (c *clock) verb(i int) int {
	tokens := c.sentences[c.s].Tokens
	for steps := 0; i >= 0 && i < len(tokens) && steps < len(tokens); steps++ {
		if u := tokens[i].UPOS; u == "VERB" || u == "AUX" && tokens[i].Head < 0 {
			return i
		}
		if tokens[i].Head < 0 {
			return i
		}
		i = tokens[i].Head
	}
	return -1
}

// future reports whether the clause of a token speaks of what is to come.
func (c *clock) future(i int) bool {
	v := c.verb(i)
	for steps := 0; v >= 0 && steps < 3; steps++ {
		for k := range c.children(c.s, v) {
			t := c.token(c.s, k)
			switch lower(t.Form) {
			case "will", "shall", "’ll", "'ll", "wo", "would", "may", "might", "could":
				return t.Rel == "aux" || t.Rel == "aux:pass"
			case "is", "are", "’re", "'re":
				if m := c.child(c.s, v, "mark"); m > k && c.word(m) == "to" {
					return true // "they are to travel"
				}
			}
		}
		t := c.token(c.s, v)
		switch lower(t.Lemma) {
		case "expect", "plan", "schedule", "due", "intend", "set", "hope", "aim", "prepare", "slate":
			return true
		}
		if t.Feats != "" && strings.Contains(t.Feats, "VerbForm=Inf") && t.Rel != "root" && t.Head >= 0 || t.Rel == "conj" && t.Head >= 0 {
			v = t.Head
			continue
		}
		break
	}
	switch c.word(i - 1) {
	case "until", "till":
		return !c.past(i)
	}
	// "The envoy arrives on Monday"
	if v := c.verb(i); v >= 0 && c.body[c.s] && (c.token(c.s, v).XPOS == "VBZ" || c.token(c.s, v).XPOS == "VBP") && schedules[lower(c.token(c.s, v).Lemma)] {
		return true
	}
	if before := c.child(c.s, i, "case"); before >= 0 {
		if w := c.word(before); w == "until" || w == "by" {
			return !c.past(i)
		}
	}
	return false
}

// schedules are verbs whose present tense with a day tells what is to come.
var schedules = setOf(`arrive begin start open close meet visit travel leave depart return resume vote hold expire lapse end run`)

// past reports whether the clause of a token has a verb of the past.
func (c *clock) past(i int) bool {
	v := c.verb(i)
	if v < 0 {
		return false
	}
	if x := c.token(c.s, v).XPOS; x == "VBD" || x == "VBN" && c.child(c.s, v, "aux", "aux:pass") >= 0 {
		for k := range c.children(c.s, v) {
			if w := c.word(k); w == "will" || w == "be" || w == "to" {
				return false
			}
		}
		return true
	}
	return false
}

// year reads a year alone.
func (c *clock) year(i int) (timing, bool) {
	y := c.yearAt(i)
	if y == 0 {
		return timing{}, false
	}
	before, next := c.word(i-1), c.token(c.s, i+1)
	p := yearOf(y)
	if last := c.yearAt(i + 2); hyphen(c.word(i+1)) && touching(c.token(c.s, i).Span, c.token(c.s, i+1).Span) && last > y {
		return timing{last: i + 2, kind: "date", period: day.Period{From: p.From, To: yearOf(last).To, Precision: day.ToYear}}, true
	}
	if before == "over" && hyphen(c.word(i+1)) && c.yearAt(i+2) > y {
		return date(i, p), true // "over 2000 - 2050"
	}
	switch before {
	case "$", "£", "€", "resolution", "resolutions", "no", "no.", "number", "some", "about", "nearly", "almost", "than", "least", "over", "least,", "#", "article", "section":
		return timing{}, false
	}
	plural := next.XPOS == "NNS" && before != "in" && before != "the"
	if plural && (y%50 == 0 && lower(next.Form) != "levels" || y < 1900 || y > 2100) || lower(next.Form) == "people" || lower(next.Form) == "%" || next.XPOS == "NNS" && units[singular(lower(next.Form))] != 0 && before != "the" {
		return timing{}, false
	}
	return date(i, p), true
}

func yearOf(y int) day.Period {
	p, err := day.ParsePeriod(fmt.Sprintf("%04d", y))
	if err != nil {
		return day.Period{}
	}
	return p
}

var tens = map[string]int{"twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70, "eighties": 80, "nineties": 90}

// decade reads "the 1990s", "the sixties", "the 20th century".
func (c *clock) decade(i int) (timing, bool) {
	w := strings.ReplaceAll(strings.ReplaceAll(c.word(i), "'", ""), "’", "")
	if len(w) == 5 && w[4] == 's' {
		if p, err := day.ParsePeriod(w); err == nil {
			return date(i, p), true
		}
	}
	if c.word(i) == "the" {
		if d := tens[c.word(i+1)]; d > 0 {
			p, err := day.ParsePeriod(fmt.Sprintf("%04ds", 1900+d))
			return date(i+1, p), err == nil
		}
		if t, ok := c.decade(i + 1); ok && c.word(i+1) != "the" {
			return t, true
		}
	}
	k := i
	if c.word(k) == "the" {
		k++
	}
	if n := ordinal(c.word(k)); n > 9 && singular(c.word(k+1)) == "century" {
		from, to := yearOf((n-1)*100), yearOf(n*100)
		return timing{last: k + 1, kind: "date", period: day.Period{From: from.From, To: to.From, Precision: day.ToDecade}}, true
	}
	return timing{}, false
}

var ordinals = map[string]int{"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
	"eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
	"twentieth": 20, "twenty-first": 21}

func ordinal(w string) int {
	for _, e := range []string{"st", "nd", "rd", "th"} {
		if n, ok := strings.CutSuffix(w, e); ok {
			if v, err := strconv.Atoi(n); err == nil {
				return v
			}
		}
	}
	return ordinals[w]
}
