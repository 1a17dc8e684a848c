package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/report"
)

// plvCommand reads sentences with marked acts (PLV, PLOVER's examples) and
// writes what was found, for a scorer.
type plvCommand struct {
	Data string `arg:"" help:"Sentences in JSON Lines: id, text, events with source, target and code."`
	Task string `enum:"given,free" default:"free" help:"free: the bare sentence, any number of acts. given: source and target told, one type, out of fold."`
	Out  string `default:"-" type:"path" help:"File for the acts in JSON Lines; - is standard output."`
	Raw  bool   `help:"free: print the types of casus read as they are, not those of PLOVER 0.5 in which PLV is marked."`
	Fold int    `default:"5" help:"Number of folds: each sentence is read by a model trained on the other folds. 0 takes the shipped model for all."`

	Epochs int     `default:"30" help:"How often training goes through the sentences."`
	Prior  float64 `default:"0.0002" help:"Weight of the prior that keeps weights small."`
}

// marked is a sentence with its marked acts.
type marked struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Events []struct {
		Source string `json:"source"`
		Target string `json:"target"`
		Code   string `json:"code"`
	} `json:"events"`
}

// markedAct is an act as the scorer reads it.
type markedAct struct {
	Type   string `json:"type"`
	Source string `json:"source_text"`
	Target string `json:"target_text"`
}

// Run reads the sentences and writes the acts.
func (c plvCommand) Run(ctx context.Context, env environment) error {
	rows, err := readMarked(c.Data)
	if err != nil {
		return err
	}
	var acts [][]markedAct
	if c.Task == "given" {
		acts, err = c.given(ctx, rows)
	} else {
		acts, err = c.free(ctx, rows)
	}
	if err != nil {
		return err
	}
	out := env.out
	if c.Out != "-" {
		f, err := os.Create(c.Out)
		if err != nil {
			return fmt.Errorf("write acts: %w", err)
		}
		defer f.Close()
		out = f
	}
	w := bufio.NewWriter(out)
	e := json.NewEncoder(w)
	for n, row := range rows {
		line := struct {
			ID   string      `json:"id"`
			Acts []markedAct `json:"acts"`
		}{row.ID, acts[n]}
		if err := e.Encode(line); err != nil {
			return fmt.Errorf("write acts: %w", err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write acts: %w", err)
	}
	return nil
}

// free reads each sentence as a report of its own, with a model trained on the
// other folds.
func (c plvCommand) free(ctx context.Context, rows []marked) ([][]markedAct, error) {
	reader, examples, err := c.examples(ctx, rows)
	if err != nil {
		return nil, err
	}
	out := make([][]markedAct, len(rows))
	for fold := range max(c.Fold, 1) {
		reader := reader
		if c.Fold > 0 {
			reader = reader.WithActs(reading.TrainActs(c.without(examples, fold), c.Epochs, c.Prior))
		}
		for n, row := range rows {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			if c.Fold > 0 && n%c.Fold != fold {
				continue
			}
			out[n] = []markedAct{}
			for _, a := range reader.Read(&report.Report{ID: row.ID, Text: row.Text}).Acts {
				root := a.Type
				if !c.Raw {
					root = a.Plover05()
				}
				out[n] = append(out[n], markedAct{root, a.SourceText, a.TargetText})
			}
		}
	}
	return out, nil
}

// examples reads the features of the first act of each sentence.
func (c plvCommand) examples(ctx context.Context, rows []marked) (*reading.Reader, []reading.ActExample, error) {
	reader, err := reading.New()
	if err != nil {
		return nil, nil, err
	}
	examples := make([]reading.ActExample, len(rows))
	for n, row := range rows {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		examples[n] = row.example(reader)
	}
	return reader, examples, nil
}

// example is the first act of a sentence for training; without a root if none
// is marked.
func (m marked) example(reader *reading.Reader) reading.ActExample {
	if len(m.Events) == 0 {
		return reading.ActExample{}
	}
	e := m.Events[0]
	return reading.ActExample{Features: reader.ActFeatures(m.Text, e.Source, e.Target), Root: plover05(e.Code)}
}

// without returns the examples outside a fold.
func (c plvCommand) without(examples []reading.ActExample, fold int) []reading.ActExample {
	var train []reading.ActExample
	for n, e := range examples {
		if n%c.Fold != fold && e.Root != "" {
			train = append(train, e)
		}
	}
	return train
}

// readMarked reads sentences in JSON Lines.
func readMarked(name string) ([]marked, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read marked sentences: %w", err)
	}
	var rows []marked
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		if strings.TrimSpace(line) == "" {
			continue
		}
		var row marked
		if err := json.Unmarshal([]byte(line), &row); err != nil {
			return nil, fmt.Errorf("read marked sentences: %s:%d: %w", name, n, err)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// given tells source and target and asks for the root. Each fold is read by a
// model trained on the others; sentences go to the folds in turn.
func (c plvCommand) given(ctx context.Context, rows []marked) ([][]markedAct, error) {
	reader, examples, err := c.examples(ctx, rows)
	if err != nil {
		return nil, err
	}
	out := make([][]markedAct, len(rows))
	for fold := range max(c.Fold, 1) {
		model := reader.Acts()
		if c.Fold > 0 {
			model = reading.TrainActs(c.without(examples, fold), c.Epochs, c.Prior)
		}
		for n, e := range examples {
			if c.Fold > 0 && n%c.Fold != fold || e.Root == "" {
				continue
			}
			root, _ := model.Predict(e.Features)
			out[n] = []markedAct{{root, rows[n].Events[0].Source, rows[n].Events[0].Target}}
		}
	}
	return out, nil
}

// plover05 reads a root of any edition of PLOVER as one of 0.5.
func plover05(code string) string {
	switch code {
	case "CONCEDE", "RETREAT":
		return "YIELD"
	case "FIGHT":
		return "ASSAULT"
	case "DEMAND", "APPEAL":
		return "REQUEST"
	case "REDUCE":
		return "SANCTION"
	case "INVESTIGATE", "DISAPPROVE":
		return "ACCUSE"
	}
	return code
}
