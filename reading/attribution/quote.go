package attribution

import (
	"unicode"
	"unicode/utf8"

	"github.com/casus-foederis/casus/text"
)

// Quote is a stretch of a text between quotation marks, outermost marks only.
type Quote struct {
	Open, Close text.Span // the marks; Close is empty where the quotation does not close
	Inner       text.Span // what stands between them
	Continues   bool      // goes on in the next paragraph, whose mark opens it again
}

// Span covers the quotation with its marks.
func (q Quote) Span() text.Span {
	return text.Span{Start: q.Open.Start, End: max(q.Inner.End, q.Close.End)}
}

// quoteStyle is a pair of marks. A style whose marks look alike is told apart
// by the white space around them.
type quoteStyle uint8

const (
	noStyle  quoteStyle = iota
	straight            // "…"
	curly               // “…”, and „…“
	doubled             // ''…'' and ``…''
	angled              // «…»
	single              // '…'
	curlyOne            // ‘…’
)

// Quotes finds the quotations of a text in one pass, in order and not
// overlapping; marks inside a quotation belong to it.
//
// A quotation ends with its paragraph. One that was not closed counts as
// closed there when the next paragraph opens again (Continues), and runs to the
// paragraph's end otherwise, unless another one opens before: then the first
// mark was stray. Single marks count only where they close.
func Quotes(t string) []Quote {
	var out []Quote
	for start := 0; start < len(t); {
		end := start
		for end < len(t) && t[end] != '\n' {
			end++
		}
		from := len(out)
		out = quotesOf(t, start, end, out)
		if n := len(out); from > 0 && n > from && out[from-1].Close.Empty() && opensAt(t, start, out[from]) {
			out[from-1].Continues = true
		}
		start = end + 1
	}
	return out
}

func opensAt(t string, start int, q Quote) bool {
	for _, r := range t[start:q.Open.Start] {
		if !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

// quotesOf scans the paragraph t[start:end].
func quotesOf(t string, start, end int, out []Quote) []Quote {
	style, open := noStyle, text.Span{}
	var before rune = '\n'
	for i := start; i < end; {
		r, size := utf8.DecodeRuneInString(t[i:end])
		st, width := styleAt(t, i, end, r, size)
		if st == noStyle {
			before = r
			i += size
			continue
		}
		after, _ := utf8.DecodeRuneInString(t[i+width : end])
		if i+width >= end {
			after = ' '
		}
		mark := text.Span{Start: i, End: i + width}
		switch {
		case style == noStyle:
			if mayOpen(st, r, before, after) {
				style, open = st, mark
			}
		case closes(style, st) && mayClose(st, r, before, after) && (r != '“' || t[open.Start:open.End] == "„"):
			out = append(out, Quote{Open: open, Close: mark, Inner: text.Span{Start: open.End, End: i}})
			style = noStyle
		case st == style && mayOpen(st, r, before, after), style >= single && st < single && mayOpen(st, r, before, after):
			style, open = st, mark // the first mark was stray
		}
		before = r
		i += width
	}
	if style != noStyle && style < single {
		out = append(out, Quote{Open: open, Inner: text.Span{Start: open.End, End: end}})
	}
	return out
}

func styleAt(t string, i, end int, r rune, size int) (quoteStyle, int) {
	switch r {
	case '"', '＂':
		return straight, size
	case '“', '”', '„', '‟':
		return curly, size
	case '«', '»':
		return angled, size
	case '`':
		if i+1 < end && t[i+1] == '`' {
			return doubled, 2
		}
	case '\'':
		if i+1 < end && t[i+1] == '\'' {
			return doubled, 2
		}
		return single, size
	case '‘', '’', '‚':
		return curlyOne, size
	}
	return noStyle, size
}

func closes(open, mark quoteStyle) bool {
	return open == mark || open == straight && mark == curly || open == curly && mark == straight
}

func mayOpen(s quoteStyle, r, before, after rune) bool {
	switch r {
	case '”': // a slip at the beginning of a paragraph
		return before == '\n' && !unicode.IsSpace(after)
	case '»':
		return false
	case '“', '„', '«', '`', '‘', '‚':
		return true
	case '’':
		return false
	}
	if unicode.IsSpace(after) {
		return false
	}
	free := !unicode.IsLetter(before) && !unicode.IsDigit(before)
	if s == single {
		return free && !unicode.IsDigit(after) && before != '.' && before != ','
	}
	return free
}

func mayClose(s quoteStyle, r, before, after rune) bool {
	switch r {
	case '„', '«', '`', '‘', '‚':
		return false
	}
	if s == single || s == curlyOne {
		return !unicode.IsSpace(before) && !unicode.IsLetter(after) && !unicode.IsDigit(after)
	}
	return true
}
