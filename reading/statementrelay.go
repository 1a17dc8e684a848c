package reading

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/reading/attribution"
	"github.com/casus-foederis/casus/text"
)

// hearTails finds what the corpus of the attributor hardly knows: a sentence
// that ends in its relay, "..., Xinhua reported". The trees of such sentences
// are often wrong, so the words alone decide: a comma, a noun phrase, a verb of
// saying, and no other clause behind it.
func (h *hearing) hearTails() {
	byCue := h.claimsByCue()
	for s := range h.sentences {
		if !h.heard(s) {
			continue
		}
		comma, verb, ok := h.tail(s)
		if !ok {
			continue
		}
		content := text.Span{Start: h.firstWord(s), End: h.token(s, comma-1).Span.End}
		if content.Empty() {
			continue
		}
		source := h.words(s, comma+1, verb-1)
		c := byCue[attribution.Place{Sentence: s, Token: verb}]
		if c != nil && overlap(c.Content, []text.Span{content}) && len(c.Source) > 0 && !overlap(c.Source, []text.Span{content}) {
			continue
		}
		if c == nil {
			c = &claim{}
			c.Cue = []text.Span{h.token(s, verb).Span}
			c.CueHead, c.Score = attribution.Place{Sentence: s, Token: verb}, 0.9
			h.claims = append(h.claims, c)
		}
		c.why = "relay at the end of the sentence"
		c.Source, c.Content = []text.Span{source}, []text.Span{content}
		c.SourceHead = h.headIn(s, comma+1, verb-1)
	}
}

// tail looks for ", NP verb ..." at the end of a sentence.
func (h *hearing) tail(s int) (comma, verb int, ok bool) {
	tokens := h.sentences[s].Tokens
	comma = -1
	end := len(tokens) - 1
	for i := range end { // "..., an official said on condition that he not be named"
		if w := lower(tokens[i+1].Form); lower(tokens[i].Form) == "on" && (w == "condition" || w == "conditions") {
			end = i - 1
		}
	}
	for i := end; i > 1; i-- {
		t := tokens[i]
		if t.UPOS == "VERB" && (t.XPOS == "VBD" || t.XPOS == "VBZ") && h.saying(s, i) {
			verb = i
			for k := i - 1; k > 0 && i-k <= 16; k-- {
				if tokens[k].Form == "," && k < i-1 {
					if h.behindVerb(s, i) {
						return 0, 0, false // "41 times, says an EU report"
					}
					if h.speakerRun(s, k+1, i-1) && (clauseBefore(h, s, k) || k > 2 && sourcePeople[lower(h.token(s, i-1).Lemma)]) {
						return h.apposition(s, k, i), verb, true
					}
					if k < i-8 {
						break
					}
					continue
				}
				if tokens[k].UPOS == "VERB" || tokens[k].UPOS == "AUX" || tokens[k].UPOS == "SCONJ" {
					break
				}
			}
			return 0, 0, false
		}
		// behind the verb: a hearer, a place, a day, "citing ..."
		if t.UPOS == "AUX" || t.UPOS == "SCONJ" || t.UPOS == "VERB" && t.XPOS != "VBG" && t.Rel != "amod" || t.UPOS == "CCONJ" || t.Form == "“" || t.Form == "\"" || t.Form == ":" {
			return 0, 0, false
		}
	}
	return 0, 0, false
}

// speakerRun reports whether tokens can be a speaker: a noun phrase that neither
// begins with a preposition nor holds a relative pronoun ("in a move that
// Belgrade").
func (h *hearing) speakerRun(s, first, last int) bool {
	if h.token(s, first).UPOS == "ADP" {
		return false
	}
	for i := first; i <= last; i++ {
		switch lower(h.token(s, i).Form) {
		case "that", "which", "what", "who":
			return false
		}
	}
	return nominalRun(h, s, first, last)
}

// behindVerb reports whether a speaker stands right behind a verb, and nothing
// else to the end of the sentence.
func (h *hearing) behindVerb(s, verb int) bool {
	last := len(h.sentences[s].Tokens) - 1
	for last > verb && h.token(s, last).UPOS == "PUNCT" {
		last--
	}
	if last == verb || last-verb > 8 || !nominalRun(h, s, verb+1, last) {
		return false
	}
	head := h.headIn(s, verb+1, last).Token
	return h.voice(s, head) || sourceTexts[lower(h.token(s, head).Lemma)]
}

// apposition returns the comma before what a name right before the verb only
// names: "..., one of them, Ibrahima Badji, complained".
func (h *hearing) apposition(s, comma, verb int) int {
	if h.token(s, verb-1).Form != "," || comma < 2 {
		return comma
	}
	for k := comma - 1; k > 1 && k > comma-8; k-- {
		if f := h.token(s, k).Form; f == "," || h.quoteAt(h.token(s, k).Span.Start) >= 0 {
			if k < comma-1 && h.speakerRun(s, k+1, comma-1) && h.child(s, h.headIn(s, k+1, comma-1).Token, "case") < 0 {
				return k
			}
			break
		}
	}
	return comma
}

