package reading

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestTreaty reads treaties in the usual style. Each wanted line is "article kind
// type bearer", with the part before it where it is not the treaty itself; what
// the reader misses stands in docs/mentions.md.
func TestTreaty(t *testing.T) {
	for _, c := range []struct {
		file, parties, signed, force, lasts, renewed, ends string
		articles                                           int
		want                                               []string
	}{
		{"mutual-defence.txt", "PER CHL", "2031-05-04", "exchange P30D", "P10Y", "automatic P5Y", "notice P1Y", 7, []string{
			"1 ban nonaggression The Parties", "2 duty consultation The Parties", "3 deeming defense An armed attack against either Party",
			"3 duty defense the other Party", "3 duty other Measures taken under this Article", "4 liberty basing Each Party", "5 ban neutrality Neither Party"}},
		{"neutrality.txt", "DNK FIN", "2029-03-12", "signature", "P10Y", "automatic P5Y", "notice P1Y", 6, []string{
			"I ban nonaggression The High Contracting Parties", "II ban neutrality the other High Contracting Party",
			"III duty consultation The Governments of the two High Contracting Parties", "IV ban nonaggression Neither of the two High Contracting Parties"}},
		{"partnership.txt", "KEN UGA", "2030-06-09", "notification", "indefinite", "", "notice P6M", 6, []string{
			"1 duty consultation The Parties", "2 duty aid Kenya", "2 liberty aid The Parties", "3 duty trade The Parties", "4 ban neutrality the other Party"}},
		{"collective-security.txt", "BEN GHA NGA TGO", "2032-09-14", "deposit P30D", "indefinite", "", "notice P1Y", 12, []string{
			"1 duty nonaggression The Member States", "1 ban nonaggression The Member States", "2 ban neutrality The Member States",
			"3 duty consultation the Member States", "4 deeming defense Aggression against one of the Member States",
			"4 duty defense every other Member State", "4 duty other The Member States", "5 duty other The decision to use force",
			"5 liberty defense A Member State which has not voted for the decision", "6 ban basing No Member State",
			"7 duty other The Council of Heads of State", "12 liberty other the Council"}},
		{"secret-protocol.txt", "GRC ROU", "1926-05-02", "exchange", "P5Y", "automatic P3Y", "notice P6M", 11, []string{
			"I duty nonaggression There", "II duty defense the other Party", "III ban other Neither of the High Contracting Parties",
			"IV ban other The High Contracting Parties", "V duty other For the execution of Article II a military convention",
			"VI duty basing Greece", "VIII duty other The present Treaty", "SECRET PROTOCOL 1 duty defense each of the two Parties",
			"SECRET PROTOCOL 2 duty aid Romania", "SECRET PROTOCOL 3 duty neutrality The Parties"}},
	} {
		t.Run(c.file, func(t *testing.T) {
			words, err := os.ReadFile(filepath.Join("testdata", "treaty", c.file))
			if err != nil {
				t.Fatal(err)
			}
			r, err := testReader()
			if err != nil {
				t.Fatal(err)
			}
			d := r.Treaty(string(words))
			var got []string
			for _, x := range d.Clauses {
				got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s %s %s %s", x.Part, x.Article, x.Kind, x.Type, x.Bearer)))
				if x.Secret != strings.HasPrefix(x.Part, "SECRET") {
					t.Errorf("clause %v: secret is %v", x, x.Secret)
				}
				if !x.Span.Valid(string(words)) || !x.Trigger.Valid(string(words)) || !x.Span.Contains(x.Trigger) && !x.Trigger.Empty() {
					t.Errorf("clause %v lies outside the text", x)
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("clauses:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
			}
			term := func(x *Term) string {
				if x == nil {
					return ""
				}
				return strings.TrimSpace(x.How + " " + x.Period)
			}
			for _, f := range []struct{ what, got, want string }{
				{"parties", strings.Join(d.Parties, " "), c.parties}, {"signed", d.Signed, c.signed}, {"entry into force", term(d.Force), c.force},
				{"duration", term(d.Lasts), c.lasts}, {"renewal", term(d.Renewed), c.renewed}, {"end", term(d.Ends), c.ends},
				{"articles", fmt.Sprint(len(d.Articles)), fmt.Sprint(c.articles)},
			} {
				if f.got != f.want {
					t.Errorf("%s: read %q, want %q", f.what, f.got, f.want)
				}
			}
		})
	}
}

func FuzzTreaty(f *testing.F) {
	f.Add("Treaty\nArticle 1\nThe Parties shall consult if attacked.\nDone at X on 4 May 2031.")
	f.Add("Article I Article II article\nart. 1\n\xff")
	f.Fuzz(func(t *testing.T, s string) {
		r, err := testReader()
		if err != nil {
			t.Skip(err)
		}
		for _, c := range r.Treaty(s).Clauses {
			if !c.Span.Valid(s) || !c.Trigger.Empty() && !c.Trigger.Valid(s) || !c.Process.Empty() && !c.Process.Valid(s) {
				t.Fatalf("clause %v lies outside the text", c)
			}
		}
	})
}
