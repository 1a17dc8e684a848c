package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/text"
)

// office is the kind of claims that a person holds or held an office.
const office = "office"

// oneHolder are roles that one person holds at a time and that the tables keep
// without gaps where they keep them.
var oneHolder = wordSet("president prime-minister chancellor king queen emir sultan emperor sovereign supreme-leader foreign-minister defence-minister secretary-general")

var (
	onceWords   = wordSet("former ex- ex onetime one-time ousted deposed")
	thenWords   = wordSet("then then-")
	notYetWords = wordSet("future incoming aspiring designate prospective would-be deputy vice acting interim outgoing assistant shadow honorary late parliamentary self-proclaimed self-declared opposition rival caretaker first")
)

// title is an office as a report words it.
type title struct {
	first, last int // tokens, both inclusive
	roles       []string
	of          string // code of the state or organisation; "" if the words name none
	begin       int    // first token of the words that say of whom
	end         int    // last one
	once, then  bool
}

// findOffices finds offices given to people by name: before the name, in
// apposition, or by "is".
func findOffices(s *sentence) []Claim {
	var out []Claim
	for i := 0; i < len(s.Tokens); i++ {
		t, ok := s.titleAt(i)
		if !ok {
			continue
		}
		i = t.last
		person, at := s.holderOf(t)
		if person == nil || at < 0 {
			continue
		}
		if n := s.nameEnd(at) + 1; t.of == "" && s.word(n) == "of" {
			k := n + 1
			if s.word(k) == "the" {
				k++
			}
			if of := cmp.Or(s.stateAt(k), s.orgAt(k)); of != "" {
				t.of, t.end = of, s.nameEnd(k)
			}
		}
		pred := s.predicate(t.last)
		c := clause{sure: !s.shaky && s.plain(s.saidAt(s.Tokens[at].Span.Start))}
		before := at == t.last+1 // the name follows the title
		if pred >= 0 && !before {
			c = s.clause(pred)
		} else {
			pred = t.last
		}
		if !c.sure {
			continue
		}
		claim := Claim{Kind: office, Subject: person.Entity, Object: t.of, Value: strings.Join(t.roles, " "), Negated: c.negated, Past: c.past || t.once || t.then,
			Spans: []text.Span{s.span(min(t.begin, at), max(t.end, s.nameEnd(at)))}, By: s.saidAt(s.Tokens[at].Span.Start), Sure: true}
		if pred == t.last && t.of == "" && !s.fullName(at) || wordSet("a an as")[s.word(t.begin-1)] || wordSet("under from until during between at when in before after")[s.word(t.end+1)] && s.is(t.last, "appos") {
			claim.Sure = false // "President Clinton", "a President Clinton"
		}
		claim.Says = s.doc.Text[claim.Spans[0].Start:claim.Spans[0].End]
		if t.then || pred != t.last || s.child(pred, "cop") >= 0 {
			if when, since, ok := s.timeOf(pred); ok {
				claim.When, claim.Since = when, since || s.lemma(pred) == "become"
			} else if t.then {
				if all := s.timesIn(s.Span); len(all) == 1 {
					claim.When = all[0]
				}
			} else if s.timed(pred) {
				continue
			}
		}
		if !claim.Past && claim.When.To == 0 && s.current() && before {
			claim.When = s.published // what it says of somebody happened in these days
		}
		if !claim.Past && claim.When.To == 0 && (before || s.is(t.last, "appos")) && t.of != "" && s.fullName(at) && s.acts(min(t.begin, s.nameStart(at)), at) {
			claim.When = s.published
		}
		out = append(out, claim)
	}
	return out
}

// acts reports whether a name is the subject of a verb that tells of these days:
// neither the sentence nor the one before names a time of old, and it is not
// told by "had".
func (s *sentence) acts(begin, at int) bool {
	if s.old || begin > 0 && s.Tokens[begin-1].UPOS == "ADP" || strings.Contains(s.lower, "then ") || strings.Contains(s.lower, " once ") {
		return false
	}
	for i := begin; i <= s.nameEnd(at); i++ {
		v := s.Tokens[i].Head
		if v < 0 || v >= begin && v <= s.nameEnd(at) || !s.is(i, "nsubj") {
			continue
		}
		for _, k := range s.kids[v] {
			if s.word(k) == "had" || s.word(k) == "would" {
				return false
			}
		}
		return s.Tokens[v].UPOS == "VERB"
	}
	return false
}

