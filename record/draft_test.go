package record

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/text"
)

func draftOf(hash, agreement, title string) Draft {
	words := "id: ben-tgo-2023\ntitle: " + title + "\n"
	return Draft{Instrument: "ben-tgo-2023", Title: title, Parties: []string{"BEN", "TGO"}, Signed: "2023-05-04", Text: words, Added: added,
		Grounds: []Ground{{Report: Head{Hash: hash}, Agreement: agreement, Statements: []string{"s1"}, Spans: []text.Span{{Start: 0, End: 12}}, Text: words, Added: added}}}
}

func decision(number int, v Verdict, after string) Decision {
	return Decision{Number: number, Verdict: v, Who: "Q. Reader", Why: "seen the text", Made: added, Grounds: []string{hashOf(1)}, Before: "before", After: after}
}

func TestDrafts(t *testing.T) {
	stores(t, func(t *testing.T, open func(*testing.T) Store) {
		ctx := context.Background()
		s := open(t)
		for i, id := range []string{"one", "two", "three"} {
			add(t, s, hashOf(i+1), document(id, "https://herald.example/"+id, "2023-05-05", "Coast treaty", id))
		}
		alike := func(d Draft) bool { return d.Title == "Coast treaty" }
		for _, row := range []struct {
			name   string
			d      Draft
			number int64
			did    State
		}{
			{"first", draftOf(hashOf(1), "g1", "Coast treaty"), 1, Created},
			{"the same report again", draftOf(hashOf(1), "g1", "Coast treaty"), 1, Unchanged},
			{"another report of it", draftOf(hashOf(2), "g1", "Coast treaty"), 1, Revised},
			{"another agreement of that report, of the same instrument", draftOf(hashOf(2), "g2", "Coast treaty"), 1, Unchanged},
		} {
			number, did, err := s.Propose(ctx, row.d, alike)
			if err != nil || number != row.number || did != row.did {
				t.Errorf("%s: %d %s, %v", row.name, number, did, err)
			}
		}
		none := func(Draft) bool { return false }
		second, did, err := s.Propose(ctx, draftOf(hashOf(3), "g1", "River treaty"), none)
		if err != nil || did != Created {
			t.Fatalf("another instrument: %s, %v", did, err)
		}
		if _, _, err := s.Propose(ctx, draftOf(hashOf(9), "g1", "River treaty"), none); !errors.Is(err, ErrNotFound) {
			t.Errorf("a report that is not there: %v", err)
		}

		if err := s.Decide(ctx, 1, decision(1, Correct, "id: a\n")); err != nil {
			t.Fatal(err)
		}
		if err := s.Decide(ctx, 1, decision(1, Reject, "")); !errors.Is(err, ErrDecided) || !strings.Contains(err.Error(), "corrected by Q. Reader") {
			t.Errorf("a decision over one that was not seen: %v", err)
		}
		if err := s.Decide(ctx, 1, decision(3, Reject, "")); err == nil {
			t.Error("a decision was left out")
		}
		if err := s.Decide(ctx, 1, decision(2, Reject, "")); err != nil {
			t.Error(err)
		}
		if err := s.Decide(ctx, 77, decision(1, Accept, "x")); !errors.Is(err, ErrNoDraft) {
			t.Errorf("no such draft: %v", err)
		}
		for _, row := range []struct {
			name string
			q    DraftQuery
			want int
		}{
			{"all", DraftQuery{}, 2}, {"waiting", DraftQuery{State: Waiting}, 1}, {"rejected", DraftQuery{State: Rejected}, 1}, {"corrected", DraftQuery{State: Corrected}, 0},
			{"by party", DraftQuery{Party: "tgo"}, 2}, {"by half a code", DraftQuery{Party: "TG"}, 0}, {"by number", DraftQuery{Numbers: []int64{second}}, 1}, {"limit", DraftQuery{Limit: 1}, 1},
		} {
			got, err := s.Drafts(ctx, row.q)
			if err != nil || len(got) != row.want {
				t.Errorf("%s: %d drafts, %v", row.name, len(got), err)
			}
		}
		got, _ := s.Drafts(ctx, DraftQuery{Numbers: []int64{1}})
		d := got[0]
		if len(d.Grounds) != 2 || d.Grounds[1].Report.ID != "two" || d.Grounds[0].Spans[0].End != 12 || len(d.Decisions) != 2 || d.Standing() != "id: a\n" {
			t.Errorf("%+v", d)
		}
		if err := s.Verify(ctx); err != nil {
			t.Error(err)
		}
		for _, q := range []string{`UPDATE decisions SET who = 'x'`, `DELETE FROM decisions`} {
			if _, err := s.(*database).db.Exec(q); err == nil || !strings.Contains(err.Error(), "decisions are only added") {
				t.Errorf("%s: %v", q, err)
			}
		}

		var first, again bytes.Buffer
		if err := s.Export(ctx, &first); err != nil {
			t.Fatal(err)
		}
		to := open(t)
		for i := range 2 {
			c, err := to.Import(ctx, bytes.NewReader(first.Bytes()))
			if err != nil || c.Drafts != 2-2*i {
				t.Errorf("import %d: %+v, %v", i+1, c, err)
			}
		}
		if err := to.Export(ctx, &again); err != nil || !bytes.Equal(first.Bytes(), again.Bytes()) {
			t.Errorf("export differs after an import: %v\n%s\n%s", err, first.Bytes(), again.Bytes())
		}
		// What came since is added; what was decided otherwise is not overwritten.
		if err := s.Decide(ctx, 1, decision(3, Reopen, "id: a\n")); err != nil {
			t.Fatal(err)
		}
		first.Reset()
		if err := s.Export(ctx, &first); err != nil {
			t.Fatal(err)
		}
		if _, err := to.Import(ctx, bytes.NewReader(first.Bytes())); err != nil {
			t.Error(err)
		}
		if list, err := to.Drafts(ctx, DraftQuery{Numbers: []int64{1}}); err != nil || len(list[0].Decisions) != 3 || list[0].State != Waiting {
			t.Errorf("%+v, %v", list, err)
		}
		other := open(t)
		add(t, other, hashOf(1), document("one", "https://herald.example/one", "2023-05-05", "Coast treaty", "one"))
		if _, _, err := other.Propose(ctx, draftOf(hashOf(1), "g1", "Coast treaty"), alike); err != nil {
			t.Fatal(err)
		}
		if err := other.Decide(ctx, 1, decision(1, Accept, "id: b\n")); err != nil {
			t.Fatal(err)
		}
		if _, err := other.Import(ctx, bytes.NewReader(first.Bytes())); err == nil || !strings.Contains(err.Error(), "decided otherwise here: accept by Q. Reader") {
			t.Errorf("import over another decision: %v", err)
		}
	})
}

