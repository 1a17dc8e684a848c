package language

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/casus-foederis/casus/text"
)

// maxToken is the length in bytes at which a token is cut even where nothing
// suggests it, so that no work depends on the length of a run of letters.
const maxToken = 256

// piece is a surface token before sentences are known.
type piece struct {
	text.Span
	gap gap // what stands before it
}

// isBlank reports whether r separates tokens: white space, and the characters
// without width that pages leave behind.
func isBlank(r rune) bool {
	switch r {
	case '\u200b', '\ufeff', '\u2060', '\u00ad':
		return true
	}
	return r <= ' ' || r == 0x7f || unicode.IsSpace(r) || unicode.Is(unicode.Cc, r)
}

// firstRune is the first character of s, which must not be empty.
func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// runeLen is the number of bytes up to the next place where a span may begin.
// Stray continuation bytes go with the character before them.
func runeLen(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	for n < len(s) && !utf8.RuneStart(s[n]) {
		n++
	}
	return n
}

// class is the kind of a character as far as tokens are concerned.
type class uint8

const (
	letter class = iota
	digit
	apostrophe
	quote
	stop
	comma
	hyphen
	dash
	slash
	opening
	closing
	money
	at
	mark
	picture
	symbol
)

func classOf(r rune) class {
	switch {
	case r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z':
		return letter
	case r >= '0' && r <= '9':
		return digit
	}
	switch r {
	case '\'', '’', '‘', '`', '´':
		return apostrophe
	case '"', '“', '”', '«', '»', '„':
		return quote
	case '.', '…':
		return stop
	case ',', ';', ':':
		return comma
	case '-', '‐', '‑':
		return hyphen
	case '–', '—', '―', '_', '*', '=', '~':
		return dash
	case '/', '\\', '|':
		return slash
	case '(', '[', '{', '<':
		return opening
	case ')', ']', '}', '>':
		return closing
	case '$', '€', '£', '¥', '%':
		return money
	case '@', '#', '&', '+':
		return at
	case '!', '?':
		return mark
	}
	switch {
	case unicode.IsLetter(r) || unicode.IsMark(r):
		return letter
	case unicode.IsDigit(r):
		return digit
	case r >= 0x2600:
		return picture
	}
	return symbol
}

// cut finds the surface tokens of s in order.
func (m *Model) cut(s string) []piece {
	out := make([]piece, 0, len(s)/5+4)
	c := cutter{model: m}
	lines := lines{text: s, width: wrapWidth(s)}
	before, i := paragraph, 0
	for i < len(s) && !utf8.RuneStart(s[i]) {
		i++
	}
	for i < len(s) {
		if isBlank(firstRune(s[i:])) {
			before = lines.widen(before, i)
			i += runeLen(s[i:])
			continue
		}
		end := i
		for end < len(s) && end-i < maxToken && !isBlank(firstRune(s[end:])) {
			end += runeLen(s[end:])
		}
		out = c.chunk(out, s, i, end, before)
		before, i = none, end
	}
	return out
}

// cutter cuts runs of text without white space. Its buffers are reused.
type cutter struct {
	model *Model
	at    []int // byte offset of each character, and of the end
	rune  []rune
	class []class
	after uint64 // what follows the white space behind the run
	fs    []feature
}

// chunk appends the tokens of s[from:to], which holds no white space.
func (c *cutter) chunk(out []piece, s string, from, to int, before gap) []piece {
	if plain(s[from:to]) {
		return append(out, piece{text.Span{Start: from, End: to}, before})
	}
	c.load(s, from, to)
	start, solid := 0, c.solid(s, 0)
	for i := 1; i < len(c.rune); i++ {
		if i < solid || !c.candidate(i) {
			continue
		}
		c.features(s, start, i)
		if c.model.cuts.yes(c.fs) {
			out = append(out, piece{text.Span{Start: c.at[start], End: c.at[i]}, before})
			before, start = none, i
			solid = c.solid(s, i)
		}
	}
	return append(out, piece{text.Span{Start: c.at[start], End: to}, before})
}

