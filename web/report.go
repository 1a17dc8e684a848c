package web

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/web/guard"
)

type reportForm struct {
	Text, URL, Date string
	Keep, CanKeep   bool
	Problem         *problem
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
	doc, err := s.sent(r)
	if err != nil {
		status, hint := http.StatusUnprocessableEntity, "Paste the report's text or its HTML."
		var large *http.MaxBytesError
		if errors.As(err, &large) || errors.Is(err, report.ErrTooLarge) {
			status, hint = http.StatusRequestEntityTooLarge, "Cut it into reports of at most 10 MiB."
		}
		if errors.Is(err, errForm) {
			status, hint = http.StatusBadRequest, "Send it again; a file has to be chosen again."
		} else if p := problemFor(r.Context(), "read a report", err); p.Status > http.StatusUnprocessableEntity {
			status, hint = p.Status, p.Hint
		}
		// What was pasted stays in the form, so that nothing is lost by a mistake.
		s.show(w, r, status, "Read a report", "report", reportForm{r.FormValue("text"), r.FormValue("url"), r.FormValue("date"), r.FormValue("keep") == "yes", s.mayKeep(r), &problem{err.Error(), hint}})
		return
	}
	v := viewOf(doc.Checked)
	if r.FormValue("keep") == "yes" {
		if !s.mayKeep(r) {
			s.wrong(w, r, http.StatusForbidden, "You may not keep reports here.", "That needs the role write, and a server with a record.")
			return
		}
		added, err := s.keep(r.Context(), doc)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		v.Kept, v.JSON = added.Hash, "/api/reports/"+added.Hash
	}
	if err := s.around(r.Context(), v, v.Kept); err != nil {
		s.fail(w, r, err)
		return
	}
	s.show(w, r, http.StatusOK, cmp.Or(doc.Title, "Report"), "reading", v)
}

// errForm: a form whose fields cannot be told.
var errForm = errors.New("the form arrived cut short or damaged")

// formOf reads the fields of a form. Without it what cannot be read would look
// like a form that was left empty.
func formOf(r *http.Request) error {
	err := r.ParseForm()
	if err == nil {
		err = r.ParseMultipartForm(maxBody)
	}
	var large *http.MaxBytesError
	switch {
	case err == nil, errors.Is(err, http.ErrNotMultipart):
		return nil
	case errors.As(err, &large):
		return err
	}
	return fmt.Errorf("%w: %w", errForm, err)
}

// form reads the fields of a request's form, or answers why they cannot be told.
func (s *Server) form(w http.ResponseWriter, r *http.Request) bool {
	err := formOf(r)
	var large *http.MaxBytesError
	switch {
	case err == nil:
		return true
	case errors.As(err, &large):
		s.wrong(w, r, http.StatusRequestEntityTooLarge, fmt.Sprintf("The form has more than the %d KiB that are read here.", large.Limit>>10), "Nothing was kept. Go back and shorten what you wrote.")
	default:
		s.wrong(w, r, http.StatusBadRequest, err.Error()+".", "Nothing was kept. Go back and send it again.")
	}
	return false
}

// sent takes the report out of a form and reads it.
func (s *Server) sent(r *http.Request) (taken, error) {
	if err := formOf(r); err != nil {
		return taken{}, err
	}
	in, at := io.Reader(strings.NewReader(r.PostFormValue("text"))), strings.TrimSpace(r.PostFormValue("url"))
	if f, head, err := r.FormFile("file"); err == nil {
		defer f.Close()
		if head.Size > 0 {
			in, at = f, ""
		}
	}
	return s.read(r.Context(), in, at, r.FormValue("date"))
}
