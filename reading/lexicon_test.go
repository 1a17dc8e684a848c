package reading

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/reading/entity"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
)

// example is a lexicon example without its marks: [source] and {target}.
type example struct {
	text             string
	sources, targets []text.Span
}

func parseExample(marked string) example {
	var e example
	var b strings.Builder
	start := 0
	for _, r := range marked {
		switch r {
		case '[', '{':
			start = b.Len()
		case ']':
			e.sources = append(e.sources, text.Span{Start: start, End: b.Len()})
		case '}':
			e.targets = append(e.targets, text.Span{Start: start, End: b.Len()})
		default:
			b.WriteRune(r)
		}
	}
	e.text = b.String()
	return e
}

// readPage reads a text as far as the acts need it.
func readPage(t testing.TB, r *Reader, s string) *page {
	t.Helper()
	p := r.begin(&report.Report{Text: s})
	p.findMentions()
	p.findTimes()
	return p
}

// newTestReader returns a reader without the attributor, which acts do not need.
func newTestReader(t testing.TB) *Reader {
	t.Helper()
	m, err := language.Default()
	if err != nil {
		t.Fatal(err)
	}
	names, err := entity.Default()
	if err != nil {
		t.Fatal(err)
	}
	return &Reader{model: m, world: actor.World(), tagger: names}
}

// TestLexiconExamples reads the example of every entry: an act of the entry's
// type must be found, by its pattern or a more specific one of the same type,
// between the marked source and target. One example in fifty may be lost to
// the parser, so that a new language model does not fail for a few of them.
func TestLexiconExamples(t *testing.T) {
	lex, err := loadLexicon()
	if err != nil {
		t.Fatal(err)
	}
	reader := newTestReader(t)
	var lost []string
	for _, e := range lex.entries {
		x := parseExample(e.example)
		if len(x.sources) == 0 {
			t.Errorf("%s: the example marks no source", e.at)
			continue
		}
		p := readPage(t, reader, x.text)
		found := false
		var got []string
		for s := range p.sentences {
			r := newActReader(p, lex, s)
			for _, d := range r.deeds() {
				got = append(got, d.root+" ("+d.why+")")
				root := d.root
				if d.of == e.root && d.status == planned {
					root = d.of
				}
				if root == e.root && fits(r, d.sources, x.sources) && (len(x.targets) == 0 || fits(r, d.targets, x.targets)) {
					found = true
				}
			}
		}
		if !found {
			lost = append(lost, fmt.Sprintf("%s: %q reads as %s", e.at, e.example, strings.Join(got, ", ")))
		}
	}
	t.Logf("%d of %d examples are lost", len(lost), len(lex.entries))
	if len(lost) > len(lex.entries)/50 {
		t.Errorf("more than one example in fifty is lost:\n%s", strings.Join(lost, "\n"))
	}
}

// fits tells whether the head of a role lies in one of the marked spans.
func fits(r *actReader, heads []int, marks []text.Span) bool {
	for _, h := range heads {
		for _, m := range marks {
			if m.Overlaps(r.wording(h, true)) {
				return true
			}
		}
	}
	return false
}

func TestReadLexiconReportsAllMistakes(t *testing.T) {
	files := fstest.MapFS{
		"l/a.lex": {Data: []byte("S hit T => BLOW | [A] hit {B}.\n\nS hit @none => ASSAULT | [A] hit.\nno arrow\n")},
		"l/b.lex": {Data: []byte("S hit on => ASSAULT | [A] hit.\nS hit T => ASSAULT loud | [A] hit {B}.\n")},
	}
	_, err := readLexicon(files, "l")
	want := []string{
		`read lexicon: a.lex:1: root "BLOW" is none of PLOVER`,
		`read lexicon: a.lex:3: class "@none" is not defined`,
		`read lexicon: a.lex:4: want "pattern => ROOT/mode | example"`,
		`read lexicon: b.lex:1: nothing follows "on"`,
		`read lexicon: b.lex:2: meaning "loud": want a root and +alleged, +denied or +planned`,
	}
	if err == nil || err.Error() != strings.Join(want, "\n") {
		t.Errorf("got %v\nwant %s", err, strings.Join(want, "\n"))
	}
}
