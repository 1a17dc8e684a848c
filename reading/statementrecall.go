package reading

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/text"
)

// recall resolves a source that only points back: a pronoun, or "the insider"
// after "a Whitehall insider".
func (h *hearing) recall(c *claim, before []*claim) {
	s, head := c.SourceHead.Sentence, c.SourceHead.Token
	if s < 0 {
		return
	}
	t := h.token(s, head)
	form := lower(t.Form)
	singular := form == "he" || form == "she" || form == "him" || form == "her"
	pointing := singular || form == "both" || form == "it" || form == "they" || form == "them"
	definite := false
	if k := h.child(s, head, "det"); k >= 0 {
		d := lower(h.token(s, k).Form)
		definite = d == "the" || d == "this" || d == "that" || d == "both"
	}
	if !pointing && !definite {
		return
	}
	if sp, ok := h.holder(c); ok && !pointing {
		c.speaker = sp
		c.why += "; the one with this office"
		return
	}
	described := false // "the Sudanese minister" is somebody of his own
	if len(c.Source) > 0 {
		for i, t := range h.sentences[s].Tokens {
			described = described || c.Source[0].Contains(t.Span) && (t.UPOS == "PROPN" || len(h.actorsAt(s, i)) > 0 && i != head)
		}
	}
	plain := definite && !described && h.token(s, head).XPOS == "NN" && !sourceBodies[c.speaker.noun] && !sourceOutlets[c.speaker.noun] && !sourceTexts[c.speaker.noun] && !manyHeads[c.speaker.noun]
	for i := len(before) - 1; i >= 0 && i >= len(before)-recallReach; i-- {
		o := before[i]
		if o.speaker.name == "" || o.SourceHead.Sentence < 0 || s-o.SourceHead.Sentence > 6 {
			continue
		}
		switch {
		case definite && o.speaker.noun == c.speaker.noun,
			definite && o.speaker.known && h.doc.Actors[o.speaker.actor].Kind == "person" && !sourceBodies[c.speaker.noun] && strings.Contains(" "+lower(h.doc.Actors[o.speaker.actor].Role)+" ", " "+c.speaker.noun+" ") && c.speaker.noun != "",
			singular && (o.speaker.known && h.doc.Actors[o.speaker.actor].Kind == "person" || !o.speaker.known && sourcePeople[o.speaker.noun] && h.one(o)),
			form == "it" && (!o.speaker.known || h.doc.Actors[o.speaker.actor].Kind != "person") && !sourcePeople[o.speaker.noun],
			plain && o.speaker.known && h.doc.Actors[o.speaker.actor].Kind == "person" && s-o.SourceHead.Sentence <= 3 && h.epithet(c.speaker.noun, o.speaker.actor),
			(form == "they" || form == "them") && strings.Contains(o.speaker.name, " and "):
			noun := c.speaker.noun
			c.speaker = o.speaker
			c.why += "; speaker from before"
			if pointing {
				noun = o.speaker.noun
			}
			c.speaker.noun = noun
			return
		}
	}
	if names := h.several(c.begin()); (form == "both" || form == "they") && len(names) > 1 {
		c.speaker.name = strings.Join(names, " and ")
	} else if pointing {
		c.speaker.name = ""
	}
}

// epithet reports whether a noun can be another word for a person: not an
// office when he has another.
func (h *hearing) epithet(noun string, person int) bool {
	return !holderNouns[noun] || h.doc.Actors[person].Role == ""
}

// holderNouns are offices that one person holds at a time.
var holderNouns = wordSet("president minister premier chancellor king queen ambassador governor mayor secretary chairman chairwoman spokesman spokeswoman speaker")

// one reports whether the source of a claim is a single person.
func (h *hearing) one(c *claim) bool {
	x := h.token(c.SourceHead.Sentence, c.SourceHead.Token).XPOS
	return x != "NNS" && x != "NNPS"
}

// several returns the actors that were last spoken of together: "both states".
func (h *hearing) several(at int) []string {
	i, _ := slices.BinarySearchFunc(h.mentions, at, func(m mention, at int) int { return m.span.Start - at })
	for k := i - 1; k >= 0 && k > i-20; k-- {
		if m := h.mentions[k]; len(m.actors) > 1 {
			var names []string
			for _, a := range m.actors {
				names = append(names, h.doc.Actors[a].Name)
			}
			return names
		}
	}
	return nil
}

// holder finds the one person in the report whose office a description names:
// "the Iranian minister" after "Iranian Defence Minister X". A plural finds two:
// "the presidents".
func (h *hearing) holder(c *claim) (speaker, bool) {
	s, head := c.SourceHead.Sentence, c.SourceHead.Token
	noun := c.speaker.noun
	if noun == "" || !sourcePeople[noun] {
		return speaker{}, false
	}
	plural := h.token(s, head).XPOS == "NNS" || h.token(s, head).XPOS == "NNPS"
	if plural == (c.speaker.state != "") {
		return speaker{}, false
	}
	if h.people == nil {
		h.people = map[string][]int{}
		for i, a := range h.doc.Actors {
			if a.Kind == "person" {
				h.people[a.State] = append(h.people[a.State], i)
				h.people["all"] = append(h.people["all"], i)
			}
		}
	}
	among := h.people[c.speaker.state]
	if plural {
		among = h.people["all"]
	}
	var found []int
	for _, i := range among[:min(len(among), holdersTried)] {
		a := h.doc.Actors[i]
		if strings.Contains(" "+lower(a.Role)+" ", " "+noun+" ") && (plural || a.State == c.speaker.state) && namedBefore(a, c.begin()) {
			found = append(found, i)
		}
	}
	switch {
	case len(found) == 1 && !plural:
		a := h.doc.Actors[found[0]]
		return speaker{known: true, actor: found[0], name: a.Name, state: a.State, noun: noun}, true
	case len(found) == 2 && plural:
		return speaker{name: h.doc.Actors[found[0]].Name + " and " + h.doc.Actors[found[1]].Name, noun: noun}, true
	}
	return speaker{}, false
}

// namedBefore reports whether an actor was named before a byte.
func namedBefore(a Actor, at int) bool {
	return slices.ContainsFunc(a.Mentions, func(s text.Span) bool { return s.Start < at })
}

// manyHeads are nouns in the singular that are no single person.
var manyHeads = wordSet("opposition public junta movement coalition party regime leadership crowd family team club industry sector community population electorate majority minority front militia rebel resistance left right market")

// holdersTried keeps the search for an office short in a report of hundreds.
const holdersTried = 100

const recallReach = 12
