package neural

import "strings"

// affixSlots is the number of affixes that every word has: three beginnings,
// four endings, its case pattern, its form as written.
const affixSlots = 9

// features are the rows of the embedding tables that make up a word's input.
type features struct {
	word  int32 // 0: not in the vocabulary
	affix [affixSlots]int32
	grams []int32 // of three and four bytes; empty for the shortest words
}

// plain replaces the signs of good typography, which the treebanks hardly
// know, by those of a typewriter.
func plain(form string) string {
	if !strings.Contains(form, "\xe2\x80") {
		return form
	}
	return typewriter.Replace(form)
}

var typewriter = strings.NewReplacer("‘", "'", "’", "'", "“", `"`, "”", `"`, "–", "-", "—", "--", "―", "--", "‒", "-", "„", `"`, "…", "...", "‑", "-")

// normal is the key of a plain form in the vocabulary: lower case, every
// digit 0.
func normal(form string) string {
	form = plain(form)
	for i := 0; i < len(form); i++ {
		if c := form[i]; c >= 'A' && c <= 'Z' || c > '0' && c <= '9' || c >= 0x80 {
			return strings.Map(func(r rune) rune {
				if r >= '0' && r <= '9' {
					return '0'
				}
				return r
			}, strings.ToLower(form))
		}
	}
	return form
}

// extract finds the features of a form; f.grams is reused.
func (f *features) extract(form string, words map[string]int32, c *Config) {
	affixes, grams := uint32(c.AffixRows), uint32(c.GramRows)
	form = plain(form)
	key := normal(form)
	f.word = words[key]
	for n := 1; n <= 4; n++ {
		f.affix[n-1] = int32(hash(uint32(n), key[max(0, len(key)-n):]) % affixes)
	}
	for n := 2; n <= 4; n++ {
		f.affix[n+2] = int32(hash(uint32(n+4), key[:min(n, len(key))]) % affixes)
	}
	var shape [24]byte
	f.affix[7] = int32(hash(9, string(pattern(shape[:0], form))) % affixes)
	f.affix[8] = int32(hash(10, form) % affixes)
	f.grams = f.grams[:0]
	if len(key) < 3 || len(key) > 64 {
		return
	}
	for n := 3; n <= 4; n++ {
		for i := 0; i+n <= len(key); i++ {
			f.grams = append(f.grams, int32(hash(uint32(n+20), key[i:i+n])%grams))
		}
	}
}

// pattern appends the shape of a form: X for capitals, x for small letters, d
// for digits, other bytes as they are; runs are cut after two, the whole after
// the room of dst.
func pattern(dst []byte, form string) []byte {
	run, last := 0, byte(0)
	for i := 0; i < len(form) && len(dst) < cap(dst); i++ {
		c := form[i]
		switch {
		case c >= 'A' && c <= 'Z':
			c = 'X'
		case c >= 'a' && c <= 'z' || c >= 0x80:
			c = 'x'
		case c >= '0' && c <= '9':
			c = 'd'
		}
		if c != last {
			run, last = 0, c
		}
		if run++; run <= 2 {
			dst = append(dst, c)
		}
	}
	return dst
}

// hash is 32-bit FNV-1a over a salt and the text, mixed at the end.
func hash(salt uint32, s string) uint32 {
	h := 2166136261 ^ salt*0x9e3779b1
	for i := 0; i < len(s); i++ {
		h = (h ^ uint32(s[i])) * 16777619
	}
	h ^= h >> 15
	h *= 0x2c1b3c6d
	return h ^ h>>13
}
