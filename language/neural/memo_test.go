package neural

import (
	"slices"
	"testing"
)

// A form gives the same words whether the memo holds it or not, and a full
// memo takes no more.
func TestMemo(t *testing.T) {
	file := trained(t)
	s, err := Load(file)
	if err != nil {
		t.Fatal(err)
	}
	words := sample[0].Words
	first := s.Parse(words, nil)
	if len(s.known.gates) == 0 {
		t.Fatal("the memo kept nothing")
	}
	for form := range s.known.gates {
		if s.words[normal(form)] == 0 {
			t.Errorf("the memo kept %q, which is not in the vocabulary", form)
		}
	}
	if again := s.Parse(words, nil); !slices.Equal(again, first) {
		t.Error("known forms give other words than fresh ones")
	}
	full, err := Load(file)
	if err != nil {
		t.Fatal(err)
	}
	full.known.gates = make(map[string][]float32, memoForms)
	for i := range memoForms {
		full.known.gates[string([]rune{0x10000 + rune(i)})] = nil
	}
	if got := full.Parse(words, nil); !slices.Equal(got, first) || len(full.known.gates) != memoForms {
		t.Errorf("a full memo gives other words or has %d forms", len(full.known.gates))
	}
}
