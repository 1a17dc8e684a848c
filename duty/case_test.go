package duty_test

import (
	"strings"
	"testing"

	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/duty"
)

func TestCaseMistakes(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"unknown line", "case a\nwen X attacks Y on 2000-01-01", `made:2:1: unknown line "wen"`},
		{"no title", "case", "made:1:1: case: want a title"},
		{"asks nothing", "case a\n", `case "a" asks nothing`},
		{"impossible day", "case a\nwhen USA attacks PRK on 2025-02-30", `made:2:25: on: day "2025-02-30": 2025-02 has no day 30`},
		{"no day", "case a\nwhen USA attacks PRK", "want on YYYY-MM-DD"},
		{"expect first", "case a\nexpect USA bound", "made:2:1: expect: want a when before it"},
		{"unknown answer", "case a\nwhen USA attacks PRK on 2025-01-01\nexpect USA obliged", `found "obliged"`},
		{"unknown verb", "given USA likes PRK", `made:1:11: given: unknown verb "likes"`},
		{"unknown kind", "given USA attacks PRK as picnic", `as: unknown kind of act "picnic"`},
		{"open quotation", "case a\nexpect USA bound because \"x", "quoted text has no end"},
		{"trailing words", "known 2020-01-01 please", `not understood from here: "please"`},
		{"source alone", "source somewhere", "source: want it after a given"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := duty.Cases("made", []byte(tt.text), "x")
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("want %q in %v", tt.want, err)
			}
		})
	}
}

// A case that is wrong has to fail, and to say what was found instead.
func TestRunReportsWhatWasFound(t *testing.T) {
	c, err := corpus.World()
	if err != nil {
		t.Fatal(err)
	}
	cases, err := duty.Cases("made", []byte("case wrong\nwhen KOR attacks PRK on 2025-01-10\nexpect RUS not bound under 4\nexpect CHN bound under 4\n"), "rus-prk-2024")
	if err != nil {
		t.Fatal(err)
	}
	out := duty.Run(c, duty.Record{}, cases)
	if len(out.Failures) != 2 || !strings.Contains(out.Failures[0].String(), "made:3:1: case \"wrong\": want RUS not bound under rus-prk-2024/4; found rus-prk-2024/4 towards PRK: bound") {
		t.Errorf("found %v", out.Failures)
	}
}

func TestBadQuestions(t *testing.T) {
	c, err := corpus.World()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name       string
		q          duty.Question
		want, hint string
	}{
		{"unknown state", duty.Question{By: []string{"DPRK"}, Attacks: "KOR", On: 20000}, `unknown state "DPRK"`, "PRK"},
		{"itself", duty.Question{By: []string{"KOR"}, Attacks: "KOR", On: 20000}, "cannot attack itself", "two different"},
		{"vanished", duty.Question{By: []string{"SUN"}, Attacks: "KOR", On: 20000}, "SUN did not exist on 2024-10-04", "RUS continues it"},
		{"place", duty.Question{By: []string{"ARG"}, Attacks: "GBR", On: 20000, Place: "falkland"}, `unknown place "falkland"`, "falklands"},
		{"view", duty.Question{By: []string{"ARG"}, Attacks: "GBR", On: 20000, View: "mine"}, `unknown view "mine"`, "party:CODE"},
		{"kind", duty.Question{By: []string{"ARG"}, Attacks: "GBR", On: 20000, Kind: "war dance"}, `unknown kind of act "war dance"`, "armed attack"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := duty.Answers(c, duty.Record{}, tt.q)
			bad, ok := err.(*duty.BadQuestion)
			if !ok || !strings.Contains(bad.Message, tt.want) || !strings.Contains(bad.Hint, tt.hint) {
				t.Errorf("want %q, hint %q; found %#v", tt.want, tt.hint, err)
			}
		})
	}
}

func FuzzCases(f *testing.F) {
	f.Add([]byte("case a\ngiven one: group \"G\" attacks KOR from 1950-06-25 to unknown at falklands responding to x says PRK denied by KOR\nknown 1990-01-01\nview party:USA\nassume performance\nwhen A and B attack C on 1990-01-01\nexpect A and B not bound under 4 towards C because \"x\" needs \"y\" lawful not met\n"))
	f.Add([]byte("case b\ngiven USA says on 1990 that \"x\" of Y is false\nsource s\nexpect conflict of A between b and c\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		cases, err := duty.Cases("f", data, "i")
		if err != nil && len(err.Error()) == 0 {
			t.Fatal("an error without words")
		}
		for _, c := range cases {
			for _, k := range c.Checks {
				if k.Acts > len(c.Record.Acts) || k.Facts > len(c.Record.Facts) {
					t.Fatal("a check was given more than the case holds")
				}
			}
		}
	})
}
