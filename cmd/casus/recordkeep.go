package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/casus-foederis/casus/record"
)

type recordJudgeCommand struct {
	A      string `arg:"" help:"An item as HASH#ID, or a name."`
	B      string `arg:"" help:"The other."`
	Kind   string `enum:"act,person,agreement,report" default:"act" help:"What they are: ${enum}."`
	Differ bool   `help:"They are not the same."`
	By     string `required:"" placeholder:"NAME" help:"Who judges."`
	Why    string `placeholder:"WORDS" help:"The reason."`
}

func (c recordJudgeCommand) Run(ctx context.Context, env environment, parent *recordCommand) error {
	return parent.with(ctx, false, func(s record.Store) error {
		var errs []error
		for _, ref := range []*string{&c.A, &c.B} {
			if c.Kind != "person" {
				errs = append(errs, whole(ctx, s, ref))
			}
		}
		if err := errors.Join(errs...); err != nil {
			return withHint(err, "items are written as casus record search prints them: 87c28034#e1")
		}
		n, err := s.Judge(ctx, record.Judgement{Kind: c.Kind, A: c.A, B: c.B, Same: !c.Differ, Who: c.By, Why: c.Why, Made: time.Now().UTC().Format(time.RFC3339)})
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(env.out, "judgement %d\n", n)
		return err
	})
}

// whole writes out the hash in a reference to an item.
func whole(ctx context.Context, s record.Store, ref *string) error {
	key, id, item := strings.Cut(*ref, "#")
	r, err := s.Report(ctx, key)
	if err != nil {
		return err
	}
	*ref = r.Hash
	if item {
		*ref += "#" + id
	}
	return nil
}

type recordUndoCommand struct {
	Number int64  `arg:"" help:"The number of the judgement."`
	By     string `required:"" placeholder:"NAME" help:"Who takes it back."`
}

func (c recordUndoCommand) Run(ctx context.Context, parent *recordCommand) error {
	return parent.with(ctx, false, func(s record.Store) error {
		return s.Undo(ctx, c.Number, c.By, time.Now().UTC().Format(time.RFC3339))
	})
}

type recordJudgedCommand struct {
	About  string `arg:"" optional:"" help:"Only those on this item or name."`
	Format string `enum:"text,json" default:"text" help:"Print for people (text) or as JSON (json)."`
}

func (c recordJudgedCommand) Run(ctx context.Context, env environment, parent *recordCommand) error {
	return parent.with(ctx, false, func(s record.Store) error {
		js, err := s.Judgements(ctx, c.About)
		if err != nil {
			return err
		}
		if c.Format == "json" {
			return printJSON(env.out, js)
		}
		env.out = inertWriter{env.out}
		for _, j := range js {
			verdict := "is"
			if !j.Same {
				verdict = "is not"
			}
			line := fmt.Sprintf("%d  %s %s %s %s  (%s, %s)", j.Number, j.Kind, j.A, verdict, j.B, j.Who, j.Made)
			if j.Undone != "" {
				line += fmt.Sprintf(", taken back by %s, %s", j.Undoer, j.Undone)
			}
			fmt.Fprintln(env.out, strings.Join(nonEmpty(line, j.Why), ": "))
		}
		return nil
	})
}

type recordExportCommand struct{}

func (recordExportCommand) Run(ctx context.Context, env environment, parent *recordCommand) error {
	return parent.with(ctx, false, func(s record.Store) error {
		progress := newProgress(env.err, "lines")
		defer progress.stop()
		return s.Export(ctx, counted{Writer: env.out, progress: progress})
	})
}

type recordImportCommand struct {
	File   string `arg:"" optional:"" default:"-" help:"An export; - for standard input."`
	Format string `enum:"text,json" default:"text" help:"Print for people (text) or as JSON (json)."`
}

func (c recordImportCommand) Run(ctx context.Context, env environment, parent *recordCommand) error {
	in := env.in
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	return parent.with(ctx, true, func(s record.Store) error {
		progress := newProgress(env.err, "lines")
		defer progress.stop()
		added, err := s.Import(ctx, counted{Reader: in, progress: progress})
		if err != nil {
			return err
		}
		progress.stop()
		if c.Format == "json" {
			return printJSON(env.out, added)
		}
		return printCounts(env.out, "added ", added)
	})
}

func printCounts(w io.Writer, verb string, c record.Counts) error {
	_, err := fmt.Fprintf(w, "%s%d reports of %d pages, %d statements, %d acts, %d agreements, %d judgements, %d drafts\n",
		verb, c.Reports, c.Pages, c.Statements, c.Acts, c.Agreements, c.Judgements, c.Drafts)
	return err
}

type recordBackupCommand struct {
	File string `arg:"" help:"The new file."`
}

func (c recordBackupCommand) Run(ctx context.Context, env environment, parent *recordCommand) error {
	return parent.with(ctx, false, func(s record.Store) error {
		progress := newProgress(env.err, "MB")
		defer progress.stop()
		copied := progress.follow(c.File + ".part") // it gets its name when it is whole
		err := s.Backup(ctx, c.File)
		copied()
		if errors.Is(err, record.ErrExists) {
			return withHint(err, "name a file that is not there; backups are not written over")
		}
		return err
	})
}

type recordVerifyCommand struct {
	Format string `enum:"text,json" default:"text" help:"Print for people (text) or as JSON (json)."`
}

func (c recordVerifyCommand) Run(ctx context.Context, env environment, parent *recordCommand) error {
	return parent.with(ctx, false, func(s record.Store) error {
		progress := newProgress(env.err, "steps")
		defer progress.stop()
		if err := s.Verify(ctx, func(what string) {
			if progress.bar != nil {
				progress.say(env.err, "looking for "+what)
			}
			progress.step()
		}); err != nil {
			return err
		}
		progress.stop()
		counts, err := s.Count(ctx)
		if err != nil {
			return err
		}
		if c.Format == "json" {
			return printJSON(env.out, counts)
		}
		return printCounts(env.out, "whole: ", counts)
	})
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
