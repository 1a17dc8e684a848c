package language

// The parser builds a tree by arc-hybrid transitions, from left to right.
// shift moves the next word to the stack; left makes the next word the head of
// the top of the stack, right makes the second on the stack its head; both
// take the top off. The root stands behind the last word, and only the last
// word on the stack may hang from it, so that every tree has one root.
//
// Source: Kuhlmann, Gómez-Rodríguez, Satta 2011; Goldberg, Nivre 2013
// (dynamic oracle); Zhang, Nivre 2011 (features).
const (
	shift = iota
	left
	right
	moves
)

// parse is the state of the parser on one sentence.
type parse struct {
	n      int
	stack  []int
	next   int
	head   []int
	rel    []int // number of the relation
	nodes  []node
	fs     []feature
	relFs  []feature
	scores [moves]int32
	rels   []int32
}

// node keeps the children of a word that features look at.
type node struct {
	l1, l2, r1, r2 int    // leftmost, second leftmost, rightmost ...; -1 if none
	nl, nr         uint64 // how many
	lset, rset     uint64 // the relations, as bits modulo 64
}

func (p *parse) begin(n int) {
	p.n, p.next = n, 0
	p.stack, p.head, p.rel, p.nodes = p.stack[:0], p.head[:0], p.rel[:0], p.nodes[:0]
	for range n + 1 {
		p.head, p.rel = append(p.head, -1), append(p.rel, -1)
		p.nodes = append(p.nodes, node{l1: -1, l2: -1, r1: -1, r2: -1})
	}
}

func (p *parse) done() bool { return p.next == p.n && len(p.stack) == 0 }

func (p *parse) may(move int) bool {
	switch move {
	case shift:
		return p.next < p.n
	case left:
		return len(p.stack) > 1 && p.next < p.n || len(p.stack) == 1
	}
	return len(p.stack) > 1
}

// top returns the i-th word from the top of the stack, -1 if there is none.
func (p *parse) at(i int) int {
	if i >= len(p.stack) {
		return -1
	}
	return p.stack[len(p.stack)-1-i]
}

// arc returns head and dependent of the arc that a move would make.
func (p *parse) arc(move int) (head, dep int) {
	if move == left {
		return p.next, p.at(0)
	}
	return p.at(1), p.at(0)
}

func (p *parse) apply(move, rel int) {
	if move == shift {
		p.stack = append(p.stack, p.next)
		p.next++
		return
	}
	head, dep := p.arc(move)
	p.stack = p.stack[:len(p.stack)-1]
	p.head[dep], p.rel[dep] = head, rel
	h := &p.nodes[head]
	if dep < head {
		h.l1, h.l2 = dep, h.l1
		h.nl++
		h.lset |= 1 << (rel & 63)
	} else {
		h.r1, h.r2 = dep, h.r1
		h.nr++
		h.rset |= 1 << (rel & 63)
	}
}

// cost is the number of gold arcs that a move puts out of reach. The gold head
// of the root word is n.
func (p *parse) cost(move int, gold []int) int {
	c, s0 := 0, p.at(0)
	switch move {
	case shift:
		b := p.next
		for i, s := range p.stack {
			if gold[s] == b {
				c++
			}
			if gold[b] == s && i < len(p.stack)-1 {
				c++
			}
		}
	case left:
		if gold[s0] == p.at(1) || gold[s0] > p.next {
			c++
		}
		for b := p.next; b < p.n; b++ {
			if gold[b] == s0 {
				c++
			}
		}
	case right:
		if gold[s0] >= p.next {
			c++
		}
		for b := p.next; b < p.n; b++ {
			if gold[b] == s0 {
				c++
			}
		}
	}
	return c
}

func (w *work) node(i int) *traits {
	switch {
	case i < 0:
		return &outside
	case i >= len(w.words):
		return &rootEnd
	}
	return &w.words[i]
}

func (p *parse) relOf(i int) uint64 {
	if i < 0 {
		return 99
	}
	return uint64(p.rel[i] + 1)
}

var noNode = node{l1: -1, l2: -1, r1: -1, r2: -1}

func (p *parse) nodeOf(i int) *node {
	if i < 0 {
		return &noNode
	}
	return &p.nodes[i]
}

func distance(a, b int) uint64 {
	if a < 0 || b < 0 {
		return 0
	}
	d := b - a
	if d < 0 {
		d = -d
	}
	switch {
	case d > 10:
		return 7
	case d > 5:
		return 6
	}
	return uint64(d)
}

