package record

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"embed"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	"github.com/pressly/goose/v3"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
)

//go:embed schema
var schema embed.FS

// database is a Store in a relational database. Both kinds hold the same tables
// and run the same statements; what differs is in dialect.
type database struct {
	db *sql.DB
	dialect
	mark mark
}

// Options say how to open a store.
type Options struct {
	Create bool // make the record if there is none; else ErrNoRecord
}

// Open opens the record at a location: the path of an SQLite file, or a
// postgres:// address. Tables of earlier versions are brought up to date.
func Open(ctx context.Context, location string, o Options) (Store, error) {
	d := dialectOf(location)
	if !d.shared() {
		if _, err := os.Stat(location); errors.Is(err, fs.ErrNotExist) && !o.Create {
			return nil, fmt.Errorf("open record %s: %w", location, ErrNoRecord)
		}
		if err := os.MkdirAll(filepath.Dir(location), 0o700); err != nil {
			return nil, fmt.Errorf("open record %s: %w", location, err)
		}
	}
	db, err := sql.Open(d.driver(), d.source(location))
	if err != nil {
		return nil, fmt.Errorf("open record %s: %w", shown(location), err)
	}
	if n := d.connections(); n > 0 {
		db.SetMaxOpenConns(n)
		db.SetMaxIdleConns(n)
	}
	s := &database{db: db, dialect: d}
	if err := s.migrate(ctx); err != nil {
		db.Close()
		return nil, fmt.Errorf("open record %s: %w", shown(location), err)
	}
	return s, nil
}

// shown is a location without its password.
func shown(location string) string {
	if u, err := url.Parse(location); err == nil && u.User != nil {
		return u.Redacted()
	}
	return location
}

func (s *database) migrations() (*goose.Provider, error) {
	files, err := fs.Sub(schema, "schema/"+s.folder())
	if err != nil {
		return nil, err
	}
	return goose.NewProvider(s.goose(), s.db, files, goose.WithDisableGlobalRegistry(true))
}

func (s *database) migrate(ctx context.Context) error {
	p, err := s.migrations()
	if err != nil {
		return fmt.Errorf("load migrations: %w", err)
	}
	pending, err := p.HasPending(ctx)
	if err != nil {
		return err
	}
	current, newest, err := p.GetVersions(ctx)
	if err != nil {
		return err
	}
	if current > newest {
		return fmt.Errorf("%w: its tables are of version %d, this program knows %d", ErrNewer, current, newest)
	}
	if !pending {
		return nil
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("bring tables up to date: %w", err)
	}
	return nil
}

func (s *database) Close() error {
	err := s.settle(s.db)
	s.mark.Lock()
	defer s.mark.Unlock()
	if s.mark.conn != nil {
		err = errors.Join(err, s.mark.conn.Close())
		s.mark.conn = nil
	}
	return errors.Join(err, s.db.Close())
}

// change runs do in a transaction that may write.
func (s *database) change(ctx context.Context, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	finished := false
	defer func() {
		if !finished { // do broke: nobody else is to wait for it
			tx.Rollback()
		}
	}()
	err = do(tx)
	finished = true
	if err != nil {
		return errors.Join(err, ignoreDone(tx.Rollback()))
	}
	return tx.Commit()
}

func ignoreDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}

func (s *database) Add(ctx context.Context, e Entry) (Added, error) {
	var a Added
	if e.Document == nil {
		return a, errors.New("add report: the entry has no document")
	}
	document, err := json.Marshal(e.Document)
	if err != nil {
		return a, fmt.Errorf("add report %s: encode document: %w", e.Document.ID, err)
	}
	digest := digestOf(e.Document)
	a.Hash = e.Hash
	if a.Hash == "" {
		a.Hash = digest
	}
	err = s.change(ctx, func(tx *sql.Tx) error {
		err := s.add(ctx, tx, e, string(document), digest, &a)
		if err != nil || e.Then == nil || a.State == Unchanged {
			return err
		}
		return e.Then(ctx, adding{s, tx}, a.Hash)
	})
	if err != nil {
		return Added{}, fmt.Errorf("add report %s: %w", e.Document.ID, err)
	}
	return a, nil
}

