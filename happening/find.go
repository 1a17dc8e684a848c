package happening

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/record"
)

// ErrNoAct is returned for a ref that names no act or agreement of the record.
var ErrNoAct = errors.New("there is no such act in the record")

const (
	window = 60   // days before and after a report in which others may tell its acts
	week   = 7    // days before and after a report in which others may be about the same without telling it as an act
	most   = 100  // accounts that are looked through, of those with most parties in common the nearest in time
	atMost = 24   // documents that are read to find whom the reader's eye missed
	inOne  = 1000 // acts of one report
	wholly = 100  // the same, for a list
)

var kinds = []record.Kind{record.Act, record.Agreement}

// Around finds the happening that an act or agreement of the record belongs to,
// by its ref (HASH#ID; the beginning of the hash is enough), as the record was
// known on a day, or now if known is nil. Reports that appeared within two
// months of it are looked through.
func Around(ctx context.Context, s record.Store, ref string, known *day.Day) (Happening, error) {
	h, err := around(ctx, s, ref, known)
	if err != nil {
		return Happening{}, fmt.Errorf("gather accounts of %s: %w", ref, err)
	}
	return h, nil
}

func around(ctx context.Context, s record.Store, ref string, known *day.Day) (Happening, error) {
	key, id, ok := strings.Cut(ref, "#")
	if !ok {
		return Happening{}, fmt.Errorf("%w: a ref is HASH#ID", ErrNoAct)
	}
	r, err := s.Report(ctx, key)
	if err != nil {
		return Happening{}, err
	}
	own, err := s.Search(ctx, record.Query{Ref: r.Hash, Kinds: kinds, Known: known, Limit: inOne})
	if err != nil {
		return Happening{}, err
	}
	n := slices.IndexFunc(own, func(it record.Item) bool { return it.ID == id })
	if n < 0 {
		return Happening{}, ErrNoAct
	}
	items, likely, err := candidates(ctx, s, own[n], known)
	if err != nil {
		return Happening{}, err
	}
	judged, err := judgements(ctx, s, known)
	if err != nil {
		return Happening{}, err
	}
	reports, err := nearby(ctx, s, r, likely, known)
	if err != nil {
		return Happening{}, err
	}
	for _, h := range Group(items, reports, judged) {
		if slices.ContainsFunc(h.Accounts, func(a Account) bool { return a.Ref == own[n].Ref }) {
			if err := load(ctx, s, reports, h.hashes(atMost)); err != nil {
				return Happening{}, err
			}
			h.detail(reports)
			return h, nil
		}
	}
	return Happening{Accounts: []Account{}}, ErrNoAct // an agreement of one party
}

// hashes are those of the first reports with accounts of it.
func (h *Happening) hashes(most int) (out []string) {
	for _, a := range h.Accounts {
		if len(out) < most && !slices.Contains(out, a.Report.Hash) {
			out = append(out, a.Report.Hash)
		}
	}
	return out
}

// nearby loads the reports of items, the closest in time first, and those that
// appeared about when r did and share its rarest words.
func nearby(ctx context.Context, s record.Store, r *record.Stored, items []record.Item, known *day.Day) (map[string]*record.Stored, error) {
	at, _ := day.Parse(r.Known)
	heads := map[string]record.Head{}
	for _, it := range items {
		heads[it.Report.Hash] = it.Report
	}
	found, err := s.Mentioned(ctx, weightiest(storyOf(r, nil).begin, 5), at, week, known, 2*atMost)
	if err != nil && !errors.Is(err, record.ErrNoWords) && !errors.Is(err, record.ErrManyWords) {
		return nil, err
	}
	for _, h := range found {
		heads[h.Hash] = h
	}
	list := slices.SortedFunc(maps.Values(heads), func(a, b record.Head) int {
		return cmp.Or(cmp.Compare(gap(a, at), gap(b, at)), cmp.Compare(a.Hash, b.Hash))
	})
	out := map[string]*record.Stored{r.Hash: r}
	var hashes []string
	for _, h := range list[:min(len(list), atMost)] {
		hashes = append(hashes, h.Hash)
	}
	return out, load(ctx, s, out, hashes)
}

func gap(h record.Head, at day.Day) day.Day {
	d, _ := day.Parse(h.Known)
	return abs(d - at)
}

// weightiest are the words that weigh most, the longest first, at most n.
func weightiest(words map[string]float64, n int) []string {
	var list []string
	for w, x := range words {
		if x > 1.5 {
			list = append(list, w+"*") // stems
		}
	}
	sortBy(list, func(w string) float64 { return -float64(len(w)) })
	return list[:min(len(list), n)]
}

// load reads the reports that are not there yet.
func load(ctx context.Context, s record.Store, into map[string]*record.Stored, hashes []string) error {
	hashes = slices.DeleteFunc(hashes, func(hash string) bool { return into[hash] != nil })
	list, err := s.Reports(ctx, hashes...)
	for _, r := range list {
		into[r.Hash] = r
	}
	return err
}

