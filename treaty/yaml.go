package treaty

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"github.com/casus-foederis/casus/day"
)

// Limits on one file. The format needs no anchors, and an honest instrument is
// far smaller and flatter than this.
const (
	maxFile   = 1 << 20 // bytes
	maxDepth  = 24
	maxTokens = 40_000
	maxKeys   = 400 // of one mapping
)

// reader turns one YAML file into instruments, collecting every problem.
type reader struct {
	file     string
	names    Names
	problems *Problems
	roles    []string // roles named by the instrument being read
}

func (r *reader) at(n ast.Node) Position {
	p := Position{File: r.file}
	if n != nil && n.GetToken() != nil && n.GetToken().Position != nil {
		p.Line, p.Col = n.GetToken().Position.Line, n.GetToken().Position.Column
	}
	return p
}

func (r *reader) fail(pos Position, format string, args ...any) *Problem {
	*r.problems = append(*r.problems, Problem{Pos: pos, Message: fmt.Sprintf(format, args...)})
	return &(*r.problems)[len(*r.problems)-1]
}

// parse reads the file's one document, refusing what could make reading it
// expensive before the parser sees it.
func (r *reader) parse(data []byte) (body ast.Node) {
	start := Position{r.file, 1, 1}
	if len(data) > maxFile {
		r.fail(start, "file has %d bytes; the limit is %d", len(data), maxFile)
		return nil
	}
	if i := strings.IndexByte(string(data), 0); i >= 0 {
		r.fail(start, "file is binary: it has a zero byte at offset %d", i)
		return nil
	}
	if line := tooDeep(data); line > 0 {
		r.fail(Position{r.file, line, 1}, "nesting is deeper than %d levels", maxDepth)
		return nil
	}
	defer func() {
		if p := recover(); p != nil {
			r.fail(start, "not readable as YAML: %v", p)
			body = nil
		}
	}()
	tokens := lexer.Tokenize(string(data))
	if len(tokens) > maxTokens {
		r.fail(start, "file has %d YAML tokens; the limit is %d", len(tokens), maxTokens)
		return nil
	}
	for _, t := range tokens {
		if t.Type == token.AnchorType || t.Type == token.AliasType || t.Type == token.MergeKeyType {
			r.fail(Position{r.file, t.Position.Line, t.Position.Column}, "anchors and aliases are not part of the format").Hint =
				"write the text out, or quote it if it begins with & or *"
			return nil
		}
	}
	f, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		pos, msg := start, err.Error()
		var at interface{ GetToken() *token.Token }
		if asToken(err, &at) {
			if t := at.GetToken(); t != nil && t.Position != nil {
				pos = Position{r.file, t.Position.Line, t.Position.Column}
			}
			if m, ok := err.(interface{ GetMessage() string }); ok {
				msg = m.GetMessage()
			}
		}
		r.fail(pos, "not readable as YAML: %s", strings.SplitN(msg, "\n", 2)[0])
		return nil
	}
	var docs []ast.Node
	for _, d := range f.Docs {
		if d.Body != nil {
			docs = append(docs, d.Body)
		}
	}
	switch len(docs) {
	case 0:
		r.fail(start, "file is empty")
		return nil
	case 1:
		return docs[0]
	}
	r.fail(r.at(docs[1]), "a file holds one document; this begins a second")
	return nil
}

func asToken(err error, at *interface{ GetToken() *token.Token }) bool {
	t, ok := err.(interface{ GetToken() *token.Token })
	if ok {
		*at = t
	}
	return ok
}

// tooDeep returns the first line nested deeper than maxDepth, or 0. It counts
// brackets and the indentation of each line, whichever way the text is quoted:
// over-counting is safe, since no honest file comes near the limit.
func tooDeep(data []byte) int {
	line, flow, indent, dashes, counting := 1, 0, 0, 0, true
	for _, c := range data {
		switch {
		case c == '\n':
			line++
			indent, dashes, counting = 0, 0, true
			continue
		case c == '[' || c == '{':
			flow++
		case (c == ']' || c == '}') && flow > 0:
			flow--
		}
		if counting {
			switch c {
			case ' ':
				indent++
			case '-', '?':
				dashes++
			default:
				counting = false
			}
		}
		if flow > maxDepth || indent > 4*maxDepth || dashes > maxDepth {
			return line
		}
	}
	return 0
}

// entry is one key of a mapping.
type entry struct {
	key   string
	pos   Position
	value ast.Node
}

// mapping is a YAML mapping whose keys are checked against those known.
type mapping struct {
	r       *reader
	what    string
	pos     Position
	entries []entry
}