// moveFeatures describes the state for the choice of the next move.
func (w *work) moveFeatures(p *parse) {
	i0, i1, i2 := p.at(0), p.at(1), p.at(2)
	b := p.next
	s0, s1, s2 := w.node(i0), w.node(i1), w.node(i2)
	b0, b1, b2 := w.node(b), w.node(b+1), w.node(b+2)
	n0, n1, nb := p.nodeOf(i0), p.nodeOf(i1), p.nodeOf(min(b, p.n))
	s0l, s0r, s1l, s1r, b0l := w.node(n0.l1), w.node(n0.r1), w.node(n1.l1), w.node(n1.r1), w.node(nb.l1)
	s0l2, s0r2, s1r2, b0l2 := w.node(n0.l2), w.node(n0.r2), w.node(n1.r2), w.node(nb.l2)
	d0, d1 := distance(i0, b), distance(i1, i0)
	fs := p.fs[:0]
	add := func(n uint64, vs ...uint64) {
		h := mix(n, 3)
		for _, v := range vs {
			h = mix(h, v)
		}
		fs = append(fs, h)
	}
	add(1)
	add(2, s0.lower, s0.tag)
	add(3, s0.lower)
	add(4, s0.tag)
	add(5, s1.lower, s1.tag)
	add(6, s1.lower)
	add(7, s1.tag)
	add(8, b0.lower, b0.tag)
	add(9, b0.lower)
	add(10, b0.tag)
	add(11, b1.lower, b1.tag)
	add(12, b1.lower)
	add(13, b1.tag)
	add(14, b2.lower)
	add(15, b2.tag)
	add(16, s2.tag)
	add(17, s2.lower)
	add(18, s0.lower, s0.tag, b0.lower, b0.tag)
	add(19, s0.lower, s0.tag, b0.lower)
	add(20, s0.lower, b0.lower)
	add(21, s0.lower, s0.tag, b0.tag)
	add(22, s0.tag, b0.lower, b0.tag)
	add(23, s0.tag, b0.tag)
	add(24, s0.lower, s1.lower)
	add(25, s0.lower, s1.tag, s0.tag)
	add(26, s0.tag, s1.lower, s1.tag)
	add(27, s0.tag, s1.tag)
	add(28, s0.tag, s1.tag, b0.tag)
	add(29, s0.tag, b0.tag, b1.tag)
	add(30, b0.tag, b1.tag)
	add(31, b0.tag, b1.tag, b2.tag)
	add(32, s2.tag, s1.tag, s0.tag)
	add(33, s2.tag, s1.tag, s0.tag, b0.tag)
	add(34, s1.tag, s0.tag, b0.tag, b1.tag)
	add(35, s0.tag, s0l.tag, b0.tag)
	add(36, s0.tag, s0r.tag, b0.tag)
	add(37, s0.tag, b0.tag, b0l.tag)
	add(38, s1.tag, s1l.tag, s0.tag)
	add(39, s1.tag, s1r.tag, s0.tag)
	add(40, s1.tag, s0.tag, s0l.tag)
	add(41, s1.tag, s0.tag, s0r.tag)
	add(42, s0.lower, d0)
	add(43, s0.tag, d0, b0.tag)
	add(44, b0.lower, d0)
	add(45, s1.tag, d1, s0.tag)
	add(46, s1.lower, d1)
	add(47, s0.lower, d1)
	add(48, s0.lower, n0.nl)
	add(49, s0.tag, n0.nl)
	add(50, s0.lower, n0.nr)
	add(51, s0.tag, n0.nr)
	add(52, s1.tag, n1.nr)
	add(53, s1.lower, n1.nr)
	add(54, s1.tag, n1.nl)
	add(55, b0.lower, nb.nl)
	add(56, b0.tag, nb.nl)
	add(57, s0l.lower)
	add(58, s0l.tag, p.relOf(n0.l1))
	add(59, s0r.lower)
	add(60, s0r.tag, p.relOf(n0.r1))
	add(61, s1r.lower, s1.tag)
	add(62, s1r.tag, p.relOf(n1.r1))
	add(63, b0l.lower)
	add(64, b0l.tag, p.relOf(nb.l1))
	add(65, s0.tag, n0.lset)
	add(66, s0.tag, n0.rset)
	add(67, s1.tag, n1.rset, s0.tag)
	add(68, s1.tag, n1.lset)
	add(69, b0.tag, nb.lset)
	add(70, s0.tag, s0l.tag, s0l2.tag)
	add(71, s0.tag, s0r.tag, s0r2.tag)
	add(72, s1.tag, s1r.tag, s1r2.tag)
	add(73, b0.tag, b0l.tag, b0l2.tag)
	add(74, s1.lower, s0.tag, b0.lower)
	add(75, s1.lower, s0.lower, b0.tag)
	add(76, s1.tag, s0.lower, b0.lower)
	add(77, s1.tag, s0l.lower, s0.tag) // preposition of the top's phrase
	add(78, s1.lower, s0l.lower)
	add(79, s2.lower, s0l.lower)
	add(80, s2.tag, s0l.lower, s1.tag, s0.tag)
	add(81, s1.tag, s0.tag, b0.lower)
	add(82, s1.lset(n1), s0.tag, b0.tag)
	add(83, s0.suf3, b0.tag)
	add(84, s1.tag, s0.suf3)
	add(85, s0.tag, b0.tag, b1.lower)
	add(86, s1.upos, s0.upos, b0.upos, b1.upos, b2.upos)
	p.fs = fs
}

