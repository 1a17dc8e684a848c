// Package report holds a report as published: its head, its text, the social
// posts and media placed in it, and how each was found.
//
// A report comes as an HTML page, as plain text (a press release, or text
// pasted from a page) or as a line of JSON. Its Text is fixed once, when it is
// read; everything after points into it by byte spans and finds nothing again
// by searching. The package does not read the words: who said or did what is
// the work of package reading.
//
//   - HTML: Text is the article's body, paragraphs separated by an empty line,
//     embedded posts at their place. Headline, standfirst, byline, captions and
//     page furniture are fields, not text.
//   - Plain text: Text is the input after its encoding and line ends were made
//     regular. Furniture stays in it and is marked as Parts.
//   - JSON Lines: Text is the text given, byte for byte.
package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/text"
)

// Report is one document as published. Fields that the input does not give are
// empty; nothing is guessed from the outlet or the time of reading.
type Report struct {
	Hash       string      `json:"-"` // SHA-256 of the bytes as they came, hexadecimal
	ID         string      `json:"id"`
	URL        string      `json:"url,omitempty"`
	Title      string      `json:"title,omitempty"`
	Section    string      `json:"section,omitempty"`
	Outlet     string      `json:"outlet,omitempty"`
	Standfirst string      `json:"standfirst,omitempty"`
	Authors    []string    `json:"authors,omitempty"`
	Published  Date        `json:"published,omitzero"`
	Modified   Date        `json:"modified,omitzero"`
	Language   string      `json:"language,omitempty"` // ISO 639-1, as the page declares it or as guessed from its words
	Text       string      `json:"text"`
	Paragraphs []text.Span `json:"paragraphs"` // the body in order, subheads and list items among it, posts and furniture not
	Parts      []Part      `json:"parts"`      // all of Text that is worth naming: in order, disjoint
	Posts      []Post      `json:"posts"`      // in the order in which they are placed
	Media      []Media     `json:"media"`
	Captions   []string    `json:"captions,omitempty"` // of HTML, in order
	Problems   []Problem   `json:"problems,omitempty"`
}

// Date is a date as published: exactly as finely as it was given.
type Date struct {
	day.Period
	Time string // RFC 3339 when the page gives a time, with the page's own offset
}

// Known reports whether there is a date.
func (d Date) Known() bool { return d.To > d.From }

// IsZero reports whether there is no date; encoding/json leaves such dates out.
func (d Date) IsZero() bool { return !d.Known() }

// String writes 2024-06-18, 2024-06 or 2024, and nothing for no date.
func (d Date) String() string {
	if !d.Known() {
		return ""
	}
	s := d.From.String()
	switch d.Precision {
	case day.ToDay:
		return s
	case day.ToMonth:
		return s[:7]
	case day.ToYear:
		return s[:4]
	}
	return s[:4] + "s"
}

// MarshalText writes the time if there is one, else the date.
func (d Date) MarshalText() ([]byte, error) {
	if d.Time != "" {
		return []byte(d.Time), nil
	}
	return []byte(d.String()), nil
}

// PartKind says what a stretch of the text is for.
type PartKind string

// The kinds of parts. Only Paragraph, Heading, Item and Post carry what the
// report says; the others are furniture, or stand again in a field.
const (
	Section    PartKind = "section"
	Title      PartKind = "title"
	Standfirst PartKind = "standfirst"
	Byline     PartKind = "byline"
	Dateline   PartKind = "dateline" // "GENEVA, May 4 (Xinhua) --" before the first sentence
	Published  PartKind = "published"
	Caption    PartKind = "caption"
	Marker     PartKind = "marker" // (VIDEO)
	PostPart   PartKind = "post"
	Heading    PartKind = "heading"
	Item       PartKind = "item" // of a list, without its bullet
	Paragraph  PartKind = "paragraph"
	Furniture  PartKind = "furniture" // share buttons, "Read more", copyright lines
)

// Body reports whether parts of this kind are the report's own running words.
func (k PartKind) Body() bool { return k == Paragraph || k == Heading || k == Item }

// Part is a stretch of the text with one use.
type Part struct {
	Kind PartKind  `json:"kind"`
	Span text.Span `json:"span"`
}

// Post is a post of a social network that the report embeds.
type Post struct {
	Author string    `json:"author,omitempty"`
	Handle string    `json:"handle,omitempty"` // without @
	Date   string    `json:"date,omitempty"`   // YYYY-MM-DD
	Link   string    `json:"link,omitempty"`
	Text   string    `json:"text"` // its words, without link and signature
	Span   text.Span `json:"span"` // all of it inside Report.Text; empty if it is not placed there
	Words  text.Span `json:"words"`
	Dash   text.Span `json:"dash"`   // the dash before the signature
	Source text.Span `json:"source"` // the author's name in the signature
}

// Media is a film, picture or sound that the report shows or announces.
type Media struct {
	Kind    string    `json:"kind"` // video, picture, audio
	Caption string    `json:"caption,omitempty"`
	URL     string    `json:"url,omitempty"`
	Marker  text.Span `json:"marker"` // "(VIDEO)" in Text; empty if there is none
}

// Problem is something that had to be repaired or was lost.
type Problem struct {
	Message string `json:"message"`
	Offset  int    `json:"offset"` // bytes into the input
	Line    int    `json:"line,omitempty"`
}

func (p Problem) String() string {
	if p.Line > 0 {
		return fmt.Sprintf("line %d (byte %d): %s", p.Line, p.Offset, p.Message)
	}
	return fmt.Sprintf("byte %d: %s", p.Offset, p.Message)
}

// sign sets the hash of the bytes that the report was read from. A report that
// came without an id gets the beginning of it, so that the same bytes have the
// same id everywhere.
func (r *Report) sign(b []byte) {
	sum := sha256.Sum256(b)
	r.Hash = hex.EncodeToString(sum[:])
	if r.ID == "" {
		r.ID = r.Hash[:16]
	}
}

// part adds a stretch of the text. Empty stretches are left out.
func (r *Report) part(kind PartKind, s text.Span) {
	if s.Empty() {
		return
	}
	r.Parts = append(r.Parts, Part{kind, s})
	if kind.Body() {
		r.Paragraphs = append(r.Paragraphs, s)
	}
}
