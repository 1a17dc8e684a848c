package web

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// Requests that end too early, or hold too much, are told so; nothing of them is
// kept, and none is the server's fault.
func TestBrokenRequests(t *testing.T) {
	s := serve(t, "")
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	const form, json, pieces = "application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x"
	many := strings.Repeat("Atlantis", 10)
	for i := range 40 {
		many += fmt.Sprintf(",x%d", i)
	}
	for _, c := range []struct {
		name, method, path, kind, body string
		more                           int // bytes that are announced and do not come
		status                         int
		want                           string
	}{
		{"a report cut short", "POST", "/api/read", "text/plain", "Russia said", 500, 400, "before it was whole"},
		{"a report to check cut short", "POST", "/api/check", "text/html", "<p>Russia said", 500, 400, "send it again"},
		{"a report to keep cut short", "POST", "/api/reports", "text/html", "<p>Russia said", 500, 400, "before it was whole"},
		{"a batch cut short", "POST", "/api/jobs", "application/jsonl", `{"text":"Russia said no."}` + "\n", 500, 400, "before it was whole"},
		{"a judgement cut short", "POST", "/api/judgements", json, `{"kind":"act",`, 500, 400, "before it was whole"},
		{"half an object", "POST", "/api/judgements", json, `{"kind":"act",`, 0, 400, "hint"},
		{"a decision that is none", "POST", "/api/drafts/1/decisions", json, `[]`, 0, 422, "expected object"},
		{"a decision of another kind", "POST", "/api/drafts/1/decisions", "text/plain", `accept`, 0, 415, "content type"},
		{"a form cut short", "POST", "/report", form, "text=Russia", 500, 400, "cut short or damaged"},
		{"pieces cut short", "POST", "/report", pieces, "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nRuss", 500, 400, "cut short or damaged"},
		{"pieces without an end", "POST", "/report", pieces, "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nRuss", 0, 400, "cut short or damaged"},
		{"pieces without a boundary", "POST", "/report", "multipart/form-data", "text", 0, 400, "cut short or damaged"},
		{"a damaged form", "POST", "/report", form, "text=%zz", 0, 400, "cut short or damaged"},
		{"a judgement's form cut short", "POST", "/person/Ilham%20Aliyev", form, "other=X&who=Q", 500, 400, "cut short or damaged"},
		{"a judgement's form too large", "POST", "/person/Ilham%20Aliyev", form, "who=Q&why=" + strings.Repeat("x", 70<<10), 0, 413, "64 KiB"},
		{"a decision's form too large", "POST", "/review/1", form, "text=" + strings.Repeat("x", 1<<20), 0, 413, "1024 KiB"},
		{"another method", "DELETE", "/report", "", "", 0, 405, "Possible: GET, POST"},
		{"another method of the API", "PUT", "/api/who", "", "", 0, 405, "Possible: GET"},
		{"too many names", "GET", "/timeline?who=" + url.QueryEscape(many), "", "", 0, 422, "more than a time line takes"},
		{"too many attackers", "GET", "/?attacks=EST&by=" + url.QueryEscape(many), "", "", 0, 422, "more than are taken"},
		{"one attacker many times", "GET", "/api/who?attacks=EST&on=2025-01-10&by=" + strings.Repeat("RUS,", 400), "", "", 0, 200, `"by":["RUS"]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			to, err := net.Dial("tcp", u.Host)
			if err != nil {
				t.Fatal(err)
			}
			defer to.Close()
			go func() {
				fmt.Fprintf(to, "%s %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", c.method, c.path, u.Host, c.kind, len(c.body)+c.more, c.body)
				if c.more > 0 {
					to.(*net.TCPConn).CloseWrite()
				}
			}()
			got, err := http.ReadResponse(bufio.NewReader(to), nil)
			if err != nil {
				t.Fatal(err)
			}
			defer got.Body.Close()
			b, err := io.ReadAll(got.Body)
			if err != nil {
				t.Fatal(err)
			}
			if got.StatusCode != c.status || !strings.Contains(string(b), c.want) {
				t.Errorf("%d, want %d with %q: %.600s", got.StatusCode, c.status, c.want, b)
			}
		})
	}
	if _, _, page := get(t, s.URL+"/record"); !strings.Contains(page, "The record is empty") {
		t.Error("something of a broken request was kept")
	}
}
