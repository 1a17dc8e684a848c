package reading

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/text"
)

// actBuilder turns deeds into the acts of the document: it names their
// participants, dates and speakers, and joins what is told twice.
type actBuilder struct {
	p       *page
	stateOf map[string]int // ISO code -> index of the state among doc.Actors
	known   map[string]int // identity of an act -> index in doc.Acts
	content []contentSpan  // of statements, by start
	open    []contentSpan  // those that the reading may still be inside of
	who     []both         // participants of doc.Acts
	speech  int            // statement that the present act stands in; -1 if none
	times   int            // first time that does not end before the present sentence
}

type both struct{ sources, targets []int }

type contentSpan struct {
	span      text.Span
	statement int
}

func newActBuilder(p *page) *actBuilder {
	b := &actBuilder{p: p, stateOf: map[string]int{}, known: map[string]int{}}
	for i := range p.doc.Actors {
		if a := &p.doc.Actors[i]; a.Kind == "state" && a.Code != "" {
			b.stateOf[a.Code] = i
		}
	}
	for i := range p.doc.Statements {
		for _, s := range p.doc.Statements[i].Content {
			b.content = append(b.content, contentSpan{s, i})
		}
	}
	slices.SortStableFunc(b.content, func(x, y contentSpan) int {
		return cmp.Or(cmp.Compare(x.span.Start, y.span.Start), cmp.Compare(y.span.End, x.span.End))
	})
	return b
}

// add makes an act of a deed, unless nobody in it can act in politics.
func (b *actBuilder) add(r *actReader, d deed) {
	at := r.tokens[d.trigger[0]].Span
	b.speech = b.within(at)
	sources, targets := b.participants(r, d.sources), b.participants(r, d.targets)
	sourceText, targetText := b.wordings(r, &d)
	if !b.able(r, &d, sources) {
		return
	}
	if len(targets) == 0 && !d.mutual {
		if t := r.place(d.trigger, sources); t >= 0 && placed[d.root] {
			targets = b.participants(r, []int{t})
			if targetText == "" || len(r.actors(d.sources[0])) > 0 {
				targetText = r.words(r.wording(t, false))
			}
		}
	}
	if d.mutual {
		for _, t := range targets {
			sources = appendNew(sources, t)
		}
		targets = nil
	}
	targets = without(targets, sources)
	if len(targets) == 0 && !d.mutual && len(d.targets) > 0 {
		targets = b.echo(r, d, sources)
	}
	if len(targets) == 0 && len(sources) == 1 && turned[d.root] {
		targets = b.counterpart(sources[0])
		if d.mutual {
			sources, targets = append(sources, targets...), nil
		}
	}
	if d.mode == "visit" && len(targets) == 0 && d.worded < 0 {
		return
	}
	if d.status == planned && d.root == "THREATEN" && d.of != "" && len(targets) == 0 && targetText == "" {
		return
	}
	if len(sources) == 0 && len(targets) == 0 { // words of nobody that the report could name
		return
	}
	a := Act{
		Type: d.root, Mode: d.mode, CAMEO: d.cameo, Of: d.of, Status: d.status, Why: d.why,
		Source: b.ids(sources), Target: b.ids(targets), SourceText: sourceText, TargetText: targetText,
		Trigger: r.spans(d.trigger),
	}
	if s := b.speech; s >= 0 {
		st := &b.p.doc.Statements[s]
		id := st.ID
		a.Within = &id
		if a.Status == occurred && hostile[a.Type] && st.SpeakerState != "" && !b.actFor(sources, st.SpeakerState) {
			a.Status = alleged
			if (a.Type == "ASSAULT" || a.Type == "COERCE") && b.actFor(targets, st.SpeakerState) {
				b.charge(st, sources, d.root)
			}
		}
	}
	a.Date = b.date(r, d.trigger[0])
	a.Place = r.location(d.trigger[0])
	within := ""
	if a.Within != nil {
		within = *a.Within
	}
	k := strings.Join([]string{a.Type, a.Of, a.Mode, strings.Join(a.Source, " "), strings.Join(a.Target, " "), a.Date, a.Status, within}, "\x00")
	if len(a.Source) == 0 {
		k += "\x00" + sourceText + "\x00" + targetText
	}
	if n, ok := b.known[k]; ok && len(b.p.doc.Acts[n].Trigger) < 64 {
		b.p.doc.Acts[n].Trigger = append(b.p.doc.Acts[n].Trigger, a.Trigger...)
		return
	}
	b.known[k] = len(b.p.doc.Acts)
	b.who = append(b.who, both{sources, targets})
	b.p.doc.Acts = append(b.p.doc.Acts, a)
}

