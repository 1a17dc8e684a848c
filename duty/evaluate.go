package duty

import (
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
	"github.com/casus-foederis/casus/why"
)

// attack is the act that is being evaluated: the question's own, or one that
// follows from it under assumed performance.
type attack struct {
	id       string
	by       []string
	on       string // the attacked
	kind     string
	place    string
	responds string // id of the act it answers
	source   string // where it is recorded
	assumed  bool
	sides    []why.View // of a dispute whether it happened
}

// key tells attacks within one question apart.
func (a attack) key() string {
	if len(a.by) == 1 {
		return a.by[0]
	}
	return strings.Join(a.by, ",")
}

// evaluator holds one question while it is answered.
type evaluator struct {
	c       *treaty.Corpus
	rec     Record
	q       *Question
	day     day.Day
	brief   bool
	rows    []Answer
	done    map[rowKey]bool
	alive   map[string]bool // which states existed on the day
	shared  map[sharedKey]step
	refused []string
}

// sharedKey names a part of a derivation that all bearers of a text share.
type sharedKey struct {
	t        *treaty.Text
	part     string
	by, on   string
	assuming bool
}

type rowKey struct {
	p              *treaty.Provision
	bearer, to, by string
}

// Answers evaluates every provision of the corpus that could concern the
// question. The error is a [BadQuestion].
func Answers(c *treaty.Corpus, rec Record, q Question) (Reply, error) {
	if err := q.Check(c); err != nil {
		return Reply{}, err
	}
	if q.View == "" {
		q.View = "plain"
	}
	receipt := Receipt{Corpus: c.Hash, Record: rec.Hash(), View: q.View, Day: q.On, Known: q.Known, Assume: q.Assume}
	e := evaluator{c: c, rec: rec.asKnown(q.Known), q: &q, day: q.On, brief: q.Brief, done: map[rowKey]bool{}, alive: map[string]bool{}, shared: map[sharedKey]step{}}
	e.rows = make([]Answer, 0, 64)
	first := e.first()
	q.Kind, q.Place = first.kind, first.place
	e.evaluate(first)
	if q.Assume {
		e.cascade(first)
	}
	e.contraryBans(first)
	e.contraryPacts(first)
	sortRows(e.rows)
	out := Reply{Question: q, Assumes: []string{}, Answers: e.rows, Receipt: receipt, Refused: e.refused}
	if !q.Brief {
		out.Viewpoint = e.viewpoint(first)
		out.Assumes = append(out.Assumes, e.assumptions(first)...)
	}
	out.Conflicts = append([]Conflict{}, conflicts(c, e.rows, first)...)
	return out, nil
}

// first makes the question's act, taking place, kind and what it answers from
// the record where the record holds this very act.
func (e *evaluator) first() attack {
	a := attack{by: e.q.By, on: e.q.Attacks, kind: e.q.Kind, place: e.q.Place, responds: e.q.Responds}
	for _, r := range e.rec.Acts {
		if r.Target != a.on || !slices.Contains(a.by, r.Actor) {
			continue
		}
		if e.q.Act != "" && r.ID != e.q.Act || e.q.Act == "" && (e.ongoing(r) != day.Yes || r.Alleged) {
			continue
		}
		if e.q.Act == "" && a.kind != "" && a.kind != r.Kind || a.place != "" && a.place != place(r) {
			continue
		}
		a.id, a.source = r.ID, r.Source
		if e.q.Act == "" || a.kind == "" { // what the asker says of the act stands
			a.kind = r.Kind
		}
		if e.q.Act == "" || a.place == "" {
			a.place = place(r)
		}
		if e.q.Act != "" {
			a.sides = r.sides("it happened")
		}
		if a.responds == "" {
			a.responds = r.Responds
		}
		break
	}
	if a.kind == "" {
		a.kind = "armed attack"
	}
	if a.place == "" {
		a.place = treaty.Home
	}
	return a
}

func place(r Act) string {
	if r.Place == "" {
		return treaty.Home
	}
	return r.Place
}

