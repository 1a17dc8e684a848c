package web

import (
	"cmp"
	"errors"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/treaty"
	"github.com/casus-foederis/casus/web/atlas"
	"github.com/casus-foederis/casus/why"
)

type askView struct {
	Form      askForm
	Kinds     []string
	Views     []choice
	States    []choice
	Places    []*treaty.Place
	Until     int // last year of the slider
	HasRecord bool
	Problem   *problem
	Result    *answersView
}

type askForm struct {
	By, Attacks, On, Year, Known, At, Kind, View, Since, Zone, Act, Acts string
}

// More reports whether something is set that the form does not show at first.
func (f askForm) More() bool {
	return f.Known != "" || f.At != "" || f.View != "" && f.View != "plain" || f.Since != "" || f.Acts != "" || f.Kind != "" && f.Kind != duty.Kinds[0]
}

// views are the viewpoints that a form offers; others can be typed.
var views = []choice{
	{"plain", "first use of force as recorded"}, {"unsc", "as the Security Council found"},
	{"party:USA", "as the United States says"}, {"party:RUS", "as Russia says"}, {"party:CHN", "as China says"},
}

type choice struct{ Code, Name string }

type answersView struct {
	Title, Viewpoint     string
	Assumes              []string
	Map, Network         template.HTML
	Picture, JSON        string
	Tally                []tallied
	Zones, Steps         []linkView
	Since                *sinceView
	Groups               []groupView
	Conflicts            []conflictGroup
	Helped               string // name of the attacked
	Refused              []string
	Corpus, Record, View string
	Known                *day.Day
	Rests                []restView // acts of the record
	Left                 []leftView // acts of it that were not used
	Notes                []string
}

type leftView struct{ Ref, Href, Why string }

// linkView is a way to the same question with one thing changed.
type linkView struct {
	Href, Name string
	Here       bool
}

// conflictGroup is the conflicts of one state.
type conflictGroup struct {
	Name string
	List []duty.Conflict
}

type groupView struct {
	Class, Sign, Title string
	Folded             bool
	Answers            []answerView
}

// Mixed reports whether some of the answers are about helping the attacked and
// some are not.
func (g groupView) Mixed() bool {
	return !g.Folded && g.Answers[0].Helps && !g.Answers[len(g.Answers)-1].Helps
}

// answerView is one provision with all whom it gives the same answer.
type answerView struct {
	To, Does, Title, Article, Words, Provision, Process, Rests string
	Helps, Apart, Reported                                     bool // Reported: it rests on an act of the record
	More, Taints                                               []string
	Bearers                                                    []bearerView
}

type bearerView struct {
	Code, Name, Why, Lawful string
	Href                    string // the page of this answer alone
	Needs                   []string
	Views                   []why.View
	derived                 *why.Node
	namer                   namer
}

// Derived is the derivation with names. It is made when a page shows it: most of
// those of a question stand on pages of their own.
func (v bearerView) Derived() []stepView { return v.namer.steps(v.derived, "") }

// Inline reports whether the derivations stand on the question page itself:
// where many states share an answer, or are not bound, they would be most of it.
func (v answerView) Inline() bool {
	const few = 3
	return len(v.Bearers) <= few && !v.Apart
}

// Names lists the bearers in one line.
func (v answerView) Names() string {
	const most = 8
	names := make([]string, 0, most)
	for _, b := range v.Bearers[:min(most, len(v.Bearers))] {
		if b.Code == duty.Everybody { // those with rows of their own are among them
			return b.Name
		}
		names = append(names, b.Name)
	}
	if more := len(v.Bearers) - most; more > 0 {
		return fmt.Sprintf("%s and %d more", strings.Join(names, ", "), more)
	}
	return strings.Join(names, ", ")
}

// Codes lists the bearers for the script that lights them on the map.
func (v answerView) Codes() string {
	codes := make([]string, len(v.Bearers))
	for i, b := range v.Bearers {
		codes[i] = b.Code
	}
	return strings.Join(codes, " ")
}

