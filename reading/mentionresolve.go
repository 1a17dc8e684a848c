package reading

import (
	"slices"
	"strings"
	"unicode"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
)

// resolve decides whom each name means. Full and certain names come first, so
// that short and doubtful ones can lean on them wherever they stand.
func (c *cast) resolve() {
	c.joinOrgans()
	c.bySentence = c.namesBySentence()
	c.agreeOnSorts()
	for i := range c.names {
		c.resolveSure(&c.names[i])
	}
	for i := range c.names {
		if n := &c.names[i]; n.actor < 0 && len(n.senses) == 0 {
			c.resolveUnknown(n)
		}
	}
	for i := range c.names {
		if n := &c.names[i]; n.actor < 0 && len(n.senses) > 0 {
			c.resolveDoubtful(n)
		}
	}
	for i := range c.names {
		if n := &c.names[i]; n.actor < 0 {
			c.resolveShort(n)
		}
	}
}

// joinOrgans makes one name of an organisation and its organ behind it: "the
// United Nations Security Council".
func (c *cast) joinOrgans() {
	kept := c.names[:0]
	for _, n := range c.names {
		if k := len(kept) - 1; k >= 0 && len(n.senses) > 0 && len(kept[k].senses) > 0 && kept[k].sentence == n.sentence && kept[k].last == n.first-1 {
			if o, ok := c.world.Organization(n.senses[0].Actor); ok && o.Of == kept[k].senses[0].Actor {
				n.first, n.span.Start = kept[k].first, kept[k].span.Start
				kept = kept[:k]
			}
		}
		kept = append(kept, n)
	}
	c.names = kept
}

// agreeOnSorts gives the same name the same sort wherever it stands: a title
// or apposition once makes a person of it everywhere, otherwise most count.
func (c *cast) agreeOnSorts() {
	type votes struct {
		of    [sortOther + 1]int
		title bool
	}
	by := map[string]*votes{}
	for i := range c.names {
		n := &c.names[i]
		if len(n.senses) > 0 {
			continue
		}
		key := foldName(n.span.Of(c.text))
		if by[key] == nil {
			by[key] = &votes{}
		}
		by[key].of[n.sort]++
		if n.sort == sortPerson && (n.title[0] >= 0 || c.appositive(n) != "") {
			by[key].title = true
		}
	}
	for i := range c.names {
		n := &c.names[i]
		if len(n.senses) > 0 {
			continue
		}
		v := by[foldName(n.span.Of(c.text))]
		best := sortPerson
		for k := sortPerson; k <= sortOther; k++ {
			if v.of[k] > v.of[best] {
				best = k
			}
		}
		switch {
		case v.title:
			n.sort = sortPerson
		case v.of[best] > 0:
			n.sort = best
		}
	}
}

// resolveSure takes a name that means one entry of the tables alone.
func (c *cast) resolveSure(n *name) {
	if len(n.senses) != 1 {
		return
	}
	sense := n.senses[0]
	if sense.Ambiguous || sense.Via == actor.ViaFamily {
		return
	}
	n.actor = c.entity(sense.Actor)
	c.wordName(n)
}

// wordName names a person of the tables as the report spells the full name.
func (c *cast) wordName(n *name) {
	if n.actor < 0 {
		return
	}
	a := &c.doc.Actors[n.actor]
	if a.Kind == "person" && !c.worded[n.actor] && len(nameWords(n.span.Of(c.text))) > 1 && !shouted(n.span.Of(c.text)) {
		a.Name, c.worded[n.actor] = c.properName(n), true
	}
}

// resolveUnknown enters a name that the tables do not know, or joins it to an
// earlier one. A single word joins a person whose name it ends or begins.
func (c *cast) resolveUnknown(n *name) {
	words := nameWords(n.span.Of(c.text))
	if len(words) == 0 {
		return
	}
	if n.sort == sortPerson && len(words) > 1 {
		n.actor = c.person(n, words)
		return
	}
	switch n.sort {
	case sortOrganization, sortGroup, sortOutlet:
		if a := c.nationalBody(n); a >= 0 {
			n.actor, n.organ = a, true
		} else if c.commonBody(n) {
			return // of some state, which the context may tell
		} else if len(words) > 1 || c.singleBody(n) {
			n.actor = c.unknownBody(n)
		}
	}
}

