package treaty

import (
	"slices"
	"sort"
	"strings"

	"github.com/casus-foederis/casus/day"
)

// timeline is who is a party when, worked out once from parties and events.
type timeline struct {
	members     []Member
	suspensions []Suspension
}

// Member is a stretch of days in which a state is a party.
type Member struct {
	State, Role string
	Span        day.Span
	Began       Cause
	Ended       Cause  // what set Span.To; zero if nothing did
	Denied      *Event // if set, membership in this stretch is disputed
	Needs       string // if set, membership in this stretch is unknown for want of this
}

// Cause is what began or ended a stretch, for derivations.
type Cause struct {
	Says   string
	Source string
	Pos    Position
	Doubt  string
	Own    bool // the state's own accession or exit, not the instrument's
}

// Suspension is a stretch in which a party's relations are suspended.
type Suspension struct {
	For, Towards []string
	Span         day.Span
	Event        *Event
}

// Members returns the stretches of membership, in order of state and day.
func (in *Instrument) Members() []Member { return in.force.members }

// MembersOf returns the stretches of one state, in order of day.
func (in *Instrument) MembersOf(state string) []Member {
	all := in.force.members
	from, found := slices.BinarySearchFunc(all, state, func(m Member, s string) int { return strings.Compare(m.State, s) })
	if !found {
		return nil
	}
	to := from
	for to < len(all) && all[to].State == state {
		to++
	}
	return all[from:to]
}

// Suspensions returns the suspensions, in the order of the file.
func (in *Instrument) Suspensions() []Suspension { return in.force.suspensions }

// AsKnown returns the instrument as it was known on day k: without events that
// were not yet known, and nil if it was not yet known, or secret, itself. One
// that rests on reports is known when all of them are.
func (in *Instrument) AsKnown(k day.Day, names Names) *Instrument {
	if in.Secret.Set && (day.Span{From: in.Secret.From, To: in.Secret.To}).Contains(k) == day.Yes {
		return nil
	}
	if in.Basis != nil && slices.ContainsFunc(in.Basis.Reports, func(r Report) bool { return later(r.Known, k) }) {
		return nil
	}
	out := *in
	out.Status, out.Parties, out.Provisions = nil, nil, nil
	for _, e := range in.Status {
		if visible(e, k) {
			out.Status = append(out.Status, e)
		}
	}
	if len(out.Status) == 0 {
		return nil
	}
	for _, p := range in.Parties {
		if p.HasFrom && later(p.From, k) {
			continue
		}
		if p.HasTo && later(p.To, k) {
			p.HasTo, p.To = false, day.Bound{}
		}
		out.Parties = append(out.Parties, p)
	}
	for _, p := range in.Provisions {
		if p.Secret.Set && (day.Span{From: p.Secret.From, To: p.Secret.To}).Contains(k) == day.Yes {
			continue
		}
		q := *p
		q.Instrument = &out
		q.Versions = nil
		for _, v := range p.Versions {
			if later(v.Span.From, k) {
				continue
			}
			if later(v.Span.To, k) {
				v.Span.To = day.None
			}
			q.Versions = append(q.Versions, v)
		}
		if len(q.Versions) > 0 {
			out.Provisions = append(out.Provisions, &q)
		}
	}
	out.force = newTimeline(&out, names)
	return &out
}

func visible(e Event, k day.Day) bool {
	if e.HasKnown {
		return !later(e.Known, k)
	}
	return !later(e.On, k)
}

// later reports whether the bound certainly lies after k.
func later(b day.Bound, k day.Day) bool {
	return (day.Span{From: b, To: day.None}).Contains(k) == day.No && b.Kind != day.BoundNone
}

func newTimeline(in *Instrument, names Names) timeline {
	var t timeline
	for i := range in.Parties {
		t.members = append(t.members, in.stretches(&in.Parties[i])...)
	}
	if len(in.Parties) == 0 { // binds whoever its provisions name; it still has days of its own
		t.members = in.stretches(&Party{})
	}
	t.members = in.succeed(t.members, names)
	sort.SliceStable(t.members, func(i, j int) bool {
		a, b := t.members[i], t.members[j]
		if a.State != b.State {
			return a.State < b.State
		}
		return order(a.Span.From) < order(b.Span.From)
	})
	for i := range in.Status {
		e := &in.Status[i]
		if e.Kind != "suspended" {
			continue
		}
		s := Suspension{For: e.For, Towards: e.Towards, Span: day.Span{From: e.On, To: day.None}, Event: e}
		for j := range in.Status {
			r := &in.Status[j]
			if r.Kind == "resumed" && overlaps(e.For, r.For) && order(r.On) > order(e.On) {
				s.Span.To = r.On
				break
			}
		}
		t.suspensions = append(t.suspensions, s)
	}
	return t
}

