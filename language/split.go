package language

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/casus-foederis/casus/text"
)

// maxSentence is the number of tokens at which a sentence is cut even where
// nothing suggests it.
const maxSentence = 200

// splitter decides where sentences end.
type splitter struct {
	model  *Model
	text   string
	pieces []piece
	facts  []facts
	lines  bool // the text has line breaks: then most ends of paragraphs are seen
	fs     []feature
	// about the sentence so far:
	start  int
	quotes int // quotation marks
	round  int // open brackets
}

// facts are what the splitter looks at in a token.
type facts struct {
	form  uint64 // lower case
	shape uint64
	class uint8
}

// kinds of tokens at the end of sentences
const (
	wordLower uint8 = iota
	wordUpper
	wordCapitals
	wordInitial // one capital with a full stop, or initials
	wordAbbreviated
	wordNumber
	endStop
	endMark
	endDots
	endQuote
	openQuote
	openBracket
	closeBracket
	endComma
	endColon
	endSemicolon
	endDash
	endOther
)

func kindOf(s string) uint8 {
	r := firstRune(s)
	switch c := classOf(r); c {
	case letter:
		switch {
		case strings.IndexByte(s, '.') > 0:
			if len(s) == 2 || strings.Count(s, ".") > 1 {
				return wordInitial
			}
			return wordAbbreviated
		case !unicode.IsUpper(r):
			return wordLower
		case len(s) > 1 && strings.ToUpper(s) == s:
			return wordCapitals
		}
		return wordUpper
	case digit, money:
		return wordNumber
	case quote, apostrophe:
		if r == '“' || r == '‘' || r == '`' || r == '«' {
			return openQuote
		}
		return endQuote
	case opening:
		return openBracket
	case closing:
		return closeBracket
	case stop:
		if len(s) > 1 {
			return endDots
		}
		return endStop
	case mark:
		return endMark
	case comma:
		switch r {
		case ':':
			return endColon
		case ';':
			return endSemicolon
		}
		return endComma
	case dash, hyphen:
		return endDash
	}
	return endOther
}

// shapeOf maps a token to its pattern of capitals, small letters and digits,
// runs shortened to two.
func shapeOf(s string) uint64 {
	h, last, run := uint64(1), byte(0), 0
	for i := 0; i < len(s) && i < 24; i++ {
		b := s[i]
		switch {
		case b >= 'a' && b <= 'z':
			b = 'x'
		case b >= 'A' && b <= 'Z':
			b = 'X'
		case b >= '0' && b <= '9':
			b = 'd'
		case b >= 0x80:
			b = 'u'
		}
		if b == last {
			if run++; run > 1 {
				continue
			}
		} else {
			last, run = b, 0
		}
		h = mix(h, uint64(b))
	}
	return h
}

func (s *splitter) load() {
	s.facts = make([]facts, len(s.pieces))
	for i, p := range s.pieces {
		f := p.Of(s.text)
		s.facts[i] = facts{hashLower(f), shapeOf(f), kindOf(f)}
		s.lines = s.lines || i > 0 && p.gap >= lineBreak
	}
}

// split returns the index after the last token of each sentence.
func (s *splitter) split() []int {
	s.load()
	var ends []int
	for i := range s.pieces {
		s.see(i)
		if i+1 == len(s.pieces) || s.ends(i) {
			ends = append(ends, i+1)
			s.start, s.quotes, s.round = i+1, 0, 0
		}
	}
	return ends
}

func (s *splitter) see(i int) {
	switch s.facts[i].class {
	case endQuote, openQuote:
		s.quotes++
	case openBracket:
		s.round++
	case closeBracket:
		s.round = max(0, s.round-1)
	}
}

// ends reports whether a sentence ends after token i, which is not the last.
func (s *splitter) ends(i int) bool {
	switch s.pieces[i+1].gap {
	case paragraph:
		return true
	case lineBreak:
		return !s.runsOn(i)
	}
	if i+1-s.start >= maxSentence {
		return true
	}
	if s.holds(i) || s.citation(i+1) {
		return false
	}
	if before := s.beforeCitations(i); before < i {
		return s.facts[i+1].class != wordLower && closes(s.facts[before].class)
	}
	s.features(i)
	return s.model.ends.yes(s.fs)
}

// longestDateline is the number of tokens within which the dash of a dateline
// ("OSTBURG, Nov. 3 (Agency) -") is looked for.
const longestDateline = 14

