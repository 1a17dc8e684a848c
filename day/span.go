package day

import (
	"fmt"
	"strings"
)

// Truth is the answer of a test that may lack its facts.
type Truth uint8

// The answers. The zero value is Unknown.
const (
	Unknown Truth = iota
	No
	Yes
)

func (t Truth) String() string { return [...]string{"unknown", "no", "yes"}[t] }

// BoundKind says what is known of one end of a span.
type BoundKind uint8

// The kinds of bound. The zero value is BoundUnknown: nothing is known.
const (
	BoundUnknown BoundKind = iota // there may be an end; nobody wrote which
	BoundNone                     // there is no end: unbounded
	BoundIn                       // the end falls on some day of [From, To)
	BoundBefore                   // the end falls before To
	BoundAfter                    // the end falls after From, or never
)

// Bound is one end of a span. From and To are set for BoundIn, To alone for
// BoundBefore, From alone for BoundAfter.
type Bound struct {
	Kind     BoundKind
	From, To Day
}

// None is the bound of a span without an end.
var None = Bound{Kind: BoundNone}

// On is the bound that falls on d.
func On(d Day) Bound { return Bound{BoundIn, d, d + 1} }

// Within is the bound that falls on some day of the period.
func Within(p Period) Bound { return Bound{BoundIn, p.From, p.To} }

// Before is the bound that falls on a day before d.
func Before(d Day) Bound { return Bound{Kind: BoundBefore, To: d} }

// After is the bound that falls on a day after d, if at all.
func After(d Day) Bound { return Bound{Kind: BoundAfter, From: d} }

// Day returns the day of a bound that is known to the day.
func (b Bound) Day() (Day, bool) {
	return b.From, b.Kind == BoundIn && b.To == b.From+1
}

// reached reports whether the bound lies on or before d.
func (b Bound) reached(d Day) Truth {
	switch {
	case b.Kind == BoundIn && d < b.From, b.Kind == BoundAfter && d <= b.From:
		return No
	case (b.Kind == BoundIn || b.Kind == BoundBefore) && d >= b.To-1:
		return Yes
	}
	return Unknown
}

// ParseBound reads "none", "unknown", "before YYYY-MM-DD", "after YYYY-MM-DD" or
// a period.
func ParseBound(s string) (Bound, error) {
	switch s {
	case "none":
		return None, nil
	case "unknown", "":
		return Bound{}, nil
	}
	if t, ok := strings.CutPrefix(s, "before "); ok {
		d, err := Parse(t)
		return Before(d), err
	}
	if t, ok := strings.CutPrefix(s, "after "); ok {
		d, err := Parse(t)
		return After(d), err
	}
	p, err := ParsePeriod(s)
	if err != nil {
		return Bound{}, err
	}
	return Within(p), nil
}

// String writes the bound as ParseBound reads it.
func (b Bound) String() string {
	switch b.Kind {
	case BoundNone:
		return "none"
	case BoundBefore:
		return "before " + b.To.String()
	case BoundAfter:
		return "after " + b.From.String()
	case BoundUnknown:
		return "unknown"
	}
	for p := ToDay; p <= ToDecade; p++ {
		s := Period{b.From, b.To, p}.String()
		if q, err := ParsePeriod(s); err == nil && q.From == b.From && q.To == b.To {
			return s
		}
	}
	return fmt.Sprintf("%s/%s", b.From, b.To)
}

// Span is a half-open span of days, [From, To). From BoundNone has no
// beginning, To BoundNone no end.
type Span struct {
	From, To Bound
}

// Contains reports whether d lies in the span.
func (s Span) Contains(d Day) Truth {
	begun, ended := Yes, No
	if s.From.Kind != BoundNone {
		begun = s.From.reached(d)
	}
	if s.To.Kind != BoundNone {
		ended = s.To.reached(d)
	}
	switch {
	case begun == No || ended == Yes:
		return No
	case begun == Yes && ended == No:
		return Yes
	}
	return Unknown
}

func (s Span) String() string { return "[" + s.From.String() + ", " + s.To.String() + ")" }
