package corpus_test

import (
	"context"
	"testing"

	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
)

func BenchmarkQuestion(b *testing.B) {
	c, err := corpus.World()
	if err != nil {
		b.Fatal(err)
	}
	q := duty.Question{By: []string{"RUS"}, Attacks: "EST", On: day.MustParse("2025-01-10")}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := duty.Answers(c, duty.Record{}, q); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWorld(b *testing.B) {
	c, err := corpus.World()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		pairs := 0
		err := duty.World(context.Background(), c, duty.Record{}, day.MustParse("2025-01-10"), func(duty.Pair) error { pairs++; return nil })
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(pairs), "pairs")
	}
}
