package record

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/text"
)

// claimsOf makes claims of one speaker, one of each value.
func claimsOf(speaker, subject string, values ...string) Claims {
	c := Claims{Form: 1}
	for i, v := range values {
		c.List = append(c.List, Claim{Statement: "s1", Speaker: speaker, Kind: "deed", Subject: subject, Spans: []text.Span{{Start: i, End: i + 4}, {Start: 40, End: 42}}, Words: "It is kept.", Said: v})
	}
	return c
}

func TestClaims(t *testing.T) {
	stores(t, func(t *testing.T, open func(*testing.T) Store) {
		ctx := context.Background()
		s := open(t)
		addClaims := func(n int, address, published, words string, c Claims) {
			t.Helper()
			if _, err := s.Add(ctx, Entry{Hash: hashOf(n), Document: document(fmt.Sprint(n), address, published, "Coast treaty", words), Added: added, Claims: c}); err != nil {
				t.Fatal(err)
			}
		}
		addClaims(1, "https://herald.example/1", "2023-05-05", "First.", claimsOf("Ama Diallo", "TGO", "one", "two"))
		addClaims(2, "https://herald.example/2", "2023-06-05", "Second.", claimsOf("Amah Diallo", "TGO", "three"))
		addClaims(3, "https://herald.example/1", "2023-07-05", "First, corrected.", claimsOf("Ama Diallo", "TGO", "four"))
		addClaims(4, "https://herald.example/4", "2023-08-05", "Third.", Claims{})
		on := func(s string) *day.Day { d := day.MustParse(s); return &d }
		for _, row := range []struct {
			name string
			q    ClaimQuery
			want string
		}{
			{"the latest version", ClaimQuery{}, "four"},
			{"before that day", ClaimQuery{Before: on("2023-07-05")}, ""},
			{"as known earlier", ClaimQuery{Known: on("2023-07-01")}, "one two"},
			{"as known earlier, before a day", ClaimQuery{Known: on("2023-07-01"), Before: on("2023-05-05")}, ""},
			{"the last one", ClaimQuery{Known: on("2023-07-01"), Limit: 1}, "one"},
			{"another subject", ClaimQuery{Subject: "BEN"}, ""},
			{"another kind", ClaimQuery{Kind: "count"}, ""},
			{"another speaker", ClaimQuery{Speaker: "Amah Diallo"}, "three"},
			{"another form", ClaimQuery{Form: 2}, ""},
		} {
			q := ClaimQuery{Speaker: cmp.Or(row.q.Speaker, "Ama Diallo"), Kind: cmp.Or(row.q.Kind, "deed"), Subject: cmp.Or(row.q.Subject, "TGO"),
				Form: max(1, row.q.Form), Before: row.q.Before, Known: row.q.Known, Limit: row.q.Limit}
			if got := saidBy(t, s, q); got != row.want {
				t.Errorf("%s: %q, want %q", row.name, got, row.want)
			}
		}
		if _, err := s.Judge(ctx, Judgement{Kind: "person", A: "Ama Diallo", B: "Amah Diallo", Same: true, Who: "Q. Reader", Made: added}); err != nil {
			t.Fatal(err)
		}
		ama := ClaimQuery{Speaker: "Ama Diallo", Kind: "deed", Subject: "TGO", Form: 1}
		if got := saidBy(t, s, ama); got != "four three" {
			t.Errorf("with another name: %q", got)
		}

		if got := saidBy(t, s, ClaimQuery{Hash: hashOf(1), Form: 1}); got != "one two" {
			t.Errorf("of a report: %q", got)
		}
		missing, all, err := s.Unclaimed(ctx, 1, 10)
		if err != nil || all != 1 || !slices.Equal(missing, []string{hashOf(4)}) {
			t.Errorf("without claims: %v, %d, %v", missing, all, err)
		}
		if err := s.SetClaims(ctx, map[string]Claims{hashOf(4): claimsOf("Ama Diallo", "TGO", "five"), hashOf(9): claimsOf("Nobody", "TGO", "six")}); err != nil {
			t.Fatal(err)
		}
		if _, all, err := s.Unclaimed(ctx, 1, 10); err != nil || all != 0 {
			t.Errorf("after all were made: %d, %v", all, err)
		}
		if got := saidBy(t, s, ama); got != "five four three" {
			t.Errorf("after all were made: %q", got)
		}
		var out, again bytes.Buffer
		to := open(t)
		if err := s.Export(ctx, &out); err != nil {
			t.Fatal(err)
		}
		if _, err := to.Import(ctx, bytes.NewReader(out.Bytes())); err != nil {
			t.Fatal(err)
		}
		if err := to.Export(ctx, &again); err != nil {
			t.Fatal(err)
		}
		if got := saidBy(t, to, ama); got != "five four three" || !bytes.Equal(out.Bytes(), again.Bytes()) {
			t.Errorf("after an export and an import: %q\n%s\n%s", got, out.Bytes(), again.Bytes())
		}

		// Another reading makes the claims of the one before void.
		if _, err := s.Add(ctx, Entry{Hash: hashOf(4), Document: document("4", "https://herald.example/4", "2023-08-05", "Coast treaty", "Third."), Added: added, Reread: true}); err != nil {
			t.Fatal(err)
		}
		if got := saidBy(t, s, ama); got != "four three" {
			t.Errorf("after another reading: %q", got)
		}
		if err := s.Verify(ctx); err != nil {
			t.Error(err)
		}
		// A migration down drops them; up again they are missing, not absent.
		p, err := s.(*database).migrations()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.DownTo(ctx, 4); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Up(ctx); err != nil {
			t.Fatal(err)
		}
		if _, all, err := s.Unclaimed(ctx, 1, 0); err != nil || all != 4 {
			t.Errorf("after a migration: %d without claims, %v", all, err)
		}
	})
}

// saidBy joins what was found.
func saidBy(t *testing.T, s Store, q ClaimQuery) string {
	t.Helper()
	found, err := s.Claimed(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, c := range found {
		if c.Report.Hash == "" || c.Statement != "s1" || len(c.Spans) != 2 || c.Spans[0].Len() != 4 {
			t.Errorf("%+v", c)
		}
		out = append(out, c.Said)
	}
	return strings.Join(out, " ")
}
