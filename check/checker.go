package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/text"
	"github.com/casus-foederis/casus/treaty"
)

// Checker holds documents against a corpus and the tables of actors. It is
// immutable and safe for concurrent use.
type Checker struct {
	corpus *treaty.Corpus
	third  *treaty.Corpus // the same, in which "a third state" has a code
	world  *actor.Table
}

// New returns a checker over a loaded corpus.
func New(c *treaty.Corpus, world *actor.Table) *Checker {
	withThird := *c
	withThird.Names = thirdState{c.Names}
	return &Checker{c, &withThird, world}
}

// Corpus returns the corpus that documents are held against.
func (c *Checker) Corpus() *treaty.Corpus { return c.corpus }

// World returns the tables of actors that documents are held against.
func (c *Checker) World() *actor.Table { return c.world }

// Check returns the document with its agreements tied to the corpus, with a
// verdict for each claim that the record speaks to and with what follows. The
// document that it is given is not changed.
func (c *Checker) Check(d *reading.Document) Checked {
	p := c.begin(d)
	p.parse(wanted)
	return p.check()
}

// Tie returns the document with its agreements tied to the corpus, as it is to
// be stored. The document that it is given is not changed.
func (c *Checker) Tie(d *reading.Document) *reading.Document { return c.begin(d).doc }

// begin ties the agreements of a document to the corpus.
func (c *Checker) begin(d *reading.Document) *pass {
	doc := *d
	doc.Agreements = slices.Clone(d.Agreements)
	p := &pass{Checker: c, doc: &doc, actors: map[string]*reading.Actor{}, heirs: map[string]string{}}
	if period, err := day.ParsePeriod(doc.Published[:min(len(doc.Published), 10)]); err == nil {
		p.published = period
	}
	for i := range doc.Actors {
		p.actors[doc.Actors[i].ID] = &doc.Actors[i]
	}
	p.linked = make([]*treaty.Instrument, len(doc.Agreements))
	for i := range doc.Agreements {
		if p.linked[i] = p.link(&doc.Agreements[i]); p.linked[i] != nil {
			doc.Agreements[i].Instrument = p.linked[i].ID
		}
	}
	return p
}

func (p *pass) check() Checked {
	out := Checked{Document: p.doc, Checks: []Verdict{}, Follows: []Consequence{}}
	seen := map[string]bool{}
	for i, in := range p.linked {
		again := in != nil && seen[in.ID]
		out.Checks = append(out.Checks, p.agreement(&p.doc.Agreements[i], in, again)...)
		if in != nil && !again {
			seen[in.ID] = true
			out.Follows = append(out.Follows, p.follows(in)...)
		}
	}
	out.Checks = append(out.Checks, p.anniversaries()...)
	p.found = p.claims()
	out.Withheld = p.withheld
	for _, c := range p.found {
		if !slices.ContainsFunc(out.Checks, func(v Verdict) bool { return v.Kind == c.Verdict.Kind && v.Span.Overlaps(c.Verdict.Span) }) || c.Verdict.Kind != lacking && c.Verdict.Kind != firstTreaty {
			out.Checks = append(out.Checks, c.Verdict)
		}
	}
	out.Checks = append(out.Checks, p.offices(out.Checks)...)
	out.Checks = append(out.Checks, p.opinions(out.Checks)...)
	for i := range out.Checks {
		if v := &out.Checks[i]; v.Spans == nil {
			v.Spans = []text.Span{v.Span}
		}
	}
	return out
}

// pass is the check of one document.
type pass struct {
	*Checker
	doc       *reading.Document
	published day.Period // zero if unknown
	actors    map[string]*reading.Actor
	heirs     map[string]string    // see heir
	linked    []*treaty.Instrument // by agreement; nil if none
	trees     []language.Sentence
	names     []naming // of actors, in order of the text
	found     []judged
	sayings   []saying // see deeds
	withheld  []Withheld
}

