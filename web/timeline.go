package web

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/treaty"
)

type timelineView struct {
	Who, From, To, Instrument string
	Problem                   *problem
	Strip                     *strip
	Entries                   []entryView
	Cut                       int // how many more there are
	Asked                     bool
}

// entryView is one thing that happened, on its day, with whose word it is.
type entryView struct {
	On          string
	At          day.Day
	Voice       string // outlet, speaker, relayed or record
	Class       string // of the dot
	What, Whose string
	Words       string // of a report
	Href        string
	lanes       []int
}

// lane is one row of the time line: a state or somebody by name.
type lane struct{ name, state string }

// mostEntries are shown, the latest ones.
const mostEntries = 150

// timeline shows the acts and agreements of chosen states and persons over days:
// what treaties record and what reports tell.
func (s *Server) timeline(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	v := timelineView{Who: q.Get("who"), From: q.Get("from"), To: q.Get("to"), Instrument: q.Get("instrument")}
	v.Asked = v.Who != "" || v.Instrument != ""
	from, to, err := dayRange(v.From, v.To)
	corpus := s.corpus()
	in := corpus.Instrument(v.Instrument)
	switch {
	case err != nil:
		v.Problem = &problem{err.Error(), "Days are written like 2025-01-10."}
	case v.Instrument != "" && in == nil:
		v.Problem = &problem{"The corpus has no instrument " + v.Instrument + ".", "The list of instruments has them all."}
	}
	if v.Problem != nil {
		s.show(w, r, http.StatusUnprocessableEntity, "Time line", "timeline", v)
		return
	}
	var lanes []lane
	for name := range strings.SplitSeq(v.Who, ",") {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		l := lane{name: name}
		if _, ok := s.world.State(s.code(name)); ok {
			l = lane{s.nameOf(s.code(name), s.today()), s.code(name)}
		}
		if !slices.Contains(lanes, l) {
			lanes = append(lanes, l)
		}
	}
	if len(lanes) > mostParties {
		v.Problem = &problem{fmt.Sprintf("%d names are more than a time line takes.", len(lanes)), fmt.Sprintf("Name at most %d.", mostParties)}
		s.show(w, r, http.StatusUnprocessableEntity, "Time line", "timeline", v)
		return
	}
	entries := s.treatyEntries(corpus, in, lanes)
	entries = append(entries, s.pastEntries(lanes)...)
	reported, err := s.reportedEntries(r, lanes, in, from, to)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	entries = append(entries, reported...)
	entries = slices.DeleteFunc(entries, func(e entryView) bool { return from != nil && e.At < *from || to != nil && e.At >= *to })
	slices.SortStableFunc(entries, func(a, b entryView) int { return cmp.Compare(a.At, b.At) })
	if len(entries) > 0 {
		first, last := entries[0].At, entries[len(entries)-1].At
		margin := max(30, (last-first)/40)
		v.Strip = newStrip("Each dot is an act, an agreement or an event in the life of a treaty", first-margin, last+margin, nil)
		if len(lanes) == 0 {
			lanes = []lane{{name: v.Instrument}}
		}
		for i, l := range lanes {
			var dots []dot
			for _, e := range entries {
				if slices.Contains(e.lanes, i) {
					dots = append(dots, dot{e.At, e.Class, strings.TrimSpace(e.On + ": " + e.What + " " + e.Words), e.Href})
				}
			}
			href := ""
			if l.state != "" {
				href = "/state/" + url.PathEscape(l.state)
			} else if v.Who != "" {
				href = personPath(l.name)
			}
			v.Strip.add(l.name, href, "", fmt.Sprintf("%s: %s", l.name, count(len(dots), "entry", "entries")), nil, dots)
		}
	}
	if v.Cut = max(0, len(entries)-mostEntries); v.Cut > 0 {
		entries = entries[v.Cut:]
	}
	v.Entries = entries
	s.show(w, r, http.StatusOK, cmp.Or(strings.TrimSpace("Time line "+v.Who+v.Instrument), "Time line"), "timeline", v)
}

func dayRange(a, b string) (from, to *day.Day, err error) {
	for text, end := range map[*string]**day.Day{&a: &from, &b: &to} {
		if *text == "" {
			continue
		}
		d, err := day.Parse(*text)
		if err != nil {
			return nil, nil, err
		}
		*end = &d
	}
	return from, to, nil
}