// holds reports whether no sentence ends after token i whatever the weights
// say. The treebanks have little news; these are the places where news showed
// that what was learned from mails is wrong.
func (s *splitter) holds(i int) bool {
	t, u := s.facts[i].class, s.facts[i+1].class
	switch t {
	case wordInitial, wordAbbreviated: // at 5 p.m. on Monday
		return u == wordLower
	case endStop:
		return u == wordLower && i > s.start && (s.facts[i-1].class == wordInitial || s.facts[i-1].class == wordAbbreviated)
	case closeBracket: // the senator (R-Ga.) said; OSTBURG (Agency) - The
		return u == wordLower || u == endDash
	case endComma, endSemicolon, endColon: // Smith said: “It is so”
		return u == wordLower || t != endSemicolon && (u == openQuote || u == endQuote)
	case endQuote: // “It is so,” Smith said; called it a “disgrace” Monday
		return !s.closed(i)
	case wordNumber: // the 13th Amendment, 19 December
		return u == wordUpper && (s.ordinal(i) || months[s.form(i+1)])
	case endDash:
		return i-s.start < longestDateline && s.facts[s.start].class == wordCapitals && s.pieces[s.start].gap >= lineBreak
	}
	return false
}

// citation reports whether token i begins the number of a note, "[6]", which
// belongs to the sentence before it.
func (s *splitter) citation(i int) bool {
	return i+2 < len(s.pieces) && s.pieces[i].gap < lineBreak && s.form(i) == "[" &&
		s.facts[i+1].class == wordNumber && s.pieces[i+1].gap == none && s.form(i+2) == "]"
}

// beforeCitations returns the token before the notes that end with token i; i
// itself if there is none.
func (s *splitter) beforeCitations(i int) int {
	for i >= s.start+3 && s.citation(i-2) {
		i -= 3
	}
	return i
}

// closes reports whether a token of this kind can be the last of a sentence.
func closes(kind uint8) bool {
	return kind == endStop || kind == endMark || kind == endDots || kind == endQuote
}

// closed reports whether the quotation mark i stands behind the end of a
// sentence, or opens the sentence that it stands in.
func (s *splitter) closed(i int) bool {
	for i > s.start && s.facts[i].class == endQuote {
		i--
	}
	return i == s.start || closes(s.facts[i].class)
}

// ordinal reports whether token i is a number like 13th.
func (s *splitter) ordinal(i int) bool {
	f := s.form(i)
	return strings.HasSuffix(f, "th") || strings.HasSuffix(f, "st") || strings.HasSuffix(f, "nd") || strings.HasSuffix(f, "rd")
}

func (s *splitter) form(i int) string { return s.pieces[i].Of(s.text) }

// runsOn reports whether the line that ends with token i goes on in the next:
// no end of a sentence before the break and a small letter after it.
func (s *splitter) runsOn(i int) bool {
	if s.facts[i+1].class != wordLower {
		return false
	}
	return !closes(s.facts[i].class) && s.facts[i].class != endColon
}

func (s *splitter) fact(i int) facts {
	if i < 0 || i >= len(s.facts) {
		return facts{form: 3, shape: 3, class: 99}
	}
	if i > 0 && i < len(s.pieces) && s.pieces[i].gap >= lineBreak && i > s.start {
		return facts{form: 5, shape: 5, class: 98}
	}
	return s.facts[i]
}

