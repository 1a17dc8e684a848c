package web

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/casus-foederis/casus/text"
)

func TestSegmentsNest(t *testing.T) {
	got := segments("He said she said no.", []text.Span{{End: 20}}, []mark{
		{text.Span{Start: 8, End: 19}, "content", "s1"},
		{text.Span{Start: 17, End: 19}, "content", "s2"},
		{text.Span{Start: 3, End: 7}, "cue", "s1"},
	})
	want := [][]segment{{
		{Text: "He "},
		{"said", "cue", "s1", []string{"s1"}, "s1"},
		{Text: " "},
		{Text: "she said ", Class: "content", For: "s1"},
		{"no", "content", "s1 s2", []string{"s2"}, ""},
		{Text: "."},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// Whatever the marks, the segments joined are the text.
func TestSegmentsKeepText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		at := rapid.IntRange(-2, len(s)+2)
		marks := rapid.SliceOf(rapid.Custom(func(t *rapid.T) mark {
			return mark{text.Span{Start: at.Draw(t, "start"), End: at.Draw(t, "end")}, "c", "i"}
		})).Draw(t, "marks")
		var b strings.Builder
		middle := rapid.IntRange(0, len(s)).Draw(t, "cut")
		for _, piece := range segments(s, []text.Span{{End: middle}, {Start: middle, End: len(s)}}, marks) {
			for _, g := range piece {
				b.WriteString(g.Text)
			}
		}
		if b.String() != s {
			t.Fatalf("joined %q, want %q", b.String(), s)
		}
	})
}
