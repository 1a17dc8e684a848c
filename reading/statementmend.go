package reading

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/reading/attribution"
	"github.com/casus-foederis/casus/text"
)

// mend puts right what the attributor often reads wrongly though words and tree
// show it: what somebody calls something, asides ("Vienna, he said, was ..."),
// passive quotations, and requests and tellings that it passed over.
func (h *hearing) mend() {
	h.byCue = h.claimsByCue()
	for s := range h.sentences {
		if !h.heard(s) {
			continue
		}
		for i := range h.sentences[s].Tokens {
			t := h.token(s, i)
			if t.UPOS != "VERB" || i == 0 {
				continue
			}
			switch lemma := cueLemma(t); {
			case naming[lemma] && h.named(s, i):
			case lemma == "quote" || lemma == "cite":
				h.passivelyQuoted(s, i)
			}
		}
	}
	h.bySentence = h.claimsBySentence()
	for _, c := range h.claims {
		h.aside(c)
		h.widenCue(c)
		h.before(c)
		h.unasked(c)
	}
	h.hearAccording()
}

// claimsBySentence finds the claims so far by the sentences of their cues.
func (h *hearing) claimsBySentence() map[int][]*claim {
	out := map[int][]*claim{}
	for _, c := range h.claims {
		if s := c.CueHead.Sentence; s >= 0 {
			out[s] = append(out[s], c)
		}
	}
	return out
}

// unasked takes the question out of "Asked if the border would be closed, the
// minister said no decision was taken".
func (h *hearing) unasked(c *claim) {
	s := c.CueHead.Sentence
	if s < 0 || len(c.Source) == 0 || len(c.Content) < 2 || lower(h.token(s, 0).Form) != "asked" || h.token(s, 0).XPOS != "VBN" {
		return
	}
	c.Content = slices.DeleteFunc(c.Content, func(x text.Span) bool { return x.End <= c.Source[0].Start && h.quoteAt(x.Start) < 0 })
}

// widenCue ends a cue that took in words of the content or the other way round:
// "expressed gratitude for the support | of the people", "said in reply to a
// question about | the talks that ...".
func (h *hearing) widenCue(c *claim) {
	s, i := c.CueHead.Sentence, c.CueHead.Token
	if s < 0 || len(c.Cue) != 1 || len(c.Content) != 1 || h.token(s, i).UPOS != "VERB" || c.Cue[0].End > c.Content[0].Start || h.kind(c) != "indirect" {
		return
	}
	last := h.placeAt(c.Cue[0].End - 1)
	if last.Sentence != s || last.Token <= i+1 {
		return
	}
	if k := h.child(s, i, "obj"); cueLemma(h.token(s, i)) == "express" && k > i && last.Token > k && h.token(s, last.Token).UPOS != "ADP" && h.token(s, last.Token).UPOS != "NOUN" || k > i && cueLemma(h.token(s, i)) == "express" && last.Token > k+1 {
		c.Cue[0].End, c.Content[0].Start = h.token(s, i).Span.End, h.edge(s, k, -1)
		return
	}
	if h.token(s, last.Token).UPOS != "ADP" || !h.saying(s, i) {
		return
	}
	for j := last.Token + 1; j < len(h.sentences[s].Tokens) && j < last.Token+8; j++ {
		t := h.token(s, j)
		if lower(t.Form) == "that" && t.UPOS == "SCONJ" && c.Content[0].Contains(t.Span) {
			c.Content[0].Start, c.Cue[0].End = t.Span.Start, h.token(s, i).Span.End
			return
		}
		if t.UPOS == "VERB" || t.UPOS == "AUX" {
			return
		}
	}
}

// before gives "..., officials said, in what one of them called a mistake" what
// stands before its speaker.
func (h *hearing) before(c *claim) {
	s, i := c.CueHead.Sentence, c.CueHead.Token
	if s < 0 || len(c.Source) != 1 || h.token(s, i).XPOS != "VBD" && h.token(s, i).XPOS != "VBZ" || h.token(s, i+1).Form != "," || lower(h.token(s, i+2).Form) != "in" || !h.saying(s, i) {
		return
	}
	if w := lower(h.token(s, i+3).Form); w != "what" && w != "a" && w != "an" {
		return
	}
	first := h.placeAt(c.Source[0].Start)
	if first.Sentence != s || first.Token < 3 || h.token(s, first.Token-1).Form != "," || !clauseBefore(h, s, first.Token-1) {
		return
	}
	c.Content = []text.Span{{Start: h.firstWord(s), End: h.token(s, first.Token-2).Span.End}}
	c.why += "; what stands before"
}

