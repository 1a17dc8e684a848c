package main

import (
	"bufio"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/parquet-go/parquet-go"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
)

type worldCommand struct {
	On   string `placeholder:"DAY" xor:"when" required:"" help:"One day, YYYY-MM-DD."`
	From int    `placeholder:"YEAR" xor:"when" required:"" help:"First year; each year is answered for its first of July."`
	To   int    `placeholder:"YEAR" help:"Last year, itself included."`
	All  bool   `help:"Print pairs for which nobody would be bound too."`
	answerSource
	Out    string `short:"o" placeholder:"FILE" help:"Write to this file instead of standard output."`
	Format string `enum:"csv,json,parquet" default:"csv" help:"csv, json (one object a line) or parquet."`
}

// Run writes who would have to help whom, for every ordered pair of states.
func (k worldCommand) Run(ctx context.Context, env environment) error {
	days, err := k.days()
	if err != nil {
		return err
	}
	c, rec, err := k.load(ctx, env, nil)
	if err != nil {
		return err
	}
	out, done := env.out, func() error { return nil }
	if k.Out != "" {
		f, err := os.Create(k.Out + ".part")
		if err != nil {
			return fmt.Errorf("write world table: %w", err)
		}
		defer os.Remove(f.Name())
		defer f.Close()
		out, done = f, func() error {
			if err := f.Close(); err != nil {
				return err
			}
			return os.Rename(f.Name(), k.Out)
		}
	}
	buffered := bufio.NewWriterSize(out, 1<<16)
	w := k.writer(buffered)
	rows := 0
	for i, d := range days {
		err := duty.World(ctx, c, rec, d, func(p duty.Pair) error {
			if !k.All && p.Empty() {
				return nil
			}
			rows++
			return w.write(p.Row())
		})
		if err != nil {
			return fmt.Errorf("tabulate %s: %w", d, err)
		}
		if len(days) > 1 {
			fmt.Fprintf(env.err, "\r%d of %d years, %d rows", i+1, len(days), rows)
		}
	}
	if len(days) > 1 {
		fmt.Fprintln(env.err)
	}
	if err := w.close(); err != nil {
		return fmt.Errorf("write world table: %w", err)
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("write world table: %w", err)
	}
	return done()
}

func (k worldCommand) days() ([]day.Day, error) {
	if k.On != "" {
		d, err := flagDay("--on", k.On)
		return []day.Day{d}, err
	}
	last := k.To
	if last == 0 {
		last = k.From
	}
	if last < k.From {
		return nil, withHint(fmt.Errorf("--to %d lies before --from %d", last, k.From), "give the earlier year to --from")
	}
	var out []day.Day
	for y := k.From; y <= last; y++ {
		d, err := day.Of(y, 7, 1)
		if err != nil {
			return nil, fmt.Errorf("--from %d --to %d: %w", k.From, last, err)
		}
		out = append(out, d)
	}
	return out, nil
}

// tableWriter writes rows in one of the formats.
type tableWriter struct {
	write func(duty.Row) error
	close func() error
}

func (k worldCommand) writer(w io.Writer) tableWriter {
	switch k.Format {
	case "json":
		e := json.NewEncoder(w)
		return tableWriter{func(r duty.Row) error { return e.Encode(r) }, func() error { return nil }}
	case "parquet":
		p := parquet.NewGenericWriter[duty.Row](w)
		return tableWriter{func(r duty.Row) error { _, err := p.Write([]duty.Row{r}); return err }, p.Close}
	}
	c := csv.NewWriter(w)
	header := false
	return tableWriter{func(r duty.Row) error {
		if !header {
			header = true
			if err := c.Write(duty.Columns); err != nil {
				return err
			}
		}
		return c.Write(r.Fields())
	}, func() error { c.Flush(); return c.Error() }}
}
