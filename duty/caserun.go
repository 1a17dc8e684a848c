package duty

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sort"
	"strings"

	"github.com/casus-foederis/casus/treaty"
)

// Failure is one expectation of a case that was not borne out.
type Failure struct {
	Pos     treaty.Position
	Case    string
	Message string
}

// Outcome is what a run of case files came to.
type Outcome struct {
	Cases, Expected int
	Failures        []Failure
}

// Run asks the questions of the cases and compares. Shared is the corpus's own
// record, used where a case gives "the record".
func Run(c *treaty.Corpus, shared Record, cases []Case) Outcome {
	out := Outcome{Cases: len(cases)}
	for _, k := range cases {
		for _, check := range k.Checks {
			rec := Record{k.Record.Acts[:check.Acts], k.Record.Facts[:check.Facts]}
			if k.World {
				rec = Record{append(slices.Clone(shared.Acts), rec.Acts...), append(slices.Clone(shared.Facts), rec.Facts...)}
			}
			out.Expected += len(check.Expect)
			reply, err := Answers(c, rec, check.Question)
			if err != nil {
				out.Failures = append(out.Failures, Failure{check.Pos, k.Title, err.Error()})
				continue
			}
			for _, e := range check.Expect {
				if m := missing(e, reply); m != "" {
					out.Failures = append(out.Failures, Failure{e.Pos, k.Title, "want " + e.String() + "; found " + m})
				}
			}
		}
	}
	return out
}

// String words the expectation as the case file does.
func (e Expectation) String() string {
	if e.Nothing {
		return "nothing from " + e.Bearer
	}
	if e.Conflict != "" {
		return "a conflict of " + e.Bearer
	}
	s := name(e.Bearer) + " " + string(e.Answer)
	if e.Provision != "" {
		s += " under " + e.Provision
	}
	if e.To != "" {
		s += " towards " + e.To
	}
	if e.Because != "" {
		s += fmt.Sprintf(" because %q", e.Because)
	}
	return s
}

// ReadCases reads every cases.test of fsys and the record in acts.test at its
// top. The error is [treaty.Problems], every mistake in every file.
func ReadCases(fsys fs.FS) (cases []Case, shared Record, err error) {
	var problems treaty.Problems
	var files []string
	err = fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Base(name) == "cases.test" {
			files = append(files, name)
		}
		return err
	})
	if err != nil {
		return nil, Record{}, fmt.Errorf("read cases: %w", err)
	}
	sort.Strings(files)
	for _, name := range files {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return nil, Record{}, fmt.Errorf("read cases: %w", err)
		}
		list, err := Cases(name, data, path.Base(path.Dir(name)))
		var ps treaty.Problems
		if errors.As(err, &ps) {
			problems = append(problems, ps...)
		}
		cases = append(cases, list...)
	}
	shared, err = ReadRecord(fsys)
	var ps treaty.Problems
	if errors.As(err, &ps) {
		problems = append(problems, ps...)
	} else if err != nil {
		return nil, Record{}, err
	}
	if len(problems) > 0 {
		return cases, shared, problems
	}
	return cases, shared, nil
}

// ReadRecord reads the record that stands in acts.test at the top of a corpus;
// without that file it is empty.
func ReadRecord(fsys fs.FS) (Record, error) {
	const name = "acts.test"
	data, err := fs.ReadFile(fsys, name)
	if errors.Is(err, fs.ErrNotExist) {
		return Record{}, nil
	}
	if err != nil {
		return Record{}, fmt.Errorf("read record: %w", err)
	}
	return Given(name, data)
}

// String is the failure as one message for people.
func (f Failure) String() string {
	return fmt.Sprintf("%s: case %q: %s", f.Pos, f.Case, strings.TrimSpace(f.Message))
}