// timesIn returns the days meant by the times in a stretch of text; nothing if
// one of them is not exact.
func (s *sentence) timesIn(within text.Span) []day.Period {
	var out []day.Period
	for _, t := range s.doc.Times {
		if !within.Contains(t.Span) || t.Kind == "set" {
			continue
		}
		p, ok := s.exact(t)
		if !ok {
			return nil
		}
		out = append(out, p)
	}
	return out
}

// current reports whether the sentence names times, and all in the ten days up
// to the report.
func (s *sentence) current() bool {
	all := s.timesIn(s.Span)
	return len(all) > 0 && !slices.ContainsFunc(all, func(p day.Period) bool { return p.From < s.published.From-10 || p.To > s.published.To })
}

// titleAt reads the longest title that begins at a token, and what stands
// before and behind it.
func (s *sentence) titleAt(i int) (title, bool) {
	w := s.word(i)
	if !titleStarts[w] {
		return title{}, false
	}
	t := title{first: i, last: -1, begin: i}
	for last := i; last < len(s.Tokens) && last < i+6; last++ {
		words := s.span(i, last).Of(s.doc.Text)
		words = strings.ReplaceAll(strings.Join(strings.Fields(words), " "), "Secretary-General", "secretary general")
		if r := s.world.Roles(words); len(r) > 0 {
			t.last, t.roles = last, r
		}
	}
	if t.last < 0 {
		return title{}, false
	}
	t.end = t.last
	// "deputy", "then-", "former"
	j := i - 1
	if s.word(j) == "-" {
		j--
	}
	for ; j >= 0; j-- {
		switch v := s.word(j); {
		case thenWords[v]:
			t.then = true
		case onceWords[v]:
			t.once = true
		case notYetWords[v] || s.Tokens[j].UPOS == "NUM":
			return title{}, false
		case s.actors[j] >= 0 && (s.stateOf(j) != "" || s.orgAt(j) != ""):
			if t.of == "" {
				t.of, t.begin = cmp.Or(s.stateOf(j), s.orgAt(j)), s.nameStart(j)
			}
			j = s.nameStart(j)
			continue
		case v == "'s" || v == "’s" || v == "-" || v == "the":
			continue
		}
		if v := s.word(j); thenWords[v] || onceWords[v] {
			t.begin = min(t.begin, j)
			continue
		}
		break
	}
	if n := s.word(t.last + 1); n == "-" && (s.word(t.last+2) == "elect" || s.word(t.last+2) == "designate" || s.word(t.last+2) == "general") || n == "elect" || n == "designate" || n == "candidate" || n == "of" && s.word(t.last+2) == "the" && wordSet("party parliament senate council assembly house")[s.word(t.last+3)] {
		return title{}, false
	}
	// "president of Y"
	if (s.word(t.last+1) == "of" || s.word(t.last+1) == "for") && t.of == "" {
		k := t.last + 2
		if s.word(k) == "the" {
			k++
		}
		if k < len(s.Tokens) && (s.stateAt(k) != "" || s.orgAt(k) != "") {
			t.of, t.end = cmp.Or(s.stateAt(k), s.orgAt(k)), s.nameEnd(k)
		} else {
			return title{}, false // "president of the chamber"
		}
	}
	return t, true
}

// titleStarts are the first words of titles that are judged.
var titleStarts = wordSet("president prime premier chancellor king queen emir sultan emperor foreign defence defense secretary minister supreme secretary-general taoiseach")

// fullName reports whether a name has more than one word.
func (s *sentence) fullName(i int) bool { return s.nameEnd(i) > s.nameStart(i) }

// stateOf returns the state that a name or an adjective made of it means.
func (s *sentence) stateOf(i int) string {
	a := s.actorAt(i, "state")
	if a == nil {
		return ""
	}
	return a.Code
}

func (s *sentence) nameEnd(i int) int {
	for i+1 < len(s.Tokens) && s.actors[i+1] >= 0 && s.actors[i+1] == s.actors[i] && s.first[i+1] == s.first[i] {
		i++
	}
	return i
}

