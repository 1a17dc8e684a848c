package record

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Format is the version of the lines that Export writes.
const Format = "casus.record/1"

// exchanged is a line of an export: a report, a judgement or a draft.
// docs/format/record.md describes it.
type exchanged struct {
	Format    string          `json:"format,omitempty"` // on the first line only
	Hash      string          `json:"hash,omitempty"`
	Added     string          `json:"added,omitempty"`
	Known     string          `json:"known,omitempty"`
	Document  json.RawMessage `json:"document,omitempty"`
	Claims    *Claims         `json:"claims,omitempty"`
	Judgement *Judgement      `json:"judgement,omitempty"`
	Draft     *Draft          `json:"draft,omitempty"`
}

// Export writes reports in the order in which they were added, then judgements,
// then drafts with their decisions.
func (s *database) Export(ctx context.Context, w io.Writer) error {
	out := bufio.NewWriter(w)
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	err := e.Encode(exchanged{Format: Format})
	if err == nil {
		err = s.exportReports(ctx, e)
	}
	if err != nil {
		return fmt.Errorf("export record: %w", err)
	}
	judgements, err := s.Judgements(ctx, "")
	if err != nil {
		return err
	}
	for _, j := range judgements {
		if err := e.Encode(exchanged{Judgement: &j}); err != nil {
			return fmt.Errorf("export record: %w", err)
		}
	}
	drafts, err := s.drafts(ctx, s.db, `ORDER BY number`)
	for i := 0; i < len(drafts) && err == nil; i++ {
		drafts[i].Number = 0 // of this store alone
		err = e.Encode(exchanged{Draft: &drafts[i]})
	}
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		return fmt.Errorf("export record: %w", err)
	}
	return nil
}

// exportReports goes from page to page, in a view of the record that stays the
// same.
func (s *database) exportReports(ctx context.Context, e *json.Encoder) error {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: s.snapshot()})
	if err != nil {
		return err
	}
	defer tx.Rollback() // nothing was written
	const page = 100
	for after := int64(-1); ; {
		var list []exchanged
		at := map[int64]int{}
		first, last := after+1, after
		err := s.each(ctx, tx, `SELECT r.number, r.hash, r.added, r.known, r.claims, d.document FROM reports r JOIN documents d ON d.report = r.number
			WHERE r.number > ? ORDER BY r.number LIMIT ?`, []any{after, page}, func(rows *sql.Rows) error {
			var x exchanged
			var document string
			var form int
			if err := rows.Scan(&last, &x.Hash, &x.Added, &x.Known, &form, &document); err != nil {
				return err
			}
			x.Document = json.RawMessage(document)
			if form > 0 {
				x.Claims = &Claims{Form: form, List: []Claim{}}
				at[last] = len(list)
			}
			list = append(list, x)
			return nil
		})
		if err == nil && len(at) > 0 {
			err = s.each(ctx, tx, `SELECT c.report, `+claimColumns+` FROM claims c WHERE c.report BETWEEN ? AND ? ORDER BY c.report, c.place`, []any{first, last}, func(rows *sql.Rows) error {
				var report int64
				c, err := claim(rows, &report)
				if err == nil {
					of := list[at[report]].Claims
					of.List = append(of.List, c)
				}
				return err
			})
		}
		if err != nil {
			return err
		}
		for _, x := range list {
			if err := e.Encode(x); err != nil {
				return err
			}
		}
		if len(list) < page {
			return nil
		}
		after = last
	}
}

// Import adds what an export holds. Reports and judgements that are there
// already stay as they are. It returns how many were added. A line that is no
// such line ends it; what came before is kept.
func (s *database) Import(ctx context.Context, r io.Reader) (Counts, error) {
	var c Counts
	in := json.NewDecoder(bufio.NewReaderSize(r, 1<<20))
	before, err := s.Count(ctx)
	if err != nil {
		return c, err
	}
	for number := 1; ; number++ {
		var x exchanged
		err := in.Decode(&x)
		if errors.Is(err, io.EOF) {
			break
		}
		if err == nil && number == 1 && x.Format != Format {
			err = fmt.Errorf("it is not an export of a record: its first line has no format %q", Format)
		}
		if err == nil {
			err = s.take(ctx, x)
		}
		if err != nil {
			return c, fmt.Errorf("import line %d: %w", number, err)
		}
	}
	after, err := s.Count(ctx)
	if err != nil {
		return c, err
	}
	return Counts{after.Reports - before.Reports, after.Pages - before.Pages, after.Statements - before.Statements,
		after.Acts - before.Acts, after.Agreements - before.Agreements, after.Judgements - before.Judgements, after.Drafts - before.Drafts}, nil
}

func (s *database) take(ctx context.Context, x exchanged) error {
	if x.Judgement != nil {
		_, err := s.Judge(ctx, *x.Judgement)
		return err
	}
	if x.Draft != nil {
		return s.takeDraft(ctx, *x.Draft)
	}
	if x.Document == nil {
		return nil
	}
	if _, stored, err := s.Stored(ctx, x.Hash); stored || err != nil {
		return err
	}
	e := Entry{Hash: x.Hash, Added: x.Added, Known: x.Known}
	if x.Claims != nil {
		e.Claims = *x.Claims
	}
	if err := json.Unmarshal(x.Document, &e.Document); err != nil {
		return fmt.Errorf("decode document: %w", err)
	}
	_, err := s.Add(ctx, e)
	return err
}

// Backup writes a copy of an SQLite record while it is in use.
func (s *database) Backup(ctx context.Context, path string) error {
	if err := s.copyTo(ctx, s.db, path); err != nil {
		return fmt.Errorf("back up record to %s: %w", path, err)
	}
	return nil
}
