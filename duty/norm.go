package duty

import (
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
	"github.com/casus-foederis/casus/why"
)

// norm evaluates one text for one bearer: force, trigger, entitlement,
// conditions, exceptions, end, and whose decision it is. It stops at the first
// part that is not met, which is the reason of "not bound".
func (e *evaluator) norm(p *treaty.Provision, t *treaty.Text, a attack, x, y string) step {
	var says string
	if !e.brief {
		says = fmt.Sprintf("%s, under %s of %s, towards %s: %s %s", name(x), or(p.Article, p.ID), p.Instrument.Title, name(y), t.Force, t.Task())
	}
	whole := e.leaf(why.Step, why.Met, p.Name(), "", "%s", says)
	parts := []struct {
		name string
		eval func() step
	}{
		{"force", func() step { return e.force(p, t, x, y) }},
		{"trigger", func() step {
			return e.share(t, "trigger", a, t.When.Judge == "" && y == a.on, func() step { return e.trigger(p, t, a, y) })
		}},
		{"entitlement", func() step {
			return e.share(t, "entitlement", a, y == a.on, func() step { return e.entitled(p, t, a, x, y) })
		}},
		{"condition", func() step { return e.all(p, t, t.If, a, x, y) }},
		{"exception", func() step { return e.unless(p, t, t.Unless, a, x, y) }},
		{"ended", func() step { return e.ended(p, t, a, x, y) }},
		{"decision", func() step { return e.whether(p, t, a, x) }},
	}
	whole = whole.over(e.clause(p, t, why.Met, "%s: %s", or(p.Article, p.ID), or(t.Says, t.Task())))
	for _, part := range parts {
		s := part.eval()
		if s.value == why.Met && s.node == nil {
			continue
		}
		whole = whole.over(s)
		whole.value = whole.value.And(s.value)
		if s.value == why.NotMet {
			whole.failed = part.name
			break
		}
	}
	whole = whole.over(e.basis(p.Instrument)...)
	if whole.node != nil {
		whole.node.Value = whole.value
	}
	return whole
}

// basis is a leaf for each report from which the instrument is known.
func (e *evaluator) basis(in *treaty.Instrument) []step {
	if in.Basis == nil || e.brief {
		return nil
	}
	var out []step
	for _, r := range in.Basis.Reports {
		only := treaty.Basis{Reports: []treaty.Report{r}, By: in.Basis.By, On: in.Basis.On}
		out = append(out, e.leaf(why.Statement, why.Met, r.Ref, "report "+r.Ref, "%s %s", in.Title, only.String()))
	}
	return out
}

// share evaluates a part once for all bearers of a text where it does not
// depend on them.
func (e *evaluator) share(t *treaty.Text, part string, a attack, may bool, eval func() step) step {
	if !may || e.shared == nil {
		return eval()
	}
	key := sharedKey{t, part, a.key(), a.on, a.assumed}
	s, ok := e.shared[key]
	if !ok {
		s = eval()
		e.shared[key] = s
	}
	return s
}

// readings evaluates rival encodings. Where they agree that is the answer;
// where they do not it is disputed, and the views are the readings.
func (e *evaluator) readings(p *treaty.Provision, t *treaty.Text, a attack, x, y string) (step, *treaty.Text) {
	whole := e.leaf(why.Step, why.Met, p.Name(), "", "%s is read in %d ways", or(p.Article, p.ID), len(t.Readings))
	var views []why.View
	agreed := true
	for i := range t.Readings {
		r := &t.Readings[i]
		s := e.norm(p, &r.Text, a, x, y)
		if s.node != nil {
			above := e.leaf(why.Reading, s.value, p.Name(), "", "reading of %s: %s", r.By, r.Says).over(s)
			whole = whole.over(above)
			views = append(views, why.View{By: r.By, Says: verdict(s.value)})
		}
		if i == 0 {
			whole.value, whole.failed = s.value, s.failed
		} else if s.value != whole.value {
			agreed = false
		}
	}
	if !agreed {
		whole.value, whole.failed = why.Disputed, ""
		whole = whole.views(views...)
	}
	if whole.node != nil {
		whole.node.Value = whole.value
	}
	return whole, &t.Readings[0].Text
}

