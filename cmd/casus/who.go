package main

import (
	"context"
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
	"github.com/casus-foederis/casus/evidence"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/treaty"
	"github.com/casus-foederis/casus/why"
)

type whoCommand struct {
	By      []string `placeholder:"CODE" help:"The attacker: a state's code such as PRK, or group:NAME. Repeat for several."`
	Attacks string   `placeholder:"CODE" help:"The attacked state's code."`
	On      string   `placeholder:"DAY" help:"The day of the attack, YYYY-MM-DD."`
	Known   string   `placeholder:"DAY" help:"Answer from what was known on this day."`
	View    string   `default:"plain" help:"Whose view of who is the aggressor: plain (first force as recorded), unsc, party:CODE."`
	At      string   `placeholder:"PLACE" help:"Where the attack falls; without it, as recorded or on the home territory."`
	Kind    string   `help:"The kind of act: armed attack, limited attack, invasion, threat, ..."`
	Assume  string   `enum:",performance" default:"" help:"performance: whoever is bound to assist is taken to do so, and what follows is answered too."`
	answerSource
	Act      string `placeholder:"HASH#ID" help:"Ask about this act of the record: attacker, attacked, day, place and kind are as it was reported, unless flags say otherwise."`
	ActsFrom string `placeholder:"PATH" help:"The record whose acts are evidence: force, threats and requests for help in the year before, each as whose word it is."`
	Given    string `placeholder:"FILE" help:"Acts and statements to load, in the case language."`
	Why      bool   `help:"Print the derivation of every answer."`
	All      bool   `help:"Print every answer that is not bound, also where a treaty was over long before."`
	Format   string `enum:"text,json,csv,jsonl,parquet" default:"text" help:"text, json, or a row for each answer: csv, jsonl, parquet."`
	Responds string `placeholder:"ACT" help:"The recorded act that this one answers."`
}

// Run prints who is bound when one state attacks another.
func (w whoCommand) Run(ctx context.Context, env environment) error {
	known, err := knownDay(w.Known)
	if err != nil {
		return err
	}
	c, rec, err := w.load(ctx, env, known)
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
	q := duty.Question{Attacks: code(w.Attacks), Known: known, View: w.View, Kind: w.Kind, Place: w.At, Responds: w.Responds, Assume: w.Assume != ""}
	for _, s := range w.By {
		q.By = append(q.By, code(s))
	}
	if w.On != "" {
		if q.On, err = flagDay("--on", w.On); err != nil {
			return err
		}
	}
	if w.Act == "" && (len(q.By) == 0 || q.Attacks == "" || w.On == "") {
		return withHint(errors.New("ask who is bound: --by, --attacks and --on are needed, or --act"), "for example casus who --by USA --attacks PRK --on 2025-01-10")
	}
	found, err := w.evidence(ctx, c, &q)
	if err != nil {
		return err
	}
	rec.Acts, rec.Facts = append(found.Acts, rec.Acts...), append(rec.Facts, found.Facts...)
	reply, err := duty.Answers(c, rec, q)
	if err != nil {
		return questionError(err)
	}
	switch w.Format {
	case "json":
		return writeJSON(env.out, answered{reply, found.Told, found.Left, found.Notes})
	case "csv", "jsonl", "parquet":
		return writeAnswers(env, w.Format, reply)
	}
	for _, n := range found.Notes {
		fmt.Fprintf(env.out, "note: %s\n", inert(n))
	}
	if err := printReply(env.out, c, reply, w.Why, w.All); err != nil {
		return err
	}
	for _, t := range found.Told {
		line := strings.Join(slices.DeleteFunc([]string{t.Outlet, t.Published}, func(s string) bool { return s == "" }), ", ")
		switch {
		case t.Copy:
			line += "; a copy, no witness"
		case t.Joined != "":
			line += "; joined " + t.Joined
		}
		hash, id, _ := strings.Cut(t.Ref, "#")
		fmt.Fprintf(env.out, "told: %s in %.12s#%s, %s\n", t.Act, hash, id, inert(strings.Join(strings.Fields(line), " ")))
	}
	if n := len(found.Left); n > 0 && !w.All {
		fmt.Fprintf(env.out, "not used: %d acts of the record (--all says why)\n", n)
		return nil
	}
	for _, l := range found.Left {
		fmt.Fprintf(env.out, "not used: %s: %s\n", l.Ref, inert(l.Why))
	}
	return nil
}

// answered is a reply with what of the record it rests on, and what it does not
// rest on.
type answered struct {
	duty.Reply
	Told  []evidence.Told `json:"told,omitempty"`
	Left  []evidence.Left `json:"left_out,omitempty"`
	Notes []string        `json:"notes,omitempty"`
}

