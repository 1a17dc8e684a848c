package reading

import (
	"github.com/casus-foederis/casus/text"
)

var fieldNouns = setOf(`area field sector range topic sphere subject`)

// conditions open the clause that triggers a duty.
var conditions = setOf(`if when whenever should unless once where`)

// layDown adds the provisions of a clause, one for each of the things joined in
// it. A clause that names its agreement may be of type other; one that only
// stands near it must be of a type.
func (g *agreements) layDown(k, s, v int, sure bool) {
	obj := g.child(s, v, "obj", "obl", "ccomp")
	lemma := lower(g.token(s, v).Lemma)
	if lemma == "cover" && obj >= 0 && fieldNouns[singular(lower(g.token(s, obj).Form))] {
		return // a list of areas
	}
	switch lemma {
	case "provide", "call", "include", "contain", "cover", "envisage", "foresee", "list", "feature", "entail":
		g.items(k, s, v, sure)
		return
	}
	if pieces := g.promises(s, v); len(pieces) > 1 {
		for _, p := range pieces {
			g.addProvision(k, s, v, p[0], p[1], sure)
		}
		return
	}
	first, last := g.clauseSpan(s, v)
	g.addProvision(k, s, v, first, last, sure)
}

// promises cuts what parties promise one by one: "to consult if either feels
// threatened, to hold one exercise a year, and to buy shells together". Each
// piece is a first and last token; there are none if one thing is promised.
func (g *agreements) promises(s, v int) [][2]int {
	_, end := g.clauseSpan(s, v)
	var starts []int
	for i := v + 1; i+1 <= end; i++ {
		before := lower(g.token(s, i-1).Form)
		next := i + 1
		for next < end && g.token(s, next).UPOS == "PUNCT" { // “consult”
			next++
		}
		if lower(g.token(s, i).Form) == "to" && (g.token(s, next).UPOS == "VERB" || g.token(s, next).UPOS == "AUX") && (len(starts) == 0 && i <= v+6 || len(starts) > 0 && (before == "," || before == "and" || before == ";")) {
			starts = append(starts, i+1)
		}
	}
	var out [][2]int
	for n, from := range starts {
		to := end
		if n+1 < len(starts) {
			to = starts[n+1] - 2
			for to > from && (g.token(s, to).UPOS == "PUNCT" || g.token(s, to).UPOS == "CCONJ") {
				to--
			}
		}
		out = append(out, [2]int{from, to})
	}
	return out
}

// items adds one provision for each thing that "provides for" or "includes"
// lists. A list is cut at commas and "and"; pieces that say nothing by
// themselves stay with the one before.
func (g *agreements) items(k, s, v int, sure bool) {
	tokens := g.sentences[s].Tokens
	first, last := v+1, v
	for last+1 < len(tokens) && !g.closes(s, last+1) {
		last++
	}
	for last > v && tokens[last].UPOS == "PUNCT" {
		last--
	}
	if first > last {
		return
	}
	if !g.trigger(s, first, last).Empty() {
		g.addProvision(k, s, v, first, last, sure)
		return
	}
	typed := false
	start := first
	for i := first; i <= last; i++ {
		cut := i == last || tokens[i+1].Form == "," || tokens[i+1].Form == ";" || tokens[i+1].UPOS == "CCONJ"
		if !cut || i < start {
			continue
		}
		from := start
		for from < i && (tokens[from].UPOS == "PUNCT" || tokens[from].UPOS == "CCONJ" || tokens[from].UPOS == "ADP") {
			from++
		}
		if provisionTypes(lower(g.words(s, from, i).Of(g.text))) != "" {
			g.addProvision(k, s, v, from, i, true)
			typed = true
			start = i + 1
		} else if typed {
			start = i + 1
		}
	}
	if !typed {
		g.addProvision(k, s, v, first, last, sure)
	}
}

// closes reports whether a clause ends before a token: at a semicolon, or at a
// comma before what is another clause.
func (g *agreements) closes(s, i int) bool {
	switch g.token(s, i).Form {
	case ";", ".", "—", "–":
		return true
	case ",":
		switch next := g.token(s, i+1); lower(next.Form) {
		case "but", "while", "although", "though", "which", "who", "he", "she", "it", "they", "said", "says", "according", "as":
			return true
		default:
			after := g.token(s, i+2)
			return next.UPOS == "PROPN" && (after.UPOS == "VERB" || after.UPOS == "PROPN" && g.token(s, i+3).UPOS == "VERB")
		}
	}
	return false
}