// hearAccording adds "..., according to both governments" where the attributor
// let it pass.
func (h *hearing) hearAccording() {
	for s := range h.sentences {
		if !h.heard(s) {
			continue
		}
		tokens := h.sentences[s].Tokens
		for i := 0; i+2 < len(tokens); i++ {
			if lower(tokens[i].Form) != "according" || lower(tokens[i+1].Form) != "to" || h.quotedAt(tokens[i].Span.Start) || h.cued(s, i) {
				continue
			}
			last := i + 2
			for last+1 < len(tokens) && (tokens[last+1].UPOS != "PUNCT" || hyphen(tokens[last+1].Form)) && tokens[last+1].UPOS != "VERB" && tokens[last+1].UPOS != "AUX" && tokens[last+1].UPOS != "SCONJ" {
				last++
			}
			if !nominalRun(h, s, i+2, last) || lower(tokens[i+2].Form) == "which" {
				continue
			}
			source, head := h.words(s, i+2, last), h.headIn(s, i+2, last)
			if !h.ableToSpeak(s, head.Token) && tokens[head.Token].UPOS != "PRON" {
				continue
			}
			var content text.Span
			switch {
			case i > 1 && tokens[i-1].Form == ",":
				content = text.Span{Start: h.firstWord(s), End: tokens[i-2].Span.End}
			case i == 0 && last+2 < len(tokens) && tokens[last+1].Form == ",":
				end := len(tokens) - 1
				for end > last+2 && tokens[end].UPOS == "PUNCT" {
					end--
				}
				content = h.words(s, last+2, end)
			}
			if content.Empty() || h.spokenFor(s, content) {
				continue
			}
			c := &claim{why: "according to somebody", told: true}
			c.Source, c.SourceHead, c.Content = []text.Span{source}, head, []text.Span{content}
			c.Cue, c.CueHead = []text.Span{h.words(s, i, i+1)}, attribution.Place{Sentence: s, Token: i}
			c.Score, c.Within = 0.7, -1
			h.add(c)
		}
	}
}

// cued reports whether a token belongs to a cue.
func (h *hearing) cued(s, i int) bool {
	x := []text.Span{h.token(s, i).Span}
	return slices.ContainsFunc(h.bySentence[s], func(c *claim) bool { return overlap(c.Cue, x) })
}

// naming are verbs with two objects, what is named and what it is called.
var naming = wordSet("call describe brand label dub term denounce characterise characterize portray")

// claimAt returns the claim of a cue, a new one if there is none.
func (h *hearing) claimAt(s, cue int, why string) *claim {
	place := attribution.Place{Sentence: s, Token: cue}
	c := h.byCue[place]
	if c == nil {
		c = &claim{}
		c.Score, c.Within, c.CueHead = 0.7, -1, place
		h.byCue[place] = c
		h.claims = append(h.claims, c)
	}
	c.Cue, c.why = []text.Span{h.token(s, cue).Span}, why
	return c
}

