package guard

import (
	"crypto/rand"
	"crypto/sha256"
	"net/http"
	"sync"
	"time"
)

const (
	sessionLasts = 12 * time.Hour
	mostSessions = 1000
)

// sessions are the browsers that have shown a token. They live in memory only:
// a server that starts again asks again.
type sessions struct {
	now  func() time.Time
	mu   sync.Mutex
	open map[[sha256.Size]byte]session // by the hash of the cookie
}

type session struct {
	caller Caller
	until  time.Time
}

func newSessions(now func() time.Time) *sessions {
	return &sessions{now: now, open: map[[sha256.Size]byte]session{}}
}

// cookieName is bound to this host and to TLS by its prefix where there is TLS.
func cookieName(r *http.Request) string {
	if r.TLS != nil {
		return "__Host-casus"
	}
	return "casus"
}

func (s *sessions) caller(r *http.Request) Caller {
	c, err := r.Cookie(cookieName(r))
	if err != nil {
		return Caller{}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.open[sha256.Sum256([]byte(c.Value))]
	if !ok || !s.now().Before(found.until) {
		return Caller{}
	}
	return found.caller
}

// LogIn begins a session of the caller in the browser that is answered.
func (g *Guard) LogIn(w http.ResponseWriter, r *http.Request, c Caller) {
	value := rand.Text()
	s := g.sessions
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	var oldest [sha256.Size]byte
	first := now.Add(2 * sessionLasts) // later than all
	for id, open := range s.open {
		if !now.Before(open.until) {
			delete(s.open, id)
		} else if open.until.Before(first) {
			oldest, first = id, open.until
		}
	}
	if len(s.open) >= mostSessions {
		delete(s.open, oldest)
	}
	s.open[sha256.Sum256([]byte(value))] = session{c, now.Add(sessionLasts)}
	http.SetCookie(w, cookie(r, value, int(sessionLasts/time.Second)))
}

// LogOut ends the session of the browser that asks.
func (g *Guard) LogOut(w http.ResponseWriter, r *http.Request) {
	if c, err := r.Cookie(cookieName(r)); err == nil {
		g.sessions.mu.Lock()
		delete(g.sessions.open, sha256.Sum256([]byte(c.Value)))
		g.sessions.mu.Unlock()
	}
	http.SetCookie(w, cookie(r, "", -1))
}

// cookie is not sent with what other sites ask for, and no script reads it.
func cookie(r *http.Request, value string, seconds int) *http.Cookie {
	return &http.Cookie{Name: cookieName(r), Value: value, Path: "/", MaxAge: seconds, HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil}
}
