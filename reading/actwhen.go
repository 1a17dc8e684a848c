package reading

import "slices"

// date returns the date of an act: of the times in its sentence the one that hangs
// nearest to one of the words that tell it.
func (b *actBuilder) date(r *actReader, triggers []int) string {
	times := b.p.doc.Times
	sentence := r.p.sentences[r.sentence].Span
	for b.times < len(times) && times[b.times].Span.End <= sentence.Start {
		b.times++
	}
	c := r.clauses
	above := map[int]int{}
	for _, t := range triggers {
		for at, n := t, 0; at >= 0 && n < reach; at, n = c.head(at), n+1 {
			if m, ok := above[at]; !ok || n < m {
				above[at] = n
			}
		}
	}
	best, near := "", 4
	for _, t := range times[b.times:] {
		if t.Span.Start >= sentence.End {
			break
		}
		if t.Kind != "date" || t.Value == "" {
			continue
		}
		for i := range c.tokens {
			if !t.Span.Contains(c.tokens[i].Span) {
				continue
			}
			if h := c.head(i); h >= 0 && !t.Span.Contains(c.tokens[h].Span) && c.foreign(i, triggers) {
				break
			}
			up := 0
			for at := i; at >= 0 && up < 4; at, up = c.head(at), up+1 {
				if n, ok := above[at]; ok {
					if n > 0 && c.told(triggers[0], at, i) {
						break
					}
					if !c.barred(i, at) && !r.otherAct(i, at, triggers) && up+2*n < near {
						best, near = t.Value, up+2*n
					}
					break
				}
			}
		}
	}
	return best
}

// told tells whether a trigger stands in the content of a verb of speech above it
// and a time outside of that: "said on Friday that it had left".
func (c *clauses) told(trigger, above, time int) bool {
	for at, n := trigger, 0; at != above && at >= 0 && n < reach; at, n = c.head(at), n+1 {
		if c.tokens[at].Rel != "ccomp" {
			continue
		}
		for k, m := time, 0; k >= 0 && m < reach; k, m = c.head(k), m+1 {
			if k == at {
				return false
			}
		}
		return at > time && c.child(at, "mark") >= 0
	}
	return false
}

// otherAct tells whether the noun of another act lies between a word and one above
// it: "has asked for Crimea since its annexation in 2014".
func (r *actReader) otherAct(i, above int, triggers []int) bool {
	for n := 0; i != above && i >= 0 && n < reach; i, n = r.head(i), n+1 {
		if r.tokens[i].UPOS == "NOUN" && !slices.Contains(triggers, i) && r.hit(i) != nil {
			return true
		}
	}
	return false
}

// foreign tells whether a time belongs to something else than the trigger: it
// bounds ("until 2033") or dates another thing ("its 2011 agreement").
func (c *clauses) foreign(i int, triggers []int) bool {
	switch c.prep(i) {
	case "until", "till", "since", "before", "after", "by", "from", "through":
		return true
	}
	switch c.tokens[i].Rel {
	case "nummod", "compound", "amod", "nmod:poss":
		return !slices.Contains(triggers, c.head(i))
	}
	return false
}

// barred tells whether a clause boundary lies between a word and one above it.
func (c *clauses) barred(i, above int) bool {
	for n := 0; i != above && i >= 0 && n < reach; i, n = c.head(i), n+1 {
		switch c.tokens[i].Rel {
		case "ccomp", "acl:relcl", "advcl", "parataxis", "acl":
			return true
		}
	}
	return false
}

// place returns the phrase of a land other than the source's in which a trigger
// happens, or -1.
func (r *actReader) place(trigger []int, sources []int) int {
	c := r.clauses
	for _, t := range trigger {
		for _, k := range c.kids[t] {
			if rel := c.tokens[k].Rel; rel != "obl" && rel != "nmod" && rel != "advmod" {
				continue
			}
			switch c.prep(k) {
			case "in", "at", "near", "inside", "into", "across", "over", "to", "for", "around", "towards", "toward", "off", "along", "from", "on", "against":
			default:
				continue
			}
			if a := r.actors(k); len(a) > 0 && len(without(a, sources)) > 0 {
				return k
			}
		}
		if o := c.frame(t).object; o >= 0 {
			for _, k := range c.kids[o] {
				if c.tokens[k].Rel == "nmod" {
					if a := r.actors(k); len(a) > 0 && len(without(a, sources)) > 0 {
						return k
					}
				}
			}
		}
	}
	return -1
}

// location returns the words of the place of a trigger; empty if none is given.
func (r *actReader) location(trigger int) string {
	c := r.clauses
	for _, k := range c.kids[trigger] {
		if rel := c.tokens[k].Rel; (rel == "obl" || rel == "nmod") && c.tokens[k].UPOS == "PROPN" {
			switch c.prep(k) {
			case "in", "at", "near":
				if !r.lex.is("@time", c.lemma(k)) {
					return r.words(r.wording(k, false))
				}
			}
		}
	}
	return ""
}

// placed roots take the land where they happen for their target where no other
// is named.
var placed = wordSet("AID ASSAULT COERCE MOBILIZE RETREAT CONCEDE SANCTION COOPERATE")
