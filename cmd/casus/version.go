package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

type versionCommand struct{}

// Run prints one line for each part that has a version.
func (versionCommand) Run(env environment) error {
	revision := "unknown"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				revision = s.Value
			}
		}
	}
	fmt.Fprintf(env.out, "casus   0.1.0 (%s, %s %s/%s)\n", revision, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return nil
}
