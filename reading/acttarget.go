package reading

import (
	"slices"
	"strings"
)

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
	if h.entry.mode == "visit" {
		return target
	}
	if reaction[h.entry.root] && h.clause < 0 {
		if k := r.doer(target); k >= 0 && !r.same(k, subject) {
			return k
		}
	}
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
			hit := bodily[h.entry.root] && (o.prep == "in" || o.prep == "at" || o.prep == "near" || o.prep == "on") && r.owned(o.head)
			if o.prep != "by" && o.head != subject && (r.person(o.head) || hit) && !r.same(o.head, subject) && o.prep != "after" && o.prep != "before" && o.prep != "during" && o.prep != "over" {
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

// reaction roots answer what somebody did: their target is who did it.
var reaction = wordSet("ACCUSE SUPPORT REJECT")

// doer returns who does what a noun names: "the invasion of Kuwait by Iraq", "the
// drills staged by Iraq", "the drills that Iraq held"; -1 if nobody is said to.
func (r *actReader) doer(n int) int {
	if r.tokens[n].UPOS != "NOUN" {
		return -1
	}
	for _, k := range r.kids[n] {
		who := -1
		switch r.tokens[k].Rel {
		case "nmod":
			if r.prep(k) == "by" {
				who = k
			}
		case "acl":
			if r.tokens[k].XPOS == "VBN" {
				who = r.frame(k).subject
			}
		case "acl:relcl":
			if f := r.frame(k); f.object == n {
				who = f.subject
			}
		}
		if who >= 0 && who != n && r.about(who) {
			return who
		}
	}
	if h := r.hit(n); h == nil || !hostile[h.entry.root] {
		return -1
	}
	for _, k := range r.kids[n] {
		switch r.tokens[k].Rel {
		case "nmod:poss", "amod", "compound", "nmod:desc":
			if len(r.mentioned(k)) > 0 {
				return k
			}
		}
	}
	return -1
}

// reciprocal tells whether a phrase means each other: "each other's envoys", "each
// accused the other".
func (r *actReader) reciprocal(i int) bool {
	for _, k := range append([]int{i}, r.kids[i]...) {
		if k > 0 && r.lemma(k) == "other" && (r.lemma(k-1) == "each" || k == i && r.lemma(k-1) == "the" && r.tokens[k].UPOS != "NOUN") ||
			k > 0 && r.lemma(k) == "another" && r.lemma(k-1) == "one" {
			return true
		}
	}
	return false
}

// onePerson tells whether a phrase means one person, not a state or its troops.
func (r *actReader) onePerson(i int) bool {
	if strings.Contains(r.tokens[i].Feats, "Number=Plur") || len(r.conjuncts(i)) > 1 {
		return false
	}
	who := r.mentioned(i)
	for _, a := range who {
		if r.p.doc.Actors[a].Kind != "person" {
			l := r.lemma(i)
			return r.tokens[i].UPOS == "NOUN" && (r.lex.is("@envoy", l) || l == "president" || l == "minister" || l == "premier" || l == "general")
		}
	}
	switch r.lemma(i) {
	case "he", "she", "i", "who":
		return true
	}
	return len(who) > 0 || r.lex.is("@envoy", r.lemma(i))
}

// military tells whether a thing is one that is attacked in war: "a battery".
func (r *actReader) military(i int) bool {
	l := r.lemma(i)
	return r.lex.is("@arms", l) || r.lex.is("@ships", l) || r.lex.is("@troops", l)
}

// bordering tells whether an act is the closing of a border or crossing, which is
// aimed at who is on the other side of it.
func (r *actReader) bordering(d *deed) bool {
	return d.root == "COERCE" && slices.ContainsFunc(d.trigger, func(i int) bool { return r.lex.is("@borders", r.lemma(i)) })
}
