package web

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/casus-foederis/casus/check"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/happening"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/review"
	"github.com/casus-foederis/casus/web/guard"
)

// Filter narrows what is asked of the record.
type Filter struct {
	Q          string   `query:"q" doc:"words that all occur; \"several words\" stand together; wor* begins so; -word is left out" example:"mutual assistance"`
	Kind       []string `query:"kind" enum:"statement,act,agreement,report" doc:"only these, joined by commas"`
	Speaker    string   `query:"speaker" doc:"words of the speaker's name"`
	Name       string   `query:"name" doc:"exact name of anybody who takes part"`
	State      string   `query:"state" doc:"code of anybody who takes part or is acted for"`
	Role       string   `query:"role" enum:"speaker,source,target,party" doc:"in which name and state take part"`
	Target     string   `query:"target" doc:"words of the target's name, or its code"`
	Type       string   `query:"type" doc:"PLOVER root, or form of agreement"`
	Status     string   `query:"status"`
	Instrument string   `query:"instrument" doc:"id in the corpus"`
	Outlet     string   `query:"outlet" doc:"exact name"`
	From       string   `query:"from" doc:"published on this day or later"`
	To         string   `query:"to" doc:"published before this day"`
	On         string   `query:"on" doc:"held on this day"`
	Known      string   `query:"known" doc:"as the record was known on this day"`
}

func (f Filter) query(p Paging) (record.Query, error) {
	q := record.Query{Words: f.Q, Speaker: f.Speaker, Name: f.Name, State: strings.ToUpper(f.State), Role: f.Role, Target: f.Target, Type: strings.ToUpper(f.Type),
		Status: f.Status, Instrument: f.Instrument, Outlet: f.Outlet, Limit: p.Limit, Offset: p.Offset}
	if q.Type != "" && slices.Contains(f.Kind, string(record.Agreement)) {
		q.Type = f.Type // forms of agreement are written small
	}
	for _, k := range f.Kind {
		q.Kinds = append(q.Kinds, record.Kind(k))
	}
	var errs []error
	for _, d := range []struct {
		name, given string
		to          **day.Day
	}{{"from", f.From, &q.From}, {"to", f.To, &q.To}, {"on", f.On, &q.On}, {"known", f.Known, &q.Known}} {
		var err error
		*d.to, err = maybeDay(d.name, d.given)
		errs = append(errs, err)
	}
	return q, errors.Join(errs...)
}

// Filtered is a page of what fits a filter.
type Filtered struct {
	Filter
	Paging
}

// Following is a page of what fits a filter, perhaps after another page.
type Following struct {
	Filtered
	After string `query:"after" doc:"go on after this item (its ref) or report (its hash), with which the page before ended; Link has it"`
}

// StoredReport is a report of the record, held against today's corpus, with the
// other versions of its page.
type StoredReport struct {
	record.Head
	Versions []record.Head `json:"versions"`
	Document check.Checked `json:"document"`
}

// KeptReport is what keeping a report did.
type KeptReport struct {
	record.Added
	ID string `json:"id"`
}

// KeyInput names a report.
type KeyInput struct {
	Key string `path:"key" doc:"hash of a report, its beginning (six characters or more), or its id"`
}

