package record

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/text"
)

// Draft is an instrument as reports speak of it, kept until a person decides on
// it and after. What its text means is not this package's business: it keeps
// words.
type Draft struct {
	Number     int64      `json:"number,omitempty"`
	State      DraftState `json:"state"`
	Instrument string     `json:"instrument"` // id that the draft has
	Title      string     `json:"title"`
	Parties    []string   `json:"parties"`          // codes, sorted
	Signed     string     `json:"signed,omitempty"` // as finely as read
	Text       string     `json:"text"`             // treaty file as first drafted; it never changes
	Added      string     `json:"added"`            // RFC 3339 in UTC
	Grounds    []Ground   `json:"grounds"`          // in the order in which they came
	Decisions  []Decision `json:"decisions"`        // in order
}

// Ground is a report that a draft rests on, with the place where it says so.
type Ground struct {
	Report     Head        `json:"report"`     // when proposing, only its hash is looked at
	Agreement  string      `json:"agreement"`  // id within the document
	Statements []string    `json:"statements"` // ids within the document; none: these are the outlet's words
	Spans      []text.Span `json:"spans"`
	Text       string      `json:"text"` // treaty file as drafted from this report
	Added      string      `json:"added"`
}

// Decision is what a person made of a draft. Decisions are only ever added; the
// last one stands.
type Decision struct {
	Number  int      `json:"number"` // within the draft, from 1
	Verdict Verdict  `json:"verdict"`
	Who     string   `json:"who"`
	Why     string   `json:"why,omitempty"`
	Made    string   `json:"made"`            // RFC 3339 in UTC
	Grounds []string `json:"grounds"`         // hashes of the reports that the text rests on
	Before  string   `json:"before"`          // treaty file that the draft had
	After   string   `json:"after,omitempty"` // and has since; empty if it was rejected
}

// Verdict is what a decision says of a draft.
type Verdict string

// The verdicts.
const (
	Accept  Verdict = "accept"  // it is so
	Correct Verdict = "correct" // it is so as the person wrote it
	Reject  Verdict = "reject"  // it is not so
	Reopen  Verdict = "reopen"  // it waits again
)

// DraftState is where a draft stands: what its last decision made of it.
type DraftState string

// The states of drafts.
const (
	Waiting   DraftState = "waiting"
	Accepted  DraftState = "accepted"
	Corrected DraftState = "corrected"
	Rejected  DraftState = "rejected"
)

var stateAfter = map[Verdict]DraftState{Accept: Accepted, Correct: Corrected, Reject: Rejected, Reopen: Waiting}

// Standing returns the text that the draft has now: that of the last decision
// that left one, else the one first drafted.
func (d *Draft) Standing() string {
	for _, x := range slices.Backward(d.Decisions) {
		if x.After != "" {
			return x.After
		}
	}
	return d.Text
}

// DraftQuery asks for drafts. Each field that is set narrows it.
type DraftQuery struct {
	Numbers       []int64
	State         DraftState
	Party         string   // code of one of the parties
	Parties       []string // codes of all, sorted
	Limit, Offset int      // no limit: all
}

// Errors on drafts that callers tell apart.
var (
	ErrNoDraft = errors.New("there is no such draft in the record")
	ErrDecided = errors.New("it was decided meanwhile")
)

// Propose adds a draft with one ground, or the ground alone to a draft of the
// same parties that same says is of the same instrument. A report gives a draft
// one ground. It returns the draft's number: Created for a new one, Revised for
// one that gained a ground, Unchanged if the agreement of that report is there.
func (s *database) Propose(ctx context.Context, d Draft, same func(Draft) bool) (number int64, did State, err error) {
	err = s.change(ctx, func(tx *sql.Tx) (err error) {
		number, did, err = s.propose(ctx, tx, d, same)
		return err
	})
	if err != nil {
		return 0, "", fmt.Errorf("propose draft %s: %w", d.Instrument, err)
	}
	return number, did, nil
}

