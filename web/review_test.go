package web

import (
	"context"
	"errors"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/review"
)

// TestReview: a report is kept, its signing queued and accepted, and the corpus
// of later answers has it until it is rejected, here or elsewhere.
func TestReview(t *testing.T) {
	ctx := context.Background()
	c, err := corpus.World()
	if err != nil {
		t.Fatal(err)
	}
	store, err := record.Open(ctx, filepath.Join(t.TempDir(), "record.db"), record.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	clock := time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)
	s := &Server{held: check.New(c, actor.World()), store: store, now: func() time.Time { return clock }}
	s.current.Store(c)
	doc := reading.Document{ID: "one", Outlet: "The Atlas Courier", Published: "2025-03-04", Text: "Chile and Morocco signed a pact.",
		Actors:     []reading.Actor{{ID: "a1", Kind: "state", Code: "CHL", Name: "Chile"}, {ID: "a2", Kind: "state", Code: "MAR", Name: "Morocco"}},
		Agreements: []reading.Agreement{{ID: "g1", Title: "pact", Parties: []string{"a1", "a2"}, Status: "signed", Signed: "2025-03-03"}}}
	if _, err := s.keep(ctx, taken{Checked: check.Checked{Document: &doc}}); err != nil {
		t.Fatal(err)
	}
	list, err := s.drafts(ctx, record.DraftQuery{State: record.Waiting})
	if err != nil || len(list) != 1 || s.corpus() != c {
		t.Fatalf("%+v, %v", list, err)
	}
	choice := review.Choice{Draft: list[0].Number, Verdict: record.Accept, Who: "Q. Reader"}
	e, err := s.decide(ctx, choice)
	if err != nil || e.State != record.Accepted || e.Decisions[0].Made != "2026-11-28T12:00:00Z" || s.corpus().Instrument("chl-mar-2025") == nil {
		t.Fatalf("%+v, %v", e, err)
	}
	if s.checker().Corpus() != c {
		t.Error("reports are held against what rests on them")
	}
	if _, err := s.decide(ctx, choice); !errors.Is(err, record.ErrDecided) {
		t.Errorf("twice: %v", err)
	}
	choice.Verdict, choice.Over, choice.Made = record.Reject, 1, "2026-11-28T12:00:05Z"
	if _, err := review.Decide(ctx, c, store, choice); err != nil { // another program
		t.Fatal(err)
	}
	clock = clock.Add(5 * time.Second)
	if s.corpus().Instrument("chl-mar-2025") == nil {
		t.Error("the record was asked again at once")
	}
	clock = clock.Add(6 * time.Second)
	if s.corpus() != c {
		t.Error("what was rejected elsewhere still stands")
	}
}

// TestRests: pages that answer from a confirmed instrument say on what it rests.
func TestRests(t *testing.T) {
	ctx := t.Context()
	o, err := newOptions()
	if err != nil {
		t.Fatal(err)
	}
	if o.Store, err = record.Open(ctx, filepath.Join(t.TempDir(), "record.db"), record.Options{Create: true}); err != nil {
		t.Fatal(err)
	}
	defer o.Store.Close()
	const at = "2026-11-22T12:00:00Z"
	text := "id: chl-mar-2025\ntitle: A pact\nparties: [CHL, MAR]\nstatus:\n  - {event: in force, on: 2025-03-03}\nprovisions:\n" +
		"  - {id: \"1\", bearer: each other party, owed to: the attacked party, does: [assist], force: shall, when: {event: armed attack, by: any state, on: a party}}\n"
	hash := strings.Repeat("ab", 32)
	_, err = o.Store.Add(ctx, record.Entry{Hash: hash, Added: at, Document: &reading.Document{ID: "one", Outlet: "The Atlas Courier", Published: "2025-03-04"}})
	if err != nil {
		t.Fatal(err)
	}
	number, _, err := o.Store.Propose(ctx, record.Draft{Instrument: "chl-mar-2025", Title: "A pact", Parties: []string{"CHL", "MAR"}, Text: text, Added: at,
		Grounds: []record.Ground{{Report: record.Head{Hash: hash}, Agreement: "g1", Text: text, Added: at}}}, func(record.Draft) bool { return false })
	if err != nil {
		t.Fatal(err)
	}
	if _, err := review.Decide(ctx, o.Checker.Corpus(), o.Store, review.Choice{Draft: number, Verdict: record.Accept, Who: "Q. <Reader>", Made: at}); err != nil {
		t.Fatal(err)
	}
	h, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{
		"/?by=DZA&attacks=MAR&on=2025-06-01":        "· rests on a report of 2025-03-04 by The Atlas Courier, confirmed by Q. &lt;Reader&gt; on 2026-11-22",
		"/api/who?by=DZA&attacks=MAR&on=2025-06-01": `"rests_on":"rests on a report of 2025-03-04 by The Atlas Courier, confirmed by Q. <Reader> on 2026-11-22"`,
		"/state/CHL?on=2025-06-01":                  "rests on a report of 2025-03-04 by The Atlas Courier",
		"/instrument/chl-mar-2025":                  "Known from reports only: it rests on a report of 2025-03-04 by The Atlas Courier",
	} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest("GET", path, nil)
		r.Host = "localhost"
		h.ServeHTTP(w, r)
		if body := w.Body.String(); w.Code != 200 || !strings.Contains(body, want) {
			t.Errorf("%s: status %d, want %s", path, w.Code, want)
		}
	}
}
