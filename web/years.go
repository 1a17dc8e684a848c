package web

import (
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/record"
)

type yearsView struct {
	Of, Back string // who is counted, and their page
	Columns  template.HTML
	Years    []record.Tallied
}

// years counts the items of the record in which a state or somebody takes part,
// by year of publication. It reads all of them, so other pages bring it in.
func (s *Server) years(w http.ResponseWriter, r *http.Request) {
	q := record.Query{State: s.code(r.URL.Query().Get("state")), Name: r.URL.Query().Get("name")}
	if s.store == nil || q.State == "" && q.Name == "" {
		s.wrong(w, r, http.StatusNotFound, "There is nothing to count.", "Counts are of a state or of a name in the record: ?state=PRK or ?name=Kim Jong Un.")
		return
	}
	v := yearsView{Of: q.Name, Back: personPath(q.Name)}
	if q.State != "" {
		v.Of, v.Back = s.nameOf(q.State, s.today()), partyPath("state", "", q.State)
	}
	list, err := s.tally(r.Context(), q, record.ByYear)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	v.Years = slices.DeleteFunc(slices.Clone(list), func(t record.Tallied) bool { return t.Value == "" })
	v.Columns = columns(v.Years, v.Of)
	s.show(w, r, http.StatusOK, v.Of+" in the record, by year", "years", v)
}

// columns draws how many items there are in each year.
func columns(list []record.Tallied, of string) template.HTML {
	if len(list) < 2 {
		return ""
	}
	most := 0
	var words []string
	for _, t := range list {
		most = max(most, t.Count)
		words = append(words, fmt.Sprintf("%s: %d", t.Value, t.Count))
	}
	const height = 50
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="strip" height="%d" role="img"><title>Items that name %s, by year. %s</title>`, height+16, template.HTMLEscapeString(of), template.HTMLEscapeString(strings.Join(words, ", ")))
	wide := 100 / float64(len(list))
	for i, t := range list {
		h := max(1, t.Count*height/max(1, most))
		fmt.Fprintf(&b, `<rect class="bar" x="%.2f%%" width="%.2f%%" y="%d" height="%d"><title>%s</title></rect>`, (float64(i)+.1)*wide, .8*wide, height-h, h, template.HTMLEscapeString(words[i]))
		if len(list) <= 12 || i%(len(list)/6) == 0 {
			fmt.Fprintf(&b, `<text class="soft" text-anchor="middle" x="%.2f%%" y="%d">%s</text>`, (float64(i)+.5)*wide, height+13, template.HTMLEscapeString(t.Value))
		}
	}
	b.WriteString(`</svg>`)
	return template.HTML(b.String())
}
