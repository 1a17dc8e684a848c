package record

import (
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	sqlitedriver "modernc.org/sqlite"
)

// What may be behind the error of a store, where a person has to act. A report
// that was acknowledged stays in each case, and adding again goes on.
var (
	ErrFull    = errors.New("there is no room left where the record is")
	ErrDamaged = errors.New("the record is damaged")
	ErrBusy    = errors.New("another program keeps the record from being written")
	ErrAway    = errors.New("the database cannot be reached")
)

// Trouble returns which of ErrFull, ErrDamaged, ErrBusy and ErrAway is behind an
// error of a store, or nil.
func Trouble(err error) error {
	var s *sqlitedriver.Error
	if errors.As(err, &s) {
		switch s.Code() & 0xff { // what is above says more, and is of no concern here
		case 5, 6: // SQLITE_BUSY, SQLITE_LOCKED
			return ErrBusy
		case 13: // SQLITE_FULL
			return ErrFull
		case 11, 26: // SQLITE_CORRUPT, SQLITE_NOTADB
			return ErrDamaged
		}
	}
	var p *pgconn.PgError
	if errors.As(err, &p) {
		switch {
		case p.Code == "53100": // disk_full
			return ErrFull
		case strings.HasPrefix(p.Code, "XX"): // data or index corrupted, internal error
			return ErrDamaged
		case strings.HasPrefix(p.Code, "57P") || strings.HasPrefix(p.Code, "08") || p.Code == "53300": // shut down, connection, too many of them
			return ErrAway
		case p.Code == "55P03" || p.Code == "40P01": // lock not available, deadlock
			return ErrBusy
		}
	}
	var c *pgconn.ConnectError
	var n net.Error
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EFBIG), errors.Is(err, syscall.EDQUOT):
		return ErrFull
	case errors.As(err, &c), errors.As(err, &n), pgconn.SafeToRetry(err), errors.Is(err, io.EOF), errors.Is(err, driver.ErrBadConn), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return ErrAway
	}
	return nil
}
