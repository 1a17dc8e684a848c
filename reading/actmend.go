package reading

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/language"
)

// mend corrects one common mistake of the parser in short sentences of news: a
// verb right behind its subject taken for a part of the phrase that follows
// ("Bolivia severed relations with Israel"). A sentence without that mistake is
// returned as it is.
func mend(lex *lexicon, s *language.Sentence) *language.Sentence {
	root := slices.IndexFunc(s.Tokens, func(t language.Token) bool { return t.Head < 0 })
	if root < 2 || s.Tokens[root].UPOS != "NOUN" && s.Tokens[root].UPOS != "PROPN" {
		return s
	}
	verb := -1
	for i := 1; i < root && verb < 0; i++ {
		t, before := &s.Tokens[i], &s.Tokens[i-1]
		form := strings.ToLower(t.Form)
		past := strings.HasSuffix(form, "ed") || t.XPOS == "VBD" || t.XPOS == "VBZ" || t.UPOS == "VERB"
		if t.Head == root && (t.Rel == "amod" || t.Rel == "compound") && past && lex.verb(lex.forms[form], form) != nil &&
			before.UPOS == "PROPN" && (before.Rel == "compound" || before.Rel == "nsubj" || before.Rel == "nmod:poss") {
			verb = i
		}
	}
	if verb < 0 || slices.ContainsFunc(s.Tokens[:verb], func(t language.Token) bool { return t.Rel == "case" || t.Rel == "nsubj" && t.Head == root && t.UPOS != "PROPN" }) {
		return s
	}
	out := *s
	out.Tokens = slices.Clone(s.Tokens)
	for i := range out.Tokens {
		t := &out.Tokens[i]
		switch {
		case i == verb:
			t.Head, t.Rel, t.UPOS, t.XPOS = -1, "root", "VERB", "VBD"
			if l := lex.forms[strings.ToLower(t.Form)]; l != "" {
				t.Lemma = l
			}
		case i == root:
			t.Head, t.Rel = verb, "obj"
		case i < verb && (t.Head == root || t.Head == verb):
			t.Head, t.Rel = verb, "compound"
		case i > verb && t.Head == verb, t.Head == root && t.Rel == "punct":
			t.Head = verb
		}
	}
	out.Tokens[verb-1].Rel = "nsubj"
	for i := range out.Tokens[:verb-1] { // what else stood before the verb belongs to its subject
		if t := &out.Tokens[i]; t.Head == verb {
			t.Head = verb - 1
		}
	}
	return &out
}
