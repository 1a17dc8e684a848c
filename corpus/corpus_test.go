package corpus_test

import (
	"testing"

	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/duty"
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
