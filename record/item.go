package record

import (
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/text"
)

// row is an item with what it is found by.
type row struct {
	Item
	speaker, target string
	tagged          []string
	held            string // how long it held: day, month, year, decade, open; empty if unknown
}

// itemize lists what a document holds, its text first, then in its order.
func itemize(d *reading.Document) []row {
	actors := map[string]reading.Actor{}
	for _, a := range d.Actors {
		actors[a.ID] = a
	}
	published, _ := day.ParsePeriod(d.Published)
	rows := []row{{Item: Item{Kind: Text, Words: strings.TrimSpace(d.Title + "\n" + d.Text)}}}
	rows[0].hold(published)
	for _, s := range d.Statements {
		it := row{Item: Item{Kind: Statement, ID: s.ID, Type: s.Act, Status: s.Kind, Within: deref(s.Within), Words: join(d.Text, s.Content)}}
		it.hold(published) // a statement holds on the day it is reported: what day it was made is an act's business
		if s.Speaker != nil {
			it.add("speaker", actors[*s.Speaker], s.SpeakerName)
		} else if s.SpeakerName != "" {
			it.add("speaker", reading.Actor{State: s.SpeakerState}, s.SpeakerName)
		}
		for _, id := range s.Target {
			it.add("target", actors[id], "")
		}
		rows = append(rows, it)
	}
	for _, a := range d.Acts {
		it := row{Item: Item{Kind: Act, ID: a.ID, Type: a.Type, Status: a.Status, Within: deref(a.Within), Words: around(d.Text, a.Trigger)}}
		if p, err := day.ParsePeriod(a.Date); err == nil {
			it.hold(p)
		}
		for _, id := range a.Source {
			it.add("source", actors[id], a.SourceText)
		}
		for _, id := range a.Target {
			it.add("target", actors[id], a.TargetText)
		}
		rows = append(rows, it)
	}
	for _, a := range d.Agreements {
		it := row{Item: Item{Kind: Agreement, ID: a.ID, Type: a.Form, Status: a.Status, Instrument: a.Instrument, Words: agreementWords(d.Text, a)}}
		if p, err := day.ParsePeriod(a.Signed); err == nil {
			it.hold(p)
			it.To, it.held = "", open // an agreement goes on; its end is another report's
		}
		for _, id := range a.Parties {
			it.add("party", actors[id], "")
		}
		rows = append(rows, it)
	}
	return rows
}

const open = "open"

func (r *row) hold(p day.Period) {
	if p.To > p.From {
		r.From, r.To, r.held = p.From.String(), p.To.String(), p.Precision.String()
	}
}

// add adds a party. The words that name it in the report serve where it was not
// resolved to a name.
func (r *row) add(role string, a reading.Actor, named string) {
	p := Party{Role: role, Kind: a.Kind, Name: a.Name, State: a.State}
	if a.Kind == "state" && a.Code != "" {
		p.State = a.Code
	}
	if p.Name == "" {
		p.Name = named
	}
	if p.Name == "" {
		return
	}
	r.Parties = append(r.Parties, p)
	known := strings.Join([]string{p.Name, named, p.State, a.Code}, " ")
	switch role {
	case "speaker":
		r.speaker = strings.TrimSpace(r.speaker + " " + known)
	case "target":
		r.target = strings.TrimSpace(r.target + " " + known)
	}
}

func agreementWords(t string, a reading.Agreement) string {
	parts := []string{a.Title, strings.Join(a.Areas, ", ")}
	for _, p := range a.Provisions {
		parts = append(parts, join(t, []text.Span{p.Span}))
	}
	return strings.TrimSpace(strings.Join(parts, "\n"))
}

func join(t string, spans []text.Span) string {
	var parts []string
	for _, s := range spans {
		if s.Valid(t) && !s.Empty() {
			parts = append(parts, s.Of(t))
		}
	}
	return strings.Join(parts, " … ")
}

// around returns the sentence, or what looks like it, in which an act is told:
// the search is for people, and a trigger alone says little.
func around(t string, trigger []text.Span) string {
	if len(trigger) == 0 || !trigger[0].Valid(t) {
		return ""
	}
	const most = 400
	s := trigger[0]
	begin := max(strings.LastIndexByte(t[:s.Start], '\n'), strings.LastIndex(t[:s.Start], ". "))
	start := begin + 1
	end := len(t)
	for _, stop := range []string{"\n", ". "} {
		if i := strings.Index(t[s.End:], stop); i >= 0 {
			end = min(end, s.End+i)
		}
	}
	if end-start > most {
		start, end = max(start, s.Start-most/2), min(end, s.End+most/2)
	}
	return strings.TrimSpace(strings.ToValidUTF8(t[start:end], ""))
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
