package text

import (
	"encoding/json"
	"testing"
)

func TestSpan(t *testing.T) {
	s := Span{1, 3}
	if s.Valid("aé") != true || (Span{1, 2}).Valid("aé") || (Span{0, 9}).Valid("aé") {
		t.Error("Valid: want whole characters inside the text only")
	}
	b, err := json.Marshal([]Span{s})
	if err != nil || string(b) != "[[1,3]]" {
		t.Fatalf("marshal: %s, %v", b, err)
	}
	var back []Span
	if err := json.Unmarshal(b, &back); err != nil || back[0] != s {
		t.Fatalf("unmarshal: %v, %v", back, err)
	}
	if json.Unmarshal([]byte("[1,2,3]"), &s) == nil {
		t.Error("three offsets were taken for a span")
	}
	if !s.Overlaps(Span{2, 9}) || s.Overlaps(Span{3, 9}) {
		t.Error("Overlaps: spans are half-open")
	}
}
