package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
)

// tagging says from what the tag of an answer (ETag) is made.
type tagging uint8

const (
	never    tagging = iota
	byBody           // its bytes: it saves sending them
	byCorpus         // the question, the day and the corpus: it saves answering
)

// knownBy is what an answer from the corpus depends on: what its receipt has,
// and the question. The record is not in it: for a question that rests on the
// record it is empty.
func (s *Server) knownBy(r *http.Request) string {
	if fromRecord(r.URL.Query()) {
		return ""
	}
	return strings.Join([]string{s.release, s.corpus().Hash, s.pastHash, s.today().String(), r.URL.Path, r.URL.Query().Encode()}, "\n")
}

// tagOf is a tag that is the same as long as what it is made of is.
func tagOf(of []byte) string {
	sum := sha256.Sum256(of)
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}

// fresh reports whether the caller has the answer already, and then says so.
// Answers may be kept by whoever asked, and by nobody in between.
func fresh(w http.ResponseWriter, r *http.Request, tag string) bool {
	w.Header().Set("ETag", tag)
	w.Header().Set("Cache-Control", "private, no-cache")
	for has := range strings.SplitSeq(r.Header.Get("If-None-Match"), ",") {
		if has = strings.TrimSpace(has); has == "*" || strings.TrimPrefix(has, "W/") == tag {
			w.WriteHeader(http.StatusNotModified)
			return true
		}
	}
	return false
}

// tagKnown answers with 304 without asking h where nothing can have changed. What
// depends on more than is known is tagged by its bytes.
func tagKnown(known func(*http.Request) string, h http.HandlerFunc) http.HandlerFunc {
	whole := tagBody(h)
	return func(w http.ResponseWriter, r *http.Request) {
		switch of := known(r); {
		case of == "":
			whole(w, r)
		case !fresh(w, r, tagOf([]byte(of))):
			h(&untagged{w}, r)
		}
	}
}

// untagged takes the tag off an error.
type untagged struct{ http.ResponseWriter }

// WriteHeader writes the status.
func (u *untagged) WriteHeader(status int) {
	if status != http.StatusOK {
		u.Header().Del("ETag")
		u.Header().Del("Cache-Control")
	}
	u.ResponseWriter.WriteHeader(status)
}

// Unwrap lets deadlines be set.
func (u *untagged) Unwrap() http.ResponseWriter { return u.ResponseWriter }

// tagBody holds what h answers back until its tag is known.
func tagBody(h http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		held := &holding{ResponseWriter: w, status: http.StatusOK}
		h(held, r)
		if held.status == http.StatusOK && fresh(w, r, tagOf(held.body.Bytes())) {
			return
		}
		w.WriteHeader(held.status)
		w.Write(held.body.Bytes()) // whoever asked may have gone
	}
}

// holding is a ResponseWriter that keeps what is written.
type holding struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

// WriteHeader keeps the status.
func (h *holding) WriteHeader(status int) { h.status = status }

// Write keeps the bytes.
func (h *holding) Write(b []byte) (int, error) { return h.body.Write(b) }
