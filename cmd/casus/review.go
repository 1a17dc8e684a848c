package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/review"
	"github.com/casus-foederis/casus/treaty"
)

type reviewCommand struct {
	Store string `placeholder:"PATH" env:"CASUS_STORE" help:"The record with the queue, as for casus record."`

	List    reviewListCommand    `cmd:"" help:"List the drafts, latest first."`
	Show    reviewShowCommand    `cmd:"" help:"Print a draft, the words that it rests on and what was decided."`
	Accept  reviewAcceptCommand  `cmd:"" help:"Confirm a draft as it stands: answers rest on it from then on."`
	Correct reviewCorrectCommand `cmd:"" help:"Confirm a draft as a file of yours has it."`
	Reject  reviewRejectCommand  `cmd:"" help:"Say that there is no such instrument."`
	Reopen  reviewReopenCommand  `cmd:"" help:"Put a draft back among those that wait."`
	Undo    reviewUndoCommand    `cmd:"" help:"Take the last decision back, by --over its number: what stood before stands again."`
	Log     reviewLogCommand     `cmd:"" help:"Print every decision, in order of time."`
	Scan    reviewScanCommand    `cmd:"" help:"Queue drafts from reports that are stored already."`
}

// Help is the manual page.
func (reviewCommand) Help() string {
	return `A signing in a report that the corpus does not hold becomes a draft. Nobody is bound by it until a
person confirms it; then casus who and casus commitments answer from it too, and say on which
report they rest and who confirmed it. Every decision is kept; a later one can reverse it.

Examples:
  casus review list
  casus review show 3
  casus review accept 3 --by "A. Reader" --why "communiqué seen"
  casus review show 3 --text > pact.yaml      then edit it, and
  casus review correct 3 --by "A. Reader" --file pact.yaml
  casus review reject 3 --by "B. Editor" --over 1 --why "denied by both"      over decision 1`
}

func (c reviewCommand) with(ctx context.Context, do func(record.Store) error) error {
	return recordCommand{Store: c.Store}.with(ctx, false, do)
}

type reviewListCommand struct {
	State  string `enum:",waiting,accepted,corrected,rejected" default:"" help:"Only these: waiting, accepted, corrected or rejected."`
	Party  string `placeholder:"CODE" help:"Only with this party."`
	Format string `enum:"text,json" default:"text" help:"Print for people (text) or as JSON (json)."`
}

func (c reviewListCommand) Run(ctx context.Context, env environment, parent *reviewCommand) error {
	checker, err := newChecker()
	if err != nil {
		return err
	}
	return parent.with(ctx, func(s record.Store) error {
		list, err := s.Drafts(ctx, record.DraftQuery{State: record.DraftState(c.State), Party: c.Party})
		if err != nil {
			return err
		}
		if c.Format == "json" {
			return printJSON(env.out, list)
		}
		env.out = inertWriter{env.out}
		_, left, err := review.Corpus(ctx, checker.Corpus(), s, nil)
		if err != nil {
			return err
		}
		for _, d := range list {
			var from []string
			for _, g := range d.Grounds {
				from = append(from, strings.Join(nonEmpty(g.Report.Outlet, g.Report.Published), " "))
			}
			fmt.Fprintf(env.out, "%3d  %-9s  %s  %s, %s; %s%s\n", d.Number, d.State, d.Instrument, d.Title, or(d.Signed, "day unknown"), strings.Join(from, "; "), fresh(d))
			for _, l := range left {
				if l.Draft == d.Number {
					fmt.Fprintf(env.out, "     left out of answers: %s\n", l.Why)
				}
			}
		}
		return nil
	})
}

func fresh(d record.Draft) string {
	if n := review.Fresh(d); n > 0 {
		return fmt.Sprintf(" (%d new since)", n)
	}
	return ""
}

type reviewShowCommand struct {
	Draft  int64  `arg:"" help:"The draft's number."`
	Text   bool   `help:"Print its treaty file alone."`
	Format string `enum:"text,json" default:"text" help:"Print for people (text) or as JSON (json)."`
}

