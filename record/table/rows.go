package table

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/text"
)

// Origin says where a row comes from; each table begins with it.
type Origin struct {
	Item          string   `json:"item" parquet:"item"`
	Report        string   `json:"report" parquet:"report,dict"`
	URL           *string  `json:"url" parquet:"url,dict"`
	Outlet        *string  `json:"outlet" parquet:"outlet,dict"`
	Published     *string  `json:"published" parquet:"published,dict"`
	PublishedFrom *day.Day `json:"published_from" parquet:"published_from,date"`
	PublishedTo   *day.Day `json:"published_to" parquet:"published_to,date"`
	Known         *day.Day `json:"known" parquet:"known,date"`
	Version       int32    `json:"version" parquet:"version"`
}

func origin(it record.Item) Origin {
	h := it.Report
	o := Origin{Item: it.Ref, Report: h.Hash, URL: known(h.URL), Outlet: known(h.Outlet), Published: known(h.Published), Known: knownDay(h.Known), Version: int32(h.Version)}
	o.PublishedFrom, o.PublishedTo = dates(h.Published)
	return o
}

// Statement is a row of the table of statements.
type Statement struct {
	Origin
	Speaker      *string `json:"speaker" parquet:"speaker,dict"`
	SpeakerKind  *string `json:"speaker_kind" parquet:"speaker_kind,dict"`
	SpeakerState *string `json:"speaker_state" parquet:"speaker_state,dict"`
	SpeakerRole  *string `json:"speaker_role" parquet:"speaker_role,dict"`
	Source       *string `json:"source" parquet:"source"`
	Cue          *string `json:"cue" parquet:"cue,dict"`
	Content      *string `json:"content" parquet:"content"`
	Start        *int64  `json:"byte_start" parquet:"byte_start"`
	End          *int64  `json:"byte_end" parquet:"byte_end"`
	Kind         string  `json:"kind" parquet:"kind,dict"`
	Notion       *string `json:"notion" parquet:"notion,dict"`
	Type         *string `json:"type" parquet:"type,dict"`
	Targets      *string `json:"targets" parquet:"targets,dict"`
	TargetStates *string `json:"target_states" parquet:"target_states,dict"`
	Negated      bool    `json:"negated" parquet:"negated"`
	Modality     *string `json:"modality" parquet:"modality,dict"`
	Within       *string `json:"within" parquet:"within"`
}

// Act is a row of the table of acts.
type Act struct {
	Origin
	Type         string   `json:"type" parquet:"type,dict"`
	Mode         *string  `json:"mode" parquet:"mode,dict"`
	CAMEO        *string  `json:"cameo" parquet:"cameo,dict"`
	Of           *string  `json:"of" parquet:"of,dict"`
	Status       string   `json:"status" parquet:"status,dict"`
	Sources      *string  `json:"sources" parquet:"sources,dict"`
	SourceStates *string  `json:"source_states" parquet:"source_states,dict"`
	Targets      *string  `json:"targets" parquet:"targets,dict"`
	TargetStates *string  `json:"target_states" parquet:"target_states,dict"`
	Place        *string  `json:"place" parquet:"place,dict"`
	Date         *string  `json:"date" parquet:"date,dict"`
	DateFrom     *day.Day `json:"date_from" parquet:"date_from,date"`
	DateTo       *day.Day `json:"date_to" parquet:"date_to,date"`
	Trigger      *string  `json:"trigger" parquet:"trigger,dict"`
	Start        *int64   `json:"byte_start" parquet:"byte_start"`
	End          *int64   `json:"byte_end" parquet:"byte_end"`
	Words        *string  `json:"words" parquet:"words"`
	Within       *string  `json:"within" parquet:"within"`
	SaidBy       *string  `json:"said_by" parquet:"said_by,dict"`
}

// Agreement is a row of the table of agreements.
type Agreement struct {
	Origin
	Title       string   `json:"title" parquet:"title,dict"`
	Form        *string  `json:"form" parquet:"form,dict"`
	Status      string   `json:"status" parquet:"status,dict"`
	Parties     *string  `json:"parties" parquet:"parties,dict"`
	PartyStates *string  `json:"party_states" parquet:"party_states,dict"`
	Signed      *string  `json:"signed" parquet:"signed,dict"`
	SignedFrom  *day.Day `json:"signed_from" parquet:"signed_from,date"`
	SignedTo    *day.Day `json:"signed_to" parquet:"signed_to,date"`
	Areas       *string  `json:"areas" parquet:"areas,dict"`
	Provisions  *string  `json:"provisions" parquet:"provisions,dict"`
	Instrument  *string  `json:"instrument" parquet:"instrument,dict"`
	Start       *int64   `json:"byte_start" parquet:"byte_start"`
	End         *int64   `json:"byte_end" parquet:"byte_end"`
}

