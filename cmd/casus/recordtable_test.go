package main

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/record/table"
)

// TestAnswersDictionary: the page of the tables describes the columns of the
// answers in their order.
func TestAnswersDictionary(t *testing.T) {
	page, err := os.ReadFile("../../docs/format/tables.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, _ := strings.Cut(string(page), "\n## Answers\n")
	var names []string
	for line := range strings.Lines(section) {
		if rest, ok := strings.CutPrefix(line, "| `"); ok {
			name, _, _ := strings.Cut(rest, "`")
			names = append(names, name)
		}
	}
	if columns := table.Columns[answerRow](); !slices.Equal(names, columns) {
		t.Errorf("the page has\n%v\nthe table\n%v", names, columns)
	}
}
