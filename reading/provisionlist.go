package reading

import (
	"github.com/casus-foederis/casus/text"
)

var fieldNouns = setOf(`area field sector range topic sphere subject`)

// conditions open the clause that triggers a duty.
var conditions = setOf(`if when whenever should unless once where`)

// layDown adds the provision of a clause, or one for each of the things that it
// lists. A clause that names its agreement may be of type other; one that only
// stands near it must be of a type.
func (g *agreements) layDown(k, s, v int, c clause, how nearness) {
	obj := g.child(s, v, "obj", "obl", "ccomp")
	lemma := lower(g.token(s, v).Lemma)
	if lemma == "cover" && obj >= 0 && fieldNouns[singular(lower(g.token(s, obj).Form))] {
		return // a list of areas
	}
	switch lemma {
	case "provide", "call", "include", "contain", "cover", "envisage", "foresee", "list", "feature", "entail", "speak", "mention":
		g.items(k, s, v, c, how)
		return
	case "say", "state", "stipulate", "declare":
		if x := g.child(s, v, "ccomp"); x > v && x <= c.last {
			first := v + 1
			if lower(g.token(s, first).Form) == "that" {
				first++
			}
			g.addProvision(k, s, x, first, c.last, how)
			return
		}
	}
	first := c.first
	if sub := g.child(s, v, "nsubj"); sub >= c.first && sub < v && how == sure && (g.heads[s][sub] > 0 || g.subjectPact(s, v) >= 0) {
		for first = v; first-1 > sub && (g.token(s, first-1).UPOS == "AUX" || g.token(s, first-1).UPOS == "PART"); {
			first--
		}
	}
	for i := first; i < v; i++ {
		switch w := lower(g.token(s, i).Form); {
		case g.heads[s][i] > 0:
			first = g.titleEnd(s, i) + 1
		case w == "it" || w == "which" || w == "whereby" || w == "that" && g.token(s, i).UPOS != "DET":
			first = i + 1
		}
	}
	for first < v && g.token(s, first).UPOS == "PUNCT" {
		first++
	}
	g.addProvision(k, s, v, min(first, v), c.last, how)
}

// items adds one provision for each thing that "provides for" or "includes"
// lists. A list is cut at commas and "and"; pieces that say nothing by
// themselves stay with the one before.
func (g *agreements) items(k, s, v int, c clause, how nearness) {
	tokens := g.sentences[s].Tokens
	first, last := v+1, c.last
	for last > v && tokens[last].UPOS == "PUNCT" {
		last--
	}
	if first > last {
		return
	}
	if !g.trigger(s, first, last).Empty() {
		g.addProvision(k, s, v, first, last, how)
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
			g.addProvision(k, s, v, from, i, sure)
			typed = true
			start = i + 1
		} else if typed {
			start = i + 1
		}
	}
	if !typed {
		g.addProvision(k, s, v, first, last, how)
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
