package main

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/casus-foederis/casus/language"
)

type modelCommand struct {
	Train modelTrain `cmd:"" help:"Train a model from treebanks in CoNLL-U."`
	Eval  modelEval  `cmd:"" help:"Measure a model on the raw text of treebanks."`
	Card  modelCard  `cmd:"" help:"Print what a model was trained on, and its figures."`
}

type modelTrain struct {
	Out      string   `required:"" type:"path" help:"File to write the model to."`
	Epochs   int      `default:"8" help:"How often to go through the treebanks."`
	Seed     uint64   `default:"1" help:"Seed; the same seed and files give the same model."`
	Date     string   `help:"Day of training for the card, as YYYY-MM-DD."`
	Treebank []string `arg:"" help:"Treebanks, gzipped or not. FILE:PREFIX takes only documents whose name begins with PREFIX."`
}

// Run trains a model and writes it.
func (c modelTrain) Run(ctx context.Context, env environment) error {
	t := language.Trainer{Epochs: c.Epochs, Seed: c.Seed}
	t.Card = language.Card{Name: "english", Date: c.Date, Licence: "CC BY-SA 4.0", Seed: c.Seed, Epochs: c.Epochs}
	for _, name := range c.Treebank {
		docs, err := readTreebank(name)
		if err != nil {
			return err
		}
		corpus := language.Corpus{Name: treebankName(name)}
		for _, d := range docs {
			corpus.Sentences += len(d.Sentences)
			for _, s := range d.Sentences {
				corpus.Words += len(s.Tokens)
			}
		}
		t.Card.Corpora = append(t.Card.Corpora, corpus)
		t.Docs = append(t.Docs, docs...)
	}
	t.Progress = func(part string, epoch int, right float64) {
		fmt.Fprintf(env.err, "%-10s epoch %2d  %6.2f %%\n", part, epoch, right)
	}
	m, err := t.Train(ctx)
	if err != nil {
		return err
	}
	data, err := m.Bytes()
	if err != nil {
		return err
	}
	if err := os.WriteFile(c.Out, data, 0o644); err != nil {
		return fmt.Errorf("write language model: %w", err)
	}
	fmt.Fprintf(env.err, "%s: %d bytes\n", c.Out, len(data))
	return nil
}

type modelEval struct {
	Model    string   `type:"path" help:"Model file to use instead of the one in the program."`
	Gold     string   `type:"path" help:"Also write the treebanks' own analysis here, for another scorer."`
	Out      string   `type:"path" help:"Also write the model's analysis here."`
	Treebank []string `arg:"" help:"Treebanks, as for train."`
}

// Run analyses the raw text of treebanks and prints F1 against their own
// analysis, one line for each treebank.
func (c modelEval) Run(ctx context.Context, env environment) error {
	m, err := loadModel(c.Model)
	if err != nil {
		return err
	}
	fmt.Fprintf(env.out, "%-24s", "F1 from raw text")
	for _, name := range language.Metrics {
		fmt.Fprintf(env.out, "%10s", name)
	}
	fmt.Fprintln(env.out)
	var system, gold []*language.Analysis
	for _, name := range c.Treebank {
		docs, err := readTreebank(name)
		if err != nil {
			return err
		}
		var scores language.Scores
		for _, d := range docs {
			if err := ctx.Err(); err != nil {
				return err
			}
			a := m.Parse(d.Text)
			if err := scores.Add(&d.Analysis, a); err != nil {
				return err
			}
			gold, system = append(gold, &d.Analysis), append(system, a)
		}
		fmt.Fprintf(env.out, "%-24s", treebankName(name))
		for _, s := range scores {
			fmt.Fprintf(env.out, "%10.2f", s.F1())
		}
		fmt.Fprintln(env.out)
	}
	if err := writeTreebank(c.Gold, gold); err != nil {
		return err
	}
	return writeTreebank(c.Out, system)
}

func writeTreebank(path string, all []*language.Analysis) error {
	if path == "" {
		return nil
	}
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write treebank: %w", err)
	}
	defer f.Close()
	for _, a := range all {
		if err := language.WriteCoNLLU(f, a); err != nil {
			return fmt.Errorf("write treebank %s: %w", path, err)
		}
	}
	return f.Close()
}

func treebankName(name string) string {
	path, prefix, _ := strings.Cut(name, ":")
	base, _, _ := strings.Cut(filepath.Base(path), ".")
	if prefix != "" {
		return base + " " + prefix
	}
	return base
}

// readTreebank reads FILE or FILE:PREFIX.
func readTreebank(name string) ([]*language.Document, error) {
	path, prefix, _ := strings.Cut(name, ":")
	f, err := os.Open(path)
	if err != nil {
		return nil, withHint(fmt.Errorf("read treebank: %w", err), "treebanks are CoNLL-U files, gzipped or not")
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, fmt.Errorf("read treebank %s: %w", path, err)
		}
	}
	docs, err := language.ReadCoNLLU(r, path)
	if err != nil {
		return nil, err
	}
	var out []*language.Document
	for _, d := range docs {
		if strings.HasPrefix(d.ID, prefix) {
			out = append(out, d)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("read treebank %s: no document whose name begins with %q", path, prefix)
	}
	return out, nil
}

type modelCard struct {
	Model string `type:"path" help:"Model file to describe instead of the one in the program."`
}

// Run prints the card as JSON.
func (c modelCard) Run(env environment) error {
	m, err := loadModel(c.Model)
	if err != nil {
		return err
	}
	e := json.NewEncoder(env.out)
	e.SetIndent("", "  ")
	return e.Encode(m.Card)
}
