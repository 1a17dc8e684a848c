package actor

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
)

// Table holds all actors and answers what names mean. It does not change after
// [Load]; any number of goroutines may use it.
type Table struct {
	Known day.Day // the day to which offices and memberships were kept up

	states        []*State
	organizations []*Organization
	groups        []*Group
	outlets       []*Outlet
	territories   []*Territory
	places        []*Place
	people        []*Person
	offices       []*Office
	roles         map[string][]string // role to its usual words
	ordinary      map[string]bool     // folded family names that are also ordinary words
	never         map[string]bool     // folded family names that are no name alone
	persons       map[string]*Person
	byID          map[string]*Actor

	stateByID map[string]*State
	orgByID   map[string]*Organization
	groupByID map[string]*Group
	officesOf map[string][]*Office
	codes     map[string]string // other codes, upper case, to ids
	names     trie
}

func newTable() *Table {
	return &Table{roles: map[string][]string{}, ordinary: map[string]bool{}, never: map[string]bool{}, persons: map[string]*Person{}, byID: map[string]*Actor{}}
}

// entries returns the common part of all entries in the order of the files.
func (t *Table) entries() []*Actor {
	var out []*Actor
	for _, s := range t.states {
		out = append(out, &s.Actor)
	}
	for _, o := range t.organizations {
		out = append(out, &o.Actor)
	}
	for _, g := range t.groups {
		out = append(out, &g.Actor)
	}
	for _, o := range t.outlets {
		out = append(out, &o.Actor)
	}
	for _, p := range t.territories {
		out = append(out, &p.Actor)
	}
	for _, p := range t.places {
		out = append(out, &p.Actor)
	}
	for _, p := range t.people {
		out = append(out, &p.Actor)
	}
	return out
}

// index builds what lookups need.
func (t *Table) index() {
	t.stateByID, t.orgByID, t.groupByID = map[string]*State{}, map[string]*Organization{}, map[string]*Group{}
	t.officesOf, t.codes = map[string][]*Office{}, map[string]string{}
	for _, s := range t.states {
		t.stateByID[s.ID] = s
		for _, c := range s.Codes {
			t.codes[c] = s.ID
		}
	}
	for _, o := range t.organizations {
		t.orgByID[o.ID] = o
	}
	for _, g := range t.groups {
		t.groupByID[g.ID] = g
	}
	for _, o := range t.offices {
		t.officesOf[o.Of] = append(t.officesOf[o.Of], o)
	}
	t.names = newTrie(t)
}

// Actor returns the entry with this id, of whatever kind.
func (t *Table) Actor(id string) (*Actor, bool) { a, ok := t.byID[id]; return a, ok }

// State returns the state with this id: ISO 3166-1 alpha-3, for vanished states
// ISO 3166-3 alpha-3 (SUN, YUG, CSK, DDR), for older ones an id of this table.
// Other codes (UK, DPRK) are not accepted here; see [Table.Code] and
// [Table.Suggest].
func (t *Table) State(id string) (*State, bool) { s, ok := t.stateByID[id]; return s, ok }

// Organization returns the organisation with this acronym.
func (t *Table) Organization(id string) (*Organization, bool) { o, ok := t.orgByID[id]; return o, ok }

// Group returns the armed group, movement, polity or bloc with this id.
func (t *Table) Group(id string) (*Group, bool) { g, ok := t.groupByID[id]; return g, ok }

// Person returns the person with this id, which is the usual name in lower
// case, without accents, its words joined by hyphens: "kim-jong-un".
func (t *Table) Person(id string) (*Person, bool) { p, ok := t.persons[id]; return p, ok }

// Territory returns the dependent territory with this id.
func (t *Table) Territory(id string) (*Territory, bool) {
	i := slices.IndexFunc(t.territories, func(p *Territory) bool { return p.ID == id })
	if i < 0 {
		return nil, false
	}
	return t.territories[i], true
}

// Place returns the place with this id.
func (t *Table) Place(id string) (*Place, bool) {
	i := slices.IndexFunc(t.places, func(p *Place) bool { return p.ID == id })
	if i < 0 {
		return nil, false
	}
	return t.places[i], true
}

// Outlet returns the outlet with this id.
func (t *Table) Outlet(id string) (*Outlet, bool) {
	i := slices.IndexFunc(t.outlets, func(o *Outlet) bool { return o.ID == id })
	if i < 0 {
		return nil, false
	}
	return t.outlets[i], true
}

// States returns all states, past and present, in the order of the files.
func (t *Table) States() []*State { return slices.Clone(t.states) }

