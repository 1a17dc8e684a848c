package language

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/text"
)

// ReadCoNLLU reads a treebank. Each document ("# newdoc") becomes an Analysis
// whose Text is put together from the forms: a blank between tokens unless
// SpaceAfter=No stands in MISC, an empty line before each "# newpar".
// Errors name the line.
//
// Source: https://universaldependencies.org/format.html
func ReadCoNLLU(r io.Reader, name string) ([]*Document, error) {
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<22)
	t := treebank{name: name}
	for s.Scan() {
		t.line++
		if err := t.read(s.Text()); err != nil {
			return nil, fmt.Errorf("read treebank %s:%d: %w", name, t.line, err)
		}
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("read treebank %s:%d: %w", name, t.line, err)
	}
	if err := t.endSentence(); err != nil {
		return nil, fmt.Errorf("read treebank %s:%d: %w", name, t.line, err)
	}
	t.endDocument()
	return t.docs, nil
}

// Document is a treebank document with its name.
type Document struct {
	ID string
	Analysis
}

type treebank struct {
	name    string
	line    int
	docs    []*Document
	doc     *Document
	body    strings.Builder
	tokens  []Token
	gap     string // what stands before the next token
	multi   int    // words of the current multiword token still to come
	first   int    // first word of that token
	surface text.Span
}

func (t *treebank) read(line string) error {
	switch {
	case line == "":
		return t.endSentence()
	case strings.HasPrefix(line, "# newdoc"):
		if len(t.tokens) > 0 || t.multi > 0 {
			return fmt.Errorf("a document begins inside a sentence")
		}
		t.endDocument()
		_, id, _ := strings.Cut(line, "= ")
		t.doc = &Document{ID: id}
	case line == "# newpar" || strings.HasPrefix(line, "# newpar "):
		if t.body.Len() > 0 {
			t.gap = "\n\n"
		}
	case line[0] != '#':
		return t.word(strings.Split(line, "\t"))
	}
	return nil
}

func (t *treebank) word(c []string) error {
	if len(c) != 10 {
		return fmt.Errorf("%d columns instead of 10", len(c))
	}
	if strings.Contains(c[0], ".") {
		return nil // a node of the enhanced graph only
	}
	if a, b, ok := strings.Cut(c[0], "-"); ok {
		from, err1 := strconv.Atoi(a)
		to, err2 := strconv.Atoi(b)
		if err1 != nil || err2 != nil || to < from {
			return fmt.Errorf("word range %q", c[0])
		}
		t.multi, t.first, t.surface = to-from+1, len(t.tokens), t.put(c[1], c[9])
		return nil
	}
	head, err := strconv.Atoi(c[6])
	if err != nil && c[6] != "_" || head < 0 {
		return fmt.Errorf("head %q", c[6])
	}
	tok := Token{Form: c[1], Lemma: c[2], UPOS: c[3], XPOS: c[4], Head: head - 1, Rel: c[7]}
	if c[5] != "_" {
		tok.Feats = c[5]
	}
	if t.multi > 0 {
		tok.Surface = t.surface
		t.tokens = append(t.tokens, tok)
		if t.multi--; t.multi == 0 {
			divide(t.body.String(), t.surface, t.tokens[t.first:])
		}
		return nil
	}
	tok.Span = t.put(c[1], c[9])
	tok.Surface = tok.Span
	t.tokens = append(t.tokens, tok)
	return nil
}

// put appends a surface token to the text of the document.
func (t *treebank) put(form, misc string) text.Span {
	t.body.WriteString(t.gap)
	start := t.body.Len()
	t.body.WriteString(form)
	t.gap = " "
	for _, m := range strings.Split(misc, "|") {
		if m == "SpaceAfter=No" {
			t.gap = ""
		}
	}
	return text.Span{Start: start, End: t.body.Len()}
}

// divide gives each word of a multiword token its part of the bytes: the
// length of its form where the forms spell the token, as near as can be
// otherwise.
func divide(body string, surface text.Span, words []Token) {
	at := surface.Start
	for i := range words {
		end := min(at+len(words[i].Form), surface.End)
		if i == len(words)-1 {
			end = surface.End
		}
		for end < surface.End && body[end]&0xC0 == 0x80 {
			end++
		}
		words[i].Span = text.Span{Start: at, End: end}
		at = end
	}
}