// adding is the queue while a report is added.
type adding struct {
	*database
	tx *sql.Tx
}

func (a adding) Propose(ctx context.Context, d Draft, same func(Draft) bool) (number int64, did State, err error) {
	if number, did, err = a.propose(ctx, a.tx, d, same); err != nil {
		return 0, "", fmt.Errorf("propose draft %s: %w", d.Instrument, err)
	}
	return number, did, nil
}

func (a adding) Drafts(ctx context.Context, q DraftQuery) ([]Draft, error) {
	return a.listDrafts(ctx, a.tx, q)
}

func (s *database) propose(ctx context.Context, tx *sql.Tx, d Draft, same func(Draft) bool) (number int64, did State, err error) {
	if len(d.Grounds) != 1 || len(d.Parties) == 0 || d.Text == "" || d.Added == "" {
		return 0, "", errors.New("it needs one report, parties, a text and when it was added")
	}
	g := d.Grounds[0]
	if err := s.lock(ctx, tx, "drafts"); err != nil {
		return 0, "", err
	}
	err = tx.QueryRowContext(ctx, s.bind(`SELECT g.draft FROM grounds g JOIN reports r ON r.number = g.report WHERE r.hash = ? AND g.agreement = ?`),
		g.Report.Hash, g.Agreement).Scan(&number)
	if !errors.Is(err, sql.ErrNoRows) {
		return number, Unchanged, err
	}
	candidates, err := s.drafts(ctx, tx, `WHERE parties = ? ORDER BY number`, partyList(d.Parties))
	if err != nil {
		return 0, "", err
	}
	for _, c := range candidates {
		if !same(c) {
			continue
		}
		if slices.ContainsFunc(c.Grounds, func(o Ground) bool { return o.Report.Hash == g.Report.Hash }) {
			return c.Number, Unchanged, nil
		}
		return c.Number, Revised, s.addGround(ctx, tx, c.Number, len(c.Grounds)+1, g)
	}
	number, err = s.addDraft(ctx, tx, d)
	return number, Created, err
}

// partyList is how parties are stored, and found by one code.
func partyList(codes []string) string { return "," + strings.Join(codes, ",") + "," }

func (s *database) addDraft(ctx context.Context, tx *sql.Tx, d Draft) (number int64, err error) {
	g := d.Grounds[0]
	err = tx.QueryRowContext(ctx, s.bind(`INSERT INTO drafts (ref, instrument, title, parties, signed, words, added) VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING number`),
		g.Report.Hash+"#"+g.Agreement, clean(d.Instrument), clean(d.Title), partyList(d.Parties), clean(d.Signed), clean(d.Text), d.Added).Scan(&number)
	if err != nil {
		return 0, err
	}
	for i, g := range d.Grounds {
		if err := s.addGround(ctx, tx, number, i+1, g); err != nil {
			return 0, err
		}
	}
	for _, x := range d.Decisions {
		if err := s.addDecision(ctx, tx, number, x); err != nil {
			return 0, err
		}
	}
	return number, nil
}

func (s *database) addGround(ctx context.Context, tx *sql.Tx, draft int64, place int, g Ground) error {
	statements, err := json.Marshal(append([]string{}, g.Statements...))
	if err != nil {
		return err
	}
	spans, err := json.Marshal(append([]text.Span{}, g.Spans...))
	if err != nil {
		return err
	}
	r, err := tx.ExecContext(ctx, s.bind(`INSERT INTO grounds (draft, place, report, agreement, statements, spans, words, added)
		SELECT CAST(? AS BIGINT), CAST(? AS INTEGER), number, ?, ?, ?, ?, ? FROM reports WHERE hash = ?`),
		draft, place, clean(g.Agreement), string(statements), string(spans), clean(g.Text), g.Added, g.Report.Hash)
	if err != nil {
		return err
	}
	if n, err := r.RowsAffected(); err == nil && n == 0 {
		return fmt.Errorf("report %s: %w", g.Report.Hash, ErrNotFound)
	}
	return nil
}

