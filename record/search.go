package record

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/casus-foederis/casus/day"
)

// term is a word, or several that stand together.
type term struct {
	words  string
	prefix bool     // the last word may go on
	begins []string // the words that it may be, if they were looked up
}

// wanted is what somebody searches for.
type wanted struct {
	terms, without []term
}

// field is what is wanted in one column of the index of words.
type field struct {
	column string
	wanted
	also []term // any of these serves instead of all terms
}

// question is a query made ready to be put to the database.
type question struct {
	Query
	fields  []field
	tags    [][]string // one of each
	names   []string   // Name and its other names
	after   int64      // number of the item after which the page begins; 0: it is the first
	nothing bool       // no report can fit
}

// prepare looks up what a query means in this record as it is now.
func (s *database) prepare(ctx context.Context, q Query) (question, error) {
	p := question{Query: q}
	if q.After != "" {
		hash, id, _ := strings.Cut(q.After, "#")
		err := s.db.QueryRowContext(ctx, s.bind(`SELECT i.number FROM reports r JOIN items i ON i.report = r.number WHERE r.hash = ? AND i.id = ?`), hash, id).Scan(&p.after)
		if errors.Is(err, sql.ErrNoRows) {
			err = fmt.Errorf("%w: the page before ended with %s", ErrNotFound, q.After)
		}
		if err != nil {
			return p, err
		}
	}
	judged := identity{}
	if q.Name != "" || q.Speaker != "" || q.Target != "" {
		var err error
		if judged, err = s.samePersons(ctx, q.Known); err != nil {
			return p, err
		}
	}
	for _, f := range []struct{ column, words string }{{"words", q.Words}, {"speaker", q.Speaker}, {"target", q.Target}} {
		if f.words == "" {
			continue
		}
		w := parseWords(f.words)
		if len(w.terms) == 0 {
			return p, fmt.Errorf("%w: %q", ErrNoWords, f.words)
		}
		found := field{column: f.column, wanted: w}
		if q.AnyWord && f.column == "words" {
			found.terms, found.also = w.terms[:1], w.terms[1:]
		}
		if f.column != "words" {
			found.also = judged.also(w)
		}
		for _, terms := range [][]term{found.terms, found.also, w.without} {
			for i := range terms {
				if err := s.beginnings(ctx, s.db, &terms[i]); err != nil {
					return p, err
				}
			}
		}
		p.fields = append(p.fields, found)
	}
	var kinds []string
	for _, k := range q.Kinds {
		kinds = append(kinds, plainTag("k", string(k)))
	}
	p.tag(kinds...)
	if q.Name != "" {
		p.names = judged.of(q.Name)
		var tags []string
		for _, name := range p.names {
			tags = append(tags, hashTag("n", name))
		}
		p.tag(tags...)
	}
	for _, f := range []struct {
		value string
		tag   func(string) string
	}{
		{q.State, func(v string) string { return stateTag(v, q.Role) }},
		{q.Type, func(v string) string { return plainTag("t", v) }},
		{q.Status, func(v string) string { return plainTag("u", v) }},
		{q.Instrument, func(v string) string { return hashTag("i", v) }},
		{q.Outlet, func(v string) string { return hashTag("o", v) }},
	} {
		if f.value != "" {
			p.tag(f.tag(f.value))
		}
	}
	if q.Within != nil && *q.Within == "" {
		p.tag("w0")
	}
	if q.On != nil {
		p.tag(heldTags(*q.On)...)
	}
	return p, s.days(ctx, &p)
}

const week = 7

func firstOfMonth(d day.Day) day.Day { return day.MustParse(d.String()[:8] + "01") }

// tag wants one of the tags, if there are any.
func (q *question) tag(tags ...string) {
	if len(tags) > 0 {
		q.tags = append(q.tags, tags)
	}
}

// days adds tags for the days of publication, unless all reports are of those days.
func (s *database) days(ctx context.Context, q *question) error {
	if q.From == nil && q.To == nil && q.Known == nil {
		return nil
	}
	var first, last string
	err := s.db.QueryRowContext(ctx, `SELECT coalesce((SELECT min(known) FROM reports), ''), coalesce((SELECT max(known) FROM reports), '')`).Scan(&first, &last)
	if err != nil {
		return err
	}
	from, err1 := day.Parse(first)
	to, err2 := day.Parse(last)
	if err1 != nil || err2 != nil {
		return nil
	}
	to++
	whole := to - from
	if q.From != nil {
		from = max(from, *q.From)
	}
	if q.To != nil {
		to = min(to, *q.To)
	}
	if q.Known != nil {
		to = min(to, *q.Known+1)
	}
	switch {
	case from >= to:
		q.nothing = true
	case to-from < whole:
		if len(q.fields) > 0 && to-from > week {
			// Words are rarer than days: whole months, of which the rows themselves tell the days.
			from, to = firstOfMonth(from), firstOfMonth(to-1).AddMonths(1)
		}
		q.tag(dayTags(from, to)...)
	}
	return nil
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
	var list []string
	for _, k := range kinds {
		list = append(list, string(k))
	}
	if len(list) > 0 {
		w.in(column, list)
	}
}

