package web

import (
	"context"
	_ "embed"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// browser starts a real browser, or skips the test where there is none.
func browser(t *testing.T) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Skip("no chromium on this machine: apt-get install chromium")
	}
	if testing.Short() {
		t.Skip("browser tests are left out with -short")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 3*time.Minute)
	t.Cleanup(cancel)
	// A window that nobody looks at has no focus.
	if err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
		return err
	})); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	return ctx
}

// complaints collects what the browser logs (refused scripts, missing files) and
// what it asks of other servers than ours.
type complaints struct {
	sync.Mutex
	list []string
}

func (c *complaints) listen(t *testing.T, ctx context.Context, server string) {
	t.Helper()
	if err := chromedp.Listen(ctx, func(ev any) {
		c.Lock()
		defer c.Unlock()
		switch e := ev.(type) {
		case *log.EventEntryAdded:
			c.list = append(c.list, e.Entry.Text)
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(e.Request.URL, server) && !strings.HasPrefix(e.Request.URL, "data:") && !strings.HasPrefix(e.Request.URL, "about:") {
				c.list = append(c.list, "asks "+e.Request.URL)
			}
		}
	}); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
}

//go:embed testdata/accessible.js
var accessible string

// widths are those of a telephone, a tablet and a desk, in pixels.
var widths = []int64{390, 900, 1440}

// look checks the page that is shown at three widths, light and dark.
func look(t *testing.T, ctx context.Context, where string) {
	t.Helper()
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range widths {
			if scheme == "dark" && width > widths[0] {
				continue // what a wide window shows in other places, it shows in the same colours
			}
			if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900), emulate(scheme)); err != nil {
				t.Fatal(err)
			}
			faults, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](accessible))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range faults {
				t.Errorf("%s at %d pixels, %s: %s", where, width, scheme, f)
			}
		}
	}
}

func emulate(scheme string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}})
		return err
	})
}

// filled serves a record of a few reports, two of which tell one act and one of
// which gives a draft to review.
func filled(t *testing.T) *httptest.Server {
	t.Helper()
	s := serve(t, "")
	for _, x := range []struct{ text, date string }{
		{"Chile and Morocco signed a mutual defence treaty in Rabat on Monday. The treaty obliges each of them to help the other if it is attacked. Russian Foreign Minister Sergey Lavrov said on Tuesday that the pact threatened nobody.\n\nThree ships were seized, the port authority said.", "2025-03-04"},
		{"Morocco and Chile signed a mutual defence treaty on Monday in Rabat, the Moroccan foreign ministry said. Spain criticised the treaty.\n\nFour ships were seized, officials told reporters.", "2025-03-05"},
	} {
		r, err := http.PostForm(s.URL+"/report", url.Values{"text": {x.text}, "date": {x.date}, "keep": {"yes"}})
		if err != nil {
			t.Fatal(err)
		}
		r.Body.Close()
	}
	return s
}

// wait returns when a whole page is shown on which what the selector finds holds
// some words. While one page gives way to the next nothing can be asked.
func wait(t *testing.T, ctx context.Context, selector, holds string) {
	t.Helper()
	ask := fmt.Sprintf(`document.readyState === "complete" ? document.querySelector(%q)?.textContent ?? "" : ""`, selector)
	for began := time.Now(); time.Since(began) < 30*time.Second; time.Sleep(30 * time.Millisecond) {
		if text, err := chromedp.Run(ctx, chromedp.Evaluate[string](ask)); err == nil && text != "" && strings.Contains(text, holds) {
			return
		}
	}
	t.Fatalf("no page with %s: %s", selector, holds)
}

// found returns the first address on a page that fits a pattern.
func found(t *testing.T, page, pattern string) string {
	t.Helper()
	_, _, body := get(t, page)
	at := regexp.MustCompile(`href="(` + pattern + `)"`).FindStringSubmatch(body)
	if at == nil {
		t.Fatalf("no link %s on %s", pattern, page)
	}
	return at[1]
}

