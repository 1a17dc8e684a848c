package happening

import (
	"cmp"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/text"
)

// telt is what one report tells of a happening.
type telt struct {
	*record.Stored
	acts     []*reading.Act // its accounts
	stretch  []text.Span    // the paragraphs that hold them
	main     bool           // the report is about it: it is told near the beginning
	accounts []int          // indices into Happening.Accounts
}

// count says which of the reports are copies and how many witnesses there are.
// reports holds the documents by hash.
func (h *Happening) count(reports map[string]*record.Stored) {
	list := h.stored(reports)
	h.Copies = copiesByHash(list)
	h.Witnesses = len(list)
	for _, g := range h.Copies {
		h.Witnesses -= len(g) - 1
	}
}

// stored lists the reports of a happening in the order of its accounts.
func (h *Happening) stored(reports map[string]*record.Stored) []*record.Stored {
	var out []*record.Stored
	for _, a := range h.Accounts {
		if r := reports[a.Report.Hash]; r != nil && !slices.Contains(out, r) {
			out = append(out, r)
		}
	}
	return out
}

// detail fills what needs the documents.
func (h *Happening) detail(reports map[string]*record.Stored) {
	h.count(reports)
	var all []*telt
	for _, r := range h.stored(reports) {
		all = append(all, h.toldBy(r))
	}
	h.Differences = slices.Concat(h.dates(all), places(all), statuses(all), counts(all), quotes(all))
	h.Only = only(all)
}

func (h *Happening) toldBy(r *record.Stored) *telt {
	t := &telt{Stored: r}
	d := r.Document
	for i := range h.Accounts {
		a := &h.Accounts[i]
		if a.Report.Hash != r.Hash {
			continue
		}
		t.accounts = append(t.accounts, i)
		var at []text.Span
		if n := slices.IndexFunc(d.Acts, func(b reading.Act) bool { return b.ID == a.ID }); n >= 0 {
			t.acts = append(t.acts, &d.Acts[n])
			at = d.Acts[n].Trigger
			a.Whose = speakerOf(d, d.Acts[n].Within)
		} else if n := slices.IndexFunc(d.Agreements, func(b reading.Agreement) bool { return b.ID == a.ID }); n >= 0 {
			at = d.Agreements[n].Mentions
		}
		if len(at) == 0 || !at[0].Valid(d.Text) {
			continue
		}
		t.stretch = append(t.stretch, paragraph(d.Text, at[0]))
		t.main = t.main || at[0].Start < len(d.Text)/3
	}
	return t
}

// speakerOf names whose words something is in; it is empty for the outlet's.
func speakerOf(d *reading.Document, within *string) string {
	if within == nil {
		return ""
	}
	for _, s := range d.Statements {
		if s.ID == *within {
			return cmp.Or(s.SpeakerName, "somebody")
		}
	}
	return "somebody"
}

// paragraph is the line of a text in which a span lies.
func paragraph(t string, s text.Span) text.Span {
	out := text.Span{Start: strings.LastIndexByte(t[:s.Start], '\n') + 1, End: len(t)}
	if i := strings.IndexByte(t[s.End:], '\n'); i >= 0 {
		out.End = s.End + i
	}
	return out
}

// values gathers what reports say on one point; each report says one thing.
type values []Value

func (v *values) add(says, report string) {
	if says == "" {
		return
	}
	for i := range *v {
		if (*v)[i].Says == says {
			(*v)[i].Reports = append((*v)[i].Reports, report)
			return
		}
	}
	*v = append(*v, Value{says, []string{report}})
}

// difference is the point, if reports do not all say the same.
func (v values) difference(kind, what string) []Difference {
	if len(v) < 2 {
		return nil
	}
	return []Difference{{kind, what, v}}
}

// dates differ if two exclude each other; a month and a day in it do not.
func (h *Happening) dates(all []*telt) []Difference {
	var v values
	var periods []day.Period
	for _, t := range all {
		for _, i := range t.accounts {
			p, ok := period(h.Accounts[i].Item)
			if !ok || h.Accounts[i].Kind != record.Act {
				continue
			}
			periods = append(periods, p)
			v.add(day.Within(p).String(), t.Hash)
			break
		}
	}
	for i, p := range periods {
		if slices.ContainsFunc(periods[:i], func(q day.Period) bool { return apart(p, q) > 0 }) {
			return v.difference("date", "")
		}
	}
	return nil
}

func places(all []*telt) []Difference {
	var v values
	for _, t := range all {
		for _, a := range t.acts {
			if a.Place != "" {
				v.add(a.Place, t.Hash)
				break
			}
		}
	}
	return v.difference("place", "")
}

// statuses differ where one report states what another only hears alleged,
// denied or announced.
func statuses(all []*telt) []Difference {
	var v values
	for _, t := range all {
		if len(t.acts) == 0 {
			continue
		}
		says := t.acts[0].Status
		if whose := speakerOf(t.Document, t.acts[0].Within); whose != "" {
			says += ", says " + whose
		}
		v.add(says, t.Hash)
	}
	if !slices.ContainsFunc(v, func(x Value) bool { return !strings.HasPrefix(x.Says, "occurred") }) {
		return nil // that it happened is told in somebody's words here and in the outlet's there
	}
	return v.difference("status", "")
}

