package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/treaty"
)

type corpusFmt struct {
	Dir   string `arg:"" help:"A corpus folder, or one treaty file."`
	Check bool   `help:"Change nothing; fail if a file is not in the one layout."`
}

// Run rewrites treaty files in the one layout.
func (f corpusFmt) Run(env environment) error {
	var files []string
	err := filepath.WalkDir(f.Dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && (d.Name() == "instrument.yaml" || name == f.Dir) {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("format corpus: %w", err)
	}
	names := treaty.Actors(actor.World())
	var problems treaty.Problems
	changed := 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			return fmt.Errorf("format corpus: %w", err)
		}
		out, err := treaty.Format(name, data, names)
		var ps treaty.Problems
		if errors.As(err, &ps) {
			problems = append(problems, ps...)
			continue
		}
		if bytes.Equal(out, data) {
			continue
		}
		changed++
		fmt.Fprintln(env.out, name)
		if f.Check {
			continue
		}
		if err := os.WriteFile(name+".part", out, 0o644); err != nil {
			return fmt.Errorf("format corpus: %w", err)
		}
		if err := os.Rename(name+".part", name); err != nil {
			return fmt.Errorf("format corpus: %w", err)
		}
	}
	for _, p := range problems {
		fmt.Fprintln(env.out, p)
	}
	switch {
	case len(problems) > 0:
		return fmt.Errorf("format corpus: %d mistakes", len(problems))
	case f.Check && changed > 0:
		return withHint(fmt.Errorf("format corpus: %d files are not in the one layout", changed), "run casus corpus fmt %s", f.Dir)
	}
	return nil
}

type corpusDiff struct {
	A      string `arg:"" help:"A corpus folder, or a day YYYY-MM-DD of the built-in corpus."`
	B      string `arg:"" help:"Another folder, or another day."`
	On     string `placeholder:"DAY" help:"For folders: the day to compare on."`
	Format string `enum:"text,json" default:"text" help:"text or json."`
}

// difference is what two corpora, or two days, make different.
type difference struct {
	Added   []string      `json:"added"` // instruments
	Removed []string      `json:"removed"`
	Changes []duty.Change `json:"changes"` // commitments
}

// Run compares the commitments of two corpora or of two days.
func (f corpusDiff) Run(env environment) error {
	a, first, err := f.side(f.A)
	if err != nil {
		return err
	}
	b, second, err := f.side(f.B)
	if err != nil {
		return err
	}
	d := difference{Added: []string{}, Removed: []string{}, Changes: duty.Changes(first, second)}
	for _, id := range b {
		if !slices.Contains(a, id) {
			d.Added = append(d.Added, id)
		}
	}
	for _, id := range a {
		if !slices.Contains(b, id) {
			d.Removed = append(d.Removed, id)
		}
	}
	if f.Format == "json" {
		return writeJSON(env.out, d)
	}
	for _, id := range d.Added {
		fmt.Fprintf(env.out, "+ %s\n", id)
	}
	for _, id := range d.Removed {
		fmt.Fprintf(env.out, "- %s\n", id)
	}
	for _, c := range d.Changes {
		fmt.Fprintf(env.out, "%s → %s  %s: %s  %s\n", c.Bearer, c.To, c.Kind, c.What, strings.Join(append(slices.Clone(c.After), old(c)...), " "))
	}
	_, err = fmt.Fprintf(env.out, "%d instruments added, %d removed, %d commitments changed\n", len(d.Added), len(d.Removed), len(d.Changes))
	return err
}

// side returns the instruments in force and the commitments of one side.
func (f corpusDiff) side(arg string) ([]string, []duty.Commitment, error) {
	dir, on := arg, f.On
	if _, err := day.Parse(arg); err == nil {
		dir, on = "", arg
	} else if on == "" {
		return nil, nil, withHint(fmt.Errorf("compare corpora: %s is a folder, and no day is given", arg), "add --on YYYY-MM-DD")
	}
	c, _, err := loadCorpus(dir)
	if err != nil {
		return nil, nil, err
	}
	d, err := flagDay("--on", on)
	if err != nil {
		return nil, nil, err
	}
	var ids []string
	for _, in := range c.Instruments {
		if in.InForce(d) != day.No {
			ids = append(ids, in.ID)
		}
	}
	return ids, duty.Commitments(c, "", d, nil), nil
}
