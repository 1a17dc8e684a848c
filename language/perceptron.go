package language

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// A feature is the hash of a template number and its values.
type feature = uint64

const hashPrime = 0x9E3779B97F4A7C15

// mix folds v into h. The shift carries high bits down, which multiplication
// alone never does, so that the low bits may pick a slot.
func mix(h, v uint64) uint64 {
	h = (h ^ v) * hashPrime
	return h ^ h>>29
}

func hashString(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return h ^ h>>29
}

// hashLower is the hash of the lower-case form, without making that string.
func hashLower(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		b := s[i]
		if b >= utf8.RuneSelf {
			return hashString(strings.ToLower(s))
		}
		if b >= 'A' && b <= 'Z' {
			b += 'a' - 'A'
		}
		h = (h ^ uint64(b)) * 1099511628211
	}
	return h ^ h>>29
}

// learner is an averaged perceptron for yes and no, in training: a weight for
// each feature that was ever part of a mistake.
//
// The average is kept without visiting every weight at every step: sum holds
// each change times the step at which it happened, so that the mean over all
// steps is weight - sum/step.
type learner struct {
	weights map[feature]*learned
	step    float64
}

type learned struct{ weight, sum float64 }

func newLearner() *learner { return &learner{weights: map[feature]*learned{}, step: 1} }

// learn guesses, is told the right answer, and reports whether it had it.
func (l *learner) learn(fs []feature, yes bool) bool {
	score := 0.0
	for _, f := range fs {
		if w := l.weights[f]; w != nil {
			score += w.weight
		}
	}
	l.step++
	if score > 0 == yes {
		return true
	}
	change := 1.0
	if !yes {
		change = -1
	}
	for _, f := range fs {
		w := l.weights[f]
		if w == nil {
			w = &learned{}
			l.weights[f] = w
		}
		w.weight += change
		w.sum += change * l.step
	}
	return false
}

// weights is a trained perceptron, frozen: rounded weights in an open hash
// table, features known by 32 bits of their hash.
type weights struct{ slots []slot }

type slot struct {
	key    uint32 // 0 where the slot is free
	weight int32
}

// keyOf is the part of a feature's hash that its slot does not give away; it is
// never 0.
func keyOf(f feature) uint32 { return uint32(f>>32) | 1 }

// unit is the weight to which all others are rounded.
const unit = 1.0 / 64

func (l *learner) freeze() *weights {
	var keys []feature
	for f, w := range l.weights {
		if math.Abs(w.weight-w.sum/l.step) >= unit {
			keys = append(keys, f)
		}
	}
	slices.Sort(keys)
	size := 1024
	for size*3 < len(keys)*4 {
		size *= 2
	}
	w := &weights{make([]slot, size)}
	for _, f := range keys {
		i := f & uint64(size-1)
		for w.slots[i].key != 0 {
			i = (i + 1) & uint64(size-1)
		}
		k := l.weights[f]
		w.slots[i] = slot{keyOf(f), int32(math.Round((k.weight - k.sum/l.step) / unit))}
	}
	return w
}

// yes reports whether the weights of the features add up to a yes.
func (w *weights) yes(fs []feature) bool {
	mask := uint64(len(w.slots) - 1)
	score := int64(0)
	for _, f := range fs {
		k := keyOf(f)
		for i := f & mask; ; i = (i + 1) & mask {
			s := w.slots[i]
			if s.key == k {
				score += int64(s.weight)
				break
			}
			if s.key == 0 {
				break
			}
		}
	}
	return score > 0
}

// append writes the weights in the form that readWeights reads.
func (w *weights) append(b []byte) []byte {
	for _, s := range w.slots {
		b = binary.LittleEndian.AppendUint32(b, s.key)
		b = binary.LittleEndian.AppendUint32(b, uint32(s.weight))
	}
	return b
}

// readWeights reads what append wrote and makes sure that every search in the
// table ends.
func readWeights(b []byte) (*weights, error) {
	n := len(b) / 8
	if n < 2 || n&(n-1) != 0 || len(b) != 8*n {
		return nil, fmt.Errorf("%d bytes are not a table of slots", len(b))
	}
	w := &weights{make([]slot, n)}
	free := false
	for i := range w.slots {
		w.slots[i] = slot{binary.LittleEndian.Uint32(b[8*i:]), int32(binary.LittleEndian.Uint32(b[8*i+4:]))}
		free = free || w.slots[i].key == 0
	}
	if !free {
		return nil, fmt.Errorf("no slot of %d is free", n)
	}
	return w, nil
}
