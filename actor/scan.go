package actor

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
)

// Sense is one thing that a name may mean on a day.
type Sense struct {
	Actor  string // id; see [Table.Actor]
	Kind   Kind
	Via    Via
	Now    day.Truth // Yes: the name meant this actor on the day; No: that is past ("Soviet Union" in 2024); Unknown: not settled
	Weight float64   // rank among the senses, 0 to 1; no probability
	// Ambiguous says that something else may be meant as well: another sense
	// of some weight, or something that is not in the table, because the name
	// has other common meanings or is the family name of somebody who was not
	// in office on the day.
	Ambiguous bool
}

// Match is a name found in a sequence of tokens.
type Match struct {
	From, To   int // tokens, half open
	Head, Tail int // bytes of the first and the last token that do not belong to the name ("US-led": Tail 4)
	Senses     []Sense
}

// trie finds names word by word.
type trie struct {
	words map[string]int32
	next  map[[2]int32]int32
	ends  [][]ending // by node
}

// ending is a name that ends at a node.
type ending struct {
	actor  *Actor
	person *Person // if actor is one
	name   Name
	shape  []letters // what the case of each word must be
}

// letters says how a word of a name must be written.
type letters struct {
	rule     caseRule
	capitals uint32 // for exactCase, the letters that are capitals, the first in bit 0
	short    bool   // for exactCase, too short to be known in capitals alone
}

type caseRule uint8

const (
	anyCase caseRule = iota
	upperFirst
	allCaps
	exactCase // capitals inside the word: LeT, McConnell
)

func lettersOf(w word) letters {
	switch {
	case w.caps && len(w.key) > 1:
		return letters{rule: allCaps}
	case w.capitals > 1:
		return letters{exactCase, w.capitals, len(w.key) <= 3}
	case w.upper:
		return letters{rule: upperFirst}
	}
	return letters{}
}

func newTrie(from *Table) trie {
	t := trie{words: make(map[string]int32, 1<<13), next: make(map[[2]int32]int32, 1<<14), ends: make([][]ending, 1, 1<<14)}
	for _, a := range from.entries() {
		if a.Kind == KindPerson {
			p := from.persons[a.ID]
			for _, n := range personNames(p, from.never) {
				n.Loose = n.Loose || n.Via == ViaFamily && from.ordinary[fold(n.Text)]
				t.add(a, p, n)
			}
			continue
		}
		for _, n := range a.Names {
			t.add(a, nil, n)
			if rest, ok := strings.CutPrefix(n.Text, "the "); ok {
				n.Text = rest
				t.add(a, nil, n)
			}
		}
	}
	return t
}

// personNames returns the names in the table and those that reports make of
// them: the family name, and the first of several given names with it.
func personNames(p *Person, never map[string]bool) []Name {
	out := slices.Clone(p.Names)
	if p.Given == "" {
		return out
	}
	// Where the family name stands first ("Kim Jong Un"), nothing is left out.
	familyLast := strings.HasSuffix(p.Name, p.Family)
	if first, rest, ok := strings.Cut(p.Given, " "); ok && familyLast && rest != "" {
		out = append(out, Name{Text: first + " " + p.Family, Via: ViaShort, Span: always})
	}
	families := []string{p.Family}
	if rest, ok := strings.CutPrefix(p.Family, "al-"); ok {
		families = append(families, rest)
	}
	for _, n := range p.Names {
		// A variant spelling of the whole name brings its own family name.
		if f := n.Text[strings.LastIndexByte(n.Text, ' ')+1:]; familyLast && !isAcronym(f) && f != "Jr" && n.Via == ViaName && f != n.Text && !strings.Contains(p.Family, " ") && !slices.Contains(families, f) {
			families = append(families, f)
		}
	}
	for _, f := range families {
		if never[fold(f)] {
			continue
		}
		out = append(out, Name{Text: f, Via: ViaFamily, Span: always})
	}
	return out
}

