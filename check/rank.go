package check

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/text"
	"github.com/casus-foederis/casus/treaty"
)

// The kinds of claims on rank and beginning.
const (
	firstTreaty = "first"    // the first treaty of two states
	ranked      = "rank"     // the first, last or only state to join or leave
	onlyMember  = "only"     // the only member that borders on a state
	founder     = "founder"  // a founding member
	founded     = "founding" // an organisation was founded at a time
	onlyAlly    = "only ally"
)

var rankWords = map[string]string{"first": "first", "last": "last", "latest": "last", "newest": "last", "youngest": "last", "only": "only", "sole": "only"}

// looseRank are words about a rank that make it another claim: "one of the
// first", "the first such", "the first since".
func (s *sentence) looseRank(i int) bool {
	for j := max(0, i-3); j < i; j++ {
		if s.word(j) == "of" && (s.word(j-1) == "one" || s.word(j-1) == "some" || s.word(j-1) == "among") || s.word(j) == "among" {
			return true
		}
		if approximate[s.word(j)] || s.word(j) == "nearly" || s.word(j) == "second" {
			return true
		}
	}
	rest := strings.ToLower(s.doc.Text[s.Tokens[i].Span.Start:s.Span.End])
	for _, w := range []string{" since ", " such", " of its kind", " of this kind", " in decades", " in years", " in more than", " in nearly", " in a ", " under ", " to date", " from ", " time ", " after ", " so far", " in the region", " in asia", " in africa", " in europe", " western ", " eu ", " nato country", " outside", " non-", " other than", " except", " apart from", " besides", " modern", " new ", " formal ", " comprehensive", " written"} {
		if strings.Contains(rest, w) && !(w == " eu " || w == " to date" || w == " so far") {
			return true
		}
	}
	return false
}

