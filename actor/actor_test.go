package actor

import (
	"strings"
	"testing"

	"github.com/casus-foederis/casus/day"
)

func TestResolve(t *testing.T) {
	for _, c := range []struct {
		name, on string
		want     string // the first sense: id, via, now; "-" for none
	}{
		{"Russia", "2024-06-18", "RUS name yes"},
		{"Russia", "1950-01-01", "SUN name yes"},
		{"Russia", "1900-01-01", "RUS name yes"},
		{"Soviet Union", "2024-06-18", "SUN name no"},
		{"the Soviet Union", "1949-03-17", "SUN name yes"},
		{"USSR", "1949-03-17", "SUN acronym yes"},
		{"Soviet Union", "1910-01-01", "-"},
		{"Imperial Japan", "2024-06-18", "JPN name no"},
		{"Imperial Japan", "1941-12-07", "JPN name yes"},
		{"Moscow", "2024-06-18", "RUS capital yes"},
		{"Moscow", "1950-01-01", "SUN capital yes"},
		{"Moscow", "1900-01-01", "-"},
		{"the Kremlin", "2024-06-18", "RUS seat yes"},
		{"Kremlin", "1962-10-22", "SUN seat yes"},
		{"Pyongyang", "2024-06-18", "PRK capital yes"},
		{"West Germany", "1970-01-01", "DEU name yes"},
		{"West Germany", "2024-01-01", "DEU name no"},
		{"East Germany", "1970-01-01", "DDR name yes"},
		{"Bonn", "1970-01-01", "DEU capital yes"},
		{"Bonn", "2024-01-01", "-"},
		{"us", "2024-01-01", "-"},
		{"Us", "2024-01-01", "-"},
		{"US", "2024-01-01", "USA acronym yes"},
		{"U.S.", "2024-01-01", "USA acronym yes"},
		{"turkey", "2024-01-01", "-"},
		{"Turkey", "2024-01-01", "TUR name yes"},
		{"Turkey", "1916-01-01", "OTT name yes"},
		{"Türkiye", "2024-01-01", "TUR name yes"},
		{"Turkiye", "2024-01-01", "TUR name yes"},
		{"Yugoslavia", "1980-01-01", "YUG name yes"},
		{"Yugoslavia", "1999-04-01", "SCG name yes"},
		{"Republic of China", "1940-01-01", "CHN name yes"},
		{"Republic of China", "2024-01-01", "TWN official yes"},
		{"North Korea's", "2024-01-01", "PRK name yes"},
		{"South Sudan", "2000-01-01", "-"},
		{"Burmese", "2024-01-01", "MMR demonym yes"},
		{"Cote d’Ivoire", "2024-01-01", "CIV name yes"},
		{"Zaire", "1990-01-01", "COD name yes"},
		{"Freedonia", "2024-01-01", "-"},
		{"", "2024-01-01", "-"},
	} {
		got := "-"
		if s := World().Resolve(c.name, day.MustParse(c.on)); len(s) > 0 {
			got = strings.Join([]string{s[0].Actor, s[0].Via.String(), s[0].Now.String()}, " ")
		}
		if got != c.want {
			t.Errorf("%q on %s means %s, want %s", c.name, c.on, got, c.want)
		}
	}
}