func (t *trie) add(a *Actor, p *Person, n Name) {
	node := int32(0)
	words := wordsOf(n.Text)
	shape := make([]letters, 0, len(words))
	for _, w := range words {
		if w.key == "" {
			continue
		}
		id, ok := t.words[w.key]
		if !ok {
			id = int32(len(t.words))
			t.words[w.key] = id
		}
		step := [2]int32{node, id}
		to, ok := t.next[step]
		if !ok {
			to = int32(len(t.ends))
			t.next[step] = to
			t.ends = append(t.ends, nil)
		}
		node = to
		shape = append(shape, lettersOf(w))
	}
	if node == 0 {
		return
	}
	for _, e := range t.ends[node] {
		if e.actor == a && e.name.Via == n.Via && e.name.Span == n.Span && slices.Equal(e.shape, shape) {
			return
		}
	}
	t.ends[node] = append(t.ends[node], ending{a, p, n, shape})
}

// fits reports whether the words are written as the name demands: "us" is not
// the United States, "Who" not the World Health Organization.
func (e *ending) fits(words []word) bool {
	for i, l := range e.shape {
		w := words[i]
		ok := true
		switch l.rule {
		case allCaps:
			ok = w.caps
		case upperFirst:
			ok = w.upper || w.hyphenated && i > 0
		case exactCase:
			ok = w.capitals == l.capitals || w.caps && !l.short
		}
		if !ok {
			return false
		}
	}
	return true
}

// longest returns the senses of the longest name that begins at words[0] and
// how many words it has.
func (t *trie) longest(words []word, sense func([]ending, []word) []Sense) ([]Sense, int) {
	var path [][]ending
	node := int32(0)
	for _, w := range words {
		id, ok := t.words[w.key]
		if !ok || w.key == "" {
			break
		}
		if node, ok = t.next[[2]int32{node, id}]; !ok {
			break
		}
		path = append(path, t.ends[node])
	}
	for n := len(path); n > 0; n-- {
		if len(path[n-1]) == 0 {
			continue
		}
		if s := sense(path[n-1], words[:n]); len(s) > 0 {
			return s, n
		}
	}
	return nil, 0
}

// Scan finds the names in a sequence of tokens, from the left, the longest one
// at each place, none overlapping. Its cost is linear in the tokens. Tokens are
// words as Universal Dependencies cut them; a hyphen or a possessive may be a
// token of its own or part of one, so "Kim Jong-un", "US-led" and "Korea's" are
// found either way.
func (t *Table) Scan(tokens []string, on day.Day) []Match {
	type place struct{ token, size int }
	var words []word
	var places []place
	for i, tok := range tokens {
		if len(tok) <= 3 && tok != "" && isHyphen([]rune(tok)[0]) {
			if n := len(words); n > 0 {
				continue // the next word follows a hyphen; see below
			}
		}
		for _, w := range wordsOf(tok) {
			if i > 0 && w.from == 0 && len(tokens[i-1]) <= 3 && tokens[i-1] != "" && isHyphen([]rune(tokens[i-1])[0]) {
				w.hyphenated = true
			}
			words = append(words, w)
			places = append(places, place{i, len(tok)})
		}
	}
	sense := func(e []ending, w []word) []Sense { return t.senses(e, w, on, true) }
	var out []Match
	for i := 0; i < len(words); {
		senses, n := t.names.longest(words[i:], sense)
		if n > 0 && words[i].key == "the" {
			// "the Islamic State of Iraq": the longer name has no article.
			if _, m := t.names.longest(words[i+1:], sense); m >= n {
				n = 0
			}
		}
		if n == 0 {
			i++
			continue
		}
		a, b := places[i], places[i+n-1]
		out = append(out, Match{From: a.token, To: b.token + 1, Head: words[i].from, Tail: b.size - words[i+n-1].to, Senses: senses})
		i += n
	}
	return out
}

// Resolve returns what a name may mean on the day, the likeliest first, none if
// the name is unknown. The name is compared without accents, dots and hyphens,
// but with its capitals. Meanings that began after the day are left out; a
// capital or seat stands for a state only while it was one.
func (t *Table) Resolve(name string, on day.Day) []Sense { return t.resolve(name, on, true) }

// Senses returns what a name may ever mean; Now is Unknown in each.
func (t *Table) Senses(name string) []Sense { return t.resolve(name, 0, false) }

func (t *Table) resolve(name string, on day.Day, dated bool) []Sense {
	words := wordsOf(name)
	if len(words) > 1 && words[0].key == "the" {
		words = words[1:]
	}
	senses, n := t.names.longest(words, func(e []ending, w []word) []Sense { return t.senses(e, w, on, dated) })
	if n == len(words) || n == len(words)-1 && words[n].possessive {
		return senses
	}
	return nil
}