// findRanks finds claims that a treaty is the first of two states, that a state
// was the first, last or only one to join or leave an organisation, that it is
// the only member with a border, and that it founded an organisation.
func findRanks(s *sentence) []Claim {
	var out []Claim
	for i := range s.Tokens {
		rank := rankWords[s.word(i)]
		if rank == "" || s.shaky || s.Tokens[i].Head < 0 || !s.is(i, "amod", "compound") || s.looseRank(i) {
			continue
		}
		noun := s.Tokens[i].Head
		for s.is(noun, "compound") && s.Tokens[noun].Head == noun+1 { // "only treaty ally"
			noun++
		}
		by := s.saidAt(s.Tokens[i].Span.Start)
		if !s.plain(by) {
			continue
		}
		claim := Claim{Value: rank, By: by, Sure: true}
		switch w := s.lemma(noun); {
		case rank == "first" && slices.Contains(agreementNouns, w):
			if c, ok := s.firstTreaty(i, noun); ok {
				c.By = by
				out = append(out, c)
			}
		case w == "country" || w == "state" || w == "nation" || w == "member" || w == "ally":
			subject := s.rankedState(noun)
			if subject == "" {
				continue
			}
			pred := noun
			if s.child(noun, "cop") >= 0 {
				c := s.clause(noun)
				if !c.sure || c.negated || (c.past || s.timed(noun)) && rank != "first" {
					continue // what was the last or only one then may be so no more
				}
			}
			claim.Subject = subject
			claim.Spans = []text.Span{s.around(pred)}
			// "to join NATO", "to have left the EU"
			for _, k := range s.kids[noun] {
				if !s.is(k, "acl") {
					continue
				}
				verb := s.lemma(k)
				org := s.orgAt(s.child(k, "obj"))
				for _, o := range s.kids[k] {
					if org == "" && s.is(o, "obl") {
						org = s.orgAt(o)
					}
				}
				switch {
				case rank == "only" && (verb == "have" || verb == "conclude") && s.withWhich(k):
					owner, _ := s.states(s.child(k, "nsubj"))
					if len(owner) == 1 {
						claim.Kind, claim.Object, claim.Value = onlyAlly, owner[0], ""
					}
				case (verb == "join" || verb == "leave" || verb == "quit") && org != "":
					claim.Kind, claim.Object = ranked, org
					claim.Value = rank + " " + map[string]string{"join": "join", "leave": "leave", "quit": "leave"}[verb]
				case (verb == "border" || verb == "share") && rank == "only":
					codes, _ := s.states(s.child(k, "obj"))
					if len(codes) == 0 {
						codes, _ = s.states(s.child(k, "nmod:unmarked"))
					}
					if verb == "share" {
						codes = nil
						for _, o := range append(slices.Clone(s.kids[k]), s.kids[max(0, s.child(k, "obj"))]...) {
							if s.is(o, "obl", "nmod") && s.preposition(o) == "with" && s.lemma(s.child(k, "obj")) == "border" {
								codes, _ = s.states(o)
							}
						}
					}
					if org := s.ownerOrg(noun); org != "" && len(codes) == 1 {
						claim.Kind, claim.Object, claim.Value = onlyMember, org, codes[0]
					}
				}
			}
			if org := s.ownerOrg(noun); claim.Kind == "" && org != "" && rank == "last" && w == "member" && s.child(noun, "acl") < 0 && s.word(i) != "last" {
				claim.Kind, claim.Object, claim.Value = ranked, org, "last join"
			}
			if claim.Kind != "" {
				out = append(out, claim)
			}
			if w == "ally" && rank == "only" {
				if owner := s.ownerState(noun); owner != "" && s.treatyAlly(noun) && s.child(noun, "acl") < 0 {
					claim.Kind, claim.Object, claim.Value = onlyAlly, owner, ""
					out = append(out, claim)
				}
			}
		}
	}
	for i := range s.Tokens {
		switch w := s.lemma(i); {
		case (s.word(i) == "founding" || w == "founder") && !s.shaky && s.plain(s.saidAt(s.Tokens[i].Span.Start)):
			noun := i
			if s.word(i) == "founding" {
				if noun = s.Tokens[i].Head; noun < 0 || s.lemma(noun) != "member" && s.lemma(noun) != "state" {
					continue
				}
			}
			org := s.ownerOrg(noun)
			if h := s.Tokens[noun].Head; h >= 0 && s.word(h) == "one" && s.is(noun, "nmod") {
				noun = h // "one of the founding members"
			}
			subject := s.rankedState(noun)
			if org == "" || subject == "" {
				continue
			}
			c := clause{sure: true}
			if s.child(noun, "cop") >= 0 {
				c = s.clause(noun)
			}
			if c.sure {
				out = append(out, Claim{Kind: founder, Subject: subject, Object: org, Negated: c.negated, Spans: []text.Span{s.around(noun)}, By: s.saidAt(s.Tokens[i].Span.Start), Sure: true})
			}
		case s.Tokens[i].UPOS == "VERB" && (w == "found" || w == "create" || w == "establish" || w == "form"):
			sub := s.child(i, "nsubj:pass")
			org := ""
			if sub >= 0 {
				org = s.orgAt(s.antecedent(sub))
			}
			c := s.clause(i)
			if org == "" && (s.is(i, "acl")) && s.Tokens[i].XPOS == "VBN" {
				org, c = s.orgAt(s.Tokens[i].Head), clause{sure: !s.shaky && s.plain(s.saidAt(s.Tokens[i].Span.Start)), past: true}
			}
			if org == "" || !c.sure || c.negated {
				continue
			}
			if when, since, ok := s.timeOf(i); ok && !since {
				out = append(out, Claim{Kind: founded, Subject: org, When: when, Spans: []text.Span{s.around(i)}, By: s.saidAt(s.Tokens[i].Span.Start), Sure: true})
			}
		}
	}
	return out
}

// rankedState returns the state of which a noun is said: subject, apposition.
func (s *sentence) rankedState(noun int) string {
	subject := s.child(noun, "nsubj")
	if s.child(noun, "cop") < 0 {
		subject = -1
		switch h := s.Tokens[noun].Head; {
		case h >= 0 && s.is(noun, "appos"):
			subject = h
		case h >= 0 && s.is(noun, "xcomp") && (s.lemma(h) == "become" || s.lemma(h) == "remain"):
			if c := s.clause(h); c.sure && !c.negated {
				subject = s.child(h, "nsubj")
			}
		case h >= 0 && s.is(noun, "obl") && (s.lemma(h) == "join") && s.preposition(noun) == "as":
			subject = s.child(h, "nsubj")
		}
	}
	codes, _ := s.states(subject)
	if len(codes) != 1 {
		return ""
	}
	return codes[0]
}

// ownerOrg returns the organisation whose member a noun is.
func (s *sentence) ownerOrg(noun int) string {
	for _, k := range s.kids[noun] {
		if s.is(k, "nmod", "compound", "nmod:poss") {
			if o := s.orgAt(k); o != "" {
				return o
			}
		}
	}
	return ""
}

func (s *sentence) ownerState(noun int) string {
	for _, k := range s.kids[noun] {
		if s.is(k, "nmod:poss") || s.is(k, "nmod") && s.preposition(k) == "of" {
			if codes, all := s.states(k); all && len(codes) == 1 {
				return codes[0]
			}
		}
	}
	return ""
}