// holderOf finds who is given a title, and the token of the name.
func (s *sentence) holderOf(t title) (*personOf, int) {
	known := func(i int) *personOf {
		a := s.actorAt(i, "person")
		if a == nil || a.Entity == "" {
			return nil
		}
		p, ok := s.world.Person(a.Entity)
		if !ok {
			return nil
		}
		return &personOf{a.Entity, p}
	}
	if n := t.last + 1; n < len(s.Tokens) && s.Tokens[t.last].Span.End < s.Tokens[n].Span.Start {
		if p := known(n); p != nil && s.first[n] == n {
			return p, n
		}
	}
	if v := s.predicate(t.last); v >= 0 {
		sub := s.child(v, "nsubj")
		if sub >= 0 && (s.word(sub) == "who" || s.word(sub) == "that") && s.is(v, "acl") {
			sub = s.Tokens[v].Head
		}
		if sub >= 0 {
			return known(sub), sub
		}
		return nil, -1
	}
	if h := s.Tokens[t.last].Head; h >= 0 && s.is(t.last, "appos") {
		return known(h), h
	}
	return nil, -1
}

// predicate returns the token that says that somebody holds the office named by
// a noun: itself in "is president", the verb in "became president" and "has
// served as president"; -1 if there is none.
func (s *sentence) predicate(noun int) int {
	if s.child(noun, "cop") >= 0 {
		return noun
	}
	h := s.Tokens[noun].Head
	if h < 0 {
		return -1
	}
	if s.is(noun, "xcomp", "obj") && (s.lemma(h) == "become" || s.lemma(h) == "remain") || s.is(noun, "obl") && s.lemma(h) == "serve" && s.preposition(noun) == "as" {
		return h
	}
	return -1
}

type personOf struct {
	Entity string
	*actor.Person
}

// judgeOffice compares a claim with the tables of offices. It contradicts only
// where the tables say with certainty who else held the office, and where the
// person never held it up to the day of the report, or plainly not on the day
// that is meant.
func judgeOffice(p *pass, c *Claim) (Result, []Ground) {
	person, ok := p.world.Person(c.Subject)
	if !ok || p.published.To != p.published.From+1 {
		return NotInRecord, []Ground{{Says: "the tables do not know who held it on the day of the report"}}
	}
	on := p.published.From
	roles := strings.Fields(c.Value)
	of := cmp.Or(c.Object, person.State)
	var own, ever []actor.Tenure // on the day that is meant; at any time
	for _, t := range person.Tenures {
		if !slices.Contains(roles, t.Office.Role) || of != "" && t.Office.Of != of && p.world.Continuer(t.Office.Of, on) != of {
			continue
		}
		ever = append(ever, t)
		when := c.at(p.published)
		if c.Past && c.When.To == 0 {
			own = append(own, t)
		} else if all, any := within(t.Span, when); all != day.No || any != day.No {
			own = append(own, t)
		}
	}
	tell := func(list []actor.Tenure) (out []Ground) {
		for _, t := range list {
			out = append(out, Ground{Says: fmt.Sprintf("%s was %s of %s, %s", person.Name, strings.ReplaceAll(t.Office.Role, "-", " "), p.corpus.Names.Name(t.Office.Of, t.Span.From.From), spell(t.Span)), Ref: t.Office.At})
		}
		return out
	}
	if c.Since && len(ever) > 0 {
		for _, t := range ever {
			if b := t.Span.From; b.Kind == day.BoundIn && b.From < c.When.To && c.When.From < b.To {
				return Supported, tell([]actor.Tenure{t})
			}
		}
		if !c.Negated && p.sole(of, roles) && !slices.ContainsFunc(ever, func(t actor.Tenure) bool {
			return t.Doubt != "" || t.Span.From.From > c.When.From-400 && t.Span.From.From < c.When.To+400
		}) {
			return Contradicted, tell(ever)
		}
		return NotInRecord, tell(ever)
	}
	if len(own) > 0 {
		certain := slices.ContainsFunc(own, func(t actor.Tenure) bool {
			all, _ := within(t.Span, c.at(p.published))
			return t.Doubt == "" && (all == day.Yes || c.Past)
		})
		switch {
		case !certain:
			return NotInRecord, tell(own)
		case c.Negated && c.Past:
			return NotInRecord, tell(own)
		case c.Negated && c.Object != "" && p.sole(of, roles):
			return Contradicted, tell(own)
		case c.Negated:
			return NotInRecord, tell(own)
		}
		return Supported, tell(own)
	}
	// Nobody of that name held it on the day: who did?
	when := c.at(p.published)
	if c.Past && c.When.To == 0 {
		when = p.published
	}
	other, sure := p.holders(of, roles, when)
	grounds := append(tell(ever), other...)
	if len(grounds) == 0 {
		grounds = []Ground{{Says: "the tables do not hold that office"}}
	}
	switch {
	case c.Negated && sure:
		return Supported, grounds
	case c.Negated, !sure, !p.sole(of, roles), on > p.world.Known, slices.ContainsFunc(person.Tenures, func(t actor.Tenure) bool { return t.Doubt != "" }):
		return NotInRecord, grounds
	}
	if !c.Sure || c.Object == "" && c.When.To == 0 {
		return NotInRecord, grounds // who is called so without a country or a day may be a candidate
	}
	begun := slices.ContainsFunc(ever, func(t actor.Tenure) bool {
		return c.When.To == 0 || t.Span.From.Kind != day.BoundIn || t.Span.From.From <= on+30
	})
	if !begun {
		return Contradicted, grounds
	}
	// Whoever left it years ago is told of in another tense.
	lately := slices.ContainsFunc(ever, func(t actor.Tenure) bool {
		near := func(b day.Bound) bool {
			return b.Kind == day.BoundIn && b.From < c.When.To+730 && c.When.From-730 < b.To
		}
		return near(t.Span.From) || near(t.Span.To)
	})
	if c.When.To > c.When.From && c.Object != "" && (lately || c.When != p.published) && !slices.ContainsFunc(ever, func(t actor.Tenure) bool {
		return t.Span.To.Kind != day.BoundIn || t.Span.From.From < c.When.To+14 && t.Span.To.To > c.When.From-14
	}) {
		return Contradicted, grounds
	}
	return NotInRecord, grounds
}

