// Package casus_test checks the layers of the program.
package casus_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/casus-foederis/casus/"

// forbidden says which packages one may not reach, and why.
var forbidden = []struct {
	pkg    string
	reach  []string
	reason string
}{
	{"text", all, "a span is made of nothing else"},
	{"day", all, "days know no states and no texts"},
	{"actor", except("day"), "who exists and when is independent of what is reported"},
	{"report", except("text", "day"), "a report as published is bytes, not yet read"},
	{"language", except("text"), "trees are made without knowing names"},
	{"reading", []string{"evidence", "record", "treaty", "duty", "why", "check", "review", "study", "web", "corpus"}, "a report is read without knowing other reports or what treaties say"},
	{"treaty", []string{"evidence", "record", "reading", "report", "language", "duty", "check", "review", "study", "web"}, "what was promised does not depend on what was reported"},
	{"why", all, "a derivation is data: it knows neither rules nor files"},
	{"duty", []string{"evidence", "reading", "report", "language", "check", "review", "study", "web", "corpus"}, "norms are evaluated on acts, not on words"},
	{"record", []string{"evidence", "treaty", "duty", "why", "check", "review", "study", "web", "corpus"}, "what was reported is stored before anybody judges it"},
	{"check", []string{"evidence", "review", "study", "web"}, "pages call checks, not the other way round"},
	{"happening", []string{"evidence", "treaty", "duty", "why", "check", "study", "web", "corpus"}, "accounts are compared without knowing what treaties say"},
	{"review", []string{"study", "web"}, "what was confirmed stands under tables and pages"},
	{"evidence", []string{"check", "review", "study", "web", "corpus"}, "the acts of a record become evidence without anybody judging their reports"},
	{"study", []string{"web"}, "tables are made without pages"},
	{"web", []string{"cmd/casus"}, "only main calls main"},
}

var all = []string{"text", "day", "actor", "report", "language", "reading", "treaty", "duty", "why", "record", "happening", "check", "review", "evidence", "study", "web", "corpus"}

func except(allowed ...string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(p string) bool { return slices.Contains(allowed, p) })
}

func TestLayers(t *testing.T) {
	for _, rule := range forbidden {
		t.Run(rule.pkg, func(t *testing.T) {
			out, err := exec.Command("go", "list", "-deps", "./"+rule.pkg).Output()
			if err != nil {
				t.Fatalf("list dependencies of %s: %v", rule.pkg, err)
			}
			for dep := range strings.Lines(string(out)) {
				name, ours := strings.CutPrefix(strings.TrimSpace(dep), module)
				top, _, _ := strings.Cut(name, "/")
				if ours && top != rule.pkg && slices.Contains(rule.reach, top) {
					t.Errorf("%s reaches %s, but %s", rule.pkg, name, rule.reason)
				}
			}
		})
	}
}
