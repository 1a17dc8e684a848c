package reading

import (
	"slices"
	"strings"
	"unicode"

	"github.com/casus-foederis/casus/reading/attribution"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
)

// passage is a quotation with its later paragraphs, each opened anew.
type passage struct{ first, last int } // indices into quotes, both inclusive

// hearQuotes gives the quotations that nobody was found to have spoken a
// source: a signature behind a dash, a verb of saying beside them, what
// announces them before a colon, or whoever was quoted in the paragraph before.
func (h *hearing) hearQuotes() {
	h.keepInside()
	passages := h.passages()
	spoken := h.spoken(passages)
	h.byCue, h.bySentence = map[attribution.Place]*claim{}, map[int][]*claim{}
	for _, c := range h.claims {
		h.index(c)
	}
	for i, p := range passages {
		switch {
		case spoken[i] || h.phrased(p) || h.headlined(p):
		case h.speech(p):
			_ = h.signed(p) || h.beside(p) || h.announced(p) || h.introduced(p) || h.goesOn(p)
		}
	}
}

// index enters a claim where the rules for quotations look for it.
func (h *hearing) index(c *claim) {
	if s := c.CueHead.Sentence; s >= 0 {
		h.byCue[c.CueHead] = c
		h.bySentence[s] = append(h.bySentence[s], c)
	}
}

// add enters a new claim.
func (h *hearing) add(c *claim) {
	h.claims = append(h.claims, c)
	h.index(c)
}

// passages joins the quotations that go on over paragraphs.
func (h *hearing) passages() []passage {
	var out []passage
	for i := 0; i < len(h.quotes); i++ {
		p := passage{i, i}
		for h.quotes[p.last].Continues && p.last+1 < len(h.quotes) {
			p.last++
		}
		out = append(out, p)
		i = p.last
	}
	return out
}

// spoken says of each passage whether a claim from outside has some of it.
func (h *hearing) spoken(passages []passage) []bool {
	of := make([]int, len(h.quotes))
	for i, p := range passages {
		for q := p.first; q <= p.last; q++ {
			of[q] = i
		}
	}
	out := make([]bool, len(passages))
	for _, c := range h.claims {
		for _, s := range c.Content {
			for q := h.quoteFrom(s.Start); q < len(h.quotes) && h.quotes[q].Open.Start < s.End; q++ {
				if i := of[q]; len(c.Cue) == 0 || !h.span(passages[i]).Contains(c.Cue[0]) {
					out[i] = true
				}
			}
		}
	}
	return out
}

// span covers a passage with its marks.
func (h *hearing) span(p passage) text.Span {
	return h.quotes[p.first].Span().Join(h.quotes[p.last].Span())
}

// pieces are the paragraphs of a passage, with their marks.
func (h *hearing) pieces(p passage) []text.Span {
	var out []text.Span
	for _, q := range h.quotes[p.first : p.last+1] {
		out = append(out, q.Span())
	}
	return out
}

// keepInside ends the content of a claim that somebody makes inside a quotation
// with that quotation.
func (h *hearing) keepInside() {
	for _, c := range h.claims {
		if len(c.Cue) == 0 {
			continue
		}
		q := h.quoteAt(c.Cue[0].Start)
		if q < 0 || h.quotes[q].Open.Start >= c.Cue[0].Start {
			continue
		}
		inner := h.quotes[q].Inner
		c.Content = slices.DeleteFunc(c.Content, func(s text.Span) bool { return !s.Overlaps(inner) })
		for i, s := range c.Content {
			c.Content[i] = text.Span{Start: max(s.Start, inner.Start), End: min(s.End, inner.End)}
		}
	}
	h.claims = slices.DeleteFunc(h.claims, func(c *claim) bool {
		return len(c.Content) == 0 || !slices.ContainsFunc(c.Content, func(s text.Span) bool { return hasWord(s.Of(h.text)) })
	})
}

// quoteFrom is the first quotation that ends after a byte.
func (h *hearing) quoteFrom(at int) int {
	i, _ := slices.BinarySearchFunc(h.quotes, at, func(q attribution.Quote, at int) int {
		if q.Span().End <= at {
			return -1
		}
		return 1
	})
	return i
}