// Write writes the items of one kind that fit a query as a table and returns
// how many there were. progress, if any, is called after each row.
func Write(ctx context.Context, s record.Store, q record.Query, kind record.Kind, w io.Writer, format Format, progress func()) (int, error) {
	q.Kinds = []record.Kind{kind}
	switch kind {
	case record.Statement:
		return write(ctx, s, q, w, format, progress, statement)
	case record.Act:
		return write(ctx, s, q, w, format, progress, act)
	case record.Agreement:
		return write(ctx, s, q, w, format, progress, agreement)
	}
	return 0, fmt.Errorf("there is no table of %ss", kind)
}

func write[T any](ctx context.Context, s record.Store, q record.Query, w io.Writer, format Format, progress func(), row func(record.Item, *reading.Document) T) (int, error) {
	n := 0
	out, err := New[T](w, format)
	if err != nil {
		return 0, err
	}
	err = s.Walk(ctx, q, func(it record.Item, d *reading.Document) error {
		n++
		if progress != nil {
			progress()
		}
		return out.Write(row(it, d))
	})
	if err != nil {
		return n, err
	}
	return n, out.Close()
}

// known returns nil for a text that is empty because nothing is known.
func known(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// dates returns the days [from, to) that a date may mean; nil if it says none.
func dates(s string) (from, to *day.Day) {
	p, err := day.ParsePeriod(s)
	if err != nil {
		return nil, nil
	}
	return &p.From, &p.To
}

func knownDay(s string) *day.Day {
	d, err := day.Parse(s)
	if err != nil {
		return nil
	}
	return &d
}

// joined lists the names or states of the parties in a role, each once.
func joined(it record.Item, role string, of func(record.Party) string) *string {
	var out []string
	seen := map[string]bool{"": true}
	for _, p := range it.Parties {
		if v := of(p); p.Role == role && !seen[v] {
			seen[v] = true
			out = append(out, v)
		}
	}
	return known(strings.Join(out, "; "))
}

func name(p record.Party) string  { return p.Name }
func state(p record.Party) string { return p.State }

// words are those of spans, and where in the text they begin and end.
func words(d *reading.Document, spans []text.Span) (all *string, start, end *int64) {
	var parts []string
	for _, s := range spans {
		if !s.Valid(d.Text) || s.Empty() {
			continue
		}
		if parts = append(parts, s.Of(d.Text)); len(parts) == 1 {
			first := int64(s.Start)
			start = &first
		}
		last := int64(s.End)
		end = &last
	}
	return known(strings.Join(parts, " … ")), start, end
}

func find[T any](of []T, id string, idOf func(*T) string) *T {
	for i := range of {
		if idOf(&of[i]) == id {
			return &of[i]
		}
	}
	return new(T) // a document that came from elsewhere may lack it
}

func statement(it record.Item, d *reading.Document) Statement {
	s := find(d.Statements, it.ID, func(s *reading.Statement) string { return s.ID })
	row := Statement{Origin: origin(it), SpeakerState: joined(it, "speaker", state), Speaker: joined(it, "speaker", name),
		Kind: s.Kind, Notion: known(s.Notion), Type: known(s.Act), Targets: joined(it, "target", name), TargetStates: joined(it, "target", state),
		Negated: s.Negated, Modality: known(s.Modality), Within: s.Within}
	if s.Speaker != nil {
		a := find(d.Actors, *s.Speaker, func(a *reading.Actor) string { return a.ID })
		row.SpeakerKind, row.SpeakerRole = known(a.Kind), known(a.Role)
	}
	row.Source, _, _ = words(d, s.Source)
	row.Cue, _, _ = words(d, s.Cue)
	row.Content, row.Start, row.End = words(d, s.Content)
	return row
}

func act(it record.Item, d *reading.Document) Act {
	a := find(d.Acts, it.ID, func(a *reading.Act) string { return a.ID })
	row := Act{Origin: origin(it), Type: a.Type, Mode: known(a.Mode), CAMEO: known(a.CAMEO), Of: known(a.Of), Status: a.Status,
		Sources: joined(it, "source", name), SourceStates: joined(it, "source", state), Targets: joined(it, "target", name), TargetStates: joined(it, "target", state),
		Place: known(a.Place), Date: known(a.Date), Words: known(it.Words), Within: a.Within}
	row.DateFrom, row.DateTo = dates(a.Date)
	row.Trigger, row.Start, row.End = words(d, a.Trigger)
	if a.Within != nil {
		s := find(d.Statements, *a.Within, func(s *reading.Statement) string { return s.ID })
		row.SaidBy = known(s.SpeakerName)
	}
	return row
}

func agreement(it record.Item, d *reading.Document) Agreement {
	a := find(d.Agreements, it.ID, func(a *reading.Agreement) string { return a.ID })
	row := Agreement{Origin: origin(it), Title: a.Title, Form: known(a.Form), Status: a.Status, Parties: joined(it, "party", name), PartyStates: joined(it, "party", state),
		Signed: known(a.Signed), Areas: known(strings.Join(a.Areas, "; ")), Instrument: known(a.Instrument)}
	row.SignedFrom, row.SignedTo = dates(a.Signed)
	_, row.Start, row.End = words(d, a.Mentions)
	var provisions []string
	for _, p := range a.Provisions {
		provisions = append(provisions, p.Type)
	}
	row.Provisions = known(strings.Join(provisions, "; "))
	return row
}
