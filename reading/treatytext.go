package reading

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
)

// Draft is what was read in a treaty's own text. It is a beginning for a person
// to finish: what is empty was not found, and nothing in it is a source of duty.
type Draft struct {
	Title    string    `json:"title,omitempty"`
	Form     string    `json:"form,omitempty"`    // treaty, agreement, memorandum, protocol, declaration
	Parties  []string  `json:"parties"`           // ids of states and organisations, in the order of the text
	Signed   string    `json:"signed,omitempty"`  // as finely as the text gives it
	Clauses  []Clause  `json:"clauses"`           // in the order of the text
	Articles []Article `json:"articles"`          // all of them, with or without clauses
	Force    *Term     `json:"force,omitempty"`   // entry into force
	Lasts    *Term     `json:"lasts,omitempty"`   // duration
	Renewed  *Term     `json:"renewed,omitempty"` // for which further periods
	Ends     *Term     `json:"ends,omitempty"`    // denunciation or withdrawal
}

// Article is an article of a treaty: number as written, heading if it has one,
// and all its bytes.
type Article struct {
	Number  string    `json:"number"`
	Heading string    `json:"heading,omitempty"`
	Span    text.Span `json:"span"`
}

// Clause is a sentence of a treaty that lays something down.
type Clause struct {
	Article string    `json:"article"`
	Type    string    `json:"type"`             // as [Provision]
	Kind    string    `json:"kind"`             // duty, ban, liberty, deeming, declaration
	Bearer  string    `json:"bearer,omitempty"` // as worded: "each Party", "Kenya"
	Modal   string    `json:"modal,omitempty"`  // the words that bind: shall, shall not, may, undertake
	Trigger text.Span `json:"trigger"`          // empty if none
	Process text.Span `json:"process"`          // "in accordance with its constitutional processes"; empty if none
	Span    text.Span `json:"span"`
}

// Term is a provision on the life of the treaty.
type Term struct {
	Article string    `json:"article"`
	How     string    `json:"how,omitempty"`    // signature, ratification, exchange, deposit, notification, date, indefinite, notice
	Period  string    `json:"period,omitempty"` // ISO 8601 duration: of the term, of the delay, of the notice
	Span    text.Span `json:"span"`
}

// articleHead is a line that begins an article. A heading may follow on it.
var articleHead = regexp.MustCompile(`(?m)^[ \t]*(?i:article|art\.)[ \t]+([0-9]+|[IVXLC]+|[A-Za-z]+)\b[ \t]*[.:–—-]?[ \t]*(.*)$`)

// clauseRules say what kind a sentence of a treaty is by its words; the first
// that fits counts.
var clauseRules = []struct {
	kind  string
	words *regexp.Regexp
}{
	{"deeming", regexp.MustCompile(`(?i)\bshall be (considered|regarded|deemed|treated)\b|\bis (considered|regarded|deemed)\b`)},
	{"ban", regexp.MustCompile(`(?i)\bshall (in no manner|not|under no circumstances|never|refrain)\b|\bundertakes? (not to|to refrain)|\bneither\b.*\b(shall|will)\b|\bno party (shall|may)\b|\bmay not\b|\brenounces?\b|\bto refrain\b|\bwill not\b`)},
	{"liberty", regexp.MustCompile(`(?i)\bmay\b`)},
	{"duty", regexp.MustCompile(`(?i)\bshall\b|\bundertakes?\b|\bagrees? to\b|\bwill\b|\bmust\b|\bpledges?\b|\bis obliged\b|\bare obliged\b`)},
	{"declaration", regexp.MustCompile(`(?i)\b(reaffirms?|declares?|recogni[sz]es?|confirms?|affirms?)\b`)},
}

var (
	modalWords   = regexp.MustCompile(`(?i)\b(shall not|shall in no manner|shall|may not|may|will not|will|must|undertakes? not|undertakes?|agrees?|renounces?|pledges?|reaffirms?|declares?)\b`)
	processWords = regexp.MustCompile(`(?i)\b(in accordance with|subject to|in conformity with) (its|their|the|each Party's) (respective )?(constitutional|internal|national)[^,.;]*`)
	finalWords   = regexp.MustCompile(`(?i)\b(enters? into force|come into force|comes into force|take effect|takes effect|remain in force|be ratified|subject to ratification|denounce|terminate[sd]?|concluded for|withdraw from this|automatically|tacitly|depositary|authentic|affects? the rights|in duplicate)\b`)
	entersForce  = regexp.MustCompile(`(?i)\b(enters? into force|comes? into force|takes? effect)\b`)
	lastsFor     = regexp.MustCompile(`(?i)\b(remain in force|concluded for|valid for|be in force for|shall continue in force)\b`)
	renews       = regexp.MustCompile(`(?i)\b(renewed|extended|prolonged)\b`)
	denounces    = regexp.MustCompile(`(?i)\b(denounces?|denounce it|terminates?|withdraws? from|notice of (termination|denunciation|withdrawal))\b`)
)

