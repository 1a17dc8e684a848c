package duty_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/treaty"
	"github.com/casus-foederis/casus/why"
)

// letters are the names of the made-up states of these tests, which exist for
// ever and succeed nobody.
type letters struct{}

var made = []string{"AAA", "BBB", "CCC", "DDD", "EEE", "XXX", "YYY"}

func (letters) Known(id string) bool { return slices.Contains(made, id) }
func (letters) Suggest(id string) string {
	if len(id) > 0 && id[0] == 'A' {
		return "AAA"
	}
	return ""
}
func (letters) Name(id string, _ day.Day) string           { return id }
func (letters) Exists(string, day.Day) day.Truth           { return day.Yes }
func (letters) States(day.Day) []string                    { return made }
func (letters) Successor(string) (treaty.Succession, bool) { return treaty.Succession{}, false }

var isDay = regexp.MustCompile(`\d{4}-\d{2}-\d{2}`)

// shift moves every day in a text by n days.
func shift(s string, n int) string {
	return isDay.ReplaceAllStringFunc(s, func(d string) string { return (day.MustParse(d) + day.Day(n)).String() })
}

// madeCorpus draws instruments between AAA to EEE with conditions of every kind.
func madeCorpus(t *rapid.T) map[string]string {
	files := map[string]string{}
	pick := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	when := func(label string) string {
		return (day.MustParse("1960-01-01") + day.Day(rapid.IntRange(0, 9000).Draw(t, label))).String()
	}
	for i := range rapid.IntRange(1, 5).Draw(t, "instruments") {
		id := fmt.Sprintf("made-%d", i)
		parties := rapid.Permutation(made[:5]).Draw(t, "parties")[:rapid.IntRange(2, 5).Draw(t, "size")]
		var b strings.Builder
		fmt.Fprintf(&b, "id: %s\ntitle: Made %d\nparties: [%s]\nstatus:\n", id, i, strings.Join(parties, ", "))
		from := day.MustParse(when("signed"))
		fmt.Fprintf(&b, "  - {event: signed, on: %s}\n  - {event: in force, on: %s}\n", from, from+day.Day(rapid.IntRange(0, 400).Draw(t, "delay")))
		if rapid.Bool().Draw(t, "suspends") {
			fmt.Fprintf(&b, "  - {event: suspended, on: %s, for: [%s]%s}\n", when("suspended"), parties[0], pick("denied", "", ", by: "+parties[0]+", denied by: "+parties[1]))
		}
		if rapid.Bool().Draw(t, "ends") {
			fmt.Fprintf(&b, "  - {event: terminated, on: %s}\n", when("ended"))
		}
		fmt.Fprintf(&b, "provisions:\n  - id: \"1\"\n    words: shall assist\n    bearer: each other party\n    owed to: the attacked party\n    does: [%s]\n    force: %s\n",
			pick("does", "assist", "consult", "stay neutral", "{refuse support: help, on: the attacker}"), pick("force", "shall", "would", "may"))
		fmt.Fprintf(&b, "    when: {event: %s, by: %s, on: a party%s}\n", pick("event", "armed attack", "aggression", "threat"), pick("by", "any state", "a non-party", "anybody"), pick("count", "", "", ", attackers: 2 or more"))
		if c := pick("if", "", "unprovoked", "{request: the attacked party}", "{decision: act, by: UNSC}", "state of war"); c != "" {
			fmt.Fprintf(&b, "    if: [%s]\n", c)
		}
		if rapid.Bool().Draw(t, "unless") {
			b.WriteString("    unless: [{name: trouble at home, if: [{fact: trouble}]}]\n")
		}
		fmt.Fprintf(&b, "  - {id: \"2\", kind: ban, words: no force, bearer: each party, owed to: each party, does: [refrain from force], force: shall}\n")
		files[id+"/instrument.yaml"] = b.String()
	}
	return files
}

func load(t interface{ Fatalf(string, ...any) }, files map[string]string) *treaty.Corpus {
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(data)}
	}
	c, err := treaty.Load(fsys, letters{})
	if err != nil {
		t.Fatalf("load made corpus: %v", err)
	}
	return c
}

