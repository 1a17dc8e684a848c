package reading

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/language"
)

// mainCouple returns the two states that the report names most, if they stand
// out from the third.
func (p *page) mainCouple() []int {
	states := p.namedMost()
	if len(states) < 2 || (len(states) > 2 || !p.named(states[0]) || !p.named(states[1])) && p.timesNamed(states[1]) < 2 || len(states) > 2 && p.timesNamed(states[2])*3 > p.timesNamed(states[1])*2 {
		return nil
	}
	return states[:2:2]
}

// named reports whether the report names a state by its name or capital and not
// only by an adjective: "the Portuguese club".
func (p *page) named(actor int) bool {
	return slices.ContainsFunc(p.mentions, func(m mention) bool {
		return m.kind == named && slices.Contains(m.actors, actor) && p.token(m.sentence, m.last).UPOS != "ADJ"
	})
}

// opening returns the states and bodies of the first paragraph that names two or
// more; a person counts as his state.
func (g *agreements) opening() []int {
	for s := range g.sentences {
		if !g.speaks(s) {
			continue
		}
		if states := g.paragraphStates(s, true); len(states) > 1 {
			return states
		}
	}
	return nil
}

// paragraphPair returns the two states that the paragraph of a sentence names, if
// it names just two: those that "the two" there are, whatever the report is about.
func (g *agreements) paragraphPair(s int) []int {
	if out := g.paragraphStates(s, false); len(out) == 2 {
		return out
	}
	return nil
}

// paragraphStates returns the states that the paragraph of a sentence names, on
// demand with bodies and the states of persons.
func (g *agreements) paragraphStates(s int, all bool) []int {
	first := s
	for first > 0 && g.oneParagraph(first-1, first) {
		first--
	}
	var out []int
	for k := first; k < len(g.sentences); k++ {
		if k > s && !g.oneParagraph(k-1, k) {
			break
		}
		for i := range g.at[k] {
			if !g.actorName(k, i) {
				continue
			}
			for _, a := range g.mentions[g.at[k][i]].actors {
				if all {
					a = g.stateActor(a)
				}
				if a >= 0 && (all || g.doc.Actors[a].Kind == "state") && !slices.Contains(out, a) {
					out = append(out, a)
				}
			}
		}
	}
	return out
}

// namedMost lists the states and unrecognised polities of the report, the one named most often first.
func (p *page) namedMost() []int {
	var states []int
	for i := range p.doc.Actors {
		if a := p.doc.Actors[i]; a.Kind == "state" || a.Kind == "group" && p.isPolity(a.Entity) {
			states = append(states, i)
		}
	}
	slices.SortStableFunc(states, func(a, b int) int { return p.timesNamed(b) - p.timesNamed(a) })
	return states
}

func (p *page) timesNamed(actor int) int {
	a := &p.doc.Actors[actor]
	nouns := 0
	for _, n := range a.Nominal {
		if strings.Contains(n.Of(p.text), " ") { // no pronoun
			nouns++
		}
	}
	return len(a.Mentions) + nouns/2
}

// isPolity reports whether an id of the tables is an unrecognised polity's.
func (p *page) isPolity(id string) bool {
	e, ok := p.world.Actor(id)
	return ok && e.Kind == actor.KindPolity
}

// sameParties reports whether the parties that a phrase names, if any, are
// those of a pact.
func (g *agreements) sameParties(k, s, i int) bool {
	if len(g.pacts[k].parties) == 0 {
		return true
	}
	for _, a := range g.phraseParties(s, i) {
		if g.doc.Actors[a].Kind == "organization" {
			continue // "the charter, known as the Alliance of Sahel States"
		}
		if b := g.stateActor(a); b >= 0 && !slices.Contains(g.pacts[k].parties, b) {
			return false
		}
	}
	return true
}

// bound reports whether parties stand in the phrase itself: "pacts with
// Czechoslovakia", "a treaty between Russia and China".
func (g *agreements) bound(s, i int) bool {
	return len(g.phraseParties(s, i)) > 0
}

