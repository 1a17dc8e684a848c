package reading

import (
	"slices"
	"strconv"

	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/reading/attribution"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
)

// claim is a statement while it is being read.
type claim struct {
	attribution.Attribution
	why     string
	speaker speaker
	parent  *claim
	under   *claim // the relay that a rule found it in
	wholly  bool   // quoted by definition: a post, a turn of a transcript
	told    bool   // words by its form, whatever they are: "Not so, says Tokyo"
}

// findStatements finds who said what.
//
// The trained attributor proposes; rules over the same trees add what its
// corpus does not mark (posts, transcripts, what a relay relays) and take away
// what is no statement of somebody else. Then speakers are named.
func (p *page) findStatements() {
	s := &hearing{page: p, quotes: attribution.Quotes(p.text)}
	s.hearPosts()
	s.hearTurns()
	s.hearClauses()
	s.release()
	s.hearTails()
	s.hearInverted()
	s.hearColons()
	s.mend()
	s.hearVerbs()
	s.hearRequests()
	s.divide()
	s.inherit()
	s.hearQuotes()
	s.hearRelays()
	s.widen()
	s.nest()
	s.drop()
	s.name()
	s.write()
}

// hearing gathers the claims of a report.
type hearing struct {
	*page
	quotes []attribution.Quote
	turns  []turn
	claims []*claim

	byCue      map[attribution.Place]*claim // for the rules on quotations
	bySentence map[int][]*claim
	correction correction
	people     map[string][]int // state -> persons who act for it, as indices into doc.Actors
}

// claimsByCue finds the claims so far by the heads of their cues.
func (h *hearing) claimsByCue() map[attribution.Place]*claim {
	byCue := map[attribution.Place]*claim{}
	for _, c := range h.claims {
		if c.CueHead.Sentence >= 0 {
			byCue[c.CueHead] = c
		}
	}
	return byCue
}

// hearClauses runs the attributor over the running words of the report.
func (h *hearing) hearClauses() {
	heard := make([]language.Sentence, len(h.sentences))
	for i, s := range h.sentences {
		heard[i].Span = s.Span
		if h.heard(i) {
			heard[i].Tokens = s.Tokens
		}
	}
	for _, a := range h.attributor.Find(h.text, heard) {
		if len(a.Source) > 0 {
			a.SourceHead = h.headBetween(a.Source[0])
		}
		h.claims = append(h.claims, &claim{Attribution: a, why: "attributor"})
	}
}

// heard reports whether the words of a sentence count as said. Headlines only
// repeat what the body says.
func (h *hearing) heard(sentence int) bool {
	k := h.kinds[sentence]
	return k.Body() || k == report.Caption
}

// hearPosts makes a statement of each embedded post: its account says its
// words.
func (h *hearing) hearPosts() {
	for _, post := range h.report.Posts {
		if post.Words.Empty() || !post.Words.Valid(h.text) || !post.Source.Valid(h.text) || !post.Dash.Valid(h.text) {
			continue
		}
		c := &claim{why: "embedded post", wholly: true, speaker: speaker{name: post.Author}}
		c.Content = []text.Span{post.Words}
		if !post.Source.Empty() {
			c.Source = []text.Span{post.Source}
		}
		if !post.Dash.Empty() {
			c.Cue = []text.Span{post.Dash}
		}
		c.Score, c.Within = 1, -1
		c.CueHead, c.SourceHead = nowhere, h.placeAt(post.Source.Start)
		h.claims = append(h.claims, c)
	}
}

var nowhere = attribution.Place{Sentence: -1, Token: -1}

// placeAt finds the token that holds a byte.
func (h *hearing) placeAt(at int) attribution.Place {
	s, _ := slices.BinarySearchFunc(h.sentences, at, func(s language.Sentence, at int) int {
		if s.Span.End <= at {
			return -1
		}
		return 1
	})
	if s == len(h.sentences) {
		return nowhere
	}
	for i, t := range h.sentences[s].Tokens {
		if t.Span.End > at {
			return attribution.Place{Sentence: s, Token: i}
		}
	}
	return nowhere
}

