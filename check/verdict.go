// Package check holds a report's statements against the record of treaties,
// offices and memberships: supported, contradicted, not in the record, not
// checkable, each with its grounds.
//
// A false accusation is the worst error here. Something is contradicted only
// when the record is complete on the point and says otherwise; an opinion is
// never contradicted.
package check

import (
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/text"
)

// Checked is a report read, with what the record says to it.
type Checked struct {
	*reading.Document
	Checks  []Verdict     `json:"checks"`
	Follows []Consequence `json:"follows"`

	// Withheld are contradictions that are not told: see [Withheld].
	Withheld []Withheld `json:"-"`
}

// Result is what the record says to a claim.
type Result string

// The results.
const (
	Supported    Result = "supported"
	Contradicted Result = "contradicted"
	NotInRecord  Result = "not in the record"
	NotCheckable Result = "not checkable"
)

// Verdict is the result for one claim with its grounds.
type Verdict struct {
	Of      string      `json:"of"`           // id of the statement, agreement or actor that makes the claim; empty: the outlet's own sentence
	Kind    string      `json:"kind"`         // agreement, provision, membership, office ...: docs/checks.md lists them
	Claim   string      `json:"claim"`        // the claim in plain words
	Span    text.Span   `json:"span"`         // where the report makes it, its first stretch
	Spans   []text.Span `json:"spans"`        // all of them
	By      string      `json:"by,omitempty"` // id of the statement whose words these are; empty: the outlet's
	Result  Result      `json:"result"`
	Grounds []Ground    `json:"grounds"`
}

// Ground is one thing that a verdict rests on.
type Ground struct {
	Says   string      `json:"says"`
	Ref    string      `json:"ref,omitempty"`    // instrument, provision, table entry, or HASH#ID of a statement
	Source string      `json:"source,omitempty"` // where the record has it from
	Spans  []text.Span `json:"spans,omitempty"`  // of a statement: where its report has it
}

func (g Ground) String() string {
	s := g.Says
	if g.Ref != "" {
		s += " [" + g.Ref + "]"
	}
	return s
}

// Consequence is what follows from an agreement that the corpus knows, if one of
// its parties is attacked.
type Consequence struct {
	Instrument string        `json:"instrument"`
	If         string        `json:"if"`
	Then       []string      `json:"then"` // one line for each bearer, strongest first
	Note       string        `json:"note,omitempty"`
	Answers    []duty.Answer `json:"answers"` // without derivations
}
