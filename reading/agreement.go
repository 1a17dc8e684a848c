package reading

import (
	"slices"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/text"
)

// pact is an agreement while the report is read.
type pact struct {
	Agreement
	noun     string          // head of its name: treaty, pact ...
	content  map[string]bool // the words of its name that tell it from others
	parties  []int           // indices into doc.Actors
	rank     int             // of its status; a later stage outweighs an earlier one
	year     int
	reached  string // the day on which it was agreed, where no signature is told
	sentence int    // of the latest mention
	begins   int    // the sentence of the first
	lays     bool   // "by which" follows on its name
	given    bool   // named as one that the reader knows
	with     bool   // told to be signed "with" its parties, not who else signed
	private  bool   // concluded by others than states
}

// agreements follows the agreements through a report.
type agreements struct {
	*page
	pacts   []pact
	current int      // index of the pact that the text speaks of; -1 if none
	heads   [][]int  // sentence, token: 1 + index of the pact that the token heads a mention of
	laid    int      // the last sentence that laid something down; -1 if none
	laidBy  int      // and of which agreement
	kind    string   // and of which type
	busiest int      // the state that the report names most; -1 if none
	couple  []int    // the two states that the report is about; empty if none stand out
	openers []int    // the two states that its opening names; empty if it names more
	times   [][]Time // by sentence
}

// findAgreements finds the agreements between states that the report speaks of,
// and what it says that they provide.
func (p *page) findAgreements() {
	g := &agreements{page: p, current: -1, laid: -1, heads: make([][]int, len(p.sentences)), times: make([][]Time, len(p.sentences))}
	g.sortTimes()
	g.couple, g.busiest = g.mainCouple(), -1
	if two := g.opening(); len(two) == 2 {
		g.openers = two
	}
	if len(g.couple) == 0 {
		g.couple = g.openers
	}
	if states := g.namedMost(); len(states) > 0 {
		g.busiest = states[0]
	}
	for s := range p.sentences {
		g.heads[s] = make([]int, len(p.sentences[s].Tokens))
		if !p.speaks(s) {
			continue
		}
		for i := range p.sentences[s].Tokens {
			g.noun(s, i)
		}
		g.provisions(s)
		g.takenUp(s)
	}
	g.join()
	for i := range g.pacts {
		g.finish(&g.pacts[i])
	}
}

// mention adds a mention of a pact and what its phrase and clause say of it.
func (g *agreements) mention(k, s, first, i int, words []string) {
	p := &g.pacts[k]
	end := g.titleEnd(s, i)
	span := g.words(s, first, end)
	for first < i && (g.token(s, first).UPOS == "DET" || g.token(s, first).UPOS == "PRON") {
		first++
		span.Start = g.token(s, first).Span.Start
	}
	p.Mentions = append(p.Mentions, span)
	p.sentence = s
	if g.current < 0 || g.current >= len(g.pacts) || !g.aside(s, i) {
		g.current = k
	}
	g.heads[s][i] = k + 1
	for _, w := range words {
		p.content[w] = true
		if n, err := strconv.Atoi(w); err == nil && len(w) == 4 {
			p.year = n
		}
	}
	// A proper name is better than a description.
	if title := g.title(s, first, i); capital(g.token(s, i).Form) && end > i && !strings.Contains(p.Title, " of ") && !strings.Contains(p.Title, " on ") || capital(g.token(s, first).Form) && first < i && g.alias(s, i) {
		p.Title = title
	}
	if g.open(p) {
		g.addParties(p, g.phraseParties(s, i))
	}
	g.dateOf(p, s, i)
	g.areasOf(p, s, i)
	v := g.governor(s, i)
	if x := g.child(s, v, "xcomp"); x > i && lower(g.token(s, v).Lemma) == "remain" {
		v = x // "remains suspended"
	}
	if next := g.token(s, end+2); g.token(s, end+1).Form == "," && next.XPOS == "VBN" && signs[lower(next.Lemma)] {
		g.clause(p, s, i, end+2) // "the accord on fish, signed by both,"
	}
	if g.talkedOf(s, i) {
		g.talks(p, s, i)
	} else if v >= 0 {
		g.clause(p, s, i, v)
	}
	// "the deal struck in March"
	if next := g.token(s, end+1); next.UPOS == "VERB" && next.XPOS == "VBN" {
		if st, ok := stageOf(next); ok && st.rank >= p.rank && st.rank > 1 {
			p.rank, p.Status = st.rank, st.status
			if p.Signed == "" && st.rank == 3 {
				p.Signed = g.dateNear(s, end+1)
			}
		}
	}
	// "an accord that the two signed in 2025"
	for n := i; n <= end; n++ { // or "the declaration of principles that the two signed"
		for r := range g.children(s, n) {
			if rel := g.token(s, r).Rel; (rel == "acl:relcl" || rel == "acl") && (n == i || r > end) {
				g.clause(p, s, i, r)
			}
		}
	}
}

