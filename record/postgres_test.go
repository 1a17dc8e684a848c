package record

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestGone takes the server's connections away between reports and in the
// middle: what was acknowledged stays, and adding goes on with new ones.
func TestGone(t *testing.T) {
	base := os.Getenv("CASUS_TEST_POSTGRES")
	if base == "" {
		t.Skip("CASUS_TEST_POSTGRES is not set: no PostgreSQL to test with")
	}
	ctx := context.Background()
	const name = "casus_test_gone"
	s := opened(t, emptySchema(t, base)+"&application_name="+name)
	server, err := sql.Open("pgx", base)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	acknowledged, refused := 0, 0
	for n := range 40 {
		cut := make(chan error, 1)
		if n%4 == 3 {
			go func() {
				_, err := server.Exec(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1`, name)
				cut <- err
			}()
		} else {
			cut <- nil
		}
		a, err := s.Add(ctx, Entry{Hash: hashOf(n), Added: added, Document: document(fmt.Sprint(n), "", "", "Coast treaty", strings.Repeat(fmt.Sprintf("Said %d. ", n), 50))})
		switch {
		case err != nil:
			refused++
		case a.State != Created:
			t.Errorf("report %d: %+v", n, a)
		default:
			acknowledged++
		}
		if err := <-cut; err != nil {
			t.Fatal(err)
		}
	}
	// A connection that is cut at the commit leaves it open whether the server
	// stored the report; adding it again settles that and doubles nothing.
	for n := range 40 {
		_, err := s.Add(ctx, Entry{Hash: hashOf(n), Added: added, Document: document(fmt.Sprint(n), "", "", "Coast treaty", strings.Repeat(fmt.Sprintf("Said %d. ", n), 50))})
		if err != nil && n > 0 { // the first may meet a connection that was cut last; its report is stored
			t.Error(err)
		}
	}
	c, err := s.Count(ctx)
	if err := errors.Join(err, s.Verify(ctx)); err != nil {
		t.Fatal(err)
	}
	if c.Reports != 40 || acknowledged+refused != 40 {
		t.Errorf("%d acknowledged, %d refused, %d there", acknowledged, refused, c.Reports)
	}
}
