package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
)

type checkCommand struct {
	Files   []string `arg:"" optional:"" help:"Reports to check: HTML pages, text pasted from a page, or JSON Lines; - or nothing for standard input."`
	In      string   `enum:"auto,html,text,jsonl" default:"auto" help:"What the input is: ${enum}."`
	Date    string   `placeholder:"DAY" help:"Day of publication for reports that do not give one (YYYY-MM-DD)."`
	Format  string   `enum:"text,json,jsonl,claimreview" default:"text" help:"Print for people (text), as JSON verdicts a report (json) or one report a line (jsonl), or as schema.org ClaimReview, one a line (claimreview)."`
	Store   string   `placeholder:"PATH" help:"Hold what speakers say against what they said in this record, too: a file or postgres://…"`
	All     bool     `help:"Print what is not in the record and what is not checkable, too, with the reason."`
	Explain bool     `help:"Say of each claim that the record seems to contradict, and that gets no verdict, which of its words were not understood."`
	Limit   int64    `default:"10485760" placeholder:"BYTES" help:"Largest report that is read."`
	Jobs    int      `placeholder:"N" help:"Reports checked at once; all cores if not given."`
}

// Help is the manual page.
func (checkCommand) Help() string {
	return `Holds the claims of each report against the record: treaties and their clauses, who is a party
and what is in force, members of organisations and how many there are, neighbours, offices,
"first", "only", "N years ago", "since". Each claim is supported, contradicted, not in the record
or not checkable, with whose claim it is and what the verdict rests on.

Something is contradicted only where the record is complete on the point and says otherwise, and
where the grammar leaves no doubt that it is asserted. Opinions, forecasts, wishes, motives and
threats are not checkable. "Said otherwise" shows an earlier statement of the same speaker; it says
nothing about which of the two is true. --explain lists claims that seem to be contradicted and get
no verdict, as one of their words was not understood.

Examples:
  casus check examples/pyongyang-treaty.html
  casus check --date 2024-06-19 - < report.txt
  casus check --store record.db report.html
  casus check --format claimreview reports.jsonl > reviews.jsonl

The exit status is 0 whatever the verdicts are.`
}

func (c checkCommand) Run(ctx context.Context, env environment) error {
	opts, err := readCommand{In: c.In, Date: c.Date, Limit: c.Limit}.options()
	if err != nil {
		return err
	}
	if c.Store == "" {
		return c.check(ctx, env, opts, nil)
	}
	return recordCommand{Store: c.Store}.with(ctx, false, func(s record.Store) error {
		if _, n, err := s.Unclaimed(ctx, check.Form, 0); err != nil {
			return err
		} else if n > 0 {
			fmt.Fprintf(env.err, "casus: what is said in %d reports of the record is not looked at: casus record claims makes it comparable\n", n)
		}
		return c.check(ctx, env, opts, s)
	})
}

// verdicts is what is printed of a report with --format json.
type verdicts struct {
	ID        string           `json:"id"`
	URL       string           `json:"url,omitempty"`
	Outlet    string           `json:"outlet,omitempty"`
	Published string           `json:"published,omitempty"`
	Title     string           `json:"title,omitempty"`
	Text      string           `json:"text"`
	Checks    []check.Verdict  `json:"checks"`
	Withheld  []check.Withheld `json:"withheld,omitempty"` // with --explain
}

