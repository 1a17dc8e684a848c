package web

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/evidence"
)

// keep reads and keeps a report through its form and returns its hash.
func keep(t *testing.T, s *httptest.Server, text, date string) string {
	t.Helper()
	r, err := http.PostForm(s.URL+"/report", url.Values{"text": {text}, "date": {date}, "keep": {"yes"}})
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	kept := found(t, s.URL+"/record", `/record/[0-9a-f]{64}`)
	return strings.TrimPrefix(kept, "/record/")
}

// An act that reports tell can be asked about; the answers say that they rest on
// reports, with who says so, who denies it and where.
func TestActs(t *testing.T) {
	s := serve(t, "")
	struck := keep(t, s, "Azerbaijan struck an Armenian base on Tuesday, 4 March 2025. Armenia asked Russia for military help.", "2025-03-05")
	_, _, page := get(t, s.URL+"/record/"+struck)
	ask := "/?act=" + struck + "%23e1"
	if !strings.Contains(page, `href="`+ask+`"`) {
		t.Fatal("the page of the report does not lead to the question")
	}
	api := s.URL + "/api/who?act=" + struck + "%23e1"
	_, head, alone := get(t, api)
	again, err := http.NewRequest("GET", api, nil)
	if err != nil {
		t.Fatal(err)
	}
	again.Header.Set("If-None-Match", head.Get("ETag"))
	status := func() int {
		t.Helper()
		r, err := http.DefaultClient.Do(again)
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
		return r.StatusCode
	}
	if got := status(); got != http.StatusNotModified {
		t.Errorf("asked again: %d", got)
	}
	denied := keep(t, s, "Azerbaijan denied attacking Armenia on 4 March 2025.", "2025-03-07")
	if got := status(); got != http.StatusOK {
		t.Errorf("asked again after a denial: %d", got)
	}
	_, _, body := get(t, api)
	const disputed = `"answer":"disputed"`
	if strings.Count(body, disputed) <= strings.Count(alone, disputed) {
		t.Error("a denied act makes no answer disputed")
	}
	var a struct {
		Told []evidence.Told `json:"told"`
	}
	if err := json.Unmarshal([]byte(body), &a); err != nil {
		t.Fatal(err)
	}
	if len(a.Told) != 2 || !strings.HasPrefix(a.Told[1].Joined, "by rule") || !strings.HasPrefix(a.Told[1].Ref, denied) {
		t.Errorf("told %+v", a.Told)
	}
	for _, c := range []struct {
		name, path string
		status     int
		want       []string
	}{
		{"the question", ask, 200, []string{"If Azerbaijan attacks Armenia on 2025-03-04", "What reports tell", "<strong>denied by Azerbaijan</strong>", "by rule", `href="/record/` + struck + "#e1", `href="/happening/` + struck + "/e1", "rests on an act that reports tell", `name="act" value="` + struck}},
		{"compared with another day", ask + "&since=1990-01-01", 200, []string{"What changed since 1990-01-01"}},
		{"what the record holds", "/?by=AZE&attacks=ARM&on=2025-03-06&acts=record", 200, []string{"What reports tell", "Azerbaijan → Armenia: limited attack"}},
		{"without it", "/?by=AZE&attacks=ARM&on=2025-03-06", 200, []string{"Azerbaijan counts as the aggressor"}},
		{"the act's page leads there", "/happening/" + struck + "/e1", 200, []string{`href="` + ask + `"`}},
		{"no such act", "/?act=" + struck + "%23e9", 422, []string{"there is no such act in the report"}},
		{"no such report", "/?act=abcdef%23e9", 422, []string{"no such report", "%23"}},
		{"a report and no act", "/?act=" + struck, 422, []string{"it names a report, not an act"}},
		{"a request", "/?act=" + struck + "%23e2", 422, []string{"a request for help"}},
		{"half a question", "/?attacks=ARM", 200, []string{`value="ARM"`}},
		{"half a question of the API", "/api/who?attacks=ARM", 422, []string{"the attacker (by) is not named", `"hint"`}},
		{"the other half", "/api/who?by=ARM", 422, []string{"the attacked state (attacks) is not named"}},
		{"no such evidence", "/api/who?by=AZE&attacks=ARM&acts=all", 422, []string{"acts"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, _, body := get(t, s.URL+c.path)
			if status != c.status {
				t.Errorf("status %d, want %d", status, c.status)
			}
			for _, w := range c.want {
				if !strings.Contains(body, w) {
					t.Errorf("lacks %q", w)
				}
			}
		})
	}
	if bare, err := newOptions(); err != nil {
		t.Fatal(err)
	} else if h, err := New(bare); err != nil {
		t.Fatal(err)
	} else {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost/?act=abcdef%23e1", nil))
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "this server has no record") {
			t.Errorf("without a record: %d", w.Code)
		}
	}
}

// That a speaker said the contrary before stands apart from what is contradicted.
func TestSaidOtherwise(t *testing.T) {
	s := serve(t, "")
	keep(t, s, "Sweden is a member of NATO, Russian Foreign Minister Sergey Lavrov said on Monday.", "2024-06-10")
	after := keep(t, s, "Sweden is not a member of NATO, Russian Foreign Minister Sergey Lavrov said on Sunday.", "2024-11-10")
	_, _, page := get(t, s.URL+"/record/"+after)
	for _, want := range []string{"<strong>contradicted</strong>", "<strong>said otherwise before</strong>", "Sergey Lavrov said otherwise on 2024-06-10", "<span>1 said otherwise before</span>"} {
		if !strings.Contains(page, want) {
			t.Errorf("lacks %q", want)
		}
	}
}
