package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/text"
)

// memberKinds are the kinds of claims on membership: is a member, became one,
// ceased to be one.
const (
	isMember = "membership"
	joined   = "joined"
	left     = "left"
	halted   = "suspended"
	lasting  = "years of membership"
)

// memberWords are adjectives before "member" that make it something else, or
// leave it open.
var memberWords = wordSet(`former future prospective potential aspiring candidate observer associate honorary would-be de facto partner non possible
	incoming suspended ex founding rotating non-permanent nonpermanent permanent key-partner elected dialogue leading only first newest latest last
	sole oldest biggest largest smallest single other fellow`)

// leading adjectives that say nothing of whether it is a member.
var plainMemberWords = wordSet("only first newest latest last sole oldest biggest largest smallest single other fellow leading")

// memberVerbs take the organisation after "to" or "from".
var memberVerbs = map[string]string{"belong": isMember, "accede": joined, "withdraw": left, "admit": joined, "readmit": joined, "return": joined, "secede": left}

// findMemberships finds claims that a state is, became or ceased to be a member
// of an organisation.
func findMemberships(s *sentence) []Claim {
	var out []Claim
	add := func(kind, state, org string, pred int, span text.Span, c clause, negated bool) {
		if state == "" || org == "" || !c.sure {
			return
		}
		if n := s.lasting(pred); n > 0 && kind == isMember && c.perfect && !negated {
			out = append(out, Claim{Kind: lasting, Subject: state, Object: org, Value: strconv.Itoa(n), Spans: []text.Span{span}, By: s.saidAt(s.Tokens[pred].Span.Start), Sure: true})
			return
		}
		org, how := org, ""
		for _, w := range []string{"permanent", "again"} {
			if rest, ok := strings.CutSuffix(org, " "+w); ok {
				org, how = rest, w
			}
		}
		if negated && s.adverb(pred, "never") {
			how, c.past = "never", true
		}
		if until, ok := s.until(pred); ok && kind == isMember && c.past && !negated {
			out = append(out, Claim{Kind: left, Subject: state, Object: org, When: until, Spans: []text.Span{span}, By: s.saidAt(s.Tokens[pred].Span.Start), Sure: true})
			return
		}
		claim := Claim{Kind: kind, Subject: state, Object: org, Value: how, Negated: negated, Past: c.past, Spans: []text.Span{span}, By: s.saidAt(s.Tokens[pred].Span.Start), Sure: true}
		when, since, ok := s.timeOf(pred)
		switch {
		case s.Tokens[pred].Rel == "appos" && ok && since && kind == isMember:
			claim.When, claim.Since = when, true
		case s.Tokens[pred].UPOS == "PROPN" || s.Tokens[pred].Rel == "appos": // no clause of its own, so no time
		case ok && kind == isMember && !since && !c.past:
			return // "is a member in 1991" is another sentence than it seems
		case ok:
			claim.When, claim.Since = when, since
		case s.timed(pred): // times that were not understood, or several
			return
		}
		if kind != isMember && !c.past && !c.perfect {
			return
		}
		out = append(out, claim)
	}
	for i := range s.Tokens {
		switch w := s.lemma(i); {
		case w == "member" || w == "member-state" || w == "state" && s.lemma(i-1) == "member" || w == "nation" && s.lemma(i-1) == "member" || w == "country" && s.lemma(i-1) == "member":
			if s.lemma(i) == "member" && i+1 < len(s.Tokens) && s.is(i, "compound") && s.Tokens[i].Head == i+1 && wordSet("state nation country")[s.lemma(i+1)] {
				continue
			}
			s.memberNoun(i, add)
		case s.Tokens[i].UPOS == "VERB" && (w == "join" || w == "enter" || w == "rejoin"):
			if o := s.child(i, "obj"); s.orgAt(o) != "" && !s.joinsIn(i, o) {
				s.each(s.child(i, "nsubj"), func(state string) { add(joined, state, s.orgAt(o), i, s.around(i), s.clause(i), s.clause(i).negated) })
			}
		case s.Tokens[i].UPOS == "VERB" && (w == "leave" || w == "quit" || w == "exit"):
			if o := s.child(i, "obj"); s.orgAt(o) != "" && !s.leftSo(i, o) {
				s.each(s.child(i, "nsubj"), func(state string) { add(left, state, s.orgAt(o), i, s.around(i), s.clause(i), s.clause(i).negated) })
			}
		case s.Tokens[i].UPOS == "VERB" && memberVerbs[w] != "":
			c := s.clause(i)
			for _, o := range s.kids[i] {
				if !s.is(o, "obl") || s.preposition(o) != "to" && s.preposition(o) != "from" && !(s.preposition(o) == "into" && w == "admit") {
					continue
				}
				if w == "admit" && s.child(i, "nsubj:pass") < 0 {
					continue
				}
				for _, k := range s.conj(o) {
					again := w == "readmit" || w == "return"
					negated := c.negated != (k != o && s.nott(k) || k == o && !c.negated && s.nott(o))
					if s.orgAt(k) != "" {
						s.each(s.child(i, "nsubj"), func(state string) {
							add(memberVerbs[w], state, s.orgAt(k)+map[bool]string{true: " again"}[again], i, s.around(i), c, negated)
						})
					}
				}
			}
		case s.Tokens[i].UPOS == "VERB" && wordSet("group comprise include unite")[w]:
			org := s.orgAt(s.antecedent(s.child(i, "nsubj")))
			if o := s.child(i, "obj"); org != "" && o >= 0 {
				if codes, all := s.states(o); all && (len(codes) > 1 || w == "include") {
					for _, state := range codes {
						add(isMember, state, org, i, s.around(i), s.clause(i), s.clause(i).negated)
					}
				}
			}
		case s.Tokens[i].UPOS == "VERB" && w == "suspend" && s.lemma(s.child(i, "nsubj:pass")) == "membership":
			s.suspension(i, add)
		case s.Tokens[i].UPOS == "VERB" && w == "suspend" && s.child(i, "nsubj:pass") >= 0:
			for _, o := range s.kids[i] {
				if s.is(o, "obl") && s.orgAt(o) != "" && s.preposition(o) == "from" {
					if c := s.clause(i); !c.past {
						s.each(s.child(i, "nsubj:pass"), func(state string) {
							add(halted, state, s.orgAt(o), i, s.around(i), clause{sure: c.sure, perfect: true}, c.negated)
						})
					}
				}
			}
		case s.orgAt(i) != "" && s.first[i] >= 0:
			// "Ukraine is not in NATO", "is outside the EU"
			prep := s.preposition(i)
			if cop := s.child(i, "cop"); cop >= 0 && (prep == "in" || prep == "within" || prep == "outside") && s.lemma(cop) == "be" {
				c := s.clause(i)
				negated := c.negated != (prep == "outside")
				s.each(s.child(i, "nsubj"), func(state string) { add(isMember, state, s.orgAt(i), i, s.around(i), c, negated) })
			}
			// "non-NATO member Austria", "NATO member Turkey"
			s.memberName(i, add)
		}
	}
	return out
}

