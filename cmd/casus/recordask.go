package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/casus-foederis/casus/check/annotation"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/record"
)

// reportFilter are the flags that say of which reports.
type reportFilter struct {
	Outlet string `placeholder:"NAME" help:"Published by this outlet."`
	From   string `placeholder:"DAY" help:"Published on this day or later."`
	To     string `placeholder:"DAY" help:"Published before this day."`
	Known  string `placeholder:"DAY" help:"As the record was known on this day."`
}

func (f reportFilter) query() (record.Query, error) {
	q := record.Query{Outlet: f.Outlet}
	return q, setDays(map[string]dayFlag{"from": {f.From, &q.From}, "to": {f.To, &q.To}, "known": {f.Known, &q.Known}})
}

// itemFilter are the flags that say which items.
type itemFilter struct {
	Words      []string `arg:"" optional:"" help:"Words that all occur; \"several words\" stand together; word* begins so. A word that must not occur is written -word, with -- before all of them."`
	Speaker    string   `placeholder:"NAME" help:"Statements of a speaker, by any part of the name."`
	Name       string   `placeholder:"NAME" help:"With exactly this name among those who speak, act or agree, or one that was judged to be the same person's."`
	State      string   `placeholder:"CODE" help:"With this state among those who speak, act or agree (ISO alpha-3)."`
	Role       string   `enum:",speaker,source,target,party" default:"" placeholder:"ROLE" help:"In which --name and --state take part: speaker, source (who acts), target or party (of an agreement)."`
	Target     string   `placeholder:"NAME" help:"Aimed at this state (code or name) or person."`
	Type       string   `placeholder:"ROOT" help:"Of this PLOVER type: AGREE, CONSULT, ACCUSE …; of an agreement its form."`
	Status     string   `placeholder:"STATUS" help:"Acts that occurred, are planned, alleged or denied; agreements signed, announced …"`
	Instrument string   `placeholder:"ID" help:"Agreements that are this instrument of the corpus."`
	On         string   `placeholder:"DAY" help:"Held on this day."`
	reportFilter
}

func (f itemFilter) query() (record.Query, error) {
	q, err := f.reportFilter.query()
	if err == nil {
		err = setDays(map[string]dayFlag{"on": {f.On, &q.On}})
	}
	q.Words, q.Speaker, q.Name, q.State, q.Role, q.Target, q.Type, q.Status, q.Instrument = searchWords(f.Words), f.Speaker, f.Name, f.State, f.Role, f.Target, f.Type, f.Status, f.Instrument
	return q, err
}

// page are the flags that say how much is printed, and how.
type page struct {
	Limit  int    `default:"100" help:"At most so many."`
	Offset int    `help:"Leave out so many first."`
	After  string `placeholder:"REF" help:"Go on after this item (HASH#ID) or report (HASH), with which the page before ended: as quick on the thousandth page as on the first."`
	Format string `enum:"text,json" default:"text" help:"Print for people (text) or as JSON (json)."`
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

// recordFilter is what lists of reports share.
type recordFilter struct {
	reportFilter
	page
}

func (f recordFilter) query() (record.Query, error) {
	q, err := f.reportFilter.query()
	q.Limit, q.Offset, q.After = f.Limit, f.Offset, f.After
	return q, err
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
			return askHint(err)
		}
		if c.Format == "json" {
			return printJSON(env.out, heads)
		}
		env.out = inertWriter{env.out}
		for _, h := range heads {
			fmt.Fprintf(env.out, "%.8s  %-10s  %3d said %3d done %2d agreed  %s%s\n", h.Hash, or(h.Published, "no date"),
				h.Statements, h.Acts, h.Agreements, headline(h), version(h))
		}
		return nil
	})
}

// headline is one line, whatever the report makes of it.
func headline(h record.Head) string {
	return oneLine(strings.Join(nonEmpty(h.Outlet, or(h.Title, "("+h.ID+")")), ": "))
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
	Format string `enum:"text,json,annotations" default:"text" help:"Print for people (text), as JSON with all versions (json), or as Web Annotations (annotations)."`
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
		if c.Format == "annotations" {
			return printJSON(env.out, annotation.Of(checker.Check(r.Document)))
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
	itemFilter
	Kind []string `enum:"report,statement,act,agreement" placeholder:"KIND" help:"Only these: ${enum}."`
	page
}

func (c recordSearchCommand) Run(ctx context.Context, env environment, parent *recordCommand) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	q.Limit, q.Offset, q.After = c.Limit, c.Offset, c.After
	for _, k := range c.Kind {
		q.Kinds = append(q.Kinds, record.Kind(k))
	}
	return parent.with(ctx, false, func(s record.Store) error {
		items, err := s.Search(ctx, q)
		if err != nil {
			return askHint(err)
		}
		if c.Format == "json" {
			return printJSON(env.out, items)
		}
		env.out = inertWriter{env.out}
		for _, it := range items {
			printItem(env.out, it)
		}
		return nil
	})
}

// askHint adds to an error of a question what a user can do about it.
func askHint(err error) error {
	switch {
	case errors.Is(err, record.ErrNoWords):
		return withHint(err, "words are made of letters and digits")
	case errors.Is(err, record.ErrManyWords):
		return withHint(err, "write more letters before the star")
	case errors.Is(err, record.ErrNotFound):
		return withHint(err, "--after takes whole hashes, as --format json prints them (ref, hash)")
	}
	return err
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
