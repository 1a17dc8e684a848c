package duty

import (
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
	"github.com/casus-foederis/casus/why"
)

// Everybody is the bearer of what concerns every state not named otherwise.
const Everybody = "*"

// Result is one of the five answers.
type Result string

// The answers, strongest first.
const (
	Bound     Result = "bound"
	IsDispute Result = "disputed"
	Open      Result = "open"
	Permitted Result = "permitted"
	NotBound  Result = "not bound"
)

// Answer is what one provision makes of the act for one bearer.
type Answer struct {
	ID        string `json:"id"` // "provision:bearer>to", with "@act" for acts other than the question's
	Bearer    string `json:"bearer"`
	To        string `json:"to"`
	Provision string `json:"provision"` // "instrument/provision"
	Answer    Result `json:"answer"`
	Does      string `json:"does"`
	Why       string `json:"why"` // one line; for "not bound" the first condition that failed

	Article  string `json:"article,omitempty"`
	Words    string `json:"words,omitempty"`
	Title    string `json:"title,omitempty"`
	Force    string `json:"force,omitempty"`
	Whether  string `json:"whether,omitempty"`
	Means    string `json:"means,omitempty"`
	Binding  string `json:"binding,omitempty"`
	Process  string `json:"process,omitempty"` // what performance awaits; it does not undo the duty
	Deadline string `json:"deadline,omitempty"`

	Rests  string     `json:"rests_on,omitempty"` // reports, where nobody read the text itself
	Needs  []string   `json:"needs,omitempty"`    // for open
	Views  []why.View `json:"views,omitempty"`    // for disputed
	Taints []string   `json:"taints,omitempty"`   // what the encoding could not hold or verify
	Lawful *Lawful    `json:"lawful,omitempty"`   // under the Charter, where force would be used

	Failed  string    `json:"failed,omitempty"`  // for "not bound": force, trigger, entitlement, condition, exception, ended
	Ground  string    `json:"ground,omitempty"`  // where the attacker is not entitled: text, charter or none
	Act     string    `json:"act,omitempty"`     // the act, if it is not the question's own
	Assumed bool      `json:"assumed,omitempty"` // rests on assumed performance
	Derived *why.Node `json:"derivation,omitempty"`

	provision *treaty.Provision
	text      *treaty.Text
	attackers []string
}

// Norm returns the provision that the answer is about.
func (a *Answer) Norm() *treaty.Provision { return a.provision }

// Text returns the version or reading of the provision that was applied.
func (a *Answer) Text() *treaty.Text { return a.text }

// Lawful says whether using force to perform would be lawful collective
// self-defence. It is kept apart from being bound by the text.
type Lawful struct {
	Value why.Value `json:"value"`
	Says  string    `json:"says"`
	Needs []string  `json:"needs,omitempty"`
}

// Conflict is two answers for one bearer that cannot both be performed, or a
// duty against a decision of the Security Council. Casus does not choose.
type Conflict struct {
	Bearer string `json:"bearer"`
	First  string `json:"first"`  // provision
	Second string `json:"second"` // provision
	Says   string `json:"says"`
	Rule   string `json:"rule,omitempty"` // a rule of precedence that some text claims
}

// Receipt says what the answers rest on: the same receipt, the same answers.
type Receipt struct {
	Corpus string   `json:"corpus"`
	Record string   `json:"record"`
	View   string   `json:"view"`
	Day    day.Day  `json:"day"`
	Known  *day.Day `json:"known,omitempty"`
	Assume bool     `json:"assume,omitempty"`
}

// Reply is everything that follows from one question.
type Reply struct {
	Question  Question   `json:"question"`
	Viewpoint string     `json:"viewpoint"` // who is the aggressor, and how that was derived
	Assumes   []string   `json:"assumes"`   // what the question itself supposes
	Answers   []Answer   `json:"answers"`
	Conflicts []Conflict `json:"conflicts"`
	Refused   []string   `json:"refused,omitempty"` // drafts that were not used
	Receipt   Receipt    `json:"receipt"`
}
