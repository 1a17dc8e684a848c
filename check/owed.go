package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/text"
	"github.com/casus-foederis/casus/treaty"
)

// The kinds of claims on duties that name no instrument, on attacks that count as
// attacks on all, and on how many signed.
const (
	owed    = "duty"        // one state is bound to help another
	deemed  = "deeming"     // an attack on one is an attack on all
	signers = "signatories" // so many states signed
)

// findOwed finds claims that a state is, or is not, bound to defend another,
// whatever the instrument: "X is obliged to defend Y", "bound by treaty to".
func findOwed(s *sentence) []Claim {
	var out []Claim
	for v := range s.Tokens {
		if !wordSet("bind bound oblige require commit")[s.lemma(v)] || s.child(v, "aux:pass", "cop") < 0 || len(s.pacts()) > 0 {
			continue
		}
		task := s.child(v, "xcomp", "advcl", "ccomp")
		if task < 0 {
			if o := s.child(v, "obl"); o >= 0 {
				task = s.child(o, "acl")
			}
		}
		if task < 0 || s.lemma(task) != "defend" || s.timed(v) {
			continue
		}
		c := s.clause(v)
		subjects, all := s.states(s.child(v, "nsubj"))
		objects, allObjects := s.states(s.child(task, "obj"))
		if !c.sure || c.past || len(subjects) != 1 || len(objects) != 1 || !all || !allObjects || subjects[0] == objects[0] {
			continue
		}
		out = append(out, Claim{Kind: owed, Subject: subjects[0], Object: objects[0], Negated: c.negated, Spans: []text.Span{s.around(v).Join(s.around(task))}, By: s.saidAt(s.Tokens[v].Span.Start), Sure: true})
	}
	return out
}

// judgeOwed asks what the subject owes if a third state attacks the object. What
// the corpus lacks contradicts nobody.
func judgeOwed(p *pass, c *Claim) (Result, []Ground) {
	unknown := []Ground{{Says: "the corpus has no duty of the one to defend the other; it is not complete"}}
	if p.published.To != p.published.From+1 {
		return NotInRecord, unknown
	}
	on := p.published.From
	answers, err := duty.Answers(p.third, duty.Record{}, duty.Question{By: []string{third}, Attacks: c.Object, On: on})
	if err != nil {
		return NotInRecord, unknown
	}
	var grounds []Ground
	bound := false
	for i := range answers.Answers {
		a := &answers.Answers[i]
		if a.Bearer != c.Subject || a.Answer != duty.Bound && a.Answer != duty.Open && a.Answer != duty.IsDispute || !strings.Contains(a.Does, "assist") || a.Norm().Instrument.ID == "un-charter" {
			continue
		}
		bound = bound || a.Answer == duty.Bound
		grounds = append(grounds, Ground{Says: fmt.Sprintf("%s is %s to %s %s", p.corpus.Names.Name(a.Bearer, on), a.Answer, a.Does, p.corpus.Names.Name(c.Object, on)), Ref: a.Provision, Source: a.Title})
	}
	switch {
	case len(grounds) == 0:
		return NotInRecord, unknown
	case !bound:
		return NotInRecord, grounds
	case c.Negated && on > p.world.Known+730:
		return NotInRecord, grounds
	case c.Negated:
		return Contradicted, grounds
	}
	return Supported, grounds
}

// findDeemed finds claims that by an instrument an attack on one party counts as
// one on all. Value is the number of the article that the words name.
func findDeemed(s *sentence) []Claim {
	var out []Claim
	for i := range s.Tokens {
		if w := s.lemma(i); w != "attack" && w != "aggression" || s.child(i, "cop") < 0 && !(s.is(i, "obl", "xcomp", "obj") && s.Tokens[i].Head >= 0 && wordSet("consider count regard treat deem see")[s.lemma(s.Tokens[i].Head)]) {
			continue
		}
		pred := i
		if s.child(i, "cop") < 0 {
			pred = s.Tokens[i].Head
		}
		subject := s.child(pred, "nsubj")
		if subject < 0 || s.lemma(subject) != s.lemma(i) || !s.towards(i, "all both everybody every") || !s.towards(subject, "one any either ally member party") {
			continue
		}
		c := s.clause(pred)
		c.sure = !s.shaky && s.plain(s.saidAt(s.Tokens[pred].Span.Start)) && !c.negated
		pacts := s.pacts()
		if !c.sure || len(pacts) != 1 {
			continue
		}
		article := ""
		for k := range s.Tokens {
			if s.lemma(k) == "article" && digits(s.word(k+1)) {
				article = s.word(k + 1)
			}
		}
		in := pacts[0]
		out = append(out, Claim{Kind: deemed, Object: in.ID, Value: article, Spans: []text.Span{s.around(pred)}, By: s.saidAt(s.Tokens[pred].Span.Start), Sure: in.firm})
	}
	return out
}

