package record

import (
	"bufio"
	"context"
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

func (s *database) exportReports(ctx context.Context, e *json.Encoder) error {
	rows, err := s.db.QueryContext(ctx, `SELECT r.hash, r.added, r.known, d.document FROM reports r JOIN documents d ON d.report = r.number ORDER BY r.number`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var x exchanged
		var document string
		if err := rows.Scan(&x.Hash, &x.Added, &x.Known, &document); err != nil {
			return err
		}
		x.Document = json.RawMessage(document)
		if err := e.Encode(x); err != nil {
			return err
		}
	}
	return rows.Err()
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
