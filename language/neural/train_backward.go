package neural

import (
	"math"
	"math/rand/v2"
)

// Dropout is the share of values that training sets to zero.
type Dropout struct {
	Word      float64 // whole vectors of words, so that their parts must do
	Parts     float64 // all parts of a word, so that its vector must do
	Input     float64 // dimensions of the input, the same in a whole sentence
	Between   float64 // outputs of a layer, the same in a whole sentence
	Recurrent float64 // outputs of a layer as its next step sees them
	Top       float64 // hidden units of tags, arcs and relations
}

// worker computes the gradient for its part of a batch.
type worker struct {
	net    *network
	grad   *network
	sparse [3]sparse
	pass   pass
	rng    *rand.Rand
	drop   Dropout

	sentences []*example
	words     []bool // the word's vector takes part
	parts     []bool
	inMask    []float32
	masks     [][]float32 // of each layer's output, by sentence
	masked    [][]float32
	tagMask   []float32
	showMask  []float32

	dOut   [][]float32 // gradient of each layer's output
	dTag   []float32
	dShow  []float32
	dSeek  []float32
	dX     []float32
	dCell  []float32
	dBack  []float32
	dHeads []float32
	dPair  []float32
	prev   []float32
	turn   []float32
	tmp    packed
	loss   loss
}

// loss sums what the training minimises, in nats, and counts words.
type loss struct {
	arc, rel, tag float64
	words         int
}

// sparse collects gradients of table rows in the order in which they came.
type sparse struct {
	rows []int32
	grad []float32
}

// gradient adds the gradient of the examples to w.grad and w.sparse, each word
// weighing share.
func (w *worker) gradient(scheme int, examples []*example, share float32) {
	g := &w.net.grammars[scheme]
	w.sentences = w.sentences[:0]
	lens := make([]int, len(examples))
	for i, e := range examples {
		lens[i] = len(e.forms)
	}
	p := &w.pass
	p.begin(lens)
	for _, i := range p.order {
		w.sentences = append(w.sentences, examples[i])
	}
	if p.n == 0 {
		return
	}
	w.forward(g)
	w.backward(scheme, g, share)
}

func mask(r *rand.Rand, dst []float32, drop float64) {
	keep := float32(1 / (1 - drop))
	cut := uint64(drop * (1 << 16))
	var bits uint64
	for i := range dst {
		if i&3 == 0 {
			bits = r.Uint64()
		}
		if bits&0xffff < cut {
			dst[i] = 0
		} else {
			dst[i] = keep
		}
		bits >>= 16
	}
}

// scale multiplies the rows of src by the mask of their sentence.
func (w *worker) scale(dst, src, mask []float32, width int) {
	p := &w.pass
	for t := range p.steps() {
		for s := range p.at(t) {
			r := p.row(s, t)
			m := mask[s*width : (s+1)*width]
			d, v := dst[r*width:(r+1)*width], src[r*width:(r+1)*width]
			for i := range d {
				d[i] = v[i] * m[i]
			}
		}
	}
}

func (w *worker) forward(g *grammar) {
	n, p, c := w.net, &w.pass, w.net.cfg
	width := c.input()
	x := grow(&p.x, p.n*width)
	w.words, w.parts = w.words[:0], w.parts[:0]
	for t := range p.steps() {
		for s := range p.at(t) {
			e := w.sentences[s]
			row := x[p.row(s, t)*width : (p.row(s, t)+1)*width]
			f := e.feats[t]
			word := w.rng.Float64() >= w.drop.Word && w.rng.Float32() >= e.rarity[t]
			parts := w.rng.Float64() >= w.drop.Parts
			if !word {
				f.word = 0
			}
			n.embed(row, &f)
			if !parts {
				clear(row[c.Word:])
			}
			w.words, w.parts = append(w.words, word), append(w.parts, parts)
		}
	}
	sentences := len(w.sentences)
	mask(w.rng, grow(&w.inMask, sentences*width), w.drop.Input)
	w.scale(x, x, w.inMask, width)
	for len(p.layers) < len(n.layers) {
		p.layers = append(p.layers, layerPass{})
		w.masks, w.masked, w.dOut = append(w.masks, nil), append(w.masked, nil), append(w.dOut, nil)
	}
	in := x
	for l := range n.layers {
		lp := &p.layers[l]
		lp.in = in
		mask(w.rng, grow(&lp.mask, sentences*2*c.Hidden), w.drop.Recurrent)
		grow(&lp.back, p.n*2*c.Hidden)
		p.lstm(n, l)
		mask(w.rng, grow(&w.masks[l], sentences*2*c.Hidden), w.drop.Between)
		w.scale(grow(&w.masked[l], p.n*2*c.Hidden), lp.out, w.masks[l], 2*c.Hidden)
		in = w.masked[l]
	}
	n.tag.apply(grow(&p.tag, p.n*c.Tag), c.Tag, w.masked[0], 2*c.Hidden, p.n)
	multiply(p.tag, c.Tag, in, 2*c.Hidden, p.n, &n.tagTop.fwd)
	relu(p.tag)
	mask(w.rng, grow(&w.tagMask, p.n*c.Tag), w.drop.Top)
	product(p.tag, w.tagMask)
	cols := g.tags.cols()
	g.tags.apply(grow(&p.tags, p.n*cols), cols, p.tag, c.Tag, p.n)
	cols = g.show.cols()
	g.show.apply(grow(&p.show, p.n*cols), cols, in, 2*c.Hidden, p.n)
	for i := range p.n {
		relu(p.show[i*cols : i*cols+2*c.Arc])
	}
	mask(w.rng, grow(&w.showMask, p.n*cols), w.drop.Top)
	product(p.show, w.showMask)
	p.find(n, g)
}

