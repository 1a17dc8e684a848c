package web

import (
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
	Form    askForm
	Kinds   []string
	Views   []choice
	States  []choice
	Places  []*treaty.Place
	Until   int // last year of the slider
	Problem *problem
	Result  *answersView
}

type askForm struct {
	By, Attacks, On, Year, Known, At, Kind, View, Since, Zone string
}

// More reports whether something is set that the form does not show at first.
func (f askForm) More() bool {
	return f.Known != "" || f.At != "" || f.View != "" && f.View != "plain" || f.Since != "" || f.Kind != "" && f.Kind != duty.Kinds[0]
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
	Conflicts            []conflictView
	Refused              []string
	Corpus, Record, View string
	Known                *day.Day
}

// linkView is a way to the same question with one thing changed.
type linkView struct {
	Href, Name string
	Here       bool
}

type conflictView struct {
	Name string
	duty.Conflict
}

type groupView struct {
	Class, Sign, Title string
	Folded             bool
	Answers            []answerView
}

// answerView is one provision with all whom it gives the same answer.
type answerView struct {
	To, Does, Title, Article, Words, Provision, Process, Rests string
	Helps, Apart                                               bool
	More, Taints                                               []string
	Bearers                                                    []bearerView
}

type bearerView struct {
	Code, Name, Why, Lawful string
	Href                    string // the page of this answer alone
	Needs                   []string
	Views                   []why.View
	Derived                 *why.Node
}

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
		Form:   askForm{q.Get("by"), q.Get("attacks"), q.Get("on"), "", q.Get("known"), q.Get("at"), q.Get("kind"), q.Get("view"), q.Get("since"), q.Get("zone")},
		Kinds:  duty.Kinds,
		Views:  views,
		States: s.states,
		Places: s.corpus().Places,
		Until:  s.today().Year(),
	}
	if v.Form.On == "" {
		v.Form.On = s.today().String()
	}
	v.Form.Year = v.Form.On[:min(4, len(v.Form.On))]
	status, title := http.StatusOK, "Who is bound"
	if v.Form.By != "" || v.Form.Attacks != "" {
		answers, err := s.answer(q)
		var bad *duty.BadQuestion
		switch {
		case errors.As(err, &bad):
			status, v.Problem = http.StatusUnprocessableEntity, &problem{bad.Message, bad.Hint}
		case err != nil:
			s.fail(w, r, err)
			return
		default:
			v.Result = s.answersView(answers, q)
			title = v.Result.Title
		}
	}
	s.show(w, r, status, title, "ask", v)
}

// answer evaluates the question that a query asks. Errors are of the asker
// (*duty.BadQuestion) or of the program.
func (s *Server) answer(q url.Values) (duty.Reply, error) {
	question, err := s.question(q)
	if err != nil {
		return duty.Reply{}, err
	}
	return duty.Answers(s.corpus(), s.past, question)
}

func (s *Server) question(q url.Values) (duty.Question, error) {
	out := duty.Question{View: q.Get("view"), Kind: q.Get("kind"), Place: q.Get("at"), Assume: q.Get("assume") == "performance"}
	for code := range strings.SplitSeq(q.Get("by"), ",") {
		out.By = append(out.By, s.code(code))
	}
	out.Attacks = s.code(q.Get("attacks"))
	on := q.Get("on")
	if on == "" {
		on = s.today().String()
	}
	var err error
	if out.On, err = day.Parse(on); err != nil {
		return out, &duty.BadQuestion{Message: err.Error(), Hint: "days are written like 2025-01-10"}
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

func (s *Server) answersView(a duty.Reply, q url.Values) *answersView {
	st := standingOf(a)
	name := func(code string) string { return s.nameOf(code, a.Question.On) }
	z := zoneOf(q.Get("zone"))
	v := &answersView{
		Title:     s.askTitle(a),
		Viewpoint: a.Viewpoint, Assumes: a.Assumes, Refused: a.Refused, Tally: st.tally(),
		Map: st.Map(z, name), Network: st.Network(name),
		Picture: "/picture.svg?" + q.Encode(), JSON: "/api/who?" + q.Encode(),
		Corpus: short(a.Receipt.Corpus), Record: short(a.Receipt.Record), View: a.Receipt.View, Known: a.Receipt.Known,
	}
	for _, c := range a.Conflicts {
		v.Conflicts = append(v.Conflicts, conflictView{name(c.Bearer), c})
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
		v.Since = s.since(a, q, name)
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
				g.Answers = append(g.Answers, answerOf(row, a.Question.Attacks, name))
			}
			x := &g.Answers[at[key]]
			b := bearerOf(row, name)
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

func (s *Server) askTitle(a duty.Reply) string {
	by := make([]string, len(a.Question.By))
	for i, c := range a.Question.By {
		by[i] = s.nameOf(c, a.Question.On)
	}
	return fmt.Sprintf("%s attacks %s, %s", strings.Join(by, ", "), s.nameOf(a.Question.Attacks, a.Question.On), a.Question.On)
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

// since asks the same question on the day that it is to be compared with.
func (s *Server) since(now duty.Reply, q url.Values, name func(string) string) *sinceView {
	v := &sinceView{Day: q.Get("since")}
	earlier := maps.Clone(q)
	earlier.Set("on", v.Day)
	before, err := s.answer(earlier)
	if err != nil {
		v.Problem = err.Error()
		return v
	}
	v.Rows, v.Same = shifts(s.corpus(), before, now, name)
	return v
}

func answerOf(a *duty.Answer, attacked string, name func(string) string) answerView {
	v := answerView{Helps: helps(a, attacked), Apart: a.Answer == duty.NotBound, Process: a.Process, Does: a.Does, Title: a.Title, Article: a.Article, Words: a.Words, Taints: a.Taints, Provision: a.Provision, Rests: a.Rests}
	if a.To != "" {
		v.To = name(a.To)
	}
	for _, m := range []struct{ label, text string }{
		{"force", a.Force}, {"whether", a.Whether}, {"means", a.Means}, {"binding", a.Binding},
		{"deadline", a.Deadline}, {"because of act", a.Act},
	} {
		if m.text != "" {
			v.More = append(v.More, m.label+": "+m.text)
		}
	}
	return v
}

func bearerOf(a *duty.Answer, name func(string) string) bearerView {
	v := bearerView{Code: a.Bearer, Name: name(a.Bearer), Why: a.Why, Needs: a.Needs, Views: a.Views, Derived: a.Derived}
	if a.Lawful != nil {
		v.Lawful = a.Lawful.Says
	}
	return v
}

func short(hash string) string { return hash[:min(12, len(hash))] }

// refuse answers a question that could not be evaluated.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	var bad *duty.BadQuestion
	if !errors.As(err, &bad) {
		s.fail(w, r, err)
		return
	}
	s.wrong(w, r, http.StatusUnprocessableEntity, bad.Message, bad.Hint)
}

// picture serves the map of a question alone, with its style inside, so that it
// can be kept and shared as a file.
func (s *Server) picture(w http.ResponseWriter, r *http.Request) {
	a, err := s.answer(r.URL.Query())
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
