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
	Epoch   int // epochs of the course done
	Best    float64
	Tables  [3][]float32
	Weights [][]float32
	Adam    *adam
}

func (t *trainer) save(epoch int) error {
	s := state{Config: t.o.Config, Seed: t.seed, Vocab: t.vocab, Epoch: epoch, Best: t.best, Weights: t.net.slices(), Adam: t.adam}
	for i, tab := range t.net.tables() {
		s.Tables[i] = tab.w
	}
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(s); err != nil {
		return fmt.Errorf("encode the state after epoch %d: %w", epoch, err)
	}
	return write(t.output+".state", b.Bytes())
}

// resume reads the state beside the output, or else the one to start from, and
// returns the number of epochs of the course that are done.
func (t *trainer) resume() (int, error) {
	own := t.output + ".state"
	s, err := t.read(own)
	if err == nil && s.Seed != t.seed {
		err = errForeign
	}
	if err == nil {
		t.best = s.Best
		return s.Epoch, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return 0, fmt.Errorf("resume from %s: %w", own, err)
	}
	if t.start != "" {
		if _, err := t.read(t.start); err != nil {
			return 0, fmt.Errorf("start from %s: %w", t.start, err)
		}
	}
	return 0, nil
}

var errForeign = errors.New("it belongs to a training with other options or sentences; remove it to begin anew")

// read takes over the weights of a state.
func (t *trainer) read(name string) (*state, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	s := &state{Adam: &adam{}}
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(s); err != nil {
		return nil, err
	}
	weights := t.net.slices()
	if s.Config != t.o.Config || !slices.Equal(s.Vocab, t.vocab) || len(s.Weights) != len(weights) {
		return nil, errForeign
	}
	for i, w := range weights {
		copy(w, s.Weights[i])
	}
	for i, tab := range t.net.tables() {
		copy(tab.w, s.Tables[i])
	}
	t.adam = s.Adam
	return s, nil
}