func verdict(v why.Value) string {
	return [...]string{why.Unknown: "open", why.NotMet: "not bound", why.Met: "bound", why.Disputed: "disputed"}[v]
}

func name(x string) string {
	if x == Everybody {
		return "any other state"
	}
	return x
}

func or(s, t string) string {
	if s != "" {
		return s
	}
	return t
}

// trigger tests the act against the pattern: what, by whom, where, how many.
func (e *evaluator) trigger(p *treaty.Provision, t *treaty.Text, a attack, y string) step {
	w := &t.When
	if w.Event == "" {
		if e.brief {
			return step{value: why.Met}
		}
		return e.leaf(why.Statement, why.Met, a.id, "", "the act would be one: %s", e.told(a)).over()
	}
	s := e.leaf(why.Step, why.Met, p.Name(), "", "the act fits: %s%s", w.Event, onWhom(w))
	for _, part := range []step{e.pattern(p, w, a), e.happened(a), e.attacker(p, w, a), e.where(w, a), e.count(w, a), e.judged(p, w, a, y)} {
		if part.value == why.Met && part.node == nil {
			continue
		}
		s = s.over(part)
		s.value = s.value.And(part.value)
		if s.value == why.NotMet {
			break
		}
	}
	if s.node != nil {
		s.node.Value = s.value
	}
	return s
}

func onWhom(w *treaty.Trigger) string {
	s := ""
	if w.On.Kind != treaty.RoleNone {
		s += " on " + w.On.String()
	}
	if w.By.Kind != treaty.RoleNone {
		s += " by " + w.By.String()
	}
	return s
}

func (e *evaluator) told(a attack) string {
	s := strings.Join(a.by, " and ") + " → " + a.on + ", " + a.kind
	if a.place != treaty.Home {
		s += " at " + a.place
	}
	switch {
	case a.assumed:
		s += " (assumed: performance of a duty)"
	case a.sides != nil:
		s += " (record, disputed)"
	case a.id != "":
		s += " (record)"
	default:
		s += " (as the question supposes)"
	}
	return s
}

// happened is met for an act that the question supposes; one of the record may
// be disputed.
func (e *evaluator) happened(a attack) step {
	if a.sides == nil {
		return step{value: why.Met}
	}
	return e.leaf(why.Statement, why.Disputed, a.id, a.source, "whether %s attacked %s so is disputed", strings.Join(a.by, " and "), a.on).views(a.sides...)
}

// pattern tests the kind of act.
func (e *evaluator) pattern(p *treaty.Provision, w *treaty.Trigger, a attack) step {
	v := implies(a.kind, w.Event)
	if v == why.Met && w.Event == "aggression" {
		return e.aggression(a)
	}
	s := e.leaf(why.Statement, v, a.id, a.source, "%s", e.told(a))
	switch v {
	case why.NotMet:
		if s.node != nil {
			s.node.Says = fmt.Sprintf("a %s is no %s (%s)", a.kind, w.Event, e.told(a))
		}
	case why.Unknown:
		return e.said(a, "finding", w.Event, "", p, fmt.Sprintf("a finding that this %s amounts to %s", a.kind, article(w.Event)))
	}
	return s
}

func article(s string) string {
	if strings.ContainsRune("aeiou", rune(s[0])) {
		return "an " + s
	}
	return "a " + s
}

// implied holds, for each kind of act, the trigger events that it fits. What
// is listed with a question mark depends on a finding.
var implied = map[string]string{
	"armed attack":     "armed attack, aggression, invasion, war, threat, dispute",
	"invasion":         "armed attack, aggression, invasion, war, threat, dispute, occupation?",
	"nuclear attack":   "armed attack, aggression, war, threat, dispute, nuclear attack, nuclear threat",
	"limited attack":   "armed attack, aggression, threat, dispute, war?",
	"occupation":       "aggression, occupation, threat, dispute, armed attack?, invasion, war?",
	"blockade":         "aggression, blockade, threat, dispute, armed attack?, war?",
	"threat":           "threat, dispute",
	"nuclear threat":   "threat, dispute, nuclear threat",
	"subversion":       "subversion, threat, dispute, aggression?",
	"terrorist attack": "terrorist attack, threat, dispute, armed attack?, aggression?",
	"cyber attack":     "cyber attack, threat, dispute, armed attack?, aggression?",
}