// open reports whether parties may still be added: at the first mention, and
// later while two are not known.
func (g *agreements) open(p *pact) bool { return len(p.Mentions) < 2 || len(p.parties) < 2 }

// addParties adds the states of actors to a pact.
func (g *agreements) addParties(p *pact, actors []int) {
	for _, a := range actors {
		if b := g.stateActor(a); b >= 0 && !slices.Contains(p.parties, b) {
			p.parties = append(p.parties, b)
		}
	}
}

// stateActor returns the actor that is bound when this one signs: a person's or
// ministry's state.
func (g *agreements) stateActor(a int) int {
	x := g.doc.Actors[a]
	switch x.Kind {
	case "state":
		return a
	case "organization", "group":
		if x.Code != "" {
			return a
		}
		for i, y := range g.doc.Actors {
			if x.State != "" && y.Kind == "state" && y.Code == x.State {
				return i
			}
		}
	case "person":
		for i, y := range g.doc.Actors {
			if y.Kind == "state" && y.Code == x.State {
				return i
			}
		}
	}
	return -1
}

// phraseParties returns the parties that the phrase of an agreement names:
// before its head, after "with" and "between", or in the relative clause.
func (g *agreements) phraseParties(s, i int) []int {
	var out []int
	for k := g.phraseStart(s, i); k < i; k++ {
		if g.at[s][k] >= 0 && (g.actorName(s, k) || g.token(s, k).UPOS == "PRON" || g.token(s, k).Rel == "nmod:poss") && !g.city(s, k, i) {
			out = append(out, g.mentions[g.at[s][k]].actors...)
		}
	}
	for k := range g.children(s, i) {
		if g.token(s, k).Rel == "nmod:poss" && k < i {
			for _, a := range g.conjuncts(s, k) {
				if !slices.Contains(out, a) {
					out = append(out, a) // "Sweden's treaty with Norway"
				}
			}
		}
		if k < i || !strings.HasPrefix(g.token(s, k).Rel, "nmod") && !strings.HasPrefix(g.token(s, k).Rel, "obl") {
			continue
		}
		switch c := g.child(s, k, "case"); {
		case c < 0:
		case lower(g.token(s, c).Form) == "with" || lower(g.token(s, c).Form) == "between":
			who := g.conjuncts(s, k)
			if w := lower(g.token(s, k).Form); len(who) == 0 && (w == "two" || w == "both" || w == "countries") {
				who = g.lastPair(s, k)
			}
			out = append(out, who...)
		}
	}
	// "The first, between Greece and Cyprus, is a defence treaty."
	if sub := g.child(s, i, "nsubj"); len(out) == 0 && sub >= 0 && g.child(s, i, "cop") >= 0 {
		for k := sub + 1; k < i && len(out) == 0; k++ {
			if lower(g.token(s, k).Form) == "between" {
				out = g.partiesBehind(s, k)
			}
		}
	}
	if first := g.phraseStart(s, i); lower(g.token(s, first).Form) == "their" {
		if two := g.lastPair(s, first); two != nil {
			out = two
		}
	}
	if len(out) < 2 {
		out = append(out, g.partiesBehind(s, g.titleEnd(s, i)+1)...)
	}
	return out
}

// city reports whether the name right before a capital head is that of the place
// where it was made: "the Tashkent Declaration".
func (g *agreements) city(s, k, i int) bool {
	t := g.token(s, k)
	if k != i-1 || !capital(g.token(s, i).Form) || t.UPOS != "PROPN" || !g.actorName(s, k) {
		return false
	}
	m := &g.mentions[g.at[s][k]]
	return len(m.actors) == 1 && m.first == k && len(t.Form) > 3 && !strings.Contains(g.doc.Actors[m.actors[0]].Name, t.Form[:4])
}

