package treaty

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"github.com/casus-foederis/casus/day"
)

// Format rewrites a treaty file in the one layout: keys in the order of the
// documentation, short lists and mappings on one line. Comments at the head of
// the file stay; a comment further down is an error, because it would be lost.
// The error is [Problems].
func Format(file string, data []byte, names Names) ([]byte, error) {
	var ps Problems
	r := reader{file: file, names: names, problems: &ps}
	in := r.instrument(data)
	var head bytes.Buffer
	begun := false
	for i, line := range strings.Split(string(data), "\n") {
		trimmed := strings.TrimSpace(line)
		comment := strings.HasPrefix(trimmed, "#")
		switch {
		case comment && !begun:
			head.WriteString(trimmed + "\n")
		case comment && !strings.Contains(line, ": >") && !strings.Contains(line, ": |"):
			r.fail(Position{file, i + 1, len(line) - len(strings.TrimLeft(line, " ")) + 1}, "a comment here would be lost").Hint = "move it to the head of the file, or into note:"
		case trimmed != "":
			begun = true
		}
	}
	if len(ps) > 0 {
		ps.sort()
		return nil, ps
	}
	return append(head.Bytes(), Write(in)...), nil
}

// Write returns the instrument as a treaty file, in the one layout. Loading it
// gives the same instrument again.
func Write(in *Instrument) []byte {
	w := writer{}
	w.field(0, "id", in.ID)
	w.field(0, "title", in.Title)
	w.field(0, "form", in.Form)
	if in.Binding != "legal" {
		w.field(0, "binding", in.Binding)
	}
	w.field(0, "draft", in.Draft)
	w.parties(in.Parties)
	if len(in.Status) > 0 {
		w.line(0, "status:")
		for _, e := range in.Status {
			w.line(1, "- "+flow(eventPairs(e)))
		}
	}
	w.field(0, "lasts", in.Lasts)
	if x := in.Exit; x != (Exit{}) {
		w.line(0, "exit: "+flow(pairs("months", number(x.Months), "days", number(x.Days), "not before", bound(x.NotBefore, x.HasNot), "to", x.To, "words", x.Words)))
	}
	w.secret(0, in.Secret)
	if len(in.Links) > 0 {
		w.line(0, "links:")
		for _, l := range in.Links {
			w.line(1, "- "+flow(pairs(l.Kind, l.To, "words", l.Words)))
		}
	}
	w.texts(0, "areas", in.Areas)
	w.texts(0, "absent", in.Absent)
	if in.Reviewed.Kind != day.BoundUnknown {
		w.field(0, "reviewed", in.Reviewed.String())
	}
	w.basis(in.Basis)
	w.texts(0, "atop", in.ATOP)
	w.texts(0, "doubt", in.Doubt)
	w.texts(0, "source", in.Sources)
	w.field(0, "note", in.Note)
	if len(in.Provisions) > 0 {
		w.line(0, "provisions:")
		for _, p := range in.Provisions {
			w.provision(p)
		}
	}
	return w.b.Bytes()
}

type writer struct{ b bytes.Buffer }

func (w *writer) line(depth int, s string) {
	w.b.WriteString(strings.Repeat("  ", depth) + s + "\n")
}

func (w *writer) field(depth int, key, value string) {
	if value != "" {
		w.line(depth, key+": "+scalarText(value, false))
	}
}

func (w *writer) texts(depth int, key string, list []string) {
	switch {
	case len(list) == 0:
	case len(list) == 1 && key != "areas" && key != "absent" && key != "atop":
		w.field(depth, key, list[0])
	default:
		w.line(depth, key+": "+flowList(list))
	}
}

func (w *writer) secret(depth int, s Secret) {
	if s.Set {
		w.line(depth, "secret: "+flow(pairs("from", unless(s.From, day.None), "to", unless(s.To, day.None), "source", s.Source)))
	}
}

