package reading

import (
	"strings"

	"github.com/casus-foederis/casus/reading/attribution"
	"github.com/casus-foederis/casus/text"
)

// hearColons reads the short form of live reports and news in brief: "Hanoi:
// it's chess, mostly", "Lithuania's foreign minister, on X: “...”". What stands
// before the colon must be able to speak, and what follows must be words with a
// verb or a quotation.
func (h *hearing) hearColons() {
	taken := map[int]bool{} // byte of the cue
	for _, c := range h.claims {
		for _, s := range c.Cue {
			taken[s.Start] = true
		}
	}
	for s := range h.sentences {
		if !h.heard(s) || len(h.turns) > 0 {
			continue
		}
		tokens := h.sentences[s].Tokens
		first := 0
		for i, t := range tokens {
			if t.Form == ";" {
				first = i + 1
			}
			if t.Form != ":" {
				continue
			}
			if !taken[t.Span.Start] && !h.quotedAt(t.Span.Start) {
				h.colon(s, first, i)
			}
			break
		}
	}
}

// colon makes a claim of the words before and behind a colon.
func (h *hearing) colon(s, first, at int) {
	tokens := h.sentences[s].Tokens
	for first < at && (tokens[first].UPOS == "NUM" || tokens[first].UPOS == "SYM" || tokens[first].UPOS == "PUNCT") {
		first++ // "3/9", a bullet
	}
	if first >= at || at-first > 14 || tokens[first].UPOS == "ADP" || tokens[first].UPOS == "PRON" || !nominalRun(h, s, first, at-1) {
		return
	}
	head := h.headIn(s, first, at-1)
	if !h.voice(s, head.Token) {
		return
	}
	content := h.behind(s, at)
	if content.Empty() || strings.HasPrefix(content.Of(h.text), h.words(s, first, at-1).Of(h.text)) {
		return // "Armenia: Armenia's ministry said": a label
	}
	c := &claim{why: "speaker and words around a colon", told: true}
	c.Source, c.SourceHead = []text.Span{h.words(s, first, at-1)}, head
	c.Cue, c.CueHead = []text.Span{tokens[at].Span}, attribution.Place{Sentence: s, Token: at}
	c.Content, c.Score = []text.Span{content}, 0.9
	h.claims = append(h.claims, c)
}

// behind returns what is said behind a colon: the quotation that opens there,
// the rest of the sentence, or the next one of the paragraph.
func (h *hearing) behind(s, at int) text.Span {
	from := h.token(s, at).Span.End
	if at+1 == len(h.sentences[s].Tokens) {
		if s++; s == len(h.sentences) || !h.sameLine(from, h.sentences[s].Span.Start) {
			return text.Span{}
		}
		at = -1
	}
	tokens := h.sentences[s].Tokens
	if at+1 >= len(tokens) {
		return text.Span{}
	}
	if q := h.quoteAt(tokens[at+1].Span.Start); q >= 0 && h.quotes[q].Open.Start == tokens[at+1].Span.Start {
		return h.quotes[q].Span()
	}
	verb, last := false, len(tokens)-1
	for i := at + 1; i < len(tokens); i++ {
		if tokens[i].Form == ";" {
			last = i - 1
			break
		}
		verb = verb || tokens[i].UPOS == "VERB" || tokens[i].UPOS == "AUX"
	}
	for last > at+1 && tokens[last].UPOS == "PUNCT" {
		last--
	}
	if !verb || last-at < 3 {
		return text.Span{}
	}
	return h.words(s, at+1, last)
}

// voice reports whether a noun means somebody who can speak: an actor, an
// office or a body.
func (h *hearing) voice(s, i int) bool {
	t := h.token(s, i)
	noun := lower(t.Lemma)
	return len(h.actorsAt(s, i)) > 0 || sourcePeople[noun] || sourceBodies[noun]
}

// hearInverted reads "..., says Tokyo": the speaker behind the verb. Trees of
// the clipped style of news in brief often take the words for the speaker.
func (h *hearing) hearInverted() {
	byCue := h.claimsByCue()
	for s := range h.sentences {
		if !h.heard(s) {
			continue
		}
		tokens := h.sentences[s].Tokens
		for i := 2; i+1 < len(tokens); i++ {
			if tokens[i].UPOS != "VERB" || tokens[i-1].Form != "," || !inverting[cueLemma(&tokens[i])] || tokens[i].XPOS == "VBG" || tokens[i].XPOS == "VBN" || tokens[i+1].UPOS == "PRON" || h.quotedAt(tokens[i].Span.Start) {
				continue
			}
			if k := h.child(s, i, "nsubj"); k >= 0 && k < i-1 && tokens[k].UPOS != "VERB" && h.child(s, k, "acl:relcl", "appos") >= 0 {
				continue // "Asif, who was speaking in Sialkot, said the army"
			}
			last := i
			for last+1 < len(tokens) && (tokens[last+1].UPOS != "PUNCT" || strings.Contains("-'’", tokens[last+1].Form)) {
				last++
			}
			if last == i || last-i > 9 || !nominalRun(h, s, i+1, last) {
				continue
			}
			head := h.headIn(s, i+1, last)
			if !h.voice(s, head.Token) && lower(tokens[i+1].Form) != "both" && !sourceTexts[lower(h.token(s, head.Token).Lemma)] {
				continue
			}
			c := byCue[attribution.Place{Sentence: s, Token: i}]
			source := h.words(s, i+1, last)
			if c != nil && overlap(c.Source, []text.Span{source}) {
				continue
			}
			from := 0
			for k := range i - 1 {
				if tokens[k].Form == ";" || tokens[k].Form == ":" {
					from = k + 1
				}
			}
			if from >= i-1 {
				continue
			}
			if c == nil {
				c = &claim{}
				c.Cue, c.Score = []text.Span{tokens[i].Span}, 0.9
				c.CueHead = attribution.Place{Sentence: s, Token: i}
				h.claims = append(h.claims, c)
			}
			c.why, c.told = "speaker behind the verb", true
			c.Source, c.SourceHead = []text.Span{source}, head
			c.Content = []text.Span{h.words(s, from, i-2)}
			if end := len(tokens) - 1; last+2 < end && tokens[last+1].Form == "," && lower(tokens[last+2].Form) == "and" {
				for tokens[end].UPOS == "PUNCT" {
					end--
				}
				c.Content = append(c.Content, h.words(s, last+2, end))
			}
		}
	}
}

var inverting = wordSet("say add claim insist argue admit warn explain reply write report")
