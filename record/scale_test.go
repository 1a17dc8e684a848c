package record

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/casus-foederis/casus/day"
)

// questions are asked of a big record made by sample/generate: each filter, and
// those combinations for which a walk over the latest items finds little.
func questions(seed int) map[string]Query {
	on := func(s string) *day.Day { d := day.MustParse(s) + day.Day(seed*37%200); return &d }
	own := ""
	areas := []string{"fishing", "grain", "satellite", "extradition"}
	states := []string{"USA", "FRA", "TGO", "FIN", "PER"}
	state, area := states[seed%len(states)], areas[seed%len(areas)]
	return map[string]Query{
		"everything":                       {},
		"kind":                             {Kinds: []Kind{Agreement}},
		"rare word":                        {Words: []string{"Alaniburg", "Vorokhaven", "Pelorazar", "Rasundfell"}[seed%4]},
		"frequent word":                    {Words: "agreement"},
		"word in every item of a kind":     {Words: "that", Kinds: []Kind{Text}},
		"two words":                        {Words: area + " harbour"},
		"phrase":                           {Words: `"no military solution"`},
		"phrase of frequent words":         {Words: `"of the"`},
		"two words that never meet":        {Words: "hotline lorries", Kinds: []Kind{Statement}},
		"beginning of a word":              {Words: area[:5] + "*"},
		"one letter*":                      {Words: "a*"},
		"one letter*, another outlet":      {Words: "a*", Outlet: "Nobody's Paper"},
		"without a word":                   {Words: area + " -harbour"},
		"speaker":                          {Speaker: "Galanis"},
		"speaker, rare first name":         {Speaker: "Zoë Quintero"},
		"speaker and words":                {Speaker: "Galanis", Words: area},
		"speaker and state":                {Speaker: "Galanis", State: state},
		"speaker and day":                  {Speaker: "Galanis", From: on("2020-03-01"), To: on("2020-03-03")},
		"target":                           {Target: state},
		"state":                            {State: state},
		"state in a role":                  {State: state, Role: "target"},
		"state and type":                   {State: state, Type: "ASSAULT"},
		"state and type that is not there": {State: state, Type: "FIGHT"},
		"state and words":                  {State: state, Words: area},
		"state and frequent word":          {State: "TUV", Words: "agreement"},
		"state, two days":                  {State: "USA", From: on("2020-03-01"), To: on("2020-03-03")},
		"state, on a day":                  {State: state, On: on("2020-03-01")},
		"state, agreements":                {State: state, Kinds: []Kind{Agreement}},
		"state, outlet":                    {State: state, Outlet: "Border Watch"},
		"name":                             {Name: "Ada Abara"},
		"name of a state":                  {Name: "France", Kinds: []Kind{Act}},
		"name and words":                   {Name: "France", Words: "hotline"},
		"type":                             {Type: "SANCTION"},
		"type that is not there":           {Type: "FIGHT"},
		"type, two days":                   {Type: "REQUEST", From: on("2020-03-01"), To: on("2020-03-03")},
		"type, outlet's own words":         {Type: "ASSAULT", Within: &own},
		"status that is not there":         {Status: "denied"},
		"outlet":                           {Outlet: "Border Watch"},
		"outlet that is not there":         {Outlet: "Nobody's Paper"},
		"outlet, frequent word":            {Outlet: "Border Watch", Words: "that"},
		"outlet that is not there, frequent word": {Outlet: "Nobody's Paper", Words: "that"},
		"two days":                               {From: on("2020-03-01"), To: on("2020-03-03")},
		"two days, kind":                         {From: on("2020-03-01"), To: on("2020-03-03"), Kinds: []Kind{Agreement}},
		"two days, frequent word":                {From: on("2020-03-01"), To: on("2020-03-03"), Words: "that"},
		"years, frequent word":                   {From: on("2016-03-01"), To: on("2020-03-03"), Words: "that"},
		"before the first day, frequent word":    {To: on("2014-01-01"), Words: "that"},
		"known early":                            {Known: on("2015-02-01")},
		"known early, frequent word":             {Known: on("2015-02-01"), Words: "that"},
		"known before everything, frequent word": {Known: on("2014-01-01"), Words: "that"},
		"known before everything":                {Known: on("2014-01-01")},
		"known late, state":                      {Known: on("2022-02-01"), State: state},
		"on a day":                               {On: on("2020-03-01")},
		"on a day, acts":                         {On: on("2020-03-01"), Kinds: []Kind{Act}},
		"on a day, frequent word":                {On: on("2020-03-01"), Words: "that"},
		"on a day, agreements, known":            {On: on("2020-03-01"), Kinds: []Kind{Agreement}, Known: on("2021-02-01")},
		"page a hundred":                         {Offset: 10_000},
		"frequent word, page a hundred":          {Words: "that", Offset: 10_000},
	}
}

