package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/colorprofile"

	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/text"
)

// columns is how wide the text view is.
const columns = 100

var (
	styleHead   = lipgloss.NewStyle().Bold(true)
	styleSpeak  = lipgloss.NewStyle().Bold(true).Foreground(lipgloss.Color("4"))
	styleQuote  = lipgloss.NewStyle().Foreground(lipgloss.Color("4"))
	styleAct    = lipgloss.NewStyle().Foreground(lipgloss.Color("5"))
	styleRecord = lipgloss.NewStyle().Foreground(lipgloss.Color("2"))
	styleWrong  = lipgloss.NewStyle().Foreground(lipgloss.Color("1"))
	styleFaint  = lipgloss.NewStyle().Faint(true)
)

// printReading prints a report read, for people: head, who appears, what was
// done, what was agreed, who said what, what the record says, what follows.
func printReading(w io.Writer, r check.Checked) error {
	v := &readView{
		w:     colorprofile.NewWriter(w, os.Environ()),
		doc:   r.Document,
		actor: map[string]*reading.Actor{},
		said:  map[string]*reading.Statement{},
	}
	for i := range r.Actors {
		v.actor[r.Actors[i].ID] = &r.Actors[i]
	}
	for i := range r.Statements {
		v.said[r.Statements[i].ID] = &r.Statements[i]
	}
	v.head()
	v.actors()
	v.acts()
	v.agreements(r.Checks)
	v.statements()
	v.checks(r.Checks)
	v.follows(r.Follows)
	return v.err
}

type readView struct {
	w     io.Writer
	doc   *reading.Document
	actor map[string]*reading.Actor
	said  map[string]*reading.Statement
	err   error
}

// line prints one paragraph, wrapped and indented; what follows the first line
// is indented by two more.
// Words of the report do nothing to the terminal; only styled keeps its colours.
func (v *readView) line(indent int, style lipgloss.Style, format string, args ...any) {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = inert(s)
		}
	}
	for i, l := range wrap(fmt.Sprintf(format, args...), columns-indent-2) {
		in := indent
		if i > 0 {
			in += 2
		}
		if _, err := fmt.Fprintf(v.w, "%s%s\n", strings.Repeat(" ", in), style.Render(l)); err != nil && v.err == nil {
			v.err = err
		}
	}
}

func (v *readView) title(s string) {
	fmt.Fprintln(v.w)
	v.line(0, styleHead, "%s", s)
}

// styled is text that was made inert before it got its colours.
type styled string

var plainStyle = lipgloss.NewStyle()

func (v *readView) head() {
	d := v.doc
	title := d.Title
	if title == "" {
		title = "(no headline)"
	}
	v.line(0, styleHead, "%s", title)
	var about []string
	for _, s := range []string{d.Outlet, d.Section, strings.Join(d.Authors, ", ")} {
		if s != "" {
			about = append(about, s)
		}
	}
	if d.Published != "" {
		about = append(about, "published "+d.Published)
	} else {
		about = append(about, "day of publication unknown")
	}
	about = append(about, "id "+d.ID)
	v.line(0, styleFaint, "%s", strings.Join(about, " · "))
	for _, p := range d.Problems {
		v.line(0, styleWrong, "note: %s", p.Message)
	}
	for _, m := range d.Media {
		v.line(0, styleFaint, "%s: %s", m.Kind, cmp.Or(m.Caption, cmp.Or(m.URL, "marked in the text")))
	}
	for _, p := range d.Posts {
		v.title("EMBEDDED POST (not the outlet's words)")
		v.line(2, styleSpeak, "%s", strings.TrimSpace(fmt.Sprintf("%s @%s %s", p.Author, p.Handle, p.Date)))
		v.line(4, styleQuote, "%s", oneLine(p.Text))
		if p.Link != "" {
			v.line(4, styleFaint, "%s", p.Link)
		}
	}
}

