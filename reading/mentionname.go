package reading

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/reading/entity"
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
		if i > 0 && (tokens[i].Form == "’s" || tokens[i].Form == "'s") && lower(tokens[i-1].Form) == "people" {
			forms[i-1], forms[i] = "Peoples", "" // one word of "People's Republic", no possessive
		}
	}
	c.spotted[s] = c.tagger.Find(tokens, &c.memory)
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
		for _, e := range c.spotted[s] {
			// "Commission on Human Rights": the tagger sees over small words.
			if e.Type == entity.Organization && e.First <= last && first <= e.First && e.Last > last && e.Last-last < 8 {
				last = c.runEnd(s, e.Last, known)
			}
		}
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
	if only.Kind == actor.KindBloc && f.first == f.last && lower(t.Form) == "western" && c.nameLike(s, f.last+1) {
		return false // "Western Equatoria"
	}
	if only.Kind == actor.KindOrganization && f.first < f.last && (c.token(s, f.first-1).Form == "National" || c.token(s, f.first-1).Form == "Supreme") {
		return false // "the National Security Council"
	}
	if only.Via == actor.ViaDemonym && hyphen(c.token(s, f.first-1).Form) {
		switch lower(c.token(s, f.first-2).Form) {
		case "inter", "pan", "trans", "non", "afro", "latin":
			return false // "Inter-American"
		}
	}
	if f.first == f.last && only.Via == actor.ViaFamily && monthNames[lower(t.Form)] > 0 && !c.titleAt(s, f.first-1) {
		return false
	}
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
	if w := lower(t.Form); strings.HasSuffix(w, ".") && (weekdayShort[w] || monthNames[strings.TrimSuffix(w, ".")] > 0 && w != "may.") {
		return false
	}
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
	return (t.UPOS == "NOUN" || t.UPOS == "ADJ" || t.UPOS == "X") && c.tagged(s, i, i) != entity.None
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
		case (tokens[next].Form == "of" || tokens[next].Form == "on" || tokens[next].Form == "for") && (bodyNouns[lower(tokens[at].Form)] || ownNouns[lower(tokens[at].Form)]) && next+1 < len(tokens) && c.nameLike(s, next+1) && !c.inKnown(next+1, known):
			at = next + 1
			continue
		case tokens[next].Form == "." && len(tokens[at].Form) == 1 && next+1 < len(tokens) && member(next+1):
			at = next + 1
			continue
		}
		break
	}
	return at
}

