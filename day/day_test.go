package day

import (
	"testing"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	for _, s := range []string{"2024-06-19", "1816-01-01", "1582-10-10", "0001-01-01", "9999-12-31", "2024-02-29"} {
		d, err := Parse(s)
		if err != nil || d.String() != s {
			t.Errorf("Parse(%q) = %v, %v", s, d, err)
		}
	}
	for _, s := range []string{"", "2023-02-29", "2024-13-01", "2024-00-10", "2024-1-1", "20240619", "2024-06-19T00:00", "abcd-ef-gh", "+024-01-01", "2024-06"} {
		if d, err := Parse(s); err == nil {
			t.Errorf("Parse(%q) = %v, want an error", s, d)
		}
	}
}

func TestPeriod(t *testing.T) {
	for _, s := range []string{"1949", "1949-03", "1949-03-17", "1990s"} {
		p, err := ParsePeriod(s)
		if err != nil || p.String() != s {
			t.Errorf("ParsePeriod(%q) = %v, %v", s, p, err)
		}
		if b, err := ParseBound(s); err != nil || b.String() != s {
			t.Errorf("ParseBound(%q) = %v, %v", s, b, err)
		}
	}
}

func TestContains(t *testing.T) {
	bound := func(s string) Bound {
		b, err := ParseBound(s)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for _, c := range []struct {
		from, to, on string
		want         Truth
	}{
		{"2024-12-04", "none", "2024-12-03", No},
		{"2024-12-04", "none", "2024-12-04", Yes},
		{"1949", "none", "1949-06-01", Unknown},
		{"1949", "none", "1950-01-01", Yes},
		{"1949", "none", "1949-12-31", Yes},
		{"1949", "none", "1948-12-31", No},
		{"none", "2004-09-06", "2004-09-05", Yes},
		{"none", "2004-09-06", "2004-09-06", No},
		{"none", "unknown", "1900-01-01", Unknown},
		{"unknown", "1945-01-01", "1946-01-01", No},
		{"1900-01-01", "before 1950-01-01", "1950-01-01", No},
		{"1900-01-01", "before 1950-01-01", "1940-01-01", Unknown},
		{"after 2025-10-06", "none", "2025-10-06", No},
		{"after 2025-10-06", "none", "2026-01-01", Unknown},
		{"1900-01-01", "after 1950-01-01", "1950-01-01", Yes},
		{"1900-01-01", "after 1950-01-01", "1950-01-02", Unknown},
	} {
		s := Span{bound(c.from), bound(c.to)}
		if got := s.Contains(MustParse(c.on)); got != c.want {
			t.Errorf("%v contains %s = %v, want %v", s, c.on, got, c.want)
		}
	}
}

// Shifting a span and a day together changes no answer.
func TestContainsShifts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bound := rapid.Custom(func(t *rapid.T) Bound {
			from := Day(rapid.IntRange(-1000, 1000).Draw(t, "from"))
			b := Bound{Kind: BoundKind(rapid.IntRange(0, 4).Draw(t, "kind"))}
			if b.Kind == BoundIn || b.Kind == BoundAfter {
				b.From = from
			}
			if b.Kind == BoundIn || b.Kind == BoundBefore {
				b.To = from + 1 + Day(rapid.IntRange(0, 400).Draw(t, "width"))
			}
			return b
		})
		s := Span{bound.Draw(t, "from"), bound.Draw(t, "to")}
		d, n := Day(rapid.IntRange(-1500, 1500).Draw(t, "day")), Day(rapid.IntRange(-5000, 5000).Draw(t, "shift"))
		shift := func(b Bound) Bound {
			if b.Kind == BoundIn || b.Kind == BoundAfter {
				b.From += n
			}
			if b.Kind == BoundIn || b.Kind == BoundBefore {
				b.To += n
			}
			return b
		}
		if a, b := s.Contains(d), (Span{shift(s.From), shift(s.To)}).Contains(d+n); a != b {
			t.Fatalf("%v on %v: %v, shifted by %d: %v", s, d, a, n, b)
		}
	})
}

func FuzzParseBound(f *testing.F) {
	for _, s := range []string{"2024-06-19", "1949", "1990s", "none", "unknown", "before 1950-01-01", "after 1950-01-01", "2024-06"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		b, err := ParseBound(s)
		if err != nil {
			return
		}
		back, err := ParseBound(b.String())
		if err != nil || back != b {
			t.Fatalf("%q: %v, written %q, read back %v, %v", s, b, b.String(), back, err)
		}
	})
}
