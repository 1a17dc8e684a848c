package attribution

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/casus-foederis/casus/text"
)

// Article is a text with its attributions marked by hand.
type Article struct {
	ID   string
	Text string
	Gold []Marked
}

// Marked is one attribution as annotators marked it. Source may be empty, and
// each part may be of several pieces.
type Marked struct {
	Source, Cue, Content []text.Span
}

// ReadCorpus reads articles, one JSON object a line, as PolNeAR is kept:
// {"id", "text", "attributions": [{"source": [[start, end], …], "cue", "content"}]}
// with offsets in code points. A name that ends in .gz is unpacked. All wrong
// lines are reported together.
func ReadCorpus(path string) ([]Article, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read attribution corpus: %w", err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		z, err := gzip.NewReader(f)
		if err != nil {
			return nil, fmt.Errorf("read attribution corpus: unpack %s: %w", path, err)
		}
		defer z.Close()
		r = z
	}
	var out []Article
	var wrong []error
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 64<<20)
	for n := 1; lines.Scan(); n++ {
		if len(lines.Bytes()) == 0 {
			continue
		}
		a, err := parseArticle(lines.Bytes())
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s:%d: %w", path, n, err))
			continue
		}
		out = append(out, a)
	}
	if err := lines.Err(); err != nil {
		wrong = append(wrong, fmt.Errorf("%s: %w", path, err))
	}
	return out, errors.Join(wrong...)
}

func parseArticle(line []byte) (Article, error) {
	var raw struct {
		ID, Text     string
		Attributions []struct{ Source, Cue, Content []text.Span }
	}
	if err := json.Unmarshal(line, &raw); err != nil {
		return Article{}, fmt.Errorf("read article: %w", err)
	}
	a := Article{ID: raw.ID, Text: raw.Text}
	at := make([]int, 0, len(raw.Text)+1) // code point -> byte
	for i := range raw.Text {
		at = append(at, i)
	}
	at = append(at, len(raw.Text))
	var bad error
	bytes := func(spans []text.Span) []text.Span {
		var out []text.Span
		for _, s := range spans {
			if s.Start < 0 || s.End >= len(at) || s.Start > s.End {
				bad = fmt.Errorf("read article %s: span %v lies outside its %d characters", raw.ID, s, len(at)-1)
				continue
			}
			out = append(out, text.Span{Start: at[s.Start], End: at[s.End]})
		}
		return out
	}
	for _, m := range raw.Attributions {
		a.Gold = append(a.Gold, Marked{Source: bytes(m.Source), Cue: bytes(m.Cue), Content: bytes(m.Content)})
	}
	return a, bad
}
