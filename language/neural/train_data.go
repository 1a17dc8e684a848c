package neural

import (
	"math/rand/v2"
	"slices"
	"sort"
)

// example is a training sentence as numbers; -1 is a label to pass over.
type example struct {
	scheme int // which grammar
	forms  []string
	feats  []features
	upos   []int
	xpos   []int
	bundle []int
	heads  []int
	rels   []int
	rarity []float32 // chance that training hides the word's vector
}

// collect lists the labels of sentences in alphabetical order.
func collect(sentences []Sentence) labels {
	var sets [4]map[string]bool
	for i := range sets {
		sets[i] = map[string]bool{}
	}
	for _, s := range sentences {
		for _, w := range s.Gold {
			for i, v := range [...]string{w.UPOS, w.XPOS, w.Feats, w.Rel} {
				sets[i][v] = true
			}
		}
	}
	var lists [4][]string
	for i, set := range sets {
		for v := range set {
			lists[i] = append(lists[i], v)
		}
		sort.Strings(lists[i])
	}
	return labels{lists[0], lists[1], lists[2], lists[3]}
}

func (t *trainer) examples(scheme int, sentences []Sentence) []*example {
	l := t.labels[scheme]
	var index [4]map[string]int
	for i, list := range [][]string{l.UPOS, l.XPOS, l.Feats, l.Rel} {
		index[i] = make(map[string]int, len(list))
		for j, v := range list {
			index[i][v] = j
		}
	}
	counts := map[string]int{}
	for _, s := range sentences {
		for _, w := range s.Words {
			counts[normal(w)]++
		}
	}
	find := func(i int, v string) int {
		if j, ok := index[i][v]; ok {
			return j
		}
		return -1
	}
	var all []*example
	for _, s := range sentences {
		if len(s.Words) == 0 || len(s.Words) > longestSentence {
			continue
		}
		e := &example{scheme: scheme, forms: s.Words}
		for i, w := range s.Gold {
			var f features
			f.extract(s.Words[i], t.words, &t.o.Config)
			e.feats = append(e.feats, f)
			e.upos = append(e.upos, find(0, w.UPOS))
			e.xpos = append(e.xpos, find(1, w.XPOS))
			e.bundle = append(e.bundle, find(2, w.Feats))
			e.rels = append(e.rels, find(3, w.Rel))
			e.heads = append(e.heads, w.Head)
			e.rarity = append(e.rarity, 0.25/(0.25+float32(counts[normal(s.Words[i])])))
		}
		all = append(all, e)
	}
	return all
}

// longestSentence bounds what training reads; longer ones are mostly lists.
const longestSentence = 150

// batches cuts shuffled sentences into lists of one scheme with about
// o.Batch words.
func (t *trainer) batches(r *rand.Rand, sets ...[]*example) [][]*example {
	var all [][]*example
	for _, set := range sets {
		order := slices.Clone(set)
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		var batch []*example
		words := 0
		for _, e := range order {
			batch = append(batch, e)
			if words += len(e.forms); words >= t.o.Batch {
				all = append(all, batch)
				batch, words = nil, 0
			}
		}
		if len(batch) > 0 {
			all = append(all, batch)
		}
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}
