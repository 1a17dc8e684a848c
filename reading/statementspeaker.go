package reading

import (
	"slices"
	"strings"
	"unicode"

	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/text"
)

// speaker is who a claim's source means.
type speaker struct {
	known bool // actor is set
	actor int  // index into doc.Actors
	name  string
	state string
	noun  string // lemma of the head of the source, for later descriptions
}

// name resolves the speakers, in the order of the text: a later source may only
// say "the insider".
func (h *hearing) name() {
	slices.SortStableFunc(h.claims, func(a, b *claim) int { return a.begin() - b.begin() })
	var before []*claim
	for _, c := range h.claims {
		if c.speaker.name == "" && !c.speaker.known {
			c.speaker = h.speakerOf(c)
			switch {
			case !c.speaker.known:
				h.recall(c, before)
			case h.doc.Actors[c.speaker.actor].Kind == "state" && sourcePeople[c.speaker.noun]:
				if sp, ok := h.holder(c); ok {
					c.speaker = sp
				}
			case h.correction.holds(c):
				c.speaker = h.correction.to
			case len(before) > 0 && h.bareOffice(c):
				h.nearerHolder(c, before[len(before)-1])
			}
		}
		before = append(before, c)
	}
}

// bareOffice reports whether a source is an office with nothing to tell whose:
// "the minister".
func (h *hearing) bareOffice(c *claim) bool {
	s, head := c.SourceHead.Sentence, c.SourceHead.Token
	return s >= 0 && len(c.Source) == 1 && sourcePeople[c.speaker.noun] && h.token(s, head).UPOS == "NOUN" &&
		len(strings.Fields(c.Source[0].Of(h.text))) <= 2
}

// nearerHolder takes the speaker of the statement just before for "the
// minister" if that is what he is.
func (h *hearing) nearerHolder(c, o *claim) {
	if !o.speaker.known || o.speaker.actor == c.speaker.actor || c.SourceHead.Sentence-o.SourceHead.Sentence > 2 {
		return
	}
	if a := h.doc.Actors[o.speaker.actor]; a.Kind == "person" && slices.Contains(strings.Fields(lower(a.Role)), c.speaker.noun) {
		h.correction = correction{from: c.speaker.actor, to: o.speaker, sentence: c.SourceHead.Sentence}
		c.speaker.actor, c.speaker.name, c.speaker.state = o.speaker.actor, o.speaker.name, o.speaker.state
	}
}

// correction remembers that a description meant somebody else than it was
// resolved to: the pronoun in the next sentence means him too.
type correction struct {
	from     int
	to       speaker
	sentence int
}

func (x correction) holds(c *claim) bool {
	far := c.SourceHead.Sentence - x.sentence
	return x.to.known && c.speaker.actor == x.from && far >= 0 && far <= 1 && (c.speaker.noun == "he" || c.speaker.noun == "she")
}

// speakerOf names the speaker from the words of the source alone.
func (h *hearing) speakerOf(c *claim) speaker {
	s, head := c.SourceHead.Sentence, c.SourceHead.Token
	if s < 0 || len(c.Source) == 0 {
		return speaker{}
	}
	span := c.Source[0]
	if noun, ok := h.described[[2]int{s, head}]; ok {
		return h.single(noun[0], noun[1], h.nounPhrase(noun[0], noun[1]))
	}
	if at := h.antecedent(s, head); at >= 0 {
		head, span = at, h.nounPhrase(s, at)
		for i := range h.sentences[s].Tokens { // not "according to a diplomat"
			if t := h.token(s, i); i < head && span.Contains(t.Span) && t.UPOS != "DET" && (t.UPOS == "ADP" || t.Rel == "case" || t.Rel == "fixed" || lower(t.Form) == "according") {
				span.Start = h.token(s, i+1).Span.Start
			} else if span.Contains(t.Span) {
				break
			}
		}
	}
	heads := []int{head}
	for k := range h.children(s, head) {
		if t := h.token(s, k); t.Rel == "conj" && t.UPOS != "NUM" && t.UPOS != "VERB" && span.Contains(t.Span) && !clausal(h.page, s, k) {
			heads = append(heads, k)
		}
	}
	if len(heads) > 1 && !h.sameOne(s, heads) {
		return h.joint(s, heads, span)
	}
	return h.single(s, heads[len(heads)-1], span)
}

