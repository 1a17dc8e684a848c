package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/review"
)

type recordCommand struct {
	Store string `placeholder:"PATH" env:"CASUS_STORE" help:"Where the record is: a file, or postgres://… for one that is shared. Default: record.db in the user's data folder."`

	Add    recordAddCommand    `cmd:"" help:"Read reports and store them with what they hold."`
	List   recordListCommand   `cmd:"" help:"List the stored reports, latest added first."`
	Show   recordShowCommand   `cmd:"" help:"Print a stored report as casus read does."`
	Search recordSearchCommand `cmd:"" help:"Find reports, statements, acts and agreements by words and filters."`
	Table  recordTableCommand  `cmd:"" help:"Write statements, acts or agreements as a table: CSV, JSON Lines or Parquet."`
	Judge  recordJudgeCommand  `cmd:"" help:"Say that two items or names are the same, or are not."`
	Undo   recordUndoCommand   `cmd:"" help:"Take a judgement back; it stays in the record."`
	Judged recordJudgedCommand `cmd:"" help:"List the judgements."`
	Claims recordClaimsCommand `cmd:"" help:"Make the claims of speakers anew, for \"said otherwise\", where they are not of this program."`
	Export recordExportCommand `cmd:"" help:"Write the whole record as JSON Lines."`
	Import recordImportCommand `cmd:"" help:"Add what an export holds."`
	Backup recordBackupCommand `cmd:"" help:"Write a copy of the record while it is in use."`
	Verify recordVerifyCommand `cmd:"" help:"Check that the record is whole, and count it."`
}

// Help is the manual page.
func (recordCommand) Help() string {
	return `The record keeps reports, and every statement, act and agreement that was read in them.
The same bytes are stored once; other words under the same address are a later version.
Each report is stored whole or not at all.

Every question can be asked as the record was known on an earlier day (--known).

Examples:
  casus record add examples/*
  casus record search "mutual assistance" --speaker Putin
  casus record search --state RUS --type AGREE --from 2024-01-01
  casus record list --known 2024-06-30
  casus record table acts --state RUS --format parquet -o acts.parquet`
}

// location is where the record is.
func (c recordCommand) location() (string, error) {
	if c.Store != "" {
		return c.Store, nil
	}
	dir := os.Getenv("XDG_DATA_HOME")
	if dir == "" || !filepath.IsAbs(dir) {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", withHint(fmt.Errorf("find the record: %w", err), "name it with --store PATH or CASUS_STORE")
		}
		dir = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(dir, "casus", "record.db"), nil
}

// with opens the record, runs do and closes it.
func (c recordCommand) with(ctx context.Context, create bool, do func(record.Store) error) error {
	at, err := c.location()
	if err != nil {
		return err
	}
	s, err := record.Open(ctx, at, record.Options{Create: create})
	if errors.Is(err, record.ErrNoRecord) {
		return withHint(err, "casus record add FILE makes one; --store and CASUS_STORE name another place")
	}
	if err != nil {
		return troubleHint(err)
	}
	return troubleHint(errors.Join(do(s), s.Close()))
}

// troubleHint adds to the error of a store what a person can do about it.
func troubleHint(err error) error {
	var h hinted
	if errors.As(err, &h) {
		return err
	}
	if errors.Is(err, record.ErrNewer) {
		return withHint(err, "use the newer program, or take the record there and bring it here with casus record export and import")
	}
	switch trouble := record.Trouble(err); trouble {
	case record.ErrFull:
		return withHint(err, "%s; make room and give the same command again: what is stored is passed over", trouble)
	case record.ErrDamaged:
		return withHint(err, "%s, or no record; casus record verify says more; a backup or an export brings it back", trouble)
	case record.ErrBusy:
		return withHint(err, "%s; give the same command again: what is stored is passed over", trouble)
	case record.ErrAway:
		return withHint(err, "%s; see that it runs and give the same command again: what is stored is passed over", trouble)
	}
	return err
}

type recordAddCommand struct {
	Files  []string `arg:"" optional:"" help:"Reports: HTML pages, text pasted from a page, or JSON Lines; - or nothing for standard input."`
	In     string   `enum:"auto,html,text,jsonl" default:"auto" help:"What the input is: ${enum}."`
	Date   string   `placeholder:"DAY" help:"Day of publication for reports that do not give one (YYYY-MM-DD)."`
	Limit  int64    `default:"10485760" placeholder:"BYTES" help:"Largest report that is read."`
	Jobs   int      `placeholder:"N" help:"Reports read at once; all cores if not given."`
	Drafts bool     `default:"true" negatable:"" help:"Queue a draft for review where a report tells of a signing that the corpus does not hold."`
	Reread bool     `help:"Read again what is stored already, and replace what was read in it."`
	Format string   `enum:"text,json" default:"text" help:"Print for people (text) or one JSON object a report (json)."`
}

// incoming is a report on its way into the record: read, or found to be stored.
type incoming struct {
	record.Entry
	id     string
	stored record.Added
	err    error
}

// addition is what is printed for a report with --format json.
type addition struct {
	record.Added
	ID string `json:"id"`
}

func (c recordAddCommand) Run(ctx context.Context, env environment, parent *recordCommand) error {
	opts, err := readCommand{In: c.In, Date: c.Date, Limit: c.Limit}.options()
	if err != nil {
		return err
	}
	reader, checker, err := newReading()
	if err != nil {
		return err
	}
	return parent.with(ctx, true, func(s record.Store) error { return c.add(ctx, env, s, reader, checker, orStandardInput(c.Files), opts) })
}