func (c reviewShowCommand) Run(ctx context.Context, env environment, parent *reviewCommand) error {
	checker, err := newChecker()
	if err != nil {
		return err
	}
	return parent.with(ctx, func(s record.Store) error {
		e, err := review.Get(ctx, checker.Corpus(), s, c.Draft)
		switch {
		case err != nil:
			return reviewHint(err, c.Draft)
		case c.Format == "json":
			return printJSON(env.out, e)
		case c.Text:
			_, err := io.WriteString(env.out, e.Standing)
			return err
		}
		return printEntry(inertWriter{env.out}, e)
	})
}

func printEntry(w io.Writer, e review.Entry) error {
	fmt.Fprintf(w, "draft %d, %s: “%s” (%s)\n%s, signed %s; queued %s\n\nRESTS ON\n", e.Number, e.State, e.Title, e.Instrument,
		strings.Join(e.Parties, " "), or(e.Signed, "on an unknown day"), e.Added)
	for _, g := range e.Grounds {
		fmt.Fprintf(w, "  %.8s#%s  %s, known from %s\n", g.Report.Hash, g.Agreement, headline(g.Report), g.Report.Known)
		for _, q := range e.Quotes {
			if q.Report == g.Report.Hash {
				fmt.Fprintf(w, "    “%s” (%s, bytes %d-%d)\n", strings.Join(strings.Fields(q.Words), " "), whose(q), q.Span.Start, q.Span.End)
			}
		}
	}
	if len(e.Decisions) > 0 {
		fmt.Fprint(w, "\nDECISIONS\n")
	}
	for _, x := range e.Decisions {
		printDecision(w, "  ", x)
	}
	for _, p := range e.Problems {
		fmt.Fprintf(w, "\nmistake at %d:%d: %s\n", p.Line, p.Col, p.Message)
	}
	for _, n := range e.Notes {
		fmt.Fprintf(w, "\nnote: %s\n", n)
	}
	_, err := fmt.Fprintf(w, "\nTEXT\n%s", e.Standing)
	return err
}

func whose(q review.Quote) string {
	if q.Statement == "" {
		return "the outlet's word"
	}
	return or(q.By, "somebody") + "'s word, " + q.Statement
}

func printDecision(w io.Writer, indent string, x record.Decision) {
	why := ""
	if x.Why != "" {
		why = ": " + x.Why
	}
	fmt.Fprintf(w, "%s%d  %s  by %s on %s%s\n", indent, x.Number, x.Verdict, x.Who, x.Made, why)
}

// decisionFlags are those that all decisions share.
type decisionFlags struct {
	Draft  int64  `arg:"" help:"The draft's number."`
	By     string `required:"" placeholder:"NAME" help:"Who decides; answers will say so."`
	Why    string `placeholder:"WORDS" help:"The reason."`
	Over   int    `placeholder:"N" help:"The number of the last decision, where there is one: this one is made over it."`
	Format string `enum:"text,json" default:"text" help:"Print for people (text) or the entry as JSON (json)."`
}

func (f decisionFlags) decide(ctx context.Context, env environment, parent *reviewCommand, c review.Choice) error {
	checker, err := newChecker()
	if err != nil {
		return err
	}
	c.Draft, c.Who, c.Why, c.Over, c.Made = f.Draft, f.By, f.Why, f.Over, time.Now().UTC().Format(time.RFC3339)
	return parent.with(ctx, func(s record.Store) error {
		if _, err := review.Decide(ctx, checker.Corpus(), s, c); err != nil {
			return reviewHint(err, f.Draft)
		}
		e, err := review.Get(ctx, checker.Corpus(), s, f.Draft)
		if err != nil {
			return err
		}
		if f.Format == "json" {
			return printJSON(env.out, e)
		}
		fmt.Fprintf(env.out, "draft %d (%s) is %s; decision %d by %s\n", e.Number, e.Instrument, e.State, len(e.Decisions), f.By)
		if e.State == record.Accepted || e.State == record.Corrected {
			for _, n := range e.Notes {
				fmt.Fprintf(env.out, "note: %s\n", n)
			}
		}
		return nil
	})
}

