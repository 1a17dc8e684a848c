package neural

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
)

// A model file is: the magic text, the version (uint32), the length of a JSON
// header (uint32), the header, the tables (each row a float32 scale and int8
// values), the matrices and their biases (float16), the SHA-256 of all that
// stands before. All numbers are little-endian.
const (
	magic   = "casus-neural"
	version = 1
)

type header struct {
	Config Config   `json:"config"`
	Labels labels   `json:"labels"`
	Card   string   `json:"card"`
	Words  []string `json:"words"` // the vocabulary; row 0 stands for all other words
}

// Card is the text that the trainer put into the model: corpora, licences,
// figures.
func (s *Scorer) Card() string { return s.card }

// Load reads a model file. A damaged file, or one of another version, is an
// error that names both versions.
func Load(data []byte) (*Scorer, error) {
	fail := func(err error) (*Scorer, error) { return nil, fmt.Errorf("load neural model: %w", err) }
	if len(data) < len(magic)+8+sha256.Size || string(data[:len(magic)]) != magic {
		return fail(fmt.Errorf("%d bytes that do not begin with %q", len(data), magic))
	}
	if v := binary.LittleEndian.Uint32(data[len(magic):]); v != version {
		return fail(fmt.Errorf("file of version %d, this program reads version %d", v, version))
	}
	body, sum := data[:len(data)-sha256.Size], data[len(data)-sha256.Size:]
	if got := sha256.Sum256(body); !bytes.Equal(got[:], sum) {
		return fail(fmt.Errorf("checksum differs in %d bytes of version %d", len(data), version))
	}
	rest := body[len(magic)+4:]
	size := int(binary.LittleEndian.Uint32(rest))
	if rest = rest[4:]; size > len(rest) {
		return fail(fmt.Errorf("header of %d bytes in a file of %d", size, len(data)))
	}
	var h header
	if err := json.Unmarshal(rest[:size], &h); err != nil {
		return fail(fmt.Errorf("header: %w", err))
	}
	if err := h.Config.validate(); err != nil {
		return fail(fmt.Errorf("header: %w", err))
	}
	if len(h.Words) == 0 || len(h.Labels.UPOS) == 0 || len(h.Labels.XPOS) == 0 || len(h.Labels.Feats) == 0 || len(h.Labels.Rel) == 0 {
		return fail(errors.New("header without words or labels"))
	}
	s := newScorer(h)
	d := decoder{rest[size:]}
	for _, t := range s.net.tables() {
		if err := d.table(t); err != nil {
			return fail(err)
		}
	}
	for _, a := range s.net.matrices() {
		if err := errors.Join(d.halves(a.name, a.w), d.halves(a.name+" bias", a.b)); err != nil {
			return fail(err)
		}
	}
	if len(d.rest) > 0 {
		return fail(fmt.Errorf("%d bytes too many", len(d.rest)))
	}
	s.prepare()
	return s, nil
}

func newScorer(h header) *Scorer {
	s := &Scorer{vocab: h.Words, labels: h.Labels, card: h.Card}
	s.words = make(map[string]int32, len(h.Words))
	for i, w := range h.Words {
		if i > 0 {
			s.words[w] = int32(i)
		}
	}
	s.net = newNetwork(h.Config, len(h.Words), [2]tagSizes{h.Labels.sizes()}, [2]int{len(h.Labels.Rel)})
	return s
}

type decoder struct{ rest []byte }

func (d *decoder) table(t *table) error {
	width := 4 + t.cols
	if len(d.rest) < width*t.rows {
		return fmt.Errorf("table %s of %d rows is cut off", t.name, t.rows)
	}
	for i := range t.rows {
		src, dst := d.rest[i*width:(i+1)*width], t.w[i*t.cols:(i+1)*t.cols]
		scale := math.Float32frombits(binary.LittleEndian.Uint32(src))
		if scale == 0 {
			continue
		}
		for j, b := range src[4:] {
			dst[j] = float32(int8(b)) * scale
		}
	}
	d.rest = d.rest[width*t.rows:]
	return nil
}

func (d *decoder) halves(name string, w []float32) error {
	if len(d.rest) < 2*len(w) {
		return fmt.Errorf("matrix %s of %d weights is cut off", name, len(w))
	}
	for i := range w {
		w[i] = fromHalf(binary.LittleEndian.Uint16(d.rest[2*i:]))
	}
	d.rest = d.rest[2*len(w):]
	return nil
}

// encode writes a model file. Weights are rounded as they are stored.
func encode(n *network, vocab []string, l labels, card string) ([]byte, error) {
	head, err := json.Marshal(header{n.cfg, l, card, vocab})
	if err != nil {
		return nil, fmt.Errorf("encode neural model: %w", err)
	}
	out := []byte(magic)
	out = binary.LittleEndian.AppendUint32(out, version)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(head)))
	out = append(out, head...)
	for _, t := range n.tables() {
		for i := range t.rows {
			out = appendBytes(out, t.row(int32(i)))
		}
	}
	for _, a := range n.matrices() {
		if strings.HasPrefix(a.name, silverPrefix) {
			continue
		}
		for _, w := range [][]float32{a.w, a.b} {
			for _, v := range w {
				out = binary.LittleEndian.AppendUint16(out, toHalf(v))
			}
		}
	}
	sum := sha256.Sum256(out)
	return append(out, sum[:]...), nil
}

// appendBytes stores a row as its greatest magnitude over 127 and int8 steps.
func appendBytes(out []byte, row []float32) []byte {
	top := float32(0)
	for _, v := range row {
		top = max(top, v, -v)
	}
	scale := top / 127
	out = binary.LittleEndian.AppendUint32(out, math.Float32bits(scale))
	for _, v := range row {
		q := 0.0
		if scale > 0 {
			q = math.RoundToEven(float64(v / scale))
		}
		out = append(out, byte(int8(max(-127, min(127, q)))))
	}
	return out
}

// fromHalf widens an IEEE 754 half-precision number.
func fromHalf(h uint16) float32 {
	sign, exp, frac := uint32(h>>15)<<31, uint32(h>>10&31), uint32(h&1023)
	switch exp {
	case 0:
		v := float32(frac) / (1 << 24)
		return math.Float32frombits(math.Float32bits(v) | sign)
	case 31:
		return math.Float32frombits(sign | 255<<23 | frac<<13)
	}
	return math.Float32frombits(sign | (exp+112)<<23 | frac<<13)
}

// toHalf rounds to half precision, to even on ties; what is too large becomes
// the largest finite number.
func toHalf(f float32) uint16 {
	bits := math.Float32bits(f)
	sign := uint16(bits >> 16 & 0x8000)
	v := math.Float32frombits(bits &^ (1 << 31))
	switch {
	case !(v < 65504):
		return sign | 0x7bff
	case v < 1.0/(1<<14):
		return sign | uint16(math.RoundToEven(float64(v)*(1<<24)))
	}
	b := math.Float32bits(v)
	b += 0xfff + b>>13&1
	return sign | uint16(b>>13-112<<10)
}
