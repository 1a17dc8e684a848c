package study

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
)

// Invocation says whether a war was the case in which an alliance had to act,
// by what it obliges to and by who attacked whom.
type Invocation struct {
	War, Alliance int
	Invoked       bool
	Obligations   Obligations // of any member during the war
	Reason        string
	Text          bool // decided by a clause of the corpus, not by ATOP's codes
}

// Invocations judges every alliance that had a belligerent among its members on
// some day of the war's engagements: on the first day of each engagement, and
// on the day in it on which a member entered. Sorted by war and alliance.
//
// Where texts holds the alliance's own text, its clauses decide. Elsewhere, and
// where a clause asks for what the record of wars does not hold, or with texts
// nil, it is the rules of the obligations, with no war or alliance named. What
// counts is what the others owe, who are neither attacker nor attacked:
//   - defence: a member is attacked; not where it is promised to the unprovoked
//     alone (DEFCONPR) and the attack answers the member's own;
//   - offence: the same, or a member attacks;
//   - neutrality: a member is attacked or attacks; only the former where NEUCOATT
//     is coded; NEUCONPR as DEFCONPR;
//   - non-aggression: one member attacks another;
//   - consultation alone is never invoked: nobody can be seen to break it.
//
// ATOP's flags on adversary, place and ongoing conflict say that such a
// condition exists, not what it is; the reason names them, and they do not decide.
func Invocations(ctx context.Context, members []Membership, wars []Engagement, texts *Texts) ([]Invocation, error) {
	byMember := map[int][]*Membership{}
	byAlliance := map[int][]*Membership{}
	for i := range members {
		m := &members[i]
		byMember[m.Member] = append(byMember[m.Member], m)
		byAlliance[m.Alliance] = append(byAlliance[m.Alliance], m)
	}
	type key struct{ war, alliance int }
	found := map[key]*Invocation{}
	inWar := map[key][]int{} // members at war, in order of their coming
	answered := Answered(wars)
	for _, e := range wars {
		for _, belligerent := range []int{e.Initiator, e.Target} {
			for _, m := range byMember[belligerent] {
				k := key{e.War, m.Alliance}
				if at := later(m.Entry, e.From); on(m, at) && at.compare(later(e.From, e.To)) <= 0 {
					if found[k] == nil {
						found[k] = &Invocation{War: e.War, Alliance: m.Alliance}
					}
					if !slices.Contains(inWar[k], belligerent) {
						inWar[k] = append(inWar[k], belligerent)
					}
				}
			}
		}
	}
	for _, e := range wars {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		for k, v := range found {
			if k.war == e.War {
				_, answers := answered[pairing{e.War, e.Initiator, e.Target}]
				v.add(byAlliance[k.alliance], inWar[k], e, answers, texts)
			}
		}
	}
	out := make([]Invocation, 0, len(found))
	for _, v := range found {
		out = append(out, *v)
	}
	slices.SortFunc(out, func(a, b Invocation) int {
		return cmp.Or(cmp.Compare(a.War, b.War), cmp.Compare(a.Alliance, b.Alliance))
	})
	return out, nil
}

// on reports whether the membership covers the moment. What ATOP does not date
// is taken as covered.
func on(m *Membership, at Moment) bool {
	return m.Entry.compare(at) <= 0 && (m.Exit.IsZero() || at.compare(m.Exit) <= 0)
}

// add judges one engagement, on each day of it on which that could change. The
// first reason that invokes stays.
func (v *Invocation) add(members []*Membership, inWar []int, e Engagement, answers bool, texts *Texts) {
	days := []Moment{e.From}
	for _, m := range members {
		if e.From.compare(m.Entry) < 0 && m.Entry.compare(e.To) <= 0 && !slices.Contains(days, m.Entry) {
			days = append(days, m.Entry)
		}
	}
	if texts != nil {
		for _, at := range texts.entries(v.Alliance, e) {
			if !slices.Contains(days, at) {
				days = append(days, at)
			}
		}
	}
	slices.SortFunc(days, Moment.compare)
	for _, at := range days {
		v.judge(members, inWar, e, at, answers, texts)
	}
}

