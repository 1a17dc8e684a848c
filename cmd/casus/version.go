package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"text/tabwriter"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/reading"
)

// release is that of the program; CHANGELOG.md says what came with it.
const release = "0.2.0"

type versionCommand struct{}

// Run prints one line for each part that has a version.
func (versionCommand) Run(env environment) error {
	revision := "revision unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = s.Value
			}
		}
	}
	c, err := corpus.World()
	if err != nil {
		return fmt.Errorf("load the corpus: %w", err)
	}
	m, err := language.Default()
	if err != nil {
		return fmt.Errorf("load the language model: %w", err)
	}
	w := tabwriter.NewWriter(env.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "casus\t%s\t%s, %s %s/%s\n", release, revision, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	fmt.Fprintf(w, "corpus\t%s\t%d instruments\n", c.Hash[:12], len(c.Instruments))
	fmt.Fprintf(w, "tables\t%s\tstates, organisations and offices kept up to that day\n", actor.World().Known)
	fmt.Fprintf(w, "model\t%s\t%s of %s; casus model card says more\n", m.Card.Licence, m.Card.Name, m.Card.Date)
	fmt.Fprintf(w, "document\t%s\tof casus read\n", reading.Format)
	return w.Flush()
}