// add stores a report and says in a what that did; a has the hash.
func (s *database) add(ctx context.Context, tx *sql.Tx, e Entry, document, digest string, a *Added) error {
	page := pageOf(e.Document, a.Hash)
	if err := s.lock(ctx, tx, page); err != nil {
		return err
	}
	var number int64
	err := tx.QueryRowContext(ctx, s.bind(`SELECT number, version FROM reports WHERE hash = ?`), a.Hash).Scan(&number, &a.Version)
	switch {
	case err == nil && !e.Reread:
		a.State = Unchanged
		return nil
	case err == nil:
		a.State = Reread
		return s.replace(ctx, tx, number, e, document)
	case !errors.Is(err, sql.ErrNoRows):
		return err
	}
	a.State, a.Version = Created, 1
	var last int
	var lastHash, lastDigest string
	err = tx.QueryRowContext(ctx, s.bind(`SELECT version, hash, digest FROM reports WHERE page = ? ORDER BY version DESC LIMIT 1`), page).
		Scan(&last, &lastHash, &lastDigest)
	switch {
	case err == nil && lastDigest == digest:
		*a = Added{Unchanged, lastHash, last}
		return nil
	case err == nil:
		a.State, a.Version = Revised, last+1
	case !errors.Is(err, sql.ErrNoRows):
		return err
	}
	d := e.Document
	known := knownFrom(e)
	if a.State == Revised {
		if err := s.supersede(ctx, tx, page, known); err != nil {
			return err
		}
	}
	err = tx.QueryRowContext(ctx, s.bind(`INSERT INTO reports
		(hash, page, version, digest, id, url, outlet, title, published, known, added, superseded, statements, acts, agreements, claims)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?) RETURNING number`),
		a.Hash, page, a.Version, digest, clean(d.ID), clean(d.URL), clean(d.Outlet), clean(d.Title), d.Published, known, e.Added,
		len(d.Statements), len(d.Acts), len(d.Agreements), e.Claims.Form).Scan(&number)
	if err != nil {
		return err
	}
	if err := s.addItems(ctx, tx, number, d, document, known, ""); err != nil {
		return err
	}
	return s.putClaims(ctx, tx, number, e.Claims)
}

func (s *database) Stored(ctx context.Context, hash string) (Added, bool, error) {
	a := Added{State: Unchanged, Hash: hash}
	err := s.db.QueryRowContext(ctx, s.bind(`SELECT version FROM reports WHERE hash = ?`), hash).Scan(&a.Version)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return Added{}, false, nil
	case err != nil:
		return Added{}, false, fmt.Errorf("look for report %s: %w", hash, err)
	}
	return a, true, nil
}

// supersede says of the versions of a page that a later one is known from a day.
func (s *database) supersede(ctx context.Context, tx *sql.Tx, page, known string) error {
	const which = ` page = ? AND (superseded = '' OR superseded > ?)`
	var numbers []int64
	var latest int64
	var latestKnown string
	rows, err := tx.QueryContext(ctx, s.bind(`SELECT number, known, superseded FROM reports WHERE`+which), page, known)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var number int64
		var day, until string
		if err := rows.Scan(&number, &day, &until); err != nil {
			return err
		}
		numbers = append(numbers, number)
		if until == "" {
			latest, latestKnown = number, day
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, s.bind(`UPDATE reports SET superseded = ? WHERE`+which), known, page, known); err != nil {
		return err
	}
	for _, number := range numbers {
		if _, err := tx.ExecContext(ctx, s.bind(`UPDATE parties SET superseded = ? WHERE item >= ? AND item < ?`), known, number*perReport, (number+1)*perReport); err != nil {
			return err
		}
	}
	return s.uncount(ctx, tx, latest, latestKnown)
}

// uncount takes the names of a report out of the counts.
func (s *database) uncount(ctx context.Context, tx *sql.Tx, report int64, known string) error {
	counts, err := s.storedNames(ctx, tx, report)
	if err != nil {
		return err
	}
	return s.countNames(ctx, tx, counts, -1, known)
}

// replace gives a stored report another reading.
func (s *database) replace(ctx context.Context, tx *sql.Tx, number int64, e Entry, document string) error {
	d := e.Document
	var known, superseded string
	err := tx.QueryRowContext(ctx, s.bind(`UPDATE reports SET statements = ?, acts = ?, agreements = ?, claims = ? WHERE number = ? RETURNING known, superseded`),
		len(d.Statements), len(d.Acts), len(d.Agreements), e.Claims.Form, number).Scan(&known, &superseded)
	if err != nil {
		return err
	}
	if superseded == "" {
		if err := s.uncount(ctx, tx, number, known); err != nil {
			return err
		}
	}
	if err := s.dropDeeds(ctx, tx, number); err != nil {
		return err
	}
	for _, table := range []string{`items`, `documents`} {
		if _, err := tx.ExecContext(ctx, s.bind(`DELETE FROM `+table+` WHERE report = ?`), number); err != nil {
			return err
		}
	}
	if err := s.addItems(ctx, tx, number, d, document, known, superseded); err != nil {
		return err
	}
	return s.putClaims(ctx, tx, number, e.Claims)
}

