package reading

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/reading/attribution"
)

// notion says whether something was said, believed, meant, perceived or
// ordered.
func (h *hearing) notion(c *claim) string {
	if s, ok := h.sense(c); ok {
		return s.Notion
	}
	return "speech"
}

// sense looks the cue up: its head, else any of its words.
func (h *hearing) sense(c *claim) (attribution.Sense, bool) {
	s := c.CueHead.Sentence
	if s < 0 || len(c.Cue) == 0 {
		return attribution.Sense{}, false
	}
	if x, ok := attribution.SenseOf(cueLemma(h.token(s, c.CueHead.Token))); ok {
		return x, true
	}
	for _, t := range h.sentences[s].Tokens {
		if c.Cue[0].Contains(t.Span) {
			if x, ok := attribution.SenseOf(cueLemma(&t)); ok {
				return x, true
			}
		}
	}
	return attribution.Sense{}, false
}

// cueLemma is the lemma of a word as a cue. The lemmatiser goes by endings and
// cuts some verbs short ("declin"); then the known cue that the form is made of
// counts.
func cueLemma(t *language.Token) string {
	lemma := lower(t.Lemma)
	if t.UPOS != "VERB" || knownCue(lemma) {
		return lemma
	}
	form := lower(t.Form)
	for _, e := range [][2]string{{"d", ""}, {"ed", ""}, {"s", ""}, {"es", ""}, {"ing", ""}, {"ing", "e"}, {"ied", "y"}, {"ies", "y"}} {
		if stem, ok := strings.CutSuffix(form, e[0]); ok && knownCue(stem+e[1]) {
			return stem + e[1]
		}
	}
	return lemma
}

func knownCue(lemma string) bool {
	_, ok := attribution.SenseOf(lemma)
	return ok || silence[lemma] || promises[lemma] || lemma == "decline"
}

// act fills in what the statement does: the verbal act of its cue, whom it is
// addressed to, and whether cue and content are negated or modal.
func (h *hearing) act(c *claim, st *Statement) {
	s, cue := c.CueHead.Sentence, c.CueHead.Token
	if s < 0 {
		return
	}
	if x, ok := h.sense(c); ok {
		st.Act = x.Act
	}
	st.Negated = h.negated(s, cue)
	for k := range h.children(s, cue) {
		t := h.token(s, k)
		addressed := t.Rel == "iobj" || t.Rel == "obj"
		if t.Rel == "obl" {
			if m := h.child(s, k, "case"); m >= 0 {
				addressed = slices.Contains([]string{"to", "against", "at", "with", "on", "upon"}, lower(h.token(s, m).Form))
			}
		}
		if !addressed {
			continue
		}
		for _, a := range h.actorsAt(s, k) {
			if id := h.doc.Actors[a].ID; !slices.Contains(st.Target, id) && (st.Speaker == nil || *st.Speaker != id) {
				st.Target = append(st.Target, id)
			}
		}
	}
	for k := range h.children(s, cue) {
		if t := h.token(s, k); t.Rel == "ccomp" || t.Rel == "xcomp" || t.Rel == "parataxis" {
			st.Modality = h.modality(s, k)
			break
		}
	}
}

func (h *hearing) negated(s, verb int) bool {
	for k := range h.children(s, verb) {
		switch lower(h.token(s, k).Lemma) {
		case "not", "never", "n't", "neither":
			return true
		}
	}
	return false
}

// modality is the modal verb of a clause: will, would, may or must.
func (h *hearing) modality(s, verb int) string {
	for k := range h.children(s, verb) {
		t := h.token(s, k)
		if !strings.HasPrefix(t.Rel, "aux") {
			continue
		}
		switch lower(t.Form) {
		case "will", "'ll", "’ll", "shall":
			return "will"
		case "would", "'d", "’d", "should":
			return "would"
		case "may", "might", "can", "could":
			return "may"
		case "must":
			return "must"
		}
	}
	return ""
}
