package why_test

import (
	"strings"
	"testing"

	"github.com/casus-foederis/casus/why"
)

func TestValuesAreAnAlgebra(t *testing.T) {
	all := []why.Value{why.NotMet, why.Met, why.Unknown, why.Disputed}
	for _, a := range all {
		for _, b := range all {
			if a.And(b) != b.And(a) || a.Or(b) != b.Or(a) {
				t.Errorf("%v and %v do not commute", a, b)
			}
			if a.And(b).Not() != a.Not().Or(b.Not()) {
				t.Errorf("De Morgan fails for %v and %v", a, b)
			}
			for _, c := range all {
				if a.And(b).And(c) != a.And(b.And(c)) {
					t.Errorf("and is not associative for %v, %v, %v", a, b, c)
				}
			}
		}
	}
}

// tree is a derivation with a failed, an unknown and a disputed part.
func tree(value why.Value, parts ...*why.Node) *why.Node {
	return &why.Node{Says: "bound", Value: value, From: append([]*why.Node{
		{Kind: why.Clause, Says: "Article 4", Words: "shall assist", Ref: "a/4", Source: "a source", Value: why.Met}}, parts...)}
}

func TestText(t *testing.T) {
	n := tree(why.Disputed,
		&why.Node{Kind: why.Statement, Says: "asked for help", Value: why.Unknown, Needs: "a request"},
		&why.Node{Kind: why.Statement, Says: "a party", Value: why.Disputed, Views: []why.View{{By: "ARM", Says: "frozen"}, {By: "CSTO", Says: "a member"}}})
	var b strings.Builder
	if err := n.Text(&b, "> "); err != nil {
		t.Fatal(err)
	}
	want := `> ≠ bound
>   ✓ Article 4: “shall assist” [a/4; a source]
>   ? asked for help (needs: a request)
>   ≠ a party
>       ARM: frozen
>       CSTO: a member
`
	if b.String() != want {
		t.Errorf("want\n%s\ngot\n%s", want, b.String())
	}
}

func TestFirstFailed(t *testing.T) {
	deep := &why.Node{Says: "the place lies outside", Value: why.NotMet}
	n := tree(why.NotMet, &why.Node{Says: "the act fits", Value: why.NotMet, From: []*why.Node{{Says: "the kind", Value: why.Met}, deep}})
	if got := n.FirstFailed(); got != deep {
		t.Errorf("found %q", got.Says)
	}
	if got := tree(why.Met).FirstFailed(); got != nil {
		t.Errorf("found %q in a derivation that is met", got.Says)
	}
	var none *why.Node
	if none.FirstFailed() != nil || none.Leaves() != nil || none.AllNeeds() != nil {
		t.Error("an absent derivation has parts")
	}
}

func TestNeedsAndViewsStopAtWhatIsDecided(t *testing.T) {
	unknown := &why.Node{Says: "x", Value: why.Unknown, Needs: "x"}
	decided := &why.Node{Says: "or", Value: why.Met, From: []*why.Node{{Says: "y", Value: why.Unknown, Needs: "y"}}}
	n := tree(why.Unknown, unknown, decided, unknown)
	if got := n.AllNeeds(); len(got) != 1 || got[0] != "x" {
		t.Errorf("needs %v; want x alone", got)
	}
	if got := n.AllViews(); got != nil {
		t.Errorf("views %v", got)
	}
}
