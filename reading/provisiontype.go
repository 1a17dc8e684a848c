package reading

import (
	"slices"
	"strings"
)

// provisionRule is a way of wording a type of provision: all of the words of one of its
// lists, as beginnings of words, in any order.
type provisionRule struct {
	kind  string
	words [][]string
}

// provisionRules are tried in order; the first type that fits is taken. Words
// are beginnings of words; "a|b" is either, and a word with "!" must not occur.
var provisionRules = []provisionRule{
	{"offense", [][]string{
		{"joint ", "attack|offensive|war |strike", "!refrain", "!not "}, {"jointly attack"}, {"wage war together"},
	}},
	{"nonaggression", [][]string{
		{"non-aggression|nonaggression"}, {"renounc", "force|war"}, {"not", "use force|attack|invade|resort to force|use of force|threaten", "!if "}, {"refrain", "force|attack|war|threat"},
		{"neither|not|no |never|nor", "attack", "lend|territory|soil|airspace|land"}, {"neither|nor|not", "use its territory|use their territory|let its territory|allow its territory"},
		{"no support|not support|stop support|end support|no help|not help|not back", "rebel|armed group|insurgent|front|militia|opposition|terror"},
		{"not|no |neither|nor|never|stop|end |cease|halt", "support|help|back|arm |arming|shelter|assist|harbour|harbor|tolerate", "rebel|armed group|insurgent|guerrilla|militia|terror|separatist"},
		{"refrain", "act |acts|harm|hostil"}, {"not|neither|nor|never|no ", "its territory|their territory|its soil|their soil|its airspace|their airspace", "against|attack|hostil"},
		{"bar |bars|barred|forbid|prohibit|not|neither|keep", "enter|cross", "territory|border|frontier"}, {"recogni", "border|frontier|sovereignty over|territorial"},
		{"hold their fire|lay down arms|lay down their arms"}, {"withdraw|pull back|pulled back", "gun|troops|forces|artillery|heavy weapon|tanks"},
		{"forbid|ban|bar |bars |prohibit|preclude", "hostile|attack|use of force|use force|war "}, {"hostile act|hostile use|hostile purpose|hostile action"}, {"neither|no |nor|not", "place its|put its|lend|lease", "territory|airspace|soil|port|airfield|base"},
		{"respect", "border|territorial integrity|sovereignty|frontier"}, {"end", "war|hostilit|fighting"}, {"cessation of hostilit"}, {"inviolab"}, {"perpetual peace|lasting peace|peace and sincere|peace and friendship"}, {"peaceful means|settle disputes"},
	}},
	{"neutrality", [][]string{
		{"neutral"}, {"not|neither|nor|never|no ", "alliance|bloc|coalition", "against|directed|hostile"}, {"not|neither|nor|no ", "aggressor|attacker", "help|assist|aid|support"},
		{"not|neither|nor", "join", "alliance|bloc|coalition"}, {"stay out of|keep out of", "alliance|bloc|coalition|combination|war|conflict"}, {"forbid|bans|ban |bar |bars|prohibit|preclude|refrain|rules out", "alliance|bloc|coalition|grouping", "against|directed|hostile|join"},
	}},
	{"consultation", [][]string{{"consult"}, {"confer with"}, {"contact", "immediately|without delay|at once"}, {"hold talks", "threat|crisis"}}},
	{"defense", [][]string{
		{"mutual defence|mutual-defence|collective defence|common defence|joint defence"}, {"mutual", "assistance|aid|help|support", "!legal"}, {"assist|aid|help|support|defend|defence|act |act,|respond|answer|side|rescue", "attack|aggression|invasion|invaded|armed|siege|war "},
		{"attack on one|attack against one|attack on either"}, {"come", "aid|defence|help"}, {"assist|help|aid", "in the defence|in defence"}, {"assist|help|aid", "considers necessary|deems necessary|consider necessary|deem necessary|deems appropriate|considers appropriate|sees fit|thinks fit|deems fit"},
		{"cover|extend|apply|applies", "armed attack"}, {"die for"}, {"attack on|attack against|attack upon", "as an attack|as one on|be considered an attack"}, {"send|dispatch|deploy|commit", "troops|forces|soldiers|army", "invaded|attacked|attack |aggression"}, {"stand by|fight alongside|join forces|concert", "attack|aggression|invasion"}, {"promise to fight|fight for|fight alongside|defend each other|defend one another"}, {"security guarantee"},
		{"aggression against|attack on|attack against|aggression on", "considered|regarded|treated|deemed|seen as|taken as"}, {"assist|aid|help|support|defend", "if |should|in case|in the event|when", "threatened|endangered|danger|assailed"},
		{"oblige|commit|bind|promise|pledge|undert|bound|require|guarantee|vow|duty|swear", "defend |fight|go to war"}, {"defence guarantee|guarantee its|guarantees the"}, {"not stand idle|not stand by"}, {"prompt and effective"},
		{"defence clause|defence pact|defence treaty|defence alliance|defence guarantee|defence commitment|defence obligation"}, {"mobilise|mobilize", "should|if |in case|in the event"}, {"military assistance|military help", "if |should|in case|in the event|when"},
	}},
	{"basing", [][]string{
		{"ship|warship|vessel|navy|aircraft|jet|plane", "refuel|dock|berth|call at|land at"},
		{"open|use|access|lease|host|station|base|allow|berth|dock|refuel", "port|airfield|airport|base|airspace|harbour|harbor|facilit|territory|troops|frigate|warship|runway"},
		{"place|put", "disposal|at the use"}, {"stay|remain|stationed|garrison|presence", "troops|soldier|brigade|battalion|garrison"},
		{"forces|troops|soldier|army|navy|air force|aircraft|jets|planes|ships|submarine|frigate|warship|bomber|brigade|battalion", "use |using|cross|transit|overfl|station|based|enter|access|call at|dock|refuel|host|run |pre-position"},
		{"overfl|fly over|landing rights|foreign base|foreign troops|foreign soldiers|permanent base|military base|naval base|air base|visiting forces"}, {"access", "port|base|airfield|harbour|nanisivik"},
		{"on bases|no bases"},
	}},
	{"aid", [][]string{
		{"share|sharing|exchange|swap|pass", "intelligence|information|data|radar"}, {"instructor|radio|patrol boat|patrol truck|free of charge|arms transfer"},
		{"give|send|suppl|deliver|provi|furnish|sell|sale|buy|transfer|donat|lend|equip|purchas|procure|produce|hand over", "weapon|arms|equipment|ammunition|missile|drone|shell|tank|artillery|armour|battery|batteries|helicopter|aircraft|jets"},
		{"train|military equipment|loan|credit|grant|aid|relief|assistance|medic|course|doctor|scholarship|humanitarian|financ|intelligence|technology transfer"},
		{"million|billion", "dollar|euro|pound|yuan|rouble|ruble|rupee|yen|franc|€|$"},
	}},
	{"trade", [][]string{
		{"trade|tariff|export|import|deliver|customs|market|invest|purchase|tractor|commerce|preference|goods|duty-free|duties|gas |oil |grain|supply|supplies|cubic metre|barrel|tonne|tons"},
	}},
}

