package attribution

// Labels of the role field.
const (
	roleOut uint8 = iota
	sourceBegin
	sourceIn
	contentBegin
	contentIn
)

func roleBanned() []bool {
	b := make([]bool, 25)
	for from := range 5 {
		if from != int(sourceBegin) && from != int(sourceIn) {
			b[from*5+int(sourceIn)] = true
		}
		if from != int(contentBegin) && from != int(contentIn) {
			b[from*5+int(contentIn)] = true
		}
	}
	return b
}

// cue is a stretch of words that says that somebody says something.
type cue struct {
	stretch
	head  int
	score float64
}

// headOf is the word of a stretch from which the rest of it hangs: a verb or
// noun rather than an auxiliary.
func (a *article) headOf(s stretch) int {
	for i := s.from; i < s.to; i++ {
		if w := &a.words[i]; (w.head < s.from || w.head >= s.to) && w.upos != "PUNCT" && w.rel != "advmod" && w.rel != "aux" {
			return i
		}
	}
	for i := s.from; i < s.to; i++ {
		if w := &a.words[i]; w.head < s.from || w.head >= s.to {
			return i
		}
	}
	return s.from
}

const (
	windowWords = 240 // on each side of the cue's sentence
	windowBack  = 3   // sentences
	windowOn    = 6
)

// window returns the sentences in which the source and content of a cue are
// looked for: its own, and beside it those of the same paragraph that belong to
// a quotation. A paragraph that ends in a colon, and a quotation that goes on
// over the paragraph, open the next one.
func (a *article) window(c cue) (from, to int) {
	si := a.words[c.from].sentence
	from, to = si, si+1
	own := a.sentences[si]
	short := own.to-own.from < 5
	for from > 0 && si-from < windowBack {
		p := a.sentences[from-1]
		if p.from == p.to || own.from-p.from > windowWords || !a.sameParagraph(p.from, own.from) || !a.quoted(p) && !(short && from == si) {
			break
		}
		from--
	}
	for to < len(a.sentences) && to-si <= windowOn {
		n := a.sentences[to]
		if n.from == n.to || n.to-own.to > windowWords {
			break
		}
		before := &a.words[n.from-1]
		if !a.sameParagraph(n.from, n.from-1) {
			goesOn := before.quote >= 0 && a.quotes[before.quote].Continues
			if before.form != ":" && !goesOn {
				break
			}
		} else if !a.quoted(n) && !(short && to == si+1) {
			break
		}
		to++
	}
	return from, to
}

func (a *article) sameParagraph(i, j int) bool { return a.words[i].paragraph == a.words[j].paragraph }

func (a *article) quoted(s stretch) bool {
	return a.words[s.from].quote >= 0 || a.words[s.to-1].quote >= 0 || s.to-s.from > 1 && a.words[s.from+1].quote >= 0
}

const (
	pathSteps  = 7
	climbLimit = 60 // keeps the cost linear where a tree is one long chain
)

