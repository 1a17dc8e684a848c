package evidence

import (
	"slices"
	"strings"
	"unicode"

	"github.com/casus-foederis/casus/reading"
)

// kinds says which reported acts count, and as what kind of act of package
// duty: the first row that fits. docs/evidence.md prints it. An attack counts
// as limited unless the report says more: that a single strike is war is not
// for a table to say.
var kinds = []struct {
	root  string
	mode  []string // any of these PLOVER modes; none: whatever it is
	not   []string // none of these modes
	cameo string
	of    string
	words []string // one of the words that name it begins so, or is = this; none: whatever they are
	kind  string
}{
	{root: "ASSAULT", words: []string{"invad", "invasion"}, kind: "invasion"},
	{root: "ASSAULT", words: []string{"=war"}, kind: "armed attack"},
	{root: "ASSAULT", mode: []string{"heavy-weapons", "explosives", "firearms", "unconventional"}, kind: "limited attack"},
	{root: "ASSAULT", not: onPeople, words: []string{"attack", "strike", "struck", "raid", "assault", "offensive", "fight", "fought", "clash", "battle", "skirmish",
		"fire", "incursion", "storm", "ambush", "advanc", "pushed", "cross", "overr", "aggression", "target"}, kind: "limited attack"},
	{root: "COERCE", cameo: "192", kind: "occupation"},
	{root: "COERCE", cameo: "191", words: []string{"blockad"}, kind: "blockade"},
	{root: "COERCE", mode: []string{"cyber"}, kind: "cyber attack"},
	{root: "THREATEN", of: "ASSAULT", kind: "threat"},
}

// onPeople are the modes of violence against people, which is no force between states.
var onPeople = []string{"abduct", "assassinate", "beat", "execute", "sexual", "torture"}

// kindOf returns the kind that an act has for package duty, or "".
func kindOf(a reading.Act, words string) string {
	words = strings.ToLower(words)
	for _, k := range kinds {
		if k.root == a.Type && (k.cameo == "" || k.cameo == a.CAMEO) && (k.of == "" || k.of == a.Of) && (k.mode == nil || slices.Contains(k.mode, a.Mode)) && !slices.Contains(k.not, a.Mode) &&
			(k.words == nil || slices.ContainsFunc(k.words, func(w string) bool { return begins(words, w) })) {
			return k.kind
		}
	}
	return ""
}

// begins reports whether a word of the text begins as w, or is what stands
// behind a "=".
func begins(text, w string) bool {
	whole, exact := strings.CutPrefix(w, "=")
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		if exact && word == whole || !exact && strings.HasPrefix(word, w) {
			return true
		}
	}
	return false
}

// military and help are words of a request for help against an attack: one of
// each is needed.
var (
	military = []string{"military", "arms", "weapon", "troops", "armed", "defence", "defense", "missile"}
	help     = []string{"help", "aid", "assist", "support", "send", "supply", "deliver", "provide"}
)

// asksForHelp reports whether an act asks for military help, by the sentence
// that tells it.
func asksForHelp(a reading.Act, sentence string) bool {
	sentence = strings.ToLower(sentence)
	has := func(list []string) bool {
		return slices.ContainsFunc(list, func(w string) bool { return begins(sentence, w) })
	}
	return a.Type == "REQUEST" && has(military) && (a.Of == "AID" || has(help))
}
