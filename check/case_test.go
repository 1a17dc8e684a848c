package check

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/text"
)

// A case file holds cases one after the other:
//
//	case TITLE
//	on 2024-06-19
//	| text; a line of "|" alone parts paragraphs
//	expect contradicted "words in the text" because "words in the grounds"
//
// or, instead of "on", "earlier on DAY" with its text and "report on DAY" with
// the text that is checked. Whatever is not expected to be contradicted must not
// be.
type checkCase struct {
	title   string
	line    int
	reports []caseReport // the last one is checked, the others are the past
	expects []expectation
}

type caseReport struct {
	on   string
	text strings.Builder
}

type expectation struct {
	line    int
	result  Result
	words   string
	because string
}

func readCases(name string) ([]*checkCase, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []*checkCase
	var c *checkCase
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		bad := func(format string, args ...any) error {
			return fmt.Errorf("%s:%d: %s", name, n, fmt.Sprintf(format, args...))
		}
		line := strings.TrimSpace(lines.Text())
		key, rest, _ := strings.Cut(line, " ")
		switch {
		case line == "" || line[0] == '#':
			continue
		case key == "case":
			c = &checkCase{title: rest, line: n}
			out = append(out, c)
			continue
		case c == nil:
			return nil, bad("%q stands before a case", line)
		}
		switch key {
		case "on", "earlier", "report":
			on := strings.TrimSpace(strings.TrimPrefix(" "+rest, " on"))
			if _, err := day.Parse(on); err != nil {
				return nil, bad("%v", err)
			}
			c.reports = append(c.reports, caseReport{on: on})
		case "|":
			if len(c.reports) == 0 {
				return nil, bad("the text stands before its day")
			}
			r := &c.reports[len(c.reports)-1]
			switch {
			case rest == "":
				r.text.WriteString("\n\n")
			case r.text.Len() > 0 && !strings.HasSuffix(r.text.String(), "\n"):
				r.text.WriteString(" " + rest)
			default:
				r.text.WriteString(rest)
			}
		case "expect":
			e := expectation{line: n}
			for _, r := range []Result{Supported, Contradicted, NotInRecord, NotCheckable} {
				if after, ok := strings.CutPrefix(rest, string(r)+" "); ok {
					e.result, rest = r, after
				}
			}
			if e.result == "" {
				return nil, bad("%q is no result", rest)
			}
			words, err := strconv.QuotedPrefix(rest)
			if err != nil {
				return nil, bad("want the words in quotation marks: %s", rest)
			}
			e.words, _ = strconv.Unquote(words)
			if because := strings.TrimSpace(rest[len(words):]); because != "" {
				if e.because, err = strconv.Unquote(strings.TrimSpace(strings.TrimPrefix(because, "because"))); err != nil {
					return nil, bad("because: %v: %s", err, because)
				}
			}
			c.expects = append(c.expects, e)
		default:
			return nil, bad("%q is no line of a case", key)
		}
	}
	return out, lines.Err()
}

// pastClaims is a past made of the claims of documents, latest first.
type pastClaims []record.Claim

func (p pastClaims) Claimed(_ context.Context, q record.ClaimQuery) ([]record.Claim, error) {
	return slices.DeleteFunc(slices.Clone(p), func(c record.Claim) bool {
		on, err := day.Parse(c.Report.Published)
		return err != nil || on >= *q.Before || c.Speaker != q.Speaker || c.Kind != q.Kind || c.Subject != q.Subject
	}), nil
}

// tally counts one result.
type tally struct{ expected, found, given, right int }

// recall holds, for each file, how many of the expected contradictions must be
// found; it may only rise.
var recall = map[string]int{"clauses": 12, "force": 5, "geography": 4, "instruments": 4, "members": 17, "offices": 13, "speakers": 4, "superlatives": 5, "own": 38, "newsroom": 17, "desk": 5, "wire": 10, "fresh": 17, "archive": 7}

var caseFiles = flag.String("cases", "testdata/*.test", "the files of cases that TestCases runs")

