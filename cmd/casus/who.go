package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/treaty"
	"github.com/casus-foederis/casus/why"
)

type whoCommand struct {
	By       []string `required:"" placeholder:"CODE" help:"The attacker: a state's code such as PRK, or group:NAME. Repeat for several."`
	Attacks  string   `required:"" placeholder:"CODE" help:"The attacked state's code."`
	On       string   `required:"" placeholder:"DAY" help:"The day of the attack, YYYY-MM-DD."`
	Known    string   `placeholder:"DAY" help:"Answer from what was known on this day."`
	View     string   `default:"plain" help:"Whose view of who is the aggressor: plain (first force as recorded), unsc, party:CODE."`
	At       string   `placeholder:"PLACE" help:"Where the attack falls; without it, as recorded or on the home territory."`
	Kind     string   `help:"The kind of act: armed attack, limited attack, invasion, threat, ..."`
	Assume   string   `enum:",performance" default:"" help:"performance: whoever is bound to assist is taken to do so, and what follows is answered too."`
	Corpus   string   `placeholder:"DIR" help:"Use the corpus in this folder instead of the built-in one."`
	Given    string   `placeholder:"FILE" help:"Acts and statements to load, in the case language."`
	Why      bool     `help:"Print the derivation of every answer."`
	All      bool     `help:"Print every answer that is not bound, also where a treaty was over long before."`
	Format   string   `enum:"text,json" default:"text" help:"text or json."`
	Responds string   `placeholder:"ACT" help:"The recorded act that this one answers."`
}

// Run prints who is bound when one state attacks another.
func (w whoCommand) Run(env environment) error {
	c, rec, err := loadCorpus(w.Corpus)
	if err != nil {
		return err
	}
	if w.Given != "" {
		data, err := os.ReadFile(w.Given)
		if err != nil {
			return fmt.Errorf("read acts: %w", err)
		}
		more, err := duty.Given(w.Given, data)
		if err != nil {
			return err
		}
		rec.Acts, rec.Facts = append(rec.Acts, more.Acts...), append(rec.Facts, more.Facts...)
	}
	q := duty.Question{Attacks: code(w.Attacks), View: w.View, Kind: w.Kind, Place: w.At, Responds: w.Responds, Assume: w.Assume != ""}
	for _, s := range w.By {
		q.By = append(q.By, code(s))
	}
	if q.On, err = flagDay("--on", w.On); err != nil {
		return err
	}
	if w.Known != "" {
		k, err := flagDay("--known", w.Known)
		if err != nil {
			return err
		}
		q.Known = &k
	}
	reply, err := duty.Answers(c, rec, q)
	if err != nil {
		return questionError(err)
	}
	if w.Format == "json" {
		return writeJSON(env.out, reply)
	}
	return printReply(env.out, c, reply, w.Why, w.All)
}

// code accepts codes in any case; what is no code stays as it is.
func code(s string) string {
	if strings.HasPrefix(s, "group:") {
		return s
	}
	return strings.ToUpper(strings.TrimSpace(s))
}

func flagDay(flag, s string) (day.Day, error) {
	d, err := day.Parse(s)
	if err != nil {
		return 0, withHint(fmt.Errorf("%s: %w", flag, err), "a day is written YYYY-MM-DD, for example %s 2025-01-10", flag)
	}
	return d, nil
}

func questionError(err error) error {
	var b *duty.BadQuestion
	if errors.As(err, &b) && b.Hint != "" {
		return withHint(err, "%s", b.Hint)
	}
	return err
}

