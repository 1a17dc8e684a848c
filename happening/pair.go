package happening

import (
	"math"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/record"
)

// Enough is the score from which two accounts are taken for one act.
const Enough = 2.4

// kin are roots that reports give to one act: a signature is told as support, a
// seizure as an assault.
var kin = map[[2]string]bool{
	{"AGREE", "SUPPORT"}: true, {"AGREE", "COOPERATE"}: true, {"AGREE", "RETREAT"}: true, {"AGREE", "CONCEDE"}: true, {"AGREE", "AID"}: true,
	{"CONCEDE", "RETREAT"}: true, {"AID", "COOPERATE"}: true, {"AID", "SUPPORT"}: true, {"COOPERATE", "SUPPORT"}: true,
	{"ASSAULT", "COERCE"}: true, {"COERCE", "MOBILIZE"}: true, {"COERCE", "SANCTION"}: true, {"MOBILIZE", "THREATEN"}: true,
	{"SANCTION", "THREATEN"}: true, {"ASSAULT", "THREATEN"}: true, {"REJECT", "SANCTION"}: true, {"RETREAT", "SANCTION"}: true,
	{"ACCUSE", "REJECT"}: true, {"AGREE", "CONSULT"}: true, {"CONSULT", "COOPERATE"}: true, {"COOPERATE", "MOBILIZE"}: true,
}

func alike(a, b string) bool { return kin[[2]string{min(a, b), max(a, b)}] }

// kinRoots are a root and those that are alike.
func kinRoots(root string) []string {
	out := []string{root}
	for pair := range kin {
		switch root {
		case pair[0]:
			out = append(out, pair[1])
		case pair[1]:
			out = append(out, pair[0])
		}
	}
	slices.Sort(out)
	return out
}

// likeness is how much speaks for two accounts being of one act.
type likeness struct {
	score float64
	why   []string
	never bool // something rules it out
}

func (l *likeness) add(score float64, why string) {
	l.score += score
	if score > 0 && why != "" {
		l.why = append(l.why, why)
	}
}

var ruledOut = likeness{never: true, score: math.Inf(-1)}

// compare says how alike two accounts are. It is symmetric.
func compare(a, b *telling) likeness {
	var l likeness
	switch {
	case a.root == b.root:
		l.add(1, "both "+a.root)
	case alike(a.root, b.root):
		l.add(0.2, "")
	default:
		return ruledOut
	}
	if !l.parties(a, b) || !l.days(a, b) {
		return ruledOut
	}
	l.content(a, b)
	if a.Kind == record.Act && b.Kind == record.Act && a.Report.Hash == b.Report.Hash && a.root == b.root && a.dated && b.dated && a.when != b.when {
		return ruledOut // one report tells them apart
	}
	return l
}

// parties compares who acts and who is acted upon. A side that a report leaves
// out speaks neither for nor against.
func (l *likeness) parties(a, b *telling) bool {
	if a.mutual != b.mutual { // one report gives the act a direction, the other none
		a, b = a.undirected(), b.undirected()
	}
	known, shared := 0.0, 0
	for _, side := range [][2]map[string]bool{{a.source, b.source}, {a.target, b.target}} {
		n := overlap(side[0], side[1])
		if len(side[0]) == 0 || len(side[1]) == 0 {
			continue
		}
		if n == 0 {
			return false
		}
		shared += n
		known += float64(n) / float64(max(len(side[0]), len(side[1])))
	}
	if shared == 0 || a.mutual && shared == 1 && len(a.source) > 1 && len(b.source) > 1 { // each has another partner
		return false
	}
	why := "the same parties"
	if shared == 1 {
		why = "a party in common"
	}
	switch {
	case a.mutual:
		l.add(min(1.2, known*float64(shared)*0.6), why)
	default:
		l.add(known*0.6, why)
	}
	return true
}

func (t *telling) undirected() *telling {
	u := *t
	u.mutual, u.source, u.target = true, map[string]bool{}, nil
	for _, side := range []map[string]bool{t.source, t.target} {
		for k := range side {
			u.source[k] = true
		}
	}
	return &u
}

func overlap(a, b map[string]bool) int {
	n := 0
	for k := range a {
		if b[k] {
			n++
		}
	}
	return n
}

// days compares when the act happened; where a report does not say, when it
// appeared.
func (l *likeness) days(a, b *telling) bool {
	switch {
	case a.dated && b.dated:
		gap := apart(a.when, b.when)
		fine := length(a.when) == 1 && length(b.when) == 1
		switch {
		case gap == 0 && fine:
			l.add(1.2, "the same day")
		case gap == 0:
			l.add(0.5, "days that fit")
		case gap <= 1:
			l.add(-0.4, "")
		case gap <= 2 && fine:
			l.add(-1.2, "")
		default:
			return false
		}
	case a.dated || b.dated:
		known, other := a, b
		if b.dated {
			known, other = b, a
		}
		switch late := other.published - (known.when.To - 1); {
		case late < -1: // told before it happened
			if other.Status != "planned" {
				return false
			}
		case late <= 3:
			l.add(0.5, "told when it happened")
		case late <= 12:
		default:
			l.add(-0.6, "")
		}
	default:
		switch gap := abs(a.published - b.published); {
		case gap <= 2:
			l.add(0.5, "told at the same time")
		case gap <= 7:
		default:
			l.add(-0.6, "")
		}
	}
	return true
}

func length(p day.Period) day.Day { return p.To - p.From }

func abs(d day.Day) day.Day { return max(d, -d) }

// apart is how many days lie between two periods; 0 if they share one.
func apart(a, b day.Period) day.Day { return max(0, max(a.From, b.From)-min(a.To, b.To)+1) }

// content compares the words: those of the sentences, and with the headlines.
func (l *likeness) content(a, b *telling) {
	sentence, shared := cosine(a.words, b.words)
	topic, _ := cosine(a.topic, b.topic)
	l.add(2.2*sentence+1.6*topic-0.4, "")
	if len(shared) > 0 {
		l.why = append(l.why, "words in common: "+strings.Join(shared, ", "))
	}
}

// cosine is the likeness of two bags of weighted words, with the shared words
// that weigh most, at most six.
func cosine(a, b map[string]float64) (float64, []string) {
	var dot, na, nb float64
	var shared tally
	for w, x := range a {
		na += x * x
		y := b[w]
		dot += x * y
		if x*y >= 1 {
			shared.names = append(shared.names, w)
		}
	}
	for _, y := range b {
		nb += y * y
	}
	if dot == 0 {
		return 0, nil
	}
	sortBy(shared.names, func(w string) float64 { return -a[w] * b[w] })
	// Rounded, since the order of a map must not decide.
	return math.Round(1e6*dot/math.Sqrt(na*nb)) / 1e6, shared.names[:min(6, len(shared.names))]
}
