// Package duty answers who is bound: it evaluates provisions against acts on a
// day. It is the only place where norms are evaluated.
//
// Evaluation is pure: no clock, no network, no files; case files are read from
// the file system that the caller hands over. The same corpus, record and
// question give the same bytes. It decides nothing that the texts and the
// record leave open, and it does not choose between contrary duties.
package duty

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/why"
)

// Act is something that the record says happened. Kind is one of [Kinds].
type Act struct {
	ID         string    `json:"id,omitempty"`
	Kind       string    `json:"kind"`
	Actor      string    `json:"actor"` // a state's code, or "group:NAME"
	Attributed string    `json:"attributed,omitempty"`
	Attributor string    `json:"attributor,omitempty"` // who attributes it; "" for the record itself
	AttribDeny string    `json:"attribution_denied_by,omitempty"`
	Target     string    `json:"target"`
	Place      string    `json:"place,omitempty"` // "" is the target's home territory
	From       day.Bound `json:"from"`
	To         day.Bound `json:"to"`
	Responds   string    `json:"responds,omitempty"` // id of a strictly earlier act
	By         string    `json:"by,omitempty"`       // who says so; "" for the record itself
	DeniedBy   string    `json:"denied_by,omitempty"`
	Alleged    bool      `json:"alleged,omitempty"` // one side's word; nobody reports it as their own
	Known      day.Bound `json:"known"`
	HasKnown   bool      `json:"has_known,omitempty"`
	Source     string    `json:"source,omitempty"`
}

// Fact is any other statement that a condition may turn on: a request, a
// decision, a finding, a claim.
type Fact struct {
	Kind     string    `json:"kind"` // request, decision, finding, refused, performed, provoked, aggressor, war, fact
	Key      string    `json:"key,omitempty"`
	Who      string    `json:"who,omitempty"`     // of whom it is said, or who asks or decides
	Towards  string    `json:"towards,omitempty"` // request: of whom; war: with whom
	No       bool      `json:"no,omitempty"`      // it is said not to be so
	By       string    `json:"by,omitempty"`      // who says so; "" for the record itself
	About    string    `json:"about,omitempty"`   // id of the act that it is about; "" for any
	On       day.Bound `json:"on"`
	Known    day.Bound `json:"known"`
	HasKnown bool      `json:"has_known,omitempty"`
	Source   string    `json:"source,omitempty"`
}

// Record is what was reported. The zero value is an empty record.
type Record struct {
	Acts  []Act  `json:"acts"`
	Facts []Fact `json:"facts"`
}

// Kinds are the kinds of act, the ones that use force first.
var Kinds = []string{"armed attack", "limited attack", "invasion", "nuclear attack", "occupation", "blockade",
	"threat", "nuclear threat", "subversion", "terrorist attack", "cyber attack"}

// usesForce reports whether an act of this kind is a use of armed force.
func usesForce(kind string) bool {
	switch kind {
	case "armed attack", "limited attack", "invasion", "nuclear attack", "occupation", "blockade", "terrorist attack":
		return true
	}
	return false
}

// Hash identifies the record's content.
func (r Record) Hash() string {
	if len(r.Acts)+len(r.Facts) == 0 {
		return "empty"
	}
	data, err := json.Marshal(r)
	if err != nil { // the types hold nothing that cannot be encoded
		panic(err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// sides are the two sides of a dispute whether the act happened as says has it;
// none if nobody disputes it.
func (a *Act) sides(says string) []why.View {
	claim := why.View{By: or(a.By, "the record"), Says: says}
	switch {
	case a.DeniedBy != "":
		return []why.View{claim, {By: a.DeniedBy, Says: "denies it"}}
	case a.Alleged:
		return []why.View{claim, {By: "the record", Says: "holds nobody who reports it as their own word"}}
	}
	return nil
}

// concerns reports whether the statement may bear on an attack.
func (f Fact) concerns(a attack) bool { return f.About == "" || f.About == a.id }

// asKnown returns the record as it was known on day k, or r itself if k is nil.
func (r Record) asKnown(k *day.Day) Record {
	if k == nil {
		return r
	}
	var out Record
	for _, a := range r.Acts {
		if knownBy(a.Known, a.HasKnown, a.From, *k) {
			if !knownBy(a.To, false, a.To, *k) {
				a.To = day.Bound{}
			}
			out.Acts = append(out.Acts, a)
		}
	}
	for _, f := range r.Facts {
		if knownBy(f.Known, f.HasKnown, f.On, *k) {
			out.Facts = append(out.Facts, f)
		}
	}
	return out
}

func knownBy(known day.Bound, has bool, on day.Bound, k day.Day) bool {
	if !has {
		known = on
	}
	return known.Kind == day.BoundNone || known.Kind == day.BoundUnknown || begun(known, k) != day.No
}

// begun says whether the bound lies on or before d.
func begun(b day.Bound, d day.Day) day.Truth {
	return day.Span{From: b, To: day.None}.Contains(d)
}
