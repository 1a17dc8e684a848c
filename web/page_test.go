package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
)

// Pages are made a few at a time, and none for those who have gone.
func TestQueued(t *testing.T) {
	s := &Server{shown: newTurns()}
	var now, most, made atomic.Int32
	h := s.queued(func(http.ResponseWriter, *http.Request) {
		n := now.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		made.Add(1)
		now.Add(-1)
	})
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() { h(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil)) })
	}
	all.Wait()
	if made.Load() != 100 || int(most.Load()) > cap(s.shown.free) {
		t.Errorf("made %d of 100 pages, up to %d at once, room for %d", made.Load(), most.Load(), cap(s.shown.free))
	}
	for range cap(s.shown.free) {
		s.shown.free <- struct{}{}
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	h(httptest.NewRecorder(), httptest.NewRequestWithContext(gone, http.MethodGet, "/", nil))
	if made.Load() != 100 {
		t.Error("a page was made for somebody who had gone")
	}
}