// partiesBehind returns the actors right behind "with" or "between" at a token,
// whatever the tree makes of them.
func (g *agreements) partiesBehind(s, i int) []int {
	for n := 0; n < 4; n++ { // "of 1921", "of 29 November 1984"
		if t := g.token(s, i); lower(t.Form) != "of" && t.UPOS != "NUM" && monthNames[lower(t.Form)] == 0 {
			break
		}
		i++
	}
	if w := lower(g.token(s, i).Form); w != "with" && w != "between" {
		return nil
	}
	return g.listBehind(s, i)
}

// lastPair returns the two states that are named right before a token, in its
// sentence and those before it in the paragraph, if they are just two.
func (g *agreements) lastPair(s, at int) []int {
	var out []int
	for k := s; k >= 0 && k >= s-3; k-- {
		if k < s && !g.oneParagraph(k, k+1) {
			break
		}
		end := len(g.at[k])
		if k == s {
			end = at
		}
		for i := range end {
			m := g.at[k][i]
			if m < 0 || g.mentions[m].kind != named {
				continue
			}
			for _, a := range g.mentions[m].actors {
				if b := g.stateActor(a); b == a && !slices.Contains(out, b) {
					out = append(out, b)
				}
			}
		}
		if len(out) >= 2 {
			break
		}
	}
	if len(out) != 2 {
		return nil
	}
	return out
}

// listBehind returns the actors listed behind a token: "by the representatives of
// Greece, Turkey and Yugoslavia".
func (g *agreements) listBehind(s, i int) []int {
	var out []int
	for k := i + 1; k < len(g.at[s]); k++ {
		if m := g.at[s][k]; m >= 0 && len(g.mentions[m].actors) > 0 && g.mentions[m].kind != pronoun && (g.mentions[m].kind == named || lower(g.token(s, g.mentions[m].last+1).Form) != "of") {
			out = append(out, g.mentions[m].actors...)
			k = g.mentions[m].last
			continue
		}
		switch w := lower(g.token(s, k).Form); {
		case w == "and" || w == "the" || w == ",":
		case len(out) == 0 && (w == "of" || w == "foreign" || w == "prime" || w == "defence" || g.token(s, k).XPOS == "NNS"):
		default:
			return out
		}
	}
	return out
}

// conjuncts returns the actors of a phrase and of those joined to it by "and".
func (g *agreements) conjuncts(s, k int) []int {
	out := slices.Clone(g.actorsAt(s, k))
	if g.at[s][k] < 0 || len(out) == 0 {
		// The head is no name: "its neighbour Chile".
		for c := range g.children(s, k) {
			if rel := g.token(s, c).Rel; rel == "flat" || rel == "appos" {
				out = append(out, g.actorsAt(s, c)...)
			}
		}
	}
	for c := range g.children(s, k) {
		if g.token(s, c).Rel == "conj" {
			out = append(out, g.conjuncts(s, c)...)
		}
	}
	if len(out) == 0 { // "envoys of Yemen and Saudi Arabia"
		for c := range g.children(s, k) {
			if x := g.child(s, c, "case"); x >= 0 && g.token(s, c).Rel == "nmod" && (lower(g.token(s, x).Form) == "of" || lower(g.token(s, x).Form) == "from") {
				out = append(out, g.conjuncts(s, c)...)
			}
		}
	}
	return out
}

