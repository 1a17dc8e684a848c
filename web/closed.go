package web

import "strings"

// closed ends what a text begins and does not end of overrides, embeddings and
// isolates of direction, so that words after it on the same line keep theirs.
// Source: Unicode Standard Annex 9, X1 to X8.
func closed(s string) string {
	if !strings.ContainsAny(s, "\u202a\u202b\u202d\u202e\u2066\u2067\u2068") {
		return s
	}
	var open []rune // the character that ends each
	for _, r := range s {
		switch r {
		case '\u202a', '\u202b', '\u202d', '\u202e':
			open = append(open, '\u202c')
		case '\u2066', '\u2067', '\u2068':
			open = append(open, '\u2069')
		case '\u202c':
			if n := len(open); n > 0 && open[n-1] == r {
				open = open[:n-1]
			}
		case '\u2069': // ends what began inside the isolate, too
			for n := len(open) - 1; n >= 0; n-- {
				if open[n] == r {
					open = open[:n]
					break
				}
			}
		}
	}
	var b strings.Builder
	b.WriteString(s)
	for n := len(open) - 1; n >= 0; n-- {
		b.WriteRune(open[n])
	}
	return b.String()
}
