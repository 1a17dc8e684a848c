package actor

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/casus-foederis/casus/day"
)

//go:embed data/*.txt
var data embed.FS

// World returns the table that ships with the program. It is read on the first
// call and shared afterwards.
func World() *Table { return world() }

var world = sync.OnceValue(func() *Table {
	t, err := loadEmbedded()
	if err != nil {
		panic(fmt.Errorf("read the embedded actors: %w", err))
	}
	return t
})

func loadEmbedded() (*Table, error) {
	sub, err := fs.Sub(data, "data")
	if err != nil {
		return nil, err
	}
	return Load(sub)
}

// Load reads all files *.txt of fsys, in the format of docs/format/actor.md.
// It reports every mistake that it finds, joined, each with file and line.
func Load(fsys fs.FS) (*Table, error) {
	files, err := fs.Glob(fsys, "*.txt")
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	l := &loader{table: newTable(), far: day.Bound{Kind: day.BoundIn, To: day.MustParse("9999-12-31")}}
	for _, f := range files {
		b, err := fs.ReadFile(fsys, f)
		if err != nil {
			return nil, fmt.Errorf("read actors: %w", err)
		}
		l.read(f, string(b))
	}
	l.finish()
	if len(l.errs) > 0 {
		return nil, errors.Join(l.errs...)
	}
	l.table.index()
	return l.table, nil
}

// loader reads entries into a table. An entry begins with a line whose first
// word names its kind and ends before the next such line.
type loader struct {
	table *Table
	errs  []error
	file  string
	line  int
	far   day.Bound // after the day to which the tables are known

	actor   *Actor // of the entry being read, and one of these
	state   *State
	org     *Organization
	group   *Group
	outlet  *Outlet
	terr    *Territory
	person  *Person
	office  *Office
	open    []bool  // which tenures of office have no written end
	doubted *string // where a line "doubt" writes
}

func (l *loader) at() string { return fmt.Sprintf("%s:%d", l.file, l.line) }

func (l *loader) failf(format string, args ...any) {
	l.errs = append(l.errs, fmt.Errorf("%s: %s", l.at(), fmt.Sprintf(format, args...)))
}

func (l *loader) read(file, content string) {
	l.file, l.line = file, 0
	l.actor = nil
	for line := range strings.Lines(content) {
		l.line++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		key, value, _ := strings.Cut(line, " ")
		value = strings.TrimSpace(value)
		if l.begin(key, value) {
			continue
		}
		l.field(key, value)
	}
	l.closeOffice()
}

// begin starts an entry when key names a kind of entry.
func (l *loader) begin(key, value string) bool {
	t := l.table
	id, rest, _ := strings.Cut(value, " ")
	a := Actor{ID: id, At: l.at()}
	clear := func() {
		l.closeOffice()
		l.actor, l.state, l.org, l.group, l.outlet, l.terr, l.person, l.office, l.doubted = nil, nil, nil, nil, nil, nil, nil, nil, nil
	}
	switch key {
	case "state":
		clear()
		a.Kind = KindState
		l.state = &State{Actor: a}
		l.actor = &l.state.Actor
		t.states = append(t.states, l.state)
	case "organization":
		clear()
		a.Kind = KindOrganization
		l.org = &Organization{Actor: a}
		l.actor = &l.org.Actor
		t.organizations = append(t.organizations, l.org)
	case "group", "polity", "bloc":
		clear()
		a.Kind = map[string]Kind{"group": KindGroup, "polity": KindPolity, "bloc": KindBloc}[key]
		l.group = &Group{Actor: a}
		l.actor = &l.group.Actor
		t.groups = append(t.groups, l.group)
	case "outlet":
		clear()
		a.Kind = KindOutlet
		l.outlet = &Outlet{Actor: a}
		l.actor = &l.outlet.Actor
		t.outlets = append(t.outlets, l.outlet)
	case "territory":
		clear()
		a.Kind = KindTerritory
		l.terr = &Territory{Actor: a}
		l.actor = &l.terr.Actor
		t.territories = append(t.territories, l.terr)
	case "person":
		clear()
		l.person = l.personNamed(value)
		l.actor = &l.person.Actor
		l.doubted = &l.actor.Doubt
		return true
	case "office":
		clear()
		role, heads, _ := strings.Cut(rest, " ")
		l.office = &Office{Of: id, Role: role, At: l.at()}
		for _, h := range strings.Fields(heads) {
			switch h {
			case "state", "government", "power":
				l.office.Heads = append(l.office.Heads, h)
			case "shared":
				l.office.Shared = true
			default:
				l.failf("office of %s: %q heads nothing known; want state, government, power or shared", id, h)
			}
		}
		if role == "" {
			l.failf("office of %s: the role is missing", id)
		}
		t.offices = append(t.offices, l.office)
		return true
	case "role":
		clear()
		t.roles[id] = append(t.roles[id], list(rest)...)
		return true
	case "ordinary", "never":
		clear()
		for _, w := range strings.Fields(value) {
			if key == "never" {
				t.never[fold(w)] = true
			} else {
				t.ordinary[fold(w)] = true
			}
		}
		return true
	case "known":
		d, err := day.Parse(value)
		if err != nil {
			l.failf("known: %v", err)
		}
		t.Known = d
		l.far.From = d
		return true
	default:
		return false
	}
	if id == "" {
		l.failf("%s: the id is missing", key)
	}
	if rest != "" {
		l.failf("%s %s: unexpected %q after the id", key, id, rest)
	}
	l.doubted = &l.actor.Doubt
	return true
}

