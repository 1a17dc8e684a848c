package table

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/record/sample"
)

// filled is a record of sample reports and one whose days are not all known.
func filled(t *testing.T, n int) record.Store {
	t.Helper()
	ctx := context.Background()
	s, err := record.Open(ctx, filepath.Join(t.TempDir(), "record.db"), record.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for i := range n {
		if _, err := s.Add(ctx, record.Entry{Document: sample.Reports{Seed: 2}.Document(i), Added: "2026-11-23T12:00:00Z"}); err != nil {
			t.Fatal(err)
		}
	}
	bare := &reading.Document{Format: reading.Format, ID: "bare", Published: "2024-02", Text: "Somebody said, \"no\";\nit began.",
		Statements: []reading.Statement{{ID: "s1", Kind: "direct"}}, Acts: []reading.Act{{ID: "e1", Type: "AGREE", Status: "planned", Date: "1970-01-01"}},
		Agreements: []reading.Agreement{{ID: "g1", Title: "pact, \"so called\"", Status: "announced"}}}
	if _, err := s.Add(ctx, record.Entry{Document: bare, Added: "2026-11-23T12:00:00Z"}); err != nil {
		t.Fatal(err)
	}
	return s
}

func written(t *testing.T, s record.Store, q record.Query, kind record.Kind, f Format) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := Write(context.Background(), s, q, kind, &b, f, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// fromCSV and the other readers return the cells of each row; null is "∅".
func fromCSV(t *testing.T, b []byte) (columns []string, rows [][]string) {
	t.Helper()
	all, err := csv.NewReader(bytes.NewReader(b)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range all[1:] {
		for i := range row {
			if row[i] == "" {
				row[i] = "∅"
			}
		}
		rows = append(rows, row)
	}
	return all[0], rows
}

func fromJSONL(t *testing.T, b []byte, columns []string) (rows [][]string) {
	t.Helper()
	for line := range bytes.Lines(b) {
		d := json.NewDecoder(bytes.NewReader(line))
		d.UseNumber()
		var object map[string]any
		if err := d.Decode(&object); err != nil {
			t.Fatal(err)
		}
		var row []string
		for _, c := range columns {
			v, there := object[c]
			if !there {
				t.Fatalf("no column %s in %s", c, line)
			}
			if v == nil || v == "" {
				v = "∅"
			}
			row = append(row, fmt.Sprint(v))
		}
		if len(object) != len(columns) {
			t.Fatalf("other columns in %s", line)
		}
		rows = append(rows, row)
	}
	return rows
}

func fromParquet(t *testing.T, b []byte) (columns []string, types map[string]string, rows [][]string) {
	t.Helper()
	f, err := parquet.OpenFile(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	types = map[string]string{}
	for _, c := range f.Root().Columns() {
		columns = append(columns, c.Name())
		types[c.Name()] = c.Type().String()
		if c.Optional() {
			types[c.Name()] += " optional"
		}
	}
	for _, group := range f.RowGroups() {
		r := group.Rows()
		batch := make([]parquet.Row, 100)
		for {
			n, err := r.ReadRows(batch)
			for _, row := range batch[:n] {
				cells := make([]string, len(columns))
				for _, v := range row {
					cell := v.String()
					if types[columns[v.Column()]] == "DATE optional" && !v.IsNull() {
						cell = day1970(v.Int32())
					}
					if v.IsNull() || cell == "" {
						cell = "∅"
					}
					cells[v.Column()] = cell
				}
				rows = append(rows, cells)
			}
			if err != nil {
				break
			}
		}
		r.Close()
	}
	return columns, types, rows
}

// TestFormats: the three formats hold the same columns and the same rows, days
// are days, and unknown is null.
func TestFormats(t *testing.T) {
	s := filled(t, 60)
	for kind, want := range map[record.Kind]int{record.Statement: 1, record.Act: 1, record.Agreement: 1} {
		t.Run(string(kind), func(t *testing.T) {
			all, err := s.Search(t.Context(), record.Query{Kinds: []record.Kind{kind}, Limit: 10_000})
			if err != nil || len(all) < want {
				t.Fatal(len(all), err)
			}
			columns, fromCSV := fromCSV(t, written(t, s, record.Query{}, kind, CSV))
			fromJSONL := fromJSONL(t, written(t, s, record.Query{}, kind, JSONL), columns)
			parquetColumns, types, fromParquet := fromParquet(t, written(t, s, record.Query{}, kind, Parquet))
			if !slices.Equal(columns, parquetColumns) {
				t.Errorf("columns of CSV %v, of Parquet %v", columns, parquetColumns)
			}
			if len(fromCSV) != len(all) {
				t.Errorf("%d rows, %d items", len(fromCSV), len(all))
			}
			for name, rows := range map[string][][]string{"JSON Lines": fromJSONL, "Parquet": fromParquet} {
				if len(rows) != len(fromCSV) {
					t.Fatalf("%s: %d rows, CSV has %d", name, len(rows), len(fromCSV))
				}
				for i := range rows {
					if !slices.Equal(rows[i], fromCSV[i]) {
						t.Fatalf("%s, row %d:\n%q\nCSV:\n%q", name, i, rows[i], fromCSV[i])
					}
				}
			}
			for _, c := range []string{"published_from", "published_to", "known"} {
				if types[c] != "DATE optional" {
					t.Errorf("%s is %s", c, types[c])
				}
			}
			last := fromCSV[len(fromCSV)-1]
			for i, c := range columns {
				want, checked := map[string]string{"published": "2024-02", "published_from": "2024-02-01", "published_to": "2024-03-01", "known": "2024-02-29", "speaker": "∅", "outlet": "∅",
					"sources": "∅", "date_from": "1970-01-01", "signed_from": "∅", "title": `pact, "so called"`}[c]
				if checked && last[i] != want {
					t.Errorf("%s of the bare report is %q, want %q", c, last[i], want)
				}
			}
		})
	}
}

// TestFilters: a table holds what a search finds.
func TestFilters(t *testing.T) {
	s := filled(t, 60)
	from := sample.First + 700
	for name, q := range map[string]record.Query{"state": {State: "USA"}, "type": {Type: "REQUEST"}, "words": {Words: "treaty"}, "from": {From: &from}, "limit": {Limit: 7}, "none": {Outlet: "nobody"}} {
		search := q
		search.Kinds = []record.Kind{record.Statement}
		if search.Limit == 0 {
			search.Limit = 10_000
		}
		items, err := s.Search(t.Context(), search)
		if err != nil {
			t.Fatal(err)
		}
		_, rows := fromCSV(t, written(t, s, q, record.Statement, CSV))
		if len(rows) != len(items) {
			t.Errorf("%s: %d rows, %d found", name, len(rows), len(items))
		}
	}
}

// TestDictionary: the columns that the format's page describes are those of the
// tables, in their order.
func TestDictionary(t *testing.T) {
	page, err := os.ReadFile("../../docs/format/tables.md")
	if err != nil {
		t.Fatal(err)
	}
	origin := described(string(page), "Every table")
	for heading, columns := range map[string][]string{"Statements": Columns[Statement](), "Acts": Columns[Act](), "Agreements": Columns[Agreement]()} {
		if got := append(slices.Clone(origin), described(string(page), heading)...); !slices.Equal(got, columns) {
			t.Errorf("%s: the page has\n%v\nthe table\n%v", heading, got, columns)
		}
	}
}

// described are the names in the first column of the table under a heading.
func described(page, heading string) (names []string) {
	_, section, _ := strings.Cut(page, "\n## "+heading+"\n")
	section, _, _ = strings.Cut(section, "\n## ")
	for line := range strings.Lines(section) {
		if rest, ok := strings.CutPrefix(line, "| `"); ok {
			name, _, _ := strings.Cut(rest, "`")
			names = append(names, name)
		}
	}
	return names
}

// TestMemory writes a table of many rows: CASUS_TEST_SCALE is of how many.
func TestMemory(t *testing.T) {
	n, err := strconv.Atoi(os.Getenv("CASUS_TEST_SCALE"))
	if err != nil {
		t.Skip("CASUS_TEST_SCALE is not set: measuring takes minutes")
	}
	row := Statement{Origin: Origin{Item: "item", Report: "report"}, Kind: "indirect"}
	for _, f := range []Format{CSV, JSONL, Parquet} {
		peak := peakOf(func() {
			var count counter
			w, err := New[Statement](&count, f)
			if err != nil {
				t.Fatal(err)
			}
			for i := range n {
				content := fmt.Sprintf("the accord on harbour %d would bind both sides for %d months", i, i*7919%1000)
				row.Content = &content
				row.Item, row.Report = strconv.Itoa(i), strconv.Itoa(i/10)
				if err := w.Write(row); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			t.Logf("%s: %d rows, %d MB", f, n, count>>20)
		})
		t.Logf("%s: heap at most %d MB", f, peak>>20)
	}
}

type counter int64

func (c *counter) Write(b []byte) (int, error) { *c += counter(len(b)); return len(b), nil }

// peakOf is the largest heap seen while do runs.
func peakOf(do func()) (peak uint64) {
	done := make(chan struct{})
	go func() { defer close(done); do() }()
	var m runtime.MemStats
	for {
		select {
		case <-done:
			return peak
		case <-time.After(20 * time.Millisecond):
			runtime.ReadMemStats(&m)
			peak = max(peak, m.HeapInuse)
		}
	}
}

func day1970(days int32) string { return day.Day(days).String() }

func TestCellsAreNoFormulas(t *testing.T) {
	type row struct {
		Words string `json:"words"`
		N     int    `json:"n"`
	}
	var b bytes.Buffer
	w, err := New[row](&b, CSV)
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{"=HYPERLINK(\"x\")", "+1", "@SUM(A1)", "-2", "\tx", "plain = words"} {
		if err := w.Write(row{words, -3}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	_, rows := fromCSV(t, b.Bytes())
	for i, want := range []string{"'=HYPERLINK(\"x\")", "'+1", "'@SUM(A1)", "'-2", "'\tx", "plain = words"} {
		if rows[i][0] != want || rows[i][1] != "-3" {
			t.Errorf("row %d: %q, want %q and -3", i, rows[i], want)
		}
	}
}