// parties joins parties that differ in nothing but their code.
func (w *writer) parties(list []Party) {
	if len(list) == 0 {
		w.line(0, "parties: []")
		return
	}
	rest := func(p Party) []pair {
		return pairs("role", p.Role, "from", bound(p.From, p.HasFrom), "to", bound(p.To, p.HasTo), "doubt", p.Doubt)
	}
	var groups [][]Party
	for _, p := range list {
		if n := len(groups); n > 0 && fmt.Sprint(rest(groups[n-1][0])) == fmt.Sprint(rest(p)) {
			groups[n-1] = append(groups[n-1], p)
		} else {
			groups = append(groups, []Party{p})
		}
	}
	codes := func(g []Party) string {
		var s []string
		for _, p := range g {
			s = append(s, p.ID)
		}
		return flowList(s)
	}
	if len(groups) == 1 && len(rest(groups[0][0])) == 0 {
		w.line(0, "parties: "+codes(groups[0]))
		return
	}
	w.line(0, "parties:")
	for _, g := range groups {
		who := pair{"state", scalarText(g[0].ID, true)}
		if len(g) > 1 {
			who = pair{"states", codes(g)}
		}
		w.line(1, "- "+flow(append([]pair{who}, rest(g[0])...)))
	}
}

func eventPairs(e Event) []pair {
	p := pairs("event", e.Kind, "on", e.On.String())
	if len(e.For) > 0 {
		p = append(p, pair{"for", flowList(e.For)})
	}
	if len(e.Towards) > 0 {
		p = append(p, pair{"towards", flowList(e.Towards)})
	}
	return append(p, pairs("of", e.Amends, "successor", e.Successor, "by", e.By, "denied by", e.DeniedBy,
		"known", bound(e.Known, e.HasKnown), "source", e.Source, "doubt", e.Doubt)...)
}

func (w *writer) provision(p *Provision) {
	w.line(1, "- id: "+scalarText(p.ID, false))
	w.field(2, "article", p.Article)
	if p.Kind != "duty" {
		w.field(2, "kind", p.Kind)
	}
	w.secret(2, p.Secret)
	texts := make([][]block, len(p.Versions))
	for i := range p.Versions {
		texts[i] = textBlocks(&p.Versions[i].Text)
	}
	base := map[string]string{}
	for _, b := range texts[0] {
		same := true
		for _, other := range texts[1:] {
			same = same && find(other, b.key) == b.text
		}
		if same {
			base[b.key] = b.text
			w.block(2, b)
		}
	}
	w.texts(2, "doubt", p.Doubt)
	w.field(2, "source", p.Source)
	always := day.Span{From: day.None, To: day.None}
	if len(p.Versions) == 1 && p.Versions[0].Span == always && p.Versions[0].Amended == "" {
		return
	}
	w.line(2, "versions:")
	for i := range p.Versions {
		v := &p.Versions[i]
		list := []block{}
		for _, x := range pairs("from", unless(v.Span.From, day.None), "to", unless(v.Span.To, day.None), "amended by", v.Amended) {
			list = append(list, block{x.key, x.key + ": " + x.value})
		}
		for _, b := range texts[i] {
			if base[b.key] != b.text {
				list = append(list, b)
			}
		}
		w.item(3, list)
	}
}

// block is one key of a text with its value, lines indented as at the margin.
type block struct{ key, text string }

func find(list []block, key string) string {
	for _, b := range list {
		if b.key == key {
			return b.text
		}
	}
	return ""
}

func (w *writer) block(depth int, b block) {
	for line := range strings.SplitSeq(b.text, "\n") {
		w.line(depth, line)
	}
}

// item writes blocks as one item of a list.
func (w *writer) item(depth int, list []block) {
	first := true
	for _, b := range list {
		for line := range strings.SplitSeq(b.text, "\n") {
			lead := "  "
			if first {
				lead, first = "- ", false
			}
			w.line(depth, lead+line)
		}
	}
	if first {
		w.line(depth, "- {}")
	}
}

