package reading

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/text"
)

// agreementNouns head the names of agreements.
var agreementNouns = setOf(`treaty agreement accord pact memorandum deal convention protocol charter concordat covenant
	programme program declaration arrangement framework exchange cessation ceasefire truce armistice partnership understanding compact contract settlement entente mou lease`)

// needsName are nouns that mean an agreement only with words that say so.
var needsName = setOf(`arrangement framework declaration charter program programme partnership understanding contract settlement cessation protocol convention compact deal lease`)

// vagueNouns mean an agreement only if something is said to be done with it.
var vagueNouns = setOf(`arrangement framework program programme partnership understanding contract settlement compact`)

// privateKinds are words before a noun that tell of agreements between others
// than states.
var privateKinds = setOf(`wage pay transfer record custody prenuptial licensing licence license rental tenancy franchise sponsorship merger takeover
	collective bargaining coalition loyalty plea employment player supply production copper data-protection`)

// privateNouns are those who conclude such agreements.
var privateNouns = setOf(`company firm bank club union employer university college hospital museum chain farmer producer parent couple fund studio
	band airline insurer retailer manufacturer maker operator developer brewer carrier player team league publisher startup giant conglomerate
	consortium supplier carmaker automaker shipyard cooperative charity school newspaper broadcaster`)

// private reports whether those who do something with an agreement are no states.
func (g *agreements) private(s, v int) bool {
	k := g.child(s, v, "nsubj", "obl:agent")
	if k < 0 {
		return false
	}
	heads := []int{k}
	for c := range g.children(s, k) {
		if rel := g.token(s, c).Rel; rel == "conj" {
			heads = append(heads, c)
		}
	}
	private := false
	for _, h := range heads {
		m := g.at[s][h]
		switch {
		case privateNouns[singular(lower(g.token(s, h).Form))]:
			private = true
		case m >= 0 && g.mentions[m].kind == named && !slices.ContainsFunc(g.mentions[m].actors, func(a int) bool {
			x := &g.doc.Actors[a]
			return x.Kind != "organization" && x.Kind != "outlet" || x.Code != "" || x.State != ""
		}):
			private = true
		case m < 0 && g.token(s, h).UPOS == "PROPN" && g.heads[s][h] == 0 && !shouted(g.token(s, h).Form) && !g.behalf(s, h):
			private = true // "Petrobras and Shell"
		default:
			return false
		}
	}
	return private
}

// behalf reports whether a phrase tells of a state or person: "the Minister for
// Foreign Affairs, Aino Lehtosaari". Whose it is does not count.
func (g *agreements) behalf(s, h int) bool {
	first, last := g.reach(s, h)
	for i := first; i <= last; i++ {
		if rel := g.token(s, i).Rel; rel == "nmod:poss" || rel == "compound" || rel == "amod" {
			continue
		}
		if slices.ContainsFunc(g.actorsAt(s, i), func(a int) bool { return g.doc.Actors[a].Kind == "state" || g.doc.Actors[a].Kind == "person" }) {
			return true
		}
	}
	return false
}

// paperNouns mean an agreement that was named before.
var paperNouns = setOf(`document text treaty pact agreement accord deal memorandum protocol declaration programme program paper draft convention truce ceasefire mou`)

