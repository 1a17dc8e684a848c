package reading

import (
	"slices"
	"strings"
)

// hit is a lexicon entry found in a sentence, with who fills its roles.
type hit struct {
	entry   *entry
	trigger int
	target  int // token that heads the phrase of T; -1 if none
	partner int // the same of M
	clause  int // predicate in V; -1 if none
	words   []int
	score   int
	next    *hit // of an entry whose target must be an actor: the best of the others
}

// matcher finds lexicon entries in one sentence.
type matcher struct {
	*clauses
	lex  *lexicon
	hits []*hit // by token
	seen []bool
}

func newMatcher(lex *lexicon, c *clauses) *matcher {
	return &matcher{clauses: c, lex: lex, hits: make([]*hit, len(c.tokens)), seen: make([]bool, len(c.tokens))}
}

// hit returns the entry that fits a token best: the one that asks for most. Of
// equals the earlier in the lexicon counts. It is nil where none fits.
func (m *matcher) hit(i int) *hit {
	if m.seen[i] {
		return m.hits[i]
	}
	m.seen[i] = true
	var candidates []*entry
	switch m.tokens[i].UPOS {
	case "VERB", "ADJ", "AUX":
		candidates = m.lex.verb(m.lemma(i), strings.ToLower(m.tokens[i].Form))
	case "NOUN", "PROPN":
		if m.tokens[i].UPOS == "NOUN" || m.tokens[i].Rel != "compound" && m.tokens[i].Rel != "flat" {
			if candidates = m.lex.nouns[m.lemma(i)]; candidates == nil {
				candidates = m.lex.nouns[strings.TrimSuffix(m.hyphenated(i), "s")]
			}
		}
	}
	var best, unsure *hit
	for _, e := range candidates {
		h := m.try(e, i)
		if h != nil && e.root == "PROTEST" {
			if f := m.frame(i); f.subject >= 0 && m.lex.is("@folk", m.lemma(f.subject)) {
				h.score++ // workers strike otherwise than armies
			}
		}
		if h != nil && (best == nil || h.score > best.score) {
			best = h
		}
		if h != nil && !e.sure && (unsure == nil || h.score > unsure.score) {
			unsure = h
		}
	}
	if best != nil && best.entry.sure {
		best.next = unsure
	}
	m.hits[i] = best
	return best
}

// try fits one entry to a token. It returns nil if something that the pattern
// asks for is not there.
func (m *matcher) try(e *entry, i int) *hit {
	f := m.frame(i)
	h := &hit{entry: e, trigger: i, target: -1, partner: -1, clause: -1}
	object := m.counted(f.object)
	bare := 0 // bare slots; the first of two is the indirect object
	for n := range e.slots {
		if s := &e.slots[n]; s.preps == nil && s.role != 'P' && s.role != 'V' && s.role != 'C' {
			bare++
		}
	}
	if e.sure && bare == 1 && m.names(i, f) {
		return nil
	}
	for n := range e.slots {
		s := &e.slots[n]
		at := -1
		switch {
		case s.role == 'P':
			if at = m.particle(i, s.words); at >= 0 {
				h.words = append(h.words, at)
				if m.tokens[at].Rel == "case" && object < 0 && m.head(at) >= 0 { // "took over the airport", over taken for a preposition
					object = m.head(at)
				}
			}
		case s.role == 'V':
			if at = m.complement(i, f); at >= 0 && m.finite(at) {
				at = -1
			}
			if at >= 0 && s.words != nil {
				if m.oneOf(s.words, at) {
					h.words = append(h.words, at)
				} else {
					at = -1
				}
			} else if at >= 0 {
				h.clause = at
			}
		case s.role == 'C':
			at = m.complement(i, f)
			if at >= 0 {
				h.clause = at
				t := m.frame(at)
				if own := t.subject >= 0 && t.subject != f.subject && m.tokens[t.subject].UPOS == "PRON" && m.tokens[t.subject].XPOS == "PRP"; own && e.root == "THREATEN" {
					break // "warned that it would answer": its own act
				} else if own && e.root == "REJECT" {
					break // "denied that it had any troops there"
				} else if own && e.root != "ACCUSE" {
					at = -1
				} else if t.subject >= 0 && t.subject != f.subject && !t.passive {
					h.target = t.subject
				} else if t.passive && t.object >= 0 {
					h.target = t.object
				} else if t.passive && t.subject >= 0 && t.subject != f.subject { // "that the men be let go", the passive not seen
					h.target = t.subject
				} else {
					at = -1
				}
			}
		case s.preps == nil:
			at = object
			if bare == 2 && s.words != nil && (at < 0 || !m.among(s.words, at)) { // "called the move a mistake"
				if k := m.predicated(i, s.words); k >= 0 {
					at = k
				}
			}
			if bare == 2 && s.role != 0 {
				if m.calls(e, i, object) {
					at = object
				} else if at = f.indirect; at < 0 && object >= 0 { // "gave Mali grain", taken for one phrase
					if k := m.child(object, "compound"); k >= 0 && m.tokens[k].UPOS == "PROPN" {
						at = k
					}
				}
			}
			if at >= 0 && s.words != nil {
				if !m.among(s.words, at) {
					at = -1
				} else {
					h.words = append(h.words, at)
				}
			}
			if at >= 0 && (m.tokens[at].Rel == "csubj" || m.tokens[at].UPOS == "VERB") {
				at = -1
			}
		default:
			at = m.oblique(i, f, h, s)
			if at >= 0 && s.words != nil {
				h.words = append(h.words, at)
			}
		}
		if at < 0 {
			if !s.optional {
				return nil
			}
			continue
		}
		switch s.role {
		case 'T':
			h.target = at
		case 'M':
			h.partner = at
		}
		h.score += 2
		if s.words != nil {
			h.score++
		}
	}
	if h.target < 0 && h.partner < 0 && h.clause < 0 && !e.noun && !e.received && object >= 0 && slices.Contains(h.words, object) {
		h.target = object
	}
	if e.noun && h.target < 0 && h.partner < 0 && len(h.words) > 0 && !e.aimed { // "a violation of its airspace"
		h.target = h.words[len(h.words)-1]
	}
	return h
}

