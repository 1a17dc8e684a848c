package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
)

type actorCommand struct {
	Show  actorShowCommand  `cmd:"" help:"Print what a name means, and the actor behind it."`
	Check actorCheckCommand `cmd:"" help:"Compare states and leaders with lists of others and print how far they agree."`
}

type actorShowCommand struct {
	Name string `arg:"" help:"A name, acronym, code or id: \"North Korea\", NATO, PRK, kim-jong-un."`
	On   string `placeholder:"DAY" help:"Day on which the name is used, YYYY-MM-DD; without it, every meaning that it ever had."`
}

// Run prints the senses of the name, then each actor.
func (c actorShowCommand) Run(env environment) error {
	t := actor.World()
	senses := t.Senses(c.Name)
	on := t.Known
	if c.On != "" {
		d, err := day.Parse(c.On)
		if err != nil {
			return withHint(fmt.Errorf("show %q: %w", c.Name, err), "write the day as 2024-06-19")
		}
		on = d
		senses = t.Resolve(c.Name, on)
	}
	if len(senses) == 0 {
		if a, ok := t.Actor(c.Name); ok {
			printActor(env.out, t, a, on)
			return nil
		}
		if c.On != "" && len(t.Senses(c.Name)) > 0 {
			return withHint(fmt.Errorf("show %q: it means nobody on %s", c.Name, c.On), "without --on all its meanings are shown")
		}
		err := fmt.Errorf("show %q: no such name in the table", c.Name)
		if s := t.Suggest(c.Name); s != "" {
			return withHint(err, "did you mean %s?", s)
		}
		return err
	}
	for i, s := range senses {
		a, _ := t.Actor(s.Actor)
		notes := []string{"by " + s.Via.String()}
		switch {
		case c.On == "" || s.Now == day.Yes:
		case s.Now == day.Unknown:
			notes = append(notes, "not settled for that day")
		case s.Kind == actor.KindPerson:
			notes = append(notes, "not in office on that day")
		default:
			notes = append(notes, "of the past on that day")
		}
		if s.Ambiguous {
			notes = append(notes, "ambiguous")
		}
		if i > 0 {
			fmt.Fprintln(env.out)
		}
		fmt.Fprintf(env.out, "%s  (%s)\n", s.Actor, strings.Join(notes, ", "))
		printActor(env.out, t, a, on)
	}
	return nil
}

func printActor(out io.Writer, t *actor.Table, a *actor.Actor, on day.Day) {
	line := func(key, value string) {
		if value != "" {
			fmt.Fprintf(out, "  %-18s %s\n", key, value)
		}
	}
	line(a.Kind.String(), a.Name)
	var lives []string
	for _, s := range a.Lives {
		lives = append(lives, spanText(s))
	}
	line("lives", strings.Join(lives, ", "))
	var names []string
	for _, n := range a.Names[1:] {
		text := n.Text
		if n.Span.From.Kind != day.BoundNone || n.Span.To.Kind != day.BoundNone {
			text += " (" + spanText(n.Span) + ")"
		}
		names = append(names, text)
	}
	line("names", strings.Join(names, "; "))
	if s, ok := t.State(a.ID); ok {
		printState(line, t, s)
	}
	if o, ok := t.Organization(a.ID); ok {
		line("sort", o.Sort)
		line("members", strings.Join(t.Members(a.ID, on), " "))
	}
	if g, ok := t.Group(a.ID); ok {
		line("base", strings.Join(g.Base, " "))
	}
	if p, ok := t.Person(a.ID); ok {
		for _, h := range p.Tenures {
			line("office", fmt.Sprintf("%s %s, %s%s", h.Office.Of, h.Office.Role, spanText(h.Span), doubtText(h.Doubt)))
		}
	}
	for _, o := range t.Offices(a.ID) {
		for _, h := range t.Holders(a.ID, o.Role, on) {
			line(o.Role, fmt.Sprintf("%s, %s%s", h.Person.Name, spanText(h.Span), doubtText(h.Doubt)))
		}
	}
	line("note", a.Note)
	line("doubt", a.Doubt)
	line("source", "actor/data/"+a.At)
}

