package reading

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/text"
)

// provisionVerbs say what an agreement, as their subject, lays down.
var provisionVerbs = setOf(`oblige commit bind require provide include contain cover entail guarantee ban forbid prohibit allow permit let
	open make call envisage envision foresee stipulate say state give grant keep drop set establish promise pledge extend prevent
	rule exclude end renounce lay offer authorise authorize enable regulate govern list feature involve mean bar limit cap speak mention create afford deem treat put set
	ask free exempt entitle divide split fix add reserve assign double hold`)

// layingVerbs have an agreement as their subject and hardly anybody else.
var layingVerbs = setOf(`oblige commit bind require provide include contain cover entail guarantee ban forbid prohibit envisage envision foresee
	stipulate keep drop establish exclude cover bar limit create afford`)

// lettingVerbs have agreements and states as their subjects.
var lettingVerbs = setOf(`allow permit give let ask free exempt entitle open`)

// promiseVerbs have the parties as their subject.
var promiseVerbs = setOf(`promise pledge undertake undertook renounce agree commit vow bind swear guarantee recognise recognize reaffirm respect`)

// provisions finds what a sentence says that an agreement lays down. It looks at
// the clauses of the sentence one by one: each has a reason of its own to be of
// the agreement, or goes on from the one before.
func (g *agreements) provisions(s int) {
	if g.denied(s) {
		return
	}
	before, was := -1, near
	for _, c := range g.clauses(s) {
		k, v, how := g.frame(s, c)
		if k < 0 && before >= 0 {
			if v = g.goesOn(s, c); v >= 0 {
				k, how = before, min(was, carried)
			}
		}
		if k >= 0 {
			for _, k := range g.alike(s, v, k) {
				g.layDown(k, s, v, c, how)
			}
		}
		before, was = k, how
	}
	g.consulting(s)
	g.toDo(s)
	g.coverage(s)
	if g.laid != s {
		g.reciprocal(s)
	}
}

// nearness tells why a clause is taken to be of an agreement: it stands near a
// mention, goes on from a clause that names it, or names it. The farther, the
// plainer its words must be.
type nearness uint8

const (
	near nearness = iota
	carried
	sure
)

// clause is a stretch of tokens of a sentence, both inclusive.
type clause struct{ first, last int }

// clauses cuts a sentence where another verb begins: "... and to consult",
// ", but does not oblige", "; Eritrea, in return, opens". Words, not the tree,
// say where, because long sentences of this kind are what trees get wrong.
func (g *agreements) clauses(s int) []clause {
	var out []clause
	first, verb := 0, false
	tokens := g.sentences[s].Tokens
	isVerb := func(i int) bool {
		u := g.token(s, i).UPOS
		return u == "VERB" || u == "AUX"
	}
	for i := range tokens {
		cut := false
		switch w := lower(tokens[i].Form); {
		case !verb:
		case w == ";" || w == "—" || w == "–":
			cut = true
		case w == "or" && g.token(s, i-1).Form != ",": // "neither will arm or shelter"
		case w == "and" || w == "but" || w == "or" || w == "nor" || w == "while":
			k := i + 1
			for k < i+4 && (g.token(s, k).UPOS == "ADV" || g.token(s, k).UPOS == "PART") {
				k++
			}
			cut = isVerb(k) && !strings.Contains(g.token(s, k).Feats, "VerbForm=Part") && g.token(s, k).Rel != "amod" &&
				(g.token(s, k).Rel != "conj" || isVerb(g.token(s, k).Head))
			if !cut && g.token(s, i-1).Form == "," {
				for k := i + 1; k < i+9 && k < len(tokens) && tokens[k].Form != ","; k++ {
					cut = cut || isVerb(k) && strings.Contains(tokens[k].Feats, "Fin")
				}
			}
		case w == "," && g.closes(s, i):
			cut = true
		case w == "," && lower(g.token(s, i+1).Form) == "to" && isVerb(i+2):
			cut = true
		}
		if cut && g.conditional(s, first, i) {
			cut = false
		}
		if cut {
			out = append(out, clause{first, i - 1})
			first, verb = i+1, false
		}
		verb = verb || isVerb(i)
	}
	if first < len(tokens) {
		out = append(out, clause{first, len(tokens) - 1})
	}
	return out
}

// conditional reports whether a stretch is only the condition of what follows.
func (g *agreements) conditional(s, first, end int) bool {
	for first < end && g.token(s, first).UPOS == "PUNCT" {
		first++
	}
	if w := lower(g.token(s, first).Form); !conditions[w] {
		return false
	}
	for i := first; i < end; i++ {
		if g.token(s, i).Form == "," {
			return false
		}
	}
	return true
}

