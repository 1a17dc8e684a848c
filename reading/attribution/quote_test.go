package attribution

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestQuotes(t *testing.T) {
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"curly", "He said “go” and left.", []string{"“go”"}},
		{"straight", `"Go," he said, "now."`, []string{`"Go,"`, `"now."`}},
		{"two single marks", "''Go,'' he said.", []string{"''Go,''"}},
		{"backticks", "``Go,'' he said.", []string{"``Go,''"}},
		{"angled", "Il dit « oui » hier.", []string{"« oui »"}},
		{"low and high", "„Geh“ sagte er.", []string{"„Geh“"}},
		{"single", "She said 'no way' again.", []string{"'no way'"}},
		{"curly single", "the ‘Pukpuk’ treaty", []string{"‘Pukpuk’"}},
		{"apostrophes", "The workers' rights and the ministers' cars, it's said.", nil},
		{"inner marks belong to the outer", "“He said ‘go’ to me,” she said.", []string{"“He said ‘go’ to me,”"}},
		{"opened by a straight mark, closed by a curly one", "\"Go,” he said.", []string{"\"Go,”"}},
		{"stray mark before a quotation", "“Brothers in arms? He said “go” twice.", []string{"“go”"}},
		{"inches and years", `a 5" gun of '45 and the '90s`, nil},
		{"wrong mark at the beginning", "”Fear is what I feel.” She left.", []string{"”Fear is what I feel.”"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, q := range Quotes(c.text) {
				if !q.Close.Empty() {
					got = append(got, q.Span().Of(c.text))
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestQuotesOverParagraphs(t *testing.T) {
	q := Quotes("“One.\n\n“Two.\n\n“Three,” he said.\n\nFour.")
	if len(q) != 3 || !q[0].Continues || !q[1].Continues || q[2].Continues || q[2].Close.Empty() {
		t.Errorf("got %+v", q)
	}
	q = Quotes("“It never closes.\n\nThe next one is plain.")
	if len(q) != 1 || q[0].Continues || !q[0].Close.Empty() || q[0].Inner.End != len("“It never closes.") {
		t.Errorf("a quotation that never closes ends with its paragraph; got %+v", q)
	}
}

// checkQuotes holds for any text.
func checkQuotes(t interface{ Fatalf(string, ...any) }, s string) {
	at := 0
	for _, q := range Quotes(s) {
		if !q.Span().Valid(s) || !q.Inner.Valid(s) || q.Span().Start < at || q.Inner.Start != q.Open.End {
			t.Fatalf("quotation %+v of %q: spans out of order or cut", q, s)
		}
		at = q.Span().End
	}
}

func TestQuotesOfAnything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		checkQuotes(t, rapid.StringOf(rapid.SampledFrom([]rune("ab .,\n\"'“”‘’«»„`é5"))).Draw(t, "text"))
	})
}

func FuzzQuotes(f *testing.F) {
	f.Add("“a” 'b' \"c")
	f.Fuzz(func(t *testing.T, s string) {
		if utf8.ValidString(s) {
			checkQuotes(t, s)
		}
	})
}

func TestManyQuotes(t *testing.T) {
	for _, mark := range []string{"\" a", "' a", "“ a", "” a", "'' a", "“a\n"} {
		checkQuotes(t, strings.Repeat(mark, 100_000))
	}
}

func BenchmarkQuotes(b *testing.B) {
	s := strings.Repeat("“It is over,” he said. \"No,\" said 'X'.\n", 1000)
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Quotes(s)
	}
}
