package reading

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/actor"
)

// place makes mentions of the names that mean actors, and leaves out capitals
// and seats where the city or the house itself is meant.
func (c *cast) place() {
	for i := range c.names {
		n := &c.names[i]
		if n.actor < 0 {
			continue
		}
		via := c.viaOf(n)
		if (via == actor.ViaCapital || via == actor.ViaSeat) && c.isPlace(n, via) {
			continue
		}
		if c.doc.Actors[n.actor].Code != "" && c.doc.Actors[n.actor].Kind == "group" && !c.acts(n) {
			continue
		}
		if via == actor.ViaCapital || via == actor.ViaSeat {
			c.thenState(n)
		} else {
			c.noteState(n)
		}
		kind := named
		if via == actor.ViaOrgan || n.organ {
			kind = nominal // a ministry or navy is no actor of its own
		}
		c.withAllies(n)
		c.mentions = append(c.mentions, mention{sentence: n.sentence, first: n.first, last: n.last, head: c.headOf(n.sentence, n.first, n.last), span: n.span, kind: kind, actors: []int{n.actor}})
	}
}

// withAllies enters "the US and its allies" as a group of its own: whose members
// they are is not said, so that it is not resolved into states.
func (c *cast) withAllies(n *name) {
	s, i := n.sentence, n.last+1
	if lower(c.token(s, i).Form) != "and" || lower(c.token(s, i+1).Form) != "its" && lower(c.token(s, i+1).Form) != "their" {
		return
	}
	for k := i + 2; k <= i+4; k++ {
		switch lower(c.token(s, k).Form) {
		case "allies", "partners", "backers", "friends":
			first := n.first
			if lower(c.token(s, first-1).Form) == "the" {
				first--
			}
			span := c.words(s, first, k)
			key := foldName(span.Of(c.text))
			a, ok := c.byName[key]
			if !ok {
				a = c.add(Actor{Kind: "group", Name: strings.Join(strings.Fields(span.Of(c.text)), " ")})
				c.byName[key] = a
			}
			c.mentions = append(c.mentions, mention{sentence: s, first: first, last: k, head: k, span: span, kind: named, actors: []int{a}})
			return
		}
	}
}

// acts reports whether a dependent territory does something here; otherwise it
// is a place. All other groups pass.
func (c *cast) acts(n *name) bool {
	if _, ok := c.world.Territory(c.doc.Actors[n.actor].Entity); !ok {
		return true
	}
	t := c.token(n.sentence, c.headOf(n.sentence, n.first, n.last))
	return t.Rel == "nsubj" && c.token(n.sentence, t.Head).UPOS == "VERB"
}

// viaOf says by what sort of name the actor of a name is meant.
func (c *cast) viaOf(n *name) actor.Via {
	id := c.doc.Actors[n.actor].Entity
	for _, s := range n.senses {
		if s.Actor == id {
			return s.Via
		}
	}
	return actor.ViaName
}

// headOf returns the token in [first, last] that hangs from outside.
func (c *cast) headOf(s, first, last int) int {
	tokens := c.sentences[s].Tokens
	for i := first; i <= last; i++ {
		if h := tokens[i].Head; h < first || h > last {
			return i
		}
	}
	return last
}

