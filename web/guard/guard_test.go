package guard

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const tokens = `# who may ask
readers-token-0123456789 read Ada of the desk
writers-token-0123456789 write Ben
review-token-0123456789 review,write Cleo

owners-token-0123456789 all Dora
`

func keys(t testing.TB) *Keys {
	t.Helper()
	k, err := ParseKeys("tokens", []byte(tokens))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestParseKeys(t *testing.T) {
	for _, c := range []struct {
		name, file, want string // want: what the error holds; empty: no error
	}{
		{"four", tokens, ""},
		{"one bare", "a-bare-token-of-some-length\n", ""},
		{"empty", "\n# nobody\n", "tokens: there is no token in it"},
		{"short", "abc read Ada", "tokens:1: a token has 16 characters or more"},
		{"no name", "readers-token-0123456789 read", "tokens:1: a name is missing"},
		{"no such role", "readers-token-0123456789 admin Ada", `tokens:1: there is no role "admin"`},
		{"token twice", "readers-token-0123456789 read Ada\nreaders-token-0123456789 all Ben", "tokens:2: the token of line 1 again"},
		{"name twice", "readers-token-0123456789 read Ada\nwriters-token-0123456789 all Ada", "tokens:2: the name of line 1 again"},
		{"bare among others", "readers-token-0123456789 read Ada\nwriters-token-0123456789", "tokens:2: a bare token stands among others"},
		{"escape in a name", "readers-token-0123456789 read A\x1b[2Jda", "cannot be printed"},
		{"all faults", "abc read Ada\nreaders-token-0123456789 admin Ben", "tokens:2:"},
		{"no words at all", strings.Repeat("x", 1<<20), "token too long"},
	} {
		t.Run(c.name, func(t *testing.T) {
			k, err := ParseKeys("tokens", []byte(c.file))
			switch {
			case c.want == "" && err != nil:
				t.Fatal(err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
				t.Fatalf("error %v, want %q", err, c.want)
			}
			if err != nil && (k != nil || strings.Contains(err.Error(), "0123456789")) {
				t.Errorf("keys %v beside the error %v", k, err)
			}
		})
	}
}

func FuzzParseKeys(f *testing.F) {
	f.Add([]byte(tokens))
	f.Add([]byte("\xff\x00 read x"))
	f.Fuzz(func(t *testing.T, b []byte) {
		k, err := ParseKeys("tokens", b)
		if (k == nil) == (err == nil) {
			t.Fatalf("keys %v, error %v", k, err)
		}
		if k != nil && len(k.list) == 0 {
			t.Fatal("no keys and no error: everybody would be nobody")
		}
	})
}

func TestReadKeysRefusesWhatOthersCanRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "tokens")
	for mode, refused := range map[os.FileMode]bool{0o600: false, 0o640: false, 0o604: true, 0o602: true} {
		if err := os.WriteFile(path, []byte(tokens), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadKeys(path); errors.Is(err, ErrReadable) != refused {
			t.Errorf("mode %04o: %v", mode, err)
		}
	}
}

// door is a guarded server whose clock the test moves.
type door struct {
	*Guard
	now time.Time
	h   http.Handler
}

func newDoor(t *testing.T, o Options) *door {
	d := &door{now: time.Date(2026, 11, 28, 12, 0, 0, 0, time.UTC)}
	o.Now = func() time.Time { return d.now }
	o.Refuse = func(w http.ResponseWriter, _ *http.Request, status int, message, hint string) {
		http.Error(w, message+"; "+hint, status)
	}
	d.Guard = New(o)
	mux := http.NewServeMux()
	for path, roles := range map[string]Role{"/open": Everyone, "/read": Read, "/write": Write, "/review": Review} {
		mux.Handle(path, d.Require(roles, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprint(w, CallerOf(r.Context()).Name)
		})))
	}
	mux.HandleFunc("/in", func(w http.ResponseWriter, r *http.Request) {
		if c, ok := d.Admit(w, r, r.FormValue("token")); ok {
			d.LogIn(w, r, c)
		}
	})
	mux.HandleFunc("/out", d.LogOut)
	d.h = d.Handler(mux)
	return d
}

