package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
)

type stateLine struct {
	Code, Name string
	Count      int
}

// statesPage lists the states that are party to an instrument.
func (s *Server) statesPage(w http.ResponseWriter, r *http.Request) {
	var list []stateLine
	corpus := s.corpus()
	for _, c := range s.states {
		n := 0
		for _, in := range corpus.Instruments {
			if in.Has(c.Code) {
				n++
			}
		}
		if n > 0 {
			list = append(list, stateLine{c.Code, c.Name, n})
		}
	}
	s.show(w, r, http.StatusOK, "States", "states", list)
}

type stateView struct {
	Code, Name, Holders string
	On                  day.Day
	Owes, Owed          []commitmentView
	Instruments         []instrumentSpan
}

// commitmentView is one provision with all whom it concerns beside the state.
type commitmentView struct {
	Kind, Does, Others, Provision string
	Caution                       string
}

type instrumentSpan struct{ ID, Title, When string }

// statePage shows what a state owes and is owed on a day.
func (s *Server) statePage(w http.ResponseWriter, r *http.Request) {
	state, ok := s.world.State(r.PathValue("code"))
	if !ok {
		s.wrong(w, r, http.StatusNotFound, "There is no state with the code "+r.PathValue("code")+".", "The list of states has them all.")
		return
	}
	on := s.today()
	if q := r.URL.Query().Get("on"); q != "" {
		d, err := day.Parse(q)
		if err != nil {
			s.wrong(w, r, http.StatusUnprocessableEntity, err.Error(), "Days are written like 2025-01-10.")
			return
		}
		on = d
	}
	corpus := s.corpus()
	v := stateView{Code: state.ID, Name: corpus.Names.Name(state.ID, on), On: on}
	v.Holders = s.leaders(state.ID, on)
	list := duty.Commitments(corpus, state.ID, on, nil)
	v.Owes = s.commitments(list, on, func(c duty.Commitment) (string, bool) { return c.To, c.Bearer == state.ID })
	v.Owed = s.commitments(list, on, func(c duty.Commitment) (string, bool) { return c.Bearer, c.To == state.ID })
	for _, in := range corpus.Instruments {
		for _, m := range in.Members() {
			if m.State == state.ID {
				v.Instruments = append(v.Instruments, instrumentSpan{in.ID, in.Title, m.Span.String()})
			}
		}
	}
	s.show(w, r, http.StatusOK, v.Name, "state", v)
}

// headings name the ways of heading a state; power is whoever rules in fact.
var headings = map[string]string{"head-of-state": "head of state", "head-of-government": "head of government", "head-of-power": "leader"}

// leaders names who headed the state on a day, each person once.
func (s *Server) leaders(state string, on day.Day) string {
	var named, lines []string
	for _, role := range []string{"head-of-state", "head-of-government", "head-of-power"} {
		t, certain := s.world.Holder(state, role, on)
		if t.Person == nil || slices.Contains(named, t.Person.Name) {
			continue
		}
		named = append(named, t.Person.Name)
		line := headings[role] + ": " + t.Person.Name
		if certain != day.Yes {
			line += " (as far as is known)"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "; ")
}

// commitments joins the lines of one provision, in the order of the list.
func (s *Server) commitments(list []duty.Commitment, on day.Day, pick func(duty.Commitment) (other string, ok bool)) []commitmentView {
	var out []commitmentView
	at := map[string]int{}
	var others [][]string
	for _, c := range list {
		other, ok := pick(c)
		if !ok {
			continue
		}
		i, seen := at[c.Provision]
		if !seen {
			i = len(out)
			at[c.Provision] = i
			v := commitmentView{Kind: c.Kind, Does: c.Does, Provision: c.Provision}
			if len(c.Taints) > 0 {
				v.Caution = c.Taints[0]
			}
			out, others = append(out, v), append(others, nil)
		}
		if name := s.nameOf(other, on); !slices.Contains(others[i], name) {
			others[i] = append(others[i], name)
		}
	}
	for i := range out {
		const most = 12
		out[i].Others = strings.Join(others[i][:min(most, len(others[i]))], ", ")
		if n := len(others[i]) - most; n > 0 {
			out[i].Others += fmt.Sprintf(" and %d more", n)
		}
	}
	return out
}

func (s *Server) nameOf(code string, on day.Day) string {
	if code == duty.Everybody || code == "" {
		return "every state"
	}
	return s.corpus().Names.Name(code, on)
}