func TestCases(t *testing.T) {
	files, err := filepath.Glob(*caseFiles)
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	c, err := corpus.World()
	if err != nil {
		t.Fatal(err)
	}
	reader, err := reading.New()
	if err != nil {
		t.Fatal(err)
	}
	checker := New(c, actor.World())
	var mu sync.Mutex // files run at the same time
	table := tabwriter.NewWriter(os.Stderr, 2, 8, 2, ' ', 0)
	if testing.Verbose() {
		fmt.Fprintln(table, "cases\tresult\texpected\tfound\tgiven\tright\tprecision\trecall")
		t.Cleanup(func() { table.Flush() })
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".test")
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cases, err := readCases(file)
			if err != nil {
				t.Fatal(err)
			}
			tallies := map[Result]*tally{Supported: {}, Contradicted: {}, NotInRecord: {}, NotCheckable: {}}
			for _, k := range cases {
				runCase(t, file, k, reader, checker, tallies)
			}
			mu.Lock()
			defer mu.Unlock()
			for _, r := range []Result{Contradicted, Supported, NotInRecord, NotCheckable} {
				n := tallies[r]
				fmt.Fprintf(table, "%s (%d)\t%s\t%d\t%d\t%d\t%d\t%.1f %%\t%.1f %%\n", name, len(cases), r, n.expected, n.found, n.given, n.right,
					100*float64(n.right)/float64(max(1, n.given)), 100*float64(n.found)/float64(max(1, n.expected)))
			}
			n := tallies[Contradicted]
			if n.given > 0 && float64(n.right) < 0.95*float64(n.given) {
				t.Errorf("%s: %d of %d contradictions are right; want 95 %%", file, n.right, n.given)
			}
			if n.found < recall[name] {
				t.Errorf("%s: %d of %d expected contradictions were found; want %d", file, n.found, n.expected, recall[name])
			}
		})
	}
}

// runCase checks one case. What is missed is logged and counted; a false
// contradiction fails on its own line, too.
func runCase(t *testing.T, file string, k *checkCase, reader *reading.Reader, checker *Checker, tallies map[Result]*tally) {
	t.Helper()
	if len(k.reports) == 0 {
		t.Errorf("%s:%d: the case has no text", file, k.line)
		return
	}
	var past pastClaims
	var doc *reading.Document
	for i := range k.reports {
		on, err := day.ParsePeriod(k.reports[i].on)
		if err != nil {
			t.Fatal(err)
		}
		opts := report.Options{In: report.Plain, Published: report.Date{Period: on}}
		for rep, err := range report.All(strings.NewReader(k.reports[i].text.String()), opts) {
			if err != nil {
				t.Fatalf("%s:%d: %v", file, k.line, err)
			}
			doc = reader.Read(rep)
		}
		if i < len(k.reports)-1 {
			for _, c := range checker.Claims(doc).List {
				c.Report = record.Head{Hash: fmt.Sprint("earlier", i), Published: doc.Published}
				past = append(past, c)
			}
		}
	}
	got, err := checker.Against(context.Background(), doc, past)
	if err != nil {
		t.Fatalf("%s:%d: %v", file, k.line, err)
	}
	body := strings.Join(strings.Fields(doc.Text), " ")
	used := map[int]bool{}
	for _, e := range k.expects {
		tallies[e.result].expected++
		at := find(doc.Text, e.words)
		if at.Empty() {
			t.Errorf("%s:%d: %q is not in the text: %s", file, e.line, e.words, body)
			continue
		}
		hit := false
		var there []string
		for i, v := range got.Checks {
			if !slices.ContainsFunc(v.Spans, at.Overlaps) {
				continue
			}
			there = append(there, fmt.Sprintf("%s %s: %s %v", v.Kind, v.Result, v.Claim, v.Grounds))
			if v.Result == e.result && (e.because == "" || grounded(v, e.because)) {
				hit, used[i] = true, true
			}
		}
		if hit {
			tallies[e.result].found++
		} else {
			t.Logf("%s:%d: %s: want %s of %q because %q; there is %s; withheld: %v", file, e.line, k.title, e.result, e.words, e.because, strings.Join(there, "\n\t\t"), got.Withheld)
		}
	}
	for i, v := range got.Checks {
		near := v.Result == Contradicted || slices.ContainsFunc(k.expects, func(e expectation) bool {
			at := find(doc.Text, e.words)
			return !at.Empty() && slices.ContainsFunc(v.Spans, at.Overlaps)
		})
		if !near {
			continue
		}
		tallies[v.Result].given++
		switch {
		case used[i]:
			tallies[v.Result].right++
		case v.Result == Contradicted:
			right := slices.ContainsFunc(k.expects, func(e expectation) bool { // right, though the grounds are worded otherwise
				return e.result == Contradicted && slices.ContainsFunc(v.Spans, find(doc.Text, e.words).Overlaps)
			})
			if right {
				tallies[v.Result].right++
				continue
			}
			t.Logf("%s:%d: %s: FALSELY contradicted: %s (%s) %v", file, k.line, k.title, v.Claim, v.Span.Of(doc.Text), v.Grounds)
		}
	}
}

// find returns where the words stand, whatever the white space in between.
func find(t, words string) text.Span {
	if i := strings.Index(t, words); i >= 0 {
		return text.Span{Start: i, End: i + len(words)}
	}
	return text.Span{}
}

// grounded reports whether the words stand in the grounds or in the claim.
func grounded(v Verdict, words string) bool {
	all := v.Claim
	for _, g := range v.Grounds {
		all += " " + g.String() + " " + g.Source
	}
	return strings.Contains(strings.ToLower(all), strings.ToLower(words))
}