// viaWeight ranks the sorts of name.
var viaWeight = [...]float64{ViaName: 1, ViaOfficial: 1, ViaAcronym: .95, ViaDemonym: .9, ViaCapital: .6, ViaSeat: .8, ViaFamily: .5, ViaShort: .8, ViaOrgan: .8}

const (
	variantWeight = .97 // a name that is not the usual one, so that Yugoslavia is first of all YUG
	pastWeight    = .3  // a name or actor of the past
	rivalWeight   = .5  // a second sense counts as a rival from this share of the first
	looseWeight   = .5  // a name with other meanings outside the table
)

// senses returns one sense for each actor that the words may name.
func (t *Table) senses(ends []ending, words []word, on day.Day, dated bool) []Sense {
	var out []Sense
	loose := map[string]bool{} // actors whose name here has other meanings
	for i := range ends {
		e := &ends[i]
		if !e.fits(words) {
			continue
		}
		s := Sense{Actor: e.actor.ID, Kind: e.actor.Kind, Via: e.name.Via, Weight: viaWeight[e.name.Via]}
		if s.Via == ViaName && e.name.Text != e.actor.Name {
			s.Weight *= variantWeight
		}
		if dated {
			if later(e.name.Span, on) || len(e.actor.Lives) > 0 && !slices.ContainsFunc(e.actor.Lives, func(l day.Span) bool { return !later(l, on) }) {
				continue
			}
			s.Now = both(e.name.Span.Contains(on), e.actor.On(on))
			if s.Now == day.No {
				if s.Via == ViaCapital || s.Via == ViaSeat {
					continue
				}
				s.Weight *= pastWeight
			}
			if e.person != nil {
				s.Now, s.Weight = e.person.standing(on, s.Weight)
			}
		}
		if e.name.Loose || s.Via == ViaFamily && s.Now != day.Yes {
			loose[s.Actor] = true
		}
		if e.name.Loose {
			s.Weight *= looseWeight
		}
		if j := slices.IndexFunc(out, func(o Sense) bool { return o.Actor == s.Actor }); j >= 0 {
			if out[j].Weight < s.Weight {
				out[j] = s
			}
			continue
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b Sense) int {
		return cmp.Or(cmp.Compare(b.Weight, a.Weight), strings.Compare(a.Actor, b.Actor))
	})
	for i := range out {
		out[i].Ambiguous = loose[out[0].Actor] || len(out) > 1 && out[1].Weight >= rivalWeight*out[0].Weight
	}
	return out
}

// later reports whether the span surely begins after the day.
func later(s day.Span, on day.Day) bool {
	return s.From.Kind == day.BoundIn && s.From.From > on
}

func both(a, b day.Truth) day.Truth {
	switch {
	case a == day.No || b == day.No:
		return day.No
	case a == day.Yes && b == day.Yes:
		return day.Yes
	}
	return day.Unknown
}

// standing says whether the person held an office on the day, and lowers the
// weight of a person whose offices lie far from it: a report is likelier about
// those in office, and about heads before others.
func (p *Person) standing(on day.Day, weight float64) (day.Truth, float64) {
	if len(p.Tenures) == 0 {
		return day.Unknown, weight * .8
	}
	now, near, head := day.No, day.Day(1<<30), false
	for _, h := range p.Tenures {
		if h.Span.Contains(on) == day.Yes && len(h.Office.Heads) > 0 {
			head = true
		}
		if c := h.Span.Contains(on); c == day.Yes || c == day.Unknown && now == day.No {
			now = c
		}
		near = min(near, distance(h.Span, on))
	}
	const year = 365
	switch {
	case head:
		return now, weight
	case now == day.Yes:
		return now, weight * .95
	case now == day.Unknown:
		return now, weight * .9
	case near < 3*year:
		return now, weight * .7
	case near < 15*year:
		return now, weight * .5
	}
	return now, weight * .2
}

// PersonsNamed returns the persons whom a name may mean on the day, full or
// family name, those in office on the day first, then by nearness to it.
func (t *Table) PersonsNamed(name string, on day.Day) []*Person {
	var out []*Person
	for _, s := range t.Resolve(name, on) {
		if p, ok := t.persons[s.Actor]; ok && s.Kind == KindPerson {
			out = append(out, p)
		}
	}
	return out
}