func reviewHint(err error, draft int64) error {
	var mistakes treaty.Problems
	switch {
	case errors.Is(err, record.ErrNoDraft):
		return withHint(err, "casus review list shows the queue")
	case errors.Is(err, record.ErrDecided):
		return withHint(err, "casus review show %d shows it; --over with the number of the last decision decides over that", draft)
	case errors.Is(err, review.ErrSuperseded):
		return withHint(err, "answers rest on that one; if this is another instrument, give it another id with casus review correct")
	case errors.As(err, &mistakes):
		return withHint(err, "nothing was decided; casus review show %d --text > FILE, edit it, casus review correct %d --file FILE", draft, draft)
	}
	return err
}

type reviewAcceptCommand struct {
	decisionFlags
	RestsOn []string `placeholder:"HASH" help:"The report that it rests on, if not the one that it was drafted from. Repeat for several."`
}

func (c reviewAcceptCommand) Run(ctx context.Context, env environment, parent *reviewCommand) error {
	return c.decide(ctx, env, parent, review.Choice{Verdict: record.Accept, Reports: c.RestsOn})
}

type reviewCorrectCommand struct {
	decisionFlags
	File    string   `required:"" placeholder:"FILE" help:"The treaty file as it should be; - for standard input."`
	RestsOn []string `placeholder:"HASH" help:"The report that it rests on, if not all. Repeat for several."`
}

func (c reviewCorrectCommand) Run(ctx context.Context, env environment, parent *reviewCommand) error {
	read := func() ([]byte, error) { return os.ReadFile(c.File) }
	if c.File == "-" {
		read = func() ([]byte, error) { return io.ReadAll(env.in) }
	}
	text, err := read()
	if err != nil {
		return fmt.Errorf("read correction: %w", err)
	}
	return c.decide(ctx, env, parent, review.Choice{Verdict: record.Correct, Text: string(text), Reports: c.RestsOn})
}

type reviewRejectCommand struct{ decisionFlags }

func (c reviewRejectCommand) Run(ctx context.Context, env environment, parent *reviewCommand) error {
	return c.decide(ctx, env, parent, review.Choice{Verdict: record.Reject})
}

type reviewReopenCommand struct{ decisionFlags }

func (c reviewReopenCommand) Run(ctx context.Context, env environment, parent *reviewCommand) error {
	return c.decide(ctx, env, parent, review.Choice{Verdict: record.Reopen})
}

type reviewUndoCommand struct{ decisionFlags }

func (c reviewUndoCommand) Run(ctx context.Context, env environment, parent *reviewCommand) error {
	return c.decide(ctx, env, parent, review.Choice{Verdict: review.Undo})
}

type reviewLogCommand struct {
	Draft  int64  `arg:"" optional:"" help:"Only this draft's, with the texts before and after."`
	Format string `enum:"text,json" default:"text" help:"Print for people (text) or as JSON (json)."`
}

// logged is a decision with the draft that it is on.
type logged struct {
	Draft      int64  `json:"draft"`
	Instrument string `json:"instrument"`
	record.Decision
}

