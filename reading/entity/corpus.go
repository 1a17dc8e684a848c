package entity

import (
	"bufio"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/text"
)

// Marked is a text with marked names, in bytes.
type Marked struct {
	Text  string
	Names []MarkedName
}

// MarkedName is a marked stretch of a text.
type MarkedName struct {
	Span text.Span
	Type Type
}

// silverTypes are the marks of the automatic analysis that is learned from.
var silverTypes = map[string]Type{"PERSON": Person, "ORGANIZATION": Organization, "LOCATION": Place, "MISC": Other}

// ReadSilver reads marks of names from an automatic analysis in columns (id,
// form, lemma, tag, name, head, relation, begin, end; offsets in code points)
// for the texts given by document id. Texts without analysis are left out.
func ReadSilver(r io.Reader, texts map[string]string) ([]Marked, error) {
	var out []Marked
	var doc string
	var starts []int // code point to byte
	var m Marked
	flush := func() {
		if m.Text != "" {
			out = append(out, m)
		}
		m = Marked{}
	}
	before := ""
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if id, ok := strings.CutPrefix(line, "# newdoc id = "); ok {
			flush()
			doc = id
			m.Text = texts[doc]
			starts = runeStarts(m.Text)
			before = ""
			continue
		}
		if line == "" || line[0] == '#' || m.Text == "" {
			before = ""
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) < 9 {
			return nil, fmt.Errorf("read silver analysis: line %d has %d columns, 9 are wanted", n, len(c))
		}
		from, err1 := strconv.Atoi(c[7])
		to, err2 := strconv.Atoi(c[8])
		if err1 != nil || err2 != nil || from < 0 || from >= to || to >= len(starts) {
			before = ""
			continue
		}
		span := text.Span{Start: starts[from], End: starts[to]}
		typ, ok := silverTypes[c[4]]
		switch {
		case !ok:
		case c[4] == before && len(m.Names) > 0:
			m.Names[len(m.Names)-1].Span.End = span.End
		default:
			m.Names = append(m.Names, MarkedName{span, typ})
		}
		before = c[4]
	}
	flush()
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read silver analysis: %w", err)
	}
	return out, nil
}

func runeStarts(s string) []int {
	out := make([]int, 0, len(s)+1)
	for i := range s {
		out = append(out, i)
	}
	return append(out, len(s))
}

// Lay cuts a marked text into sentences and puts its names on their tokens. A
// mark that begins or ends within a token takes the whole token.
func Lay(m Marked, parse func(string) *language.Analysis) Lesson {
	a := parse(m.Text)
	l := Lesson{Sentences: a.Sentences, Names: make([][]Name, len(a.Sentences))}
	for _, n := range m.Names {
		s := sort.Search(len(a.Sentences), func(i int) bool { return a.Sentences[i].Span.End > n.Span.Start })
		if s == len(a.Sentences) {
			continue
		}
		first, last := -1, -1
		for i, t := range a.Sentences[s].Tokens {
			if t.Span.Overlaps(n.Span) {
				if first < 0 {
					first = i
				}
				last = i
			}
		}
		if names := l.Names[s]; first >= 0 && (len(names) == 0 || names[len(names)-1].Last < first) {
			l.Names[s] = append(names, Name{first, last, n.Type})
		}
	}
	return l
}