// until returns the one time in the clause of a predicate, if "until" stands
// before it.
func (s *sentence) until(pred int) (day.Period, bool) {
	times := s.timesOf(pred)
	if len(times) != 1 {
		return day.Period{}, false
	}
	words := strings.Fields(strings.ToLower(s.doc.Text[max(s.Span.Start, times[0].Span.Start-8):times[0].Span.End]))
	when, err := day.ParsePeriod(times[0].Value)
	return when, err == nil && (slices.Contains(words, "until") || slices.Contains(words, "till"))
}

// lasting returns n of "for n years" in the clause of a predicate; 0 if there is
// none, or if "nearly" or "more than" stands before it.
func (s *sentence) lasting(pred int) int {
	own := s.own(pred)
	for i := range s.Tokens {
		if own[i] && s.lemma(i) == "year" && s.preposition(i) == "for" {
			k := s.child(i, "nummod")
			if k < 0 || approximate[s.word(k-1)] || s.word(k-1) == "than" || s.word(k-1) != "for" {
				return 0
			}
			n, _ := s.number(k)
			return n
		}
	}
	return 0
}

// suspension reads "X's membership of O is suspended" and "X, whose membership of
// O is suspended".
func (s *sentence) suspension(verb int, add func(kind, state, org string, pred int, span text.Span, c clause, negated bool)) {
	noun, c := s.child(verb, "nsubj:pass"), s.clause(verb)
	org, owner := s.ownerOrg(noun), s.child(noun, "nmod:poss")
	if s.word(owner) == "whose" && s.Tokens[verb].Rel == "acl:relcl" {
		owner = s.Tokens[verb].Head
	}
	if state := s.stateAt(owner); !c.past {
		add(halted, state, org, verb, s.around(verb), clause{sure: c.sure, perfect: true}, c.negated)
	}
}

