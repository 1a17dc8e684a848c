package web

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/treaty"
	"github.com/casus-foederis/casus/why"
)

type statesView struct {
	Filter string
	States []stateLine
}

type stateLine struct {
	Code, Name, Life string
	Count            int
}

// statesPage lists the states that are party to an instrument.
func (s *Server) statesPage(w http.ResponseWriter, r *http.Request) {
	v := statesView{Filter: strings.TrimSpace(r.URL.Query().Get("q"))}
	corpus := s.corpus()
	code := s.code(v.Filter)
	party := map[string]int{}
	for _, in := range corpus.Instruments {
		seen := map[string]bool{}
		for _, p := range in.Parties {
			if !seen[p.ID] {
				seen[p.ID] = true
				party[p.ID]++
			}
		}
	}
	for _, c := range s.states {
		if v.Filter != "" && c.Code != code && !strings.Contains(strings.ToLower(c.Name), strings.ToLower(v.Filter)) {
			continue
		}
		if n := party[c.Code]; n > 0 {
			v.States = append(v.States, stateLine{c.Code, c.Name, s.lives(c.Code), n})
		}
	}
	s.show(w, r, http.StatusOK, "States", "states", v)
}

// lives says when a state existed; empty if it has all along or if that is open.
func (s *Server) lives(code string) string {
	st, ok := s.world.State(code)
	if !ok {
		return ""
	}
	var out []string
	for _, l := range st.Lives {
		from, known := l.From.Day()
		if l.To.Kind == day.BoundNone && (!known || from.Year() <= firstYear) {
			continue
		}
		out = append(out, spanWords(l))
	}
	return strings.Join(out, ", ")
}

// firstYear is the one from which the tables know states.
const firstYear = 1816

type stateView struct {
	Code, Name, Life   string
	On                 day.Day
	Heads              []holderView
	Strip              *strip
	Owed               []kindView // by it and to it
	Statements, Acts   listView
	Speakers           []record.Named
	Earlier, Later     string // the same page ten years before and after
	Existed, HasRecord bool
}

type holderView struct{ Office, Name, Href, Note string }

// kindView is what is owed of one kind.
type kindView struct {
	Kind   string
	Folded bool
	List   []commitmentView
}

// commitmentView is one provision with all whom it concerns beside the state.
type commitmentView struct {
	Sign, Way               string // owes, is owed, or both
	Does, Others, Provision string
	Caution                 string
}

