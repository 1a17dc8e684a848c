package attribution

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/text"
)

func parser(t testing.TB) func(string) []language.Sentence {
	m, err := language.Default()
	if err != nil {
		t.Fatal(err)
	}
	return func(s string) []language.Sentence { return m.Parse(s).Sentences }
}

func attributor(t testing.TB) *Attributor {
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestFind(t *testing.T) {
	m, parse := attributor(t), parser(t)
	for _, c := range []struct{ name, text, source, cue, content string }{
		{"indirect", "The minister said that the border was open.", "The minister", "said", "that the border was open"},
		{"direct, cue behind", "“The border is open,” the minister said.", "the minister", "said", "“The border is open,”"},
		{"inverted", "“The border is open,” said the minister.", "the minister", "said", "“The border is open,”"},
		{"according to", "The border is open, according to the ministry.", "the ministry", "according to", "The border is open"},
		{"name before", "Smith told reporters that the talks had failed.", "Smith", "told", "that the talks had failed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			found := m.Find(c.text, parse(c.text))
			words := func(list []text.Span) string {
				var out []string
				for _, s := range list {
					out = append(out, s.Of(c.text))
				}
				return strings.Join(out, " | ")
			}
			for _, a := range found {
				if words(a.Source) == c.source && strings.Contains(words(a.Cue), c.cue) && words(a.Content) == c.content {
					return
				}
				t.Logf("%q / %q / %q", words(a.Source), words(a.Cue), words(a.Content))
			}
			t.Errorf("not found among %d", len(found))
		})
	}
}

// checkFound holds for whatever was read: spans lie in the text, and within
// never runs in a circle.
func checkFound(t testing.TB, s string, found []Attribution) {
	for i, a := range found {
		for _, list := range [][]text.Span{a.Source, a.Cue, a.Content} {
			for _, x := range list {
				if !x.Valid(s) || x.Empty() {
					t.Fatalf("attribution %d: span %v", i, x)
				}
			}
		}
		steps := 0
		for j := a.Within; j >= 0; j = found[j].Within {
			if steps++; j >= len(found) || steps > len(found) {
				t.Fatalf("attribution %d: within runs in a circle", i)
			}
		}
	}
}

func TestSurvives(t *testing.T) {
	m, parse := attributor(t), parser(t)
	for name, s := range map[string]string{
		"nothing":       "",
		"one word":      "said",
		"marks":         strings.Repeat("\" said X ", 3000),
		"never closes":  "“" + strings.Repeat("He said so. ", 2000),
		"one sentence":  strings.Repeat("he said that ", 4000),
		"speakers":      strings.Repeat("“No,” A said. “Yes,” B said.\n", 500),
		"capitals":      "RUSSIA SAID THAT IT WAS OVER, TASS REPORTED.",
		"broken letter": "He said \xff\xfe that it was over.",
	} {
		t.Run(name, func(t *testing.T) { checkFound(t, s, m.Find(s, parse(s))) })
	}
	t.Run("trees that are none", func(t *testing.T) {
		s := "a said b"
		bad := []language.Sentence{{}, {Span: text.Span{End: 8}, Tokens: []language.Token{
			{Span: text.Span{End: 1}, Head: 1}, {Span: text.Span{Start: 2, End: 6}, Form: "said", Lemma: "say", UPOS: "VERB", Head: 0}, {Span: text.Span{Start: 7, End: 8}, Head: 99}}}}
		checkFound(t, s, m.Find(s, bad))
	})
}

func FuzzFind(f *testing.F) {
	m, parse := attributor(f), parser(f)
	f.Add("“No,” she said. He denied it, according to TASS.")
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) < 2000 {
			checkFound(t, s, m.Find(s, parse(s)))
		}
	})
}

// articles are small enough to learn by heart.
func articles() []Article {
	var out []Article
	for _, x := range []string{"The border is open", "The talks have failed", "Nobody was hurt", "The port will close"} {
		t := "The minister said that " + strings.ToLower(x[:1]) + x[1:] + ".\n\n“" + x + ",” Smith said."
		at := func(s string) []text.Span {
			i := strings.Index(t, s)
			return []text.Span{{Start: i, End: i + len(s)}}
		}
		second := strings.LastIndex(t, "Smith")
		out = append(out, Article{ID: x, Text: t, Gold: []Marked{
			{Source: at("The minister"), Cue: at("said"), Content: at("that " + strings.ToLower(x[:1]) + x[1:])},
			{Source: at("Smith"), Cue: []text.Span{{Start: second + 6, End: second + 10}}, Content: at("“" + x + ",”")},
		}})
	}
	return out
}

