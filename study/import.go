package study

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
)

// Instruments turns ATOP's members into instruments, one for each phase of an
// alliance, by id, at the precision that ATOP has: who was bound to what from
// when to when. A condition that ATOP flags without its content becomes a fact
// that the record would have to hold, and a construct that could not be
// encoded, so that answers are open or tainted and never firmer than the
// coding. Lines about somebody who never was in the state system come back as
// left out.
//
// Source: ATOP codebook 5.0, member level.
func Instruments(members []Membership, world *actor.Table) (list []*treaty.Instrument, left []Membership) {
	phases := map[[2]int][]coded{}
	for _, m := range members {
		entry := m.Entry.Bound()
		state, ok := world.ByCOW(m.Member, entry.From)
		if !ok || entry.Kind != day.BoundIn {
			left = append(left, m)
			continue
		}
		key := [2]int{m.Alliance, m.Codes["phase"]}
		phases[key] = append(phases[key], coded{m, state.ID})
	}
	for key, lines := range phases {
		list = append(list, instrumentOf(key[0], key[1], lines))
	}
	slices.SortFunc(list, func(a, b *treaty.Instrument) int { return cmp.Compare(a.ID, b.ID) })
	return list, left
}

// coded is one line of ATOP and the state that it is about.
type coded struct {
	Membership
	state string
}

func instrumentOf(alliance, phase int, lines []coded) *treaty.Instrument {
	slices.SortStableFunc(lines, func(a, b coded) int {
		return cmp.Or(a.Entry.compare(b.Entry), cmp.Compare(a.state, b.state))
	})
	begins := lines[0].Entry
	source := fmt.Sprintf("ATOP, alliance %d", alliance)
	in := &treaty.Instrument{
		ID: fmt.Sprintf("atop-%d", alliance), Title: fmt.Sprintf("Alliance %d of ATOP", alliance), Form: "treaty", Binding: "legal",
		Sources: []string{source}, ATOP: []string{fmt.Sprint(alliance)},
		Status: []treaty.Event{
			{Kind: "signed", On: begins.Bound(), Source: source},
			{Kind: "in force", On: begins.Bound(), Source: source, Doubt: "ATOP counts an alliance from its signature"},
		},
	}
	if phase > 0 {
		in.ID += fmt.Sprintf("-%d", phase)
		in.Title += fmt.Sprintf(", phase %d", phase)
	}
	for _, l := range lines {
		p := treaty.Party{ID: l.state}
		if l.Entry != begins {
			p.HasFrom, p.From = true, l.Entry.Bound()
		}
		if !l.Exit.IsZero() {
			p.HasTo, p.To = true, l.Exit.Bound()
		}
		in.Parties = append(in.Parties, p)
	}
	for o := Defense; o < obligations; o++ {
		in.Provisions = append(in.Provisions, provisionsOf(o, lines)...)
	}
	return in
}

// clause says how one of ATOP's obligations reads as a provision, and which
// variables limit it.
type clause struct {
	kind, verb, event, says string
	limits                  []limit
}

// limit is a variable of ATOP that narrows an obligation. Where the variable
// says what it asks, that is the test; otherwise the content is not coded.
type limit struct {
	column, asks string
	test         treaty.Test
}

var clauses = [obligations]clause{
	Defense: {"duty", "assist", "armed attack", "to defend a member that is attacked", append(contents("def"),
		limit{"defconpr", "", treaty.TestUnprovoked})},
	Offense: {"duty", "attack", "war", "to join a member's war, also where it was not attacked", contents("off")},
	Neutrality: {"duty", "stay neutral", "war", "not to help those who fight a member", append(contents("neu"),
		limit{"neuconpr", "", treaty.TestUnprovoked}, limit{"neucoatt", "the member is the one that is attacked", treaty.TestFact})},
	Nonaggression: {"ban", "refrain from force", "", "not to use force against each other", nil},
	Consultation: {"duty", "consult", "threat", "to consult in a crisis that could turn to force", []limit{
		{"concoadv", "the adversary is one that the text names", treaty.TestFact},
		{"concoloc", "the place is one that the text names", treaty.TestFact},
		{"concocon", "the conflict is one that the text names", treaty.TestFact},
		{"concoreq", "", treaty.TestRequest}}},
}

// contents are the limits that ATOP codes alike for three obligations.
func contents(stem string) []limit {
	return []limit{
		{stem + "coadv", "the adversary is one that the text names", treaty.TestFact},
		{stem + "coloc", "the place is one that the text names", treaty.TestFact},
		{stem + "cocon", "the conflict is one that the text names", treaty.TestFact},
		{stem + "conum", "the number of adversaries is one that the text names", treaty.TestFact},
		{stem + "codem", "a demand was made as the text asks", treaty.TestFact},
	}
}

// provisionsOf writes an obligation once for each set of limits under which
// members bear it.
func provisionsOf(o Obligation, lines []coded) []*treaty.Provision {
	c := clauses[o]
	var order []string
	bearers := map[string][]string{}
	set := map[string][]limit{}
	for _, l := range lines {
		if !l.Obligations.Has(o) {
			continue
		}
		var apply []limit
		key := ""
		for _, n := range c.limits {
			if l.Codes[n.column] > 0 {
				apply, key = append(apply, n), key+n.column+" "
			}
		}
		if _, ok := bearers[key]; !ok {
			order = append(order, key)
		}
		if !slices.Contains(bearers[key], l.state) {
			bearers[key] = append(bearers[key], l.state)
		}
		set[key] = apply
	}
	var out []*treaty.Provision
	for i, key := range order {
		p := &treaty.Provision{ID: o.String(), Article: "ATOP's " + strings.ToUpper(obligationColumns[o]), Kind: c.kind}
		if i > 0 {
			p.ID += fmt.Sprintf("-%d", i+1)
		}
		t := treaty.Text{Says: c.says, Bearer: role(strings.Join(bearers[key], " or ")), Owed: role("the attacked party"), Force: "shall",
			Does: []treaty.Deed{{Verb: c.verb}}}
		if c.event == "" {
			t.Owed = role("each party")
		} else {
			t.When = treaty.Trigger{Event: c.event, By: role("any state"), On: role("a party")}
		}
		for _, n := range set[key] {
			test := treaty.Condition{Test: n.test}
			switch n.test {
			case treaty.TestRequest:
				test.Who = role("the attacked party")
			case treaty.TestFact:
				test.Key = n.asks
				t.Unencodable = append(t.Unencodable, treaty.Unencodable{Construct: strings.ToUpper(n.column), Reason: "ATOP flags it without its content"})
			}
			t.If = append(t.If, test)
		}
		p.Versions = []treaty.Version{{Span: day.Span{From: day.None, To: day.None}, Text: t}}
		out = append(out, p)
	}
	return out
}

// role parses an expression made here; it is one of the fixed ones or codes.
func role(s string) treaty.Role {
	r, err := treaty.ParseRole(s, nil)
	if err != nil {
		panic(err)
	}
	return r
}
