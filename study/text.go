package study

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/treaty"
)

// Texts judges by the clauses of a corpus, where it holds the texts of ATOP's
// alliances. ATOP flags that an obligation depends on adversary, place, number
// of attackers or provocation; the clauses say on which.
//
// It is not for use by several goroutines.
type Texts struct {
	corpus *treaty.Corpus
	world  *actor.Table
	of     map[int][]*treaty.Instrument // by ATOP's number
	wars   map[int]duty.Record
	asked  map[asked]duty.Reply
}

// asked is a question that was put: the same for all alliances of a day.
type asked struct {
	war              int
	attacker, target string
	on               day.Day
}

// NewTexts joins the corpus's instruments to ATOP's alliances, by the numbers
// that they give, and reads the wars as the acts in the record.
func NewTexts(c *treaty.Corpus, world *actor.Table, wars []Engagement) *Texts {
	t := &Texts{corpus: c, world: world, of: map[int][]*treaty.Instrument{}, wars: Acts(wars, world), asked: map[asked]duty.Reply{}}
	for _, in := range c.Instruments {
		for _, number := range in.ATOP {
			if id, err := strconv.Atoi(number); err == nil {
				t.of[id] = append(t.of[id], in)
			}
		}
	}
	for id, list := range t.of {
		for _, in := range list {
			if next := replaced(c, in); next != nil && len(next.ATOP) == 0 {
				t.of[id] = append(t.of[id], next)
			}
		}
	}
	return t
}

// replaced returns the instrument between the same parties that replaced one,
// or nil. ATOP goes on with an alliance that is renewed in other words.
func replaced(c *treaty.Corpus, in *treaty.Instrument) *treaty.Instrument {
	for _, e := range in.Status {
		next := c.Instrument(e.Amends)
		if e.Kind == "replaced" && next != nil && !slices.ContainsFunc(in.Parties, func(p treaty.Party) bool { return !next.Has(p.ID) }) {
			return next
		}
	}
	return nil
}

// Acts reads engagements as acts, by war, one for each pair, from its first day
// to its last, in order of day. What an attack answers is as [Answered] says.
func Acts(wars []Engagement, world *actor.Table) map[int]duty.Record {
	answered := Answered(wars)
	out := map[int]duty.Record{}
	id := map[pairing]string{}
	answers := map[string]pairing{} // by act
	for _, k := range pairings(wars) {
		from := k.from.Bound()
		x, okX := world.ByCOW(k.initiator, from.From)
		y, okY := world.ByCOW(k.target, from.From)
		if !okX || !okY || from.Kind != day.BoundIn {
			continue
		}
		a := duty.Act{ID: fmt.Sprintf("%d-%s-%s", k.war, x.ID, y.ID), Kind: "armed attack", Actor: x.ID, Target: y.ID, From: from, To: after(k.to), Source: k.name}
		id[k.pairing] = a.ID
		if first, ok := answered[k.pairing]; ok && first.initiator == k.target && first.target != k.initiator {
			answers[a.ID] = first
		}
		out[k.war] = duty.Record{Acts: append(out[k.war].Acts, a)}
	}
	for _, rec := range out {
		for i := range rec.Acts {
			rec.Acts[i].Responds = id[answers[rec.Acts[i].ID]]
		}
	}
	return out
}

// after is the bound that falls on the day after the moment.
func after(m Moment) day.Bound {
	b := m.Bound()
	if b.Kind != day.BoundIn {
		return day.None
	}
	return day.Bound{Kind: day.BoundIn, From: b.From + 1, To: b.To + 1}
}

// judgement is what the texts of an alliance make of one engagement on a day.
type judgement struct {
	decided, invoked bool
	reason           string
}

// judge asks the texts of one alliance whether somebody has to act on an
// engagement on a day. Members are those of the alliance who are in the war;
// phased says that ATOP joins several texts in the alliance, of which the
// corpus may lack the one of the day.
//
// It decides nothing where the texts leave out one of the members, or where a
// clause asks for what the record of wars does not hold.
func (t *Texts) judge(alliance int, e Engagement, on Moment, members []int, phased bool) judgement {
	at := on.Bound()
	if at.Kind != day.BoundIn || len(t.of[alliance]) == 0 {
		return judgement{}
	}
	d := at.From
	x, okX := t.world.ByCOW(e.Initiator, d)
	y, okY := t.world.ByCOW(e.Target, d)
	if !okX || !okY {
		return judgement{}
	}
	who := fmt.Sprintf("%s attacks %s, %d: ", x.ID, y.ID, on.Year)
	var speak, silent []string
	for _, in := range t.of[alliance] {
		switch truth := t.binds(in, members, d); {
		case in.Draft != "":
		case truth == day.Yes:
			speak = append(speak, in.ID)
		case truth == day.No:
			silent = append(silent, in.ID)
		}
	}
	if len(speak) == 0 {
		return judgement{len(silent) == len(t.of[alliance]) && len(silent) > 0 && !phased, false, who + strings.Join(silent, ", ") + " not in force for them on " + d.String()}
	}
	reply, ok := t.ask(e.War, x.ID, y.ID, d)
	out := answer(reply, func(a *duty.Answer) bool {
		in := a.Norm().Instrument
		return slices.Contains(speak, in.ID) && (in.Has(y.ID) || !a.Text().Has("refrain from force"))
	})
	if ok && !out.invoked {
		// A text that speaks of war does not ask who began it, where nothing
		// bars who began it from claiming.
		reply, _ := t.ask(e.War, y.ID, x.ID, d)
		if turned := answer(reply, func(a *duty.Answer) bool {
			return slices.Contains(speak, a.Norm().Instrument.ID) && a.Text().When.Event == "war" && duty.Ground(a.Norm(), a.Text(), d) == "none"
		}); turned.invoked {
			out = turned
		}
	}
	switch {
	case !ok:
		return judgement{}
	case out.reason == "" && slices.ContainsFunc(t.of[alliance], func(in *treaty.Instrument) bool { return t.gone(in, d) }):
		return judgement{}
	case out.reason == "":
		out.reason = "no clause of " + strings.Join(speak, ", ") + " speaks of it"
	}
	out.reason = who + out.reason
	return out
}

