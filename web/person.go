package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/record"
)

type personView struct {
	Name, State, StateName string
	Note, Doubt            string
	Known                  bool // in the tables of actors
	Offices                *strip
	Tenures                []tenureView
	Statements             []itemView
	Toward                 []towardView // of the statements shown, whom they are aimed at
	Acts                   listView
	Prev, Next             string
	HasRecord              bool
	Also                   []partyLink // other names that were judged to be theirs
	judging
}

type tenureView struct{ Office, Of, Span, Note string }

type towardView struct {
	partyLink
	Count int
}

// personPage shows what somebody said, to whom, about whom and when, and the
// offices that the tables know of. A person is named as reports name them.
func (s *Server) personPage(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	p := s.personNamed(name)
	if p != nil && p.Name != name { // one person, one address
		http.Redirect(w, r, personPath(p.Name), http.StatusMovedPermanently)
		return
	}
	v := personView{Name: name, HasRecord: s.store != nil}
	if p != nil {
		v.Known, v.Note, v.Doubt, v.State, v.StateName = true, p.Note, p.Doubt, p.State, s.nameOf(p.State, s.today())
		s.tenures(&v, p)
	}
	if s.store != nil {
		if err := s.personInRecord(r, &v); err != nil {
			s.fail(w, r, err)
			return
		}
	}
	if p == nil && len(v.Statements) == 0 && len(v.Acts.Items) == 0 && r.URL.Query().Get("offset") == "" {
		s.wrong(w, r, http.StatusNotFound, "Nobody called "+name+" is in the tables or in the record.", "Search the record for a part of the name.")
		return
	}
	s.show(w, r, http.StatusOK, name, "person", v)
}

// personNamed finds a person by id or by the whole name, whatever its case.
func (s *Server) personNamed(name string) *actor.Person {
	if p, ok := s.world.Person(name); ok {
		return p
	}
	for _, p := range s.world.PersonsNamed(name, s.today()) {
		if strings.EqualFold(p.Name, name) {
			return p
		}
	}
	return nil
}

func (s *Server) tenures(v *personView, p *actor.Person) {
	if len(p.Tenures) == 0 {
		return
	}
	today := s.today()
	first, _ := edge(p.Tenures[0].Span.From, today)
	last := first
	for _, t := range p.Tenures {
		to, _ := edge(t.Span.To, today)
		last = max(last, to)
	}
	v.Offices = newStrip("Offices through time", first-200, min(last, today)+200, nil)
	for _, t := range p.Tenures {
		role := strings.ReplaceAll(t.Office.Role, "-", " ")
		if t.Acting {
			role = "acting " + role
		}
		from, began := edge(t.Span.From, first)
		to, ended := edge(t.Span.To, today)
		words := spanWords(t.Span)
		v.Offices.add(role, "", t.Office.Of, role+" of "+t.Office.Of+", "+words, []bar{{from: from, to: to, vague: !began || !ended, class: "defense", title: words}}, nil)
		v.Tenures = append(v.Tenures, tenureView{role, s.nameOf(t.Office.Of, from), words, t.Doubt})
	}
}

func (s *Server) personInRecord(r *http.Request, v *personView) (err error) {
	q := record.Query{Name: v.Name, Role: "speaker", Kinds: []record.Kind{record.Statement}, Target: r.URL.Query().Get("target"), Limit: perPage}
	if n, err := strconv.Atoi(r.URL.Query().Get("offset")); err == nil && n > 0 && n < most {
		q.Offset = n
	}
	items, err := s.store.Search(r.Context(), q)
	if err != nil {
		return err
	}
	also, err := s.store.Same(r.Context(), v.Name, nil)
	if err != nil {
		return err
	}
	for _, other := range also {
		if other != v.Name {
			v.Also = append(v.Also, partyLink{other, personPath(other)})
		}
	}
	list, err := s.store.Judgements(r.Context(), v.Name)
	if err != nil {
		return err
	}
	v.judging = judgements(r, list, func(j record.Judgement) []reportLink {
		other := j.A
		if other == v.Name {
			other = j.B
		}
		return []reportLink{{personPath(other), other}}
	})
	toward := map[partyLink]int{}
	for _, it := range items {
		x := itemOf(it)
		x.Who = slices.DeleteFunc(x.Who, func(p partyLink) bool { return p.Name == v.Name })
		v.Statements = append(v.Statements, x)
		for _, p := range x.Whom {
			toward[p]++
		}
	}
	for p, n := range toward {
		v.Toward = append(v.Toward, towardView{p, n})
	}
	slices.SortFunc(v.Toward, func(a, b towardView) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name)) })
	v.Prev, v.Next = pager(r.URL.Query(), q.Offset, len(items))
	v.Acts, err = s.latest(r.Context(), record.Query{Name: v.Name, Kinds: []record.Kind{record.Act, record.Agreement}}, url.Values{"name": {v.Name}})
	return err
}
