package duty

import (
	"fmt"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/treaty"
	"github.com/casus-foederis/casus/why"
)

// Case is one case of a case file: what is given, and what follows from it.
// Format: docs/format/cases.md.
type Case struct {
	Title  string
	Pos    treaty.Position
	Record Record
	World  bool // the corpus's own record is given too
	Checks []Check
}

// Check is one question of a case with its expected answers.
type Check struct {
	Question Question
	Acts     int // how many of the case's acts were given before it
	Facts    int // how many of its statements
	Pos      treaty.Position
	Expect   []Expectation
}

// Expectation is one expected answer. Empty fields expect nothing.
type Expectation struct {
	Pos       treaty.Position
	Bearer    string
	Nothing   bool   // no row at all
	Answer    Result // "" with Conflict
	Provision string // "instrument/provision"
	To        string
	Because   string // part of the reason or of the derivation
	Needs     string // part of one of the needs
	Awaits    string // part of the process that performance awaits
	Lawful    *why.Value
	Conflict  string // the other provision
}

// Cases reads a case file. Names without an instrument mean the one that the
// file stands beside. The error is [treaty.Problems].
func Cases(file string, data []byte, instrument string) ([]Case, error) {
	p := caseParser{file: file, instrument: instrument}
	const limit = 1 << 20
	if len(data) > limit {
		return nil, treaty.Problems{{Pos: treaty.Position{File: file, Line: 1, Col: 1}, Message: fmt.Sprintf("file has %d bytes; the limit is %d", len(data), limit)}}
	}
	for i, line := range strings.Split(string(data), "\n") {
		p.line = i + 1
		p.read(line)
	}
	if p.cases != nil && p.cases[len(p.cases)-1].Checks == nil && p.cases[len(p.cases)-1].Title != "" {
		p.fail(0, "case %q asks nothing", p.cases[len(p.cases)-1].Title)
	}
	if len(p.problems) > 0 {
		return p.cases, p.problems
	}
	return p.cases, nil
}

// Given reads a file of acts and statements without questions.
func Given(file string, data []byte) (Record, error) {
	p := caseParser{file: file, givenOnly: true}
	for i, line := range strings.Split(string(data), "\n") {
		p.line = i + 1
		p.read(line)
	}
	if len(p.problems) > 0 {
		return Record{}, p.problems
	}
	if len(p.cases) == 0 {
		return Record{}, nil
	}
	return p.cases[0].Record, nil
}

type caseParser struct {
	file       string
	instrument string
	givenOnly  bool
	line       int
	cases      []Case
	known      *day.Day
	view       string
	assume     bool
	problems   treaty.Problems
	source     *string // where a following source line goes
	words      []word
	at         int
}

// word is a word or a quoted text of a line, with its column.
type word struct {
	text   string
	quoted bool
	col    int
}

func (p *caseParser) pos(col int) treaty.Position {
	return treaty.Position{File: p.file, Line: p.line, Col: col + 1}
}

func (p *caseParser) fail(col int, format string, args ...any) {
	p.problems = append(p.problems, treaty.Problem{Pos: p.pos(col), Message: fmt.Sprintf(format, args...)})
}

func (p *caseParser) hint(format string, args ...any) {
	p.problems[len(p.problems)-1].Hint = fmt.Sprintf(format, args...)
}

func (p *caseParser) current() *Case {
	if len(p.cases) == 0 {
		p.cases = append(p.cases, Case{Pos: p.pos(0)})
	}
	return &p.cases[len(p.cases)-1]
}