func (s *splitter) features(i int) {
	t, u := s.fact(i), s.fact(i+1)
	p, q := s.fact(i-1), s.fact(i-2)
	if i-1 < s.start {
		p = facts{form: 4, shape: 4, class: 97}
	}
	if i-2 < s.start {
		q = facts{form: 4, shape: 4, class: 97}
	}
	v, w := s.fact(i+2), s.fact(i+3)
	if u.class == 98 {
		v = u
	}
	if v.class == 98 {
		w = v
	}
	space := uint64(s.pieces[i+1].gap)
	before := uint64(s.pieces[i].gap)
	length := uint64(i + 1 - s.start)
	if length > 6 {
		length = 6 + min(length/8, 6)
	}
	quotes, round := uint64(s.quotes&1), uint64(min(s.round, 1))
	fs := s.fs[:0]
	add := func(n uint64, vs ...uint64) {
		h := mix(n, 1)
		for _, v := range vs {
			h = mix(h, v)
		}
		fs = append(fs, h)
	}
	tc, uc, pc, qc, vc, wc := uint64(t.class), uint64(u.class), uint64(p.class), uint64(q.class), uint64(v.class), uint64(w.class)
	add(1)
	add(2, tc, uc, space)
	add(3, pc, tc, uc, space)
	add(4, tc, uc, vc, space)
	add(5, pc, tc, uc, vc, space)
	add(6, qc, pc, tc, uc, vc, wc)
	add(7, t.form, space)
	add(8, t.form, uc, space)
	add(9, u.form, tc, space)
	add(10, t.form, u.form)
	add(11, p.form, t.form)
	add(12, p.form, tc, uc, space)
	add(13, u.form, v.form, tc)
	add(14, t.shape, u.shape, space)
	add(15, p.shape, t.shape, u.shape)
	add(16, tc, uc, length)
	add(17, tc, uc, quotes, space)
	add(18, tc, uc, round)
	add(19, tc, pc, uc, length)
	add(20, before, tc, space, uc)
	add(21, v.form, tc, uc)
	add(22, p.form, t.form, u.form)
	add(23, tc, u.form, vc, length)
	add(24, t.form, u.shape, quotes)
	add(25, uc, u.form, length)
	add(26, tc, uc, vc, quotes, round, length)
	add(27, s.facts[s.start].form, tc, uc)
	add(28, uint64(s.facts[s.start].class), tc, uc, length)
	lines := uint64(bit(s.lines))
	add(29, lines)
	add(30, lines, tc, uc, space)
	add(31, lines, u.form, tc)
	add(32, lines, t.form, uc)
	add(33, lines, pc, tc, uc, vc)
	add(34, lines, t.form, u.form)
	add(35, lines, tc, uc, length)
	add(36, lines, u.form, v.form)
	s.fs = fs
}

// sentences groups pieces into sentences of syntactic words.
func (m *Model) sentences(s string) []Sentence {
	pieces := m.cut(s)
	if len(pieces) == 0 {
		return nil
	}
	sp := splitter{model: m, text: s, pieces: pieces}
	ends := sp.split()
	out := make([]Sentence, 0, len(ends))
	start := 0
	for _, end := range ends {
		tokens := make([]Token, 0, end-start+4)
		for _, p := range pieces[start:end] {
			tokens = m.words(tokens, s, p.Span)
		}
		out = append(out, Sentence{Span: text.Span{Start: pieces[start].Start, End: pieces[end-1].End}, Tokens: tokens})
		start = end
	}
	return out
}

// words appends the syntactic words of a surface token.
func (m *Model) words(out []Token, s string, span text.Span) []Token {
	at := span.Start
	word := func(n int) {
		out = append(out, Token{Span: text.Span{Start: at, End: at + n}, Surface: span, Form: s[at : at+n]})
		at += n
	}
	var room [64]byte
	low := appendLower(room[:0], span.Of(s))
	if cuts, ok := m.multiwords[string(low)]; ok && len(low) == span.Len() {
		for _, n := range cuts {
			word(int(n))
		}
	} else if n := clitic(low, span.Len()); n > 0 {
		word(span.Len() - n)
	}
	word(span.End - at)
	return out
}

// appendLower appends s in lower case.
func appendLower(b []byte, s string) []byte {
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= utf8.RuneSelf:
			return append(b[:len(b)-i], strings.ToLower(s)...)
		case c >= 'A' && c <= 'Z':
			b = append(b, c+'a'-'A')
		default:
			b = append(b, c)
		}
	}
	return b
}

var clitics = [][]byte{[]byte("n't"), []byte("n’t"), []byte("'s"), []byte("’s"), []byte("'re"), []byte("’re"), []byte("'ve"), []byte("’ve"),
	[]byte("'ll"), []byte("’ll"), []byte("'d"), []byte("’d"), []byte("'m"), []byte("’m"), []byte("s'"), []byte("s’")}

// clitic is the number of bytes of the clitic at the end of a token, 0 if it
// has none. low is the token in lower case, size its own length.
func clitic(low []byte, size int) int {
	if size < 3 || low[0] < utf8.RuneSelf && classOf(rune(low[0])) > digit {
		return 0
	}
	for _, c := range clitics {
		if len(low) > len(c) && bytes.HasSuffix(low, c) {
			if c[0] == 's' {
				return len(c) - 1
			}
			return min(len(c), size-1)
		}
	}
	return 0
}