func product(dst, m []float32) {
	for i, v := range m[:len(dst)] {
		dst[i] *= v
	}
}

// backward of y = bias + x·w for n rows: adds to the gradient of a in g and,
// unless dx is nil, adds dy·wᵀ to dx.
func (w *worker) affine(a, g *affine, dx []float32, ldx int, dy []float32, ldy int, x []float32, lx, n int) {
	cols := a.cols()
	if len(g.b) > 0 {
		for i := range n {
			add(g.b, dy[i*ldy:i*ldy+cols])
		}
	}
	turn := grow(&w.turn, a.in*n)
	transpose(turn, n, x, n, a.in, lx)
	w.tmp.pack(dy, n, cols, ldy)
	multiply(g.w, cols, turn, n, a.in, &w.tmp)
	if dx != nil {
		multiply(dx, ldx, dy, ldy, n, &a.bwd)
	}
}

func zeroed(p *[]float32, n int) []float32 {
	x := grow(p, n)
	clear(x)
	return x
}

func (w *worker) backward(scheme int, g *grammar, share float32) {
	n, p, c := w.net, &w.pass, w.net.cfg
	gg := &w.grad.grammars[scheme]
	top := len(n.layers) - 1
	for l := range n.layers {
		zeroed(&w.dOut[l], p.n*2*c.Hidden)
	}
	// Arcs and relations, sentence by sentence.
	sw := g.show.cols()
	zeroed(&w.dShow, p.n*sw)
	zeroed(&w.dSeek, p.n*c.Arc)
	for s, e := range w.sentences {
		w.arcs(g, gg, s, e, share)
		w.relations(g, gg, s, e, share)
	}
	// seek = arc.b + dep·arc.w
	w.affine(&g.arc, &gg.arc, w.dShow, sw, w.dSeek, c.Arc, p.show, sw, p.n)
	product(w.dShow, w.showMask)
	for i := range p.n {
		for j := range 2 * c.Arc {
			if p.show[i*sw+j] <= 0 {
				w.dShow[i*sw+j] = 0
			}
		}
	}
	w.affine(&g.show, &gg.show, w.dOut[top], 2*c.Hidden, w.dShow, sw, w.masked[top], 2*c.Hidden, p.n)
	// Tags.
	w.tags(g, share)
	tw := g.tags.cols()
	zeroed(&w.dTag, p.n*c.Tag)
	w.affine(&g.tags, &gg.tags, w.dTag, c.Tag, p.tags, tw, p.tag, c.Tag, p.n)
	product(w.dTag, w.tagMask)
	for i, v := range p.tag {
		if v <= 0 {
			w.dTag[i] = 0
		}
	}
	w.affine(&n.tag, &w.grad.tag, w.dOut[0], 2*c.Hidden, w.dTag, c.Tag, w.masked[0], 2*c.Hidden, p.n)
	w.affine(&n.tagTop, &w.grad.tagTop, w.dOut[top], 2*c.Hidden, w.dTag, c.Tag, w.masked[top], 2*c.Hidden, p.n)
	// Layers.
	for l := top; l >= 0; l-- {
		w.scale(w.dOut[l], w.dOut[l], w.masks[l], 2*c.Hidden)
		in := n.layers[l].input.in
		dx := zeroed(&w.dX, p.n*in)
		w.lstm(l, dx)
		if l > 0 {
			add(w.dOut[l-1], dx)
		}
	}
	w.scale(w.dX, w.dX, w.inMask, c.input())
	w.embeddings()
}

