// Command load asks a server of casus what its pages and programs ask, with one
// client and with many, and prints how long the answers took.
//
//	go run -C tools ./load [-clients 16] [-for 3s] [-pid PID] http://127.0.0.1:8317
//
// With -pid it prints the memory of the server as Linux counts it.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

// question is one thing that is asked, each time a little otherwise.
type question struct {
	name string
	path func(r *rand.Rand) string
	body string // sent by POST if not empty
}

var (
	states  = []string{"USA", "RUS", "CHN", "FRA", "GBR", "DEU", "TUR", "IND", "PAK", "IRN", "ISR", "EGY", "JPN", "KOR", "PRK", "UKR", "POL", "BRA", "ARG", "PER"}
	words   = []string{"agreement", "fishing", "grain", "satellite", "harbour", "hotline", "border", "trade", "minister", "visit"}
	reports []string // hashes
	acts    []string // refs
)

func pick(r *rand.Rand, list []string) string { return list[r.IntN(len(list))] }

func fixed(path string) func(*rand.Rand) string { return func(*rand.Rand) string { return path } }

func day(r *rand.Rand) string {
	return time.Date(1950+r.IntN(75), time.Month(1+r.IntN(12)), 1+r.IntN(28), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
}

const story = "Russian Foreign Minister Sergey Lavrov said on Tuesday that Moscow would answer the sanctions. France and Italy signed a treaty of mutual assistance in Rome on Monday, officials said."

func questions() []question {
	recent := func(r *rand.Rand) string { return fmt.Sprintf("20%02d-06-01", 10+r.IntN(15)) }
	return []question{
		{"version", fixed("/api/version"), ""},
		{"who", func(r *rand.Rand) string {
			return "/api/who?by=" + states[r.IntN(10)] + "&attacks=" + states[10+r.IntN(10)] + "&on=" + recent(r)
		}, ""},
		{"commitments", func(r *rand.Rand) string { return "/api/commitments/" + pick(r, states) + "?on=" + recent(r) }, ""},
		{"changed", fixed("/api/changed/rus-prk-2024"), ""},
		{"conflicts", func(r *rand.Rand) string { return "/api/conflicts?on=" + recent(r) }, ""},
		{"world", func(r *rand.Rand) string { return "/api/world?on=" + recent(r) }, ""},
		{"instruments", func(r *rand.Rand) string { return "/api/instruments?q=" + pick(r, states) }, ""},
		{"instrument", fixed("/api/instruments/un-charter"), ""},
		{"state", func(r *rand.Rand) string { return "/api/states/" + pick(r, states) + "?on=" + recent(r) }, ""},
		{"persons", func(r *rand.Rand) string { return "/api/persons?q=" + string(rune('a'+r.IntN(26))) }, ""},
		{"reports", func(r *rand.Rand) string { return fmt.Sprint("/api/reports?offset=", r.IntN(1000)) }, ""},
		{"report", func(r *rand.Rand) string { return "/api/reports/" + pick(r, reports) }, ""},
		{"items", func(r *rand.Rand) string { return "/api/reports/" + pick(r, reports) + "/items" }, ""},
		{"search: word", func(r *rand.Rand) string { return "/api/search?q=" + pick(r, words) }, ""},
		{"search: word and state", func(r *rand.Rand) string { return "/api/search?q=" + pick(r, words) + "&state=" + pick(r, states) }, ""},
		{"search: as known", func(r *rand.Rand) string { return "/api/search?q=" + pick(r, words) + "&known=" + recent(r) }, ""},
		{"tally by outlet", fixed("/api/tally?by=outlet"), ""},
		{"tally of a state by month", func(r *rand.Rand) string { return "/api/tally?by=month&state=" + pick(r, states) }, ""},
		{"stats", fixed("/api/stats"), ""},
		{"timeline", func(r *rand.Rand) string {
			from := day(r)
			return "/api/timeline?state=" + pick(r, states) + "&from=" + from + "&to=" + fmt.Sprint(from[:4], "-12-31")
		}, ""},
		{"happenings", func(r *rand.Rand) string { return "/api/happenings?state=" + pick(r, states) }, ""},
		{"happening", func(r *rand.Rand) string { return "/api/happenings/" + url.PathEscape(pick(r, acts)) }, ""},
		{"compare", func(r *rand.Rand) string { return "/api/compare?reports=" + pick(r, reports) + "," + pick(r, reports) }, ""},
		{"judgements", fixed("/api/judgements"), ""},
		{"drafts", fixed("/api/drafts"), ""},
		{"read", fixed("/api/read?date=2024-06-19"), story},
		{"page: answers", func(r *rand.Rand) string {
			return "/?by=" + states[r.IntN(10)] + "&attacks=" + states[10+r.IntN(10)] + "&on=" + recent(r)
		}, ""},
		{"page: instrument", fixed("/instrument/nato-1949"), ""},
		{"page: instruments", fixed("/instruments"), ""},
		{"page: state", func(r *rand.Rand) string { return "/state/" + pick(r, states) + "?on=" + recent(r) }, ""},
		{"page: report", func(r *rand.Rand) string { return "/record/" + pick(r, reports) }, ""},
		{"page: record", fixed("/record"), ""},
		{"page: search", func(r *rand.Rand) string { return "/search?q=" + pick(r, words) + "&state=" + pick(r, states) }, ""},
		{"page: time line", func(r *rand.Rand) string {
			return "/timeline?state=" + pick(r, states) + "&from=2020-01-01&to=2020-06-30"
		}, ""},
		{"page: act", func(r *rand.Rand) string { return "/happening/" + strings.Replace(pick(r, acts), "#", "/", 1) }, ""},
		{"page: compare", func(r *rand.Rand) string {
			return "/compare?report=" + pick(r, reports) + "&report=" + pick(r, reports)
		}, ""},
		{"page: review", fixed("/review"), ""},
	}
}

func main() {
	clients := flag.Int("clients", 16, "clients at once in the second run")
	lasts := flag.Duration("for", 3*time.Second, "how long each question is asked")
	pid := flag.Int("pid", 0, "process of the server, to print its memory")
	only := flag.String("only", "", "only questions whose name has this")
	flag.Parse()
	if err := run(strings.TrimSuffix(flag.Arg(0), "/"), *clients, *lasts, *pid, *only); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func run(at string, clients int, lasts time.Duration, pid int, only string) error {
	var heads []struct{ Hash string }
	var items []struct{ Ref string }
	if err := decode(at+"/api/reports?limit=1000", &heads); err != nil {
		return err
	}
	if err := decode(at+"/api/search?kind=act&limit=1000", &items); err != nil {
		return err
	}
	for _, h := range heads {
		reports = append(reports, h.Hash)
	}
	for _, i := range items {
		acts = append(acts, i.Ref)
	}
	if len(reports) == 0 || len(acts) == 0 {
		return fmt.Errorf("the record of %s is empty", at)
	}
	fmt.Printf("| call | p50, 1 client | p95 | p50, %d clients | p95 | answers/s |\n|---|---|---|---|---|---|\n", clients)
	for _, q := range questions() {
		if !strings.Contains(q.name, only) {
			continue
		}
		alone, _, err := ask(at, q, 1, lasts)
		if err != nil {
			return err
		}
		many, rate, err := ask(at, q, clients, lasts)
		if err != nil {
			return err
		}
		fmt.Printf("| %s | %s | %s | %s | %s | %.0f |\n", q.name, part(alone, 50), part(alone, 95), part(many, 50), part(many, 95), rate)
	}
	if pid > 0 {
		return memory(pid)
	}
	return nil
}

func decode(at string, v any) error {
	r, err := http.Get(at)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	if r.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", at, r.Status)
	}
	return json.NewDecoder(r.Body).Decode(v)
}

// ask asks a question by so many clients for a while and returns how long each
// answer took, sorted, and how many came a second.
func ask(at string, q question, clients int, lasts time.Duration) ([]time.Duration, float64, error) {
	var mu sync.Mutex
	var took []time.Duration
	var failed error
	var all sync.WaitGroup
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}
	begun := time.Now()
	for c := range clients {
		r := rand.New(rand.NewPCG(uint64(c), 7))
		all.Go(func() {
			for first := true; first || time.Since(begun) < lasts; first = false {
				t := time.Now()
				err := one(client, at, q, r)
				mu.Lock()
				took = append(took, time.Since(t))
				if err != nil {
					failed = fmt.Errorf("%s: %w", q.name, err)
				}
				mu.Unlock()
				if err != nil {
					return
				}
			}
		})
	}
	all.Wait()
	rate := float64(len(took)) / time.Since(begun).Seconds()
	slices.Sort(took)
	return took, rate, failed
}

func one(client *http.Client, at string, q question, r *rand.Rand) error {
	path := q.path(r)
	var answer *http.Response
	var err error
	if q.body == "" {
		answer, err = client.Get(at + path)
	} else {
		answer, err = client.Post(at+path, "text/plain", strings.NewReader(q.body))
	}
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK && answer.StatusCode != http.StatusUnprocessableEntity { // a state that did not exist then
		return fmt.Errorf("%s: %s", path, answer.Status)
	}
	return nil
}

// part is a part in a hundred of sorted times.
func part(sorted []time.Duration, hundredth int) string {
	d := sorted[min(len(sorted)-1, len(sorted)*hundredth/100)]
	return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000)
}

func memory(pid int) error {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, "VmHWM") || strings.HasPrefix(line, "VmRSS") {
			fmt.Print(line)
		}
	}
	return nil
}
