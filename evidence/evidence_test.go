package evidence

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
	"github.com/casus-foederis/casus/treaty"
)

func TestKinds(t *testing.T) {
	for _, row := range []struct {
		words string
		act   reading.Act
		want  string
	}{
		{"invaded", reading.Act{Type: "ASSAULT", Mode: "heavy-weapons"}, "invasion"},
		{"declared … war", reading.Act{Type: "ASSAULT"}, "armed attack"},
		{"struck", reading.Act{Type: "ASSAULT", Mode: "heavy-weapons"}, "limited attack"},
		{"Attacks", reading.Act{Type: "ASSAULT"}, "limited attack"},
		{"warred", reading.Act{Type: "ASSAULT"}, ""},
		{"attacked", reading.Act{Type: "ASSAULT", Mode: "military"}, "limited attack"},
		{"killed", reading.Act{Type: "ASSAULT"}, ""},
		{"abducted", reading.Act{Type: "ASSAULT", Mode: "abduct"}, ""},
		{"attack", reading.Act{Type: "ASSAULT", Mode: "torture"}, ""},
		{"annexed", reading.Act{Type: "COERCE", Mode: "seize", CAMEO: "192"}, "occupation"},
		{"seized", reading.Act{Type: "COERCE", Mode: "seize"}, ""},
		{"blockaded", reading.Act{Type: "COERCE", Mode: "restrict", CAMEO: "191"}, "blockade"},
		{"surrounded", reading.Act{Type: "COERCE", Mode: "restrict", CAMEO: "191"}, ""},
		{"hacked", reading.Act{Type: "COERCE", Mode: "cyber"}, "cyber attack"},
		{"threatened", reading.Act{Type: "THREATEN", Of: "ASSAULT"}, "threat"},
		{"warned", reading.Act{Type: "THREATEN"}, ""},
		{"mobilised", reading.Act{Type: "MOBILIZE", Mode: "troops"}, ""},
		{"accused", reading.Act{Type: "ACCUSE", Of: "ASSAULT"}, ""},
	} {
		if got := kindOf(row.act, row.words); got != row.want {
			t.Errorf("%s %s/%s: %q, want %q", row.words, row.act.Type, row.act.Mode, got, row.want)
		}
	}
	for _, k := range kinds { // each is one that duty knows
		q := duty.Question{By: []string{"KOR"}, Attacks: "PRK", On: day.MustParse("2025-01-10"), Kind: k.kind}
		if err := q.Check(world(t)); err != nil {
			t.Error(err)
		}
	}
}

