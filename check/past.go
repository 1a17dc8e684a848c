package check

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/text"
)

// Past is what was said before. A record is one.
type Past interface {
	// Claimed finds claims that [Checker.Claims] made of earlier reports.
	Claimed(ctx context.Context, q record.ClaimQuery) ([]record.Claim, error)
}

// Form is the version of the claims that [Checker.Claims] makes. Raise it when
// other claims are found, or others kept of them: what is stored of an earlier
// form is not compared, and casus record claims makes it anew.
const Form = 1

const (
	mostEarlier = 100 // claims of one speaker, kind and subject that are looked at
	mostShown   = 3   // earlier claims that are shown for one
)

// otherwise is the kind of verdicts that a speaker said the contrary before. It
// says nothing about which of the two is true.
const otherwise = "said otherwise"

// Kinds of claims that are only kept: what somebody says as a whole, and that an
// act was done or was not.
const (
	whole = "saying" // Value is the gist
	act   = "act"    // Subject and Object are those who act and are acted upon, Value is what they do
)

// kept is what is stored of a claim beside its speaker, kind, subject and place.
type kept struct {
	Judge   string  `json:"judge,omitempty"` // name of the kind that judges it
	Object  string  `json:"object,omitempty"`
	Value   string  `json:"value,omitempty"`
	Place   string  `json:"place,omitempty"`
	Negated bool    `json:"negated,omitempty"`
	Past    bool    `json:"past,omitempty"`
	Since   bool    `json:"since,omitempty"`
	Sure    bool    `json:"sure,omitempty"`
	Told    bool    `json:"told,omitempty"`
	When    *period `json:"when,omitempty"`
}

type period struct {
	From      day.Day       `json:"from"`
	To        day.Day       `json:"to"`
	Precision day.Precision `json:"precision,omitempty"`
}

// stated is a claim of a record, read again.
type stated struct {
	Claim
	at        *record.Claim
	place     string
	published day.Period
	result    Result // as the tables judge it today; empty if they do not
}

// Claims returns what persons say in a document, as it is to be stored with it.
func (c *Checker) Claims(d *reading.Document) record.Claims {
	p := c.begin(d)
	if p.published.To <= p.published.From {
		return record.Claims{Form: Form} // nothing is earlier or later than it
	}
	p.parse(all)
	p.found = p.claims()
	return p.stated()
}

// Against checks a document as Check does, and holds each claim and act that a
// speaker affirms or denies against what the same speaker said before.
func (c *Checker) Against(ctx context.Context, d *reading.Document, past Past) (Checked, error) {
	p := c.begin(d)
	p.parse(all)
	out := p.check()
	if p.published.To <= p.published.From {
		return out, nil
	}
	found, err := c.Otherwise(ctx, d.Published, p.stated().List, past)
	out.Checks = append(out.Checks, found...)
	return out, err
}

// all wants every paragraph: what was done may stand in any.
func all(string) bool { return true }

// Otherwise holds what persons say in a report of a day against what the same
// persons said before.
func (c *Checker) Otherwise(ctx context.Context, published string, claims []record.Claim, past Past) ([]Verdict, error) {
	var out []Verdict
	asked := map[record.ClaimQuery][]*stated{}
	for i := range claims {
		now := c.read(&claims[i], published)
		if now == nil || now.Kind == whole {
			continue
		}
		q := record.ClaimQuery{Speaker: now.at.Speaker, Kind: now.Kind, Subject: now.Subject, Form: Form, Limit: mostEarlier}
		if now.Kind == never {
			q.Kind, q.Subject = whole, ""
		}
		earlier, ok := asked[q]
		if !ok {
			before := q
			before.Before = &now.published.From
			list, err := past.Claimed(ctx, before)
			if err != nil {
				return out, err
			}
			for i := range list {
				if then := c.read(&list[i], list[i].Report.Published); then != nil {
					earlier = append(earlier, then)
				}
			}
			asked[q] = earlier
		}
		shown := map[string]bool{}
		for _, then := range earlier {
			if len(shown) < mostShown && !shown[then.at.Report.Hash] && irreconcilable(then, now) &&
				!slices.ContainsFunc(out, func(v Verdict) bool { // said once by two claims
					return v.Of == now.at.Statement && v.Span == now.Spans[0] && strings.HasPrefix(v.Grounds[0].Ref, then.at.Report.Hash)
				}) {
				shown[then.at.Report.Hash] = true
				out = append(out, contradiction(then, now))
			}
		}
	}
	return out, nil
}

