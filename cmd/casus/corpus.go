package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/treaty"
)

type corpusCommand struct {
	List   corpusList   `cmd:"" help:"List the instruments."`
	Show   corpusShow   `cmd:"" help:"Show one instrument: parties, days, provisions."`
	Check  corpusCheck  `cmd:"" help:"Check treaty files and case files; report every mistake."`
	Test   corpusTest   `cmd:"" help:"Run the case files."`
	Fmt    corpusFmt    `cmd:"" help:"Rewrite treaty files in the one layout."`
	Schema corpusSchema `cmd:"" help:"Print the JSON Schema of treaty files, for editors."`
	Diff   corpusDiff   `cmd:"" help:"Compare the commitments of two corpora, or of two days."`
}

type corpusList struct {
	Dir    string `arg:"" optional:"" help:"A corpus folder; without it, the built-in corpus."`
	On     string `placeholder:"DAY" help:"Only instruments in force on this day."`
	State  string `placeholder:"CODE" help:"Only instruments to which this state was ever a party."`
	Places bool   `help:"List the places instead."`
	Format string `enum:"text,json" default:"text" help:"text or json."`
}

// listed is one instrument in the JSON list.
type listed struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Form       string   `json:"form"`
	Binding    string   `json:"binding"`
	Draft      string   `json:"draft,omitempty"`
	Parties    []string `json:"parties"`
	Signed     string   `json:"signed"`
	Provisions []string `json:"provisions"`
	Absent     []string `json:"absent,omitempty"`
	Doubt      []string `json:"doubt,omitempty"`
	ATOP       []string `json:"atop,omitempty"`
}

// Run lists the instruments, by id.
func (l corpusList) Run(env environment) error {
	c, _, err := loadCorpus(l.Dir)
	if err != nil {
		return err
	}
	if l.Places {
		for _, p := range c.Places {
			fmt.Fprintf(env.out, "%-22s %s\n", p.ID, strings.Join(p.Names, ", "))
		}
		return nil
	}
	var on *day.Day
	if l.On != "" {
		d, err := flagDay("--on", l.On)
		if err != nil {
			return err
		}
		on = &d
	}
	rows := []listed{}
	for _, in := range c.Instruments {
		if on != nil && in.InForce(*on) == day.No || l.State != "" && !in.Has(code(l.State)) {
			continue
		}
		r := listed{ID: in.ID, Title: in.Title, Form: in.Form, Binding: in.Binding, Draft: in.Draft, Parties: []string{}, Provisions: []string{},
			Signed: in.Signed().String(), Absent: in.Absent, Doubt: in.Doubt, ATOP: in.ATOP}
		for _, p := range in.Parties {
			if !slices.Contains(r.Parties, p.ID) {
				r.Parties = append(r.Parties, p.ID)
			}
		}
		for _, p := range in.Provisions {
			r.Provisions = append(r.Provisions, p.Name())
		}
		rows = append(rows, r)
	}
	if l.Format == "json" {
		return writeJSON(env.out, rows)
	}
	for _, r := range rows {
		parties := strings.Join(r.Parties, " ")
		if len(r.Parties) > 6 {
			parties = fmt.Sprintf("%s and %d more", strings.Join(r.Parties[:5], " "), len(r.Parties)-5)
		}
		fmt.Fprintf(env.out, "%-22s %-10s %s (%s)\n", r.ID, r.Signed, r.Title, parties)
	}
	_, err = fmt.Fprintf(env.out, "%d instruments\n", len(rows))
	return err
}

type corpusShow struct {
	ID     string `arg:"" help:"The instrument's id, as casus corpus list prints it."`
	Dir    string `name:"corpus" placeholder:"DIR" help:"Use the corpus in this folder."`
	Format string `enum:"text,yaml" default:"text" help:"text, or yaml for the file itself."`
}

