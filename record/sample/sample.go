// Package sample writes reports from templates, as many as are wanted and the
// same ones for the same seed, so that a record of any size can be measured and
// looked at. Nothing in them happened; states are real, people, outlets and
// towns are not.
//
// Reports come in groups that tell one happening, some of them as copies of one
// text, some as later versions of the same page. Their days lie over ten years
// in no order, as in an archive that is taken in by folders.
package sample

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
)

// Reports are all reports of one seed. Any number of goroutines may use them.
type Reports struct {
	Seed uint64
}

// Line is a report before it is read, as casus read takes it in JSON Lines.
type Line struct {
	ID     string `json:"id"`
	Title  string `json:"title"`
	Date   string `json:"date"`
	URL    string `json:"url"`
	Outlet string `json:"outlet"`
	Text   string `json:"text"`
}

// group is how many reports share happenings: those of a group tell one to five.
const group = 5

// First and Last are the days on which reports are published, both included.
var First, Last = day.MustParse("2015-01-01"), day.MustParse("2024-12-31")

// Line returns report i before it is read.
func (r Reports) Line(i int) Line {
	d := r.Document(i)
	return Line{d.ID, d.Title, d.Published, d.URL, d.Outlet, d.Text}
}

// Document returns report i as if it had been read. It is built from the
// template with its spans; the reader does not run.
func (r Reports) Document(i int) *reading.Document {
	p := r.plan(i)
	w := &writer{rand: r.dice(uint64(p.words), 100), d: &reading.Document{
		Format: reading.Format, ID: fmt.Sprintf("s%d-%d", r.Seed, i), Outlet: outlets[p.outlet], Language: "en",
		URL:   fmt.Sprintf("https://%s.example/world/%d-%d", strings.ReplaceAll(strings.ToLower(ascii(outlets[p.outlet])), " ", ""), r.Seed, p.page),
		Posts: []report.Post{}, Media: []report.Media{}, Actors: []reading.Actor{}, Entities: []reading.Entity{}, Times: []reading.Time{},
		Statements: []reading.Statement{}, Acts: []reading.Act{}, Agreements: []reading.Agreement{},
	}}
	w.d.Published = min(p.on, Last).String()
	w.report(p.happening)
	if p.version > 1 {
		w.say(fmt.Sprintf("\n\nThis report was corrected %d times.", p.version-1))
	}
	w.d.Text = w.b.String()
	return w.d
}

// plan says what a report tells, and from which report it has words and page.
type plan struct {
	happening
	words, page     int
	outlet, version int
	on              day.Day // of publication
}

func (r Reports) plan(i int) plan {
	g, k := i/group, i%group
	choose := r.dice(uint64(g), 0)
	happening, told := 0, 0 // which of the group, and the how manyth report of it this is
	for range k {
		if told++; choose.Float64() < 0.4 {
			happening, told = happening+1, 0
		}
	}
	own := r.dice(uint64(i), 200)
	p := plan{newHappening(r.dice(uint64(g), 1+uint64(happening))), i, i, own.IntN(len(outlets)), 1, 0}
	p.on = p.happening.on + day.Day(own.IntN(3))
	if told == 0 {
		return p
	}
	switch x := own.Float64(); {
	case x < 0.25: // a copy of the first report of the happening
		p.words = i - told
	case x < 0.32: // a later version of the page before
		p = r.plan(i - 1)
		p.version++
		p.on++
	}
	return p
}

func (r Reports) dice(of, what uint64) *rand.Rand {
	return rand.New(rand.NewPCG(r.Seed, of*1000+what))
}

// happening is what several reports tell.
type happening struct {
	kind kind
	a, b nation
	c    nation // who is neither
	area string
	town string
	on   day.Day
}

func newHappening(r *rand.Rand) happening {
	all := nations()
	h := happening{kind: kinds[weighted(r, len(kinds))], area: pick(r, areas), on: First + day.Day(r.IntN(int(Last-First+1))), town: town(r)}
	h.a = all[weighted(r, len(all))]
	for h.b.code == "" || h.b.code == h.a.code {
		h.b = all[weighted(r, len(all))]
	}
	for h.c.code == "" || h.c.code == h.a.code || h.c.code == h.b.code {
		h.c = all[weighted(r, len(all))]
	}
	return h
}

// weighted chooses early ones more often: the first tenth about half of the time.
func weighted(r *rand.Rand, n int) int {
	f := r.Float64()
	return int(f * f * f * float64(n))
}

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

// nation is a state with the people who speak for it.
type nation struct {
	code, name, demonym string
	people              []person
}

type person struct{ name, office string }

