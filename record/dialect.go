package record

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/pressly/goose/v3"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
	sqlitedriver "modernc.org/sqlite" // driver "sqlite"
)

// dialect is what differs between the two databases.
type dialect interface {
	driver() string
	source(location string) string
	folder() string // of its schema
	goose() goose.Dialect
	shared() bool     // a server, not a file
	connections() int // at most so many at once

	// bind rewrites the parameters of a query, written as ?.
	bind(query string) string
	// lock keeps other writers from adding versions of a page meanwhile.
	lock(ctx context.Context, tx *sql.Tx, page string) error
	// indexWords makes items findable by their words; the first has the number first.
	indexWords(ctx context.Context, tx *sql.Tx, first int64, rows []row) error
	// beginnings looks up which words a term may mean that is the beginning of one.
	beginnings(ctx context.Context, db *sql.DB, t *term) error
	// match returns the condition that finds words in the columns of the index f
	// and one of each list of tags.
	match(fields []field, tags [][]string) (condition string, args []any)
	// rare says whether words may be had by few items only, without looking at them.
	rare(ctx context.Context, db *sql.DB, fields []field) (bool, error)
	// key is the column of that index which holds the number of the item.
	key() string
	// recent is how many of the latest reports are searched first, by walking
	// them; 0 if the index gives the latest items first by itself.
	recent() int64
	// snapshot is how a transaction sees the record as it was when it began.
	snapshot() sql.IsolationLevel
	// whole checks the database itself.
	whole(ctx context.Context, db *sql.DB) error
	copyTo(ctx context.Context, db *sql.DB, path string) error
	// markOf returns another string after each change.
	markOf(ctx context.Context, db *sql.DB, m *mark) (string, error)
	// settle brings the statistics by which questions are planned up to date.
	settle(db *sql.DB) error
}

func dialectOf(location string) dialect {
	if strings.HasPrefix(location, "postgres://") || strings.HasPrefix(location, "postgresql://") {
		return postgres{}
	}
	return sqlite{}
}

// sqlite is a file of its own. Writers wait for each other for ten seconds.
type sqlite struct{}

func (sqlite) driver() string       { return "sqlite" }
func (sqlite) folder() string       { return "sqlite" }
func (sqlite) goose() goose.Dialect { return goose.DialectSQLite3 }
func (sqlite) shared() bool         { return false }
func (sqlite) bind(q string) string { return q }

// connections are few more than there are cores: each keeps pages in memory,
// and more questions at once are not answered sooner. One more looks for changes.
func (sqlite) connections() int { return runtime.GOMAXPROCS(0) + 3 }

// Functions for migrations: what the program writes into tags and vocabulary.
func init() {
	text := func(name string, arguments int32, f func([]string) (string, error)) {
		sqlitedriver.MustRegisterDeterministicScalarFunction(name, arguments, func(_ *sqlitedriver.FunctionContext, args []driver.Value) (driver.Value, error) {
			var given []string
			for _, a := range args {
				given = append(given, fmt.Sprint(a))
			}
			return f(given)
		})
	}
	text("casus_tag", 2, func(a []string) (string, error) { return plainTag(a[0], a[1]), nil })
	text("casus_hash", 2, func(a []string) (string, error) { return hashTag(a[0], a[1]), nil })
	text("casus_words", 1, func(a []string) (string, error) {
		words, err := json.Marshal(wordsOf(a[0]))
		return string(words), err
	})
}

func (sqlite) source(location string) string {
	if abs, err := filepath.Abs(location); err == nil {
		location = abs
	}
	// synchronous=FULL: what was acknowledged outlives a loss of power.
	return "file:" + (&url.URL{Path: location}).EscapedPath() +
		"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)" +
		"&_pragma=cache_size(-8000)&_pragma=temp_store(MEMORY)&_txlock=immediate"
}

// lock has nothing to do: a transaction that may write is the only one.
func (sqlite) lock(context.Context, *sql.Tx, string) error { return nil }

func (sqlite) indexWords(ctx context.Context, tx *sql.Tx, first int64, rows []row) error {
	var texts []string
	for i, r := range rows {
		_, err := tx.ExecContext(ctx, `INSERT INTO search (rowid, words, speaker, target, tags) VALUES (?, ?, ?, ?, ?)`,
			first+int64(i), clean(r.Words), clean(r.speaker), clean(r.target), strings.Join(r.tagged, " "))
		if err != nil {
			return fmt.Errorf("index words: %w", err)
		}
		texts = append(texts, r.speaker, r.target)
		if r.Kind == Text || r.Kind == Agreement { // the words of others lie in those of the report
			texts = append(texts, r.Words)
		}
	}
	words, err := json.Marshal(wordsOf(strings.Join(texts, " ")))
	if err == nil {
		_, err = tx.ExecContext(ctx, `INSERT OR IGNORE INTO vocabulary SELECT value FROM json_each(?)`, string(words))
	}
	if err != nil {
		return fmt.Errorf("note words: %w", err)
	}
	return nil
}

// mostBeginnings is how many words word* may stand for: the index visits each.
const mostBeginnings = 2000

