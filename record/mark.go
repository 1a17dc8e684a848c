package record

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
)

// mark is what tells whether a file has changed: a connection of its own, which
// writes nothing, and how often one was opened.
type mark struct {
	sync.Mutex
	conn   *sql.Conn
	opened int
}

// Mark returns a string that is another whenever anything in the record is, by
// whichever program: what was found under a mark may be shown again as long as it
// stays. It costs less than a tenth of a millisecond.
func (s *database) Mark(ctx context.Context) (string, error) {
	m, err := s.markOf(ctx, s.db, &s.mark)
	if err != nil {
		return "", fmt.Errorf("look whether the record has changed: %w", err)
	}
	return m, nil
}

// markOf asks how often others have written since the connection was opened: the
// number means nothing on another one.
func (sqlite) markOf(ctx context.Context, db *sql.DB, m *mark) (string, error) {
	m.Lock()
	defer m.Unlock()
	if m.conn == nil {
		conn, err := db.Conn(context.WithoutCancel(ctx))
		if err != nil {
			return "", err
		}
		m.conn = conn
		m.opened++
	}
	var version int64
	if err := m.conn.QueryRowContext(context.WithoutCancel(ctx), `PRAGMA data_version`).Scan(&version); err != nil {
		m.conn.Close()
		m.conn = nil
		return "", err
	}
	return fmt.Sprintf("%d.%d", m.opened, version), nil
}

// markOf asks what a transaction sees: the same snapshot holds the same rows.
func (postgres) markOf(ctx context.Context, db *sql.DB, _ *mark) (seen string, err error) {
	err = db.QueryRowContext(ctx, `SELECT CAST(pg_current_snapshot() AS text)`).Scan(&seen)
	return seen, err
}