// antecedent is the noun that a relative pronoun stands for: -1 for any other
// word.
func (h *hearing) antecedent(s, i int) int {
	t := h.token(s, i)
	switch lower(t.Form) {
	case "who", "which", "that":
	default:
		return -1
	}
	if t.Head < 0 {
		return -1
	}
	if verb := h.token(s, t.Head); strings.HasPrefix(verb.Rel, "acl") {
		return verb.Head
	}
	return -1
}

// sameOne reports whether coordinated heads describe one person: "academic and
// professor Ann Bo".
func (h *hearing) sameOne(s int, heads []int) bool {
	for i, k := range heads {
		list := h.actorsAt(s, k)
		named := len(list) == 1 && h.doc.Actors[list[0]].Kind == "person"
		if last := i == len(heads)-1; named != last || !last && (h.token(s, k).XPOS != "NN" || h.child(s, k, "det") >= 0) {
			return false
		}
	}
	return true
}

// joint names several speakers.
func (h *hearing) joint(s int, heads []int, span text.Span) speaker {
	var names []string
	for i, k := range heads {
		part := text.Span{Start: h.edge(s, k, -1), End: h.edge(s, k, 1)}
		if i == 0 {
			part.Start = span.Start
			part.End = min(part.End, h.edge(s, heads[1], -1))
		}
		if part.Empty() {
			part = h.token(s, k).Span
		}
		sp := h.single(s, k, part)
		if sp.name != "" {
			names = append(names, sp.name)
		}
	}
	return speaker{name: strings.Join(names, " and "), noun: lower(h.token(s, heads[0]).Lemma)}
}

// edge is the first (-1) or last byte (1) of a subtree.
func (h *hearing) edge(s, head, side int) int {
	at := h.token(s, head).Span.Start
	if side > 0 {
		at = h.token(s, head).Span.End
	}
	for k := range h.children(s, head) {
		if h.token(s, k).Rel == "punct" {
			continue
		}
		if side < 0 {
			at = min(at, h.edge(s, k, side))
		} else {
			at = max(at, h.edge(s, k, side))
		}
	}
	return at
}

// single names one speaker.
func (h *hearing) single(s, head int, span text.Span) speaker {
	sp := speaker{noun: lower(h.token(s, head).Lemma)}
	actors := h.meant(s, head, span)
	if len(actors) > 1 {
		var names []string
		for _, a := range actors {
			names = append(names, h.doc.Actors[a].Name)
		}
		sp.name = strings.Join(names, " and ")
		return sp
	}
	words := h.wording(s, head, span)
	if len(actors) == 0 {
		if sp, ok := h.speaksFor(s, head); ok {
			return sp
		}
	}
	if name := h.counterpart(s, head, span); name != "" {
		sp.name = name
		if len(actors) == 1 {
			sp.known, sp.actor, sp.state = h.doc.Actors[actors[0]].Kind != "state", actors[0], h.doc.Actors[actors[0]].State
			if sp.known {
				sp.name = h.doc.Actors[actors[0]].Name
			}
		}
		return sp
	}
	if len(actors) == 0 {
		if st, ok := h.ownState(s, head, sp.noun); ok {
			return st
		}
		sp.name, sp.state = words, h.stateIn(s, span)
		if name, state := h.possessed(s, head, words); name != "" {
			sp.name, sp.state = name, state
		}
		if sourceOutlets[sp.noun] {
			sp.state = ""
		}
		return sp
	}
	a := h.doc.Actors[actors[0]]
	sp.known, sp.actor, sp.state, sp.name = true, actors[0], a.State, a.Name
	switch a.Kind {
	case "outlet":
		sp.state = ""
	case "organization":
		sp.state = ""
	case "state":
		if name := h.properName(s, head, span); name != "" {
			return speaker{name: name, state: a.State, noun: sp.noun}
		}
		// "the Kazakh Foreign Ministry" speaks for Kazakhstan under its own name
		if sourceBodies[sp.noun] || sourcePeople[sp.noun] {
			sp.name = h.withState(s, span, actors[0], words)
		}
	case "group":
		sp.state = ""
	}
	return sp
}

// withState puts the state before an office that does not name it: "the
// ministry" as "Peruvian ministry", "its foreign minister".
func (h *hearing) withState(s int, span text.Span, state int, words string) string {
	if h.stateIn(s, span) != "" {
		return words
	}
	adj := h.demonym(state)
	if adj == "" {
		return words
	}
	for _, own := range []string{"its ", "his ", "her ", "their "} {
		if strings.HasPrefix(lower(words), own) {
			words = words[len(own):]
		}
	}
	return adj + " " + words
}

