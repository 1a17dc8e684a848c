package web

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/text"
)

// mark colours some bytes of a report.
type mark struct {
	span  text.Span
	class string // what it is: content, cue, source, act, actor ...
	id    string // of the statement, act or actor that it belongs to
}

// segment is a stretch of text under the same marks throughout. Joined in
// order, the segments are the text again, each byte once.
type segment struct {
	Text  string
	Class string   // classes of its marks, outermost first, each once
	For   string   // ids of its marks, separated by blanks
	Begin []string // ids whose first segment this is; links from the panel lead here
}

// segments cuts the part of t inside within at every edge of a mark. Marks may
// overlap and nest. Marks that do not lie inside t are left out.
func segments(t string, within text.Span, marks []mark) []segment {
	marks = slices.DeleteFunc(slices.Clone(marks), func(m mark) bool {
		return !m.span.Valid(t) || m.span.Empty() || !m.span.Overlaps(within)
	})
	slices.SortStableFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.span.Start, b.span.Start), cmp.Compare(b.span.End, a.span.End))
	})
	edges := []int{within.Start, within.End}
	for _, m := range marks {
		edges = append(edges, max(m.span.Start, within.Start), min(m.span.End, within.End))
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)

	var out []segment
	var open []mark
	next, begun := 0, map[string]bool{}
	for i := 0; i+1 < len(edges); i++ {
		s := text.Span{Start: edges[i], End: edges[i+1]}
		open = slices.DeleteFunc(open, func(m mark) bool { return m.span.End <= s.Start })
		for next < len(marks) && marks[next].span.Start <= s.Start {
			open = append(open, marks[next])
			next++
		}
		var classes, ids, begin []string
		for _, m := range open {
			if !slices.Contains(classes, m.class) {
				classes = append(classes, m.class)
			}
			if m.id == "" || slices.Contains(ids, m.id) {
				continue
			}
			ids = append(ids, m.id)
			if !begun[m.id] {
				begun[m.id], begin = true, append(begin, m.id)
			}
		}
		out = append(out, segment{s.Of(t), strings.Join(classes, " "), strings.Join(ids, " "), begin})
	}
	return out
}