// ask serves the question page; without a question it shows the form alone.
func (s *Server) ask(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	v := askView{
		Form:      askForm{q.Get("by"), q.Get("attacks"), q.Get("on"), "", q.Get("known"), q.Get("at"), q.Get("kind"), q.Get("view"), q.Get("since"), q.Get("zone"), q.Get("act"), q.Get("acts")},
		Kinds:     duty.Kinds,
		Views:     views,
		States:    s.states,
		Places:    s.corpus().Places,
		Until:     s.today().Year(),
		HasRecord: s.store != nil,
	}
	status, title := http.StatusOK, "Who is bound"
	// Half a question, as other pages lead here with, is to be completed.
	if v.Form.Act != "" || v.Form.By != "" && v.Form.Attacks != "" {
		answers, err := s.answer(r.Context(), q)
		var bad *duty.BadQuestion
		switch {
		case errors.As(err, &bad):
			status, v.Problem = http.StatusUnprocessableEntity, &problem{bad.Message, bad.Hint}
		case err != nil:
			s.refuse(w, r, err)
			return
		default:
			v.Result = s.answersView(answers, q)
			title = v.Result.Title
			if v.Form.Act != "" { // the form shows what the act told
				asked := answers.Question
				v.Form.By, v.Form.Attacks, v.Form.On = strings.Join(asked.By, ","), asked.Attacks, asked.On.String()
				v.Form.Kind = asked.Kind
				if v.Form.At = asked.Place; v.Form.At == treaty.Home {
					v.Form.At = ""
				}
			}
		}
	}
	if v.Form.On == "" && v.Form.Act == "" {
		v.Form.On = s.today().String()
	}
	v.Form.Year = v.Form.On[:min(4, len(v.Form.On))]
	s.show(w, r, status, title, "ask", v)
}

// mostParties are taken in one question, or on one time line.
const mostParties = 24

func (s *Server) question(q url.Values) (duty.Question, error) {
	out := duty.Question{View: q.Get("view"), Kind: q.Get("kind"), Place: q.Get("at"), Assume: q.Get("assume") == "performance"}
	for code := range strings.SplitSeq(q.Get("by"), ",") {
		if code = s.code(code); code != "" && !slices.Contains(out.By, code) {
			out.By = append(out.By, code)
		}
	}
	if len(out.By) > mostParties {
		return out, &duty.BadQuestion{Message: fmt.Sprintf("ask who is bound: %d attackers are more than are taken", len(out.By)), Hint: fmt.Sprintf("name at most %d", mostParties)}
	}
	out.Attacks = s.code(q.Get("attacks"))
	on := q.Get("on")
	if q.Get("act") == "" { // else the act tells
		if err := needed(out); err != nil {
			return out, err
		}
		on = cmp.Or(on, s.today().String())
	}
	var err error
	if on != "" {
		if out.On, err = day.Parse(on); err != nil {
			return out, &duty.BadQuestion{Message: err.Error(), Hint: "days are written like 2025-01-10"}
		}
	}
	if known := q.Get("known"); known != "" {
		k, err := day.Parse(known)
		if err != nil {
			return out, &duty.BadQuestion{Message: "as known on: " + err.Error(), Hint: "days are written like 2025-01-10"}
		}
		out.Known = &k
	}
	return out, nil
}

// code turns what somebody typed, a code or a name, into a code. What it does
// not know it leaves for the question's own check to refuse.
func (s *Server) code(typed string) string {
	typed = strings.TrimSpace(typed)
	if id, ok := s.world.Code(strings.ToUpper(typed)); ok {
		return id
	}
	for _, c := range s.states {
		if strings.EqualFold(c.Name, typed) {
			return c.Code
		}
	}
	return typed
}

