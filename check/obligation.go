package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/text"
	"github.com/casus-foederis/casus/treaty"
)

// obliges is the kind of claims that an instrument obliges a party to help
// another: Value is "help", or "fight" where the words name troops or war.
const obliges = "obligation"

var (
	obligingVerbs = wordSet("oblige require commit bind force compel obligate")
	helpVerbs     = wordSet("defend help assist aid support protect fight")
	fightWords    = []string{"go to war", "send troops", "send its troops", "send soldiers", "send forces", "send its forces", "fight", "military force", "use force"}
)

// obligations finds claims that an instrument obliges, or does not oblige,
// somebody to help an attacked party: "the treaty obliges X to defend Y", "under
// the treaty X must send troops", "X is bound by its treaty to help Y".
func (s *sentence) obligations(in pact) []Claim {
	var out []Claim
	add := func(v, bearer, task int, c clause) {
		if task < 0 || !c.sure {
			return
		}
		first, last := s.under(task, "advcl", "conj", "parataxis")
		words := strings.ToLower(s.span(first, last).Of(s.doc.Text))
		fights := slices.ContainsFunc(fightWords, func(w string) bool { return strings.Contains(words, w) })
		comes := strings.Contains(words, "come to the") && (strings.Contains(words, "aid") || strings.Contains(words, "defence") || strings.Contains(words, "defense") || strings.Contains(words, "help")) ||
			s.lemma(task) == "give" && (strings.Contains(words, "military help") || strings.Contains(words, "military assistance") || strings.Contains(words, "military aid"))
		if !helpVerbs[s.lemma(task)] && !fights && !comes {
			return
		}
		if s.lemma(task) == "support" && !strings.Contains(words, "militar") || strings.Contains(words, "not ") {
			return
		}
		if bearer >= 0 {
			first, last := s.under(bearer, "acl")
			for i := first; i <= last; i++ {
				if wordSet("nobody none no neither")[s.word(i)] {
					c.negated = !c.negated
					break
				}
			}
		}
		claim := Claim{Kind: obliges, Object: in.ID, Value: "help", Negated: c.negated, Past: c.past, Spans: []text.Span{s.around(v)}, By: s.saidAt(s.Tokens[v].Span.Start), Sure: in.firm}
		if fights {
			claim.Value = "fight"
		}
		if bearer >= 0 {
			if codes, all := s.states(bearer); all && len(codes) == 1 {
				claim.Subject = codes[0]
			}
		}
		out = append(out, claim)
	}
	for v := range s.Tokens {
		lemma := s.lemma(v)
		switch {
		case obligingVerbs[lemma] && s.subjectOf(in, v) && s.child(v, "nsubj:pass") < 0:
			object, task := s.child(v, "obj"), s.child(v, "xcomp", "ccomp")
			if task < 0 {
				task = s.child(object, "acl") // "every ally to send troops"
			}
			if task < 0 {
				task = s.child(v, "advcl")
			}
			add(v, object, task, s.clause(v))
		case (lemma == "bind" || lemma == "oblige" || lemma == "require" || lemma == "bound") && s.under1(in, v, "by", "under"):
			task := s.child(v, "xcomp", "advcl", "ccomp")
			if task < 0 {
				task = s.child(in.head, "acl") // "by its treaty to come to the aid of"
			}
			add(v, s.child(v, "nsubj"), task, s.clause(v))
		case s.under1(in, v, "under", "by") && s.child(v, "aux") >= 0 && s.word(s.child(v, "aux")) == "must":
			c := s.clause(v)
			c.sure = !s.shaky && s.plain(s.saidAt(s.Tokens[v].Span.Start)) && !s.conditional(v)
			add(v, s.child(v, "nsubj"), v, c)
		}
	}
	return out
}

// under1 reports whether an instrument hangs from a verb by one of the
// prepositions, over whatever lies between: "is obliged to defend it under the
// treaty", "by its treaty".
func (s *sentence) under1(in pact, v int, prepositions ...string) bool {
	if !slices.Contains(prepositions, s.preposition(in.head)) {
		return false
	}
	for i, n := in.head, 0; i >= 0 && n < 12; i, n = s.Tokens[i].Head, n+1 {
		if i == v {
			return i != in.head
		}
	}
	return false
}

// conditional reports whether a condition hangs from a verb other than that of
// the attack itself.
func (s *sentence) conditional(v int) bool {
	for _, k := range s.kids[v] {
		if s.is(k, "mark") && openMarks[s.word(k)] {
			return true
		}
	}
	return false
}

// judgeObligation looks for a duty to help in the text. "Fight" is more than
// most texts ask for: where the bearer chooses the means, it is contradicted.
func judgeObligation(p *pass, c *Claim) (Result, []Ground) {
	in := p.corpus.Instrument(c.Object)
	grounds := []Ground{groundOf(in)}
	absent := slices.Contains(in.Absent, "defense")
	var duty *treaty.Provision
	var words treaty.Version
	for _, n := range in.Provisions {
		for _, v := range n.Versions {
			if n.Kind == "duty" && v.Has("assist") && v.Force == "shall" && duty == nil {
				duty, words = n, v
			}
		}
	}
	yes := func(truth bool) Result {
		if truth != c.Negated {
			return Supported
		}
		return Contradicted
	}
	on := p.published.From
	switch {
	case !c.Past && p.published.To > on && in.InForce(on) == day.No && in.InForce(on-730) == day.No && in.Signed().Kind == day.BoundIn && in.Signed().From < on-730:
		for _, e := range in.Status {
			if e.Kind == "terminated" || e.Kind == "lapsed" || e.Kind == "replaced" {
				grounds = append(grounds, Ground{Says: e.Kind + " " + e.On.String(), Ref: in.ID, Source: e.Source})
			}
		}
		return yes(false), grounds
	case duty != nil:
		grounds = append(grounds, Ground{Says: fmt.Sprintf("article %s: %s; means: %s", duty.Article, words.Words, words.Means), Ref: duty.Name(), Source: duty.Source})
		switch {
		case c.Value == "help" && words.Whether != "bearer decides" && words.Whether != "organ decides" && !c.Negated:
			return Supported, grounds
		case c.Value == "fight" && words.Means.Chooser == "bearer" && !strings.Contains(words.Means.Floor, "militar"):
			return yes(false), grounds
		}
	case absent:
		grounds = append(grounds, Ground{Says: "somebody looked: the text has no clause on defense", Ref: in.ID})
		return yes(false), grounds
	}
	return NotInRecord, grounds
}
