package duty

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
	"github.com/casus-foederis/casus/why"
)

// Commitment is what a provision makes one state owe another on a day, before
// anybody attacks.
type Commitment struct {
	Kind      string    `json:"kind"` // one of Obligations
	Bearer    string    `json:"bearer"`
	To        string    `json:"to"`
	Provision string    `json:"provision"`
	Does      string    `json:"does"`
	Force     string    `json:"force"`
	Binding   string    `json:"binding"`
	When      string    `json:"when,omitempty"`
	InForce   why.Value `json:"in_force"` // met, unknown or disputed
	Taints    []string  `json:"taints,omitempty"`
	Rests     string    `json:"rests_on,omitempty"` // reports, where nobody read the text itself

	provision *treaty.Provision
	text      *treaty.Text
}

// Norm returns the provision that the commitment rests on.
func (c *Commitment) Norm() *treaty.Provision { return c.provision }

// Obligations are the kinds of commitment, strongest first, with ATOP's word
// for each where it has one.
var Obligations = []string{"defense", "offense", "aid", "neutrality", "nonaggression", "consultation", "other"}

// obligation is the kind of what a text makes its bearer do.
func obligation(t *treaty.Text) string {
	switch {
	case t.Has("attack"), t.Has("assist") && t.When.On.Kind == treaty.RoleAnyState:
		return "offense"
	case t.Has("assist"):
		return "defense"
	case t.Has("give aid"):
		return "aid"
	case t.Has("stay neutral"), t.Has("refuse support"):
		return "neutrality"
	case t.Has("refrain from force"):
		return "nonaggression"
	case t.Has("consult"):
		return "consultation"
	}
	return "other"
}

// Commitments lists what is owed on a day by and to a state, or by and to all
// if state is empty: by kind, provision, bearer and beneficiary. Norms that
// bind every state are left out.
func Commitments(c *treaty.Corpus, state string, d day.Day, known *day.Day) []Commitment {
	q := Question{On: d, View: "plain", Known: known, Brief: true}
	e := evaluator{c: c, q: &q, day: d, brief: true, done: map[rowKey]bool{}, alive: map[string]bool{}}
	list := c.Instruments
	if state != "" {
		list = c.Concerning(state)
	}
	var out []Commitment
	for _, in := range list {
		if in.Draft != "" {
			continue
		}
		if known != nil {
			if in = in.AsKnown(*known, c.Names); in == nil {
				continue
			}
		}
		if in.InForce(d) == day.No {
			continue
		}
		out = append(out, e.commitments(in, state)...)
	}
	slices.SortStableFunc(out, func(a, b Commitment) int {
		if k := slices.Index(Obligations, a.Kind) - slices.Index(Obligations, b.Kind); k != 0 {
			return k
		}
		return strings.Compare(a.Provision+" "+a.Bearer+" "+a.To, b.Provision+" "+b.Bearer+" "+b.To)
	})
	return out
}

// commitments lists those of one instrument.
func (e *evaluator) commitments(in *treaty.Instrument, state string) (out []Commitment) {
	everybody := e.everybody(in)
	for _, p := range in.Provisions {
		v, _ := p.In(e.day)
		if v == nil || p.Kind != "duty" && p.Kind != "ban" {
			continue
		}
		t := &v.Text
		if len(t.Readings) > 0 {
			t = &t.Readings[0].Text
		}
		if t.Bearer.Kind == treaty.RoleAnyState || t.Bearer.Kind == treaty.RoleOrgan {
			continue
		}
		for _, y := range everybody {
			if !e.beneficiary(p, t, y) {
				continue
			}
			a := attack{by: []string{anyAttacker}, on: y, kind: "armed attack", place: treaty.Home}
			if t.When.On.Kind == treaty.RoleAnyState && t.When.Event != "" { // an attack by y, which others join
				a = attack{by: []string{y}, on: anyAttacker, kind: "armed attack", place: treaty.Home}
			}
			for _, x := range e.resolve(t.Bearer, p, a) {
				if x == y || x == anyAttacker || state != "" && x != state && y != state {
					continue
				}
				force := e.force(p, t, x, y)
				if force.value == why.NotMet {
					continue
				}
				out = append(out, Commitment{Kind: obligation(t), Bearer: x, To: y, Provision: p.Name(), Does: t.Task(), Force: t.Force,
					Binding: in.Binding, When: t.When.Event, InForce: force.value, Taints: taints(p, t), Rests: rests(in), provision: p, text: t})
			}
		}
	}
	return out
}

