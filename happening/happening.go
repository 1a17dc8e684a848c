// Package happening brings together the accounts that several reports give of
// one act: who reports it, since when, where they differ, what only one of them
// says, and which reports are copies of one text.
//
// It compares what was read and stored; it does not say which account is true.
// Copies are no witnesses: they are counted once. A person's judgement that two
// acts are the same, or are not, overrules the comparison and can be undone.
// Like the record, it has no clock.
package happening

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/text"
)

// Happening is an act with all accounts of it.
type Happening struct {
	ID       string    `json:"id"`           // ref of its earliest account; any ref of an account leads to it
	Type     string    `json:"type"`         // PLOVER root that most accounts give
	Parties  []string  `json:"parties"`      // names, those that most accounts have first
	On       string    `json:"on,omitempty"` // the finest day or period that most dated accounts give; empty if none is dated
	Since    string    `json:"since"`        // day from which the first account is known
	Reports  int       `json:"reports"`
	Accounts []Account `json:"accounts"`       // earliest first
	Ties     []Tie     `json:"ties,omitempty"` // what the accounts are held together by

	// What follows needs the documents and is set by Around and Compare, the
	// first two by List as well.
	Witnesses   int          `json:"witnesses,omitempty"` // reports, copies of one text counted once
	Copies      [][]string   `json:"copies,omitempty"`    // hashes of reports that are copies of one text, earliest first
	Differences []Difference `json:"differences,omitempty"`
	Only        []Only       `json:"only,omitempty"`
}

// Account is one telling of the act: an act or an agreement in a report, or a
// report as a whole that is about the act although none was read in it.
type Account struct {
	record.Item
	Span  *text.Span `json:"span,omitempty"`  // of a report that tells it in passing: the sentence
	Whose string     `json:"whose,omitempty"` // speaker whose words these are; empty for the outlet's own; set by Around and Compare
}

// Tie says why two accounts are taken for one act.
type Tie struct {
	A     string   `json:"a"` // refs
	B     string   `json:"b"`
	Score float64  `json:"score"` // at least Enough; 0 for a judgement
	Why   []string `json:"why"`
}

// Difference is a point on which accounts do not say the same.
type Difference struct {
	Kind   string  `json:"kind"` // date, place, number, quotation, status
	What   string  `json:"what"` // "killed"; the speaker of a quotation; empty for date, place and status
	Values []Value `json:"values"`
}

// Value is what some of the reports say.
type Value struct {
	Says    string   `json:"says"`
	Reports []string `json:"reports"` // hashes
}

// Only is what one report alone says.
type Only struct {
	Report string `json:"report"` // hash
	Kind   string `json:"kind"`   // person, statement, act
	ID     string `json:"id"`     // in the report's document
	Says   string `json:"says"`
}

// finish fills what is said of the accounts together.
func (h *Happening) finish() {
	slices.SortFunc(h.Accounts, func(a, b Account) int { return order(a.Item, b.Item) })
	first := h.Accounts[0]
	h.ID, h.Since = first.Ref, first.Report.Known
	types, parties, days, reports := tally{}, tally{}, tally{}, map[string]bool{}
	read := slices.ContainsFunc(h.Accounts, func(a Account) bool { return a.Kind != record.Text })
	for _, a := range h.Accounts {
		if a.Kind != record.Text {
			types.add(cmp.Or(map[record.Kind]string{record.Agreement: "AGREE"}[a.Kind], a.Type))
		}
		for _, name := range partyNames(a.Item) {
			if a.Kind != record.Text || !read {
				parties.add(name)
			}
		}
		if a.From != "" && a.Kind == record.Act {
			days.add(spelled(a.Item))
		}
		reports[a.Report.Hash] = true
	}
	h.Type = types.most()
	h.Parties = parties.ranked()
	h.On = days.most()
	h.Reports = len(reports)
}

// order puts the earliest known first; of one day the one added first.
func order(a, b record.Item) int {
	for _, pair := range [][2]string{{a.Report.Known, b.Report.Known}, {a.Report.Added, b.Report.Added}, {a.Ref, b.Ref}} {
		if c := strings.Compare(pair[0], pair[1]); c != 0 {
			return c
		}
	}
	return 0
}

// spelled words the days of an item as finely as they are known.
func spelled(it record.Item) string {
	p, ok := period(it)
	if !ok {
		return ""
	}
	return day.Within(p).String()
}

// period is the days on which an act happened, or an agreement was signed. The
// record keeps the first day only of an agreement, so that the first of a month
// may mean the month and the first of January the year.
func period(it record.Item) (p day.Period, ok bool) {
	from, err := day.Parse(it.From)
	if err != nil {
		return p, false
	}
	p.From, p.To = from, from+1
	if to, err := day.Parse(it.To); err == nil {
		p.To = to
	} else if it.Kind == record.Agreement && strings.HasSuffix(it.From, "-01-01") {
		p.To = from.AddMonths(12)
	} else if it.Kind == record.Agreement && strings.HasSuffix(it.From, "-01") {
		p.To = from.AddMonths(1)
	}
	return p, true
}

// partyNames lists the parties of an item, states before the people who act for
// them; of a state and its people the state alone.
func partyNames(it record.Item) []string {
	var out []string
	for _, p := range it.Parties {
		name := p.Name
		if p.Kind == "person" && slices.ContainsFunc(it.Parties, func(q record.Party) bool { return q.Kind == "state" && q.State == p.State }) {
			continue
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// tally counts strings and remembers the order in which they came.
type tally struct {
	names []string
	count map[string]int
}

func (t *tally) add(name string) {
	if name == "" {
		return
	}
	if t.count == nil {
		t.count = map[string]int{}
	}
	if t.count[name] == 0 {
		t.names = append(t.names, name)
	}
	t.count[name]++
}

func (t *tally) ranked() []string {
	slices.SortStableFunc(t.names, func(a, b string) int { return t.count[b] - t.count[a] })
	return t.names
}

func (t *tally) most() string {
	if len(t.names) == 0 {
		return ""
	}
	return t.ranked()[0]
}
