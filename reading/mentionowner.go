package reading

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/reading/attribution"
	"github.com/casus-foederis/casus/report"
)

// owners decides of which state a ministry, an army or an office holder is
// where the phrase does not say: "the foreign ministry said", "Foreign Minister
// Rosa Quispe". In this order it goes by the same office named shortly before,
// the state that the sentence is about, the capital where the words fell, the
// state that the paragraph is about, the dateline, the same office named at any
// distance, the state that owns the outlet, and the only state of the report. A
// state is never taken because it stands nearest: otherwise it stays open.
type owners struct {
	*cast
	home    string               // the state whose capital the dateline names
	outlet  string               // the state that owns the outlet, or whose body it is
	self    office               // the outlet itself, if it is a body: its "the Ministry"
	named   map[string]bool      // states named so far
	offices map[string][]sighted // key of an office to where it was named, in order
	pending pending
}

// pending is an office holder who said something and was not named yet: "Egypt's
// irrigation minister said ... Hany Sewilam told a conference".
type pending struct {
	state, role string
	sentence    int
}

// pendingFor is within how many sentences the name must follow.
const pendingFor = 2

// sighted is one place where an office of a state was named.
type sighted struct {
	state    string
	sentence int
}

// office is what a body or an office holder is concerned with: "ministry" and
// "foreign" for both the Foreign Ministry and the foreign minister.
type office struct{ class, domain string }

// key is what an office is filed under.
func (o office) key() string { return o.class + " " + o.domain }

var (
	// officeClasses join bodies to those who speak for them.
	officeClasses = map[string]string{"ministry": "ministry", "minister": "ministry", "government": "government", "cabinet": "government",
		"administration": "government", "regime": "government", "junta": "government", "authorities": "government", "authority": "government", "army": "forces", "military": "forces", "navy": "navy", "forces": "forces",
		"troops": "forces", "president": "presidency", "presidency": "presidency", "premier": "premier", "chancellor": "chancellor", "king": "king",
		"parliament": "parliament", "senate": "senate", "congress": "congress", "police": "police", "coastguard": "coastguard",
		"embassy": "embassy", "ambassador": "embassy", "envoy": "embassy", "consul": "embassy", "service": "service", "agency": "agency", "council": "council", "commission": "commission", "committee": "committee", "court": "court"}

	// abroad are offices that sit in another country or with an organisation:
	// only the same one named before tells whose they are.
	abroad = setOf(`embassy service agency council commission committee court`)

	// officeFillers say nothing of what an office is concerned with.
	officeFillers = setOf(`deputy vice acting interim former new senior first top the a an own its his her their our chief visiting outgoing military-led ruling interim`)
)

// officeIn reads the office in words that end in its noun; class is empty if
// there is none.
func officeIn(words []string) (o office) {
	at := -1
	for i, w := range words {
		if c, ok := officeClasses[w]; ok {
			at, o.class = i, c
		}
	}
	if at < 0 {
		return office{}
	}
	var domain []string
	for i, w := range words {
		switch {
		case i == at, officeFillers[w], i > at && (w == "of" || w == "for" || w == "and"), i > at+3:
		case w == "prime" && o.class == "ministry":
			o.class = "premier"
		case i < at && officeClasses[w] != "" && w != "military" && w != "police" && w != "government":
		case w == "defense":
			domain = append(domain, "defence")
		default:
			domain = append(domain, w)
		}
	}
	if o.class == "premier" {
		domain = nil
	}
	o.domain = strings.Join(domain, " ")
	return o
}

// findOwners settles the states of office holders and of bodies named without
// one, in the order of the text.
func (c *cast) findOwners() {
	o := &owners{cast: c, named: map[string]bool{}, offices: map[string][]sighted{}}
	o.setHome()
	c.owned = map[[2]int]string{}
	for s := range c.sentences {
		if !c.speaks(s) {
			continue
		}
		for _, n := range c.bySentence[s] { // of news in brief, one an item
			if c.dateline(n) || n.actor >= 0 && c.kinds[s] == report.Dateline && c.viaOf(n) == actor.ViaCapital && !c.twoPlaces(s) {
				o.home = c.stateOf(n.actor)
			}
		}
		if c.kinds[s] != report.Dateline {
			o.sentence(s)
		}
	}
}

