package neural

import "strings"

// Score analyses the gold tokens of d and counts what is right.
func (s *Scorer) Score(d Dev) Score {
	results := make([][5]int, len(d.Sentences))
	each(len(d.Sentences), func(i int) {
		sent := d.Sentences[i]
		for k, w := range s.Parse(sent.Words, nil) {
			g := sent.Gold[k]
			r := &results[i]
			count(&r[0], w.UPOS == g.UPOS)
			count(&r[1], w.XPOS == g.XPOS)
			count(&r[2], w.Feats == g.Feats)
			count(&r[3], w.Head == g.Head)
			count(&r[4], w.Head == g.Head && base(w.Rel) == base(g.Rel))
		}
	})
	var right [5]int
	score := Score{Name: d.Name}
	for i, r := range results {
		score.Words += len(d.Sentences[i].Words)
		for j := range r {
			right[j] += r[j]
		}
	}
	share := func(i int) float64 { return 100 * float64(right[i]) / float64(max(score.Words, 1)) }
	score.UPOS, score.XPOS, score.Feats, score.UAS, score.LAS = share(0), share(1), share(2), share(3), share(4)
	return score
}

func count(n *int, right bool) {
	if right {
		*n++
	}
}

// base is a relation without its subtype.
func base(rel string) string {
	b, _, _ := strings.Cut(rel, ":")
	return b
}
