package main

import (
	"fmt"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/reading"
)

// newChecker holds documents against the corpus that ships with the program.
func newChecker() (*check.Checker, error) {
	c, err := corpus.World()
	if err != nil {
		return nil, fmt.Errorf("load the corpus: %w", err)
	}
	return check.New(c, actor.World()), nil
}

// newReading is what reads reports, and what holds them against the corpus.
func newReading() (*reading.Reader, *check.Checker, error) {
	reader, err := reading.New()
	if err != nil {
		return nil, nil, err
	}
	checker, err := newChecker()
	return reader, checker, err
}

// orStandardInput is the files of a command, or standard input if it names none.
func orStandardInput(files []string) []string {
	if len(files) == 0 {
		return []string{"-"}
	}
	return files
}
