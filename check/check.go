package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/text"
)

// kind is one kind of check: it finds claims in a sentence, and compares a claim
// with the tables. Judging looks at no words.
type kind struct {
	name     string   // under which claims are stored that it judges
	triggers []string // a sentence without any of these words, in small letters, holds no such claim
	find     func(*sentence) []Claim
	judge    func(*pass, *Claim) (Result, []Ground)
}

// kinds are the checks that are made of sentences, in the order of their
// verdicts.
var kinds = []kind{
	{"treaties", []string{"sign", "force", "effect", "lapse", "expire", "party", "parties", "member", "valid", "void", "anniversary", "charter", "memorandum", "declaration", "accord", "treaty", "pact", "19", "20"}, findTreaties, judgeTreaty},
	{"clauses", []string{"defence", "defense", "assist", "aid", "aggression", "neutral", "consult", "oblig", "requir", "bound", "bind", "must", "commit", "has to", "have to"}, findClauses, judgeClause},
	{"alliances", []string{"treaty", "pact", "alliance", "ally", "allies", "agreement"}, findAlliances, judgeAlliance},
	{"memberships", []string{"member", "group", "compris", "includ", "unite", "admit", "return", "seced", "join", "left", "leave", "withdr", "quit", "exit", "belong", "acced", "enter", "suspend", " in ", "within", "outside", "non-", "ally", "allies"}, findMemberships, judgeMembership},
	{"counts", []string{"member", "nation", "countr", "allies", "strong", "state", "seat"}, findCounts, judgeCount},
	{"borders", []string{"border", "neighbo", "frontier", "adjoin"}, findBorders, judgeBorder},
	{"ranks", []string{"first", "only", "sole", "last", "newest", "latest", "youngest", "found", "creat", "establish", "form"}, findRanks, judgeRank},
	{"offices", []string{"president", "minister", "premier", "chancellor", "king", "queen", "emir", "sultan", "emperor", "secretary", "leader", "taoiseach"}, findOffices, judgeOffice},
	{"duties", []string{"bound to", "obliged", "required", "committed", "bound by"}, findOwed, judgeOwed},
	{"deemings", []string{"attack", "aggression"}, findDeemed, judgeDeemed},
	{"signatories", []string{"signed by"}, findSigners, judgeSigners},
	{"ordinals", []string{"member"}, findOrdinals, judgeOrdinal},
}

// wanted reports whether a stretch of text may hold a claim of some kind.
func wanted(s string) bool {
	s = strings.ToLower(s)
	return slices.ContainsFunc(kinds, func(k kind) bool { return k.triggered(s) })
}

func (k *kind) triggered(lower string) bool {
	return slices.ContainsFunc(k.triggers, func(w string) bool { return strings.Contains(lower, w) })
}

// judged is a claim with its verdict.
type judged struct {
	Claim
	Verdict
	judge string // name of the kind that judges it
	told  bool   // of another time: it may have been so when it was said
}

// parse finds the sentences of the document and the names in them. Of a
// document from a store only the wanted paragraphs are analysed.
func (p *pass) parse(wanted func(string) bool) {
	trees, err := p.doc.Trees(wanted)
	if err != nil {
		return // without a model there are no claims to judge
	}
	p.trees = trees
	for i := range p.doc.Actors {
		for _, m := range p.doc.Actors[i].Mentions {
			p.names = append(p.names, naming{m, i})
		}
	}
	slices.SortStableFunc(p.names, func(a, b naming) int {
		return cmp.Or(a.span.Start-b.span.Start, b.span.End-a.span.End)
	})
}

// claims finds the claims of a document, in order of the text, and judges them.
func (p *pass) claims() []judged {
	var out []judged
	for n, tree := range p.trees {
		lower := strings.ToLower(tree.Span.Of(p.doc.Text))
		var s *sentence
		for i := range kinds {
			if !kinds[i].triggered(lower) {
				continue
			}
			if s == nil {
				s = p.sentence(n)
			}
			for _, c := range kinds[i].find(s) {
				if slices.ContainsFunc(out, func(o judged) bool { return o.Claim.repeats(&c) }) {
					continue
				}
				result, grounds := kinds[i].judge(p, &c)
				told := c.By != nil && c.When.To <= c.When.From && s.told(c.By)
				if result == Contradicted && !c.firm(told) {
					continue
				}
				if c.Says == "" {
					c.Says = c.words(p)
				}
				if result == Contradicted {
					if why := s.withhold(&c); why != "" {
						p.withheld = append(p.withheld, Withheld{Kind: c.Kind, Claim: c.Says, Span: c.Spans[0], Why: why})
						continue
					}
				}
				v := Verdict{Kind: c.Kind, Claim: c.Says, Span: c.Spans[0], Spans: c.Spans, Result: result, Grounds: grounds}
				v.By = idOf(c.By)
				v.Of = v.By
				out = append(out, judged{c, v, kinds[i].name, told})
			}
		}
	}
	return out
}

// firm reports whether a claim may be contradicted: it is asserted, of a time that
// is known well enough.
func (c *Claim) firm(told bool) bool { return c.Sure && c.When.Precision != day.ToDecade && !told }

// repeats reports whether the same speaker made the same claim before.
func (c *Claim) repeats(o *Claim) bool {
	return c.same(o) && c.By == o.By && c.Value == o.Value && c.Negated == o.Negated && c.When == o.When
}

