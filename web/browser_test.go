package web

import (
	"context"
	"os"
	"os/exec"
	"strings"
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
func complaints(ctx context.Context) *[]string {
	var list []string
	chromedp.ListenTarget(ctx, func(ev any) {
		if e, ok := ev.(*log.EventEntryAdded); ok {
			list = append(list, e.Entry.Text)
		}
	})
	return &list
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
	said := complaints(ctx)
	paste, err := os.ReadFile("../examples/pyongyang-treaty.html")
	if err != nil {
		t.Fatal(err)
	}
	var faults []string
	look := func(where string) {
		t.Helper()
		for _, width := range []int64{360, 800, 1400} {
			if err := chromedp.Run(ctx, chromedp.EmulateViewport(width, 900), chromedp.Evaluate(accessible, &faults)); err != nil {
				t.Fatal(err)
			}
			for _, f := range faults {
				t.Errorf("%s at %d pixels: %s", where, width, f)
			}
		}
	}
	var title, lit string
	if err := chromedp.Run(ctx, log.Enable(),
		chromedp.Navigate(s.URL+"/"),
		chromedp.SetValue("#by", "KOR", chromedp.ByID),
		chromedp.SetValue("#attacks", "PRK", chromedp.ByID),
		chromedp.SetValue("#on", "2025-01-10", chromedp.ByID),
		chromedp.Submit("#on", chromedp.ByID),
		chromedp.WaitVisible("svg.map", chromedp.ByQuery),
		chromedp.Text("h2", &title, chromedp.ByQuery),
	); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(title, "South Korea attacks North Korea") {
		t.Errorf("the answer page is headed %q", title)
	}
	look("answers")

	if err := chromedp.Run(ctx,
		chromedp.Navigate(s.URL+"/report"),
		chromedp.SetValue("#text", string(paste), chromedp.ByID),
		chromedp.Submit("#text", chromedp.ByID),
		chromedp.WaitVisible("article.text .content", chromedp.ByQuery),
		chromedp.Evaluate(`(() => {
			const said = document.querySelector("ol.said > li[data-for]");
			said.dispatchEvent(new MouseEvent("mouseover", {bubbles: true}));
			return [...document.querySelectorAll("article .lit")].map(e => e.textContent).join("");
		})()`, &lit),
	); err != nil {
		t.Fatal(err)
	}
	if lit == "" {
		t.Error("pointing at a statement lights nothing in the text")
	}
	look("report")

	for _, path := range []string{"/", "/report", "/instruments", "/instrument/rus-prk-2024", "/states"} {
		if err := chromedp.Run(ctx, chromedp.Navigate(s.URL+path), chromedp.WaitVisible("h1", chromedp.ByQuery)); err != nil {
			t.Fatal(err)
		}
		look(path)
	}
	for _, c := range *said {
		t.Errorf("the browser complains: %s", c)
	}
}
