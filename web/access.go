package web

import (
	"net/http"
	"slices"

	"github.com/casus-foederis/casus/web/guard"
)

// need is what a route asks of a request: the roles of whoever sends it, and how
// many bytes of it are read.
type need struct {
	roles guard.Role
	body  int64
}

// Forms and questions are small; one report has at most ten MiB.
const (
	smallBody  = 64 << 10
	mediumBody = 1 << 20
	maxBody    = 11 << 20
)

// access says of every route who may use it. A route that is missing here is
// not served: New fails.
var access = map[string]need{
	"/":            {guard.Everyone, smallBody}, // nothing is there; what would be is not said
	"GET /static/": {guard.Everyone, smallBody},
	"GET /login":   {guard.Everyone, smallBody},
	"POST /login":  {guard.Everyone, smallBody},
	"POST /logout": {guard.Everyone, smallBody},

	"GET /{$}":              {guard.Read, smallBody},
	"GET /picture.svg":      {guard.Read, smallBody},
	"GET /report":           {guard.Read, smallBody},
	"POST /report":          {guard.Read, maxBody}, // keeping it needs Write, which the form asks for
	"GET /instruments":      {guard.Read, smallBody},
	"GET /instrument/{id}":  {guard.Read, smallBody},
	"GET /states":           {guard.Read, smallBody},
	"GET /state/{code}":     {guard.Read, smallBody},
	"GET /person/{name}":    {guard.Read, smallBody},
	"POST /person/{name}":   {guard.Review, smallBody},
	"GET /years":            {guard.Read, smallBody},
	"GET /conflicts":        {guard.Read, smallBody},
	"GET /answer":           {guard.Read, smallBody},
	"GET /compare":          {guard.Read, smallBody},
	"GET /review":           {guard.Read, smallBody},
	"GET /review/{number}":  {guard.Read, smallBody},
	"POST /review/{number}": {guard.Review, 1 << 20}, // a treaty file

	"GET /instrument/{id}/changed": {guard.Read, smallBody},
	"GET /instrument/{id}/cases":   {guard.Read, smallBody},
	"GET /search/counts":           {guard.Read, smallBody},
	"GET /record/{key}/others":     {guard.Read, smallBody},
	"GET /happening/{hash}/{id}":   {guard.Read, smallBody},
	"POST /happening/{hash}/{id}":  {guard.Review, smallBody},
	"GET /search":                  {guard.Read, smallBody},
	"GET /timeline":                {guard.Read, smallBody},
	"GET /record":                  {guard.Read, smallBody},
	"GET /record/{key}":            {guard.Read, smallBody},

	// The description of the API tells nothing of what is kept.
	"GET /api":                  {guard.Read, smallBody},
	"GET /api/openapi.json":     {guard.Everyone, smallBody},
	"GET /api/openapi-3.0.json": {guard.Everyone, smallBody},
	"GET /api/openapi.yaml":     {guard.Everyone, smallBody},
	"GET /api/openapi-3.0.yaml": {guard.Everyone, smallBody},

	"GET /api/version":              {guard.Read, smallBody},
	"GET /api/who":                  {guard.Read, smallBody},
	"GET /api/commitments/{state}":  {guard.Read, smallBody},
	"GET /api/changed/{instrument}": {guard.Read, smallBody},
	"GET /api/conflicts":            {guard.Read, smallBody},
	"GET /api/world":                {guard.Read, smallBody},
	"GET /api/instruments":          {guard.Read, smallBody},
	"GET /api/instruments/{id}":     {guard.Read, smallBody},
	"GET /api/states":               {guard.Read, smallBody},
	"GET /api/states/{code}":        {guard.Read, smallBody},
	"GET /api/places":               {guard.Read, smallBody},
	"GET /api/persons":              {guard.Read, smallBody},
	"GET /api/persons/{name}":       {guard.Read, smallBody},

	"POST /api/read":                  {guard.Read, maxBody},
	"POST /api/check":                 {guard.Read, maxBody},
	"GET /api/reports":                {guard.Read, smallBody},
	"POST /api/reports":               {guard.Write, maxBody},
	"GET /api/reports/{key}":          {guard.Read, smallBody},
	"GET /api/reports/{key}/versions": {guard.Read, smallBody},
	"GET /api/reports/{key}/items":    {guard.Read, smallBody},
	"GET /api/search":                 {guard.Read, smallBody},
	"GET /api/tally":                  {guard.Read, smallBody},
	"GET /api/stats":                  {guard.Read, smallBody},
	"GET /api/timeline":               {guard.Read, smallBody},
	"GET /api/happenings":             {guard.Read, smallBody},
	"GET /api/happenings/{ref}":       {guard.Read, smallBody},
	"GET /api/compare":                {guard.Read, smallBody},

	"GET /api/judgements":                 {guard.Read, smallBody},
	"POST /api/judgements":                {guard.Review, smallBody},
	"DELETE /api/judgements/{number}":     {guard.Review, smallBody},
	"GET /api/drafts":                     {guard.Read, smallBody},
	"GET /api/drafts/{number}":            {guard.Read, smallBody},
	"POST /api/drafts/{number}/decisions": {guard.Review, mediumBody},

	"POST /api/jobs":            {guard.Write, maxBatch},
	"GET /api/jobs":             {guard.Read, smallBody},
	"GET /api/jobs/{id}":        {guard.Read, smallBody},
	"DELETE /api/jobs/{id}":     {guard.Write, smallBody},
	"GET /api/jobs/{id}/events": {guard.Read, smallBody},
}

