package neural

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestHalf(t *testing.T) {
	for h := range 1 << 16 {
		if h>>10&31 == 31 {
			continue // infinite or no number: never written
		}
		if got := toHalf(fromHalf(uint16(h))); got != uint16(h) {
			t.Fatalf("%04x became %04x", h, got)
		}
	}
	for _, v := range []float32{0.1, -0.33333, 1e-5, 3.14159, 70000} {
		got := fromHalf(toHalf(v))
		if want := min(v, 65504); math.Abs(float64(got-want)) > math.Abs(float64(want))/2048+1e-7 {
			t.Errorf("%v became %v", v, got)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	good := trained(t)
	other := slices.Clone(good)
	other[len(magic)] = 9
	damaged := slices.Clone(good)
	damaged[len(good)/2] ^= 4
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, `load neural model: 0 bytes that do not begin with "casus-neural"`},
		{"foreign", bytes.Repeat([]byte("x"), 99), `load neural model: 99 bytes that do not begin with "casus-neural"`},
		{"version", other, "load neural model: file of version 9, this program reads version 1"},
		{"damaged", damaged, "checksum differs"},
		{"cut", good[:len(good)-5], "checksum differs"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Load(c.data); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %s", err, c.want)
			}
		})
	}
}
