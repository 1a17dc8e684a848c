package reading

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
)

// published opens one of the reports in examples.
func published(t testing.TB, path string) *report.Report {
	t.Helper()
	for rep, err := range report.Open(path, report.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		return rep
	}
	t.Fatalf("%s holds no report", path)
	return nil
}

// What every document must hold, whatever was read.
func TestDocumentHolds(t *testing.T) {
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	reports := []*report.Report{published(t, "../examples/pyongyang-treaty.html"), published(t, "../examples/saudi-pakistan.txt")}
	for rep, err := range report.Open("../examples/reports.jsonl", report.Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, rep)
	}
	for _, rep := range reports {
		t.Run(rep.ID, func(t *testing.T) {
			holds(t, r.Read(rep))
		})
	}
}

func holds(t *testing.T, d *Document) {
	t.Helper()
	actors, statements := map[string]bool{}, map[string]*Statement{}
	valid := func(of string, spans ...text.Span) {
		for _, s := range spans {
			if !s.Valid(d.Text) {
				t.Errorf("%s: span %v cuts a character or leaves the text", of, s)
			}
		}
	}
	for _, a := range d.Actors {
		actors[a.ID] = true
		valid(a.ID, a.Mentions...)
		valid(a.ID, a.Nominal...)
	}
	known := func(of string, ids ...string) {
		for _, id := range ids {
			if !actors[id] {
				t.Errorf("%s: there is no actor %q", of, id)
			}
		}
	}
	for i := range d.Statements {
		s := &d.Statements[i]
		statements[s.ID] = s
		valid(s.ID, slices.Concat(s.Source, s.Cue, s.Content)...)
		known(s.ID, s.Target...)
		if s.Speaker != nil {
			known(s.ID, *s.Speaker)
		}
	}
	within := func(of string, id *string) {
		if id != nil && statements[*id] == nil {
			t.Errorf("%s: there is no statement %q", of, *id)
		}
	}
	for _, s := range d.Statements {
		within(s.ID, s.Within)
		steps := 0
		for at := s.Within; at != nil && statements[*at] != nil; at = statements[*at].Within {
			if steps++; steps > len(d.Statements) {
				t.Fatalf("%s lies within itself", s.ID)
			}
		}
	}
	for _, a := range d.Acts {
		valid(a.ID, a.Trigger...)
		known(a.ID, slices.Concat(a.Source, a.Target)...)
		within(a.ID, a.Within)
	}
	for _, a := range d.Agreements {
		valid(a.ID, a.Mentions...)
		known(a.ID, a.Parties...)
		for _, p := range a.Provisions {
			valid(a.ID, p.Span, p.TriggerSpan)
			within(a.ID, p.By)
		}
	}
	for _, tm := range d.Times {
		valid(tm.ID, tm.Span)
		if _, err := day.ParsePeriod(tm.Value); tm.Kind == "date" && tm.Value != "" && err != nil {
			t.Errorf("%s: value %q is no date: %v", tm.ID, tm.Value, err)
		}
	}
}

// BenchmarkRead reads whole reports, from text to document, at three lengths:
// the time a sentence takes must not grow with the report.
func BenchmarkRead(b *testing.B) {
	r, err := New()
	if err != nil {
		b.Fatal(err)
	}
	rep := published(b, "../examples/pyongyang-treaty.html")
	for _, n := range []int{1, 4, 16} {
		b.Run(fmt.Sprintf("%dx", n), func(b *testing.B) {
			long := &report.Report{ID: "x", Published: rep.Published, Text: strings.Repeat(rep.Text+"\n\n", n)}
			at := 0
			for range n {
				for _, p := range rep.Parts {
					p.Span.Start, p.Span.End = p.Span.Start+at, p.Span.End+at
					long.Parts = append(long.Parts, p)
				}
				at += len(rep.Text) + 2
			}
			sentences := len(r.begin(long).sentences)
			b.SetBytes(int64(len(long.Text)))
			b.ResetTimer()
			for range b.N {
				r.Read(long)
			}
			b.ReportMetric(float64(sentences)*float64(b.N)/b.Elapsed().Seconds(), "sentences/s")
		})
	}
}
