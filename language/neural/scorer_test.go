package neural

import (
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
)

// Sentences together, alone, and on several threads give the same words.
func TestParseAllAgrees(t *testing.T) {
	s, err := Load(trained(t))
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	forms := []string{"The", "presidents", "of", "Ruritania", "met", "2,000", ",", "@", "\xff", "", "北京", "naïve", "."}
	var sentences [][]string
	var want []Word
	for n := range 60 {
		words := make([]string, n*n%83)
		for i := range words {
			words[i] = forms[r.IntN(len(forms))]
		}
		sentences = append(sentences, words)
		from := len(want)
		want = s.Parse(words, want)
		heads := []int{}
		for _, w := range want[from:] {
			heads = append(heads, w.Head)
			if (w.Rel == "root") != (w.Head < 0) {
				t.Errorf("relation %s under head %d", w.Rel, w.Head)
			}
		}
		if len(heads) > 0 && !isTree(heads) {
			t.Errorf("%v is no tree with one root", heads)
		}
	}
	var g sync.WaitGroup
	for range 4 {
		g.Go(func() {
			if got := s.ParseAll(sentences, nil); !slices.Equal(got, want) {
				t.Error("ParseAll differs from Parse")
			}
		})
	}
	g.Wait()
}

// The speed of the shape that ships, with weights that know nothing: only the
// search for the tree is slower than with a trained model.
func BenchmarkParseAll(b *testing.B) {
	tr := &trainer{o: TrainOptions{Config: Default(), Treebank: sample}}
	tr.build()
	file, err := encode(tr.net, tr.vocab, tr.labels[0], "")
	if err != nil {
		b.Fatal(err)
	}
	s, err := Load(file)
	if err != nil {
		b.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	var sentences [][]string
	words := 0
	for range 48 {
		sentence := make([]string, 5+r.IntN(35))
		for i := range sentence {
			sentence[i] = sample[0].Words[r.IntN(4)]
		}
		words += len(sentence)
		sentences = append(sentences, sentence)
	}
	var out []Word
	b.ReportAllocs()
	for b.Loop() {
		out = s.ParseAll(sentences, out[:0])
	}
	b.ReportMetric(float64(words)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
