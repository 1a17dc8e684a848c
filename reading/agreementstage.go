package reading

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/text"
)

// stage is how far an agreement has come.
type stage struct {
	status string
	rank   int
}

// statusOf says how far an agreement is when this was done to it, and the rank
// of that stage.
var statusOf = map[string]stage{
	"propose": {"proposed", 1}, "draft": {"proposed", 1}, "negotiate": {"proposed", 1}, "seek": {"proposed", 1}, "offer": {"proposed", 1}, "discuss": {"proposed", 1}, "prepare": {"proposed", 1}, "plan": {"proposed", 1},
	"agree": {"announced", 2}, "initial": {"announced", 2}, "announce": {"announced", 2}, "reach": {"announced", 2}, "strike": {"announced", 2}, "finalise": {"announced", 2}, "finalize": {"announced", 2}, "approve": {"announced", 2}, "clinch": {"announced", 2}, "arrange": {"announced", 2}, "broker": {"announced", 2},
	"sign": {"signed", 3}, "complete": {"signed", 3}, "conclude": {"signed", 3}, "ink": {"signed", 3}, "have": {"signed", 3}, "adopt": {"signed", 3}, "recall": {"signed", 3}, "renew": {"signed", 3}, "join": {"signed", 3}, "seal": {"signed", 3},
	"extend": {"signed", 3}, "prolong": {"signed", 3}, "accede": {"signed", 3}, "enter": {"signed", 3}, "issue": {"signed", 3},
	"ratify":  {"ratified", 4},
	"suspend": {"suspended", 5}, "froze": {"suspended", 5}, "freeze": {"suspended", 5},
	"terminate": {"terminated", 6}, "denounce": {"terminated", 6}, "lapse": {"terminated", 6}, "expire": {"terminated", 6}, "abrogate": {"terminated", 6}, "scrap": {"terminated", 6}, "end": {"terminated", 6}, "replace": {"terminated", 6}, "supersede": {"terminated", 6}, "renounce": {"terminated", 6}, "cancel": {"terminated", 6}, "annul": {"terminated", 6}, "tear": {"terminated", 6}, "withdraw": {"terminated", 6}, "quit": {"terminated", 6},
	"pull": {"terminated", 6}, "leave": {"terminated", 6}, "abandon": {"terminated", 6}, "revoke": {"terminated", 6}, "rescind": {"terminated", 6}, "repudiate": {"terminated", 6}, "ditch": {"terminated", 6}, "dissolve": {"terminated", 6},
}

// signs are the verbs whose date is that of the signature.
var signs = setOf(`sign conclude ink adopt seal put set affix issue have`)

// prolongs are the verbs that let an agreement run on.
var prolongs = setOf(`extend renew prolong`)

// brokers are the verbs whose agent is no party.
var brokers = setOf(`arrange broker mediate facilitate host sponsor witness guarantee`)

// stageOf returns the stage that a verb brings an agreement to.
func stageOf(t *language.Token) (stage, bool) {
	lemma := lower(t.Lemma)
	if strings.HasPrefix(lemma, "initial") { // "initialled" in British spelling
		lemma = "initial"
	}
	st, ok := statusOf[lemma]
	return st, ok
}

// sortTimes puts the times into the sentences that they stand in.
func (g *agreements) sortTimes() {
	s := 0
	for _, t := range g.doc.Times {
		for s < len(g.sentences) && g.sentences[s].Span.End <= t.Span.Start {
			s++
		}
		if s < len(g.sentences) {
			g.times[s] = append(g.times[s], t)
		}
	}
}

// negatedObject reports whether the agreement is said not to be: "there is no
// treaty", "had not reached agreement".
func (g *agreements) negatedObject(s, i int) bool {
	no := func(k int) bool {
		w := lower(g.token(s, k).Form)
		return w == "not" || w == "n't" || w == "n’t" || w == "never"
	}
	// A bare noun right behind a negated verb, whatever the tree says.
	if g.phraseStart(s, i) == i && (no(i-2) || no(i-3)) && g.token(s, i-1).UPOS == "VERB" {
		return true
	}
	t := g.token(s, i)
	if t.Head < 0 || t.Rel != "obj" && t.Rel != "nsubj:pass" {
		return false
	}
	for k := range g.children(s, t.Head) {
		if g.token(s, k).Rel == "advmod" && no(k) && !prolongs[lower(g.token(s, t.Head).Lemma)] {
			return true
		}
	}
	return false
}