// nationalBody returns the state whose ministry, navy or parliament a name
// means: the state named right before it, or "of" it.
func (c *cast) nationalBody(n *name) int {
	s := n.sentence
	if !bodyNouns[lower(c.token(s, n.last).Form)] && !bodyNouns[lower(c.token(s, n.first).Form)] {
		return -1
	}
	if st := c.stateInWords(n.span.Of(c.text)); st != "" && n.last > n.first && bodyNouns[lower(c.token(s, n.first).Form)] {
		return c.entity(st) // "Ministry of Defence of Azerbaijan"
	}
	i := n.first - 1
	if w := c.token(s, i).Form; w == "'s" || w == "’s" || w == "’" || w == "'" {
		i--
	}
	for _, o := range c.bySentence[s] {
		if o.last == i && o.actor >= 0 && c.doc.Actors[o.actor].Kind == "state" {
			return o.actor
		}
	}
	return -1
}

// singleBody reports whether a single unknown word may name a body: it is no
// common noun set with a capital.
func (c *cast) singleBody(n *name) bool {
	w := c.token(n.sentence, n.last).Form
	l := lower(w)
	if bodyNouns[l] || ownNouns[l] || groupNouns[l] || instrumentNouns[l] || titleWords[l] || roleNouns[singular(l)] || c.common[l] {
		return false
	}
	return n.sort == sortOutlet || !shouted(w) || len(w) <= 6
}

// person enters or finds a person by a name of several words.
func (c *cast) person(n *name, words []string) int {
	for _, i := range c.sharing(words) {
		if sameFull(c.people[i].words, words) {
			if len(words) > len(c.people[i].words) && c.doc.Actors[c.people[i].actor].Entity == "" {
				c.people[i].words = words
				c.doc.Actors[c.people[i].actor].Name = c.properName(n)
			}
			return c.people[i].actor
		}
	}
	return c.newPerson(n, words)
}

// newPerson enters a person whom the tables do not know.
func (c *cast) newPerson(n *name, words []string) int {
	a := c.add(Actor{Kind: "person", Name: c.properName(n)})
	sex := 0
	if len(words) > 1 {
		sex = sexOfName(words[0])
	}
	c.addPersona(persona{actor: a, words: words, woman: sex})
	return a
}

// addPersona enters a person and makes him findable by first and last name.
func (c *cast) addPersona(p persona) {
	k := len(c.people)
	c.people = append(c.people, p)
	for _, w := range p.words {
		if l := c.byWord[w]; len(l) == 0 || l[len(l)-1] != k {
			c.byWord[w] = append(l, k)
		}
	}
}

// sharing returns the persons whose names share the first or last word, in the
// order of the text.
func (c *cast) sharing(words []string) []int {
	a, b := c.byWord[words[0]], c.byWord[words[len(words)-1]]
	if len(words) == 1 || len(a) == 0 {
		return b
	}
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return slices.Compact(out)
}

// properName is the name as worded, with words set in capitals alone made
// ordinary: a label "OKAFOR-DIALLO" names Okafor-Diallo.
func (c *cast) properName(n *name) string {
	w := strings.Join(strings.Fields(n.span.Of(c.text)), " ")
	w = strings.ReplaceAll(w, "\u00ad", "")
	if strings.Contains(w, " ") && shouted(w) {
		w = inLowerLetters(w)
	}
	return w
}

// inLowerLetters sets a name in ordinary letters: "DOUGLAS MAC-NEIL" as Douglas
// Mac-Neil.
func inLowerLetters(w string) string {
	begins := true
	return strings.Map(func(r rune) rune {
		at := begins
		begins = !unicode.IsLetter(r)
		if at {
			return r
		}
		return unicode.ToLower(r)
	}, w)
}

// sameFull reports whether two names of several words may be one person's:
// the same last word and first word or initial, or one name contained in the
// other in order.
func sameFull(a, b []string) bool {
	if len(a) < 2 || len(b) < 2 {
		return false
	}
	if slices.Equal(a, b) {
		return true
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a[0]) == 1 && len(a) == 2 && strings.HasPrefix(b[0], a[0]) {
		a = []string{b[0], a[1]} // "M. Orazow" after Myrat Orazow
	}
	k := 0
	for _, w := range b {
		if k < len(a) && w == a[k] {
			k++
		}
	}
	return k == len(a)
}

