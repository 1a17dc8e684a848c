package web

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/evidence"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/text"
	"github.com/casus-foederis/casus/treaty"
)

// readingView is what the template reading is filled with.
type readingView struct {
	Doc        check.Checked
	Kept       string        // hash in the record, if it was just kept
	JSON       string        // where the same stands as JSON; empty if nowhere
	Versions   []record.Head // other versions of the page in the record
	Others     string        // where acts stand that other reports tell as well; of a kept report
	Drafts     []draftView   // signings that the corpus does not hold
	Paragraphs []paragraphView
	Verdicts   []verdictCount // how often each result was found
	Apart      []verdictGroup // on nothing that stands in the text
	Follows    []followView
	Said       []*saidView
	Acts       []actView
	Agreed     []agreedView
}

// paragraphView is a paragraph with the verdicts on what it says.
type paragraphView struct {
	Class    string
	Segments []segment
	Groups   []verdictGroup
	Idle     []check.Verdict // on what nobody can check; there are many
}

// verdictGroup is the verdicts of one result on a paragraph.
type verdictGroup struct {
	Result   check.Result
	Verdicts []check.Verdict
}

// otherwise is the group of verdicts that a speaker said the contrary before:
// they are about the speaker, not about the truth.
const otherwise check.Result = "said otherwise before"

