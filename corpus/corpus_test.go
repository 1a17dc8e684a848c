package corpus_test

import (
	"bytes"
	"io/fs"
	"testing"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/treaty"
)

// TestCases runs every case file beside an instrument.
func TestCases(t *testing.T) {
	c, err := corpus.World()
	if err != nil {
		t.Fatalf("load corpus:\n%v", err)
	}
	cases, shared, err := duty.ReadCases(corpus.Files())
	if err != nil {
		t.Fatalf("read cases:\n%v", err)
	}
	out := duty.Run(c, shared, cases)
	for _, f := range out.Failures {
		t.Error(f)
	}
	t.Logf("%d instruments, %d cases, %d expected answers", len(c.Instruments), out.Cases, out.Expected)
}

// TestLayout holds that every treaty file is kept in the one layout.
func TestLayout(t *testing.T) {
	names := treaty.Actors(actor.World())
	files, err := fs.Glob(corpus.Files(), "*/instrument.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := fs.ReadFile(corpus.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		out, err := treaty.Format(name, data, names)
		if err != nil {
			t.Errorf("%v", err)
		} else if !bytes.Equal(data, out) {
			t.Errorf("%s is not in the one layout; run casus corpus fmt corpus", name)
		}
	}
}
