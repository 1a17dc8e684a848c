package reading

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/report"
)

var testReader = sync.OnceValues(New)

// readText reads a text as published on a day.
func readText(t testing.TB, published, words string) *Document {
	t.Helper()
	r, err := testReader()
	if err != nil {
		t.Fatal(err)
	}
	rep := &report.Report{ID: t.Name(), Text: words, Language: "en"}
	if published != "" {
		p, err := day.ParsePeriod(published)
		if err != nil {
			t.Fatal(err)
		}
		rep.Published = report.Date{Period: p}
	}
	return r.Read(rep)
}

// cast writes the actors of a document as "kind code or name (state): mentions".
func castOf(d *Document) string {
	var b strings.Builder
	for _, a := range d.Actors {
		who := a.Code
		if who == "" {
			who = a.Name
			if a.State != "" {
				who += " (" + a.State + ")"
			}
		}
		fmt.Fprintf(&b, "%s %s:", a.Kind, who)
		for _, m := range a.Mentions {
			fmt.Fprintf(&b, " %q", m.Of(d.Text))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestNamesInAnotherLanguage(t *testing.T) {
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	d := r.Read(&report.Report{ID: "x", Language: "de", Text: "Der Vertrag mit Frankreich soll im März unterzeichnet werden, teilte das Auswärtige Amt in Berlin mit. Die NATO schwieg."})
	for _, a := range d.Actors {
		if a.Entity == "" {
			t.Errorf("invented %s %q", a.Kind, a.Name)
		}
	}
	if len(d.Problems) == 0 {
		t.Error("nothing says that the report is in another language")
	}
}

func TestMentions(t *testing.T) {
	for name, c := range map[string]struct {
		published, text string
		want            []string // lines that must stand in the cast
		not             []string // words that must not
	}{
		"demonyms and capitals": {"2024-06-19", "Moscow warned Poland. The Russian envoy left, and Warsaw protested.",
			[]string{`state RUS: "Moscow" "Russian"`, `state POL: "Poland" "Warsaw"`}, nil},
		"a capital as a place": {"2024-06-19", "Talks were held in Geneva and Ankara. The envoy flew to Cairo.",
			nil, []string{"TUR", "EGY", "CHE"}},
		"a person and the organisation in his name": {"2024-06-19", "Kim Jong Un visited a farm. The UN said nothing.",
			[]string{`"Kim Jong Un"`, `organization UN:`}, nil},
		"unknown person with office": {"2027-03-11", "Mongolian Foreign Minister Dorj Batsukh spoke first. Batsukh then left.",
			[]string{`person Dorj Batsukh (MNG): "Dorj Batsukh" "Batsukh"`}, nil},
		"counterpart": {"2027-03-11", "Peruvian Defence Minister Luis Arana met his Bolivian counterpart, Rosa Quispe.",
			[]string{`person Luis Arana (PER)`, `person Rosa Quispe (BOL)`}, nil},
		"vanished state": {"2025-02-14", "The Soviet Union and Yugoslavia signed a pact in 1945.",
			[]string{"state SUN", "state YUG"}, nil},
		"capital of the vanished state": {"2025-02-14", "The Soviet Union signed a pact in 1945. Moscow ended it in 1949.",
			[]string{`state SUN: "The Soviet Union" "Moscow"`}, []string{"RUS"}},
		"a player named as a country": {"2024-06-19", "Michael Jordan scored again for the team.",
			nil, []string{"JOR"}},
		"the month May is nobody": {"2024-06-19", "The vote in May was close.",
			nil, []string{"May"}},
		"a company with a country's name": {"2024-06-19", "China Daily wrote about the floods.",
			[]string{`outlet China Daily`}, []string{"state"}},
		"an armed group without code": {"2027-03-11", "The army shelled positions of the Wadi Liberation Front near the border.",
			[]string{`group Wadi Liberation Front`}, nil},
		"national bodies are no actors": {"2027-03-11", "Kenya's Foreign Ministry denied the report.",
			[]string{`state KEN: "Kenya"`}, []string{"organization"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := castOf(readText(t, c.published, c.text))
			for _, w := range c.want {
				if !strings.Contains(got, w) {
					t.Errorf("missed %s in\n%s", w, got)
				}
			}
			for _, w := range c.not {
				if strings.Contains(got, w) {
					t.Errorf("found %s in\n%s", w, got)
				}
			}
		})
	}
}

// nominals returns the codes or names of those whom a phrase means.
func nominals(d *Document, phrase string) string {
	var out []string
	for _, a := range d.Actors {
		for _, m := range a.Nominal {
			if m.Of(d.Text) == phrase {
				who := a.Code
				if who == "" {
					who = a.Name
				}
				out = append(out, who)
			}
		}
	}
	return strings.Join(out, " ")
}

func TestReferences(t *testing.T) {
	for _, c := range []struct{ text, phrase, want string }{
		{"Chile and Peru signed a treaty. The two countries share a border.", "The two countries", "CHL PER"},
		{"Chile and Peru signed a treaty. Both nations share a border.", "Both nations", "CHL PER"},
		{"The minister met Ana Soto, the president. She thanked him.", "She", "Ana Soto"},
		{"Ghana praised Mali. Chile and Peru signed a treaty. They ratified it. Togo and Benin watched.", "They", "CHL PER"},
		{"Chinese troops crossed the river.", "Chinese troops", "CHN"},
		{"Kenya's Foreign Ministry spoke. The ministry denied the report.", "The ministry", "KEN"},
	} {
		if got := nominals(readText(t, "2027-03-11", c.text), c.phrase); got != c.want {
			t.Errorf("%q in %q means %q, want %q", c.phrase, c.text, got, c.want)
		}
	}
}

// TestSurvives reads what no report should be and checks that every span lies
// in the text on the edges of characters.
func TestSurvives(t *testing.T) {
	long := strings.Repeat("Russia and China signed a treaty. ", 400)
	for name, text := range map[string]string{
		"empty": "", "one word": "Russia", "blank": " \n\t ", "open quote": "“We will, said Putin. And then more “",
		"capitals": "RUSSIA AND CHINA SIGNED A TREATY IN MOSCOW ON TUESDAY", "noise": "Rus5ia ánd ~~ C h i n a s!gned\x00 a tr€aty 🇷🇺🇨🇳",
		"another language": "Rusia y China firmaron un tratado en Moscú el martes.", "long": long, "broken": "\xff\xfe Russia \xc3",
	} {
		t.Run(name, func(t *testing.T) { checkSpans(t, readText(t, "2024-06-19", text)) })
	}
}

func checkSpans(t testing.TB, d *Document) {
	t.Helper()
	if _, err := json.Marshal(d); err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, a := range d.Actors {
		ids[a.ID] = true
		for _, m := range append(a.Mentions, a.Nominal...) {
			if !m.Valid(d.Text) || m.Empty() {
				t.Fatalf("mention %v of %s is outside the text", m, a.Name)
			}
		}
	}
	for _, e := range d.Entities {
		if !e.Span.Valid(d.Text) {
			t.Fatalf("entity %v is outside the text", e)
		}
	}
	for _, x := range d.Times {
		if !x.Span.Valid(d.Text) || x.From > x.To {
			t.Fatalf("time %v is outside the text or ends before it begins", x)
		}
	}
	for _, g := range d.Agreements {
		for _, p := range g.Parties {
			if !ids[p] {
				t.Fatalf("agreement %s has the unknown party %s", g.Title, p)
			}
		}
		for _, m := range append(g.Mentions, g.AreaSpans...) {
			if !m.Valid(d.Text) {
				t.Fatalf("mention %v of %s is outside the text", m, g.Title)
			}
		}
		for _, p := range g.Provisions {
			if !p.Span.Valid(d.Text) || !p.TriggerSpan.Valid(d.Text) {
				t.Fatalf("provision %v is outside the text", p)
			}
		}
	}
}

// The same text gives the same bytes.
func TestReadingIsDeterministic(t *testing.T) {
	text := "Russia and China signed a treaty in 2001. Both presidents met in Moscow on Tuesday. He praised Xi Jinping."
	first, _ := json.Marshal(readText(t, "2024-06-19", text))
	for range 5 {
		if again, _ := json.Marshal(readText(t, "2024-06-19", text)); string(again) != string(first) {
			t.Fatalf("two readings differ:\n%s\n%s", first, again)
		}
	}
}

func FuzzMentions(f *testing.F) {
	for _, s := range []string{"Kim Jong-un met Putin in Pyongyang 75 years ago.", "the the - - of of Moscow's", "“", "A treaty with X, and with Y.", "May 32, 0000", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := testReader()
		if err != nil {
			t.Skip(err)
		}
		checkSpans(t, r.Read(&report.Report{Text: s}))
	})
}

// BenchmarkMentions shows the cost by length: time per byte must stay the same.
func BenchmarkMentions(b *testing.B) {
	r, err := testReader()
	if err != nil {
		b.Fatal(err)
	}
	unit := "Russian President Vladimir Putin met his Chinese counterpart on Tuesday. The two countries signed a treaty that obliges each of them to help the other. He thanked Beijing.\n\n"
	for _, n := range []int{1, 10, 100} {
		text := strings.Repeat(unit, n)
		p := r.begin(&report.Report{Text: text})
		b.Run(fmt.Sprintf("%d sentences", 3*n), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for range b.N {
				q := *p
				q.doc = &Document{}
				q.mentions = nil
				q.findMentions()
				q.findTimes()
				q.findAgreements()
			}
		})
	}
}