// Organizations returns all organisations in the order of the files.
func (t *Table) Organizations() []*Organization { return slices.Clone(t.organizations) }

// Groups returns all armed groups, polities and blocs in the order of the files.
func (t *Table) Groups() []*Group { return slices.Clone(t.groups) }

// People returns all persons in the order of the files.
func (t *Table) People() []*Person { return slices.Clone(t.people) }

// ByCOW returns the state that bore this Correlates of War number on the day.
// Where the list has a gap (an occupied state) it returns the state whose spell
// is nearest, so that old and new reports of one number meet; false only if no
// state ever had the number.
func (t *Table) ByCOW(number int, on day.Day) (*State, bool) {
	return t.byNumber(number, on, func(s *State) []Membership { return s.COW })
}

// ByGW returns the state that bore this Gleditsch–Ward number on the day, or
// the one nearest to it, as ByCOW does.
func (t *Table) ByGW(number int, on day.Day) (*State, bool) {
	return t.byNumber(number, on, func(s *State) []Membership { return s.GW })
}

func (t *Table) byNumber(number int, on day.Day, list func(*State) []Membership) (*State, bool) {
	var best *State
	least := day.Day(1 << 30)
	for _, s := range t.states {
		for _, m := range list(s) {
			if m.Number != number {
				continue
			}
			if d := distance(m.Span, on); d < least {
				best, least = s, d
			}
		}
	}
	return best, best != nil
}

// distance returns how many days lie between the span and the day; 0 inside.
func distance(s day.Span, on day.Day) day.Day {
	if s.From.Kind == day.BoundIn && on < s.From.From {
		return s.From.From - on
	}
	if s.To.Kind == day.BoundIn && on >= s.To.To-1 {
		return on - s.To.To + 2
	}
	return 0
}

