package reading

import (
	"strings"

	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
)

// ActFeatures describes what a sentence says between a source and a target
// that are told by their words, for an [ActModel]: the acts that the lexicon
// finds and whose they are, the words on the way between the two, their verbs,
// and the sentence's own words.
func (r *Reader) ActFeatures(sentence, source, target string) []string {
	p := r.begin(&report.Report{Text: sentence})
	p.findMentions()
	lex, err := loadLexicon()
	if err != nil {
		return nil
	}
	s, t := place(sentence, source), place(sentence, target)
	var f features
	for i := range p.sentences {
		a := newActReader(p, lex, i)
		f.sentence(a, a.deeds(), a.headIn(s), a.headIn(t), s, t)
	}
	return f.list
}

// place returns the bytes of a phrase in a sentence; empty if it is not there.
func place(sentence, phrase string) text.Span {
	at := strings.Index(sentence, phrase)
	if at < 0 || phrase == "" {
		return text.Span{}
	}
	return text.Span{Start: at, End: at + len(phrase)}
}

// headIn returns the token that heads a stretch of text, or -1.
func (r *actReader) headIn(s text.Span) int {
	for i := range r.tokens {
		if !s.Contains(r.tokens[i].Span) || r.tokens[i].Span.Empty() {
			continue
		}
		if h := r.head(i); (h < 0 || !s.Contains(r.tokens[h].Span)) && r.tokens[i].UPOS != "PUNCT" && r.tokens[i].UPOS != "ADP" {
			return i
		}
	}
	return -1
}

type features struct{ list []string }

func (f *features) add(parts ...string) { f.list = append(f.list, strings.Join(parts, " ")) }

// sentence adds the features of one sentence; source and target are tokens or
// -1 where they stand in another.
func (f *features) sentence(r *actReader, deeds []deed, source, target int, s, t text.Span) {
	for _, d := range deeds {
		root := (&Act{Type: d.root, CAMEO: d.cameo}).Plover05()
		whose := ""
		for _, h := range d.sources {
			if s.Overlaps(r.wording(h, true)) {
				whose += "s"
			}
		}
		for _, h := range d.targets {
			if t.Overlaps(r.wording(h, true)) {
				whose += "t"
			}
		}
		f.add("act", root, whose)
		f.add("act", root, "anybody's")
		f.add("pattern", strings.TrimPrefix(d.why, "lexicon "), whose)
		if d.of != "" {
			f.add("act", root, d.of, whose)
		}
	}
	for i := range r.tokens {
		tok := &r.tokens[i]
		lemma := r.lemma(i)
		switch tok.UPOS {
		case "VERB", "NOUN", "ADJ", "ADV", "AUX", "PART":
			f.add("word", lemma)
			if h := r.hit(i); h != nil {
				f.add("hit", (&Act{Type: h.entry.root, CAMEO: h.entry.cameo}).Plover05())
			}
		case "PROPN":
			f.add("name", lemma)
		}
		if i > 0 && tok.UPOS != "PROPN" && r.tokens[i-1].UPOS != "PROPN" {
			f.add("pair", r.lemma(i-1), lemma)
		}
	}
	if source >= 0 {
		f.add("source", r.lemma(source), "")
		f.above(r, "source", source)
	}
	if target >= 0 {
		f.add("target", r.lemma(target), "")
		f.add("target as", r.tokens[target].Rel, r.prep(target))
		f.above(r, "target", target)
	}
	if source >= 0 && target >= 0 {
		f.path(r, source, target)
	}
}

// above adds the predicates over a participant, nearest first.
func (f *features) above(r *actReader, role string, i int) {
	n := 0
	for at := r.head(i); at >= 0 && n < 3; at = r.head(at) {
		if u := r.tokens[at].UPOS; u != "VERB" && u != "NOUN" && u != "ADJ" {
			continue
		}
		lemma := r.lemma(at)
		f.add(role, "under", lemma)
		if n == 0 {
			g := r.frame(at)
			f.add(role, "first under", lemma, g.modal)
			if g.negated {
				f.add(role, "under not")
			}
			if g.modal != "" {
				f.add(role, "under modal", g.modal)
			}
			if g.object >= 0 {
				f.add(role, "verb and object", lemma, r.lemma(g.object))
			}
			for _, c := range g.clausal {
				f.add(role, "verb and clause", lemma, r.lemma(c))
				f.add(role, "clause", r.lemma(c))
				if h := r.hit(c); h != nil {
					f.add(role, "verb and clause of", lemma, h.entry.root)
				}
			}
		}
		if h := r.hit(at); h != nil {
			f.add(role, "under hit", (&Act{Type: h.entry.root, CAMEO: h.entry.cameo}).Plover05())
		}
		n++
	}
}

// path adds the words on the way through the tree from source to target.
func (f *features) path(r *actReader, source, target int) {
	above := map[int]bool{}
	for at, n := source, 0; at >= 0 && n < 3*reach; at, n = r.head(at), n+1 {
		above[at] = true
	}
	meet := target
	for n := 0; meet >= 0 && !above[meet] && n < 3*reach; n++ {
		meet = r.head(meet)
	}
	if meet < 0 {
		return
	}
	word := func(i int) {
		switch r.tokens[i].UPOS {
		case "VERB", "NOUN", "ADJ":
			f.add("way", r.lemma(i))
			if h := r.hit(i); h != nil {
				f.add("way hit", (&Act{Type: h.entry.root, CAMEO: h.entry.cameo}).Plover05())
			}
		}
	}
	for at, n := source, 0; at >= 0 && at != meet && n < 3*reach; at, n = r.head(at), n+1 {
		if at != source {
			word(at)
		}
	}
	word(meet)
	f.add("top", r.lemma(meet))
	for at, n := target, 0; at >= 0 && at != meet && n < 3*reach; at, n = r.head(at), n+1 {
		if at != target {
			word(at)
		}
	}
}