// answer is what the operative clauses that count make of a question.
func answer(reply duty.Reply, counts func(*duty.Answer) bool) judgement {
	out := judgement{decided: true}
	for i := range reply.Answers { // strongest first
		a := &reply.Answers[i]
		if !operative(a.Norm(), a.Text()) || !counts(a) {
			continue
		}
		switch a.Answer {
		case duty.Bound:
			return judgement{true, true, fmt.Sprintf("%s: %s bound: %s", a.Provision, a.Bearer, a.Why)}
		case duty.Open, duty.IsDispute:
			out.decided = false
		}
		if out.reason == "" {
			out.reason = fmt.Sprintf("%s: %s %s: %s", a.Provision, a.Bearer, a.Answer, a.Why)
		}
	}
	return out
}

// gone reports whether the text is in force for somebody whom the tables do not
// hold on the day, such as a government in exile. Nobody can be asked for it.
func (t *Texts) gone(in *treaty.Instrument, d day.Day) bool {
	return slices.ContainsFunc(in.Members(), func(m treaty.Member) bool {
		return m.Span.Contains(d) == day.Yes && t.corpus.Names.Exists(m.State, d) == day.No
	})
}

// ask puts the question once. It is false if one of the two states did not
// exist on the day by the tables.
func (t *Texts) ask(war int, attacker, target string, d day.Day) (duty.Reply, bool) {
	key := asked{war, attacker, target, d}
	reply, ok := t.asked[key]
	if !ok {
		var err error
		reply, err = duty.Answers(t.corpus, t.wars[war], duty.Question{By: []string{attacker}, Attacks: target, On: d})
		if err != nil {
			return duty.Reply{}, false
		}
		t.asked[key] = reply
	}
	return reply, true
}

// binds says whether the text is in force on the day for one of these members
// of ATOP's alliance. It is unknown if the text leaves one of them out, or if
// what speaks against it is a day in doubt.
func (t *Texts) binds(in *treaty.Instrument, members []int, d day.Day) day.Truth {
	answer := day.No
	for _, n := range members {
		s, ok := t.world.ByCOW(n, d)
		if !ok || !in.Has(s.ID) {
			return day.Unknown
		}
		for _, m := range in.MembersOf(s.ID) {
			switch contains := m.Span.Contains(d); {
			case contains == day.Yes:
				answer = day.Yes
			case answer == day.No && (contains == day.Unknown || doubted(m, d)):
				answer = day.Unknown
			}
		}
	}
	return answer
}

// doubted reports whether the end of the stretch that shuts d out is one that
// the corpus could not verify.
func doubted(m treaty.Member, d day.Day) bool {
	if (day.Span{From: m.Span.From, To: day.None}).Contains(d) != day.Yes {
		return m.Began.Doubt != ""
	}
	return m.Ended.Doubt != ""
}

// entries are the days, other than the first, on which a text of the alliance
// enters into force for somebody during an engagement.
func (t *Texts) entries(alliance int, e Engagement) []Moment {
	var out []Moment
	for _, in := range t.of[alliance] {
		for _, m := range in.Members() {
			if d, ok := m.Span.From.Day(); ok {
				y, mo, dd := d.Date()
				if at := (Moment{y, int(mo), dd}); e.From.compare(at) < 0 && at.compare(e.To) <= 0 && !slices.Contains(out, at) {
					out = append(out, at)
				}
			}
		}
	}
	return out
}

// operative reports whether a provision is one that an alliance is made for: to
// help, to stay out, or not to use force. Consultation is not: nobody can be
// seen to break it.
func operative(p *treaty.Provision, t *treaty.Text) bool {
	if p.Kind != "duty" && p.Kind != "ban" {
		return false
	}
	return slices.ContainsFunc([]string{"assist", "attack", "stay neutral", "refuse support", "refrain from force"}, t.Has)
}
