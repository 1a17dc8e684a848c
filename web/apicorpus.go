package web

import (
	"context"
	"fmt"
	"net/http"
	"reflect"
	"runtime"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/treaty"
)

// About says what the server answers from.
type About struct {
	Casus       string `json:"casus" doc:"release of the program"`
	Go          string `json:"go"`
	Corpus      string `json:"corpus" doc:"hash; part of every receipt"`
	Instruments int    `json:"instruments"`
	Past        string `json:"past" doc:"hash of the acts of the past that questions find"`
	Tables      string `json:"tables" doc:"day to which states, organisations and offices are kept"`
	Document    string `json:"document" doc:"version of what read answers"`
	Record      bool   `json:"record" doc:"whether there is one; GET /api/stats says how much it holds"`
}

// InstrumentHead is a line of the list of instruments.
type InstrumentHead struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"`
	Form    string   `json:"form"`
	Binding string   `json:"binding" doc:"legal, political or disputed"`
	Draft   string   `json:"draft,omitempty" doc:"draft or unconfirmed: no source of duty"`
	Signed  string   `json:"signed,omitempty" doc:"left out if unknown"`
	Parties []string `json:"parties"`
	Verbs   []string `json:"verbs" doc:"what its provisions make somebody do"`
}

// Instrument is one instrument as the corpus has it.
type Instrument struct {
	InstrumentHead
	Members    []Membership `json:"members" doc:"spells of its parties"`
	Status     []StatusLine `json:"status"`
	Provisions []Provision  `json:"provisions"`
	Lasts      string       `json:"lasts,omitempty"`
	Absent     []string     `json:"absent" doc:"kinds of clause that somebody looked for and did not find"`
	Doubt      []string     `json:"doubt" doc:"what nobody verified"`
	Sources    []string     `json:"sources"`
	ATOP       []string     `json:"atop" doc:"numbers of the same instrument there"`
	Note       string       `json:"note,omitempty"`
}

// Membership is a spell of a state in an instrument.
type Membership struct {
	State string `json:"state"`
	Role  string `json:"role,omitempty"`
	From  string `json:"from" doc:"a day, or what is known of it"`
	To    string `json:"to"`
	Began string `json:"began,omitempty"`
	Ended string `json:"ended,omitempty"`
	Needs string `json:"needs,omitempty" doc:"what is not known"`
	// Denied names who denies that the spell began or ended so.
	Denied string `json:"denied_by,omitempty" doc:"who disputes it"`
}

// StatusLine is an event in an instrument's life, as somebody asserts it.
type StatusLine struct {
	Kind   string `json:"kind"`
	On     string `json:"on"`
	Words  string `json:"words"`
	Source string `json:"source,omitempty"`
}

// Provision is one norm with its versions.
type Provision struct {
	ID       string    `json:"id"`
	Article  string    `json:"article"`
	Kind     string    `json:"kind"`
	Source   string    `json:"source,omitempty"`
	Doubt    []string  `json:"doubt"`
	Versions []Version `json:"versions"`
}

// Version is a provision as it stood for a while.
type Version struct {
	Span  string `json:"span,omitempty" doc:"left out if the provision has one version"`
	Words string `json:"words,omitempty" doc:"of the text"`
	Says  string `json:"says,omitempty" doc:"in plain words"`
	Parts []Part `json:"parts" doc:"its conditions"`
}

// Part is one condition or term of a version.
type Part struct {
	Name string `json:"name"`
	Text string `json:"text"`
}

// State is a state on a day.
type State struct {
	Code        string       `json:"code"`
	Name        string       `json:"name" doc:"on that day"`
	On          string       `json:"on,omitempty"`
	Exists      string       `json:"exists,omitempty" doc:"yes, no or unknown"`
	Holders     []Holder     `json:"holders,omitempty" doc:"of its offices on that day"`
	Instruments []Membership `json:"memberships,omitempty" doc:"its spells in instruments; state holds the instrument's id"`
	Borders     []string     `json:"borders,omitempty" doc:"today's neighbours by land"`
}

// Holder holds an office of a state.
type Holder struct {
	Role   string `json:"role"`
	Person string `json:"person"`
	From   string `json:"from"`
	To     string `json:"to"`
	Acting bool   `json:"acting,omitempty"`
	Doubt  string `json:"doubt,omitempty"`
}

// Person is somebody known to the tables or to the record.
type Person struct {
	Name    string         `json:"name"`
	State   string         `json:"state,omitempty"`
	Offices []Office       `json:"offices"`
	Record  []record.Named `json:"record" doc:"how much the record holds of the name"`
}

// Office is one that a person held.
type Office struct {
	Of     string `json:"of"`
	Role   string `json:"role"`
	From   string `json:"from"`
	To     string `json:"to"`
	Acting bool   `json:"acting,omitempty"`
	Doubt  string `json:"doubt,omitempty"`
}

// Place is where an act can fall.
type Place struct {
	ID    string   `json:"id"`
	Names []string `json:"names"`
}

func typeOf[T any]() reflect.Type { return reflect.TypeFor[T]() }

