package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/text"
)

// border is the kind of claims that two states share a border on land.
const border = "border"

// findBorders finds claims that two states do or do not border on each other:
// "X borders Y", "X and Y share a border", "Y, a neighbour of X", "its neighbour
// Y", "neighbouring Y".
func findBorders(s *sentence) []Claim {
	if strings.Contains(s.lower, "maritime") || strings.Contains(s.lower, "sea border") || strings.Contains(s.lower, "near abroad") {
		return nil
	}
	var out []Claim
	add := func(a, b string, pred int, c clause) {
		if a == "" || b == "" || a == b || !c.sure || s.timed(pred) || c.past {
			return
		}
		value := ""
		if strings.Contains(s.lower, "land border") || strings.Contains(s.lower, "by land") {
			value = "land"
		}
		out = append(out, Claim{Kind: border, Subject: min(a, b), Object: max(a, b), Value: value, Negated: c.negated,
			Spans: []text.Span{s.around(pred)}, By: s.saidAt(s.Tokens[pred].Span.Start), Sure: true})
	}
	for i := range s.Tokens {
		t := &s.Tokens[i]
		switch w := s.lemma(i); {
		case t.UPOS == "VERB" && (w == "border" || w == "adjoin" || w == "neighbour" || w == "neighbor"):
			others, allOthers := s.states(s.child(i, "obj"))
			if len(others) == 0 {
				for _, k := range s.kids[i] {
					if s.is(k, "obl") && (s.preposition(k) == "on" || s.preposition(k) == "with") {
						others, allOthers = s.states(k)
					}
				}
			}
			subjects, all := s.states(s.child(i, "nsubj"))
			c := s.clause(i)
			if c.negated && !(all && allOthers) {
				continue
			}
			if t.XPOS == "VBG" || t.XPOS == "VBN" {
				continue
			}
			for _, a := range subjects {
				for _, b := range others {
					add(a, b, i, c)
				}
			}
		case (w == "border" || w == "frontier") && t.UPOS == "NOUN" && s.is(i, "obj"):
			v := t.Head
			if v < 0 || s.lemma(v) != "share" && s.lemma(v) != "have" {
				continue
			}
			c := s.clause(v)
			if d := s.child(i, "det"); d >= 0 && s.word(d) == "no" {
				c.negated = !c.negated
			}
			subjects, all := s.states(s.child(v, "nsubj"))
			var others []string
			for _, k := range append(slices.Clone(s.kids[i]), s.kids[v]...) {
				if s.is(k, "nmod", "obl") && s.preposition(k) == "with" {
					o, good := s.states(k)
					others, all = append(others, o...), all && good
				}
			}
			if c.negated && !all {
				continue
			}
			if len(others) == 0 && len(subjects) == 2 && s.lemma(v) == "share" {
				add(subjects[0], subjects[1], v, c)
			}
			for _, a := range subjects {
				for _, b := range others {
					add(a, b, v, c)
				}
			}
		case w == "border" && s.word(i) == "borders" && t.UPOS == "NOUN" && s.stateAt(i-1) != "": // a verb that was taken for a noun
			next := i + 1
			if s.word(next) == "the" {
				next++
			}
			if b := s.stateAt(next); b != "" {
				add(s.stateAt(i-1), b, i, s.clause(i))
			}
		case w == "neighbour" || w == "neighbor":
			s.neighbour(i, add)
		}
	}
	return out
}

