package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// interrupter cancels at the first sign of progress.
type interrupter struct {
	bytes.Buffer
	cancel func()
}

func (i *interrupter) Write(p []byte) (int, error) {
	i.cancel()
	return i.Buffer.Write(p)
}

// TestWorldInterrupted: a table that was not finished leaves no file behind.
func TestWorldInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	told := &interrupter{cancel: cancel}
	file := filepath.Join(t.TempDir(), "world.csv")
	begun := time.Now()
	code := run(ctx, []string{"world", "--from", "1816", "--to", "2018", "-o", file}, environment{strings.NewReader(""), &bytes.Buffer{}, told})
	if code != 130 || !strings.Contains(told.String(), "of 203 years") || !strings.Contains(told.String(), "interrupted") {
		t.Errorf("status %d, said %q", code, told.String())
	}
	if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if took := time.Since(begun); took > time.Minute {
		t.Errorf("went on for %s", took)
	}
}
