package language

import (
	"strings"
	"unicode/utf8"
)

// gap is the white space between two tokens.
type gap uint8

const (
	none      gap = iota // the token touches the one before
	blank                // blanks, or the line break of a wrapped text
	lineBreak            // one line break that no wrapping explains
	paragraph            // an empty line, or the beginning of the text
)

// lines tells apart the line breaks of a text, read from left to right.
type lines struct {
	text  string
	width int // to which the lines are broken; 0: they are not wrapped
	start int // of the current line
}

// widen returns the gap so far, widened by the white space at byte i.
func (l *lines) widen(g gap, i int) gap {
	rest := l.text[i:]
	r := firstRune(rest)
	switch r {
	case '\n', '\v', '\f', '\u2028', '\u2029':
	case '\r':
		if strings.HasPrefix(rest, "\r\n") {
			return max(g, blank)
		}
	default:
		return max(g, blank)
	}
	start := l.start
	l.start = i + runeLen(rest)
	switch {
	case g >= lineBreak || r == '\f' || r == '\u2029':
		return paragraph
	case !l.wrapped(start, i):
		return lineBreak
	case nextLineEmpty(l.text[l.start:]):
		return paragraph
	}
	return blank
}

// wrapped reports whether the line text[start:end] ends because the next word
// had no room in it.
func (l *lines) wrapped(start, end int) bool {
	if l.width == 0 || end-start > 4*l.width {
		return false
	}
	next, _, _ := strings.Cut(l.text[l.start:min(len(l.text), l.start+4*l.width)], "\n")
	return fills(l.text[start:end], next, l.width)
}

// The lines of a wrapped text are between narrowest and widest characters wide.
const (
	narrowest = 40
	widest    = 100
)

// wrapWidth is the width to which the lines of a text are broken, or 0: that of
// the longest line, if three in five lines could not have taken the first word
// of the next one. It looks at the first 64 KiB.
func wrapWidth(s string) int {
	rows := strings.Split(s[:min(len(s), 1<<16)], "\n")
	longest, pairs, full := 0, 0, 0
	for _, row := range rows {
		if !strings.Contains(row, "://") { // an address may stick out
			longest = max(longest, utf8.RuneCountInString(row))
		}
	}
	if longest < narrowest || longest > widest {
		return 0
	}
	for i, row := range rows[1:] {
		if strings.TrimSpace(rows[i]) == "" || strings.TrimSpace(row) == "" {
			continue
		}
		pairs++
		full += bit(fills(rows[i], row, longest))
	}
	if pairs < 2 || full*5 < pairs*3 {
		return 0
	}
	return longest
}

// raggedness is how many characters a wrapped line may be short of the width
// although the next word would have fitted.
const raggedness = 6

// fills reports whether a line has no room for the first word of the next.
func fills(line, next string, width int) bool {
	word, _, _ := strings.Cut(strings.TrimLeft(next, " \t"), " ")
	return utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width-raggedness
}

// nextLineEmpty reports whether nothing stands before the next line break.
func nextLineEmpty(s string) bool {
	s = strings.TrimLeft(s, " \t\r")
	return strings.HasPrefix(s, "\n")
}