func (s *Server) answersView(a inquiry, q url.Values) *answersView {
	st := standingOf(a.Reply)
	n := namer{s, a.Question.On}
	name := n.name
	z := zoneOf(q.Get("zone"))
	v := &answersView{
		Title:     s.askTitle(a.Question),
		Viewpoint: n.spell(a.Viewpoint), Assumes: n.spellAll(a.Assumes), Helped: name(a.Question.Attacks), Refused: a.Refused, Tally: st.tally(),
		Map: st.Map(z, name), Network: st.Network(name),
		Picture: "/picture.svg?" + q.Encode(), JSON: "/api/who?" + q.Encode(),
		Corpus: short(a.Receipt.Corpus), Record: short(a.Receipt.Record), View: a.Receipt.View, Known: a.Receipt.Known,
	}
	v.Rests, v.Notes = rests(a, n), a.found.Notes
	acts := map[string]bool{}
	for _, x := range a.found.Acts {
		acts[x.ID] = true
	}
	for _, l := range a.found.Left {
		v.Left = append(v.Left, leftView{l.Ref, s.refPath(l.Ref), l.Why})
	}
	for _, c := range a.Conflicts {
		c.Says, c.Rule = n.spell(c.Says), n.spell(c.Rule)
		i := slices.IndexFunc(v.Conflicts, func(g conflictGroup) bool { return g.List[0].Bearer == c.Bearer })
		if i < 0 {
			i, v.Conflicts = len(v.Conflicts), append(v.Conflicts, conflictGroup{Name: name(c.Bearer)})
		}
		v.Conflicts[i].List = append(v.Conflicts[i].List, c)
	}
	for _, other := range zones {
		v.Zones = append(v.Zones, linkView{with(q, "zone", other.Key), other.Name, other.Key == z.Key})
	}
	for _, step := range []struct {
		name   string
		months int
	}{{"− 10 years", -120}, {"− 1 year", -12}, {"− 1 month", -1}, {"+ 1 month", 1}, {"+ 1 year", 12}, {"+ 10 years", 120}} {
		v.Steps = append(v.Steps, linkView{Href: with(q, "on", a.Question.On.AddMonths(step.months).String()), Name: step.name})
	}
	if q.Get("since") != "" {
		v.Since = s.since(a, q.Get("since"), name)
	}
	for _, r := range rank {
		g := groupView{Class: class(r), Sign: signs[r], Title: string(r), Folded: r == duty.NotBound}
		at := map[[3]string]int{}
		for i := range a.Answers {
			row := &a.Answers[i]
			if row.Answer != r {
				continue
			}
			key := [3]string{row.Provision, row.To, row.Act}
			if _, ok := at[key]; !ok {
				at[key] = len(g.Answers)
				g.Answers = append(g.Answers, answerOf(row, a.Question.Attacks, n))
			}
			x := &g.Answers[at[key]]
			x.Reported = x.Reported || restsOn(row.Derived, acts)
			b := bearerOf(row, n)
			b.Href = "/answer" + with(q, "answer", row.ID)[1:]
			x.Bearers = append(x.Bearers, b)
		}
		// What the pictures show comes first.
		slices.SortStableFunc(g.Answers, func(x, y answerView) int {
			if x.Helps == y.Helps {
				return 0
			}
			if x.Helps {
				return -1
			}
			return 1
		})
		if len(g.Answers) > 0 {
			v.Groups = append(v.Groups, g)
		}
	}
	return v
}

func (s *Server) askTitle(a duty.Question) string {
	by := make([]string, len(a.By))
	for i, c := range a.By {
		by[i] = s.nameOf(c, a.On)
	}
	verb := "attacks"
	if len(by) > 1 {
		verb = "attack"
	}
	return fmt.Sprintf("If %s %s %s on %s", strings.Join(by, " and "), verb, s.nameOf(a.Attacks, a.On), a.On)
}

// with is the address of the same question with one thing changed.
func with(q url.Values, key, value string) string {
	changed := maps.Clone(q)
	changed.Set(key, value)
	if value == "" {
		changed.Del(key)
	}
	return "/?" + changed.Encode()
}

// since asks the same question on the day that it is to be compared with, as if
// the act happened then.
func (s *Server) since(now inquiry, given string, name func(string) string) *sinceView {
	v := &sinceView{Day: given}
	earlier := now.Question
	earlier.Act = ""
	var err error
	if earlier.On, err = day.Parse(given); err != nil {
		v.Problem = err.Error()
		return v
	}
	c := s.corpus()
	before, err := duty.Answers(c, now.given, earlier)
	if err != nil {
		v.Problem = err.Error()
		return v
	}
	v.Rows, v.Same = shifts(c, before, now.Reply, name)
	return v
}

