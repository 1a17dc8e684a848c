package job

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"time"

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
	r := New(o)
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