// cross turns scores into share × (probabilities − the gold one) and returns
// the loss in nats; without a gold label the gradient is zero.
func cross(x []float32, gold int, share float32) float64 {
	if gold < 0 {
		clear(x)
		return 0
	}
	top := x[0]
	for _, v := range x {
		top = max(top, v)
	}
	sum, own := 0.0, float64(x[gold]-top)
	for i, v := range x {
		e := math.Exp(float64(v - top))
		sum += e
		x[i] = float32(e)
	}
	k := share / float32(sum)
	for i := range x {
		x[i] *= k
	}
	x[gold] -= share
	return math.Log(sum) - own
}

func (w *worker) tags(g *grammar, share float32) {
	p := &w.pass
	cols, size := g.tags.cols(), g.size
	for s, e := range w.sentences {
		w.loss.words += len(e.forms)
		for t := range e.forms {
			row := p.tags[p.row(s, t)*cols : (p.row(s, t)+1)*cols]
			if size.upos > 0 {
				w.loss.tag += cross(row[:size.upos], e.upos[t], share)
			}
			w.loss.tag += cross(row[size.upos:size.upos+size.xpos], e.xpos[t], share)
			if size.feats > 0 {
				w.loss.tag += cross(row[size.upos+size.xpos:size.total()], e.bundle[t], share)
			}
			clear(row[size.total():])
		}
	}
}

func (w *worker) arcs(g, gg *grammar, s int, e *example, share float32) {
	p, c, l := &w.pass, w.net.cfg, w.pass.lens[s]
	scores, stride := p.arcs(w.net, g, s)
	for i := range l {
		row := scores[i*stride : (i+1)*stride]
		row[i+1] = -1e9 // no word is its own head
		w.loss.arc += cross(row[:l+1], e.heads[i]+1, share)
		clear(row[l+1:])
		for j := range l {
			gg.dist.b[distance(j-i)] += row[j+1]
		}
	}
	// scores = seek·headsᵀ
	w.tmp.pack(p.heads, l+1, c.Arc, c.Arc)
	dSeek := zeroed(&w.dPair, l*c.Arc)
	multiply(dSeek, c.Arc, scores, stride, l, &w.tmp)
	turn := grow(&w.turn, (l+1)*l)
	transpose(turn, l, scores, l, l+1, stride)
	w.tmp.pack(p.seekers, l, c.Arc, c.Arc)
	dHeads := zeroed(&w.dHeads, (l+1)*c.Arc)
	multiply(dHeads, c.Arc, turn, l, l+1, &w.tmp)
	add(gg.root.b[:c.Arc], dHeads)
	sw := g.show.cols()
	for t := range l {
		r := p.row(s, t)
		copy(w.dSeek[r*c.Arc:(r+1)*c.Arc], dSeek[t*c.Arc:])
		add(w.dShow[r*sw+c.Arc:r*sw+2*c.Arc], dHeads[(t+1)*c.Arc:])
	}
}

func (w *worker) relations(g, gg *grammar, s int, e *example, share float32) {
	p, c, l := &w.pass, w.net.cfg, w.pass.lens[s]
	scores, stride := p.relations(w.net, g, s, e.heads)
	for t := range l {
		row := scores[t*stride : (t+1)*stride]
		w.loss.rel += cross(row[:g.rel.out], e.rels[t], share)
		clear(row[g.rel.out:])
	}
	dz := zeroed(&w.dPair, l*2*c.Rel)
	w.affine(&g.rel, &gg.rel, dz, 2*c.Rel, scores, stride, p.pairs, 2*c.Rel, l)
	sw := g.show.cols()
	for t, h := range e.heads {
		z, d := p.pairs[t*2*c.Rel:(t+1)*2*c.Rel], dz[t*2*c.Rel:(t+1)*2*c.Rel]
		at := p.row(s, t)*sw + 2*c.Arc
		dep, dDep := p.show[at:at+c.Rel], w.dShow[at:at+c.Rel]
		sup, dSup := g.root.b[c.Arc:c.Arc+c.Rel], gg.root.b[c.Arc:c.Arc+c.Rel]
		if h >= 0 {
			at = p.row(s, h)*sw + 2*c.Arc + c.Rel
			sup, dSup = p.show[at:at+c.Rel], w.dShow[at:at+c.Rel]
		}
		for i := range c.Rel {
			both := float32(0)
			if z[i] > 0 {
				both = d[i]
			}
			dDep[i] += both + d[c.Rel+i]*sup[i]
			dSup[i] += both + d[c.Rel+i]*dep[i]
		}
	}
}