// recordOperations are those on the record. On a server without one they answer
// that there is none.
func (s *Server) recordOperations(api huma.API) {
	operation(api, "GET", "/api/reports", "reports", "record", "Heads of stored reports, latest added first", func(ctx context.Context, in *Following) (*list[record.Head], error) {
		q, err := s.asks(in.Filter, in.Paging)
		if err != nil {
			return nil, err
		}
		q.After = in.After
		found, err := s.store.List(ctx, q)
		return followed(in.Paging, found, func(h record.Head) string { return h.Hash }), err
	})
	operation(api, "POST", "/api/reports", "addReport", "record", "Read a report and keep it", s.addReport, reportBody, func(op *huma.Operation) {
		op.DefaultStatus = http.StatusCreated
		kept := api.OpenAPI().Components.Schemas.Schema(typeOf[KeptReport](), true, "")
		op.Responses = map[string]*huma.Response{"200": {Description: "it was there already", Content: map[string]*huma.MediaType{"application/json": {Schema: kept}}}}
	})
	operation(api, "GET", "/api/reports/{key}", "report", "record", "A stored report, held against today's corpus", func(ctx context.Context, in *KeyInput) (*only[check.Checked], error) {
		st, err := s.storedReport(ctx, in.Key)
		if err != nil {
			return nil, err
		}
		doc, err := s.rechecked(ctx, st)
		return &only[check.Checked]{doc}, err
	})
	operation(api, "GET", "/api/reports/{key}/versions", "versions", "record", "Versions of a report's page, first to last", func(ctx context.Context, in *KeyInput) (*only[[]record.Head], error) {
		st, err := s.storedReport(ctx, in.Key)
		if err != nil {
			return nil, err
		}
		return &only[[]record.Head]{listed(st.Versions)}, nil
	})
	operation(api, "GET", "/api/reports/{key}/items", "items", "record", "Statements, acts and agreements of a report", func(ctx context.Context, in *struct {
		KeyInput
		Following
	}) (*list[record.Item], error) {
		q, err := s.asks(in.Filter, in.Paging)
		if err != nil {
			return nil, err
		}
		q.After = in.After
		st, err := s.storedReport(ctx, in.Key)
		if err != nil {
			return nil, err
		}
		q.Ref = st.Hash
		return s.itemsFor(ctx, in.Paging, q)
	})
	operation(api, "GET", "/api/search", "search", "record", "Statements, acts, agreements and texts that fit, of the latest report first", func(ctx context.Context, in *Following) (*list[record.Item], error) {
		q, err := s.asks(in.Filter, in.Paging)
		if err != nil {
			return nil, err
		}
		q.After = in.After
		return s.itemsFor(ctx, in.Paging, q)
	})
	operation(api, "GET", "/api/tally", "tally", "record", "How many items fit, by day, outlet, state, speaker or another axis", func(ctx context.Context, in *struct {
		By string `query:"by" required:"true" enum:"day,month,year,outlet,kind,type,status,held,speaker,state"`
		Filtered
	}) (*list[record.Tallied], error) {
		q, err := s.asks(in.Filter, in.Paging)
		if err != nil {
			return nil, err
		}
		found, err := s.tally(ctx, q, record.Axis(in.By))
		return paged(in.Paging, found), err
	})
	operation(api, "GET", "/api/stats", "stats", "record", "How much the record holds", func(ctx context.Context, _ *struct{}) (*only[record.Counts], error) {
		if s.store == nil {
			return nil, errNoRecord()
		}
		counts, err := s.counted.get(s.now().Unix()/5, func() (record.Counts, error) { return s.store.Count(ctx) })
		return &only[record.Counts]{counts}, err
	})
	operation(api, "GET", "/api/timeline", "timeline", "record", "Events of instruments, acts and agreements between two days, in order of time", s.between)
	s.happeningOperations(api)
	s.judgementOperations(api)
	s.draftOperations(api)
}

// errNoRecord answers what needs a record where there is none.
func errNoRecord() error {
	return problemOf(http.StatusNotFound, "this server has no record", "start it with casus serve --store FILE")
}

func (s *Server) asks(f Filter, p Paging) (record.Query, error) {
	if s.store == nil {
		return record.Query{}, errNoRecord()
	}
	return f.query(p)
}

func (s *Server) itemsFor(ctx context.Context, p Paging, q record.Query) (*list[record.Item], error) {
	found, err := s.store.Search(ctx, q)
	for i := range found {
		found[i].Parties = listed(found[i].Parties)
	}
	return followed(p, found, func(it record.Item) string { return it.Ref }), err
}

func (s *Server) storedReport(ctx context.Context, key string) (*record.Stored, error) {
	if s.store == nil {
		return nil, errNoRecord()
	}
	return s.store.Report(ctx, key)
}

func (s *Server) addReport(ctx context.Context, in *reportInput) (*struct {
	Status   int
	Location string `header:"Location"`
	Body     KeptReport
}, error) {
	if s.store == nil {
		return nil, errNoRecord()
	}
	doc, err := s.read(ctx, bytes.NewReader(in.body), in.URL, in.Date)
	if err != nil {
		return nil, err
	}
	added, err := s.keep(ctx, doc)
	if err != nil {
		return nil, err
	}
	out := &struct {
		Status   int
		Location string `header:"Location"`
		Body     KeptReport
	}{http.StatusCreated, "/api/reports/" + added.Hash, KeptReport{added, doc.ID}}
	if added.State == record.Unchanged {
		out.Status = http.StatusOK
	}
	return out, nil
}