// frame returns the agreement that a clause is of, the verb that says so, and
// how near it is.
func (g *agreements) frame(s int, c clause) (k, v int, how nearness) {
	tokens := g.sentences[s].Tokens
	for v := c.first; v <= c.last; v++ {
		if u := tokens[v].UPOS; u != "VERB" && u != "AUX" && u != "NOUN" && u != "ADJ" {
			continue
		}
		if k := g.byWhich(s, c.first, v); k >= 0 && tokens[v].UPOS == "VERB" && g.child(s, v, "nsubj", "nsubj:pass") >= 0 {
			return k, v, sure
		}
		if k := g.subjectPact(s, v); k >= 0 && provisionVerbs[lower(tokens[v].Lemma)] && !g.speech(s, v) {
			return k, v, sure
		}
		far := 1 << 30
		if g.current >= 0 {
			far = s - g.pacts[g.current].sentence
			if g.laidBy == g.current {
				far = min(far, s-g.laid)
			}
		}
		switch {
		case far <= 8 && g.partiesSpeak(s, v) && !g.concludes(s, v), far <= 2 && g.partyBinds(s, v) && !g.concludes(s, v):
			if g.under(s, v) {
				return g.current, v, sure
			}
			if promiseVerbs[lower(tokens[v].Lemma)] {
				return g.current, v, carried
			}
			return g.current, v, near
		case far < 1<<30 && (tokens[v].UPOS == "VERB" || tokens[v].Head < 0) && !g.isComplement(s, v) && g.under(s, v):
			return g.current, v, sure
		case far <= 2 && g.owed(s, c.first, v) && !g.concludes(s, v):
			return g.current, v, near
		case far <= 3 && tokens[v].UPOS == "VERB" && deemingVerbs[lower(tokens[v].Lemma)] && g.body[s]:
			if w := lower(g.words(s, c.first, c.last).Of(g.text)); strings.Contains(w, "attack") || strings.Contains(w, "aggression") {
				return g.current, v, near
			}
		}
	}
	// "Cambodia lets China use the pier under an agreement of 2019"
	for i := c.first; i < c.last; i++ {
		if lower(tokens[i].Form) != "under" {
			continue
		}
		for k := i + 1; k <= c.last && k < i+7; k++ {
			if g.heads[s][k] == 0 {
				continue
			}
			for v := c.first; v < i; v++ {
				if tokens[v].UPOS == "VERB" && g.child(s, v, "nsubj") >= 0 && !g.concluding(s, v) {
					return g.heads[s][k] - 1, v, carried
				}
			}
		}
	}
	return -1, -1, near
}

// concluding reports whether a verb tells what becomes of an agreement or of what
// was given under it.
func (g *agreements) concluding(s, v int) bool {
	switch lower(g.token(s, v).Lemma) {
	case "pause", "cut", "halt", "stop", "ask", "demand", "resume", "complain", "accuse":
		return true
	}
	_, ok := stageOf(g.token(s, v))
	return ok
}

// byWhich returns the agreement whose content a relative clause tells: "a protocol
// of 1921, by which"; else -1.
func (g *agreements) byWhich(s, first, v int) int {
	for i := first; i < v; i++ {
		if lower(g.token(s, i).Form) != "which" {
			continue
		}
		switch lower(g.token(s, i-1).Form) {
		case "by", "under", "through", "in", "to":
		default:
			continue
		}
		for k := i - 2; k >= 0 && k > i-14; k-- {
			if g.heads[s][k] > 0 {
				return g.heads[s][k] - 1
			}
			if u := g.token(s, k).UPOS; u == "VERB" && lower(g.token(s, k).Lemma) != "accord" && lower(g.token(s, k).Lemma) != "sign" {
				break
			}
		}
	}
	return -1
}

var deemingVerbs = setOf(`consider regard treat deem`)

// goesOn returns the verb of a clause that has no subject of its own and so
// goes on from the one before, or whose subject is a party; else -1.
func (g *agreements) goesOn(s int, c clause) int {
	for i := c.first; i < c.last && i < c.first+4; i++ { // "and both to consult"
		if w := lower(g.token(s, i).Form); w == "to" && i > c.first && g.token(s, i+1).UPOS == "VERB" && bearers[singular(lower(g.token(s, i-1).Form))] {
			return i + 1
		}
	}
	for i := c.first; i <= c.last; i++ {
		switch t := g.token(s, i); t.UPOS {
		case "VERB":
			if lower(t.Lemma) == "accord" {
				return -1
			}
			return i
		case "AUX", "PART", "ADV", "PUNCT", "CCONJ":
		default:
			for v := i; v <= c.last; v++ {
				if g.current >= 0 && g.token(s, v).UPOS == "VERB" && g.partyNamed(s, v) {
					return v
				}
			}
			return -1
		}
	}
	return -1
}

