package reading

import (
	"slices"
	"strings"
	"testing"
)

// actsOf reads a text as far as its acts, without statements.
func actsOf(t testing.TB, r *Reader, s string) *Document {
	t.Helper()
	p := readPage(t, r, s)
	p.findActs()
	return p.doc
}

// actTold prints an act as its type, its status if it did not occur, and its
// participants by code.
func actTold(d *Document, a *Act) string {
	names := func(ids []string) string {
		var out []string
		for _, id := range ids {
			for _, x := range d.Actors {
				if x.ID == id {
					name := x.Code
					if name == "" {
						name = x.Name
					}
					out = append(out, name)
				}
			}
		}
		slices.Sort(out)
		return strings.Join(out, "+")
	}
	s := a.Type
	if a.Of != "" {
		s += " of " + a.Of
	}
	if a.Status != occurred {
		s += " " + a.Status
	}
	return s + ": " + names(a.Source) + " > " + names(a.Target)
}

func TestActs(t *testing.T) {
	r := newTestReader(t)
	for _, c := range []struct{ name, text, want string }{
		{"doer of what is condemned", "Cuba condemned the drills staged by Peru.", "ACCUSE: CUB > PER; COOPERATE: PER > "},
		{"a charge answered", "Greece accused Turkey of fraud on Monday. Turkey denied the charge.", "ACCUSE: GRC > TUR; REJECT: TUR > GRC"},
		{"each other", "Chad and Sudan expelled each other's diplomats.", "SANCTION: TCD > SDN; SANCTION: SDN > TCD"},
		{"reason for thanks", "Mali thanked Spain for the assistance.", "SUPPORT: MLI > ESP; AID: ESP > MLI"},
		{"anyone who", "Peru will not lend roads to anyone who attacks Chile.", ""},
		{"dateline", "LIMA, March 3 (Wire) - Troops from Peru and Chile exchanged fire on Monday.", "ASSAULT: CHL+PER > "},
		{"active", "Norway condemned Peru on Monday.", "ACCUSE: NOR > PER"},
		{"passive", "Peru was condemned by Norway.", "ACCUSE: NOR > PER"},
		{"passive without a doer", "Peru was condemned.", ""},
		{"noun with possessor", "Russia's invasion of Ukraine shocked Europe.", "ASSAULT: RUS > UKR"},
		{"noun with demonym", "The Russian invasion of Ukraine went on.", "ASSAULT: RUS > UKR"},
		{"light verb", "Egypt held talks with Sudan in Cairo.", "CONSULT: EGY+SDN > "},
		{"visit is directed", "The president of Oman paid a visit to Egypt.", "CONSULT: OMN > EGY"},
		{"visit of whoever is the subject", "During a visit to Egypt, the president of Oman laughed.", "CONSULT: OMN > EGY"},
		{"showing is no protest", "The report demonstrates Norway's independence.", ""},
		{"coordination", "Kenya and Ghana met on Monday.", "CONSULT: GHA+KEN > "},
		{"coordinated targets", "China welcomed Kenya and Ghana.", "SUPPORT: CHN > GHA+KEN"},
		{"control", "Japan agreed to lend money to Fiji.", "AGREE of AID planned: JPN > FJI"},
		{"future of a friendly act", "Japan will lend money to Fiji.", "AGREE of AID planned: JPN > FJI"},
		{"future of a hostile act", "Turkey will attack Syria.", "THREATEN of ASSAULT planned: TUR > SYR"},
		{"threat", "Turkey threatened to attack Syria.", "THREATEN of ASSAULT: TUR > SYR"},
		{"request is no act of the asked", "France urged Iran to attack Syria.", "REQUEST of ASSAULT: FRA > IRN"},
		{"refusal", "Iran refused to meet Iraq.", "REJECT of CONSULT: IRN > IRQ"},
		{"future negated is a refusal", "Iran will not meet Iraq.", "REJECT of CONSULT: IRN > IRQ"},
		{"negated", "Norway did not condemn Peru.", ""},
		{"condition", "Norway said little about what happens if Peru attacks Chile.", ""},
		{"attempt", "Peru tried to visit Chile.", ""},
		{"question", "Did Norway condemn Peru?", ""},
		{"alleged doing", "Greece accused Turkey of attacking Cyprus.", "ACCUSE of ASSAULT: GRC > TUR; ASSAULT alleged: TUR > CYP"},
		{"hedged", "Chad reportedly shelled Sudan.", "ASSAULT alleged: TCD > SDN"},
		{"body of a state", "Greece summoned the Turkish ambassador.", "ACCUSE: GRC > TUR"},
		{"ended aid", "Denmark suspended aid to Egypt.", "SANCTION: DNK > EGY"},
		{"ended attacks", "Syria halted its attacks on Israel.", "RETREAT: SYR > ISR"},
		{"nobody of politics", "Anna visited her aunt.", ""},
		{"plain speech is no act", "Norway said Peru was beautiful.", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := actsOf(t, r, c.text)
			var got []string
			for i := range d.Acts {
				got = append(got, actTold(d, &d.Acts[i]))
			}
			if s := strings.Join(got, "; "); s != c.want {
				t.Errorf("%q reads as %q, want %q", c.text, s, c.want)
			}
		})
	}
}

