package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"runtime"
	"time"

	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/check/annotation"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/report"
)

type readCommand struct {
	Files   []string `arg:"" optional:"" help:"Reports to read: HTML pages, text pasted from a page, JSON Lines, or the address of a page (https://…); - or nothing for standard input."`
	In      string   `enum:"auto,html,text,jsonl" default:"auto" help:"What the input is: ${enum}."`
	Date    string   `placeholder:"DAY" help:"Day of publication for reports that do not give one (YYYY-MM-DD)."`
	Format  string   `enum:"text,json,jsonl,annotations" default:"text" help:"Print for people (text), as one JSON document a report (json), one a line (jsonl), or as Web Annotations (annotations)."`
	As      string   `enum:"report,treaty" default:"report" help:"What is read: a ${enum}. A treaty's own text becomes a draft instrument."`
	Draft   string   `placeholder:"DIR" help:"Write a draft treaty file for each agreement that the corpus does not know."`
	Explain string   `placeholder:"ID" help:"Print why one item (s3, e2, g1, a4 ...) was read so, instead of the reading."`
	Limit   int64    `default:"10485760" placeholder:"BYTES" help:"Largest report that is read."`
	Jobs    int      `placeholder:"N" help:"Reports read at once; all cores if not given."`
}

// Help is the manual page.
func (readCommand) Help() string {
	return `Reads each report into an attributed record: who appears, what was done, what was agreed,
who said what and who relayed it, with the bytes that say so. Then holds what was said against
the record of treaties and offices, and says what follows from an agreement that it knows.

A claim stays the speaker's. What could not be resolved is left open and never guessed.

Examples:
  casus read examples/pyongyang-treaty.html
  casus read --format jsonl reports.jsonl > read.jsonl
  pbpaste | casus read --date 2024-06-19
  casus read --draft drafts report.html      a file for each new agreement, to be confirmed
  casus read --as treaty treaty.txt          a treaty's text as a draft instrument
  casus read --explain s3 report.html        why statement s3 was read so

In a bulk of JSON Lines, order and ids are kept; a line that cannot be read is reported with
its number and the rest is read. The exit status is then 1. The rate stands at the end.`
}