// setHome reads the dateline, and who owns the outlet.
func (o *owners) setHome() {
	body := 0
	for s := range o.sentences {
		if k := o.kinds[s]; !k.Body() && k != report.Dateline || len(o.sentences[s].Tokens) == 0 {
			continue
		}
		for _, n := range o.bySentence[s] {
			if n.actor >= 0 && o.kinds[s] == report.Dateline && o.viaOf(n) == actor.ViaCapital && !o.twoPlaces(s) || o.dateline(n) {
				o.home = o.stateOf(n.actor)
			}
		}
		if o.kinds[s].Body() {
			body++
		}
		if body == 3 || o.home != "" {
			break
		}
	}
	for _, sense := range o.world.Resolve(o.report.Outlet, o.day) {
		if x, ok := o.world.Outlet(sense.Actor); ok && x.Owned {
			o.outlet = x.State
		}
	}
	// "Ministry of Defence of the Republic of Armenia" publishes itself.
	if words := strings.Fields(lower(o.report.Outlet)); len(words) > 1 && (bodyNouns[words[0]] || bodyNouns[words[len(words)-1]]) {
		if st := o.stateInWords(o.report.Outlet); st != "" {
			o.outlet, o.self = st, officeIn(words)
		}
	}
	if o.home == "" {
		o.home = o.outlet
	}
}

// stateInWords returns the state that a name of a body ends or begins with:
// "Ministry of Defence of Azerbaijan", "Royal Danish Navy".
func (c *cast) stateInWords(name string) string {
	words := strings.Fields(name)
	for from := range words {
		for to := len(words); to > from && to-from < 5; to-- {
			if to < len(words) && from > 1 {
				continue
			}
			for _, x := range c.world.Resolve(strings.Join(words[from:to], " "), c.day) {
				if x.Kind == actor.KindState && x.Via != actor.ViaCapital && !x.Ambiguous {
					return x.Actor
				}
			}
		}
	}
	return ""
}

// dateline reports whether a name begins the body and is a capital set apart:
// "LIMA, March 3 (Andean Wire) -", "TALLINN -", "ISLAMABAD: ...".
func (c *cast) dateline(n *name) bool {
	if n.actor < 0 || n.first > 0 || !c.kinds[n.sentence].Body() || c.viaOf(n) != actor.ViaCapital {
		return false
	}
	switch next := c.token(n.sentence, n.last+1).Form; {
	case next == "/": // "CONAKRY/FREETOWN, April 15": at home in both, so in none
		return false
	case hyphen(next), next == "—", next == "--", next == "(":
		return true
	case next == ":":
		return shouted(n.span.Of(c.text))
	case next == ",":
		return c.dateAt(n.sentence, n.last+2)
	}
	return false
}

// twoPlaces reports whether a dateline names two: "CONAKRY/FREETOWN, April 15".
func (c *cast) twoPlaces(s int) bool {
	return strings.Contains(c.sentences[s].Span.Of(c.text), "/")
}

// sentence settles what stands in one sentence.
func (o *owners) sentence(s int) {
	tokens := o.sentences[s].Tokens
	near := o.bySentence[s]
	k := 0
	for i := 0; i < len(tokens); i++ {
		for k < len(near) && near[k].last < i {
			k++
		}
		if k < len(near) && near[k].first <= i {
			n := near[k]
			if n.first == i && n.actor >= 0 {
				o.name(n, near)
			} else if n.first == i && o.commonBody(n) {
				o.phrase(s, o.headOf(s, n.first, n.last), near)
			}
			i = n.last
			continue
		}
		noun := lower(tokens[i].Form)
		if _, ok := officeClasses[noun]; (ok || strings.HasPrefix(noun, "spokes")) && tokens[i].Rel != "compound" && tokens[i].Rel != "flat" {
			o.phrase(s, i, near)
		}
	}
}