// denied reads that an agreement nowhere says something: "Nowhere is it written
// that a Hungarian soldier will die for Serbia", "There is no clause on bases". It
// reports whether the sentence was of this kind.
func (g *agreements) denied(s int) bool {
	if g.current < 0 || s-g.pacts[g.current].sentence > 3 && (g.laidBy != g.current || s-g.laid > 1) {
		return false
	}
	from := 0
	switch first, second := lower(g.token(s, 0).Form), lower(g.token(s, 1).Form); {
	case first == "nowhere":
	case first == "nothing" && second == "in":
	case first == "there" && (second == "is" || second == "are" || second == "was") && lower(g.token(s, 2).Form) == "no":
		from = 2
	default:
		return false
	}
	last := len(g.sentences[s].Tokens) - 1
	for last > from && g.token(s, last).UPOS == "PUNCT" {
		last--
	}
	span := g.words(s, from, last)
	kind := provisionTypes(lower(span.Of(g.text)))
	switch singular(lower(g.token(s, from+1).Form)) {
	case "clause", "word", "provision", "article", "mention", "duty", "obligation":
		if kind == "" && from == 2 {
			kind = "other"
		}
	}
	if kind == "defense" || kind == "consultation" || kind == "basing" || kind == "neutrality" || kind == "other" {
		g.laid, g.laidBy = s, g.current
		g.put(g.current, Provision{Type: kind, Span: span, Negated: true})
		return true
	}
	return false
}

// consulting reads a duty to consult that is only used: "asked for consultations
// under the declaration".
func (g *agreements) consulting(s int) {
	for i := range g.sentences[s].Tokens {
		if singular(lower(g.token(s, i).Form)) != "consultation" {
			continue
		}
		for k := range g.children(s, i) {
			if c := g.child(s, k, "case"); c >= 0 && lower(g.token(s, c).Form) == "under" && g.heads[s][k] > 0 {
				_, last := g.reach(s, k)
				g.put(g.heads[s][k]-1, Provision{Type: "consultation", Span: g.words(s, i, last)})
			}
		}
	}
}

// toDo reads what an agreement is to do: "a deal to pool intelligence".
func (g *agreements) toDo(s int) {
	for i, h := range g.heads[s] {
		if h == 0 {
			continue
		}
		to := g.nameEnd(s, i) + 1
		v := to + 1
		if lower(g.token(s, to).Form) != "to" || g.token(s, v).UPOS != "VERB" {
			continue
		}
		if _, ok := stageOf(g.token(s, v)); ok {
			continue
		}
		end := v
		for k := v + 1; k < len(g.heads[s]) && g.token(s, k).Form != "," && g.token(s, k).Form != ";"; k++ {
			end = k
		}
		g.addProvision(h-1, s, v, v, end, carried)
	}
}

// concludes reports whether a promise is only to conclude an agreement.
func (g *agreements) concludes(s, v int) bool {
	x := g.child(s, v, "xcomp", "ccomp")
	if x < 0 {
		return false
	}
	_, ok := stageOf(g.token(s, x))
	if o := g.child(s, x, "obj"); ok && o >= 0 && g.heads[s][o] == 0 && !agreementNouns[singular(lower(g.token(s, o).Form))] {
		return false // "undertake not to join blocs"
	}
	return ok
}

// bearers are nouns for those who owe or may do something under an agreement, or
// for what it governs.
var bearers = setOf(`good service victim signatories one either neither each both other two three four five six all party side state country government capital neighbour neighbor signatory partner member ally
	guarantor minister chief commander army navy force troops soldier ship vessel aircraft boat plane jet police patrol coastguard guard observer
	inspector team gun weapon artillery goods company base port airfield territory soil airspace panel commission captain crew instructor officer
	engineer warship destroyer frigate submarine brigade battalion squadron unit fleet convoy`)

var readyWords = setOf(`prepared ready free obliged bound required entitled allowed permitted`)

