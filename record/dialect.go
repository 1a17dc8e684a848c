package record

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"github.com/pressly/goose/v3"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"
)

// dialect is what differs between the two databases.
type dialect interface {
	driver() string
	source(location string) string
	folder() string // of its schema
	goose() goose.Dialect
	shared() bool // a server, not a file

	// bind rewrites the parameters of a query, written as ?.
	bind(query string) string
	// lock keeps other writers from adding versions of a page meanwhile.
	lock(ctx context.Context, tx *sql.Tx, page string) error
	// indexWords makes items findable by their words; the first has the number first.
	indexWords(ctx context.Context, tx *sql.Tx, first int64, rows []row) error
	// match returns the condition that joins the index f to the items i and
	// finds words in its columns.
	match(fields []field) (condition string, args []any)
	// newest is the order in which that index gives the latest items first.
	newest() string
	// whole checks the database itself.
	whole(ctx context.Context, db *sql.DB) error
	copyTo(ctx context.Context, db *sql.DB, path string) error
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

func (sqlite) source(location string) string {
	if abs, err := filepath.Abs(location); err == nil {
		location = abs
	}
	// synchronous=FULL: what was acknowledged outlives a loss of power.
	return "file:" + (&url.URL{Path: location}).EscapedPath() +
		"?_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)&_pragma=foreign_keys(1)" +
		"&_pragma=cache_size(-16000)&_pragma=temp_store(MEMORY)&_txlock=immediate"
}

// lock has nothing to do: a transaction that may write is the only one.
func (sqlite) lock(context.Context, *sql.Tx, string) error { return nil }

// indexWords has nothing to do: triggers keep the index.
func (sqlite) indexWords(context.Context, *sql.Tx, int64, []row) error { return nil }

func (sqlite) match(fields []field) (condition string, args []any) {
	var q strings.Builder
	for i, f := range fields {
		if i > 0 {
			q.WriteString(" AND ")
		}
		q.WriteString("{" + f.column + "} : (")
		for k, t := range f.terms {
			if k > 0 {
				q.WriteString(" AND ")
			}
			q.WriteString(ftsTerm(t))
		}
		for _, t := range f.without {
			q.WriteString(" NOT " + ftsTerm(t))
		}
		q.WriteString(")")
	}
	return "i.number = f.rowid AND f.search MATCH ?", []any{q.String()}
}

func (sqlite) newest() string { return "f.rowid DESC" }

func ftsTerm(t term) string {
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
	_, err := db.ExecContext(ctx, `INSERT INTO search (search, rank) VALUES ('integrity-check', 1)`)
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

func (postgres) driver() string                { return "pgx" }
func (postgres) folder() string                { return "postgres" }
func (postgres) goose() goose.Dialect          { return goose.DialectPostgres }
func (postgres) shared() bool                  { return true }
func (postgres) source(location string) string { return location }

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
		q.WriteString(`INSERT INTO search (item, words, speaker, target) VALUES `)
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
			fmt.Fprintf(&q, `($%d::bigint, to_tsvector('casus', $%d), to_tsvector('casus', $%d), to_tsvector('casus', $%d))`, k+1, k+2, k+3, k+4)
			args = append(args, first+int64(i), fold(words), fold(r.speaker), fold(r.target))
		}
		if _, err := tx.ExecContext(ctx, q.String(), args...); err != nil {
			return fmt.Errorf("index words: %w", err)
		}
		first, rows = first+int64(n), rows[n:]
	}
	return nil
}

func (postgres) match(fields []field) (condition string, args []any) {
	conditions := []string{"i.number = f.item"}
	for _, f := range fields {
		var parts []string
		for _, t := range f.terms {
			q, arg := tsTerm(t)
			parts, args = append(parts, q), append(args, arg)
		}
		for _, t := range f.without {
			q, arg := tsTerm(t)
			parts, args = append(parts, "!!"+q), append(args, arg)
		}
		conditions = append(conditions, "f."+f.column+" @@ ("+strings.Join(parts, " && ")+")")
	}
	return strings.Join(conditions, " AND "), args
}

func (postgres) newest() string { return "f.item DESC" }

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

// fold takes accents off, as SQLite's tokenizer does.
func fold(s string) string {
	t := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
	out, _, err := transform.String(t, clean(s))
	if err != nil {
		return clean(s)
	}
	return out
}