func (s *Server) between(ctx context.Context, in *struct {
	State string `query:"state" doc:"only what concerns this state; a code"`
	From  string `query:"from" required:"true" doc:"first day" example:"2024-01-01"`
	To    string `query:"to" required:"true" doc:"the day after the last" example:"2025-01-01"`
	Known string `query:"known" doc:"acts and agreements as the record was known on this day"`
	Paging
}) (*list[TimelineEvent], error) {
	from, err := dayOf("from", in.From, 0)
	if err != nil {
		return nil, err
	}
	to, err := dayOf("to", in.To, 0)
	if err != nil {
		return nil, err
	}
	known, err := maybeDay("known", in.Known)
	if err != nil {
		return nil, err
	}
	state := ""
	if in.State != "" {
		state = s.code(in.State)
	}
	out := events(s.corpus(), state, from, to)
	if s.store != nil {
		// A report tells of what is at most a year away from it; what is further
		// back is history, and the instruments have it.
		const far = 366
		early, late := from-far, to+far
		q := record.Query{State: state, Kinds: []record.Kind{record.Act, record.Agreement}, From: &early, To: &late, Known: known, Limit: 1000}
		found, err := s.store.Search(ctx, q)
		if err != nil {
			return nil, err
		}
		for _, it := range found {
			if it.From < from.String() || it.From >= to.String() {
				continue
			}
			it.Parties = listed(it.Parties)
			out = append(out, TimelineEvent{On: it.From, Kind: string(it.Kind), Says: it.Words, Instrument: it.Instrument, Ref: it.Ref, Item: &it})
		}
	}
	slices.SortStableFunc(out, func(a, b TimelineEvent) int { return cmp.Compare(a.On, b.On) })
	return cut(in.Paging, out), nil
}

// happeningOperations are those on acts that several reports tell of.
func (s *Server) happeningOperations(api huma.API) {
	operation(api, "GET", "/api/happenings", "happenings", "happenings", "Acts that several reports tell of, latest told first, among the 400 latest accounts that fit", func(ctx context.Context, in *struct {
		AtLeast int `query:"at_least" minimum:"1" maximum:"1000" default:"2" doc:"told by so many reports"`
		Filtered
	}) (*list[happening.Happening], error) {
		q, err := s.asks(in.Filter, Paging{Limit: 400})
		if err != nil {
			return nil, err
		}
		found, err := s.happenings(ctx, q, in.AtLeast)
		return cut(in.Paging, found), err
	})
	operation(api, "GET", "/api/happenings/{ref}", "happening", "happenings", "One act with all accounts of it, copies, differences and what only one tells", func(ctx context.Context, in *struct {
		Ref   string `path:"ref" doc:"of any account of it: HASH#ID, the # written %23"`
		Known string `query:"known" doc:"as the record was known on this day"`
	}) (*only[happening.Happening], error) {
		if s.store == nil {
			return nil, errNoRecord()
		}
		known, err := maybeDay("known", in.Known)
		if err != nil {
			return nil, err
		}
		h, err := s.accounts(ctx, in.Ref, known)
		if errors.Is(err, happening.ErrNoAct) {
			return nil, problemOf(http.StatusNotFound, err.Error(), "GET /api/search?kind=act lists acts with their refs")
		}
		return &only[happening.Happening]{h}, err
	})
	operation(api, "GET", "/api/compare", "compare", "happenings", "Two or more reports held against each other", func(ctx context.Context, in *struct {
		Reports []string `query:"reports" required:"true" minItems:"2" maxItems:"20" doc:"keys, joined by commas"`
	}) (*only[happening.Comparison], error) {
		if s.store == nil {
			return nil, errNoRecord()
		}
		for _, key := range in.Reports {
			if _, err := s.store.Report(ctx, key); err != nil {
				return nil, err
			}
		}
		var c happening.Comparison
		err := s.turns.inTurn(ctx, func() (err error) {
			c, err = happening.Compare(ctx, s.store, in.Reports...)
			return err
		})
		var busy *Problem
		if err != nil && len(c.Reports) < 2 && !errors.As(err, &busy) {
			return nil, problemOf(http.StatusUnprocessableEntity, err.Error(), "name two different reports")
		}
		for i := range c.Shared {
			told(&c.Shared[i])
		}
		c.Reports, c.Only = listed(c.Reports), listed(c.Only)
		return &only[happening.Comparison]{c}, err
	})
}

