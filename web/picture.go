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

var signs = map[duty.Result]string{duty.Bound: "●", duty.IsDispute: "◆", duty.Open: "?", duty.Permitted: "+", duty.NotBound: "–"}

// class is the name of an answer in the style sheet.
func class(r duty.Result) string { return strings.ReplaceAll(string(r), " ", "") }

// patterns fill what is open with stripes and what is disputed with a check, so
// that the answers differ without colour too.
const patterns = `<defs><pattern id="p-open" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="ground" width="5" height="5"/><rect class="ink open" width="3.2" height="5"/></pattern>` +
	`<pattern id="p-disputed" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="ground" width="5" height="5"/><path class="ink disputed" d="M0 0h2.5v5h2.5v-2.5h-5z"/></pattern></defs>`

// zones are the parts of the map that can be shown alone, by their name in an
// address: left, top, width and height on the whole picture.
var zones = []zone{
	{"", "World", 0, 0, atlas.Width, atlas.Height},
	{"europe", "Europe", 462, 38, 222, 102},
	{"mideast", "Middle East", 555, 110, 170, 78.2},
	{"asia", "Asia", 640, 80, 330, 151.8},
	{"africa", "Africa", 420, 130, 330, 300},
	{"americas", "Americas", 60, 40, 420, 410},
}

type zone struct {
	Key, Name           string
	left, top, wide, up float64
}

func zoneOf(key string) zone {
	for _, z := range zones {
		if z.Key == key {
			return z
		}
	}
	return zones[0]
}

// standing is what each state is in the picture of one question: attacker,
// attacked, or its strongest answer on helping the attacked. Duties to consult,
// to refrain or to refuse support stand in the list and are not pictured.
type standing struct {
	by       []string
	attacked string
	of       map[string]duty.Result
}

var helping = []string{"assist", "attack", "give aid"}

// helps reports whether an answer is about helping the attacked.
func helps(a *duty.Answer, attacked string) bool {
	t := a.Text()
	return t != nil && slices.ContainsFunc(helping, t.Has) && (a.To == attacked || a.Answer == duty.NotBound)
}

func standingOf(a duty.Reply) standing {
	s := standing{by: a.Question.By, attacked: a.Question.Attacks, of: map[string]duty.Result{}}
	for i := range a.Answers {
		if !helps(&a.Answers[i], s.attacked) {
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

// fill is the attribute that gives a shape its pattern.
func (s standing) fill(code string) string {
	switch c := s.class(code); c {
	case "open", "disputed":
		return fmt.Sprintf(` fill="url(#p-%s)"`, c)
	}
	return ""
}

// Map draws a part of the world with every state by its standing.
func (s standing) Map(z zone, name func(string) string) template.HTML {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="map" viewBox="%v %v %v %v" role="img" aria-labelledby="maptitle"><title id="maptitle">Map. %s</title>%s`,
		z.left, z.top, z.wide, z.up, template.HTMLEscapeString(s.summary(name)), patterns)
	for _, shape := range atlas.Shapes() {
		at := fmt.Sprintf(`d="%s"`, shape.Path)
		element := "path"
		if shape.Path == "" {
			element, at = "circle", fmt.Sprintf(`cx="%.1f" cy="%.1f" r="%.2f"`, shape.X, shape.Y, 2.4*z.wide/atlas.Width+.3)
		}
		c, label := s.class(shape.Code), name(shape.Code)
		if c == "" {
			fmt.Fprintf(&b, `<%s class="state" %s><title>%s</title></%s>`, element, at, template.HTMLEscapeString(label), element)
			continue
		}
		fmt.Fprintf(&b, `<%s class="state %s"%s data-for="%s" %s><title>%s: %s</title></%s>`,
			element, c, s.fill(shape.Code), shape.Code, at, template.HTMLEscapeString(label), s.word(shape.Code), element)
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

// tallied is how many states have an answer as their strongest.
type tallied struct {
	Class, Sign, Word string
	States            int
}

// tally counts the states by their strongest answer, strongest first.
func (s standing) tally() []tallied {
	count := map[duty.Result]int{}
	for code, r := range s.of {
		if c := s.class(code); c != "attacker" && c != "attacked" && code != duty.Everybody {
			count[r]++
		}
	}
	var out []tallied
	for _, r := range rank {
		if count[r] > 0 {
			out = append(out, tallied{class(r), signs[r], string(r), count[r]})
		}
	}
	return out
}

func (s standing) summary(name func(string) string) string {
	var parts []string
	for _, t := range s.tally() {
		parts = append(parts, fmt.Sprintf("%d %s", t.States, t.Word))
	}
	by := make([]string, len(s.by))
	for i, c := range s.by {
		by[i] = name(c)
	}
	return fmt.Sprintf("%s attacks %s: %s", strings.Join(by, ", "), name(s.attacked), cmp.Or(strings.Join(parts, ", "), "nobody has to help"))
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
	const width, radius = 640.0, 13.0
	height := 250.0
	switch {
	case len(codes) > 24:
		height = 500
	case len(codes) > 6:
		height = 400
	}
	cx, cy := 300.0, height/2
	var edges, nodes strings.Builder
	const named = 14 // states whose names have room
	place := func(code string, x, y float64) {
		label := code
		if len(codes) <= named {
			label = name(code)
		}
		fmt.Fprintf(&nodes, `<g><title>%s: %s</title><circle class="state %s"%s data-for="%s" cx="%.1f" cy="%.1f" r="%v"/><text x="%.1f" y="%.1f" text-anchor="middle">%s</text></g>`,
			template.HTMLEscapeString(name(code)), s.word(code), s.class(code), s.fill(code), code, x, y, radius, x, y+radius+12, template.HTMLEscapeString(label))
	}
	for i, c := range s.by {
		x, y := 60.0, cy+float64(i)*50-float64(len(s.by)-1)*25
		fmt.Fprintf(&edges, `<line class="edge attack" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>`, x, y, cx, cy)
		place(c, x, y)
	}
	for i, c := range codes {
		// Clockwise from the top around the right side, on one or two rings; the
		// left is the attacker's.
		ring := height/2 - 32
		if len(codes) > 16 && i%2 == 1 {
			ring *= .68
		}
		wide := min(1.75, 290/ring)
		angle := around((float64(i)+0.5)/float64(len(codes)), wide)
		x, y := cx+ring*wide*math.Cos(angle), cy-5+ring*math.Sin(angle)
		fmt.Fprintf(&edges, `<line class="edge %s" x1="%.1f" y1="%.1f" x2="%.1f" y2="%.1f"/>`, class(s.of[c]), x, y, cx, cy)
		place(c, x, y)
	}
	place(s.attacked, cx, cy)
	return template.HTML(fmt.Sprintf(`<svg class="network" viewBox="0 0 %v %v" role="img" aria-labelledby="nettitle"><title id="nettitle">Network. %s</title>%s%s</svg>`,
		width, height, template.HTMLEscapeString(s.summary(name)), edges.String(), nodes.String()))
}

// around is the angle at a share of the way around the right side of an ellipse
// that is so much wider than high. Even steps of the angle would crowd its end.
func around(share, wide float64) float64 {
	const steps, from, to = 240, -.75 * math.Pi, .75 * math.Pi
	const step = (to - from) / steps
	var along [steps + 1]float64
	for i := 1; i <= steps; i++ {
		at := from + (float64(i)-.5)*step
		along[i] = along[i-1] + math.Hypot(wide*math.Sin(at), math.Cos(at))
	}
	i, _ := slices.BinarySearch(along[:], share*along[steps])
	return from + float64(i)*step
}
