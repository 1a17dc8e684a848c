// Package job reads batches of reports in the background and tells whoever
// listens how far it is.
//
// A batch is JSON Lines or a zip archive of pages, texts and JSON Lines. It is
// put on disk whole before anything is read, so that whoever sent it may go
// away; so are the results, one for each report, so that whoever comes back is
// told all of them from where the last one left. What stays in memory is a few
// bytes for each report. A runner with a folder of its own takes up the jobs that
// it finds there, after the reports whose results are on disk: they outlive the
// program, also one that was killed. A report that was kept in a record when the
// program ended, but whose result was not yet written, is read again and is
// unchanged then, as the same bytes are kept once.
package job

import (
	"archive/zip"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/casus-foederis/casus/report"
)

// State is where a job stands.
type State string

// The states. The last three are final.
const (
	Waiting   State = "waiting"
	Running   State = "running"
	Done      State = "done"
	Cancelled State = "cancelled"
	Failed    State = "failed" // the batch could not be read to its end
)

// Final reports whether a job in this state reads nothing more.
func (s State) Final() bool { return s == Done || s == Cancelled || s == Failed }

// Job is a batch with how far it was read.
type Job struct {
	ID       string `json:"id"`
	State    State  `json:"state"`
	By       string `json:"by,omitempty"` // who sent it
	Bytes    int64  `json:"bytes"`
	Read     int    `json:"read"`   // reports that were read
	Failed   int    `json:"failed"` // reports that could not be read
	Kept     int    `json:"kept"`   // of those read, new in the record
	Created  string `json:"created"`
	Finished string `json:"finished,omitempty"`
	Error    string `json:"error,omitempty"`    // of a job that failed
	Restarts int    `json:"restarts,omitempty"` // how often it was taken up again after the program had ended
}

// Result is what became of one report.
type Result struct {
	Index      int    `json:"index"`           // in the batch, from 1
	Name       string `json:"name,omitempty"`  // of the file in an archive
	ID         string `json:"id,omitempty"`    // of the report
	Title      string `json:"title,omitempty"` //
	Hash       string `json:"hash,omitempty"`  // in the record, if it is kept
	State      string `json:"state,omitempty"` // what keeping it did: new, version, unchanged
	Statements int    `json:"statements"`
	Acts       int    `json:"acts"`
	Agreements int    `json:"agreements"`
	Error      string `json:"error,omitempty"` // why it could not be read; then nothing but index and name is set
}

// Event is a result, or the end of a job. They are numbered from 1.
type Event struct {
	Number int
	Result *Result
	Done   *Job
}

// Errors that callers tell apart.
var (
	ErrNoJob    = errors.New("there is no such job")
	ErrFull     = errors.New("as many jobs as can be are waiting or running")
	ErrTooLarge = errors.New("the batch is too large")
	ErrInUse    = errors.New("another program runs the jobs of this folder")
)

// errStopped: the runner was closed, and the job waits for the next one.
var errStopped = errors.New("the runner was closed")

const (
	mostUnpacked = 4 << 30   // bytes in all that an archive unpacks to
	mostReports  = 1_000_000 // in one batch
	beat         = 10 * time.Second
)

// Options say how jobs run. Work and Now are needed.
type Options struct {
	// Work reads one report. What it returns needs no index and no name.
	Work    func(ctx context.Context, r *report.Report, keep bool) (Result, error)
	Now     func() time.Time
	Dir     string // where jobs are kept and found again; made for the first job; empty: a temporary folder, removed by Close
	Most    int    // jobs that wait or run, and finished ones that are remembered; 0: 16
	AtOnce  int    // jobs that run at once; 0: 1
	Workers int    // reports of one job that are read at once; 0: 1
	Bytes   int64  // of a batch; 0: 256 MiB
}

// Runner runs jobs. It is safe for concurrent use.
type Runner struct {
	Options
	ctx  context.Context
	stop context.CancelFunc
	slot chan struct{}
	all  sync.WaitGroup

	mu   sync.Mutex
	dir  string     // made for the first job
	lock io.Closer  // of Dir
	jobs []*running // oldest first
}

