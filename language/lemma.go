package language

import (
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// lemmas finds the dictionary form of a word: as the treebank has it where the
// word was seen with its tag, by the endings of seen words otherwise.
type lemmas struct {
	Known   map[string]string // "form tag" in lower case to lemma
	Endings map[string]string // "ending tag" to a script
	Feats   map[string]string // "form tag", "ending tag" or "tag" to features
}

// A script says how a form becomes a lemma: how many bytes go at the end, and
// what comes instead ("3y": parties, party).
func scriptOf(form, lemma string) string {
	n := 0
	for n < len(form) && n < len(lemma) && form[n] == lemma[n] {
		n++
	}
	for n > 0 && (n < len(form) && !utf8.RuneStart(form[n]) || n < len(lemma) && !utf8.RuneStart(lemma[n])) {
		n--
	}
	return strconv.Itoa(len(form)-n) + lemma[n:]
}

func apply(script, form string) (string, bool) {
	i := 0
	for i < len(script) && script[i] >= '0' && script[i] <= '9' {
		i++
	}
	n, err := strconv.Atoi(script[:i])
	if err != nil || n > len(form) {
		return "", false
	}
	return form[:len(form)-n] + script[i:], true
}

const longestEnding = 6

// keepsCase reports whether lemmas with this tag keep their capitals.
func keepsCase(upos, xpos string) bool {
	return upos == "PROPN" || upos == "X" || upos == "SYM" || strings.HasPrefix(xpos, "NNP")
}

func foldFor(form, upos, xpos string) string {
	if keepsCase(upos, xpos) {
		return form
	}
	return lower(form)
}

// of returns the lemma of a form.
func (l *lemmas) of(form, upos, xpos string) string {
	tag := upos + " " + xpos
	f := foldFor(form, upos, xpos)
	if lemma, ok := l.Known[f+" "+tag]; ok {
		return lemma
	}
	switch {
	case upos == "NUM":
		return withoutCommas(f)
	case closed(upos):
		return f
	case keepsCase(upos, xpos):
		if f = inTitleCase(f); xpos != "NNPS" {
			return f
		}
	}
	for n := min(longestEnding, len(f)); n >= 0; n-- {
		if n > 0 && !utf8.RuneStart(f[len(f)-n]) {
			continue
		}
		if script, ok := l.Endings[f[len(f)-n:]+" "+tag]; ok {
			if lemma, ok := apply(script, f); ok && lemma != "" {
				return lemma
			}
		}
	}
	return f
}

// closed reports whether words of a class are so few that the endings of the
// known ones say nothing about others.
func closed(upos string) bool {
	switch upos {
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

// feats returns the features of a form.
func (l *lemmas) feats(form, upos, xpos string) string {
	tag := upos + " " + xpos
	f := lower(form)
	if feats, ok := l.Feats[f+" "+tag]; ok {
		return feats
	}
	for n := min(3, len(f)); n > 0; n-- {
		if !utf8.RuneStart(f[len(f)-n]) {
			continue
		}
		if feats, ok := l.Feats["-"+f[len(f)-n:]+" "+tag]; ok {
			return feats
		}
	}
	return l.Feats[tag]
}

// learnLemmas counts lemmas and features over the tokens of a treebank.
func learnLemmas(docs []*Document) lemmas {
	known, endings, feats := counter{}, counter{}, counter{}
	for _, d := range docs {
		for _, s := range d.Sentences {
			for _, t := range s.Tokens {
				tag := t.UPOS + " " + t.XPOS
				low := lower(t.Form)
				feats.add(low+" "+tag, t.Feats)
				feats.add(tag, t.Feats)
				for n := 1; n <= 3 && n <= len(low); n++ {
					if !utf8.RuneStart(low[len(low)-n]) {
						continue
					}
					feats.add("-"+low[len(low)-n:]+" "+tag, t.Feats)
				}
				if t.Lemma == "_" {
					continue
				}
				f := foldFor(t.Form, t.UPOS, t.XPOS)
				known.add(f+" "+tag, t.Lemma)
			}
		}
	}
	// Endings are counted over types, so that frequent irregular words teach
	// nothing about unseen ones.
	for _, key := range known.keys() {
		f, tag, _ := strings.Cut(key, " ")
		upos, xpos := splitTag(tag)
		lemma := known.best(key)
		if closed(upos) || keepsCase(upos, xpos) && xpos != "NNPS" || !keepsCase(upos, xpos) && lower(lemma) != lemma {
			continue
		}
		script := scriptOf(f, lemma)
		for n := 0; n <= longestEnding && n <= len(f); n++ {
			if n > 0 && !utf8.RuneStart(f[len(f)-n]) {
				continue
			}
			endings.add(f[len(f)-n:]+" "+tag, script)
		}
	}
	l := lemmas{map[string]string{}, map[string]string{}, map[string]string{}}
	for _, key := range endings.keys() {
		e, tag, _ := strings.Cut(key, " ")
		best := endings.best(key)
		if e == "" || best != endings.best(e[runeLen(e):]+" "+tag) {
			l.Endings[key] = best
		}
	}
	for _, key := range known.keys() {
		f, tag, _ := strings.Cut(key, " ")
		upos, xpos := splitTag(tag)
		if best := known.best(key); l.of(f, upos, xpos) != best {
			l.Known[key] = best
		}
	}
	for _, key := range feats.keys() {
		if f, tag, ok := strings.Cut(key, " "); !ok || !strings.Contains(tag, " ") || feats.best(key) != l.feats(strings.TrimPrefix(f, "-"), "", "") {
			l.Feats[key] = feats.best(key)
		}
	}
	return l
}

// counter counts values under keys.
type counter map[string]map[string]int

func (c counter) add(key, value string) {
	if c[key] == nil {
		c[key] = map[string]int{}
	}
	c[key][value]++
}

func (c counter) keys() []string {
	out := make([]string, 0, len(c))
	for k := range c {
		out = append(out, k)
	}
	sort.Strings(out)
	return out
}

// best is the most frequent value, the first in the alphabet among equals.
func (c counter) best(key string) string {
	best, n := "", 0
	for v, k := range c[key] {
		if k > n || k == n && v < best {
			best, n = v, k
		}
	}
	return best
}
