package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/happening"
	"github.com/casus-foederis/casus/record"
)

type happeningCommand struct {
	List    happeningListCommand    `cmd:"" help:"List the acts that several reports tell."`
	Show    happeningShowCommand    `cmd:"" help:"Print all accounts of one act: who reports it, since when, where they differ."`
	Compare happeningCompareCommand `cmd:"" help:"Hold reports of the record against each other."`

	recordAt
}

// recordAt are the flags that say where the record is.
type recordAt struct {
	Store string `placeholder:"PATH" env:"CASUS_STORE" help:"Where the record is: a file, or postgres://…"`
}

func (c recordAt) with(ctx context.Context, do func(record.Store) error) error {
	return recordCommand{Store: c.Store}.with(ctx, false, do)
}

// Help is the manual page.
func (happeningCommand) Help() string {
	return `A happening is one act with all accounts of it in the record. Accounts are brought together by
type, parties, day and words; "casus record judge A B" says that two acts are the same, and with
--differ that they are not, which overrules the comparison and can be taken back.
Reports that are copies of one text are counted once as witnesses.

Examples:
  casus happening list --state RUS --from 2024-06-01
  casus happening show 87c28034#e1
  casus happening compare 87c28034 1f0b22c9`
}

type happeningListCommand struct {
	State   string `placeholder:"CODE" help:"With this state among those who act (ISO alpha-3)."`
	Type    string `placeholder:"ROOT" help:"Of this PLOVER type: AGREE, CONSULT, ASSAULT …"`
	AtLeast int    `default:"2" placeholder:"N" help:"Told by at least so many reports."`
	recordFilter
}

func (c happeningListCommand) Run(ctx context.Context, env environment, parent *happeningCommand) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	q.State, q.Type, q.Limit = c.State, strings.ToUpper(c.Type), 0
	return parent.with(ctx, func(s record.Store) error {
		all, err := happening.List(ctx, s, q, c.AtLeast)
		if err != nil {
			return err
		}
		all = all[min(len(all), c.Offset):min(len(all), c.Offset+c.Limit)]
		if c.Format == "json" {
			return printJSON(env.out, all)
		}
		env.out = inertWriter{env.out}
		for i := range all {
			printHappening(env.out, &all[i])
		}
		return nil
	})
}

func printHappening(w io.Writer, h *happening.Happening) {
	fmt.Fprintf(w, "%-14s %-10s  %s · %s  (%s)\n", shortRef(h.ID), or(h.On, "no date"), h.Type, strings.Join(h.Parties, ", "), told(h))
	fmt.Fprintf(w, "    %s\n", strings.Join(strings.Fields(h.Accounts[0].Words), " "))
}

// told says how many reports tell a happening, and since when.
func told(h *happening.Happening) string {
	reports := fmt.Sprintf("%d reports", h.Reports)
	if h.Reports == 1 {
		reports = "1 report"
	}
	if h.Witnesses > 0 && h.Witnesses < h.Reports {
		reports += fmt.Sprintf(", copies counted once %d", h.Witnesses)
	}
	return reports + ", since " + h.Since
}

// shortRef is a ref with the beginning of its hash only.
func shortRef(ref string) string {
	hash, id, ok := strings.Cut(ref, "#")
	if len(hash) > 8 {
		hash = hash[:8]
	}
	if !ok {
		return hash
	}
	return hash + "#" + id
}

type happeningShowCommand struct {
	Ref    string `arg:"" help:"An act or agreement of the record as HASH#ID; casus record search prints them."`
	Known  string `placeholder:"DAY" help:"As the record was known on this day."`
	Format string `enum:"text,json" default:"text" help:"Print for people (text) or as JSON (json)."`
}

