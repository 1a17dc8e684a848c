package duty

import (
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
)

// Entry is the day on which an instrument first entered into force for all its
// first parties; false if that is not known to the day.
func Entry(in *treaty.Instrument) (day.Day, bool) {
	for _, e := range in.Status {
		if (e.Kind == "in force" || e.Kind == "provisional from") && len(e.For) == 0 {
			return e.On.Day()
		}
	}
	return 0, false
}

// Effect returns what a day on which an instrument entered into force changed
// against the day before, among those who were its parties on that day.
func Effect(c *treaty.Corpus, in *treaty.Instrument, d day.Day) []Change {
	parties := map[string]bool{}
	for _, m := range in.Members() {
		if (day.Span{From: m.Span.From, To: day.None}).Contains(d) == day.Yes {
			parties[m.State] = true
		}
	}
	const many = 16 // of so many parties it is faster to make all commitments at once
	among := func(at day.Day) (out []Commitment) {
		if len(parties) > many {
			for _, m := range Commitments(c, "", at, nil) {
				if parties[m.Bearer] && parties[m.To] {
					out = append(out, m)
				}
			}
			return out
		}
		for p := range parties {
			for _, m := range Commitments(c, p, at, nil) {
				if m.Bearer == p && parties[m.To] {
					out = append(out, m)
				}
			}
		}
		return out
	}
	return Changes(among(d-1), among(d))
}
