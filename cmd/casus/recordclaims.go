package main

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/report"
)

type recordClaimsCommand struct {
	Jobs int `placeholder:"N" help:"Reports looked at at once; all cores if not given."`
}

// claimed is a report with its claims.
type claimed struct {
	hash   string
	claims record.Claims
	err    error
}

// Run goes on where it was cut short.
func (c recordClaimsCommand) Run(ctx context.Context, env environment, parent *recordCommand) error {
	checker, err := newChecker()
	if err != nil {
		return err
	}
	return parent.with(ctx, false, func(s record.Store) error {
		progress := newProgress(env.err, "reports")
		defer progress.stop()
		const page = 200 // stored in one transaction
		made := 0
		for {
			hashes, _, err := s.Unclaimed(ctx, check.Form, page)
			if err != nil {
				return err
			}
			if len(hashes) == 0 {
				break
			}
			claims := map[string]record.Claims{}
			for r, err := range each(ctx, c.Jobs, byHash(hashes), func(rep *report.Report) claimed {
				stored, err := s.Report(ctx, rep.Hash)
				if err != nil {
					return claimed{err: err}
				}
				return claimed{rep.Hash, checker.Claims(stored.Document), nil}
			}) {
				if err = errors.Join(err, r.err); err != nil {
					return err
				}
				claims[r.hash] = r.claims
				progress.step()
			}
			if err := errors.Join(ctx.Err(), s.SetClaims(ctx, claims)); err != nil {
				return err
			}
			made += len(claims)
		}
		progress.stop()
		_, err := fmt.Fprintf(env.out, "%d reports have their claims anew\n", made)
		return err
	})
}

// byHash yields reports of which nothing but the hash is known.
func byHash(hashes []string) iter.Seq2[*report.Report, error] {
	return func(yield func(*report.Report, error) bool) {
		for _, hash := range hashes {
			if !yield(&report.Report{ID: hash, Hash: hash}, nil) {
				return
			}
		}
	}
}