func (s *sentence) treatyAlly(noun int) bool {
	for _, k := range s.kids[noun] {
		if w := s.word(k); w == "treaty" || w == "formal" && s.is(k, "amod") {
			return true
		}
	}
	return false
}

// withWhich reports whether a relative clause says "with which X has a treaty of
// mutual defence".
func (s *sentence) withWhich(v int) bool {
	o := s.child(v, "obj")
	if o < 0 || !pactNouns[s.lemma(o)] && s.lemma(o) != "clause" {
		return false
	}
	first, last := s.under(o)
	words := strings.ToLower(s.span(first, last).Of(s.doc.Text))
	if !strings.Contains(words, "defence") && !strings.Contains(words, "defense") && !strings.Contains(words, "mutual assistance") {
		return false
	}
	for _, k := range s.kids[v] {
		if s.word(k) == "which" && s.preposition(k) == "with" {
			return true
		}
	}
	return false
}

// firstTreaty reads "the first (defence) treaty between X and Y".
func (s *sentence) firstTreaty(i, noun int) (Claim, bool) {
	var codes []string
	all, negated := true, false
	for _, k := range s.kids[noun] {
		switch {
		case s.is(k, "nmod") && (s.preposition(k) == "between" || s.preposition(k) == "of"):
			codes, all = s.states(k)
		case s.is(k, "nmod:poss"):
			if c, good := s.states(k); good {
				codes = c
			}
		case s.is(k, "amod", "compound") && k != i:
			if w := s.word(k); w != "bilateral" && w != "defence" && w != "defense" && w != "mutual" {
				return Claim{}, false
			}
		case s.is(k, "acl"), s.is(k, "nmod") && s.preposition(k) != "between" && s.preposition(k) != "of" && s.preposition(k) != "with":
			return Claim{}, false
		}
	}
	if len(codes) != 2 || !all {
		return Claim{}, false
	}
	if s.child(noun, "cop") >= 0 {
		cl := s.clause(noun)
		if !cl.sure {
			return Claim{}, false
		}
		negated = cl.negated
	} else if s.is(noun, "obj") || s.is(noun, "nsubj") {
		if c := s.clause(s.Tokens[noun].Head); !c.sure || c.negated {
			return Claim{}, false
		}
	}
	first, last := s.under(noun, "acl", "advcl", "nsubj", "cop")
	words := strings.ToLower(s.span(first, last).Of(s.doc.Text))
	c := Claim{Kind: firstTreaty, Negated: negated, Subject: min(codes[0], codes[1]), Object: max(codes[0], codes[1]), Spans: []text.Span{s.around(noun)}, Sure: true}
	if strings.Contains(words, "defence") || strings.Contains(words, "defense") || strings.Contains(words, "mutual") {
		c.Value = "defense"
	}
	pred := noun
	if h := s.Tokens[noun].Head; s.child(noun, "cop") < 0 && s.is(noun, "nsubj", "obj") && h >= 0 {
		pred = h // "the first treaty of the two was signed in 1854"
	}
	if when, _, ok := s.timeOf(pred); ok {
		c.When = when
	} else if s.timed(pred) || s.old {
		return Claim{}, false
	}
	return c, true
}