func plain(s string) bool {
	for i := 0; i < len(s); i++ {
		if b := s[i] | 0x20; b < 'a' || b > 'z' {
			return false
		}
	}
	return true
}

func (c *cutter) load(s string, from, to int) {
	c.at, c.rune, c.class = c.at[:0], c.rune[:0], c.class[:0]
	for i := from; i < to; {
		r := firstRune(s[i:])
		c.at, c.rune, c.class = append(c.at, i), append(c.rune, r), append(c.class, classOf(r))
		i += runeLen(s[i:])
	}
	c.at = append(c.at, to)
	c.after = following(s[to:])
}

// following tells apart what may stand behind white space: 0 nothing or a new
// line, 1 a small letter, 2 a capital, 3 a digit, 4 anything else.
func following(s string) uint64 {
	s = strings.TrimLeft(s, " \t")
	if s == "" {
		return 0
	}
	switch r := firstRune(s); {
	case isBlank(r):
		return 0
	case unicode.IsLower(r):
		return 1
	case unicode.IsUpper(r):
		return 2
	case unicode.IsDigit(r):
		return 3
	}
	return 4
}

// candidate reports whether a token may end before character i.
func (c *cutter) candidate(i int) bool {
	a, b := c.class[i-1], c.class[i]
	return (a != b || a > digit) && !c.inPicture(i)
}

// inPicture reports whether characters i-1 and i make one emoji: joined, of a
// colour, or the two letters of a flag.
func (c *cutter) inPicture(i int) bool {
	a, b := c.rune[i-1], c.rune[i]
	if b < 0x200d {
		return false
	}
	if a == '\u200d' || b == '\u200d' || b == '\ufe0f' || b >= 0x1f3fb && b <= 0x1f3ff {
		return true
	}
	letters := 0
	for j := i - 1; j >= 0 && isFlagLetter(c.rune[j]); j-- {
		letters++
	}
	return isFlagLetter(b) && letters%2 == 1
}

func isFlagLetter(r rune) bool { return r >= 0x1f1e6 && r <= 0x1f1ff }

// solid returns the index behind an address, a handle or a tag that begins at
// character i: nothing is cut in there. Without one it returns i.
func (c *cutter) solid(s string, i int) int {
	rest := s[c.at[i]:c.at[len(c.rune)]]
	switch {
	case hasPrefixFold(rest, "http://") || hasPrefixFold(rest, "https://") || hasPrefixFold(rest, "www."):
		end := len(c.rune)
		for end > i && (c.class[end-1] > digit && c.class[end-1] != slash && c.rune[end-1] != '_') {
			end--
		}
		for j := i; j < end; j++ {
			if c.class[j] == quote || c.rune[j] == '<' || c.rune[j] == '>' {
				return j
			}
		}
		return end
	case (c.rune[i] == '@' || c.rune[i] == '#') && i+1 < len(c.rune) && c.class[i+1] <= digit:
		return c.named(i+1, "_")
	case strings.IndexByte(rest, '@') > 0:
		name := c.named(i, "._%+-")
		if name > i && name < len(c.rune) && c.rune[name] == '@' {
			end := c.named(name+1, ".-")
			for end > name && c.class[end-1] > digit {
				end--
			}
			return end
		}
	}
	return i
}

