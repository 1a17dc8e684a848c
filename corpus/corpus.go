// Package corpus holds the instruments that ship with the program: one folder
// for each, with its provisions and its cases, and the places and acts that
// they need.
package corpus

import (
	"embed"
	"io/fs"
	"sync"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/treaty"
)

//go:embed */instrument.yaml */cases.test places.yaml acts.test
var files embed.FS

// Files is the corpus as files, in the layout of docs/format/treaty.md.
func Files() fs.FS { return files }

// World returns the corpus that ships with the program. It is read on the
// first call and shared afterwards. The error is [treaty.Problems].
var World = sync.OnceValues(func() (*treaty.Corpus, error) {
	return treaty.Load(files, treaty.Actors(actor.World()))
})
