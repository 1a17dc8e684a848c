package happening

import (
	"maps"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/record"
)

// telling is an account with what it is compared by.
type telling struct {
	*record.Item
	root      string
	source    map[string]bool // who acts; all parties where the act has no direction
	target    map[string]bool
	mutual    bool
	when      day.Period
	dated     bool
	published day.Day
	words     map[string]float64 // of the sentence that tells it
	topic     map[string]float64 // of the sentence and the headline
}

// mutual are the roots of acts that their parties do together.
var mutual = map[string]bool{"AGREE": true, "CONSULT": true, "COOPERATE": true}

func tellingOf(it *record.Item) *telling {
	t := &telling{Item: it, root: it.Type, source: map[string]bool{}, target: map[string]bool{}, words: map[string]float64{}, topic: map[string]float64{}}
	if it.Kind == record.Agreement {
		t.root = "AGREE"
	}
	t.mutual = mutual[t.root]
	names := map[string]bool{}
	for _, p := range it.Parties {
		side := t.source
		if p.Role == "target" {
			side = t.target
		}
		if p.State != "" {
			side[p.State] = true
		} else {
			side[strings.ToLower(p.Name)] = true
		}
		for _, w := range tokens(p.Name) {
			names[stem(strings.ToLower(w))] = true
		}
	}
	if t.mutual {
		for k := range t.target {
			t.source[k] = true
		}
		t.target = map[string]bool{}
	}
	t.when, t.dated = period(*it)
	t.published = publishedOf(it)
	t.weigh(t.words, names, it.Words, true)
	maps.Copy(t.topic, t.words)
	t.weigh(t.topic, names, it.Report.Title, false)
	return t
}

func publishedOf(it *record.Item) day.Day {
	d, err := day.Parse(it.Report.Known)
	if err != nil {
		return 0
	}
	return d
}

// weigh gives each word of s the weight with which it tells one act from
// another: names of other things than the parties most, words that stand in
// every report on such an act least.
// First says that the first word of s begins a sentence.
func (t *telling) weigh(into map[string]float64, parties map[string]bool, s string, first bool) {
	for _, w := range tokens(s) {
		low := strings.ToLower(w)
		key := stem(low)
		weight := 1.0
		switch r, _ := utf8.DecodeRuneInString(w); {
		case small[low] || len(low) < 2:
			weight = 0
		case unicode.IsDigit(r):
			weight = 1.2
		case parties[key] || common[key]:
			weight = 0.25
		case unicode.IsUpper(r) && !first:
			weight = 1.6
		}
		first = false
		if weight > into[key] {
			into[key] = weight
		}
	}
}

// tokens are the words and numbers of s as written, without possessive endings.
func tokens(s string) []string {
	out := strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '\'' && r != '’' && r != ',' && r != '.'
	})
	kept := out[:0]
	for _, w := range out {
		w = strings.Trim(w, "'’,.")
		w = strings.TrimSuffix(strings.TrimSuffix(w, "'s"), "’s")
		if w != "" {
			kept = append(kept, w)
		}
	}
	return kept
}

// stem takes the commonest endings off a word in small letters, so that "signs",
// "signed" and "signing" meet.
func stem(w string) string {
	for _, end := range []string{"ing", "ed", "es", "s"} {
		if rest, ok := strings.CutSuffix(w, end); ok && len(rest) >= 4 {
			return rest
		}
	}
	return w
}

// set makes a set of the words of s.
func set(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// small are words that tell nothing about an act.
var small = set(`a an the this that these those it its he his him she her they their them we our you i who whom which what when where
	and or but nor so yet if as than then of in on at by to for from with without into onto over under after before during since until
	between among against about near is are was were be been being has have had do does did will would may might can could must shall should
	not no all any each both some more most also only very there here up out off again once own same other`)

// common are the stems that reports on such acts share whatever the act.
var common = set(`said say told tell state government minist minister president foreign defence defense official leader country countri nation
	agreement treaty treati pact accord deal sign meet talk visit force militari military attack strike kill soldier troop border sanction
	announc report accord stat ministry spokesman spokeswoman statement two three first new week month year today yesterday monday tuesday
	wednesday thursday friday saturday sunday january february march april may june july august september october november december
	secretary general capital city side partner relation cooperation security`)
