package actor

import (
	"testing"

	"golang.org/x/text/language"

	"github.com/casus-foederis/casus/day"
)

// ownCodes are states of today, polities and territories without an ISO code.
var ownCodes = map[string]bool{"XKX": true}

// States of today bear ISO 3166-1 alpha-3 codes.
func TestCodesAreISO(t *testing.T) {
	today := day.MustParse("2025-01-01")
	living := map[string]bool{}
	for _, s := range World().States() {
		if s.On(today) != day.Yes {
			continue
		}
		living[s.ID] = true
		r, err := language.ParseRegion(s.ID)
		if !ownCodes[s.ID] && (err != nil || r.ISO3() != s.ID) {
			t.Errorf("%s, %s: not ISO 3166-1: %v %v", s.At, s.ID, r, err)
		}
	}
	// Every country of ISO 3166 is in the table in one way or another.
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			r, err := language.ParseRegion(string([]rune{a, b}))
			if err != nil || !r.IsCountry() || r.Canonicalize() != r {
				continue
			}
			if _, ok := World().Actor(r.ISO3()); !ok && !uninhabited[r.ISO3()] {
				t.Errorf("%s is missing", r.ISO3())
			}
		}
	}
}

// uninhabited are codes of ISO 3166, or reserved or withdrawn there, that nobody
// acts for.
var uninhabited = map[string]bool{
	"ASC": true, "ANT": true, "ATA": true, "BLM": true, "BES": true, "BVT": true, "CCK": true, "CPT": true,
	"ZZZ": true, "DGA": true, "ATF": true, "HMD": true, "MAF": true, "NTZ": true, "PCI": true, "PCN": true,
	"TAA": true, "UMI": true, "XKK": true,
}