func (t *traits) lset(n *node) uint64 { return mix(t.tag, n.lset) }

// relFeatures describes the arc from head to dep, for the choice of its
// relation. All children of dep are known.
func (w *work) relFeatures(p *parse, head, dep int) {
	h, d := w.node(head), w.node(dep)
	nh, nd := p.nodeOf(head), p.nodeOf(dep)
	dl, dl2, dr := w.node(nd.l1), w.node(nd.l2), w.node(nd.r1)
	hl, hr := w.node(nh.l1), w.node(nh.r1)
	before, after := w.node(dep-1), w.word(dep+1)
	hb, ha := w.node(head-1), w.word(head+1)
	dir := uint64(bit(dep < head))
	dist := distance(dep, head)
	fs := p.relFs[:0]
	add := func(n uint64, vs ...uint64) {
		v := mix(n, 4+dir)
		for _, x := range vs {
			v = mix(v, x)
		}
		fs = append(fs, v)
	}
	add(1)
	add(2, d.lower)
	add(3, d.tag)
	add(4, h.lower)
	add(5, h.tag)
	add(6, d.lower, h.lower)
	add(7, d.lower, h.tag)
	add(8, d.tag, h.lower)
	add(9, d.tag, h.tag)
	add(10, d.tag, h.tag, dist)
	add(11, d.tag, h.tag, dl.tag, p.relOf(nd.l1))
	add(12, d.tag, h.tag, dl.lower)
	add(13, h.lower, d.tag, dl.lower)
	add(14, d.tag, nd.lset)
	add(15, d.tag, h.tag, nd.lset)
	add(16, d.tag, h.tag, nd.rset)
	add(17, d.tag, h.tag, nh.lset)
	add(18, d.tag, h.tag, nh.rset)
	add(19, d.tag, h.tag, dr.tag, p.relOf(nd.r1))
	add(20, d.tag, h.tag, before.tag)
	add(21, d.tag, h.tag, after.tag)
	add(22, d.tag, h.tag, hb.tag)
	add(23, d.tag, h.tag, ha.tag)
	add(24, d.tag, before.lower)
	add(25, d.tag, after.lower)
	add(26, d.suf3, h.tag)
	add(27, d.tag, h.suf3)
	add(28, d.upos, h.upos)
	add(29, d.upos, h.upos, nd.lset)
	add(30, d.upos, h.lower, nd.lset)
	add(31, d.tag, h.tag, hl.lower)
	add(32, d.tag, h.tag, hr.lower)
	add(33, d.lower, dl.lower)
	add(34, d.tag, h.tag, dl.tag, dl2.tag)
	add(35, d.shape, h.shape)
	add(36, d.tag, h.tag, nd.lset, nh.lset)
	add(37, d.tag, h.tag, before.tag, after.tag)
	add(38, d.tag, h.tag, uint64(bit(nh.rset != 0)), dl.lower)
	add(39, w.node(dep-1).tag, w.node(dep-2).tag, d.tag, h.tag)
	p.relFs = fs
}

// parse sets Head and Rel of the tagged tokens.
func (m *Model) parse(w *work, tokens []Token) {
	p := &w.arcs
	p.begin(len(tokens))
	for !p.done() {
		w.moveFeatures(p)
		m.moves.scores(p.fs, p.scores[:])
		best := -1
		for move := range moves {
			if p.may(move) && (best < 0 || p.scores[move] > p.scores[best]) {
				best = move
			}
		}
		rel := 0
		if best != shift {
			head, dep := p.arc(best)
			rel = m.relation(w, p, head, dep)
		}
		p.apply(best, rel)
	}
	for i := range tokens {
		tokens[i].Head, tokens[i].Rel = p.head[i], m.rels.names[p.rel[i]]
		if p.head[i] == p.n {
			tokens[i].Head, tokens[i].Rel = -1, "root"
		}
	}
}

func (m *Model) relation(w *work, p *parse, head, dep int) int {
	if head == p.n {
		return m.root
	}
	w.relFeatures(p, head, dep)
	p.rels = sized(p.rels, len(m.rels.names))
	m.relations.scores(p.relFs, p.rels)
	p.rels[m.root] = -1 << 30
	return top(p.rels)
}
