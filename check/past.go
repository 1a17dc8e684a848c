package check

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/text"
)

// Past is what was said before. A [Kept] record is one.
type Past interface {
	// Earlier returns reports published before a day in which somebody of that
	// name says something, latest first.
	Earlier(ctx context.Context, speaker string, before day.Day) ([]Earlier, error)
}

// Earlier is a report of the past.
type Earlier struct {
	Ref      string // its hash
	Document *reading.Document
}

// Kept is the past that a record keeps.
type Kept struct{ Store record.Store }

// mostEarlier is how many earlier reports of one speaker are looked at.
const mostEarlier = 24

// Earlier looks for statements of the speaker.
func (k Kept) Earlier(ctx context.Context, speaker string, before day.Day) ([]Earlier, error) {
	items, err := k.Store.Search(ctx, record.Query{Kinds: []record.Kind{record.Statement}, Name: speaker, To: &before, Limit: 8 * mostEarlier})
	if err != nil {
		return nil, fmt.Errorf("look for earlier statements of %s: %w", speaker, err)
	}
	var out []Earlier
	for _, it := range items {
		if len(out) == mostEarlier || slices.ContainsFunc(out, func(e Earlier) bool { return e.Ref == it.Report.Hash }) {
			continue
		}
		stored, err := k.Store.Report(ctx, it.Report.Hash)
		if err != nil {
			return nil, err
		}
		out = append(out, Earlier{it.Report.Hash, stored.Document})
	}
	return out, nil
}

// otherwise is the kind of verdicts that a speaker said the contrary before. It
// says nothing about which of the two is true.
const otherwise = "said otherwise"

// Against checks a document as Check does, and holds each claim and act that a
// speaker affirms or denies against what the same speaker said before.
func (c *Checker) Against(ctx context.Context, d *reading.Document, past Past) (Checked, error) {
	p := c.begin(d)
	p.parse(all)
	out := p.check()
	p.found = append(p.found, p.deeds()...)
	if p.published.To <= p.published.From {
		return out, nil
	}
	for _, who := range p.speakers() {
		earlier, err := past.Earlier(ctx, who, p.published.From)
		if err != nil {
			return out, err
		}
		for _, e := range earlier {
			q := c.begin(e.Document)
			if q.published.To <= q.published.From {
				continue
			}
			q.parse(all)
			q.found = append(q.claims(), q.deeds()...)
			out.Checks = append(out.Checks, p.compare(q, e.Ref, who)...)
		}
	}
	return out, nil
}

// all wants every paragraph: what was done may stand in any.
func all(string) bool { return true }

