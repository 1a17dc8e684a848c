// Package language finds sentences, words and their dependency trees in
// English text. Every token carries the bytes that it was read from.
//
// Relations, tags and features are those of Universal Dependencies. The
// package resolves no names and knows no states: that is reading's work.
package language

import "github.com/casus-foederis/casus/text"

// Analysis is a text cut into sentences, in order, not overlapping.
type Analysis struct {
	Text      string     `json:"text"`
	Sentences []Sentence `json:"sentences"`
}

// Sentence is a sentence with its tree.
type Sentence struct {
	Span   text.Span `json:"span"`
	Tokens []Token   `json:"tokens"`
}

// Token is a syntactic word. The words of a multiword token ("do", "n't") each
// have their own part of its bytes; Surface is then the whole ("don't"),
// otherwise it equals Span.
type Token struct {
	Span    text.Span `json:"span"`
	Surface text.Span `json:"surface"`
	Form    string    `json:"form"`
	Lemma   string    `json:"lemma"`
	UPOS    string    `json:"upos"`            // universal tag: NOUN, VERB, PROPN ...
	XPOS    string    `json:"xpos"`            // Penn tag: NN, VBD ...
	Feats   string    `json:"feats,omitempty"` // UD features, sorted, "Number=Sing|Person=3"; empty if none
	Head    int       `json:"head"`            // index of the head in Sentence.Tokens; -1 for the root
	Rel     string    `json:"rel"`             // relation to the head: nsubj, ccomp, obl:agent ...
}
