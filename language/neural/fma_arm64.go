package neural

// fma32 is x·y+z rounded once: the compiler fuses it on this architecture.
func fma32(x, y, z float32) float32 { return x*y + z }
