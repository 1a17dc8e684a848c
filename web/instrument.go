package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/treaty"
)

type instrumentsView struct {
	Filter string
	List   []instrumentLine
}

type instrumentLine struct {
	ID, Title, Form, Signed, Parties, Verbs string
}

// instruments lists the corpus, whole or what the filter q finds.
func (s *Server) instruments(w http.ResponseWriter, r *http.Request) {
	v := instrumentsView{Filter: strings.TrimSpace(r.URL.Query().Get("q"))}
	for _, in := range s.corpus().Instruments {
		l := lineOf(in)
		if v.Filter == "" || in.Has(strings.ToUpper(v.Filter)) || strings.Contains(strings.ToLower(l.Title+" "+l.ID+" "+l.Verbs), strings.ToLower(v.Filter)) {
			v.List = append(v.List, l)
		}
	}
	s.show(w, r, http.StatusOK, "Instruments", "instruments", v)
}

func lineOf(in *treaty.Instrument) instrumentLine {
	var verbs, parties []string
	for _, p := range in.Provisions {
		for _, v := range p.Versions {
			for _, d := range v.Does {
				if !slices.Contains(verbs, d.Verb) {
					verbs = append(verbs, d.Verb)
				}
			}
		}
	}
	for _, p := range in.Parties {
		if !slices.Contains(parties, p.ID) {
			parties = append(parties, p.ID)
		}
	}
	const most = 8
	list := strings.Join(parties[:min(most, len(parties))], ", ")
	if len(parties) > most {
		list += " …"
	}
	return instrumentLine{in.ID, in.Title, in.Form, in.Signed().String(), list, strings.Join(verbs, ", ")}
}

type instrumentView struct {
	In      *treaty.Instrument
	Parties []partyView
	Status  []statusView
	Clauses []clauseView
}

type partyView struct {
	Code, Name, About string
	State             bool
}

type statusView struct{ On, What string }

type clauseView struct {
	ID, Article, Kind, Source string
	Doubt                     []string
	Versions                  []versionView
}

type versionView struct {
	Span, Words, Says string
	Rows              []rowView
}

type rowView struct{ Name, Text string }

func (s *Server) instrument(w http.ResponseWriter, r *http.Request) {
	corpus := s.corpus()
	in := corpus.Instrument(r.PathValue("id"))
	if in == nil {
		s.wrong(w, r, http.StatusNotFound, "The corpus has no instrument "+r.PathValue("id")+".", "The list of instruments has them all.")
		return
	}
	v := instrumentView{In: in}
	now := s.today()
	for _, m := range in.Members() {
		about := m.Span.String()
		if m.Role != "" {
			about = m.Role + ", " + about
		}
		if m.Began.Says != "" {
			about += "; " + m.Began.Says
		}
		if m.Ended.Says != "" {
			about += "; " + m.Ended.Says
		}
		if m.Needs != "" {
			about += "; unknown: " + m.Needs
		}
		_, state := s.world.State(m.State)
		v.Parties = append(v.Parties, partyView{m.State, corpus.Names.Name(m.State, now), about, state})
	}
	status := slices.Clone(in.Status)
	slices.SortStableFunc(status, func(a, b treaty.Event) int { return cmp.Compare(a.On.From, b.On.From) })
	for _, e := range status {
		v.Status = append(v.Status, statusView{e.On.String(), eventWords(e)})
	}
	for _, p := range in.Provisions {
		c := clauseView{ID: p.ID, Article: p.Article, Kind: p.Kind, Source: p.Source, Doubt: p.Doubt}
		for i := range p.Versions {
			c.Versions = append(c.Versions, versionOf(&p.Versions[i], len(p.Versions) > 1))
		}
		v.Clauses = append(v.Clauses, c)
	}
	s.show(w, r, http.StatusOK, in.Title, "instrument", v)
}

func eventWords(e treaty.Event) string {
	s := e.Kind
	if len(e.For) > 0 {
		s += ": " + strings.Join(e.For, ", ")
	}
	if len(e.Towards) > 0 {
		s += " towards " + strings.Join(e.Towards, ", ")
	}
	for _, m := range []struct{ label, text string }{{"asserted by", e.By}, {"denied by", e.DeniedBy}, {"not verified:", e.Doubt}, {"source:", e.Source}} {
		if m.text != "" {
			s += "; " + m.label + " " + m.text
		}
	}
	return s
}

func versionOf(t *treaty.Version, dated bool) versionView {
	v := versionView{Words: t.Words, Says: t.Says}
	if dated {
		v.Span = t.Span.String()
	}
	row := func(name, text string) {
		if text != "" {
			v.Rows = append(v.Rows, rowView{name, text})
		}
	}
	row("who", t.Bearer.String())
	row("force", t.Force)
	row("does", t.Task())
	row("for", t.Owed.String())
	row("when", triggerWords(t.When))
	for _, c := range t.If {
		row("if", c.Words)
	}
	for _, u := range t.Unless {
		row("unless", unlessWords(u))
	}
	for _, c := range t.Ends {
		row("ends when", c.Words)
	}
	row("whether", strings.TrimSpace(t.Whether+" "+t.Organ))
	row("means chosen by", t.Means.Chooser)
	row("at least", t.Means.Floor)
	row("at most", t.Means.Ceiling)
	row("process", t.Process)
	row("deadline", t.Deadline)
	for _, reading := range t.Readings {
		row("another reading, by "+reading.By, reading.Says)
	}
	for _, u := range t.Unencodable {
		row("not encoded", u.Construct+": "+u.Reason)
	}
	return v
}

func triggerWords(t treaty.Trigger) string {
	if t.Event == "" {
		return ""
	}
	s := t.Event
	if b := t.By.String(); b != "" {
		s += " by " + b
	}
	if o := t.On.String(); o != "" {
		s += " on " + o
	}
	for _, z := range t.Where.In {
		s += "; in " + cmp.Or(z.Words, z.What)
	}
	for _, z := range t.Where.Except {
		s += "; not in " + cmp.Or(z.Words, z.What)
	}
	if t.Judge != "" {
		s += "; in the judgement of " + t.Judge
	}
	return s
}

func unlessWords(u treaty.Unless) string {
	parts := []string{u.Name}
	for _, c := range u.If {
		parts = append(parts, c.Words)
	}
	s := strings.Join(parts, ": ")
	for _, e := range u.Unless {
		s += " (but not if " + unlessWords(e) + ")"
	}
	return s
}
