// Package entity finds stretches of words that name persons, organisations and
// places, by a trained tagger that looks at the words and at what the same
// words were taken for earlier in the text. It resolves nothing: whom a name
// means is decided by package reading with the tables of package actor.
package entity

import (
	"bytes"
	"compress/gzip"
	_ "embed" // for the shipped model
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/casus-foederis/casus/language"
)

// Type says what a name names.
type Type uint8

// The types. The zero value is no name.
const (
	None Type = iota
	Person
	Organization
	Place
	Other // a people, an event, a document
)

var typeNames = [...]string{"none", "person", "organization", "place", "other"}

func (t Type) String() string { return typeNames[t] }

// Name is a name in a sentence: its tokens, both inclusive, and its type.
type Name struct {
	First, Last int
	Type        Type
}

// label is a type and whether the name begins here: 0 is none, then begin and
// inside of each type.
type label uint8

const labels = 9

func begin(t Type) label  { return label(2*t - 1) }
func inside(t Type) label { return label(2 * t) }

func (l label) typ() Type { return Type((l + 1) / 2) }

func (l label) begins() bool { return l%2 == 1 }

// Memory holds what the words of a text were taken for so far. The zero value
// is an empty one. It belongs to one text.
type Memory struct{ taken map[string]Type }

func (m *Memory) of(form string) Type { return m.taken[form] }

func (m *Memory) note(tokens []language.Token, names []Name) {
	for _, n := range names {
		for i := n.First; i <= n.Last; i++ {
			if m.taken == nil {
				m.taken = map[string]Type{}
			}
			m.taken[tokens[i].Form] = n.Type
		}
	}
}

// Card says what a tagger was trained on.
type Card struct {
	Name    string             `json:"name"`
	Date    string             `json:"date"`
	Corpora []string           `json:"corpora"`
	Licence string             `json:"licence"`
	Names   int                `json:"names"`
	Seed    uint64             `json:"seed"`
	Epochs  int                `json:"epochs"`
	Figures map[string]float64 `json:"figures,omitempty"`
}

// Tagger finds names. It is immutable and safe for concurrent use.
type Tagger struct {
	Card    Card
	weights []int8 // feature, label
}

const bits = 17

// Find returns the names in a sentence, from left to right.
func (t *Tagger) Find(tokens []language.Token, m *Memory) []Name {
	var names []Name
	one, two := label(0), label(0)
	var fs []uint32
	for i := range tokens {
		fs = features(fs[:0], tokens, i, one, two, m)
		var score [labels]int32
		for _, f := range fs {
			w := t.weights[int(f)*labels:][:labels]
			for k := range w {
				score[k] += int32(w[k])
			}
		}
		l := best(score[:], one)
		names = extend(names, i, l)
		two, one = one, l
	}
	m.note(tokens, names)
	return names
}

// extend adds a labelled token to the names.
func extend(names []Name, i int, l label) []Name {
	switch {
	case l == 0:
	case l.begins():
		names = append(names, Name{i, i, l.typ()})
	default:
		names[len(names)-1].Last = i
	}
	return names
}

// best returns the label of the highest score that may follow the one before.
func best[S int32 | float32](score []S, before label) label {
	b := label(0)
	for k := label(1); k < labels; k++ {
		if !k.begins() && before.typ() != k.typ() {
			continue
		}
		if score[k] > score[b] {
			b = k
		}
	}
	return b
}

func at(tokens []language.Token, i int) *language.Token {
	if i < 0 || i >= len(tokens) {
		return &edge
	}
	return &tokens[i]
}

var edge = language.Token{Form: "¤", XPOS: "¤"}

// shape writes a word as its sorts of letters, runs shortened: "Kim" Aa, "UN" AA.
func shape(s string) string {
	var b []byte
	for _, r := range s {
		c := byte('.')
		switch {
		case unicode.IsUpper(r):
			c = 'A'
		case unicode.IsLower(r):
			c = 'a'
		case unicode.IsDigit(r):
			c = '0'
		}
		if n := len(b); n >= 2 && b[n-1] == c && b[n-2] == c {
			continue
		}
		b = append(b, c)
	}
	return string(b)
}

func suffix(s string, n int) string {
	for i := len(s); i > 0; {
		_, size := utf8.DecodeLastRuneInString(s[:i])
		i -= size
		if n--; n == 0 {
			return s[i:]
		}
	}
	return s
}

