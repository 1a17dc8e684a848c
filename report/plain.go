package report

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/casus-foederis/casus/text"
)

// pasted reads a plain text: a press release, a wire item, or what somebody
// copied from a page with its headline and posts run together. Only line ends
// are made regular; what is not body is marked, not removed.
func pasted(s string) *Report {
	r := &Report{Text: strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")}
	r.divide()
	return r
}

// line is one line of a text without the white space around it.
type line struct {
	span  text.Span
	words string
	block int // counts up at each empty line
}

// divide sets Parts, Paragraphs, Posts and Media from Text, and fills the
// fields of the head that are still empty. Title stays what it was if it was
// given.
func (r *Report) divide() {
	ls := split(r.Text)
	r.unwrap(&ls)
	posts := r.findPosts(ls)
	rest := r.head(ls, posts)
	for i := rest; i < len(ls); i++ {
		if p, ok := posts[i]; ok {
			if p.first == i {
				r.Posts = append(r.Posts, p.Post)
				r.part(PostPart, p.Span)
			}
			continue
		}
		r.bodyLine(ls, i)
	}
}

// split returns the lines that hold something.
func split(t string) []line {
	var ls []line
	block, start := 0, 0
	for start <= len(t) {
		end := strings.IndexByte(t[start:], '\n')
		if end < 0 {
			end = len(t)
		} else {
			end += start
		}
		s := trim(t, text.Span{Start: start, End: end})
		if s.Empty() {
			block++
		} else {
			ls = append(ls, line{s, s.Of(t), block})
		}
		start = end + 1
	}
	return ls
}

// unwrap joins lines that were broken at a fixed width, as mail and old wires
// do: where most lines that another follows in their block are 50 to 90
// characters long and stop in the middle of a sentence.
func (r *Report) unwrap(ls *[]line) {
	inner, wrapped := 0, 0
	for i, l := range *ls {
		if i+1 == len(*ls) || (*ls)[i+1].block != l.block {
			continue
		}
		inner++
		if n := utf8.RuneCountInString(l.words); n >= 50 && n <= 90 && !ends(l.words, ".!?:;”\"") {
			wrapped++
		}
	}
	if wrapped < 3 || wrapped*10 < inner*6 {
		return
	}
	var out []line
	for _, l := range *ls {
		last := len(out) - 1
		if last < 0 || out[last].block != l.block || bullet.MatchString(l.words) || signature.MatchString(l.words) {
			out = append(out, l)
			continue
		}
		out[last].span.End = l.span.End
		out[last].words = out[last].span.Of(r.Text)
	}
	*ls = out
}

// placed is a post with its first line.
type placed struct {
	Post
	first int
}

// findPosts returns the posts by the lines that they take up. The words of a
// post are the line before its signature, and further lines up as long as they
// belong to its block or bear marks of a post.
func (r *Report) findPosts(ls []line) map[int]placed {
	const longest = 1200 // bytes; networks allow posts of some hundred characters
	posts := map[int]placed{}
	for i, l := range ls {
		p, signed, ok := sign(r.Text, l.span)
		if !ok {
			continue
		}
		first := i
		words := trim(r.Text, text.Span{Start: l.span.Start, End: signed.Start})
		if words.Empty() && i > 0 && ls[i-1].span.Len() <= longest {
			if _, taken := posts[i-1]; !taken {
				first, words = i-1, ls[i-1].span
			}
		}
		separated := ls[0].block != ls[len(ls)-1].block
		for first > 0 && signed.Start-ls[first-1].span.Start <= longest {
			_, taken := posts[first-1]
			up := ls[first-1]
			if taken || up.block != ls[first].block || !separated && !postlike(up.words) {
				break
			}
			first--
			words = words.Join(up.span)
		}
		p.complete(r.Text, words, signed)
		for j := first; j <= i; j++ {
			posts[j] = placed{p, first}
		}
	}
	return posts
}

// postlike reports marks that posts bear and paragraphs of a report do not.
func postlike(s string) bool {
	return strings.HasPrefix(s, "#") || strings.HasPrefix(s, "@") || link.MatchString(s)
}

var (
	marker     = regexp.MustCompile(`(?i)[([]\s*(?:(?:\d+\s+|watch\s+|full\s+|with\s+|\+\s*)?(videos?|photos?|pictures?|pics?|images?|gallery|audio|podcast|map|infographics?)(?:\s*[,/+&]\s*\w+)?)\s*[)\]]`)
	label      = regexp.MustCompile(`(?i)^(?:(video|watch|photos?|in pictures|gallery|listen|audio|podcast)\s*[:|]\s*)`)
	bullet     = regexp.MustCompile(`^(?:[•*·▪◦‣●■–—-]|\(?\d{1,2}[.)])[ \t\x{a0}]+`)
	byline     = regexp.MustCompile(`^(?:(?i:by|written by|reported by|story by|from|author:)\s+)(\p{Lu}[^\n.!?:]{2,90}|\p{Lu}[^\n!?:]{2,60}\p{Lu}\.?[^\n!?:]{2,30})$`)
	credits    = regexp.MustCompile(`^[([]?(?:Additional r|R)eporting by .{3,160}$|^[([]?Editing by .{3,160}$|^\(?(?:Writing|Compiled) by .{3,160}$`)
	agency     = `(?:\s*\((?:[\p{Lu}][^()\n]{1,39})\))`
	wireDate   = `(?:,?\s+` + monthWord + `\s+\d{1,2}(?:,\s*\d{4})?|,?\s+\d{1,2}\s+` + monthWord + `(?:\s+\d{4})?)`
	place      = `\p{Lu}[\p{Lu}\p{M}.'’ -]{2,40}(?:,\s+\p{Lu}[\p{L}\p{M}.'’ -]{1,30})?`
	anyPlace   = `\p{Lu}[\p{L}\p{M}.'’-]+(?:\s\p{Lu}[\p{L}\p{M}.'’-]+){0,3}(?:,\s+\p{Lu}[\p{L}\p{M}.'’ -]{1,30})?`
	wireDash   = `\s*(?:--|[—–―]|\s-)\s*`
	dateline   = regexp.MustCompile(`^(?:` + place + wireDate + `?` + agency + `?|` + anyPlace + wireDate + `?` + agency + `|` + anyPlace + wireDate + `)` + wireDash)
	placeDate  = regexp.MustCompile(`^(?:` + anyPlace + `)[,:]?\s+(?:on\s+)?[^\n]{0,12}$`)
	clockWords = regexp.MustCompile(`(?i)\b(?:published|updated|posted|modified|last|first|on|at|date|issued|release[d]?|created|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day|am|pm|a\.m\.|p\.m\.|gmt|utc|bst|e[sd]t|cet|cest|msk|ist|hrs|\d{1,2}[:.]\d{2}(?::\d{2})?|\d{4}h|ago|min(?:ute)?s?|read|hours?)\b`)
	captioned  = regexp.MustCompile(`(?i)^(?:(?:file )?(?:photo|image|picture)s?|file|caption|credit|illustration)\s*(?:credit)?\s*[:—–-]\s|(?:\b(?:photo|image|picture)s?(?: credit)?\s*:\s*[^.:]{2,60}|\((?:(?:AP|AFP|Reuters|Getty|EPA|TASS)[^()]{0,20}(?:Photo|Image|/)|Photo|Image|Picture)[^()]{0,40}\)|\b(?:AFP|Reuters|Getty Images|EPA|AP Photo)/[^.]{2,40})\.?$`)
	furniture  = regexp.MustCompile(`(?i)^(?:share(?: (?:this|on|via)\b.{0,40})?|tweet|(?:e-?)?mail|print|save|copy link|facebook|twitter|whatsapp|telegram|linkedin|reddit|advertise?ment|sponsored(?: content)?|comments?(?: \(\d+\))?|(?:also )?read (?:more|also|next)\b.{0,160}|also read\b.{0,160}|see also\b.{0,160}|related(?: (?:articles?|stor(?:y|ies)|news|topics?|links?))?\b:?.{0,20}|more on this (?:story|topic)|sign up\b.{0,120}|subscribe\b.{0,120}|follow us\b.{0,120}|click here\b.{0,120}|join (?:us|our)\b.{0,120}|(?:tags|topics|keywords)\s*:.{0,200}|©.{0,160}|(?:copyright\b).{0,160}|.{0,80}all rights reserved\.?|skip to (?:main )?content|menu|home|next (?:article|story)|previous (?:article|story)|support our journalism\b.{0,120}|most (?:read|popular|viewed)|trending(?: now)?|\d+ (?:comments?|shares?))$`)
)

// head reads section, title, standfirst, byline and date from the first lines
// and returns the index of the first line that is none of them.
func (r *Report) head(ls []line, posts map[int]placed) int {
	const deepest = 8
	given := r.Title != ""
	titled := false
	i := 0
	for ; i < len(ls) && i < deepest; i++ {
		if _, ok := posts[i]; ok {
			break
		}
		l := ls[i]
		switch {
		case furniture.MatchString(l.words):
			r.part(Furniture, l.span)
		case r.bylineOf(l), r.dateOf(l):
		case !titled && given && same(l.words, r.Title):
			titled = true
			r.title(l, false)
		case !titled && r.Section == "" && sectionLike(l.words) && i+1 < len(ls) && r.titleFollows(ls, i+1):
			r.Section = sectionName(l.words)
			r.part(Section, l.span)
		case !titled && !given && titleLike(l.words) && i+1 < len(ls):
			titled = true
			r.title(l, true)
		default:
			return i
		}
	}
	return i
}

// titleFollows reports whether line i is a title, so that the line before it
// may be a section.
func (r *Report) titleFollows(ls []line, i int) bool {
	if r.Title != "" {
		return same(ls[i].words, r.Title)
	}
	return i+1 < len(ls) && titleLike(ls[i].words) && len(strings.Fields(ls[i].words)) > 3
}

// title marks a headline. A quotation mark that opens and never closes stays
// outside it, and so does a marker such as (VIDEO).
func (r *Report) title(l line, take bool) {
	s := l.span
	marks := r.markers(s)
	if n := len(marks); n > 0 && marks[n-1].End == s.End {
		marks = marks[n-1:]
		s.End = marks[0].Start
	} else {
		marks = nil
	}
	s = trim(r.Text, s)
	if first, n := utf8.DecodeRuneInString(s.Of(r.Text)); opens(first) && !closes(s.Of(r.Text)[n:], first) {
		r.Problems = append(r.Problems, Problem{Offset: s.Start, Message: "a quotation mark before the title opens and never closes"})
		s = trim(r.Text, text.Span{Start: s.Start + n, End: s.End})
	}
	if take {
		r.Title = strings.Join(strings.Fields(s.Of(r.Text)), " ")
	}
	r.part(Title, s)
	for _, m := range marks {
		r.part(Marker, m)
	}
}

// markers adds the media that s announces and returns where.
func (r *Report) markers(s text.Span) []text.Span {
	var at []text.Span
	for _, m := range marker.FindAllStringSubmatchIndex(s.Of(r.Text), -1) {
		span := text.Span{Start: s.Start + m[0], End: s.Start + m[1]}
		r.Media = append(r.Media, Media{Kind: mediaKind(s.Of(r.Text)[m[2]:m[3]]), Marker: span})
		at = append(at, span)
	}
	return at
}

func mediaKind(word string) string {
	switch w := strings.ToLower(word); {
	case strings.HasPrefix(w, "video"), w == "watch":
		return "video"
	case strings.HasPrefix(w, "audio"), w == "podcast", w == "listen":
		return "audio"
	}
	return "picture"
}

func (r *Report) bylineOf(l line) bool {
	if m := byline.FindStringSubmatch(l.words); m != nil && len(strings.Fields(m[1])) <= 12 && !strings.Contains(m[1], ", the ") {
		if len(r.Authors) == 0 {
			r.Authors = authors(m[1])
		}
		r.part(Byline, l.span)
		return true
	}
	if credits.MatchString(l.words) {
		r.part(Byline, l.span)
		return true
	}
	return false
}

var (
	nameBreak = regexp.MustCompile(`\s*(?:,|;|&|\band\b|\bwith\b)\s*`)
	nameTail  = regexp.MustCompile(`\s+(?:in\s+\p{Lu}.*|\||/|[-–—]\s|for\s+\p{Lu}|\().*$`)
	jobWord   = regexp.MustCompile(`(?i)\b(?:correspondent|editor|reporter|writer|staff|agenc(?:y|ies)|news|desk|bureau|updated|published)\b`)
)

// authors takes the names out of a byline.
func authors(s string) []string {
	var out []string
	for _, name := range nameBreak.Split(nameTail.ReplaceAllString(strings.TrimSpace(s), ""), -1) {
		name = strings.Trim(name, " .|")
		if name == "" || jobWord.MatchString(name) && len(out) > 0 {
			continue
		}
		out = append(out, name)
	}
	return out
}

// dateOf reads a line that is only a date, or only a place and a date.
func (r *Report) dateOf(l line) bool {
	if len(l.words) > 120 {
		return false
	}
	d, at, ok := findDate(l.words)
	if !ok || d.Precision != 0 {
		return false
	}
	rest := l.words[:at.Start] + " " + l.words[at.End:]
	rest = strings.Trim(clockWords.ReplaceAllString(rest, ""), " \t,.;:|·–—-()/+0123456789")
	kind := Published
	if rest != "" {
		if len(strings.Fields(rest)) > 4 || !placeDate.MatchString(rest+", ") || ends(l.words, ".!?") {
			return false
		}
		kind = Dateline
	}
	if !r.Published.Known() && !strings.Contains(strings.ToLower(l.words[:at.Start]), "updated") {
		r.Published = d
	}
	r.part(kind, l.span)
	return true
}

// bodyLine adds the parts of a line below the head.
func (r *Report) bodyLine(ls []line, i int) {
	l := ls[i]
	switch {
	case len(l.words) < 240 && furniture.MatchString(l.words):
		r.part(Furniture, l.span)
		return
	case (i < 4 || i+3 >= len(ls)) && r.bylineOf(l), i < 4 && r.dateOf(l):
		return
	case len(l.words) < 320 && captioned.MatchString(l.words):
		r.part(Caption, l.span)
		return
	}
	if m := bullet.FindStringIndex(l.words); m != nil && m[1] < len(l.words) {
		r.part(Item, text.Span{Start: l.span.Start + m[1], End: l.span.End})
		return
	}
	s := l.span
	if m := label.FindStringSubmatchIndex(l.words); m != nil && len(l.words) < 160 {
		at := trim(r.Text, text.Span{Start: s.Start, End: s.Start + m[1]})
		r.Media = append(r.Media, Media{Kind: mediaKind(l.words[m[2]:m[3]]), Caption: l.words[m[1]:], Marker: at})
		r.part(Marker, at)
		r.part(Caption, trim(r.Text, text.Span{Start: s.Start + m[1], End: s.End}))
		return
	}
	if m := dateline.FindStringIndex(l.words); m != nil && len(r.Paragraphs) < 3 && len(l.words) > 80 && m[1] < len(l.words) {
		at := trim(r.Text, text.Span{Start: s.Start, End: s.Start + m[1]})
		if d, _, ok := findDate(at.Of(r.Text)); ok && !r.Published.Known() {
			r.Published = d
		}
		r.part(Dateline, at)
		s.Start += m[1]
	}
	kind := Paragraph
	if i+1 < len(ls) && headingLike(l.words) && len(ls[i+1].words) > len(l.words) {
		kind = Heading
	}
	for _, m := range r.markers(s) {
		r.part(kind, trim(r.Text, text.Span{Start: s.Start, End: m.Start}))
		r.part(Marker, m)
		s.Start = m.End
	}
	r.part(kind, trim(r.Text, s))
}

func sectionLike(s string) bool {
	n := len(strings.Fields(s))
	return n <= 6 && len(s) <= 60 && !ends(s, ".!?:,;”\"") && !strings.ContainsAny(s, "“”\"()0123456789") &&
		(n <= 3 || strings.ContainsAny(s, ">»›/|"))
}

// sectionName takes the way out of a breadcrumb: "Home > World > Asia".
func sectionName(s string) string {
	var out []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(">»›/|", r) }) {
		if w = strings.TrimFunc(w, blank); w != "" && !strings.EqualFold(w, "home") {
			out = append(out, w)
		}
	}
	return strings.Join(out, " / ")
}