// order is a key that sorts bounds by their earliest day.
func order(b day.Bound) int64 {
	switch b.Kind {
	case day.BoundIn:
		return int64(b.From)
	case day.BoundBefore:
		return int64(b.To) - 1
	case day.BoundAfter:
		return int64(b.From) + 1
	}
	return -1 << 40
}

func overlaps(a, b []string) bool {
	if len(a) == 0 || len(b) == 0 {
		return true
	}
	for _, s := range a {
		if contains(b, s) {
			return true
		}
	}
	return false
}

var (
	startKinds = []string{"in force", "provisional from", "acceded"}
	endKinds   = []string{"left", "terminated", "lapsed", "replaced"}
)

// stretches works out when one party was a party.
func (in *Instrument) stretches(p *Party) []Member {
	starts := in.pick(p, startKinds)
	if p.HasFrom {
		from := Event{Kind: "in force", On: p.From, Pos: p.Pos, Doubt: p.Doubt, For: []string{p.ID}}
		starts = []*Event{&from}
	}
	if len(starts) == 0 {
		return nil
	}
	ends := in.pick(p, endKinds)
	if p.HasTo {
		ends = append(ends, &Event{Kind: "left", On: p.To, Pos: p.Pos, Doubt: p.Doubt, For: []string{p.ID}})
	} else if e := in.noticed(p, ends); e != nil {
		ends = append(ends, e)
	}
	sort.SliceStable(ends, func(i, j int) bool { return order(ends[i].On) < order(ends[j].On) })
	if signed, ok := in.Signed().Day(); ok && starts[0].On.Kind == day.BoundUnknown { // in force on no day before its signature
		from := *starts[0]
		from.On = day.After(signed - 1)
		starts[0] = &from
	}
	first := starts[0]
	var live []*Event
	for _, e := range ends {
		if order(e.On) >= order(first.On) || e.On.Kind == day.BoundUnknown {
			live = append(live, e)
		}
	}
	m := Member{State: p.ID, Role: p.Role, Span: day.Span{From: first.On, To: day.None}, Began: cause(first, p), Denied: denied(first)}
	var out []Member
	// Two starts of one kind contradict each other; between them it is disputed.
	for _, s := range starts[1:] {
		if s.Kind == first.Kind && order(s.On) > order(first.On) {
			doubtful := m
			doubtful.Span.To, doubtful.Denied = s.On, contradiction(first, s)
			out = append(out, doubtful)
			m.Span.From, m.Began = s.On, cause(s, p)
			break
		}
	}
	for i, e := range live {
		m.Span.To, m.Ended = e.On, cause(e, p)
		if e.DeniedBy != "" {
			out = append(out, m)
			m = Member{State: p.ID, Role: p.Role, Span: day.Span{From: e.On, To: day.None}, Began: cause(e, p), Denied: e}
			continue
		}
		out = append(out, m)
		for _, f := range live[i+1:] {
			if f.Kind == e.Kind && len(f.For) == len(e.For) && order(f.On) > order(e.On) && e.On.Kind == day.BoundIn {
				m.Span, m.Began, m.Ended = day.Span{From: e.On, To: f.On}, cause(e, p), cause(f, p)
				m.Denied = contradiction(e, f)
				out = append(out, m)
				break
			}
		}
		return out
	}
	return append(out, m)
}

func contradiction(a, b *Event) *Event {
	return &Event{Kind: a.Kind, On: a.On, By: or(a.Source, "one entry: "+a.On.String()), DeniedBy: or(b.Source, "another entry: "+b.On.String()), Source: a.Source, Pos: b.Pos}
}

func denied(e *Event) *Event {
	if e.DeniedBy != "" {
		return e
	}
	return nil
}

