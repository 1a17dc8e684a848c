package study

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
)

// Alliance is one alliance as ATOP's members describe it together.
type Alliance struct {
	ID          int
	Members     []int // COW numbers, sorted, each once
	Begins      Moment
	Obligations Obligations // of any member
}

// Alliances gathers memberships by alliance, sorted by id.
func Alliances(members []Membership) []Alliance {
	at := map[int]*Alliance{}
	for _, m := range members {
		a := at[m.Alliance]
		if a == nil {
			a = &Alliance{ID: m.Alliance, Begins: m.Entry}
			at[m.Alliance] = a
		}
		if m.Entry.compare(a.Begins) < 0 {
			a.Begins = m.Entry
		}
		if !slices.Contains(a.Members, m.Member) {
			a.Members = append(a.Members, m.Member)
		}
		a.Obligations |= m.Obligations
	}
	out := make([]Alliance, 0, len(at))
	for _, a := range at {
		slices.Sort(a.Members)
		out = append(out, *a)
	}
	slices.SortFunc(out, func(a, b Alliance) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

// ObligationsOf computes ATOP's five obligations from an instrument's
// provisions. Source: ATOP codebook 5.0, section on obligations.
//
//   - DEFENSE: somebody is to assist a party that is attacked;
//   - OFFENSE: somebody is to attack, or to join a war that is not a response
//     to an attack;
//   - NEUTRAL: to stay neutral, or to refuse support to whoever attacks;
//   - NONAGG: not to use force against each other;
//   - CONSUL: to consult on a threat or conflict.
func ObligationsOf(in *treaty.Instrument) Obligations {
	var s Obligations
	for _, p := range in.Provisions {
		if p.Kind == "liberty" || p.Kind == "power" {
			continue
		}
		for i := range p.Versions {
			t := &p.Versions[i].Text
			if t.Has("assist") && t.When.Event != "" {
				s = s.With(Defense)
			}
			if t.Has("attack") || t.Has("assist") && t.When.Event == "war" {
				s = s.With(Offense)
			}
			if t.Has("stay neutral") || t.Has("refuse support") {
				s = s.With(Neutrality)
			}
			if t.Has("refrain from force") {
				s = s.With(Nonaggression)
			}
			if t.Has("consult") {
				s = s.With(Consultation)
			}
		}
	}
	return s
}

// InstrumentComparison sets one instrument beside the alliance that it names.
type InstrumentComparison struct {
	Instrument     string
	ATOP           int
	Ours, Theirs   []int // members
	Signed, Begins string
	OursObliged    Obligations
	TheirsObliged  Obligations
}

// SameMembers, SameDay and SameObligations say where the two agree.
func (c InstrumentComparison) SameMembers() bool     { return slices.Equal(c.Ours, c.Theirs) }
func (c InstrumentComparison) SameDay() bool         { return c.Signed == c.Begins }
func (c InstrumentComparison) SameObligations() bool { return c.OursObliged == c.TheirsObliged }

// CompareInstruments sets every instrument that names an ATOP alliance beside
// it, by instrument. Members are compared as they were until 2018, when ATOP
// 5.0 ends.
func CompareInstruments(c *treaty.Corpus, world *actor.Table, alliances []Alliance) []InstrumentComparison {
	byID := map[int]Alliance{}
	for _, a := range alliances {
		byID[a.ID] = a
	}
	end := day.MustParse("2019-01-01")
	var out []InstrumentComparison
	for _, in := range c.Instruments {
		for _, number := range in.ATOP {
			id, err := strconv.Atoi(number)
			a, ok := byID[id]
			if err != nil || !ok {
				continue
			}
			k := InstrumentComparison{Instrument: in.ID, ATOP: id, Theirs: a.Members, Signed: in.Signed().String(), Begins: a.Begins.Bound().String(), OursObliged: ObligationsOf(in), TheirsObliged: a.Obligations}
			for _, m := range in.Members() {
				if m.Role == treaty.Beneficiary || (day.Span{From: m.Span.From, To: day.None}).Contains(end) == day.No {
					continue
				}
				if n, ok := cowNumber(world, m); ok && !slices.Contains(k.Ours, n) {
					k.Ours = append(k.Ours, n)
				}
			}
			slices.Sort(k.Ours)
			out = append(out, k)
		}
	}
	return out
}

// cowNumber is the state's number on the first day of its membership.
func cowNumber(world *actor.Table, m treaty.Member) (int, bool) {
	s, ok := world.State(m.State)
	if !ok || len(s.COW) == 0 {
		return 0, false
	}
	for _, spell := range s.COW {
		if m.Span.From.Kind == day.BoundIn && spell.Span.Contains(m.Span.From.From) == day.Yes {
			return spell.Number, true
		}
	}
	return s.COW[0].Number, true
}
