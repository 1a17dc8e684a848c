package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/treaty"
)

type instrumentView struct {
	In         *treaty.Instrument
	Life       *strip
	Parties    []partyView
	Status     []statusView
	Clauses    []clauseView
	Cases      []caseView
	Entered    *day.Day // when it entered into force, if that is known to the day
	Statements listView
}

type partyView struct {
	Code, Name, About string
	State             bool
}

type statusView struct{ On, What, Source string }

type clauseView struct {
	ID, Article, Kind, Source string
	Numbered                  bool // the id says what the article does
	Doubt                     []string
	Versions                  []versionView
}

// versionView is a clause's text over a span: the sentence in plain words, and
// beside it what it depends on.
type versionView struct {
	Span, Plain, Words, Says string
	Rows                     []rowView
}

type rowView struct{ Name, Text string }

// instrument shows one text: its clauses, its life, its cases, what it changed
// and what the record says about it.
func (s *Server) instrument(w http.ResponseWriter, r *http.Request) {
	corpus, in := s.named(w, r)
	if in == nil {
		return
	}
	v := instrumentView{In: in, Life: s.lifeOf(in), Cases: s.casesOf(in)}
	if d, ok := duty.Entry(in); ok {
		v.Entered = &d
	}
	now := s.today()
	for _, m := range in.Members() {
		about := spanWords(m.Span)
		if m.Role != "" {
			about = m.Role + ", " + about
		}
		for _, more := range []string{m.Began.Says, m.Ended.Says} {
			if more != "" && !strings.HasSuffix(more, "in force "+m.Span.From.String()) {
				about += "; " + more
			}
		}
		if m.Needs != "" {
			about += "; unknown: " + m.Needs
		}
		if m.Denied != nil {
			about += "; disputed by " + m.Denied.DeniedBy
		}
		_, state := s.world.State(m.State)
		v.Parties = append(v.Parties, partyView{m.State, corpus.Names.Name(m.State, now), about, state})
	}
	status := slices.Clone(in.Status)
	slices.SortStableFunc(status, func(a, b treaty.Event) int { return cmp.Compare(a.On.From, b.On.From) })
	for _, e := range status {
		v.Status = append(v.Status, statusView{e.On.String(), eventWords(e, namer{s, s.today()}.spell), e.Source})
	}
	for _, p := range in.Provisions {
		c := clauseView{ID: p.ID, Article: p.Article, Numbered: strings.HasSuffix(p.Article, " "+p.ID) || p.Article == "", Kind: p.Kind, Source: p.Source, Doubt: p.Doubt}
		for i := range p.Versions {
			c.Versions = append(c.Versions, versionOf(&p.Versions[i], len(p.Versions) > 1))
		}
		v.Clauses = append(v.Clauses, c)
	}
	var err error
	if v.Statements, err = s.latest(r.Context(), record.Query{Instrument: in.ID}, url.Values{"instrument": {in.ID}}); err != nil {
		s.fail(w, r, err)
		return
	}
	s.show(w, r, http.StatusOK, in.Title, "instrument", v)
}

// named finds the instrument of a request, or answers why there is none.
func (s *Server) named(w http.ResponseWriter, r *http.Request) (*treaty.Corpus, *treaty.Instrument) {
	corpus, id := s.corpus(), r.PathValue("id")
	in := corpus.Instrument(id)
	if in == nil {
		hint := "The list of instruments has them all."
		if near := corpus.Suggest(id); near != "" {
			hint = "Did you mean " + near + "?"
		}
		s.wrong(w, r, http.StatusNotFound, "The corpus has no instrument "+id+".", hint)
	}
	return corpus, in
}

// lifeOf draws what happened to an instrument and who was its party when. States
// with the same stretches share a row.
func (s *Server) lifeOf(in *treaty.Instrument) *strip {
	today := s.today()
	from, found := today, false
	for _, e := range in.Status {
		if d, _ := edge(e.On, today); d < from {
			from, found = d, true
		}
	}
	type row struct {
		names []string
		spans []treaty.Member
	}
	var rows []*row
	at := map[string]*row{}
	byState := map[string][]treaty.Member{}
	var order []string
	for _, m := range in.Members() {
		if d, _ := edge(m.Span.From, today); d < from {
			from, found = d, true
		}
		if byState[m.State] == nil {
			order = append(order, m.State)
		}
		byState[m.State] = append(byState[m.State], m)
	}
	if !found {
		return nil
	}
	for _, state := range order {
		var key strings.Builder
		for _, m := range byState[state] {
			fmt.Fprintf(&key, "%s %s %s %v;", m.Role, m.Span, m.Needs, m.Denied != nil)
		}
		r := at[key.String()]
		if r == nil {
			r = &row{spans: byState[state]}
			at[key.String()], rows = r, append(rows, r)
		}
		r.names = append(r.names, s.corpus().Names.Name(state, today))
	}
	slices.SortStableFunc(rows, func(a, b *row) int {
		x, _ := edge(a.spans[0].Span.From, from)
		y, _ := edge(b.spans[0].Span.From, from)
		return cmp.Compare(x, y)
	})
	life := newStrip("Its life and its parties", from-200, today+100, &today)
	var dots []dot
	var said []string
	for _, e := range in.Status {
		d, _ := edge(e.On, from)
		words := e.On.String() + ": " + eventWords(e, namer{s, s.today()}.spell)
		said = append(said, words)
		dots = append(dots, dot{on: d, class: "treaty", title: words})
	}
	life.add("What happened", "#life", "", strings.Join(said, "; "), nil, dots)
	for _, r := range rows {
		const most = 3
		label := strings.Join(r.names[:min(most, len(r.names))], ", ")
		if more := len(r.names) - most; more > 0 {
			label += fmt.Sprintf(" and %d more", more)
		}
		var bars []bar
		var words []string
		for _, m := range r.spans {
			b := bar{class: "defense", title: strings.Join(r.names, ", ") + ": " + spanWords(m.Span)}
			var began, ended bool
			b.from, began = edge(m.Span.From, from)
			b.to, ended = edge(m.Span.To, today)
			b.vague = !began || !ended
			if m.Needs != "" || m.Denied != nil {
				b.class = "neutrality"
			}
			bars, words = append(bars, b), append(words, spanWords(m.Span))
		}
		life.add(label, "", "", strings.Join(r.names, ", ")+": "+strings.Join(words, "; "), bars, nil)
	}
	return life
}

