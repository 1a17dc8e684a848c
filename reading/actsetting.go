package reading

// setting is what the words above a predicate say about it.
type setting struct {
	negated, dropped, planned bool
	modal                     string
	status                    string
	speaker                   int // subject of the verb of speech above; -1 if none
}

// planningWords tell that what follows lies ahead: "is set to", "about to".
var planningWords = wordSet("set due go about poised ready likely bound")

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
	if c.tokens[i].Rel == "acl:relcl" && c.anyone(c.head(i)) && c.tokens[i].XPOS != "VBD" && f.modal == "" && !c.perfect(i) { // "whoever attacks", "any company that uses the port"
		x.dropped = true
		return x
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
		if g := r.hit(h); g != nil && g.clause >= 0 && !(rel == "xcomp" && c.driven(h)) && !(r.lex.is("@intent", c.lemma(h)) && c.frame(h).passive && c.frame(h).subject < 0) && (g.clause == at || c.tokens[g.clause].Rel == rel) {
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
			for _, k := range c.kids[at] { // a purpose ("in order to"), or what is prevented: it may not come about
				if l := c.lemma(k); c.tokens[k].Rel == "mark" && l == "to" && r.bargained(h) {
					x.planned = true
				} else if c.tokens[k].Rel == "mark" && (l == "to" || l == "from") {
					x.dropped = true
				}
			}
			return x
		}
		g := c.frame(h)
		lemma := c.lemma(h)
		if rel == "xcomp" {
			switch {
			case c.driven(h):
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

// anyone tells whether a phrase means no one in particular: "anyone", "any
// company", "those", "a state".
func (c *clauses) anyone(i int) bool {
	if i < 0 {
		return false
	}
	switch c.lemma(i) {
	case "anyone", "anybody", "whoever", "someone", "those", "that":
		return true
	}
	d := c.child(i, "det")
	if d < 0 {
		return false
	}
	switch c.lemma(d) {
	case "any", "every", "each", "either", "whichever":
		return true
	case "a", "an":
		return c.lemma(i) == "state" || c.lemma(i) == "country" || c.lemma(i) == "party" || c.lemma(i) == "nation"
	}
	return false
}

// perfect tells whether a verb has "have" before it.
func (c *clauses) perfect(i int) bool {
	for _, k := range c.kids[i] {
		if c.tokens[k].Rel == "aux" && c.lemma(k) == "have" {
			return true
		}
	}
	return false
}

// driven tells whether a verb says that somebody was brought to do what follows,
// and so did it: "was forced to withdraw".
func (c *clauses) driven(i int) bool {
	switch c.lemma(i) {
	case "force", "oblige", "compel", "make":
		return c.frame(i).passive
	}
	return false
}

// bargained tells whether a verb concludes an agreement: what it is concluded to
// do lies ahead ("signed an accord to share data").
func (r *actReader) bargained(i int) bool {
	h := r.hit(i)
	o := r.frame(i).object
	return h != nil && h.entry.root == "AGREE" && o >= 0 && r.lex.is("@treaty", r.lemma(o))
}
