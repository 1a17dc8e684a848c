package entity

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/text"
)

// sentence makes a sentence of words, tagged as names if capitalised.
func sentence(words string) language.Sentence {
	var s language.Sentence
	at := 0
	for _, w := range strings.Fields(words) {
		tag := "NN"
		if w[0] >= 'A' && w[0] <= 'Z' {
			tag = "NNP"
		}
		span := text.Span{Start: at, End: at + len(w)}
		s.Tokens = append(s.Tokens, language.Token{Form: w, XPOS: tag, Span: span, Surface: span, Head: -1})
		at += len(w) + 1
	}
	s.Span.End = at
	return s
}

func TestTrainAndFind(t *testing.T) {
	lesson := Lesson{
		Sentences: []language.Sentence{sentence("yesterday Ana Soto spoke in Lima ."), sentence("then Luis Arana spoke in Quito .")},
		Names:     [][]Name{{{1, 2, Person}, {5, 5, Place}}, {{1, 2, Person}, {5, 5, Place}}},
	}
	trainer := Trainer{Lessons: []Lesson{lesson}, Seed: 1, Epochs: 5}
	tagger, err := trainer.Train(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	var m Memory
	if got, want := tagger.Find(sentence("today Rosa Quispe spoke in Cusco .").Tokens, &m), []Name{{1, 2, Person}, {5, 5, Place}}; !slices.Equal(got, want) {
		t.Errorf("found %v, want %v", got, want)
	}
	if s := tagger.Measure([]Lesson{lesson})[None]; s.F1() != 100 {
		t.Errorf("F1 on the lesson itself is %.1f", s.F1())
	}
	data, err := tagger.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	again, err := trainer.Train(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if other, _ := again.Bytes(); !slices.Equal(data, other) {
		t.Error("the same lessons gave two taggers")
	}
	back, err := Load(data)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(back.weights, tagger.weights) {
		t.Error("the file holds other weights")
	}
}

func TestLoadRefuses(t *testing.T) {
	for name, data := range map[string][]byte{"nothing": nil, "foreign": []byte("PNG"), "cut": shipped[:len(shipped)/2], "only the magic": []byte(magic)} {
		if _, err := Load(data); err == nil {
			t.Errorf("%s: want an error", name)
		}
	}
}

func TestTrainCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := (&Trainer{Lessons: []Lesson{{}}, Epochs: 1}).Train(ctx); err == nil {
		t.Error("a cancelled training gave no error")
	}
}

func TestReadSilver(t *testing.T) {
	const marks = "# newdoc id = a\n1\tÁna\tana\tNNP\tPERSON\t0\troot\t0\t3\n2\tSoto\tsoto\tNNP\tPERSON\t1\tflat\t4\t8\n3\tleft\tleave\tVBD\tO\t1\tdep\t9\t13\n"
	got, err := ReadSilver(strings.NewReader(marks), map[string]string{"a": "Ána Soto left"})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 1 || len(got[0].Names) != 1 || got[0].Names[0].Span.Of(got[0].Text) != "Ána Soto" {
		t.Errorf("read %+v", got)
	}
	if _, err := ReadSilver(strings.NewReader("# newdoc id = a\n1\tx\n"), map[string]string{"a": "x"}); err == nil {
		t.Error("a short line gave no error")
	}
}

func BenchmarkFind(b *testing.B) {
	tagger, err := Default()
	if err != nil {
		b.Fatal(err)
	}
	s := sentence("Russian President Vladimir Putin met Chinese leader Xi Jinping in Moscow on Tuesday .")
	for range b.N {
		var m Memory
		tagger.Find(s.Tokens, &m)
	}
}
