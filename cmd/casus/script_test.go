package main

import (
	"context"
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"casus": func() {
			os.Exit(run(context.Background(), os.Args[1:], environment{os.Stdin, os.Stdout, os.Stderr}))
		},
	})
}

// The scripts are the command's contract: one for each command, its errors and
// hints inside.
func TestScripts(t *testing.T) {
	if testing.Short() {
		t.Skip("scripts start the program anew for every line; left out with -short")
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			examples, err := os.Getwd()
			e.Setenv("EXAMPLES", examples+"/../../examples")
			e.Setenv("HOME", e.WorkDir)
			// What a report may hold to do something to a terminal, and a pattern of it.
			e.Setenv("HOSTILE", "\x1b[2J\u202e\u009b31m")
			e.Setenv("ACTIVE", `[\x00-\x08\x0b-\x1f\x7f\x{80}-\x{9f}\x{202a}-\x{202e}\x{2066}-\x{2069}]`)
			return err
		},
	})
}
