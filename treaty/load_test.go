package treaty_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
)

// instrument is a short file without a mistake; the tests break it.
const instrument = `id: rus-prk
title: A treaty
parties: [RUS, PRK]
status:
  - {event: signed, on: 2024-06-19}
  - {event: in force, on: 2024-12-04}
provisions:
  - id: "4"
    article: Article 4
    words: shall provide military and other assistance
    bearer: each other party
    owed to: the attacked party
    does: [assist]
    force: shall
    when: {event: armed attack, by: one or more states, on: a party}
`

func load(files map[string]string) (*treaty.Corpus, error) {
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return treaty.Load(fsys, treaty.Actors(actor.World()))
}

func TestLoadReportsEveryMistake(t *testing.T) {
	broken := strings.NewReplacer("[RUS, PRK]", "[RUS, DPRK]", "event: armed attack", "event: armed atack", "on: 2024-12-04", "on: 2024-13-04").Replace(instrument)
	_, err := load(map[string]string{"rus-prk/instrument.yaml": broken})
	want := `rus-prk/instrument.yaml:3:16: party: unknown state DPRK
  hint: did you mean PRK?
rus-prk/instrument.yaml:6:27: status: on: 2024-13-04 has no month 13: want 1 to 12
rus-prk/instrument.yaml:15:19: when: event is "armed atack"; want ` + strings.Join(treaty.Events, ", ") + `
  hint: did you mean "armed attack"?`
	if err == nil {
		t.Fatal("three mistakes were accepted")
	}
	got := err.Error()
	for i, line := range strings.Split(want, "\n") {
		if i == 2 { // the wording of the day package is its own
			line = "rus-prk/instrument.yaml:6:27: status: on: day \"2024-13-04\""
		}
		if !strings.Contains(got, line) {
			t.Errorf("want the line %q in\n%s", line, got)
		}
	}
	var ps treaty.Problems
	if errors.As(err, &ps); len(ps) != 3 {
		t.Errorf("want 3 problems; found %d", len(ps))
	}
}

