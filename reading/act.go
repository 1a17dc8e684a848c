package reading

import (
	"cmp"
	"slices"
)

// deed is an act while it is read: roles are heads of phrases in one sentence.
type deed struct {
	root, mode, cameo string
	of                string // root of the act that this one promises, asks for, threatens or denies
	status            string
	sources, targets  []int
	worded            int  // token that heads the words of the target; -1 if there are none
	mutual            bool // sources and targets take part alike
	noun              bool // told by a noun that no verb carries
	turn              bool // done by two to each other
	against           bool // done with or to one's own, against somebody
	content           bool // the target is only whom its clause is about
	mediated          bool // source brings others together
	again             bool // does what was told last of another; only sources and trigger are set
	loose             bool // no act unless the text around it tells whom it is aimed at
	trigger           []int
	why               string
}

// Stati of acts.
const (
	occurred = "occurred"
	planned  = "planned"
	alleged  = "alleged"
	denied   = "denied"
)

// hostile roots: what is said about them by others is only alleged, and
// announcing them is a threat.
var hostile = wordSet("ASSAULT COERCE SANCTION MOBILIZE THREATEN PROTEST")

// friendly roots: announcing them is agreeing to them.
var friendly = wordSet("CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT")

// mutual roots need no direction when several take part.
var mutualRoots = wordSet("AGREE CONSULT COOPERATE")

// findActs finds what the report says was done, will be done or is said to
// have been done: every entry of the lexicon that fits a predicate or a noun
// with somebody who can act.
func (p *page) findActs() {
	lex, err := loadLexicon()
	if err != nil {
		p.doc.Problems = append(p.doc.Problems, Problem{Message: err.Error()})
		return
	}
	b := newActBuilder(p)
	for s := range p.sentences {
		if s < len(p.body) && !p.body[s] {
			continue
		}
		r := newActReader(p, lex, s)
		told := len(b.who)
		for _, d := range r.judge(r.deeds()) {
			b.add(r, d)
		}
		b.complete(told)
	}
	b.blame(lex)
	b.finish()
}

// actReader reads the acts of one sentence.
type actReader struct {
	*matcher
	phrases
	used []bool // tokens that an act has already explained
}

func newActReader(p *page, lex *lexicon, s int) *actReader {
	c := newClauses(mend(lex, &p.sentences[s]))
	return &actReader{
		matcher: newMatcher(lex, c),
		phrases: phrases{tree: c, p: p, lexicon: lex, sentence: s},
		used:    make([]bool, len(c.tokens)),
	}
}

// deeds returns the acts of the sentence in the order of their triggers.
func (r *actReader) deeds() []deed {
	c := r.clauses
	if n := len(c.tokens); n > 0 && c.tokens[n-1].Form == "?" {
		return nil
	}
	var out []deed
	for i := range c.tokens {
		switch c.tokens[i].UPOS {
		case "VERB", "AUX", "ADJ":
			if d, ok := r.verb(i); ok {
				out = append(out, d)
			} else if d, ok := r.again(i); ok {
				out = append(out, d)
			}
		}
	}
	for i := range c.tokens {
		if u := c.tokens[i].UPOS; (u == "NOUN" || u == "PROPN") && !r.used[i] {
			if d, ok := r.stay(i); ok {
				out = append(out, d)
			} else if d, ok := r.noun(i); ok {
				out = append(out, d)
			}
		}
	}
	out = append(out, r.reasons(out)...)
	out = append(out, r.replies(out)...)
	slices.SortStableFunc(out, func(a, b deed) int { return cmp.Compare(a.trigger[0], b.trigger[0]) })
	return out
}