func (c reviewLogCommand) Run(ctx context.Context, env environment, parent *reviewCommand) error {
	return parent.with(ctx, func(s record.Store) error {
		q := record.DraftQuery{}
		if c.Draft != 0 {
			q.Numbers = []int64{c.Draft}
		}
		drafts, err := s.Drafts(ctx, q)
		if err != nil {
			return err
		}
		if c.Draft != 0 && len(drafts) == 0 {
			return reviewHint(fmt.Errorf("log draft %d: %w", c.Draft, record.ErrNoDraft), c.Draft)
		}
		all := []logged{}
		for _, d := range drafts {
			for _, x := range d.Decisions {
				all = append(all, logged{d.Number, d.Instrument, x})
			}
		}
		slices.SortStableFunc(all, func(a, b logged) int { return strings.Compare(a.Made, b.Made) })
		if c.Format == "json" {
			return printJSON(env.out, all)
		}
		env.out = inertWriter{env.out}
		for _, x := range all {
			fmt.Fprintf(env.out, "draft %d (%s)  ", x.Draft, x.Instrument)
			printDecision(env.out, "", x.Decision)
			if c.Draft != 0 && x.Before != x.After {
				fmt.Fprintf(env.out, "before:\n%safter:\n%s", indented(x.Before), indented(or(x.After, "nothing\n")))
			}
		}
		return nil
	})
}

func indented(text string) string {
	return "  " + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n  ") + "\n"
}

type reviewScanCommand struct {
	Format string `enum:"text,json" default:"text" help:"Print for people (text) or as JSON (json)."`
}

func (c reviewScanCommand) Run(ctx context.Context, env environment, parent *reviewCommand) error {
	checker, err := newChecker()
	if err != nil {
		return err
	}
	return parent.with(ctx, func(s record.Store) error {
		queued := []review.Proposed{}
		const page = 500
		for at := 0; ; at += page {
			heads, err := s.List(ctx, record.Query{Limit: page, Offset: at})
			if err != nil {
				return err
			}
			for _, h := range heads {
				if h.Agreements == 0 {
					continue
				}
				some, err := proposeStored(ctx, s, checker, h.Hash)
				if err != nil {
					return err
				}
				queued = append(queued, some...)
			}
			if len(heads) < page {
				break
			}
		}
		if c.Format == "json" {
			return printJSON(env.out, queued)
		}
		_, err := fmt.Fprintf(env.out, "%d drafts or further reports of one\n", added(queued))
		return err
	})
}

func proposeStored(ctx context.Context, s record.Store, checker *check.Checker, hash string) ([]review.Proposed, error) {
	st, err := s.Report(ctx, hash)
	if err != nil {
		return nil, err
	}
	return review.Propose(ctx, s, checker, hash, time.Now().UTC().Format(time.RFC3339), st.Document)
}

// added counts what was not in the queue before.
func added(list []review.Proposed) (n int) {
	for _, p := range list {
		if p.Did != record.Unchanged {
			n++
		}
	}
	return n
}

// answerSource is where answers come from: the files of a corpus, and a record
// whose confirmed instruments stand over them.
type answerSource struct {
	Corpus string `placeholder:"DIR" help:"Use the corpus in this folder instead of the built-in one, and no record unless it is named."`
	Store  string `placeholder:"PATH" env:"CASUS_STORE" help:"The record whose confirmed instruments are used too; by default that of casus record, if there is one."`
	Bare   bool   `help:"Use the files of the corpus alone."`
}

// load loads the corpus with its own acts, and what was confirmed from reports
// known by a day, if one is given.
func (f answerSource) load(ctx context.Context, env environment, known *day.Day) (*treaty.Corpus, duty.Record, error) {
	c, rec, err := loadCorpus(f.Corpus)
	if err != nil || f.Bare || f.Store == "" && f.Corpus != "" {
		return c, rec, err
	}
	err = f.with(ctx, func(s record.Store) error {
		var left []review.Left
		c, left, err = review.Corpus(ctx, c, s, known)
		for _, l := range left {
			fmt.Fprintf(env.err, "casus: draft %d (%s) was confirmed but is left out: %s\n", l.Draft, l.Instrument, l.Why)
		}
		return err
	})
	return c, rec, err
}

// with opens the record, if there is one or it was asked for.
func (f answerSource) with(ctx context.Context, do func(record.Store) error) error {
	at, err := recordCommand{Store: f.Store}.location()
	if err != nil {
		return err
	}
	if f.Store == "" {
		if _, err := os.Stat(at); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	return recordCommand{Store: at}.with(ctx, false, do)
}
