package web

import (
	"regexp"
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

var stateCode = regexp.MustCompile(`\b[A-Z]{3}\b`)

// spell puts names in place of the codes in a line that the program made. Lines
// that others wrote are left as they are.
func (n namer) spell(line string) string {
	names := n.s.corpus().Names
	return stateCode.ReplaceAllStringFunc(line, func(code string) string {
		if !names.Known(code) {
			return code
		}
		return names.Name(code, n.on)
	})
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
