package duty_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
)

// pact is a defence pact without any clause that releases an aggressor's
// allies, in force from 1900.
func pact(id string, parties ...string) string {
	return fmt.Sprintf(`id: %s
title: Pact %s
parties: [%s]
status: [{event: signed, on: 1900-01-01}, {event: in force, on: 1900-01-01}]
provisions:
  - {id: a, words: shall assist, bearer: each other party, owed to: the attacked party, does: [assist], force: shall, when: {event: armed attack, by: any state, on: a party}}
`, id, id, strings.Join(parties, ", "))
}

func ask(t *testing.T, files map[string]string, given string, q duty.Question) duty.Reply {
	t.Helper()
	rec, err := duty.Given("made", []byte(given))
	if err != nil {
		t.Fatal(err)
	}
	r, err := duty.Answers(load(t, files), rec, q)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func bound(r duty.Reply) (out []string) {
	for _, a := range r.Answers {
		if a.Answer == duty.Bound {
			out = append(out, a.Bearer+" for "+a.To)
		}
	}
	slices.Sort(out)
	return out
}

func on(s string) day.Day { return day.MustParse(s) }

func TestCascades(t *testing.T) {
	ring := map[string]string{
		"p1/instrument.yaml": pact("p1", "AAA", "BBB"), "p2/instrument.yaml": pact("p2", "BBB", "CCC"),
		"p3/instrument.yaml": pact("p3", "CCC", "AAA"), "p4/instrument.yaml": pact("p4", "DDD", "EEE"), "p5/instrument.yaml": pact("p5", "EEE", "AAA"),
	}
	tests := []struct {
		name string
		q    duty.Question
		want []string
	}{
		{name: "nobody is taken to perform by itself", q: duty.Question{By: []string{"DDD"}, Attacks: "BBB", On: on("1910-01-01")},
			want: []string{"AAA for BBB", "CCC for BBB"}},
		{name: "before the Charter a cyclic cascade runs to its end", q: duty.Question{By: []string{"DDD"}, Attacks: "BBB", On: on("1910-01-01"), Assume: true},
			want: []string{"AAA for BBB", "CCC for BBB", "EEE for DDD", "EEE for DDD"}},
		{name: "under the Charter those who join do not bind the aggressor's ally", q: duty.Question{By: []string{"DDD"}, Attacks: "BBB", On: on("1950-01-01"), Assume: true},
			want: []string{"AAA for BBB", "CCC for BBB"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := ask(t, ring, "", tt.q)
			got := bound(r)
			if !subset(tt.want, got) {
				t.Errorf("want %v among %v", tt.want, got)
			}
			for _, a := range r.Answers {
				if a.Assumed && !tt.q.Assume {
					t.Errorf("%s rests on assumed performance", a.Bearer)
				}
			}
			if tt.q.On > on("1945-10-24") && slices.Contains(got, "EEE for DDD") {
				t.Errorf("EEE is bound to the aggressor: %v", got)
			}
		})
	}
}

func subset(want, got []string) bool {
	for _, w := range want {
		if !slices.Contains(got, w) {
			return false
		}
	}
	return true
}

func TestAllyAttacksAlly(t *testing.T) {
	r := ask(t, map[string]string{"p/instrument.yaml": pact("p", "AAA", "BBB", "CCC")}, "", duty.Question{By: []string{"AAA"}, Attacks: "BBB", On: on("1950-01-01")})
	if got := bound(r); !slices.Equal(got, []string{"CCC for BBB"}) {
		t.Errorf("bound: %v", got)
	}
}

func TestTreatyWithoutPartiesLeft(t *testing.T) {
	file := strings.Replace(pact("p", "AAA", "BBB"), "[AAA, BBB]", "[{state: AAA, to: 1920-01-01}, {state: BBB, to: 1921-01-01}]", 1)
	r := ask(t, map[string]string{"p/instrument.yaml": file}, "", duty.Question{By: []string{"CCC"}, Attacks: "AAA", On: on("1950-01-01")})
	if len(bound(r)) != 0 || len(r.Answers) != 1 || !strings.Contains(r.Answers[0].Why, "no longer in force") {
		t.Errorf("found %+v", r.Answers)
	}
}

// TestStateEndsInAWar: a state that ceased to exist while a war went on is
// neither attacked nor bound from that day on, and its treaty leaves no answer.
func TestStateEndsInAWar(t *testing.T) {
	c, err := corpus.World()
	if err != nil {
		t.Fatal(err)
	}
	rec := given(t, "given war: USA attacks DDR from 1990-09-01\ngiven other: USA attacks SUN from 1990-09-01\n")
	rows := func(attacked, day string) (out []string) {
		r, err := duty.Answers(c, rec, duty.Question{By: []string{"USA"}, Attacks: attacked, On: on(day)})
		if err != nil {
			return []string{err.Error()}
		}
		for _, a := range r.Answers {
			if strings.HasPrefix(a.Provision, "sun-ddr-1975/") && (a.Bearer == "DDR" || a.To == "DDR") {
				out = append(out, a.Bearer+" "+string(a.Answer))
			}
		}
		return out
	}
	if got := rows("DDR", "1990-09-20"); !slices.Contains(got, "SUN bound") {
		t.Errorf("while it lasted: %v", got)
	}
	if got := rows("SUN", "1990-09-20"); !slices.Contains(got, "DDR bound") {
		t.Errorf("as a bearer: %v", got)
	}
	if got := rows("DDR", "1990-10-04"); len(got) != 1 || !strings.Contains(got[0], "DDR did not exist on 1990-10-04") {
		t.Errorf("after its end: %v", got)
	}
	if got := rows("SUN", "1990-10-04"); len(got) != 0 {
		t.Errorf("bound after its end: %v", got)
	}
}

func TestContradictoryEventsAreDisputed(t *testing.T) {
	file := strings.Replace(pact("p", "AAA", "BBB"), "]\nprovisions", ", {event: terminated, on: 1940-01-01, source: one}, {event: terminated, on: 1950-01-01, source: two}]\nprovisions", 1)
	for on, want := range map[string]duty.Result{"1939-12-31": duty.Bound, "1945-01-01": duty.IsDispute, "1950-01-01": duty.NotBound} {
		r := ask(t, map[string]string{"p/instrument.yaml": file}, "", duty.Question{By: []string{"CCC"}, Attacks: "AAA", On: day.MustParse(on)})
		if len(r.Answers) != 1 || r.Answers[0].Answer != want {
			t.Errorf("on %s: want %s; found %+v", on, want, r.Answers)
		}
	}
}

func TestDraftIsNoSourceOfDuty(t *testing.T) {
	file := strings.Replace(pact("p", "AAA", "BBB"), "parties:", "draft: unconfirmed\nparties:", 1)
	r := ask(t, map[string]string{"p/instrument.yaml": file}, "", duty.Question{By: []string{"CCC"}, Attacks: "AAA", On: on("1950-01-01")})
	if len(r.Answers) != 0 || !slices.Equal(r.Refused, []string{"p"}) {
		t.Errorf("answers %v, refused %v", r.Answers, r.Refused)
	}
}

func TestClaimsOfTheAttackerAlone(t *testing.T) {
	files := map[string]string{"p/instrument.yaml": pact("p", "AAA", "BBB")}
	q := duty.Question{By: []string{"CCC"}, Attacks: "AAA", On: on("1950-01-10")}
	tests := []struct {
		name, given string
		want        duty.Result
	}{
		{"as recorded", "given x: AAA attacks CCC from 1950-01-01", duty.NotBound},
		{"the attacker says so", "given x: AAA attacks CCC from 1950-01-01 says CCC", duty.IsDispute},
		{"a third says so and the attacked denies it", "given x: AAA attacks CCC from 1950-01-01 says DDD denied by AAA", duty.IsDispute},
		{"it came later", "given x: AAA attacks CCC from 1950-01-11", duty.Bound},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := ask(t, files, tt.given, q)
			if r.Answers[0].Answer != tt.want {
				t.Errorf("want %s; found %s, because %s", tt.want, r.Answers[0].Answer, r.Answers[0].Why)
			}
			if tt.want == duty.IsDispute && len(r.Answers[0].Views) < 2 {
				t.Errorf("views: %v", r.Answers[0].Views)
			}
		})
	}
}

