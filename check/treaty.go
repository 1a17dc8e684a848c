package check

import (
	_ "embed" // for the names of instruments
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/text"
	"github.com/casus-foederis/casus/treaty"
)

// The kinds of claims on instruments.
const (
	party    = "party"     // a state is a party
	signed   = "signed"    // it was signed at a time
	entered  = "in force"  // it entered into force at a time
	inForce  = "force"     // it is in force
	ended    = "ended"     // it ended at a time
	jubilee  = "jubilee"   // it is so many years old
	lacking  = "provision" // it has a clause of a type
	alliance = "alliance"  // two states have a treaty of defence
)

//go:embed data/names.txt
var namesFile string

// alias is a name that means one instrument.
type alias struct{ name, id string }

// aliases are the names of instruments, longest first.
var aliases = readAliases(namesFile)

func readAliases(file string) []alias {
	var out []alias
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		id, names, _ := strings.Cut(line, ":")
		for n := range strings.SplitSeq(names, ";") {
			if n = strings.TrimSpace(n); n != "" {
				out = append(out, alias{n, strings.TrimSpace(id)})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b alias) int { return len(b.name) - len(a.name) })
	return out
}

// pact is an instrument that a sentence speaks of.
type pact struct {
	*treaty.Instrument
	first, last int  // tokens, both inclusive
	head        int  // the token that the others hang from
	named       bool // by a name that means no other
	firm        bool // the words leave no doubt which it is
	exact       bool // by words of its own title and an article: no other can be meant
}

// pacts finds the instruments that a sentence names: those to which the report's
// agreements were tied, and those with a name of their own.
func (s *sentence) pacts() []pact {
	if s.texts == nil {
		s.texts = s.findPacts()
	}
	return s.texts
}

func (s *sentence) findPacts() []pact {
	out := []pact{}
	add := func(span text.Span, in *treaty.Instrument, named, firm bool) {
		p := pact{Instrument: in, first: -1, named: named, firm: firm, exact: in != nil && !named && s.titled(span, in)}
		for i, t := range s.Tokens {
			if span.Overlaps(t.Span) {
				if p.first < 0 {
					p.first = i
				}
				p.last = i
			}
		}
		if in == nil || p.first < 0 || slices.ContainsFunc(out, func(o pact) bool { return o.first <= p.last && p.first <= o.last }) {
			return
		}
		if last := &s.Tokens[p.last]; named && (last.Rel == "compound" || last.Rel == "nmod:desc") && last.Head > p.last {
			return // "the Rio Treaty debate"
		}
		p.head = p.first
		for i := p.first; i <= p.last; i++ {
			if h := s.Tokens[i].Head; h < p.first || h > p.last {
				p.head = i
				if s.Tokens[i].UPOS == "NOUN" || s.Tokens[i].UPOS == "PROPN" {
					break
				}
			}
		}
		out = append(out, p)
	}
	words := s.Span.Of(s.doc.Text)
	for _, a := range aliases {
		for at := 0; ; {
			i := strings.Index(words[at:], a.name)
			if i < 0 {
				break
			}
			start := at + i
			at = start + len(a.name)
			if start > 0 && letter(words[start-1]) || at < len(words) && letter(words[at]) {
				continue
			}
			add(text.Span{Start: s.Span.Start + start, End: s.Span.Start + at}, s.corpus.Instrument(a.id), true, true)
		}
	}
	for i := range s.Tokens {
		if in, first, last, firm := s.described(i); in != nil {
			add(s.span(first, last), in, false, firm)
		}
	}
	for i := range s.doc.Agreements {
		a := &s.doc.Agreements[i]
		if a.Instrument == "" {
			continue
		}
		for _, m := range a.Mentions {
			if s.Span.Contains(m) && !s.foreign(m, s.corpus.Instrument(a.Instrument)) {
				add(m, s.corpus.Instrument(a.Instrument), false, true)
			}
		}
	}
	for i := range out {
		if s.is(out[i].head, "nmod") && s.Tokens[out[i].head].Head >= 0 && s.word(s.Tokens[out[i].head].Head) == "article" {
			out[i].head = s.Tokens[out[i].head].Head // "Article 5 of the treaty"
		}
	}
	slices.SortFunc(out, func(a, b pact) int { return a.first - b.first })
	return out
}

func letter(b byte) bool { return 'a' <= b && b <= 'z' || 'A' <= b && b <= 'Z' || '0' <= b && b <= '9' }

// foreign reports whether a phrase and what hangs from it by "between", "of" or
// "with" names a state that is no party of an instrument.
func (s *sentence) foreign(span text.Span, in *treaty.Instrument) bool {
	for i, t := range s.Tokens {
		if !span.Overlaps(t.Span) {
			continue
		}
		for _, k := range append(slices.Clone(s.kids[i]), i) {
			if k == i || s.is(k, "nmod") {
				for _, c := range s.conj(k) {
					if code := s.stateOf(c); code != "" && !slices.ContainsFunc(in.Parties, func(m treaty.Party) bool { return s.same(m.ID, code) }) {
						return true
					}
				}
			}
		}
	}
	return false
}