// mapping reads n as a mapping with only the known keys; it reports unknown
// and repeated ones, and returns an empty mapping if n is none.
func (r *reader) mapping(n ast.Node, what string, known ...string) mapping {
	m := mapping{r: r, what: what, pos: r.at(n)}
	var values []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	default:
		r.fail(m.pos, "%s: want a mapping with the keys %s; found %s", what, strings.Join(known, ", "), found(n))
		return m
	}
	if len(values) > 0 {
		m.pos = r.at(values[0].Key)
	}
	if len(values) > maxKeys {
		r.fail(m.pos, "%s: %d keys; the limit is %d", what, len(values), maxKeys)
		values = values[:maxKeys]
	}
	for _, v := range values {
		e := entry{key: v.Key.String(), pos: r.at(v.Key), value: v.Value}
		if s, ok := v.Key.(*ast.StringNode); ok {
			e.key = s.Value
		}
		if len(known) > 0 && !contains(known, e.key) {
			p := r.fail(e.pos, "%s: unknown key %q", what, e.key)
			if near := nearest(e.key, known); near != "" {
				p.Hint = fmt.Sprintf("did you mean %q?", near)
			} else if _, bare := e.value.(*ast.NullNode); bare {
				p.Hint = "inside { } a comma ends a text; put a text that has one in quotation marks"
			} else {
				p.Hint = "the keys are " + strings.Join(known, ", ")
			}
			continue
		}
		if old := m.get(e.key); old != nil {
			p := r.fail(e.pos, "%s: key %q is given twice", what, e.key)
			p.Related = []Note{{m.posOf(e.key), "first here"}}
			continue
		}
		m.entries = append(m.entries, e)
	}
	return m
}

func (m mapping) get(key string) ast.Node {
	for _, e := range m.entries {
		if e.key == key {
			return e.value
		}
	}
	return nil
}

func (m mapping) posOf(key string) Position {
	for _, e := range m.entries {
		if e.key == key {
			return e.pos
		}
	}
	return m.pos
}

// text returns the scalar at key, or "" if there is none.
func (m mapping) text(key string) string {
	n := m.get(key)
	if n == nil {
		return ""
	}
	s, ok := scalar(n)
	if !ok {
		m.r.fail(m.r.at(n), "%s: %s: want text; found %s", m.what, key, found(n))
	}
	return s
}

// need is text, reporting its absence.
func (m mapping) need(key string) string {
	if m.get(key) == nil {
		m.r.fail(m.pos, "%s: %s is missing", m.what, key)
		return ""
	}
	s := m.text(key)
	if s == "" {
		m.r.fail(m.posOf(key), "%s: %s is empty", m.what, key)
	}
	return s
}

// choice is text that must be one of want; "" if absent.
func (m mapping) choice(key string, want []string) string {
	s := m.text(key)
	if s == "" || contains(want, s) {
		return s
	}
	p := m.r.fail(m.r.at(m.get(key)), "%s: %s is %q; want %s", m.what, key, s, strings.Join(want, ", "))
	if near := nearest(s, want); near != "" {
		p.Hint = fmt.Sprintf("did you mean %q?", near)
	}
	return ""
}

func (m mapping) bound(key string) (day.Bound, bool) {
	n := m.get(key)
	if n == nil {
		return day.Bound{}, false
	}
	b, err := day.ParseBound(m.text(key))
	if err != nil {
		m.r.fail(m.r.at(n), "%s: %s: %v", m.what, key, err)
	}
	return b, true
}

func (m mapping) number(key string) int {
	n := m.get(key)
	if n == nil {
		return 0
	}
	i, err := strconv.Atoi(m.text(key))
	if err != nil || i < 0 || i > 1000 {
		m.r.fail(m.r.at(n), "%s: %s: want a number from 0 to 1000; found %q", m.what, key, m.text(key))
		return 0
	}
	return i
}

// list returns the items at key; a single value is a list of one.
func (m mapping) list(key string) []ast.Node {
	return items(m.get(key))
}

func items(n ast.Node) []ast.Node {
	switch n := n.(type) {
	case nil:
		return nil
	case *ast.SequenceNode:
		return n.Values
	case *ast.NullNode:
		return nil
	}
	return []ast.Node{n}
}

// texts returns the scalars at key.
func (m mapping) texts(key string) []string {
	var out []string
	for _, n := range m.list(key) {
		s, ok := scalar(n)
		if !ok {
			m.r.fail(m.r.at(n), "%s: %s: want text; found %s", m.what, key, found(n))
			continue
		}
		out = append(out, s)
	}
	return out
}

// states returns the codes at key, each checked.
func (m mapping) states(key string) []string {
	var out []string
	for _, n := range m.list(key) {
		s, ok := scalar(n)
		if !ok {
			m.r.fail(m.r.at(n), "%s: %s: want a code such as RUS; found %s", m.what, key, found(n))
			continue
		}
		if m.r.code(s, m.r.at(n), m.what) {
			out = append(out, s)
		}
	}
	return out
}

// code checks that s names a state or organisation.
func (r *reader) code(s string, pos Position, what string) bool {
	if r.names.Known(s) {
		return true
	}
	p := r.fail(pos, "%s: unknown state %s", what, s)
	if near := r.names.Suggest(s); near != "" {
		p.Hint = fmt.Sprintf("did you mean %s?", near)
	}
	return false
}

func scalar(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return strings.TrimSpace(n.Value), true
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value), true
	case *ast.NullNode:
		return "", true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return strings.TrimSpace(n.GetToken().Value), true
	}
	return "", false
}

func found(n ast.Node) string {
	switch n.(type) {
	case nil:
		return "nothing"
	case *ast.SequenceNode:
		return "a list"
	case *ast.MappingNode, *ast.MappingValueNode:
		return "a mapping"
	case *ast.NullNode:
		return "nothing"
	case *ast.TagNode:
		return "a tag"
	}
	return fmt.Sprintf("%q", strings.SplitN(n.String(), "\n", 2)[0])
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
