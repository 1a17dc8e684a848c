package reading

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/text"
)

// phrases answers which actors a noun phrase means and how it is worded.
type phrases struct {
	tree     *clauses
	p        *page
	lexicon  *lexicon
	sentence int
}

// conjuncts returns the head of a phrase and those coordinated with it.
func (h *phrases) conjuncts(i int) []int {
	all := []int{i}
	for _, k := range h.tree.kids[i] {
		if h.tree.tokens[k].Rel == "conj" && h.tree.child(k, "nsubj", "nsubj:pass") < 0 {
			all = append(all, k)
		}
	}
	if j := h.listed(i); j >= 0 {
		all = append(all, j)
	}
	return all
}

// listed returns the name that stands before another at the head of a sentence
// with a comma alone between them, as headlines write two that act together
// ("Fiji, Japan sign pact"), or -1.
func (h *phrases) listed(i int) int {
	at := func(k int) int {
		if k < 0 || h.sentence >= len(h.p.at) || k >= len(h.p.at[h.sentence]) {
			return -1
		}
		return h.p.at[h.sentence][k]
	}
	m := at(i)
	if m < 0 || h.p.mentions[m].kind != named || h.tree.tokens[i].UPOS != "PROPN" {
		return -1
	}
	comma := h.p.mentions[m].first - 1
	before := at(comma - 1)
	if before < 0 || h.tree.tokens[comma].Form != "," || h.p.mentions[before].kind != named || h.p.mentions[before].last != comma-1 {
		return -1
	}
	if first := h.p.mentions[before].first; first != h.tree.begin && first > 0 && h.tree.tokens[first-1].UPOS != "PUNCT" {
		return -1
	}
	for _, k := range []int{m, before} {
		if who := h.p.mentions[k].actors; len(who) != 1 || h.p.doc.Actors[who[0]].Kind != "state" {
			return -1
		}
	}
	return comma - 1
}

// mentioned returns the actors that a token means by itself.
func (h *phrases) mentioned(i int) []int {
	if h.sentence >= len(h.p.at) || i >= len(h.p.at[h.sentence]) {
		return nil
	}
	return h.p.actorsAt(h.sentence, i)
}

// actors returns the actors that a phrase means: those of each coordinated
// head or, where a head is a common noun ("the Polish envoy"), those that it
// belongs to.
func (h *phrases) actors(i int) []int {
	if i < 0 {
		return nil
	}
	var found []int
	for _, k := range h.conjuncts(i) {
		for _, a := range h.of(k, 3) {
			found = appendNew(found, a)
		}
	}
	return found
}

func (h *phrases) of(i, depth int) []int {
	own := h.mentioned(i)
	if depth > 0 && len(own) == 1 {
		if all := h.jointly(i, depth); len(all) > 1 {
			return all
		}
	}
	if depth == 0 || len(own) > 0 && !h.national(own) {
		return own
	}
	for _, rels := range [][]string{{"nmod:poss"}, {"amod", "compound", "nmod:desc", "flat"}} {
		var found []int
		for _, k := range h.tree.kids[i] {
			for _, r := range rels {
				if h.tree.tokens[k].Rel != r || len(own) > 0 && slices.Equal(h.mentioned(k), own) { // a word of the same name
					continue
				}
				if r == "nmod:poss" && h.lexicon.is("@relation", h.tree.lemma(i)) { // "its neighbour" is another
					continue
				}
				if h.tree.tokens[k].XPOS == "WP$" { // "Peru, whose government"
					k = h.tree.antecedent(k)
				}
				pair := h.conjuncts(k)             // "British and French troops"
				for _, c := range h.tree.kids[k] { // "the Anglo-French pact", one adjective under the other
					if len(h.mentioned(k)) > 0 && len(h.mentioned(c)) > 0 && c < k && k-c == 2 {
						pair = append(pair, c)
					}
				}
				for _, c := range pair {
					for _, a := range h.of(c, depth-1) {
						found = appendNew(found, a)
					}
				}
			}
		}
		if len(found) > 0 {
			h.belong(own, found)
			return found
		}
	}
	for _, k := range h.tree.kids[i] {
		rel := h.tree.tokens[k].Rel
		if rel == "appos" {
			if found := h.of(k, depth-1); len(found) > 0 {
				return found
			}
		}
		if rel != "nmod" {
			continue
		}
		prep := h.tree.prep(k)
		if prep == "in" && h.lexicon.is("@agent", h.tree.lemma(i)) { // "a court in Peru"
			prep = "of"
		}
		switch prep {
		case "of", "from", "by", "loyal", "between", "for", "against":
			var found []int
			for _, c := range h.conjuncts(k) {
				for _, a := range h.of(c, depth-1) {
					found = appendNew(found, a)
				}
			}
			if len(found) > 0 {
				h.belong(own, found)
				return found
			}
		}
	}
	return own
}

