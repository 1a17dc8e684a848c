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
		for _, d := range r.judge(r.deeds()) {
			b.add(r, d)
		}
	}
	b.finish()
}

// actReader reads the acts of one sentence.
type actReader struct {
	*matcher
	phrases
	used []bool // tokens that an act has already explained
}

func newActReader(p *page, lex *lexicon, s int) *actReader {
	c := newClauses(&p.sentences[s])
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
			}
		}
	}
	for i := range c.tokens {
		if u := c.tokens[i].UPOS; (u == "NOUN" || u == "PROPN") && !r.used[i] {
			if d, ok := r.noun(i); ok {
				out = append(out, d)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b deed) int { return cmp.Compare(a.trigger[0], b.trigger[0]) })
	return out
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
		}
		return d, true
	}
	if h == nil || subject < 0 || h.partner >= 0 && !r.about(h.partner) && r.tokens[h.partner].UPOS != "PROPN" {
		return deed{}, false
	}
	d := r.deed(h, subject)
	if d.root == "REJECT" && h.clause >= 0 && len(d.targets) == 0 { // "declined to comment"
		return deed{}, false
	}
	if h.entry.received && len(d.targets) > 0 && h.target < 0 {
		return deed{}, false
	}
	if h.entry.sure && (len(d.targets) == 0 || !r.about(d.targets[0]) && (r.tokens[d.targets[0]].UPOS != "PROPN" || r.lex.is("@time", r.lemma(d.targets[0])))) {
		return deed{}, false
	}
	r.mark(h)
	if x.modal == "must" || x.modal == "can" {
		return deed{}, false
	}
	d.settle(x)
	if d.status == planned && d.of != "" && h.clause < 0 && x.speaker != subject && (len(d.targets) == 0 || !r.about(d.targets[0]) && r.tokens[d.targets[0]].UPOS != "PROPN") {
		return deed{}, false
	}
	return d, true
}