// told gives the lists of a happening their empty form.
func told(h *happening.Happening) {
	h.Parties, h.Accounts = listed(h.Parties), listed(h.Accounts)
	for i := range h.Accounts {
		h.Accounts[i].Parties = listed(h.Accounts[i].Parties)
	}
}

// JudgementInput says that two items, or two names, are the same or are not.
type JudgementInput struct {
	Kind string   `json:"kind" enum:"act,person,agreement,report"`
	A    string   `json:"a" minLength:"1" maxLength:"500" doc:"HASH#ID, or a name"`
	B    string   `json:"b" minLength:"1" maxLength:"500"`
	Same bool     `json:"same"`
	Who  string   `json:"who,omitempty" maxLength:"200" doc:"on a server without tokens; else the token's name is kept"`
	Why  string   `json:"why,omitempty" maxLength:"2000"`
	_    struct{} `json:"-" additionalProperties:"false"`
}

// Numbered is what a new judgement was numbered.
type Numbered struct {
	Number int64 `json:"number"`
}

// judgementOperations are those by which people say what is the same.
func (s *Server) judgementOperations(api huma.API) {
	operation(api, "GET", "/api/judgements", "judgements", "judgements", "Judgements, in order, those taken back included", func(ctx context.Context, in *struct {
		About string `query:"about" doc:"an item (HASH#ID) or a name; all if left out"`
		Paging
	}) (*list[record.Judgement], error) {
		if s.store == nil {
			return nil, errNoRecord()
		}
		found, err := s.store.Judgements(ctx, in.About)
		return cut(in.Paging, found), err
	})
	operation(api, "POST", "/api/judgements", "judge", "judgements", "Say that two items or names are the same, or are not", func(ctx context.Context, in *struct{ Body JudgementInput }) (*only[Numbered], error) {
		if s.store == nil {
			return nil, errNoRecord()
		}
		who, err := whoIs(ctx, in.Body.Who)
		if err != nil {
			return nil, err
		}
		if in.Body.A == in.Body.B {
			return nil, problemOf(http.StatusUnprocessableEntity, "judge: a judgement needs two different things", "")
		}
		n, err := s.store.Judge(ctx, record.Judgement{Kind: in.Body.Kind, A: in.Body.A, B: in.Body.B, Same: in.Body.Same, Who: who, Why: in.Body.Why, Made: s.now().UTC().Format(time.RFC3339)})
		return &only[Numbered]{Numbered{n}}, err
	}, func(op *huma.Operation) { op.DefaultStatus = http.StatusCreated })
	operation(api, "DELETE", "/api/judgements/{number}", "undoJudgement", "judgements", "Take a judgement back; it stays in the record", func(ctx context.Context, in *struct {
		Number int64  `path:"number" minimum:"1"`
		Who    string `query:"who" doc:"on a server without tokens"`
	}) (*struct{}, error) {
		if s.store == nil {
			return nil, errNoRecord()
		}
		who, err := whoIs(ctx, in.Who)
		if err != nil {
			return nil, err
		}
		all, err := s.store.Judgements(ctx, "")
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(all, func(j record.Judgement) bool { return j.Number == in.Number && j.Undone == "" }) {
			return nil, problemOf(http.StatusNotFound, "there is no judgement "+strconv.FormatInt(in.Number, 10)+" that stands", "GET /api/judgements lists them")
		}
		return &struct{}{}, s.store.Undo(ctx, in.Number, who, s.now().UTC().Format(time.RFC3339))
	})
}

// whoIs is under whose name something is kept: that of the token; where there
// are none, the name that was given.
func whoIs(ctx context.Context, given string) (string, error) {
	c := guard.CallerOf(ctx)
	given = strings.TrimSpace(given)
	switch {
	case c.Keyed && given != "" && given != c.Name:
		return "", problemOf(http.StatusUnprocessableEntity, "the token belongs to "+c.Name+", not to "+given, "leave who out")
	case c.Keyed:
		return c.Name, nil
	case given == "":
		return "", problemOf(http.StatusUnprocessableEntity, "who decides has to be named", "give who, a name")
	}
	return given, nil
}

