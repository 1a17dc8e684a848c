// Command generate derives the shapes of package atlas from Natural Earth's
// 1:110m countries (public domain), as the npm package world-atlas 2.0.2 packs
// them in TopoJSON:
//
//	npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
//	go run ./web/atlas/generate package/countries-110m.json > web/atlas/shapes.tsv
//
// Each line is an ISO 3166-1 alpha-3 code and the path of an SVG, projected by
// Equal Earth. The order is that of the codes.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"github.com/casus-foederis/casus/web/atlas"
)

type topology struct {
	Transform struct{ Scale, Translate [2]float64 }
	Arcs      [][][2]float64
	Objects   struct {
		Countries struct{ Geometries []geometry }
	}
}

type geometry struct {
	Type       string
	ID         string
	Properties struct{ Name string }
	Arcs       json.RawMessage
}

// unnumbered are the areas that Natural Earth draws and ISO gives no number.
var unnumbered = map[string]string{"Kosovo": "XKX", "N. Cyprus": "CYP", "Somaliland": "SOM"}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: generate countries-110m.json > shapes.tsv")
		os.Exit(2)
	}
	if err := generate(os.Args[1], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "generate:", err)
		os.Exit(1)
	}
}

func generate(path string, out io.Writer) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var t topology
	if err := json.Unmarshal(b, &t); err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	for _, arc := range t.Arcs {
		var x, y float64
		for i, p := range arc { // deltas to degrees
			x, y = x+p[0], y+p[1]
			arc[i] = [2]float64{x*t.Transform.Scale[0] + t.Transform.Translate[0], y*t.Transform.Scale[1] + t.Transform.Translate[1]}
		}
	}
	paths := map[string]string{}
	for _, g := range t.Objects.Countries.Geometries {
		code := unnumbered[g.Properties.Name]
		if g.ID != "" {
			r, err := language.ParseRegion(g.ID)
			if err != nil {
				return fmt.Errorf("%s: %w", g.Properties.Name, err)
			}
			code = r.ISO3()
		}
		if code == "ATA" {
			continue
		}
		var polygons [][][]int
		if g.Type == "Polygon" {
			polygons = make([][][]int, 1)
			err = json.Unmarshal(g.Arcs, &polygons[0])
		} else {
			err = json.Unmarshal(g.Arcs, &polygons)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", g.Properties.Name, err)
		}
		for _, rings := range polygons {
			for _, ring := range rings {
				for _, part := range clip(t.ring(ring)) {
					paths[code] += draw(part)
				}
			}
		}
	}
	codes := make([]string, 0, len(paths))
	for c := range paths {
		codes = append(codes, c)
	}
	slices.Sort(codes)
	w := bufio.NewWriter(out)
	for _, c := range codes {
		fmt.Fprintf(w, "%s\t%s\n", c, paths[c])
	}
	return w.Flush()
}

// ring joins arcs; a negative index means the arc ^i, backwards.
func (t *topology) ring(arcs []int) [][2]float64 {
	var ring [][2]float64
	for _, i := range arcs {
		var arc [][2]float64
		if i < 0 {
			arc = slices.Clone(t.Arcs[^i])
			slices.Reverse(arc)
		} else {
			arc = t.Arcs[i]
		}
		if len(ring) > 0 {
			arc = arc[1:]
		}
		ring = append(ring, arc...)
	}
	return ring
}

// clip cuts a ring that crosses the 180th meridian into one part on each side,
// so that it is not drawn across the whole map.
func clip(ring [][2]float64) [][][2]float64 {
	var east, west [][2]float64
	crosses := false
	for i, p := range ring {
		if i > 0 && math.Abs(p[0]-ring[i-1][0]) > 180 {
			crosses = true
			lat := (p[1] + ring[i-1][1]) / 2
			east, west = append(east, [2]float64{180, lat}), append(west, [2]float64{-180, lat})
		}
		if p[0] > 0 {
			east = append(east, p)
		} else {
			west = append(west, p)
		}
	}
	if !crosses {
		return [][][2]float64{ring}
	}
	return slices.DeleteFunc([][][2]float64{east, west}, func(r [][2]float64) bool { return len(r) < 3 })
}

func draw(ring [][2]float64) string {
	var b strings.Builder
	last := ""
	for i, p := range ring {
		x, y := atlas.Project(p[1], p[0])
		at := fmt.Sprintf("%.1f %.1f", x, y)
		if at == last {
			continue
		}
		last = at
		b.WriteByte("LM"[btoi(i == 0)])
		b.WriteString(at)
	}
	b.WriteByte('Z')
	return b.String()
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