func TestLoadMistakes(t *testing.T) {
	tests := []struct {
		name, old, new string
		want           string
	}{
		{"unknown key", "title:", "titel:", `:2:1: instrument: unknown key "titel"`},
		{"missing title", "title: A treaty\n", "", "title is missing"},
		{"repeated key", "title: A treaty", "title: A treaty\ntitle: B", `:3:1: instrument: key "title" is given twice`},
		{"unknown role", "each other party", "each guarantor", `:11:13: bearer: role "each guarantor"`},
		{"too many words", "shall provide military and other assistance", strings.Repeat("word ", 13), "words: quotes 13 words; the limit is 12"},
		{"unknown verb", "[assist]", "[help]", `:13:12: does: unknown verb "help"`},
		{"no force", "    force: shall\n", "", "provision 4: force is missing"},
		{"party that left before it came", "[RUS, PRK]", "[RUS, {state: PRK, from: 2025-01-01, to: 2024-01-01}]", "leaves on 2024-01-01, not after it enters on 2025-01-01"},
		{"event for a stranger", "on: 2024-06-19}", "on: 2024-06-19, for: [USA]}", "USA is not among the parties"},
		{"unknown condition", "    force: shall\n", "    force: shall\n    if: [provoked]\n", `if: unknown condition "provoked"`},
		{"unknown place", "on: a party}", "on: a party, where: [atlantis]}", `where: unknown place or region "atlantis"`},
		{"two tests in one condition", "    force: shall\n", "    force: shall\n    if: [{fact: a, decision: b}]\n", `one test a condition; found "decision"`},
		{"empty file", instrument, "", "file is empty"},
		{"no mapping", instrument, "[1, 2]", "want a mapping"},
		{"binary", "id: rus-prk", "id: \x00", "file is binary"},
		{"an alias", "title: A treaty", "title: &a A treaty\nnote: *a", "anchors and aliases are not part of the format"},
		{"broken YAML", "parties: [RUS, PRK]", "parties: [RUS, PRK", "not readable as YAML"},
		{"second document", "provisions:", "---\nprovisions:", "this begins a second"},
		{"overlapping versions", "    force: shall\n", "    force: shall\n    versions: [{from: 2024-12-04, to: 2026-01-01}, {from: 2025-06-01}]\n", "provision 4: versions overlap"},
		{"unknown link", "provisions:", "links: [{subject to: un-chart}]\nprovisions:", `link: unknown instrument "un-chart"`},
		{"exceptions too deep", "    force: shall\n", "    force: shall\n    unless: " + strings.Repeat("[{name: n, if: [unprovoked], unless: ", 7) + "[]" + strings.Repeat("}]", 7) + "\n", "deeper"},
		{"number of attackers", "on: a party}", "on: a party, attackers: many}", `attackers: "many"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			broken := strings.Replace(instrument, tt.old, tt.new, 1)
			_, err := load(map[string]string{"rus-prk/instrument.yaml": broken})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("want %q in %v", tt.want, err)
			}
			var ps treaty.Problems
			if !errors.As(err, &ps) {
				t.Fatalf("want treaty.Problems; found %T", err)
			}
			for _, p := range ps {
				if p.Pos.Line < 1 || p.Pos.Col < 1 {
					t.Errorf("no position: %v", p)
				}
			}
		})
	}
}

func TestLoadTwiceTheSameID(t *testing.T) {
	_, err := load(map[string]string{"a/instrument.yaml": instrument, "b/instrument.yaml": instrument})
	if err == nil || !strings.Contains(err.Error(), "b/instrument.yaml:1:1: instrument rus-prk is given twice\n  a/instrument.yaml:1:1: first here") {
		t.Errorf("found %v", err)
	}
}

func TestHostileFiles(t *testing.T) {
	tests := []struct{ name, data string }{
		{"a hundred megabytes", "id: " + strings.Repeat("x", 100<<20)},
		{"deep brackets", "a: " + strings.Repeat("[", 100_000)},
		{"deep blocks", deepBlocks(2000)},
		{"deep dashes", strings.Repeat("- ", 20_000) + "a"},
		{"billion laughs", "a: &a [x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\n"},
		{"many keys", strings.Repeat("k: 1\n", 50_000)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := load(map[string]string{"x/instrument.yaml": tt.data}); err == nil {
				t.Error("accepted")
			}
		})
	}
}

func deepBlocks(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func TestManyInstruments(t *testing.T) {
	if testing.Short() {
		t.Skip("loads 10,000 instruments; not with -short")
	}
	files := map[string]string{}
	for i := range 10_000 {
		files[fmt.Sprintf("t-%d/instrument.yaml", i)] = strings.Replace(instrument, "id: rus-prk", fmt.Sprintf("id: t-%d", i), 1)
	}
	c, err := load(files)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(c.Concerning("RUS", "PRK")); n != 10_000 {
		t.Errorf("%d instruments concern the pair; want 10000", n)
	}
}

func TestForce(t *testing.T) {
	tests := []struct {
		name, status string
		on           string
		spans        int // stretches of RUS
		disputed     bool
	}{
		{"two ends of one kind contradict", "  - {event: terminated, on: 2030-01-01, source: one}\n  - {event: terminated, on: 2031-01-01, source: two}\n", "2030-06-01", 2, true},
		{"before both it is in force", "  - {event: terminated, on: 2030-01-01, source: one}\n  - {event: terminated, on: 2031-01-01, source: two}\n", "2029-06-01", 2, false},
		{"a denied exit is a dispute", "  - {event: left, on: 2030-01-01, for: [RUS], by: RUS, denied by: PRK}\n", "2031-01-01", 2, true},
		{"two beginnings contradict", "  - {event: in force, on: 2025-12-04, source: two}\n", "2025-01-01", 2, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := load(map[string]string{"a/instrument.yaml": strings.Replace(instrument, "provisions:", tt.status+"provisions:", 1)})
			if err != nil {
				t.Fatal(err)
			}
			members := c.Instruments[0].MembersOf("RUS")
			if len(members) != tt.spans {
				t.Fatalf("%d stretches; want %d", len(members), tt.spans)
			}
			for _, m := range members {
				if m.Span.Contains(day.MustParse(tt.on)) == day.Yes && (m.Denied != nil) != tt.disputed {
					t.Errorf("on %s disputed is %v; want %v", tt.on, m.Denied != nil, tt.disputed)
				}
			}
		})
	}
}

func FuzzLoad(f *testing.F) {
	f.Add([]byte(instrument))
	f.Add([]byte("a: [b, {c: d}]\n- e"))
	f.Add([]byte("id: x\ntitle: |\n  y\nparties:\n- {state: RUS, from: 1990}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		fsys := fstest.MapFS{"x/instrument.yaml": &fstest.MapFile{Data: data}}
		c, err := treaty.Load(fsys, treaty.Actors(actor.World()))
		var ps treaty.Problems
		if err != nil && !errors.As(err, &ps) {
			t.Fatalf("want treaty.Problems; found %v", err)
		}
		if err == nil && len(c.Instruments) != 1 {
			t.Fatalf("%d instruments and no mistake", len(c.Instruments))
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := treaty.Load(corpus.Files(), treaty.Actors(actor.World())); err != nil {
			b.Fatal(err)
		}
	}
}