// name settles a name: it files whose office it is, and gives an official
// without a state the one that the context settles.
func (o *owners) name(n *name, near []*name) {
	a := &o.doc.Actors[n.actor]
	switch {
	case n.organ || o.viaOf(n) == actor.ViaOrgan:
		o.file(officeIn(strings.Fields(lower(n.span.Of(o.text)))), a.State, n.sentence)
	case a.Kind == "state":
		o.named[a.Code] = true
	case a.Kind == "person" && o.pending.role != "" && n.sentence > o.pending.sentence && n.sentence-o.pending.sentence <= pendingFor &&
		(a.Role == "" || onlyRank(a.Role)) && a.Entity == "" && (a.State == "" || a.State == o.pending.state) && o.says(n) && o.isNamed1st(n):
		a.State, a.Role = o.pending.state, o.pending.role
		o.pending = pending{}
		o.file(officeIn(strings.Fields(lower(a.Role))), a.State, n.sentence)
	case a.Kind == "person" && a.Role != "":
		o.pending = pending{}
		x := officeIn(strings.Fields(lower(a.Role)))
		if a.State == "" && (a.Entity == "" || a.Office == "") && o.official(a.Role) { // else the tables know: of no state
			a.State = o.holderState(n, a.Role, x, near)
		}
		o.file(x, a.State, n.sentence)
	}
}

// isNamed1st reports whether a name is the first of whom it means.
func (o *owners) isNamed1st(n *name) bool {
	for i := range o.names {
		if x := &o.names[i]; x.actor == n.actor {
			return x == n
		}
	}
	return false
}

// says reports whether a name is the subject of a verb of saying.
func (o *owners) says(n *name) bool {
	t := o.token(n.sentence, o.headOf(n.sentence, n.first, n.last))
	return t.Rel == "nsubj" && o.sayingAt(n.sentence, t.Head)
}

func (c *cast) sayingAt(s, i int) bool {
	t := c.token(s, i)
	if t.UPOS != "VERB" {
		return false
	}
	x, ok := attribution.SenseOf(cueLemma(t))
	return ok && x.Notion == "speech"
}

// await notes an office holder without a name who says something.
func (o *owners) await(s, first, i int, state string) {
	t := o.token(s, i)
	if state == "" || t.Rel != "nsubj" || t.UPOS != "NOUN" || !o.sayingAt(s, t.Head) || !holderNouns[lower(t.Form)] || o.child(s, i, "appos", "flat") >= 0 {
		return
	}
	from := first
	for k := first; k < i; k++ {
		if w := o.token(s, k); w.UPOS == "DET" || w.UPOS == "PRON" || w.UPOS == "PART" || o.stateAt(k, o.bySentence[s]) != "" {
			from = k + 1
		}
	}
	o.pending = pending{state: state, role: o.words(s, from, i).Of(o.text), sentence: s}
}

func (o *owners) file(x office, state string, s int) {
	if x.class == "" || state == "" {
		return
	}
	keys := []string{x.key(), x.class + " *"}
	for _, k := range keys {
		o.offices[k] = append(o.offices[k], sighted{state, s})
	}
}

// phrase settles a body or an office holder that is not named.
func (o *owners) phrase(s, i int, near []*name) {
	first := o.phraseStart(s, i)
	var words []string
	for k := first; k <= i; k++ {
		if t := o.token(s, k); o.stateAt(k, near) == "" && t.UPOS != "PART" && t.UPOS != "PUNCT" {
			words = append(words, lower(t.Form))
		}
	}
	x := officeIn(words)
	if st := o.explicit(s, first, i, near); st != "" {
		o.file(x, st, s)
		o.owned[[2]int{s, i}] = st
		o.await(s, first, i, st)
		return
	}
	if k := o.child(s, i, "nmod:poss"); k >= 0 && o.token(s, k).UPOS == "PRON" {
		if st := o.possessor(s, k, near); st != "" {
			o.owned[[2]int{s, i}] = st
			o.await(s, first, i, st)
		}
		return
	} else if k >= 0 {
		return // somebody else's
	}
	if w := lower(o.token(s, first).Form); w != "the" && w != "that" && w != "this" && o.token(s, i).UPOS != "PROPN" {
		return
	}
	if x.class == "" || o.startsName(s, i+1) || slices.ContainsFunc(near, func(n *name) bool { return first <= n.first && n.last < i && n.actor >= 0 }) {
		return // a title, or an organisation's
	}
	for k := range o.children(s, i) {
		if r := o.token(s, k).Rel; k > i && (strings.HasPrefix(r, "nmod") || r == "appos" || r == "flat") {
			return // "the council of elders", or named
		}
	}
	if st := o.settle(s, i, x, near); st != "" {
		o.owned[[2]int{s, i}] = st
		o.await(s, first, i, st)
		o.file(x, st, s)
	}
}

