package web

import (
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
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
	States  []choice
	Places  []*treaty.Place
	Problem *problem
	Result  *answersView
}

type askForm struct {
	By, Attacks, On, Year, Known, At, Kind, View string
}

type choice struct{ Code, Name string }

type answersView struct {
	Title, Viewpoint     string
	Assumes              []string
	Map, Network         template.HTML
	Picture, JSON        string
	Groups               []groupView
	Conflicts            []duty.Conflict
	Corpus, Record, View string
}

type groupView struct {
	Class, Sign, Title string
	Folded             bool
	Answers            []answerView
}

// answerView is one provision with all whom it gives the same answer.
type answerView struct {
	To, Does, Title, Article, Words, Provision string
	More, Taints                               []string
	Bearers                                    []bearerView
}

type bearerView struct {
	Name, Why, Lawful string
	Needs             []string
	Views             []why.View
	Derived           *why.Node
}

// Names lists the bearers in one line.
func (v answerView) Names() string {
	names := make([]string, len(v.Bearers))
	for i, b := range v.Bearers {
		names[i] = b.Name
	}
	return strings.Join(names, ", ")
}

var signs = map[duty.Result]string{duty.Bound: "●", duty.IsDispute: "◆", duty.Open: "?", duty.Permitted: "+", duty.NotBound: "–"}

// ask serves the question page; without a question it shows the form alone.
func (s *Server) ask(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	v := askView{
		Form:   askForm{q.Get("by"), q.Get("attacks"), q.Get("on"), "", q.Get("known"), q.Get("at"), q.Get("kind"), q.Get("view")},
		Kinds:  duty.Kinds,
		States: s.states,
		Places: s.corpus().Places,
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
	by := make([]string, len(a.Question.By))
	for i, c := range a.Question.By {
		by[i] = name(c)
	}
	v := &answersView{
		Title:     fmt.Sprintf("%s attacks %s, %s", strings.Join(by, ", "), name(a.Question.Attacks), a.Question.On),
		Viewpoint: a.Viewpoint, Assumes: a.Assumes, Conflicts: a.Conflicts,
		Map: st.Map(name), Network: st.Network(name),
		Picture: "/picture.svg?" + q.Encode(), JSON: "/api/who?" + q.Encode(),
		Corpus: short(a.Receipt.Corpus), Record: short(a.Receipt.Record), View: a.Receipt.View,
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
				g.Answers = append(g.Answers, answerOf(row, name))
			}
			v := &g.Answers[at[key]]
			v.Bearers = append(v.Bearers, bearerOf(row, name))
		}
		if len(g.Answers) > 0 {
			v.Groups = append(v.Groups, g)
		}
	}
	return v
}

func answerOf(a *duty.Answer, name func(string) string) answerView {
	v := answerView{Does: a.Does, Title: a.Title, Article: a.Article, Words: a.Words, Taints: a.Taints, Provision: a.Provision}
	if a.To != "" {
		v.To = name(a.To)
	}
	for _, m := range []struct{ label, text string }{
		{"force", a.Force}, {"whether", a.Whether}, {"means", a.Means}, {"binding", a.Binding},
		{"performance awaits", a.Process}, {"deadline", a.Deadline}, {"because of act", a.Act},
	} {
		if m.text != "" {
			v.More = append(v.More, m.label+": "+m.text)
		}
	}
	return v
}

func bearerOf(a *duty.Answer, name func(string) string) bearerView {
	v := bearerView{Name: name(a.Bearer), Why: a.Why, Needs: a.Needs, Views: a.Views, Derived: a.Derived}
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
		{"attacker", "#a3262a", "attacker"}, {"attacked", "#1c1b19", "attacked"}, {"bound", "#1b4f8f", "bound"}, {"disputed", "#7b3fa0", "disputed"},
		{"open", "#b26a00", "open"}, {"permitted", "#1c7a6b", "permitted"}, {"notbound", "#8f897c", "not bound"},
	}
	var style, key strings.Builder
	for i, c := range standingColours {
		fmt.Fprintf(&style, ".%s{fill:%s}", c.class, c.colour)
		fmt.Fprintf(&key, `<rect class="%s" x="%d" y="%.0f" width="11" height="11"/><text x="%d" y="%.0f">%s</text>`, c.class, 20+i*95, atlas.Height+10, 36+i*95, atlas.Height+20, c.word)
	}
	fmt.Fprintf(w, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 -34 %v %v" width="1200"><style>svg{background:#fdfcf9}.state{fill:#d9d5cb;stroke:#fdfcf9;stroke-width:.5}text{font:12px sans-serif;fill:#1c1b19}%s</style><text x="16" y="-12" style="font-size:17px;font-weight:bold">%s</text>`,
		atlas.Width, atlas.Height+86, style.String(), template.HTMLEscapeString(v.Title))
	inner := strings.Replace(string(v.Map), "<svg ", fmt.Sprintf(`<svg width="%v" height="%v" `, atlas.Width, atlas.Height), 1)
	fmt.Fprintf(w, `%s%s<text x="20" y="%.0f">Casus, corpus %s, view %s. Borders de facto, 2018 (Natural Earth). Strongest answer of each state.</text></svg>`,
		inner, key.String(), atlas.Height+42, v.Corpus, v.View)
}
