package treaty

import (
	"fmt"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/casus-foederis/casus/day"
)

// textKeys are the keys of a provision's text, which a version or a reading may
// give anew.
var textKeys = []string{"words", "says", "bearer", "owed to", "does", "force", "whether", "organ", "means", "when", "if", "unless",
	"process", "deadline", "ends when", "unencodable", "readings"}

func (r *reader) provision(n ast.Node, in *Instrument) *Provision {
	m := r.mapping(n, "provision", append([]string{"id", "article", "kind", "secret", "doubt", "source", "versions"}, textKeys...)...)
	p := &Provision{
		ID: m.need("id"), Instrument: in, Article: m.text("article"), Kind: m.choice("kind", provisionKinds),
		Doubt: m.texts("doubt"), Source: m.text("source"), Secret: r.secret(m), Pos: m.pos,
	}
	if p.Kind == "" && m.get("kind") == nil {
		p.Kind = "duty"
	}
	base := Text{}
	r.text(m, &base)
	always := day.Span{From: day.None, To: day.None}
	if m.get("versions") == nil {
		p.Versions = []Version{{Span: always, Pos: m.pos, Text: base}}
	}
	for _, vn := range m.list("versions") {
		vm := r.mapping(vn, "version", append([]string{"from", "to", "amended by"}, textKeys...)...)
		v := Version{Span: always, Amended: vm.text("amended by"), Pos: vm.pos, Text: base}
		if b, ok := vm.bound("from"); ok {
			v.Span.From = b
		}
		if b, ok := vm.bound("to"); ok {
			v.Span.To = b
		}
		r.text(vm, &v.Text)
		p.Versions = append(p.Versions, v)
	}
	r.versions(p)
	for i := range p.Versions {
		r.complete(p, &p.Versions[i].Text, p.Versions[i].Pos)
	}
	return p
}

// versions reports versions whose spans certainly overlap.
func (r *reader) versions(p *Provision) {
	for i := range p.Versions {
		for j := range i {
			a, b := p.Versions[j].Span, p.Versions[i].Span
			if startsIn(a, b) || startsIn(b, a) {
				r.fail(p.Versions[i].Pos, "provision %s: versions overlap", p.ID).Related = []Note{{p.Versions[j].Pos, "the other one, " + a.String()}}
			}
		}
	}
}

func startsIn(a, b day.Span) bool {
	if d, ok := b.From.Day(); ok {
		return a.Contains(d) == day.Yes
	}
	return b.From.Kind == day.BoundNone && a.From.Kind == day.BoundNone
}

// complete reports what a text that can bind somebody must say and does not.
func (r *reader) complete(p *Provision, t *Text, pos Position) {
	if p.Kind != "duty" && p.Kind != "ban" && p.Kind != "liberty" && p.Kind != "power" {
		return
	}
	if t.Bearer.Kind == RoleNone {
		r.fail(pos, "provision %s: bearer is missing", p.ID).Hint = `write for example bearer: each other party`
	}
	if len(t.Does) == 0 {
		r.fail(pos, "provision %s: does is missing", p.ID).Hint = "the verbs are " + strings.Join(Verbs, ", ")
	}
	if t.Force == "" {
		r.fail(pos, "provision %s: force is missing", p.ID).Hint = "one of " + strings.Join(forces, ", ")
	}
}

// text reads the normative keys of m over t; keys that m lacks stay as they are.
func (r *reader) text(m mapping, t *Text) {
	for _, e := range m.entries {
		switch e.key {
		case "words":
			t.Words = m.text("words")
			if n := len(strings.Fields(t.Words)); n > 12 {
				r.fail(e.pos, "words: quotes %d words; the limit is 12", n).Hint = "put the rest, paraphrased, into says"
			}
		case "says":
			t.Says = m.text("says")
		case "bearer":
			t.Bearer = r.role(e)
		case "owed to":
			t.Owed = r.role(e)
		case "does":
			t.Does = nil
			for _, n := range items(e.value) {
				t.Does = append(t.Does, r.deed(n))
			}
		case "force":
			t.Force = m.choice("force", forces)
		case "whether":
			t.Whether = m.choice("whether", whethers)
		case "organ":
			t.Organ = m.text("organ")
		case "means":
			mm := r.mapping(e.value, "means", "chooser", "floor", "ceiling")
			t.Means = Means{Chooser: mm.choice("chooser", choosers), Floor: mm.text("floor"), Ceiling: mm.text("ceiling")}
		case "when":
			t.When = r.trigger(e.value)
		case "if":
			t.If = r.conditions(items(e.value))
		case "unless":
			t.Unless = r.exceptions(items(e.value), 0)
		case "process":
			t.Process = m.text("process")
		case "deadline":
			t.Deadline = m.text("deadline")
		case "ends when":
			t.Ends = r.conditions(items(e.value))
		case "unencodable":
			for _, n := range items(e.value) {
				um := r.mapping(n, "unencodable", "construct", "reason", "quote")
				t.Unencodable = append(t.Unencodable, Unencodable{um.need("construct"), um.need("reason"), um.text("quote")})
			}
		case "readings":
			for _, n := range items(e.value) {
				rm := r.mapping(n, "reading", append([]string{"by"}, textKeys...)...)
				rd := ReadingOf{By: rm.need("by"), Pos: rm.pos, Text: *t}
				rd.Text.Readings = nil
				r.text(rm, &rd.Text)
				rd.Says = rd.Text.Says
				t.Readings = append(t.Readings, rd)
			}
		}
	}
}