// each calls do for every state that a phrase names.
func (s *sentence) each(i int, do func(state string)) {
	codes, _ := s.states(i)
	for _, c := range codes {
		do(c)
	}
}

// joinsIn reports whether "join" says that somebody did something together with
// others: "joined NATO and Japan in condemning".
func (s *sentence) joinsIn(verb, object int) bool {
	for i := object; i < len(s.Tokens); i++ {
		if s.Tokens[i].XPOS == "VBG" && (s.word(i-1) == "in" || s.word(i-1) == "by") {
			return true
		}
	}
	return slices.ContainsFunc(s.kids[object], func(k int) bool { return s.is(k, "conj") && s.orgAt(k) == "" })
}

// leftSo reports whether "leave" says in which state somebody is left: "left the
// Union guessing", "left NATO with a choice".
func (s *sentence) leftSo(verb, object int) bool {
	if s.child(verb, "xcomp", "ccomp") >= 0 || slices.ContainsFunc(s.kids[object], func(k int) bool {
		return s.is(k, "acl", "nmod", "amod") && s.first[k] != s.first[object]
	}) {
		return true
	}
	next := s.nameEnd(object) + 1
	if next >= len(s.Tokens) {
		return false
	}
	t := &s.Tokens[next]
	return t.UPOS == "ADJ" || t.XPOS == "VBG" || t.XPOS == "VBN" || t.UPOS == "PART" || s.word(next) == "with" || s.word(next) == "out"
}

// nott reports whether "not" stands before a phrase: "to the Union but not to
// NATO".
func (s *sentence) nott(i int) bool {
	first, _ := s.under(i, "conj", "acl", "appos")
	return s.word(first) == "not" || s.word(first-1) == "not" || s.child(i, "advmod") >= 0 && s.word(s.child(i, "advmod")) == "not"
}

