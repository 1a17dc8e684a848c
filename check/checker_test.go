package check

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/corpus"
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