func (e *evaluator) ongoing(r Act) day.Truth {
	return day.Span{From: r.From, To: r.To}.Contains(e.day)
}

// instruments returns those that may concern the states, as known on the
// question's known day, without drafts.
func (e *evaluator) instruments(states []string) []*treaty.Instrument {
	var out []*treaty.Instrument
	for _, in := range e.c.Concerning(states...) {
		if in.Draft != "" {
			if !slices.Contains(e.refused, in.ID) {
				e.refused = append(e.refused, in.ID)
			}
			continue
		}
		if e.q.Known != nil {
			if in = in.AsKnown(*e.q.Known, e.c.Names); in == nil {
				continue
			}
		}
		out = append(out, in)
	}
	return out
}

func (e *evaluator) evaluate(a attack) {
	for _, in := range e.instruments(append(slices.Clone(a.by), a.on)) {
		for _, p := range in.Provisions {
			if p.Kind == "duty" || p.Kind == "ban" || p.Kind == "liberty" || p.Kind == "power" {
				e.provision(p, a)
			}
		}
	}
}

// provision adds the rows of one provision for one act.
func (e *evaluator) provision(p *treaty.Provision, a attack) {
	v, _ := p.In(e.day)
	if v == nil {
		v = nearestVersion(p, e.day)
	}
	t := &v.Text
	if t.When.Event == "" {
		e.standing(p, t, a)
		return
	}
	if e.fits(p, t, a) {
		for _, x := range e.resolve(t.Bearer, p, a) {
			for _, y := range e.owed(t, p, a, x) {
				if x != y || x == Everybody {
					e.row(p, t, a, x, y)
				}
			}
		}
		return
	}
	if p.Kind == "duty" {
		e.attackersAllies(p, t, a)
	}
}

func nearestVersion(p *treaty.Provision, d day.Day) *treaty.Version {
	for i := range p.Versions {
		if begun(p.Versions[i].Span.From, d) == day.No && p.Versions[i].Span.From.Kind != day.BoundNone {
			return &p.Versions[max(i-1, 0)]
		}
	}
	return &p.Versions[len(p.Versions)-1]
}

// fits reports whether the act has the shape that the trigger speaks of, by
// who ever was a party. Whether it is triggered on the day is evaluated later.
func (e *evaluator) fits(p *treaty.Provision, t *treaty.Text, a attack) bool {
	onAny := t.When.On.Kind == treaty.RoleAnyState || t.When.On.Kind == treaty.RoleNone
	if !onAny && !e.everIn(t.When.On, p, a.on) {
		return false
	}
	if onAny && (t.When.By.Kind == treaty.RoleEach || t.When.By.Kind == treaty.RoleIn) {
		return slices.ContainsFunc(a.by, func(s string) bool { return e.everIn(t.When.By, p, s) })
	}
	if onAny && t.Bearer.Kind != treaty.RoleAnyState {
		return slices.ContainsFunc(append(slices.Clone(a.by), a.on), p.Instrument.Has) ||
			t.When.By.Kind == treaty.RoleNamed && slices.ContainsFunc(a.by, func(s string) bool { return slices.Contains(t.When.By.States, s) })
	}
	return true
}

// everIn reports whether s was ever one of those whom the role picks out.
func (e *evaluator) everIn(r treaty.Role, p *treaty.Provision, s string) bool {
	switch r.Kind {
	case treaty.RoleNamed:
		return slices.Contains(e.heirs(r.States, p), s)
	case treaty.RoleIn, treaty.RoleOtherIn:
		return slices.ContainsFunc(p.Instrument.MembersOf(s), func(m treaty.Member) bool { return m.Role == r.Name })
	case treaty.RoleAnyState, treaty.RoleAny, treaty.RoleNone:
		return true
	case treaty.RoleOutsider:
		return !p.Instrument.Has(s)
	}
	return slices.ContainsFunc(p.Instrument.MembersOf(s), func(m treaty.Member) bool { return m.Role != treaty.Beneficiary })
}

