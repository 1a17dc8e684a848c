package web

import (
	"strings"
	"testing"
)

// What changed names who became bound, and the instrument and day that did it:
// the state's own entry, or that of the attacked.
func TestSince(t *testing.T) {
	s := serve(t, "")
	for _, c := range []struct {
		name, path string
		want       []string
	}{
		{"a new treaty", "/?by=KOR&attacks=PRK&on=2025-01-10&since=2024-06-18", []string{"What changed since 2024-06-18", "became bound", "rus-prk-2024/4", "in force 2024-12-04"}},
		{"the attacked joined", "/?by=RUS&attacks=EST&on=2005-01-10&since=2003-01-10", []string{"EST: in force 2004-03-29", "Belgium, Canada"}},
		{"an end", "/?by=USA&attacks=PRK&on=1997-01-01&since=1996-01-01", []string{"is no longer bound", "sun-prk-1961/1", "lapsed 1996-09-10"}},
		{"nothing", "/?by=KOR&attacks=PRK&on=2025-01-10&since=2025-01-09", []string{"Nothing:"}},
		{"a day on which it cannot be asked", "/?by=RUS&attacks=EST&on=2025-01-10&since=1900-01-01", []string{"That day cannot be asked about"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, _, body := get(t, s.URL+c.path)
			if status != 200 {
				t.Errorf("status %d", status)
			}
			for _, w := range c.want {
				if !strings.Contains(body, w) {
					t.Errorf("the page lacks %q", w)
				}
			}
		})
	}
}