// TestDeciders: of several who decide on one draft at once, one does.
func TestDeciders(t *testing.T) {
	stores(t, func(t *testing.T, open func(*testing.T) Store) {
		ctx := context.Background()
		s := open(t)
		add(t, s, hashOf(1), document("one", "", "2023", "Coast treaty", "It is kept."))
		if _, _, err := s.Propose(ctx, draftOf(hashOf(1), "g1", "Coast treaty"), func(Draft) bool { return false }); err != nil {
			t.Fatal(err)
		}
		const people = 4
		done := make(chan error)
		for range people {
			go func() { done <- s.Decide(ctx, 1, decision(1, Accept, "x")) }()
		}
		var late int
		for range people {
			if err := <-done; errors.Is(err, ErrDecided) {
				late++
			} else if err != nil {
				t.Error(err)
			}
		}
		if late != people-1 {
			t.Errorf("%d of %d came too late", late, people)
		}
	})
}

// TestThen stores a report with its drafts or neither of them, and leaves nobody
// waiting where the program breaks in between.
func TestThen(t *testing.T) {
	stores(t, func(t *testing.T, open func(*testing.T) Store) {
		ctx := context.Background()
		s := open(t)
		entry := func(n int, then func(context.Context, Queue, string) error) Entry {
			return Entry{Hash: hashOf(n), Document: document(fmt.Sprint(n), "", "2023-05-05", "Coast treaty", fmt.Sprintf("Said %d.", n)), Added: added, Then: then}
		}
		propose := func(ctx context.Context, q Queue, hash string) error {
			_, _, err := q.Propose(ctx, draftOf(hash, "g1", "Coast treaty"), func(d Draft) bool { return d.Title == "Coast treaty" })
			return err
		}
		counted := func(reports, drafts, grounds int) {
			t.Helper()
			c, err := s.Count(ctx)
			list, err2 := s.Drafts(ctx, DraftQuery{})
			if err := errors.Join(err, err2, s.Verify(ctx)); err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, d := range list {
				n += len(d.Grounds)
			}
			if c.Reports != reports || c.Drafts != drafts || len(list) != drafts || n != grounds {
				t.Errorf("%d reports, %d drafts with %d grounds; want %d, %d, %d", c.Reports, len(list), n, reports, drafts, grounds)
			}
		}
		broken := errors.New("broken")
		if _, err := s.Add(ctx, entry(1, func(ctx context.Context, q Queue, hash string) error {
			if list, err := q.Drafts(ctx, DraftQuery{}); err != nil || len(list) > 0 {
				t.Errorf("%v, %v", list, err)
			}
			return errors.Join(propose(ctx, q, hash), broken)
		})); !errors.Is(err, broken) {
			t.Errorf("a failure is %v", err)
		}
		counted(0, 0, 0)
		func() {
			defer func() {
				if recover() == nil {
					t.Error("a panic was swallowed")
				}
			}()
			s.Add(ctx, entry(1, func(ctx context.Context, q Queue, hash string) error {
				panic(errors.Join(broken, propose(ctx, q, hash)))
			}))
		}()
		counted(0, 0, 0)
		for n := range 2 {
			if _, err := s.Add(ctx, entry(1+n, propose)); err != nil {
				t.Fatal(err)
			}
			counted(1+n, 1, 1+n)
		}
		if a, err := s.Add(ctx, entry(1, func(context.Context, Queue, string) error { return broken })); err != nil || a.State != Unchanged {
			t.Errorf("what is there: %+v, %v", a, err)
		}
		counted(2, 1, 2)
	})
}
