package actor

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/day"
)

// TestCompare holds the table against the lists of others, if they are there:
// CASUS_DATA names a folder with states/ and leaders/.
func TestCompare(t *testing.T) {
	dir := os.Getenv("CASUS_DATA")
	if dir == "" {
		t.Skip("CASUS_DATA is not set: no lists to compare with")
	}
	open := func(name string) io.Reader {
		f, err := os.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { f.Close() })
		return f
	}
	for _, c := range []struct {
		file    string
		compare func(io.Reader) (Agreement, error)
	}{
		{"states/cow_states.csv", World().CompareCOW},
		{"states/gw_states.csv", World().CompareGW},
	} {
		a, err := c.compare(open(c.file))
		if err != nil {
			t.Fatal(err)
		}
		if a.Equal != a.Compared || len(a.Differences) > 0 {
			t.Errorf("%s: %d of %d the same\n%s", c.file, a.Equal, a.Compared, strings.Join(a.Differences, "\n"))
		}
	}
	a, err := World().CompareLeaders(open("leaders/archigos.csv"), day.MustParse("1990-01-01"), day.MustParse("2016-01-01"))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("leaders: %d spells, %d named, %d dated; %d of %d days", a.Spells, a.Named, a.Dated, a.DaysSame, a.Days)
	for _, l := range a.Missing {
		t.Log("missing", l)
	}
	for _, l := range a.Shifted {
		t.Log("shifted", l)
	}
	if float64(a.DaysSame) < .97*float64(a.Days) {
		t.Errorf("only %d of %d days agree with Archigos", a.DaysSame, a.Days)
	}
}

func TestCompareRefuses(t *testing.T) {
	for _, s := range []string{"", "a,b\n1,2\n", "gwcode,startdate,enddate\nx,1816-01-01,1817-01-01\n", "gwcode,startdate,enddate\n2,1816-13-01,1817-01-01\n"} {
		if _, err := World().CompareGW(strings.NewReader(s)); err == nil {
			t.Errorf("CompareGW(%q) succeeds", s)
		}
	}
}

func TestEdits(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"afwerki", "afeworki", 2}, {"kocharian", "kocharyan", 1}, {"abc", "", 3}, {"kitten", "sitting", 3}} {
		if got := edits(c.a, c.b); got != c.want {
			t.Errorf("edits(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}