// aside reports whether a mention stands in a clause that only describes
// something else: "islands, which the 1951 treaty covers".
func (g *agreements) aside(s, i int) bool {
	if first := g.phraseStart(s, i); lower(g.token(s, first-1).Form) == "which" || lower(g.token(s, first-1).Form) == "that" && g.token(s, first-1).UPOS == "PRON" {
		return g.heads[s][max(0, first-3)] == 0
	}
	for n := 0; i >= 0 && n < reach; n++ {
		t := g.token(s, i)
		if t.Rel == "acl:relcl" {
			return t.Head >= 0 && g.heads[s][t.Head] == 0
		}
		i = t.Head
	}
	return false
}

// areasOf reads what an agreement is about: "on search and rescue", "rail-transit
// accord", "covers areas including ...".
func (g *agreements) areasOf(p *pact, s, i int) {
	if len(p.Areas) > 0 {
		return
	}
	if w := lower(g.token(s, i+1).Form); w == "on" || w == "for" || w == "concerning" {
		if end := g.titleEnd(s, i); end > i+1 && !capital(g.token(s, i).Form) {
			k := i + 2
			if g.token(s, k).UPOS == "DET" {
				k++
			}
			stop := k
			for stop < end && lower(g.token(s, stop+1).Form) != "in" {
				stop++
			}
			g.addArea(p, g.words(s, k, min(stop, end)))
			return
		}
	}
	if capital(g.token(s, i).Form) || capital(g.token(s, i-1).Form) {
		return
	}
	first := i
	for k := i - 1; k >= 0; k-- {
		t := g.token(s, k)
		if (t.Rel == "compound" && units[singular(lower(t.Form))] == noUnit || hyphen(t.Form) || t.Rel == "amod" && first < i && g.token(s, first).UPOS == "NOUN" && g.isTopic(lower(t.Form))) && t.Head > k && t.Head <= i && !g.actorName(s, k) && t.UPOS != "NUM" && g.yearIn(s, k) == 0 {
			first = k
			continue
		}
		break
	}
	if first < i {
		w := lower(g.words(s, first, i-1).Of(g.text))
		if provisionTypes(lower(g.words(s, g.phraseStart(s, i), i).Of(g.text))) == "" && w != "page" && w != "draft" && w != "partnership" && w != "peace" && w != "framework" {
			g.addArea(p, g.words(s, first, i-1))
		}
	}
}

func (g *agreements) isTopic(w string) bool {
	switch w {
	case "military", "nuclear", "economic", "cultural", "scientific", "technical", "maritime", "agricultural", "financial", "commercial", "industrial":
		return true
	}
	return false
}

func (g *agreements) addArea(p *pact, span text.Span) {
	a := strings.Join(strings.Fields(span.Of(g.text)), " ")
	if a != "" && !slices.Contains(p.Areas, a) {
		p.Areas, p.AreaSpans = append(p.Areas, a), append(p.AreaSpans, span)
	}
}

// finish enters a pact into the document if two parties to it are known.
func (g *agreements) finish(p *pact) {
	if len(p.parties) == 1 && p.rank > 0 && g.busiest >= 0 && g.busiest != p.parties[0] && !slices.Contains(g.couple, p.parties[0]) && g.namedNear(p, g.busiest) {
		p.parties = append(p.parties, g.busiest)
	}
	g.withOnly(p)
	// "The ANZUS treaty" is of its members, not of the organisation.
	if states := slices.DeleteFunc(slices.Clone(p.parties), func(a int) bool {
		return g.doc.Actors[a].Kind == "organization" && strings.Contains(p.Title, g.doc.Actors[a].Code)
	}); len(states) > 1 {
		p.parties = states
	}
	if len(p.parties) < 2 && !manyParties(p.Title) {
		if two := g.pairAround(p); len(two) == 2 && len(without(p.parties, two)) == 0 && g.lived(two, p) {
			p.parties = two
		}
	}
	if len(p.parties) == 0 && len(p.Provisions) > 0 && !manyParties(p.Title) {
		p.parties = slices.Clone(g.paragraphPair(p.begins))
	}
	if len(p.parties) < 2 && len(g.couple) == 2 && !manyParties(p.Title) && !g.ofMembers(p) && (len(p.parties) == 0 && (len(p.Mentions) > 1 || p.rank >= 2 || p.Signed != "") && g.namedNear(p, g.couple...) || len(p.parties) == 1 && slices.Contains(g.couple, p.parties[0])) {
		p.parties = slices.Clone(g.couple)
	}
	if len(p.parties) == 0 && len(g.openers) == 2 && p.Signed != "" && !manyParties(p.Title) && !g.ofMembers(p) && g.namedNear(p, g.openers...) {
		p.parties = slices.Clone(g.openers)
	}
	if len(p.parties) < 2 || p.private || (vagueNouns[p.noun] && (p.rank < 2 || p.rank == 6 && p.Signed == "") || p.noun == "convention" && p.rank == 0 && len(p.Provisions) == 0 && !strings.Contains(p.Title, " on ") && !strings.Contains(p.Title, " of ")) && p.Signed == "" {
		return
	}
	if p.Signed == "" && p.rank > 2 {
		p.Signed = p.reached
	}
	if p.Status == "" {
		p.Status = "signed"
	}
	slices.Sort(p.parties)
	for _, a := range p.parties {
		p.Parties = append(p.Parties, g.doc.Actors[a].ID)
	}
	if p.Signed == "" && p.year > 0 {
		p.Signed = strconv.Itoa(p.year)
	}
	if p.Status == "proposed" {
		p.Signed = ""
	}
	p.ID = "g" + strconv.Itoa(len(g.doc.Agreements)+1)
	slices.SortStableFunc(p.Mentions, func(a, b text.Span) int { return a.Start - b.Start })
	g.doc.Agreements = append(g.doc.Agreements, p.Agreement)
}