// possessed names "its head" by whose it is: "UN head", "Ugandan spokesman"; of a
// person's adviser only the state is known, and "a spokesperson for Foreign
// Minister X" speaks for the state of X.
func (h *hearing) possessed(s, head int, words string) (name, state string) {
	k := h.child(s, head, "nmod:poss")
	if k >= 0 && h.token(s, k).UPOS == "PRON" && sourcePeople[lower(h.token(s, head).Lemma)] || k >= 0 && lower(h.token(s, head).Lemma) == "head" {
		list := h.actorsAt(s, k)
		if len(list) != 1 {
			return "", ""
		}
		a := h.doc.Actors[list[0]]
		rest := words
		if _, after, ok := strings.Cut(words, " "); ok {
			rest = after
		}
		switch a.Kind {
		case "state":
			return h.demonym(list[0]) + " " + rest, a.State
		case "organization", "group":
			return a.Name + " " + rest, ""
		case "person":
			return words, a.State
		}
		return "", ""
	}
	if noun := lower(h.token(s, head).Lemma); strings.HasPrefix(noun, "spokes") || noun == "aide" || noun == "adviser" {
		for k := range h.children(s, head) {
			if list := h.actorsAt(s, k); k > head && len(list) == 1 && h.doc.Actors[list[0]].Kind == "person" && h.child(s, k, "case") >= 0 {
				return words, h.doc.Actors[list[0]].State
			}
		}
	}
	return "", ""
}

// speaksFor reads "a spokesperson for the bloc" where the bloc was named before:
// "ECOWAS spokesperson".
func (h *hearing) speaksFor(s, head int) (speaker, bool) {
	noun := lower(h.token(s, head).Lemma)
	if !strings.HasPrefix(noun, "spokes") && noun != "official" && noun != "source" {
		return speaker{}, false
	}
	for k := range h.children(s, head) {
		at := h.child(s, k, "case")
		if k < head || at < 0 || lower(h.token(s, at).Form) != "for" && lower(h.token(s, at).Form) != "of" {
			continue
		}
		if m := h.at[s][k]; m >= 0 && h.mentions[m].kind != named && len(h.mentions[m].actors) == 1 && len(h.namesIn(h.mentions[m].span)) == 0 {
			switch a := h.doc.Actors[h.mentions[m].actors[0]]; a.Kind {
			case "organization", "group":
				return speaker{name: a.Name + " " + noun, noun: noun}, true
			case "state":
				return speaker{name: h.demonym(h.mentions[m].actors[0]) + " " + lower(h.token(s, k).Form) + " " + noun, state: a.State, noun: noun}, true
			}
		}
	}
	return speaker{}, false
}

// counterpart names "his Greek counterpart" by the office of whoever has it:
// "Greek foreign minister"; empty for any other source.
func (h *hearing) counterpart(s, head int, span text.Span) string {
	k := h.child(s, head, "nmod:poss")
	if (lower(h.token(s, head).Form) != "counterpart" && lower(h.token(s, head).Form) != "colleague") || k < 0 {
		return ""
	}
	own := h.actorsAt(s, k)
	if len(own) != 1 || h.doc.Actors[own[0]].Role == "" {
		return ""
	}
	for _, m := range h.namesIn(span) {
		if len(m.actors) == 1 && h.doc.Actors[m.actors[0]].Kind == "state" {
			return h.demonym(m.actors[0]) + " " + h.doc.Actors[own[0]].Role
		}
	}
	return ""
}

// properName is the name behind an office that was resolved no further than to
// its state: "Ann Bo" of "Danish Defence Minister Ann Bo"; empty if the source
// is no such phrase.
func (h *hearing) properName(s, head int, span text.Span) string {
	tokens := h.sentences[s].Tokens
	office := -1
	for i := range tokens {
		if span.Contains(tokens[i].Span) && sourcePeople[lower(tokens[i].Lemma)] {
			office = i
		}
	}
	last := office + 1
	for last < len(tokens) && tokens[last].UPOS == "PROPN" && span.Contains(tokens[last].Span) {
		last++
	}
	if office < 0 || last-office < 3 || last-office > 6 || head < office {
		return ""
	}
	return h.phrase(s, office+1, last-1)
}

