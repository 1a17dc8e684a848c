package report

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"codeberg.org/readeck/go-readability/v2"
	dom "golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/casus-foederis/casus/text"
)

// ErrNoArticle says that a page was read but holds no running text.
var ErrNoArticle = errors.New("there is no article in the page")

// page reads an HTML page. The extractor says which elements of the page belong
// to the article; the text is then taken from the page itself, in its order, so
// that embedded posts, captions and films keep their place.
func page(s string) (*Report, error) {
	const deepest = 80 // elements inside one another; pages have 20 to 40
	root, err := dom.Parse(strings.NewReader(s))
	if err != nil {
		return nil, fmt.Errorf("parse page: %w", err)
	}
	flatten(root, deepest)
	m, problems := describe(root)
	r := &Report{Title: m.title, Section: m.section, Outlet: m.outlet, Standfirst: m.standfirst, Authors: m.authors,
		Published: m.published, Modified: m.modified, URL: m.url, Language: languageCode(m.language), Problems: problems}
	if !closed(s) {
		r.Problems = append(r.Problems, Problem{Offset: len(s), Message: "the page breaks off before its end"})
	}
	w := newWriter(r, root)
	w.write()
	if w.kept != nil && w.root.Data != "body" {
		// The page names its article; the extractor may have taken one block of several for all of it.
		all := newWriter(&Report{Title: r.Title, Standfirst: r.Standfirst}, w.root)
		all.root, all.kept = w.root, nil
		all.write()
		if w.prose*10 < all.prose*6 {
			w.restart()
			w.kept = nil
			w.write()
		}
	}
	if w.size == 0 && w.kept != nil { // text that stands in no element of its own
		w.restart()
		w.kept = nil
		w.write()
	}
	if w.size < 140 && len(m.body) > 2*w.size {
		r.Problems = append(r.Problems, Problem{Message: "the page shows no article; its text was taken from JSON-LD"})
		w.restart()
		for p := range strings.SplitSeq(m.body, "\n") {
			w.add(Paragraph, p)
		}
	}
	w.illustrate()
	if w.size == 0 {
		return nil, ErrNoArticle
	}
	w.finish(m)
	return r, nil
}

// closed reports whether the page comes to its end: truncated pages lack it.
func closed(s string) bool {
	t := strings.ToLower(s[max(0, len(s)-4096):])
	return strings.Contains(t, "</html>") || strings.Contains(t, "</body>") || !strings.Contains(strings.ToLower(s[:min(len(s), 4096)]), "<html")
}

// flatten takes the shells off what is nested deeper than limit: time grows
// with the depth of a page, and a page of hundreds of shells is an attack.
func flatten(root *dom.Node, limit int) {
	type at struct {
		n     *dom.Node
		depth int
	}
	stack := []at{{root, 0}}
	for len(stack) > 0 {
		top := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		for c := top.n.FirstChild; c != nil; {
			if top.depth >= limit && c.FirstChild != nil && !is(c, "p") {
				first := c.FirstChild
				for c.FirstChild != nil {
					child := c.FirstChild
					c.RemoveChild(child)
					top.n.InsertBefore(child, c)
				}
				top.n.RemoveChild(c)
				c = first
				continue
			}
			stack = append(stack, at{c, top.depth + 1})
			c = c.NextSibling
		}
	}
}

const stamp = "data-casus-"

// survivors returns the elements that the extractor keeps. Each element gets an
// attribute with a name of its own before: the extractor merges the attributes
// of nested elements, and values of one name would overwrite each other.
func survivors(root *dom.Node) map[*dom.Node]bool {
	var all []*dom.Node
	for n := range root.Descendants() {
		if n.Type == dom.ElementNode {
			n.Attr = append(n.Attr, dom.Attribute{Key: stamp + strconv.Itoa(len(all))})
			all = append(all, n)
		}
	}
	parser := readability.NewParser()
	parser.KeepClasses = true
	parser.DisableJSONLD = true
	article, err := extract(&parser, root)
	for _, n := range all {
		n.Attr = n.Attr[:len(n.Attr)-1]
	}
	if err != nil || article == nil {
		return nil
	}
	kept := map[*dom.Node]bool{}
	for n := range article.Descendants() {
		for _, a := range n.Attr {
			if i, err := strconv.Atoi(strings.TrimPrefix(a.Key, stamp)); err == nil && strings.HasPrefix(a.Key, stamp) && i < len(all) {
				kept[all[i]] = true
			}
		}
	}
	return kept
}

// extract runs the extractor. It was written for browsers' trees and is known
// to panic on a few that are not; such a page is read without it.
func extract(p *readability.Parser, root *dom.Node) (n *dom.Node, err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("extract article: %v", v)
		}
	}()
	base, _ := url.Parse("http://page.invalid/")
	a, err := p.ParseDocument(root, base)
	return a.Node, err
}