// calls tells whether the object of a verb is whom it is said of, and another
// word that the pattern asks for what is said of it.
func (m *matcher) calls(e *entry, i, object int) bool {
	if object < 0 {
		return false
	}
	for n := range e.slots {
		if s := &e.slots[n]; s.preps == nil && s.role == 0 && s.words != nil {
			return !m.among(s.words, object) && m.predicated(i, s.words) >= 0
		}
	}
	return false
}

// names tells whether a verb says of its object what it is: "called it an
// insult", not a call.
func (m *matcher) names(i int, f *frame) bool {
	if m.lemma(i) != "call" || f.object < 0 {
		return false
	}
	if f.indirect >= 0 && f.indirect != f.object {
		return true
	}
	for _, k := range m.kids[i] {
		switch rel := m.tokens[k].Rel; {
		case rel == "xcomp", rel == "ccomp", rel == "obl:unmarked" && !m.lex.is("@time", m.lemma(k)), rel == "obj" && k != f.object:
			return k > i
		}
	}
	return false
}

// predicated returns the noun that a verb says of its object, if it is one of
// the words, or -1.
func (m *matcher) predicated(i int, words map[string]bool) int {
	for _, k := range m.kids[i] {
		switch m.tokens[k].Rel {
		case "xcomp", "obl:unmarked", "ccomp", "obl", "nmod:desc":
		default:
			continue
		}
		if m.among(words, k) {
			return k
		}
		for _, n := range m.kids[k] {
			if m.among(words, n) {
				return n
			}
		}
	}
	return -1
}

// among tells whether a token is one of the words, by lemma or by form.
func (m *matcher) among(words map[string]bool, i int) bool {
	if m.oneOf(words, i) {
		return true
	}
	for _, k := range m.kids[i] { // "rice and medicine"
		if m.tokens[k].Rel == "conj" && m.oneOf(words, k) {
			return true
		}
	}
	if m.tokens[i].UPOS == "PROPN" { // "the corvette Visby", headed by its name
		for _, k := range m.kids[i] {
			if rel := m.tokens[k].Rel; m.tokens[k].UPOS == "NOUN" && (rel == "compound" || rel == "nmod:desc") && m.oneOf(words, k) {
				return true
			}
		}
	}
	return false
}

func (m *matcher) oneOf(words map[string]bool, i int) bool {
	if words[m.lemma(i)] {
		return true
	}
	form := m.hyphenated(i)
	return words[form] || words[strings.TrimSuffix(form, "s")]
}

// hyphenated returns a word as it is written, lower-case, with what a hyphen
// joins to its left: "cease-fire" for "fire".
func (m *matcher) hyphenated(i int) string {
	form := m.tokens[i].Form
	for n := 0; i >= 2 && n < 3 && m.tokens[i-1].Form == "-" && m.tokens[i-1].Span.End == m.tokens[i].Span.Start && m.tokens[i-2].Span.End == m.tokens[i-1].Span.Start; n++ {
		i -= 2
		form = m.tokens[i].Form + "-" + form
	}
	return strings.ToLower(form)
}

// counted returns what a phrase counts: "troops" of "hundreds of troops".
func (m *matcher) counted(head int) int {
	if head >= 0 && m.lex.is("@quantity", m.lemma(head)) {
		for _, k := range m.kids[head] {
			if m.tokens[k].Rel == "nmod" && m.prep(k) == "of" {
				return k
			}
		}
	}
	return head
}

