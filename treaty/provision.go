package treaty

import (
	"strings"

	"github.com/casus-foederis/casus/day"
)

// Provision is one norm of an instrument. Its text may have changed; each
// version is in Versions, oldest first, and a provision always has at least one.
type Provision struct {
	ID         string // unique in the instrument
	Instrument *Instrument
	Article    string
	Kind       string // duty, ban, liberty, power, deeming, scope, declaration
	Versions   []Version
	Secret     Secret // where the clause was secret for another span than the instrument
	Doubt      []string
	Source     string
	Pos        Position
}

// Name is the stable name "instrument/provision".
func (p *Provision) Name() string { return p.Instrument.ID + "/" + p.ID }

// Version is a provision's text over a span of days. Amended names the event
// that began it.
type Version struct {
	Span    day.Span
	Amended string
	Pos     Position
	Text
}

// Text is what a provision says in one version, or in one reading of it.
type Text struct {
	Words    string // the operative words, quoted, at most a dozen
	Says     string // the rest, paraphrased
	Bearer   Role
	Owed     Role
	Does     []Deed
	Force    string // shall, shall not, would, may, endeavour
	Whether  string // bound, bearer decides, organ decides
	Organ    string // the organ that decides whether
	Means    Means
	When     Trigger
	If       []Condition
	Unless   []Unless
	Process  string
	Deadline string
	Ends     []Condition // the duty ends when one of these is met

	Readings    []ReadingOf
	Unencodable []Unencodable
}

// Deed is what a bearer is to do: a verb from a closed list and what the text
// adds to it.
type Deed struct {
	Verb string // one of verbs
	What string
	On   Role // refuse support to, stay neutral between, refrain from force against
}

func (d Deed) String() string {
	s := d.Verb
	if d.What != "" {
		s += ": " + d.What
	}
	return s
}

// Means is the discretion over what is done, kept apart from Whether.
type Means struct {
	Chooser string // bearer, organ, agreed, text
	Floor   string
	Ceiling string
}

// Trigger is the pattern that an act has to fit.
type Trigger struct {
	Event  string // one of Events; "" for a standing norm
	By, On Role
	Where  Zone
	Min    int // number of adversaries; 0: any
	Max    int
	Judge  string // "": the facts; bearer, attacked party, each party, organ NAME
	Pos    Position
}

// Unless is a named exception with its own exceptions.
type Unless struct {
	Name   string
	Source string
	If     []Condition // all are needed
	Unless []Unless
	Pos    Position
}

// ReadingOf is a rival encoding of the sentence, attributed.
type ReadingOf struct {
	By   string
	Says string
	Text
	Pos Position
}

// Unencodable is what the model cannot hold; it taints every answer that it
// touches.
type Unencodable struct {
	Construct, Reason, Quote string
}

var (
	provisionKinds = []string{"duty", "ban", "liberty", "power", "deeming", "scope", "declaration"}
	forces         = []string{"shall", "shall not", "would", "may", "endeavour"}
	whethers       = []string{"bound", "bearer decides", "organ decides"}
	choosers       = []string{"bearer", "organ", "agreed", "text"}
)

// Verbs are what a bearer can be told to do, strongest first.
var Verbs = []string{"assist", "attack", "give aid", "stay neutral", "refuse support", "refrain from force",
	"respect", "consult", "not join", "host", "report", "cooperate", "determine", "prevail", "regard"}

// Events are the kinds of act on which a trigger can turn.
var Events = []string{"armed attack", "aggression", "invasion", "war", "threat", "nuclear attack", "nuclear threat", "occupation",
	"blockade", "subversion", "terrorist attack", "cyber attack", "dispute", "any"}

// towards is the preposition before whom a deed concerns.
var towards = map[string]string{"refuse support": " to", "stay neutral": " between", "refrain from force": " against"}

// In returns the version in force on d and whether that is so. If it is
// unknown which of several versions is in force, the truth is unknown and the
// version is the last that may be.
func (p *Provision) In(d day.Day) (*Version, day.Truth) {
	var maybe *Version
	for i := range p.Versions {
		v := &p.Versions[i]
		switch v.Span.Contains(d) {
		case day.Yes:
			return v, day.Yes
		case day.Unknown:
			maybe = v
		}
	}
	if maybe != nil {
		return maybe, day.Unknown
	}
	return nil, day.No
}

// Has reports whether one of the deeds has this verb.
func (t *Text) Has(verb string) bool {
	for _, d := range t.Does {
		if d.Verb == verb {
			return true
		}
	}
	return false
}

// Task is the deeds in one line.
func (t *Text) Task() string {
	var parts []string
	for _, d := range t.Does {
		s := d.Verb
		if d.On.Kind != RoleNone {
			s += towards[d.Verb] + " " + d.On.String()
		}
		if d.What != "" {
			s += " (" + d.What + ")"
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}

// String says who chooses the means and between what, or "".
func (m Means) String() string {
	var parts []string
	if m.Chooser != "" {
		parts = append(parts, "chosen by "+m.Chooser)
	}
	if m.Floor != "" {
		parts = append(parts, "at least "+m.Floor)
	}
	if m.Ceiling != "" {
		parts = append(parts, "at most "+m.Ceiling)
	}
	return strings.Join(parts, ", ")
}
