package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/evidence"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/treaty"
	"github.com/casus-foederis/casus/why"
)

// inquiry is a question with its answers and what the record gave for them.
type inquiry struct {
	duty.Reply
	given duty.Record    // what was evaluated
	found evidence.Found // of it, what reports tell
}

// answer evaluates the question that a query asks: about an act of the record if
// it names one (act=HASH#ID), with what the record holds as evidence if it says
// so (acts=record). Errors are of the asker (*duty.BadQuestion, *Problem) or of
// the program.
func (s *Server) answer(ctx context.Context, q url.Values) (inquiry, error) {
	question, err := s.question(q)
	if err != nil {
		return inquiry{}, err
	}
	c := s.corpus()
	out := inquiry{given: s.past}
	if fromRecord(q) {
		if out.found, err = s.evidence(ctx, c, q, &question); err != nil {
			return inquiry{}, err
		}
		out.given.Acts = slices.Concat(out.found.Acts, s.past.Acts)
		out.given.Facts = slices.Concat(s.past.Facts, out.found.Facts)
	}
	out.Reply, err = duty.Answers(c, out.given, question)
	return out, err
}

// fromRecord reports whether the answer to a query rests on the record of reports.
func fromRecord(q url.Values) bool { return q.Get("act") != "" || q.Get("acts") != "" }

// evidence finds what the record has for a question, and fills the question from
// the act that it is about.
func (s *Server) evidence(ctx context.Context, c *treaty.Corpus, q url.Values, question *duty.Question) (found evidence.Found, err error) {
	if s.store == nil {
		return found, &duty.BadQuestion{Message: "this server has no record", Hint: "start it with casus serve --store FILE"}
	}
	err = s.turns.inTurn(ctx, func() error {
		if ref := q.Get("act"); ref != "" {
			*question, found, err = evidence.Ask(ctx, s.store, c, ref, *question)
			if err != nil {
				return badAct(err)
			}
		}
		if q.Get("acts") != "" {
			more, err := evidence.About(ctx, s.store, c, *question)
			if err != nil {
				return err
			}
			found.Add(more)
		}
		return nil
	})
	return found, err
}

// badAct turns an error about an act into one of the asker, whose hint speaks of
// addresses and not of flags.
func badAct(err error) error {
	var m *evidence.Mistake
	switch {
	case errors.As(err, &m):
		return &duty.BadQuestion{Message: m.Error(), Hint: flagless.Replace(m.Hint)}
	case errors.Is(err, record.ErrNotFound), errors.Is(err, record.ErrAmbiguous):
		return &duty.BadQuestion{Message: "ask about an act: " + err.Error(), Hint: "an act is HASH#ID, as search finds it; in an address # is written %23"}
	}
	return err
}

var flagless = strings.NewReplacer("name the attacker with --by CODE", "name the attacker (by)", "name the attacked with --attacks CODE", "name the attacked (attacks)", "name one with --attacks", "name one as the attacked (attacks)",
	"name the day with --on", "name the day (on)", "a later --known", "a later known day", "leave --attacks away, or ask without --act", "leave the attacked away, or ask without the act",
	"casus record search prints it", "search finds it", "casus record search --kind act --type ASSAULT finds uses of force", "search for acts of the type ASSAULT finds uses of force",
	"casus record judged, casus record undo", "the act's page lists it", "casus record show", "the page of the report", "--format json lists its acts", "lists its acts")

// askAct is where the question stands whether anybody is bound by an act.
func askAct(ref string) string { return "/?act=" + url.QueryEscape(ref) }

// restView is an act of the record that answers rest on.
type restView struct {
	ID, What, On, By, Denied string
	Alleged, About           bool // About: the question is about it
	Reports                  []toldView
}

type toldView struct {
	reportLink
	Act    string // the page of the act
	Joined string
	Copy   bool
}

// rests lists the acts that reports gave, that which is asked about first.
func rests(in inquiry, n namer) []restView {
	var out []restView
	for _, a := range in.found.Acts {
		v := restView{ID: a.ID, What: n.name(a.Actor) + " → " + n.name(a.Target) + ": " + a.Kind, On: a.From.String(), By: n.spell(a.By), Denied: n.spell(a.DeniedBy), Alleged: a.Alleged, About: a.ID == in.Question.Act}
		for _, t := range in.found.Told {
			if t.Act != a.ID {
				continue
			}
			hash, id, _ := strings.Cut(t.Ref, "#")
			l := linkTo(record.Head{Hash: hash, Outlet: t.Outlet, Title: t.Title, Published: t.Published, ID: short(hash)})
			l.Href += "#" + url.PathEscape(id)
			v.Reports = append(v.Reports, toldView{l, "/happening/" + url.PathEscape(hash) + "/" + url.PathEscape(id), t.Joined, t.Copy})
		}
		out = append(out, v)
	}
	slices.SortStableFunc(out, func(a, b restView) int {
		switch {
		case a.About == b.About:
			return 0
		case a.About:
			return -1
		}
		return 1
	})
	return out
}

// restsOn reports whether a derivation has one of the acts as a leaf.
func restsOn(n *why.Node, acts map[string]bool) bool {
	return n != nil && (acts[n.Ref] || slices.ContainsFunc(n.From, func(from *why.Node) bool { return restsOn(from, acts) }))
}

// refuse answers a question that could not be evaluated.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	var bad *duty.BadQuestion
	var own *Problem
	switch {
	case errors.As(err, &bad):
		s.wrong(w, r, http.StatusUnprocessableEntity, bad.Message, bad.Hint)
	case errors.As(err, &own):
		s.wrong(w, r, own.Status, own.Detail, own.Hint)
	default:
		s.fail(w, r, err)
	}
}

// needed is the error of a question without its main parts.
func needed(q duty.Question) error {
	if len(q.By) > 0 && q.Attacks != "" {
		return nil
	}
	return &duty.BadQuestion{Message: fmt.Sprintf("ask who is bound: the %s is not named", map[bool]string{true: "attacked state (attacks)", false: "attacker (by)"}[len(q.By) > 0]),
		Hint: "name the attacker and the attacked, or an act of the record (act=HASH#ID)"}
}