// beginnings are looked up among the words of all reports: the index would read
// everything that has any of them before it returned the first.
func (sqlite) beginnings(ctx context.Context, db *sql.DB, t *term) error {
	words := wordsOf(t.words)
	if !t.prefix || len(words) != 1 {
		return nil
	}
	rows, err := db.QueryContext(ctx, `SELECT word FROM vocabulary WHERE word >= ? AND word < ? LIMIT ?`, words[0], words[0]+"\U0010ffff", mostBeginnings+1)
	if err != nil {
		return err
	}
	defer rows.Close()
	t.begins = []string{words[0]}
	for rows.Next() {
		var word string
		if err := rows.Scan(&word); err != nil {
			return err
		}
		t.begins = append(t.begins, word)
	}
	if len(t.begins) > mostBeginnings {
		return fmt.Errorf("%w %s*", ErrManyWords, t.words)
	}
	return rows.Err()
}

func (sqlite) match(fields []field, tags [][]string) (condition string, args []any) {
	var parts []string
	for _, f := range fields {
		var terms, also []string
		for _, t := range f.terms {
			terms = append(terms, ftsTerm(t))
		}
		q := strings.Join(terms, " AND ")
		for _, t := range f.also {
			also = append(also, " OR "+ftsTerm(t))
		}
		if len(also) > 0 {
			q = "((" + q + ")" + strings.Join(also, "") + ")"
		}
		for _, t := range f.without {
			q += " NOT " + ftsTerm(t)
		}
		parts = append(parts, "({"+f.column+"} : ("+q+"))")
	}
	for _, any := range tags {
		parts = append(parts, "({tags} : ("+strings.Join(any, " OR ")+"))")
	}
	return "f.search MATCH ?", []any{strings.Join(parts, " AND ")}
}

// rare leaves it to a limit: the index gives one item after the other.
func (sqlite) rare(context.Context, *sql.DB, []field) (bool, error) { return true, nil }

func (sqlite) snapshot() sql.IsolationLevel { return sql.LevelDefault }

func (sqlite) key() string   { return "rowid" }
func (sqlite) recent() int64 { return 0 }

func ftsTerm(t term) string {
	if len(t.begins) > 0 {
		return `("` + strings.Join(t.begins, `" OR "`) + `")` // letters and digits only
	}
	s := `"` + strings.ReplaceAll(t.words, `"`, `""`) + `"`
	if t.prefix {
		s += " *"
	}
	return s
}

