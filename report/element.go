package report

import (
	"math"
	"regexp"
	"strings"

	dom "golang.org/x/net/html"
)

func is(n *dom.Node, tag string) bool { return n.Type == dom.ElementNode && n.Data == tag }

func attr(n *dom.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// within reports whether an ancestor of n has the tag.
func within(n *dom.Node, tag string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if is(p, tag) {
			return true
		}
	}
	return false
}

// wording returns the text below n on one line.
func wording(n *dom.Node) string { return firstWords(n, math.MaxInt) }

// firstWords returns the text below n on one line, if it has at most so many
// bytes, else a beginning that is longer. Asking every element of a page for
// all of its text takes time that grows with the depth of the page.
func firstWords(n *dom.Node, most int) string {
	var b strings.Builder
	var walk func(*dom.Node)
	walk = func(n *dom.Node) {
		switch {
		case b.Len() > 2*most && most < math.MaxInt/2:
		case n.Type == dom.TextNode:
			b.WriteString(n.Data)
		case is(n, "script"), is(n, "style"), is(n, "template"):
		default:
			if block(n) || is(n, "br") {
				b.WriteByte(' ')
			}
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c)
			}
		}
	}
	walk(n)
	return strings.Join(strings.Fields(soft.Replace(b.String())), " ")
}

// soft makes regular what HTML writes for the sake of layout.
var soft = strings.NewReplacer("\u00ad", "", "\u00a0", " ", "\u200b", "", "\ufeff", "", "\u2028", " ", "\u2029", " ", "\u202f", " ", "\u2009", " ")

// block reports elements that begin and end a paragraph.
func block(n *dom.Node) bool {
	if n.Type != dom.ElementNode {
		return false
	}
	switch n.Data {
	case "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dir", "div", "dl", "dt",
		"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
		"html", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
		"th", "thead", "tr", "ul", "iframe", "video", "audio":
		return true
	}
	return false
}

// unshown elements hold no text for readers.
func unshown(n *dom.Node) bool {
	switch n.Data {
	case "script", "style", "template", "noscript", "head", "title", "button", "select", "textarea", "input", "svg",
		"canvas", "object", "embed", "map", "dialog", "math", "iframe", "video", "audio", "form", "label":
		return true
	}
	return hidden(n)
}

var hiddenStyle = regexp.MustCompile(`(?i)display\s*:\s*none|visibility\s*:\s*hidden`)

func hidden(n *dom.Node) bool {
	for _, a := range n.Attr {
		switch {
		case a.Key == "hidden", a.Key == "aria-hidden" && a.Val == "true", a.Key == "style" && hiddenStyle.MatchString(a.Val):
			return true
		}
	}
	return false
}

// furnitureClass matches what stands in or beside an article without belonging
// to it, by whole words of class and id.
var furnitureClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:ads?|adverts?|advertise?ment|advertorial|adslot|banner|sponsor(?:ed)?|newsletters?|sign-?up|subscri(?:be|ption)|paywall|share|sharing|share-?(?:bar|tools?|buttons?)|social(?:-?(?:share|links|media|icons|bar))?|related(?:-?(?:articles?|stories|links|content|news|posts))?|recommend(?:ed|ations)?|most-?(?:read|popular|viewed)|popular|trending|outbrain|taboola|comments?|disqus|respond|cookies?|consent|gdpr|breadcrumbs?|nav|navbar|navigation|menu|toolbar|skip|masthead|footer|gallery|slide-?show|carousel|ticker|copyright|credits?|donate|donation|pagination|pager|screen-?reader(?:-?text)?|visually-?hidden|sr-?only|popup|modal|overlay|survey|poll|toc|caption(?:-?text)?|wp-caption(?:-text)?|(?:image|photo|img|media)-?caption)(?:$|[\s_-])`)

// looseClass matches names that furniture bears, but parts of articles too:
// those that hold running text are not furniture.
var looseClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:promo(?:tion)?s?|relate|more|read-?more|also-?read|readmore|tags?|topics?|tag-?list|author-?(?:bio|box|info|card|note)|bio|about-?author|note|endnote|correction-?policy|print-?only|sidebar|side-?bar|widget|disclaimer|byline|kicker|timestamp|dateline-author|meta|post-?meta|entry-?meta|article-?meta)(?:$|[\s_-])`)

// furniture tells an element that is not part of the article's text.
func furnitureElement(n *dom.Node) bool {
	if n.Type != dom.ElementNode {
		return false
	}
	switch n.Data {
	case "nav", "footer", "aside", "figcaption", "menu":
		return true
	}
	switch attr(n, "role") {
	case "navigation", "complementary", "dialog", "banner", "contentinfo", "search", "toolbar":
		return true
	}
	if attr(n, "rel") == "author" && n.Data != "a" {
		return true
	}
	if n.Data == "body" || n.Data == "html" || n.Data == "main" || n.Data == "article" {
		return false
	}
	name := attr(n, "class") + " " + attr(n, "id")
	switch {
	case len(name) == 1:
		return false
	case furnitureClass.MatchString(name):
		return len(wording(n)) < 4000 || linkDensity(n) > 0.5
	case looseClass.MatchString(name):
		return prose(n) < 400
	}
	return false
}

// prose counts the bytes of the long paragraphs in n that are not links.
func prose(n *dom.Node) int {
	const long = 80
	size := 0
	for e := range n.Descendants() {
		if is(e, "p") {
			if w := len(wording(e)); w > long && linkDensity(e) < 0.3 {
				size += w
			}
		}
	}
	return size
}

// furnished reports whether n or an ancestor is furniture other than the
// article's own header.
func furnished(n *dom.Node) bool {
	for ; n != nil; n = n.Parent {
		if is(n, "aside") || is(n, "nav") || is(n, "footer") {
			return true
		}
		if n.Type == dom.ElementNode && relatedClass.MatchString(attr(n, "class")) {
			return true
		}
	}
	return false
}

var relatedClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:related|recommend(?:ed)?|more|teaser-?list|comments?|sidebar|widget|newsletter|promo)(?:$|[\s_-])`)

// linkDensity is the share of n's words that are links.
func linkDensity(n *dom.Node) float64 {
	all := len(wording(n))
	if all == 0 {
		return 0
	}
	links := 0
	for e := range n.Descendants() {
		if is(e, "a") {
			links += len(wording(e))
		}
	}
	return float64(links) / float64(all)
}
