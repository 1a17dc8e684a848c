package actor

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/casus-foederis/casus/day"
)

func TestHolder(t *testing.T) {
	for _, c := range []struct {
		of, role, on string
		want         string // the person's id, or "-"
		truth        day.Truth
	}{
		{"RUS", "president", "2024-06-19", "vladimir-putin", day.Yes},
		{"RUS", "president", "2010-01-01", "dmitry-medvedev", day.Yes},
		{"RUS", "head-of-state", "2010-01-01", "dmitry-medvedev", day.Yes},
		{"PRK", "leader", "2024-06-19", "kim-jong-un", day.Yes},
		{"PRK", "leader", "1949-03-17", "kim-il-sung", day.Yes},
		{"SUN", "head-of-power", "1949-03-17", "joseph-stalin", day.Yes},
		{"SUN", "foreign-minister", "1960-01-01", "andrei-gromyko", day.Yes},
		{"USA", "president", "2025-01-19", "joe-biden", day.Yes},
		{"USA", "president", "2025-01-20", "donald-trump", day.Yes},
		{"GBR", "prime-minister", "1982-04-02", "margaret-thatcher", day.Yes},
		{"ARG", "president", "1982-04-02", "leopoldo-galtieri", day.Yes},
		{"NATO", "secretary-general", "2024-09-30", "jens-stoltenberg", day.Yes},
		{"NATO", "secretary-general", "2024-10-01", "mark-rutte", day.Yes},
		{"EU", "high-representative", "2024-12-01", "kaja-kallas", day.Yes},
		{"UKR", "president", "2030-01-01", "volodymyr-zelenskyy", day.Unknown},
		{"USA", "foreign-minister", "1992-10-01", "-", day.No},
		{"USA", "astronomer", "1992-10-01", "-", day.Unknown},
		{"XXX", "president", "1992-10-01", "-", day.Unknown},
	} {
		h, truth := World().Holder(c.of, c.role, day.MustParse(c.on))
		got := "-"
		if h.Person != nil {
			got = h.Person.ID
		}
		if got != c.want || truth != c.truth {
			t.Errorf("%s of %s on %s: %s, %v; want %s, %v", c.role, c.of, c.on, got, truth, c.want, c.truth)
		}
	}
}

func TestMember(t *testing.T) {
	for _, c := range []struct {
		org, state, on string
		want           day.Truth
	}{
		{"NATO", "EST", "2004-03-28", day.No},
		{"NATO", "EST", "2004-03-29", day.Yes},
		{"NATO", "SWE", "2024-03-07", day.Yes},
		{"NATO", "RUS", "2024-03-07", day.No},
		{"EU", "GBR", "2020-01-31", day.Yes},
		{"EU", "GBR", "2020-02-01", day.No},
		{"CSTO", "ARM", "2025-01-01", day.Yes},
		{"CSTO", "UZB", "2015-01-01", day.No},
		{"ECOWAS", "NER", "2025-01-28", day.Yes},
		{"ECOWAS", "NER", "2025-01-29", day.No},
		{"UN", "SUN", "1980-01-01", day.Yes},
		{"UN", "RUS", "1980-01-01", day.No},
		{"UN", "SYR", "1960-01-01", day.No},
		{"WARSAW-PACT", "ALB", "1969-01-01", day.No},
		{"WHO", "USA", "2020-01-01", day.Unknown}, // membership is not kept
		{"NOBODY", "USA", "2020-01-01", day.Unknown},
	} {
		if got := World().Member(c.org, c.state, day.MustParse(c.on)); got != c.want {
			t.Errorf("%s in %s on %s: %v, want %v", c.state, c.org, c.on, got, c.want)
		}
	}
	for _, c := range []struct {
		org, on string
		want    int
	}{
		{"UN", "2020-01-01", 193}, {"UN", "1946-01-01", 51}, {"NATO", "2024-03-07", 32}, {"NATO", "1949-08-24", 12},
		{"EU", "2016-01-01", 28}, {"EU", "2024-01-01", 27}, {"AU", "2020-01-01", 55}, {"ARAB-LEAGUE", "2020-01-01", 22},
		{"COE", "2024-01-01", 46}, {"OSCE", "2024-01-01", 57}, {"UNSC", "2024-06-01", 15}, {"UNSC", "1995-06-01", 15}, {"OIC", "2020-01-01", 57},
		{"OAS", "2016-01-01", 35}, {"ASEAN", "2020-01-01", 10}, {"OAU", "2001-01-01", 53}, {"PIF", "2020-01-01", 18},
	} {
		if got := World().Members(c.org, day.MustParse(c.on)); len(got) != c.want {
			t.Errorf("%s has %d members on %s, want %d: %v", c.org, len(got), c.on, c.want, got)
		}
	}
}