// reasons returns the acts for which somebody is thanked or blamed and that only a
// noun tells: "thanked Peru for the gift of two boats". Whom it benefits or hits, if
// nobody is named, is who speaks.
func (r *actReader) reasons(told []deed) []deed {
	var out []deed
	for _, d := range told {
		if d.root != "SUPPORT" && d.root != "ACCUSE" || d.status != occurred || len(d.targets) == 0 || len(d.sources) == 0 || !r.verbal(d.trigger[0]) || len(r.actors(d.targets[0])) == 0 {
			continue
		}
		under := slices.Clone(d.trigger)
		for _, k := range append(under, d.targets[0]) {
			for _, n := range r.kids[k] {
				rel := r.tokens[n].Rel
				if rel != "obl" && rel != "nmod" || r.prep(n) != "for" || r.used[n] || r.tokens[n].UPOS != "NOUN" {
					continue
				}
				h := r.hit(n)
				if h == nil || r.child(n, "nmod:poss") >= 0 || h.entry.received || h.entry.root == "ACCUSE" || h.entry.root == "SUPPORT" || mutualRoots[h.entry.root] {
					continue
				}
				if friendly[h.entry.root] != (d.root == "SUPPORT") {
					continue
				}
				own := *h
				if own.target < 0 || len(r.actors(own.target)) == 0 || r.same(own.target, d.targets[0]) {
					own.target = d.sources[0]
				}
				e := r.deed(&own, d.targets[0])
				if d.root == "ACCUSE" {
					e.status = alleged
				}
				r.used[n] = true
				out = append(out, e)
			}
		}
	}
	return out
}

// asking are nouns for what somebody wants of another, with the root of the act.
var asking = map[string]string{
	"request": "REQUEST", "proposal": "REQUEST", "demand": "REQUEST", "appeal": "REQUEST", "plea": "REQUEST", "invitation": "REQUEST",
	"accusation": "ACCUSE", "allegation": "ACCUSE", "charge": "ACCUSE",
}

// replies returns the requests and charges that a refusal or consent answers and
// that only a noun tells: "turned down a French proposal".
func (r *actReader) replies(told []deed) []deed {
	var out []deed
	for _, d := range told {
		if d.root != "REJECT" && d.root != "CONCEDE" || d.status != occurred || len(d.sources) == 0 || !r.verbal(d.trigger[0]) {
			continue
		}
		f := r.frame(d.trigger[0])
		look := append(slices.Clone(d.trigger), d.targets...)
		if f.object >= 0 {
			look = append(look, f.object)
		}
		for _, n := range look {
			root := asking[r.lemma(n)]
			if root == "" || r.tokens[n].UPOS != "NOUN" {
				continue
			}
			if k := r.asker(n); k >= 0 && len(r.actors(k)) > 0 && !r.same(k, d.sources[0]) {
				out = append(out, deed{root: root, cameo: roots[root], status: occurred, sources: []int{k}, targets: []int{d.sources[0]}, worded: -1, trigger: []int{n}, why: "what a reply answers"})
				break
			}
		}
	}
	return out
}

// asker returns whose request or charge a noun names, or -1.
func (r *actReader) asker(n int) int {
	for _, k := range r.kids[n] {
		switch r.tokens[k].Rel {
		case "nmod:poss":
			return k
		case "amod", "compound", "nmod:desc":
			if len(r.mentioned(k)) > 0 {
				return k
			}
		case "nmod":
			if p := r.prep(k); (p == "by" || p == "from") && r.about(k) {
				return k
			}
		}
	}
	return -1
}

// again reads that somebody did what was told last of another: "Canada followed
// suit".
func (r *actReader) again(i int) (deed, bool) {
	f := r.frame(i)
	if f.subject < 0 || f.object < 0 || len(r.actors(f.subject)) == 0 {
		return deed{}, false
	}
	if verb, what := r.lemma(i), r.lemma(f.object); !(verb == "follow" && what == "suit" || verb == "do" && (what == "same" || what == "likewise")) {
		return deed{}, false
	}
	if x := r.setting(i); x.dropped || x.negated || x.planned || x.modal != "" {
		return deed{}, false
	}
	return deed{again: true, status: occurred, sources: []int{f.subject}, worded: -1, trigger: []int{i, f.object}, why: "did as another had done"}, true
}

