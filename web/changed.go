package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/treaty"
)

type changedView struct {
	In    *treaty.Instrument
	Day   *day.Day // nil: not known to the day
	Lines []effectLine
}

// effectLine is one kind of change with all the pairs of states that it concerns.
type effectLine struct{ What, Kind, Pairs string }

// changed shows what an instrument's entry into force changed between its
// parties, against the day before.
func (s *Server) changed(w http.ResponseWriter, r *http.Request) {
	corpus, in := s.named(w, r)
	if in == nil {
		return
	}
	v := changedView{In: in}
	if d, ok := duty.Entry(in); ok {
		v.Day = &d
		v.Lines, _ = s.effects.get(corpus.Hash+in.ID, func() ([]effectLine, error) { // it never fails
			return effectLines(duty.Effect(corpus, in, d), func(code string) string { return s.nameOf(code, d) }), nil
		})
	}
	s.show(w, r, http.StatusOK, "What it changed: "+in.Title, "changed", v)
}

func effectLines(changes []duty.Change, name func(string) string) (out []effectLine) {
	type key struct{ what, kind string }
	pairs := map[key][]duty.Change{}
	var order []key
	for _, x := range changes {
		k := key{x.What, x.Kind}
		if pairs[k] == nil {
			order = append(order, k)
		}
		pairs[k] = append(pairs[k], x)
	}
	for _, k := range order {
		out = append(out, effectLine{k.what, k.kind, pairWords(pairs[k], name)})
	}
	return out
}

// pairWords lists who is concerned towards whom; where it is each towards each
// other, it says so.
func pairWords(list []duty.Change, name func(string) string) string {
	var states []string
	for _, x := range list {
		for _, code := range []string{x.Bearer, x.To} {
			if !slices.Contains(states, code) {
				states = append(states, code)
			}
		}
	}
	if n := len(states); n > 1 && len(list) == n*(n-1) {
		slices.Sort(states)
		for i := range states {
			states[i] = name(states[i])
		}
		return strings.Join(states, ", ") + ": each towards each other"
	}
	const most = 12
	var out []string
	for _, x := range list[:min(most, len(list))] {
		out = append(out, name(x.Bearer)+" → "+name(x.To))
	}
	if more := len(list) - most; more > 0 {
		out = append(out, fmt.Sprintf("and %d more pairs", more))
	}
	return strings.Join(out, ", ")
}
