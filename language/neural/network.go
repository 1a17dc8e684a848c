package neural

// affine is a matrix with a bias: rows inputs, columns outputs, the columns
// rounded up to whole panels, the surplus zero. An affine holds weights or,
// in training, their gradient.
type affine struct {
	name    string
	in, out int
	w, b    []float32 // b is empty for a matrix without bias
	fwd     packed    // w for the way forward
	bwd     packed    // its transpose for the way back; training only
}

func newAffine(name string, in, out int, bias bool) affine {
	a := affine{name: name, in: in, out: out, w: make([]float32, in*round32(out))}
	if bias {
		a.b = make([]float32, round32(out))
	}
	return a
}

func (a *affine) cols() int { return round32(a.out) }

// prepare packs the weights; back also for gradients.
func (a *affine) prepare(back bool) {
	a.fwd.pack(a.w, a.in, a.cols(), a.cols())
	if back {
		a.bwd.packTransposed(a.w, a.in, a.cols(), a.cols())
	}
}

// apply sets n rows of y to bias + x·w.
func (a *affine) apply(y []float32, ldy int, x []float32, ldx, n int) {
	for i := range n {
		copy(y[i*ldy:i*ldy+a.cols()], a.b)
	}
	multiply(y, ldy, x, ldx, n, &a.fwd)
}

// layer is a bidirectional LSTM. The columns of input are, for each
// direction, the gates in, forget and out and the candidate.
type layer struct {
	input     affine
	recurrent [2]affine // forward, backward
}

// grammar is the part of the network that belongs to one annotation scheme:
// the tags, the arcs and the relations of the treebanks, or those of the
// automatic analysis that pretrains it.
type grammar struct {
	tags affine   // hidden tag units → UPOS, XPOS, features, one after the other
	show affine   // word → as dependant (arc), as head (arc), as dependant (relation), as head (relation)
	root affine   // what the root shows as head: bias alone, arc then relation units
	arc  affine   // dependant → the head it looks for
	dist affine   // a bias by signed distance of the head
	rel  affine   // pair → relation
	size tagSizes // parts of tags.out
}

type tagSizes struct{ upos, xpos, feats int }

func (s tagSizes) total() int { return s.upos + s.xpos + s.feats }

// network is the whole set of weights, or of their gradients.
type network struct {
	cfg      Config
	word     table
	affix    table
	gram     table
	layers   []layer
	tag      affine     // first layer → hidden units of the tags
	tagTop   affine     // last layer → the same units
	grammars [2]grammar // of the treebanks; of the pretraining, absent (no rel.w) in a shipped model
}

// table is a set of vectors. A gradient table is empty: gradients of vectors
// are kept by row, see sparse.
type table struct {
	name       string
	rows, cols int
	w          []float32
}

func (t *table) row(i int32) []float32 { return t.w[int(i)*t.cols : (int(i)+1)*t.cols] }

// Distances of a head are told apart up to 8 one by one, then by powers of two
// up to 64 and above, to each side.
const distances = 2 * 12

// distance is the class of a head d words to the right; a word is not its own
// head, so that 0 shares a class.
func distance(d int) int {
	side := 0
	if d < 0 {
		d, side = -d, distances/2
	}
	switch {
	case d <= 8:
		return side + max(d, 1) - 1
	case d <= 16:
		return side + 8
	case d <= 32:
		return side + 9
	case d <= 64:
		return side + 10
	}
	return side + 11
}

func newNetwork(c Config, words int, sizes [2]tagSizes, rels [2]int) *network {
	n := &network{cfg: c}
	n.word = table{"word", words, c.Word, make([]float32, words*c.Word)}
	n.affix = table{"affix", c.AffixRows, c.Affix, make([]float32, c.AffixRows*c.Affix)}
	n.gram = table{"gram", c.GramRows, c.Gram, make([]float32, c.GramRows*c.Gram)}
	n.shape(sizes, rels)
	return n
}

// shape makes the matrices, all zero.
func (n *network) shape(sizes [2]tagSizes, rels [2]int) {
	c := n.cfg
	in := c.input()
	n.layers = make([]layer, c.Layers)
	for i := range n.layers {
		l := &n.layers[i]
		l.input = newAffine("input", in, 8*c.Hidden, true)
		for d := range l.recurrent {
			l.recurrent[d] = newAffine("recurrent", c.Hidden, 4*c.Hidden, false)
		}
		in = 2 * c.Hidden
	}
	n.tag = newAffine("tag", 2*c.Hidden, c.Tag, true)
	n.tagTop = newAffine("tag top", 2*c.Hidden, c.Tag, false)
	for i := range n.grammars {
		g := &n.grammars[i]
		if rels[i] == 0 {
			continue
		}
		g.size = sizes[i]
		g.tags = newAffine("tags", c.Tag, sizes[i].total(), true)
		g.show = newAffine("show", 2*c.Hidden, 2*c.Arc+2*c.Rel, true)
		g.root = newAffine("root", 0, c.Arc+c.Rel, true)
		g.arc = newAffine("arc", c.Arc, c.Arc, true)
		g.dist = newAffine("dist", 0, distances, true)
		g.rel = newAffine("rel", 2*c.Rel, rels[i], true)
	}
}

// matrices lists all matrices in the order of the model file.
func (n *network) matrices() []*affine {
	var all []*affine
	for i := range n.layers {
		l := &n.layers[i]
		all = append(all, &l.input, &l.recurrent[0], &l.recurrent[1])
	}
	all = append(all, &n.tag, &n.tagTop)
	for i := range n.grammars {
		if g := &n.grammars[i]; g.rel.w != nil {
			all = append(all, &g.tags, &g.show, &g.root, &g.arc, &g.dist, &g.rel)
		}
	}
	return all
}

func (n *network) tables() []*table { return []*table{&n.word, &n.affix, &n.gram} }
