package web

import (
	"fmt"
	"html/template"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/report/fetch"
	"github.com/casus-foederis/casus/treaty"
	"github.com/casus-foederis/casus/web/guard"
	"github.com/casus-foederis/casus/web/job"
)

// Options are what a server answers from. Reader, Checker and Now are needed.
type Options struct {
	Reader  *reading.Reader
	Checker *check.Checker // with the corpus and the tables that pages show
	Past    duty.Record    // acts of the past that questions find
	Cases   []duty.Case    // shown beside the instruments that they test
	Store   record.Store   // nil: no record is kept
	Now     func() time.Time
	Keys    *guard.Keys   // tokens of those who may ask; nil: whoever reaches the server may do everything
	Hosts   []string      // names under which the server may be asked, without ports; none: with Keys any; without Keys those of this machine, always
	Rate    float64       // requests a second of one token; 0: any number
	Release string        // of the program
	Jobs    string        // folder in which batches wait, and are taken up again after a restart; empty: they end with the server
	Fetch   *fetch.Client // gets pages by address; nil: from the public internet
}

// Server serves the pages and the API. It is safe for concurrent use. Close ends
// what it does in the background.
type Server struct {
	held      *check.Checker                // what documents are held against, over the corpus of files
	current   atomic.Pointer[treaty.Corpus] // what answers are made from, with what reviewers confirmed
	looked    atomic.Int64                  // second at which current was last compared with the record
	looking   sync.Mutex
	world     *actor.Table
	reader    *reading.Reader
	past      duty.Record
	cases     []duty.Case
	pastHash  string
	store     record.Store
	now       func() time.Time
	release   string
	guard     *guard.Guard
	turns     *turns
	brief     *turns // of what takes some milliseconds: one after the other all are served sooner
	shown     *turns // pages
	fetch     *fetch.Client
	jobs      *job.Runner
	handler   http.Handler
	described []operationsView // of the API, for its page
	templates *template.Template
	states    []choice // by name

	effects  memo[string, []effectLine]
	promised memo[string, []promise]
	collided memo[string, []duty.Collision]
	counted  memo[int64, record.Counts] // by time
	found    answers                    // in the record, until it changes
}

// New returns the server of all pages and of the API.
func New(o Options) (*Server, error) {
	s := &Server{world: o.Checker.World(), reader: o.Reader, past: o.Past, pastHash: o.Past.Hash(), cases: o.Cases, store: o.Store, now: o.Now,
		release: o.Release, turns: newTurns(), brief: newTurns(), shown: newTurns(), fetch: o.Fetch}
	if s.fetch == nil {
		s.fetch = &fetch.Client{}
	}
	s.held = o.Checker
	s.current.Store(o.Checker.Corpus())
	s.lookUp()
	t, err := s.parse()
	if err != nil {
		return nil, err
	}
	s.templates = t
	for _, st := range s.world.States() {
		s.states = append(s.states, choice{st.ID, st.Name})
	}
	slices.SortFunc(s.states, func(a, b choice) int { return strings.Compare(a.Name, b.Name) })

	if o.Keys == nil {
		o.Hosts = append([]string{"localhost", "127.0.0.1", "::1"}, o.Hosts...)
	}
	s.guard = guard.New(guard.Options{Keys: o.Keys, Hosts: o.Hosts, Rate: o.Rate, Now: o.Now, Refuse: s.wrong})
	mux := newRouter(s.guard, s.knownBy)
	s.pages(mux)
	s.api(mux)
	mux.HandleFunc("GET /login", s.loginForm)
	mux.HandleFunc("POST /login", s.logIn)
	mux.HandleFunc("POST /logout", s.logOut)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { s.nowhere(w, r, mux.methods(r)) })
	if len(mux.open) > 0 {
		return nil, fmt.Errorf("serve: nobody said who may use %s", strings.Join(mux.open, ", "))
	}
	s.handler = s.guard.Handler(mux)
	// Jobs of before go on at once, so they come last. One core is left to those
	// who wait before a page.
	if s.jobs, err = job.New(job.Options{Work: s.work, Now: o.Now, Dir: o.Jobs, Bytes: maxBatch, Workers: runtime.GOMAXPROCS(0) - 1}); err != nil {
		return nil, err
	}
	return s, nil
}

// ServeHTTP serves a page or an operation of the API.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// Close ends the jobs and, with them, the streams of their events.
func (s *Server) Close() error { return s.jobs.Close() }

// today is the day that is asked about when a question names none.
func (s *Server) today() day.Day {
	const perDay = 24 * 60 * 60
	return day.Day(s.now().Unix() / perDay)
}
