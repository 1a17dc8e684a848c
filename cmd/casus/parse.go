package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/casus-foederis/casus/language"
)

type parseCommand struct {
	File   string `arg:"" optional:"" default:"-" help:"Text to analyse; - is standard input."`
	Format string `enum:"conllu,json" default:"conllu" help:"What to print: conllu or json."`
	Model  string `type:"path" help:"Model file to use instead of the one in the program."`
}

// Run prints the sentences, words and trees of a text.
func (c parseCommand) Run(env environment) error {
	body, err := readInput(env, c.File)
	if err != nil {
		return fmt.Errorf("parse text: %w", err)
	}
	m, err := loadModel(c.Model)
	if err != nil {
		return err
	}
	a := m.Parse(string(body))
	if c.Format == "json" {
		return json.NewEncoder(env.out).Encode(a)
	}
	return language.WriteCoNLLU(env.out, a)
}

// loadModel loads a model file, or the model of the program if path is empty.
func loadModel(path string) (*language.Model, error) {
	if path == "" {
		return language.Default()
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("load language model: %w", err)
	}
	m, err := language.Load(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return m, nil
}

// readInput reads a file, or standard input for "-".
func readInput(env environment, path string) ([]byte, error) {
	if path == "-" {
		return io.ReadAll(env.in)
	}
	return os.ReadFile(path)
}
