package study

import (
	"context"
	"math"
	"testing"

	"github.com/casus-foederis/casus/actor"
)

func TestInvocations(t *testing.T) {
	owes := func(list ...Obligation) (s Obligations) {
		for _, o := range list {
			s = s.With(o)
		}
		return s
	}
	at := Moment{1910, 5, 1}
	for _, c := range []struct {
		name    string
		owed    Obligations
		members []int
		want    bool
		judged  bool
	}{
		{"attacked member, defence", owes(Defense), []int{2, 3}, true, true},
		{"attacking member, defence", owes(Defense), []int{1, 3}, false, true},
		{"attacking member, offence", owes(Offense), []int{1, 3}, true, true},
		{"attacked member, neutrality", owes(Neutrality), []int{2, 3}, true, true},
		{"attacking member, neutrality", owes(Neutrality), []int{1, 3}, true, true},
		{"attacked member, nobody else left", owes(Defense), []int{2}, false, true},
		{"member attacks its only ally, defence", owes(Defense), []int{1, 2}, false, true},
		{"attacked member, non-aggression", owes(Nonaggression), []int{2, 3}, false, true},
		{"member attacks member, non-aggression", owes(Nonaggression), []int{1, 2}, true, true},
		{"attacked member, consultation", owes(Consultation), []int{2, 3}, false, true},
		{"nobody at war", owes(Defense), []int{3, 4}, false, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			var members []Membership
			for _, m := range c.members {
				members = append(members, Membership{Alliance: 7, Member: m, Entry: Moment{1900, 1, 1}, Obligations: c.owed})
			}
			got, err := Invocations(context.Background(), members, []Engagement{{War: 1, Initiator: 1, Target: 2, From: at}}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if (len(got) == 1) != c.judged {
				t.Fatalf("judged %v, want %v", got, c.judged)
			}
			if c.judged && (got[0].Invoked != c.want || got[0].Reason == "") {
				t.Errorf("got %+v, want invoked %v with a reason", got[0], c.want)
			}
		})
	}
}

func TestAgree(t *testing.T) {
	pairs := []Pair{{1, true, true}, {2, true, false}, {3, false, false}, {3, false, false}}
	if a := Agree(pairs); a.Same != 3 || math.Abs(a.Kappa-0.5) > 1e-9 {
		t.Errorf("got %+v, want 3 the same and kappa 0.5", a)
	}
	s := SpreadOf(pairs)
	if s != SpreadOf(pairs) || s.Low > 0.5 || s.High < 0.5 || math.Abs(s.Least) > 1e-9 || s.Most != 1 {
		t.Errorf("got %+v: the same twice, around 0.5, from 0 without war 1 to 1 without war 2", s)
	}
}

func TestUnprovokedByCodes(t *testing.T) {
	wars := []Engagement{
		{War: 1, Initiator: 1, Target: 2, From: Moment{1910, 5, 1}, To: Moment{1910, 12, 31}},
		{War: 1, Initiator: 3, Target: 1, From: Moment{1910, 6, 1}, To: Moment{1910, 12, 31}, Joined: true}, // answers 1 → 2
		{War: 1, Initiator: 2, Target: 1, From: Moment{1910, 7, 1}, To: Moment{1910, 12, 31}},               // answers it, too
		{War: 1, Initiator: 4, Target: 2, From: Moment{1910, 8, 1}, To: Moment{1910, 12, 31}, Joined: true}, // answers nothing: 2 did not begin
	}
	if got := Answered(wars); len(got) != 2 || got[pairing{1, 3, 1}] != (pairing{1, 1, 2}) || got[pairing{1, 2, 1}] != (pairing{1, 1, 2}) {
		t.Errorf("answered: %v", got)
	}
	for asks, want := range map[int]bool{0: true, 1: false} {
		members := []Membership{
			{Alliance: 7, Member: 1, Entry: Moment{1900, 1, 1}, Obligations: Obligations(0).With(Defense), Codes: map[string]int{"defconpr": asks}},
			{Alliance: 7, Member: 9, Entry: Moment{1900, 1, 1}, Obligations: Obligations(0).With(Defense), Codes: map[string]int{"defconpr": asks}},
		}
		got, err := Invocations(context.Background(), members, wars, nil)
		if err != nil || len(got) != 1 || got[0].Invoked != want {
			t.Errorf("DEFCONPR %d: got %+v, %v; want invoked %v", asks, got, err, want)
		}
	}
}

// TestTexts: the clauses decide where the corpus holds the text, and nothing
// is decided by what it does not hold.
func TestTexts(t *testing.T) {
	const (
		usa, gbr, fra, ita, esp = 2, 200, 220, 325, 230
		head                    = "parties: [FRA, GBR]\n"
		clause                  = "  - id: a\n    article: Article 1\n    bearer: each other party\n    owed to: the attacked party\n    does:\n      - assist\n    force: shall\n"
	)
	by := func(by string) string {
		return clause + "    when: {event: armed attack, by: " + by + ", on: a party}\n"
	}
	asks := by("any state") + "    if:\n      - {fact: the harvest failed}\n"
	one := func(x, y int, from, to Moment) []Engagement {
		return []Engagement{{War: 1, Initiator: x, Target: y, From: from, To: to}}
	}
	in1961, end := Moment{1961, 5, 1}, Moment{1961, 12, 31}
	for _, c := range []struct {
		name, provisions string
		wars             []Engagement
		invoked, text    bool
	}{
		{"the attacker that the text names", by("ITA"), one(ita, fra, in1961, end), true, true},
		{"another attacker", by("ITA"), one(esp, fra, in1961, end), false, true},
		{"a party attacks", by("any state"), one(fra, ita, in1961, end), false, true},
		{"signature is not force", by("any state"), one(ita, fra, Moment{1960, 1, 15}, Moment{1960, 1, 31}), false, true},
		{"in force before the war's end", by("any state"), one(ita, fra, Moment{1960, 1, 15}, Moment{1960, 3, 1}), true, true},
		{"a fact that no record holds: by the codes", asks, one(ita, fra, in1961, end), true, false},
		{"a member that the text leaves out: by the codes", by("ITA"), one(esp, usa, in1961, end), true, false},
		{"number of attackers", clause + "    when: {event: armed attack, by: any state, on: a party, attackers: \"2 or more\"}\n",
			append(one(ita, fra, in1961, end), one(esp, fra, Moment{1961, 6, 1}, end)...), true, true},
		{"one attacker is too few", clause + "    when: {event: armed attack, by: any state, on: a party, attackers: \"2 or more\"}\n",
			one(ita, fra, in1961, end), false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var members []Membership
			for _, m := range []int{usa, gbr, fra} {
				members = append(members, Membership{Alliance: 9001, Member: m, Entry: Moment{1960, 1, 10}, Obligations: Obligations(0).With(Defense)})
			}
			texts := NewTexts(made(t, head, c.provisions), actor.World(), c.wars)
			got, err := Invocations(context.Background(), members, c.wars, texts)
			if err != nil || len(got) != 1 {
				t.Fatalf("got %+v, %v", got, err)
			}
			if v := got[0]; v.Invoked != c.invoked || v.Text != c.text || v.Reason == "" {
				t.Errorf("got %+v; want invoked %v, by the text %v", v, c.invoked, c.text)
			}
		})
	}
}
