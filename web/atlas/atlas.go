// Package atlas holds the shapes of states for the map on the question page.
//
// Borders are de facto as Natural Earth drew them in 2018 at 1:110 million; the
// page says so. Nothing here is a judgement on who holds what by right, and
// older days are pictured on the same borders.
package atlas

import (
	_ "embed"
	"math"
	"strings"
	"sync"
)

// Width and Height are the size of the picture that the shapes are drawn for.
const (
	Width  = 1000.0
	Height = 460.0
)

// Shape is a state on the map: a path, or a point where the map is too coarse
// to show the state.
type Shape struct {
	Code string  // ISO 3166-1 alpha-3
	Path string  // of an SVG; empty for a point
	X, Y float64 // of a point
}

//go:embed shapes.tsv
var shapesFile string

// Shapes returns all shapes in the order of their codes, points last.
// The slice is shared: do not change it.
var Shapes = sync.OnceValue(func() []Shape {
	var shapes []Shape
	for line := range strings.Lines(shapesFile) {
		code, path, _ := strings.Cut(strings.TrimSpace(line), "\t")
		shapes = append(shapes, Shape{Code: code, Path: path})
	}
	for _, p := range points {
		x, y := Project(p.lat, p.lon)
		shapes = append(shapes, Shape{Code: p.code, X: x, Y: y})
	}
	return shapes
})

// Project places a latitude and longitude in degrees on the picture.
// Source: Šavrič, Patterson, Jenny, The Equal Earth map projection, 2018.
func Project(lat, lon float64) (x, y float64) {
	const a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
	const widest = 2.7066 // x of 180° on the equator
	t := math.Asin(math.Sqrt(3) / 2 * math.Sin(lat*math.Pi/180))
	t2 := t * t
	t6 := t2 * t2 * t2
	px := 2 * math.Sqrt(3) * lon * math.Pi / 180 * math.Cos(t) / (3 * (9*a4*t6*t2 + 7*a3*t6 + 3*a2*t2 + a1))
	py := t * (a1 + a2*t2 + t6*(a3+a4*t2))
	const north = 1.33 // a little above 85° north
	return Width/2 + px/widest*Width/2, (north - py) / widest * Width / 2
}

// points are the states that 1:110 million leaves out, by the place of their
// capital, to a tenth of a degree. Source: general geography.
var points = []struct {
	code     string
	lat, lon float64
}{
	{"AND", 42.5, 1.5}, {"ATG", 17.1, -61.8}, {"BHR", 26.2, 50.6}, {"BRB", 13.1, -59.6},
	{"COM", -11.7, 43.2}, {"CPV", 14.9, -23.5}, {"DMA", 15.3, -61.4}, {"FSM", 6.9, 158.2},
	{"GRD", 12.1, -61.8}, {"KIR", 1.3, 173.0}, {"KNA", 17.3, -62.7}, {"LCA", 14.0, -61.0},
	{"LIE", 47.1, 9.5}, {"MCO", 43.7, 7.4}, {"MDV", 4.2, 73.5}, {"MHL", 7.1, 171.4},
	{"MLT", 35.9, 14.5}, {"MUS", -20.2, 57.5}, {"NRU", -0.5, 166.9}, {"PLW", 7.5, 134.6},
	{"SGP", 1.3, 103.8}, {"SMR", 43.9, 12.4}, {"STP", 0.3, 6.7}, {"SYC", -4.6, 55.5},
	{"TON", -21.1, -175.2}, {"TUV", -8.5, 179.2}, {"VAT", 41.9, 12.5}, {"VCT", 13.2, -61.2},
	{"WSM", -13.8, -171.8},
}
