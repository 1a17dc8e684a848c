package web

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/evidence"
)

// whoInput is a question. Its parameters are those of the page, so that an
// address of one is an address of the other.
type whoInput struct {
	By      []string `query:"by" doc:"the attacker: codes or names joined by commas; group:NAME is no state; needed unless act names somebody" example:"KOR"`
	Attacks string   `query:"attacks" doc:"the attacked state; needed unless act tells" example:"PRK"`
	On      string   `query:"on" doc:"day of the attack; if left out that of act, else today" example:"2025-01-10"`
	Act     string   `query:"act" doc:"ask about this act of the record, HASH#ID with # written %23: attacker, attacked, day, kind and place are as it was reported, unless other parameters say otherwise"`
	Acts    string   `query:"acts" enum:"record" doc:"record: what the record holds on these states is evidence, each as whose word it is"`
	Known   string   `query:"known" doc:"answer from what was known on this day"`
	View    string   `query:"view" doc:"whose judgement of the aggressor: plain, unsc, party:CODE" default:"plain"`
	At      string   `query:"at" doc:"where it falls, an id of GET /api/places"`
	Kind    string   `query:"kind" doc:"kind of act: armed attack, limited attack, invasion, …"`
	Assume  string   `query:"assume" enum:"performance" doc:"whoever is bound to assist is taken to do so"`
	Zone    string   `query:"zone" doc:"of the page's map; answers do not depend on it"`
	Since   string   `query:"since" doc:"of the page's comparison; answers do not depend on it"`
	asked
}

// asked keeps the address of a request beside its parameters.
type asked struct{ at huma.Context }

// Resolve keeps what the handlers shared with the pages read.
func (a *asked) Resolve(ctx huma.Context) []error {
	a.at = ctx
	return nil
}

// DayInput is a day, as known on another.
type DayInput struct {
	On    string `query:"on" doc:"the day; today if left out" example:"2025-01-10"`
	Known string `query:"known" doc:"answer from what was known on this day"`
}

// Answered is a reply with what of the record it rests on and what was not used.
type Answered struct {
	duty.Reply
	Told  []evidence.Told `json:"told" doc:"accounts of the acts of the record among the grounds"`
	Left  []evidence.Left `json:"left_out" doc:"acts of the record that answers do not rest on"`
	Notes []string        `json:"notes" doc:"what was supposed where a report says nothing that fits"`
}

// Effect is what an instrument's entry into force changed.
type Effect struct {
	Instrument string           `json:"instrument"`
	Day        day.Day          `json:"day"`
	Changes    []duty.Change    `json:"changes" doc:"among its parties, against the day before"`
	Conflicts  []duty.Collision `json:"conflicts" doc:"in which it takes part"`
}

// askOperations are those that evaluate norms.
func (s *Server) askOperations(api huma.API) {
	operation(api, "GET", "/api/who", "who", "answers", "Who is bound when one state attacks another", func(ctx context.Context, in *whoInput) (*only[Answered], error) {
		at := in.at.URL()
		reply, err := s.answer(ctx, at.Query())
		return &only[Answered]{Answered{full(reply.Reply), listed(reply.found.Told), listed(reply.found.Left), listed(reply.found.Notes)}}, err
	})
	operation(api, "GET", "/api/commitments/{state}", "commitments", "answers", "What a state owes and is owed on a day", func(_ context.Context, in *struct {
		State string `path:"state" doc:"code" example:"PRK"`
		DayInput
		Paging
	}) (*list[duty.Commitment], error) {
		on, err := dayOf("on", in.On, s.today())
		if err != nil {
			return nil, err
		}
		known, err := maybeDay("known", in.Known)
		if err != nil {
			return nil, err
		}
		code, err := s.existing(in.State, on)
		if err != nil {
			return nil, err
		}
		return cut(in.Paging, duty.Commitments(s.corpus(), code, on, known)), nil
	})
	operation(api, "GET", "/api/changed/{instrument}", "changed", "answers", "What an instrument's entry into force changed among its parties", func(ctx context.Context, in *struct {
		Instrument string `path:"instrument" doc:"id" example:"rus-prk-2024"`
	}) (*only[Effect], error) {
		c := s.corpus()
		found := c.Instrument(in.Instrument)
		if found == nil {
			return nil, s.noInstrument(in.Instrument)
		}
		d, ok := duty.Entry(found)
		if !ok {
			return nil, problemOf(http.StatusUnprocessableEntity, "the day on which "+found.ID+" entered into force is not known to the day", "nothing can be compared with the day before")
		}
		out := Effect{found.ID, d, listed(duty.Effect(c, found, d)), []duty.Collision{}}
		for i := range out.Changes {
			x := &out.Changes[i]
			x.Before, x.After = listed(x.Before), listed(x.After)
		}
		var all []duty.Collision
		err := s.turns.inTurn(ctx, func() (err error) {
			all, err = s.collisions(ctx, c, d)
			return err
		})
		for _, x := range all {
			if strings.HasPrefix(x.First, found.ID+"/") || strings.HasPrefix(x.Second, found.ID+"/") {
				out.Conflicts = append(out.Conflicts, x)
			}
		}
		return &only[Effect]{out}, err
	})
	operation(api, "GET", "/api/conflicts", "conflicts", "answers", "Duties of a day that cannot both be performed", func(ctx context.Context, in *struct {
		On    string `query:"on" doc:"the day; today if left out"`
		State string `query:"state" doc:"only conflicts of this state's duties"`
		Paging
	}) (*list[duty.Collision], error) {
		on, err := dayOf("on", in.On, s.today())
		if err != nil {
			return nil, err
		}
		var found []duty.Collision
		err = s.turns.inTurn(ctx, func() error {
			found, err = s.collisions(ctx, s.corpus(), on)
			return err
		})
		if err != nil {
			return nil, err
		}
		if in.State != "" {
			code, err := s.existing(in.State, on)
			if err != nil {
				return nil, err
			}
			found = slices.DeleteFunc(slices.Clone(found), func(x duty.Collision) bool { return x.Bearer != code })
		}
		return cut(in.Paging, found), nil
	})
	operation(api, "GET", "/api/world", "world", "answers", "Who would have to help whom, for every ordered pair of states; streamed", s.worldTable, func(op *huma.Operation) {
		row := api.OpenAPI().Components.Schemas.Schema(typeOf[duty.Row](), true, "Row")
		op.Errors = append(op.Errors, http.StatusServiceUnavailable)
		op.Responses["200"] = &huma.Response{Description: "one row a pair; norms that bind every state are left out", Content: map[string]*huma.MediaType{
			"text/csv": {Schema: &huma.Schema{Type: huma.TypeString, Description: "with a header: " + strings.Join(duty.Columns, ", ")}}, "application/jsonl": {Schema: row},
		}}
	})
}