// commonBody reports whether a name is that of a ministry, which every state
// has: "Foreign Ministry", "Ministry of Defence".
func (c *cast) commonBody(n *name) bool {
	words := strings.Fields(lower(n.span.Of(c.text)))
	x := officeIn(words)
	return x.class == "ministry" && len(words) <= 5 && !slices.ContainsFunc(strings.Fields(x.domain), func(w string) bool {
		return !everywhere[w] && w != "and" && w != "of" && w != "external" && w != "national" && w != "internal"
	})
}

// explicit returns the state that a phrase names: before its noun, or behind
// "of".
func (o *owners) explicit(s, first, noun int, near []*name) string {
	for k := first; k < noun; k++ {
		if st := o.stateAt(k, near); st != "" {
			return st
		}
	}
	if k := o.child(s, noun, "nmod:poss"); k >= 0 && o.stateAt(k, near) != "" {
		return o.stateAt(k, near)
	}
	for k := range o.children(s, noun) {
		if k > noun && strings.HasPrefix(o.token(s, k).Rel, "nmod") {
			at := o.child(s, k, "case")
			if w := lower(o.token(s, at).Form); w == "of" || w == "in" { // "the Foreign Ministry in Moscow"
				if st := o.stateAt(k, near); st != "" {
					return st
				}
			}
		}
	}
	return ""
}

// settle is the order of evidence for an office that nothing beside it places.
func (o *owners) settle(s, i int, x office, near []*name) string {
	if x.class != "" && x.class == o.self.class && (x.domain == "" || x.domain == o.self.domain) && !o.inQuotation(s, i) {
		return o.outlet
	}
	if st := o.before(x, s, officeMemory); st != "" {
		return st
	}
	if abroad[x.class] || o.inQuotation(s, i) {
		return ""
	}
	if st := o.labelled(s); st != "" {
		return st
	}
	if o.does(s, i) { // "Egypt backs the army" is not about Egypt's
		if st := o.subject(s, i, near); st != "" {
			return st
		}
		if st := o.spokeIn(s, i, near); st != "" {
			return st
		}
		if st := o.paragraph(s); st != "" {
			return st
		}
	}
	if o.home != "" {
		return o.home
	}
	if st := o.before(x, s, len(o.sentences)); st != "" {
		return st
	}
	if st := o.kindred(s); st != "" && o.does(s, i) {
		return st
	}
	if o.outlet != "" {
		return o.outlet
	}
	if len(o.named) == 1 {
		for st := range o.named {
			return st
		}
	}
	return ""
}

// officeMemory is over how many sentences an office without a state means the
// one of its kind named before.
const officeMemory = 6

// before returns the state whose office of this kind was named last within
// some sentences.
func (o *owners) before(x office, s, reach int) string {
	if x.class == "" {
		return ""
	}
	key := x.key()
	if x.domain == "" && x.class != "premier" {
		key = x.class + " *"
	}
	list := o.offices[key]
	if len(list) == 0 || s-list[len(list)-1].sentence > reach {
		return ""
	}
	return list[len(list)-1].state
}

// subject returns the state that a sentence is about: the one that its first
// subject names or belongs to, if that stands before the token.
func (o *owners) subject(s, before int, near []*name) string {
	i := o.earlierSubject(s, before)
	if i < 0 {
		return ""
	}
	return o.stateOfPhrase(s, i, near)
}

// earlierSubject returns the first subject of a sentence outside relative
// clauses; -1 if it does not stand before the token.
func (o *owners) earlierSubject(s, before int) int {
	for i := range before {
		t := o.token(s, i)
		if (t.Rel == "nsubj" || t.Rel == "nsubj:pass") && !strings.HasPrefix(o.token(s, t.Head).Rel, "acl") && t.UPOS != "PRON" {
			if end := o.token(s, t.Head); end.Head < 0 || i < before {
				return i
			}
		}
	}
	return -1
}

