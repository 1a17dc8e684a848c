package report

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"net/url"
	"os"
	"regexp"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/text"
)

// Format is how an input is written.
type Format string

// The formats. Auto, the zero value, looks at the input.
const (
	Auto  Format = ""
	HTML  Format = "html"
	Plain Format = "text"
	JSONL Format = "jsonl"
)

// DefaultLimit is how many bytes a report may have, if Options do not say.
const DefaultLimit = 10 << 20

// Options say how to read an input. The zero value detects everything.
type Options struct {
	In        Format
	Name      string // of the input, for errors; empty for standard input
	Limit     int64  // bytes in one report; 0 means DefaultLimit
	Published Date   // for reports that do not say when they were published
	URL       string // from where it was got, if from the web
	Charset   string // its encoding, as the server that sent it says; empty: found out
}

func (o Options) limit() int64 {
	if o.Limit > 0 {
		return o.Limit
	}
	return DefaultLimit
}

func (o Options) fail(err error) error {
	name := o.Name
	if name == "" {
		name = "standard input"
	}
	return fmt.Errorf("read %s: %w", name, err)
}

// Read reads one report: a page, a plain text or a single JSON object. Errors
// wrap ErrEmpty, ErrBinary, ErrPDF, ErrArchive or ErrTooLarge where one applies.
func Read(r io.Reader, o Options) (*Report, error) {
	in, err := open(r)
	if err != nil {
		return nil, o.fail(err)
	}
	return read(in, o)
}

func read(r io.Reader, o Options) (*Report, error) {
	raw, err := io.ReadAll(io.LimitReader(r, o.limit()+1))
	if err != nil {
		return nil, o.fail(err)
	}
	if int64(len(raw)) > o.limit() {
		return nil, o.fail(fmt.Errorf("%w of %s", ErrTooLarge, size(o.limit())))
	}
	if err := refuse(raw); err != nil {
		return nil, o.fail(err)
	}
	decoded, problems, err := decode(raw, o.Charset)
	if err != nil {
		return nil, o.fail(err)
	}
	if strings.TrimSpace(decoded) == "" {
		return nil, o.fail(ErrEmpty)
	}
	in := o.In
	if in == Auto {
		in = detect(decoded)
	}
	var rep *Report
	switch in {
	case JSONL:
		if rep, err = object([]byte(decoded)); err != nil {
			return nil, o.fail(err)
		}
	case HTML:
		if rep, err = page(decoded); err != nil {
			return nil, o.fail(err)
		}
	case Plain:
		rep = pasted(decoded)
	default:
		return nil, o.fail(fmt.Errorf("there is no input format %q; want html, text or jsonl", in))
	}
	rep.Problems = append(problems, rep.Problems...)
	rep.sign(raw)
	rep.finish(o)
	return rep, nil
}

// finish sets what the input left open and makes empty lists of absent ones.
func (r *Report) finish(o Options) {
	if !r.Published.Known() {
		r.Published = o.Published
	}
	r.locate(o.URL)
	if !r.Published.Known() {
		r.dateFromPosts()
	}
	if r.Language == "" {
		r.Language = guessLanguage(r.Text)
	}
	if r.Paragraphs == nil {
		r.Paragraphs = []text.Span{}
	}
	if r.Parts == nil {
		r.Parts = []Part{}
	}
	if r.Posts == nil {
		r.Posts = []Post{}
	}
	if r.Media == nil {
		r.Media = []Media{}
	}
}

// locate sets the address of a report that does not say its own. One that calls
// itself by the address of another server is believed, and noted.
func (r *Report) locate(got string) {
	if r.URL == "" {
		r.URL = got
		return
	}
	a, err := url.Parse(got)
	if err != nil || got == "" {
		return
	}
	if b, err := url.Parse(r.URL); err != nil || !strings.EqualFold(a.Hostname(), b.Hostname()) {
		r.Problems = append(r.Problems, Problem{Message: "it was got from " + got + ", not from the address that it gives for itself"})
	}
}

// All reads every report of an input: one from a page or a plain text, one a
// line from JSON Lines, in order. A *LineError tells of a line that could not
// be read and is followed by the other lines; any other error is the last.
func All(r io.Reader, o Options) iter.Seq2[*Report, error] {
	return func(yield func(*Report, error) bool) {
		in, err := open(r)
		if err != nil {
			yield(nil, o.fail(err))
			return
		}
		if o.In == JSONL || o.In == Auto && lined(in) {
			lines(in, o, yield)
			return
		}
		yield(read(in, o))
	}
}

