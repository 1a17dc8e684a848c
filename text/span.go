// Package text holds byte spans into a text that was fixed once.
//
// Every result of Casus points into a report by such spans. The package does
// not search: a span is made where its words were read and handed on.
package text

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

// Span is a half-open range of UTF-8 byte offsets, [Start, End), into one text.
// The zero value is the empty span at the beginning. In JSON it is [start, end].
type Span struct {
	Start, End int
}

// Len is the number of bytes that the span covers.
func (s Span) Len() int { return s.End - s.Start }

// Empty reports whether the span covers nothing.
func (s Span) Empty() bool { return s.End <= s.Start }

// Of returns the bytes of t that the span covers.
func (s Span) Of(t string) string { return t[s.Start:s.End] }

// Valid reports whether the span lies inside t and cuts no character in two.
func (s Span) Valid(t string) bool {
	return 0 <= s.Start && s.Start <= s.End && s.End <= len(t) &&
		(s.Start == len(t) || utf8.RuneStart(t[s.Start])) &&
		(s.End == len(t) || utf8.RuneStart(t[s.End]))
}

// Contains reports whether u lies wholly inside s.
func (s Span) Contains(u Span) bool { return s.Start <= u.Start && u.End <= s.End }

// Overlaps reports whether the two spans share a byte.
func (s Span) Overlaps(u Span) bool { return s.Start < u.End && u.Start < s.End }

// Join returns the smallest span that covers both.
func (s Span) Join(u Span) Span {
	return Span{min(s.Start, u.Start), max(s.End, u.End)}
}

func (s Span) String() string { return fmt.Sprintf("[%d,%d)", s.Start, s.End) }

// MarshalJSON writes [start, end].
func (s Span) MarshalJSON() ([]byte, error) {
	return fmt.Appendf(nil, "[%d,%d]", s.Start, s.End), nil
}

// UnmarshalJSON reads [start, end].
func (s *Span) UnmarshalJSON(b []byte) error {
	var p []int
	if err := json.Unmarshal(b, &p); err != nil {
		return fmt.Errorf("read span %s: %w", b, err)
	}
	if len(p) != 2 {
		return fmt.Errorf("read span %s: want two offsets, found %d", b, len(p))
	}
	*s = Span{p[0], p[1]}
	return nil
}
