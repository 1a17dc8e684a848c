package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/report"
)

type studyFalseActs struct {
	Treebank string `arg:"" type:"existingfile" help:"GUM in CoNLL-U, gzipped or not."`
	Without  string `default:"news" help:"Leave out documents of this genre."`
	Show     bool   `help:"Print each act with its sentence."`
}

// Help is the manual page.
func (studyFalseActs) Help() string {
	return `Reads what is no news (recipes, novels, travel guides, talk) and counts the acts found in 1,000
sentences. Few texts there speak of politics, so that most acts are false; those of history are
true and counted all the same, which makes the figure an upper bound.`
}

// Run measures.
func (c studyFalseActs) Run(env environment) error {
	f, err := unpacked(c.Treebank)
	if err != nil {
		return err
	}
	defer f.Close()
	docs, sentences, err := plainDocuments(f, c.Without)
	if err != nil {
		return fmt.Errorf("read texts of %s: %w", c.Treebank, err)
	}
	reader, err := reading.New()
	if err != nil {
		return err
	}
	acts := 0
	for _, d := range docs {
		doc := reader.Read(d)
		acts += len(doc.Acts)
		for _, a := range doc.Acts {
			if c.Show && len(a.Trigger) > 0 {
				at := a.Trigger[0]
				from, to := strings.LastIndexByte(doc.Text[:at.Start], '\n')+1, len(doc.Text)
				if n := strings.IndexByte(doc.Text[at.End:], '\n'); n >= 0 {
					to = at.End + n
				}
				fmt.Fprintf(env.out, "%s  %s  %s -> %s  [%s]  %s\n", d.ID, a.Type, a.SourceText, a.TargetText, at.Of(doc.Text), doc.Text[from:to])
			}
		}
	}
	fmt.Fprintf(env.out, "documents %d  sentences %d  acts %d (%.1f in 1,000 sentences)\n", len(docs), sentences, acts, 10*percent(acts, sentences))
	return nil
}

// plainDocuments reads the texts of all documents but those of a genre, a
// sentence a line, and counts their sentences.
func plainDocuments(r io.Reader, without string) (docs []*report.Report, sentences int, err error) {
	var cur *report.Report
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		if id, ok := strings.CutPrefix(line, "# newdoc id = "); ok {
			cur = nil
			if !strings.Contains(id, "_"+without+"_") {
				cur = &report.Report{ID: id, Language: "en"}
				docs = append(docs, cur)
			}
		}
		if cur == nil {
			continue
		}
		if strings.HasPrefix(line, "# newpar") && cur.Text != "" {
			cur.Text += "\n"
		}
		if s, ok := strings.CutPrefix(line, "# text = "); ok {
			cur.Text += s + "\n"
			sentences++
		}
	}
	return docs, sentences, lines.Err()
}
