package entity

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/casus-foederis/casus/language"
)

// Lesson is a text with its names marked, sentence by sentence.
type Lesson struct {
	Sentences []language.Sentence
	Names     [][]Name // by sentence, from left to right
}

// Trainer makes a tagger. The same lessons and settings give the same tagger.
type Trainer struct {
	Lessons  []Lesson
	Seed     uint64
	Epochs   int
	Card     Card
	Progress func(epoch int, right float64) // if set, is told the share of right labels
}

// Train learns by the averaged perceptron, from left to right with its own
// labels, as it will read.
//
// Source: Collins 2002; Ratinov, Roth 2009 (features, memory of the text).
func (t *Trainer) Train(ctx context.Context) (*Tagger, error) {
	if len(t.Lessons) == 0 {
		return nil, fmt.Errorf("train entity tagger: no lessons")
	}
	const size = labels << bits
	w, sum := make([]float32, size), make([]float64, size)
	steps := 1.0
	var fs []uint32
	order := make([]int, len(t.Lessons))
	for i := range order {
		order[i] = i
	}
	r := rand.New(rand.NewPCG(t.Seed, 1))
	for epoch := range t.Epochs {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("train entity tagger: %w", err)
		}
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		right, all := 0, 0
		for _, k := range order {
			lesson := t.Lessons[k]
			var m Memory
			for s, sentence := range lesson.Sentences {
				gold := labelled(len(sentence.Tokens), lesson.Names[s])
				var names []Name
				one, two := label(0), label(0)
				for i := range sentence.Tokens {
					fs = features(fs[:0], sentence.Tokens, i, one, two, &m)
					var score [labels]float32
					for _, f := range fs {
						for l := range score {
							score[l] += w[int(f)*labels+l]
						}
					}
					got := best(score[:], one)
					want := gold[i]
					if want != 0 && !want.begins() && one.typ() != want.typ() {
						want = begin(want.typ())
					}
					if got != want {
						for _, f := range fs {
							a, b := int(f)*labels+int(want), int(f)*labels+int(got)
							w[a]++
							w[b]--
							sum[a] += steps
							sum[b] -= steps
						}
					} else {
						right++
					}
					all++
					steps++
					names = extend(names, i, got)
					two, one = one, got
				}
				m.note(sentence.Tokens, names)
			}
		}
		if t.Progress != nil {
			t.Progress(epoch+1, float64(right)/float64(max(all, 1)))
		}
	}
	for i := range w {
		w[i] -= float32(sum[i] / steps)
	}
	tagger := &Tagger{Card: t.Card, weights: pack(w)}
	tagger.Card.Seed, tagger.Card.Epochs = t.Seed, t.Epochs
	for _, l := range t.Lessons {
		for _, n := range l.Names {
			tagger.Card.Names += len(n)
		}
	}
	return tagger, nil
}

func labelled(n int, names []Name) []label {
	out := make([]label, n)
	for _, x := range names {
		for i := x.First; i <= x.Last && i < n; i++ {
			out[i] = inside(x.Type)
			if i == x.First {
				out[i] = begin(x.Type)
			}
		}
	}
	return out
}

// Score counts exact names: found, marked, and both.
type Score struct{ Right, Found, Marked int }

// F1 is the harmonic mean of precision and recall, in percent.
func (s Score) F1() float64 {
	if s.Found+s.Marked == 0 {
		return 0
	}
	return 200 * float64(s.Right) / float64(s.Found+s.Marked)
}

// Measure compares the tagger with marked lessons, by type; None holds all.
func (t *Tagger) Measure(lessons []Lesson) [5]Score {
	var out [5]Score
	for _, l := range lessons {
		var m Memory
		for s, sentence := range l.Sentences {
			gold := map[Name]bool{}
			for _, n := range l.Names[s] {
				gold[n] = true
				out[n.Type].Marked++
				out[None].Marked++
			}
			for _, n := range t.Find(sentence.Tokens, &m) {
				out[n.Type].Found++
				out[None].Found++
				if gold[n] {
					out[n.Type].Right++
					out[None].Right++
				}
			}
		}
	}
	return out
}
