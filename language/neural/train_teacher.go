package neural

import (
	"math"
	"slices"
	"strings"
)

// teach lets the teachers together analyse the silver text in the scheme of
// the treebank. One model that learns from these sentences comes close to all
// of them.
//
// Source: Hinton, Vinyals and Dean, "Distilling the knowledge in a neural
// network", 2015.
func teach(teachers []*Scorer, silver []Sentence) []Sentence {
	taught := make([]Sentence, len(silver))
	each(len(taught), func(i int) {
		words := divide(silver[i].Words)
		if len(words) <= longestSentence {
			taught[i] = Sentence{words, consensus(teachers, words)}
		}
	})
	return taught
}

// consensus analyses a sentence by the sum of what the scorers hold probable.
// They share their labels.
func consensus(scorers []*Scorer, words []string) []Word {
	n := len(words)
	var arcs, tags, rels []float32
	var stride, tagCols, relCols int
	rooms := make([]*room, len(scorers))
	sum := func(all *[]float32, x []float32) {
		if *all == nil {
			*all = make([]float32, len(x))
		}
		add(*all, x)
	}
	for i, s := range scorers {
		r := s.pool.Get().(*room)
		defer s.pool.Put(r)
		rooms[i] = r
		s.encode(r, words)
		p, g := &r.pass, &s.net.grammars[0]
		var x []float32
		x, stride = p.arcs(s.net, g, 0)
		for t := range n {
			probable(x[t*stride : t*stride+n+1])
		}
		sum(&arcs, x)
		tagCols = g.tags.cols()
		size := g.size
		for t := range n {
			row := p.tags[t*tagCols : (t+1)*tagCols]
			probable(row[:size.upos])
			probable(row[size.upos : size.upos+size.xpos])
			probable(row[size.upos+size.xpos : size.total()])
		}
		sum(&tags, p.tags)
	}
	heads := make([]int, n)
	new(tree).heads(arcs, stride, heads)
	for i, s := range scorers {
		var x []float32
		x, relCols = rooms[i].pass.relations(s.net, &s.net.grammars[0], 0, heads)
		for t := range n {
			probable(x[t*relCols : t*relCols+len(s.labels.Rel)])
		}
		sum(&rels, x)
	}
	out := make([]Word, n)
	for t := range out {
		out[t] = scorers[0].word(tags[t*tagCols:(t+1)*tagCols], scorers[0].relation(rels[t*relCols:], heads[t]), heads[t])
	}
	return out
}

// probable turns scores into probabilities.
func probable(x []float32) {
	top := x[0]
	for _, v := range x {
		top = max(top, v)
	}
	sum := 0.0
	for i, v := range x {
		e := math.Exp(float64(v - top))
		sum += e
		x[i] = float32(e)
	}
	for i := range x {
		x[i] /= float32(sum)
	}
}

// escapes are the signs for which the Penn Treebank has its own spelling.
var escapes = strings.NewReplacer("``", `"`, "''", `"`, "`", "'", "-LRB-", "(", "-RRB-", ")", "-LSB-", "[", "-RSB-", "]", "-LCB-", "{", "-RCB-", "}")

// unescaped writes the words of an automatic analysis as texts do.
func unescaped(sentences []Sentence) []Sentence {
	out := slices.Clone(sentences)
	for i, s := range out {
		words := make([]string, len(s.Words))
		for j, w := range s.Words {
			words[j] = escapes.Replace(w)
		}
		out[i].Words = words
	}
	return out
}

// whole are beginnings that the treebanks do not cut off at a hyphen.
var whole = map[string]bool{
	"e": true, "co": true, "re": true, "pre": true, "post": true, "non": true, "anti": true, "pro": true, "ex": true,
	"mid": true, "semi": true, "multi": true, "un": true, "sub": true, "inter": true, "ultra": true, "mini": true, "x": true,
}

// divide cuts words at hyphens as the treebanks do: "front-runner" is three
// words there and one in the silver text.
func divide(words []string) []string {
	out := make([]string, 0, len(words)+4)
	for _, w := range words {
		if strings.ContainsAny(w, "@/.:") {
			out = append(out, w)
			continue
		}
		for {
			i := hyphen(w)
			if i < 0 {
				break
			}
			out = append(out, w[:i], "-")
			w = w[i+1:]
		}
		out = append(out, w)
	}
	return out
}

// hyphen finds the first hyphen to cut at, -1 if there is none.
func hyphen(w string) int {
	for i := 1; i+1 < len(w); i++ {
		if w[i] == '-' && alphanumeric(w[i-1]) && alphanumeric(w[i+1]) && !whole[strings.ToLower(w[:i])] {
			return i
		}
	}
	return -1
}

func alphanumeric(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c >= 0x80
}
