// Package review takes what reports say of an instrument to answers that rest
// on it: a signing that the corpus does not hold becomes a draft in the record,
// a person accepts, corrects or rejects it, and what was confirmed stands over
// the corpus until a later decision says otherwise.
//
// It decides nothing itself, and it has no clock: callers say who decides and
// when. An instrument from reports never hides one of the corpus.
package review

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/text"
	"github.com/casus-foederis/casus/treaty"
)

// Proposed is a draft that a report gave, or to which it added a ground.
type Proposed struct {
	Draft      int64        `json:"draft"`
	Did        record.State `json:"did"` // new, version (a further report of it) or unchanged
	Instrument string       `json:"instrument"`
	Title      string       `json:"title"`
}

// concluded are the states of an agreement that a draft can be made from: what
// is announced or proposed binds nobody yet.
var concluded = []string{"signed", "ratified", "in_force"}

// Propose queues the instruments that a stored report says were concluded and
// that the corpus does not hold. The report is named by its hash; when is RFC
// 3339 in UTC.
func Propose(ctx context.Context, s record.Queue, c *check.Checker, hash, when string, doc *reading.Document) ([]Proposed, error) {
	var out []Proposed
	candidate := func(a reading.Agreement) bool { return slices.Contains(concluded, a.Status) && len(a.Parties) > 1 }
	if !slices.ContainsFunc(doc.Agreements, candidate) {
		return nil, nil
	}
	checked := c.Check(doc)
	for _, a := range checked.Agreements {
		if !candidate(a) {
			continue
		}
		one := *checked.Document
		one.Agreements = []reading.Agreement{a}
		for _, in := range c.Drafts(check.Checked{Document: &one}) {
			if period, err := day.ParsePeriod(doc.Published); err == nil && a.Status == "in_force" {
				in.Status = append(in.Status, treaty.Event{Kind: "in force", On: day.Before(period.To), Source: in.Sources[0]})
			}
			d := record.Draft{Instrument: in.ID, Title: in.Title, Signed: a.Signed, Added: when}
			for _, p := range in.Parties {
				d.Parties = append(d.Parties, p.ID)
			}
			slices.Sort(d.Parties)
			of := in.ID
			alike := func(old record.Draft) bool {
				found := same(old, d, doc.Published)
				if found {
					of = old.Instrument
				}
				return found
			}
			if err := freeName(ctx, s, c.Corpus(), in, d.Parties, alike); err != nil {
				return out, err
			}
			of, d.Instrument, d.Text = in.ID, in.ID, string(treaty.Write(in))
			statements, spans := basis(doc, a)
			d.Grounds = []record.Ground{{Report: record.Head{Hash: hash}, Agreement: a.ID, Statements: statements, Spans: spans, Text: d.Text, Added: when}}
			number, did, err := s.Propose(ctx, d, alike)
			if err != nil {
				return out, err
			}
			out = append(out, Proposed{number, did, of, d.Title})
		}
	}
	return out, nil
}

// freeName gives the draft an id that neither the corpus nor a draft of another
// instrument has.
func freeName(ctx context.Context, s record.Queue, base *treaty.Corpus, in *treaty.Instrument, parties []string, same func(record.Draft) bool) error {
	drafts, err := s.Drafts(ctx, record.DraftQuery{Parties: parties})
	if err != nil {
		return err
	}
	stem := in.ID // it names the parties, so that only drafts of theirs have it
	for n := 2; base.Instrument(in.ID) != nil || slices.ContainsFunc(drafts, func(d record.Draft) bool { return d.Instrument == in.ID && !same(d) }); n++ {
		in.ID = fmt.Sprintf("%s-%d", stem, n)
	}
	return nil
}