// nest sets the parent of each claim: the smallest claim whose content holds
// its cue and source, so that nesting never runs in a circle.
func (h *hearing) nest() {
	slices.SortStableFunc(h.claims, func(a, b *claim) int { return a.begin() - b.begin() })
	for i, c := range h.claims {
		if c.parent = c.under; c.parent != nil {
			continue
		}
		for j := max(0, i-nestReach); j < min(len(h.claims), i+nestReach); j++ {
			o := h.claims[j]
			if i == j || !o.holds(c) || o.length() <= c.length() && o.holds(c) && c.holds(o) {
				continue
			}
			if c.parent == nil || o.length() < c.parent.length() {
				c.parent = o
			}
		}
	}
	for _, c := range h.claims {
		steps := 0
		for o := c.parent; o != nil; o = o.parent {
			if steps++; o == c || steps > len(h.claims) {
				c.parent = nil
				break
			}
		}
	}
}

// nestReach is how many claims before and after may hold one.
const nestReach = 48

// begin is the first byte of a claim.
func (c *claim) begin() int {
	at := int(^uint(0) >> 1)
	for _, list := range [][]text.Span{c.Source, c.Cue, c.Content} {
		for _, s := range list {
			at = min(at, s.Start)
		}
	}
	return at
}

func (c *claim) length() (n int) {
	for _, s := range c.Content {
		n += s.Len()
	}
	return n
}

// holds reports whether o's cue stands in c's content.
func (c *claim) holds(o *claim) bool {
	return c != o && len(o.Cue) > 0 && slices.ContainsFunc(c.Content, func(s text.Span) bool { return s.Contains(o.Cue[0]) })
}

// write enters the claims into the document.
func (h *hearing) write() {
	slices.SortStableFunc(h.claims, func(a, b *claim) int { return a.begin() - b.begin() })
	ids := make(map[*claim]string, len(h.claims))
	for i, c := range h.claims {
		ids[c] = "s" + strconv.Itoa(i+1)
	}
	relays := map[*claim]bool{}
	for _, c := range h.claims {
		if c.parent != nil {
			relays[c.parent] = true
		}
	}
	for _, c := range h.claims {
		st := Statement{ID: ids[c], Source: orEmpty(c.Source), Cue: orEmpty(c.Cue), Content: orEmpty(c.Content),
			SpeakerName: c.speaker.name, SpeakerState: c.speaker.state, Kind: h.kind(c), Notion: h.notion(c), Score: round(c.Score), Why: c.why}
		if c.speaker.actor >= 0 && c.speaker.known {
			id := h.doc.Actors[c.speaker.actor].ID
			st.Speaker = &id
		}
		if relays[c] && !c.wholly && st.Kind != "indirect" && !h.quotesWhole(c) {
			st.Kind = "indirect"
		}
		if c.parent != nil {
			id := ids[c.parent]
			st.Within = &id
		}
		h.act(c, &st)
		h.doc.Statements = append(h.doc.Statements, st)
	}
}

func round(x float64) float64 { return float64(int(x*1000+0.5)) / 1000 }

func orEmpty(list []text.Span) []text.Span {
	if list == nil {
		return []text.Span{}
	}
	return list
}

// kind says whether the content is quoted: all of it, in part or not at all.
func (h *hearing) kind(c *claim) string {
	if c.wholly {
		return "direct"
	}
	whole, any := true, false
	for _, s := range c.Content {
		w, a := h.quoted(s)
		whole, any = whole && w, any || a
	}
	switch {
	case whole && len(c.Content) > 0:
		return "direct"
	case any:
		return "mixed"
	}
	return "indirect"
}

// quoted reports whether a span lies in quotation marks, but for punctuation,
// and whether it holds any quotation.
func (h *hearing) quoted(s text.Span) (whole, any bool) {
	i := h.quoteFrom(s.Start)
	at := s.Start
	whole = true
	for ; i < len(h.quotes) && h.quotes[i].Open.Start < s.End; i++ {
		q := h.quotes[i].Span()
		if q.Start > at && hasWord(h.text[at:min(q.Start, s.End)]) {
			whole = false
		}
		any = true
		at = max(at, q.End)
	}
	if at < s.End && hasWord(h.text[at:s.End]) {
		whole = false
	}
	return whole && any, any
}

// quotesWhole reports whether a claim is one quotation and so stays direct
// though it holds another claim.
func (h *hearing) quotesWhole(c *claim) bool {
	for _, s := range c.Content {
		if w, _ := h.quoted(s); !w {
			return false
		}
	}
	return h.notQuoting(c)
}
