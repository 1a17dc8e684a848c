package main

import (
	"context"
	"fmt"
	"os"

	"github.com/casus-foederis/casus/reading"
)

// modelTrainActs trains the model that types acts.
type modelTrainActs struct {
	Out    string   `required:"" type:"path" help:"File to write the model to."`
	Epochs int      `default:"30" help:"How often to go through the sentences."`
	Prior  float64  `default:"0.0002" help:"Weight of the prior that keeps weights small."`
	Source []string `placeholder:"NAME" help:"What the sentences are and their licence, for the card."`
	Data   []string `arg:"" help:"Sentences in JSON Lines: id, text, events with source, target and code."`
}

// Run trains a model on the first act of each sentence and writes it.
func (c modelTrainActs) Run(ctx context.Context, env environment) error {
	reader, err := reading.New()
	if err != nil {
		return err
	}
	var examples []reading.ActExample
	for _, name := range c.Data {
		rows, err := readMarked(name)
		if err != nil {
			return err
		}
		for _, row := range rows {
			if err := ctx.Err(); err != nil {
				return err
			}
			if e := row.example(reader); e.Root != "" {
				examples = append(examples, e)
			}
		}
	}
	data, err := reading.TrainActs(examples, c.Epochs, c.Prior).Bytes(c.Source)
	if err != nil {
		return err
	}
	if err := os.WriteFile(c.Out, data, 0o644); err != nil {
		return fmt.Errorf("write act model: %w", err)
	}
	fmt.Fprintf(env.err, "%d sentences, %d bytes\n", len(examples), len(data))
	return nil
}
