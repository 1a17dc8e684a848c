package record

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
)

// DeedQuery asks for acts and agreements of some parties.
type DeedQuery struct {
	Parties []string // ISO alpha-3 of states, or exact names of those who have none: any of them
	Roots   []string // PLOVER roots, any of them; agreements are AGREE
	At      day.Day  // of publication: those published at most so many days
	Within  day.Day  // before or after it
	Known   *day.Day // as the record was known then; nil: now
	Limit   int      // at most; 0 means 100
}

// Deeds finds acts and agreements by a table of their own: of those with most of
// the parties in common the nearest in time, in the order in which they were
// added, the last first.
func (s *database) Deeds(ctx context.Context, q DeedQuery) ([]Item, error) {
	items, err := s.deeds(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("look for what %s did: %w", strings.Join(q.Parties, ", "), err)
	}
	return items, nil
}

func (s *database) deeds(ctx context.Context, q DeedQuery) ([]Item, error) {
	var w where
	w.in("d.party", q.Parties)
	w.in("d.root", q.Roots)
	until := q.At + q.Within
	if q.Known != nil {
		until = min(until, *q.Known)
	}
	w.add("d.day >= ? AND d.day <= ?", (q.At - q.Within).String(), until.String())
	type found struct {
		item   int64
		shared int
		gap    day.Day
	}
	var list []found
	at := map[int64]int{}
	err := s.each(ctx, s.db, `SELECT d.item, d.day FROM deeds d`+w.String(), w.args, func(rows *sql.Rows) error {
		var item int64
		var on string
		if err := rows.Scan(&item, &on); err != nil {
			return err
		}
		i, ok := at[item]
		if !ok {
			i, at[item] = len(list), len(list)
			d, err := day.Parse(on)
			if err != nil {
				return err
			}
			list = append(list, found{item, 0, max(d-q.At, q.At-d)})
		}
		list[i].shared++
		return nil
	})
	if err != nil || len(list) == 0 {
		return []Item{}, err
	}
	slices.SortFunc(list, func(a, b found) int {
		return cmp.Or(cmp.Compare(b.shared, a.shared), cmp.Compare(a.gap, b.gap), cmp.Compare(b.item, a.item))
	})
	var fetch where
	var numbers []any
	for _, f := range list[:min(len(list), Query{Limit: q.Limit}.limit())] {
		numbers = append(numbers, f.item)
	}
	fetch.add("i.number"+among(len(numbers))+" AND r.number = i.report", numbers...)
	fetch.versions(Query{Known: q.Known}, "r.known", "r.superseded")
	return s.items(ctx, "items i CROSS JOIN reports r", fetch.String()+" ORDER BY i.number DESC", fetch.args)
}

// Mentioned finds reports that hold any of some words, of those published at most
// so many days before or after a day, the last added first. Of the words, which
// may end in a star, those count that few reports hold; if there is none, all.
func (s *database) Mentioned(ctx context.Context, words []string, at, within day.Day, known *day.Day, limit int) ([]Head, error) {
	from, to := at-within, at+within+1
	q := Query{Kinds: []Kind{Text}, AnyWord: true, From: &from, To: &to, Known: known, Limit: limit}
	var rare []any
	some := false // words are rare
	for _, word := range words {
		numbers, few, err := s.holding(ctx, word)
		if err != nil {
			return nil, fmt.Errorf("look for reports with %q: %w", word, err)
		}
		if few {
			rare = append(rare, numbers...)
			some = true
		}
	}
	if !some {
		q.Words = strings.Join(words, " ")
		items, err := s.Search(ctx, q)
		var heads []Head
		for _, it := range items {
			heads = append(heads, it.Report)
		}
		return heads, err
	}
	if len(rare) == 0 {
		return nil, nil
	}
	var w where
	w.add("r.number"+among(len(rare)), rare...)
	w.reports(q)
	heads, err := s.heads(ctx, w.String()+` ORDER BY r.number DESC LIMIT ?`, append(w.args, q.limit())...)
	if err != nil {
		return nil, fmt.Errorf("look for reports with %q: %w", words, err)
	}
	return heads, nil
}

// holding returns the numbers of the reports that hold a word, if they are few.
func (s *database) holding(ctx context.Context, word string) (numbers []any, few bool, err error) {
	const most = 150
	q, err := s.prepare(ctx, Query{Words: word})
	switch {
	case errors.Is(err, ErrManyWords):
		return nil, false, nil
	case errors.Is(err, ErrNoWords):
		return nil, true, nil
	case err != nil:
		return nil, false, err
	}
	if few, err = s.rare(ctx, s.db, q.fields); err != nil || !few {
		return nil, false, err
	}
	condition, args := s.match(q.fields, nil)
	key := "f." + s.key()
	whole := "NOT MATERIALIZED"
	if s.shared() {
		whole = "MATERIALIZED" // a planner that stops at the limit would read the whole table for a rare word
	}
	err = s.each(ctx, s.db, `WITH found AS `+whole+` (SELECT `+key+` AS item FROM search f WHERE `+condition+`)
		SELECT item / 1048576 FROM found WHERE item % 1048576 = 0 LIMIT ?`, append(args, most+1), func(rows *sql.Rows) error {
		var number int64
		err := rows.Scan(&number)
		numbers = append(numbers, number)
		return err
	})
	return numbers, len(numbers) <= most, err
}

// deedsOf lists the rows of deeds that an item has.
func (r *row) deedsOf() (parties []string, root string) {
	switch root = r.Type; r.Kind {
	case Act:
	case Agreement:
		root = "AGREE"
	default:
		return nil, ""
	}
	seen := map[string]bool{}
	for _, p := range r.Parties {
		party := p.State
		if party == "" {
			party = p.Name
		}
		if !seen[party] {
			seen[party] = true
			parties = append(parties, party)
		}
	}
	return parties, root
}

// storedDeeds is what deeds holds, made from the tables of items and parties.
const storedDeeds = `SELECT CASE p.state WHEN '' THEN p.name ELSE p.state END AS party, CASE i.kind WHEN 'agreement' THEN 'AGREE' ELSE i.type END AS root, p.day, p.item
	FROM parties p JOIN items i ON i.number = p.item WHERE p.item_kind IN ('act', 'agreement')`

// dropDeeds takes a report out of the table, before its items are deleted.
func (s *database) dropDeeds(ctx context.Context, tx *sql.Tx, report int64) error {
	_, err := tx.ExecContext(ctx, s.bind(`DELETE FROM deeds WHERE (party, root, day, item) IN (`+storedDeeds+` AND p.item >= ? AND p.item < ?)`),
		report*perReport, (report+1)*perReport)
	return err
}