// corpusOperations are those that show what answers are made from.
func (s *Server) corpusOperations(api huma.API) {
	operation(api, "GET", "/api/version", "version", "about", "What this server answers from", s.about)
	operation(api, "GET", "/api/instruments", "instruments", "corpus", "Instruments of the corpus", func(_ context.Context, in *struct {
		Q string `query:"q" doc:"words of title or id, a verb, or a party's code"`
		Paging
	}) (*list[InstrumentHead], error) {
		var found []InstrumentHead
		q := strings.TrimSpace(in.Q)
		for _, i := range s.corpus().Instruments {
			h := headOf(i)
			if q == "" || i.Has(strings.ToUpper(q)) || strings.Contains(strings.ToLower(h.Title+" "+h.ID+" "+strings.Join(h.Verbs, " ")), strings.ToLower(q)) {
				found = append(found, h)
			}
		}
		return cut(in.Paging, found), nil
	})
	operation(api, "GET", "/api/instruments/{id}", "instrument", "corpus", "One instrument: parties, status, provisions", func(_ context.Context, in *struct {
		ID string `path:"id" example:"rus-prk-2024"`
	}) (*only[Instrument], error) {
		i := s.corpus().Instrument(in.ID)
		if i == nil {
			return nil, s.noInstrument(in.ID)
		}
		return &only[Instrument]{instrumentOf(i)}, nil
	})
	operation(api, "GET", "/api/states", "states", "corpus", "States and their codes", func(_ context.Context, in *struct {
		On string `query:"on" doc:"only states that existed on this day"`
		Paging
	}) (*list[State], error) {
		on, err := dayOf("on", in.On, s.today())
		if err != nil {
			return nil, err
		}
		names := s.corpus().Names
		var found []State
		for _, c := range s.states {
			if in.On == "" || names.Exists(c.Code, on) != day.No {
				found = append(found, State{Code: c.Code, Name: names.Name(c.Code, on)})
			}
		}
		return cut(in.Paging, found), nil
	})
	operation(api, "GET", "/api/states/{code}", "state", "corpus", "One state on a day", s.state)
	operation(api, "GET", "/api/places", "places", "corpus", "Places at which an act can fall", func(_ context.Context, in *struct{ Paging }) (*list[Place], error) {
		var found []Place
		for _, p := range s.corpus().Places {
			found = append(found, Place{p.ID, listed(p.Names)})
		}
		return cut(in.Paging, found), nil
	})
	operation(api, "GET", "/api/persons", "persons", "corpus", "People by name: who the record says spoke or acted, else who held an office", s.persons)
	operation(api, "GET", "/api/persons/{name}", "person", "corpus", "One person: offices, and how much the record holds", s.person)
}

func (s *Server) about(context.Context, *struct{}) (*only[About], error) {
	c := s.corpus()
	return &only[About]{About{Casus: s.release, Go: runtime.Version(), Corpus: c.Hash, Instruments: len(c.Instruments), Past: s.pastHash,
		Tables: s.world.Known.String(), Document: reading.Format, Record: s.store != nil}}, nil
}

func headOf(in *treaty.Instrument) InstrumentHead {
	h := InstrumentHead{ID: in.ID, Title: in.Title, Form: in.Form, Binding: in.Binding, Draft: in.Draft, Parties: []string{}, Verbs: []string{}}
	if b := in.Signed(); b.Kind == day.BoundIn {
		h.Signed = b.String()
	}
	for _, p := range in.Parties {
		if !slices.Contains(h.Parties, p.ID) {
			h.Parties = append(h.Parties, p.ID)
		}
	}
	for _, p := range in.Provisions {
		for _, v := range p.Versions {
			for _, d := range v.Does {
				if !slices.Contains(h.Verbs, d.Verb) {
					h.Verbs = append(h.Verbs, d.Verb)
				}
			}
		}
	}
	return h
}

func instrumentOf(in *treaty.Instrument) Instrument {
	out := Instrument{InstrumentHead: headOf(in), Members: []Membership{}, Status: []StatusLine{}, Provisions: []Provision{}, Lasts: in.Lasts,
		Absent: listed(in.Absent), Doubt: listed(in.Doubt), Sources: listed(in.Sources), ATOP: listed(in.ATOP), Note: in.Note}
	for _, m := range in.Members() {
		out.Members = append(out.Members, membershipOf(m.State, m))
	}
	for _, e := range in.Status {
		out.Status = append(out.Status, StatusLine{e.Kind, e.On.String(), eventWords(e, coded), e.Source})
	}
	for _, p := range in.Provisions {
		x := Provision{ID: p.ID, Article: p.Article, Kind: p.Kind, Source: p.Source, Doubt: listed(p.Doubt), Versions: []Version{}}
		for i := range p.Versions {
			v := versionOf(&p.Versions[i], len(p.Versions) > 1)
			parts := []Part{}
			for _, r := range v.Rows {
				parts = append(parts, Part(r))
			}
			x.Versions = append(x.Versions, Version{v.Span, v.Words, v.Says, parts})
		}
		out.Provisions = append(out.Provisions, x)
	}
	return out
}

