package web

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/web/job"
)

// A batch outlives the server: a new one goes on where the old one stopped, and
// who follows it is told the rest.
func TestJobOverRestart(t *testing.T) {
	o, err := newOptions()
	if err != nil {
		t.Fatal(err)
	}
	o.Jobs = filepath.Join(t.TempDir(), "jobs")
	if o.Store, err = record.Open(t.Context(), filepath.Join(t.TempDir(), "record.db"), record.Options{Create: true}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { o.Store.Close() })
	start := func() (*Server, *httptest.Server) {
		t.Helper()
		h, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		s := httptest.NewServer(h)
		t.Cleanup(func() { h.Close(); s.CloseClientConnections(); s.Close() })
		return h, s
	}
	// follow reads events up to a number of results or the end, and returns the
	// number of the last event.
	follow := func(at string, last, results int) (int, *job.Job, []job.Result) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), "GET", at+"/events", nil)
		if err != nil {
			t.Fatal(err)
		}
		if last > 0 {
			r.Header.Set("Last-Event-ID", fmt.Sprint(last))
		}
		got, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer got.Body.Close()
		var all []job.Result
		kind := ""
		for in := bufio.NewScanner(got.Body); in.Scan(); {
			name, value, _ := strings.Cut(in.Text(), ": ")
			switch name {
			case "event":
				kind = value
			case "id":
				fmt.Sscan(value, &last)
			case "data":
				switch kind {
				case "result":
					var x job.Result
					if err := json.Unmarshal([]byte(value), &x); err != nil {
						t.Fatal(err)
					}
					if all = append(all, x); len(all) == results {
						return last, nil, all
					}
				case "done":
					var j job.Job
					if err := json.Unmarshal([]byte(value), &j); err != nil {
						t.Fatal(err)
					}
					return last, &j, all
				}
			}
		}
		t.Fatal("the stream ended")
		return 0, nil, nil
	}
	var batch strings.Builder
	const reports = 60
	for i := range reports {
		fmt.Fprintf(&batch, `{"id":"r%d","date":"2025-03-%02d","text":"Russia said on Monday that it had sent note %d to North Korea. Japan condemned it."}`+"\n", i, i%28+1, i)
	}
	h, s := start()
	r, err := http.Post(s.URL+"/api/jobs", "application/jsonl", strings.NewReader(batch.String()))
	if err != nil {
		t.Fatal(err)
	}
	sent, err := io.ReadAll(r.Body)
	r.Body.Close()
	var j job.Job
	if err != nil || r.StatusCode != http.StatusAccepted || json.Unmarshal(sent, &j) != nil {
		t.Fatalf("%d %s %v", r.StatusCode, sent, err)
	}
	last, _, first := follow(s.URL+"/api/jobs/"+j.ID, 0, 3)
	h.Close()
	s.CloseClientConnections()

	_, s = start()
	_, done, rest := follow(s.URL+"/api/jobs/"+j.ID, last, 0)
	if done.State != job.Done || done.Read != reports || done.Restarts != 1 || len(first)+len(rest) != reports {
		t.Errorf("%+v after %d and %d results", done, len(first), len(rest))
	}
	counts, err := o.Store.Count(t.Context())
	if err != nil || counts.Reports != reports {
		t.Errorf("%+v, %v", counts, err)
	}
	_, _, list := get(t, s.URL+"/api/jobs")
	if !strings.Contains(list, j.ID) || !strings.Contains(list, `"restarts":1`) {
		t.Errorf("jobs after the restart: %s", list)
	}
}
