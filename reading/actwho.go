package reading

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/actor"
)

// participants returns the actors of phrases, states in the place of those who
// act for them.
func (b *actBuilder) participants(r *actReader, heads []int) []int {
	var found []int
	for _, h := range heads {
		actors := r.actors(h)
		if all := b.counted(r, h); all != nil {
			actors = all
		}
		if len(actors) == 0 {
			actors = b.stand(r, h)
		}
		for _, a := range actors {
			if a < 0 || a >= len(b.p.doc.Actors) {
				continue
			}
			if x := &b.p.doc.Actors[a]; x.State != "" && (x.Kind == "person" || x.Kind == "organization" && x.Code == "" && x.Entity == "") {
				if s, ok := b.stateOf[x.State]; ok {
					a = s
				}
			}
			found = appendNew(found, a)
		}
	}
	return found
}

// stand returns the actors that a phrase stands for although no mention says
// so: the state of a capital or dependent land, the two parties of which the
// report has just told.
func (b *actBuilder) stand(r *actReader, head int) []int {
	switch r.tokens[head].UPOS {
	case "PROPN":
		return b.holder(r, head)
	case "NOUN", "PRON", "DET":
		if r.lex.is("@territory", r.lemma(head)) { // "the port of Assab", "the town Assab"
			for _, k := range r.kids[head] {
				if rel := r.tokens[k].Rel; r.tokens[k].UPOS == "PROPN" && (rel == "nmod" || rel == "appos" || rel == "compound" || rel == "flat") {
					if a := b.holder(r, k); a != nil {
						return a
					}
				}
			}
		}
		if r.lemma(head) == "we" && b.speech >= 0 {
			return b.speaker(b.speech)
		}
		if s := b.ownForces(r, head); s != nil {
			return s
		}
		if !r.both(head) {
			for _, k := range r.kids[head] { // "soldiers of the two countries"
				if r.tokens[k].Rel == "nmod" && r.prep(k) == "of" && r.both(k) {
					return b.stand(r, k)
				}
			}
			return nil
		}
		many := r.all(head)
		for n := len(b.who) - 1; n >= 0 && n >= len(b.who)-recent; n-- {
			all := slices.Concat(b.who[n].sources, b.who[n].targets)
			if (len(all) == 2 || many && len(all) > 2) && b.allPolitical(all) {
				return all
			}
		}
		return b.couple
	}
	return nil
}

