package happening

import (
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/record"
)

// story is a report as a whole: what it is mainly about, though the reader may
// have found no act in the words that say so.
type story struct {
	*record.Stored
	states    map[string]bool // that it names
	lead      *telling        // the first act told in its beginning; nil if none was read
	when      day.Period      // of what it is about
	dated     bool
	published day.Day
	words     map[string]float64 // of all of it
	begin     map[string]float64 // of headline and beginning
}

// beginning is how much of a text, in bytes, tells what a report is about.
const beginning = 500

// storyOf tells what a report is about. told holds its acts in the order of the
// text.
func storyOf(r *record.Stored, told []*telling) *story {
	d := r.Document
	s := &story{Stored: r, states: map[string]bool{}, words: map[string]float64{}, begin: map[string]float64{}}
	s.published, _ = day.Parse(r.Known)
	names := map[string]bool{}
	for _, a := range d.Actors {
		if a.Kind == "state" && a.Code != "" {
			s.states[a.Code] = true
			for _, w := range tokens(a.Name) {
				names[stem(strings.ToLower(w))] = true
			}
		}
	}
	head := strings.ToValidUTF8(d.Text[:min(len(d.Text), beginning)], "")
	for _, t := range told {
		if at := triggerOf(d, t.ID); at >= 0 && at < len(head) && t.Kind == record.Act {
			s.lead = t
			break
		}
	}
	if s.lead != nil && s.lead.dated && length(s.lead.when) == 1 {
		s.when, s.dated = s.lead.when, true
	}
	for _, t := range d.Times {
		p, err := day.ParsePeriod(t.Value)
		if s.dated || t.Span.Start >= len(head) {
			break
		}
		if err == nil && t.Kind == "date" && length(p) == 1 && p.From <= s.published {
			s.when, s.dated = p, true
		}
	}
	var t telling
	t.weigh(s.begin, names, d.Title+"\n"+head, true)
	t.weigh(s.words, names, d.Title+"\n"+d.Text, true)
	return s
}

// about says how much speaks for two reports being about one act. Days that
// exclude each other rule it out.
func about(a, b *story) likeness {
	var l likeness
	shared := overlap(a.states, b.states)
	if shared == 0 {
		return ruledOut
	}
	if shared > 2 {
		l.add(0.6, "three states in common")
	}
	if a.dated && b.dated {
		if apart(a.when, b.when) > 1 {
			return ruledOut
		}
		l.add(0.8, "days that fit")
	}
	switch gap := abs(a.published - b.published); {
	case gap <= 1:
		l.add(1, "told at the same time")
	case gap <= 3:
	default:
		l.add(-0.8, "")
	}
	if a.lead != nil && b.lead != nil {
		switch same := a.lead.root == b.lead.root; {
		case same && compare(a.lead, b.lead).never:
			return ruledOut
		case same && overlap(a.lead.undirected().source, b.lead.undirected().source) > 1:
			l.add(1.2, "the same act leads both")
		case !same && !alike(a.lead.root, b.lead.root):
			l.add(-0.6, "")
		}
	}
	begin, words := cosine(a.begin, b.begin)
	all, _ := cosine(a.words, b.words)
	l.add(5.5*begin+6*all+0.7, "")
	if len(words) > 0 {
		l.why = append(l.why, "words in common: "+strings.Join(words, ", "))
	}
	return l
}

// account is the account that a report as a whole gives of what it is about.
func (s *story) account() Account {
	it := record.Item{Kind: record.Text, Ref: s.Hash, Words: strings.TrimSpace(s.Title + "\n" + firstLine(s.Document.Text)), Report: s.Head, Parties: []record.Party{}}
	for _, a := range s.Document.Actors {
		if a.Kind == "state" && a.Code != "" {
			it.Parties = append(it.Parties, record.Party{Role: "named", Kind: a.Kind, Name: a.Name, State: a.Code})
		}
	}
	return Account{Item: it}
}

func firstLine(t string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(t), "\n")
	return line
}
