package reading

import (
	"iter"
	"slices"
	"strings"
)

// memory is who was spoken of, for pronouns and descriptions to mean.
type memory struct {
	*cast
	seen      []sight // by index into doc.Actors
	times     []int   // likewise: how often it was mentioned
	pair      [2]int  // the two states last named side by side
	paired    bool
	pairLeads bool   // they were the subject of a sentence
	pairAt    int    // the sentence
	duo       [2]int // the two persons last named side by side
	two       bool
	order     int
	recent    [][2]int // actor and sentence as they were seen, the latest last
	unnamed   sight    // the person spoken of last whom no name was found for
	noun      [2]int   // sentence and token that describe that person
}

// sight is the latest mention of an actor.
type sight struct {
	order, sentence int
	subject         bool
}

// refer resolves descriptions ("the two countries", "the Russian president",
// "the ministry") and pronouns, sentence by sentence. What cannot be resolved
// gets no mention.
func (c *cast) refer() {
	m := &memory{cast: c, unnamed: sight{sentence: -100}}
	byPlace := make([][]mention, len(c.sentences))
	for _, x := range c.mentions {
		byPlace[x.sentence] = append(byPlace[x.sentence], x)
	}
	for s := range c.sentences {
		if !c.speaks(s) {
			continue
		}
		m.sentence(s, byPlace[s])
	}
}

func (m *memory) sentence(s int, names []mention) {
	tokens := m.sentences[s].Tokens
	covered := make([]int, len(tokens))
	for i := range covered {
		covered[i] = -1
	}
	for k, n := range names {
		for i := n.first; i <= n.last; i++ {
			covered[i] = k
		}
	}
	previous := map[string]int{} // by kind: 1 + the name before, for pairs
	for i := range tokens {
		if k := covered[i]; k >= 0 {
			if names[k].first == i {
				m.see(names[k].actors[0], s, names[k].head)
				kind := m.doc.Actors[names[k].actors[0]].Kind
				if before := previous[kind]; before > 0 {
					m.beside(s, names[before-1], names[k])
				}
				previous[kind] = k + 1
			}
			continue
		}
		switch tokens[i].UPOS {
		case "PRON", "DET":
			m.pronoun(s, i)
		case "NOUN", "PROPN", "NUM":
			m.description(s, i, covered, names)
		}
	}
}

// see notes that an actor is mentioned here.
func (m *memory) see(a, s, head int) {
	for len(m.seen) <= a {
		m.seen = append(m.seen, sight{sentence: -1})
		m.times = append(m.times, 0)
	}
	m.order++
	m.times[a]++
	m.recent = append(m.recent, [2]int{a, s})
	m.seen[a] = sight{order: m.order, sentence: s, subject: m.isSubject(s, head)}
}

func (m *memory) isSubject(s, head int) bool {
	for t := m.token(s, head); (t.Rel == "appos" || t.Rel == "flat") && t.Head >= 0 && t.Head < head; t = m.token(s, head) {
		head = t.Head // "the minister, Ann Bo, met ..."
		if u := m.token(s, head); strings.HasPrefix(u.Rel, "nmod") && u.Head >= 0 && u.Head < head && roleNouns[lower(m.token(s, u.Head).Form)] {
			head = u.Head // "the spokesperson of the ministry, Ann Bo, met ..."
		}
	}
	rel := m.token(s, head).Rel
	return rel == "nsubj" || rel == "nsubj:pass" || rel == "root"
}

// beside notes two names that stand side by side: "Mongolia and Kazakhstan",
// "Russian-North Korean", "Putin and Kim".
func (m *memory) beside(s int, a, b mention) {
	x, y := a.actors[0], b.actors[0]
	if x == y {
		return
	}
	kind := m.doc.Actors[x].Kind
	if kind != m.doc.Actors[y].Kind {
		return
	}
	joined := false
	for i := a.last + 1; i < b.first && b.first-a.last <= 14; i++ {
		switch w := lower(m.token(s, i).Form); {
		case w == "or" || m.token(s, i).UPOS == "VERB" && i > a.last+1:
			return // "against Russia or China"
		case w == "and", hyphen(w) && b.first-a.last == 2:
			joined = true
		}
	}
	leading := m.isSubject(s, a.head) || m.isSubject(s, b.head)
	switch {
	case kind == "state" && (!m.paired || joined && (leading || !m.pairLeads || s-m.pairAt > 8)):
		m.pair, m.paired, m.pairLeads, m.pairAt = [2]int{x, y}, joined || !m.paired, leading && joined, s
	case kind == "person" && (joined || !m.two):
		m.duo, m.two = [2]int{x, y}, true
	}
}

