package web

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/web/guard"
)

var newOptions = sync.OnceValues(func() (Options, error) {
	c, err := corpus.World()
	if err != nil {
		return Options{}, err
	}
	cases, past, err := duty.ReadCases(corpus.Files())
	if err != nil {
		return Options{}, err
	}
	r, err := reading.New()
	return Options{Past: past, Cases: cases, Reader: r, Checker: check.New(c, actor.World()), Now: func() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }}, err
})

func serve(t *testing.T, token string) *httptest.Server {
	t.Helper()
	o, err := newOptions()
	if err != nil {
		t.Fatal(err)
	}
	if token != "" {
		if o.Keys, err = guard.ParseKeys("tokens", []byte(token)); err != nil {
			t.Fatal(err)
		}
	}
	if o.Store, err = record.Open(t.Context(), filepath.Join(t.TempDir(), "record.db"), record.Options{Create: true}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Store.Close() })
	h, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

func get(t *testing.T, at string) (int, http.Header, string) {
	t.Helper()
	r, err := http.Get(at)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, r.Header, string(b)
}

func TestPages(t *testing.T) {
	s := serve(t, "")
	for _, c := range []struct {
		name, path string
		status     int
		want       []string
	}{
		{"question form", "/", 200, []string{"Who is bound", `name="attacks"`}},
		{"answers", "/?by=KOR&attacks=PRK&on=2025-01-10", 200, []string{"South Korea attacks North Korea, 2025-01-10", "rus-prk-2024", "<svg", "Derivation"}},
		{"by name", "/?by=South+Korea&attacks=north+korea&on=2025-01-10", 200, []string{"rus-prk-2024"}},
		{"unknown state", "/?by=QQQ&attacks=PRK&on=2025-01-10", 422, []string{"unknown state", "hint"}},
		{"impossible day", "/?by=KOR&attacks=PRK&on=2025-02-30", 422, []string{"no day 30"}},
		{"picture", "/picture.svg?by=KOR&attacks=PRK&on=2025-01-10", 200, []string{`xmlns="http://www.w3.org/2000/svg"`, "Borders de facto"}},
		{"report form", "/report", 200, []string{"<textarea"}},
		{"instruments", "/instruments", 200, []string{"North Atlantic Treaty"}},
		{"instruments of a state", "/instruments?q=PRK", 200, []string{"rus-prk-2024"}},
		{"instrument", "/instrument/rus-prk-2024", 200, []string{"Article 4", "Russia"}},
		{"no instrument", "/instrument/none", 404, []string{"no instrument none"}},
		{"empty record", "/record", 200, []string{"The record is empty"}},
		{"search that finds nothing", "/search?q=nothing", 200, []string{"Nothing in the record fits"}},
		{"search on no day", "/search?on=yesterday", 422, []string{"yesterday"}},
		{"no report", "/record/abcdef", 404, []string{"no such report"}},
		{"search as JSON", "/api/search?q=nothing", 200, nil},
		{"wrong limit as JSON", "/api/reports?limit=0", 422, []string{"limit"}},
		{"state", "/state/PRK?on=2025-01-10", 200, []string{"North Korea", "rus-prk-2024/4", "Kim Jong Un"}},
		{"no state", "/state/QQQ", 404, []string{"no state with the code"}},
		{"the record knows the place", "/?by=ARG&attacks=GBR&on=1982-04-02", 200, []string{"Falkland"}},
		{"states", "/states", 200, []string{"Russia"}},
		{"answers as JSON", "/api/who?by=KOR&attacks=PRK&on=2025-01-10", 200, []string{`"receipt"`, `"bearer":"RUS"`}},
		{"wrong question as JSON", "/api/who?by=KOR&attacks=KOR&on=2025-01-10", 422, []string{"cannot attack itself"}},
		{"no page", "/nowhere", 404, []string{"There is no page"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, head, body := get(t, s.URL+c.path)
			if status != c.status {
				t.Errorf("status %d, want %d", status, c.status)
			}
			for _, w := range c.want {
				if !strings.Contains(body, w) {
					t.Errorf("the page lacks %q", w)
				}
			}
			if !strings.HasPrefix(head.Get("Content-Security-Policy"), "default-src 'none'") || head.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("headers lack protection: %v", head)
			}
		})
	}
}

// What strangers write into a report is written as text, also where no browser
// is at hand to try it.
func TestHostileReports(t *testing.T) {
	s := serve(t, "")
	for _, h := range hostile {
		if len(h.text) > 5000 {
			continue // the browser's business
		}
		r, err := http.PostForm(s.URL+"/report", url.Values{"text": {"The minister said on Monday: " + h.text + " and Russia attacked Ukraine."}})
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r.Body)
		r.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"<script>", "<SCRIPT", "<img", "<svg onload", "<iframe", "<style", "<base", "<meta http-equiv", "<object", `="javascript:`} {
			if strings.Contains(string(b), bad) {
				t.Errorf("%s: the page holds %q", h.name, bad)
			}
		}
	}
}

// What is kept is found again, and shown as it was read.
func TestKeep(t *testing.T) {
	s := serve(t, "")
	r, err := http.PostForm(s.URL+"/report", url.Values{"text": {"Russian Foreign Minister Sergey Lavrov said on Tuesday that Moscow would answer the sanctions."}, "date": {"2024-06-19"}, "keep": {"yes"}})
	if err != nil {
		t.Fatal(err)
	}
	r.Body.Close()
	_, _, found := get(t, s.URL+"/search?q=sanctions&speaker=Lavrov")
	if !strings.Contains(found, "Moscow would answer the <mark>sanctions</mark>") {
		t.Fatalf("the search does not find what was kept:\n%s", found)
	}
	_, _, list := get(t, s.URL+"/api/reports")
	hash, _, _ := strings.Cut(strings.TrimPrefix(list, `[{"hash":"`), `"`)
	if status, head, body := get(t, s.URL+"/api/reports/"+hash); status != 200 || head.Get("ETag") == "" || !strings.Contains(body, "casus.reading/1") {
		t.Errorf("the stored report: status %d, tag %q, %.200s", status, head.Get("ETag"), body)
	}
}