func titleLike(s string) bool {
	s = strings.TrimFunc(marker.ReplaceAllString(s, ""), blank)
	n := len(strings.Fields(s))
	return n >= 2 && len(s) <= 220 && !ends(s, ".,;:") && !(ends(s, "”\"") && strings.ContainsAny(s, ".")) &&
		!bullet.MatchString(s) && !dateline.MatchString(s)
}

func headingLike(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return len(s) <= 90 && len(strings.Fields(s)) <= 12 && !ends(s, ".!?:;,…”\"’'") && !strings.Contains(s, ". ") && (unicode.IsUpper(first) || unicode.IsDigit(first) || opens(first))
}

// ends reports whether s ends in one of the characters of set.
func ends(s, set string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(set, r)
}

func opens(r rune) bool { return strings.ContainsRune("“\"‘'«„‟", r) }

// closes reports whether s closes a quotation that mark opened. An apostrophe
// inside a word closes nothing.
func closes(s string, mark rune) bool {
	switch mark {
	case '“', '„', '‟':
		return strings.ContainsAny(s, "”“")
	case '«':
		return strings.Contains(s, "»")
	case '"':
		return strings.Contains(s, `"`)
	}
	rs := []rune(s)
	for i, r := range rs {
		if (r == '’' || r == '\'') && i > 0 && (i+1 == len(rs) || !unicode.IsLetter(rs[i+1])) {
			return true
		}
	}
	return false
}

// same reports whether a line is the title: the same letters and digits, but
// for what a marker adds.
func same(words, title string) bool {
	a, b := letters(words), letters(title)
	return a != "" && (a == b || letters(marker.ReplaceAllString(words, "")) == letters(marker.ReplaceAllString(title, "")))
}

func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