func (s *database) addDecision(ctx context.Context, tx *sql.Tx, draft int64, x Decision) error {
	grounds, err := json.Marshal(append([]string{}, x.Grounds...))
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, s.bind(`INSERT INTO decisions (draft, number, verdict, who, why, made, grounds, words_before, words_after) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
		draft, x.Number, string(x.Verdict), clean(x.Who), clean(x.Why), x.Made, string(grounds), clean(x.Before), clean(x.After))
	return err
}

// Decide adds a decision to a draft. Its number is the one that the draft's
// next decision has for whoever saw the draft: if somebody else decided
// meanwhile it is ErrDecided, with who and when.
func (s *database) Decide(ctx context.Context, draft int64, x Decision) error {
	if x.Number < 1 || stateAfter[x.Verdict] == "" || x.Who == "" || x.Made == "" {
		return errors.New("decide: a decision needs a number from 1, a verdict, who decides and when")
	}
	err := s.change(ctx, func(tx *sql.Tx) error {
		if err := s.lock(ctx, tx, fmt.Sprint("decide ", draft)); err != nil {
			return err
		}
		list, err := s.drafts(ctx, tx, `WHERE number = ?`, draft)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return ErrNoDraft
		}
		if n := len(list[0].Decisions); x.Number <= n {
			last := list[0].Decisions[n-1]
			return fmt.Errorf("%w: %s by %s on %s (decision %d)", ErrDecided, list[0].State, last.Who, last.Made, n)
		} else if x.Number != n+1 {
			return fmt.Errorf("it has %d decisions, and the next is not number %d", n, x.Number)
		}
		return s.addDecision(ctx, tx, draft, x)
	})
	if err != nil {
		return fmt.Errorf("decide on draft %d: %w", draft, err)
	}
	return nil
}

// Drafts returns those that fit, latest added first.
func (s *database) Drafts(ctx context.Context, q DraftQuery) ([]Draft, error) {
	return s.listDrafts(ctx, s.db, q)
}

func (s *database) listDrafts(ctx context.Context, db asker, q DraftQuery) ([]Draft, error) {
	var w where
	if len(q.Numbers) > 0 {
		var args []any
		for _, n := range q.Numbers {
			args = append(args, n)
		}
		w.add(`number IN (`+strings.TrimSuffix(strings.Repeat("?, ", len(args)), ", ")+`)`, args...)
	}
	if q.State != "" {
		for v, state := range stateAfter {
			if state == q.State {
				w.add(`coalesce((SELECT d.verdict FROM decisions d WHERE d.draft = drafts.number ORDER BY d.number DESC LIMIT 1), 'reopen') = ?`, string(v))
			}
		}
	}
	if q.Party != "" {
		w.add(`parties LIKE ?`, "%"+partyList([]string{strings.ToUpper(q.Party)})+"%")
	}
	if len(q.Parties) > 0 {
		w.add(`parties = ?`, partyList(q.Parties))
	}
	rest := w.String() + ` ORDER BY number DESC`
	if q.Limit > 0 {
		rest += ` LIMIT ? OFFSET ?`
		w.args = append(w.args, q.Limit, q.Offset)
	}
	list, err := s.drafts(ctx, db, rest, w.args...)
	if err != nil {
		return nil, fmt.Errorf("list drafts: %w", err)
	}
	return list, nil
}

// asker is a database or a transaction of it.
type asker interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// drafts reads whole drafts, those that rest picks out in its order.
func (s *database) drafts(ctx context.Context, db asker, rest string, args ...any) ([]Draft, error) {
	out := []Draft{}
	at := map[int64]int{}
	err := s.each(ctx, db, `SELECT number, instrument, title, parties, signed, words, added FROM drafts `+rest, args, func(rows *sql.Rows) error {
		d := Draft{State: Waiting, Grounds: []Ground{}, Decisions: []Decision{}}
		var parties string
		if err := rows.Scan(&d.Number, &d.Instrument, &d.Title, &parties, &d.Signed, &d.Text, &d.Added); err != nil {
			return err
		}
		d.Parties = strings.Split(strings.Trim(parties, ","), ",")
		at[d.Number] = len(out)
		out = append(out, d)
		return nil
	})
	if err != nil || len(out) == 0 {
		return out, err
	}
	within := `(SELECT number FROM drafts ` + rest + `)`
	err = s.each(ctx, db, `SELECT g.draft, g.agreement, g.statements, g.spans, g.words, g.added, `+headColumns+
		` FROM grounds g JOIN reports r ON r.number = g.report WHERE g.draft IN `+within+` ORDER BY g.draft, g.place`, args, func(rows *sql.Rows) error {
		var g Ground
		var draft int64
		var statements, spans string
		err := rows.Scan(append([]any{&draft, &g.Agreement, &statements, &spans, &g.Text, &g.Added}, g.Report.fields()...)...)
		if err != nil {
			return err
		}
		i, ok := at[draft]
		if !ok { // added since
			return nil
		}
		d := &out[i]
		d.Grounds = append(d.Grounds, g)
		last := &d.Grounds[len(d.Grounds)-1]
		return errors.Join(json.Unmarshal([]byte(statements), &last.Statements), json.Unmarshal([]byte(spans), &last.Spans))
	})
	if err != nil {
		return nil, err
	}
	err = s.each(ctx, db, `SELECT draft, number, verdict, who, why, made, grounds, words_before, words_after FROM decisions WHERE draft IN `+
		within+` ORDER BY draft, number`, args, func(rows *sql.Rows) error {
		var x Decision
		var draft int64
		var grounds string
		if err := rows.Scan(&draft, &x.Number, &x.Verdict, &x.Who, &x.Why, &x.Made, &grounds, &x.Before, &x.After); err != nil {
			return err
		}
		i, ok := at[draft]
		if !ok {
			return nil
		}
		d := &out[i]
		d.State = stateAfter[x.Verdict]
		d.Decisions = append(d.Decisions, x)
		return json.Unmarshal([]byte(grounds), &d.Decisions[len(d.Decisions)-1].Grounds)
	})
	return out, err
}

// each calls do for every row.
func (s *database) each(ctx context.Context, db asker, query string, args []any, do func(*sql.Rows) error) error {
	rows, err := db.QueryContext(ctx, s.bind(query), args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// takeDraft imports a draft with its grounds and decisions. Of one that is here
// already it adds what is missing, unless it was decided otherwise here.
func (s *database) takeDraft(ctx context.Context, d Draft) error {
	if len(d.Grounds) == 0 {
		return fmt.Errorf("draft %s rests on no report", d.Instrument)
	}
	return s.change(ctx, func(tx *sql.Tx) error {
		if err := s.lock(ctx, tx, "drafts"); err != nil {
			return err
		}
		list, err := s.drafts(ctx, tx, `WHERE ref = ?`, d.Grounds[0].Report.Hash+"#"+d.Grounds[0].Agreement)
		if err != nil {
			return err
		}
		if len(list) == 0 {
			_, err := s.addDraft(ctx, tx, d)
			return err
		}
		here := list[0]
		place := len(here.Grounds)
		for _, g := range d.Grounds {
			if slices.ContainsFunc(here.Grounds, func(o Ground) bool { return o.Report.Hash == g.Report.Hash }) {
				continue
			}
			place++
			if err := s.addGround(ctx, tx, here.Number, place, g); err != nil {
				return err
			}
		}
		for i, x := range d.Decisions {
			if i < len(here.Decisions) {
				if y := here.Decisions[i]; x.Verdict != y.Verdict || x.Who != y.Who || x.Made != y.Made || x.After != y.After {
					return fmt.Errorf("draft %s was decided otherwise here: %s by %s on %s", d.Instrument, y.Verdict, y.Who, y.Made)
				}
				continue
			}
			if err := s.addDecision(ctx, tx, here.Number, x); err != nil {
				return err
			}
		}
		return nil
	})
}