func (c checkCommand) check(ctx context.Context, env environment, opts report.Options, past check.Past) error {
	reader, checker, err := newReading()
	if err != nil {
		return err
	}
	files := orStandardInput(c.Files)
	type checked struct {
		check.Checked
		err error
	}
	out := bufio.NewWriter(env.out)
	printed, failed := 0, 0
	var last error
	for r, err := range each(ctx, c.Jobs, inputs(ctx, env, files, opts), func(rep *report.Report) checked {
		doc := reader.Read(rep)
		if past == nil {
			return checked{checker.Check(doc), nil}
		}
		got, err := checker.Against(ctx, doc, past)
		return checked{got, err}
	}) {
		if err == nil {
			err = r.err
		}
		if err != nil {
			failed++
			last = err
			if len(files) > 1 || printed+failed > 1 {
				fmt.Fprintln(env.err, "casus:", err)
			}
			continue
		}
		printed++
		if err := c.print(out, &r.Checked, printed); err != nil {
			return err
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case failed == 1 && printed == 0:
		return hintFor(last)
	case failed > 0:
		return fmt.Errorf("%d of %d reports could not be checked", failed, printed+failed)
	case printed == 0:
		return withHint(errors.New("nothing to check: the input holds no report"), "give a file, or pipe a report to casus check -")
	}
	return nil
}

func (c checkCommand) print(out *bufio.Writer, r *check.Checked, n int) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	switch c.Format {
	case "json":
		e.SetIndent("", "  ")
		fallthrough
	case "jsonl":
		out := verdicts{r.ID, r.URL, r.Outlet, r.Published, r.Title, r.Text, r.Checks, nil}
		if c.Explain {
			out.Withheld = r.Withheld
		}
		return writeFailed(e.Encode(out))
	case "claimreview":
		for _, review := range r.ClaimReviews() {
			if err := e.Encode(review); err != nil {
				return writeFailed(err)
			}
		}
		return nil
	}
	if n > 1 {
		fmt.Fprint(out, "\n\n")
	}
	return writeFailed(c.printVerdicts(out, r))
}

// printVerdicts prints verdicts for people, contradicted ones first: the words,
// whose they are, what the record says and where it has it from. What says
// nothing for or against a claim is one line, unless all is wanted.
func (c checkCommand) printVerdicts(w io.Writer, r *check.Checked) error {
	v := &readView{w: colorprofile.NewWriter(w, os.Environ()), doc: r.Document}
	v.head()
	var folded []string
	shown := 0
	for i, result := range []check.Result{check.Contradicted, check.Supported, check.NotInRecord, check.NotCheckable} {
		var list []check.Verdict
		for _, verdict := range r.Checks {
			if verdict.Result == result {
				list = append(list, verdict)
			}
		}
		switch {
		case len(list) == 0:
			continue
		case i >= 2 && !c.All:
			folded = append(folded, fmt.Sprintf("%d %s", len(list), result))
			continue
		}
		v.title(strings.ToUpper(string(result)))
		for _, verdict := range list {
			v.reviewed(r, &verdict)
		}
		shown += len(list)
	}
	if shown == 0 {
		fmt.Fprintln(v.w)
		v.line(0, plainStyle, "no claim that the record bears out or contradicts")
	}
	if len(folded) > 0 {
		fmt.Fprintln(v.w)
		v.line(0, styleFaint, "%s: --all shows them", strings.Join(folded, ", "))
	}
	if c.Explain && len(r.Withheld) > 0 {
		v.title("NO VERDICT")
		for _, k := range r.Withheld {
			v.line(2, plainStyle, "%s: %s", k.Kind, k.Claim)
			v.line(4, styleQuote, "“%s”", v.words([]text.Span{k.Span}))
			v.line(4, styleFaint, "%s", k.Why)
		}
	}
	return v.err
}

// reviewed prints one verdict.
func (v *readView) reviewed(r *check.Checked, c *check.Verdict) {
	style := styleRecord
	if c.Result == check.Contradicted {
		style = styleWrong
	}
	who := r.Speaker(c).Name
	switch {
	case c.By == "":
		who = "the outlet's words"
	case who == "":
		who = "somebody not named, " + c.By
	default:
		who += ", " + c.By
	}
	v.line(2, style, "%s: %s", c.Kind, c.Claim)
	v.line(4, styleQuote, "“%s” (%s)", v.words(c.Spans), who)
	for _, g := range c.Grounds {
		says := g.String()
		if g.Source != "" && g.Source != g.Ref {
			says += "; source: " + g.Source
		}
		v.line(4, styleFaint, "%s", says)
	}
}