// loadCorpus loads the corpus in dir with its record, or the built-in one.
func loadCorpus(dir string) (*treaty.Corpus, duty.Record, error) {
	if dir == "" {
		c, err := corpus.World()
		if err != nil {
			return nil, duty.Record{}, fmt.Errorf("load the built-in corpus: %w", err)
		}
		rec, err := duty.ReadRecord(corpus.Files())
		return c, rec, err
	}
	if info, err := os.Stat(dir); err != nil {
		return nil, duty.Record{}, fmt.Errorf("load corpus: %w", err)
	} else if !info.IsDir() {
		return nil, duty.Record{}, fmt.Errorf("load corpus: %s is no folder", dir)
	}
	fsys := os.DirFS(dir)
	c, err := treaty.Load(fsys, treaty.Actors(actor.World()))
	if err != nil {
		return nil, duty.Record{}, err
	}
	rec, err := duty.ReadRecord(fsys)
	return c, rec, err
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// printReply prints one line for each provision and answer, strongest first.
func printReply(w io.Writer, c *treaty.Corpus, r duty.Reply, derive, all bool) error {
	q := r.Question
	fmt.Fprintf(w, "%s → %s, %s on %s%s\n", strings.Join(q.By, " and "), q.Attacks, q.Kind, q.On, at(c, q.Place))
	fmt.Fprintf(w, "view %s\n", r.Viewpoint)
	for _, s := range r.Assumes {
		fmt.Fprintf(w, "supposed: %s\n", s)
	}
	hidden := 0
	for _, result := range []duty.Result{duty.Bound, duty.IsDispute, duty.Open, duty.Permitted, duty.NotBound} {
		var rows []duty.Answer
		for _, a := range r.Answers {
			if a.Answer != result {
				continue
			}
			if result == duty.NotBound && a.Failed == "force" && !all && !derive {
				if n := a.Norm(); n != nil && longOver(n.Instrument, q.On) {
					hidden++
					continue
				}
			}
			rows = append(rows, a)
		}
		if len(rows) == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%s\n", strings.ToUpper(string(result)))
		if derive {
			for _, a := range rows {
				printRow(w, a, []string{a.Bearer})
				if err := a.Derived.Text(w, "      "); err != nil {
					return err
				}
			}
			continue
		}
		for _, g := range grouped(rows) {
			printRow(w, g.answer, g.bearers)
		}
	}
	if hidden > 0 {
		fmt.Fprintf(w, "  and %d more under instruments that ended more than ten years before (--all prints them)\n", hidden)
	}
	if len(r.Conflicts) > 0 {
		fmt.Fprintf(w, "\nCONFLICTS (Casus does not choose)\n")
		for _, x := range r.Conflicts {
			fmt.Fprintf(w, "  %s: %s and %s: %s", x.Bearer, x.First, x.Second, x.Says)
			if x.Rule != "" {
				fmt.Fprintf(w, "; %s", x.Rule)
			}
			fmt.Fprintln(w)
		}
	}
	if len(r.Refused) > 0 {
		fmt.Fprintf(w, "\nnot used, because unconfirmed: %s\n", strings.Join(r.Refused, ", "))
	}
	known := ""
	if r.Receipt.Known != nil {
		known = ", as known on " + r.Receipt.Known.String()
	}
	_, err := fmt.Fprintf(w, "\nreceipt: corpus %.12s, record %.12s, view %s, day %s%s\n", r.Receipt.Corpus, r.Receipt.Record, r.Receipt.View, r.Receipt.Day, known)
	return err
}

func at(c *treaty.Corpus, place string) string {
	if place == "" || place == treaty.Home {
		return ""
	}
	if p, ok := c.Place(place); ok && len(p.Names) > 0 {
		return " at " + p.Names[0]
	}
	return " at " + place
}

// longOver reports whether the instrument ended for everybody more than ten
// years before the day.
func longOver(in *treaty.Instrument, d day.Day) bool {
	for _, m := range in.Members() {
		if (day.Span{From: m.Span.From, To: m.Span.To}).Contains(d.AddMonths(-120)) != day.No || m.Span.To.Kind == day.BoundNone {
			return false
		}
	}
	return true
}

type group struct {
	answer  duty.Answer
	bearers []string
}

// grouped joins rows that differ in their bearer only.
func grouped(rows []duty.Answer) []*group {
	var out []*group
	for _, a := range rows {
		reason := reasonFor(a)
		i := slices.IndexFunc(out, func(g *group) bool {
			return g.answer.Provision == a.Provision && g.answer.To == a.To && reasonFor(g.answer) == reason && g.answer.Act == a.Act
		})
		if i < 0 {
			out = append(out, &group{a, []string{a.Bearer}})
			continue
		}
		out[i].bearers = append(out[i].bearers, a.Bearer)
	}
	return out
}

// reasonFor is the row's reason without its own bearer's name, so that equal
// reasons meet.
func reasonFor(a duty.Answer) string {
	if a.Bearer == duty.Everybody {
		return a.Why
	}
	return strings.ReplaceAll(a.Why, a.Bearer, "…")
}

func printRow(w io.Writer, a duty.Answer, bearers []string) {
	who := strings.Join(bearers, " ")
	if len(bearers) == 1 && bearers[0] == duty.Everybody {
		who = "any other state"
	}
	fmt.Fprintf(w, "  %s → %s  %s  %s\n", who, a.To, a.Provision, a.Does)
	var notes []string
	if a.Answer != duty.NotBound {
		if a.Words != "" {
			notes = append(notes, "“"+a.Words+"”")
		}
		notes = append(notes, strings.Trim(a.Force+", "+a.Binding, ", "))
		if a.Whether != "" && a.Whether != "bound" {
			notes = append(notes, "whether: "+a.Whether)
		}
		if a.Means != "" {
			notes = append(notes, "means: "+a.Means)
		}
		if a.Deadline != "" {
			notes = append(notes, a.Deadline)
		}
		if a.Process != "" {
			notes = append(notes, "due; performance awaits "+a.Process)
		}
		fmt.Fprintf(w, "      %s\n", strings.Join(notes, " · "))
	}
	reason := a.Why
	if len(bearers) > 1 {
		reason = reasonFor(a)
	}
	fmt.Fprintf(w, "      because %s\n", reason)
	if a.Lawful != nil && a.Lawful.Value != why.Met && a.Answer != duty.NotBound {
		fmt.Fprintf(w, "      lawfulness %s: %s\n", a.Lawful.Value, a.Lawful.Says)
	}
	for _, t := range a.Taints {
		fmt.Fprintf(w, "      %s\n", t)
	}
	if a.Assumed {
		fmt.Fprintf(w, "      assumed performance: %s\n", a.Act)
	}
}