func TestPlover05(t *testing.T) {
	for _, c := range []struct{ root, cameo, want string }{
		{"AGREE", "057", "SUPPORT"},
		{"AGREE", "03", "AGREE"},
		{"COERCE", "191", "ASSAULT"},
		{"SANCTION", "172", "COERCE"},
		{"RETREAT", "08", "YIELD"},
		{"CONCEDE", "085", "YIELD"},
		{"ACCUSE", "090", "ACCUSE"},
		{"MOBILIZE", "", "MOBILIZE"},
	} {
		if got := (&Act{Type: c.root, CAMEO: c.cameo}).Plover05(); got != c.want {
			t.Errorf("%s %s is %s, want %s", c.root, c.cameo, got, c.want)
		}
	}
}

// checkActs fails if an act breaks what every act keeps.
func checkActs(t testing.TB, d *Document) {
	t.Helper()
	actors := map[string]bool{}
	for _, a := range d.Actors {
		actors[a.ID] = true
	}
	at := 0
	for i := range d.Acts {
		a := &d.Acts[i]
		if roots[a.Type] == "" {
			t.Errorf("act %s has the type %q", a.ID, a.Type)
		}
		if len(a.Trigger) == 0 {
			t.Fatalf("act %s has no trigger", a.ID)
		}
		for _, s := range a.Trigger {
			if !s.Valid(d.Text) || s.Empty() {
				t.Errorf("act %s: span %v is not in the text", a.ID, s)
			}
		}
		if a.Trigger[0].Start < at {
			t.Errorf("act %s stands before the act ahead of it", a.ID)
		}
		at = a.Trigger[0].Start
		for _, id := range slices.Concat(a.Source, a.Target) {
			if !actors[id] {
				t.Errorf("act %s names the unknown actor %q", a.ID, id)
			}
		}
		for _, id := range a.Target {
			if slices.Contains(a.Source, id) {
				t.Errorf("act %s has %s as source and target", a.ID, id)
			}
		}
	}
}

func FuzzActs(f *testing.F) {
	for _, s := range []string{
		"Norway condemned Peru.", "the , of by to", "Russia's invasion of Ukraine, France said, was wrong.",
		"ISRAEL STRIKES SYRIA", "\xff\xfe Peru \x00 met Chile", strings.Repeat("Peru and ", 300) + "Chile met Norway.",
		"Iran agreed to agree to agree to agree to meet Iraq.", "“Peru attacked us", "R u s s i a  attacked  U k r a i n e",
	} {
		f.Add(s)
	}
	r := newTestReader(f)
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4096 {
			return
		}
		checkActs(t, actsOf(t, r, strings.ToValidUTF8(s, "?")))
	})
}

// TestActsOfLongReport reads one report of many like sentences and one
// sentence that does not end.
func TestActsOfLongReport(t *testing.T) {
	r := newTestReader(t)
	many := actsOf(t, r, strings.Repeat("Norway condemned Peru. Chile met Kenya in Lima. ", 2000))
	checkActs(t, many)
	if n := len(many.Acts); n == 0 || n > 4000 {
		t.Errorf("%d acts", n)
	}
	checkActs(t, actsOf(t, r, strings.Repeat("Peru attacked Chile and ", 3000)))
}

func BenchmarkFindActs(b *testing.B) {
	r := newTestReader(b)
	acts, err := DefaultActs()
	if err != nil {
		b.Fatal(err)
	}
	r.acts = acts
	text := strings.Repeat("Norway's foreign minister condemned the Russian invasion of Ukraine on Monday and agreed to send arms. "+
		"The two countries signed a treaty, but talks with Chile about the border failed after Peru threatened to recall its ambassador. "+
		"The weather was fine and nobody of note said anything that would have mattered to the people in the market. ", 100)
	p := readPage(b, r, text)
	b.ResetTimer()
	for b.Loop() {
		p.doc.Acts = nil
		p.findActs()
	}
	b.ReportMetric(float64(len(p.sentences)*b.N)/b.Elapsed().Seconds(), "sentences/s")
}

func TestActModel(t *testing.T) {
	examples := []ActExample{
		{[]string{"word hit", "name Peru"}, "ASSAULT"}, {[]string{"word hit", "name Chile"}, "ASSAULT"},
		{[]string{"word meet", "name Peru"}, "CONSULT"}, {[]string{"word meet", "name Chile"}, "CONSULT"},
	}
	m := TrainActs(examples, 20, 1e-4)
	data, err := m.Bytes([]string{"made up"})
	if err != nil {
		t.Fatal(err)
	}
	if again, err := TrainActs(examples, 20, 1e-4).Bytes([]string{"made up"}); err != nil || !slices.Equal(data, again) {
		t.Error("the same examples give two models")
	}
	loaded, err := LoadActs(data)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range []*ActModel{m, loaded} {
		for _, e := range examples {
			if root, odds := m.Predict(e.Features); root != e.Root || odds < .5 {
				t.Errorf("%v reads as %s (%.2f)", e.Features, root, odds)
			}
		}
		if root, _ := m.Predict(nil); root != "ASSAULT" {
			t.Errorf("without features: %s", root)
		}
	}
	for _, bad := range [][]byte{nil, []byte("x"), data[:len(data)/2]} {
		if _, err := LoadActs(bad); err == nil {
			t.Errorf("a damaged model of %d bytes was loaded", len(bad))
		}
	}
}
