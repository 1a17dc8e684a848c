package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/text"
	"github.com/casus-foederis/casus/treaty"
)

// Withheld is a claim that the record seems to contradict and that no verdict
// says so of, because some of its words were not understood: they may make it
// another claim than the one that was compared.
type Withheld struct {
	Kind  string    `json:"kind"`
	Claim string    `json:"claim"` // as it was understood
	Span  text.Span `json:"span"`
	Why   string    `json:"why"`
}

// What the words of a claim may be, beside the names and times in it, without
// making it another claim. A word that stands in none of these sets is unread.
var (
	fillers = wordSet(`the a an this that these those its their his her our it they we he she there which who whose
		of to in on by with for from as at and between under among & 's ’s be have do is are was were has had been being am 's
		also too still now today currently indeed however moreover meanwhile thus therefore then here even already
		officially publicly fully itself themselves own both so far ever own year ago since`)
	// harmless adjectives of a state, which pick no part of it.
	plainAdjectives = wordSet(`neutral tiny small large big neighbouring neighboring nearby landlocked oil-rich wealthy rich poor populous nordic baltic
		scandinavian alpine balkan caucasian caribbean african asian european arab gulf island mountainous present-day modern
		nuclear-armed powerful mighty little vast giant key close staunch loyal long-time longtime newest youngest latest`)
)

// vocabulary is what each kind of claim is worded with: lemmas, in small letters.
var vocabulary = map[string]map[string]bool{
	isMember: wordSet(`member membership state country nation ally alliance bloc organisation organization group grouping union club pact body league community
		be become remain belong part include comprise group unite list full original permanent western military defence transatlantic first last only newest
		sole oldest big small large latest young fellow lead single non one among within outside into treaty consist make`),
	joined: wordSet(`member membership state country nation ally alliance bloc join together along become enter accede accession admit readmit return rejoin full into become
		organisation organization union group military western defence`),
	left:       wordSet(`member membership state country nation alliance bloc leave quit exit withdraw secede cease be until till out away organisation organization union group military`),
	halted:     wordSet("suspend membership member be from"),
	lasting:    wordSet("member membership be remain year for state country nation alliance bloc"),
	count:      wordSet("member nation country state ally all strong full present seat up make alliance bloc organisation organization group grouping pact union body association council club league forum community military defence transatlantic western regional security political economic have count comprise number total"),
	border:     wordSet("border frontier share have common land long neighbour neighbor neighbouring neighboring adjoin northern southern eastern western north south east west immediate direct kilometre kilometer km mile metre each other into country state nation into country state nation"),
	surrounded: wordSet("border neighbour neighbor land only sole have be state country two three four five six"),
	signed: wordSet(`sign conclude treaty pact agreement accord memorandum declaration charter convention statement leader state country party both two
		found founding foundation mutual defence defense assistance friendship peace partnership strategic comprehensive security cooperation alliance text document`),
	ended: wordSet("lapse expire end terminate dissolve abrogate denounce disband run out treaty pact agreement alliance formally"),
	inForce: wordSet(`force effect remain stay valid void defunct enter come take go into lapse expire end terminate dissolve abrogate disband
		treaty pact agreement accord yet long formally`),
	entered: wordSet("enter come take go into force effect treaty pact agreement exchange deposit instrument instruments ratification formally"),
	party: wordSet(`party signatory treaty pact agreement sign conclude bind link unite group make state country join leave quit denounce between
		agree accord memorandum declaration charter`),
	owed:      wordSet("bind bound oblige require commit defend treaty pact law must legally any state country ally be"),
	deemed:    wordSet(`attack aggression armed one all both every any either other ally member party consider count regard treat deem state article say provide stipulate country them sign signed conclude treaty pact`),
	nthMember: wordSet("become join member as state country"),
	signers:   wordSet("sign by country state nation member treaty pact"),
	jubilee:   wordSet("anniversary mark celebrate year old since sign conclude ago treaty pact agreement exactly day now just"),
	lacking: wordSet(`clause provision obligation commitment guarantee article pledge promise have contain include comprise carry feature provide
		stipulate hold offer give lack omit exclude mutual collective military defence defense assistance aid non-aggression nonaggression neutrality consultation
		non aggression such any on treaty pact sign conclude`),
	obliges: wordSet(`oblige require commit bind bound force compel obligate defend help assist aid support protect fight go come to war send troop troops soldier soldiers army
		military assistance help the other each another every any if attack attacked party ally member state country be under must defence defense duty treaty
		provide give armed case event of in side one attacked partner article two automatically sign conclude pact agreement accord`),
	alliance:    wordSet("there treaty pact alliance agreement have defence defense mutual assistance military formal ally treaty security signed share be with between each other"),
	firstTreaty: wordSet("first treaty pact agreement accord convention protocol defence defense mutual bilateral between be become sign conclude"),
	ranked:      wordSet("first last only sole new newest latest young youngest country state nation member join leave quit become be ever to have late"),
	onlyMember:  wordSet("only sole country state nation member ally border share have be land with on which"),
	founder:     wordSet("found founding founder member state be one country original"),
	founded:     wordSet("found create establish form be alliance organisation organization bloc"),
	onlyAlly:    wordSet("only sole treaty formal ally be have which mutual defence defense conclude assistance with state country remain clause pact alliance clause pact alliance"),
	office: wordSet(`current sitting be become remain serve as since who president prime minister premier chancellor king queen emir sultan emperor foreign defence
		defense secretary general secretary-general supreme leader taoiseach affairs state`),
}