// enter adds a mention that is no name.
func (m *memory) enter(s, first, last, head int, kind mentionKind, actors ...int) {
	m.mentions = append(m.mentions, mention{sentence: s, first: first, last: last, head: head, span: m.words(s, first, last), kind: kind, actors: slices.Clone(actors)})
	if kind == nominal {
		for _, a := range actors {
			m.see(a, s, head)
		}
	}
}

// pronoun resolves a pronoun of the third person.
func (m *memory) pronoun(s, i int) {
	t := m.token(s, i)
	switch lower(t.Form) {
	case "he", "him", "his", "himself":
		m.person(s, i, -1)
	case "she", "her", "hers", "herself":
		m.person(s, i, 1)
	case "it", "its", "itself":
		if !expletive(m.page, s, i) {
			if a := m.latest(s, "state", "organization", "group"); a >= 0 {
				m.enter(s, i, i, i, pronoun, a)
			}
		}
	case "they", "their", "them", "themselves", "theirs":
		if a := m.plural(s); len(a) > 0 {
			m.enter(s, i, i, i, pronoun, a...)
		}
	case "both":
		if t.Rel == "nsubj" && m.paired {
			m.enter(s, i, i, i, pronoun, m.pair[0], m.pair[1])
		}
	}
}

// person resolves "he" (-1) or "she" (1). One who was only described ("the
// Canadian minister said ...") and comes to mind first is nobody we can name.
func (m *memory) person(s, i, woman int) {
	a := m.latestPerson(s, woman)
	fits := a >= 0 && m.sexOf(a)*woman > 0 && m.seen[a].sentence >= m.unnamed.sentence
	if m.rank(m.unnamed, s, 4) > 0 && !fits && (a < 0 || m.rank(m.unnamed, s, 4) > m.score(a, s, 4)) {
		if m.described == nil {
			m.described = map[[2]int][2]int{}
		}
		m.described[[2]int{s, i}] = m.noun
		if m.isSubject(s, i) {
			m.order++
			m.unnamed = sight{order: m.order, sentence: s, subject: true}
		}
		return
	}
	if a >= 0 {
		m.enter(s, i, i, i, pronoun, a)
		m.keep(a, s, i)
	}
}

// noteUnnamed remembers a person who is described and not named: "a Pentagon
// spokesman", "Bolivia's vice-minister", where he does or says something.
func (m *memory) noteUnnamed(s, i int, noun string) {
	if t := m.token(s, i); roleNouns[noun] && noun == lower(t.Form) && t.Rel == "nsubj" && m.child(s, i, "appos", "flat") < 0 {
		m.order++
		m.unnamed = sight{order: m.order, sentence: s, subject: true}
		m.noun = [2]int{s, i}
	}
}

// keep lets a person who is only meant by a pronoun stay the one spoken of.
func (m *memory) keep(a, s, head int) {
	if m.isSubject(s, head) {
		m.see(a, s, head)
	}
}

// latestPerson returns the person whom "he" (-1) or "she" (1) means: of those
// named in this sentence and the ones before, the subject before others, the
// later before the earlier, and in one sentence whoever is known to be a man or
// a woman before one of whom it is not known.
func (m *memory) latestPerson(s, woman int) int {
	best, most := -1, 0
	known, mostKnown := -1, 0 // of those whose sex is known to fit
	for a := range m.within(s, 4) {
		sex := m.sexOf(a) * woman
		if m.doc.Actors[a].Kind != "person" || sex < 0 {
			continue
		}
		score := m.score(a, s, 4)
		if score > most {
			best, most = a, score
		}
		if sex > 0 && score > mostKnown {
			known, mostKnown = a, score
		}
	}
	if known >= 0 && m.seen[known].sentence >= m.seen[best].sentence {
		return known
	}
	return best
}

// sexOf is > 0 for a woman, < 0 for a man, 0 if nothing is known.
func (m *memory) sexOf(a int) int {
	words := nameWords(m.doc.Actors[a].Name)
	if len(words) == 0 {
		return 0
	}
	for _, i := range m.sharing(words) {
		if m.people[i].actor == a {
			return m.people[i].woman
		}
	}
	return 0
}

