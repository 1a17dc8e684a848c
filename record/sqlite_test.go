package record

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestVersion: SQLite before 3.51.3 can lose a write-ahead log that two
// connections reset at once. Source: SQLite's release notes.
func TestVersion(t *testing.T) {
	s := opened(t, filepath.Join(t.TempDir(), "record.db")).(*database)
	var version, mode string
	if err := s.db.QueryRow(`SELECT sqlite_version()`).Scan(&version); err != nil {
		t.Fatal(err)
	}
	var n [3]int
	for i, part := range strings.SplitN(version, ".", 3) {
		n[i], _ = strconv.Atoi(part)
	}
	if n[0]*1_000_000+n[1]*1000+n[2] < 3_051_003 {
		t.Errorf("SQLite %s, want 3.51.3 or later", version)
	}
	if err := s.db.QueryRow(`PRAGMA journal_mode`).Scan(&mode); err != nil || mode != "wal" {
		t.Errorf("journal mode %q, %v", mode, err)
	}
}

func TestNoRecord(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a folder?", "record#1.db")
	if _, err := Open(context.Background(), path, Options{}); !errors.Is(err, ErrNoRecord) {
		t.Errorf("open what is not there: %v", err)
	}
	if _, err := os.Stat(filepath.Dir(path)); err == nil {
		t.Error("looking for a record made a folder")
	}
	opened(t, path)
	if _, err := os.Stat(path); err != nil {
		t.Errorf("the file has another name than was asked for: %v", err)
	}
	garbage := filepath.Join(t.TempDir(), "text.db")
	if err := os.WriteFile(garbage, []byte(strings.Repeat("not a database\n", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(context.Background(), garbage, Options{}); err == nil {
		t.Error("a text was opened as a record")
	}
}

func TestBackup(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	s := opened(t, filepath.Join(dir, "record.db"))
	add(t, s, hashOf(1), document("one", "", "2023", "Coast treaty", "It is kept."))
	path := filepath.Join(dir, "copy.db")
	if err := s.Backup(ctx, path); err != nil {
		t.Fatal(err)
	}
	add(t, s, hashOf(2), document("two", "", "2023", "River treaty", "It is kept."))
	if err := s.Backup(ctx, path); !errors.Is(err, ErrExists) {
		t.Errorf("a backup was written over another: %v", err)
	}
	copied := opened(t, path)
	if c, err := copied.Count(ctx); err != nil || c.Reports != 1 {
		t.Errorf("the copy holds %+v, %v", c, err)
	}
	if err := copied.Verify(ctx); err != nil {
		t.Error(err)
	}
}

// TestFull runs out of room: the error says so, what was acknowledged stays,
// and adding goes on when there is room again.
func TestFull(t *testing.T) {
	ctx := context.Background()
	s := opened(t, filepath.Join(t.TempDir(), "record.db"))
	db := s.(*database).db
	db.SetMaxOpenConns(1) // the limit below is one connection's
	if _, err := db.Exec(`PRAGMA max_page_count = 120`); err != nil {
		t.Fatal(err)
	}
	n := 0
	var full error
	for ; full == nil && n < 1000; n++ {
		_, full = s.Add(ctx, Entry{Hash: hashOf(n), Added: added, Document: document(fmt.Sprint(n), "", "", "Coast treaty", strings.Repeat("It is kept. ", 200))})
	}
	if full == nil || !strings.Contains(full.Error(), "full") {
		t.Fatalf("after %d reports: %v", n, full)
	}
	if c, err := s.Count(ctx); err != nil || c.Reports != n-1 {
		t.Errorf("%d reports were acknowledged, %d are there; %v", n-1, c.Reports, err)
	}
	if _, err := db.Exec(`PRAGMA max_page_count = 100000`); err != nil {
		t.Fatal(err)
	}
	add(t, s, hashOf(n), document("after", "", "", "Coast treaty", "It is kept."))
	if err := s.Verify(ctx); err != nil {
		t.Error(err)
	}
}

// TestKilled starts itself as a process that adds reports and says so after
// each, kills it at random points, and wants every report that was acknowledged,
// none twice and none in half.
func TestKilled(t *testing.T) {
	if path := os.Getenv("CASUS_TEST_ADDER"); path != "" {
		addForever(t, path, os.Getenv("CASUS_TEST_FROM"))
		return
	}
	kills := 12
	if n, err := strconv.Atoi(os.Getenv("CASUS_TEST_KILLS")); err == nil {
		kills = n
	}
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "record.db")
	opened(t, path)
	acknowledged := 0
	for range kills {
		cmd := exec.Command(os.Args[0], "-test.run=^TestKilled$", "-test.v")
		cmd.Env = append(os.Environ(), "CASUS_TEST_ADDER="+path, fmt.Sprintf("CASUS_TEST_FROM=%d", acknowledged))
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		last := acknowledged + 1 + rand.IntN(8)
		for lines.Scan() {
			n, err := strconv.Atoi(strings.TrimPrefix(lines.Text(), "added "))
			if err != nil {
				continue
			}
			acknowledged = n
			if n >= last {
				time.Sleep(time.Duration(rand.IntN(3000)) * time.Microsecond) // into the middle of the next
				break
			}
		}
		cmd.Process.Kill()
		for lines.Scan() { // acknowledged before the kill
			if n, err := strconv.Atoi(strings.TrimPrefix(lines.Text(), "added ")); err == nil {
				acknowledged = n
			}
		}
		cmd.Wait()
		s := opened(t, path)
		if err := s.Verify(ctx); err != nil {
			t.Fatal(err)
		}
		c, err := s.Count(ctx)
		if err != nil {
			t.Fatal(err)
		}
		if c.Reports != acknowledged && c.Reports != acknowledged+1 {
			t.Fatalf("%d reports were acknowledged, %d are there", acknowledged, c.Reports)
		}
		s.Close()
		acknowledged = c.Reports
	}
	if acknowledged == 0 {
		t.Error("nothing was added before the kills")
	}
}

func addForever(t *testing.T, path, from string) {
	s := opened(t, path)
	n, _ := strconv.Atoi(from)
	for {
		n++
		d := document(fmt.Sprint(n), fmt.Sprintf("https://herald.example/%d", n), "2023", "Coast treaty", strings.Repeat(fmt.Sprintf("Said %d. ", n), 200))
		if a := add(t, s, hashOf(n), d); a.State != Created {
			t.Fatalf("report %d: %+v", n, a)
		}
		fmt.Printf("added %d\n", n)
	}
}

func BenchmarkAdd(b *testing.B) {
	s := opened(b, filepath.Join(b.TempDir(), "record.db"))
	n := 0
	for b.Loop() {
		n++
		add(b, s, hashOf(n), document(fmt.Sprint(n), fmt.Sprintf("https://herald.example/%d", n), "2023", "Coast treaty", strings.Repeat("It is kept. ", 50)))
	}
}
