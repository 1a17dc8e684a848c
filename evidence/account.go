package evidence

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/happening"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/text"
	"github.com/casus-foederis/casus/treaty"
)

// account is an act as one report tells it, for one actor and one target.
type account struct {
	ref                        string // HASH#ID
	kind, actor, target, place string
	from                       day.Bound
	known                      day.Day
	by                         string // speaker's state or name, or outlet
	own, denied, planned       bool   // own: the outlet's; denied: by whom by names
	source, root               string // root: PLOVER's
	head                       record.Head
}

type builder struct {
	ctx      context.Context
	asked    bool          // about one act, which may be one that is only denied
	over     duty.Question // what the asker says of that act
	store    record.Store
	corpus   *treaty.Corpus
	known    *day.Day
	judged   []record.Judgement
	root     map[string]string // union of items taken for the same
	via      map[string]string // why an item is in its union
	err      error             // of loading what copies are found by
	last     *record.Stored    // acts of one report come together
	accounts []account
	facts    []duty.Fact
	left     []hinted
	notes    []string
}

type hinted struct {
	Left
	hint string
}

func (b *builder) leave(ref, hint, format string, args ...any) {
	b.left = append(b.left, hinted{Left{ref, fmt.Sprintf(format, args...)}, hint})
}

// odd leaves out an act of a kind that does not count; that is worth saying only
// of one that was asked about.
func (b *builder) odd(ref, format string, args ...any) {
	if b.asked {
		b.leave(ref, "casus record search --kind act --type ASSAULT finds uses of force", format, args...)
	}
}

// judgements joins the acts that a person judged to be the same, unless that
// was taken back.
func (b *builder) judgements() error {
	list, err := b.store.Judgements(b.ctx, "")
	if err != nil {
		return err
	}
	b.judged, b.root, b.via = list, map[string]string{}, map[string]string{}
	for _, j := range list {
		if j.Kind == "act" && j.Same && j.Undone == "" {
			b.root[b.find(j.A)] = b.find(j.B)
			b.via[j.A], b.via[j.B] = "judged the same by "+j.Who, "judged the same by "+j.Who
		}
	}
	return nil
}

// gather adds the accounts of an act that a rule takes for the same.
func (b *builder) gather(ref string) error {
	h, err := happening.Around(b.ctx, b.store, ref, b.known)
	switch {
	case errors.Is(err, happening.ErrNoAct):
		return nil
	case err != nil:
		return err
	}
	asked, over := b.asked, b.over
	b.asked, b.over = false, duty.Question{} // what the asker says is of that act alone
	defer func() { b.asked, b.over = asked, over }()
	for _, a := range h.Accounts {
		if a.Kind == record.Act && b.find(a.Ref) != b.find(ref) {
			if err := b.take(a.Report.Hash, a.ID); err != nil {
				return err
			}
		}
	}
	b.join(h)
	b.accounts = slices.DeleteFunc(b.accounts, func(a account) bool { return b.find(a.ref) != b.find(ref) })
	return nil
}

// join takes for one act the accounts of a happening that are of one type, agree
// on who attacked whom and can mean one day. Those that do not are none of it.
func (b *builder) join(h happening.Happening) {
	why := map[string]string{}
	for _, t := range h.Ties {
		if t.Score > 0 {
			for _, ref := range []string{t.A, t.B} {
				if why[ref] == "" {
					why[ref] = "by rule: " + strings.Join(t.Why, ", ")
				}
			}
		}
	}
	first := map[string][]account{} // by type and parties, those of different days
	for _, a := range h.Accounts {
		key, days := b.parts(a.Ref)
		if key == "" {
			continue
		}
		i := slices.IndexFunc(first[key], func(f account) bool { return mayBeOne(f.from, days.from) })
		if i < 0 {
			first[key] = append(first[key], days)
			continue
		}
		to := first[key][i].ref
		if b.find(a.Ref) == b.find(to) {
			continue
		}
		b.root[b.find(a.Ref)] = b.find(to)
		for _, ref := range []string{a.Ref, to} {
			b.via[ref] = cmp.Or(b.via[ref], why[ref], "by rule")
		}
	}
}