// within yields the actors spoken of in the last sentences, the latest first;
// one may come twice.
func (m *memory) within(s, reach int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for i := len(m.recent) - 1; i >= 0; i-- {
			if s-m.recent[i][1] > reach || !yield(m.recent[i][0]) {
				return
			}
		}
	}
}

// latest returns the actor of one of the kinds that was spoken of last.
func (m *memory) latest(s int, kinds ...string) int {
	best, most := -1, 0
	for a := range m.within(s, 2) {
		if slices.Contains(kinds, m.doc.Actors[a].Kind) {
			if score := m.score(a, s, 2); score > most {
				best, most = a, score
			}
		}
	}
	return best
}

// score is how well an actor is remembered: nothing beyond reach sentences.
func (m *memory) score(a, s, reach int) int { return m.rank(m.seen[a], s, reach) }

func (m *memory) rank(x sight, s, reach int) int {
	far := s - x.sentence
	if far > reach {
		return 0
	}
	score := 1_000_000_000 - far*10_000_000 + min(x.order, 9_000_000)/1_000_000
	score += recency(m.order - x.order)
	if x.subject {
		score += 12_000_000
	}
	return score
}

// recency gives more to later mentions, up to some thousands.
func recency(back int) int { return 5_000_000 / (back + 1) }

// plural returns whom "they" means: two named side by side in the last
// sentences, or a group.
func (m *memory) plural(s int) []int {
	if m.two && m.near(m.duo[0], s) && m.near(m.duo[1], s) {
		return m.duo[:]
	}
	if m.paired && m.near(m.pair[0], s) && m.near(m.pair[1], s) {
		return m.pair[:]
	}
	if a := m.latest(s, "group"); a >= 0 {
		return []int{a}
	}
	return nil
}

// meantPair returns the two states that "both countries" means: those last named
// side by side, unless that was long ago and two others are named far more.
func (m *memory) meantPair(s int) [2]int {
	if s-m.pairAt <= 2 {
		return m.pair
	}
	first, second := -1, -1
	for a, n := range m.times {
		if m.doc.Actors[a].Kind != "state" {
			continue
		}
		switch {
		case first < 0 || n > m.times[first]:
			first, second = a, first
		case second < 0 || n > m.times[second]:
			second = a
		}
	}
	if second >= 0 && m.times[second] >= 3 && m.times[second] >= 2*min(m.times[m.pair[0]], m.times[m.pair[1]]) {
		return [2]int{first, second}
	}
	return m.pair
}

func (m *memory) near(a, s int) bool {
	return a < len(m.seen) && m.seen[a].order > 0 && s-m.seen[a].sentence <= 2
}

// expletive reports whether "it" means nothing: "it is clear that".
func expletive(p *page, s, i int) bool {
	t := p.token(s, i)
	if t.Rel == "expl" {
		return true
	}
	return t.Rel == "nsubj" && p.child(s, t.Head, "csubj", "ccomp") >= 0 && p.token(s, t.Head).UPOS == "ADJ"
}

