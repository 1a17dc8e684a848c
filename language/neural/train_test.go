package neural

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

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
