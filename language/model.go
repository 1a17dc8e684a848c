package language

import (
	"bytes"
	"crypto/sha256"
	_ "embed" // for the shipped model
	"encoding/binary"
	"encoding/json"
	"fmt"
	"sync"
	"unicode/utf8"

	"github.com/casus-foederis/casus/language/neural"
)

// Format is the version of the model file that this program reads and writes.
const Format = 1

// magic begins every model file; the version follows it.
const magic = "CASUS-LM"

// Model analyses English text. It never changes after it was loaded and may be
// used by any number of goroutines at once.
type Model struct {
	Card Card

	cuts, ends *weights           // token and sentence boundaries
	multiwords map[string][]uint8 // lengths in bytes of all words but the last
	lemmas     lemmas
	network    []byte // the file that scorer was read from
	scorer     *neural.Scorer
	pool       sync.Pool // of *work
}

// Card says what a model was trained on and how well it did.
type Card struct {
	Name    string             `json:"name"`
	Date    string             `json:"date"` // day of training, as given to the trainer
	Licence string             `json:"licence"`
	Corpora []Corpus           `json:"corpora"`
	Seed    uint64             `json:"seed"`
	Epochs  int                `json:"epochs"`
	Figures map[string]float64 `json:"figures,omitempty"` // "corpus metric" to F1 in percent
}

// Corpus is one source of a model.
type Corpus struct {
	Name      string `json:"name"`
	Licence   string `json:"licence,omitempty"`
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
	m.multiwords, m.lemmas, m.network = t.Multiwords, t.Lemmas, parts["network"]
	if err := checkMultiwords(m.multiwords); err != nil {
		return nil, fmt.Errorf("load language model: %w", err)
	}
	var err error
	if m.cuts, err = readWeights(parts["cuts"]); err != nil {
		return nil, fmt.Errorf("load language model: token boundaries: %w", err)
	}
	if m.ends, err = readWeights(parts["ends"]); err != nil {
		return nil, fmt.Errorf("load language model: sentence boundaries: %w", err)
	}
	if m.scorer, err = neural.Load(m.network); err != nil {
		return nil, fmt.Errorf("load language model: %w", err)
	}
	return m, nil
}

// checkMultiwords makes sure that no token is cut behind its end.
func checkMultiwords(multiwords map[string][]uint8) error {
	for form, cuts := range multiwords {
		sum := 0
		for _, n := range cuts {
			sum += int(n)
			if n == 0 || sum >= len(form) || !utf8.RuneStart(form[sum]) {
				return fmt.Errorf("multiword token %q has no word of %d bytes", form, n)
			}
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
	t, err := json.Marshal(tables{m.multiwords, m.lemmas})
	if err != nil {
		return nil, fmt.Errorf("write language model: tables: %w", err)
	}
	put("tables", t)
	put("cuts", m.cuts.append(nil))
	put("ends", m.ends.append(nil))
	put("network", m.network)
	sum := sha256.Sum256(body)
	out := append([]byte(magic), binary.LittleEndian.AppendUint32(nil, Format)...)
	return append(append(out, sum[:]...), body...), nil
}

// Parse analyses a text. It never fails: whatever the bytes are, every token
// has its place among them, and every sentence is a tree with one root.
func (m *Model) Parse(s string) *Analysis { return m.ParseAll(s)[0] }

// ParseAll analyses texts, each by itself. It gives what Parse would give and
// is faster where texts are short, because sentences of several texts go
// through the network together.
func (m *Model) ParseAll(texts ...string) []*Analysis {
	all := make([]*Analysis, len(texts))
	w, _ := m.pool.Get().(*work)
	if w == nil {
		w = &work{}
	}
	for i, s := range texts {
		all[i] = &Analysis{Text: s, Sentences: m.sentences(s)}
		for k := range all[i].Sentences {
			w.sentences = append(w.sentences, &all[i].Sentences[k])
			if len(w.sentences) == together {
				m.analyse(w)
			}
		}
	}
	m.analyse(w)
	m.pool.Put(w)
	return all
}

// together is the number of sentences that go to the network at once.
const together = 48

// work holds the buffers of one analysis.
type work struct {
	sentences []*Sentence // that wait
	forms     []string
	split     [][]string // forms by sentence
	words     []neural.Word
}

// analyse fills in tags, lemmas, features and trees of the sentences that
// wait.
func (m *Model) analyse(w *work) {
	w.forms, w.split = w.forms[:0], w.split[:0]
	for _, s := range w.sentences {
		for _, t := range s.Tokens {
			w.forms = append(w.forms, t.Form)
		}
	}
	rest := w.forms
	for _, s := range w.sentences {
		n := len(s.Tokens)
		w.split, rest = append(w.split, rest[:n]), rest[n:]
	}
	w.words = m.scorer.ParseAll(w.split, w.words[:0])
	found := w.words
	for _, s := range w.sentences {
		for i := range s.Tokens {
			t, f := &s.Tokens[i], found[i]
			t.UPOS, t.XPOS, t.Feats, t.Head, t.Rel = f.UPOS, f.XPOS, f.Feats, f.Head, f.Rel
			t.Lemma = m.lemmas.of(t.Form, tags{t.UPOS, t.XPOS})
		}
		found = found[len(s.Tokens):]
	}
	clear(w.forms) // a buffer must not keep a text alive
	clear(w.sentences)
	w.sentences = w.sentences[:0]
}
