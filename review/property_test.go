package review

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/treaty"
)

// TestReplay: after any decisions the overlay is what the last decision on each
// draft says, and a record into which they were imported has the same.
func TestReplay(t *testing.T) {
	ctx := context.Background()
	c := checker(t)
	base := c.Corpus()
	for seed := range uint64(4) {
		rng := rand.New(rand.NewPCG(seed, 1))
		s := store(t)
		for i, title := range []string{"defence treaty", "trade agreement", "fisheries accord"} {
			propose(t, s, c, hashOf(i), signing(title, title, "2025-03-03", "2025-03-04"))
		}
		want := map[string]string{} // instrument → who confirmed it
		over := map[int64]int{}
		for range 10 {
			x := Choice{Draft: 1 + rng.Int64N(3), Verdict: []record.Verdict{record.Accept, record.Correct, record.Reject, record.Reopen}[rng.IntN(4)],
				Who: string(rune('A' + rng.IntN(5)))}
			x.Over = over[x.Draft]
			if rng.IntN(4) == 0 { // somebody who did not look
				x.Over += rng.IntN(3) - 1
			}
			d, err := find(ctx, s, x.Draft)
			if err != nil {
				t.Fatal(err)
			}
			if x.Verdict == record.Correct {
				x.Text = strings.Replace(d.Standing(), "title: ", "title: new ", 1)
			}
			_, err = decide(t, s, base, x)
			if x.Over != over[x.Draft] {
				if err == nil || len(d.Decisions) > x.Over && x.Over >= 0 && !errors.Is(err, record.ErrDecided) {
					t.Fatalf("seed %d: over decision %d of %d: %v", seed, x.Over, len(d.Decisions), err)
				}
				continue
			}
			if err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			over[x.Draft]++
			delete(want, d.Instrument)
			if x.Verdict == record.Accept || x.Verdict == record.Correct {
				want[d.Instrument] = x.Who
			}
		}
		got, left, err := Corpus(ctx, base, s, nil)
		if err != nil || len(left) > 0 || len(got.Instruments) != len(base.Instruments)+len(want) {
			t.Fatalf("seed %d: %v, left %v, %d instruments, want %v", seed, err, left, len(got.Instruments)-len(base.Instruments), want)
		}
		for id, who := range want {
			if in := got.Instrument(id); in == nil || in.Basis.By != who || in.Draft != "" {
				t.Errorf("seed %d: %s, want it confirmed by %s", seed, id, who)
			}
		}
		var out bytes.Buffer
		if err := s.Export(ctx, &out); err != nil {
			t.Fatal(err)
		}
		to := store(t)
		if _, err := to.Import(ctx, &out); err != nil {
			t.Fatal(err)
		}
		if again, _, err := Corpus(ctx, base, to, nil); err != nil || again.Hash != got.Hash {
			t.Errorf("seed %d: replayed elsewhere: %v, hash %s, want %s", seed, err, again.Hash, got.Hash)
		}
	}
}

// TestReviewers: of several reviewers at once one decides; the others are told
// who did, and what they wrote changes nothing.
func TestReviewers(t *testing.T) {
	s, c := store(t), checker(t)
	propose(t, s, c, hashOf(1), signing("one", "mutual defence treaty", "2025-03-03", "2025-03-04"))
	done := make(chan error)
	names := []string{"A", "B", "C"}
	for _, who := range names {
		go func() {
			_, err := Decide(context.Background(), c.Corpus(), s, Choice{Draft: 1, Verdict: record.Accept, Who: who, Made: now})
			done <- err
		}()
	}
	late := 0
	for range names {
		if err := <-done; errors.Is(err, record.ErrDecided) {
			late++
		} else if err != nil {
			t.Error(err)
		}
	}
	if d, err := find(context.Background(), s, 1); err != nil || late != len(names)-1 || len(d.Decisions) != 1 {
		t.Errorf("%d were late, %d decisions, %v", late, len(d.Decisions), err)
	}
}

// TestLeft: an instrument that lost what it links to is left out and named.
func TestLeft(t *testing.T) {
	ctx := context.Background()
	s, c := store(t), checker(t)
	base := c.Corpus()
	propose(t, s, c, hashOf(1), signing("one", "mutual defence treaty", "2025-03-03", "2025-03-04"))
	propose(t, s, c, hashOf(2), signing("two", "trade agreement", "2025-03-03", "2025-03-04"))
	if _, err := decide(t, s, base, Choice{Draft: 1, Verdict: record.Accept}); err != nil {
		t.Fatal(err)
	}
	d, err := find(ctx, s, 2)
	if err != nil {
		t.Fatal(err)
	}
	linked := strings.Replace(d.Text, "provisions:", "links:\n  - subject to: chl-mar-2025\nprovisions:", 1)
	linked = strings.Replace(linked, "on: 2025-03-03", "on: 2025-03-04", 1)
	if _, err := decide(t, s, base, Choice{Draft: 2, Verdict: record.Correct, Text: linked}); err != nil {
		t.Fatal(err)
	}
	if _, err := decide(t, s, base, Choice{Draft: 1, Verdict: record.Reject, Over: 1}); err != nil {
		t.Fatal(err)
	}
	got, left, err := Corpus(ctx, base, s, nil)
	if err != nil || got.Hash != base.Hash || len(left) != 1 || left[0].Draft != 2 || !strings.Contains(left[0].Why, `unknown instrument "chl-mar-2025"`) {
		t.Errorf("%v, %+v", err, left)
	}
}

// FuzzAccept: whatever a reviewer hands in, either it is refused with a place
// in it and nothing changes, or it stands over the corpus as it was handed in.
func FuzzAccept(f *testing.F) {
	ctx := context.Background()
	s, c := store(f), checker(f)
	base := c.Corpus()
	propose(f, s, c, hashOf(1), signing("one", "mutual defence treaty", "2025-03-03", "2025-03-04"))
	for _, seed := range []string{inForce(f, s, 1, "2025-03-03"), inForceText, "id: [\n", "", "\x00", "id: a\nbasis: {reports: []}\n", strings.Repeat("- ", 300), "&a [*a]",
		"id: a\ntitle: b\nparties: [CHL]\nprovisions:\n  - id: x\n    bearer: each\n    readings: [{by: a}]\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := find(ctx, s, 1)
		if err != nil {
			t.Fatal(err)
		}
		n := len(d.Decisions)
		_, err = decide(t, s, base, Choice{Draft: 1, Verdict: record.Correct, Over: n, Text: text})
		now, _ := find(ctx, s, 1)
		if err != nil {
			if len(now.Decisions) != n {
				t.Errorf("refused, and decided: %v", err)
			}
			return
		}
		over, left, err := Corpus(ctx, base, s, nil)
		if err != nil || len(left) != 0 || len(over.Instruments) != len(base.Instruments)+1 {
			t.Fatalf("accepted, and not there: %v %v", err, left)
		}
		i := slices.IndexFunc(over.Instruments, func(in *treaty.Instrument) bool { return base.Instrument(in.ID) == nil })
		if in := over.Instruments[i]; in.Draft != "" || in.Basis == nil || in.Basis.By == "" {
			t.Errorf("not marked: %+v", in)
		}
	})
}