// verb reads the act of a predicate.
func (r *actReader) verb(i int) (deed, bool) {
	c := r.clauses
	h := r.hit(i)
	x := r.setting(i)
	f := c.frame(i)
	asked := f.subject
	if asked < 0 {
		asked = f.object
	}
	if x.modal == "must" && x.speaker >= 0 && asked >= 0 && asked != x.speaker && r.tokens[asked].XPOS != "PRP" && !r.same(asked, x.speaker) {
		return deed{root: "REQUEST", cameo: roots["REQUEST"], status: occurred, sources: []int{x.speaker}, targets: []int{asked}, worded: asked, trigger: []int{i}, why: "must under a verb of speech"}, true
	}
	if x.dropped {
		return deed{}, false
	}
	subject := f.subject
	if subject >= 0 && r.tokens[subject].UPOS == "PRON" && x.speaker >= 0 && x.speaker != subject && len(r.mentioned(subject)) == 0 && !c.relative(subject) {
		subject = x.speaker
	}
	if x.negated {
		if x.modal != "will" || h == nil && x.speaker < 0 || subject < 0 {
			return deed{}, false
		}
		if h != nil && !friendly[h.entry.root] && h.entry.root != "AGREE" {
			return deed{}, false
		}
		d := deed{root: "REJECT", cameo: roots["REJECT"], status: occurred, sources: []int{subject}, worded: -1, trigger: []int{i}, why: "refusal: will not"}
		if t := r.aim(i); t >= 0 {
			d.targets, d.worded = []int{t}, t
		}
		if h != nil {
			d.of = h.entry.root
		} else if d.worded < 0 || !r.about(d.worded) {
			return deed{}, false
		}
		return d, true
	}
	if h != nil && subject < 0 && f.passive && h.partner >= 0 && len(r.actors(h.partner)) > 1 { // "talks were held between the two"
		subject = h.partner
	}
	if h != nil && subject < 0 && f.passive && (h.entry.root == "SANCTION" && h.entry.mode == "expel" || h.entry.head == "deport") { // "were expelled from Belarus"
		for _, o := range f.obliques {
			if o.prep == "from" && len(r.mentioned(o.head)) > 0 {
				subject = o.head
				if h.target == o.head {
					own := *h
					own.target, h = f.object, &own
				}
			}
		}
	}
	if h != nil && subject < 0 && f.passive && x.modal == "will" && x.speaker >= 0 && (friendly[h.entry.root] || h.entry.root == "SANCTION") { // "announced that the envoy would be recalled"
		subject = x.speaker
	}
	if h == nil || subject < 0 && !r.undergone(h, f) || h.partner >= 0 && !r.about(h.partner) && r.tokens[h.partner].UPOS != "PROPN" {
		return deed{}, false
	}
	if h.entry.root == "ASSAULT" && subject >= 0 && r.tokens[subject].UPOS == "NOUN" && (h.target < 0 || !r.owned(h.target)) { // "the shelling killed nine": told by the noun
		if g := r.hit(subject); g != nil && g.entry.root == "ASSAULT" && !r.lex.is("@agent", r.lemma(subject)) {
			return deed{}, false
		}
	}
	if up := c.head(i); h.entry.root == "ASSAULT" && c.tokens[i].Rel == "advcl" && up >= 0 && r.tokens[i].XPOS == "VBG" && (h.target < 0 || !r.owned(h.target)) { // "opened fire, wounding three"
		if g := r.hit(up); g != nil && g.entry.root == "ASSAULT" {
			return deed{}, false
		}
	}
	d := r.deed(h, subject)
	if subject == h.partner {
		d.targets = nil
	}
	if h.entry.head == "call" && d.mode == "phone" && len(d.targets) > 0 && !r.person(d.targets[0]) { // "called the visit an insult"
		return deed{}, false
	}
	if l := h.entry.head; (d.root == "RETREAT" && l == "leave" || d.root == "AGREE" && l == "join") && subject >= 0 && r.onePerson(subject) { // who goes somewhere or joins something
		return deed{}, false
	}
	if d.root == "REJECT" && h.clause >= 0 && r.lex.is("@reply", r.lemma(h.clause)) { // "declined to say how"
		return deed{}, false
	}
	if d.root == "REQUEST" && h.entry.head == "insist" && h.clause >= 0 && r.finite(h.clause) && !r.subjunctive(h.clause) { // a claim
		return deed{}, false
	}
	if d.root == "ACCUSE" && h.clause >= 0 && len(d.targets) > 0 && r.tokens[d.targets[0]].UPOS == "PRON" && r.same(d.targets[0], subject) { // "revealed that it had refused"
		return deed{}, false
	}
	if d.root == "REJECT" && h.clause >= 0 && len(d.targets) == 0 && !(h.entry.head == "deny" && r.finite(h.clause)) { // "declined to comment"
		return deed{}, false
	}
	if h.entry.received && h.target < 0 {
		if !hostile[h.entry.root] {
			return deed{}, false
		}
		d.sources, d.targets, d.worded = nil, []int{subject}, subject // "came under fire": by whom is not said
	}
	if h.entry.sure && (len(d.targets) == 0 || !r.about(d.targets[0]) && !(d.root == "ASSAULT" && r.military(d.targets[0])) && (r.tokens[d.targets[0]].UPOS != "PROPN" || r.lex.is("@time", r.lemma(d.targets[0])))) {
		if h.next == nil {
			return deed{}, false
		}
		r.hits[i] = h.next
		return r.verb(i)
	}
	r.mark(h)
	if x.modal == "must" || x.modal == "can" {
		return deed{}, false
	}
	if h.entry.of == planned && h.clause < 0 { // "pledged a loan"
		x.planned = true
	}
	d.settle(x)
	if d.status == planned && d.of != "" && h.entry.of == "" && h.clause < 0 && x.speaker != subject && !(d.mutual && len(r.actors(subject)) > 1) && !(d.of == "RETREAT" && len(h.words) > 0) && (len(d.targets) == 0 || !r.about(d.targets[0]) && r.tokens[d.targets[0]].UPOS != "PROPN") {
		return deed{}, false
	}
	return d, true
}