// Treaty reads the text of a treaty. It does not read annexes apart, tells no
// reservation from a clause, and takes every sentence alone.
func (r *Reader) Treaty(words string) *Draft {
	d := &Draft{Parties: []string{}, Clauses: []Clause{}, Articles: []Article{}}
	heads := articleHead.FindAllStringSubmatchIndex(words, -1)
	body := len(words)
	if len(heads) > 0 {
		body = heads[0][0]
	}
	d.opening(r, words[:body])
	for i, h := range heads {
		end := len(words)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		} else if k := closing(words[h[1]:]); k >= 0 {
			end = h[1] + k
		}
		a := Article{Number: words[h[2]:h[3]], Heading: strings.TrimSpace(words[h[4]:h[5]]), Span: text.Span{Start: h[0], End: end}}
		from := h[1]
		if len(a.Heading) > 90 || strings.HasSuffix(a.Heading, ".") && strings.Contains(a.Heading, " shall ") {
			a.Heading, from = "", h[4] // the article begins on the line of its number
		}
		d.Articles = append(d.Articles, a)
		d.article(r, words, a.Number, text.Span{Start: from, End: end})
	}
	d.signature(r, words)
	return d
}

// closing returns where the formula of signature begins, or -1.
func closing(words string) int {
	for _, mark := range []string{"\nDONE ", "\nDone ", "\nIN WITNESS", "\nIn witness", "\nSigned at", "\nSIGNED"} {
		if k := strings.Index(words, mark); k >= 0 {
			return k
		}
	}
	return -1
}

// opening reads title and parties from what stands before the first article.
func (d *Draft) opening(r *Reader, words string) {
	for line := range strings.Lines(words) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		for _, w := range strings.Fields(lower(line)) {
			if w = strings.Trim(w, ",.:"); agreementNouns[w] {
				d.Title, d.Form = line, formOf(w)
				break
			}
		}
		break
	}
	p := r.begin(&report.Report{Text: words})
	for s := range p.sentences {
		tokens := p.sentences[s].Tokens
		forms := make([]string, len(tokens))
		for i := range tokens {
			forms[i] = ordinaryCase(tokens[i].Form)
		}
		for _, m := range r.world.Scan(forms, p.today()) {
			sense := m.Senses[0]
			if sense.Kind == actor.KindState && sense.Via <= actor.ViaAcronym && !sense.Ambiguous && !slices.Contains(d.Parties, sense.Actor) {
				d.Parties = append(d.Parties, sense.Actor)
			}
		}
	}
}

// ordinaryCase writes a word set in capitals with one capital, so that a title
// in capitals names states as the text does.
func ordinaryCase(w string) string {
	if !shouted(w) || len(w) <= 3 {
		return w
	}
	r := []rune(w)
	return string(r[0]) + lower(string(r[1:]))
}

// article reads the sentences of an article.
func (d *Draft) article(r *Reader, words, number string, span text.Span) {
	p := r.begin(&report.Report{Text: span.Of(words)})
	g := &agreements{page: p, heads: make([][]int, len(p.sentences))}
	for s := range p.sentences {
		tokens := p.sentences[s].Tokens
		if len(tokens) < 4 {
			continue
		}
		local := p.sentences[s].Span
		at := text.Span{Start: span.Start + local.Start, End: span.Start + local.End}
		sentence := strings.Join(strings.Fields(local.Of(p.text)), " ")
		if finalWords.MatchString(sentence) {
			d.life(number, sentence, at)
			continue
		}
		kind := clauseKind(sentence)
		if kind == "" {
			continue
		}
		c := Clause{Article: number, Kind: kind, Type: clauseType(kind, lower(sentence)), Span: at}
		if t := g.trigger(s, 0, len(tokens)-1); !t.Empty() {
			c.Trigger = text.Span{Start: span.Start + t.Start, End: span.Start + t.End}
		}
		if k := processWords.FindStringIndex(local.Of(p.text)); k != nil {
			c.Process = text.Span{Start: at.Start + k[0], End: at.Start + k[1]}
		}
		c.Bearer, c.Modal = bearer(local.Of(p.text), c, at.Start)
		d.Clauses = append(d.Clauses, c)
	}
}

func clauseKind(sentence string) string {
	for _, r := range clauseRules {
		if r.words.MatchString(sentence) {
			return r.kind
		}
	}
	return ""
}

