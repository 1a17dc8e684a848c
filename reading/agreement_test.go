package reading

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// describe writes an agreement as "PARTIES status signed: type type ...", a
// negated type with an exclamation mark.
func describe(d *Document, a Agreement) string {
	codes := map[string]string{}
	for _, x := range d.Actors {
		codes[x.ID] = x.Code
	}
	var parties, types []string
	for _, p := range a.Parties {
		parties = append(parties, codes[p])
	}
	slices.Sort(parties)
	for _, p := range a.Provisions {
		mark := ""
		if p.Negated {
			mark = "!"
		}
		types = append(types, mark+p.Type)
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s %s: %s", strings.Join(parties, "-"), a.Status, a.Signed, strings.Join(types, " ")))
}

func TestAgreements(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"signed, with its duties": {
			"Peru and Ecuador signed a treaty on Monday. It obliges each of them to help the other if it is attacked. It also obliges them to consult when either sees a threat.",
			[]string{"ECU-PER signed 2024-06-17: defense consultation"}},
		"persons sign for their states": {
			"Kenyan President Daniel Mutua and his Ugandan counterpart, Grace Akello, put their names to a memorandum that opens Mombasa port to Ugandan warships.",
			[]string{"KEN-UGA signed : basing"}},
		"proposed": {
			"Norway and Iceland agreed to conclude an agreement on search and rescue.",
			[]string{"ISL-NOR proposed :"}},
		"ended": {
			"Ghana denounced its 1998 treaty of friendship with Togo.",
			[]string{"GHA-TGO terminated 1998:"}},
		"suspended": {
			"Canada is suspending its 2011 agreement on fisheries with Peru.",
			[]string{"CAN-PER suspended 2011:"}},
		"an absent clause": {
			"Iran and Iraq signed a treaty in 2019. It contains no mutual defence clause.",
			[]string{"IRN-IRQ signed 2019: !defense"}},
		"a pact by its name": {
			"Poland had a mutual-assistance pact with France.",
			[]string{"FRA-POL signed : defense"}},
		"neutral if attacked": {
			"Under the treaty that Nepal and Bhutan signed in 2020, neither will join an alliance against the other.",
			[]string{"BTN-NPL signed 2020: neutrality"}},
		"no treaty": {"There is no treaty between Chile and Peru.", nil},
		"no party":  {"The treaty was praised by many.", nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := readText(t, "2024-06-19", c.text)
			var got []string
			for _, a := range d.Agreements {
				got = append(got, describe(d, a))
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("read %q, want %q", got, c.want)
			}
		})
	}
}

func TestSignedPeriod(t *testing.T) {
	if p, ok := (Agreement{Signed: "1949-03"}).SignedPeriod(); !ok || p.String() != "1949-03" {
		t.Errorf("read %v, %v", p, ok)
	}
	if _, ok := (Agreement{}).SignedPeriod(); ok {
		t.Error("an agreement without a date has one")
	}
}