// numbers from three on, by which a report takes up several at once.
var numbers = map[string]int{"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}

// counted returns the parties of the last act of as many as a phrase counts: "the
// four ministers", "the five"; nil where it counts nobody.
func (b *actBuilder) counted(r *actReader, head int) []int {
	n := 0
	if r.child(head, "det") >= 0 {
		n = numbers[r.lemma(head)]
	}
	if k := r.child(head, "nummod"); k >= 0 && r.lex.is("@side", r.lemma(head)) && r.child(head, "nmod") < 0 {
		n = numbers[strings.ToLower(r.tokens[k].Form)]
	}
	if n == 0 {
		return nil
	}
	for k := len(b.who) - 1; k >= 0 && k >= len(b.who)-recent; k-- {
		for _, side := range [][]int{b.who[k].sources, b.who[k].targets, slices.Concat(b.who[k].sources, b.who[k].targets)} {
			if len(side) == n && b.allPolitical(side) {
				return side
			}
		}
	}
	return nil
}

// ownForces returns the state of the speaker for arms and organs of the state that
// he does not say are another's: "the aerospace forces struck two depots".
func (b *actBuilder) ownForces(r *actReader, head int) []int {
	if b.speech < 0 || !r.lex.is("@organ", r.lemma(head)) {
		return nil
	}
	for _, k := range r.kids[head] {
		switch r.tokens[k].Rel {
		case "nmod:poss", "nmod", "acl:relcl":
			return nil
		case "det":
			if l := r.lemma(k); l != "the" {
				return nil
			}
		}
	}
	if s, ok := b.stateOf[b.p.doc.Statements[b.speech].SpeakerState]; ok && r.child(head, "det") >= 0 {
		return []int{s}
	}
	return nil
}

// holder returns the state of the report that holds a named place: a capital, a
// dependent land, a place of the tables that one state alone holds.
func (b *actBuilder) holder(r *actReader, head int) []int {
	for _, s := range r.p.world.Resolve(r.words(r.phrases.wording(head, false)), r.p.published.From) {
		id := s.Actor
		if t, ok := r.p.world.Territory(id); ok {
			id = t.Sovereign
		} else if p, ok := r.p.world.Place(id); ok && len(p.In) == 1 {
			id = p.In[0]
		} else if ok && len(p.In) == 2 { // claimed by two: the other than who acts there
			return b.named(p.In)
		} else if s.Via != actor.ViaCapital && s.Via != actor.ViaSeat {
			continue
		}
		if a, ok := b.stateOf[id]; ok {
			return []int{a}
		}
		return nil
	}
	return nil
}

// named returns the states of the report among some.
func (b *actBuilder) named(codes []string) []int {
	var found []int
	for _, c := range codes {
		if a, ok := b.stateOf[c]; ok {
			found = append(found, a)
		}
	}
	return found
}

// speaker returns who makes a statement; nil if nobody is known.
func (b *actBuilder) speaker(statement int) []int {
	id := b.p.doc.Statements[statement].Speaker
	if id == nil {
		return nil
	}
	if i, ok := b.actorOf[*id]; ok {
		return []int{i}
	}
	return nil
}

// both tells whether a phrase means two parties told before: "both sides",
// "the two presidents", "the parties".
func (r *actReader) both(head int) bool {
	if r.lemma(head) == "both" && len(r.kids[head]) == 0 {
		return true
	}
	if !r.lex.is("@side", r.lemma(head)) || !strings.Contains(r.tokens[head].Feats, "Number=Plur") {
		return false
	}
	for _, k := range r.kids[head] {
		switch l := r.lemma(k); l {
		case "both", "two", "each", "all":
			return true
		case "the":
			return r.lemma(head) == "party" || r.lemma(head) == "side" || r.lemma(head) == "head"
		}
	}
	return false
}

// all tells whether a phrase means all parties told before.
func (r *actReader) all(head int) bool {
	return slices.ContainsFunc(r.kids[head], func(k int) bool { return r.lemma(k) == "all" })
}

// able tells whether the source of a deed can act in politics: it is a state, a
// body, a group or somebody who acts for one; or a noun for such, or people who
// protest; or a name, when the target is one of the first.
func (b *actBuilder) able(r *actReader, d *deed, actors []int) bool {
	if b.political(actors) {
		return true
	}
	if len(d.sources) == 0 {
		return false
	}
	head := r.counted(d.sources[0])
	t := &r.tokens[head]
	lemma := r.lemma(head)
	for _, k := range r.kids[head] {
		switch r.tokens[k].Rel {
		case "nmod:desc", "compound", "appos", "flat":
			if r.lex.is("@agent", r.lemma(k)) {
				return true
			}
		}
	}
	if r.lex.is("@agent", lemma) || r.lex.is("@folk", lemma) && (d.root == "PROTEST" || d.root == "REQUEST") {
		return true
	}
	named := len(actors) > 0 || t.UPOS == "PROPN" && !r.lex.is("@time", lemma) || strings.ToUpper(t.Form) == t.Form && len(t.Form) > 1 && t.UPOS != "NUM"
	if !named || len(d.targets) == 0 || d.mode == "visit" { // whoever travels is no envoy yet
		return false
	}
	targets := b.participants(r, d.targets)
	return b.political(targets) || r.lex.is("@agent", r.lemma(d.targets[0])) || b.bodies(actors) && b.bodies(targets)
}

// undergone tells whether an act is told for the sake of whom it is done to:
// nobody is said to do it, or a weapon or a craft does, and a state, a body or
// something of one's suffers it.
func (b *actBuilder) undergone(r *actReader, d *deed, targets []int) bool {
	if len(d.sources) > 0 {
		head := r.counted(d.sources[0])
		if l := r.lemma(head); len(r.actors(head)) > 0 || !r.lex.is("@arms", l) && !r.lex.is("@ships", l) || !hostile[d.root] {
			return false
		}
	}
	return b.political(targets)
}

// memberships tells whether there are actors and all are organisations of the
// tables, which one leaves otherwise than a country.
func (b *actBuilder) memberships(actors []int) bool {
	for _, i := range actors {
		if a := &b.p.doc.Actors[i]; a.Kind != "organization" || a.Code == "" && a.Entity == "" || a.State != "" {
			return false
		}
	}
	return len(actors) > 0
}

// bodies tells whether there are actors and all are organisations or groups.
func (b *actBuilder) bodies(actors []int) bool {
	for _, i := range actors {
		if k := b.p.doc.Actors[i].Kind; k != "organization" && k != "group" {
			return false
		}
	}
	return len(actors) > 0
}

// political tells whether one of the actors is a state, a body or group of the
// tables, or somebody who acts for one.
func (b *actBuilder) political(actors []int) bool {
	for _, i := range actors {
		switch a := &b.p.doc.Actors[i]; a.Kind {
		case "state":
			return true
		case "organization", "group":
			if a.Code != "" || a.Entity != "" || a.State != "" {
				return true
			}
		case "person":
			if a.State != "" || a.Office != "" {
				return true
			}
		}
	}
	return false
}

// actFor tells whether one of the actors is or acts for a state.
func (b *actBuilder) actFor(actors []int, state string) bool {
	for _, i := range actors {
		if a := &b.p.doc.Actors[i]; a.State == state || a.Code == state {
			return true
		}
	}
	return false
}

// recent is how many acts a word such as "the deal" may reach back.
const recent = 8

// echo returns whom a target means that only takes up what was told before:
// who struck the deal that somebody welcomes, who made the charge that somebody
// denies.
func (b *actBuilder) echo(r *actReader, d deed, sources []int) []int {
	head := d.targets[0]
	lemma := r.lemma(head)
	if !r.lex.is("@echo", lemma) && d.root != "REJECT" {
		return nil
	}
	acts := b.p.doc.Acts
	named := r.lex.nouns[lemma] // "the withdrawal" takes up a withdrawal
	for n := len(acts) - 1; n >= 0 && n >= len(acts)-recent; n-- {
		a, who := &acts[n], b.who[n]
		switch {
		case d.root == "REJECT":
			if a.Type != "ACCUSE" && a.Type != "REQUEST" && a.Type != "THREATEN" && a.Status != alleged || len(without(sources, who.targets)) == len(sources) {
				continue
			}
		case r.lex.is("@sanction", lemma):
			if a.Type != "SANCTION" {
				continue
			}
		case r.lex.is("@attack", lemma):
			if a.Type != "ASSAULT" && a.Type != "COERCE" {
				continue
			}
		case r.lex.is("@treaty", lemma) || lemma == "signing":
			if a.Type != "AGREE" || len(who.sources) < 2 {
				continue
			}
		case d.root != "SUPPORT" && d.root != "ACCUSE":
			return nil
		case len(named) > 0 && !slices.ContainsFunc(named, func(e *entry) bool { return e.root == a.Type }):
			continue
		}
		if found := without(who.sources, sources); len(found) > 0 && len(found) == len(who.sources) {
			return found
		}
	}
	if r.lex.is("@treaty", lemma) || lemma == "signing" {
		return b.concluded(r.tokens[head].Span.Start, sources)
	}
	return nil
}

// concluded returns the parties of the agreement that a place in the text takes
// up, if none of them is among the sources: the last that its paragraph has named
// before, else the one named most before.
func (b *actBuilder) concluded(at int, sources []int) []int {
	var best *Agreement
	paragraph := strings.LastIndexByte(b.p.text[:at], '\n')
	last, most := -1, 0
	for i := range b.p.doc.Agreements {
		g := &b.p.doc.Agreements[i]
		n, latest := 0, -1
		for _, m := range g.Mentions {
			if m.Start < at {
				n, latest = n+1, max(latest, m.Start)
			}
		}
		switch {
		case latest > paragraph && latest > last:
			best, last = g, latest
		case last < 0 && n > most:
			best, most = g, n
		}
	}
	if best == nil {
		return nil
	}
	var found []int
	for _, id := range best.Parties {
		if n, ok := b.actorOf[id]; ok {
			found = append(found, n)
		}
	}
	if len(without(found, sources)) < len(found) {
		return nil
	}
	return found
}

// turned roots are turned towards somebody. Where the text does not repeat whom,
// it is the other side of the act told last that had the source in it.
var turned = wordSet("SUPPORT ACCUSE REQUEST THREATEN AID AGREE CONSULT REJECT CONCEDE")

// implied returns whom an act is aimed at where its sentence does not say so: who
// made what it takes up, who made the claim that it rejects, the other side of
// what was told before.
func (b *actBuilder) implied(r *actReader, d *deed, sources []int) []int {
	at := r.tokens[d.trigger[0]].Span.Start
	up := len(d.targets) > 0 && r.takenUp(d.targets[0])
	if d.noun && !d.loose && !up && d.mode != "visit" || d.cameo == "090" {
		return nil
	}
	if d.mode == "third-party" || d.mediated {
		return b.parties(sources, at)
	}
	var found []int
	if !d.mutual && len(d.targets) > 0 && !d.content {
		found = b.echo(r, *d, sources)
	}
	if d.root == "REJECT" {
		bare := len(d.targets) == 0 && (r.lemma(d.trigger[0]) == "refuse" || r.lemma(d.trigger[0]) == "decline")
		if d.of == "" && !bare && (len(d.targets) == 0 || !r.answered(d.targets[0])) {
			return found
		}
		if len(found) == 0 {
			found = b.claimant(r, d, sources)
		}
	}
	one := d.root == "SANCTION" || d.root == "RETREAT" || r.bordering(d) // done to somebody, whom the report has told before
	if len(found) == 0 && (turned[d.root] || d.loose || up || d.against || one) {
		found = b.counterpart(sources, b.near(at))
	}
	if len(found) == 0 && b.speech >= 0 && !d.noun && hostile[d.root] && d.root != "MOBILIZE" && d.root != "THREATEN" { // what another does is done to the speaker
		if s, ok := b.stateOf[b.p.doc.Statements[b.speech].SpeakerState]; ok && !slices.Contains(sources, s) {
			found = []int{s}
		}
	}
	n := len(b.who) - 1
	for k := n; k >= b.near(at) && len(found) == 0 && (d.root == "AID" || d.root == "SANCTION"); k-- { // Peru too
		if b.p.doc.Acts[k].Type == d.root && !slices.Contains(b.who[k].targets, sources[0]) {
			found = b.who[k].targets
		}
	}
	if len(found) == 0 && len(sources) == 1 && slices.Contains(b.couple, sources[0]) && (turned[d.root] || one) {
		found = without(b.couple, sources)
	}
	if len(found) > 0 || n < b.near(at) {
		return found
	}
	last := b.who[n]
	all := without(slices.Concat(last.sources, last.targets), sources)
	switch {
	case !b.allPolitical(all) || len(all) == 0:
	case up && len(all) < len(last.sources)+len(last.targets): // the source took part
		return all
	case up:
		many := strings.Contains(r.tokens[d.targets[0]].Feats, "Number=Plur")
		for _, side := range [][]int{last.targets, last.sources} { // "the country": the side that is one, "the three capitals": the one that are several
			if len(side) > 0 && len(side) > 1 == many && (many || b.p.doc.Actors[side[0]].Kind == "state") {
				return side
			}
		}
	case reaction[d.root] && d.root != "REJECT" && len(d.targets) == 0:
		return last.sources
	}
	return nil
}

// somebodyElse tells whether an act names people or a body as its target whom the
// report does not let us place: "urged the assembly".
func (r *actReader) somebodyElse(d *deed) bool {
	if len(d.targets) == 0 || d.content || d.mutual {
		return false
	}
	i := d.targets[0]
	return r.tokens[i].UPOS == "NOUN" && r.lex.is("@agent", r.lemma(i)) && !r.takenUp(i) && !r.both(i)
}

// home tells whether words are turned to the source's own state: "the opposition
// urged the government".
func (b *actBuilder) home(r *actReader, d *deed, sources []int) bool {
	if len(d.targets) == 0 || len(sources) != 1 || d.content || !reaction[d.root] && d.root != "REQUEST" {
		return false
	}
	i := d.targets[0]
	if !r.lex.is("@home", r.lemma(i)) || r.owned(i) || strings.Contains(r.tokens[i].Feats, "Number=Plur") {
		return false
	}
	k := r.child(i, "det")
	return k >= 0 && r.lemma(k) == "the" && r.child(i, "nmod", "nmod:poss", "appos") < 0
}

// takenUp tells whether a phrase is a thing or a land told before that it does
// not name again: "the country", "the ship", "its neighbour".
func (r *actReader) takenUp(i int) bool {
	d := r.child(i, "det", "nmod:poss")
	if r.lex.is("@relation", r.lemma(i)) {
		return d >= 0 && r.tokens[d].UPOS != "PROPN" && r.lemma(d) != "a"
	}
	if !r.lex.is("@there", r.lemma(i)) || r.owned(i) {
		return false
	}
	return d >= 0 && (r.tokens[d].Rel == "nmod:poss" || r.lemma(d) == "the" || r.lemma(d) == "that" || r.lemma(d) == "this")
}

// parties returns those whom a third brings together: the two or more that met or
// fought last before a place, or whom the report is about.
func (b *actBuilder) parties(third []int, at int) []int {
	for n := len(b.who) - 1; n >= b.near(at); n-- {
		all := without(slices.Concat(b.who[n].sources, b.who[n].targets), third)
		if len(all) > 1 && len(all) == len(b.who[n].sources)+len(b.who[n].targets) && b.allPolitical(all) {
			return all
		}
	}
	if len(without(b.couple, third)) == 2 {
		return b.couple
	}
	return nil
}

// answered tells whether a phrase is what one rejects when one answers somebody.
func (r *actReader) answered(i int) bool {
	l := r.lemma(i)
	return r.tokens[i].UPOS == "PRON" || r.lex.is("@echo", l) || r.lex.is("@accusation", l) || r.lex.is("@demand", l) || r.lex.is("@talks", l)
}

// near returns the first act that was told not long before a place.
func (b *actBuilder) near(at int) int {
	const reach = 900 // bytes
	n := len(b.who)
	for n > 0 && b.p.doc.Acts[n-1].Trigger[0].Start > at-reach {
		n--
	}
	return n
}

// claimant returns the state that spoke last, in the two or three sentences
// before a place, if the one who rejects what was said is another.
func (b *actBuilder) claimant(r *actReader, d *deed, sources []int) []int {
	const near = 400 // bytes
	if d.of == "" && len(d.targets) > 0 && !r.lex.is("@accusation", r.lemma(d.targets[0])) && r.tokens[d.targets[0]].UPOS != "PRON" {
		return nil
	}
	at := r.tokens[d.trigger[0]].Span.Start
	for i := len(b.p.doc.Statements) - 1; i >= 0; i-- {
		st := &b.p.doc.Statements[i]
		if len(st.Cue) == 0 || st.Cue[0].Start >= at {
			continue
		}
		if st.Cue[0].Start < at-near {
			break
		}
		if s, ok := b.stateOf[st.SpeakerState]; ok && !slices.Contains(sources, s) {
			return []int{s}
		}
	}
	return nil
}

// complete gives the acts of one sentence the targets that it tells after them.
func (b *actBuilder) complete(from int) {
	for n := from; n < len(b.who); n++ {
		a := &b.p.doc.Acts[n]
		if len(b.who[n].targets) > 0 || len(b.who[n].sources) == 0 || !turned[a.Type] || mutualRoots[a.Type] {
			continue
		}
		if t := b.counterpart(b.who[n].sources, n+1); len(t) > 0 {
			b.who[n].targets, a.Target = t, b.ids(t)
		}
	}
}

// counterpart returns the other side of the last of some acts that an actor took
// part in; nil if there is none.
func (b *actBuilder) counterpart(of []int, from int) []int {
	for n := len(b.who) - 1; n >= from && n >= len(b.who)-recent; n-- {
		s, t := b.who[n].sources, b.who[n].targets
		other := s
		switch {
		case len(without(of, s)) == 0 && len(t) > 0:
			other = t
		case len(without(of, s)) > 0 && len(without(of, t)) > 0:
			continue
		}
		if other = without(other, of); len(other) > 0 && b.allPolitical(other) {
			return other
		}
	}
	return nil
}

// allPolitical tells whether each of the actors can act in politics.
func (b *actBuilder) allPolitical(actors []int) bool {
	return !slices.ContainsFunc(actors, func(a int) bool { return !b.political([]int{a}) })
}

// bothWays adds the two acts that a sentence tells of two who do the same to each
// other: "each side accused the other". It tells whether there are two.
func (b *actBuilder) bothWays(r *actReader, d deed) bool {
	two := b.participants(r, d.sources)
	if len(two) < 2 {
		two = b.pair(r.tokens[d.trigger[0]].Span.Start)
	}
	if len(two) != 2 || !b.allPolitical(two) {
		return false
	}
	text := b.wording(r, d.sources[0], true)
	if d.root == "ASSAULT" { // a fight
		b.put(r, &d, two, nil, text, "")
		return true
	}
	for n := range two {
		b.put(r, &d, []int{two[n]}, []int{two[1-n]}, text, "")
	}
	return true
}

// pair returns the two of the last act between exactly two, or the two whom the
// report is about.
func (b *actBuilder) pair(at int) []int {
	for n := len(b.who) - 1; n >= b.near(at); n-- {
		if all := slices.Concat(b.who[n].sources, b.who[n].targets); len(all) == 2 && b.allPolitical(all) {
			return all
		}
	}
	return b.couple
}
