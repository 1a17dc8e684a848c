package check

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/text"
)

// count is the kind of claims on how many members an organisation has.
const count = "number of members"

var numberWords = map[string]int{"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
	"twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30,
	"forty": 40, "fifty": 50, "sixty": 60}

// number reads a number that begins at a token: "32", "thirty-two", "thirty two".
// It returns the token behind it; 0 if there is none.
func (s *sentence) number(i int) (n, end int) {
	w := s.word(i)
	if n, err := strconv.Atoi(w); err == nil && n > 1 && n < 1000 {
		return n, i + 1
	}
	n = numberWords[w]
	if n == 0 {
		if a, b, ok := strings.Cut(w, "-"); ok && numberWords[a] >= 20 && numberWords[b] > 0 && numberWords[b] < 10 {
			return numberWords[a] + numberWords[b], i + 1
		}
		return 0, i
	}
	end = i + 1
	if n >= 20 && s.word(end) == "-" {
		if m := numberWords[s.word(end+1)]; m > 0 && m < 10 {
			return n + m, end + 2
		}
		if s.word(end+1) == "one" {
			return n + 1, end + 2
		}
	}
	return n, end
}

var (
	partNouns   = wordSet("member nation country state")
	memberNouns = wordSet("member members nation nations country countries state states")
	bodyNouns   = wordSet("alliance bloc organisation organization group grouping pact union body association council club league forum community")
)

// findCounts finds claims on the number of members: "the 32-member alliance",
// "NATO has 32 members", "all 27 EU member states", "its 32 members".
func findCounts(s *sentence) []Claim {
	var out []Claim
	for i := 0; i < len(s.Tokens); i++ {
		n, end := s.number(i)
		if n == 0 {
			continue
		}
		if i > 0 && (approximate[s.word(i-1)] || s.word(i-1) == "than" || s.word(i-1) == "-") {
			i = end
			continue
		}
		org, last, past := s.counted(i, end)
		if org == "" || s.shaky || !s.plain(s.saidAt(s.Tokens[i].Span.Start)) {
			continue
		}
		c := Claim{Kind: count, Subject: org, Value: strconv.Itoa(n), Past: past, Spans: []text.Span{s.span(i, last)}, By: s.saidAt(s.Tokens[i].Span.Start), Sure: true}
		c.Past = c.Past || s.old
		out = append(out, c)
		i = last
	}
	return out
}