func (v *readView) actors() {
	if len(v.doc.Actors) == 0 {
		return
	}
	v.title("WHO APPEARS")
	for _, kind := range []string{"state", "organization", "group", "person", "outlet"} {
		for _, a := range v.doc.Actors {
			if a.Kind != kind {
				continue
			}
			name := a.Name
			if a.Code != "" && a.Code != a.Name {
				name += " (" + a.Code + ")"
			}
			about := a.Kind
			if a.Role != "" {
				about += ", " + a.Role
			}
			if a.State != "" && a.State != a.Code {
				about += ", " + a.State
			}
			v.line(2, plainStyle, "%-34s %s; %s", name, about, v.wordings(a.Mentions))
		}
	}
}

// wordings lists how an actor is named, each wording once with its count.
func (v *readView) wordings(spans []text.Span) string {
	var names []string
	count := map[string]int{}
	for _, s := range spans {
		w := oneLine(s.Of(v.doc.Text))
		if count[w]++; count[w] == 1 {
			names = append(names, w)
		}
	}
	for i, n := range names {
		if count[n] > 1 {
			names[i] = fmt.Sprintf("%s ×%d", n, count[n])
		}
	}
	if len(names) == 0 {
		return "not named"
	}
	return strings.Join(names, ", ")
}

func (v *readView) acts() {
	if len(v.doc.Acts) == 0 {
		return
	}
	v.title("WHAT WAS DONE")
	for _, a := range v.doc.Acts {
		head := strings.ToLower(a.Type)
		if a.Mode != "" {
			head += "/" + a.Mode
		}
		who := v.names(a.Source)
		if len(a.Target) > 0 {
			who += " → " + v.names(a.Target)
		}
		more := a.Status
		if a.Date != "" {
			more += ", " + a.Date
		}
		if a.Place != "" {
			more += ", " + a.Place
		}
		v.line(2, styleAct, "%-20s %s (%s)", head, who, more)
		v.line(4, styleFaint, "“%s” %s", v.words(a.Trigger), v.whose(a.Within))
	}
}

func (v *readView) agreements(checks []check.Verdict) {
	if len(v.doc.Agreements) == 0 {
		return
	}
	v.title("WHAT WAS AGREED")
	for _, a := range v.doc.Agreements {
		head := "“" + a.Title + "”: " + cmp.Or(v.names(a.Parties), "parties unknown") + "; " + cmp.Or(a.Status, "status unknown")
		if a.Signed != "" {
			head += ", signed " + a.Signed
		}
		v.line(2, plainStyle, "%s", head)
		if a.Instrument != "" {
			v.line(4, styleRecord, "record: the same as %s", a.Instrument)
		} else {
			v.line(4, styleFaint, "record: no instrument of the corpus is known to be the same")
		}
		if len(a.Areas) > 0 {
			v.line(4, plainStyle, "areas: %s", strings.Join(a.Areas, ", "))
		}
		for _, p := range a.Provisions {
			not := ""
			if p.Negated {
				not = "no "
			}
			v.line(4, plainStyle, "%s%s: “%s” %s", not, p.Type, oneLine(p.Span.Of(v.doc.Text)), v.whose(p.By))
			if p.Trigger != "" {
				v.line(8, plainStyle, "on condition: %s", p.Trigger)
			}
		}
		for _, c := range checks {
			if c.Of == a.ID {
				v.verdict(4, c)
			}
		}
	}
}