// titled reports whether a phrase with an article holds two words that tell of
// the title of an instrument.
func (s *sentence) titled(span text.Span, in *treaty.Instrument) bool {
	words := wordsOf(span.Of(s.doc.Text))
	before := strings.Fields(strings.ToLower(s.doc.Text[max(0, span.Start-8):span.Start]))
	first, _, _ := strings.Cut(strings.ToLower(span.Of(s.doc.Text)), " ")
	if n := len(before); !wordSet("the their its")[first] && (n == 0 || !wordSet("the their its")[before[n-1]]) {
		return false
	}
	n := 0
	for _, w := range wordsOf(in.Title) {
		if slices.Contains(words, w) && wordSet("partnership strategic comprehensive defence defense mutual assistance friendship aggression security support")[w] {
			n++
		}
	}
	return n >= 2 || n == 1 && fresh(in, s.published.From) && slices.Contains(words, "partnership")
}

// subjectOf reports whether a pact is the subject of a verb, itself or by a
// relative pronoun: "a treaty that provides for".
func (s *sentence) subjectOf(in pact, v int) bool {
	for _, k := range s.kids[v] {
		if !s.is(k, "nsubj") {
			continue
		}
		if k == in.head || k >= in.first && k <= in.last {
			return true
		}
		if w := s.word(k); (w == "that" || w == "which") && s.is(v, "acl") {
			h := s.Tokens[v].Head
			return h == in.head || h >= in.first && h <= in.last
		}
	}
	return false
}

// objectOf reports whether a pact is what a verb is done to: its object, or what
// a relative clause follows: "the treaty that X and Y signed".
func (s *sentence) objectOf(in pact, v int) bool {
	if s.Tokens[in.head].Head == v && s.is(in.head, "obj") {
		return true
	}
	if h := s.Tokens[v].Head; s.is(v, "acl:relcl") && (h == in.head || h >= in.first && h <= in.last) {
		sub := s.child(v, "nsubj")
		return sub >= 0 && s.word(sub) != "which" && s.word(sub) != "that" && s.child(v, "nsubj:pass") < 0
	}
	return false
}

