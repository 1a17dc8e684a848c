package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
	"github.com/casus-foederis/casus/treaty"
)

// readTreaties reads files as the texts of treaties: a draft instrument for
// people, the reading itself as JSON.
func (c readCommand) readTreaties(ctx context.Context, env environment, files []string, opts report.Options, reader *reading.Reader, checker *check.Checker) error {
	for rep, err := range inputs(ctx, env, files, opts) {
		if err != nil {
			return hintFor(err)
		}
		d := reader.Treaty(rep.Text)
		in := checker.DraftOf(d, rep.Text, "treaty text "+rep.ID)
		if c.Draft != "" {
			if err := writeDrafts(env, c.Draft, []*treaty.Instrument{in}); err != nil {
				return err
			}
			continue
		}
		if c.Format != "text" {
			if err := json.NewEncoder(env.out).Encode(d); err != nil {
				return fmt.Errorf("write: %w", err)
			}
			continue
		}
		if _, err := env.out.Write(treaty.Write(in)); err != nil {
			return fmt.Errorf("write: %w", err)
		}
	}
	return nil
}

// writeDrafts writes one folder for each draft and never over an existing file:
// somebody may have corrected it.
func writeDrafts(env environment, dir string, drafts []*treaty.Instrument) error {
	for _, in := range drafts {
		path := filepath.Join(dir, in.ID, "instrument.yaml")
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("write draft: %w", err)
		}
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if errors.Is(err, fs.ErrExist) {
			fmt.Fprintf(env.err, "kept %s, which is there already\n", path)
			continue
		}
		if err != nil {
			return fmt.Errorf("write draft: %w", err)
		}
		_, err = f.Write(treaty.Write(in))
		if err = errors.Join(err, f.Close()); err != nil {
			return fmt.Errorf("write draft %s: %w", path, err)
		}
		fmt.Fprintf(env.err, "draft %s: confirm or correct it; until then no duty follows from it\n", path)
	}
	return nil
}

// explain prints why one item of a document was read so.
func explain(w io.Writer, r check.Checked, id string) error {
	show := func(label string, spans ...text.Span) {
		for _, s := range spans {
			fmt.Fprintf(w, "  %-8s %v “%s”\n", label, s, oneLine(s.Of(r.Text)))
		}
	}
	for _, s := range r.Statements {
		if s.ID == id {
			fmt.Fprintf(w, "statement %s: %s, %s; read by %s; score %.2f\n", id, s.Kind, s.Notion, cmp.Or(s.Why, "no reason kept"), s.Score)
			show("source", s.Source...)
			show("cue", s.Cue...)
			show("content", s.Content...)
			fmt.Fprintf(w, "  speaker  %s\n", cmp.Or(s.SpeakerName, "not resolved"))
			return nil
		}
	}
	for _, a := range r.Acts {
		if a.ID == id {
			fmt.Fprintf(w, "act %s: %s, %s; read by %s\n", id, a.Type, a.Status, cmp.Or(a.Why, "no reason kept"))
			show("trigger", a.Trigger...)
			fmt.Fprintf(w, "  source   %s\n  target   %s\n", cmp.Or(a.SourceText, "none"), cmp.Or(a.TargetText, "none"))
			return nil
		}
	}
	for _, a := range r.Agreements {
		if a.ID == id {
			fmt.Fprintf(w, "agreement %s: %s, %s\n", id, a.Title, a.Status)
			show("named", a.Mentions...)
			for _, p := range a.Provisions {
				show(p.Type, p.Span)
			}
			fmt.Fprintf(w, "  the same as %s\n", cmp.Or(a.Instrument, "no instrument of the corpus"))
			return nil
		}
	}
	for _, a := range r.Actors {
		if a.ID == id {
			fmt.Fprintf(w, "%s %s: %s, in the tables as %s\n", a.Kind, id, a.Name, cmp.Or(a.Entity, "nobody"))
			show("name", a.Mentions...)
			show("meant", a.Nominal...)
			return nil
		}
	}
	return withHint(fmt.Errorf("explain %s: report %s has no such item", id, r.ID), "ids stand in casus read --format json: %s", strings.Join(firstIDs(r), ", "))
}

func firstIDs(r check.Checked) []string {
	var out []string
	if len(r.Actors) > 0 {
		out = append(out, r.Actors[0].ID)
	}
	if len(r.Statements) > 0 {
		out = append(out, r.Statements[0].ID)
	}
	if len(r.Acts) > 0 {
		out = append(out, r.Acts[0].ID)
	}
	if len(r.Agreements) > 0 {
		out = append(out, r.Agreements[0].ID)
	}
	return out
}
