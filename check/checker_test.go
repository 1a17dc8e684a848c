package check

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/treaty"
)

// check reads a text as published on a day and holds it against the corpus.
func checked(t *testing.T, published, body string) Checked {
	t.Helper()
	c, err := corpus.World()
	if err != nil {
		t.Fatal(err)
	}
	reader, err := reading.New()
	if err != nil {
		t.Fatal(err)
	}
	for rep, err := range report.All(strings.NewReader(`{"id":"x","date":"`+published+`","text":"`+body+`"}`), report.Options{In: report.JSONL}) {
		if err != nil {
			t.Fatal(err)
		}
		return New(c, actor.World()).Check(reader.Read(rep))
	}
	t.Fatal("no report was read")
	return Checked{}
}

func TestCheck(t *testing.T) {
	for _, c := range []struct {
		name, published, body string
		kind                  string
		want                  Result // "" if there must be no verdict of the kind
		ref                   string
	}{
		{"a treaty of that day", "2024-06-20", "Russia and North Korea signed a strategic partnership treaty on Wednesday in Pyongyang.",
			"agreement", Supported, "rus-prk-2024"},
		{"a treaty that the corpus lacks", "2024-06-20", "Peru and Mongolia signed a tourism treaty on Wednesday.",
			"agreement", NotInRecord, ""},
		{"an anniversary", "2024-06-20", "Putin said Moscow and Pyongyang signed their first agreement 75 years ago.",
			"anniversary", Supported, "sun-prk-1949"},
		{"the first, as far as the corpus goes", "2024-06-20", "Putin said Moscow and Pyongyang signed their first agreement 75 years ago.",
			"first", NotInRecord, ""},
		{"an office", "2024-06-20", "Russian President Vladimir Putin visited Vietnam.",
			"office", Supported, ""},
		{"opinions are not judged", "2024-06-20", "Putin said the treaty with North Korea was a great step.",
			"anniversary", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := checked(t, c.published, c.body)
			i := slices.IndexFunc(got.Checks, func(v Verdict) bool { return v.Kind == c.kind })
			switch {
			case i < 0 && c.want == "":
				return
			case i < 0:
				t.Fatalf("no verdict of kind %s in %+v", c.kind, got.Checks)
			}
			v := got.Checks[i]
			if v.Result != c.want || len(v.Grounds) == 0 || c.ref != "" && v.Grounds[0].Ref != c.ref {
				t.Errorf("got %+v, want %s by %q", v, c.want, c.ref)
			}
		})
	}
}

// A clause is contradicted only where somebody looked for it.
func TestProvision(t *testing.T) {
	c, err := corpus.World()
	if err != nil {
		t.Fatal(err)
	}
	agreement := &reading.Agreement{ID: "g1"}
	for _, k := range []struct {
		name, instrument, clause string
		negated                  bool
		want                     Result
	}{
		{"stands in the text", "rus-prk-2024", "defense", false, Supported},
		{"denied and stands in the text", "rus-prk-2024", "defense", true, Contradicted},
		{"absent", "rus-irn-2025", "defense", false, Contradicted},
		{"denied and absent", "rus-irn-2025", "defense", true, Supported},
		{"not encoded", "rus-prk-2024", "basing", false, NotInRecord},
	} {
		t.Run(k.name, func(t *testing.T) {
			v, ok := provision(agreement, reading.Provision{Type: k.clause, Negated: k.negated}, c.Instrument(k.instrument))
			if !ok || v.Result != k.want || len(v.Grounds) == 0 {
				t.Errorf("got %v %+v, want %s", ok, v, k.want)
			}
		})
	}
}

// What follows is asked for the day of the report and for the day of entry into
// force; a text long over has no consequences.
func TestFollows(t *testing.T) {
	got := checked(t, "2024-06-20", "Russia and North Korea signed a strategic partnership treaty on Wednesday in Pyongyang. The Soviet Union and North Korea had signed a treaty of friendship in 1961.")
	var results []string
	for _, f := range got.Follows {
		if f.Instrument != "rus-prk-2024" {
			t.Errorf("consequences of %s", f.Instrument)
		}
		for _, a := range f.Answers {
			if a.Provision == "rus-prk-2024/4" {
				results = append(results, a.Bearer+" "+string(a.Answer))
			}
		}
	}
	want := []string{"PRK not bound", "RUS not bound", "PRK bound", "RUS bound"}
	if !slices.Equal(results, want) {
		t.Errorf("got %v, want %v", results, want)
	}
}

// A draft loads, says what it is, and is refused as a source of duty.
func TestDrafts(t *testing.T) {
	got := checked(t, "2027-03-11", "Mongolia and Kazakhstan signed a treaty on Thursday that obliges each of them to stay neutral if the other is attacked.")
	world := actor.World()
	c, err := corpus.World()
	if err != nil {
		t.Fatal(err)
	}
	drafts := New(c, world).Drafts(got)
	if len(drafts) != 1 || drafts[0].ID != "kaz-mng-2027" {
		t.Fatalf("got %+v, want one draft kaz-mng-2027", drafts)
	}
	file := treaty.Write(drafts[0])
	loaded, err := treaty.Load(fstest.MapFS{"kaz-mng-2027/instrument.yaml": {Data: file}}, treaty.Actors(world))
	if err != nil {
		t.Fatalf("the draft does not load: %v\n%s", err, file)
	}
	in := loaded.Instrument("kaz-mng-2027")
	if in.Draft != unconfirmed || len(in.Provisions) != 1 || !in.Provisions[0].Versions[0].Has("stay neutral") {
		t.Errorf("loaded %+v from\n%s", in, file)
	}
}

