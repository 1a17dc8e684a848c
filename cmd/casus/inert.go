package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// inert shows what a report may hold to do something to a terminal, instead of
// letting it: control characters as their pictures, others and marks that turn
// the direction of what follows by their number. Line ends and tabs stay.
func inert(s string) string {
	if strings.IndexFunc(s, active) < 0 && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case !active(r):
			b.WriteRune(r) // bytes that are no letter become U+FFFD
		case r < ' ':
			b.WriteRune('\u2400' + r)
		case r == 0x7f:
			b.WriteRune('\u2421')
		default:
			fmt.Fprintf(&b, "<U+%04X>", r)
		}
	}
	return b.String()
}

func active(r rune) bool {
	switch {
	case r == '\n', r == '\t':
		return false
	case unicode.IsControl(r):
		return true
	}
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// inertWriter writes text of reports. A letter that is cut between two writes
// is not seen as one; what prints here writes whole lines.
type inertWriter struct{ io.Writer }

func (w inertWriter) Write(p []byte) (int, error) {
	if _, err := io.WriteString(w.Writer, inert(string(p))); err != nil {
		return 0, err
	}
	return len(p), nil
}
