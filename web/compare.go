package web

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/casus-foederis/casus/happening"
	"github.com/casus-foederis/casus/record"
)

type compareView struct {
	Problem *problem
	Reports []record.Head
	Copies  [][]reportLink
	Shared  []sharedView
	Only    []onlyView
}

// sharedView is an act that several of the reports tell, a column for each.
type sharedView struct {
	Href    string
	View    *happeningView
	Columns []tellerView
}

// compare holds two or more reports against each other: the acts that they
// share, where they differ, and what one alone tells.
func (s *Server) compare(w http.ResponseWriter, r *http.Request) {
	const fewest, largest = 2, 8
	var v compareView
	keys := slices.Compact(slices.Sorted(slices.Values(r.URL.Query()["report"]))) // a report ticked twice is one
	switch {
	case s.store == nil:
		s.wrong(w, r, http.StatusNotFound, "This server has no record.", "Start it with casus serve --store FILE.")
		return
	case len(keys) == 0:
		s.show(w, r, http.StatusOK, "Compare reports", "compare", v)
		return
	case len(keys) < fewest || len(keys) > largest:
		v.Problem = &problem{"Two to eight reports can be compared.", "Tick them on the record page."}
		s.show(w, r, http.StatusUnprocessableEntity, "Compare reports", "compare", v)
		return
	}
	c, err := happening.Compare(r.Context(), s.store, keys...)
	switch {
	case errors.Is(err, record.ErrNotFound), errors.Is(err, record.ErrAmbiguous):
		v.Problem = &problem{err.Error(), "The record page lists the reports."}
		s.show(w, r, http.StatusNotFound, "Compare reports", "compare", v)
		return
	case err != nil:
		s.fail(w, r, err)
		return
	}
	v.Reports = c.Reports
	named := map[string]reportLink{}
	for _, h := range c.Reports {
		named[h.Hash] = linkTo(h)
	}
	link := func(hash string) reportLink { return named[hash] }
	for _, group := range c.Copies {
		var links []reportLink
		for _, hash := range group {
			links = append(links, link(hash))
		}
		v.Copies = append(v.Copies, links)
	}
	for _, h := range c.Shared {
		x := sharedView{View: s.happeningView(h, c.Reports)}
		if len(h.Accounts) > 0 {
			a := h.Accounts[0]
			x.Href = "/happening/" + url.PathEscape(a.Report.Hash) + "/" + url.PathEscape(a.ID)
		}
		for _, head := range c.Reports {
			column := tellerView{Report: head}
			for _, t := range x.View.Tellers {
				if t.Report.Hash == head.Hash {
					column = t
				}
			}
			x.Columns = append(x.Columns, column)
		}
		v.Shared = append(v.Shared, x)
	}
	v.Only = onlyViews(c.Only, link)
	s.show(w, r, http.StatusOK, "Compare reports", "compare", v)
}
