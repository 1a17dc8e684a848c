package attribution

import (
	"slices"

	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/text"
)

// Attributor finds attributions. It is immutable and safe for concurrent use.
type Attributor struct {
	Card  Card
	cues  *field
	roles *field
}

// Attribution is something that the text ascribes to a source by a cue.
type Attribution struct {
	Source, Cue, Content []text.Span
	CueHead              Place
	SourceHead           Place   // Sentence is -1 where there is no source
	Score                float64 // probability of the cue, as the model sees it
	Sure                 float64 // mean probability of the content's words; the same for the source in SureSource
	SureSource           float64
	Within               int // index of the attribution whose content holds this one; -1 if none
}

// Place is a token of a sentence.
type Place struct{ Sentence, Token int }

// Find returns the attributions of an analysed text, ordered by the beginning
// of their cues. Within never runs in a circle.
func (m *Attributor) Find(t string, sentences []language.Sentence) []Attribution {
	a := layOut(t, sentences)
	cues := m.findCues(a)
	found := m.findRoles(a, cues)
	nest(found)
	return a.attributions(found)
}

// findCues labels all sentences.
func (m *Attributor) findCues(a *article) []cue {
	var out []cue
	var x lattice
	var labels []uint8
	var nodes, edges [][]uint32
	for si, s := range a.sentences {
		if s.from == s.to {
			continue
		}
		nodes, edges = a.cueFeatures(si, nodes[:0], edges[:0])
		m.cues.nodes.resolve(nodes)
		m.cues.edges.resolve(edges)
		x.score(m.cues, nodes, edges)
		labels = x.best(labels)
		from := len(out)
		for i, l := range labels {
			switch l {
			case cueBegin:
				out = append(out, cue{stretch: stretch{s.from + i, s.from + i + 1}})
			case cueIn:
				if len(out) > from && out[len(out)-1].to == s.from+i {
					out[len(out)-1].to++
				}
			}
		}
		if len(out) > from {
			x.sum(nil)
		}
		for k := from; k < len(out); k++ {
			c := &out[k]
			c.head = a.headOf(c.stretch)
			for i := c.from; i < c.to; i++ {
				c.score = max(c.score, 1-x.marginal(i-s.from, int(cueOut)))
			}
		}
	}
	return out
}

// relation is a cue with its source and content as stretches of the row.
type relation struct {
	cue
	source, content []stretch
	sure            []float64 // of each piece of content: mean probability of its words
	sureSource      float64
	within          int
}

func (m *Attributor) findRoles(a *article, cues []cue) []relation {
	others := make([]bool, len(a.words))
	mark := func(c cue, v bool) {
		for i := c.from; i < c.to; i++ {
			others[i] = v
		}
	}
	for _, c := range cues {
		mark(c, true)
	}
	var out []relation
	var x lattice
	var labels []uint8
	for _, c := range cues {
		mark(c, false)
		from, _, nodes, edges := a.roleFeatures(c, others)
		mark(c, true)
		m.roles.nodes.resolve(nodes)
		m.roles.edges.resolve(edges)
		x.score(m.roles, nodes, edges)
		for i := c.from; i < c.to; i++ {
			for l := 1; l < 5; l++ {
				x.node[(i-from)*5+l] = never
			}
		}
		labels = x.best(labels)
		r := relation{cue: c, within: -1}
		r.source = runs(labels, from, sourceBegin, sourceIn)
		r.content = runs(labels, from, contentBegin, contentIn)
		if len(r.content) == 0 {
			continue
		}
		x.sum(nil)
		mean := func(s stretch, begin, in uint8) float64 {
			p := 0.0
			for i := s.from; i < s.to; i++ {
				p += x.marginal(i-from, int(begin)) + x.marginal(i-from, int(in))
			}
			return p / float64(s.to-s.from)
		}
		for _, s := range r.content {
			r.sure = append(r.sure, mean(s, contentBegin, contentIn))
		}
		for _, s := range r.source {
			r.sureSource = max(r.sureSource, mean(s, sourceBegin, sourceIn))
		}
		out = append(out, r)
	}
	return contend(out)
}