func TestUnknownDaysLeaveItOpen(t *testing.T) {
	file := strings.Replace(pact("p", "AAA", "BBB"), "{event: in force, on: 1900-01-01}", "{event: in force, on: 1905}", 1)
	for on, want := range map[string]duty.Result{"1904-12-31": duty.NotBound, "1905-06-01": duty.Open, "1906-01-01": duty.Bound} {
		r := ask(t, map[string]string{"p/instrument.yaml": file}, "", duty.Question{By: []string{"CCC"}, Attacks: "AAA", On: day.MustParse(on)})
		if r.Answers[0].Answer != want {
			t.Errorf("on %s: want %s; found %s", on, want, r.Answers[0].Answer)
		}
	}
}

func TestWorldStopsWhenCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	c := load(t, map[string]string{"p/instrument.yaml": pact("p", "AAA", "BBB")})
	err := duty.World(ctx, c, duty.Record{}, on("1950-01-01"), func(duty.Pair) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("found %v", err)
	}
}

// TestWorldAgreesWithAnswers holds the table against the full evaluation.
func TestWorldAgreesWithAnswers(t *testing.T) {
	c := load(t, map[string]string{"p/instrument.yaml": pact("p", "AAA", "BBB", "CCC"), "q/instrument.yaml": pact("q", "CCC", "DDD")})
	rec, err := duty.Given("made", []byte("given x: AAA attacks DDD from 1949-01-01\n"))
	if err != nil {
		t.Fatal(err)
	}
	err = duty.World(context.Background(), c, rec, on("1950-01-01"), func(p duty.Pair) error {
		r, err := duty.Answers(c, rec, duty.Question{By: []string{p.Attacker}, Attacks: p.Attacked, On: p.Day})
		if err != nil {
			return err
		}
		var want []string
		for _, a := range r.Answers {
			if a.Answer == duty.Bound && !slices.Contains(want, a.Bearer) {
				want = append(want, a.Bearer)
			}
		}
		slices.Sort(want)
		if !slices.Equal(want, p.Bound) {
			t.Errorf("%s → %s: the table says %v, the answers %v", p.Attacker, p.Attacked, p.Bound, want)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOlderPactsStandInTheWayOfHelp(t *testing.T) {
	ban := `id: n
title: Pact n
parties: [BBB, CCC]
status: [{event: signed, on: 1900-01-01}, {event: in force, on: 1900-01-01}]
provisions:
  - {id: a, kind: ban, words: no attack, bearer: each party, owed to: each party, does: [refrain from force], force: shall}
`
	files := map[string]string{"p/instrument.yaml": pact("p", "AAA", "BBB"), "n/instrument.yaml": ban}
	for day, want := range map[string]int{"1910-01-01": 1, "1950-01-01": 0} {
		r := ask(t, files, "", duty.Question{By: []string{"CCC"}, Attacks: "AAA", On: on(day)})
		if len(r.Conflicts) != want {
			t.Errorf("on %s: want %d conflicts; found %v", day, want, r.Conflicts)
		}
	}
}

func TestBothSidesOfACorpusDiff(t *testing.T) {
	c := load(t, map[string]string{"p/instrument.yaml": strings.Replace(pact("p", "AAA", "BBB"), "in force, on: 1900-01-01", "in force, on: 1905-01-01", 1)})
	changes := duty.Changes(duty.Commitments(c, "", on("1904-12-31"), nil), duty.Commitments(c, "", on("1905-01-01"), nil))
	if len(changes) != 2 || changes[0].What != "newly bound" || changes[0].Kind != "defense" {
		t.Errorf("found %+v", changes)
	}
}

// BenchmarkWorldBySize shows the cost of a day's table against the number of
// instruments: it grows with pairs and with clauses that can fire.
func BenchmarkWorldBySize(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		b.Run(fmt.Sprintf("instruments=%d", n), func(b *testing.B) {
			files := map[string]string{}
			for i := range n {
				id := fmt.Sprintf("p%d", i)
				files[id+"/instrument.yaml"] = pact(id, made[i%5], made[(i+1+i/5%4)%5])
			}
			c := load(b, files)
			b.ResetTimer()
			for b.Loop() {
				if err := duty.World(context.Background(), c, duty.Record{}, on("1950-01-01"), func(duty.Pair) error { return nil }); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