func printState(line func(key, value string), t *actor.Table, s *actor.State) {
	spells := func(list []actor.Membership) string {
		var out []string
		for _, m := range list {
			out = append(out, fmt.Sprintf("%d %s", m.Number, spanText(m.Span)))
		}
		return strings.Join(out, ", ")
	}
	line("COW", spells(s.COW))
	line("G-W", spells(s.GW))
	for _, l := range s.From {
		line(string(l.Kind), l.State+" "+l.Day.String()+doubtText(l.Doubt))
	}
	for _, l := range t.Successors(s.ID) {
		line("then", fmt.Sprintf("%s (%s) %s%s", l.State, l.Kind, l.Day, doubtText(l.Doubt)))
	}
	line("borders", strings.Join(s.Borders, " "))
}

func doubtText(doubt string) string {
	if doubt == "" {
		return ""
	}
	return " (in doubt: " + doubt + ")"
}

// spanText writes a span for people: "2008-05-07 to 2012-05-06" with the last
// day included.
func spanText(s day.Span) string {
	from, to := "", ""
	if s.From.Kind != day.BoundNone {
		from = "from " + s.From.String()
	}
	switch d, exact := s.To.Day(); {
	case s.To.Kind == day.BoundNone:
	case exact:
		to = "until " + d.String()
	case s.To.Kind == day.BoundIn && s.To.To.Year() == 9999:
		to = "still on " + (s.To.From - 1).String()
	default:
		to = "until " + s.To.String()
	}
	if from == "" && to == "" {
		return "always"
	}
	return strings.TrimSpace(from + " " + to)
}

type actorCheckCommand struct {
	States  string `placeholder:"DIR" help:"Folder with cow_states.csv and gw_states.csv."`
	Leaders string `placeholder:"DIR" help:"Folder with archigos.csv."`
	From    string `default:"1990-01-01" placeholder:"DAY" help:"First day for leaders (${default})."`
	To      string `default:"2016-01-01" placeholder:"DAY" help:"Day after the last for leaders (${default})."`
	All     bool   `help:"Print every difference."`
}

// Run prints figures and, with --all, each difference.
func (c actorCheckCommand) Run(env environment) error {
	if c.States == "" && c.Leaders == "" {
		return withHint(fmt.Errorf("check actors: nothing to compare with"), "casus actor check --states DIR --leaders DIR")
	}
	t := actor.World()
	if c.States != "" {
		for _, list := range []struct {
			name, file string
			compare    func(io.Reader) (actor.Agreement, error)
		}{
			{"Correlates of War", "cow_states.csv", t.CompareCOW},
			{"Gleditsch-Ward", "gw_states.csv", t.CompareGW},
		} {
			if err := withFile(filepath.Join(c.States, list.file), func(r io.Reader) error {
				a, err := list.compare(r)
				if err != nil {
					return err
				}
				fmt.Fprintf(env.out, "%s: %d of %d numbers have the same spells\n", list.name, a.Equal, a.Compared)
				printLines(env.out, "", a.Differences)
				return nil
			}); err != nil {
				return err
			}
		}
	}
	if c.Leaders == "" {
		return nil
	}
	from, err := day.Parse(c.From)
	if err != nil {
		return fmt.Errorf("check leaders: --from: %w", err)
	}
	to, err := day.Parse(c.To)
	if err != nil {
		return fmt.Errorf("check leaders: --to: %w", err)
	}
	return withFile(filepath.Join(c.Leaders, "archigos.csv"), func(r io.Reader) error {
		a, err := t.CompareLeaders(r, from, to)
		if err != nil {
			return err
		}
		fmt.Fprintf(env.out, "Archigos, %s to %s: %d spells; %d (%.1f %%) with the name in office, %d (%.1f %%) also within 3 days at both ends; %.2f %% of %d days agree\n",
			from, to, a.Spells, a.Named, share(a.Named, a.Spells), a.Dated, share(a.Dated, a.Spells), share(a.DaysSame, a.Days), a.Days)
		if c.All {
			printLines(env.out, "missing ", a.Missing)
			printLines(env.out, "shifted ", a.Shifted)
		}
		return nil
	})
}

func share(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

func printLines(out io.Writer, prefix string, lines []string) {
	for l := range slices.Values(lines) {
		fmt.Fprintf(out, "  %s%s\n", prefix, l)
	}
}

func withFile(path string, do func(io.Reader) error) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("check actors: %w", err)
	}
	defer f.Close()
	if err := do(f); err != nil {
		return fmt.Errorf("check actors: %s: %w", path, err)
	}
	return nil
}
