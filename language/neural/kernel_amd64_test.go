package neural

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// All kernels must agree to the last bit: the analysis of a text may not
// depend on the machine.
func TestKernelsAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, d := range []struct{ m, k, n int }{{1, 1, 1}, {1, 128, 512}, {2, 7, 33}, {3, 128, 130}, {5, 40, 64}, {13, 196, 257}, {22, 31, 96}} {
		a, src := noise(r, d.m*(d.k+3)), noise(r, d.k*d.n)
		var b packed
		b.pack(src, d.k, d.n, d.n)
		ldc := round32(d.n)
		start := noise(r, d.m*ldc)
		want := append([]float32(nil), start...)
		multiplyPortable(want, ldc, a, d.k+3, d.m, &b)
		check := func(name string, f func(c []float32, ldc int, a []float32, lda, m int, b *packed)) {
			got := append([]float32(nil), start...)
			f(got, ldc, a, d.k+3, d.m, &b)
			for i := range d.m {
				for j := range d.n {
					if got[i*ldc+j] != want[i*ldc+j] {
						t.Fatalf("%s %v: row %d column %d: %v, portable %v", name, d, i, j, got[i*ldc+j], want[i*ldc+j])
					}
				}
			}
		}
		if hasAVX2 {
			check("avx2", multiplyAVX2)
		}
		if hasAVX512 {
			check("avx512", multiplyAVX512)
		}
	}
}

func TestCurvesAgree(t *testing.T) {
	if !hasAVX2 {
		t.Skip("no AVX2 on this machine")
	}
	r := rand.New(rand.NewPCG(3, 4))
	x := noise(r, 4096)
	for i := range x {
		x[i] *= float32(int(1) << (i % 8))
	}
	s, h := append([]float32(nil), x...), append([]float32(nil), x...)
	sp, hp := append([]float32(nil), x...), append([]float32(nil), x...)
	sigmoid(s)
	sigmoidPortable(sp)
	tanh(h)
	tanhPortable(hp)
	for i := range x {
		if s[i] != sp[i] || h[i] != hp[i] {
			t.Fatalf("x %v: sigmoid %v portable %v, tanh %v portable %v", x[i], s[i], sp[i], h[i], hp[i])
		}
	}
}

func TestElementsAgree(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	const n = 171
	k := [7]float32{0.7, 0.9, 0.1, 0.95, 0.05, 0.002, 1e-8}
	w, g, mean, square := noise(r, n), noise(r, n), noise(r, n), noise(r, n)
	for i := range square {
		square[i] *= square[i]
	}
	var got, want [4][]float32
	for i, x := range [][]float32{w, g, mean, square} {
		got[i], want[i] = slices.Clone(x), slices.Clone(x)
	}
	move(got[0], got[1], got[2], got[3], &k)
	movePortable(want[0], want[1], want[2], want[3], &k)
	add(got[1], got[0])
	addPortable(want[1], want[0])
	relu(got[0])
	reluPortable(want[0])
	for i := range got {
		if !slices.Equal(got[i], want[i]) {
			t.Errorf("slice %d differs from the portable loop", i)
		}
	}
}

func BenchmarkMultiply(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, d := range []struct{ m, k, n int }{{1, 128, 512}, {16, 256, 1024}, {256, 256, 1024}} {
		a, src := noise(r, d.m*d.k), noise(r, d.k*d.n)
		var p packed
		p.pack(src, d.k, d.n, d.n)
		c := make([]float32, d.m*d.n)
		run := func(name string, f func(c []float32, ldc int, a []float32, lda, m int, b *packed)) {
			b.Run(fmt.Sprintf("%s/%dx%dx%d", name, d.m, d.k, d.n), func(b *testing.B) {
				for b.Loop() {
					f(c, d.n, a, d.k, d.m, &p)
				}
				b.ReportMetric(float64(b.N)*2*float64(d.m*d.k*d.n)/1e9/b.Elapsed().Seconds(), "GFLOP/s")
			})
		}
		run("portable", multiplyPortable)
		if hasAVX2 {
			run("avx2", multiplyAVX2)
		}
		if hasAVX512 {
			run("avx512", multiplyAVX512)
		}
	}
}

func BenchmarkSigmoid(b *testing.B) {
	x := make([]float32, 1024)
	for b.Loop() {
		sigmoid(x)
	}
}
