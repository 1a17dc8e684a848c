package web

import (
	"cmp"
	"net/http"
	"strings"

	"github.com/casus-foederis/casus/web/guard"
)

type loginView struct {
	Message string // why the form is shown again
	Next    string // where to go afterwards, on this server

	Needless bool // the server has no tokens
}

// loginForm shows where a token is given.
func (s *Server) loginForm(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusOK, "Log in", "login", loginView{Next: "/", Needless: s.guard.Keys == nil})
}

// showLogin answers a page that needs a token with the form for it.
func (s *Server) showLogin(w http.ResponseWriter, r *http.Request, status int, message string) {
	v := loginView{Message: message, Next: "/"}
	switch {
	case r.URL.Path == "/login":
		v.Next = own(r.PostFormValue("next"))
	case r.Method == http.MethodGet:
		v.Next = own(r.URL.RequestURI())
	}
	s.show(w, r, status, "Log in", "login", v)
}

func (s *Server) logIn(w http.ResponseWriter, r *http.Request) {
	if guard.CallerOf(r.Context()).May(guard.All) && s.guard.Keys == nil {
		http.Redirect(w, r, "/", http.StatusSeeOther) // there is nothing to log in to
		return
	}
	caller, ok := s.guard.Admit(w, r, strings.TrimSpace(r.PostFormValue("token")))
	if !ok {
		return
	}
	s.guard.LogIn(w, r, caller)
	http.Redirect(w, r, own(r.PostFormValue("next")), http.StatusSeeOther)
}

func (s *Server) logOut(w http.ResponseWriter, r *http.Request) {
	s.guard.LogOut(w, r)
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

// own is a path of this server; the path of another is taken for the first page.
func own(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n\t") {
		return "/"
	}
	return path
}

// nowhere answers a path at which there is nothing, or nothing for that method.
func (s *Server) nowhere(w http.ResponseWriter, r *http.Request, methods []string) {
	if len(methods) > 0 {
		list := strings.Join(methods, ", ")
		w.Header().Set("Allow", list)
		s.wrong(w, r, http.StatusMethodNotAllowed, r.Method+" is not possible here.", "Possible: "+list+".")
		return
	}
	what := "page"
	if strings.HasPrefix(r.URL.Path, "/api/") {
		what = "operation"
	}
	s.wrong(w, r, http.StatusNotFound, "There is no "+what+" "+cmp.Or(r.URL.Path, "/")+".", "The pages are named above; the API describes itself at /api/openapi.json.")
}
