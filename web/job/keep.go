package job

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/report"
)

// The files of a job, named for its id. The state is written last when a job is
// taken in, so that a job without one was not.
const (
	endState  = ".json"
	endBatch  = ".batch"
	endPart   = ".batch.part"
	endEvents = ".events"
)

// ours are the names of files that a runner writes.
var ours = regexp.MustCompile(`^[a-z2-7]{16}(\.json|\.json\.part|\.batch|\.batch\.part|\.events)$`)

// state is what the file of a job holds: what was asked, and how often it was
// taken up.
type state struct {
	Job
	Keep      bool   `json:"keep"`
	Published string `json:"published,omitempty"` // day of reports that do not say
	Stuck     int    `json:"stuck,omitempty"`     // times in a row that it was taken up and got no further
	Events    int    `json:"events,omitempty"`    // that it had when it was last taken up
}

// patience is how often a job may be taken up without getting further: one of
// its reports may be what ends the program.
const patience = 3

// makeDir makes the folder for jobs and keeps other programs out of it.
func (r *Runner) makeDir() (err error) {
	if r.dir != "" {
		return nil
	}
	if r.Dir == "" {
		r.dir, err = os.MkdirTemp("", "casus-jobs-")
		return err
	}
	if err := os.MkdirAll(r.Dir, 0o700); err != nil {
		return err
	}
	if r.lock, err = lock(filepath.Join(r.Dir, "lock")); err != nil {
		return err
	}
	r.dir = r.Dir
	return nil
}

// keep writes the state of a job, so that it is found again.
func (r *Runner) keep(j *running) error {
	if r.Dir == "" {
		return nil
	}
	s := state{Job: j.now(), Keep: j.keep, Stuck: j.stuck, Events: len(j.ends)}
	if j.opts.Published.Known() {
		s.Published = j.opts.Published.Period.String()
	}
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(j.file+endState+".part", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	if _, err := f.Write(data); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), j.file+endState)
}

// takeUp finds the jobs of the runner's folder and goes on with those that are
// not done. Files of batches that were not taken in whole are removed.
func (r *Runner) takeUp() error {
	if r.Dir == "" {
		return nil
	}
	entries, err := os.ReadDir(r.Dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := r.makeDir(); err != nil {
		return err
	}
	known := map[string]bool{}
	for _, e := range entries {
		if id, ok := strings.CutSuffix(e.Name(), endState); ok && ours.MatchString(e.Name()) {
			known[id] = true
		}
	}
	for _, e := range entries {
		if id, _, _ := strings.Cut(e.Name(), "."); ours.MatchString(e.Name()) && (!known[id] || strings.HasSuffix(e.Name(), ".part")) {
			os.Remove(filepath.Join(r.Dir, e.Name()))
		}
	}
	for id := range known {
		j, err := r.load(id)
		if err != nil { // one that cannot be read must not stop the others
			slog.Error("a job could not be taken up; its files are left where they are", "job", id, "error", err)
			continue
		}
		r.jobs = append(r.jobs, j)
	}
	slices.SortFunc(r.jobs, func(a, b *running) int { return strings.Compare(a.job.Created+a.job.ID, b.job.Created+b.job.ID) })
	for _, j := range r.jobs {
		if !j.job.State.Final() {
			r.launch(j)
		}
	}
	return nil
}

// load reads a job and its results. A result that was half written when the
// program ended is cut off.
func (r *Runner) load(id string) (*running, error) {
	j := &running{file: filepath.Join(r.dir, id), changed: make(chan struct{}), done: map[int]bool{}}
	data, err := os.ReadFile(j.file + endState)
	if err != nil {
		return nil, err
	}
	var s state
	if err := json.Unmarshal(data, &s); err != nil {
		return nil, err
	}
	if s.ID != id {
		return nil, fmt.Errorf("its file says that it is job %.40q", s.ID)
	}
	j.job, j.keep = s.Job, s.Keep
	j.job.State, j.job.Read, j.job.Failed, j.job.Kept = Waiting, 0, 0, 0
	if s.Published != "" {
		p, err := day.ParsePeriod(s.Published)
		if err != nil {
			return nil, err
		}
		j.opts.Published = report.Date{Period: p}
	}
	if j.events, err = os.OpenFile(j.file+endEvents, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600); err != nil {
		return nil, err
	}
	if err := j.recall(); err != nil {
		j.events.Close()
		return nil, err
	}
	if j.job.State.Final() {
		return j, nil
	}
	j.job.Restarts++
	if j.stuck = s.Stuck + 1; len(j.ends) > s.Events {
		j.stuck = 0
	}
	if err := r.keep(j); err != nil {
		j.events.Close()
		return nil, err
	}
	return j, nil
}

// recall counts what the results of a job say.
func (j *running) recall() error {
	var at int64
	in := bufio.NewReader(j.events)
	for {
		line, err := in.ReadBytes('\n')
		if err == io.EOF {
			return j.events.Truncate(at) // what is left has no end
		}
		if err != nil {
			return err
		}
		line = bytes.TrimSuffix(line, []byte("\n"))
		var e Event
		switch {
		case len(line) > 0 && line[0] == 'd':
			err = json.Unmarshal(line[1:], &e.Done)
		case len(line) > 0 && line[0] == 'r':
			err = json.Unmarshal(line[1:], &e.Result)
		default:
			err = errors.New("it is no event")
		}
		if err != nil {
			return fmt.Errorf("event %d: %w", len(j.ends)+1, err)
		}
		at += int64(len(line)) + 1
		j.ends = append(j.ends, at)
		if e.Done != nil {
			restarts := j.job.Restarts
			j.job = *e.Done
			j.job.Restarts = max(restarts, j.job.Restarts)
			continue
		}
		j.done[e.Result.Index] = true
		j.job.count(*e.Result)
	}
}

// count adds a result to how far a job is.
func (j *Job) count(r Result) {
	switch {
	case r.Error != "":
		j.Failed++
		return
	case r.State == "new" || r.State == "version":
		j.Kept++
	}
	j.Read++
}
