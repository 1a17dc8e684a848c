package record

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/casus-foederis/casus/day"
)

// DeedQuery asks for acts and agreements of one party.
type DeedQuery struct {
	Party    string   // ISO alpha-3 of a state, or the exact name of whoever has none
	Roots    []string // PLOVER roots, any of them; agreements are AGREE
	From, To day.Day  // day of publication, half-open
	Known    *day.Day // as the record was known then; nil: now
	Limit    int      // at most; 0 means 100
}

// Deeds finds acts and agreements by a table of their own, those of the report
// added last first: a millisecond for some hundred.
func (s *database) Deeds(ctx context.Context, q DeedQuery) ([]Item, error) {
	var w where
	w.add("d.party = ? AND d.day >= ? AND d.day < ?", q.Party, q.From.String(), q.To.String())
	w.in("d.root", q.Roots)
	w.versions(Query{Known: q.Known}, "r.known", "r.superseded")
	w.add("r.number = d.item / 1048576") // perReport
	items, err := s.items(ctx, "(SELECT d.item FROM deeds d CROSS JOIN reports r"+w.String()+" ORDER BY d.item DESC LIMIT ?) f CROSS JOIN items i CROSS JOIN reports r",
		" WHERE i.number = f.item AND r.number = i.report ORDER BY f.item DESC", append(w.args, Query{Limit: q.Limit}.limit()))
	if err != nil {
		return nil, fmt.Errorf("look for what %s did: %w", q.Party, err)
	}
	return items, nil
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