// running is a job with its files.
type running struct {
	keep   bool
	opts   report.Options
	file   string // of the job, without its ending
	events *os.File
	cancel context.CancelFunc
	stuck  int          // times in a row that it was taken up without getting further
	done   map[int]bool // reports whose results were there when it was taken up

	mu      sync.Mutex
	job     Job
	ends    []int64       // where each event ends in events
	changed chan struct{} // closed when something changes
}

// New returns a runner and takes up the jobs of its folder. ErrInUse if another
// program does so.
func New(o Options) (*Runner, error) {
	if o.Most == 0 {
		o.Most = 16
	}
	if o.Bytes == 0 {
		o.Bytes = 256 << 20
	}
	o.AtOnce, o.Workers = max(1, o.AtOnce), max(1, o.Workers)
	ctx, stop := context.WithCancel(context.Background())
	r := &Runner{Options: o, ctx: ctx, stop: stop, slot: make(chan struct{}, o.AtOnce)}
	if err := r.takeUp(); err != nil {
		stop()
		return nil, fmt.Errorf("take up jobs: %w", err)
	}
	return r, nil
}

// Close ends all jobs after the reports at hand. Those in a folder of the
// runner's wait there for the next one; temporary ones are cancelled and removed.
func (r *Runner) Close() error {
	r.stop()
	r.all.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, j := range r.jobs {
		j.events.Close()
	}
	r.jobs = nil
	if r.lock != nil {
		r.lock.Close()
		r.lock = nil
	}
	if r.dir == "" || r.Dir != "" {
		return nil
	}
	return os.RemoveAll(r.dir)
}

// Start takes a batch in and reads it in the background.
func (r *Runner) Start(batch io.Reader, by string, keep bool, o report.Options) (Job, error) {
	j := &running{keep: keep, opts: o, changed: make(chan struct{}), job: Job{ID: strings.ToLower(rand.Text()[:16]), State: Waiting, By: by, Created: r.Now().UTC().Format(time.RFC3339)}}
	if err := r.admit(j); err != nil {
		return Job{}, fmt.Errorf("start a job: %w", err)
	}
	if err := r.spool(j, batch); err != nil {
		r.forget(j)
		return Job{}, fmt.Errorf("start a job: take the batch in: %w", err)
	}
	job := j.now()
	r.launch(j)
	return job, nil
}

func (r *Runner) launch(j *running) {
	ctx, cancel := context.WithCancel(r.ctx)
	j.mu.Lock()
	j.cancel = cancel
	j.mu.Unlock()
	r.all.Go(func() {
		defer cancel()
		r.run(ctx, j)
	})
}

// admit makes room for a job by forgetting the oldest that is finished.
func (r *Runner) admit(j *running) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.jobs) >= r.Most {
		old := slices.IndexFunc(r.jobs, func(j *running) bool { return j.now().State.Final() })
		if old < 0 {
			return ErrFull
		}
		r.drop(old)
	}
	if err := r.makeDir(); err != nil {
		return err
	}
	j.file = filepath.Join(r.dir, j.job.ID)
	events, err := os.OpenFile(j.file+endEvents, os.O_RDWR|os.O_CREATE|os.O_EXCL|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	j.events = events
	r.jobs = append(r.jobs, j)
	return nil
}

func (r *Runner) drop(n int) {
	j := r.jobs[n]
	j.events.Close()
	for _, end := range []string{endState, endBatch, endPart, endEvents} {
		os.Remove(j.file + end)
	}
	r.jobs = slices.Delete(r.jobs, n, n+1)
}

func (r *Runner) forget(j *running) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n := slices.Index(r.jobs, j); n >= 0 {
		r.drop(n)
	}
}

