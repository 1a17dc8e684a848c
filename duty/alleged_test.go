package duty

import (
	"strings"
	"testing"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
)

// TestAlleged: what only one side says of an act is disputed wherever an
// answer turns on it, and a fact nowhere.
func TestAlleged(t *testing.T) {
	c, err := corpus.World()
	if err != nil {
		t.Fatal(err)
	}
	on := day.MustParse("2025-01-10")
	act := Act{ID: "r1#e1", Kind: "armed attack", Actor: "KOR", Target: "PRK", From: day.On(on), To: day.After(on), Source: "report r1, bytes 3-9"}
	ask := func(rec Record, q Question) (Reply, *Answer) {
		t.Helper()
		q.By, q.Attacks, q.On = []string{"KOR"}, "PRK", on
		r, err := Answers(c, rec, q)
		if err != nil {
			t.Fatal(err)
		}
		for i := range r.Answers {
			if r.Answers[i].Provision == "rus-prk-2024/4" && r.Answers[i].Bearer == "RUS" {
				return r, &r.Answers[i]
			}
		}
		t.Fatal("no row of the treaty")
		return r, nil
	}
	for _, row := range []struct {
		name   string
		change func(*Act)
		about  bool
		want   Result
		views  string
	}{
		{"reported", func(*Act) {}, true, Bound, ""},
		{"alleged by the attacked", func(a *Act) { a.By, a.Alleged = "PRK", true }, true, IsDispute, "PRK: it happened; the record: holds nobody who reports it as their own word"},
		{"reported and denied", func(a *Act) { a.By, a.DeniedBy = "The Herald", "KOR" }, true, IsDispute, "The Herald: it happened; KOR: denies it"},
		{"alleged, and the question supposes it", func(a *Act) { a.By, a.Alleged = "PRK", true }, false, Bound, ""},
		{"not asked about: another act of the day", func(a *Act) { a.Kind = "limited attack" }, false, Open, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			a := act
			row.change(&a)
			q := Question{}
			if row.about {
				q.Act = a.ID
			}
			r, got := ask(Record{Acts: []Act{a}}, q)
			if got.Answer != row.want || row.views != "" && got.Why != row.views {
				t.Errorf("%s, because %s", got.Answer, got.Why)
			}
			cited := false
			for _, l := range got.Derived.Leaves() {
				cited = cited || l.Ref == a.ID && l.Source == a.Source
			}
			if cited != (row.about || !a.Alleged) {
				t.Errorf("the report is cited: %v", cited)
			}
			if supposed := len(r.Assumes) > 0; supposed != (!row.about && a.Alleged) {
				t.Errorf("supposed %v", r.Assumes)
			}
		})
	}
	// An earlier attack by the attacked, as a third says: whether it is the aggressor is disputed; with a report it is.
	prior := Act{ID: "r2#e1", Kind: "armed attack", Actor: "PRK", Target: "KOR", From: day.On(on - 3), To: day.After(on - 3), By: "JPN", Alleged: true, Source: "report r2"}
	if _, got := ask(Record{Acts: []Act{prior}}, Question{}); got.Answer != IsDispute && !strings.Contains(got.Why, "JPN") {
		t.Errorf("%s, because %s", got.Answer, got.Why)
	}
	own := prior
	own.ID, own.By, own.Alleged = "r3#e1", "The Herald", false
	r, _ := ask(Record{Acts: []Act{prior, own}}, Question{})
	if !strings.Contains(r.Viewpoint, "does not count as the aggressor") {
		t.Error(r.Viewpoint)
	}
	if _, err := Answers(c, Record{}, Question{By: []string{"KOR"}, Attacks: "PRK", On: on, Act: "nowhere#e1"}); err != nil {
		t.Errorf("an act that was not known then is supposed: %v", err)
	}
}

// TestAllegedAttackers: the number of attackers is disputed where it turns on one of whom only a side says so.
func TestAllegedAttackers(t *testing.T) {
	on := day.MustParse("1904-03-01")
	in, err := treaty.Read("two", []byte(`id: two
title: Aid against two
parties: [GBR, JPN]
status: [{event: in force, on: 1902-01-30}]
provisions:
  - id: "3"
    bearer: each other party
    owed to: the attacked party
    does: [assist]
    force: shall
    when: {event: armed attack, by: any state, on: a party, attackers: "2 or more"}
`), treaty.Actors(actor.World()))
	if err != nil {
		t.Fatal(err)
	}
	c, err := treaty.New([]*treaty.Instrument{in}, nil, treaty.Actors(actor.World()))
	if err != nil {
		t.Fatal(err)
	}
	second := Act{ID: "r1#e1", Kind: "armed attack", Actor: "FRA", Target: "JPN", From: day.On(on), To: day.After(on)}
	for _, row := range []struct {
		name string
		acts []Act
		want Result
	}{
		{"one", nil, NotBound}, {"two as reported", []Act{second}, Bound},
		{"two as one side says", []Act{func() Act { a := second; a.By, a.Alleged = "JPN", true; return a }()}, IsDispute},
	} {
		r, err := Answers(c, Record{Acts: row.acts}, Question{By: []string{"RUS"}, Attacks: "JPN", On: on})
		if err != nil || len(r.Answers) != 1 || r.Answers[0].Answer != row.want {
			t.Errorf("%s: %+v, %v", row.name, r.Answers, err)
		}
		if row.want == IsDispute && !strings.Contains(r.Answers[0].Why, "JPN: FRA attacks JPN") {
			t.Error(r.Answers[0].Why)
		}
	}
}
