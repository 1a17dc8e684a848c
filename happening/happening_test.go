package happening

import (
	"context"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/text"
)

func act(hash, id, root, day, words string, parties ...string) record.Item {
	it := record.Item{Kind: record.Act, Ref: hash + "#" + id, ID: id, Type: root, Status: "occurred", Words: words,
		Report: record.Head{Hash: hash, ID: hash, Known: "2025-03-05", Added: "2025-03-06T00:00:00Z"}}
	if day != "" {
		it.From, it.To = day, day[:8]+string(rune(day[8]))+string(rune(day[9]+1))
	}
	for i, p := range parties {
		role := "source"
		if i > 0 && root != "AGREE" && root != "CONSULT" {
			role = "target"
		}
		it.Parties = append(it.Parties, record.Party{Role: role, Kind: "state", Name: p, State: p})
	}
	return it
}

func TestGroup(t *testing.T) {
	a := act("aa", "e1", "CONSULT", "2025-03-03", "The foreign minister of Oman visited Tehran to speak about the eleven sailors", "OMN", "IRN")
	b := act("bb", "e1", "CONSULT", "2025-03-03", "Oman's minister spent Monday in Tehran over the eleven sailors", "OMN", "IRN")
	later := act("cc", "e1", "CONSULT", "2025-03-08", "The foreign minister of Oman visited Tehran to speak about the eleven sailors", "OMN", "IRN")
	other := act("dd", "e1", "CONSULT", "2025-03-03", "The foreign minister of Oman visited Tehran to speak about the eleven sailors", "OMN", "SAU")
	reversed := act("ee", "e1", "ASSAULT", "2025-03-03", "Iran struck a base", "IRN", "IRQ")
	struck := act("ff", "e1", "ASSAULT", "2025-03-03", "Iraq struck a base", "IRQ", "IRN")
	refs := func(hs []Happening) [][]string {
		var out [][]string
		for _, h := range hs {
			var g []string
			for _, x := range h.Accounts {
				g = append(g, x.Ref[:2])
			}
			out = append(out, g)
		}
		return out
	}
	for _, c := range []struct {
		name   string
		items  []record.Item
		judged []record.Judgement
		want   [][]string
	}{
		{"two accounts of a visit", []record.Item{a, b}, nil, [][]string{{"aa", "bb"}}},
		{"another day is another visit", []record.Item{a, later}, nil, [][]string{{"aa"}, {"cc"}}},
		{"another host is another visit", []record.Item{a, other}, nil, [][]string{{"aa"}, {"dd"}}},
		{"who struck whom", []record.Item{reversed, struck}, nil, [][]string{{"ee"}, {"ff"}}},
		{"judged not the same", []record.Item{a, b}, []record.Judgement{{Kind: "act", A: a.Ref, B: b.Ref, Who: "x"}}, [][]string{{"aa"}, {"bb"}}},
		{"judged the same", []record.Item{a, later}, []record.Judgement{{Kind: "act", A: a.Ref, B: later.Ref, Same: true, Who: "x"}}, [][]string{{"aa", "cc"}}},
		{"the latest of contrary judgements", []record.Item{a, b}, []record.Judgement{{Kind: "act", A: a.Ref, B: b.Ref, Who: "x"}, {Kind: "act", A: a.Ref, B: b.Ref, Same: true, Who: "y"}}, [][]string{{"aa", "bb"}}},
		{"a judgement undone", []record.Item{a, later}, []record.Judgement{{Kind: "act", A: a.Ref, B: later.Ref, Same: true, Who: "x", Undone: "2025-04-01T00:00:00Z"}}, [][]string{{"aa"}, {"cc"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Group(c.items, nil, c.judged)
			if !reflect.DeepEqual(refs(got), c.want) {
				t.Fatalf("got %v, want %v", refs(got), c.want)
			}
			shuffled := slices.Clone(c.items)
			rand.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
			if again := Group(shuffled, nil, c.judged); !reflect.DeepEqual(got, again) {
				t.Errorf("the order of the items matters: %v, %v", refs(got), refs(again))
			}
		})
	}
}

func TestNumbers(t *testing.T) {
	for _, c := range []struct{ words, want string }{
		{"killing at least nine people and wounding 21", "killed 9; wounded 21"},
		{"The death toll rose to 14 on Friday.", "killed 14"},
		{"14 people were killed", "killed 14"},
		{"Poland expelled four Belarusian diplomats", "expelled 4"},
		{"300 million dollars", "dollar 300 million"},
		{"Article 5 and Resolution 2231 of 2015", ""},
		{"for ten years, on 4 March, at 7 p.m.", ""},
		{"twenty-two soldiers; 1,050 kilometres of cable", "soldier 22"},
		{"2,500 troops", "troop 2500"},
	} {
		var got []string
		for _, n := range numbers(c.words, text.Span{End: len(c.words)}, nil) {
			got = append(got, n.of+" "+n.says)
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%q: got %q, want %q", c.words, s, c.want)
		}
	}
}

func TestReworded(t *testing.T) {
	q := func(s string) quotation { return quotation{words: tokens(strings.ToLower(s))} }
	for _, c := range []struct {
		name, a, b string
		want       bool
	}{
		{"other words", "Neither of our nations will ever stand alone", "Neither of our two nations will again stand alone", true},
		{"cut short", "Neither of our nations will ever stand alone", "Neither of our nations will ever stand alone, he said, nor fall", false},
		{"something else", "It is a roof, not a sword", "The guns will be silent at midnight", false},
		{"too short", "close to piracy", "piracy", false},
	} {
		if got := reworded(q(c.a), q(c.b)); got != c.want {
			t.Errorf("%s: got %v", c.name, got)
		}
	}
}

func TestAroundAndCompare(t *testing.T) {
	ctx := context.Background()
	store, reports := readReports(t)
	items, err := store.Search(ctx, record.Query{Kinds: kinds, Ref: reports["h01a"].Hash})
	if err != nil {
		t.Fatal(err)
	}
	h, err := Around(ctx, store, items[len(items)-1].Ref[:12]+"#"+items[len(items)-1].ID, nil)
	if err != nil {
		t.Fatal(err)
	}
	if h.Reports < 3 || h.Witnesses >= h.Reports || len(h.Copies) == 0 {
		t.Errorf("h01a: %d reports, %d witnesses, copies %v", h.Reports, h.Witnesses, h.Copies)
	}
	for _, a := range h.Accounts {
		if a.Span != nil && !a.Span.Valid(reports[a.Report.ID].Document.Text) {
			t.Errorf("%s: span %v", a.Ref, a.Span)
		}
	}
	c, err := Compare(ctx, store, "h05a", "h05d")
	if err != nil || len(c.Shared) == 0 {
		t.Fatalf("compare: %v, %d acts shared", err, len(c.Shared))
	}
	if _, err := Compare(ctx, store, "h05a", "h05a"); err == nil {
		t.Error("a report was compared with itself")
	}
	if _, err := Around(ctx, store, reports["h01a"].Hash+"#e99", nil); err == nil {
		t.Error("an act was found that is not there")
	}
}

func FuzzNumbers(f *testing.F) {
	f.Add("killing at least nine people, 14 – 3,000 troops … 9")
	f.Fuzz(func(t *testing.T, s string) {
		for _, n := range numbers(s, text.Span{End: len(s)}, nil) {
			if n.of == "" || n.says == "" {
				t.Errorf("%q: %v", s, n)
			}
		}
		for _, p := range sentences(s) {
			if p.Start < 0 || p.End > len(s) || p.Start >= p.End {
				t.Errorf("%q: sentence %v", s, p)
			}
		}
		for _, q := range marked(s) {
			if q.Start > q.End || q.End > len(s) {
				t.Errorf("%q: quotation %v", s, q)
			}
		}
	})
}
