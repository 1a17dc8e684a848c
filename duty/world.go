package duty

import (
	"context"
	"slices"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
)

// Pair is who would have to help the attacked if the attacker attacked it on
// its home territory, every state once, by its strongest answer, and who would
// have to join the attacker; sorted.
type Pair struct {
	Day      day.Day  `json:"day"`
	Attacker string   `json:"attacker"`
	Attacked string   `json:"attacked"`
	Bound    []string `json:"bound"`
	Disputed []string `json:"disputed"`
	Open     []string `json:"open"`
	Joins    []string `json:"joins"` // bound to attack at the attacker's side
}

// World answers, for every ordered pair of the states of a day, who would be
// bound to assist the attacked, and hands each pair to yield in order of
// attacker and attacked. Provisions that concern every state (the Charter, the
// Security Council) are left out: they would stand in every row.
//
// It stops with the context's error when cancelled, and with yield's error.
// Source: the same evaluation as [Answers], without derivations.
func World(ctx context.Context, c *treaty.Corpus, rec Record, d day.Day, yield func(Pair) error) error {
	q := Question{On: d, View: "plain", Kind: "armed attack", Place: treaty.Home, Brief: true}
	e := evaluator{c: c, rec: rec, q: &q, day: d, brief: true, done: map[rowKey]bool{}, alive: map[string]bool{}}
	states := c.Names.States(d)
	w := worldState{helps: e.helpers(states), cache: map[worldKey][]verdictOf{}, best: map[string]Result{}, quiet: map[string]bool{}}
	for _, s := range states {
		w.quiet[s] = e.quiet(s)
	}
	for _, attacker := range states {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, attacked := range states {
			if attacker == attacked {
				continue
			}
			if err := yield(e.pair(&w, attacker, attacked)); err != nil {
				return err
			}
		}
	}
	return nil
}

// worldState is what the pairs of one day share.
type worldState struct {
	helps map[string][]*treaty.Provision
	cache map[worldKey][]verdictOf // of texts that do not ask who attacks
	best  map[string]Result        // of the pair at hand
	quiet map[string]bool          // the record says nothing of the state on the day
}

// quiet reports whether the record holds nothing on a state that an answer of
// the day could turn on.
func (e *evaluator) quiet(s string) bool {
	return !slices.ContainsFunc(e.rec.Acts, func(r Act) bool {
		return (r.Actor == s || r.Target == s) && e.ongoing(r) != day.No
	}) && !slices.ContainsFunc(e.rec.Facts, func(f Fact) bool {
		return f.About == "" && (f.Who == "" || f.Who == s || f.Towards == s || f.By == s) && begun(f.On, e.day) != day.No
	})
}

// helpers indexes, by state, the provisions alive on the day that make somebody
// help it or attack with it.
func (e *evaluator) helpers(states []string) map[string][]*treaty.Provision {
	out := map[string][]*treaty.Provision{}
	for _, in := range e.c.Instruments {
		if in.Draft != "" || in.InForce(e.day) == day.No {
			continue
		}
		for _, p := range in.Provisions {
			v, _ := p.In(e.day)
			if v == nil || p.Kind != "duty" || v.Bearer.Kind == treaty.RoleAnyState || v.When.Event == "" || !v.Has("assist") && !v.Has("attack") {
				continue
			}
			for _, s := range states {
				if v.When.On.Kind == treaty.RoleAnyState && e.everIn(v.When.By, p, s) || v.When.On.Kind != treaty.RoleAnyState && e.everIn(v.When.On, p, s) {
					out[s] = append(out[s], p)
				}
			}
		}
	}
	return out
}

// worldKey is a provision and the state for whose sake it is asked.
type worldKey struct {
	p        *treaty.Provision
	attacked string
}

// verdictOf is one bearer's answer.
type verdictOf struct {
	bearer, to string
	answer     Result
}

// anyAttacker stands for an attacker of whom nothing in the texts or the
// record speaks.
const anyAttacker = "?"

func (e *evaluator) pair(w *worldState, attacker, attacked string) Pair {
	clear(w.best)
	var joins []string
	for _, s := range []string{attacked, attacker} {
		for _, p := range w.helps[s] {
			v, _ := p.In(e.day)
			var list []verdictOf
			if s == attacked && w.quiet[attacked] && w.quiet[attacker] && e.indifferent(p, &v.Text, attacker) {
				key := worldKey{p, attacked}
				known := false
				if list, known = w.cache[key]; !known {
					list = e.verdicts(p, &v.Text, anyAttacker, attacked)
					w.cache[key] = list
				}
			} else {
				list = e.verdicts(p, &v.Text, attacker, attacked)
			}
			for _, x := range list {
				if x.to == attacker {
					if x.answer == Bound && x.bearer != attacked && !slices.Contains(joins, x.bearer) {
						joins = append(joins, x.bearer)
					}
					continue
				}
				if b, ok := w.best[x.bearer]; x.bearer != attacker && (!ok || resultRank[x.answer] < resultRank[b]) {
					w.best[x.bearer] = x.answer
				}
			}
		}
	}
	out := Pair{Day: e.day, Attacker: attacker, Attacked: attacked, Joins: joins}
	for x, r := range w.best {
		switch r {
		case Bound:
			out.Bound = append(out.Bound, x)
		case IsDispute:
			out.Disputed = append(out.Disputed, x)
		default:
			out.Open = append(out.Open, x)
		}
	}
	slices.Sort(out.Bound)
	slices.Sort(out.Disputed)
	slices.Sort(out.Open)
	slices.Sort(out.Joins)
	return out
}

// verdicts are the answers of one provision for one pair, those that are not
// bound left out.
func (e *evaluator) verdicts(p *treaty.Provision, t *treaty.Text, attacker, attacked string) []verdictOf {
	a := attack{by: []string{attacker}, on: attacked, kind: "armed attack", place: treaty.Home}
	if !e.fits(p, t, a) {
		return nil
	}
	e.rows = e.rows[:0]
	clear(e.done)
	for _, x := range e.resolve(t.Bearer, p, a) {
		for _, y := range e.owed(t, p, a, x) {
			if x != y {
				e.row(p, t, a, x, y)
			}
		}
	}
	var out []verdictOf
	for i := range e.rows {
		if r := &e.rows[i]; r.Answer != NotBound && r.Answer != Permitted {
			out = append(out, verdictOf{r.Bearer, r.To, r.Answer})
		}
	}
	return out
}

// indifferent reports whether a text treats this attacker as any attacker of
// whom it says nothing.
func (e *evaluator) indifferent(p *treaty.Provision, t *treaty.Text, attacker string) bool {
	switch t.When.By.Kind {
	case treaty.RoleNone, treaty.RoleAny, treaty.RoleAnyState:
	case treaty.RoleOutsider:
		if p.Instrument.Has(attacker) {
			return false
		}
	case treaty.RoleNamed:
		if slices.Contains(e.heirs(t.When.By.States, p), attacker) {
			return false
		}
	default:
		return false
	}
	if t.When.On.Kind == treaty.RoleAnyState || t.Bearer.Kind == treaty.RoleAttacker {
		return false
	}
	for _, r := range t.Readings {
		if !e.indifferent(p, &r.Text, attacker) {
			return false
		}
	}
	asks := func(c treaty.Condition) bool {
		return mentions(c, treaty.TestAttackedBy) || mentions(c, treaty.TestParty)
	}
	for _, u := range t.Unless {
		if slices.ContainsFunc(u.If, asks) || len(u.Unless) > 0 {
			return false
		}
	}
	return !slices.ContainsFunc(t.If, asks) && !slices.ContainsFunc(t.Ends, asks)
}
