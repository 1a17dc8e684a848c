package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"path"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/report/fetch"
	"github.com/casus-foederis/casus/text"
	"github.com/casus-foederis/casus/why"
)

// Problem is an error as RFC 9457 has it, with a hint on what to do.
type Problem struct {
	Type   string              `json:"type" doc:"always about:blank: the status says what kind of problem it is"`
	Title  string              `json:"title" doc:"words for the status"`
	Status int                 `json:"status" doc:"HTTP status"`
	Detail string              `json:"detail" doc:"what was attempted and why it failed"`
	Hint   string              `json:"hint,omitempty" doc:"what to do about it"`
	Errors []*huma.ErrorDetail `json:"errors,omitempty" doc:"each part of the request that is wrong"`

	after int // seconds after which to try again; 0: no word on it
}

// GetHeaders says when to try again.
func (p *Problem) GetHeaders() http.Header {
	if p.after == 0 {
		return nil
	}
	return http.Header{"Retry-After": {strconv.Itoa(p.after)}}
}

// Error returns what went wrong.
func (p *Problem) Error() string { return p.Detail }

// GetStatus is the status that the API answers with.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of problems.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

func problemOf(status int, detail, hint string) *Problem {
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail, Hint: hint}
}

// The library that describes the API keeps what its errors look like, and
// whether lists may be null, for the whole program; ours have one form.
func init() {
	huma.DefaultArrayNullable = false
	huma.NewError = func(status int, message string, errs ...error) huma.StatusError {
		p := problemOf(status, message, "")
		for _, err := range errs {
			if errors.Is(err, io.ErrUnexpectedEOF) {
				return cutShort()
			}
		}
		for _, err := range errs {
			var own *Problem
			if errors.As(err, &own) {
				return own
			}
			var d huma.ErrorDetailer
			switch {
			case errors.As(err, &d):
				p.Errors = append(p.Errors, d.ErrorDetail())
			case err != nil:
				p.Errors = append(p.Errors, &huma.ErrorDetail{Message: err.Error()})
			}
		}
		if len(p.Errors) > 0 && message == "validation failed" {
			first := p.Errors[0]
			p.Detail = strings.TrimSpace(first.Location + ": " + first.Message)
			p.Hint = "/api/openapi.json describes each operation"
		}
		return p
	}
}

// writeProblem writes an error of the API where no operation does.
func writeProblem(w http.ResponseWriter, status int, message, hint string) {
	p := problemOf(status, message, hint)
	w.Header().Set("Content-Type", p.ContentType(""))
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(p); err != nil {
		slog.Debug("problem not written", "error", err) // whoever asked has gone
	}
}

// problemFor says what kind of answer an error of an operation is. What is not
// the caller's fault is logged, and the answer tells nothing of it.
func problemFor(ctx context.Context, op string, err error) *Problem {
	var own *Problem
	var bad *duty.BadQuestion
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &bad):
		return problemOf(http.StatusUnprocessableEntity, bad.Message, bad.Hint)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return cutShort()
	case errors.As(err, &large), errors.Is(err, report.ErrTooLarge):
		return problemOf(http.StatusRequestEntityTooLarge, err.Error(), "a report has at most 10 MiB; a batch goes to POST /api/jobs")
	case errors.Is(err, report.ErrEmpty), errors.Is(err, report.ErrBinary), errors.Is(err, report.ErrPDF), errors.Is(err, report.ErrArchive):
		return problemOf(http.StatusUnprocessableEntity, err.Error(), "send a page, a text or one JSON object as the body, or name a page by ?url=")
	case errors.Is(err, fetch.ErrAddress), errors.Is(err, fetch.ErrForbade), errors.Is(err, fetch.ErrTooLarge):
		return problemOf(http.StatusUnprocessableEntity, err.Error(), "only pages of the public internet of at most 10 MiB are read by address; save the page and send it as the body")
	case errors.Is(err, fetch.ErrStatus), errors.Is(err, fetch.ErrTooFar), errors.Is(err, fetch.ErrTooSlow), errors.Is(err, fetch.ErrEncoded), errors.Is(err, fetch.ErrServer):
		return problemOf(http.StatusBadGateway, err.Error(), "open the page in a browser, save it and send it as the body")
	case errors.Is(err, record.ErrNotFound), errors.Is(err, record.ErrAmbiguous):
		return problemOf(http.StatusNotFound, err.Error(), "GET /api/reports lists the reports")
	case errors.Is(err, record.ErrNoDraft):
		return problemOf(http.StatusNotFound, err.Error(), "GET /api/drafts lists the drafts")
	case errors.Is(err, record.ErrDecided):
		return problemOf(http.StatusConflict, err.Error(), "look at the draft again")
	case errors.Is(err, record.ErrNoWords):
		return problemOf(http.StatusUnprocessableEntity, err.Error(), `words are joined by blanks; "several words" stand together; -word is left out`)
	case ctx.Err() != nil:
		return problemOf(http.StatusServiceUnavailable, "the request ended before its answer was there", "")
	}
	slog.ErrorContext(ctx, "operation failed", "operation", op, "error", err)
	return problemOf(http.StatusInternalServerError, "this could not be answered; the server's log says why", "")
}