func (r *reader) role(e entry) Role {
	s, ok := scalar(e.value)
	if !ok {
		r.fail(e.pos, "%s: want a role such as each other party; found %s", e.key, found(e.value))
		return Role{}
	}
	return r.roleText(s, r.at(e.value), e.key)
}

func (r *reader) roleText(s string, pos Position, what string) Role {
	role, err := ParseRole(s, r.roles)
	if err != nil {
		r.fail(pos, "%s: %v", what, err)
	}
	for _, id := range role.States {
		r.code(id, pos, what)
	}
	return role
}

// deed reads "assist", {assist: with what} or {refuse support: the attacker}.
func (r *reader) deed(n ast.Node) Deed {
	if s, ok := scalar(n); ok {
		if !contains(Verbs, s) {
			p := r.fail(r.at(n), "does: unknown verb %q", s)
			p.Hint = "the verbs are " + strings.Join(Verbs, ", ")
			return Deed{}
		}
		return Deed{Verb: s}
	}
	m := r.mapping(n, "does", append([]string{"on", "what"}, Verbs...)...)
	d := Deed{What: m.text("what")}
	for _, e := range m.entries {
		switch e.key {
		case "what":
		case "on":
			d.On = r.role(e)
		default:
			d.Verb = e.key
			if s := m.text(e.key); s != "" {
				d.What = s
			}
		}
	}
	if d.Verb == "" {
		r.fail(m.pos, "does: no verb").Hint = "the verbs are " + strings.Join(Verbs, ", ")
	}
	return d
}

func (r *reader) trigger(n ast.Node) Trigger {
	m := r.mapping(n, "when", "event", "by", "on", "where", "attackers", "judged by")
	t := Trigger{Event: m.choice("event", Events), Judge: m.text("judged by"), Pos: m.pos}
	if m.get("event") == nil {
		r.fail(m.pos, "when: event is missing").Hint = "one of " + strings.Join(Events, ", ")
	}
	for _, e := range m.entries {
		switch e.key {
		case "by":
			t.By = r.role(e)
		case "on":
			t.On = r.role(e)
		case "where":
			t.Where = r.zone(e.value)
		case "attackers":
			t.Min, t.Max = r.count(e)
		}
	}
	return t
}

// count reads "2 or more", "1" or "at most 1".
func (r *reader) count(e entry) (lo, hi int) {
	s, _ := scalar(e.value)
	var n int
	switch {
	case scan(s, "%d or more", &n):
		return n, 0
	case scan(s, "at most %d", &n):
		return 0, n
	case scan(s, "%d", &n):
		return n, n
	}
	r.fail(e.pos, "attackers: %q: want a number, N or more, or at most N", s)
	return 0, 0
}

func scan(s, format string, n *int) bool {
	if _, err := fmt.Sscanf(s, format, n); err != nil || *n < 0 || *n > 100 {
		return false
	}
	return fmt.Sprintf(format, *n) == s
}

func (r *reader) zone(n ast.Node) Zone {
	z := Zone{Pos: r.at(n)}
	if _, isMap := n.(*ast.MappingNode); !isMap {
		if _, isOne := n.(*ast.MappingValueNode); !isOne {
			z.In = r.terms(items(n))
			return z
		}
	}
	m := r.mapping(n, "where", "in", "except", "unclear")
	z.In, z.Except, z.Unclear = r.terms(m.list("in")), r.terms(m.list("except")), r.terms(m.list("unclear"))
	return z
}

func (r *reader) terms(nodes []ast.Node) []Term {
	var out []Term
	for _, n := range nodes {
		t := Term{Span: day.Span{From: day.None, To: day.None}}
		if s, ok := scalar(n); ok {
			t.What = zoneWord(s)
			t.Words = s
			out = append(out, t)
			continue
		}
		m := r.mapping(n, "where", "place", "of", "from", "to")
		t.Words = m.need("place")
		t.What, t.Of = zoneWord(t.Words), m.states("of")
		if b, ok := m.bound("from"); ok {
			t.Span.From = b
		}
		if b, ok := m.bound("to"); ok {
			t.Span.To = b
		}
		out = append(out, t)
	}
	return out
}

// The words with a meaning of their own in a zone; every other word is the id
// of a place or region.
var zoneWords = map[string]string{
	"home territory": Home, "metropolitan territory": Home, "territory under its administration": "administers",
	"territory under its sovereignty": "sovereign", "its forces, vessels or aircraft": "forces", "anywhere": "anywhere",
}

func zoneWord(s string) string {
	if w, ok := zoneWords[s]; ok {
		return w
	}
	return s
}

func (r *reader) exceptions(nodes []ast.Node, depth int) []Unless {
	var out []Unless
	for _, n := range nodes {
		m := r.mapping(n, "unless", "name", "source", "if", "unless")
		u := Unless{Name: m.need("name"), Source: m.text("source"), If: r.conditions(m.list("if")), Pos: m.pos}
		if len(u.If) == 0 {
			r.fail(m.pos, "unless: if is missing").Hint = "an exception needs a condition under which it applies"
		}
		if depth < 4 {
			u.Unless = r.exceptions(m.list("unless"), depth+1)
		} else if m.get("unless") != nil {
			r.fail(m.posOf("unless"), "unless: exceptions nest deeper than 5 levels")
		}
		out = append(out, u)
	}
	return out
}