// saying reports whether a verb can introduce what somebody says.
func (h *hearing) saying(s, i int) bool {
	if cueLemma(h.token(s, i)) == "go" {
		return lower(h.token(s, i+1).Form) == "on"
	}
	lemma := cueLemma(h.token(s, i))
	x, ok := attribution.SenseOf(lemma)
	return ok && x.Notion == "speech" || lemma == "assure" || lemma == "inform" || lemma == "remind"
}

// nominalRun reports whether tokens can be one noun phrase.
func nominalRun(h *hearing, s, first, last int) bool {
	nouns := 0
	for i := first; i <= last; i++ {
		switch t := h.token(s, i); t.UPOS {
		case "NOUN", "PROPN", "PRON":
			nouns++
		case "DET", "ADJ", "NUM", "PART", "ADP", "X":
		case "PUNCT":
			if i == first || t.Form != "," && t.Form != "-" && t.Form != "’" {
				return false
			}
		case "CCONJ":
			if i == first {
				return false
			}
		default:
			return false
		}
	}
	return nouns > 0
}

// clauseBefore reports whether what stands before a token has a verb.
func clauseBefore(h *hearing, s, end int) bool {
	for i := range end {
		if u := h.token(s, i).UPOS; u == "VERB" || u == "AUX" {
			return true
		}
	}
	return false
}

func (h *hearing) firstWord(s int) int {
	for _, t := range h.sentences[s].Tokens {
		if hasWord(t.Form) || h.quotedAt(t.Span.End) {
			return t.Span.Start
		}
	}
	return h.sentences[s].Span.Start
}

// headIn is the token of a stretch from which the others hang: a subject before
// anything else, where the tree has several.
func (h *hearing) headIn(s, first, last int) attribution.Place {
	head := -1
	for i := first; i <= last; i++ {
		t := h.token(s, i)
		if t.Head >= first && t.Head <= last || t.UPOS == "PUNCT" {
			continue
		}
		if strings.HasPrefix(t.Rel, "nsubj") {
			return attribution.Place{Sentence: s, Token: i}
		}
		if head < 0 {
			head = i
		}
	}
	if head < 0 {
		head = last
	}
	return attribution.Place{Sentence: s, Token: head}
}

// hearRelays adds what a relay relays: "A reported, citing B" and "A quoted B
// as saying" are two statements with the same content.
func (h *hearing) hearRelays() {
	bySentence := map[int][]*claim{}
	for _, c := range h.claims {
		if c.CueHead.Sentence >= 0 {
			s := c.CueHead.Sentence
			bySentence[s] = append(bySentence[s], c)
		}
	}
	for s := range h.sentences {
		for i, t := range h.sentences[s].Tokens {
			if t.UPOS != "VERB" || !h.heard(s) {
				continue
			}
			switch form := lower(t.Form); {
			case form == "citing" || form == "quoting":
				h.hearCiting(s, i, bySentence[s])
			case t.XPOS == "VBG" && h.saying(s, i) && i > 0 && lower(h.token(s, i-1).Form) == "as":
				h.hearQuoted(s, i, bySentence[s])
			}
		}
	}
}

// widen lets a relay cover all of what it relays: "X, Smith said, according to
// TASS" is TASS on X too, not only on Smith's saying.
func (h *hearing) widen() {
	bySentence := map[int][]*claim{}
	for _, c := range h.claims {
		if s := c.CueHead.Sentence; s >= 0 && len(c.Content) > 0 {
			bySentence[s] = append(bySentence[s], c)
		}
	}
	for _, relay := range h.claims {
		s := relay.CueHead.Sentence
		if s < 0 || h.quotedAt(relay.Cue[0].Start) {
			continue
		}
		for _, c := range bySentence[s] {
			first := &relay.Content[0]
			if relay.holds(c) && c.Content[0].End <= relay.Cue[0].Start && c.Content[0].Start < first.Start && c.Content[0].End > h.sentences[s].Span.Start && first.Start < relay.Cue[0].Start {
				first.Start = max(c.Content[0].Start, h.sentences[s].Span.Start)
			}
		}
	}
}