// ofMembers reports whether the sentence that first names an agreement tells of
// the members of a body, which are more than two.
func (g *agreements) ofMembers(p *pact) bool {
	w := lower(g.sentences[p.begins].Span.Of(g.text))
	return strings.Contains(w, " members of ") || strings.Contains(w, "member states")
}

// withOnly adds who signed "with" the others, where only those are told: the one
// other state that the sentence, or else the one before, names.
func (g *agreements) withOnly(p *pact) {
	if !p.with || len(p.parties) < 2 {
		return
	}
	s := slices.IndexFunc(g.sentences, func(x language.Sentence) bool { return x.Span.Contains(p.Mentions[0]) })
	for k := s; k >= 0 && k >= s-1; k-- {
		var others []int
		for i := range g.at[k] {
			for _, a := range g.actorsAt(k, i) {
				if b := g.stateActor(a); b >= 0 && g.doc.Actors[b].Kind == "state" && !slices.Contains(p.parties, b) && !slices.Contains(others, b) {
					others = append(others, b)
				}
			}
		}
		if len(others) > 0 {
			if len(others) == 1 {
				p.parties = append(p.parties, others...)
			}
			return
		}
	}
}

// lived reports whether states were there when an agreement was signed, as far
// as the report dates it: no treaty of 2000 is one of the Soviet Union.
func (g *agreements) lived(states []int, p *pact) bool {
	y := p.signedIn()
	return y == 0 || !slices.ContainsFunc(states, func(a int) bool {
		x, ok := g.world.Actor(g.doc.Actors[a].Entity)
		return ok && len(x.Lives) > 0 && !slices.ContainsFunc(x.Lives, func(s day.Span) bool {
			return s.Contains(yearOf(y).From) != day.No || s.Contains(yearOf(y).To-1) != day.No
		})
	})
}

// namedNear reports whether actors are spoken of in the paragraph that first
// names an agreement or the one before.
func (g *agreements) namedNear(p *pact, actors ...int) bool {
	at := p.Mentions[0].Start
	for _, m := range p.Mentions {
		at = min(at, m.Start)
	}
	begin := strings.LastIndexByte(strings.TrimRight(g.text[:at][:strings.LastIndexByte(g.text[:at], '\n')+1], "\n"), '\n') + 1
	end := len(g.text)
	if i := strings.IndexByte(g.text[at:], '\n'); i >= 0 {
		end = at + i
	}
	near := text.Span{Start: begin, End: end}
	for _, a := range actors {
		if !slices.ContainsFunc(g.doc.Actors, func(x Actor) bool {
			return (x.ID == g.doc.Actors[a].ID || x.Kind == "person" && x.State != "" && x.State == g.doc.Actors[a].Code) &&
				(slices.ContainsFunc(x.Mentions, near.Contains) || slices.ContainsFunc(x.Nominal, near.Contains))
		}) {
			return false
		}
	}
	return true
}

// manyParties tells whether a name is that of a text with many parties, which
// two states that a report is about are not alone in.
func manyParties(title string) bool {
	t := lower(title)
	return slices.ContainsFunc([]string{"north atlantic", "washington treaty", "charter", "geneva convention", "vienna convention", "hague convention",
		"non-proliferation", "nonproliferation", "law of the sea", "rome statute", "warsaw pact", "rio treaty", "genocide convention", "european convention", "human rights", "chemical weapons", "biological weapons", "test ban", "open skies", "on the prohibition", "refugee convention", "arms trade treaty", "lisbon treaty", "maastricht", "montreux"},
		func(w string) bool { return strings.Contains(t, w) })
}

// SignedPeriod returns the days on which the agreement may have been signed, as
// finely as the report settles it.
func (a Agreement) SignedPeriod() (day.Period, bool) {
	p, err := day.ParsePeriod(a.Signed)
	return p, err == nil && a.Signed != ""
}