// noun looks at a noun that may head a mention of an agreement.
func (g *agreements) noun(s, i int) {
	t := g.token(s, i)
	noun := singular(lower(t.Form))
	switch lower(t.Form) {
	case "one":
		if k := g.aged(s, i); k >= 0 {
			g.mention(k, s, g.phraseStart(s, i), i, nil)
			return
		}
		if !g.another(s, i) {
			g.replaced(s, i)
		}
		return
	case "another":
		g.another(s, i)
		return
	}
	if noun == "understanding" && i > 1 && g.heads[s][i-2] > 0 && lower(g.token(s, i-1).Form) == "of" {
		return // "a memorandum of understanding"
	}
	if noun == "exchange" && (g.current >= 0 && g.pacts[g.current].sentence == s || lower(g.token(s, i+1).Form) != "of" || lower(g.token(s, i+2).Form) != "notes" && lower(g.token(s, i+2).Form) != "letters") {
		return
	}
	// "The customs protocol between ...", where the tagger takes it for a verb.
	misread := t.UPOS == "VERB" && agreementNouns[noun] && (g.token(s, i-1).UPOS == "NOUN" || g.token(s, i-1).UPOS == "ADJ" || g.token(s, i-1).UPOS == "DET") && slices.Contains([]string{"between", "with", "of", "on"}, lower(g.token(s, i+1).Form))
	if t.UPOS != "NOUN" && t.UPOS != "PROPN" && !misread || g.actorName(s, i) && !g.asBody(s, i) || g.modifies(s, i) || lower(g.token(s, i-1).Form) == "own" {
		return
	}
	if !agreementNouns[noun] && !paperNouns[noun] {
		return
	}
	first := g.phraseStart(s, i)
	det := lower(g.token(s, first).Form)
	if noun == "draft" && det == "a" {
		g.drafted(s, first, i)
		return
	}
	if det == "no" || det == "any" || det == "such" || g.negatedObject(s, i) {
		return
	}
	words, proper := g.nameWordsOf(s, first, i)
	definite := det == "the" || det == "this" || det == "that" || det == "its" || det == "their" || det == "his" || det == "her" || g.token(s, first).UPOS == "PRON"
	several := noun != lower(t.Form) && !definite && !proper
	if k := g.supplanted(s, i); k >= 0 {
		g.replacedBy(k, s, first, i, noun, words)
		return
	}
	if k := g.known(s, i, noun, words, proper, definite); k >= 0 && !several {
		g.mention(k, s, first, i, words)
		return
	}
	if !agreementNouns[noun] || noun == "document" {
		return
	}
	if g.supposed(s, i) {
		return
	}
	if vagueNouns[noun] && noun != lower(t.Form) && len(words) == 0 {
		return // "renewing partnerships"
	}
	if needsName[noun] && len(words) == 0 && g.yearBehind(s, i) == 0 && !g.done(s, i) && !g.bywhich(s, i) {
		return
	}
	alone := g.alone(s, i)
	if !alone && !proper && !definite && noun != "exchange" && !g.done(s, i) && !g.bound(s, i) && !g.bywhich(s, i) && g.yearBehind(s, i) == 0 {
		return
	}
	k := len(g.pacts)
	g.pacts = append(g.pacts, newPact(noun, g.title(s, first, i)))
	heir := g.current
	g.mention(k, s, first, i, words)
	if slices.ContainsFunc(words, func(w string) bool { return privateKinds[w] }) {
		g.pacts[k].private = true
	}
	g.pacts[k].begins, g.pacts[k].lays, g.pacts[k].given = s, g.bywhich(s, i), definite || det != "a" && det != "an" && proper
	if p := &g.pacts[k]; heir >= 0 && len(p.parties) == 0 && g.follows(s, first, i) {
		p.parties = slices.Clone(g.pacts[heir].parties)
	}
	if alone {
		g.pacts[k].rank, g.pacts[k].Status = statusOf["announce"].rank, statusOf["announce"].status
	}
	g.typedByName(k, s, first, i)
	if noun != lower(t.Form) {
		g.split(k, s, i)
	}
}

// asBody reports whether a name was taken for that of an unknown organisation
// that by its last word may be an agreement's: "the Nadi Understanding".
func (g *agreements) asBody(s, i int) bool {
	m := &g.mentions[g.at[s][i]]
	return m.last == i && len(m.actors) == 1 && g.doc.Actors[m.actors[0]].Kind == "organization" && g.doc.Actors[m.actors[0]].Code == "" && lower(g.token(s, i+1).Form) == "of" && g.yearBehind(s, i) > 0
}

