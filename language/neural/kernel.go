package neural

// panel is the number of columns that a packed matrix keeps together: two
// AVX-512 registers, four AVX2 registers.
const panel = 32

// round32 rounds up to whole panels.
func round32(n int) int { return (n + panel - 1) &^ (panel - 1) }

// packed is a matrix of k rows and n columns, stored for [multiply]: panels of
// 32 columns, in each panel row after row, missing columns zero.
type packed struct {
	k, n int
	data []float32
}

func (p *packed) reset(k, n int) {
	p.k, p.n = k, n
	size := k * round32(n)
	if cap(p.data) < size {
		p.data = make([]float32, size)
	}
	p.data = p.data[:size]
}

// pack stores k rows of n columns, whose rows start stride apart.
func (p *packed) pack(src []float32, k, n, stride int) {
	p.reset(k, n)
	for j := 0; j < n; j += panel {
		dst := p.data[j*k:]
		w := min(panel, n-j)
		for i := range k {
			row := dst[i*panel : i*panel+panel]
			copy(row, src[i*stride+j:i*stride+j+w])
			clear(row[w:])
		}
	}
}

// packTransposed stores the transpose of n rows of k columns.
func (p *packed) packTransposed(src []float32, n, k, stride int) {
	p.reset(k, n)
	for j := 0; j < n; j += panel {
		dst := p.data[j*k : (j+panel)*k]
		if n-j < panel {
			clear(dst)
		}
		for c := range min(panel, n-j) {
			row := src[(j+c)*stride : (j+c)*stride+k]
			for i, v := range row {
				dst[i*panel+c] = v
			}
		}
	}
}

// multiply adds a·b to c: m rows of a (lda apart) and of c (ldc apart). The
// rows of c must hold whole panels. Every element of c is one chain of fused
// multiply-adds over k in rising order, whichever kernel runs, so that all
// machines and all batch sizes agree to the last bit.
func multiply(c []float32, ldc int, a []float32, lda, m int, b *packed) {
	if m == 0 || b.k == 0 {
		return
	}
	_ = c[(m-1)*ldc+round32(b.n)-1]
	_ = a[(m-1)*lda+b.k-1]
	multiplyKernel(c, ldc, a, lda, m, b)
}

func multiplyPortable(c []float32, ldc int, a []float32, lda, m int, b *packed) {
	for j := 0; j < b.n; j += panel {
		bp := b.data[j*b.k : (j+panel)*b.k]
		for i := range m {
			row := c[i*ldc+j : i*ldc+j+panel]
			for k, x := range a[i*lda : i*lda+b.k] {
				for l, y := range bp[k*panel : k*panel+panel] {
					row[l] = fma32(x, y, row[l])
				}
			}
		}
	}
}

// transpose writes the m rows and n columns of src (rows stride apart) as n
// rows of m columns, ld apart.
func transpose(dst []float32, ld int, src []float32, m, n, stride int) {
	const block = 16
	for i0 := 0; i0 < m; i0 += block {
		i1 := min(i0+block, m)
		for j := range n {
			for i := i0; i < i1; i++ {
				dst[j*ld+i] = src[i*stride+j]
			}
		}
	}
}