// party narrows parties p to the state or name that is asked for: one row of
// each item.
func (w *where) party(q question) {
	bit := 1
	if q.State != "" {
		w.add("p.state = ?", strings.ToUpper(q.State))
	} else {
		w.in("p.name", q.names)
		bit = 2
	}
	if q.Role != "" {
		w.add("p.role = ?", q.Role)
		bit *= 4
	}
	w.add(fmt.Sprintf("(p.again & %d) = 0", bit))
	kinds := q.Kinds
	if len(kinds) == 0 {
		kinds = []Kind{Statement, Act, Agreement} // the index has days by kind
	}
	w.kinds("p.item_kind", kinds)
	w.versions(q.Query, "p.day", "p.superseded")
}

// in narrows to any of the values.
func (w *where) in(column string, values []string) { w.add(column+among(len(values)), anys(values)...) }

// among is the condition that a value is one of n.
func among(n int) string { return " IN (" + strings.TrimSuffix(strings.Repeat("?, ", n), ", ") + ")" }

func anys(values []string) (args []any) {
	for _, v := range values {
		args = append(args, v)
	}
	return args
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
	if q.After != "" {
		var number int64
		err := s.db.QueryRowContext(ctx, s.bind(`SELECT number FROM reports WHERE hash = ?`), q.After).Scan(&number)
		if errors.Is(err, sql.ErrNoRows) {
			err = fmt.Errorf("%w: the page before ended with %s", ErrNotFound, q.After)
		}
		if err != nil {
			return nil, fmt.Errorf("list reports: %w", err)
		}
		w.add("r.number < ?", number)
	}
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

func (s *database) Reports(ctx context.Context, hashes ...string) ([]*Stored, error) {
	var out []*Stored
	const batch = 50
	for some := range slices.Chunk(hashes, batch) {
		var w where
		w.in("r.hash", some)
		err := s.each(ctx, s.db, `SELECT `+headColumns+`, d.document FROM reports r JOIN documents d ON d.report = r.number`+w.String(), w.args, func(rows *sql.Rows) error {
			r := &Stored{Versions: []Head{}}
			var document sql.RawBytes
			if err := rows.Scan(append(r.fields(), &document)...); err != nil {
				return err
			}
			out = append(out, r)
			if err := json.Unmarshal(document, &r.Document); err != nil {
				return fmt.Errorf("report %s: decode document: %w", r.Hash, err)
			}
			return nil
		})
		if err != nil {
			return nil, fmt.Errorf("show reports: %w", err)
		}
	}
	return out, nil
}

func (s *database) Search(ctx context.Context, q Query) ([]Item, error) {
	items, err := s.search(ctx, q)
	if err != nil {
		return nil, fmt.Errorf("search record: %w", err)
	}
	return items, nil
}

// find adds the conditions of a question for items and says from which tables
// they are read, in which order: latest first, so that a question stops at its
// limit. SQLite keeps the order of a cross join; PostgreSQL chooses its own.
// since narrows to the items from that number on; 0 is all.
func (s *database) find(w *where, q question, since int64) (from, order string) {
	from, order = "reports r CROSS JOIN items i", "r.number DESC, i.number DESC"
	if q.indexed() {
		condition, args := s.match(q.fields, q.tags)
		from, order = "search f", "f."+s.key()+" DESC"
		switch {
		case s.recent() == 0:
			w.add(condition, args...)
		case since > 0: // walked, whatever the planner thinks of how frequent the words are
			from = "(SELECT * FROM search WHERE item >= ? ORDER BY item DESC OFFSET 0) f"
			w.args = append(w.args, since)
			w.add(condition, args...)
		default: // fetched by the index, and sorted before it is joined
			from = "(SELECT item FROM search f WHERE " + condition + " ORDER BY item DESC OFFSET 0) f"
			w.args = append(w.args, args...)
		}
		from += " CROSS JOIN items i CROSS JOIN reports r"
		w.add("i.number = f." + s.key())
	}
	w.add("r.number = i.report")
	// What the tags say is compared with what they stand for: they may be of
	// another name, and an open agreement may be younger than the day.
	w.kinds("i.kind", q.Kinds)
	w.items(q)
	if q.State != "" {
		w.partied(q, "o.state = ?", strings.ToUpper(q.State))
	}
	if q.Name != "" {
		w.partied(q, "o.name"+among(len(q.names)), anys(q.names)...)
	}
	w.reports(q.Query)
	if q.after > 0 {
		w.add("i.number < ? AND r.number <= ?", q.after, q.after/perReport)
		if q.indexed() {
			w.add("f."+s.key()+" < ?", q.after)
		}
	}
	return from, order
}

// items narrows to what an item itself says.
func (w *where) items(q question) {
	for _, f := range []struct{ column, value string }{{"lower(i.type)", strings.ToLower(q.Type)}, {"i.status", q.Status}, {"i.instrument", q.Instrument}} {
		if f.value != "" {
			w.add(f.column+" = ?", f.value)
		}
	}
	if q.Within != nil {
		w.add("i.within = ?", *q.Within)
	}
	if q.On != nil {
		w.add("i.held <> '' AND i.held_from <= ? AND (i.held_to > ? OR i.held = ?)", q.On.String(), q.On.String(), open)
	}
}

// partied wants a party of the item of which something is so.
func (w *where) partied(q question, condition string, args ...any) {
	party := where{conditions: []string{"o.item = i.number", condition}, args: args}
	if q.Role != "" {
		party.add("o.role = ?", q.Role)
	}
	w.add("EXISTS (SELECT 1 FROM parties o"+party.String()+")", party.args...)
}

// findNarrow adds the conditions of a narrow question. What is not asked is not
// joined: the numbers of all that fits are sorted before the first is fetched.
func (w *where) findNarrow(q question) (from string) {
	from = "parties p"
	w.party(q)
	rest := where{}
	rest.items(q)
	if q.State != "" && q.Name != "" {
		rest.partied(q, "o.name"+among(len(q.names)), anys(q.names)...)
	}
	if q.Outlet != "" {
		rest.add("r.outlet = ?", q.Outlet)
	}
	if len(rest.conditions) > 0 {
		from += " CROSS JOIN items i CROSS JOIN reports r"
		rest.add("i.number = p.item AND r.number = i.report")
	}
	if q.after > 0 {
		rest.add("p.item < ?", q.after)
	}
	w.conditions, w.args = append(w.conditions, rest.conditions...), append(w.args, rest.args...)
	return from
}

// indexed reports whether the index of words serves the question.
func (q question) indexed() bool { return q.Ref == "" && len(q.fields)+len(q.tags) > 0 }

// narrow reports whether the question is about what one party did within so few
// days that all of it is soon read and sorted: the index of parties serves it.
func (q question) narrow() bool {
	const most = 200                                                                             // days
	if q.From == nil || q.Ref != "" || len(q.fields) > 0 || q.State == "" && len(q.names) != 1 { // of two names one item may have both
		return false
	}
	return q.To != nil && *q.To-*q.From <= most || q.Known != nil && *q.Known-*q.From < most
}

func (s *database) search(ctx context.Context, query Query) ([]Item, error) {
	q, err := s.prepare(ctx, query)
	if err != nil || q.nothing {
		return []Item{}, err
	}
	if s.recent() > 0 && q.indexed() && !q.narrow() {
		var latest int64
		if err := s.db.QueryRowContext(ctx, `SELECT coalesce(max(number), 0) FROM reports`).Scan(&latest); err != nil {
			return nil, err
		}
		if q.after > 0 {
			latest = min(latest, q.after/perReport)
		}
		if since := latest - s.recent(); since > 0 {
			items, err := s.searchSince(ctx, q, since*perReport)
			if err != nil || len(items) == q.limit() {
				return items, err
			}
		}
	}
	return s.searchSince(ctx, q, 0)
}

func (s *database) searchSince(ctx context.Context, q question, since int64) ([]Item, error) {
	var w where
	var from, rest string
	if q.narrow() {
		from = w.findNarrow(q)
		from = "(SELECT p.item FROM " + from + w.String() + " ORDER BY p.item DESC LIMIT ? OFFSET ?) f CROSS JOIN items i CROSS JOIN reports r"
		rest = " WHERE i.number = f.item AND r.number = i.report ORDER BY f.item DESC"
	} else {
		var order string
		from, order = s.find(&w, q, since)
		rest = w.String() + " ORDER BY " + order + " LIMIT ? OFFSET ?"
	}
	return s.items(ctx, from, rest, append(w.args, q.limit(), q.Offset))
}

// items reads items with their parties: from names tables, items as i and reports
// as r among them; rest are conditions and order.
func (s *database) items(ctx context.Context, from, rest string, args []any) ([]Item, error) {
	items := []Item{}
	at := map[int64]int{}
	err := s.each(ctx, s.db, `SELECT i.number, i.kind, i.id, i.type, i.status, i.within, i.instrument, i.held_from, i.held_to, i.words, `+
		headColumns+` FROM `+from+rest, args, func(rows *sql.Rows) error {
		it := Item{Parties: []Party{}}
		var number int64
		if err := rows.Scan(append([]any{&number, &it.Kind, &it.ID, &it.Type, &it.Status, &it.Within, &it.Instrument, &it.From, &it.To, &it.Words},
			it.Report.fields()...)...); err != nil {
			return err
		}
		it.Ref = it.Report.Hash
		if it.Kind == Text {
			it.Words = beginning(it.Words)
		} else {
			it.Ref += "#" + it.ID
		}
		at[number] = len(items)
		items = append(items, it)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return items, s.parties(ctx, items, at)
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
