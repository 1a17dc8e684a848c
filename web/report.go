package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/web/guard"
)

type reportForm struct {
	Text, Date    string
	Keep, CanKeep bool
	Problem       *problem
}

// reportForm shows where a report can be pasted or uploaded.
func (s *Server) reportForm(w http.ResponseWriter, r *http.Request) {
	s.show(w, r, http.StatusOK, "Read a report", "report", reportForm{CanKeep: s.mayKeep(r)})
}

// mayKeep reports whether whoever sends a request may add to the record.
func (s *Server) mayKeep(r *http.Request) bool {
	return s.store != nil && guard.CallerOf(r.Context()).May(guard.Write)
}

// readReport reads what was pasted or uploaded and shows it read.
func (s *Server) readReport(w http.ResponseWriter, r *http.Request) {
	doc, err := s.read(r)
	if err != nil {
		status, hint := http.StatusUnprocessableEntity, "Paste the report's text or its HTML."
		var large *http.MaxBytesError
		if errors.As(err, &large) || errors.Is(err, report.ErrTooLarge) {
			status, hint = http.StatusRequestEntityTooLarge, "Cut it into reports of at most 10 MiB."
		}
		// What was pasted stays in the form, so that nothing is lost by a mistake.
		s.show(w, r, status, "Read a report", "report", reportForm{r.FormValue("text"), r.FormValue("date"), r.FormValue("keep") == "yes", s.store != nil, &problem{err.Error(), hint}})
		return
	}
	v := viewOf(doc)
	if r.FormValue("keep") == "yes" {
		if !s.mayKeep(r) {
			s.wrong(w, r, http.StatusForbidden, "You may not keep reports here.", "That needs the role write, and a server with a record.")
			return
		}
		hash, err := s.keep(r.Context(), doc)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		v.Kept, v.JSON = hash, "/api/reports/"+hash
	}
	if err := s.around(r.Context(), v, v.Kept); err != nil {
		s.fail(w, r, err)
		return
	}
	s.show(w, r, http.StatusOK, cmp.Or(doc.Title, "Report"), "reading", v)
}

// read takes the report out of a form, or out of the body itself, and reads it.
func (s *Server) read(r *http.Request) (check.Checked, error) {
	var in io.Reader = r.Body
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind == "multipart/form-data" || kind == "application/x-www-form-urlencoded" && r.URL.Path == "/report" {
		if err := r.ParseMultipartForm(maxBody); err != nil && !errors.Is(err, http.ErrNotMultipart) {
			return check.Checked{}, err
		}
		in = strings.NewReader(r.PostFormValue("text"))
		if f, head, err := r.FormFile("file"); err == nil {
			defer f.Close()
			if head.Size > 0 {
				in = f
			}
		}
	}
	o := report.Options{Name: "the report"}
	date := r.URL.Query().Get("date")
	if r.Form != nil {
		date = r.FormValue("date")
	}
	if date != "" {
		p, err := day.ParsePeriod(date)
		if err != nil {
			return check.Checked{}, err
		}
		o.Published = report.Date{Period: p}
	}
	rep, err := report.Read(in, o)
	if err != nil {
		return check.Checked{}, err
	}
	return s.checker().Check(s.reader.Read(rep)), nil
}

// apiRead reads the report in the body and answers with its document.
func (s *Server) apiRead(w http.ResponseWriter, r *http.Request) {
	doc, err := s.read(r)
	if err != nil {
		writeProblem(w, http.StatusUnprocessableEntity, err.Error(), "send a page, a text or one JSON object as the body")
		return
	}
	writeJSON(w, http.StatusOK, doc)
}

// apiWho answers a question.
func (s *Server) apiWho(w http.ResponseWriter, r *http.Request) {
	a, err := s.answer(r.URL.Query())
	if err != nil {
		s.refuse(w, r, err)
		return
	}
	writeJSON(w, http.StatusOK, a)
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		writeProblem(w, http.StatusInternalServerError, "the answer could not be written", "")
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(b.Bytes())
}

// writeProblem writes an error as RFC 9457 has it.
func writeProblem(w http.ResponseWriter, status int, message, hint string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]any{"status": status, "title": http.StatusText(status), "detail": message, "hint": hint})
}
