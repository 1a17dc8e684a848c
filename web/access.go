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
	smallBody = 64 << 10
	maxBody   = 11 << 20
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
	"GET /conflicts":        {guard.Read, smallBody},
	"GET /answer":           {guard.Read, smallBody},
	"GET /compare":          {guard.Read, smallBody},
	"GET /review":           {guard.Read, smallBody},
	"GET /review/{number}":  {guard.Read, smallBody},
	"POST /review/{number}": {guard.Review, 1 << 20}, // a treaty file

	"GET /happening/{hash}/{id}":  {guard.Read, smallBody},
	"POST /happening/{hash}/{id}": {guard.Write, smallBody},
	"GET /search":                 {guard.Read, smallBody},
	"GET /timeline":               {guard.Read, smallBody},
	"GET /record":                 {guard.Read, smallBody},
	"GET /record/{key}":           {guard.Read, smallBody},

	"GET /api/who":           {guard.Read, smallBody},
	"GET /api/reports":       {guard.Read, smallBody},
	"GET /api/reports/{key}": {guard.Read, smallBody},
	"GET /api/search":        {guard.Read, smallBody},
	"POST /api/read":         {guard.Read, maxBody},
}

// router is a ServeMux that asks the table of access before each route.
type router struct {
	mux   *http.ServeMux
	guard *guard.Guard
	open  []string // routes that the table lacks
}

func newRouter(g *guard.Guard) *router { return &router{mux: http.NewServeMux(), guard: g} }

// HandleFunc serves a pattern for those whom the table lets in.
func (m *router) HandleFunc(pattern string, h func(http.ResponseWriter, *http.Request)) {
	n, ok := access[pattern]
	if !ok {
		m.open = append(m.open, pattern)
		return
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
