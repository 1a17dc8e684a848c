package web

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/casus-foederis/casus/report/fetch"
)

// caller is a client that knows nothing but the document: it sends what the
// document declares and holds every answer against it.
type caller struct {
	t        *testing.T
	at       string // of the server
	document map[string]any
	schemas  *jsonschema.Compiler
}

// call is one request. Path and query are parameters by name.
type call struct {
	name   string
	op     string
	params map[string]string
	header map[string]string
	body   string
	kind   string // of the body
	token  string // of whom; empty: the owner
	status int
	holds  string // what the answer contains
}

const apiTokens = tokens + "owners-token-0123456789 all Dora\n"

func newCaller(t *testing.T, at string) *caller {
	t.Helper()
	_, _, body := get(t, at+"/api/openapi.json")
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		t.Fatalf("the document is no JSON: %v", err)
	}
	c := &caller{t: t, at: at, document: doc.(map[string]any), schemas: jsonschema.NewCompiler()}
	c.schemas.AssertFormat()
	if err := c.schemas.AddResource("casus:openapi", doc); err != nil {
		t.Fatal(err)
	}
	return c
}

type declared struct {
	method, path string
	of           map[string]any
}

// operations lists what the document declares, by id.
func (c *caller) operations() map[string]declared {
	out := map[string]declared{}
	for path, item := range c.document["paths"].(map[string]any) {
		for method, op := range item.(map[string]any) {
			id, _ := op.(map[string]any)["operationId"].(string)
			if _, twice := out[id]; twice || id == "" {
				c.t.Errorf("%s %s: operation id %q is missing or there twice", method, path, id)
			}
			out[id] = declared{method, path, op.(map[string]any)}
		}
	}
	return out
}

// pointer is where a schema stands in the document.
func pointer(parts ...string) string {
	for i, p := range parts {
		parts[i] = url.PathEscape(strings.NewReplacer("~", "~0", "/", "~1").Replace(p))
	}
	return "casus:openapi#/" + strings.Join(parts, "/")
}