// owed reports whether a verb says what those under an agreement will, must or
// may do: "the foreign ministers must meet", "Turkish aircraft may use". Words,
// not the tree, say whose verb it is, for conditions before it turn trees over.
func (g *agreements) owed(s, first, v int) bool {
	if g.token(s, v).UPOS != "VERB" || g.spoken(s, v) {
		return false
	}
	a := v - 1
	if lower(g.token(s, a).Form) == "to" && readyWords[lower(g.token(s, a-1).Form)] {
		a -= 2 // "is prepared to deliver"
	}
	for a > first && (g.token(s, a).UPOS == "ADV" || g.token(s, a).UPOS == "PART" || lower(g.token(s, a).Form) == "be" || lower(g.token(s, a).Form) == "at" || lower(g.token(s, a).Form) == "once") {
		a--
	}
	switch w := lower(g.token(s, a).Form); w {
	case "will", "would", "shall", "must", "may", "can":
	case "is", "are", "was", "were":
		if lower(g.token(s, v-1).Form) != "to" && lower(g.token(s, v-2).Form) != "to" {
			return false
		}
	default:
		return lower(g.token(s, first).Form) == "nor" && g.token(s, first+1).UPOS == "AUX" && bearers[singular(lower(g.token(s, first+2).Form))]
	}
	known := false
	for i := a - 1; i >= 0; i-- {
		t := g.token(s, i)
		if t.UPOS == "PUNCT" || t.UPOS == "VERB" || t.UPOS == "SCONJ" || t.UPOS == "AUX" {
			break
		}
		known = known || (t.UPOS != "ADJ" || lower(t.Form) == "other") && bearers[singular(lower(t.Form))]
		for _, x := range g.actorsAt(s, i) {
			b, kind := g.stateActor(x), g.doc.Actors[x].Kind
			if kind == "person" && g.actorName(s, i) || kind == "state" && len(g.pacts[g.current].parties) > 1 && !slices.Contains(g.pacts[g.current].parties, b) {
				return false
			}
			known = known || kind == "state"
		}
	}
	return known
}

// spoken reports whether a token lies in words quoted from somebody.
func (g *agreements) spoken(s, i int) bool {
	by := g.sayer(g.token(s, i).Span)
	return by != nil && slices.ContainsFunc(g.doc.Statements, func(x Statement) bool { return x.ID == *by && x.Kind == "direct" })
}

// reciprocal reads a whole sentence that follows a mention of an agreement and
// says what each owes the other, where the tree does not show it: "If Japan
// attacked one of the two, the other was to help at once".
func (g *agreements) reciprocal(s int) {
	if g.current < 0 || s-g.pacts[g.current].sentence > 3 || !g.body[s] {
		return
	}
	words := " " + lower(g.sentences[s].Span.Of(g.text)) + " "
	has := func(list ...string) bool {
		return slices.ContainsFunc(list, func(w string) bool { return strings.Contains(words, " "+w+" ") || strings.Contains(words, " "+w+",") })
	}
	if !has("the other", "each other", "one another", "either party", "both parties", "each party", "the other party", "on both", "on all") ||
		!has("will", "would", "shall", "must", "was to", "were to", "is", "are to") {
		return
	}
	tokens := g.sentences[s].Tokens
	switch kind := provisionTypes(strings.TrimSpace(words)); kind {
	case "defense", "neutrality", "nonaggression", "consultation", "offense":
		g.addProvision(g.current, s, g.verbOf(s), 0, len(tokens)-1, near)
	}
}

// verbOf returns the root of a sentence.
func (g *agreements) verbOf(s int) int {
	for i, t := range g.sentences[s].Tokens {
		if t.Head < 0 {
			return i
		}
	}
	return 0
}

// isComplement reports whether a verb only completes another that is looked at
// on its own.
func (g *agreements) isComplement(s, v int) bool {
	rel := g.token(s, v).Rel
	return rel == "xcomp" || rel == "advcl" || rel == "conj" && g.child(s, v, "nsubj") < 0
}

// speech reports whether a verb of saying has somebody's words and not a
// clause of the agreement as its object.
func (g *agreements) speech(s, v int) bool {
	switch lower(g.token(s, v).Lemma) {
	case "say", "state", "give", "make", "keep", "end", "extend", "mean", "open", "put", "set":
		return g.child(s, v, "ccomp", "obj", "xcomp", "iobj") < v
	}
	return false
}