// The Security Council has fifteen members on every day since 1990.
func TestSecurityCouncil(t *testing.T) {
	for d := day.MustParse("1990-01-01"); d < day.MustParse("2027-01-01"); d++ {
		if got := World().Members("UNSC", d); len(got) != 15 {
			t.Fatalf("%v: %d members: %v", d, len(got), got)
		}
	}
}

func TestByNumber(t *testing.T) {
	for _, c := range []struct {
		number int
		on     string
		cow    string
		gw     string
	}{
		{365, "1900-01-01", "RUS", "RUS"},
		{365, "1960-01-01", "SUN", "SUN"},
		{365, "2020-01-01", "RUS", "RUS"},
		{255, "1866-01-01", "PRU", "PRU"},
		{255, "1914-01-01", "DEU", "DEU"},
		{260, "1970-01-01", "DEU", "DEU"},
		{345, "1900-01-01", "SRB", "YUG"}, // Gleditsch and Ward give Serbia 340; the nearest state of 345 is Yugoslavia
		{345, "1960-01-01", "YUG", "YUG"},
		{345, "2000-01-01", "SCG", "SCG"},
		{345, "2010-01-01", "SRB", "SCG"},
		{640, "1900-01-01", "OTT", "OTT"},
		{325, "1850-01-01", "SAR", "SAR"},
		{731, "2024-01-01", "PRK", "PRK"},
		{210, "1942-01-01", "NLD", "NLD"}, // occupied
	} {
		on := day.MustParse(c.on)
		if s, ok := World().ByCOW(c.number, on); !ok || s.ID != c.cow {
			t.Errorf("COW %d on %s: %v, want %s", c.number, c.on, s, c.cow)
		}
		if s, ok := World().ByGW(c.number, on); !ok || s.ID != c.gw {
			t.Errorf("GW %d on %s: %v, want %s", c.number, c.on, s, c.gw)
		}
	}
	if _, ok := World().ByCOW(999, 0); ok {
		t.Error("number 999 is a state")
	}
}

func TestSuggest(t *testing.T) {
	for code, want := range map[string]string{
		"DPRK": "PRK", "ROK": "KOR", "UK": "GBR", "USSR": "SUN", "uk": "GBR", "PRK": "PRK", "PRC": "CHN",
		"North Korea": "PRK", "UKG": "GBR", "GFR": "DEU", "PRKK": "PRK", "RSU": "", "USAA": "USA", "XQZ": "", "": "", "nonsense": "", "NATO": "NATO",
	} {
		if got := World().Suggest(code); got != want {
			t.Errorf("Suggest(%q) = %q, want %q", code, got, want)
		}
	}
	if _, ok := World().State("UK"); ok {
		t.Error("UK is accepted as an id")
	}
}

func TestSuccessors(t *testing.T) {
	got := map[string]LinkKind{}
	for _, l := range World().Successors("CSK") {
		got[l.State] = l.Kind
	}
	if len(got) != 2 || got["CZE"] != Succeeds || got["SVK"] != Succeeds {
		t.Errorf("successors of CSK: %v", got)
	}
	for _, c := range []struct{ id, on, want string }{
		{"SUN", "2024-01-01", "RUS"}, {"SUN", "1980-01-01", "SUN"}, {"RUS", "1980-01-01", "SUN"}, {"OTT", "2000-01-01", "TUR"},
		{"PRU", "1990-01-01", "DEU"}, {"DDR", "2000-01-01", "DDR"}, {"FRA", "2000-01-01", "FRA"},
	} {
		if got := World().Continuer(c.id, day.MustParse(c.on)); got != c.want {
			t.Errorf("%s on %s is %s, want %s", c.id, c.on, got, c.want)
		}
	}
}