func (d *door) ask(method, path string, headers ...string) *http.Response {
	r := httptest.NewRequest(method, path, nil)
	r.Host = "127.0.0.1:8317"
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	d.h.ServeHTTP(w, r)
	return w.Result()
}

func TestRoles(t *testing.T) {
	d := newDoor(t, Options{Keys: keys(t)})
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte("anyone:writers-token-0123456789"))
	for _, c := range []struct {
		name, authorization       string
		open, read, write, review int
	}{
		{"nobody", "", 200, 401, 401, 401},
		{"a stranger", "Bearer guessed-token-0123456789", 401, 401, 401, 401},
		{"reader", "Bearer readers-token-0123456789", 200, 200, 403, 403},
		{"writer by Basic", basic, 200, 200, 200, 403},
		{"reviewer and writer", "Bearer review-token-0123456789", 200, 200, 200, 200},
		{"owner", "Bearer owners-token-0123456789", 200, 200, 200, 200},
		{"a comment is no token", "Bearer #", 401, 401, 401, 401},
	} {
		for path, want := range map[string]int{"/open": c.open, "/read": c.read, "/write": c.write, "/review": c.review} {
			d.guessing = newLimits(1, 1000, d.Now)
			if got := d.ask("GET", path, "Authorization", c.authorization); got.StatusCode != want {
				t.Errorf("%s at %s: status %d, want %d", c.name, path, got.StatusCode, want)
			}
		}
	}
}

func TestOneBareTokenHasAllRoles(t *testing.T) {
	k, err := ParseKeys("tokens", []byte("a-bare-token-of-some-length\n"))
	if err != nil {
		t.Fatal(err)
	}
	d := newDoor(t, Options{Keys: k})
	for _, path := range []string{"/read", "/write", "/review"} {
		if got := d.ask("GET", path, "Authorization", "Bearer a-bare-token-of-some-length"); got.StatusCode != 200 {
			t.Errorf("%s: status %d", path, got.StatusCode)
		}
	}
}

