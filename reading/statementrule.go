package reading

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/reading/attribution"
	"github.com/casus-foederis/casus/text"
)

// release takes the source out of the content of a cue without one: "“It was
// awful,” the skipper, 54, told us" was labelled as content up to the cue.
func (h *hearing) release() {
	for _, c := range h.claims {
		s, i := c.CueHead.Sentence, c.CueHead.Token
		if len(c.Source) > 0 || s < 0 || len(c.Cue) == 0 || h.passive(c) {
			continue
		}
		for n, span := range c.Content {
			if !h.sameLine(span.End, c.Cue[0].Start) || c.Cue[0].Start-span.End > 2 {
				continue
			}
			from := -1
			if q := h.quoteFrom(span.Start); q < len(h.quotes) && h.quotes[q].Open.Start == span.Start && h.quotes[q].Span().End < span.End {
				from = h.quotes[q].Span().End
			} else if k := h.child(s, i, "nsubj"); k >= 0 && span.Contains(h.token(s, k).Span) {
				from = h.edge(s, k, -1)
			}
			if from <= span.Start {
				continue
			}
			first, last := h.placeAt(from), h.placeAt(span.End-1)
			for first.Sentence == s && first.Token < last.Token && h.token(s, first.Token).UPOS == "PUNCT" {
				first.Token++
			}
			if first.Sentence != s || last.Sentence != s || first.Token > last.Token || !nominalRun(h, s, first.Token, last.Token) {
				continue
			}
			c.Source, c.SourceHead = []text.Span{h.words(s, first.Token, last.Token)}, h.headIn(s, first.Token, last.Token)
			end := len(strings.TrimRight(h.text[:h.token(s, first.Token).Span.Start], " \n"))
			if h.quoteAt(end-1) < 0 {
				end = len(strings.TrimRight(h.text[:end], ","))
			}
			c.Content[n].End = end
			c.why += "; source taken out of the content"
			break
		}
	}
}

// inherit gives a cue without a source the subject of the verb that it is
// coordinated with or hangs from: "X recalled that ... and said that ...".
func (h *hearing) inherit() {
	byCue := map[attribution.Place]*claim{}
	for _, c := range h.claims {
		if c.CueHead.Sentence >= 0 && len(c.Source) > 0 {
			byCue[c.CueHead] = c
		}
	}
	for _, c := range h.claims {
		if len(c.Source) > 0 || c.CueHead.Sentence < 0 || h.passive(c) {
			continue
		}
		s, at := c.CueHead.Sentence, c.CueHead.Token
		if h.besides(c, byCue) {
			continue
		}
		for range 4 {
			t := h.token(s, at)
			rel, _, _ := strings.Cut(t.Rel, ":")
			if rel != "conj" && rel != "xcomp" && rel != "advcl" && rel != "parataxis" || t.Head < 0 {
				break
			}
			at = t.Head
			if o := byCue[attribution.Place{Sentence: s, Token: at}]; o != nil && !overlap(o.Source, c.Content) {
				c.Source, c.SourceHead = o.Source, o.SourceHead
				c.why += "; source of the verb above"
				break
			}
			if k := h.child(s, at, "nsubj"); k >= 0 && (t.Rel == "xcomp" || h.ableToSpeak(s, k) || h.token(s, k).UPOS == "PRON" || plural(h.token(s, k)) || h.token(s, at).Rel == "root") {
				span := h.nounPhrase(s, k)
				if !overlap([]text.Span{span}, c.Content) && !overlap([]text.Span{span}, c.Cue) {
					c.Source, c.SourceHead = []text.Span{span}, attribution.Place{Sentence: s, Token: k}
					c.why += "; subject of the verb above"
				}
				break
			}
		}
	}
}

// besides gives "adding that ...", behind another verb of saying, the source of
// that verb, wherever the tree hangs it.
func (h *hearing) besides(c *claim, byCue map[attribution.Place]*claim) bool {
	s, at := c.CueHead.Sentence, c.CueHead.Token
	if h.token(s, at).XPOS != "VBG" || at == 0 || h.token(s, at-1).Form != "," || h.notion(c) != "speech" {
		return false
	}
	for i := at - 1; i >= 0; i-- {
		o := byCue[attribution.Place{Sentence: s, Token: i}]
		if o == nil || h.notion(o) != "speech" || h.quotedAt(h.token(s, i).Span.Start) != h.quotedAt(h.token(s, at).Span.Start) || overlap(o.Source, c.Content) {
			continue
		}
		c.Source, c.SourceHead = o.Source, o.SourceHead
		c.why += "; source of the verb before"
		for n, x := range o.Content { // ends before the comma
			if x.Contains(h.token(s, at).Span) && at > 1 && h.token(s, at-2).Span.End > x.Start {
				o.Content[n].End = h.token(s, at-2).Span.End
			}
		}
		return true
	}
	return false
}