// heirs adds to named states those who continue them as parties.
func (e *evaluator) heirs(states []string, p *treaty.Provision) []string {
	out := slices.Clone(states)
	for _, s := range states {
		if h, ok := e.c.Names.Successor(s); ok && h.How == "continues" {
			out = append(out, h.To...)
		}
	}
	return out
}

// resolve lists the states that a role picks out for this act, by who ever was
// a party and existed on the day, in order.
func (e *evaluator) resolve(r treaty.Role, p *treaty.Provision, a attack) []string {
	var out []string
	members := func(keep func(m treaty.Member) bool) {
		for _, m := range p.Instrument.Members() {
			if keep(m) && !slices.Contains(out, m.State) && e.exists(m.State) {
				out = append(out, m.State)
			}
		}
	}
	other := func(s string) bool { return s != a.on && !slices.Contains(a.by, s) }
	switch r.Kind {
	case treaty.RoleEach:
		members(func(m treaty.Member) bool { return m.Role != treaty.Beneficiary })
	case treaty.RoleOther:
		members(func(m treaty.Member) bool { return m.Role != treaty.Beneficiary && other(m.State) })
	case treaty.RoleIn:
		members(func(m treaty.Member) bool { return m.Role == r.Name })
	case treaty.RoleOtherIn:
		members(func(m treaty.Member) bool { return m.Role == r.Name && other(m.State) })
	case treaty.RoleAttacked:
		out = []string{a.on}
	case treaty.RoleAttacker:
		out = slices.Clone(a.by)
	case treaty.RoleNamed:
		for _, s := range e.heirs(r.States, p) {
			if e.exists(s) && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
	case treaty.RoleAnyState, treaty.RoleAny:
		out = []string{Everybody}
	case treaty.RoleOrgan:
		out = []string{r.Name}
	}
	return out
}

// exists reports whether a state may have existed on the day.
func (e *evaluator) exists(s string) bool {
	is, ok := e.alive[s]
	if !ok {
		is = e.c.Names.Exists(s, e.day) != day.No
		e.alive[s] = is
	}
	return is
}

// owed lists to whom x owes it; by default the attacked.
func (e *evaluator) owed(t *treaty.Text, p *treaty.Provision, a attack, x string) []string {
	switch t.Owed.Kind {
	case treaty.RoleNone, treaty.RoleAttacked, treaty.RoleEach, treaty.RoleOther, treaty.RoleAnyState, treaty.RoleAny, treaty.RoleOutsider:
		return []string{a.on}
	case treaty.RoleIn, treaty.RoleOtherIn, treaty.RoleNamed:
		if all := e.resolve(t.Owed, p, a); slices.Contains(all, a.on) {
			return []string{a.on}
		} else {
			return all
		}
	}
	return e.resolve(t.Owed, p, a)
}

// standing adds the rows of a norm without a trigger: the attacker's duty to
// refrain from force against the attacked.
func (e *evaluator) standing(p *treaty.Provision, t *treaty.Text, a attack) {
	if !t.Has("refrain from force") || !usesForce(a.kind) && !strings.Contains(a.kind, "threat") {
		return
	}
	for _, x := range a.by {
		if strings.HasPrefix(x, "group:") || !e.everIn(t.Bearer, p, x) {
			continue
		}
		if t.Owed.Kind != treaty.RoleNone && !e.everIn(t.Owed, p, a.on) {
			continue
		}
		e.row(p, t, a, x, a.on)
	}
}

// attackersAllies adds rows that say why those who would defend the attacker
// are not bound to join it.
func (e *evaluator) attackersAllies(p *treaty.Provision, t *treaty.Text, a attack) {
	if !t.Has("assist") && !t.Has("attack") || t.When.On.Kind == treaty.RoleAnyState {
		return
	}
	for _, y := range a.by {
		if !e.everIn(t.When.On, p, y) {
			continue
		}
		turned := attack{by: []string{a.on}, on: y, kind: a.kind, place: treaty.Home}
		for _, x := range e.resolve(t.Bearer, p, turned) {
			if x == y || x == a.on || slices.Contains(a.by, x) || e.force(p, t, x, y).value == why.NotMet {
				continue
			}
			e.notEntitled(p, t, a, x, y)
		}
	}
}

// row evaluates one provision for one bearer and one to whom it is owed.
func (e *evaluator) row(p *treaty.Provision, t *treaty.Text, a attack, x, y string) {
	key := rowKey{p, x, y, a.key()}
	if p.Instrument != nil && e.q.Known != nil {
		key.p = e.c.Instrument(p.Instrument.ID).Provision(p.ID)
	}
	if e.done[key] {
		return
	}
	e.done[key] = true
	var s step
	if len(t.Readings) == 0 {
		s = e.norm(p, t, a, x, y)
	} else {
		s, t = e.readings(p, t, a, x, y)
	}
	row := e.answer(p, t, a, x, y)
	row.Failed = s.failed
	switch s.value {
	case why.Met:
		row.Answer = Bound
		if p.Kind == "liberty" || p.Kind == "power" || t.Force == "may" {
			row.Answer = Permitted
		}
	case why.NotMet:
		row.Answer = NotBound
	case why.Disputed:
		row.Answer = IsDispute
	default:
		row.Answer = Open
	}
	if !e.brief {
		e.explain(&row, s.node)
		if row.Answer == Bound || row.Answer == Open || row.Answer == IsDispute || row.Answer == Permitted {
			row.Lawful = e.lawful(t, a, x)
		}
	}
	e.rows = append(e.rows, row)
}

func (e *evaluator) answer(p *treaty.Provision, t *treaty.Text, a attack, x, y string) Answer {
	row := Answer{Bearer: x, To: y, Provision: p.Name(), provision: p, text: t, attackers: a.by, Act: a.id, Assumed: a.assumed,
		Force: t.Force, Whether: t.Whether, Binding: p.Instrument.Binding}
	if e.brief {
		return row
	}
	row.ID = p.Name() + ":" + x + ">" + y
	if a.assumed {
		row.ID += "@" + a.id
	}
	row.Does, row.Article, row.Words, row.Title = t.Task(), p.Article, t.Words, p.Instrument.Title
	row.Process, row.Deadline, row.Means = t.Process, t.Deadline, t.Means.String()
	row.Taints = taints(p, t)
	row.Rests = rests(p.Instrument)
	return row
}

func rests(in *treaty.Instrument) string {
	if in.Basis == nil {
		return ""
	}
	return in.Basis.String()
}

func taints(p *treaty.Provision, t *treaty.Text) (out []string) {
	for _, u := range t.Unencodable {
		out = append(out, fmt.Sprintf("not encoded: %s (%s)", u.Construct, u.Reason))
	}
	for _, d := range p.Doubt {
		out = append(out, "not verified: "+d)
	}
	for _, d := range p.Instrument.Doubt {
		out = append(out, "not verified: "+d)
	}
	return out
}

// explain sets the row's one-line reason, needs and views from its derivation.
func (e *evaluator) explain(row *Answer, n *why.Node) {
	row.Derived = n
	switch row.Answer {
	case NotBound:
		if f := n.FirstFailed(); f != nil {
			row.Why = f.Says
		}
	case Open:
		row.Needs = n.AllNeeds()
		row.Why = "depends on: " + strings.Join(row.Needs, "; ")
	case IsDispute:
		row.Views = n.AllViews()
		row.Needs = n.AllNeeds()
		var sides []string
		for _, v := range row.Views {
			sides = append(sides, v.By+": "+v.Says)
		}
		row.Why = strings.Join(sides, "; ")
	default:
		var grounds []string
		for _, g := range n.From {
			if g.Kind != why.Exception {
				grounds = append(grounds, g.Says)
			}
		}
		row.Why = strings.Join(grounds[:min(len(grounds), 3)], "; ")
	}
}