func (c *cast) inKnown(i int, known []found) bool {
	return slices.ContainsFunc(known, func(f found) bool { return f.first <= i && i <= f.last })
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
	// So does a front, whatever its words mean alone: "Kordofan Liberation Front".
	if last > first+1 && groupNouns[lower(tokens[last].Form)] && len(known) > 0 && !slices.ContainsFunc(known, func(f found) bool {
		k := f.senses[0].Kind
		return k != actor.KindPlace && k != actor.KindOutlet || f.last == last
	}) {
		c.unknown(s, first, last, [2]int{-1, -1})
		return
	}
	// So does one that begins with "Radio".
	if len(known) == 1 && known[0].last == last && known[0].first > first && !c.titleAt(s, first) {
		switch lower(tokens[first].Form) {
		case "radio", "television", "tv", "télévision", "televisión":
			c.unknown(s, first, last, [2]int{-1, -1})
			return
		}
	}
	// A name of a company, paper or school swallows the country in it.
	if len(known) == 1 && known[0].senses[0].Via != actor.ViaDemonym && last > known[0].last && !c.titleAt(s, last) && ownNouns[lower(tokens[last].Form)] && !bodyNouns[lower(tokens[last].Form)] &&
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
		if title[0] >= 0 && !c.titleHead(s, title[1]) && !(c.titleTail(s, title[0]) && (c.tagged(s, i, i) == entity.Person || last > i && lower(tokens[title[0]].Form) == "state")) {
			// "Foreign Ministry": the words before belong to the name.
			i, title = title[0], [2]int{-1, -1}
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
	w := strings.TrimSuffix(lower(c.token(s, i).Form), ".")
	if next := lower(c.token(s, i+1).Form); (next == "minister" || next == "ministers") && everywhere[w] {
		return true // "Culture Minister"
	}
	return titleWords[w] || titleWords[singular(w)] && roleNouns[singular(w)]
}

// titleHead reports whether a word can end a title: "Minister", not "Foreign".
func (c *cast) titleHead(s, i int) bool {
	w := strings.TrimSuffix(lower(c.token(s, i).Form), ".")
	return roleNouns[w] || roleNouns[singular(w)] || honorifics[w]
}

// titleTail reports whether the words from i end a title that began before
// them: "State" and "Defence" of "Secretary of State", "Minister for Defence".
func (c *cast) titleTail(s, i int) bool {
	w := c.token(s, i-1).Form
	return (w == "of" || w == "for") && c.titleHead(s, i-2)
}

// partOfLonger reports whether a known name at i is only a part of an unknown
// one: "Jordan" of Michael Jordan, "Parra" of Elio Parra before the tables'
// Parra, "Kim" of "Kim Something".
func (c *cast) partOfLonger(s, i, last int, f *found, at func(int) *found) bool {
	sense := f.senses[0]
	if sense.Kind == actor.KindPerson && sense.Via == actor.ViaFamily && f.last < last && at(f.last+1) == nil && !c.titleAt(s, f.last+1) && !hyphen(c.token(s, f.last+1).Form) {
		return true
	}
	// "Mohammed Saleh", of two families that the tables know
	if next := at(i + 1); sense.Kind == actor.KindPerson && f.first == f.last && next != nil && next.first == next.last && next.first <= last {
		return next.senses[0].Kind == actor.KindPerson && next.senses[0].Via == actor.ViaFamily
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
	for end > i && (hyphen(c.token(s, end).Form) || !capital(c.token(s, end).Form) && !touching(c.token(s, end-1).Span, c.token(s, end).Span)) {
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
	if c.report.Language != "" && c.report.Language != "en" {
		return // "Der Vertrag" is nobody: elsewhere only the tables are trusted
	}
	for first < last && c.linking(s, first) {
		first++ // "of Iraq", left of a longer name
	}
	for last > first && c.linking(s, last) {
		last--
	}
	if c.linking(s, first) {
		return
	}
	n := name{sentence: s, first: first, last: last, span: c.words(s, first, last), title: title, actor: -1}
	n.sort = c.sortOf(&n)
	c.names = append(c.names, n)
}

// linking reports whether a word only joins the parts of a name.
func (c *cast) linking(s, i int) bool {
	switch t := c.token(s, i); t.UPOS {
	case "ADP", "CCONJ", "DET", "PUNCT", "PART":
		return !capital(t.Form) && !particles[t.Form]
	}
	return false
}

// sortOf says what an unknown name names, by its words, those around it and
// the trained tagger.
func (c *cast) sortOf(n *name) nameSort {
	s := n.sentence
	words := n.last - n.first + 1
	final := lower(c.token(s, n.last).Form)
	if n.title[0] < 0 {
		for i := n.first; i <= n.last; i++ {
			if instrumentNouns[lower(c.token(s, i).Form)] {
				return sortOther
			}
		}
	}
	guess := c.tagged(s, n.first, n.last)
	if from, to := c.officeLeft(n); from >= 0 && to == n.first-1 && capital(c.token(s, from).Form) && capital(c.token(s, to).Form) && words > 1 && guess != entity.Organization {
		return sortPerson // "Minister for the Middle East Ann Lee"
	}
	switch lower(c.token(s, n.last+1).Form) {
	case "regime", "administration", "dictatorship", "presidency":
		if guess == entity.Place && words == 1 {
			return sortPerson // states are in the tables
		}
	}
	switch {
	case foldName(n.span.Of(c.text)) == foldName(c.report.Outlet), outletNouns[lower(c.token(s, n.first).Form)] && words > 1 && lower(c.token(s, n.first).Form) != "press":
		return sortOutlet
	case outletWords[lower(c.token(s, n.first-1).Form)]:
		return sortOutlet // "the daily Página Siete"
	case siteAfterName[lower(c.token(s, n.last+1).Form)] && c.token(s, n.last+1).UPOS == "NOUN":
		return sortPlace // "Ali Al Salem airfield"
	case placeNouns[lower(c.token(s, n.last+1).Form)] && c.token(s, n.last+1).UPOS == "NOUN" && guess != entity.Person && lower(c.token(s, n.first-1).Form) == "the":
		return sortPlace // "the Suches river"
	case n.title[0] >= 0 && !ownNouns[final] && !bodyNouns[final]:
		return sortPerson
	case c.token(s, n.last+1).Form == "(" && strings.HasPrefix(c.token(s, n.last+2).Form, "@"):
		return sortOutlet // an account that signs a post
	case c.token(s, n.first-1).Form == "(" && c.token(s, n.last+1).Form == ")" && n.first <= 2 && words > 1:
		return sortOutlet // "QUESTION (Nile Post):"
	case n.first == 0 && c.dateAt(s, n.last+2) && c.token(s, n.last+1).Form == ",", c.quotedName(n):
		return sortOther
	case shipPrefix(c.token(s, n.first).Form) && words > 1 || c.shipBefore(n):
		return sortOther
	case operatorNouns[lower(c.token(s, n.first-1).Form)] || lower(c.token(s, n.first-1).Form) == "and" && operatorNouns[lower(c.token(s, n.first-2-c.wordsBefore(n)).Form)]:
		return sortOrganization
	case words > 1 && groupNouns[final]:
		return sortGroup
	case words > 1 && outletNouns[final]:
		return sortOutlet
	case words > 1 && (ownNouns[final] || bodyNouns[final]) && guess != entity.Person:
		return sortOrganization
	case placeNouns[final] || placeNouns[lower(c.token(s, n.first).Form)]:
		return sortPlace
	}
	if before := lower(c.token(s, n.first-1).Form); guess != entity.Organization && (placeWords[before] ||
		before == "of" && placeNouns[lower(c.token(s, n.first-2).Form)]) {
		return sortPlace
	}
	if c.reports(n) && (guess != entity.Person || foreignArticles[lower(c.token(s, n.first).Form)]) {
		return sortOutlet
	}
	if guess == entity.Organization && (words == 2 || words == 3) && sexOfName(foldName(c.token(s, n.first).Form)) != 0 {
		return sortPerson
	}
	switch guess {
	case entity.Person:
		return sortPerson
	case entity.Organization:
		return sortOrganization
	case entity.Place:
		return sortPlace
	case entity.Other:
		return sortOther
	}
	if c.appositive(n) != "" {
		return sortPerson
	}
	return unsorted
}

var (
	siteAfterName   = setOf(`airfield airbase airport base aerodrome barracks camp stadium bridge crossing dam`)
	foreignArticles = setOf(`el la le les los las il der die das al`) // "El Faro de Quito"
)

// dateAt reports whether a date begins at a token: "March 3", "3 March".
func (c *cast) dateAt(s, i int) bool {
	isMonth := func(k int) bool {
		return monthNames[strings.TrimSuffix(lower(c.token(s, k).Form), ".")] > 0 && capital(c.token(s, k).Form)
	}
	return c.token(s, i).UPOS == "NUM" && isMonth(i+1) || isMonth(i) && c.token(s, i+1).UPOS == "NUM"
}

// quotedName reports whether a name fills a pair of quotation marks, as names
// of exercises, ships and films do.
func (c *cast) quotedName(n *name) bool {
	before, after := c.token(n.sentence, n.first-1).Form, c.token(n.sentence, n.last+1).Form
	return (before == "“" || before == "\"" || before == "‘") && (after == "”" || after == "\"" || after == "’")
}

// shipBefore reports whether a name is a ship's: "the cutter Datu Sikatuna", "a
// tanker, the Polyarnaya Zvezda".
func (c *cast) shipBefore(n *name) bool {
	i := n.first - 1
	if lower(c.token(n.sentence, i).Form) == "the" && c.token(n.sentence, i-1).Form == "," {
		i -= 2
	}
	t := c.token(n.sentence, i)
	return t.UPOS == "NOUN" && shipNouns[lower(t.Form)]
}

// wordsBefore counts the capitalised words before the "and" that stands before
// a name.
func (c *cast) wordsBefore(n *name) int {
	k := 0
	for k < 4 && capital(c.token(n.sentence, n.first-2-k).Form) && !operatorNouns[lower(c.token(n.sentence, n.first-2-k).Form)] {
		k++
	}
	return k
}

func shipPrefix(w string) bool {
	switch w {
	case "HMS", "USS", "MV", "MS", "SS", "RFA", "INS", "HMAS", "HMCS", "HNLMS", "FS", "MT":
		return true
	}
	return false
}

// tagged returns what the tagger takes most of the tokens for.
func (c *cast) tagged(s, first, last int) entity.Type {
	var votes [5]int
	for _, n := range c.spotted[s] {
		for i := max(first, n.First); i <= min(last, n.Last); i++ {
			votes[n.Type]++
		}
	}
	best := entity.None
	for t := entity.Person; t <= entity.Other; t++ {
		if votes[t] > votes[best] {
			best = t
		}
	}
	return best
}

// reports reports whether a name stands where outlets do: before "reported",
// after "according to the", beside "news agency".
func (c *cast) reports(n *name) bool {
	s := n.sentence
	for i := n.first - 3; i < n.first; i++ {
		if w := lower(c.token(s, i).Form); w == "agency" || w == "newspaper" || w == "broadcaster" || w == "website" || w == "daily" || w == "channel" {
			return true
		}
	}
	for i := n.last + 1; i <= n.last+3; i++ {
		if w := lower(c.token(s, i).Form); w == "agency" || w == "newspaper" || w == "broadcaster" || w == "website" || w == "channel" || w == "daily" && i == n.last+1 {
			return true
		}
	}
	next := lower(c.token(s, n.last+1).Form)
	return (next == "reported" || next == "reports") && n.title[0] < 0
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
