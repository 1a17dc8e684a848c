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
	c.doc.Entities = append(c.doc.Entities, Entity{Span: c.words(s, first, last), Type: typ})
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
			c.entityAt(s, first, n.last, entityPlace)
			return
		case kind == "state" && via <= actor.ViaAcronym && c.token(s, head).Rel == "compound" && (c.token(s, n.last+1).UPOS == "NOUN" || c.token(s, n.last+1).UPOS == "PROPN" || c.token(s, n.last+1).UPOS == "ADJ"):
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
			if via != actor.ViaCapital && c.agent(s, c.headOf(s, n.first, n.last)) {
				if the || lower(c.token(s, first-1).Form) == "the" {
					c.entityAt(s, first, n.last, entityPlace) // the name within
					first--
				}
				c.entityAt(s, first, n.last, entityOrganization)
				return
			}
			c.entityAt(s, first, n.last, entityPlace)
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
		c.entityAt(s, first, n.last, entityPlace)
		if h := c.token(s, first-1); lower(h.Form) == "of" && siteNouns[singular(lower(c.token(s, first-2).Form))] {
			c.phraseTo(s, first-2, n.last, entityPlace) // "the city of Mosul"
		}
	}
}

// bodyEntity lists the name of a body, alone and with its article.
func (c *cast) bodyEntity(s, first, last int) {
	c.entityAt(s, first, last, entityOrganization)
	if lower(c.token(s, first-1).Form) == "the" {
		c.entityAt(s, first-1, last, entityOrganization)
	}
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
	} else if honorifics[strings.TrimSuffix(lower(c.token(n.sentence, first-1).Form), ".")] {
		first--
	}
	c.entityAt(n.sentence, first, n.last, entityPerson)
	if first < n.first {
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
	case t.UPOS == "PRON" && (w == "i" || w == "he" || w == "she"):
		c.entityAt(s, i, i, entityPerson)
	case t.UPOS == "PRON" && w == "we":
		c.entityAt(s, i, i, entityOrganization)
	case t.UPOS != "NOUN" && t.UPOS != "PROPN" || t.Rel == "compound" || t.Rel == "flat":
	default:
		noun := singular(w)
		switch {
		case roleNouns[noun] && noun == w && c.determined(s, i) && !c.startsName(s, i+1):
			c.phraseTo(s, i, i, entityPerson)
		case collectiveNouns[noun]:
			end := i
			if lower(c.token(s, i+1).Form) == "of" {
				if k := i + 2; lower(c.token(s, k).Form) == "the" || c.stateAt(k, c.bySentence[s]) != "" {
					for _, n := range c.bySentence[s] {
						if n.first == k || n.first == k+1 && lower(c.token(s, k).Form) == "the" {
							end = n.last // "the Government of Iraq"
						}
					}
				}
			}
			if c.determined(s, i) || noun != w || end > i {
				c.phraseTo(s, i, end, entityOrganization)
			}
		case siteNouns[noun] && c.determined(s, i) && lower(c.token(s, i+1).Form) != "of":
			c.phraseTo(s, i, i, entityPlace)
		}
	}
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
