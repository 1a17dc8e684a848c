package duty

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/why"
)

// verbs are the words for acts, with the kind that each means.
var verbs = map[string]string{
	"attacks": "armed attack", "invades": "invasion", "threatens": "threat", "occupies": "occupation", "blockades": "blockade",
	"subverts": "subversion",
}

// given reads an act or a statement.
func (p *caseParser) given() {
	c := p.current()
	if p.accept("the record") {
		c.World = true
		p.end()
		return
	}
	if p.accept("war between") {
		f := Fact{Kind: "war", Who: p.actor()}
		p.accept("and")
		f.Towards = p.actor()
		p.fact(f)
		return
	}
	if p.at < len(p.words) && p.words[p.at].quoted && !p.organ() {
		f := Fact{Kind: "fact", Key: p.next("a fact")}
		if p.accept("of") {
			f.Who = p.actor()
		}
		if p.accept("is false") {
			f.No = true
		}
		p.fact(f)
		return
	}
	id := ""
	if w := p.peek(); strings.HasSuffix(w, ":") && p.at+1 < len(p.words) {
		id = strings.TrimSuffix(w, ":")
		p.at++
	}
	who := p.actor()
	col := p.col()
	verb := p.next("what it did: attacks, threatens, asks, decides, finds, says, refuses, performs")
	if kind, ok := verbs[verb]; ok {
		p.act(Act{ID: id, Kind: kind, Actor: who, Target: p.actor()})
		return
	}
	f := Fact{Who: who}
	switch verb {
	case "asks":
		f.Kind = "request"
		if !p.accept("for help") {
			f.Towards = p.actor()
			p.accept("for help")
		}
	case "decides", "finds", "refuses", "performs":
		f.Kind = map[string]string{"decides": "decision", "finds": "finding", "refuses": "refused", "performs": "performed"}[verb]
		if p.accept("not") {
			f.No = true
		}
		f.Key = p.next("what, in quotation marks")
	case "says":
		p.says(who)
		return
	case "provoked":
		f.Kind = "provoked"
	case "is":
		f.Kind = "aggressor"
		f.No = p.accept("not")
		if !p.accept("the aggressor") {
			p.fail(p.col(), "given: want is the aggressor")
		}
	case "":
		return
	default:
		p.fail(col, "given: unknown verb %q", verb)
		p.hint("the verbs are attacks, invades, occupies, blockades, threatens, subverts, asks, decides, finds, refuses, performs, says, provoked, is")
		return
	}
	p.fact(f)
}

// organ reports whether the quoted text that comes next is an organ's name,
// not a fact: a verb follows it.
func (p *caseParser) organ() bool {
	return p.at+1 < len(p.words) && slices.Contains([]string{"decides", "finds", "says", "asks", "refuses", "performs"}, p.words[p.at+1].text)
}

// says reads a statement about another: SAYER says [on DAY] that ...
func (p *caseParser) says(by string) {
	f := Fact{By: by, On: day.None}
	if p.accept("on") {
		f.On = p.bound("on")
	}
	p.accept("that")
	if p.at < len(p.words) && p.words[p.at].quoted {
		f.Kind, f.Key = "fact", p.next("a fact")
		if p.accept("of") {
			f.Who = p.actor()
		}
		f.No = p.accept("is false")
	} else {
		f.Who = p.actor()
		switch {
		case p.accept("provoked the attack"), p.accept("provoked"):
			f.Kind = "provoked"
		case p.accept("did not provoke the attack"), p.accept("did not provoke"):
			f.Kind, f.No = "provoked", true
		case p.accept("is the aggressor"):
			f.Kind = "aggressor"
		case p.accept("is not the aggressor"):
			f.Kind, f.No = "aggressor", true
		case p.accept("finds"):
			f.Kind, f.Key = "finding", p.next("what, in quotation marks")
		case p.accept("does not find"):
			f.Kind, f.Key, f.No = "finding", p.next("what, in quotation marks"), true
		case p.accept("decided"):
			f.Kind, f.Key = "decision", p.next("what, in quotation marks")
		default:
			p.fail(p.col(), "says: want X provoked, X is the aggressor, X finds \"…\", or a quoted fact")
			return
		}
	}
	p.fact(f)
}