var impliedSets = func() map[string]map[string]why.Value {
	out := map[string]map[string]why.Value{}
	for kind, list := range implied {
		out[kind] = map[string]why.Value{"any": why.Met}
		for event := range strings.SplitSeq(list, ", ") {
			if e, open := strings.CutSuffix(event, "?"); open {
				out[kind][e] = why.Unknown
			} else {
				out[kind][event] = why.Met
			}
		}
	}
	return out
}()

func implies(kind, event string) why.Value {
	if v, ok := impliedSets[kind][event]; ok {
		return v
	}
	return why.NotMet
}

// attacker tests by whom: the text may speak of states, non-parties or named
// states. An attack by a group is a state's only by attribution, never by the
// place from which it came.
func (e *evaluator) attacker(p *treaty.Provision, w *treaty.Trigger, a attack) step {
	out := step{value: why.NotMet}
	for i, s := range a.by {
		part := e.oneAttacker(p, w, a, s)
		if i == 0 {
			out = part
			continue
		}
		both := out.value.Or(part.value)
		if part.value == both {
			out = part
		}
	}
	return out
}

func (e *evaluator) oneAttacker(p *treaty.Provision, w *treaty.Trigger, a attack, s string) step {
	if strings.HasPrefix(s, "group:") {
		if w.By.Kind == treaty.RoleAny || w.By.Kind == treaty.RoleNone {
			return step{value: why.Met}
		}
		return e.attribution(p, w, a, s)
	}
	switch w.By.Kind {
	case treaty.RoleOutsider:
		f := e.member(p.Instrument, s, "")
		v := f.value.Not()
		if v == why.Met && f.node == nil {
			return step{value: why.Met}
		}
		text := "the attacker, " + s + ", is not a party"
		if v == why.NotMet {
			text = "the attacker, " + s + ", is itself a party, and the text speaks of a non-party"
		}
		return e.leaf(why.Step, v, p.Name(), "", "%s", text).over(turned(f))
	case treaty.RoleNamed:
		if slices.Contains(e.heirs(w.By.States, p), s) {
			return e.leaf(why.Clause, why.Met, p.Name(), source(p), "the text names the attacker: %s", s)
		}
		return e.leaf(why.Clause, why.NotMet, p.Name(), source(p), "the text speaks of an attack by %s, not by %s", w.By, s)
	case treaty.RoleEach, treaty.RoleOther:
		f := e.member(p.Instrument, s, "")
		return e.leaf(why.Step, f.value, p.Name(), "", "the text speaks of an attack by a party, and %s is the attacker", s).over(f)
	case treaty.RoleIn, treaty.RoleOtherIn:
		f := e.member(p.Instrument, s, w.By.Name)
		return e.leaf(why.Step, f.value, p.Name(), "", "the text speaks of an attack by %s, and %s is the attacker", w.By, s).over(f)
	}
	return step{value: why.Met}
}

// turned shows a ground under the negation of what it says.
func turned(s step) step {
	if s.node != nil {
		n := *s.node
		n.Value = n.Value.Not()
		s.node = &n
	}
	return s
}

func (e *evaluator) attribution(p *treaty.Provision, w *treaty.Trigger, a attack, group string) step {
	for _, r := range e.rec.Acts {
		if r.Actor != group || r.Target != a.on || r.Attributed == "" || e.ongoing(r) == day.No {
			continue
		}
		switch {
		case r.AttribDeny != "":
			return e.leaf(why.Statement, why.Disputed, r.ID, r.Source, "the attack of %s is attributed to %s", group, r.Attributed).views(
				why.View{By: or(r.Attributor, "the record"), Says: "attributes it to " + r.Attributed}, why.View{By: r.AttribDeny, Says: "denies it"})
		case r.Attributor != "":
			return e.leaf(why.Statement, why.Disputed, r.ID, r.Source, "%s attributes the attack of %s to %s", r.Attributor, group, r.Attributed).views(
				why.View{By: r.Attributor, Says: "attributes it to " + r.Attributed}, why.View{By: "the record", Says: "holds no other attribution"})
		}
		return e.leaf(why.Statement, why.Met, r.ID, r.Source, "the attack of %s is attributed to %s", group, r.Attributed)
	}
	return e.leaf(why.Statement, why.Unknown, p.Name(), "the record", "the text speaks of %s; %s is a group, and nobody attributes its attack to a state", or(w.By.String(), "a state"), group).
		needs("an attribution of the attack to a state")
}

