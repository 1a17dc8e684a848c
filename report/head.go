package report

import (
	"bytes"
	"encoding/json"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"

	dom "golang.org/x/net/html"
)

// metadata is what a page says about itself outside its text.
// Source: schema.org NewsArticle, the Open Graph protocol, Dublin Core, and the
// names that newspapers give to the elements of an article's head.
type metadata struct {
	title, standfirst, section, outlet, url, language string
	authors                                           []string
	published, modified                               Date
	body                                              string // articleBody of JSON-LD
	media                                             []Media
}

// describe reads the metadata of a page. Where several places speak, JSON-LD
// comes first, then meta elements, then what the page shows.
func describe(root *dom.Node) (metadata, []Problem) {
	var m metadata
	problems := m.linked(root)
	whole := m.meta(root)
	m.shown(root)
	head, tail := splitTitle(whole, m.title, m.outlet)
	set(&m.title, head)
	set(&m.outlet, tail)
	return m, problems
}

// set fills an empty field.
func set(field *string, value string) {
	if *field == "" {
		*field = tidy(value)
	}
}

func setDate(field *Date, value string) {
	if field.Known() {
		return
	}
	if d, ok := parseDate(value); ok {
		*field = d
	}
}

// tidy decodes what was escaped twice and makes white space single.
func tidy(s string) string {
	return strings.Join(strings.FieldsFunc(html.UnescapeString(strings.ReplaceAll(s, "\u00ad", "")), unicode.IsSpace), " ")
}

// linked reads the first article of the page's JSON-LD.
func (m *metadata) linked(root *dom.Node) []Problem {
	var problems []Problem
	var found []map[string]any
	for n := range root.Descendants() {
		if !is(n, "script") || !strings.EqualFold(attr(n, "type"), "application/ld+json") || n.FirstChild == nil {
			continue
		}
		var v any
		if err := json.Unmarshal(lenient(n.FirstChild.Data), &v); err != nil {
			problems = append(problems, Problem{Message: "a JSON-LD block is malformed and was left out: " + err.Error()})
			continue
		}
		collect(v, &found, 0)
	}
	for _, v := range found {
		if !typed(v, "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle", "BlogPosting", "LiveBlogPosting", "Report", "PressRelease") {
			continue
		}
		set(&m.title, str(v["headline"]))
		set(&m.title, str(v["name"]))
		set(&m.standfirst, str(v["description"]))
		set(&m.section, strings.Join(list(v["articleSection"]), " / "))
		set(&m.outlet, strings.Join(list(v["publisher"]), ", "))
		set(&m.url, str(v["url"]))
		set(&m.url, identity(v["mainEntityOfPage"]))
		set(&m.language, str(v["inLanguage"]))
		setDate(&m.published, str(v["datePublished"]))
		setDate(&m.published, str(v["dateCreated"]))
		setDate(&m.modified, str(v["dateModified"]))
		if len(m.authors) == 0 {
			m.authors = list(v["author"])
		}
		if m.body == "" {
			m.body = html.UnescapeString(str(v["articleBody"]))
		}
	}
	for _, v := range found {
		switch {
		case typed(v, "VideoObject"):
			m.media = append(m.media, Media{Kind: "video", Caption: tidy(str(v["name"])), URL: first(str(v["embedUrl"]), str(v["contentUrl"]))})
		case typed(v, "WebSite", "Organization", "NewsMediaOrganization") && m.outlet == "":
			set(&m.outlet, str(v["name"]))
		}
	}
	return problems
}

// lenient drops what pages put around JSON-LD though JSON has no such thing:
// comments, CDATA, raw line ends inside strings.
func lenient(s string) []byte {
	s = strings.TrimSpace(s)
	for _, edge := range [][2]string{{"<!--", "-->"}, {"//<![CDATA[", "//]]>"}, {"/*<![CDATA[*/", "/*]]>*/"}, {"<![CDATA[", "]]>"}} {
		if strings.HasPrefix(s, edge[0]) {
			s = strings.TrimSuffix(strings.TrimPrefix(s, edge[0]), edge[1])
		}
	}
	b := bytes.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, []byte(s))
	return bytes.TrimRight(bytes.TrimSpace(b), ";")
}

