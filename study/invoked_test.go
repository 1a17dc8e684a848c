package study

import (
	"context"
	"math"
	"testing"
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
			got, err := Invocations(context.Background(), members, []Engagement{{War: 1, Initiator: 1, Target: 2, From: at}})
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
	a := Agree([]bool{true, true, false, false}, []bool{true, false, false, false})
	if a.Same != 3 || math.Abs(a.Kappa-0.5) > 1e-9 {
		t.Errorf("got %+v, want 3 the same and kappa 0.5", a)
	}
}
