package web

import (
	"testing"

	"github.com/casus-foederis/casus/day"
)

func TestSpell(t *testing.T) {
	o, err := newOptions()
	if err != nil {
		t.Fatal(err)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	n := namer{s, day.MustParse("2025-01-10")}
	for line, want := range map[string]string{
		"":                           "",
		"PRK":                        "North Korea",
		"KOR → PRK, armed attack":    "South Korea → North Korea, armed attack",
		"in force between USA, EST.": "in force between United States, Estonia.",
		"UNSC decides (Prk, PRKX)":   "UNSC decides (Prk, PRKX)",
		"QQQ and XPRK and PRK2":      "QQQ and XPRK and PRK2",
		"party:RUS":                  "party:Russia",
		"éPRK und PRKé":              "éPRK und PRKé",
	} {
		if got := n.spell(line); got != want {
			t.Errorf("%q: %q, want %q", line, got, want)
		}
	}
}