// mayStand are the marks of clauses that leave what they hang from as it is.
var mayStand = wordSet("although though because as while whereas so since")

// fictions are words of a frame in which nothing is asserted of the world.
var fictions = []string{"novel", "movie", "film", "fiction", "simulat", "war game", "wargame", "war-game", "exercise scenario", "scenario", "satir", "parody", "sketch", "comedian",
	"april fool", "imagin", "alternate", "alternative history", "role-play", "quiz", "exam ", "textbook", "hoax", "fake", "meme", "thriller", "script", "screenplay", "in the play", "cartoon",
	"dream", "video game", "board game", "computer game", "hypothe", "thought experiment", "misprint", "typo", "slip of the tongue", "gaffe", "chatbot", "ai-generated", "mistaken", "laugh", "joke", "joking", "scoff", "quip", "mock", "sarcas", "irony", "ironic", "crossed out", "corrected"}

// withhold says why a claim may be another than the one that was compared: a
// word of its clause that was not read, a restriction, words in quotation marks,
// a frame in which nothing is asserted. It returns "" if every part of the claim
// is understood. A contradiction is told only of a claim that passes.
func (s *sentence) withhold(c *Claim) string {
	if w := s.framed(); w != "" {
		return fmt.Sprintf("nearby words (“%s”) tell of something made up or mistaken", w)
	}
	for n := s.index + 1; n <= s.index+3 && n < len(s.trees); n++ {
		if unsaid(strings.ToLower(s.trees[n].Span.Of(s.doc.Text))) {
			return "a later sentence takes it back"
		}
	}
	if c.By != nil && c.By.Within != nil {
		return "somebody relays it, and may do so to deny it"
	}
	if w := s.contrast(c.By); w != "" {
		return fmt.Sprintf("“%s” sets something against it", w)
	}
	if w := s.muttered(c.By); w != "" {
		return fmt.Sprintf("“%s” need not assert what it introduces", w)
	}
	if w := s.setting(c.Spans[0]); w != "" {
		return fmt.Sprintf("“%s” may be the only place where it is so", w)
	}
	top := s.topOf(c.Spans[0])
	if top < 0 {
		return "the clause was not read"
	}
	g := gate{sentence: s, claim: c, words: vocabulary[c.Kind], top: top, read: make([]bool, len(s.Tokens))}
	for _, in := range s.pacts() {
		for i := in.first; i <= in.last && in.ID == c.Object; i++ {
			g.read[i] = in.named || s.describes(i, in.Instrument)
		}
	}
	return g.clause(c.Spans[0])
}

// occasions are nouns of a phrase at the beginning of a sentence that tells where
// something is said or done, and not of what world.
var occasions = wordSet(`meeting summit interview statement speech letter address conference capital city article message call visit briefing remark comment post
	telegram talks session ceremony congress parliament country region week month year day time`)

// setting returns the words of a phrase that opens the sentence ("In the series,")
// if it stands outside the claim and names neither somebody nor a time nor an
// occasion; "" if there is none.
func (s *sentence) setting(within text.Span) string {
	for i := range min(len(s.Tokens), 3) {
		noun := s.Tokens[i].Head
		if s.Tokens[i].UPOS != "ADP" || within.Contains(s.Tokens[i].Span) || !wordSet("in on at by within inside under across")[s.word(i)] || noun < i {
			continue
		}
		named := s.Tokens[noun].UPOS == "PROPN" || s.actors[noun] >= 0 || occasions[s.lemma(noun)] || pactNouns[s.lemma(noun)] || s.lemma(noun) == "article" ||
			slices.ContainsFunc(s.doc.Times, func(t reading.Time) bool { return t.Span.Overlaps(s.Tokens[noun].Span) })
		if !named {
			return s.span(i, noun).Of(s.doc.Text)
		}
	}
	return ""
}