// nounPhrase is the subtree of a noun without the clauses that describe it.
func (h *hearing) nounPhrase(s, head int) text.Span {
	span := text.Span{Start: h.edge(s, head, -1), End: h.edge(s, head, 1)}
	for i := head + 1; i < len(h.sentences[s].Tokens); i++ {
		t := h.token(s, i)
		if t.Span.Start >= span.End {
			break
		}
		if t.UPOS == "VERB" || t.UPOS == "AUX" || t.UPOS == "SCONJ" || strings.HasPrefix(t.Rel, "acl") || t.Form == ":" || t.Form == ";" {
			span.End = h.token(s, i-1).Span.End
			if f := h.token(s, i-1).Form; f == "," && i-2 >= head {
				span.End = h.token(s, i-2).Span.End
			}
			break
		}
	}
	if last := h.placeAt(span.End - 1); last.Sentence == s && last.Token > head && h.token(s, last.Token).UPOS == "ADV" {
		span.End = h.token(s, last.Token-1).Span.End // "The ministry later"
	}
	return span
}

// divide ends a content where a second verb of saying with the same subject
// begins: "recalled that A, and said that B" is two statements, not one about
// his own saying.
func (h *hearing) divide() {
	at := map[int][]*claim{} // sentence -> claims
	for _, c := range h.claims {
		if c.CueHead.Sentence >= 0 {
			at[c.CueHead.Sentence] = append(at[c.CueHead.Sentence], c)
		}
	}
	for _, c := range h.claims {
		h.endAtConjunct(c)
	}
	for _, c := range h.claims {
		s, i := c.CueHead.Sentence, c.CueHead.Token
		if s < 0 || h.token(s, i).Rel != "conj" || h.notion(c) != "speech" || h.child(s, i, "nsubj", "nsubj:pass", "mark") >= 0 || h.child(s, i, "cc") < 0 {
			continue
		}
		cc := h.child(s, i, "cc")
		for _, o := range at[s] {
			if o == c || o.CueHead.Token > i {
				continue
			}
			for k, span := range o.Content {
				if !span.Contains(h.token(s, i).Span) || h.quotedAt(h.token(s, i).Span.Start) {
					continue
				}
				cut := cc
				for cut > 0 && h.token(s, cut-1).Form == "," {
					cut--
				}
				if end := h.token(s, cut-1).Span.End; cut > 0 && end > span.Start {
					o.Content[k].End = end
					if overlap(c.Source, []text.Span{span}) || len(c.Source) == 0 {
						c.Source, c.SourceHead = o.Source, o.SourceHead
					}
					c.why += "; beside the verb before"
				}
			}
		}
	}
}

// endAtConjunct takes out of a content what the subject does next: "expressed
// his thanks and invited her".
func (h *hearing) endAtConjunct(c *claim) {
	s, i := c.CueHead.Sentence, c.CueHead.Token
	if s < 0 {
		return
	}
	for k := range h.children(s, i) {
		t := h.token(s, k)
		cc := h.child(s, k, "cc")
		if t.Rel != "conj" || t.UPOS != "VERB" || k < i || cc < 1 || cc > k || h.quotedAt(t.Span.Start) || h.listed(s, i, cc) {
			continue
		}
		for n, span := range c.Content {
			if !span.Contains(t.Span) || span.Start >= h.token(s, cc).Span.Start {
				continue
			}
			last := cc - 1
			for last > 0 && h.token(s, last).Form == "," {
				last--
			}
			if end := h.token(s, last).Span.End; end > span.Start {
				c.Content[n].End = end
			}
		}
	}
}

// listed reports whether "and" ends a list of verbs that began behind a cue:
// "said a patrol crossed the river, opened fire and abducted two".
func (h *hearing) listed(s, cue, cc int) bool {
	verbs := 0
	for j := cc - 1; j > cue; j-- {
		t := h.token(s, j)
		if t.UPOS == "VERB" && t.XPOS == "VBD" && h.token(s, j-1).Form == "," {
			for k := j - 1; k > cue; k-- {
				if u := h.token(s, k); u.UPOS == "VERB" && u.XPOS == "VBD" {
					verbs++
				}
			}
			break
		}
	}
	return verbs > 0
}

