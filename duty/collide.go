package duty

import (
	"context"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
)

// Collision is a conflict of duties and the attack that would bring it about;
// Attacker is empty where it exists without one.
type Collision struct {
	Attacker string `json:"attacker,omitempty"`
	Attacked string `json:"attacked,omitempty"`
	Conflict
}

// Collisions lists the duties of a day that cannot both be performed, those
// against a decision of the Security Council included: in order of bearer,
// provisions and pair. It asks only about attacks in which some state owes
// help to one side and something contrary to the other.
func Collisions(ctx context.Context, c *treaty.Corpus, rec Record, d day.Day) ([]Collision, error) {
	owes := map[string]map[string]bool{} // bearer to those towards whom it is not free
	helps := map[string][]string{}
	for _, k := range Commitments(c, "", d, nil) {
		switch k.Kind {
		case "defense", "offense", "aid":
			if !slices.Contains(helps[k.Bearer], k.To) {
				helps[k.Bearer] = append(helps[k.Bearer], k.To)
			}
		case "nonaggression", "neutrality":
		default:
			continue
		}
		if owes[k.Bearer] == nil {
			owes[k.Bearer] = map[string]bool{}
		}
		owes[k.Bearer][k.To] = true
	}
	pairs := map[[2]string]bool{}
	for x, victims := range helps {
		for _, y := range victims {
			for z := range owes[x] {
				if z != y && z != x && d < charterDay { // later, help to a victim breaks no promise to its attacker
					pairs[[2]string{z, y}] = true
				}
			}
			pairs[[2]string{"", y}] = true
		}
	}
	var list [][2]string
	for p := range pairs {
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b [2]string) int { return strings.Compare(a[0]+" "+a[1], b[0]+" "+b[1]) })
	var out []Collision
	standing := map[[3]string]bool{}
	for _, p := range list {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		q := Question{By: []string{p[0]}, Attacks: p[1], On: d, View: "plain", Brief: true}
		if p[0] == "" {
			q.By = []string{anyAttacker}
		}
		for _, k := range brief(c, rec, q) {
			id := [3]string{k.Bearer, k.First, k.Second}
			if p[0] == "" {
				standing[id] = true
				out = append(out, Collision{Attacked: p[1], Conflict: k})
			} else if !standing[id] {
				out = append(out, Collision{Attacker: p[0], Attacked: p[1], Conflict: k})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Collision) int {
		return strings.Compare(a.Bearer+" "+a.First+" "+a.Second+" "+a.Attacker+" "+a.Attacked, b.Bearer+" "+b.First+" "+b.Second+" "+b.Attacker+" "+b.Attacked)
	})
	return out, nil
}

// brief evaluates a question that was made here and needs no checking, and
// returns its conflicts.
func brief(c *treaty.Corpus, rec Record, q Question) []Conflict {
	e := evaluator{c: c, rec: rec, q: &q, day: q.On, brief: true, done: map[rowKey]bool{}, alive: map[string]bool{}, shared: map[sharedKey]step{}}
	first := e.first()
	e.evaluate(first)
	e.contraryBans(first)
	e.contraryPacts(first)
	sortRows(e.rows)
	return conflicts(c, e.rows, first)
}
