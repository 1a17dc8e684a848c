package treaty_test

import (
	"strings"
	"testing"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
)

const known = `id: chl-mar-2025
title: A treaty from a report
form: treaty
parties: [CHL, MAR]
status:
  - {event: signed, on: 2025-03-03}
  - {event: in force, on: 2025-03-03}
basis:
  reports:
    - {ref: "4f3a90c1", outlet: Courier, of: 2025-03-04, known: 2025-03-04}
    - {ref: aa01bb02, of: "2025-03", known: 2025-03-31}
  confirmed by: Q. Reader
  on: 2026-11-28
provisions:
  - id: defense
    bearer: each other party
    owed to: the attacked party
    does:
      - assist
    force: shall
    when: {event: armed attack, by: any state, on: a party}
`

func TestBasis(t *testing.T) {
	names := treaty.Actors(actor.World())
	in, err := treaty.Read("draft", []byte(known), names)
	if err != nil {
		t.Fatal(err)
	}
	want := "rests on a report of 2025-03-04 by Courier and a report of 2025-03 by an unnamed outlet, confirmed by Q. Reader on 2026-11-28"
	if got := in.Basis.String(); got != want {
		t.Errorf("found %q, want %q", got, want)
	}
	if got := string(treaty.Write(in)); got != known {
		t.Errorf("written:\n%s", got)
	}
	if err := valid(t, schema(t), []byte(known)); err != nil {
		t.Errorf("schema: %v", err)
	}
	base, err := load(map[string]string{"rus-prk/instrument.yaml": instrument})
	if err != nil {
		t.Fatal(err)
	}
	c, err := base.With([]*treaty.Instrument{in})
	if err != nil {
		t.Fatal(err)
	}
	for on, there := range map[string]bool{"2025-03-03": false, "2025-03-04": false, "2025-03-30": false, "2025-03-31": true} {
		if got := c.Instrument("chl-mar-2025").AsKnown(day.MustParse(on), names) != nil; got != there {
			t.Errorf("known on %s: %v", on, got)
		}
	}
	_, err = treaty.Read("draft", []byte(strings.Replace(known, "outlet: Courier", "paper: Courier", 1)), names)
	if err == nil || !strings.Contains(err.Error(), `draft:10:25: report: unknown key "paper"`) {
		t.Errorf("found %v", err)
	}
}

// TestWith: the corpus that is added to stays as it is, and so do the places of
// its instruments in it.
func TestWith(t *testing.T) {
	names := treaty.Actors(actor.World())
	base, err := load(map[string]string{"rus-prk/instrument.yaml": instrument})
	if err != nil {
		t.Fatal(err)
	}
	hash, own := base.Hash, base.Instrument("rus-prk")
	if same, err := base.With(nil); err != nil || same != base {
		t.Errorf("nothing added: %v", err)
	}
	first, _ := treaty.Read("draft", []byte(known), names)
	c, err := base.With([]*treaty.Instrument{first})
	if err != nil || len(c.Instruments) != 2 || c.Instrument("rus-prk").Provision("4").Instrument == own || c.Hash == hash {
		t.Errorf("%d instruments, %v", len(c.Instruments), err)
	}
	if len(base.Instruments) != 1 || base.Hash != hash || base.Instrument("rus-prk") != own || own.Provision("4").Instrument != own {
		t.Error("the corpus changed")
	}
	other, _ := treaty.Read("draft", []byte(strings.Replace(known, "Q. Reader", "R. Editor", 1)), names)
	if d, err := base.With([]*treaty.Instrument{other}); err != nil || d.Hash == c.Hash {
		t.Errorf("who confirmed does not show in the hash (%v)", err)
	}
	if _, err := base.With([]*treaty.Instrument{own}); err == nil {
		t.Error("an id twice")
	}
}