// hearVerbs adds what the attributor let pass although the tree is plain: a
// verb of saying with a subject and a clause.
func (h *hearing) hearVerbs() {
	heard := map[attribution.Place]bool{}
	for _, c := range h.claims {
		if s := c.CueHead.Sentence; s >= 0 {
			for i, t := range h.sentences[s].Tokens {
				if overlap(c.Cue, []text.Span{t.Span}) {
					heard[attribution.Place{Sentence: s, Token: i}] = true
				}
			}
		}
	}
	for s := range h.sentences {
		if !h.heard(s) {
			continue
		}
		for i, t := range h.sentences[s].Tokens {
			place := attribution.Place{Sentence: s, Token: i}
			if t.UPOS != "VERB" || heard[place] || !h.saying(s, i) || noSaying[cueLemma(&t)] {
				continue
			}
			if c := h.asStated(s, i); c != nil {
				h.claims = append(h.claims, c)
				continue
			}
			k, clause := h.child(s, i, "nsubj"), h.child(s, i, "ccomp")
			if clause < 0 && promises[cueLemma(&t)] {
				clause = h.child(s, i, "xcomp")
			}
			if k < 0 && t.Rel == "conj" && t.Head >= 0 {
				k = h.child(s, t.Head, "nsubj")
			}
			if k < 0 || clause < 0 {
				continue
			}
			c := &claim{why: "verb of saying with a clause"}
			c.Source, c.SourceHead = []text.Span{h.nounPhrase(s, k)}, attribution.Place{Sentence: s, Token: k}
			c.Cue, c.CueHead, c.Score = []text.Span{t.Span}, place, 0.5
			c.Content = []text.Span{{Start: h.edge(s, clause, -1), End: h.edge(s, clause, 1)}}
			if overlap(c.Content, c.Cue) || overlap(c.Content, c.Source) {
				continue
			}
			h.claims = append(h.claims, c)
		}
	}
}

// noSaying are verbs of the lexicon that need more than a clause behind them.
var noSaying = wordSet("go read find show reflect ask wonder question inquire enquire")

// asStated reads the tail "..., as stated by X" or "..., as X said": the clause
// before it is X's.
func (h *hearing) asStated(s, i int) *claim {
	t := h.token(s, i)
	mark := h.child(s, i, "mark")
	if t.Rel != "advcl" || t.Head < 0 || t.Head > i || mark < 0 || lower(h.token(s, mark).Form) != "as" || h.child(s, i, "ccomp") >= 0 {
		return nil
	}
	k := h.child(s, i, "nsubj")
	for n := range h.children(s, i) {
		if by := h.child(s, n, "case"); k < 0 && by >= 0 && lower(h.token(s, by).Form) == "by" {
			k = n
		}
	}
	if k < 0 || !h.ableToSpeak(s, k) {
		return nil
	}
	content := text.Span{Start: h.edge(s, t.Head, -1), End: h.token(s, mark).Span.Start}
	content.End = content.Start + len(strings.TrimRight(content.Of(h.text), " ,;–—-"))
	if content.Empty() || content.Start >= h.token(s, mark).Span.Start {
		return nil
	}
	source := h.nounPhrase(s, k)
	if by := h.child(s, k, "case"); by >= 0 && h.token(s, by).Span.Start == source.Start {
		source.Start = h.token(s, by+1).Span.Start
	}
	c := &claim{why: "as stated by somebody"}
	c.Source, c.SourceHead = []text.Span{source}, attribution.Place{Sentence: s, Token: k}
	c.Cue, c.CueHead, c.Score = []text.Span{t.Span}, attribution.Place{Sentence: s, Token: i}, 0.5
	c.Content = []text.Span{content}
	return c
}

// quotedAt reports whether a byte stands inside quotation marks.
func (h *hearing) quotedAt(at int) bool {
	q := h.quoteAt(at)
	return q >= 0 && h.quotes[q].Open.Start < at
}

func overlap(a, b []text.Span) bool {
	return slices.ContainsFunc(a, func(x text.Span) bool { return slices.ContainsFunc(b, x.Overlaps) })
}

