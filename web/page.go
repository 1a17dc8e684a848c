package web

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/web/guard"
	"github.com/casus-foederis/casus/why"
)

//go:embed template/*.html static/*
var files embed.FS

// nav is the way to each page that stands on its own, in the order of its use.
var nav = []navEntry{
	{Path: "/", Name: "Ask"},
	{Path: "/report", Name: "Read"},
	{Path: "/search", Name: "Search"},
	{Path: "/timeline", Name: "Time line"},
	{Path: "/instruments", Name: "Instruments"},
	{Path: "/states", Name: "States"},
	{Path: "/record", Name: "Record"},
	{Path: "/review", Name: "Review"},
}

// pages registers every page; the API registers its own paths. Who may use each
// stands in the table access.
func (s *Server) pages(mux *router) {
	mux.HandleFunc("GET /{$}", s.queued(s.ask))
	mux.HandleFunc("GET /picture.svg", s.queued(s.picture))
	mux.HandleFunc("GET /answer", s.queued(s.derivation))
	mux.HandleFunc("GET /report", s.reportForm)
	mux.HandleFunc("POST /report", s.readReport)
	mux.HandleFunc("GET /instruments", s.queued(s.instruments))
	mux.HandleFunc("GET /instrument/{id}", s.queued(s.instrument))
	mux.HandleFunc("GET /instrument/{id}/changed", s.changed)
	mux.HandleFunc("GET /instrument/{id}/cases", s.instrumentCases)
	mux.HandleFunc("GET /states", s.queued(s.statesPage))
	mux.HandleFunc("GET /state/{code}", s.queued(s.statePage))
	mux.HandleFunc("GET /person/{name}", s.queued(s.personPage))
	mux.HandleFunc("POST /person/{name}", s.judgePerson)
	mux.HandleFunc("GET /conflicts", s.conflicts)
	mux.HandleFunc("GET /years", s.years)
	mux.HandleFunc("GET /search", s.queued(s.search))
	mux.HandleFunc("GET /search/counts", s.counts)
	mux.HandleFunc("GET /timeline", s.queued(s.timeline))
	mux.HandleFunc("GET /record", s.queued(s.recordPage))
	mux.HandleFunc("GET /record/{key}", s.queued(s.recordReport))
	mux.HandleFunc("GET /record/{key}/others", s.othersPage)
	mux.HandleFunc("GET /happening/{hash}/{id}", s.happeningPage)
	mux.HandleFunc("POST /happening/{hash}/{id}", s.judge)
	mux.HandleFunc("GET /compare", s.queued(s.compare))
	mux.HandleFunc("GET /review", s.queued(s.queue))
	mux.HandleFunc("GET /review/{number}", s.queued(s.entry))
	mux.HandleFunc("POST /review/{number}", s.decideOn)
	mux.HandleFunc("GET /static/", static)
}

// queued makes a page first come, first served, a few at a time: when many ask
// at once each waits its turn, and none of them a multiple of it, as all would
// that shared the cores. What may take long is not queued.
func (s *Server) queued(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		done, err := s.shown.wait(r.Context())
		if err != nil {
			return // nobody waits for it any more
		}
		defer done()
		h(w, r)
	}
}

// page is what layout.html is filled with.
type page struct {
	Title, Edition, Corpus string
	Caller                 string // who is logged in; empty on a server without tokens
	Nav                    []navEntry
	Body                   template.HTML
}

type navEntry struct {
	Path, Name string
	Here       bool
}

// edition changes whenever a file of static does; it stands in their addresses,
// so that browsers may keep them.
var edition = func() string {
	h := sha256.New()
	names, err := fs.Glob(files, "static/*")
	if err != nil {
		panic(err) // the pattern is fixed
	}
	for _, name := range names {
		b, err := files.ReadFile(name)
		if err != nil {
			panic(err) // it is in the binary
		}
		h.Write(b)
	}
	return short(hex.EncodeToString(h.Sum(nil)))
}()

