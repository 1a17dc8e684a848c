package main

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"

	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/language/neural"
)

type modelCommand struct {
	Train            modelTrain         `cmd:"" help:"Train a model from treebanks in CoNLL-U."`
	TrainEntities    modelTrainEntities `cmd:"" help:"Train the tagger of names from texts and an automatic analysis of them."`
	TrainActs        modelTrainActs     `cmd:"" help:"Train the model that types acts."`
	TrainAttribution trainAttribution   `cmd:"" help:"Train the attributor of statements from marked articles."`
	Eval             modelEval          `cmd:"" help:"Measure a model on the raw text of treebanks."`
	Card             modelCard          `cmd:"" help:"Print what a model was trained on, and its figures."`
}

type modelTrain struct {
	Out      string   `required:"" type:"path" help:"File to write the model to."`
	Network  string   `type:"path" help:"Use this network, trained with the same options, instead of training one."`
	Silver   string   `type:"path" help:"Automatic analysis of news that the network learns from first."`
	Dev      []string `help:"Treebank to measure on after each epoch; the best network is kept."`
	Teachers int      `default:"-1" help:"Networks from which the last one learns; by default what the shipped model had."`
	Pretrain int      `default:"-1" help:"How often to go through the automatic analysis."`
	Epochs   int      `default:"-1" help:"How often to go through the treebanks."`
	Seed     uint64   `default:"1" help:"Seed; the same seed and files give the same model."`
	Date     string   `help:"Day of training for the card, as YYYY-MM-DD."`
	Licence  []string `sep:"none" help:"NAME=LICENCE of a corpus for the card, where NAME begins the name of its file."`
	Treebank []string `arg:"" help:"Treebanks in CoNLL-U, gzipped or not. FILE:PREFIX takes only documents whose name begins with PREFIX."`
}

// boundaryEpochs is how often the parts that cut tokens and sentences go
// through the treebanks; more does not help them.
const boundaryEpochs = 6

// Run trains a model, measures it and writes it. The network is kept beside
// the model (suffix ".network"), so that an interrupted training goes on.
func (c modelTrain) Run(ctx context.Context, env environment) error {
	t := language.Trainer{Epochs: boundaryEpochs, Seed: c.Seed}
	t.Card = language.Card{Name: "english", Date: c.Date, Licence: "CC BY-SA 4.0", Seed: c.Seed}
	for _, name := range c.Treebank {
		docs, err := readTreebank(name)
		if err != nil {
			return err
		}
		t.Card.Corpora = append(t.Card.Corpora, c.corpusOf(treebankName(name), language.Gold(docs)))
		t.Docs = append(t.Docs, docs...)
	}
	dev := make([][]*language.Document, len(c.Dev))
	for i, name := range c.Dev {
		var err error
		if dev[i], err = readTreebank(name); err != nil {
			return err
		}
	}
	var silver []neural.Sentence
	if c.Silver != "" {
		r, err := openText(c.Silver)
		if err != nil {
			return err
		}
		defer r.Close()
		if silver, err = language.ReadSilver(r, c.Silver); err != nil {
			return err
		}
		t.Card.Corpora = append(t.Card.Corpora, c.corpusOf(treebankName(c.Silver)+" (automatic analysis)", silver))
	}
	o := c.options()
	t.Card.Epochs = o.Epochs
	network := c.Network
	if network == "" {
		network, o.Output = c.Out+".network", c.Out+".network"
		o.Treebank, o.Silver = language.Gold(t.Docs), silver
		for i, docs := range dev {
			o.Dev = append(o.Dev, neural.Dev{Name: treebankName(c.Dev[i]), Sentences: language.Gold(docs)})
		}
		o.Progress = func(p neural.Progress) { printProgress(env.err, p) }
		if err := neural.Train(ctx, o); err != nil {
			return err
		}
	}
	var err error
	if t.Network, err = os.ReadFile(network); err != nil {
		return fmt.Errorf("train language model: %w", err)
	}
	t.Progress = func(part string, epoch int, right float64) {
		fmt.Fprintf(env.err, "%-10s epoch %2d  %6.2f %% of the training text\n", part, epoch, right)
	}
	m, err := t.Train(ctx)
	if err != nil {
		return err
	}
	m.Card.Figures = map[string]float64{}
	for i, docs := range dev {
		var scores language.Scores
		for _, d := range docs {
			if err := scores.Add(&d.Analysis, m.Parse(d.Text)); err != nil {
				return err
			}
		}
		for k, s := range scores {
			m.Card.Figures[treebankName(c.Dev[i])+" "+language.Metrics[k]] = math.Round(100*s.F1()) / 100
		}
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

// options are those of the shipped network, but for what was given.
func (c modelTrain) options() neural.TrainOptions {
	o := neural.TrainDefaults()
	o.Seed = c.Seed
	if c.Silver == "" { // the teachers and the first epochs are for its sake
		o.Teachers, o.Pretrain = 0, 0
	}
	for _, f := range []struct {
		given  int
		option *int
	}{{c.Teachers, &o.Teachers}, {c.Pretrain, &o.Pretrain}, {c.Epochs, &o.Epochs}} {
		if f.given >= 0 {
			*f.option = f.given
		}
	}
	return o
}

func printProgress(w io.Writer, p neural.Progress) {
	part := "network"
	if p.Teacher > 0 {
		part = fmt.Sprintf("teacher %d", p.Teacher)
	}
	fmt.Fprintf(w, "%-10s epoch %2d of %d, %.0f s:", part, p.Epoch, p.Epochs, p.Took.Seconds())
	for _, s := range p.Dev {
		fmt.Fprintf(w, "  %s UPOS %.2f UAS %.2f LAS %.2f", s.Name, s.UPOS, s.UAS, s.LAS)
	}
	fmt.Fprintln(w)
}

// corpusOf describes a corpus for the card.
func (c modelTrain) corpusOf(name string, sentences []neural.Sentence) language.Corpus {
	out := language.Corpus{Name: name, Sentences: len(sentences)}
	for _, l := range c.Licence {
		if prefix, licence, ok := strings.Cut(l, "="); ok && strings.HasPrefix(name, prefix) {
			out.Licence = licence
		}
	}
	for _, s := range sentences {
		out.Words += len(s.Words)
	}
	return out
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
	r, err := openText(path)
	if err != nil {
		return nil, err
	}
	defer r.Close()
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

// openText opens a file, unpacking it if its name ends in .gz.
func openText(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, withHint(fmt.Errorf("read treebank: %w", err), "treebanks are CoNLL-U files, gzipped or not")
	}
	if !strings.HasSuffix(path, ".gz") {
		return f, nil
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("read treebank %s: %w", path, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{z, f}, nil
}