// speakers names those who affirm or deny something that can be compared.
func (p *pass) speakers() []string {
	var out []string
	add := func(st *reading.Statement) {
		if who := p.speakerOf(st); who != "" && !slices.Contains(out, who) {
			out = append(out, who)
		}
	}
	for _, c := range p.found {
		add(c.Claim.By)
	}
	for i := range p.doc.Acts {
		if a := &p.doc.Acts[i]; a.Within != nil && (a.Status == "denied" || a.Status == "occurred") {
			add(p.statement(*a.Within))
		}
	}
	return out
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

// compare holds what somebody says against what the same person said in an
// earlier report.
func (p *pass) compare(q *pass, ref, who string) []Verdict {
	var out []Verdict
	add := func(of *reading.Statement, spans []text.Span, before *reading.Statement, words text.Span) {
		if slices.ContainsFunc(out, func(v Verdict) bool { return v.Of == of.ID && v.Span == spans[0] }) {
			return
		}
		said := words.Of(q.doc.Text)
		out = append(out, Verdict{
			Of: of.ID, By: of.ID, Kind: otherwise, Claim: fmt.Sprintf("%s said otherwise on %s", who, q.published), Span: spans[0], Spans: spans, Result: Contradicted,
			Grounds: []Ground{
				{Says: fmt.Sprintf("on %s %s said: “%s”", q.published, who, shorten(said)), Ref: ref + "#" + before.ID, Source: q.doc.Outlet, Spans: []text.Span{words}},
				{Says: "which of the two is true is another question"},
			},
		})
	}
	for i := range p.found {
		now := &p.found[i]
		if p.speakerOf(now.Claim.By) != who {
			continue
		}
		if now.Claim.Kind == never {
			for _, said := range q.sayings {
				if q.speakerOf(said.by) == who && holdsAll(said.words, strings.Fields(now.Claim.Value)) {
					add(now.Claim.By, now.Claim.Spans, said.by, said.span)
				}
			}
			continue
		}
		for j := range q.found {
			then := &q.found[j]
			if q.speakerOf(then.Claim.By) == who && (contrary(then, now) || p.undone(q, then, now)) {
				add(now.Claim.By, now.Claim.Spans, then.Claim.By, then.Claim.Spans[0])
			}
		}
	}
	for i := range p.doc.Acts {
		now := &p.doc.Acts[i]
		if now.Within == nil || p.speakerOf(p.statement(*now.Within)) != who || len(now.Trigger) == 0 {
			continue
		}
		for j := range q.doc.Acts {
			then := &q.doc.Acts[j]
			if then.Within == nil || q.speakerOf(q.statement(*then.Within)) != who || len(then.Trigger) == 0 || !p.denies(now, q, then) {
				continue
			}
			st, before := p.statement(*now.Within), q.statement(*then.Within)
			add(st, st.Content, before, before.Content[0])
		}
	}
	return out
}

// contrary reports whether two claims of one speaker cannot both be true: the
// same thing affirmed and denied, while the tables say that it did not change in
// between; or two numbers or days given for one thing.
func contrary(then, now *judged) bool {
	a, b := &then.Claim, &now.Claim
	if !a.same(b) || a.Past != b.Past {
		return false
	}
	disjoint := a.When.To <= b.When.From || b.When.To <= a.When.From
	dated := a.When.To > a.When.From && b.When.To > b.When.From
	opposed := then.Verdict.Result == Supported && now.Verdict.Result == Contradicted || then.Verdict.Result == Contradicted && now.Verdict.Result == Supported
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
	case firstTreaty, onlyAlly, ranked, onlyMember:
		return false // only affirmed ones are read
	}
	if a.Value != b.Value || a.Negated == b.Negated {
		return false
	}
	return opposed || dated && a.When == b.When
}

// undone reports whether of two deeds told by one speaker one denies what the
// other affirms. What was denied may have happened since, so that an affirmation
// after the denial counts only if it is dated before it.
func (p *pass) undone(q *pass, then, now *judged) bool {
	a, b := &then.Claim, &now.Claim
	if a.Kind != done || !a.same(b) || a.Value != b.Value || a.Negated == b.Negated {
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
	return !datedA && datedB && b.When.To <= q.published.To
}

// holdsAll reports whether all words stand in a sorted list.
func holdsAll(list, words []string) bool {
	return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(list, w) })
}

// denies reports whether of two acts told by one speaker one denies what the
// other affirms. What was denied may happen later, so that an affirmation after
// the denial counts only if it is dated before it.
func (p *pass) denies(now *reading.Act, q *pass, then *reading.Act) bool {
	if now.Type != then.Type || now.Of != then.Of || now.Mode != then.Mode {
		return false
	}
	denial, affirmed := now.Status == "denied" && then.Status == "occurred", now.Status == "occurred" && then.Status == "denied"
	if !denial && !affirmed {
		return false
	}
	if !equalActors(p.keys(now.Source), q.keys(then.Source)) || !equalActors(p.keys(now.Target), q.keys(then.Target)) {
		return false
	}
	if now.Place != "" && then.Place != "" && now.Place != then.Place {
		return false
	}
	if !strings.EqualFold(root(now.Trigger[0].Of(p.doc.Text)), root(then.Trigger[0].Of(q.doc.Text))) {
		return false
	}
	if !p.plain(p.statement(*now.Within)) && now.Status == "occurred" || !q.plain(q.statement(*then.Within)) && then.Status == "occurred" {
		return false
	}
	a, errA := day.ParsePeriod(now.Date)
	b, errB := day.ParsePeriod(then.Date)
	if errA == nil && errB == nil && (a.To <= b.From || b.To <= a.From) {
		return false
	}
	if affirmed {
		return errA == nil && a.To <= q.published.To
	}
	return errA != nil || errB == nil
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

// equalActors reports whether two lists name the same, and somebody.
func equalActors(a, b []string) bool { return len(a) > 0 && slices.Equal(a, b) }