// neighbour reads the noun: "Y is a neighbour of X", "X and Y are neighbours",
// "Russia's neighbour Finland", "Finland, a neighbour of Russia".
func (s *sentence) neighbour(i int, add func(a, b string, pred int, c clause)) {
	if s.Tokens[i].UPOS != "NOUN" {
		return
	}
	var owner []string
	for _, k := range s.kids[i] {
		switch {
		case s.is(k, "nmod") && s.preposition(k) == "of", s.is(k, "nmod:poss"):
			owner, _ = s.states(k)
		case s.is(k, "amod", "compound") && !wordSet("northern southern eastern western immediate direct next-door close closest giant big bigger small smaller powerful larger nuclear-armed")[s.word(k)]:
			return // "near neighbour", "former neighbour", "maritime neighbour"
		}
	}
	if len(owner) > 1 {
		return
	}
	c := s.clause(i)
	if s.child(i, "cop") >= 0 {
		subjects, all := s.states(s.child(i, "nsubj"))
		if c.negated && !all {
			return
		}
		if len(owner) == 0 && len(subjects) == 2 && all && strings.Contains(s.Tokens[i].Feats, "Number=Plur") {
			add(subjects[0], subjects[1], i, c)
		}
		if len(owner) == 1 {
			for _, a := range subjects {
				add(a, owner[0], i, c)
			}
		}
		return
	}
	if len(owner) != 1 {
		return
	}
	c = clause{sure: c.sure && !s.shaky}
	if h := s.Tokens[i].Head; h >= 0 && s.is(i, "appos", "nmod:desc", "compound") && s.stateAt(h) != "" {
		add(s.stateAt(h), owner[0], i, c)
	}
	for _, k := range s.kids[i] {
		if s.is(k, "appos", "flat") && s.stateAt(k) != "" {
			add(s.stateAt(k), owner[0], i, c)
		}
	}
}

// settledBorders is the day from which the table of borders holds: the day on
// which the last of today's states with land borders came to be.
var settledBorders = day.MustParse("2011-07-09")

// judgeBorder compares a claim with the table of land borders. The table is
// complete for states that live today; borders that depend on whose a territory
// is, or that the sea draws, are not judged unless a text says "land".
func judgeBorder(p *pass, c *Claim) (Result, []Ground) {
	a, okA := p.world.State(c.Subject)
	b, okB := p.world.State(c.Object)
	on := p.published.From
	if !okA || !okB || p.published.To <= on || a.On(on) != day.Yes || b.On(on) != day.Yes {
		return NotInRecord, []Ground{{Says: "the table of borders holds states that lived on the day of the report"}}
	}
	nameA, nameB := p.corpus.Names.Name(a.ID, on), p.corpus.Names.Name(b.ID, on)
	border := p.world.Neighbours(a.ID, b.ID)
	says := fmt.Sprintf("%s and %s share a border on land", nameA, nameB)
	if !border {
		says = fmt.Sprintf("%s borders on land on %s; %s on %s", nameA, p.list(a.Borders, on), nameB, p.list(b.Borders, on))
	}
	grounds := []Ground{{Says: says, Ref: a.ID, Source: a.At}}
	why := ""
	switch key := [2]string{a.ID, b.ID}; {
	case on < settledBorders:
		why = "the table of borders holds from " + settledBorders.String() + " on"
	case opposed[key] != "":
		why = opposed[key]
	case !border && c.Value != "land" && p.facing(a.ID, b.ID):
		why = "the two face each other across the sea; whether that is a border is a matter of words"
	}
	switch {
	case why != "":
		return NotInRecord, append(grounds, Ground{Says: why})
	case border != c.Negated:
		return Supported, grounds
	}
	return Contradicted, grounds
}

func (p *pass) list(codes []string, on day.Day) string {
	if len(codes) == 0 {
		return "no state"
	}
	var out []string
	for _, c := range codes {
		out = append(out, p.corpus.Names.Name(c, on))
	}
	return strings.Join(out, ", ")
}