// nations are the states of 2024, those that are in the news more often first.
var nations = sync.OnceValue(func() []nation {
	world, on := actor.World(), day.MustParse("2024-01-01")
	often := []string{"USA", "RUS", "CHN", "UKR", "GBR", "FRA", "DEU", "ISR", "IRN", "TUR", "IND", "PAK", "JPN", "KOR", "PRK", "SAU", "EGY", "POL", "NGA", "BRA"}
	var out []nation
	listed := map[string]bool{}
	take := func(id string) {
		s, ok := world.State(id)
		if !ok || listed[id] || len(s.GW) == 0 || s.GW[len(s.GW)-1].Span.Contains(on) != day.Yes {
			return
		}
		listed[id] = true
		n := nation{code: id, name: s.Name, demonym: s.Name}
		for _, name := range s.Names {
			if name.Via == actor.ViaDemonym {
				n.demonym = name.Text
				break
			}
		}
		r := rand.New(rand.NewPCG(7, uint64(len(out))))
		for _, office := range offices {
			n.people = append(n.people, person{pick(r, given) + " " + pick(r, family), office})
		}
		out = append(out, n)
	}
	for _, id := range often {
		take(id)
	}
	for _, s := range world.States() {
		take(s.ID)
	}
	return out
})

// town is one of some four thousand names.
func town(r *rand.Rand) string {
	return pick(r, heads) + pick(r, middles) + pick(r, tails)
}

func ascii(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 128 {
			return r
		}
		return -1
	}, s)
}

// writer writes one report and notes what stands where.
type writer struct {
	rand   *rand.Rand
	d      *reading.Document
	b      strings.Builder
	actors map[string]string // ids by name
}

func (w *writer) say(s string) text.Span {
	start := w.b.Len()
	w.b.WriteString(s)
	return text.Span{Start: start, End: w.b.Len()}
}

// actor returns the id of an actor, new or mentioned before.
func (w *writer) actor(a reading.Actor) string {
	if id, ok := w.actors[a.Name]; ok {
		return id
	}
	if w.actors == nil {
		w.actors = map[string]string{}
	}
	a.ID, a.Mentions = fmt.Sprintf("a%d", len(w.d.Actors)+1), []text.Span{}
	w.actors[a.Name] = a.ID
	w.d.Actors = append(w.d.Actors, a)
	return a.ID
}

func (w *writer) nation(n nation) string {
	return w.actor(reading.Actor{Kind: "state", Code: n.code, Name: n.name, State: n.code})
}

// mention writes a name and notes that it stands there.
func (w *writer) mention(id, name string) text.Span {
	at := w.say(name)
	for i := range w.d.Actors {
		if a := &w.d.Actors[i]; a.ID == id {
			a.Mentions = append(a.Mentions, at)
		}
	}
	return at
}

// fill writes a template. {A}, {B} and {C} are states, {area}, {town}, {n} and
// {months} what they say, [words] the trigger of an act.
func (w *writer) fill(template string, h happening) (all text.Span, trigger []text.Span) {
	start := w.b.Len()
	for template != "" {
		i := strings.IndexAny(template, "{[")
		if i < 0 {
			w.say(template)
			break
		}
		w.say(template[:i])
		closing := "}"
		if template[i] == '[' {
			closing = "]"
		}
		word, rest, _ := strings.Cut(template[i+1:], closing)
		switch word {
		case "A":
			w.mention(w.nation(h.a), h.a.name)
		case "B":
			w.mention(w.nation(h.b), h.b.name)
		case "C":
			w.mention(w.nation(h.c), h.c.name)
		case "area":
			w.say(h.area)
		case "town":
			w.say(h.town)
		case "other town":
			w.say(town(w.rand))
		case "n":
			w.say(fmt.Sprint(2 + w.rand.IntN(98)))
		case "months":
			w.say(fmt.Sprint(2 + w.rand.IntN(17)))
		default:
			trigger = append(trigger, w.say(word))
		}
		template = rest
	}
	return text.Span{Start: start, End: w.b.Len()}, trigger
}

// report writes title, lead, statements and background.
func (w *writer) report(h happening) {
	w.d.Title = strings.NewReplacer("{A}", h.a.name, "{B}", h.b.name, "{area}", h.area, "{town}", h.town).Replace(pick(w.rand, h.kind.titles))
	w.say(strings.ToUpper(h.town) + " — ")
	w.act(h.kind.leads[w.rand.IntN(len(h.kind.leads))], h, h.kind.root, h.kind.mode, h.on.String(), "occurred", nil)
	if h.kind.form != "" {
		w.agreement(h)
	}
	for range 3 + w.rand.IntN(9) {
		w.say(pick(w.rand, []string{" ", " ", "\n\n"}))
		w.statement(h)
	}
	w.say("\n\n")
	earlier := backgrounds[w.rand.IntN(len(backgrounds))]
	w.act(earlier.words, h, earlier.root, "", fmt.Sprint(h.on.Year()-1-w.rand.IntN(9)), "occurred", nil)
}