// named reads "in what the ministry called a routine check and Moscow described
// as piracy": what stands behind the verb is the content, not what is so called.
func (h *hearing) named(s, verb int) bool {
	t := h.token(s, verb)
	if t.XPOS == "VBN" && h.child(s, verb, "aux", "aux:pass") >= 0 || t.XPOS == "VBG" || h.quotedAt(t.Span.Start) {
		return false
	}
	open := -1
	for j := verb - 1; j >= 0 && j > verb-16; j-- {
		w := h.token(s, j)
		if f := lower(w.Form); f == "what" || (f == "that" || f == "which") && (w.UPOS == "PRON" || h.token(s, j-1).UPOS == "NOUN") || f == "and" && h.naming(s, j) {
			open = j
			break
		}
		if w.UPOS == "VERB" && w.XPOS != "VBN" || w.UPOS == "SCONJ" || w.UPOS == "AUX" {
			return false
		}
	}
	from := open + 1
	if open < 0 || from >= verb || h.token(s, open).Head == verb && strings.HasPrefix(h.token(s, open).Rel, "nsubj") {
		return false
	}
	last := verb - 1
	for k := from; k < verb; k++ { // "Kuwait's Foreign Ministry, in a statement, described"
		if h.token(s, k).Form == "," {
			last = k - 1
			break
		}
	}
	for last > from && h.token(s, last).UPOS == "ADV" {
		last--
	}
	if last < from || !nominalRun(h, s, from, last) || !h.ableToSpeak(s, h.headIn(s, from, last).Token) && h.token(s, from).UPOS != "PRON" && lower(h.token(s, from).Form) != "one" {
		return false
	}
	content := h.calledSo(s, verb)
	if content.Empty() {
		return false
	}
	c := h.claimAt(s, verb, "what somebody calls it")
	c.Source, c.SourceHead, c.Content = []text.Span{h.words(s, from, last)}, h.headIn(s, from, last), []text.Span{content}
	return true
}

// naming reports whether a claim of a naming verb stands left of a token in its
// sentence.
func (h *hearing) naming(s, before int) bool {
	for j := before - 1; j >= 0; j-- {
		if c := h.byCue[attribution.Place{Sentence: s, Token: j}]; c != nil && c.why == "what somebody calls it" {
			return true
		}
	}
	return false
}

// calledSo returns the words behind a naming verb, without "as": a quotation,
// or what reaches to the next comma or to "and" with another naming verb.
func (h *hearing) calledSo(s, verb int) text.Span {
	tokens := h.sentences[s].Tokens
	from := verb + 1
	if from < len(tokens) && lower(tokens[from].Form) == "as" {
		from++
	}
	if from >= len(tokens) {
		return text.Span{}
	}
	if q := h.quoteAt(tokens[from].Span.Start); q >= 0 && h.quotes[q].Open.Start == tokens[from].Span.Start {
		return h.quotes[q].Span()
	}
	last := from
	for last < len(tokens) {
		t := tokens[last]
		if t.UPOS == "PUNCT" && strings.Contains(",;.:—–", t.Form) {
			break
		}
		if t.UPOS == "CCONJ" && slices.ContainsFunc(tokens[last:], func(x language.Token) bool { return x.UPOS == "VERB" && naming[cueLemma(&x)] }) {
			break
		}
		last++
	}
	if last == from {
		return text.Span{}
	}
	return h.words(s, from, last-1)
}

// passivelyQuoted reads "he was quoted as saying by A" and "was quoted by A as
// saying": he says it, and A relays it.
func (h *hearing) passivelyQuoted(s, verb int) {
	tokens := h.sentences[s].Tokens
	subject := h.child(s, verb, "nsubj:pass", "nsubj")
	if tokens[verb].XPOS != "VBN" || subject < 0 || subject > verb {
		return
	}
	said, by := -1, -1
	for i := verb + 1; i < len(tokens) && i < verb+16; i++ {
		if said < 0 && tokens[i].XPOS == "VBG" && lower(tokens[i-1].Form) == "as" {
			said = i
		}
		if by < 0 && lower(tokens[i].Form) == "by" && tokens[i].UPOS == "ADP" {
			by = i
		}
	}
	if said < 0 {
		return
	}
	var own *claim
	for _, i := range []int{verb, said} {
		if c := h.byCue[attribution.Place{Sentence: s, Token: i}]; c != nil && len(c.Content) > 0 {
			own = c
			if i == said {
				break
			}
		}
	}
	if own == nil {
		return
	}
	source := h.nounPhrase(s, subject)
	if overlap(own.Content, []text.Span{source}) {
		return
	}
	own.Source, own.SourceHead = []text.Span{source}, attribution.Place{Sentence: s, Token: subject}
	own.Cue = []text.Span{h.words(s, verb, said)}
	own.why = "quoted as saying"
	for n, x := range own.Content { // "saying the treaty ..."
		if x.Contains(tokens[said].Span) && said+1 < len(tokens) {
			own.Content[n].Start = tokens[said+1].Span.Start
		}
	}
	h.claims = slices.DeleteFunc(h.claims, func(c *claim) bool {
		return c != own && c.CueHead.Sentence == s && (c.CueHead.Token == verb || c.CueHead.Token == said)
	})
	last := by + 1
	for by >= 0 && last < len(tokens) && (tokens[last].UPOS == "PROPN" || tokens[last].UPOS == "NOUN" || tokens[last].UPOS == "DET" || tokens[last].UPOS == "ADJ" || tokens[last].Form == "'s" || tokens[last].Form == "’s") {
		last++
	}
	if by < 0 || last == by+1 {
		return
	}
	relay := &claim{why: "relay of a quotation", told: true}
	relay.Source, relay.SourceHead = []text.Span{h.words(s, by+1, last-1)}, h.headIn(s, by+1, last-1)
	if overlap(own.Content, relay.Source) {
		return
	}
	relay.Cue, relay.CueHead, relay.Score, relay.Within = []text.Span{tokens[verb].Span}, attribution.Place{Sentence: s, Token: verb}, own.Score, -1
	relay.Content = slices.Clone(own.Content)
	own.Cue, own.CueHead, own.under = []text.Span{tokens[said].Span}, attribution.Place{Sentence: s, Token: said}, relay
	h.claims = append(h.claims, relay)
}