// cutShort answers a request whose body ended before it was whole.
func cutShort() *Problem {
	return problemOf(http.StatusBadRequest, "the body ended before it was whole: it has fewer bytes than Content-Length says", "send it again")
}

// description is what the document says of the API as a whole.
const description = `Everything that the pages show, as JSON. Lists take limit and offset and link to the next page (Link: rel="next"). Answers have an ETag; If-None-Match saves sending them again. Errors are problem details (RFC 9457) with a hint. Days are written YYYY-MM-DD, states as ISO 3166-1 alpha-3. Spans are half-open UTF-8 byte offsets. Fields are added and never change their meaning. On a server with tokens send Authorization: Bearer TOKEN.`

// api registers every operation. Who may use each stands in the table access.
func (s *Server) api(mux *router) {
	registry := huma.NewMapRegistry("#/components/schemas/", schemaName)
	for of, as := range map[reflect.Type]reflect.Type{
		reflect.TypeFor[text.Span](): reflect.TypeFor[[2]int](), reflect.TypeFor[why.Value](): reflect.TypeFor[truthName](), reflect.TypeFor[why.Kind](): reflect.TypeFor[nodeName](),
		reflect.TypeFor[day.Day](): reflect.TypeFor[dayName](),
	} {
		registry.RegisterTypeAlias(of, as)
	}
	c := huma.Config{
		OpenAPI: &huma.OpenAPI{
			OpenAPI: "3.1.0",
			Info: &huma.Info{Title: "Casus", Version: s.release, Description: description,
				License: &huma.License{Name: "Apache 2.0", Identifier: "Apache-2.0"}},
			Components: &huma.Components{Schemas: registry, SecuritySchemes: map[string]*huma.SecurityScheme{
				"token": {Type: "http", Scheme: "bearer", Description: "A token of the server's token file. A server without one asks for none."},
			}},
			Security: []map[string][]string{{"token": {}}, {}},
			Servers:  []*huma.Server{{URL: "/"}},
		},
		OpenAPIPath: "/api/openapi", Formats: huma.DefaultFormats, DefaultFormat: "application/json", RejectUnknownQueryParameters: true,
	}
	c.AllowAdditionalPropertiesByDefault = true // fields are added within a version
	api := humago.New(mux, c)
	s.askOperations(api)
	s.corpusOperations(api)
	s.readOperations(api)
	s.recordOperations(api)
	s.jobOperations(api)
	s.described = describe(api.OpenAPI())
	mux.HandleFunc("GET /api", s.apiPage)
}

// schemaName names a type in the document: by its package, which says what it is
// about, unless it is of this one.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	name := huma.DefaultSchemaNamer(t, hint)
	pkg := path.Base(t.PkgPath())
	if pkg == "web" || !strings.HasPrefix(t.PkgPath(), "github.com/casus-foederis/") {
		return name
	}
	pkg = strings.ToUpper(pkg[:1]) + pkg[1:]
	return pkg + strings.TrimPrefix(name, pkg)
}

// What is written as a word or a day though it is a number.
type (
	truthName string
	nodeName  string
	dayName   string
)

// Schema lists the values that a part of a derivation has.
func (truthName) Schema(huma.Registry) *huma.Schema {
	return words(why.NotMet.String(), why.Met.String(), why.Unknown.String(), why.Disputed.String())
}

// Schema lists the kinds of parts of a derivation.
func (nodeName) Schema(huma.Registry) *huma.Schema {
	return words(why.Step.String(), why.Clause.String(), why.Statement.String(), why.Exception.String(), why.Reading.String())
}

// Schema is that of days.
func (dayName) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: huma.TypeString, Format: "date", Description: "a civil day, YYYY-MM-DD"}
}

