package record

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
)

// stores opens an empty record of each kind. The one in PostgreSQL needs a
// server: CASUS_TEST_POSTGRES is the address of a database in which schemas may
// be made.
func stores(t *testing.T, test func(t *testing.T, open func(t *testing.T) Store)) {
	places(t, func(t *testing.T, place func(t *testing.T) string) {
		test(t, func(t *testing.T) Store { return opened(t, place(t)) })
	})
}

// places is stores for tests that open a record by themselves: place is where
// one may be made.
func places(t *testing.T, test func(t *testing.T, place func(t *testing.T) string)) {
	t.Run("sqlite", func(t *testing.T) {
		test(t, func(t *testing.T) string { return filepath.Join(t.TempDir(), "record.db") })
	})
	t.Run("postgres", func(t *testing.T) {
		base := os.Getenv("CASUS_TEST_POSTGRES")
		if base == "" {
			t.Skip("CASUS_TEST_POSTGRES is not set: no PostgreSQL to test with")
		}
		test(t, func(t *testing.T) string { return emptySchema(t, base) })
	})
}

func opened(t testing.TB, location string) Store {
	t.Helper()
	s, err := Open(context.Background(), location, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// emptySchema makes a schema of its own for a test and returns its address.
func emptySchema(t testing.TB, base string) string {
	t.Helper()
	db, err := sql.Open("pgx", base)
	if err != nil {
		t.Fatal(err)
	}
	var n int64
	if err := db.QueryRow(`SELECT (random() * 1e15)::bigint`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("casus_test_%d", n)
	if _, err := db.Exec(`CREATE SCHEMA ` + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.Exec(`DROP SCHEMA ` + name + ` CASCADE`); err != nil {
			t.Error(err)
		}
		db.Close()
	})
	u := &url.URL{Scheme: "postgres", Path: "/"}
	q := url.Values{}
	if strings.Contains(base, "://") {
		if u, err = url.Parse(base); err != nil {
			t.Fatal(err)
		}
		q = u.Query()
	} else { // "host=… user=… dbname=…"
		for _, pair := range strings.Fields(base) {
			key, value, _ := strings.Cut(pair, "=")
			q.Set(key, value)
		}
	}
	q.Set("search_path", name)
	u.RawQuery = q.Encode()
	return u.String()
}

// document makes a reading with one statement, one act and one agreement.
func document(id, address, published, title, said string) *reading.Document {
	t := title + " was signed on Monday. " + said
	speaker, content := "a1", text.Span{Start: len(t) - len(said), End: len(t)}
	at := strings.Index(t, "signed")
	return &reading.Document{
		Format: reading.Format, ID: id, URL: address, Outlet: "The Herald", Published: published, Title: title, Text: t,
		Posts: []report.Post{}, Media: []report.Media{}, Times: []reading.Time{},
		Actors: []reading.Actor{
			{ID: "a1", Kind: "person", Name: "Ama Diallo", State: "TGO", Mentions: []text.Span{}},
			{ID: "a2", Kind: "state", Code: "BEN", Name: "Benin", State: "BEN", Mentions: []text.Span{}},
			{ID: "a3", Kind: "state", Code: "TGO", Name: "Togo", State: "TGO", Mentions: []text.Span{}},
		},
		Statements: []reading.Statement{{ID: "s1", Source: []text.Span{}, Cue: []text.Span{}, Content: []text.Span{content}, Speaker: &speaker,
			SpeakerName: "Ama Diallo", SpeakerState: "TGO", Kind: "indirect", Notion: "speech", Act: "ACCUSE", Target: []string{"a2"}}},
		Acts: []reading.Act{{ID: "e1", Type: "AGREE", Source: []string{"a2", "a3"}, Target: []string{}, Date: "2023-05",
			Status: "occurred", Trigger: []text.Span{{Start: at, End: at + len("signed")}}}},
		Agreements: []reading.Agreement{{ID: "g1", Title: title, Form: "treaty", Parties: []string{"a2", "a3"}, Status: "signed",
			Signed: "2023-05-04", Areas: []string{"fishing"}, Provisions: []reading.Provision{}, Mentions: []text.Span{}}},
	}
}

const added = "2026-11-23T12:00:00Z"

func add(t testing.TB, s Store, hash string, d *reading.Document) Added {
	t.Helper()
	a, err := s.Add(context.Background(), Entry{Hash: hash, Document: d, Added: added})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func hashOf(n int) string { return fmt.Sprintf("%064x", 0xabc0000+n) }

func TestAdd(t *testing.T) {
	stores(t, func(t *testing.T, open func(*testing.T) Store) {
		ctx := context.Background()
		s := open(t)
		first := document("one", "https://herald.example/a#top", "2023-05-05", "Coast treaty", "Benin broke its word.")
		if a := add(t, s, hashOf(1), first); a.State != Created || a.Version != 1 {
			t.Errorf("first: %+v", a)
		}
		if a := add(t, s, hashOf(1), first); a.State != Unchanged || a.Hash != hashOf(1) {
			t.Errorf("the same bytes: %+v", a)
		}
		if a := add(t, s, hashOf(2), first); a.State != Unchanged || a.Hash != hashOf(1) {
			t.Errorf("other bytes, same words: %+v", a)
		}
		later := document("one", "http://herald.example/a/", "2023-05-05", "Coast treaty", "Benin did not break its word.")
		if a := add(t, s, hashOf(3), later); a.State != Revised || a.Version != 2 {
			t.Errorf("a later version: %+v", a)
		}
		if a, stored, err := s.Stored(ctx, hashOf(3)); err != nil || !stored || a != (Added{Unchanged, hashOf(3), 2}) {
			t.Errorf("stored: %+v, %t, %v", a, stored, err)
		}
		if _, stored, err := s.Stored(ctx, hashOf(99)); err != nil || stored {
			t.Errorf("stored without having been added: %t, %v", stored, err)
		}
		other := document("two", "", "", "River treaty", "Nobody answered.")
		if a := add(t, s, "", other); a.State != Created {
			t.Errorf("without address and hash: %+v", a)
		}
		c, err := s.Count(ctx)
		if err != nil || c != (Counts{Reports: 3, Pages: 2, Statements: 3, Acts: 3, Agreements: 3}) {
			t.Errorf("counts %+v, %v", c, err)
		}
		got, err := s.Report(ctx, "one")
		if err != nil || got.Hash != hashOf(3) || len(got.Versions) != 2 || got.Document.Text != later.Text {
			t.Errorf("by id: %+v, %v", got, err)
		}
		if got, err = s.Report(ctx, hashOf(1)); err != nil || got.Document.Text != first.Text {
			t.Errorf("by hash: %v", err)
		}
		if _, err = s.Report(ctx, hashOf(1)[:60]); !errors.Is(err, ErrAmbiguous) {
			t.Errorf("beginning of two hashes: %v", err)
		}
		if _, err = s.Report(ctx, "none"); !errors.Is(err, ErrNotFound) {
			t.Errorf("unknown key: %v", err)
		}
		if err := s.Verify(ctx); err != nil {
			t.Error(err)
		}
	})
}

func TestReread(t *testing.T) {
	stores(t, func(t *testing.T, open func(*testing.T) Store) {
		ctx := context.Background()
		s := open(t)
		d := document("one", "https://herald.example/a", "2023-05-05", "Coast treaty", "Benin broke its word.")
		add(t, s, hashOf(1), d)
		d.Statements, d.Acts = nil, append(d.Acts, reading.Act{ID: "e2", Type: "CONSULT", Status: "occurred"})
		a, err := s.Add(ctx, Entry{Hash: hashOf(1), Document: d, Added: added, Reread: true})
		if err != nil || a.State != Reread {
			t.Fatalf("%+v, %v", a, err)
		}
		c, _ := s.Count(ctx)
		if c.Statements != 0 || c.Acts != 2 {
			t.Errorf("counts %+v", c)
		}
		if found, err := s.Search(ctx, Query{Words: "broke", Kinds: []Kind{Statement}}); err != nil || len(found) != 0 {
			t.Errorf("the old reading is still found: %v, %v", found, err)
		}
		if err := s.Verify(ctx); err != nil {
			t.Error(err)
		}
	})
}

// TestSearch: rows are questions, and the items that answer them, latest first.
func TestSearch(t *testing.T) {
	stores(t, func(t *testing.T, open func(*testing.T) Store) {
		ctx := context.Background()
		s := open(t)
		add(t, s, hashOf(1), document("one", "https://herald.example/a", "2023-05-05", "Coast treaty", "Bénin broke its word on fishing."))
		add(t, s, hashOf(2), document("two", "https://herald.example/b", "2024-02", "River treaty", "Its word will be kept."))
		add(t, s, hashOf(3), document("one", "https://herald.example/a", "2023-06-01", "Coast treaty", "Nobody broke anything."))
		on := func(s string) *day.Day { d := day.MustParse(s); return &d }
		outlet := ""
		for _, row := range []struct {
			name string
			q    Query
			want string
		}{
			{"everything as known today", Query{}, "one#g1 one#e1 one#s1 one two#g1 two#e1 two#s1 two"},
			{"words are stemmed", Query{Words: "keeps signing"}, ""},
			{"one word", Query{Words: "treaties", Kinds: []Kind{Agreement}}, "one#g1 two#g1"},
			{"phrase", Query{Words: `"its word will"`, Kinds: []Kind{Statement}}, "two#s1"},
			{"phrase in another order", Query{Words: `"word its"`}, ""},
			{"beginning of a word", Query{Words: "noth* nobo*", Kinds: []Kind{Statement}}, ""},
			{"beginning of a word that is there", Query{Words: "nobo*", Kinds: []Kind{Statement}}, "one#s1"},
			{"without a word", Query{Words: "signed -river", Kinds: []Kind{Text}}, "one"},
			{"accents do not matter", Query{Words: "benin fishing", Kinds: []Kind{Statement}, Known: on("2023-05-10")}, "one#s1"},
			{"as known before the second version", Query{Kinds: []Kind{Statement}, Known: on("2023-05-31")}, "one#s1"},
			{"as known before anything", Query{Known: on("2020-01-01")}, ""},
			{"a month is known at its end", Query{Kinds: []Kind{Text}, Known: on("2024-02-28")}, "one"},
			{"speaker by any part of the name", Query{Speaker: "diallo"}, "one#s1 two#s1"},
			{"target by name", Query{Target: "Benin"}, "one#s1 two#s1"},
			{"target by code", Query{Target: "BEN"}, "one#s1 two#s1"},
			{"state in any part", Query{State: "ben", Kinds: []Kind{Act, Agreement}}, "one#g1 one#e1 two#g1 two#e1"},
			{"name of any party", Query{Name: "Benin"}, "one#g1 one#e1 one#s1 two#g1 two#e1 two#s1"},
			{"name and state", Query{Name: "Benin", State: "TGO", Kinds: []Kind{Act}}, "one#e1 two#e1"},
			{"name and words", Query{Name: "Benin", Words: "kept"}, "two#s1"},
			{"state in a role", Query{State: "BEN", Role: "target"}, "one#s1 two#s1"},
			{"name in a role", Query{Name: "Benin", Role: "source"}, "one#e1 two#e1"},
			{"status", Query{Status: "signed"}, "one#g1 two#g1"},
			{"what only the speaker's name would answer, in another role", Query{Name: "Ama Diallo", Role: "target"}, ""},
			{"words, speaker, target, state, type, outlet, days, known", Query{Words: "word", Speaker: "Ama", Target: "BEN", State: "TGO", Type: "ACCUSE",
				Outlet: "The Herald", From: on("2024-01-01"), To: on("2024-03-01"), Known: on("2024-03-01"), On: on("2024-02-03"), Kinds: []Kind{Statement}}, "two#s1"},
			{"the same on another day", Query{Words: "word", Speaker: "Ama", On: on("2024-03-03")}, ""},
			{"days that begin before the record", Query{From: on("1900-01-01"), To: on("2023-06-02"), Kinds: []Kind{Text}}, "one"},
			{"an agreement made in another century", Query{On: on("1923-05-04"), Kinds: []Kind{Agreement}}, ""},
			{"an agreement on the day before", Query{On: on("2023-05-03"), Kinds: []Kind{Agreement}}, ""},
			{"an agreement two centuries later", Query{On: on("2223-05-03"), Kinds: []Kind{Agreement}}, "one#g1 two#g1"},
			{"one report", Query{Ref: hashOf(2), Kinds: []Kind{Act, Text}}, "two#e1 two"},
			{"one report and a word", Query{Ref: hashOf(2), Type: "AGREE"}, "two#e1"},
			{"instrument", Query{Instrument: "ben-tgo-2023"}, ""},
			{"type", Query{Type: "AGREE"}, "one#e1 two#e1"},
			{"type of a verbal act", Query{Type: "ACCUSE"}, "one#s1 two#s1"},
			{"outlet", Query{Outlet: "The Herald", Kinds: []Kind{Text}}, "one two"},
			{"another outlet", Query{Outlet: "The Tribune"}, ""},
			{"published from", Query{From: on("2024-01-01"), Kinds: []Kind{Text}}, "two"},
			{"published to", Query{To: on("2024-01-01"), Kinds: []Kind{Text}}, "one"},
			{"held on a day of the month that the report gives", Query{On: on("2023-05-20"), Kinds: []Kind{Act}}, "one#e1 two#e1"},
			{"an act is over", Query{On: on("2023-07-01"), Kinds: []Kind{Act}}, ""},
			{"an agreement goes on", Query{On: on("2023-07-01"), Kinds: []Kind{Agreement}}, "one#g1 two#g1"},
			{"in the outlet's own words", Query{Within: &outlet, Kinds: []Kind{Act}}, "one#e1 two#e1"},
			{"limit and offset", Query{Limit: 2, Offset: 1}, "one#e1 one#s1"},
			{"signs that mean something to a database", Query{Words: `word' OR "" NEAR( * ^ : {`}, ""},
		} {
			t.Run(row.name, func(t *testing.T) {
				found, err := s.Search(ctx, row.q)
				if err != nil {
					t.Fatal(err)
				}
				var got []string
				for _, it := range found {
					ref := it.Report.ID
					if it.Kind != Text {
						ref += "#" + it.ID
					}
					got = append(got, ref)
				}
				if strings.Join(got, " ") != row.want {
					t.Errorf("found %q, want %q", strings.Join(got, " "), row.want)
				}
			})
		}
		if _, err := s.Search(ctx, Query{Words: "… —"}); !errors.Is(err, ErrNoWords) {
			t.Errorf("a search without words: %v", err)
		}
		heads, err := s.List(ctx, Query{Known: on("2023-05-31")})
		if err != nil || len(heads) != 1 || heads[0].Hash != hashOf(1) {
			t.Errorf("list as known before the second version: %v, %v", heads, err)
		}
		found, _ := s.Search(ctx, Query{Kinds: []Kind{Act}, Limit: 1})
		if len(found) != 1 || len(found[0].Parties) != 2 || found[0].Parties[0] != (Party{"source", "state", "Benin", "BEN"}) ||
			found[0].From != "2023-05-01" || found[0].To != "2023-06-01" || found[0].Words != "Coast treaty was signed on Monday" {
			t.Errorf("act: %+v", found)
		}
	})
}

// TestSame: a judgement that two names mean one person makes each find the
// other, until it is taken back, and only as it was judged by the day.
func TestSame(t *testing.T) {
	stores(t, func(t *testing.T, open func(*testing.T) Store) {
		ctx := context.Background()
		s := open(t)
		for i, name := range []string{"Ama Diallo", "Amah Jalloh", "A. Diallo-Mensah", "Kofi Diallo"} {
			d := document(fmt.Sprint(i), fmt.Sprintf("https://herald.example/%d", i), "2023-05-05", "Coast treaty", fmt.Sprintf("It is kept %d times.", i))
			d.Actors[0].Name, d.Statements[0].SpeakerName = name, name
			add(t, s, hashOf(i), d)
		}
		judge := func(a, b string, same bool, made string) int64 {
			t.Helper()
			n, err := s.Judge(ctx, Judgement{Kind: "person", A: a, B: b, Same: same, Who: "Q. Reader", Made: made})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		check := func(name, want string, q Query) {
			t.Helper()
			q.Kinds = []Kind{Statement}
			items, err := s.Search(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, it := range items {
				got = append(got, it.Report.ID)
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%s: found %v, want %s", name, got, want)
			}
			days, err := s.Tally(ctx, q, ByYear)
			counts, err2 := s.Tally(ctx, q, ByStatus)
			if err := errors.Join(err, err2); err != nil || len(items) > 0 && (days[0].Count != len(items) || counts[0].Count != len(items)) {
				t.Errorf("%s: counted %v and %v, %v", name, days, counts, err)
			}
		}
		check("before", "0", Query{Name: "Ama Diallo"})
		first := judge("Ama Diallo", "Amah Jalloh", true, "2024-01-01T10:00:00Z")
		judge("Amah Jalloh", "A. Diallo-Mensah", true, "2024-02-01T10:00:00Z")
		check("two steps", "2 1 0", Query{Name: "Ama Diallo"})
		check("from the other side", "2 1 0", Query{Name: "A. Diallo-Mensah"})
		check("by words of the name", "2 1 0", Query{Speaker: "jalloh"})
		check("words that several names share", "3 2 1 0", Query{Speaker: "Diallo"})
		check("without somebody", "2 1 0", Query{Speaker: "Diallo -kofi"})
		check("and other words", "1", Query{Speaker: "Mensah", Words: `"kept 1"`})
		on := day.MustParse("2024-01-15")
		check("as judged then", "1 0", Query{Name: "Ama Diallo", Known: &on})
		judge("A. Diallo-Mensah", "Ama Diallo", false, "2024-03-01T10:00:00Z")
		check("not the same as the one asked for", "1 0", Query{Name: "Ama Diallo"})
		if names, err := s.Same(ctx, "Amah Jalloh", nil); err != nil || !slices.Equal(names, []string{"Amah Jalloh", "A. Diallo-Mensah", "Ama Diallo"}) {
			t.Errorf("names %q, %v", names, err)
		}
		if err := s.Undo(ctx, first, "R. Editor", "2024-04-01T00:00:00Z"); err != nil {
			t.Fatal(err)
		}
		check("taken back", "0", Query{Name: "Ama Diallo"})
		check("as judged before it was taken back", "1 0", Query{Name: "Ama Diallo", Known: &on})
	})
}

func TestJudgements(t *testing.T) {
	stores(t, func(t *testing.T, open func(*testing.T) Store) {
		ctx := context.Background()
		s := open(t)
		n, err := s.Judge(ctx, Judgement{Kind: "act", A: "b#e1", B: "a#e1", Same: true, Who: "Q. Reader", Why: "same day and place", Made: added})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Judge(ctx, Judgement{Kind: "act", A: "b#e1", B: "b#e1", Who: "Q. Reader", Made: added}); err == nil {
			t.Error("an item was judged to be itself")
		}
		js, err := s.Judgements(ctx, "b#e1")
		if err != nil || len(js) != 1 || js[0].A != "a#e1" || !js[0].Same || js[0].Undone != "" {
			t.Fatalf("%+v, %v", js, err)
		}
		if err := s.Undo(ctx, n, "R. Editor", "2026-11-24T00:00:00Z"); err != nil {
			t.Fatal(err)
		}
		if err := s.Undo(ctx, n, "R. Editor", "2026-11-25T00:00:00Z"); err == nil {
			t.Error("a judgement was taken back twice")
		}
		if js, _ = s.Judgements(ctx, ""); len(js) != 1 || js[0].Undoer != "R. Editor" {
			t.Errorf("a judgement that was taken back is gone: %+v", js)
		}
	})
}

// TestExchange takes a record through an export into each kind of store, and
// wants the same export from there.
func TestExchange(t *testing.T) {
	stores(t, func(t *testing.T, open func(*testing.T) Store) {
		ctx := context.Background()
		from := open(t)
		add(t, from, hashOf(1), document("one", "https://herald.example/a", "2023-05-05", "Coast treaty <b>", "It is\u2028 kept."))
		add(t, from, hashOf(2), document("one", "https://herald.example/a", "2023-05-05", "Coast treaty <b>", "It is not kept."))
		if _, err := from.Judge(ctx, Judgement{Kind: "person", A: "Ama Diallo", B: "Amah Diallo", Same: true, Who: "Q. Reader", Made: added}); err != nil {
			t.Fatal(err)
		}
		var first, second bytes.Buffer
		if err := from.Export(ctx, &first); err != nil {
			t.Fatal(err)
		}
		to := open(t)
		for i, want := range []Counts{{Reports: 2, Pages: 1, Statements: 2, Acts: 2, Agreements: 2, Judgements: 1}, {}} {
			c, err := to.Import(ctx, bytes.NewReader(first.Bytes()))
			if err != nil || c != want {
				t.Errorf("import %d: %+v, %v", i+1, c, err)
			}
		}
		if err := to.Export(ctx, &second); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			t.Errorf("export differs after an import:\n%s\n%s", first.Bytes(), second.Bytes())
		}
		if _, err := to.Import(ctx, strings.NewReader(`{"id":"a","text":"A report."}`)); err == nil || !strings.Contains(err.Error(), "not an export of a record") {
			t.Errorf("import of reports: %v", err)
		}
	})
}

// TestMigrations goes down to nothing and up again, and to each version with
// data in the tables: what the record holds is the same afterwards.
func TestMigrations(t *testing.T) {
	stores(t, func(t *testing.T, open func(*testing.T) Store) {
		ctx := context.Background()
		s := open(t)
		p, err := s.(*database).migrations()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := p.DownTo(ctx, 0); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Count(ctx); err == nil {
			t.Error("the tables are still there")
		}
		if _, err := p.Up(ctx); err != nil {
			t.Fatal(err)
		}
		several(t, s)
		state := func() string {
			t.Helper()
			var b bytes.Buffer
			names, err := s.Names(ctx, NameQuery{})
			for i := range names {
				names[i].First = "" // of a reading that was replaced, which no other table holds
			}
			counts, err2 := s.Tally(ctx, Query{State: "BEN", Role: "target"}, ByDay)
			on := day.MustParse("2023-05-20")
			var found []Item
			for _, q := range []Query{{Type: "AGREE"}, {On: &on}, {Name: "Togo", Outlet: "The Tribune"}, {State: "TGO", Role: "speaker"}, {Words: "nob*"},
				{Known: &on}, {From: &on, Status: "signed"}, {Within: new(string), Speaker: "Ama"}} {
				items, err := s.Search(ctx, q)
				if err != nil || len(items) == 0 {
					t.Fatalf("%+v: %v, %v", q, items, err)
				}
				found = append(found, items...)
			}
			if err := errors.Join(err, err2, s.Export(ctx, &b), s.Verify(ctx)); err != nil {
				t.Fatal(err)
			}
			return fmt.Sprint(b.String(), names, counts, found)
		}
		before := state()
		last, err := p.GetDBVersion(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for v := last - 1; v >= 1; v-- {
			if _, err := p.DownTo(ctx, v); err != nil {
				t.Fatal(err)
			}
			if _, err := p.Up(ctx); err != nil {
				t.Fatal(err)
			}
			if after := state(); after != before {
				t.Errorf("down to version %d and up again:\n%s\nbefore:\n%s", v, after, before)
				break
			}
		}
	})
}

// TestWriters has several programs add the same and other versions at once.
func TestWriters(t *testing.T) {
	places(t, func(t *testing.T, place func(*testing.T) string) {
		ctx := context.Background()
		at := place(t)
		s := opened(t, at)
		const writers, each = 4, 8
		done := make(chan error)
		for w := range writers {
			own := opened(t, at)
			go func() {
				var errs []error
				for i := range each {
					_, err := own.Add(ctx, Entry{Hash: hashOf(w*each + i), Added: added,
						Document: document("one", "https://herald.example/a", "2023", "Coast treaty", fmt.Sprintf("Version %d of %d.", i, w))})
					errs = append(errs, err)
					_, err = own.Add(ctx, Entry{Hash: hashOf(1000 + i), Added: added, Document: document("all", "", "", "Shared", fmt.Sprint(i))})
					errs = append(errs, err)
				}
				done <- errors.Join(errs...)
			}()
		}
		for range writers {
			if err := <-done; err != nil {
				t.Error(err)
			}
		}
		c, err := s.Count(ctx)
		if err != nil || c.Reports != writers*each+each || c.Pages != 1+each {
			t.Errorf("counts %+v, %v", c, err)
		}
		if err := s.Verify(ctx); err != nil {
			t.Error(err)
		}
	})
}

// TestNewer: a record of a later program is not touched.
func TestNewer(t *testing.T) {
	places(t, func(t *testing.T, place func(*testing.T) string) {
		at := place(t)
		s := opened(t, at).(*database)
		if _, err := s.db.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, true)`); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(context.Background(), at, Options{}); !errors.Is(err, ErrNewer) || !strings.Contains(err.Error(), "version 9999") {
			t.Errorf("a record of a later program was opened: %v", err)
		}
	})
}

func TestParseWords(t *testing.T) {
	for in, want := range map[string]string{
		`mutual aid`:           `mutual|aid`,
		`"mutual aid" -Russia`: `mutual aid|-Russia`,
		`treat* "unclosed two`: `treat~|unclosed two`,
		` - * "" ’ `:           ``,
	} {
		w := parseWords(in)
		var got []string
		for _, x := range w.terms {
			if x.prefix {
				x.words += "~"
			}
			got = append(got, x.words)
		}
		for _, x := range w.without {
			got = append(got, "-"+x.words)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("parseWords(%q) = %q, want %q", in, got, want)
		}
	}
}

// TestItems: each item of a document is there once, its text first.
func TestItems(t *testing.T) {
	rows := itemize(document("one", "", "2023-05-05", "Coast treaty", "It is kept."))
	var kinds []Kind
	for _, r := range rows {
		kinds = append(kinds, r.Kind)
	}
	if !slices.Equal(kinds, []Kind{Text, Statement, Act, Agreement}) {
		t.Errorf("kinds %v", kinds)
	}
	if rows[1].Words != "It is kept." || rows[1].speaker != "Ama Diallo Ama Diallo TGO" {
		t.Errorf("statement: %+v", rows[1])
	}
}

// TestNarrow asks the same of the index of parties and of the index of words.
func TestNarrow(t *testing.T) {
	stores(t, func(t *testing.T, open func(*testing.T) Store) {
		ctx := context.Background()
		s := open(t)
		for n := range 60 {
			d := document(fmt.Sprint(n), fmt.Sprintf("https://herald.example/%d", n%45), fmt.Sprintf("2023-%02d-%02d", 1+n%12, 1+n%28), "Coast treaty", fmt.Sprintf("Said %d.", n))
			if n%7 == 0 {
				d.Acts[0].Source = []string{"a3", "a1", "a2"} // two of one state
			}
			add(t, s, hashOf(n), d)
		}
		if _, err := s.Judge(ctx, Judgement{Kind: "person", A: "Ama Diallo", B: "Togo", Same: true, Who: "Q. Reader", Made: added}); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Add(ctx, Entry{Hash: hashOf(5), Document: document("5", "https://herald.example/5", "2023-06-06", "Coast treaty", "Said 5."), Added: added, Reread: true}); err != nil {
			t.Fatal(err)
		}
		for _, words := range []string{"said", "17 coast", "nowhere", "44 43", "said*", "tre* 17"} {
			at := day.MustParse("2023-07-10")
			heads, err := s.Mentioned(ctx, strings.Fields(words), at, 20, nil, 100)
			if err != nil {
				t.Fatal(err)
			}
			all, err := s.Search(ctx, Query{Words: words, AnyWord: true, Kinds: []Kind{Text}})
			if err != nil {
				t.Fatal(err)
			}
			var want []Head
			for _, it := range all {
				if d := day.MustParse(it.Report.Known); at-20 <= d && d <= at+20 {
					want = append(want, it.Report)
				}
			}
			if fmt.Sprint(heads) != fmt.Sprint(want) {
				t.Errorf("%q is in %v, want %v", words, heads, want)
			}
		}
		from, to, known := day.MustParse("2023-03-05"), day.MustParse("2023-08-19"), day.MustParse("2023-07-01")
		for _, q := range []Query{
			{State: "TGO"}, {State: "ben", Kinds: []Kind{Act}}, {State: "TGO", Role: "speaker"}, {Name: "Benin", Kinds: []Kind{Act, Agreement}}, {Name: "Benin", Role: "party"},
			{State: "TGO", Name: "Togo"}, {State: "TGO", Type: "AGREE", Status: "occurred"}, {State: "TGO", Outlet: "The Herald"}, {State: "TGO", Known: &known}, {State: "TGO", Limit: 7, Offset: 3},
		} {
			q.From, q.To = &from, &to
			got, err := s.Search(ctx, q)
			if err != nil {
				t.Fatal(err)
			}
			p, err := s.(*database).prepare(ctx, q)
			if err != nil || !p.narrow() {
				t.Errorf("%+v is not narrow: %v", q, err)
			}
			wide := q
			wide.To, wide.From = &to, new(day.Day) // many years, by the index of words
			if p, err = s.(*database).prepare(ctx, wide); err != nil || p.narrow() {
				t.Errorf("%+v is narrow: %v", wide, err)
			}
			wide.Limit, wide.Offset = 1000, 0
			all, err := s.Search(ctx, wide)
			if err != nil {
				t.Fatal(err)
			}
			all = slices.DeleteFunc(all, func(it Item) bool { return it.Report.Known < from.String() })
			if q.Limit > 0 {
				all = all[q.Offset : q.Offset+q.Limit]
			}
			if len(got) == 0 || fmt.Sprint(got) != fmt.Sprint(all) {
				t.Errorf("%+v: %d found, want %d", q, len(got), len(all))
			}
			// Page by page it is the same.
			var listed []Head
			for page := (Query{Limit: 7, Known: q.Known}); ; page.After = listed[len(listed)-1].Hash {
				some, err := s.List(ctx, page)
				if err != nil {
					t.Fatal(err)
				}
				if listed = append(listed, some...); len(some) < page.Limit {
					break
				}
			}
			if heads, err := s.List(ctx, Query{Known: q.Known, Limit: 1000}); err != nil || fmt.Sprint(heads) != fmt.Sprint(listed) {
				t.Errorf("%d listed by pages, want %d; %v", len(listed), len(heads), err)
			}
			if q.Limit == 0 {
				pages, wides := q, Query{Words: "coast"}
				pages.Limit, wides.Limit = 9, 9
				for _, q := range []Query{pages, wides, {Limit: 9}} {
					whole := q
					whole.Limit = 1000
					all, err := s.Search(ctx, whole)
					if err != nil {
						t.Fatal(err)
					}
					var by []Item
					for {
						some, err := s.Search(ctx, q)
						if err != nil {
							t.Fatal(err)
						}
						if by = append(by, some...); len(some) < q.Limit {
							break
						}
						q.After = some[len(some)-1].Ref
					}
					if fmt.Sprint(by) != fmt.Sprint(all) {
						t.Errorf("%+v: %d found by pages, want %d", q, len(by), len(all))
					}
				}
			}
			if q.State == "TGO" && q.Role+q.Name+q.Type+q.Outlet == "" {
				all = slices.DeleteFunc(all, func(it Item) bool { return it.Kind == Statement })
				deeds, err := s.Deeds(ctx, DeedQuery{Parties: []string{q.State}, Roots: []string{"AGREE", "CONSULT"}, At: (from + to - 1) / 2, Within: (to - 1 - from) / 2, Known: q.Known, Limit: 1000})
				if q.Limit == 0 && (err != nil || len(deeds) == 0 || fmt.Sprint(deeds) != fmt.Sprint(all)) {
					t.Errorf("%+v: %d deeds, want %d; %v", q, len(deeds), len(all), err)
				}
				continue
			}
			walked := 0
			if err := s.Walk(ctx, q, func(Item, *reading.Document) error { walked++; return nil }); err != nil || q.Limit == 0 && walked != len(all) {
				t.Errorf("%+v: %d walked, want %d; %v", q, walked, len(all), err)
			}
		}
		if err := s.Verify(ctx); err != nil {
			t.Error(err)
		}
	})
}