// fact reads the rest of a statement's line and keeps it.
func (p *caseParser) fact(f Fact) {
	if f.On == (day.Bound{}) {
		f.On = day.None
	}
	for p.at < len(p.words) {
		switch {
		case p.accept("on"), p.accept("from"):
			f.On = p.bound("on")
		case p.accept("says"):
			f.By = p.actor()
		case p.accept("concerning"):
			f.About = p.next("the name of an act")
		case p.accept("known"):
			f.Known, f.HasKnown = p.bound("known"), true
		default:
			p.end()
			return
		}
	}
	c := p.current()
	c.Record.Facts = append(c.Record.Facts, f)
	p.source = &c.Record.Facts[len(c.Record.Facts)-1].Source
}

// act reads the rest of an act's line and keeps it.
func (p *caseParser) act(a Act) {
	a.From, a.To = day.None, day.None
	for p.at < len(p.words) {
		switch {
		case p.accept("on"), p.accept("from"):
			a.From = p.bound("on")
		case p.accept("to"):
			a.To = p.bound("to")
		case p.accept("at"):
			a.Place = p.next("a place")
		case p.accept("as"):
			a.Kind = p.kind()
		case p.accept("responding to"):
			a.Responds = p.next("the name of an earlier act")
		case p.accept("attributed to"):
			a.Attributed = p.actor()
			if p.accept("by") {
				a.Attributor = p.actor()
			}
			if p.accept("denied by") {
				a.AttribDeny = p.actor()
			}
		case p.accept("says"):
			a.By = p.actor()
		case p.accept("denied by"):
			a.DeniedBy = p.actor()
		case p.accept("known"):
			a.Known, a.HasKnown = p.bound("known"), true
		default:
			p.end()
			return
		}
	}
	c := p.current()
	c.Record.Acts = append(c.Record.Acts, a)
	p.source = &c.Record.Acts[len(c.Record.Acts)-1].Source
}

// kind reads one of the kinds of act, which may be two words.
func (p *caseParser) kind() string {
	col := p.col()
	if p.at < len(p.words) && p.words[p.at].quoted {
		return p.next("a kind")
	}
	for _, k := range Kinds {
		if p.accept(k) {
			return k
		}
	}
	p.fail(col, "as: unknown kind of act %q", p.peek())
	p.hint("the kinds are %s", strings.Join(Kinds, ", "))
	p.at = len(p.words)
	return ""
}

// when reads a question.
func (p *caseParser) when() {
	c := p.current()
	q := Question{View: p.view, Known: p.known, Assume: p.assume}
	pos := p.pos(0)
	q.By = []string{p.actor()}
	for p.accept("and") {
		q.By = append(q.By, p.actor())
	}
	verb := p.peek()
	if kind, ok := verbs[strings.TrimSuffix(verb, "s")+"s"]; ok && verb != "" {
		p.at++
		if kind != "armed attack" {
			q.Kind = kind
		}
	} else if p.accept("attack") {
	} else {
		p.fail(p.col(), "when: want attacks, threatens or another act; found %q", verb)
		return
	}
	q.Attacks = p.actor()
	dated := false
	for p.at < len(p.words) {
		switch {
		case p.accept("on"):
			q.On, _ = p.day("on")
			dated = true // a wrong day is reported already
		case p.accept("at"):
			q.Place = p.next("a place")
		case p.accept("as"):
			q.Kind = p.kind()
		case p.accept("responding to"):
			q.Responds = p.next("the name of an earlier act")
		default:
			p.end()
			return
		}
	}
	if !dated {
		p.fail(p.col(), "when: want on YYYY-MM-DD")
	}
	c.Checks = append(c.Checks, Check{Question: q, Acts: len(c.Record.Acts), Facts: len(c.Record.Facts), Pos: pos})
}