// Every name of an instrument means one that the corpus has, and no name stands
// for two.
func TestNames(t *testing.T) {
	c, err := corpus.World()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	for _, a := range aliases {
		if c.Instrument(a.id) == nil {
			t.Errorf("%q means %s, which the corpus does not have", a.name, a.id)
		}
		if other := seen[a.name]; other != "" {
			t.Errorf("%q means %s and %s", a.name, other, a.id)
		}
		seen[a.name] = a.id
	}
}

// The tables of borders agree in both directions, and what is never judged names
// states.
func TestBorders(t *testing.T) {
	world := actor.World()
	for _, s := range world.States() {
		for _, b := range s.Borders {
			if _, ok := world.State(b); ok && !world.Neighbours(b, s.ID) {
				t.Errorf("%s borders on %s, but not the other way round", s.ID, b)
			}
		}
	}
	for pair := range opposed {
		for _, id := range pair {
			if _, ok := world.Actor(id); !ok {
				t.Errorf("%v: %s is not in the tables", pair, id)
			}
		}
		if pair[0] >= pair[1] {
			t.Errorf("%v is not in order", pair)
		}
	}
	for _, line := range seas {
		for _, id := range strings.Fields(line) {
			if _, ok := world.State(id); !ok {
				t.Errorf("%s: %s is not in the tables", line, id)
			}
		}
	}
}

// The numbers of members that the tables hold are those that the organisations
// give.
func TestMembers(t *testing.T) {
	for id, want := range map[string]int{"UN": 193, "NATO": 32, "EU": 27, "CSTO": 6, "SCO": 10, "ARAB-LEAGUE": 22, "GCC": 6, "AU": 55, "ASEAN": 10,
		"OSCE": 57, "COE": 46, "COMMONWEALTH": 56, "ECOWAS": 12, "SADC": 16, "EAC": 8, "OPEC": 12, "G7": 7, "MERCOSUR": 6, "SAARC": 8, "UNSC": 15} {
		if got := len(actor.World().Members(id, day.MustParse("2025-06-30"))); got != want {
			t.Errorf("%s has %d members, want %d", id, got, want)
		}
	}
}

// Whatever the text, every verdict has spans inside it, grounds, and a result;
// nothing is contradicted without a ground in the record.
func FuzzCheck(f *testing.F) {
	c, err := corpus.World()
	if err != nil {
		f.Fatal(err)
	}
	reader, err := reading.New()
	if err != nil {
		f.Fatal(err)
	}
	checker := New(c, actor.World())
	for _, s := range []string{
		"Sweden is not a member of NATO, Putin said.", "The 31-member alliance and NATO, 27 members of it", "Russia's only neighbour, Norway, is",
		"French Foreign Minister Olaf Scholz of", "The North Atlantic Treaty, signed in 1950 by Spain and", "treaty of 1961 between , and", "- member - nation",
		"first treaty between the two since", "“We” joined “NATO” in «1999»", "neighbours, and border border borders",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 2000 {
			return
		}
		for rep, err := range report.All(strings.NewReader(s), report.Options{In: report.Plain, Published: report.Date{Period: day.Period{From: day.MustParse("2024-06-19"), To: day.MustParse("2024-06-20")}}}) {
			if err != nil {
				return
			}
			doc := reader.Read(rep)
			got := checker.Check(doc)
			for _, v := range got.Checks {
				if v.Result == "" || len(v.Grounds) == 0 || len(v.Spans) == 0 || v.Spans[0] != v.Span {
					t.Errorf("%+v lacks something", v)
				}
				for _, span := range v.Spans {
					if !span.Valid(doc.Text) {
						t.Errorf("span %v of %+v is not in the text", span, v)
					}
				}
			}
			got.ClaimReviews()
		}
	})
}

// A document that comes from a store has no trees; its verdicts are the same.
func TestStored(t *testing.T) {
	c, err := corpus.World()
	if err != nil {
		t.Fatal(err)
	}
	checker := New(c, actor.World())
	fresh := checked(t, "2024-06-20", "Sweden is not a member of NATO, Putin said. Poland shares a border with Ukraine.\\n\\nThe 31-member EU met.")
	bytes, err := json.Marshal(fresh.Document)
	if err != nil {
		t.Fatal(err)
	}
	var stored reading.Document
	if err := json.Unmarshal(bytes, &stored); err != nil {
		t.Fatal(err)
	}
	want, _ := json.Marshal(fresh.Checks)
	got, _ := json.Marshal(checker.Check(&stored).Checks)
	if string(got) != string(want) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func BenchmarkCheck(b *testing.B) {
	c, err := corpus.World()
	if err != nil {
		b.Fatal(err)
	}
	reader, err := reading.New()
	if err != nil {
		b.Fatal(err)
	}
	checker := New(c, actor.World())
	var reports []*report.Report
	for rep, err := range report.Open("../examples/pyongyang-treaty.html", report.Options{}) {
		if err != nil {
			b.Fatal(err)
		}
		reports = append(reports, rep)
	}
	doc := reader.Read(reports[0])
	b.Run("read", func(b *testing.B) {
		for b.Loop() {
			reader.Read(reports[0])
		}
	})
	b.Run("check", func(b *testing.B) {
		for b.Loop() {
			checker.Check(doc)
		}
	})
}