// where tests the place against the text's area.
func (e *evaluator) where(w *treaty.Trigger, a attack) step {
	if w.Where.Empty() {
		return step{value: why.Met}
	}
	t, words := e.c.Covers(w.Where, a.place, a.on, e.day)
	at := a.place
	if at == treaty.Home {
		at = "home territory of " + a.on
	} else if p, ok := e.c.Place(at); ok && len(p.Names) > 0 {
		at = p.Names[0]
	}
	switch t {
	case day.Yes:
		return e.leaf(why.Clause, why.Met, "", "", "the place, %s, lies in the area: %s", at, words)
	case day.No:
		return e.leaf(why.Clause, why.NotMet, "", "", "the place, %s, lies outside the area of the text (%s)", at, words)
	}
	return e.leaf(why.Clause, why.Unknown, "", "", "the place, %s: %s", at, words).needs("whether %s lies in the area of the text", at)
}

// count tests the number of attackers, those recorded as still attacking
// included.
func (e *evaluator) count(w *treaty.Trigger, a attack) step {
	return e.number(w.Min, w.Max, a)
}

func (e *evaluator) number(lo, hi int, a attack) step {
	if lo == 0 && hi == 0 {
		return step{value: why.Met}
	}
	n, alleged := e.attackers(a)
	within := func(n int) why.Value { return valueOf(n >= lo && (hi == 0 || n <= hi)) }
	v := within(len(n))
	want := fmt.Sprintf("%d or more", lo)
	switch {
	case lo == hi:
		want = fmt.Sprint(lo)
	case lo == 0:
		want = fmt.Sprintf("at most %d", hi)
	}
	s := e.leaf(why.Statement, v, a.id, "", "the text asks for %s attackers of %s; there are %d: %s", want, a.on, len(n), strings.Join(n, ", "))
	for i := range alleged {
		if more := within(len(n) + i + 1); more != v { // it turns on what only one side says
			var sides []why.View
			for _, r := range alleged {
				sides = append(sides, r.sides(r.Actor+" attacks "+a.on)...)
			}
			return s.as(why.Disputed).views(sides...)
		}
	}
	return s
}

// attackers lists who attacks, as the record has it, and the acts of others who
// do so only as somebody says, or somebody denies.
func (e *evaluator) attackers(a attack) (out []string, alleged []Act) {
	out = slices.Clone(a.by)
	for _, r := range e.rec.Acts {
		switch {
		case r.Target != a.on || !usesForce(r.Kind) || e.ongoing(r) != day.Yes || slices.Contains(out, r.Actor):
		case r.sides("") != nil:
			if !slices.ContainsFunc(alleged, func(o Act) bool { return o.Actor == r.Actor }) {
				alleged = append(alleged, r)
			}
		default:
			out = append(out, r.Actor)
		}
	}
	slices.Sort(out)
	return out, slices.DeleteFunc(alleged, func(r Act) bool { return slices.Contains(out, r.Actor) })
}

// judged asks whose finding the trigger turns on, where it is not the facts.
func (e *evaluator) judged(p *treaty.Provision, w *treaty.Trigger, a attack, y string) step {
	if w.Judge == "" || w.Event == "threat" && usesForce(a.kind) { // force is more than a threat, in nobody's opinion alone
		return step{value: why.Met}
	}
	who := w.Judge
	switch who {
	case "attacked party", "the attacked party":
		who = y
	}
	return e.said(a, "finding", w.Event, who, p, fmt.Sprintf("a finding by %s that there is %s", name(who), article(w.Event)))
}