// alone reports whether a truce is announced by nothing but its name: "15:10
// TRUCE. 72 hours from midnight."
func (g *agreements) alone(s, i int) bool {
	switch lower(g.token(s, i).Form) {
	case "truce", "ceasefire", "armistice":
	default:
		return false
	}
	for k, t := range g.sentences[s].Tokens {
		if k != i && t.UPOS != "NUM" && t.UPOS != "PUNCT" && t.UPOS != "X" {
			return false
		}
	}
	return true
}

// supposed reports whether an agreement is only supposed: "if the two sign a pact".
func (g *agreements) supposed(s, i int) bool {
	v := g.governor(s, i)
	if v < 0 || g.token(s, i).Rel != "obj" {
		return false
	}
	m := g.child(s, v, "mark")
	return m >= 0 && lower(g.token(s, m).Form) == "if"
}

// follows reports whether a phrase names an agreement as another one between
// those of the one before: "a second treaty", "a supplementary protocol".
func (g *agreements) follows(s, first, i int) bool {
	for k := first; k < i; k++ {
		switch lower(g.token(s, k).Form) {
		case "second", "third", "another", "separate", "supplementary", "additional", "further", "secret":
			return true
		}
	}
	return false
}

// bywhich reports whether a phrase goes on to say what it lays down: "a protocol
// by which", "an accord under which", "a pact whereby".
func (g *agreements) bywhich(s, i int) bool {
	k := g.nameEnd(s, i) + 1
	if g.token(s, k).Form == "," {
		k++
	}
	w := lower(g.token(s, k).Form)
	return w == "whereby" || w == "according" && lower(g.token(s, k+2).Form) == "which" || (w == "by" || w == "under" || w == "through" || w == "in") && lower(g.token(s, k+1).Form) == "which"
}

// nameEnd returns the last token of a name with the date behind it: "the
// understanding of 9 July 2024".
func (g *agreements) nameEnd(s, i int) int {
	end := g.titleEnd(s, i)
	if g.yearBehind(s, end) == 0 {
		return end
	}
	for end++; g.token(s, end+1).UPOS == "NUM" || monthNames[lower(g.token(s, end+1).Form)] > 0; {
		end++
	}
	return end
}

// split makes one agreement for each partner of "pacts with X, from 1943, and
// with Y, from 1945".
func (g *agreements) split(k, s, i int) {
	var partners, positions []int
	with := false
	for j := i + 1; j < len(g.sentences[s].Tokens); j++ {
		if w := lower(g.token(s, j).Form); w == "with" {
			with = true
		}
		if m := g.at[s][j]; with && m >= 0 && g.mentions[m].first == j && g.mentions[m].kind == named && len(g.mentions[m].actors) == 1 {
			if b := g.stateActor(g.mentions[m].actors[0]); b >= 0 {
				partners, positions = append(partners, b), append(positions, j)
			}
		}
	}
	subject := g.subjects(s, g.governor(s, i))
	if len(partners) < 2 || len(subject) != 1 || g.stateActor(subject[0]) < 0 {
		return
	}
	base := g.pacts[k]
	for n, partner := range partners {
		c := base
		c.parties = []int{g.stateActor(subject[0]), partner}
		c.content = maps.Clone(base.content)
		c.Mentions, c.Provisions = slices.Clone(base.Mentions), slices.Clone(base.Provisions)
		c.Areas, c.Parties = slices.Clone(base.Areas), []string{}
		c.Signed = ""
		end := len(g.text)
		if n+1 < len(positions) {
			end = g.token(s, positions[n+1]).Span.Start
		}
		for _, t := range g.times[s] {
			if t.Kind == "date" && t.Span.Start > g.token(s, positions[n]).Span.Start && t.Span.Start < end && c.Signed == "" {
				c.Signed = t.Value
			}
		}
		if n == 0 {
			g.pacts[k] = c
		} else {
			g.pacts = append(g.pacts, c)
		}
	}
}

