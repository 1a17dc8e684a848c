// Package treaty holds instruments and their provisions: it loads them from
// files, checks them and answers which text is in force for whom.
//
// It evaluates no norms; that is package duty. It knows nothing of reports.
package treaty

import (
	"github.com/casus-foederis/casus/day"
)

// Position is a place in a file: line and column, from 1, in characters.
type Position struct {
	File      string
	Line, Col int
}

// Instrument is a text between parties. It is not changed after loading.
type Instrument struct {
	ID      string
	Title   string
	Form    string // one of forms
	Binding string // legal, political or disputed
	Draft   string // "", "draft" or "unconfirmed": not a source of duty
	Parties []Party
	Status  []Event
	Lasts   string // duration and renewal, as the text has it
	Exit    Exit
	Secret  Secret
	Links   []Link
	Areas   []string // areas of cooperation
	Absent  []string // somebody looked, and there is no such clause
	Doubt   []string
	Sources []string
	Note    string

	Reviewed   day.Bound
	Basis      *Basis // set if it is known from reports only
	Provisions []*Provision

	// ATOP numbers of the same instrument, for comparison.
	ATOP []string

	Pos   Position
	force timeline
	rank  int // place in its corpus
}

// Party is one party, in a role, with its own accession and exit where they
// differ from the instrument's.
type Party struct {
	ID       string // state or organisation
	Role     string // "" is an ordinary party
	From, To day.Bound
	HasFrom  bool
	HasTo    bool
	Doubt    string
	Pos      Position
}

// Beneficiary is the role of those for whom a text provides without their
// being parties to it.
const Beneficiary = "beneficiary"

// Event is a dated event in an instrument's life, as somebody asserts it.
type Event struct {
	Kind      string // one of eventKinds
	On        day.Bound
	For       []string // the parties concerned; empty: all
	Towards   []string // with For: only in their relations to these
	By        string   // who asserts it; "": nobody disputes it
	DeniedBy  string   // who denies that it had this effect
	Known     day.Bound
	HasKnown  bool
	Amends    string // for amended: what changed; for replaced: by which instrument
	Successor string // for succeeded
	Source    string
	Doubt     string
	Pos       Position
}

// Exit says how a party leaves.
type Exit struct {
	Months    int // from notice to exit
	Days      int
	NotBefore day.Bound
	HasNot    bool
	To        string // to whom notice is given
	Words     string
}

// Secret is the span in which a text was not public.
type Secret struct {
	From, To day.Bound
	Set      bool
	Source   string
}

// Link ties an instrument to another one.
type Link struct {
	Kind  string // subject to, without prejudice to, supersedes, prevails over, applies, replaced by
	To    string // instrument id
	Words string
	Pos   Position
}

var (
	forms = []string{"treaty", "executive agreement", "protocol", "memorandum", "unilateral declaration",
		"joint declaration", "exchange of notes", "law", "organ's decision"}
	bindings   = []string{"legal", "political", "disputed"}
	drafts     = []string{"in force", "draft", "unconfirmed"}
	linkKinds  = []string{"subject to", "without prejudice to", "supersedes", "prevails over", "applies", "amends", "replaced by"}
	eventKinds = []string{"signed", "ratified", "provisional from", "in force", "acceded", "amended", "reserved",
		"notice given", "notice withdrawn", "left", "suspended", "resumed", "replaced", "terminated", "lapsed", "succeeded", "published"}
)

// Signed returns the day of signature, or an unknown bound.
func (in *Instrument) Signed() day.Bound {
	for _, e := range in.Status {
		if e.Kind == "signed" && len(e.For) == 0 {
			return e.On
		}
	}
	return day.Bound{}
}

// Provision returns the provision with this id, or nil.
func (in *Instrument) Provision(id string) *Provision {
	for _, p := range in.Provisions {
		if p.ID == id {
			return p
		}
	}
	return nil
}

// Has reports whether id was ever a party in any role.
func (in *Instrument) Has(id string) bool { return len(in.MembersOf(id)) > 0 }
