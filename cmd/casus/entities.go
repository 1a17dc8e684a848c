package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/reading/entity"
)

type modelTrainEntities struct {
	Out    string `required:"" type:"path" help:"File to write the model to."`
	Epochs int    `default:"8" help:"How often to go through the texts."`
	Seed   uint64 `default:"1" help:"Seed; the same seed and files give the same model."`
	Date   string `help:"Day of training for the card, as YYYY-MM-DD."`
	Texts  string `arg:"" type:"existingfile" help:"Articles as JSON Lines with id and text, gzipped or not."`
	Marks  string `arg:"" type:"existingfile" help:"Automatic analysis of the same articles in columns, gzipped or not."`
}

// Run trains the tagger of names on nine of ten texts, measures it on the
// tenth, and writes it.
func (c modelTrainEntities) Run(ctx context.Context, env environment) error {
	texts := map[string]string{}
	err := lines(c.Texts, func(line []byte) error {
		var a struct{ ID, Text string }
		if err := json.Unmarshal(line, &a); err != nil {
			return err
		}
		texts[a.ID] = a.Text
		return nil
	})
	if err != nil {
		return fmt.Errorf("read articles %s: %w", c.Texts, err)
	}
	marks, err := unpacked(c.Marks)
	if err != nil {
		return err
	}
	defer marks.Close()
	marked, err := entity.ReadSilver(marks, texts)
	if err != nil {
		return err
	}
	model, err := language.Default()
	if err != nil {
		return err
	}
	t := entity.Trainer{Seed: c.Seed, Epochs: c.Epochs, Card: entity.Card{
		Name: "english names", Date: c.Date, Licence: "weights only; texts are news and stay private",
		Corpora: []string{"PolNeAR training texts with their automatic analysis (CoreNLP)"},
	}}
	var held []entity.Lesson
	for i, m := range marked {
		if err := ctx.Err(); err != nil {
			return err
		}
		l := entity.Lay(m, model.Parse)
		if i%10 == 9 {
			held = append(held, l)
		} else {
			t.Lessons = append(t.Lessons, l)
		}
	}
	t.Progress = func(epoch int, right float64) {
		fmt.Fprintf(env.err, "epoch %2d  %6.2f %% of labels\n", epoch, 100*right)
	}
	tagger, err := t.Train(ctx)
	if err != nil {
		return err
	}
	tagger.Card.Figures = map[string]float64{}
	for typ, score := range tagger.Measure(held) {
		name := entity.Type(typ).String()
		if entity.Type(typ) == entity.None {
			name = "all"
		}
		fmt.Fprintf(env.err, "%-13s F1 %5.1f of %d\n", name, score.F1(), score.Marked)
		tagger.Card.Figures["held-out tenth "+name+" F1"] = float64(int(score.F1()*10+.5)) / 10
	}
	data, err := tagger.Bytes()
	if err != nil {
		return err
	}
	if err := os.WriteFile(c.Out, data, 0o644); err != nil {
		return fmt.Errorf("write entity model: %w", err)
	}
	return nil
}

// unpacked opens a file; one whose name ends in .gz is unpacked.
func unpacked(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if !strings.HasSuffix(name, ".gz") {
		return f, nil
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("unpack %s: %w", name, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{z, f}, nil
}

// lines calls f with every line of a file that is not empty.
func lines(name string, f func([]byte) error) error {
	r, err := unpacked(name)
	if err != nil {
		return err
	}
	defer r.Close()
	s := bufio.NewScanner(r)
	s.Buffer(nil, 64<<20)
	for n := 1; s.Scan(); n++ {
		if len(s.Bytes()) == 0 {
			continue
		}
		if err := f(s.Bytes()); err != nil {
			return fmt.Errorf("line %d: %w", n, err)
		}
	}
	return s.Err()
}
