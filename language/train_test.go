package language

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/casus-foederis/casus/language/neural"
)

// smallNetwork trains a network on the test treebank, as small as they come.
func smallNetwork(t *testing.T, docs []*Document) []byte {
	t.Helper()
	o := neural.TrainDefaults()
	o.Config = neural.Config{Word: 32, Affix: 32, Gram: 32, Hidden: 32, Layers: 1, Tag: 32, Arc: 32, Rel: 32, AffixRows: 64, GramRows: 64}
	o.Treebank, o.Dev = Gold(docs), []neural.Dev{{Name: "envoys", Sentences: Gold(docs)}}
	o.Teachers, o.Pretrain, o.Epochs, o.Seed = 0, 0, 2, 1
	o.Output = filepath.Join(t.TempDir(), "network")
	if err := neural.Train(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(o.Output)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTrainIsDeterministic(t *testing.T) {
	docs := readEnvoys(t)
	network := smallNetwork(t, docs)
	train := func() []byte {
		trainer := Trainer{Docs: docs, Network: network, Epochs: 10, Seed: 7, Card: Card{Name: "envoys"}}
		m, err := trainer.Train(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		b, err := m.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	first := train()
	if !bytes.Equal(first, train()) {
		t.Error("the same seed and documents gave another model")
	}
	m, err := Load(first)
	if err != nil {
		t.Fatal(err)
	}
	if m.Card.Name != "envoys" {
		t.Errorf("card %+v", m.Card)
	}
	for _, c := range hostile {
		if err := wrongWith(m.Parse(c.text[:min(len(c.text), 2000)])); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	// What it was trained on it cuts as it was told.
	d := docs[0]
	var s Scores
	if err := s.Add(&d.Analysis, m.Parse(d.Text)); err != nil {
		t.Fatal(err)
	}
	for i, name := range Metrics[:3] {
		if s[i].F1() != 100 {
			t.Errorf("%s: %.1f %% of the training text", name, s[i].F1())
		}
	}
}

func TestTrainFails(t *testing.T) {
	docs := readEnvoys(t)
	network := smallNetwork(t, docs)
	if _, err := (&Trainer{Network: network}).Train(t.Context()); err == nil || err.Error() != "train language model: no documents" {
		t.Errorf("without documents: %v", err)
	}
	if _, err := (&Trainer{Docs: docs, Network: []byte("x")}).Train(t.Context()); err == nil {
		t.Error("a network of one byte was taken")
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := (&Trainer{Docs: docs, Network: network, Epochs: 5}).Train(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("when interrupted: %v", err)
	}
}

func TestLemmas(t *testing.T) {
	m := shippedModel(t)
	for _, c := range []struct{ form, upos, xpos, want string }{
		{"said", "VERB", "VBD", "say"},
		{"signed", "VERB", "VBD", "sign"},
		{"signatories", "NOUN", "NNS", "signatory"},
		{"treaties", "NOUN", "NNS", "treaty"},
		{"Treaties", "NOUN", "NNS", "treaty"},
		{"imposing", "VERB", "VBG", "impose"},
		{"invaded", "VERB", "VBD", "invade"},
		{"annexed", "VERB", "VBN", "annex"},
		{"Forces", "NOUN", "NNS", "force"},
		{"allies", "NOUN", "NNS", "ally"},
		{"MOSCOW", "PROPN", "NNP", "Moscow"},
		{"TASS", "PROPN", "NNP", "TASS"},
		{"Americans", "PROPN", "NNPS", "American"},
		{"1,100", "NUM", "CD", "1100"},
		{"was", "AUX", "VBD", "be"},
		{"'s", "PART", "POS", "'s"},
		{"’s", "PART", "POS", "'s"},
		{"n't", "PART", "RB", "not"},
	} {
		t.Run(c.form+" "+c.xpos, func(t *testing.T) {
			if got := m.lemmas.of(c.form, tags{c.upos, c.xpos}); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