func (c *caller) do(row call) (*http.Response, []byte) {
	c.t.Helper()
	op, ok := c.operations()[row.op]
	if !ok {
		c.t.Fatalf("%s: the document has no operation %s", row.name, row.op)
	}
	path, query := op.path, url.Values{}
	r, err := http.NewRequest(strings.ToUpper(op.method), c.at, strings.NewReader(row.body))
	if err != nil {
		c.t.Fatal(err)
	}
	used := 0
	params, _ := op.of["parameters"].([]any)
	for _, p := range params {
		p := p.(map[string]any)
		name := p["name"].(string)
		value, given := row.params[name]
		if !given {
			continue
		}
		used++
		switch p["in"] {
		case "path":
			path = strings.ReplaceAll(path, "{"+name+"}", url.PathEscape(value))
		case "query":
			query.Set(name, value)
		case "header":
			r.Header.Set(name, value)
		}
	}
	if row.params["undeclared"] != "" {
		query.Set("undeclared", row.params["undeclared"])
		used++
	}
	if used != len(row.params) {
		c.t.Errorf("%s: some of %v are not declared", row.name, slices.Collect(maps.Keys(row.params)))
	}
	if r.URL, err = url.Parse(c.at + path + "?" + query.Encode()); err != nil {
		c.t.Fatal(err)
	}
	if row.kind != "" {
		r.Header.Set("Content-Type", row.kind)
	}
	r.Header.Set("Authorization", "Bearer owners-token-0123456789")
	if row.token == "nobody" {
		r.Header.Del("Authorization")
	} else if row.token != "" {
		r.Header.Set("Authorization", "Bearer "+row.token+"-token-0123456789")
	}
	for k, v := range row.header {
		r.Header.Set(k, v)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatalf("%s: %v", row.name, err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		c.t.Fatalf("%s: %v", row.name, err)
	}
	c.fits(row, op, answer, body)
	return answer, body
}

// fits holds an answer against what the document says of it.
func (c *caller) fits(row call, op declared, answer *http.Response, body []byte) {
	c.t.Helper()
	if answer.StatusCode != row.status || !strings.Contains(string(body), row.holds) {
		c.t.Errorf("%s (%s): status %d, want %d with %q: %.300s", row.name, row.op, answer.StatusCode, row.status, row.holds, body)
		return
	}
	status := fmt.Sprint(answer.StatusCode)
	declared, ok := op.of["responses"].(map[string]any)[status].(map[string]any)
	if !ok {
		c.t.Errorf("%s (%s): status %s is not declared", row.name, row.op, status)
		return
	}
	content, _ := declared["content"].(map[string]any)
	kind, _, _ := strings.Cut(answer.Header.Get("Content-Type"), ";")
	if len(body) == 0 && len(content) == 0 {
		return
	}
	if _, ok := content[kind]; !ok {
		c.t.Errorf("%s (%s): %s is not declared for status %s", row.name, row.op, kind, status)
		return
	}
	if !strings.HasSuffix(kind, "json") {
		return
	}
	schema, err := c.schemas.Compile(pointer("paths", op.path, op.method, "responses", status, "content", kind, "schema"))
	if err != nil {
		c.t.Fatalf("%s: %v", row.op, err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err == nil {
		err = schema.Validate(value)
	}
	if err != nil {
		c.t.Errorf("%s (%s): the answer is not as declared: %v", row.name, row.op, err)
	}
}

// The document is one: references lead somewhere, schemas are schemas, what a
// path names is declared.
func TestOpenAPI(t *testing.T) {
	s := serve(t, apiTokens)
	c := newCaller(t, s.URL)
	if v, _ := c.document["openapi"].(string); !strings.HasPrefix(v, "3.1.") {
		t.Errorf("openapi %q", v)
	}
	schemas := c.document["components"].(map[string]any)["schemas"].(map[string]any)
	for name := range schemas {
		if _, err := c.schemas.Compile(pointer("components", "schemas", name)); err != nil {
			t.Errorf("schema %s: %v", name, err)
		}
	}
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			if ref, ok := v["$ref"].(string); ok {
				if _, ok := schemas[strings.TrimPrefix(ref, "#/components/schemas/")]; !ok {
					t.Errorf("%s leads nowhere", ref)
				}
			}
			for _, part := range v {
				walk(part)
			}
		case []any:
			for _, part := range v {
				walk(part)
			}
		}
	}
	walk(c.document)
	for id, op := range c.operations() {
		named := map[string]bool{}
		params, _ := op.of["parameters"].([]any)
		for _, p := range params {
			p := p.(map[string]any)
			if p["in"] == "path" {
				named[p["name"].(string)] = true
			}
		}
		if n := strings.Count(op.path, "{"); n != len(named) {
			t.Errorf("%s: %s declares the parts %v", id, op.path, named)
		}
		if op.of["summary"] == "" || op.of["tags"] == nil {
			t.Errorf("%s has no summary or no tag", id)
		}
	}
	for _, path := range []string{"/api/openapi.yaml", "/api/openapi-3.0.json"} {
		if status, head, body := get(t, s.URL+path); status != 200 || head.Get("ETag") == "" || !strings.Contains(body, "undoJudgement") {
			t.Errorf("%s: status %d, %.80s", path, status, body)
		}
	}
}

// Reports of one signing by two outlets; the later version of one.
const (
	pact   = `{"url":"https://atlas.example/pact","outlet":"The Atlas Courier","title":"Chile and Morocco sign a pact","published":"2025-03-04","text":"Chile and Morocco signed a defense pact in Rabat on Monday. The pact obliges each of them to come to the aid of the other if it is attacked. \"We will stand together\", Moroccan Foreign Minister Nasser Bourita said."}`
	pact2  = `{"url":"https://atlas.example/pact","outlet":"The Atlas Courier","title":"Chile and Morocco sign a pact","published":"2025-03-04","text":"Chile and Morocco signed a defense pact in Rabat on Monday, officials said later. The pact obliges each of them to come to the aid of the other if it is attacked."}`
	pactOf = `{"url":"https://plain.example/rabat","outlet":"Plain Dealer","title":"A pact in Rabat","published":"2025-03-04","text":"Morocco and Chile signed a defense pact on Monday in Rabat, Moroccan Foreign Minister Nasser Bourita said."}`
)

// Every operation is called with what it takes and with what it does not, and
// answers as the document says.
func TestEveryOperation(t *testing.T) {
	s := serve(t, apiTokens)
	c := newCaller(t, s.URL)
	p := func(pairs ...string) map[string]string {
		out := map[string]string{}
		for i := 0; i < len(pairs); i += 2 {
			out[pairs[i]] = pairs[i+1]
		}
		return out
	}
	const jsonBody = "application/json"
	for _, row := range []call{
		{name: "keep", op: "addReport", body: pact, kind: jsonBody, status: 201, holds: `"state":"new"`},
		{name: "keep again", op: "addReport", body: pact, kind: jsonBody, status: 200, holds: `"state":"unchanged"`},
		{name: "keep a version", op: "addReport", body: pact2, kind: jsonBody, status: 201, holds: `"state":"version"`},
		{name: "keep another", op: "addReport", body: pactOf, kind: jsonBody, status: 201},
		{name: "keep as a reader", op: "addReport", body: pact, token: "readers", status: 403, holds: "this needs the role write"},
		{name: "keep nothing", op: "addReport", status: 422, holds: "there is nothing in it"},
	} {
		c.do(row)
	}
	_, body := c.do(call{name: "list", op: "reports", status: 200})
	var heads []struct{ Hash, ID string }
	if err := json.Unmarshal(body, &heads); err != nil || len(heads) != 2 {
		t.Fatalf("%d reports, %v", len(heads), err)
	}
	_, body = c.do(call{name: "acts", op: "search", params: p("kind", "act,agreement"), status: 200})
	var acts []struct{ Ref string }
	if err := json.Unmarshal(body, &acts); err != nil || len(acts) == 0 {
		t.Fatalf("%d acts, %v: %s", len(acts), err, body)
	}
	long := strings.Repeat("Russia said no. ", 1<<20)
	rows := []call{
		{name: "about", op: "version", status: 200, holds: `"record":true`},
		{name: "about, with what is not asked", op: "version", params: p("undeclared", "x"), status: 422, holds: "unknown query parameter"},

		{name: "question", op: "who", params: p("by", "KOR", "attacks", "PRK", "on", "2025-01-10"), status: 200, holds: `"bearer":"RUS"`},
		{name: "question by names and two attackers", op: "who", params: p("by", "South Korea,USA", "attacks", "north korea", "on", "2025-01-10", "known", "2025-01-10", "view", "unsc", "kind", "invasion"), status: 200},
		{name: "question without attacked", op: "who", params: p("by", "KOR"), status: 422, holds: "the attacked state (attacks) is not named"},
		{name: "question of nobody", op: "who", params: p("by", "QQQ", "attacks", "PRK"), status: 422, holds: "unknown state"},
		{name: "question on no day", op: "who", params: p("by", "KOR", "attacks", "PRK", "on", "2025-02-30"), status: 422, holds: "no day 30"},
		{name: "question with an unknown assumption", op: "who", params: p("by", "KOR", "attacks", "PRK", "assume", "luck"), status: 422, holds: "query.assume"},
		{name: "question by nobody", op: "who", params: p("by", "KOR", "attacks", "PRK"), token: "nobody", status: 401, holds: "a token is needed"},

		{name: "commitments", op: "commitments", params: p("state", "PRK", "on", "2025-01-10", "limit", "2"), status: 200, holds: "PRK"},
		{name: "commitments of nobody", op: "commitments", params: p("state", "QQQ"), status: 404, holds: "there is no state"},
		{name: "commitments before it existed", op: "commitments", params: p("state", "PRK", "on", "1900-01-01"), status: 422, holds: "did not exist"},
		{name: "changed", op: "changed", params: p("instrument", "rus-prk-2024"), status: 200, holds: "newly bound"},
		{name: "changed by nothing", op: "changed", params: p("instrument", "rus-prk-2042"), status: 404, holds: "did you mean"},
		{name: "conflicts", op: "conflicts", params: p("on", "2025-01-10", "state", "RUS"), status: 200, holds: "unsc-1718"},
		{name: "conflicts on no day", op: "conflicts", params: p("on", "soon"), status: 422, holds: "soon"},
		{name: "world", op: "world", params: p("on", "2025-01-10"), status: 200, holds: "2025-01-10,KOR,PRK"},
		{name: "world as JSON", op: "world", params: p("on", "2025-01-10", "format", "jsonl"), status: 200, holds: `"attacker":"KOR"`},
		{name: "world of a century", op: "world", params: p("from", "1900", "to", "1999"), status: 422, holds: "at most 20 years"},

		{name: "instruments", op: "instruments", params: p("q", "PRK"), status: 200, holds: "rus-prk-2024"},
		{name: "instruments, none of them", op: "instruments", params: p("limit", "0"), status: 422, holds: "query.limit"},
		{name: "instrument", op: "instrument", params: p("id", "rus-prk-2024"), status: 200, holds: "Article 4"},
		{name: "no instrument", op: "instrument", params: p("id", "none"), status: 404},
		{name: "states", op: "states", params: p("on", "1950-01-01", "limit", "1000"), status: 200, holds: "Soviet Union"},
		{name: "states on no day", op: "states", params: p("on", "1950"), status: 422},
		{name: "state", op: "state", params: p("code", "PRK", "on", "2025-01-10"), status: 200, holds: "Kim Jong Un"},
		{name: "no state", op: "state", params: p("code", "QQQ"), status: 404},
		{name: "places", op: "places", status: 200, holds: "names"},
		{name: "places, too many", op: "places", params: p("limit", "5000"), status: 422},
		{name: "persons", op: "persons", params: p("q", "bourita"), status: 200, holds: "Nasser Bourita"},
		{name: "persons before all", op: "persons", params: p("offset", "-1"), status: 422},
		{name: "person", op: "person", params: p("name", "Kim Jong Un"), status: 200, holds: "PRK"},
		{name: "nobody", op: "person", params: p("name", "Nobody At All"), status: 404},

		{name: "read", op: "read", body: pact, kind: jsonBody, status: 200, holds: "casus.reading/1"},
		{name: "read a text", op: "read", params: p("date", "2024-06-19"), body: "Russian Foreign Minister Sergey Lavrov said on Tuesday that Moscow would answer.", kind: "text/plain", status: 200, holds: "Sergey Lavrov"},
		{name: "read on no day", op: "read", params: p("date", "yesterday"), body: "x", status: 422, holds: "date:"},
		{name: "read too much", op: "read", body: long, kind: "text/plain", status: 413, holds: "10 MiB"},
		{name: "read a page inside", op: "read", params: p("url", "http://169.254.169.254/latest/"), status: 422, holds: "not on the public internet"},
		{name: "read a page that is not there", op: "read", params: p("url", "https://nowhere.example/"), status: 502, holds: "could not be asked"},
		{name: "check", op: "check", body: pact, kind: jsonBody, status: 200, holds: `"checks"`},
		{name: "check a PDF", op: "check", body: "%PDF-1.4", status: 422, holds: "PDF"},

		{name: "reports of an outlet", op: "reports", params: p("outlet", "Plain Dealer"), status: 200, holds: "A pact in Rabat"},
		{name: "reports on no day", op: "reports", params: p("from", "x"), status: 422, holds: "from:"},
		{name: "report", op: "report", params: p("key", heads[0].Hash), status: 200, holds: "casus.reading/1"},
		{name: "no report", op: "report", params: p("key", "abcdef"), status: 404},
		{name: "versions", op: "versions", params: p("key", heads[1].Hash), status: 200, holds: `"version":2`},
		{name: "versions of nothing", op: "versions", params: p("key", "abcdef"), status: 404},
		{name: "items", op: "items", params: p("key", heads[0].Hash, "kind", "statement"), status: 200, holds: `"statement"`},
		{name: "items of nothing", op: "items", params: p("key", "abcdef"), status: 404},
		{name: "search", op: "search", params: p("q", "pact", "state", "MAR"), status: 200, holds: "Rabat"},
		{name: "search for no kind", op: "search", params: p("kind", "rumour"), status: 422, holds: "query.kind"},
		{name: "search without a word", op: "search", params: p("q", `"`), status: 422},
		{name: "tally", op: "tally", params: p("by", "outlet"), status: 200, holds: "Plain Dealer"},
		{name: "tally by luck", op: "tally", params: p("by", "luck"), status: 422},
		{name: "stats", op: "stats", status: 200, holds: `"reports":3`},
		{name: "stats of what", op: "stats", params: p("undeclared", "x"), status: 422},
		{name: "time line", op: "timeline", params: p("from", "2024-06-01", "to", "2025-12-31", "limit", "1000"), status: 200, holds: "rus-prk-2024"},
		{name: "time line without an end", op: "timeline", params: p("from", "2024-06-01"), status: 422},
		{name: "happenings", op: "happenings", params: p("at_least", "2"), status: 200},
		{name: "happenings told by nobody", op: "happenings", params: p("at_least", "0"), status: 422},
		{name: "happening", op: "happening", params: p("ref", acts[0].Ref), status: 200, holds: `"accounts"`},
		{name: "no happening", op: "happening", params: p("ref", heads[0].Hash+"#e99"), status: 404},
		{name: "compare", op: "compare", params: p("reports", heads[0].Hash+","+heads[1].Hash), status: 200, holds: `"shared"`},
		{name: "compare one", op: "compare", params: p("reports", heads[0].Hash), status: 422},

		{name: "judge", op: "judge", body: `{"kind":"person","a":"Nasser Bourita","b":"N. Bourita","same":true}`, kind: jsonBody, status: 201, holds: `"number":1`},
		{name: "judge for somebody else", op: "judge", body: `{"kind":"person","a":"x","b":"y","same":true,"who":"Ada"}`, kind: jsonBody, status: 422, holds: "belongs to Dora"},
		{name: "judge one thing", op: "judge", body: `{"kind":"person","a":"x","b":"x","same":true}`, kind: jsonBody, status: 422},
		{name: "judge with more", op: "judge", body: `{"kind":"person","a":"x","b":"y","same":true,"weight":1}`, kind: jsonBody, status: 422, holds: "weight"},
		{name: "judge as a writer", op: "judge", token: "writers", body: `{}`, kind: jsonBody, status: 403},
		{name: "judgements", op: "judgements", params: p("about", "Nasser Bourita"), status: 200, holds: `"who":"Dora"`},
		{name: "judgements, too many", op: "judgements", params: p("limit", "1001"), status: 422},
		{name: "take back", op: "undoJudgement", params: p("number", "1"), status: 204},
		{name: "take back again", op: "undoJudgement", params: p("number", "1"), status: 404},
		{name: "drafts", op: "drafts", params: p("state", "waiting", "party", "mar"), status: 200, holds: "The Atlas Courier"},
		{name: "drafts in no state", op: "drafts", params: p("state", "lost"), status: 422},
		{name: "draft", op: "draft", params: p("number", "1"), status: 200, holds: `"quotes"`},
		{name: "no draft", op: "draft", params: p("number", "99"), status: 404},
		{name: "correct without a text", op: "decide", params: p("number", "1"), body: `{"verdict":"correct"}`, kind: jsonBody, status: 422, holds: "needs the text"},
		{name: "correct with a wrong text", op: "decide", params: p("number", "1"), body: `{"verdict":"correct","text":"title: x\nform: nonsense\n"}`, kind: jsonBody, status: 422, holds: "body.text:"},
		{name: "accept", op: "decide", params: p("number", "1"), body: `{"verdict":"accept","why":"seen in both"}`, kind: jsonBody, status: 201, holds: `"who":"Dora"`},
		{name: "accept what was decided meanwhile", op: "decide", params: p("number", "1"), body: `{"verdict":"reject"}`, kind: jsonBody, status: 409},
		{name: "decide as a writer", op: "decide", params: p("number", "1"), token: "writers", body: `{"verdict":"reject"}`, kind: jsonBody, status: 403},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			c := *c
			c.t = t
			c.do(row)
		})
	}
	t.Run("jobs", func(t *testing.T) { c := *c; c.t = t; c.jobs() })

	called := map[string]bool{"addReport": true, "startJob": true, "jobs": true, "job": true, "cancelJob": true, "jobEvents": true}
	wrong := map[string]bool{"addReport": true, "startJob": true, "jobs": true, "job": true, "cancelJob": true, "jobEvents": true}
	for _, row := range rows {
		if row.status < 300 {
			called[row.op] = true
		} else {
			wrong[row.op] = true
		}
	}
	for id := range c.operations() {
		if !called[id] || !wrong[id] {
			t.Errorf("%s was not called rightly and wrongly", id)
		}
	}
}

