package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestInert(t *testing.T) {
	for text, want := range map[string]string{
		"plain\n\tтекст": "plain\n\tтекст", "\x1b[2J": "␛[2J", "a\x07\x7f": "a␇␡", "\u009b31m": "<U+009B>31m", "\u202eabc": "<U+202E>abc",
		"a\rb": "a␍b", "\xc0\xbc": "\ufffd\ufffd", "\x00": "␀",
	} {
		if got := inert(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	var out bytes.Buffer
	if n, err := (inertWriter{&out}).Write([]byte("\x1b]0;x\x07")); n != 6 || err != nil || out.String() != "␛]0;x␇" {
		t.Errorf("%d, %v, %q", n, err, out.String())
	}
}

func FuzzInert(f *testing.F) {
	f.Add("\x1b[31m\u202e")
	f.Fuzz(func(t *testing.T, s string) {
		if out := inert(s); strings.ContainsFunc(out, active) || inert(out) != out {
			t.Errorf("%q becomes %q", s, out)
		}
	})
}
