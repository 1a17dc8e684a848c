package neural

import (
	"bytes"
	"encoding/gob"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
)

// state is what a training needs to go on.
type state struct {
	Config  Config
	Seed    uint64
	Vocab   []string
	Epoch   int // epochs done
	Best    float64
	Tables  [3][]float32
	Weights [][]float32
	Adam    *adam
}

func (t *trainer) save(epoch int) error {
	s := state{Config: t.o.Config, Seed: t.o.Seed, Vocab: t.vocab, Epoch: epoch, Best: t.best, Weights: t.net.slices(), Adam: t.adam}
	for i, tab := range t.net.tables() {
		s.Tables[i] = tab.w
	}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(s); err != nil {
		return fmt.Errorf("encode the state after epoch %d: %w", epoch, err)
	}
	return write(t.o.Output+".state", b.Bytes())
}

// resume reads the state beside the output, if there is one, and returns the
// number of epochs done.
func (t *trainer) resume() (int, error) {
	name := t.o.Output + ".state"
	data, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("resume from %s: %w", name, err)
	}
	s := state{Adam: &adam{}}
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&s); err != nil {
		return 0, fmt.Errorf("resume from %s: %w", name, err)
	}
	weights := t.net.slices()
	if s.Config != t.o.Config || s.Seed != t.o.Seed || !slices.Equal(s.Vocab, t.vocab) || len(s.Weights) != len(weights) {
		return 0, fmt.Errorf("resume from %s: it belongs to a training with other options or sentences; remove it to begin anew", name)
	}
	for i, w := range weights {
		copy(w, s.Weights[i])
	}
	for i, tab := range t.net.tables() {
		copy(tab.w, s.Tables[i])
	}
	t.adam, t.best = s.Adam, s.Best
	return s.Epoch, nil
}