// memberNoun reads the noun "member" with the organisation that it belongs to.
func (s *sentence) memberNoun(i int, add func(kind, state, org string, pred int, span text.Span, c clause, negated bool)) {
	org, permanent := "", false
	for _, k := range s.kids[i] {
		switch {
		case s.is(k, "nmod") && s.preposition(k) == "of", s.is(k, "compound", "nmod"):
			if o := s.orgAt(s.antecedent(k)); o != "" {
				org = o
			} else if org == "" && s.is(k, "nmod") && s.preposition(k) == "of" && s.Tokens[k].UPOS == "PROPN" && s.actors[k] < 0 {
				org = s.named(k) // one that no table holds
			}
		case s.is(k, "amod") && s.word(k) == "permanent":
			permanent = true
		case s.is(k, "amod", "compound") && memberWords[s.word(k)] && !plainMemberWords[s.word(k)]:
			return
		}
	}
	if permanent && org != "UNSC" {
		return
	}
	if permanent {
		org += " permanent"
	}
	if j := i - 1; j > 0 && s.word(j) == "-" {
		return // "32-member", "non-member"
	}
	if s.is(i, "conj") && s.child(i, "amod") == i-1 && s.word(i-1) == "other" && s.word(i-2) == "the" && org != "" { // "Georgia and the other members of"
		if h := s.headOr(i); s.stateAt(h) != "" {
			first, last := s.under(i, "acl", "conj")
			add(isMember, s.stateAt(h), org, i, s.span(s.nameStart(h), last).Join(s.span(first, last)), clause{sure: !s.shaky && s.plain(s.saidAt(s.Tokens[i].Span.Start)), past: s.old}, false)
		}
		return
	}
	if org == "" || s.word(i-1) == "non" || slices.ContainsFunc(s.kids[i], func(k int) bool { return s.Tokens[k].UPOS == "NUM" && s.child(k, "case") < 0 }) && s.child(i, "cop") < 0 && s.word(s.Tokens[i].Head) != "one" {
		return
	}
	first, _ := s.under(i, "nmod", "acl", "appos", "nsubj", "cop", "aux", "ccomp", "advcl", "parataxis", "conj")
	if first > 1 && s.word(first-1) == "-" {
		return // "non-NATO member"
	}
	for _, k := range s.kids[i] {
		if f, l := s.under(k, "acl", "advcl"); s.is(k, "nmod") {
			for j := f; j <= l; j++ {
				if w := s.word(j); w == "neither" || w == "nor" || w == "than" || w == "or" {
					return
				}
			}
		}
	}
	c := s.clause(i)
	if h := s.Tokens[i].Head; h >= 0 && s.word(h) == "one" && s.is(i, "nmod") && s.preposition(i) == "of" && s.child(h, "cop") >= 0 { // "is one of the 32 members"
		c := s.clause(h)
		s.each(s.child(h, "nsubj"), func(state string) { add(isMember, state, org, h, s.around(h), c, c.negated) })
		return
	}
	if s.child(i, "cop") >= 0 || s.Tokens[i].Rel == "xcomp" && s.Tokens[i].Head >= 0 {
		pred, kind, negated := i, isMember, c.negated
		if s.child(i, "cop") < 0 {
			pred = s.Tokens[i].Head
			switch s.lemma(pred) {
			case "become":
				kind = joined
			case "remain":
			case "cease":
				kind = left
			default:
				return
			}
			c = s.clause(pred)
			negated = c.negated
		}
		if s.child(i, "cop") >= 0 && s.lemma(s.child(i, "cop")) != "be" {
			return
		}
		subject := s.child(pred, "nsubj")
		codes, all := s.states(subject)
		if negated && !all {
			return
		}
		for _, code := range codes {
			add(kind, code, org, pred, s.around(pred), c, negated)
		}
		return
	}
	if h := s.Tokens[i].Head; h >= 0 && s.is(i, "obl") && s.preposition(i) == "as" && i < h { // "As a member of the Union, Britain"
		s.each(s.child(h, "nsubj"), func(state string) {
			add(isMember, state, org, i, s.around(i), clause{sure: c.sure && !s.shaky, past: s.old}, false)
		})
		return
	}
	if s.Tokens[i].Rel == "appos" && s.Tokens[i].Head >= 0 {
		if h := s.Tokens[i].Head; s.stateAt(h) != "" {
			first, last := s.under(i, "acl", "appos")
			add(isMember, s.stateAt(h), org, i, s.span(s.nameStart(h), last).Join(s.span(first, last)), clause{sure: c.sure, past: s.old}, c.negated)
		}
	}
}

// named returns the words of a name that no table holds.
func (s *sentence) named(i int) string {
	first, last := s.under(i, "nmod", "acl", "appos", "case", "det")
	return s.span(first, last).Of(s.doc.Text)
}

func (s *sentence) nameStart(i int) int {
	if s.first[i] >= 0 {
		return s.first[i]
	}
	return i
}

