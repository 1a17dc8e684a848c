package duty

import (
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/treaty"
	"github.com/casus-foederis/casus/why"
)

// cascade assumes that whoever is bound to assist does so, adds the act that
// this makes, and evaluates it in turn until nothing new follows. There are at
// most as many acts as ordered pairs of states, so it ends.
func (e *evaluator) cascade(first attack) {
	seen := map[[2]string]bool{}
	for _, s := range first.by {
		seen[[2]string{s, first.on}] = true
	}
	for i := 0; i < len(e.rows); i++ {
		r := &e.rows[i]
		if r.Answer != Bound || r.Bearer == Everybody || !r.text.Has("assist") && !r.text.Has("attack") {
			continue
		}
		against := r.attackers
		if slices.Contains(against, r.To) { // it joins the attack of the one to whom it owes
			against = []string{first.on}
		}
		for _, s := range against {
			if s == r.Bearer || strings.HasPrefix(s, "group:") || seen[[2]string{r.Bearer, s}] {
				continue
			}
			seen[[2]string{r.Bearer, s}] = true
			id := fmt.Sprintf("%s joins for %s against %s", r.Bearer, r.To, s)
			e.rec.Acts = append(slices.Clip(e.rec.Acts), Act{ID: id, Kind: "armed attack", Actor: r.Bearer, Target: s,
				From: boundOn(e.day), To: openEnd, Responds: e.rootFor(first)})
			e.evaluate(attack{id: id, by: []string{r.Bearer}, on: s, kind: "armed attack", place: treaty.Home, responds: e.rootFor(first), assumed: true})
		}
	}
}

// rootFor makes sure that the first act stands in the record, dated before
// what is assumed to follow, and returns its id.
func (e *evaluator) rootFor(first attack) string {
	if first.id != "" {
		return first.id
	}
	const id = "the question's act"
	if !slices.ContainsFunc(e.rec.Acts, func(r Act) bool { return r.ID == id }) {
		for _, s := range first.by {
			e.rec.Acts = append(slices.Clip(e.rec.Acts), Act{ID: id, Kind: first.kind, Actor: s, Target: first.on,
				From: boundOn(e.day - 1), To: openEnd, Place: first.place, Responds: first.responds})
		}
	}
	return id
}

// contraryBans adds the rows of norms that bind every state where a bearer of
// a duty meets them: what helps an ally may be banned by the Security Council.
func (e *evaluator) contraryBans(a attack) {
	helpers := map[string][]string{}
	for _, r := range e.rows {
		if (r.Answer == Bound || r.Answer == Open || r.Answer == IsDispute) && r.Bearer != Everybody &&
			(r.text.Has("assist") || r.text.Has("give aid") || r.text.Has("attack")) && !slices.Contains(helpers[r.To], r.Bearer) {
			helpers[r.To] = append(helpers[r.To], r.Bearer)
		}
	}
	for _, in := range e.instruments([]string{a.on}) {
		for _, p := range in.Provisions {
			v, _ := p.In(e.day)
			if v == nil || p.Kind != "ban" || v.When.Event != "" {
				continue
			}
			for _, d := range v.Does {
				if d.Verb != "refuse support" || d.On.Kind != treaty.RoleNamed {
					continue
				}
				for _, target := range d.On.States {
					if target != a.on && !slices.Contains(a.by, target) {
						continue
					}
					for _, x := range helpers[target] {
						e.row(p, &v.Text, a, x, target)
					}
					if v.Bearer.Kind == treaty.RoleAnyState {
						e.row(p, &v.Text, a, Everybody, target)
					}
				}
			}
		}
	}
}

// contraryPacts adds the promises not to use force that stand in the way of
// those who are bound to join, on either side.
//
// Who helps the attacked answers force: the text of an older pact need not
// except that, but from the Charter on such a promise is read with article 51,
// which leaves collective self-defence untouched. Who joins the attacker answers
// nothing, so that every promise stands, the Charter's too.
func (e *evaluator) contraryPacts(a attack) {
	if !usesForce(a.kind) {
		return
	}
	var helpers, joiners []string
	for _, r := range e.rows {
		switch {
		case r.Answer != Bound || r.Bearer == Everybody:
		case r.To == a.on && e.day < charterDay && (r.text.Has("assist") || r.text.Has("attack")):
			helpers = append(helpers, r.Bearer)
		case slices.Contains(a.by, r.To) && r.text.Has("attack"):
			joiners = append(joiners, r.Bearer)
		}
	}
	for _, s := range a.by {
		if !strings.HasPrefix(s, "group:") && len(helpers) > 0 {
			e.bans(sortedSet(helpers), s, a.on, e.rootFor(a))
		}
	}
	e.bans(sortedSet(joiners), a.on, strings.Join(a.by, " and "), "")
}

func sortedSet(list []string) []string {
	slices.Sort(list)
	return slices.Compact(list)
}

