package web

import "net/http"

type derivationView struct {
	Title, Question, Href, JSON string
	Answer                      answerView
	Sign                        tallied
}

// derivation shows one answer of a question with all its grounds. Where many
// states share an answer, the question page leads here for each.
func (s *Server) derivation(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	id := q.Get("answer")
	reply, err := s.answer(r.Context(), q)
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	n := namer{s, reply.Question.On}
	for i := range reply.Answers {
		a := &reply.Answers[i]
		if a.ID != id {
			continue
		}
		v := derivationView{Question: s.askTitle(reply.Question), Href: with(q, "answer", ""), JSON: "/api/who?" + q.Encode(), Answer: answerOf(a, reply.Question.Attacks, n), Sign: shown(a.Answer)}
		v.Answer.Bearers = []bearerView{bearerOf(a, n)}
		v.Title = n.name(a.Bearer) + " under " + s.clauseName(a.Provision)
		s.show(w, r, http.StatusOK, v.Title, "derivation", v)
		return
	}
	s.wrong(w, r, http.StatusNotFound, "The question has no answer "+id+".", "The question page lists its answers.")
}
