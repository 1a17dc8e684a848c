package attribution

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/text"
)

// article is a text laid out for the features: all tokens of all sentences in
// one row.
type article struct {
	text      string
	words     []word
	sentences []stretch // first word, end
	quotes    []Quote
}

type stretch struct{ from, to int }

// word is a token with what the features ask of it. Strings that features use
// are hashed once.
type word struct {
	span               text.Span
	form, lemma        string // lower case
	upos, xpos, rel    string // rel without its subtype
	head               int    // index of the head in the row; -1 for a root
	left, right        int    // edges of the subtree, both inclusive
	sentence           int
	paragraph          int
	quote              int // index of the quotation that holds it; -1 if none
	opens, closes      bool
	f, l, u, x, r, sub uint32 // hashes of form, lemma, tags, relation with and without subtype
	shape              uint32
	sense              uint32 // lexicon class of the lemma as a cue; 0 if none
	children           uint64 // bit per relation in relationBit
	depth              int
}

const (
	hashSeed  = 2166136261
	hashPrime = 16777619
)

func hashString(s string) uint32 {
	h := uint32(hashSeed)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * hashPrime
	}
	return h
}

// mix folds values into one hash; the first is the number of the feature.
func mix(v ...uint32) uint32 {
	h := uint32(hashSeed)
	for _, x := range v {
		h ^= x
		h *= 0x85ebca6b
		h ^= h >> 13
		h *= 0xc2b2ae35
		h ^= h >> 16
	}
	return h
}

// relationBits numbers the relations that features ask for among the children.
var relationBits = map[string]uint{
	"nsubj": 0, "obj": 1, "iobj": 2, "csubj": 3, "ccomp": 4, "xcomp": 5, "obl": 6, "advcl": 7, "advmod": 8, "aux": 9,
	"cop": 10, "mark": 11, "nmod": 12, "appos": 13, "nummod": 14, "acl": 15, "amod": 16, "det": 17, "case": 18, "conj": 19,
	"cc": 20, "parataxis": 21, "compound": 22, "punct": 23, "expl": 24, "discourse": 25, "dep": 26, "flat": 27, "fixed": 28, "vocative": 29,
	"passive": 40, "relative": 41, "agent": 42, "possessor": 43,
}

func bit(rel string) uint64 {
	if b, ok := relationBits[rel]; ok {
		return 1 << b
	}
	return 0
}

func (w *word) has(rel string) bool { return w.children&bit(rel) != 0 }

// layOut builds the row. Empty sentences are kept, with no words.
func layOut(t string, sentences []language.Sentence) *article {
	a := &article{text: t, quotes: Quotes(t)}
	var class map[string]uint32
	if l, err := loadLexicon(); err == nil {
		class = l.class
	}
	n := 0
	for _, s := range sentences {
		n += len(s.Tokens)
	}
	a.words = make([]word, 0, n)
	paragraph, at := 0, 0
	for si, s := range sentences {
		base := len(a.words)
		if s.Span.Start > at && s.Span.Start <= len(t) {
			if strings.IndexByte(t[at:s.Span.Start], '\n') >= 0 {
				paragraph++
			}
			at = s.Span.Start
		}
		for ti, tok := range s.Tokens {
			rel, _, _ := strings.Cut(tok.Rel, ":")
			w := word{span: tok.Span, form: strings.ToLower(tok.Form), lemma: strings.ToLower(tok.Lemma), upos: tok.UPOS, xpos: tok.XPOS, rel: rel,
				head: -1, left: base + ti, right: base + ti, sentence: si, paragraph: paragraph, quote: -1}
			if tok.Head >= 0 && tok.Head < len(s.Tokens) && tok.Head != ti {
				w.head = base + tok.Head
			}
			w.f, w.l, w.u, w.x, w.r, w.sub = hashString(w.form), hashString(w.lemma), hashString(w.upos), hashString(w.xpos), hashString(rel), hashString(tok.Rel)
			w.shape = shapeOf(tok.Form)
			w.sense = class[w.lemma]
			a.words = append(a.words, w)
		}
		a.sentences = append(a.sentences, stretch{base, len(a.words)})
		a.measure(base, s)
	}
	a.placeQuotes()
	return a
}

// measure sets edges of subtrees, depths and the sets of children of one
// sentence.
func (a *article) measure(base int, s language.Sentence) {
	for i := base; i < len(a.words); i++ {
		w := &a.words[i]
		rel, subtype, _ := strings.Cut(s.Tokens[i-base].Rel, ":")
		if w.head >= 0 {
			b := bit(rel)
			switch subtype {
			case "pass":
				b |= bit("passive")
			case "relcl":
				b |= bit("relative")
			case "agent":
				b |= bit("agent")
			case "poss":
				b |= bit("possessor")
			}
			a.words[w.head].children |= b
		}
		left, right := i, i
		for h, steps := w.head, 0; h >= 0 && steps < 200; h, steps = a.words[h].head, steps+1 {
			w.depth++
			p := &a.words[h]
			if p.left <= left && p.right >= right {
				continue
			}
			p.left, p.right = min(p.left, left), max(p.right, right)
		}
	}
}

func (a *article) placeQuotes() {
	q := 0
	for i := range a.words {
		w := &a.words[i]
		for q < len(a.quotes) && a.quotes[q].Span().End <= w.span.Start {
			q++
		}
		if q == len(a.quotes) {
			return
		}
		if s := a.quotes[q].Span(); s.Overlaps(w.span) {
			w.quote = q
			w.opens = a.quotes[q].Open.Overlaps(w.span)
			w.closes = a.quotes[q].Close.Overlaps(w.span)
		}
	}
}

func shapeOf(form string) uint32 {
	r, _ := utf8.DecodeRuneInString(form)
	switch {
	case unicode.IsUpper(r) && len(form) > 1 && strings.ToUpper(form) == form:
		return 1
	case unicode.IsUpper(r):
		return 2
	case unicode.IsLower(r):
		return 3
	case unicode.IsDigit(r):
		return 4
	}
	return 5
}
