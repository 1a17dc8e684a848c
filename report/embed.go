package report

import (
	"regexp"
	"slices"
	"strings"

	dom "golang.org/x/net/html"

	"github.com/casus-foederis/casus/text"
)

var (
	postClass   = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:twitter-(?:tweet|video)|tweet(?:-embed)?|embedded-tweet|instagram-media|fb-post|bluesky-embed|mastodon-embed|telegram-post|truth(?:social)?-embed|tiktok-embed|reddit-(?:card|embed)|threads?-embed|vk-post|social-embed|embedded-post)(?:$|[\s_-])`)
	statusURL   = regexp.MustCompile(`(?i)^https?://(?:(?:www|mobile|m)\.)?(?:twitter|x|bsky|t|instagram|facebook|threads|tiktok|truthsocial|vk|reddit|linkedin)\.(?:com|app|me|net)/\S+|^https?://[^/]+/@[^/]+/\d+`)
	accountURL  = regexp.MustCompile(`(?i)^https?://(?:[^/]+\.)?(?:twitter\.com|x\.com|instagram\.com|tiktok\.com|truthsocial\.com|threads\.net|[^/]+)/@?([\w.-]+)/(?:status|statuses|video|posts?|\d+)`)
	statusPath  = regexp.MustCompile(`/(?:status(?:es)?|posts?|p|reel|video)/|/\d+$`)
	handleWord  = regexp.MustCompile(`^@([\p{L}\p{N}_.-]{1,60}(?:@[\w.-]+)?)$`)
	nameClass   = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:full-?name|display-?name|author(?:-?name)?|user-?name|name)(?:$|[\s_-])`)
	creditClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:credits?|source|copyright|photographer|attribution|byline)(?:$|[\s_-])`)
	captionText = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:caption(?:-?text)?|wp-caption-text|image-?caption|photo-?caption|img-?caption|media-?caption)(?:$|[\s_-])`)
	filmURL     = regexp.MustCompile(`(?i)youtu\.?be|vimeo|dailymotion|rutube|jwplayer|brightcove|video|player|embed`)
)

// post takes n, if it is an embedded post, into the text at its place.
func (w *writer) post(n *dom.Node) bool {
	marked := n.Type == dom.ElementNode && n.Data != "a" && postClass.MatchString(attr(n, "class"))
	if !marked && !(is(n, "blockquote") && len(wording(n)) < 1200 && signature.MatchString(lastLine(postText(n)))) {
		return false
	}
	w.flush()
	p := postFields(n)
	t := postText(n)
	if t == "" && p.Link == "" {
		return true
	}
	if t == "" {
		w.Posts = append(w.Posts, p)
		w.Problems = append(w.Problems, Problem{Message: "a post is embedded by its address alone: " + p.Link})
		return true
	}
	at := w.place(t)
	full := w.text.String()
	last := text.Span{Start: at.End - len(lastLine(t)), End: at.End}
	if s, signed, ok := sign(full, last); ok {
		words := trim(full, text.Span{Start: at.Start, End: signed.Start})
		s.complete(full, words, signed)
		if p.Link != "" {
			s.Link = p.Link
		}
		s.Date = first(s.Date, p.Date)
		p = s
	} else {
		p.complete(full, at, text.Span{Start: at.End, End: at.End})
		p.Span = at
	}
	w.Posts = append(w.Posts, p)
	w.part(PostPart, at)
	return true
}

// postText returns the words of a post, its paragraphs and its signature on
// lines of their own.
func postText(n *dom.Node) string {
	var b strings.Builder
	var walk func(*dom.Node)
	walk = func(n *dom.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == dom.TextNode:
				b.WriteString(strings.ReplaceAll(c.Data, "\n", " "))
			case c.Type != dom.ElementNode || unshown(c) || accountOf(c):
			case c.Data == "br":
				b.WriteByte('\n')
			case block(c):
				b.WriteByte('\n')
				walk(c)
				b.WriteByte('\n')
			default:
				walk(c)
			}
		}
	}
	walk(n)
	var lines []string
	for l := range strings.SplitSeq(soft.Replace(b.String()), "\n") {
		if l = strings.Join(strings.Fields(l), " "); l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

// accountOf reports an element that names the account or the time of a post
// beside its words, as cards of an outlet's own make do.
func accountOf(n *dom.Node) bool {
	w := wording(n)
	return is(n, "time") || len(w) < 80 && nameClass.MatchString(attr(n, "class")) || is(n, "span") && handleWord.MatchString(w)
}

func lastLine(s string) string { return s[strings.LastIndexByte(s, '\n')+1:] }

// postFields reads what attributes and links say about a post.
func postFields(n *dom.Node) Post {
	var p Post
	for _, key := range []string{"cite", "data-instgrm-permalink", "data-href", "data-url"} {
		p.Link = first(p.Link, attr(n, key))
	}
	if t := attr(n, "data-telegram-post"); t != "" && p.Link == "" {
		p.Link = "https://t.me/" + t
		p.Handle, _, _ = strings.Cut(t, "/")
	}
	for e := range n.Descendants() {
		if e.Type != dom.ElementNode {
			continue
		}
		w := wording(e)
		switch {
		case is(e, "a") && statusURL.MatchString(attr(e, "href")) && !strings.Contains(attr(e, "href"), "//t.co/"):
			if p.Link == "" || statusPath.MatchString(attr(e, "href")) {
				p.Link = attr(e, "href")
			}
		case is(e, "time"):
			if d, ok := parseDate(first(attr(e, "datetime"), w)); ok && p.Date == "" {
				p.Date = d.String()
			}
		case nameClass.MatchString(attr(e, "class")) && len(w) < 80 && !strings.HasPrefix(w, "@"):
			p.Author = first(p.Author, w)
		}
		if m := handleWord.FindStringSubmatch(w); m != nil {
			p.Handle = first(p.Handle, m[1])
		}
	}
	p.Link, _, _ = strings.Cut(p.Link, "?")
	if m := accountURL.FindStringSubmatch(p.Link); m != nil {
		p.Handle = first(p.Handle, m[1])
	}
	return p
}

// illustrate lists films, pictures and captions of the article, in the order of
// the page. Lead pictures stand before its text, so it looks at everything in
// the element around the text.
func (w *writer) illustrate() {
	scope := w.root
	for n := w.root; n != nil; n = n.Parent {
		if is(n, "article") || is(n, "main") {
			scope = n
		}
	}
	inFigure := func(n *dom.Node) bool { return within(n, "figure") && n.Data != "figure" }
	for n := range scope.Descendants() {
		if n.Type != dom.ElementNode || furnished(n) || inFigure(n) {
			continue
		}
		switch {
		case n.Data == "figure":
			w.figure(n)
		case n.Data == "video", n.Data == "amp-video", n.Data == "amp-youtube",
			n.Data == "iframe" && filmURL.MatchString(attr(n, "src")) && !advert(n):
			w.Media = append(w.Media, Media{Kind: "video", Caption: tidy(attr(n, "title")), URL: source(n)})
		case n.Data == "audio":
			w.Media = append(w.Media, Media{Kind: "audio", Caption: tidy(attr(n, "title")), URL: source(n)})
		case captionText.MatchString(attr(n, "class")):
			w.caption(n)
		}
	}
}

func advert(n *dom.Node) bool {
	for ; n != nil; n = n.Parent {
		if furnitureElement(n) {
			return true
		}
	}
	return false
}

// figure reads one figure: what it shows and what stands under it.
func (w *writer) figure(n *dom.Node) {
	m := Media{}
	for e := range n.Descendants() {
		switch {
		case e.Type != dom.ElementNode:
		case postClass.MatchString(attr(e, "class")):
			return
		case e.Data == "figcaption":
			m.Caption = w.caption(e)
		case e.Data == "iframe", e.Data == "video", e.Data == "amp-video", e.Data == "amp-youtube":
			m.Kind, m.URL = "video", source(e)
		case e.Data == "audio":
			m.Kind, m.URL = "audio", source(e)
		case e.Data == "img" && m.Kind == "":
			m.Kind, m.URL = "picture", source(e)
		}
	}
	if m.Kind != "" {
		w.Media = append(w.Media, m)
	}
}

// caption adds the words of a caption without its credit.
func (w *writer) caption(n *dom.Node) string {
	var b strings.Builder
	var walk func(*dom.Node)
	walk = func(n *dom.Node) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == dom.TextNode:
				b.WriteString(c.Data)
			case c.Type == dom.ElementNode && !unshown(c) && !creditClass.MatchString(attr(c, "class")):
				walk(c)
			}
		}
	}
	walk(n)
	s := tidy(soft.Replace(b.String()))
	if s != "" && !slices.Contains(w.Captions, s) {
		w.Captions = append(w.Captions, s)
	}
	return s
}

func source(n *dom.Node) string {
	u := first(attr(n, "src"), attr(n, "data-src"))
	for e := range n.Descendants() {
		if is(e, "source") {
			u = first(u, attr(e, "src"))
		}
	}
	if id := attr(n, "data-videoid"); u == "" && id != "" {
		u = "https://www.youtube.com/watch?v=" + id
	}
	return u
}
