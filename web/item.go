package web

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/record"
)

// itemView is one thing that a kept report holds, as every page lists it: who
// and whom, in whose words, and where it stands.
type itemView struct {
	record.Item
	Who, Whom []partyLink
	Anchor    string // where in the report it stands
	Voice     string // whose word it is: outlet, speaker or relayed
	Parts     []part // of the words, where something was looked for in them
}

type partyLink struct{ Name, Href string }

func itemOf(it record.Item) itemView {
	v := itemView{Item: it, Voice: "outlet"}
	v.Words = strings.ReplaceAll(v.Words, "\n\n", " … ") // an agreement's, one part of the text after the other
	for _, p := range it.Parties {
		l := partyLink{p.Name, partyPath(p.Kind, p.Name, p.State)}
		if p.Role == "target" {
			v.Whom = append(v.Whom, l)
		} else {
			v.Who = append(v.Who, l)
		}
	}
	switch {
	case it.Kind == record.Statement && it.Within != "":
		v.Voice = "relayed"
	case it.Kind == record.Statement || it.Within != "":
		v.Voice = "speaker"
	}
	_, v.Anchor, _ = strings.Cut(it.Ref, "#")
	return v
}

// TypeWord is how a page names the type of an item: PLOVER roots stand in capitals
// in the record.
func (v itemView) TypeWord() string { return strings.ToLower(v.Type) }

// Held is the day, month, year or span on which the item held. Of an agreement,
// which goes on, the record keeps the first day it may have begun: a first of the
// month may stand for the month, a first of January for the year.
func (v itemView) Held() string {
	if v.Kind == record.Agreement && v.To == "" {
		return strings.TrimSuffix(strings.TrimSuffix(v.From, "-01"), "-01")
	}
	return heldWords(v.From, v.To)
}

func heldWords(from, to string) string {
	f, err := day.Parse(from)
	if err != nil {
		return from
	}
	t, err := day.Parse(to)
	switch y, m, d := f.Date(); {
	case err != nil:
		return from
	case t == f+1:
		return from
	case d == 1 && t == f.AddMonths(1):
		return from[:len("2006-01")]
	case d == 1 && m == 1 && t == f.AddMonths(12):
		return from[:len("2006")]
	case d == 1 && m == 1 && y%10 == 0 && t == f.AddMonths(120):
		return from[:len("2006")] + "s"
	}
	return from + " to " + (t - 1).String()
}

// partyPath is the page of whoever takes part in an item, if there is one.
func partyPath(kind, name, state string) string {
	switch {
	case kind == "state" && state != "":
		return "/state/" + url.PathEscape(state)
	case kind == "person":
		return personPath(name)
	}
	return ""
}

func personPath(name string) string { return "/person/" + url.PathEscape(name) }

// listView is some items with the way to all of them.
type listView struct {
	Items []itemView
	More  string // address of the search that finds all; empty if these are all
}

// latest finds the first few items of a query; without a record there are none.
func (s *Server) latest(ctx context.Context, q record.Query, more url.Values) (listView, error) {
	const few = 8
	if s.store == nil {
		return listView{}, nil
	}
	q.Limit = few + 1
	items, err := s.store.Search(ctx, q)
	if err != nil {
		return listView{}, err
	}
	var v listView
	if len(items) > few {
		items, v.More = items[:few], "/search?"+more.Encode()
	}
	for _, it := range items {
		v.Items = append(v.Items, itemOf(it))
	}
	return v, nil
}

// part is a stretch of words, found by a search or not.
type part struct {
	Text string
	Hit  bool
}

// marked cuts the words of an item where the words that were looked for stand.
// It shows why the item was found as far as plain comparison can; the index
// also knows other forms of a word.
func (v itemView) marked(query string) itemView {
	var wanted []string
	for _, w := range strings.Fields(strings.ToLower(query)) {
		if w = strings.Trim(w, `"*.,;`); w != "" && w[0] != '-' {
			wanted = append(wanted, w)
		}
	}
	if len(wanted) == 0 {
		return v
	}
	add := func(text string, hit bool) {
		if n := len(v.Parts); n > 0 && v.Parts[n-1].Hit == hit {
			v.Parts[n-1].Text += text
		} else if text != "" {
			v.Parts = append(v.Parts, part{text, hit})
		}
	}
	for rest := v.Words; rest != ""; {
		start := strings.IndexFunc(rest, isWord)
		if start < 0 {
			add(rest, false)
			break
		}
		end := len(rest)
		if n := strings.IndexFunc(rest[start:], func(r rune) bool { return !isWord(r) }); n >= 0 {
			end = start + n
		}
		word := strings.ToLower(rest[start:end])
		add(rest[:start], false)
		add(rest[start:end], slices.ContainsFunc(wanted, func(w string) bool { return strings.HasPrefix(word, w) }))
		rest = rest[end:]
	}
	return v
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