// aside gives "Vienna, he said, was hiding" its first piece.
func (h *hearing) aside(c *claim) {
	s := c.CueHead.Sentence
	if s < 0 || len(c.Source) != 1 || len(c.Cue) != 1 || len(c.Content) == 0 || h.quotedAt(c.Cue[0].Start) {
		return
	}
	tokens := h.sentences[s].Tokens
	both := c.Source[0].Join(c.Cue[0])
	first, last := h.placeAt(both.Start), h.placeAt(both.End-1)
	if first.Sentence != s || last.Sentence != s || last.Token-first.Token > 8 || first.Token < 2 || last.Token+1 >= len(tokens) || tokens[first.Token-1].Form != "," || tokens[last.Token+1].Form != "," {
		return
	}
	if !slices.ContainsFunc(c.Content, func(x text.Span) bool {
		return x.Start >= both.End && h.sentences[s].Span.Contains(text.Span{Start: x.Start, End: x.Start + 1})
	}) {
		return
	}
	from := first.Token - 2
	for from > 0 && !strings.Contains(";:.”\"—–", tokens[from-1].Form) {
		from--
	}
	if tokens[from].UPOS == "CCONJ" {
		from++
	}
	if from > first.Token-2 {
		return
	}
	piece := h.words(s, from, first.Token-2)
	for _, o := range h.bySentence[s] {
		if overlap(o.Content, []text.Span{piece}) || overlap(o.Cue, []text.Span{piece}) || overlap(o.Source, []text.Span{piece}) {
			return
		}
	}
	if h.quoteAt(piece.Start) >= 0 || h.quoteAt(piece.End-1) >= 0 {
		return
	}
	c.Content = append([]text.Span{piece}, c.Content...)
	c.why += "; around an aside"
}

// hearRequests adds what the attributor let pass though it is plain: "told the
// Ledger that ...", "said in a note that ...", "called on both sides to
// refrain", "called it theatre".
func (h *hearing) hearRequests() {
	h.bySentence = h.claimsBySentence()
	heard := map[int]bool{} // bytes where a cue begins
	for _, c := range h.claims {
		for _, x := range c.Cue {
			heard[x.Start] = true
		}
	}
	for s := range h.sentences {
		if !h.heard(s) {
			continue
		}
		for i, t := range h.sentences[s].Tokens {
			if t.UPOS != "VERB" || t.XPOS == "VBG" || t.XPOS == "VB" || heard[t.Span.Start] || h.quotedAt(t.Span.Start) || t.XPOS == "VBN" && h.child(s, i, "aux") < 0 || h.child(s, i, "aux:pass") >= 0 {
				continue
			}
			k := h.child(s, i, "nsubj")
			if k < 0 && t.Rel == "conj" && t.Head >= 0 {
				k = h.child(s, t.Head, "nsubj")
			}
			if k < 0 || k > i || !h.ableToSpeak(s, k) && h.token(s, k).UPOS != "PRON" && !plural(h.token(s, k)) {
				continue
			}
			if w := lower(h.token(s, k).Form); w == "i" || w == "we" || w == "you" || w == "it" && expletive(h.page, s, k) {
				continue
			}
			content, cue := h.requested(s, i), t.Span
			why := "asked to do"
			if content.Empty() {
				content, why = h.told(s, i), "told that"
			}
			if content.Empty() {
				content, why = h.called(s, i), "called so"
			}
			source := h.nounPhrase(s, k)
			if content.Empty() || overlap([]text.Span{content}, []text.Span{source, cue}) || h.spokenFor(s, content) {
				continue
			}
			c := &claim{why: why}
			c.Source, c.SourceHead = []text.Span{source}, attribution.Place{Sentence: s, Token: k}
			c.Cue, c.CueHead = []text.Span{cue}, attribution.Place{Sentence: s, Token: i}
			c.Content, c.Score, c.Within, c.told = []text.Span{content}, 0.5, -1, true
			h.add(c)
		}
	}
}

