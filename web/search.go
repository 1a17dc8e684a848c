package web

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/record"
)

// perPage is how many items or reports a page shows; most is how far it can be
// turned.
const (
	perPage = 50
	most    = 1_000_000
)

type searchView struct {
	Form       searchForm
	Problem    *problem
	Asked      bool
	Items      []itemView
	First      int    // number of the first one shown, from 1
	Counts     string // where the kinds, outlets and states of all that fits are counted
	Prev, Next string
}

type searchForm struct {
	Words, Kind, Speaker, Name, State, Role, Target, Type, Status, Outlet, Instrument, From, To, On, Known string
}

// More reports whether a filter is set that the form does not show at first.
func (f searchForm) More() bool {
	return f != searchForm{Words: f.Words, Kind: f.Kind, Speaker: f.Speaker, State: f.State}
}

type facetView struct {
	Name   string
	Values []facetValue
}

type facetValue struct {
	Name, Href string
	Count      int
	Here       bool
}

// search finds items in the record by words and filters.
func (s *Server) search(w http.ResponseWriter, r *http.Request) {
	if !s.hasRecord(w, r) {
		return
	}
	q := r.URL.Query()
	v := searchView{Form: searchForm{q.Get("q"), q.Get("kind"), q.Get("speaker"), q.Get("name"), q.Get("state"), q.Get("role"), q.Get("target"), q.Get("type"), q.Get("status"), q.Get("outlet"), q.Get("instrument"), q.Get("from"), q.Get("to"), q.Get("on"), q.Get("known")}}
	v.Asked = v.Form != searchForm{}
	query, err := recordQuery(q)
	if err != nil {
		v.Problem = &problem{err.Error(), "Days are written like 2025-01-10."}
		s.show(w, r, http.StatusUnprocessableEntity, "Search", "search", v)
		return
	}
	if query.State != "" {
		query.State = s.code(query.State)
	}
	if v.Asked {
		items, err := s.store.Search(r.Context(), query)
		if err != nil {
			if r.Context().Err() != nil || !errors.Is(err, record.ErrNoWords) && query.Words == "" {
				s.fail(w, r, err)
				return
			}
			v.Problem = &problem{err.Error(), `Words are joined by blanks; "several words" stand together; -word is left out; wor* begins so.`}
			s.show(w, r, http.StatusUnprocessableEntity, "Search", "search", v)
			return
		}
		for _, it := range items {
			v.Items = append(v.Items, itemOf(it).marked(query.Words))
		}
		v.First = query.Offset + 1
		v.Prev, v.Next = pager(q, query.Offset, len(items))
		if len(items) > 0 {
			counts := maps.Clone(q)
			counts.Del("offset")
			v.Counts = "/search/counts?" + counts.Encode()
		}
	}
	title := "Search"
	if v.Form.Words != "" {
		title = "Search: " + v.Form.Words
	}
	s.show(w, r, http.StatusOK, title, "search", v)
}

type countsView struct {
	Facets []facetView
	Sum    int    // of all kinds
	All    string // the search itself
	Slow   bool   // counting took too long and was stopped
}

// counts counts what a search finds by kind, outlet and state. That reads every
// item that fits, so it is kept apart from the search.
func (s *Server) counts(w http.ResponseWriter, r *http.Request) {
	if !s.hasRecord(w, r) {
		return
	}
	q := r.URL.Query()
	query, err := recordQuery(q)
	if err != nil {
		s.wrong(w, r, http.StatusUnprocessableEntity, err.Error(), "Days are written like 2025-01-10.")
		return
	}
	const patience, values = 4 * time.Second, 8
	ctx, stop := context.WithTimeout(r.Context(), patience)
	defer stop()
	query.Limit, query.Offset = values, 0
	if query.State != "" {
		query.State = s.code(query.State)
	}
	v := countsView{All: "/search?" + q.Encode()}
	for _, f := range []struct {
		name, key string
		axis      record.Axis
	}{{"Kind", "kind", record.ByKind}, {"Outlet", "outlet", record.ByOutlet}, {"State", "state", record.ByState}} {
		list, err := s.tally(ctx, query, f.axis)
		if ctx.Err() != nil {
			v.Slow = true
			break
		}
		if err != nil {
			s.wrong(w, r, http.StatusUnprocessableEntity, err.Error(), "")
			return
		}
		facet := facetView{Name: f.name}
		for _, t := range list {
			if t.Value == "" {
				continue
			}
			narrow := maps.Clone(q)
			narrow.Set(f.key, t.Value)
			name := t.Value
			if f.key == "state" {
				name = s.nameOf(t.Value, s.today())
			}
			if f.key == "kind" {
				v.Sum += t.Count
			}
			facet.Values = append(facet.Values, facetValue{name, "/search?" + narrow.Encode(), t.Count, q.Get(f.key) == t.Value})
		}
		if len(facet.Values) > 0 {
			v.Facets = append(v.Facets, facet)
		}
	}
	s.show(w, r, http.StatusOK, "Counts of a search", "counts", v)
}

// pager returns the addresses of the page before and the page after.
func pager(q url.Values, offset, shown int) (prev, next string) {
	at := func(n int) string {
		p := maps.Clone(q)
		p.Set("offset", strconv.Itoa(n))
		if n == 0 {
			p.Del("offset")
		}
		return "?" + p.Encode()
	}
	if offset > 0 {
		prev = at(max(0, offset-perPage))
	}
	if shown == perPage {
		next = at(offset + perPage)
	}
	return prev, next
}

// recordQuery reads a search from a query. Errors are of the asker.
func recordQuery(q url.Values) (record.Query, error) {
	out := record.Query{Words: q.Get("q"), Speaker: q.Get("speaker"), Name: q.Get("name"), State: strings.ToUpper(q.Get("state")), Role: q.Get("role"), Target: q.Get("target"),
		Type: strings.ToUpper(q.Get("type")), Status: q.Get("status"), Outlet: q.Get("outlet"), Instrument: q.Get("instrument"), Limit: perPage}
	if k := q.Get("kind"); k != "" {
		if !slices.Contains(kinds(), record.Kind(k)) {
			return out, errors.New("there is no kind " + strconv.Quote(k) + " of items")
		}
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
		if err != nil || n < 0 || n > most || name == "limit" && (n == 0 || n > 1000) {
			return out, errors.New(name + " is not a number that can be served: " + strconv.Quote(q.Get(name)))
		}
		*to = n
	}
	return out, nil
}