// statePage shows what a state owes and is owed on a day and through time, and
// what the record holds of it.
func (s *Server) statePage(w http.ResponseWriter, r *http.Request) {
	code, _ := s.world.Code(r.PathValue("code"))
	state, ok := s.world.State(code)
	if !ok {
		hint := "The list of states has them all."
		if near := s.world.Suggest(r.PathValue("code")); near != "" {
			hint = "Did you mean " + near + "?"
		}
		s.wrong(w, r, http.StatusNotFound, "There is no state with the code "+r.PathValue("code")+".", hint)
		return
	}
	if code != r.PathValue("code") { // one state, one address
		target := "/state/" + url.PathEscape(code)
		if r.URL.RawQuery != "" {
			target += "?" + r.URL.RawQuery
		}
		http.Redirect(w, r, target, http.StatusMovedPermanently)
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
	v := stateView{Code: state.ID, Name: corpus.Names.Name(state.ID, on), On: on, Life: s.lives(state.ID), HasRecord: s.store != nil,
		Existed: corpus.Names.Exists(state.ID, on) != day.No, Heads: s.heads(state.ID, on), Strip: s.stateStrip(corpus, state.ID, on)}
	const step = 120
	v.Earlier, v.Later = on.AddMonths(-step).String(), on.AddMonths(step).String()
	list := duty.Commitments(corpus, state.ID, on, nil)
	v.Owed = joined(
		s.commitments(list, on, func(c duty.Commitment) (string, bool) { return c.To, c.Bearer == state.ID }),
		s.commitments(list, on, func(c duty.Commitment) (string, bool) { return c.Bearer, c.To == state.ID }))
	if err := s.stateInRecord(r.Context(), &v); err != nil {
		s.fail(w, r, err)
		return
	}
	s.show(w, r, http.StatusOK, v.Name, "state", v)
}

// stateInRecord adds what reports say of the state and in its name.
func (s *Server) stateInRecord(ctx context.Context, v *stateView) (err error) {
	if s.store == nil {
		return nil
	}
	statements := record.Query{State: v.Code, Role: "speaker", Kinds: []record.Kind{record.Statement}}
	if v.Statements, err = s.latest(ctx, statements, url.Values{"state": {v.Code}, "role": {"speaker"}, "kind": {"statement"}}); err != nil {
		return err
	}
	acts := record.Query{State: v.Code, Kinds: []record.Kind{record.Act}}
	if v.Acts, err = s.latest(ctx, acts, url.Values{"state": {v.Code}, "kind": {"act"}}); err != nil {
		return err
	}
	const speakers = 12
	if v.Speakers, err = s.store.Names(ctx, record.NameQuery{Role: "speaker", Kind: "person", State: v.Code, Limit: speakers}); err != nil {
		return err
	}
	return nil
}

// headings name the ways of heading a state; power is whoever rules in fact.
var headings = map[string]string{"head-of-state": "head of state", "head-of-government": "head of government", "head-of-power": "leader"}

// heads lists who headed the state on a day, each person once.
func (s *Server) heads(state string, on day.Day) []holderView {
	var out []holderView
	for _, role := range []string{"head-of-state", "head-of-government", "head-of-power"} {
		t, certain := s.world.Holder(state, role, on)
		if t.Person == nil || slices.ContainsFunc(out, func(h holderView) bool { return h.Name == t.Person.Name }) {
			continue
		}
		h := holderView{Office: headings[role], Name: t.Person.Name, Href: personPath(t.Person.Name)}
		if certain != day.Yes {
			h.Note = "as far as is known"
		}
		out = append(out, h)
	}
	return out
}

// commitments joins the lines of one provision and groups them by kind, in the
// order of the list.
func (s *Server) commitments(list []duty.Commitment, on day.Day, pick func(duty.Commitment) (other string, ok bool)) []kindView {
	var out []kindView
	at := map[string]*commitmentView{}
	others := map[string][]string{}
	for _, c := range list {
		other, ok := pick(c)
		if !ok {
			continue
		}
		if len(out) == 0 || out[len(out)-1].Kind != c.Kind {
			out = append(out, kindView{Kind: c.Kind})
		}
		k := &out[len(out)-1]
		key := c.Kind + " " + c.Provision
		if at[key] == nil {
			at[key] = &commitmentView{} // only marks that it was seen
			v := commitmentView{Does: c.Does, Provision: c.Provision}
			if len(c.Taints) > 0 {
				v.Caution = c.Taints[0]
			}
			if c.InForce != why.Met {
				v.Caution = strings.TrimSuffix("in force: "+c.InForce.String()+"; "+v.Caution, "; ")
			}
			if c.Rests != "" {
				v.Caution = strings.TrimSuffix(c.Rests+"; "+v.Caution, "; ")
			}
			k.List = append(k.List, v)
		}
		if name := s.nameOf(other, on); !slices.Contains(others[key], name) {
			others[key] = append(others[key], name)
		}
	}
	for i := range out {
		for j := range out[i].List {
			const most = 12
			names := others[out[i].Kind+" "+out[i].List[j].Provision]
			out[i].List[j].Others = strings.Join(names[:min(most, len(names))], ", ")
			if n := len(names) - most; n > 0 {
				out[i].List[j].Others += fmt.Sprintf(" and %d more", n)
			}
		}
	}
	return out
}

// joined puts what is owed by a state and what is owed to it into one list, where
// a promise that both give each other stands once.
func joined(owes, owed []kindView) []kindView {
	var out []kindView
	for _, kind := range duty.Obligations {
		k := kindView{Kind: kind, Folded: kind == "nonaggression" || kind == "other"}
		other := listOf(owed, kind)
		for _, x := range listOf(owes, kind) {
			x.Sign, x.Way = "→", "owes"
			i := slices.IndexFunc(other, func(y commitmentView) bool { return y.Provision == x.Provision && y.Others == x.Others })
			if i >= 0 {
				x.Sign, x.Way = "⇄", "owes and is owed"
				other = slices.Delete(slices.Clone(other), i, i+1)
			}
			k.List = append(k.List, x)
		}
		for _, x := range other {
			x.Sign, x.Way = "←", "is owed"
			k.List = append(k.List, x)
		}
		if len(k.List) > 0 {
			out = append(out, k)
		}
	}
	return out
}

func listOf(kinds []kindView, kind string) []commitmentView {
	for _, k := range kinds {
		if k.Kind == kind {
			return k.List
		}
	}
	return nil
}

func (s *Server) nameOf(code string, on day.Day) string {
	if code == duty.Everybody || code == "" {
		return "every state"
	}
	return s.corpus().Names.Name(code, on)
}

// promise is a stretch in which a state was party to an instrument, with the
// strongest kinds of what it owed and was owed when the stretch began.
type promise struct {
	in         *treaty.Instrument
	member     treaty.Member
	from       day.Day
	owes, owed string
}

// promises lists the memberships of a state, the earliest first.
func (s *Server) promises(c *treaty.Corpus, state string) []promise {
	list, _ := s.promised.get(c.Hash+state, func() (out []promise, err error) { // it never fails
		byDay := map[day.Day][]duty.Commitment{}
		for _, in := range c.Instruments {
			for _, m := range in.MembersOf(state) {
				p := promise{in: in, member: m}
				p.from, _ = edge(m.Span.From, newYear(firstYear))
				list, ok := byDay[p.from]
				if !ok {
					list = duty.Commitments(c, state, p.from, nil)
					byDay[p.from] = list
				}
				for _, x := range list { // strongest kinds come first
					if id, _, _ := strings.Cut(x.Provision, "/"); id != in.ID {
						continue
					}
					if x.Bearer == state && p.owes == "" {
						p.owes = x.Kind
					}
					if x.To == state && p.owed == "" {
						p.owed = x.Kind
					}
				}
				out = append(out, p)
			}
		}
		slices.SortStableFunc(out, func(a, b promise) int { return cmp.Compare(a.from, b.from) })
		return out, nil
	})
	return list
}

// stateStrip draws what a state owed (upper half of a bar) and was owed (lower
// half) through time, instrument by instrument.
func (s *Server) stateStrip(c *treaty.Corpus, state string, on day.Day) *strip {
	list := s.promises(c, state)
	if len(list) == 0 {
		return nil
	}
	today := s.today()
	v := newStrip("Owed by it (upper half of each bar) and owed to it (lower half)", min(list[0].from, on)-400, today+200, &on)
	type row struct {
		p     []promise
		words []string
	}
	var order []string
	rows := map[string]*row{}
	for _, p := range list {
		r := rows[p.in.ID]
		if r == nil {
			r = &row{}
			rows[p.in.ID], order = r, append(order, p.in.ID)
		}
		r.p = append(r.p, p)
		r.words = append(r.words, fmt.Sprintf("owes %s, is owed %s, %s", cmp.Or(p.owes, "nothing of weight"), cmp.Or(p.owed, "nothing of weight"), spanWords(p.member.Span)))
	}
	for _, id := range order {
		r := rows[id]
		var bars []bar
		for i, p := range r.p {
			to, exact := edge(p.member.Span.To, today)
			b := bar{from: p.from, to: to, vague: !exact || p.member.Needs != "" || p.member.Denied != nil, title: r.p[0].in.Title + ": " + r.words[i]}
			for band, kind := range map[int]string{1: p.owes, 2: p.owed} {
				b.band, b.class = band, kind
				bars = append(bars, b)
			}
		}
		slices.SortFunc(bars, func(a, b bar) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.band, b.band)) })
		v.add(r.p[0].in.Title, "/instrument/"+url.PathEscape(id), "", strings.Join(r.words, "; "), bars, nil)
	}
	return v
}
