package language

import (
	"fmt"
	"strings"
	"testing"
)

func TestRepair(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"title and name as two subjects",
			"IMF/PROPN/3/compound chief/NOUN/3/compound economist/NOUN/6/nsubj Jane/PROPN/6/nsubj Doe/PROPN/4/flat said/VERB/0/root",
			"3 compound, 3 compound, 4 nmod:desc, 6 nsubj, 4 flat, 0 root"},
		{"the parts of a name as two objects",
			"They/PRON/2/nsubj support/VERB/0/root Jane/PROPN/2/obj Doe/PROPN/2/obj",
			"2 nsubj, 0 root, 2 obj, 3 flat"},
		{"dependants of the second part go to the first",
			"They/PRON/2/nsubj met/VERB/0/root Jane/PROPN/2/obj Doe/PROPN/2/obj ,/PUNCT/6/punct envoy/NOUN/4/appos",
			"2 nsubj, 0 root, 2 obj, 3 flat, 6 punct, 3 appos"},
		{"a title between two subjects",
			"candidate/NOUN/4/nsubj Sen./PROPN/3/nmod:desc Jane/PROPN/4/nsubj won/VERB/0/root",
			"3 nmod:desc, 3 nmod:desc, 4 nsubj, 0 root"},
		{"a title written as a name", "Professor/PROPN/3/nsubj Doe/PROPN/3/nsubj said/VERB/0/root", "2 nmod:desc, 3 nsubj, 0 root"},
		{"a day", "told/VERB/0/root Doe/PROPN/1/obj Friday/PROPN/1/obj", "0 root, 1 obj, 1 obj"},
		{"no title", "way/NOUN/3/nsubj Doe/PROPN/3/nsubj spoke/VERB/0/root", "3 nsubj, 3 nsubj, 0 root"},
		{"two roles", "gave/VERB/0/root Doe/PROPN/1/iobj Ostland/PROPN/1/obj", "0 root, 1 iobj, 1 obj"},
		{"no neighbours", "Doe/PROPN/3/nsubj ,/PUNCT/1/punct met/VERB/0/root Roe/PROPN/3/obj", "3 nsubj, 1 punct, 0 root, 3 obj"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var tokens []Token
			for f := range strings.FieldsSeq(c.in) {
				p := strings.Split(f, "/")
				head := 0
				fmt.Sscan(p[2], &head)
				tokens = append(tokens, Token{Form: p[0], Lemma: p[0], UPOS: p[1], Head: head - 1, Rel: p[3]})
			}
			repair(tokens)
			var got []string
			for _, k := range tokens {
				got = append(got, fmt.Sprint(k.Head+1, " ", k.Rel))
			}
			if s := strings.Join(got, ", "); s != c.want {
				t.Errorf("got %s, want %s", s, c.want)
			}
		})
	}
}
