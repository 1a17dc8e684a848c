package attribution

import (
	"math"
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
// weights are numbers while it is trained, and whole multiples of scale when it
// was packed. It knows only features that were seen often enough in training.
type field struct {
	labels       int
	banned       []bool // from*labels+to
	nodes, edges weights
}

// weights holds a row of weights for each feature.
type weights struct {
	width  int
	known  dictionary
	loose  []float32
	packed []int16
	scale  float32
}

func newField(labels int, banned []bool) *field {
	return &field{labels: labels, banned: banned, nodes: weights{width: labels}, edges: weights{width: labels * labels}}
}

// resolve turns the hashes of features into rows, in place, and leaves out
// those that are not known.
func (w *weights) resolve(lists [][]uint32) {
	for i, ids := range lists {
		kept := ids[:0]
		for _, h := range ids {
			if row, ok := w.known.row(h); ok {
				kept = append(kept, row)
			}
		}
		lists[i] = kept
	}
}

// add adds to sum the weights of resolved features.
func (w *weights) add(rows []uint32, sum []float64) {
	n := w.width
	if w.packed == nil {
		for _, row := range rows {
			from := w.loose[int(row)*n:]
			for k, v := range from[:n] {
				sum[k] += float64(v)
			}
		}
		return
	}
	var acc [32]int32
	for _, row := range rows {
		from := w.packed[int(row)*n:]
		for k, v := range from[:n] {
			acc[k] += int32(v)
		}
	}
	for k := range sum {
		sum[k] += float64(acc[k]) * float64(w.scale)
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
		f.nodes.add(node[i], x.node[i*l:(i+1)*l])
		between := x.edge[i*l*l : (i+1)*l*l]
		f.edges.add(edge[i], between)
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

// learnFeatures makes the dictionaries of a field from what occurs in data, and
// resolves data.
func (f *field) learnFeatures(data []sequence, atLeast uint8) {
	for k, w := range []*weights{&f.nodes, &f.edges} {
		lists := func(s *sequence) [][]uint32 {
			if k == 0 {
				return s.node
			}
			return s.edge
		}
		// A table of counts that ignores the highest bits; two features that
		// share a count only make a rare one look less rare.
		const size = 1 << 26
		count := make([]uint8, size)
		for i := range data {
			for _, ids := range lists(&data[i]) {
				for _, h := range ids {
					if c := &count[h%size]; *c < atLeast {
						*c++
					}
				}
			}
		}
		w.known = newDictionary()
		for i := range data {
			for _, ids := range lists(&data[i]) {
				for _, h := range ids {
					if count[h%size] >= atLeast {
						w.known.add(h)
					}
				}
			}
			w.resolve(lists(&data[i]))
		}
		w.loose = make([]float32, len(w.known.keys)*w.width)
	}
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
	t := trainer{field: f, fitting: how, rng: rand.New(rand.NewPCG(how.seed, 2)), slopeNode: make([]float32, len(f.nodes.loose)), slopeEdge: make([]float32, len(f.edges.loose))}
	order := make([]int, len(data))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(how.seed, 1))
	meanNode, meanEdge := make([]float32, len(f.nodes.loose)), make([]float32, len(f.edges.loose))
	means := 0
	for epoch := range how.epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		loss := 0.0
		for _, i := range order {
			loss += t.learn(&data[i])
		}
		if epoch >= how.epochs/2 {
			means++
			for i, w := range f.nodes.loose {
				meanNode[i] += w
			}
			for i, w := range f.edges.loose {
				meanEdge[i] += w
			}
		}
		if how.report != nil {
			how.report(epoch+1, loss)
		}
	}
	for i, w := range meanNode { // all features speak when reading
		f.nodes.loose[i] = w / float32(max(1, means)) * (1 - how.drop)
	}
	for i, w := range meanEdge {
		f.edges.loose[i] = w / float32(max(1, means))
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
	var d, step [32]float32
	for i := range n {
		for k := range l {
			d[k] = float32(t.known.marginal(i, k) - t.all.marginal(i, k))
		}
		if matters(d[:l]) {
			for _, id := range node[i] {
				at := int(id) * l
				t.climb(f.nodes.loose[at:at+l], t.slopeNode[at:at+l], d[:l])
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
				at := int(id) * l * l
				t.climb(f.edges.loose[at:at+l*l], t.slopeEdge[at:at+l*l], step[:l*l])
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
