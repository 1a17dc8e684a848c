package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"

	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/record"
)

type recordView struct {
	Outlet, From, To string
	Problem          *problem
	Counts           record.Counts
	Reports          []record.Head
	Outlets          []record.Tallied
	Prev, Next       string
}

// recordPage says how much the record holds and lists its reports, those added
// last first.
func (s *Server) recordPage(w http.ResponseWriter, r *http.Request) {
	if !s.hasRecord(w, r) {
		return
	}
	q := r.URL.Query()
	v := recordView{Outlet: q.Get("outlet"), From: q.Get("from"), To: q.Get("to")}
	query, err := recordQuery(q)
	if err != nil {
		v.Problem = &problem{err.Error(), "Days are written like 2025-01-10."}
		s.show(w, r, http.StatusUnprocessableEntity, "Record", "record", v)
		return
	}
	const seconds = 5 // for which a count is good enough
	if v.Counts, err = s.counted.get(s.now().Unix()/seconds, func() (record.Counts, error) { return s.store.Count(r.Context()) }); err != nil {
		s.fail(w, r, err)
		return
	}
	if v.Reports, err = s.store.List(r.Context(), query); err != nil {
		s.fail(w, r, err)
		return
	}
	v.Prev, v.Next = pager(q, query.Offset, len(v.Reports))
	s.show(w, r, http.StatusOK, "Record", "record", v)
}

// kinds are what can be searched for, in the order of the form.
func kinds() []record.Kind {
	return []record.Kind{record.Statement, record.Act, record.Agreement, record.Text}
}

// stored finds the report of a request, or answers why there is none.
func (s *Server) stored(w http.ResponseWriter, r *http.Request) *record.Stored {
	if !s.hasRecord(w, r) {
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

// hasRecord reports whether there is a record, or answers that there is none.
func (s *Server) hasRecord(w http.ResponseWriter, r *http.Request) bool {
	if s.store == nil {
		s.wrong(w, r, http.StatusNotFound, "This server has no record.", "Start it with casus serve --store FILE.")
	}
	return s.store != nil
}

// rechecked holds a stored report against today's corpus, and what is said in it
// against what the same speakers said before. Claims are those that were stored
// with it: where none were made nothing is compared (casus record claims).
func (s *Server) rechecked(ctx context.Context, st *record.Stored) (check.Checked, error) {
	size := func(doc check.Checked) int { return 2 * (len(doc.Text)/1000 + len(doc.Statements) + len(doc.Checks)) }
	return recorded(ctx, s, keyOf("report", st.Hash), size, func(ctx context.Context) (check.Checked, error) { return s.recheck(ctx, st) })
}

func (s *Server) recheck(ctx context.Context, st *record.Stored) (check.Checked, error) {
	done, err := s.brief.wait(ctx)
	if err != nil {
		return check.Checked{}, err
	}
	defer done()
	doc := s.checker().Check(st.Document)
	claims, err := s.store.Claimed(ctx, record.ClaimQuery{Hash: st.Hash, Form: check.Form})
	if err != nil {
		return doc, err
	}
	found, err := s.checker().Otherwise(ctx, st.Published, claims, s.store)
	doc.Checks, doc.Follows = append(listed(doc.Checks), found...), listed(doc.Follows)
	return doc, err
}

// recordReport shows a stored report, checked against today's corpus.
func (s *Server) recordReport(w http.ResponseWriter, r *http.Request) {
	st := s.stored(w, r)
	if st == nil {
		return
	}
	doc, err := s.rechecked(r.Context(), st)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	v := viewOf(doc)
	v.JSON = "/api/reports/" + st.Hash
	for _, other := range st.Versions {
		if other.Hash != st.Hash {
			v.Versions = append(v.Versions, other)
		}
	}
	if err := s.around(r.Context(), v, st.Hash); err != nil {
		s.fail(w, r, err)
		return
	}
	s.show(w, r, http.StatusOK, cmp.Or(st.Title, "Report"), "reading", v)
}