// tags says from what the tag of an answer is made; one that is missing here has
// none.
var tags = map[string]tagging{
	"GET /api/openapi.json":           byBody,
	"GET /api/openapi-3.0.json":       byBody,
	"GET /api/openapi.yaml":           byBody,
	"GET /api/openapi-3.0.yaml":       byBody,
	"GET /api/version":                byBody,
	"GET /api/who":                    byCorpus,
	"GET /api/commitments/{state}":    byCorpus,
	"GET /api/changed/{instrument}":   byCorpus,
	"GET /api/conflicts":              byCorpus,
	"GET /api/world":                  byCorpus,
	"GET /api/instruments":            byCorpus,
	"GET /api/instruments/{id}":       byCorpus,
	"GET /api/states":                 byCorpus,
	"GET /api/states/{code}":          byCorpus,
	"GET /api/places":                 byCorpus,
	"GET /api/persons":                byBody,
	"GET /api/persons/{name}":         byBody,
	"GET /api/reports":                byBody,
	"GET /api/reports/{key}":          byBody,
	"GET /api/reports/{key}/versions": byBody,
	"GET /api/reports/{key}/items":    byBody,
	"GET /api/search":                 byBody,
	"GET /api/tally":                  byBody,
	"GET /api/stats":                  byBody,
	"GET /api/timeline":               byBody,
	"GET /api/happenings":             byBody,
	"GET /api/happenings/{ref}":       byBody,
	"GET /api/compare":                byBody,
	"GET /api/judgements":             byBody,
	"GET /api/drafts":                 byBody,
	"GET /api/drafts/{number}":        byBody,
}

// router is a ServeMux that asks the table of access before each route.
type router struct {
	mux   *http.ServeMux
	guard *guard.Guard
	known func(*http.Request) string // what an answer from the corpus depends on
	open  []string                   // routes that the table lacks
}

func newRouter(g *guard.Guard, known func(*http.Request) string) *router {
	return &router{mux: http.NewServeMux(), guard: g, known: known}
}

// HandleFunc serves a pattern for those whom the table lets in.
func (m *router) HandleFunc(pattern string, h func(http.ResponseWriter, *http.Request)) {
	n, ok := access[pattern]
	if !ok {
		m.open = append(m.open, pattern)
		return
	}
	switch tags[pattern] {
	case byBody:
		h = tagBody(h)
	case byCorpus:
		h = tagKnown(m.known, h)
	}
	m.mux.Handle(pattern, m.guard.Require(n.roles, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, n.body)
		h(w, r)
	})))
}

func (m *router) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.mux.ServeHTTP(w, r) }

// methods lists those with which there is something at the path of a request.
func (m *router) methods(r *http.Request) []string {
	var out []string
	for _, method := range []string{http.MethodDelete, http.MethodGet, http.MethodPost, http.MethodPut} {
		other := *r
		other.Method = method
		if _, pattern := m.mux.Handler(&other); pattern != "/" && !slices.Contains(out, method) {
			out = append(out, method)
		}
	}
	return out
}
