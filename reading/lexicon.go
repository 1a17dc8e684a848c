package reading

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed lexicon/*.lex
var lexiconFiles embed.FS

// lexicon says which words report an act, and who stands where.
// docs/acts.md describes the files; every entry carries an example that runs
// as a test.
type lexicon struct {
	verbs   map[string][]*entry // by lemma of the verb or predicative adjective
	nouns   map[string][]*entry
	classes map[string]map[string]bool // "@treaty" -> lemmas
	forms   map[string]string          // inflected form of a verb -> its lemma in verbs
	entries []*entry                   // in the order of the files
}

// entry is one line of the lexicon: a pattern and the act that it means.
type entry struct {
	at         string // file:line
	head       string
	noun       bool
	slots      []slot
	root       string
	mode       string
	cameo      string // CAMEO root or event code, where the root's own does not fit
	of         string // what becomes of the act in V: empty (it is part of this one), alleged, denied, planned
	example    string
	received   bool // S is who it is done to, T who does it: "received arms from T"
	sure       bool // T must mean an actor: the verb has other senses
	transitive bool // the pattern asks for an object
	aimed      bool // the pattern has a place for T or M
	weight     int  // words and roles that the pattern asks for: the more, the surer
}

// slot is one thing that a pattern asks for beside its head.
type slot struct {
	preps    []string // empty: the direct object
	role     byte     // T target, M mutual partner, V embedded clause, C clause whose subject is the target, P particle, 0 words; no words: anything
	words    map[string]bool
	optional bool
}

var loadLexicon = sync.OnceValues(func() (*lexicon, error) { return readLexicon(lexiconFiles, "lexicon") })

// roots are the roots of PLOVER with the CAMEO root codes that they replace.
// Source: PLOVER codebook 0.8, table "CAMEO to PLOVER".
var roots = map[string]string{
	"AGREE": "03", "CONSULT": "04", "SUPPORT": "05", "COOPERATE": "06", "AID": "07", "CONCEDE": "08", "RETREAT": "08",
	"REQUEST": "10", "ACCUSE": "11", "REJECT": "12", "THREATEN": "13", "PROTEST": "14", "MOBILIZE": "15",
	"SANCTION": "16", "COERCE": "17", "ASSAULT": "19",
}

// prepositions that may open a slot.
var prepositions = wordSet("about above across after against along amid around as at before behind between beyond by despite during for from in inside into near of off on onto outside over regarding through to toward towards under upon via with within without alongside among")

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// readLexicon reads all .lex files of a folder, in the order of their names.
// It reports every mistake at once.
func readLexicon(fsys fs.FS, dir string) (*lexicon, error) {
	files, err := fs.Glob(fsys, path.Join(dir, "*.lex"))
	if err != nil {
		return nil, fmt.Errorf("list lexicon %s: %w", dir, err)
	}
	slices.Sort(files)
	l := &lexicon{verbs: map[string][]*entry{}, forms: map[string]string{}, nouns: map[string][]*entry{}, classes: map[string]map[string]bool{}}
	lines := map[string][]string{}
	var wrong []error
	for _, name := range files {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, fmt.Errorf("read lexicon: %w", err)
		}
		lines[name] = strings.Split(string(data), "\n")
	}
	eachLine := func(do func(at, line string) error) {
		for _, name := range files {
			for n, line := range lines[name] {
				if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
					continue
				}
				at := fmt.Sprintf("%s:%d", path.Base(name), n+1)
				if err := do(at, line); err != nil {
					wrong = append(wrong, fmt.Errorf("read lexicon: %s: %w", at, err))
				}
			}
		}
	}
	eachLine(func(at, line string) error { // classes first: patterns use them before their file is read
		if line[0] != '@' {
			return nil
		}
		name, words, ok := strings.Cut(line, ":")
		if !ok || l.classes[name] != nil {
			return fmt.Errorf("class %q: want \"@name: lemma lemma ...\", once", name)
		}
		l.classes[name] = wordSet(words)
		return nil
	})
	eachLine(func(at, line string) error {
		if line[0] == '@' {
			return nil
		}
		e, err := l.parse(line)
		if err != nil {
			return err
		}
		e.at = at
		l.add(e)
		return nil
	})
	return l, errors.Join(wrong...)
}

func (l *lexicon) add(e *entry) {
	l.entries = append(l.entries, e)
	index := l.verbs
	if e.noun {
		index = l.nouns
	}
	index[e.head] = append(index[e.head], e)
	if !e.noun {
		for _, form := range inflected(e.head) {
			if _, ok := l.forms[form]; !ok {
				l.forms[form] = e.head
			}
		}
	}
}

// irregular past forms and participles of verbs that the lexicon knows.
var irregular = map[string]string{
	"fight": "fought", "freeze": "froze frozen", "unfreeze": "unfroze unfrozen", "shoot": "shot", "stand": "stood", "feed": "fed", "forbid": "forbade forbidden",
	"withdraw": "withdrew withdrawn", "give": "gave given", "take": "took taken", "hold": "held", "meet": "met", "strike": "struck stricken",
	"send": "sent", "lend": "lent", "make": "made", "sell": "sold", "buy": "bought", "tell": "told", "seek": "sought", "break": "broke broken",
	"tear": "tore torn", "overthrow": "overthrew overthrown", "overrun": "overran", "bring": "brought", "build": "built", "lead": "led",
	"leave": "left", "rise": "rose risen", "sink": "sank sunk", "speak": "spoke spoken", "steal": "stole stolen", "swear": "swore sworn",
	"think": "thought", "write": "wrote written", "withhold": "withheld", "uphold": "upheld", "undertake": "undertook undertaken",
	"pay": "paid", "lay": "laid", "say": "said", "sit": "sat", "fly": "flew flown", "go": "went gone", "come": "came", "begin": "began begun",
	"blow": "blew blown", "catch": "caught", "choose": "chose chosen", "fall": "fell fallen", "find": "found", "forgive": "forgave forgiven",

	"get": "got gotten", "have": "had", "keep": "kept", "lose": "lost", "shake": "shook shaken", "show": "shown", "mean": "meant", "beg": "begged", "sweep": "swept",
}

// inflected returns the forms of a verb other than its lemma.
func inflected(verb string) []string {
	n := len(verb)
	last := verb[n-1]
	forms := strings.Fields(irregular[verb])
	vowel := func(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }
	switch {
	case last == 'e':
		forms = append(forms, verb+"d", verb+"s", verb[:n-1]+"ing")
	case last == 'y' && n > 1 && !vowel(verb[n-2]):
		forms = append(forms, verb[:n-1]+"ied", verb[:n-1]+"ies", verb+"ing")
	case strings.HasSuffix(verb, "s") || strings.HasSuffix(verb, "sh") || strings.HasSuffix(verb, "ch") || strings.HasSuffix(verb, "x"):
		forms = append(forms, verb+"ed", verb+"es", verb+"ing")
	default:
		forms = append(forms, verb+"ed", verb+"s", verb+"ing")
	}
	if n > 2 && !vowel(last) && vowel(verb[n-2]) && (!vowel(verb[n-3]) || last == 'l') {
		double := verb + string(last)
		forms = append(forms, double+"ed", double+"ing")
	}
	return forms
}

// verb returns the patterns of a verb by its lemma or, where the lemma is
// unknown, by its form: the lexicon knows how its own verbs inflect.
func (l *lexicon) verb(lemma, form string) []*entry {
	if e := l.verbs[lemma]; e != nil {
		return e
	}
	return l.verbs[l.forms[form]]
}

// parse reads one line: pattern => ROOT/mode CAMEO +effect < | example.
func (l *lexicon) parse(line string) (*entry, error) {
	pattern, rest, ok := strings.Cut(line, "=>")
	meaning, example, ok2 := strings.Cut(rest, "|")
	if !ok || !ok2 {
		return nil, errors.New("want \"pattern => ROOT/mode | example\"")
	}
	e := &entry{example: strings.TrimSpace(example)}
	for n, w := range strings.Fields(meaning) {
		if n > 0 && strings.Trim(w, "0123456789") == "" {
			e.cameo = w
		} else if effect, ok := strings.CutPrefix(w, "+"); ok && (effect == "alleged" || effect == "denied" || effect == "planned") {
			e.of = effect
		} else if w == "<" {
			e.received = true
		} else if n == 0 {
			e.root, e.mode, _ = strings.Cut(w, "/")
		} else {
			return nil, fmt.Errorf("meaning %q: want a root and +alleged, +denied or +planned", w)
		}
	}
	if roots[e.root] == "" {
		return nil, fmt.Errorf("root %q is none of PLOVER", e.root)
	}
	if e.cameo == "" {
		e.cameo = roots[e.root]
	}
	words := strings.Fields(pattern)
	if len(words) > 0 && words[0] == "S" {
		words = words[1:]
	} else {
		e.noun = true
	}
	if len(words) == 0 {
		return nil, errors.New("the pattern is empty")
	}
	e.head = words[0]
	var preps []string
	fixed := false
	for _, w := range words[1:] {
		s := slot{preps: preps}
		switch {
		case w == "T" || w == "M" || w == "V":
			s.role = w[0]
		case w == "T!":
			s.role, e.sure = 'T', true
		case strings.HasPrefix(w, "V="):
			set, err := l.words(w[2:])
			if err != nil {
				return nil, err
			}
			s.role, s.words = 'V', set
			e.weight++
		case w == "_": // anything: asks for an object, but does not make the act certain
		case w == "that":
			s.role = 'C'
		case w[0] == '+':
			set, err := l.words(w[1:])
			if err != nil {
				return nil, err
			}
			s.role, s.words = 'P', set
		case preps == nil && prepositions[strings.Split(w, "|")[0]]:
			preps = strings.Split(w, "|")
			continue
		default:
			set, err := l.words(w)
			if err != nil {
				return nil, err
			}
			s.words, fixed = set, true
			e.weight++
		}
		e.weight++
		e.slots = append(e.slots, s)
		preps = nil
	}
	if preps != nil {
		return nil, fmt.Errorf("nothing follows %q", strings.Join(preps, "|"))
	}
	for i := range e.slots {
		s := &e.slots[i]
		e.aimed = e.aimed || s.role == 'T' || s.role == 'M'
		e.transitive = e.transitive || s.preps == nil && s.role != 'P' && s.role != 'V' && s.role != 'C'
		s.optional = (s.role == 'T' || s.role == 'M') && (e.noun || fixed && s.preps != nil)
	}
	return e, nil
}

// words reads alternatives: lemmas and classes joined by bars.
func (l *lexicon) words(w string) (map[string]bool, error) {
	set := map[string]bool{}
	for part := range strings.SplitSeq(w, "|") {
		if part == "" {
			return nil, fmt.Errorf("empty alternative in %q", w)
		}
		if part[0] != '@' {
			set[part] = true
			continue
		}
		class, ok := l.classes[part]
		if !ok {
			return nil, fmt.Errorf("class %q is not defined", part)
		}
		for lemma := range class {
			set[lemma] = true
		}
	}
	return set, nil
}

// is tells whether a lemma belongs to a class; an unknown class is empty.
func (l *lexicon) is(class, lemma string) bool { return l.classes[class][lemma] }
