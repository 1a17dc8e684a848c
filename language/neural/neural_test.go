package neural

import (
	"bytes"
	"context"
	"errors"
	"math"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestFMA(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for range 200000 {
		x, y := float32(r.NormFloat64()), float32(r.NormFloat64())
		z := float32(r.NormFloat64()) * float32(math.Exp2(float64(r.IntN(60)-30)))
		// The sum of three exact parts in higher precision.
		want := exactFMA(x, y, z)
		if got := fma32(x, y, z); got != want {
			t.Fatalf("fma32(%v, %v, %v) = %v, exactly %v", x, y, z, got, want)
		}
	}
}

func TestCurves(t *testing.T) {
	for x := float32(-100); x <= 100; x += 0.0371 {
		s, h := []float32{x}, []float32{x}
		sigmoid(s)
		tanh(h)
		if want := 1 / (1 + math.Exp(-float64(x))); math.Abs(float64(s[0])-want) > 2e-7 {
			t.Fatalf("sigmoid(%v) = %v, want %v", x, s[0], want)
		}
		if want := math.Tanh(float64(x)); math.Abs(float64(h[0])-want) > 4e-7 {
			t.Fatalf("tanh(%v) = %v, want %v", x, h[0], want)
		}
	}
}

func TestHalf(t *testing.T) {
	for h := range 1 << 16 {
		if h>>10&31 == 31 {
			continue // infinite or no number: never written
		}
		if got := toHalf(fromHalf(uint16(h))); got != uint16(h) {
			t.Fatalf("%04x became %04x", h, got)
		}
	}
	for _, v := range []float32{0.1, -0.33333, 1e-5, 3.14159, 70000} {
		got := fromHalf(toHalf(v))
		if want := min(v, 65504); math.Abs(float64(got-want)) > math.Abs(float64(want))/2048+1e-7 {
			t.Errorf("%v became %v", v, got)
		}
	}
}

// The decoder must find what trying all trees finds.
func TestTree(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	var d tree
	for range 3000 {
		n := 1 + r.IntN(5)
		stride := n + 1 + r.IntN(3)
		scores := noise(r, n*stride)
		heads := make([]int, n)
		d.heads(scores, stride, heads)
		total := func(h []int) (sum float64) {
			for i, x := range h {
				sum += float64(scores[i*stride+x+1])
			}
			return sum
		}
		if !isTree(heads) {
			t.Fatalf("%v is no tree with one root", heads)
		}
		best := math.Inf(-1)
		try := make([]int, n)
		for code := range int(math.Pow(float64(n+1), float64(n))) {
			for i := range try {
				try[i] = code%(n+1) - 1
				code /= n + 1
			}
			if isTree(try) {
				best = max(best, total(try))
			}
		}
		if math.Abs(total(heads)-best) > 1e-5 {
			t.Fatalf("tree %v scores %v, the best %v", heads, total(heads), best)
		}
	}
}

func isTree(heads []int) bool {
	roots := 0
	for i := range heads {
		if heads[i] < 0 {
			roots++
		}
		j := i
		for range len(heads) {
			if j >= 0 {
				j = heads[j]
			}
		}
		if j >= 0 {
			return false
		}
	}
	return roots == 1
}

var sample = []Sentence{
	{Words: []string{"The", "two", "presidents", "met", "."}, Gold: []Word{
		{"DET", "DT", "Definite=Def", "det", 2}, {"NUM", "CD", "", "nummod", 2}, {"NOUN", "NNS", "Number=Plur", "nsubj", 3}, {"VERB", "VBD", "Tense=Past", "root", -1}, {"PUNCT", ".", "", "punct", 3}}},
	{Words: []string{"They", "met"}, Gold: []Word{{"PRON", "PRP", "Number=Plur", "nsubj", 1}, {"VERB", "VBD", "Tense=Past", "root", -1}}},
	{Words: []string{"Two", "met", "the", "presidents"}, Gold: []Word{
		{"NUM", "CD", "", "nsubj", 1}, {"VERB", "VBD", "Tense=Past", "root", -1}, {"DET", "DT", "Definite=Def", "det", 3}, {"NOUN", "NNS", "Number=Plur", "obj", 1}}},
}

var tiny = Config{Word: 32, Affix: 32, Gram: 32, Hidden: 32, Layers: 2, Tag: 32, Arc: 32, Rel: 32, AffixRows: 500, GramRows: 700}

func small(output string) TrainOptions {
	return TrainOptions{
		Config:   tiny,
		Treebank: sample, Silver: sample, Dev: []Dev{{"sample", sample}},
		Pretrain: 2, Epochs: 40, Batch: 8, Rate: 0.01, Seed: 3, Card: "three sentences", Output: output,
	}
}

func trained(t *testing.T) []byte {
	t.Helper()
	name := filepath.Join(t.TempDir(), "model")
	if err := Train(context.Background(), small(name)); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestTrainLearnsAndRepeats(t *testing.T) {
	data := trained(t)
	if again := trained(t); !bytes.Equal(data, again) {
		t.Error("the same training gave another model")
	}
	s, err := Load(data)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Score(Dev{"sample", sample}); got.LAS < 99 || got.UPOS < 99 {
		t.Errorf("after training on three sentences: %+v", got)
	}
	if s.Card() != "three sentences" {
		t.Errorf("card %q", s.Card())
	}
}

func TestTeachers(t *testing.T) {
	o := small(filepath.Join(t.TempDir(), "model"))
	o.Pretrain, o.Teachers, o.TeacherEpochs, o.Taught, o.Epochs = 2, 2, 20, 2, 10
	if err := Train(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(o.Output)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Load(data)
	if err != nil {
		t.Fatal(err)
	}
	got := consensus([]*Scorer{s, s}, sample[0].Words)
	if want := s.Parse(sample[0].Words, nil); !slices.Equal(got, want) {
		t.Errorf("a model agrees with itself on %v, not on %v", got, want)
	}
}

func TestDivide(t *testing.T) {
	got := divide([]string{"front-runner", "e-mail", "first-in-the-nation", "--", "-5", "x@y-z.org", "pro-life", "Post-ABC"})
	want := strings.Fields("front - runner e-mail first - in - the - nation -- -5 x@y-z.org pro-life Post-ABC")
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTrainResumes(t *testing.T) {
	want := trained(t)
	name := filepath.Join(t.TempDir(), "model")
	o := small(name)
	ctx, stop := context.WithCancel(context.Background())
	o.Progress = func(p Progress) {
		if p.Epoch == 7 {
			stop()
		}
	}
	if err := Train(ctx, o); !errors.Is(err, context.Canceled) {
		t.Fatalf("interrupted training: %v", err)
	}
	o.Progress = nil
	if err := Train(context.Background(), o); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("a resumed training gave another model than an uninterrupted one")
	}
	o.Seed++
	if err := Train(context.Background(), o); err == nil || !strings.Contains(err.Error(), "other options") {
		t.Errorf("resumed with another seed: %v", err)
	}
}

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

func TestLoadRefuses(t *testing.T) {
	good := trained(t)
	other := slices.Clone(good)
	other[len(magic)] = 9
	damaged := slices.Clone(good)
	damaged[len(good)/2] ^= 4
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, `load neural model: 0 bytes that do not begin with "casus-neural"`},
		{"foreign", bytes.Repeat([]byte("x"), 99), `load neural model: 99 bytes that do not begin with "casus-neural"`},
		{"version", other, "load neural model: file of version 9, this program reads version 1"},
		{"damaged", damaged, "checksum differs"},
		{"cut", good[:len(good)-5], "checksum differs"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Load(c.data); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %s", err, c.want)
			}
		})
	}
}

func exactFMA(x, y, z float32) float32 {
	a, b, c := new(big.Float).SetPrec(400), new(big.Float).SetPrec(400), new(big.Float).SetPrec(400)
	a.SetFloat64(float64(x))
	b.SetFloat64(float64(y))
	c.SetFloat64(float64(z))
	v, _ := a.Mul(a, b).Add(a, c).Float32()
	return v
}

func noise(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}
