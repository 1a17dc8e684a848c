// Package evidence turns the acts of a record into those that duty evaluates:
// who did what to whom on which day, and whose word that is.
//
// It is careful on purpose. Only reported uses of force, threats of it and
// requests for military help count, by one table. What a speaker says is that
// speaker's word and so disputed; a fact is only what an outlet reports as its
// own, or what both sides say. Accounts become one act only where a person
// judged them to be. What it leaves out it names, with the reason.
package evidence

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/treaty"
)

// Left is an act of the record that answers do not rest on, and why.
type Left struct {
	Ref string `json:"ref"`
	Why string `json:"why"`
}

// Found is what the record gives for a question.
type Found struct {
	duty.Record
	Left  []Left   `json:"left,omitempty"`
	Notes []string `json:"notes,omitempty"` // what was supposed where a report says nothing that fits
}

// Mistake is an act that no question can be made of, with what would help.
type Mistake struct {
	Ref, Message, Hint string
}

func (m *Mistake) Error() string { return "ask about act " + m.Ref + ": " + m.Message }

// window is how many days before its own a question looks for acts: what is
// older and still bears on it belongs into the corpus's record.
const window = 366

// most is how many acts of one type are looked at.
const most = 2000

// About returns what the record holds on the states of a question: force and
// threats by the attacked against the attackers and by anybody against the
// attacked, in the year before, as known on the question's known day.
func About(ctx context.Context, s record.Store, c *treaty.Corpus, q duty.Question) (Found, error) {
	b := builder{ctx: ctx, store: s, corpus: c, known: q.Known}
	if err := b.judgements(); err != nil {
		return Found{}, err
	}
	from, to := q.On-window, q.On+window
	seen := map[string]bool{}
	for _, root := range []string{"ASSAULT", "COERCE", "THREATEN", "REQUEST"} {
		const page = 200
		for at := 0; at < most; at += page {
			items, err := s.Search(ctx, record.Query{Kinds: []record.Kind{record.Act}, Type: root, State: q.Attacks, From: &from, To: &to, Known: q.Known, Limit: page, Offset: at})
			if err != nil {
				return Found{}, err
			}
			for _, it := range items {
				if !seen[it.Ref] && bears(it, q) {
					seen[it.Ref] = true
					if err := b.take(it.Report.Hash, it.ID); err != nil {
						return Found{}, err
					}
				}
			}
			if len(items) < page {
				break
			}
			if at+page >= most {
				b.leave(root, "", "there are more than %d acts of this type; older reports were not looked at", most)
			}
		}
	}
	b.accounts = slices.DeleteFunc(b.accounts, func(a account) bool { return a.planned || a.from.Kind != day.BoundIn || a.from.From > q.On })
	found, _ := b.found()
	return found, nil
}

// bears reports whether an act may bear on the question by who takes part.
func bears(it record.Item, q duty.Question) bool {
	for _, p := range it.Parties {
		switch {
		case p.Role == "target" && p.State == q.Attacks:
			return true
		case p.Role == "target" && (slices.Contains(q.By, p.State) || slices.Contains(q.By, "group:"+p.Name)), p.Role == "source" && it.Type == "REQUEST" && p.State == q.Attacks:
			return true
		}
	}
	return false
}

// Ask makes a question of one act of the record (HASH#ID, or the beginning of
// the hash) and returns the act as evidence, with all that was judged to be the
// same. What over gives stands in place of what the act says. The error is a
// [Mistake] where the act does not tell enough.
func Ask(ctx context.Context, s record.Store, c *treaty.Corpus, ref string, over duty.Question) (duty.Question, Found, error) {
	q := over
	fail := func(hint, format string, args ...any) (duty.Question, Found, error) {
		return q, Found{}, &Mistake{ref, fmt.Sprintf(format, args...), hint}
	}
	key, id, ok := strings.Cut(ref, "#")
	if !ok {
		return fail("an act is written as casus record search prints it: 87c28034#e1", "it names a report, not an act")
	}
	st, err := s.Report(ctx, key)
	if err != nil {
		return q, Found{}, err
	}
	b := builder{ctx: ctx, store: s, corpus: c, known: over.Known, asked: true, over: over}
	if err := b.judgements(); err != nil {
		return q, Found{}, err
	}
	if k := over.Known; k != nil && st.Known > k.String() {
		return fail("ask with a later --known", "its report was known only from %s", st.Known)
	}
	full := st.Hash + "#" + id
	for _, r := range append([]string{full}, b.others(full)...) {
		hash, id, _ := strings.Cut(r, "#")
		if err := b.take(hash, id); err != nil {
			return q, Found{}, err
		}
	}
	var act *account
	var targets []string
	for i := range b.accounts {
		a := &b.accounts[i]
		if a.ref != full || q.Attacks != "" && a.target != q.Attacks {
			continue
		}
		if act == nil {
			act = a
		}
		if !slices.Contains(targets, a.target) {
			targets = append(targets, a.target)
		}
		if len(over.By) == 0 && a.target == act.target && !slices.Contains(q.By, a.actor) {
			q.By = append(q.By, a.actor)
		}
	}
	switch {
	case act == nil && len(b.left) > 0:
		return fail(b.left[0].hint, "%s", b.left[0].Why)
	case act == nil && q.Attacks == "":
		return fail("ask about a use or threat of force", "it is none, but a request for help")
	case act == nil:
		return fail("leave --attacks away, or ask without --act", "it is not aimed at %s", q.Attacks)
	case len(targets) > 1:
		return fail("name one with --attacks", "it is aimed at %s", strings.Join(targets, " and "))
	}
	q.Attacks, q.Kind, q.Place = act.target, cmp.Or(q.Kind, act.kind), cmp.Or(q.Place, act.place)
	if q.On == 0 {
		d, ok := act.from.Day()
		if !ok {
			return fail("name the day with --on", "its day is not known (%s)", act.from)
		}
		q.On = d
	}
	found, ids := b.found()
	if !act.planned { // what lies ahead is supposed
		q.Act = ids[full]
	}
	return q, found, nil
}
