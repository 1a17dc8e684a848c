package reading

import (
	"strings"

	"github.com/casus-foederis/casus/language"
)

// clauses is the dependency tree of one sentence, seen as predicates with
// their arguments.
type clauses struct {
	tokens []language.Token
	kids   [][]int
	frames []*frame // by token; made when asked for
	begin  int      // first token behind a dateline
}

// frame is a predicate with its arguments, passives undone and arguments that
// stand elsewhere (control, relative clauses, coordination) filled in.
type frame struct {
	subject, object, indirect int // tokens; -1 if there is none
	passive                   bool
	negated                   bool
	modal                     string // will, may, must, can; empty
	obliques                  []oblique
	clausal                   []int // predicates of complement clauses
}

// oblique is a prepositional argument.
type oblique struct {
	prep string
	head int
}

// reach bounds how far a question about a tree climbs or descends, so that
// degenerate trees cost no more than linear time.
const reach = 8

func newClauses(s *language.Sentence) *clauses {
	n := len(s.Tokens)
	c := &clauses{tokens: s.Tokens, kids: make([][]int, n), frames: make([]*frame, n)}
	counts := make([]int, n)
	for i := range s.Tokens {
		if h := s.Tokens[i].Head; h >= 0 && h < n && h != i {
			counts[h]++
		}
	}
	flat := make([]int, n)
	for i := range counts {
		c.kids[i], flat = flat[:0:counts[i]], flat[counts[i]:]
	}
	for i := range s.Tokens {
		if h := s.Tokens[i].Head; h >= 0 && h < n && h != i {
			c.kids[h] = append(c.kids[h], i)
		}
	}
	c.begin = afterDateline(s.Tokens)
	return c
}

// afterDateline returns the first token behind a dateline ("LIMA, March 3 -- "),
// 0 where there is none.
func afterDateline(tokens []language.Token) int {
	for i := 1; i < len(tokens)-1 && i < 12; i++ {
		if tokens[i].UPOS == "VERB" {
			return 0
		}
		switch tokens[i].Form {
		case "--", "—", "–":
			return i + 1
		case "-":
			if tokens[i-1].Span.End < tokens[i].Span.Start && tokens[i].Span.End < tokens[i+1].Span.Start {
				return i + 1
			}
		}
	}
	return 0
}

func (c *clauses) lemma(i int) string { return strings.ToLower(c.tokens[i].Lemma) }

// head returns the head of a token, or -1.
func (c *clauses) head(i int) int {
	if h := c.tokens[i].Head; h >= 0 && h < len(c.tokens) && h != i {
		return h
	}
	return -1
}

// child returns the first child with one of the relations, or -1.
func (c *clauses) child(i int, rels ...string) int {
	for _, k := range c.kids[i] {
		for _, r := range rels {
			if c.tokens[k].Rel == r {
				return k
			}
		}
	}
	return -1
}

// prep returns the preposition that introduces a phrase, lower-case; of several
// ("out of") the last, and nothing if there is none.
func (c *clauses) prep(i int) string {
	found := ""
	for _, k := range c.kids[i] {
		if c.tokens[k].Rel == "case" && c.tokens[k].XPOS != "POS" {
			found = strings.ToLower(c.tokens[k].Form)
		}
	}
	if found != "" {
		return found
	}
	for _, k := range c.kids[i] { // "with vice president Mike Pence": under the title
		if r := c.tokens[k].Rel; r == "nmod:desc" || r == "compound" {
			for _, p := range c.kids[k] {
				if c.tokens[p].Rel == "case" && c.tokens[p].XPOS != "POS" {
					found = strings.ToLower(c.tokens[p].Form)
				}
			}
		}
	}
	return found
}

// least tells whether a phrase begins with "at least" or "at most".
func (c *clauses) least(i int) bool {
	for _, k := range c.kids[i] {
		if c.tokens[k].Rel == "case" && k+1 < len(c.tokens) {
			switch strings.ToLower(c.tokens[k+1].Form) {
			case "least", "most":
				return true
			}
		}
	}
	return false
}

func (c *clauses) verbal(i int) bool {
	u := c.tokens[i].UPOS
	return u == "VERB" || u == "AUX"
}

func (c *clauses) relative(i int) bool {
	t := &c.tokens[i]
	return t.XPOS == "WDT" || t.XPOS == "WP" || t.XPOS == "WP$" || strings.Contains(t.Feats, "PronType=Rel") ||
		t.UPOS == "PRON" && strings.EqualFold(t.Form, "that")
}

// frame returns the arguments of a predicate.
func (c *clauses) frame(i int) *frame { return c.frameWithin(i, reach) }