// undergone tells whether a passive names no doer and still tells an act: "the
// port was bombed".
func (r *actReader) undergone(h *hit, f *frame) bool {
	return f.passive && f.object >= 0 && h.target >= 0 && !mutualRoots[h.entry.root] &&
		(r.lex.is("@undergo", h.entry.head) || h.entry.head == "summon" || h.entry.root == "SANCTION" && h.entry.mode == "expel")
}

// deed turns a hit into an act of the subject; subject is -1 if nobody is named.
func (r *actReader) deed(h *hit, subject int) deed {
	e := h.entry
	d := deed{root: e.root, mode: e.mode, cameo: e.cameo, status: occurred, trigger: append([]int{h.trigger}, h.words...), why: "lexicon " + e.at}
	if subject >= 0 {
		d.sources = []int{subject}
	}
	switch {
	case h.partner >= 0:
		d.mutual, d.targets = true, []int{h.partner}
	case h.target >= 0:
		d.targets = []int{h.target}
	case h.clause >= 0:
		if t := r.aim(h.clause); t >= 0 {
			d.targets = []int{t}
		}
	}
	if e.received && len(d.targets) > 0 && subject >= 0 {
		d.sources, d.targets = d.targets, d.sources
		subject = d.sources[0]
	}
	if each := e.head == "trade" || e.head == "exchange" || e.head == "swap"; each && !e.noun && (d.root == "ACCUSE" || d.root == "RETREAT") {
		d.turn, d.mutual = true, true
		if h.partner >= 0 {
			d.sources = append(d.sources, h.partner)
		}
		d.targets = nil
	}
	if h.clause >= 0 {
		if v := r.hit(h.clause); v != nil {
			d.of = v.entry.root
			d.mediated = v.entry.mode == "third-party" || v.entry.head == "host"
		}
		d.content = e.of == denied && !hostile[d.of]
		if d.root == "AGREE" && hostile[d.of] { // "vowed to attack"
			d.root, d.cameo = "THREATEN", roots["THREATEN"]
		}
		if d.root == "AGREE" {
			d.status = planned
		}
	}
	if mutualRoots[d.root] && d.mode != "visit" && h.partner < 0 && (len(d.targets) == 0 || !r.about(d.targets[0])) {
		d.mutual = true
		if len(r.conjuncts(subject)) > 1 || len(r.actors(subject)) > 1 {
			d.targets = nil
		}
	}
	slices.Sort(d.trigger)
	d.worded = -1
	if len(d.targets) > 0 && len(d.sources) > 0 && !mutualRoots[d.root] && r.reciprocal(d.targets[0]) {
		d.turn = true
	}
	if len(d.targets) > 0 {
		d.worded = d.targets[0]
		if h.clause < 0 {
			d.targets[0] = r.sharpen(h, d.targets[0], subject)
		}
		if made := reaction[d.root] && d.targets[0] == r.doer(d.worded); !made && (!bodily[d.root] || slices.Contains(h.words, d.worded)) {
			d.worded = d.targets[0]
		}
	}
	if thing := d.worded < 0 || !r.about(d.worded) || (r.instrument(h, d.worded) || d.root == "AGREE" && h.clause >= 0) && !r.owned(d.worded); thing && !d.mutual && (!bodily[d.root] || d.worded < 0 || r.instrument(h, d.worded)) {
		if t := r.locality(h); t >= 0 {
			d.worded = t
		}
	}
	return d
}

