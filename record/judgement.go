package record

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
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

func (s *database) Same(ctx context.Context, name string, known *day.Day) ([]string, error) {
	same, err := s.samePersons(ctx, known)
	if err != nil {
		return nil, fmt.Errorf("look for other names of %s: %w", name, err)
	}
	return same.of(name), nil
}

// identity holds the pairs of names on which somebody judged, and the verdict
// of the latest judgement that stands.
type identity map[[2]string]bool

// samePersons reads the judgements on persons that stand, or stood on a day.
func (s *database) samePersons(ctx context.Context, known *day.Day) (identity, error) {
	q, args := `SELECT a, b, same FROM judgements WHERE kind = 'person' AND undone = ''`, []any{}
	if known != nil {
		next := (*known + 1).String() // days sort before the times of that day
		q, args = `SELECT a, b, same FROM judgements WHERE kind = 'person' AND made < ? AND (undone = '' OR undone >= ?)`, []any{next, next}
	}
	rows, err := s.db.QueryContext(ctx, s.bind(q+` ORDER BY made, number`), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	judged := identity{}
	for rows.Next() {
		var pair [2]string
		var same bool
		if err := rows.Scan(&pair[0], &pair[1], &same); err != nil {
			return nil, err
		}
		judged[pair] = same
	}
	return judged, rows.Err()
}

// of returns a name and those that mean the same person, by however many
// steps; a name that was judged to be another person's than this is left out.
func (j identity) of(name string) []string {
	names := []string{name}
	for i := 0; i < len(names); i++ {
		var next []string
		for pair, same := range j {
			other := pair[0]
			if other == names[i] {
				other = pair[1]
			} else if pair[1] != names[i] {
				continue
			}
			if same && !slices.Contains(names, other) && !j.differ(name, other) {
				next = append(next, other)
			}
		}
		slices.Sort(next)
		names = append(names, slices.Compact(next)...)
	}
	return names
}

func (j identity) differ(a, b string) bool {
	same, judged := j[[2]string{min(a, b), max(a, b)}]
	return judged && !same
}

// also returns, as phrases, the other names of everybody whose judged names
// hold all words that are looked for.
func (j identity) also(w wanted) (phrases []term) {
	var names []string
	for pair := range j {
		names = append(names, pair[:]...)
	}
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if w.fits(name) {
			for _, other := range j.of(name)[1:] {
				if t := (term{words: other}); !w.fits(other) && !slices.ContainsFunc(phrases, func(p term) bool { return p.words == other }) {
					phrases = append(phrases, t)
				}
			}
		}
	}
	return phrases
}

// fits reports whether a name holds all words that are wanted.
func (w wanted) fits(name string) bool {
	words := wordsOf(name)
	for _, t := range w.terms {
		for _, word := range wordsOf(t.words) {
			if !slices.ContainsFunc(words, func(s string) bool { return s == word || t.prefix && strings.HasPrefix(s, word) }) {
				return false
			}
		}
	}
	return true
}
