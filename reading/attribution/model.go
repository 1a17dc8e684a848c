package attribution

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	_ "embed" // for the shipped model
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"sync"
)

// Format is the version of the model file that this program reads and writes.
const Format = 1

const magic = "CASUS-AT"

// maxUnpacked bounds what a model file may unpack to.
const maxUnpacked = 64 << 20

// Card says what an attributor was trained on and how well it did.
type Card struct {
	Name     string             `json:"name"`
	Date     string             `json:"date"` // day of training, as given to the trainer
	Licence  string             `json:"licence"`
	Corpus   string             `json:"corpus"`
	Articles int                `json:"articles"`
	Marked   int                `json:"marked"` // attributions in them
	Trees    string             `json:"trees"`  // the language model that it learned from
	Seed     uint64             `json:"seed"`
	Epochs   int                `json:"epochs"`
	Figures  map[string]float64 `json:"figures,omitempty"` // on the articles kept back while training, in percent
}

//go:embed model/english.model
var shipped []byte

var loadShipped = sync.OnceValues(func() (*Attributor, error) { return Load(shipped) })

// Default returns the attributor that is part of the program. It is loaded at
// the first call.
func Default() (*Attributor, error) { return loadShipped() }

// header is the part of a model file that is kept as JSON.
type header struct {
	Card  Card
	Bar   float64
	Parts []part
}

// part describes the weights of one field: nodes, then edges, signed 16-bit
// multiples of Scale, first all low bytes, then all high ones.
type part struct {
	Labels       int
	Nodes, Edges int // bits of the hash
	Scale        float32
}

// Bytes returns the model file: magic, format, then, deflated, the length of
// the header, the header and the weights; and the SHA-256 of all that at the
// end. docs/statements.md describes it.
func (m *Attributor) Bytes() ([]byte, error) {
	h := header{Card: m.Card, Bar: m.bar}
	for _, f := range m.fields() {
		f.pack()
		h.Parts = append(h.Parts, part{Labels: f.labels, Nodes: f.nodeBits(), Edges: f.edgeBits(), Scale: f.scale})
	}
	head, err := json.Marshal(h)
	if err != nil {
		return nil, fmt.Errorf("write attribution model: %w", err)
	}
	var out bytes.Buffer
	out.WriteString(magic)
	out.Write(binary.LittleEndian.AppendUint32(nil, Format))
	z, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("write attribution model: %w", err)
	}
	z.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(head))))
	z.Write(head)
	for _, f := range m.fields() {
		writeWeights(z, f.packedNode)
		writeWeights(z, f.packedEdge)
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("write attribution model: %w", err)
	}
	sum := sha256.Sum256(out.Bytes())
	return append(out.Bytes(), sum[:]...), nil
}

func (m *Attributor) fields() []*field { return []*field{m.cues, m.roles} }

// Load reads a model file. A file that is damaged, foreign or of another
// version is refused.
func Load(data []byte) (*Attributor, error) {
	if len(data) < len(magic)+4+sha256.Size || string(data[:len(magic)]) != magic {
		return nil, fmt.Errorf("load attribution model: not such a file (format %d is wanted)", Format)
	}
	if v := binary.LittleEndian.Uint32(data[len(magic):]); v != Format {
		return nil, fmt.Errorf("load attribution model: the file has format %d, this program reads format %d", v, Format)
	}
	body, sum := data[:len(data)-sha256.Size], data[len(data)-sha256.Size:]
	if got := sha256.Sum256(body); !bytes.Equal(got[:], sum) {
		return nil, fmt.Errorf("load attribution model: its checksum is %x, its bytes have %x", sum[:6], got[:6])
	}
	raw, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(body[len(magic)+4:])), maxUnpacked))
	if err != nil {
		return nil, fmt.Errorf("load attribution model: unpack: %w", err)
	}
	if len(raw) < 4 || int64(len(raw)-4) < int64(binary.LittleEndian.Uint32(raw)) {
		return nil, fmt.Errorf("load attribution model: it ends before its header does")
	}
	n := int(binary.LittleEndian.Uint32(raw))
	var h header
	if err := json.Unmarshal(raw[4:4+n], &h); err != nil {
		return nil, fmt.Errorf("load attribution model: read header: %w", err)
	}
	raw = raw[4+n:]
	m := &Attributor{Card: h.Card, bar: h.Bar}
	banned := [][]bool{cueBanned(), roleBanned()}
	if len(h.Parts) != len(banned) {
		return nil, fmt.Errorf("load attribution model: it has %d parts, %d are wanted", len(h.Parts), len(banned))
	}
	var fields []*field
	for i, p := range h.Parts {
		if p.Labels*p.Labels != len(banned[i]) || p.Nodes < 0 || p.Nodes > 24 || p.Edges < 0 || p.Edges > 20 {
			return nil, fmt.Errorf("load attribution model: part %d has %d labels, %d and %d bits", i, p.Labels, p.Nodes, p.Edges)
		}
		f := &field{labels: p.Labels, banned: banned[i], scale: p.Scale}
		nodes, edges := 2*p.Labels<<p.Nodes, 2*p.Labels*p.Labels<<p.Edges // bytes
		if len(raw) < nodes+edges {
			return nil, fmt.Errorf("load attribution model: part %d ends after %d of %d bytes", i, len(raw), nodes+edges)
		}
		f.packedNode, f.packedEdge = readWeights(raw[:nodes]), readWeights(raw[nodes:nodes+edges])
		raw = raw[nodes+edges:]
		fields = append(fields, f)
	}
	m.cues, m.roles = fields[0], fields[1]
	return m, nil
}

// pack rounds the weights.
func (f *field) pack() {
	if f.node == nil {
		return
	}
	f.scale = packedStep
	f.packedNode, f.packedEdge = f.round(f.node), f.round(f.edge)
	f.node, f.edge = nil, nil
}

// packedStep is the difference between weights that a model file can tell
// apart. Coarser steps cost accuracy: most weights are small.
const packedStep = 0.004

func (f *field) round(list []float32) []int16 {
	out := make([]int16, len(list))
	for i, w := range list {
		out[i] = int16(max(-math.MaxInt16, min(math.MaxInt16, math.Round(float64(w/f.scale)))))
	}
	return out
}

func writeWeights(w io.Writer, list []int16) {
	low, high := make([]byte, len(list)), make([]byte, len(list))
	for i, v := range list {
		low[i], high[i] = byte(v), byte(uint16(v)>>8)
	}
	w.Write(low)
	w.Write(high)
}

func readWeights(raw []byte) []int16 {
	n := len(raw) / 2
	out := make([]int16, n)
	for i := range out {
		out[i] = int16(uint16(raw[i]) | uint16(raw[n+i])<<8)
	}
	return out
}