func (c recordAddCommand) add(ctx context.Context, env environment, s record.Store, reader *reading.Reader, checker *check.Checker, files []string, opts report.Options) error {
	begun := time.Now()
	progress := newProgress(env.err, "reports")
	defer progress.stop()
	out := bufio.NewWriter(env.out)
	encoder := json.NewEncoder(out)
	did := map[record.State]int{}
	total, failed, drafts := 0, 0, 0
	var failure error
	summary := func() error {
		progress.stop()
		if c.Format == "text" {
			took := time.Since(begun)
			fmt.Fprintf(out, "%d new, %d later versions, %d reread, %d unchanged, %d failed; %s, %.0f a second\n", did[record.Created], did[record.Revised],
				did[record.Reread], did[record.Unchanged], failed, took.Round(time.Millisecond), float64(total)/took.Seconds())
			if drafts > 0 {
				fmt.Fprintf(out, "%d drafts to review: casus review list\n", drafts)
			}
		}
		if err := out.Flush(); err != nil {
			return fmt.Errorf("write: %w", err)
		}
		return nil
	}
	for e, err := range each(ctx, c.Jobs, inputs(ctx, env, files, opts), func(rep *report.Report) incoming {
		// What is stored is not read again, so that a command that was cut short goes on soon.
		if a, stored, err := s.Stored(ctx, rep.Hash); stored || err != nil {
			if !c.Reread || err != nil {
				return incoming{Entry: record.Entry{Hash: rep.Hash}, id: rep.ID, stored: a, err: err}
			}
		}
		doc := checker.Tie(reader.Read(rep))
		return incoming{Entry: record.Entry{Hash: rep.Hash, Document: doc, Reread: c.Reread, Claims: checker.Claims(doc)}, id: rep.ID}
	}) {
		if err != nil {
			failed++
			failure = err
			progress.say(env.err, "casus: "+err.Error())
			continue
		}
		e.Added = time.Now().UTC().Format(time.RFC3339)
		a, err := e.stored, e.err
		queued := 0
		if err == nil && e.Document != nil {
			if c.Drafts { // with the report, so that none is lost if this ends in between
				e.Then = func(ctx context.Context, q record.Queue, hash string) error {
					list, err := review.Propose(ctx, q, checker, hash, e.Added, e.Document)
					queued = added(list)
					return err
				}
			}
			a, err = s.Add(ctx, e.Entry)
		}
		if err != nil {
			return errors.Join(err, summary())
		}
		drafts += queued
		did[a.State]++
		total++
		progress.step()
		if c.Format == "json" {
			if err := encoder.Encode(addition{a, e.id}); err != nil {
				return fmt.Errorf("write: %w", err)
			}
		}
	}
	if err := errors.Join(ctx.Err(), summary()); err != nil {
		return err
	}
	if failed > 0 {
		err := fmt.Errorf("%d of %d reports could not be read; the others are stored", failed, failed+total)
		if failed == 1 && total == 0 {
			err = errors.New("the report could not be read; nothing was stored")
		}
		var h hinted
		if errors.As(hintFor(failure), &h) {
			return withHint(err, "%s", h.hint)
		}
		return err
	}
	return nil
}

// progress counts things on a terminal; elsewhere it is silent.
type progress struct {
	container *mpb.Progress
	bar       *mpb.Bar
}

func newProgress(w io.Writer, of string) *progress {
	f, ok := w.(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) {
		return &progress{}
	}
	p := mpb.New(mpb.WithOutput(w), mpb.WithWidth(20))
	bar := p.AddSpinner(0, mpb.BarRemoveOnComplete(),
		mpb.AppendDecorators(decor.CurrentNoUnit("%d "+of), decor.AverageSpeed(0, "  %.0f/s")))
	return &progress{p, bar}
}

func (p *progress) step() { p.steps(1) }

func (p *progress) steps(n int) {
	if p.bar != nil {
		p.bar.IncrBy(n)
	}
}

// follow counts the megabytes of a file that grows, until it is stopped.
func (p *progress) follow(path string) (stop func()) {
	if p.bar == nil {
		return func() {}
	}
	done := make(chan struct{})
	go func() {
		tick := time.NewTicker(200 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				if f, err := os.Stat(path); err == nil {
					p.bar.SetCurrent(f.Size() >> 20)
				}
			}
		}
	}()
	return sync.OnceFunc(func() { close(done) })
}

// counted counts the lines that pass through it.
type counted struct {
	io.Reader
	io.Writer
	*progress
}

func (l counted) Read(b []byte) (int, error) {
	n, err := l.Reader.Read(b)
	l.steps(bytes.Count(b[:n], []byte("\n")))
	return n, err
}

func (l counted) Write(b []byte) (int, error) {
	l.steps(bytes.Count(b, []byte("\n")))
	return l.Writer.Write(b)
}

// say prints a line above the count.
func (p *progress) say(w io.Writer, line string) {
	if p.container != nil {
		w = p.container
	}
	fmt.Fprintln(w, line)
}

func (p *progress) stop() {
	if p.bar != nil {
		p.bar.SetTotal(-1, true)
		p.container.Wait()
		p.bar, p.container = nil, nil
	}
}