// stateOfPhrase returns the state that a noun means or whose body, people or
// official it is.
func (o *owners) stateOfPhrase(s, i int, near []*name) string {
	if st := o.stateAt(i, near); st != "" {
		return st
	}
	for _, n := range near {
		if n.first <= i && i <= n.last && n.actor >= 0 {
			if a := o.doc.Actors[n.actor]; a.Kind == "person" && o.official(a.Role) {
				return a.State
			}
			return ""
		}
	}
	if st := o.owned[[2]int{s, i}]; st != "" {
		return st
	}
	for k := o.phraseStart(s, i); k < i; k++ {
		if st := o.stateAt(k, near); st != "" {
			return st
		}
	}
	return ""
}

// spokeIn returns the state in whose capital the words fell: "told reporters in
// Quito", "in Pristina, Interior Minister ...".
func (o *owners) spokeIn(s, i int, near []*name) string {
	head := i
	for t := o.token(s, head); t.Head >= 0 && (t.Rel == "appos" || t.Rel == "flat" || t.Rel == "compound"); t = o.token(s, head) {
		head = t.Head
	}
	verb := o.token(s, head).Head
	for _, n := range near {
		if n.actor < 0 || o.stateOf(n.actor) == "" || o.viaOf(n) != actor.ViaCapital || n.first == 0 || !placeWords[lower(o.token(s, n.first-1).Form)] {
			continue
		}
		if h := o.token(s, o.headOf(s, n.first, n.last)); h.Head == verb || h.Head >= 0 && o.token(s, h.Head).Head == verb && h.Rel != "appos" {
			return o.stateOf(n.actor)
		}
	}
	return ""
}

// paragraph returns the state that the sentence before, of the same paragraph,
// is about.
func (o *owners) paragraph(s int) string {
	for k := s - 1; k >= 0 && k >= s-2; k-- {
		if strings.Contains(o.text[o.sentences[k].Span.Start:o.sentences[s].Span.Start], "\n") {
			return ""
		}
		if st := o.subject(k, len(o.sentences[k].Tokens), o.bySentence[k]); st != "" {
			return st
		}
	}
	return ""
}

// kindred returns the state whose body or official the sentence before, of the
// paragraph before, is about: "Japan's coast guard said ..."
func (o *owners) kindred(s int) string {
	if s == 0 {
		return ""
	}
	i := o.earlierSubject(s-1, len(o.sentences[s-1].Tokens))
	if i < 0 || o.stateAt(i, o.bySentence[s-1]) != "" {
		return ""
	}
	return o.stateOfPhrase(s-1, i, o.bySentence[s-1])
}

// possessor returns the state that "its" or "his" means: what the sentence, or
// the one before, is about.
func (o *owners) possessor(s, i int, near []*name) string {
	if k := o.earlierSubject(s, i); k >= 0 && !o.renamesSubject(s, o.token(s, i).Head, k) {
		return o.subject(s, i, near)
	}
	if s == 0 {
		return ""
	}
	return o.subject(s-1, len(o.sentences[s-1].Tokens), o.bySentence[s-1])
}

// renamesSubject reports whether a noun only says what the subject is: "X, its
// spokesperson, said".
func (o *owners) renamesSubject(s, noun, subject int) bool {
	t := o.token(s, noun)
	return t.Rel == "appos" && t.Head == subject
}

// does reports whether a noun, or the name that it describes, is the subject of
// its clause or the doer in a passive one.
func (o *owners) does(s, i int) bool {
	for t := o.token(s, i); ; t = o.token(s, i) {
		switch t.Rel {
		case "appos", "flat", "compound", "nmod:poss", "conj":
			if t.Head < 0 {
				return false
			}
			i = t.Head
			continue
		case "nsubj", "nsubj:pass", "obl:agent", "root", "parataxis":
			return true
		}
		k := o.child(s, i, "case")
		return k >= 0 && lower(o.token(s, k).Form) == "by"
	}
}