// basis lists the statements and the bytes that an agreement rests on.
func basis(doc *reading.Document, a reading.Agreement) (statements []string, spans []text.Span) {
	spans = slices.Clone(a.Mentions)
	for _, p := range a.Provisions {
		spans = append(spans, p.Span)
	}
	slices.SortFunc(spans, func(x, y text.Span) int { return x.Start - y.Start })
	for _, st := range doc.Statements {
		said := func(x text.Span) bool {
			return slices.ContainsFunc(st.Content, func(y text.Span) bool { return y.Start <= x.Start && x.End <= y.End })
		}
		if slices.ContainsFunc(spans, said) {
			statements = append(statements, st.ID)
		}
	}
	return statements, spans
}

// nearby is how many days the reports of an undated signing may be apart, and
// slack how many the days given for one signing.
const nearby, slack = 60, 3

// same reports whether two drafts between the same parties are of one
// instrument: signed about the same day, with titles that share what they say.
func same(old, d record.Draft, published string) bool {
	if !alike(old.Title, d.Title) {
		return false
	}
	a, errA := day.ParsePeriod(old.Signed)
	b, errB := day.ParsePeriod(d.Signed)
	if errA == nil && errB == nil {
		return a.From-slack < b.To && b.From < a.To+slack
	}
	b, err := day.ParsePeriod(published)
	if err != nil {
		return errA != nil && errB != nil
	}
	return slices.ContainsFunc(old.Grounds, func(g record.Ground) bool {
		a, err := day.ParsePeriod(g.Report.Published)
		return err == nil && a.From-nearby < b.To && b.From < a.To+nearby
	})
}

// generic are words of titles that tell no instrument from another.
var generic = strings.Fields("the of and on a an in for between with to their new agreement treaty pact deal accord agreements untitled bilateral joint")

// alike reports whether two titles share half of the words of the shorter one,
// or one has none of its own.
func alike(a, b string) bool {
	words := func(s string) []string {
		list := strings.FieldsFunc(strings.ReplaceAll(strings.ToLower(s), "defense", "defence"), func(r rune) bool {
			return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r > 127)
		})
		return slices.DeleteFunc(list, func(w string) bool { return slices.Contains(generic, w) })
	}
	x, y := words(a), words(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	n := 0
	for _, w := range x {
		if slices.Contains(y, w) {
			n++
		}
	}
	return 2*n >= len(x)
}

// Choice is what a reviewer decides on a draft.
type Choice struct {
	Draft   int64          `json:"draft"`
	Verdict record.Verdict `json:"verdict"`
	Who     string         `json:"who"`
	Why     string         `json:"why,omitempty"`
	Made    string         `json:"made"` // RFC 3339 in UTC
	// Over is the number of the last decision that the reviewer saw and decides
	// over; 0 if there was none.
	Over int `json:"over,omitempty"`
	// Text is the treaty file as it should be; for Correct only.
	Text string `json:"text,omitempty"`
	// Reports are hashes, or their beginnings, of the reports that the text rests
	// on. None: the one that it was drafted from for Accept, all for Correct.
	Reports []string `json:"reports,omitempty"`
}

// Undo is the verdict of a choice that takes the last decision back: the draft is
// then as it was before, with the text, the reports and the verdict that it had,
// and both decisions stay. The decision that is stored has the verdict restored.
const Undo record.Verdict = "undo"

// ErrSuperseded: the corpus holds the instrument, from its text.
var ErrSuperseded = errors.New("the corpus holds this instrument already")

