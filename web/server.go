package web

import (
	"crypto/subtle"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/treaty"
)

// contentSecurityPolicy lets a page load nothing but its own style, script and
// pictures, and run no script that stands in the page itself.
const contentSecurityPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// maxBody is the largest request that is read, in bytes: one report and its form.
const maxBody = 11 << 20

// Options are what a server answers from. Reader, Checker and Now are needed.
type Options struct {
	Reader  *reading.Reader
	Checker *check.Checker // with the corpus and the tables that pages show
	Past    duty.Record    // acts of the past that questions find
	Store   record.Store   // nil: no record is kept
	Now     func() time.Time
	Token   string // asked of every request if not empty
}

// Server serves the pages and the API. It is safe for concurrent use.
type Server struct {
	current   atomic.Pointer[check.Checker] // over the corpus that answers are made from
	world     *actor.Table
	reader    *reading.Reader
	past      duty.Record
	store     record.Store
	now       func() time.Time
	templates *template.Template
	states    []choice // by name
}

// New returns the handler of all pages and of the API.
func New(o Options) (http.Handler, error) {
	s := &Server{world: o.Checker.World(), reader: o.Reader, past: o.Past, store: o.Store, now: o.Now}
	s.current.Store(o.Checker)
	t, err := templates()
	if err != nil {
		return nil, err
	}
	s.templates = t
	for _, st := range s.world.States() {
		s.states = append(s.states, choice{st.ID, st.Name})
	}
	slices.SortFunc(s.states, func(a, b choice) int { return strings.Compare(a.Name, b.Name) })

	mux := http.NewServeMux()
	s.pages(mux)
	mux.HandleFunc("GET /api/who", s.apiWho)
	mux.HandleFunc("GET /api/reports", s.apiReports)
	mux.HandleFunc("GET /api/reports/{key}", s.apiReport)
	mux.HandleFunc("GET /api/search", s.apiSearch)
	mux.HandleFunc("POST /api/read", s.apiRead)
	return guard(mux, o.Token), nil
}

// checker returns what documents are held against now. A page that needs it, or
// its corpus, more than once asks once: a decision of a reviewer may replace it
// meanwhile.
func (s *Server) checker() *check.Checker { return s.current.Load() }

// corpus returns the instruments that answers are made from now.
func (s *Server) corpus() *treaty.Corpus { return s.checker().Corpus() }

// adopt makes c the corpus of every later answer. Answers under way finish with
// the one they began with.
func (s *Server) adopt(c *treaty.Corpus) { s.current.Store(check.New(c, s.world)) }

// today is the day that is asked about when a question names none.
func (s *Server) today() day.Day {
	const perDay = 24 * 60 * 60
	return day.Day(s.now().Unix() / perDay)
}

// guard wraps h with what holds for every answer: headers that keep strangers'
// text inert, a limit on what is read, no changes asked for by other sites,
// and the token if one is needed.
func guard(h http.Handler, token string) http.Handler {
	sameSite := http.NewCrossOriginProtection()
	h = sameSite.Handler(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Content-Security-Policy", contentSecurityPolicy)
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "no-referrer")
		head.Set("X-Frame-Options", "DENY")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		if token != "" && !allowed(r, token) {
			head.Set("WWW-Authenticate", `Basic realm="Casus; any name, the token as password"`)
			http.Error(w, "a token is needed", http.StatusUnauthorized)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		h.ServeHTTP(w, r)
	})
}

// allowed compares in constant time what a program (Bearer) or a browser
// (Basic) sends.
func allowed(r *http.Request, token string) bool {
	sent, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		_, sent, ok = r.BasicAuth()
	}
	return ok && subtle.ConstantTimeCompare([]byte(sent), []byte(token)) == 1
}
