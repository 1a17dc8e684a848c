package attribution

// Labels of the cue field.
const (
	cueOut uint8 = iota
	cueBegin
	cueIn
)

func cueBanned() []bool {
	b := make([]bool, 9)
	b[int(cueOut)*3+int(cueIn)] = true
	return b
}

// bag collects the features of one token.
type bag struct{ ids []uint32 }

func (b *bag) add(v ...uint32) { b.ids = append(b.ids, mix(v...)) }

// outside stands for a token before or after the row.
var outside = word{f: 1, l: 1, u: 1, x: 1, r: 1, sub: 1, head: -1, quote: -1}

func (a *article) word(i int) *word {
	if i < 0 || i >= len(a.words) {
		return &outside
	}
	return &a.words[i]
}

// within is word, but blind beyond the sentence.
func (a *article) within(s stretch, i int) *word {
	if i < s.from || i >= s.to {
		return &outside
	}
	return &a.words[i]
}

func flag(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

func bucket(n int) uint32 {
	switch {
	case n < 0:
		return 0
	case n <= 5:
		return uint32(n)
	case n <= 8:
		return 6
	case n <= 14:
		return 7
	case n <= 25:
		return 8
	}
	return 9
}

// cueFeatures appends the features of every token of a sentence.
func (a *article) cueFeatures(si int, nodes, edges [][]uint32) ([][]uint32, [][]uint32) {
	s := a.sentences[si]
	kids := a.kids(s)
	anyQuote, anyThat := false, false
	for i := s.from; i < s.to; i++ {
		anyQuote = anyQuote || a.words[i].opens || a.words[i].closes || a.words[i].quote >= 0
		anyThat = anyThat || a.words[i].form == "that"
	}
	first, last := a.within(s, s.from), a.within(s, s.to-1)
	heading := flag(last.upos != "PUNCT")
	for i := s.from; i < s.to; i++ {
		var b bag
		b.ids = make([]uint32, 0, 96)
		w := &a.words[i]
		p1, p2, n1, n2, n3 := a.within(s, i-1), a.within(s, i-2), a.within(s, i+1), a.within(s, i+2), a.within(s, i+3)
		h := &outside
		if w.head >= 0 {
			h = &a.words[w.head]
		}
		inQuote := flag(w.quote >= 0)
		b.add(1)
		b.add(2, w.f)
		b.add(3, w.l)
		b.add(4, w.x)
		b.add(5, w.l, w.x)
		b.add(6, w.sub, w.u)
		b.add(7, w.l, w.sub)
		b.add(8, p1.l)
		b.add(9, p2.l)
		b.add(10, n1.l)
		b.add(11, n2.l)
		b.add(12, n3.l)
		b.add(13, p1.l, w.l)
		b.add(14, w.l, n1.l)
		b.add(15, p1.l, w.l, n1.l)
		b.add(16, w.l, n1.l, n2.l)
		b.add(17, p2.l, p1.l, w.l)
		b.add(18, p1.x, w.x)
		b.add(19, w.x, n1.x)
		b.add(20, p1.x, w.x, n1.x)
		b.add(21, p2.x, p1.x, w.x)
		b.add(22, w.x, n1.x, n2.x)
		b.add(23, w.l, n1.x)
		b.add(24, w.l, p1.x)
		b.add(25, w.l, n1.u, n2.u)
		if n := len(w.form); n > 4 {
			b.add(26, hashString(w.form[n-3:]), w.u)
			b.add(27, hashString(w.form[n-2:]), w.u)
			b.add(28, hashString(w.lemma[:min(4, len(w.lemma))]), w.u)
			b.add(29, hashString(w.lemma[:min(5, len(w.lemma))]), w.u)
		}
		b.add(30, w.shape, flag(i == s.from))
		b.add(31, h.l, w.sub)
		b.add(32, h.x, w.sub)
		b.add(33, w.l, h.l)
		b.add(34, h.l, w.sub, w.u)
		b.add(35, inQuote, w.l)
		b.add(36, inQuote, w.u)
		b.add(37, flag(anyQuote), w.l)
		b.add(38, flag(anyQuote), w.sub, w.u)
		b.add(39, flag(p1.closes), flag(p2.closes), flag(n1.opens), flag(n2.opens), w.u)
		b.add(40, flag(p1.closes || p2.closes), flag(n1.opens || n2.opens), w.l)
		b.add(41, bucket(i-s.from), w.u)
		b.add(42, bucket(s.to-1-i), w.u)
		b.add(43, heading, w.u)
		b.add(44, bucket(w.depth), w.u)
		b.add(45, w.sense, w.sub)
		b.add(46, w.sense, w.x)
		b.add(47, w.sense, inQuote, flag(anyQuote))
		b.add(48, h.sense, w.sub, w.u)
		b.add(49, p1.sense, w.x)
		b.add(50, n1.sense, w.x)
		b.add(51, first.l, flag(i == s.from))
		b.add(52, w.f, p1.f, flag(w.quote >= 0))

		// what hangs below
		clause := w.children & (bit("ccomp") | bit("xcomp") | bit("parataxis") | bit("acl") | bit("advcl") | bit("obj"))
		subject := w.children & (bit("nsubj") | bit("passive") | bit("expl") | bit("csubj"))
		b.add(53, uint32(clause), w.u)
		b.add(54, uint32(clause), w.l)
		b.add(55, uint32(clause), uint32(subject), uint32(subject>>32), w.x)
		b.add(56, uint32(w.children), uint32(w.children>>32), w.u)
		b.add(57, uint32(subject), uint32(subject>>32), w.l)
		b.add(58, w.sense, uint32(clause), uint32(subject), uint32(subject>>32))
		hasSubject := false
		for _, k := range kids[i-s.from] {
			c := &a.words[k]
			side := flag(k > i)
			b.add(60, c.sub, w.l)
			b.add(61, c.sub, c.l)
			b.add(62, c.sub, side, w.x)
			b.add(63, c.sub, side, c.x, w.u)
			switch c.rel {
			case "nsubj", "csubj":
				hasSubject = true
				b.add(64, w.l, c.u, flag(c.form == c.lemma))
				b.add(65, c.l, w.u)
				b.add(66, c.sub, c.x, w.l)
				b.add(67, c.sub, c.l, w.sense)
				b.add(68, side, w.l)
			case "ccomp", "xcomp", "parataxis", "advcl", "acl":
				b.add(69, c.r, w.u)
			case "obj", "obl", "nmod":
				b.add(70, c.r, w.l, c.l)
				b.add(71, c.r, w.sense, c.u, flag(c.quote >= 0))
				b.add(72, c.r, c.l, w.u)
			}
			for _, g := range kids[k-s.from] {
				m := &a.words[g]
				if m.rel == "mark" || m.rel == "case" {
					b.add(73, w.l, c.r, m.l)
					b.add(74, w.u, c.r, m.l)
					b.add(75, w.sense, c.r, m.l)
				}
				if m.rel == "nsubj" && c.rel != "nsubj" {
					b.add(76, w.u, c.sub, flag(m.quote >= 0))
					b.add(77, w.l, c.r)
				}
			}
			if c.rel == "ccomp" || c.rel == "xcomp" || c.rel == "parataxis" {
				b.add(78, w.l, c.r, flag(c.quote >= 0), side)
				b.add(79, w.x, c.r, flag(c.quote >= 0), side)
				b.add(80, w.l, c.x)
			}
		}
		// what stands above, and beside
		if w.head >= 0 {
			b.add(81, w.sub, flag(w.head > i), h.x, flag(h.quote >= 0))
			b.add(82, h.l, w.l, w.sub)
			if h.head >= 0 {
				g := &a.words[h.head]
				b.add(83, w.r, h.r, g.l)
				b.add(84, w.r, h.r, g.x)
			}
			for _, k := range kids[w.head-s.from] {
				c := &a.words[k]
				if k != i && (c.rel == "nsubj" || c.rel == "mark" || c.rel == "aux" || c.rel == "cop") {
					b.add(85, w.sub, c.sub, h.u, w.u)
					if !hasSubject && c.rel == "nsubj" {
						b.add(86, w.l, w.r, c.u)
						b.add(87, c.l, w.u, w.r)
					}
				}
			}
		}
		nodes = append(nodes, b.ids)
		edges = append(edges, []uint32{mix(1), mix(2, w.x), mix(3, p1.x, w.x), mix(4, w.sub, flag(w.head == i-1 && w.head >= 0), flag(p1.head == i)), mix(5, w.l), mix(6, p1.l, w.u), mix(7, flag(w.opens), flag(p1.closes))})
	}
	return nodes, edges
}

// kids lists the children of every word of a sentence, in order.
func (a *article) kids(s stretch) [][]int {
	n := s.to - s.from
	count := make([]int, n+1)
	for i := s.from; i < s.to; i++ {
		if h := a.words[i].head; h >= 0 {
			count[h-s.from]++
		}
	}
	all := make([]int, 0, n)
	out := make([][]int, n)
	for i, at := 0, 0; i < n; i++ {
		out[i] = all[at : at : at+count[i]]
		at += count[i]
	}
	for i := s.from; i < s.to; i++ {
		if h := a.words[i].head; h >= 0 {
			out[h-s.from] = append(out[h-s.from], i)
		}
	}
	return out
}