// Decide checks a choice and adds it to the draft's decisions. What is accepted
// has to load over the corpus: the error is then [treaty.Problems], every
// mistake with its line and column, in a file named for the draft. Others are
// record.ErrNoDraft, record.ErrDecided (somebody decided since) and
// [ErrSuperseded].
func Decide(ctx context.Context, base *treaty.Corpus, s record.Store, c Choice) (record.Draft, error) {
	fail := func(err error) (record.Draft, error) {
		return record.Draft{}, fmt.Errorf("%s draft %d: %w", c.Verdict, c.Draft, err)
	}
	c.Who = strings.TrimSpace(c.Who)
	if c.Who == "" || strings.ContainsAny(c.Who, "\n\r\x00") {
		return fail(errors.New("who decides has to be named, on one line"))
	}
	d, err := find(ctx, s, c.Draft)
	if err != nil {
		return fail(err)
	}
	x := record.Decision{Number: c.Over + 1, Verdict: c.Verdict, Who: c.Who, Why: c.Why, Made: c.Made, Before: d.Standing()}
	if x.Grounds, err = grounds(d, c); err != nil {
		return fail(err)
	}
	switch c.Verdict {
	case record.Accept, record.Reopen:
		x.After = x.Before
	case record.Correct:
		if x.After = c.Text; strings.TrimSpace(c.Text) == "" {
			return fail(errors.New("a correction needs the text as it should be"))
		}
	case record.Reject:
	case Undo:
		if c.Over < 1 || c.Over > len(d.Decisions) {
			return fail(errors.New("there is no decision to take back"))
		}
		last := d.Decisions[c.Over-1]
		x.Verdict, x.After, x.Grounds = record.Reopen, last.Before, last.Grounds
		if c.Over > 1 {
			before := d.Decisions[c.Over-2]
			x.Verdict, x.After, x.Grounds = before.Verdict, before.After, before.Grounds
		}
		x.Why = strings.TrimSuffix(fmt.Sprintf("takes back decision %d: %s", c.Over, c.Why), ": ")
	default:
		return fail(fmt.Errorf("no verdict %q: it is accept, correct, reject, reopen or undo", c.Verdict))
	}
	// A decision made meanwhile comes before what is wrong with this one.
	if len(d.Decisions) == c.Over && (x.Verdict == record.Accept || x.Verdict == record.Correct) {
		if err := loads(ctx, base, s, d, x); err != nil {
			return fail(err)
		}
	}
	if err := s.Decide(ctx, d.Number, x); err != nil {
		return record.Draft{}, err
	}
	return find(ctx, s, c.Draft)
}

func find(ctx context.Context, s record.Store, number int64) (record.Draft, error) {
	list, err := s.Drafts(ctx, record.DraftQuery{Numbers: []int64{number}})
	if err != nil {
		return record.Draft{}, err
	}
	if len(list) == 0 {
		return record.Draft{}, record.ErrNoDraft
	}
	return list[0], nil
}

// grounds are the hashes of the reports that the text of a choice rests on.
func grounds(d record.Draft, c Choice) ([]string, error) {
	var all, out []string
	for _, g := range d.Grounds {
		all = append(all, g.Report.Hash)
	}
	for _, key := range c.Reports {
		fits := slices.DeleteFunc(slices.Clone(all), func(hash string) bool { return key == "" || !strings.HasPrefix(hash, key) })
		if len(fits) != 1 {
			return nil, fmt.Errorf("%d of the reports that the draft rests on begin with %q", len(fits), key)
		}
		out = append(out, fits[0])
	}
	switch {
	case len(out) > 0:
		return out, nil
	case c.Verdict == record.Correct:
		return all, nil
	case len(d.Decisions) > 0:
		return d.Decisions[len(d.Decisions)-1].Grounds, nil
	}
	return all[:1], nil
}

// loads checks that a draft, decided so, can stand over the corpus beside what
// else was confirmed.
func loads(ctx context.Context, base *treaty.Corpus, s record.Store, d record.Draft, x record.Decision) error {
	d.Decisions = append(slices.Clone(d.Decisions), x)
	in, err := confirmed(base.Names, d)
	if err != nil {
		return err
	}
	if old := holds(base, in); old != nil {
		return fmt.Errorf("%w: %s, %s", ErrSuperseded, old.ID, old.Title)
	}
	others, _, err := overlay(ctx, base, s, nil, d.Number)
	if err != nil {
		return err
	}
	_, err = base.With(append(others, in))
	return err
}
