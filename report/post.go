package report

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/casus-foederis/casus/text"
)

var (
	// signature is the line that social networks put under an embedded post:
	// a dash, the account's name, its handle and the date.
	signature = regexp.MustCompile(`(--|[—–―-])[ \t\x{a0}]*([^\n]{1,80}?)[ \t\x{a0}]*\((?:@([\p{L}\p{N}_.-]{1,60}(?:@[\w.-]+)?))\)[ \t\x{a0}]*([^\n]{0,60})$`)
	// shared is the signature of Instagram.
	shared = regexp.MustCompile(`(A post shared by)[ \t]+([^\n]{1,80}?)[ \t]*\(@([\w.]{1,40})\)([^\n]{0,60})$`)
	// link is an address in a post; networks leave out the scheme of pictures.
	link = regexp.MustCompile(`(?:https?://|pic\.(?:twitter|x)\.com/|\bt\.co/)[^\s<>"”’]+`)
	// viewing is what follows the date in a signature: a time, a button.
	viewing = regexp.MustCompile(`^[\s·|,]*(?:at\s+)?(?:\d{1,2}:\d{2}(?:\s*[AaPp]\.?[Mm]\.?)?)?[\s·|]*(?:(?i:open|original|view (?:post|on \w+)))?$`)
)

// sign reads the signature that ends at the end of t[s.Start:s.End].
func sign(t string, s text.Span) (p Post, at text.Span, ok bool) {
	line := s.Of(t)
	m := signature.FindStringSubmatchIndex(line)
	if m == nil {
		if m = shared.FindStringSubmatchIndex(line); m == nil {
			return Post{}, text.Span{}, false
		}
	}
	sub := func(i int) text.Span { return text.Span{Start: s.Start + m[2*i], End: s.Start + m[2*i+1]} }
	date, when, dated := findDate(sub(4).Of(t))
	rest := sub(4).Of(t)
	if dated {
		rest = rest[:when.Start] + rest[when.End:]
	}
	if !viewing.MatchString(rest) {
		return Post{}, text.Span{}, false
	}
	p = Post{Author: sub(2).Of(t), Handle: sub(3).Of(t), Dash: sub(1), Source: sub(2)}
	if dated {
		p.Date = date.String()
	}
	return p, text.Span{Start: s.Start + m[0], End: s.End}, true
}

// complete fills the post's words, text and link from the bytes before its
// signature.
func (p *Post) complete(t string, words, signed text.Span) {
	p.Span = words.Join(signed)
	if words.Empty() {
		p.Span = signed
	}
	body := words
	for _, m := range link.FindAllStringIndex(words.Of(t), -1) {
		if p.Link == "" {
			p.Link = words.Of(t)[m[0]:m[1]]
		}
	}
	for { // links after the last word are no words
		body = trim(t, body)
		m := link.FindAllStringIndex(body.Of(t), -1)
		if len(m) == 0 || m[len(m)-1][1] != body.Len() {
			break
		}
		body.End = body.Start + m[len(m)-1][0]
	}
	p.Words = body
	p.Text = strings.Join(strings.Fields(link.ReplaceAllString(body.Of(t), "")), " ")
}

// trim takes white space off both ends of a span.
func trim(t string, s text.Span) text.Span {
	u := s.Of(t)
	s.Start += len(u) - len(strings.TrimLeftFunc(u, blank))
	if s.Start > s.End {
		return text.Span{Start: s.End, End: s.End}
	}
	s.End = s.Start + len(strings.TrimRightFunc(s.Of(t), blank))
	return s
}

// blank reports white space and the invisible marks that pages strew about.
func blank(r rune) bool {
	switch r {
	case '\u200b', '\u200c', '\u200e', '\u200f', '\u2060', '\ufeff', '\u00ad':
		return true
	}
	return unicode.IsSpace(r)
}