// judgeRank compares claims on rank with the tables.
func judgeRank(p *pass, c *Claim) (Result, []Ground) {
	switch c.Kind {
	case firstTreaty:
		return p.judgeFirst(c)
	case onlyAlly:
		return p.judgeOnlyAlly(c)
	}
	org, ok := p.world.Organization(cmp.Or(c.Object, c.Subject))
	if !ok || len(org.Members) == 0 {
		return NotInRecord, []Ground{{Says: "the tables do not hold the members of " + cmp.Or(c.Object, c.Subject)}}
	}
	on := p.published.To - 1
	complete := org.Complete != 0 && p.published.To > p.published.From && on <= p.world.Known
	switch c.Kind {
	case founded:
		return p.judgeFounded(org, c)
	case founder:
		spells := p.spells(org, c.Subject)
		grounds := p.memberGrounds(org, c.Subject, spells)
		start, ok := firstDay(org)
		if !ok || !complete || p.doubtful(spells, p.published) || start < org.Complete-1 {
			return NotInRecord, grounds
		}
		truth := slices.ContainsFunc(spells, func(m actor.Member) bool { return m.Span.From.Kind == day.BoundIn && m.Span.From.From <= start+31 })
		late := !slices.ContainsFunc(spells, func(m actor.Member) bool {
			return m.Span.From.Kind != day.BoundIn || m.Span.From.From < start+366
		})
		switch {
		case truth != c.Negated && (truth || late):
			return Supported, grounds
		case late && !c.Negated, truth && c.Negated:
			return Contradicted, grounds
		}
		return NotInRecord, grounds
	case onlyMember:
		var found []string
		for _, m := range p.world.Members(org.ID, on) {
			if p.world.Neighbours(m, c.Value) {
				found = append(found, m)
			}
		}
		grounds := []Ground{{Says: fmt.Sprintf("members of %s that border on %s: %s", org.Name, p.corpus.Names.Name(c.Value, on), p.list(found, on)), Ref: org.ID, Source: org.At}}
		switch {
		case !complete || on < settledBorders:
			return NotInRecord, grounds
		case len(found) == 1 && found[0] == c.Subject:
			return Supported, grounds
		case slices.ContainsFunc(found, func(f string) bool {
			return f != c.Subject && opposed[[2]string{min(f, c.Value), max(f, c.Value)}] == ""
		}):
			return Contradicted, grounds
		}
		return NotInRecord, grounds
	}
	rank, what, _ := strings.Cut(c.Value, " ")
	return p.judgeOrder(org, c.Subject, rank, what, complete)
}

// firstDay returns the day of the first memberships.
func firstDay(org *actor.Organization) (day.Day, bool) {
	out, ok := day.Day(0), false
	for _, m := range org.Members {
		if m.Status == "member" && m.Span.From.Kind == day.BoundIn && (!ok || m.Span.From.From < out) {
			out, ok = m.Span.From.From, true
		}
	}
	return out, ok
}

// judgeOrder looks at who joined or left before and after a state.
func (p *pass) judgeOrder(org *actor.Organization, state, rank, what string, complete bool) (Result, []Ground) {
	type change struct {
		state string
		on    day.Bound
		doubt bool
	}
	var all []change
	start, _ := firstDay(org)
	for _, m := range org.Members {
		b := m.Span.From
		if what == "leave" {
			b = m.Span.To
			if ended, ok := p.world.State(m.State); b.Kind == day.BoundNone || ok && b.Kind == day.BoundIn && ended.On(b.To+1) != day.Yes {
				continue // a state that ended did not leave
			}
			if b.Kind == day.BoundIn && slices.ContainsFunc(org.Lives, func(l day.Span) bool { return l.To == b }) {
				continue // it ended with the organisation
			}
		} else if b.Kind == day.BoundIn && b.From <= start+31 && rank == "first" {
			continue // those who founded it did not join it
		}
		if m.Status != "member" || b.Kind == day.BoundIn && b.From >= p.published.To {
			continue
		}
		all = append(all, change{m.State, b, m.Doubt != "" || b.Kind != day.BoundIn})
	}
	var own *change
	for i := range all {
		if all[i].state == state {
			if own != nil {
				return NotInRecord, []Ground{{Says: "it did so more than once", Ref: org.ID}}
			}
			own = &all[i]
		}
	}
	var grounds []Ground
	done := map[string]string{"join": "joined", "leave": "left"}[what]
	say := func(c change) {
		grounds = append(grounds, Ground{Says: fmt.Sprintf("%s %s %s on %s", p.corpus.Names.Name(c.state, p.published.From), done, org.Name, c.on), Ref: org.ID, Source: org.At})
	}
	if own != nil {
		say(*own)
	} else {
		grounds = append(grounds, Ground{Says: fmt.Sprintf("the table does not say that %s %s %s", p.corpus.Names.Name(state, p.published.From), done, org.Name), Ref: org.ID, Source: org.At})
	}
	if own == nil || !complete || own.doubt {
		return NotInRecord, grounds
	}
	open := false
	for _, o := range all {
		if o.state == state {
			continue
		}
		against := rank == "only" || rank == "first" && o.on.To < own.on.From-1 || rank == "last" && o.on.From > own.on.To
		if o.doubt {
			open = true
			continue
		}
		if against {
			say(o)
			return Contradicted, grounds
		}
		if o.on == own.on && rank == "last" {
			continue
		}
		if o.on == own.on {
			open = true
		}
	}
	if open {
		return NotInRecord, grounds
	}
	return Supported, grounds
}

