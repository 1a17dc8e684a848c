package neural

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Every gradient must be the slope of the loss. Checked on a small network by
// moving weights up and down; the loss is computed in float32, so that small
// slopes are noise.
func TestGradient(t *testing.T) {
	tr := &trainer{course: course{first: 1, seed: 7}, o: TrainOptions{Config: tiny, Treebank: sample, Silver: sample}}
	tr.o.Dropout = Dropout{Word: 0.2, Parts: 0.1, Input: 0.2, Between: 0.2, Recurrent: 0.2, Top: 0.2}
	tr.build()
	r := rand.New(rand.NewPCG(5, 6))
	for _, tab := range tr.net.tables() {
		for i := range tab.w {
			tab.w[i] = float32(r.NormFloat64() * 0.3)
		}
	}
	for _, m := range tr.net.matrices() {
		for i := range m.b[:min(m.out, len(m.b))] {
			m.b[i] = float32(r.NormFloat64() * 0.3) // away from the bend of the rectifiers
		}
	}
	for scheme, examples := range [][]*example{tr.gold, tr.silver} {
		w := tr.workers[0]
		run := func() float64 {
			for _, m := range tr.net.matrices() {
				m.prepare(true)
			}
			w.rng = rand.New(rand.NewPCG(11, 12)) // the same dropout every time
			w.loss = loss{}
			w.gradient(scheme, examples, 1)
			return w.loss.arc + w.loss.rel + w.loss.tag
		}
		run()
		var grads, weights [][]float32
		for i, g := range w.grad.slices() {
			grads = append(grads, append([]float32(nil), g...))
			weights = append(weights, tr.net.slices()[i])
			clear(g)
		}
		for i, tab := range tr.net.tables() {
			g := make([]float32, len(tab.w))
			for j, row := range w.sparse[i].rows {
				add(g[int(row)*tab.cols:int(row+1)*tab.cols], w.sparse[i].grad[j*tab.cols:(j+1)*tab.cols])
			}
			w.sparse[i].reset()
			grads, weights = append(grads, g), append(weights, tab.w)
		}
		compared := 0
		for i, g := range grads {
			checked := 0
			for range min(4000, 100*len(g)) {
				j := r.IntN(len(g))
				if i >= len(grads)-3 && g[j] == 0 {
					continue // a row that takes no part
				}
				if checked++; checked > 12 {
					break
				}
				slope := func(step float32) float64 {
					old := weights[i][j]
					defer func() { weights[i][j] = old }()
					weights[i][j] = old + step
					up := run()
					weights[i][j] = old - step
					down := run()
					return (up - down) / float64(2*step)
				}
				fine, coarse := slope(1e-3), slope(2e-3)
				for _, s := range w.grad.slices() {
					clear(s)
				}
				for k := range w.sparse {
					w.sparse[k].reset()
				}
				if math.Abs(fine-coarse) > 1e-3+0.02*math.Abs(fine) {
					continue // the bend of a rectifier lies between
				}
				if diff := math.Abs(fine - float64(g[j])); diff > 3e-3+0.03*math.Abs(fine) {
					t.Errorf("scheme %d, slice %d, weight %d: gradient %v, slope %v", scheme, i, j, g[j], fine)
				}
				compared++
			}
		}
		if compared < 100 {
			t.Errorf("scheme %d: only %d weights compared", scheme, compared)
		}
	}
}