// charge adds what a victim's word amounts to: who says that another has
// attacked him accuses him.
func (b *actBuilder) charge(st *Statement, accused []int, of string) {
	accusers := b.speaker(b.speech)
	if len(accusers) == 0 || len(accused) == 0 || len(st.Cue) == 0 || len(st.Source) == 0 {
		return
	}
	if x := &b.p.doc.Actors[accusers[0]]; x.Kind == "person" && x.State != "" {
		if state, ok := b.stateOf[x.State]; ok {
			accusers = []int{state}
		}
	}
	for n := range b.who {
		if a := &b.p.doc.Acts[n]; a.Type == "ACCUSE" && slices.Equal(b.who[n].sources, accusers) && slices.Equal(b.who[n].targets, accused) {
			return
		}
	}
	b.who = append(b.who, both{accusers, accused})
	b.p.doc.Acts = append(b.p.doc.Acts, Act{
		Type: "ACCUSE", Mode: "allege", CAMEO: roots["ACCUSE"], Of: of, Status: occurred, Within: st.Within,
		Source: b.ids(accusers), Target: b.ids(accused), SourceText: b.p.text[st.Source[0].Start:st.Source[0].End],
		Trigger: []text.Span{st.Cue[0]}, Why: "a victim's statement",
	})
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

// concluded returns the parties of the agreement that the report named last
// before a place in the text, if none of them is among the sources.
func (b *actBuilder) concluded(at int, sources []int) []int {
	var found []int
	last := -1
	for i := range b.p.doc.Agreements {
		g := &b.p.doc.Agreements[i]
		if len(g.Mentions) == 0 || g.Mentions[0].Start >= at || g.Mentions[0].Start <= last {
			continue
		}
		last, found = g.Mentions[0].Start, nil
		for _, id := range g.Parties {
			if n := slices.IndexFunc(b.p.doc.Actors, func(a Actor) bool { return a.ID == id }); n >= 0 {
				found = append(found, n)
			}
		}
	}
	if len(without(found, sources)) < len(found) {
		return nil
	}
	return found
}

// turned roots are turned towards somebody. Where the text does not repeat whom,
// it is the other party of the act told just before.
var turned = wordSet("SUPPORT ACCUSE REQUEST THREATEN AID AGREE CONSULT")

// counterpart returns the other party of the last act that an actor had with
// exactly one other; nil if there is none near.
func (b *actBuilder) counterpart(of int) []int {
	for n := len(b.who) - 1; n >= 0 && n >= len(b.who)-recent; n-- {
		all := slices.Concat(b.who[n].sources, b.who[n].targets)
		if len(all) == 2 && slices.Contains(all, of) && b.political(all[:1]) && b.political(all[1:]) {
			return without(all, []int{of})
		}
	}
	return nil
}

// finish puts the acts in the order of the text and numbers them.
func (b *actBuilder) finish() {
	slices.SortStableFunc(b.p.doc.Acts, func(x, y Act) int { return cmp.Compare(x.Trigger[0].Start, y.Trigger[0].Start) })
	for i := range b.p.doc.Acts {
		b.p.doc.Acts[i].ID = "e" + strconv.Itoa(i+1)
	}
}

// placed roots take the land where they happen for their target where no other
// is named.
var placed = wordSet("AID ASSAULT COERCE MOBILIZE RETREAT CONCEDE SANCTION COOPERATE")

// participants returns the actors of phrases, states in the place of those who
// act for them.
func (b *actBuilder) participants(r *actReader, heads []int) []int {
	var found []int
	for _, h := range heads {
		actors := r.actors(h)
		if len(actors) == 0 {
			actors = b.stand(r, h)
		}
		for _, a := range actors {
			if a < 0 || a >= len(b.p.doc.Actors) {
				continue
			}
			if x := &b.p.doc.Actors[a]; x.Kind == "person" && x.State != "" {
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
		for _, s := range r.p.world.Resolve(r.words(r.phrases.wording(head, false)), r.p.published.From) {
			id := s.Actor
			if t, ok := r.p.world.Territory(id); ok {
				id = t.Sovereign
			} else if s.Via != actor.ViaCapital {
				continue
			}
			if a, ok := b.stateOf[id]; ok {
				return []int{a}
			}
			return nil
		}
	case "NOUN", "PRON":
		if r.lemma(head) == "we" && b.speech >= 0 {
			return b.speaker(b.speech)
		}
		if !r.both(head) {
			return nil
		}
		for n := len(b.who) - 1; n >= 0 && n >= len(b.who)-recent; n-- {
			all := slices.Concat(b.who[n].sources, b.who[n].targets)
			if len(all) == 2 && b.political(all[:1]) && b.political(all[1:]) {
				return all
			}
		}
	}
	return nil
}

// speaker returns who makes a statement; nil if nobody is known.
func (b *actBuilder) speaker(statement int) []int {
	id := b.p.doc.Statements[statement].Speaker
	if id == nil {
		return nil
	}
	if i := slices.IndexFunc(b.p.doc.Actors, func(a Actor) bool { return a.ID == *id }); i >= 0 {
		return []int{i}
	}
	return nil
}

// both tells whether a phrase means two parties told before: "both sides",
// "the two presidents", "the parties".
func (r *actReader) both(head int) bool {
	if !r.lex.is("@side", r.lemma(head)) || !strings.Contains(r.tokens[head].Feats, "Number=Plur") {
		return false
	}
	for _, k := range r.kids[head] {
		switch l := r.lemma(k); l {
		case "both", "two", "each":
			return true
		case "the":
			return r.lemma(head) == "party" || r.lemma(head) == "side" || r.lemma(head) == "head"
		}
	}
	return false
}

// able tells whether the source of a deed can act in politics: it is a state, a
// body, a group or somebody who acts for one; or a noun for such, or people who
// protest; or a name, when the target is one of the first.
func (b *actBuilder) able(r *actReader, d *deed, actors []int) bool {
	if b.political(actors) {
		return true
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
	if !named || len(d.targets) == 0 {
		return false
	}
	targets := b.participants(r, d.targets)
	return b.political(targets) || r.lex.is("@agent", r.lemma(d.targets[0])) || b.bodies(actors) && b.bodies(targets)
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

func (b *actBuilder) ids(actors []int) []string {
	ids := make([]string, len(actors))
	for n, i := range actors {
		ids[n] = b.p.doc.Actors[i].ID
	}
	return ids
}

// wordings returns how source and target are worded. Of several who take part
// alike the first is the source and the others the target.
func (b *actBuilder) wordings(r *actReader, d *deed) (source, target string) {
	s := d.sources[0]
	if d.mutual && len(d.targets) == 0 {
		if all := r.conjuncts(s); len(all) > 1 {
			return b.wording(r, s, false), r.words(r.wording(all[1], true))
		}
		for _, k := range r.kids[s] { // "Nigerian and British forces"
			if rel := r.tokens[k].Rel; (rel == "amod" || rel == "compound" || rel == "nmod:poss") && len(r.conjuncts(k)) > 1 && len(r.actors(k)) > 1 {
				return r.words(r.tokens[k].Span), r.words(text.Span{Start: r.tokens[r.conjuncts(k)[1]].Span.Start, End: r.tokens[s].Span.End})
			}
		}
	}
	source = b.wording(r, s, true)
	if d.worded >= 0 {
		target = b.wording(r, d.worded, true)
	}
	return source, target
}

// wording is the wording of a phrase; a pronoun is replaced by the name that
// it stands for in the same sentence.
func (b *actBuilder) wording(r *actReader, head int, all bool) string {
	if r.clauses.tokens[head].UPOS == "PRON" {
		if who := r.mentioned(head); len(who) > 0 {
			for i := range r.clauses.tokens {
				if i != head && r.clauses.tokens[i].UPOS != "PRON" && slices.Equal(r.mentioned(i), who) {
					for r.clauses.head(i) >= 0 && slices.Equal(r.mentioned(r.clauses.head(i)), who) {
						i = r.clauses.head(i)
					}
					return r.words(r.wording(i, false))
				}
			}
		}
	}
	return r.words(r.phrases.wording(head, all))
}

// within returns the innermost statement whose content holds a span, or -1.
// It is asked in the order of the text.
func (b *actBuilder) within(at text.Span) int {
	keep := b.open[:0]
	for _, c := range b.open {
		if c.span.End >= at.End {
			keep = append(keep, c)
		}
	}
	b.open = keep
	for len(b.content) > 0 && b.content[0].span.Start <= at.Start {
		if b.content[0].span.End >= at.End {
			b.open = append(b.open, b.content[0])
		}
		b.content = b.content[1:]
	}
	best := -1
	size := 0
	for _, c := range b.open {
		if c.span.Contains(at) && (best < 0 || c.span.Len() <= size) {
			best, size = c.statement, c.span.Len()
		}
	}
	return best
}

// date returns the date of a trigger: of the times in its sentence the one that
// hangs nearest to it.
func (b *actBuilder) date(r *actReader, trigger int) string {
	times := b.p.doc.Times
	sentence := r.p.sentences[r.sentence].Span
	for b.times < len(times) && times[b.times].Span.End <= sentence.Start {
		b.times++
	}
	c := r.clauses
	above := map[int]int{}
	for at, n := trigger, 0; at >= 0 && n < reach; at, n = c.head(at), n+1 {
		above[at] = n
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
			if h := c.head(i); h >= 0 && !t.Span.Contains(c.tokens[h].Span) && c.foreign(i, trigger) {
				break
			}
			up := 0
			for at := i; at >= 0 && up < 4; at, up = c.head(at), up+1 {
				if n, ok := above[at]; ok {
					if !c.barred(i, at) && up+2*n < near {
						best, near = t.Value, up+2*n
					}
					break
				}
			}
		}
	}
	return best
}

// foreign tells whether a time belongs to something else than the trigger: it
// bounds ("until 2033") or dates another thing ("its 2011 agreement").
func (c *clauses) foreign(i, trigger int) bool {
	switch c.prep(i) {
	case "until", "till", "since", "before", "after", "by", "from", "through":
		return true
	}
	switch c.tokens[i].Rel {
	case "nummod", "compound", "amod", "nmod:poss":
		return c.head(i) != trigger
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

func (r *actReader) spans(tokens []int) []text.Span {
	out := make([]text.Span, len(tokens))
	for n, i := range tokens {
		out[n] = r.clauses.tokens[i].Span
	}
	return out
}

// without returns the members of list that are not in other.
func without(list, other []int) []int {
	var out []int
	for _, x := range list {
		if !slices.Contains(other, x) {
			out = append(out, x)
		}
	}
	return out
}
