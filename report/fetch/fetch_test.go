package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/casus-foederis/casus/report"
)

func TestPublic(t *testing.T) {
	for _, c := range []struct {
		name, address string
		want          bool
	}{
		{"public", "93.184.216.34", true},
		{"public, version 6", "2606:2800:220:1:248:1893:25c8:1946", true},
		{"this machine", "127.0.0.1", false},
		{"this machine, another address", "127.8.9.10", false},
		{"this machine, version 6", "::1", false},
		{"any", "0.0.0.0", false},
		{"any, version 6", "::", false},
		{"this network", "0.1.2.3", false},
		{"private, ten", "10.1.2.3", false},
		{"private, sixteen to thirty-one", "172.31.255.255", false},
		{"just outside", "172.32.0.1", true},
		{"private, home", "192.168.1.1", false},
		{"shared by a provider", "100.64.0.1", false},
		{"metadata at a provider that shares", "100.100.100.200", false},
		{"link-local", "169.254.1.1", false},
		{"metadata", "169.254.169.254", false},
		{"metadata, version 6", "fd00:ec2::254", false},
		{"metadata of the protocol block", "192.0.0.192", false},
		{"the host at Azure", "168.63.129.16", false},
		{"unique local", "fc00::1", false},
		{"link-local, version 6", "fe80::1", false},
		{"site-local", "fec0::1", false},
		{"multicast", "224.0.0.1", false},
		{"multicast, version 6", "ff02::1", false},
		{"reserved", "250.1.2.3", false},
		{"broadcast", "255.255.255.255", false},
		{"tests of networks", "198.18.0.1", false},
		{"documentation", "203.0.113.5", false},
		{"documentation, version 6", "2001:db8::1", false},
		{"mapped private", "::ffff:10.0.0.1", false},
		{"mapped loopback", "::ffff:127.0.0.1", false},
		{"mapped public", "::ffff:93.184.216.34", true},
		{"compatible loopback", "::127.0.0.1", false},
		{"translated", "64:ff9b::7f00:1", false},
		{"6to4 of a private address", "2002:0a00:0001::1", false},
		{"Teredo", "2001:0:4136:e378:8000:63bf:3fff:fdd2", false},
		{"with a zone", "fe80::1%eth0", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Public(netip.MustParseAddr(c.address)); got != c.want {
				t.Errorf("%s: %v", c.address, got)
			}
		})
	}
	if Public(netip.Addr{}) {
		t.Error("no address is public")
	}
}

// inside are names that a stranger gave to addresses of this network.
var inside = map[string]string{
	"news.example": "127.0.0.1", "metadata.example": "169.254.169.254", "private.example": "10.0.0.7", "mapped.example": "::ffff:192.168.0.1", "local.example": "fd00::7",
}

func resolve(_ context.Context, host string) ([]netip.Addr, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{ip}, nil
	}
	if at, ok := inside[host]; ok {
		return []netip.Addr{netip.MustParseAddr(at)}, nil
	}
	return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
}

// Nothing here reaches a network: the client refuses before it dials.
func TestRefusedBeforeDialling(t *testing.T) {
	c := Client{Resolve: resolve}
	for _, row := range []struct {
		address string
		want    error
	}{
		{"file:///etc/passwd", ErrAddress},
		{"ftp://news.example/", ErrAddress},
		{"gopher://news.example/", ErrAddress},
		{"javascript:alert(1)", ErrAddress},
		{"//news.example/", ErrAddress},
		{"news.example", ErrAddress},
		{"", ErrAddress},
		{"http://", ErrAddress},
		{"http://a b/", ErrAddress},
		{"http://ada:secret@news.example/", ErrAddress},
		{"http://news.example@10.0.0.7/", ErrAddress},
		{"http://news.example:22/", ErrAddress},
		{"https://news.example:8443/", ErrAddress},
		{"http://127.0.0.1/", ErrForbade},
		{"http://[::1]/", ErrForbade},
		{"http://[::ffff:127.0.0.1]/", ErrForbade},
		{"http://0.0.0.0/", ErrForbade},
		{"http://news.example/", ErrForbade},
		{"http://metadata.example/latest/meta-data/", ErrForbade},
		{"https://private.example/", ErrForbade},
		{"http://mapped.example/", ErrForbade},
		{"http://local.example/", ErrForbade},
	} {
		_, err := c.Get(t.Context(), row.address)
		if !errors.Is(err, row.want) {
			t.Errorf("%s: %v, want %v", row.address, err, row.want)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error tells the password: %v", row.address, err)
		}
	}
	// What is no address in the sense of the standard library is looked up as a
	// name, and then judged by what that finds.
	for _, disguised := range []string{"http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/"} {
		if _, err := c.Get(t.Context(), disguised); err == nil {
			t.Errorf("%s was got", disguised)
		}
	}
}

const story = `<html><head><title>A treaty is signed</title></head><body><article><h1>A treaty is signed</h1><p>Moscow and Minsk signed a treaty on Tuesday, officials said.</p></article></body></html>`

func zipped(b []byte) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	z.Write(b)
	z.Close()
	return out.Bytes()
}

