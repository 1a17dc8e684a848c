package actor

import (
	"strings"
	"testing"

	"github.com/casus-foederis/casus/day"
)

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := loadEmbedded(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScan(b *testing.B) {
	tokens := strings.Fields("During a visit to North Korea , Russian President Vladimir Putin and his North Korean counterpart , Kim Jong-un , agreed to support each other in the face of foreign aggression .")
	on := day.MustParse("2024-06-19")
	w := World()
	for b.Loop() {
		w.Scan(tokens, on)
	}
	b.ReportMetric(float64(b.N*len(tokens))/b.Elapsed().Seconds(), "tokens/s")
}
