package treaty

import (
	"strings"

	"github.com/casus-foederis/casus/day"
)

// Basis says from which reports an instrument is known, and who confirmed what
// they say, where nobody has read its own text.
type Basis struct {
	Reports []Report
	By      string    // who confirmed it
	On      day.Bound // when
}

// Report is a report that an instrument is known from.
type Report struct {
	Ref    string    // its hash in the record
	Outlet string    // empty if unknown
	Of     day.Bound // when it was published
	Known  day.Bound // from when the record may use it
}

// String is the line that every answer from the instrument carries.
func (b *Basis) String() string {
	var reports []string
	for _, r := range b.Reports {
		reports = append(reports, r.String())
	}
	s := "rests on " + strings.Join(reports, " and ")
	if b.By != "" {
		s += ", confirmed by " + b.By
		if b.On.Kind != day.BoundUnknown {
			s += " on " + b.On.String()
		}
	}
	return s
}

// String names the report by day and outlet.
func (r Report) String() string {
	s := "a report of unknown day"
	if r.Of.Kind != day.BoundUnknown {
		s = "a report of " + r.Of.String()
	}
	return s + " by " + or(r.Outlet, "an unnamed outlet")
}

func (r *reader) basis(m mapping) *Basis {
	n := m.get("basis")
	if n == nil {
		return nil
	}
	bm := r.mapping(n, "basis", "reports", "confirmed by", "on")
	b := &Basis{By: bm.text("confirmed by")}
	b.On, _ = bm.bound("on")
	for _, n := range bm.list("reports") {
		rm := r.mapping(n, "report", "ref", "outlet", "of", "known")
		report := Report{Ref: rm.need("ref"), Outlet: rm.text("outlet")}
		report.Of, _ = rm.bound("of")
		report.Known, _ = rm.bound("known")
		b.Reports = append(b.Reports, report)
	}
	if len(b.Reports) == 0 {
		r.fail(bm.pos, "basis: reports is missing").Hint = "write for example: - {ref: 4f3a90c1, outlet: The Herald, of: 2025-03-04, known: 2025-03-04}"
	}
	return b
}

func (w *writer) basis(b *Basis) {
	if b == nil {
		return
	}
	w.line(0, "basis:")
	w.line(1, "reports:")
	for _, r := range b.Reports {
		w.line(2, "- "+flow(pairs("ref", r.Ref, "outlet", r.Outlet, "of", unless(r.Of, day.Bound{}), "known", unless(r.Known, day.Bound{}))))
	}
	w.field(1, "confirmed by", b.By)
	if b.On.Kind != day.BoundUnknown {
		w.field(1, "on", b.On.String())
	}
}