func (sqlite) whole(ctx context.Context, db *sql.DB) error {
	var result string
	if err := db.QueryRowContext(ctx, `PRAGMA integrity_check`).Scan(&result); err != nil {
		return err
	}
	if result != "ok" {
		return fmt.Errorf("the file is damaged: %s", result)
	}
	if _, err := db.ExecContext(ctx, `INSERT INTO search (search) VALUES ('integrity-check')`); err != nil {
		return err
	}
	var n int
	err := db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM items) - (SELECT count(*) FROM search_docsize)`).Scan(&n)
	if err == nil && n != 0 {
		err = fmt.Errorf("%d items are not in the index of words", n)
	}
	return err
}

func (sqlite) copyTo(ctx context.Context, db *sql.DB, path string) error {
	if _, err := os.Lstat(path); err == nil {
		return ErrExists
	}
	part := path + ".part"
	if err := os.Remove(part); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if _, err := db.ExecContext(ctx, `VACUUM INTO ?`, part); err != nil {
		return errors.Join(err, os.RemoveAll(part))
	}
	f, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(part, path)
}

func (sqlite) settle(db *sql.DB) error {
	_, err := db.Exec(`PRAGMA optimize`)
	return err
}

// postgres is a server that several people share.
type postgres struct{}

func (postgres) driver() string       { return "pgx" }
func (postgres) folder() string       { return "postgres" }
func (postgres) goose() goose.Dialect { return goose.DialectPostgres }
func (postgres) shared() bool         { return true }
func (postgres) connections() int     { return 16 }

// source adds how questions are planned, unless the address says so itself: anew
// for each value, as words are frequent or rare, and without compiling.
func (postgres) source(location string) string {
	u, err := url.Parse(location)
	if err != nil {
		return location
	}
	q := u.Query()
	for name, value := range map[string]string{"plan_cache_mode": "force_custom_plan", "jit": "off", "random_page_cost": "1.1"} {
		if !q.Has(name) {
			q.Set(name, value)
		}
	}
	u.RawQuery = q.Encode()
	return u.String()
}

func (postgres) bind(q string) string {
	var b strings.Builder
	n := 0
	for _, part := range strings.SplitAfter(q, "?") {
		if rest, ok := strings.CutSuffix(part, "?"); ok {
			n++
			b.WriteString(rest + "$" + strconv.Itoa(n))
			continue
		}
		b.WriteString(part)
	}
	return b.String()
}

func (postgres) lock(ctx context.Context, tx *sql.Tx, page string) error {
	_, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, page)
	return err
}

func (postgres) indexWords(ctx context.Context, tx *sql.Tx, first int64, rows []row) error {
	const most = 400_000 // bytes; PostgreSQL refuses vectors above a megabyte
	const batch = 200    // items in one statement
	for len(rows) > 0 {
		n := min(batch, len(rows))
		var q strings.Builder
		q.WriteString(`INSERT INTO search (item, words, speaker, target, tags) VALUES `)
		var args []any
		for i, r := range rows[:n] {
			words := r.Words
			if len(words) > most {
				words = strings.ToValidUTF8(words[:most], "")
			}
			if i > 0 {
				q.WriteString(", ")
			}
			k := len(args)
			fmt.Fprintf(&q, `($%d::bigint, to_tsvector('casus', $%d), to_tsvector('casus', $%d), to_tsvector('casus', $%d), array_to_tsvector(string_to_array($%d, ' ')))`, k+1, k+2, k+3, k+4, k+5)
			args = append(args, first+int64(i), fold(words), fold(r.speaker), fold(r.target), strings.Join(r.tagged, " "))
		}
		if _, err := tx.ExecContext(ctx, q.String(), args...); err != nil {
			return fmt.Errorf("index words: %w", err)
		}
		first, rows = first+int64(n), rows[n:]
	}
	return nil
}

// beginnings has nothing to do: the index knows its words.
func (postgres) beginnings(context.Context, *sql.DB, *term) error { return nil }

func (postgres) match(fields []field, tags [][]string) (condition string, args []any) {
	var conditions []string
	for _, f := range fields {
		var parts, also []string
		for _, t := range f.terms {
			q, arg := tsTerm(t)
			parts, args = append(parts, q), append(args, arg)
		}
		q := strings.Join(parts, " && ")
		for _, t := range f.also {
			q, arg := tsTerm(t)
			also, args = append(also, " || "+q), append(args, arg)
		}
		if len(also) > 0 {
			q = "((" + q + ")" + strings.Join(also, "") + ")"
		}
		for _, t := range f.without {
			not, arg := tsTerm(t)
			q, args = q+" && !!"+not, append(args, arg)
		}
		conditions = append(conditions, "f."+f.column+" @@ ("+q+")")
	}
	if len(tags) > 0 {
		var parts []string
		for _, any := range tags {
			parts = append(parts, "("+strings.Join(any, " | ")+")")
		}
		conditions, args = append(conditions, "f.tags @@ CAST(? AS text)::tsquery"), append(args, strings.Join(parts, " & "))
	}
	return strings.Join(conditions, " AND "), args
}

// rare asks the planner, who keeps how frequent words are: what the index gives
// it gives as a whole.
func (p postgres) rare(ctx context.Context, db *sql.DB, fields []field) (bool, error) {
	const most = 2000 // items
	condition, args := p.match(fields, nil)
	var plan string
	if err := db.QueryRowContext(ctx, p.bind(`EXPLAIN (FORMAT JSON) SELECT 1 FROM search f WHERE `+condition), args...).Scan(&plan); err != nil {
		return false, err
	}
	var plans []struct {
		Plan struct {
			Rows float64 `json:"Plan Rows"`
		}
	}
	if err := json.Unmarshal([]byte(plan), &plans); err != nil || len(plans) != 1 {
		return false, fmt.Errorf("read the plan of a question: %w", err)
	}
	return plans[0].Plan.Rows <= most, nil
}

func (postgres) snapshot() sql.IsolationLevel { return sql.LevelRepeatableRead }

func (postgres) key() string { return "item" }

// What is frequent is soon found by walking; what is not found within so many
// reports is rare enough to fetch and sort all of it.
func (postgres) recent() int64 { return 1000 }

func tsTerm(t term) (query, arg string) {
	arg = fold(t.words)
	if !t.prefix {
		return "phraseto_tsquery('casus', ?)", arg
	}
	word := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return "to_tsquery('casus', ?)", strings.Join(strings.FieldsFunc(arg, func(r rune) bool { return !word(r) }), " <-> ") + ":*"
}

func (postgres) whole(ctx context.Context, db *sql.DB) error {
	var n int
	err := db.QueryRowContext(ctx, `SELECT count(*) FROM items i LEFT JOIN search w ON w.item = i.number WHERE w.item IS NULL`).Scan(&n)
	if err == nil && n > 0 {
		err = fmt.Errorf("%d items are not in the index of words", n)
	}
	return err
}

func (postgres) copyTo(context.Context, *sql.DB, string) error {
	return fmt.Errorf("back up a PostgreSQL record: %w; pg_dump does, and so does an export", ErrUnable)
}

// settle has nothing to do: the server does it by itself.
func (postgres) settle(*sql.DB) error { return nil }

// wordsOf are the words of a text, each once, as they are looked up: folded and
// in lower case.
func wordsOf(s string) []string {
	words := strings.FieldsFunc(strings.ToLower(fold(s)), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	slices.Sort(words)
	return slices.Compact(words)
}

// fold takes accents off, as SQLite's tokenizer does.
func fold(s string) string {
	t := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	out, _, err := transform.String(t, clean(s))
	if err != nil {
		return clean(s)
	}
	return out
}
