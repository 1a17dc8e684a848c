package reading

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/actor"
)

// The types of [Entity].
const (
	entityPerson       = "person"
	entityOrganization = "organization"
	entityNationality  = "nationality"
	entityPlace        = "place"
)

var (
	// collectiveNouns mean people who act together, or a body.
	collectiveNouns = setOf(`people force troop government regime coalition group community opposition partner ally fighter terrorist militant
		civilian unit member army ministry department family victim refugee company party population authority organisation organization
		agency council committee commission parliament embassy navy military police leadership leader rebel militia soldier airman
		official nation state government woman man child journalist worker citizen resident operative backer supporter delegation
		battalion regiment brigade division squadron command opponent enemy minority user adviser advisor personnel staff team
		service charity firm bank union association movement network insurgent guerrilla gunman troop crew aircrew observer
		representative donor security alliance administration public court company insurer`)

	// siteNouns mean places.
	siteNouns = setOf(`city town village camp area building region territory province position facility border hospital school bridge
		route tunnel neighbourhood neighborhood district location headquarters base site compound airport port road street
		house factory cache checkpoint entrance complex suburb governorate zone river mountain station capital`)

	// dealing verbs have one who takes part as their object.
	dealing = setOf(`support help assist aid urge press thank allow enable ask join tell warn accuse blame condemn call invite
		persuade convince back congratulate criticise criticize remind advise encourage force compel represent arm supply`)

	// deedNouns are what states do: "U.S. strikes", "UK support".
	deedNouns = setOf(`strike airstrike support assistance aid effort commitment help response attack offer proposal decision
		action cooperation co-operation relationship relation partnership alliance pledge contribution sanction operation
		intervention policy guarantee work diplomacy involvement backing pressure demand claim position view veto
		objection concern request leadership role campaign threat ambition interest ally partner foe opponent rival`)
)

// listEntities lists the phrases that mean persons, organisations, nationalities
// and places: names as found, and noun phrases by their head.
func (c *cast) listEntities() {
	byStart := make([][]*name, len(c.sentences))
	for i := range c.names {
		n := &c.names[i]
		byStart[n.sentence] = append(byStart[n.sentence], n)
	}
	for s := range c.sentences {
		if !c.speaks(s) {
			continue
		}
		tokens := c.sentences[s].Tokens
		taken := make([]bool, len(tokens))
		for _, n := range byStart[s] {
			c.nameEntity(n)
			for i := n.first; i <= n.last && i < len(taken); i++ {
				taken[i] = true
			}
		}
		for i := range tokens {
			if !taken[i] {
				c.phraseEntity(s, i)
			}
		}
	}
	slices.SortStableFunc(c.doc.Entities, func(a, b Entity) int {
		if a.Span.Start != b.Span.Start {
			return a.Span.Start - b.Span.Start
		}
		return b.Span.End - a.Span.End
	})
	c.doc.Entities = slices.Compact(c.doc.Entities)
}

func (c *cast) entityAt(s, first, last int, typ string) {
	span := c.words(s, first, last)
	words := strings.TrimRight(span.Of(c.text), "\u200b\u200e\u200f")
	span.End = span.Start + len(words)
	if !span.Empty() {
		c.doc.Entities = append(c.doc.Entities, Entity{Span: span, Type: typ})
	}
}

// nameEntity lists a name by what it names.
func (c *cast) nameEntity(n *name) {
	s, first := n.sentence, n.first
	the := lower(c.token(s, first).Form) == "the" && first < n.last
	if the {
		first++
	}
	if n.actor >= 0 || len(n.senses) > 0 {
		kind, via := "", actor.ViaName
		if len(n.senses) > 0 {
			via = n.senses[0].Via
		}
		if n.actor >= 0 {
			kind = c.doc.Actors[n.actor].Kind
			via = c.viaOf(n)
		} else if n.senses[0].Kind == actor.KindState {
			kind = "state"
		}
		region := len(n.senses) > 0 && (n.senses[0].Kind == actor.KindPlace || n.senses[0].Kind == actor.KindTerritory || n.senses[0].Kind == actor.KindBloc)
		head := c.headOf(s, n.first, n.last)
		switch {
		case region && via != actor.ViaDemonym && !c.agent(s, head):
			c.placeEntity(s, first, n.last)
			return
		case kind == "state" && via <= actor.ViaAcronym && c.ofBody(s, n.last):
			return // "U.S. forces"
		case kind == "person":
			c.personEntity(n)
			return
		case via == actor.ViaDemonym:
			if t := c.token(s, n.last); t.UPOS == "NOUN" && t.XPOS == "NNS" || t.XPOS == "NNPS" {
				c.entityAt(s, first, n.last, entityOrganization)
				return
			}
			c.entityAt(s, first, n.last, entityNationality)
			return
		case kind == "state" && (n.organ || via == actor.ViaOrgan || via == actor.ViaSeat):
			c.bodyEntity(s, first, n.last)
			return
		case kind == "state", via == actor.ViaCapital:
			if via == actor.ViaCapital || !c.party(n) {
				c.placeEntity(s, first, n.last)
				return
			}
			c.entityAt(s, first, n.last, entityPlace)
			if lower(c.token(s, first-1).Form) == "the" {
				first--
			}
			c.entityAt(s, first, n.last, entityOrganization)
			return
		case kind == "organization" || kind == "group" || kind == "outlet":
			c.bodyEntity(s, first, n.last)
			return
		}
	}
	switch n.sort {
	case sortPerson:
		c.personEntity(n)
	case sortOrganization, sortGroup, sortOutlet:
		c.bodyEntity(s, first, n.last)
	case sortPlace:
		c.placeEntity(s, first, n.last)
	}
}