// Every page, at three widths, light and dark: nothing that a screen reader
// misses, no words too pale, nothing wider than the window, no complaint of the
// browser, nothing asked of another server.
func TestBrowserPages(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	empty, s := serve(t, ""), filled(t)
	var said complaints
	said.listen(t, ctx, "http://127.0.0.1:")
	kept := found(t, s.URL+"/record", `/record/[0-9a-f]{64}`)
	act := found(t, s.URL+"/search?kind=act&q=signed", `/happening/[0-9a-f]{64}/[^"]+`)
	both := "report=" + regexp.MustCompile(`[0-9a-f]{64}`).FindString(kept)
	_, _, list := get(t, s.URL+"/record")
	for _, h := range regexp.MustCompile(`value="([0-9a-f]{64})"`).FindAllStringSubmatch(list, -1) {
		if !strings.Contains(both, h[1]) {
			both += "&report=" + h[1]
		}
	}
	for _, at := range []string{
		"/", "/?by=KOR&attacks=PRK&on=2025-01-10&since=2024-01-01", "/?by=RUS&attacks=EST&on=2025-01-10&zone=europe", "/?by=QQQ&attacks=PRK&on=2025-01-10",
		"/answer?by=RUS&attacks=EST&on=2025-01-10&answer=nato-1949/5:USA>EST", "/report", kept, act, "/compare", "/compare?" + both,
		"/instruments", "/instruments?q=nothing+such", "/instrument/rus-prk-2024", "/instrument/nato-1949", "/instrument/rus-prk-2024/changed", "/instrument/rus-prk-2024/cases", "/instrument/none",
		"/states", "/state/PRK", "/state/SUN?on=1970-01-01", "/person/Vladimir%20Putin", "/person/Sergey%20Lavrov", "/conflicts?on=2025-01-10&state=RUS",
		kept + "/others", "/years?state=RUS", "/search", "/search?q=treaty", "/search/counts?q=treaty", "/search?q=nothing", "/search?on=yesterday", "/timeline", "/timeline?who=Chile,MAR", "/timeline?instrument=rus-prk-2024",
		"/record", "/review", found(t, s.URL+"/review", `/review/\d+`), "/review?state=rejected", "/nowhere",
	} {
		if err := chromedp.Do(ctx, chromedp.Navigate(s.URL+at), chromedp.WaitReady(chromedp.CSS("h1"))); err != nil {
			t.Fatalf("%s: %v", at, err)
		}
		look(t, ctx, at)
	}
	for _, at := range []string{"/record", "/search?q=x", "/review", "/state/PRK", "/timeline?who=PRK"} {
		if err := chromedp.Do(ctx, chromedp.Navigate(empty.URL+at), chromedp.WaitReady(chromedp.CSS("h1"))); err != nil {
			t.Fatalf("%s: %v", at, err)
		}
		look(t, ctx, "an empty record: "+at)
	}
	said.Lock()
	defer said.Unlock()
	for _, c := range said.list {
		// Pages that say what is missing do so with a status that the browser logs.
		if !strings.Contains(c, "status of 404") && !strings.Contains(c, "status of 422") {
			t.Errorf("the browser complains: %s", c)
		}
	}
}

// What the script adds: pointing at a statement lights its words, the slider
// moves the day.
func TestBrowserScript(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	s := serve(t, "")
	paste, err := os.ReadFile("../examples/pyongyang-treaty.html")
	if err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(s.URL+"/report"),
		chromedp.SetValue(chromedp.ID("text"), string(paste)), chromedp.Submit(chromedp.ID("text")),
		chromedp.WaitVisible(chromedp.CSS("article.text .content"))); err != nil {
		t.Fatal(err)
	}
	look(t, ctx, "a report just read")
	lit, err := chromedp.Run(ctx, chromedp.Evaluate[string](`(() => {
		const said = document.querySelector(".said > li[data-for]");
		said.querySelector("a").focus();
		return [...document.querySelectorAll("article .lit")].map(e => e.textContent).join("");
	})()`))
	if err != nil || lit == "" {
		t.Errorf("a statement in focus lights nothing in the text (%v)", err)
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(s.URL+"/?by=KOR&attacks=PRK&on=2025-01-10"), chromedp.WaitVisible(chromedp.ID("year"))); err != nil {
		t.Fatal(err)
	}
	moved, err := chromedp.Run(ctx, chromedp.Evaluate[string](`(() => {
		const year = document.getElementById("year");
		year.value = 1990;
		year.dispatchEvent(new Event("input"));
		return document.getElementById("on").value;
	})()`))
	if err != nil || moved != "1990-01-10" {
		t.Errorf("the slider moves the day to %q (%v)", moved, err)
	}
}

// Everything can be asked and read without scripts.
func TestBrowserWithoutScripts(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	s := filled(t)
	off := chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	})
	do := func(steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, steps...); err != nil {
			t.Fatal(err)
		}
	}
	enter := "\r"
	do(off, chromedp.Navigate(s.URL+"/"), chromedp.SendKeys(chromedp.ID("by"), "South Korea"), chromedp.SendKeys(chromedp.ID("attacks"), "PRK"+enter))
	wait(t, ctx, "h1", "South Korea attacks North Korea")
	do(chromedp.Navigate(s.URL+"/search"), chromedp.SendKeys(chromedp.ID("q"), "treaty"+enter))
	wait(t, ctx, ".items", "treaty")
	do(chromedp.Navigate(s.URL+"/report"), chromedp.SendKeys(chromedp.ID("text"), "Russia attacked Ukraine, Germany said."), chromedp.Click(chromedp.CSS("main button")))
	wait(t, ctx, "article.text", "Russia attacked Ukraine")
	entry := found(t, s.URL+"/review", `/review/\d+`)
	do(chromedp.Navigate(s.URL+entry), chromedp.SendKeys(chromedp.ID("reviewer"), "Q. Reader"), chromedp.Click(chromedp.CSS("button.danger")))
	wait(t, ctx, "button[value=reopen]", "again")
}
