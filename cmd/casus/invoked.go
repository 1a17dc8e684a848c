package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"text/tabwriter"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/study"
)

type invokedCommand struct {
	Atop    string `required:"" type:"existingdir" placeholder:"DIR" help:"Folder with your copy of ATOP's member-level file."`
	Wars    string `required:"" type:"existingfile" placeholder:"FILE" help:"Interstate wars, one line for each pair and year (interstate-war-rev.csv)."`
	Compare string `type:"existingfile" placeholder:"FILE" help:"Hand-coded rows to compare with, instead of printing ours."`
	Codes   bool   `help:"Judge by ATOP's codes alone, without the corpus."`
	Format  string `enum:"csv,json" default:"csv" help:"csv or json."`
}

// Help is the manual page.
func (invokedCommand) Help() string {
	return `Prints, for every alliance with a member in each war, whether the war was the case in which it
had to act, and why: warid, atopid, invoked, reason. Where the corpus holds the alliance's text, its
clauses decide on who attacked whom and when; elsewhere general rules over ATOP's codes do, and with
--codes everywhere. No war and no alliance is named in the program. Method: docs/invoked.md.`
}

func (c invokedCommand) Run(ctx context.Context, env environment) error {
	rows, err := c.judge(ctx)
	if err != nil {
		return err
	}
	if c.Compare != "" {
		codings, err := study.Codings(c.Compare)
		if err != nil {
			return err
		}
		all, defense := study.CompareInvocations(rows, codings)
		for _, a := range []struct {
			name  string
			pairs []study.Pair
		}{{"all", all}, {"defence", defense}} {
			g, s := study.Agree(a.pairs), study.SpreadOf(a.pairs)
			fmt.Fprintf(env.out, "%-8s %d rows, same %d, ours invoked %d, theirs %d, kappa %.3f (90 %% of resampled wars %.3f to %.3f; one war left out %.3f to %.3f)\n",
				a.name, g.Items, g.Same, g.OursYes, g.TheirsYes, g.Kappa, s.Low, s.High, s.Least, s.Most)
		}
		return nil
	}
	if c.Format == "json" {
		type row struct {
			War     int    `json:"warid"`
			ATOP    int    `json:"atopid"`
			Invoked bool   `json:"invoked"`
			Text    bool   `json:"text"`
			Reason  string `json:"reason"`
		}
		out := make([]row, len(rows))
		for i, r := range rows {
			out[i] = row{r.War, r.Alliance, r.Invoked, r.Text, r.Reason}
		}
		return json.NewEncoder(env.out).Encode(out)
	}
	w := csv.NewWriter(env.out)
	w.Write([]string{"warid", "atopid", "invoked", "reason"})
	for _, r := range rows {
		w.Write([]string{strconv.Itoa(r.War), strconv.Itoa(r.Alliance), map[bool]string{true: "1", false: "0"}[r.Invoked], r.Reason})
	}
	w.Flush()
	return w.Error()
}

func (c invokedCommand) judge(ctx context.Context) ([]study.Invocation, error) {
	members, err := study.Memberships(c.Atop)
	if err != nil {
		return nil, err
	}
	wars, err := study.Engagements(c.Wars)
	if err != nil {
		return nil, err
	}
	if c.Codes {
		return study.Invocations(ctx, members, wars, nil)
	}
	world, err := corpus.World()
	if err != nil {
		return nil, err
	}
	return study.Invocations(ctx, members, wars, study.NewTexts(world, actor.World(), wars))
}

type reliabilityCommand struct {
	File string `arg:"" type:"existingfile" help:"Hand-coded rows: which alliances were invoked and honoured in which wars."`
	Atop string `type:"existingdir" placeholder:"DIR" help:"With --wars: set the shares among what we judge invoked beside them."`
	Wars string `type:"existingfile" placeholder:"FILE" help:"Interstate wars."`
}

// Help is the manual page.
func (reliabilityCommand) Help() string {
	return `Prints how many of the invoked commitments were honoured, by the file's own labels: all, before and
since 1945, by obligation. With --atop and --wars also among those rows that our rules judge invoked.`
}

func (c reliabilityCommand) Run(ctx context.Context, env environment) error {
	codings, err := study.Codings(c.File)
	if err != nil {
		return err
	}
	if c.Wars != "" {
		wars, err := study.Engagements(c.Wars)
		if err != nil {
			return err
		}
		codings = study.Date(codings, wars)
	}
	theirs := study.Shares(codings, nil)
	var ours []study.Share
	if c.Atop != "" && c.Wars != "" {
		rows, err := invokedCommand{Atop: c.Atop, Wars: c.Wars}.judge(ctx)
		if err != nil {
			return err
		}
		judged := map[[2]int]bool{}
		for _, r := range rows {
			judged[[2]int{r.War, r.Alliance}] = r.Invoked
		}
		ours = study.Shares(codings, func(k study.Coding) bool { return judged[[2]int{k.War, k.Alliance}] })
	}
	w := tabwriter.NewWriter(env.out, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "commitments\tinvoked\thonoured\tshare")
	if ours != nil {
		fmt.Fprint(w, "\tours invoked\thonoured\tshare")
	}
	fmt.Fprintln(w)
	for i, s := range theirs {
		fmt.Fprintf(w, "%s\t%d\t%d\t%.1f %%", s.Of, s.Invoked, s.Honoured, s.Percent())
		if ours != nil {
			fmt.Fprintf(w, "\t%d\t%d\t%.1f %%", ours[i].Invoked, ours[i].Honoured, ours[i].Percent())
		}
		fmt.Fprintln(w)
	}
	return w.Flush()
}
