package actor

import "github.com/casus-foederis/casus/day"

// Kind says what sort of actor an entry is.
type Kind uint8

// The kinds. The zero value is no kind.
const (
	NoKind           Kind = iota
	KindState             // a state; most are or were members of the state system
	KindPolity            // governs a territory, is not a member of the state system
	KindTerritory         // a dependent territory: a place, unless it acts
	KindOrganization      // made by states, with member states
	KindGroup             // armed group, movement
	KindOutlet            // news agency, newspaper, broadcaster, platform
	KindPerson
	KindBloc  // a way of speaking of several states, such as "the West"; it has no settled members
	KindPlace // a region, sea or river; kept so that New Mexico is not read as Mexico
)

var kindNames = [...]string{"", "state", "polity", "territory", "organization", "group", "outlet", "person", "bloc", "place"}

func (k Kind) String() string { return kindNames[k] }

// MarshalText writes the kind as String does.
func (k Kind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Actor is what every entry has, whatever its kind. Values are shared and must
// not be changed.
type Actor struct {
	ID    string     // ISO 3166 alpha-3, acronym, or a person's name in lower case with hyphens
	Kind  Kind       //
	Name  string     // the usual English name
	Names []Name     // every name, Name itself first
	Lives []day.Span // when it existed; empty: not settled, take it as always
	Note  string     // what a reader should know
	Doubt string     // what the writer was unsure of
	At    string     // file:line of the entry
}

// On reports whether the actor existed on the day.
func (a *Actor) On(d day.Day) day.Truth { return anyContains(a.Lives, d) }

func (a *Actor) doubt(text string) { a.Doubt = text }

func anyContains(spans []day.Span, d day.Day) day.Truth {
	if len(spans) == 0 {
		return day.Yes
	}
	answer := day.No
	for _, s := range spans {
		switch s.Contains(d) {
		case day.Yes:
			return day.Yes
		case day.Unknown:
			answer = day.Unknown
		}
	}
	return answer
}

// Via says by what sort of name an actor is meant.
type Via uint8

// The sorts of name.
const (
	ViaName     Via = iota // usual name or variant of it
	ViaOfficial            // full official name
	ViaAcronym             // letters: USA, NATO
	ViaDemonym             // adjective or name of the people: Russian, Poles
	ViaCapital             // the capital, standing for the state
	ViaSeat                // a house, street or quarter standing for those who work there
	ViaFamily              // a person's family name alone
	ViaShort               // a person's name without middle names
	ViaOrgan               // a ministry, army, parliament or agency of the state, by its own name
)

var viaNames = [...]string{"name", "official", "acronym", "demonym", "capital", "seat", "family", "short", "organ"}

func (v Via) String() string { return viaNames[v] }

// MarshalText writes the sort of name as String does.
func (v Via) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// Name is one name of an actor.
type Name struct {
	Text  string
	Via   Via
	Span  day.Span // when the name was in use for this actor
	Loose bool     // has other common meanings outside this table: Georgia, Chad, Washington
	Doubt string
}

// State is a state, past or present. Palestine, Somaliland and others that are
// not members of either list of the state system are a [Group] of KindPolity.
type State struct {
	Actor
	COW     []Membership // in the Correlates of War list, by day
	GW      []Membership // in the Gleditsch–Ward list, by day
	From    []Link       // the states that it continues or comes from
	Borders []string     // ids of today's neighbours by land, sorted
	Codes   []string     // other codes in use, such as DPRK, UK, ROK
}

// Membership is a spell in a list of states.
type Membership struct {
	Number int
	Span   day.Span
}

// Link says how a state comes from an earlier one.
type Link struct {
	State string   // the earlier state
	Kind  LinkKind //
	Day   day.Bound
	Doubt string
}

// LinkKind says how a state comes from an earlier one.
type LinkKind string

// The kinds of link.
const (
	Continues LinkKind = "continues" // the same subject of law, under another name or form
	Succeeds  LinkKind = "succeeds"  // a new state on the territory of one that ended
	Separated LinkKind = "separated" // a new state; the earlier one lives on
	Absorbs   LinkKind = "absorbs"   // took in a state that ended
	Restores  LinkKind = "restores"  // independent again after annexation by the earlier one
)

// Organization is a body made by states.
type Organization struct {
	Actor
	Sort         string // what it is: military alliance, court, forum
	Of           string // the organisation that it is an organ of; empty for most
	Headquarters string // the city where it sits; no name of it
	Members      []Member
	Complete     day.Day // from this day to the day of Table.Known no member is missing; 0: some may be
}

// Member is a spell of a state in an organisation.
type Member struct {
	State  string
	Status string // member, suspended, observer, associate, partner
	Span   day.Span
	Doubt  string
}

// Group is an armed group, a movement, or a polity outside the state system.
type Group struct {
	Actor
	Base []string // ids of the states where it is at home, or that claim its territory
}

// Outlet publishes or carries reports.
type Outlet struct {
	Actor
	State string // where it is at home; empty if nowhere in particular
	Owned bool   // owned or directed by that state
}

// Territory is a dependent territory.
type Territory struct {
	Actor
	Sovereign string
	Claimed   []string // ids of other states that claim it
}

// Place is a region, sea or river. It is no actor; it stands in the table
// because its name contains one, or because reports name it often.
type Place struct {
	Actor
	In []string // ids of the states that it belongs to or that claim it; empty for seas
}

// Person is a person by the name known in English-language reports.
type Person struct {
	Actor
	Given, Family string
	Woman         bool
	State         string   // the state of the first office; empty if of none
	Tenures       []Tenure // by beginning
}

// Office is a post that one person holds at a time, of a state or an
// organisation.
type Office struct {
	Of      string   // id of the state or organisation
	Role    string   // president, prime-minister, foreign-minister ...
	Titles  []string // what its holder is called, lower case where common
	Heads   []string // of: "state", "government", "power" (whoever rules in fact)
	Shared  bool     // several hold it at once
	Tenures []Tenure // by beginning
	At      string
}

// Tenure is a spell of a person in an office.
type Tenure struct {
	Office *Office
	Person *Person
	Span   day.Span
	Acting bool
	Doubt  string
}