// foundings are the years that may be called those in which an organisation was
// founded: of its treaties, their entry into force, its forerunners.
var foundings = map[string]string{
	"UN": "1942 1945", "NATO": "1949", "EU": "1950 1951 1952 1957 1958 1992 1993", "WARSAW-PACT": "1955", "CSTO": "1992 1994 2002 2003", "SCO": "1996 2001 2002 2003",
	"ARAB-LEAGUE": "1944 1945", "GCC": "1981", "ASEAN": "1967", "AU": "1963 1999 2000 2001 2002", "OAU": "1963", "OAS": "1889 1890 1948 1951", "ECOWAS": "1975", "AUKUS": "2021",
	"COE": "1949", "OPEC": "1960", "SEATO": "1954 1955", "AES": "2023 2024", "CIS": "1991", "EAEU": "2014 2015", "MERCOSUR": "1991 1994", "SAARC": "1985", "ANZUS": "1951 1952", "G20": "1999",
}

func (p *pass) judgeFounded(org *actor.Organization, c *Claim) (Result, []Ground) {
	grounds := []Ground{{Says: fmt.Sprintf("%s has existed since %s", org.Name, lives(org)), Ref: org.ID, Source: org.At}}
	years := foundings[org.ID]
	if years == "" {
		return NotInRecord, grounds
	}
	grounds[0].Says = fmt.Sprintf("the founding of %s is dated to %s", org.Name, strings.Join(strings.Fields(years), ", "))
	for y := range strings.FieldsSeq(years) {
		n, _ := strconv.Atoi(y)
		from, err := day.Of(n, 1, 1)
		if err == nil && from < c.When.To && c.When.From < from+365 {
			return Supported, grounds
		}
	}
	return Contradicted, grounds
}

func lives(org *actor.Organization) string {
	if len(org.Lives) == 0 {
		return "a day that the tables do not hold"
	}
	return org.Lives[0].From.String()
}

// judgeFirst looks for an earlier treaty of the two. One by a state that the
// other only continues decides nothing: a report may count anew.
func (p *pass) judgeFirst(c *Claim) (Result, []Ground) {
	before := p.published.From - 366
	if c.When.To > c.When.From {
		before = c.When.From
	}
	if p.published.To <= p.published.From {
		before = c.When.From
	}
	var earliest *treaty.Instrument
	continued := false
	for _, in := range p.corpus.Instruments {
		members, on := ordinaryParties(in), in.Signed()
		if len(members) != 2 || on.Kind != day.BoundIn || on.To > before || !p.covers(members, []string{c.Subject, c.Object}) || in.Binding == "political" {
			continue
		}
		if c.Value == "defense" && !defends(in) {
			continue
		}
		exact := slices.Contains(members, c.Subject) && slices.Contains(members, c.Object)
		if earliest == nil || exact && continued || exact == !continued && on.From < earliest.Signed().From {
			earliest, continued = in, !exact
		}
	}
	switch {
	case earliest != nil && c.Negated:
		return Supported, []Ground{groundOf(earliest)}
	case earliest == nil || c.Negated:
		return NotInRecord, []Ground{{Says: "the corpus has no earlier instrument of the two; it is not complete"}}
	case continued:
		return NotInRecord, []Ground{groundOf(earliest), {Says: "it was made by a state that one of the two continues"}}
	}
	return Contradicted, []Ground{groundOf(earliest)}
}

// judgeOnlyAlly looks for other states with which one has a treaty of defence.
func (p *pass) judgeOnlyAlly(c *Claim) (Result, []Ground) {
	if p.published.To != p.published.From+1 {
		return NotInRecord, []Ground{{Says: "the day of the report is not known"}}
	}
	on := p.published.From
	var grounds []Ground
	for _, in := range p.corpus.Concerning(c.Object) {
		if in.ID == "un-charter" || in.Binding != "legal" && in.Binding != "" || in.Draft != "" || !defends(in) || p.partyOn(in, c.Object, on) != day.Yes {
			continue
		}
		for _, m := range ordinaryParties(in) {
			if m != c.Object && m != c.Subject && p.partyOn(in, m, on) == day.Yes && in.Binding != "disputed" && len(in.Suspensions()) == 0 {
				g := groundOf(in)
				g.Says += ", with " + p.corpus.Names.Name(m, on)
				grounds = append(grounds, g)
				break
			}
		}
	}
	if len(grounds) > 0 && on <= p.world.Known+365 {
		return Contradicted, grounds
	}
	sure, _ := p.defenders(c.Subject, c.Object, on)
	for _, in := range sure {
		grounds = append(grounds, groundOf(in))
	}
	return NotInRecord, append(grounds, Ground{Says: "the corpus has no other such treaty of it; it is not complete"})
}