func (r *Runner) spool(j *running, batch io.Reader) error {
	f, err := os.OpenFile(j.file+endPart, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	n, err := io.Copy(f, io.LimitReader(batch, r.Bytes+1))
	switch {
	case err != nil:
		return err
	case n > r.Bytes:
		return fmt.Errorf("%w: it has more than %d bytes", ErrTooLarge, r.Bytes)
	case n == 0:
		return report.ErrEmpty
	}
	j.mu.Lock()
	j.job.Bytes = n
	j.mu.Unlock()
	if r.Dir != "" { // whoever is told that it is taken in may rely on that
		if err := f.Sync(); err != nil {
			return err
		}
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Rename(j.file+endPart, j.file+endBatch); err != nil {
		return err
	}
	return r.keep(j)
}

// List returns all jobs that are remembered, oldest first.
func (r *Runner) List() []Job {
	r.mu.Lock()
	defer r.mu.Unlock()
	out := []Job{}
	for _, j := range r.jobs {
		out = append(out, j.now())
	}
	return out
}

// Get returns a job; ErrNoJob if none has the id, or it was forgotten.
func (r *Runner) Get(id string) (Job, error) {
	j, err := r.find(id)
	if err != nil {
		return Job{}, err
	}
	return j.now(), nil
}

// Cancel makes a job stop after the reports at hand. A finished one stays as it
// is.
func (r *Runner) Cancel(id string) (Job, error) {
	j, err := r.find(id)
	if err != nil {
		return Job{}, err
	}
	j.mu.Lock()
	if j.cancel != nil {
		j.cancel()
	}
	j.mu.Unlock()
	return j.now(), nil
}

func (r *Runner) find(id string) (*running, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, j := range r.jobs {
		if j.job.ID == id { // never changes
			return j, nil
		}
	}
	return nil, fmt.Errorf("job %.40q: %w", id, ErrNoJob)
}

// Follow hands over every event of a job after the one of that number, then
// each as it comes, up to the end of the job. Between events, and at least every
// ten seconds, tell is called with how far the job is. It returns nil after the
// last event, else the error of the context, of take or of tell.
func (r *Runner) Follow(ctx context.Context, id string, after int, take func(Event) error, tell func(Job) error) error {
	j, err := r.find(id)
	if err != nil {
		return err
	}
	ticker := time.NewTicker(beat)
	defer ticker.Stop()
	for {
		j.mu.Lock()
		changed, known, job := j.changed, len(j.ends), j.job
		j.mu.Unlock()
		for ; after < known; after++ {
			e, err := j.event(after)
			if err != nil {
				return err
			}
			if err := take(e); err != nil {
				return err
			}
			if e.Done != nil {
				return nil
			}
		}
		if job.State.Final() && after >= known {
			return nil // asked for what comes after the end
		}
		if err := tell(job); err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-r.ctx.Done():
			if r.Dir != "" { // the job goes on when the next program takes it up
				return errStopped
			}
			select { // its end comes at once
			case <-changed:
			case <-ticker.C:
			}
		case <-ticker.C:
		case <-changed:
		}
	}
}

// now is the job as it stands.
func (j *running) now() Job {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.job
}

// event reads the event at an index.
func (j *running) event(n int) (Event, error) {
	j.mu.Lock()
	var from int64
	if n > 0 {
		from = j.ends[n-1]
	}
	line := make([]byte, j.ends[n]-from)
	j.mu.Unlock()
	if _, err := j.events.ReadAt(line, from); err != nil {
		return Event{}, fmt.Errorf("read event %d of job %s: %w", n+1, j.job.ID, err)
	}
	e := Event{Number: n + 1}
	var err error
	if line[0] == 'd' {
		err = json.Unmarshal(line[1:], &e.Done)
	} else {
		err = json.Unmarshal(line[1:], &e.Result)
	}
	return e, err
}

// log appends an event and wakes who listens. set changes the job with it.
func (j *running) log(kind byte, v func() any) {
	j.mu.Lock()
	defer j.mu.Unlock()
	line, err := json.Marshal(v())
	if err == nil {
		line = append(append([]byte{kind}, line...), '\n')
		_, err = j.events.Write(line)
	}
	if err != nil { // a full disk: the job goes on, and its state says enough
		slog.Error("event of a job lost", "job", j.job.ID, "error", err)
	} else {
		var at int64
		if len(j.ends) > 0 {
			at = j.ends[len(j.ends)-1]
		}
		j.ends = append(j.ends, at+int64(len(line)))
	}
	close(j.changed)
	j.changed = make(chan struct{})
}

// run reads the batch of a job.
func (r *Runner) run(ctx context.Context, j *running) {
	err := r.readAll(ctx, j)
	if r.Dir != "" && r.ctx.Err() != nil {
		return
	}
	j.log('d', func() any {
		j.job.Finished = r.Now().UTC().Format(time.RFC3339)
		switch {
		case ctx.Err() != nil:
			j.job.State = Cancelled
		case err != nil:
			j.job.State, j.job.Error = Failed, err.Error()
		default:
			j.job.State = Done
		}
		return j.job
	})
	os.Remove(j.file + endBatch) // after its end is written
}

// found is a report of a batch, or why there is none.
type found struct {
	index  int
	name   string
	report *report.Report
	err    error
}

func (r *Runner) readAll(ctx context.Context, j *running) error {
	select {
	case r.slot <- struct{}{}:
		defer func() { <-r.slot }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if j.stuck >= patience {
		return fmt.Errorf("it was taken up %d times and got no further than %d reports; cut the batch, and leave out the report after those", j.stuck, len(j.done))
	}
	j.mu.Lock()
	j.job.State = Running
	j.mu.Unlock()
	next := make(chan found)
	var workers sync.WaitGroup
	for range r.Workers {
		workers.Go(func() {
			for f := range next {
				result, err := r.one(ctx, j, f)
				if ctx.Err() != nil {
					continue // half done; whoever cancelled wants no more
				}
				j.log('r', func() any {
					if err != nil {
						result = Result{Error: err.Error()}
					}
					result.Index, result.Name = f.index, f.name
					j.job.count(result)
					return result
				})
			}
		})
	}
	err := r.feed(ctx, j, next)
	close(next)
	workers.Wait()
	return err
}

// one reads one report. One that breaks the program must not end the job.
func (r *Runner) one(ctx context.Context, j *running, f found) (result Result, err error) {
	if f.err != nil {
		return Result{}, f.err
	}
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("read report %s: the program failed: %v", f.report.ID, broken)
		}
	}()
	return r.Work(ctx, f.report, j.keep)
}