// evidence finds what the record says of the question, and fills the question
// from the act that it is about, if it is about one.
func (w whoCommand) evidence(ctx context.Context, c *treaty.Corpus, q *duty.Question) (evidence.Found, error) {
	var all evidence.Found
	if w.Act != "" {
		at, err := recordCommand{Store: w.Store}.location()
		if err != nil {
			return all, err
		}
		err = recordCommand{Store: at}.with(ctx, false, func(s record.Store) error {
			*q, all, err = evidence.Ask(ctx, s, c, w.Act, *q)
			var m *evidence.Mistake
			switch {
			case errors.As(err, &m) && m.Hint != "":
				return withHint(err, "%s", m.Hint)
			case errors.Is(err, record.ErrNotFound):
				return withHint(err, "casus record search --kind act finds acts; an act is written as printed there: 87c28034#e1")
			}
			return err
		})
		if err != nil {
			return all, err
		}
	}
	if w.ActsFrom == "" {
		return all, nil
	}
	err := recordCommand{Store: w.ActsFrom}.with(ctx, false, func(s record.Store) error {
		found, err := evidence.About(ctx, s, c, *q)
		all.Add(found)
		return err
	})
	return all, err
}

// code accepts codes in any case; what is no code stays as it is.
func code(s string) string {
	const longest = 4 // DPRK, which gets a hint
	s = strings.TrimSpace(s)
	if len(s) > longest {
		return s
	}
	return strings.ToUpper(s)
}

func flagDay(flag, s string) (day.Day, error) {
	d, err := day.Parse(s)
	if err != nil {
		return 0, withHint(fmt.Errorf("%s: %w", flag, err), "a day is written YYYY-MM-DD, for example %s 2025-01-10", flag)
	}
	return d, nil
}

// knownDay reads the flag --known; nil without it.
func knownDay(s string) (*day.Day, error) {
	if s == "" {
		return nil, nil
	}
	d, err := flagDay("--known", s)
	return &d, err
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
		return nil, duty.Record{}, inFolder(dir, err)
	}
	rec, err := duty.ReadRecord(fsys)
	return c, rec, inFolder(dir, err)
}

func writeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// printReply prints one line for each provision and answer, strongest first;
// bearers with the same answer for the same reason share a line.
func printReply(w io.Writer, c *treaty.Corpus, r duty.Reply, derive, all bool) error {
	q := r.Question
	fmt.Fprintf(w, "%s → %s: %s on %s%s\n", strings.Join(q.By, " and "), q.Attacks, q.Kind, q.On, at(c, q.Place))
	fmt.Fprintf(w, "view %s\n", r.Viewpoint)
	if len(r.Assumes) > 0 {
		fmt.Fprintf(w, "supposed: %s\n", strings.Join(r.Assumes, "; "))
	}
	hidden, doubts, awaits := 0, false, ""
	for _, result := range []duty.Result{duty.Bound, duty.IsDispute, duty.Open, duty.Permitted, duty.NotBound} {
		var rows []duty.Answer
		for _, a := range r.Answers {
			switch {
			case a.Answer != result:
			case result == duty.NotBound && !all && remote(a, q.On):
				hidden++
			default:
				rows = append(rows, a)
			}
		}
		if len(rows) == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%s\n", strings.ToUpper(string(result)))
		for _, g := range grouped(rows, derive) {
			fmt.Fprintf(w, "  %s → %s  %s  %s\n", bearers(g.bearers), g.answer.To, strings.Join(g.provisions, ", "), summary(g.answer, len(g.bearers) > 1))
			if g.answer.Rests != "" {
				fmt.Fprintf(w, "      %s\n", g.answer.Rests)
			}
			doubts = doubts || len(g.answer.Taints) > 0
			if l := g.answer.Lawful; l != nil && l.Value != why.Met && awaits == "" {
				awaits = fmt.Sprintf("lawfulness of force %s: %s", l.Value, l.Says)
			}
			if derive {
				if err := printWhy(w, g.answer); err != nil {
					return err
				}
			}
		}
	}
	if hidden > 0 {
		fmt.Fprintf(w, "  and %d more under texts long over or not yet signed (--all prints them)\n", hidden)
	}
	printConflicts(w, r.Conflicts)
	if awaits != "" {
		fmt.Fprintf(w, "\n%s\n", awaits)
	}
	if doubts && !derive {
		fmt.Fprintln(w, "* rests on something not verified or not encoded; --why says what")
	}
	if len(r.Refused) > 0 {
		fmt.Fprintf(w, "not used, because unconfirmed: %s\n", strings.Join(r.Refused, ", "))
	}
	known := ""
	if r.Receipt.Known != nil {
		known = ", as known on " + r.Receipt.Known.String()
	}
	_, err := fmt.Fprintf(w, "receipt: corpus %.12s, record %.12s, view %s, day %s%s\n", r.Receipt.Corpus, r.Receipt.Record, r.Receipt.View, r.Receipt.Day, known)
	return err
}

func printConflicts(w io.Writer, list []duty.Conflict) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(w, "\nCONFLICTS (Casus does not choose)\n")
	for _, x := range list {
		fmt.Fprintf(w, "  %s  %s and %s: %s", x.Bearer, x.First, x.Second, x.Says)
		if x.Rule != "" {
			fmt.Fprintf(w, "; %s", x.Rule)
		}
		fmt.Fprintln(w)
	}
}

