package record

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// made are the names that statements are put together from beside literals, with
// where their words come from: this package's own, never a caller's. A caller's
// words are arguments.
var made = map[string]string{
	"which": "one of two conditions in the text", "table": "a list in the text", "into": "a list in the text", "then": "a literal of countNames",
	"values": "question marks", "marks": "question marks", "query": "built from literals and where", "q": "built from literals", "String": "of a where: conditions that are literals, or a builder of literals",
	"w": "a where, as above", "headColumns": "a constant", "claimColumns": "a constant", "storedDeeds": "a constant", "within": "a list in the text", "condition": "of match, with question marks", "whole": "one of two words in the text", "judgementColumns": "a constant", "rest": "a where with an order", "from": "a list of tables in the text", "key": "an order in the text",
	"c": "a row of a table of literals", "order": "an order in the text", "folder": "",
}

// No statement is made from words of a caller: what reaches the database beside
// literals is known by name. A new name fails until somebody has looked at it.
func TestStatementsAreOurs(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	statements := 0
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			method, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || !slices.Contains([]string{"Exec", "ExecContext", "QueryContext", "QueryRow", "QueryRowContext", "PrepareContext", "each"}, method.Sel.Name) || len(call.Args) == 0 {
				return true
			}
			statement := call.Args[0]
			switch {
			case method.Sel.Name == "each":
				statement = call.Args[2]
			case strings.HasSuffix(method.Sel.Name, "Context"):
				statement = call.Args[1]
			}
			statements++
			ast.Inspect(statement, func(part ast.Node) bool {
				switch part := part.(type) {
				case *ast.CallExpr:
					if f, ok := part.Fun.(*ast.SelectorExpr); ok && f.Sel.Name == "bind" { // numbers the question marks
						for _, a := range part.Args {
							ast.Inspect(a, func(n ast.Node) bool { return known(t, set, n) })
						}
						return false
					}
				}
				return known(t, set, part)
			})
			return true
		})
	}
	if statements < 30 {
		t.Errorf("%d statements were found: the test looks at the wrong names", statements)
	}
}

func known(t *testing.T, set *token.FileSet, n ast.Node) bool {
	switch n := n.(type) {
	case *ast.SelectorExpr: // x.y: y says what it is
		if _, ok := made[n.Sel.Name]; !ok {
			t.Errorf("%s: a statement is made from %s", set.Position(n.Pos()), n.Sel.Name)
		}
		return false
	case *ast.Ident:
		if _, ok := made[n.Name]; !ok {
			t.Errorf("%s: a statement is made from %s", set.Position(n.Pos()), n.Name)
		}
	}
	return true
}

// What would be a statement is words to look for, and finds nothing or what has
// these words.
func TestWordsAreNoStatements(t *testing.T) {
	s := opened(t, filepath.Join(t.TempDir(), "record.db"))
	before, err := s.Count(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, words := range []string{`'; DROP TABLE reports; --`, `" OR 1=1 --`, `x') UNION SELECT 1,2,3 --`, `NEAR(a b, 1000000)`, `{speaker} : x`, `words:x`, `a" AND "b`, `^x`, `x*y*`, `\`, "%", "_", `$1`, "?", "\x00", `(((`, `x:*`, `!x`, `a & b | c`} {
		for field, q := range map[string]Query{
			"words": {Words: words}, "speaker": {Speaker: words}, "name": {Name: words}, "state": {State: words}, "target": {Target: words}, "type": {Type: words},
			"status": {Status: words}, "instrument": {Instrument: words}, "outlet": {Outlet: words}, "ref": {Ref: words}, "kind": {Kinds: []Kind{Kind(words)}},
		} {
			found, err := s.Search(t.Context(), q)
			if err != nil && field != "words" && field != "speaker" && field != "target" || len(found) > 0 {
				t.Errorf("%s %q: %d found, %v", field, words, len(found), err)
			}
			for _, hint := range []string{"syntax", "SQL", "near", "column"} {
				if err != nil && strings.Contains(err.Error(), hint) {
					t.Errorf("%s %q reached the statement: %v", field, words, err)
				}
			}
		}
		if _, err := s.Names(t.Context(), NameQuery{Like: words, Role: words, Kind: words, State: words}); err != nil {
			t.Errorf("names %q: %v", words, err)
		}
		if _, err := s.Report(t.Context(), words); err == nil {
			t.Errorf("report %q", words)
		}
	}
	after, err := s.Count(t.Context())
	if err != nil || after != before {
		t.Errorf("%+v became %+v: %v", before, after, err)
	}
}