// grouped brings verdicts of one result together, contradictions first.
func grouped(list []check.Verdict) (out []verdictGroup) {
	for _, r := range []check.Result{check.Contradicted, otherwise, check.Supported, check.NotInRecord, check.NotCheckable} {
		g := verdictGroup{Result: r}
		for _, v := range list {
			of := v.Result
			if v.Kind == "said otherwise" {
				of = otherwise
			}
			if of == r {
				g.Verdicts = append(g.Verdicts, v)
			}
		}
		if len(g.Verdicts) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// draftView is a treaty file drafted from the report, with its place in the queue
// of review if it has one.
type draftView struct{ Title, Text, Href string }

type verdictCount struct {
	Result check.Result
	Count  int
}

type saidView struct {
	ID, Speaker, State, Cue, Kind, Act, Words string
	Relays                                    []*saidView
}

type actView struct {
	ID, What, Who, Whom, Status, Date, Words, Whose, Voice string
	Ask                                                    string // where to ask who would be bound by it; empty if it is no use or threat of force
}

// followView is what follows from the instruments of a report in one case.
type followView struct {
	If    string
	Lines []followLine
}

// followLine is one state's duty, with the clause that makes it.
type followLine struct{ Says, Rest, Provision, Note string }

// clauseIn finds the name of a provision in a line of what follows.
var clauseIn = regexp.MustCompile(` \(([a-z0-9-]+/[^() ]+)\)`)

// follows brings together what follows in the same case, by names.
func follows(list []check.Consequence, n namer) (out []followView) {
	for _, f := range list {
		title := n.spell(f.If)
		i := slices.IndexFunc(out, func(v followView) bool { return v.If == title })
		if i < 0 {
			i, out = len(out), append(out, followView{If: title})
		}
		for _, line := range f.Then {
			x := followLine{Says: n.spell(line), Provision: f.Instrument, Note: f.Note}
			if m := clauseIn.FindStringSubmatchIndex(line); m != nil {
				x = followLine{n.spell(line[:m[0]]), n.spell(line[m[1]:]), line[m[2]:m[3]], f.Note}
			}
			out[i].Lines = append(out[i].Lines, x)
		}
	}
	return out
}

// questions says where to ask who would be bound by an act: about the act where
// its report is kept, else about who and whom it names.
func questions(v *readingView, hash string) {
	code := func(ids []string) string {
		for _, a := range v.Doc.Actors {
			if slices.Contains(ids, a.ID) && cmp.Or(a.Code, a.State) != "" && (a.Kind == "state" || a.Kind == "organization") {
				return cmp.Or(a.Code, a.State)
			}
		}
		return ""
	}
	for i, a := range v.Doc.Acts {
		if !evidence.Counts(v.Doc.Document, a) {
			continue
		}
		by, attacked := code(a.Source), code(a.Target)
		switch {
		case by == "" || attacked == "":
		case hash != "" && len(a.Date) == len("2006-01-02"):
			v.Acts[i].Ask = askAct(hash + "#" + a.ID)
		default:
			q := url.Values{"by": {by}, "attacks": {attacked}}
			if len(a.Date) == len("2006-01-02") {
				q.Set("on", a.Date)
			}
			v.Acts[i].Ask = "/?" + q.Encode()
		}
	}
}

type agreedView struct {
	ID, Title, Parties, Status, Signed, Instrument, Areas string
	Provisions                                            []provisionView
}

type provisionView struct {
	Type, Words, Whose, Voice string
	Negated                   bool
}

// Path is the page of whoever appears, if there is one: a person that is not in
// the tables has one only through a kept report.
func (v *readingView) Path(a reading.Actor) string {
	if a.Kind == "person" && a.Entity == "" && v.JSON == "" {
		return ""
	}
	return partyPath(a.Kind, a.Name, a.Code)
}

// viewOf lays a document out for its page.
func viewOf(doc check.Checked) *readingView {
	v := &readingView{Doc: doc}
	names := map[string]string{}
	for _, a := range doc.Actors {
		names[a.ID] = a.Name
	}
	namesOf := func(ids []string) string {
		out := make([]string, len(ids))
		for i, id := range ids {
			out[i] = id
			if n := names[id]; n != "" {
				out[i] = n
			}
		}
		return strings.Join(out, ", ")
	}
	words := func(spans []text.Span) string {
		out := make([]string, len(spans))
		for i, s := range spans {
			out[i] = strings.Join(strings.Fields(s.Of(doc.Text)), " ")
		}
		return strings.Join(out, " … ")
	}

	said := map[string]*saidView{}
	for _, s := range doc.Statements {
		speaker := s.SpeakerName
		if speaker == "" && s.Speaker != nil {
			speaker = names[*s.Speaker]
		}
		if speaker == "" {
			speaker = words(s.Source)
		}
		if speaker == "" {
			speaker = "unknown speaker"
		}
		said[s.ID] = &saidView{ID: s.ID, Speaker: speaker, State: s.SpeakerState, Cue: words(s.Cue), Kind: s.Kind, Act: strings.ToLower(s.Act), Words: words(s.Content)}
	}
	for _, s := range doc.Statements {
		if s.Within != nil && said[*s.Within] != nil {
			said[*s.Within].Relays = append(said[*s.Within].Relays, said[s.ID])
			continue
		}
		v.Said = append(v.Said, said[s.ID])
	}
	within := map[string]bool{} // statements that another one relays
	for _, s := range doc.Statements {
		within[s.ID] = s.Within != nil
	}
	whose := func(by *string) (words, voice string) {
		if by == nil {
			return "the outlet’s word", "outlet"
		}
		voice = "speaker"
		if within[*by] {
			voice = "relayed"
		}
		if s := said[*by]; s != nil {
			words = s.Speaker + "’s word"
		}
		return words, voice
	}
	for _, a := range doc.Acts {
		what := strings.ToLower(a.Type)
		if a.Mode != "" {
			what += ", " + a.Mode
		}
		word, voice := whose(a.Within)
		v.Acts = append(v.Acts, actView{a.ID, what, namesOf(a.Source), namesOf(a.Target), a.Status, a.Date, words(a.Trigger), word, voice, ""})
	}
	for _, a := range doc.Agreements {
		g := agreedView{ID: a.ID, Title: a.Title, Parties: namesOf(a.Parties), Status: a.Status, Signed: a.Signed, Instrument: a.Instrument, Areas: strings.Join(a.Areas, ", ")}
		for _, p := range a.Provisions {
			word, voice := whose(p.By)
			g.Provisions = append(g.Provisions, provisionView{p.Type, words([]text.Span{p.Span}), word, voice, p.Negated})
		}
		v.Agreed = append(v.Agreed, g)
	}
	v.Paragraphs, v.Apart = paragraphsOf(doc)
	for _, g := range grouped(doc.Checks) {
		v.Verdicts = append(v.Verdicts, verdictCount{g.Result, len(g.Verdicts)})
	}
	return v
}

// around adds to a reading what other reports and the queue of review have to it.
// Hash is empty if the report is not kept.
func (s *Server) around(ctx context.Context, v *readingView, hash string) error {
	on, err := day.Parse(v.Doc.Published)
	if err != nil {
		on = s.today()
	}
	v.Follows = follows(v.Doc.Follows, namer{s, on})
	questions(v, hash)
	for _, in := range s.checker().Drafts(v.Doc) {
		d := draftView{Title: cmp.Or(in.Title, in.ID), Text: string(treaty.Write(in))}
		if hash != "" && len(in.Parties) > 0 {
			queued, err := s.drafts(ctx, record.DraftQuery{Party: in.Parties[0].ID})
			if err != nil {
				return err
			}
			for _, q := range queued {
				if slices.ContainsFunc(q.Grounds, func(g record.Ground) bool { return g.Report.Hash == hash }) && q.Title == in.Title {
					d.Href = fmt.Sprintf("/review/%d", q.Number)
				}
			}
		}
		v.Drafts = append(v.Drafts, d)
	}
	if hash != "" && len(v.Doc.Acts)+len(v.Doc.Agreements) > 0 {
		v.Others = "/record/" + url.PathEscape(hash) + "/others"
	}
	return nil
}

// marksOf lists what a document marks in its text.
func marksOf(doc *reading.Document) []mark {
	var marks []mark
	add := func(class, id string, spans ...text.Span) {
		for _, s := range spans {
			marks = append(marks, mark{s, class, id})
		}
	}
	for _, s := range doc.Statements {
		class := "content"
		if s.Within != nil {
			class = "content relayed"
		}
		add(class, s.ID, s.Content...)
		add("source", s.ID, s.Source...)
		add("cue", s.ID, s.Cue...)
	}
	for _, a := range doc.Acts {
		add("act", a.ID, a.Trigger...)
	}
	for _, a := range doc.Agreements {
		add("agreed", a.ID, a.Mentions...)
		for _, p := range a.Provisions {
			add("agreed", a.ID, p.Span)
		}
	}
	for _, a := range doc.Actors {
		add("actor", a.ID, a.Mentions...)
	}
	return marks
}

// paragraphsOf cuts the text at its line breaks, marks each paragraph and puts
// each verdict beside the paragraph in which its claim begins.
func paragraphsOf(doc check.Checked) (list []paragraphView, apart []verdictGroup) {
	var lines []text.Span
	at := 0
	for line := range strings.Lines(doc.Text) {
		s := text.Span{Start: at, End: at + len(strings.TrimRight(line, "\r\n"))}
		at += len(line)
		if strings.TrimSpace(s.Of(doc.Text)) != "" {
			lines = append(lines, s)
		}
	}
	list = make([]paragraphView, len(lines))
	for i, segs := range segments(doc.Text, lines, marksOf(doc.Document)) {
		list[i].Segments = segs
		for _, post := range doc.Posts {
			if post.Span.Overlaps(lines[i]) {
				list[i].Class = "post"
			}
		}
	}
	about := make([][]check.Verdict, len(lines))
	var whole []check.Verdict
	for _, v := range doc.Checks {
		i := slices.IndexFunc(lines, func(l text.Span) bool { return l.Start <= v.Span.Start && v.Span.Start < l.End })
		if i < 0 || v.Span.Empty() {
			whole = append(whole, v)
			continue
		}
		if v.Result == check.NotCheckable {
			list[i].Idle = append(list[i].Idle, v)
			continue
		}
		about[i] = append(about[i], v)
	}
	for i := range list {
		list[i].Groups = grouped(about[i])
	}
	return list, grouped(whole)
}
