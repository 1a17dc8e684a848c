package record

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"github.com/casus-foederis/casus/day"
)

// term is a word, or several that stand together.
type term struct {
	words  string
	prefix bool // the last word may go on
}

// wanted is what somebody searches for.
type wanted struct {
	terms, without []term
}

// field is what is wanted in one column of the index of words.
type field struct {
	column string
	wanted
}

// parseWords reads a search as people type it. Whatever has no letter or digit
// is passed over, so that no input is a mistake. It is empty if nothing is left.
func parseWords(s string) wanted {
	var w wanted
	for s = strings.TrimSpace(s); s != ""; s = strings.TrimSpace(s) {
		not := false
		if rest, ok := strings.CutPrefix(s, "-"); ok {
			not, s = true, rest
		}
		var t term
		if rest, ok := strings.CutPrefix(s, `"`); ok {
			t.words, s, _ = strings.Cut(rest, `"`)
		} else {
			i := strings.IndexFunc(s, unicode.IsSpace)
			if i < 0 {
				i = len(s)
			}
			t.words, s = s[:i], s[i:]
			t.words, t.prefix = strings.CutSuffix(t.words, "*")
		}
		t.words = strings.TrimSpace(clean(t.words))
		if strings.IndexFunc(t.words, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
			continue
		}
		if not {
			w.without = append(w.without, t)
		} else {
			w.terms = append(w.terms, t)
		}
	}
	return w
}

// where collects the conditions of a query.
type where struct {
	conditions []string
	args       []any
}

func (w *where) add(condition string, args ...any) {
	w.conditions = append(w.conditions, condition)
	w.args = append(w.args, args...)
}

func (w *where) String() string {
	if len(w.conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conditions, " AND ")
}

// reports narrows to reports: of each page the latest version known by then.
func (w *where) reports(q Query) {
	w.versions(q, "r.known", "r.superseded")
	if q.Outlet != "" {
		w.add("r.outlet = ?", q.Outlet)
	}
	if q.Ref != "" {
		w.add("r.hash = ?", q.Ref)
	}
}

// versions narrows to the days of publication and the versions that a question
// is about; the columns are those of a report or their copies.
func (w *where) versions(q Query, known, superseded string) {
	if q.Known != nil {
		w.add(known+" <= ? AND ("+superseded+" = '' OR "+superseded+" > ?)", q.Known.String(), q.Known.String())
	} else {
		w.add(superseded + " = ''")
	}
	if q.From != nil {
		w.add(known+" >= ?", q.From.String())
	}
	if q.To != nil {
		w.add(known+" < ?", q.To.String())
	}
}

func (w *where) kinds(column string, kinds []Kind) {
	if len(kinds) == 0 {
		return
	}
	marks := strings.TrimSuffix(strings.Repeat("?, ", len(kinds)), ", ")
	var args []any
	for _, k := range kinds {
		args = append(args, string(k))
	}
	w.add(column+" IN ("+marks+")", args...)
}

// party narrows parties p to the state or name that is asked for: one row of
// each item.
func (w *where) party(q Query) {
	column, value, bit := "p.state", strings.ToUpper(q.State), 1
	if q.State == "" {
		column, value, bit = "p.name", q.Name, 2
	}
	w.add(column+" = ?", value)
	if q.Role != "" {
		w.add("p.role = ?", q.Role)
		bit *= 4
	}
	w.add(fmt.Sprintf("(p.again & %d) = 0", bit))
	w.kinds("p.item_kind", q.Kinds)
	w.versions(q, "p.day", "p.superseded")
}

// heldOn narrows to items that held on a day.
func (w *where) heldOn(d day.Day) {
	on := d.String()
	either := []string{"i.held = ? AND i.held_from <= ?"}
	args := []any{open, on}
	for _, r := range reach {
		either = append(either, "i.held = ? AND i.held_from BETWEEN ? AND ? AND i.held_to > ?")
		args = append(args, r.held, (d - r.days).String(), on, on)
	}
	w.add("("+strings.Join(either, " OR ")+")", args...)
}