// pairAround returns the two states that are named in the sentence which first
// names an agreement, if there are exactly two in it or before the name;
// something must be said to be done with the agreement or laid down by it.
func (g *agreements) pairAround(p *pact) []int {
	if p.rank == 0 && len(p.Provisions) == 0 && p.Signed == "" && !p.lays {
		return nil
	}
	s := slices.IndexFunc(g.sentences, func(x language.Sentence) bool { return x.Span.Contains(p.Mentions[0]) })
	if s < 0 {
		return nil
	}
	var broker []int
	for v, t := range g.sentences[s].Tokens {
		if brokers[lower(t.Lemma)] {
			if k := g.child(s, v, "obl:agent", "nsubj"); k >= 0 {
				broker = append(broker, g.conjuncts(s, k)...)
			}
		}
	}
	states := func(persons bool) (all, before []int) {
		for i := range g.at[s] {
			if len(before) == 0 && g.token(s, i).Span.Start >= p.Mentions[0].Start {
				before = slices.Clone(all)
			}
			if m := g.at[s][i]; m >= 0 && g.mentions[m].kind != named && !persons {
				continue
			}
			for _, a := range g.actorsAt(s, i) {
				if b := g.stateActor(a); b >= 0 && !slices.Contains(all, b) && !slices.Contains(broker, a) && (persons || a == b) {
					all = append(all, b)
				}
			}
		}
		return all, before
	}
	all, before := states(false)
	if len(all) < 2 {
		all, before = states(true)
	}
	if len(all) == 0 && len(g.couple) == 0 && s > 0 && g.oneParagraph(s-1, s) {
		s--
		all, before = states(false)
	}
	if len(all) > 2 {
		return before
	}
	return all
}

// subjects returns the actors of a verb's subject, its own or that of the verb
// it hangs on.
func (g *agreements) subjects(s, v int) []int {
	for steps := 0; v >= 0 && steps < 4; steps++ {
		k := g.child(s, v, "nsubj", "obl:agent")
		if k < 0 && g.child(s, v, "aux:pass") < 0 {
			k = g.child(s, v, "nsubj:pass") // a tree may take "the two signed" for a passive
		}
		if k >= 0 {
			if w := lower(g.token(s, k).Form); w == "two" || w == "both" {
				if two := g.lastPair(s, k); len(two) == 2 {
					return two
				}
			}
			if h := g.token(s, v); h.Rel == "acl:relcl" && h.Head >= 0 && (lower(g.token(s, k).Form) == "which" || lower(g.token(s, k).Form) == "who") {
				k = h.Head // "Croatia, which signed"
			}
			if who := g.conjuncts(s, k); len(who) > 0 {
				return who
			}
			if three := g.opening(); len(three) == 3 && (lower(g.token(s, k).Form) == "three" || lower(g.token(s, k+1).Form) == "three") {
				return three
			}
			switch w := lower(g.token(s, k).Form); w {
			case "two", "both", "parties", "sides", "countries", "governments", "leaders", "presidents", "ministers", "they", "we", "neighbours", "neighbors", "nations", "states", "delegations":
				if two := g.paragraphPair(s); two != nil {
					return two
				}
				return g.couple
			}
			return nil
		}
		t := g.token(s, v)
		if t.Rel != "conj" && t.Rel != "xcomp" && t.Rel != "advcl" {
			return nil
		}
		v = t.Head
	}
	return nil
}

// states counts the different parties that actors stand for.
func (g *agreements) states(actors []int) int {
	var p pact
	g.addParties(&p, actors)
	return len(p.parties)
}

// listBefore returns the last parties joined by commas and "and" before a verb,
// for sentences whose tree lost the subject.
func (g *agreements) listBefore(s, v int) []int {
	var out []int
	later, joined := -1, false
	for i := v - 1; i >= 0; i-- {
		m := g.at[s][i]
		if m < 0 || g.mentions[m].last != i || g.mentions[m].kind != named || len(g.mentions[m].actors) != 1 || g.stateActor(g.mentions[m].actors[0]) < 0 {
			continue
		}
		linked := false
		for k := i + 1; k < later && later-i < 14; k++ {
			and := lower(g.token(s, k).Form) == "and"
			joined = joined || and
			linked = linked || lower(g.token(s, k).Form) == "of" && k == i+1 && k == later-1 || and && g.states(out) == 1 || g.token(s, k).Form == "," && (k == i+1 && k == later-1 || len(out) > 1)
		}
		if later >= 0 && !linked {
			if len(out) > 1 {
				break
			}
			out = out[:0]
		}
		out = append(out, g.mentions[m].actors[0])
		later = g.mentions[m].first
		i = min(i, later)
	}
	if len(out) < 2 {
		return nil
	}
	slices.Reverse(out)
	return out
}