// description resolves a noun phrase that describes an actor.
func (m *memory) description(s, i int, covered []int, names []mention) {
	t := m.token(s, i)
	noun := singular(lower(t.Form))
	if t.Rel == "compound" || t.Rel == "flat" {
		return
	}
	first := m.phraseStart(s, i)
	// "the two countries", "both nations"
	if lower(t.Form) == "two" && m.definite(s, first) && t.Rel != "nummod" && m.paired {
		m.enter(s, first, i, i, nominal, m.pair[0], m.pair[1])
		return
	}
	if plural := noun != lower(t.Form) || noun == "pair" || noun == "duo"; plural && (m.twofold(s, first, i) || m.definite(s, first) && i-first == 1 && sideNouns[noun]) {
		switch {
		case stateNouns[noun] && m.paired:
			pair := m.meantPair(s)
			m.enter(s, first, i, i, nominal, pair[0], pair[1])
			return
		case personNouns[noun] && m.two:
			m.enter(s, first, i, i, nominal, m.duo[0], m.duo[1])
			return
		}
	}
	// A phrase that names its state: "the Russian president", "Chinese troops".
	state := -1
	for k := first; k < i; k++ {
		if c := covered[k]; c >= 0 && m.doc.Actors[names[c].actors[0]].Kind == "state" {
			state = names[c].actors[0]
		}
	}
	if k := m.child(s, i, "nmod:poss"); state < 0 && k >= 0 && k < i && covered[k] >= 0 && m.doc.Actors[names[covered[k]].actors[0]].Kind == "state" {
		first, state = names[covered[k]].first, names[covered[k]].actors[0] // "Eritrea's information ministry"
	}
	if state < 0 {
		for k := range m.children(s, i) {
			if k > i && strings.HasPrefix(m.token(s, k).Rel, "nmod") && covered[k] >= 0 && m.doc.Actors[names[covered[k]].actors[0]].Kind == "state" && m.child(s, k, "case") >= 0 && lower(m.token(s, m.child(s, k, "case")).Form) == "of" {
				state = names[covered[k]].actors[0]
			}
		}
	}
	apposed := m.child(s, i, "appos", "flat")
	if apposed >= 0 && covered[apposed] >= 0 {
		return // the name says who it is
	}
	role := roleNouns[noun]
	if role && m.inOffice(s, i) {
		return // "Zimbabwe's Minister of Agriculture, Tendai Mukarati"
	}
	if state >= 0 {
		switch {
		case role:
			if w := lower(m.token(s, first).Form); w != "a" && w != "an" && w != "another" {
				if a := m.officeHolder(m.doc.Actors[state].Code, m.roleWords(s, first, i, covered)); a >= 0 {
					m.enter(s, first, i, i, nominal, a)
					return
				}
			}
			m.noteUnnamed(s, i, noun)
			if officialNouns[noun] {
				m.enter(s, first, i, i, nominal, state)
			}
		case officialNouns[noun]:
			m.enter(s, first, i, i, nominal, state)
		}
		return
	}
	owner := m.owned[[2]int{s, i}]
	if !m.definite(s, first) && (owner == "" || t.UPOS != "PROPN") {
		m.noteUnnamed(s, i, noun)
		return
	}
	switch {
	case role:
		words := m.roleWords(s, first, i, covered)
		state := owner
		if !strings.Contains(words, " ") {
			state = "" // "the minister": whoever was spoken of last
		}
		a := m.byRole(s, words, state)
		if a < 0 && owner != "" {
			a = m.officeHolder(owner, words)
		}
		switch {
		case a >= 0:
			m.enter(s, first, i, i, nominal, a)
		case owner != "":
			m.noteUnnamed(s, i, noun)
			if officialNouns[noun] {
				m.enter(s, first, i, i, nominal, m.entity(owner))
			}
		default:
			m.noteUnnamed(s, i, noun)
		}
	case owner != "":
		m.enter(s, first, i, i, nominal, m.entity(owner))
	case noun == "country" || noun == "nation" || noun == "kingdom" || noun == "republic":
		if lower(m.token(s, first).Form) == "this" && m.inQuotation(s, i) {
			return // the speaker's own, whoever that is
		}
		if a := m.latest(s, "state"); a >= 0 && noun == lower(t.Form) {
			m.enter(s, first, i, i, nominal, a)
		}
	case m.namesake(s, noun) >= 0 && i-first == 1:
		m.enter(s, first, i, i, nominal, m.namesake(s, noun)) // "the council" of the Security Council
	case noun == "bloc" || noun == "organization" || noun == "organisation" || noun == "alliance" || noun == "union":
		if a := m.latest(s, "organization"); a >= 0 && noun == lower(t.Form) {
			m.enter(s, first, i, i, nominal, a)
		}
	case noun == "group" || noun == "movement" || noun == "militia" || noun == "rebel" || noun == "militant" || noun == "insurgent":
		if a := m.latest(s, "group"); a >= 0 {
			m.enter(s, first, i, i, nominal, a)
		}
	}
}

var (
	stateNouns = setOf(`country nation state government neighbour neighbor side party ally capital republic parliament power people foe rival`)
	// sideNouns mean two even without a number: "the sides", "the presidents".
	sideNouns   = setOf(`party side delegation neighbour neighbor president leader minister`)
	personNouns = setOf(`leader president minister man woman official head premier side pair duo counterpart`)
)

