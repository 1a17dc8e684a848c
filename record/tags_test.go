package record

import (
	"slices"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/day"
)

// TestDayTags: the tags of any span cover each of its days once and no other.
func TestDayTags(t *testing.T) {
	first := day.MustParse("2019-11-20")
	for from := first; from < first+90; from += 7 {
		for length := day.Day(0); length < 900; length += 13 {
			to := from + length
			tags := dayTags(from, to)
			for d := from - 3; d < to+3; d++ {
				s := digits(d.String())
				n := 0
				for _, tag := range []string{"e" + s, "d" + s[:6], "y" + s[:4]} {
					if slices.Contains(tags, tag) {
						n++
					}
				}
				want := 0
				if from <= d && d < to {
					want = 1
				}
				if n != want {
					t.Fatalf("%s to %s: %s is covered %d times by %v", from, to, d, n, tags)
				}
			}
			if len(tags) > 100 {
				t.Errorf("%s to %s: %d tags", from, to, len(tags))
			}
		}
	}
}

func TestTags(t *testing.T) {
	d := document("one", "", "2023-05-05", "Coast treaty", "It is kept.")
	rows := itemize(d)
	for i, want := range []string{
		"kreport0 d202305 e20230505 y2023 hd20230505 w0 of6269fbd870",
		"kstatement0 d202305 e20230505 y2023 hd20230505 taccuse0 uindirect0 cben0 cbent0 ctgo0 ctgos0 nd68ba3b8de0 n9e7002d53d0 w0 of6269fbd870",
		"kact0 d202305 e20230505 y2023 hm202305 tagree0 uoccurred0 cben0 cbenf0 ctgo0 ctgof0 n9e7002d53d0 n1e746c5c850 w0 of6269fbd870",
		"kagreement0 d202305 e20230505 y2023 ho2023 hp202 hq20 ttreaty0 usigned0 cben0 cbenp0 ctgo0 ctgop0 n9e7002d53d0 n1e746c5c850 w0 of6269fbd870",
	} {
		sorted := strings.Fields(want)
		slices.Sort(sorted)
		if got := rows[i].tags(d.Outlet, "2023-05-05"); !slices.Equal(got, sorted) {
			t.Errorf("item %d: %v, want %v", i, got, sorted)
		}
	}
}
