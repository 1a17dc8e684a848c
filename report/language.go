package report

import (
	"strings"
	"unicode/utf8"

	"github.com/RadhiFadlillah/whatlanggo"
)

// guessLanguage tells the language of a text by its letters, and says nothing
// about texts too short to tell.
func guessLanguage(s string) string {
	const enough, sample = 80, 2000
	if len(s) < enough {
		return ""
	}
	if len(s) > sample {
		n := sample
		for !utf8.RuneStart(s[n]) {
			n--
		}
		s = s[:n]
	}
	info := whatlanggo.Detect(s)
	if !info.IsReliable() {
		return ""
	}
	return info.Lang.Iso6391()
}

// languageCode returns the ISO 639-1 code of a language tag (en-AU, en_GB).
func languageCode(tag string) string {
	code, _, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(tag), "_", "-"), "-")
	if len(code) != 2 {
		return ""
	}
	return strings.ToLower(code)
}
