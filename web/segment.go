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
	Cue   string   // id of the statement whose cue this is; the words lead to the panel
}

// segments cuts pieces of t (in order, disjoint) at every edge of a mark and
// returns the segments of each piece. Marks may overlap and nest; those that do
// not lie inside t are left out.
func segments(t string, pieces []text.Span, marks []mark) [][]segment {
	marks = slices.DeleteFunc(slices.Clone(marks), func(m mark) bool { return !m.span.Valid(t) || m.span.Empty() })
	slices.SortStableFunc(marks, func(a, b mark) int {
		return cmp.Or(cmp.Compare(a.span.Start, b.span.Start), cmp.Compare(b.span.End, a.span.End))
	})
	edges := make([]int, 0, 2*len(marks))
	for _, m := range marks {
		edges = append(edges, m.span.Start, m.span.End)
	}
	slices.Sort(edges)
	edges = slices.Compact(edges)

	out := make([][]segment, len(pieces))
	var open []mark
	begun := map[string]bool{}
	for i, piece := range pieces {
		for at := piece.Start; at < piece.End; {
			for len(edges) > 0 && edges[0] <= at {
				edges = edges[1:]
			}
			s := text.Span{Start: at, End: piece.End}
			if len(edges) > 0 {
				s.End = min(s.End, edges[0])
			}
			open = slices.DeleteFunc(open, func(m mark) bool { return m.span.End <= s.Start })
			for len(marks) > 0 && marks[0].span.Start <= s.Start {
				if marks[0].span.End > s.Start {
					open = append(open, marks[0])
				}
				marks = marks[1:]
			}
			out[i] = append(out[i], under(s.Of(t), open, begun))
			at = s.End
		}
	}
	return out
}

// under makes the segment of words that lie under the open marks.
func under(words string, open []mark, begun map[string]bool) segment {
	var classes, ids, begin []string
	cue := ""
	for _, m := range open {
		if m.class == "cue" {
			cue = m.id
		}
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
	return segment{words, strings.Join(classes, " "), strings.Join(ids, " "), begin, cue}
}
