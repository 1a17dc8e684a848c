// Command generate makes a big record of written reports, for measuring pages,
// calls and questions:
//
//	go run ./record/sample/generate --reports 100000 --store big.db
//	go run ./record/sample/generate --reports 1000 --lines reports.jsonl   # to be read by casus record add
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"time"

	"github.com/alecthomas/kong"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/record/sample"
)

type command struct {
	Reports int    `default:"1000" help:"How many reports."`
	From    int    `help:"The number of the first report: a record can be made in parts."`
	Seed    uint64 `default:"1" help:"Another seed makes other reports."`
	Store   string `xor:"to" required:"" placeholder:"LOCATION" help:"Add them to this record, a file or postgres://…, as if they had been read: about 500 a second."`
	Lines   string `xor:"to" required:"" placeholder:"FILE" help:"Write them as JSON Lines, unread: casus record add FILE then reads them in earnest."`
}

func main() {
	var c command
	k := kong.Parse(&c, kong.Description("Makes reports from written templates; the same for the same seed.\n\n"+
		"Usage: go run ./record/sample/generate --reports 100000 --store big.db && casus serve --store big.db"))
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if c.Lines != "" {
		k.FatalIfErrorf(c.lines())
		return
	}
	k.FatalIfErrorf(c.store(ctx))
}

func (c command) lines() error {
	f, err := os.Create(c.Lines)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(f)
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	for i := range c.Reports {
		if err := e.Encode(sample.Reports{Seed: c.Seed}.Line(c.From + i)); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	return errors.Join(out.Flush(), f.Close())
}

func (c command) store(ctx context.Context) error {
	s, err := record.Open(ctx, c.Store, record.Options{Create: true})
	if err != nil {
		return err
	}
	documents := make(chan *reading.Document, 4*runtime.NumCPU())
	go func() {
		defer close(documents)
		for i := range c.Reports {
			select {
			case documents <- sample.Reports{Seed: c.Seed}.Document(c.From + i):
			case <-ctx.Done():
				return
			}
		}
	}()
	begun, n := time.Now(), 0
	for d := range documents {
		published, err := day.Parse(d.Published)
		if err == nil {
			_, err = s.Add(ctx, record.Entry{Document: d, Added: (published + 1).String() + "T06:00:00Z"})
		}
		if err != nil {
			return errors.Join(err, s.Close())
		}
		if n++; n%1000 == 0 {
			fmt.Fprintf(os.Stderr, "\r%d reports, %.0f a second", n, float64(n)/time.Since(begun).Seconds())
		}
	}
	fmt.Fprintf(os.Stderr, "\r%d reports, %.0f a second\n", n, float64(n)/time.Since(begun).Seconds())
	return errors.Join(ctx.Err(), s.Close())
}
