package record

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
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

// server is a PostgreSQL of a test's own. Its programs lie in CASUS_TEST_PGBIN.
type server struct {
	t        *testing.T
	bin, dir string
	address  string
}

func newServer(t *testing.T, dir string) *server {
	t.Helper()
	bin := os.Getenv("CASUS_TEST_PGBIN")
	if bin == "" {
		t.Skip("CASUS_TEST_PGBIN is not set: no PostgreSQL of our own to stop")
	}
	s := &server{t, bin, dir, "postgres:///postgres?user=casus&host=" + dir}
	s.run("initdb", "-D", dir+"/db", "-A", "trust", "-U", "casus", "--no-sync")
	s.start()
	t.Cleanup(func() { s.try("pg_ctl", "-D", dir+"/db", "-m", "immediate", "stop") })
	return s
}

// try runs a program of PostgreSQL, which refuses to run as root: there as the
// user postgres.
func (s *server) try(program string, args ...string) ([]byte, error) {
	cmd := exec.Command(filepath.Join(s.bin, program), args...)
	if os.Getuid() == 0 {
		u, err := user.Lookup("postgres")
		if err != nil {
			s.t.Skip(err)
		}
		uid, _ := strconv.Atoi(u.Uid)
		if err := os.Chown(s.dir, uid, -1); err != nil {
			s.t.Fatal(err)
		}
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: uint32(uid), Gid: uint32(uid)}}
	}
	cmd.Dir = s.dir
	return cmd.CombinedOutput()
}

func (s *server) run(program string, args ...string) {
	s.t.Helper()
	if out, err := s.try(program, args...); err != nil {
		s.t.Fatalf("%s: %v\n%s", program, err, out)
	}
}

func (s *server) start() {
	s.t.Helper()
	s.run("pg_ctl", "-D", s.dir+"/db", "-w", "-l", s.dir+"/log", "-o", "-k "+s.dir+" -c listen_addresses= -c wal_recycle=off -c max_wal_size=32MB", "start")
}

func (s *server) stop() { s.run("pg_ctl", "-D", s.dir+"/db", "-m", "immediate", "stop") }

// short is a folder whose name fits the address of a socket.
func short(t *testing.T) string {
	dir, err := os.MkdirTemp("/tmp", "casuspg")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// TestStopped stops the server as a loss of power would, in the middle of adding,
// and starts it again: the error says that it cannot be reached, nothing is lost
// and adding the same reports again goes on.
func TestStopped(t *testing.T) {
	server := newServer(t, short(t))
	ctx := context.Background()
	s := opened(t, server.address)
	report := func(n int) Entry {
		return Entry{Hash: hashOf(n), Added: added, Document: document(fmt.Sprint(n), "", "", "Coast treaty", strings.Repeat(fmt.Sprintf("Said %d. ", n), 50))}
	}
	const all = 300
	acknowledged := map[int]bool{}
	for _, stopAt := range []int{40, 120, 121} {
		stopped := make(chan bool)
		for n := range all {
			if n == stopAt {
				go func() { server.stop(); close(stopped) }()
			}
			_, err := s.Add(ctx, report(n))
			if err == nil {
				acknowledged[n] = true
				continue
			}
			if Trouble(err) != ErrAway {
				t.Errorf("report %d: %v", n, err)
			}
			t.Log(err)
			break
		}
		<-stopped
		if _, err := s.Count(ctx); Trouble(err) != ErrAway {
			t.Errorf("a question to a server that is away: %v", err)
		}
		server.start()
		c, err := s.Count(ctx)
		if err != nil || c.Reports < len(acknowledged) {
			t.Fatalf("%d reports were acknowledged, %+v; %v", len(acknowledged), c, err)
		}
	}
	for n := range all {
		a, err := s.Add(ctx, report(n))
		if err != nil || a.State == Created && acknowledged[n] {
			t.Fatalf("report %d: %+v, %v", n, a, err)
		}
	}
	c, err := s.Count(ctx)
	if err := errors.Join(err, s.Verify(ctx)); err != nil || c.Reports != all {
		t.Errorf("%+v, %v", c, err)
	}
}

// TestFullServer fills the disk of a server: CASUS_TEST_FULL is a folder on a
// file system of some 150 MB.
func TestFullServer(t *testing.T) {
	dir := os.Getenv("CASUS_TEST_FULL")
	if dir == "" {
		t.Skip("CASUS_TEST_FULL is not set: there is no small file system to fill")
	}
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 40<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	server := newServer(t, dir)
	ctx := context.Background()
	s := opened(t, server.address)
	report := func(n int) Entry {
		return Entry{Hash: hashOf(n), Added: added, Document: document(fmt.Sprint(n), "", "", "Coast treaty", strings.Repeat(fmt.Sprintf("Said %d of %d. ", n, n*7919%1000), 2000))}
	}
	n := 0
	var err error
	for err == nil && n < 100_000 {
		if _, err = s.Add(ctx, report(n)); err == nil {
			n++
		}
	}
	t.Logf("after %d reports: %v", n, err)
	if trouble := Trouble(err); trouble != ErrFull && trouble != ErrAway { // a server that cannot write its log goes down
		t.Errorf("trouble: %v", trouble)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Count(ctx); err != nil {
		server.try("pg_ctl", "-D", dir+"/db", "-m", "immediate", "stop")
		server.start()
	}
	for i := range n + 10 {
		a, err := s.Add(ctx, report(i))
		if err != nil || i < n && a.State == Created {
			t.Fatalf("report %d again: %+v, %v", i, a, err)
		}
	}
	if err := s.Verify(ctx); err != nil {
		t.Error(err)
	}
}
