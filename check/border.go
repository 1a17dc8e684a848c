package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/text"
)

// border is the kind of claims that two states share a border on land.
const border = "border"

// surrounded is the kind of claims on all neighbours of a state.
const surrounded = "neighbours"

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
		case (s.word(i) == "neighbouring" || s.word(i) == "neighboring") && s.stateAt(i+1) != "":
			s.neighbouring(i, add)
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
			if h := t.Head; t.XPOS == "VBG" && s.is(i, "acl") && s.stateAt(h) != "" && s.word(i-1) == "," { // "Spain, bordering France"
				subjects, c = []string{s.stateAt(h)}, clause{sure: !s.shaky && s.plain(s.saidAt(t.Span.Start)), negated: c.negated}
			} else if t.XPOS == "VBG" || t.XPOS == "VBN" {
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
			c, subjects, others, all := s.sharedWith(v, i)
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
		case w == "border" && s.word(i) == "borders" && t.UPOS == "NOUN" && (s.stateAt(i-1) != "" || s.word(i-1) == "which" && s.word(i-2) == "," && s.stateAt(i-3) != ""): // a verb that was taken for a noun
			subject := i - 1
			if s.stateAt(subject) == "" {
				subject = i - 3
			}
			next := i + 1
			if s.word(next) == "the" {
				next++
			}
			if codes, _ := s.states(s.nameHeadAt(next)); len(codes) > 0 {
				for _, b := range codes {
					add(s.stateAt(subject), b, i, s.clause(i))
				}
			}
		case w == "neighbour" || w == "neighbor":
			if c, ok := s.neighbours(i); ok {
				out = append(out, c)
				continue
			}
			s.neighbour(i, add)
		}
	}
	return out
}

// neighbouring reads "from X into neighbouring Y". Which of two states is meant
// may be open, so that it can only be supported, but for "from X into".
func (s *sentence) neighbouring(i int, add func(a, b string, pred int, c clause)) {
	y := s.stateAt(i + 1)
	other := ""
	for k := range s.Tokens {
		if c := s.stateAt(k); c != "" && c != y {
			if other != "" && other != c {
				return
			}
			other = c
		}
	}
	from := false
	for k := range s.Tokens {
		from = from || s.word(k) == "from" && (s.stateAt(k+1) == other || s.stateAt(k+2) == other)
	}
	if y != "" && other != "" && (s.world.Neighbours(y, other) || from && (s.word(i-1) == "into" || s.word(i-1) == "to")) {
		add(y, other, i+1, clause{sure: !s.shaky})
	}
}

func (s *sentence) nameHeadAt(i int) int {
	if i >= len(s.Tokens) {
		return -1
	}
	return s.nameHead(i)
}

// neighbours reads "X has only two neighbours, Y and Z", "X's only neighbour is
// Y" and "X has N neighbours". Subject is X, Object the neighbours named.
func (s *sentence) neighbours(i int) (Claim, bool) {
	subject, only := "", false
	n := 0
	var named []string
	sub, verb := -1, s.Tokens[i].Head
	for _, k := range s.kids[i] {
		switch {
		case s.word(k) == "only" || s.word(k) == "sole":
			only = true
		case s.is(k, "nummod"):
			n, _ = s.number(k)
		case s.is(k, "nmod:poss"):
			subject = s.stateAt(k)
		case s.is(k, "appos"):
			for _, c := range s.conj(k) {
				named = append(named, s.stateAt(c))
			}
		}
	}
	switch {
	case verb >= 0 && s.is(i, "obj") && s.lemma(verb) == "have":
		sub = s.child(verb, "nsubj")
		subject = s.stateAt(sub)
		if c := s.clause(verb); c.past || c.negated {
			return Claim{}, false
		}
		for _, k := range s.kids[verb] {
			only = only || s.word(k) == "only"
		}
		if k := s.child(i, "nummod"); k >= 0 && s.word(k-1) == "only" {
			only = true
		}
	case verb >= 0 && s.is(i, "nsubj") && s.stateAt(verb) != "" && s.child(verb, "cop") >= 0 && only:
		named = append(named, s.stateAt(verb))
	default:
		return Claim{}, false
	}
	slices.Sort(named)
	if subject == "" || slices.Contains(named, "") || n == 0 && (!only || len(named) == 0) || n > 0 && len(named) > 0 && len(named) != n || s.shaky || !s.plain(s.saidAt(s.Tokens[i].Span.Start)) {
		return Claim{}, false
	}
	pred := i
	if verb >= 0 {
		pred = verb
	}
	return Claim{Kind: surrounded, Subject: subject, Object: strings.Join(named, " "), Value: strconv.Itoa(max(n, len(named))), Spans: []text.Span{s.around(pred)}, By: s.saidAt(s.Tokens[i].Span.Start), Sure: true}, true
}

// judgeSurrounded compares a list or number of neighbours with the table. States
// whose borders depend on whose a territory is are not judged.
func (p *pass) judgeSurrounded(c *Claim) (Result, []Ground) {
	on := p.published.From
	state, ok := p.world.State(c.Subject)
	if !ok || on < settledBorders || p.published.To <= on || state.On(on) != day.Yes {
		return NotInRecord, []Ground{{Says: "the table of borders holds states that lived on the day of the report"}}
	}
	grounds := []Ground{{Says: fmt.Sprintf("%s borders on land on %s", p.corpus.Names.Name(state.ID, on), p.list(state.Borders, on)), Ref: state.ID, Source: state.At}}
	open := false
	for key := range opposed {
		open = open || key[0] == state.ID || key[1] == state.ID
	}
	n, _ := strconv.Atoi(c.Value)
	same := n == len(state.Borders) && (c.Object == "" || c.Object == strings.Join(state.Borders, " "))
	switch {
	case same:
		return Supported, grounds
	case open:
		return NotInRecord, append(grounds, Ground{Says: "one of its borders depends on whose a territory is"})
	}
	return Contradicted, grounds
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
		case s.is(k, "nmod:poss") && s.Tokens[k].UPOS == "PRON":
			if o := s.ownerAt(k); o != "" {
				owner = []string{o}
			}
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
	if c.Kind == surrounded {
		return p.judgeSurrounded(c)
	}
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