func TestPersonsNamed(t *testing.T) {
	for _, c := range []struct{ name, on, want string }{
		{"Putin", "2024-01-01", "vladimir-putin"},
		{"Kim Jong-un", "2024-01-01", "kim-jong-un"},
		{"Bush", "1990-01-01", "george-h-w-bush"},
		{"Bush", "2003-01-01", "george-w-bush"},
		{"George Bush", "1990-01-01", "george-h-w-bush"},
		{"Clinton", "1995-01-01", "bill-clinton"},
		{"Clinton", "2010-01-01", "hillary-clinton"},
		{"Assad", "1990-01-01", "hafez-al-assad"},
		{"al-Assad", "2015-01-01", "bashar-al-assad"},
		{"Erdogan", "2015-01-01", "recep-tayyip-erdogan"},
		{"Gaddafi", "1990-01-01", "muammar-gaddafi"},
		{"Qaddafi", "1990-01-01", "muammar-gaddafi"},
		{"von der Leyen", "2024-01-01", "ursula-von-der-leyen"},
		{"No", "2024-12-01", "-"},
	} {
		got := "-"
		if p := World().PersonsNamed(c.name, day.MustParse(c.on)); len(p) > 0 {
			got = p[0].ID
		}
		if got != c.want {
			t.Errorf("%q on %s is %s, want %s", c.name, c.on, got, c.want)
		}
	}
}

func TestTitles(t *testing.T) {
	if got := World().Roles("foreign secretary"); !slices.Equal(got, []string{"foreign-minister"}) {
		t.Errorf("foreign secretary: %v", got)
	}
	if o := World().Titled("USA", "Secretary of State"); len(o) != 1 || o[0].Role != "foreign-minister" {
		t.Errorf("secretary of state: %v", o)
	}
}

// What holds for any table also holds for the embedded one.
func TestWorldIsConsistent(t *testing.T) {
	w := World()
	for _, o := range w.offices {
		for i, a := range o.Tenures {
			if a.Span.From.Kind != day.BoundIn {
				t.Errorf("%s %s: %s has no beginning", o.Of, o.Role, a.Person.Name)
			}
			if i == 0 || o.Shared {
				continue
			}
			b := o.Tenures[i-1]
			if b.Span.To.Kind == day.BoundIn && b.Span.To.From > a.Span.From.From {
				t.Errorf("%s %s: %s %v overlaps %s %v", o.Of, o.Role, b.Person.Name, b.Span, a.Person.Name, a.Span)
			}
		}
	}
	seen := map[string]string{}
	for _, o := range w.offices {
		key := o.Of + " " + o.Role
		if first, ok := seen[key]; ok {
			t.Errorf("%s: the office stands at %s and %s", key, first, o.At)
		}
		seen[key] = o.At
	}
	for _, s := range w.states {
		for _, b := range s.Borders {
			if n, ok := w.State(b); ok && !slices.Contains(n.Borders, s.ID) {
				t.Errorf("%s borders %s, not the other way", s.ID, b)
			}
		}
		for i, a := range s.Lives {
			if i > 0 && s.Lives[i-1].To.From > a.From.From {
				t.Errorf("%s lives %v", s.ID, s.Lives)
			}
		}
	}
	for _, o := range w.organizations {
		for i, a := range o.Members {
			for _, b := range o.Members[:i] {
				if a.State == b.State && a.Status == b.Status && overlap(a.Span, b.Span) {
					t.Errorf("%s: %s is %s twice: %v, %v", o.ID, a.State, a.Status, a.Span, b.Span)
				}
			}
			if a.Status == "suspended" && !slices.ContainsFunc(o.Members, func(m Member) bool {
				return m.State == a.State && m.Status == "member" && overlap(m.Span, a.Span)
			}) {
				t.Errorf("%s: %s is suspended without being a member", o.ID, a.State)
			}
		}
	}
}

func overlap(a, b day.Span) bool {
	ends := func(s day.Span) day.Day {
		if s.To.Kind == day.BoundIn {
			return s.To.From
		}
		return endless
	}
	return a.From.From < ends(b) && b.From.From < ends(a)
}

func TestLoadReportsAllMistakes(t *testing.T) {
	_, err := Load(fstest.MapFS{"a.txt": {Data: []byte(strings.Join([]string{
		"name Lost",                         // 1: outside an entry
		"state AAA",                         // 2
		"name A",                            // 3
		"cow x 1816-01-01..",                // 4: no number
		"borders BBB",                       // 5: unknown, reported at 2
		"office AAA president kings",        // 6: unknown head
		"2020-13-01 Somebody",               // 7: no such month
		"organization AAA",                  // 8: id twice
		"name B",                            // 9
		"member 2020-01-01..2019-01-01 AAA", // 10: ends before it begins
		"colour red",                        // 11: unknown field
	}, "\n"))}})
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"a.txt:1: ", "a.txt:4: ", "a.txt:2: AAA names \"BBB\"", "a.txt:6: ", "a.txt:7: ", "a.txt:8: id AAA is used twice; first at a.txt:2", "a.txt:10: ", "a.txt:11: "} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error lacks %q:\n%v", want, err)
		}
	}
}