// expect reads expected answers, one for each bearer named.
func (p *caseParser) expect() {
	c := p.current()
	if len(c.Checks) == 0 {
		p.fail(0, "expect: want a when before it")
		return
	}
	check := &c.Checks[len(c.Checks)-1]
	e := Expectation{Pos: p.pos(0)}
	if p.accept("conflict of") {
		e.Bearer = p.actor()
		p.accept("between")
		e.Provision = p.provision()
		p.accept("and")
		e.Conflict = p.provision()
		check.Expect = append(check.Expect, e)
		p.end()
		return
	}
	if p.accept("nothing from") {
		e.Nothing, e.Bearer = true, p.actor()
	}
	bearers := []string{e.Bearer}
	if !e.Nothing {
		if bearers[0] = p.actor(); bearers[0] == "everybody" {
			bearers[0] = Everybody
		}
		for p.accept("and") {
			bearers = append(bearers, p.actor())
		}
		for _, r := range []Result{NotBound, Bound, IsDispute, Open, Permitted} {
			if p.accept(string(r)) {
				e.Answer = r
				break
			}
		}
		if e.Answer == "" {
			p.fail(p.col(), "expect: want bound, not bound, open, disputed or permitted; found %q", p.peek())
			return
		}
	}
	for p.at < len(p.words) {
		switch {
		case p.accept("under"), p.accept("by"):
			e.Provision = p.provision()
		case p.accept("towards"), p.accept("to"):
			e.To = p.actor()
		case p.accept("because"):
			e.Because = p.next("a reason in quotation marks")
		case p.accept("needs"):
			e.Needs = p.next("what it needs, in quotation marks")
		case p.accept("awaits"):
			e.Awaits = p.next("what performance awaits, in quotation marks")
		case p.accept("lawful"):
			if v, ok := p.value(); ok {
				e.Lawful = &v
			}
		default:
			p.end()
			return
		}
	}
	for _, b := range bearers {
		e.Bearer = b
		check.Expect = append(check.Expect, e)
	}
}

func (p *caseParser) value() (why.Value, bool) {
	for _, v := range []why.Value{why.NotMet, why.Met, why.Unknown, why.Disputed} {
		if p.accept(v.String()) {
			return v, true
		}
	}
	p.fail(p.col(), "lawful: want met, not met, unknown or disputed; found %q", p.peek())
	p.at = len(p.words)
	return 0, false
}

func (p *caseParser) provision() string {
	s := p.next("a provision")
	if s != "" && !strings.Contains(s, "/") && p.instrument != "" {
		s = p.instrument + "/" + s
	}
	return s
}

// sameBearer reports whether the row is about one of those expected.
func sameBearer(e Expectation, a *Answer) bool {
	return a.Bearer == e.Bearer && (e.Provision == "" || a.Provision == e.Provision) && (e.To == "" || a.To == e.To)
}

// missing says what of an expectation is not borne out, or "".
func missing(e Expectation, reply Reply) string {
	if e.Conflict != "" {
		for _, c := range reply.Conflicts {
			if c.Bearer == e.Bearer && (c.First == e.Provision && c.Second == e.Conflict || c.First == e.Conflict && c.Second == e.Provision) {
				return ""
			}
		}
		return "no conflict of " + e.Bearer + " between " + e.Provision + " and " + e.Conflict
	}
	var seen []string
	for i := range reply.Answers {
		a := &reply.Answers[i]
		if !sameBearer(e, a) {
			continue
		}
		if e.Nothing {
			return "a row for " + e.Bearer + " under " + a.Provision + ": " + string(a.Answer)
		}
		why := mismatch(e, a)
		if why == "" {
			return ""
		}
		seen = append(seen, why)
	}
	if e.Nothing {
		return ""
	}
	if len(seen) == 0 {
		return "no row for " + name(e.Bearer) + " under " + or(e.Provision, "any provision")
	}
	slices.Sort(seen)
	return strings.Join(slices.Compact(seen), "; ")
}

func mismatch(e Expectation, a *Answer) string {
	contains := func(s string) bool { return strings.Contains(strings.ToLower(s), strings.ToLower(e.Because)) }
	switch {
	case a.Answer != e.Answer:
		return a.Provision + " towards " + a.To + ": " + string(a.Answer) + ", because " + a.Why
	case e.Because != "" && !contains(a.Why) && !slices.ContainsFunc(a.Derived.Leaves(), func(n *why.Node) bool { return contains(n.Says) }):
		return a.Provision + ": " + string(a.Answer) + " for another reason: " + a.Why
	case e.Needs != "" && !strings.Contains(strings.Join(a.Needs, "; "), e.Needs):
		return a.Provision + ": needs " + strings.Join(a.Needs, "; ")
	case e.Awaits != "" && !strings.Contains(a.Process, e.Awaits):
		return a.Provision + ": performance awaits " + or(a.Process, "nothing")
	case e.Lawful != nil && (a.Lawful == nil || a.Lawful.Value != *e.Lawful):
		if a.Lawful == nil {
			return a.Provision + ": says nothing on lawfulness"
		}
		return a.Provision + ": lawful: " + a.Lawful.Value.String()
	}
	return ""
}
