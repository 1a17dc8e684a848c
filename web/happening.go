package web

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/evidence"
	"github.com/casus-foederis/casus/happening"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
)

// happeningView is one act with all accounts of it, for its own page and as a
// part of the comparison of reports.
type happeningView struct {
	happening.Happening
	Title       string
	Tellers     []tellerView // reports in the order of their first accounts
	Differences []differenceView
	Only        []onlyView
	Copies      [][]reportLink
	Ask         string // where to ask who would be bound; empty if it is no use or threat of force
	judging
}

// tellerView is a report with all that it tells of the act.
type tellerView struct {
	Report   record.Head
	Accounts []accountView
	CopyOf   string // the report whose text it has, if it comes later
}

type accountView struct {
	itemView
	Whose string
	Note  string // what the account is, where it is no act that was read
}

type differenceView struct {
	Kind, What string
	Values     []valueView
}

type valueView struct {
	Says    string
	Reports []reportLink
}

// onlyView is what one report alone says.
type onlyView struct {
	Report  reportLink
	Persons []reportLink // whom it alone names
	Says    []saysView
}

type saysView struct{ Kind, Says, At string }

// Folded reports whether it is more than is read at a glance.
func (v onlyView) Folded() bool {
	const glance = 6
	return len(v.Says) > glance
}

// reportLink names a report by its outlet and day.
type reportLink struct{ Href, Name string }

func linkTo(h record.Head) reportLink {
	return reportLink{"/record/" + url.PathEscape(h.Hash), strings.Trim(closed(cmp.Or(h.Outlet, h.Title, h.ID))+", "+h.Published, ", ")}
}

// happeningPage shows who reports an act, since when, where they differ and what
// only one of them says.
func (s *Server) happeningPage(w http.ResponseWriter, r *http.Request) {
	if v := s.happeningOf(w, r); v != nil {
		s.show(w, r, http.StatusOK, v.Title, "happening", v)
	}
}

func (s *Server) happeningOf(w http.ResponseWriter, r *http.Request) *happeningView {
	if !s.hasRecord(w, r) {
		return nil
	}
	var known *day.Day
	if k := r.URL.Query().Get("known"); k != "" {
		d, err := day.Parse(k)
		if err != nil {
			s.wrong(w, r, http.StatusUnprocessableEntity, err.Error(), "Days are written like 2025-01-10.")
			return nil
		}
		known = &d
	}
	h, err := s.accounts(r.Context(), r.PathValue("hash")+"#"+r.PathValue("id"), known)
	switch {
	case errors.Is(err, happening.ErrNoAct), errors.Is(err, record.ErrNotFound), errors.Is(err, record.ErrAmbiguous):
		s.wrong(w, r, http.StatusNotFound, err.Error(), "Search the record for the act.")
		return nil
	case err != nil:
		s.fail(w, r, err)
		return nil
	}
	v := s.happeningView(h, nil)
	if v.Ask, err = s.askAbout(r.Context(), h); err != nil {
		s.fail(w, r, err)
		return nil
	}
	var about []record.Judgement
	for _, a := range h.Accounts {
		list, err := s.store.Judgements(r.Context(), a.Ref)
		if err != nil {
			s.fail(w, r, err)
			return nil
		}
		about = append(about, list...)
	}
	v.judging = judgements(r, about, func(j record.Judgement) (out []reportLink) {
		for _, ref := range []string{j.A, j.B} {
			if hash, id, ok := strings.Cut(ref, "#"); ok && !slices.ContainsFunc(h.Accounts, func(a happening.Account) bool { return a.Ref == ref }) {
				out = append(out, reportLink{"/happening/" + url.PathEscape(hash) + "/" + url.PathEscape(id), short(hash) + "#" + id})
			}
		}
		return out
	})
	return v
}

// askAbout is where to ask about the account of an act that a question can be
// about, the one that tells most of it.
func (s *Server) askAbout(ctx context.Context, h happening.Happening) (string, error) {
	const looked = 4 // accounts whose reports are opened
	n := 0
	accounts := slices.Clone(h.Accounts)
	slices.SortStableFunc(accounts, func(a, b happening.Account) int { return cmp.Compare(missing(a.Item), missing(b.Item)) })
	for _, a := range accounts {
		if a.Kind != record.Act || !slices.Contains(evidence.Types, a.Type) || n == looked {
			continue
		}
		n++
		st, err := s.store.Report(ctx, a.Report.Hash)
		if err != nil {
			return "", err
		}
		i := slices.IndexFunc(st.Document.Acts, func(x reading.Act) bool { return x.ID == a.ID })
		if i >= 0 && evidence.Counts(st.Document, st.Document.Acts[i]) {
			return askAct(a.Ref), nil
		}
	}
	return "", nil
}

// missing counts what a question about an act would have to be told besides.
func missing(it record.Item) (n int) {
	for _, role := range []string{"source", "target"} {
		if !slices.ContainsFunc(it.Parties, func(p record.Party) bool { return p.Role == role && p.State != "" && p.Kind == "state" }) {
			n++
		}
	}
	if len(heldWords(it.From, it.To)) != len("2006-01-02") {
		n++
	}
	return n
}