// treatyEntries are the events in the life of the instruments between the lanes:
// of one state, of all its instruments; of several, of those that two of them
// are party to.
func (s *Server) treatyEntries(c *treaty.Corpus, only *treaty.Instrument, lanes []lane) (out []entryView) {
	states := 0
	for _, l := range lanes {
		if l.state != "" {
			states++
		}
	}
	for _, in := range c.Instruments {
		var at []int
		for i, l := range lanes {
			if l.state != "" && in.Has(l.state) {
				at = append(at, i)
			}
		}
		if only != nil && in != only || only == nil && len(at) < min(max(1, states), 2) {
			continue
		}
		if only != nil && len(lanes) == 0 {
			at = []int{0}
		}
		for _, e := range in.Status {
			lanesOf := at
			if len(e.For) > 0 && len(lanes) > 0 {
				lanesOf = slices.DeleteFunc(slices.Clone(at), func(i int) bool { return !slices.Contains(e.For, lanes[i].state) })
			}
			d, _ := edge(e.On, 0)
			if len(lanesOf) == 0 || e.On.Kind == day.BoundUnknown || e.On.Kind == day.BoundNone {
				continue
			}
			out = append(out, entryView{On: e.On.String(), At: d, Voice: "record", Class: "treaty", What: in.Title + ": " + eventWords(e, namer{s, d}.spell), Whose: e.Source, Href: clausePath(in.ID), lanes: lanesOf})
		}
	}
	return out
}

// pastEntries are the acts of the corpus's own record in which a lane's state
// takes part.
func (s *Server) pastEntries(lanes []lane) (out []entryView) {
	for _, a := range s.past.Acts {
		var at []int
		for i, l := range lanes {
			if l.state != "" && (a.Actor == l.state || a.Target == l.state || a.Attributed == l.state) {
				at = append(at, i)
			}
		}
		d, _ := edge(a.From, 0)
		if len(at) == 0 || a.From.Kind != day.BoundIn {
			continue
		}
		e := entryView{On: a.From.String(), At: d, Voice: "record", Class: "act", Whose: a.Source, lanes: at,
			What: fmt.Sprintf("%s → %s: %s", s.nameOf(a.Actor, d), s.nameOf(a.Target, d), a.Kind)}
		if a.By != "" {
			e.Voice, e.Whose = "speaker", "says "+a.By
		}
		out = append(out, e)
	}
	return out
}

// reportedEntries are the acts and agreements that reports tell of the lanes,
// or of one instrument.
func (s *Server) reportedEntries(r *http.Request, lanes []lane, in *treaty.Instrument, from, to *day.Day) ([]entryView, error) {
	if s.store == nil {
		return nil, nil
	}
	const perLane = 100
	at := map[string]int{} // by ref
	var out []entryView
	ask := func(lane int, q record.Query) error {
		q.Kinds, q.From, q.To, q.Limit = []record.Kind{record.Act, record.Agreement}, from, to, perLane
		items, err := s.store.Search(r.Context(), q)
		if err != nil {
			return err
		}
		for _, it := range items {
			if i, ok := at[it.Ref]; ok {
				out[i].lanes = append(out[i].lanes, lane)
				continue
			}
			p, err := day.ParsePeriod(cmp.Or(it.From, it.Report.Published))
			if err != nil {
				continue // no day at all
			}
			v := itemOf(it)
			what := strings.ToLower(cmp.Or(it.Type, string(it.Kind)))
			if who := partyNames(v.Who); who != "" {
				what = who + ": " + what
			}
			if whom := partyNames(v.Whom); whom != "" {
				what += " → " + whom
			}
			at[it.Ref] = len(out)
			out = append(out, entryView{On: cmp.Or(v.Held(), "reported "+it.Report.Published), At: p.From, Voice: v.Voice, Class: string(it.Kind),
				What: what, Words: closed(v.Words), Whose: strings.Trim(closed(it.Report.Outlet)+", "+it.Report.Published, ", "),
				Href: "/record/" + url.PathEscape(it.Report.Hash) + "#" + url.PathEscape(v.Anchor), lanes: []int{lane}})
		}
		return nil
	}
	if in != nil && len(lanes) == 0 {
		return out, ask(0, record.Query{Instrument: in.ID})
	}
	for i, l := range lanes {
		q := record.Query{State: l.state}
		if l.state == "" {
			q.Name = l.name
		}
		if in != nil {
			q.Instrument = in.ID
		}
		if err := ask(i, q); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func partyNames(list []partyLink) string {
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.Name
	}
	return strings.Join(names, ", ")
}