// done reports whether the phrase is what somebody concludes, ends or changes.
func (g *agreements) done(s, i int) bool {
	for k := range g.children(s, i) {
		if rel := g.token(s, k).Rel; rel == "acl" || rel == "acl:relcl" {
			if _, ok := stageOf(g.token(s, k)); ok {
				return true
			}
		}
	}
	if g.talkedOf(s, i) {
		return true
	}
	v := g.governor(s, i)
	if v < 0 {
		return false
	}
	if g.signature(s, v) {
		return true
	}
	_, ok := stageOf(g.token(s, v))
	if lower(g.token(s, v).Lemma) == "have" {
		return lower(g.token(s, i+1).Form) == "with" || g.states(g.subjects(s, v)) > 1 // "had pacts with"
	}
	return ok
}

// talks enters an agreement that is only talked of, with those who talk.
func (g *agreements) talks(p *pact, s, i int) {
	if st := statusOf["negotiate"]; st.rank > p.rank {
		p.rank, p.Status = st.rank, st.status
	}
	if !g.open(p) {
		return
	}
	head := g.token(s, i).Head
	for k := range g.children(s, head) {
		if c := g.child(s, k, "case"); c >= 0 {
			if w := lower(g.token(s, c).Form); w == "with" || w == "between" {
				g.addParties(p, g.conjuncts(s, k))
			}
		}
	}
	if k := g.child(s, head, "nsubj"); k >= 0 {
		g.addParties(p, g.conjuncts(s, k)) // "Georgia is in talks with Armenia"
	}
	if v := g.governor(s, head); v >= 0 {
		g.addParties(p, g.subjects(s, v))
	} else if g.token(s, head).UPOS == "VERB" {
		g.addParties(p, g.subjects(s, head))
	}
}

// talkedOf reports whether a phrase is what talks are about: "begin talks on a
// defence agreement", "working towards a treaty".
func (g *agreements) talkedOf(s, i int) bool {
	t := g.token(s, i)
	c := g.child(s, i, "case")
	if c < 0 || t.Head < 0 {
		return false
	}
	switch lower(g.token(s, c).Form) {
	case "on", "over", "about", "for", "towards", "toward", "of":
	default:
		return false
	}
	if h := g.token(s, t.Head); h.UPOS == "VERB" || units[lower(h.Form)] != noUnit { // "begin talks next month on"
		for k := i - 1; k > t.Head && k >= i-12 || h.UPOS != "VERB" && k >= max(0, i-12); k-- {
			if w := singular(lower(g.token(s, k).Form)); w == "talk" || w == "negotiation" || w == "discussion" {
				return true
			}
		}
	}
	switch h := g.token(s, t.Head); singular(lower(h.Form)) {
	case "talk", "negotiation", "discussion", "consultation", "proposal", "plan", "offer", "idea", "prospect":
		return true
	default:
		return lower(h.Lemma) == "work" && h.UPOS == "VERB"
	}
}

// governor returns the verb whose object, subject or agent a phrase is.
func (g *agreements) governor(s, i int) int {
	tokens := g.sentences[s].Tokens
	for steps := 0; i >= 0 && i < len(tokens) && steps < 8; steps++ {
		t := tokens[i]
		switch t.Rel {
		case "obj", "nsubj:pass", "nsubj", "obl", "obl:agent", "dep", "xcomp":
			return t.Head
		case "conj", "appos", "nmod", "nmod:poss":
			i = t.Head
			continue
		}
		return -1
	}
	return -1
}

// withOther reports whether a verb's subject joins to a state by "and" a name that
// is no state's: "Ottawa and Alberta signed".
func (g *agreements) withOther(s, v int) bool {
	k := g.child(s, v, "nsubj")
	if k < 0 || !g.stateName(s, k) {
		return false
	}
	for c := range g.children(s, k) {
		if t := g.token(s, c); t.Rel == "conj" && t.UPOS == "PROPN" && g.states(g.actorsAt(s, c)) == 0 {
			return true
		}
	}
	return false
}