// lstm goes back through layer l: from w.dOut[l] to the gradients of its
// weights and, added, of its input.
func (w *worker) lstm(l int, dx []float32) {
	p, h := &w.pass, w.net.cfg.Hidden
	lp, wl, gl := &p.layers[l], &w.net.layers[l], &w.grad.layers[l]
	dOut := w.dOut[l]
	last := p.steps() - 1
	sentences := len(w.sentences)
	for dir := range 2 {
		dCell := zeroed(&w.dCell, sentences*h)
		dBack := grow(&w.dBack, sentences*h)
		for i := range p.steps() {
			t, prev := last-i, last-i-1
			if dir == 1 {
				t, prev = i, i+1
				if t == last {
					prev = -1
				}
			}
			m := 0
			if prev >= 0 {
				m = min(p.at(t), p.at(prev))
			}
			for s := range p.at(t) {
				r := p.row(s, t)
				at := r*2*h + dir*h
				g := lp.gates[r*8*h+dir*4*h : r*8*h+(dir+1)*4*h]
				var before []float32
				if s < m {
					b := p.row(s, prev)*2*h + dir*h
					before = lp.cell[b : b+h]
				}
				backCell(g, dOut[at:at+h], lp.curve[at:at+h], before, dCell[s*h:(s+1)*h], h)
			}
			if m == 0 {
				continue
			}
			clear(dBack[:m*h])
			multiply(dBack, h, lp.gates[p.off[t]*8*h+dir*4*h:], 8*h, m, &wl.recurrent[dir].bwd)
			for s := range m {
				at := p.row(s, prev)*2*h + dir*h
				d, k := dOut[at:at+h], lp.mask[s*2*h+dir*h:]
				b := dBack[s*h : (s+1)*h]
				for j := range d {
					d[j] += b[j] * k[j]
				}
			}
		}
		// The outputs that the gates saw, row by row.
		prevs := zeroed(&w.prev, p.n*h)
		for t := range p.steps() {
			prev := t - 1
			if dir == 1 {
				prev = t + 1
			}
			if prev < 0 || prev > last {
				continue
			}
			for s := range min(p.at(t), p.at(prev)) {
				copy(prevs[p.row(s, t)*h:(p.row(s, t)+1)*h], lp.back[p.row(s, prev)*2*h+dir*h:])
			}
		}
		w.affine(&wl.recurrent[dir], &gl.recurrent[dir], nil, 0, lp.gates[dir*4*h:], 8*h, prevs, h, p.n)
	}
	w.affine(&wl.input, &gl.input, dx, wl.input.in, lp.gates, 8*h, lp.in, wl.input.in, p.n)
}

// backCell turns the gates of one cell into their gradients and hands dCell on
// to the step before.
func backCell(g, dOut, curve, before, dCell []float32, h int) {
	in, forget, gate, cand := g[:h], g[h:2*h], g[2*h:3*h], g[3*h:4*h]
	dOut, curve, dCell = dOut[:h], curve[:h], dCell[:h]
	for i := range in {
		a, f, o, x, tc, d := in[i], forget[i], gate[i], cand[i], curve[i], dOut[i]
		dc := d*o*(1-tc*tc) + dCell[i]
		c := float32(0)
		if before != nil {
			c = before[i]
		}
		in[i] = dc * x * a * (1 - a)
		forget[i] = dc * c * f * (1 - f)
		gate[i] = d * tc * o * (1 - o)
		cand[i] = dc * a * (1 - x*x)
		dCell[i] = dc * f
	}
}

func (w *worker) embeddings() {
	p, c := &w.pass, w.net.cfg
	width := c.input()
	for t := range p.steps() {
		for s := range p.at(t) {
			r := p.row(s, t)
			d := w.dX[r*width : (r+1)*width]
			f := &w.sentences[s].feats[t]
			word := f.word
			if !w.words[r] {
				word = 0
			}
			w.sparse[0].add(word, d[:c.Word])
			if !w.parts[r] {
				continue
			}
			for _, i := range f.affix {
				w.sparse[1].add(i, d[c.Word:c.Word+c.Affix])
			}
			if len(f.grams) == 0 {
				continue
			}
			share := 1 / float32(len(f.grams))
			g := d[c.Word+c.Affix:]
			for i := range g {
				g[i] *= share
			}
			for _, i := range f.grams {
				w.sparse[2].add(i, g)
			}
		}
	}
}

func (s *sparse) add(row int32, grad []float32) {
	s.rows = append(s.rows, row)
	s.grad = append(s.grad, grad...)
}

func (s *sparse) reset() { s.rows, s.grad = s.rows[:0], s.grad[:0] }