// drafted reads "handed over a draft": an agreement proposed between the parties
// of the one that the report speaks of.
func (g *agreements) drafted(s, first, i int) {
	v := g.governor(s, i)
	if v < 0 || g.current < 0 {
		return
	}
	switch lower(g.token(s, v).Lemma) {
	case "hand", "present", "submit", "propose", "table", "send", "circulate", "offer", "give":
	default:
		return
	}
	k := len(g.pacts)
	g.pacts = append(g.pacts, newPact("draft", g.title(s, first, i)))
	p := &g.pacts[k]
	p.parties = slices.Clone(g.pacts[g.current].parties)
	p.Status, p.rank = statusOf["propose"].status, statusOf["propose"].rank
	g.mention(k, s, first, i, nil)
}

// modifies reports whether a noun only tells of which kind another is: "treaty
// obligations". A participle behind it does not count: "the deal struck in March".
func (g *agreements) modifies(s, i int) bool {
	t := g.token(s, i)
	if t.Rel != "compound" || t.Head != i+1 {
		return false
	}
	next := g.token(s, i+1)
	return next.UPOS == "NOUN" || next.UPOS == "PROPN" && !g.actorName(s, i+1)
}

// replaced reads "the treaty replaced one that Moscow had concluded with ...".
func (g *agreements) replaced(s, i int) {
	t := g.token(s, i)
	if t.Rel != "obj" || t.Head < 0 || g.current < 0 {
		return
	}
	switch lower(g.token(s, t.Head).Lemma) {
	case "replace", "supersede", "succeed":
	default:
		return
	}
	if k := g.subjectPact(s, t.Head); k < 0 {
		return
	}
	back := g.current
	_, last := g.reach(s, i)
	for j := i + 1; j <= last; j++ {
		if g.token(s, j).Form == "," || g.token(s, j).Form == ";" {
			last = j - 1 // what follows is no part of the name
		}
	}
	title := strings.Join(strings.Fields(g.words(s, i, last).Of(g.text)), " ")
	k := len(g.pacts)
	g.pacts = append(g.pacts, newPact("", title))
	g.mention(k, s, i, i, nil)
	for _, m := range g.mentions {
		if m.sentence == s && m.first > i && m.last <= last && m.kind == named {
			g.addParties(&g.pacts[k], m.actors)
		}
	}
	g.pacts[k].Status, g.pacts[k].rank = "terminated", statusOf["terminate"].rank
	if g.pacts[k].Signed == "" {
		g.pacts[k].Signed = g.dateNear(s, last)
	}
	g.current = back
}

// another reads "signed another with Romania", "signed one with Serbia": an
// agreement of the kind of the one before, with somebody else. It reports whether
// the words are of this kind.
func (g *agreements) another(s, i int) bool {
	v := g.token(s, i).Head
	if g.current < 0 || v < 0 || !signs[lower(g.token(s, v).Lemma)] || lower(g.token(s, i+1).Form) != "with" {
		return false
	}
	who := append(slices.Clone(g.subjects(s, v)), g.partiesBehind(s, i+1)...)
	if g.states(who) < 2 {
		return false
	}
	k, before := len(g.pacts), g.current
	g.pacts = append(g.pacts, newPact(g.pacts[before].noun, ""))
	p := &g.pacts[k]
	g.addParties(p, who)
	g.mention(k, s, i, i, nil)
	if p.Signed == g.pacts[before].Signed {
		p.Signed = ""
	}
	p.Title, p.begins = lower(g.token(s, i).Form), s
	return true
}

