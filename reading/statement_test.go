package reading

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
)

func reader(t testing.TB) *Reader {
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// attributed writes a statement as "source / cue / content", with what it is within.
func attributed(d *Document, s Statement) string {
	part := func(list []text.Span) string {
		var out []string
		for _, x := range list {
			out = append(out, x.Of(d.Text))
		}
		return strings.Join(out, " | ")
	}
	return part(s.Source) + " / " + part(s.Cue) + " / " + part(s.Content)
}

func TestStatements(t *testing.T) {
	r := reader(t)
	for _, c := range []struct {
		name, text string
		want       []string // each must be among the statements
		kinds      []string
		speakers   []string
		none       []string // parts of what must not be a statement
	}{
		{name: "said that", text: "Vladimir Putin said on Tuesday that the treaty was ready.",
			want: []string{"Vladimir Putin / said / that the treaty was ready"}, kinds: []string{"indirect"}, speakers: []string{"Vladimir Putin"}},
		{name: "relay at the end", text: "The talks have failed, the foreign minister said, according to TASS.",
			want: []string{"TASS / according to / The talks have failed, the foreign minister said", "the foreign minister / said / The talks have failed"}},
		{name: "agency at the end", text: "Two ships left the harbour at dawn, Interfax reported.",
			want: []string{"Interfax / reported / Two ships left the harbour at dawn"}},
		{name: "as stated by", text: "The accord includes provisions for mutual help in case of attack, as stated by President Putin.",
			want: []string{"President Putin / stated / The accord includes provisions for mutual help in case of attack"}, kinds: []string{"indirect"}},
		{name: "citing", text: "Two ships left the harbour at dawn, Interfax reported, citing the Defence Ministry.",
			want: []string{"the Defence Ministry / citing / Two ships left the harbour at dawn"}},
		{name: "quoted as telling", text: "“We will not lend our roads to anyone,” Montsame quoted Gantulga as telling reporters.",
			want: []string{"Gantulga / telling / “We will not lend our roads to anyone,”"}},
		{name: "interrupted", text: "“It is over,” Smith said. “We are going home.”",
			want: []string{"Smith / said / “It is over,” | “We are going home.”"}, kinds: []string{"direct"}},
		{name: "mixed", text: "Smith said the plan was “a trap for all of us”.", kinds: []string{"mixed"}},
		{name: "signature", text: "Readers wrote to us.\n\n“We have seen nothing like it in forty years.” — Maria Rossi",
			want: []string{"Maria Rossi / — / “We have seen nothing like it in forty years.”"}, kinds: []string{"direct"}},
		{name: "over paragraphs", text: "“We went there with respect,” Smith said.\n\n“Nobody wrote this draft but us.\n\n“And we will stand by it.”",
			want: []string{"Smith / said / “We went there with respect,” | “Nobody wrote this draft but us. | “And we will stand by it.”"}},
		{name: "what it is called", text: "Guards boarded a ferry, in what the Interior Ministry called a routine check and Moscow described as “piracy under the blue flag”.",
			want: []string{"the Interior Ministry / called / a routine check", "Moscow / described / “piracy under the blue flag”"}, none: []string{"boarded"}},
		{name: "a move that somebody calls", text: "Kosovo's police arrested an officer near Jarinje on Sunday, in a move that Belgrade called a kidnapping.",
			want: []string{"Belgrade / called / a kidnapping"}, none: []string{"arrested"}},
		{name: "around an aside", text: "Athens wants calm. Vienna, he said, was hiding behind paragraphs.",
			want: []string{"he / said / Vienna | was hiding behind paragraphs"}},
		{name: "quoted as saying by", text: "“Pakistan should look at home,” Mujahid was quoted as saying by the Bakhtar news agency.",
			want: []string{"Mujahid / saying / “Pakistan should look at home,”", "the Bakhtar news agency / quoted / “Pakistan should look at home,”"}},
		{name: "adding behind a note", text: "The Russian embassy in Tallinn said that the boarding violated the law of the sea, adding that it reserved the right to respond.",
			want: []string{"The Russian embassy in Tallinn / adding / that it reserved the right to respond"}},
		{name: "the subject behind a relative clause", text: "Defence Minister Khawaja Asif spoke. Asif, who was speaking in Sialkot, said the army “knows where they sleep”.",
			want: []string{"Asif / said / the army “knows where they sleep”"}},
		{name: "called on to", text: "NATO, in a statement from Brussels, called on both sides to refrain from force.",
			want: []string{"NATO / called on / both sides to refrain from force"}},
		{name: "asked, he said", text: "Asked whether the men would be charged, Hidayat said that was up to the courts.", none: []string{"whether"}},
		{name: "a question of a state", text: "Serbia again asked Zagreb what the annex says. Thailand has asked for clarification.", none: []string{"annex", "clarification"}},
		{name: "a gesture of an official", text: "Ukrainian Foreign Minister Ivan Bondar thanked Hungary. He rejected the claim.", none: []string{"Hungary", "claim"}},
		{name: "a treaty that promised", text: "The treaty of friendship, which promised mutual aid, was torn up. Chile and Peru signed a pact. They promised to consult.", none: []string{"aid", "consult"}},
		{name: "a city's dateline", text: "ISLAMABAD: Pakistan closed its border with Iran on Saturday.", none: []string{"border"}},
		{name: "who stands behind the verb", text: "Georgia denies it. It let them through 41 times, says an EU report.",
			want: []string{"an EU report / says / It let them through 41 times"}},
		{name: "office of a person", text: "Liberia's president, Comfort Gbarnga, spoke by telephone with both. Her office said the two had agreed.",
			speakers: []string{"office of the Liberian president"}},
		{name: "spokesperson of who was named", text: "ECOWAS urged both sides to wait. “There is no military answer,” a spokesperson for the bloc told reporters.",
			speakers: []string{"ECOWAS spokesperson"}},
		{name: "the one of an apposition", text: "One of them, Isabel Castro, called it “a beginning”.", speakers: []string{"Isabel Castro"}},
		{name: "counterpart by the office", text: "Turkish Foreign Minister Ali Demir met his Greek counterpart, who said the talks were useful.", speakers: []string{"Greek Foreign Minister"}},
		{name: "a name behind its office behind a quotation", text: "“Had it happened an hour later it would have been worse,” Khaled Salem, editor at the Gazette, said.",
			want: []string{"Khaled Salem, editor at the Gazette, / said / “Had it happened an hour later it would have been worse,”"}},
		{name: "what a group is called", text: "An elite group called the Sea Org built a ship.", none: []string{"Sea Org"}},
		{name: "silence", text: "The ministry declined to comment. The spokesman did not say whether the ships had left.",
			none: []string{"comment", "whether"}},
		{name: "acts without words", text: "China welcomed the signing. The two governments agreed to build a port.", none: []string{"signing", "port"}},
		{name: "a scare quote", text: "The so-called “republic” has no army.", none: []string{"republic"}},
		{name: "the outlet's own voice", text: "Two ships left the harbour at dawn. It rained.", none: []string{"ships", "rained"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := r.Read(&report.Report{Text: c.text})
			var all, kinds, speakers []string
			for _, s := range d.Statements {
				all = append(all, attributed(d, s))
				kinds = append(kinds, s.Kind)
				speakers = append(speakers, s.SpeakerName)
			}
			for _, w := range c.want {
				if !slices.Contains(all, w) {
					t.Errorf("missing %q in\n%s", w, strings.Join(all, "\n"))
				}
			}
			for _, k := range c.kinds {
				if !slices.Contains(kinds, k) {
					t.Errorf("kinds %v: no %q", kinds, k)
				}
			}
			for _, k := range c.speakers {
				if !slices.Contains(speakers, k) {
					t.Errorf("speakers %v: no %q", speakers, k)
				}
			}
			for _, n := range c.none {
				for i, s := range d.Statements {
					for _, x := range s.Content {
						if strings.Contains(x.Of(d.Text), n) {
							t.Errorf("should be no statement: %s", all[i])
						}
					}
				}
			}
		})
	}
}

func TestTranscript(t *testing.T) {
	d := reader(t).Read(&report.Report{Text: "Noon briefing\nSpokesperson: Amina Okafor\n\nMS. OKAFOR: Good afternoon. The talks go on.\n\nQUESTION (Sahel Radio): Khartoum says the army shelled a village. Is that so?\n\nMS. OKAFOR: We have seen the statement.\n\nWe urge both sides to wait.\n"})
	var direct []string
	for _, s := range d.Statements {
		if s.Kind == "direct" {
			direct = append(direct, s.SpeakerName+": "+s.Content[0].Of(d.Text))
		}
	}
	want := []string{"Amina Okafor: Good afternoon. The talks go on.", "Amina Okafor: We have seen the statement.\n\nWe urge both sides to wait."}
	if !slices.Equal(direct, want) {
		t.Errorf("got %q, want %q", direct, want)
	}
}

func TestPost(t *testing.T) {
	s := "It was a long day.\n\nHUGE: the navy is here\n— Sur Rebelde (@sur) May 13, 2027\n\nNobody minded."
	at := func(w string) text.Span {
		i := strings.Index(s, w)
		return text.Span{Start: i, End: i + len(w)}
	}
	rep := &report.Report{Text: s, Posts: []report.Post{{Author: "Sur Rebelde", Words: at("HUGE: the navy is here"), Dash: at("—"), Source: at("Sur Rebelde"), Span: at("HUGE: the navy is here\n— Sur Rebelde (@sur) May 13, 2027")}}}
	rep.Parts = []report.Part{{Kind: report.PostPart, Span: rep.Posts[0].Span}}
	d := reader(t).Read(rep)
	if len(d.Statements) != 1 || d.Statements[0].Kind != "direct" || d.Statements[0].SpeakerName != "Sur Rebelde" || attributed(d, d.Statements[0]) != "Sur Rebelde / — / HUGE: the navy is here" {
		t.Errorf("got %+v", d.Statements)
	}
}

// checkStatements holds for any report.
func checkStatements(t testing.TB, d *Document) {
	byID := map[string]Statement{}
	for _, s := range d.Statements {
		byID[s.ID] = s
		if len(s.Content) == 0 || !slices.Contains([]string{"direct", "indirect", "mixed"}, s.Kind) {
			t.Fatalf("statement %+v", s)
		}
		for _, list := range [][]text.Span{s.Source, s.Cue, s.Content} {
			for _, x := range list {
				if !x.Valid(d.Text) {
					t.Fatalf("statement %s: span %v lies outside the text or cuts a character", s.ID, x)
				}
			}
		}
	}
	for _, s := range d.Statements {
		steps := 0
		for s.Within != nil {
			next, ok := byID[*s.Within]
			if steps++; !ok || steps > len(d.Statements) {
				t.Fatalf("statement %s: within runs in a circle or nowhere", s.ID)
			}
			s = next
		}
	}
}

func TestStatementsSurvive(t *testing.T) {
	r := reader(t)
	speakers := ""
	for i := range 300 {
		speakers += fmt.Sprintf("“This is point number %d,” Minister Number%d Smith%d said.\n\n", i, i, i)
	}
	for name, s := range map[string]string{
		"nothing": "", "one word": "Putin", "a mark": "“",
		"marks":        strings.Repeat("“a” said B. ", 2000),
		"never closes": "“" + strings.Repeat("He said so, TASS reported.\n", 500),
		"300 speakers": speakers,
		"capitals":     "PUTIN SAID THE PACT WAS READY, TASS REPORTED, CITING THE KREMLIN.",
		"labels":       strings.Repeat("QUESTION: No?\nMR. X: “Yes,” he said.\n", 300),
	} {
		t.Run(name, func(t *testing.T) { checkStatements(t, r.Read(&report.Report{Text: s})) })
	}
}

func FuzzStatements(f *testing.F) {
	r := reader(f)
	f.Add("“No,” she said.\n\n“Yes. — A B\nQUESTION: what?\nX: He denied it, citing Y.")
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) < 1500 {
			checkStatements(t, r.Read(&report.Report{Text: strings.ToValidUTF8(s, "?")}))
		}
	})
}