// memberName reads "NATO member Turkey" and "non-EU country Serbia", where the
// organisation's name begins at i.
func (s *sentence) memberName(i int, add func(kind, state, org string, pred int, span text.Span, c clause, negated bool)) {
	if s.first[i] != i {
		return
	}
	j := i
	for j < len(s.Tokens) && s.actors[j] == s.actors[i] {
		j++
	}
	non := i > 1 && s.word(i-1) == "-" && s.word(i-2) == "non"
	if s.word(i-1) == "-" && !non || strings.HasPrefix(s.word(i), "non-") {
		return
	}
	begin := i
	if non {
		begin = i - 2
	}
	if memberWords[s.word(begin-1)] && !plainMemberWords[s.word(begin-1)] || s.word(begin-1) == "non" {
		return
	}
	member, ally := false, false
	for ; j < len(s.Tokens); j++ {
		w := s.lemma(j)
		if w == "member" || w == "ally" && s.orgAt(i) == "NATO" {
			member, ally = true, ally || w == "ally"
			continue
		}
		if w == "-" && member {
			continue
		}
		if (w == "state" || w == "country" || w == "nation") && (member || non) {
			member = true
			continue
		}
		break
	}
	if !member || j >= len(s.Tokens) || s.stateAt(j) == "" || s.first[j] != j {
		return
	}
	for _, k := range append([]int{j}, s.conjoined(j)...) {
		last := k
		for last+1 < len(s.Tokens) && s.first[last+1] == s.first[k] && s.actors[last+1] == s.actors[k] {
			last++
		}
		if ally && s.world.Member("NATO", s.stateAt(k), s.published.From) != day.Yes {
			continue // an ally need not be a member
		}
		add(isMember, s.stateAt(k), s.orgAt(i), k, s.span(begin, last), clause{sure: !s.shaky && s.plain(s.saidAt(s.Tokens[k].Span.Start)), past: s.old}, non)
		if s.word(j-1) == "member" || s.word(j-1) == "ally" || s.word(j-1) == "state" || s.word(j-1) == "country" {
			break // the singular names one
		}
	}
}

// conjoined returns states joined to the name at i by commas and "and".
func (s *sentence) conjoined(i int) []int {
	var out []int
	for _, k := range s.conj(s.nameHead(i)) {
		if k != s.nameHead(i) && s.stateAt(k) != "" {
			out = append(out, k)
		}
	}
	return out
}

// nameHead returns the token of a name that its other tokens hang from.
func (s *sentence) nameHead(i int) int {
	for h := s.Tokens[i].Head; h >= 0 && s.actors[h] == s.actors[i] && s.first[h] == s.first[i]; h = s.Tokens[i].Head {
		i = h
	}
	return i
}