// aged returns the agreement that "the new deal" or "the old one" means where
// several were named; -1 if none stands out.
func (g *agreements) aged(s, i int) int {
	old := false
	switch lower(g.token(s, i-1).Form) {
	case "old", "older", "former", "previous", "earlier":
		old = true
	case "new", "newer":
	default:
		return -1
	}
	best, least, tie := -1, 1<<30, false
	for k := range g.pacts {
		p := &g.pacts[k]
		age := p.signedIn() // the smaller, the older
		switch {
		case p.rank >= 5:
			age = 0
		case age == 0 && (p.rank > 0 || !old):
			age = 9999
		}
		if !old {
			age = -age
		}
		if age < least {
			best, least, tie = k, age, false
		} else if age == least {
			tie = true
		}
	}
	if len(g.pacts) < 2 || tie || !g.sameParties(best, s, i) {
		return -1
	}
	return best
}

// supplanted returns the agreement that replaces the one named here: "the treaty
// replaces the memorandum of 2019"; else -1.
func (g *agreements) supplanted(s, i int) int {
	t := g.token(s, i)
	if t.Rel != "obj" || t.Head < 0 {
		return -1
	}
	switch lower(g.token(s, t.Head).Lemma) {
	case "replace", "supersede", "supplant":
		return g.subjectPact(s, t.Head)
	}
	return -1
}

// replacedBy enters an agreement that another one replaces. Its parties are those
// of the other unless others are named.
func (g *agreements) replacedBy(by, s, first, i int, noun string, words []string) {
	back := g.current
	k := len(g.pacts)
	g.pacts = append(g.pacts, newPact(noun, g.title(s, first, i)))
	g.pacts[k].begins = s
	g.mention(k, s, first, i, words)
	if len(g.pacts[k].parties) < 2 {
		g.pacts[k].parties = slices.Clone(g.pacts[by].parties)
	}
	if p := &g.pacts[k]; p.Signed == "" {
		p.Signed = p.reached
	}
	g.pacts[k].Status, g.pacts[k].rank = "terminated", statusOf["terminate"].rank
	g.current = back
}

func newPact(noun, title string) pact {
	return pact{noun: noun, content: map[string]bool{}, Agreement: Agreement{Form: formOf(noun), Title: title, Areas: []string{}, Parties: []string{}, Provisions: []Provision{}, Mentions: []text.Span{}}}
}

// nameWordsOf returns the words that tell this agreement from others: its
// modifiers without articles, and whether it is written as a proper name.
func (g *agreements) nameWordsOf(s, first, i int) (words []string, proper bool) {
	for k := first; k <= i; k++ {
		t := g.token(s, k)
		switch {
		case t.UPOS == "DET" || t.UPOS == "PRON" || t.UPOS == "PUNCT" || t.UPOS == "PART" || t.UPOS == "NUM" && g.yearIn(s, k) == 0:
			continue
		case k == i:
			proper = proper || capital(t.Form) && t.UPOS == "PROPN"
			continue
		case g.actorName(s, k):
			continue
		}
		w := lower(t.Form)
		switch w {
		case "page", "new", "such", "present", "current", "said", "same", "own", "second", "first", "latest", "earlier", "old", "bilateral", "landmark", "historic", "controversial", "draft", "signed", "proposed":
			continue
		}
		if capital(t.Form) && t.UPOS == "PROPN" {
			proper = true
		}
		words = append(words, w)
	}
	end := g.titleEnd(s, i)
	for k := i + 1; k <= end; k++ {
		if t := g.token(s, k); t.UPOS == "PROPN" || t.UPOS == "NOUN" || t.UPOS == "ADJ" || g.yearIn(s, k) > 0 {
			words = append(words, lower(t.Form))
			proper = proper || capital(t.Form)
		}
	}
	return words, proper
}

func (g *agreements) yearIn(s, i int) int {
	w := g.token(s, i).Form
	n, err := strconv.Atoi(w)
	if err != nil || len(w) != 4 || n < 1200 || n > 2199 {
		return 0
	}
	return n
}

// actorName reports whether a token lies in the name of a state or person.
func (g *agreements) actorName(s, i int) bool {
	m := g.at[s][i]
	return m >= 0 && g.mentions[m].kind == named
}