// findTreaties finds claims on instruments: who is a party, when they were
// signed and entered into force, and whether they are in force.
func findTreaties(s *sentence) []Claim {
	var out []Claim
	for _, in := range s.pacts() {
		in := in
		base := func(pred int) Claim {
			return Claim{Object: in.ID, Spans: []text.Span{s.around(pred)}, By: s.saidAt(s.Tokens[pred].Span.Start), Sure: in.firm}
		}
		timed := func(c Claim, pred int) (Claim, bool) {
			when, since, ok := s.timeOf(pred)
			if ok {
				c.When, c.Since = when, since
			}
			return c, ok
		}
		t := &s.Tokens[in.head]
		for pred := range s.Tokens {
			subject := s.subjectOf(in, pred)
			if !subject && !s.objectOf(in, pred) {
				continue
			}
			c := s.clause(pred)
			if !c.sure {
				continue
			}
			claim := base(pred)
			claim.Negated = c.negated
			passive := subject && s.child(pred, "nsubj:pass") >= 0
			at, dated := timed(claim, pred)
			at.Negated = false
			free := !s.timed(pred)
			lemma := s.lemma(pred)
			switch {
			case (lemma == "sign" || lemma == "conclude") && (passive || !subject) && !c.negated && (c.past || c.perfect):
				if s.single(in, pred) {
					continue // one of many: it may have acceded
				}
				if dated && !at.Since {
					at.Kind = signed
					if !in.named {
						at.Value = "described"
						if in.exact {
							at.Value = "exact"
						}
					}
					out = append(out, at)
				}
			case !subject && wordSet("leave quit join denounce")[lemma] && !c.negated && (c.past || c.perfect) && (dated || free):
				at.Kind, at.Value = party, map[bool]string{true: "joined", false: "left"}[lemma == "join"]
				s.each(s.child(pred, "nsubj"), func(state string) {
					moved := at
					moved.Subject = state
					out = append(out, moved)
				})
			case subject && (wordSet("enter come take go")[lemma] && s.intoForce(pred)) && (c.past || c.perfect):
				switch {
				case c.negated && (c.perfect || free && s.adverb(pred, "never")) || !c.negated && free:
					claim.Kind = inForce
					out = append(out, claim)
				case dated && !c.negated:
					at.Kind = entered
					out = append(out, at)
				}
			case subject && wordSet("lapse expire end terminate dissolve abrogate denounce disband")[lemma] && (c.past || c.perfect):
				switch {
				case dated && !c.negated && !at.Since:
					at.Kind = ended
					out = append(out, at)
				case free || c.negated:
					claim.Kind, claim.Negated = inForce, !c.negated
					out = append(out, claim)
				}
			case subject && (lemma == "remain" || lemma == "stay") && s.inForceUnder(pred) && free:
				claim.Kind = inForce
				out = append(out, claim)
			case subject && (s.word(pred) == "force" || s.word(pred) == "effect") && s.preposition(pred) == "in" && s.child(pred, "cop") >= 0 && !c.past:
				switch {
				case free:
					claim.Kind = inForce
					out = append(out, claim)
				case dated && at.Since && !c.negated:
					at.Kind = entered
					out = append(out, at)
				}
			case subject && s.Tokens[pred].UPOS == "ADJ" && (lemma == "valid" || lemma == "void" || lemma == "defunct") && free && !c.past:
				claim.Kind, claim.Negated = inForce, c.negated != (lemma != "valid")
				out = append(out, claim)
			}
		}
		// "the treaty, signed in 1951", "the 1951 North Atlantic Treaty"
		for _, k := range s.kids[in.head] {
			if s.is(k, "acl") && (s.lemma(k) == "sign" || s.lemma(k) == "conclude") && s.Tokens[k].XPOS == "VBN" && s.plain(s.saidAt(s.Tokens[k].Span.Start)) && !s.shaky {
				claim := base(k)
				claim.Kind = signed
				if claim, ok := timed(claim, k); ok && !claim.Since {
					claim.Spans = []text.Span{s.span(in.first, in.last).Join(claim.Spans[0])}
					out = append(out, claim)
				}
			}
		}
		out = append(out, s.partiesOf(in)...)
		if c, ok := s.nth(in); ok {
			out = append(out, c)
		}
		if c, ok := s.age(in); ok {
			out = append(out, c)
		}
		if y := in.first - 1; in.named && y >= 0 && len(s.word(y)) == 4 && !s.shaky && s.plain(s.saidAt(s.Tokens[y].Span.Start)) {
			if when, err := day.ParsePeriod(s.word(y)); err == nil {
				out = append(out, Claim{Kind: signed, Object: in.ID, Value: "year", When: when, Spans: []text.Span{s.span(y, in.last)}, By: s.saidAt(s.Tokens[y].Span.Start), Sure: true})
			}
		}
		// "X is a party to the treaty", "X, a signatory of the treaty"
		if h := t.Head; h >= 0 && (s.is(in.head, "nmod", "obl")) && (s.lemma(h) == "party" || s.lemma(h) == "signatory") {
			c := s.clause(h)
			subject := s.child(h, "nsubj")
			if s.child(h, "cop") < 0 {
				subject = -1
				if s.is(h, "appos") {
					subject = s.Tokens[h].Head
					c.negated = false
				}
			}
			if codes, all := s.states(subject); c.sure && (all || !c.negated) && !s.timed(h) {
				for _, code := range codes {
					claim := base(h)
					claim.Kind, claim.Subject, claim.Negated, claim.Past = party, code, c.negated, c.past
					if s.lemma(h) == "signatory" {
						claim.Value = "signatory"
					}
					out = append(out, claim)
				}
			}
		}
	}
	return out
}

// partiesOf finds the states that are said to have made an instrument that is
// known by its own name: "between X and Y", "signed by X, Y and Z", "which binds X
// and Y".
func (s *sentence) partiesOf(in pact) []Claim {
	if !in.named || s.shaky || !s.plain(s.saidAt(s.Tokens[in.head].Span.Start)) {
		return nil
	}
	var out []Claim
	add := func(k int) {
		codes, all := s.states(k)
		if !all || len(codes) < 2 {
			return
		}
		first, last := s.under(k)
		for _, code := range codes {
			out = append(out, Claim{Kind: party, Subject: code, Object: in.ID, Value: "ever", Spans: []text.Span{s.span(first, last)}, By: s.saidAt(s.Tokens[k].Span.Start), Sure: true})
		}
	}
	within := func(h int) {
		for _, k := range s.kids[h] {
			if s.is(k, "nmod", "obl") && (s.preposition(k) == "between" || s.preposition(k) == "by") && (s.preposition(k) == "between" || s.child(h, "nsubj:pass") >= 0 || s.is(h, "acl")) {
				add(k)
			}
		}
	}
	within(in.head)
	for _, k := range s.kids[in.head] {
		if s.is(k, "acl") && wordSet("sign conclude make agree bind link unite group")[s.lemma(k)] {
			within(k)
			if s.subjectOf(in, k) && s.Tokens[k].XPOS != "VBN" && s.child(k, "obj") >= 0 && wordSet("bind link unite group")[s.lemma(k)] {
				add(s.child(k, "obj"))
			}
			if sub := s.child(k, "nsubj"); sub >= 0 && s.child(k, "obj") >= 0 && (s.word(s.child(k, "obj")) == "which" || s.word(s.child(k, "obj")) == "that") {
				add(sub)
			}
		}
	}
	for _, k := range s.kids[in.head] { // "by which X and Y promised each other help"
		if s.is(k, "acl") && wordSet("promise pledge undertake agree commit")[s.lemma(k)] && s.child(k, "nsubj") >= 0 && s.byWhich(k) {
			add(s.child(k, "nsubj"))
		}
	}
	for v := range s.Tokens {
		if sub := s.child(v, "nsubj"); sub >= 0 && s.lemma(v) == "sign" && s.Tokens[in.head].Head == v && s.is(in.head, "obj") {
			if c := s.clause(v); c.sure && !c.negated && (c.past || c.perfect) {
				add(sub)
			}
		}
		if s.subjectOf(in, v) && s.child(v, "nsubj:pass") >= 0 && (s.lemma(v) == "sign" || s.lemma(v) == "conclude") {
			within(v)
		}
	}
	return out
}