// contrast returns a word of contrast that stands in the sentence outside what is
// said; "" if there is none or if the words are the outlet's.
func (s *sentence) contrast(by *reading.Statement) string {
	if by == nil {
		return ""
	}
	for i, t := range s.Tokens {
		if wordSet("while whereas but though although yet instead rather however despite")[s.word(i)] && !slices.ContainsFunc(by.Content, func(c text.Span) bool { return c.Overlaps(t.Span) }) {
			return s.word(i)
		}
	}
	return ""
}

// describes reports whether a word of a description fits an instrument: it stands
// in its title, names a text, or is a kind that it is of.
func (s *sentence) describes(i int, in *treaty.Instrument) bool {
	w := s.word(i)
	if pactNouns[s.lemma(i)] || slices.Contains(wordsOf(strings.ReplaceAll(in.Title, "-", "")), strings.ReplaceAll(w, "-", "")) || slices.Contains(wordsOf(strings.ReplaceAll(in.Title, "-", " ")), w) {
		return true
	}
	return slices.ContainsFunc(pactKinds, func(k pactKind) bool { return k.fits(in) && strings.Contains(w, k.word) })
}

// topOf returns the token of a stretch of text that its other tokens hang from.
func (s *sentence) topOf(within text.Span) int {
	top := -1
	for i, t := range s.Tokens {
		if within.Contains(t.Span) && t.UPOS != "PUNCT" && (t.Head < 0 || !within.Contains(s.Tokens[t.Head].Span)) && (top < 0 || s.Tokens[top].UPOS == "ADP") {
			top = i
		}
	}
	return top
}

// clause reads all words of the claim, and those that hang from it, and says
// which of them was not understood.
func (g *gate) clause(within text.Span) string {
	in, first, last := make([]bool, len(g.Tokens)), -1, -1
	for i, t := range g.Tokens {
		in[i] = within.Contains(t.Span) || g.descends(i, g.top) && g.saidAt(t.Span.Start) == g.claim.By
	}
	for i := range g.Tokens {
		if !in[i] || i == g.top || !g.descends(i, g.top) {
			continue
		}
		why, aside := g.aside(i)
		if why != "" {
			return why
		}
		if aside && g.holds(i) {
			continue // the claim itself: "Hungary, once a member of the pact"
		}
		for j := range g.Tokens {
			in[j] = in[j] && !(aside && g.descends(j, i))
		}
	}
	for i, t := range g.Tokens {
		if in[i] && t.UPOS != "PUNCT" {
			last = i
			if first < 0 {
				first = i
			}
		}
	}
	denials := 0
	for i, t := range g.Tokens {
		if !in[i] || g.read[i] {
			continue
		}
		switch w := g.word(i); {
		case t.UPOS == "PUNCT" || t.UPOS == "SYM":
			if first < i && i < last && strings.ContainsAny(w, `"“”«»`) {
				return "words stand in quotation marks"
			}
		case w == "no" || wordSet("not n't n’t never")[w]:
			denials++
		case w == "longer" && g.word(i-1) == "no", t.Head == g.top && g.is(i, "mark") && mayStand[w]:
		case !g.understood(i):
			return fmt.Sprintf("“%s” was not read", t.Form)
		}
		if end := t.Span.End; g.actors[i] >= 0 && end < len(g.doc.Text) && strings.ContainsRune("+*#/_", rune(g.doc.Text[end])) {
			return fmt.Sprintf("“%s” is part of a longer name", t.Form)
		}
	}
	if denials > 1 || denials == 1 && !g.claim.Negated && g.claim.Kind != inForce {
		return "what is denied is not clear"
	}
	return ""
}

// asserting are the forms of verbs that say that what they introduce is so.
var asserting = forms(`say tell add note state declare claim insist argue maintain assert affirm announce explain stress emphasise emphasize underline
	underscore remark comment repeat reiterate recall remind write report point warn observe respond reply answer complain acknowledge concede admit
	confirm stipulate read contend allege inform describe call conclude according testify tweet post proclaim continue boast charge lament accuse`)

// forms returns the inflected forms of regular verbs and of those above that are
// not.
func forms(verbs string) map[string]bool {
	out := wordSet("said told wrote written read admitted replied")
	for _, v := range strings.Fields(verbs) {
		stem := strings.TrimSuffix(v, "e")
		for _, f := range []string{v, v + "s", v + "es", v + "ed", stem + "ed", stem + "ing", v + "ing", strings.TrimSuffix(v, "y") + "ies", strings.TrimSuffix(v, "y") + "ied"} {
			out[f] = true
		}
	}
	return out
}

