package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/mattn/go-isatty"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/report"
)

type recordCommand struct {
	Store string `placeholder:"PATH" env:"CASUS_STORE" help:"Where the record is: a file, or postgres://… for one that is shared. Default: record.db in the user's data folder."`

	Add    recordAddCommand    `cmd:"" help:"Read reports and store them with what they hold."`
	List   recordListCommand   `cmd:"" help:"List the stored reports, latest added first."`
	Show   recordShowCommand   `cmd:"" help:"Print a stored report as casus read does."`
	Search recordSearchCommand `cmd:"" help:"Find reports, statements, acts and agreements by words and filters."`
	Judge  recordJudgeCommand  `cmd:"" help:"Say that two items or names are the same, or are not."`
	Undo   recordUndoCommand   `cmd:"" help:"Take a judgement back; it stays in the record."`
	Judged recordJudgedCommand `cmd:"" help:"List the judgements."`
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
  casus record list --known 2024-06-30`
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
		return err
	}
	return errors.Join(do(s), s.Close())
}

type recordAddCommand struct {
	Files  []string `arg:"" optional:"" help:"Reports: HTML pages, text pasted from a page, or JSON Lines; - or nothing for standard input."`
	In     string   `enum:"auto,html,text,jsonl" default:"auto" help:"What the input is: ${enum}."`
	Date   string   `placeholder:"DAY" help:"Day of publication for reports that do not give one (YYYY-MM-DD)."`
	Limit  int64    `default:"10485760" placeholder:"BYTES" help:"Largest report that is read."`
	Jobs   int      `placeholder:"N" help:"Reports read at once; all cores if not given."`
	Reread bool     `help:"Read again what is stored already, and replace what was read in it."`
	Format string   `enum:"text,json" default:"text" help:"Print for people (text) or one JSON object a report (json)."`
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
	reader, err := reading.New()
	if err != nil {
		return err
	}
	files := c.Files
	if len(files) == 0 {
		files = []string{"-"}
	}
	return parent.with(ctx, true, func(s record.Store) error { return c.add(ctx, env, s, reader, files, opts) })
}

func (c recordAddCommand) add(ctx context.Context, env environment, s record.Store, reader *reading.Reader, files []string, opts report.Options) error {
	begun := time.Now()
	progress := newProgress(env.err)
	defer progress.stop()
	out := bufio.NewWriter(env.out)
	encoder := json.NewEncoder(out)
	did := map[record.State]int{}
	total, failed := 0, 0
	var failure error
	for e, err := range each(ctx, c.Jobs, inputs(env, files, opts), func(rep *report.Report) record.Entry {
		return record.Entry{Hash: rep.Hash, Document: reader.Read(rep), Reread: c.Reread}
	}) {
		if err != nil {
			failed++
			failure = err
			progress.say(env.err, "casus: "+err.Error())
			continue
		}
		e.Added = time.Now().UTC().Format(time.RFC3339)
		a, err := s.Add(ctx, e)
		if err != nil {
			return errors.Join(err, out.Flush())
		}
		did[a.State]++
		total++
		progress.step()
		if c.Format == "json" {
			if err := encoder.Encode(addition{a, e.Document.ID}); err != nil {
				return fmt.Errorf("write: %w", err)
			}
		}
	}
	progress.stop()
	if err := ctx.Err(); err != nil {
		return errors.Join(err, out.Flush())
	}
	if c.Format == "text" {
		took := time.Since(begun)
		fmt.Fprintf(out, "%d new, %d later versions, %d reread, %d unchanged, %d failed; %s, %.0f a second\n", did[record.Created], did[record.Revised],
			did[record.Reread], did[record.Unchanged], failed, took.Round(time.Millisecond), float64(total)/took.Seconds())
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write: %w", err)
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

// progress counts reports on a terminal; elsewhere it is silent.
type progress struct {
	container *mpb.Progress
	bar       *mpb.Bar
}

func newProgress(w io.Writer) *progress {
	f, ok := w.(*os.File)
	if !ok || !isatty.IsTerminal(f.Fd()) {
		return &progress{}
	}
	p := mpb.New(mpb.WithOutput(w), mpb.WithWidth(20))
	bar := p.AddSpinner(0, mpb.BarRemoveOnComplete(),
		mpb.AppendDecorators(decor.CurrentNoUnit("%d reports"), decor.AverageSpeed(0, "  %.0f/s")))
	return &progress{p, bar}
}

func (p *progress) step() {
	if p.bar != nil {
		p.bar.Increment()
	}
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

// recordFilter are the flags that listing and searching share.
type recordFilter struct {
	Outlet string `placeholder:"NAME" help:"Published by this outlet."`
	From   string `placeholder:"DAY" help:"Published on this day or later."`
	To     string `placeholder:"DAY" help:"Published before this day."`
	Known  string `placeholder:"DAY" help:"As the record was known on this day."`
	Limit  int    `default:"100" help:"At most so many."`
	Offset int    `help:"Leave out so many first."`
	Format string `enum:"text,json" default:"text" help:"Print for people (text) or as JSON (json)."`
}

func (f recordFilter) query() (record.Query, error) {
	q := record.Query{Outlet: f.Outlet, Limit: f.Limit, Offset: f.Offset}
	return q, setDays(map[string]dayFlag{"from": {f.From, &q.From}, "to": {f.To, &q.To}, "known": {f.Known, &q.Known}})
}

type dayFlag struct {
	given string
	field **day.Day
}

func setDays(flags map[string]dayFlag) error {
	var errs []error
	for name, f := range flags {
		if f.given == "" {
			continue
		}
		d, err := day.Parse(f.given)
		if err != nil {
			errs = append(errs, fmt.Errorf("--%s: %w", name, err))
			continue
		}
		*f.field = &d
	}
	if err := errors.Join(errs...); err != nil {
		return withHint(err, "days are written like 2024-06-19")
	}
	return nil
}

type recordListCommand struct {
	recordFilter
}

func (c recordListCommand) Run(ctx context.Context, env environment, parent *recordCommand) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	return parent.with(ctx, false, func(s record.Store) error {
		heads, err := s.List(ctx, q)
		if err != nil {
			return err
		}
		if c.Format == "json" {
			return printJSON(env.out, heads)
		}
		for _, h := range heads {
			fmt.Fprintf(env.out, "%.8s  %-10s  %3d said %3d done %2d agreed  %s%s\n", h.Hash, or(h.Published, "no date"),
				h.Statements, h.Acts, h.Agreements, headline(h), version(h))
		}
		return nil
	})
}

func headline(h record.Head) string {
	return strings.Join(nonEmpty(h.Outlet, or(h.Title, "("+h.ID+")")), ": ")
}

func version(h record.Head) string {
	if h.Version < 2 {
		return ""
	}
	return fmt.Sprintf(" (version %d)", h.Version)
}

func or(s, other string) string {
	if s == "" {
		return other
	}
	return s
}

func nonEmpty(parts ...string) []string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

type recordShowCommand struct {
	ID     string `arg:"" help:"The id of a report, or its hash or the beginning of it (six characters or more)."`
	Format string `enum:"text,json" default:"text" help:"Print for people (text) or as JSON with all versions (json)."`
}

func (c recordShowCommand) Run(ctx context.Context, env environment, parent *recordCommand) error {
	return parent.with(ctx, false, func(s record.Store) error {
		r, err := s.Report(ctx, c.ID)
		switch {
		case errors.Is(err, record.ErrNotFound):
			return withHint(err, "casus record list shows what there is")
		case errors.Is(err, record.ErrAmbiguous):
			return withHint(err, "give more of the hash")
		case err != nil:
			return err
		}
		if c.Format == "json" {
			return printJSON(env.out, r)
		}
		checker, err := newChecker()
		if err != nil {
			return err
		}
		for _, v := range r.Versions {
			if v.Hash != r.Hash {
				fmt.Fprintf(env.out, "version %d: %.8s, added %s\n", v.Version, v.Hash, v.Added)
			}
		}
		return printReading(env.out, checker.Check(r.Document))
	})
}

type recordSearchCommand struct {
	Words   []string `arg:"" optional:"" help:"Words that all occur; \"several words\" stand together; word* begins so. A word that must not occur is written -word, with -- before all of them."`
	Speaker string   `placeholder:"NAME" help:"Statements of a speaker, by any part of the name."`
	State   string   `placeholder:"CODE" help:"With this state among those who speak, act or agree (ISO alpha-3)."`
	Target  string   `placeholder:"NAME" help:"Aimed at this state (code or name) or person."`
	Type    string   `placeholder:"ROOT" help:"Of this PLOVER type: AGREE, CONSULT, ACCUSE …"`
	Kind    []string `enum:"report,statement,act,agreement" placeholder:"KIND" help:"Only these: ${enum}."`
	On      string   `placeholder:"DAY" help:"Held on this day."`
	recordFilter
}

func (c recordSearchCommand) Run(ctx context.Context, env environment, parent *recordCommand) error {
	q, err := c.query()
	if err == nil {
		err = setDays(map[string]dayFlag{"on": {c.On, &q.On}})
	}
	if err != nil {
		return err
	}
	q.Words = searchWords(c.Words)
	q.Speaker, q.State, q.Target, q.Type = c.Speaker, c.State, c.Target, strings.ToUpper(c.Type)
	for _, k := range c.Kind {
		q.Kinds = append(q.Kinds, record.Kind(k))
	}
	return parent.with(ctx, false, func(s record.Store) error {
		items, err := s.Search(ctx, q)
		if err != nil {
			return err
		}
		if c.Format == "json" {
			return printJSON(env.out, items)
		}
		for _, it := range items {
			printItem(env.out, it)
		}
		return nil
	})
}

// searchWords joins arguments; one of several words is a phrase, as the shell
// took its quotation marks away.
func searchWords(args []string) string {
	for i, a := range args {
		if strings.ContainsAny(a, " \t") && !strings.Contains(a, `"`) && len(args) > 1 {
			args[i] = `"` + a + `"`
		}
	}
	return strings.Join(args, " ")
}

