package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/treaty"
	"github.com/casus-foederis/casus/why"
)

type commitmentsCommand struct {
	State string `arg:"" help:"The state's code, such as PRK."`
	On    string `required:"" placeholder:"DAY" help:"The day, YYYY-MM-DD."`
	Known string `placeholder:"DAY" help:"Answer from what was known on this day."`
	answerSource
	Format string `enum:"text,json" default:"text" help:"text or json."`
}

// Run prints what a state owes and is owed, by kind.
func (k commitmentsCommand) Run(ctx context.Context, env environment) error {
	known, err := knownDay(k.Known)
	if err != nil {
		return err
	}
	c, _, err := k.load(ctx, env, known)
	if err != nil {
		return err
	}
	d, err := flagDay("--on", k.On)
	if err != nil {
		return err
	}
	state, err := knownState(c, k.State, d)
	if err != nil {
		return err
	}
	list := duty.Commitments(c, state, d, known)
	if k.Format == "json" {
		if list == nil {
			list = []duty.Commitment{}
		}
		return writeJSON(env.out, list)
	}
	fmt.Fprintf(env.out, "%s on %s\n", c.Names.Name(state, d), d)
	printOwed(env.out, list, "OWED BY "+state, func(m duty.Commitment) (string, bool) { return m.To, m.Bearer == state })
	printOwed(env.out, list, "OWED TO "+state, func(m duty.Commitment) (string, bool) { return m.Bearer, m.To == state })
	return nil
}

// knownState checks a state's code and that the state existed.
func knownState(c *treaty.Corpus, s string, d day.Day) (string, error) {
	s = code(s)
	if !c.Names.Known(s) {
		err := fmt.Errorf("unknown state %q", s)
		if near := c.Names.Suggest(s); near != "" {
			return "", withHint(err, "did you mean %s (%s)?", near, c.Names.Name(near, d))
		}
		return "", withHint(err, "states are named by ISO 3166-1 alpha-3 codes, such as PRK")
	}
	if c.Names.Exists(s, d) == day.No {
		return "", fmt.Errorf("%s did not exist on %s", s, d)
	}
	return s, nil
}

// printOwed prints one line for each provision, the other states joined.
func printOwed(w io.Writer, list []duty.Commitment, title string, pick func(duty.Commitment) (string, bool)) {
	fmt.Fprintf(w, "\n%s\n", title)
	type line struct {
		c      duty.Commitment
		others []string
	}
	var lines []*line
	for _, m := range list {
		other, ok := pick(m)
		if !ok {
			continue
		}
		i := slices.IndexFunc(lines, func(l *line) bool {
			return l.c.Provision == m.Provision && l.c.InForce == m.InForce && l.c.Kind == m.Kind
		})
		if i < 0 {
			lines = append(lines, &line{m, []string{other}})
		} else {
			lines[i].others = append(lines[i].others, other)
		}
	}
	if len(lines) == 0 {
		fmt.Fprintln(w, "  nothing in the corpus")
	}
	for _, l := range lines {
		note := ""
		if l.c.InForce != why.Met {
			note = ", in force: " + l.c.InForce.String()
		}
		if l.c.Binding != "legal" {
			note += ", " + l.c.Binding
		}
		if len(l.c.Taints) > 0 {
			note += " *"
		}
		fmt.Fprintf(w, "  %-13s %s  %s  %s %s%s\n", l.c.Kind, strings.Join(l.others, " "), l.c.Provision, l.c.Force, l.c.Does, note)
		if l.c.Rests != "" {
			fmt.Fprintf(w, "      %s\n", l.c.Rests)
		}
	}
}

type changedCommand struct {
	Instrument string `arg:"" help:"The instrument's id."`
	answerSource
	Format string `enum:"text,json" default:"text" help:"text or json."`
}

// effect is what an instrument's entry into force changed.
type effect struct {
	Instrument string           `json:"instrument"`
	Day        day.Day          `json:"day"`
	Changes    []duty.Change    `json:"changes"`
	Conflicts  []duty.Collision `json:"conflicts"`
}