func (v *Invocation) judge(members []*Membership, inWar []int, e Engagement, at Moment, answers bool, texts *Texts) {
	var owed, attacked, attacking Obligations // of all; of the others, to a member that is attacked, to one that attacks
	var fighting []int                        // of the members in the war, those who are members on the day
	conditional, phased := false, false
	for _, m := range members {
		if !on(m, at) {
			continue
		}
		owed |= m.Obligations
		if m.Member != e.Initiator && m.Member != e.Target {
			attacked |= m.towards(true, answers)
			attacking |= m.towards(false, answers)
		}
		if slices.Contains(inWar, m.Member) && !slices.Contains(fighting, m.Member) {
			fighting = append(fighting, m.Member)
		}
		conditional = conditional || m.Codes["conditio"] == 1
		phased = phased || m.Codes["phase"] > 0
	}
	initiator, target := slices.Contains(fighting, e.Initiator), slices.Contains(fighting, e.Target)
	if initiator || target {
		v.Obligations |= owed
	}
	if v.Invoked || len(fighting) == 0 {
		return
	}
	if texts != nil {
		if j := texts.judge(v.Alliance, e, at, fighting, phased); j.invoked || j.decided && (initiator || target) {
			if v.Invoked = j.invoked; j.invoked || v.Reason == "" {
				v.Reason, v.Text = j.reason, true
			}
			return
		}
	}
	if !initiator && !target { // ATOP's codes say nothing on what befalls others
		return
	}
	who := fmt.Sprintf("%d attacks %d, %d", e.Initiator, e.Target, at.Year)
	rule := ""
	switch {
	case target && initiator && owed.Has(Nonaggression):
		rule = "a member attacks a member; non-aggression"
	case target && attacked.Has(Defense):
		rule = "a member is attacked; defence"
	case target && attacked.Has(Offense):
		rule = "a member is attacked; offence"
	case initiator && attacking.Has(Offense):
		rule = "a member attacks; offence"
	case target && attacked.Has(Neutrality):
		rule = "a member is attacked; neutrality"
	case initiator && attacking.Has(Neutrality):
		rule = "a member attacks; neutrality"
	case v.Reason != "":
	case initiator && !target:
		v.Reason = who + ": only the attacker is a member; nothing that others owe it concerns its own attack"
	default:
		v.Reason = who + ": a member is attacked; nothing that others owe it goes beyond consultation"
	}
	if rule == "" {
		return
	}
	v.Invoked, v.Text, v.Reason = true, false, who+": "+rule
	if conditional {
		v.Reason += " (ATOP flags a condition without its content)"
	}
}

// towards is what the member owes to another one that is attacked, or that
// attacks. Answers says that the attack answers an earlier one: who attacks so
// did not begin, and who is attacked so did.
func (m *Membership) towards(attacked, answers bool) Obligations {
	s := m.Obligations
	if attacked == answers {
		if m.Codes["defconpr"] == 1 {
			s &^= 1 << Defense
		}
		if m.Codes["neuconpr"] == 1 {
			s &^= 1 << Neutrality
		}
	}
	if !attacked && m.Codes["neucoatt"] == 1 {
		s &^= 1 << Neutrality
	}
	return s
}

// Agreement is how two yes-or-no codings of the same items agree.
type Agreement struct {
	Items, Same      int
	OursYes, BothYes int
	TheirsYes        int
	Kappa            float64 // Cohen's
}

// Agree compares two codings of the same items.
func Agree(pairs []Pair) Agreement {
	var a Agreement
	for _, p := range pairs {
		a.Items++
		if p.Ours == p.Theirs {
			a.Same++
		}
		if p.Ours {
			a.OursYes++
		}
		if p.Theirs {
			a.TheirsYes++
		}
		if p.Ours && p.Theirs {
			a.BothYes++
		}
	}
	n := float64(a.Items)
	if n == 0 {
		return a
	}
	po := float64(a.Same) / n
	p, q := float64(a.OursYes)/n, float64(a.TheirsYes)/n
	if pe := p*q + (1-p)*(1-q); pe < 1 {
		a.Kappa = (po - pe) / (1 - pe)
	}
	return a
}