// madeRecord draws acts and statements among the made-up states, as text.
func madeRecord(t *rapid.T) string {
	var b strings.Builder
	when := func(label string) string {
		return (day.MustParse("1960-01-01") + day.Day(rapid.IntRange(0, 12000).Draw(t, label))).String()
	}
	state := func(label string) string { return rapid.SampledFrom(made[:5]).Draw(t, label) }
	for i := range rapid.IntRange(0, 6).Draw(t, "statements") {
		x, y := state("x"), state("y")
		switch rapid.IntRange(0, 5).Draw(t, "sort") {
		case 0:
			if x != y {
				fmt.Fprintf(&b, "given a%d: %s attacks %s from %s\n", i, x, y, when("on"))
			}
		case 1:
			fmt.Fprintf(&b, "given %s asks for help on %s\n", x, when("on"))
		case 2:
			fmt.Fprintf(&b, "given UNSC decides \"act\" on %s\n", when("on"))
		case 3:
			fmt.Fprintf(&b, "given %s says on %s that %s provoked the attack\n", x, when("on"), y)
		case 4:
			fmt.Fprintf(&b, "given \"trouble\" on %s\n", when("on"))
		case 5:
			fmt.Fprintf(&b, "given %s says on %s that %s is the aggressor\n", x, when("on"), y)
		}
	}
	return b.String()
}

func given(t interface{ Fatalf(string, ...any) }, text string) duty.Record {
	rec, err := duty.Given("made", []byte(text))
	if err != nil {
		t.Fatalf("read made record: %v\n%s", err, text)
	}
	return rec
}

func madeQuestion(t *rapid.T) duty.Question {
	two := rapid.Permutation(made[:5]).Draw(t, "states")
	q := duty.Question{By: two[:1], Attacks: two[1], On: day.MustParse("1960-01-01") + day.Day(rapid.IntRange(0, 12000).Draw(t, "day")),
		View: rapid.SampledFrom([]string{"plain", "unsc", "party:AAA"}).Draw(t, "view"), Assume: rapid.Bool().Draw(t, "assume")}
	return q
}

// answers returns the reply as text without the receipt's hashes.
func answers(t interface{ Fatalf(string, ...any) }, c *treaty.Corpus, rec duty.Record, q duty.Question) string {
	r, err := duty.Answers(c, rec, q)
	if err != nil {
		t.Fatalf("answer: %v", err)
	}
	r.Receipt.Corpus, r.Receipt.Record = "", ""
	data, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		t.Fatalf("encode: %v", err)
	}
	return string(data)
}

func TestShiftingEveryDayShiftsEveryAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files, text, q := madeCorpus(t), madeRecord(t), madeQuestion(t)
		n := rapid.IntRange(-3000, 20000).Draw(t, "shift")
		before := answers(t, load(t, files), given(t, text), q)
		moved := map[string]string{}
		for name, data := range files {
			moved[name] = shift(data, n)
		}
		q.On += day.Day(n)
		after := answers(t, load(t, moved), given(t, shift(text, n)), q)
		if want := shift(before, n); want != after {
			t.Fatalf("shifted by %d:\nwant %s\ngot %s", n, want, after)
		}
	})
}

func TestUnrelatedThingsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files, text, q := madeCorpus(t), madeRecord(t), madeQuestion(t)
		before := answers(t, load(t, files), given(t, text), q)
		files["other/instrument.yaml"] = "id: other\ntitle: Other\nparties: [XXX, YYY]\nstatus: [{event: in force, on: 1950-01-01}]\nprovisions:\n" +
			"  - {id: a, words: w, bearer: each other party, does: [assist], force: shall, when: {event: armed attack, by: any state, on: a party}}\n"
		text += "given XXX attacks YYY from 1955-01-01\ngiven XXX asks for help on 1955-01-02\ngiven YYY says on 1955-01-02 that XXX is the aggressor\n"
		if after := answers(t, load(t, files), given(t, text), q); after != before {
			t.Fatalf("want %s\ngot %s", before, after)
		}
	})
}

