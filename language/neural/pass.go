package neural

import (
	"slices"
)

// pass is one way through the network for a few sentences at once, with the
// room it needs; it is reused. Rows are words, first by position, then by
// sentence, the longest sentence first: the words at one position of all
// sentences lie together, and a step of the LSTM is one product.
type pass struct {
	order []int // sentences, longest first
	lens  []int // their lengths, in that order
	off   []int // off[t]: the first row of position t; one more at the end
	n     int   // rows

	x      []float32
	layers []layerPass
	tag    []float32
	tags   []float32
	show   []float32
	seek   []float32 // for each dependant the head it looks for

	// Room for one sentence.
	heads   []float32
	seekers []float32
	packed  packed
	scores  []float32
	pairs   []float32
	rels    []float32
}

// layerPass keeps what a layer computed. Masks are nil outside training.
type layerPass struct {
	in    []float32 // input rows; the masked output of the layer below
	gates []float32 // after the curves
	cell  []float32
	curve []float32 // tanh of the cell
	out   []float32
	back  []float32 // out as the next step sees it: out itself, or masked
	mask  []float32 // of back, one row for each sentence
}

func grow(p *[]float32, n int) []float32 {
	if cap(*p) < n {
		*p = make([]float32, n+n/4)
	}
	*p = (*p)[:n]
	return *p
}

// begin lays out the rows for sentences of the given lengths.
func (p *pass) begin(lens []int) {
	p.order, p.lens, p.off = p.order[:0], p.lens[:0], p.off[:0]
	for i, l := range lens {
		if l > 0 {
			p.order = append(p.order, i)
		}
	}
	slices.SortStableFunc(p.order, func(a, b int) int { return lens[b] - lens[a] })
	for _, i := range p.order {
		p.lens = append(p.lens, lens[i])
	}
	p.n = 0
	active := len(p.order)
	for t := 0; active > 0; t++ {
		for active > 0 && p.lens[active-1] <= t {
			active--
		}
		p.off = append(p.off, p.n)
		p.n += active
	}
	if len(p.order) == 0 {
		p.off = append(p.off, 0)
	}
}

// steps is the length of the longest sentence.
func (p *pass) steps() int { return len(p.off) - 1 }

// at returns the number of sentences that reach position t.
func (p *pass) at(t int) int { return p.off[t+1] - p.off[t] }

// row is the row of word t of the sentence at place s of the order.
func (p *pass) row(s, t int) int { return p.off[t] + s }

// embed writes the input of one word.
func (n *network) embed(x []float32, f *features) {
	c := n.cfg
	copy(x, n.word.row(f.word))
	a := x[c.Word : c.Word+c.Affix]
	copy(a, n.affix.row(f.affix[0]))
	for _, i := range f.affix[1:] {
		add(a, n.affix.row(i))
	}
	g := x[c.Word+c.Affix : c.input()]
	clear(g)
	if len(f.grams) == 0 {
		return
	}
	for _, i := range f.grams {
		add(g, n.gram.row(i))
	}
	share := 1 / float32(len(f.grams))
	for i := range g {
		g[i] *= share
	}
}

// lstm runs layer l over p.layers[l].in.
func (p *pass) lstm(n *network, l int) {
	w := &n.layers[l].input
	w.apply(grow(&p.layers[l].gates, p.n*w.cols()), w.cols(), p.layers[l].in, w.in, p.n)
	p.recur(n, l)
}

// recur runs layer l, whose gates hold what comes from its input.
func (p *pass) recur(n *network, l int) {
	h := n.cfg.Hidden
	lp, w := &p.layers[l], &n.layers[l]
	grow(&lp.cell, p.n*2*h)
	grow(&lp.curve, p.n*2*h)
	grow(&lp.out, p.n*2*h)
	if lp.mask == nil {
		lp.back = lp.out
	}
	last := p.steps() - 1
	for t := range p.steps() {
		p.step(lp, &w.recurrent[0], h, 0, t, t-1)
	}
	for t := last; t >= 0; t-- {
		prev := t + 1
		if t == last {
			prev = -1
		}
		p.step(lp, &w.recurrent[1], h, 1, t, prev)
	}
}

// step computes the words at position t of all sentences in direction dir
// from those at position prev, none if negative.
func (p *pass) step(lp *layerPass, w *affine, h, dir, t, prev int) {
	row, m := p.off[t], 0
	if prev >= 0 {
		m = min(p.at(t), p.at(prev))
		multiply(lp.gates[row*8*h+dir*4*h:], 8*h, lp.back[p.off[prev]*2*h+dir*h:], 2*h, m, &w.fwd)
	}
	for s := range p.at(t) {
		r := row + s
		g := lp.gates[r*8*h+dir*4*h : r*8*h+(dir+1)*4*h]
		sigmoid(g[:3*h])
		tanh(g[3*h:])
		at := r*2*h + dir*h
		c, tc, out := lp.cell[at:at+h], lp.curve[at:at+h], lp.out[at:at+h]
		in, forget, gate, cand := g[:h], g[h:2*h], g[2*h:3*h], g[3*h:4*h]
		if s < m {
			before := (p.off[prev]+s)*2*h + dir*h
			cp := lp.cell[before : before+h]
			for i := range c {
				c[i] = float32(forget[i]*cp[i]) + float32(in[i]*cand[i])
			}
		} else {
			for i := range c {
				c[i] = in[i] * cand[i]
			}
		}
		copy(tc, c)
		tanh(tc)
		for i := range out {
			out[i] = gate[i] * tc[i]
		}
		if lp.mask != nil {
			back, mask := lp.back[at:at+h], lp.mask[s*2*h+dir*h:]
			for i := range back {
				back[i] = out[i] * mask[i]
			}
		}
	}
}