// stateName reports whether a token lies in the name of a state.
func (g *agreements) stateName(s, i int) bool {
	return g.actorName(s, i) && g.doc.Actors[g.mentions[g.at[s][i]].actors[0]].Kind == "state"
}

func (g *agreements) weekday(s, i int) bool {
	_, ok := weekdays[lower(g.token(s, i).Form)]
	return ok
}

// titleEnd returns the last token of the name behind a noun: "Treaty of
// Friendship, Cooperation and Partnership", "agreement on search and rescue".
// Dates and parties are no part of it.
func (g *agreements) titleEnd(s, i int) int {
	tokens := g.sentences[s].Tokens
	end := i
	k := i + 1
	of := lower(g.token(s, k).Form)
	for _, t := range g.times[s] {
		if t.Span.Start == g.token(s, k+1).Span.Start || t.Span.Start == g.token(s, k+2).Span.Start && g.token(s, k+1).UPOS == "DET" {
			return end // "a treaty on Thursday"
		}
	}
	if of != "of" && of != "on" && of != "for" && of != "concerning" || g.token(s, k).UPOS != "ADP" && g.token(s, k).UPOS != "PROPN" {
		return end
	}
	big := capital(tokens[i].Form)
	for k++; k < len(tokens) && k-i < 20; k++ {
		t := tokens[k]
		w := lower(t.Form)
		switch {
		case t.UPOS == "NUM" || monthNames[w] > 0 && capital(t.Form):
			return end
		case big && capital(t.Form) && t.UPOS != "PRON", !big && (t.UPOS == "NOUN" || t.UPOS == "PROPN"):
			end = k
		case !big && (t.UPOS == "ADJ" || t.UPOS == "VERB" && (hyphen(tokens[k-1].Form) || t.Rel == "amod" && t.Head > k)):
		case !big && w == "in" && k+1 < len(tokens) && tokens[k+1].UPOS == "PROPN", !big && w == "on" && g.weekday(s, k+1):
			return end // "a treaty of mutual defence in Gaborone on Monday"
		case w == "and" || w == "of" || w == "the" || w == "on" || w == "in" && !big || hyphen(t.Form) || w == "," && big && k+1 < len(tokens) && capital(tokens[k+1].Form) && !g.stateName(s, k+1):
		default:
			return end
		}
	}
	return end
}

// title returns the name as worded, without article.
func (g *agreements) title(s, first, i int) string {
	for first < i {
		t := g.token(s, first)
		if t.UPOS != "DET" && t.UPOS != "PRON" && t.UPOS != "PART" && t.UPOS != "PUNCT" {
			break
		}
		first++
	}
	return strings.Join(strings.Fields(g.words(s, first, g.titleEnd(s, i)).Of(g.text)), " ")
}

// proper tells whether the agreement is named by a proper name.
func (p *pact) proper() bool { return p.Title != "" && capital(p.Title) }

func formOf(noun string) string {
	switch noun {
	case "treaty", "pact", "convention", "charter", "covenant", "concordat", "entente", "compact":
		return "treaty"
	case "memorandum", "understanding", "mou":
		return "memorandum"
	case "protocol", "declaration":
		return noun
	}
	return "agreement"
}

