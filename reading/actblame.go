package reading

import (
	"slices"
	"sort"

	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/text"
)

// blaming are cues that say what somebody thinks a thing is.
var blaming = wordSet("call describe brand denounce label dub slam decry characterise characterize term deem")

// blame adds what a statement amounts to that calls somebody's act by a bad
// name: "Athens called the seizure piracy". Whom it blames is whose act was told
// last before it; where none was, nobody is named.
func (b *actBuilder) blame(lex *lexicon) {
	for i := range b.p.doc.Statements {
		st := &b.p.doc.Statements[i]
		if len(st.Cue) == 0 || len(st.Source) == 0 || st.Negated || !b.cued(st.Cue[0]) || !b.bad(lex, st) {
			continue
		}
		accusers := b.stateOfActors(b.speaker(i))
		if state, ok := b.stateOf[st.SpeakerState]; ok && len(accusers) == 0 { // a ministry
			accusers = []int{state}
		}
		if len(accusers) == 0 || !b.political(accusers) || b.told(st.Cue[0]) {
			continue
		}
		accused := b.blamed(st.Cue[0].Start, accusers)
		b.who = append(b.who, both{accusers, accused})
		b.p.doc.Acts = append(b.p.doc.Acts, Act{
			Type: "ACCUSE", Mode: "disapprove", CAMEO: roots["ACCUSE"], Status: occurred, Within: st.Within,
			Source: b.ids(accusers), Target: b.ids(accused), SourceText: st.Source[0].Of(b.p.text),
			Trigger: []text.Span{st.Cue[0]}, Why: "calls it by a bad name",
		})
	}
}

// cued tells whether a cue is one of the blaming verbs.
func (b *actBuilder) cued(cue text.Span) bool {
	s := b.sentenceAt(cue.Start)
	return s >= 0 && slices.ContainsFunc(b.p.sentences[s].Tokens, func(t language.Token) bool { return cue.Contains(t.Span) && blaming[lower(t.Lemma)] })
}

// sentenceAt returns the sentence that holds a place of the text, or -1.
func (b *actBuilder) sentenceAt(at int) int {
	all := b.p.sentences
	i := sort.Search(len(all), func(i int) bool { return all[i].Span.End > at })
	if i == len(all) || all[i].Span.Start > at {
		return -1
	}
	return i
}

// bad tells whether the content of a statement has a bad name in it, and no
// denial of it.
func (b *actBuilder) bad(lex *lexicon, st *Statement) bool {
	found := false
	for _, c := range st.Content {
		s := b.sentenceAt(c.Start)
		if s < 0 {
			continue
		}
		for _, t := range b.p.sentences[s].Tokens {
			if !c.Contains(t.Span) {
				continue
			}
			switch l := lower(t.Lemma); {
			case l == "not" || l == "no" || l == "never":
				return false
			case lex.is("@bad", l):
				found = true
			}
		}
	}
	return found
}

// stateOfActors puts states in the place of the people who act for them.
func (b *actBuilder) stateOfActors(actors []int) []int {
	out := slices.Clone(actors)
	for n, a := range out {
		if x := &b.p.doc.Actors[a]; x.Kind == "person" && x.State != "" {
			if s, ok := b.stateOf[x.State]; ok {
				out[n] = s
			}
		}
	}
	return out
}

// told tells whether an act was read from a cue already.
func (b *actBuilder) told(cue text.Span) bool {
	return slices.ContainsFunc(b.p.doc.Acts, func(a Act) bool { return slices.ContainsFunc(a.Trigger, cue.Overlaps) })
}

// blamed returns whose act was told last before a place, in the two sentences
// before it, if it was not the accusers' own.
func (b *actBuilder) blamed(at int, accusers []int) []int {
	const near = 500 // bytes
	best, start := -1, -1
	for n := range b.p.doc.Acts {
		if t := b.p.doc.Acts[n].Trigger[0].Start; t < at && t > at-near && t > start && len(b.who[n].sources) > 0 && len(without(b.who[n].sources, accusers)) == len(b.who[n].sources) {
			best, start = n, t
		}
	}
	if best < 0 {
		return nil
	}
	return b.who[best].sources
}
