package review

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/text"
	"github.com/casus-foederis/casus/treaty"
)

// Entry is a draft as a reviewer needs to see it.
type Entry struct {
	record.Draft
	Standing string    `json:"standing"` // treaty file as it is now
	Quotes   []Quote   `json:"quotes"`   // what the reports say of it, ground by ground, in the order of the text
	Problems []Problem `json:"problems"` // mistakes in the standing text
	Notes    []string  `json:"notes"`    // what would follow from accepting it that a reviewer may not expect
	Fresh    int       `json:"fresh"`    // grounds that came after the last decision
}

// Quote is words of a report that a draft rests on, and whose they are.
type Quote struct {
	Report    string    `json:"report"` // hash
	Span      text.Span `json:"span"`
	Words     string    `json:"words"`
	By        string    `json:"by"`                  // speaker, or outlet
	Statement string    `json:"statement,omitempty"` // id; empty for the outlet's words
}

// Problem is a mistake in a treaty file.
type Problem struct {
	Line    int    `json:"line"` // from 1, as Col
	Col     int    `json:"col"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// Problems returns the mistakes that an error of [Decide] reports, or none.
func Problems(err error) []Problem {
	out := []Problem{}
	var ps treaty.Problems
	if errors.As(err, &ps) {
		for _, p := range ps {
			out = append(out, Problem{p.Pos.Line, p.Pos.Col, p.Message, p.Hint})
		}
	}
	return out
}

// Get returns one entry of the queue; record.ErrNoDraft if there is none.
func Get(ctx context.Context, base *treaty.Corpus, s record.Store, number int64) (Entry, error) {
	d, err := find(ctx, s, number)
	if err != nil {
		return Entry{}, fmt.Errorf("show draft %d: %w", number, err)
	}
	e := Entry{Draft: d, Standing: d.Standing(), Quotes: []Quote{}, Notes: []string{}, Fresh: Fresh(d)}
	for _, g := range d.Grounds {
		st, err := s.Report(ctx, g.Report.Hash)
		if err != nil {
			return Entry{}, fmt.Errorf("show draft %d: %w", number, err)
		}
		e.Quotes = append(e.Quotes, quotes(g, st)...)
	}
	in, err := treaty.Read(fileOf(d), []byte(e.Standing), base.Names)
	e.Problems = Problems(err)
	if err == nil {
		e.Notes = append(e.Notes, notes(base, in)...)
	}
	return e, nil
}

// Fresh counts the grounds that came after the last decision.
func Fresh(d record.Draft) (n int) {
	if len(d.Decisions) == 0 {
		return 0
	}
	for _, g := range d.Grounds {
		if g.Added > d.Decisions[len(d.Decisions)-1].Made {
			n++
		}
	}
	return n
}

func quotes(g record.Ground, st *record.Stored) []Quote {
	var out []Quote
	for _, span := range g.Spans {
		if !span.Valid(st.Document.Text) { // read anew since
			continue
		}
		q := Quote{Report: g.Report.Hash, Span: span, Words: span.Of(st.Document.Text), By: g.Report.Outlet}
		for _, x := range st.Document.Statements {
			if slices.Contains(g.Statements, x.ID) && slices.ContainsFunc(x.Content, func(c text.Span) bool { return c.Start <= span.Start && span.End <= c.End }) {
				q.By, q.Statement = x.SpeakerName, x.ID
			}
		}
		out = append(out, q)
	}
	return out
}

// notes say what a reviewer may not expect of the instrument, once accepted.
func notes(base *treaty.Corpus, in *treaty.Instrument) []string {
	var out []string
	if old := holds(base, in); old != nil {
		out = append(out, fmt.Sprintf("the corpus holds it as %s; it cannot be accepted beside it", old.ID))
	}
	begins := func(e treaty.Event) bool {
		return slices.Contains([]string{"in force", "provisional from", "acceded"}, e.Kind) && e.On.Kind != day.BoundUnknown
	}
	if !slices.ContainsFunc(in.Status, begins) && !slices.ContainsFunc(in.Parties, func(p treaty.Party) bool { return p.HasFrom }) {
		out = append(out, "nothing says that it entered into force; while this is so it binds nobody")
	}
	if len(in.Provisions) == 0 {
		out = append(out, "no clause was read; nothing follows from it")
	}
	return out
}