// perReport is how many items a report may have: their numbers follow from that
// of their report, so that they are stored without asking for them.
const perReport = 1 << 20

func (s *database) addItems(ctx context.Context, tx *sql.Tx, report int64, d *reading.Document, document, known, superseded string) error {
	if _, err := tx.ExecContext(ctx, s.bind(`INSERT INTO documents (report, document) VALUES (?, ?)`), report, document); err != nil {
		return err
	}
	rows := itemize(d)
	if len(rows) > perReport {
		return fmt.Errorf("a report of %d items is more than a record takes", len(rows))
	}
	items := s.insert(ctx, tx, "items (number, report, kind, id, type, status, within, instrument, held, held_from, held_to, words, speaker, target)", 14)
	parties := s.insert(ctx, tx, "parties (item, place, role, kind, name, state, item_kind, day, superseded, again)", 10)
	deeds := s.insert(ctx, tx, "deeds (party, root, day, item)", 4)
	for i, r := range rows {
		number := report*perReport + int64(i)
		items.row(number, report, string(r.Kind), clean(r.ID), clean(r.Type), clean(r.Status), clean(r.Within), clean(r.Instrument),
			r.held, r.From, r.To, clean(r.Words), clean(r.speaker), clean(r.target))
		for place, p := range r.Parties {
			parties.row(number, place, p.Role, clean(p.Kind), clean(p.Name), clean(p.State), string(r.Kind), known, superseded, again(r.Parties[:place], p))
		}
		did, root := r.deedsOf()
		for _, party := range did {
			deeds.row(clean(party), clean(root), known, number)
		}
	}
	items.send()
	if items.err == nil {
		parties.send()
		deeds.send()
	}
	if err := errors.Join(items.err, parties.err, deeds.err); err != nil {
		return err
	}
	for i := range rows {
		rows[i].tagged = rows[i].tags(d.Outlet, known)
	}
	if err := s.indexWords(ctx, tx, report*perReport, rows); err != nil {
		return err
	}
	counts := nameCounts(rows)
	if superseded != "" {
		for k := range counts {
			counts[k] = 0 // only the days count
		}
	}
	return s.countNames(ctx, tx, counts, 1, known)
}

// again says what a party has in common with earlier ones of its item, in bits:
// 1 the state, 2 the name; and the role too: 4 the state, 8 the name.
func again(earlier []Party, p Party) (bits int) {
	for _, e := range earlier {
		common := 0
		if e.State == p.State {
			common |= 1
		}
		if e.Name == p.Name {
			common |= 2
		}
		if e.Role == p.Role {
			common |= common << 2
		}
		bits |= common
	}
	return bits
}

// inserter adds rows to a table, many in one statement.
type inserter struct {
	*database
	ctx     context.Context
	tx      *sql.Tx
	into    string
	columns int
	then    string // what follows the rows in the statement
	args    []any
	err     error
}

func (s *database) insert(ctx context.Context, tx *sql.Tx, into string, columns int) *inserter {
	return &inserter{database: s, ctx: ctx, tx: tx, into: into, columns: columns}
}

func (in *inserter) row(values ...any) { in.args = append(in.args, values...) }

// send stores the rows. It stops at the first error, which stays in err.
func (in *inserter) send() {
	const most = 40 // rows in one statement
	marks := "(" + strings.TrimSuffix(strings.Repeat("?, ", in.columns), ", ") + ")"
	for len(in.args) > 0 && in.err == nil {
		n := min(most, len(in.args)/in.columns)
		values := strings.TrimSuffix(strings.Repeat(marks+", ", n), ", ")
		_, in.err = in.tx.ExecContext(in.ctx, in.bind(`INSERT INTO `+in.into+` VALUES `+values+in.then), in.args[:n*in.columns]...)
		in.args = in.args[n*in.columns:]
	}
}

