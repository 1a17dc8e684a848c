package language

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // for the shipped model
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
)

// Format is the version of the model file that this program reads and writes.
const Format = 1

// magic begins every model file; the version follows it.
const magic = "CASUS-LM"

// Model analyses English text. It never changes after it was loaded and may be
// used by any number of goroutines at once.
type Model struct {
	Card Card

	cuts, ends       *weights // token and sentence boundaries
	tagger           *weights
	moves, relations *weights
	multiwords       map[string][]uint8 // lengths in bytes of all words but the last
	tags, rels       tagSet
	uposOf           []uint64
	root             int
	lemmas           lemmas
	pool             *sync.Pool
}

// Card says what a model was trained on and how well it did.
type Card struct {
	Name     string             `json:"name"`
	Date     string             `json:"date"` // day of training, as given to the trainer
	Licence  string             `json:"licence"`
	Corpora  []Corpus           `json:"corpora"`
	Seed     uint64             `json:"seed"`
	Epochs   int                `json:"epochs"`
	Figures  map[string]float64 `json:"figures,omitempty"` // "corpus metric" to F1 in percent
	Features []string           `json:"features,omitempty"`
}

// Corpus is one source of a model.
type Corpus struct {
	Name      string `json:"name"`
	Licence   string `json:"licence"`
	Sentences int    `json:"sentences"`
	Words     int    `json:"words"`
}

//go:embed model/english.model
var shipped []byte

var loadShipped = sync.OnceValues(func() (*Model, error) { return Load(shipped) })

// Default returns the model that is part of the program. It is loaded at the
// first call.
func Default() (*Model, error) { return loadShipped() }

// tables are the parts of a model that are kept as JSON.
type tables struct {
	Multiwords map[string][]uint8
	Tags, Rels []string
	Lemmas     lemmas
}

// Load reads a model file. A file that is damaged, foreign or of another
// version is refused.
func Load(data []byte) (*Model, error) {
	if len(data) < len(magic)+4+sha256.Size || string(data[:len(magic)]) != magic {
		return nil, fmt.Errorf("load language model: not a model file of casus (format %d is wanted)", Format)
	}
	if v := binary.LittleEndian.Uint32(data[len(magic):]); v != Format {
		return nil, fmt.Errorf("load language model: the file has format %d, this program reads format %d", v, Format)
	}
	rest := data[len(magic)+4:]
	sum, body := rest[:sha256.Size], rest[sha256.Size:]
	if got := sha256.Sum256(body); !bytes.Equal(got[:], sum) {
		return nil, fmt.Errorf("load language model: format %d: the checksum does not fit, the file is damaged", Format)
	}
	parts := map[string][]byte{}
	for len(body) > 0 {
		if len(body) < 16 {
			return nil, fmt.Errorf("load language model: a section is cut off")
		}
		name := string(bytes.TrimRight(body[:8], " "))
		n := binary.LittleEndian.Uint64(body[8:])
		if n > uint64(len(body)-16) {
			return nil, fmt.Errorf("load language model: section %q is cut off", name)
		}
		parts[name], body = body[16:16+n], body[16+n:]
	}
	m := &Model{}
	if err := json.Unmarshal(parts["card"], &m.Card); err != nil {
		return nil, fmt.Errorf("load language model: card: %w", err)
	}
	var t tables
	if err := json.Unmarshal(parts["tables"], &t); err != nil {
		return nil, fmt.Errorf("load language model: tables: %w", err)
	}
	for _, w := range m.sections() {
		var err error
		if *w.weights, err = readWeights(parts[w.name]); err != nil {
			return nil, fmt.Errorf("load language model: section %q: %w", w.name, err)
		}
	}
	m.take(t)
	if err := m.check(); err != nil {
		return nil, fmt.Errorf("load language model: %w", err)
	}
	return m, nil
}

type section struct {
	name    string
	weights **weights
}

func (m *Model) sections() []section {
	return []section{{"cuts", &m.cuts}, {"ends", &m.ends}, {"tagger", &m.tagger}, {"moves", &m.moves}, {"rels", &m.relations}}
}

func (m *Model) take(t tables) {
	m.multiwords, m.lemmas = t.Multiwords, t.Lemmas
	m.tags, m.rels = tagSet{}, tagSet{}
	var upos tagSet
	for _, name := range t.Tags {
		m.tags.number(name)
		u, _ := splitTag(name)
		m.uposOf = append(m.uposOf, uint64(upos.number(u))+100)
	}
	for _, name := range t.Rels {
		m.rels.number(name)
	}
	m.root = m.rels.number("root")
	m.pool = &sync.Pool{New: func() any { return &work{} }}
}

// check makes sure that no score can name a class that does not exist.
func (m *Model) check() error {
	for _, c := range []struct {
		name      string
		w         *weights
		want, max int
	}{
		{"cuts", m.cuts, 2, 2}, {"ends", m.ends, 2, 2}, {"moves", m.moves, moves, moves},
		{"tagger", m.tagger, len(m.tags.names), 0}, {"rels", m.relations, len(m.rels.names), 0},
	} {
		if c.w.classes != c.want {
			return fmt.Errorf("section %q has %d classes instead of %d", c.name, c.w.classes, c.want)
		}
		if c.w.classes > 4 {
			if err := c.w.checkPairs(); err != nil {
				return fmt.Errorf("section %q: %w", c.name, err)
			}
		}
	}
	for form, cuts := range m.multiwords {
		sum := 0
		for _, n := range cuts {
			sum += int(n)
		}
		if sum >= len(form) || slices.Contains(cuts, 0) {
			return fmt.Errorf("multiword token %q is cut behind its end", form)
		}
	}
	return nil
}

// Bytes returns the model as a file that Load reads. The same model gives the
// same bytes.
func (m *Model) Bytes() ([]byte, error) {
	var body []byte
	put := func(name string, b []byte) {
		body = append(body, fmt.Sprintf("%-8s", name)...)
		body = binary.LittleEndian.AppendUint64(body, uint64(len(b)))
		body = append(body, b...)
	}
	card, err := json.MarshalIndent(m.Card, "", " ")
	if err != nil {
		return nil, fmt.Errorf("write language model: card: %w", err)
	}
	put("card", card)
	t, err := json.Marshal(tables{m.multiwords, m.tags.names, m.rels.names, m.lemmas})
	if err != nil {
		return nil, fmt.Errorf("write language model: tables: %w", err)
	}
	put("tables", t)
	for _, s := range m.sections() {
		put(s.name, (*s.weights).append(nil))
	}
	sum := sha256.Sum256(body)
	out := append([]byte(magic), binary.LittleEndian.AppendUint32(nil, Format)...)
	return append(append(out, sum[:]...), body...), nil
}

// Parse analyses a text. It never fails: whatever the bytes are, every token
// has its place among them, and every sentence is a tree with one root.
func (m *Model) Parse(s string) *Analysis {
	a := &Analysis{Text: s, Sentences: m.sentences(s)}
	w := m.pool.Get().(*work)
	for i := range a.Sentences {
		m.analyse(w, a.Sentences[i].Tokens)
	}
	m.pool.Put(w)
	return a
}

// analyse fills in tags, lemmas, features and the tree of one sentence.
func (m *Model) analyse(w *work, tokens []Token) {
	m.tag(w, tokens)
	for i := range tokens {
		t := &tokens[i]
		t.Lemma = m.lemmas.of(t.Form, t.UPOS, t.XPOS)
		t.Feats = m.lemmas.feats(t.Form, t.UPOS, t.XPOS)
	}
	m.parse(w, tokens)
}