func TestTrain(t *testing.T) {
	parse := parser(t)
	train := func() *Attributor {
		tr := Trainer{Articles: articles(), Parse: parse, Seed: 7, Epochs: 20, Card: Card{Name: "test"}}
		m, err := tr.Train(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	m := train()
	data, err := m.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	again, err := train().Bytes()
	if err != nil || !bytes.Equal(data, again) {
		t.Errorf("two trainings with one seed differ (%v)", err)
	}
	back, err := Load(data)
	if err != nil {
		t.Fatal(err)
	}
	if back.Card.Name != "test" {
		t.Errorf("card: %+v", back.Card)
	}
	var s Scores
	for _, a := range articles() {
		s.Add(a, back.Find(a.Text, parse(a.Text)))
	}
	if s.Linked.F1() < 90 || s.Content.F1() < 90 {
		t.Errorf("what was learned is not found again: %+v", s)
	}

	for name, damage := range map[string]func([]byte) []byte{
		"empty":         func(b []byte) []byte { return nil },
		"foreign":       func(b []byte) []byte { return append([]byte("something else entirely"), b...) },
		"cut off":       func(b []byte) []byte { return b[:len(b)-9] },
		"changed":       func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		"other version": func(b []byte) []byte { b[len(magic)] = 9; return b },
	} {
		if _, err := Load(damage(slices.Clone(data))); err == nil || !strings.HasPrefix(err.Error(), "load attribution model: ") {
			t.Errorf("%s: %v", name, err)
		}
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	tr := Trainer{Articles: articles(), Parse: parse}
	if _, err := tr.Train(ctx); err == nil {
		t.Error("a cancelled training went on")
	}
}

func TestReadCorpus(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	lines := `{"id":"1","text":"Né said so","attributions":[{"source":[[0,2]],"cue":[[3,7]],"content":[[8,10]]}]}
nonsense
{"id":"2","text":"ab","attributions":[{"cue":[[0,9]]}]}
`
	if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := ReadCorpus(path)
	if len(got) != 1 || got[0].Gold[0].Cue[0].Of(got[0].Text) != "said" {
		t.Errorf("got %+v", got)
	}
	if err == nil || !strings.Contains(err.Error(), "a.jsonl:2:") || !strings.Contains(err.Error(), "a.jsonl:3:") {
		t.Errorf("both wrong lines should be named: %v", err)
	}
}

func TestLexicon(t *testing.T) {
	l, err := parseLexicon(lexiconText)
	if err != nil {
		t.Fatal(err)
	}
	parse := parser(t)
	for _, e := range l.lines {
		found := false
		for _, s := range parse(e.example) {
			for _, k := range s.Tokens {
				found = found || slices.Contains(e.words, strings.ToLower(k.Lemma)) || slices.Contains(e.words, strings.ToLower(k.Form))
			}
		}
		if !found {
			t.Errorf("the example %q has none of %v", e.example, e.words)
		}
	}
	if s, _ := SenseOf("accuse"); s != (Sense{"speech", "ACCUSE"}) {
		t.Errorf("accuse: %+v", s)
	}
	_, err = parseLexicon("speech say\ntalk - say | he\nspeech SHOUT say | he\n")
	if err == nil || strings.Count(err.Error(), "read cue lexicon: line ") != 3 {
		t.Errorf("three wrong lines should be named: %v", err)
	}
}

func BenchmarkFind(b *testing.B) {
	m, parse := attributor(b), parser(b)
	s := strings.Repeat("The minister said that the border was open, according to TASS. “We are ready,” Smith told reporters on Monday. It rained in the evening and the ships left the port.\n", 50)
	sentences := parse(s)
	b.ReportMetric(0, "ns/op")
	for b.Loop() {
		m.Find(s, sentences)
	}
	b.ReportMetric(float64(len(sentences)*b.N)/b.Elapsed().Seconds(), "sentences/s")
}
