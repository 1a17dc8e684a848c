package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/text"
	"github.com/casus-foederis/casus/treaty"
)

// agreementNouns name an instrument in running text.
var agreementNouns = []string{"agreement", "treaty", "pact", "accord", "convention", "protocol"}

// anniversaries judges statements that two states made an agreement at a time
// long past ("signed an agreement 75 years ago"), and that it was their first.
func (p *pass) anniversaries() []Verdict {
	var out []Verdict
	for i := range p.doc.Statements {
		s := &p.doc.Statements[i]
		words := contentWords(p.doc.Text, s.Content)
		if !slices.ContainsFunc(words, func(w string) bool { return slices.Contains(agreementNouns, w) }) {
			continue
		}
		states := p.statesIn(s.Content)
		for _, t := range p.doc.Times {
			when, err := day.ParsePeriod(t.Value)
			if err != nil || len(states) != 2 || !inside(t.Span, s.Content) || !p.longAgo(when) {
				continue
			}
			out = append(out, p.anniversary(s, states, when, slices.Contains(words, "first"))...)
			break
		}
	}
	return out
}

// longAgo reports whether a time lies a year or more before the report.
func (p *pass) longAgo(when day.Period) bool {
	return p.published.To > 0 && when.To <= p.published.From-365
}

func (p *pass) anniversary(s *reading.Statement, states []string, when day.Period, first bool) []Verdict {
	names := fmt.Sprintf("%s and %s", p.corpus.Names.Name(states[0], when.From), p.corpus.Names.Name(states[1], when.From))
	made := Verdict{Of: s.ID, By: s.ID, Kind: "anniversary", Span: s.Content[0], Spans: s.Content, Result: NotInRecord,
		Claim: fmt.Sprintf("%s made an agreement in %s", names, when)}
	var earlier, then *treaty.Instrument
	for _, in := range p.corpus.Instruments {
		members := ordinaryParties(in)
		on := in.Signed()
		if len(members) != 2 || on.Kind != day.BoundIn || !p.covers(members, states) {
			continue
		}
		switch {
		case on.To <= when.From && (earlier == nil || on.From < earlier.Signed().From):
			earlier = in
		case on.From < when.To && when.From < on.To:
			then = in
		}
	}
	if then == nil {
		made.Grounds = []Ground{{Says: "the corpus has no instrument of the two of that time; it is not complete"}}
		return []Verdict{made}
	}
	made.Result = Supported
	made.Grounds = []Ground{groundOf(then)}
	if !first {
		return []Verdict{made}
	}
	claim := Verdict{Of: s.ID, By: s.ID, Kind: firstTreaty, Span: s.Content[0], Spans: s.Content, Claim: "it was the first agreement of the two", Result: NotInRecord,
		Grounds: []Ground{{Says: "the corpus has no earlier instrument of the two; it is not complete"}}}
	if earlier != nil {
		if !p.plain(s) || slices.ContainsFunc(contentWords(p.doc.Text, s.Content), func(w string) bool { return shakyWords[w] || w == "one" || w == "since" || w == "not" }) {
			return []Verdict{made}
		}
		claim.Grounds = []Ground{groundOf(earlier)}
		if members := ordinaryParties(earlier); slices.Contains(members, states[0]) && slices.Contains(members, states[1]) {
			claim.Result = Contradicted
		}
	}
	return []Verdict{made, claim}
}

func groundOf(in *treaty.Instrument) Ground {
	return Ground{Says: fmt.Sprintf("%s, signed %s", in.Title, in.Signed()), Ref: in.ID, Source: strings.Join(in.Sources, "; ")}
}

// statesIn lists the states named inside the spans, sorted.
func (p *pass) statesIn(spans []text.Span) []string {
	var out []string
	for _, a := range p.doc.Actors {
		if a.Kind == "state" && a.Code != "" && slices.ContainsFunc(a.Mentions, func(m text.Span) bool { return inside(m, spans) }) {
			out = append(out, a.Code)
		}
	}
	slices.Sort(out)
	return out
}

func inside(s text.Span, spans []text.Span) bool {
	return slices.ContainsFunc(spans, func(t text.Span) bool { return t.Contains(s) })
}

func contentWords(t string, spans []text.Span) []string {
	var out []string
	for _, s := range spans {
		out = append(out, strings.FieldsFunc(strings.ToLower(s.Of(t)), func(r rune) bool { return r < 'a' || r > 'z' })...)
	}
	return out
}