var nameKeys = map[string]Via{
	"name": ViaName, "official": ViaOfficial, "acronym": ViaAcronym, "demonym": ViaDemonym,
	"capital": ViaCapital, "seat": ViaSeat, "organ": ViaOrgan,
}

// field reads one line of the current entry.
func (l *loader) field(key, value string) {
	if l.office != nil {
		l.officeField(key, value)
		return
	}
	if l.actor == nil {
		l.failf("%q stands outside an entry", key)
		return
	}
	if via, ok := nameKeys[key]; ok {
		l.names(via, value)
		return
	}
	switch {
	case key == "lives":
		l.actor.Lives = append(l.actor.Lives, l.spans(strings.Fields(value))...)
	case key == "note":
		l.actor.Note = value
	case key == "doubt":
		*l.doubted = value
	case (key == "cow" || key == "gw") && l.state != nil:
		l.membership(key, value)
	case (key == "continues" || key == "succeeds" || key == "separated" || key == "absorbs" || key == "restores") && l.state != nil:
		id, when, _ := strings.Cut(value, " ")
		b, err := day.ParseBound(when)
		if err != nil {
			l.failf("%s %s: %v", key, id, err)
		}
		l.state.From = append(l.state.From, Link{State: id, Kind: LinkKind(key), Day: b})
		l.doubted = &l.state.From[len(l.state.From)-1].Doubt
	case key == "borders" && l.state != nil:
		l.state.Borders = append(l.state.Borders, strings.Fields(value)...)
	case key == "codes" && l.state != nil:
		l.state.Codes = append(l.state.Codes, strings.Fields(value)...)
	case key == "sort" && l.org != nil:
		l.org.Sort = value
	case key == "headquarters" && l.org != nil:
		l.org.Headquarters = value
	case key == "of" && l.org != nil:
		l.org.Of = value
	case slices.Contains(statuses, key) && l.org != nil:
		l.members(key, value)
	case key == "base" && l.group != nil:
		l.group.Base = strings.Fields(value)
	case key == "of" && l.person != nil:
		l.person.State = value
	case key == "at" && l.outlet != nil:
		l.outlet.State = value
	case key == "owned" && l.outlet != nil:
		l.outlet.State, l.outlet.Owned = value, true
	case key == "sovereign" && l.terr != nil:
		l.terr.Sovereign = value
	case key == "claimed" && l.terr != nil:
		l.terr.Claimed = strings.Fields(value)
	default:
		l.failf("%s: a %s has no field %q", l.actor.ID, l.actor.Kind, key)
	}
}

var statuses = []string{"member", "suspended", "observer", "associate", "partner"}