// counts compares what is counted in the paragraphs that tell the act, and the
// dead and wounded anywhere in a report that is about it.
func counts(all []*telt) []Difference {
	found := map[string]*values{}
	var order []string
	for _, t := range all {
		seen := map[string]bool{}
		var times []text.Span
		for _, tm := range t.Document.Times {
			times = append(times, tm.Span)
		}
		add := func(in text.Span, harmed bool) {
			for _, n := range numbers(t.Document.Text, in, times) {
				if seen[n.of] || harmed && harm[n.of] == "" {
					continue
				}
				seen[n.of] = true
				if found[n.of] == nil {
					found[n.of] = &values{}
					order = append(order, n.of)
				}
				found[n.of].add(n.says, t.Hash)
			}
		}
		for _, s := range t.stretch {
			add(s, false)
		}
		if t.main {
			add(text.Span{End: len(t.Document.Text)}, true)
		}
	}
	var out []Difference
	for _, of := range order {
		out = append(out, found[of].difference("number", of)...)
	}
	return out
}

// quotes finds the quotations that reports give in different words.
func quotes(all []*telt) []Difference {
	var out []Difference
	type told struct {
		quotation
		from *telt
	}
	var list []told
	for _, t := range all {
		for _, q := range quotations(t.Document) {
			list = append(list, told{q, t})
		}
	}
	used := make([]bool, len(list))
	for i, a := range list {
		if used[i] {
			continue
		}
		var v values
		v.add(a.span.Of(a.from.Document.Text), a.from.Hash)
		for j := i + 1; j < len(list); j++ {
			b := list[j]
			if used[j] || a.from == b.from || !reworded(a.quotation, b.quotation) {
				continue
			}
			used[j] = true
			if slices.Equal(a.words, b.words) {
				v[0].Reports = append(v[0].Reports, b.from.Hash)
				continue
			}
			v.add(b.span.Of(b.from.Document.Text), b.from.Hash)
		}
		out = append(out, v.difference("quotation", a.speaker)...)
	}
	return out
}

// only lists who is named, and what is said, in one report that is about the
// act and in no other. Of copies, what the first has is not what the others lack:
// a report that is a copy of another still shows what was added to it.
func only(all []*telt) []Only {
	if len(all) < 2 {
		return nil
	}
	var out []Only
	for _, t := range all {
		if !t.main {
			continue
		}
		others := slices.DeleteFunc(slices.Clone(all), func(u *telt) bool { return u == t })
		for _, a := range t.Document.Actors {
			if a.Kind == "person" && !slices.ContainsFunc(others, func(u *telt) bool { return names(u.Document, a) }) {
				out = append(out, Only{t.Hash, "person", a.ID, a.Name})
			}
		}
		for _, s := range t.Document.Statements {
			says := said(t.Document, s)
			if says != "" && s.Notion == "speech" && !slices.ContainsFunc(others, func(u *telt) bool { return holds(u.Document, says) }) {
				out = append(out, Only{t.Hash, "statement", s.ID, says})
			}
		}
	}
	return out
}

// names reports whether a document names the person.
func names(d *reading.Document, p reading.Actor) bool {
	last := p.Name[strings.LastIndexByte(p.Name, ' ')+1:]
	return slices.ContainsFunc(d.Actors, func(a reading.Actor) bool {
		return a.Kind == "person" && (a.Entity != "" && a.Entity == p.Entity || strings.EqualFold(a.Name[strings.LastIndexByte(a.Name, ' ')+1:], last))
	})
}

func said(d *reading.Document, s reading.Statement) string {
	var parts []string
	for _, c := range s.Content {
		if c.Valid(d.Text) {
			parts = append(parts, c.Of(d.Text))
		}
	}
	return strings.Join(parts, " … ")
}

// holds reports whether the words, or most of them, stand in a document: in a
// statement, or in the outlet's own words.
func holds(d *reading.Document, words string) bool {
	want := weights(words)
	if len(want) == 0 {
		return true
	}
	for line := range strings.Lines(d.Text) {
		have := weights(line)
		dot, all := 0.0, 0.0
		for w, x := range want {
			all += x
			if have[w] > 0 {
				dot += x
			}
		}
		if dot >= 0.5*all {
			return true
		}
	}
	return false
}

func weights(s string) map[string]float64 {
	out := map[string]float64{}
	var t telling
	t.weigh(out, nil, s, true)
	for w, x := range out {
		if x == 0 {
			delete(out, w)
		}
	}
	return out
}

// triggerOf is where a document tells an act or agreement; -1 if it has no such.
func triggerOf(d *reading.Document, id string) int {
	if at := triggers(d, id); len(at) > 0 {
		return at[0].Start
	}
	return -1
}

// triggers are the words from which an act or agreement was read.
func triggers(d *reading.Document, id string) []text.Span {
	for _, a := range d.Acts {
		if a.ID == id {
			return a.Trigger
		}
	}
	for _, a := range d.Agreements {
		if a.ID == id {
			return a.Mentions
		}
	}
	return nil
}
