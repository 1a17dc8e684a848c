package reading

import "slices"

// drop takes away what is no statement of somebody else: what speakers report
// of themselves, attitudes inside what somebody says, questions put in a
// transcript.
func (h *hearing) drop() {
	h.claims = slices.DeleteFunc(h.claims, func(c *claim) bool { return h.empty(c) })
	h.nest()
}

func (h *hearing) empty(c *claim) bool {
	if c.wholly {
		return false
	}
	if c.parent == nil {
		return false
	}
	if h.ownVoice(c) {
		return true
	}
	return h.notion(c) != "speech" || len(c.Source) == 0
}

// ownVoice reports whether the source is the one who is speaking anyway.
func (h *hearing) ownVoice(c *claim) bool {
	s := c.SourceHead.Sentence
	if s < 0 {
		return false
	}
	switch lower(h.token(s, c.SourceHead.Token).Form) {
	case "i", "we", "me", "us", "you", "my", "our":
		return true
	}
	return false
}

// notQuoting reports whether a claim's own cue does not introduce a relay.
func (h *hearing) notQuoting(c *claim) bool {
	s := c.CueHead.Sentence
	if s < 0 {
		return true
	}
	switch lower(h.token(s, c.CueHead.Token).Lemma) {
	case "quote", "report", "cite", "accord":
		return false
	}
	return true
}
