package treaty

import (
	"github.com/casus-foederis/casus/day"
)

// Place is a place that can be attacked, with what matters for the scope of a
// treaty. Sovereignty, administration, occupation and claims are kept apart.
type Place struct {
	ID      string
	Names   []string
	Regions []Held // Who is a region's id
	Holds   []Held
	Sources []string
	Pos     Position
}

// Held is a relation of a state (or a region) to a place over a span.
type Held struct {
	How    string // sovereign, administers, occupies, claims; "" for a region
	Who    string
	Span   day.Span
	Source string
}

// Zone is the area that a trigger covers. The zero Zone covers every place.
type Zone struct {
	In, Except, Unclear []Term
	Pos                 Position
}

// Term is one part of a zone.
type Term struct {
	What  string   // home, administered, sovereign, forces, anywhere, or a place's or region's id
	Of    []string // for home, administered, sovereign: of these states only
	Span  day.Span
	Words string
}

// Home is the place of an attack that was not given: the home territory of the
// attacked state.
const Home = "home"

// Empty reports whether the zone sets no limit.
func (z Zone) Empty() bool { return len(z.In)+len(z.Except)+len(z.Unclear) == 0 }