func answerOf(a *duty.Answer, attacked string, n namer) answerView {
	v := answerView{Helps: helps(a, attacked), Apart: a.Answer == duty.NotBound, Process: n.spell(a.Process), Does: n.spell(a.Does), Title: a.Title, Article: a.Article, Words: a.Words, Taints: n.spellAll(a.Taints), Provision: a.Provision, Rests: a.Rests}
	if a.To != "" {
		v.To = n.name(a.To)
	}
	for _, m := range []struct{ label, text string }{
		{"force", a.Force}, {"whether", a.Whether}, {"means", a.Means}, {"binding", a.Binding},
		{"deadline", a.Deadline}, {"because of act", a.Act},
	} {
		if m.text != "" {
			v.More = append(v.More, m.label+": "+n.spell(m.text))
		}
	}
	return v
}

func bearerOf(a *duty.Answer, n namer) bearerView {
	v := bearerView{Code: a.Bearer, Name: n.name(a.Bearer), Why: n.spell(a.Why), Needs: n.spellAll(a.Needs), derived: a.Derived, namer: n}
	for _, x := range a.Views {
		v.Views = append(v.Views, why.View{By: n.spell(x.By), Says: n.spell(x.Says)})
	}
	if a.Lawful != nil {
		v.Lawful = n.spell(a.Lawful.Says)
	}
	return v
}

func short(hash string) string { return hash[:min(12, len(hash))] }

// picture serves the map of a question alone, with its style inside, so that it
// can be kept and shared as a file.
func (s *Server) picture(w http.ResponseWriter, r *http.Request) {
	a, err := s.answer(r.Context(), r.URL.Query())
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	v := s.answersView(a, r.URL.Query())
	// The policy of pages forbids a style inside; this answer is no page.
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	w.Header().Set("Content-Type", "image/svg+xml; charset=utf-8")
	standingColours := []struct{ class, colour, word string }{
		{"attacker", "#a3262a", "attacker"}, {"attacked", "#1b1b1a", "attacked"}, {"bound", "#1b4f8f", "bound"}, {"disputed", "#74389a", "disputed"},
		{"open", "#8f5400", "open"}, {"permitted", "#17695c", "permitted"}, {"notbound", "#aaa497", "not bound"},
	}
	var style, key strings.Builder
	for i, c := range standingColours {
		fill := ""
		if c.class == "open" || c.class == "disputed" {
			fmt.Fprintf(&style, ".ink.%s{fill:%s}", c.class, c.colour)
			fill = fmt.Sprintf(` fill="url(#p-%s)"`, c.class)
		} else {
			fmt.Fprintf(&style, ".%s{fill:%s}", c.class, c.colour)
		}
		fmt.Fprintf(&key, `<rect class="%s"%s x="%d" y="%.0f" width="12" height="12"/><text x="%d" y="%.0f">%s</text>`, c.class, fill, 20+i*100, atlas.Height+12, 38+i*100, atlas.Height+22, c.word)
	}
	const above, below = 40, 60
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 %d %v %v" width="1200" height="%.0f"><style>.paper{fill:#fcfbf8}.map{background:#eef2f5}.ground{fill:#d8d4c9}.state{stroke:#fcfbf8;stroke-width:.6;vector-effect:non-scaling-stroke}.state:not([fill]){fill:#d8d4c9}text{font:12px Helvetica,Arial,sans-serif;fill:#1b1b1a}%s</style><rect class="paper" y="%d" width="100%%" height="100%%"/><text x="20" y="-14" style="font:bold 19px Georgia,serif">%s</text>`,
		-above, atlas.Width, atlas.Height+above+below, 1200*(atlas.Height+above+below)/atlas.Width, style.String(), -above, template.HTMLEscapeString(v.Title))
	inner := strings.Replace(string(v.Map), "<svg ", fmt.Sprintf(`<svg width="%v" height="%v" `, atlas.Width, atlas.Height), 1)
	known := ""
	if v.Known != nil {
		known = ", as known on " + v.Known.String()
	}
	fmt.Fprintf(w, `%s%s<text x="20" y="%.0f">Casus, corpus %s, view %s%s. Borders de facto, 2018 (Natural Earth). Strongest answer of each state on helping the attacked.</text></svg>`,
		inner, key.String(), atlas.Height+45, v.Corpus, v.View, known)
}
