package neural

import "math"

// Constants of the exponential: ln 2 in two parts, and 1/n!.
const (
	log2e = 1.44269504
	ln2hi = 0.693359375
	ln2lo = -2.12194440e-4
	limit = 80
)

// inverse is 1/(1+exp(y)) in the operations and the order of the vector
// kernel: y is reduced to r in [-ln2/2, ln2/2] by a multiple of ln 2, exp(r) is
// its Taylor sum to the sixth power, the multiple goes into the exponent.
func inverse(y float32) float32 {
	y = max(min(y, limit), -limit)
	n := float32(math.RoundToEven(float64(y * log2e)))
	r := fma32(-n, ln2hi, y)
	r = fma32(-n, ln2lo, r)
	p := float32(1.0 / 720)
	for _, c := range [...]float32{1.0 / 120, 1.0 / 24, 1.0 / 6, 0.5, 1, 1} {
		p = fma32(p, r, c)
	}
	p = math.Float32frombits(math.Float32bits(p) + uint32(int32(n))<<23)
	return 1 / (p + 1)
}

func sigmoidPortable(x []float32) {
	for i, v := range x {
		x[i] = inverse(-v)
	}
}

func tanhPortable(x []float32) {
	for i, v := range x {
		s := inverse(-(v + v))
		x[i] = (s + s) - 1
	}
}

func addPortable(dst, src []float32) {
	for i, v := range src[:len(dst)] {
		dst[i] += v
	}
}

func reluPortable(x []float32) {
	for i, v := range x {
		if v < 0 {
			x[i] = 0
		}
	}
}
