package treaty

import (
	"github.com/goccy/go-yaml/ast"

	"github.com/casus-foederis/casus/day"
)

// instrument reads a whole instrument. It returns nil if the file is not one.
func (r *reader) instrument(data []byte) *Instrument {
	body := r.parse(data)
	if body == nil {
		return nil
	}
	m := r.mapping(body, "instrument", "id", "title", "form", "binding", "draft", "parties", "status", "lasts", "exit",
		"secret", "links", "areas", "absent", "reviewed", "basis", "doubt", "source", "note", "atop", "provisions")
	in := &Instrument{
		ID: m.need("id"), Title: m.need("title"), Lasts: m.text("lasts"), Note: m.text("note"),
		Form: m.choice("form", forms), Binding: m.choice("binding", bindings), Draft: m.choice("draft", drafts),
		Areas: m.texts("areas"), Absent: m.texts("absent"), Doubt: m.texts("doubt"), Sources: m.texts("source"),
		ATOP: m.texts("atop"), Pos: m.pos,
	}
	if in.ID != "" && !isID(in.ID) {
		r.fail(m.posOf("id"), "instrument: id %q: want lower-case letters, digits and hyphens", in.ID)
	}
	if in.Draft == "in force" {
		in.Draft = ""
	}
	if in.Form == "" && m.get("form") == nil {
		in.Form = "treaty"
	}
	if in.Binding == "" {
		in.Binding = "legal"
	}
	in.Reviewed, _ = m.bound("reviewed")
	in.Basis = r.basis(m)
	in.Secret = r.secret(m)
	in.Parties = r.parties(m)
	r.roles = nil
	for _, p := range in.Parties {
		if p.Role != "" && !contains(r.roles, p.Role) {
			r.roles = append(r.roles, p.Role)
		}
	}
	for _, n := range m.list("status") {
		in.Status = append(in.Status, r.event(n, in))
	}
	if n := m.get("exit"); n != nil {
		in.Exit = r.exit(n)
	}
	for _, n := range m.list("links") {
		in.Links = append(in.Links, r.link(n))
	}
	for _, n := range m.list("provisions") {
		p := r.provision(n, in)
		if p.ID == "" {
			continue
		}
		if old := in.Provision(p.ID); old != nil {
			r.fail(p.Pos, "provision %s is given twice", p.ID).Related = []Note{{old.Pos, "first here"}}
			continue
		}
		in.Provisions = append(in.Provisions, p)
	}
	return in
}

func isID(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' && i > 0) {
			return false
		}
	}
	return len(s) > 0 && len(s) <= 80
}

func (r *reader) parties(m mapping) []Party {
	if m.get("parties") == nil {
		r.fail(m.pos, "instrument: parties is missing")
		return nil
	}
	var all []Party
	for _, n := range m.list("parties") {
		if s, ok := scalar(n); ok {
			if r.code(s, r.at(n), "party") {
				all = append(all, Party{ID: s, Pos: r.at(n)})
			}
			continue
		}
		pm := r.mapping(n, "party", "state", "states", "role", "from", "to", "doubt")
		p := Party{Role: pm.text("role"), Doubt: pm.text("doubt"), Pos: pm.pos}
		p.From, p.HasFrom = pm.bound("from")
		p.To, p.HasTo = pm.bound("to")
		if a, ok := p.From.Day(); ok {
			if b, ok := p.To.Day(); ok && p.HasTo && b <= a {
				r.fail(pm.posOf("to"), "party: leaves on %s, not after it enters on %s", b, a).Related = []Note{{pm.posOf("from"), "enters here"}}
			}
		}
		ids := append(pm.states("states"), pm.states("state")...)
		if len(ids) == 0 && pm.get("state") == nil && pm.get("states") == nil {
			r.fail(pm.pos, "party: state is missing")
		}
		for _, id := range ids {
			p.ID = id
			all = append(all, p)
		}
	}
	return all
}

func (r *reader) event(n ast.Node, in *Instrument) Event {
	m := r.mapping(n, "status", "event", "on", "for", "towards", "by", "denied by", "known", "of", "successor", "source", "doubt")
	e := Event{
		Kind: m.choice("event", eventKinds), By: m.text("by"), DeniedBy: m.text("denied by"), Amends: m.text("of"),
		Source: m.text("source"), Doubt: m.text("doubt"), Successor: m.text("successor"),
		For: m.states("for"), Towards: m.states("towards"), Pos: m.pos,
	}
	if m.get("event") == nil {
		r.fail(m.pos, "status: event is missing")
	}
	if m.get("on") == nil {
		r.fail(m.pos, "status: on is missing").Hint = "write on: unknown if nobody knows the day"
	}
	e.On, _ = m.bound("on")
	e.Known, e.HasKnown = m.bound("known")
	for _, s := range append(append([]string{}, e.For...), e.Towards...) {
		if !partyOf(in, s) {
			r.fail(m.posOf("for"), "status: %s is not among the parties", s).Related = []Note{{in.Pos, "parties of " + in.ID}}
		}
	}
	if e.Successor != "" {
		r.code(e.Successor, m.posOf("successor"), "status")
	}
	return e
}

func partyOf(in *Instrument, id string) bool {
	for _, p := range in.Parties {
		if p.ID == id {
			return true
		}
	}
	for _, e := range in.Status {
		if e.Successor == id {
			return true
		}
	}
	return false
}

func (r *reader) exit(n ast.Node) Exit {
	m := r.mapping(n, "exit", "months", "days", "not before", "to", "words")
	e := Exit{Months: m.number("months"), Days: m.number("days"), To: m.text("to"), Words: m.text("words")}
	e.NotBefore, e.HasNot = m.bound("not before")
	return e
}

func (r *reader) secret(m mapping) Secret {
	n := m.get("secret")
	if n == nil {
		return Secret{}
	}
	sm := r.mapping(n, "secret", "from", "to", "source")
	s := Secret{Set: true, Source: sm.text("source"), From: day.None, To: day.None}
	if b, ok := sm.bound("from"); ok {
		s.From = b
	}
	if b, ok := sm.bound("to"); ok {
		s.To = b
	}
	return s
}

func (r *reader) link(n ast.Node) Link {
	m := r.mapping(n, "link", append([]string{"words"}, linkKinds...)...)
	l := Link{Words: m.text("words"), Pos: m.pos}
	for _, e := range m.entries {
		if e.key == "words" {
			continue
		}
		if l.Kind != "" {
			r.fail(e.pos, "link: one link a line; found %q beside %q", e.key, l.Kind)
		}
		l.Kind, l.To = e.key, m.text(e.key)
	}
	if l.Kind == "" {
		r.fail(m.pos, "link: kind is missing").Hint = "write for example: - subject to: un-charter/51"
	}
	return l
}