// placeEntity lists the name of a place, alone, with what part of it is meant
// ("northern Syria") and with what it is ("the city of Mosul").
func (c *cast) placeEntity(s, first, last int) {
	c.entityAt(s, first, last, entityPlace)
	before := c.token(s, first-1)
	if direction(before.Form) {
		c.entityAt(s, first-1, last, entityPlace)
	}
	if lower(before.Form) == "of" && siteNouns[singular(lower(c.token(s, first-2).Form))] {
		c.phraseTo(s, first-2, last, entityPlace)
	}
}

// ofBody reports whether a name only says whose body, person or ship the noun
// behind it is.
func (c *cast) ofBody(s, last int) bool {
	for i := last + 1; i <= last+4; i++ {
		t := c.token(s, i)
		switch t.UPOS {
		case "PROPN":
			return i == last+1
		case "ADJ":
			continue
		case "NOUN":
			if t.Rel == "compound" && c.token(s, i+1).UPOS == "NOUN" {
				continue
			}
			noun := singular(lower(t.Form))
			return collectiveNouns[noun] || roleNouns[noun] || officialNouns[noun]
		}
		return false
	}
	return false
}

// party reports whether a state takes part in something here, and is not only
// where it happens.
func (c *cast) party(n *name) bool {
	s := n.sentence
	head := c.headOf(s, n.first, n.last)
	before, after := c.token(s, n.first-1), c.token(s, n.last+1)
	if hyphen(after.Form) && touching(c.token(s, n.last).Span, after.Span) || hyphen(before.Form) && touching(before.Span, c.token(s, n.first).Span) && capital(c.token(s, n.first-2).Form) {
		return true // "U.S.-led", "UK-France"
	}
	for range 20 { // as the first of a list
		t := c.token(s, head)
		if t.Rel != "conj" || t.Head >= head || c.child(s, head, "case") >= 0 {
			break
		}
		head = t.Head
	}
	t := c.token(s, head)
	g := c.token(s, t.Head)
	noun := singular(lower(g.Form))
	switch t.Rel {
	case "nsubj", "nsubj:pass", "obl:agent", "iobj":
		return g.UPOS != "NOUN" || !siteNouns[noun]
	case "obj":
		if verb := lower(g.Lemma); verb == "include" {
			if k := c.child(s, t.Head, "nsubj"); k >= 0 {
				return collectiveNouns[singular(lower(c.token(s, k).Form))]
			}
		} else {
			return dealing[verb]
		}
	case "compound":
		return deedNouns[noun]
	case "nmod:poss":
		return deedNouns[noun] || g.UPOS == "NOUN" && strings.HasSuffix(noun, "ment")
	}
	if k := c.child(s, head, "case"); k >= 0 {
		switch lower(c.token(s, k).Form) {
		case "with", "between", "by", "against", "including":
			return true
		}
	}
	return false
}

// bodyEntity lists the name of a body, alone and with its article.
func (c *cast) bodyEntity(s, first, last int) {
	head := c.headOf(s, first, last)
	t := c.token(s, head)
	modifies := t.Rel == "compound" && t.Head > last
	if first < last || shouted(c.token(s, first).Form) {
		first, last = c.wholeName(s, first, last)
	}
	c.entityAt(s, first, last, entityOrganization)
	if !modifies && lower(c.token(s, first-1).Form) == "the" {
		c.entityAt(s, first-1, last, entityOrganization)
	}
}

