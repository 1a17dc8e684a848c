package reading

import (
	"github.com/casus-foederis/casus/language"
)

// undated parses what follows a dateline ("LIMA, March 3 (Reuters) - ") as the
// sentence that it is, which the parser takes for part of the place's phrase.
// The dateline hangs beside it.
func undated(m *language.Model, words string, sentences []language.Sentence) []language.Sentence {
	for n := range sentences {
		s := &sentences[n]
		begin := afterDateline(s.Tokens)
		if begin == 0 || begin+3 > len(s.Tokens) || s.Tokens[0].UPOS != "PROPN" {
			continue
		}
		from := s.Tokens[begin].Span.Start
		rest := m.Parse(words[from:s.Span.End]).Sentences
		if len(rest) != 1 || begin+len(rest[0].Tokens) != len(s.Tokens) {
			continue
		}
		tokens := append([]language.Token{}, s.Tokens[:begin]...)
		root := begin + rootOf(rest[0].Tokens)
		for i := range tokens {
			if h := tokens[i].Head; h < 0 || h >= begin {
				tokens[i].Head, tokens[i].Rel = root, "dep"
			}
		}
		for _, t := range moved(rest[0], from).Tokens {
			if t.Head >= 0 {
				t.Head += begin
			}
			tokens = append(tokens, t)
		}
		s.Tokens = tokens
	}
	return sentences
}