// Successors returns the states that come from this one, or that took it in
// (Kind Absorbs), by day. State of each link is the later state.
func (t *Table) Successors(id string) []Link {
	var out []Link
	for _, s := range t.states {
		for _, f := range s.From {
			if f.State == id {
				out = append(out, Link{State: s.ID, Kind: f.Kind, Day: f.Day, Doubt: f.Doubt})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Link) int { return cmp.Compare(a.Day.From, b.Day.From) })
	return out
}

// Continuer returns the state that is the same subject of law as id on the day:
// RUS for SUN in 2024. It is id itself while that lives or when nothing
// continues it.
func (t *Table) Continuer(id string, on day.Day) string {
	for range t.states { // a chain cannot be longer than the table
		next := ""
		for _, l := range t.Successors(id) {
			if l.Kind == Continues && l.Day.Kind == day.BoundIn && l.Day.From <= on {
				next = l.State
			}
		}
		if next == "" || next == id {
			return id
		}
		if s, ok := t.State(id); ok && s.On(on) == day.Yes {
			return id
		}
		id = next
	}
	return id
}

// Member reports whether the state was a member of the organisation on the
// day. A suspended member is still one; see [Table.Suspended].
func (t *Table) Member(org, state string, on day.Day) day.Truth {
	return t.status(org, state, "member", on)
}

// Suspended reports whether the state's membership was suspended on the day.
func (t *Table) Suspended(org, state string, on day.Day) day.Truth {
	return t.status(org, state, "suspended", on)
}

func (t *Table) status(org, state, status string, on day.Day) day.Truth {
	o, ok := t.orgByID[org]
	if !ok {
		return day.Unknown
	}
	var spans []day.Span
	for _, m := range o.Members {
		if m.State == state && m.Status == status {
			spans = append(spans, m.Span)
		}
	}
	if len(spans) == 0 {
		if len(o.Members) == 0 {
			return day.Unknown // membership is not kept
		}
		return day.No
	}
	return anyContains(spans, on)
}

// Members returns the members of the organisation on the day, sorted by id;
// those whose dates leave it open are left out.
func (t *Table) Members(org string, on day.Day) []string {
	o, ok := t.orgByID[org]
	if !ok {
		return nil
	}
	var out []string
	for _, m := range o.Members {
		if m.Status == "member" && m.Span.Contains(on) == day.Yes {
			out = append(out, m.State)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Neighbours reports whether two states share a land border today.
func (t *Table) Neighbours(a, b string) bool {
	s, ok := t.stateByID[a]
	return ok && slices.Contains(s.Borders, b)
}

// Offices returns the offices of a state or organisation in the order of the
// files.
func (t *Table) Offices(of string) []*Office { return slices.Clone(t.officesOf[of]) }

// Holders returns the tenures of an office that the day may fall in, with the
// certain ones first. Role is a role such as "president" or "foreign-minister",
// or "head-of-state", "head-of-government", "head-of-power".
func (t *Table) Holders(of, role string, on day.Day) []Tenure {
	var sure, open []Tenure
	for _, o := range t.officesOf[of] {
		head, isHead := strings.CutPrefix(role, "head-of-")
		if o.Role != role && !(isHead && slices.Contains(o.Heads, head)) {
			continue
		}
		for _, h := range o.Tenures {
			switch h.Span.Contains(on) {
			case day.Yes:
				sure = append(sure, h)
			case day.Unknown:
				open = append(open, h)
			}
		}
	}
	return append(sure, open...)
}

// Holder returns who held the office on the day. The answer is Yes with one
// certain holder, Unknown if the dates or the knowledge of the table leave it
// open (the tenure is then the likeliest one, if any), No if the office stands
// in the table and nobody held it. An office that is not in the table is
// Unknown, without a tenure.
func (t *Table) Holder(of, role string, on day.Day) (Tenure, day.Truth) {
	all := t.Holders(of, role, on)
	if len(all) > 0 {
		// On the day of a change both may count; the later holder is named.
		last := all[0]
		truth := last.Span.Contains(on)
		for _, h := range all[1:] {
			if h.Span.Contains(on) == truth && h.Span.From.From > last.Span.From.From {
				last = h
			}
		}
		return last, truth
	}
	for _, o := range t.officesOf[of] {
		if o.Role != role && !slices.Contains(o.Heads, strings.TrimPrefix(role, "head-of-")) {
			continue
		}
		if n := len(o.Tenures); n > 0 && o.Tenures[0].Span.From.From <= on && o.Tenures[n-1].Span.To.From > on {
			return Tenure{}, day.No
		}
	}
	return Tenure{}, day.Unknown
}

// Roles returns the roles that a title may mean, such as "foreign-minister" for
// "foreign secretary", sorted. Case does not matter.
func (t *Table) Roles(title string) []string {
	title = strings.ToLower(strings.TrimSpace(title))
	var out []string
	for role, words := range t.roles {
		if slices.ContainsFunc(words, func(w string) bool { return strings.EqualFold(w, title) }) {
			out = append(out, role)
		}
	}
	for _, o := range t.offices {
		if slices.ContainsFunc(o.Titles, func(w string) bool { return strings.EqualFold(w, title) }) {
			out = append(out, o.Role)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Titled returns the offices of the state or organisation whose title this is,
// in any case, in the order of the files.
func (t *Table) Titled(of, title string) []*Office {
	var out []*Office
	for _, o := range t.officesOf[of] {
		if slices.ContainsFunc(o.Titles, func(w string) bool { return strings.EqualFold(w, title) }) {
			out = append(out, o)
		}
	}
	return out
}

// Code returns the id that a code means: the code itself if it is an id,
// otherwise what it stands for (UK is GBR, DPRK is PRK, UKG is GBR). Case
// matters not.
func (t *Table) Code(code string) (id string, ok bool) {
	up := strings.ToUpper(strings.TrimSpace(code))
	if _, ok := t.byID[up]; ok {
		return up, true
	}
	if id, ok := t.codes[up]; ok {
		return id, true
	}
	return "", false
}

// Suggest returns the id that somebody who wrote code probably meant, for a
// hint; empty if there is no good guess.
func (t *Table) Suggest(code string) string {
	if id, ok := t.Code(code); ok {
		return id
	}
	for _, s := range t.Senses(strings.TrimSpace(code)) {
		if s.Kind == KindState || s.Kind == KindOrganization || s.Kind == KindPolity {
			return s.Actor
		}
	}
	// One letter wrong, missing, added or swapped with its neighbour; only if
	// that leaves one state.
	up, found := strings.ToUpper(strings.TrimSpace(code)), ""
	if len(up) < 3 || len(up) > 4 {
		return ""
	}
	for _, s := range t.states {
		if near(up, s.ID) {
			if found != "" {
				return ""
			}
			found = s.ID
		}
	}
	return found
}

// near reports whether one edit makes a of b.
func near(a, b string) bool {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	x, y := a[i:], b[i:]
	switch {
	case len(x) == len(y) && x != "":
		return x[1:] == y[1:] || len(x) > 1 && x[0] == y[1] && x[1] == y[0] && x[2:] == y[2:]
	case len(x) == len(y)+1:
		return x[1:] == y
	case len(x)+1 == len(y):
		return y[1:] == x
	}
	return false
}
