package web

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/treaty"
)

type instrumentsView struct {
	Filter, Sort string
	All          int
	List         []instrumentLine
}

type instrumentLine struct {
	ID, Title, Form, Signed, InForce, Parties, Verbs string
}

// instruments lists the corpus, whole or what the filter q finds, by id or by
// day of signature, the latest first.
func (s *Server) instruments(w http.ResponseWriter, r *http.Request) {
	corpus := s.corpus()
	v := instrumentsView{Filter: strings.TrimSpace(r.URL.Query().Get("q")), Sort: r.URL.Query().Get("sort"), All: len(corpus.Instruments)}
	code := s.code(v.Filter)
	for _, in := range corpus.Instruments {
		l := lineOf(in)
		l.InForce = in.InForce(s.today()).String()
		if v.Filter == "" || in.Has(code) || strings.Contains(strings.ToLower(l.Title+" "+l.ID+" "+l.Verbs+" "+l.Form), strings.ToLower(v.Filter)) {
			v.List = append(v.List, l)
		}
	}
	if v.Sort == "signed" {
		slices.SortStableFunc(v.List, func(a, b instrumentLine) int { return cmp.Compare(b.Signed, a.Signed) })
	}
	s.show(w, r, http.StatusOK, "Instruments", "instruments", v)
}

func lineOf(in *treaty.Instrument) instrumentLine {
	var verbs, parties []string
	for _, p := range in.Provisions {
		for _, v := range p.Versions {
			for _, d := range v.Does {
				if !slices.Contains(verbs, d.Verb) {
					verbs = append(verbs, d.Verb)
				}
			}
		}
	}
	for _, p := range in.Parties {
		if !slices.Contains(parties, p.ID) {
			parties = append(parties, p.ID)
		}
	}
	const most = 8
	list := strings.Join(parties[:min(most, len(parties))], ", ")
	if len(parties) > most {
		list += " …"
	}
	return instrumentLine{ID: in.ID, Title: in.Title, Form: in.Form, Signed: in.Signed().String(), Parties: list, Verbs: strings.Join(verbs, ", ")}
}