// accountNote says what an account is that is not an act or agreement read.
func accountNote(a happening.Account) string {
	switch {
	case a.Kind != record.Text:
		return ""
	case a.Span != nil:
		return "told in passing"
	}
	return "the report as a whole is about it; no act was read in it"
}

// happeningView lays a happening out. Heads name reports that are no account of
// it themselves.
func (s *Server) happeningView(h happening.Happening, heads []record.Head) *happeningView {
	v := &happeningView{Happening: h, Title: strings.ToLower(cmp.Or(h.Type, "act"))}
	if len(h.Parties) > 0 {
		v.Title = strings.Join(h.Parties, ", ") + ": " + v.Title
	}
	named := map[string]reportLink{}
	for _, head := range heads {
		named[head.Hash] = linkTo(head)
	}
	for _, a := range h.Accounts {
		named[a.Report.Hash] = linkTo(a.Report)
		i := slices.IndexFunc(v.Tellers, func(t tellerView) bool { return t.Report.Hash == a.Report.Hash })
		if i < 0 {
			i, v.Tellers = len(v.Tellers), append(v.Tellers, tellerView{Report: a.Report})
		}
		x := accountView{itemOf(a.Item), a.Whose, accountNote(a)}
		// One sentence may hold two acts that are accounts of one.
		if !slices.ContainsFunc(v.Tellers[i].Accounts, func(y accountView) bool {
			return x.Words == y.Words && x.Whose == y.Whose && x.Status == y.Status && x.Note == y.Note && x.Held() == y.Held()
		}) {
			v.Tellers[i].Accounts = append(v.Tellers[i].Accounts, x)
		}
	}
	link := func(hash string) reportLink {
		if l, ok := named[hash]; ok {
			return l
		}
		return reportLink{"/record/" + url.PathEscape(hash), short(hash)}
	}
	links := func(hashes []string) []reportLink {
		out := make([]reportLink, len(hashes))
		for i, hash := range hashes {
			out[i] = link(hash)
		}
		return out
	}
	for _, d := range h.Differences {
		x := differenceView{Kind: d.Kind, What: d.What}
		for _, value := range d.Values {
			x.Values = append(x.Values, valueView{value.Says, links(value.Reports)})
		}
		v.Differences = append(v.Differences, x)
	}
	v.Only = onlyViews(h.Only, link)
	for _, c := range h.Copies {
		v.Copies = append(v.Copies, links(c))
		for i := range v.Tellers {
			if slices.Contains(c[1:], v.Tellers[i].Report.Hash) {
				v.Tellers[i].CopyOf = link(c[0]).Name
			}
		}
	}
	return v
}

func onlyViews(list []happening.Only, link func(string) reportLink) (out []onlyView) {
	for _, o := range list {
		l := link(o.Report)
		i := slices.IndexFunc(out, func(v onlyView) bool { return v.Report == l })
		if i < 0 {
			i, out = len(out), append(out, onlyView{Report: l})
		}
		at := l.Href + "#" + url.PathEscape(o.ID)
		if o.Kind == "person" {
			out[i].Persons = append(out[i].Persons, reportLink{at, o.Says})
			continue
		}
		out[i].Says = append(out[i].Says, saysView{o.Kind, o.Says, at})
	}
	return out
}

type othersView struct {
	Report reportLink
	Title  string
	List   []otherView
	Left   int // acts that were not looked for
}

// othersPage shows which acts and agreements of a kept report other reports tell
// as well.
func (s *Server) othersPage(w http.ResponseWriter, r *http.Request) {
	st := s.stored(w, r)
	if st == nil {
		return
	}
	var ids []string
	for _, a := range st.Document.Acts {
		ids = append(ids, a.ID)
	}
	for _, a := range st.Document.Agreements {
		ids = append(ids, a.ID)
	}
	const asked = 12 // each costs a search
	v := othersView{Report: linkTo(st.Head), Title: cmp.Or(st.Title, st.ID), Left: max(0, len(ids)-asked)}
	seen := map[string]bool{}
	for _, id := range ids[:min(asked, len(ids))] {
		h, err := s.accounts(r.Context(), st.Hash+"#"+id, nil)
		if errors.Is(err, happening.ErrNoAct) {
			continue
		}
		if err != nil {
			s.fail(w, r, err)
			return
		}
		if h.Reports < 2 || seen[h.ID] {
			continue
		}
		seen[h.ID] = true
		x := s.happeningView(h, nil)
		o := otherView{Title: x.Title, Href: "/happening/" + st.Hash + "/" + url.PathEscape(id), Differences: len(h.Differences), Witnesses: h.Witnesses}
		for _, t := range x.Tellers {
			if t.Report.Hash != st.Hash {
				o.Reports = append(o.Reports, linkTo(t.Report))
			}
		}
		v.List = append(v.List, o)
	}
	s.show(w, r, http.StatusOK, "Who else reports it: "+v.Title, "others", v)
}

// otherView is an act of a report that others tell.
type otherView struct {
	Title, Href            string
	Witnesses, Differences int
	Reports                []reportLink
}
