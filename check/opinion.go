package check

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/text"
)

// uncheckable says why a statement without a claim that the record could bear
// out is none for it.
func (p *pass) uncheckable(st *reading.Statement, words string) string {
	fields := strings.FieldsFunc(strings.ToLower(words), func(r rune) bool { return !(r >= 'a' && r <= 'z' || r == '\'' || r == '-') })
	has := func(set map[string]bool) string {
		i := slices.IndexFunc(fields, func(w string) bool { return set[w] })
		if i < 0 {
			return ""
		}
		return fields[i]
	}
	switch {
	case strings.Contains(words, "?"):
		return "a question"
	case st.Act == "THREATEN":
		return "a threat"
	case st.Notion == "intention":
		return "an intention"
	case st.Notion == "belief":
		return "a belief"
	case has(forecasts) != "":
		return "a forecast, a wish or a threat: “" + has(forecasts) + "”"
	case has(motives) != "":
		return "a motive: “" + has(motives) + "”"
	case has(values) != "":
		return "an opinion: “" + has(values) + "”"
	}
	return "no claim on treaties, members, borders or offices that the record keeps"
}

var (
	forecasts = wordSet("will shall would could may might should must ought going soon eventually future expect expects predict tomorrow hope hopes want wants plan plans intend intends ready prepared 'll won't")
	motives   = wordSet("aims aimed seeks seeking intended because order purpose motive pretext trying attempt attempts")
	values    = wordSet(`great good bad best worst better worse historic important strong stronger strongest weak weaker dangerous peaceful aggressive defensive defenceless
		unacceptable unjust just fair unfair wonderful terrible excellent friendly hostile brotherly fraternal illegal illegitimate reckless provocative provocation provocations
		success failure mistake disaster threat menace beautiful tremendous fantastic shameful disgrace disgraceful heroic brave cowardly wise foolish stupid serious grave
		deep close closest warm unbreakable eternal legitimate justified unjustified destabilising destabilizing stabilising crucial vital key milestone cornerstone
		proud pleased grateful sincere honest dishonest hypocritical cynical absurd ridiculous nonsense solid strategic breakthrough useless pointless powerful responsible irresponsible`)
)

// topics are words of what the record keeps: a sentence with one of them may be
// taken for a claim that it could bear out. Those of everyday speech count only
// beside a state or organisation.
var (
	topics = wordSet(`treaty treaties pact pacts alliance alliances aukus csto anzus seato brics nato eu memorandum signatory signatories`)
	common = wordSet(`accord accords ally allies allied member members membership clause clauses article oblige obliges obliged obligation obligations border borders bordering
		neighbour neighbours neighbor neighbors charter declaration anniversary agreement agreements guarantee guarantees`)
)

// topical reports whether a reader could take a sentence for a claim on treaties,
// members, borders or earlier words.
func (p *pass) topical(span text.Span) bool {
	everyday := false
	for w := range strings.FieldsFuncSeq(strings.ToLower(span.Of(p.doc.Text)), func(r rune) bool { return !(r >= 'a' && r <= 'z') }) {
		if topics[w] {
			return true
		}
		everyday = everyday || common[w]
	}
	return everyday && slices.ContainsFunc(p.doc.Actors, func(a reading.Actor) bool {
		return (a.Kind == "state" || a.Kind == "organization") && a.Code != "" && slices.ContainsFunc(a.Mentions, span.Contains)
	})
}

// opinions gives a verdict on what each statement says beyond the claims that
// were judged, where a reader could take it for one: it is not checkable. Nothing
// of it is ever contradicted.
func (p *pass) opinions(done []Verdict) []Verdict {
	var out []Verdict
	for i := range p.doc.Statements {
		st := &p.doc.Statements[i]
		if len(st.Content) == 0 || p.relays(st) {
			continue
		}
		var rest []text.Span
		for _, piece := range st.Content {
			for _, span := range p.sentencesIn(piece) {
				if !slices.ContainsFunc(done, func(v Verdict) bool {
					return slices.ContainsFunc(v.Spans, func(s text.Span) bool { return s.Overlaps(span) }) && v.Kind != office && v.Kind != "agreement"
				}) {
					if p.topical(span) {
						rest = append(rest, span)
					}
				}
			}
		}
		if len(rest) == 0 {
			continue
		}
		words := make([]string, len(rest))
		for i, s := range rest {
			words[i] = s.Of(p.doc.Text)
		}
		said := strings.Join(words, " ")
		out = append(out, Verdict{Of: st.ID, By: st.ID, Kind: "opinion", Claim: shorten(said), Span: rest[0], Spans: rest, Result: NotCheckable,
			Grounds: []Ground{{Says: p.uncheckable(st, said)}}})
	}
	return out
}

// relays reports whether a statement holds another one: what it says is said
// there.
func (p *pass) relays(st *reading.Statement) bool {
	return slices.ContainsFunc(p.doc.Statements, func(o reading.Statement) bool { return o.Within != nil && *o.Within == st.ID })
}

// sentencesIn cuts a stretch of text where its sentences end.
func (p *pass) sentencesIn(within text.Span) []text.Span {
	var out []text.Span
	start := within.Start
	t := p.doc.Text
	for i := within.Start; i < within.End; i++ {
		if (t[i] == '.' || t[i] == '!' || t[i] == '?') && i+2 < within.End && (t[i+1] == ' ' || t[i+1] == '\n') && t[i+2] >= 'A' && t[i+2] <= 'Z' && i-start > 25 {
			out = append(out, text.Span{Start: start, End: i + 1})
			start = i + 2
		}
	}
	if start < within.End {
		out = append(out, text.Span{Start: start, End: within.End})
	}
	return out
}
