package language

import (
	"fmt"
	"strings"

	"github.com/casus-foederis/casus/text"
)

// Metrics are the names of the figures that Score gives, in order.
//
// Source: CoNLL 2018 shared task, evaluation from raw text. Relations are
// compared without their subtypes, features only where they are universal.
var Metrics = []string{"Tokens", "Sentences", "Words", "UPOS", "XPOS", "UFeats", "Lemmas", "UAS", "LAS"}

// Score is what is right, out of what there is in the gold standard and what
// the system gave.
type Score struct{ Right, Gold, System int }

// F1 is the harmonic mean of precision and recall, in percent.
func (s Score) F1() float64 {
	if s.Gold+s.System == 0 {
		return 0
	}
	return 200 * float64(s.Right) / float64(s.Gold+s.System)
}

// Scores holds one score for each of Metrics.
type Scores [9]Score

// Add counts the analysis of one text against its gold standard. Both must be
// of the same text.
func (s *Scores) Add(gold, system *Analysis) error {
	if gold.Text != system.Text {
		return fmt.Errorf("score analysis: the two texts differ (%d and %d bytes)", len(gold.Text), len(system.Text))
	}
	g, y := flatten(gold), flatten(system)
	s[0].count(shared(g.tokens, y.tokens), len(g.tokens), len(y.tokens))
	s[1].count(shared(g.sentences, y.sentences), len(g.sentences), len(y.sentences))
	to := align(g, y)
	var right [9]int
	for j, i := range to {
		if i < 0 {
			continue
		}
		a, b := g.words[i], y.words[j]
		sameHead := a.head < 0 && b.head < 0 || a.head >= 0 && b.head >= 0 && to[b.head] == a.head
		for k, ok := range []bool{true, a.UPOS == b.UPOS, a.XPOS == b.XPOS, universal(a.Feats) == universal(b.Feats),
			a.Lemma == "_" || a.Lemma == b.Lemma, sameHead, sameHead && base(a.Rel) == base(b.Rel)} {
			right[k+2] += bit(ok)
		}
	}
	for k := 2; k < len(s); k++ {
		s[k].count(right[k], len(g.words), len(y.words))
	}
	return nil
}

func (s *Score) count(right, gold, system int) {
	s.Right, s.Gold, s.System = s.Right+right, s.Gold+gold, s.System+system
}

// flat is an analysis as lists over the whole text.
type flat struct {
	tokens, sentences, multi []text.Span
	words                    []flatWord
}

type flatWord struct {
	Token
	head int // in flat.words; -1 for a root
}

func flatten(a *Analysis) flat {
	var f flat
	for _, s := range a.Sentences {
		f.sentences = append(f.sentences, s.Span)
		first := len(f.words)
		for i, t := range s.Tokens {
			if i == 0 || t.Surface != s.Tokens[i-1].Surface {
				f.tokens = append(f.tokens, t.Surface)
				if t.Surface != t.Span {
					f.multi = append(f.multi, t.Surface)
				}
			}
			h := -1
			if t.Head >= 0 {
				h = first + t.Head
			}
			f.words = append(f.words, flatWord{t, h})
		}
	}
	return f
}

// shared counts the spans that are in both lists, which are in order.
func shared(a, b []text.Span) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			n, i, j = n+1, i+1, j+1
		case a[i].Start < b[j].Start || a[i].Start == b[j].Start && a[i].End < b[j].End:
			i++
		default:
			j++
		}
	}
	return n
}

// align gives for each word of the system the word of the gold standard that
// it stands for, or -1: the one with the same bytes; in a stretch where either
// side has a multiword token, by the longest common subsequence of the forms.
func align(gold, system flat) []int {
	to := make([]int, len(system.words))
	for j := range to {
		to[j] = -1
	}
	var stretches []text.Span
	for i, j := 0, 0; i < len(gold.multi) || j < len(system.multi); {
		var next text.Span
		if j == len(system.multi) || i < len(gold.multi) && gold.multi[i].Start <= system.multi[j].Start {
			next, i = gold.multi[i], i+1
		} else {
			next, j = system.multi[j], j+1
		}
		if n := len(stretches); n > 0 && next.Start < stretches[n-1].End {
			stretches[n-1].End = max(stretches[n-1].End, next.End)
		} else {
			stretches = append(stretches, next)
		}
	}
	gin, gout := gold.within(stretches)
	sin, sout := system.within(stretches)
	at := make(map[text.Span]int, len(gout))
	for _, i := range gout {
		at[gold.words[i].Surface] = i
	}
	for _, j := range sout {
		if i, ok := at[system.words[j].Surface]; ok {
			to[j] = i
		}
	}
	for k := range stretches {
		gold.common(gin[k], system, sin[k], to)
	}
	return to
}

// within sorts the words into those that lie in each stretch and all others.
func (f flat) within(stretches []text.Span) (in [][]int, out []int) {
	in = make([][]int, len(stretches))
	k := 0
	for i, w := range f.words {
		for k < len(stretches) && stretches[k].End <= w.Surface.Start {
			k++
		}
		if k < len(stretches) && stretches[k].Contains(w.Surface) {
			in[k] = append(in[k], i)
		} else {
			out = append(out, i)
		}
	}
	return in, out
}

func (f flat) common(a []int, g flat, b []int, to []int) {
	best := make([][]int, len(a)+1)
	for i := range best {
		best[i] = make([]int, len(b)+1)
	}
	same := func(i, j int) bool { return strings.EqualFold(f.words[a[i]].Form, g.words[b[j]].Form) }
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if same(i, j) {
				best[i][j] = best[i+1][j+1] + 1
			} else {
				best[i][j] = max(best[i+1][j], best[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case same(i, j):
			to[b[j]] = a[i]
			i, j = i+1, j+1
		case best[i+1][j] >= best[i][j+1]:
			i++
		default:
			j++
		}
	}
}

func base(rel string) string {
	b, _, _ := strings.Cut(rel, ":")
	return b
}

// universalFeats are the features that are compared between treebanks.
var universalFeats = map[string]bool{
	"PronType": true, "NumType": true, "Poss": true, "Reflex": true, "Foreign": true, "Abbr": true, "Gender": true,
	"Animacy": true, "Number": true, "Case": true, "Definite": true, "Degree": true, "VerbForm": true, "Mood": true,
	"Tense": true, "Aspect": true, "Voice": true, "Evident": true, "Polarity": true, "Person": true, "Polite": true,
}

func universal(feats string) string {
	if feats == "" || feats == "_" {
		return ""
	}
	var kept []string
	for f := range strings.SplitSeq(feats, "|") {
		name, _, _ := strings.Cut(f, "=")
		if universalFeats[name] {
			kept = append(kept, f)
		}
	}
	return strings.Join(kept, "|")
}