// within says whether a span holds on all days of a period and on any.
func within(s day.Span, when day.Period) (all, any day.Truth) {
	return coverage([]actor.Member{{Span: s}}, when)
}

// sole reports whether each of the roles that the state has an office for is one
// that one person holds at a time.
func (p *pass) sole(of string, roles []string) bool {
	roles = titled(roles)
	n := 0
	for _, o := range p.world.Offices(of) {
		if slices.Contains(roles, o.Role) {
			if !oneHolder[o.Role] || o.Shared {
				return false
			}
			n++
		}
	}
	return n > 0
}

// titled returns the roles that a title names by itself: "leader" stands beside
// others for tables that know no title.
func titled(roles []string) []string {
	if len(roles) < 2 {
		return roles
	}
	return slices.DeleteFunc(slices.Clone(roles), func(r string) bool { return r == "leader" })
}

// holders says who held the offices, and whether the tables are sure of it on
// all days of a period.
func (p *pass) holders(of string, roles []string, when day.Period) (out []Ground, sure bool) {
	roles = titled(roles)
	if when.To <= when.From {
		return nil, false
	}
	sure = true
	for _, o := range p.world.Offices(of) {
		if !slices.Contains(roles, o.Role) {
			continue
		}
		for d := when.From; d < when.To; d += max(1, (when.To-when.From)/12) {
			t, truth := p.world.Holder(of, o.Role, d)
			if truth != day.Yes || t.Doubt != "" || t.Person == nil {
				sure = false
				continue
			}
			g := Ground{Says: fmt.Sprintf("%s was %s of %s, %s", t.Person.Name, strings.ReplaceAll(o.Role, "-", " "), p.corpus.Names.Name(of, d), spell(t.Span)), Ref: t.Office.At}
			if !slices.ContainsFunc(out, func(o Ground) bool { return o.Says == g.Says }) {
				out = append(out, g)
			}
		}
	}
	return out, sure && len(out) > 0
}