// collect lists the objects of a JSON-LD value that have a type, outer first.
func collect(v any, out *[]map[string]any, depth int) {
	const deepest = 12
	if depth > deepest {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			collect(e, out, depth+1)
		}
	case map[string]any:
		if v["@type"] != nil {
			*out = append(*out, v)
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage", "video"} {
			collect(v[key], out, depth+1)
		}
	}
}

func typed(v map[string]any, names ...string) bool {
	for _, t := range list(v["@type"]) {
		if slices.Contains(names, strings.TrimPrefix(strings.TrimPrefix(t, "https://schema.org/"), "http://schema.org/")) {
			return true
		}
	}
	return false
}

func str(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case map[string]any:
		return str(v["name"])
	case []any:
		if len(v) > 0 {
			return str(v[0])
		}
	}
	return ""
}

// list returns the strings, or the names of the objects, of a JSON-LD value.
func list(v any) []string {
	items, ok := v.([]any)
	if !ok {
		items = []any{v}
	}
	var out []string
	for _, e := range items {
		if s := tidy(str(e)); s != "" && !strings.HasPrefix(s, "http") {
			out = append(out, s)
		}
	}
	return out
}

func identity(v any) string {
	if o, ok := v.(map[string]any); ok {
		return first(str(o["@id"]), str(o["url"]))
	}
	return str(v)
}

