package check

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/text"
	"github.com/casus-foederis/casus/treaty"
)

// sentence is a sentence with its tree and with the actors that its tokens name.
type sentence struct {
	*pass
	language.Sentence
	index  int // of the sentence in the document
	kids   [][]int
	actors []int     // token -> index in doc.Actors of the actor that a name there means; -1
	first  []int     // token -> first token of that name; -1
	shaky  bool      // a question, a condition or something held up as false
	before text.Span // the sentence before
	old    bool      // it, or the sentence before, tells of a time well before the report
	lower  string    // the words in small letters
	texts  []pact    // see pacts; nil: not looked for
}

// naming is a name in the text.
type naming struct {
	span  text.Span
	actor int
}

// sentence prepares the nth sentence of the document.
func (p *pass) sentence(n int) *sentence {
	s := p.trees[n]
	out := &sentence{pass: p, Sentence: s, index: n, kids: make([][]int, len(s.Tokens)), actors: make([]int, len(s.Tokens)), first: make([]int, len(s.Tokens))}
	out.lower = strings.ToLower(s.Span.Of(p.doc.Text))
	for i, t := range s.Tokens {
		if t.Head >= 0 && t.Head < len(s.Tokens) {
			out.kids[t.Head] = append(out.kids[t.Head], i)
		}
		out.actors[i], out.first[i] = -1, -1
	}
	from, _ := slices.BinarySearchFunc(p.names, s.Span.Start, func(n naming, at int) int { return n.span.Start - at })
	for _, n := range p.names[from:] {
		if n.span.Start >= s.Span.End {
			break
		}
		first := -1
		for i, t := range s.Tokens {
			if n.span.Overlaps(t.Span) {
				if first < 0 {
					first = i
				}
				if out.actors[i] < 0 {
					out.actors[i], out.first[i] = n.actor, first
				}
			}
		}
	}
	if n > 0 {
		out.before = p.trees[n-1].Span
	}
	out.old = p.historic(s.Span) || p.historic(out.before)
	out.shaky = out.isShaky() || n+1 < len(p.trees) && takenBack(strings.ToLower(p.trees[n+1].Span.Of(p.doc.Text)))
	return out
}

// shakyWords hold a sentence up as supposed, asked or false.
var shakyWords = wordSet(`if whether unless imagine imagined suppose supposing supposedly hypothetical hypothetically myth false falsely fake untrue
	incorrect incorrectly wrong wrongly mistaken mistakenly erroneous erroneously misspoke pretend pretended contrary rumour rumor rumours rumors
	hoax joke joked joking ironically alleged allegedly purported purportedly correction corrected scenario fiction fictional otherwise wish wished lest
	inaccurate misleading misleadingly disinformation`)

// looseWords take back in part what a sentence says.
var looseWords = []string{"in all but name", "in practice", "on paper", "in effect", "in spirit", "de facto", "as good as", "all but ", "no more", "or so", "in a way", "in a sense", "in theory",
	"more or less", "in name only", "only in name", "practical purposes", "so to speak", "no truth", "as though", "not true", "informally", "unofficial", "would-be", "so-called"}

// isShaky reports whether the words of a sentence leave open that anything in it
// is asserted.
func (s *sentence) isShaky() bool {
	if strings.Contains(s.lower, "?") || slices.ContainsFunc(looseWords, func(w string) bool { return strings.Contains(s.lower, w) }) {
		return true
	}
	for i, t := range s.Tokens {
		w := strings.ToLower(t.Form)
		if i < 2 && wordSet("oh yeah ha sure yes well")[w] {
			return true // an interjection turns round what follows
		}
		if w == "if" && t.Head >= 0 && wordSet("attack invade assault")[s.lemma(t.Head)] && !strings.Contains(s.lower, "would") {
			continue // the case in which a duty arises
		}
		if shakyWords[w] {
			return true
		}
	}
	return false
}