// byWhich reports whether a relative clause says what is done by something.
func (s *sentence) byWhich(v int) bool {
	return slices.ContainsFunc(s.kids[v], func(k int) bool {
		return s.is(k, "obl") && s.word(k) == "which" && wordSet("by in under")[s.preposition(k)]
	})
}

// nth reads "the 75th anniversary of the treaty".
func (s *sentence) nth(in pact) (Claim, bool) {
	h := s.Tokens[in.head].Head
	if h < 0 || s.lemma(h) != "anniversary" || s.preposition(in.head) != "of" || s.shaky || s.published.To != s.published.From+1 {
		return Claim{}, false
	}
	n := 0
	for _, k := range s.kids[h] {
		w := strings.TrimRight(s.word(k), "sthndr")
		if v, err := strconv.Atoi(w); err == nil && w != s.word(k) {
			n = v
		}
	}
	if n == 0 || approximate[s.word(h-2)] || !s.plain(s.saidAt(s.Tokens[h].Span.Start)) {
		return Claim{}, false
	}
	return Claim{Kind: jubilee, Object: in.ID, Value: strconv.Itoa(n), Spans: []text.Span{s.around(h)}, By: s.saidAt(s.Tokens[h].Span.Start), Sure: in.firm}, true
}

// age reads how old an instrument is said to be: "the treaty is 75 years old",
// "the 75-year-old treaty", "75 years since the treaty was signed", "it was ten
// years ago that X and Y signed the treaty".
func (s *sentence) age(in pact) (Claim, bool) {
	if s.shaky || !in.firm || s.published.To != s.published.From+1 {
		return Claim{}, false
	}
	for i := range s.Tokens {
		n, end := s.number(i)
		if n == 0 || approximate[s.word(i-1)] || s.word(i-1) == "than" || s.word(i-1) == "another" || s.word(i-1) == "next" {
			continue
		}
		pred, years := -1, s.lemma(end) == "year"
		if years && s.word(end+1) == "to" && s.word(end+2) == "the" && s.word(end+3) == "day" {
			end += 3
		}
		switch {
		case years && s.word(end+1) == "old" && s.subjectOf(in, end+1) && s.child(end+1, "cop") >= 0:
			if c := s.clause(end + 1); c.sure && !c.negated && !c.past {
				pred = end + 1
			}
		case s.word(end) == "-" && s.word(end+1) == "year" && s.word(end+2) == "-" && s.word(end+3) == "old" && in.first <= end+4 && end+4 <= in.last+1:
			pred = in.head
		case years && (s.word(end+1) == "since" || s.word(end+1) == "ago" && s.word(end+2) == "that"):
			for v := end + 2; v < len(s.Tokens) && pred < 0; v++ {
				if l := s.lemma(v); (l == "sign" || l == "conclude") && (s.subjectOf(in, v) && s.child(v, "nsubj:pass") >= 0 || s.objectOf(in, v)) {
					pred = v
				}
			}
		}
		if pred < 0 || !s.plain(s.saidAt(s.Tokens[pred].Span.Start)) {
			continue
		}
		span := s.span(i, max(pred, in.last))
		if in.first < i {
			span = s.span(in.first, max(pred, in.last))
		}
		return Claim{Kind: jubilee, Object: in.ID, Value: strconv.Itoa(n), Spans: []text.Span{span}, By: s.saidAt(s.Tokens[pred].Span.Start), Sure: in.firm}, true
	}
	return Claim{}, false
}

// judgeJubilee compares a jubilee with the years in which an instrument was
// signed and entered into force. It may be kept some months early or late.
func judgeJubilee(p *pass, c *Claim, in *treaty.Instrument) (Result, []Ground) {
	n, _ := strconv.Atoi(c.Value)
	grounds := []Ground{groundOf(in)}
	slack, near := 1.0, false
	if n%10 == 0 {
		slack = 3 // a round number is often rounded
	}
	for _, e := range in.Status {
		if (e.Kind != "signed" && e.Kind != "in force") || e.On.Kind != day.BoundIn {
			continue
		}
		years := float64(p.published.From-e.On.From) / 365.25
		if diff := years - float64(n); diff > -1 && diff < 1 {
			return Supported, grounds
		} else {
			near = near || diff > -slack && diff < slack
		}
	}
	if near || in.Signed().Kind != day.BoundIn {
		return NotInRecord, grounds
	}
	return Contradicted, grounds
}