func (h *hearing) passive(c *claim) bool {
	return h.child(c.CueHead.Sentence, c.CueHead.Token, "aux:pass", "nsubj:pass") >= 0
}

// drop takes away what is no statement of somebody else: what speakers report
// of themselves, attitudes inside what somebody says, and what states do
// without words, which is an act.
func (h *hearing) drop() {
	h.claims = slices.DeleteFunc(h.claims, func(c *claim) bool { return !c.wholly && (h.labels(c) || h.idle(c)) })
	kept := map[*claim]bool{}
	for _, c := range h.claims {
		kept[c] = true
	}
	for _, c := range h.claims {
		if !kept[c.under] {
			c.under = nil
		}
	}
	h.nest()
}

// labels reports whether a claim only repeats the label of a turn.
func (h *hearing) labels(c *claim) bool {
	for _, list := range [][]text.Span{c.Cue, c.Source} {
		for _, s := range list {
			i, _ := slices.BinarySearchFunc(h.turns, s.Start, func(t turn, at int) int {
				if t.colon.End <= at {
					return -1
				}
				return 1
			})
			if i < len(h.turns) && s.Overlaps(h.turns[i].label.Join(h.turns[i].colon)) {
				return true
			}
		}
	}
	return false
}

func (h *hearing) idle(c *claim) bool {
	if h.silent(c) || h.provides(c) || h.deed(c) || h.ownVoice(c) && h.asked(c) || h.astride(c) || h.dated(c) {
		return true
	}
	worded := h.worded(c)
	speech := h.notion(c) == "speech"
	if c.parent != nil {
		return h.ownVoice(c) || !speech || len(c.Source) == 0 || !worded || h.authors(c)
	}
	if len(c.Source) == 0 {
		return h.kind(c) != "direct"
	}
	if h.authors(c) {
		return true
	}
	if speech && worded {
		return false
	}
	return h.collective(c) || h.gesture(c)
}

// gesture reports whether an official does something by a word of saying that
// needs none: "thanked Hungary", "rejected the claim".
func (h *hearing) gesture(c *claim) bool {
	s, i := c.CueHead.Sentence, c.CueHead.Token
	if s < 0 || !gestures[cueLemma(h.token(s, i))] {
		return false
	}
	head := c.SourceHead
	if head.Sentence < 0 || len(c.Source) == 0 {
		return false
	}
	for _, a := range h.meant(head.Sentence, head.Token, c.Source[0]) {
		if x := h.doc.Actors[a]; x.Kind == "person" && x.Role != "" {
			return true
		}
	}
	return false
}

// gestures are verbs for what officials do with or without words.
var gestures = wordSet("thank praise welcome reject dismiss condemn oppose congratulate accept hail appreciate read deny propose offer defend")

// astride reports whether a quotation opens between source and cue: "the text
// “mentions the bombs”" is nobody's statement.
func (h *hearing) astride(c *claim) bool {
	if len(c.Source) == 0 || len(c.Cue) == 0 {
		return false
	}
	q := h.quoteAt(c.Cue[0].Start)
	return q >= 0 && h.quotes[q].Open.Start < c.Cue[0].Start && c.Source[0].Start < h.quotes[q].Open.Start && c.Source[0].End+3 >= h.quotes[q].Open.Start
}

// dated reports whether a claim only reads a dateline: "ISLAMABAD: Pakistan ..."
func (h *hearing) dated(c *claim) bool {
	s := c.CueHead.Sentence
	return s >= 0 && len(c.Source) == 1 && len(c.Cue) == 1 && c.Cue[0].Of(h.text) == ":" && !c.wholly &&
		c.Source[0].Start == h.sentences[s].Span.Start && shouted(c.Source[0].Of(h.text)) && (s == 0 || !h.kinds[s-1].Body())
}

