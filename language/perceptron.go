package language

import (
	"encoding/binary"
	"fmt"
	"math"
	"sort"
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

// learner is an averaged perceptron in training: one row of weights for each
// feature that was ever part of a mistake.
//
// The average is kept without visiting every weight at every step: sum holds
// each change times the step at which it happened, so that the mean over all
// steps is weight - sum/step.
type learner struct {
	classes int
	keys    []uint64
	rows    []int32 // row number + 1; 0 where the slot is free
	used    int
	weight  []float32
	sum     []float32
	step    float32
	score   []float32
}

func newLearner(classes int) *learner {
	return &learner{classes: classes, keys: make([]uint64, 1<<16), rows: make([]int32, 1<<16), score: make([]float32, classes), step: 1}
}

func (l *learner) slot(f feature) int {
	mask := uint64(len(l.keys) - 1)
	i := f & mask
	for l.rows[i] != 0 && l.keys[i] != f {
		i = (i + 1) & mask
	}
	return int(i)
}

// scores returns the score of each class; the slice is reused by the next call.
func (l *learner) scores(fs []feature) []float32 {
	clear(l.score)
	for _, f := range fs {
		if r := l.rows[l.slot(f)]; r != 0 {
			row := l.weight[int(r-1)*l.classes:][:l.classes]
			for c, w := range row {
				l.score[c] += w
			}
		}
	}
	return l.score
}

// update moves weight from the class that was chosen to the class that was right.
func (l *learner) update(fs []feature, right, chosen int) {
	for _, f := range fs {
		i := l.slot(f)
		if l.rows[i] == 0 {
			if l.used*2 >= len(l.keys) {
				l.grow()
				i = l.slot(f)
			}
			l.used++
			l.keys[i], l.rows[i] = f, int32(l.used)
			l.weight = append(l.weight, make([]float32, l.classes)...)
			l.sum = append(l.sum, make([]float32, l.classes)...)
		}
		at := int(l.rows[i]-1) * l.classes
		l.weight[at+right]++
		l.sum[at+right] += l.step
		l.weight[at+chosen]--
		l.sum[at+chosen] -= l.step
	}
}

func (l *learner) grow() {
	keys, rows := l.keys, l.rows
	l.keys, l.rows = make([]uint64, 2*len(keys)), make([]int32, 2*len(rows))
	for i, r := range rows {
		if r != 0 {
			j := l.slot(keys[i])
			l.keys[j], l.rows[j] = keys[i], r
		}
	}
}

// weights is a trained perceptron, frozen: one byte for a weight, features
// known by 32 bits of their hash.
//
// Each slot holds the key of a feature and the place of its first pair of
// (class, weight) bytes; the pairs end with the class 255. With up to four
// classes the slot holds the weights themselves.
type weights struct {
	classes int
	slots   []slot
	pairs   []byte
}

type slot struct{ key, value uint32 }

const endOfPairs = 255

// freeze rounds the averaged weights to a byte each and drops features that
// no longer carry any. Weights under floor times the unit are dropped too.
func (l *learner) freeze(floor float64) *weights {
	mean := func(i int) float64 { return float64(l.weight[i]) - float64(l.sum[i])/float64(l.step) }
	var sizes []float64
	for i := range l.weight {
		if m := math.Abs(mean(i)); m > 1e-6 {
			sizes = append(sizes, m)
		}
	}
	sort.Float64s(sizes)
	unit := 1.0
	if len(sizes) > 0 {
		unit = sizes[len(sizes)-1-len(sizes)/5000] / 127
	}
	type kept struct {
		key   uint64
		bytes []int8
	}
	var all []kept
	for i, r := range l.rows {
		if r == 0 {
			continue
		}
		row, any := make([]int8, l.classes), false
		for c := range row {
			m := mean(int(r-1)*l.classes+c) / unit
			if math.Abs(m) < floor {
				continue
			}
			row[c] = int8(math.Round(max(-127, min(127, m))))
			any = any || row[c] != 0
		}
		if any {
			all = append(all, kept{l.keys[i], row})
		}
	}
	sort.Slice(all, func(i, j int) bool { return all[i].key < all[j].key })
	size := 1024
	for size*3 < len(all)*4 {
		size *= 2
	}
	w := &weights{classes: l.classes, slots: make([]slot, size)}
	for _, k := range all {
		i := k.key & uint64(size-1)
		for w.slots[i].key != 0 {
			i = (i + 1) & uint64(size-1)
		}
		s := slot{key: keyOf(k.key)}
		if l.classes <= 4 {
			for c, b := range k.bytes {
				s.value |= uint32(uint8(b)) << (8 * c)
			}
		} else {
			s.value = uint32(len(w.pairs))
			for c, b := range k.bytes {
				if b != 0 {
					w.pairs = append(w.pairs, byte(c), byte(b))
				}
			}
			w.pairs = append(w.pairs, endOfPairs)
		}
		w.slots[i] = s
	}
	return w
}

// keyOf is the part of a feature's hash that its slot does not give away; it is
// never 0, which marks a free slot.
func keyOf(f feature) uint32 { return uint32(f>>32) | 1 }

// scores adds up the weights of the features for each class into score, which
// must have one place for each class.
func (w *weights) scores(fs []feature, score []int32) {
	clear(score)
	mask := uint64(len(w.slots) - 1)
	if w.classes <= 4 {
		for _, f := range fs {
			k := keyOf(f)
			for i := f & mask; ; i = (i + 1) & mask {
				s := w.slots[i]
				if s.key == k {
					for c := range score {
						score[c] += int32(int8(s.value >> (8 * c)))
					}
					break
				}
				if s.key == 0 {
					break
				}
			}
		}
		return
	}
	for _, f := range fs {
		k := keyOf(f)
		for i := f & mask; ; i = (i + 1) & mask {
			s := w.slots[i]
			if s.key == k {
				p := w.pairs[s.value:]
				for j := 0; p[j] != endOfPairs; j += 2 {
					score[p[j]] += int32(int8(p[j+1]))
				}
				break
			}
			if s.key == 0 {
				break
			}
		}
	}
}

// append writes the weights in the form that readWeights reads.
func (w *weights) append(b []byte) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(w.classes))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(w.slots)))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(w.pairs)))
	for _, s := range w.slots {
		b = binary.LittleEndian.AppendUint32(b, s.key)
		b = binary.LittleEndian.AppendUint32(b, s.value)
	}
	return append(b, w.pairs...)
}

