package web

import (
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/why"
)

// namer names states as they were called on a day.
type namer struct {
	s  *Server
	on day.Day
}

func (n namer) name(code string) string { return n.s.nameOf(code, n.on) }

// spell puts names in place of the codes in a line that the program made. Lines
// that others wrote are left as they are.
func (n namer) spell(line string) string {
	names := n.s.corpus().Names
	var out strings.Builder
	copied := 0
	for at := 0; at < len(line); {
		end := at
		for end < len(line) && (isLetter(line[end]) || line[end] >= 0x80) {
			end++
		}
		if word := line[at:end]; len(word) == 3 && word == strings.ToUpper(word) && names.Known(word) {
			out.WriteString(line[copied:at])
			out.WriteString(names.Name(word, n.on))
			copied = end
		}
		at = max(end, at+1)
	}
	if copied == 0 {
		return line
	}
	out.WriteString(line[copied:])
	return out.String()
}

// isLetter reports whether a byte may belong to a word or an id.
func isLetter(b byte) bool {
	return 'A' <= b && b <= 'Z' || 'a' <= b && b <= 'z' || '0' <= b && b <= '9' || b == '_'
}

func (n namer) spellAll(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		out[i] = n.spell(l)
	}
	return out
}

// stepView is a part of a derivation. What it refers to is named where the part
// above it does not refer to the same.
type stepView struct {
	Value                    why.Value
	Says, Words, Source, Ref string
	Href                     string
	From                     []stepView
}

func (n namer) steps(of *why.Node, above string) []stepView {
	if of == nil {
		return nil
	}
	v := stepView{Value: of.Value, Says: n.spell(of.Says), Words: of.Words, Source: of.Source, Ref: of.Ref}
	if of.Ref == above {
		v.Ref = ""
	}
	if v.Ref != "" {
		v.Href = n.s.refPath(v.Ref)
	}
	for _, from := range of.From {
		v.From = append(v.From, n.steps(from, of.Ref)...)
	}
	return []stepView{v}
}

// clauseName names a provision ("instrument/provision") as people cite it: the
// title and the article.
func (s *Server) clauseName(provision string) string {
	id, part, _ := strings.Cut(provision, "/")
	in := s.corpus().Instrument(id)
	if in == nil {
		return provision
	}
	if p := in.Provision(part); p != nil && p.Article != "" {
		return in.Title + ", " + p.Article
	}
	return in.Title
}