// event is one Server-Sent Event.
type event struct{ id, kind, data string }

func (c *caller) events(id, after string) []event {
	c.t.Helper()
	r, err := http.NewRequest("GET", c.at+"/api/jobs/"+id+"/events", nil)
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer owners-token-0123456789")
	if after != "" {
		r.Header.Set("Last-Event-ID", after)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != 200 || answer.Header.Get("Content-Type") != "text/event-stream" {
		c.t.Fatalf("events of %s: %s as %s", id, answer.Status, answer.Header.Get("Content-Type"))
	}
	var out []event
	var e event
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		key, value, _ := strings.Cut(lines.Text(), ": ")
		switch key {
		case "id":
			e.id = value
		case "event":
			e.kind = value
		case "data":
			e.data = value
		case "":
			out = append(out, e)
			e = event{}
		}
	}
	return out
}

func (c *caller) jobs() {
	t := c.t
	batch := pact + "\n" + `{"no": "report"}` + "\n" + `{"id":"x1","outlet":"The Wire","title":"No","published":"2025-03-05","text":"Russia rejected the demand of Japan."}` + "\n"
	_, body := c.do(call{name: "start", op: "startJob", body: batch, kind: "application/jsonl", status: 202, holds: `"state"`})
	var j struct{ ID string }
	if err := json.Unmarshal(body, &j); err != nil {
		t.Fatal(err)
	}
	all := c.events(j.ID, "")
	results := slices.DeleteFunc(slices.Clone(all), func(e event) bool { return e.kind != "result" })
	last := all[len(all)-1]
	if len(results) != 3 || last.kind != "done" || last.id != "4" || !strings.Contains(last.data, `"read":2,"failed":1,"kept":1`) {
		t.Errorf("events %+v", all)
	}
	for _, e := range all {
		schema, err := c.schemas.Compile(pointer("components", "schemas", map[string]string{"progress": "Job", "result": "JobResult", "done": "JobDone"}[e.kind]))
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(e.data))
		if err == nil {
			err = schema.Validate(value)
		}
		if err != nil {
			t.Errorf("event %s %s: %v", e.kind, e.data, err)
		}
	}
	if rest := c.events(j.ID, results[1].id); len(rest) == 0 || rest[0].id != "3" || rest[len(rest)-1].kind != "done" {
		t.Errorf("resumed after %s: %+v", results[1].id, rest)
	}
	var archive bytes.Buffer
	z := zip.NewWriter(&archive)
	for name, text := range map[string]string{"a.txt": "France rejected the demand of Italy.", "lines.jsonl": pact + "\n" + pactOf + "\n", ".hidden": "x"} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, text)
	}
	z.Close()
	_, body = c.do(call{name: "start an archive", op: "startJob", params: map[string]string{"keep": "false"}, body: archive.String(), kind: "application/zip", status: 202})
	if err := json.Unmarshal(body, &j); err != nil {
		t.Fatal(err)
	}
	if all := c.events(j.ID, ""); !strings.Contains(all[len(all)-1].data, `"read":3,"failed":0,"kept":0`) {
		t.Errorf("events of an archive: %+v", all)
	}
	for _, row := range []call{
		{name: "jobs", op: "jobs", status: 200, holds: `"by":"Dora"`},
		{name: "job", op: "job", params: map[string]string{"id": j.ID}, status: 200, holds: `"state":"done"`},
		{name: "no job", op: "job", params: map[string]string{"id": "none"}, status: 404},
		{name: "no events", op: "jobEvents", params: map[string]string{"id": "none"}, status: 404},
		{name: "events after a word", op: "jobEvents", params: map[string]string{"id": j.ID, "Last-Event-ID": "x"}, status: 422},
		{name: "cancel what is done", op: "cancelJob", params: map[string]string{"id": j.ID}, status: 202, holds: `"state":"done"`},
		{name: "cancel somebody else's", op: "cancelJob", params: map[string]string{"id": j.ID}, token: "writers", status: 403, holds: "somebody else"},
		{name: "cancel nothing", op: "cancelJob", params: map[string]string{"id": "none"}, status: 404},
		{name: "start nothing", op: "startJob", kind: "application/jsonl", status: 422},
		{name: "start as a reader", op: "startJob", token: "readers", body: batch, kind: "application/jsonl", status: 403},
		{name: "jobs of what", op: "jobs", params: map[string]string{"undeclared": "x"}, status: 422},
	} {
		c.do(row)
	}
}