// isPlace decides whether a capital or seat is meant as a place: after "in"
// and its like, as the aim of a journey, in a dateline, beside its country.
func (c *cast) isPlace(n *name, via actor.Via) bool {
	s := n.sentence
	head := c.headOf(s, n.first, n.last)
	t := c.token(s, head)
	before := c.before(s, n.first)
	if t.Rel == "conj" && t.Head >= 0 && t.Head < head {
		if k := c.child(s, t.Head, "case"); k >= 0 && placeWords[lower(c.token(s, k).Form)] {
			return true // "in Geneva and Ankara"
		}
	}
	governor := c.token(s, t.Head)
	if via == actor.ViaSeat {
		// "A source in the Kremlin" speaks for the state; what happens in the
		// Kremlin happens in a house.
		person := officialNouns[singular(lower(governor.Form))] || roleNouns[lower(governor.Lemma)] || lower(governor.Form) == "insiders"
		return placeWords[before] && !person
	}
	if placeWords[before] {
		return true
	}
	next := lower(c.token(s, n.last+1).Form)
	if n.first == 0 && (next == "," || next == "(" || hyphen(next) || next == "—") && shouted(n.span.Of(c.text)) || c.dateline(n) {
		return true
	}
	if next == "," && c.dateAt(s, n.last+2) && (n.first == 0 || before == ",") {
		return true
	}
	if next == "," {
		// "Paris, France"; a dateline "MOSCOW, March 3".
		if k := n.last + 2; c.isNamed(s, k) && c.token(s, k).UPOS == "PROPN" && (t.Rel != "nsubj") && before == "" {
			return true
		}
	}
	switch next {
	case "summit", "conference", "airport", "suburb", "suburbs", "street", "streets", "bureau", "talks", "residents", "resident", "protocol", "metro", "hotel", "university", "mayor", "correspondent", "native", "accords", "treaty", "agreement", "convention":
		return true
	case "-", "–":
		w := lower(c.token(s, n.last+2).Form)
		if w == "based" || w == "born" || w == "area" {
			return true
		}
	}
	switch before {
	case "to", "for", "toward", "towards", "into", "via", "through", "onto":
		g := lower(governor.Lemma)
		return before == "into" || before == "via" || before == "through" || moving[g] || c.subjectGoes(s, t.Head)
	case "from":
		return moving[lower(governor.Lemma)]
	case "of":
		w := lower(governor.Lemma)
		return placeNouns[w] || w == "mayor" || w == "capital" || w == "outskirts" || w == "suburb" || w == "streets" || w == "part" || w == "centre" || w == "center" || w == "siege" || w == "fall" || w == "people"
	case "capital", "city", "town":
		return true
	}
	if (t.Rel == "obj" || t.Rel == "nsubj:pass") && taking[lower(governor.Lemma)] {
		return true
	}
	return false
}

// subjectGoes reports whether a word is a form of going: a noun such as "trip"
// or "visit" counts like its verb.
func (c *cast) subjectGoes(s, i int) bool {
	t := c.token(s, i)
	return moving[singular(lower(t.Form))]
}

// before returns the preposition of the phrase that begins at a token, or the
// word before it, without articles and adjectives of direction.
func (c *cast) before(s, first int) string {
	i := first - 1
	for i >= 0 {
		w := lower(c.token(s, i).Form)
		if w == "the" || w == "central" || w == "downtown" || w == "nearby" || w == "northern" || w == "southern" || w == "eastern" || w == "western" {
			i--
			continue
		}
		return w
	}
	return ""
}

func (c *cast) isNamed(s, i int) bool { return capital(c.token(s, i).Form) }

// noteState remembers which of a vanished state and the one that continues it
// was named last, since their capital means that one.
func (c *cast) noteState(n *name) {
	id := c.doc.Actors[n.actor].Entity
	st, ok := c.world.State(id)
	if !ok {
		return
	}
	delete(c.lapsed, id)
	if len(st.Lives) == 0 || !slices.ContainsFunc(n.senses, func(s actor.Sense) bool { return s.Actor == id }) {
		return
	}
	if next := c.world.Continuer(id, c.day); next != id {
		c.lapsed[next] = id
	}
}

// thenState turns a capital into the vanished state that the report is about
// at this place: after "the Soviet Union", Moscow means that until Russia is
// named.
func (c *cast) thenState(n *name) {
	a := c.doc.Actors[n.actor]
	if past, ok := c.lapsed[a.Entity]; ok && a.Kind == "state" {
		if i := c.entity(past); i >= 0 && strings.TrimSpace(past) != "" {
			n.actor = i
		}
	}
}
