package reading

import (
	"bytes"
	"encoding/json"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/language"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
)

// Format is the version of the document that this package writes.
const Format = "casus.reading/1"

// Document is a report read: its parts, who appears, what was said, done and
// agreed. It is what casus read prints with --format json and what every later
// stage uses. All spans are byte offsets into Text; lists stand in the order of
// the text. docs/format/reading.md describes it field by field.
type Document struct {
	Format     string         `json:"format"`
	ID         string         `json:"id"`
	URL        string         `json:"url,omitempty"`
	Outlet     string         `json:"outlet,omitempty"`
	Published  string         `json:"published,omitempty"` // as finely as known: 2024-06-18 or 2024-06; empty if unknown
	Title      string         `json:"title,omitempty"`
	Section    string         `json:"section,omitempty"`
	Standfirst string         `json:"standfirst,omitempty"`
	Authors    []string       `json:"authors,omitempty"`
	Language   string         `json:"language,omitempty"` // ISO 639-1; other than "en" is read with warnings
	Text       string         `json:"text"`
	Posts      []report.Post  `json:"posts"`
	Media      []report.Media `json:"media"`
	Actors     []Actor        `json:"actors"`
	Entities   []Entity       `json:"entities"`
	Times      []Time         `json:"times"`
	Statements []Statement    `json:"statements"`
	Acts       []Act          `json:"acts"`
	Agreements []Agreement    `json:"agreements"`
	Problems   []Problem      `json:"problems,omitempty"`

	trees []language.Sentence // see Trees
}

// Problem is something that could not be read as it should.
type Problem struct {
	Message string    `json:"message"`
	Span    text.Span `json:"span"`
}

// Entity is a phrase that means a person, an organisation or people acting
// together, a nationality or a place, whoever it is: a list beside Actors, which
// holds only whom a report is about. One may lie inside another.
type Entity struct {
	Span text.Span `json:"span"`
	Type string    `json:"type"` // person, organization, nationality, place
}

// Actor is somebody or something that appears in a report: all mentions that
// were resolved to one. A name outside the tables has no Code and is still one
// Actor.
type Actor struct {
	ID       string      `json:"id"`              // "a1"; stable within the document
	Kind     string      `json:"kind"`            // state, organization, group, person, outlet
	Code     string      `json:"code,omitempty"`  // ISO alpha-3, acronym; empty for people and unknown names
	Name     string      `json:"name"`            // canonical name
	State    string      `json:"state,omitempty"` // the state that it is or acts for
	Role     string      `json:"role,omitempty"`  // office as worded in the report
	Office   string      `json:"office,omitempty"`
	Entity   string      `json:"entity,omitempty"` // id in package actor's tables when known there
	Mentions []text.Span `json:"mentions"`         // names only
	Nominal  []text.Span `json:"nominal,omitempty"`
}

// Time is an expression of time resolved against the day of publication.
// From is inclusive, To exclusive; both empty if it could not be resolved.
type Time struct {
	ID        string        `json:"id"`
	Span      text.Span     `json:"span"`
	Kind      string        `json:"kind"` // date, duration, set
	Value     string        `json:"value,omitempty"`
	From      string        `json:"from,omitempty"`
	To        string        `json:"to,omitempty"`
	Precision day.Precision `json:"-"`
}

// Statement is content attributed to a source by a cue.
type Statement struct {
	ID           string      `json:"id"`
	Source       []text.Span `json:"source"`
	Cue          []text.Span `json:"cue"`
	Content      []text.Span `json:"content"`
	Speaker      *string     `json:"speaker"`                // actor id; null if nobody could be resolved
	SpeakerName  string      `json:"speaker_name,omitempty"` // as an editor would name the speaker
	SpeakerState string      `json:"speaker_state"`          // ISO alpha-3 of the state that the speaker is or speaks for; null in JSON if there is none
	Kind         string      `json:"kind"`                   // direct, indirect, mixed
	Notion       string      `json:"notion"`                 // speech, belief, intention, perception, decree
	Act          string      `json:"act,omitempty"`          // PLOVER root of a verbal act: ACCUSE, REQUEST ...
	Target       []string    `json:"target,omitempty"`       // actor ids whom it is addressed to or aimed at
	Negated      bool        `json:"negated,omitempty"`
	Modality     string      `json:"modality,omitempty"` // will, would, may, must
	Within       *string     `json:"within"`             // id of the statement that relays this one
	Score        float64     `json:"score,omitempty"`
	Why          string      `json:"why,omitempty"` // rule or model path, for --explain
}

// MarshalJSON writes a speaker without a state as null, so that "speaks for no
// state" differs from a field that an older document does not have.
func (s Statement) MarshalJSON() ([]byte, error) {
	type plain Statement // without this method
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false) // the outer encoder escapes if it was asked to
	if s.SpeakerState != "" {
		err := e.Encode(plain(s))
		return b.Bytes(), err
	}
	err := e.Encode(struct {
		plain
		SpeakerState *string `json:"speaker_state"`
	}{plain: plain(s)})
	return b.Bytes(), err
}

// Act is something that the report says happened, will happen or is said to
// have happened.
type Act struct {
	ID         string      `json:"id"`
	Type       string      `json:"type"`           // PLOVER root
	Mode       string      `json:"mode,omitempty"` // PLOVER mode
	CAMEO      string      `json:"cameo,omitempty"`
	Of         string      `json:"of,omitempty"` // root of the act that this one promises, asks for, threatens or refuses
	Source     []string    `json:"source"`       // actor ids
	Target     []string    `json:"target"`
	SourceText string      `json:"source_text,omitempty"` // the words that name the source where it was read
	TargetText string      `json:"target_text,omitempty"`
	Place      string      `json:"place,omitempty"`
	Date       string      `json:"date,omitempty"` // as finely as the text settles it
	Status     string      `json:"status"`         // occurred, planned, alleged, denied
	Within     *string     `json:"within"`         // the statement whose words these are; null for the outlet's
	Trigger    []text.Span `json:"trigger"`
	Why        string      `json:"why,omitempty"`
}

// Agreement is a treaty, accord or pact that the report speaks of.
type Agreement struct {
	ID         string      `json:"id"`
	Title      string      `json:"title"` // as worded
	Form       string      `json:"form,omitempty"`
	Parties    []string    `json:"parties"` // actor ids
	Status     string      `json:"status"`  // signed, announced, proposed, ratified, in_force, suspended, terminated
	Signed     string      `json:"signed,omitempty"`
	Areas      []string    `json:"areas"`
	AreaSpans  []text.Span `json:"area_spans,omitempty"`
	Provisions []Provision `json:"provisions"`
	Instrument string      `json:"instrument,omitempty"` // id in the corpus when it is the same
	Mentions   []text.Span `json:"mentions"`
}

// Provision is a clause of an agreement as the report words it.
type Provision struct {
	Type        string    `json:"type"`              // defense, offense, neutrality, nonaggression, consultation, aid, basing, trade, other
	Trigger     string    `json:"trigger,omitempty"` // the condition in words
	TriggerSpan text.Span `json:"trigger_span"`
	By          *string   `json:"by"` // statement whose words these are; null for the outlet's
	Negated     bool      `json:"negated"`
	Span        text.Span `json:"span"`
}
