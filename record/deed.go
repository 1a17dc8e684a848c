package record

import (
	"cmp"
	"context"
	"database/sql"
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
