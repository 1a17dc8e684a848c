package check

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/text"
)

// deed is the kind of claims that somebody did something to somebody. The tables
// know nothing of it; it is compared with what the same speaker said before.
const done = "deed"

// findDeeds finds what is affirmed or denied in the past tense: whose forces did
// what to whom.
func findDeeds(s *sentence) []Claim {
	var out []Claim
	for i := range s.Tokens {
		if s.Tokens[i].UPOS != "VERB" {
			continue
		}
		by := s.saidAt(s.Tokens[i].Span.Start)
		if by == nil || s.child(i, "nsubj", "nsubj:pass") < 0 {
			continue
		}
		c := s.clause(i)
		if !c.sure || !c.past && !c.perfect && !s.did(i) {
			continue
		}
		subject := s.child(i, "nsubj")
		object := s.child(i, "obj")
		whose, whom := s.owners(subject), s.owners(object)
		value := s.lemma(i)
		if object >= 0 {
			value += " " + s.lemma(object)
			if s.Tokens[object].UPOS == "PRON" {
				continue // "it", "them": whoever that is
			}
		}
		if d := s.child(object, "det"); d >= 0 && s.word(d) == "no" {
			c.negated = !c.negated
		}
		for _, k := range s.kids[i] {
			if s.is(k, "obl") && wordSet("to into in on at against from with")[s.preposition(k)] {
				whom = append(whom, s.owners(k)...)
			}
		}
		slices.Sort(whom)
		whom = slices.Compact(whom)
		if passive := s.child(i, "nsubj:pass"); passive >= 0 || len(whose) != 1 || len(whom) == 0 {
			continue
		}
		claim := Claim{Kind: done, Subject: whose[0], Object: strings.Join(whom, " "), Value: value, Negated: c.negated, Past: true, Spans: []text.Span{s.around(i)}, By: by, Sure: true}
		if when, since, ok := s.timeOf(i); ok && !since {
			claim.When = when
		} else if s.timed(i) {
			continue
		}
		out = append(out, claim)
	}
	return out
}

// did reports whether "did" stands before a verb.
func (s *sentence) did(i int) bool {
	return slices.ContainsFunc(s.kids[i], func(k int) bool { return s.is(k, "aux") && s.word(k) == "did" })
}

// owners returns the states that a phrase names or whose forces, ships or places
// it names, sorted: "Russian forces", "the port of Odesa".
func (s *sentence) owners(i int) []string {
	if i < 0 {
		return nil
	}
	var out []string
	first, last := s.under(i, "acl", "advcl", "conj", "appos")
	for k := first; k <= last; k++ {
		code := s.stateOf(k)
		if code == "" {
			code = s.stateAt(k)
		}
		if code != "" {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// deeds finds the deeds that are told in statements of a document.
func (p *pass) deeds() []judged {
	var out []judged
	for n := range p.trees {
		if s := p.sentence(n); !s.shaky {
			for _, c := range findDeeds(s) {
				out = append(out, judged{Claim: c})
			}
		}
	}
	return out
}
