package reading

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/text"
)

// pact is an agreement while the report is read.
type pact struct {
	Agreement
	noun     string          // head of its name: treaty, pact ...
	content  map[string]bool // the words of its name that tell it from others
	parties  []int           // indices into doc.Actors
	rank     int             // of its status; a later stage outweighs an earlier one
	year     int
	sentence int // of the latest mention
	source   string
}

// agreements follows the agreements through a report.
type agreements struct {
	*page
	pacts   []pact
	current int      // index of the pact that the text speaks of; -1 if none
	heads   [][]int  // sentence, token: 1 + index of the pact that the token heads a mention of
	laid    int      // the last sentence that laid something down; -1 if none
	busiest int      // the state that the report names most; -1 if none
	couple  []int    // the two states that the report is about; empty if none stand out
	times   [][]Time // by sentence
}

// agreementNouns head the names of agreements.
var agreementNouns = setOf(`treaty agreement accord pact memorandum deal convention protocol charter concordat covenant
	programme program declaration cessation ceasefire truce armistice partnership understanding compact contract settlement entente`)

// needsName are nouns that mean an agreement only with words that say so.
var needsName = setOf(`declaration charter program programme partnership understanding contract settlement cessation protocol convention compact deal`)

// paperNouns mean an agreement that was named before.
var paperNouns = setOf(`document text treaty pact agreement accord deal memorandum protocol declaration programme program paper draft convention truce ceasefire`)

// stage is how far an agreement has come.
type stage struct {
	status string
	rank   int
}

// statusOf says how far an agreement is when this was done to it, and the rank
// of that stage.
var statusOf = map[string]stage{
	"propose": {"proposed", 1}, "draft": {"proposed", 1}, "negotiate": {"proposed", 1}, "seek": {"proposed", 1}, "offer": {"proposed", 1}, "discuss": {"proposed", 1}, "prepare": {"proposed", 1}, "plan": {"proposed", 1},
	"agree": {"announced", 2}, "initial": {"announced", 2}, "announce": {"announced", 2}, "reach": {"announced", 2}, "strike": {"announced", 2}, "extend": {"announced", 2}, "finalise": {"announced", 2}, "finalize": {"announced", 2}, "approve": {"announced", 2}, "clinch": {"announced", 2}, "broker": {"announced", 2},
	"sign": {"signed", 3}, "conclude": {"signed", 3}, "ink": {"signed", 3}, "have": {"signed", 3}, "adopt": {"signed", 3}, "recall": {"signed", 3}, "renew": {"signed", 3}, "join": {"signed", 3}, "seal": {"signed", 3},
	"ratify":  {"ratified", 4},
	"suspend": {"suspended", 5}, "freeze": {"suspended", 5},
	"terminate": {"terminated", 6}, "denounce": {"terminated", 6}, "lapse": {"terminated", 6}, "expire": {"terminated", 6}, "abrogate": {"terminated", 6}, "scrap": {"terminated", 6}, "end": {"terminated", 6}, "replace": {"terminated", 6}, "supersede": {"terminated", 6}, "renounce": {"terminated", 6}, "cancel": {"terminated", 6}, "annul": {"terminated", 6}, "tear": {"terminated", 6}, "withdraw": {"terminated", 6}, "quit": {"terminated", 6},
}

// stageOf returns the stage that a verb brings an agreement to.
func stageOf(t *language.Token) (stage, bool) {
	lemma := lower(t.Lemma)
	if strings.HasPrefix(lemma, "initial") { // "initialled" in British spelling
		lemma = "initial"
	}
	st, ok := statusOf[lemma]
	return st, ok
}

// findAgreements finds the agreements between states that the report speaks of,
// and what it says that they provide.
func (p *page) findAgreements() {
	g := &agreements{page: p, current: -1, laid: -1, heads: make([][]int, len(p.sentences)), times: make([][]Time, len(p.sentences))}
	g.sortTimes()
	g.couple = g.mainCouple()
	for s := range p.sentences {
		g.heads[s] = make([]int, len(p.sentences[s].Tokens))
		if !p.speaks(s) {
			continue
		}
		for i := range p.sentences[s].Tokens {
			g.noun(s, i)
		}
		g.provisions(s)
	}
	for i := range g.pacts {
		g.finish(&g.pacts[i])
	}
}