func TestSession(t *testing.T) {
	d := newDoor(t, Options{Keys: keys(t)})
	in := d.ask("POST", "/in?token=writers-token-0123456789")
	if len(in.Cookies()) != 1 {
		t.Fatalf("cookies %v", in.Cookies())
	}
	c := in.Cookies()[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteStrictMode || strings.Contains(c.Value, "writers") {
		t.Errorf("cookie %v", c)
	}
	status := func() int { return d.ask("GET", "/write", "Cookie", c.Name+"="+c.Value).StatusCode }
	if got := status(); got != 200 {
		t.Errorf("in the session: status %d", got)
	}
	if got := d.ask("GET", "/review", "Cookie", c.Name+"="+c.Value).StatusCode; got != 403 {
		t.Errorf("a session has its token's roles only: status %d", got)
	}
	d.now = d.now.Add(sessionLasts)
	if got := status(); got != 401 {
		t.Errorf("after its end: status %d", got)
	}
	d.now = d.now.Add(-time.Hour)
	d.ask("POST", "/out", "Cookie", c.Name+"="+c.Value)
	if got := status(); got != 401 {
		t.Errorf("after logging out: status %d", got)
	}
	for range mostSessions + 5 {
		d.ask("POST", "/in?token=writers-token-0123456789")
	}
	if n := len(d.sessions.open); n > mostSessions {
		t.Errorf("%d sessions are kept", n)
	}
}

func TestGuessing(t *testing.T) {
	d := newDoor(t, Options{Keys: keys(t)})
	for range 10 {
		if got := d.ask("GET", "/read", "Authorization", "Bearer guessed-token-0123456789").StatusCode; got != 401 {
			t.Fatalf("status %d", got)
		}
	}
	got := d.ask("GET", "/read", "Authorization", "Bearer guessed-token-0123456789")
	if got.StatusCode != 429 || got.Header.Get("Retry-After") != "5" {
		t.Errorf("the eleventh guess: status %d, retry after %q", got.StatusCode, got.Header.Get("Retry-After"))
	}
	// Else a guess that is right would show by not being slowed down.
	if got := d.ask("GET", "/read", "Authorization", "Bearer readers-token-0123456789").StatusCode; got != 429 {
		t.Errorf("a right token from there: status %d", got)
	}
	d.now = d.now.Add(6 * time.Second)
	if got := d.ask("GET", "/read", "Authorization", "Bearer readers-token-0123456789").StatusCode; got != 200 {
		t.Errorf("later: status %d", got)
	}
}

func TestRate(t *testing.T) {
	d := newDoor(t, Options{Keys: keys(t), Rate: 2})
	ask := func(token string) int {
		return d.ask("GET", "/read", "Authorization", "Bearer "+token).StatusCode
	}
	for range 9 {
		if got := ask("readers-token-0123456789"); got != 200 {
			t.Fatalf("within the burst: status %d", got)
		}
	}
	if got := ask("readers-token-0123456789"); got != 429 {
		t.Errorf("beyond it: status %d", got)
	}
	if got := ask("owners-token-0123456789"); got != 200 {
		t.Errorf("another token: status %d", got)
	}
	d.now = d.now.Add(time.Second)
	if got := ask("readers-token-0123456789"); got != 200 {
		t.Errorf("a second later: status %d", got)
	}
}

func TestLimitsForget(t *testing.T) {
	now := time.Now()
	l := newLimits(1, 2, func() time.Time { return now })
	for i := range mostBuckets {
		l.allow(fmt.Sprint(i))
	}
	now = now.Add(time.Minute)
	l.allow("one more")
	if n := len(l.buckets); n != 1 {
		t.Errorf("%d buckets are kept", n)
	}
}

func TestHost(t *testing.T) {
	d := newDoor(t, Options{Hosts: []string{"localhost", "127.0.0.1", "::1"}})
	for host, want := range map[string]int{
		"127.0.0.1:8317": 200, "localhost": 200, "LOCALHOST.:80": 200, "[::1]:8317": 200,
		"attacker.example": 421, "attacker.example:8317": 421, "127.0.0.1.attacker.example": 421, "": 421, "localhost:x@attacker.example": 421,
	} {
		if got := d.ask("GET", "/read", "Host", host).StatusCode; got != want {
			t.Errorf("%q: status %d, want %d", host, got, want)
		}
	}
}

func TestOtherSites(t *testing.T) {
	d := newDoor(t, Options{})
	for _, c := range []struct {
		name, method string
		headers      []string
		want         int
	}{
		{"own form", "POST", []string{"Sec-Fetch-Site", "same-origin"}, 200},
		{"a program", "POST", nil, 200},
		{"form of another site", "POST", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"form of a neighbour", "POST", []string{"Sec-Fetch-Site", "same-site"}, 403},
		{"old browser, another site", "POST", []string{"Origin", "http://attacker.example"}, 403},
		{"link from another site", "GET", []string{"Sec-Fetch-Site", "cross-site"}, 200},
	} {
		if got := d.ask(c.method, "/write", c.headers...).StatusCode; got != c.want {
			t.Errorf("%s: status %d, want %d", c.name, got, c.want)
		}
	}
}

func TestAddress(t *testing.T) {
	for from, want := range map[string]string{
		"192.0.2.7:5000": "192.0.2.7", "[::ffff:192.0.2.7]:5000": "192.0.2.7", "[2001:db8:1:2:3::4]:5000": "2001:db8:1:2::/64", "@": "@",
	} {
		if got := address(&http.Request{RemoteAddr: from}); got != want {
			t.Errorf("%s: %s, want %s", from, got, want)
		}
	}
}
