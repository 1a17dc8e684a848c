// Package record stores what was reported: reports with their readings, every
// statement, act and agreement in them as a row that can be asked for, and
// judgements on which of them are the same.
//
// A record has two times. An item holds on days: a statement on the day it was
// made, an act on the day it happened, an agreement from its signing on. And it
// is known from a day: that on which its report appeared. Every question takes
// both, so that the record can be asked as it was known earlier.
//
// The same bytes are stored once. Other bytes under the same address are a
// later version of the page; earlier ones stay. Nothing is judged here: whether
// a claim is true is the business of package check. The package has no clock:
// callers say when something was added.
package record

import (
	"context"
	"errors"
	"io"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
)

// Store is a record. Its methods may be called at the same time. Errors say
// what was attempted on which report, then the cause.
type Store interface {
	// Add stores one report in one transaction: all of it or nothing.
	Add(ctx context.Context, e Entry) (Added, error)
	// Stored says whether the bytes with a hash are stored, and how. Who adds many
	// reports asks it before reading them.
	Stored(ctx context.Context, hash string) (Added, bool, error)
	// Report returns a report by its hash, the beginning of it (six characters
	// or more), or its id; of several, the latest version. ErrNotFound if there
	// is none, ErrAmbiguous if the beginning fits several.
	Report(ctx context.Context, key string) (*Stored, error)
	// Reports returns reports by their hashes, those that are there, without the
	// other versions of their pages.
	Reports(ctx context.Context, hashes ...string) ([]*Stored, error)
	// List returns the heads of reports, latest added first.
	List(ctx context.Context, q Query) ([]Head, error)
	// Search returns the items that fit, those of the latest report first.
	Search(ctx context.Context, q Query) ([]Item, error)
	// Deeds finds acts and agreements of some parties by their roots and days.
	Deeds(ctx context.Context, q DeedQuery) ([]Item, error)
	// Mentioned finds reports that hold any of some rare words, of those published at
	// most so many days before or after a day.
	Mentioned(ctx context.Context, words []string, at, within day.Day, known *day.Day, limit int) ([]Head, error)
	// Walk calls do for every item that fits, the first added first, with the
	// document of its report, which do must not keep or change. It sees the record
	// as it was when it began, keeps a page of items in memory, and stops at the
	// first error of do. Limit is the most items; 0 is all.
	Walk(ctx context.Context, q Query, do func(Item, *reading.Document) error) error
	// Names returns who takes part in items as known today, those with most
	// items first. It reads a table that holds each name once and not the items:
	// tens of milliseconds for a hundred thousand names.
	Names(ctx context.Context, q NameQuery) ([]Named, error)
	// Tally counts the items that fit by an axis: in order of time, else the
	// most frequent first; all values unless q has a limit. By day, month, year
	// or outlet it costs a walk over the heads of reports (100,000 in 60 ms) if
	// nothing is asked that concerns single items; by day, month, year or kind a
	// walk over an index (100,000 items in 70 ms) if a State or a Name is asked,
	// alone or with Role, Kinds, Known, From and To. Anything else reads every
	// item that fits: a second for 100,000.
	Tally(ctx context.Context, q Query, by Axis) ([]Tallied, error)
	// Mark is another string whenever the record has changed.
	Mark(ctx context.Context) (string, error)
	// Count says how much there is.
	Count(ctx context.Context) (Counts, error)

	// Claimed returns what a speaker said, that of the report added last first.
	Claimed(ctx context.Context, q ClaimQuery) ([]Claim, error)
	// Unclaimed returns reports whose claims are not of a form, and how many there are.
	Unclaimed(ctx context.Context, form, limit int) (hashes []string, all int, err error)
	// SetClaims replaces the claims of stored reports, by hash.
	SetClaims(ctx context.Context, claims map[string]Claims) error

	// Judge stores a judgement and returns its number.
	Judge(ctx context.Context, j Judgement) (int64, error)
	// Undo takes a judgement back. It stays in the record.
	Undo(ctx context.Context, number int64, who, when string) error
	// Judgements returns those on an item or name, or all for "", in order.
	Judgements(ctx context.Context, about string) ([]Judgement, error)

	Queue
	// Decide adds a decision to a draft; ErrNoDraft, ErrDecided.
	Decide(ctx context.Context, draft int64, x Decision) error

	// Same returns a name and those that were judged to mean the same person, as
	// judged by the end of a day; nil: now. Search and Tally use them for Name,
	// Speaker and Target by themselves.
	Same(ctx context.Context, name string, known *day.Day) ([]string, error)

	// Export writes everything as JSON Lines; Import reads it into this store.
	Export(ctx context.Context, w io.Writer) error
	Import(ctx context.Context, r io.Reader) (Counts, error)
	// Backup writes a copy to a new file while others read and write.
	Backup(ctx context.Context, path string) error
	// Verify checks that the store is whole, and tells before each step what it looks
	// for: a large record takes minutes.
	Verify(ctx context.Context, tell ...func(what string)) error
	Close() error
}

// Queue is where drafts are proposed: a store, or the transaction in which a
// report is added to it.
type Queue interface {
	// Propose adds a draft, or its ground to a draft of the same instrument.
	Propose(ctx context.Context, d Draft, same func(Draft) bool) (number int64, did State, err error)
	// Drafts returns drafts with their grounds and decisions, latest added first.
	Drafts(ctx context.Context, q DraftQuery) ([]Draft, error)
}