func TestLaterKnowledgeChangesNoAsKnownAnswer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		files, text, q := madeCorpus(t), madeRecord(t), madeQuestion(t)
		k := q.On + day.Day(rapid.IntRange(-400, 400).Draw(t, "known"))
		q.Known = &k
		before := answers(t, load(t, files), given(t, text), q)
		late := (k + 1 + day.Day(rapid.IntRange(0, 100).Draw(t, "late"))).String()
		for name, data := range files {
			files[name] = strings.Replace(data, "provisions:", fmt.Sprintf("  - {event: terminated, on: 1960-01-01, known: %s}\n  - {event: suspended, on: %s, for: [%s]}\nprovisions:", late, late, partyOf(data)), 1)
		}
		text += fmt.Sprintf("given %s attacks %s from 1959-01-01 known %s\ngiven UNSC decides \"act\" on 1959-01-01 known %s\ngiven \"trouble\" on %s\ngiven %s asks for help on 1959-01-01 known %s\n",
			q.Attacks, q.By[0], late, late, late, q.Attacks, late)
		if after := answers(t, load(t, files), given(t, text), q); after != before {
			t.Fatalf("known %s: want %s\ngot %s", k, before, after)
		}
	})
}

func partyOf(data string) string {
	_, rest, _ := strings.Cut(data, "parties: [")
	return rest[:3]
}

func TestAnswersPartitionAndBoundHasGrounds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, rec, q := load(t, madeCorpus(t)), given(t, madeRecord(t)), madeQuestion(t)
		r, err := duty.Answers(c, rec, q)
		if err != nil {
			t.Fatalf("answer: %v", err)
		}
		checkReply(t, r)
	})
}

func TestCorpusAnswersPartitionAndBoundHasGrounds(t *testing.T) {
	c, err := corpus.World()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		on := day.MustParse("1870-01-01") + day.Day(rapid.IntRange(0, 56500).Draw(t, "day"))
		states := c.Names.States(on)
		q := duty.Question{By: []string{rapid.SampledFrom(states).Draw(t, "by")}, Attacks: rapid.SampledFrom(states).Draw(t, "attacks"), On: on,
			Assume: rapid.Bool().Draw(t, "assume"), Kind: rapid.SampledFrom(duty.Kinds).Draw(t, "kind")}
		if q.By[0] == q.Attacks {
			return
		}
		r, err := duty.Answers(c, duty.Record{}, q)
		if err != nil {
			t.Fatalf("answer: %v", err)
		}
		checkReply(t, r)
	})
}

func checkReply(t *rapid.T, r duty.Reply) {
	seen := map[string]duty.Result{}
	for _, a := range r.Answers {
		key := a.Bearer + " " + a.To + " " + a.Provision + " " + a.Act
		if old, ok := seen[key]; ok {
			t.Fatalf("%s is answered twice: %s and %s", key, old, a.Answer)
		}
		seen[key] = a.Answer
		switch a.Answer {
		case duty.Bound, duty.Permitted:
			for _, leaf := range a.Derived.Leaves() {
				if leaf.Kind != why.Clause && leaf.Kind != why.Statement {
					t.Fatalf("%s rests on a %v: %s", key, leaf.Kind, leaf.Says)
				}
			}
			if a.Derived == nil || a.Derived.Value != why.Met {
				t.Fatalf("%s is %s without a derivation that is met", key, a.Answer)
			}
		case duty.NotBound:
			if a.Why == "" || a.Failed == "" || a.Derived.FirstFailed() == nil {
				t.Fatalf("%s is not bound and does not say why", key)
			}
		case duty.Open:
			if len(a.Needs) == 0 {
				t.Fatalf("%s is open and needs nothing", key)
			}
		case duty.IsDispute:
			if len(a.Views) < 2 {
				t.Fatalf("%s is disputed with %d views", key, len(a.Views))
			}
		default:
			t.Fatalf("%s: answer %q", key, a.Answer)
		}
	}
}
