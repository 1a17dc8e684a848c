package study

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCauses(t *testing.T) {
	defense, consultation := Obligations(0).With(Defense), Obligations(0).With(Consultation)
	some := map[string]int{"obvary": 1}
	since := Moment{1900, 3, 1}
	members := []Membership{
		{Alliance: 1, Member: 200, Entry: since, Obligations: defense, Codes: some},
		{Alliance: 1, Member: 220, Entry: since, Exit: Moment{1910, 5, 1}},
		{Alliance: 1, Member: 255, Entry: Moment{1910, 5, 1}},
		{Alliance: 1, Member: 8152, Entry: since},
		{Alliance: 2, Member: 200, Entry: Moment{1920, 1, 1}, Exit: Moment{1921, 1, 1}, Obligations: consultation},
		{Alliance: 2, Member: 365, Entry: Moment{1920, 1, 1}, Exit: Moment{1921, 1, 1}},
	}
	for _, c := range []struct {
		name         string
		ours, theirs DyadYear
		which        string // of the two tables have the row
		cause        Cause
		where        string
	}{
		{"to some", DyadYear{200, 220, 1905, defense}, DyadYear{200, 220, 1905, 0}, "both", SomePartners, "alliance 1"},
		{"to all, by 5.0", DyadYear{200, 365, 1920, consultation}, DyadYear{200, 365, 1920, 0}, "both", Unnamed, "alliance 2"},
		{"more obligations", DyadYear{220, 200, 1905, 0}, DyadYear{220, 200, 1905, defense}, "both", MoreObligations, "states 200, 220"},
		{"one more and one less", DyadYear{200, 220, 1905, defense}, DyadYear{200, 220, 1905, consultation}, "both", Unnamed, "alliance 1"},
		{"another alliance", DyadYear{}, DyadYear{2, 20, 1950, defense}, "theirs", MoreAlliances, "states 2, 20"},
		{"another year", DyadYear{}, DyadYear{200, 365, 1925, defense}, "theirs", OtherDays, "states 200, 365"},
		{"not in their states", DyadYear{200, 8152, 1905, defense}, DyadYear{}, "ours", NoDyad, "state 8152"},
		{"one day", DyadYear{220, 255, 1910, 0}, DyadYear{}, "ours", OneDay, "states 220, 255"},
		{"more than a day", DyadYear{200, 220, 1905, 0}, DyadYear{}, "ours", Unnamed, "states 200, 220"},
	} {
		t.Run(c.name, func(t *testing.T) {
			theirs := []DyadYear{{200, 220, 1816, 0}, {255, 365, 1816, 0}} // whom they know
			d := CompareDyadYears(nil, nil)
			switch c.which {
			case "both":
				d.Differ = []DyadPair{{c.ours, c.theirs.Obligations}}
			case "theirs":
				d.Missing = []DyadYear{c.theirs}
			case "ours":
				d.Extra = []DyadYear{c.ours}
			}
			got := d.Causes(members, append(theirs, DyadYear{2, 20, 1950, 0}))
			if len(got) != 1 || got[0].Cause != c.cause || got[0].Where != c.where || got[0].Rows != 1 {
				t.Errorf("got %+v, want %q at %q", got, c.cause, c.where)
			}
		})
	}
}

// TestDyadDifferences: every row that differs has a named cause, and the page
// that lists them is the command's output.
func TestDyadDifferences(t *testing.T) {
	data := os.Getenv("CASUS_DATA")
	if data == "" {
		t.Skip("CASUS_DATA is not set: no copy of ATOP to lay out")
	}
	members, err := Memberships(filepath.Join(data, "atop"))
	if err != nil {
		t.Fatal(err)
	}
	published, err := PublishedDyadYears(filepath.Join(data, "atop", "atop5_1_directed_dyad_years.csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("../docs/dyad-differences.md")
	if err != nil {
		t.Fatal(err)
	}
	d := CompareDyadYears(DyadYears(members, 1815, 2018), published)
	rows := 0
	for _, c := range d.Causes(members, published) {
		rows += c.Rows
		line := fmt.Sprintf("| %s | %s | %s | %d–%d | %d |", c.Cause, c.Where, c.Which, c.From, c.To, c.Rows)
		if c.Cause == Unnamed || !strings.Contains(string(page), line+"\n") {
			t.Errorf("not on the page: %s", line)
		}
	}
	if want := len(d.Differ) + len(d.Missing) + len(d.Extra); rows != want {
		t.Errorf("%d rows in the groups; %d differ", rows, want)
	}
}
