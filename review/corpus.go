package review

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/treaty"
)

// Left is a confirmed instrument that is not added to the corpus, and why.
type Left struct {
	Draft      int64  `json:"draft"`
	Instrument string `json:"instrument"`
	Why        string `json:"why"`
}

// Corpus returns base with the instruments that reviewers confirmed, and those
// that it leaves out: the corpus holds them itself by now, or their text no
// longer loads. With known it adds only what reports had said by that day; who
// confirmed them when does not matter, as it does not for files of the corpus.
// base is not changed, and is returned itself if nothing is added.
func Corpus(ctx context.Context, base *treaty.Corpus, s record.Store, known *day.Day) (*treaty.Corpus, []Left, error) {
	list, left, err := overlay(ctx, base, s, known, 0)
	if err != nil {
		return nil, nil, err
	}
	c, err := base.With(list)
	if err == nil {
		return c, left, nil
	}
	// Together they do not load, for instance because one links to another that
	// was rejected since: each that fits beside those before it is added.
	var fit []*treaty.Instrument
	for _, in := range list {
		if _, err := base.With(append(slices.Clone(fit), in)); err != nil {
			left = append(left, Left{number(in), in.ID, err.Error()})
			continue
		}
		fit = append(fit, in)
	}
	c, err = base.With(fit)
	return c, left, err
}

// overlay reads what was confirmed, in order of number, without one draft.
func overlay(ctx context.Context, base *treaty.Corpus, s record.Store, known *day.Day, without int64) (list []*treaty.Instrument, left []Left, err error) {
	var drafts []record.Draft
	for _, state := range []record.DraftState{record.Accepted, record.Corrected} {
		some, err := s.Drafts(ctx, record.DraftQuery{State: state})
		if err != nil {
			return nil, nil, err
		}
		drafts = append(drafts, some...)
	}
	slices.SortFunc(drafts, func(a, b record.Draft) int { return int(a.Number - b.Number) })
	drafts = slices.CompactFunc(drafts, func(a, b record.Draft) bool { return a.Number == b.Number }) // decided between the questions
	for _, d := range drafts {
		if d.Number == without {
			continue
		}
		in, err := confirmed(base.Names, d)
		if err != nil {
			left = append(left, Left{d.Number, d.Instrument, err.Error()})
			continue
		}
		if known != nil && in.AsKnown(*known, base.Names) == nil {
			continue
		}
		if old := holds(base, in); old != nil {
			left = append(left, Left{d.Number, in.ID, fmt.Sprintf("superseded: the corpus holds it as %s", old.ID)})
			continue
		}
		list = append(list, in)
	}
	return list, left, nil
}

// fileOf names the text of a draft, for mistakes in it.
func fileOf(d record.Draft) string { return fmt.Sprintf("draft-%d.yaml", d.Number) }

// number is the draft that an instrument was read from.
func number(in *treaty.Instrument) (n int64) {
	if _, err := fmt.Sscanf(in.Pos.File, "draft-%d.yaml", &n); err != nil {
		return 0
	}
	return n
}

// confirmed is the instrument of a draft as its last decision has it, marked
// with whom and what it rests on.
func confirmed(names treaty.Names, d record.Draft) (*treaty.Instrument, error) {
	if len(d.Decisions) == 0 {
		return nil, errors.New("nobody has decided on it")
	}
	last := d.Decisions[len(d.Decisions)-1]
	in, err := treaty.Read(fileOf(d), []byte(last.After), names)
	if err != nil {
		return nil, err
	}
	in.Draft = ""
	in.Doubt = slices.DeleteFunc(in.Doubt, func(s string) bool { return strings.HasSuffix(s, "confirmed by nobody") })
	in.Basis = &treaty.Basis{By: last.Who}
	if at, err := time.Parse(time.RFC3339, last.Made); err == nil {
		in.Basis.On = day.On(day.Day(at.Unix() / (24 * 60 * 60)))
	}
	in.Reviewed = in.Basis.On
	for _, g := range d.Grounds {
		if !slices.Contains(last.Grounds, g.Report.Hash) {
			continue
		}
		r := treaty.Report{Ref: g.Report.Hash, Outlet: g.Report.Outlet}
		if r.Of, err = day.ParseBound(g.Report.Published); err != nil {
			r.Of = day.Bound{}
		}
		if r.Known, err = day.ParseBound(g.Report.Known); err != nil {
			return nil, fmt.Errorf("report %s: known from: %w", g.Report.Hash, err)
		}
		in.Basis.Reports = append(in.Basis.Reports, r)
	}
	if len(in.Basis.Reports) == 0 {
		return nil, errors.New("it rests on no report")
	}
	return in, nil
}

// holds finds the instrument of the corpus that in is: of the same id, or
// between the same parties and signed on the same day.
func holds(c *treaty.Corpus, in *treaty.Instrument) *treaty.Instrument {
	if old := c.Instrument(in.ID); old != nil {
		return old
	}
	signed, ok := in.Signed().Day()
	if !ok || len(in.Parties) == 0 {
		return nil
	}
	for _, old := range c.Instruments {
		if d, known := old.Signed().Day(); known && d == signed && slices.Equal(partiesOf(old), partiesOf(in)) {
			return old
		}
	}
	return nil
}

func partiesOf(in *treaty.Instrument) []string {
	var out []string
	for _, p := range in.Parties {
		if p.Role != treaty.Beneficiary {
			out = append(out, p.ID)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}
