package web

import (
	"cmp"
	"net/http"
	"slices"

	"github.com/danielgtaylor/huma/v2"
)

// operationsView is the operations of one subject, for the page on the API.
type operationsView struct {
	Tag  string
	List []operationView
}

type operationView struct {
	Method, Path, Summary string
	Needs                 string // the role
	Params                []paramView
}

type paramView struct {
	Name, Words string
	Required    bool
}

// apiPage shows what the document of the API says, without a script from
// elsewhere to show it.
func (s *Server) apiPage(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusOK, "API", "api", s.described)
}

// describe lists the operations of a document by subject, in order of path.
func describe(doc *huma.OpenAPI) []operationsView {
	var out []operationsView
	for path, item := range doc.Paths {
		for _, op := range []*huma.Operation{item.Get, item.Post, item.Delete} {
			if op == nil {
				continue
			}
			v := operationView{Method: op.Method, Path: path, Summary: op.Summary, Needs: access[op.Method+" "+path].roles.String()}
			for _, p := range op.Parameters {
				words := p.Description
				if words == "" && p.Schema != nil {
					words = p.Schema.Description
				}
				v.Params = append(v.Params, paramView{p.Name, words, p.Required})
			}
			i := slices.IndexFunc(out, func(o operationsView) bool { return o.Tag == op.Tags[0] })
			if i < 0 {
				i = len(out)
				out = append(out, operationsView{Tag: op.Tags[0]})
			}
			out[i].List = append(out[i].List, v)
		}
	}
	slices.SortFunc(out, func(a, b operationsView) int { return cmp.Compare(a.Tag, b.Tag) })
	for _, o := range out {
		slices.SortFunc(o.List, func(a, b operationView) int {
			return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
		})
	}
	return out
}