// contend settles which of two cues has a piece of content that both claim,
// neither being part of what the other says: the one that is surer of it.
func contend(found []relation) []relation {
	lost := make([][]bool, len(found))
	for i := range found {
		lost[i] = make([]bool, len(found[i].content))
	}
	for i := range found {
		for j := i + 1; j < min(len(found), i+nestReach); j++ {
			a, b := &found[i], &found[j]
			if a.holds(b.stretch) || b.holds(a.stretch) {
				continue
			}
			for x, s := range a.content {
				for y, u := range b.content {
					switch {
					case s.from >= u.to || u.from >= s.to || lost[i][x] || lost[j][y]:
					case a.sure[x]*a.score >= b.sure[y]*b.score:
						lost[j][y] = true
					default:
						lost[i][x] = true
					}
				}
			}
		}
	}
	out := found[:0]
	for i, r := range found {
		content, sure := r.content[:0], r.sure[:0]
		for x := range r.content {
			if !lost[i][x] {
				content, sure = append(content, r.content[x]), append(sure, r.sure[x])
			}
		}
		if r.content, r.sure = content, sure; len(content) > 0 {
			out = append(out, r)
		}
	}
	return out
}

func runs(labels []uint8, base int, begin, in uint8) []stretch {
	var out []stretch
	for i, l := range labels {
		switch {
		case l == begin:
			out = append(out, stretch{base + i, base + i + 1})
		case l == in && len(out) > 0 && out[len(out)-1].to == base+i:
			out[len(out)-1].to++
		}
	}
	return out
}

func (r *relation) holds(c stretch) bool {
	return slices.ContainsFunc(r.content, func(s stretch) bool { return s.from <= c.from && c.to <= s.to })
}

func size(list []stretch) (n int) {
	for _, s := range list {
		n += s.to - s.from
	}
	return n
}

// nest sets within: the smallest relation whose content holds the cue. Of two
// that hold one another the less certain one gives way.
func nest(found []relation) {
	for i := range found {
		r := &found[i]
		best := -1
		for j := max(0, i-nestReach); j < min(len(found), i+nestReach); j++ {
			o := &found[j]
			if i == j || !o.holds(r.stretch) || r.holds(o.stretch) && (o.score < r.score || o.score == r.score && j > i) {
				continue
			}
			if best < 0 || size(o.content) < size(found[best].content) {
				best = j
			}
		}
		r.within = best
	}
	for i := range found { // no circles, whatever the spans
		for j, steps := found[i].within, 0; j >= 0; j, steps = found[j].within, steps+1 {
			if j == i || steps > len(found) {
				found[i].within = -1
				break
			}
		}
	}
}

// nestReach is how many cues before and after may hold one; it keeps the cost
// linear.
const nestReach = 40

func (a *article) attributions(found []relation) []Attribution {
	out := make([]Attribution, len(found))
	for i, r := range found {
		out[i] = Attribution{Source: a.spans(r.source), Cue: a.spans([]stretch{r.stretch}), Content: a.spans(r.content),
			CueHead: a.place(r.head), SourceHead: Place{-1, -1}, Score: r.score, Within: r.within, SureSource: r.sureSource}
		for _, p := range r.sure {
			out[i].Sure = max(out[i].Sure, p)
		}
		if len(r.source) > 0 {
			out[i].SourceHead = a.place(a.headOf(r.source[0]))
		}
	}
	return out
}

func (a *article) place(i int) Place {
	s := a.words[i].sentence
	return Place{s, i - a.sentences[s].from}
}

func (a *article) spans(list []stretch) []text.Span {
	var out []text.Span
	for _, s := range list {
		out = append(out, text.Span{Start: a.words[s.from].span.Start, End: a.words[s.to-1].span.End})
	}
	return out
}
