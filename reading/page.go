package reading

import (
	"iter"
	"regexp"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
)

// begin analyses the text of a report and fills in the head of the document.
// Each part of the text is analysed alone, so that no sentence runs from a
// headline into the body or from a dateline into the first sentence.
func (r *Reader) begin(rep *report.Report) *page {
	p := &page{
		Reader: r, report: rep, text: rep.Text, published: rep.Published.Period,
		doc: &Document{
			Format: Format, ID: rep.ID, URL: rep.URL, Outlet: rep.Outlet, Published: rep.Published.String(),
			Title: rep.Title, Section: rep.Section, Standfirst: rep.Standfirst, Authors: rep.Authors,
			Language: rep.Language, Text: rep.Text, Posts: rep.Posts, Media: rep.Media,
			Actors: []Actor{}, Entities: []Entity{}, Times: []Time{}, Statements: []Statement{}, Acts: []Act{}, Agreements: []Agreement{},
		},
	}
	if p.doc.Posts == nil {
		p.doc.Posts = []report.Post{}
	}
	if p.doc.Media == nil {
		p.doc.Media = []report.Media{}
	}
	for _, x := range rep.Problems {
		p.problem(text.Span{}, x.Message)
	}
	parts := stretches(rep)
	words := make([]string, len(parts))
	for i, part := range parts {
		words[i] = part.Span.Of(p.text)
	}
	for i, a := range r.model.ParseAll(words...) {
		part := parts[i]
		for _, s := range undated(r.model, a.Text, mended(a.Text, a.Sentences)) {
			p.sentences = append(p.sentences, moved(s, part.Span.Start))
			p.links = append(p.links, linked(s.Tokens))
			p.kinds = append(p.kinds, part.Kind)
			p.body = append(p.body, part.Kind.Body())
		}
	}
	if rep.Language != "" && rep.Language != "en" {
		p.problem(text.Span{End: len(p.text)}, "the report is in another language ("+rep.Language+"); only names are read reliably")
	}
	return p
}

// mended joins what was cut inside a line without a mark that ends a sentence:
// "Kim Jong" and "Un visited". The part without a verb hangs from the other.
func mended(words string, sentences []language.Sentence) []language.Sentence {
	var out []language.Sentence
	for _, s := range sentences {
		n := len(out) - 1
		if n < 0 || len(out[n].Tokens) == 0 || len(s.Tokens) == 0 || len(out[n].Tokens)+len(s.Tokens) > 200 {
			out = append(out, s)
			continue
		}
		last := out[n].Tokens[len(out[n].Tokens)-1]
		if last.UPOS == "PUNCT" || last.UPOS == "SYM" || strings.ContainsAny(words[out[n].Span.End:s.Span.Start], "\n\r") {
			out = append(out, s)
			continue
		}
		a, b := rootOf(out[n].Tokens), rootOf(s.Tokens)
		size := len(out[n].Tokens)
		tokens := slices.Clone(out[n].Tokens)
		for _, t := range s.Tokens {
			if t.Head >= 0 {
				t.Head += size
			}
			tokens = append(tokens, t)
		}
		if tokens[a].UPOS == "VERB" || tokens[b+size].UPOS != "VERB" {
			tokens[b+size].Head, tokens[b+size].Rel = a, "parataxis"
		} else {
			tokens[a].Head, tokens[a].Rel = b+size, "obl"
		}
		out[n] = language.Sentence{Span: out[n].Span.Join(s.Span), Tokens: tokens}
	}
	return out
}

func rootOf(tokens []language.Token) int {
	return max(0, slices.IndexFunc(tokens, func(t language.Token) bool { return t.Head < 0 }))
}

// stretches cuts the whole text into the parts that the report names and what
// lies between them, which is taken as body.
func stretches(rep *report.Report) []report.Part {
	parts := append([]report.Part(nil), rep.Parts...)
	slices.SortStableFunc(parts, func(a, b report.Part) int { return a.Span.Start - b.Span.Start })
	var out []report.Part
	at := 0
	between := func(end int) {
		if end > at {
			out = append(out, report.Part{Kind: report.Paragraph, Span: text.Span{Start: at, End: end}})
		}
	}
	for _, part := range parts {
		if part.Span.Start < at || part.Span.Empty() || !part.Span.Valid(rep.Text) {
			continue
		}
		between(part.Span.Start)
		out = append(out, part)
		at = part.Span.End
	}
	between(len(rep.Text))
	return stamped(rep.Text, out)
}

// timeStamp is what an entry of a live report begins with: "09:12", "9.12am GMT".
var timeStamp = regexp.MustCompile(`(?m)^[ \t]*([01]?[0-9]|2[0-3])[:.h][0-5][0-9][ \t]?([ap]\.?m\.?)?[ \t]*(GMT|BST|UTC|CET|EST|EDT|ET)?[ \t]*[-–—:|]?[ \t]+`)

