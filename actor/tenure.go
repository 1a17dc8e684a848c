package actor

import (
	"cmp"
	"strings"

	"github.com/casus-foederis/casus/day"
)

func (l *loader) officeField(key, value string) {
	switch key {
	case "title":
		l.office.Titles = append(l.office.Titles, list(value)...)
	case "doubt":
		if l.doubt == nil {
			l.failf("doubt stands before any holder")
			return
		}
		l.doubt(value)
	default:
		l.tenure(key, value)
	}
}

// tenure reads "FROM NAME" or "FROM..TO NAME", where NAME may follow "acting"
// or be "vacant". Without TO the tenure ends when the next begins.
func (l *loader) tenure(when, name string) {
	if !strings.Contains(when, "..") {
		from, err := day.ParseBound(when)
		if err != nil || name == "" {
			l.failf("office %s %s: want FROM NAME or FROM..TO NAME, not %q", l.office.Of, l.office.Role, when+" "+name)
			return
		}
		l.endOpen(from)
		l.push(day.Span{From: from}, name, true)
		return
	}
	span := l.span(when)
	l.endOpen(span.From)
	l.push(span, name, false)
}

func (l *loader) endOpen(from day.Bound) {
	if n := len(l.open); n > 0 && l.open[n-1] && !l.office.Shared {
		l.office.Tenures[n-1].Span.To = from
		l.open[n-1] = false
	}
}

func (l *loader) push(span day.Span, name string, open bool) {
	if name == "vacant" {
		return
	}
	name, acting := strings.CutPrefix(name, "acting ")
	l.office.Tenures = append(l.office.Tenures, Tenure{Office: l.office, Person: l.personNamed(name), Span: span, Acting: acting})
	l.open = append(l.open, open)
	all := l.office.Tenures
	l.doubt = func(text string) { all[len(all)-1].Doubt = text }
}

// closeOffice gives the last tenure of the office its end.
func (l *loader) closeOffice() {
	if l.office == nil {
		return
	}
	for i, open := range l.open {
		if open {
			l.office.Tenures[i].Span.To = l.after(l.office.Tenures[i].Span.From)
		}
	}
	l.office, l.open = nil, nil
}

// personNamed returns the person of this name, made on first sight. The name
// is written as in English reports, the family name in braces where it is not
// the last word, "(f)" after a woman's, and "#ID" at the end where two persons
// share a name.
func (l *loader) personNamed(written string) *Person {
	written, own, _ := strings.Cut(written, "#")
	written, woman := strings.CutSuffix(strings.TrimSpace(written), "(f)")
	plain := strings.Join(strings.Fields(withoutBraces.Replace(written)), " ")
	id := cmp.Or(own, slug(plain))
	p, ok := l.table.persons[id]
	if !ok {
		p = &Person{Actor: Actor{ID: id, Kind: KindPerson, Name: plain, At: l.at()}}
		p.Names = []Name{{Text: plain, Span: always}}
		before, rest, braced := strings.Cut(written, "{")
		if family, after, ok := strings.Cut(rest, "}"); braced && ok {
			p.Family = family
			p.Given = strings.TrimSpace(strings.TrimSpace(before) + " " + strings.TrimSpace(after))
		} else if i := strings.LastIndexByte(plain, ' '); i >= 0 {
			p.Given, p.Family = plain[:i], plain[i+1:]
		} else {
			p.Family = plain
		}
		l.table.persons[id] = p
		l.table.people = append(l.table.people, p)
	}
	p.Woman = p.Woman || woman
	return p
}

var withoutBraces = strings.NewReplacer("{", "", "}", "")

var always = day.Span{From: day.None, To: day.None}