// single reports whether one state alone is said to have signed an instrument of
// many parties.
func (s *sentence) single(in pact, verb int) bool {
	if len(in.Parties) < 3 {
		return false
	}
	who := s.child(verb, "obl:agent")
	if s.child(verb, "nsubj:pass") < 0 {
		who = s.child(verb, "nsubj")
	}
	for _, k := range s.kids[verb] {
		if s.is(k, "obl") && s.preposition(k) == "by" {
			who = k
		}
	}
	return who >= 0 && s.word(who) != "which" && s.word(who) != "that" && len(s.conj(who)) == 1 && s.stateAt(who) != ""
}

// intoForce reports whether "into force" or "effect" hangs from a verb.
func (s *sentence) intoForce(verb int) bool {
	for _, k := range s.kids[verb] {
		if w := s.word(k); w == "force" || w == "effect" {
			return true
		}
	}
	return false
}

func (s *sentence) inForceUnder(verb int) bool {
	for _, k := range s.kids[verb] {
		if w := s.word(k); (w == "force" || w == "effect") && s.preposition(k) == "in" || w == "valid" {
			return true
		}
	}
	return false
}

// judgeTreaty compares a claim on an instrument with the corpus.
func judgeTreaty(p *pass, c *Claim) (Result, []Ground) {
	in := p.corpus.Instrument(c.Object)
	if c.Kind == jubilee {
		return judgeJubilee(p, c, in)
	}
	grounds := []Ground{groundOf(in)}
	tell := func(format string, args ...any) {
		grounds = append(grounds, Ground{Says: fmt.Sprintf(format, args...), Ref: in.ID})
	}
	yes := func(truth bool) Result {
		if truth != c.Negated {
			return Supported
		}
		return Contradicted
	}
	switch c.Kind {
	case signed:
		on := in.Signed()
		if on.Kind != day.BoundIn {
			return NotInRecord, grounds
		}
		if on.From < c.When.To && c.When.From < on.To {
			return Supported, grounds
		}
		if on.From > c.When.To+30*365 || on.To < c.When.From-30*365 {
			return NotInRecord, grounds // another text of that name
		}
		if c.Value == "year" || c.When.Precision != day.ToDay { // another stage of that time?
			for _, e := range in.Status {
				if e.On.Kind == day.BoundIn && e.On.From < c.When.To && c.When.From < e.On.To {
					tell("%s %s", e.Kind, e.On)
					if c.Value == "year" {
						return Supported, grounds
					}
					return NotInRecord, grounds
				}
			}
		}
		near := on.From < c.When.To+10 && c.When.From-10 < on.To
		switch {
		case on.From < c.When.To+1 && c.When.From-1 < on.To: // a day in another zone
			return NotInRecord, grounds
		case c.Value == "described" && near && c.When.Precision == day.ToDay && p.published.From-10 <= on.From:
			return Contradicted, grounds // two such texts within ten days would be news
		case c.Value == "described" && !strings.Contains(in.Title, "Peace"), near && c.Value != "exact":
			return NotInRecord, grounds // it may be another of their treaties
		}
		return Contradicted, grounds
	case ended:
		result := NotInRecord
		if p.published.To <= p.published.From {
			return result, grounds
		}
		if now := in.InForce(p.published.From); now == day.Yes && p.published.From <= p.world.Known+730 && !slices.ContainsFunc(in.Status, func(e treaty.Event) bool { return e.DeniedBy != "" }) {
			tell("it is in force on %s", p.published)
			return Contradicted, grounds
		}
		for _, e := range in.Status {
			if !slices.Contains([]string{"terminated", "lapsed", "replaced", "left"}, e.Kind) || e.On.Kind != day.BoundIn || len(e.For) > 0 {
				continue
			}
			tell("%s %s", e.Kind, e.On)
			switch {
			case e.On.From < c.When.To+31 && c.When.From-31 < e.On.To:
				return Supported, grounds
			case e.DeniedBy == "" && far(e, c.When):
				result = Contradicted
			default:
				return NotInRecord, grounds
			}
		}
		return result, grounds
	case entered:
		result := NotInRecord
		for _, e := range in.Status {
			if e.Kind != "in force" || e.On.Kind != day.BoundIn {
				continue
			}
			tell("in force %s", e.On)
			switch {
			case e.On.From < c.When.To && c.When.From < e.On.To:
				return Supported, grounds
			case e.Doubt == "" && len(e.For) == 0 && (e.On.From >= c.When.To+4 || e.On.To <= c.When.From-4):
				result = Contradicted
			default:
				return NotInRecord, grounds
			}
		}
		return result, grounds
	case inForce:
		if p.published.To != p.published.From+1 || p.published.From > p.world.Known+730 {
			return NotInRecord, grounds
		}
		on := p.published.From
		now, before := in.InForce(on), in.InForce(on-730)
		for _, e := range in.Status {
			switch e.Kind {
			case "in force", "terminated", "lapsed", "replaced", "suspended", "left":
				tell("%s %s%s", e.Kind, e.On, forWhom(e))
			}
		}
		disputed := slices.ContainsFunc(in.Status, func(e treaty.Event) bool { return e.DeniedBy != "" })
		switch {
		case disputed || now == day.Unknown || in.Draft != "":
			return NotInRecord, grounds
		case now == day.Yes:
			return yes(true), grounds
		case before == day.No && in.Signed().Kind == day.BoundIn && in.Signed().From < on-730: // over for years
			return yes(false), grounds
		case in.Signed().Kind == day.BoundIn && in.Signed().From <= on && p.notYet(in, on):
			return yes(false), grounds
		}
		return NotInRecord, grounds
	case party:
		if p.published.To != p.published.From+1 {
			return NotInRecord, grounds
		}
		on := p.published.From
		truth, listed := day.No, false
		for _, m := range in.MembersOf(c.Subject) {
			if m.Role == treaty.Beneficiary {
				continue
			}
			listed = true
			grounds = append(grounds, Ground{Says: fmt.Sprintf("%s is a party %s", p.corpus.Names.Name(c.Subject, on), partySpan(m.Span)), Ref: in.ID, Source: m.Began.Source})
			if m.Denied != nil || m.Needs != "" || m.Began.Doubt != "" {
				return NotInRecord, grounds
			}
			switch m.Span.Contains(on) {
			case day.Yes:
				truth = day.Yes
			case day.Unknown:
				return NotInRecord, grounds
			}
		}
		if !listed {
			grounds = append(grounds, Ground{Says: fmt.Sprintf("%s is not among the parties", p.corpus.Names.Name(c.Subject, on)), Ref: in.ID})
		}
		if len(in.Parties) == 0 || on > p.world.Known || in.Has(c.Subject) && !listed {
			return NotInRecord, grounds
		}
		if c.Value == "left" || c.Value == "joined" {
			result := NotInRecord
			for _, m := range in.MembersOf(c.Subject) {
				b := m.Span.To
				if c.Value == "joined" {
					b = m.Span.From
				}
				switch {
				case b.Kind == day.BoundIn && (c.When.To <= c.When.From || b.From < c.When.To && c.When.From < b.To):
					return Supported, grounds
				case b.Kind == day.BoundIn && c.When.To > c.When.From && (b.From > c.When.To+365 || b.To < c.When.From-365):
					result = Contradicted
				default:
					return NotInRecord, grounds
				}
			}
			return result, grounds
		}
		if c.Value == "ever" && len(in.Parties) > 0 {
			ever := slices.ContainsFunc(in.Parties, func(m treaty.Party) bool { return p.same(m.ID, c.Subject) })
			return yes(ever), grounds
		}
		if c.Past || c.Value == "signatory" {
			if listed && !c.Negated {
				return Supported, grounds
			}
			return NotInRecord, grounds
		}
		return yes(truth == day.Yes), grounds
	}
	return NotInRecord, grounds
}

