package web

import (
	"errors"
	"net/http"

	"github.com/casus-foederis/casus/duty"
)

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
	reply, err := s.answer(q)
	if err != nil {
		var bad *duty.BadQuestion
		if errors.As(err, &bad) {
			s.wrong(w, r, http.StatusUnprocessableEntity, bad.Message, bad.Hint)
			return
		}
		s.fail(w, r, err)
		return
	}
	name := func(code string) string { return s.nameOf(code, reply.Question.On) }
	for i := range reply.Answers {
		a := &reply.Answers[i]
		if a.ID != id {
			continue
		}
		v := derivationView{Question: s.askTitle(reply), Href: with(q, "answer", ""), JSON: "/api/who?" + q.Encode(), Answer: answerOf(a, reply.Question.Attacks, name), Sign: shown(a.Answer)}
		v.Answer.Bearers = []bearerView{bearerOf(a, name)}
		v.Title = name(a.Bearer) + " under " + a.Provision
		s.show(w, r, http.StatusOK, v.Title, "derivation", v)
		return
	}
	s.wrong(w, r, http.StatusNotFound, "The question has no answer "+id+".", "The question page lists its answers.")
}
