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

	lines []Membership
}

// Alliances gathers memberships by alliance, sorted by id.
func Alliances(members []Membership) []Alliance {
	lines := map[int][]Membership{}
	for _, m := range members {
		lines[m.Alliance] = append(lines[m.Alliance], m)
	}
	out := make([]Alliance, 0, len(lines))
	for id, l := range lines {
		out = append(out, gather(id, l))
	}
	slices.SortFunc(out, func(a, b Alliance) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

func gather(id int, lines []Membership) Alliance {
	a := Alliance{ID: id, lines: lines}
	for i, m := range lines {
		if i == 0 || m.Entry.compare(a.Begins) < 0 {
			a.Begins = m.Entry
		}
		if !slices.Contains(a.Members, m.Member) {
			a.Members = append(a.Members, m.Member)
		}
		a.Obligations |= m.Obligations
	}
	slices.Sort(a.Members)
	return a
}

// since is the alliance from its second or a later phase on, if one of those
// begins on that day, and otherwise the alliance itself. ATOP joins texts that
// follow each other into one alliance with phases; an instrument is one text.
func (a Alliance) since(signed day.Bound) Alliance {
	begin := slices.IndexFunc(a.lines, func(m Membership) bool { return m.Codes["phase"] > 1 && m.Entry.Bound() == signed })
	if begin < 0 {
		return a
	}
	entry := a.lines[begin].Entry
	var later []Membership
	for _, m := range a.lines {
		if m.Exit.IsZero() || m.Exit.compare(entry) > 0 {
			later = append(later, m)
		}
	}
	return gather(a.ID, later)
}

// ObligationsOf computes ATOP's five obligations from an instrument's
// provisions. Source: ATOP codebook 5.0, section on obligations.
//
//   - DEFENSE: somebody is to assist a party on an attack or another trigger;
//   - OFFENSE: somebody is to attack, or to join a war whoever began it: a
//     clause on war that asks for an unprovoked attack is defence only;
//   - NEUTRAL: to stay neutral, or to refuse support to whoever attacks;
//   - NONAGG: not to use force against each other;
//   - CONSUL: to consult on a threat or conflict. Consultation on all questions
//     of common interest (the trigger "any", or none) is not that.
func ObligationsOf(in *treaty.Instrument) Obligations {
	var s Obligations
	for _, p := range in.Provisions {
		if p.Kind != "duty" && p.Kind != "ban" {
			continue
		}
		for i := range p.Versions {
			t := &p.Versions[i].Text
			event := t.When.Event
			if t.Has("assist") && event != "" {
				s = s.With(Defense)
			}
			if t.Has("attack") || t.Has("assist") && event == "war" && !asksUnprovoked(t.If) {
				s = s.With(Offense)
			}
			if t.Has("stay neutral") || t.Has("refuse support") {
				s = s.With(Neutrality)
			}
			if t.Has("refrain from force") {
				s = s.With(Nonaggression)
			}
			if t.Has("consult") && event != "" && event != "any" {
				s = s.With(Consultation)
			}
		}
	}
	return s
}

func asksUnprovoked(tests []treaty.Condition) bool {
	return slices.ContainsFunc(tests, func(c treaty.Condition) bool { return c.Test == treaty.TestUnprovoked })
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
	var out []InstrumentComparison
	for _, in := range c.Instruments {
		for _, number := range in.ATOP {
			id, err := strconv.Atoi(number)
			a, ok := byID[id]
			if err != nil || !ok {
				continue
			}
			a = a.since(in.Signed())
			out = append(out, InstrumentComparison{Instrument: in.ID, ATOP: id,
				Ours: membersBy(in, world, a.Members), Theirs: a.Members,
				Signed: in.Signed().String(), Begins: a.Begins.Bound().String(),
				OursObliged: ObligationsOf(in), TheirsObliged: a.Obligations})
		}
	}
	return out
}

// membersBy lists the instrument's members as COW numbers, in terms of ATOP's
// list. A state that bore several numbers while it was a member (Germany: 260
// and 255) stands there under each that the list has, or else under its first.
// A state that is a member by succession alone counts where the list has it;
// that it succeeded is a question that a text may leave open.
func membersBy(in *treaty.Instrument, world *actor.Table, theirs []int) []int {
	end := day.MustParse("2019-01-01")
	var out []int
	for _, m := range in.Members() {
		if m.Role == treaty.Beneficiary || (day.Span{From: m.Span.From, To: day.None}).Contains(end) == day.No {
			continue
		}
		borne := numbersBorne(world, m)
		listed := slices.DeleteFunc(slices.Clone(borne), func(n int) bool { return !slices.Contains(theirs, n) })
		party := slices.ContainsFunc(in.Parties, func(p treaty.Party) bool { return p.ID == m.State })
		if len(listed) == 0 && len(borne) > 0 && party {
			listed = borne[:1]
		}
		for _, n := range listed {
			if !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	slices.Sort(out)
	return out
}

// numbersBorne are the COW numbers that the state bore on some day of its
// membership, or all of them if the days are not known or it bore none then.
func numbersBorne(world *actor.Table, m treaty.Member) []int {
	s, ok := world.State(m.State)
	if !ok {
		return nil
	}
	var all, then []int
	for _, spell := range s.COW {
		all = append(all, spell.Number)
		began := spell.Span.From.Kind != day.BoundIn || m.Span.To.Kind != day.BoundIn || spell.Span.From.From < m.Span.To.To
		lasted := spell.Span.To.Kind != day.BoundIn || m.Span.From.Kind != day.BoundIn || spell.Span.To.To > m.Span.From.From
		if began && lasted {
			then = append(then, spell.Number)
		}
	}
	if len(then) == 0 {
		return all
	}
	return then
}
