package reading

import (
	"strings"
	"unicode"

	"github.com/casus-foederis/casus/text"
)

// turn is what one labelled speaker of a transcript says before the next label.
type turn struct {
	label, colon, words text.Span
	question            bool
}

// hearTurns reads transcripts: paragraphs that begin with a speaker's name in
// capitals, or with "Question", and a colon. One such label alone makes no
// transcript.
func (h *hearing) hearTurns() {
	h.turns = turns(h.text)
	h.interviewer()
	for _, t := range h.turns {
		if t.question {
			continue
		}
		c := &claim{why: "turn of a transcript", wholly: true}
		c.Source, c.Cue, c.Content = []text.Span{t.label}, []text.Span{t.colon}, []text.Span{t.words}
		c.Score, c.Within = 1, -1
		c.CueHead, c.SourceHead = h.placeAt(t.colon.Start), h.placeAt(t.label.Start)
		c.speaker = h.labelled(t.label.Of(h.text))
		h.claims = append(h.claims, c)
	}
}

// interviewer marks the turns of who asks: the outlet itself, or the one of two
// whose turns mostly end with a question mark.
func (h *hearing) interviewer() {
	type count struct{ turns, asked int }
	by := map[string]count{}
	for _, t := range h.turns {
		c := by[t.label.Of(h.text)]
		c.turns++
		if strings.HasSuffix(strings.TrimRight(t.words.Of(h.text), "”\"’ "), "?") {
			c.asked++
		}
		by[t.label.Of(h.text)] = c
	}
	for i, t := range h.turns {
		label := t.label.Of(h.text)
		c := by[label]
		outlet := len(label) > 3 && strings.Contains(lower(h.report.Outlet), lower(label))
		if outlet || len(by) == 2 && c.turns > 1 && 2*c.asked > c.turns {
			h.turns[i].question = true
		}
	}
}

// turns cuts a text into turns.
func turns(t string) []turn {
	plain := inOrdinaryLetters(t)
	var out []turn
	for start := 0; start < len(t); {
		end := start + strings.IndexByte(t[start:], '\n')
		if end < start {
			end = len(t)
		}
		line := text.Span{Start: start, End: end}
		if label, colon, question, ok := labelOf(t, line, plain); ok {
			out = append(out, turn{label: label, colon: colon, words: trimmed(t, text.Span{Start: colon.End, End: end}), question: question})
		} else if n := len(out); n > 0 && hasWord(line.Of(t)) {
			out[n-1].words.End = trimmed(t, line).End
		}
		start = end + 1
	}
	if len(out) < 2 {
		return nil
	}
	for i := range out {
		out[i].words = trimmed(t, out[i].words)
	}
	return out
}

// inOrdinaryLetters reports whether a text is an interview whose labels are
// written like names, "Ann Bo: No.": most lines have one, and somebody speaks
// twice.
func inOrdinaryLetters(t string) bool {
	lines, labels, again := 0, 0, false
	seen := map[string]bool{}
	for line := range strings.Lines(t) {
		if !hasWord(line) {
			continue
		}
		lines++
		at := strings.IndexByte(line, ':')
		if at < 1 || at > 40 || at+1 < len(line) && line[at+1] != ' ' || !allCapital(line[:at]) || len(strings.Fields(line[:at])) > 3 {
			continue
		}
		labels++
		again = again || seen[line[:at]]
		seen[line[:at]] = true
	}
	return again && labels >= 4 && 3*labels >= 2*lines
}

// allCapital reports whether every word begins with a capital letter.
func allCapital(s string) bool {
	for _, w := range strings.Fields(s) {
		if r := []rune(w); !unicode.IsUpper(r[0]) {
			return false
		}
	}
	return true
}

// labelOf splits "MS. DIALLO (Commission): Good afternoon" at its colon.
func labelOf(t string, line text.Span, plain bool) (label, colon text.Span, question, ok bool) {
	s := line.Of(t)
	at := strings.IndexByte(s, ':')
	if at < 1 || at > 80 || at+1 < len(s) && s[at+1] != ' ' {
		return
	}
	name := s[:at]
	if i := strings.IndexByte(name, '('); i > 0 {
		name = name[:i]
	}
	name = strings.TrimSpace(name)
	letters, small := 0, 0
	for _, r := range name {
		switch {
		case unicode.IsLower(r):
			small++
			fallthrough
		case unicode.IsLetter(r):
			letters++
		case !strings.ContainsRune(" .,'’-–", r):
			return
		}
	}
	asks := map[string]bool{"QUESTION": true, "Q": true, "REPORTER": true, "JOURNALIST": true, "MODERATOR": false}[strings.ToUpper(name)]
	if letters == 0 || small > 2 && !asks && !(plain && allCapital(name)) || len(strings.Fields(name)) > 6 || letters < 2 && name != "Q" && name != "A" {
		return
	}
	label = trimmed(t, text.Span{Start: line.Start, End: line.Start + len(name)})
	return label, text.Span{Start: line.Start + at, End: line.Start + at + 1}, asks, true
}

// labelled finds the person whom a label in capitals names.
func (h *hearing) labelled(label string) speaker {
	words := strings.Fields(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || r == '-' || r == '\'' || r == '’' {
			return unicode.ToLower(r)
		}
		return ' '
	}, label))
	for len(words) > 1 && honorific[words[0]] {
		words = words[1:]
	}
	if len(words) == 0 {
		return speaker{name: label}
	}
	for i, a := range h.doc.Actors {
		if a.Kind == "person" && strings.HasSuffix(" "+lower(a.Name), " "+strings.Join(words, " ")) {
			return speaker{known: true, actor: i, name: a.Name, state: a.State}
		}
	}
	for i, w := range words {
		r := []rune(w)
		r[0] = unicode.ToUpper(r[0])
		words[i] = string(r)
	}
	return speaker{name: strings.Join(words, " ")}
}

var honorific = wordSet("mr ms mrs miss dr sir dame lord lady president minister ambassador secretary prime foreign general the")

// trimmed takes white space and a final full stop off a span.
func trimmed(t string, s text.Span) text.Span {
	for s.Start < s.End && isSpace(t[s.Start]) {
		s.Start++
	}
	for s.End > s.Start && (isSpace(t[s.End-1])) {
		s.End--
	}
	return s
}

func isSpace(b byte) bool { return b == ' ' || b == '\n' || b == '\t' || b == '\r' }
