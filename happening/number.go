package happening

import (
	"strings"
	"unicode"

	"github.com/casus-foederis/casus/text"
)

// number is a count of something in a report.
type number struct {
	of   string // what is counted: "killed", "wounded", or the noun in the singular
	says string // the number as digits, with its multiplier
}

var digits = map[string]string{"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
	"ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16", "seventeen": "17",
	"eighteen": "18", "nineteen": "19", "twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70",
	"eighty": "80", "ninety": "90"}

var multiplier = map[string]bool{"hundred": true, "thousand": true, "million": true, "billion": true, "trillion": true}

// harm are the words for what happens to people, by one word each.
var harm = map[string]string{"killed": "killed", "dead": "killed", "died": "killed", "deaths": "killed", "death": "killed", "fatalities": "killed",
	"lives": "killed", "toll": "killed", "killing": "killed", "wounded": "wounded", "injured": "wounded", "injuries": "wounded", "wounding": "wounded",
	"injuring": "wounded", "missing": "missing", "captured": "captured", "detained": "detained", "arrested": "detained", "released": "released",
	"freed": "released", "expelled": "expelled", "displaced": "displaced"}

// notCounted are words before a number that make it a name, not a count.
var notCounted = set("article articles chapter paragraph section resolution no number no. page room route flight act law part phase day week year")

// calendar are words after a number that make it a time.
var calendar = set(`january february march april may june july august september october november december am pm a.m p.m gmt utc
	o'clock percent per day days week weeks month months year years hour hours minute minutes decade decades century kilometre kilometres
	kilometer kilometers km mile miles metre metres meters nautical degrees`)

// numbers finds what is counted in a stretch of text. Numbers inside the spans
// without (times) are passed over; the first count of each thing stands.
func numbers(t string, within text.Span, without []text.Span) []number {
	var out []number
	seen := map[string]bool{}
	words := spell(t, within)
	for i, w := range words {
		value, ok := value(w.low)
		if !ok || i > 0 && notCounted[words[i-1].low] || insideAny(w.span, without) {
			continue
		}
		next := i + 1
		for next < len(words) && multiplier[words[next].low] {
			value += " " + words[next].low
			next++
		}
		of := counted(words, i, next)
		if of == "" || seen[of] {
			continue
		}
		seen[of] = true
		out = append(out, number{of, value})
	}
	return out
}

type spelledWord struct {
	low   string
	span  text.Span
	stops bool // something other than a space stands before it
}

// spell lists the words of a stretch with their places.
func spell(t string, within text.Span) []spelledWord {
	var out []spelledWord
	start := -1
	stops := false
	for i, r := range t[within.Start:within.End] + " " {
		at := within.Start + i
		in := unicode.IsLetter(r) || unicode.IsDigit(r) || start >= 0 && strings.ContainsRune(".,'’-", r)
		switch {
		case in && start < 0:
			start = at
		case !in && start >= 0:
			raw := t[start:at]
			word := strings.TrimRight(raw, ".,'’-")
			out = append(out, spelledWord{strings.ToLower(word), text.Span{Start: start, End: start + len(word)}, stops})
			start, stops = -1, len(word) < len(raw)
		}
		if !in && !unicode.IsSpace(r) {
			stops = true
		}
	}
	return out
}

// value reads a number in digits or in words.
func value(w string) (string, bool) {
	if d, ok := digits[w]; ok {
		return d, true
	}
	if tens, ones, ok := strings.Cut(w, "-"); ok && len(digits[tens]) == 2 && len(digits[ones]) == 1 {
		return digits[tens][:1] + digits[ones], true
	}
	plain := strings.ReplaceAll(w, ",", "")
	if plain == "" || strings.Trim(plain, "0123456789.") != "" || len(plain) == 4 && !strings.Contains(w, ",") && plain[0] <= '2' {
		return "", false // a word, or a year
	}
	return plain, true
}

// counted says what the number at i counts: what happened to the people, if it
// says so right before or within a few words behind, else the noun that follows.
func counted(words []spelledWord, i, next int) string {
	for j := i - 1; j >= max(0, i-3) && !words[j+1].stops; j-- { // "killing at least nine"
		if h := harm[words[j].low]; h != "" && words[j].low != "toll" {
			return h
		}
	}
	noun := ""
	for j := next; j < min(len(words), next+4) && !words[j].stops && !small[words[j].low]; j++ {
		if calendar[words[j].low] {
			return ""
		}
		if h := harm[words[j].low]; h != "" {
			return h
		}
		noun = words[j].low
	}
	for j := next; j < min(len(words), next+7) && (j == next || !words[j].stops) && words[j].low != "and"; j++ { // "14 people were killed"
		if _, another := value(words[j].low); another {
			break
		}
		if h := harm[words[j].low]; h != "" {
			return h
		}
	}
	for j := i - 1; j >= max(0, i-5) && !words[j+1].stops; j-- { // "the death toll rose to 14"
		if h := harm[words[j].low]; h != "" {
			return h
		}
	}
	if len(noun) > 3 && strings.HasSuffix(noun, "s") && !strings.HasSuffix(noun, "ss") {
		return noun[:len(noun)-1]
	}
	return noun
}

func insideAny(s text.Span, in []text.Span) bool {
	for _, t := range in {
		if t.Overlaps(s) {
			return true
		}
	}
	return false
}