// Lists lead from page to page until nothing is left, and nothing comes twice.
func TestPaging(t *testing.T) {
	s := serve(t, "")
	seen := map[string]bool{}
	next := "/api/instruments?limit=100"
	for next != "" {
		status, head, body := get(t, s.URL+next)
		var found []InstrumentHead
		if err := json.Unmarshal([]byte(body), &found); status != 200 || err != nil {
			t.Fatalf("%s: status %d, %v", next, status, err)
		}
		for _, i := range found {
			if seen[i.ID] {
				t.Errorf("%s twice", i.ID)
			}
			seen[i.ID] = true
		}
		next = ""
		for link := range strings.SplitSeq(head.Get("Link"), ", ") {
			if at, ok := strings.CutSuffix(link, `>; rel="next"`); ok {
				next = strings.TrimPrefix(at, "<")
			}
		}
	}
	o, err := newOptions()
	if err != nil {
		t.Fatal(err)
	}
	if want := len(o.Checker.Corpus().Instruments); len(seen) != want {
		t.Errorf("%d instruments, want %d", len(seen), want)
	}
}

// An answer that is known already is not sent again, and not made again.
func TestTags(t *testing.T) {
	s := serve(t, "")
	post(t, s.URL+"/api/reports", pact)
	for _, path := range []string{"/api/who?by=KOR&attacks=PRK&on=2025-01-10", "/api/world?on=2025-01-10", "/api/instruments", "/api/reports", "/api/search?q=pact", "/api/openapi.json"} {
		_, head, _ := get(t, s.URL+path)
		tag := head.Get("ETag")
		for _, sent := range []string{tag, "W/" + tag, `"other", ` + tag, "*"} {
			r, err := http.NewRequest("GET", s.URL+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("If-None-Match", sent)
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				t.Fatal(err)
			}
			answer.Body.Close()
			if answer.StatusCode != http.StatusNotModified {
				t.Errorf("%s with %s: status %d", path, sent, answer.StatusCode)
			}
		}
	}
	_, before, _ := get(t, s.URL+"/api/reports")
	post(t, s.URL+"/api/reports", pactOf)
	if _, after, _ := get(t, s.URL+"/api/reports"); after.Get("ETag") == before.Get("ETag") {
		t.Error("the list changed and its tag did not")
	}
	if _, head, _ := get(t, s.URL+"/api/who?by=KOR&attacks=KOR"); head.Get("ETag") != "" {
		t.Error("an error has a tag")
	}
}

