package web

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/sse"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/web/guard"
	"github.com/casus-foederis/casus/web/job"
)

// batchInput is a batch in the body of a request.
type batchInput struct {
	Keep bool   `query:"keep" default:"true" doc:"keep the reports in the record; else they are only read"`
	Date string `query:"date" doc:"day of publication, for reports that do not say"`

	body io.Reader
}

// Resolve hands on the body, which is put on disk and not in memory.
func (in *batchInput) Resolve(ctx huma.Context) []error {
	in.body = ctx.BodyReader()
	return nil
}

type jobInput struct {
	ID string `path:"id"`
}

// jobOperations are those that read batches in the background.
func (s *Server) jobOperations(api huma.API) {
	operation(api, "POST", "/api/jobs", "startJob", "jobs", "Read a batch in the background", s.startJob, func(op *huma.Operation) {
		op.DefaultStatus = http.StatusAccepted
		media := map[string]*huma.MediaType{}
		for _, kind := range []string{"application/jsonl", "application/zip", "application/gzip"} {
			media[kind] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
		}
		op.RequestBody = &huma.RequestBody{Required: true, Content: media,
			Description: fmt.Sprintf("JSON Lines, one report a line, or a zip archive of pages, texts and JSON Lines; at most %d MiB.", int64(maxBatch)>>20)}
		op.Errors = append(op.Errors, http.StatusRequestEntityTooLarge, http.StatusServiceUnavailable)
	})
	operation(api, "GET", "/api/jobs", "jobs", "jobs", "Jobs that this server remembers, oldest first", func(context.Context, *struct{}) (*only[[]job.Job], error) {
		return &only[[]job.Job]{s.jobs.List()}, nil
	})
	operation(api, "GET", "/api/jobs/{id}", "job", "jobs", "How far a job is", func(_ context.Context, in *jobInput) (*only[job.Job], error) {
		j, err := s.jobs.Get(in.ID)
		return &only[job.Job]{j}, jobProblem(err)
	})
	operation(api, "DELETE", "/api/jobs/{id}", "cancelJob", "jobs", "Stop a job after the reports at hand; what it kept stays", func(ctx context.Context, in *jobInput) (*only[job.Job], error) {
		j, err := s.jobs.Get(in.ID)
		if err != nil {
			return nil, jobProblem(err)
		}
		if c := guard.CallerOf(ctx); c.Keyed && j.By != c.Name && !c.May(guard.All) {
			return nil, problemOf(http.StatusForbidden, "the job is somebody else's", "who has all roles can stop it")
		}
		j, err = s.jobs.Cancel(in.ID)
		return &only[job.Job]{j}, jobProblem(err)
	}, func(op *huma.Operation) { op.DefaultStatus = http.StatusAccepted })
	sse.Register(api, huma.Operation{Method: "GET", Path: "/api/jobs/{id}/events", OperationID: "jobEvents", Tags: []string{"jobs"},
		Summary:     "What becomes of each report of a job, as Server-Sent Events",
		Description: "Every result from the first, or from the one after Last-Event-ID, then each as it comes, then done. Between them progress, without a number. When the server starts again the numbers go on, so Last-Event-ID serves there too.",
		Middlewares: huma.Middlewares{s.knownJob(api)},
		Errors:      []int{http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusTooManyRequests},
	}, map[string]any{"progress": job.Job{}, "result": job.Result{}, "done": jobDone{}}, s.jobEvents)
}

// jobDone is the last event of a job.
type jobDone struct {
	job.Job
}

// maxBatch is the largest batch, in bytes.
const maxBatch = 256 << 20

func (s *Server) startJob(ctx context.Context, in *batchInput) (*struct {
	Location string `header:"Location"`
	Body     job.Job
}, error) {
	if in.Keep && s.store == nil {
		return nil, errNoRecord()
	}
	o := report.Options{}
	if in.Date != "" {
		p, err := day.ParsePeriod(in.Date)
		if err != nil {
			return nil, problemOf(http.StatusUnprocessableEntity, "date: "+err.Error(), "days are written like 2024-06-19")
		}
		o.Published = report.Date{Period: p}
	}
	j, err := s.jobs.Start(in.body, guard.CallerOf(ctx).Name, in.Keep, o)
	if err != nil {
		return nil, jobProblem(err)
	}
	return &struct {
		Location string `header:"Location"`
		Body     job.Job
	}{"/api/jobs/" + j.ID, j}, nil
}

// jobProblem says what kind of answer an error of a job is.
func jobProblem(err error) error {
	var large *http.MaxBytesError
	switch {
	case errors.Is(err, job.ErrNoJob):
		return problemOf(http.StatusNotFound, err.Error(), "jobs are forgotten when many came later; what they kept stays")
	case errors.Is(err, job.ErrFull):
		p := problemOf(http.StatusServiceUnavailable, err.Error(), "wait until one is done; GET /api/jobs lists them")
		p.after = 30
		return p
	case errors.Is(err, job.ErrTooLarge), errors.As(err, &large):
		return problemOf(http.StatusRequestEntityTooLarge, err.Error(), "cut the batch into several")
	}
	return err
}

// knownJob answers a listener to a job that is not there before the stream
// begins.
func (s *Server) knownJob(api huma.API) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		if _, err := s.jobs.Get(ctx.Param("id")); err != nil {
			p := problemFor(ctx.Context(), "jobEvents", jobProblem(err))
			huma.WriteErr(api, ctx, p.Status, p.Detail, p)
			return
		}
		ctx.SetHeader("Cache-Control", "no-store")
		ctx.SetHeader("X-Accel-Buffering", "no") // a proxy that waits for more would hold every event back
		next(ctx)
	}
}

func (s *Server) jobEvents(ctx context.Context, in *struct {
	ID   string `path:"id"`
	Last int    `header:"Last-Event-ID" minimum:"0" doc:"number of the last event that was seen"`
}, send sse.Sender) {
	// Whoever listens has gone, or the job has: there is nobody to tell.
	_ = s.jobs.Follow(ctx, in.ID, in.Last, func(e job.Event) error {
		if e.Done != nil {
			return send(sse.Message{ID: e.Number, Data: jobDone{*e.Done}})
		}
		return send(sse.Message{ID: e.Number, Data: *e.Result})
	}, func(j job.Job) error { return send.Data(j) })
}

// work reads one report of a batch.
func (s *Server) work(ctx context.Context, rep *report.Report, keep bool) (job.Result, error) {
	done, err := s.turns.wait(ctx)
	if err != nil {
		return job.Result{}, err
	}
	doc, err := func() (taken, error) {
		defer done() // also where a report breaks the program
		return s.understand(ctx, rep)
	}()
	if err != nil {
		return job.Result{}, err
	}
	r := job.Result{ID: doc.ID, Title: doc.Title, Statements: len(doc.Statements), Acts: len(doc.Acts), Agreements: len(doc.Agreements)}
	if !keep {
		return r, nil
	}
	added, err := s.keep(ctx, doc)
	if err != nil {
		return job.Result{}, err
	}
	r.Hash, r.State = added.Hash, string(added.State)
	return r, nil
}
