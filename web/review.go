package web

import (
	"context"
	"log/slog"
	"time"

	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/review"
	"github.com/casus-foederis/casus/treaty"
)

// The queue of drafts, for the pages and the API alike: drafts lists it, draft
// shows an entry, decide decides on one. They need a record (s.store).

// drafts lists the queue, latest first. docs/format/review.md says what each
// field holds.
func (s *Server) drafts(ctx context.Context, q record.DraftQuery) ([]record.Draft, error) {
	return s.store.Drafts(ctx, q)
}

// draft returns an entry with the words that it rests on, mistakes in its text
// and what a reviewer should know; record.ErrNoDraft.
func (s *Server) draft(ctx context.Context, number int64) (review.Entry, error) {
	return review.Get(ctx, s.held.Corpus(), s.store, number)
}

// decide adds a reviewer's decision and lets later answers follow from it. Made
// is set here. Errors for the reviewer: mistakes in the text
// (review.Problems(err) lists them with line and column), record.ErrDecided
// with who decided meanwhile, record.ErrNoDraft, review.ErrSuperseded.
func (s *Server) decide(ctx context.Context, c review.Choice) (review.Entry, error) {
	c.Made = s.stamp()
	if _, err := review.Decide(ctx, s.held.Corpus(), s.store, c); err != nil {
		return review.Entry{}, err
	}
	s.looked.Store(0)
	s.lookUp()
	return s.draft(ctx, c.Draft)
}

// checker returns what documents are held against: the corpus of files alone.
// What was confirmed from reports does not bear out the reports that it rests on.
func (s *Server) checker() *check.Checker { return s.held }

// corpus returns the instruments that answers are made from now, those that
// reviewers confirmed included. A page that needs it more than once asks once:
// a decision may replace it meanwhile.
func (s *Server) corpus() *treaty.Corpus {
	s.lookUp()
	return s.current.Load()
}

// lookUp takes up what was decided, here or by another program on the same
// record, unless it did so in the last seconds. Answers under way finish with
// the corpus they began with.
func (s *Server) lookUp() {
	const pause = 10 // seconds
	last, now := s.looked.Load(), s.now().Unix()
	if s.store == nil || last != 0 && now-last < pause || !s.looked.CompareAndSwap(last, now) {
		return
	}
	s.looking.Lock() // what was read earlier is not stored later
	defer s.looking.Unlock()
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
	defer stop()
	c, left, err := review.Corpus(ctx, s.held.Corpus(), s.store, nil)
	if err != nil {
		slog.Error("what reviewers confirmed could not be read; answers follow from the corpus as it was", "error", err)
		return
	}
	if c.Hash == s.current.Load().Hash {
		return
	}
	for _, l := range left {
		slog.Warn("a confirmed instrument is left out", "draft", l.Draft, "instrument", l.Instrument, "why", l.Why)
	}
	s.current.Store(c)
}