// subjectPact returns the pact that is the subject of a verb, by its own
// subject, by "it", by "that" of a relative clause, or through a joined verb.
func (g *agreements) subjectPact(s, v int) int {
	for steps := 0; v >= 0 && steps < 4; steps++ {
		t := g.token(s, v)
		if k := g.child(s, v, "nsubj", "expl"); k >= 0 {
			if h := g.heads[s][k]; h > 0 {
				return h - 1
			}
			switch w := lower(g.token(s, k).Form); w {
			case "it":
				if l := lower(g.token(s, v).Lemma); g.current >= 0 && (layingVerbs[l] || lettingVerbs[l] && (g.token(s, v).XPOS != "VB" || lower(g.token(s, v+1).Form) == "s")) && !g.namedBefore(s, k) && (s-g.pacts[g.current].sentence <= 1 || g.laid == s-1 || layingVerbs[l] && s-g.pacts[g.current].sentence <= 3 && g.oneParagraph(g.pacts[g.current].sentence, s)) {
					return g.current
				}
			case "neither", "nothing", "both":
				several := w == "both" && g.current >= 0 && len(g.alike(s, v, g.current)) > 1
				if g.current >= 0 && s-g.pacts[g.current].sentence <= 2 && (layingVerbs[lower(g.token(s, v).Lemma)] || w == "nothing") && (len(g.actorsAt(s, k)) == 0 || several) {
					return g.current
				}
			case "first", "former", "second", "latter":
				if n := len(g.pacts); n > 1 && s-g.pacts[n-1].sentence <= 1 && g.pacts[n-2].sentence == g.pacts[n-1].sentence {
					g.current = n - 1
					if w == "first" || w == "former" {
						g.current--
					}
					return g.current
				}
			case "that", "which":
				if t.Rel == "acl:relcl" || t.Rel == "acl" {
					for h, n := t.Head, 0; h >= 0 && n < 3; h, n = g.token(s, h).Head, n+1 { // "a treaty on allied relations that provides"
						if g.heads[s][h] > 0 {
							return g.heads[s][h] - 1
						}
						if !strings.HasPrefix(g.token(s, h).Rel, "nmod") && g.token(s, h).Rel != "conj" {
							break
						}
					}
				}
			case "annex", "clause", "article", "letter", "document", "text", "protocol", "provision", "section", "draft", "articles", "clauses", "provisions", "chapter", "paragraph", "preamble":
				if g.current >= 0 && s-g.pacts[g.current].sentence <= 8 {
					return g.current
				}
			}
			return -1
		}
		switch t.Rel {
		case "root", "ccomp", "parataxis":
			// A tree may hang the subject elsewhere; an agreement at the beginning
			// of the sentence is then the subject of its verb.
			for k := 0; k < 6 && k < v; k++ {
				if g.heads[s][k] > 0 {
					return g.heads[s][k] - 1
				}
			}
			// "the agreement, he said, obliges the two"
			for k := v - 1; k > 0 && k > v-8 && g.token(s, v-1).Form == ","; k-- {
				if g.heads[s][k] > 0 && g.token(s, k+1).Form == "," {
					return g.heads[s][k] - 1
				}
			}
			return -1
		case "conj", "xcomp":
			v = t.Head
			if v >= 0 && g.child(s, v, "nsubj") >= 0 && !provisionVerbs[lower(g.token(s, v).Lemma)] && t.Rel == "xcomp" {
				return -1
			}
		case "acl", "acl:relcl":
			if t.Head >= 0 && g.heads[s][t.Head] > 0 && strings.Contains(t.Feats, "Ger") {
				return g.heads[s][t.Head] - 1
			}
			return -1
		default:
			return -1
		}
	}
	return -1
}

// oneParagraph reports whether two sentences stand in one paragraph.
func (g *agreements) oneParagraph(a, b int) bool {
	return !strings.Contains(g.text[g.sentences[a].Span.End:g.sentences[b].Span.Start], "\n")
}

// namedBefore reports whether an actor's name stands before a token in its
// sentence, which "it" may then mean, with no agreement after it.
func (g *agreements) namedBefore(s, i int) bool {
	named := false
	for k := 0; k < i; k++ {
		switch {
		case g.heads[s][k] > 0:
			named = false
		case g.actorName(s, k) && !slices.ContainsFunc(g.mentions[g.at[s][k]].actors, func(a int) bool { return g.doc.Actors[a].Kind == "person" }):
			named = true
		}
	}
	return named
}