// quoteAt is the quotation that holds a byte, marks included; -1 if none.
func (h *hearing) quoteAt(at int) int {
	if i := h.quoteFrom(at); i < len(h.quotes) && h.quotes[i].Open.Start <= at {
		return i
	}
	return -1
}

// speech reports whether a passage reads as somebody's words, not as a title or
// a word held at arm's length: four words with a verb, in the running text.
func (h *hearing) speech(p passage) bool {
	span := h.span(p)
	at := h.placeAt(h.quotes[p.first].Inner.Start)
	if at.Sentence < 0 || !h.heard(at.Sentence) {
		return false
	}
	if h.quotes[p.last].Close.Empty() && h.quotes[p.last].Inner.Len() > 2000 {
		return false
	}
	inner := strings.TrimSpace(h.quotes[p.last].Inner.Of(h.text))
	words, verb := 0, inner != "" && strings.Contains(",.?!", inner[len(inner)-1:])
	for s := at.Sentence; s < len(h.sentences) && h.sentences[s].Span.Start < span.End; s++ {
		for _, t := range h.sentences[s].Tokens {
			if span.Contains(t.Span) && hasWord(t.Form) {
				words++
				verb = verb || t.UPOS == "VERB" || t.UPOS == "AUX"
			}
		}
		if words > 12 && verb {
			break
		}
	}
	return words >= 4 && verb
}

// signed reads "..." — Name at the end of a paragraph.
func (h *hearing) signed(p passage) bool {
	end := h.quotes[p.last].Span().End
	line := h.text[end:]
	if i := strings.IndexByte(line, '\n'); i >= 0 {
		line = line[:i]
	}
	rest := strings.TrimLeft(line, " \u00a0.,")
	dash := ""
	for _, d := range []string{"―", "—", "–", "--", "-"} {
		if strings.HasPrefix(rest, d) {
			dash = d
			break
		}
	}
	name := strings.TrimSpace(strings.TrimPrefix(rest, dash))
	if dash == "" || name == "" || len(name) > 80 || len(strings.Fields(name)) > 9 {
		return false
	}
	if r := []rune(name)[0]; !unicode.IsUpper(r) || strings.ContainsAny(name, "“”\"?!") {
		return false
	}
	at := end + len(line) - len(rest)
	cue := text.Span{Start: at, End: at + len(dash)}
	start := end + strings.Index(line, name)
	source := text.Span{Start: start, End: start + len(strings.TrimRight(name, ". "))}
	c := &claim{why: "signature behind a dash"}
	c.Source, c.Cue, c.Content = []text.Span{source}, []text.Span{cue}, h.pieces(p)
	c.Score, c.CueHead, c.SourceHead = 1, h.placeAt(cue.Start), h.headBetween(source)
	h.add(c)
	return true
}

func (h *hearing) headBetween(s text.Span) attribution.Place {
	first, last := h.placeAt(s.Start), h.placeAt(s.End-1)
	if first.Sentence < 0 || first.Sentence != last.Sentence {
		return first
	}
	return h.headIn(first.Sentence, first.Token, last.Token)
}

// beside looks for a verb of saying with its subject right behind or before the
// passage, in the same sentence or the one that begins there.
func (h *hearing) beside(p passage) bool {
	end := h.quotes[p.last].Span().End
	if at := h.placeAt(end); at.Sentence >= 0 && h.sameLine(end, h.token(at.Sentence, at.Token).Span.Start) {
		for i := at.Token; i < at.Token+24 && i < len(h.sentences[at.Sentence].Tokens); i++ {
			t := h.token(at.Sentence, i)
			if q := h.quoteAt(t.Span.Start); q >= 0 {
				if h.quotes[q].Inner.Len() > nickname {
					break
				}
				continue
			}
			if strings.Contains(".;:?!", t.Form) && i > at.Token {
				break
			}
			if h.says(p, at.Sentence, i) {
				return true
			}
		}
	}
	start := h.quotes[p.first].Open.Start
	at := h.placeAt(start)
	if at.Sentence < 0 {
		return false
	}
	for i := at.Token - 1; i >= 0 && i > at.Token-12; i-- {
		if h.quotedAt(h.token(at.Sentence, i).Span.Start) {
			break
		}
		if h.says(p, at.Sentence, i) {
			return true
		}
	}
	return false
}

