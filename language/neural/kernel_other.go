//go:build !amd64

package neural

func multiplyKernel(c []float32, ldc int, a []float32, lda, m int, b *packed) {
	multiplyPortable(c, ldc, a, lda, m, b)
}

// sigmoid replaces each x by 1/(1+exp(-x)).
func sigmoid(x []float32) { sigmoidPortable(x) }

// tanh replaces each x by its hyperbolic tangent.
func tanh(x []float32) { tanhPortable(x) }
