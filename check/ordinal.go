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

// nthMember is the kind of claims that a state became the nth member.
const nthMember = "nth member"

var ordinals = map[string]int{"third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12}

// ordinal reads "31st" or "tenth"; 0 if a word is neither, or "first" or "second",
// which say more often who came before whom.
func ordinal(w string) int {
	if n := ordinals[w]; n > 0 {
		return n
	}
	for _, end := range []string{"st", "nd", "rd", "th"} {
		if n, err := strconv.Atoi(strings.TrimSuffix(w, end)); err == nil && strings.HasSuffix(w, end) && n > 2 {
			return n
		}
	}
	return 0
}

// findOrdinals finds "X became the 31st member of O", "X joined O as its tenth
// member".
func findOrdinals(s *sentence) []Claim {
	var out []Claim
	for i := range s.Tokens {
		n := ordinal(s.word(i))
		noun := s.Tokens[i].Head
		if n == 0 || noun < 0 || s.lemma(noun) != "member" || s.child(noun, "acl") >= 0 {
			continue
		}
		verb := s.Tokens[noun].Head
		if verb < 0 || s.Tokens[verb].UPOS != "VERB" {
			continue
		}
		org := s.ownerOrg(noun)
		switch {
		case s.is(noun, "xcomp") && s.lemma(verb) == "become" && org != "":
		case s.is(noun, "obl") && s.preposition(noun) == "as" && s.lemma(verb) == "join":
			org = s.orgAt(s.child(verb, "obj"))
		default:
			continue
		}
		c := s.clause(verb)
		codes, all := s.states(s.child(verb, "nsubj"))
		if org == "" || !c.sure || c.negated || !c.past && !c.perfect || !all || len(codes) != 1 {
			continue
		}
		out = append(out, Claim{Kind: nthMember, Subject: codes[0], Object: org, Value: strconv.Itoa(n), Spans: []text.Span{s.around(verb)}, By: s.saidAt(s.Tokens[verb].Span.Start), Sure: true})
	}
	return out
}

// judgeOrdinal counts the members on the day on which the state joined. Of those
// that join on one day any may be the nth.
func judgeOrdinal(p *pass, c *Claim) (Result, []Ground) {
	org, ok := p.world.Organization(c.Object)
	if !ok || len(org.Members) == 0 {
		return NotInRecord, []Ground{{Says: "the tables do not hold the members of " + c.Object}}
	}
	spells := p.spells(org, c.Subject)
	grounds := p.memberGrounds(org, c.Subject, spells)
	if len(spells) != 1 || spells[0].Doubt != "" || spells[0].Span.From.Kind != day.BoundIn {
		return NotInRecord, grounds
	}
	joined := spells[0].Span.From
	n, _ := strconv.Atoi(c.Value)
	before, after := len(p.world.Members(org.ID, joined.From-1)), len(p.world.Members(org.ID, joined.To-1))
	grounds = append(grounds, Ground{Says: fmt.Sprintf("%s had %d members on %s and %d the day before", org.Name, after, joined, before), Ref: org.ID, Source: org.At})
	doubt := slices.ContainsFunc(org.Members, func(m actor.Member) bool { return m.Doubt != "" || m.Status != "member" })
	switch {
	case n > before && n <= after:
		return Supported, grounds
	case org.Complete != 0 && org.Complete < joined.From && joined.To-1 <= p.world.Known && !doubt && (n > after || n <= before):
		return Contradicted, grounds
	}
	return NotInRecord, grounds
}
