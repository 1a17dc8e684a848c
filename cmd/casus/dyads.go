package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/study"
)

type dyadsCommand struct {
	Atop    string `required:"" type:"existingdir" placeholder:"DIR" help:"Folder with your copy of ATOP's member-level file (atop5_0m.csv)."`
	From    int    `default:"1815" help:"First year."`
	To      int    `default:"2018" help:"Last year."`
	Compare string `type:"existingfile" placeholder:"FILE" help:"Published directed dyad-years to compare with, instead of printing ours."`
	Differ  bool   `help:"With --compare: print every row that differs, as CSV."`
	Causes  bool   `help:"With --compare: print why rows differ, grouped, as CSV."`
}

// Help is the manual page.
func (dyadsCommand) Help() string {
	return `Prints directed dyad-years from ATOP's members: for each ordered pair of states and each year in
which both were in some alliance on the same day, the obligations of the first. CSV, sorted.`
}

// Run prints the rows or the comparison.
func (c dyadsCommand) Run(env environment) error {
	members, err := study.Memberships(c.Atop)
	if err != nil {
		return err
	}
	rows := study.DyadYears(members, c.From, c.To)
	if c.Compare != "" {
		return c.compare(env, members, rows)
	}
	w := csv.NewWriter(env.out)
	head := []string{"ccode1", "ccode2", "year"}
	for o := study.Defense; o <= study.Consultation; o++ {
		head = append(head, o.String())
	}
	w.Write(head)
	for _, r := range rows {
		w.Write(append([]string{strconv.Itoa(r.State1), strconv.Itoa(r.State2), strconv.Itoa(r.Year)}, flags(r.Obligations)...))
	}
	w.Flush()
	return w.Error()
}

func flags(s study.Obligations) []string {
	var out []string
	for o := study.Defense; o <= study.Consultation; o++ {
		out = append(out, map[bool]string{true: "1", false: "0"}[s.Has(o)])
	}
	return out
}

func (c dyadsCommand) compare(env environment, members []study.Membership, rows []study.DyadYear) error {
	published, err := study.PublishedDyadYears(c.Compare)
	if err != nil {
		if errors.Is(err, os.ErrNotExist) {
			return withHint(err, "the table has the columns ccode1, ccode2, year, atop_defense …")
		}
		return err
	}
	d := study.CompareDyadYears(rows, published)
	fmt.Fprintf(env.out, "ours %d, published %d, common %d\n", d.Ours, d.Theirs, d.Common)
	fmt.Fprintf(env.out, "only ours %d, only published %d\n", len(d.Extra), len(d.Missing))
	fmt.Fprintf(env.out, "all five obligations equal in %d of %d common rows (%.3f %%)\n", d.Same, d.Common, 100*float64(d.Same)/float64(d.Common))
	if c.Causes {
		return c.causes(env, d.Causes(members, published))
	}
	if !c.Differ {
		return nil
	}
	w := csv.NewWriter(env.out)
	w.Write([]string{"ccode1", "ccode2", "year", "which", "ours", "published"})
	line := func(r study.DyadYear, which, ours, theirs string) {
		w.Write([]string{strconv.Itoa(r.State1), strconv.Itoa(r.State2), strconv.Itoa(r.Year), which, ours, theirs})
	}
	joined := func(s study.Obligations) string { return strings.Join(flags(s), "") }
	for _, r := range d.Extra {
		line(r, "only ours", joined(r.Obligations), "")
	}
	for _, r := range d.Missing {
		line(r, "only published", "", joined(r.Obligations))
	}
	for _, p := range d.Differ {
		line(p.DyadYear, "differ", joined(p.DyadYear.Obligations), joined(p.Theirs))
	}
	w.Flush()
	return w.Error()
}

func (c dyadsCommand) causes(env environment, causes []study.DyadCause) error {
	w := csv.NewWriter(env.out)
	w.Write([]string{"rows of", "cause", "where", "differs in", "first year", "last year", "rows"})
	rows, unnamed := 0, 0
	for _, k := range causes {
		w.Write([]string{k.Of, string(k.Cause), k.Where, k.Which, strconv.Itoa(k.From), strconv.Itoa(k.To), strconv.Itoa(k.Rows)})
		rows += k.Rows
		if k.Cause == study.Unnamed {
			unnamed += k.Rows
		}
	}
	w.Flush()
	fmt.Fprintf(env.err, "%d rows differ, %d of them for no named cause\n", rows, unnamed)
	return w.Error()
}
