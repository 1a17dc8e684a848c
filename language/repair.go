package language

import (
	"strings"
	"unicode"
)

// repair mends what the network, which scores each arc by itself, gets wrong in
// names of news: two neighbours that both hang from the same word in the same
// role are one phrase. It moves a word only below its neighbour, so that a tree
// stays a tree.
func repair(tokens []Token) {
	for j := 1; j < len(tokens); j++ {
		second := &tokens[j]
		if second.UPOS != "PROPN" || !sharedRole(second.Rel) {
			continue
		}
		i := j - 1
		for i > 0 && tokens[i].Head > i && tokens[i].Head <= j && partOfName(tokens[i].Rel) {
			i-- // over what stands before the name and belongs to it: "Republican Sen. John"
		}
		first := &tokens[i]
		if first.Head != second.Head || first.Head < 0 || base(first.Rel) != base(second.Rel) {
			continue
		}
		switch {
		case first.UPOS == "PROPN" && titles[strings.ToLower(first.Form)]:
			first.Head, first.Rel = j, "nmod:desc"
		case first.UPOS == "PROPN" && i == j-1 && !days[second.Lemma] && capital(first.Form) && capital(second.Form) && !has(tokens, j, "case"):
			second.Head, second.Rel = i, "flat"
			lift(tokens, j, i)
		case first.UPOS == "NOUN" && namesOffice(first.Lemma):
			first.Head, first.Rel = j, "nmod:desc"
		}
	}
}

// sharedRole reports whether a relation is one that a word has once, or that
// neighbours share only by a mistake.
func sharedRole(rel string) bool {
	switch base(rel) {
	case "nsubj", "obj", "iobj", "obl", "appos":
		return true
	}
	return false
}

func partOfName(rel string) bool {
	return rel == "nmod:desc" || rel == "compound" || rel == "amod"
}

func capital(form string) bool { return unicode.IsUpper(firstRune(form)) }

// has reports whether word i has a dependant with this relation.
func has(tokens []Token, i int, rel string) bool {
	for _, t := range tokens {
		if t.Head == i && t.Rel == rel {
			return true
		}
	}
	return false
}

// lift gives the dependants of word i, which is no head any more, to word to.
func lift(tokens []Token, i, to int) {
	for k := range tokens {
		if tokens[k].Head == i {
			tokens[k].Head = to
		}
	}
}

// titles stand before a name and are written like one.
var titles = listed(`
	mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sir lord lady dame baron count duke prince princess king queen
	emperor sultan emir sheikh pope cardinal archbishop bishop rev. father sister imam ayatollah rabbi president chancellor
	premier minister secretary undersecretary ambassador consul envoy commissioner sen. senator sens. rep. representative reps.
	congressman congresswoman gov. governor mayor judge justice speaker chairman chairwoman director commander gen. general
	lt. lieutenant col. colonel maj. major capt. captain sgt. sergeant adm. admiral marshal brigadier brig. cpl. pvt. private
	officer sheriff inspector spokesman spokeswoman chief coach`)

// days and months follow a name without belonging to it.
var days = map[string]bool{
	"Monday": true, "Tuesday": true, "Wednesday": true, "Thursday": true, "Friday": true, "Saturday": true, "Sunday": true,
	"January": true, "February": true, "March": true, "April": true, "May": true, "June": true, "July": true, "August": true,
	"September": true, "October": true, "November": true, "December": true,
}

// offices are words before a name that do not end as most of them do.
var offices = listed(`
	ally attorney aide candidate cardinal chief coach colleague counterpart darling emir general guard head host hopeful
	imam judge king mate nominee pope prince princess pro queen rival sheikh sheriff star tsar veteran`)

// namesOffice reports whether a noun may stand before a name as its bearer's
// office, trade or part: "president", "spokeswoman", "economist".
func namesOffice(lemma string) bool {
	if offices[lemma] {
		return true
	}
	for _, ending := range []string{"er", "or", "ist", "ian", "man", "woman", "ent", "ant", "ary", "ssador", "crat", "ee"} {
		if strings.HasSuffix(lemma, ending) && len(lemma) > len(ending)+2 {
			return true
		}
	}
	return false
}