// phrased reads "X used the phrase “...”", however short it is.
func (h *hearing) phrased(p passage) bool {
	at := h.placeAt(h.quotes[p.first].Open.Start)
	s, noun := at.Sentence, at.Token-1
	if s < 0 || noun < 1 || !h.heard(s) {
		return false
	}
	t := h.token(s, noun)
	if !phraseNouns[lower(t.Lemma)] || t.Rel != "obj" || t.Head < 0 || !phraseVerbs[lower(h.token(s, t.Head).Lemma)] {
		return false
	}
	verb := t.Head
	k := h.child(s, verb, "nsubj")
	if k < 0 {
		return false
	}
	c := &claim{why: "the words that somebody used"}
	c.Source, c.SourceHead = []text.Span{h.nounPhrase(s, k)}, attribution.Place{Sentence: s, Token: k}
	c.Cue, c.CueHead = []text.Span{h.words(s, verb, noun)}, attribution.Place{Sentence: s, Token: verb}
	c.Content, c.Score = h.pieces(p), 0.9
	if overlap(c.Content, c.Source) {
		return false
	}
	h.add(c)
	return true
}

// headlined reads a headline that is nothing but a speaker, a colon and his
// words. Other headlines make no statements: the body repeats them.
func (h *hearing) headlined(p passage) bool {
	start, end := h.quotes[p.first].Open.Start, h.quotes[p.last].Span().End
	at := h.placeAt(start)
	if at.Sentence < 0 || h.kinds[at.Sentence] != report.Title || p.first != p.last {
		return false
	}
	line := strings.LastIndexByte(h.text[:start], '\n') + 1
	lead := strings.TrimRight(h.text[line:start], " ")
	rest, _, _ := strings.Cut(h.text[end:], "\n")
	if !strings.HasSuffix(lead, ":") || hasWord(rest) || !hasWord(lead) {
		return false
	}
	colon := line + len(lead) - 1
	c := &claim{why: "speaker and words in a headline"}
	c.Source = []text.Span{trimmed(h.text, text.Span{Start: line, End: colon})}
	c.Cue, c.CueHead = []text.Span{{Start: colon, End: colon + 1}}, h.placeAt(colon)
	c.SourceHead, c.Content, c.Score = h.headBetween(c.Source[0]), h.pieces(p), 0.9
	h.add(c)
	return true
}

var (
	phraseNouns = wordSet("phrase word words term expression slogan")
	phraseVerbs = wordSet("use utter coin repeat employ shout chant")
)

// nickname is the longest quotation, in bytes, that may stand in a name.
const nickname = 24

func (h *hearing) sameLine(a, b int) bool {
	return a <= b && strings.IndexByte(h.text[a:b], '\n') < 0
}

// says makes a claim of a passage with a verb of saying that has a subject.
func (h *hearing) says(p passage, s, verb int) bool {
	t := h.token(s, verb)
	if t.UPOS != "VERB" || t.XPOS == "VBG" || !h.saying(s, verb) || t.XPOS == "VBN" && h.child(s, verb, "aux", "aux:pass", "nsubj") != h.child(s, verb, "nsubj") {
		return false
	}
	place := attribution.Place{Sentence: s, Token: verb}
	if c := h.byCue[place]; c != nil {
		c.Content = append(c.Content, h.pieces(p)...)
		c.why += "; quotation beside it"
		return true
	}
	k := h.child(s, verb, "nsubj")
	if k < 0 { // the words say it where the tree does not
		for _, i := range []int{verb + 1, verb - 1} {
			if u := h.token(s, i).UPOS; k < 0 && (u == "PROPN" || u == "PRON") {
				k = i
			}
		}
	}
	if k < 0 || h.span(p).Contains(h.token(s, k).Span) {
		return false
	}
	c := &claim{why: "verb of saying beside a quotation"}
	c.Source, c.SourceHead = []text.Span{h.nounPhrase(s, k)}, attribution.Place{Sentence: s, Token: k}
	c.Cue, c.CueHead = []text.Span{t.Span}, place
	c.Content, c.Score = h.pieces(p), 0.9
	if overlap(c.Source, c.Content) {
		return false
	}
	h.add(c)
	return true
}