func post(t *testing.T, at, body string) (int, string) {
	t.Helper()
	answer, err := http.Post(at, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(b)
}

// A page is read from its address, through the same door for strangers' addresses.
func TestReadByAddress(t *testing.T) {
	news := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		io.WriteString(w, `<html><body><article><h1>No</h1><p>Russian Foreign Minister Sergey Lavrov said on Tuesday that Moscow would answer.</p></article></body></html>`)
	}))
	defer news.Close()
	o, err := newOptions()
	if err != nil {
		t.Fatal(err)
	}
	own := netip.MustParseAddrPort(news.Listener.Addr().String())
	o.Fetch = &fetch.Client{Timeout: 5 * time.Second, Allow: func(to netip.AddrPort) error {
		if to != own {
			return fetch.ErrForbade
		}
		return nil
	}}
	h, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	s := httptest.NewServer(h)
	defer s.Close()
	status, body := post(t, s.URL+"/api/read?url="+url.QueryEscape(news.URL+"/no"), "")
	if status != 200 || !strings.Contains(body, "Sergey Lavrov") || !strings.Contains(body, news.URL+"/no") {
		t.Errorf("status %d: %.300s", status, body)
	}
	answer, err := http.PostForm(s.URL+"/report", url.Values{"url": {news.URL + "/no"}})
	if err != nil {
		t.Fatal(err)
	}
	page, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	if err != nil || answer.StatusCode != 200 || !strings.Contains(string(page), "Sergey Lavrov") {
		t.Errorf("by the form: status %d, %v", answer.StatusCode, err)
	}
}

// Reading takes turns; who would wait too long is told so.
func TestTurns(t *testing.T) {
	turns := newTurns()
	var done []func()
	for range cap(turns.free) {
		d, err := turns.take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		done = append(done, d)
	}
	turns.waiting.Store(int32(perTurn * cap(turns.free)))
	if _, err := turns.take(t.Context()); err == nil || err.(*Problem).Status != http.StatusServiceUnavailable || err.(*Problem).GetHeaders().Get("Retry-After") == "" {
		t.Errorf("%v", err)
	}
	turns.waiting.Store(0)
	for _, d := range done {
		d()
	}
	if d, err := turns.take(t.Context()); err != nil {
		t.Error(err)
	} else {
		d()
	}
}