// deed turns a hit into an act of the subject.
func (r *actReader) deed(h *hit, subject int) deed {
	e := h.entry
	d := deed{root: e.root, mode: e.mode, cameo: e.cameo, status: occurred, sources: []int{subject}, trigger: append([]int{h.trigger}, h.words...), why: "lexicon " + e.at}
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
	if e.received && len(d.targets) > 0 {
		d.sources, d.targets = d.targets, d.sources
		subject = d.sources[0]
	}
	if h.clause >= 0 {
		if v := r.hit(h.clause); v != nil {
			d.of = v.entry.root
		}
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
	if len(d.targets) > 0 {
		d.worded = d.targets[0]
		if h.clause < 0 {
			d.targets[0] = r.sharpen(h, d.targets[0], subject)
		}
		if !bodily[d.root] || slices.Contains(h.words, d.worded) {
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

// owned tells whether a phrase names an actor itself or as owner: "the Chinese
// ambassador".
func (r *actReader) owned(i int) bool {
	if len(r.mentioned(i)) > 0 {
		return true
	}
	for _, k := range r.kids[i] {
		if rel := r.tokens[k].Rel; (rel == "nmod:poss" || rel == "amod" || rel == "compound") && len(r.mentioned(k)) > 0 {
			return true
		}
	}
	return false
}

// instrument tells whether a token is a word of the pattern itself or of the
// pattern of its clause: what the act is done with, not whom it is done to.
func (r *actReader) instrument(h *hit, i int) bool {
	if slices.Contains(h.words, i) {
		return true
	}
	if h.clause >= 0 {
		if v := r.hit(h.clause); v != nil && slices.Contains(v.words, i) {
			return true
		}
	}
	return false
}

// bodily roots hit things: the words of the target stay those of the thing,
// even when somebody behind it is the target.
var bodily = wordSet("ASSAULT COERCE PROTEST ACCUSE MOBILIZE")

// locality returns the name of the place that an act or the clause in it is
// said to concern, or -1.
func (r *actReader) locality(h *hit) int {
	look := []int{h.trigger}
	if h.clause >= 0 {
		look = append(look, h.clause)
	}
	look = append(look, h.words...)
	if h.target >= 0 {
		look = append(look, h.target)
	}
	for _, t := range look {
		if k := r.localized(t, 3); k >= 0 {
			return k
		}
	}
	for _, t := range look { // "sent doctors to help Mali"
		for _, k := range r.kids[t] {
			if rel := r.tokens[k].Rel; (rel == "advcl" || rel == "acl" || rel == "xcomp") && r.verbal(k) && k > t {
				if o := r.frame(k).object; o >= 0 && o > k && r.about(o) {
					return o
				}
				if n := r.localized(k, 2); n >= 0 {
					return n
				}
			}
		}
	}
	return -1
}

// localized returns a name behind a preposition of place under a word, or -1.
func (r *actReader) localized(t, depth int) int {
	for _, k := range r.kids[t] {
		rel := r.tokens[k].Rel
		if rel == "conj" && depth > 0 && !r.verbal(k) {
			if n := r.localized(k, depth-1); n >= 0 {
				return n
			}
		}
		if rel != "obl" && rel != "nmod" || r.lex.is("@time", r.lemma(k)) {
			continue
		}
		if u := r.tokens[k].UPOS; u == "PROPN" || r.about(k) {
			switch r.prep(k) {
			case "in", "to", "into", "from", "at", "near", "across", "against", "with", "around", "inside", "between", "among":
				return k
			}
		}
		if depth > 0 && r.tokens[k].Rel == "nmod" {
			if n := r.localized(k, depth-1); n >= 0 {
				return n
			}
		}
	}
	return -1
}

// sharpen looks for somebody behind a target that is a thing: whose it is, or
// else whom the verb names beside it ("returned the bronzes to Nigeria").
func (r *actReader) sharpen(h *hit, target, subject int) int {
	if r.person(target) {
		if !r.owned(target) && !bodily[h.entry.root] {
			if k := r.inside(target, subject, 1); k >= 0 && len(r.actors(k)) > 0 { // "people in Mali"
				return k
			}
		}
		return target
	}
	for _, k := range r.kids[target] {
		if rel := r.tokens[k].Rel; (rel == "nmod:poss" || rel == "compound" || rel == "amod") && len(r.mentioned(k)) > 0 && !r.same(k, subject) {
			return target
		}
	}
	if k := r.inside(target, subject, 3); k >= 0 {
		return k
	}
	if r.verbal(h.trigger) {
		for _, o := range r.frame(h.trigger).obliques {
			if o.prep != "by" && o.head != subject && r.person(o.head) && !r.same(o.head, subject) && o.prep != "after" && o.prep != "before" && o.prep != "during" && o.prep != "over" {
				return o.head
			}
		}
	}
	return target
}

// inside returns somebody whom a phrase names behind a preposition, or -1.
func (r *actReader) inside(i, subject, depth int) int {
	if depth == 0 {
		return -1
	}
	for _, k := range r.kids[i] {
		if r.tokens[k].Rel != "nmod" || k == subject {
			continue
		}
		if r.person(k) && !r.same(k, subject) {
			return k
		}
		if n := r.inside(k, subject, depth-1); n >= 0 {
			return n
		}
	}
	return -1
}

// person tells whether a phrase means somebody: an actor, or a noun for those
// who can act.
func (r *actReader) person(i int) bool {
	if len(r.mentioned(i)) > 0 {
		return true
	}
	l := r.lemma(i)
	return r.tokens[i].UPOS == "NOUN" && (r.lex.is("@agent", l) || r.lex.is("@folk", l))
}

// about tells whether a phrase means somebody or something of somebody's.
func (r *actReader) about(i int) bool { return len(r.actors(i)) > 0 || r.person(i) }

// same tells whether two phrases mean the same actors.
func (r *actReader) same(a, b int) bool {
	return a >= 0 && b >= 0 && slices.Equal(r.actors(a), r.actors(b)) && len(r.actors(a)) > 0
}

// mark keeps the words of a hit from being read again as acts of their own.
func (r *actReader) mark(h *hit) {
	for _, w := range h.words {
		r.used[w] = true
	}
}

// aim returns whom or what a predicate is directed at.
func (r *actReader) aim(i int) int {
	if h := r.hit(i); h != nil {
		switch {
		case h.target >= 0:
			return h.target
		case h.partner >= 0:
			return h.partner
		case h.clause >= 0 && h.clause != i && h.clause > i:
			return r.aim(h.clause)
		}
	}
	f := r.clauses.frame(i)
	if f.object >= 0 && len(r.actors(f.object)) > 0 {
		return f.object
	}
	for _, o := range f.obliques {
		if len(r.actors(o.head)) > 0 && o.prep != "by" {
			return o.head
		}
	}
	if f.object >= 0 {
		for _, k := range r.clauses.kids[f.object] {
			if r.clauses.tokens[k].Rel == "nmod" && len(r.actors(k)) > 0 {
				return k
			}
		}
	}
	for _, k := range f.clausal {
		if k > i {
			if t := r.aimOnce(k); t >= 0 {
				return t
			}
		}
	}
	return f.object
}

// aimOnce is aim without looking into further clauses.
func (r *actReader) aimOnce(i int) int {
	f := r.clauses.frame(i)
	if f.object >= 0 {
		return f.object
	}
	for _, o := range f.obliques {
		if len(r.actors(o.head)) > 0 {
			return o.head
		}
	}
	return -1
}

// settle makes of an act what its surroundings make of it: the announced is
// agreed or threatened, as PLOVER codes the future.
func (d *deed) settle(x setting) {
	if x.status != "" {
		d.status = x.status
	}
	if x.modal == "will" || x.modal == "may" || x.planned {
		d.status = planned
	}
	if d.status != planned || d.of != "" {
		return
	}
	switch {
	case friendly[d.root]:
		d.of, d.root, d.mode, d.cameo = d.root, "AGREE", "", "03"
	case hostile[d.root] && d.root != "THREATEN" && d.root != "PROTEST":
		d.of, d.root, d.mode, d.cameo = d.root, "THREATEN", "", "13"
	}
}

// planningWords tell that what follows lies ahead: "is set to", "about to".
var planningWords = wordSet("set due go about poised ready likely bound")

// setting is what the words above a predicate say about it.
type setting struct {
	negated, dropped, planned bool
	modal                     string
	status                    string
	speaker                   int // subject of the verb of speech above; -1 if none
}

// setting climbs from a predicate through control, complements and
// coordination.
func (r *actReader) setting(i int) setting {
	c := r.clauses
	f := c.frame(i)
	x := setting{speaker: -1, negated: f.negated, modal: f.modal}
	for _, k := range c.kids[i] {
		if c.tokens[k].Rel == "advmod" && r.lex.is("@allegedly", c.lemma(k)) {
			x.status = alleged
		}
		if c.tokens[k].Rel == "mark" {
			switch c.lemma(k) {
			case "without":
				x.dropped = true
			}
		}
	}
	at, linked := i, true // linked: what is said of the clause above is said of this one
	for range reach {
		h := c.head(at)
		if h < 0 {
			return x
		}
		rel := c.tokens[at].Rel
		mark := c.child(at, "mark")
		if mark >= 0 {
			switch c.lemma(mark) {
			case "if", "unless", "whether", "lest":
				x.dropped = true
				return x
			}
		}
		switch rel {
		case "conj":
			if !c.verbal(h) && c.tokens[h].UPOS != "ADJ" {
				return x
			}
			at = h
			continue
		case "xcomp", "ccomp", "csubj", "acl", "advcl":
		case "obl":
			if c.tokens[at].UPOS != "VERB" || mark < 0 {
				return x
			}
			rel = "xcomp"
		default:
			return x
		}
		if g := r.hit(h); g != nil && g.clause >= 0 && (g.clause == at || c.tokens[g.clause].Rel == rel) {
			if g.entry.of == "" {
				x.dropped = true
			} else {
				x.status = g.entry.of
			}
			return x
		}
		if rel == "acl" {
			if mark >= 0 && c.lemma(mark) == "to" {
				x.planned = true
				if r.lex.is("@refusal", c.lemma(h)) {
					x.dropped = true
				}
			}
			return x
		}
		if rel == "advcl" {
			x.dropped = x.dropped || mark >= 0 && c.lemma(mark) == "to" // a purpose: it may not come about
			return x
		}
		g := c.frame(h)
		lemma := c.lemma(h)
		if rel == "xcomp" {
			switch {
			case r.lex.is("@phase", lemma) && !(lemma == "go" && c.tokens[h].XPOS == "VBG"):
			case lemma == "have" || lemma == "need" || lemma == "ought":
				x.modal = "must"
			case r.lex.is("@ending", lemma) || lemma == "fail" || lemma == "refuse" || lemma == "decline":
				x.dropped = true
				return x
			case r.lex.is("@intent", lemma) || planningWords[lemma]:
				x.planned = true
			default:
				x.dropped = true
				return x
			}
			if linked && g.negated {
				x.negated = true
			}
			if x.modal == "" {
				x.modal = g.modal
			}
		}
		if rel == "ccomp" {
			linked = false
			if r.lex.is("@say", lemma) && x.speaker < 0 {
				x.speaker = g.subject
			} else if g.negated || r.lex.is("@intent", lemma) {
				x.dropped = g.negated
				x.planned = true
			}
		}
		at = h
	}
	return x
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
			case r.lex.is("@light", l):
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
	} else if len(d.targets) == 0 && len(r.actors(d.sources[0])) < 2 && d.mode != "visit" || len(d.targets) > 0 && !r.about(d.targets[0]) && c.tokens[subject].Rel != "nmod:poss" {
		return deed{}, false
	}
	d.settle(x)
	return d, true
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
