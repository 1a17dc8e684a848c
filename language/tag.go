package language

import (
	"strings"
	"unicode"
)

// traits are the hashed properties of a word that the tagger and the parser
// look at. They are computed once for each token.
type traits struct {
	form, lower, shape   uint64
	pre1, pre2, pre3     uint64
	suf1, suf2, suf3, s4 uint64
	flags                uint64
	tag                  uint64 // joint tag, set by the tagger
	upos                 uint64
}

var (
	outside = traits{form: 11, lower: 11, shape: 11, tag: 11, upos: 11}
	rootEnd = traits{form: 13, lower: 13, shape: 13, tag: 13, upos: 13}
)

func traitsOf(form string, first bool) traits {
	low := lower(form)
	t := traits{form: hashString(form), lower: hashString(normal(low)), shape: shapeOf(form)}
	t.pre1, t.pre2, t.pre3 = head(low, 1), head(low, 2), head(low, 3)
	t.suf1, t.suf2, t.suf3, t.s4 = tail(low, 1), tail(low, 2), tail(low, 3), tail(low, 4)
	for i, r := range form {
		switch {
		case unicode.IsUpper(r) && i == 0:
			t.flags |= 1
		case unicode.IsUpper(r):
			t.flags |= 2
		case r >= '0' && r <= '9':
			t.flags |= 4
		case r == '-':
			t.flags |= 8
		case unicode.IsLower(r):
			t.flags |= 16
		}
		if i > 32 {
			break
		}
	}
	if first {
		t.flags |= 32
	}
	return t
}

// normal replaces digits, so that one number teaches about another.
func normal(low string) string {
	i := 0
	for i < len(low) && (low[i] < '0' || low[i] > '9') {
		i++
	}
	if i == len(low) {
		if low == "’s" {
			return "'s"
		}
		if low == "n’t" {
			return "n't"
		}
		return low
	}
	b := []byte(low)
	for ; i < len(b); i++ {
		if b[i] >= '0' && b[i] <= '9' {
			b[i] = '0'
		}
	}
	return string(b)
}

func head(s string, n int) uint64 { return hashString(s[:min(n, len(s))]) }
func tail(s string, n int) uint64 { return hashString(s[max(0, len(s)-n):]) }

// tagSet numbers the joint tags: universal and Penn tag together.
type tagSet struct {
	names []string // "NOUN NN"
	index map[string]int
}

func (t *tagSet) number(name string) int {
	if n, ok := t.index[name]; ok {
		return n
	}
	if t.index == nil {
		t.index = map[string]int{}
	}
	n := len(t.names)
	t.names, t.index[name] = append(t.names, name), n
	return n
}

func splitTag(name string) (upos, xpos string) {
	upos, xpos, _ = strings.Cut(name, " ")
	return upos, xpos
}

// work holds the buffers of one analysis; they are reused from sentence to
// sentence.
type work struct {
	words  []traits
	fs     []feature
	scores []int32
	arcs   parse
}

func (w *work) load(tokens []Token) {
	w.words = w.words[:0]
	for i := range tokens {
		w.words = append(w.words, traitsOf(tokens[i].Form, i == 0))
	}
}

func (w *work) word(i int) *traits {
	if i < 0 || i >= len(w.words) {
		return &outside
	}
	return &w.words[i]
}

// tagFeatures describes word i, when the words before it have their tags.
func (w *work) tagFeatures(i int) {
	t, p, q, n, m := w.word(i), w.word(i-1), w.word(i-2), w.word(i+1), w.word(i+2)
	fs := w.fs[:0]
	add := func(n uint64, vs ...uint64) {
		h := mix(n, 2)
		for _, v := range vs {
			h = mix(h, v)
		}
		fs = append(fs, h)
	}
	add(1)
	add(2, t.lower)
	add(3, t.form)
	add(4, t.suf1)
	add(5, t.suf2)
	add(6, t.suf3)
	add(7, t.s4)
	add(8, t.pre1)
	add(9, t.pre2)
	add(10, t.pre3)
	add(11, t.shape)
	add(12, t.flags)
	add(13, p.tag)
	add(14, p.tag, q.tag)
	add(15, p.tag, t.lower)
	add(16, p.lower)
	add(17, p.suf3)
	add(18, q.lower)
	add(19, n.lower)
	add(20, n.suf3)
	add(21, m.lower)
	add(22, n.shape, t.shape)
	add(23, p.lower, t.lower)
	add(24, t.lower, n.lower)
	add(25, p.tag, n.lower)
	add(26, p.tag, q.tag, t.lower)
	add(27, t.flags, p.tag)
	add(28, t.flags, t.suf3)
	add(29, n.suf2, p.tag)
	add(30, t.suf3, p.tag)
	add(31, t.shape, p.shape, n.shape)
	add(32, q.tag)
	add(33, n.lower, m.lower)
	add(34, t.suf2, n.suf2)
	w.fs = fs
}

func (w *work) setTag(i, tag int, upos uint64) {
	w.words[i].tag, w.words[i].upos = uint64(tag)+100, upos
}

// tag sets UPOS and XPOS of the tokens of a sentence.
func (m *Model) tag(w *work, tokens []Token) {
	w.load(tokens)
	for i := range tokens {
		w.tagFeatures(i)
		w.scores = sized(w.scores, len(m.tags.names))
		m.tagger.scores(w.fs, w.scores)
		best := top(w.scores)
		w.setTag(i, best, m.uposOf[best])
		tokens[i].UPOS, tokens[i].XPOS = splitTag(m.tags.names[best])
	}
}

func sized(s []int32, n int) []int32 {
	if cap(s) < n {
		return make([]int32, n)
	}
	return s[:n]
}

// top is the index of the highest score, the first one among equals.
func top[T int32 | float32](scores []T) int {
	best := 0
	for i, s := range scores {
		if s > scores[best] {
			best = i
		}
	}
	return best
}