func (q Query) limit() int {
	if q.Limit > 0 {
		return q.Limit
	}
	return 100
}

const headColumns = `r.hash, r.id, r.url, r.outlet, r.title, r.published, r.known, r.added, r.version, r.statements, r.acts, r.agreements`

func (h *Head) fields() []any {
	return []any{&h.Hash, &h.ID, &h.URL, &h.Outlet, &h.Title, &h.Published, &h.Known, &h.Added, &h.Version, &h.Statements, &h.Acts, &h.Agreements}
}

func (s *database) List(ctx context.Context, q Query) ([]Head, error) {
	var w where
	w.reports(q)
	heads, err := s.heads(ctx, w.String()+` ORDER BY r.number DESC LIMIT ? OFFSET ?`, append(w.args, q.limit(), q.Offset)...)
	if err != nil {
		return nil, fmt.Errorf("list reports: %w", err)
	}
	return heads, nil
}

func (s *database) heads(ctx context.Context, rest string, args ...any) ([]Head, error) {
	rows, err := s.db.QueryContext(ctx, s.bind(`SELECT `+headColumns+` FROM reports r`+rest), args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	heads := []Head{}
	for rows.Next() {
		var h Head
		if err := rows.Scan(h.fields()...); err != nil {
			return nil, err
		}
		heads = append(heads, h)
	}
	return heads, rows.Err()
}

func (s *database) Report(ctx context.Context, key string) (*Stored, error) {
	fail := func(err error) (*Stored, error) { return nil, fmt.Errorf("show report %q: %w", key, err) }
	// A key is the id of a report or the beginning of a hash: at least six of its characters.
	heads, err := s.heads(ctx, ` WHERE r.id = ? OR r.hash = ? ORDER BY r.version DESC, r.number DESC`, key, key)
	if err == nil && len(heads) == 0 && len(key) >= 6 && strings.Trim(key, "0123456789abcdef") == "" {
		heads, err = s.heads(ctx, ` WHERE r.hash >= ? AND r.hash < ? ORDER BY r.number`, key, key+"g")
		if err == nil && len(heads) > 1 {
			return fail(ErrAmbiguous)
		}
	}
	if err != nil {
		return fail(err)
	}
	if len(heads) == 0 {
		return fail(ErrNotFound)
	}
	out := Stored{Head: heads[0]}
	var document string
	if err := s.db.QueryRowContext(ctx, s.bind(`SELECT document FROM documents d JOIN reports r ON r.number = d.report WHERE r.hash = ?`), out.Hash).Scan(&document); err != nil {
		return fail(err)
	}
	if err := json.Unmarshal([]byte(document), &out.Document); err != nil {
		return fail(fmt.Errorf("decode document: %w", err))
	}
	out.Versions, err = s.heads(ctx, ` WHERE r.page = (SELECT page FROM reports WHERE hash = ?) ORDER BY r.version`, out.Hash)
	if err != nil {
		return fail(err)
	}
	return &out, nil
}

func (s *database) Search(ctx context.Context, q Query) ([]Item, error) {
	items, err := s.search(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("search record: %w", err)
	}
	return items, nil
}

// find adds the conditions of a question for items and says from which tables
// they are read, in which order.
func (s *database) find(w *where, q Query) (from, order string, err error) {
	var fields []field
	for _, f := range []struct{ column, words string }{{"words", q.Words}, {"speaker", q.Speaker}, {"target", q.Target}} {
		if f.words == "" {
			continue
		}
		find := parseWords(f.words)
		if len(find.terms) == 0 {
			return "", "", fmt.Errorf("%w: %q", ErrNoWords, f.words)
		}
		fields = append(fields, field{f.column, find})
	}
	from, order = s.walk(w, q, fields)
	w.kinds("i.kind", q.Kinds)
	for _, f := range []struct{ column, value string }{{"i.type", q.Type}, {"i.status", q.Status}, {"i.instrument", q.Instrument}} {
		if f.value != "" {
			w.add(f.column+" = ?", f.value)
		}
	}
	if q.Within != nil {
		w.add("i.within = ?", *q.Within)
	}
	if q.On != nil {
		w.heldOn(*q.On)
	}
	w.reports(q)
	return from, order, nil
}

func (s *database) search(ctx context.Context, q Query) ([]Item, error) {
	var w where
	from, order, err := s.find(&w, q)
	if err != nil {
		return nil, err
	}
	rows, err := s.db.QueryContext(ctx, s.bind(`SELECT i.number, i.kind, i.id, i.type, i.status, i.within, i.instrument, i.held_from, i.held_to, i.words, `+
		headColumns+` FROM `+from+w.String()+` ORDER BY `+order+` LIMIT ? OFFSET ?`),
		append(w.args, q.limit(), q.Offset)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	items := []Item{}
	at := map[int64]int{}
	for rows.Next() {
		it := Item{Parties: []Party{}}
		var number int64
		if err := rows.Scan(append([]any{&number, &it.Kind, &it.ID, &it.Type, &it.Status, &it.Within, &it.Instrument, &it.From, &it.To, &it.Words},
			it.Report.fields()...)...); err != nil {
			return nil, err
		}
		it.Ref = it.Report.Hash
		if it.Kind == Text {
			it.Words = beginning(it.Words)
		} else {
			it.Ref += "#" + it.ID
		}
		at[number] = len(items)
		items = append(items, it)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return items, s.parties(ctx, items, at)
}

// walk says from which table to walk, latest first, so that a question stops at
// its limit, and adds what joins the others. SQLite keeps the order of a cross
// join; PostgreSQL chooses its own.
func (s *database) walk(w *where, q Query, fields []field) (from, order string) {
	w.add("r.number = i.report")
	driven := false
	if len(fields) == 0 && (q.State != "" || q.Name != "") {
		driven = true
		w.add("i.number = p.item")
		w.party(q)
	}
	for _, f := range []struct{ column, value string }{{"state", strings.ToUpper(q.State)}, {"name", q.Name}} {
		if f.value == "" || driven && (f.column == "state" || q.State == "") {
			continue
		}
		condition, args := "EXISTS (SELECT 1 FROM parties o WHERE o.item = i.number AND o."+f.column+" = ?", []any{f.value}
		if q.Role != "" {
			condition, args = condition+" AND o.role = ?", append(args, q.Role)
		}
		w.add(condition+")", args...)
	}
	switch {
	case len(fields) > 0:
		condition, args := s.match(fields)
		w.add(condition, args...)
		return "search f CROSS JOIN items i CROSS JOIN reports r", s.newest()
	case driven:
		return "parties p CROSS JOIN items i CROSS JOIN reports r", "p.item DESC"
	case q.Type != "" || q.Instrument != "" || q.On != nil:
		return "items i CROSS JOIN reports r", "i.number DESC"
	}
	return "reports r CROSS JOIN items i", "r.number DESC, i.number DESC"
}

func beginning(s string) string {
	const most = 300
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// parties fills in who takes part in items, by their numbers.
func (s *database) parties(ctx context.Context, items []Item, at map[int64]int) error {
	if len(at) == 0 {
		return nil
	}
	const batch = 500
	numbers := make([]any, 0, len(at))
	for n := range at {
		numbers = append(numbers, n)
	}
	for start := 0; start < len(numbers); start += batch {
		some := numbers[start:min(start+batch, len(numbers))]
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(some)), ", ")
		if err := s.partiesOf(ctx, marks, some, items, at); err != nil {
			return err
		}
	}
	return nil
}

func (s *database) partiesOf(ctx context.Context, marks string, numbers []any, items []Item, at map[int64]int) error {
	rows, err := s.db.QueryContext(ctx, s.bind(`SELECT item, role, kind, name, state FROM parties WHERE item IN (`+marks+`) ORDER BY item, place`), numbers...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var number int64
		var p Party
		if err := rows.Scan(&number, &p.Role, &p.Kind, &p.Name, &p.State); err != nil {
			return err
		}
		it := &items[at[number]]
		it.Parties = append(it.Parties, p)
	}
	return rows.Err()
}
