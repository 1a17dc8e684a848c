package web

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/web/guard"
)

const tokens = "readers-token-0123456789 read Ada\nwriters-token-0123456789 write Ben\nreview-token-0123456789 review Cleo\n"

// Every route that the table lets in is served, and what it says is what holds.
func TestAccess(t *testing.T) {
	s := serve(t, tokens)
	o, err := newOptions()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := New(o); err != nil {
		t.Fatal(err) // names the routes without an entry
	}
	for pattern, n := range access {
		method, path, ok := strings.Cut(pattern, " ")
		if !ok {
			method, path = "GET", "/nowhere"
		}
		path = strings.NewReplacer("{$}", "", "{id}", "rus-prk-2024", "{code}", "RUS", "{key}", "abcdef", "{number}", "1", "{name}", "x").Replace(path)
		for _, who := range []struct {
			token string
			roles guard.Role
		}{{"", guard.Everyone}, {"readers", guard.Read}, {"writers", guard.Read | guard.Write}, {"review", guard.Read | guard.Review}} {
			r, err := http.NewRequest(method, s.URL+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			if who.token != "" {
				r.Header.Set("Authorization", "Bearer "+who.token+"-token-0123456789")
			}
			client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
			answer, err := client.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			kept := answer.StatusCode == http.StatusUnauthorized || answer.StatusCode == http.StatusForbidden
			if may := (guard.Caller{Roles: who.roles}).May(n.roles); kept == may && pattern != "POST /login" {
				t.Errorf("%s by %q: status %d", pattern, who.token, answer.StatusCode)
			}
		}
	}
}

func TestRouteWithoutRoles(t *testing.T) {
	m := newRouter(guard.New(guard.Options{}), nil)
	m.HandleFunc("GET /forgotten", http.NotFound)
	if !slices.Contains(m.open, "GET /forgotten") {
		t.Error("a route without an entry is served")
	}
	w := httptest.NewRecorder()
	m.ServeHTTP(w, httptest.NewRequest("GET", "/forgotten", nil))
	if w.Code != http.StatusNotFound {
		t.Errorf("status %d", w.Code)
	}
}

// A browser shows its token once, gets back to where it was, and can leave.
func TestLogIn(t *testing.T) {
	s := serve(t, tokens)
	var jar []*http.Cookie
	send := func(method, path string, form url.Values) *http.Response {
		t.Helper()
		r, err := http.NewRequest(method, s.URL+path, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		for _, c := range jar {
			r.AddCookie(c)
		}
		client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
		answer, err := client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		return answer
	}
	if got := send("GET", "/state/RUS?on=2025-01-10", nil); got.StatusCode != 401 {
		t.Errorf("without a session: status %d", got.StatusCode)
	}
	if got := send("POST", "/login", url.Values{"token": {"a-wrong-token-0123456789"}}); got.StatusCode != 401 || len(got.Cookies()) > 0 {
		t.Errorf("a wrong token: status %d, cookies %v", got.StatusCode, got.Cookies())
	}
	in := send("POST", "/login", url.Values{"token": {"readers-token-0123456789"}, "next": {"/state/RUS?on=2025-01-10"}})
	if in.StatusCode != 303 || in.Header.Get("Location") != "/state/RUS?on=2025-01-10" {
		t.Fatalf("a right token: status %d to %q", in.StatusCode, in.Header.Get("Location"))
	}
	jar = in.Cookies()
	if got := send("GET", "/state/RUS?on=2025-01-10", nil); got.StatusCode != 200 {
		t.Errorf("in the session: status %d", got.StatusCode)
	}
	if got := send("POST", "/report", url.Values{"text": {"Russia attacked Ukraine."}, "keep": {"yes"}}); got.StatusCode != 403 {
		t.Errorf("a reader keeps a report: status %d", got.StatusCode)
	}
	send("POST", "/logout", nil)
	if got := send("GET", "/states", nil); got.StatusCode != 401 {
		t.Errorf("after leaving: status %d", got.StatusCode)
	}
}

func TestOwn(t *testing.T) {
	for path, want := range map[string]string{
		"/record?q=x": "/record?q=x", "": "/", "//attacker.example": "/", "/\\attacker.example": "/", "https://attacker.example": "/", "/a\r\nb": "/",
	} {
		if got := own(path); got != want {
			t.Errorf("%q: %q, want %q", path, got, want)
		}
	}
}

func TestNowhere(t *testing.T) {
	s := serve(t, "")
	for _, c := range []struct {
		method, path string
		status       int
		allow        string
	}{
		{"GET", "/api/nothing", 404, ""},
		{"DELETE", "/api/who", 405, "GET"},
		{"POST", "/states", 405, "GET"},
		{"GET", "/api/read", 405, "POST"},
	} {
		r, err := http.NewRequest(c.method, s.URL+c.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != c.status || answer.Header.Get("Allow") != c.allow {
			t.Errorf("%s %s: status %d, allow %q", c.method, c.path, answer.StatusCode, answer.Header.Get("Allow"))
		}
		if api := strings.HasPrefix(c.path, "/api/"); api != (answer.Header.Get("Content-Type") == "application/problem+json") {
			t.Errorf("%s %s: answered as %s", c.method, c.path, answer.Header.Get("Content-Type"))
		}
	}
}
