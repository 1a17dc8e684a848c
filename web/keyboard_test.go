package web

import (
	"fmt"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Every main job can be done with the keyboard alone: ask, unfold a derivation,
// read and keep a report, follow an act to its question, search, review.
func TestBrowserKeyboard(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	s := serve(t, "")
	press := func(keys string) {
		t.Helper()
		if err := chromedp.Do(ctx, chromedp.KeyEvent(keys)); err != nil {
			t.Fatal(err)
		}
	}
	// to moves the focus on until it stands on what the selector finds.
	to := func(selector string) {
		t.Helper()
		const most = 120
		for range most {
			press("\t")
			on, err := chromedp.Run(ctx, chromedp.Evaluate[bool](fmt.Sprintf("document.activeElement.matches(%q)", selector)))
			if err != nil {
				t.Fatal(err)
			}
			if on {
				seen, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`(() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
					return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 && r.width > 0 && r.bottom > 0 && r.top < innerHeight; })()`))
				if err != nil || !seen {
					t.Errorf("the focus on %s is not seen (%v)", selector, err)
				}
				return
			}
		}
		t.Fatalf("%d times Tab does not lead to %s", most, selector)
	}
	until := func(selector, holds string) { t.Helper(); wait(t, ctx, selector, holds) }
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(1000, 900), chromedp.Navigate(s.URL+"/report")); err != nil {
		t.Fatal(err)
	}
	press("\t\r") // past the head of the page
	to("#text")
	press("Azerbaijan struck an Armenian base on Tuesday, 4 March 2025. Chile and Morocco signed a mutual defence treaty in Rabat on Monday.")
	to("#date")
	press("2025-03-05")
	to("input[name=keep]")
	press(" ")
	to("main form button")
	press("\r")
	until(".word.record", "Kept in the record")
	to("main a[href^='/?act=']")
	press("\r")
	until("h1", "If Azerbaijan attacks Armenia on 2025-03-04")
	to("#bound details > summary, #disputed details > summary, #open details > summary")
	press("\r")
	until("details[open] .tree", "")
	if err := chromedp.Do(ctx, chromedp.Navigate(s.URL+"/")); err != nil {
		t.Fatal(err)
	}
	to("#by")
	press("South Korea")
	to("#attacks")
	press("PRK")
	to("#year") // the arrows move the day by years
	press(kb.ArrowLeft)
	until("h1", "If South Korea attacks North Korea on 2025-11-23")
	to("input[name=q]")
	press("treaty\r")
	until(".items", "Chile")
	to("nav a[href='/review']")
	press("\r")
	until("h1", "Review")
	to("main a[href^='/review/']")
	press("\r")
	until("h2", "What the reports say")
	to("#reviewer")
	press("Q. Reader")
	to("button.danger")
	press("\r")
	until("ol.clean", "Q. Reader")
	to("#undoer")
	press("S. Editor")
	to("button[value=undo]")
	press("\r")
	until("main", "takes back decision 1")
}
