package reading

import "strings"

// describeEach gives each of several persons the office and the state that are
// told of them together: "the presidents of Mali and Niger, Issa Keïta and
// Adamou Sani", "the Thai and Lao foreign ministers, Anong Chai and Kham Vong".
func (c *cast) describeEach() {
	for s, near := range c.bySentence {
		for i := 0; i < len(near); i++ {
			states := c.listed(near[i:], func(a int) bool { return c.stateOf(a) != "" })
			if len(states) < 2 {
				continue
			}
			i += len(states) - 1
			persons := c.listed(near[i+1:], func(a int) bool { return c.doc.Actors[a].Kind == "person" })
			if len(persons) != len(states) {
				continue
			}
			role := c.rolesTogether(s, states[0].first, states[len(states)-1].last+1, persons[0].first)
			if role == "" {
				continue
			}
			for k, n := range persons {
				c.setRole(n.actor, role, c.stateOf(states[k].actor))
			}
		}
	}
}

// listed returns the first of some names that stand in one list and are of a
// kind.
func (c *cast) listed(near []*name, kind func(actor int) bool) []*name {
	for i, n := range near {
		if n.actor < 0 || !kind(n.actor) {
			return near[:i]
		}
		if i == 0 {
			continue
		}
		joined := n.first > near[i-1].last+1
		for k := near[i-1].last + 1; k < n.first; k++ {
			w := lower(c.token(n.sentence, k).Form)
			joined = joined && (w == "," || w == "and" || w == "of" || w == "the" || possessive[w])
		}
		if !joined {
			return near[:i]
		}
	}
	return near
}

// rolesTogether returns the office, in the singular, that stands in the plural
// before a list of states or between its end and persons.
func (c *cast) rolesTogether(s, states, from, persons int) string {
	plural := func(k int) bool {
		w := lower(c.token(s, k).Form)
		return c.titleHead(s, k) && singular(w) != w
	}
	head := -1
	for k := from; k < persons; k++ {
		switch w := c.token(s, k); {
		case plural(k) && head < 0:
			head = k
		case w.UPOS != "PUNCT" && w.UPOS != "PART" && !c.titleAt(s, k):
			return ""
		}
	}
	if k := states - 1; head < 0 {
		for k > 0 && lower(c.token(s, k).Form) == "the" {
			k--
		}
		if k < 1 || lower(c.token(s, k).Form) != "of" || !plural(k-1) {
			return ""
		}
		head = k - 1
	}
	first := head
	for first > 0 && c.titleAt(s, first-1) && !c.inState(s, first-1) {
		first--
	}
	one := c.token(s, head).Form
	if w := singular(lower(one)); strings.HasPrefix(lower(one), w) {
		one = one[:len(w)]
	} else {
		one = w
	}
	return c.text[c.token(s, first).Span.Start:c.token(s, head).Span.Start] + one
}

var possessive = setOf("'s ’s ' ’")
