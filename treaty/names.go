package treaty

import "github.com/casus-foederis/casus/day"

// Names is what the corpus needs to know of states and organisations. Package
// actor's World answers it; tests may use their own.
type Names interface {
	// Known reports whether id is the code of a state or organisation.
	Known(id string) bool
	// Suggest returns the code that was probably meant, or "".
	Suggest(id string) string
	// Name is the English name on a day.
	Name(id string, on day.Day) string
	// Exists says whether the state or organisation existed on the day.
	Exists(id string, on day.Day) day.Truth
	// States lists the states that existed on the day, sorted.
	States(on day.Day) []string
	// Successor says what became of a state's treaties when it ceased to be.
	Successor(id string) (Succession, bool)
}

// Succession is what became of a state that ceased to exist.
type Succession struct {
	From string
	To   []string
	On   day.Bound
	How  string // continues, succeeds, absorbed, separated
}
