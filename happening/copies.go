package happening

import (
	"cmp"
	"hash/maphash"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/text"
)

const (
	shingle = 5   // words that stand together
	copied  = 0.4 // share of the shorter text's shingles that a copy has in common
	fewest  = 12  // a text of fewer shingles is too short to tell
)

// Copies groups reports that are copies of one text: of a wire agency, or of one
// another. Each group has at least two; reports that are nobody's copy are in
// none. Quotations are left out of the comparison, since whoever quotes a
// speaker has the same words. Indices are those of the argument, in order.
func Copies(reports []*record.Stored) [][]int {
	seed := maphash.MakeSeed()
	prints := make([]map[uint64]bool, len(reports))
	for i, r := range reports {
		prints[i] = fingerprint(seed, r)
	}
	in := make([]int, len(reports))
	for i := range in {
		in[i] = i
	}
	for i := range reports {
		for j := range i {
			if in[i] != in[j] && copies(prints[i], prints[j]) {
				old := in[i]
				for k := range in {
					if in[k] == old {
						in[k] = in[j]
					}
				}
			}
		}
	}
	groups := map[int][]int{}
	for i, g := range in {
		groups[g] = append(groups[g], i)
	}
	var out [][]int
	for _, g := range groups {
		if len(g) > 1 {
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b []int) int { return cmp.Compare(a[0], b[0]) })
	return out
}

// copiesByHash is Copies with the hashes of the reports.
func copiesByHash(reports []*record.Stored) [][]string {
	var out [][]string
	for _, g := range Copies(reports) {
		group := make([]string, len(g))
		for i, n := range g {
			group[i] = reports[n].Hash
		}
		out = append(out, group)
	}
	return out
}

func copies(a, b map[uint64]bool) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < fewest {
		return false
	}
	n := 0
	for s := range a {
		if b[s] {
			n++
		}
	}
	return float64(n) >= copied*float64(len(a))
}

// fingerprint is the set of the shingles of a report's own words.
func fingerprint(seed maphash.Seed, r *record.Stored) map[uint64]bool {
	out := map[uint64]bool{}
	for _, stretch := range unquoted(r) {
		words := tokens(strings.ToLower(stretch))
		for i := range max(0, len(words)-shingle+1) {
			out[maphash.String(seed, strings.Join(words[i:i+shingle], " "))] = true
		}
	}
	return out
}

// unquoted are the stretches of a report's text between quotations.
func unquoted(r *record.Stored) []string {
	d := r.Document
	var quoted []text.Span
	for _, q := range quotations(d) {
		quoted = append(quoted, q.span)
	}
	slices.SortFunc(quoted, func(a, b text.Span) int { return cmp.Compare(a.Start, b.Start) })
	var out []string
	from := 0
	for _, q := range quoted {
		if q.Start > from {
			out = append(out, d.Text[from:q.Start])
		}
		from = max(from, q.End)
	}
	return append(out, d.Text[from:])
}