// Pair is one row coded twice.
type Pair struct {
	War          int
	Ours, Theirs bool
}

// CompareInvocations sets ours beside hand-coded rows: all of them, and those
// with a defence obligation. A row that we do not judge counts as not invoked.
func CompareInvocations(ours []Invocation, codings []Coding) (all, defense []Pair) {
	type key struct{ war, alliance int }
	judged := map[key]bool{}
	for _, v := range ours {
		judged[key{v.War, v.Alliance}] = v.Invoked
	}
	for _, c := range codings {
		p := Pair{c.War, judged[key{c.War, c.Alliance}], c.Invoked}
		all = append(all, p)
		if c.Obligations.Has(Defense) {
			defense = append(defense, p)
		}
	}
	return all, defense
}

// Spread is how far kappa depends on which wars are in the sample. The rows of
// one war are not independent, so wars are drawn, not rows.
type Spread struct {
	Low, High   float64 // between which 90 % of the resamples lie
	Least, Most float64 // with one war left out
}

// resamples is how often wars are drawn anew; a fixed seed makes it the same
// figure each time.
const resamples = 2000

// SpreadOf measures the spread of kappa over wars.
func SpreadOf(pairs []Pair) Spread {
	byWar := map[int][]Pair{}
	var wars []int
	for _, p := range pairs {
		if byWar[p.War] == nil {
			wars = append(wars, p.War)
		}
		byWar[p.War] = append(byWar[p.War], p)
	}
	if len(wars) < 2 {
		return Spread{}
	}
	var s Spread
	for i, left := range wars {
		k := Agree(slices.DeleteFunc(slices.Clone(pairs), func(p Pair) bool { return p.War == left })).Kappa
		if i == 0 || k < s.Least {
			s.Least = k
		}
		if i == 0 || k > s.Most {
			s.Most = k
		}
	}
	draw := rand.New(rand.NewPCG(1, 1))
	drawn := make([]float64, resamples)
	for i := range drawn {
		var sample []Pair
		for range wars {
			sample = append(sample, byWar[wars[draw.IntN(len(wars))]]...)
		}
		drawn[i] = Agree(sample).Kappa
	}
	slices.Sort(drawn)
	s.Low, s.High = drawn[resamples/20], drawn[resamples-resamples/20]
	return s
}

// Share is how many of the invoked commitments were honoured.
type Share struct {
	Of                string
	Invoked, Honoured int
}

// Percent is the share in per cent; 0 of none is 0.
func (s Share) Percent() float64 {
	if s.Invoked == 0 {
		return 0
	}
	return 100 * float64(s.Honoured) / float64(s.Invoked)
}

// Shares counts honoured among invoked: all, before and since 1945, and by
// obligation. Rows are those for which invoked answers yes; a nil invoked takes
// the file's own coding.
func Shares(codings []Coding, invoked func(Coding) bool) []Share {
	if invoked == nil {
		invoked = func(c Coding) bool { return c.Invoked }
	}
	kinds := []struct {
		name string
		in   func(Coding) bool
	}{
		{"all", func(Coding) bool { return true }},
		{"before 1945", func(c Coding) bool { return c.Year > 0 && c.Year < 1945 }},
		{"since 1945", func(c Coding) bool { return c.Year >= 1945 }},
	}
	for o := Defense; o <= Consultation; o++ {
		kinds = append(kinds, struct {
			name string
			in   func(Coding) bool
		}{o.String(), func(c Coding) bool { return c.Obligations.Has(o) }})
	}
	out := make([]Share, len(kinds))
	for i, k := range kinds {
		out[i].Of = k.name
		for _, c := range codings {
			if !k.in(c) || !invoked(c) {
				continue
			}
			out[i].Invoked++
			if c.Honoured {
				out[i].Honoured++
			}
		}
	}
	return out
}
