package check

import (
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/text"
)

// Claim is one thing that somebody says is so, in a form in which it can be
// compared with the tables and with what the same speaker says elsewhere.
type Claim struct {
	Kind    string // one of the kinds of checks.go
	Subject string // code of a state or organisation, id of a person or instrument
	Object  string // what is said of it: an organisation, a state, an instrument, an office
	Value   string // a number, a type of clause, a role; empty for most
	Negated bool

	// When is the time that the claim speaks of; zero: the day of the report.
	// Past is set where the words are in the past and name no time.
	When  day.Period
	Past  bool
	Since bool // it holds from When on

	Says  string             // the claim in plain words
	Spans []text.Span        // where the report makes it
	By    *reading.Statement // whose words; nil: the outlet's
	Sure  bool               // the grammar leaves no doubt that it is asserted
}

// at returns the days [from, to) that a claim speaks of on a day of report.
func (c *Claim) at(published day.Period) day.Period {
	if c.When.To > c.When.From {
		return c.When
	}
	return published
}

// same reports whether two claims are about one thing.
func (c *Claim) same(o *Claim) bool {
	return c.Kind == o.Kind && c.Subject == o.Subject && c.Object == o.Object
}
