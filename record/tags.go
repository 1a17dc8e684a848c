package record

import (
	"crypto/md5"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
)

// Tags are words that the index of words holds beside those of the text, so
// that a question which filters is answered by that index alone, however rare
// what it looks for is among what it reads. Each begins with a letter that says
// what it is and ends with a digit, so that no stemmer changes it:
//
//	kact0        kind
//	tassault0    type
//	uoccurred0   status
//	iHASH        instrument
//	w0           in the outlet's own words
//	cusa0        state of a party
//	cusas0       the same in a role: s speaker, f source, t target, p party
//	nHASH        name of a party
//	oHASH        outlet
//	e20240619 d202406 y2024     day, month and year from which it is known
//	hd20240619 hm202406 hy2024 hx2020   when it held, by its precision
//	ho2024 hp202 hq20                   since when it holds without end: year, decade, century
//
// A migration computes the same in SQL (schema/*/00004_tags.sql).
func (r *row) tags(outlet, known string) []string {
	out := []string{plainTag("k", string(r.Kind)), hashTag("o", outlet)}
	if d := digits(known); len(d) == 8 {
		out = append(out, "e"+d, "d"+d[:6], "y"+d[:4])
	}
	for _, t := range []struct{ what, value string }{{"t", r.Type}, {"u", r.Status}} {
		if t.value != "" {
			out = append(out, plainTag(t.what, t.value))
		}
	}
	if r.Instrument != "" {
		out = append(out, hashTag("i", r.Instrument))
	}
	if r.Within == "" {
		out = append(out, "w0")
	}
	for _, p := range r.Parties {
		out = append(out, hashTag("n", clean(p.Name)))
		if p.State != "" {
			out = append(out, plainTag("c", p.State), stateTag(p.State, p.Role))
		}
	}
	switch from := digits(r.From); r.held {
	case "":
	case open:
		out = append(out, "ho"+from[:4], "hp"+from[:3], "hq"+from[:2])
	default:
		out = append(out, heldTag(r.held, from))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// plainTag is for values of a short list; other signs than letters and digits
// are left out.
func plainTag(what, value string) string {
	return what + strings.Map(func(r rune) rune {
		switch {
		case 'A' <= r && r <= 'Z':
			return r + 'a' - 'A'
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9':
			return r
		}
		return -1
	}, value) + "0"
}

// hashTag is for names. What it finds is compared with the name itself.
func hashTag(what, value string) string {
	sum := md5.Sum([]byte(clean(value)))
	return what + hex.EncodeToString(sum[:5]) + "0"
}

func stateTag(state, role string) string {
	if role == "" {
		return plainTag("c", state)
	}
	return plainTag("c", state+map[string]string{"speaker": "s", "source": "f", "target": "t", "party": "p"}[role])
}

// heldTag is the tag of an item that held so long, from a day in digits on.
func heldTag(held, from string) string {
	switch held {
	case day.ToDay.String():
		return "hd" + from
	case day.ToMonth.String():
		return "hm" + from[:6]
	case day.ToYear.String():
		return "hy" + from[:4]
	}
	return "hx" + from[:3] + "0"
}

func digits(day string) string { return strings.ReplaceAll(day, "-", "") }

// dayTags are those that cover the days [from, to): years, months, and single
// days at the ends.
func dayTags(from, to day.Day) []string {
	var tags []string
	for from < to {
		s := digits(from.String())
		year, month := day.MustParse(from.String()[:4]+"-01-01"), day.MustParse(from.String()[:7]+"-01")
		nextYear, nextMonth := year.AddMonths(12), month.AddMonths(1)
		switch {
		case from == year && nextYear <= to:
			tags, from = append(tags, "y"+s[:4]), nextYear
		case from == month && nextMonth <= to:
			tags, from = append(tags, "d"+s[:6]), nextMonth
		default:
			tags, from = append(tags, "e"+s), from+1
		}
	}
	return tags
}

// heldTags are those of everything that may have held on a day.
func heldTags(on day.Day) []string {
	d := digits(on.String())
	var tags []string
	for _, held := range []day.Precision{day.ToDay, day.ToMonth, day.ToYear, day.ToDecade} {
		tags = append(tags, heldTag(held.String(), d))
	}
	year := on.Year()
	for y := year / 10 * 10; y <= year; y++ {
		tags = append(tags, fmt.Sprintf("ho%04d", y))
	}
	for decade := year / 100 * 10; decade < year/10; decade++ {
		tags = append(tags, fmt.Sprintf("hp%03d", decade))
	}
	for century := range year / 100 {
		tags = append(tags, fmt.Sprintf("hq%02d", century))
	}
	return tags
}