// codes returns the states among actors, a person standing for his state,
// sorted, each once.
func (p *pass) codes(ids []string) []string {
	var out []string
	for _, id := range ids {
		a := p.actors[id]
		if a == nil {
			continue
		}
		code := a.Code
		if a.Kind == "person" || code == "" {
			code = a.State
		}
		if code != "" && !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return out
}

// same reports whether two codes mean one subject of law: the same, or one the
// continuation of the other.
func (p *pass) same(a, b string) bool {
	if a == b {
		return true
	}
	return p.heir(a) == b || p.heir(b) == a
}

// heir returns the state that is the same subject of law on the day of the
// report.
func (p *pass) heir(code string) string {
	h, ok := p.heirs[code]
	if !ok {
		h = p.world.Continuer(code, p.published.From)
		p.heirs[code] = h
	}
	return h
}

// link finds the one instrument of the corpus that an agreement is, or nil.
// Parties have to agree; then the day of signature, or the title, or the time of
// the report decides. Two equally good candidates are none.
func (p *pass) link(a *reading.Agreement) *treaty.Instrument {
	if several(a.Title) {
		return nil
	}
	parties := p.codes(a.Parties)
	signed, err := day.ParsePeriod(a.Signed)
	dated := err == nil
	title := wordsOf(a.Title)
	own := slices.DeleteFunc(slices.Clone(title), func(w string) bool { return p.namesParty(parties, w) })
	var best *treaty.Instrument
	bestScore, tie := 0.0, false
	for _, in := range p.corpus.Instruments {
		named := overlap(title, wordsOf(in.Title))
		members := ordinaryParties(in)
		if len(parties) < 2 && named < 0.99 || !p.covers(members, parties) {
			continue
		}
		exact := len(members) == len(parties)
		if !exact && named < 0.7 || len(own) > 0 && overlap(own, wordsOf(in.Title)) == 0 && !dated {
			continue // "the nuclear deal with Iran" is no treaty of another matter
		}
		score := named
		if exact {
			score += 0.5
		}
		on := in.Signed()
		switch {
		case on.Kind != day.BoundIn:
		case dated && on.From < signed.To && signed.From < on.To:
			score += 2
		case dated:
			continue // signed at another time
		case p.published.To > p.published.From && (a.Status == "signed" || a.Status == "announced") &&
			on.From >= p.published.From-60 && on.From <= p.published.From+60:
			score += 1.2
		}
		if len(own) == 0 && score <= named+0.5 && !slices.ContainsFunc(strings.Fields(strings.ToLower(a.Title)), func(w string) bool { return w == "treaty" || w == "pact" || w == "alliance" }) {
			continue // "the Iran deal"
		}
		if score < 1 || score < bestScore {
			continue
		}
		tie = score == bestScore && best != nil
		best, bestScore = in, score
	}
	if tie {
		return nil
	}
	return best
}

// namesParty reports whether a word is part of the name of one of the states, or
// the adjective to it.
func (p *pass) namesParty(parties []string, w string) bool {
	return slices.ContainsFunc(parties, func(code string) bool {
		name := strings.ToLower(p.corpus.Names.Name(code, p.published.From))
		return strings.Contains(name, w) || len(w) > 4 && strings.HasPrefix(name, w[:4])
	})
}

// several reports whether a title means more than one text.
func several(title string) bool {
	words := strings.Fields(strings.ToLower(title))
	return len(words) > 0 && slices.ContainsFunc(words, func(w string) bool {
		return slices.Contains([]string{"agreements", "treaties", "pacts", "accords", "documents", "deals", "memoranda", "conventions", "protocols"}, w)
	})
}

// covers reports whether every one of the codes is a member.
func (p *pass) covers(members, codes []string) bool {
	for _, c := range codes {
		if !slices.ContainsFunc(members, func(m string) bool { return p.same(m, c) }) {
			return false
		}
	}
	return true
}

func ordinaryParties(in *treaty.Instrument) []string {
	var out []string
	for _, m := range in.Parties {
		if m.Role != treaty.Beneficiary && !slices.Contains(out, m.ID) {
			out = append(out, m.ID)
		}
	}
	return out
}

var smallWords = map[string]bool{"the": true, "of": true, "and": true, "on": true, "a": true, "an": true, "in": true, "for": true, "between": true, "with": true, "agreement": true, "treaty": true, "pact": true, "deal": true, "accord": true}

func wordsOf(s string) []string {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r > 127) })
	return slices.DeleteFunc(words, func(w string) bool { return smallWords[w] })
}