// feed hands the reports of a batch to the workers.
func (r *Runner) feed(ctx context.Context, j *running, next chan<- found) error {
	index := 0
	for f, err := range reports(j.file+endBatch, j.opts) {
		if err != nil {
			return err
		}
		if index++; index > mostReports {
			return fmt.Errorf("%w: it has more than %d reports", ErrTooLarge, mostReports)
		}
		if j.done[index] {
			continue
		}
		f.index = index
		select {
		case next <- f:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// reports yields the reports of a file. An error beside no report ends it.
func reports(file string, o report.Options) iter.Seq2[found, error] {
	return func(yield func(found, error) bool) {
		f, err := os.Open(file)
		if err != nil {
			yield(found{}, err)
			return
		}
		defer f.Close()
		var head [4]byte
		if _, err := io.ReadFull(f, head[:]); err == nil && string(head[:]) == "PK\x03\x04" {
			info, err := f.Stat()
			if err == nil {
				err = archive(f, info.Size(), o, yield)
			}
			if err != nil {
				yield(found{}, fmt.Errorf("read the archive: %w", err))
			}
			return
		}
		if _, err := f.Seek(0, io.SeekStart); err != nil {
			yield(found{}, err)
			return
		}
		o.Name = "the batch"
		for rep, err := range report.All(f, o) {
			if !yield(found{report: rep, err: err}, nil) {
				return
			}
		}
	}
}

// archive yields the reports of all files of a zip archive. What it unpacks to
// is bounded, whatever it says of itself.
func archive(f io.ReaderAt, size int64, o report.Options, yield func(found, error) bool) error {
	z, err := zip.NewReader(f, size)
	if err != nil {
		return err
	}
	left := &io.LimitedReader{N: mostUnpacked}
	for _, entry := range z.File {
		// Files of the system that packed it, and folders.
		if entry.FileInfo().IsDir() || strings.HasPrefix(path.Base(entry.Name), ".") || strings.HasPrefix(entry.Name, "__MACOSX/") {
			continue
		}
		o.Name = fmt.Sprintf("%.200q", entry.Name)
		in, err := entry.Open()
		if err != nil {
			if !yield(found{name: entry.Name, err: fmt.Errorf("open %s: %w", o.Name, err)}, nil) {
				return nil
			}
			continue
		}
		left.R = in
		for rep, err := range report.All(left, o) {
			if !yield(found{name: entry.Name, report: rep, err: err}, nil) {
				in.Close()
				return nil
			}
		}
		in.Close()
		if left.N <= 0 {
			return fmt.Errorf("%w: it unpacks to more than %d bytes", ErrTooLarge, int64(mostUnpacked))
		}
	}
	return nil
}