func printItem(w io.Writer, it record.Item) {
	roles := map[string][]string{}
	for _, p := range it.Parties {
		roles[p.Role] = append(roles[p.Role], p.Name)
	}
	list := func(role string) string { return strings.Join(roles[role], ", ") }
	var who string
	switch it.Kind {
	case record.Statement:
		who = or(list("speaker"), "somebody")
	case record.Act:
		who = strings.Join(nonEmpty(it.Type, list("source"), list("target")), " · ")
		who += " (" + it.Status + ")"
	case record.Agreement:
		who = list("party") + " (" + it.Status + ")"
	}
	ref := it.Report.Hash[:8]
	if it.ID != "" {
		ref += "#" + it.ID
	}
	fmt.Fprintf(w, "%-14s %-9s  %s\n", ref, it.Kind, strings.Join(nonEmpty(it.Report.Published, headline(it.Report)), "  "))
	words := strings.Join(strings.Fields(it.Words), " ")
	fmt.Fprintf(w, "    %s\n", strings.Join(nonEmpty(who, words), ": "))
}

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
	return parent.with(ctx, false, func(s record.Store) error { return s.Export(ctx, env.out) })
}

type recordImportCommand struct {
	File string `arg:"" optional:"" default:"-" help:"An export; - for standard input."`
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
		added, err := s.Import(ctx, in)
		if err != nil {
			return err
		}
		return printCounts(env.out, "added ", added)
	})
}

func printCounts(w io.Writer, verb string, c record.Counts) error {
	_, err := fmt.Fprintf(w, "%s%d reports of %d pages, %d statements, %d acts, %d agreements, %d judgements\n",
		verb, c.Reports, c.Pages, c.Statements, c.Acts, c.Agreements, c.Judgements)
	return err
}

type recordBackupCommand struct {
	File string `arg:"" help:"The new file."`
}

func (c recordBackupCommand) Run(ctx context.Context, parent *recordCommand) error {
	return parent.with(ctx, false, func(s record.Store) error {
		err := s.Backup(ctx, c.File)
		if errors.Is(err, record.ErrExists) {
			return withHint(err, "name a file that is not there; backups are not written over")
		}
		return err
	})
}

type recordVerifyCommand struct{}

func (recordVerifyCommand) Run(ctx context.Context, env environment, parent *recordCommand) error {
	return parent.with(ctx, false, func(s record.Store) error {
		if err := s.Verify(ctx); err != nil {
			return err
		}
		c, err := s.Count(ctx)
		if err != nil {
			return err
		}
		return printCounts(env.out, "whole: ", c)
	})
}

func printJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
