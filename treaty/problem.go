package treaty

import (
	"fmt"
	"sort"
	"strings"
)

// Problem is one mistake in a file: where it is, what was found and expected,
// the other place involved, and a hint, where there are such.
type Problem struct {
	Pos     Position
	Message string
	Related []Note
	Hint    string
}

// Note points at another place that a problem concerns.
type Note struct {
	Pos     Position
	Message string
}

// String is file:line:col, as editors read it.
func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Col)
}

func (p Problem) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", p.Pos, p.Message)
	for _, n := range p.Related {
		fmt.Fprintf(&b, "\n  %s: %s", n.Pos, n.Message)
	}
	if p.Hint != "" {
		fmt.Fprintf(&b, "\n  hint: %s", p.Hint)
	}
	return b.String()
}

// Problems is every mistake found, in order of place. It is an error if there
// is one.
type Problems []Problem

func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

func (ps Problems) sort() {
	sort.SliceStable(ps, func(i, j int) bool {
		a, b := ps[i].Pos, ps[j].Pos
		if a.File != b.File {
			return a.File < b.File
		}
		if a.Line != b.Line {
			return a.Line < b.Line
		}
		return a.Col < b.Col
	})
}

// nearest returns the candidate that s most likely was meant to be, or "".
func nearest(s string, candidates []string) string {
	best, least := "", 3
	if len(s) < 4 {
		least = 2
	}
	for _, c := range candidates {
		if d := distance(strings.ToLower(s), strings.ToLower(c), least); d < least {
			best, least = c, d
		}
	}
	return best
}

// distance is the number of letters to change, insert, drop or exchange; it
// stops counting at limit.
func distance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
