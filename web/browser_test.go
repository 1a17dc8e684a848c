package web

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
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
	ctx, cancel = context.WithTimeout(ctx, 90*time.Second)
	t.Cleanup(cancel)
	return ctx
}

// complaints collects what the browser logs: refused scripts, missing files.
type complaints struct {
	sync.Mutex
	list []string
}

func (c *complaints) listen(t *testing.T, ctx context.Context) {
	t.Helper()
	if err := chromedp.Listen(ctx, func(ev any) {
		if e, ok := ev.(*log.EventEntryAdded); ok {
			c.Lock()
			c.list = append(c.list, e.Entry.Text)
			c.Unlock()
		}
	}); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
}

// accessible is a script that lists what a screen reader would miss.
const accessible = `(() => {
  const bad = [];
  for (const e of document.querySelectorAll("input:not([type=hidden]),select,textarea"))
    if (!e.labels?.length && !e.getAttribute("aria-label")) bad.push("no label: " + e.outerHTML.slice(0, 80));
  for (const e of document.querySelectorAll("a,button"))
    if (!(e.textContent.trim() || e.getAttribute("aria-label") || e.id)) bad.push("no name: " + e.outerHTML.slice(0, 80));
  for (const e of document.querySelectorAll("svg:not([aria-hidden])"))
    if (!e.querySelector("title")) bad.push("picture without a title");
  const ids = [...document.querySelectorAll("[id]")].map(e => e.id);
  ids.filter((x, i) => ids.indexOf(x) !== i).forEach(x => bad.push("id twice: " + x));
  if (document.querySelectorAll("h1").length !== 1) bad.push("not exactly one h1");
  if (!document.documentElement.lang) bad.push("no language");
  if (document.documentElement.scrollWidth > innerWidth + 1) bad.push("wider than the window: " + document.documentElement.scrollWidth);
  return bad;
})()`

func TestBrowser(t *testing.T) {
	ctx := browser(t)
	s := serve(t, "")
	var said complaints
	said.listen(t, ctx)
	paste, err := os.ReadFile("../examples/pyongyang-treaty.html")
	if err != nil {
		t.Fatal(err)
	}
	do := func(steps ...chromedp.Action[chromedp.Void]) {
		t.Helper()
		if err := chromedp.Do(ctx, steps...); err != nil {
			t.Fatal(err)
		}
	}
	look := func(where string) {
		t.Helper()
		for _, width := range []int64{360, 800, 1400} {
			do(chromedp.EmulateViewport(width, 900))
			faults, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](accessible))
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range faults {
				t.Errorf("%s at %d pixels: %s", where, width, f)
			}
		}
	}

	do(chromedp.Navigate(s.URL+"/"),
		chromedp.SetValue(chromedp.ID("by"), "KOR"),
		chromedp.SetValue(chromedp.ID("attacks"), "PRK"),
		chromedp.SetValue(chromedp.ID("on"), "2025-01-10"),
		chromedp.Submit(chromedp.ID("on")),
		chromedp.WaitVisible(chromedp.CSS("svg.map")))
	title, err := chromedp.Run(ctx, chromedp.Text(chromedp.CSS("h1")))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(title, "South Korea attacks North Korea") {
		t.Errorf("the answer page is headed %q", title)
	}
	look("answers")

	do(chromedp.Navigate(s.URL+"/report"),
		chromedp.SetValue(chromedp.ID("text"), string(paste)),
		chromedp.Submit(chromedp.ID("text")),
		chromedp.WaitVisible(chromedp.CSS("article.text .content")))
	lit, err := chromedp.Run(ctx, chromedp.Evaluate[string](`(() => {
		const said = document.querySelector(".said > li[data-for]");
		said.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
		return [...document.querySelectorAll("article .lit")].map(e => e.textContent).join("");
	})()`))
	if err != nil {
		t.Fatal(err)
	}
	if lit == "" {
		t.Error("pointing at a statement lights nothing in the text")
	}
	look("report")

	for _, path := range []string{"/", "/report", "/instruments", "/instrument/rus-prk-2024", "/states", "/state/RUS", "/record"} {
		do(chromedp.Navigate(s.URL+path), chromedp.WaitVisible(chromedp.CSS("h1")))
		look(path)
	}
	said.Lock()
	defer said.Unlock()
	for _, c := range said.list {
		t.Errorf("the browser complains: %s", c)
	}
}