// ChoiceInput is a reviewer's decision on a draft.
type ChoiceInput struct {
	Verdict string   `json:"verdict" enum:"accept,correct,reject,reopen,undo" doc:"undo takes the decision numbered over back: what stood before it stands again, and both stay"`
	Who     string   `json:"who,omitempty" maxLength:"200" doc:"on a server without tokens; else the token's name is kept"`
	Why     string   `json:"why,omitempty" maxLength:"2000"`
	Over    int      `json:"over,omitempty" minimum:"0" doc:"number of the last decision that the reviewer saw; 0 if there was none"`
	Text    string   `json:"text,omitempty" maxLength:"500000" doc:"the treaty file as it should be; for correct"`
	Reports []string `json:"reports,omitempty" doc:"hashes of the reports that the text rests on"`
	_       struct{} `json:"-" additionalProperties:"false"`
}

// draftOperations are those of the review queue.
func (s *Server) draftOperations(api huma.API) {
	operation(api, "GET", "/api/drafts", "drafts", "review", "The review queue: instruments as reports tell of them, latest first", func(ctx context.Context, in *struct {
		State string `query:"state" enum:"waiting,accepted,corrected,rejected"`
		Party string `query:"party" doc:"code"`
		Paging
	}) (*list[record.Draft], error) {
		if s.store == nil {
			return nil, errNoRecord()
		}
		found, err := s.drafts(ctx, record.DraftQuery{State: record.DraftState(in.State), Party: strings.ToUpper(in.Party), Limit: in.Limit, Offset: in.Offset})
		for i := range found {
			drafted(&found[i])
		}
		return paged(in.Paging, found), err
	})
	operation(api, "GET", "/api/drafts/{number}", "draft", "review", "A draft with the words that it rests on, mistakes and notes", func(ctx context.Context, in *struct {
		Number int64 `path:"number" minimum:"1"`
	}) (*only[review.Entry], error) {
		if s.store == nil {
			return nil, errNoRecord()
		}
		e, err := s.draft(ctx, in.Number)
		return &only[review.Entry]{entered(e)}, err
	})
	operation(api, "POST", "/api/drafts/{number}/decisions", "decide", "review", "Accept, correct, reject or reopen a draft, or take the last decision back", func(ctx context.Context, in *struct {
		Number int64 `path:"number" minimum:"1"`
		Body   ChoiceInput
	}) (*only[review.Entry], error) {
		if s.store == nil {
			return nil, errNoRecord()
		}
		b := in.Body
		who, err := whoIs(ctx, b.Who)
		if err != nil {
			return nil, err
		}
		e, err := s.decide(ctx, review.Choice{Draft: in.Number, Verdict: record.Verdict(b.Verdict), Who: who, Why: b.Why, Over: b.Over, Text: b.Text, Reports: b.Reports})
		return &only[review.Entry]{entered(e)}, undecided(err)
	}, func(op *huma.Operation) {
		op.DefaultStatus = http.StatusCreated
		op.Errors = append(op.Errors, http.StatusConflict)
	})
}

// undecided says what kind of answer it is that a decision was not taken.
func undecided(err error) error {
	mistakes := review.Problems(err)
	switch {
	case err == nil, errors.Is(err, record.ErrNoDraft), errors.Is(err, record.ErrDecided):
		return err
	case errors.Is(err, review.ErrSuperseded):
		return problemOf(http.StatusConflict, err.Error(), "reject the draft; answers follow from the corpus")
	case len(mistakes) == 0:
		return problemOf(http.StatusUnprocessableEntity, err.Error(), "GET /api/drafts/{number} shows the draft")
	}
	p := problemOf(http.StatusUnprocessableEntity, "the treaty file has mistakes", "docs/format/treaty.md describes the file")
	for _, m := range mistakes {
		p.Errors = append(p.Errors, &huma.ErrorDetail{Message: strings.TrimSuffix(m.Message+"; "+m.Hint, "; "), Location: "body.text:" + strconv.Itoa(m.Line) + ":" + strconv.Itoa(m.Col)})
	}
	return p
}

// drafted gives the lists of a draft their empty form.
func drafted(d *record.Draft) {
	d.Parties, d.Grounds, d.Decisions = listed(d.Parties), listed(d.Grounds), listed(d.Decisions)
	for i := range d.Grounds {
		d.Grounds[i].Statements, d.Grounds[i].Spans = listed(d.Grounds[i].Statements), listed(d.Grounds[i].Spans)
	}
	for i := range d.Decisions {
		d.Decisions[i].Grounds = listed(d.Decisions[i].Grounds)
	}
}

func entered(e review.Entry) review.Entry {
	drafted(&e.Draft)
	e.Quotes, e.Problems, e.Notes = listed(e.Quotes), listed(e.Problems), listed(e.Notes)
	return e
}