func (p *caseParser) read(line string) {
	trimmed := strings.TrimSpace(line)
	if trimmed == "" || trimmed[0] == '#' {
		return
	}
	col := strings.Index(line, trimmed)
	first, rest, _ := strings.Cut(trimmed, " ")
	switch {
	case first == "case" || first == "case:":
		if p.givenOnly {
			p.fail(col, "this file holds acts and statements only")
			return
		}
		p.cases = append(p.cases, Case{Title: strings.TrimSpace(rest), Pos: p.pos(col)})
		if rest == "" {
			p.fail(col, "case: want a title")
		}
		p.known, p.view, p.assume, p.source = nil, "", false, nil
		return
	case first == "source":
		if p.source == nil {
			p.fail(col, "source: want it after a given")
			return
		}
		*p.source = strings.TrimSpace(rest)
		return
	}
	if !p.split(line) {
		return
	}
	p.at = 1
	switch first {
	case "given":
		p.given()
	case "known":
		d, ok := p.day("known")
		if ok {
			p.known = &d
		}
		p.end()
	case "view":
		p.view = p.next("a view: plain, unsc or party:CODE")
		p.end()
	case "assume":
		if p.next("performance") != "performance" {
			p.fail(col, "assume: want assume performance")
		}
		p.assume = true
		p.end()
	case "when":
		p.when()
	case "expect":
		p.expect()
	default:
		p.fail(col, "unknown line %q", first)
		p.hint("a line begins with case, given, source, known, view, assume, when or expect")
	}
}

// split cuts the line into words and quoted texts.
func (p *caseParser) split(line string) bool {
	p.words, p.at = nil, 0
	for i := 0; i < len(line); {
		switch c := line[i]; {
		case c == ' ' || c == '\t' || c == '\r':
			i++
		case c == '"':
			end := strings.IndexByte(line[i+1:], '"')
			if end < 0 {
				p.fail(i, "quoted text has no end")
				return false
			}
			p.words = append(p.words, word{line[i+1 : i+1+end], true, i})
			i += end + 2
		default:
			j := i
			for j < len(line) && !strings.ContainsRune(" \t\r\"", rune(line[j])) {
				j++
			}
			p.words = append(p.words, word{line[i:j], false, i})
			i = j
		}
	}
	return true
}

func (p *caseParser) peek() string {
	if p.at < len(p.words) {
		return p.words[p.at].text
	}
	return ""
}

func (p *caseParser) col() int {
	if p.at < len(p.words) {
		return p.words[p.at].col
	}
	if len(p.words) == 0 {
		return 0
	}
	last := p.words[len(p.words)-1]
	return last.col + len(last.text)
}

func (p *caseParser) next(want string) string {
	if p.at >= len(p.words) {
		p.fail(p.col(), "line ends; want %s", want)
		return ""
	}
	p.at++
	return p.words[p.at-1].text
}

// accept takes the words if they come next.
func (p *caseParser) accept(phrase string) bool {
	at := p.at
	for w := range strings.SplitSeq(phrase, " ") {
		if at >= len(p.words) || p.words[at].text != w || p.words[at].quoted {
			return false
		}
		at++
	}
	p.at = at
	return true
}

func (p *caseParser) end() {
	if p.at < len(p.words) {
		p.fail(p.col(), "not understood from here: %q", p.peek())
	}
}

func (p *caseParser) day(after string) (day.Day, bool) {
	col := p.col()
	s := p.next("a day YYYY-MM-DD after " + after)
	if s == "" {
		return 0, false
	}
	d, err := day.Parse(strings.TrimSuffix(s, ":"))
	if err != nil {
		p.fail(col, "%s: %v", after, err)
	}
	return d, err == nil
}

func (p *caseParser) bound(after string) day.Bound {
	col := p.col()
	s := strings.TrimSuffix(p.next("a day after "+after), ":")
	b, err := day.ParseBound(s)
	if err != nil {
		p.fail(col, "%s: %v", after, err)
	}
	return b
}

// actor reads a code or group "Name".
func (p *caseParser) actor() string {
	if p.accept("group") {
		return "group:" + p.next("the group's name in quotation marks")
	}
	return strings.TrimSuffix(p.next("a state's code or group \"name\""), ":")
}
