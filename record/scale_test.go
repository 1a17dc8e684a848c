package record

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/text"
)

// TestScale fills a record with written templates and measures it. Nothing is
// asserted: CASUS_TEST_SCALE is how many reports to make (ten statements each),
// CASUS_TEST_POSTGRES measures PostgreSQL too. docs/format/record.md has the figures.
func TestScale(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("CASUS_TEST_SCALE"))
	if err != nil {
		t.Skip("CASUS_TEST_SCALE is not set: measuring takes minutes")
	}
	stores(t, func(t *testing.T, open func(*testing.T) Store) {
		ctx := context.Background()
		s := open(t)
		begun := time.Now()
		for i := range n {
			if _, err := s.Add(ctx, Entry{Hash: hashOf(i), Document: template(i), Added: added}); err != nil {
				t.Fatal(err)
			}
		}
		took := time.Since(begun)
		t.Logf("intake: %d reports, %d statements in %s: %.0f reports a second", n, 10*n, took.Round(time.Second), float64(n)/took.Seconds())
		size(t, s, n)
		if _, err := s.(*database).db.Exec(`ANALYZE`); err != nil {
			t.Fatal(err)
		}
		for name, ask := range map[string]func() error{
			"count": func() error { _, err := s.Count(ctx); return err },
			"list":  func() error { _, err := s.List(ctx, Query{}); return err },
			"show":  func() error { _, err := s.Report(ctx, hashOf(n/2)); return err },
		} {
			begun := time.Now()
			if err := ask(); err != nil {
				t.Fatal(err)
			}
			t.Logf("%s: %s", name, time.Since(begun).Round(10*time.Microsecond))
		}
		d := day.MustParse("2010-06-01")
		for _, row := range []struct {
			name string
			q    Query
		}{
			{"a rare word", Query{Words: "harbour17"}},
			{"a word of every tenth statement", Query{Words: "protocol"}},
			{"two words", Query{Words: "protocol harbour*"}},
			{"a phrase", Query{Words: `"help without delay"`}},
			{"a speaker", Query{Speaker: "Speaker7"}},
			{"a speaker and a word", Query{Speaker: "Speaker7", Words: "protocol"}},
			{"a state", Query{State: "S07"}},
			{"a type and a state", Query{Type: "ACCUSE", State: "S07"}},
			{"known on a day", Query{Words: "protocol", Known: &d}},
			{"held on a day", Query{On: &d, Kinds: []Kind{Act}}},
			{"everything of the last reports", Query{}},
			{"days of publication", Query{From: &d, Kinds: []Kind{Statement}}},
		} {
			var times []time.Duration
			found := 0
			for range 20 {
				begun := time.Now()
				items, err := s.Search(ctx, row.q)
				if err != nil {
					t.Fatal(err)
				}
				times = append(times, time.Since(begun))
				found = len(items)
			}
			slices.Sort(times)
			t.Logf("search %-34s %3d items  p50 %-9s p95 %s", row.name, found, times[10].Round(10*time.Microsecond), times[18].Round(10*time.Microsecond))
		}
	})
}

func size(t *testing.T, s Store, n int) {
	path := filepath.Join(t.TempDir(), "copy.db")
	if err := s.Backup(context.Background(), path); err != nil {
		return // a server's size is asked from the server
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("size: %d bytes a report", info.Size()/int64(n))
}

// template is report i of a generated record: ten statements by a hundred
// speakers of fifty states, one act, days over twenty years.
func template(i int) *reading.Document {
	d := &reading.Document{Format: reading.Format, ID: fmt.Sprint(i), URL: fmt.Sprintf("https://outlet%d.example/%d", i%40, i), Outlet: fmt.Sprintf("Outlet %d", i%40),
		Published: (day.MustParse("2005-01-01") + day.Day(i%7300)).String(), Title: fmt.Sprintf("Talks on harbour %d", i%5000)}
	for k := range 10 {
		j := i*10 + k
		words := fmt.Sprintf("the protocol on harbour%d would bind both sides to help without delay, as they had agreed in round %d", j%5000, j%97)
		if k > 0 {
			words = fmt.Sprintf("nobody had broken article %d of the accord on harbour%d and nobody would in the years to come", j%31, j%5000)
		}
		speaker := fmt.Sprintf("a%d", k)
		d.Actors = append(d.Actors, reading.Actor{ID: speaker, Kind: "person", Name: fmt.Sprintf("Ada Speaker%d", j%100), State: fmt.Sprintf("S%02d", j%50)})
		start := len(d.Text)
		d.Text += words + ". "
		d.Statements = append(d.Statements, reading.Statement{ID: fmt.Sprintf("s%d", k), Content: []text.Span{{Start: start, End: start + len(words)}},
			Speaker: &speaker, Kind: "indirect", Act: []string{"", "ACCUSE", "REQUEST"}[j%3], Target: []string{fmt.Sprintf("a%d", (k+1)%10)}})
	}
	d.Acts = []reading.Act{{ID: "e1", Type: "CONSULT", Source: []string{"a1", "a2"}, Status: "occurred", Date: d.Published, Trigger: []text.Span{{Start: 4, End: 12}}}}
	return d
}