// particle returns the particle of a phrasal verb, or -1.
func (m *matcher) particle(i int, words map[string]bool) int {
	if n := i + 1; n < len(m.tokens) && m.among(words, n) { // wherever the parser hung it
		return n
	}
	for _, k := range m.kids[i] {
		switch m.tokens[k].Rel {
		case "compound:prt", "advmod", "compound", "xcomp":
			if m.among(words, k) {
				return k
			}
		case "obl": // "out of" may stand as two prepositions
			for _, p := range m.kids[k] {
				if m.tokens[p].Rel == "case" && p > i && (p <= i+2 || p <= i+6 && m.lemma(p) == "out") && !m.lex.is("@time", m.lemma(k)) && m.among(words, p) {
					return p
				}
			}
		}
	}
	return -1
}

// complement returns the clause that a predicate embeds, or -1.
func (m *matcher) complement(i int, f *frame) int {
	for _, k := range f.clausal {
		if m.tokens[k].Rel != "advcl" {
			return k
		}
	}
	for _, k := range m.kids[i] {
		if (m.tokens[k].Rel == "acl" || m.tokens[k].Rel == "advcl") && (m.verbal(k)) && (k > i) {
			if mark := m.child(k, "mark"); mark >= 0 {
				switch m.lemma(mark) {
				case "if", "unless", "when", "while", "because", "although", "as", "since", "until", "after", "before", "once", "where", "though", "whereas":
					continue
				}
			}
			return k
		}
	}
	for _, o := range f.obliques { // "threatened to shell", the verb taken for a noun
		if k := m.child(o.head, "case"); k == i+1 && o.prep == "to" && o.head > k && m.tokens[o.head].UPOS == "NOUN" {
			return o.head
		}
	}
	if f.object >= 0 && m.head(f.object) == i { // "accuse X of doing" with the clause under X
		for _, k := range m.kids[f.object] {
			if m.tokens[k].Rel == "acl" && m.verbal(k) && m.child(k, "mark") >= 0 {
				return k
			}
		}
	}
	return -1
}

// finite tells whether a clause has a subject of its own.
func (m *matcher) finite(i int) bool {
	return m.child(i, "nsubj", "nsubj:pass", "expl") >= 0 && (m.child(i, "mark") < 0 || m.lemma(m.child(i, "mark")) != "for")
}

// oblique returns the phrase behind one of the slot's prepositions: under the
// head, under its object, or under a word that the pattern already found.
func (m *matcher) oblique(i int, f *frame, h *hit, s *slot) int {
	fits := func(k int) bool {
		return s.words == nil && m.nominal(k) || s.words != nil && m.among(s.words, k)
	}
	under := func(n int, prep string) int {
		if n < 0 {
			return -1
		}
		for _, k := range m.kids[n] {
			if r := m.tokens[k].Rel; (r == "nmod" || r == "obl") && m.behind(k, prep) && fits(k) {
				return k
			}
		}
		for _, k := range m.kids[n] { // "tariffs of ten per cent on cars": under the amount
			if m.tokens[k].Rel != "nmod" || m.prep(k) != "of" || prep == "of" || m.child(k, "nummod", "compound") < 0 {
				continue
			}
			for _, at := range m.kids[k] {
				if m.tokens[at].Rel == "nmod" && m.behind(at, prep) && fits(at) {
					return at
				}
			}
		}
		return -1
	}
	for _, prep := range s.preps { // in the order of the pattern: the likelier first
		for _, w := range h.words {
			if k := under(w, prep); k >= 0 {
				return k
			}
		}
		if k := under(f.object, prep); k >= 0 && m.verbal(i) && h.entry.transitive {
			return k
		}
		for _, o := range f.obliques {
			if m.behind(o.head, prep) && fits(o.head) {
				return o.head
			}
		}
	}
	if !m.verbal(i) {
		for _, k := range m.kids[i] { // "a visit by Peru's minister to Chile"
			if p := m.prep(k); m.tokens[k].Rel == "nmod" && (p == "by" || p == "of") {
				for _, prep := range s.preps {
					if n := under(k, prep); n >= 0 && prep != "of" {
						return n
					}
				}
			}
		}
	}
	for _, o := range f.obliques { // "hold talks in Paris with X": with hangs under the place
		for _, prep := range s.preps {
			if k := under(o.head, prep); k >= 0 && m.verbal(i) {
				return k
			}
		}
	}
	return -1
}

// behind tells whether a phrase stands behind a preposition; "out of" and "away
// from" are from.
func (m *matcher) behind(k int, prep string) bool {
	p := m.prep(k)
	return p == prep || p == "of" && prep == "from" && slices.ContainsFunc(m.kids[k], func(n int) bool {
		return m.tokens[n].Rel == "case" && m.lemma(n) == "out"
	})
}

// nominal tells whether a token can head a participant: not a day, an hour or
// an amount.
func (m *matcher) nominal(k int) bool {
	switch m.tokens[k].UPOS {
	case "PROPN":
		return !m.lex.is("@time", m.lemma(k))
	case "NOUN":
		return !m.lex.is("@time", m.lemma(k))
	case "PRON":
		return true
	case "ADJ", "NUM", "DET", "X":
		return m.tokens[k].UPOS == "ADJ"
	}
	return false
}
