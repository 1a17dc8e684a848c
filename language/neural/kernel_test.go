package neural

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"
)

func TestFMA(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 9))
	for range 200000 {
		x, y := float32(r.NormFloat64()), float32(r.NormFloat64())
		z := float32(r.NormFloat64()) * float32(math.Exp2(float64(r.IntN(60)-30)))
		// The sum of three exact parts in higher precision.
		want := exactFMA(x, y, z)
		if got := fma32(x, y, z); got != want {
			t.Fatalf("fma32(%v, %v, %v) = %v, exactly %v", x, y, z, got, want)
		}
	}
}

func TestCurves(t *testing.T) {
	for x := float32(-100); x <= 100; x += 0.0371 {
		s, h := []float32{x}, []float32{x}
		sigmoid(s)
		tanh(h)
		if want := 1 / (1 + math.Exp(-float64(x))); math.Abs(float64(s[0])-want) > 2e-7 {
			t.Fatalf("sigmoid(%v) = %v, want %v", x, s[0], want)
		}
		if want := math.Tanh(float64(x)); math.Abs(float64(h[0])-want) > 4e-7 {
			t.Fatalf("tanh(%v) = %v, want %v", x, h[0], want)
		}
	}
}

func exactFMA(x, y, z float32) float32 {
	a, b, c := new(big.Float).SetPrec(400), new(big.Float).SetPrec(400), new(big.Float).SetPrec(400)
	a.SetFloat64(float64(x))
	b.SetFloat64(float64(y))
	c.SetFloat64(float64(z))
	v, _ := a.Mul(a, b).Add(a, c).Float32()
	return v
}

func noise(r *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(r.NormFloat64())
	}
	return x
}
