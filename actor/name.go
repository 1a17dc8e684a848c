package actor

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// isAcronym reports whether a name is written in capitals alone.
func isAcronym(s string) bool {
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			letters++
		case unicode.IsLetter(r), r == ' ':
			return false
		}
	}
	return letters >= 2
}

// word is one word of a name as it is compared: folded, with what is known of
// its letters' case.
type word struct {
	key        string
	from, to   int    // bytes of the surface
	upper      bool   // its first letter is a capital
	caps       bool   // all its letters are capitals
	capitals   uint32 // which of its letters are capitals, the first in bit 0
	hyphenated bool   // it follows a hyphen
	possessive bool   // it is the s of a possessive
}

// plainLetters are letters that do not decompose into a base letter and marks.
var plainLetters = strings.NewReplacer("ı", "i", "ł", "l", "ø", "o", "đ", "d", "ð", "d", "þ", "th", "ß", "ss", "æ", "ae", "œ", "oe", "ə", "a")

// fold makes a word comparable: lower case, without marks, dots and apostrophes.
func fold(s string) string {
	ascii := true
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			ascii = false
			break
		}
	}
	if !ascii {
		s = plainLetters.Replace(strings.ToLower(norm.NFD.String(s)))
	}
	if strings.IndexFunc(s, changes) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if dropped(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, s)
}

// dropped reports whether folding leaves a letter out: dots, apostrophes, marks.
func dropped(r rune) bool {
	switch r {
	case '.', '\'', '’', '‘', 'ʻ', 'ʼ', '`':
		return true
	}
	return r >= utf8.RuneSelf && unicode.Is(unicode.Mn, r)
}

// changes reports whether folding changes a letter.
func changes(r rune) bool { return unicode.IsUpper(r) || dropped(r) }

// isHyphen reports whether r joins the parts of a name. Dashes do not.
func isHyphen(r rune) bool { return r == '-' || r == '‐' || r == '‑' || r == '/' }

// wordsOf cuts a name at blanks and hyphens and before the s of a possessive, so
// that "People's" is the same as the tokens "People" and "'s". Anything without
// letters or digits is a word with an empty key, which no name contains, except
// a comma, which names may contain ("Washington, D.C."), and a lone hyphen or
// apostrophe, which joins its neighbours.
func wordsOf(s string) []word {
	var out []word
	hyphen := false
	var add func(from, to int)
	add = func(from, to int) {
		if n := possessive(s[from:to]); n > 0 {
			add(from, to-n)
			out = append(out, word{key: "s", from: to - n, to: to, possessive: true})
			return
		}
		if from == to || strings.Trim(s[from:to], "'’‘`") == "" {
			return
		}
		w := word{from: from, to: to, hyphenated: hyphen}
		piece := s[from:to]
		if piece == "&" {
			w.key = "and"
			out = append(out, w)
			return
		}
		first, letters := true, 0
		w.caps = true
		for _, r := range piece {
			if unicode.IsLetter(r) {
				if first {
					w.upper = unicode.IsUpper(r)
					first = false
				}
				if unicode.IsUpper(r) {
					w.capitals |= 1 << letters
				} else {
					w.caps = false
				}
				letters++
			}
		}
		w.caps = w.caps && letters > 0
		if strings.IndexFunc(piece, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0 {
			w.key = fold(piece)
		}
		out = append(out, w)
	}
	start := 0
	for i, r := range s {
		switch {
		case unicode.IsSpace(r):
			add(start, i)
			start, hyphen = i+utf8.RuneLen(r), false
		case isHyphen(r):
			add(start, i)
			start, hyphen = i+utf8.RuneLen(r), true
		case r == ',' || r == '(' || r == ')' || r == '"' || r == '“' || r == '”' || r == ';' || r == ':' || r == '!' || r == '?' || r == '—' || r == '–':
			add(start, i)
			mark := word{from: i, to: i + utf8.RuneLen(r)}
			if r == ',' {
				mark.key = ","
			}
			out = append(out, mark)
			start, hyphen = i+utf8.RuneLen(r), false
		}
	}
	add(start, len(s))
	return out
}

// possessive returns the bytes of a final apostrophe and s.
func possessive(s string) int {
	for _, p := range []string{"'s", "’s", "'S", "’S"} {
		if strings.HasSuffix(s, p) {
			return len(p)
		}
	}
	return 0
}

// slug makes a person's id of the name.
func slug(name string) string {
	var parts []string
	for _, w := range wordsOf(name) {
		if w.key != "" && w.key != "," {
			parts = append(parts, w.key)
		}
	}
	return strings.Join(parts, "-")
}
