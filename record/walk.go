package record

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/casus-foederis/casus/reading"
)

func (s *database) Walk(ctx context.Context, q Query, do func(Item, *reading.Document) error) error {
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true, Isolation: s.snapshot()})
	if err == nil {
		err = errors.Join(s.walk(ctx, tx, q, do), ignoreDone(tx.Rollback()))
	}
	if err != nil {
		return fmt.Errorf("walk the record: %w", err)
	}
	return nil
}

// walk goes from page to page, each of which begins behind the last item of the
// one before, so that nothing but a page is in memory.
func (s *database) walk(ctx context.Context, tx *sql.Tx, query Query, do func(Item, *reading.Document) error) error {
	const page = 5000
	q, err := s.prepare(ctx, query)
	if err != nil || q.nothing {
		return err
	}
	left := query.Limit
	for after := int64(-1); ; {
		most := page
		if query.Limit > 0 {
			most = min(page, left)
		}
		numbers, err := s.numbers(ctx, tx, q, after, most)
		if err != nil {
			return err
		}
		if err := s.visit(ctx, tx, numbers, do); err != nil {
			return err
		}
		if left -= len(numbers); len(numbers) < page || query.Limit > 0 && left <= 0 {
			return nil
		}
		after = numbers[len(numbers)-1]
	}
}

// numbers are those of the items that fit, behind one of them, in order.
func (s *database) numbers(ctx context.Context, tx *sql.Tx, q question, after int64, most int) ([]int64, error) {
	var w where
	var from string
	key := "i.number"
	if q.narrow() {
		from, key = w.findNarrow(q), "p.item"
	} else {
		from, _ = s.find(&w, q, 0)
		if q.indexed() {
			w.add("i.number > ?", after)
			key = "f." + s.key()
		}
	}
	w.add(key+" > ?", after)
	rows, err := tx.QueryContext(ctx, s.bind(`SELECT `+key+` FROM `+from+w.String()+` ORDER BY `+key+` LIMIT ?`), append(w.args, most)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var numbers []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		numbers = append(numbers, n)
	}
	return numbers, rows.Err()
}

// visit calls do for each of the items, as their documents hold them.
func (s *database) visit(ctx context.Context, tx *sql.Tx, numbers []int64, do func(Item, *reading.Document) error) error {
	var report int64
	var head Head
	var document *reading.Document
	var items []row
	for _, n := range numbers {
		if n/perReport != report {
			report = n / perReport
			var text string
			err := tx.QueryRowContext(ctx, s.bind(`SELECT `+headColumns+`, d.document FROM reports r JOIN documents d ON d.report = r.number WHERE r.number = ?`), report).
				Scan(append(head.fields(), &text)...)
			if err != nil {
				return err
			}
			document = new(reading.Document)
			if err := json.Unmarshal([]byte(text), document); err != nil {
				return fmt.Errorf("report %s: decode document: %w", head.Hash, err)
			}
			items = itemize(document)
		}
		if int(n%perReport) >= len(items) {
			return fmt.Errorf("report %s: its document holds no item %d", head.Hash, n%perReport)
		}
		it := items[n%perReport].Item
		it.Report, it.Ref = head, head.Hash
		if it.Kind != Text {
			it.Ref += "#" + it.ID
		}
		if err := do(it, document); err != nil {
			return err
		}
	}
	return nil
}
