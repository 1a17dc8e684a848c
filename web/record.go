package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/record"
)

// perPage is how many items or reports a page shows.
const perPage = 50

type recordView struct {
	Form    recordForm
	Problem *problem
	Counts  record.Counts
	Asked   bool
	Items   []itemView
	Reports []record.Head
	Next    string // the query of the next page; empty if this is the last
}

type recordForm struct {
	Words, Speaker, State, Target, Kind, From, To, On, Known string
}

// kinds are what can be searched for, in the order of the form.
func kinds() []record.Kind {
	return []record.Kind{record.Statement, record.Act, record.Agreement, record.Text}
}

type itemView struct {
	record.Item
	Who, Whom, Anchor string
}

// recordPage lists the record, or what a search in it finds.
func (s *Server) recordPage(w http.ResponseWriter, r *http.Request) {
	if s.store == nil {
		s.wrong(w, r, http.StatusNotFound, "This server has no record.", "Start it with casus serve --store FILE.")
		return
	}
	q := r.URL.Query()
	v := recordView{Form: recordForm{q.Get("q"), q.Get("speaker"), q.Get("state"), q.Get("target"), q.Get("kind"), q.Get("from"), q.Get("to"), q.Get("on"), q.Get("known")}}
	for _, given := range q {
		v.Asked = v.Asked || given[0] != ""
	}
	query, err := recordQuery(q)
	if err != nil {
		v.Problem = &problem{err.Error(), "Days are written like 2025-01-10."}
		s.show(w, r, http.StatusUnprocessableEntity, "Record", "record", v)
		return
	}
	if v.Counts, err = s.store.Count(r.Context()); err != nil {
		s.fail(w, r, err)
		return
	}
	found := 0
	if v.Asked {
		items, err := s.store.Search(r.Context(), query)
		if err != nil {
			v.Problem = &problem{err.Error(), "Words are joined by blanks; \"several words\" stand together; -word is left out."}
		}
		found = len(items)
		for _, it := range items {
			v.Items = append(v.Items, itemOf(it))
		}
	} else {
		if v.Reports, err = s.store.List(r.Context(), query); err != nil {
			s.fail(w, r, err)
			return
		}
		found = len(v.Reports)
	}
	if found == query.Limit {
		q.Set("offset", strconv.Itoa(query.Offset+query.Limit))
		v.Next = q.Encode()
	}
	s.show(w, r, http.StatusOK, "Record", "record", v)
}

func itemOf(it record.Item) itemView {
	v := itemView{Item: it}
	var who, whom []string
	for _, p := range it.Parties {
		if p.Role == "target" {
			whom = append(whom, p.Name)
		} else {
			who = append(who, p.Name)
		}
	}
	v.Who, v.Whom = strings.Join(who, ", "), strings.Join(whom, ", ")
	_, v.Anchor, _ = strings.Cut(it.Ref, "#")
	return v
}

// recordQuery reads a search from a query. Errors are of the asker.
func recordQuery(q url.Values) (record.Query, error) {
	out := record.Query{Words: q.Get("q"), Speaker: q.Get("speaker"), State: strings.ToUpper(q.Get("state")), Target: q.Get("target"), Type: strings.ToUpper(q.Get("type")), Outlet: q.Get("outlet"), Limit: perPage}
	if k := q.Get("kind"); k != "" {
		out.Kinds = []record.Kind{record.Kind(k)}
	}
	for name, to := range map[string]**day.Day{"from": &out.From, "to": &out.To, "on": &out.On, "known": &out.Known} {
		if q.Get(name) == "" {
			continue
		}
		d, err := day.Parse(q.Get(name))
		if err != nil {
			return out, err
		}
		*to = &d
	}
	for name, to := range map[string]*int{"offset": &out.Offset, "limit": &out.Limit} {
		if q.Get(name) == "" {
			continue
		}
		n, err := strconv.Atoi(q.Get(name))
		if err != nil || n < 0 || n > 1_000_000 || name == "limit" && (n == 0 || n > 1000) {
			return out, errors.New(name + " is not a number that can be served: " + strconv.Quote(q.Get(name)))
		}
		*to = n
	}
	return out, nil
}

// stored finds the report of a request, or answers why there is none.
func (s *Server) stored(w http.ResponseWriter, r *http.Request) *record.Stored {
	if s.store == nil {
		s.wrong(w, r, http.StatusNotFound, "This server has no record.", "Start it with casus serve --store FILE.")
		return nil
	}
	st, err := s.store.Report(r.Context(), r.PathValue("key"))
	switch {
	case errors.Is(err, record.ErrNotFound), errors.Is(err, record.ErrAmbiguous):
		s.wrong(w, r, http.StatusNotFound, err.Error(), "The record page lists the reports.")
		return nil
	case err != nil:
		s.fail(w, r, err)
		return nil
	}
	return st
}

// recordReport shows a stored report, checked against today's corpus.
func (s *Server) recordReport(w http.ResponseWriter, r *http.Request) {
	st := s.stored(w, r)
	if st == nil {
		return
	}
	v := viewOf(s.checker().Check(st.Document))
	v.JSON = "/api/reports/" + st.Hash
	for _, other := range st.Versions {
		if other.Hash != st.Hash {
			v.Versions = append(v.Versions, other)
		}
	}
	s.show(w, r, http.StatusOK, cmp.Or(st.Title, "Report"), "reading", v)
}

// keep adds a report to the record and returns its hash.
func (s *Server) keep(ctx context.Context, doc check.Checked) (string, error) {
	added, err := s.store.Add(ctx, record.Entry{Document: doc.Document, Added: s.now().UTC().Format(time.RFC3339)})
	if err != nil {
		return "", err
	}
	return added.Hash, s.propose(ctx, added.Hash, doc.Document)
}

func (s *Server) apiReports(w http.ResponseWriter, r *http.Request) {
	s.apiList(w, r, func(q record.Query) (any, error) { return s.store.List(r.Context(), q) })
}

func (s *Server) apiSearch(w http.ResponseWriter, r *http.Request) {
	s.apiList(w, r, func(q record.Query) (any, error) { return s.store.Search(r.Context(), q) })
}

func (s *Server) apiList(w http.ResponseWriter, r *http.Request, list func(record.Query) (any, error)) {
	if s.store == nil {
		writeProblem(w, http.StatusNotFound, "this server has no record", "start it with casus serve --store FILE")
		return
	}
	q, err := recordQuery(r.URL.Query())
	if err != nil {
		writeProblem(w, http.StatusUnprocessableEntity, err.Error(), "days are written like 2025-01-10")
		return
	}
	found, err := list(q)
	if err != nil {
		writeProblem(w, http.StatusUnprocessableEntity, err.Error(), "")
		return
	}
	writeJSON(w, http.StatusOK, found)
}

func (s *Server) apiReport(w http.ResponseWriter, r *http.Request) {
	st := s.stored(w, r)
	if st == nil {
		return
	}
	checker := s.checker()
	etag := `"` + st.Hash + "-" + short(checker.Corpus().Hash) + `"`
	w.Header().Set("ETag", etag)
	if r.Header.Get("If-None-Match") == etag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	writeJSON(w, http.StatusOK, checker.Check(st.Document))
}
