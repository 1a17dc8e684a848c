package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
)

// LineError is a line of JSON Lines that could not be read. The lines after it
// are read all the same.
type LineError struct {
	Name   string // of the input
	Line   int    // from 1
	Column int    // byte in the line, from 1; 0 if the whole line is meant
	Offset int64  // of the line's first byte in the input
	Err    error
}

func (e *LineError) Error() string {
	name := e.Name
	if name == "" {
		name = "standard input"
	}
	at := fmt.Sprintf("%s:%d", name, e.Line)
	if e.Column > 0 {
		at += fmt.Sprintf(":%d", e.Column)
	}
	return fmt.Sprintf("%s: read report at byte %d: %v", at, e.Offset, e.Err)
}

func (e *LineError) Unwrap() error { return e.Err }

// Lines reads JSON Lines, one report a line, as they come; see All for errors.
// Each line is an object with id, title, date, url, outlet and text; section,
// standfirst, authors and language are read too, other fields are ignored. A
// report without id gets the number of its line. Text is kept as it is given.
func Lines(r io.Reader, o Options) iter.Seq2[*Report, error] {
	o.In = JSONL
	return All(r, o)
}

func lines(in *bufio.Reader, o Options, yield func(*Report, error) bool) {
	var offset int64
	seen := false
	for number := 1; ; number++ {
		line, read, err := nextLine(in, o.limit())
		if read == 0 && err != nil {
			if !errors.Is(err, io.EOF) {
				yield(nil, o.fail(err))
			} else if !seen {
				yield(nil, o.fail(ErrEmpty))
			}
			return
		}
		at := &LineError{Name: o.Name, Line: number, Offset: offset}
		offset += read
		if number == 1 {
			line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
		}
		var rep *Report
		switch {
		case read > o.limit():
			at.Err = fmt.Errorf("%w of %s", ErrTooLarge, size(o.limit()))
		case len(bytes.TrimSpace(line)) == 0:
			continue
		default:
			var syntax *json.SyntaxError
			if rep, at.Err = object(line); errors.As(at.Err, &syntax) {
				at.Column = int(syntax.Offset)
			}
		}
		seen = true
		if at.Err != nil {
			if !yield(nil, at) {
				return
			}
			continue
		}
		if rep.ID == "" {
			rep.ID = strconv.Itoa(number)
		}
		rep.sign(bytes.TrimSpace(line))
		rep.finish(o)
		if !yield(rep, nil) {
			return
		}
	}
}

// nextLine reads to the end of a line. Of a line longer than limit it keeps
// nothing; read is its length all the same.
func nextLine(in *bufio.Reader, limit int64) (line []byte, read int64, err error) {
	for {
		piece, err := in.ReadSlice('\n')
		read += int64(len(piece))
		if read <= limit {
			line = append(line, piece...)
		} else {
			line = nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return line, read, err
		}
	}
}

// entry is an object of JSON Lines. Values of an unexpected type are told apart
// from absent ones.
type entry struct {
	ID         json.RawMessage `json:"id"`
	Title      string          `json:"title"`
	Section    json.RawMessage `json:"section"`
	Standfirst string          `json:"standfirst"`
	Author     json.RawMessage `json:"author"`
	Authors    json.RawMessage `json:"authors"`
	Date       string          `json:"date"`
	Published  string          `json:"published"`
	Language   string          `json:"language"`
	URL        string          `json:"url"`
	Outlet     string          `json:"outlet"`
	Text       *string         `json:"text"`
}

// object reads one JSON object as a report.
func object(b []byte) (*Report, error) {
	var e entry
	if err := json.Unmarshal(b, &e); err != nil {
		var kind *json.UnmarshalTypeError
		if errors.As(err, &kind) {
			return nil, fmt.Errorf("field %q is a JSON %s, want a string", kind.Field, kind.Value)
		}
		return nil, err
	}
	if e.Text == nil {
		return nil, errors.New(`there is no field "text"`)
	}
	if strings.TrimSpace(*e.Text) == "" {
		return nil, fmt.Errorf(`field "text": %w`, ErrEmpty)
	}
	r := &Report{Title: e.Title, Standfirst: e.Standfirst, Language: e.Language, URL: e.URL, Outlet: e.Outlet, Text: *e.Text}
	id, err := words(e.ID)
	if err != nil || len(id) > 1 {
		return nil, errors.New(`field "id" is neither a string nor a number`)
	}
	r.ID = strings.Join(id, "")
	for _, raw := range []json.RawMessage{e.Authors, e.Author} {
		if names, err := words(raw); err == nil && len(r.Authors) == 0 {
			r.Authors = names
		}
	}
	if names, err := words(e.Section); err == nil {
		r.Section = strings.Join(names, " / ")
	}
	for _, given := range []string{e.Published, e.Date} {
		if given == "" || r.Published.Known() {
			continue
		}
		var ok bool
		if r.Published, ok = parseDate(given); !ok {
			r.Problems = append(r.Problems, Problem{Message: fmt.Sprintf("date %q is not understood; left out", given)})
		}
	}
	r.divide()
	return r, nil
}

// words reads a string, a number, or a list of them.
func words(raw json.RawMessage) ([]string, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	var list []json.RawMessage
	if raw[0] != '[' {
		list = []json.RawMessage{raw}
	} else if err := json.Unmarshal(raw, &list); err != nil {
		return nil, err
	}
	var out []string
	for _, v := range list {
		var s string
		if err := json.Unmarshal(v, &s); err != nil {
			var n json.Number
			if err := json.Unmarshal(v, &n); err != nil {
				return nil, err
			}
			s = n.String()
		}
		if s != "" {
			out = append(out, s)
		}
	}
	return out, nil
}