// announced reads what stands before a colon: "She went on:", "Her speech, in
// translation:".
func (h *hearing) announced(p passage) bool {
	before := h.placeAt(h.quotes[p.first].Open.Start)
	s := before.Sentence
	if s < 0 {
		return false
	}
	if before.Token == 0 {
		s--
	}
	for s >= 0 && len(h.sentences[s].Tokens) == 0 {
		s--
	}
	if s < 0 || !h.heard(s) {
		return false
	}
	lead := strings.TrimRightFunc(h.text[h.sentences[s].Span.Start:h.quotes[p.first].Open.Start], unicode.IsSpace)
	if !strings.HasSuffix(lead, ":") {
		return false
	}
	end := h.sentences[s].Span.Start + len(lead)
	for i, t := range h.sentences[s].Tokens {
		if t.Span.End > end || t.UPOS != "NOUN" {
			continue
		}
		k := h.child(s, i, "nmod:poss")
		x, ok := attribution.SenseOf(lower(t.Lemma))
		if k < 0 || !ok || x.Notion != "speech" {
			continue
		}
		c := &claim{why: "noun of saying before a colon"}
		c.Source, c.SourceHead = []text.Span{h.nounPhrase(s, k)}, attribution.Place{Sentence: s, Token: k}
		c.Cue, c.CueHead = []text.Span{t.Span}, attribution.Place{Sentence: s, Token: i}
		c.Content, c.Score = h.pieces(p), 0.9
		h.add(c)
		return true
	}
	for i := range h.sentences[s].Tokens {
		if h.token(s, i).Span.End <= end && h.says(p, s, i) {
			return true
		}
	}
	return false
}

// introduced reads "Her adviser was blunter: “...”": whoever the sentence before
// the colon is about says it.
func (h *hearing) introduced(p passage) bool {
	at := h.placeAt(h.quotes[p.first].Open.Start)
	s, colon := at.Sentence, at.Token-1
	if s < 0 || colon < 2 || h.token(s, colon).Form != ":" {
		return false
	}
	for i := colon - 1; i >= 0; i-- {
		t := h.token(s, i)
		if t.Rel != "nsubj" || t.Head > colon || !h.voice(s, i) || t.UPOS == "PRON" && lower(t.Form) != "he" && lower(t.Form) != "she" {
			continue
		}
		c := &claim{why: "introduced before a colon"}
		c.Source, c.SourceHead = []text.Span{h.nounPhrase(s, i)}, attribution.Place{Sentence: s, Token: i}
		c.Cue, c.CueHead = []text.Span{h.token(s, colon).Span}, attribution.Place{Sentence: s, Token: colon}
		c.Content, c.Score = h.pieces(p), 0.7
		h.add(c)
		return true
	}
	return false
}

// goesOn adds a paragraph that is nothing but a quotation to what was quoted in
// the paragraph before.
func (h *hearing) goesOn(p passage) bool {
	start, end := h.quotes[p.first].Open.Start, h.quotes[p.last].Span().End
	line := strings.LastIndexByte(h.text[:start], '\n') + 1
	after := h.text[end:]
	if i := strings.IndexByte(after, '\n'); i >= 0 {
		after = after[:i]
	}
	if hasWord(h.text[line:start]) || hasWord(after) || line == 0 {
		return false
	}
	body := strings.TrimRightFunc(h.text[:line], unicode.IsSpace)
	previous := text.Span{Start: strings.LastIndexByte(body, '\n') + 1, End: len(body)}
	var last *claim
	for s := h.placeAt(start).Sentence - 1; s >= 0 && last == nil && h.sentences[s].Span.End > previous.Start; s-- {
		for _, c := range h.bySentence[s] {
			if len(c.Cue) > 0 && h.kind(c) != "indirect" && !h.quotedAt(c.Cue[0].Start) && (last == nil || c.Cue[0].Start > last.Cue[0].Start) {
				last = c
			}
		}
	}
	if last == nil || last.wholly {
		return false
	}
	last.Content = append(last.Content, h.pieces(p)...)
	last.why += "; goes on in the next paragraph"
	return true
}
