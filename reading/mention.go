package reading

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading/entity"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
)

// sort says what an unresolved name seems to be.
type nameSort uint8

const (
	unsorted nameSort = iota
	sortPerson
	sortOrganization
	sortGroup
	sortOutlet
	sortPlace
	sortOther // a treaty, a war, a day: no actor
)

// name is a stretch of tokens that names something, before it is known whom.
type name struct {
	sentence, first, last int // tokens, both inclusive
	span                  text.Span
	senses                []actor.Sense // what the tables say; none for an unknown name
	sort                  nameSort
	title                 [2]int // tokens of the title before it, inclusive; -1, -1 if none
	actor                 int    // index into doc.Actors; -1 while unresolved
	organ                 bool   // a national body, for which its state stands
}

// cast gathers who appears in a report.
type cast struct {
	*page
	day        day.Day
	names      []name
	bySentence [][]*name
	byEntity   map[string]int // id in package actor to index into doc.Actors
	byName     map[string]int // unknown organisations, groups and outlets by folded name
	people     []persona
	byWord     map[string][]int    // first and last words of their names to indices into people
	titles     map[string]string   // titles asked for to the one state that uses them
	roles      map[string][]string // titles asked for to their roles
	byState    map[string][]int    // states to indices into people, as far as known when asked
	memory     entity.Memory
	common     map[string]bool   // words that the report also writes in lower case
	worded     map[int]bool      // persons of the tables that are named as the report spells them
	spotted    [][]entity.Name   // by sentence: what the tagger found
	lapsed     map[string]string // state to the vanished one that its capital means for now
	owned      map[[2]int]string // sentence and token of a body or office to the state whose it is
}

// persona is what is known of a person beside the entry in the document.
type persona struct {
	actor int
	words []string // of the fullest name, folded
	woman int      // > 0 if called a woman, < 0 if a man
}

// findMentions finds who appears, by name, by description and by pronoun.
func (p *page) findMentions() {
	c := &cast{page: p, day: p.today(), byEntity: map[string]int{}, byName: map[string]int{}, lapsed: map[string]string{}, common: map[string]bool{}, worded: map[int]bool{}, byWord: map[string][]int{}, titles: map[string]string{}, roles: map[string][]string{}, spotted: make([][]entity.Name, len(p.sentences))}
	for _, s := range p.sentences {
		for i := range s.Tokens {
			if w := s.Tokens[i].Form; lower(w) == w {
				c.common[w] = true
			}
		}
	}
	for s := range p.sentences {
		if p.speaks(s) {
			c.findNames(s)
		}
	}
	c.resolve()
	c.describe()
	c.place()
	c.refer()
	c.listEntities()
	p.settle()
}

// speaks reports whether names in the sentence count: not in bylines, section
// names and furniture.
func (p *page) speaks(sentence int) bool {
	switch p.kinds[sentence] {
	case report.Section, report.Byline, report.Published, report.Furniture, report.Marker:
		return false
	}
	return true
}

// add enters a new actor.
func (c *cast) add(a Actor) int {
	a.Mentions = []text.Span{}
	c.doc.Actors = append(c.doc.Actors, a)
	return len(c.doc.Actors) - 1
}

// entity returns the index of an entry of the tables, entering it if needed.
func (c *cast) entity(id string) int {
	if i, ok := c.byEntity[id]; ok {
		return i
	}
	e, ok := c.world.Actor(id)
	if !ok {
		return -1
	}
	a := Actor{Name: e.Name, Entity: id}
	switch e.Kind {
	case actor.KindState:
		a.Kind, a.Code, a.State = "state", id, id
	case actor.KindPolity:
		a.Kind, a.Code = "group", id
	case actor.KindTerritory:
		a.Kind, a.Code = "group", id
		if t, ok := c.world.Territory(id); ok {
			a.State = t.Sovereign
		}
	case actor.KindOrganization:
		a.Kind, a.Code = "organization", id
	case actor.KindGroup:
		a.Kind, a.Code = "group", id
	case actor.KindBloc:
		a.Kind = "group"
	case actor.KindOutlet:
		a.Kind = "outlet"
		if o, ok := c.world.Outlet(id); ok {
			a.State = o.State
		}
	case actor.KindPerson:
		a.Kind = "person"
		if q, ok := c.world.Person(id); ok {
			a.State = q.State
			c.hold(&a, q)
		}
	default:
		return -1
	}
	i := c.add(a)
	c.byEntity[id] = i
	if q, ok := c.world.Person(id); ok {
		w := persona{actor: i, words: nameWords(e.Name)}
		if q.Woman {
			w.woman = 1
		} else {
			w.woman = -1
		}
		c.addPersona(w)
	}
	return i
}

// hold enters the office that a person held on the day: the highest of those
// that the day surely falls in.
func (c *cast) hold(a *Actor, q *actor.Person) {
	best := -1
	for _, t := range q.Tenures {
		if t.Span.Contains(c.day) != day.Yes {
			continue
		}
		rank := len(t.Office.Heads)
		if rank > best {
			best = rank
			a.Office, a.State = t.Office.Role, t.Office.Of
		}
	}
	if _, ok := c.world.State(a.State); !ok {
		a.State = ""
	}
}

// settle writes the mentions into the document in the order of the text and
// marks the tokens that lie in them.
func (p *page) settle() {
	slices.SortStableFunc(p.mentions, func(a, b mention) int {
		if a.span.Start != b.span.Start {
			return a.span.Start - b.span.Start
		}
		return b.span.End - a.span.End
	})
	p.at = make([][]int, len(p.sentences))
	for s := range p.at {
		p.at[s] = make([]int, len(p.sentences[s].Tokens))
		for i := range p.at[s] {
			p.at[s][i] = -1
		}
	}
	for i, m := range p.mentions {
		for t := m.first; t <= m.last; t++ {
			p.at[m.sentence][t] = i // a later one lies inside or behind
		}
		for _, a := range m.actors {
			to := &p.doc.Actors[a].Nominal
			if m.kind == named {
				to = &p.doc.Actors[a].Mentions
			}
			*to = append(*to, m.span)
		}
	}
	// The head of a phrase means the phrase even where a name lies on it.
	for i, m := range p.mentions {
		if m.kind == nominal && m.head >= 0 {
			p.at[m.sentence][m.head] = i
		}
	}
	p.dropUnused()
}

// dropUnused leaves out actors without any mention and names the rest a1, a2
// ... in the order in which they appear.
func (p *page) dropUnused() {
	order := make([]int, 0, len(p.doc.Actors))
	seen := make([]bool, len(p.doc.Actors))
	for _, m := range p.mentions {
		for _, a := range m.actors {
			if !seen[a] {
				seen[a] = true
				order = append(order, a)
			}
		}
	}
	to := make([]int, len(p.doc.Actors))
	kept := make([]Actor, 0, len(order))
	for n, old := range order {
		to[old] = n
		a := p.doc.Actors[old]
		a.ID = actorID(n)
		kept = append(kept, a)
	}
	p.doc.Actors = kept
	for i := range p.mentions {
		m := &p.mentions[i]
		for j, a := range m.actors {
			m.actors[j] = to[a]
		}
	}
}

// nameWords cuts a name into folded words, without dots and hyphens.
func nameWords(s string) []string {
	return strings.FieldsFunc(foldName(s), func(r rune) bool {
		return r == ' ' || r == '-' || r == '.' || r == ',' || r == '‑' || r == '‐' || r == '\n' || r == '\t'
	})
}