func prefix(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

func features(fs []uint32, tokens []language.Token, i int, one, two label, m *Memory) []uint32 {
	add := func(n uint32, values ...string) {
		h := uint32(2166136261) ^ n*16777619
		for _, v := range values {
			for j := range len(v) {
				h = (h ^ uint32(v[j])) * 16777619
			}
			h = (h ^ 0xff) * 16777619
		}
		h ^= h >> 15
		h *= 0x2c1b3c6d
		h ^= h >> 12
		fs = append(fs, h&(1<<bits-1))
	}
	t, p, q, n, o := at(tokens, i), at(tokens, i-1), at(tokens, i-2), at(tokens, i+1), at(tokens, i+2)
	form := strings.ToLower(t.Form)
	previous, next := strings.ToLower(p.Form), strings.ToLower(n.Form)
	ones, twos := string(rune('a'+one)), string(rune('a'+two))
	sh := shape(t.Form)
	first := "-"
	if i == 0 {
		first = "^"
	}
	add(1)
	add(2, form)
	add(3, t.Form)
	add(4, t.XPOS)
	add(5, sh, first)
	add(6, suffix(form, 2))
	add(7, suffix(form, 3))
	add(8, suffix(form, 4))
	add(9, prefix(form, 3))
	add(10, ones)
	add(11, ones, twos)
	add(12, ones, form)
	add(13, ones, sh)
	add(14, ones, t.XPOS)
	add(15, previous)
	add(16, next)
	add(17, strings.ToLower(q.Form))
	add(18, strings.ToLower(o.Form))
	add(19, p.XPOS, t.XPOS)
	add(20, t.XPOS, n.XPOS)
	add(21, previous, sh)
	add(22, next, sh)
	add(23, shape(p.Form), sh)
	add(24, sh, shape(n.Form))
	add(25, ones, previous)
	add(26, ones, next)
	add(27, string(rune('a'+m.of(t.Form))))
	add(28, string(rune('a'+m.of(t.Form))), ones)
	add(29, string(rune('a'+m.of(n.Form))), sh, ones)
	add(30, shape(q.Form), shape(p.Form), sh, shape(n.Form))
	add(31, strings.ToLower(last(tokens, i)), sh) // the last word of the run of capitals
	add(32, suffix(strings.ToLower(n.Form), 3), sh)
	add(33, previous, form)
	add(34, form, next)
	add(35, q.XPOS, p.XPOS, t.XPOS, n.XPOS)
	return fs
}

// last returns the last word of the run of capitalised words that begins at i.
func last(tokens []language.Token, i int) string {
	for k := i; k < len(tokens) && k < i+6; k++ {
		r, _ := utf8.DecodeRuneInString(tokens[k].Form)
		if !unicode.IsUpper(r) {
			if k == i {
				return ""
			}
			return tokens[k-1].Form
		}
	}
	return at(tokens, i+5).Form
}

//go:embed model/english.model
var shipped []byte

var loadShipped = sync.OnceValues(func() (*Tagger, error) { return Load(shipped) })

// Default returns the tagger that is part of the program.
func Default() (*Tagger, error) { return loadShipped() }

const magic = "CASUS-EN"

// Bytes returns the model file: magic, then, packed by gzip, the length of the
// card, the card as JSON, and the weights as signed bytes.
func (t *Tagger) Bytes() ([]byte, error) {
	card, err := json.Marshal(t.Card)
	if err != nil {
		return nil, fmt.Errorf("write entity model: %w", err)
	}
	out := bytes.NewBufferString(magic)
	z, err := gzip.NewWriterLevel(out, gzip.BestCompression)
	if err != nil {
		return nil, fmt.Errorf("write entity model: %w", err)
	}
	raw := make([]byte, len(t.weights))
	for i, w := range t.weights {
		raw[i] = byte(w)
	}
	z.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(card)))) // a bytes.Buffer never fails
	z.Write(card)
	z.Write(raw)
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("write entity model: %w", err)
	}
	return out.Bytes(), nil
}

// Load reads a model file. A damaged or foreign one is refused.
func Load(data []byte) (*Tagger, error) {
	body, ok := bytes.CutPrefix(data, []byte(magic))
	if !ok {
		return nil, fmt.Errorf("load entity model: not such a file")
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("load entity model: %w", err)
	}
	const size = labels << bits
	raw, err := io.ReadAll(io.LimitReader(z, 1<<20+size))
	if err != nil {
		return nil, fmt.Errorf("load entity model: unpack: %w", err)
	}
	if len(raw) < 4 || uint64(len(raw)) != 4+uint64(binary.LittleEndian.Uint32(raw))+size {
		return nil, fmt.Errorf("load entity model: it unpacks to %d bytes, which is not what its header says", len(raw))
	}
	t := &Tagger{weights: make([]int8, size)}
	n := 4 + int(binary.LittleEndian.Uint32(raw))
	if err := json.Unmarshal(raw[4:n], &t.Card); err != nil {
		return nil, fmt.Errorf("load entity model: read card: %w", err)
	}
	for i, b := range raw[n:] {
		t.weights[i] = int8(b)
	}
	return t, nil
}

// pack rounds weights to signed bytes.
func pack(w []float32) []int8 {
	largest := float64(0)
	for _, x := range w {
		largest = max(largest, math.Abs(float64(x)))
	}
	scale := 127 / max(largest/2, 1e-6) // the few largest are cut
	out := make([]int8, len(w))
	for i, x := range w {
		out[i] = int8(max(-127, min(127, math.Round(float64(x)*scale))))
	}
	return out
}