// spanWords writes a span for people: since, until, from … to.
func spanWords(s day.Span) string {
	from, to := s.From.String(), s.To.String()
	const never = 9999 // the year of what is not known to have ended
	if s.To.Kind == day.BoundIn && s.To.To.Year() >= never {
		return "from " + from + " until " + s.To.From.String() + " at least"
	}
	switch {
	case s.To.Kind == day.BoundNone && s.From.Kind == day.BoundNone:
		return "always"
	case s.To.Kind == day.BoundNone:
		return "since " + from
	case s.From.Kind == day.BoundNone:
		return "until " + to
	}
	return from + " to " + to
}

// eventWords says what happened; name puts names in place of codes, or leaves
// them.
func eventWords(e treaty.Event, name func(string) string) string {
	names := func(codes []string) string {
		out := make([]string, len(codes))
		for i, c := range codes {
			out[i] = name(c)
		}
		return strings.Join(out, ", ")
	}
	s := e.Kind
	if len(e.For) > 0 {
		s += ": " + names(e.For)
	}
	if len(e.Towards) > 0 {
		s += " towards " + names(e.Towards)
	}
	for _, m := range []struct{ label, text string }{{"asserted by", name(e.By)}, {"denied by", name(e.DeniedBy)}, {"what changed:", e.Amends}, {"not verified:", e.Doubt}} {
		if m.text != "" {
			s += "; " + m.label + " " + m.text
		}
	}
	return s
}

type caseView struct {
	Title  string
	World  bool
	Checks []checkView
	Asked  bool     // Failed holds what asking came to
	Failed []string // expectations that are not borne out now
}

type checkView struct {
	Question, Href string
	Given, Expect  []string
}

// casesOf shows the cases that stand beside an instrument.
func (s *Server) casesOf(in *treaty.Instrument) (list []caseView) {
	for _, x := range s.cases {
		if beside(x, in) {
			list = append(list, caseOf(x))
		}
	}
	return list
}

// beside reports whether a case stands in the folder of an instrument.
func beside(x duty.Case, in *treaty.Instrument) bool {
	folder, _, _ := strings.Cut(x.Pos.File, "/")
	return folder == in.ID
}

func caseOf(x duty.Case) caseView {
	v := caseView{Title: x.Title, World: x.World}
	for _, ask := range x.Checks {
		q := ask.Question
		k := checkView{Question: fmt.Sprintf("%s attacks %s on %s", strings.Join(q.By, ", "), q.Attacks, q.On),
			Href: "/?" + url.Values{"by": {strings.Join(q.By, ",")}, "attacks": {q.Attacks}, "on": {q.On.String()}, "kind": {q.Kind}, "at": {q.Place}, "view": {q.View}}.Encode()}
		if q.Kind != "" && q.Kind != duty.Kinds[0] {
			k.Question += " (" + q.Kind + ")"
		}
		for _, a := range x.Record.Acts[:min(ask.Acts, len(x.Record.Acts))] {
			k.Given = append(k.Given, fmt.Sprintf("%s → %s, %s, %s", cmp.Or(a.Actor, a.Attributed), a.Target, a.Kind, a.From))
		}
		for _, f := range x.Record.Facts[:min(ask.Facts, len(x.Record.Facts))] {
			k.Given = append(k.Given, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", f.Who, f.Kind, f.Key, f.On)))
		}
		for _, e := range ask.Expect {
			k.Expect = append(k.Expect, e.String())
		}
		v.Checks = append(v.Checks, k)
	}
	return v
}

type casesView struct {
	In   *treaty.Instrument
	List []caseView
	Fine int // how many are borne out
}

// instrumentCases asks the cases of an instrument again and shows what came of it.
func (s *Server) instrumentCases(w http.ResponseWriter, r *http.Request) {
	corpus, in := s.named(w, r)
	if in == nil {
		return
	}
	v := casesView{In: in}
	for _, x := range s.cases {
		if !beside(x, in) {
			continue
		}
		c := caseOf(x)
		c.Asked = true
		for _, f := range duty.Run(corpus, s.past, []duty.Case{x}).Failures {
			c.Failed = append(c.Failed, f.Message)
		}
		if len(c.Failed) == 0 {
			v.Fine++
		}
		v.List = append(v.List, c)
	}
	s.show(w, r, http.StatusOK, "Cases: "+in.Title, "cases", v)
}