// roleFeatures returns the features of the words of a cue's window, and the
// window. others marks the words of other cues.
func (a *article) roleFeatures(c cue, others []bool) (from, to int, nodes, edges [][]uint32) {
	sf, st := a.window(c)
	from, to = max(a.sentences[sf].from, c.from-2*windowWords), min(a.sentences[st-1].to, c.to+2*windowWords)
	n := to - from
	nodes, edges = make([][]uint32, n), make([][]uint32, n)
	h := c.head
	head := &a.words[h]
	own := a.sentences[head.sentence]
	// the chain of words above the cue
	var chain []int
	for i, k := h, 0; i >= 0 && k < 6; i, k = a.words[i].head, k+1 {
		chain = append(chain, i)
	}
	passive := flag(head.has("passive"))
	clauses := uint32(head.children & (bit("ccomp") | bit("xcomp") | bit("parataxis") | bit("obj") | bit("nsubj") | bit("acl") | bit("advcl")))
	first := &a.words[c.from]
	last := &a.words[c.to-1]
	quoteHere := false
	for i := own.from; i < own.to; i++ {
		quoteHere = quoteHere || a.words[i].quote >= 0
	}
	headAbove := &outside
	if head.head >= 0 {
		headAbove = &a.words[head.head]
	}
	// counts between each word and the cue
	between := make([]gap, n)
	g := gap{}
	for i := c.from - 1; i >= from; i-- {
		between[i-from] = g
		g.pass(&a.words[i], others[i])
	}
	g = gap{}
	for i := c.to; i < to; i++ {
		between[i-from] = g
		g.pass(&a.words[i], others[i])
	}
	arena := make([]uint32, 0, n*72)
	prevBranch := -2
	for i := from; i < to; i++ {
		begin := len(arena)
		b := bag{ids: arena[begin:begin]}
		w, p1, n1, p2 := &a.words[i], a.word(i-1), a.word(i+1), a.word(i-2)
		side := uint32(0)
		switch {
		case i >= c.to:
			side = 1
		case i >= c.from:
			side = 2
		}
		gp := between[i-from]
		inQuote := flag(w.quote >= 0)
		b.add(101)
		b.add(102, w.l)
		b.add(103, w.x, p1.x)
		b.add(104, w.x, n1.x)
		b.add(105, p1.l, w.u)
		b.add(106, n1.l, w.u)
		b.add(107, w.x, side)
		b.add(108, w.l, p1.l)
		b.add(109, w.l, n1.l)
		b.add(110, side, w.shape, w.u)
		// quotation marks
		marks := flag(w.opens) | flag(w.closes)<<1 | flag(p1.opens)<<2 | flag(p1.closes)<<3 | flag(n1.opens)<<4 | flag(n1.closes)<<5 | inQuote<<6
		b.add(111, marks, side)
		b.add(112, marks, side, gp.quotesKey())
		b.add(113, marks, w.x)
		b.add(114, inQuote, side, gp.quotesKey(), head.l)
		b.add(115, inQuote, side, gp.quotesKey(), uint32(flag(gp.cues > 0)), flag(head.quote >= 0))
		b.add(116, inQuote, side, flag(quoteHere), bucket(gp.words))
		b.add(117, marks, p2.x, p1.x, n1.x)
		// between
		b.add(118, side, bucket(gp.words), w.u)
		b.add(119, side, min(gp.commas, 3), min(gp.verbs, 3), min(gp.cues, 2))
		b.add(120, side, min(gp.cues, 2), flag(others[i]), inQuote)
		b.add(121, side, flag(gp.ends > 0), inQuote, min(gp.cues, 2))
		b.add(122, side, flag(gp.semicolons > 0), min(gp.commas, 2), inQuote)
		b.add(123, side, gp.nearest, inQuote)
		b.add(124, side, min(gp.commas, 3), gp.quotesKey(), min(gp.verbs, 2))
		branch := -1
		if w.sentence == head.sentence && side != 2 {
			var path [pathSteps]int
			steps, k := 0, -1
			for j, climbed := i, 0; j >= 0 && climbed < climbLimit; j, climbed = a.words[j].head, climbed+1 {
				if k = indexOf(chain, j); k >= 0 {
					break
				}
				if steps == pathSteps { // keep the top of the path
					copy(path[:], path[1:])
					steps--
				}
				path[steps] = j
				steps++
			}
			if k < 0 {
				k = 7
			}
			key := uint32(hashSeed)
			for j := range k {
				if j < len(chain) {
					key = mix(key, a.words[chain[j]].r, 3)
				}
			}
			up := key
			for j := steps - 1; j >= 0 && steps-j <= 4; j-- {
				key = mix(key, a.words[path[j]].sub)
			}
			depth := min(steps, 5)
			b.add(130, key, side)
			b.add(131, key, head.l)
			b.add(132, key, w.x, side)
			b.add(133, key, head.x, passive)
			if steps > 0 {
				branch = path[steps-1]
				t := &a.words[branch]
				tside := flag(branch > h)
				edge := flag(t.left == i) | flag(t.right == i)<<1 | flag(t.left == i+1)<<2 | flag(t.right == i-1)<<3 | flag(i == branch)<<4
				b.add(134, up, t.sub, tside)
				b.add(135, up, t.r, head.l)
				b.add(136, up, t.sub, tside, edge)
				b.add(137, up, t.sub, tside, edge, w.x)
				b.add(138, up, t.r, tside, head.sense, passive)
				b.add(139, up, t.r, clauses, head.x)
				b.add(140, up, t.sub, t.x, tside)
				b.add(141, up, t.sub, head.l, passive, tside)
				b.add(142, up, t.r, tside, uint32(depth), w.r)
				b.add(143, up, t.r, tside, inQuote, flag(quoteHere))
				b.add(144, up, t.r, tside, min(gp.commas, 2), gp.quotesKey())
				b.add(145, up, t.r, a.words[t.left].l, head.x)
				b.add(146, up, t.r, a.words[t.left].l, head.l)
				b.add(147, up, t.r, t.l, head.sense)
				b.add(148, up, t.r, headAbove.x, head.r)
				b.add(149, up, t.r, tside, bucket(t.right-t.left), w.u)
				if steps > 1 {
					t2 := &a.words[path[steps-2]]
					edge2 := flag(t2.left == i) | flag(t2.right == i)<<1 | flag(t2.right == i-1)<<2 | flag(t2.left == i+1)<<3
					b.add(150, up, t.r, t2.sub, tside)
					b.add(151, up, t.r, t2.sub, edge2, a.words[t2.left].l)
					b.add(152, up, t.r, t2.sub, edge2, w.x, flag(path[steps-2] > branch))
					b.add(153, t.r, t2.r, a.words[t2.left].l, head.l)
				}
			} else {
				b.add(154, up, w.x, side)
				b.add(155, up, w.l)
				b.add(156, up, flag(w.left == i), flag(w.right == i))
			}
			b.add(157, uint32(k), head.r, side, w.u)
			b.add(158, uint32(k), head.x, side, uint32(depth))
			b.add(159, w.r, w.x, side, uint32(min(k, 3)), uint32(depth))
			b.add(160, flag(w.left < i), flag(w.right > i), w.r)
		} else if side != 2 {
			d := int(w.sentence) - int(head.sentence)
			edge := flag(i == a.sentences[w.sentence].from) | flag(i == a.sentences[w.sentence].to-1)<<1
			par := flag(w.paragraph != head.paragraph)
			b.add(161, uint32(d+8), inQuote, par)
			b.add(162, uint32(d+8), inQuote, edge, flag(quoteHere))
			b.add(163, inQuote, min(gp.cues, 2), gp.quotesKey(), par, side)
			b.add(164, inQuote, edge, w.x, side)
			b.add(165, head.l, side, inQuote)
			b.add(166, last.l, side, inQuote, par)
			b.add(167, flag(gp.ends > 1), inQuote, min(gp.cues, 2), flag(head.quote >= 0))
		}
		// the cue
		b.add(170, head.l, side)
		b.add(171, head.l, side, w.u)
		b.add(172, head.x, side, w.x)
		b.add(173, last.l, side, flag(i == c.to))
		b.add(174, first.l, side, flag(i == c.from-1))
		b.add(175, side, flag(i == c.to), flag(i == c.from-1), w.x, head.u)
		b.add(176, head.sense, side, w.u, inQuote)
		if i == c.to || i == c.from-1 {
			b.add(177, side, w.l, last.l)
			b.add(178, side, w.x, n1.x, head.x)
		}
		if i == c.to+1 || i == c.from-2 {
			b.add(179, side, p1.l, w.x)
		}
		arena = arena[:begin+len(b.ids)]
		if cap(arena) < begin+len(b.ids) || &b.ids[0] != &arena[begin] {
			arena = append(arena[:begin:begin], b.ids...)
		}
		nodes[i-from] = arena[begin:len(arena):len(arena)]
		edges[i-from] = []uint32{mix(1), mix(2, side, flag(side == 2)), mix(3, flag(branch == prevBranch), side), mix(4, w.x, p1.x), mix(5, marks),
			mix(6, w.f, flag(branch == prevBranch)), mix(7, p1.f, flag(branch == prevBranch)), mix(8, flag(w.sentence != p1.sentence), inQuote, flag(p1.quote >= 0))}
		prevBranch = branch
	}
	return from, to, nodes, edges
}

// gap counts what stands between a word and the cue.
type gap struct {
	words, ends                                 int
	commas, verbs, cues, semicolons, open, shut uint32
	nearest                                     uint32
}

func (g *gap) pass(w *word, otherCue bool) {
	g.words++
	switch w.form {
	case ",", "—", "–", "-", "--":
		g.commas++
	case ";", ":", "(", ")":
		g.semicolons++
	case ".", "?", "!":
		g.ends++
	}
	if w.upos == "PUNCT" {
		g.nearest = w.f
	}
	if w.upos == "VERB" {
		g.verbs++
	}
	if otherCue {
		g.cues++
	}
	if w.opens {
		g.open++
	}
	if w.closes {
		g.shut++
	}
}

func (g *gap) quotesKey() uint32 { return min(g.open, 2)*3 + min(g.shut, 2) }

func indexOf(list []int, v int) int {
	for i, x := range list {
		if x == v {
			return i
		}
	}
	return -1
}