// clauseType types a clause; a deeming clause about attacks belongs to defence.
func clauseType(kind, sentence string) string {
	if kind == "deeming" && strings.Contains(sentence, "attack") {
		return "defense"
	}
	if t := provisionTypes(sentence); t != "" {
		return t
	}
	return "other"
}

// bearer returns the words before those that bind, without the condition that
// stands first, and those that bind.
func bearer(sentence string, c Clause, at int) (who, modal string) {
	k := modalWords.FindStringIndex(sentence)
	if k == nil {
		return "", ""
	}
	from := 0
	if !c.Trigger.Empty() && c.Trigger.Start-at < k[0] && c.Trigger.End-at <= k[0] {
		from = c.Trigger.End - at
	}
	who = strings.Trim(sentence[from:k[0]], " ,.;:()0123456789\n\t")
	if i := strings.LastIndexAny(who, ".;"); i >= 0 {
		who = strings.TrimSpace(who[i+1:])
	}
	if rest, ok := strings.CutPrefix(who, "a) "); ok {
		who = rest
	}
	if rest, ok := strings.CutPrefix(who, "b) "); ok {
		who = rest
	}
	return strings.Join(strings.Fields(who), " "), lower(sentence[k[0]:k[1]])
}

// life reads a sentence on entry into force, duration, renewal or end.
func (d *Draft) life(number, sentence string, at text.Span) {
	low := lower(sentence)
	term := func(how, period string) *Term { return &Term{Article: number, How: how, Period: period, Span: at} }
	if entersForce.MatchString(sentence) && d.Force == nil {
		how := ""
		for _, w := range []struct{ word, how string }{{"signature", "signature"}, {"exchange", "exchange"}, {"deposit", "deposit"}, {"notif", "notification"}, {"ratif", "ratification"}} {
			if strings.Contains(low, w.word) {
				how = w.how
				break
			}
		}
		d.Force = term(how, periodIn(low))
	}
	if lastsFor.MatchString(sentence) && d.Lasts == nil {
		first, _, _ := strings.Cut(low, "renew")
		d.Lasts = term("", periodIn(first))
		if strings.Contains(low, "indefinite") {
			d.Lasts.How, d.Lasts.Period = "indefinite", ""
		}
	}
	if k := renews.FindStringIndex(low); k != nil && d.Renewed == nil {
		how := ""
		if strings.Contains(low, "automatic") || strings.Contains(low, "tacit") {
			how = "automatic"
		}
		d.Renewed = term(how, periodIn(low[k[1]:]))
	}
	if k := denounces.FindStringIndex(low); k != nil && d.Ends == nil {
		d.Ends = term("notice", periodIn(low[k[1]:]))
	}
}

var dayOrdinals = regexp.MustCompile(`\b(thirtieth|sixtieth|ninetieth) day\b`)

var lengthWords = regexp.MustCompile(`\b([0-9]+|a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|twenty-five|thirty|fifty|sixty|ninety)[ -](day|week|month|year)s?\b`)

// periodIn returns the first length of time in words as ISO 8601; empty if none.
func periodIn(words string) string {
	if m := dayOrdinals.FindStringSubmatch(words); m != nil {
		return map[string]string{"thirtieth": "P30D", "sixtieth": "P60D", "ninetieth": "P90D"}[m[1]]
	}
	m := lengthWords.FindStringSubmatch(words)
	if m == nil {
		return ""
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		tens, ones, _ := strings.Cut(m[1], "-")
		n = smallNumbers[m[1]]
		if n == 0 {
			n = tensNumbers[tens] + smallNumbers[ones]
		}
	}
	return units[m[2]].iso(n)
}

// signature reads the day of signature from the closing formula.
func (d *Draft) signature(r *Reader, words string) {
	k := closing(words)
	if k < 0 {
		return
	}
	p := r.begin(&report.Report{Text: words[k:]})
	c := &clock{page: p, today: p.today()}
	for s := range p.sentences {
		c.s = s
		for i := range p.sentences[s].Tokens {
			if t, ok := c.calendar(i); ok && t.period.To > t.period.From {
				d.Signed = t.period.String()
				return
			}
			if n := c.writtenDay(i); n > 0 {
				if t, ok := c.monthDate(i + 3); ok && t.period.Precision == day.ToMonth {
					d.Signed = (t.period.From + day.Day(n-1)).String()
					return
				}
			}
		}
	}
}

// writtenDay returns the day of "ninth day of June 2030", or 0.
func (c *clock) writtenDay(i int) int {
	n := ordinal(c.word(i))
	if n < 1 || n > 28 || c.word(i+1) != "day" || c.word(i+2) != "of" {
		return 0
	}
	return n
}
