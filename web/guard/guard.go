// Package guard stands before the pages and the API: it knows who asks, what
// each may do, and how much of it.
//
// Three things make a server of Casus one that others can reach: keys (a token
// for everybody who may ask, with roles), sessions (a browser that has shown its
// token once), and limits. A server without keys serves its own machine only,
// and then everybody who reaches it may do everything; what is left to keep out
// are pages of other sites, by the origin of a request and by the name under
// which the server was asked.
//
// The package writes no page. Whoever uses it says how an error is shown.
package guard

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Role is a set of things that somebody may do.
type Role uint8

// The roles. What changes the record needs Write, what decides on it Review;
// both include Read.
const (
	Read Role = 1 << iota
	Write
	Review

	Everyone Role = 0 // needs no key
	All           = Read | Write | Review
)

var roleNames = map[string]Role{"read": Read, "write": Read | Write, "review": Read | Review, "all": All}

// String lists the roles as a token file writes them.
func (r Role) String() string {
	switch r {
	case Everyone:
		return "everyone"
	case All:
		return "all"
	}
	var names []string
	for _, n := range []struct {
		role Role
		name string
	}{{Read, "read"}, {Write, "write"}, {Review, "review"}} {
		if r&n.role != 0 {
			names = append(names, n.name)
		}
	}
	return strings.Join(names, ",")
}

// Caller is whoever sends a request.
type Caller struct {
	Name  string // as the token file has it; empty on a server without keys
	Roles Role
	Keyed bool // showed a token, now or when its session began
}

// May reports whether the caller has all of the roles.
func (c Caller) May(r Role) bool { return c.Roles&r == r }

type callerKey struct{}

// CallerOf returns who sends the request of this context. Without a guard
// before it that is nobody, who may do nothing.
func CallerOf(ctx context.Context) Caller {
	c, _ := ctx.Value(callerKey{}).(Caller)
	return c
}

// Options say what a guard knows.
type Options struct {
	Keys  *Keys    // nil: whoever reaches the server may do everything
	Hosts []string // names and addresses under which it may be asked, without ports; nil: any
	Rate  float64  // requests a second of one caller, after a burst of four times as many; 0: any number
	Now   func() time.Time
	// Refuse answers with an error. Headers that belong to it are set.
	Refuse func(w http.ResponseWriter, r *http.Request, status int, message, hint string)
}

// Guard is what stands before a server. It is safe for concurrent use.
type Guard struct {
	Options
	sessions *sessions
	asking   *limits // by caller
	guessing *limits // wrong tokens, by address
}

// New returns a guard.
func New(o Options) *Guard {
	// A person mistypes; a program that guesses gets ten tries and then one in
	// five seconds, against tokens of sixteen characters or more.
	const guesses, burst = 0.2, 10
	return &Guard{Options: o, sessions: newSessions(o.Now), asking: newLimits(o.Rate, int(4*o.Rate)+1, o.Now), guessing: newLimits(guesses, burst, o.Now)}
}

// contentSecurityPolicy lets a page load nothing but its own style, script and
// pictures, and run no script that stands in the page itself.
const contentSecurityPolicy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; " +
	"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// Handler wraps h with what holds for every request: headers that keep
// strangers' text inert, the name that was asked for, no changes on behalf of
// other sites, who asks, and limits. What a caller may do is h's to check.
func (g *Guard) Handler(h http.Handler) http.Handler {
	sameSite := http.NewCrossOriginProtection()
	sameSite.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.Refuse(w, r, http.StatusForbidden, "another site asked for this change", "open the page of this server itself")
	}))
	h = sameSite.Handler(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		head := w.Header()
		head.Set("Content-Security-Policy", contentSecurityPolicy)
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "no-referrer")
		head.Set("X-Frame-Options", "DENY")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		head.Set("Cross-Origin-Resource-Policy", "same-origin")
		if !g.named(r.Host) {
			g.Refuse(w, r, http.StatusMisdirectedRequest, fmt.Sprintf("this server is not called %.100q", r.Host), "ask it by the address that it printed, or start it with --host NAME")
			return
		}
		caller, ok := g.caller(w, r)
		if !ok {
			return
		}
		if caller.Keyed && g.Rate > 0 && !g.within(w, r, g.asking, caller.Name) {
			return
		}
		h.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), callerKey{}, caller)))
	})
}

// named keeps out sites whose name was made to point at this machine: their
// pages would count as this server's own.
func (g *Guard) named(host string) bool {
	if g.Hosts == nil {
		return true
	}
	if name, port, err := net.SplitHostPort(host); err == nil {
		if _, err := strconv.ParseUint(port, 10, 16); err != nil {
			return false
		}
		host = name
	}
	host = strings.TrimSuffix(strings.ToLower(strings.Trim(host, "[]")), ".")
	return slices.Contains(g.Hosts, host)
}

// caller finds out who asks. It answers the request itself, and returns false,
// for a wrong token; without any it returns a caller who may do nothing.
func (g *Guard) caller(w http.ResponseWriter, r *http.Request) (Caller, bool) {
	if g.Keys == nil {
		return Caller{Roles: All}, true
	}
	if token, ok := sent(r); ok {
		return g.Admit(w, r, token)
	}
	return g.sessions.caller(r), true
}

// sent is the token that a request carries: programs send Bearer, curl -u and
// old scripts Basic with the token as the password.
func sent(r *http.Request) (string, bool) {
	if token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return token, true
	}
	_, token, ok := r.BasicAuth()
	return token, ok
}

// Admit returns whom a token belongs to. For a wrong one it answers the request
// and returns false; an address that guesses is slowed down.
func (g *Guard) Admit(w http.ResponseWriter, r *http.Request, token string) (Caller, bool) {
	from := address(r)
	if g.guessing.full(from) {
		g.slow(w, r, g.guessing)
		return Caller{}, false
	}
	c, ok := g.Keys.find(token)
	if !ok {
		g.guessing.allow(from)
		g.Ask(w, r, "this token is not known")
	}
	return c, ok
}

// Ask answers a request that lacks a token.
func (g *Guard) Ask(w http.ResponseWriter, r *http.Request, message string) {
	w.Header().Set("WWW-Authenticate", `Bearer realm="Casus"`)
	g.Refuse(w, r, http.StatusUnauthorized, message, "send Authorization: Bearer TOKEN, or log in by the page /login")
}

// Require lets only those callers pass to h who have the roles.
func (g *Guard) Require(roles Role, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch c := CallerOf(r.Context()); {
		case c.May(roles):
			h.ServeHTTP(w, r)
		case g.Keys != nil && !c.Keyed:
			g.Ask(w, r, "a token is needed")
		default:
			g.Refuse(w, r, http.StatusForbidden, fmt.Sprintf("this needs the role %s; %s has %s", roles&^c.Roles, c.Name, c.Roles), "who keeps the token file of this server can give it")
		}
	})
}

// within reports whether a request is within the limit of whoever sends it, and
// answers it if not.
func (g *Guard) within(w http.ResponseWriter, r *http.Request, l *limits, who string) bool {
	if l.allow(who) {
		return true
	}
	g.slow(w, r, l)
	return false
}

func (g *Guard) slow(w http.ResponseWriter, r *http.Request, l *limits) {
	w.Header().Set("Retry-After", l.pause())
	g.Refuse(w, r, http.StatusTooManyRequests, "too many requests", "try again in "+l.pause()+" seconds")
}
