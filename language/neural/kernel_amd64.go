package neural

import "golang.org/x/sys/cpu"

//go:generate go run gen_kernel.go

var (
	hasAVX2   = cpu.X86.HasAVX2 && cpu.X86.HasFMA
	hasAVX512 = cpu.X86.HasAVX512F && hasAVX2
)

//go:noescape
func tile1avx512(k int, a *float32, lda int, b, c *float32, ldc int)

//go:noescape
func tile2avx512(k int, a *float32, lda int, b, c *float32, ldc int)

//go:noescape
func tile3avx512(k int, a *float32, lda int, b, c *float32, ldc int)

//go:noescape
func tile4avx512(k int, a *float32, lda int, b, c *float32, ldc int)

//go:noescape
func tile5avx512(k int, a *float32, lda int, b, c *float32, ldc int)

//go:noescape
func tile6avx512(k int, a *float32, lda int, b, c *float32, ldc int)

//go:noescape
func tile7avx512(k int, a *float32, lda int, b, c *float32, ldc int)

//go:noescape
func tile8avx512(k int, a *float32, lda int, b, c *float32, ldc int)

//go:noescape
func tileWideavx512(k int, a *float32, b, c *float32)

//go:noescape
func tile1avx2(k int, a *float32, lda int, b, c *float32, ldc int)

//go:noescape
func tile2avx2(k int, a *float32, lda int, b, c *float32, ldc int)

//go:noescape
func tile3avx2(k int, a *float32, lda int, b, c *float32, ldc int)

//go:noescape
func tile4avx2(k int, a *float32, lda int, b, c *float32, ldc int)

//go:noescape
func sigmoidavx2(x *float32, n int)

//go:noescape
func tanhavx2(x *float32, n int)

//go:noescape
func addavx2(dst, src *float32, n int)

//go:noescape
func reluavx2(x *float32, n int)

//go:noescape
func moveavx2(w, grad, mean, square *float32, n int, k *[7]float32)

func multiplyKernel(c []float32, ldc int, a []float32, lda, m int, b *packed) {
	switch {
	case hasAVX512:
		multiplyAVX512(c, ldc, a, lda, m, b)
	case hasAVX2:
		multiplyAVX2(c, ldc, a, lda, m, b)
	default:
		multiplyPortable(c, ldc, a, lda, m, b)
	}
}

func multiplyAVX512(c []float32, ldc int, a []float32, lda, m int, b *packed) {
	k, j := b.k, 0
	if m == 1 {
		for ; j+4*panel <= b.n; j += 4 * panel {
			tileWideavx512(k, &a[0], &b.data[j*k], &c[j])
		}
	}
	for ; j < b.n; j += panel {
		bp := &b.data[j*k]
		i := 0
		for ; i+8 <= m; i += 8 {
			tile8avx512(k, &a[i*lda], lda, bp, &c[i*ldc+j], ldc)
		}
		if i == m {
			continue
		}
		ap, cp := &a[i*lda], &c[i*ldc+j]
		switch m - i {
		case 1:
			tile1avx512(k, ap, lda, bp, cp, ldc)
		case 2:
			tile2avx512(k, ap, lda, bp, cp, ldc)
		case 3:
			tile3avx512(k, ap, lda, bp, cp, ldc)
		case 4:
			tile4avx512(k, ap, lda, bp, cp, ldc)
		case 5:
			tile5avx512(k, ap, lda, bp, cp, ldc)
		case 6:
			tile6avx512(k, ap, lda, bp, cp, ldc)
		case 7:
			tile7avx512(k, ap, lda, bp, cp, ldc)
		}
	}
}

func multiplyAVX2(c []float32, ldc int, a []float32, lda, m int, b *packed) {
	k := b.k
	for j := 0; j < b.n; j += panel / 2 {
		bp := &b.data[j&^(panel-1)*k+j&(panel-1)]
		i := 0
		for ; i+4 <= m; i += 4 {
			tile4avx2(k, &a[i*lda], lda, bp, &c[i*ldc+j], ldc)
		}
		if i == m {
			continue
		}
		ap, cp := &a[i*lda], &c[i*ldc+j]
		switch m - i {
		case 1:
			tile1avx2(k, ap, lda, bp, cp, ldc)
		case 2:
			tile2avx2(k, ap, lda, bp, cp, ldc)
		case 3:
			tile3avx2(k, ap, lda, bp, cp, ldc)
		}
	}
}

// sigmoid replaces each x by 1/(1+exp(-x)).
func sigmoid(x []float32) {
	n := len(x) &^ 7
	if hasAVX2 && n > 0 {
		sigmoidavx2(&x[0], n)
		x = x[n:]
	}
	sigmoidPortable(x)
}

// tanh replaces each x by its hyperbolic tangent.
func tanh(x []float32) {
	n := len(x) &^ 7
	if hasAVX2 && n > 0 {
		tanhavx2(&x[0], n)
		x = x[n:]
	}
	tanhPortable(x)
}

// add adds src to dst, element by element.
func add(dst, src []float32) {
	n := len(dst) &^ 7
	if hasAVX2 && n > 0 {
		_ = src[n-1]
		addavx2(&dst[0], &src[0], n)
		dst, src = dst[n:], src[n:]
	}
	addPortable(dst, src)
}

// relu replaces negative elements by zero.
func relu(x []float32) {
	n := len(x) &^ 7
	if hasAVX2 && n > 0 {
		reluavx2(&x[0], n)
		x = x[n:]
	}
	reluPortable(x)
}

// move is one step of the optimiser; see movePortable.
func move(w, g, mean, square []float32, k *[7]float32) {
	n := len(w) &^ 7
	if hasAVX2 && n > 0 {
		_, _, _ = g[n-1], mean[n-1], square[n-1]
		moveavx2(&w[0], &g[0], &mean[0], &square[0], n, k)
		w, g, mean, square = w[n:], g[n:], mean[n:], square[n:]
	}
	movePortable(w, g, mean, square, k)
}