func (c *clauses) frameWithin(i, depth int) *frame {
	if c.frames[i] != nil {
		return c.frames[i]
	}
	f := &frame{subject: -1, object: -1, indirect: -1}
	t := &c.tokens[i]
	for _, k := range c.kids[i] {
		kid := &c.tokens[k]
		switch rel := kid.Rel; rel {
		case "nsubj", "csubj", "nsubj:outer":
			if k < c.begin && f.subject >= 0 {
				continue
			}
			if f.subject < 0 || k < i { // the nearest: a dateline may be taken for a first subject
				f.subject = k
			}
		case "nsubj:pass", "csubj:pass":
			if c.child(i, "aux:pass") < 0 && (t.XPOS == "VBD" || c.active(i)) { // a slip of the parser
				f.subject = k
				continue
			}
			f.object, f.passive = k, true
		case "aux:pass":
			f.passive = true
		case "obj":
			if f.object < 0 {
				f.object = k
			}
		case "iobj":
			f.indirect = k
		case "obl:agent":
			if p := c.prep(k); p == "by" {
				f.subject = k
			} else if p != "" {
				f.obliques = append(f.obliques, oblique{p, k})
			}
		case "obl", "nmod", "obl:unmarked", "nmod:desc":
			if mark := c.child(k, "mark"); kid.UPOS == "VERB" && mark >= 0 && c.lemma(mark) == "to" { // "threatened to shell"
				f.clausal = append(f.clausal, k)
			} else if p := c.prep(k); p == "at" && f.object < 0 && c.least(k) { // "killed at least ten"
				f.object = k
			} else if p != "" {
				f.obliques = append(f.obliques, oblique{p, k})
			}
		case "xcomp", "ccomp":
			f.clausal = append(f.clausal, k)
		case "advcl":
			if c.child(k, "mark") < 0 || c.lemma(c.child(k, "mark")) == "to" || kid.XPOS == "VBG" {
				f.clausal = append(f.clausal, k)
			}
		case "advmod", "det":
			switch c.lemma(k) {
			case "not", "never", "n't", "no":
				f.negated = f.negated || kid.UPOS != "DET"
			}
		case "aux":
			f.modal = modality(c.lemma(k), strings.ToLower(kid.Form), f.modal)
		}
	}
	if f.object < 0 {
		f.object = f.indirect
	}
	if k := c.child(i, "parataxis"); f.object < 0 && !f.passive && k == i+1 && c.tokens[k].UPOS == "PROPN" { // "thanked La Paz"
		f.object = k
	}
	if f.passive && f.subject < 0 {
		for _, o := range f.obliques {
			if o.prep == "by" {
				f.subject = o.head
			}
		}
	}
	if depth > 0 {
		c.borrow(i, f, depth-1)
	}
	if f.object >= 0 {
		if d := c.child(f.object, "det"); d >= 0 && c.lemma(d) == "no" && t.UPOS == "VERB" {
			f.negated = true
		}
	}
	if f.subject >= 0 {
		if d := c.child(f.subject, "det"); d >= 0 && c.lemma(d) == "no" || c.lemma(f.subject) == "nobody" || c.lemma(f.subject) == "none" {
			f.negated = true
		}
	}
	if f.subject >= 0 && f.subject < c.begin && i >= c.begin { // the dateline taken for the subject: who hangs under it is
		for _, k := range c.kids[f.subject] {
			if u := c.tokens[k].UPOS; k >= c.begin && k < i && (u == "PROPN" || u == "NOUN") {
				f.subject = k
				break
			}
		}
	}
	f.subject, f.object = c.antecedent(f.subject), c.antecedent(f.object)
	for n := range f.obliques { // "with which it formed a federation"
		f.obliques[n].head = c.antecedent(f.obliques[n].head)
	}
	c.frames[i] = f
	return f
}

// suffered are verbs whose participle stands for a passive in clipped news: "two
// soldiers killed in Mali".
var suffered = wordSet("kill wound injure arrest detain seize capture free release jail hold sentence shoot hit attack bomb shell raid evacuate displace expel deport abduct kidnap execute rescue find dismiss sack charge convict blame accuse lift suspend sign ban extend destroy damage sink down")

// active tells whether a participle that the parser took for a passive without
// its auxiliary is the past of a full sentence: "the minister thanked Peru."
func (c *clauses) active(i int) bool {
	if n := len(c.tokens); c.tokens[i].XPOS != "VBN" || c.tokens[n-1].Form != "." || suffered[c.lemma(i)] || c.child(i, "aux", "obl:agent") >= 0 {
		return false
	}
	return c.tokens[i].Rel == "root" || c.tokens[i].Rel == "conj" || c.tokens[i].Rel == "parataxis" || c.tokens[i].Rel == "ccomp"
}