// under reports whether a clause says that it tells an agreement's content:
// "under the treaty", "by which", "in that treaty".
func (g *agreements) under(s, v int) bool {
	if w := lower(g.token(s, 0).Form); (w == "under" || w == "in" || w == "by") && lower(g.token(s, 1).Form) == "it" && g.current >= 0 && s-g.pacts[g.current].sentence <= 2 {
		return true
	}
	if w := lower(g.token(s, 0).Form); (w == "under" || w == "in" || w == "by") && g.token(s, v).Head < 0 {
		for k := 1; k < 6 && k < len(g.heads[s]); k++ {
			if g.heads[s][k] > 0 && g.token(s, k).Rel != "nmod:poss" {
				g.current = g.heads[s][k] - 1
				return true
			}
		}
	}
	for k := range g.children(s, v) {
		t := g.token(s, k)
		if t.Rel != "obl" && t.Rel != "nmod" && t.Rel != "obl:unmarked" {
			continue
		}
		c := g.child(s, k, "case")
		if c < 0 {
			continue
		}
		switch lower(g.token(s, c).Form) {
		case "with":
			switch lower(g.token(s, c-1).Form) {
			case "line", "accordance", "keeping", "compliance":
				continue
			}
			fallthrough
		case "under", "by", "in", "through":
			if g.heads[s][k] > 0 {
				g.current = g.heads[s][k] - 1
				return true
			}
			if lower(t.Form) == "it" && lower(g.token(s, c).Form) == "under" && g.current >= 0 && s-g.pacts[g.current].sentence <= 2 {
				return true
			}
			if w := lower(t.Form); w == "which" || w == "whereby" {
				if h := g.token(s, v).Head; h >= 0 && g.heads[s][h] > 0 {
					g.current = g.heads[s][h] - 1
					return true
				}
			}
		}
	}
	return false
}

// partiesSpeak reports whether the parties together bind themselves in a
// clause: "neither will lend", "both would consult", "each Party shall".
func (g *agreements) partiesSpeak(s, v int) bool {
	if g.token(s, v).UPOS != "VERB" {
		return false
	}
	k := g.child(s, v, "nsubj")
	if a := g.child(s, v, "aux"); k < 0 && a >= 0 {
		k = g.child(s, a, "nsubj")
	}
	if b := g.child(s, v, "advmod"); k < 0 && b >= 0 && b < v && (lower(g.token(s, b).Form) == "both" || lower(g.token(s, b).Form) == "each") {
		k = b // as the tree takes "Both recognise"
	}
	if k < 0 {
		return false
	}
	together := false
	for i := g.firstOf(s, k); i <= k; i++ {
		switch lower(g.token(s, i).Form) {
		case "neither", "both", "each", "either", "party", "parties", "they", "other", "two", "sides", "side", "we",
			"three", "four", "neighbours", "neighbors", "signatories", "partners", "members", "allies", "capitals", "guarantors":
			together = true
		}
	}
	if !together {
		return false
	}
	if promiseVerbs[lower(g.token(s, v).Lemma)] {
		return true
	}
	for i := range g.children(s, v) {
		switch lower(g.token(s, i).Form) {
		case "will", "would", "shall", "must", "’ll", "'ll":
			return true
		case "may", "can":
			return lower(g.token(s, g.firstOf(s, k)).Form) == "neither" || lower(g.token(s, g.firstOf(s, k)).Form) == "no"
		case "was", "were", "is", "are":
			return g.child(s, v, "mark") >= 0 // "was to help"
		}
	}
	return false
}

// alike returns the agreements that the subject of a clause means: one, or for
// "neither" those that one phrase named together.
func (g *agreements) alike(s, v, k int) []int {
	out := []int{k}
	if sub := g.child(s, v, "nsubj"); sub < 0 || lower(g.token(s, sub).Form) != "neither" && lower(g.token(s, sub).Form) != "both" {
		return out
	}
	for j := range g.pacts {
		if j != k && len(g.pacts[j].Mentions) > 0 && g.pacts[j].Mentions[0] == g.pacts[k].Mentions[0] {
			out = append(out, j)
		}
	}
	return out
}

// partyBinds reports whether one party by name binds itself in a clause of the
// outlet: "Rome promised to stay neutral", "Beijing will deliver six batteries".
func (g *agreements) partyBinds(s, v int) bool {
	t := g.token(s, v)
	if t.UPOS != "VERB" || !g.partyNamed(s, v) {
		return false
	}
	if g.spoken(s, v) {
		return false
	}
	if promiseVerbs[lower(t.Lemma)] {
		return true
	}
	for i := range g.children(s, v) {
		switch lower(g.token(s, i).Form) {
		case "will", "would", "shall", "must":
			return g.token(s, i).Rel == "aux" || g.token(s, i).Rel == "aux:pass"
		case "was", "were", "is", "are":
			if m := g.child(s, v, "mark"); m >= 0 && lower(g.token(s, m).Form) == "to" {
				return true
			}
		}
	}
	return false
}

