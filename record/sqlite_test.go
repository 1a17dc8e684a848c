package record

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
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
	if full == nil || !strings.Contains(full.Error(), "full") || Trouble(full) != ErrFull {
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

// TestDamaged: a file that is none, or no longer whole, is said to be so.
func TestDamaged(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "record.db")
	s, err := Open(ctx, path, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	for n := range 50 {
		add(t, s, hashOf(n), document(fmt.Sprint(n), "", "", "Coast treaty", strings.Repeat(fmt.Sprintf("It is kept %d. ", n), 100)))
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range []struct {
		name  string
		bytes []byte
	}{
		{"no database", []byte(strings.Repeat("not a database\n", 1000))},
		{"cut in half", whole[:len(whole)/2]},
		{"other bytes in the middle", slices.Concat(whole[:len(whole)/3], bytes.Repeat([]byte{0x5a}, 40_000), whole[len(whole)/3+40_000:])},
	} {
		t.Run(row.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "record.db")
			if err := os.WriteFile(path, row.bytes, 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := Open(ctx, path, Options{})
			if err == nil {
				defer s.Close()
				err = s.Verify(ctx)
			}
			if err == nil || Trouble(err) != ErrDamaged && !strings.Contains(err.Error(), "damaged") {
				t.Errorf("error %v, trouble %v", err, Trouble(err))
			}
		})
	}
}

// TestFullDisk fills a small file system: CASUS_TEST_FULL is a folder on it.
func TestFullDisk(t *testing.T) {
	dir := os.Getenv("CASUS_TEST_FULL")
	if dir == "" {
		t.Skip("CASUS_TEST_FULL is not set: there is no small file system to fill")
	}
	ctx := context.Background()
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 1<<20), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "record.db")
	s, err := Open(ctx, path, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	report := func(n int) Entry {
		return Entry{Hash: hashOf(n), Added: added, Document: document(fmt.Sprint(n), "", "", "Coast treaty", strings.Repeat(fmt.Sprintf("It is kept %d. ", n), 200))}
	}
	n := 0
	for err == nil && n < 1_000_000 {
		if _, err = s.Add(ctx, report(n)); err == nil {
			n++
		}
	}
	if Trouble(err) != ErrFull {
		t.Fatalf("after %d reports: %v", n, err)
	}
	t.Logf("after %d reports: %v", n, err)
	if c, err := s.Count(ctx); err != nil || c.Reports != n {
		t.Errorf("%d reports were acknowledged, %d are there; %v", n, c.Reports, err)
	}
	s.Close()
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	again := opened(t, path)
	for i := range n + 10 {
		a, err := again.Add(ctx, report(i))
		if err != nil || (a.State == Created) != (i >= n) {
			t.Fatalf("report %d again: %+v, %v", i, a, err)
		}
	}
	if err := again.Verify(ctx); err != nil {
		t.Error(err)
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