// mark keeps the words of a hit from being read again as acts of their own.
func (r *actReader) mark(h *hit) {
	for _, w := range h.words {
		r.used[w] = true
	}
}

// stay reads the visit of a predicate of place: "the minister was in Tehran".
func (r *actReader) stay(i int) (deed, bool) {
	c := r.clauses
	cop, subject := c.child(i, "cop"), c.child(i, "nsubj")
	if p := c.prep(i); cop < 0 || subject < 0 || p != "in" && p != "at" || c.tokens[i].UPOS != "PROPN" {
		return deed{}, false
	}
	subject = c.antecedent(subject)
	x := r.setting(i)
	if x.dropped || x.negated || x.modal == "can" || x.modal == "must" || len(r.actors(subject)) == 0 || r.tokens[subject].UPOS == "PROPN" && r.stateName(subject) {
		return deed{}, false
	}
	d := deed{root: "CONSULT", mode: "visit", cameo: "042", status: occurred, sources: []int{subject}, targets: []int{i}, worded: i, trigger: []int{cop, i}, why: "being in a capital"}
	d.settle(x)
	return d, true
}

// stateName tells whether a name is that of a state or body itself, which is
// nowhere on a visit.
func (r *actReader) stateName(i int) bool {
	for _, a := range r.mentioned(i) {
		if k := r.p.doc.Actors[a].Kind; k == "state" || k == "organization" {
			return true
		}
	}
	return false
}

// noun reads the act that a noun names: "the annexation of Crimea by Russia".
func (r *actReader) noun(i int) (deed, bool) {
	h := r.hit(i)
	if h == nil {
		return deed{}, false
	}
	c := r.clauses
	if rel := c.tokens[i].Rel; rel == "compound" || rel == "amod" || rel == "flat" {
		return deed{}, false
	}
	x := setting{speaker: -1}
	subject := -1
	for _, k := range c.kids[i] {
		switch c.tokens[k].Rel {
		case "nmod:poss":
			subject = k
		case "nmod":
			if k == h.target && subject < 0 { // "the seizure of the tanker by Iran", hung under the tanker
				for _, n := range c.kids[k] {
					if c.tokens[n].Rel == "nmod" && c.prep(n) == "by" {
						subject = n
					}
				}
			}
			if p := c.prep(k); subject < 0 && (p == "by" || p == "from" && k != h.target || p == "of" && h.entry.mode == "visit") {
				subject = k
			}
		case "amod", "det":
			switch l := c.lemma(k); {
			case l == "no":
				return deed{}, false
			case r.lex.is("@unreal", l):
				x.planned = true
			case r.lex.is("@alleged", l):
				x.status = alleged
			}
		}
	}
	if k := c.child(i, "nmod:poss"); k >= 0 && h.target < 0 && !h.entry.received { // "its annexation by Russia": its is whom it befell
		for _, n := range c.kids[i] {
			if c.tokens[n].Rel == "nmod" && c.prep(n) == "by" && r.about(n) && !mutualRoots[h.entry.root] {
				own := *h
				own.target = k
				subject, h = n, &own
			}
		}
	}
	if subject < 0 {
		for _, k := range c.kids[i] {
			if rel := c.tokens[k].Rel; (rel == "amod" || rel == "compound" || rel == "nmod:desc") && len(r.mentioned(k)) > 0 {
				subject = k
				break
			}
		}
	}
	light := false
	g := c.head(i)
	if g >= 0 && c.verbal(g) {
		f := c.frame(g)
		l := c.lemma(g)
		if f.object == i {
			up := r.setting(g)
			if up.dropped || up.negated {
				return deed{}, false
			}
			if above := r.hit(g); above != nil {
				switch above.entry.root {
				case "REQUEST", "REJECT", "THREATEN", "AGREE":
					return deed{}, false
				}
			}
			switch {
			case r.lex.is("@light", l) && !(subject >= 0 && c.tokens[subject].UPOS != "PRON" && (l == "support" || l == "approve")):
				light = true
				x.status, x.modal, x.planned = up.status, up.modal, up.planned || r.lex.is("@planning", l)
				if subject < 0 || c.tokens[subject].UPOS == "PRON" {
					subject = f.subject
				}
			case r.lex.is("@ending", l) || r.lex.is("@lifting", l):
				return r.reversed(h, g, f.subject, up)
			}
		}
	}
	if p := c.prep(i); subject < 0 && h.entry.mode == "visit" && h.target >= 0 && g >= 0 && c.verbal(g) && (p == "during" || p == "on") {
		subject = c.frame(g).subject // "during a visit to X, Y said": who is there is the visitor
	}
	if h.entry.root == "REQUEST" && c.prep(i) == "at" && subject >= 0 && h.target < 0 && g >= 0 && c.verbal(g) { // "moved in at Peru's request"
		if f := c.frame(g); f.subject >= 0 {
			own := *h
			own.target, h = f.subject, &own
		}
	}
	if subject < 0 && r.befell(h, i) {
		d := r.deed(h, -1)
		d.settle(x)
		return d, true
	}
	if subject < 0 && !(h.partner >= 0 && len(r.conjuncts(h.partner)) > 1) {
		return deed{}, false
	}
	var d deed
	if subject < 0 {
		d = r.deed(h, h.partner)
		d.targets = nil
	} else {
		d = r.deed(h, subject)
	}
	if !light && len(r.actors(d.sources[0])) == 0 {
		return deed{}, false
	}
	if light {
		d.trigger = append(d.trigger, g)
		slices.Sort(d.trigger)
	} else if d.noun = true; len(d.targets) == 0 && hostile[d.root] {
		if x.planned || c.prep(i) == "against" {
			return deed{}, false
		}
		d.loose = true
	} else if len(d.targets) == 0 && len(r.actors(d.sources[0])) < 2 && d.mode != "visit" || len(d.targets) > 0 && !r.about(d.targets[0]) && c.tokens[subject].Rel != "nmod:poss" {
		return deed{}, false
	}
	d.settle(x)
	return d, true
}