func textBlocks(t *Text) []block {
	var out []block
	add := func(key, value string) {
		if value != "" {
			out = append(out, block{key, key + ": " + value})
		}
	}
	list := func(key string, items []string) {
		if len(items) > 0 {
			out = append(out, block{key, key + ":\n  - " + strings.Join(items, "\n  - ")})
		}
	}
	plain := func(key, value string) {
		if value != "" {
			add(key, scalarText(value, false))
		}
	}
	plain("words", t.Words)
	plain("says", t.Says)
	plain("bearer", t.Bearer.String())
	plain("owed to", t.Owed.String())
	list("does", each(t.Does, deedText))
	plain("force", t.Force)
	plain("whether", t.Whether)
	plain("organ", t.Organ)
	if t.Means != (Means{}) {
		add("means", flow(pairs("chooser", t.Means.Chooser, "floor", t.Means.Floor, "ceiling", t.Means.Ceiling)))
	}
	plain("deadline", t.Deadline)
	plain("process", t.Process)
	if t.When.Event != "" {
		list := triggerPairs(t.When)
		if one := flow(list); len(one) <= wide {
			add("when", one)
		} else {
			text := "when:"
			for _, p := range list {
				text += "\n  " + p.key + ": " + p.value
			}
			out = append(out, block{"when", text})
		}
	}
	list("if", each(t.If, conditionText))
	if len(t.Unless) > 0 {
		out = append(out, unlessBlock(t.Unless))
	}
	list("ends when", each(t.Ends, conditionText))
	list("unencodable", each(t.Unencodable, func(u Unencodable) string {
		return flow(pairs("construct", u.Construct, "reason", u.Reason, "quote", u.Quote))
	}))
	if len(t.Readings) > 0 {
		own := textBlocks(&Text{Words: t.Words, Says: t.Says, Bearer: t.Bearer, Owed: t.Owed, Does: t.Does, Force: t.Force, Whether: t.Whether, Organ: t.Organ,
			Means: t.Means, When: t.When, If: t.If, Unless: t.Unless, Process: t.Process, Deadline: t.Deadline, Ends: t.Ends, Unencodable: t.Unencodable})
		var w writer
		for i := range t.Readings {
			r := &t.Readings[i]
			list := []block{{"by", "by: " + scalarText(r.By, false)}}
			for _, b := range textBlocks(&r.Text) {
				if find(own, b.key) != b.text {
					list = append(list, b)
				}
			}
			w.item(1, list)
		}
		out = append(out, block{"readings", "readings:\n" + strings.TrimSuffix(w.b.String(), "\n")})
	}
	return out
}

// wide is the length beyond which a mapping no longer stands on one line.
const wide = 110

// unlessBlock writes exceptions one key a line, each with its own exceptions.
func unlessBlock(list []Unless) block {
	var w writer
	for _, u := range list {
		var item []block
		for _, p := range [][2]string{{"name", u.Name}, {"source", u.Source}} {
			if p[1] != "" {
				item = append(item, block{p[0], p[0] + ": " + scalarText(p[1], false)})
			}
		}
		item = append(item, block{"if", "if: [" + strings.Join(each(u.If, conditionText), ", ") + "]"})
		if len(u.Unless) > 0 {
			item = append(item, unlessBlock(u.Unless))
		}
		w.item(1, item)
	}
	return block{"unless", "unless:\n" + strings.TrimSuffix(w.b.String(), "\n")}
}

var plainScalar = regexp.MustCompile(`^[\pL(“][^\n]*$`)

// scalarText quotes a text where YAML, or the reader's eye, would take it for
// something else.
func scalarText(s string, inFlow bool) string {
	safe := plainScalar.MatchString(s) || isDate.MatchString(s)
	for _, bad := range []string{": ", " #", "\t"} {
		safe = safe && !strings.Contains(s, bad)
	}
	safe = safe && !strings.HasSuffix(s, ":") && !strings.HasSuffix(s, " ")
	if inFlow {
		safe = safe && !strings.ContainsAny(s, ",[]{}")
	}
	switch strings.ToLower(s) {
	case "true", "false", "null", "yes", "no", "on", "off", "y", "n":
		safe = false
	}
	if safe {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(s) + `"`
}

var isDate = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
