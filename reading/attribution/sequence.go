package attribution

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

// sequence is one labelled stretch of tokens in hashed features.
type sequence struct {
	node  [][]uint32 // token -> features of its label
	edge  [][]uint32 // token -> features of the step from the label before it
	label []uint8    // gold; free where any label will do
}

// free marks a token whose label is not known: the corpus annotates nothing
// inside the content of a statement.
const (
	free      = 255
	freeStart = 254 // any label but the one that goes on with what came before
)

// field is a linear-chain conditional random field over hashed features. Its
// weights are numbers while it is trained, and whole multiples of scale when it was packed.
type field struct {
	labels     int
	banned     []bool // from*labels+to
	node, edge []float32

	packedNode, packedEdge []int16
	scale                  float32
}

func newField(labels int, nodeBits, edgeBits uint, banned []bool) *field {
	return &field{labels: labels, banned: banned,
		node: make([]float32, labels<<nodeBits), edge: make([]float32, labels*labels<<edgeBits)}
}

func (f *field) nodeBits() int {
	return bits.Len(uint(max(len(f.node), len(f.packedNode))/f.labels)) - 1
}

func (f *field) edgeBits() int {
	return bits.Len(uint(max(len(f.edge), len(f.packedEdge))/f.labels/f.labels)) - 1
}

func (f *field) nodeMask() uint32 { return 1<<f.nodeBits() - 1 }
func (f *field) edgeMask() uint32 { return 1<<f.edgeBits() - 1 }

// addNode adds to sum the weights of features for each label.
func (f *field) addNode(ids []uint32, sum []float64) {
	addUp(f.node, f.packedNode, f.scale, ids, f.nodeMask(), sum)
}

// addEdge adds to sum the weights of features for each pair of labels.
func (f *field) addEdge(ids []uint32, sum []float64) {
	addUp(f.edge, f.packedEdge, f.scale, ids, f.edgeMask(), sum)
}

func addUp(loose []float32, packed []int16, scale float32, ids []uint32, mask uint32, sum []float64) {
	n := len(sum)
	if packed == nil {
		for _, id := range ids {
			w := loose[int(id&mask)*n:]
			for k, v := range w[:n] {
				sum[k] += float64(v)
			}
		}
		return
	}
	var acc [32]int32
	for _, id := range ids {
		w := packed[int(id&mask)*n:]
		for k, v := range w[:n] {
			acc[k] += int32(v)
		}
	}
	for k := range sum {
		sum[k] += float64(acc[k]) * float64(scale)
	}
}

const never = -1e9

// lattice holds the scores of one sequence and is used again for the next.
type lattice struct {
	n, l        int
	node        []float64 // token, label
	edge        []float64 // token, from, to
	alpha, beta []float64
	total       float64
	back        []uint8
}

func grow[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n+n/2)[:n]
	}
	return s[:n]
}

func (x *lattice) score(f *field, node, edge [][]uint32) {
	n, l := len(node), f.labels
	x.n, x.l = n, l
	x.node = grow(x.node, n*l)
	x.edge = grow(x.edge, n*l*l)
	clear(x.node)
	clear(x.edge)
	for i := range n {
		f.addNode(node[i], x.node[i*l:(i+1)*l])
		between := x.edge[i*l*l : (i+1)*l*l]
		f.addEdge(edge[i], between)
		for k, no := range f.banned {
			if no {
				between[k] = never
			}
		}
		if i == 0 { // the text before counts as the first label
			for k := range l {
				x.node[k] += x.edge[k]
			}
		}
	}
}

func logSum(v []float64) float64 {
	m := v[0]
	for _, x := range v[1:] {
		m = max(m, x)
	}
	s := 0.0
	for _, x := range v {
		s += math.Exp(x - m)
	}
	return m + math.Log(s)
}

// sum runs forward and backward. Where gold is given, labels that contradict it
// do not count.
func (x *lattice) sum(gold []uint8) {
	n, l := x.n, x.l
	x.alpha, x.beta = grow(x.alpha, n*l), grow(x.beta, n*l)
	var tmp [8]float64
	t := tmp[:l]
	allowed := func(i, k int) bool {
		switch {
		case gold == nil || gold[i] == free:
			return true
		case gold[i] == freeStart:
			return k != int(cueIn)
		}
		return int(gold[i]) == k
	}
	for i := range n {
		for k := range l {
			if !allowed(i, k) {
				x.alpha[i*l+k] = never
				continue
			}
			if i == 0 {
				x.alpha[k] = x.node[k]
				continue
			}
			for j := range l {
				t[j] = x.alpha[(i-1)*l+j] + x.edge[i*l*l+j*l+k]
			}
			x.alpha[i*l+k] = logSum(t) + x.node[i*l+k]
		}
	}
	for i := n - 1; i >= 0; i-- {
		for k := range l {
			if i == n-1 {
				x.beta[i*l+k] = 0
				continue
			}
			for j := range l {
				if !allowed(i+1, j) {
					t[j] = never
					continue
				}
				t[j] = x.edge[(i+1)*l*l+k*l+j] + x.node[(i+1)*l+j] + x.beta[(i+1)*l+j]
			}
			x.beta[i*l+k] = logSum(t)
		}
	}
	x.total = logSum(x.alpha[(n-1)*l:])
}

// marginal is the probability of label k at token i after sum.
func (x *lattice) marginal(i, k int) float64 {
	v := x.alpha[i*x.l+k] + x.beta[i*x.l+k] - x.total
	if v < -30 {
		return 0
	}
	return math.Exp(v)
}

