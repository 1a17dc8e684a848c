package reading

import (
	"strings"

	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/text"
)

// Trees returns the sentences of the document with their trees, in order. A
// document that was just read has them still; of one that comes from a store
// only the paragraphs that are wanted are analysed again.
func (d *Document) Trees(wanted func(paragraph string) bool) ([]language.Sentence, error) {
	if d.trees != nil {
		return d.trees, nil
	}
	m, err := language.Default()
	if err != nil {
		return nil, err
	}
	var spans []text.Span
	var words []string
	for _, span := range paragraphs(d.Text) {
		if s := span.Of(d.Text); wanted(s) {
			spans, words = append(spans, span), append(words, s)
		}
	}
	var out []language.Sentence
	for i, a := range m.ParseAll(words...) {
		for _, s := range mended(a.Text, a.Sentences) {
			out = append(out, moved(s, spans[i].Start))
		}
	}
	return out, nil
}

// paragraphs cuts a text at empty lines and where a line ends like a sentence.
func paragraphs(t string) []text.Span {
	var out []text.Span
	start := 0
	for at := 0; at < len(t); {
		end := len(t)
		if i := strings.IndexByte(t[at:], '\n'); i >= 0 {
			end = at + i
		}
		line := strings.TrimSpace(t[at:end])
		next := min(end+1, len(t))
		if line == "" || strings.ContainsAny(line[len(line)-1:], ".!?\"”’:") || end == len(t) || strings.HasPrefix(strings.TrimLeft(t[next:], " \t\r"), "\n") {
			if s := (text.Span{Start: start, End: end}); strings.TrimSpace(s.Of(t)) != "" {
				out = append(out, s)
			}
			start = next
		}
		at = next
	}
	return out
}