func words(list ...string) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString}
	for _, w := range list {
		s.Enum = append(s.Enum, w)
	}
	return s
}

// operation registers one: its id is the name by which clients generated from
// the document call it.
func operation[I, O any](api huma.API, method, at, id, tag, summary string, do func(context.Context, *I) (*O, error), set ...func(*huma.Operation)) {
	op := huma.Operation{Method: method, Path: at, OperationID: id, Summary: summary, Tags: []string{tag},
		BodyReadTimeout: -1, MaxBodyBytes: -1} // the server's limits hold
	if tags[method+" "+at] != never {
		op.Responses = map[string]*huma.Response{"304": {Description: "as If-None-Match has it"}}
	}
	for _, s := range set {
		s(&op)
	}
	op.Errors = append(op.Errors, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound, http.StatusUnprocessableEntity, http.StatusTooManyRequests, http.StatusServiceUnavailable)
	slices.Sort(op.Errors)
	op.Errors = slices.Compact(op.Errors)
	// A body that a Resolve takes is described, and is not the library's to read.
	body := op.RequestBody
	op.RequestBody = nil
	huma.Register(api, op, func(ctx context.Context, in *I) (*O, error) {
		out, err := do(ctx, in)
		if err != nil {
			return nil, problemFor(ctx, id, err)
		}
		return out, nil
	})
	if body != nil {
		api.OpenAPI().Paths[at].Post.RequestBody = body
	}
}

// Paging are the parameters of lists. Like other sets of parameters it is
// exported because the library looks into those only.
type Paging struct {
	Limit  int `query:"limit" minimum:"1" maximum:"1000" default:"50" doc:"at most so many"`
	Offset int `query:"offset" minimum:"0" maximum:"1000000" default:"0" doc:"leave out so many first"`

	at url.URL
}

// Resolve keeps the address, from which those of the pages before and after
// are made.
func (p *Paging) Resolve(ctx huma.Context) []error {
	p.at = ctx.URL()
	return nil
}

// list is a page of a list with the way to its neighbours.
type list[T any] struct {
	Link string `header:"Link" doc:"pages before and after, RFC 8288"`
	Body []T
}

// paged wraps what was found. A full page has another one after it, which may
// turn out to be empty: counting all would cost more than looking.
func paged[T any](p Paging, found []T) *list[T] {
	if found == nil {
		found = []T{}
	}
	var links []string
	link := func(rel string, offset int) {
		q := p.at.Query()
		q.Set("offset", strconv.Itoa(offset))
		links = append(links, fmt.Sprintf("<%s?%s>; rel=%q", p.at.EscapedPath(), q.Encode(), rel))
	}
	if p.Offset > 0 {
		link("prev", max(0, p.Offset-p.Limit))
	}
	if len(found) == p.Limit {
		link("next", p.Offset+p.Limit)
	}
	return &list[T]{strings.Join(links, ", "), found}
}

// followed is paged for lists of the record, which go on after the last of a page
// instead of counting what came before.
func followed[T any](p Paging, found []T, ref func(T) string) *list[T] {
	out := paged(p, found)
	if n := len(found); n == p.Limit && n > 0 {
		q := p.at.Query()
		q.Del("offset")
		q.Set("after", ref(found[n-1]))
		links := slices.DeleteFunc(strings.Split(out.Link, ", "), func(l string) bool { return !strings.Contains(l, `rel="prev"`) })
		out.Link = strings.Join(append(links, fmt.Sprintf("<%s?%s>; rel=\"next\"", p.at.EscapedPath(), q.Encode())), ", ")
	}
	return out
}

// cut takes a page out of a whole list.
func cut[T any](p Paging, all []T) *list[T] {
	from := min(p.Offset, len(all))
	return paged(p, all[from:min(from+p.Limit, len(all))])
}

// only wraps a single answer.
type only[T any] struct{ Body T }

// dayOf reads a day; for none it returns other.
func dayOf(name, given string, other day.Day) (day.Day, error) {
	if given == "" {
		return other, nil
	}
	d, err := day.Parse(given)
	if err != nil {
		return 0, &duty.BadQuestion{Message: name + ": " + err.Error(), Hint: "days are written like 2025-01-10"}
	}
	return d, nil
}

// maybeDay reads a day; for none it returns nil.
func maybeDay(name, given string) (*day.Day, error) {
	if given == "" {
		return nil, nil
	}
	d, err := dayOf(name, given, 0)
	return &d, err
}
