// Package table writes what a record holds as tables for research: CSV, JSON
// Lines or Parquet, one row after the other, so that a million rows need no more
// memory than a few.
//
// A row is a struct of plain fields: strings, numbers, truth values and days,
// or pointers to them where a value may be unknown. Unknown is empty in CSV and
// null elsewhere. In CSV, words that a spreadsheet would take for a formula get an
// apostrophe before them. Names of columns are those of the json tags, in their order;
// docs/format/tables.md says what each means.
package table

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// Format is how a table is written.
type Format string

// The formats.
const (
	CSV     Format = "csv"
	JSONL   Format = "jsonl"
	Parquet Format = "parquet"
)

// Writer writes rows of one type. Close ends the table and leaves the file open.
type Writer[T any] struct {
	write func(T) error
	close func() error
	out   *bufio.Writer
}

// New starts a table.
func New[T any](w io.Writer, format Format) (*Writer[T], error) {
	out := bufio.NewWriterSize(w, 1<<16)
	switch format {
	case CSV:
		c := csv.NewWriter(out)
		if err := c.Write(Columns[T]()); err != nil {
			return nil, err
		}
		all := fields[T]()
		cells := make([]string, len(all))
		return &Writer[T]{func(row T) error {
			v := reflect.ValueOf(row)
			for i, f := range all {
				cells[i] = cell(v.FieldByIndex(f.Index))
			}
			return c.Write(cells)
		}, func() error { c.Flush(); return c.Error() }, out}, nil
	case JSONL:
		e := json.NewEncoder(out)
		e.SetEscapeHTML(false)
		return &Writer[T]{func(row T) error { return e.Encode(row) }, func() error { return nil }, out}, nil
	case Parquet:
		p := parquet.NewGenericWriter[T](out, parquet.Compression(&parquet.Zstd), parquet.MaxRowsPerRowGroup(20_000))
		return &Writer[T]{func(row T) error { _, err := p.Write([]T{row}); return err }, p.Close, out}, nil
	}
	return nil, fmt.Errorf("there is no format %q for tables", format)
}

// Write adds a row.
func (w *Writer[T]) Write(row T) error { return w.write(row) }

// Close ends the table.
func (w *Writer[T]) Close() error {
	if err := w.close(); err != nil {
		return err
	}
	return w.out.Flush()
}

// Columns are the names of the columns of a row, in order.
func Columns[T any]() []string {
	var names []string
	for _, f := range fields[T]() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		names = append(names, name)
	}
	return names
}

// fields are those of a row, those of embedded structs among them.
func fields[T any]() []reflect.StructField {
	return slices.DeleteFunc(reflect.VisibleFields(reflect.TypeFor[T]()), func(f reflect.StructField) bool { return f.Anonymous })
}

func cell(v reflect.Value) string {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return ""
		}
		v = v.Elem()
	}
	words := fmt.Sprint(v.Interface())
	if v.Kind() == reflect.String && words != "" && strings.ContainsRune("=+-@\t\r", rune(words[0])) {
		return "'" + words // a report's words are no formula of a spreadsheet
	}
	return words
}