// namesake returns the organisation or group spoken of last whose name has a
// noun in it; -1 if there is none.
func (m *memory) namesake(s int, noun string) int {
	if !repeatedNouns[noun] {
		return -1
	}
	best, most := -1, 0
	for a := range m.within(s, 30) {
		x := m.doc.Actors[a]
		if x.Kind == "organization" && m.seen[a].order > most && slices.Contains(nameWords(x.Name), noun) {
			best, most = a, m.seen[a].order
		}
	}
	return best
}

// repeatedNouns end names of organisations and then stand for them alone.
var repeatedNouns = setOf(`council league union commission assembly court tribunal agency committee organization organisation alliance bank fund mission conference`)

// inOffice reports whether a token lies in the office left of a person's name.
func (m *memory) inOffice(s, i int) bool {
	return slices.ContainsFunc(m.bySentence[s], func(n *name) bool {
		if n.first <= i || n.actor < 0 || m.doc.Actors[n.actor].Kind != "person" {
			return false
		}
		first, last := m.officeLeft(n)
		return first >= 0 && first <= i && i <= last
	})
}

// twofold reports whether a phrase speaks of two: "the two", "both", "the pair".
func (m *memory) twofold(s, first, last int) bool {
	for i := first; i <= last; i++ {
		switch lower(m.token(s, i).Form) {
		case "two", "both", "pair", "duo", "either", "neither", "each":
			return true
		}
	}
	return false
}

// definite reports whether a phrase begins with "the" or a demonstrative.
func (m *memory) definite(s, first int) bool {
	switch lower(m.token(s, first).Form) {
	case "the", "that", "this", "his", "her", "its", "their":
		return true
	}
	return false
}

// roleWords returns the words of an office in a phrase, in lower case.
func (m *memory) roleWords(s, first, last int, covered []int) string {
	var out []string
	for i := first; i <= last; i++ {
		t := m.token(s, i)
		if covered[i] >= 0 || t.UPOS == "DET" || t.UPOS == "PART" || t.UPOS == "PUNCT" || t.UPOS == "PRON" || t.UPOS == "NUM" {
			continue
		}
		out = append(out, lower(t.Form))
	}
	return strings.Join(out, " ")
}

// officeHolder returns the person who holds an office of a state: one of the
// report's with such a role, else the one whom the tables are sure of.
func (m *memory) officeHolder(state, role string) int {
	if m.byState == nil { // names were resolved and described before
		m.byState = map[string][]int{}
		for i, p := range m.people {
			st := m.doc.Actors[p.actor].State
			m.byState[st] = append(m.byState[st], i)
		}
	}
	// The officials of a state come first in a report; whoever comes after many
	// is no more looked at, so that the cost stays that of the length.
	for _, i := range m.byState[state][:min(200, len(m.byState[state]))] {
		if p := m.people[i]; m.sameRole(m.doc.Actors[p.actor], role) {
			return p.actor
		}
	}
	if strings.HasPrefix(role, "former") || strings.HasPrefix(role, "ex-") || strings.HasPrefix(role, "then") {
		return -1
	}
	if q, ok := m.holder(state, role); ok {
		return m.entity(q.ID)
	}
	return -1
}

// sameRole reports whether a person's role or office is the one worded.
func (m *memory) sameRole(a Actor, role string) bool {
	if role == "" {
		return false
	}
	if r := lower(a.Role); r == role || r != "" && (strings.HasSuffix(r, " "+role) && role != "minister") {
		return true
	}
	for _, r := range m.rolesOf(role) {
		if r == a.Office && r != "" {
			return true
		}
	}
	return false
}

// byRole returns the person of the report spoken of last who has such a role,
// of a state if that is known.
func (m *memory) byRole(s int, role, state string) int {
	best, most := -1, 0
	for i := range m.within(s, 40) {
		a := m.doc.Actors[i]
		if state != "" && a.State != "" && a.State != state {
			continue
		}
		bare := role == "minister" && strings.Contains(" "+lower(a.Role)+" ", " minister ")
		if a.Kind != "person" || !m.sameRole(a, role) && !bare || bare && best >= 0 && strings.HasSuffix(lower(a.Role), "prime minister") {
			continue
		}
		prime := best >= 0 && bare && strings.HasSuffix(lower(m.doc.Actors[best].Role), "prime minister") // "the minister" is rather another
		if x := m.seen[i].order; x > most || prime {
			best, most = i, x
		}
	}
	return best
}