// writer makes the text of a page.
type writer struct {
	*Report
	root   *dom.Node
	kept   map[*dom.Node]bool // nil: no extractor; everything that is not furniture
	text   strings.Builder
	size   int // bytes of the text so far, posts left out
	prose  int // bytes of its long paragraphs
	inline strings.Builder
	kind   PartKind
	head   string // letters of the title, to drop it where the body repeats it
	stand  string
}

func newWriter(r *Report, root *dom.Node) *writer {
	w := &writer{Report: r, root: container(root), kind: Paragraph, head: letters(r.Title), stand: letters(r.Standfirst)}
	if kept := survivors(root); len(kept) > 0 {
		for n := range root.Descendants() {
			if kept[n] && is(n, "p") && len(wording(n)) > 60 {
				w.kept = kept
				break
			}
		}
		if w.kept == nil && w.root.Data == "body" {
			w.kept = kept
		}
	}
	return w
}

var bodyClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:article-?(?:body|text|content)|story-?(?:body|text|content)|entry-?content|post-?(?:content|body)|body-?(?:text|content|copy)|main-?content|liveblog|live-?blog(?:-?(?:posts|entries|content))?)(?:$|[\s_-])`)

// container returns the smallest element that the page itself declares to hold
// the article, if exactly one does and it holds enough; else the page's body.
func container(root *dom.Node) *dom.Node {
	var body *dom.Node
	for _, want := range []func(*dom.Node) bool{
		func(n *dom.Node) bool { return strings.EqualFold(attr(n, "itemprop"), "articleBody") },
		func(n *dom.Node) bool { return is(n, "div") && bodyClass.MatchString(attr(n, "class")) },
		func(n *dom.Node) bool { return is(n, "section") && bodyClass.MatchString(attr(n, "class")) },
		func(n *dom.Node) bool { return is(n, "article") },
		func(n *dom.Node) bool { return is(n, "main") },
	} {
		var found []*dom.Node
		for n := range root.Descendants() {
			if is(n, "body") {
				body = n
			}
			if want(n) && !furnished(n) && len(wording(n)) > 200 && (len(found) == 0 || !inside(n, found[0])) {
				found = append(found, n)
			}
		}
		if len(found) == 1 {
			return found[0]
		}
	}
	if body == nil {
		return root
	}
	return body
}

func inside(n, outer *dom.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

func (w *writer) write() {
	w.walk(w.root)
	w.flush()
}

// walk takes the text below n in order.
func (w *writer) walk(n *dom.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.Type {
		case dom.TextNode:
			if w.keeps(c) {
				w.inline.WriteString(w.spaced(c))
			}
		case dom.ElementNode:
			w.element(c)
		}
	}
}

// spaced returns a text node with the line ends of the source as spaces, so
// that those left are the page's own.
func (w *writer) spaced(t *dom.Node) string {
	if within(t, "pre") {
		return t.Data
	}
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' {
			return ' '
		}
		return r
	}, t.Data)
}

func (w *writer) element(n *dom.Node) {
	switch {
	case w.post(n):
		return
	case unshown(n):
		return
	case furnitureElement(n) && n != w.root:
		w.flush()
		return
	case n.Data == "br":
		w.inline.WriteByte('\n')
		return
	case n.Data == "time":
		return
	case n.Data == "header" || n.Data == "h1":
		w.flush()
		return
	}
	if !block(n) {
		w.walk(n)
		return
	}
	w.flush()
	outer := w.kind
	switch n.Data {
	case "h2", "h3", "h4", "h5", "h6":
		w.kind = Heading
	case "li", "dd":
		w.kind = Item
	case "p", "blockquote", "td":
		if outer != Item {
			w.kind = Paragraph
		}
	}
	w.walk(n)
	w.flush()
	w.kind = outer
}

// keeps reports whether a text belongs to the article: its nearest block was
// kept by the extractor, or is a paragraph beside kept ones, or a long one of
// what the page declares to be the article; leads are set apart and get lost.
func (w *writer) keeps(t *dom.Node) bool {
	if w.kept == nil {
		return true
	}
	for n := t.Parent; n != nil; n = n.Parent {
		if w.kept[n] {
			return true
		}
		if block(n) {
			const long = 120
			if is(n, "p") && w.root.Data != "body" && len(wording(n)) > long && linkDensity(n) < 0.3 {
				return true
			}
			return (is(n, "p") || n.DataAtom == atom.H2 || n.DataAtom == atom.H3) && w.beside(n) && linkDensity(n) < 0.5
		}
	}
	return false
}

func (w *writer) beside(n *dom.Node) bool {
	if n.Parent == nil {
		return false
	}
	for c := n.Parent.FirstChild; c != nil; c = c.NextSibling {
		if c != n && is(c, "p") && w.kept[c] {
			return true
		}
	}
	return false
}

// sentenceEnd tells a line break that ends a paragraph from one inside it.
var sentenceEnd = regexp.MustCompile(`[.!?:…]["”’')\]]*$`)

// flush ends a paragraph. Two line breaks part paragraphs, and so does one
// after the end of a sentence: pages of old are written so.
func (w *writer) flush() {
	s := w.inline.String()
	w.inline.Reset()
	if strings.TrimSpace(s) == "" {
		return
	}
	s = soft.Replace(s)
	var line []string
	end := func() {
		w.add(w.kind, strings.Join(line, " "))
		line = nil
	}
	for l := range strings.SplitSeq(s, "\n") {
		l = strings.Join(strings.Fields(l), " ")
		if l == "" || len(line) > 0 && (sentenceEnd.MatchString(line[len(line)-1]) || byline.MatchString(line[0])) {
			end()
		}
		if l != "" {
			line = append(line, l)
		}
	}
	end()
}

// add appends a paragraph to the text, unless it is furniture by its words.
func (w *writer) add(kind PartKind, s string) {
	s = strings.Join(strings.Fields(soft.Replace(s)), " ")
	l := letters(s)
	switch {
	case l == "", furniture.MatchString(s), l == w.head && w.head != "":
		return
	case w.size == 0 && l == w.stand:
		return
	case w.size == 0 && w.headLine(s):
		return
	}
	w.size += len(s)
	if kind == Paragraph && len(s) > 80 {
		w.prose += len(s)
	}
	at := w.place(s)
	if m := dateline.FindStringIndex(s); kind == Paragraph && len(w.Paragraphs) < 3 && m != nil && len(s) > 80 && m[1] < len(s) {
		d := trim(s, text.Span{Start: 0, End: m[1]})
		w.part(Dateline, text.Span{Start: at.Start, End: at.Start + d.End})
		at.Start += m[1]
	}
	w.part(kind, at)
}

// headLine takes a byline or a date in front of the text for what it is.
func (w *writer) headLine(s string) bool {
	var probe Report
	probe.Text = s
	l := line{text.Span{Start: 0, End: len(s)}, s, 0}
	if len(s) > 160 || !probe.bylineOf(l) && !probe.dateOf(l) {
		return false
	}
	if len(w.Authors) == 0 {
		w.Authors = probe.Authors
	}
	if !w.Published.Known() {
		w.Published = probe.Published
	}
	return true
}

// place appends s after an empty line and returns where it stands.
func (w *writer) place(s string) text.Span {
	if w.text.Len() > 0 {
		w.text.WriteString("\n\n")
	}
	start := w.text.Len()
	w.text.WriteString(s)
	return text.Span{Start: start, End: w.text.Len()}
}

func (w *writer) restart() {
	w.text.Reset()
	w.size, w.prose = 0, 0
	w.Parts, w.Paragraphs, w.Posts = nil, nil, nil
}

// finish drops the author's note at the end and fixes the text.
func (w *writer) finish(m metadata) {
	w.Text = w.text.String()
	if n := len(w.Parts) - 1; n > 0 && w.Parts[n].Kind == Paragraph && w.note(w.Parts[n].Span.Of(w.Text)) {
		w.Text = w.Text[:w.Parts[n-1].Span.End]
		w.Parts = w.Parts[:n]
		w.Paragraphs = w.Paragraphs[:len(w.Paragraphs)-1]
	}
	for _, v := range m.media {
		known := func(have Media) bool {
			return have.Kind == v.Kind && (have.URL == v.URL && v.URL != "" || v.Caption != "" && strings.HasPrefix(have.Caption, v.Caption))
		}
		if !slices.ContainsFunc(w.Media, known) {
			w.Media = append(w.Media, v)
		}
	}
	w.strip()
}

// note reports whether the last paragraph is about the author.
func (w *writer) note(s string) bool {
	if credits.MatchString(s) {
		return true
	}
	for _, a := range w.Authors {
		if rest, ok := strings.CutPrefix(s, a+" "); ok && len(s) < 300 &&
			(strings.HasPrefix(rest, "is ") || strings.HasPrefix(rest, "reports ") || strings.HasPrefix(rest, "covers ") || strings.HasPrefix(rest, "writes ")) {
			return true
		}
	}
	return false
}

// strip takes media markers out of the title: on a page they stand in no text.
func (w *writer) strip() {
	for _, m := range marker.FindAllStringSubmatch(w.Title, -1) {
		kind := mediaKind(m[1])
		if !slices.ContainsFunc(w.Media, func(have Media) bool { return have.Kind == kind }) {
			w.Media = append(w.Media, Media{Kind: kind})
		}
	}
	w.Title = tidy(marker.ReplaceAllString(w.Title, ""))
}