// endsIt reports whether a verb with what follows says that something is over:
// "ran out", "let it run out", "declared the treaty dead", "is a dead letter".
func (g *agreements) endsIt(s, v int) bool {
	switch lower(g.token(s, v).Lemma) {
	case "run":
		return lower(g.token(s, v+1).Form) == "out" && g.token(s, v).XPOS != "VBZ" && g.token(s, v).XPOS != "VBP"
	case "let":
		return g.laterWord(s, v, "run") && g.laterWord(s, v, "out")
	case "declare", "pronounce":
		return g.laterWord(s, v, "dead", "void", "null")
	case "letter":
		return lower(g.token(s, v-1).Form) == "dead"
	}
	return false
}

// signature reports whether a verb puts names to paper: "put their names to",
// "put pen to".
func (g *agreements) signature(s, v int) bool {
	switch lower(g.token(s, v).Lemma) {
	case "put", "set", "affix":
		o := g.child(s, v, "obj")
		if o < 0 {
			return false
		}
		w := singular(lower(g.token(s, o).Form))
		return w == "name" || w == "signature" || w == "pen" || w == "ink"
	}
	return false
}

// clause reads what a verb says of an agreement: who did what to it, and when.
func (g *agreements) clause(p *pact, s, i, v int) {
	lemma := lower(g.token(s, v).Lemma)
	st, known := stageOf(g.token(s, v))
	if g.endsIt(s, v) {
		st, known = statusOf["lapse"], true
	}
	if g.signature(s, v) {
		st, known = statusOf["sign"], true
	}
	negated := false
	modal, wished := false, false
	for k := range g.children(s, v) {
		switch w := lower(g.token(s, k).Form); {
		case w == "not" || w == "n't" || w == "n’t" || w == "never":
			negated = true
		case w == "be" && (g.token(s, k).Rel == "aux:pass" || g.token(s, k).Rel == "aux"):
			wished = true // "that the pact be torn up"
		case g.token(s, k).Rel == "obl": // "signed in May"
		case w == "must" || w == "will" || w == "would" || w == "may" || w == "could" || w == "should" || w == "can" || w == "might":
			modal = true
		}
	}
	if x := g.child(s, v, "xcomp"); x >= 0 && x < i && lemma == "agree" {
		// "agreed to conclude an agreement", where the tree hangs it on "agreed"
		if of, ok := stageOf(g.token(s, x)); ok && of.rank <= 3 && !prolongs[lower(g.token(s, x).Lemma)] {
			st = statusOf["propose"]
		}
	}
	subjects := g.subjects(s, v)
	if known && lemma != "ratify" && len(p.parties) < 2 && g.private(s, v) {
		p.private = true
		return
	}
	if known && st.rank >= 2 && st.rank <= 4 && g.states(subjects) < 2 {
		if list := g.listBefore(s, v); len(list) > 1 {
			subjects = list
		}
		for k := v + 1; k < v+9 && g.child(s, v, "aux:pass") >= 0 && g.states(subjects) < 2; k++ {
			if lower(g.token(s, k).Form) == "by" {
				subjects = append(slices.Clone(subjects), g.listBehind(s, k)...)
			}
		}
	}
	// "agreed to conclude an agreement": not yet concluded.
	if h := g.token(s, v); known && h.Head >= 0 && (h.Rel == "xcomp" || h.Rel == "ccomp" || h.Rel == "advcl" || h.Rel == "acl") && strings.Contains(h.Feats, "VerbForm=Inf") {
		upper := lower(g.token(s, h.Head).Lemma)
		if st.rank <= 3 {
			st = statusOf["propose"]
			if prolongs[lemma] && p.Signed == "" {
				st = statusOf["agree"]
			} else if prolongs[lemma] {
				st = statusOf[lemma]
			}
		} else {
			known = false
		}
		if upper == "let" || upper == "allow" {
			known = true
		}
		if len(subjects) == 0 {
			subjects = g.subjects(s, h.Head)
		}
	}
	if m := g.child(s, v, "mark"); m >= 0 && m < v {
		switch lower(g.token(s, m).Form) {
		case "until", "once", "unless", "if":
			known = false // "until the new text has been ratified"
		}
	}
	switch {
	case negated && prolongs[lemma] && modal && (g.auxiliary(s, v, "will") || g.auxiliary(s, v, "would") && !g.laterWord(s, v, "lapse")):
		known = false // "will not extend it": it still runs
	case negated && prolongs[lemma]:
		st, known = statusOf["terminate"], true
	case st.rank == 1 && g.token(s, i).Rel == "nsubj" && g.token(s, i).Head == v:
		known = false // "the programme is offering rewards"
	case st.rank >= 5 && !g.leaves(s, i, lemma):
		known = false
	case negated || wished && !modal:
		known = false
	case lemma == "let" && g.laterWord(s, v, "lapse", "expire"):
		st, known = statusOf["lapse"], true
	case modal && st.rank != 3 && st.rank != 2:
		known = false
	case modal:
		st = statusOf["propose"]
	case st.rank >= 5 && g.ends(s, i, v) && (g.child(s, v, "obj") >= 0 || g.token(s, v).XPOS == "VBZ" || g.token(s, v).XPOS == "VBP"):
		known = false // "a treaty that ends the war", "expires next year"
	case lemma == "have" && len(p.parties) == 0 && g.states(subjects) < 2:
		known = false
	}
	if known && st.rank >= p.rank {
		p.rank, p.Status = st.rank, st.status
	}
	if _, ok := statusOf[lemma]; !known && !(ok && modal || lemma == "put" || ok && st.rank > 4 && len(p.parties) == 0) {
		return
	}
	if !g.open(p) || brokers[lemma] {
		subjects = nil
	}
	g.addParties(p, subjects)
	if known && len(p.parties) == 1 && g.withOther(s, v) {
		p.private = true
	}
	if known && st.rank >= 2 && st.rank <= 4 && g.open(p) && len(p.parties) < 2 {
		// "Four signed the charter on Tuesday: Bulgaria, Romania ..."
		for k := v + 1; k < len(g.sentences[s].Tokens); k++ {
			if w := g.token(s, k).Form; w == ":" || w == "—" || w == "–" {
				if list := g.listBehind(s, k); g.states(list) > 1 {
					g.addParties(p, list)
				}
				break
			}
		}
	}
	for k := range g.children(s, v) {
		if rel := g.token(s, k).Rel; rel == "obl" || rel == "obl:agent" || rel == "nmod" {
			if c := g.child(s, k, "case"); c >= 0 {
				if w := lower(g.token(s, c).Form); g.open(p) && (w == "with" && k > v || w == "between" || w == "by" && !brokers[lemma]) {
					p.with = p.with || w == "with" && len(subjects) == 0
					g.addParties(p, g.conjuncts(s, k))
				}
			}
		}
	}
	switch {
	case !known || p.Signed != "":
	case st.rank == 3 && signs[lemma]:
		p.Signed = g.dateNear(s, v)
	case st.rank == 2 && p.reached == "":
		p.reached = g.dateNear(s, v)
	}
}

