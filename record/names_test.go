package record

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/casus-foederis/casus/day"
)

// several fills a record with versions, rereadings, an item that has one state
// twice, and speakers of unknown states.
func several(t *testing.T, s Store) {
	t.Helper()
	add(t, s, hashOf(1), document("one", "https://herald.example/a", "2023-05-05", "Coast treaty", "Bénin broke its word on fishing."))
	add(t, s, hashOf(2), document("two", "https://herald.example/b", "2024-02", "River treaty", "Its word will be kept."))
	add(t, s, hashOf(3), document("one", "https://herald.example/a", "2023-06-01", "Coast treaty", "Nobody broke anything."))
	d := document("three", "https://tribune.example/c", "2024-02-11", "Lake treaty", "Nothing is agreed.")
	d.Outlet = "The Tribune"
	d.Actors[0].Name, d.Actors[0].State = "Élise Koffi", ""
	d.Statements[0].SpeakerState = ""
	d.Acts[0].Target = []string{"a2"}
	add(t, s, hashOf(4), d)
	d.Statements[0].Target = []string{"a3", "a2"}
	if _, err := s.Add(context.Background(), Entry{Hash: hashOf(4), Document: d, Added: added, Reread: true}); err != nil {
		t.Fatal(err)
	}
	old := document("one", "https://herald.example/a", "2023-05-05", "Coast treaty", "Bénin broke its word on fishing.")
	old.Actors[0].Name = "Ama Diallo-Mensah"
	if _, err := s.Add(context.Background(), Entry{Hash: hashOf(1), Document: old, Added: added, Reread: true}); err != nil {
		t.Fatal(err)
	}
}

func TestNames(t *testing.T) {
	stores(t, func(t *testing.T, open func(*testing.T) Store) {
		ctx := context.Background()
		s := open(t)
		several(t, s)
		if err := s.Verify(ctx); err != nil {
			t.Fatal(err)
		}
		diallo := Named{"Ama Diallo", "person", "TGO", 2, "2023-05-05", "2024-02-29"}
		koffi := Named{"Élise Koffi", "person", "", 1, "2024-02-11", "2024-02-11"}
		for _, row := range []struct {
			name string
			q    NameQuery
			want []Named
		}{
			{"speakers, most first", NameQuery{Role: "speaker"}, []Named{diallo, koffi}},
			{"part of a name", NameQuery{Role: "speaker", Like: "DIAL"}, []Named{diallo}},
			{"accents do not matter", NameQuery{Like: "elise"}, []Named{koffi}},
			{"of a state", NameQuery{Kind: "person", State: "tgo"}, []Named{diallo}},
			{"in any role", NameQuery{Kind: "state", Limit: 1}, []Named{{"Benin", "state", "BEN", 10, "2023-05-05", "2024-02-29"}}},
			{"offset", NameQuery{Role: "speaker", Offset: 1}, []Named{koffi}},
			{"a sign of the database", NameQuery{Like: "%"}, []Named{}},
			{"only in an earlier version", NameQuery{Like: "mensah"}, []Named{}},
		} {
			t.Run(row.name, func(t *testing.T) {
				if got, err := s.Names(ctx, row.q); err != nil || !slices.Equal(got, row.want) {
					t.Errorf("got %v, %v, want %v", got, err, row.want)
				}
			})
		}
	})
}

// TestTally counts what a search returns, by hand, and wants the same of every
// way in which Tally counts.
func TestTally(t *testing.T) {
	axes := map[Axis]func(Item) []string{
		ByDay: func(it Item) []string { return []string{it.Report.Known} }, ByMonth: func(it Item) []string { return []string{it.Report.Known[:7]} },
		ByYear: func(it Item) []string { return []string{it.Report.Known[:4]} }, ByOutlet: func(it Item) []string { return []string{it.Report.Outlet} },
		ByKind: func(it Item) []string { return []string{string(it.Kind)} }, ByType: func(it Item) []string { return []string{it.Type} },
		ByStatus: func(it Item) []string { return []string{it.Status} }, ByHeld: func(it Item) []string { return []string{it.From} },
		BySpeaker: func(it Item) (names []string) {
			for _, p := range it.Parties {
				if p.Role == "speaker" {
					names = append(names, p.Name)
				}
			}
			return names
		},
		ByState: func(it Item) (states []string) {
			for _, p := range it.Parties {
				if p.State != "" && !slices.Contains(states, p.State) {
					states = append(states, p.State)
				}
			}
			return states
		},
	}
	stores(t, func(t *testing.T, open func(*testing.T) Store) {
		ctx := context.Background()
		s := open(t)
		several(t, s)
		known, from := day.MustParse("2023-05-20"), day.MustParse("2024-01-01")
		for name, q := range map[string]Query{
			"all": {}, "acts": {Kinds: []Kind{Act}}, "statements and reports": {Kinds: []Kind{Text, Statement}}, "outlet": {Outlet: "The Tribune"},
			"known": {Known: &known}, "from": {From: &from}, "to": {To: &from, Kinds: []Kind{Agreement}},
			"state": {State: "ben"}, "state in a role": {State: "BEN", Role: "target"}, "state, known": {State: "TGO", Known: &known},
			"name": {Name: "Ama Diallo"}, "name in a role": {Name: "Benin", Role: "target", Kinds: []Kind{Act}}, "name and state": {Name: "Benin", State: "TGO"},
			"state in an outlet": {State: "TGO", Outlet: "The Herald"}, "words": {Words: "broke"}, "type": {Type: "AGREE"}, "nothing": {State: "FRA"},
		} {
			all := q
			all.Limit = 1000
			items, err := s.Search(ctx, all)
			if err != nil {
				t.Fatal(err)
			}
			for axis, values := range axes {
				t.Run(fmt.Sprint(name, " by ", axis), func(t *testing.T) {
					want := map[string]int{}
					for _, it := range items {
						for _, v := range values(it) {
							want[v]++
						}
					}
					counts, err := s.Tally(ctx, q, axis)
					got := map[string]int{}
					for _, c := range counts {
						got[c.Value] += c.Count
					}
					if err != nil || !reflect.DeepEqual(got, want) {
						t.Errorf("got %v, %v, want %v", counts, err, want)
					}
				})
			}
		}
		if _, err := s.Tally(ctx, Query{}, "colour"); err == nil {
			t.Error("counted by an axis that there is not")
		}
		last, err := s.Tally(ctx, Query{Limit: 1, Offset: 1}, ByMonth)
		if err != nil || len(last) != 1 || last[0].Value != "2024-02" {
			t.Errorf("limit and offset: %v, %v", last, err)
		}
		if acts, _ := s.Tally(ctx, Query{Kinds: []Kind{Act}}, ByOutlet); !slices.Equal(acts, []Tallied{{"The Herald", 2}, {"The Tribune", 1}}) {
			t.Errorf("most frequent first: %v", acts)
		}
	})
}
