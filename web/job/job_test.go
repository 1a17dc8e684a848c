package job

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/report"
)

func runner(t *testing.T, o Options) *Runner {
	t.Helper()
	o.Now = func() time.Time { return time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC) }
	if o.Work == nil {
		o.Work = func(_ context.Context, r *report.Report, keep bool) (Result, error) {
			if strings.Contains(r.Text, "break") {
				panic("broken")
			}
			res := Result{ID: r.ID}
			if keep {
				res.State = "new"
			}
			return res, nil
		}
	}
	r, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	})
	return r
}

func lines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id":"r%d","text":"Russia said no on Monday."}`+"\n", i)
	}
	return b.String()
}

// follow collects all events after a number.
func follow(t *testing.T, r *Runner, id string, after int) []Event {
	t.Helper()
	var out []Event
	err := r.Follow(t.Context(), id, after, func(e Event) error { out = append(out, e); return nil }, func(Job) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestBatch(t *testing.T) {
	r := runner(t, Options{Workers: 3})
	j, err := r.Start(strings.NewReader(lines(5)+"{\"no\":1}\n"+`{"id":"x","text":"This will break it."}`+"\n"), "Ada", true, report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := follow(t, r, j.ID, 0)
	if len(all) != 8 || all[7].Done == nil {
		t.Fatalf("%d events", len(all))
	}
	done := *all[7].Done
	if done.State != Done || done.Read != 5 || done.Failed != 2 || done.Kept != 5 || done.By != "Ada" || done.Finished == "" {
		t.Errorf("%+v", done)
	}
	seen := map[int]bool{}
	for i, e := range all[:7] {
		if e.Number != i+1 || e.Result == nil || seen[e.Result.Index] {
			t.Errorf("event %d: %+v", i, e)
			continue
		}
		seen[e.Result.Index] = true
		if wrong := e.Result.Index > 5; wrong != (e.Result.Error != "") {
			t.Errorf("report %d: %q", e.Result.Index, e.Result.Error)
		}
	}
	for after := range 9 {
		if rest := follow(t, r, j.ID, after); len(rest) != max(0, 8-after) || len(rest) > 0 && rest[0].Number != after+1 {
			t.Errorf("after %d: %d events", after, len(rest))
		}
	}
}

func TestBatchThatIsNone(t *testing.T) {
	r := runner(t, Options{Bytes: 100})
	for name, c := range map[string]struct {
		batch string
		want  error
	}{"nothing": {"", report.ErrEmpty}, "too large": {strings.Repeat("x", 101), ErrTooLarge}} {
		if _, err := r.Start(strings.NewReader(c.batch), "", true, report.Options{}); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if len(r.List()) != 0 {
		t.Error("what did not start is remembered")
	}
	j, err := r.Start(strings.NewReader("PK\x03\x04 no archive"), "", true, report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if all := follow(t, r, j.ID, 0); all[0].Done == nil || all[0].Done.State != Failed || all[0].Done.Error == "" {
		t.Errorf("%+v", all)
	}
	if _, err := r.Get("none"); !errors.Is(err, ErrNoJob) {
		t.Errorf("%v", err)
	}
}

// A member that unpacks to far more than a report may have fails alone.
func TestArchive(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name, text string) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	add("folder/", "")
	add("folder/a.txt", "Russia said no on Monday.")
	add("../../escape.txt", "France said no on Monday.")
	add("bomb.txt", strings.Repeat("a", 20<<20))
	add("__MACOSX/._a.txt", "x")
	add("two.jsonl", lines(2))
	z.Close()
	r := runner(t, Options{})
	j, err := r.Start(&b, "", false, report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	all := follow(t, r, j.ID, 0)
	if done := all[len(all)-1].Done; done == nil || done.Read != 4 || done.Failed != 1 || done.Kept != 0 {
		t.Errorf("%+v", all[len(all)-1].Done)
	}
}

// hold is work that waits.
func hold(begun chan<- string, release <-chan struct{}) func(context.Context, *report.Report, bool) (Result, error) {
	return func(ctx context.Context, r *report.Report, _ bool) (Result, error) {
		begun <- r.ID
		select {
		case <-release:
		case <-ctx.Done():
		}
		return Result{ID: r.ID}, ctx.Err()
	}
}

func TestBounds(t *testing.T) {
	begun, release := make(chan string, 100), make(chan struct{})
	r := runner(t, Options{Most: 2, Work: hold(begun, release)})
	first, err := r.Start(strings.NewReader(lines(1)), "", false, report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	second, err := r.Start(strings.NewReader(lines(1)), "", false, report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Start(strings.NewReader(lines(1)), "", false, report.Options{}); !errors.Is(err, ErrFull) {
		t.Errorf("a third: %v", err)
	}
	<-begun
	if j, _ := r.Get(second.ID); j.State == Running {
		if j, _ := r.Get(first.ID); j.State == Running {
			t.Error("two run at once")
		}
	}
	close(release)
	follow(t, r, first.ID, 0)
	follow(t, r, second.ID, 0)
	if _, err := r.Start(strings.NewReader(lines(1)), "", false, report.Options{}); err != nil {
		t.Errorf("when the others are done: %v", err)
	}
	if n := len(r.List()); n != 2 {
		t.Errorf("%d jobs are remembered", n)
	}
}

func TestCancel(t *testing.T) {
	begun, release := make(chan string, 100), make(chan struct{})
	r := runner(t, Options{Work: hold(begun, release)})
	j, err := r.Start(strings.NewReader(lines(50)), "", false, report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	<-begun
	if _, err := r.Cancel(j.ID); err != nil {
		t.Fatal(err)
	}
	all := follow(t, r, j.ID, 0)
	if last := all[len(all)-1].Done; last == nil || last.State != Cancelled || last.Read != 0 {
		t.Errorf("%+v", all[len(all)-1])
	}
	if j, err := r.Cancel(j.ID); err != nil || j.State != Cancelled {
		t.Errorf("again: %+v, %v", j, err)
	}
}

// Who listens may go; the job does not notice.
func TestListenerGoes(t *testing.T) {
	begun, release := make(chan string, 100), make(chan struct{})
	r := runner(t, Options{Work: hold(begun, release)})
	j, err := r.Start(strings.NewReader(lines(3)), "", false, report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	told := 0
	err = r.Follow(ctx, j.ID, 0, func(Event) error { return nil }, func(Job) error { told++; cancel(); return nil })
	if !errors.Is(err, context.Canceled) || told == 0 {
		t.Errorf("%v after %d", err, told)
	}
	close(release)
	if all := follow(t, r, j.ID, 0); all[len(all)-1].Done.Read != 3 {
		t.Errorf("%+v", all[len(all)-1].Done)
	}
}

func TestCloseLeavesNothing(t *testing.T) {
	r := runner(t, Options{})
	if _, err := r.Start(strings.NewReader(lines(3)), "", false, report.Options{}); err != nil {
		t.Fatal(err)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(r.dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

// Jobs in a folder go on where they were, whether the program was closed or
// killed in the middle of a line.
func TestRestart(t *testing.T) {
	june, err := day.ParsePeriod("2024-06")
	if err != nil {
		t.Fatal(err)
	}
	for _, killed := range []bool{false, true} {
		t.Run(fmt.Sprint("killed ", killed), func(t *testing.T) {
			dir, few := t.TempDir(), 4
			begun := make(chan string, 100)
			waits := func(ctx context.Context, r *report.Report, _ bool) (Result, error) {
				begun <- r.ID
				if few--; few < 0 {
					<-ctx.Done()
					return Result{}, ctx.Err()
				}
				return Result{ID: r.ID, State: "new"}, nil
			}
			first := runner(t, Options{Dir: dir, Work: waits})
			j, err := first.Start(strings.NewReader(lines(10)), "Ada", true, report.Options{Published: report.Date{Period: june}})
			if err != nil {
				t.Fatal(err)
			}
			other, err := first.Start(strings.NewReader(lines(2)), "Bob", false, report.Options{})
			if err != nil {
				t.Fatal(err)
			}
			for range 5 {
				<-begun
			}
			if _, err := New(Options{Dir: dir}); !errors.Is(err, ErrInUse) {
				t.Errorf("two on one folder: %v", err)
			}
			if killed { // what lies on the disk now, with half a line
				copied := t.TempDir()
				if err := os.CopyFS(filepath.Join(copied, "jobs"), os.DirFS(dir)); err != nil {
					t.Fatal(err)
				}
				dir = filepath.Join(copied, "jobs")
				f, err := os.OpenFile(filepath.Join(dir, j.ID+endEvents), os.O_WRONLY|os.O_APPEND, 0)
				if err != nil {
					t.Fatal(err)
				}
				if _, err := f.WriteString(`r{"index":5,"id":"r4","sta`); err != nil {
					t.Fatal(err)
				}
				f.Close()
				if err := os.WriteFile(filepath.Join(dir, strings.Repeat("a", 16)+endPart), []byte("half a batch"), 0o600); err != nil {
					t.Fatal(err)
				}
			} else if err := first.Close(); err != nil {
				t.Fatal(err)
			}
			var again []string
			second := runner(t, Options{Dir: dir, Work: func(_ context.Context, r *report.Report, _ bool) (Result, error) {
				again = append(again, r.ID+" "+r.Published.Period.String())
				return Result{ID: r.ID, State: "new"}, nil
			}})
			all := follow(t, second, j.ID, 4) // with the number of the last event that was seen
			last := all[len(all)-1]
			if len(all) != 7 || all[0].Number != 5 || last.Done == nil || last.Done.Read != 10 || last.Done.Kept != 10 || last.Done.Restarts != 1 || last.Done.By != "Ada" || last.Done.State != Done {
				t.Errorf("%d events, the last %+v", len(all), last.Done)
			}
			follow(t, second, other.ID, 0)
			if len(again) != 8 || !slices.Contains(again, "r4 2024-06") || slices.Contains(again, "r3 2024-06") {
				t.Errorf("read again: %q", again)
			}
			if err := second.Close(); err != nil {
				t.Fatal(err)
			}
			third := runner(t, Options{Dir: dir})
			if all := follow(t, third, j.ID, 0); len(all) != 11 || all[10].Done == nil || all[10].Done.State != Done {
				t.Errorf("a finished job is told in %d events", len(all))
			}
			left, err := os.ReadDir(dir)
			if err != nil || len(left) != 5 { // two jobs with their states and results, and the lock
				t.Errorf("%v, %v", left, err)
			}
		})
	}
}

// A job whose report ends the program each time is given up.
func TestStuck(t *testing.T) {
	dir := t.TempDir()
	begun, release := make(chan string, 100), make(chan struct{})
	r := runner(t, Options{Dir: dir, Work: hold(begun, release)})
	j, err := r.Start(strings.NewReader(lines(2)), "", false, report.Options{})
	if err != nil {
		t.Fatal(err)
	}
	<-begun
	for n := range patience {
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		r = runner(t, Options{Dir: dir, Work: hold(begun, release)})
		if n < patience-1 {
			<-begun
		}
	}
	all := follow(t, r, j.ID, 0)
	if done := all[len(all)-1].Done; done == nil || done.State != Failed || !strings.Contains(done.Error, "got no further than 0 reports") {
		t.Errorf("%+v", done)
	}
}
