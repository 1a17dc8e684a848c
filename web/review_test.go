package web

import (
	"context"
	"errors"
	"path/filepath"
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