// muttered returns the cue of a statement if it holds no verb by which somebody
// asserts what it introduces; "" if it does, or if there is no cue.
func (p *pass) muttered(st *reading.Statement) string {
	for steps := 0; st != nil && steps < 8; steps++ {
		if st.Notion == "belief" || st.Notion == "intention" {
			return "a " + st.Notion
		}
		words := ""
		for _, c := range st.Cue {
			words += " " + c.Of(p.doc.Text)
		}
		fields := strings.FieldsFunc(strings.ToLower(words), func(r rune) bool { return r < 'a' || r > 'z' })
		if len(fields) > 0 && !slices.ContainsFunc(fields, func(w string) bool { return asserting[w] }) {
			return strings.TrimSpace(words)
		}
		if st.Within == nil {
			break
		}
		st = p.statement(*st.Within)
	}
	return ""
}

// framed returns the word by which the sentence, or one of the two before and
// after it, tells of fiction or error; "" if there is none.
func (s *sentence) framed() string {
	for n := max(0, s.index-2); n <= s.index+2 && n < len(s.trees); n++ {
		lower := strings.ToLower(s.trees[n].Span.Of(s.doc.Text))
		for _, w := range fictions {
			if strings.Contains(" "+lower, w) {
				return strings.TrimSpace(w)
			}
		}
	}
	return ""
}

// gate is the reading of one claim word by word.
type gate struct {
	*sentence
	claim *Claim
	words map[string]bool // of its kind
	top   int             // the token that the claim hangs from
	read  []bool          // the instrument's name or description
}

// attack reports whether a clause is the condition of a duty itself.
func (g *gate) attack(v int) bool {
	return g.claim.Kind == obliges && wordSet("attack invade assault threaten")[g.lemma(v)]
}

// descends reports whether a token hangs from another, or is it.
func (s *sentence) descends(i, from int) bool {
	for n := 0; i >= 0 && n < 60; i, n = s.Tokens[i].Head, n+1 {
		if i == from {
			return true
		}
	}
	return false
}

// aside reports whether what hangs from a token says something else, beside the
// claim: an apposition or relative clause set off by a comma, another predicate
// joined by "and". It returns why not if it restricts the claim.
func (g *gate) aside(i int) (why string, aside bool) {
	switch {
	case g.is(i, "parataxis"):
		return "", g.child(i, "nsubj") >= 0 || g.cueAt(i)
	case g.is(i, "conj"):
		cc := g.child(i, "cc")
		finite := g.child(i, "nsubj", "aux", "cop") >= 0 || g.Tokens[i].UPOS == "VERB"
		if cc >= 0 && !wordSet("and &")[g.word(cc)] {
			if finite && g.word(cc) == "but" && g.Tokens[i].UPOS == "VERB" {
				return "", true
			}
			return fmt.Sprintf("“%s” was not read", g.word(cc)), false
		}
		return "", finite
	case g.is(i, "acl", "appos") && g.named(g.Tokens[i].Head):
		first, _ := g.under(i)
		return "", first > 0 && (g.word(first-1) == "," || g.word(first-1) == "(" || g.word(first-1) == "–" || g.word(first-1) == "—" || g.word(first) == ",")
	case g.is(i, "advcl"):
		if m := g.child(i, "mark", "advmod"); m >= 0 && g.Tokens[i].Head == g.top && (g.is(m, "mark") && !mayStand[g.word(m)] && g.word(m) != "to" || wordSet("when whenever where until once")[g.word(m)]) && !g.attack(i) {
			return fmt.Sprintf("a clause with “%s” restricts it", g.word(m)), false
		}
		return "", true
	}
	return "", false
}

// holds reports whether what the claim says of its subject stands under a token,
// and nowhere else.
func (g *gate) holds(i int) bool {
	said := append(strings.Fields(g.claim.Object), strings.Fields(g.claim.Value)...)
	under := false
	for j := range g.Tokens {
		if g.read[j] || g.actors[j] >= 0 && slices.Contains(said, g.doc.Actors[g.actors[j]].Code) {
			if !g.descends(j, i) && g.descends(j, g.top) {
				return false
			}
			under = true
		}
	}
	return under
}

// named reports whether a token is part of a name or of the instrument.
func (g *gate) named(i int) bool {
	return i >= 0 && (g.actors[i] >= 0 || g.read[i])
}