// printWhy prints what stands behind one answer.
func printWhy(w io.Writer, a duty.Answer) error {
	article := a.Article
	if article == "" {
		article = a.Provision
	}
	fmt.Fprintf(w, "      %s, %s", a.Title, article)
	if a.Words != "" {
		fmt.Fprintf(w, ": “%s”", a.Words)
	}
	fmt.Fprintln(w)
	for _, line := range [][2]string{{"binding", a.Binding}, {"means", a.Means}, {"deadline", a.Deadline}, {"awaits", a.Process}} {
		if line[1] != "" {
			fmt.Fprintf(w, "      %s: %s\n", line[0], line[1])
		}
	}
	for _, t := range a.Taints {
		fmt.Fprintf(w, "      %s\n", t)
	}
	return a.Derived.Text(w, "      ")
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

// remote reports whether a text was not in force by a long way: over for more
// than ten years, or not yet open to the state on the day.
func remote(a duty.Answer, d day.Day) bool {
	in := a.Norm().Instrument
	if a.Failed != "force" {
		return false
	}
	if b := in.Signed(); b.Kind == day.BoundIn && !order(b, d) {
		return true
	}
	for _, s := range []string{a.Bearer, a.To} {
		if !in.Has(s) {
			continue
		}
		far := true
		for _, m := range in.Members() {
			if m.State != s {
				continue
			}
			over := m.Span.To.Kind != day.BoundNone && (day.Span{From: m.Span.From, To: m.Span.To}).Contains(d.AddMonths(-120)) == day.No && order(m.Span.To, d)
			unborn := !order(m.Span.From, d) && (m.Began.Own || !order(in.Signed(), d))
			far = far && (over || unborn)
		}
		if far {
			return true
		}
	}
	return false
}

// order reports whether the bound lies on or before d.
func order(b day.Bound, d day.Day) bool {
	return (day.Span{From: b, To: day.None}).Contains(d) == day.Yes
}

type rowGroup struct {
	answer     duty.Answer
	bearers    []string
	provisions []string
}

// grouped joins rows that differ in their bearer only, and those in which one
// bearer is bound to the same ban on force by several texts, unless each is
// wanted.
func grouped(rows []duty.Answer, each bool) []*rowGroup {
	var out []*rowGroup
	for _, a := range rows {
		i := slices.IndexFunc(out, func(g *rowGroup) bool {
			return !each && g.answer.To == a.To && g.answer.Act == a.Act && (g.answer.Provision == a.Provision && reasonFor(g.answer) == reasonFor(a) || sameBan(g, a))
		})
		switch {
		case i < 0:
			out = append(out, &rowGroup{a, []string{a.Bearer}, []string{a.Provision}})
		case sameBan(out[i], a):
			out[i].provisions = append(out[i].provisions, a.Provision)
		default:
			out[i].bearers = append(out[i].bearers, a.Bearer)
		}
	}
	return out
}

// sameBan reports whether the row says of the group's one bearer what the group
// says, by another text: not to use force. A dozen treaties repeat the Charter.
func sameBan(g *rowGroup, a duty.Answer) bool {
	return len(g.bearers) == 1 && g.bearers[0] == a.Bearer && g.answer.Provision != a.Provision && a.Answer == duty.Bound &&
		a.Does == "refrain from force" && g.answer.Rests+a.Rests == "" && summary(g.answer, false) == summary(a, false)
}

func bearers(list []string) string {
	if len(list) == 1 && list[0] == duty.Everybody {
		return "any other state"
	}
	return strings.Join(list, " ")
}

// reasonFor is the row's reason without its own bearer's name, so that equal
// reasons meet.
func reasonFor(a duty.Answer) string {
	if a.Bearer == duty.Everybody {
		return a.Why
	}
	return strings.ReplaceAll(a.Why, a.Bearer, "each")
}

// summary says in one line what is owed, or why nothing is.
func summary(a duty.Answer, several bool) string {
	if a.Answer == duty.NotBound {
		s := a.Why
		if several {
			s = reasonFor(a)
		}
		return strings.SplitN(a.Does, " (", 2)[0] + ": " + s + mark(a)
	}
	s := a.Force + " " + a.Does
	if a.Binding != "legal" {
		s += ", " + a.Binding + " commitment"
	}
	if a.Deadline != "" {
		s += "; " + a.Deadline
	}
	if a.Whether != "" {
		s += "; whether: " + a.Whether
	}
	if a.Means != "" {
		s += "; means: " + a.Means
	}
	if a.Process != "" {
		s += "; due, performance awaits " + a.Process
	}
	if a.Assumed {
		s += "; because " + a.Act
	}
	switch a.Answer {
	case duty.Open:
		s += " — needs: " + strings.Join(a.Needs, "; ")
	case duty.IsDispute:
		s += " — " + a.Why
	}
	return s + mark(a)
}

func mark(a duty.Answer) string {
	if len(a.Taints) > 0 {
		return " *"
	}
	return ""
}