// partyNamed reports whether the subject of a verb names a party to the current
// agreement, and not a person of it.
func (g *agreements) partyNamed(s, v int) bool {
	k := g.child(s, v, "nsubj", "nsubj:pass", "nsubj:outer")
	if k < 0 {
		return false
	}
	for i := g.firstOf(s, k); i <= k; i++ {
		for _, a := range g.actorsAt(s, i) {
			if b := g.stateActor(a); b >= 0 && slices.Contains(g.pacts[g.current].parties, b) && g.doc.Actors[a].Kind != "person" {
				return true
			}
		}
	}
	return false
}

// firstOf returns the leftmost token that hangs, directly or not, from one.
func (g *agreements) firstOf(s, i int) int {
	first, _ := g.reach(s, i)
	return first
}

// reach returns the first and last token of a subtree.
func (g *agreements) reach(s, i int) (first, last int) {
	first, last = i, i
	stack := []int{i}
	for n := 0; len(stack) > 0 && n < 10_000; n++ {
		k := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		first, last = min(first, k), max(last, k)
		for c := range g.children(s, k) {
			stack = append(stack, c)
		}
	}
	return first, last
}

// addProvision types a stretch and adds it, or each of its parts where it lays
// down things of several types: "to act if one is attacked, and all to consult".
func (g *agreements) addProvision(k, s, v, first, last int, how nearness) {
	var parts []clause
	var kinds []string
	from := first
	for i := first; i <= last; i++ {
		w, next := lower(g.token(s, i).Form), lower(g.token(s, i+1).Form)
		if i < last && !(w == ";" || w == "and" && (g.token(s, i-1).Form == "," || next == "to" || next == "for" || next == "that" || next == "not" || next == "all" || next == "each")) {
			continue
		}
		end := i
		if i < last {
			end--
		}
		kind := provisionTypes(lower(g.words(s, from, max(from, end)).Of(g.text)))
		if n := len(kinds); n > 0 && (kind == "" || kind == kinds[n-1]) {
			parts[n-1].last = end
		} else {
			parts, kinds = append(parts, clause{from, end}), append(kinds, kind)
		}
		from = i + 1
	}
	if len(kinds) < 2 || slices.Contains(kinds, "") || g.conditional(s, first, parts[0].last+1) {
		g.addPart(k, s, v, first, last, how)
		return
	}
	for _, p := range parts {
		g.addPart(k, s, v, p.first, p.last, how)
	}
}

// addPart types a stretch and adds it.
func (g *agreements) addPart(k, s, v, first, last int, how nearness) {
	tokens := g.sentences[s].Tokens
	first, last = g.said(s, v, first, last)
	for last > first && tokens[last].UPOS == "PUNCT" {
		last--
	}
	for first < last && tokens[first].UPOS == "PUNCT" {
		first++
	}
	if first > last {
		return
	}
	span := g.words(s, first, last)
	words := lower(span.Of(g.text))
	kind := provisionTypes(words)
	switch lower(tokens[v].Lemma) {
	case "cover", "extend", "apply": // "covers armed attacks on public vessels"
		if kind == "" {
			kind = provisionTypes("cover " + words)
		}
	}
	if kind == "" && strings.Contains(words, "no such ") && g.laid >= 0 && s-g.laid <= 1 {
		kind = g.kind // "contained no such promise"
	}
	if kind == "" {
		if how < sure || last-first < 2 || !g.substance(s, first, last) || strings.Contains(words, "nothing about") || strings.Contains(words, " end it") || strings.Contains(words, "terminate") {
			return
		}
		if lemma := lower(tokens[v].Lemma); (lemma == "cover" || lemma == "apply" || lemma == "extend") && g.negatedClause(s, v, kind) {
			return // "does not cover the Celebes Sea" lays nothing down
		}
		kind = "other"
	}
	if (kind == "aid" || kind == "trade") && how == near && !g.givenTo(k, s, v, first, last) {
		return
	}
	g.laid, g.laidBy, g.kind = s, k, kind
	p := Provision{Type: kind, Span: span, Negated: g.negatedClause(s, v, kind) || tokens[v].Rel == "ccomp" && tokens[v].Head >= first-3 && g.negatedClause(s, tokens[v].Head, kind)}
	p.TriggerSpan = g.trigger(s, first, last)
	if p.TriggerSpan.Empty() {
		p.TriggerSpan = g.deemed(s, first, last)
	}
	p.Trigger = p.TriggerSpan.Of(g.text)
	g.put(k, p)
}

// substance reports whether a stretch names anything: "does, and does not, promise"
// names nothing.
func (g *agreements) substance(s, first, last int) bool {
	return slices.ContainsFunc(g.sentences[s].Tokens[first:last+1], func(t language.Token) bool { return t.UPOS == "NOUN" || t.UPOS == "PROPN" })
}