func (c readCommand) Run(ctx context.Context, env environment) error {
	opts, err := c.options()
	if err != nil {
		return err
	}
	reader, checker, err := newReading()
	if err != nil {
		return err
	}
	files := orStandardInput(c.Files)
	if c.As == "treaty" {
		return c.readTreaties(ctx, env, files, opts, reader, checker)
	}
	out := bufio.NewWriter(env.out)
	printed, failed := 0, 0
	begun := time.Now()
	var hint error
	for r, err := range each(ctx, c.Jobs, inputs(ctx, env, files, opts), func(rep *report.Report) check.Checked {
		return checker.Check(reader.Read(rep))
	}) {
		if err != nil {
			failed++
			hint = err
			if len(files) > 1 || printed+failed > 1 {
				fmt.Fprintln(env.err, "casus:", err)
			}
			continue
		}
		printed++
		if c.Draft != "" {
			if err := writeDrafts(env, c.Draft, checker.Drafts(r)); err != nil {
				return err
			}
		}
		if err := c.print(out, r, printed); err != nil {
			return err
		}
		if c.Format == "jsonl" && printed%64 != 0 {
			continue
		}
		if err := out.Flush(); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if printed+failed > 1 {
		took := time.Since(begun)
		fmt.Fprintf(env.err, "read %d reports in %s (%.0f a second), %d failed\n",
			printed, took.Round(time.Millisecond), float64(printed)/took.Seconds(), failed)
	}
	switch {
	case failed == 1 && printed == 0:
		return hintFor(hint)
	case failed > 0:
		return fmt.Errorf("%d of %d reports could not be read", failed, printed+failed)
	case printed == 0:
		return withHint(errors.New("nothing to read: the input holds no report"), "give a file, or pipe a report to casus read -")
	}
	return nil
}

func (c readCommand) options() (report.Options, error) {
	o := report.Options{In: report.Format(c.In), Limit: c.Limit}
	if c.In == "auto" {
		o.In = report.Auto
	}
	if c.Date != "" {
		p, err := day.ParsePeriod(c.Date)
		if err != nil {
			return o, withHint(fmt.Errorf("--date: %w", err), "days are written like 2024-06-19")
		}
		o.Published = report.Date{Period: p}
	}
	return o, nil
}

func (c readCommand) print(out *bufio.Writer, r check.Checked, n int) error {
	if c.Explain != "" {
		return explain(out, r, c.Explain)
	}
	switch c.Format {
	case "json":
		e := json.NewEncoder(out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return writeFailed(e.Encode(r))
	case "annotations":
		return writeFailed(printJSON(out, annotation.Of(r)))
	case "jsonl":
		e := json.NewEncoder(out)
		e.SetEscapeHTML(false)
		return writeFailed(e.Encode(r))
	}
	if n > 1 {
		fmt.Fprint(out, "\n\n")
	}
	return writeFailed(printReading(out, r))
}

func writeFailed(err error) error {
	if err != nil {
		return fmt.Errorf("write: %w", err)
	}
	return nil
}

// inputs yields the reports of all files in order. An error concerns one file
// or one line; the rest is read.
func inputs(ctx context.Context, env environment, files []string, opts report.Options) iter.Seq2[*report.Report, error] {
	return func(yield func(*report.Report, error) bool) {
		for _, f := range files {
			reports := report.Open(f, opts)
			switch {
			case f == "-":
				reports = report.All(env.in, opts)
			case isAddress(f):
				reports = got(ctx, f, opts)
			}
			for rep, err := range reports {
				if !yield(rep, err) {
					return
				}
			}
		}
	}
}

// each applies do to every report on several cores and yields the results in
// the order of the reports. At most a few are in memory at once.
func each[T any](ctx context.Context, jobs int, reports iter.Seq2[*report.Report, error], do func(*report.Report) T) iter.Seq2[T, error] {
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	type result struct {
		value T
		err   error
	}
	return func(yield func(T, error) bool) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		order := make(chan chan result, 2*jobs)
		slots := make(chan struct{}, jobs)
		go func() {
			defer close(order)
			for rep, err := range reports {
				done := make(chan result, 1)
				select {
				case order <- done:
				case <-ctx.Done():
					return
				}
				if err != nil {
					done <- result{err: err}
					continue
				}
				slots <- struct{}{}
				go func() {
					defer func() { <-slots }()
					// One report that breaks the program must not lose the rest of a bulk.
					defer func() {
						if broken := recover(); broken != nil {
							done <- result{err: fmt.Errorf("read report %s: the program failed: %v", rep.ID, broken)}
						}
					}()
					done <- result{value: do(rep)}
				}()
			}
		}()
		for done := range order {
			select {
			case r := <-done:
				if !yield(r.value, r.err) {
					return
				}
			case <-ctx.Done():
				return
			}
		}
	}
}

// hintFor adds to an error of package report what a user can do about it.
func hintFor(err error) error {
	if hint := fetchHint(err); hint != "" {
		return withHint(err, "%s", hint)
	}
	switch {
	case errors.Is(err, report.ErrTooLarge):
		return withHint(err, "raise the limit with --limit BYTES, or cut the input into reports (JSON Lines, one a line)")
	case errors.Is(err, report.ErrDirectory):
		return withHint(err, "name the files in it: casus read DIR/*.html")
	case errors.Is(err, report.ErrPDF):
		return withHint(err, "turn the pages into text first, for instance with pdftotext, and read that")
	case errors.Is(err, report.ErrEmpty), errors.Is(err, fs.ErrNotExist):
		return withHint(err, "give a file, or pipe a report to casus read -")
	}
	return err
}