// befell tells whether a noun that names no doer still tells an act, and not
// what might come: "the bombing of Assab", "an attack on the port killed six".
func (r *actReader) befell(h *hit, i int) bool {
	if h.target < 0 || h.clause >= 0 || !r.lex.is("@undergo", h.entry.head) {
		return false
	}
	for _, k := range r.kids[i] {
		switch r.tokens[k].Rel {
		case "det":
			switch r.lemma(k) {
			case "the", "this", "that", "these", "those":
				return true
			}
		case "nmod:poss", "nummod":
			return true
		}
	}
	g := r.head(i)
	if g < 0 || !r.verbal(g) || r.tokens[i].Rel != "nsubj" {
		return false
	}
	f := r.frame(g)
	return f.modal == "" && !f.negated && r.tokens[g].XPOS == "VBD"
}

// reversed reads the end of what a noun names: of talks or aid, a sanction; of
// force or sanctions, a retreat.
func (r *actReader) reversed(h *hit, g, subject int, x setting) (deed, bool) {
	if subject < 0 {
		return deed{}, false
	}
	d := r.deed(h, subject)
	d.mutual = false
	switch {
	case friendly[d.root] || d.root == "AGREE":
		d.root, d.mode, d.cameo = "SANCTION", "discontinue", "16"
	case hostile[d.root]:
		d.root, d.mode, d.cameo = "RETREAT", "", "08"
	default:
		return deed{}, false
	}
	d.trigger = append(d.trigger, g)
	slices.Sort(d.trigger)
	d.settle(x)
	return d, true
}

// Plover05 returns the root under which PLOVER 0.5 files the act: that edition
// follows the CAMEO root codes, so a signing is SUPPORT, a blockade ASSAULT
// and an embargo COERCE, and knows YIELD in place of CONCEDE and RETREAT.
// Source: PLOVER 0.5b1, table of CAMEO equivalents.
func (a *Act) Plover05() string {
	if len(a.CAMEO) < 3 {
		if a.Type == "CONCEDE" || a.Type == "RETREAT" {
			return "YIELD"
		}
		return a.Type
	}
	switch a.CAMEO[:2] {
	case "02", "10":
		return "REQUEST"
	case "03":
		return "AGREE"
	case "04":
		return "CONSULT"
	case "05":
		return "SUPPORT"
	case "06":
		return "COOPERATE"
	case "07":
		return "AID"
	case "08":
		return "YIELD"
	case "09", "11":
		return "ACCUSE"
	case "12":
		return "REJECT"
	case "13":
		return "THREATEN"
	case "14":
		return "PROTEST"
	case "15":
		return "MOBILIZE"
	case "16":
		return "SANCTION"
	case "17":
		return "COERCE"
	}
	return "ASSAULT"
}
