package record

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/text"
)

// Claims are what the speakers of a report say, made from its document in a form
// in which one saying can be held against another. What they mean is the business
// of package check; the record keeps and finds them.
type Claims struct {
	Form int     `json:"form"` // version of the form, from 1
	List []Claim `json:"list"` // in order of the text
}

// Claim is one thing that a speaker says.
type Claim struct {
	Statement string      `json:"statement"` // id within the document
	Speaker   string      `json:"speaker"`
	Kind      string      `json:"kind"`
	Subject   string      `json:"subject"`
	Spans     []text.Span `json:"spans"` // where the document says it, in bytes
	Words     string      `json:"words"` // of the text, perhaps shortened
	Said      string      `json:"said"`  // JSON: the rest

	Report Head `json:"-"` // set by Claimed
}

// ClaimQuery asks for claims: those of a report, or those of a speaker of one
// kind about one subject, which are compared exactly.
type ClaimQuery struct {
	Hash    string // of the report, whatever its version; the rest but Form is not looked at
	Speaker string // or another name that was judged to mean the same person
	Kind    string
	Subject string
	Form    int      // those of another form are left out
	Before  *day.Day // of reports known before this day
	Known   *day.Day // as the record was known then; nil: now
	Limit   int      // at most; 0 means 100
}

const claimColumns = `c.statement, c.speaker, c.kind, c.subject, c.spans, c.words, c.said`

// claim reads a row that ends with these columns.
func claim(rows *sql.Rows, before ...any) (c Claim, err error) {
	var spans string
	err = rows.Scan(append(before, &c.Statement, &c.Speaker, &c.Kind, &c.Subject, &spans, &c.Words, &c.Said)...)
	if err == nil {
		err = json.Unmarshal([]byte(spans), &c.Spans)
	}
	return c, err
}

// Claimed finds claims by their speaker, those of the report added last first,
// or lists those of a report in order of the text.
func (s *database) Claimed(ctx context.Context, q ClaimQuery) ([]Claim, error) {
	var w where
	order := ` ORDER BY c.place`
	if q.Hash == "" {
		judged, err := s.samePersons(ctx, q.Known)
		if err != nil {
			return nil, fmt.Errorf("look for claims of %s: %w", q.Speaker, err)
		}
		w.in("c.speaker", judged.of(q.Speaker))
		w.add("c.kind = ? AND c.subject = ?", q.Kind, q.Subject)
		w.reports(Query{Known: q.Known, To: q.Before})
		order = ` ORDER BY c.report DESC, c.place LIMIT ?`
	} else {
		w.add("r.hash = ?", q.Hash)
	}
	w.add("r.claims = ?", q.Form)
	if q.Hash == "" {
		w.args = append(w.args, Query{Limit: q.Limit}.limit())
	}
	out := []Claim{}
	err := s.each(ctx, s.db, `SELECT `+headColumns+`, `+claimColumns+` FROM claims c JOIN reports r ON r.number = c.report`+w.String()+order, w.args, func(rows *sql.Rows) error {
		var h Head
		c, err := claim(rows, h.fields()...)
		c.Report = h
		out = append(out, c)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("look for claims of %s: %w", cmp.Or(q.Speaker, q.Hash), err)
	}
	return out, nil
}

// Unclaimed returns hashes of reports whose claims are not of a form, those added
// first first, at most limit; and how many there are.
func (s *database) Unclaimed(ctx context.Context, form, limit int) (hashes []string, all int, err error) {
	err = s.db.QueryRowContext(ctx, s.bind(`SELECT count(*) FROM reports WHERE claims <> ?`), form).Scan(&all)
	if err == nil && all > 0 && limit > 0 {
		err = s.each(ctx, s.db, `SELECT hash FROM reports WHERE claims <> ? ORDER BY number LIMIT ?`, []any{form, limit}, func(rows *sql.Rows) error {
			var hash string
			err := rows.Scan(&hash)
			hashes = append(hashes, hash)
			return err
		})
	}
	if err != nil {
		return nil, 0, fmt.Errorf("look for reports without claims: %w", err)
	}
	return hashes, all, nil
}

// SetClaims replaces the claims of stored reports, by hash, in one transaction.
// A report that is not there any more is passed over.
func (s *database) SetClaims(ctx context.Context, claims map[string]Claims) error {
	err := s.change(ctx, func(tx *sql.Tx) error {
		for hash, c := range claims {
			var number int64
			err := tx.QueryRowContext(ctx, s.bind(`UPDATE reports SET claims = ? WHERE hash = ? RETURNING number`), c.Form, hash).Scan(&number)
			if err == sql.ErrNoRows {
				continue
			}
			if err == nil {
				err = s.putClaims(ctx, tx, number, c)
			}
			if err != nil {
				return fmt.Errorf("report %s: %w", hash, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store claims: %w", err)
	}
	return nil
}

// putClaims replaces the rows of a report.
func (s *database) putClaims(ctx context.Context, tx *sql.Tx, report int64, c Claims) error {
	if _, err := tx.ExecContext(ctx, s.bind(`DELETE FROM claims WHERE report = ?`), report); err != nil {
		return err
	}
	in := s.insert(ctx, tx, "claims (report, place, statement, speaker, kind, subject, spans, words, said)", 9)
	for place, c := range c.List {
		spans, err := json.Marshal(append([]text.Span{}, c.Spans...))
		if err != nil {
			return err
		}
		in.row(report, place, clean(c.Statement), clean(c.Speaker), clean(c.Kind), clean(c.Subject), string(spans), clean(c.Words), clean(c.Said))
	}
	in.send()
	return in.err
}