// far reports whether an event lies more than a year from a period; if its day is
// in doubt, more than two.
func far(e treaty.Event, when day.Period) bool {
	gap := day.Day(365)
	if e.Doubt != "" {
		gap = 730
	}
	return e.On.From > when.To+gap || e.On.To < when.From-gap
}

// notYet reports whether an instrument that was signed is in force from a later,
// certain day only.
func (p *pass) notYet(in *treaty.Instrument, on day.Day) bool {
	later := false
	for _, e := range in.Status {
		if e.Kind == "in force" || e.Kind == "provisional from" {
			if e.On.Kind != day.BoundIn || e.On.From <= on || e.Doubt != "" {
				return false
			}
			later = true
		}
	}
	return later
}

func forWhom(e treaty.Event) string {
	if len(e.For) == 0 {
		return ""
	}
	return " for " + strings.Join(e.For, ", ")
}

func partySpan(s day.Span) string {
	if s.To.Kind == day.BoundNone {
		return "from " + s.From.String() + " on"
	}
	return "from " + s.From.String() + " to " + s.To.String()
}

// clauseTypes are the types of clauses by the words that name them.
var clauseTypes = []struct{ words, kind string }{
	{"mutual defence", "defense"}, {"mutual defense", "defense"}, {"mutual-defence", "defense"}, {"mutual-defense", "defense"}, {"mutual assistance", "defense"}, {"mutual military assistance", "defense"},
	{"collective defence", "defense"}, {"collective defense", "defense"}, {"defence clause", "defense"}, {"defense clause", "defense"}, {"mutual aid", "defense"},
	{"non-aggression", "nonaggression"}, {"nonaggression", "nonaggression"}, {"neutrality", "neutrality"}, {"consultation", "consultation"},
}