func first(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// meta reads meta and link elements and what the root says, and returns the
// text of the title element, where outlets add their name to the headline.
func (m *metadata) meta(root *dom.Node) string {
	given := map[string]string{}
	var canonical, title string
	for n := range root.Descendants() {
		switch {
		case is(n, "meta"):
			key := strings.ToLower(first(attr(n, "property"), attr(n, "name"), attr(n, "itemprop")))
			if v := strings.TrimSpace(attr(n, "content")); key != "" && v != "" && given[key] == "" {
				given[key] = v
			}
		case is(n, "link") && strings.EqualFold(attr(n, "rel"), "canonical"):
			canonical = first(canonical, attr(n, "href"))
		case is(n, "html"):
			set(&m.language, attr(n, "lang"))
		case is(n, "title") && !within(n, "svg"):
			title = first(title, wording(n))
		}
	}
	pick := func(keys ...string) string {
		for _, k := range keys {
			if v := given[k]; v != "" {
				return v
			}
		}
		return ""
	}
	set(&m.title, pick("og:title", "twitter:title", "dc.title", "headline"))
	set(&m.standfirst, pick("og:description", "description", "twitter:description", "dc.description"))
	set(&m.section, pick("article:section", "og:section", "section", "cxenseparse:category", "parsely-section"))
	set(&m.outlet, pick("og:site_name", "application-name", "dc.publisher", "publisher", "copyright"))
	set(&m.language, pick("og:locale", "language", "dc.language"))
	for _, u := range []string{canonical, pick("og:url")} {
		if strings.Contains(u, "://") {
			set(&m.url, u)
		}
	}
	for _, k := range []string{"article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created", "pubdate", "publishdate", "sailthru.date", "parsely-pub-date", "cxenseparse:recs:publishtime"} {
		setDate(&m.published, given[k])
	}
	for _, k := range []string{"article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified"} {
		setDate(&m.modified, given[k])
	}
	if name := pick("author", "article:author", "dc.creator", "byl", "parsely-author", "sailthru.author"); len(m.authors) == 0 && name != "" && !strings.Contains(name, "://") {
		m.authors = authors(strings.TrimPrefix(strings.TrimPrefix(tidy(name), "By "), "by "))
	}
	return tidy(title)
}

var titleBar = regexp.MustCompile(`\s+(?:[|·•»:]{1,2}|[-–—])\s+`)

// splitTitle parts the text of <title> into headline and outlet. A dash parts
// only before a short tail, since headlines hold dashes too. Where the headline
// is known from elsewhere, the outlet is what is left beside it.
func splitTitle(whole, headline, outlet string) (head, tail string) {
	if i := strings.Index(whole, headline); headline != "" && i >= 0 {
		rest := strings.Trim(whole[:i]+whole[i+len(headline):], " |·•»:-–—")
		if len(strings.Fields(rest)) > 5 {
			rest = ""
		}
		return headline, rest
	}
	at := titleBar.FindAllStringIndex(whole, -1)
	if len(at) == 0 {
		return whole, ""
	}
	last := at[len(at)-1]
	head, tail = whole[:last[0]], whole[last[1]:]
	if strings.EqualFold(tail, outlet) || len(strings.Fields(tail)) <= 5 && len(strings.Fields(head)) > 3 {
		return head, tail
	}
	return whole, ""
}

// classes by which pages mark the elements of an article's head. They match
// whole words of class and id, where "article__standfirst" has two.
var (
	standfirstClass = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:standfirst|dek|subhead(?:line)?|sub-?title|teaser|lead-?text|summary|abstract|article-?intro|deck)(?:$|[\s_-])`)
	bylineClass     = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:byline|author(?:-?names?|s)?|writer|contributor|p-author|dateline-author)(?:$|[\s_-])`)
	sectionClass    = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:kicker|eyebrow|section-?(?:name|label|title)|article-?section|rubric|category|overline|topic-?label)(?:$|[\s_-])`)
	dateClass       = regexp.MustCompile(`(?i)(?:^|[\s_-])(?:date|pub-?date|published|timestamp|posted-?on|date-?time|dateline|meta-?date|entry-date|time)(?:$|[\s_-])`)
	crumbClass      = regexp.MustCompile(`(?i)breadcrumb`)
)

// shown reads the head as the page shows it to readers.
func (m *metadata) shown(root *dom.Node) {
	var headline string
	for n := range root.Descendants() {
		if n.Type != dom.ElementNode || hidden(n) {
			continue
		}
		class, prop := attr(n, "class")+" "+attr(n, "id"), strings.ToLower(attr(n, "itemprop"))
		words := firstWords(n, 700) // longer than anything in a head
		size := len(words)
		switch {
		case n.Data == "h1" && size > 12 && size < 400, n.Data == "h2" && size > 12 && within(n, "center"):
			headline = first(headline, words)
		case prop == "headline" && size > 0 && size < 400:
			headline = first(headline, first(attr(n, "content"), words))
		case prop == "datepublished":
			setDate(&m.published, first(attr(n, "datetime"), attr(n, "content"), words))
		case prop == "datemodified":
			setDate(&m.modified, first(attr(n, "datetime"), attr(n, "content"), words))
		case n.Data == "time" && !furnished(n):
			setDate(&m.published, first(attr(n, "datetime"), words))
		case prop == "articlesection":
			set(&m.section, first(attr(n, "content"), words))
		case crumbClass.MatchString(class) && m.section == "":
			m.section = crumbs(n)
		case sectionClass.MatchString(class) && size > 0 && size < 60 && !within(n, "nav") && !furnished(n):
			set(&m.section, words)
		case standfirstClass.MatchString(class) && size > 30 && size < 600 && !furnished(n):
			set(&m.standfirst, words)
		case dateClass.MatchString(class) && size > 5 && size < 120:
			if d, _, ok := findDate(words); ok && d.Precision == 0 && !m.published.Known() {
				m.published = d
			}
		}
		if len(m.authors) == 0 && size > 3 && size < 160 && !furnished(n) &&
			(attr(n, "rel") == "author" || prop == "author" || bylineClass.MatchString(class)) {
			m.authors = authors(strings.TrimSpace(bylineStart.ReplaceAllString(words, "")))
		}
	}
	set(&m.title, headline)
}

var bylineStart = regexp.MustCompile(`^(?i:by|written by|from)\s+`)

// crumbs reads a breadcrumb without the home page and the article itself.
func crumbs(n *dom.Node) string {
	var out []string
	for e := range n.Descendants() {
		if !is(e, "li") && !(is(e, "a") && !within(e, "li")) {
			continue
		}
		w := strings.Trim(wording(e), " ›»>/|")
		if w != "" && len(w) < 40 && !strings.EqualFold(w, "home") {
			out = append(out, w)
		}
	}
	return strings.Join(out, " / ")
}
