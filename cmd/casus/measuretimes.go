package main

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
)

type studyTimes struct {
	Treebank string `arg:"" type:"existingfile" help:"GUM in CoNLL-U, gzipped or not."`
	Genre    string `default:"news" help:"Read only documents of this genre."`
	Show     bool   `help:"Print what was missed and what was read otherwise."`
}

// Help is the manual page.
func (studyTimes) Help() string {
	return `Reads the documents of GUM as reports of the day they were made, and compares the dates found
with the marks <date when="...">. A mark is right if a date that shares words with it has the same
value; hours are cut, and a mark without value is left out. Prints the share of marks that are
right, and the share of dates found that a mark (of any kind) covers.`
}

// dateMark is a date as annotators marked it.
type dateMark struct {
	span text.Span
	when string // empty for spans of time
}

type markedReport struct {
	report *report.Report
	marks  []dateMark
}

// Run measures.
func (c studyTimes) Run(env environment) error {
	f, err := unpacked(c.Treebank)
	if err != nil {
		return err
	}
	defer f.Close()
	docs, err := readDateMarks(f, c.Genre)
	if err != nil {
		return fmt.Errorf("read date marks of %s: %w", c.Treebank, err)
	}
	reader, err := reading.New()
	if err != nil {
		return err
	}
	right, marked, covered, found := 0, 0, 0, 0
	for _, d := range docs {
		doc := reader.Read(d.report)
		for _, m := range d.marks {
			if m.when == "" {
				continue
			}
			marked++
			got := "-"
			for _, t := range doc.Times {
				if t.Span.Overlaps(m.span) && t.Kind == "date" {
					got = t.Value
					if got == m.when {
						break
					}
				}
			}
			if got == m.when {
				right++
			} else if c.Show {
				fmt.Fprintf(env.out, "%s  %-12s read %-12s %s\n", d.report.ID, m.when, got, m.span.Of(doc.Text))
			}
		}
		for _, t := range doc.Times {
			if t.Kind != "date" {
				continue
			}
			found++
			hit := false
			for _, m := range d.marks {
				hit = hit || m.span.Overlaps(t.Span)
			}
			if hit {
				covered++
			} else if c.Show {
				fmt.Fprintf(env.out, "%s  no mark      read %-12s %s\n", d.report.ID, t.Value, t.Span.Of(doc.Text))
			}
		}
	}
	fmt.Fprintf(env.out, "documents %d  marks with a value %d  right %d (%.1f %%)  dates found %d  of them marked %d (%.1f %%)\n",
		len(docs), marked, right, percent(right, marked), found, covered, percent(covered, found))
	return nil
}

func percent(n, of int) float64 {
	if of == 0 {
		return 0
	}
	return 100 * float64(n) / float64(of)
}

var dateTag = regexp.MustCompile(`</?date[^>]*>`)
var whenValue = regexp.MustCompile(`when:::"([^"]*)"`)

// readDateMarks reads the documents of a genre with the XML of their dates,
// which GUM keeps in MISC.
func readDateMarks(r io.Reader, genre string) ([]markedReport, error) {
	var out []markedReport
	var body strings.Builder
	var cur *markedReport
	var open []dateMark
	gap, skip := "", 0
	flush := func() {
		if cur != nil {
			cur.report.Text = body.String()
			out = append(out, *cur)
		}
		cur, open, gap = nil, nil, ""
		body.Reset()
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		if id, ok := strings.CutPrefix(line, "# newdoc id = "); ok {
			flush()
			if strings.Contains(id, "_"+genre+"_") {
				cur = &markedReport{report: &report.Report{ID: id, Language: "en"}}
			}
			continue
		}
		if cur == nil {
			continue
		}
		if date, ok := strings.CutPrefix(line, "# meta::dateCreated = "); ok {
			if p, err := day.ParsePeriod(date); err == nil {
				cur.report.Published = report.Date{Period: p}
			}
			continue
		}
		if strings.HasPrefix(line, "# newpar") && body.Len() > 0 {
			gap = "\n\n"
		}
		c := strings.Split(line, "\t")
		if len(c) != 10 || strings.Contains(c[0], ".") {
			continue
		}
		if a, b, ok := strings.Cut(c[0], "-"); ok {
			var from, to int
			fmt.Sscan(a, &from)
			fmt.Sscan(b, &to)
			skip = to - from + 1
		} else if skip > 0 {
			skip--
			continue
		}
		body.WriteString(gap)
		start := body.Len()
		body.WriteString(c[1])
		gap = " "
		if strings.Contains(c[9], "SpaceAfter=No") {
			gap = ""
		}
		for _, tag := range dateTag.FindAllString(c[9], -1) {
			if tag == "</date>" {
				if n := len(open); n > 0 {
					m := open[n-1]
					open = open[:n-1]
					m.span.End = body.Len()
					cur.marks = append(cur.marks, m)
				}
				continue
			}
			m := dateMark{span: text.Span{Start: start}}
			if w := whenValue.FindStringSubmatch(tag); w != nil {
				m.when, _, _ = strings.Cut(w[1], "T")
			}
			open = append(open, m)
		}
	}
	flush()
	return out, lines.Err()
}