type worldInput struct {
	On     string `query:"on" doc:"one day; today if neither it nor from is given"`
	From   int    `query:"from" minimum:"1816" maximum:"2100" doc:"first year; each year is answered for its first of July"`
	To     int    `query:"to" minimum:"1816" maximum:"2100" doc:"last year, itself included"`
	All    bool   `query:"all" doc:"pairs too for which nobody would be bound"`
	Format string `query:"format" enum:"csv,jsonl" default:"csv"`
}

// worldTable streams the table, so that it costs no memory. An error after its
// beginning breaks the connection: half a table must not look whole.
// It takes a turn like a report: it keeps a core for a second a day.
func (s *Server) worldTable(ctx context.Context, in *worldInput) (*huma.StreamResponse, error) {
	days, err := s.worldDays(in)
	if err != nil {
		return nil, err
	}
	done, err := s.turns.take(ctx)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		defer done()
		_, w := humago.Unwrap(ctx)
		kind, begin, write := "application/jsonl", func() error { return nil }, jsonRows(w)
		if in.Format == "csv" {
			kind, begin, write = csvRows(w)
		}
		w.Header().Set("Content-Type", kind)
		err := begin()
		patience := http.NewResponseController(w)
		c := s.corpus()
		for _, d := range days {
			if err != nil {
				break
			}
			if err = patience.SetWriteDeadline(time.Now().Add(time.Minute)); errors.Is(err, http.ErrNotSupported) {
				err = nil
			}
			if err == nil {
				err = duty.World(ctx.Context(), c, s.past, d, func(p duty.Pair) error {
					if p.Empty() && !in.All {
						return nil
					}
					return write(p.Row())
				})
			}
		}
		if err != nil {
			panic(http.ErrAbortHandler)
		}
	}}, nil
}

func (s *Server) worldDays(in *worldInput) ([]day.Day, error) {
	if in.From == 0 {
		d, err := dayOf("on", in.On, s.today())
		return []day.Day{d}, err
	}
	last := max(in.From, in.To)
	const most = 20
	if in.On != "" || in.To != 0 && in.To < in.From || last-in.From >= most {
		return nil, problemOf(http.StatusUnprocessableEntity, "world: give one day by on, or at most 20 years by from and to, the earlier first", "GET /api/world?from=2000&to=2019")
	}
	var out []day.Day
	for y := in.From; y <= last; y++ {
		d, err := day.Of(y, 7, 1)
		if err != nil {
			return nil, err
		}
		out = append(out, d)
	}
	return out, nil
}

func jsonRows(w io.Writer) func(duty.Row) error {
	e := json.NewEncoder(w)
	return func(r duty.Row) error { return e.Encode(r) }
}

func csvRows(w io.Writer) (kind string, begin func() error, write func(duty.Row) error) {
	c := csv.NewWriter(w)
	line := func(fields []string) error {
		if err := c.Write(fields); err != nil {
			return err
		}
		c.Flush()
		return c.Error()
	}
	return "text/csv; charset=utf-8", func() error { return line(duty.Columns) }, func(r duty.Row) error { return line(r.Fields()) }
}

// full gives the lists of a reply their empty form: they are never null.
func full(r duty.Reply) duty.Reply {
	r.Question.By, r.Assumes, r.Answers, r.Conflicts = listed(r.Question.By), listed(r.Assumes), listed(r.Answers), listed(r.Conflicts)
	return r
}

func listed[T any](l []T) []T {
	if l == nil {
		return []T{}
	}
	return l
}

// existing is the code of a state, by code or name, that existed on a day.
func (s *Server) existing(given string, on day.Day) (string, error) {
	names := s.corpus().Names
	code := s.code(given)
	switch {
	case !names.Known(code):
		hint := "GET /api/states lists the codes"
		if near := names.Suggest(code); near != "" {
			hint = fmt.Sprintf("did you mean %s (%s)?", near, names.Name(near, on))
		}
		return "", problemOf(http.StatusNotFound, fmt.Sprintf("there is no state %.60q", given), hint)
	case names.Exists(code, on) == day.No:
		return "", problemOf(http.StatusUnprocessableEntity, fmt.Sprintf("%s did not exist on %s", code, on), "ask for a day on which it existed")
	}
	return code, nil
}

func (s *Server) noInstrument(id string) error {
	hint := "GET /api/instruments lists them"
	if near := s.corpus().Suggest(id); near != "" {
		hint = "did you mean " + near + "?"
	}
	return problemOf(http.StatusNotFound, fmt.Sprintf("the corpus has no instrument %.60q", id), hint)
}
