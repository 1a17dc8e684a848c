package report

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/text"
)

const (
	monthWord = `(?i:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)`
	weekdays  = `(?:(?i:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?i:day)?,?\s+)?`
)

var (
	isoDate   = regexp.MustCompile(`\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b`)
	dayFirst  = regexp.MustCompile(weekdays + `\b(\d{1,2})(?:st|nd|rd|th)?\s+(` + monthWord + `),?\s+(\d{4})\b`)
	dayLater  = regexp.MustCompile(weekdays + `\b(` + monthWord + `)\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b`)
	monthOnly = regexp.MustCompile(`\b(` + monthWord + `)\s+(\d{4})\b`)
	timed     = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})?$`)
)

// parseDate reads a date as pages and feeds write it: ISO 8601 with or without
// time, RFC 1123, "June 18, 2024", "18 June 2024", "June 2024". Forms that two
// countries read differently (06/10/2024) are not read. ok is false if there is
// no date or the calendar lacks it.
func parseDate(s string) (d Date, ok bool) {
	s = strings.TrimSpace(s)
	if p, err := day.ParsePeriod(s); err == nil {
		return Date{Period: p}, true
	}
	if m := timed.FindStringSubmatch(s); m != nil {
		p, err := day.ParsePeriod(m[1])
		if err != nil {
			return Date{}, false
		}
		if m[3] == "" {
			m[3] = ":00"
		}
		zone := m[4]
		if len(zone) == 5 {
			zone = zone[:3] + ":" + zone[3:]
		}
		d = Date{Period: p}
		if stamp := m[1] + "T" + m[2] + m[3] + zone; zone != "" {
			if _, err := time.Parse(time.RFC3339, stamp); err == nil {
				d.Time = stamp
			}
		}
		return d, true
	}
	for _, layout := range []string{time.RFC1123Z, time.RFC1123, time.RFC822Z, time.RFC822} {
		if t, err := time.Parse(layout, s); err == nil {
			p, err := day.ParsePeriod(t.Format("2006-01-02"))
			return Date{Period: p, Time: t.Format(time.RFC3339)}, err == nil
		}
	}
	d, _, ok = findDate(s)
	return d, ok
}

// findDate returns the first date written out in s and where it stands.
func findDate(s string) (Date, text.Span, bool) {
	type form struct {
		re               *regexp.Regexp
		year, month, dom int // submatches; 0: the form has none
	}
	best, found := text.Span{}, Date{}
	for _, f := range []form{{dayLater, 3, 1, 2}, {dayFirst, 3, 2, 1}, {isoDate, 1, 2, 3}, {monthOnly, 2, 1, 0}} {
		m := f.re.FindStringSubmatchIndex(s)
		if m == nil || (found.Known() && m[0] >= best.Start) {
			continue
		}
		sub := func(i int) string { return s[m[2*i]:m[2*i+1]] }
		stamp := sub(f.year) + "-" + monthNumber(sub(f.month))
		if f.dom > 0 {
			stamp += "-" + twoDigits(sub(f.dom))
		}
		if p, err := day.ParsePeriod(stamp); err == nil {
			best, found = text.Span{Start: m[0], End: m[1]}, Date{Period: p}
		}
	}
	return found, best, found.Known()
}

func monthNumber(s string) string {
	if len(s) > 2 {
		names := "janfebmaraprmayjunjulaugsepoctnovdec"
		if i := strings.Index(names, strings.ToLower(s[:3])); i >= 0 && i%3 == 0 {
			return twoDigits(strconv.Itoa(i/3 + 1))
		}
	}
	return twoDigits(s)
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}
