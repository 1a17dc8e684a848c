package actor

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
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

	entry
}

// entry is what is being read: actor and one of the kinds, or an office.
type entry struct {
	actor  *Actor
	state  *State
	org    *Organization
	group  *Group
	outlet *Outlet
	terr   *Territory
	person *Person
	office *Office
	open   []bool            // which tenures of office have no written end
	doubt  func(text string) // what a line "doubt" marks: the line before it
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
	a := Actor{ID: id}
	next := func() {
		l.closeOffice()
		l.entry = entry{}
	}
	switch key {
	case "state":
		next()
		a.Kind = KindState
		l.state = &State{Actor: a}
		l.actor = &l.state.Actor
		t.states = append(t.states, l.state)
	case "organization":
		next()
		a.Kind = KindOrganization
		l.org = &Organization{Actor: a}
		l.actor = &l.org.Actor
		t.organizations = append(t.organizations, l.org)
	case "group", "polity", "bloc":
		next()
		a.Kind = map[string]Kind{"group": KindGroup, "polity": KindPolity, "bloc": KindBloc}[key]
		l.group = &Group{Actor: a}
		l.actor = &l.group.Actor
		t.groups = append(t.groups, l.group)
	case "outlet":
		next()
		a.Kind = KindOutlet
		l.outlet = &Outlet{Actor: a}
		l.actor = &l.outlet.Actor
		t.outlets = append(t.outlets, l.outlet)
	case "territory":
		next()
		a.Kind = KindTerritory
		l.terr = &Territory{Actor: a}
		l.actor = &l.terr.Actor
		t.territories = append(t.territories, l.terr)
	case "person":
		next()
		l.person = l.personNamed(value)
		l.actor = &l.person.Actor
		l.doubt = l.actor.doubt
		return true
	case "office":
		next()
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
		next()
		t.roles[id] = append(t.roles[id], list(rest)...)
		return true
	case "ordinary", "never":
		next()
		for _, w := range strings.Fields(value) {
			if key == "never" {
				t.never[fold(w)] = true
			} else {
				t.ordinary[fold(w)] = true
			}
		}
		return true
	case "places":
		next()
		in, names, _ := strings.Cut(value, ":")
		for _, n := range list(names) {
			l.placeNamed(n, strings.Fields(in))
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
	l.actor.At = l.at()
	l.doubt = l.actor.doubt
	return true
}

// placeNamed adds a place, or another spelling of the place before.
func (l *loader) placeNamed(name string, in []string) {
	id, n := slug(name), Name{Text: name, Span: always}
	for _, p := range l.table.places {
		if p.ID == id {
			p.Names = append(p.Names, n)
			return
		}
	}
	l.table.places = append(l.table.places, &Place{Actor{ID: id, Kind: KindPlace, Name: name, Names: []Name{n}, At: l.at()}, in})
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
		l.doubt(value)
	case (key == "cow" || key == "gw") && l.state != nil:
		l.membership(key, value)
	case (key == "continues" || key == "succeeds" || key == "separated" || key == "absorbs" || key == "restores") && l.state != nil:
		id, when, _ := strings.Cut(value, " ")
		b, err := day.ParseBound(when)
		if err != nil {
			l.failf("%s %s: %v", key, id, err)
		}
		l.state.From = append(l.state.From, Link{State: id, Kind: LinkKind(key), Day: b})
		from := l.state.From
		l.doubt = func(text string) { from[len(from)-1].Doubt = text }
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
	case key == "complete" && l.org != nil:
		d, err := day.Parse(value)
		if err != nil {
			l.failf("complete: %v", err)
		}
		l.org.Complete = d
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
