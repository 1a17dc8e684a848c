// Package why holds derivations as data: a tree of steps, each with its value
// and its grounds, whose leaves are clauses and statements.
//
// The package knows neither rules nor files. Whoever evaluates a rule records
// the steps while evaluating; nothing is proved again afterwards, because on
// cyclic rules a second proof need not be the first.
package why

import (
	"encoding/json"
	"slices"
)

// Kind says what a step is.
type Kind uint8

// The kinds. Clause and Statement are leaves; the others have grounds.
const (
	Step      Kind = iota // a rule applied to its grounds
	Clause                // words of an instrument
	Statement             // somebody's statement: an act as recorded, a status event, the question itself, or what the record does not hold
	Exception             // a named exception of a provision
	Reading               // one of rival readings of a provision
)

func (k Kind) String() string {
	return [...]string{"step", "clause", "statement", "exception", "reading"}[k]
}

// MarshalJSON writes the kind's name.
func (k Kind) MarshalJSON() ([]byte, error) { return json.Marshal(k.String()) }

// View is one side of a dispute: who says what.
type View struct {
	By   string `json:"by"`
	Says string `json:"says"`
}

// Node is one step of a derivation. Says is always set. Ref names the clause,
// act or event that a leaf stands for; Source says where it was read. Needs is
// set on unknown leaves, Views on disputed ones.
type Node struct {
	Kind   Kind    `json:"kind"`
	Says   string  `json:"says"`
	Value  Value   `json:"value"`
	Ref    string  `json:"ref,omitempty"`
	Words  string  `json:"words,omitempty"`
	Source string  `json:"source,omitempty"`
	Needs  string  `json:"needs,omitempty"`
	Views  []View  `json:"views,omitempty"`
	From   []*Node `json:"from,omitempty"`
}

// Leaves returns the nodes without grounds, in order.
func (n *Node) Leaves() []*Node {
	if n == nil {
		return nil
	}
	if len(n.From) == 0 {
		return []*Node{n}
	}
	var all []*Node
	for _, g := range n.From {
		all = append(all, g.Leaves()...)
	}
	return all
}

// FirstFailed returns the deepest first step that was not met, or nil. On a
// step whose grounds were all met or open it is the step itself.
func (n *Node) FirstFailed() *Node { return n.first(NotMet) }

func (n *Node) first(v Value) *Node {
	if n == nil || n.Value != v {
		return nil
	}
	for _, g := range n.From {
		if f := g.first(v); f != nil {
			return f
		}
	}
	return n
}

// AllNeeds returns, without repeats and in order, what the unknown leaves that
// keep n from being decided would need.
func (n *Node) AllNeeds() []string {
	var out []string
	n.walkOpen(Unknown, func(m *Node) {
		if m.Needs != "" && !slices.Contains(out, m.Needs) {
			out = append(out, m.Needs)
		}
	})
	return out
}

// AllViews returns, without repeats and in order, the sides of the disputes
// that keep n from being decided.
func (n *Node) AllViews() []View {
	var out []View
	n.walkOpen(Disputed, func(m *Node) {
		for _, v := range m.Views {
			if !slices.Contains(out, v) {
				out = append(out, v)
			}
		}
	})
	return out
}

// walkOpen visits the nodes of value v that are reached through undecided
// steps only: below a decided step nothing is missing any more.
func (n *Node) walkOpen(v Value, visit func(*Node)) {
	if n == nil || n.Value == Met || n.Value == NotMet {
		return
	}
	if n.Value == v {
		visit(n)
	}
	for _, g := range n.From {
		g.walkOpen(v, visit)
	}
}