// opposed are pairs of states whose border depends on whose a territory is, or
// on what counts as one; claims on them are never judged. In order of code.
var opposed = map[[2]string]string{
	{"AFG", "IND"}: "whether the two border on each other depends on whose Kashmir is",
	{"CHN", "PAK"}: "whether the two border on each other depends on whose Kashmir is",
	{"ISR", "PSE"}: "the border of the two is not agreed",
	{"JOR", "PSE"}: "the border of the two is not agreed",
	{"EGY", "PSE"}: "the border of the two is not agreed",
	{"MAR", "MRT"}: "whether the two border on each other depends on whose Western Sahara is",
	{"CYP", "GBR"}: "the sovereign bases on Cyprus are British ground",
	{"CYP", "TUR"}: "whether the two border on each other depends on whose the north of Cyprus is",
	{"ESP", "GBR"}: "the border is that of Gibraltar",
	{"ESP", "MAR"}: "the border is that of Ceuta and Melilla",
	{"FRA", "GBR"}: "the two meet only in the tunnel",
	{"FRA", "NLD"}: "the border is that on Saint Martin",
	{"BRA", "FRA"}: "the border is that of French Guiana",
	{"FRA", "SUR"}: "the border is that of French Guiana",
	{"CAN", "DNK"}: "the border is that on Hans Island, agreed in 2022",
	{"CAN", "FRA"}: "Saint Pierre and Miquelon lies off Canada",
	{"BWA", "ZMB"}: "the border is a few hundred metres of river, once in dispute",
	{"NAM", "ZWE"}: "the two meet, or nearly, at one point in a river",
	{"MYS", "SGP"}: "the two are joined by causeways",
	{"BHR", "SAU"}: "the two are joined by a causeway",
	{"DNK", "SWE"}: "the two are joined by a bridge",
	{"ARE", "QAT"}: "the border was ceded in 1974; some maps still show it",
	{"SRB", "XKX"}: "whether it is a border depends on who recognises Kosovo",
	{"ALB", "SRB"}: "whether the two border on each other depends on who recognises Kosovo",
	{"MKD", "XKX"}: "whether it is a border depends on who recognises Kosovo",
	{"CHN", "TWN"}: "whether the two are two states is in dispute",
	{"GUY", "VEN"}: "Venezuela claims the border land",
}

// seas name the states that face each other across narrow waters, so that a
// "border" of two of them may be one at sea.
var seas = []string{
	"USA RUS", "JPN RUS", "JPN KOR", "JPN CHN", "JPN PRK", "KOR CHN", "JPN TWN", "PHL TWN", "CHN PHL", "USA CUB", "USA BHS", "USA MEX", "CUB MEX", "CUB HTI", "CUB JAM",
	"AZE KAZ", "IRN RUS", "IRN KAZ", "AZE TKM", "KAZ TKM", "TKM RUS",
	"BHR SAU IRN QAT", "QAT ARE IRN SAU", "KWT IRN", "SAU IRN", "OMN IRN PAK", "IND LKA", "IND MDV", "IND IDN", "IND THA", "IDN AUS", "IDN PHL", "IDN VNM", "IDN SGP", "IDN IND",
	"IDN THA", "MYS PHL VNM SGP", "VNM PHL", "AUS PNG", "AUS TLS", "AUS SLB", "AUS NZL", "AUS FRA", "YEM DJI ERI SOM", "SAU ERI SDN EGY", "SAU YEM ERI", "EGY JOR SAU",
	"GRC EGY LBY ITA CYP", "TUR CYP LBY EGY", "TUR RUS UKR ROU BGR", "ROU TUR", "GEO UKR BGR", "RUS BGR ROU", "ITA ALB HRV MNE GRC TUN LBY MLT DZA ESP", "ESP DZA ITA", "MLT LBY TUN",
	"CYP LBN ISR SYR EGY TUR", "ISR CYP", "GBR FRA BEL NLD DEU DNK NOR IRL", "NOR DNK SWE GBR", "DNK ISL", "DNK POL DEU SWE", "DEU SWE POL", "SWE POL RUS EST LVA LTU FIN DNK",
	"FIN EST", "ISL NOR", "ISL GBR", "DNK CAN", "CAN FRA", "VEN TTO GRD", "VEN DOM", "COL NIC JAM PAN HND", "COL DOM HTI", "HND CUB BLZ", "MEX HND", "TTO BRB GRD GUY",
	"PRT MAR", "ESP MAR", "SEN CPV", "GNQ STP NGA GAB", "MOZ MDG COM TZA", "SYC TZA", "MUS SYC", "FRA MUS", "KEN SYC", "BGD LKA", "MMR THA IND", "FRA MCO ITA ESP DZA",
}

// facing reports whether two states face each other across narrow waters.
func (p *pass) facing(a, b string) bool {
	return slices.ContainsFunc(seas, func(line string) bool {
		list := strings.Fields(line)
		return slices.Contains(list, a) && slices.Contains(list, b)
	})
}
