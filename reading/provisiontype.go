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

// Classes of words that several rules share.
const (
	armed    = "troops|forces|soldier|army|armies|navy|navies|fleet|air force|aircraft|jets|planes|helicopter|ship|vessel|boat|submarine|frigate|destroyer|warship|bomber|brigade|battalion|squadron|marines|police|coast guard|patrol|observers|engineers|inspectors"
	attacked = "attack|aggression|invasion|invaded|assault|assailed"
	not      = "not|n't |neither|nor|never|no |none|nobody|bar |bars|barred|barring|ban |bans|banned|forbid|forbad|prohibit|preclude|rules out|refrain|abstain"
	enemies  = "rebel|armed group|insurgent|guerrilla|militia|terror|separatist|enemy|enemies|opponent|hostile to|foes"
)

// provisionRules are tried in order; the first type that fits is taken. Words
// are beginnings of words; "a|b" is either, and a word with "!" must not occur.
var provisionRules = []provisionRule{
	{"offense", [][]string{
		{"make war|wage war|go to war|declare war|enter the war|take the field|join the war", "against|on |together|jointly", "!if |", "!attacked", "!not ", "!neither", "!refrain", "!renounc"},
		{"make war on it|war on it together|attack it together|march together|march jointly"},
		{"joint ", "attack|offensive|war |strike", "!refrain", "!not "}, {"jointly attack"}, {"wage war together"},
	}},
	{"neutrality", [][]string{
		{"neutral"}, {"not|neither|nor|never|no ", "alliance|bloc|coalition", "against|directed|hostile"}, {"not|neither|nor|no ", "aggressor|attacker", "help|assist|aid|support"},
		{"not|neither|nor", "join", "alliance|bloc|coalition"}, {"stay out of|keep out of", "alliance|bloc|coalition|combination|war|conflict"}, {"forbid|bans|ban |bar |bars|prohibit|preclude|refrain|rules out", "alliance|bloc|coalition|grouping", "against|directed|hostile|join"},
		{not, "aggressor|attacker|that attacks|which attacks|who attacks|at war with", "help|assist|aid |aiding|support|arm |arms|back"},
		{"stand aside|stay aside|sit out|keep out|stay out|remain aloof|stay aloof|take no part|not take part|no part in", "war|conflict|attack|fight|hostilit|alliance|bloc"},
	}},
	{"nonaggression", [][]string{
		{"non-aggression|nonaggression"}, {"renounc", "force|war"}, {"not", "use force|attack|invade|resort to force|use of force|threaten", "!if "}, {"refrain", "force|attack|war|threat"},
		{"neither|not|no |never|nor", "attack", "lend|territory|soil|airspace|land"}, {"neither|nor|not", "use its territory|use their territory|let its territory|allow its territory"},
		{"no support|not support|stop support|end support|no help|not help|not back", "rebel|armed group|insurgent|front|militia|opposition|terror"},
		{"not|no |neither|nor|never|stop|end |cease|halt", "support|help|back|arm |arming|shelter|assist|harbour|harbor|tolerate", "rebel|armed group|insurgent|guerrilla|militia|terror|separatist"},
		{"refrain", "act |acts|harm|hostil"}, {"not|neither|nor|never|no ", "its territory|their territory|its soil|their soil|its airspace|their airspace", "against|attack|hostil"},
		{"bar |bars|barred|forbid|prohibit|not|neither|keep", "enter|cross", "territory|border|frontier"}, {"recogni", "border|frontier|sovereignty over|territorial"},
		{"hold their fire|lay down arms|lay down their arms"}, {"stop|cease|halt|end ", "firing|shelling|shooting|bombing|all fire"}, {"withdraw|pull back|pulled back", "gun|troops|forces|artillery|heavy weapon|tanks"},
		{"forbid|ban|bar |bars |prohibit|preclude", "hostile|attack|use of force|use force|war "}, {"hostile act|hostile use|hostile purpose|hostile action"}, {"neither|no |nor|not", "place its|put its|lend|lease", "territory|airspace|soil|port|airfield|base"},
		{"respect", "border|territorial integrity|sovereignty|frontier"}, {"end the|ends the|ended the|end to|end a|ends a|end all|ending", "war|hostilit|fighting", "!cold war"}, {"cessation of hostilit"}, {"inviolab"}, {"perpetual peace|lasting peace|peace and sincere|peace and friendship"}, {"peaceful means|peacefully|peaceably"},
		{"renounc|forgo|forwent|forswear|forswore|abjure|give up|gave up|giving up|abstain|no recourse to|not have recourse to|not resort to|recourse to", "force |force,|arms |violence|war "},
		{not, "shelter|arm |arms|arming|harbour|harbor|back|finance|fund|train|host|tolerate|support|help|supply|lend", enemies}, {"each other's enem|each other’s enem|one another's enem|one another’s enem", not},
		{not, "soil|territor|coast|land|ports|airspace|waters", "harm|serve|against|attack|hostile|threat|enem"},
		{"not ", "station|deploy|place|post|bring|move", "weapon|gun|artillery|missile|tank|rocket", "!nuclear weapon"}, {"keep |stay ", armed + "|guns", "apart|a distance|clear of"},
		{"gun|weapon|artillery|front", "fall silent|fell silent|silent"},
	}},
	{"consultation", [][]string{{"consult"}, {"inform each other|inform one another|inform the other|tell each other", "before"}, {"confer with"}, {"contact", "immediately|without delay|at once"}, {"hold talks", "threat|crisis"},
		{"talk |talks|meet|confer", "threat|danger|crisis|asks for|attack|feels|incident|at risk", "within|ask|at once|immediately|without delay|if |when|should|must", "!refrain", "!common danger"}}},
	{"defense", [][]string{
		{"mutual defence|mutual-defence|collective defence|common defence|joint defence"}, {"mutual", "assistance|aid|help|support", "!legal"}, {"assist|aid|help|support|defend|defence|act |act,|respond|answer|side|rescue", "attack|aggression|invasion|invaded|armed|siege|war ", "!gangs"},
		{"attack on one|attack against one|attack on either"}, {"come", "aid|defence|help"}, {"assist|help|aid", "in the defence|in defence"}, {"assist|help|aid", "considers necessary|deems necessary|consider necessary|deem necessary|deems appropriate|considers appropriate|sees fit|thinks fit|deems fit"},
		{"cover|extend|apply|applies", "armed attack"}, {"die for"}, {"attack on|attack against|attack upon", "as an attack|as one on|be considered an attack"}, {"send|dispatch|deploy|commit", "troops|forces|soldiers|army", "invaded|attacked|attack |aggression"}, {"stand by|fight alongside|join forces|concert", "attack|aggression|invasion"}, {"promise to fight|fight for|fight alongside|defend each other|defend one another"}, {"security guarantee"},
		{"aggression against|attack on|attack against|aggression on", "considered|regarded|treated|deemed|seen as|taken as|met by|answered by"}, {"aid|assist|help|support|defend", "against all|against any|against every|against its enem|against enem"}, {"sent|send", "troops|forces|soldiers", "must|oblige|automatic|bound|required"}, {"assist|aid|help|support|defend", "if |should|in case|in the event|when", "threatened|endangered|danger|assailed"},
		{"oblige|commit|bind|promise|pledge|undert|bound|require|guarantee|vow|duty|swear", "defend |fight|go to war"}, {"defence guarantee|guarantee its|guarantees the"}, {"not stand idle|not stand by"}, {"prompt and effective"},
		{"defence clause|defence pact|defence treaty|defence alliance|defence guarantee|defence commitment|defence obligation"}, {"mobilise|mobilize", "should|if |in case|in the event"}, {"military assistance|military help", "if |should|in case|in the event|when"},
		{"repel|repulse|beat back|beat off|throw back|ward off", attacked + "|landing|armed|enemy"}, {"common danger"}, {"help the victim|aid the victim|aid of the victim|side with the victim|assist the victim"},
		{"send|intervene|step in|escort|stand with|stand beside|take its side|take the side|throw in|take up arms|all its forces|all forces|every means|all means|all available means", "attacked|" + attacked},
		{"military help|military aid|military assistance|military support|armed help|help of all|armed support|with all its forces|with all their forces", "at once|all means|immediately|without delay|all forces|obliged|bound"},
		{"military help|military assistance|military support", "promis|pledg|guarante|oblig"}, {"promise|bind|bound|oblige|commit|require", "troops|soldiers|send its army|send an army", "neither|no |not|nobody|nothing"}, {"promise of help|promise of assistance|pledge of help|promise of support in war"},
		{"armed attack|attack on|attack against", "own security|own peace|own safety|on itself|on both|on all|all members|on the other as"},
	}},
	{"basing", [][]string{
		{"ship|warship|vessel|navy|aircraft|jet|plane", "refuel|dock|berth|call at|land at"},
		{"open|use|access|lease|host|station|base|allow|berth|dock|refuel", "port|airfield|airport|base|airspace|harbour|harbor|facilit|territory|troops|frigate|warship|runway|pier|quay|anchorage|airstrip"},
		{"place|put", "disposal|at the use"}, {"stay|remain|stationed|garrison|presence", "troops|soldier|brigade|battalion|garrison"},
		{"forces|troops|soldier|army|navy|air force|aircraft|jets|planes|ships|submarine|frigate|warship|bomber|brigade|battalion", "use |using|cross|transit|overfl|station|based|enter|access|call at|dock|refuel|host|run |pre-position"},
		{"overfl|fly over|landing rights|foreign base|foreign troops|foreign soldiers|permanent base|military base|naval base|air base|visiting forces"}, {"access", "port|base|airfield|harbour|nanisivik"},
		{"on bases|no bases"},
		{armed, "operate in|operate from|operate out|operate on|fly from|fly over|land at|land in|land on|refuel|reload|exercise in|exercise on|train in|train on|hunt|follow|pursue|chase|let in|let into|admitted|stay in|stay on|stay at|remain in|remain on|moor|anchor|berth|come to the|came to the|patrol the|on its soil|on its territory|quartered|billet"},
		{"let |lets |allow|permit|grant|right to|entitle|may |open", armed, "into|enter|cross|waters|airspace|territor|soil|island|harbour|harbor|bay|creek|strait|coast|airfield|runway|port|line "},
		{"open|lets in|let in", armed}, {"keep|maintain|retain|leave", "troops|soldiers|garrison|men under arms", "there|on the|in the|on its|at the"}, {"land there|landing there|tracking station|radar station|naval station|listening post|monitoring station|a station in|a station on|a base|naval facility|supply depot|bases"},
		{"access|basing|overflight|visiting-forces|status-of-forces", "agreement|treaty|accord|pact|lease|deal"},
	}},
	{"other", [][]string{
		{"share|sharing|exchange|swap|pass|pool|trade|intelligence cooperation|clause on", "intelligence|information|data|radar picture|radar images|warning", "!billion", "!million"}, {"hotline|hot line|direct line"},
		{"joint commission|joint committee|joint panel|joint council|joint staff|joint headquarters|joint patrol|joint exercise|joint command"}, {"arbitrat|mediat|adjudicat|international court"},
		{"settle|resolve|resolv|solve", "dispute|differences|quarrel|disagreement"}, {"notify|inform|warn|tell|notice|announce", "movement|manoeuvre|maneuver|exercise|in advance|beforehand|incident|each other of|one another of|before"},
		{"clear mines|demin"}, {"extradit"}, {"prisoners|detainees", "exchange|return|release"},
	}},
	{"aid", [][]string{
		{"instructor|radio|patrol boat|patrol truck|free of charge|arms transfer"},
		{"give|send|suppl|deliver|provi|furnish|sell|sale|buy|transfer|donat|lend|equip|purchas|procure|produce|hand over", "weapon|arms|equipment|ammunition|missile|drone|shell|tank|artillery|armour|battery|batteries|helicopter|aircraft|jets"},
		{"train|military equipment|loan|credit|grant|aid|relief|assistance|medic|course|doctor|scholarship|humanitarian|financ|technology transfer"},
		{"million|billion", "dollar|euro|pound|yuan|rouble|ruble|rupee|yen|franc|€|$"},
		{"help|assist|aid", "gangs|bandit|smuggl|pirate|piracy|traffick"},
		{"help|assist|relief|rescue", "disaster|pandemic|flood|earthquake|epidemic|famine|drought|cyclone|hurricane"}, {"lend |lends|lent |lending"}, {"pay for|pays for|paid for|foot the bill|bear the cost|at its expense|at the expense|free of charge|at no cost", "!exempt"},
		{"give|gives|gave|get|gets|receiv|suppl|deliver|hand|transfer|donat|sell", "fighters|boats|launcher|vehicle|truck|radar|scanner|rocket|rifle|cutter|corvette|armoured|uniform|spare parts|places at|arms |vessels|warships|frigates|howitzer"},
		{"build|rebuild|repair|modernis|moderniz|equip", "runway|hospital|school|road|railway|barracks|bridge|harbour|harbor|dam |port |station for|academy|hospital"}, {"for arms|on arms|for weapons"},
	}},
	{"trade", [][]string{
		{"trade|tariff|export|import|deliver|customs|market|invest|purchase|tractor|commerce|preference|goods|duty-free|duties|gas |oil |grain|supply|supplies|cubic metre|barrel|tonne|tons|levy|levies|quota|electricity|crude|toll |tolls|excise|free trade|goods and services|fixed price|at a discount|free of duty|from duty"},
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
		case (t.Rel == "obj" || t.Rel == "iobj" || t.Rel == "nsubj") && (w == "nothing" || w == "neither" || w == "nobody"):
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