// wholeName takes in what belongs to the name of a body and is no name alone:
// whose it is ("Iraqi Security Forces"), a number ("5th Fleet", "Task Force 50").
func (c *cast) wholeName(s, first, last int) (int, int) {
	inside := func(i int) bool { h := c.token(s, i).Head; return first <= h && h <= last }
	for first > 0 && inside(first-1) {
		t := c.token(s, first-1)
		ordinal := t.Form[0] >= '0' && t.Form[0] <= '9' && strings.HasSuffix(t.Form, "th")
		if !ordinal && c.stateAt(first-1, c.bySentence[s]) == "" {
			break
		}
		first--
	}
	if t := c.token(s, last+1); t.UPOS == "NUM" && inside(last+1) && t.Form[0] >= '0' && t.Form[0] <= '9' {
		last++
	}
	return first, last
}

// personEntity lists a person with the office before the name.
func (c *cast) personEntity(n *name) {
	first := n.first
	if role, from := c.roleBefore(n); role != "" {
		first = from + 1
		for first > 0 {
			t := c.token(n.sentence, first-1)
			if c.stateAt(first-1, c.bySentence[n.sentence]) != "" || t.UPOS == "PROPN" && t.Rel == "compound" {
				first--
				continue
			}
			break
		}
	} else if from, to := c.officeLeft(n); from >= 0 {
		first = from
		c.entityAt(n.sentence, from, to, entityPerson)
	}
	polite := false
	for isHonorific(c.token(n.sentence, first-1).Form) {
		first--
		polite = polite || first == n.first-1
	}
	c.entityAt(n.sentence, first, n.last, entityPerson)
	if first < n.first && (!polite || n.first < n.last) {
		c.entityAt(n.sentence, n.first, n.last, entityPerson) // the name within
	}
}

// agent reports whether a name is the doer of a verb.
func (c *cast) agent(s, head int) bool {
	t := c.token(s, head)
	return (t.Rel == "nsubj" || t.Rel == "obl:agent") && c.token(s, t.Head).UPOS == "VERB"
}

// phraseEntity lists a noun phrase or pronoun by its head.
func (c *cast) phraseEntity(s, i int) {
	t := c.token(s, i)
	switch w := lower(t.Form); {
	case t.UPOS == "PRON" && (w == "i" || w == "he" || w == "she" || w == "me" || w == "him" || w == "her"):
		c.entityAt(s, i, i, entityPerson)
	case t.UPOS == "PRON" && (w == "we" || w == "they" || w == "them"):
		c.entityAt(s, i, i, entityOrganization)
	case t.UPOS != "NOUN" && t.UPOS != "PROPN" || t.Rel == "compound" || t.Rel == "flat":
	default:
		noun := singular(w)
		switch {
		case roleNouns[noun] && noun == w && c.determined(s, i) && !c.startsName(s, i+1):
			c.phraseTo(s, i, i, entityPerson)
		case collectiveNouns[noun]:
			end := c.ofEnd(s, i)
			if c.determined(s, i) || noun != w || end > i {
				c.phraseTo(s, i, end, entityOrganization)
			}
		case siteNouns[noun] && c.determined(s, i) && lower(c.token(s, i+1).Form) != "of":
			c.phraseTo(s, i, i, entityPlace)
		}
	}
}

// ofEnd returns the last token of a short phrase with "of" behind a noun, "the
// people of Mosul", "the families of the victims"; the noun itself if there is
// none.
func (c *cast) ofEnd(s, i int) int {
	if lower(c.token(s, i+1).Form) != "of" {
		return i
	}
	head := -1
	for k := range c.children(s, i) {
		if k > i+1 && strings.HasPrefix(c.token(s, k).Rel, "nmod") {
			head = k
			break
		}
	}
	if head < 0 || head > i+7 {
		return i
	}
	for k := head + 1; k <= head+4 && (c.token(s, k).Rel == "flat" || c.token(s, k).Rel == "compound") && c.token(s, k).Head == head; k++ {
		head = k
	}
	for _, n := range c.bySentence[s] {
		if n.first <= head && head <= n.last {
			return n.last
		}
	}
	return head
}

// startsName reports whether a name begins at a token.
func (c *cast) startsName(s, i int) bool {
	return slices.ContainsFunc(c.bySentence[s], func(n *name) bool { return n.first == i })
}

// determined reports whether a phrase has anything before its head.
func (c *cast) determined(s, i int) bool { return c.phraseStart(s, i) < i }

// phraseTo lists the phrase headed by a noun up to a token.
func (c *cast) phraseTo(s, i, last int, typ string) {
	first := c.phraseStart(s, i)
	for first < i && c.token(s, first).UPOS == "NUM" {
		first++
	}
	c.entityAt(s, first, last, typ)
}
