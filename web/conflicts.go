package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/treaty"
)

type conflictsView struct {
	On, State, Instrument string
	Problem               *problem
	List                  []collisionView
	Groups                []collisionGroup
}

// collisionGroup is the conflicts of one state.
type collisionGroup struct {
	Name string
	Open bool
	List []collisionView
}

// collisionView is a pair of duties of one state, with the attacks that would
// bring them against each other.
type collisionView struct {
	Name, Code string
	Attacks    string
	duty.Conflict
}

// conflicts lists the duties of a day that cannot both be performed.
func (s *Server) conflicts(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	v := conflictsView{On: q.Get("on"), State: strings.TrimSpace(q.Get("state")), Instrument: q.Get("instrument")}
	if v.On == "" {
		v.On = s.today().String()
	}
	d, err := day.Parse(v.On)
	if err != nil {
		v.Problem = &problem{err.Error(), "Days are written like 2025-01-10."}
		s.show(w, r, http.StatusUnprocessableEntity, "Conflicts of duties", "conflicts", v)
		return
	}
	all, err := s.collisions(r.Context(), s.corpus(), d)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	code := s.code(v.State)
	v.List = s.collisionViews(all, d, func(x duty.Collision) bool {
		return (code == "" || x.Bearer == code) &&
			(v.Instrument == "" || strings.HasPrefix(x.First, v.Instrument+"/") || strings.HasPrefix(x.Second, v.Instrument+"/"))
	})
	const readable = 20 // as many stand open
	for _, x := range v.List {
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Name != x.Name {
			v.Groups = append(v.Groups, collisionGroup{Name: x.Name, Open: len(v.List) <= readable})
		}
		g := &v.Groups[len(v.Groups)-1]
		g.List = append(g.List, x)
	}
	slices.SortStableFunc(v.Groups, func(a, b collisionGroup) int { return strings.Compare(a.Name, b.Name) })
	s.show(w, r, http.StatusOK, "Conflicts of duties", "conflicts", v)
}

// collisions returns the conflicts of a day; they take a while to find.
func (s *Server) collisions(ctx context.Context, c *treaty.Corpus, d day.Day) ([]duty.Collision, error) {
	return s.collided.get(c.Hash+d.String(), func() ([]duty.Collision, error) { return duty.Collisions(ctx, c, s.past, d) })
}

// collisionViews joins the attacks that bring the same two duties of one state
// against each other.
func (s *Server) collisionViews(list []duty.Collision, on day.Day, pick func(duty.Collision) bool) []collisionView {
	var out []collisionView
	var attacks [][]string
	n := namer{s, on}
	for _, x := range list {
		if !pick(x) {
			continue
		}
		last := len(out) - 1
		if last < 0 || out[last].Bearer != x.Bearer || out[last].First != x.First || out[last].Second != x.Second {
			x.Says, x.Rule = n.spell(x.Says), n.spell(x.Rule)
			out, attacks = append(out, collisionView{Name: s.nameOf(x.Bearer, on), Code: x.Bearer, Conflict: x.Conflict}), append(attacks, nil)
			last++
		}
		if x.Attacker != "" {
			attacks[last] = append(attacks[last], s.nameOf(x.Attacker, on)+" attacks "+s.nameOf(x.Attacked, on))
		}
	}
	for i := range out {
		const most = 4
		out[i].Attacks = strings.Join(attacks[i][:min(most, len(attacks[i]))], "; ")
		if more := len(attacks[i]) - most; more > 0 {
			out[i].Attacks += fmt.Sprintf("; and %d more attacks", more)
		}
	}
	return out
}
