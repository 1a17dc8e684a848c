package neural

import "math"

// tree finds heads from arc scores: row i of scores holds the scores of the
// root and of every word as head of word i. The result has exactly one word
// under the root (-1) and no cycle, and the greatest sum of scores.
type tree struct {
	state  []uint8
	weight []float64
	alive  []bool
	ints   []int     // a stack of working space for contract
	floats []float64 // likewise
}

// take pushes n numbers onto a stack of working space. When the stack must
// move, what was taken before stays where it is.
func take[T int | float64](stack *[]T, n int) []T {
	from := len(*stack)
	if cap(*stack) < from+n {
		*stack = make([]T, from, 2*(from+n))
	}
	*stack = (*stack)[:from+n]
	return (*stack)[from : from+n : from+n]
}

// heads writes the head of every word to heads.
func (t *tree) heads(scores []float32, stride int, heads []int) {
	n := len(heads)
	roots := 0
	for i := range heads {
		row := scores[i*stride : i*stride+n+1]
		best, value := -1, row[0]
		for j, v := range row[1:] {
			if v > value && j != i {
				best, value = j, v
			}
		}
		heads[i] = best
		if best < 0 {
			roots++
		}
	}
	if roots == 1 && t.acyclic(heads) {
		return
	}
	t.span(scores, stride, heads)
}

func (t *tree) acyclic(heads []int) bool {
	if cap(t.state) < len(heads) {
		t.state = make([]uint8, 2*len(heads))
	}
	state := t.state[:len(heads)]
	clear(state)
	for i := range heads {
		j := i
		for j >= 0 && state[j] == 0 {
			state[j] = 1
			j = heads[j]
		}
		if j >= 0 && state[j] == 1 {
			return false
		}
		for j = i; j >= 0 && state[j] == 1; j = heads[j] {
			state[j] = 2
		}
	}
	return true
}

// span is the Chu–Liu/Edmonds algorithm. Arcs from the root pay more than all
// other scores together, so that the best tree has a single one.
func (t *tree) span(scores []float32, stride int, heads []int) {
	n := len(heads) + 1
	if cap(t.weight) < n*n {
		t.weight = make([]float64, n*n)
	}
	w := t.weight[:n*n] // w[d*n+h]
	low, high := math.Inf(1), math.Inf(-1)
	for d := 1; d < n; d++ {
		for h := range n {
			v := float64(scores[(d-1)*stride+h])
			w[d*n+h] = v
			low, high = min(low, v), max(high, v)
		}
	}
	fine := (high - low + 1) * float64(n)
	for d := 1; d < n; d++ {
		w[d*n] -= fine
		w[d*n+d] = math.Inf(-1)
	}
	if cap(t.alive) < n {
		t.alive = make([]bool, 2*n)
	}
	alive := t.alive[:n]
	for i := range alive {
		alive[i] = true
	}
	t.ints, t.floats = t.ints[:0], t.floats[:0]
	result := take(&t.ints, n)
	t.contract(w, n, alive, result)
	for d := 1; d < n; d++ {
		heads[d-1] = result[d] - 1
	}
}

// contract solves the alive nodes of w, whose rows it overwrites: the best
// head of each alive node but 0 goes to result.
func (t *tree) contract(w []float64, n int, alive []bool, result []int) {
	best := take(&t.ints, n)
	for d := 1; d < n; d++ {
		if !alive[d] {
			continue
		}
		b := -1
		for h := range n {
			if alive[h] && h != d && (b < 0 || w[d*n+h] > w[d*n+b]) {
				b = h
			}
		}
		best[d] = b
	}
	cycle := t.cycle(best, alive)
	if cycle == nil {
		for d := 1; d < n; d++ {
			if alive[d] {
				result[d] = best[d]
			}
		}
		return
	}
	// The cycle becomes its first node c. enter[h] is the node of the cycle
	// that an arc from h would enter, leave[d] the one that d would hang on.
	c := cycle[0]
	enter, leave := take(&t.ints, n), take(&t.ints, n)
	arrive, depart := take(&t.floats, n), take(&t.floats, n)
	in := take(&t.ints, n)
	clear(in)
	total := 0.0
	for _, d := range cycle {
		in[d] = 1
		total += w[d*n+best[d]]
	}
	for v := range n {
		if !alive[v] || in[v] == 1 {
			continue
		}
		e, l := -1, -1
		for _, d := range cycle {
			if e < 0 || w[d*n+v]-w[d*n+best[d]] > w[e*n+v]-w[e*n+best[e]] {
				e = d
			}
			if v > 0 && (l < 0 || w[v*n+d] > w[v*n+l]) {
				l = d
			}
		}
		enter[v], leave[v] = e, l
		arrive[v] = w[e*n+v] - w[e*n+best[e]] + total
		if v > 0 {
			depart[v] = w[v*n+l]
		}
	}
	for v := range n {
		if alive[v] && in[v] == 0 {
			w[c*n+v] = arrive[v]
			if v > 0 {
				w[v*n+c] = depart[v]
			}
		}
	}
	for _, d := range cycle[1:] {
		alive[d] = false
	}
	t.contract(w, n, alive, result)
	for v := 1; v < n; v++ {
		if alive[v] && in[v] == 0 && result[v] == c {
			result[v] = leave[v]
		}
	}
	from := result[c]
	for _, d := range cycle {
		alive[d] = true
		result[d] = best[d]
	}
	result[enter[from]] = from
}

// cycle returns the nodes of a cycle among the alive nodes, nil if none.
func (t *tree) cycle(best []int, alive []bool) []int {
	seen := take(&t.ints, len(best))
	clear(seen)
	for i := 1; i < len(best); i++ {
		if !alive[i] || seen[i] != 0 {
			continue
		}
		j := i
		for j != 0 && seen[j] == 0 {
			seen[j] = i
			j = best[j]
		}
		if j == 0 || seen[j] != i {
			continue
		}
		nodes := take(&t.ints, len(best))[:0]
		for k := j; ; {
			nodes = append(nodes, k)
			if k = best[k]; k == j {
				return nodes
			}
		}
	}
	return nil
}