// said narrows a stretch to the piece of somebody's words that its verb lies in,
// so that "…, the minister said" is no part of the clause.
func (g *agreements) said(s, v, first, last int) (int, int) {
	at, size := g.token(s, v).Span, 1<<30
	var piece text.Span
	for i := range g.doc.Statements {
		for _, c := range g.doc.Statements[i].Content {
			if c.Contains(at) && c.Len() < size {
				piece, size = c, c.Len()
			}
		}
	}
	if size == 1<<30 {
		return first, last
	}
	for first < v && g.token(s, first).Span.Start < piece.Start {
		first++
	}
	for last > v && g.token(s, last).Span.End > piece.End {
		last--
	}
	return first, last
}

// givenTo reports whether what one party gives goes to no third state and comes
// right behind the agreement: "Beijing will deliver six batteries".
func (g *agreements) givenTo(k, s, v, first, last int) bool {
	at := g.pacts[k].sentence
	if g.laidBy == k {
		at = max(at, g.laid)
	}
	if g.concluding(s, v) || s-at > 2 || s-at > 1 && !g.owed(s, first, v) || !g.partyNamed(s, v) && !g.owed(s, first, v) {
		return false
	}
	if by := g.sayer(g.token(s, v).Span); by != nil && !g.owed(s, first, v) {
		i := slices.IndexFunc(g.doc.Statements, func(x Statement) bool { return x.ID == *by })
		if i < 0 || len(g.doc.Statements[i].Cue) == 0 || !strings.HasPrefix(lower(g.doc.Statements[i].Cue[0].Of(g.text)), "according") {
			return false
		}
	}
	for i := first; i <= last; i++ {
		for _, a := range g.actorsAt(s, i) {
			if b := g.stateActor(a); b >= 0 && !slices.Contains(g.pacts[k].parties, b) {
				return false
			}
		}
	}
	return true
}

// put adds a provision unless the same type from the same speaker is there.
func (g *agreements) put(k int, p Provision) {
	p.By = g.sayer(p.Span)
	same := func(a, b *string) bool {
		return a == nil && b == nil || a != nil && b != nil && g.speakerOf(*a) == g.speakerOf(*b)
	}
	byName := func(s text.Span) bool {
		return slices.ContainsFunc(g.pacts[k].Mentions, func(m text.Span) bool { return m.Contains(s) })
	}
	for i := range g.pacts[k].Provisions {
		o := &g.pacts[k].Provisions[i]
		if o.Type == p.Type && (byName(o.Span) || byName(p.Span)) {
			if byName(o.Span) {
				*o = p // the clause says more than the name
			}
			return
		}
		if o.Type == p.Type && o.Negated == p.Negated && same(o.By, p.By) {
			if o.Trigger == "" && (p.Trigger != "" || o.Span != p.Span && o.Span.Contains(p.Span)) {
				*o = p
			}
			return
		}
	}
	g.pacts[k].Provisions = append(g.pacts[k].Provisions, p)
}

// speakerOf returns whom a statement is by, as a key.
func (g *agreements) speakerOf(id string) string {
	for i := range g.doc.Statements {
		if st := &g.doc.Statements[i]; st.ID == id {
			if st.Speaker != nil {
				return *st.Speaker
			}
			return st.SpeakerName
		}
	}
	return id
}

// promised reports whether a statement is only what parties promise each other in
// an agreement, which makes its content the agreement's and nobody's words.
func (g *agreements) promised(st *Statement) bool {
	if len(st.Cue) == 0 || st.Kind == "direct" {
		return false
	}
	switch w, _, _ := strings.Cut(lower(st.Cue[0].Of(g.text)), " "); w {
	case "promise", "promised", "promises", "pledge", "pledged", "pledges", "undertake", "undertook", "undertakes", "agreed", "agree", "vowed", "renounced", "commit", "committed":
		return true
	}
	return false
}

// sayer returns the innermost statement whose content covers most of a span.
func (g *agreements) sayer(span text.Span) *string {
	var best *Statement
	size := 1 << 30
	for i := range g.doc.Statements {
		st := &g.doc.Statements[i]
		if g.promised(st) {
			continue
		}
		total, covered := 0, false
		for _, c := range st.Content {
			total += c.Len()
			covered = covered || c.Contains(text.Span{Start: span.Start, End: span.Start}) && c.Start <= span.Start && span.Start < c.End && span.End <= c.End+40
		}
		if covered && total < size {
			best, size = st, total
		}
	}
	if best == nil {
		return nil
	}
	return &best.ID
}
