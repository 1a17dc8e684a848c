// Package annotation writes what was read in a report as Web Annotations: one
// for each source, cue and content of a statement, trigger of an act, mention of
// an agreement, provision, and verdict.
//
// Source: W3C Web Annotation Data Model (2017) and its JSON-LD context. Spans are
// selected by position and by quotation. Positions count Unicode code points
// from 0, half-open, as the model has it (4.2.5); ours are bytes of UTF-8, which
// docs/format/annotations.md tells.
package annotation

import (
	"fmt"
	"net/url"
	"unicode/utf8"

	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/text"
)

// Page is all annotations of one report.
type Page struct {
	Context []string     `json:"@context"`
	ID      string       `json:"id"`
	Type    string       `json:"type"` // AnnotationPage
	PartOf  Collection   `json:"partOf"`
	Items   []Annotation `json:"items"`
}

// Collection is what the page is part of: the reading of a report.
type Collection struct {
	ID    string `json:"id"`
	Type  string `json:"type"` // AnnotationCollection
	Label string `json:"label,omitempty"`
	Total int    `json:"total"`
}

// Annotation is one thing that was read.
type Annotation struct {
	ID         string   `json:"id"`
	Type       string   `json:"type"` // Annotation
	Motivation string   `json:"motivation"`
	Body       []Body   `json:"body"`
	Target     []Target `json:"target"` // one for each stretch of it
}

// Body says what it is, in words of ours and in a word.
type Body struct {
	Type    string `json:"type"` // TextualBody
	Purpose string `json:"purpose"`
	Value   string `json:"value"`
	Format  string `json:"format"`
}

// Target is a stretch of the report's text.
type Target struct {
	Source   string `json:"source"`
	Selector []any  `json:"selector"` // a Position and a Quote, which select the same
}

// Position selects by code points.
type Position struct {
	Type  string `json:"type"` // TextPositionSelector
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Quote selects by the words and what stands around them.
type Quote struct {
	Type   string `json:"type"` // TextQuoteSelector
	Exact  string `json:"exact"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
}

// around is how many code points of context a Quote has on each side.
const around = 32

// maker makes the annotations of one report.
type maker struct {
	page   Page
	text   string
	source string
	points points
}

// Of returns the annotations of a report, in the order of its document. The
// source of the targets is the report's address, else urn:casus:report:ID; spans
// refer to the text that casus read prints, as plain text.
func Of(c check.Checked) Page {
	base := "urn:casus:report:" + url.PathEscape(c.ID)
	m := &maker{text: c.Text, source: c.URL, points: pointsOf(c.Text), page: Page{
		Context: []string{"http://www.w3.org/ns/anno.jsonld"}, ID: base + ":annotations", Type: "AnnotationPage", Items: []Annotation{},
		PartOf: Collection{ID: base, Type: "AnnotationCollection", Label: c.Title},
	}}
	if m.source == "" {
		m.source = base
	}
	for _, s := range c.Statements {
		who := s.SpeakerName
		if who == "" {
			who = "somebody"
		}
		said := s.Kind + " statement of " + who
		if s.Within != nil {
			said += ", relayed by " + *s.Within
		}
		m.add(s.ID+"/source", "identifying", "source", said, s.Source)
		m.add(s.ID+"/cue", "classifying", "cue", said, s.Cue)
		m.add(s.ID+"/content", "describing", "content", said, s.Content)
	}
	for _, a := range c.Acts {
		whose := "in the outlet's words"
		if a.Within != nil {
			whose = "in the words of " + *a.Within
		}
		m.add(a.ID, "classifying", "act", fmt.Sprintf("%s (%s), %s", a.Type, a.Status, whose), a.Trigger)
	}
	for _, g := range c.Agreements {
		what := g.Title + " (" + g.Status + ")"
		if g.Instrument != "" {
			what += ", in the corpus " + g.Instrument
		}
		for i, span := range g.Mentions {
			m.add(fmt.Sprintf("%s/mention/%d", g.ID, i+1), "identifying", "agreement", what, []text.Span{span})
		}
		for i, p := range g.Provisions {
			whose := "in the outlet's words"
			if p.By != nil {
				whose = "in the words of " + *p.By
			}
			m.add(fmt.Sprintf("%s/provision/%d", g.ID, i+1), "classifying", "provision", p.Type+", "+whose, []text.Span{p.Span})
		}
	}
	for i, v := range c.Checks {
		says := fmt.Sprintf("%s: %s", v.Result, v.Claim)
		for _, g := range v.Grounds {
			says += "; " + g.String()
		}
		spans := v.Spans
		if len(spans) == 0 {
			spans = []text.Span{v.Span}
		}
		m.add(fmt.Sprintf("check/%d", i+1), "assessing", string(v.Result), says, spans)
	}
	m.page.PartOf.Total = len(m.page.Items)
	return m.page
}

// add adds an annotation, unless it stands nowhere in the text.
func (m *maker) add(id, motivation, tag, says string, spans []text.Span) {
	a := Annotation{ID: m.page.PartOf.ID + ":" + id, Type: "Annotation", Motivation: motivation, Body: []Body{
		{"TextualBody", "tagging", tag, "text/plain"}, {"TextualBody", "describing", says, "text/plain"}}}
	for _, s := range spans {
		if s.Valid(m.text) && !s.Empty() {
			a.Target = append(a.Target, m.target(s))
		}
	}
	if len(a.Target) > 0 {
		m.page.Items = append(m.page.Items, a)
	}
}

func (m *maker) target(s text.Span) Target {
	before, after := m.text[:s.Start], m.text[s.End:]
	return Target{Source: m.source, Selector: []any{
		Position{"TextPositionSelector", m.points.before(s.Start), m.points.before(s.End)},
		Quote{"TextQuoteSelector", s.Of(m.text), last(before, around), first(after, around)},
	}}
}

// points tells how many code points stand before a byte.
type points struct {
	text   string
	counts []int // before each step of bytes
}

const step = 256

func pointsOf(s string) points {
	p := points{text: s}
	n := 0
	for i := 0; i < len(s); i++ {
		if i%step == 0 {
			p.counts = append(p.counts, n)
		}
		if utf8.RuneStart(s[i]) {
			n++
		}
	}
	p.counts = append(p.counts, n)
	return p
}

// before counts the code points that begin before a byte.
func (p points) before(at int) int {
	from := min(at/step, len(p.counts)-1)
	n := p.counts[from]
	for i := from * step; i < at && i < len(p.text); i++ {
		if utf8.RuneStart(p.text[i]) {
			n++
		}
	}
	return n
}

// first returns at most n code points from the beginning of s, last from its end.
func first(s string, n int) string {
	end := 0
	for range n {
		_, size := utf8.DecodeRuneInString(s[end:])
		end += size
	}
	return s[:end]
}

func last(s string, n int) string {
	begin := len(s)
	for range n {
		_, size := utf8.DecodeLastRuneInString(s[:begin])
		begin -= size
	}
	return s[begin:]
}