// clauseSpan returns the tokens of a clause from its subject on, without
// conjoined clauses that have a subject of their own, and without what frames
// the clause.
func (g *agreements) clauseSpan(s, v int) (first, last int) {
	first, last = v, v
	for c := range g.children(s, v) {
		t := g.token(s, c)
		switch t.Rel {
		case "punct", "parataxis", "cc", "discourse":
			continue
		case "conj":
			if g.child(s, c, "nsubj") >= 0 || g.token(s, c).UPOS == "VERB" && provisionVerbs[lower(t.Lemma)] {
				continue
			}
		case "advcl":
			if w := g.child(s, c, "mark"); w >= 0 && !conditions[lower(g.token(s, w).Form)] && lower(g.token(s, w).Form) != "to" {
				continue
			}
		case "nsubj", "obl":
			if g.heads[s][c] > 0 || lower(t.Form) == "it" || lower(t.Form) == "that" || lower(t.Form) == "which" {
				continue
			}
		}
		a, b := g.reach(s, c)
		first, last = min(first, a), max(last, b)
	}
	return first, last
}

// trigger finds the condition in a stretch: "if ...", "in case of ...", "should
// either suffer ...". The span is empty if there is none.
func (g *agreements) trigger(s, first, last int) text.Span {
	tokens := g.sentences[s].Tokens
	for first < last && (tokens[first].UPOS == "NUM" || tokens[first].UPOS == "PUNCT" || tokens[first].UPOS == "X") {
		first++ // the number of a paragraph
	}
	for i := first; i <= last; i++ {
		w := lower(tokens[i].Form)
		two := lower(g.token(s, i+1).Form)
		opens := (w == "if" || w == "whenever" || w == "when") ||
			w == "should" && (g.token(s, i+1).UPOS == "DET" || g.token(s, i+1).UPOS == "NUM" || lower(g.token(s, i+1).Form) == "either" || g.token(s, i+1).UPOS == "PROPN" || g.token(s, i+1).UPOS == "PRON") ||
			w == "in" && (two == "case" || two == "event") || w == "in" && two == "the" && (lower(g.token(s, i+2).Form) == "event" || lower(g.token(s, i+2).Form) == "face" || lower(g.token(s, i+2).Form) == "case")
		if !opens {
			continue
		}
		end := last
		if i == first { // the condition stands first: up to the main clause
			for k := i + 1; k < last; k++ {
				if next := tokens[k+1]; tokens[k].Form == "," && next.UPOS != "CCONJ" && next.UPOS != "VERB" && next.UPOS != "ADP" && next.UPOS != "ADV" {
					end = k
					break
				}
			}
		}
		for end > i && tokens[end].UPOS == "PUNCT" {
			end--
		}
		return g.words(s, i, end)
	}
	return text.Span{}
}

// deemed finds what counts as the case: "an attack on one is an attack on all".
func (g *agreements) deemed(s, first, last int) text.Span {
	tokens := g.sentences[s].Tokens
	for i := first; i+2 < last; i++ {
		if w := lower(tokens[i].Form); w != "attack" && w != "aggression" || tokens[i].Rel != "nsubj" && tokens[i].Rel != "nsubj:pass" {
			continue
		}
		if w := lower(tokens[i+1].Form); w == "on" || w == "against" {
			end := i + 2
			for end < last && tokens[end+1].UPOS != "VERB" && tokens[end+1].UPOS != "AUX" && tokens[end+1].UPOS != "PUNCT" {
				end++
			}
			return g.words(s, g.phraseStart(s, i), end)
		}
	}
	return text.Span{}
}

// coverage reads lists of areas: "covers various areas of cooperation,
// including cultural exchanges, tourism, trade and security".
func (g *agreements) coverage(s int) {
	tokens := g.sentences[s].Tokens
	for v := range tokens {
		switch lower(tokens[v].Lemma) {
		case "cover", "concern", "span", "encompass":
		default:
			continue
		}
		k := g.subjectPact(s, v)
		if k < 0 {
			continue
		}
		obj := g.child(s, v, "obj")
		if obj < 0 {
			continue
		}
		_, last := g.reach(s, v)
		from := -1
		for i := v; i <= last; i++ {
			if w := lower(tokens[i].Form); w == "including" || w == "as" && lower(g.token(s, i-1).Form) == "such" || w == "from" {
				from = i + 1
				break
			}
		}
		if from < 0 {
			if fieldNouns[singular(lower(tokens[obj].Form))] {
				continue
			}
			from = g.firstOf(s, obj)
		}
		g.listAreas(k, s, from, last)
	}
}

// listAreas cuts a list at commas and "and".
func (g *agreements) listAreas(k, s, from, last int) {
	tokens := g.sentences[s].Tokens
	start := from
	flush := func(end int) {
		for start <= end && (tokens[start].UPOS == "DET" || tokens[start].UPOS == "CCONJ" || tokens[start].UPOS == "PUNCT") {
			start++
		}
		if start <= end && end-start < 6 {
			g.addArea(&g.pacts[k], g.words(s, start, end))
		}
		start = end + 2
	}
	for i := from; i <= last; i++ {
		if f := tokens[i].Form; f == "," || lower(f) == "and" || f == "." || f == ";" {
			flush(i - 1)
			start = i + 1
			if f == "." || f == ";" {
				return
			}
		}
	}
	flush(last)
}
