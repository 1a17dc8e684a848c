// Package evidence turns the acts of a record into those that duty evaluates:
// who did what to whom on which day, and whose word that is.
//
// It is careful on purpose. Only reported uses of force, threats of it and
// requests for military help count, by one table. What a speaker says is that
// speaker's word and so disputed; a fact is only what an outlet reports as its
// own, or what both sides say. Accounts become one act where a person judged
// them to be, or where the rules of package happening take them for one and they
// agree on who attacked whom; copies of one text count once. How they were joined
// it says; what it leaves out it names, with the reason.
package evidence

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/happening"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/treaty"
)

// Left is an act of the record that answers do not rest on, and why.
type Left struct {
	Ref string `json:"ref"`
	Why string `json:"why"`
}

// Told is an account that an act was made of: what one report says.
type Told struct {
	Act       string `json:"act"` // its id, as derivations have it
	Ref       string `json:"ref"` // HASH#ID
	Title     string `json:"title,omitempty"`
	Outlet    string `json:"outlet,omitempty"`
	Published string `json:"published,omitempty"`
	Joined    string `json:"joined,omitempty"` // why it is taken for the same act as the others; empty if it is the only one
	Copy      bool   `json:"copy,omitempty"`   // its report has the text of an earlier one here: it is no witness
}

// Found is what the record gives for a question.
type Found struct {
	duty.Record
	Told  []Told   `json:"told,omitempty"` // in the order of the acts, earliest known first
	Left  []Left   `json:"left,omitempty"`
	Notes []string `json:"notes,omitempty"` // what was supposed where a report says nothing that fits
}

// Add adds what more was found. An act that is there already stays as it is.
func (f *Found) Add(more Found) {
	has := map[string]bool{}
	for _, a := range f.Acts {
		has[a.ID] = true
	}
	for _, a := range more.Acts {
		if !has[a.ID] {
			f.Acts = append(f.Acts, a)
		}
	}
	for _, t := range more.Told {
		if !has[t.Act] {
			f.Told = append(f.Told, t)
		}
	}
	f.Facts, f.Left, f.Notes = append(f.Facts, more.Facts...), append(f.Left, more.Left...), append(f.Notes, more.Notes...)
}

// Types are the PLOVER roots whose acts may be evidence.
var Types = []string{"ASSAULT", "COERCE", "THREATEN", "REQUEST"}

// Counts reports whether an act is of a kind that a question can be about.
func Counts(doc *reading.Document, a reading.Act) bool {
	return a.Status != "denied" && kindOf(a, words(doc.Text, a.Trigger)) != ""
}

// Mistake is an act that no question can be made of, with what would help.
type Mistake struct {
	Ref, Message, Hint string
}

func (m *Mistake) Error() string { return "ask about act " + shown(m.Ref) + ": " + m.Message }

// window is how many days before its own a question looks for acts: what is
// older and still bears on it belongs into the corpus's record.
const window = 366

const (
	most   = 2000 // acts of one type that are looked at
	joined = 400  // acts among which a rule looks for one act told twice: it compares each with each
)

// About returns what the record holds on the states of a question: force and
// threats by the attacked against the attackers and by anybody against the
// attacked, in the year before, as known on the question's known day.
func About(ctx context.Context, s record.Store, c *treaty.Corpus, q duty.Question) (Found, error) {
	b := builder{ctx: ctx, store: s, corpus: c, known: q.Known}
	if err := b.judgements(); err != nil {
		return Found{}, err
	}
	from, to := q.On-window, q.On+window
	seen := map[string]record.Item{}
	for _, root := range Types {
		const page = 200
		for at := 0; at < most; at += page {
			items, err := s.Search(ctx, record.Query{Kinds: []record.Kind{record.Act}, Type: root, State: q.Attacks, From: &from, To: &to, Known: q.Known, Limit: page, Offset: at})
			if err != nil {
				return Found{}, err
			}
			for _, it := range items {
				if _, ok := seen[it.Ref]; !ok && bears(it, q) {
					seen[it.Ref] = it
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
	var items []record.Item
	for _, a := range b.accounts {
		if it, ok := seen[a.ref]; ok {
			items = append(items, it)
			delete(seen, a.ref)
		}
	}
	if len(items) > joined {
		b.notes = append(b.notes, fmt.Sprintf("%d acts are more than a rule compares; those that nobody judged to be the same stand each for itself", len(items)))
	} else {
		for _, h := range happening.Group(items, nil, b.judged) {
			b.join(h)
		}
	}
	found, _ := b.found()
	return found, b.err
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
// the hash) and returns the act as evidence, with all that is taken for the
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
	if err := b.gather(full); err != nil {
		return q, Found{}, err
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
	return q, found, b.err
}
