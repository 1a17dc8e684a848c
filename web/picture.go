package web

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/web/atlas"
)

// rank orders the answers, strongest first. A state is pictured by the
// strongest answer that it has.
var rank = []duty.Result{duty.Bound, duty.IsDispute, duty.Open, duty.Permitted, duty.NotBound}

// class is the name of an answer in the style sheet.
func class(r duty.Result) string { return strings.ReplaceAll(string(r), " ", "") }

// standing is what each state is in the picture of one question: attacker,
// attacked, or its strongest answer on helping the attacked. Duties to consult,
// to refrain or to refuse support stand in the list and are not pictured.
type standing struct {
	by       []string
	attacked string
	of       map[string]duty.Result
}

var helping = []string{"assist", "attack", "give aid"}

func standingOf(a duty.Reply) standing {
	s := standing{by: a.Question.By, attacked: a.Question.Attacks, of: map[string]duty.Result{}}
	for i := range a.Answers {
		if t := a.Answers[i].Text(); t == nil || !slices.ContainsFunc(helping, t.Has) || a.Answers[i].To != s.attacked && a.Answers[i].Answer != duty.NotBound {
			continue
		}
		b, r := a.Answers[i].Bearer, a.Answers[i].Answer
		if old, ok := s.of[b]; !ok || slices.Index(rank, r) < slices.Index(rank, old) {
			s.of[b] = r
		}
	}
	return s
}

func (s standing) class(code string) string {
	switch {
	case slices.Contains(s.by, code):
		return "attacker"
	case code == s.attacked:
		return "attacked"
	}
	return class(s.of[code])
}

// Map draws the world with every state by its standing.
func (s standing) Map(name func(string) string) template.HTML {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="map" viewBox="0 0 %v %v" role="img" aria-labelledby="maptitle"><title id="maptitle">%s</title>`,
		atlas.Width, atlas.Height, template.HTMLEscapeString(s.summary(name)))
	for _, shape := range atlas.Shapes() {
		at := fmt.Sprintf(`d="%s"`, shape.Path)
		element := "path"
		if shape.Path == "" {
			element, at = "circle", fmt.Sprintf(`cx="%.1f" cy="%.1f" r="2.4"`, shape.X, shape.Y)
		}
		label := name(shape.Code)
		if c := s.class(shape.Code); c != "" {
			label += ": " + s.word(shape.Code)
		}
		fmt.Fprintf(&b, `<%s class="state %s" %s><title>%s</title></%s>`, element, s.class(shape.Code), at, template.HTMLEscapeString(label), element)
	}
	b.WriteString("</svg>")
	return template.HTML(b.String())
}

func (s standing) word(code string) string {
	switch c := s.class(code); c {
	case "attacker", "attacked":
		return c
	}
	return string(s.of[code])
}

func (s standing) summary(name func(string) string) string {
	count := map[duty.Result]int{}
	for _, r := range s.of {
		count[r]++
	}
	var parts []string
	for _, r := range rank {
		if count[r] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", count[r], r))
		}
	}
	by := make([]string, len(s.by))
	for i, c := range s.by {
		by[i] = name(c)
	}
	return fmt.Sprintf("%s attacks %s: %s", strings.Join(by, ", "), name(s.attacked), strings.Join(parts, ", "))
}

// Network draws the attacked in the middle, the attackers to the left and the
// bearers around, strongest first from the top. The same answers give the same
// picture.
func (s standing) Network(name func(string) string) template.HTML {
	var codes []string
	for c, r := range s.of {
		if r != duty.NotBound && s.class(c) != "attacker" && s.class(c) != "attacked" && c != duty.Everybody {
			codes = append(codes, c)
		}
	}
	slices.SortFunc(codes, func(a, b string) int {
		return cmp.Or(cmp.Compare(slices.Index(rank, s.of[a]), slices.Index(rank, s.of[b])), cmp.Compare(a, b))
	})
	const width, height = 760.0, 420.0
	const cx, cy = 400.0, height / 2
	var edges, nodes strings.Builder
	place := func(code string, x, y float64) {
		fmt.Fprintf(&nodes, `<g><title>%s: %s</title><circle class="state %s" cx="%.1f" cy="%.1f" r="15"/><text x="%.1f" y="%.1f" text-anchor="middle">%s</text></g>`,
			template.HTMLEscapeString(name(code)), s.word(code), s.class(code), x, y, x, y+27, template.HTMLEscapeString(code))
	}
	for i, c := range s.by {
		x, y := 60.0, cy+float64(i)*60-float64(len(s.by)-1)*30
		fmt.Fprintf(&edges, `<line class="edge attack" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>`, x, y, cx, cy)
		place(c, x, y)
	}
	for i, c := range codes {
		// Clockwise from the top around the right side, on one or two rings; the
		// left is the attacker's.
		ring := 165.0
		if len(codes) > 16 && i%2 == 1 {
			ring = 112
		}
		angle := math.Pi * 1.5 * ((float64(i)+0.5)/float64(len(codes)) - 0.5)
		x, y := cx+ring*1.9*math.Cos(angle), cy+ring*math.Sin(angle)
		fmt.Fprintf(&edges, `<line class="edge %s" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>`, class(s.of[c]), x, y, cx, cy)
		place(c, x, y)
	}
	place(s.attacked, cx, cy)
	return template.HTML(fmt.Sprintf(`<svg class="network" viewBox="0 0 %v %v" role="img" aria-labelledby="nettitle"><title id="nettitle">%s</title>%s%s</svg>`,
		width, height, template.HTMLEscapeString(s.summary(name)), edges.String(), nodes.String()))
}