func contradiction(then, now *stated) Verdict {
	return Verdict{
		Of: now.at.Statement, By: now.at.Statement, Kind: otherwise, Claim: fmt.Sprintf("%s said otherwise on %s", now.at.Speaker, then.published),
		Span: now.Spans[0], Spans: now.Spans, Result: Contradicted,
		Grounds: []Ground{
			{Says: fmt.Sprintf("on %s %s said: “%s”", then.published, then.at.Speaker, then.at.Words), Ref: then.at.Report.Hash + "#" + then.at.Statement, Source: then.at.Report.Outlet, Spans: then.Spans[:1]},
			{Says: "which of the two is true is another question"},
		},
	}
}

// stated lists the claims that persons make in the document, in the form in which
// they are stored.
func (p *pass) stated() record.Claims {
	list := record.Claims{Form: Form}
	add := func(by *reading.Statement, kind, subject string, spans []text.Span, k kept, when day.Period) {
		who := p.speakerOf(by)
		if who == "" || len(spans) == 0 {
			return
		}
		if when.To > when.From {
			k.When = &period{when.From, when.To, when.Precision}
		}
		said, err := json.Marshal(k)
		if err != nil {
			panic(err) // it is made of strings
		}
		list.List = append(list.List, record.Claim{Statement: by.ID, Speaker: who, Kind: kind, Subject: subject, Spans: spans, Words: shorten(spans[0].Of(p.doc.Text)), Said: string(said)})
	}
	for _, c := range append(slices.Clone(p.found), p.deeds()...) {
		if c.Claim.Kind == firstTreaty || c.Claim.Kind == onlyAlly || c.Claim.Kind == ranked || c.Claim.Kind == onlyMember {
			continue // only affirmed ones are read
		}
		add(c.Claim.By, c.Claim.Kind, c.Subject, c.Claim.Spans, kept{Judge: c.judge, Object: c.Object, Value: c.Value, Negated: c.Negated, Past: c.Past, Since: c.Since, Sure: c.Sure, Told: c.told}, c.When)
	}
	for _, s := range p.sayings {
		add(s.by, whole, "", []text.Span{s.span}, kept{Value: strings.Join(s.words, " ")}, day.Period{})
	}
	for i := range p.doc.Acts {
		a := &p.doc.Acts[i]
		if a.Within == nil || len(a.Trigger) == 0 || a.Status != "denied" && a.Status != "occurred" {
			continue
		}
		by, source, target := p.statement(*a.Within), p.keys(a.Source), p.keys(a.Target)
		if by == nil || len(source) == 0 || len(target) == 0 || a.Status == "occurred" && !p.plain(by) {
			continue
		}
		when, _ := day.ParsePeriod(a.Date) // undated if it has none
		add(by, act, strings.Join(source, "|"), by.Content, kept{Object: strings.Join(target, "|"), Value: strings.Join([]string{a.Type, a.Of, a.Mode, root(a.Trigger[0].Of(p.doc.Text))}, "/"),
			Place: a.Place, Negated: a.Status == "denied"}, when)
	}
	return list
}

// read returns a stored claim with today's verdict, or nil if it is not to be
// compared.
func (c *Checker) read(at *record.Claim, published string) *stated {
	var k kept
	p := &pass{Checker: c, doc: &reading.Document{}, heirs: map[string]string{}}
	var err error
	if p.published, err = day.ParsePeriod(published[:min(len(published), 10)]); err != nil || json.Unmarshal([]byte(at.Said), &k) != nil || len(at.Spans) == 0 {
		return nil
	}
	s := &stated{at: at, place: k.Place, published: p.published, Claim: Claim{Kind: at.Kind, Subject: at.Subject, Object: k.Object, Value: k.Value,
		Negated: k.Negated, Past: k.Past, Since: k.Since, Sure: k.Sure, Spans: at.Spans, By: &reading.Statement{ID: at.Statement}}}
	if k.When != nil {
		s.When = day.Period{From: k.When.From, To: k.When.To, Precision: k.When.Precision}
	}
	for i := range kinds {
		if kinds[i].name == k.Judge {
			s.result, _ = kinds[i].judge(p, &s.Claim)
			if s.result == Contradicted && !s.firm(k.Told) {
				return nil
			}
		}
	}
	return s
}

