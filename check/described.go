package check

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
)

// pactNouns head a description of an instrument.
var pactNouns = wordSet("treaty pact agreement accord alliance memorandum declaration convention charter statement compact arrangement")

// pactKind is a word for a kind of instrument, and which fit it.
type pactKind struct {
	word string
	fits func(*treaty.Instrument) bool
}

// pactKinds are words that tell instruments of the same parties apart.
var pactKinds = []pactKind{
	{"peace", func(in *treaty.Instrument) bool { return strings.Contains(in.Title, "Peace") }},
	{"defence", defends}, {"defense", defends}, {"alliance", defends}, {"mutual", defends},
	{"partnership", func(in *treaty.Instrument) bool { return strings.Contains(in.Title, "Partnership") }},
	{"friendship", func(in *treaty.Instrument) bool { return strings.Contains(in.Title, "Friend") }},
	{"guarantee", func(in *treaty.Instrument) bool { return strings.Contains(in.Title, "Guarantee") }},
	{"aggression", func(in *treaty.Instrument) bool { return strings.Contains(in.Title, "Aggression") }},
	{"neutrality", func(in *treaty.Instrument) bool { return strings.Contains(in.Title, "Neutrality") }},
	{"trade", func(*treaty.Instrument) bool { return false }}, {"tax", func(*treaty.Instrument) bool { return false }},
	{"extradition", func(*treaty.Instrument) bool { return false }}, {"gas", func(*treaty.Instrument) bool { return false }},
	{"energy", func(*treaty.Instrument) bool { return false }}, {"visa", func(*treaty.Instrument) bool { return false }},
	{"fishing", func(*treaty.Instrument) bool { return false }}, {"nuclear", func(*treaty.Instrument) bool { return false }},
	{"customs", func(*treaty.Instrument) bool { return false }}, {"border", func(*treaty.Instrument) bool { return false }},
	{"cultural", func(*treaty.Instrument) bool { return false }}, {"economic", func(*treaty.Instrument) bool { return false }},
	{"arms", func(*treaty.Instrument) bool { return false }}, {"draft", func(*treaty.Instrument) bool { return false }},
	{"proposed", func(*treaty.Instrument) bool { return false }}, {"planned", func(*treaty.Instrument) bool { return false }},
	{"future", func(*treaty.Instrument) bool { return false }},
}