// deed reports whether a cue tells what somebody does without words: "recalled
// its ambassador", "signed a charter", "spoke on condition of anonymity".
func (h *hearing) deed(c *claim) bool {
	s, i := c.CueHead.Sentence, c.CueHead.Token
	if s < 0 {
		return false
	}
	object := ""
	if k := h.child(s, i, "obj", "nsubj:pass"); k >= 0 {
		object = singular(lower(h.token(s, k).Form))
	}
	switch lemma := cueLemma(h.token(s, i)); lemma {
	case "ask", "wonder", "question":
		if h.kind(c) == "indirect" && len(c.Content) > 0 {
			p := h.placeAt(c.Content[0].Start)
			if w := ""; p.Sentence >= 0 {
				if w = lower(h.token(p.Sentence, p.Token).Form); openQuestion[w] && w != "to" {
					return true
				}
				if finite, _ := h.clausalContent(c); w == "for" && !finite {
					return true
				}
			}
		}
	case "recall", "summon", "withdraw", "expel":
		return withdrawn[object]
	case "sign":
		return agreementNouns[object] || h.kind(c) == "indirect" && h.child(s, i, "ccomp") < 0
	case "cheer", "applaud", "boo", "greet":
		return h.kind(c) == "indirect"
	case "call", "name", "dub", "entitle", "title":
		t := h.token(s, i)
		return t.XPOS == "VBN" && strings.HasPrefix(t.Rel, "acl") && h.child(s, i, "aux:pass", "obl:agent") < 0 // "a group called the Sea Org"
	case "discuss", "verify", "confirm", "comment", "mention", "make":
		return lemma == "make" && h.child(s, i, "obj") >= 0 && object == "mention" || h.negated(s, i) && h.child(s, i, "ccomp") < 0 && lemma != "make"
	}
	switch lemma := cueLemma(h.token(s, i)); lemma {
	case "speak", "talk", "ask", "insist":
		if t := h.token(s, i); lemma == "ask" && t.XPOS == "VBN" && h.child(s, i, "aux", "aux:pass") < 0 {
			return true // "Asked whether ..., he said"
		}
		for k := range h.children(s, i) {
			if t := h.token(s, k); (t.Rel == "obl" || t.Rel == "xcomp") && (lower(t.Lemma) == "condition" || lower(t.Lemma) == "anonymity" || h.unnamed(s, k)) {
				return true
			}
		}
	}
	return false
}

// unnamed reads "not to be named", "to remain anonymous".
func (h *hearing) unnamed(s, i int) bool {
	switch lower(h.token(s, i).Lemma) {
	case "name", "identify", "quote":
		return h.child(s, i, "aux:pass") >= 0
	case "anonymous":
		return true
	}
	return false
}

var withdrawn = wordSet("ambassador envoy diplomat troop consul staff attaché team player product car vehicle delegation")

// asked reports whether a claim stands in a question of a transcript.
func (h *hearing) asked(c *claim) bool {
	if len(c.Cue) == 0 {
		return false
	}
	i, _ := slices.BinarySearchFunc(h.turns, c.Cue[0].Start, func(t turn, at int) int {
		if t.words.End <= at {
			return -1
		}
		return 1
	})
	return i < len(h.turns) && h.turns[i].question && h.turns[i].words.Start <= c.Cue[0].Start
}

// worded reports whether the content holds words that were said: a quotation,
// a clause of its own, or what is asked, threatened or promised.
func (h *hearing) worded(c *claim) bool {
	if c.told || h.kind(c) != "indirect" {
		return true
	}
	lemma := ""
	if s := c.CueHead.Sentence; s >= 0 {
		lemma = cueLemma(h.token(s, c.CueHead.Token))
	}
	if wordsOfAct[lemma] {
		return true
	}
	finite, infinite := h.clausalContent(c)
	if x, ok := h.sense(c); ok && infinite && (x.Act == "REQUEST" || x.Act == "ACCUSE" || x.Act == "THREATEN") {
		return true
	}
	return finite || infinite && promises[lemma]
}

var (
	promises   = wordSet("promise pledge vow swear undertake claim threaten profess")
	wordsOfAct = wordSet("express reiterate voice call brand describe accuse threaten urge accord cite hail dub label branded warn according in")
)

// clausalContent reports whether the content has a finite verb of its own, and
// whether it has another verb.
func (h *hearing) clausalContent(c *claim) (finite, infinite bool) {
	for _, span := range c.Content {
		p := h.placeAt(span.Start)
		if p.Sentence < 0 {
			continue
		}
		for i, t := range h.sentences[p.Sentence].Tokens {
			if !span.Contains(t.Span) || t.UPOS != "VERB" && t.UPOS != "AUX" || strings.HasPrefix(t.Rel, "acl") || h.insideRelative(p.Sentence, i, span) {
				continue
			}
			switch t.XPOS {
			case "VBD", "VBZ", "VBP", "MD":
				finite = true
			default:
				infinite = true
			}
		}
	}
	return finite, infinite
}

