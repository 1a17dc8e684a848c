package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

// send posts a form and returns the page that it leads to.
func send(t *testing.T, at string, form url.Values) (int, string) {
	t.Helper()
	r, err := http.PostForm(at, form)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(b)
}

// What people said of acts and persons can be taken back from the page, and stays.
func TestTakeBack(t *testing.T) {
	s := serve(t, "")
	a := keep(t, s, "Azerbaijan struck an Armenian base on Tuesday, 4 March 2025. Ilham Aliyev said that Armenia had begun it.", "2025-03-05")
	b := keep(t, s, "Shells fell on a farm in Chad on 2 January 2024. Sudan attacked Chad on 2 January 2024, Chad said.", "2024-01-03")
	act := s.URL + "/happening/" + a + "/e1"
	other := found(t, s.URL+"/search?kind=act&type=ASSAULT&state=TCD", `/happening/`+b+`/[^"]+`)
	number := regexp.MustCompile(`name="undo" value="([0-9,]+)"`)
	for _, c := range []struct {
		name, at string
		form     url.Values
		status   int
		want     string
	}{
		{"no name", act, url.Values{"same": {other}}, 422, "needs your name"},
		{"no act", act, url.Values{"same": {"nonsense"}, "who": {"Q. Reader"}}, 422, "named by the address"},
		{"no such act", act, url.Values{"same": {"/happening/" + b + "/e99"}, "who": {"Q. Reader"}}, 422, "has no act e99"},
		{"itself", act, url.Values{"same": {act}, "who": {"Q. Reader"}}, 422, "this act itself"},
		{"no such judgement", act, url.Values{"undo": {"99"}, "who": {"Q. Reader"}}, 422, "does not stand here"},
		{"the same act", act, url.Values{"same": {s.URL + other}, "who": {"Q. Reader"}, "why": {"one night"}}, 200, "one night"},
		{"the same person", s.URL + "/person/Ilham%20Aliyev", url.Values{"other": {"the Azerbaijani leader"}, "who": {"Q. Reader"}, "do": {"same"}}, 200, "Also named"},
		{"no other name", s.URL + "/person/Ilham%20Aliyev", url.Values{"who": {"Q. Reader"}}, 422, "needs your name and another"},
	} {
		status, page := send(t, c.at, c.form)
		if status != c.status || !strings.Contains(page, c.want) {
			t.Errorf("%s: %d, lacks %q", c.name, status, c.want)
		}
	}
	for at, gone := range map[string]string{act: "2 reports tell it", s.URL + "/person/Ilham%20Aliyev": "Also named"} {
		_, _, page := get(t, at)
		if !strings.Contains(page, gone) {
			t.Errorf("%s lacks %q before", at, gone)
		}
		n := number.FindStringSubmatch(page)
		if n == nil {
			t.Fatalf("%s has nothing to take back", at)
		}
		if status, _ := send(t, at, url.Values{"undo": {n[1]}}); status != 422 {
			t.Errorf("taken back by nobody: %d", status)
		}
		status, page := send(t, at, url.Values{"undo": {n[1]}, "who": {"S. Editor"}})
		if status != 200 || strings.Contains(page, gone) || !strings.Contains(page, `taken back by <span class="who">S. Editor</span>`) {
			t.Errorf("%s: taken back, %d: %v", at, status, strings.Contains(page, gone))
		}
		if status, _ := send(t, at, url.Values{"undo": {n[1]}, "who": {"S. Editor"}}); status != 422 {
			t.Errorf("taken back twice: %d", status)
		}
	}
}

// A decision on a draft can be taken back by page and API, and both stay.
func TestUndoDecision(t *testing.T) {
	s := filled(t)
	entry := s.URL + found(t, s.URL+"/review", `/review/\d+`)
	number := entry[strings.LastIndex(entry, "/")+1:]
	if status, page := send(t, entry, url.Values{"verdict": {"reject"}, "who": {"Q. Reader"}, "over": {"0"}}); status != 200 || !strings.Contains(page, "Take the last decision back") {
		t.Fatalf("rejected: %d", status)
	}
	if status, page := send(t, entry, url.Values{"verdict": {"undo"}, "who": {"S. Editor"}, "over": {"1"}, "why": {"it was signed"}}); status != 200 || !strings.Contains(page, "takes back decision 1: it was signed") || !strings.Contains(page, `<li class="who">waiting</li>`) {
		t.Errorf("taken back: %d", status)
	}
	for _, c := range []struct {
		body   string
		status int
		want   string
	}{
		{`{"verdict":"undo","who":"S. Editor","over":1}`, 409, "decided meanwhile"},
		{`{"verdict":"undo","who":"S. Editor"}`, 422, "no decision to take back"},
		{`{"verdict":"undo","over":2}`, 422, "who decides has to be named"},
		{`{"verdict":"undo","who":"S. Editor","over":2}`, 201, `"state":"rejected"`},
	} {
		r, err := http.Post(s.URL+"/api/drafts/"+number+"/decisions", "application/json", strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil || r.StatusCode != c.status || !strings.Contains(string(b), c.want) {
			t.Errorf("%s: %d %s %v", c.body, r.StatusCode, b, err)
		}
	}
}

// Who may only read sees no way to judge, and is refused; so is a form that
// another site sends.
func TestJudgeRoles(t *testing.T) {
	s := serve(t, "reader-reader-reader-reader read reader\neditor-editor-editor-editor- read,review,write editor\n")
	for _, c := range []struct {
		name, token, origin string
		status              int
	}{
		{"a reader", "reader-reader-reader-reader", "", 403},
		{"nobody", "", "", 401},
		{"another site", "editor-editor-editor-editor-", "https://elsewhere.example", 403},
		{"a reviewer", "editor-editor-editor-editor-", "", 422},
	} {
		r := httptest.NewRequest("POST", s.URL+"/person/Ilham%20Aliyev", strings.NewReader("other="))
		r.RequestURI = ""
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if c.token != "" {
			r.Header.Set("Authorization", "Bearer "+c.token)
		}
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
		}
		got, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		got.Body.Close()
		if got.StatusCode != c.status {
			t.Errorf("%s: %d, want %d", c.name, got.StatusCode, c.status)
		}
	}
}