// pick returns the events of these kinds that concern p, earliest first. Where
// some name p, those that name nobody are left out for starts.
func (in *Instrument) pick(p *Party, kinds []string) []*Event {
	var own, all []*Event
	for i := range in.Status {
		e := &in.Status[i]
		if !contains(kinds, e.Kind) || len(e.Towards) > 0 {
			continue
		}
		switch {
		case len(e.For) == 0:
			all = append(all, e)
		case contains(e.For, p.ID):
			own = append(own, e)
		}
	}
	if contains(kinds, "in force") && len(own) > 0 {
		all = nil
	}
	all = append(all, own...)
	sort.SliceStable(all, func(i, j int) bool { return order(all[i].On) < order(all[j].On) })
	return all
}

// noticed returns the exit that follows from a notice given: notice is not
// exit, and its day is computed from the text's own term.
func (in *Instrument) noticed(p *Party, ends []*Event) *Event {
	for _, e := range ends {
		if e.Kind == "left" && contains(e.For, p.ID) {
			return nil
		}
	}
	var notice *Event
	for i := range in.Status {
		e := &in.Status[i]
		if !contains(e.For, p.ID) {
			continue
		}
		switch e.Kind {
		case "notice given":
			notice = e
		case "notice withdrawn":
			notice = nil
		}
	}
	if notice == nil {
		return nil
	}
	out := *notice
	out.Kind = "left"
	if out.On.Kind == day.BoundIn {
		out.On.From = out.On.From.AddMonths(in.Exit.Months) + day.Day(in.Exit.Days)
		out.On.To = (out.On.To - 1).AddMonths(in.Exit.Months) + day.Day(in.Exit.Days) + 1
	}
	if first, ok := in.Exit.NotBefore.Day(); ok && in.Exit.HasNot && out.On.Kind == day.BoundIn && out.On.From < first {
		out.On = day.On(first)
	}
	return &out
}

func cause(e *Event, p *Party) Cause {
	c := Cause{Says: e.Kind + " " + e.On.String(), Source: e.Source, Pos: e.Pos, Doubt: e.Doubt}
	if e.Amends != "" {
		c.Says += " (" + e.Amends + ")"
	}
	if len(e.For) > 0 {
		c.Says, c.Own = p.ID+": "+c.Says, true
	}
	return c
}

// succeed applies succession: events of the instrument first, then what
// became of the state in general.
func (in *Instrument) succeed(members []Member, names Names) []Member {
	var out []Member
	queue := slices.Clone(members)
	for len(queue) > 0 { // heirs may have heirs; each begins later, so this ends
		m := queue[0]
		queue = queue[1:]
		var heirs []Succession
		for i := range in.Status {
			e := &in.Status[i]
			if e.Kind == "succeeded" && contains(e.For, m.State) && e.Successor != "" {
				heirs = append(heirs, Succession{From: m.State, To: []string{e.Successor}, On: e.On, How: "continues"})
			}
		}
		if len(heirs) == 0 {
			if s, ok := names.Successor(m.State); ok {
				heirs = append(heirs, s)
			}
		}
		end := m.Span.To
		endCause := m.Ended
		for _, s := range heirs {
			if end.Kind == day.BoundIn && order(end) <= order(s.On) || order(m.Span.From) >= order(s.On) {
				continue
			}
			c := Cause{Says: m.State + " ceased to exist " + s.On.String()}
			m.Span.To, m.Ended = s.On, c
			for _, to := range s.To {
				h := Member{State: to, Role: m.Role, Span: day.Span{From: s.On, To: end}, Ended: endCause, Denied: m.Denied,
					Began: Cause{Says: to + " " + s.How + " " + m.State + " " + s.On.String(), Pos: m.Began.Pos}}
				switch s.How {
				case "continues":
				case "absorbed":
					continue
				default:
					h.Needs = "a declaration of " + to + " that it succeeds to " + in.Title
				}
				if m.Needs != "" {
					h.Needs = m.Needs
				}
				if !in.partyAt(members, to, s.On) {
					queue = append(queue, h)
				}
			}
		}
		out = append(out, m)
	}
	return out
}

// partyAt reports whether a state is a party in its own right from about then.
func (in *Instrument) partyAt(members []Member, id string, on day.Bound) bool {
	for _, m := range members {
		if m.State == id && (m.Span.To.Kind == day.BoundNone || order(m.Span.To) > order(on)) {
			return true
		}
	}
	return false
}

func or(s, t string) string {
	if s != "" {
		return s
	}
	return t
}
