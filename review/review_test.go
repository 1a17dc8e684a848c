package review

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
	"github.com/casus-foederis/casus/treaty"
)

const now = "2026-11-28T12:00:00Z"

func store(t testing.TB) record.Store {
	t.Helper()
	s, err := record.Open(context.Background(), filepath.Join(t.TempDir(), "record.db"), record.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func checker(t testing.TB) *check.Checker {
	t.Helper()
	c, err := corpus.World()
	if err != nil {
		t.Fatal(err)
	}
	return check.New(c, actor.World())
}

// signing is a reading of a report on a pact of Chile and Morocco.
func signing(id, title, signed, published string) *reading.Document {
	t := "Chile and Morocco signed a " + title + ". Each will assist the other in case of an armed attack, the minister said."
	clause := strings.Index(t, "Each")
	speaker := "a3"
	said := text.Span{Start: clause, End: strings.Index(t, ", the minister")}
	by := "s1"
	return &reading.Document{
		Format: reading.Format, ID: id, URL: "https://courier.example/" + id, Outlet: "The Atlas Courier", Published: published, Title: title, Text: t,
		Posts: []report.Post{}, Media: []report.Media{}, Times: []reading.Time{},
		Actors: []reading.Actor{
			{ID: "a1", Kind: "state", Code: "CHL", Name: "Chile", State: "CHL"}, {ID: "a2", Kind: "state", Code: "MAR", Name: "Morocco", State: "MAR"},
			{ID: "a3", Kind: "person", Name: "The minister", State: "MAR"},
		},
		Statements: []reading.Statement{{ID: "s1", Content: []text.Span{said}, Speaker: &speaker, SpeakerName: "The minister", Kind: "indirect", Notion: "speech"}},
		Agreements: []reading.Agreement{{ID: "g1", Title: title, Form: "treaty", Parties: []string{"a1", "a2"}, Status: "signed", Signed: signed, Areas: []string{},
			Provisions: []reading.Provision{{Type: "defense", By: &by, Span: said}}, Mentions: []text.Span{{Start: 0, End: 24}}}},
	}
}

func propose(t testing.TB, s record.Store, c *check.Checker, hash string, d *reading.Document) []Proposed {
	t.Helper()
	ctx := context.Background()
	if _, err := s.Add(ctx, record.Entry{Hash: hash, Document: d, Added: now}); err != nil {
		t.Fatal(err)
	}
	out, err := Propose(ctx, s, c, hash, now, d)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func hashOf(n int) string { return fmt.Sprintf("%064x", 0xabc000+n) }

func decide(t testing.TB, s record.Store, base *treaty.Corpus, c Choice) (record.Draft, error) {
	t.Helper()
	c.Made = now
	if c.Who == "" {
		c.Who = "Q. Reader"
	}
	return Decide(context.Background(), base, s, c)
}

// inForce is the standing text of a draft, with entry into force on a day.
func inForce(t testing.TB, s record.Store, draft int64, on string) string {
	t.Helper()
	d, err := find(context.Background(), s, draft)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Replace(d.Standing(), "status:\n", "status:\n  - {event: in force, on: "+on+"}\n", 1)
}

func TestPropose(t *testing.T) {
	s, c := store(t), checker(t)
	announced := signing("announced", "defence pact", "", "2025-01-10")
	announced.Agreements[0].Status = "announced"
	force := signing("force", "fisheries agreement", "2024-05-06", "2025-03-04")
	force.Agreements[0].Status = "in_force"
	for i, row := range []struct {
		name string
		d    *reading.Document
		want string
	}{
		{"a signing", signing("one", "mutual defence treaty", "2025-03-03", "2025-03-04"), "1 new chl-mar-2025"},
		{"told two days off, in other words", signing("two", "Chile-Morocco defense pact", "2025-03-01", "2025-03-05"), "1 version chl-mar-2025"},
		{"undated, of the same week", signing("three", "defence treaty", "", "2025-03-06"), "1 version chl-mar-2025"},
		{"of another year", signing("four", "mutual defence treaty", "2019-02-02", "2025-03-04"), "2 new chl-mar-2019"},
		{"on another matter", signing("five", "trade agreement", "2025-03-03", "2025-03-04"), "3 new chl-mar-2025-2"},
		{"only announced", announced, ""},
		{"in force by the day of the report", force, "4 new chl-mar-2024"},
	} {
		var got []string
		for _, p := range propose(t, s, c, hashOf(i), row.d) {
			got = append(got, fmt.Sprintf("%d %s %s", p.Draft, p.Did, p.Instrument))
		}
		if strings.Join(got, ", ") != row.want {
			t.Errorf("%s: %q, want %q", row.name, got, row.want)
		}
	}
	// A signing that the corpus holds gives no draft.
	held := signing("held", "Treaty on Comprehensive Strategic Partnership", "2024-06-19", "2024-06-20")
	held.Actors[0], held.Actors[1] = reading.Actor{ID: "a1", Kind: "state", Code: "RUS", Name: "Russia"}, reading.Actor{ID: "a2", Kind: "state", Code: "PRK", Name: "North Korea"}
	if got := propose(t, s, c, hashOf(90), held); got != nil {
		t.Errorf("a signing of the corpus: %+v", got)
	}
	e, err := Get(context.Background(), c.Corpus(), s, 1)
	if err != nil || len(e.Grounds) != 3 || len(e.Quotes) != 6 || e.Quotes[0].By != "The Atlas Courier" || e.Quotes[1].By != "The minister" || e.Quotes[1].Words != "Each will assist the other in case of an armed attack" {
		t.Errorf("%+v, %v", e, err)
	}
	if len(e.Problems) != 0 || len(e.Notes) != 1 || !strings.Contains(e.Notes[0], "entered into force") {
		t.Errorf("problems %v, notes %v", e.Problems, e.Notes)
	}
	if e, err = Get(context.Background(), c.Corpus(), s, 4); err != nil || !strings.Contains(e.Standing, `{event: in force, on: before 2025-03-05`) || len(e.Notes) != 0 {
		t.Errorf("%v\n%s", err, e.Standing)
	}
}

// TestDecide: rows are choices in turn, with what is answered.
func TestDecide(t *testing.T) {
	s, c := store(t), checker(t)
	base := c.Corpus()
	propose(t, s, c, hashOf(1), signing("one", "mutual defence treaty", "2025-03-03", "2025-03-04"))
	propose(t, s, c, hashOf(2), signing("two", "mutual defence treaty", "2025-03-03", "2025-04-01"))
	good := inForce(t, s, 1, "2025-03-03")
	for _, row := range []struct {
		name  string
		c     Choice
		state record.DraftState
		err   string
	}{
		{"nobody", Choice{Verdict: record.Accept, Who: "  "}, "", "who decides has to be named"},
		{"no such verdict", Choice{Verdict: "adopt"}, "", `no verdict "adopt"`},
		{"every mistake", Choice{Verdict: record.Correct, Text: strings.NewReplacer("[CHL, MAR]", "[CHL, MRC]", "armed attack,", "armed atack,").Replace(good)}, "",
			"draft-1.yaml:5:16: party: unknown state MRC"},
		{"the id of another", Choice{Verdict: record.Correct, Text: strings.Replace(good, "id: chl-mar-2025", "id: nato-1949", 1)}, "", "holds this instrument already: nato-1949"},
		{"a link to nothing", Choice{Verdict: record.Correct, Text: strings.Replace(good, "provisions:", "links:\n  - subject to: un-chartre\nprovisions:", 1)}, "", `unknown instrument "un-chartre"`},
		{"an empty correction", Choice{Verdict: record.Correct}, "", "a correction needs the text"},
		{"a report that it does not rest on", Choice{Verdict: record.Accept, Reports: []string{"ffffff"}}, "", `0 of the reports that the draft rests on begin with "ffffff"`},
		{"accepted", Choice{Verdict: record.Accept}, record.Accepted, ""},
		{"by somebody who saw it waiting", Choice{Verdict: record.Reject}, "", "it was decided meanwhile: accepted by Q. Reader"},
		{"rejected over it", Choice{Verdict: record.Reject, Over: 1, Who: "R. Editor"}, record.Rejected, ""},
		{"waiting again", Choice{Verdict: record.Reopen, Over: 2}, record.Waiting, ""},
		{"corrected", Choice{Verdict: record.Correct, Over: 3, Text: good}, record.Corrected, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			row.c.Draft = 1
			if row.c.Who == "" {
				row.c.Who = "Q. Reader"
			}
			d, err := decide(t, s, base, row.c)
			if row.err == "" && (err != nil || d.State != row.state) {
				t.Errorf("%s, %v", d.State, err)
			}
			if row.err != "" && (err == nil || !strings.Contains(err.Error(), row.err)) {
				t.Errorf("%v, want %s", err, row.err)
			}
		})
	}
	if _, err := decide(t, s, base, Choice{Draft: 9, Verdict: record.Accept}); !errors.Is(err, record.ErrNoDraft) {
		t.Errorf("no draft: %v", err)
	}
	d, _ := find(context.Background(), s, 1)
	if len(d.Decisions) != 4 || d.Decisions[1].After != "" || d.Decisions[3].Before != d.Text || d.Decisions[3].After != good || d.Standing() != good {
		t.Errorf("%+v", d.Decisions)
	}
	_, err := decide(t, s, base, Choice{Draft: 1, Verdict: record.Correct, Over: 4, Text: "id: [\n"})
	if ps := Problems(err); len(ps) == 0 || ps[0].Line == 0 {
		t.Errorf("problems of %v: %+v", err, ps)
	}
}

// TestCorpus: what was confirmed binds, and says on what it rests; nothing else does.
func TestCorpus(t *testing.T) {
	ctx := context.Background()
	s, c := store(t), checker(t)
	base := c.Corpus()
	propose(t, s, c, hashOf(1), signing("one", "mutual defence treaty", "2025-03-03", "2025-03-04"))
	propose(t, s, c, hashOf(2), signing("two", "mutual defence treaty", "2025-03-03", "2025-04-01"))
	over := func(known string) *treaty.Corpus {
		t.Helper()
		var k *day.Day
		if known != "" {
			d := day.MustParse(known)
			k = &d
		}
		got, left, err := Corpus(ctx, base, s, k)
		if err != nil || len(left) > 0 {
			t.Fatalf("%v, left out %+v", err, left)
		}
		return got
	}
	ask := func(c *treaty.Corpus, known string) (rows []duty.Answer) {
		t.Helper()
		q := duty.Question{By: []string{"DZA"}, Attacks: "MAR", On: day.MustParse("2025-06-01")}
		if known != "" {
			d := day.MustParse(known)
			q.Known = &d
		}
		r, err := duty.Answers(c, duty.Record{}, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range r.Answers {
			if strings.HasPrefix(a.Provision, "chl-mar-2025/") {
				rows = append(rows, a)
			}
		}
		return rows
	}
	if over("") != base {
		t.Error("a draft that waits changes the corpus")
	}
	if _, err := decide(t, s, base, Choice{Draft: 1, Verdict: record.Accept}); err != nil {
		t.Fatal(err)
	}
	signed := over("")
	if rows := ask(signed, ""); len(rows) != 0 || signed == base {
		t.Errorf("signed, not known to be in force: %+v", rows)
	}
	if _, err := decide(t, s, base, Choice{Draft: 1, Verdict: record.Correct, Over: 1, Text: inForce(t, s, 1, "2025-03-03"), Reports: []string{hashOf(1)[:64]}}); err != nil {
		t.Fatal(err)
	}
	got := over("")
	if got.Hash == base.Hash || got.Hash == signed.Hash || base.Instrument("chl-mar-2025") != nil {
		t.Error("receipts cannot differ, or the base changed")
	}
	const says = "rests on a report of 2025-03-04 by The Atlas Courier, confirmed by Q. Reader on 2026-11-28"
	rows := ask(got, "")
	if len(rows) != 1 || rows[0].Answer != duty.Bound || rows[0].Rests != says || rows[0].Bearer != "CHL" {
		t.Fatalf("%+v", rows)
	}
	cited := false
	for _, l := range rows[0].Derived.Leaves() {
		cited = cited || l.Ref == hashOf(1) && strings.HasSuffix(l.Says, says)
	}
	if !cited {
		t.Error("no leaf of the derivation cites the report")
	}
	for _, m := range duty.Commitments(got, "CHL", day.MustParse("2025-06-01"), nil) {
		if strings.HasPrefix(m.Provision, "chl-mar-2025/") && m.Rests != says {
			t.Errorf("commitment %+v", m)
		}
	}
	if rows := ask(got, "2025-03-03"); len(rows) != 0 {
		t.Errorf("known before the report: %+v", rows)
	}
	if over("2025-03-03") != base || over("2025-03-04").Hash != got.Hash {
		t.Error("the corpus as known does not follow the report's day")
	}
	// Resting on both reports, it is known when both are.
	if _, err := decide(t, s, base, Choice{Draft: 1, Verdict: record.Accept, Over: 2, Reports: []string{hashOf(1), hashOf(2)}}); err != nil {
		t.Fatal(err)
	}
	if over("2025-03-31") != base || over("2025-04-01") == base {
		t.Error("it is known before the second report")
	}
	if _, err := decide(t, s, base, Choice{Draft: 1, Verdict: record.Reject, Over: 3}); err != nil || over("") != base {
		t.Errorf("a rejection leaves something: %v", err)
	}
	// The corpus takes it up from its text: what reports said is superseded.
	if _, err := decide(t, s, base, Choice{Draft: 1, Verdict: record.Accept, Over: 4}); err != nil {
		t.Fatal(err)
	}
	own, err := treaty.Read("own", []byte(strings.Replace(strings.Replace(inForceText, "ID", "morocco-chile", 1), "DAY", "2025-03-03", 1)), base.Names)
	if err != nil {
		t.Fatal(err)
	}
	wider, err := base.With([]*treaty.Instrument{own})
	if err != nil {
		t.Fatal(err)
	}
	same, left, err := Corpus(ctx, wider, s, nil)
	if err != nil || same != wider || len(left) != 1 || left[0].Draft != 1 || !strings.Contains(left[0].Why, "superseded: the corpus holds it as morocco-chile") {
		t.Errorf("%v, %+v", err, left)
	}
}

const inForceText = `id: ID
title: Treaty
parties: [MAR, CHL]
status:
  - {event: signed, on: DAY}
`

// TestDraftIsNoSource: a draft that somebody puts among the files of a corpus
// still binds nobody.
func TestDraftIsNoSource(t *testing.T) {
	s, c := store(t), checker(t)
	propose(t, s, c, hashOf(1), signing("one", "mutual defence treaty", "2025-03-03", "2025-03-04"))
	in, err := treaty.Read("draft", []byte(inForce(t, s, 1, "2025-03-03")), c.Corpus().Names)
	if err != nil {
		t.Fatal(err)
	}
	got, err := c.Corpus().With([]*treaty.Instrument{in})
	if err != nil {
		t.Fatal(err)
	}
	r, err := duty.Answers(got, duty.Record{}, duty.Question{By: []string{"DZA"}, Attacks: "MAR", On: day.MustParse("2025-06-01")})
	if err != nil || len(r.Refused) != 1 {
		t.Errorf("refused %v, %v", r.Refused, err)
	}
	for _, a := range r.Answers {
		if strings.HasPrefix(a.Provision, in.ID) {
			t.Errorf("an unconfirmed draft answers: %+v", a)
		}
	}
	for _, m := range duty.Commitments(got, "CHL", day.MustParse("2025-06-01"), nil) {
		if strings.HasPrefix(m.Provision, in.ID) {
			t.Errorf("an unconfirmed draft commits: %+v", m)
		}
	}
}

// BenchmarkCorpus lays a hundred confirmed instruments over the corpus.
func BenchmarkCorpus(b *testing.B) {
	s, c := store(b), checker(b)
	for i := range 100 {
		title := fmt.Sprintf("matter%d treaty", i)
		for _, p := range propose(b, s, c, hashOf(i), signing(title, title, "2025-03-03", "2025-03-04")) {
			if _, err := decide(b, s, c.Corpus(), Choice{Draft: p.Draft, Verdict: record.Accept}); err != nil {
				b.Fatal(err)
			}
		}
	}
	for b.Loop() {
		got, _, err := Corpus(context.Background(), c.Corpus(), s, nil)
		if err != nil || len(got.Instruments) != len(c.Corpus().Instruments)+100 {
			b.Fatal(err)
		}
	}
}
