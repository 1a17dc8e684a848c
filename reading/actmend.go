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
	s = infinitive(lex, perfect(soCalled(s)))
	root := slices.IndexFunc(s.Tokens, func(t language.Token) bool { return t.Head < 0 })
	if headed(lex, s, root) {
		return raised(lex, s, root)
	}
	if root < 2 || s.Tokens[root].UPOS != "NOUN" && s.Tokens[root].UPOS != "PROPN" {
		return s
	}
	verb := -1
	for i := 1; i < root && verb < 0; i++ {
		t, before := &s.Tokens[i], &s.Tokens[i-1]
		form := strings.ToLower(t.Form)
		past := strings.HasSuffix(form, "ed") || t.XPOS == "VBD" || t.XPOS == "VBZ" || t.UPOS == "VERB"
		if t.Head == root && (t.Rel == "amod" || t.Rel == "compound") && past && (lex.verbs[form] != nil || lex.verb(lex.forms[form], form) != nil) &&
			(before.UPOS == "PROPN" && (before.Rel == "compound" || before.Rel == "nsubj" || before.Rel == "nmod:poss") || before.Rel == "obl:unmarked" && i == 1) {
			verb = i
		}
	}
	if verb < 0 || slices.ContainsFunc(s.Tokens[:verb], func(t language.Token) bool {
		return t.Rel == "case" || t.Rel == "nsubj" && t.Head == root && t.UPOS != "PROPN"
	}) {
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

// headed tells whether the root is a verb taken for a noun right behind its
// subject: "Yerevan thanks Tbilisi".
func headed(lex *lexicon, s *language.Sentence, root int) bool {
	if root < 1 || root+1 >= len(s.Tokens) {
		return false
	}
	t, before, next := &s.Tokens[root], &s.Tokens[root-1], &s.Tokens[root+1]
	form := strings.ToLower(t.Form)
	return t.UPOS == "NOUN" && t.Form == form && strings.HasSuffix(form, "s") && lex.verbs[lex.forms[form]] != nil &&
		before.UPOS == "PROPN" && (before.Head == root || before.Rel == "flat") && (next.UPOS == "PROPN" || next.UPOS == "DET" || next.UPOS == "ADJ" || next.UPOS == "NUM") &&
		!slices.ContainsFunc(s.Tokens[:root], func(t language.Token) bool { return t.Rel == "det" || t.Rel == "case" || t.UPOS == "VERB" })
}

// raised makes a verb of the root, with the name before it as its subject and
// the phrase behind it as its object.
func raised(lex *lexicon, s *language.Sentence, root int) *language.Sentence {
	out := *s
	out.Tokens = slices.Clone(s.Tokens)
	t := &out.Tokens[root]
	t.UPOS, t.XPOS, t.Lemma = "VERB", "VBZ", lex.forms[strings.ToLower(t.Form)]
	out.Tokens[root-1].Head, out.Tokens[root-1].Rel = root, "nsubj"
	object := -1
	for i := root + 1; i < len(out.Tokens); i++ {
		if k := &out.Tokens[i]; object < 0 && (k.UPOS == "PROPN" || k.UPOS == "NOUN") && (k.Head < root || k.Head == root) {
			k.Head, k.Rel, object = root, "obj", i
		} else if k.Head < root {
			k.Head = root
		}
	}
	return &out
}

// soCalled hangs "so-called", which the treebanks write as three words, under the
// name behind it where the parser took it for a verb ("recognised so-called
// Kosovo").
func soCalled(s *language.Sentence) *language.Sentence {
	for i := 2; i+1 < len(s.Tokens); i++ {
		t, name := &s.Tokens[i], &s.Tokens[i+1]
		if t.Form != "called" || s.Tokens[i-1].Form != "-" || !strings.EqualFold(s.Tokens[i-2].Form, "so") || name.Head != i || t.Rel == "amod" {
			continue
		}
		out := *s
		out.Tokens = slices.Clone(s.Tokens)
		head, rel := t.Head, t.Rel
		if rel == "xcomp" || rel == "ccomp" {
			rel = "obj"
		}
		out.Tokens[i+1].Head, out.Tokens[i+1].Rel = head, rel
		out.Tokens[i].Head, out.Tokens[i].Rel, out.Tokens[i].UPOS = i+1, "amod", "ADJ"
		for k := range out.Tokens {
			if out.Tokens[k].Head == i && k > i+1 {
				out.Tokens[k].Head = i + 1
			}
		}
		return soCalled(&out)
	}
	return s
}

// perfect makes the participle behind "have" the predicate where the parser took
// it for a word about the object ("denied that it had supplied shells").
func perfect(s *language.Sentence) *language.Sentence {
	for i := 0; i+2 < len(s.Tokens); i++ {
		t := &s.Tokens[i]
		if !strings.EqualFold(t.Lemma, "have") || t.UPOS != "AUX" && t.UPOS != "VERB" || t.Rel == "aux" {
			continue
		}
		v := i + 1
		for v+1 < len(s.Tokens) && s.Tokens[v].UPOS == "ADV" {
			v++
		}
		p := &s.Tokens[v]
		object := p.Head
		if p.XPOS != "VBN" || p.Rel != "amod" || object <= v || s.Tokens[object].Head != i || s.Tokens[object].Rel != "obj" || strings.Contains(s.Tokens[object].Feats, "Number=Sing") {
			continue
		}
		out := *s
		out.Tokens = slices.Clone(s.Tokens)
		out.Tokens[v].Head, out.Tokens[v].Rel, out.Tokens[v].UPOS = t.Head, t.Rel, "VERB"
		for k := range out.Tokens {
			if out.Tokens[k].Head == i {
				out.Tokens[k].Head = v
			}
		}
		out.Tokens[i].Head, out.Tokens[i].Rel, out.Tokens[i].UPOS = v, "aux", "AUX"
		return perfect(&out)
	}
	return s
}

// promising are verbs behind which "to" opens an infinitive, not a phrase.
var promising = wordSet("offer agree threaten vow pledge promise refuse decline plan")

// infinitive makes a verb of the word behind "offered to" where the parser took it
// for a noun: "offered to host talks".
func infinitive(lex *lexicon, s *language.Sentence) *language.Sentence {
	for i := 0; i+3 < len(s.Tokens); i++ {
		t, to, v := &s.Tokens[i], &s.Tokens[i+1], &s.Tokens[i+2]
		if t.UPOS != "VERB" || !promising[strings.ToLower(t.Lemma)] || to.Form != "to" || v.UPOS != "NOUN" && v.XPOS != "VB" || v.UPOS == "VERB" || lex.verbs[v.Form] == nil {
			continue
		}
		above := v.Head // of the phrase that the verb was taken into
		if above > i+2 && s.Tokens[above].Rel == "compound" {
			above = s.Tokens[above].Head
		}
		if above != i && (above <= i+2 || s.Tokens[above].Head != i || v.Rel != "compound") {
			continue
		}
		out := *s
		out.Tokens = slices.Clone(s.Tokens)
		if above != i {
			out.Tokens[above].Head, out.Tokens[above].Rel = i+2, "obj"
		}
		out.Tokens[i+1].Head, out.Tokens[i+1].Rel, out.Tokens[i+1].UPOS, out.Tokens[i+1].XPOS = i+2, "mark", "PART", "TO"
		out.Tokens[i+2].Head, out.Tokens[i+2].Rel, out.Tokens[i+2].UPOS, out.Tokens[i+2].XPOS, out.Tokens[i+2].Lemma = i, "xcomp", "VERB", "VB", v.Form
		return &out
	}
	return s
}
