//go:build !amd64

package neural

func multiplyKernel(c []float32, ldc int, a []float32, lda, m int, b *packed) {
	multiplyPortable(c, ldc, a, lda, m, b)
}

// sigmoid replaces each x by 1/(1+exp(-x)).
func sigmoid(x []float32) { sigmoidPortable(x) }

// tanh replaces each x by its hyperbolic tangent.
func tanh(x []float32) { tanhPortable(x) }

// add adds src to dst, element by element.
func add(dst, src []float32) { addPortable(dst, src) }

// relu replaces negative elements by zero.
func relu(x []float32) { reluPortable(x) }

// move is one step of the optimiser; see movePortable.
func move(w, g, mean, square []float32, k *[7]float32) { movePortable(w, g, mean, square, k) }
