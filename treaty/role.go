package treaty

import (
	"fmt"
	"strings"
)

// RoleKind says which states a role expression picks out.
type RoleKind uint8

// The kinds of role. The zero value is RoleNone: nothing was written.
const (
	RoleNone       RoleKind = iota
	RoleEach                // "each party"
	RoleOther               // "each other party": not the attacked, not the attacker
	RoleAttacked            // "the attacked party" (or state)
	RoleAttacker            // "the attacker"
	RoleIn                  // "each ROLE": parties in a named role
	RoleOtherIn             // "each other ROLE"
	RoleNamed               // codes
	RoleAnyState            // "any state"
	RoleAny                 // "anybody": states and groups
	RoleOutsider            // "a non-party"
	RoleOrgan               // "organ NAME"
	RoleTheParties          // "each other": bearer and beneficiary are any two parties
)

// Role is a role expression: who bears, who is owed, who attacks, who is attacked.
type Role struct {
	Kind   RoleKind
	Name   string   // of the role or organ
	States []string // RoleNamed
	text   string
}

// String is the expression as written.
func (r Role) String() string { return r.text }

// ParseRole reads a role expression such as "each other party", "the attacked
// party", "a guarantor", "RUS or BLR". Named roles must be among roles.
func ParseRole(s string, roles []string) (Role, error) {
	s = strings.TrimSpace(s)
	r := Role{text: s}
	w := strings.TrimPrefix(strings.TrimPrefix(s, "the "), "to ")
	switch w {
	case "each party", "a party", "any party", "party", "parties", "all parties", "one of the parties":
		r.Kind = RoleEach
		return r, nil
	case "each other party", "another party", "other party", "other parties":
		r.Kind = RoleOther
		return r, nil
	case "attacked party", "attacked state", "victim":
		r.Kind = RoleAttacked
		return r, nil
	case "attacker", "aggressor":
		r.Kind = RoleAttacker
		return r, nil
	case "any state", "every state", "a state", "one or more states", "any other state":
		r.Kind = RoleAnyState
		return r, nil
	case "anybody", "anyone", "any attacker":
		r.Kind = RoleAny
		return r, nil
	case "a non-party", "any non-party", "a third state", "any third state", "non-party", "third state":
		r.Kind = RoleOutsider
		return r, nil
	}
	if n, ok := strings.CutPrefix(w, "organ "); ok {
		r.Kind, r.Name = RoleOrgan, n
		return r, nil
	}
	for _, name := range roles {
		switch w {
		case "each other " + name, "another " + name, "other " + name:
			r.Kind, r.Name = RoleOtherIn, name
			return r, nil
		case name, "each " + name, "a " + name, "an " + name, "any " + name:
			r.Kind, r.Name = RoleIn, name
			return r, nil
		}
	}
	fields := strings.FieldsFunc(w, func(c rune) bool { return c == ' ' || c == ',' })
	for _, f := range fields {
		if f == "and" || f == "or" {
			continue
		}
		if !isCode(f) {
			return Role{}, fmt.Errorf("role %q: want each party, each other party, the attacked party, the attacker, any state, a non-party, anybody, organ NAME, state codes%s", s, also(roles))
		}
		r.States = append(r.States, f)
	}
	if len(r.States) == 0 {
		return Role{}, fmt.Errorf("role %q is empty", s)
	}
	r.Kind = RoleNamed
	return r, nil
}

func also(roles []string) string {
	if len(roles) == 0 {
		return ""
	}
	return " or a role of a party here: " + strings.Join(roles, ", ")
}

// isCode reports whether s looks like a state or organisation code.
func isCode(s string) bool {
	if len(s) < 2 || len(s) > 12 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if !(c >= 'A' && c <= 'Z' || i > 0 && (c >= '0' && c <= '9' || c == '-')) {
			return false
		}
	}
	return true
}