// hearCiting reads "..., citing B": the claim before it is B's.
func (h *hearing) hearCiting(s, cue int, beside []*claim) {
	k := h.child(s, cue, "obj")
	if k < 0 || !h.ableToSpeak(s, k) {
		return
	}
	var relay, own *claim
	for _, c := range beside {
		switch {
		case c.CueHead.Token == cue:
			own = c
		case c.CueHead.Token < cue && (relay == nil || c.CueHead.Token > relay.CueHead.Token):
			relay = c
		}
	}
	if relay == nil || !overlap([]text.Span{h.sentences[s].Span}, relay.Content) {
		return
	}
	source := h.nounPhrase(s, k)
	if overlap(relay.Content, []text.Span{source, h.token(s, cue).Span}) {
		return
	}
	if own == nil {
		own = &claim{}
		own.Cue, own.Score = []text.Span{h.token(s, cue).Span}, relay.Score
		own.CueHead = attribution.Place{Sentence: s, Token: cue}
		h.claims = append(h.claims, own)
	}
	own.why = "cited by a relay"
	own.Source, own.SourceHead = []text.Span{source}, attribution.Place{Sentence: s, Token: k}
	own.Content, own.under = slices.Clone(relay.Content), relay
}

// hearQuoted reads "A quoted B as saying".
func (h *hearing) hearQuoted(s, cue int, beside []*claim) {
	verb := -1
	for i := cue - 2; i >= 0 && i > cue-12; i-- {
		if l := cueLemma(h.token(s, i)); l == "quote" || l == "cite" {
			verb = i
			break
		}
	}
	if verb < 0 {
		return
	}
	var relay, own *claim
	for _, c := range beside {
		switch {
		case c.CueHead.Token == cue:
			own = c
		case c.CueHead.Token == verb || c.CueHead.Token < cue && overlap(c.Cue, []text.Span{h.token(s, verb).Span}):
			relay = c
		}
	}
	if verb+1 > cue-2 {
		return
	}
	source := h.words(s, verb+1, cue-2)
	if own == nil {
		if relay == nil {
			return
		}
		own = &claim{}
		own.Cue, own.Score = []text.Span{h.token(s, cue).Span}, relay.Score
		own.CueHead = attribution.Place{Sentence: s, Token: cue}
		own.Content = slices.Clone(relay.Content)
		h.claims = append(h.claims, own)
	}
	if own.why == "quoted as saying" {
		return
	}
	own.why = "quoted by a relay"
	own.Source, own.SourceHead, own.under = []text.Span{source}, h.headIn(s, verb+1, cue-2), relay
	for i, c := range own.Content { // the words of B begin behind "as telling"
		if c.Start <= own.Cue[0].Start && own.Cue[0].End < c.End {
			own.Content[i].Start = h.token(s, min(cue+1, len(h.sentences[s].Tokens)-1)).Span.Start
		}
	}
}

// ableToSpeak reports whether a noun can say something: a name, somebody's office
// or a body.
func (h *hearing) ableToSpeak(s, i int) bool {
	t := h.token(s, i)
	noun := lower(t.Lemma)
	return t.UPOS == "PROPN" || len(h.actorsAt(s, i)) > 0 || sourcePeople[noun] || sourceBodies[noun] || sourceOutlets[noun]
}

// silent reports whether a cue says that nothing was said: "declined to
// comment", "did not say whether".
func (h *hearing) silent(c *claim) bool {
	s, i := c.CueHead.Sentence, c.CueHead.Token
	if s < 0 || len(c.Content) == 0 {
		return false
	}
	if t := h.token(s, i); t.Rel == "xcomp" && t.Head >= 0 && silence[cueLemma(t)] {
		if above := cueLemma(h.token(s, t.Head)); above == "decline" || above == "refuse" {
			return true
		}
	}
	switch cueLemma(h.token(s, i)) {
	case "ask", "request":
		return strings.HasPrefix(c.Content[0].Of(h.text), "not to be ") || strings.HasPrefix(c.Content[0].Of(h.text), "to remain anonymous") || strings.HasPrefix(c.Content[0].Of(h.text), "anonymity")
	case "decline", "refuse":
		if k := h.child(s, i, "xcomp"); k >= 0 && silence[cueLemma(h.token(s, k))] {
			return true
		}
		if w := lower(c.Content[0].Of(h.text)); strings.HasPrefix(w, "to be named") || strings.HasPrefix(w, "to be identified") || strings.HasPrefix(w, "to be quoted") {
			return true // "who declined to be named"
		}
		words := append(h.cueWords(c), strings.Fields(lower(c.Content[0].Of(h.text)))...)
		return slices.ContainsFunc(words[:min(len(words), 5)], func(w string) bool { return silence[w] })
	case "say", "comment", "respond", "explain", "specify", "elaborate", "disclose", "reveal", "tell", "confirm":
		if !h.negated(s, i) {
			return false
		}
		p := h.placeAt(c.Content[0].Start)
		if p.Sentence < 0 {
			return false
		}
		return openQuestion[lower(h.token(p.Sentence, p.Token).Form)]
	}
	return false
}

func (h *hearing) cueWords(c *claim) []string {
	var out []string
	for _, s := range c.Cue {
		out = append(out, strings.Fields(lower(s.Of(h.text)))...)
	}
	return out
}

var (
	silence      = wordSet("comment say speak discuss elaborate answer respond disclose reply talk specify reveal")
	openQuestion = wordSet("whether if how why what when where who which to")
)
