package record

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
)

// NameQuery asks for names. Each field that is set narrows it.
type NameQuery struct {
	Role  string // in which they take part: speaker, source, target, party; empty: any
	Kind  string // of the actor: person, state, organization, group, outlet
	State string // ISO alpha-3 of the state that they are or act for
	Like  string // part of the name; case and accents do not matter

	Limit, Offset int // at most Limit; 0 means 100
}

// Named is a name with how much the record holds of it.
type Named struct {
	Name  string `json:"name"`
	Kind  string `json:"kind"`            // of the actor; empty if unknown
	State string `json:"state,omitempty"` // ISO alpha-3; empty if unknown or if reports differ
	Items int    `json:"items"`           // in the latest versions
	First string `json:"first"`           // first and last day on which a report with it was known,
	Last  string `json:"last"`            // earlier versions and readings included
}

// Axis is by what items are counted.
type Axis string

// The axes. Days, months and years are those of publication, Held is the first
// day on which an item held.
const (
	ByDay     Axis = "day"
	ByMonth   Axis = "month"
	ByYear    Axis = "year"
	ByOutlet  Axis = "outlet"
	ByKind    Axis = "kind"
	ByType    Axis = "type"
	ByStatus  Axis = "status"
	ByHeld    Axis = "held"
	BySpeaker Axis = "speaker"
	ByState   Axis = "state" // of any party; an item counts for each of its states
)

// Tallied is a value on an axis with how many items have it.
type Tallied struct {
	Value string `json:"value"` // empty if unknown
	Count int    `json:"count"`
}

// timely reports whether the values of an axis follow each other in time.
func (a Axis) timely() bool {
	return slices.Contains([]Axis{ByDay, ByMonth, ByYear, ByHeld}, a)
}

// ofDay is the value on an axis of time of a column that holds a day.
func (a Axis) ofDay(column string) string {
	length := map[Axis]int{ByDay: len("2006-01-02"), ByMonth: len("2006-01"), ByYear: len("2006")}[a]
	if length == 0 {
		return ""
	}
	return fmt.Sprintf("substr(%s, 1, %d)", column, length)
}

// nameKey is what one row of names counts.
type nameKey struct{ role, name, kind, state string }

func (k nameKey) compare(o nameKey) int {
	return cmp.Or(strings.Compare(k.role, o.role), strings.Compare(k.name, o.name), strings.Compare(k.kind, o.kind), strings.Compare(k.state, o.state))
}

// nameCounts returns how often each name takes part in the items.
func nameCounts(rows []row) map[nameKey]int {
	counts := map[nameKey]int{}
	for _, r := range rows {
		seen := map[nameKey]bool{}
		for _, p := range r.Parties {
			if k := (nameKey{p.Role, clean(p.Name), clean(p.Kind), clean(p.State)}); !seen[k] {
				seen[k] = true
				counts[k]++
			}
		}
	}
	return counts
}

// storedNames is nameCounts of what a report has in the store.
func (s *database) storedNames(ctx context.Context, tx *sql.Tx, report int64) (map[nameKey]int, error) {
	rows, err := tx.QueryContext(ctx, s.bind(`SELECT role, name, kind, state, count(DISTINCT item) FROM parties WHERE item >= ? AND item < ?
		GROUP BY role, name, kind, state`), report*perReport, (report+1)*perReport)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counts := map[nameKey]int{}
	for rows.Next() {
		var k nameKey
		var n int
		if err := rows.Scan(&k.role, &k.name, &k.kind, &k.state, &n); err != nil {
			return nil, err
		}
		counts[k] = n
	}
	return counts, rows.Err()
}

// countNames adds to the counts of names, sign times. Rows are changed in one
// order, so that writers that wait for each other's rows never do so in a circle.
func (s *database) countNames(ctx context.Context, tx *sql.Tx, counts map[nameKey]int, sign int, known string) error {
	in := s.insert(ctx, tx, "names (role, name, kind, state, folded, items, first, last)", 8)
	in.then = ` ON CONFLICT (role, name, kind, state) DO UPDATE SET items = names.items + excluded.items,
		first = CASE WHEN excluded.first < names.first THEN excluded.first ELSE names.first END,
		last = CASE WHEN excluded.last > names.last THEN excluded.last ELSE names.last END`
	for _, k := range slices.SortedFunc(maps.Keys(counts), nameKey.compare) {
		in.row(k.role, k.name, k.kind, k.state, strings.ToLower(fold(k.name)), sign*counts[k], known, known)
	}
	in.send()
	return in.err
}