// Run prints which pairs an instrument's entry into force bound anew, bound
// more or less strongly, and which conflicts it created.
func (k changedCommand) Run(ctx context.Context, env environment) error {
	c, rec, err := k.load(ctx, env, nil)
	if err != nil {
		return err
	}
	in := c.Instrument(k.Instrument)
	if in == nil {
		err := fmt.Errorf("compare commitments: unknown instrument %q", k.Instrument)
		if near := c.Suggest(k.Instrument); near != "" {
			return withHint(err, "did you mean %s?", near)
		}
		return withHint(err, "casus corpus list prints the ids")
	}
	d, ok := duty.Entry(in)
	if !ok {
		return fmt.Errorf("compare commitments: the day on which %s entered into force is not known to the day", in.ID)
	}
	e := effect{Instrument: in.ID, Day: d, Changes: duty.Effect(c, in, d)}
	if e.Conflicts, err = conflictsOf(ctx, c, rec, in.ID, d); err != nil {
		return err
	}
	if k.Format == "json" {
		return writeJSON(env.out, e)
	}
	fmt.Fprintf(env.out, "%s\nentered into force %s; against the day before, among its parties:\n", in.Title, d)
	for _, what := range []string{"newly bound", "strengthened", "weakened", "no longer bound"} {
		n := 0
		for _, x := range e.Changes {
			if x.What != what {
				continue
			}
			if n == 0 {
				fmt.Fprintf(env.out, "\n%s\n", strings.ToUpper(what))
			}
			n++
			fmt.Fprintf(env.out, "  %s → %s  %s  %s\n", x.Bearer, x.To, x.Kind, strings.Join(append(slices.Clone(x.After), old(x)...), " "))
		}
	}
	if len(e.Changes) == 0 {
		fmt.Fprintln(env.out, "\nno commitment between its parties changed")
	}
	if len(e.Conflicts) > 0 {
		fmt.Fprintln(env.out, "\nCONFLICTS IT TAKES PART IN")
		printCollisions(env.out, e.Conflicts)
	}
	return nil
}

func old(c duty.Change) []string {
	if len(c.Before) == 0 {
		return nil
	}
	return []string{"(before: " + strings.Join(c.Before, " ") + ")"}
}

func conflictsOf(ctx context.Context, c *treaty.Corpus, rec duty.Record, id string, d day.Day) ([]duty.Collision, error) {
	all, err := duty.Collisions(ctx, c, rec, d)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(x duty.Collision) bool {
		return !strings.HasPrefix(x.First, id+"/") && !strings.HasPrefix(x.Second, id+"/")
	}), nil
}

type conflictsCommand struct {
	On    string `required:"" placeholder:"DAY" help:"The day, YYYY-MM-DD."`
	State string `placeholder:"CODE" help:"Only conflicts of this state's duties."`
	answerSource
	Format string `enum:"text,json" default:"text" help:"text or json."`
}

// Run prints the duties of a day that cannot both be performed.
func (k conflictsCommand) Run(ctx context.Context, env environment) error {
	c, rec, err := k.load(ctx, env, nil)
	if err != nil {
		return err
	}
	d, err := flagDay("--on", k.On)
	if err != nil {
		return err
	}
	list, err := duty.Collisions(ctx, c, rec, d)
	if err != nil {
		return err
	}
	if k.State != "" {
		s, err := knownState(c, k.State, d)
		if err != nil {
			return err
		}
		list = slices.DeleteFunc(list, func(x duty.Collision) bool { return x.Bearer != s })
	}
	if k.Format == "json" {
		if list == nil {
			list = []duty.Collision{}
		}
		return writeJSON(env.out, list)
	}
	printCollisions(env.out, list)
	_, err = fmt.Fprintf(env.out, "%d conflicts on %s\n", len(list), d)
	return err
}

// printCollisions prints one line for each pair of provisions and bearer, with
// the attacks that would bring it about.
func printCollisions(w io.Writer, list []duty.Collision) {
	for i := 0; i < len(list); {
		x := list[i]
		var pairs []string
		j := i
		for ; j < len(list) && list[j].Bearer == x.Bearer && list[j].First == x.First && list[j].Second == x.Second; j++ {
			if list[j].Attacker != "" {
				pairs = append(pairs, list[j].Attacker+"→"+list[j].Attacked)
			}
		}
		fmt.Fprintf(w, "  %s  %s and %s: %s", x.Bearer, x.First, x.Second, x.Says)
		if x.Rule != "" {
			fmt.Fprintf(w, "; %s", x.Rule)
		}
		switch {
		case len(pairs) > 4:
			fmt.Fprintf(w, " [%s and %d more attacks]", strings.Join(pairs[:4], " "), len(pairs)-4)
		case len(pairs) > 0:
			fmt.Fprintf(w, " [%s]", strings.Join(pairs, " "))
		}
		fmt.Fprintln(w)
		i = j
	}
}