// counted says which organisation's members a number before end counts, and
// where the words end.
func (s *sentence) counted(i, end int) (org string, last int, past bool) {
	w := s.word(end)
	if a, b, ok := strings.Cut(s.word(i), "-"); ok && end == i+1 && memberNouns[b] && a != "" {
		w, end = "-", i-1 // one token: "32-member"
	}
	// "32-member alliance", "27-nation EU"
	if w == "-" && (s.word(end+1) == "member" || s.word(end+1) == "nation" || s.word(end+1) == "country" || s.word(end+1) == "state" || s.word(end+1) == "strong") {
		for j := end + 2; j < len(s.Tokens) && j < end+7; j++ {
			if s.word(end+1) == "strong" && !bodyNouns[s.word(j)] {
				break
			}
			if o := s.orgAt(j); o != "" {
				if s.is(j, "compound") && s.Tokens[j].Head > j && s.actors[s.Tokens[j].Head] != s.actors[j] {
					return "", 0, false // "the nine-member NATO committee"
				}
				return o, j, s.word(i-1) == "then"
			}
			if bodyNouns[s.lemma(j)] {
				if s.is(j, "compound") && s.Tokens[j].Head == j+1 {
					continue
				}
				if s.child(j, "nmod", "acl") >= 0 {
					return "", 0, false // "the 15-member group of lawmakers"
				}
				if d := s.child(j, "det"); d >= 0 && s.word(d) != "the" { // "NATO, a 32-member alliance", not "the forum, an 18-member body"
					if h := s.headOr(j); s.is(j, "appos") {
						return s.orgAt(h), j, false
					}
					return "", 0, false
				}
				return s.body(j), j, s.word(i-1) == "then"
			}
			if s.Tokens[j].UPOS != "ADJ" && s.Tokens[j].UPOS != "NOUN" && s.Tokens[j].UPOS != "PROPN" {
				break
			}
		}
		return "", 0, false
	}
	if org, last, past, ok := s.composed(i, end); ok {
		return org, last, past
	}
	// "32 members", "27 EU member states", "32 NATO allies"
	j := end
	named := ""
	for j < len(s.Tokens) && j < end+5 {
		if o := s.orgAt(j); o != "" {
			named = o
			j++
			continue
		}
		break
	}
	if s.word(j) == "full" {
		j++
	}
	if s.lemma(j) == "-" {
		return "", 0, false
	}
	if s.lemma(j) != "member" && !(s.lemma(j) == "ally" && named == "NATO") {
		return "", 0, false
	}
	for s.lemma(j+1) == "state" || s.lemma(j+1) == "nation" || s.lemma(j+1) == "country" || s.word(j+1) == "-" {
		j++
	}
	noun := j
	// A number that only some of the members make up says nothing.
	for _, k := range append(slices.Clone(s.kids[noun]), s.kids[s.headOr(noun)]...) {
		if k > noun && (s.is(k, "acl") || s.is(k, "amod")) && s.Tokens[k].Head == noun {
			return "", 0, false
		}
	}
	before := s.word(i - 1)
	verb := s.Tokens[noun].Head
	has := verb >= 0 && s.is(noun, "obj") && (s.lemma(verb) == "have" || s.lemma(verb) == "count" || s.lemma(verb) == "comprise")
	if has {
		c := s.clause(verb)
		if !c.sure || c.negated || s.child(noun, "nmod", "acl") >= 0 {
			return "", 0, false
		}
		if slices.ContainsFunc(s.kids[verb], func(k int) bool { return s.is(k, "obl") && !s.timed(verb) }) {
			return "", 0, false // "24 members in the euro zone"
		}
		if k := s.child(noun, "amod"); k >= 0 && s.word(k) != "full" {
			return "", 0, false // "54 African members"
		}
		subject := s.child(verb, "nsubj")
		o := s.orgAt(subject)
		if o == "" && subject >= 0 && bodyNouns[s.lemma(subject)] {
			o = s.body(subject)
		}
		if named != "" {
			o = ""
		}
		return o, noun, c.past
	}
	if before == "all" || before == "its" || before == "the" {
		org, last := named, noun
		for _, k := range s.kids[noun] {
			switch {
			case s.is(k, "nmod") && s.preposition(k) == "of" && s.orgAt(k) != "" && org == "":
				org, last = s.orgAt(k), k
			case s.is(k, "nmod") && s.preposition(k) == "of" && org == "" && bodyNouns[s.lemma(k)] && s.child(k, "amod", "compound", "nmod") < 0:
				org, last = s.body(k), k
			case s.is(k, "nmod"), s.is(k, "amod") && s.word(k) != "full" && s.word(k) != "current" && s.word(k) != "present":
				return "", 0, false // "the three members in the Baltic", "its two new members"
			}
		}
		if before == "the" && !s.most(org, i) {
			return "", 0, false // "the two members" may be some of them
		}
		return org, last, false
	}
	if before == "'s" || before == "’s" { // "NATO's 32 members"
		if o := s.orgAt(i - 2); o != "" {
			return o, noun, false
		}
		if bodyNouns[s.lemma(i-2)] {
			return s.body(i - 2), noun, false
		}
	}
	return "", 0, false
}

// composed reads what an organisation is made of: "NATO, an alliance of 32
// countries", "the Union is made up of 27 member states", "the Council has 15
// seats".
func (s *sentence) composed(i, end int) (org string, last int, past, ok bool) {
	noun := end
	if s.lemma(noun) == "member" && partNouns[s.lemma(noun+1)] {
		noun++
	}
	if noun >= len(s.Tokens) || !partNouns[s.lemma(noun)] && s.lemma(noun) != "seat" || s.Tokens[i].Head != noun && s.Tokens[s.headOr(i)].Head != noun || s.child(noun, "nmod", "acl", "amod", "conj") >= 0 {
		return "", 0, false, false
	}
	head := s.headOr(noun)
	seats := s.lemma(noun) == "seat"
	switch {
	case seats:
		if s.is(noun, "obj") && s.lemma(head) == "have" && s.orgAt(s.child(head, "nsubj")) == "UNSC" {
			c := s.clause(head)
			return "UNSC", noun, c.past, c.sure && !c.negated
		}
	case s.is(noun, "nmod") && s.preposition(noun) == "of" && bodyNouns[s.lemma(head)] && s.is(head, "appos"):
		if s.child(head, "amod") < 0 {
			org = s.orgAt(s.Tokens[head].Head)
			return org, noun, s.old, org != ""
		}
	case s.is(noun, "obl", "obj") && (s.lemma(head) == "consist" || s.lemma(head) == "comprise" || s.word(head) == "made" && s.word(head+1) == "up"):
		c := s.clause(head)
		org = s.orgAt(s.child(head, "nsubj"))
		return org, noun, c.past, org != "" && c.sure && !c.negated
	}
	return "", 0, false, false
}

// most reports whether the number at a token is more than half of the members
// that an organisation has.
func (s *sentence) most(org string, i int) bool {
	n, _ := s.number(i)
	return 2*n > len(s.world.Members(org, s.published.To-1))
}