// everybody lists the states that an instrument has to do with, sorted.
func (e *evaluator) everybody(in *treaty.Instrument) (out []string) {
	add := func(s string) {
		if s != "" && e.exists(s) && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, m := range in.Members() {
		add(m.State)
	}
	for _, p := range in.Provisions {
		for i := range p.Versions {
			v := &p.Versions[i]
			for _, s := range append(slices.Clone(v.Owed.States), v.When.On.States...) {
				add(s)
			}
			for _, d := range v.Does {
				for _, s := range d.On.States {
					add(s)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// beneficiary reports whether y may be the one to whom the provision is owed.
func (e *evaluator) beneficiary(p *treaty.Provision, t *treaty.Text, y string) bool {
	for _, d := range t.Does {
		if d.On.Kind == treaty.RoleNamed && slices.Contains(d.On.States, y) {
			return true
		}
	}
	switch {
	case t.When.Event == "":
		return t.Owed.Kind != treaty.RoleAnyState && e.everIn(t.Owed, p, y) && (t.Owed.Kind != treaty.RoleNone || p.Instrument.Has(y))
	case t.When.On.Kind == treaty.RoleAnyState:
		return e.everIn(t.When.By, p, y) && p.Instrument.Has(y)
	}
	return e.everIn(t.When.On, p, y)
}

// Change is what two days, or two corpora, make different for one ordered pair
// and one kind of commitment.
type Change struct {
	Kind   string   `json:"kind"`
	Bearer string   `json:"bearer"`
	To     string   `json:"to"`
	What   string   `json:"what"` // newly bound, strengthened, weakened, no longer bound
	Before []string `json:"before"`
	After  []string `json:"after"` // provisions
}

// Changes compares two lists of commitments, pair by pair and kind by kind.
// Strength is force and bindingness; further texts for the same strength
// strengthen nothing.
func Changes(before, after []Commitment) []Change {
	type key struct{ kind, x, y string }
	type side struct {
		best  int
		names []string
	}
	collect := func(list []Commitment) map[key]side {
		out := map[key]side{}
		for _, c := range list {
			k := key{c.Kind, c.Bearer, c.To}
			s, ok := out[k]
			if rank := strength(c); !ok || rank > s.best {
				s.best = rank
			}
			s.names = append(s.names, c.Provision)
			out[k] = s
		}
		return out
	}
	b, a := collect(before), collect(after)
	var keys []key
	for k := range b {
		keys = append(keys, k)
	}
	for k := range a {
		if _, ok := b[k]; !ok {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(k, l key) int {
		if n := slices.Index(Obligations, k.kind) - slices.Index(Obligations, l.kind); n != 0 {
			return n
		}
		return strings.Compare(k.x+" "+k.y, l.x+" "+l.y)
	})
	var out []Change
	for _, k := range keys {
		x, had := b[k]
		y, has := a[k]
		c := Change{Kind: k.kind, Bearer: k.x, To: k.y, Before: x.names, After: y.names}
		switch {
		case !had:
			c.What = "newly bound"
		case !has:
			c.What = "no longer bound"
		case y.best > x.best:
			c.What = "strengthened"
		case y.best < x.best:
			c.What = "weakened"
		default:
			continue
		}
		out = append(out, c)
	}
	return out
}

// strength orders commitments of one kind: certainty, then bindingness, then
// force.
func strength(c Commitment) int {
	n := 0
	if c.InForce == why.Met {
		n += 100
	}
	return n + 10*(2-bindRank[c.Binding]) + 3 - forceRank[c.Force]
}
