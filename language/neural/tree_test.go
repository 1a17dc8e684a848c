package neural

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The decoder must find what trying all trees finds.
func TestTree(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	var d tree
	for range 3000 {
		n := 1 + r.IntN(5)
		stride := n + 1 + r.IntN(3)
		scores := noise(r, n*stride)
		heads := make([]int, n)
		d.heads(scores, stride, heads)
		total := func(h []int) (sum float64) {
			for i, x := range h {
				sum += float64(scores[i*stride+x+1])
			}
			return sum
		}
		if !isTree(heads) {
			t.Fatalf("%v is no tree with one root", heads)
		}
		best := math.Inf(-1)
		try := make([]int, n)
		for code := range int(math.Pow(float64(n+1), float64(n))) {
			for i := range try {
				try[i] = code%(n+1) - 1
				code /= n + 1
			}
			if isTree(try) {
				best = max(best, total(try))
			}
		}
		if math.Abs(total(heads)-best) > 1e-5 {
			t.Fatalf("tree %v scores %v, the best %v", heads, total(heads), best)
		}
	}
}

func isTree(heads []int) bool {
	roots := 0
	for i := range heads {
		if heads[i] < 0 {
			roots++
		}
		j := i
		for range len(heads) {
			if j >= 0 {
				j = heads[j]
			}
		}
		if j >= 0 {
			return false
		}
	}
	return roots == 1
}
