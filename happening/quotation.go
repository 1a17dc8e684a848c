package happening

import (
	"strings"

	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/text"
)

// quotation is a stretch of a report in quotation marks that somebody is said to
// have said.
type quotation struct {
	span    text.Span
	speaker string
	words   []string // in small letters
}

// quotations are the words in quotation marks in the contents of a report's
// statements. A statement that is all in quotation marks has its content as its
// quotation, piece by piece.
func quotations(d *reading.Document) []quotation {
	var out []quotation
	for _, s := range d.Statements {
		if s.Kind == "indirect" {
			continue
		}
		for _, c := range s.Content {
			if !c.Valid(d.Text) {
				continue
			}
			if s.Kind == "direct" {
				out = append(out, quotationAt(d, c, s.SpeakerName))
				continue
			}
			for _, q := range marked(c.Of(d.Text)) {
				out = append(out, quotationAt(d, text.Span{Start: c.Start + q.Start, End: c.Start + q.End}, s.SpeakerName))
			}
		}
	}
	return out
}

func quotationAt(d *reading.Document, s text.Span, speaker string) quotation {
	return quotation{s, speaker, tokens(strings.ToLower(s.Of(d.Text)))}
}

// marked are the spans between double quotation marks.
func marked(s string) []text.Span {
	var out []text.Span
	open := -1
	for i, r := range s {
		switch {
		case r == '“' || r == '"' && open < 0:
			open = i + len(string(r))
		case (r == '”' || r == '"') && open >= 0:
			out = append(out, text.Span{Start: open, End: i})
			open = -1
		}
	}
	return out
}

// reworded reports whether two quotations are the same words reported
// differently: most of them stand in the same order in both, and neither is a
// piece of the other.
func reworded(a, b quotation) bool {
	if len(a.words) > len(b.words) {
		a, b = b, a
	}
	if len(a.words) < 4 {
		return false
	}
	same := inOrder(a.words, b.words)
	if same == len(a.words) && strings.Contains(" "+strings.Join(b.words, " ")+" ", " "+strings.Join(a.words, " ")+" ") {
		return false // cut short, not changed
	}
	return float64(same) >= 0.6*float64(len(a.words)) && float64(len(a.words)) >= 0.5*float64(len(b.words))
}

// inOrder is how many words two lists have in common in the same order.
func inOrder(a, b []string) int {
	if len(a)*len(b) > 1<<16 { // two speeches: the beginning tells
		a, b = a[:min(len(a), 256)], b[:min(len(b), 256)]
	}
	row := make([]int, len(b)+1)
	for _, x := range a {
		diagonal := 0
		for j, y := range b {
			above := row[j+1]
			if x == y {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}