func (t *treebank) endSentence() error {
	if len(t.tokens) == 0 {
		return nil
	}
	if t.multi > 0 {
		return fmt.Errorf("a multiword token runs past the end of the sentence")
	}
	for i, tok := range t.tokens {
		if tok.Head >= len(t.tokens) {
			return fmt.Errorf("head %d of word %d does not exist", tok.Head+1, i+1)
		}
	}
	if t.doc == nil {
		t.doc = &Document{ID: t.name}
	}
	span := text.Span{Start: t.tokens[0].Surface.Start, End: t.tokens[len(t.tokens)-1].Surface.End}
	t.doc.Sentences = append(t.doc.Sentences, Sentence{Span: span, Tokens: t.tokens})
	t.tokens = nil
	return nil
}

func (t *treebank) endDocument() {
	if t.doc != nil && len(t.doc.Sentences) > 0 {
		t.doc.Text = t.body.String()
		t.docs = append(t.docs, t.doc)
	}
	t.doc, t.gap = nil, ""
	t.body.Reset()
}

// WriteCoNLLU writes an analysis as CoNLL-U. MISC holds the bytes of each word
// (start, end), and SpaceAfter=No where no white space follows. Sentences are
// numbered from 1; a "# newpar" stands before one that an empty line precedes.
func WriteCoNLLU(w io.Writer, a *Analysis) error {
	b := bufio.NewWriter(w)
	for i, s := range a.Sentences {
		before := a.Text[:s.Span.Start]
		if i > 0 {
			before = a.Text[a.Sentences[i-1].Span.End:s.Span.Start]
		}
		if i == 0 || strings.Count(before, "\n") > 1 {
			fmt.Fprintln(b, "# newpar")
		}
		fmt.Fprintf(b, "# sent_id = %d\n# text = %s\n", i+1, s.plain(a.Text))
		for j, t := range s.Tokens {
			whole := t.Surface == t.Span
			if !whole && (j == 0 || s.Tokens[j-1].Surface != t.Surface) {
				last := j
				for last+1 < len(s.Tokens) && s.Tokens[last+1].Surface == t.Surface {
					last++
				}
				fmt.Fprintf(b, "%d-%d\t%s\t_\t_\t_\t_\t_\t_\t_\t%s\n", j+1, last+1, orEmpty(t.Surface.Of(a.Text)), misc(a, s, last, t.Surface))
			}
			m := fmt.Sprintf("start=%d|end=%d", t.Span.Start, t.Span.End)
			if whole {
				m = misc(a, s, j, t.Span)
			}
			fmt.Fprintf(b, "%d\t%s\t%s\t%s\t%s\t%s\t%d\t%s\t_\t%s\n", j+1, orEmpty(t.Form), orEmpty(t.Lemma), orEmpty(t.UPOS), orEmpty(t.XPOS),
				orEmpty(t.Feats), t.Head+1, orEmpty(t.Rel), m)
		}
		fmt.Fprintln(b)
	}
	return b.Flush()
}

// plain is the text of the sentence with one blank for all white space.
func (s *Sentence) plain(body string) string {
	var b strings.Builder
	for i, t := range s.Tokens {
		if i > 0 && t.Surface == s.Tokens[i-1].Surface {
			continue
		}
		if i > 0 && t.Surface.Start > s.Tokens[i-1].Surface.End {
			b.WriteByte(' ')
		}
		b.WriteString(t.Surface.Of(body))
	}
	return b.String()
}

func misc(a *Analysis, s Sentence, j int, span text.Span) string {
	m := fmt.Sprintf("start=%d|end=%d", span.Start, span.End)
	if j+1 < len(s.Tokens) && s.Tokens[j+1].Surface.Start == span.End || j+1 == len(s.Tokens) && touches(a.Text, span.End) {
		return "SpaceAfter=No|" + m
	}
	return m
}

// touches reports whether something other than white space stands at i.
func touches(s string, i int) bool {
	return i < len(s) && !isBlank(firstRune(s[i:]))
}

func orEmpty(s string) string {
	if s == "" {
		return "_"
	}
	return s
}