// Open reads every report of a file, like All. A directory and a file too large
// for a single report are refused without being read.
func Open(path string, o Options) iter.Seq2[*Report, error] {
	if o.Name == "" {
		o.Name = path
	}
	return func(yield func(*Report, error) bool) {
		f, err := os.Open(path)
		if err != nil {
			var at *fs.PathError
			if errors.As(err, &at) {
				err = at.Err // the name stands in the message already
			}
			yield(nil, o.fail(err))
			return
		}
		defer f.Close()
		info, err := f.Stat()
		if err == nil && info.IsDir() {
			err = ErrDirectory
		}
		if err != nil {
			yield(nil, o.fail(err))
			return
		}
		in, err := open(f)
		if err != nil {
			yield(nil, o.fail(err))
			return
		}
		if o.In == JSONL || o.In == Auto && lined(in) {
			lines(in, o, yield)
			return
		}
		if info.Size() > o.limit() {
			yield(nil, o.fail(fmt.Errorf("%w: it has %s, a report may have %s", ErrTooLarge, size(info.Size()), size(o.limit()))))
			return
		}
		yield(read(in, o))
	}
}

// open buffers r and unpacks gzip.
func open(r io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReaderSize(r, 64<<10)
	if head, _ := in.Peek(2); string(head) == "\x1f\x8b" {
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("unpack gzip: %w", err)
		}
		return bufio.NewReaderSize(z, 64<<10), nil
	}
	return in, nil
}

// lined reports whether the input begins like JSON Lines: an object that ends
// on its line or goes on past what can be seen. A pretty-printed object is one
// report, not lines.
func lined(in *bufio.Reader) bool {
	head, err := in.Peek(64 << 10)
	head = bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n")
	if len(head) == 0 || head[0] != '{' {
		return false
	}
	line, _, ended := bytes.Cut(head, []byte("\n"))
	if ended || err != nil {
		return json.Valid(line) || !json.Valid(bytes.TrimSpace(head)) && len(bytes.TrimSpace(line)) > 1
	}
	return bytes.Contains(line[:min(len(line), 64)], []byte(`"`))
}

// dateFromPosts takes the day of the latest embedded post for the day of
// publication, which cannot be earlier, and says so.
func (r *Report) dateFromPosts() {
	latest := ""
	for _, p := range r.Posts {
		latest = max(latest, p.Date)
	}
	p, err := day.ParsePeriod(latest)
	if err != nil {
		return
	}
	r.Published = Date{Period: p}
	r.Problems = append(r.Problems, Problem{Message: "the day of publication is not given; taken to be that of the latest embedded post, " + latest})
}

var (
	htmlRoot = regexp.MustCompile(`(?i)<(?:!doctype\s+html|html|head|body|article|meta)[\s>]`)
	htmlTag  = regexp.MustCompile(`(?i)</?(?:p|div|span|br|a|h[1-6]|td|table|blockquote|section|font)(?:\s[^<>]*)?/?>`)
)

// detect tells how a text is written.
func detect(s string) Format {
	t := strings.TrimLeft(s, " \t\r\n\ufeff")
	if strings.HasPrefix(t, "{") && json.Valid([]byte(t)) {
		return JSONL
	}
	if htmlRoot.MatchString(t[:min(len(t), 4096)]) ||
		strings.HasPrefix(t, "<") && len(htmlTag.FindAllStringIndex(t[:min(len(t), 64<<10)], 3)) == 3 {
		return HTML
	}
	return Plain
}

// size writes a number of bytes for people, exactly where it is short.
func size(n int64) string {
	const mib = 1 << 20
	switch {
	case n >= 1<<30 && n%(1<<30) == 0:
		return fmt.Sprintf("%d GiB", n>>30)
	case n >= mib && n%mib == 0:
		return fmt.Sprintf("%d MiB", n>>20)
	case n >= mib:
		return fmt.Sprintf("%.1f MiB", float64(n)/mib)
	}
	return fmt.Sprintf("%d bytes", n)
}
