package reading

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/text"
)

// actBuilder turns deeds into the acts of the document: it names their
// participants, dates and speakers, and joins what is told twice.
type actBuilder struct {
	p       *page
	stateOf map[string]int // ISO code -> index of the state among doc.Actors
	actorOf map[string]int // id -> index among doc.Actors
	known   map[string]int // identity of an act -> index in doc.Acts
	content []contentSpan  // of statements, by start
	open    []contentSpan  // those that the reading may still be inside of
	who     []both         // participants of doc.Acts
	couple  []int          // the two states that the report is about; empty if none stand out
	speech  int            // statement that the present act stands in; -1 if none
	times   int            // first time that does not end before the present sentence
}

type both struct{ sources, targets []int }

type contentSpan struct {
	span      text.Span
	statement int
}

func newActBuilder(p *page) *actBuilder {
	b := &actBuilder{p: p, stateOf: map[string]int{}, actorOf: make(map[string]int, len(p.doc.Actors)), known: map[string]int{}, couple: p.mainCouple()}
	for i := range p.doc.Actors {
		b.actorOf[p.doc.Actors[i].ID] = i
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
	if d.again {
		b.repeat(r, d)
		return
	}
	if d.turn && !mutualRoots[d.root] && b.bothWays(r, d) {
		return
	}
	sources, targets := b.participants(r, d.sources), b.participants(r, d.targets)
	sourceText, targetText := b.wordings(r, &d)
	if !b.able(r, &d, sources) {
		if !b.undergone(r, &d, targets) {
			return
		}
		sources = nil
	}
	if len(targets) == 0 && !d.mutual {
		if t := r.place(d.trigger, sources); t >= 0 && placed[d.root] {
			targets = b.participants(r, []int{t})
			if targetText == "" || len(d.sources) > 0 && len(r.actors(d.sources[0])) > 0 {
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
	if d.root == "RETREAT" && d.mode == "withdraw" && b.memberships(targets) { // "left the Warsaw Pact"
		d.root, d.cameo = "SANCTION", roots["SANCTION"]
	}
	self := len(targets) > 0 && len(without(targets, sources)) == 0
	own := self && (reaction[d.root] || d.root == "REQUEST") && !d.content && r.lex.is("@agent", r.lemma(d.targets[0])) || len(targets) == 0 && b.home(r, &d, sources)
	d.against = self && hostile[d.root]
	if self && d.mode == "visit" {
		return
	}
	if self && len(sources) > 1 && mutualRoots[cmp.Or(d.of, d.root)] { // "will continue their talks"
		d.mutual = true
	}
	targets = without(targets, sources)
	if d.content && len(sources) > 0 {
		targets = nil
	}
	if len(targets) == 0 && len(sources) > 0 && !(d.mutual && len(sources) > 1) && !own && !r.somebodyElse(&d) {
		targets = b.implied(r, &d, sources)
		if d.mutual {
			sources, targets = append(sources, targets...), nil
		}
	}
	if own && !d.mutual && len(sources) == 1 && b.p.doc.Actors[sources[0]].Kind == "state" {
		targets = sources
	}
	if len(sources) == 0 && hostile[d.root] && b.speech >= 0 && b.actFor(targets, b.p.doc.Statements[b.speech].SpeakerState) { // "our men came under fire": from whom the quarrel is with
		if sources = b.counterpart(targets, b.near(at.Start)); len(sources) > 0 && len(d.sources) > 0 {
			sourceText = ""
		}
	}
	if len(sources) == 0 && len(d.sources) == 0 && hostile[d.root] && b.speech >= 0 { // "a Peruvian drone was shot down": by the speaker's side
		if s, ok := b.stateOf[b.p.doc.Statements[b.speech].SpeakerState]; ok && !slices.Contains(targets, s) {
			sources = []int{s}
		}
	}
	if len(sources) == 0 && len(d.sources) == 0 && (d.mode == "release" || d.mode == "expel" || d.root == "ACCUSE") { // "they were freed", "the ambassador was summoned"
		if sources = b.counterpart(targets, b.near(at.Start)); len(sources) == 0 && len(targets) == 1 && slices.Contains(b.couple, targets[0]) {
			sources = without(b.couple, targets)
		}
	}
	if d.loose && len(targets) == 0 {
		return
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
	b.put(r, &d, sources, targets, sourceText, targetText)
}

// repeat adds an act like the one told last, done by others; nothing if none was
// told shortly before or they did that one too.
func (b *actBuilder) repeat(r *actReader, d deed) {
	n := len(b.who) - 1
	sources := b.participants(r, d.sources)
	if n < b.near(r.tokens[d.trigger[0]].Span.Start) || !b.political(sources) || len(without(sources, b.who[n].sources)) < len(sources) {
		return
	}
	a, targets := b.p.doc.Acts[n], b.who[n].targets
	d.root, d.mode, d.cameo, d.of, d.status = a.Type, a.Mode, a.CAMEO, a.Of, a.Status
	b.put(r, &d, sources, without(targets, sources), b.wording(r, d.sources[0], true), a.TargetText)
}

// put makes an act of a deed whose participants are known.
func (b *actBuilder) put(r *actReader, d *deed, sources, targets []int, sourceText, targetText string) {
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
	a.Date = b.date(r, d.trigger)
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

// finish puts the acts in the order of the text and numbers them.
func (b *actBuilder) finish() {
	slices.SortStableFunc(b.p.doc.Acts, func(x, y Act) int { return cmp.Compare(x.Trigger[0].Start, y.Trigger[0].Start) })
	for i := range b.p.doc.Acts {
		b.p.doc.Acts[i].ID = "e" + strconv.Itoa(i+1)
	}
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
	if len(d.sources) == 0 {
		if d.worded >= 0 {
			target = b.wording(r, d.worded, true)
		}
		return "", target
	}
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