// judgeMembership compares a claim on membership with the table of members. It
// contradicts only for organisations whose list is complete on all days that
// may be meant.
func judgeMembership(p *pass, c *Claim) (Result, []Ground) {
	org, ok := p.world.Organization(c.Object)
	if !ok {
		return NotInRecord, []Ground{{Says: "the tables do not know the organisation"}}
	}
	name := org.Name
	spells := p.spells(org, c.Subject)
	grounds := p.memberGrounds(org, c.Subject, spells)
	if len(org.Members) == 0 {
		return NotInRecord, []Ground{{Says: "the tables do not hold the members of " + name, Ref: org.ID}}
	}
	when := c.at(p.published)
	if when.To <= when.From {
		return NotInRecord, grounds
	}
	if c.Kind == lasting {
		return p.judgeLasting(c, spells), grounds
	}
	if c.Value == "permanent" {
		spells = slices.DeleteFunc(spells, func(m actor.Member) bool { return m.Span.To.Kind != day.BoundNone })
	}
	complete := org.Complete != 0 && (org.Complete <= when.From || len(spells) > 0 && org.Complete < when.To) && when.To-1 <= p.world.Known
	var truth day.Truth // of the claim without its negation
	switch c.Kind {
	case isMember:
		all, any := coverage(spells, when)
		switch {
		case c.Since:
			truth = beganIn(spells, when)
			if now, _ := coverage(spells, p.published); truth == day.Yes && now != day.Yes {
				truth = day.Unknown
			}
		case c.Past && c.When.To == 0: // some day before the report
			_, any = coverage(spells, day.Period{From: org.Complete, To: p.published.To})
			truth = any
			if any == day.Yes && c.Negated && c.Value != "never" {
				truth = day.Unknown // it may speak of a time before
			}
		case all == day.Yes:
			truth = day.Yes
		case any == day.No:
			truth = day.No
		}
	case joined:
		if c.When.To == 0 {
			_, truth = coverage(spells, day.Period{From: org.Complete, To: p.published.To})
			break
		}
		truth = beganIn(spells, when)
	case halted:
		truth = p.world.Suspended(org.ID, c.Subject, when.From)
		if truth == day.No { // suspensions of old may be missing
			truth = day.Unknown
		}
		if truth == day.Yes {
			grounds = append(grounds, Ground{Says: "suspended on " + when.From.String(), Ref: org.ID, Source: org.At})
		}
	case left:
		if c.When.To == 0 {
			when = day.Period{From: org.Complete, To: p.published.To}
		}
		truth = endedIn(spells, when)
	}
	if slices.ContainsFunc(org.Members, func(m actor.Member) bool {
		return m.State == c.Subject && m.Status != "member" && m.Status != "suspended" && m.Doubt != ""
	}) && truth == day.No {
		truth = day.Unknown // some count it as a member
	}
	if c.Value == "again" && truth != day.Yes {
		truth = day.Unknown
		for _, m := range org.Members {
			if b := m.Span.To; m.State == c.Subject && m.Status == "suspended" && b.Kind == day.BoundIn && b.From < when.To && when.From < b.To+31 {
				truth = day.Yes // readmitted after a suspension
				grounds = append(grounds, Ground{Says: "suspended until " + b.String(), Ref: org.ID, Source: org.At})
			}
		}
	}
	if c.Negated {
		switch truth {
		case day.Yes:
			truth = day.No
		case day.No:
			truth = day.Yes
		}
	}
	if truth == day.No && len(spells) > 0 && (c.Since || c.Kind == joined) {
		for y := range strings.FieldsSeq(foundings[org.ID]) { // it may count from the treaty, or from the body
			start, _ := firstDay(org)
			if from, err := day.ParsePeriod(y); err == nil && from.From < when.To && when.From < from.To && (spells[0].Span.From.From <= start+31 || spells[0].Span.From.From < from.To) {
				truth = day.Unknown
			}
		}
	}
	switch {
	case truth == day.Yes && (complete || !c.Negated):
		return Supported, grounds
	case truth == day.No && complete && !p.doubtful(spells, when):
		return Contradicted, grounds
	}
	if org.Complete == 0 {
		grounds = append(grounds, Ground{Says: "the list of members of " + name + " is not complete", Ref: org.ID})
	}
	return NotInRecord, grounds
}

// judgeLasting compares a number of years of membership with the table. Round
// numbers are taken as such.
func (p *pass) judgeLasting(c *Claim, spells []actor.Member) Result {
	n, _ := strconv.Atoi(c.Value)
	for _, m := range spells {
		if m.Span.Contains(p.published.From) != day.Yes || m.Span.From.Kind != day.BoundIn {
			continue
		}
		years := int(p.published.From-m.Span.From.From) / 365
		slack := 2
		if n%10 == 0 {
			slack = 9
		} else if n%5 == 0 {
			slack = 4
		}
		switch off := max(years-n, n-years); {
		case off <= 1:
			return Supported
		case off > slack && m.Doubt == "" && p.published.From <= p.world.Known:
			return Contradicted
		}
	}
	return NotInRecord
}