// speakerOf returns the full name of the person who makes a statement; "" if it
// is nobody's whom a name tells from others.
func (p *pass) speakerOf(st *reading.Statement) string {
	if st == nil || st.Speaker == nil {
		return ""
	}
	a := p.actors[*st.Speaker]
	if a == nil || a.Kind != "person" || !strings.Contains(a.Name, " ") {
		return ""
	}
	return a.Name
}

// irreconcilable reports whether two claims of one speaker cannot both be true.
func irreconcilable(then, now *stated) bool {
	switch now.Kind {
	case never:
		return holdsAll(strings.Fields(then.Value), strings.Fields(now.Value))
	case act:
		return denies(then, now)
	case done:
		return undone(then, now)
	}
	return contrary(then, now)
}

// contrary reports whether two claims of one speaker cannot both be true: the
// same thing affirmed and denied, while the tables say that it did not change in
// between; or two numbers or days given for one thing.
func contrary(then, now *stated) bool {
	a, b := &then.Claim, &now.Claim
	if !a.same(b) || a.Past != b.Past {
		return false
	}
	disjoint := a.When.To <= b.When.From || b.When.To <= a.When.From
	dated := a.When.To > a.When.From && b.When.To > b.When.From
	opposed := then.result == Supported && now.result == Contradicted || then.result == Contradicted && now.result == Supported
	switch a.Kind {
	case signed, entered, founded, joined, left:
		if a.Negated || b.Negated {
			return a.Negated != b.Negated && dated && a.When == b.When
		}
		return dated && disjoint
	case count:
		return a.Value != b.Value && opposed
	case lacking, border:
		return a.Value == b.Value && a.Negated != b.Negated
	}
	if a.Value != b.Value || a.Negated == b.Negated {
		return false
	}
	return opposed || dated && a.When == b.When
}

// undone reports whether of two deeds told by one speaker one denies what the
// other affirms. What was denied may have happened since, so that an affirmation
// after the denial counts only if it is dated before it.
func undone(then, now *stated) bool {
	a, b := &then.Claim, &now.Claim
	if !a.same(b) || a.Value != b.Value || a.Negated == b.Negated {
		return false
	}
	if b.Since { // "always", "never": at no time before
		return true
	}
	if !a.Past || !b.Past {
		return false // what is so now may not have been so then
	}
	datedA, datedB := a.When.To > a.When.From, b.When.To > b.When.From
	if datedA && datedB {
		return a.When.From < b.When.To && b.When.From < a.When.To
	}
	if b.Negated {
		return !datedB
	}
	return !datedA && datedB && b.When.To <= then.published.To
}

// holdsAll reports whether all words stand in a sorted list.
func holdsAll(list, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(list, w) })
}

// denies reports whether of two acts told by one speaker one denies what the
// other affirms. What was denied may happen later, so that an affirmation after
// the denial counts only if it is dated before it.
func denies(then, now *stated) bool {
	a, b := now.When, then.When
	datedA, datedB := a.To > a.From, b.To > b.From
	switch {
	case !now.same(&then.Claim) || now.Value != then.Value || now.Negated == then.Negated,
		now.place != "" && then.place != "" && now.place != then.place,
		datedA && datedB && (a.To <= b.From || b.To <= a.From):
		return false
	case !now.Negated:
		return datedA && a.To <= then.published.To
	}
	return !datedA || datedB
}

// root cuts endings off a verb, so that "attacked" and "attack" meet.
func root(w string) string {
	w = strings.ToLower(w)
	for _, end := range []string{"ing", "ed", "es", "s", "e"} {
		if len(w) > len(end)+3 && strings.HasSuffix(w, end) {
			return strings.TrimSuffix(w, end)
		}
	}
	return w
}

// keys names actors so that they can be compared across reports.
func (p *pass) keys(ids []string) []string {
	var out []string
	for _, id := range ids {
		a := p.actors[id]
		switch {
		case a == nil:
			return nil
		case a.Code != "":
			out = append(out, a.Code)
		default:
			out = append(out, a.Name)
		}
	}
	slices.Sort(out)
	return out
}