// bans adds the standing promises of each of those who join not to use force
// against the one whom they would fight, where they hold.
func (e *evaluator) bans(who []string, against, side, responds string) {
	if len(who) == 0 {
		return
	}
	for _, in := range e.instruments([]string{against}) {
		for _, p := range in.Provisions {
			v, _ := p.In(e.day)
			if v == nil || p.Kind != "ban" || v.When.Event != "" || !v.Has("refrain from force") || responds != "" && v.Bearer.Kind == treaty.RoleAnyState {
				continue
			}
			for _, x := range who {
				if !e.everIn(v.Bearer, p, x) || !e.everIn(v.Owed, p, against) || v.Bearer.Kind != treaty.RoleAnyState && !in.Has(against) {
					continue
				}
				n := len(e.rows)
				act := attack{id: x + " joins for " + side + " against " + against, by: []string{x}, on: against, kind: "armed attack", place: treaty.Home, responds: responds, assumed: true}
				e.row(p, &v.Text, act, x, against)
				if n < len(e.rows) && e.rows[n].Answer == NotBound { // nothing in its way
					e.rows = e.rows[:n]
				}
			}
		}
	}
}

// conflicts finds, for each bearer, answers that cannot both be performed.
func conflicts(c *treaty.Corpus, rows []Answer, a attack) []Conflict {
	var out []Conflict
	by := map[string][]*Answer{}
	var bearers []string
	for i := range rows {
		r := &rows[i]
		if r.Answer == NotBound || r.Answer == Permitted || r.Bearer == Everybody {
			continue
		}
		if by[r.Bearer] == nil {
			bearers = append(bearers, r.Bearer)
		}
		by[r.Bearer] = append(by[r.Bearer], r)
	}
	for _, x := range bearers {
		for i, r := range by[x] {
			for _, s := range by[x][i+1:] {
				says := contrary(r, s)
				if says == "" {
					says = contrary(s, r)
				}
				if says == "" {
					continue
				}
				if r.Answer != Bound || s.Answer != Bound {
					says += " (if both bind: one is " + string(weaker(r.Answer, s.Answer)) + ")"
				}
				out = append(out, Conflict{Bearer: x, First: r.Provision, Second: s.Provision, Says: says, Rule: precedence(r, s)})
			}
		}
	}
	return out
}

func weaker(a, b Result) Result {
	if a == Bound {
		return b
	}
	return a
}

// contrary says why help under r cannot be given while s is kept, or "".
func contrary(r, s *Answer) string {
	helps := r.text.Has("assist") || r.text.Has("attack") || r.text.Has("give aid")
	if !helps {
		return ""
	}
	switch {
	case s.text.Has("refuse support") && (banned(s, r.To) || slices.Contains(s.attackers, r.To)):
		return "help to " + r.To + " against a ban on supporting it"
	case s.text.Has("stay neutral") && s.To == r.To:
		return "help to " + r.To + " against a promise of neutrality"
	case s.text.Has("refrain from force") && (slices.Contains(r.attackers, s.To) || slices.Contains(r.attackers, r.To) && s.Act != r.Act && s.Assumed):
		return "force against " + s.To + ", which it has promised not to attack"
	case (s.text.Has("assist") || s.text.Has("attack")) && slices.Contains(r.attackers, s.To):
		return "help to both sides, " + r.To + " and " + s.To
	}
	return ""
}

func banned(s *Answer, state string) bool {
	for _, d := range s.text.Does {
		if d.Verb == "refuse support" && slices.Contains(d.On.States, state) {
			return true
		}
	}
	return false
}

// precedence names the rule of precedence that one of the texts claims.
func precedence(r, s *Answer) string {
	for _, pair := range [][2]*Answer{{r, s}, {s, r}} {
		in := pair[0].provision.Instrument
		if in.Form == "organ's decision" && in.Binding != "legal" {
			return "a recommendation binds nobody in law and does not prevail over a treaty"
		}
		if in.Form == "organ's decision" || in.ID == "un-charter" {
			return "obligations under the Charter prevail (Charter, articles 25 and 103)"
		}
		for _, l := range in.Links {
			id, _, _ := strings.Cut(l.To, "/")
			if id == pair[1].provision.Instrument.ID {
				return in.ID + " is " + l.Kind + " " + l.To
			}
		}
	}
	return ""
}

// viewpoint says who counts as the aggressor under the question's view, and why.
func (e *evaluator) viewpoint(a attack) string {
	s := e.aggression(a)
	views := map[string]string{"plain": "plain (who used force first, as recorded)", "unsc": "unsc (only the Security Council's determination counts)"}
	view, who := or(views[e.q.View], e.q.View), strings.Join(a.by, ", ")
	ground := s.node.Leaves()[0].Says
	switch s.value {
	case why.Met:
		return fmt.Sprintf("%s: %s counts as the aggressor; %s", view, who, ground)
	case why.NotMet:
		return fmt.Sprintf("%s: %s does not count as the aggressor; %s", view, who, ground)
	case why.Disputed:
		return fmt.Sprintf("%s: whether %s is the aggressor is disputed; %s", view, who, ground)
	}
	return fmt.Sprintf("%s: whether %s is the aggressor is open; %s", view, who, ground)
}

// assumptions lists what the question supposes without the record saying so.
func (e *evaluator) assumptions(a attack) []string {
	var out []string
	if a.id == "" {
		out = append(out, "the act happens: "+strings.Join(a.by, " and ")+" → "+a.on+", "+a.kind)
		if a.place == treaty.Home {
			out = append(out, "it falls on the home territory of "+a.on)
		}
		if implies(a.kind, "war") == why.Met {
			out = append(out, "it is of a scale that puts "+a.on+" in a state of war")
		}
	}
	if e.q.Assume {
		out = append(out, "whoever is bound to assist does so")
	}
	return out
}
