package web

import (
	"cmp"
	"strings"

	"github.com/casus-foederis/casus/treaty"
)

func versionOf(t *treaty.Version, dated bool) versionView {
	v := versionView{Plain: plainWords(&t.Text), Words: t.Words, Says: t.Says}
	if dated {
		v.Span = spanWords(t.Span)
	}
	row := func(name, text string) {
		if text != "" {
			v.Rows = append(v.Rows, rowView{name, text})
		}
	}
	row("when", triggerWords(t.When))
	for _, c := range t.If {
		row("only if", c.Words)
	}
	for _, u := range t.Unless {
		row("unless", unlessWords(u))
	}
	for _, c := range t.Ends {
		row("ends when", c.Words)
	}
	row("whether", strings.TrimSpace(t.Whether+" "+t.Organ))
	row("means chosen by", t.Means.Chooser)
	row("at least", t.Means.Floor)
	row("at most", t.Means.Ceiling)
	row("performance awaits", t.Process)
	row("deadline", t.Deadline)
	for _, reading := range t.Readings {
		row("read otherwise by "+reading.By, reading.Says)
	}
	for _, u := range t.Unencodable {
		row("not encoded", u.Construct+": "+u.Reason)
	}
	return v
}

// plainWords says a norm in one sentence, in the words of its encoding.
func plainWords(t *treaty.Text) string {
	task := t.Task()
	if task == "" {
		return ""
	}
	parts := []string{cmp.Or(t.Bearer.String(), "each party"), t.Force, task}
	s := strings.Join(strings.Fields(strings.Join(parts, " ")), " ")
	if o := t.Owed.String(); o != "" {
		s += ", owed to " + o
	}
	if when := t.When; when.Event != "" {
		lead := "In case of " + when.Event
		if on := when.On.String(); on != "" {
			lead += " on " + on
		}
		if by := when.By.String(); by != "" {
			lead += " by " + by
		}
		return lead + ", " + s + "."
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

func triggerWords(t treaty.Trigger) string {
	if t.Event == "" {
		return ""
	}
	s := t.Event
	if b := t.By.String(); b != "" {
		s += " by " + b
	}
	if o := t.On.String(); o != "" {
		s += " on " + o
	}
	for _, z := range t.Where.In {
		s += "; in " + cmp.Or(z.Words, z.What)
	}
	for _, z := range t.Where.Except {
		s += "; not in " + cmp.Or(z.Words, z.What)
	}
	if t.Judge != "" {
		s += "; in the judgement of " + t.Judge
	}
	return s
}

func unlessWords(u treaty.Unless) string {
	parts := []string{u.Name}
	for _, c := range u.If {
		parts = append(parts, c.Words)
	}
	s := strings.Join(parts, ": ")
	for _, e := range u.Unless {
		s += " (but not if " + unlessWords(e) + ")"
	}
	return s
}
