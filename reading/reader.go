// Package reading reads a report: who appears, when, who said what, what was
// done and what was agreed, each with the bytes that say so.
//
// It looks things up in package actor's tables and in the trees of package
// language. It does not know what other reports said, which treaties exist or
// whether a claim is true.
package reading

import (
	"fmt"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/reading/attribution"
	"github.com/casus-foederis/casus/reading/entity"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
)

// Reader reads reports. It is immutable and safe for concurrent use.
type Reader struct {
	model      *language.Model
	world      *actor.Table
	tagger     *entity.Tagger
	attributor *attribution.Attributor
	acts       *ActModel
}

// New returns a reader over the embedded models and tables.
func New() (*Reader, error) {
	m, err := language.Default()
	if err != nil {
		return nil, fmt.Errorf("load language model: %w", err)
	}
	t, err := entity.Default()
	if err != nil {
		return nil, fmt.Errorf("load tagger of names: %w", err)
	}
	a, err := attribution.Default()
	if err != nil {
		return nil, fmt.Errorf("load attributor: %w", err)
	}
	acts, err := DefaultActs()
	if err != nil {
		return nil, err
	}
	return &Reader{model: m, world: actor.World(), tagger: t, attributor: a, acts: acts}, nil
}

// Read reads one report. Whatever could not be resolved stays unresolved in the
// document; what could not be read at all is named in its problems.
func (r *Reader) Read(rep *report.Report) *Document {
	p := r.begin(rep)
	p.findMentions()
	p.findTimes()
	p.findStatements()
	p.findAgreements()
	p.findActs()
	p.findConclusions()
	p.doc.trees = p.sentences
	return p.doc
}

// page is a report while it is being read. Each stage adds to doc and to the
// fields that later stages look at.
type page struct {
	*Reader
	report    *report.Report
	published day.Period // zero To if unknown
	text      string
	sentences []language.Sentence
	kinds     []report.PartKind // sentence by sentence: the part of the report that it stands in
	body      []bool            // sentence by sentence: part of the body, not furniture
	links     []links           // sentence by sentence: the dependents of each token
	doc       *Document

	described map[[2]int][2]int // sentence and token of "he" or "she" -> of the noun that describes whom it means, where no name is known

	mentions []mention // in order of the text
	at       [][]int   // sentence, token -> index of the innermost mention that it heads or lies in; -1 if none
}

// mention is one stretch of text that means an actor: a name, a nominal
// ("the two countries") or a pronoun.
type mention struct {
	sentence    int
	first, last int // tokens, both inclusive
	head        int // token
	span        text.Span
	kind        mentionKind
	actors      []int // indices into doc.Actors; several for "both countries"; empty if unresolved
}

type mentionKind uint8

const (
	named mentionKind = iota
	nominal
	pronoun
)

// actorsAt returns the actors that the phrase headed by a token means:
// indices into doc.Actors.
func (p *page) actorsAt(sentence, token int) []int {
	if m := p.at[sentence][token]; m >= 0 {
		return p.mentions[m].actors
	}
	return nil
}