func (v *readView) statements() {
	if len(v.doc.Statements) == 0 {
		return
	}
	v.title("WHO SAID WHAT")
	inner := map[string][]*reading.Statement{}
	for i := range v.doc.Statements {
		s := &v.doc.Statements[i]
		if s.Within != nil {
			inner[*s.Within] = append(inner[*s.Within], s)
		}
	}
	var show func(indent int, s *reading.Statement)
	show = func(indent int, s *reading.Statement) {
		name := v.speaker(s)
		if s.SpeakerState != "" && !strings.Contains(name, s.SpeakerState) {
			name += " (" + s.SpeakerState + ")"
		}
		about := s.ID + " " + s.Kind
		if s.Notion != "" && s.Notion != "speech" {
			about += ", " + s.Notion
		}
		if s.Act != "" {
			about += ", " + strings.ToLower(s.Act)
		}
		if s.Negated {
			about += ", negated"
		}
		v.line(indent, plainStyle, "%s %s [%s]", styled(styleSpeak.Render(inert(name))), cmp.Or(v.words(s.Cue), "(no cue)"), about)
		v.line(indent+2, styleQuote, "%s", v.words(s.Content))
		for _, t := range inner[s.ID] {
			v.line(indent+2, styleFaint, "relays:")
			show(indent+4, t)
		}
	}
	for i := range v.doc.Statements {
		if s := &v.doc.Statements[i]; s.Within == nil {
			show(2, s)
		}
	}
}

func (v *readView) checks(checks []check.Verdict) {
	rest := slices.DeleteFunc(slices.Clone(checks), func(c check.Verdict) bool {
		return c.Result == check.NotCheckable || slices.ContainsFunc(v.doc.Agreements, func(a reading.Agreement) bool { return a.ID == c.Of })
	})
	if len(rest) == 0 {
		return // casus check lists what is not checkable
	}
	v.title("WHAT THE RECORD SAYS")
	for _, c := range rest {
		v.verdict(2, c)
	}
}

func (v *readView) verdict(indent int, c check.Verdict) {
	style := styleRecord
	if c.Result == check.Contradicted {
		style = styleWrong
	}
	v.line(indent, style, "%s: %s", c.Result, c.Claim)
	for _, g := range c.Grounds {
		v.line(indent+4, styleFaint, "%s", g.String())
	}
}

func (v *readView) follows(list []check.Consequence) {
	if len(list) == 0 {
		return
	}
	v.title("WHAT FOLLOWS")
	for _, c := range list {
		v.line(2, styleHead, "%s", c.If)
		for _, then := range c.Then {
			v.line(4, plainStyle, "%s", then)
		}
		if c.Note != "" {
			v.line(4, styleFaint, "%s", c.Note)
		}
	}
}

// whose says whose words a clause or an act is in.
func (v *readView) whose(by *string) string {
	if by == nil {
		return "(the outlet's word)"
	}
	s := v.said[*by]
	if s == nil {
		return ""
	}
	return "(" + v.speaker(s) + "'s word, " + s.ID + ")"
}

func (v *readView) speaker(s *reading.Statement) string {
	if s.SpeakerName != "" {
		return s.SpeakerName
	}
	if s.Speaker != nil && v.actor[*s.Speaker] != nil {
		return v.actor[*s.Speaker].Name
	}
	if w := v.words(s.Source); w != "" {
		return w
	}
	return "unknown speaker"
}

func (v *readView) names(ids []string) string {
	names := make([]string, 0, len(ids))
	for _, id := range ids {
		if a := v.actor[id]; a != nil {
			id = a.Name
		}
		names = append(names, id)
	}
	return strings.Join(names, ", ")
}

func (v *readView) words(spans []text.Span) string {
	parts := make([]string, len(spans))
	for i, s := range spans {
		parts[i] = oneLine(s.Of(v.doc.Text))
	}
	return strings.Join(parts, " … ")
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// wrap breaks s at blanks into lines of at most width characters.
func wrap(s string, width int) []string {
	var lines []string
	line, n := "", 0
	for _, word := range strings.Split(s, " ") {
		k := lipgloss.Width(word)
		if n > 0 && n+1+k > width {
			lines = append(lines, line)
			line, n = "", 0
		}
		if n > 0 {
			line, n = line+" ", n+1
		}
		line, n = line+word, n+k
	}
	return append(lines, line)
}