func world(t testing.TB) *treaty.Corpus {
	t.Helper()
	c, err := corpus.World()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// told is a report that tells one act: KOR strikes PRK on 2025-01-10, as change has it.
func told(change func(d *reading.Document, a *reading.Act)) *reading.Document {
	d := &reading.Document{Format: reading.Format, Outlet: "The Herald", Published: "2025-01-11", Text: "South Korea struck North Korea on Friday.",
		Posts: []report.Post{}, Media: []report.Media{},
		Actors: []reading.Actor{{ID: "a1", Kind: "state", Code: "KOR", Name: "South Korea"}, {ID: "a2", Kind: "state", Code: "PRK", Name: "North Korea"},
			{ID: "a3", Kind: "person", Name: "A general", State: "PRK"}, {ID: "a4", Kind: "outlet", Name: "Agency"}, {ID: "a5", Kind: "group", Name: "Rebels"}},
		Acts: []reading.Act{{ID: "e1", Type: "ASSAULT", Mode: "heavy-weapons", Source: []string{"a1"}, Target: []string{"a2"}, Date: "2025-01-10", Status: "occurred",
			Trigger: []text.Span{{Start: 12, End: 18}}}}}
	change(d, &d.Acts[0])
	return d
}

// says puts the act into the words of an actor.
func says(actor, name, state, status string) func(*reading.Document, *reading.Act) {
	return func(d *reading.Document, a *reading.Act) {
		id := "s1"
		d.Statements = []reading.Statement{{ID: id, Speaker: &actor, SpeakerName: name, SpeakerState: state}}
		a.Within, a.Status = &id, status
	}
}

func store(t testing.TB, docs ...*reading.Document) record.Store {
	t.Helper()
	s, err := record.Open(context.Background(), filepath.Join(t.TempDir(), "record.db"), record.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for i, d := range docs {
		d.ID = fmt.Sprint("r", i)
		if _, err := s.Add(context.Background(), record.Entry{Hash: hashOf(i), Document: d, Added: "2026-11-28T12:00:00Z"}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func hashOf(n int) string { return fmt.Sprintf("%012x%052x", 0xabc000+n, n) }

var plain = func(*reading.Document, *reading.Act) {}

// TestAsk: rows are acts and what they are asked about as, or why not.
func TestAsk(t *testing.T) {
	c := world(t)
	for _, row := range []struct {
		name, want string
		change     func(*reading.Document, *reading.Act)
	}{
		{"an outlet's word", `[KOR] PRK limited attack on 2025-01-10; by "The Herald"`, plain},
		{"a party's word", `[KOR] PRK limited attack on 2025-01-10; by "PRK" alleged`, says("a3", "A general", "PRK", "occurred")},
		{"the actor's own word is one side's too", `[KOR] PRK limited attack on 2025-01-10; by "KOR" alleged`, says("a1", "South Korea", "KOR", "occurred")},
		{"another outlet's word", `[KOR] PRK limited attack on 2025-01-10; by "Agency"`, says("a4", "Agency", "", "occurred")},
		{"alleged by nobody named", `[KOR] PRK limited attack on 2025-01-10; by "somebody, says The Herald" alleged`, func(_ *reading.Document, a *reading.Act) { a.Status = "alleged" }},
		{"denied", `[KOR] PRK limited attack on 2025-01-10; by "others, who are not named" denied by "KOR" alleged`, func(_ *reading.Document, a *reading.Act) { a.Status = "denied" }},
		{"planned", `[KOR] PRK limited attack on 2025-01-10; supposed`, func(_ *reading.Document, a *reading.Act) { a.Status = "planned" }},
		{"a group", `[group:Rebels] PRK limited attack on 2025-01-10; by "The Herald"`, func(_ *reading.Document, a *reading.Act) { a.Source = []string{"a5"} }},
		{"a person acts for nobody here", "who did it is not known to be a state or a group (“a general”)", func(_ *reading.Document, a *reading.Act) {
			a.Source, a.SourceText = []string{"a3"}, "a general"
		}},
		{"nobody is attacked", "the attacked is not known to be a state", func(_ *reading.Document, a *reading.Act) { a.Target = nil }},
		{"two are attacked", "it is aimed at JPN and PRK", func(d *reading.Document, a *reading.Act) {
			d.Actors = append(d.Actors, reading.Actor{ID: "a6", Kind: "state", Code: "JPN"})
			a.Target = append(a.Target, "a6")
		}},
		{"no day", "its day is not known (unknown)", func(_ *reading.Document, a *reading.Act) { a.Date = "" }},
		{"a month", "its day is not known (2025-01)", func(_ *reading.Document, a *reading.Act) { a.Date = "2025-01" }},
		{"no force", "it is no use or threat of force that counts (AGREE, “struck”)", func(_ *reading.Document, a *reading.Act) { a.Type, a.Mode = "AGREE", "" }},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := store(t, told(row.change))
			q, found, err := Ask(context.Background(), s, c, hashOf(0)[:8]+"#e1", duty.Question{})
			got := fmt.Sprintf("%v %s %s on %s; supposed", q.By, q.Attacks, q.Kind, q.On)
			var m *Mistake
			switch {
			case errors.As(err, &m):
				if got = m.Message; m.Hint == "" {
					t.Error("no hint")
				}
			case err != nil:
				t.Fatal(err)
			case q.Act != "":
				a := found.Acts[0]
				got = strings.TrimSuffix(got, "supposed") + fmt.Sprintf("by %q", a.By)
				if a.DeniedBy != "" {
					got += fmt.Sprintf(" denied by %q", a.DeniedBy)
				}
				if a.Alleged {
					got += " alleged"
				}
				if a.Source != "The Herald, 2025-01-11: report "+hashOf(0)[:12]+"#e1, bytes 12-18" || a.Known != day.On(day.MustParse("2025-01-11")) {
					t.Errorf("%+v", a)
				}
			}
			if got != row.want {
				t.Errorf("%s\nwant %s", got, row.want)
			}
			if err == nil {
				if _, err := duty.Answers(c, found.Record, q); err != nil {
					t.Error(err)
				}
			}
		})
	}
	s := store(t, told(plain))
	early := day.MustParse("2025-01-10")
	if _, _, err := Ask(context.Background(), s, c, hashOf(0)+"#e1", duty.Question{Known: &early}); err == nil || !strings.Contains(err.Error(), "known only from 2025-01-11") {
		t.Errorf("asked before it was known: %v", err)
	}
	nobody := store(t, told(func(_ *reading.Document, a *reading.Act) { a.Source = nil }))
	if q, _, err := Ask(context.Background(), nobody, c, hashOf(0)+"#e1", duty.Question{By: []string{"USA"}}); err != nil || q.Act != "" || q.By[0] != "USA" || q.Attacks != "PRK" {
		t.Errorf("an attacker whom the asker names: %+v, %v", q, err)
	}
	over := duty.Question{By: []string{"USA"}, On: day.MustParse("2025-02-01"), Kind: "invasion"}
	if q, _, err := Ask(context.Background(), s, c, hashOf(0)+"#e1", over); err != nil || q.By[0] != "USA" || q.Kind != "invasion" || q.On != over.On || q.Attacks != "PRK" {
		t.Errorf("%+v, %v", q, err)
	}
}

// TestJudged: what a person judged stands over what a rule would do.
func TestJudged(t *testing.T) {
	ctx, c := context.Background(), world(t)
	q := duty.Question{By: []string{"KOR"}, Attacks: "PRK", On: day.MustParse("2025-01-12")}
	s := store(t, told(says("a3", "A general", "PRK", "alleged")), told(says("a1", "South Korea", "KOR", "occurred")), told(plain),
		told(func(d *reading.Document, a *reading.Act) { a.Source, a.Target = a.Target, a.Source }),
		told(func(_ *reading.Document, a *reading.Act) { a.Status = "denied" }),
		told(func(d *reading.Document, a *reading.Act) { d.Published = "2025-01-20"; a.Date = "2025-01-11" }))
	found := func(known string) string {
		t.Helper()
		q := q
		if known != "" {
			k := day.MustParse(known)
			q.Known = &k
		}
		f, err := About(ctx, s, c, q)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, a := range f.Acts {
			line := a.Actor + ">" + a.Target + " " + a.From.String() + " by " + a.By
			if a.DeniedBy != "" {
				line += " denied by " + a.DeniedBy
			}
			if a.Alleged {
				line += " alleged"
			}
			out = append(out, line)
		}
		for _, l := range f.Left {
			out = append(out, "left: "+l.Why)
		}
		return strings.Join(out, "\n")
	}
	made := 0
	judge := func(a, b int, same bool) int64 {
		t.Helper()
		made++
		n, err := s.Judge(ctx, record.Judgement{Kind: "act", A: hashOf(a) + "#e1", B: hashOf(b) + "#e1", Same: same, Who: "Q. Reader", Made: fmt.Sprintf("2026-11-28T12:%02d:00Z", made)})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	expect := func(name, known, want string) {
		t.Helper()
		if got := found(known); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
	for _, a := range []int{0, 1, 2, 4, 5} {
		for _, b := range []int{0, 1, 2, 4, 5} {
			if a < b {
				judge(a, b, false)
			}
		}
	}
	expect("apart", "2025-01-12", `KOR>PRK 2025-01-10 by PRK alleged
KOR>PRK 2025-01-10 by KOR alleged
KOR>PRK 2025-01-10 by The Herald
PRK>KOR 2025-01-10 by The Herald
left: KOR denies it, and nobody in the record says it`)
	judge(0, 1, true)
	expect("both sides say so", "2025-01-12", `KOR>PRK 2025-01-10 by PRK and KOR
KOR>PRK 2025-01-10 by The Herald
PRK>KOR 2025-01-10 by The Herald
left: KOR denies it, and nobody in the record says it`)
	judge(2, 4, true)
	expect("reported and denied", "2025-01-12", `KOR>PRK 2025-01-10 by PRK and KOR
KOR>PRK 2025-01-10 by The Herald denied by KOR
PRK>KOR 2025-01-10 by The Herald`)
	judge(2, 5, true)
	expect("another day, told later", "", `KOR>PRK 2025-01-10 by PRK and KOR
KOR>PRK 2025-01-10/2025-01-12 by The Herald denied by KOR
PRK>KOR 2025-01-10 by The Herald`)
	n := judge(0, 3, true)
	expect("who attacked whom differs", "2025-01-12", `KOR>PRK 2025-01-10 by The Herald denied by KOR
left: accounts that were judged to be one act differ on who attacked whom`)
	if err := s.Undo(ctx, n, "Q. Reader", "2026-11-28T13:00:00Z"); err != nil {
		t.Fatal(err)
	}
	judge(1, 2, false)
	expect("taken back", "2025-01-12", `KOR>PRK 2025-01-10 by PRK and KOR
KOR>PRK 2025-01-10 by The Herald denied by KOR
PRK>KOR 2025-01-10 by The Herald`)
	expect("before anything was known", "2025-01-10", "")
	if _, f, err := Ask(ctx, s, c, hashOf(4)+"#e1", duty.Question{}); err != nil || len(f.Acts) != 1 || f.Acts[0].By != "The Herald" || f.Acts[0].DeniedBy != "KOR" {
		t.Errorf("a denial that was judged the same: %+v, %v", f.Acts, err)
	}
}

// TestRule: accounts are one act where a rule takes them for one, unless they
// differ on who attacked whom; copies are no witnesses.
func TestRule(t *testing.T) {
	c := world(t)
	q := duty.Question{By: []string{"KOR"}, Attacks: "PRK", On: day.MustParse("2025-01-12")}
	by := func(outlet, words string) func(*reading.Document, *reading.Act) {
		return func(d *reading.Document, a *reading.Act) { d.Outlet, d.Text = outlet, words }
	}
	long := "South Korea struck North Korea on Friday. Twelve shells fell on a harbour near the border town and three boats sank at their moorings while the crews slept ashore, a harbour master wrote in his log."
	for _, row := range []struct {
		name, want string // of the first account's act
		told       int
		other      func(*reading.Document, *reading.Act)
	}{
		{"another outlet", "by The Herald and The Courier", 2, by("The Courier", "South Korea struck North Korea on Friday, at dawn.")},
		{"a copy", "by The Herald", 2, by("The Courier", long)},
		{"a denial", "by The Herald denied by KOR", 2, func(d *reading.Document, a *reading.Act) { a.Status = "denied" }},
		{"the other way round", "by The Herald", 1, func(d *reading.Document, a *reading.Act) { a.Source, a.Target = a.Target, a.Source }},
		{"another day", "by The Herald", 1, func(d *reading.Document, a *reading.Act) { a.Date = "2024-06-03" }},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := store(t, told(by("The Herald", long)), told(row.other))
			_, asked, err := Ask(context.Background(), s, c, hashOf(0)+"#e1", duty.Question{})
			if err != nil {
				t.Fatal(err)
			}
			about, err := About(context.Background(), s, c, q)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range []Found{asked, about} {
				got := "by " + f.Acts[0].By
				if f.Acts[0].DeniedBy != "" {
					got += " denied by " + f.Acts[0].DeniedBy
				}
				if n := slices.IndexFunc(f.Told, func(x Told) bool { return x.Act != f.Acts[0].ID }); n > 0 {
					f.Told = f.Told[:n]
				}
				if got != row.want || len(f.Told) != row.told {
					t.Errorf("%s, told %+v, left %v", got, f.Told, f.Left)
				}
				if row.told == 2 && !strings.HasPrefix(f.Told[1].Joined, "by rule: ") {
					t.Errorf("joined without saying why: %+v", f.Told[1])
				}
				if copied := row.name == "a copy"; copied != strings.HasSuffix(f.Acts[0].Source, "(a copy)") {
					t.Error(f.Acts[0].Source)
				}
			}
		})
	}
}

// TestRequest: a request counts in the word of whoever asks, or an outlet's own.
func TestRequest(t *testing.T) {
	c := world(t)
	q := duty.Question{By: []string{"KOR"}, Attacks: "PRK", On: day.MustParse("2025-01-12")}
	ask := func(words string) func(d *reading.Document, a *reading.Act) {
		return func(d *reading.Document, a *reading.Act) {
			d.Text = words
			d.Actors = append(d.Actors, reading.Actor{ID: "a6", Kind: "state", Code: "RUS", Name: "Russia"})
			*a = reading.Act{ID: "e1", Type: "REQUEST", Source: []string{"a2"}, Target: []string{"a6"}, Status: "occurred", Trigger: []text.Span{{Start: 12, End: 17}}}
		}
	}
	both := func(x, y func(d *reading.Document, a *reading.Act)) func(d *reading.Document, a *reading.Act) {
		return func(d *reading.Document, a *reading.Act) { x(d, a); y(d, a) }
	}
	const military = "North Korea asked Russia for military help. It rained."
	for _, row := range []struct {
		name, want string
		left       int
		change     func(d *reading.Document, a *reading.Act)
	}{
		{"reported", "PRK of RUS by The Herald before 2025-01-12", 0, ask(military)},
		{"the asker's word", "PRK of RUS by PRK before 2025-01-12", 0, both(ask(military), says("a3", "A general", "PRK", "occurred"))},
		{"another's word", "", 1, both(ask(military), says("a1", "South Korea", "KOR", "occurred"))},
		{"for food", "", 0, ask("North Korea asked Russia for food aid. Troops rested.")},
	} {
		f, err := About(context.Background(), store(t, told(row.change)), c, q)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, x := range f.Facts {
			got = append(got, fmt.Sprintf("%s of %s by %s %s", x.Who, x.Towards, x.By, x.On))
		}
		if strings.Join(got, ", ") != row.want || len(f.Left) != row.left {
			t.Errorf("%s: %q, left %v", row.name, got, f.Left)
		}
	}
}