// insideRelative reports whether a verb belongs to a clause that only describes
// a noun of the span.
func (h *hearing) insideRelative(s, i int, span text.Span) bool {
	for range 12 {
		t := h.token(s, i)
		if strings.HasPrefix(t.Rel, "acl") {
			return true
		}
		if t.Head < 0 || !span.Contains(h.token(s, t.Head).Span) {
			return false
		}
		i = t.Head
	}
	return false
}

// collective reports whether the source is a state, an organisation or a body
// of one, or officials without a name. What these welcome, reject or want is
// told as an act.
func (h *hearing) collective(c *claim) bool {
	s, head := c.SourceHead.Sentence, c.SourceHead.Token
	if s < 0 {
		return false
	}
	t := h.token(s, head)
	noun := lower(t.Lemma)
	if sourceBodies[noun] || sourcePeople[noun] && (t.XPOS == "NNS" || t.XPOS == "NNPS") || noun == "they" || noun == "both" {
		return true
	}
	for _, a := range h.actorsAt(s, head) {
		switch h.doc.Actors[a].Kind {
		case "state", "organization", "group":
			return true
		}
	}
	return false
}

// provides reports whether a cue tells what a treaty says: "in that treaty they
// promised". That is a provision.
func (h *hearing) provides(c *claim) bool {
	s, i := c.CueHead.Sentence, c.CueHead.Token
	if s < 0 {
		return false
	}
	if x := c.SourceHead; x.Sentence >= 0 && binding[cueLemma(h.token(s, i))] { // "the treaty that promised its people a home"
		head := x.Token
		if at := h.antecedent(x.Sentence, head); at >= 0 {
			head = at
		}
		if treatyNouns[lower(h.token(x.Sentence, head).Lemma)] || treatyNouns[lower(h.token(x.Sentence, h.token(x.Sentence, head).Head).Lemma)] && head != x.Token {
			return true
		}
	}
	if !h.collective(c) {
		return false
	}
	for k := range h.children(s, i) {
		if t := h.token(s, k); strings.HasPrefix(t.Rel, "obl") && treatyNouns[lower(t.Lemma)] {
			return true
		}
	}
	if !binding[cueLemma(h.token(s, i))] {
		return false
	}
	// "a protocol in which they promised"; "signed a treaty. They promised"
	if t := h.token(s, i); strings.HasPrefix(t.Rel, "acl") && t.Head >= 0 && treatyNouns[lower(h.token(s, t.Head).Lemma)] {
		return true
	}
	if h.token(s, c.SourceHead.Token).UPOS != "PRON" && len(h.actorsAt(s, c.SourceHead.Token)) < 2 || c.SourceHead.Sentence != s {
		return false
	}
	for k := max(0, s-1); k <= s; k++ {
		for n := range h.sentences[k].Tokens {
			if (k < s || n < i) && treatyNouns[lower(h.token(k, n).Lemma)] {
				return true
			}
		}
	}
	return false
}

// binding are verbs for what treaties oblige to.
var binding = wordSet("promise pledge undertake agree vow commit guarantee oblige bind provide")

var treatyNouns = wordSet("treaty agreement pact accord convention protocol memorandum charter")

// authors reports whether a claim is the report's own: "I doubt it" outside all
// quotation marks, "nobody said so".
func (h *hearing) authors(c *claim) bool {
	s := c.SourceHead.Sentence
	if s < 0 || h.quotedAt(c.Source[0].Start) || h.kind(c) != "indirect" {
		return false
	}
	switch lower(h.token(s, c.SourceHead.Token).Form) {
	case "i", "we", "me", "us", "you", "nobody", "article", "clause":
		return true
	}
	return false
}

// ownVoice reports whether the source is the one who is speaking anyway, or
// nobody in particular.
func (h *hearing) ownVoice(c *claim) bool {
	s := c.SourceHead.Sentence
	if s < 0 {
		return false
	}
	switch lower(h.token(s, c.SourceHead.Token).Form) {
	case "i", "we", "me", "us", "you", "my", "our", "who", "which", "that", "nobody", "one", "anybody", "anyone", "everybody", "everyone", "somebody", "someone":
		return true
	}
	return false
}

// notQuoting reports whether a claim's own cue does not introduce a relay.
func (h *hearing) notQuoting(c *claim) bool {
	s := c.CueHead.Sentence
	if s < 0 {
		return true
	}
	switch cueLemma(h.token(s, c.CueHead.Token)) {
	case "quote", "report", "cite", "accord":
		return false
	}
	return true
}