// belong notes that a body which the tables do not know acts for the state that
// a phrase names with it.
func (h *phrases) belong(own, found []int) {
	if len(own) != 1 || len(found) != 1 || h.p.doc.Actors[found[0]].Kind != "state" {
		return
	}
	if a := &h.p.doc.Actors[own[0]]; a.State == "" {
		a.State = h.p.doc.Actors[found[0]].Code
	}
}

// jointly returns the actors of a plural noun that belongs to several: "leaders
// of France and Germany", "soldiers of the two countries".
func (h *phrases) jointly(i, depth int) []int {
	if !strings.Contains(h.tree.tokens[i].Feats, "Number=Plur") {
		return nil
	}
	var found []int
	for _, k := range h.tree.kids[i] {
		if h.tree.tokens[k].Rel != "nmod" || h.tree.prep(k) != "of" && h.tree.prep(k) != "from" {
			continue
		}
		for _, c := range h.conjuncts(k) {
			for _, a := range h.of(c, depth-1) {
				found = appendNew(found, a)
			}
		}
	}
	return found
}

// national tells whether an actor may be a body of some state: an organisation
// that the tables do not know. "Peru's Foreign Ministry" acts for Peru.
func (h *phrases) national(actors []int) bool {
	for _, a := range actors {
		if x := &h.p.doc.Actors[a]; x.Kind != "organization" || x.Code != "" || x.Entity != "" {
			return false
		}
	}
	return true
}

// wording returns the bytes of a phrase without the clauses that describe it.
// With all it takes in what is coordinated.
func (h *phrases) wording(i int, all bool) text.Span {
	if i < 0 {
		return text.Span{}
	}
	first, last := i, i
	h.widen(i, &first, &last, all, reach)
	return text.Span{Start: h.tree.tokens[first].Span.Start, End: h.tree.tokens[last].Span.End}
}

func (h *phrases) widen(i int, first, last *int, all bool, depth int) {
	if depth == 0 {
		return
	}
	for _, k := range h.tree.kids[i] {
		switch h.tree.tokens[k].Rel {
		case "det", "amod", "compound", "nmod:poss", "nummod", "flat", "fixed", "nmod:desc", "det:predet":
		case "nmod":
			if h.tree.prep(k) != "of" && depth < reach-1 {
				continue
			}
		case "conj":
			if !all {
				continue
			}
		case "cc":
			if !all || depth == reach { // "and Peru": the phrase begins after and
				continue
			}
		case "appos":
			if k-i > 3 {
				continue
			}
		default:
			continue
		}
		*first, *last = min(*first, k), max(*last, k)
		h.widen(k, first, last, all, depth-1)
	}
}

// words returns the text of a span.
func (h *phrases) words(s text.Span) string {
	if s.Start < 0 || s.End > len(h.p.text) || s.Start >= s.End {
		return ""
	}
	return strings.Join(strings.Fields(h.p.text[s.Start:s.End]), " ")
}

func appendNew(list []int, x int) []int {
	for _, y := range list {
		if y == x {
			return list
		}
	}
	return append(list, x)
}