func (s *database) Names(ctx context.Context, q NameQuery) ([]Named, error) {
	var w where
	for _, f := range []struct{ column, value string }{{"role", q.Role}, {"kind", q.Kind}, {"state", strings.ToUpper(q.State)}} {
		if f.value != "" {
			w.add(f.column+" = ?", f.value)
		}
	}
	if q.Like != "" {
		w.add(`folded LIKE ? ESCAPE '\'`, "%"+strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(fold(q.Like)))+"%")
	}
	limit := Query{Limit: q.Limit}.limit()
	rows, err := s.db.QueryContext(ctx, s.bind(`SELECT name, max(kind), CASE WHEN min(state) = max(state) OR min(state) = '' AND count(DISTINCT state) = 2 THEN max(state) ELSE '' END,
		sum(items) AS total, min(first), max(last) FROM names`+w.String()+
		` GROUP BY name HAVING sum(items) > 0 ORDER BY total DESC, name LIMIT ? OFFSET ?`), append(w.args, limit, q.Offset)...)
	if err != nil {
		return nil, fmt.Errorf("list names: %w", err)
	}
	defer rows.Close()
	out := []Named{}
	for rows.Next() {
		var n Named
		if err := rows.Scan(&n.Name, &n.Kind, &n.State, &n.Items, &n.First, &n.Last); err != nil {
			return nil, fmt.Errorf("list names: %w", err)
		}
		out = append(out, n)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("list names: %w", err)
	}
	return out, nil
}

func (s *database) Tally(ctx context.Context, q Query, by Axis) ([]Tallied, error) {
	out, err := s.tally(ctx, q, by)
	if err != nil {
		return nil, fmt.Errorf("count by %s: %w", by, err)
	}
	return out, nil
}

func (s *database) tally(ctx context.Context, q Query, by Axis) ([]Tallied, error) {
	p, err := s.prepare(ctx, q)
	if err != nil {
		return nil, err
	}
	query, args, err := s.tallyQuery(p, by)
	if err != nil || p.nothing {
		return []Tallied{}, err
	}
	order := "2 DESC, 1"
	if by.timely() {
		order = "1"
	}
	query += ` GROUP BY 1 ORDER BY ` + order
	if q.Limit > 0 {
		query, args = query+` LIMIT ? OFFSET ?`, append(args, q.Limit, q.Offset)
	}
	rows, err := s.db.QueryContext(ctx, s.bind(query), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := []Tallied{}
	for rows.Next() {
		var t Tallied
		if err := rows.Scan(&t.Value, &t.Count); err != nil {
			return nil, err
		}
		if t.Count > 0 {
			out = append(out, t)
		}
	}
	return out, rows.Err()
}

// tallyQuery chooses the narrowest table that can answer: heads of reports,
// which hold counts; the index of parties; or the items themselves.
func (s *database) tallyQuery(q question, by Axis) (query string, args []any, err error) {
	var w where
	ofReports := q.Query
	ofReports.Kinds, ofReports.Outlet, ofReports.Ref, ofReports.From, ofReports.To, ofReports.Known, ofReports.Limit, ofReports.Offset = nil, "", "", nil, nil, nil, 0, 0
	value := map[Axis]string{ByOutlet: "r.outlet"}[by] + by.ofDay("r.known")
	if reflect.ValueOf(ofReports).IsZero() && value != "" {
		w.reports(q.Query)
		return `SELECT ` + value + `, sum(` + countsOf(q.Kinds) + `) FROM reports r` + w.String(), w.args, nil
	}
	ofParties := ofReports
	ofParties.State, ofParties.Name, ofParties.Role = "", "", ""
	value = map[Axis]string{ByKind: "p.item_kind"}[by] + by.ofDay("p.day")
	if reflect.ValueOf(ofParties).IsZero() && q.Outlet == "" && q.Ref == "" && (q.State == "") != (len(q.names) == 0) && len(q.names) < 2 && value != "" {
		w.party(q)
		return `SELECT ` + value + `, count(*) FROM parties p` + w.String(), w.args, nil
	}
	value = map[Axis]string{ByOutlet: "r.outlet", ByKind: "i.kind", ByType: "i.type", ByStatus: "i.status", ByHeld: "i.held_from",
		BySpeaker: "a.name", ByState: "a.state"}[by] + by.ofDay("r.known")
	if value == "" {
		return "", nil, fmt.Errorf("there is no such axis")
	}
	from, _ := s.find(&w, q, 0)
	switch by {
	case BySpeaker:
		from += " CROSS JOIN parties a"
		w.add("a.item = i.number AND a.role = 'speaker' AND (a.again & 8) = 0")
	case ByState:
		from += " CROSS JOIN parties a"
		w.add("a.item = i.number AND a.state <> '' AND (a.again & 1) = 0")
	}
	return `SELECT ` + value + `, count(*) FROM ` + from + w.String(), w.args, err
}

// countsOf is how many items of these kinds a report has.
func countsOf(kinds []Kind) string {
	columns := map[Kind]string{Text: "1", Statement: "r.statements", Act: "r.acts", Agreement: "r.agreements"}
	if len(kinds) == 0 {
		kinds = []Kind{Text, Statement, Act, Agreement}
	}
	var terms []string
	for _, k := range []Kind{Text, Statement, Act, Agreement} {
		if slices.Contains(kinds, k) {
			terms = append(terms, columns[k])
		}
	}
	return cmp.Or(strings.Join(terms, " + "), "0")
}