// inQuotation reports whether a quotation is open where a token stands, as far
// as its sentence shows: the speaker means his own.
func (c *cast) inQuotation(s, i int) bool {
	open := false
	for k := range i {
		switch c.token(s, k).Form {
		case "\"":
			open = !open
		case "“", "``":
			open = true
		case "”", "''":
			open = false
		}
	}
	return open
}

// labelled returns the state of the one whose name and a colon begin the
// paragraph: who speaks in an interview means his own president.
func (o *owners) labelled(s int) string {
	for k := s; k >= 0; k-- {
		if k < s && strings.Contains(o.text[o.sentences[k].Span.Start:o.sentences[k+1].Span.Start], "\n") {
			return ""
		}
		for _, n := range o.bySentence[k] {
			if n.first == 0 && n.actor >= 0 && o.doc.Actors[n.actor].Kind == "person" && o.token(k, n.last+1).Form == ":" {
				return o.doc.Actors[n.actor].State
			}
		}
	}
	return ""
}

// holderState finds the state of an official whose phrase does not name it.
func (o *owners) holderState(n *name, role string, x office, near []*name) string {
	s := n.sentence
	from := n.first - 1
	if first, _ := o.officeLeft(n); first >= 0 {
		from = first - 1 // not the seat of "Russia's ambassador in Kabul, X"
	}
	for i := from; i >= 0 && i >= n.first-12; i-- {
		t := o.token(s, i)
		if t.UPOS == "VERB" || t.UPOS == "PUNCT" && i < n.first-1 && !hyphen(t.Form) {
			break
		}
		if t.UPOS == "ADP" && lower(t.Form) != "of" && lower(t.Form) != "for" {
			break // "its crossing with Russia, Interior Minister X"
		}
		if st := o.stateAt(i, near); st != "" {
			return st
		}
		if o.stateless(i, near) {
			return "" // "Houthi spokesman", "ECOWAS chairman"
		}
	}
	title := lower(role)
	if strings.HasPrefix(title, "former") || strings.HasPrefix(title, "retired") || o.token(s, n.first-2).Form == "retired" {
		return ""
	}
	for i := max(0, n.first-5); i < min(n.last+8, len(o.sentences[s].Tokens)); i++ {
		t := o.token(s, i)
		if t.UPOS != "PRON" || t.Rel != "nmod:poss" || !roleNouns[lower(o.token(s, t.Head).Form)] || t.Head > n.first && o.apposed(n) != t.Head {
			continue
		}
		return o.possessor(s, i, near) // "Its leader, X"
	}
	if head := o.apposed(n); head >= 0 && o.child(s, head, "nmod:poss") >= 0 {
		return "" // "the group's leader, X"
	}
	for i := max(0, n.first-6); i < n.first; i++ {
		switch lower(o.token(s, i).Form) {
		case "host", "guest", "counterpart", "colleague", "interlocutor":
			return "" // "his host, Culture Minister X": of the other side
		}
	}
	if at := strings.LastIndex(role, " of "); at >= 0 {
		for _, x := range o.world.Resolve(strings.TrimPrefix(role[at+4:], "the "), o.day) {
			if x.Kind == actor.KindState && !x.Ambiguous {
				return x.Actor
			}
		}
	}
	st, asked := o.titles[title]
	if !asked {
		if strings.Contains(title, " ") { // "spokesman" is nobody's alone
			st = o.titleState(title)
		}
		o.titles[title] = st
	}
	if st != "" {
		return st
	}
	for k := s; k >= 0 && k >= s-2; k-- {
		for _, x := range o.bySentence[k] {
			if x.actor >= 0 && o.isPolity(o.doc.Actors[x.actor].Entity) {
				return "" // its leader, perhaps
			}
		}
	}
	return o.settle(s, o.headOf(s, n.first, n.last), x, near)
}

// stateless reports whether a token lies in the name of a body or group that is
// no state's.
func (c *cast) stateless(i int, near []*name) bool {
	return slices.ContainsFunc(near, func(n *name) bool {
		if i < n.first || n.last < i || n.actor < 0 {
			return false
		}
		a := c.doc.Actors[n.actor]
		return (a.Kind == "group" || a.Kind == "organization") && a.Code != ""
	})
}
