package neural

import (
	"math"
	"sync"
)

// adam is the optimiser with its two running means. Rows of tables move only
// when they take part in a step.
//
// Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015.
type adam struct {
	Steps  int
	Dense  []moments // one for each weight slice of the network, in order
	Tables [3]moments
	slots  [3][]int32 // row → 1 + place in the merged gradient
	merged [3]sparse
}

type moments struct{ Mean, Square []float32 }

const (
	decayMean   = 0.9
	decaySquare = 0.95
	least       = 1e-8 // keeps a division by nothing away
	longest     = 5.0  // norm above which a gradient is cut
)

// slices lists the dense weights.
func (n *network) slices() [][]float32 {
	var all [][]float32
	for _, a := range n.matrices() {
		all = append(all, a.w)
		if len(a.b) > 0 {
			all = append(all, a.b)
		}
	}
	return all
}

func newAdam(n *network) *adam {
	a := &adam{}
	for _, w := range n.slices() {
		a.Dense = append(a.Dense, moments{make([]float32, len(w)), make([]float32, len(w))})
	}
	for i, t := range n.tables() {
		a.Tables[i] = moments{make([]float32, len(t.w)), make([]float32, len(t.w))}
	}
	return a
}

// merge sums the row gradients of all workers in a fixed order.
func (a *adam) merge(i int, t *table, workers []*worker) {
	if a.slots[i] == nil {
		a.slots[i] = make([]int32, t.rows)
	}
	m := &a.merged[i]
	m.reset()
	for _, w := range workers {
		s := &w.sparse[i]
		for j, row := range s.rows {
			g := s.grad[j*t.cols : (j+1)*t.cols]
			if k := a.slots[i][row]; k > 0 {
				add(m.grad[int(k-1)*t.cols:int(k)*t.cols], g)
				continue
			}
			m.add(row, g)
			a.slots[i][row] = int32(len(m.rows))
		}
		s.reset()
	}
	for _, row := range m.rows {
		a.slots[i][row] = 0
	}
}

// step moves the weights by the sum of the workers' gradients, which it clears.
func (a *adam) step(n *network, workers []*worker, rate float64) {
	a.Steps++
	total := workers[0].grad.slices()
	each(len(total), func(i int) {
		for _, w := range workers[1:] {
			g := w.grad.slices()[i]
			add(total[i], g)
			clear(g)
		}
	})
	tables := n.tables()
	each(len(tables), func(i int) { a.merge(i, tables[i], workers) })
	sum := 0.0
	for _, g := range total {
		sum += squares(g)
	}
	for i := range a.merged {
		sum += squares(a.merged[i].grad)
	}
	scale := float32(1)
	if norm := math.Sqrt(sum); norm > longest {
		scale = float32(longest / norm)
	}
	unbias := math.Sqrt(1-math.Pow(decaySquare, float64(a.Steps))) / (1 - math.Pow(decayMean, float64(a.Steps)))
	k := [7]float32{scale, decayMean, 1 - decayMean, decaySquare, 1 - decaySquare, float32(rate * unbias), least}
	weights := n.slices()
	each(len(weights)+len(tables), func(i int) {
		if i < len(weights) {
			move(weights[i], total[i], a.Dense[i].Mean, a.Dense[i].Square, &k)
			clear(total[i])
			return
		}
		i -= len(weights)
		t, m := tables[i], &a.Tables[i]
		for j, row := range a.merged[i].rows {
			from, to := int(row)*t.cols, int(row+1)*t.cols
			move(t.w[from:to], a.merged[i].grad[j*t.cols:(j+1)*t.cols], m.Mean[from:to], m.Square[from:to], &k)
		}
	})
}

func squares(g []float32) float64 {
	var s [4]float32
	sum := 0.0
	for len(g) >= 4 {
		s[0], s[1], s[2], s[3] = g[0]*g[0], g[1]*g[1], g[2]*g[2], g[3]*g[3]
		sum += float64(s[0]+s[1]) + float64(s[2]+s[3])
		g = g[4:]
	}
	for _, v := range g {
		sum += float64(v * v)
	}
	return sum
}

// movePortable moves weights against their gradient. k holds the factor of the
// gradient, the shares of the old and the new mean and of the old and the new
// square, the learning rate, and what keeps a division by nothing away.
func movePortable(w, g, mean, square []float32, k *[7]float32) {
	g, mean, square = g[:len(w)], mean[:len(w)], square[:len(w)]
	for i := range w {
		d := g[i] * k[0]
		m := float32(mean[i]*k[1]) + float32(d*k[2])
		s := float32(square[i]*k[3]) + float32(float32(d*k[4])*d)
		mean[i], square[i] = m, s
		w[i] -= float32(m*k[5]) / (float32(math.Sqrt(float64(s))) + k[6])
	}
}

// each runs f(0) … f(n-1), which must not depend on one another, on two
// threads.
func each(n int, f func(i int)) {
	var g sync.WaitGroup
	for k := range threads {
		g.Go(func() {
			for i := k; i < n; i += threads {
				f(i)
			}
		})
	}
	g.Wait()
}

// threads is also the number of parts of every batch, so that the sums do not
// depend on the machine.
const threads = 2
