package main

import (
	"encoding/json"
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
)

type studyMentions struct {
	Reports string `arg:"" type:"existingfile" help:"re3d as JSON Lines with text and entities (start, end in code points, type)."`
	Show    bool   `help:"Print what was missed and what was wrong."`
}

// Help is the manual page.
func (studyMentions) Help() string {
	return `Compares the entities found with those marked: same bytes and same type. The marks Person,
Organisation, Nationality and Location are our person, organization, nationality and place; other
marks are left out, and so are marks that begin or end within a word ("the camp" of "the campaign").
Prints precision, recall and F1 for each and for all, and for all without types.`
}

// re3dTypes maps the marks of re3d to the types of entities.
var re3dTypes = map[string]string{"Person": "person", "Organisation": "organization", "Nationality": "nationality", "Location": "place"}

// cutsWord reports whether a span begins or ends between two letters.
func cutsWord(s string, span text.Span) bool {
	inside := func(i int) bool {
		a, _ := utf8.DecodeLastRuneInString(s[:i])
		b, _ := utf8.DecodeRuneInString(s[i:])
		return unicode.IsLetter(a) && unicode.IsLetter(b)
	}
	return inside(span.Start) || inside(span.End)
}

// Run measures.
func (c studyMentions) Run(env environment) error {
	reader, err := reading.New()
	if err != nil {
		return err
	}
	type score struct{ right, found, marked int }
	order := []string{"person", "organization", "nationality", "place", "all", "all, untyped"}
	scores := map[string]*score{}
	for _, k := range order {
		scores[k] = &score{}
	}
	err = lines(c.Reports, func(line []byte) error {
		var d struct {
			ID, Text string
			Entities []struct {
				Start, End int
				Type       string
			}
		}
		if err := json.Unmarshal(line, &d); err != nil {
			return err
		}
		starts := make([]int, 0, len(d.Text)+1)
		for i := range d.Text {
			starts = append(starts, i)
		}
		starts = append(starts, len(d.Text))
		marked, spans := map[reading.Entity]bool{}, map[text.Span]bool{}
		for _, e := range d.Entities {
			typ, ok := re3dTypes[e.Type]
			if !ok || e.Start < 0 || e.Start >= e.End || e.End >= len(starts) {
				continue
			}
			span := text.Span{Start: starts[e.Start], End: starts[e.End]}
			if cutsWord(d.Text, span) {
				continue
			}
			marked[reading.Entity{Span: span, Type: typ}], spans[span] = true, true
		}
		for e := range marked {
			scores[e.Type].marked++
		}
		scores["all"].marked += len(marked)
		scores["all, untyped"].marked += len(spans)
		doc := reader.Read(&report.Report{ID: d.ID, Text: d.Text, Language: "en"})
		found := map[text.Span]bool{}
		for _, e := range doc.Entities {
			scores[e.Type].found++
			scores["all"].found++
			if !found[e.Span] {
				found[e.Span] = true
				scores["all, untyped"].found++
				if spans[e.Span] {
					scores["all, untyped"].right++
				}
			}
			if marked[e] {
				scores[e.Type].right++
				scores["all"].right++
				delete(marked, e)
			} else if c.Show {
				fmt.Fprintf(env.out, "wrong   %-13s %q\n", e.Type, e.Span.Of(d.Text))
			}
		}
		if c.Show {
			for _, e := range d.Entities {
				if k := (reading.Entity{Type: re3dTypes[e.Type]}); k.Type != "" && e.Start < e.End && e.End < len(starts) {
					k.Span = text.Span{Start: starts[e.Start], End: starts[e.End]}
					if marked[k] {
						fmt.Fprintf(env.out, "missed  %-13s %q\n", k.Type, k.Span.Of(d.Text))
					}
				}
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("read marks %s: %w", c.Reports, err)
	}
	for _, k := range order {
		s := scores[k]
		fmt.Fprintf(env.out, "%-13s P %5.1f  R %5.1f  F1 %5.1f  right %d  found %d  marked %d\n", k,
			percent(s.right, s.found), percent(s.right, s.marked), percent(2*s.right, s.found+s.marked), s.right, s.found, s.marked)
	}
	return nil
}
