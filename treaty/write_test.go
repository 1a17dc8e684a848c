package treaty_test

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/treaty"
)

// TestFormat holds that one layout is kept: formatting twice is formatting
// once, and what was formatted loads.
func TestFormat(t *testing.T) {
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
		once, err := treaty.Format(name, data, names)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		twice, err := treaty.Format(name, once, names)
		if err != nil {
			t.Errorf("%s: the formatted file does not load: %v\n%s", name, err, once)
			continue
		}
		if !bytes.Equal(once, twice) {
			t.Errorf("%s: formatted twice:\n%s\nformatted once:\n%s", name, twice, once)
		}
	}
}

func TestFormatKeepsComments(t *testing.T) {
	names := treaty.Actors(actor.World())
	out, err := treaty.Format("a", []byte("# Why this is here.\n"+instrument), names)
	if err != nil || !strings.HasPrefix(string(out), "# Why this is here.\nid: rus-prk\n") {
		t.Errorf("found %v\n%s", err, out)
	}
	_, err = treaty.Format("a", []byte(strings.Replace(instrument, "status:", "# inside\nstatus:", 1)), names)
	if err == nil || !strings.Contains(err.Error(), "a:4:1: a comment here would be lost") {
		t.Errorf("found %v", err)
	}
}