func membershipOf(name string, m treaty.Member) Membership {
	out := Membership{State: name, Role: m.Role, From: m.Span.From.String(), To: m.Span.To.String(), Began: m.Began.Says, Ended: m.Ended.Says, Needs: m.Needs}
	if m.Denied != nil {
		out.Denied = m.Denied.DeniedBy
	}
	return out
}

func (s *Server) state(_ context.Context, in *struct {
	Code string `path:"code" example:"PRK"`
	On   string `query:"on" doc:"the day; today if left out"`
}) (*only[State], error) {
	on, err := dayOf("on", in.On, s.today())
	if err != nil {
		return nil, err
	}
	c := s.corpus()
	st, ok := s.world.State(s.code(in.Code))
	if !ok {
		_, err := s.existing(in.Code, on)
		return nil, err
	}
	out := State{Code: st.ID, Name: c.Names.Name(st.ID, on), On: on.String(), Exists: c.Names.Exists(st.ID, on).String(), Borders: st.Borders}
	for _, o := range s.world.Offices(st.ID) {
		for _, t := range s.world.Holders(st.ID, o.Role, on) {
			if t.Person != nil {
				out.Holders = append(out.Holders, Holder{o.Role, t.Person.Name, t.Span.From.String(), t.Span.To.String(), t.Acting, t.Doubt})
			}
		}
	}
	for _, i := range c.Instruments {
		for _, m := range i.Members() {
			if m.State == st.ID {
				out.Instruments = append(out.Instruments, membershipOf(i.ID, m))
			}
		}
	}
	return &only[State]{out}, nil
}

func (s *Server) persons(ctx context.Context, in *struct {
	Q     string `query:"q" doc:"part of the name"`
	State string `query:"state" doc:"code of the state that they act for"`
	Paging
}) (*list[record.Named], error) {
	if s.store != nil {
		found, err := s.store.Names(ctx, record.NameQuery{Kind: "person", Like: in.Q, State: in.State, Limit: in.Limit, Offset: in.Offset})
		if err != nil || len(found) > 0 {
			return paged(in.Paging, found), err
		}
	}
	var found []record.Named
	for _, p := range s.world.People() {
		if strings.Contains(strings.ToLower(p.Name), strings.ToLower(in.Q)) && (in.State == "" || p.State == s.code(in.State)) {
			found = append(found, record.Named{Name: p.Name, Kind: "person", State: p.State})
		}
	}
	return cut(in.Paging, found), nil
}

func (s *Server) person(ctx context.Context, in *struct {
	Name string `path:"name" example:"Kim Jong Un"`
}) (*only[Person], error) {
	out := Person{Name: in.Name, Offices: []Office{}, Record: []record.Named{}}
	i := slices.IndexFunc(s.world.People(), func(p *actor.Person) bool { return strings.EqualFold(p.Name, in.Name) })
	if i >= 0 {
		p := s.world.People()[i]
		out.Name, out.State = p.Name, p.State
		for _, t := range p.Tenures {
			out.Offices = append(out.Offices, Office{t.Office.Of, t.Office.Role, t.Span.From.String(), t.Span.To.String(), t.Acting, t.Doubt})
		}
	}
	if s.store != nil {
		found, err := s.store.Names(ctx, record.NameQuery{Like: in.Name, Limit: 1000})
		if err != nil {
			return nil, err
		}
		for _, n := range found {
			if strings.EqualFold(n.Name, in.Name) {
				out.Record = append(out.Record, n)
			}
		}
	}
	if i < 0 && len(out.Record) == 0 {
		return nil, problemOf(http.StatusNotFound, fmt.Sprintf("nobody is called %.60q, neither in the tables nor in the record", in.Name), "GET /api/persons?q= looks for a part of the name")
	}
	return &only[Person]{out}, nil
}

// TimelineEvent is a dated event: of an instrument's life, or an act or
// agreement that a report tells of.
type TimelineEvent struct {
	On         string       `json:"on" doc:"as finely as known"`
	Kind       string       `json:"kind" enum:"instrument,act,agreement"`
	Says       string       `json:"says"`
	Instrument string       `json:"instrument,omitempty"`
	Ref        string       `json:"ref,omitempty" doc:"of the item in the record, HASH#ID"`
	Item       *record.Item `json:"item,omitempty"`
}

// events lists what the corpus knows of a state, or of all, between two days.
func events(c *treaty.Corpus, state string, from, to day.Day) []TimelineEvent {
	var out []TimelineEvent
	for _, in := range c.Instruments {
		if state != "" && !in.Has(state) {
			continue
		}
		for _, e := range in.Status {
			if on, ok := e.On.Day(); ok && on >= from && on < to && (state == "" || len(e.For) == 0 || slices.Contains(e.For, state)) {
				out = append(out, TimelineEvent{On: on.String(), Kind: "instrument", Says: in.Title + ": " + eventWords(e, coded), Instrument: in.ID})
			}
		}
	}
	return out
}

// coded leaves codes as they are: the API names states by them.
func coded(code string) string { return code }
