package report

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// The ways in which an input is no report. Errors of this package wrap them, so
// that a command can say what to do about each.
var (
	ErrEmpty     = errors.New("there is nothing in it")
	ErrBinary    = errors.New("it is binary, not text")
	ErrPDF       = errors.New("it is a PDF file, which is not read")
	ErrArchive   = errors.New("it is an archive or office file, which is not read")
	ErrTooLarge  = errors.New("it is larger than the limit")
	ErrDirectory = errors.New("it is a directory")
)

// refuse tells inputs that are no text by their first bytes.
func refuse(b []byte) error {
	switch {
	case len(bytes.TrimSpace(b)) == 0:
		return ErrEmpty
	case bytes.HasPrefix(b, []byte("%PDF-")):
		return ErrPDF
	case bytes.HasPrefix(b, []byte("PK\x03\x04")), bytes.HasPrefix(b, []byte("\xd0\xcf\x11\xe0")),
		bytes.HasPrefix(b, []byte("7z\xbc\xaf")), bytes.HasPrefix(b, []byte("\x28\xb5\x2f\xfd")):
		return ErrArchive
	}
	return nil
}

// decode makes UTF-8 of b. In order of trust: a byte order mark; bytes that are
// UTF-8; zeros that betray UTF-16; the label that a server sent (empty if none
// did); what a page declares; what the letters look like. Stray bytes of Windows-1252 in a text that is otherwise UTF-8 are read
// as such and named.
func decode(b []byte, sent string) (string, []Problem, error) {
	if e, skip := byteOrder(b); e != nil {
		return transcode(b[skip:], e)
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if e := zeros(b); e != nil {
		return transcode(b, e)
	}
	if i := bytes.IndexByte(b, 0); i >= 0 || controls(b) {
		return "", nil, ErrBinary
	}
	if utf8.Valid(b) {
		s, problems := mend(string(b))
		return s, problems, nil
	}
	if e, name := charset.Lookup(sent); e != nil && name != "utf-8" {
		s, problems, err := transcode(b, e)
		return s, append(problems, Problem{Message: "read as " + name + ", as the server says"}), err
	}
	if s, problems, ok := patch(b); ok {
		return s, problems, nil
	}
	if e, name := declared(b); e != nil {
		s, problems, err := transcode(b, e)
		return s, append(problems, Problem{Message: "read as " + name + ", as the page declares"}), err
	}
	e, name := encoding.Encoding(charmap.Windows1252), "windows-1252"
	if r, err := chardet.NewTextDetector().DetectBest(b[:min(len(b), 64<<10)]); err == nil && r.Confidence >= 50 {
		if guess, canonical := charset.Lookup(r.Charset); guess != nil && canonical != "utf-8" {
			e, name = guess, canonical
		}
	}
	s, problems, err := transcode(b, e)
	return s, append(problems, Problem{Message: "no encoding is declared; read as " + name + " by its letters"}), err
}

func byteOrder(b []byte) (encoding.Encoding, int) {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe\x00\x00")):
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), 4
	case bytes.HasPrefix(b, []byte("\x00\x00\xfe\xff")):
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), 4
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 2
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 2
	}
	return nil, 0
}

// zeros tells UTF-16 without a mark: in Latin text every other byte is zero.
func zeros(b []byte) encoding.Encoding {
	var at [2]int
	head := b[:min(len(b), 1024)&^1]
	for i, c := range head {
		if c == 0 {
			at[i%2]++
		}
	}
	pairs := len(head) / 2
	switch {
	case pairs < 4:
		return nil
	case at[1]*10 > pairs*6 && at[0]*20 < pairs:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	case at[0]*10 > pairs*6 && at[1]*20 < pairs:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	return nil
}

// controls reports whether more than one byte in fifty is a control character
// that no text holds.
func controls(b []byte) bool {
	n := 0
	head := b[:min(len(b), 4096)]
	for _, c := range head {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != '\v' && c != 0x1b {
			n++
		}
	}
	return n*50 > len(head)
}

func transcode(b []byte, e encoding.Encoding) (string, []Problem, error) {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return "", nil, fmt.Errorf("decode text: %w", err)
	}
	if bytes.IndexByte(out, 0) >= 0 || controls(out) {
		return "", nil, ErrBinary
	}
	var problems []Problem
	if i := bytes.Index(out, []byte("\ufffd")); i >= 0 {
		problems = append(problems, Problem{Offset: i, Message: fmt.Sprintf("%d characters could not be decoded", bytes.Count(out, []byte("\ufffd")))})
	}
	return string(bytes.ToValidUTF8(out, []byte("\ufffd"))), problems, nil
}

var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w.:-]{3,40})|^<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.:-]{3,40})`)

// declared returns the encoding that a page names, if it is another than UTF-8.
func declared(b []byte) (encoding.Encoding, string) {
	m := metaCharset.FindSubmatch(b[:min(len(b), 4096)])
	if m == nil {
		return nil, ""
	}
	e, name := charset.Lookup(string(m[1]) + string(m[2]))
	if e == nil || name == "utf-8" || strings.HasPrefix(name, "utf-16") {
		return nil, ""
	}
	return e, name
}

// patch reads a text that is UTF-8 but for a few bytes, which it takes for
// Windows-1252. ok is false where they are not few.
func patch(b []byte) (s string, problems []Problem, ok bool) {
	var out strings.Builder
	out.Grow(len(b) + 16)
	whole, stray, first := 0, 0, -1
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			if first < 0 {
				first = i
			}
			stray++
			r = charmap.Windows1252.DecodeByte(b[i])
		case n > 1:
			whole++
		}
		out.WriteRune(r)
		i += n
	}
	if stray > 2*whole {
		return "", nil, false
	}
	return out.String(), []Problem{{Offset: first, Message: fmt.Sprintf("%d bytes are not UTF-8; read as windows-1252", stray)}}, true
}

// mojibake is UTF-8 that was once read as Windows-1252 and saved again: â€™ for
// a closing quotation mark, Ã© for é.
var mojibake = regexp.MustCompile(`[ÃÂâð][\x{80}-\x{bf}€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}`)

// mend undoes mojibake where the bytes behind it are UTF-8.
func mend(s string) (string, []Problem) {
	if !strings.ContainsAny(s, "ÃÂâð") {
		return s, nil
	}
	n := 0
	out := mojibake.ReplaceAllStringFunc(s, func(m string) string {
		var raw []byte
		for _, r := range m {
			c, ok := charmap.Windows1252.EncodeRune(r)
			if !ok {
				if r > 0xff {
					return m
				}
				c = byte(r) // Windows-1252 leaves five bytes undefined; they pass as they are
			}
			raw = append(raw, c)
		}
		r, size := utf8.DecodeRune(raw)
		if r == utf8.RuneError || size < 2 {
			return m
		}
		rest := ""
		for _, c := range raw[size:] {
			rest += string(charmap.Windows1252.DecodeByte(c))
		}
		n++
		return string(r) + rest
	})
	if n == 0 {
		return s, nil
	}
	return out, []Problem{{Offset: strings.IndexAny(s, "ÃÂâð"), Message: fmt.Sprintf("%d characters were UTF-8 read as windows-1252; mended", n)}}
}