// site serves pages on this machine; only its own address may be dialled.
func site(t *testing.T) (*httptest.Server, *Client) {
	t.Helper()
	mux := http.NewServeMux()
	page := func(path, kind string, body []byte) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			w.Write(body)
		})
	}
	page("/page", "text/html; charset=utf-8", []byte(story))
	page("/cyrillic", "text/html; charset=windows-1251", []byte("<html><body><p>\xcf\xf0\xe5\xe7\xe8\xe4\xe5\xed\xf2 visited Minsk on Tuesday, officials said there.</p></body></html>"))
	page("/wrongtype", "text/html; charset=", []byte(story))
	page("/large", "text/plain", bytes.Repeat([]byte("Russia said no. "), 1<<16))
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(bytes.Repeat([]byte("word "), 1<<12)); err != nil {
				return
			}
		}
	})
	bomb := zipped(make([]byte, 64<<20))
	mux.HandleFunc("/bomb", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(bomb)
	})
	mux.HandleFunc("/brotli", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "br")
		w.Write([]byte("x"))
	})
	mux.HandleFunc("/zipped", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(zipped([]byte(story)))
	})
	mux.HandleFunc("/silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			fmt.Fprint(w, "x")
			w.(http.Flusher).Flush()
			time.Sleep(10 * time.Millisecond)
		}
	})
	mux.HandleFunc("/hop/{n}", func(w http.ResponseWriter, r *http.Request) {
		var n int
		fmt.Sscan(r.PathValue("n"), &n)
		if n == 0 {
			http.Redirect(w, r, "/page", http.StatusFound)
			return
		}
		http.Redirect(w, r, fmt.Sprintf("/hop/%d", n-1), http.StatusFound)
	})
	mux.HandleFunc("/to", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", r.URL.Query().Get("where"))
		w.WriteHeader(http.StatusFound)
	})
	mux.HandleFunc("/agent", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "agent %s cookie %q authorization %q", r.UserAgent(), r.Header.Get("Cookie"), r.Header.Get("Authorization"))
	})
	mux.HandleFunc("/cookie", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "track", Value: "me"})
		http.Redirect(w, r, "/agent", http.StatusFound)
	})
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	own := netip.MustParseAddrPort(s.Listener.Addr().String())
	return s, &Client{Resolve: resolve, Timeout: 400 * time.Millisecond, Limit: 1 << 19, Allow: func(to netip.AddrPort) error {
		if to == own {
			return nil
		}
		return public(to)
	}}
}

func TestGet(t *testing.T) {
	s, c := site(t)
	c.Timeout = 0
	at := strings.Replace(s.URL, "127.0.0.1", "news.example", 1)
	for _, row := range []struct{ path, holds string }{
		{"/page", "A treaty is signed"}, {"/zipped", "A treaty is signed"}, {"/wrongtype", "A treaty is signed"}, {"/hop/4", "A treaty is signed"},
		{"/agent", "agent Casus/"}, {"/cookie", `cookie "" authorization ""`},
	} {
		p, err := c.Get(t.Context(), at+row.path)
		if err != nil || !strings.Contains(string(p.Body), row.holds) {
			t.Errorf("%s: %v, %.100q", row.path, err, p.Body)
		}
	}
	p, err := c.Get(t.Context(), at+"/hop/1")
	if err != nil || p.URL != at+"/page" {
		t.Errorf("after redirects the page stands at %q (%v)", p.URL, err)
	}
	p, err = c.Get(t.Context(), at+"/cyrillic")
	if err != nil {
		t.Fatal(err)
	}
	r, err := report.Read(bytes.NewReader(p.Body), report.Options{URL: p.URL, Charset: p.Charset})
	if err != nil || !strings.Contains(r.Text, "Президент") || r.URL != at+"/cyrillic" {
		t.Errorf("read as %q from %q (%v)", r.Text, r.URL, err)
	}
}

func TestGetRefuses(t *testing.T) {
	s, c := site(t)
	to := func(where string) string { return "/to?where=" + strings.ReplaceAll(where, "&", "%26") }
	for _, row := range []struct {
		name, path string
		want       error
	}{
		{"nothing there", "/none", ErrStatus},
		{"larger than it says it may", "/large", ErrTooLarge},
		{"endless", "/endless", ErrTooLarge},
		{"bomb", "/bomb", ErrTooLarge},
		{"not asked for", "/brotli", ErrEncoded},
		{"never answers", "/silent", ErrTooSlow},
		{"answers a byte at a time", "/slow", ErrTooSlow},
		{"six redirects", "/hop/5", ErrTooFar},
		{"redirect to this machine", to("http://127.0.0.1:80/"), ErrForbade},
		{"redirect to metadata", to("http://169.254.169.254/latest/"), ErrForbade},
		{"redirect to a private name", to("https://private.example/"), ErrForbade},
		{"redirect to a mapped address", to("http://[::ffff:10.0.0.1]/"), ErrForbade},
		{"redirect to another port", to("http://news.example:22/"), ErrAddress},
		{"redirect to a file", to("file:///etc/passwd"), ErrAddress},
		{"redirect with a password", to("http://ada:secret@news.example/"), ErrAddress},
	} {
		t.Run(row.name, func(t *testing.T) {
			t.Parallel()
			_, err := c.Get(t.Context(), s.URL+row.path)
			if !errors.Is(err, row.want) {
				t.Errorf("%v, want %v", err, row.want)
			}
		})
	}
}

func TestGetIsCancelled(t *testing.T) {
	s, c := site(t)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := c.Get(ctx, s.URL+"/silent"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v", err)
	}
}

func FuzzAcceptable(f *testing.F) {
	for _, a := range []string{"http://news.example/", "http://[::1", "https://u:p@h/", "http://\x00/", "HTTP://A", "http:/x", "http://127.0.0.1:80#@x"} {
		f.Add(a)
	}
	never := Client{Resolve: func(context.Context, string) ([]netip.Addr, error) { return nil, errors.New("no names here") }}
	f.Fuzz(func(t *testing.T, address string) {
		if _, err := never.Get(t.Context(), address); err == nil {
			t.Fatalf("%q was got without a name server", address)
		}
	})
}