// borrow fills in arguments that stand outside the clause of a predicate.
func (c *clauses) borrow(i int, f *frame, depth int) {
	t := &c.tokens[i]
	h := c.head(i)
	if h < 0 {
		return
	}
	switch t.Rel {
	case "conj":
		if !c.verbal(h) {
			return
		}
		g := c.frameWithin(h, depth)
		own := c.child(i, "aux", "aux:pass") >= 0
		if g.passive && t.XPOS == "VBN" && !own && f.subject < 0 && f.object < 0 {
			f.passive, f.object, f.subject = true, g.object, g.subject
		} else if f.subject < 0 && !f.passive {
			f.subject = g.subject
			if g.passive && g.object >= 0 {
				f.subject = g.object
			}
		}
		if f.modal == "" && !own && t.XPOS == "VB" {
			f.modal = g.modal
		}
	case "xcomp", "obl":
		if f.subject >= 0 || t.UPOS != "VERB" && t.Rel == "obl" {
			return
		}
		g := c.frameWithin(h, depth)
		who := g.subject
		if g.passive || g.object >= 0 && c.verbal(h) {
			who = g.object
		}
		if f.passive {
			f.object = who
		} else {
			f.subject = who
		}
	case "advcl", "ccomp", "parataxis":
		if f.subject >= 0 || f.passive && f.object >= 0 || t.Rel == "parataxis" && t.XPOS != "VBG" {
			return
		}
		g := c.frameWithin(h, depth)
		who := g.subject
		if g.passive && g.object >= 0 {
			who = g.object
		}
		if k := c.child(i, "mark"); k >= 0 && t.XPOS == "VBG" && g.object >= 0 {
			switch c.lemma(k) {
			case "of", "for", "from", "against": // "accused Peru of sending": who was accused sends
				who = g.object
			}
		}
		if t.XPOS == "VBN" && c.child(i, "aux") < 0 && f.object < 0 {
			f.passive, f.object = true, who
		} else if !f.passive {
			f.subject = who
		}
	case "acl":
		switch {
		case t.XPOS == "VBN" && f.subject < 0 && c.headline(h) && (f.object >= 0 || len(f.obliques) > 0 && f.obliques[0].head > i): // "Norway urged talks", taken for a participle
			f.passive, f.subject = false, h
		case t.XPOS == "VBN" || f.passive:
			f.passive = true
			if f.object < 0 {
				f.object = h
			}
			if f.subject < 0 {
				for _, o := range f.obliques {
					if o.prep == "by" {
						f.subject = o.head
					}
				}
			}
		case t.XPOS == "VBG" && f.subject < 0:
			f.subject = h
			if written[c.lemma(h)] {
				if who := c.owner(h, depth); who >= 0 {
					f.subject = who
				}
			}
		case f.subject < 0: // "its decision to attack": who decided
			f.subject = c.owner(h, depth)
			if f.subject < 0 && c.tokens[h].UPOS == "PROPN" && c.tokens[h].Rel == "root" { // "Cuba to train with Vietnam"
				f.subject = h
			}
		}
	case "acl:relcl":
		if f.subject < 0 && !f.passive {
			if f.object >= 0 && !c.relative(f.object) {
				f.subject = h
			}
		} else if f.object < 0 && f.subject >= 0 && !c.relative(f.subject) && !f.passive {
			f.object = h
		}
	}
}

// written are things that speak for those who wrote them.
var written = wordSet("report statement letter resolution document bill law decree order note")

// headline tells whether a noun stands at the top of its sentence without a
// verb over it.
func (c *clauses) headline(i int) bool {
	for n := 0; n < reach; n++ {
		h := c.head(i)
		if h < 0 {
			return true
		}
		if c.verbal(h) || c.tokens[i].Rel == "obl" || c.tokens[i].Rel == "nmod" {
			return false
		}
		i = h
	}
	return false
}

// owner returns whose act a noun names: its possessor, its agent, or the
// subject of the verb that it is the object of.
func (c *clauses) owner(n, depth int) int {
	if k := c.child(n, "nmod:poss"); k >= 0 {
		return k
	}
	for _, k := range c.kids[n] {
		if p := c.prep(k); c.tokens[k].Rel == "nmod" && (p == "by" || p == "of" && c.tokens[k].UPOS == "PROPN") {
			return k
		}
	}
	if h := c.head(n); h >= 0 && depth > 0 && c.verbal(h) && (c.tokens[n].Rel == "obj" || c.tokens[n].Rel == "obl") {
		return c.frameWithin(h, depth-1).subject
	}
	return -1
}

// antecedent replaces a relative pronoun by the noun that its clause modifies.
func (c *clauses) antecedent(i int) int {
	if i < 0 || !c.relative(i) {
		return i
	}
	for at, n := i, 0; n < reach; n++ {
		h := c.head(at)
		if h < 0 {
			break
		}
		if c.tokens[at].Rel == "acl:relcl" {
			return h
		}
		at = h
	}
	return i
}

func modality(lemma, form, before string) string {
	switch lemma {
	case "will", "would", "shall", "'ll", "'d", "wo":
		return "will"
	case "may", "might", "could":
		return "may"
	case "must", "should", "ought":
		return "must"
	case "can", "ca":
		return "can"
	}
	if form == "would" || form == "will" || form == "wo" {
		return "will"
	}
	return before
}

// subjunctive tells whether a clause says what should be: "that it pay", "that it
// should pay".
func (c *clauses) subjunctive(i int) bool {
	if c.frame(i).modal == "must" {
		return true
	}
	verb := i
	if k := c.child(i, "cop", "aux:pass", "aux"); k >= 0 {
		verb = k
	}
	return c.tokens[verb].XPOS == "VB"
}