func (w *writer) act(template string, h happening, root, mode, on, status string, within *string) {
	_, trigger := w.fill(template, h)
	w.d.Acts = append(w.d.Acts, reading.Act{ID: fmt.Sprintf("e%d", len(w.d.Acts)+1), Type: root, Mode: mode, Source: []string{w.nation(h.a)},
		Target: []string{w.nation(h.b)}, SourceText: h.a.name, TargetText: h.b.name, Place: h.town, Date: on, Status: status, Within: within, Trigger: trigger})
}

func (w *writer) agreement(h happening) {
	w.say(" ")
	all, named := w.fill("The ["+h.kind.form+"] provides that both sides help each other in "+h.area+" for {months} months.", h)
	start := all.Start + strings.Index(w.b.String()[all.Start:], "both sides")
	w.d.Agreements = append(w.d.Agreements, reading.Agreement{ID: "g1", Title: h.kind.form + " on " + h.area, Form: h.kind.form,
		Parties: []string{w.nation(h.a), w.nation(h.b)}, Status: "signed", Signed: h.on.String(), Areas: []string{h.area},
		Provisions: []reading.Provision{{Type: "aid", Span: text.Span{Start: start, End: all.End - 1}}}, Mentions: named})
}

// statement writes a sentence in which somebody is quoted.
func (w *writer) statement(h happening) {
	of, other := h.a, h.b
	switch p := w.rand.Float64(); {
	case p < 0.4:
		of, other = h.b, h.a
	case p < 0.55:
		of = h.c
	}
	who := of.people[weighted(w.rand, len(of.people))]
	speaker := w.actor(reading.Actor{Kind: "person", Name: who.name, State: of.code, Role: who.office})
	c := cues[w.rand.IntN(len(cues))]
	s := reading.Statement{ID: fmt.Sprintf("s%d", len(w.d.Statements)+1), Speaker: &speaker, SpeakerName: who.name, SpeakerState: of.code, Kind: "indirect", Notion: "speech", Act: c.root}
	source := func(before, after string) {
		start := w.b.Len()
		w.say(before)
		w.mention(speaker, who.name)
		s.Source = []text.Span{{Start: start, End: w.b.Len()}}
		w.say(after)
	}
	content := contents[w.rand.IntN(len(contents))]
	if c.root == "" && w.rand.Float64() < 0.4 {
		s.Kind = "direct"
		w.say("“")
		all, _ := w.fill(strings.ToUpper(content[:1])+content[1:], h)
		w.say(",” ")
		s.Content = []text.Span{all}
		source(of.demonym+" "+who.office+" ", " ")
		s.Cue = []text.Span{w.say("said")}
		w.say(".")
	} else {
		source("", ", the "+of.demonym+" "+who.office+", ")
		s.Cue = []text.Span{w.say(c.verb)}
		w.say(" ")
		if c.target {
			target := w.nation(other)
			s.Target = []string{target}
			w.mention(target, other.name)
			w.say(" ")
		}
		start := w.b.Len()
		w.say(c.before)
		w.fill(content, h)
		s.Content = []text.Span{{Start: start, End: w.b.Len()}}
		if w.rand.Float64() < 0.06 {
			w.relay(&s)
		}
		w.say(".")
	}
	w.d.Statements = append(w.d.Statements, s)
}

// relay lets an outlet relay the statement that was just written.
func (w *writer) relay(s *reading.Statement) {
	outer := reading.Statement{ID: fmt.Sprintf("s%d", len(w.d.Statements)+1), Kind: "indirect", Notion: "speech",
		Content: []text.Span{{Start: s.Source[0].Start, End: w.b.Len()}}}
	name := pick(w.rand, outlets)
	agency := w.actor(reading.Actor{Kind: "outlet", Name: name})
	w.say(", ")
	outer.Cue = []text.Span{w.say("according to")}
	w.say(" ")
	outer.Source = []text.Span{w.mention(agency, name)}
	outer.Speaker, outer.SpeakerName = &agency, name
	w.d.Statements = append(w.d.Statements, outer)
	s.ID, s.Within = fmt.Sprintf("s%d", len(w.d.Statements)+1), &outer.ID
}