// Errors that callers tell apart.
var (
	ErrNotFound  = errors.New("there is no such report in the record")
	ErrAmbiguous = errors.New("several reports in the record fit")
	ErrNoRecord  = errors.New("there is no record there yet")
	ErrNewer     = errors.New("the record was made by a newer version of the program")
	ErrExists    = errors.New("the file exists already")
	ErrNoWords   = errors.New("there is no word to look for")
	ErrManyWords = errors.New("too many words begin with")
	ErrUnable    = errors.New("this kind of store cannot do that")
)

// Entry is a report to be added.
type Entry struct {
	Hash     string // SHA-256 of the bytes as published, hexadecimal; empty: of the document
	Document *reading.Document
	Added    string // RFC 3339 in UTC
	Known    string // day from which it may be used; empty: the day of publication, else of adding
	Reread   bool   // replace the reading of bytes that are stored already
	Claims   Claims // made from the document; of form 0: not made

	// Then, if it is set, proposes drafts from the report, by its hash: they are
	// stored with it or neither is. It is not called for what is there unchanged.
	Then func(ctx context.Context, q Queue, hash string) error
}

// State says what adding a report did.
type State string

// What adding did.
const (
	Created   State = "new"       // the first of its page
	Revised   State = "version"   // other words than the page had before
	Unchanged State = "unchanged" // the bytes, or their words under that address, are there already
	Reread    State = "reread"    // the bytes were there; their reading was replaced
)

// Added is the result of Add.
type Added struct {
	State   State  `json:"state"`
	Hash    string `json:"hash"` // of the stored report; for Unchanged the one that was there
	Version int    `json:"version"`
}

// Head is a report without its document.
type Head struct {
	Hash       string `json:"hash"`
	ID         string `json:"id"`
	URL        string `json:"url,omitempty"`
	Outlet     string `json:"outlet,omitempty"`
	Title      string `json:"title,omitempty"`
	Published  string `json:"published,omitempty"`
	Known      string `json:"known"`
	Added      string `json:"added"`
	Version    int    `json:"version"`
	Statements int    `json:"statements"`
	Acts       int    `json:"acts"`
	Agreements int    `json:"agreements"`
}

// Stored is a report with its document, and with the other versions of its page
// in order.
type Stored struct {
	Head
	Versions []Head            `json:"versions"`
	Document *reading.Document `json:"document"`
}

// Kind is what an item is.
type Kind string

// The kinds of items.
const (
	Text      Kind = "report" // title and text of the report as a whole
	Statement Kind = "statement"
	Act       Kind = "act"
	Agreement Kind = "agreement"
)

// Item is one thing that a report holds.
type Item struct {
	Kind       Kind    `json:"kind"`
	Ref        string  `json:"ref"` // HASH#ID; of a Text the hash alone
	ID         string  `json:"id"`  // within the document
	Type       string  `json:"type,omitempty"`
	Status     string  `json:"status,omitempty"`
	Within     string  `json:"within,omitempty"` // the statement whose words these are; empty for the outlet's
	Instrument string  `json:"instrument,omitempty"`
	From       string  `json:"from,omitempty"` // days on which it held, half-open; empty if unknown
	To         string  `json:"to,omitempty"`   // empty if it has no end, or if From is
	Words      string  `json:"words"`          // its content; of a Text only its beginning
	Parties    []Party `json:"parties"`
	Report     Head    `json:"report"`
}

// Party is who takes part in an item, in the order of the document.
type Party struct {
	Role  string `json:"role"` // speaker, source, target, party
	Kind  string `json:"kind"` // of the actor: state, organization, group, person, outlet
	Name  string `json:"name"`
	State string `json:"state,omitempty"` // ISO alpha-3 of the state that it is or acts for
}

// Query asks for items or reports. Each field that is set narrows it; the zero
// value asks for everything as known today.
type Query struct {
	Words      string // all of them; "several words" stand together; -word is left out; wor* begins so
	AnyWord    bool   // any of the words instead of all
	Kinds      []Kind // any of them; none: all
	Speaker    string // words of the speaker's name
	Name       string // exact name of any party, or another name that was judged to mean the same person
	State      string // ISO alpha-3 of any party, or of the speaker's state
	Role       string // in which Name and State take part: speaker, source, target, party; empty: any
	Target     string // words of the target's name, or its ISO alpha-3 code
	Type       string // PLOVER root, or form of agreement; case does not matter
	Status     string
	Instrument string // id in the corpus
	Outlet     string // exact name
	Ref        string // hash of the report
	Within     *string

	From, To *day.Day // day of publication, half-open
	On       *day.Day // the item held on that day
	Known    *day.Day // as the record was known then; nil: now

	Limit, Offset int // at most Limit; 0 means 100

	// After is where a page before ended: the ref of an item for Search, the hash
	// of a report for List. What follows it is found without reading what came
	// before, and what is added meanwhile moves nothing. ErrNotFound if it is gone.
	After string
}

// Judgement says that two items, or two names, are the same or are not.
type Judgement struct {
	Number int64  `json:"number"`
	Kind   string `json:"kind"` // act, person, agreement, report
	A      string `json:"a"`    // HASH#ID, or a name
	B      string `json:"b"`
	Same   bool   `json:"same"`
	Who    string `json:"who"`
	Why    string `json:"why,omitempty"`
	Made   string `json:"made"` // RFC 3339 in UTC
	Undone string `json:"undone,omitempty"`
	Undoer string `json:"undoer,omitempty"`
}

// Counts says how much a record holds.
type Counts struct {
	Reports    int `json:"reports"` // versions counted
	Pages      int `json:"pages"`
	Statements int `json:"statements"`
	Acts       int `json:"acts"`
	Agreements int `json:"agreements"`
	Judgements int `json:"judgements"`
	Drafts     int `json:"drafts"`
}
