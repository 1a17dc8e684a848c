package web

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/casus-foederis/casus/day"
)

// strip is a table whose rows are drawn along one axis of days. The pictures
// are as wide as the page lets them be while their words keep their size.
type strip struct {
	Caption  string
	Ticks    template.HTML
	Rows     []stripRow
	from, to day.Day
	now      *day.Day // drawn as a line through every row
	years    []int
}

type stripRow struct {
	Label, Href, Note string
	Picture           template.HTML
}

// bar is a stretch of days in a row. Its band is 0 for the whole height, 1 for
// the upper half, 2 for the lower.
type bar struct {
	from, to     day.Day
	vague        bool // an end is not known to the day
	class, title string
	band         int
}

// dot is a single day in a row.
type dot struct {
	on                 day.Day
	class, title, href string
}

func newStrip(caption string, from, to day.Day, now *day.Day) *strip {
	s := &strip{Caption: caption, from: from, to: max(to, from+1), now: now}
	step := 1
	years := s.to.Year() - s.from.Year()
	for _, n := range []int{1, 2, 5, 10, 20, 50} {
		if step = n; years/n <= 7 {
			break
		}
	}
	for y := (s.from.Year()/step + 1) * step; y <= s.to.Year(); y += step {
		s.years = append(s.years, y)
	}
	var b strings.Builder
	b.WriteString(`<svg class="strip" height="16" aria-hidden="true">`)
	for i, y := range s.years {
		// The words of the ends stay inside; where there is little room, every second
		// year goes without.
		anchor, class := "middle", "soft"
		switch share := float64(newYear(y)-s.from) / float64(s.to-s.from); {
		case share < .1:
			anchor = "start"
		case share > .9:
			anchor = "end"
		}
		if (len(s.years)-i)%2 == 0 {
			class += " second"
		}
		fmt.Fprintf(&b, `<text class="%s" x="%s" y="12" text-anchor="%s">%d</text>`, class, s.at(newYear(y)), anchor, y)
	}
	b.WriteString(`</svg>`)
	s.Ticks = template.HTML(b.String())
	return s
}

func newYear(y int) day.Day {
	d, _ := day.Of(y, 1, 1) // every year has a first of January
	return d
}

// at is where a day lies, in percent of the width; days outside lie at the edge.
func (s *strip) at(d day.Day) string {
	d = min(max(d, s.from), s.to)
	return fmt.Sprintf("%.2f%%", 100*float64(d-s.from)/float64(s.to-s.from))
}

// add draws a row. What lies outside the axis is left out; title says in words
// what the picture shows.
func (s *strip) add(label, href, note, title string, bars []bar, dots []dot) {
	const height = 18
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="strip" height="%d" role="img"><title>%s</title>`, height, template.HTMLEscapeString(title))
	for _, y := range s.years {
		x := s.at(newYear(y))
		fmt.Fprintf(&b, `<line class="grid" x1="%s" x2="%s" y1="0" y2="%d"/>`, x, x, height)
	}
	for _, x := range bars {
		if x.to <= s.from || x.from >= s.to {
			continue
		}
		from, to := min(max(x.from, s.from), s.to), min(max(x.to, s.from), s.to)
		y, h := 3, 12
		switch x.band {
		case 1:
			y, h = 2, 7
		case 2:
			y, h = 10, 6
		}
		class := x.class
		if x.vague {
			class += " vague"
		}
		fmt.Fprintf(&b, `<rect class="bar %s" x="%s" width="%.2f%%" y="%d" height="%d"><title>%s</title></rect>`,
			class, s.at(from), max(.25, 100*float64(to-from)/float64(s.to-s.from)), y, h, template.HTMLEscapeString(x.title))
	}
	if s.now != nil && *s.now >= s.from && *s.now <= s.to {
		x := s.at(*s.now)
		fmt.Fprintf(&b, `<line class="now" x1="%s" x2="%s" y1="0" y2="%d"/>`, x, x, height)
	}
	for _, d := range dots {
		if d.on < s.from || d.on > s.to {
			continue
		}
		if d.href != "" {
			fmt.Fprintf(&b, `<a href="%s" tabindex="-1">`, template.HTMLEscapeString(d.href))
		}
		fmt.Fprintf(&b, `<circle class="dot %s" cx="%s" cy="9" r="4.5"><title>%s</title></circle>`, d.class, s.at(d.on), template.HTMLEscapeString(d.title))
		if d.href != "" {
			b.WriteString(`</a>`)
		}
	}
	b.WriteString(`</svg>`)
	s.Rows = append(s.Rows, stripRow{label, href, note, template.HTML(b.String())})
}

// edge is the day by which a bound is drawn, and whether it is that to the day.
// A bound that is not there, or of which nothing is known, is drawn at other.
func edge(b day.Bound, other day.Day) (d day.Day, exact bool) {
	switch b.Kind {
	case day.BoundIn:
		_, exact = b.Day()
		return b.From, exact
	case day.BoundBefore:
		return b.To, false
	case day.BoundAfter:
		return b.From, false
	case day.BoundNone:
		return other, true
	}
	return other, false
}
