package annotation

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/text"
)

// selected returns what a position and a quotation select in a text, counted as
// the W3C's model counts: by code points.
func selected(t *testing.T, s string, target Target) (byPosition, byQuote string) {
	t.Helper()
	p, q := target.Selector[0].(Position), target.Selector[1].(Quote)
	runes := []rune(s)
	if p.Start > p.End || p.End > len(runes) {
		t.Fatalf("position %+v in a text of %d code points", p, len(runes))
	}
	if !strings.Contains(s, q.Prefix+q.Exact+q.Suffix) {
		t.Errorf("no %q in the text", q.Prefix+q.Exact+q.Suffix)
	}
	return string(runes[p.Start:p.End]), q.Exact
}

func TestOf(t *testing.T) {
	const words = "🇫🇮 Ähtäri — Finland 👩‍🚀 signed “a pact” 🤝, Élise Koffi said."
	at := func(s string) text.Span {
		i := strings.Index(words, s)
		return text.Span{Start: i, End: i + len(s)}
	}
	by := "s1"
	c := check.Checked{Document: &reading.Document{ID: "a report/1", Title: "A pact", Text: words,
		Statements: []reading.Statement{{ID: "s1", Kind: "indirect", SpeakerName: "Élise Koffi", Source: []text.Span{at("Élise Koffi")}, Cue: []text.Span{at("said")},
			Content: []text.Span{at("Finland 👩‍🚀 signed"), at("“a pact” 🤝")}}},
		Acts:       []reading.Act{{ID: "e1", Type: "AGREE", Status: "occurred", Within: &by, Trigger: []text.Span{at("signed")}}},
		Agreements: []reading.Agreement{{ID: "g1", Title: "a pact", Status: "signed", Mentions: []text.Span{at("a pact")}, Provisions: []reading.Provision{{Type: "aid", By: &by, Span: at("pact” 🤝")}, {Type: "other"}}}},
	}, Checks: []check.Verdict{{Of: "g1", Claim: "there is a pact", Span: at("a pact"), Result: check.NotInRecord, Grounds: []check.Ground{{Says: "the corpus is not complete"}}}}}
	page := Of(c)
	want := []string{
		"s1/source identifying Élise Koffi", "s1/cue classifying said", "s1/content describing Finland 👩‍🚀 signed|“a pact” 🤝", "e1 classifying signed",
		"g1/mention/1 identifying a pact", "g1/provision/1 classifying pact” 🤝", "check/1 assessing a pact",
	}
	if len(page.Items) != len(want) || page.PartOf.Total != len(want) {
		t.Fatalf("%d annotations, total %d, want %d", len(page.Items), page.PartOf.Total, len(want))
	}
	for i, a := range page.Items {
		var parts []string
		for _, target := range a.Target {
			byPosition, byQuote := selected(t, words, target)
			if byPosition != byQuote {
				t.Errorf("%s: the position selects %q, the quotation %q", a.ID, byPosition, byQuote)
			}
			parts = append(parts, byPosition)
			if target.Source != "urn:casus:report:a%20report%2F1" {
				t.Errorf("source %s", target.Source)
			}
		}
		if got := strings.TrimPrefix(a.ID, "urn:casus:report:a%20report%2F1:") + " " + a.Motivation + " " + strings.Join(parts, "|"); got != want[i] {
			t.Errorf("annotation %d: %s, want %s", i, got, want[i])
		}
	}
	b, err := json.Marshal(page)
	if err != nil || !strings.HasPrefix(string(b), `{"@context":["http://www.w3.org/ns/anno.jsonld"],"id":"urn:casus:report:a%20report%2F1:annotations","type":"AnnotationPage"`) {
		t.Errorf("%s, %v", b, err)
	}
}

// FuzzPoints: code points are counted as the language itself counts them.
func FuzzPoints(f *testing.F) {
	f.Add("🇫🇮 Ähtäri — pact 🤝", 9)
	f.Add(strings.Repeat("é🤝a", 300), 700)
	f.Add("", 0)
	f.Fuzz(func(t *testing.T, s string, at int) {
		if !utf8.ValidString(s) || at < 0 || at > len(s) || at < len(s) && !utf8.RuneStart(s[at]) {
			return
		}
		if got, want := pointsOf(s).before(at), utf8.RuneCountInString(s[:at]); got != want {
			t.Errorf("%d code points before byte %d, want %d", got, at, want)
		}
		if first(s, 3)+strings.TrimPrefix(s, first(s, 3)) != s || !strings.HasSuffix(s, last(s, 3)) || utf8.RuneCountInString(last(s, 3)) > 3 {
			t.Errorf("first %q and last %q of %q", first(s, 3), last(s, 3), s)
		}
	})
}