func plural(t *language.Token) bool { return t.XPOS == "NNS" || t.XPOS == "NNPS" }

// spokenFor reports whether a claim with a cue in the sentence has most of a
// span already.
func (h *hearing) spokenFor(s int, span text.Span) bool {
	return slices.ContainsFunc(h.bySentence[s], func(c *claim) bool {
		return len(c.Cue) > 0 && !span.Contains(c.Cue[0]) && slices.ContainsFunc(c.Content, func(x text.Span) bool {
			return min(x.End, span.End)-max(x.Start, span.Start) > span.Len()/2
		})
	})
}

// requested returns "both sides to refrain from force" behind a verb of asking.
func (h *hearing) requested(s, verb int) text.Span {
	lemma := cueLemma(h.token(s, verb))
	from := verb + 1
	switch next := lower(h.token(s, from).Form); {
	case lemma == "call" && (next == "on" || next == "upon"), lemma == "appeal" && next == "to":
		from++
	case lemma == "urge" || lemma == "beg" || lemma == "implore" || lemma == "press":
	default:
		return text.Span{}
	}
	for j := from; j < from+12; j++ {
		t := h.token(s, j)
		if next := h.token(s, j+1); lower(t.Form) == "to" && t.UPOS == "PART" && next.UPOS == "VERB" && j > from {
			return text.Span{Start: h.token(s, from).Span.Start, End: h.edge(s, j+1, 1)}
		}
		if t.Form == "not" || t.UPOS == "ADV" {
			continue
		}
		if t.UPOS == "VERB" || t.UPOS == "AUX" || t.UPOS == "SCONJ" || t.UPOS == "" || t.UPOS == "PUNCT" && t.Form != "," && !hyphen(t.Form) {
			break
		}
	}
	return text.Span{}
}

// told returns the clause with "that" behind a verb of saying and a hearer or a
// paper: "said in a note that ...".
func (h *hearing) told(s, verb int) text.Span {
	if !h.saying(s, verb) {
		return text.Span{}
	}
	for j := verb + 1; j < verb+12; j++ {
		t := h.token(s, j)
		if lower(t.Form) == "that" && (t.UPOS == "SCONJ" || t.Rel == "mark") && t.Head > j {
			return text.Span{Start: t.Span.Start, End: h.edge(s, t.Head, 1)}
		}
		if t.UPOS == "VERB" && t.Rel != "amod" || t.UPOS == "AUX" || t.UPOS == "" || t.UPOS == "SCONJ" || t.UPOS == "PUNCT" && t.Form != "," {
			break
		}
	}
	return text.Span{}
}

// called returns "it theatre" behind "called".
func (h *hearing) called(s, verb int) text.Span {
	if lemma := cueLemma(h.token(s, verb)); lemma != "call" && lemma != "brand" && lemma != "label" && lemma != "dub" {
		return text.Span{}
	}
	k := h.child(s, verb, "obj", "iobj")
	if k < 0 || k < verb {
		return text.Span{}
	}
	for n := range h.children(s, verb) {
		if r := h.token(s, n).Rel; n > k && (r == "xcomp" || r == "obj") {
			return text.Span{Start: h.edge(s, k, -1), End: h.edge(s, n, 1)}
		}
	}
	return text.Span{}
}
