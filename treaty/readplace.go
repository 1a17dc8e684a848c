package treaty

import (
	"errors"
	"fmt"
	"hash"
	"io/fs"
	"sort"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"github.com/casus-foederis/casus/day"
)

// holds are the relations of a state to a place.
var holds = []string{"sovereign", "administers", "occupies", "claims"}

func (c *Corpus) readPlaces(fsys fs.FS, names Names, problems *Problems, sum hash.Hash) error {
	c.places, c.regions = map[string]*Place{}, map[string]bool{}
	const name = "places.yaml"
	data, err := readBounded(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read %s: %w", name, err)
	}
	sum.Write(data)
	r := reader{file: name, names: names, problems: problems}
	body := r.parse(data)
	if body == nil {
		return nil
	}
	m := r.mapping(body, "places", "regions", "places")
	for _, id := range m.texts("regions") {
		c.regions[id] = true
	}
	for _, n := range m.list("places") {
		p := r.place(n)
		if p.ID == "" {
			continue
		}
		if old := c.places[p.ID]; old != nil {
			r.fail(p.Pos, "place %s is given twice", p.ID).Related = []Note{{old.Pos, "first here"}}
			continue
		}
		for _, g := range p.Regions {
			if !c.regions[g.Who] {
				r.fail(p.Pos, "place %s: unknown region %q", p.ID, g.Who).Hint = "list it under regions: at the top of the file"
			}
		}
		c.places[p.ID] = p
		c.Places = append(c.Places, p)
	}
	sort.Slice(c.Places, func(i, j int) bool { return c.Places[i].ID < c.Places[j].ID })
	return nil
}

func (r *reader) place(n ast.Node) *Place {
	m := r.mapping(n, "place", append([]string{"id", "names", "regions", "source"}, holds...)...)
	p := &Place{ID: m.need("id"), Names: m.texts("names"), Sources: m.texts("source"), Pos: m.pos}
	for _, n := range m.list("regions") {
		p.Regions = append(p.Regions, r.held(n, "", "region"))
	}
	for _, how := range holds {
		for _, n := range m.list(how) {
			p.Holds = append(p.Holds, r.held(n, how, "state"))
		}
	}
	return p
}

func (r *reader) held(n ast.Node, how, key string) Held {
	h := Held{How: how, Span: day.Span{From: day.None, To: day.None}}
	if s, ok := scalar(n); ok {
		h.Who = s
	} else {
		m := r.mapping(n, "place", key, "from", "to", "source")
		h.Who, h.Source = m.need(key), m.text("source")
		if b, ok := m.bound("from"); ok {
			h.Span.From = b
		}
		if b, ok := m.bound("to"); ok {
			h.Span.To = b
		}
	}
	if key == "state" && h.Who != "" {
		r.code(h.Who, r.at(n), "place")
	}
	return h
}

// Place finds a place by id or name.
func (c *Corpus) Place(s string) (*Place, bool) {
	if p := c.places[s]; p != nil {
		return p, true
	}
	for _, p := range c.Places {
		if strings.EqualFold(p.ID, s) {
			return p, true
		}
		for _, n := range p.Names {
			if strings.EqualFold(n, s) {
				return p, true
			}
		}
	}
	return nil, false
}

// SuggestPlace returns the place id that was probably meant, or "".
func (c *Corpus) SuggestPlace(s string) string {
	var ids []string
	for _, p := range c.Places {
		ids = append(ids, p.ID)
	}
	return nearest(s, ids)
}

func (c *Corpus) checkZone(z Zone) (ps Problems) {
	for _, t := range append(append(append([]Term{}, z.In...), z.Except...), z.Unclear...) {
		switch t.What {
		case Home, "administers", "sovereign", "forces", "anywhere", "":
			continue
		}
		if c.places[t.What] == nil && !c.regions[t.What] {
			p := Problem{Pos: z.Pos, Message: fmt.Sprintf("where: unknown place or region %q", t.What)}
			if near := c.SuggestPlace(t.What); near != "" {
				p.Hint = fmt.Sprintf("did you mean %q?", near)
			} else {
				p.Hint = "places and regions stand in places.yaml"
			}
			ps = append(ps, p)
		}
	}
	return ps
}

// Covers says whether an attack at place (an id, or Home) on a state falls in
// the zone on the day, and words the term that decided it.
func (c *Corpus) Covers(z Zone, place, attacked string, d day.Day) (day.Truth, string) {
	if z.Empty() {
		return day.Yes, "the text sets no area"
	}
	if t, words := c.anyTerm(z.Except, place, attacked, d); t != day.No {
		if t == day.Yes {
			return day.No, "excepted: " + words
		}
		return day.Unknown, words
	}
	if t, words := c.anyTerm(z.Unclear, place, attacked, d); t != day.No {
		return day.Unknown, "the text does not say whether its area holds " + words
	}
	if len(z.In) == 0 {
		return day.Yes, "not among the exceptions"
	}
	t, words := c.anyTerm(z.In, place, attacked, d)
	if t == day.No {
		var all []string
		for _, term := range z.In {
			all = append(all, term.Words)
		}
		words = strings.Join(all, "; ")
	}
	return t, words
}

func (c *Corpus) anyTerm(terms []Term, place, attacked string, d day.Day) (day.Truth, string) {
	answer, words := day.No, ""
	for _, t := range terms {
		truth := c.inTerm(t, place, attacked, d)
		if truth == day.Yes {
			return truth, t.Words
		}
		if truth == day.Unknown {
			answer, words = truth, t.Words
		}
	}
	return answer, words
}

func (c *Corpus) inTerm(t Term, place, attacked string, d day.Day) day.Truth {
	during := t.Span.Contains(d)
	if during == day.No {
		return day.No
	}
	if len(t.Of) > 0 && !contains(t.Of, attacked) {
		return day.No
	}
	if t.What == "anywhere" {
		return during
	}
	p := c.places[place]
	if p == nil { // the home territory, which its state also holds
		switch t.What {
		case Home, "administers", "sovereign":
			return during
		}
		return day.No
	}
	switch t.What {
	case "administers", "sovereign":
		return least(during, p.held(t.What, attacked, d))
	case Home, "forces":
		if p.ID == t.What {
			return during
		}
		return day.No
	case p.ID:
		return during
	}
	for _, g := range p.Regions {
		if g.Who == t.What {
			return least(during, g.Span.Contains(d))
		}
	}
	return day.No
}

func (p *Place) held(how, state string, d day.Day) day.Truth {
	answer := day.No
	for _, h := range p.Holds {
		if h.How != how || h.Who != state {
			continue
		}
		if t := h.Span.Contains(d); t == day.Yes {
			return t
		} else if t == day.Unknown {
			answer = t
		}
	}
	return answer
}

// least is the weaker of two truths: no, then unknown, then yes.
func least(a, b day.Truth) day.Truth {
	switch {
	case a == day.No || b == day.No:
		return day.No
	case a == day.Unknown || b == day.Unknown:
		return day.Unknown
	}
	return day.Yes
}
