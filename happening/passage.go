package happening

import (
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/text"
)

// passage is a sentence of a report that may tell an act in words from which
// none was read: "since the raid of 14 January", "the pact that the two signed".
type passage struct {
	report *record.Stored
	span   text.Span
	states map[string]bool
	days   []day.Period // times in it
	words  map[string]float64
	read   map[string]bool // roots of the acts that were read in it, which are compared as acts
}

// nouns are stems of words that tell an act of a root in passing.
var nouns = map[string]map[string]bool{
	"AGREE":     set("sign treaty treati pact agreement deal accord convention memorandum truce ceasefire conclusion conclud ink initial seal"),
	"CONSULT":   set("visit trip talk meet met summit call conversation negotiation discuss return flew travell"),
	"ASSAULT":   set("attack raid strike bomb bombing shell airstrike assault blitz clash battle gunfight shoot-out shootout shooting fight fought fire kill killed invasion war"),
	"COERCE":    set("seiz seizure captur capture taken took board boarding detain detention hijack stopp intercept annex annexation blockade piracy"),
	"SANCTION":  set("sanction list expel expulsion expell expuls denounc denunciation withdraw withdrawal walk recall sever ban blacklist embargo diplomat"),
	"RETREAT":   set("releas free freed handed hand ceasefire truce withdraw withdrawal pull prisoner return swap exchange"),
	"MOBILIZE":  set("build-up buildup troop battalion frigate deploy deployment mass soldier patrol"),
	"COOPERATE": set("exercise exercis manoeuvre maneuver drill buy bought order contract purchase"),
	"SUPPORT":   set("recognis recognise recogniz recognition step decision prais welcom support thank"),
	"AID":       set("deliver delivery shipment howitzer arm weapon aid loan hand gave unload"),
	"ACCUSE":    set("accus accuse charge blame blam alleg claim condemn call summon"),
	"REJECT":    set("deni deny denial reject dismiss disclaim refus"),
	"REQUEST":   set("ask demand urg call request appeal"),
	"CONCEDE":   set("lift eas conced allow"),
	"THREATEN":  set("threat threaten warn warning"),
	"PROTEST":   set("protest"),
}

// passages cuts a report into sentences.
func passages(r *record.Stored) []passage {
	d := r.Document
	var out []passage
	for _, s := range sentences(d.Text) {
		p := passage{report: r, span: s, states: map[string]bool{}, words: map[string]float64{}, read: map[string]bool{}}
		for _, a := range d.Acts {
			if s.Overlaps(a.Trigger[0]) {
				p.read[a.Type] = true
			}
		}
		for _, a := range d.Actors {
			state := a.State
			if a.Kind == "state" {
				state = a.Code
			}
			if state != "" && (slices.ContainsFunc(a.Mentions, s.Contains) || slices.ContainsFunc(a.Nominal, s.Contains)) {
				p.states[state] = true
			}
		}
		for _, t := range d.Times {
			if when, err := day.ParsePeriod(t.Value); err == nil && s.Contains(t.Span) && t.Kind == "date" {
				p.days = append(p.days, when)
			}
		}
		var t telling
		t.weigh(p.words, nil, s.Of(d.Text), true)
		out = append(out, p)
	}
	return out
}

// sentences cuts a text at full stops, question marks and line ends.
func sentences(t string) []text.Span {
	var out []text.Span
	start := 0
	cut := func(end int) {
		s := text.Span{Start: start, End: end}
		for s.Start < s.End && strings.IndexByte(" \n\t\r", t[s.Start]) >= 0 {
			s.Start++
		}
		if s.Len() > 15 {
			out = append(out, s)
		}
		start = end
	}
	for i := 0; i < len(t); i++ {
		switch {
		case t[i] == '\n':
			cut(i)
		case (t[i] == '.' || t[i] == '?' || t[i] == '!') && i+2 < len(t) && t[i+1] == ' ' && i-start > 25 && (t[i+2] < 'a' || t[i+2] > 'z'):
			cut(i + 1)
		}
	}
	cut(len(t))
	return out
}

// matter is what a happening is recognised by in passing.
type matter struct {
	*Happening
	states map[string]bool
	day    day.Period
	dated  bool
	words  map[string]float64
}

func matterOf(h *Happening) *matter {
	m := &matter{Happening: h, states: map[string]bool{}, words: map[string]float64{}}
	count := map[string]int{}
	first := day.Day(0) // on which it was told
	for _, a := range h.Accounts {
		for _, p := range a.Parties {
			if p.State != "" && a.Kind != record.Text {
				count[p.State]++
			}
		}
		if p, ok := period(a.Item); ok && a.Kind == record.Act && length(p) == 1 && !m.dated {
			m.day, m.dated = p, true
		}
		if d := publishedOf(&a.Item); first == 0 || d < first {
			first = d
		}
		t := tellingOf(&a.Item)
		for w, x := range t.topic {
			m.words[w] = math.Max(m.words[w], x)
		}
	}
	for s, n := range count {
		if 2*n >= len(h.Accounts)-1 {
			m.states[s] = true
		}
	}
	if !m.dated { // it happened when it was first told
		m.day = day.Period{From: first - 2, To: first + 1}
	}
	return m
}

// tells says how much speaks for a passage telling the matter.
func (m *matter) tells(p *passage) float64 {
	shared := overlap(m.states, p.states)
	if shared == 0 && len(p.states) > 0 {
		return 0
	}
	noun := false
	for w := range nouns[m.Type] {
		noun = noun || p.words[w] > 0
	}
	if !noun || p.read[m.Type] {
		return 0
	}
	score := 0.0
	near := false
	for _, d := range p.days {
		switch {
		case apart(d, m.day) == 0 && length(d) == 1:
			near = true
			score = math.Max(score, 1.6)
		case apart(d, m.day) == 0 && length(d) <= 31:
			score = math.Max(score, 0.8)
		case length(d) == 1 && apart(d, m.day) > 1 && !near:
			score -= 1
		}
	}
	c, _ := cosine(m.words, p.words)
	score += 4*c + 0.3*float64(min(shared, 2))
	published, _ := day.Parse(p.report.Known)
	if published < m.day.From {
		score -= 1
	}
	return score
}

// enoughInPassing is how much has to speak for a passage telling a matter.
const enoughInPassing = 0.5

// pass adds to happenings the passages of reports that tell them only in
// passing. Each passage goes to the happening that it fits best.
func pass(all []Happening, reports map[string]*record.Stored) {
	var matters []*matter
	for i := range all {
		if h := &all[i]; h.Type != "" {
			matters = append(matters, matterOf(h))
		}
	}
	for _, hash := range slices.Sorted(maps.Keys(reports)) {
		for _, p := range passages(reports[hash]) {
			var best *matter
			most := enoughInPassing
			for _, m := range matters {
				if s := m.tells(&p); s >= most {
					best, most = m, s
				}
			}
			if best != nil && !slices.ContainsFunc(best.Accounts, func(a Account) bool { return a.Report.Hash == hash }) {
				best.Accounts = append(best.Accounts, accountOf(p))
			}
		}
	}
}

func accountOf(p passage) Account {
	d := p.report.Document
	it := record.Item{Kind: record.Text, Ref: p.report.Hash, Words: p.span.Of(d.Text), Report: p.report.Head, Parties: []record.Party{}}
	return Account{Item: it, Span: &p.span}
}
