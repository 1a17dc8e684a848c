package treaty

import (
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/day"
)

// pair is a key with its value as YAML.
type pair struct{ key, value string }

// pairs takes keys and texts in turn and leaves out those without a text.
func pairs(list ...string) []pair {
	var out []pair
	for i := 0; i+1 < len(list); i += 2 {
		if list[i+1] != "" {
			value := list[i+1]
			if _, err := strconv.Atoi(value); err != nil || list[i] != "months" && list[i] != "days" {
				value = scalarText(value, true)
			}
			out = append(out, pair{list[i], value})
		}
	}
	return out
}

func flow(list []pair) string {
	var parts []string
	for _, p := range list {
		parts = append(parts, p.key+": "+p.value)
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

func flowList(list []string) string {
	var parts []string
	for _, s := range list {
		parts = append(parts, scalarText(s, true))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

func each[T any](list []T, text func(T) string) []string {
	var out []string
	for _, x := range list {
		out = append(out, text(x))
	}
	return out
}

func number(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

func bound(b day.Bound, set bool) string {
	if !set {
		return ""
	}
	return b.String()
}

func unless(b, usual day.Bound) string {
	if b == usual {
		return ""
	}
	return b.String()
}

func deedText(d Deed) string {
	if d.What == "" && d.On.Kind == RoleNone {
		return d.Verb
	}
	value := "null"
	if d.What != "" {
		value = scalarText(d.What, d.On.Kind != RoleNone)
	}
	if d.On.Kind == RoleNone {
		return d.Verb + ": " + value
	}
	return flow(append([]pair{{d.Verb, value}}, pairs("on", d.On.String())...))
}

func triggerPairs(t Trigger) []pair {
	out := pairs("event", t.Event, "by", t.By.String(), "on", t.On.String())
	if z := t.Where; !z.Empty() {
		where := flow(zonePairs(z))
		if len(z.Except)+len(z.Unclear) == 0 {
			where = "[" + strings.Join(each(z.In, termText), ", ") + "]"
		}
		out = append(out, pair{"where", where})
	}
	return append(out, pairs("attackers", countText(t.Min, t.Max), "judged by", t.Judge)...)
}

func zonePairs(z Zone) []pair {
	var out []pair
	for _, p := range []struct {
		key   string
		terms []Term
	}{{"in", z.In}, {"except", z.Except}, {"unclear", z.Unclear}} {
		if len(p.terms) > 0 {
			out = append(out, pair{p.key, "[" + strings.Join(each(p.terms, termText), ", ") + "]"})
		}
	}
	return out
}

func termText(t Term) string {
	if len(t.Of) == 0 && t.Span == (day.Span{From: day.None, To: day.None}) {
		return scalarText(t.Words, true)
	}
	out := pairs("place", t.Words)
	if len(t.Of) > 0 {
		out = append(out, pair{"of", flowList(t.Of)})
	}
	return flow(append(out, pairs("from", unless(t.Span.From, day.None), "to", unless(t.Span.To, day.None))...))
}

func countText(lo, hi int) string {
	switch {
	case lo == 0 && hi == 0:
		return ""
	case lo == hi:
		return strconv.Itoa(lo)
	case hi == 0:
		return strconv.Itoa(lo) + " or more"
	}
	return "at most " + strconv.Itoa(hi)
}

func conditionText(c Condition) string {
	for words, test := range plainTests {
		if c.Test == test {
			return words
		}
	}
	var out []pair
	nested := func(key string) {
		out = []pair{{key, "[" + strings.Join(each(c.Of, conditionText), ", ") + "]"}}
	}
	switch c.Test {
	case TestAll:
		nested("all")
	case TestAny:
		nested("any")
	case TestNot:
		nested("not")
	case TestAggressor:
		out = pairs("aggressor", c.Who.String())
	case TestRequest:
		out = pairs("request", c.Who.String())
	case TestAttackedBy:
		out = pairs("attacker", c.Who.String())
	case TestRefused:
		out = pairs("refused", c.Key, "of", c.Who.String())
	case TestPerformed:
		out = pairs("performed", c.Key, "of", c.Who.String())
	case TestDecision:
		out = pairs("decision", c.Key, "by", c.Name)
	case TestFinding:
		out = pairs("finding", c.Key, "by", c.Name)
	case TestFact:
		out = pairs("fact", c.Key, "of", c.Who.String())
	case TestAttackers:
		out = pairs("attackers", countText(c.Min, c.Max))
	}
	if c.Words != c.describe() {
		out = append(out, pairs("words", c.Words)...)
	}
	return flow(out)
}