// auxiliary reports whether a verb has an auxiliary.
func (g *agreements) auxiliary(s, v int, word string) bool {
	for k := range g.children(s, v) {
		if lower(g.token(s, k).Form) == word {
			return true
		}
	}
	return false
}

// ends reports whether an agreement is the subject of a verb, by itself or as
// the "that" of a relative clause.
func (g *agreements) ends(s, i, v int) bool {
	if g.token(s, i).Rel == "nsubj" && g.token(s, i).Head == v {
		return true
	}
	sub := g.child(s, v, "nsubj")
	return sub > i && (lower(g.token(s, sub).Form) == "that" || lower(g.token(s, sub).Form) == "which")
}

// leaves reports whether a verb that ends something ends the agreement and not
// something else "in line with the agreement".
func (g *agreements) leaves(s, i int, lemma string) bool {
	c := g.child(s, i, "case")
	if c < 0 {
		return lemma != "pull" && lemma != "withdraw"
	}
	switch w := lower(g.token(s, c).Form); lemma {
	case "withdraw":
		return w == "from"
	case "pull":
		return w == "from" || w == "of" || w == "out"
	}
	return g.token(s, i).Rel != "obl"
}

// takenUp reads what becomes of the agreement that a pronoun means: "It was
// suspended in 2011".
func (g *agreements) takenUp(s int) {
	if g.current < 0 || s-g.pacts[g.current].sentence > 4 {
		return
	}
	if p := &g.pacts[g.current]; p.rank == 0 && s-p.sentence <= 1 {
		if w := lower(g.sentences[s].Span.Of(g.text)); strings.Contains(w, "under negotiation") || strings.Contains(w, "being negotiated") || strings.Contains(w, "under discussion") {
			p.rank, p.Status = statusOf["negotiate"].rank, statusOf["negotiate"].status
		}
	}
	for v := range g.sentences[s].Tokens {
		st, ok := stageOf(g.token(s, v))
		if !ok || st.rank < 3 || g.token(s, v).UPOS != "VERB" {
			continue
		}
		if o := g.child(s, v, "obj"); o >= 0 && lower(g.token(s, o).Form) == "it" && g.states(g.subjects(s, v)) > 0 {
			g.clause(&g.pacts[g.current], s, o, v) // "the two signed it in March"
			g.pacts[g.current].sentence = s
			continue
		}
		// "Signed in 2016, it ..."
		if g.token(s, v).XPOS == "VBN" && v == 0 && signs[lower(g.token(s, v).Lemma)] {
			if p := &g.pacts[g.current]; p.Signed == "" {
				p.Signed = g.dateNear(s, v)
			}
			continue
		}
		k := g.child(s, v, "nsubj:pass", "nsubj")
		if k < 0 || lower(g.token(s, k).Form) != "it" || g.namedBefore(s, k) {
			continue
		}
		if passive := g.token(s, k).Rel == "nsubj:pass"; !passive && lower(g.token(s, v).Lemma) != "lapse" && lower(g.token(s, v).Lemma) != "expire" {
			continue // who "it" is that signs is a party
		}
		it := g.current
		if named := g.pactBefore(s, k); named >= 0 {
			it = named // not one that follows in the sentence
		} else if g.pacts[it].sentence == s {
			it = -1
		}
		if it < 0 {
			continue
		}
		g.clause(&g.pacts[it], s, k, v)
		g.pacts[it].sentence = s
	}
}