// ownState reads "his government": the state for which the possessor acts.
func (h *hearing) ownState(s, head int, noun string) (speaker, bool) {
	k := h.child(s, head, "nmod:poss")
	own := noun == "government" || noun == "country" || noun == "nation" || noun == "administration" || noun == "cabinet"
	if k < 0 || !own && noun != "office" && noun != "ministry" && noun != "department" {
		return speaker{}, false
	}
	list := h.actorsAt(s, k)
	if len(list) != 1 || h.doc.Actors[list[0]].State == "" {
		return speaker{}, false
	}
	a := h.doc.Actors[list[0]]
	code := a.State
	if !own && a.Kind == "person" && a.Role != "" { // "her office": of the Liberian president
		for i, st := range h.doc.Actors {
			if st.Kind == "state" && st.Code == code {
				return speaker{name: "office of the " + h.demonym(i) + " " + a.Role, state: code, noun: noun}, true
			}
		}
	}
	if !own && noun == "office" && a.Kind == "state" && sourcePeople[lower(h.token(s, k).Lemma)] {
		first := h.phraseStart(s, k)
		for first < k && h.token(s, first).UPOS == "DET" {
			first++
		}
		return speaker{name: "office of the " + h.demonym(list[0]) + " " + h.phrase(s, first, k), state: code, noun: noun}, true
	}
	if !own {
		return speaker{}, false
	}
	for i, a := range h.doc.Actors {
		if a.Kind == "state" && a.Code == code {
			return speaker{known: true, actor: i, name: a.Name, state: code, noun: noun}, true
		}
	}
	return speaker{}, false
}

// meant returns the actors that a source means: the person named in it before
// its office, its office before its state.
func (h *hearing) meant(s, head int, span text.Span) []int {
	person := func(list []int) bool { return len(list) == 1 && h.doc.Actors[list[0]].Kind == "person" }
	own := h.actorsAt(s, head)
	if person(own) {
		return own
	}
	if personNoun(h.token(s, head)) || lower(h.token(s, head).Form) == "one" {
		for i, t := range h.sentences[s].Tokens {
			if found := h.actorsAt(s, i); t.UPOS != "PRON" && span.Contains(t.Span) && person(found) && h.renames(s, i, head) {
				return found
			}
		}
		// "Russia's ambassador in Kabul, X": a tree may hang him from Kabul
		for _, m := range h.namesIn(span) {
			if person(m.actors) && m.sentence == s && m.first > head && h.token(s, m.first-1).Form == "," && sourcePeople[lower(h.token(s, head).Lemma)] && nominalRun(h, s, head, m.first-2) {
				return m.actors
			}
		}
	}
	if len(own) > 0 {
		if m := h.mentions[h.at[s][head]]; m.kind == named && (m.head != head && sourcePeople[lower(h.token(s, head).Lemma)]) {
			return nil
		}
	}
	return own
}

// renames reports whether a token inside a noun phrase names the same as its
// head ("the minister, Ann Bo"), not somebody else ("an aide to Ann Bo").
func (h *hearing) renames(s, i, head int) bool {
	for steps := 0; i != head && steps < 8; steps++ {
		t := h.token(s, i)
		rel, sub, _ := strings.Cut(t.Rel, ":")
		if rel == "appos" { // also of "Agriculture" in "Minister of Agriculture, Ann Bo"
			return true
		}
		if rel == "acl" || rel == "conj" || sub == "poss" || rel == "obl" || rel == "nsubj" || rel == "obj" || h.child(s, i, "case") >= 0 || t.Head < 0 {
			return false
		}
		i = t.Head
	}
	return i == head
}

func personNoun(t *language.Token) bool {
	return t.UPOS == "NOUN" || t.UPOS == "PROPN" || t.UPOS == "X"
}