// known returns the pact that a phrase means, or -1.
func (g *agreements) known(s, i int, noun string, words []string, proper, definite bool) int {
	if len(g.pacts) == 0 {
		return -1
	}
	if g.alias(s, i) && g.current >= 0 {
		return g.current
	}
	year := 0
	for _, w := range words {
		if n, err := strconv.Atoi(w); err == nil && len(w) == 4 {
			year = n
		}
	}
	if len(words) > 0 {
		best, most := -1, 0
		for k := range g.pacts {
			shared := 0
			for _, w := range words {
				if g.pacts[k].content[w] {
					shared++
				}
			}
			if proper && shared < len(words) && g.pacts[k].noun != noun && g.pacts[k].noun != "" && capital(g.token(s, i).Form) && year == 0 && g.pacts[k].proper() {
				continue // a convention and a treaty, each by its name
			}
			if shared > 0 && shared*2 >= len(words) && shared >= most && (year == 0 || g.pacts[k].year == 0 || g.pacts[k].year == year) {
				best, most = k, shared
			}
		}
		if best >= 0 && (g.sameParties(best, s, i) || proper) {
			return best
		}
		if year > 0 {
			for k := range g.pacts {
				if g.pacts[k].year == year && g.pacts[k].noun == noun {
					return k
				}
			}
		}
		// "The airport deal" is another one than the treaty named before.
		if !definite || proper || year > 0 || g.current < 0 || s-g.pacts[g.current].sentence > 2 {
			return -1
		}
		return g.describes(words)
	}
	if !definite && !proper {
		return -1
	}
	if k := g.aged(s, i); k >= 0 && (g.pacts[k].noun == noun || paperNouns[noun] && !slices.ContainsFunc(g.pacts, func(p pact) bool { return p.noun == noun })) {
		return k
	}
	if k := g.sameNoun(s, i, noun); k >= 0 {
		return k
	}
	if !paperNouns[noun] || g.current < 0 || g.yearBehind(s, i) > 0 && (g.pacts[g.current].signedIn() != 0 || g.pacts[g.current].proper()) {
		return -1
	}
	if k := g.sameNoun(s, i, g.pacts[g.current].noun); k >= 0 {
		return k
	}
	if g.sameParties(g.current, s, i) {
		return g.current
	}
	return -1
}

// yearBehind is the year of "the treaty of 2000"; 0 if there is none.
func (g *agreements) yearBehind(s, i int) int {
	if lower(g.token(s, i+1).Form) != "of" {
		return 0
	}
	for k := i + 2; k < i+5; k++ {
		if y := g.yearIn(s, k); y > 0 {
			return y
		}
	}
	return 0
}

// sameNoun returns the pact that "the treaty" means: the last that the paragraph
// names so, else the one that the report names most.
func (g *agreements) sameNoun(s, i int, noun string) int {
	best, most := -1, 0
	paragraph := strings.LastIndexByte(g.text[:g.token(s, i).Span.Start], '\n')
	year := g.yearBehind(s, i)
	for k := len(g.pacts) - 1; k >= 0; k-- {
		p := &g.pacts[k]
		if p.noun != noun || k != g.current && s-p.sentence > 16 || !g.sameParties(k, s, i) || year > 0 && p.signedIn() != year {
			continue
		}
		if p.Mentions[len(p.Mentions)-1].Start > paragraph {
			return k
		}
		n := 0
		for j := range g.pacts {
			if j == k || g.maybeOne(&g.pacts[j], p) {
				n += len(g.pacts[j].Mentions)
			}
		}
		if n > most {
			best, most = k, n
		}
	}
	return best
}

// signedIn is the year in which the agreement was signed; 0 if it is not known.
func (p *pact) signedIn() int {
	if y, err := strconv.Atoi(p.Signed[:min(4, len(p.Signed))]); err == nil {
		return y
	}
	return p.year
}

// maybeOne reports whether two mentions under one noun may be of one agreement:
// they have the same parties, no other day, and not both a name.
func (g *agreements) maybeOne(a, b *pact) bool {
	if a.noun != b.noun || a.proper() && b.proper() || a.year != 0 && b.year != 0 && a.year != b.year || a.Signed != "" && b.Signed != "" && a.Signed != b.Signed {
		return false
	}
	return len(a.parties) > 1 && sameSet(a.parties, b.parties)
}

func sameSet(a, b []int) bool { return len(a) == len(b) && len(without(a, b)) == 0 }