func (s *sentence) headOr(i int) int {
	if h := s.Tokens[i].Head; h >= 0 {
		return h
	}
	return i
}

// body returns the organisation that a common noun means: the one that the
// reading resolved it to, else the only one of its sort that the report names.
func (s *sentence) body(i int) string {
	if s.Tokens[i].UPOS == "PROPN" {
		return "" // part of a name
	}
	at := s.Tokens[i].Span
	for _, a := range s.doc.Actors {
		if a.Kind == "organization" && a.Code != "" && slices.ContainsFunc(a.Nominal, func(n text.Span) bool { return n.Contains(at) }) {
			return a.Code
		}
	}
	sort := ""
	switch s.lemma(i) {
	case "alliance", "pact":
		sort = "military alliance"
	case "bloc", "union", "group", "grouping", "club", "organisation", "organization", "body", "association", "league", "forum", "community", "council":
	default:
		return ""
	}
	found := ""
	for _, a := range s.doc.Actors {
		o, ok := s.world.Organization(a.Code)
		if a.Kind != "organization" || !ok || len(a.Mentions) == 0 {
			continue
		}
		if len(o.Members) == 0 || o.Of != "" {
			continue
		}
		if sort != "" && o.Sort != sort {
			continue
		}
		if found != "" {
			return ""
		}
		found = a.Code
	}
	return found
}

// judgeCount compares a number of members with the table.
func judgeCount(p *pass, c *Claim) (Result, []Ground) {
	org, ok := p.world.Organization(c.Subject)
	if !ok || len(org.Members) == 0 || p.published.To <= p.published.From {
		return NotInRecord, []Ground{{Says: "the tables do not hold the members of " + c.Subject}}
	}
	n, _ := strconv.Atoi(c.Value)
	on := p.published.To - 1
	members := p.world.Members(org.ID, on)
	least, most := len(members), len(members)
	settled := true
	for _, m := range org.Members {
		in := m.Span.Contains(on)
		switch {
		case m.Status == "member" && in == day.Unknown:
			most++
		case m.Status == "suspended" && in != day.No:
			least--
		case m.Status != "member" && m.Doubt != "" && in != day.No:
			most++
		case m.Status == "member" && m.Doubt != "" && m.Span.To.Kind == day.BoundIn && m.Span.To.To < on:
			settled = settled && !p.living(m, on)
		}
	}
	ground := Ground{Says: fmt.Sprintf("%s had %d members on %s", org.Name, len(members), on), Ref: org.ID, Source: org.At}
	if least != most {
		ground.Says += fmt.Sprintf(" (%d to %d, as suspended or doubtful ones are counted)", least, most)
	}
	if c.Past { // some day before the report: any number that it ever had
		for _, d := range changes(org) {
			if d <= on && len(p.world.Members(org.ID, d)) == n {
				ground.Says = fmt.Sprintf("%s had %d members on %s", org.Name, n, d)
				return Supported, []Ground{ground}
			}
		}
		if n <= len(members) {
			return NotInRecord, []Ground{ground}
		}
	}
	complete := org.Complete != 0 && org.Complete <= on && on <= p.world.Known && settled
	switch {
	case n == len(members), n == least, n == most:
		return Supported, []Ground{ground}
	case least < n && n < most:
	case complete && !c.Past && !p.justChanged(org, on, n):
		return Contradicted, []Ground{ground}
	}
	return NotInRecord, []Ground{ground}
}

// historic reports whether a stretch of text names a time that lies well before
// the report.
func (p *pass) historic(within text.Span) bool {
	return slices.ContainsFunc(p.doc.Times, func(t reading.Time) bool {
		if !within.Contains(t.Span) || t.Kind == "set" {
			return false
		}
		when, err := day.ParsePeriod(t.Value)
		return err == nil && when.To < p.published.From-60
	})
}

// living reports whether the state of a doubtful spell that ended still exists:
// some count it still.
func (p *pass) living(m actor.Member, on day.Day) bool {
	s, ok := p.world.State(m.State)
	return ok && s.On(on) == day.Yes && p.world.Member("", m.State, on) != day.Yes
}

// justChanged reports whether the organisation had n members within two months:
// a report may count those who are about to join.
func (p *pass) justChanged(org *actor.Organization, on day.Day, n int) bool {
	for _, d := range []day.Day{on - 60, on - 30, on + 30, on + 60} {
		if len(p.world.Members(org.ID, d)) == n {
			return true
		}
	}
	return false
}

// changes returns the days on which an organisation's membership changed.
func changes(org *actor.Organization) []day.Day {
	var out []day.Day
	for _, m := range org.Members {
		for _, b := range []day.Bound{m.Span.From, m.Span.To} {
			if b.Kind == day.BoundIn {
				out = append(out, b.To-1)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
