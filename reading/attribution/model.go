package attribution

import (
	"bytes"
	"cmp"
	"compress/flate"
	"crypto/sha256"
	_ "embed" // for the shipped model
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"slices"
	"sync"
)

// Format is the version of the model file that this program reads and writes.
const Format = 2

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
	Figures  map[string]float64 `json:"figures,omitempty"` // F1 in percent on articles not trained on
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
	Parts []part
}

// part describes a table of weights: the hashes of its features in rising
// order, each as the difference from the one before in bytes of seven bits, then
// the weights as signed 16-bit multiples of Scale, first all low bytes, then all
// high ones.
type part struct {
	Rows, Width int
	Scale       float32
}

// Bytes returns the model file: magic, format, then, deflated, the length of
// the header, the header and the weights; and the SHA-256 of all that at the
// end. docs/statements.md describes it.
func (m *Attributor) Bytes() ([]byte, error) {
	h := header{Card: m.Card}
	for _, w := range m.tables() {
		w.pack()
		h.Parts = append(h.Parts, part{Rows: len(w.known.keys), Width: w.width, Scale: w.scale})
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
	for _, w := range m.tables() {
		w.write(z)
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("write attribution model: %w", err)
	}
	sum := sha256.Sum256(out.Bytes())
	return append(out.Bytes(), sum[:]...), nil
}

func (m *Attributor) tables() []*weights {
	return []*weights{&m.cues.nodes, &m.cues.edges, &m.roles.nodes, &m.roles.edges}
}

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
	m := &Attributor{Card: h.Card, cues: newField(3, cueBanned()), roles: newField(5, roleBanned())}
	if len(h.Parts) != len(m.tables()) {
		return nil, fmt.Errorf("load attribution model: it has %d tables, %d are wanted", len(h.Parts), len(m.tables()))
	}
	for i, w := range m.tables() {
		if p := h.Parts[i]; p.Width != w.width || p.Rows < 0 {
			return nil, fmt.Errorf("load attribution model: table %d has %d rows of %d weights, not of %d", i, p.Rows, p.Width, w.width)
		}
		if raw, err = w.read(raw, h.Parts[i]); err != nil {
			return nil, fmt.Errorf("load attribution model: table %d: %w", i, err)
		}
	}
	return m, nil
}

// pack rounds the weights, sorts the features by their hashes and leaves out
// those whose weights are all close to nought.
func (w *weights) pack() {
	if w.loose == nil {
		return
	}
	rows := make([]int, 0, len(w.known.keys))
	for i := range w.known.keys {
		if slices.ContainsFunc(w.loose[i*w.width:(i+1)*w.width], func(v float32) bool { return v > leastWeight || v < -leastWeight }) {
			rows = append(rows, i)
		}
	}
	slices.SortFunc(rows, func(a, b int) int { return cmp.Compare(w.known.keys[a], w.known.keys[b]) })
	keys := make([]uint32, len(rows))
	w.scale = packedStep
	w.packed = make([]int16, 0, len(rows)*w.width)
	for i, row := range rows {
		keys[i] = w.known.keys[row]
		for _, v := range w.loose[row*w.width : (row+1)*w.width] {
			w.packed = append(w.packed, int16(max(-math.MaxInt16, min(math.MaxInt16, math.Round(float64(v/packedStep))))))
		}
	}
	w.known, w.loose = dictionaryOf(keys), nil
}

const (
	packedStep  = 0.004 // what a model file can tell apart; coarser steps cost accuracy
	leastWeight = 0.01
)

func (w *weights) write(out io.Writer) {
	var b []byte
	last := uint32(0)
	for _, h := range w.known.keys {
		b = binary.AppendUvarint(b, uint64(h-last))
		last = h
	}
	for _, v := range w.packed {
		b = append(b, byte(v))
	}
	for _, v := range w.packed {
		b = append(b, byte(uint16(v)>>8))
	}
	out.Write(b)
}

// read takes a table off the front of raw.
func (w *weights) read(raw []byte, p part) ([]byte, error) {
	if p.Rows > len(raw) {
		return nil, fmt.Errorf("%d rows do not fit into %d bytes", p.Rows, len(raw))
	}
	keys := make([]uint32, p.Rows)
	last := uint64(0)
	for i := range keys {
		d, n := binary.Uvarint(raw)
		last += d
		if n <= 0 || last > math.MaxUint32 || i > 0 && d == 0 {
			return nil, fmt.Errorf("feature %d of %d is damaged", i, p.Rows)
		}
		keys[i], raw = uint32(last), raw[n:]
	}
	n := p.Rows * p.Width
	if len(raw) < 2*n {
		return nil, fmt.Errorf("it ends after %d of %d bytes of weights", len(raw), 2*n)
	}
	w.packed = make([]int16, n)
	for i := range w.packed {
		w.packed[i] = int16(uint16(raw[i]) | uint16(raw[n+i])<<8)
	}
	w.scale, w.known = p.Scale, dictionaryOf(keys)
	return raw[2*n:], nil
}