// TestScale measures a record that sample/generate made: CASUS_TEST_RECORD is
// where it is. Each question is asked by one client and by sixteen, with other
// values in turn. Nothing is asserted. docs/quality.md has the figures.
func TestScale(t *testing.T) {
	location := os.Getenv("CASUS_TEST_RECORD")
	if location == "" {
		t.Skip("CASUS_TEST_RECORD is not set: there is no big record to measure")
	}
	ctx := context.Background()
	s, err := Open(ctx, location, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rounds := 12
	if n, err := strconv.Atoi(os.Getenv("CASUS_TEST_ROUNDS")); err == nil {
		rounds = n
	}
	asks := map[string]func(n int) (int, error){
		"• count":           func(int) (int, error) { _, err := s.Count(ctx); return 1, err },
		"• list":            func(int) (int, error) { h, err := s.List(ctx, Query{}); return len(h), err },
		"• names: speakers": func(int) (int, error) { n, err := s.Names(ctx, NameQuery{Role: "speaker"}); return len(n), err },
		"• names: part":     func(int) (int, error) { n, err := s.Names(ctx, NameQuery{Like: "galan"}); return len(n), err },
		"• tally: all by day": func(int) (int, error) {
			n, err := s.Tally(ctx, Query{}, ByDay)
			return len(n), err
		},
		"• tally: state's acts by day": func(int) (int, error) {
			n, err := s.Tally(ctx, Query{State: "USA", Kinds: []Kind{Act}}, ByDay)
			return len(n), err
		},
		"• tally: state by month": func(int) (int, error) {
			n, err := s.Tally(ctx, Query{State: "USA"}, ByMonth)
			return len(n), err
		},
		"• tally: name by kind": func(int) (int, error) {
			n, err := s.Tally(ctx, Query{Name: "France"}, ByKind)
			return len(n), err
		},
		"• tally: rare word by speaker": func(int) (int, error) {
			n, err := s.Tally(ctx, Query{Words: "Alaniburg"}, BySpeaker)
			return len(n), err
		},
		"• show": func(n int) (int, error) {
			heads, err := s.List(ctx, Query{Offset: n * 100, Limit: 1})
			if err != nil || len(heads) == 0 {
				return 0, err
			}
			_, err = s.Report(ctx, heads[0].Hash)
			return 1, err
		},
	}
	for name := range questions(0) {
		asks[name] = func(n int) (int, error) { items, err := s.Search(ctx, questions(n)[name]); return len(items), err }
	}
	only := os.Getenv("CASUS_TEST_ONLY")
	names := make([]string, 0, len(asks))
	for name := range asks {
		if strings.Contains(name, only) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	load, _ := os.ReadFile("/proc/loadavg")
	t.Logf("load average %s", load)
	t.Logf("%-42s %6s %10s %10s %10s %10s %10s %10s", "question", "found", "p50", "p95", "p50 CPU", "p95 CPU", "p50 of 16", "p95 of 16")
	db := s.(*database)
	for _, name := range names {
		db.db.SetMaxOpenConns(1)
		alone, cpu, found := measure(t, 1, rounds, asks[name], db.spent(t))
		db.db.SetMaxOpenConns(db.connections())
		together, _, _ := measure(t, 16, rounds, asks[name], nil)
		row := fmt.Sprintf("%-42s %6d", name, found)
		for _, times := range [][]time.Duration{alone, cpu, together} {
			row += fmt.Sprintf(" %10s %10s", shortly(times[len(times)/2]), shortly(times[len(times)*95/100]))
		}
		t.Log(row)
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	t.Logf("memory taken from the system: %d MB", m.Sys>>20)
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, "VmHWM") {
			t.Log(strings.TrimSpace(line))
		}
	}
}

func shortly(d time.Duration) string { return fmt.Sprintf("%.1f ms", float64(d.Microseconds())/1000) }

// measure asks rounds times from each client and returns the times and the time
// of processors, each sorted.
func measure(t *testing.T, clients, rounds int, ask func(int) (int, error), spent func() time.Duration) (times, cpu []time.Duration, found int) {
	if spent == nil {
		spent = func() time.Duration { return 0 }
	}
	var lock sync.Mutex
	var all sync.WaitGroup
	var number atomic.Int64
	for range clients {
		all.Go(func() {
			runtime.LockOSThread()
			for range rounds {
				begun, before := time.Now(), spent()
				n, err := ask(int(number.Add(1)))
				took, used := time.Since(begun), spent()-before
				lock.Lock()
				if err != nil {
					t.Error(err)
				}
				times, cpu, found = append(times, took), append(cpu, used), max(found, n)
				lock.Unlock()
			}
		})
	}
	all.Wait()
	slices.Sort(times)
	slices.Sort(cpu)
	return times, cpu, found
}

// spent returns how long this thread, and the server's process that serves the
// one connection, have been on a processor: on a busy machine that says more of
// a question than how long it took. Linux only; elsewhere it is zero.
func (s *database) spent(t *testing.T) func() time.Duration {
	server := "/nowhere"
	if s.shared() {
		var pid int
		if err := s.db.QueryRow(`SELECT pg_backend_pid()`).Scan(&pid); err != nil {
			t.Fatal(err)
		}
		server = fmt.Sprintf("/proc/%d/schedstat", pid)
	}
	return func() (all time.Duration) {
		for _, file := range []string{"/proc/thread-self/schedstat", server} {
			var on time.Duration
			if b, err := os.ReadFile(file); err == nil {
				fmt.Sscan(string(b), &on)
			}
			all += on
		}
		return all
	}
}