// top prepares tags and what every word shows, from the outputs of the first
// and the last layer.
func (p *pass) top(n *network, g *grammar, first, last []float32) {
	c := n.cfg
	n.tag.apply(grow(&p.tag, p.n*c.Tag), c.Tag, first, 2*c.Hidden, p.n)
	multiply(p.tag, c.Tag, last, 2*c.Hidden, p.n, &n.tagTop.fwd)
	relu(p.tag)
	w := g.tags.cols()
	g.tags.apply(grow(&p.tags, p.n*w), w, p.tag, c.Tag, p.n)
	w = g.show.cols()
	g.show.apply(grow(&p.show, p.n*w), w, last, 2*c.Hidden, p.n)
	for i := range p.n {
		relu(p.show[i*w : i*w+2*c.Arc])
	}
}

// find prepares, for every word, the head it looks for.
func (p *pass) find(n *network, g *grammar) {
	c := n.cfg
	g.arc.apply(grow(&p.seek, p.n*c.Arc), c.Arc, p.show, g.show.cols(), p.n)
}

// arcs scores all heads of the sentence at place s: row i holds the scores of
// the root and then of every word as head of word i. The rows are stride
// apart.
func (p *pass) arcs(n *network, g *grammar, s int) (scores []float32, stride int) {
	c, l := n.cfg, p.lens[s]
	w := g.show.cols()
	heads := grow(&p.heads, (l+1)*c.Arc)
	copy(heads, g.root.b[:c.Arc])
	for t := range l {
		r := p.row(s, t)
		copy(heads[(t+1)*c.Arc:(t+2)*c.Arc], p.show[r*w+c.Arc:r*w+2*c.Arc])
	}
	p.packed.packTransposed(heads, l+1, c.Arc, c.Arc)
	stride = round32(l + 1)
	scores = grow(&p.scores, l*stride)
	seek := grow(&p.seekers, l*c.Arc)
	for i := range l {
		row := scores[i*stride : (i+1)*stride]
		row[0] = 0
		for j := range l {
			row[j+1] = g.dist.b[distance(j-i)]
		}
		clear(row[l+1:])
		r := p.row(s, i)
		copy(seek[i*c.Arc:(i+1)*c.Arc], p.seek[r*c.Arc:])
	}
	multiply(scores, stride, seek, c.Arc, l, &p.packed)
	return scores, stride
}

// pair writes what the relation scorer sees of dependant t and its head (-1:
// the root) in the sentence at place s.
func (p *pass) pair(n *network, g *grammar, z []float32, s, t, head int) {
	c := n.cfg
	w := g.show.cols()
	at := p.row(s, t)*w + 2*c.Arc
	dep := p.show[at : at+c.Rel]
	sup := g.root.b[c.Arc : c.Arc+c.Rel]
	if head >= 0 {
		at = p.row(s, head)*w + 2*c.Arc + c.Rel
		sup = p.show[at : at+c.Rel]
	}
	sum, product := z[:c.Rel], z[c.Rel:2*c.Rel]
	for i := range sum {
		v := dep[i] + sup[i]
		if v < 0 {
			v = 0
		}
		sum[i] = v
		product[i] = dep[i] * sup[i]
	}
}

// relations scores the relations of the sentence at place s for given heads.
func (p *pass) relations(n *network, g *grammar, s int, heads []int) (scores []float32, stride int) {
	c, l := n.cfg, p.lens[s]
	z := grow(&p.pairs, l*2*c.Rel)
	for t := range l {
		p.pair(n, g, z[t*2*c.Rel:], s, t, heads[t])
	}
	stride = g.rel.cols()
	g.rel.apply(grow(&p.rels, l*stride), stride, z, 2*c.Rel, l)
	return p.rels, stride
}

// room makes the room of every layer and returns the gates of the first.
func (p *pass) room(n *network) []float32 {
	for len(p.layers) < len(n.layers) {
		p.layers = append(p.layers, layerPass{})
	}
	return grow(&p.layers[0].gates, p.n*n.layers[0].input.cols())
}

// run computes tags and shows without masks, from the gates of the first
// layer.
func (p *pass) run(n *network, g *grammar) {
	p.layers[0].mask = nil
	p.recur(n, 0)
	for l := 1; l < len(n.layers); l++ {
		p.layers[l].in, p.layers[l].mask = p.layers[l-1].out, nil
		p.lstm(n, l)
	}
	p.top(n, g, p.layers[0].out, p.layers[len(n.layers)-1].out)
	p.find(n, g)
}
