package study

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/treaty"
)

// made loads one made-up instrument.
func made(t *testing.T, head, provisions string) *treaty.Corpus {
	t.Helper()
	text := "id: made\ntitle: A made-up text\nform: treaty\n" + head + "status:\n" +
		"  - {event: signed, on: 1960-01-10}\n  - {event: in force, on: 1960-02-10}\natop: [\"9001\"]\n"
	if provisions != "" {
		text += "provisions:\n" + provisions
	}
	c, err := treaty.Load(fstest.MapFS{"made/instrument.yaml": {Data: []byte(text)}}, treaty.Actors(actor.World()))
	if err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	return c
}

func TestObligationsOf(t *testing.T) {
	clause := func(kind, verb, rest string) string {
		return "  - id: a\n    article: Article 1\n    kind: " + kind + "\n    bearer: each other party\n    owed to: the attacked party\n" +
			"    does:\n      - " + verb + "\n    force: shall\n" + rest
	}
	when := func(event string) string { return "    when: {event: " + event + ", by: any state, on: a party}\n" }
	unprovoked := "    if:\n      - unprovoked\n"
	for _, c := range []struct {
		name, provision string
		want            []Obligation
	}{
		{"help on an attack", clause("duty", "assist", when("armed attack")), []Obligation{Defense}},
		{"help in a war, whoever began it", clause("duty", "assist", when("war")), []Obligation{Defense, Offense}},
		{"help in a war that was not provoked", clause("duty", "assist", when("war")+unprovoked), []Obligation{Defense}},
		{"a right to help is no duty", clause("liberty", "assist", when("armed attack")), nil},
		{"a deeming clause binds nobody", clause("deeming", "assist", when("armed attack")), nil},
		{"joint attack", clause("duty", "attack", when("war")), []Obligation{Offense}},
		{"neutrality", clause("duty", "stay neutral", when("war")), []Obligation{Neutrality}},
		{"no support for the attacker", clause("ban", "refuse support: arms", when("aggression")), []Obligation{Neutrality}},
		{"no force", clause("ban", "refrain from force", ""), []Obligation{Nonaggression}},
		{"consultation on a threat", clause("duty", "consult", when("threat")), []Obligation{Consultation}},
		{"consultation on all questions", clause("duty", "consult", when("any")), nil},
	} {
		want := Obligations(0)
		for _, o := range c.want {
			want = want.With(o)
		}
		if got := ObligationsOf(made(t, "parties: [FRA, GBR]\n", c.provision).Instruments[0]); got != want {
			t.Errorf("%s: got %05b, want %05b", c.name, got, want)
		}
	}
}

func TestCompareInstruments(t *testing.T) {
	line := func(member, phase int, entry, exit Moment) Membership {
		return Membership{Alliance: 9001, Member: member, Entry: entry, Exit: exit, Codes: map[string]int{"phase": phase}}
	}
	day, later := Moment{1960, 1, 10}, Moment{1970, 5, 5}
	for _, c := range []struct {
		name    string
		parties string
		theirs  []Membership
		ours    []int
		same    bool
		sameDay bool
	}{
		{"the same two", "parties: [FRA, GBR]\n", []Membership{line(200, 0, day, Moment{}), line(220, 0, day, Moment{})}, []int{200, 220}, true, true},
		{"a state with two numbers", "parties: [FRA, DEU]\n",
			[]Membership{line(220, 0, day, Moment{}), line(260, 0, day, later), line(255, 0, later, Moment{})}, []int{220, 255, 260}, true, true},
		{"one of two numbers is enough", "parties: [FRA, DEU]\n",
			[]Membership{line(220, 0, day, Moment{}), line(260, 0, day, Moment{})}, []int{220, 260}, true, true},
		{"a party that they lack", "parties: [FRA, GBR, CAN]\n",
			[]Membership{line(200, 0, day, Moment{}), line(220, 0, day, Moment{})}, []int{20, 200, 220}, false, true},
		{"a member that we lack", "parties: [FRA, GBR]\n",
			[]Membership{line(200, 0, day, Moment{}), line(220, 0, day, Moment{}), line(2, 0, later, Moment{})}, []int{200, 220}, false, true},
		{"heirs count where they are listed", "parties: [FRA, CSK]\n",
			[]Membership{line(220, 0, day, Moment{}), line(315, 0, day, Moment{})}, []int{220, 315}, true, true},
		{"the phase that begins on the day", "parties: [FRA, GBR]\n",
			[]Membership{line(2, 1, Moment{1950, 1, 1}, day), line(200, 2, day, Moment{}), line(220, 2, day, Moment{})}, []int{200, 220}, true, true},
		{"no phase begins on the day", "parties: [FRA, GBR]\n",
			[]Membership{line(200, 1, Moment{1950, 1, 1}, later), line(220, 2, later, Moment{})}, []int{200, 220}, true, false},
		{"a later member of ours counts only until 2018", "parties:\n  - {states: [FRA, GBR]}\n  - {state: CAN, from: 2019-06-01}\n",
			[]Membership{line(200, 0, day, Moment{}), line(220, 0, day, Moment{})}, []int{200, 220}, true, true},
	} {
		rows := CompareInstruments(made(t, c.parties, ""), actor.World(), Alliances(c.theirs))
		if len(rows) != 1 {
			t.Fatalf("%s: %d rows, want 1", c.name, len(rows))
		}
		r := rows[0]
		if !slices.Equal(r.Ours, c.ours) || r.SameMembers() != c.same || r.SameDay() != c.sameDay || !r.SameObligations() {
			t.Errorf("%s: ours %v, theirs %v, signed %s, begins %s", c.name, r.Ours, r.Theirs, r.Signed, r.Begins)
		}
	}
}

// TestInstruments holds that what ATOP flags without its content is open, and
// that members with other limits have a provision of their own.
func TestInstruments(t *testing.T) {
	defense := Obligations(0).With(Defense)
	entry := Moment{1960, 1, 10}
	list, left := Instruments([]Membership{
		{Alliance: 9001, Member: 200, Entry: entry, Obligations: defense, Codes: map[string]int{"defcoadv": 1}},
		{Alliance: 9001, Member: 220, Entry: entry, Exit: Moment{Year: 1966, Month: 3}, Obligations: defense, Codes: map[string]int{"defconpr": 1}},
		{Alliance: 9001, Member: 2, Entry: Moment{Year: 1961}, Obligations: defense.With(Nonaggression), Codes: map[string]int{"defcoadv": 1}},
		{Alliance: 9002, Member: 9999, Entry: entry, Obligations: defense, Line: 5},
	}, actor.World())
	if len(left) != 1 || left[0].Line != 5 {
		t.Errorf("left out: %+v, want line 5", left)
	}
	if len(list) != 1 {
		t.Fatalf("%d instruments, want 1", len(list))
	}
	text := treaty.Write(list[0])
	for _, want := range []string{
		"id: atop-9001\n", "{state: FRA, to: \"1966-03\"}", "{state: USA, from: \"1961\"}",
		"- id: defense-2\n", "bearer: GBR or USA\n", "construct: DEFCOADV",
		"- id: defense\n", "bearer: FRA\n", "- unprovoked\n", "- id: nonaggression\n",
	} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	names := treaty.Actors(actor.World())
	if _, err := treaty.Load(fstest.MapFS{"atop-9001/instrument.yaml": {Data: text}}, names); err != nil {
		t.Errorf("load what was written: %v", err)
	}
	if again, err := treaty.Format("instrument.yaml", text, names); err != nil || string(again) != string(text) {
		t.Errorf("not in the one layout: %v\n%s", err, again)
	}
}
