package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/web/guard"
)

// judging is what people said of what a page is about, and whether the reader
// may say more.
type judging struct {
	Standing, Undone []judgementView
	May              bool
	Who              string // empty if whoever judges has to give a name
	Problem          *problem
}

// judgementView is what somebody said at one stroke: of an act, perhaps of many
// pairs of its accounts.
type judgementView struct {
	record.Judgement
	Numbers string // joined by commas
	Others  []reportLink
}

// judgements lays judgements out, those of one stroke together. other names what
// one is about besides the page's own subject.
func judgements(r *http.Request, list []record.Judgement, other func(record.Judgement) []reportLink) judging {
	caller := guard.CallerOf(r.Context())
	v := judging{May: caller.May(guard.Review), Who: caller.Name}
	seen := map[int64]bool{}
	for _, j := range list {
		if seen[j.Number] {
			continue
		}
		seen[j.Number] = true
		into := &v.Standing
		if j.Undone != "" {
			into = &v.Undone
		}
		i := slices.IndexFunc(*into, func(x judgementView) bool {
			return x.Who == j.Who && x.Made == j.Made && x.Same == j.Same && x.Undone == j.Undone && x.Undoer == j.Undoer && x.Kind == j.Kind
		})
		if i < 0 {
			i, *into = len(*into), append(*into, judgementView{Judgement: j})
		}
		x := &(*into)[i]
		x.Numbers = strings.TrimPrefix(x.Numbers+","+strconv.FormatInt(j.Number, 10), ",")
		for _, l := range other(j) {
			if !slices.Contains(x.Others, l) {
				x.Others = append(x.Others, l)
			}
		}
	}
	return v
}

// now is the time of a judgement.
func (s *Server) stamp() string { return s.now().UTC().Format(time.RFC3339) }

// errMisjudged says what a judgement lacks.
type misjudged struct{ what string }

func (m misjudged) Error() string { return m.what }

// takeBack undoes judgements of a page by their numbers. They stay in the record
// with who took them back and when.
func (s *Server) takeBack(ctx context.Context, v judging, numbers, who string) error {
	if who == "" {
		return misjudged{"Taking a judgement back needs your name."}
	}
	if !slices.ContainsFunc(v.Standing, func(j judgementView) bool { return j.Numbers == numbers }) {
		return misjudged{"That judgement does not stand here; perhaps somebody took it back already."}
	}
	for n := range strings.SplitSeq(numbers, ",") {
		number, err := strconv.ParseInt(n, 10, 64)
		if err != nil {
			return err
		}
		if err := s.store.Undo(ctx, number, who, s.stamp()); err != nil {
			return err
		}
	}
	return nil
}

// actGiven finds the act or agreement that somebody named by its ref, or by the
// address of a page about it.
func (s *Server) actGiven(ctx context.Context, given string) (string, error) {
	given = strings.TrimSpace(given)
	if u, err := url.Parse(given); err == nil && strings.Contains(u.Path, "/") {
		given = strings.TrimPrefix(u.Path[strings.LastIndex(u.Path, "/")+1:], "/") + "#" + u.Fragment
		if parts := strings.Split(strings.Trim(u.Path, "/"), "/"); len(parts) == 3 && parts[0] == "happening" {
			given = parts[1] + "#" + parts[2]
		}
	}
	key, id, ok := strings.Cut(given, "#")
	if !ok || id == "" {
		return "", misjudged{"The other act is named by the address of its page, or as HASH#ID."}
	}
	st, err := s.store.Report(ctx, key)
	if errors.Is(err, record.ErrNotFound) || errors.Is(err, record.ErrAmbiguous) {
		return "", misjudged{"The other act: " + err.Error() + "."}
	}
	if err != nil {
		return "", err
	}
	if !slices.ContainsFunc(st.Document.Acts, func(a reading.Act) bool { return a.ID == id }) && !slices.ContainsFunc(st.Document.Agreements, func(a reading.Agreement) bool { return a.ID == id }) {
		return "", misjudged{fmt.Sprintf("The report %s has no act %s.", short(st.Hash), id)}
	}
	return st.Hash + "#" + id, nil
}