// described finds the one instrument of the corpus that a phrase describes by
// its parties, its year and its kind: "the treaty of 1961 between China and
// North Korea", "its mutual defence treaty with Japan", "the peace treaty of
// 1979". Where two fit, the one in force on the day of the report is meant, else
// none. It is firm if more than the parties says so: the corpus is not complete.
func (s *sentence) described(i int) (in *treaty.Instrument, first, last int, firm bool) {
	t := &s.Tokens[i]
	if t.UPOS != "NOUN" && t.UPOS != "PROPN" || !pactNouns[s.lemma(i)] || strings.Contains(t.Feats, "Number=Plur") {
		return nil, 0, 0, false
	}
	if s.is(i, "compound") && t.Head == i+1 {
		return nil, 0, 0, false
	}
	first, last = s.under(i, "acl", "advcl", "appos", "nsubj", "cop", "aux", "conj", "cc", "parataxis", "obl", "advmod", "case")
	var codes []string
	add := func(k int) {
		for _, c := range s.conj(k) {
			if code := s.stateOf(c); code != "" && !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	}
	year := day.Period{}
	take := func(k int) {
		if w := s.word(k); len(w) == 4 {
			if p, err := day.ParsePeriod(w); err == nil && p.Precision == day.ToYear {
				year = p
			}
		}
	}
	for _, k := range s.kids[i] {
		switch prep := s.preposition(k); {
		case s.is(k, "nmod", "obl") && (prep == "between" || prep == "of" || prep == "with"):
			add(k)
			take(k)
			for _, l := range s.kids[k] { // "with North Korea of 1961"
				if s.is(l, "nmod") && s.preposition(l) == "of" {
					take(l)
				}
			}
			_, end := s.under(k, "acl", "appos")
			last = max(last, end)
		case s.is(k, "nmod", "obl") && prep == "from":
			take(k)
		case s.is(k, "nmod:poss", "amod", "compound", "nummod"):
			add(k)
			take(k)
		case s.is(k, "acl") && (s.lemma(k) == "sign" || s.lemma(k) == "conclude" || s.lemma(k) == "make"):
			if sub := s.child(k, "nsubj"); sub >= 0 {
				add(sub)
			}
			for from, to := s.under(k); from <= to; from++ {
				if s.Tokens[from].UPOS == "NUM" {
					take(from)
				}
			}
		}
	}
	// "X and Y signed a treaty", "X signed a treaty with Y", "X has a treaty with Y"
	if h := t.Head; h >= 0 && s.is(i, "obj") && wordSet("sign conclude have make share mark")[s.lemma(h)] {
		sub := s.child(h, "nsubj")
		if w := s.word(sub); (w == "which" || w == "that") && s.is(h, "acl") {
			sub = s.Tokens[h].Head
			for s.is(sub, "conj") && s.Tokens[sub].Head >= 0 {
				sub = s.Tokens[sub].Head
			}
		}
		if sub >= 0 {
			add(sub)
		}
		for _, k := range s.kids[h] {
			if s.is(k, "obl") && s.preposition(k) == "with" {
				add(k)
			}
		}
	}
	loose := false
	words := strings.ToLower(s.span(first, last).Of(s.doc.Text))
	kinded := slices.ContainsFunc(pactKinds, func(k pactKind) bool { return strings.Contains(words, k.word) })
	if len(codes) < 2 && kinded && year.To <= year.From { // "their partnership treaty": the two states of the sentence
		for k := range s.Tokens {
			if code := s.stateOf(k); code != "" && !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
		if len(codes) != 2 {
			return nil, 0, 0, false
		}
	}
	if len(codes) < 2 && year.To > year.From { // the parties stand elsewhere in the sentence
		loose = true
		for k := range s.Tokens {
			if code := s.stateOf(k); code != "" && !slices.Contains(codes, code) {
				codes = append(codes, code)
			}
		}
	}
	if len(codes) < 2 || len(codes) > 5 {
		return nil, 0, 0, false
	}
	var fits []*treaty.Instrument
	for _, c := range s.corpus.Instruments {
		members := ordinaryParties(c)
		for _, m := range c.Parties {
			if m.Role == treaty.Beneficiary && len(members) < 5 && len(codes) > 2 {
				members = append(members, m.ID)
			}
		}
		if len(members) < 2 || len(members) > 4 || c.Draft != "" {
			continue
		}
		if loose && !s.covers(codes, members) || !loose && (!s.covers(members, codes) || len(members) != len(codes)) {
			continue
		}
		if year.To > year.From && !touches(c, year) {
			continue
		}
		if slices.ContainsFunc(pactKinds, func(k pactKind) bool {
			return strings.Contains(words, k.word) && !k.fits(c) && !strings.Contains(strings.ToLower(c.Title), k.word)
		}) {
			continue
		}
		if on := c.Signed(); on.Kind == day.BoundIn && s.published.To > s.published.From && on.From > s.published.To {
			continue // not yet made when the report appeared
		}
		fits = append(fits, c)
	}
	if len(fits) > 1 { // the only one whose title holds all that the words say of it
		fits = mostNamed(fits, wordsOf(words))
	}
	if len(fits) > 1 && year.To <= year.From {
		now := slices.DeleteFunc(slices.Clone(fits), func(c *treaty.Instrument) bool {
			on := c.Signed()
			recent := on.Kind == day.BoundIn && on.From >= s.published.From-60 && on.From <= s.published.To
			return !recent
		})
		if len(now) == 0 { // the one of the last two years
			now = slices.DeleteFunc(slices.Clone(fits), func(c *treaty.Instrument) bool { return !fresh(c, s.published.From) })
		}
		if len(now) == 0 {
			now = slices.DeleteFunc(slices.Clone(fits), func(c *treaty.Instrument) bool { return c.InForce(s.published.From) != day.Yes })
		}
		fits = now
	}
	if len(fits) != 1 {
		return nil, 0, 0, false
	}
	on := fits[0].Signed()
	firm = year.To > year.From || fresh(fits[0], s.published.From) || on.Kind == day.BoundIn && on.From >= s.published.From-60 && on.From <= s.published.To ||
		kinded || inTitle(fits[0], wordsOf(words)) >= 2
	return fits[0], first, last, firm
}

// mostNamed returns the one instrument whose title holds two or more of the words,
// and more of them than every other; all if there is none.
func mostNamed(fits []*treaty.Instrument, words []string) []*treaty.Instrument {
	var best *treaty.Instrument
	most := 1
	for _, in := range fits {
		n := 0
		for _, w := range wordsOf(in.Title) {
			if slices.Contains(words, w) && titleWords[w] {
				n++
			}
		}
		switch {
		case n > most:
			best, most = in, n
		case n == most:
			best = nil
		}
	}
	if best == nil {
		return fits
	}
	return []*treaty.Instrument{best}
}

// inTitle counts the words that stand in the title of an instrument.
func inTitle(in *treaty.Instrument, words []string) int {
	n := 0
	for _, w := range wordsOf(in.Title) {
		if slices.Contains(words, w) {
			n++
		}
	}
	return n
}

// titleWords are words by which titles differ, other than names.
var titleWords = wordSet(`partnership strategic comprehensive defence defense mutual assistance friendship aggression security support alliance allied cooperation
	neighbourliness guarantees neutrality peace eternal consultation relations`)

// fresh reports whether an instrument was signed in the two years before a day.
func fresh(in *treaty.Instrument, on day.Day) bool {
	signed := in.Signed()
	return signed.Kind == day.BoundIn && signed.From >= on-730 && signed.From <= on
}

// touches reports whether an instrument was signed or entered into force within
// a period.
func touches(in *treaty.Instrument, when day.Period) bool {
	return slices.ContainsFunc(in.Status, func(e treaty.Event) bool {
		return (e.Kind == "signed" || e.Kind == "in force") && e.On.Kind == day.BoundIn && e.On.From < when.To && when.From < e.On.To
	})
}