// understood reports whether a word plays a known part in the claim.
func (g *gate) understood(i int) bool {
	t, w, c := &g.Tokens[i], g.word(i), g.claim
	if fillers[w] || fillers[g.lemma(i)] || g.words[w] || g.words[g.lemma(i)] || c.Kind == signed && c.Value != "described" && g.somewhere(i) {
		return true
	}
	if g.actors[i] >= 0 {
		a := &g.doc.Actors[g.actors[i]]
		switch {
		case a.Code != "" && (a.Code == c.Subject || slices.Contains(strings.Fields(c.Object), a.Code) || slices.Contains(strings.Fields(c.Value), a.Code)), a.Entity != "" && a.Entity == c.Subject:
			return true
		case a.Kind == "state" || a.Kind == "organization":
			return g.beside(i) || (c.Kind == joined || c.Kind == left) && g.preposition(g.nameHead(g.headOfAll(i))) == "with" || g.partyOf(a.Code) || a.Kind == "organization" && c.Kind == office
		}
		return false
	}
	if when := g.timely(i); when != nil {
		if c.When.To > c.When.From || c.Kind == jubilee || c.Kind == lasting || c.Kind == nthMember {
			return true
		}
		in := g.corpus.Instrument(c.Object) // "the treaty signed in January obliges"
		period, ok := g.exact(*when)
		return ok && in != nil && touches(in, period)
	}
	for part := range strings.SplitSeq(w, "-") {
		if !g.words[part] && !g.words[strings.TrimSuffix(part, "s")] && numberWords[part] == 0 && !digits(part) {
			return t.UPOS == "ADJ" && plainAdjectives[w] && t.Head >= 0 && g.actors[t.Head] >= 0 || g.counts(i)
		}
	}
	return strings.Contains(w, "-") || g.counts(i)
}

func digits(w string) bool { return w != "" && strings.Trim(w, "0123456789") == "" }

// counts reports whether a token is a number that the claim is about.
func (g *gate) counts(i int) bool {
	if s := g.claim.Kind; s == obliges && g.lemma(i-1) == "article" {
		return true
	}
	if g.Tokens[i].UPOS != "NUM" && !digits(strings.TrimRight(g.word(i), "sthndr")) {
		return false
	}
	switch g.claim.Kind {
	case count, surrounded, jubilee, lasting, signers:
		return true
	case isMember: // "one of the 32 members": how many is another claim
		return true
	case nthMember:
		return ordinal(g.word(i)) > 0
	case border: // "a 1,340-kilometre border"
		return true
	}
	return false
}

// partyOf reports whether a state is a party of the instrument that the claim is
// about.
func (g *gate) partyOf(code string) bool {
	in := g.corpus.Instrument(g.claim.Object)
	return in != nil && slices.ContainsFunc(in.Parties, func(m treaty.Party) bool { return g.same(m.ID, code) })
}

// beside reports whether a name is joined by "and" to one that the claim is
// about: each makes a claim of its own.
func (g *gate) beside(i int) bool {
	i = g.nameHead(i)
	head := g.headOfAll(i)
	for _, k := range append([]int{head}, g.kids[head]...) {
		if k != i && (k == head || g.is(k, "conj")) && g.actors[k] >= 0 {
			if code := g.doc.Actors[g.actors[k]].Code; code != "" && (code == g.claim.Subject || slices.Contains(strings.Fields(g.claim.Object), code)) {
				return true
			}
		}
	}
	return false
}

// somewhere reports whether a token belongs to a name behind "in" or "at": where
// a text that has a name of its own was signed makes it no other.
func (g *gate) somewhere(i int) bool {
	if g.Tokens[i].UPOS != "PROPN" {
		return false
	}
	for g.Tokens[i].Head >= 0 && g.Tokens[g.Tokens[i].Head].UPOS == "PROPN" && !g.is(i, "obl") {
		i = g.Tokens[i].Head
	}
	return g.is(i, "obl") && (g.preposition(i) == "in" || g.preposition(i) == "at")
}

// headOfAll returns the first of the names that one at a token is joined to.
func (g *gate) headOfAll(i int) int {
	for i = g.nameHead(i); g.is(i, "conj") && g.Tokens[i].Head >= 0; i = g.Tokens[i].Head {
	}
	return i
}

// timely returns the time that a token belongs to; nil if it belongs to none.
func (g *gate) timely(i int) *reading.Time {
	for n := range g.doc.Times {
		if g.doc.Times[n].Span.Overlaps(g.Tokens[i].Span) {
			return &g.doc.Times[n]
		}
	}
	return nil
}