var clauseNouns = wordSet("clause provision obligation commitment guarantee article pledge promise defence defense assistance aid duty")

// findClauses finds claims that an instrument has or lacks a clause: "the treaty
// contains no mutual defence clause", and what it obliges whom to do.
func findClauses(s *sentence) []Claim {
	var out []Claim
	for _, in := range s.pacts() {
		out = append(out, s.obligations(in)...)
		for v := range s.Tokens {
			if !s.subjectOf(in, v) || s.child(v, "nsubj:pass") >= 0 {
				continue
			}
			if c, ok := s.clauseOf(in, v); ok {
				out = append(out, c)
			}
		}
	}
	return out
}

// clauseOf reads what a verb says of an instrument that is its subject.
func (s *sentence) clauseOf(in pact, v int) (Claim, bool) {
	lemma := s.lemma(v)
	lacks := lemma == "lack" || lemma == "omit" || lemma == "exclude"
	if !lacks && !wordSet("have contain include comprise carry feature provide stipulate hold offer give")[lemma] {
		return Claim{}, false
	}
	object := s.child(v, "obj")
	if lemma == "provide" || lemma == "stipulate" {
		for _, k := range s.kids[v] {
			if s.is(k, "obl") && s.preposition(k) == "for" {
				object = k
			}
		}
	}
	if object < 0 || !clauseNouns[s.lemma(object)] && !strings.HasSuffix(s.lemma(object), "clause") {
		return Claim{}, false
	}
	c := s.clause(v)
	if d := s.child(object, "det"); d >= 0 && s.word(d) == "no" {
		c.negated = !c.negated
	}
	if !c.sure || c.future {
		return Claim{}, false
	}
	first, last := s.under(object, "acl", "advcl")
	words := strings.ToLower(s.span(first, last).Of(s.doc.Text))
	kind := ""
	for _, t := range clauseTypes {
		if strings.Contains(words, t.words) {
			kind = t.kind
			break
		}
	}
	for _, k := range s.kids[object] {
		if s.is(k, "nmod") && s.preposition(k) != "of" && s.preposition(k) != "in" && s.preposition(k) != "on" {
			return Claim{}, false // "no clause for Guam"
		}
	}
	if kind == "" || strings.Contains(words, "automatic") || strings.Contains(words, "secret") || strings.Contains(words, "explicit") || strings.Contains(words, "binding") {
		return Claim{}, false
	}
	return Claim{Kind: lacking, Object: in.ID, Value: kind, Negated: c.negated != lacks, Spans: []text.Span{s.around(v)}, By: s.saidAt(s.Tokens[v].Span.Start), Sure: in.firm}, true
}

// judgeClause compares a clause as reported with the text.
func judgeClause(p *pass, c *Claim) (Result, []Ground) {
	if c.Kind == obliges {
		return judgeObligation(p, c)
	}
	v, ok := provision(&reading.Agreement{}, reading.Provision{Type: c.Value, Negated: c.Negated}, p.corpus.Instrument(c.Object))
	if !ok {
		return NotInRecord, []Ground{groundOf(p.corpus.Instrument(c.Object))}
	}
	return v.Result, v.Grounds
}

