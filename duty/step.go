package duty

import (
	"fmt"

	"github.com/casus-foederis/casus/treaty"
	"github.com/casus-foederis/casus/why"
)

// step is a value with the derivation recorded while it was found; the node is
// nil where derivations are left out. failed names the first part that was not
// met.
type step struct {
	value  why.Value
	node   *why.Node
	failed string
}

func (e *evaluator) leaf(k why.Kind, v why.Value, ref, source, format string, args ...any) step {
	if e.brief {
		return step{value: v}
	}
	return step{value: v, node: &why.Node{Kind: k, Value: v, Says: fmt.Sprintf(format, args...), Ref: ref, Source: source}}
}

// needs marks an unknown leaf with what would decide it.
func (s step) needs(format string, args ...any) step {
	if s.node != nil {
		s.node.Needs = fmt.Sprintf(format, args...)
	}
	return s
}

// views marks a disputed leaf with its sides.
func (s step) views(v ...why.View) step {
	if s.node != nil {
		s.node.Views = v
	}
	return s
}

// as gives the step, and its node, another value.
func (s step) as(v why.Value) step {
	s.value = v
	if s.node != nil {
		s.node.Value = v
	}
	return s
}

// over makes s the step above the grounds; its value stays.
func (s step) over(grounds ...step) step {
	if s.node != nil {
		for _, g := range grounds {
			if g.node != nil {
				s.node.From = append(s.node.From, g.node)
			}
		}
	}
	return s
}

// clause is a leaf for the words of a provision.
func (e *evaluator) clause(p *treaty.Provision, t *treaty.Text, v why.Value, format string, args ...any) step {
	if e.brief {
		return step{value: v}
	}
	s := e.leaf(why.Clause, v, p.Name(), source(p), format, args...)
	s.node.Words = t.Words
	return s
}

func source(p *treaty.Provision) string {
	if p.Source != "" {
		return p.Source
	}
	if len(p.Instrument.Sources) > 0 {
		return p.Instrument.Sources[0]
	}
	return ""
}