// overlap is the share of the words of a that stand in b; 0 if a has none.
func overlap(a, b []string) float64 {
	n := 0
	for _, w := range a {
		if slices.Contains(b, w) {
			n++
		}
	}
	if len(a) == 0 {
		return 0
	}
	return float64(n) / float64(len(a))
}

// verbs says by which deeds a clause of a reported type can be known in the
// corpus.
var verbs = map[string][]string{
	"defense": {"assist"}, "offense": {"attack"}, "neutrality": {"stay neutral", "refuse support"},
	"nonaggression": {"refrain from force"}, "consultation": {"consult"}, "aid": {"give aid"}, "basing": {"host"},
}

// agreement judges that an agreement exists and that its clauses say what the
// report says.
// That it exists is said once for each instrument, its clauses each time.
func (p *pass) agreement(a *reading.Agreement, in *treaty.Instrument, again bool) []Verdict {
	at := text.Span{}
	if len(a.Mentions) > 0 {
		at = a.Mentions[0]
	}
	claim := fmt.Sprintf("%s made “%s”", cmp.Or(p.namesOf(a.Parties), "somebody"), a.Title)
	if a.Signed != "" {
		claim += ", signed " + a.Signed
	}
	exists := Verdict{Of: a.ID, By: idOf(p.saidAt(at.Start)), Kind: "agreement", Claim: claim, Span: at, Result: NotInRecord}
	if in == nil {
		exists.Grounds = []Ground{{Says: "no instrument of the corpus has these parties, that time and that title; the corpus is not complete"}}
		return []Verdict{exists}
	}
	var out []Verdict
	if !again {
		exists.Result, exists.Grounds = Supported, []Ground{groundOf(in)}
		if on := in.Signed(); on.Kind == day.BoundIn && p.published.To > p.published.From && on.From > p.published.To {
			exists.Result = NotInRecord // the report told of it before it was made
		}
		out = append(out, exists)
	}
	for _, clause := range a.Provisions {
		if v, ok := provision(a, clause, in); ok {
			if clause.By != nil {
				v.By = *clause.By
			}
			if v.Result == Contradicted && (!p.asserted(clause) || p.withheldClause(clause, in)) {
				continue
			}
			out = append(out, v)
		}
	}
	return out
}

// provision judges one clause as reported. It contradicts only where somebody
// looked for the clause and recorded that it is absent, or where a report denies
// a clause that stands in the text.
func provision(a *reading.Agreement, said reading.Provision, in *treaty.Instrument) (Verdict, bool) {
	deeds := verbs[said.Type]
	if deeds == nil {
		return Verdict{}, false
	}
	has := slices.IndexFunc(in.Provisions, func(n *treaty.Provision) bool {
		return slices.ContainsFunc(n.Versions, func(v treaty.Version) bool {
			return v.Force != "shall not" && slices.ContainsFunc(deeds, v.Has) || said.Type == "nonaggression" && v.Force == "shall not" && (v.Has("attack") || v.Has("assist"))
		})
	})
	absent := slices.Contains(in.Absent, said.Type)
	claim := "it has a clause on " + said.Type
	if said.Negated {
		claim = "it has no clause on " + said.Type
	}
	v := Verdict{Of: a.ID, Kind: "provision", Claim: claim, Span: said.Span, Result: NotInRecord}
	switch {
	case has >= 0:
		n := in.Provisions[has]
		v.Result = Supported
		if said.Negated {
			v.Result = Contradicted
		}
		last := n.Versions[len(n.Versions)-1]
		v.Grounds = []Ground{{Says: fmt.Sprintf("article %s: %s", n.Article, cmp.Or(last.Words, last.Says)), Ref: n.Name(), Source: n.Source}}
	case absent:
		v.Result = Contradicted
		if said.Negated {
			v.Result = Supported
		}
		v.Grounds = []Ground{{Says: "somebody looked: the text has no clause on " + said.Type, Ref: in.ID}}
	default:
		v.Grounds = []Ground{{Says: "the corpus encodes no such clause of this instrument and does not say that it is absent", Ref: in.ID}}
	}
	return v, true
}