// parts names the type of an account with who attacks whom in it, and returns
// one of its pairs; empty if it was left out.
func (b *builder) parts(ref string) (string, account) {
	var parts []string
	var one account
	for _, a := range b.accounts {
		if a.ref == ref {
			parts, one = append(parts, a.root+" "+a.actor+" "+a.target), a
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, ", "), one
}

// mayBeOne reports whether two days that are told can be the same.
func mayBeOne(a, b day.Bound) bool {
	return a.Kind != day.BoundIn || b.Kind != day.BoundIn || a.From < b.To && b.From < a.To
}

// copies lists the reports among those of accounts, by hash, whose text is that
// of an earlier one. A report that cannot be loaded is none, and b.err says why.
func (b *builder) copies(accounts []account) map[string]bool {
	var hashes []string
	for _, a := range accounts {
		if !slices.Contains(hashes, a.head.Hash) {
			hashes = append(hashes, a.head.Hash)
		}
	}
	if len(hashes) < 2 {
		return nil
	}
	reports := make([]*record.Stored, len(hashes))
	for i, hash := range hashes {
		st, err := b.store.Report(b.ctx, hash)
		if err != nil {
			b.err = err
			return nil
		}
		reports[i] = st
	}
	out := map[string]bool{}
	for _, group := range happening.Copies(reports) {
		for _, i := range group[1:] {
			out[hashes[i]] = true
		}
	}
	return out
}

func (b *builder) find(ref string) string {
	for b.root[ref] != "" && b.root[ref] != ref {
		ref = b.root[ref]
	}
	return ref
}

// others lists the acts judged to be the same as ref, without it.
func (b *builder) others(ref string) []string {
	var out []string
	for r, up := range b.root {
		for _, x := range []string{r, up} {
			if x != ref && b.find(x) == b.find(ref) && !slices.Contains(out, x) {
				out = append(out, x)
			}
		}
	}
	slices.Sort(out)
	return out
}

// take adds the accounts of one act, or leaves it out.
func (b *builder) take(hash, id string) error {
	ref := hash + "#" + id
	if b.last == nil || b.last.Hash != hash {
		st, err := b.store.Report(b.ctx, hash)
		if err != nil {
			return err
		}
		b.last = st
	}
	st, doc := b.last, b.last.Document
	known, err := day.Parse(st.Known)
	if err != nil {
		return fmt.Errorf("report %s: known from: %w", st.Hash, err)
	}
	if b.known != nil && known > *b.known {
		return nil
	}
	i := slices.IndexFunc(doc.Acts, func(a reading.Act) bool { return a.ID == id })
	if i < 0 {
		b.leave(ref, "casus record show "+short(hash)+" --format json lists its acts", "there is no such act in the report")
		return nil
	}
	act := doc.Acts[i]
	a := account{ref: ref, known: known, own: true, by: cmp.Or(st.Outlet, "an unnamed outlet"), denied: act.Status == "denied", source: cite(st.Head, act), root: act.Type, head: st.Head}
	a.voice(doc, act)
	if p, err := day.ParsePeriod(act.Date); err == nil {
		a.from = day.Within(p)
	}
	actors, targets := b.parties(doc, act.Source), b.parties(doc, act.Target)
	if act.Type == "REQUEST" {
		b.request(a, doc, act, actors, targets, st.Published)
		return nil
	}
	a.kind = kindOf(act, words(doc.Text, act.Trigger))
	a.planned = act.Status == "planned" && act.Type != "THREATEN"
	if len(actors) == 0 && len(b.over.By) > 0 { // then it is the asker's word, and supposed
		actors, a.planned = b.over.By, true
	}
	if len(targets) == 0 && b.over.Attacks != "" {
		targets, a.planned = []string{b.over.Attacks}, true
	}
	switch {
	case a.kind == "":
		b.odd(ref, "it is no use or threat of force that counts (%s, “%s”)", strings.TrimSuffix(act.Type+"/"+act.Mode, "/"), words(doc.Text, act.Trigger))
		return nil
	case len(actors) == 0:
		b.leave(ref, "name the attacker with --by CODE; that it was so is then supposed", "who did it is not known to be a state or a group%s", quoted(act.SourceText))
		return nil
	}
	if act.Place != "" {
		if p, ok := b.corpus.Place(act.Place); ok {
			a.place = p.ID
		} else if b.asked { // of other acts the place decides nothing
			b.notes = append(b.notes, fmt.Sprintf("%s: %s is no place that the corpus knows; the home territory of the attacked is supposed", a.shown(), act.Place))
		}
	}
	before := len(b.accounts)
	for _, actor := range actors {
		for _, target := range targets {
			if strings.HasPrefix(target, "group:") || target == actor {
				continue
			}
			a.actor, a.target = actor, target
			b.accounts = append(b.accounts, a)
		}
	}
	if len(b.accounts) == before {
		b.leave(ref, "name the attacked with --attacks CODE; that it was so is then supposed", "the attacked is not known to be a state%s", quoted(act.TargetText))
	}
	return nil
}

func quoted(s string) string {
	if s == "" {
		return ""
	}
	return " (“" + s + "”)"
}

// voice says whose word an act is: within somebody's words, that speaker's;
// another outlet that is quoted counts as the outlet itself. An act that the
// outlet itself calls alleged is somebody's whom it does not name.
func (a *account) voice(doc *reading.Document, act reading.Act) {
	actorOf := func(id *string) *reading.Actor {
		for i := range doc.Actors {
			if id != nil && doc.Actors[i].ID == *id {
				return &doc.Actors[i]
			}
		}
		return nil
	}
	if act.Within != nil {
		for _, st := range doc.Statements {
			if st.ID != *act.Within {
				continue
			}
			speaker := actorOf(st.Speaker)
			a.own = speaker != nil && speaker.Kind == "outlet"
			a.by = cmp.Or(st.SpeakerState, st.SpeakerName, "somebody")
			if a.own {
				a.by = speaker.Name
			}
		}
	}
	switch act.Status {
	case "alleged":
		if a.own {
			a.by = "somebody, says " + a.by
		}
		a.own = false
	case "denied":
		if act.Within == nil && len(act.Source) > 0 { // "Chad denied shelling Sudan"
			if by := actorOf(&act.Source[0]); by != nil {
				a.by = cmp.Or(by.Code, by.State, by.Name)
			}
		}
		a.own = false
	}
}

// parties are the codes of states, and groups, among actors. A person is none:
// who acts for a state was read as the state.
func (b *builder) parties(doc *reading.Document, ids []string) []string {
	var out []string
	for _, id := range ids {
		i := slices.IndexFunc(doc.Actors, func(a reading.Actor) bool { return a.ID == id })
		if i < 0 {
			continue
		}
		code := ""
		switch a := doc.Actors[i]; a.Kind {
		case "state":
			code = cmp.Or(a.Code, a.State)
		case "organization":
			code = a.State
		case "group":
			out = append(out, "group:"+a.Name)
		}
		if code != "" && b.corpus.Names.Known(code) {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// request adds a request for military help, in the outlet's word or that of
// whoever asks; nobody else can say it for them.
func (b *builder) request(a account, doc *reading.Document, act reading.Act, actors, targets []string, published string) {
	if !asksForHelp(act, sentence(doc.Text, act.Trigger)) || act.Status != "occurred" {
		b.odd(a.ref, "it is no request for military help that was made")
		return
	}
	if p, err := day.ParsePeriod(published); a.from.Kind == day.BoundUnknown && err == nil {
		a.from = day.Before(p.To) // by the day on which it was told
	}
	for _, who := range actors {
		if !a.own && a.by != who {
			b.leave(a.ref, "", "that %s asked for help is the word of %s", who, a.by)
			continue
		}
		for _, of := range targets {
			if of != who {
				b.facts = append(b.facts, duty.Fact{Kind: "request", Who: who, Towards: of, By: a.by, On: a.from, Known: day.On(a.known), HasKnown: true, Source: a.source})
			}
		}
	}
}

// pair is who attacks whom.
type pair struct{ actor, target string }

// found joins the accounts of one act and gives each of them the id of its act.
func (b *builder) found() (Found, map[string]string) {
	slices.SortStableFunc(b.accounts, func(x, y account) int {
		return cmp.Or(cmp.Compare(x.known, y.known), strings.Compare(x.ref, y.ref))
	})
	var roots []string
	acts := map[string]map[pair][]account{}
	told := map[string]map[string][]pair{} // by root and ref
	for _, a := range b.accounts {
		r, p := b.find(a.ref), pair{a.actor, a.target}
		if acts[r] == nil {
			roots = append(roots, r)
			acts[r], told[r] = map[pair][]account{}, map[string][]pair{}
		}
		acts[r][p] = append(acts[r][p], a)
		told[r][a.ref] = append(told[r][a.ref], p)
	}
	out := Found{Notes: b.notes}
	out.Facts = b.facts
	ids := map[string]string{}
	for _, r := range roots {
		var first []pair
		rival := ""
		for ref, pairs := range told[r] {
			if first == nil {
				first = pairs
			} else if !slices.Equal(first, pairs) {
				rival = max(rival, ref)
			}
		}
		if rival != "" {
			b.leave(rival, "take the judgement back: casus record judged, casus record undo", "accounts that were judged to be one act differ on who attacked whom")
			continue
		}
		for _, p := range first {
			copies := b.copies(acts[r][p])
			act := merge(acts[r][p], copies, b.via)
			if act.By == "" && !b.asked {
				b.leave(acts[r][p][0].ref, "", "%s denies it, and nobody in the record says it", act.DeniedBy)
				continue
			}
			act.By = cmp.Or(act.By, "others, who are not named")
			for _, a := range acts[r][p] {
				ids[a.ref] = act.ID
				out.Told = append(out.Told, Told{act.ID, a.ref, a.head.Title, a.head.Outlet, a.head.Published, b.via[a.ref], copies[a.head.Hash]})
			}
			out.Acts = append(out.Acts, act)
		}
	}
	for _, l := range b.left {
		l.Ref = shown(l.Ref)
		out.Left = append(out.Left, l.Left)
	}
	return out, ids
}

// merge makes one act of its accounts, earliest known first. It is a fact if an
// outlet reports it as its own word or both sides say it; else it is alleged.
// Days that differ are all possible; kind and place are those of the first
// outlet, or else of the first account. Copies say nothing of their own.
func merge(accounts []account, copies map[string]bool, via map[string]string) duty.Act {
	i := max(slices.IndexFunc(accounts, func(a account) bool { return a.own && !a.denied }), 0)
	lead := accounts[i]
	act := duty.Act{ID: shown(accounts[0].ref), Kind: lead.kind, Actor: lead.actor, Target: lead.target, Place: lead.place, Known: day.On(accounts[0].known), HasKnown: true}
	var says, denies, sources []string
	add := func(list *[]string, s string) {
		if !slices.Contains(*list, s) {
			*list = append(*list, s)
		}
	}
	fact := false
	for _, a := range accounts {
		switch {
		case copies[a.head.Hash]:
			add(&sources, a.source+" (a copy)")
			continue
		case len(accounts) > 1 && strings.HasPrefix(via[a.ref], "by rule"):
			add(&sources, a.source+" (joined by rule)")
		default:
			add(&sources, a.source)
		}
		if a.denied {
			add(&denies, a.by)
			continue
		}
		add(&says, a.by)
		fact = fact || a.own
		switch {
		case a.from.Kind != day.BoundIn:
		case act.From.Kind != day.BoundIn:
			act.From = a.from
		default:
			act.From.From, act.From.To = min(act.From.From, a.from.From), max(act.From.To, a.from.To)
		}
	}
	act.Alleged = !fact && !(slices.Contains(says, act.Actor) && slices.Contains(says, act.Target))
	if act.From.Kind == day.BoundIn {
		act.To = day.After(act.From.To - 1) // on its day; whether it went on nobody says
	}
	act.By, act.DeniedBy, act.Source = strings.Join(says, " and "), strings.Join(denies, " and "), strings.Join(sources, "; ")
	return act
}

func (a *account) shown() string { return shown(a.ref) }

// shown is a ref as people see it.
func shown(ref string) string {
	hash, id, ok := strings.Cut(ref, "#")
	if !ok {
		return ref
	}
	return short(hash) + "#" + id
}

// cite names the bytes that tell an act.
func cite(h record.Head, act reading.Act) string {
	s := strings.Join(slices.DeleteFunc([]string{h.Outlet, h.Published}, func(s string) bool { return s == "" }), ", ")
	if s != "" {
		s += ": "
	}
	s += "report " + short(h.Hash) + "#" + act.ID
	if n := len(act.Trigger); n > 0 {
		s += fmt.Sprintf(", bytes %d-%d", act.Trigger[0].Start, act.Trigger[n-1].End)
	}
	return s
}

// words are those of the spans.
func words(t string, spans []text.Span) string {
	var parts []string
	for _, s := range spans {
		if s.Valid(t) {
			parts = append(parts, s.Of(t))
		}
	}
	return strings.Join(parts, " … ")
}

// sentence is what stands around the first span, up to a full stop or the end
// of the line.
func sentence(t string, spans []text.Span) string {
	if len(spans) == 0 || !spans[0].Valid(t) {
		return ""
	}
	from := 1 + max(strings.LastIndexByte(t[:spans[0].Start], '\n'), strings.LastIndex(t[:spans[0].Start], ". "))
	to := len(t)
	for _, stop := range []string{"\n", ". "} {
		if i := strings.Index(t[spans[0].End:], stop); i >= 0 {
			to = min(to, spans[0].End+i)
		}
	}
	return t[from:to]
}

// short is a hash as people see it.
func short(hash string) string { return hash[:min(len(hash), 12)] }
