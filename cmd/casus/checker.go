package main

import (
	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/treaty"
)

func newChecker() (*check.Checker, error) {
	c, err := treaty.New(nil, nil, nil)
	if err != nil {
		return nil, err
	}
	return check.New(c, actor.World()), nil
}
