package record

import (
	"context"
	"errors"
	"fmt"
)

// Judgement columns in the order of Judgement.fields.
const judgementColumns = `number, kind, a, b, same, who, why, made, undone, undoer`

func (j *Judgement) fields() []any {
	return []any{&j.Number, &j.Kind, &j.A, &j.B, &j.Same, &j.Who, &j.Why, &j.Made, &j.Undone, &j.Undoer}
}

func (s *database) Judge(ctx context.Context, j Judgement) (int64, error) {
	if j.A == j.B || j.A == "" || j.B == "" || j.Who == "" || j.Made == "" {
		return 0, errors.New("judge: a judgement needs two different things, who judges and when")
	}
	if j.A > j.B {
		j.A, j.B = j.B, j.A
	}
	var number int64
	err := s.db.QueryRowContext(ctx, s.bind(`INSERT INTO judgements (kind, a, b, same, who, why, made, undone, undoer)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (kind, a, b, made) DO UPDATE SET who = excluded.who RETURNING number`),
		j.Kind, j.A, j.B, j.Same, clean(j.Who), clean(j.Why), j.Made, j.Undone, clean(j.Undoer)).Scan(&number)
	if err != nil {
		return 0, fmt.Errorf("judge %s and %s: %w", j.A, j.B, err)
	}
	return number, nil
}

func (s *database) Undo(ctx context.Context, number int64, who, when string) error {
	r, err := s.db.ExecContext(ctx, s.bind(`UPDATE judgements SET undone = ?, undoer = ? WHERE number = ? AND undone = ''`), when, clean(who), number)
	if err != nil {
		return fmt.Errorf("undo judgement %d: %w", number, err)
	}
	if n, err := r.RowsAffected(); err == nil && n == 0 {
		return fmt.Errorf("undo judgement %d: there is none that stands", number)
	}
	return nil
}

func (s *database) Judgements(ctx context.Context, about string) ([]Judgement, error) {
	q, args := `SELECT `+judgementColumns+` FROM judgements`, []any{}
	if about != "" {
		q, args = q+` WHERE a = ? OR b = ?`, []any{about, about}
	}
	rows, err := s.db.QueryContext(ctx, s.bind(q+` ORDER BY number`), args...)
	if err != nil {
		return nil, fmt.Errorf("list judgements: %w", err)
	}
	defer rows.Close()
	out := []Judgement{}
	for rows.Next() {
		var j Judgement
		if err := rows.Scan(j.fields()...); err != nil {
			return nil, fmt.Errorf("list judgements: %w", err)
		}
		out = append(out, j)
	}
	return out, rows.Err()
}
