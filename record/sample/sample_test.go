package sample

import (
	"reflect"
	"testing"

	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/text"
)

// TestDocuments: what is said of a report is so in its text, copies and later
// versions are there, and the same seed gives the same reports.
func TestDocuments(t *testing.T) {
	r := Reports{Seed: 1}
	pages, texts := map[string]int{}, map[string]int{}
	statements, outlets := 0, map[string]bool{}
	const n = 2000
	for i := range n {
		d := r.Document(i)
		if i < 50 && !reflect.DeepEqual(d, r.Document(i)) {
			t.Fatalf("report %d is not the same twice", i)
		}
		pages[d.URL]++
		texts[d.Text]++
		statements += len(d.Statements)
		outlets[d.Outlet] = true
		var spans []text.Span
		for _, s := range d.Statements {
			spans = append(append(append(spans, s.Source...), s.Cue...), s.Content...)
		}
		for _, a := range d.Acts {
			if len(a.Trigger) == 0 {
				t.Errorf("report %d: act %s has no trigger", i, a.ID)
			}
			spans = append(spans, a.Trigger...)
		}
		for _, a := range d.Actors {
			for _, s := range a.Mentions {
				if a.Kind == "state" && s.Valid(d.Text) && s.Of(d.Text) != a.Name {
					t.Errorf("report %d: %q stands where %s is mentioned", i, s.Of(d.Text), a.Name)
				}
			}
			spans = append(spans, a.Mentions...)
		}
		for _, s := range spans {
			if !s.Valid(d.Text) || s.Empty() {
				t.Fatalf("report %d: span %v in %q", i, s, d.Text)
			}
		}
		if d.Format != reading.Format || d.Published < First.String() || d.Published > Last.String() {
			t.Errorf("report %d: %s, %s", i, d.Format, d.Published)
		}
	}
	if versions, copies := n-len(pages), n-len(texts); versions < n/50 || copies < n/20 || len(outlets) < 25 || statements < 5*n {
		t.Errorf("%d later versions, %d copies, %d outlets, %d statements", versions, copies, len(outlets), statements)
	}
}

func BenchmarkDocument(b *testing.B) {
	r, i := Reports{Seed: 1}, 0
	for b.Loop() {
		r.Document(i)
		i++
	}
}