// findAlliances finds claims that two states have, or have not, a treaty of
// defence with each other.
func findAlliances(s *sentence) []Claim {
	var out []Claim
	add := func(a, b string, pred int, c clause, negated bool) {
		if a == "" || b == "" || a == b || !c.sure || c.past || s.timed(pred) {
			return
		}
		out = append(out, Claim{Kind: alliance, Subject: min(a, b), Object: max(a, b), Negated: negated, Spans: []text.Span{s.around(pred)}, By: s.saidAt(s.Tokens[pred].Span.Start), Sure: true})
	}
	for i := range s.Tokens {
		w := s.lemma(i)
		if s.Tokens[i].UPOS != "NOUN" && s.Tokens[i].UPOS != "PROPN" {
			continue
		}
		switch {
		case w == "treaty" || w == "pact" || w == "alliance" || w == "agreement":
			first, last := s.under(i, "nmod", "acl", "appos")
			words := strings.ToLower(s.span(first, last).Of(s.doc.Text))
			if !strings.Contains(words, "defence") && !strings.Contains(words, "defense") && w != "alliance" && !strings.Contains(words, "mutual assistance") {
				continue
			}
			if strings.Contains(words, "cooperation") || strings.Contains(words, "co-operation") || strings.Contains(words, "missile") || strings.Contains(words, "bilateral") || strings.Contains(words, "new") || strings.Contains(words, "secret") {
				continue
			}
			v := s.Tokens[i].Head
			if d := s.child(i, "det"); v >= 0 && s.is(i, "nsubj") && s.lemma(v) == "be" && s.child(v, "expl") >= 0 && d >= 0 && s.word(d) == "no" { // "there is no treaty between X and Y"
				for _, k := range s.kids[i] {
					if states, all := s.states(k); s.is(k, "nmod") && s.preposition(k) == "between" && all && len(states) == 2 {
						add(states[0], states[1], v, s.clause(v), true)
					}
				}
				continue
			}
			if v < 0 || !s.is(i, "obj") || s.lemma(v) != "have" || w == "alliance" && !strings.Contains(words, "formal") && !strings.Contains(words, "treaty") && !strings.Contains(words, "military") && !strings.Contains(words, "defen") {
				continue
			}
			c, subjects, others, all := s.sharedWith(v, i)
			if c.negated && !all {
				continue
			}
			if len(others) == 0 && len(subjects) == 2 && all {
				add(subjects[0], subjects[1], v, c, c.negated)
			}
			for _, a := range subjects {
				for _, b := range others {
					add(a, b, v, c, c.negated)
				}
			}
		case w == "ally" && s.child(i, "cop") >= 0:
			if k := s.child(i, "compound", "amod"); k < 0 || s.word(k) != "treaty" && s.word(k) != "formal" {
				continue
			}
			c := s.clause(i)
			subjects, all := s.states(s.child(i, "nsubj"))
			var owner []string
			for _, k := range s.kids[i] {
				if s.is(k, "nmod") && (s.preposition(k) == "of" || s.is(k, "nmod:poss")) {
					owner, _ = s.states(k)
				}
			}
			if c.negated && !all {
				continue
			}
			if len(owner) == 0 && len(subjects) == 2 {
				add(subjects[0], subjects[1], i, c, c.negated)
			}
			for _, a := range subjects {
				for _, b := range owner {
					add(a, b, i, c, c.negated)
				}
			}
		}
	}
	return out
}

// defenders returns the instruments by which two states owe each other help on a
// day, and those of which that is not certain.
func (p *pass) defenders(a, b string, on day.Day) (sure, open []*treaty.Instrument) {
	for _, in := range p.corpus.Concerning(a) {
		if in.ID == "un-charter" || !in.Has(b) || !in.Has(a) || in.Binding == "political" || in.Draft != "" || !defends(in) {
			continue
		}
		x, y := p.partyOn(in, a, on), p.partyOn(in, b, on)
		switch {
		case x == day.Yes && y == day.Yes && in.Binding != "disputed":
			sure = append(sure, in)
		case x != day.No && y != day.No:
			open = append(open, in)
		}
	}
	return sure, open
}

// defends reports whether some clause binds parties to assist.
func defends(in *treaty.Instrument) bool {
	return slices.ContainsFunc(in.Provisions, func(n *treaty.Provision) bool {
		return n.Kind == "duty" && slices.ContainsFunc(n.Versions, func(v treaty.Version) bool { return v.Has("assist") && v.Force != "shall not" })
	})
}

// partyOn says whether a state is a party on a day without dispute.
func (p *pass) partyOn(in *treaty.Instrument, state string, on day.Day) day.Truth {
	out := day.No
	for _, m := range in.MembersOf(state) {
		switch in := m.Span.Contains(on); {
		case in == day.Yes && m.Denied == nil && m.Needs == "" && m.Role != treaty.Beneficiary:
			return day.Yes
		case in != day.No:
			out = day.Unknown
		}
	}
	return out
}

// judgeAlliance looks for an instrument of defence between two states. The
// corpus is not complete, so that what it lacks contradicts nobody.
func judgeAlliance(p *pass, c *Claim) (Result, []Ground) {
	if p.published.To != p.published.From+1 {
		return NotInRecord, []Ground{{Says: "the day of the report is not known"}}
	}
	sure, open := p.defenders(c.Subject, c.Object, p.published.From)
	var grounds []Ground
	for _, in := range append(slices.Clone(sure), open...) {
		g := groundOf(in)
		g.Says += ", in force between them"
		grounds = append(grounds, g)
	}
	suspended := slices.ContainsFunc(sure, func(in *treaty.Instrument) bool { return len(in.Suspensions()) > 0 })
	switch {
	case len(sure) > 0 && !c.Negated:
		return Supported, grounds
	case len(sure) > 0 && len(open) == 0 && !suspended && slices.ContainsFunc(sure, func(in *treaty.Instrument) bool { return len(ordinaryParties(in)) <= 4 }) && // "no alliance" of their own, beside one of many
		p.published.From <= p.world.Known+730:
		return Contradicted, grounds
	case len(grounds) == 0:
		grounds = []Ground{{Says: "the corpus has no instrument of defence in force between the two; it is not complete"}}
	}
	return NotInRecord, grounds
}
