package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/treaty"
)

// unconfirmed marks an instrument that was read by the program and confirmed by
// nobody. It loads and is refused as a source of duty.
const unconfirmed = "unconfirmed"

// deed is what a clause of a reported type becomes in a draft.
type deed struct {
	kind, verb, event string
	bearer, owed      string
}

var deeds = map[string]deed{
	"defense":       {"duty", "assist", "armed attack", "each other party", "the attacked party"},
	"offense":       {"duty", "attack", "", "each party", "each party"},
	"neutrality":    {"duty", "stay neutral", "armed attack", "each other party", "the attacked party"},
	"nonaggression": {"ban", "refrain from force", "", "each party", "each party"},
	"consultation":  {"duty", "consult", "threat", "each other party", "the attacked party"},
	"aid":           {"duty", "give aid", "", "each party", "each party"},
	"basing":        {"duty", "host", "", "each party", "each party"},
	"trade":         {"declaration", "cooperate", "", "each party", "each party"},
	"other":         {"declaration", "cooperate", "", "each party", "each party"},
}

// Drafts turns the agreements of a document that no instrument of the corpus is
// into draft instruments: what was read, the rest unknown. An agreement with
// fewer than two known parties makes none.
func (c *Checker) Drafts(doc Checked) []*treaty.Instrument {
	p := &pass{Checker: c, doc: doc.Document, actors: map[string]*reading.Actor{}}
	for i := range doc.Actors {
		p.actors[doc.Actors[i].ID] = &doc.Actors[i]
	}
	var out []*treaty.Instrument
	for _, a := range doc.Agreements {
		parties := p.codes(a.Parties)
		if a.Instrument != "" || len(parties) < 2 {
			continue
		}
		in := c.draft(a.Title, parties, a.Signed, fmt.Sprintf("report %s, %s, %s", doc.ID, cmp.Or(doc.Outlet, "outlet unknown"), cmp.Or(doc.Published, "day unknown")))
		in.Areas = a.Areas
		if a.Status == "proposed" || a.Status == "announced" {
			in.Doubt = append(in.Doubt, "the report tells of it as "+a.Status+", not as signed")
		}
		for _, clause := range a.Provisions {
			if clause.Negated {
				in.Absent = append(in.Absent, clause.Type)
				continue
			}
			in.Provisions = append(in.Provisions, provisionOf(in, clause.Type, "", clause.Span.Of(doc.Text)))
		}
		if !slices.ContainsFunc(out, func(other *treaty.Instrument) bool { return other.ID == in.ID }) {
			out = append(out, in)
		}
	}
	return out
}

// DraftOf turns a treaty's own text, read, into a draft instrument.
func (c *Checker) DraftOf(d *reading.Draft, text, source string) *treaty.Instrument {
	in := c.draft(d.Title, d.Parties, d.Signed, source)
	if d.Lasts != nil {
		in.Lasts = shorten(d.Lasts.Span.Of(text))
	}
	if d.Ends != nil {
		in.Exit.Words = shorten(d.Ends.Span.Of(text))
	}
	for _, clause := range d.Clauses {
		article := clause.Article
		if clause.Part != "" {
			article = clause.Part + " " + article
		}
		p := provisionOf(in, clause.Type, article, clause.Span.Of(text))
		if clause.Secret {
			p.Secret = treaty.Secret{Set: true, From: day.None, To: day.Bound{}, Source: source}
			if b, err := day.ParseBound(d.Signed); err == nil && d.Signed != "" {
				p.Secret.From = b
			}
		}
		switch clause.Kind {
		case "liberty", "deeming", "declaration":
			p.Kind = clause.Kind
		}
		in.Provisions = append(in.Provisions, p)
	}
	return in
}

func (c *Checker) draft(title string, parties []string, signed, source string) *treaty.Instrument {
	in := &treaty.Instrument{
		Title: cmp.Or(title, "untitled"), Form: "treaty", Binding: "legal", Draft: unconfirmed,
		Sources: []string{source}, Doubt: []string{"read by the program; confirmed by nobody"},
	}
	name := slices.Clone(parties)
	for _, code := range parties {
		in.Parties = append(in.Parties, treaty.Party{ID: code})
	}
	year := "undated"
	if b, err := day.ParseBound(signed); err == nil && signed != "" {
		in.Status = append(in.Status, treaty.Event{Kind: "signed", On: b, Source: source})
		year = signed[:min(4, len(signed))]
	}
	slices.Sort(name)
	in.ID = strings.ToLower(strings.Join(name[:min(4, len(name))], "-")) + "-" + year
	return in
}

// provisionOf drafts one clause. What the words say stays beside what they were
// taken for, so that whoever confirms can compare.
func provisionOf(in *treaty.Instrument, kind, article, words string) *treaty.Provision {
	d, ok := deeds[kind]
	if !ok {
		d = deeds["other"]
	}
	id := cmp.Or(article, kind)
	for n := 2; in.Provision(id) != nil; n++ {
		id = fmt.Sprintf("%s-%d", cmp.Or(article, kind), n)
	}
	t := treaty.Text{Says: shorten(words), Does: []treaty.Deed{{Verb: d.verb}}, Force: "shall", Whether: "bound", Bearer: role(d.bearer), Owed: role(d.owed)}
	if article != "" && !strings.Contains(article, " ") { // else a paragraph of an annex
		article = "Article " + article
	}
	if d.event != "" {
		t.When = treaty.Trigger{Event: d.event, By: role("any state"), On: role("a party")}
	}
	return &treaty.Provision{ID: id, Instrument: in, Article: article, Kind: d.kind, Versions: []treaty.Version{{Span: day.Span{From: day.None, To: day.None}, Text: t}}}
}

func role(words string) treaty.Role {
	r, err := treaty.ParseRole(words, nil)
	if err != nil { // the words stand in this file
		panic(err)
	}
	return r
}

// shorten puts words on one line and cuts them at a word near 240 bytes.
func shorten(words string) string {
	const most = 240
	words = strings.Join(strings.Fields(words), " ")
	if len(words) <= most {
		return words
	}
	cut := strings.LastIndexByte(words[:most], ' ')
	if cut < 0 {
		return words
	}
	return words[:cut] + " …"
}
