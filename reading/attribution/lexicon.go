package attribution

import (
	"bufio"
	_ "embed" // for the lexicon of cues
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

//go:embed cue.lexicon
var lexiconText string

// Sense is what a cue does.
type Sense struct {
	Notion string // speech, belief, intention, perception, decree
	Act    string // PLOVER root of a verbal act; empty if it has none
}

// Notions are the kinds of statement that a lexicon may name.
var Notions = []string{"speech", "belief", "intention", "perception", "decree"}

// acts are the PLOVER roots that words alone can perform.
var acts = []string{"-", "ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE", "CONSULT"}

type lexicon struct {
	senses map[string]Sense
	class  map[string]uint32 // 1 + the number of the line among the entries
	lines  []lexiconLine
}

type lexiconLine struct {
	sense   Sense
	words   []string
	example string
}

var loadLexicon = sync.OnceValues(func() (*lexicon, error) { return parseLexicon(lexiconText) })

// parseLexicon reads the lines of a lexicon. It reports all mistakes at once.
func parseLexicon(t string) (*lexicon, error) {
	l := &lexicon{senses: map[string]Sense{}, class: map[string]uint32{}}
	var wrong []error
	lines := bufio.NewScanner(strings.NewReader(t))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		body, example, ok := strings.Cut(line, "|")
		f := strings.Fields(body)
		switch {
		case !ok || len(f) < 3:
			wrong = append(wrong, fmt.Errorf("read cue lexicon: line %d: want notion, act, words, a bar and an example", n))
			continue
		case !slices.Contains(Notions, f[0]):
			wrong = append(wrong, fmt.Errorf("read cue lexicon: line %d: no notion is called %q", n, f[0]))
		case !slices.Contains(acts, f[1]):
			wrong = append(wrong, fmt.Errorf("read cue lexicon: line %d: no verbal act is called %q", n, f[1]))
		}
		e := lexiconLine{sense: Sense{Notion: f[0], Act: strings.TrimPrefix(f[1], "-")}, words: f[2:], example: strings.TrimSpace(example)}
		l.lines = append(l.lines, e)
		for _, w := range e.words {
			if _, twice := l.senses[w]; !twice { // the first line is the usual sense
				l.senses[w] = e.sense
				l.class[w] = uint32(len(l.lines))
			}
		}
	}
	return l, errors.Join(wrong...)
}

// SenseOf returns what a word does as a cue, by its lemma in lower case.
func SenseOf(lemma string) (Sense, bool) {
	l, err := loadLexicon()
	if err != nil {
		return Sense{}, false
	}
	s, ok := l.senses[lemma]
	return s, ok
}