func (x *lattice) step(i, j, k int) float64 {
	l := x.l
	v := x.alpha[(i-1)*l+j] + x.edge[i*l*l+j*l+k] + x.node[i*l+k] + x.beta[i*l+k] - x.total
	if v < -30 {
		return 0
	}
	return math.Exp(v)
}

// best returns the labels of highest score, into out.
func (x *lattice) best(out []uint8) []uint8 {
	n, l := x.n, x.l
	x.alpha = grow(x.alpha, n*l)
	x.back = grow(x.back, n*l)
	for i := range n {
		for k := range l {
			if i == 0 {
				x.alpha[k] = x.node[k]
				continue
			}
			b, from := math.Inf(-1), 0
			for j := range l {
				if s := x.alpha[(i-1)*l+j] + x.edge[i*l*l+j*l+k]; s > b {
					b, from = s, j
				}
			}
			x.alpha[i*l+k], x.back[i*l+k] = b+x.node[i*l+k], uint8(from)
		}
	}
	out = grow(out, n)
	if n == 0 {
		return out
	}
	k := 0
	for j := range l {
		if x.alpha[(n-1)*l+j] > x.alpha[(n-1)*l+k] {
			k = j
		}
	}
	for i := n - 1; i >= 0; i-- {
		out[i] = uint8(k)
		if i > 0 {
			k = int(x.back[i*l+k])
		}
	}
	return out
}

// fitting says how a field is trained.
type fitting struct {
	epochs int
	rate   float32
	ridge  float32 // pulls each weight towards nought when it is touched
	drop   float32 // share of a token's features that a step leaves out
	seed   uint64
	report func(epoch int, loss float64) // may be nil
}

// train fits the weights by AdaGrad on the likelihood of the known labels. The
// result is the mean of the weights after each epoch of the second half, which
// forgets the order of the last examples.
func (f *field) train(data []sequence, how fitting) {
	t := trainer{field: f, fitting: how, rng: rand.New(rand.NewPCG(how.seed, 2)), slopeNode: make([]float32, len(f.node)), slopeEdge: make([]float32, len(f.edge))}
	order := make([]int, len(data))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(how.seed, 1))
	meanNode, meanEdge := make([]float32, len(f.node)), make([]float32, len(f.edge))
	means := 0
	for epoch := range how.epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss := 0.0
		for _, i := range order {
			loss += t.learn(&data[i])
		}
		if epoch >= how.epochs/2 {
			means++
			for i, w := range f.node {
				meanNode[i] += w
			}
			for i, w := range f.edge {
				meanEdge[i] += w
			}
		}
		if how.report != nil {
			how.report(epoch+1, loss)
		}
	}
	for i, w := range meanNode { // all features speak when reading
		f.node[i] = w / float32(max(1, means)) * (1 - how.drop)
	}
	for i, w := range meanEdge {
		f.edge[i] = w / float32(max(1, means))
	}
}

type trainer struct {
	*field
	fitting
	rng                  *rand.Rand
	slopeNode, slopeEdge []float32 // sums of squared gradients
	kept                 [][]uint32
	arena                []uint32
	all, known           lattice
}

// learn takes one step and returns the loss before it.
func (t *trainer) learn(s *sequence) float64 {
	f, l, n := t.field, t.labels, len(s.node)
	if n == 0 {
		return 0
	}
	node := t.thin(s.node)
	t.all.score(f, node, s.edge)
	t.all.sum(nil)
	t.known.n, t.known.l, t.known.node, t.known.edge = n, l, t.all.node, t.all.edge
	t.known.sum(s.label)
	nodeMask, edgeMask := f.nodeMask(), f.edgeMask()
	var d, step [32]float32
	for i := range n {
		for k := range l {
			d[k] = float32(t.known.marginal(i, k) - t.all.marginal(i, k))
		}
		if matters(d[:l]) {
			for _, id := range node[i] {
				at := int(id&nodeMask) * l
				t.climb(f.node[at:at+l], t.slopeNode[at:at+l], d[:l])
			}
		}
		for j := range l {
			for k := range l {
				v := float32(0)
				switch {
				case f.banned[j*l+k]:
				case i > 0:
					v = float32(t.known.step(i, j, k) - t.all.step(i, j, k))
				case j == 0:
					v = d[k]
				}
				step[j*l+k] = v
			}
		}
		if matters(step[:l*l]) {
			for _, id := range s.edge[i] {
				at := int(id&edgeMask) * l * l
				t.climb(f.edge[at:at+l*l], t.slopeEdge[at:at+l*l], step[:l*l])
			}
		}
	}
	return t.all.total - t.known.total
}

// thin leaves out some features of each token, so that none can do without the
// others.
func (t *trainer) thin(node [][]uint32) [][]uint32 {
	if t.drop == 0 {
		return node
	}
	t.kept, t.arena = t.kept[:0], t.arena[:0]
	bar := uint32(t.drop * (1 << 16))
	for _, ids := range node {
		from := len(t.arena)
		var bits uint64
		for k, id := range ids {
			if k%4 == 0 {
				bits = t.rng.Uint64()
			}
			if uint32(bits&0xffff) >= bar {
				t.arena = append(t.arena, id)
			}
			bits >>= 16
		}
		t.kept = append(t.kept, t.arena[from:len(t.arena):len(t.arena)])
	}
	return t.kept
}

func matters(gradient []float32) bool {
	for _, g := range gradient {
		if g > 1e-3 || g < -1e-3 {
			return true
		}
	}
	return false
}

func (t *trainer) climb(w, slope, gradient []float32) {
	for k, g := range gradient {
		g -= t.ridge * w[k]
		slope[k] += g * g
		if slope[k] > 0 {
			w[k] += t.rate * g / (1e-2 + float32(math.Sqrt(float64(slope[k]))))
		}
	}
}
