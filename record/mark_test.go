package record

import (
	"context"
	"fmt"
	"testing"
)

// TestMark wants another mark after each change, by this program and by another,
// and the same as long as nothing changes.
func TestMark(t *testing.T) {
	places(t, func(t *testing.T, place func(*testing.T) string) {
		ctx := context.Background()
		at := place(t)
		s, other := opened(t, at), opened(t, at)
		seen := map[string]string{}
		look := func(after string) {
			t.Helper()
			m, err := s.Mark(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if before, ok := seen[m]; ok {
				t.Errorf("after %s the mark is %q, as after %s", after, m, before)
			}
			seen[m] = after
		}
		look("opening")
		add(t, s, hashOf(1), document("one", "https://herald.example/1", "2023", "Coast treaty", "Said."))
		look("adding")
		add(t, other, hashOf(2), document("two", "https://herald.example/2", "2023", "Coast treaty", "Said."))
		look("adding by another")
		n, err := s.Judge(ctx, Judgement{Kind: "person", A: "Ama Diallo", B: "Amah Diallo", Same: true, Who: "Q. Reader", Made: added})
		if err != nil {
			t.Fatal(err)
		}
		look("judging")
		if err := other.Undo(ctx, n, "R. Reader", added); err != nil {
			t.Fatal(err)
		}
		look("taking back by another")
		if err := s.SetClaims(ctx, map[string]Claims{hashOf(1): claimsOf("Ama Diallo", "TGO", "one")}); err != nil {
			t.Fatal(err)
		}
		look("setting claims")
		if s.(*database).shared() {
			return // other databases of the server change its marks
		}
		var marks [3]string
		for i := range marks {
			if marks[i], err = s.Mark(ctx); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Search(ctx, Query{Words: fmt.Sprint("said", i)}); err != nil {
				t.Fatal(err)
			}
		}
		if marks[0] != marks[2] {
			t.Errorf("asking changed the mark: %q", marks)
		}
	})
}
