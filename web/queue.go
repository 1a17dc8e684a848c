package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/review"
	"github.com/casus-foederis/casus/text"
	"github.com/casus-foederis/casus/web/guard"
)

type queueView struct {
	State      string
	States     []linkView
	List       []queueLine
	Prev, Next string
}

type queueLine struct {
	record.Draft
	Last  *record.Decision
	Fresh int // grounds that came after the last decision
}

// queue lists the drafts of instruments that reports gave.
func (s *Server) queue(w http.ResponseWriter, r *http.Request) {
	if s.store == nil {
		s.wrong(w, r, http.StatusNotFound, "This server has no record, so there is nothing to review.", "Start it with casus serve --store FILE.")
		return
	}
	q := r.URL.Query()
	v := queueView{State: q.Get("state")}
	if !q.Has("state") {
		v.State = string(record.Waiting)
	}
	for _, state := range []record.DraftState{record.Waiting, record.Accepted, record.Corrected, record.Rejected, ""} {
		v.States = append(v.States, linkView{"/review?state=" + url.QueryEscape(string(state)), cmp.Or(string(state), "all"), v.State == string(state)})
	}
	offset, _ := strconv.Atoi(q.Get("offset")) // what is no number is the first page
	offset = max(0, min(offset, most))
	list, err := s.drafts(r.Context(), record.DraftQuery{State: record.DraftState(v.State), Limit: perPage, Offset: offset})
	if err != nil {
		s.fail(w, r, err)
		return
	}
	for _, d := range list {
		l := queueLine{Draft: d, Fresh: review.Fresh(d)}
		if n := len(d.Decisions); n > 0 {
			l.Last = &d.Decisions[n-1]
		}
		v.List = append(v.List, l)
	}
	v.Prev, v.Next = pager(q, offset, len(list))
	s.show(w, r, http.StatusOK, "Review", "queue", v)
}

// quoteView is the paragraph of a report in which words stand that a draft rests
// on, with the words marked.
type quoteView struct {
	Report, By, Voice string
	Parts             []part
}

type entryPage struct {
	review.Entry
	Said    []quoteView
	Problem *problem
	Text    string // what stands in the form: the draft, or what the reviewer wrote
	Why     string
	Who     string // empty if the reviewer has to give a name
	May     bool   // decide
	Over    int
}

// entry shows one draft beside the words that it rests on.
func (s *Server) entry(w http.ResponseWriter, r *http.Request) {
	if v := s.entryOf(w, r); v != nil {
		s.show(w, r, http.StatusOK, "Review: "+v.Title, "entry", v)
	}
}

// entryOf finds the draft of a request, or answers why there is none.
func (s *Server) entryOf(w http.ResponseWriter, r *http.Request) *entryPage {
	number, err := strconv.ParseInt(r.PathValue("number"), 10, 64)
	if s.store == nil || err != nil {
		s.wrong(w, r, http.StatusNotFound, "There is no draft "+r.PathValue("number")+".", "The review page lists the drafts.")
		return nil
	}
	e, err := s.draft(r.Context(), number)
	switch {
	case errors.Is(err, record.ErrNoDraft):
		s.wrong(w, r, http.StatusNotFound, "There is no draft "+r.PathValue("number")+".", "The review page lists the drafts.")
		return nil
	case err != nil:
		s.fail(w, r, err)
		return nil
	}
	said, err := s.quoted(r.Context(), e.Quotes)
	if err != nil {
		s.fail(w, r, err)
		return nil
	}
	caller := guard.CallerOf(r.Context())
	return &entryPage{Entry: e, Said: said, Text: e.Standing, Who: caller.Name, May: caller.May(guard.Review), Over: len(e.Decisions)}
}

// quoted finds the paragraphs in which quotes stand, each once with all of them
// marked that are one speaker's.
func (s *Server) quoted(ctx context.Context, quotes []review.Quote) ([]quoteView, error) {
	type place struct {
		report, by string
		from       int
	}
	texts := map[string]string{}
	marks := map[place][]mark{}
	var order []place
	for _, q := range quotes {
		t, ok := texts[q.Report]
		if !ok {
			st, err := s.store.Report(ctx, q.Report)
			if err != nil {
				return nil, err
			}
			t = st.Document.Text
			texts[q.Report] = t
		}
		if !q.Span.Valid(t) {
			continue // of an earlier reading
		}
		p := place{q.Report, "the outlet’s word", strings.LastIndexByte(t[:q.Span.Start], '\n') + 1}
		if q.Statement != "" {
			p.by = q.By + "’s word"
		}
		if marks[p] == nil {
			order = append(order, p)
		}
		marks[p] = append(marks[p], mark{span: q.Span, class: "hit"})
	}
	var out []quoteView
	for _, p := range order {
		t := texts[p.report]
		piece := text.Span{Start: p.from, End: len(t)}
		if n := strings.IndexByte(t[p.from:], '\n'); n >= 0 {
			piece.End = p.from + n
		}
		v := quoteView{Report: p.report, By: p.by, Voice: "speaker"}
		if p.by == "the outlet’s word" {
			v.Voice = "outlet"
		}
		for _, g := range segments(t, []text.Span{piece}, marks[p])[0] {
			v.Parts = append(v.Parts, part{g.Text, g.Class != ""})
		}
		out = append(out, v)
	}
	return out, nil
}

// decideOn takes a reviewer's decision from its form. What was written stays in
// the form when it cannot be taken.
func (s *Server) decideOn(w http.ResponseWriter, r *http.Request) {
	if !s.form(w, r) {
		return
	}
	v := s.entryOf(w, r)
	if v == nil {
		return
	}
	c := review.Choice{Draft: v.Number, Verdict: record.Verdict(r.PostFormValue("verdict")), Who: cmp.Or(v.Who, r.PostFormValue("who")), Why: r.PostFormValue("why")}
	c.Over, _ = strconv.Atoi(r.PostFormValue("over")) // 0 if there was no decision
	if c.Verdict == record.Correct {
		c.Text = r.PostFormValue("text")
	}
	if _, err := s.decide(r.Context(), c); err != nil {
		v.Text, v.Why = cmp.Or(r.PostFormValue("text"), v.Text), c.Why
		v.Problem = &problem{err.Error(), "Nothing was decided. The draft waits as it was."}
		if list := review.Problems(err); len(list) > 0 {
			v.Problems = list
			v.Problem = &problem{fmt.Sprintf("The text has %s; they stand beside it.", count(len(list), "mistake", "mistakes")), "docs/format/treaty.md describes the file."}
		}
		if errors.Is(err, record.ErrDecided) {
			v.Problem.Hint = "Somebody decided since you opened this page; what they decided stands below."
		}
		s.show(w, r, http.StatusUnprocessableEntity, "Review: "+v.Title, "entry", v)
		return
	}
	http.Redirect(w, r, fmt.Sprintf("/review/%d", v.Number), http.StatusSeeOther)
}