// Run prints one instrument.
func (s corpusShow) Run(env environment) error {
	c, _, err := loadCorpus(s.Dir)
	if err != nil {
		return err
	}
	in := c.Instrument(s.ID)
	if in == nil {
		err := fmt.Errorf("show instrument: unknown instrument %q", s.ID)
		if near := c.Suggest(s.ID); near != "" {
			return withHint(err, "did you mean %s?", near)
		}
		return withHint(err, "casus corpus list prints the ids")
	}
	if s.Format == "yaml" {
		data, err := fs.ReadFile(corpusFiles(s.Dir), in.Pos.File)
		if err != nil {
			return fmt.Errorf("show instrument: %w", err)
		}
		_, err = env.out.Write(data)
		return err
	}
	fmt.Fprintf(env.out, "%s\n%s, %s, %s\n", in.Title, in.ID, in.Form, in.Binding)
	for _, e := range in.Status {
		fmt.Fprintf(env.out, "  %s %s", e.On, e.Kind)
		for _, part := range []string{strings.Join(e.For, " "), e.Amends, e.Source} {
			if part != "" {
				fmt.Fprintf(env.out, ", %s", part)
			}
		}
		if e.DeniedBy != "" {
			fmt.Fprintf(env.out, " (says %s; %s denies it)", e.By, e.DeniedBy)
		}
		fmt.Fprintln(env.out)
	}
	fmt.Fprintln(env.out, "parties:")
	for _, m := range in.Members() {
		role := ""
		if m.Role != "" {
			role = ", " + m.Role
		}
		fmt.Fprintf(env.out, "  %s%s %s\n", m.State, role, m.Span)
	}
	for _, p := range in.Provisions {
		for i := range p.Versions {
			v := &p.Versions[i]
			fmt.Fprintf(env.out, "\n%s  %s (%s)", p.Name(), p.Article, p.Kind)
			if len(p.Versions) > 1 {
				fmt.Fprintf(env.out, " %s", v.Span)
			}
			fmt.Fprintf(env.out, "\n  “%s”\n  %s\n", v.Words, v.Says)
			if v.Bearer.Kind != treaty.RoleNone {
				fmt.Fprintf(env.out, "  %s %s: %s\n", v.Bearer, v.Force, v.Task())
			}
		}
	}
	for _, a := range in.Absent {
		fmt.Fprintf(env.out, "\nno clause on: %s (looked for)", a)
	}
	for _, d := range in.Doubt {
		fmt.Fprintf(env.out, "\nnot verified: %s", d)
	}
	_, err = fmt.Fprintf(env.out, "\nsource: %s\n", strings.Join(in.Sources, "; "))
	return err
}

func corpusFiles(dir string) fs.FS {
	if dir == "" {
		return corpus.Files()
	}
	return os.DirFS(dir)
}

type corpusCheck struct {
	Dir string `arg:"" optional:"" help:"A corpus folder; without it, the built-in corpus."`
}

// Run reports every mistake in treaty files and case files.
func (k corpusCheck) Run(env environment) error {
	if k.Dir != "" {
		if info, err := os.Stat(k.Dir); err != nil {
			return fmt.Errorf("check corpus: %w", err)
		} else if !info.IsDir() {
			return withHint(fmt.Errorf("check corpus: %s is no folder", k.Dir), "name the folder that holds ID/instrument.yaml")
		}
	}
	fsys := corpusFiles(k.Dir)
	c, err := treaty.Load(fsys, treaty.Actors(actor.World()))
	var problems treaty.Problems
	if err != nil && !errors.As(err, &problems) {
		return err
	}
	cases, _, err := duty.ReadCases(fsys)
	var more treaty.Problems
	if err != nil && !errors.As(err, &more) {
		return err
	}
	problems = rooted(k.Dir, append(problems, more...))
	for _, p := range problems {
		fmt.Fprintln(env.out, p)
	}
	if len(problems) > 0 {
		return fmt.Errorf("check corpus: %d mistakes", len(problems))
	}
	_, err = fmt.Fprintf(env.out, "%d instruments, %d cases: no mistakes\n", len(c.Instruments), len(cases))
	return err
}

// rooted names files as the user can open them: below the folder that was given.
func rooted(dir string, ps treaty.Problems) treaty.Problems {
	for i := range ps {
		ps[i].Pos.File = filepath.Join(dir, ps[i].Pos.File)
		for j := range ps[i].Related {
			ps[i].Related[j].Pos.File = filepath.Join(dir, ps[i].Related[j].Pos.File)
		}
	}
	return ps
}

// inFolder is rooted for an error that may hold problems.
func inFolder(dir string, err error) error {
	var ps treaty.Problems
	if errors.As(err, &ps) {
		return rooted(dir, ps)
	}
	return err
}

type corpusSchema struct{}

// Run prints the schema.
func (corpusSchema) Run(env environment) error {
	_, err := env.out.Write(treaty.Schema)
	return err
}

type corpusTest struct {
	Dir     string `arg:"" optional:"" help:"A corpus folder; without it, the built-in corpus."`
	Verbose bool   `short:"v" help:"Name every case."`
}

// Run runs the cases and reports what is not borne out.
func (t corpusTest) Run(env environment) error {
	c, _, err := loadCorpus(t.Dir)
	if err != nil {
		return err
	}
	cases, shared, err := duty.ReadCases(corpusFiles(t.Dir))
	if err != nil {
		return inFolder(t.Dir, err)
	}
	out := duty.Run(c, shared, cases)
	if t.Verbose {
		for _, k := range cases {
			fmt.Fprintf(env.out, "%s: %s\n", k.Pos, k.Title)
		}
	}
	for _, f := range out.Failures {
		f.Pos.File = filepath.Join(t.Dir, f.Pos.File)
		fmt.Fprintln(env.out, f)
	}
	fmt.Fprintf(env.out, "%d cases, %d expected answers, %d failures\n", out.Cases, out.Expected, len(out.Failures))
	if len(out.Failures) > 0 {
		return fmt.Errorf("test corpus: %d expectations not borne out", len(out.Failures))
	}
	return nil
}