// unknownBody enters or finds an organisation, group or outlet by its name.
func (c *cast) unknownBody(n *name) int {
	text := strings.TrimPrefix(c.properName(n), "the ")
	key := strings.Join(nameWords(text), " ")
	if i, ok := c.byName[key]; ok {
		return i
	}
	kind := "organization"
	switch n.sort {
	case sortGroup:
		kind = "group"
	case sortOutlet:
		kind = "outlet"
	}
	i := c.add(Actor{Kind: kind, Name: text})
	c.byName[key] = i
	return i
}

// resolveDoubtful decides a name with several meanings, or with meanings that
// the tables do not hold.
func (c *cast) resolveDoubtful(n *name) {
	if a := c.byFamily(n); a >= 0 {
		n.actor = a
		return
	}
	sense := n.senses[0]
	if sense.Via == actor.ViaFamily {
		if c.trusted(n) {
			n.actor = c.entity(c.bestPerson(n))
		} else {
			n.senses = nil // a name like any other
			n.sort = c.sortOf(n)
		}
		return
	}
	// A meaning that the report names elsewhere without doubt is meant here.
	var present []actor.Sense
	for _, o := range n.senses {
		if _, ok := c.byEntity[o.Actor]; ok {
			present = append(present, o)
		}
	}
	switch {
	case len(present) > 1 && present[1].Weight > present[0].Weight*.7:
		// "Korean" where both Koreas appear stays open.
	case len(present) > 0:
		n.actor = c.entity(present[0].Actor)
	case len(n.senses) == 1:
		if c.supported(n) {
			n.actor = c.entity(sense.Actor)
		}
	case n.senses[1].Weight < sense.Weight*.7 || sense.Kind != n.senses[1].Kind:
		n.actor = c.entity(sense.Actor)
	case sense.Now == day.No:
		n.actor = c.entity(c.inItsTime(n))
	}
	c.wordName(n)
}

// inItsTime picks among vanished states of one name the one that existed in a
// year that the sentence gives, else the likeliest.
func (c *cast) inItsTime(n *name) string {
	for i := range c.sentences[n.sentence].Tokens {
		p, err := day.ParsePeriod(c.token(n.sentence, i).Form)
		if err != nil || p.Precision != day.ToYear {
			continue
		}
		for _, s := range n.senses {
			if a, ok := c.world.Actor(s.Actor); ok && a.On(p.From+183) == day.Yes {
				return s.Actor
			}
		}
	}
	return n.senses[0].Actor
}

// supported reports whether a name with common meanings outside the tables
// means what the tables say: it is tagged as a name, is not a person's
// name by its surroundings, and no part of an American place.
func (c *cast) supported(n *name) bool {
	t := c.token(n.sentence, n.last)
	if t.UPOS != "PROPN" && n.senses[0].Via != actor.ViaDemonym && n.senses[0].Via != actor.ViaAcronym {
		return false
	}
	if w := lower(t.Form); lower(c.token(n.sentence, n.last+1).Form) == "of" && (w == "kingdom" || w == "republic" || w == "union" || w == "federation") {
		return false // "the Kingdom of Denmark"
	}
	if w := lower(t.Form); n.first == n.last && n.senses[0].Via == actor.ViaName && (bodyNouns[w] || ownNouns[w] || groupNouns[w] || instrumentNouns[w]) {
		return false // "the Alliance" needs NATO named elsewhere
	}
	if n.title[0] >= 0 && n.senses[0].Kind != actor.KindPerson && n.title[1] == n.first-1 {
		switch lower(c.token(n.sentence, n.title[1]).Form) {
		case "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sir", "lord", "lady":
			return false
		}
	}
	return true
}

// byFamily finds the person of this report whom a single name means: the one
// whose name it ends or begins. Between several a title decides; otherwise it
// stays open.
func (c *cast) byFamily(n *name) int {
	found := c.sameFamily(n)
	if len(found) > 1 && n.title[0] >= 0 {
		found = slices.DeleteFunc(found, func(i int) bool { return !c.titled(n, i) })
	}
	if len(found) != 1 {
		return -1
	}
	return c.people[found[0]].actor
}

