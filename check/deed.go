package check

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/reading"
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
		if !c.sure || c.future {
			continue
		}
		subject := s.child(i, "nsubj")
		object := s.child(i, "obj")
		whose, whom := s.owners(subject), s.owners(object)
		value, turned := s.lemma(i), false
		if pro := stances[value]; pro != "" {
			value, turned = pro, pro != value
		}
		always := s.adverb(i, "always") || s.adverb(i, "never")
		if len(whose) == 0 && subject >= 0 && s.Tokens[subject].UPOS == "NOUN" && s.child(subject, "nmod:poss") >= 0 {
			whose = []string{"own " + s.lemma(subject)} // "her party"
		}
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
		if passive := s.child(i, "nsubj:pass"); passive >= 0 || len(whose) != 1 || len(whom) == 0 && (object < 0 || s.Tokens[object].UPOS != "PROPN") {
			continue
		}
		claim := Claim{Kind: done, Subject: whose[0], Object: strings.Join(whom, " "), Value: value, Negated: c.negated != turned, Past: c.past || c.perfect || s.did(i), Since: always, Spans: []text.Span{s.around(i)}, By: by, Sure: true}
		if when, since, ok := s.timeOf(i); ok && !since {
			claim.When = when
		} else if s.timed(i) {
			continue
		}
		out = append(out, claim)
	}
	return out
}

// stances are verbs of taking sides, with the one that says yes.
var stances = map[string]string{"support": "support", "back": "support", "favour": "support", "favor": "support", "oppose": "support", "reject": "support",
	"recognise": "recognise", "recognize": "recognise"}

// adverb reports whether a word hangs from a verb as an adverb.
func (s *sentence) adverb(i int, word string) bool {
	return slices.ContainsFunc(s.kids[i], func(k int) bool { return s.is(k, "advmod") && s.word(k) == word })
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

// never is the kind of claims that the speaker never said something.
const never = "never said"

// findNevers finds "I have never said that": Value is the words that must stand in
// what was said for it to be that.
func findNevers(s *sentence) []Claim {
	var out []Claim
	for i := range s.Tokens {
		if s.lemma(i) != "say" && s.lemma(i) != "promise" && s.lemma(i) != "claim" || !s.adverb(i, "never") {
			continue
		}
		by := s.saidAt(s.Tokens[i].Span.Start)
		subject, content := s.child(i, "nsubj"), s.child(i, "ccomp")
		if by == nil || subject < 0 || content < 0 || !wordSet("i we he she")[s.word(subject)] || !s.plain(by) {
			continue
		}
		words, negated := s.gist(content)
		if len(words) < 2 || negated {
			continue
		}
		out = append(out, Claim{Kind: never, Value: strings.Join(words, " "), Spans: []text.Span{s.around(i)}, By: by, Sure: true})
	}
	return out
}

// gist returns the verbs, nouns and names under a token, sorted, and whether any
// of it is denied.
func (s *sentence) gist(head int) (words []string, negated bool) {
	first, last := s.under(head)
	for i := first; i <= last; i++ {
		switch w := s.word(i); {
		case w == "not" || w == "never" || w == "no" || w == "n't":
			negated = true
		case s.is(i, "aux", "cop"), wordSet("say be have do")[s.lemma(i)]:
		case s.Tokens[i].UPOS == "VERB" || s.Tokens[i].UPOS == "NOUN" || s.Tokens[i].UPOS == "PROPN" || s.Tokens[i].UPOS == "NUM":
			words = append(words, s.lemma(i))
		}
	}
	slices.Sort(words)
	return slices.Compact(words), negated
}

// saying is a sentence, or part of one, that somebody says without denying it.
type saying struct {
	by    *reading.Statement
	words []string
	span  text.Span
}

// sayings returns what is said in a sentence.
func (s *sentence) sayings() []saying {
	var out []saying
	for i := range s.Tokens {
		by := s.saidAt(s.Tokens[i].Span.Start)
		if by == nil || s.Tokens[i].UPOS != "VERB" && s.child(i, "cop") < 0 || !s.plain(by) {
			continue
		}
		if h := s.Tokens[i].Head; h >= 0 && s.saidAt(s.Tokens[h].Span.Start) == by {
			continue // not the head of what is said
		}
		if c := s.clause(i); c.negated || s.shaky {
			continue
		}
		if words, negated := s.gist(i); !negated {
			out = append(out, saying{by, words, s.around(i)})
		}
	}
	return out
}

// deeds finds the deeds that are told in statements of a document.
func (p *pass) deeds() []judged {
	var out []judged
	for n := range p.trees {
		s := p.sentence(n)
		p.sayings = append(p.sayings, s.sayings()...)
		if !s.shaky {
			for _, c := range append(findDeeds(s), findNevers(s)...) {
				out = append(out, judged{Claim: c})
			}
		}
	}
	return out
}