// named returns the index behind the letters, digits and marks from i on.
func (c *cutter) named(i int, marks string) int {
	for i < len(c.rune) && (c.class[i] <= digit || strings.ContainsRune(marks, c.rune[i])) {
		i++
	}
	return i
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

func (c *cutter) classAt(i int) uint64 {
	if i < 0 || i >= len(c.class) {
		return 99
	}
	return uint64(c.class[i])
}

func (c *cutter) runeAt(i int) uint64 {
	if i < 0 || i >= len(c.rune) {
		return 7
	}
	return uint64(unicode.ToLower(c.rune[i]))
}

// features describes the place before character i, when the current token
// began at character start.
func (c *cutter) features(s string, start, i int) {
	n := len(c.rune)
	chunk := s[c.at[0]:c.at[n]]
	left := s[c.at[start]:c.at[i]]
	right := s[c.at[i]:c.at[n]]
	run := i + 1
	for run < n && c.class[run] == c.class[i] {
		run++
	}
	next := s[c.at[i]:c.at[run]]
	back := i - 1
	for back > 0 && c.class[back-1] == c.class[i-1] {
		back--
	}
	prev := s[c.at[back]:c.at[i]]
	kind := uint64(0)
	switch {
	case strings.Contains(chunk, "://") || strings.HasPrefix(chunk, "www.") || strings.HasPrefix(chunk, "http"):
		kind = 1
	case strings.IndexByte(chunk, '@') > 0:
		kind = 2
	case chunk[0] == '@' || chunk[0] == '#':
		kind = 3
	}
	ctx := kind<<1 | uint64(bit(start == 0))
	word := hashLower(left)
	rest := hashLower(right)
	follow := hashLower(next)
	near := hashLower(prev)
	fs := c.fs[:0]
	add := func(t uint64, vs ...uint64) {
		h := mix(t, 0)
		for _, v := range vs {
			h = mix(h, v)
		}
		fs = append(fs, h)
	}
	l1, l2, l3, r0, r1, r2 := c.classAt(i-1), c.classAt(i-2), c.classAt(i-3), c.classAt(i), c.classAt(i+1), c.classAt(i+2)
	end := uint64(n - i)
	add(1)
	add(2, l1, r0)
	add(3, l2, l1, r0)
	add(4, l1, r0, r1)
	add(5, l2, l1, r0, r1)
	add(6, l3, l2, l1, r0, r1, r2)
	add(7, c.runeAt(i-1), r0)
	add(8, l1, c.runeAt(i))
	add(9, c.runeAt(i-1), c.runeAt(i))
	add(10, c.runeAt(i-2), c.runeAt(i-1), c.runeAt(i))
	add(11, c.runeAt(i-1), c.runeAt(i), c.runeAt(i+1))
	add(12, word, r0)
	add(13, rest, l1)
	add(14, follow, l1)
	add(15, near, r0)
	add(16, near, follow)
	add(17, ctx, l1, r0)
	add(18, ctx, c.runeAt(i-1), c.runeAt(i))
	add(19, min(end, 3), l1, r0)
	add(20, min(end, 3), word)
	add(21, min(uint64(i), 3), l1, c.runeAt(i))
	add(22, word, rest)
	add(23, uint64(min(run-i, 5)), l1, c.runeAt(i))
	add(24, uint64(min(i-back, 5)), c.runeAt(i-1), r0, min(end, 2))
	add(25, uint64(bit(strings.IndexByte(left, '.') >= 0)), l1, r0, r1)
	add(26, uint64(bit(unicode.IsUpper(c.rune[i-1]))), uint64(bit(unicode.IsUpper(c.rune[i]))), l1, r0, r1, l2)
	add(27, word, follow)
	add(28, c.runeAt(i), c.runeAt(i+1), c.runeAt(i+2), l1)
	add(29, uint64(bit(start == back)), l1, r0, kind, min(end, 2))
	known := uint64(bit(abbreviations[strings.ToLower(left)])) | uint64(bit(strings.HasSuffix(left, ".") && abbreviations[strings.ToLower(left[:len(left)-1])]))<<1
	add(31, known, r0, min(end, 2))
	add(32, known, uint64(bit(unicode.IsUpper(firstRune(left)))), r0, c.classAt(i+1))
	if end == 1 {
		add(33, word, c.after, r0)
		add(34, known, c.after, c.runeAt(i))
		add(35, uint64(bit(strings.IndexByte(left, '.') >= 0)), c.after, c.runeAt(i), uint64(min(i, 4)))
	}
	add(30, l1, r0, hashLower(chunk), uint64(i))
	c.fs = fs
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}
