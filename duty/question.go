package duty

import (
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
)

// Question asks who is bound when By attacks Attacks on a day.
type Question struct {
	By      []string `json:"by"`
	Attacks string   `json:"attacks"`
	On      day.Day  `json:"on"`
	Known   *day.Day `json:"known,omitempty"` // nil: all that the corpus and record hold
	View    string   `json:"view"`            // "" is plain
	Kind    string   `json:"kind"`            // one of Kinds; "" is an armed attack
	Place   string   `json:"place"`           // "" is as recorded, else the target's home territory
	// Responds is the id of the recorded act that this one answers.
	Responds string `json:"responds,omitempty"`
	// Act is the id of the recorded act that the question is about: whether it
	// happened is then no supposition, but what the record says. "": none.
	Act string `json:"act,omitempty"`
	// Assume performance: bearers who are bound to assist are taken to do so.
	Assume bool `json:"assume,omitempty"`
	// Brief leaves the derivations out, for tables over many questions.
	Brief bool `json:"-"`
}

// BadQuestion is a question that cannot be asked, with what would help.
type BadQuestion struct {
	Message, Hint string
}

func (b *BadQuestion) Error() string { return b.Message }

func bad(hint, format string, args ...any) error {
	return &BadQuestion{fmt.Sprintf(format, args...), hint}
}

// Check reports a question that names unknown states, states that did not
// exist on the day, or unknown kinds, places and views.
func (q *Question) Check(c *treaty.Corpus) error {
	if len(q.By) == 0 {
		return bad("name the attacker, for example --by USA", "ask who is bound: no attacker")
	}
	for _, s := range append(slices.Clone(q.By), q.Attacks) {
		if strings.HasPrefix(s, "group:") && s != q.Attacks {
			continue
		}
		if !c.Names.Known(s) {
			hint := "states are named by ISO 3166-1 alpha-3 codes, such as PRK; an attacker that is no state is group:NAME"
			if near := c.Names.Suggest(s); near != "" {
				hint = fmt.Sprintf("did you mean %s (%s)?", near, c.Names.Name(near, q.On))
			}
			return bad(hint, "ask who is bound: unknown state %q", s)
		}
		if c.Names.Exists(s, q.On) == day.No {
			hint := "ask for a day on which it existed"
			if h, ok := c.Names.Successor(s); ok && len(h.To) > 0 {
				hint = fmt.Sprintf("%s %s it from %s", strings.Join(h.To, ", "), h.How, h.On)
			}
			return bad(hint, "ask who is bound: %s did not exist on %s", s, q.On)
		}
		if s == q.Attacks && slices.Contains(q.By, s) {
			return bad("name two different states", "ask who is bound: %s cannot attack itself", s)
		}
	}
	if q.Kind != "" && !slices.Contains(Kinds, q.Kind) {
		return bad("the kinds are "+strings.Join(Kinds, ", "), "ask who is bound: unknown kind of act %q", q.Kind)
	}
	if q.Place != "" && q.Place != treaty.Home {
		p, ok := c.Place(q.Place)
		if !ok {
			hint := "casus corpus list --places lists them"
			if near := c.SuggestPlace(q.Place); near != "" {
				hint = fmt.Sprintf("did you mean %s?", near)
			}
			return bad(hint, "ask who is bound: unknown place %q", q.Place)
		}
		q.Place = p.ID
	}
	switch party, isParty := strings.CutPrefix(q.View, "party:"); {
	case q.View == "" || q.View == "plain" || q.View == "unsc":
	case isParty && c.Names.Known(party):
	default:
		return bad("the views are plain, unsc and party:CODE", "ask who is bound: unknown view %q", q.View)
	}
	return nil
}