// readWeights reads what append wrote and checks that no lookup can run out of
// the tables.
func readWeights(b []byte) (*weights, error) {
	if len(b) < 12 {
		return nil, fmt.Errorf("%d bytes are too few", len(b))
	}
	w := &weights{classes: int(binary.LittleEndian.Uint32(b))}
	n, p := int(binary.LittleEndian.Uint32(b[4:])), int(binary.LittleEndian.Uint32(b[8:]))
	if w.classes < 1 || w.classes >= endOfPairs || n < 2 || n&(n-1) != 0 || len(b) != 12+8*n+p {
		return nil, fmt.Errorf("%d classes, %d slots and %d bytes of pairs do not fit %d bytes", w.classes, n, p, len(b))
	}
	w.slots, w.pairs = make([]slot, n), b[12+8*n:]
	free := 0
	for i := range w.slots {
		at := b[12+8*i:]
		s := slot{binary.LittleEndian.Uint32(at), binary.LittleEndian.Uint32(at[4:])}
		if s.key == 0 {
			free++
		} else if w.classes > 4 && int(s.value) >= p {
			return nil, fmt.Errorf("slot %d points past the pairs", i)
		}
		w.slots[i] = s
	}
	if free == 0 {
		return nil, fmt.Errorf("no slot is free")
	}
	if p > 0 && w.pairs[p-1] != endOfPairs {
		return nil, fmt.Errorf("the last pair has no end")
	}
	return w, nil
}

// checkPairs makes sure that every list of pairs ends and names classes that
// exist.
func (w *weights) checkPairs() error {
	for i := 0; i < len(w.pairs); i += 2 {
		if w.pairs[i] == endOfPairs {
			i--
			continue
		}
		if int(w.pairs[i]) >= w.classes || i+2 >= len(w.pairs) {
			return fmt.Errorf("class %d does not exist", w.pairs[i])
		}
	}
	return nil
}