// pactBefore returns the agreement named last before a token in its sentence; -1
// if none is.
func (g *agreements) pactBefore(s, i int) int {
	for k := i - 1; k >= 0; k-- {
		if h := g.heads[s][k]; h > 0 {
			return h - 1
		}
	}
	return -1
}

// laterWord reports whether one of the words stands behind a token.
func (g *agreements) laterWord(s, i int, words ...string) bool {
	for k := i + 1; k < len(g.sentences[s].Tokens); k++ {
		if slices.Contains(words, lower(g.token(s, k).Lemma)) {
			return true
		}
	}
	return false
}

// dateOf reads the date in the phrase of an agreement: "the 1950 treaty", "the
// Treaty of 29 November 1984".
func (g *agreements) dateOf(p *pact, s, i int) {
	if p.Signed != "" {
		return
	}
	first := g.token(s, g.phraseStart(s, i)).Span.Start
	end := g.token(s, g.titleEnd(s, i)).Span.End
	for _, t := range g.times[s] {
		inside := t.Span.Start >= first && t.Span.End <= g.token(s, i).Span.Start
		behind := t.Span.Start >= end && t.Span.Start-end <= 8 && (strings.TrimSpace(g.text[end:t.Span.Start]) == "of" || strings.TrimSpace(g.text[end:t.Span.Start]) == "from")
		if (inside || behind) && t.Kind == "date" && t.Value != "" {
			p.Signed = t.Value
			return
		}
	}
}

// dateNear takes the date that stands nearest to the verb of signing, in its
// own clause.
func (g *agreements) dateNear(s, v int) string {
	best, least := "", 1<<30
	at := g.token(s, v).Span.Start
	times := g.times[s]
	if s > 0 && !g.ended(s-1) {
		times = append(slices.Clone(g.times[s-1]), times...)
	}
	for _, t := range times {
		if t.Kind != "date" || t.Value == "" || strings.HasSuffix(t.Value, "s") {
			continue
		}
		far := t.Span.Start - at
		if far < 0 {
			far = -far
		}
		between := text.Span{Start: min(at, t.Span.Start), End: max(at, t.Span.Start)}.Of(g.text)
		if strings.Contains(between, ";") || strings.Contains(between, " before ") || strings.Contains(between, " until ") {
			continue
		}
		if far < least && far < 160 {
			best, least = t.Value, far
		}
	}
	return best
}

// ended reports whether a sentence ends with a mark or a line; otherwise it was
// cut in two.
func (g *agreements) ended(s int) bool {
	tokens := g.sentences[s].Tokens
	if len(tokens) == 0 || tokens[len(tokens)-1].UPOS == "PUNCT" {
		return true
	}
	return s+1 < len(g.sentences) && !g.oneParagraph(s, s+1)
}