// sortTimes puts the times into the sentences that they stand in.
func (g *agreements) sortTimes() {
	s := 0
	for _, t := range g.doc.Times {
		for s < len(g.sentences) && g.sentences[s].Span.End <= t.Span.Start {
			s++
		}
		if s < len(g.sentences) {
			g.times[s] = append(g.times[s], t)
		}
	}
}

// mainCouple returns the two states that the report names most, if they stand
// out from the third.
func (g *agreements) mainCouple() []int {
	type count struct{ actor, n int }
	var states []count
	for i, a := range g.doc.Actors {
		if a.Kind == "state" {
			states = append(states, count{i, len(a.Mentions) + len(a.Nominal)/2})
		}
	}
	slices.SortStableFunc(states, func(a, b count) int { return b.n - a.n })
	g.busiest = -1
	if len(states) > 0 {
		g.busiest = states[0].actor
	}
	if len(states) < 2 || states[1].n < 2 || len(states) > 2 && states[2].n*3 > states[1].n*2 {
		return nil
	}
	return []int{states[0].actor, states[1].actor}
}

// noun looks at a noun that may head a mention of an agreement.
func (g *agreements) noun(s, i int) {
	t := g.token(s, i)
	noun := singular(lower(t.Form))
	if lower(t.Form) == "one" {
		g.replaced(s, i)
		return
	}
	if t.UPOS != "NOUN" && t.UPOS != "PROPN" || g.actorName(s, i) || g.modifies(s, i) || lower(g.token(s, i-1).Form) == "own" {
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
	if k := g.known(s, i, noun, words, proper, definite); k >= 0 && !several {
		g.mention(k, s, first, i, words)
		return
	}
	if !agreementNouns[noun] || noun == "document" {
		return
	}
	if needsName[noun] && len(words) == 0 && !g.done(s, i) {
		return
	}
	if !proper && !definite && !g.done(s, i) && !g.bound(s, i) {
		return
	}
	k := len(g.pacts)
	g.pacts = append(g.pacts, newPact(noun, g.title(s, first, i)))
	g.mention(k, s, first, i, words)
	g.typedByName(k, s, first, i)
	if noun != lower(t.Form) {
		g.split(k, s, i)
	}
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
		g.dateNear(&g.pacts[k], s, last)
	}
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
		case big && capital(t.Form) && t.UPOS != "PRON", !big && (t.UPOS == "NOUN" || t.UPOS == "ADJ" || t.UPOS == "PROPN"):
			end = k
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

func formOf(noun string) string {
	switch noun {
	case "treaty", "pact", "convention", "charter", "covenant", "concordat", "entente", "compact":
		return "treaty"
	case "memorandum", "understanding":
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
	for k := len(g.pacts) - 1; k >= 0; k-- {
		if g.pacts[k].noun == noun && (k == g.current || s-g.pacts[k].sentence <= 8) {
			return k
		}
	}
	if paperNouns[noun] && g.current >= 0 {
		return g.current
	}
	return -1
}

// sameParties reports whether the parties that a phrase names, if any, are
// those of a pact.
func (g *agreements) sameParties(k, s, i int) bool {
	if len(g.pacts[k].parties) == 0 {
		return true
	}
	for _, a := range g.phraseParties(s, i) {
		if b := g.stateActor(a); b >= 0 && !slices.Contains(g.pacts[k].parties, b) {
			return false
		}
	}
	return true
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

// negatedObject reports whether the agreement is said not to be: "there is no
// treaty", "had not reached agreement".
func (g *agreements) negatedObject(s, i int) bool {
	no := func(k int) bool {
		w := lower(g.token(s, k).Form)
		return w == "not" || w == "n't" || w == "n’t" || w == "never"
	}
	// A bare noun right behind a negated verb, whatever the tree says.
	if g.phraseStart(s, i) == i && (no(i-2) || no(i-3)) && g.token(s, i-1).UPOS == "VERB" {
		return true
	}
	t := g.token(s, i)
	if t.Head < 0 || t.Rel != "obj" && t.Rel != "nsubj:pass" {
		return false
	}
	for k := range g.children(s, t.Head) {
		if g.token(s, k).Rel == "advmod" && no(k) && lower(g.token(s, t.Head).Lemma) != "extend" && lower(g.token(s, t.Head).Lemma) != "renew" {
			return true
		}
	}
	return false
}

// done reports whether the phrase is what somebody concludes, ends or changes.
func (g *agreements) done(s, i int) bool {
	for k := range g.children(s, i) {
		if rel := g.token(s, k).Rel; rel == "acl" || rel == "acl:relcl" {
			if _, ok := stageOf(g.token(s, k)); ok {
				return true
			}
		}
	}
	v := g.governor(s, i)
	if v < 0 {
		return false
	}
	if g.signature(s, v) {
		return true
	}
	_, ok := stageOf(g.token(s, v))
	if lower(g.token(s, v).Lemma) == "have" {
		return lower(g.token(s, i+1).Form) == "with" // "had pacts with"
	}
	return ok
}

// bound reports whether parties stand in the phrase itself: "pacts with
// Czechoslovakia", "a treaty between Russia and China".
func (g *agreements) bound(s, i int) bool {
	return len(g.phraseParties(s, i)) > 0
}

// governor returns the verb whose object, subject or agent a phrase is.
func (g *agreements) governor(s, i int) int {
	tokens := g.sentences[s].Tokens
	for steps := 0; i >= 0 && i < len(tokens) && steps < 8; steps++ {
		t := tokens[i]
		switch t.Rel {
		case "obj", "nsubj:pass", "nsubj", "obl", "obl:agent", "dep", "xcomp":
			return t.Head
		case "conj", "appos", "nmod", "nmod:poss":
			i = t.Head
			continue
		}
		return -1
	}
	return -1
}

// signature reports whether a verb puts names to paper: "put their names to",
// "put pen to".
func (g *agreements) signature(s, v int) bool {
	switch lower(g.token(s, v).Lemma) {
	case "put", "set", "affix":
		o := g.child(s, v, "obj")
		if o < 0 {
			return false
		}
		w := singular(lower(g.token(s, o).Form))
		return w == "name" || w == "signature" || w == "pen" || w == "ink"
	}
	return false
}

// mention adds a mention of a pact and what its phrase and clause say of it.
func (g *agreements) mention(k, s, first, i int, words []string) {
	p := &g.pacts[k]
	end := g.titleEnd(s, i)
	span := g.words(s, first, end)
	for first < i && (g.token(s, first).UPOS == "DET" || g.token(s, first).UPOS == "PRON") {
		first++
		span.Start = g.token(s, first).Span.Start
	}
	p.Mentions = append(p.Mentions, span)
	p.sentence = s
	g.current = k
	g.heads[s][i] = k + 1
	for _, w := range words {
		p.content[w] = true
		if n, err := strconv.Atoi(w); err == nil && len(w) == 4 {
			p.year = n
		}
	}
	// A proper name is better than a description.
	if title := g.title(s, first, i); capital(g.token(s, i).Form) && end > i && !strings.Contains(p.Title, " of ") && !strings.Contains(p.Title, " on ") || capital(g.token(s, first).Form) && first < i && g.alias(s, i) {
		p.Title = title
	}
	if g.open(p) {
		g.addParties(p, g.phraseParties(s, i))
	}
	g.dateOf(p, s, i)
	g.areasOf(p, s, i)
	v := g.governor(s, i)
	if v >= 0 {
		g.clause(p, s, i, v)
	}
	// "the deal struck in March"
	if next := g.token(s, end+1); next.UPOS == "VERB" && next.XPOS == "VBN" {
		if st, ok := stageOf(next); ok && st.rank >= p.rank && st.rank > 1 {
			p.rank, p.Status = st.rank, st.status
			if p.Signed == "" && st.rank == 3 {
				g.dateNear(p, s, end+1)
			}
		}
	}
	// "an accord that the two signed in 2025"
	for r := range g.children(s, i) {
		if rel := g.token(s, r).Rel; rel == "acl:relcl" || rel == "acl" {
			g.clause(p, s, i, r)
		}
	}
}

// open reports whether parties may still be added: at the first mention, and
// later while two are not known.
func (g *agreements) open(p *pact) bool { return len(p.Mentions) < 2 || len(p.parties) < 2 }

// addParties adds the states of actors to a pact.
func (g *agreements) addParties(p *pact, actors []int) {
	for _, a := range actors {
		if b := g.stateActor(a); b >= 0 && !slices.Contains(p.parties, b) {
			p.parties = append(p.parties, b)
		}
	}
}

// stateActor returns the actor that is bound when this one signs: a person's or
// ministry's state.
func (g *agreements) stateActor(a int) int {
	x := g.doc.Actors[a]
	switch x.Kind {
	case "state":
		return a
	case "organization", "group":
		if x.Code != "" {
			return a
		}
	case "person":
		for i, y := range g.doc.Actors {
			if y.Kind == "state" && y.Code == x.State {
				return i
			}
		}
	}
	return -1
}

// phraseParties returns the parties that the phrase of an agreement names:
// before its head, after "with" and "between", or in the relative clause.
func (g *agreements) phraseParties(s, i int) []int {
	var out []int
	for k := g.phraseStart(s, i); k < i; k++ {
		if g.at[s][k] >= 0 && (g.actorName(s, k) || g.token(s, k).UPOS == "PRON" || g.token(s, k).Rel == "nmod:poss") {
			out = append(out, g.mentions[g.at[s][k]].actors...)
		}
	}
	for k := range g.children(s, i) {
		if k < i || !strings.HasPrefix(g.token(s, k).Rel, "nmod") && !strings.HasPrefix(g.token(s, k).Rel, "obl") {
			continue
		}
		switch c := g.child(s, k, "case"); {
		case c < 0:
		case lower(g.token(s, c).Form) == "with" || lower(g.token(s, c).Form) == "between":
			out = append(out, g.conjuncts(s, k)...)
		}
	}
	if len(out) < 2 {
		out = append(out, g.partiesBehind(s, g.titleEnd(s, i)+1)...)
	}
	return out
}

// partiesBehind returns the actors right behind "with" or "between" at a token,
// whatever the tree makes of them.
func (g *agreements) partiesBehind(s, i int) []int {
	if w := lower(g.token(s, i).Form); w != "with" && w != "between" {
		return nil
	}
	var out []int
	for k := i + 1; k < len(g.at[s]); k++ {
		if m := g.at[s][k]; m >= 0 && len(g.mentions[m].actors) > 0 && g.mentions[m].kind != pronoun {
			out = append(out, g.mentions[m].actors...)
			k = g.mentions[m].last
			continue
		}
		if w := lower(g.token(s, k).Form); w != "and" && w != "the" && w != "," {
			break
		}
	}
	return out
}

// conjuncts returns the actors of a phrase and of those joined to it by "and".
func (g *agreements) conjuncts(s, k int) []int {
	out := slices.Clone(g.actorsAt(s, k))
	if g.at[s][k] < 0 || len(out) == 0 {
		// The head is no name: "its neighbour Chile".
		for c := range g.children(s, k) {
			if rel := g.token(s, c).Rel; rel == "flat" || rel == "appos" {
				out = append(out, g.actorsAt(s, c)...)
			}
		}
	}
	for c := range g.children(s, k) {
		if g.token(s, c).Rel == "conj" {
			out = append(out, g.conjuncts(s, c)...)
		}
	}
	return out
}

// clause reads what a verb says of an agreement: who did what to it, and when.
func (g *agreements) clause(p *pact, s, i, v int) {
	lemma := lower(g.token(s, v).Lemma)
	st, known := stageOf(g.token(s, v))
	if g.signature(s, v) {
		st, known = statusOf["sign"], true
	}
	negated := false
	modal, wished := false, false
	for k := range g.children(s, v) {
		switch w := lower(g.token(s, k).Form); {
		case w == "not" || w == "n't" || w == "n’t" || w == "never":
			negated = true
		case w == "be" && (g.token(s, k).Rel == "aux:pass" || g.token(s, k).Rel == "aux"):
			wished = true // "that the pact be torn up"
		case w == "must" || w == "will" || w == "would" || w == "may" || w == "could" || w == "should" || w == "can" || w == "might":
			modal = true
		}
	}
	if x := g.child(s, v, "xcomp"); x >= 0 && x < i && lemma == "agree" {
		// "agreed to conclude an agreement", where the tree hangs it on "agreed"
		if of, ok := stageOf(g.token(s, x)); ok && of.rank <= 3 {
			st = statusOf["propose"]
		}
	}
	subjects := g.subjects(s, v)
	if known && st.rank >= 2 && st.rank <= 4 && g.states(subjects) < 2 {
		if two := g.pairBefore(s, v); len(two) == 2 {
			subjects = two
		}
	}
	// "agreed to conclude an agreement": not yet concluded.
	if h := g.token(s, v); known && h.Head >= 0 && (h.Rel == "xcomp" || h.Rel == "ccomp" || h.Rel == "advcl" || h.Rel == "acl") && strings.Contains(h.Feats, "VerbForm=Inf") {
		upper := lower(g.token(s, h.Head).Lemma)
		if st.rank <= 3 {
			st = statusOf["propose"]
			if lemma == "extend" || lemma == "renew" {
				st = statusOf["agree"]
			}
		} else {
			known = false
		}
		if upper == "let" || upper == "allow" {
			known = true
		}
		if len(subjects) == 0 {
			subjects = g.subjects(s, h.Head)
		}
	}
	switch {
	case negated && (lemma == "extend" || lemma == "renew"):
		st, known = statusOf["terminate"], true
	case negated || wished && !modal:
		known = false
	case lemma == "let" && g.laterWord(s, v, "lapse", "expire"):
		st, known = statusOf["lapse"], true
	case modal && st.rank != 3 && st.rank != 2:
		known = false
	case modal:
		st = statusOf["propose"]
	case lemma == "replace" && g.token(s, i).Rel == "nsubj":
		known = false
	case lemma == "have" && len(p.parties) == 0:
		known = false
	}
	if known && st.rank >= p.rank {
		p.rank, p.Status = st.rank, st.status
	}
	if !known && lemma != "put" {
		return
	}
	if !g.open(p) {
		subjects = nil
	}
	g.addParties(p, subjects)
	for k := range g.children(s, v) {
		if rel := g.token(s, k).Rel; rel == "obl" || rel == "obl:agent" || rel == "nmod" {
			if c := g.child(s, k, "case"); c >= 0 {
				if w := lower(g.token(s, c).Form); g.open(p) && (w == "with" || w == "between" || w == "by") {
					g.addParties(p, g.conjuncts(s, k))
				}
			}
		}
	}
	if st.rank == 3 && known && p.Signed == "" && lemma != "recall" {
		g.dateNear(p, s, v)
	}
}

// subjects returns the actors of a verb's subject, its own or that of the verb
// it hangs on.
func (g *agreements) subjects(s, v int) []int {
	for steps := 0; v >= 0 && steps < 4; steps++ {
		k := g.child(s, v, "nsubj", "obl:agent")
		if k < 0 && g.child(s, v, "aux:pass") < 0 {
			k = g.child(s, v, "nsubj:pass") // a tree may take "the two signed" for a passive
		}
		if k >= 0 {
			if who := g.conjuncts(s, k); len(who) > 0 {
				return who
			}
			switch w := lower(g.token(s, k).Form); w {
			case "two", "both", "parties", "sides", "countries", "governments", "leaders", "presidents", "ministers", "they", "we", "neighbours", "neighbors", "nations", "states", "delegations":
				return g.couple
			}
			return nil
		}
		t := g.token(s, v)
		if t.Rel != "conj" && t.Rel != "xcomp" && t.Rel != "advcl" {
			return nil
		}
		v = t.Head
	}
	return nil
}

// states counts the different parties that actors stand for.
func (g *agreements) states(actors []int) int {
	var p pact
	g.addParties(&p, actors)
	return len(p.parties)
}

// pairBefore returns the last two parties joined by "and" before a verb, for
// sentences whose tree lost the subject.
func (g *agreements) pairBefore(s, v int) []int {
	later := -1
	for i := v - 1; i >= 0; i-- {
		m := g.at[s][i]
		if m < 0 || g.mentions[m].last != i || g.mentions[m].kind != named || len(g.mentions[m].actors) != 1 || g.stateActor(g.mentions[m].actors[0]) < 0 {
			continue
		}
		if later >= 0 && later-i < 14 {
			for k := i + 1; k < later; k++ {
				if lower(g.token(s, k).Form) == "and" {
					return []int{g.mentions[m].actors[0], g.mentions[g.at[s][later]].actors[0]}
				}
			}
		}
		later = g.mentions[m].first
		i = min(i, later)
	}
	return nil
}

// laterWord reports whether one of the words stands behind a token.
func (g *agreements) laterWord(s, i int, words ...string) bool {
	for k := i + 1; k < len(g.sentences[s].Tokens); k++ {
		if slices.Contains(words, lower(g.token(s, k).Lemma)) {
			return true
		}
	}
	return false
}

// dateOf reads the date in the phrase of an agreement: "the 1950 treaty", "the
// Treaty of 29 November 1984".
func (g *agreements) dateOf(p *pact, s, i int) {
	if p.Signed != "" {
		return
	}
	first := g.token(s, g.phraseStart(s, i)).Span.Start
	end := g.token(s, g.titleEnd(s, i)).Span.End
	for _, t := range g.times[s] {
		inside := t.Span.Start >= first && t.Span.End <= g.token(s, i).Span.Start
		behind := t.Span.Start >= end && t.Span.Start-end <= 8 && (strings.TrimSpace(g.text[end:t.Span.Start]) == "of" || strings.TrimSpace(g.text[end:t.Span.Start]) == "from")
		if (inside || behind) && t.Kind == "date" && t.Value != "" {
			p.Signed = t.Value
			return
		}
	}
}

// dateNear takes the date that stands nearest to the verb of signing, in its
// own clause.
func (g *agreements) dateNear(p *pact, s, v int) {
	best, least := "", 1<<30
	at := g.token(s, v).Span.Start
	times := g.times[s]
	if s > 0 && !g.ended(s-1) {
		times = append(slices.Clone(g.times[s-1]), times...)
	}
	for _, t := range times {
		if t.Kind != "date" || t.Value == "" || strings.HasSuffix(t.Value, "s") {
			continue
		}
		far := t.Span.Start - at
		if far < 0 {
			far = -far
		}
		between := text.Span{Start: min(at, t.Span.Start), End: max(at, t.Span.Start)}.Of(g.text)
		if strings.Contains(between, ";") || strings.Contains(between, " before ") || strings.Contains(between, " until ") {
			continue
		}
		if far < least && far < 160 {
			best, least = t.Value, far
		}
	}
	p.Signed = best
}

// ended reports whether a sentence ends with a mark or a line; otherwise it was
// cut in two.
func (g *agreements) ended(s int) bool {
	tokens := g.sentences[s].Tokens
	if len(tokens) == 0 || tokens[len(tokens)-1].UPOS == "PUNCT" {
		return true
	}
	return s+1 < len(g.sentences) && strings.Contains(g.text[g.sentences[s].Span.End:g.sentences[s+1].Span.Start], "\n")
}

// areasOf reads what an agreement is about: "on search and rescue", "rail-transit
// accord", "covers areas including ...".
func (g *agreements) areasOf(p *pact, s, i int) {
	if len(p.Areas) > 0 {
		return
	}
	if w := lower(g.token(s, i+1).Form); w == "on" || w == "for" || w == "concerning" {
		if end := g.titleEnd(s, i); end > i+1 && !capital(g.token(s, i).Form) {
			k := i + 2
			if g.token(s, k).UPOS == "DET" {
				k++
			}
			stop := k
			for stop < end && lower(g.token(s, stop+1).Form) != "in" {
				stop++
			}
			g.addArea(p, g.words(s, k, min(stop, end)))
			return
		}
	}
	if capital(g.token(s, i).Form) || capital(g.token(s, i-1).Form) {
		return
	}
	first := i
	for k := i - 1; k >= 0; k-- {
		t := g.token(s, k)
		if (t.Rel == "compound" && units[singular(lower(t.Form))] == noUnit || hyphen(t.Form) || t.Rel == "amod" && first < i && g.token(s, first).UPOS == "NOUN" && g.isTopic(lower(t.Form))) && t.Head > k && t.Head <= i && !g.actorName(s, k) && t.UPOS != "NUM" && g.yearIn(s, k) == 0 {
			first = k
			continue
		}
		break
	}
	if first < i {
		w := lower(g.words(s, first, i-1).Of(g.text))
		if provisionTypes(lower(g.words(s, g.phraseStart(s, i), i).Of(g.text))) == "" && w != "page" && w != "draft" && w != "partnership" && w != "peace" && w != "framework" {
			g.addArea(p, g.words(s, first, i-1))
		}
	}
}

func (g *agreements) isTopic(w string) bool {
	switch w {
	case "military", "nuclear", "economic", "cultural", "scientific", "technical", "maritime", "agricultural", "financial", "commercial", "industrial":
		return true
	}
	return false
}

func (g *agreements) addArea(p *pact, span text.Span) {
	a := strings.Join(strings.Fields(span.Of(g.text)), " ")
	if a != "" && !slices.Contains(p.Areas, a) {
		p.Areas, p.AreaSpans = append(p.Areas, a), append(p.AreaSpans, span)
	}
}

// finish enters a pact into the document if two parties to it are known.
func (g *agreements) finish(p *pact) {
	if len(p.parties) == 1 && p.rank > 0 && g.busiest >= 0 && g.busiest != p.parties[0] && !slices.Contains(g.couple, p.parties[0]) {
		p.parties = append(p.parties, g.busiest)
	}
	if len(p.parties) < 2 && len(g.couple) == 2 && (len(p.parties) == 0 && len(p.Mentions) > 1 || len(p.parties) == 1 && slices.Contains(g.couple, p.parties[0])) {
		p.parties = slices.Clone(g.couple)
	}
	if len(p.parties) < 2 {
		return
	}
	if p.Status == "" {
		p.Status = "signed"
	}
	slices.Sort(p.parties)
	for _, a := range p.parties {
		p.Parties = append(p.Parties, g.doc.Actors[a].ID)
	}
	if p.Signed == "" && p.year > 0 {
		p.Signed = strconv.Itoa(p.year)
	}
	if p.Status == "proposed" {
		p.Signed = ""
	}
	p.ID = "g" + strconv.Itoa(len(g.doc.Agreements)+1)
	slices.SortStableFunc(p.Mentions, func(a, b text.Span) int { return a.Start - b.Start })
	g.doc.Agreements = append(g.doc.Agreements, p.Agreement)
}

// SignedPeriod returns the days on which the agreement may have been signed, as
// finely as the report settles it.
func (a Agreement) SignedPeriod() (day.Period, bool) {
	p, err := day.ParsePeriod(a.Signed)
	return p, err == nil && a.Signed != ""
}