// plainWords takes quotation marks off and settles spelling.
var plainWords = strings.NewReplacer("defense", "defence", "“", "", "”", "", "\"", "", "‘", "", "«", "", "»", "")

// provisionTypes returns the type of provision that words lay down: one, or
// none. The words must be in lower case.
func provisionTypes(words string) string {
	padded := " " + plainWords.Replace(words) + " "
	for _, r := range provisionRules {
		for _, all := range r.words {
			if worded(padded, all) {
				return r.kind
			}
		}
	}
	return ""
}

func worded(words string, all []string) bool {
	for _, w := range all {
		if bad, no := strings.CutPrefix(w, "!"); no {
			if strings.Contains(words, bad) {
				return false
			}
			continue
		}
		if !slices.ContainsFunc(strings.Split(w, "|"), func(one string) bool { return strings.Contains(words, " "+one) || strings.Contains(words, "-"+one) }) {
			return false
		}
	}
	return true
}

// negatedClause reports whether the clause says that the provision is absent or
// goes: "contains no defence clause", "does not oblige", "drop the clause".
// What forbids by its nature (neutrality, not to attack) is not negated by that.
func (g *agreements) negatedClause(s, v int, kind string) bool {
	lemma := lower(g.token(s, v).Lemma)
	switch lemma {
	case "drop", "exclude", "remove", "delete", "lack", "omit", "end", "stop":
		return kind != "nonaggression"
	}
	if kind == "neutrality" || kind == "nonaggression" || kind == "other" {
		return false
	}
	switch lemma {
	case "forbid", "ban", "bar", "prohibit", "preclude", "rule":
		return true
	}
	for k := range g.children(s, v) {
		t := g.token(s, k)
		w := lower(t.Form)
		switch {
		case t.Rel == "advmod" && (w == "not" || w == "n't" || w == "n’t" || w == "never"):
			return true
		case (t.Rel == "obj" || t.Rel == "nsubj") && (w == "nothing" || w == "neither" || w == "nobody"):
			return true
		case t.Rel == "obj" || strings.HasPrefix(t.Rel, "nsubj"):
			for c := range g.children(s, k) {
				if w := lower(g.token(s, c).Form); w == "no" || w == "neither" {
					return true
				}
			}
		}
	}
	return false
}

// typedByName adds the provision that the kind of an agreement is: a
// "mutual-assistance pact", a "non-aggression treaty".
func (g *agreements) typedByName(k, s, first, i int) {
	if capital(g.token(s, i).Form) {
		return
	}
	for first < i && (g.token(s, first).UPOS == "DET" || g.token(s, first).UPOS == "PRON") {
		first++
	}
	span := g.words(s, first, g.titleEnd(s, i))
	words := lower(span.Of(g.text))
	kind := provisionTypes(words)
	for _, w := range strings.FieldsFunc(words, func(r rune) bool { return r == ' ' || r == '-' }) {
		switch w {
		case "access", "basing", "overflight", "lease":
			kind = "basing"
		}
	}
	switch kind {
	case "defense", "nonaggression", "neutrality", "basing":
		g.put(k, Provision{Type: kind, Span: span})
	}
}