// clean drops the zero character, which no database stores in a text.
func clean(s string) string { return strings.ReplaceAll(s, "\x00", "") }

// digestOf is what makes two readings of a page the same report: its head and
// its text.
func digestOf(d *reading.Document) string {
	h := sha256.New()
	for _, part := range []string{d.Outlet, d.Published, d.Title, d.Text} {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// pageOf is what the versions of one report share: its address; without one
// outlet, title and day. A report that has none of these is nobody's version.
func pageOf(d *reading.Document, hash string) string {
	if u, err := url.Parse(strings.TrimSpace(d.URL)); err == nil && u.Host != "" {
		u.Fragment, u.Scheme, u.Host = "", "", strings.ToLower(u.Host)
		return clean(strings.TrimSuffix(u.String(), "/"))
	}
	if d.Outlet != "" && d.Title != "" && d.Published != "" {
		return clean(strings.Join([]string{d.Outlet, d.Title, d.Published}, "\n"))
	}
	return hash
}

// knownFrom is the day from which the record may use a report: that of its
// publication. If only a month or year is known, it is the last day of it, so
// that nothing is known too early.
func knownFrom(e Entry) string {
	if e.Known != "" {
		return e.Known
	}
	if p, err := day.ParsePeriod(e.Document.Published); err == nil {
		return (p.To - 1).String()
	}
	return e.Added[:min(len(e.Added), len("2006-01-02"))]
}

func (s *database) Verify(ctx context.Context, tell ...func(what string)) error {
	looking := func(what string) {
		for _, f := range tell {
			f(what)
		}
	}
	looking("damage")
	if err := s.whole(ctx, s.db); err != nil {
		return fmt.Errorf("verify record: %w", err)
	}
	for _, c := range []struct{ what, query string }{
		{"reports whose counts are not those of their items", `SELECT count(*) FROM reports r WHERE r.statements + r.acts + r.agreements + 1 <> (SELECT count(*) FROM items i WHERE i.report = r.number)`},
		{"names that are not counted as often as they stand in items", `SELECT count(*) FROM (
			SELECT role, name, kind, state, sum(n) AS n FROM (
				SELECT role, name, kind, state, -items AS n FROM names
				UNION ALL SELECT role, name, kind, state, count(DISTINCT item) FROM parties WHERE superseded = '' GROUP BY role, name, kind, state) AS both_counts
			GROUP BY role, name, kind, state HAVING sum(n) <> 0) AS wrong`},
		{"acts and agreements that are not found by who did them, or are though they are not there", `SELECT count(*) FROM (SELECT party, root, day, item FROM (
			SELECT party, root, day, item, 1 AS n FROM deeds UNION ALL SELECT DISTINCT party, root, day, item, -1 FROM (` + storedDeeds + `) AS told) AS both_deeds
			GROUP BY party, root, day, item HAVING sum(n) <> 0) AS wrong`},
		{"reports that hold claims though none were made", `SELECT count(*) FROM reports r WHERE r.claims = 0 AND EXISTS (SELECT 1 FROM claims c WHERE c.report = r.number)`},
		{"drafts whose decisions have gaps", `SELECT count(*) FROM (SELECT draft FROM decisions GROUP BY draft HAVING count(*) <> max(number)) AS gaps`},
		{"pages whose versions have gaps", `SELECT count(*) FROM (SELECT page FROM reports GROUP BY page HAVING count(*) <> max(version)) AS gaps`},
	} {
		var n int
		looking(c.what)
		if err := s.db.QueryRowContext(ctx, c.query).Scan(&n); err != nil {
			return fmt.Errorf("verify record: %w", err)
		}
		if n > 0 {
			return fmt.Errorf("verify record: %d %s", n, c.what)
		}
	}
	return nil
}

func (s *database) Count(ctx context.Context) (Counts, error) {
	var c Counts
	err := s.db.QueryRowContext(ctx, `SELECT count(*), coalesce(sum(CASE WHEN version = 1 THEN 1 ELSE 0 END), 0),
		coalesce(sum(statements), 0), coalesce(sum(acts), 0), coalesce(sum(agreements), 0), (SELECT count(*) FROM judgements), (SELECT count(*) FROM drafts) FROM reports`).
		Scan(&c.Reports, &c.Pages, &c.Statements, &c.Acts, &c.Agreements, &c.Judgements, &c.Drafts)
	if err != nil {
		return c, fmt.Errorf("count record: %w", err)
	}
	return c, nil
}