func static(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Get("v") == edition {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.FileServerFS(files).ServeHTTP(w, r)
}

func (s *Server) parse() (*template.Template, error) {
	t, err := template.New("").Funcs(template.FuncMap{
		"truth": truthClass, "mark": truthMark, "clause": clausePath, "cite": s.clauseName, "ref": s.refPath, "askAct": askAct, "join": strings.Join, "count": count,
		"kinds": kinds, "moment": moment, "states": s.namesOf, "person": personPath, "kindsOfDuty": func() []string { return duty.Obligations },
		"roles": func() []string { return []string{"speaker", "source", "target", "party"} },
	}).ParseFS(files, "template/*.html")
	if err != nil {
		return nil, fmt.Errorf("read page templates: %w", err)
	}
	return t, nil
}

// truthClass names a step's value in the style sheet.
func truthClass(v why.Value) string {
	if v == why.NotMet {
		return "not"
	}
	return v.String()
}

// truthMark is the sign of a step's value.
func truthMark(v why.Value) string {
	return map[why.Value]string{why.Met: "✓", why.NotMet: "✗", why.Unknown: "?", why.Disputed: "◆"}[v]
}

// moment is a time as people read it, in UTC, to the minute.
func moment(made string) string {
	t, err := time.Parse(time.RFC3339, made)
	if err != nil {
		return made
	}
	return t.UTC().Format("2006-01-02 15:04")
}

// namesOf names states as they are called today.
func (s *Server) namesOf(codes []string) string {
	names := make([]string, len(codes))
	for i, c := range codes {
		names[i] = s.nameOf(c, s.today())
	}
	return strings.Join(names, ", ")
}

// count words a number of things: 1 act, 2 acts.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprint(n, " ", many)
}

// clausePath is where the page shows an instrument or one of its provisions
// ("instrument/provision").
func clausePath(name string) string {
	instrument, provision, ok := strings.Cut(name, "/")
	if !ok {
		return "/instrument/" + url.PathEscape(instrument)
	}
	return "/instrument/" + url.PathEscape(instrument) + "#" + url.PathEscape(provision)
}

// refPath is where the page shows what a derivation refers to: an item of a kept
// report (HASH#ID), an instrument or a provision. An act of the corpus's own
// record has no page.
func (s *Server) refPath(ref string) string {
	if hash, id, ok := strings.Cut(ref, "#"); ok {
		return "/record/" + url.PathEscape(hash) + "#" + url.PathEscape(id)
	}
	if id, _, _ := strings.Cut(ref, "/"); s.corpus().Instrument(id) != nil {
		return clausePath(ref)
	}
	return ""
}

// show writes one page: the template name filled with data, inside the layout.
func (s *Server) show(w http.ResponseWriter, r *http.Request, status int, title, name string, data any) {
	var body, whole bytes.Buffer
	if err := s.templates.ExecuteTemplate(&body, name, data); err != nil {
		s.fail(w, r, fmt.Errorf("fill page %s: %w", name, err))
		return
	}
	p := page{Title: closed(title), Edition: edition, Corpus: short(s.corpus().Hash), Caller: guard.CallerOf(r.Context()).Name, Nav: slices.Clone(nav),
		Body: template.HTML(body.String())} // was escaped by its own template
	for i, n := range p.Nav {
		p.Nav[i].Here = r.URL.Path == n.Path || n.Path != "/" && strings.HasPrefix(r.URL.Path, strings.TrimSuffix(n.Path, "s"))
	}
	if err := s.templates.ExecuteTemplate(&whole, "layout", p); err != nil {
		s.fail(w, r, fmt.Errorf("fill the layout: %w", err))
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	w.Write(whole.Bytes())
}

// problem is an error page: what went wrong and what to do about it.
type problem struct {
	Message, Hint string
}

func (s *Server) wrong(w http.ResponseWriter, r *http.Request, status int, message, hint string) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		writeProblem(w, status, message, hint)
		return
	}
	if status == http.StatusUnauthorized {
		s.showLogin(w, r, status, message)
		return
	}
	s.show(w, r, status, http.StatusText(status), "problem", problem{message, hint})
}

// fail answers what is not the reader's fault, and keeps the cause in the log.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, err error) {
	slog.ErrorContext(r.Context(), "answer failed", "path", r.URL.Path, "error", err)
	if strings.HasPrefix(r.URL.Path, "/api/") {
		writeProblem(w, http.StatusInternalServerError, "this could not be answered; the server's log says why", "")
		return
	}
	http.Error(w, "this page could not be made; the server's log says why", http.StatusInternalServerError)
}