func wordSet(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

// word returns a token's form in small letters; "" outside the sentence.
func (s *sentence) word(i int) string {
	if i < 0 || i >= len(s.Tokens) {
		return ""
	}
	return strings.ToLower(s.Tokens[i].Form)
}

// lemma returns a token's lemma in small letters; "" outside the sentence.
func (s *sentence) lemma(i int) string {
	if i < 0 || i >= len(s.Tokens) {
		return ""
	}
	return strings.ToLower(s.Tokens[i].Lemma)
}

// child returns the first dependent with one of the relations, or -1. A relation
// stands for its subtypes.
func (s *sentence) child(head int, rels ...string) int {
	if head < 0 {
		return -1
	}
	for _, k := range s.kids[head] {
		if s.is(k, rels...) {
			return k
		}
	}
	return -1
}

// is reports whether a token has one of the relations or a subtype of it.
func (s *sentence) is(i int, rels ...string) bool {
	rel := s.Tokens[i].Rel
	base, _, _ := strings.Cut(rel, ":")
	return slices.Contains(rels, rel) || slices.Contains(rels, base)
}

// conj returns a token and what is joined to it by "and".
func (s *sentence) conj(i int) []int {
	if i < 0 {
		return nil
	}
	out := []int{i}
	for _, k := range s.kids[i] {
		if s.is(k, "conj") {
			if cc := s.child(k, "cc"); cc >= 0 && s.word(cc) != "and" && s.word(cc) != "&" {
				continue
			}
			out = append(out, k)
		}
	}
	return out
}

// preposition returns the preposition of a phrase; "" if it has none.
func (s *sentence) preposition(i int) string {
	if k := s.child(i, "case"); k >= 0 {
		return s.word(k)
	}
	return ""
}

// actorAt returns the actor of one of the kinds that a token names; nil if it
// names none.
func (s *sentence) actorAt(i int, kinds ...string) *reading.Actor {
	if i < 0 || i >= len(s.Tokens) || s.actors[i] < 0 {
		return nil
	}
	a := &s.doc.Actors[s.actors[i]]
	if !slices.Contains(kinds, a.Kind) {
		return nil
	}
	return a
}

// stateAt returns the code of the state that a token names; "" if none. An
// adjective names none, nor does a capital that stands for a place.
func (s *sentence) stateAt(i int) string {
	if i >= 0 && i < len(s.Tokens) && s.Tokens[i].UPOS == "PRON" && s.lemma(i) == "we" {
		if st := s.saidAt(s.Tokens[i].Span.Start); st != nil && st.Speaker != nil && st.Kind != "indirect" {
			return st.SpeakerState // a leader who says "we" of a treaty or membership means the state
		}
		return ""
	}
	if i >= 0 && i < len(s.Tokens) && s.Tokens[i].UPOS == "PRON" && s.word(i) == "it" {
		return s.namedBefore(i)
	}
	a := s.actorAt(i, "state")
	if a == nil || a.Code == "" || s.Tokens[i].UPOS == "ADJ" {
		return ""
	}
	return a.Code
}

// namedBefore returns the state that "it" means, if the sentence names one state
// alone before it.
func (s *sentence) namedBefore(i int) string {
	code := ""
	for k := range i {
		if a := s.actorAt(k, "state"); a != nil && a.Code != code {
			if code != "" || a.Code == "" {
				return ""
			}
			code = a.Code
		} else if s.actorAt(k, "organization", "group") != nil {
			return ""
		}
	}
	if code == "" || s.ownerAt(i) != code {
		return ""
	}
	return code
}

// ownerAt returns the state that a possessive pronoun means, if the sentence
// names it: "Iran and its neighbour".
func (s *sentence) ownerAt(i int) string {
	if s.Tokens[i].UPOS != "PRON" {
		return s.stateAt(i)
	}
	for n := range s.doc.Actors {
		a := &s.doc.Actors[n]
		if a.Kind == "state" && slices.Contains(a.Nominal, s.Tokens[i].Span) && slices.ContainsFunc(a.Mentions, func(m text.Span) bool { return s.Span.Contains(m) && m.End <= s.Tokens[i].Span.Start }) {
			return a.Code
		}
	}
	return ""
}

// orgAt returns the code of the organisation that a token names; "" if none, or
// if it names one of its organs.
func (s *sentence) orgAt(i int) string {
	a := s.actorAt(i, "organization")
	if a == nil {
		return ""
	}
	if o, ok := s.world.Organization(a.Code); ok {
		words := s.span(s.first[i], s.nameEnd(i)).Of(s.doc.Text)
		if slices.ContainsFunc(o.Names, func(n actor.Name) bool {
			return (n.Via == actor.ViaOrgan || n.Via == actor.ViaSeat) && strings.EqualFold(n.Text, words)
		}) {
			return "" // an organ has members of its own
		}
	}
	return a.Code
}

// antecedent returns the token that a relative pronoun means, any other token
// itself.
func (s *sentence) antecedent(i int) int {
	if i < 0 || s.word(i) != "which" && s.word(i) != "that" && s.word(i) != "who" {
		return i
	}
	if s.word(i-1) == "," && s.orgAt(i-2) != "" { // "leaders of the Quad, which groups"
		return i - 2
	}
	for v := s.Tokens[i].Head; v >= 0; v = s.Tokens[v].Head {
		if s.Tokens[v].Rel == "acl:relcl" {
			return s.Tokens[v].Head
		}
	}
	return i
}

// states returns the states that a phrase and what is joined to it name, and
// whether all of its parts do. A relative pronoun means what it follows.
func (s *sentence) states(i int) (codes []string, all bool) {
	if i < 0 {
		return nil, false
	}
	if t := &s.Tokens[i]; t.UPOS == "PRON" && (t.Lemma == "which" || t.Lemma == "that" || t.Lemma == "who") {
		for v := t.Head; v >= 0; v = s.Tokens[v].Head {
			if s.Tokens[v].Rel == "acl:relcl" {
				i = s.Tokens[v].Head
				if strings.Contains(s.Tokens[v].Feats, "Number=Plur") || s.Tokens[v].XPOS == "VBP" {
					for s.is(i, "conj") && s.Tokens[i].Head >= 0 {
						i = s.Tokens[i].Head // "X and Y, which share a border"
					}
				}
				break
			}
		}
	}
	all = true
	for _, k := range s.conj(i) {
		if c := s.stateAt(k); c != "" {
			codes = append(codes, c)
		} else {
			all = false
		}
	}
	return codes, all
}

// clause is how a predicate is asserted.
type clause struct {
	negated bool
	sure    bool // asserted without condition, doubt or future
	past    bool // in the past tense
	perfect bool // "has been"
	future  bool
}

var (
	modals = wordSet("would could might may should will shall must can ought 'll wo 'd ca")
	hedges = wordSet(`perhaps maybe probably possibly presumably reportedly apparently supposedly virtually practically effectively almost nearly
		essentially potentially soon eventually hopefully likely seemingly technically formally unofficially de facto not-yet otherwise really truly actually`)
	openMarks = wordSet("if whether unless until before lest once till than")
	// factive verbs assert what they take.
	factive = wordSet("know note recall remember remind mean stress point ensure see show")
)

// claimNouns hold up what follows as said by somebody or nobody.
var claimNouns = wordSet("claim allegation myth idea suggestion rumour rumor possibility prospect assumption notion belief lie fear hope question doubt condition")

// sharedWith reads who has or shares a thing with whom: the clause of the verb v
// whose object i is, with "no" before the object as its denial, the states of
// the subject, those behind "with", and whether all of them are known.
func (s *sentence) sharedWith(v, i int) (c clause, subjects, others []string, all bool) {
	c = s.clause(v)
	if d := s.child(i, "det"); d >= 0 && s.word(d) == "no" {
		c.negated = !c.negated
	}
	subjects, all = s.states(s.child(v, "nsubj"))
	for _, k := range append(slices.Clone(s.kids[i]), s.kids[v]...) {
		if s.is(k, "nmod", "obl") && s.preposition(k) == "with" {
			o, good := s.states(k)
			others, all = append(others, o...), all && good
		}
	}
	return c, subjects, others, all
}

// clause says how the predicate headed by a token is asserted: what stands with
// it and with whatever it hangs from, as far as the words are the same
// speaker's.
func (s *sentence) clause(pred int) clause {
	c := clause{sure: !s.shaky}
	by := s.saidAt(s.Tokens[pred].Span.Start)
	if !s.plain(by) {
		c.sure = false
	}
	finite := false
	inspect := func(i int, own bool) {
		for _, k := range s.kids[i] {
			w := s.word(k)
			switch {
			case s.is(k, "aux", "cop"):
				if modals[w] {
					c.sure = false
					if own && (w == "will" || w == "shall" || w == "'ll" || w == "wo") {
						c.future = true
					}
				}
				if own && strings.Contains(s.Tokens[k].Feats, "Tense=Pres") {
					finite, c.past = true, false
					if s.lemma(k) == "have" {
						c.perfect = true
					}
				} else if own && strings.Contains(s.Tokens[k].Feats, "Tense=Past") && strings.Contains(s.Tokens[k].Feats, "VerbForm=Fin") && !finite {
					finite, c.past = true, true
				}
				if (w == "had" || w == "were" || w == "should") && s.inverted(i, k) {
					c.sure = false
				}
			case s.is(k, "mark"):
				if openMarks[w] {
					c.sure = false
				}
			case (w == "not" || w == "n't") && wordSet("only just merely simply")[s.word(k+1)]:
				// "not only" denies nothing
			case w == "not" || w == "n't" || w == "never" || w == "n’t" || w == "neither" || w == "nor" || s.is(k, "det") && (w == "no" || w == "neither") || w == "longer" && s.word(k-1) == "no" || w == "no" && s.word(k+1) == "longer" && s.is(k, "advmod"):
				if w == "neither" || w == "nor" {
					c.sure = false
				}
				if own {
					c.negated = !c.negated
				} else {
					c.sure = false
				}
			case s.is(k, "advmod") && own && hedges[w]:
				c.sure = false
			case s.is(k, "advmod") && own && (w == "only" || w == "hardly" || w == "barely" || w == "scarcely"):
				c.sure = false
			}
		}
	}
	inspect(pred, true)
	if t := &s.Tokens[pred]; !finite && t.UPOS == "VERB" {
		c.past = strings.Contains(t.Feats, "Tense=Past") && strings.Contains(t.Feats, "VerbForm=Fin")
		if !c.past && t.XPOS == "VB" && s.child(pred, "aux") < 0 { // "to join", "join!"
			c.sure = false
		}
		if t.XPOS == "VBG" {
			c.sure = c.sure && s.child(pred, "aux") >= 0
		}
	}
	for i, n := pred, 0; s.Tokens[i].Head >= 0 && n < 40; i, n = s.Tokens[i].Head, n+1 {
		if up := s.Tokens[i].Head; s.is(i, "acl", "ccomp") && (s.Tokens[i].Rel != "acl:relcl" || s.child(i, "mark") >= 0) && s.Tokens[up].UPOS == "NOUN" && claimNouns[s.lemma(up)] {
			c.sure = false // "the claim that"
		}
	}
	for i := pred; s.Tokens[i].Head >= 0; {
		rel, up := s.Tokens[i].Rel, s.Tokens[i].Head
		base, _, _ := strings.Cut(rel, ":")
		if s.saidAt(s.Tokens[up].Span.Start) != by { // the cue, outside the content
			break
		}
		switch base {
		case "appos", "nmod", "amod", "compound", "nsubj", "obj", "obl", "iobj", "nummod":
			return c // what a phrase takes for granted
		case "acl":
			if rel != "acl:relcl" { // "the claim that it is a member"
				c.sure = false
			}
			return c
		case "conj", "parataxis", "advcl":
			inspect(up, false)
		default:
			if !factive[s.lemma(up)] && !(s.Tokens[up].UPOS == "VERB" && s.is(up, "root") && s.cueAt(up)) {
				c.sure = false
			}
			inspect(up, false)
		}
		i = up
	}
	return c
}

// inverted reports whether an auxiliary stands before the subject: "had it been".
func (s *sentence) inverted(pred, aux int) bool {
	subject := s.child(pred, "nsubj")
	return subject >= 0 && aux < subject
}

// told reports whether a statement was made at another time: a time well before
// the report stands beside what is said, or in the sentence before.
func (s *sentence) told(by *reading.Statement) bool {
	return slices.ContainsFunc(s.doc.Times, func(t reading.Time) bool {
		in := slices.ContainsFunc(by.Content, func(c text.Span) bool { return c.Overlaps(t.Span) })
		return !in && (s.Span.Contains(t.Span) || s.before.Contains(t.Span)) && s.historic(t.Span)
	})
}

// cueAt reports whether a token belongs to the cue of a statement.
func (s *sentence) cueAt(i int) bool {
	return slices.ContainsFunc(s.doc.Statements, func(st reading.Statement) bool {
		return slices.ContainsFunc(st.Cue, func(c text.Span) bool { return c.Contains(s.Tokens[i].Span) })
	})
}

// unsayings are cues that do not assert what they introduce.
var unsayings = wordSet(`suspect suspects suspected guess guesses guessed assume assumes assumed imagine imagines imagined expect expects expected seem seems worry worries worried deny denies denied denying reject rejects rejected rejecting dismiss dismisses dismissed dismissing doubt doubts doubted ask asks asked
	asking wonder wonders wondered hope hopes hoped fear fears feared question questions questioned wish wishes wished predict predicts predicted
	forecast joke jokes joked suggest suggests suggested refute refutes refuted rebut rebuts rebutted mock mocked quip quipped want wants wanted
	demand demands demanded urge urges urged propose proposes proposed promise promises promised pledge pledges pledged vow vows vowed threaten threatens threatened`)

// plain reports whether a statement, and each that relays it, asserts its
// content: it is speech, its cue is neither negated nor a denial or a wish. The
// outlet's own words (nil) are plain.
func (p *pass) plain(st *reading.Statement) bool {
	for steps := 0; st != nil && steps < 8; steps++ {
		if len(st.Content) > 0 {
			before := strings.Fields(strings.ToLower(p.doc.Text[max(0, st.Content[0].Start-24):min(len(p.doc.Text), st.Content[0].Start+5)]))
			if n := len(before); n > 1 && before[n-1] == "that" && claimNouns[strings.TrimSuffix(before[n-2], "s")] {
				return false
			}
		}
		if len(st.Source) == 0 && st.Speaker == nil {
			return false // "the claim that": nobody says it
		}
		for _, c := range st.Source {
			if first, _, _ := strings.Cut(strings.ToLower(c.Of(p.doc.Text)), " "); first == "nobody" || first == "none" || first == "no" || first == "neither" || first == "few" || first == "hardly" {
				return false
			}
		}
		if st.Notion == "intention" || st.Notion == "decree" {
			return false
		}
		for _, c := range st.Cue {
			for _, w := range strings.Fields(strings.ToLower(c.Of(p.doc.Text))) {
				w = strings.Trim(w, ".,;:!?\"'“”’")
				if unsayings[w] || w == "not" || w == "never" || w == "no" || w == "nobody" || strings.HasSuffix(w, "n't") || strings.HasSuffix(w, "n’t") || w == "would" || w == "if" || w == "could" || w == "might" {
					return false
				}
			}
			// "did not say": the negation may stand before the cue
			before := strings.Fields(strings.ToLower(p.doc.Text[max(0, c.Start-24):c.Start]))
			if n := len(before); n > 0 && (before[n-1] == "not" || before[n-1] == "never" || strings.HasSuffix(before[n-1], "n't") || strings.HasSuffix(before[n-1], "n’t")) {
				return false
			}
		}
		if st.Within == nil {
			break
		}
		st = p.statement(*st.Within)
	}
	return true
}

// statement returns the statement with this id, or nil.
func (p *pass) statement(id string) *reading.Statement {
	for i := range p.doc.Statements {
		if p.doc.Statements[i].ID == id {
			return &p.doc.Statements[i]
		}
	}
	return nil
}

// saidAt returns the innermost statement whose content holds a byte; nil if the
// words are the outlet's.
func (p *pass) saidAt(at int) *reading.Statement {
	var best *reading.Statement
	size := 0
	for i := range p.doc.Statements {
		st := &p.doc.Statements[i]
		n, holds := 0, false
		for _, c := range st.Content {
			n += c.Len()
			holds = holds || c.Start <= at && at < c.End
		}
		if holds && (best == nil || n < size) {
			best, size = st, n
		}
	}
	return best
}

// under returns the first and last token of what hangs from a token, without
// what hangs from those of its dependents that without names.
func (s *sentence) under(head int, without ...string) (first, last int) {
	first, last = head, head
	var walk func(i, depth int)
	walk = func(i, depth int) {
		first, last = min(first, i), max(last, i)
		for _, k := range s.kids[i] {
			if depth < 40 && !s.is(k, "punct") && !(len(without) > 0 && s.is(k, without...)) {
				walk(k, depth+1)
			}
		}
	}
	walk(head, 0)
	return first, last
}

// span returns the bytes from one token to another, both inclusive.
func (s *sentence) span(first, last int) text.Span {
	return text.Span{Start: s.Tokens[first].Span.Start, End: s.Tokens[last].Span.End}
}

// around returns the bytes of the clause of a predicate that lie in the words of
// whoever says it.
func (s *sentence) around(pred int) text.Span {
	first, last := s.under(pred, "parataxis", "advcl", "ccomp")
	span := s.span(first, last)
	if by := s.saidAt(s.Tokens[pred].Span.Start); by != nil {
		for _, c := range by.Content {
			if c.Contains(s.Tokens[pred].Span) {
				return text.Span{Start: max(c.Start, span.Start), End: min(c.End, span.End)}
			}
		}
	}
	return span
}

// approximate are words before a time or number that leave it open.
var approximate = wordSet(`about around nearly almost roughly approximately some over under more less than least most circa ca up to close only just
	well barely maybe perhaps early late mid- mid`)

// own returns the tokens of a predicate's clause without its subject and without
// the clauses in it: where a time stands that says when.
func (s *sentence) own(pred int) []bool {
	in := make([]bool, len(s.Tokens))
	var walk func(i, depth int)
	walk = func(i, depth int) {
		in[i] = true
		for _, k := range s.kids[i] {
			if depth < 40 && !s.is(k, "nsubj", "acl", "parataxis", "advcl", "ccomp", "csubj", "conj") {
				walk(k, depth+1)
			}
		}
	}
	walk(pred, 0)
	return in
}

// timesOf returns the times in a predicate's own clause.
func (s *sentence) timesOf(pred int) []reading.Time {
	var out []reading.Time
	var own []bool
	for _, t := range s.doc.Times {
		if t.Kind == "set" || !s.Span.Contains(t.Span) {
			continue
		}
		if own == nil {
			own = s.own(pred)
		}
		for i, tok := range s.Tokens {
			if tok.Span.Overlaps(t.Span) {
				if own[i] && (s.saidAt(tok.Span.Start) == s.saidAt(s.Tokens[pred].Span.Start)) {
					out = append(out, t)
				}
				break
			}
		}
	}
	return out
}

// timed reports whether a time stands in the clause of a predicate.
func (s *sentence) timed(pred int) bool { return len(s.timesOf(pred)) > 0 }

// timeOf returns the time named in a clause, if there is exactly one, and
// whether "since" stands before it.
func (s *sentence) timeOf(pred int) (when day.Period, since, ok bool) {
	all := s.timesOf(pred)
	if len(all) != 1 {
		return day.Period{}, false, false
	}
	t := all[0]
	when, ok = s.exact(t)
	before := strings.Fields(strings.ToLower(s.doc.Text[max(s.Span.Start, t.Span.Start-16):t.Span.Start]))
	since = len(before) > 0 && before[len(before)-1] == "since" || strings.HasPrefix(strings.ToLower(t.Span.Of(s.doc.Text)), "since")
	own := s.own(pred)
	for i := range s.Tokens {
		if !since && own[i] && s.word(i) == "since" && s.Tokens[i].Head != pred {
			return when, false, false // "since independence in 1991"
		}
	}
	return when, since, ok
}

// exact returns the days that a time means, and false if its words leave them
// open: "in the early 1990s". What is so many years ago may lie a year off; what
// is nearly so many years ago has the precision of a decade, and contradicts
// nothing.
func (p *pass) exact(t reading.Time) (day.Period, bool) {
	when, err := day.ParsePeriod(t.Value)
	if err != nil {
		return day.Period{}, false
	}
	words := strings.ToLower(t.Span.Of(p.doc.Text))
	before := strings.Fields(strings.ToLower(p.doc.Text[max(0, t.Span.Start-24):t.Span.Start]))
	if n := len(before); n > 0 && strings.Contains(words, "ago") {
		switch strings.Trim(before[n-1], ",(") {
		case "nearly", "almost":
			return day.Period{From: when.From - 31, To: when.To + 3*365, Precision: day.ToDecade}, true
		case "about", "around", "roughly", "some":
			return day.Period{From: when.From - 3*365, To: when.To + 3*365, Precision: day.ToDecade}, true
		}
	}
	for _, w := range []string{"nearly", "almost"} {
		if rest, ok := strings.CutPrefix(words, w+" "); ok && strings.Contains(rest, "ago") {
			return day.Period{From: when.From - 31, To: when.To + 3*365, Precision: day.ToDecade}, true
		}
	}
	if n := len(before); n > 0 && (approximate[strings.Trim(before[n-1], ",(")] || before[n-1] == "before" || before[n-1] == "after" || before[n-1] == "until" || before[n-1] == "by" || before[n-1] == "from") {
		return day.Period{}, false
	}
	for _, w := range strings.Fields(words) {
		if approximate[w] || w == "before" || w == "after" || w == "until" || w == "by" || w == "decades" || w == "years" && !strings.ContainsAny(words, "0123456789") && !strings.Contains(words, "ago") {
			return day.Period{}, false
		}
	}
	if strings.Contains(words, "ago") || strings.Contains(words, "last ") || strings.Contains(words, "earlier") {
		if when.Precision == day.ToYear {
			when.From, when.To = when.From-366, when.To+366
		}
	}
	return when, true
}

// asserted reports whether the words in which a report gives a clause assert it:
// no question or condition, and nobody who denies it.
func (p *pass) asserted(clause reading.Provision) bool {
	for n, tree := range p.trees {
		if tree.Span.Overlaps(clause.Span) {
			s := p.sentence(n)
			return !s.shaky && !strings.Contains(s.lower, "not only") && !strings.Contains(s.lower, "not just") && !strings.Contains(s.lower, "not merely") && (clause.By == nil || p.plain(p.statement(*clause.By)))
		}
	}
	return false
}

// withheldClause reports whether a clause as reported may be another than the
// one that was compared, and keeps why. The whole of the sentence's predicate has
// to be understood.
func (p *pass) withheldClause(said reading.Provision, in *treaty.Instrument) bool {
	for n, tree := range p.trees {
		if !tree.Span.Overlaps(said.Span) {
			continue
		}
		s := p.sentence(n)
		pred := s.topOf(said.Span)
		for pred >= 0 && s.Tokens[pred].Head >= 0 && s.Tokens[pred].UPOS != "VERB" && s.child(pred, "cop") < 0 {
			pred = s.Tokens[pred].Head
		}
		if pred < 0 {
			return true
		}
		c := Claim{Kind: lacking, Object: in.ID, Value: said.Type, Negated: said.Negated, Spans: []text.Span{s.around(pred)}, By: s.saidAt(said.Span.Start)}
		why := s.withhold(&c)
		if why != "" {
			p.withheld = append(p.withheld, Withheld{Kind: lacking, Claim: c.words(p), Span: said.Span, Why: why})
		}
		return why != ""
	}
	return true
}