// takenBack reports whether a sentence takes back or denies the one before it.
func takenBack(next string) bool {
	if len(next) > 160 {
		next = next[:160]
	}
	for _, begin := range []string{"that is not", "that's not", "that is false", "that is wrong", "that is untrue", "that was false", "that was wrong", "this is not", "this is false", "this is wrong", "this is untrue", "it is not.", "it does not", "it is not true", "it was not", "it is false",
		"in fact", "in reality", "actually", "the claim", "the statement is", "the assertion", "not so", "no.", "no,", "nonsense", "wrong", "not true", "untrue", "false", "they are not", "they do not", "he was wrong", "she was wrong", "he misspoke", "she misspoke", "he later corrected", "she later corrected", "he corrected", "she corrected", "both are false", "neither", "so much for"} {
		if strings.HasPrefix(strings.TrimLeft(next, "\"“‘' "), begin) {
			return true
		}
	}
	return unsaid(next)
}

// unsaid reports whether a sentence calls what was said before it wrong.
func unsaid(next string) bool {
	for _, w := range []string{"misspoke", "later corrected", "corrected himself", "corrected herself", "is false", "was false", "is untrue", "is wrong", "was wrong", "was mistaken", "denied th", "rejected the claim", "dismissed the claim", "denied it"} {
		if strings.Contains(next, w) {
			return true
		}
	}
	return false
}

// words puts a claim into plain words.
func (c *Claim) words(p *pass) string {
	on := p.published.From
	name := func(code string) string {
		if o, ok := p.world.Organization(code); ok {
			return o.Name
		}
		if in := p.corpus.Instrument(code); in != nil {
			return in.Title
		}
		if person, ok := p.world.Person(code); ok {
			return person.Name
		}
		return p.corpus.Names.Name(code, on)
	}
	not := func(yes, no string) string {
		if c.Negated {
			return no
		}
		return yes
	}
	when := ""
	switch {
	case c.When.To <= c.When.From:
	case c.Since:
		when = " since " + c.When.String()
	case c.When.To-c.When.From > 366 && c.When.Precision != day.ToDecade || c.When.To-c.When.From > 4000:
		when = fmt.Sprintf(" between %s and %s", c.When.From, c.When.To-1)
	default:
		when = " in " + c.When.String()
		if c.When.To == c.When.From+1 {
			when = " on " + c.When.String()
		}
	}
	subject, object := name(c.Subject), name(c.Object)
	switch c.Kind {
	case isMember:
		if c.Past {
			return subject + not(" was a member of ", " was not a member of ") + object + when
		}
		return subject + not(" is a member of ", " is not a member of ") + object + when
	case lasting:
		return subject + " has been a member of " + object + " for " + c.Value + " years"
	case joined:
		return subject + not(" joined ", " did not join ") + object + when
	case left:
		return subject + not(" left ", " did not leave ") + object + when
	case count:
		return fmt.Sprintf("%s has %s members", subject, c.Value)
	case border:
		return subject + " and " + object + not(" share a border", " share no border")
	case surrounded:
		if c.Object == "" {
			return subject + " has " + c.Value + " neighbours on land"
		}
		return subject + " borders on land only on " + p.list(strings.Fields(c.Object), on)
	case signed:
		return object + " was signed" + when
	case entered:
		return object + " entered into force" + when
	case jubilee:
		return object + " is " + c.Value + " years old"
	case ended:
		return object + " ended" + when
	case inForce:
		return object + not(" is in force", " is not in force")
	case party:
		if c.Value == "ever" {
			return subject + " made " + object
		}
		return subject + not(" is a party to ", " is not a party to ") + object
	case obliges:
		return object + not(" obliges ", " does not oblige ") + cmp.Or(subject, "its parties") + " to " + c.Value
	case lacking:
		return object + not(" has a clause on ", " has no clause on ") + c.Value
	case alliance:
		return subject + " and " + object + not(" have a treaty of defence", " have no treaty of defence")
	case firstTreaty:
		return "it is " + not("", "not ") + "the first treaty of " + subject + " and " + object
	case onlyAlly:
		return subject + " is the only treaty ally of " + object
	case founder:
		return subject + not(" is a founding member of ", " is not a founding member of ") + object
	case founded:
		return subject + " was founded" + when
	case owed:
		return subject + not(" is bound to defend ", " is not bound to defend ") + object
	case deemed:
		if c.Value != "" {
			return "by article " + c.Value + " of " + object + " an attack on one is an attack on all"
		}
		return "by " + object + " an attack on one is an attack on all"
	case nthMember:
		return fmt.Sprintf("%s became member number %s of %s", subject, c.Value, object)
	case signers:
		return object + " was signed by " + c.Value + " states"
	case halted:
		return subject + not(" is suspended from ", " is not suspended from ") + object
	case onlyMember:
		return subject + " is the only member of " + object + " that borders on " + name(c.Value)
	case ranked:
		rank, what, _ := strings.Cut(c.Value, " ")
		return fmt.Sprintf("%s was the %s state to %s %s", subject, rank, what, object)
	}
	return strings.Join(strings.Fields(text.Span{Start: c.Spans[0].Start, End: c.Spans[0].End}.Of(p.doc.Text)), " ")
}
