package reading

import (
	"cmp"
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
	Open     *Term     `json:"open,omitempty"`    // to the accession of others
}

// Article is an article of a treaty: number as written, heading if it has one,
// and all its bytes. The paragraphs of a protocol or annex behind the signature
// are articles of that part.
type Article struct {
	Number  string    `json:"number"`
	Heading string    `json:"heading,omitempty"`
	Part    string    `json:"part,omitempty"` // heading of the protocol or annex as written; empty in the treaty itself
	Span    text.Span `json:"span"`
}

// Clause is a sentence of a treaty that lays something down.
type Clause struct {
	Article string    `json:"article"`
	Part    string    `json:"part,omitempty"`   // as [Article]
	Secret  bool      `json:"secret,omitempty"` // in a part that calls itself secret
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

// partHead is a line that begins a protocol or annex behind the treaty.
var partHead = regexp.MustCompile(`(?m)^[ \t]*((?:(?:MOST |STRICTLY )?SECRET |ADDITIONAL |FINAL |SUPPLEMENTARY |Secret |Additional |Final |Supplementary )*(?:PROTOCOL|ANNEX|ANNEXE|APPENDIX|Protocol|Annex|Annexe|Appendix)(?: [0-9IVX]+| [A-D])?)[ \t]*[.:]?[ \t]*$`)

// paragraphHead is the number of a paragraph of such a part.
var paragraphHead = regexp.MustCompile(`(?m)^[ \t]*([0-9]{1,2}|[IVX]{1,4})[.)][ \t]+()`)

// clauseRules say what kind a sentence of a treaty is by its words; the first
// that fits counts.
var clauseRules = []struct {
	kind  string
	words *regexp.Regexp
}{
	{"deeming", regexp.MustCompile(`(?i)\bshall be (considered|regarded|deemed|treated)\b|\bis (considered|regarded|deemed)\b`)},
	{"liberty", regexp.MustCompile(`(?i)\b(shall|will) not be (required|obliged|bound|expected) to\b`)},
	{"ban", regexp.MustCompile(`(?i)\bshall (in no manner|not|under no circumstances|never|refrain)\b|\b(undertakes?|engages?|agrees?) (not to|to refrain)|\bneither\b.*\b(shall|will)\b|\bno ([a-z]+ ){1,4}(shall|may|will)\b|\bmay not\b|\brenounces?\b|\bto refrain\b|\bwill not\b`)},
	{"duty", regexp.MustCompile(`(?i)\bshall\b|\bundertakes?\b|\bengages? to\b|\bagrees? to\b|\bwill\b|\bmust\b|\bpledges?\b|\bis obliged\b|\bare obliged\b`)},
	{"liberty", regexp.MustCompile(`(?i)\bmay\b`)},
	{"declaration", regexp.MustCompile(`(?i)\b(reaffirms?|declares?|recogni[sz]es?|confirms?|affirms?)\b`)},
}

var (
	modalWords   = regexp.MustCompile(`(?i)\b(shall not|shall in no manner|shall|may not|may|will not|will|must|undertakes? not|undertakes?|engages? not|engages?|agrees?|renounces?|pledges?|reaffirms?|declares?)\b`)
	processWords = regexp.MustCompile(`(?i)\b(in accordance with|subject to|in conformity with) (its|their|the|each Party's) (respective )?(constitutional|internal|national)[^,.;]*`)
	finalWords   = regexp.MustCompile(`(?i)\b(enters? into force|come into force|comes into force|take effect|takes effect|remain in force|be ratified|subject to ratification|denounce|terminate[sd]?|concluded for|withdraw from this|automatically|tacitly|depositary|authentic|affects? the rights|in duplicate|accession|ratifications exchanged|withdrawal|same force and duration)\b`)
	accedes      = regexp.MustCompile(`(?i)\b(open (for|to) (the )?(accession|signature|adhesion)|may accede|invite .* to accede)\b`)
	ratifies     = regexp.MustCompile(`(?i)\b(ratifications (shall be )?exchanged|exchange of (the )?(instruments of )?ratifications?)\b`)
	leaving      = regexp.MustCompile(`(?i)\b(withdrawal|denunciation|termination)\b`)
	conditional  = regexp.MustCompile(`(?i)^[0-9.() ]*(whenever|when|if|in case|in the event|should|where|after|upon|for|in order)\b`)
	entersForce  = regexp.MustCompile(`(?i)\b(enters? into force|comes? into force|takes? effect)\b`)
	lastsFor     = regexp.MustCompile(`(?i)\b(remain in force|concluded for|valid for|be in force for|shall continue in force)\b`)
	renews       = regexp.MustCompile(`(?i)\b(renewed|extended|prolonged)\b`)
	denounces    = regexp.MustCompile(`(?i)\b(denounces?|denounced|denounce it|terminates?|withdraws? from|notice of (termination|denunciation|withdrawal))\b`)
)

// Treaty reads the text of a treaty with the protocols and annexes behind its
// signature. It tells no reservation from a clause, and takes every sentence
// nearly alone.
func (r *Reader) Treaty(words string) *Draft {
	d := &Draft{Parties: []string{}, Clauses: []Clause{}, Articles: []Article{}}
	main := len(words)
	parts := partHead.FindAllStringSubmatchIndex(words, -1)
	parts = slices.DeleteFunc(parts, func(p []int) bool { // its own title is no part behind it
		return closing(words[:p[0]]) < 0 && !articleHead.MatchString(words[:p[0]])
	})
	if len(parts) > 0 {
		main = parts[0][0]
	}
	body := main
	if h := articleHead.FindStringIndex(words[:main]); h != nil {
		body = h[0]
	}
	d.opening(r, words[:body])
	d.articles(r, words, text.Span{End: main}, "", articleHead)
	d.signature(r, words[:main])
	d.signatories(r, words[:main])
	for i, p := range parts {
		span := text.Span{Start: p[1], End: len(words)}
		if i+1 < len(parts) {
			span.End = parts[i+1][0]
		}
		head := articleHead
		if !head.MatchString(span.Of(words)) {
			head = paragraphHead
		}
		d.articles(r, words, span, strings.Join(strings.Fields(words[p[2]:p[3]]), " "), head)
	}
	if d.Force == nil {
		if k := ratifies.FindStringIndex(words[:main]); k != nil {
			d.Force = &Term{How: "exchange", Span: text.Span{Start: k[0], End: k[1]}}
			if i := slices.IndexFunc(d.Articles, func(a Article) bool { return a.Span.Contains(d.Force.Span) }); i >= 0 {
				d.Force.Article = d.Articles[i].Number
			}
		}
	}
	return d
}

// articles reads the articles of one part of a text.
func (d *Draft) articles(r *Reader, words string, span text.Span, part string, head *regexp.Regexp) {
	heads := head.FindAllStringSubmatchIndex(span.Of(words), -1)
	for i, h := range heads {
		for k := range h {
			h[k] += span.Start
		}
		end := span.End
		if i+1 < len(heads) {
			end = heads[i+1][0] + span.Start
		} else if k := closing(words[h[1]:span.End]); k >= 0 {
			end = h[1] + k
		}
		a := Article{Number: words[h[2]:h[3]], Heading: strings.TrimSpace(words[h[4]:h[5]]), Part: part, Span: text.Span{Start: h[0], End: end}}
		from := h[1]
		if len(a.Heading) > 90 || strings.HasSuffix(a.Heading, ".") && strings.Contains(a.Heading, " shall ") {
			a.Heading, from = "", h[4] // the article begins on the line of its number
		}
		d.Articles = append(d.Articles, a)
		d.article(r, words, a, text.Span{Start: from, End: end})
	}
}

// signatories adds the states for which the text was signed: "For the Togolese
// Republic".
func (d *Draft) signatories(r *Reader, words string) {
	k := closing(words)
	if k < 0 {
		return
	}
	for line := range strings.Lines(words[k:]) {
		if line = strings.TrimSpace(line); len(line) < 90 && (strings.HasPrefix(line, "For ") || strings.HasPrefix(line, "FOR ")) {
			d.states(r, line[4:])
		}
	}
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
	d.states(r, words)
}

// realms are the words that make a state's name of an adjective: "the Togolese
// Republic".
var realms = setOf(`republic kingdom federation confederation empire union state principality sultanate emirate`)

// states adds the states that words name to the parties.
func (d *Draft) states(r *Reader, words string) {
	p := r.begin(&report.Report{Text: words})
	for s := range p.sentences {
		tokens := p.sentences[s].Tokens
		forms := make([]string, len(tokens))
		for i := range tokens {
			forms[i] = ordinaryCase(tokens[i].Form)
		}
		for _, m := range r.world.Scan(forms, p.today()) {
			sense := m.Senses[0]
			named := sense.Via <= actor.ViaAcronym || sense.Via == actor.ViaDemonym && (realms[lower(p.token(s, m.To).Form)] || lower(p.token(s, m.From-1).Form) == "the" && lower(p.token(s, m.From-2).Form) == "of")
			if sense.Kind == actor.KindState && named && !sense.Ambiguous && !slices.Contains(d.Parties, sense.Actor) {
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
func (d *Draft) article(r *Reader, words string, a Article, span text.Span) {
	number := a.Number
	var before string // the subject of the sentence before
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
			if a.Part == "" {
				d.life(number, sentence, at)
			}
			before = subjectOf(sentence)
			continue
		}
		kind := clauseKind(sentence)
		if kind == "" {
			before = subjectOf(sentence)
			continue
		}
		c := Clause{Article: number, Part: a.Part, Secret: strings.Contains(lower(a.Part), "secret"), Kind: kind, Type: clauseType(kind, lower(sentence)), Span: at}
		if t := g.trigger(s, 0, len(tokens)-1); !t.Empty() {
			c.Trigger = text.Span{Start: span.Start + t.Start, End: span.Start + t.End}
		}
		if k := processWords.FindStringIndex(local.Of(p.text)); k != nil {
			c.Process = text.Span{Start: at.Start + k[0], End: at.Start + k[1]}
		}
		c.Bearer, c.Modal = bearer(local.Of(p.text), &c, at.Start)
		switch c.Bearer {
		case "It", "They", "it", "they":
			c.Bearer = cmp.Or(before, c.Bearer)
		}
		before = c.Bearer
		d.Clauses = append(d.Clauses, c)
	}
}

var afterSubject = regexp.MustCompile(`\b(is|are|shall|may|will|consists?)\b`)

// subjectOf returns the words before the verb of a sentence that lays nothing
// down, for the "It" of the next.
func subjectOf(sentence string) string {
	k := afterSubject.FindStringIndex(sentence)
	if k == nil || k[0] > 60 {
		return ""
	}
	return strings.Trim(sentence[:k[0]], " ,.;:()0123456789")
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
	if kind == "deeming" && (strings.Contains(sentence, "attack") || strings.Contains(sentence, "aggression")) {
		return "defense"
	}
	if t := provisionTypes(sentence); t != "" {
		return t
	}
	return "other"
}

// bearer returns the words before those that bind, without the condition that
// stands first, and those that bind.
func bearer(sentence string, c *Clause, at int) (who, modal string) {
	k := modalWords.FindStringIndex(sentence)
	if k == nil {
		return "", ""
	}
	from := 0
	if !c.Trigger.Empty() && c.Trigger.Start-at < k[0] && c.Trigger.End-at <= k[0] {
		from = c.Trigger.End - at
	}
	// "Whenever, in the opinion of any of them, X is threatened, the Parties shall"
	if i := strings.LastIndexByte(sentence[:k[0]], ','); i >= from && conditional.MatchString(sentence[:i]) {
		lead := conditional.FindStringSubmatchIndex(sentence)
		if w := lower(sentence[lead[2]:lead[3]]); w != "after" && w != "upon" && w != "for" && w != "in order" {
			c.Trigger = text.Span{Start: at + lead[2], End: at + i}
		}
		from = i
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
	if accedes.MatchString(sentence) && d.Open == nil {
		d.Open = term("accession", "")
		return
	}
	if entersForce.MatchString(sentence) && leaving.MatchString(sentence) {
		if d.Ends != nil && d.Ends.Period == "" {
			d.Ends.Period = periodIn(low) // "The withdrawal shall take effect one year after"
		}
		return
	}
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
				if y := c.writtenYear(i + 4); y > 0 && c.month(i+3) > 0 {
					if t, err := day.Of(y, c.month(i+3), n); err == nil {
						d.Signed = t.String()
						return
					}
				}
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

// writtenYear returns the year of "two thousand and thirty-two" or "one thousand
// nine hundred and sixty", or 0.
func (c *clock) writtenYear(i int) int {
	thousands := smallNumbers[c.word(i)]
	if thousands < 1 || thousands > 2 || c.word(i+1) != "thousand" {
		return 0
	}
	year := 1000 * thousands
	if h := smallNumbers[c.word(i+2)]; h > 0 && c.word(i+3) == "hundred" {
		year, i = year+100*h, i+2
	}
	if i += 2; c.word(i) == "and" {
		i++
	}
	if n, _, ok := c.number(i); ok && n < 100 {
		year += n
	}
	return year
}