// judge takes a person's word on an act from its page: that what one report tells
// is another act, that another act is the same, or that a judgement was wrong.
func (s *Server) judge(w http.ResponseWriter, r *http.Request) {
	if !s.form(w, r) {
		return
	}
	v := s.happeningOf(w, r)
	if v == nil {
		return
	}
	who := cmp.Or(v.Who, strings.TrimSpace(r.PostFormValue("who")))
	err := s.judged(r, v, who)
	var m misjudged
	switch {
	case errors.As(err, &m):
		v.Problem = &problem{m.what, "Nothing was judged."}
		s.show(w, r, http.StatusUnprocessableEntity, v.Title, "happening", v)
	case err != nil:
		s.fail(w, r, err)
	default:
		http.Redirect(w, r, r.URL.Path, http.StatusSeeOther)
	}
}

func (s *Server) judged(r *http.Request, v *happeningView, who string) error {
	ctx, made := r.Context(), s.stamp()
	word := record.Judgement{Kind: "act", Who: who, Why: strings.TrimSpace(r.PostFormValue("why")), Made: made}
	if n := r.PostFormValue("undo"); n != "" {
		return s.takeBack(ctx, v.judging, n, who)
	}
	if who == "" {
		return misjudged{"A judgement needs your name."}
	}
	if given := r.PostFormValue("same"); given != "" {
		var err error
		if word.B, err = s.actGiven(ctx, given); err != nil {
			return err
		}
		if word.A = v.Accounts[0].Ref; word.A == word.B {
			return misjudged{"That is this act itself."}
		}
		word.Same = true
		_, err = s.store.Judge(ctx, word)
		return err
	}
	// Each account of the report is judged against each of the others, because an
	// act and the agreement that it made are accounts of their own.
	i := slices.IndexFunc(v.Tellers, func(t tellerView) bool { return t.Report.Hash == r.PostFormValue("report") })
	if i < 0 {
		return misjudged{"A judgement needs one of the reports, or another act."}
	}
	for j, t := range v.Tellers {
		if j == i {
			continue
		}
		for _, a := range v.Tellers[i].Accounts {
			for _, b := range t.Accounts {
				word.A, word.B = a.Ref, b.Ref
				if _, err := s.store.Judge(ctx, word); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// judgePerson takes a person's word that another name is the same person's, or
// is not, or that such a judgement was wrong.
func (s *Server) judgePerson(w http.ResponseWriter, r *http.Request) {
	if !s.hasRecord(w, r) {
		return
	}
	if !s.form(w, r) {
		return
	}
	name := r.PathValue("name")
	list, err := s.store.Judgements(r.Context(), name)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	v := judgements(r, list, func(record.Judgement) []reportLink { return nil })
	who, other := cmp.Or(v.Who, strings.TrimSpace(r.PostFormValue("who"))), strings.TrimSpace(r.PostFormValue("other"))
	switch n := r.PostFormValue("undo"); {
	case n != "":
		err = s.takeBack(r.Context(), v, n, who)
	case who == "" || other == "" || other == name:
		err = misjudged{"A judgement needs your name and another person's name as reports have it."}
	default:
		_, err = s.store.Judge(r.Context(), record.Judgement{Kind: "person", A: name, B: other, Same: r.PostFormValue("do") != "differ", Who: who, Why: strings.TrimSpace(r.PostFormValue("why")), Made: s.stamp()})
	}
	var m misjudged
	switch {
	case errors.As(err, &m):
		s.wrong(w, r, http.StatusUnprocessableEntity, m.what, "Nothing was judged. Go back to the page and complete the form.")
	case err != nil:
		s.fail(w, r, err)
	default:
		http.Redirect(w, r, r.URL.Path, http.StatusSeeOther)
	}
}
