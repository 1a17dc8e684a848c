package attribution

import (
	"slices"
	"unicode"

	"github.com/casus-foederis/casus/text"
)

// Scores compares what was found with what is marked, over any number of
// articles. The figures are those of eval/attribution.py: pieces that are
// exactly right for each role, and attributions of which cue, source and
// content overlap (linked). Statements within others are not counted.
type Scores struct {
	Source, Cue, Content, Linked Count
}

// Count is how many were right, found and marked.
type Count struct{ Right, Found, Marked int }

// F1 is the harmonic mean of precision and recall, in percent.
func (c Count) F1() float64 {
	if c.Found+c.Marked == 0 {
		return 0
	}
	return 200 * float64(c.Right) / float64(c.Found+c.Marked)
}

// Add scores one article.
func (s *Scores) Add(a Article, found []Attribution) {
	tokens := scoredTokens(a.Text)
	gold := make([]Marked, len(a.Gold))
	for i, g := range a.Gold {
		gold[i] = g.snapped(tokens)
	}
	var system []Marked
	for _, f := range found {
		if f.Within < 0 {
			system = append(system, Marked{f.Source, f.Cue, f.Content}.snapped(tokens))
		}
	}
	s.Source.exact(gold, system, func(m Marked) []text.Span { return m.Source })
	s.Cue.exact(gold, system, func(m Marked) []text.Span { return m.Cue })
	s.Content.exact(gold, system, func(m Marked) []text.Span { return m.Content })
	s.Linked.Found += len(system)
	s.Linked.Marked += len(gold)
	s.Linked.Right += min(matched(gold, system), matched(system, gold))
}

func matched(of, in []Marked) (n int) {
	for _, a := range of {
		if slices.ContainsFunc(in, a.linked) {
			n++
		}
	}
	return n
}

func (m Marked) linked(o Marked) bool {
	return touch(m.Cue, o.Cue) && (touch(m.Source, o.Source) || len(m.Source) == 0 && len(o.Source) == 0) && touch(m.Content, o.Content)
}

func touch(a, b []text.Span) bool {
	return slices.ContainsFunc(a, func(x text.Span) bool { return slices.ContainsFunc(b, x.Overlaps) })
}

func (c *Count) exact(gold, system []Marked, role func(Marked) []text.Span) {
	want := map[text.Span]bool{}
	for _, g := range gold {
		for _, s := range role(g) {
			want[s] = true
		}
	}
	got := map[text.Span]bool{}
	for _, f := range system {
		for _, s := range role(f) {
			got[s] = true
		}
	}
	c.Found += len(got)
	c.Marked += len(want)
	for s := range got {
		if want[s] {
			c.Right++
		}
	}
}

// scoredTokens are runs of letters and digits, and single other characters.
func scoredTokens(t string) []text.Span {
	var out []text.Span
	word := false
	for i, r := range t {
		end := i + len(string(r))
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_':
			if word {
				out[len(out)-1].End = end
				continue
			}
			word = true
			out = append(out, text.Span{Start: i, End: end})
		case unicode.IsSpace(r):
			word = false
		default:
			word = false
			out = append(out, text.Span{Start: i, End: end})
		}
	}
	return out
}

// snapped returns the spans as first and last token, half open.
func (m Marked) snapped(tokens []text.Span) Marked {
	snap := func(list []text.Span) []text.Span {
		var out []text.Span
		for _, s := range list {
			from, _ := slices.BinarySearchFunc(tokens, s.Start, func(t text.Span, at int) int {
				if t.End <= at {
					return -1
				}
				return 1
			})
			to := from
			for to < len(tokens) && tokens[to].Start < s.End {
				to++
			}
			if to > from {
				out = append(out, text.Span{Start: from, End: to})
			}
		}
		return out
	}
	return Marked{snap(m.Source), snap(m.Cue), snap(m.Content)}
}
