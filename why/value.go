package why

import "encoding/json"

// Value is what a test came to. There are four values because "nobody knows"
// and "they disagree" are different answers.
type Value uint8

// The values. The zero value is Unknown.
const (
	Unknown Value = iota
	NotMet
	Met
	Disputed
)

func (v Value) String() string {
	return [...]string{"unknown", "not met", "met", "disputed"}[v]
}

// MarshalJSON writes the value's name.
func (v Value) MarshalJSON() ([]byte, error) { return json.Marshal(v.String()) }

// And is met only if both are met and not met if one is not. Otherwise a
// dispute shows through an unknown, because it names who would have to agree.
func (v Value) And(w Value) Value {
	switch {
	case v == NotMet || w == NotMet:
		return NotMet
	case v == Disputed || w == Disputed:
		return Disputed
	case v == Unknown || w == Unknown:
		return Unknown
	}
	return Met
}

// Or is met if one is met and not met only if both are not.
func (v Value) Or(w Value) Value { return v.Not().And(w.Not()).Not() }

// Not exchanges met and not met; what is unknown or disputed stays so.
func (v Value) Not() Value {
	switch v {
	case Met:
		return NotMet
	case NotMet:
		return Met
	}
	return v
}
