package main

import (
	"fmt"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/corpus"
)

// newChecker holds documents against the corpus that ships with the program.
func newChecker() (*check.Checker, error) {
	c, err := corpus.World()
	if err != nil {
		return nil, fmt.Errorf("load the corpus: %w", err)
	}
	return check.New(c, actor.World()), nil
}
