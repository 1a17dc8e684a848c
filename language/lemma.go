package language

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// lemmas finds the dictionary form of a word: as the treebanks have it where
// the word was seen with its tags, by the endings of seen words otherwise.
type lemmas map[tags]*lexicon

// tags are the universal and the Penn tag of a word.
type tags struct{ upos, xpos string }

// MarshalText writes "NOUN NN".
func (t tags) MarshalText() ([]byte, error) { return []byte(t.upos + " " + t.xpos), nil }

// UnmarshalText reads "NOUN NN".
func (t *tags) UnmarshalText(b []byte) error {
	var ok bool
	if t.upos, t.xpos, ok = strings.Cut(string(b), " "); !ok {
		return fmt.Errorf("read tags: %q is not a universal and a Penn tag", b)
	}
	return nil
}

// lexicon is what is known of the words with the same tags. Forms are in lower
// case unless the tags keep capitals.
type lexicon struct {
	Known   map[string]string `json:"known,omitempty"`   // form to lemma, where the endings are wrong
	Endings map[string]script `json:"endings,omitempty"` // the longest ending of a form decides
}

// script says how a form becomes a lemma: how many bytes go at the end, and
// what comes instead (3, "y": parties, party).
type script struct {
	Cut int    `json:"cut,omitempty"`
	Add string `json:"add,omitempty"`
}

func scriptOf(form, lemma string) script {
	n := 0
	for n < len(form) && n < len(lemma) && form[n] == lemma[n] {
		n++
	}
	for n > 0 && (n < len(form) && !utf8.RuneStart(form[n]) || n < len(lemma) && !utf8.RuneStart(lemma[n])) {
		n--
	}
	return script{len(form) - n, lemma[n:]}
}

// apply returns the lemma, or "" where the form is too short or would be cut
// inside a character.
func (s script) apply(form string) string {
	end := len(form) - s.Cut
	if end < 0 || end < len(form) && !utf8.RuneStart(form[end]) {
		return ""
	}
	return form[:end] + s.Add
}

const longestEnding = 6

// keepCase reports whether lemmas of words with these tags keep capitals.
func (t tags) keepCase() bool {
	return t.upos == "PROPN" || t.upos == "X" || t.upos == "SYM" || strings.HasPrefix(t.xpos, "NNP")
}

func (t tags) fold(form string) string {
	if t.keepCase() {
		return form
	}
	return strings.ToLower(form)
}

// of returns the lemma of a form.
func (l lemmas) of(form string, t tags) string {
	f := t.fold(form)
	x := l[t]
	if x == nil {
		x = &lexicon{}
	}
	if lemma, ok := x.Known[f]; ok {
		return lemma
	}
	switch {
	case t.upos == "NUM":
		return withoutCommas(f)
	case t.closed():
		return f
	case t.keepCase():
		if f = inTitleCase(f); t.xpos != "NNPS" {
			return f
		}
	}
	for n := min(longestEnding, len(f)); n >= 0; n-- {
		if s, ok := x.Endings[f[len(f)-n:]]; ok {
			if lemma := s.apply(f); lemma != "" {
				return lemma
			}
		}
	}
	return f
}

// closed reports whether words with these tags are so few that the endings of
// the known ones say nothing about others.
func (t tags) closed() bool {
	switch t.upos {
	case "ADP", "AUX", "CCONJ", "DET", "INTJ", "PART", "PRON", "PUNCT", "SCONJ":
		return true
	}
	return false
}

// withoutCommas is a number as the treebanks write its lemma: 1,100 is 1100.
func withoutCommas(number string) string {
	if strings.Contains(number, ",") && classOf(firstRune(number)) == digit {
		return strings.ReplaceAll(number, ",", "")
	}
	return number
}

// inTitleCase writes a name in capitals as a name: MOSCOW is Moscow. Up to
// four letters are left alone, for most of these are acronyms.
func inTitleCase(name string) string {
	if len(name) < 5 || strings.ToUpper(name) != name || strings.ToLower(name) == name {
		return name
	}
	n := runeLen(name)
	return name[:n] + strings.ToLower(name[n:])
}

// learnLemmas counts lemmas over the tokens of a treebank.
func learnLemmas(docs []*Document) lemmas {
	seen := map[tags]counter[string]{}
	for _, d := range docs {
		for _, s := range d.Sentences {
			for _, k := range s.Tokens {
				t := tags{k.UPOS, k.XPOS}
				if seen[t] == nil {
					seen[t] = counter[string]{}
				}
				if k.Lemma != "_" {
					seen[t].add(t.fold(k.Form), k.Lemma)
				}
			}
		}
	}
	l := lemmas{}
	for t, known := range seen {
		l[t] = &lexicon{Known: map[string]string{}, Endings: t.endings(known)}
		for form := range known {
			if best := known.best(form, strings.Compare); l.of(form, t) != best {
				l[t].Known[form] = best
			}
		}
	}
	return l
}

// endings learns scripts. They are counted over types, so that frequent
// irregular words teach nothing about unseen ones.
func (t tags) endings(known counter[string]) map[string]script {
	if t.closed() || t.keepCase() && t.xpos != "NNPS" {
		return nil
	}
	scripts := counter[script]{}
	for form := range known {
		lemma := known.best(form, strings.Compare)
		if !t.keepCase() && strings.ToLower(lemma) != lemma {
			continue
		}
		for n := 0; n <= longestEnding && n <= len(form); n++ {
			if from := len(form) - n; n == 0 || utf8.RuneStart(form[from]) {
				scripts.add(form[from:], scriptOf(form, lemma))
			}
		}
	}
	byText := func(a, b script) int {
		if a.Cut != b.Cut {
			return a.Cut - b.Cut
		}
		return strings.Compare(a.Add, b.Add)
	}
	out := map[string]script{}
	for ending := range scripts {
		best := scripts.best(ending, byText)
		if ending == "" || best != scripts.best(ending[runeLen(ending):], byText) {
			out[ending] = best
		}
	}
	return out
}

// counter counts values under keys.
type counter[V comparable] map[string]map[V]int

func (c counter[V]) add(key string, value V) {
	if c[key] == nil {
		c[key] = map[V]int{}
	}
	c[key][value]++
}

// best is the most frequent value, the first in order among equals.
func (c counter[V]) best(key string, order func(a, b V) int) V {
	var values []V
	for v := range c[key] {
		values = append(values, v)
	}
	slices.SortFunc(values, func(a, b V) int {
		if n := c[key][b] - c[key][a]; n != 0 {
			return n
		}
		return order(a, b)
	})
	if len(values) == 0 {
		var none V
		return none
	}
	return values[0]
}
