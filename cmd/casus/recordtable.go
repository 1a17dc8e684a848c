package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/record/table"
)

type recordTableCommand struct {
	Of string `arg:"" enum:"statements,acts,agreements" help:"What the rows are: ${enum}."`
	itemFilter
	Limit  int    `help:"At most so many rows; all if not given."`
	Out    string `short:"o" placeholder:"FILE" help:"Write to this file instead of standard output."`
	Format string `enum:"csv,jsonl,parquet" default:"csv" help:"${enum}."`
}

// Help is the manual page.
func (recordTableCommand) Help() string {
	return `Rows are written as they are read, the first added first. What is not known is null.
docs/format/tables.md describes each column, docs/research.md reads the tables in R and Python.

Examples:
  casus record table statements --speaker Putin -o statements.csv
  casus record table acts --type AGREE --from 2024-01-01 --format parquet -o acts.parquet`
}

func (c recordTableCommand) Run(ctx context.Context, env environment, parent *recordCommand) error {
	q, err := c.query()
	if err != nil {
		return err
	}
	q.Limit = c.Limit
	return parent.with(ctx, false, func(s record.Store) error {
		progress := newProgress(env.err, "rows")
		defer progress.stop()
		return written(c.Out, env, func(w environment) error {
			_, err := table.Write(ctx, s, q, record.Kind(strings.TrimSuffix(c.Of, "s")), w.out, table.Format(c.Format), progress.step)
			return askHint(err)
		})
	})
}

// written lets do write to a file, which appears under its name when it is
// whole, or to standard output if no file is named.
func written(file string, env environment, do func(environment) error) error {
	if file == "" {
		return do(env)
	}
	f, err := os.Create(file + ".part")
	if err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	defer os.Remove(f.Name()) // gone after the renaming
	env.out = f
	if err := errors.Join(do(env), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), file); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

// answerRow is a row of the table of answers.
type answerRow struct {
	Attackers  string   `json:"attackers" parquet:"attackers,dict"`
	Attacked   string   `json:"attacked" parquet:"attacked,dict"`
	Day        *day.Day `json:"day" parquet:"day,date"`
	Known      *day.Day `json:"known" parquet:"known,date"`
	View       string   `json:"view" parquet:"view,dict"`
	Bearer     string   `json:"bearer" parquet:"bearer,dict"`
	OwedTo     *string  `json:"owed_to" parquet:"owed_to,dict"`
	Answer     string   `json:"answer" parquet:"answer,dict"`
	Does       *string  `json:"does" parquet:"does,dict"`
	Instrument string   `json:"instrument" parquet:"instrument,dict"`
	Provision  string   `json:"provision" parquet:"provision,dict"`
	Title      *string  `json:"title" parquet:"title,dict"`
	Article    *string  `json:"article" parquet:"article,dict"`
	Words      *string  `json:"words" parquet:"words,dict"`
	Force      *string  `json:"force" parquet:"force,dict"`
	Whether    *string  `json:"whether" parquet:"whether,dict"`
	Means      *string  `json:"means" parquet:"means,dict"`
	Binding    *string  `json:"binding" parquet:"binding,dict"`
	Process    *string  `json:"process" parquet:"process,dict"`
	Deadline   *string  `json:"deadline" parquet:"deadline,dict"`
	Lawful     *string  `json:"lawful" parquet:"lawful,dict"`
	Why        string   `json:"why" parquet:"why,dict"`
	Needs      *string  `json:"needs" parquet:"needs,dict"`
	Views      *string  `json:"views" parquet:"views,dict"`
	Taints     *string  `json:"taints" parquet:"taints,dict"`
	RestsOn    *string  `json:"rests_on" parquet:"rests_on,dict"`
	Failed     *string  `json:"failed" parquet:"failed,dict"`
	Ground     *string  `json:"ground" parquet:"ground,dict"`
	Act        *string  `json:"act" parquet:"act,dict"`
	Assumed    bool     `json:"assumed" parquet:"assumed"`
	Corpus     string   `json:"corpus" parquet:"corpus,dict"`
	Record     string   `json:"record" parquet:"record,dict"`
}

// writeAnswers writes a reply as a table.
func writeAnswers(env environment, format string, r duty.Reply) error {
	w, err := table.New[answerRow](env.out, table.Format(format))
	if err != nil {
		return err
	}
	for _, a := range r.Answers {
		if err := w.Write(answerOf(r, a)); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	return w.Close()
}

func answerOf(r duty.Reply, a duty.Answer) answerRow {
	known := func(s string) *string {
		if s == "" {
			return nil
		}
		return &s
	}
	list := func(parts []string) *string { return known(strings.Join(parts, "; ")) }
	instrument, _, _ := strings.Cut(a.Provision, "/")
	row := answerRow{Attackers: strings.Join(r.Question.By, "; "), Attacked: r.Question.Attacks, Day: &r.Question.On, Known: r.Question.Known, View: r.Receipt.View,
		Bearer: a.Bearer, OwedTo: known(a.To), Answer: fmt.Sprint(a.Answer), Does: known(a.Does), Instrument: instrument, Provision: a.Provision, Title: known(a.Title),
		Article: known(a.Article), Words: known(a.Words), Force: known(a.Force), Whether: known(a.Whether), Means: known(a.Means), Binding: known(a.Binding),
		Process: known(a.Process), Deadline: known(a.Deadline), Why: a.Why, Needs: list(a.Needs), Taints: list(a.Taints), RestsOn: known(a.Rests),
		Failed: known(a.Failed), Ground: known(a.Ground), Act: known(a.Act), Assumed: a.Assumed, Corpus: r.Receipt.Corpus, Record: r.Receipt.Record}
	if a.Lawful != nil {
		row.Lawful = known(fmt.Sprint(a.Lawful.Value))
	}
	var views []string
	for _, v := range a.Views {
		views = append(views, v.By+": "+v.Says)
	}
	row.Views = list(views)
	return row
}
