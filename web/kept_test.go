package web

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
)

// What was found is looked up once, by however many, until the record changes.
func TestRecorded(t *testing.T) {
	store, err := record.Open(t.Context(), filepath.Join(t.TempDir(), "record.db"), record.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	s := &Server{store: store}
	var looked atomic.Int64
	size := func(int64) int { return 1000 }
	get := func(ctx context.Context, key string) (int64, error) {
		return recorded(ctx, s, key, size, func(context.Context) (int64, error) { return looked.Add(1), nil })
	}
	var all sync.WaitGroup
	for range 16 {
		all.Go(func() {
			if n, err := get(t.Context(), "a"); n != 1 || err != nil {
				t.Errorf("%d, %v", n, err)
			}
		})
	}
	all.Wait()
	d := &reading.Document{Format: reading.Format, ID: "one", Text: "It rains."}
	if _, err := store.Add(t.Context(), record.Entry{Document: d, Added: "2026-11-23T12:00:00Z"}); err != nil {
		t.Fatal(err)
	}
	if n, err := get(t.Context(), "a"); n != 2 || err != nil {
		t.Errorf("after a change: %d, %v", n, err)
	}
	for i := range 100 {
		if _, err := get(t.Context(), fmt.Sprint(i)); err != nil {
			t.Error(err)
		}
	}
	if s.found.sizes > keptAnswers || len(s.found.byKey) != len(s.found.order) || len(s.found.order) == 0 {
		t.Errorf("%d are kept, of a size of %d", len(s.found.byKey), s.found.sizes)
	}
	// What fails or breaks is told, and looked for again.
	broken := errors.New("broken")
	if _, err := recorded(t.Context(), s, "b", size, func(context.Context) (int64, error) { return 0, broken }); !errors.Is(err, broken) {
		t.Errorf("a failure is %v", err)
	}
	if _, err := recorded(t.Context(), s, "b", size, func(context.Context) (int64, error) { panic("no") }); err == nil {
		t.Error("a panic is nothing")
	}
	if n, err := get(t.Context(), "b"); n == 0 || err != nil {
		t.Errorf("after a panic: %d, %v", n, err)
	}
	// Who goes away leaves it to the others.
	gone, leave := context.WithCancel(t.Context())
	started, goOn := make(chan bool), make(chan bool)
	go func() {
		<-started
		leave()
	}()
	if _, err := recorded(gone, s, "c", size, func(context.Context) (int64, error) { started <- true; <-goOn; return 7, nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("who left got %v", err)
	}
	close(goOn)
	if n, err := get(t.Context(), "c"); n != 7 || err != nil {
		t.Errorf("who stayed got %d, %v", n, err)
	}
}