// offices supports that people hold the offices that the report gives them
// anywhere, unless a claim on it was judged. It never contradicts: a report may
// speak of an office once held.
func (p *pass) offices(done []Verdict) []Verdict {
	if p.published.To != p.published.From+1 {
		return nil
	}
	var out []Verdict
	for _, a := range p.doc.Actors {
		if a.Kind != "person" || a.Role == "" || len(a.Mentions) == 0 {
			continue
		}
		if a.Entity == "" && a.State == "" {
			continue
		}
		if a.Entity == "" {
			if !public[lastWord(a.Role)] && !public[firstWord(a.Role)] {
				continue // a journalist, the president of a club
			}
			out = append(out, Verdict{
				Of: a.ID, By: idOf(p.saidAt(a.Mentions[0].Start)), Kind: office, Claim: fmt.Sprintf("%s is %s", a.Name, a.Role), Span: a.Mentions[0], Result: NotInRecord,
				Grounds: []Ground{{Says: "the tables do not hold a person of that name"}},
			})
			continue
		}
		if slices.ContainsFunc(done, func(v Verdict) bool {
			return v.Kind == office && slices.ContainsFunc(a.Mentions, v.Span.Overlaps)
		}) {
			continue
		}
		person, ok := p.world.Person(a.Entity)
		if !ok {
			continue
		}
		for _, t := range person.Tenures {
			if t.Span.Contains(p.published.From) != day.Yes || t.Doubt != "" || !slices.Contains(p.world.Roles(a.Role), t.Office.Role) {
				continue
			}
			out = append(out, Verdict{
				Of: a.ID, By: idOf(p.saidAt(a.Mentions[0].Start)), Kind: office, Claim: fmt.Sprintf("%s is %s", a.Name, a.Role), Span: a.Mentions[0], Result: Supported,
				Grounds: []Ground{{Says: fmt.Sprintf("%s of %s, %s", t.Office.Role, t.Office.Of, spell(t.Span)), Ref: t.Office.At}},
			})
			break
		}
	}
	return out
}

// public are words of offices of state, of which a report may be asked whether
// somebody holds them.
var public = wordSet("president minister premier chancellor king queen emir sultan emperor ambassador secretary deputy prime foreign defence defense")

func firstWord(s string) string { w, _, _ := strings.Cut(strings.ToLower(s), " "); return w }

func lastWord(s string) string {
	s = strings.ToLower(s)
	return s[strings.LastIndexByte(s, ' ')+1:]
}

// idOf returns the id of a statement; "" for the outlet's words.
func idOf(s *reading.Statement) string {
	if s == nil {
		return ""
	}
	return s.ID
}

// spell words a tenure: "2012-05-07 to 2018-05-07", or "since" if its end is not
// known to the day.
func spell(s day.Span) string {
	if end, ok := s.To.Day(); ok {
		return s.From.String() + " to " + end.String()
	}
	return "since " + s.From.String()
}

func (p *pass) namesOf(ids []string) string {
	var out []string
	for _, id := range ids {
		if a := p.actors[id]; a != nil {
			out = append(out, a.Name)
		}
	}
	return strings.Join(out, " and ")
}