// stamped cuts the time stamps out of a live report, which are nobody's words.
func stamped(t string, parts []report.Part) []report.Part {
	at := timeStamp.FindAllStringIndex(t, -1)
	if len(at) < 3 {
		return parts
	}
	var out []report.Part
	for _, p := range parts {
		if !p.Kind.Body() {
			out = append(out, p)
			continue
		}
		for len(at) > 0 && at[0][0] < p.Span.End {
			stamp := text.Span{Start: max(at[0][0], p.Span.Start), End: min(at[0][1], p.Span.End)}
			at = at[1:]
			if stamp.End <= stamp.Start {
				continue
			}
			if stamp.Start > p.Span.Start {
				out = append(out, report.Part{Kind: p.Kind, Span: text.Span{Start: p.Span.Start, End: stamp.Start}})
			}
			out = append(out, report.Part{Kind: report.Published, Span: stamp})
			p.Span.Start = stamp.End
		}
		if !p.Span.Empty() {
			out = append(out, p)
		}
	}
	return out
}

// moved shifts all spans of a sentence by n bytes.
func moved(s language.Sentence, n int) language.Sentence {
	shift := func(t text.Span) text.Span { return text.Span{Start: t.Start + n, End: t.End + n} }
	s.Span = shift(s.Span)
	for i := range s.Tokens {
		t := &s.Tokens[i]
		t.Span, t.Surface = shift(t.Span), shift(t.Surface)
	}
	return s
}

func (p *page) problem(span text.Span, message string) {
	p.doc.Problems = append(p.doc.Problems, Problem{Message: message, Span: span})
}

// today is the day on which names are read: the last day of publication as far
// as it is known, else the day to which the tables were kept up.
func (p *page) today() day.Day {
	if p.published.To > p.published.From {
		return p.published.To - 1
	}
	return p.world.Known
}

// token returns a token of a sentence, or an empty one outside it, so that
// callers may look at neighbours without counting.
func (p *page) token(sentence, i int) *language.Token {
	if t := p.sentences[sentence].Tokens; i >= 0 && i < len(t) {
		return &t[i]
	}
	return &noToken
}

var noToken = language.Token{Head: -1}

// words returns the bytes from the first to the last token, both inclusive.
func (p *page) words(sentence, first, last int) text.Span {
	t := p.sentences[sentence].Tokens
	return text.Span{Start: t[first].Span.Start, End: t[last].Span.End}
}

// links hold the dependents of each token of a sentence in order: those of i
// begin at first[i] and go on at next[...]; -1 ends.
type links struct{ first, next []int32 }

func linked(tokens []language.Token) links {
	l := links{make([]int32, len(tokens)), make([]int32, len(tokens))}
	for i := range tokens {
		l.first[i], l.next[i] = -1, -1
	}
	for i := len(tokens) - 1; i >= 0; i-- {
		if h := tokens[i].Head; h >= 0 && h < len(tokens) && h != i {
			l.next[i], l.first[h] = l.first[h], int32(i)
		}
	}
	return l
}

// children yields the dependents of a token from left to right.
func (p *page) children(sentence, head int) iter.Seq[int] {
	return func(yield func(int) bool) {
		l := p.links[sentence]
		if head < 0 || head >= len(l.first) {
			return
		}
		for i := l.first[head]; i >= 0; i = l.next[i] {
			if !yield(int(i)) {
				return
			}
		}
	}
}

// child returns the first dependent of a token with one of the relations, or -1.
func (p *page) child(sentence, head int, rels ...string) int {
	for i := range p.children(sentence, head) {
		if slices.Contains(rels, p.sentences[sentence].Tokens[i].Rel) {
			return i
		}
	}
	return -1
}

// phraseStart returns the first token of the phrase before a noun: its article
// and modifiers without a break, over hyphens ("a twenty-year memorandum").
func (p *page) phraseStart(sentence, noun int) int {
	first := noun
	for first > 0 && noun-first < 12 {
		t := p.token(sentence, first-1)
		if hyphen(t.Form) && first > 1 && touching(p.token(sentence, first-2).Span, t.Span) {
			first -= 2
			continue
		}
		if t.Head < first-1 || t.Head > noun || t.UPOS == "VERB" && t.Rel != "amod" || t.UPOS == "ADP" || t.UPOS == "CCONJ" || t.UPOS == "PUNCT" {
			break
		}
		switch t.Rel {
		case "nsubj", "cc", "mark", "aux", "cop", "advmod", "obj", "obl":
			return first
		}
		first--
	}
	return first
}