// spells returns the memberships of a state and of those that it continues.
func (p *pass) spells(org *actor.Organization, state string) []actor.Member {
	var out []actor.Member
	for _, m := range org.Members {
		if m.Status == "member" && (m.State == state || p.world.Continuer(m.State, p.world.Known) == state) {
			out = append(out, m)
		}
	}
	return out
}

// doubtful reports whether a spell is in doubt in a period. Doubt about its days
// reaches two years from them, but not beyond the end.
func (p *pass) doubtful(spells []actor.Member, when day.Period) bool {
	near := func(b day.Bound) bool {
		return b.Kind != day.BoundIn || b.From < when.To+730 && when.From-730 < b.To
	}
	return slices.ContainsFunc(spells, func(m actor.Member) bool {
		return m.Doubt != "" && (!strings.Contains(m.Doubt, "the day") || near(m.Span.From) || m.Span.To.Kind != day.BoundNone && near(m.Span.To) && !(m.Span.To.Kind == day.BoundIn && when.From >= m.Span.To.To))
	})
}

func (p *pass) memberGrounds(org *actor.Organization, state string, spells []actor.Member) []Ground {
	name := p.corpus.Names.Name(state, p.published.From)
	if len(spells) == 0 {
		says := fmt.Sprintf("%s is not among the members of %s", name, org.Name)
		if !slices.ContainsFunc(org.Members, func(m actor.Member) bool { return m.State == state }) && org.Complete != 0 {
			says += fmt.Sprintf(", whose list is complete from %s to %s", org.Complete, p.world.Known)
		}
		return []Ground{{Says: says, Ref: org.ID, Source: org.At}}
	}
	var out []Ground
	for _, m := range spells {
		out = append(out, Ground{Says: fmt.Sprintf("%s was a member of %s %s", p.corpus.Names.Name(m.State, p.published.From), org.Name, spell(m.Span)), Ref: org.ID, Source: org.At})
		if m.Span.To.Kind == day.BoundNone {
			out[len(out)-1].Says = fmt.Sprintf("%s has been a member of %s since %s", p.corpus.Names.Name(m.State, p.published.From), org.Name, m.Span.From)
		}
	}
	return out
}

// coverage says whether the spells hold on all days of a period and on any.
func coverage(spells []actor.Member, when day.Period) (all, any day.Truth) {
	all, any = day.No, day.No
	for _, m := range spells {
		a, b := m.Span.Contains(when.From), m.Span.Contains(when.To-1)
		if a == day.Yes && b == day.Yes {
			return day.Yes, day.Yes
		}
		switch {
		case a == day.Yes, b == day.Yes, m.Span.From.Kind == day.BoundIn && when.From <= m.Span.From.From && m.Span.From.To <= when.To:
			any = day.Yes
		case (a == day.Unknown || b == day.Unknown) && any == day.No:
			any = day.Unknown
		}
	}
	if any != day.No {
		all = day.Unknown
	}
	return all, any
}

// beganIn says whether a spell began within a period.
func beganIn(spells []actor.Member, when day.Period) day.Truth {
	out := day.No
	for _, m := range spells {
		if b := m.Span.From; b.Kind != day.BoundIn || b.From < when.To && when.From < b.To {
			if b.Kind == day.BoundIn && when.From <= b.From && b.To <= when.To {
				return day.Yes
			}
			out = day.Unknown
		}
	}
	return out
}

// endedIn says whether a spell ended within a period.
func endedIn(spells []actor.Member, when day.Period) day.Truth {
	out := day.No
	for _, m := range spells {
		switch b := m.Span.To; {
		case b.Kind == day.BoundNone:
		case b.Kind != day.BoundIn:
			out = day.Unknown
		case when.From <= b.From && b.To <= when.To:
			return day.Yes
		case b.From < when.To && when.From < b.To:
			out = day.Unknown
		}
	}
	return out
}
