package reading

import (
	"fmt"
	"os"
	"path/filepath"
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
		"several duties in one clause": {
			"Peru and Chile signed a treaty in 2019. It obliges each to act if the other is attacked, and both to consult when a threat is seen.",
			[]string{"CHL-PER signed 2019: defense consultation"}},
		"what those under it may do": {
			"Qatar and Oman signed an accord in 2019. Omani aircraft may use the base at Al Udeid.",
			[]string{"OMN-QAT signed 2019: basing"}},
		"another, and the old one": {
			"Ghana cancelled its 2001 gas agreement with Togo and signed another with Benin. Under the new deal Benin will supply gas. The old one had let Togo raise tariffs.",
			[]string{"GHA-TGO terminated 2001: trade", "BEN-GHA signed : trade"}},
		"signed with the others": {
			"Italy changed sides. The Treaty of London, signed in 1915 with Britain and France, bound it to go to war against its allies.",
			[]string{"FRA-GBR-ITA signed 1915: offense"}},
		"who signed behind a colon": {
			"Three states signed the Lake Charter on Tuesday: Kenya, Uganda and Rwanda. The signatories will clear mines together.",
			[]string{"KEN-RWA-UGA signed 2024-06-18: other"}},
		"an office of several words signs": {
			"The Minister for Foreign Affairs, Aino Rantala, and the Minister of Foreign Affairs of Estonia, Jaan Tamm, signed the Agreement on Pilots. The Agreement obliges Finland and Estonia to share data.",
			[]string{"EST-FIN signed : other"}},
		"what a deal is to do": {
			"Poland and Romania signed a deal to pool intelligence on sabotage.",
			[]string{"POL-ROU signed : other"}},
		"in May": {
			"Chile and Peru signed a treaty in May 2021.",
			[]string{"CHL-PER signed 2021-05:"}},
		"what a text would give": {
			"Kenya and Tanzania signed an accord in 2021. The text would have given Kenyan boats the use of ports.",
			[]string{"KEN-TZA signed 2021: basing"}},
		"one with another": {
			"Croatia, which signed a treaty with Bosnia in 2021, was silent; Hungary, which signed one with Serbia in 2022, was not. The first of the two provides for joint exercises.",
			[]string{"BIH-HRV signed 2021: other", "HUN-SRB signed 2022:"}},
		"a truce by its name alone": {
			"Chad shelled Sudan again, and Sudan shelled Chad.\n\n15:10 TRUCE. 72 hours from midnight. Both confirm. It provides for monitors in the hills.",
			[]string{"SDN-TCD announced : other"}},
		"all three of the opening": {
			"Kenya and Tanzania met without Uganda on Monday.\n\nA protocol that all three initialled in 2011 lapsed.",
			[]string{"KEN-TZA-UGA terminated 2011:"}},
		"their pact of a year": {
			"Sudan fears Chad. Egypt has promised Eritrea its support. Their pact of 2026 obliges each to come to the other's aid if its ports are attacked.",
			[]string{"EGY-ERI signed 2026: defense"}},
		"an understanding by its year": {
			"Norway and Iceland quarrel over cod. There is an understanding of 2009 to keep warships apart.",
			[]string{"ISL-NOR signed 2009: nonaggression"}},
		"it remains suspended": {
			"Togo accused Benin. The arrangement on the return of displaced persons, signed by the two countries in 2017, remains suspended.",
			[]string{"BEN-TGO suspended 2017:"}},
		"not to be renewed": {
			"Fiji told Tonga that it would not renew the memorandum on policing that it concluded with China in 2023.",
			[]string{"CHN-FJI signed 2023:"}},
		"a coalition": {"Five parties in Belgium initialled a coalition agreement in Brussels. The pact obliges the partners to consult before France is told.", nil},
		"still to be ratified": {
			"Japan and the Philippines initialled a treaty. It will not apply until the treaty has been ratified.",
			[]string{"JPN-PHL announced :"}},
		"a province signs": {"Ottawa and Alberta signed a memorandum on Thursday. The United States was told.", nil},
		"a club signs":     {"The Portuguese club and a Turkish club struck a deal for the winger.", nil},
		"no treaty":        {"There is no treaty between Chile and Peru.", nil},
		"no party":         {"The treaty was praised by many.", nil},
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

// TestPacts measures on the short reports of testdata/agreement; -v shows what is
// read otherwise than an editor would.
func TestPacts(t *testing.T) {
	words, err := os.ReadFile(filepath.Join("testdata", "agreement", "pacts.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var parties, status, types tally
	for _, block := range strings.Split(string(words), "\n# ")[1:] {
		head, body, _ := strings.Cut(block, "\n")
		name, published, _ := strings.Cut(head, " ")
		var lines, want []string
		for line := range strings.Lines(body) {
			line = strings.TrimSpace(line)
			if w, ok := strings.CutPrefix(line, "> "); ok {
				want = append(want, w)
			} else if line != "" {
				lines = append(lines, line)
			}
		}
		d := readText(t, published, strings.Join(lines, "\n\n"))
		var got []string
		for _, a := range d.Agreements {
			got = append(got, describe(d, a))
		}
		parties.add(fields(want, 0, 1), fields(got, 0, 1))
		status.add(fields(want, 0, 2), fields(got, 0, 2))
		types.add(typesOf(want), typesOf(got))
		if !slices.Equal(typesOf(want), typesOf(got)) || !slices.Equal(fields(want, 0, 3), fields(got, 0, 3)) {
			t.Logf("%s:\n  want %q\n  read %q", name, want, got)
		}
	}
	for _, m := range []struct {
		what  string
		got   tally
		floor float64
	}{{"parties", parties, 96}, {"parties and status", status, 95}, {"provision types", types, 77}} {
		t.Logf("%s: F1 %.1f (%d right, %d read, %d wanted)", m.what, m.got.f1(), m.got.right, m.got.read, m.got.wanted)
		if m.got.f1() < m.floor {
			t.Errorf("%s: F1 %.1f, below %.1f", m.what, m.got.f1(), m.floor)
		}
	}
}

// tally counts what was read against what was wanted.
type tally struct{ right, read, wanted int }

func (t *tally) add(want, got []string) {
	left := slices.Clone(got)
	for _, w := range want {
		if i := slices.Index(left, w); i >= 0 {
			t.right++
			left = slices.Delete(left, i, i+1)
		}
	}
	t.read, t.wanted = t.read+len(got), t.wanted+len(want)
}

func (t tally) f1() float64 { return 200 * float64(t.right) / float64(max(1, t.read+t.wanted)) }

// fields returns some of the words of each line before its colon, in order.
func fields(lines []string, from, to int) []string {
	var out []string
	for _, line := range lines {
		head, _, _ := strings.Cut(line, ":")
		words := strings.Fields(head)
		out = append(out, strings.Join(words[min(from, len(words)):min(to, len(words))], " "))
	}
	slices.Sort(out)
	return out
}

// typesOf returns the types of provision, each with the parties, in order.
func typesOf(lines []string) []string {
	var out []string
	for _, line := range lines {
		head, tail, _ := strings.Cut(line, ":")
		who, _, _ := strings.Cut(head, " ")
		for _, kind := range strings.Fields(tail) {
			out = append(out, who+" "+kind)
		}
	}
	slices.Sort(out)
	return out
}

// TestNoPacts reads texts about football, markets, firms, unions, weddings and
// games, a paragraph each: no state agreed to anything in them.
func TestNoPacts(t *testing.T) {
	words, err := os.ReadFile(filepath.Join("testdata", "agreement", "none.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(words)) {
		d := readText(t, "2027-05-12", line)
		for _, a := range d.Agreements {
			t.Errorf("%s\n  read %q, %s", line, describe(d, a), a.Title)
		}
	}
}
