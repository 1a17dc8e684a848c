package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/study"
	"github.com/casus-foederis/casus/treaty"
)

type atopCommand struct {
	Compare atopCompare `cmd:"" help:"Set the corpus beside your copy of ATOP, instrument by instrument."`
	Import  atopImport  `cmd:"" help:"Turn your copy of ATOP into treaty files, a corpus of your own."`
}

type atopCompare struct {
	Dir string `arg:"" type:"existingdir" help:"Folder with your copy of ATOP's member-level file (atop5_0m.csv)."`
	All bool   `help:"Print the instruments that agree, too."`
}

// Help is the manual page.
func (atopCompare) Help() string {
	return `Prints as CSV, for every instrument of the corpus that names an ATOP alliance, where members, day of
signature and the five obligations agree, and a summary. Why the two differ stands in docs/atop.md.`
}

// Run prints the comparison.
func (c atopCompare) Run(env environment) error {
	world, err := corpus.World()
	if err != nil {
		return fmt.Errorf("load the corpus: %w", err)
	}
	members, err := study.Memberships(c.Dir)
	if err != nil {
		return err
	}
	rows := study.CompareInstruments(world, actor.World(), study.Alliances(members))
	w := csv.NewWriter(env.out)
	w.Write([]string{"instrument", "atopid", "differs in", "ours", "theirs"})
	sameMembers, sameDay, sameObligations, sameTypes := 0, 0, 0, 0
	for _, r := range rows {
		var differs, ours, theirs []string
		if r.SameMembers() {
			sameMembers++
		} else {
			differs, ours, theirs = append(differs, "members"), append(ours, numbers(r.Ours)), append(theirs, numbers(r.Theirs))
		}
		if r.SameDay() {
			sameDay++
		} else {
			differs, ours, theirs = append(differs, "day"), append(ours, r.Signed), append(theirs, r.Begins)
		}
		for o := study.Defense; o <= study.Consultation; o++ {
			if r.OursObliged.Has(o) == r.TheirsObliged.Has(o) {
				sameTypes++
			}
		}
		if r.SameObligations() {
			sameObligations++
		} else {
			differs, ours, theirs = append(differs, "obligations"), append(ours, strings.Join(flags(r.OursObliged), "")), append(theirs, strings.Join(flags(r.TheirsObliged), ""))
		}
		if len(differs) > 0 || c.All {
			w.Write([]string{r.Instrument, strconv.Itoa(r.ATOP), strings.Join(differs, "; "), strings.Join(ours, "; "), strings.Join(theirs, "; ")})
		}
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return err
	}
	n := len(rows)
	fmt.Fprintf(env.err, "%d instruments: members equal in %d, day of signature in %d, all five obligations in %d; of %d obligations %d equal (%.1f %%)\n",
		n, sameMembers, sameDay, sameObligations, 5*n, sameTypes, 100*float64(sameTypes)/float64(max(1, 5*n)))
	return nil
}

func numbers(list []int) string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = strconv.Itoa(n)
	}
	return strings.Join(out, " ")
}

type atopImport struct {
	Dir string `arg:"" type:"existingdir" help:"Folder with your copy of ATOP's member-level file (atop5_0m.csv)."`
	Out string `required:"" placeholder:"DIR" help:"Where to write the treaty files; a new or empty folder."`
}

// Help is the manual page.
func (atopImport) Help() string {
	return `Writes one treaty file for each phase of each alliance, at the precision that ATOP has. A condition that
ATOP flags without its content leaves answers open. Ask them with casus who --corpus DIR. The files are
yours, as the data are; none is part of Casus.`
}

// Run writes the files.
func (c atopImport) Run(env environment) error {
	members, err := study.Memberships(c.Dir)
	if err != nil {
		return err
	}
	list, left := study.Instruments(members, actor.World())
	for _, m := range left {
		fmt.Fprintf(env.err, "line %d left out: alliance %d: number %d is no state of the tables\n", m.Line, m.Alliance, m.Member)
	}
	if old, err := os.ReadDir(c.Out); err == nil && len(old) > 0 {
		return withHint(fmt.Errorf("import ATOP to %s: it is not empty", c.Out), "name a folder that does not exist yet")
	}
	for _, in := range list {
		dir := filepath.Join(c.Out, in.ID)
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, "instrument.yaml"), treaty.Write(in), 0o644); err != nil {
			return err
		}
	}
	fmt.Fprintf(env.err, "%d instruments written to %s\n", len(list), c.Out)
	return nil
}
