package actor

import (
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/day"
)

// list cuts a value at semicolons.
func list(value string) []string {
	var out []string
	for s := range strings.SplitSeq(value, ";") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// names reads "A; B ~; C @ FROM..TO". A mark @ holds for all names of the line.
func (l *loader) names(via Via, value string) {
	value, when, dated := strings.Cut(value, "@")
	span := day.Span{From: day.None, To: day.None}
	if dated {
		span = l.span(strings.TrimSpace(when))
	}
	before := len(l.actor.Names)
	for _, s := range list(value) {
		n := Name{Via: via, Span: span}
		n.Text, n.Loose = strings.CutSuffix(s, "~")
		n.Text = strings.TrimSpace(n.Text)
		if n.Text == "" {
			l.failf("%s: empty name", l.actor.ID)
			continue
		}
		if n.Via == ViaName && isAcronym(n.Text) {
			n.Via = ViaAcronym
		}
		if l.actor.Name == "" {
			l.actor.Name = n.Text
		}
		l.actor.Names = append(l.actor.Names, n)
	}
	written := l.actor.Names[before:]
	l.doubt = func(text string) {
		for i := range written {
			written[i].Doubt = text
		}
	}
}

// spans reads spans parted by blanks.
func (l *loader) spans(words []string) []day.Span {
	out := make([]day.Span, 0, len(words))
	for _, w := range words {
		out = append(out, l.span(w))
	}
	return out
}

// span reads FROM..TO. An empty bound is none; "unknown" as an end is some day
// after the one to which the tables are known.
func (l *loader) span(s string) day.Span {
	from, to, ok := strings.Cut(s, "..")
	if !ok {
		l.failf("span %q: want FROM..TO", s)
		return day.Span{}
	}
	out := day.Span{From: l.bound(from), To: l.bound(to)}
	if to == "unknown" {
		out.To = l.after(out.From)
	}
	if a, b := out.From, out.To; a.Kind == day.BoundIn && b.Kind == day.BoundIn && b.To-1 < a.From {
		l.failf("span %q ends before it begins", s)
	}
	return out
}

// after is the bound of something that was not over when the tables were
// written and that began at from.
func (l *loader) after(from day.Bound) day.Bound {
	b := l.far
	if b.From == 0 {
		l.failf("an end is unknown, but no line \"known DAY\" stands before")
	}
	if from.Kind == day.BoundIn && from.From >= b.From {
		b.From = from.From + 1
	}
	return b
}

func (l *loader) bound(s string) day.Bound {
	if s == "" {
		return day.None
	}
	b, err := day.ParseBound(s)
	if err != nil {
		l.failf("%v", err)
	}
	return b
}

func (l *loader) membership(key, value string) {
	words := strings.Fields(value)
	if len(words) < 2 {
		l.failf("%s: want a number and spans", key)
		return
	}
	n, err := strconv.Atoi(words[0])
	if err != nil {
		l.failf("%s: %q is not a number", key, words[0])
		return
	}
	for _, s := range l.spans(words[1:]) {
		if key == "cow" {
			l.state.COW = append(l.state.COW, Membership{n, s})
		} else {
			l.state.GW = append(l.state.GW, Membership{n, s})
		}
	}
}

func (l *loader) members(status, value string) {
	words := strings.Fields(value)
	if len(words) < 2 {
		l.failf("%s: want a span and state ids", status)
		return
	}
	span := l.span(words[0])
	before := len(l.org.Members)
	for _, id := range words[1:] {
		l.org.Members = append(l.org.Members, Member{State: id, Status: status, Span: span})
	}
	written := l.org.Members[before:]
	l.doubt = func(text string) {
		for i := range written {
			written[i].Doubt = text
		}
	}
}
