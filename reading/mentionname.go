package reading

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/text"
)

func actorID(n int) string { return "a" + strconv.Itoa(n+1) }

// foldName makes names comparable: lower case, without marks and apostrophes.
func foldName(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if unicode.Is(unicode.Mn, r) || r == '\'' || r == '’' {
			continue
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// found is a name of the tables in a sentence.
type found struct {
	first, last int
	span        text.Span
	senses      []actor.Sense
}

// findNames finds the names in a sentence: those of the tables, and runs of
// words written like names that the tables do not know.
func (c *cast) findNames(s int) {
	tokens := c.sentences[s].Tokens
	forms := make([]string, len(tokens))
	for i := range tokens {
		forms[i] = tokens[i].Form
	}
	var known []found
	for _, m := range c.world.Scan(forms, c.day) {
		if m.From >= m.To || m.To > len(tokens) {
			continue
		}
		f := found{first: m.From, last: m.To - 1, senses: m.Senses}
		f.span = text.Span{Start: tokens[m.From].Span.Start + m.Head, End: tokens[m.To-1].Span.End - m.Tail}
		if !f.span.Valid(c.text) || f.span.Empty() {
			f.span = c.words(s, f.first, f.last)
		}
		if c.writtenAsName(s, f) {
			known = append(known, f)
		}
	}
	k := 0
	for i := 0; i < len(tokens); {
		for k < len(known) && known[k].last < i {
			k++
		}
		inKnown := k < len(known) && known[k].first <= i
		if !inKnown && !c.nameLike(s, i) {
			i++
			continue
		}
		first, last := i, i
		if inKnown {
			last = known[k].last
		}
		last = c.runEnd(s, last, known)
		var inside []found
		for _, f := range known[k:] {
			if f.first > last {
				break
			}
			inside = append(inside, f)
		}
		c.cutRun(s, first, last, inside)
		i = last + 1
	}
}

// writtenAsName rejects a match that is a common word here: a lower-case word
// or the first word of a sentence that is no name.
func (c *cast) writtenAsName(s int, f found) bool {
	if len(f.senses) == 0 {
		return false
	}
	word := f.span.Of(c.text)
	if !strings.ContainsFunc(word, unicode.IsUpper) {
		return false
	}
	t := c.token(s, f.last)
	only := f.senses[0]
	if f.first == f.last && (only.Via == actor.ViaFamily || only.Ambiguous) {
		switch t.UPOS {
		case "VERB", "AUX", "ADV", "DET", "PRON", "ADP", "SCONJ", "CCONJ", "NUM":
			return false
		}
	}
	return true
}

// nameLike reports whether a token is written like a name.
func (c *cast) nameLike(s, i int) bool {
	t := c.token(s, i)
	if !capital(t.Form) || t.UPOS == "PUNCT" || t.UPOS == "PRON" || t.UPOS == "DET" || t.UPOS == "NUM" {
		return false
	}
	switch t.XPOS {
	case "NNP", "NNPS":
		return true
	}
	if t.UPOS == "PROPN" {
		return true
	}
	return i > 0 && (t.UPOS == "NOUN" || t.UPOS == "ADJ" || t.UPOS == "X") && !c.shouting(s) && !quoted(c.token(s, i-1).Form)
}

func quoted(s string) bool {
	return s == "\"" || s == "“" || s == "‘" || s == "'" || s == "``" || s == ":"
}

// shouting reports whether a sentence is set in capitals, where case says
// nothing about names.
func (c *cast) shouting(s int) bool {
	lower, upper := 0, 0
	for _, r := range c.sentences[s].Span.Of(c.text) {
		if unicode.IsLower(r) {
			lower++
		} else if unicode.IsUpper(r) {
			upper++
		}
	}
	return upper > 2*lower
}

// runEnd returns the last token of the run of name-like tokens that contains
// the token at.
func (c *cast) runEnd(s, at int, known []found) int {
	tokens := c.sentences[s].Tokens
	member := func(i int) bool {
		if c.nameLike(s, i) {
			return true
		}
		for _, f := range known {
			if f.first <= i && i <= f.last {
				return true
			}
			if f.first > i {
				break
			}
		}
		return false
	}
	for at+1 < len(tokens) {
		next := at + 1
		switch {
		case member(next):
			at = next
			continue
		case hyphen(tokens[next].Form) && touching(tokens[at].Span, tokens[next].Span) && next+1 < len(tokens) && touching(tokens[next].Span, tokens[next+1].Span) &&
			(member(next+1) || c.givenTail(s, next+1)):
			at = next + 1
			continue
		case particles[tokens[next].Form] && next+1 < len(tokens) && member(next+1):
			at = next + 1
			continue
		case particles[tokens[next].Form] && next+2 < len(tokens) && hyphen(tokens[next+1].Form) && member(next+2):
			at = next + 2
			continue
		case tokens[next].Form == "." && len(tokens[at].Form) == 1 && next+1 < len(tokens) && member(next+1):
			at = next + 1
			continue
		}
		break
	}
	return at
}

// givenTail reports whether a lower-case word ends a name after a hyphen, as in
// "Kim Jong-un" or "Chiang Kai-shek".
func (c *cast) givenTail(s, i int) bool {
	t := c.token(s, i)
	return len(t.Form) <= 6 && (t.UPOS == "PROPN" || t.XPOS == "NNP")
}

func hyphen(s string) bool { return s == "-" || s == "‐" || s == "‑" || s == "–" }

func touching(a, b text.Span) bool { return a.End == b.Start }

// cutRun cuts a run of name-like tokens into titles, known names and unknown
// ones.
func (c *cast) cutRun(s, first, last int, known []found) {
	tokens := c.sentences[s].Tokens
	at := func(i int) *found {
		for k := range known {
			if known[k].first <= i && i <= known[k].last {
				return &known[k]
			}
		}
		return nil
	}
	// A name of a company, paper or school swallows the country in it.
	if len(known) > 0 && last > known[len(known)-1].last && !c.titleAt(s, last) && ownNouns[lower(tokens[last].Form)] && !bodyNouns[lower(tokens[last].Form)] &&
		!(known[0].senses[0].Kind == actor.KindOrganization) && !c.hasTitle(s, first, last) {
		c.unknown(s, first, last, [2]int{-1, -1})
		return
	}
	title := [2]int{-1, -1}
	i := first
	for i <= last {
		if f := at(i); f != nil {
			if c.partOfLonger(s, i, last, f, at) {
				end := c.unknownEnd(s, f.last, last, at, true)
				c.unknown(s, i, end, title)
				title = [2]int{-1, -1}
				i = end + 1
				continue
			}
			c.names = append(c.names, name{sentence: s, first: f.first, last: f.last, span: f.span, senses: f.senses, title: title, actor: -1})
			title = [2]int{-1, -1}
			i = f.last + 1
			continue
		}
		if hyphen(tokens[i].Form) {
			i++
			continue
		}
		if c.titleAt(s, i) && (i < last || title[0] >= 0) {
			if title[0] < 0 {
				title[0] = i
			}
			title[1] = i
			i++
			continue
		}
		end := c.unknownEnd(s, i, last, at, false)
		c.unknown(s, i, end, title)
		title = [2]int{-1, -1}
		i = end + 1
	}
}

// hasTitle reports whether a title stands inside the run, so that it is no
// single name.
func (c *cast) hasTitle(s, first, last int) bool {
	for i := first + 1; i < last; i++ {
		if c.titleAt(s, i) {
			return true
		}
	}
	return false
}

func (c *cast) titleAt(s, i int) bool {
	w := lower(c.token(s, i).Form)
	return titleWords[w] || titleWords[strings.TrimSuffix(w, ".")]
}

// partOfLonger reports whether a known name at i is only a part of an unknown
// one: "Jordan" of Michael Jordan, "Parra" of Elio Parra before the tables'
// Parra, "Kim" of "Kim Something".
func (c *cast) partOfLonger(s, i, last int, f *found, at func(int) *found) bool {
	sense := f.senses[0]
	if sense.Kind == actor.KindPerson && sense.Via == actor.ViaFamily && f.last < last && at(f.last+1) == nil && !c.titleAt(s, f.last+1) && !hyphen(c.token(s, f.last+1).Form) {
		return true
	}
	return false
}

// unknownEnd returns the end of an unknown name that begins at i: before the
// next known name, unless that is a family name or a name with other meanings
// that ends it.
func (c *cast) unknownEnd(s, i, last int, at func(int) *found, begun bool) int {
	end := i
	if begun {
		i = end + 1
	}
	for j := i; j <= last; j++ {
		if f := at(j); f != nil && j > i {
			sense := f.senses[0]
			swallow := sense.Kind == actor.KindPerson && sense.Via == actor.ViaFamily ||
				sense.Kind != actor.KindPerson && sense.Via != actor.ViaDemonym && sense.Via != actor.ViaAcronym && f.first == f.last && !direction(c.token(s, j-1).Form) &&
					(sense.Kind != actor.KindState && sense.Kind != actor.KindOrganization || sense.Ambiguous || sense.Via == actor.ViaCapital || f.last == last && c.givenLike(s, j-1))
			if !swallow {
				break
			}
		}
		end = j
	}
	for end > i && (hyphen(c.token(s, end).Form) || particles[c.token(s, end).Form]) {
		end--
	}
	return end
}

// givenLike reports whether a word may be a given name before a country's name.
func (c *cast) givenLike(s, i int) bool {
	w := lower(c.token(s, i).Form)
	return !titleWords[w] && !placeNouns[w] && !instrumentNouns[w] && !ownNouns[w] && !bodyNouns[w]
}

func direction(w string) bool {
	switch lower(w) {
	case "north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "post-soviet", "mainland", "greater", "imperial", "nationalist", "communist", "republican":
		return true
	}
	return false
}

// unknown enters a name that the tables do not know.
func (c *cast) unknown(s, first, last int, title [2]int) {
	n := name{sentence: s, first: first, last: last, span: c.words(s, first, last), title: title, actor: -1}
	n.sort = c.sortOf(&n)
	c.names = append(c.names, n)
}

// sortOf guesses what an unknown name names from its words and those around it.
func (c *cast) sortOf(n *name) nameSort {
	s := n.sentence
	words := n.last - n.first + 1
	final := lower(c.token(s, n.last).Form)
	for i := n.first; i <= n.last; i++ {
		w := lower(c.token(s, i).Form)
		if instrumentNouns[w] && n.title[0] < 0 {
			return sortOther
		}
	}
	if n.title[0] >= 0 {
		return sortPerson
	}
	switch {
	case words > 1 && groupNouns[final]:
		return sortGroup
	case words > 1 && outletNouns[final]:
		return sortOutlet
	case words > 1 && (ownNouns[final] || bodyNouns[final]):
		return sortOrganization
	case placeNouns[final] || placeNouns[lower(c.token(s, n.first).Form)]:
		return sortPlace
	}
	before := lower(c.token(s, n.first-1).Form)
	if placing[before] {
		return sortPlace
	}
	if c.appositive(n) != "" {
		return sortPerson
	}
	if words >= 2 && words <= 4 && before != "the" {
		return sortPerson
	}
	return unsorted
}

// appositive returns the role noun of an apposition behind the name: "X, a
// spokesman for ..." or "X, the minister"; empty if there is none.
func (c *cast) appositive(n *name) string {
	for i := n.first; i <= n.last; i++ {
		if k := c.child(n.sentence, i, "appos"); k > n.last {
			if t := c.token(n.sentence, k); roleNouns[lower(t.Lemma)] {
				return lower(t.Lemma)
			}
		}
	}
	return ""
}