// towards reports whether a noun is followed by "on", "against" or "upon" and one
// of the words, which may have others with it: "on one ally", "against them all".
func (s *sentence) towards(noun int, words string) bool {
	set := wordSet(words)
	for _, k := range s.kids[noun] {
		if s.is(k, "nmod", "obl") && wordSet("on against upon")[s.preposition(k)] {
			first, last := s.under(k)
			for j := first; j <= last; j++ {
				if set[s.word(j)] || set[s.lemma(j)] {
					return true
				}
			}
		}
	}
	return false
}

// judgeDeemed looks for a clause that an attack on one counts as one on all.
func judgeDeemed(p *pass, c *Claim) (Result, []Ground) {
	in := p.corpus.Instrument(c.Object)
	for _, n := range in.Provisions {
		if n.Kind != "deeming" {
			continue
		}
		last := n.Versions[len(n.Versions)-1]
		grounds := []Ground{{Says: fmt.Sprintf("%s: %s", n.Article, last.Words), Ref: n.Name(), Source: n.Source}}
		if c.Value != "" && !strings.HasSuffix(n.Article, " "+c.Value) {
			if digits(strings.TrimPrefix(n.Article, "Article ")) {
				return Contradicted, grounds
			}
			return NotInRecord, grounds
		}
		return Supported, grounds
	}
	grounds := []Ground{groundOf(in)}
	if slices.Contains(in.Absent, "defense") {
		return Contradicted, append(grounds, Ground{Says: "somebody looked: the text has no clause on defense", Ref: in.ID})
	}
	return NotInRecord, grounds
}

// findSigners finds "the treaty was signed by twelve states".
func findSigners(s *sentence) []Claim {
	var out []Claim
	for _, in := range s.pacts() {
		for v := range s.Tokens {
			if s.lemma(v) != "sign" || !s.subjectOf(in, v) || s.child(v, "nsubj:pass") < 0 || !in.firm {
				continue
			}
			c := s.clause(v)
			for _, k := range s.kids[v] {
				if !s.is(k, "obl") || s.preposition(k) != "by" || !partNouns[s.lemma(k)] || s.child(k, "amod", "acl", "nmod") >= 0 {
					continue
				}
				number := s.child(k, "nummod")
				if number < 0 || approximate[s.word(number-1)] || s.word(number-1) != "by" {
					continue
				}
				if n, _ := s.number(number); n > 0 && c.sure && !c.negated {
					out = append(out, Claim{Kind: signers, Object: in.ID, Value: strconv.Itoa(n), Spans: []text.Span{s.around(v)}, By: s.saidAt(s.Tokens[v].Span.Start), Sure: true})
				}
			}
		}
	}
	return out
}

// judgeSigners counts the parties that an instrument had from its beginning.
func judgeSigners(p *pass, c *Claim) (Result, []Ground) {
	in := p.corpus.Instrument(c.Object)
	said, _ := strconv.Atoi(c.Value)
	n, sure := 0, true
	for _, id := range ordinaryParties(in) {
		spells := in.MembersOf(id)
		if len(spells) == 0 || spells[0].Span.From.Kind != day.BoundIn || spells[0].Began.Doubt != "" {
			sure = false
			continue
		}
		if !laterParty(in, spells[0].Span.From) {
			n++
		}
	}
	grounds := []Ground{groundOf(in), {Says: fmt.Sprintf("%d states were parties from its beginning", n), Ref: in.ID}}
	switch {
	case n == said:
		return Supported, grounds
	case sure && n > 1 && (said > n+1 || said < n-1) && said != len(ordinaryParties(in)):
		return Contradicted, grounds
	}
	return NotInRecord, grounds
}

// laterParty reports whether a day lies after the first entry into force.
func laterParty(in *treaty.Instrument, on day.Bound) bool {
	for _, e := range in.Status {
		if e.Kind == "in force" && e.On.Kind == day.BoundIn && len(e.For) == 0 {
			return on.From > e.On.To
		}
	}
	return on.From > in.Signed().To+366
}