// candidates are the item and what may be another account of its act, by itself
// or through others; likely are those that are one by themselves.
func candidates(ctx context.Context, s record.Store, it record.Item, known *day.Day) (all, likely []record.Item, err error) {
	judged, err := s.Judgements(ctx, it.Ref)
	if err != nil {
		return nil, nil, err
	}
	wanted := map[string]bool{}
	for _, j := range judged {
		wanted[j.A], wanted[j.B] = true, true
	}
	t := tellingOf(&it)
	items := map[string]record.Item{it.Ref: it}
	q := record.DeedQuery{Roots: kinRoots(t.root), At: t.published, Within: window, Known: known, Limit: most}
	for _, p := range it.Parties {
		if party := cmp.Or(p.State, p.Name); !slices.Contains(q.Parties, party) {
			q.Parties = append(q.Parties, party)
		}
	}
	times := []day.Day{t.published}
	if t.dated && t.when.From < t.published-window {
		times = append(times, t.when.From+window/2) // and about when it happened
	}
	for _, q.At = range times {
		found, err := s.Deeds(ctx, q)
		if err != nil {
			return nil, nil, err
		}
		for _, f := range found {
			if l := compare(t, tellingOf(&f)); wanted[f.Ref] || !l.never && l.score >= Enough-1.5 {
				items[f.Ref] = f
				if l.score >= Enough {
					likely = append(likely, f)
				}
			}
		}
	}
	for ref := range wanted {
		if _, ok := items[ref]; ok {
			continue
		}
		hash, id, _ := strings.Cut(ref, "#")
		found, err := s.Search(ctx, record.Query{Ref: hash, Kinds: kinds, Known: known, Limit: inOne})
		if err != nil {
			return nil, nil, err
		}
		if n := slices.IndexFunc(found, func(f record.Item) bool { return f.ID == id }); n >= 0 {
			items[ref] = found[n]
			likely = append(likely, found[n])
		}
	}
	return slices.Collect(maps.Values(items)), likely, nil
}

// judgements are those that were made, and not undone, by a day.
func judgements(ctx context.Context, s record.Store, known *day.Day) ([]record.Judgement, error) {
	all, err := s.Judgements(ctx, "")
	if err != nil || known == nil {
		return all, err
	}
	end := (*known + 1).String()
	kept := all[:0]
	for _, j := range all {
		if j.Undone >= end {
			j.Undone = ""
		}
		if j.Made < end {
			kept = append(kept, j)
		}
	}
	return kept, nil
}

// List groups the acts that fit a query, at most its limit of accounts of the
// latest reports, and returns the happenings that at least so many reports tell,
// those first that were told last. Copies are counted once. Whole reports and
// tellings in passing are looked for in the latest hundred of these reports only;
// Around finds all accounts of one happening.
func List(ctx context.Context, s record.Store, q record.Query, atLeast int) ([]Happening, error) {
	out, err := list(ctx, s, q, atLeast)
	if err != nil {
		return nil, fmt.Errorf("list happenings: %w", err)
	}
	return out, nil
}

func list(ctx context.Context, s record.Store, q record.Query, atLeast int) ([]Happening, error) {
	q.Kinds = kinds
	if q.Limit == 0 {
		q.Limit = 1000
	}
	items, err := s.Search(ctx, q)
	if err != nil {
		return nil, err
	}
	judged, err := judgements(ctx, s, q.Known)
	if err != nil {
		return nil, err
	}
	reports := map[string]*record.Stored{}
	var hashes []string
	for _, it := range items { // the latest come first
		if len(hashes) < wholly && !slices.Contains(hashes, it.Report.Hash) {
			hashes = append(hashes, it.Report.Hash)
		}
	}
	if err := load(ctx, s, reports, hashes); err != nil {
		return nil, err
	}
	out := slices.DeleteFunc(Group(items, reports, judged), func(h Happening) bool { return h.Reports < atLeast })
	slices.SortStableFunc(out, func(a, b Happening) int { return cmp.Compare(b.last(), a.last()) })
	for i := range out {
		if out[i].Reports < 2 {
			out[i].Witnesses = out[i].Reports
			continue
		}
		if err := load(ctx, s, reports, out[i].hashes(len(out[i].Accounts))); err != nil {
			return nil, err
		}
		out[i].count(reports)
	}
	return out, nil
}

// last is the day on which the latest account was known.
func (h *Happening) last() string { return h.Accounts[len(h.Accounts)-1].Report.Known }

// Comparison holds reports against each other.
type Comparison struct {
	Reports []record.Head `json:"reports"`
	Copies  [][]string    `json:"copies"` // hashes of reports that are copies of one text
	Shared  []Happening   `json:"shared"` // acts that at least two of them tell, in detail
	Only    []Only        `json:"only"`   // acts that one of them tells
}

// Compare holds two or more reports of the record against each other.
func Compare(ctx context.Context, s record.Store, keys ...string) (Comparison, error) {
	c := Comparison{Copies: [][]string{}, Shared: []Happening{}, Only: []Only{}}
	reports := map[string]*record.Stored{}
	var list []*record.Stored
	var items []record.Item
	for _, key := range keys {
		r, err := s.Report(ctx, key)
		if err != nil {
			return c, fmt.Errorf("compare reports: %w", err)
		}
		if reports[r.Hash] != nil {
			continue
		}
		reports[r.Hash] = r
		list = append(list, r)
		c.Reports = append(c.Reports, r.Head)
		own, err := s.Search(ctx, record.Query{Ref: r.Hash, Kinds: kinds, Limit: inOne})
		if err != nil {
			return c, fmt.Errorf("compare reports: %w", err)
		}
		items = append(items, own...)
	}
	if len(list) < 2 {
		return c, errors.New("compare reports: two different reports are needed")
	}
	judged, err := judgements(ctx, s, nil)
	if err != nil {
		return c, fmt.Errorf("compare reports: %w", err)
	}
	c.Copies = append(c.Copies, copiesByHash(list)...)
	for _, h := range Group(items, reports, judged) {
		if h.Reports > 1 {
			h.detail(reports)
			c.Shared = append(c.Shared, h)
			continue
		}
		for _, a := range h.Accounts {
			if a.Kind == record.Act {
				c.Only = append(c.Only, Only{a.Report.Hash, "act", a.ID, a.Words})
			}
		}
	}
	return c, nil
}