func (c happeningShowCommand) Run(ctx context.Context, env environment, parent *happeningCommand) error {
	var known *day.Day
	if err := setDays(map[string]dayFlag{"known": {c.Known, &known}}); err != nil {
		return err
	}
	return parent.with(ctx, func(s record.Store) error {
		h, err := happening.Around(ctx, s, c.Ref, known)
		if errors.Is(err, record.ErrNotFound) || errors.Is(err, happening.ErrNoAct) {
			return withHint(err, "acts are written as casus record search --kind act prints them: 87c28034#e1")
		}
		if err != nil {
			return err
		}
		if c.Format == "json" {
			return printJSON(env.out, h)
		}
		env.out = inertWriter{env.out}
		printHappening(env.out, &h)
		names := outlets(&h)
		fmt.Fprintln(env.out, "\nACCOUNTS")
		for _, a := range h.Accounts {
			whose := "the outlet's words"
			switch {
			case a.Span != nil:
				whose = "told in passing"
			case a.Kind == record.Text:
				whose = "about it as a whole; no act was read"
			case a.Whose != "":
				whose = "in the words of " + a.Whose
			}
			fmt.Fprintf(env.out, "  %-14s %s  %s · %s, %s\n", shortRef(a.Ref), or(a.Report.Published, "no date"), headline(a.Report), or(a.Status, "named"), whose)
			for _, line := range wrap(strings.Join(strings.Fields(a.Words), " "), 90) {
				fmt.Fprintf(env.out, "      %s\n", line)
			}
		}
		printCopies(env.out, h.Copies, names)
		printDifferences(env.out, h.Differences, names)
		printOnly(env.out, h.Only, names)
		if len(h.Ties) > 0 {
			fmt.Fprintln(env.out, "\nWHY THEY ARE TAKEN FOR ONE ACT")
			for _, t := range h.Ties {
				fmt.Fprintf(env.out, "  %s and %s: %s (%.1f)\n", shortRef(t.A), shortRef(t.B), strings.Join(t.Why, "; "), t.Score)
			}
		}
		return nil
	})
}

// outlets names the reports of a happening by hash.
func outlets(h *happening.Happening) map[string]string {
	names := map[string]string{}
	for _, a := range h.Accounts {
		names[a.Report.Hash] = outlet(a.Report)
	}
	return names
}

func outlet(h record.Head) string {
	return fmt.Sprintf("%s (%.8s)", or(h.Outlet, or(h.Title, h.ID)), h.Hash)
}

func printCopies(w io.Writer, copies [][]string, names map[string]string) {
	if len(copies) == 0 {
		return
	}
	fmt.Fprintln(w, "\nCOPIES OF ONE TEXT")
	for _, g := range copies {
		fmt.Fprintf(w, "  %s\n", strings.Join(named(g, names), ", "))
	}
}

func named(hashes []string, names map[string]string) []string {
	out := make([]string, len(hashes))
	for i, h := range hashes {
		out[i] = names[h]
	}
	return out
}

func printDifferences(w io.Writer, all []happening.Difference, names map[string]string) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintln(w, "\nWHERE THEY DIFFER")
	for _, d := range all {
		fmt.Fprintf(w, "  %s\n", strings.TrimSpace(d.Kind+" "+d.What))
		for _, v := range d.Values {
			fmt.Fprintf(w, "      %s: %s\n", v.Says, strings.Join(named(v.Reports, names), ", "))
		}
	}
}

func printOnly(w io.Writer, all []happening.Only, names map[string]string) {
	if len(all) == 0 {
		return
	}
	fmt.Fprintln(w, "\nONLY IN ONE")
	for _, o := range all {
		fmt.Fprintf(w, "  %s: %s %s\n", names[o.Report], o.Kind, strings.Join(strings.Fields(o.Says), " "))
	}
}

type happeningCompareCommand struct {
	Reports []string `arg:"" help:"Two or more reports of the record: id, hash, or the beginning of it."`
	Format  string   `enum:"text,json" default:"text" help:"Print for people (text) or as JSON (json)."`
}

func (c happeningCompareCommand) Run(ctx context.Context, env environment, parent *happeningCommand) error {
	return parent.with(ctx, func(s record.Store) error {
		all, err := happening.Compare(ctx, s, c.Reports...)
		if errors.Is(err, record.ErrNotFound) {
			return withHint(err, "casus record list shows what there is")
		}
		if err != nil {
			return err
		}
		if c.Format == "json" {
			return printJSON(env.out, all)
		}
		env.out = inertWriter{env.out}
		names := map[string]string{}
		for _, h := range all.Reports {
			names[h.Hash] = outlet(h)
			fmt.Fprintf(env.out, "%.8s  %s  %s\n", h.Hash, or(h.Published, "no date"), headline(h))
		}
		printCopies(env.out, all.Copies, names)
		for i := range all.Shared {
			h := &all.Shared[i]
			fmt.Fprintln(env.out)
			printHappening(env.out, h)
			printDifferences(env.out, h.Differences, names)
		}
		printOnly(env.out, all.Only, names)
		return nil
	})
}
