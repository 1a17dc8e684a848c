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
		{"answers", "/?by=KOR&attacks=PRK&on=2025-01-10", 200, []string{"If South Korea attacks North Korea on 2025-01-10", "rus-prk-2024", "<svg", "Derivation"}},
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
		{"state", "/state/PRK?on=2025-01-10", 200, []string{"North Korea", "rus-prk-2024#4", "Kim Jong Un"}},
		{"no state", "/state/QQQ", 404, []string{"no state with the code"}},
		{"the record knows the place", "/?by=ARG&attacks=GBR&on=1982-04-02", 200, []string{"Falkland"}},
		{"one answer", "/answer?by=RUS&attacks=EST&on=2025-01-10&answer=nato-1949/5:USA>EST", 200, []string{"United States under North Atlantic Treaty, Article 5", "✓"}},
		{"no such answer", "/answer?by=RUS&attacks=EST&on=2025-01-10&answer=none", 404, []string{"has no answer none"}},
		{"what an instrument changed", "/instrument/rus-prk-2024/changed", 200, []string{"newly bound", "North Korea, Russia: each towards each other"}},
		{"cases asked again", "/instrument/rus-prk-2024/cases", 200, []string{"2 of 2 cases borne out"}},
		{"a state by another code", "/state/DPRK", 200, []string{"North Korea"}},
		{"a state that is gone", "/state/SUN?on=1970-01-01", 200, []string{"Warsaw", "1922-12-30 to 1991-12-26"}},
		{"person", "/person/Vladimir%20Putin", 200, []string{"Offices through time", "president"}},
		{"person by id", "/person/vladimir-putin", 200, []string{"Offices through time"}},
		{"nobody", "/person/Nobody%20At%20All", 404, []string{"Nobody called"}},
		{"conflicts", "/conflicts?on=2025-01-10&state=RUS", 200, []string{"rus-prk-2024#4", "Security Council resolution 1718"}},
		{"conflicts on no day", "/conflicts?on=soon", 422, []string{"soon"}},
		{"time line of two", "/timeline?who=Russia,PRK", 200, []string{"rus-prk-2024", "1949-03-17"}},
		{"time line of nobody", "/timeline?who=Nobody", 200, []string{"Nothing is known for these names"}},
		{"time line of no instrument", "/timeline?instrument=none", 422, []string{"no instrument none"}},
		{"years of nothing", "/years", 404, []string{"nothing to count"}},
		{"wrong kind", "/search?kind=rumour", 422, []string{"rumour"}},
		{"nothing to review", "/review", 200, []string{"Nothing waits"}},
		{"no draft", "/review/7", 404, []string{"no draft 7"}},
		{"no happening", "/happening/abcdef/e1", 404, nil},
		{"one report alone", "/compare?report=abcdef", 422, []string{"Two to eight reports"}},
		{"one report twice", "/compare?report=abcdef&report=abcdef", 422, []string{"Two to eight reports"}},
		{"reports that are not there", "/compare?report=abcdef&report=abcdee", 404, []string{"no such report"}},
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

// A draft is decided on from its page; what was written stays when it has
// mistakes; two accounts are told apart by a person's word.
func TestDecideAndJudge(t *testing.T) {
	s := filled(t)
	post := func(at string, form url.Values) string {
		t.Helper()
		r, err := http.PostForm(s.URL+at, form)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		b, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	entry := found(t, s.URL+"/review", `/review/\d+`)
	if body := post(entry, url.Values{"verdict": {"correct"}, "who": {"Q. Reader"}, "text": {"id: chl-mar-2025\nforce: [my words\n"}, "over": {"0"}}); !strings.Contains(body, "my words") || !strings.Contains(body, "mistake") {
		t.Error("a text with mistakes is taken, or lost")
	}
	if body := post(entry, url.Values{"verdict": {"accept"}, "who": {"Q. Reader"}, "why": {"two reports"}, "over": {"0"}}); !strings.Contains(body, "two reports") || !strings.Contains(body, "Answers rest on it") {
		t.Error("the decision is not shown")
	}
	if body := post(entry, url.Values{"verdict": {"reject"}, "who": {"Q. Reader"}, "over": {"0"}}); !strings.Contains(body, "Somebody decided since") {
		t.Error("a decision over an unseen one is taken")
	}

	act := found(t, s.URL+"/search?kind=act&q=signed", `/happening/[0-9a-f]{64}/[^"]+`)
	_, _, before := get(t, s.URL+act)
	if !strings.Contains(before, "2 reports tell it") {
		t.Fatalf("not one act of two reports:\n%s", before)
	}
	hash := strings.Split(act, "/")[2]
	after := post(act, url.Values{"report": {hash}, "who": {"Q. Reader"}, "why": {"another pact"}})
	if !strings.Contains(after, "another pact") || !strings.Contains(after, "1 report tells it") {
		t.Errorf("the judgement is not shown: %s", after[strings.Index(after, "<main"):])
	}
	if body := post(act, url.Values{"report": {hash}}); !strings.Contains(body, "needs your name") {
		t.Error("a judgement without a name is taken")
	}
}

func TestHeldWords(t *testing.T) {
	for _, c := range []struct{ from, to, want string }{
		{"2025-03-04", "2025-03-05", "2025-03-04"}, {"2025-03-01", "2025-04-01", "2025-03"}, {"2025-01-01", "2026-01-01", "2025"},
		{"1990-01-01", "2000-01-01", "1990s"}, {"2025-03-04", "2025-03-07", "2025-03-04 to 2025-03-06"}, {"2025-03-04", "", "2025-03-04"}, {"", "", ""},
	} {
		if got := heldWords(c.from, c.to); got != c.want {
			t.Errorf("%s to %s: %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

// Whatever is looked for, the parts joined are the words again.
func FuzzMarked(f *testing.F) {
	f.Add("a treaty of “mutual” help", `mutual "treaty of" -x wor*`)
	f.Fuzz(func(t *testing.T, words, query string) {
		v := itemView{Item: record.Item{Words: words}}.marked(query)
		if v.Parts == nil {
			return
		}
		var b strings.Builder
		for _, p := range v.Parts {
			b.WriteString(p.Text)
		}
		if b.String() != words {
			t.Errorf("%q joined is %q", words, b.String())
		}
	})
}
