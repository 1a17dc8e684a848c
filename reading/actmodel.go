package reading

import (
	"bytes"
	"compress/gzip"
	_ "embed" // for the shipped model
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
)

//go:embed acts.model
var shippedActs []byte

var loadShippedActs = sync.OnceValues(func() (*ActModel, error) {
	if len(shippedActs) == 0 { // while the first one is being trained
		return nil, nil
	}
	return LoadActs(shippedActs)
})

// DefaultActs returns the model that is part of the program. It is loaded at
// the first call.
func DefaultActs() (*ActModel, error) { return loadShippedActs() }

// ActModel tells the root of an act from features of its sentence: a linear
// classifier (multinomial logistic regression). It never changes after it was
// trained or loaded.
type ActModel struct {
	card     ActCard
	features map[string]int
	weights  []float64 // feature × root
}

// ActCard says what a model was trained on.
type ActCard struct {
	Roots    []string `json:"roots"`
	Examples int      `json:"examples"`
	Sources  []string `json:"sources"` // corpora with their licences
	Epochs   int      `json:"epochs"`
	Prior    float64  `json:"prior"` // weight of the Gaussian prior (L2)
}

// ActExample is a sentence's features with the root of its act.
type ActExample struct {
	Features []string
	Root     string
}

// TrainActs trains a model. The same examples in the same order give the same
// model. Features seen once are left out.
func TrainActs(examples []ActExample, epochs int, prior float64) *ActModel {
	m := &ActModel{card: ActCard{Examples: len(examples), Epochs: epochs, Prior: prior}, features: map[string]int{}}
	roots := map[string]bool{}
	seen := map[string]int{}
	for _, e := range examples {
		roots[e.Root] = true
		for _, f := range distinct(e.Features) {
			seen[f]++
		}
	}
	m.card.Roots = slices.Sorted(maps.Keys(roots))
	for _, f := range slices.Sorted(maps.Keys(seen)) {
		if seen[f] > 1 {
			m.features[f] = len(m.features)
		}
	}
	n := len(m.card.Roots)
	m.weights = make([]float64, len(m.features)*n)
	type vector struct {
		on   []int
		root int
	}
	rows := make([]vector, len(examples))
	for i, e := range examples {
		rows[i] = vector{m.indices(e.Features), slices.Index(m.card.Roots, e.Root)}
	}
	squares := make([]float64, len(m.weights)) // of gradients, for AdaGrad
	odds := make([]float64, n)
	shuffle := rand.New(rand.NewPCG(1, 2))
	for range epochs {
		for _, k := range shuffle.Perm(len(rows)) {
			row := rows[k]
			m.score(row.on, odds)
			scale := 1 / math.Sqrt(float64(len(row.on))+1)
			for c := range odds {
				g := odds[c]
				if c == row.root {
					g--
				}
				g *= scale
				for _, f := range row.on {
					w := f*n + c
					d := g + prior*m.weights[w]
					squares[w] += d * d
					m.weights[w] -= 0.3 * d / (1e-6 + math.Sqrt(squares[w]))
				}
			}
		}
	}
	return m
}

// distinct returns the members of a list once each, sorted.
func distinct(list []string) []string {
	out := slices.Clone(list)
	slices.Sort(out)
	return slices.Compact(out)
}

// indices returns the numbers of the features that the model knows, each once.
func (m *ActModel) indices(features []string) []int {
	var on []int
	for _, f := range distinct(features) {
		if i, ok := m.features[f]; ok {
			on = append(on, i)
		}
	}
	return on
}

// score fills odds with the probability of each root.
func (m *ActModel) score(on []int, odds []float64) {
	n := len(odds)
	scale := 1 / math.Sqrt(float64(len(on))+1)
	clear(odds)
	for _, f := range on {
		for c, w := range m.weights[f*n : f*n+n] {
			odds[c] += w
		}
	}
	top := math.Inf(-1)
	for c := range odds {
		odds[c] *= scale
		top = max(top, odds[c])
	}
	sum := 0.0
	for c := range odds {
		odds[c] = math.Exp(odds[c] - top)
		sum += odds[c]
	}
	for c := range odds {
		odds[c] /= sum
	}
}

// Predict returns the likeliest root and its probability; of equals the first
// in the alphabet.
func (m *ActModel) Predict(features []string) (root string, odds float64) {
	all := make([]float64, len(m.card.Roots))
	m.score(m.indices(features), all)
	best := 0
	for c := range all {
		if all[c] > all[best] {
			best = c
		}
	}
	return m.card.Roots[best], all[best]
}

// Card says what the model was trained on.
func (m *ActModel) Card() ActCard { return m.card }

// actFile is how a model is kept: gzipped JSON, weights in hundredths, one row
// of roots after each feature, features in order.
type actFile struct {
	Format   int      `json:"format"`
	Card     ActCard  `json:"card"`
	Features []string `json:"features"`
	Weights  [][]int  `json:"weights"`
}

const actFormat = 1

// Bytes returns the model as a file. The same model gives the same bytes.
func (m *ActModel) Bytes(sources []string) ([]byte, error) {
	f := actFile{Format: actFormat, Card: m.card, Features: make([]string, len(m.features)), Weights: make([][]int, len(m.features))}
	f.Card.Sources = sources
	for name, i := range m.features {
		f.Features[i] = name
	}
	n := len(m.card.Roots)
	for i := range f.Weights {
		f.Weights[i] = make([]int, n)
		for c, w := range m.weights[i*n : i*n+n] {
			f.Weights[i][c] = int(math.Round(w * 100))
		}
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if err := json.NewEncoder(z).Encode(f); err != nil {
		return nil, fmt.Errorf("write act model: %w", err)
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("write act model: %w", err)
	}
	return b.Bytes(), nil
}

// LoadActs reads a model file. A damaged or foreign file is refused.
func LoadActs(data []byte) (*ActModel, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("load act model: %w", err)
	}
	var f actFile
	if err := json.NewDecoder(z).Decode(&f); err != nil {
		return nil, fmt.Errorf("load act model: %w", err)
	}
	n := len(f.Card.Roots)
	if f.Format != actFormat || n == 0 || len(f.Features) != len(f.Weights) {
		return nil, fmt.Errorf("load act model: format %d with %d roots, %d features and %d rows; format %d with a row for each feature is wanted",
			f.Format, n, len(f.Features), len(f.Weights), actFormat)
	}
	m := &ActModel{card: f.Card, features: make(map[string]int, len(f.Features)), weights: make([]float64, 0, n*len(f.Features))}
	for i, row := range f.Weights {
		if len(row) != n {
			return nil, fmt.Errorf("load act model: feature %q has %d weights for %d roots", f.Features[i], len(row), n)
		}
		m.features[f.Features[i]] = i
		for _, w := range row {
			m.weights = append(m.weights, float64(w)/100)
		}
	}
	return m, nil
}

// WithActs returns a reader that types acts by another model; nil leaves them
// to the lexicon alone.
func (r *Reader) WithActs(m *ActModel) *Reader {
	other := *r
	other.acts = m
	return &other
}

// Acts returns the model by which the reader types acts; nil if there is none.
func (r *Reader) Acts() *ActModel { return r.acts }
