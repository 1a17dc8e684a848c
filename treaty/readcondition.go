package treaty

import (
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// plainTests are the conditions written as one phrase.
var plainTests = map[string]Test{
	"unprovoked": TestUnprovoked, "state of war": TestWarState, "the attacker is a party": TestParty,
}

// conditionKeys are the conditions written as a key and its object.
var conditionKeys = []string{"all", "any", "not", "aggressor", "request", "decision", "finding", "fact", "attackers", "refused",
	"performed", "attacker", "of", "by", "words"}

func (r *reader) conditions(nodes []ast.Node) []Condition {
	var out []Condition
	for _, n := range nodes {
		out = append(out, r.condition(n))
	}
	return out
}

func (r *reader) condition(n ast.Node) Condition {
	c := Condition{Pos: r.at(n)}
	if s, ok := scalar(n); ok {
		c.Words = s
		if t, ok := plainTests[s]; ok {
			c.Test = t
			return c
		}
		p := r.fail(c.Pos, "if: unknown condition %q", s)
		p.Hint = "write unprovoked, state of war, the attacker is a party, or a mapping such as fact: " + s
		return c
	}
	m := r.mapping(n, "if", conditionKeys...)
	for _, e := range m.entries {
		test := TestNone
		switch e.key {
		case "all":
			test, c.Of = TestAll, r.conditions(items(e.value))
		case "any":
			test, c.Of = TestAny, r.conditions(items(e.value))
		case "not":
			test, c.Of = TestNot, r.conditions(items(e.value))
			if len(c.Of) != 1 {
				r.fail(e.pos, "if: not takes one condition; found %d", len(c.Of))
				c.Of = append(c.Of, Condition{})[:1]
			}
		case "aggressor":
			test, c.Who = TestAggressor, r.role(e)
		case "request":
			test, c.Who = TestRequest, r.role(e)
		case "attacker":
			test, c.Who = TestAttackedBy, r.role(e)
		case "refused":
			test, c.Key = TestRefused, m.text(e.key)
		case "performed":
			test, c.Key = TestPerformed, m.text(e.key)
		case "decision":
			test, c.Key = TestDecision, m.text(e.key)
		case "finding":
			test, c.Key = TestFinding, m.text(e.key)
		case "fact":
			test, c.Key = TestFact, m.text(e.key)
		case "attackers":
			test = TestAttackers
			c.Min, c.Max = r.count(e)
		case "by":
			c.Name = m.text(e.key)
			continue
		case "of":
			c.Who = r.role(e)
			continue
		case "words":
			c.Words = m.text(e.key)
			continue
		}
		if c.Test != TestNone {
			r.fail(e.pos, "if: one test a condition; found %q beside another", e.key).Hint = "put them under all: or any:"
		}
		c.Test = test
	}
	if c.Test == TestNone {
		r.fail(m.pos, "if: no test").Hint = "the tests are " + strings.Join(conditionKeys, ", ")
	}
	if c.Words == "" {
		c.Words = c.describe()
	}
	return c
}

// describe words a condition that brought no words of its own.
func (c Condition) describe() string {
	join := func(word string) string {
		var parts []string
		for _, d := range c.Of {
			parts = append(parts, d.Words)
		}
		return strings.Join(parts, word)
	}
	switch c.Test {
	case TestAll:
		return join(" and ")
	case TestAny:
		return join(" or ")
	case TestNot:
		return "not: " + c.Of[0].Words
	case TestAggressor:
		return c.Who.String() + " is the aggressor"
	case TestRequest:
		return c.Who.String() + " asks for help"
	case TestDecision:
		return c.Name + " decides: " + c.Key
	case TestFinding:
		return c.Name + " finds: " + c.Key
	case TestAttackedBy:
		return "the attacker is " + c.Who.String()
	case TestRefused:
		return "demand refused: " + c.Key
	case TestPerformed:
		return "performed: " + c.Key
	case TestAttackers:
		return "number of attackers"
	}
	return c.Key
}
