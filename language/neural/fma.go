//go:build !arm64

package neural

import "math"

// fma32 is x·y+z rounded once, as the vector instructions do it. The product
// of two float32 is exact in float64; the sum is rounded to odd there, which
// makes the second rounding harmless.
//
// Source: Boldo and Melquiond, "Emulation of a FMA and correctly rounded sums:
// proved algorithms using rounding to odd", IEEE Trans. Comput. 57 (2008).
func fma32(x, y, z float32) float32 {
	p, a := float64(x)*float64(y), float64(z)
	s := p + a
	t := s - p
	e := (p - (s - t)) + (a - t)
	if e < 0 || e > 0 {
		if bits := math.Float64bits(s); bits&1 == 0 {
			if (e > 0) == (s > 0) {
				bits++
			} else {
				bits--
			}
			s = math.Float64frombits(bits)
		}
	}
	return float32(s)
}