// list cuts a value at semicolons.
func list(value string) []string {
	var out []string
	for s := range strings.SplitSeq(value, ";") {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// names reads "A; B ~; C @ FROM..TO". A mark @ holds for all names of the line.
func (l *loader) names(via Via, value string) {
	value, when, dated := strings.Cut(value, "@")
	span := day.Span{From: day.None, To: day.None}
	if dated {
		span = l.span(strings.TrimSpace(when))
	}
	for _, s := range list(value) {
		n := Name{Via: via, Span: span}
		n.Text, n.Loose = strings.CutSuffix(s, "~")
		n.Text = strings.TrimSpace(n.Text)
		if n.Text == "" {
			l.failf("%s: empty name", l.actor.ID)
			continue
		}
		if n.Via == ViaName && isAcronym(n.Text) {
			n.Via = ViaAcronym
		}
		if l.actor.Name == "" {
			l.actor.Name = n.Text
		}
		l.actor.Names = append(l.actor.Names, n)
	}
	if n := len(l.actor.Names); n > 0 {
		l.doubted = &l.actor.Names[n-1].Doubt
	}
}

// spans reads spans parted by blanks.
func (l *loader) spans(words []string) []day.Span {
	out := make([]day.Span, 0, len(words))
	for _, w := range words {
		out = append(out, l.span(w))
	}
	return out
}

// span reads FROM..TO. An empty bound is none; "unknown" as an end is some day
// after the one to which the tables are known.
func (l *loader) span(s string) day.Span {
	from, to, ok := strings.Cut(s, "..")
	if !ok {
		l.failf("span %q: want FROM..TO", s)
		return day.Span{}
	}
	out := day.Span{From: l.bound(from), To: l.bound(to)}
	if to == "unknown" {
		out.To = l.after(out.From)
	}
	if a, b := out.From, out.To; a.Kind == day.BoundIn && b.Kind == day.BoundIn && b.To-1 < a.From {
		l.failf("span %q ends before it begins", s)
	}
	return out
}

// after is the bound of something that was not over when the tables were
// written and that began at from.
func (l *loader) after(from day.Bound) day.Bound {
	b := l.far
	if from.Kind == day.BoundIn && from.From >= b.From {
		b.From = from.From + 1
	}
	return b
}

func (l *loader) bound(s string) day.Bound {
	if s == "" {
		return day.None
	}
	b, err := day.ParseBound(s)
	if err != nil {
		l.failf("%v", err)
	}
	return b
}

func (l *loader) membership(key, value string) {
	words := strings.Fields(value)
	if len(words) < 2 {
		l.failf("%s: want a number and spans", key)
		return
	}
	n, err := strconv.Atoi(words[0])
	if err != nil {
		l.failf("%s: %q is not a number", key, words[0])
		return
	}
	for _, s := range l.spans(words[1:]) {
		if key == "cow" {
			l.state.COW = append(l.state.COW, Membership{n, s})
		} else {
			l.state.GW = append(l.state.GW, Membership{n, s})
		}
	}
}

func (l *loader) members(status, value string) {
	words := strings.Fields(value)
	if len(words) < 2 {
		l.failf("%s: want a span and state ids", status)
		return
	}
	span := l.span(words[0])
	for _, id := range words[1:] {
		l.org.Members = append(l.org.Members, Member{State: id, Status: status, Span: span})
	}
	l.doubted = &l.org.Members[len(l.org.Members)-1].Doubt
}

func (l *loader) officeField(key, value string) {
	switch key {
	case "title":
		l.office.Titles = append(l.office.Titles, list(value)...)
	case "doubt":
		if l.doubted == nil {
			l.failf("doubt stands before any holder")
			return
		}
		*l.doubted = value
	default:
		l.tenure(key, value)
	}
}

// tenure reads "FROM NAME" or "FROM..TO NAME", where NAME may follow "acting"
// or be "vacant". Without TO the tenure ends when the next begins.
func (l *loader) tenure(when, name string) {
	if !strings.Contains(when, "..") {
		from, err := day.ParseBound(when)
		if err != nil || name == "" {
			l.failf("office %s %s: want FROM NAME or FROM..TO NAME, not %q", l.office.Of, l.office.Role, when+" "+name)
			return
		}
		l.endOpen(from)
		l.push(day.Span{From: from}, name, true)
		return
	}
	span := l.span(when)
	l.endOpen(span.From)
	l.push(span, name, false)
}

func (l *loader) endOpen(from day.Bound) {
	if n := len(l.open); n > 0 && l.open[n-1] && !l.office.Shared {
		l.office.Tenures[n-1].Span.To = from
		l.open[n-1] = false
	}
}

func (l *loader) push(span day.Span, name string, open bool) {
	if name == "vacant" {
		return
	}
	name, acting := strings.CutPrefix(name, "acting ")
	l.office.Tenures = append(l.office.Tenures, Tenure{Office: l.office, Person: l.personNamed(name), Span: span, Acting: acting})
	l.open = append(l.open, open)
	l.doubted = &l.office.Tenures[len(l.office.Tenures)-1].Doubt
}

// closeOffice gives the last tenure of the office its end.
func (l *loader) closeOffice() {
	if l.office == nil {
		return
	}
	for i, open := range l.open {
		if open {
			l.office.Tenures[i].Span.To = l.after(l.office.Tenures[i].Span.From)
		}
	}
	l.office, l.open = nil, nil
}

// personNamed returns the person of this name, made on first sight. The name
// is written as in English reports, the family name in braces where it is not
// the last word, "(f)" after a woman's, and "#ID" at the end where two persons
// share a name.
func (l *loader) personNamed(written string) *Person {
	written, own, _ := strings.Cut(written, "#")
	written, woman := strings.CutSuffix(strings.TrimSpace(written), "(f)")
	plain := strings.Join(strings.Fields(withoutBraces.Replace(written)), " ")
	id := cmp.Or(own, slug(plain))
	p, ok := l.table.persons[id]
	if !ok {
		p = &Person{Actor: Actor{ID: id, Kind: KindPerson, Name: plain, At: l.at()}}
		p.Names = []Name{{Text: plain, Span: always}}
		before, rest, braced := strings.Cut(written, "{")
		if family, after, ok := strings.Cut(rest, "}"); braced && ok {
			p.Family = family
			p.Given = strings.TrimSpace(strings.TrimSpace(before) + " " + strings.TrimSpace(after))
		} else if i := strings.LastIndexByte(plain, ' '); i >= 0 {
			p.Given, p.Family = plain[:i], plain[i+1:]
		} else {
			p.Family = plain
		}
		l.table.persons[id] = p
		l.table.people = append(l.table.people, p)
	}
	p.Woman = p.Woman || woman
	return p
}

var withoutBraces = strings.NewReplacer("{", "", "}", "")

var always = day.Span{From: day.None, To: day.None}

// finish checks references and fills what follows from other entries.
func (l *loader) finish() {
	t := l.table
	fail := func(at, format string, args ...any) {
		l.errs = append(l.errs, fmt.Errorf("%s: %s", at, fmt.Sprintf(format, args...)))
	}
	for _, a := range t.entries() {
		if first, ok := t.byID[a.ID]; ok {
			fail(a.At, "id %s is used twice; first at %s", a.ID, first.At)
			continue
		}
		if len(a.Names) == 0 {
			fail(a.At, "%s %s has no name", a.Kind, a.ID)
		}
		t.byID[a.ID] = a
	}
	want := func(at, by, id string, kinds ...Kind) {
		if a, ok := t.byID[id]; !ok {
			fail(at, "%s names %q, which is not in the table", by, id)
		} else if !slices.Contains(kinds, a.Kind) {
			fail(at, "%s names %s, which is a %s", by, id, a.Kind)
		}
	}
	for _, s := range t.states {
		s.settleLives()
		for _, f := range s.From {
			want(s.At, s.ID, f.State, KindState)
		}
		for _, b := range s.Borders {
			want(s.At, s.ID, b, KindState, KindPolity)
		}
		slices.Sort(s.Borders)
	}
	for _, o := range t.organizations {
		for _, m := range o.Members {
			want(o.At, o.ID, m.State, KindState, KindPolity, KindTerritory, KindOrganization)
		}
		if o.Of != "" {
			want(o.At, o.ID, o.Of, KindOrganization)
		}
	}
	for _, g := range t.groups {
		for _, b := range g.Base {
			want(g.At, g.ID, b, KindState, KindPolity)
		}
	}
	for _, o := range t.outlets {
		if o.State != "" {
			want(o.At, o.ID, o.State, KindState, KindPolity)
		}
	}
	for _, p := range t.territories {
		want(p.At, p.ID, p.Sovereign, KindState)
	}
	for _, o := range t.offices {
		want(o.At, "office", o.Of, KindState, KindPolity, KindOrganization, KindGroup)
		l.linkOffice(o)
	}
	for _, p := range t.people {
		slices.SortStableFunc(p.Tenures, func(a, b Tenure) int { return cmp.Compare(a.Span.From.From, b.Span.From.From) })
		if p.State == "" && len(p.Tenures) > 0 {
			if a := t.byID[p.Tenures[0].Office.Of]; a != nil && (a.Kind == KindState || a.Kind == KindPolity) {
				p.State = a.ID
			}
		}
	}
}

// settleLives lets a state without dates of its own live from its first
// membership in either list to its last, gaps by occupation included.
func (s *State) settleLives() {
	if len(s.Lives) > 0 {
		return
	}
	all := slices.Concat(s.COW, s.GW)
	if len(all) == 0 {
		return
	}
	lives := all[0].Span
	for _, m := range all[1:] {
		if m.Span.From.From < lives.From.From {
			lives.From = m.Span.From
		}
		if m.Span.To.Kind == day.BoundNone || lives.To.Kind == day.BoundIn && m.Span.To.From > lives.To.From {
			lives.To = m.Span.To
		}
	}
	if lives.From.From <= firstDay {
		lives.From = day.None
	}
	s.Lives = []day.Span{lives}
}

// firstDay is where both lists begin; a state listed on it is older.
var firstDay = day.MustParse("1816-01-01")

func (l *loader) linkOffice(o *Office) {
	slices.SortStableFunc(o.Tenures, func(a, b Tenure) int { return cmp.Compare(a.Span.From.From, b.Span.From.From) })
	o.Titles = append(o.Titles, l.table.roles[o.Role]...)
	if len(o.Titles) == 0 {
		o.Titles = []string{strings.ReplaceAll(o.Role, "-", " ")}
	}
	for _, t := range o.Tenures {
		t.Person.Tenures = append(t.Person.Tenures, t)
	}
}