// wording is a source as an editor would write it: without article, possessor
// as adjective, "source in the Kremlin" as "Kremlin source".
func (h *hearing) wording(s, head int, span text.Span) string {
	tokens := h.sentences[s].Tokens
	var first, last int = -1, -1
	for i, t := range tokens {
		if span.Overlaps(t.Span) {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return ""
	}
	for first < last && (tokens[first].UPOS == "DET" || tokens[first].Rel == "det" || tokens[first].UPOS == "PUNCT" || tokens[first].Rel == "cc" || tokens[first].UPOS == "ADV") {
		first++
	}
	end := last
	// what follows the head as a clause or after a comma describes it only
	for i := max(first, head) + 1; i <= last; i++ {
		t := tokens[i]
		if t.UPOS == "PUNCT" && !strings.Contains("-–’'\"&/.", t.Form) || strings.HasPrefix(t.Rel, "acl") || t.UPOS == "VERB" || t.UPOS == "SCONJ" || t.Form == "who" || t.Form == "which" {
			end = i - 1
			break
		}
	}
	for end > first && end != head && (strings.HasSuffix(tokens[end].Rel, ":tmod") || tokens[end].Rel == "obl:unmarked" || dayWords[lower(tokens[end].Form)]) {
		end--
	}
	for end > first && (tokens[end].UPOS == "PUNCT" || tokens[end].UPOS == "ADP" || tokens[end].UPOS == "PRON" && end != head) {
		end--
	}
	if end < first {
		end = first
	}
	noun := lower(tokens[min(max(head, first), end)].Lemma)
	if head == first && head < end && head+1 <= end && h.child(s, head, "nmod:poss") < 0 && seatedBy[lower(tokens[head+1].Form)] && sourcePeople[noun] {
		from := head + 2
		for from < end && tokens[from].UPOS == "DET" {
			from++
		}
		if from <= end && tokens[end].UPOS == "PROPN" {
			return h.phrase(s, from, end) + " " + h.phrase(s, first, head)
		}
	}
	// X's Foreign Ministry
	for i := first; i < end; i++ {
		if tokens[i].Rel == "case" && (tokens[i].XPOS == "POS" || tokens[i].Form == "'s" || tokens[i].Form == "’s") && i > first {
			if list := h.actorsAt(s, i-1); len(list) == 1 && h.doc.Actors[list[0]].Kind == "state" && h.mentions[h.at[s][i-1]].kind == named {
				if adj := h.demonym(list[0]); adj != "" {
					return adj + " " + h.phrase(s, i+1, end)
				}
			}
		}
	}
	return h.phrase(s, first, end)
}

func (h *hearing) phrase(s, first, last int) string {
	return strings.Join(strings.Fields(h.words(s, first, last).Of(h.text)), " ")
}

// demonym is the adjective of a state as the report uses it, or of the tables.
func (h *hearing) demonym(i int) string {
	a := h.doc.Actors[i]
	if e, ok := h.world.Actor(a.Entity); ok {
		for _, n := range e.Names {
			if n.Via.String() == "demonym" && !strings.HasSuffix(n.Text, "s") {
				return n.Text
			}
		}
		for _, n := range e.Names {
			if n.Via.String() == "demonym" {
				return n.Text
			}
		}
	}
	return ""
}

// stateIn is the state named in a source that is no actor itself: the adjective
// or possessor before it, or what follows "of".
func (h *hearing) stateIn(s int, span text.Span) string {
	for _, m := range h.namesIn(span) {
		for _, a := range m.actors {
			if x := h.doc.Actors[a]; x.Kind == "state" {
				return x.State
			}
		}
	}
	return ""
}

// namesIn returns the names inside a span.
func (h *hearing) namesIn(span text.Span) []mention {
	i, _ := slices.BinarySearchFunc(h.mentions, span.Start, func(m mention, at int) int { return m.span.Start - at })
	for i > 0 && h.mentions[i-1].span.Start == span.Start {
		i--
	}
	var out []mention
	for ; i < len(h.mentions) && h.mentions[i].span.Start < span.End; i++ {
		if m := h.mentions[i]; m.kind == named && span.Contains(m.span) {
			out = append(out, m)
		}
	}
	return out
}

// seatedBy are the prepositions that say where a source sits.
var seatedBy = wordSet("in at within inside from")

var dayWords = wordSet("yesterday today tomorrow tonight")

// Nouns that say what a speaker is. They decide how the speaker is named, not
// whether there is a statement.
var (
	sourcePeople  = wordSet("source official spokesman spokeswoman spokesperson insider aide adviser advisor diplomat envoy ambassador minister secretary officer commander general leader lawmaker mp senator president chancellor premier king chairman chairwoman chair governor mayor general negotiator representative delegate expert analyst witness resident member")
	sourceBodies  = wordSet("ministry department government embassy army navy military police office service administration parliament cabinet presidency delegation side agency authority command force guard council committee commission court assembly congress senate union alliance organisation organization group house bank bloc mission consulate coastguard staff secretariat")
	sourceTexts   = wordSet("treaty agreement pact report document statement letter poll survey study communique communiqué text declaration memo book article ruling")
	sourceOutlets = wordSet("agency newspaper paper daily magazine outlet channel broadcaster network website site portal radio television wire media press tabloid journal weekly blog report")
)

func hasWord(t string) bool {
	return strings.ContainsFunc(t, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
}

// clausal reports whether a token heads a clause.
func clausal(p *page, s, i int) bool {
	return p.child(s, i, "nsubj", "nsubj:pass", "aux", "cop") >= 0
}
