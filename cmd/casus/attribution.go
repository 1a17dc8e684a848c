package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/reading/attribution"
)

type trainAttribution struct {
	Out    string `required:"" type:"path" help:"File to write the model to."`
	Dev    string `type:"path" help:"Articles to measure on; the figures go into the card."`
	Epochs int    `default:"5" help:"How often to go through the articles."`
	Seed   uint64 `default:"1" help:"Seed; the same seed and files give the same model."`
	Date   string `help:"Day of training for the card, as YYYY-MM-DD."`
	Corpus string `arg:"" help:"Marked articles, one JSON object a line, gzipped or not."`
}

// Help is the manual page.
func (trainAttribution) Help() string {
	return `Trains the attributor, which finds source, cue and content of statements. The articles
are parsed by the language model of the program: train again when that changes.

Each line holds {"id", "text", "attributions": [{"source": [[start, end], ...], "cue", "content"}]}
with offsets in code points, as PolNeAR is kept.

Example:
  casus model train-attribution --dev dev.jsonl.gz --out english.model train.jsonl.gz`
}

// Run trains an attributor, measures it if asked to, and writes it.
func (c trainAttribution) Run(ctx context.Context, env environment) error {
	articles, err := attribution.ReadCorpus(c.Corpus)
	if err != nil {
		return withHint(err, "articles are JSON Lines with offsets in code points; see casus model train-attribution --help")
	}
	trees, err := language.Default()
	if err != nil {
		return err
	}
	parse := func(t string) []language.Sentence { return trees.Parse(t).Sentences }
	marked := 0
	for _, a := range articles {
		marked += len(a.Gold)
	}
	name, _, _ := strings.Cut(filepath.Base(c.Corpus), ".")
	t := attribution.Trainer{Articles: articles, Parse: parse, Seed: c.Seed, Epochs: c.Epochs,
		Card: attribution.Card{Name: "english", Date: c.Date, Corpus: "PolNeAR " + name, Licence: "no licence stated by the corpus; weights only",
			Articles: len(articles), Marked: marked, Trees: trees.Card.Name + " " + trees.Card.Date, Seed: c.Seed, Epochs: c.Epochs},
		Progress: func(part string, epoch int, loss float64) {
			fmt.Fprintf(env.err, "%-18s epoch %2d  loss %9.0f\n", part, epoch, loss)
		}}
	m, err := t.Train(ctx)
	if err != nil {
		return err
	}
	data, err := m.Bytes()
	if err != nil {
		return err
	}
	if c.Dev != "" {
		if data, err = measureAttribution(ctx, env, m, parse, c.Dev); err != nil {
			return err
		}
	}
	if err := os.WriteFile(c.Out, data, 0o644); err != nil {
		return fmt.Errorf("write attribution model: %w", err)
	}
	fmt.Fprintf(env.err, "%s: %d bytes\n", c.Out, len(data))
	return nil
}

// measureAttribution puts the figures on other articles into the card and
// returns the model file.
func measureAttribution(ctx context.Context, env environment, m *attribution.Attributor, parse func(string) []language.Sentence, path string) ([]byte, error) {
	articles, err := attribution.ReadCorpus(path)
	if err != nil {
		return nil, err
	}
	var s attribution.Scores
	for _, a := range articles {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		s.Add(a, m.Find(a.Text, parse(a.Text)))
	}
	m.Card.Figures = map[string]float64{"linked": tenth(s.Linked.F1()), "source": tenth(s.Source.F1()), "cue": tenth(s.Cue.F1()), "content": tenth(s.Content.F1())}
	fmt.Fprintf(env.out, "F1 on %d articles: linked %.1f, exact source %.1f, cue %.1f, content %.1f\n",
		len(articles), s.Linked.F1(), s.Source.F1(), s.Cue.F1(), s.Content.F1())
	return m.Bytes()
}

func tenth(x float64) float64 { return float64(int(x*10+0.5)) / 10 }