// join makes one of the agreements that the report first only announces ("a
// treaty") and then names ("the Treaty on …"), or takes up as "the new treaty".
func (g *agreements) join() {
	for i := range g.pacts {
		a := &g.pacts[i]
		for j := i + 1; j < len(g.pacts); j++ {
			b := &g.pacts[j]
			if len(a.Mentions) > 0 && len(b.Mentions) > 0 && g.renamed(a, b) {
				b.parties, a.noun = slices.Clone(a.parties), b.noun // "their pact. The General Security Agreement, signed in 2016, ..."
			} else if len(a.Mentions) == 0 || len(b.Mentions) == 0 || !g.maybeOne(a, b) || len(a.Areas) > 0 && len(b.Areas) > 0 || !plainName(a) && !plainName(b) || a.rank >= 5 || b.rank >= 5 {
				continue
			}
			if plainName(a) && !plainName(b) {
				a.Title, a.content = b.Title, b.content
			}
			if b.rank > a.rank {
				a.rank, a.Status = b.rank, b.Status
			}
			if a.Signed == "" {
				a.Signed, a.year = b.Signed, b.year
			}
			a.Mentions = append(a.Mentions, b.Mentions...)
			a.Areas, a.AreaSpans = append(a.Areas, b.Areas...), append(a.AreaSpans, b.AreaSpans...)
			for _, p := range b.Provisions {
				g.put(i, p)
			}
			b.Mentions, b.parties = nil, nil
		}
	}
	g.pacts = slices.DeleteFunc(g.pacts, func(p pact) bool { return len(p.Mentions) == 0 })
}

// renamed reports whether an agreement that the report names in full without its
// parties is the one that it described right before.
func (g *agreements) renamed(a, b *pact) bool {
	return len(b.parties) == 0 && b.given && len(a.parties) > 1 && b.proper() && !a.proper() && b.begins > a.begins && b.begins-a.begins <= 2 &&
		(a.year == 0 || b.year == 0 || a.year == b.year) && a.rank < 5 && b.rank < 5 && !manyParties(b.Title)
}

// plainName tells whether an agreement is called by its noun alone.
func plainName(p *pact) bool {
	words := strings.Fields(lower(p.Title))
	return len(words) == 1 && words[0] == p.noun || len(words) == 2 && words[0] == "new" && words[1] == p.noun
}

// describes returns the current pact if the words only say what kind of thing
// it is, as in "the partnership agreement".
func (g *agreements) describes(words []string) int {
	for _, w := range words {
		if !g.pacts[g.current].content[w] && !strings.Contains(lower(g.pacts[g.current].Title), w) && w != "secret" && w != "bilateral" {
			return -1
		}
	}
	return g.current
}

// alias reports whether a phrase names what was spoken of before: "titled the
// Treaty on ...", "known as the Pukpuk treaty", an apposition.
func (g *agreements) alias(s, i int) bool {
	t := g.token(s, i)
	h := g.token(s, t.Head)
	switch lower(h.Lemma) {
	case "title", "entitle", "know", "call", "dub", "name":
		return t.Head >= 0 && t.Head < i
	}
	if t.Rel == "appos" && t.Head >= 0 && g.heads[s][t.Head] > 0 {
		return true
	}
	if first := g.phraseStart(s, i); g.token(s, first-1).Form == "," {
		for k := first - 2; k >= 0 && k > i-9; k-- {
			if g.heads[s][k] == g.current+1 && g.current >= 0 {
				return true // "an agreement with Vanuatu, the Nakamal agreement,"
			}
		}
	}
	if cop := g.child(s, i, "cop"); cop >= 0 {
		if sub := g.child(s, i, "nsubj"); sub >= 0 && (g.heads[s][sub] > 0 || lower(g.token(s, sub).Form) == "it") && g.token(s, g.phraseStart(s, i)).UPOS != "ADJ" && lower(g.token(s, g.phraseStart(s, i)).Form) != "the" {
			return g.heads[s][sub] > 0
		}
	}
	return false
}
