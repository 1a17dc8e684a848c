package web

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"sync/atomic"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/review"
)

// taken is a report that was taken in and read.
type taken struct {
	check.Checked
	bytes  string        // SHA-256 of the bytes that it was read from
	claims record.Claims // none on a server without a record
}

// turns bounds how much is done at once of what takes a core for long, or some
// tens of megabytes: reading a report, gathering accounts, tables of the world.
type turns struct {
	free    chan struct{}
	waiting atomic.Int32
}

func newTurns() *turns { return &turns{free: make(chan struct{}, runtime.GOMAXPROCS(0))} }

// perTurn is how many may wait for each that reads.
const perTurn = 16

// take waits for a turn and returns what ends it. Where too many wait already
// it refuses at once: whoever comes later would wait longer than anybody does.
func (t *turns) take(ctx context.Context) (func(), error) {
	if int(t.waiting.Load()) >= perTurn*cap(t.free) {
		p := problemOf(http.StatusServiceUnavailable, "too many ask for what takes long", "try again in a few seconds; a batch of reports goes to POST /api/jobs")
		p.after = 5
		return nil, p
	}
	return t.wait(ctx)
}

// wait waits for a turn, however many do.
func (t *turns) wait(ctx context.Context) (func(), error) {
	t.waiting.Add(1)
	defer t.waiting.Add(-1)
	select {
	case t.free <- struct{}{}:
		return func() { <-t.free }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// inTurn does something in its turn.
func (t *turns) inTurn(ctx context.Context, do func() error) error {
	done, err := t.take(ctx)
	if err != nil {
		return err
	}
	defer done()
	return do()
}

// read reads a report out of in, or the page at an address if one is given.
// Date is the day of publication for a report that does not say.
func (s *Server) read(ctx context.Context, in io.Reader, address, date string) (taken, error) {
	o := report.Options{Name: "the report"}
	if date != "" {
		p, err := day.ParsePeriod(date)
		if err != nil {
			return taken{}, problemOf(http.StatusUnprocessableEntity, "date: "+err.Error(), "days are written like 2024-06-19; a month or a year will do")
		}
		o.Published = report.Date{Period: p}
	}
	if address != "" {
		page, err := s.fetch.Get(ctx, address)
		if err != nil {
			return taken{}, err
		}
		in, o.Name, o.URL, o.Charset = bytes.NewReader(page.Body), page.URL, page.URL, page.Charset
	}
	done, err := s.turns.take(ctx)
	if err != nil {
		return taken{}, err
	}
	defer done()
	rep, err := report.Read(in, o)
	if err != nil {
		return taken{}, err
	}
	return s.understand(ctx, rep)
}

// understand reads a report and holds it against the corpus and against what its
// speakers said before, if there is a record.
func (s *Server) understand(ctx context.Context, rep *report.Report) (taken, error) {
	t := taken{Checked: s.checker().Check(s.reader.Read(rep)), bytes: rep.Hash}
	t.Checks, t.Follows = listed(t.Checks), listed(t.Follows)
	if s.store == nil {
		return t, nil
	}
	t.claims = s.checker().Claims(t.Document)
	found, err := s.checker().Otherwise(ctx, t.Published, t.claims.List, s.store)
	t.Checks = append(t.Checks, found...)
	return t, err
}

// keep adds a report to the record.
func (s *Server) keep(ctx context.Context, doc taken) (record.Added, error) {
	when := s.now().UTC().Format(time.RFC3339)
	return s.store.Add(ctx, record.Entry{Hash: doc.bytes, Document: doc.Document, Added: when, Claims: doc.claims,
		Then: func(ctx context.Context, q record.Queue, hash string) error {
			_, err := review.Propose(ctx, q, s.held, hash, when, doc.Document)
			return err
		}})
}

// reportInput is a report in the body of a request, or its address.
type reportInput struct {
	URL  string `query:"url" doc:"address of a page on the public internet, to be read instead of the body" example:"https://news.example/page.html"`
	Date string `query:"date" doc:"day of publication, for a report that does not say; a month or a year will do" example:"2024-06-19"`

	body []byte
}

// Resolve reads the body whole, before anything waits for a turn.
func (in *reportInput) Resolve(ctx huma.Context) []error {
	var err error
	if in.body, err = io.ReadAll(ctx.BodyReader()); err != nil {
		return []error{problemFor(ctx.Context(), "read the body", fmt.Errorf("read the request: %w", err))}
	}
	return nil
}

// reportBody says of an operation that it takes a report.
func reportBody(op *huma.Operation) {
	text := &huma.Schema{Type: huma.TypeString}
	field := func(words string) *huma.Schema { return &huma.Schema{Type: huma.TypeString, Description: words} }
	object := &huma.Schema{Type: huma.TypeObject, Required: []string{"text"}, Properties: map[string]*huma.Schema{
		"text": field("kept byte for byte"), "id": field("kept; else made from the bytes"), "url": field(""), "outlet": field(""), "title": field(""),
		"published": field("a day, a month or a year"),
	}}
	media := map[string]*huma.MediaType{"text/html": {Schema: text}, "text/plain": {Schema: text}, "application/json": {Schema: object}}
	op.RequestBody = &huma.RequestBody{Description: "The report, as it was published. What it is, and its encoding, is found out; it has at most 10 MiB.", Content: media}
	op.Errors = append(op.Errors, http.StatusRequestEntityTooLarge, http.StatusBadGateway, http.StatusServiceUnavailable)
}

// Verdicts is what the record says to a report's claims.
type Verdicts struct {
	ID      string              `json:"id" doc:"of the report"`
	Checks  []check.Verdict     `json:"checks"`
	Follows []check.Consequence `json:"follows"`
}

// readOperations are those that read a report.
func (s *Server) readOperations(api huma.API) {
	operation(api, "POST", "/api/read", "read", "reports", "Read a report and hold it against the record; nothing is kept", func(ctx context.Context, in *reportInput) (*only[check.Checked], error) {
		doc, err := s.read(ctx, bytes.NewReader(in.body), in.URL, in.Date)
		return &only[check.Checked]{doc.Checked}, err
	}, reportBody)
	operation(api, "POST", "/api/check", "check", "reports", "What the record says to a report's claims; nothing is kept", func(ctx context.Context, in *reportInput) (*only[Verdicts], error) {
		doc, err := s.read(ctx, bytes.NewReader(in.body), in.URL, in.Date)
		if err != nil {
			return nil, err
		}
		return &only[Verdicts]{Verdicts{doc.ID, doc.Checks, doc.Follows}}, nil
	}, reportBody)
}