// titled reports whether the title before a name can be a person's: "Mr" of no
// woman, "Minister" of one with that office.
func (c *cast) titled(n *name, i int) bool {
	p := c.people[i]
	for k := n.title[0]; k <= n.title[1]; k++ {
		switch w := strings.TrimSuffix(lower(c.token(n.sentence, k).Form), "."); {
		case w == "mr":
			return p.woman <= 0
		case w == "mrs" || w == "ms" || w == "miss":
			return p.woman >= 0
		}
	}
	title := lower(c.words(n.sentence, n.title[0], n.title[1]).Of(c.text))
	for k := range c.names {
		if o := &c.names[k]; o.actor == p.actor && o.title[0] >= 0 && lower(c.words(o.sentence, o.title[0], o.title[1]).Of(c.text)) == title {
			return true
		}
	}
	return false
}

// sameFamily returns the persons of this report, as indices into people, whose
// longer name a name ends or begins.
func (c *cast) sameFamily(n *name) []int {
	words := nameWords(n.span.Of(c.text))
	if len(words) == 0 {
		return nil
	}
	var found []int
	for _, i := range c.sharing(words) {
		w := c.people[i].words
		if len(w) <= len(words) {
			continue
		}
		double := len(w) > 2 && len(words) == 1 && slices.Contains(w[1:], words[0]) // "Cevallos" of Lucía Cevallos Mera
		if double || slices.Equal(w[len(w)-len(words):], words) || slices.Equal(w[:len(words)], words) && c.familyFirst(i) {
			found = append(found, i)
		}
	}
	return found
}

// familyFirst reports whether a person's family name stands first, as far as
// the tables say.
func (c *cast) familyFirst(i int) bool {
	a := c.doc.Actors[c.people[i].actor]
	if a.Entity == "" {
		return true // unknown order: either end may be the family name
	}
	q, ok := c.world.Person(a.Entity)
	return ok && strings.HasPrefix(q.Name, q.Family)
}

// trusted reports whether a family name alone means the person in the tables:
// it stands behind a title, or it belongs to somebody who heads or headed a
// state and to nobody else there.
func (c *cast) trusted(n *name) bool {
	if c.token(n.sentence, n.last).UPOS != "PROPN" {
		return false
	}
	if n.title[0] >= 0 {
		return true
	}
	if n.first == 0 && n.senses[0].Weight < .2 {
		return false // "Noon briefing" is no late prime minister
	}
	best := c.bestPerson(n)
	q, ok := c.world.Person(best)
	if !ok || !heads(q) {
		return false
	}
	// One far likelier than the next, and of a state that the report names or
	// in office.
	for _, s := range n.senses {
		if o, ok := c.world.Person(s.Actor); ok && s.Actor != best && heads(o) && s.Weight > n.senses[0].Weight*.7 {
			return false
		}
	}
	_, named := c.byEntity[q.State]
	return named || n.senses[0].Now == day.Yes
}

// heads reports whether a person heads or headed a state or government.
func heads(q *actor.Person) bool {
	return slices.ContainsFunc(q.Tenures, func(t actor.Tenure) bool { return len(t.Office.Heads) > 0 })
}

// bestPerson picks the likeliest of the persons of a name: with a title, the
// one who held such an office; otherwise the head of a state.
func (c *cast) bestPerson(n *name) string {
	for _, s := range n.senses {
		if q, ok := c.world.Person(s.Actor); ok && heads(q) {
			return q.ID
		}
	}
	return n.senses[0].Actor
}

// resolveShort joins the names that are left to persons and bodies of the
// report; what stands behind a title is a person of its own.
func (c *cast) resolveShort(n *name) {
	if n.sort == sortPlace || n.sort == sortOther {
		if a := c.byFamily(n); a >= 0 && n.sort == sortPlace && n.last == n.first && !placeWords[lower(c.token(n.sentence, n.first-1).Form)] {
			n.actor = a
		}
		return
	}
	if a := c.byFamily(n); a >= 0 {
		n.actor = a
		return
	}
	key := strings.Join(nameWords(n.span.Of(c.text)), " ")
	if i, ok := c.byName[key]; ok {
		n.actor = i
		return
	}
	if n.sort == sortPerson && (n.title[0] >= 0 || c.appositive(n) != "") {
		words := nameWords(n.span.Of(c.text))
		if len(words) == 0 {
			return
		}
		for _, i := range c.sharing(words) {
			if slices.Equal(c.people[i].words, words) {
				n.actor = c.people[i].actor
				return
			}
		}
		if len(c.sameFamily(n)) > 1 {
			return // one of them, and not said which
		}
		n.actor = c.newPerson(n, words)
	}
}
