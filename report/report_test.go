package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/sebdah/goldie/v2"

	"github.com/casus-foederis/casus/text"
)

// TestPublished reads reports of many makes. What is read stands in the golden
// file beside each, so that a change in reading shows in review.
func TestPublished(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.*ml")
	if err != nil {
		t.Fatal(err)
	}
	plain, _ := filepath.Glob("testdata/*.txt")
	examples, _ := filepath.Glob("../examples/*.*")
	for _, path := range append(append(paths, plain...), examples...) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			var b bytes.Buffer
			for r, err := range Open(path, Options{}) {
				if err != nil {
					t.Fatal(err)
				}
				sound(t, r)
				show(&b, r)
			}
			goldie.New(t).Assert(t, filepath.Base(path), b.Bytes())
		})
	}
}

// show prints a report for the golden files.
func show(b *bytes.Buffer, r *Report) {
	line := func(name string, v any) {
		if s := fmt.Sprint(v); s != "" && s != "[]" {
			fmt.Fprintf(b, "%-11s%s\n", name, s)
		}
	}
	line("id", r.ID)
	line("url", r.URL)
	line("outlet", r.Outlet)
	line("section", r.Section)
	line("title", r.Title)
	line("standfirst", r.Standfirst)
	line("authors", strings.Join(r.Authors, "; "))
	line("published", strings.TrimSpace(r.Published.String()+" "+r.Published.Time))
	line("modified", r.Modified)
	line("language", r.Language)
	for _, p := range r.Parts {
		fmt.Fprintf(b, "  %-11s%-14v%q\n", p.Kind, p.Span, p.Span.Of(r.Text))
	}
	for _, p := range r.Posts {
		fmt.Fprintf(b, "post       author=%q handle=%q date=%s link=%s text=%q\n", p.Author, p.Handle, p.Date, p.Link, p.Text)
	}
	for _, m := range r.Media {
		fmt.Fprintf(b, "media      %s caption=%q url=%s marker=%q\n", m.Kind, m.Caption, m.URL, m.Marker.Of(r.Text))
	}
	for _, c := range r.Captions {
		line("caption", c)
	}
	for _, p := range r.Problems {
		line("problem", p)
	}
	b.WriteByte('\n')
}

// sound checks what holds for every report.
func sound(t testing.TB, r *Report) {
	t.Helper()
	at := func(what string, s text.Span) {
		if !s.Valid(r.Text) {
			t.Fatalf("%s %v is not inside the text of %d bytes", what, s, len(r.Text))
		}
	}
	end := 0
	for _, p := range r.Parts {
		at(string(p.Kind), p.Span)
		if p.Span.Empty() || p.Span.Start < end {
			t.Fatalf("part %s %v is empty, or overlaps or precedes the part before it, which ends at %d", p.Kind, p.Span, end)
		}
		end = p.Span.End
	}
	body := 0
	for _, p := range r.Parts {
		if !p.Kind.Body() {
			continue
		}
		if body >= len(r.Paragraphs) || r.Paragraphs[body] != p.Span {
			t.Fatalf("paragraph %d does not match part %v", body, p)
		}
		body++
	}
	if body != len(r.Paragraphs) {
		t.Fatalf("%d paragraphs, %d parts of the body", len(r.Paragraphs), body)
	}
	for _, p := range r.Posts {
		at("post", p.Span)
		at("words of post", p.Words)
		at("dash of post", p.Dash)
		at("source of post", p.Source)
		if !p.Span.Contains(p.Words) && !p.Words.Empty() {
			t.Fatalf("words %v of a post lie outside it, %v", p.Words, p.Span)
		}
	}
	for _, m := range r.Media {
		at("marker", m.Marker)
	}
	if r.ID == "" {
		t.Fatal("the report has no id")
	}
}

// TestEncodings reads one page in five encodings and expects one text.
func TestEncodings(t *testing.T) {
	var want string
	for _, name := range []string{"latin", "undeclared", "utf16", "mojibake"} {
		for r, err := range Open("testdata/"+name+".html", Options{}) {
			if err != nil {
				t.Fatal(err)
			}
			if want == "" {
				want = r.Text
			}
			if r.Text != want {
				t.Errorf("%s: text differs from that of the first encoding:\n%s", name, r.Text)
			}
		}
	}
}

// TestShells reads a page whose article lies in hundreds of shells, and one
// whose text lies in no element of its own.
func TestShells(t *testing.T) {
	const sentence = "The two delegations met for the third time this year and agreed on the words of a joint note, an official said."
	for name, page := range map[string]string{
		"hundreds of shells": strings.Repeat("<div><span>", 200) + "<p>" + sentence + "</p><p>" + sentence + "</p>",
		"no element":         "<html><body>" + sentence + "<br><br>" + sentence,
	} {
		r, err := Read(strings.NewReader(page), Options{In: HTML})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		sound(t, r)
		if r.Text != sentence+"\n\n"+sentence {
			t.Errorf("%s: text %q", name, r.Text)
		}
	}
}

// TestWritten compares a page with the text that its annotators wrote down for
// it. It needs the project's data: CASUS_DATA names their folder.
func TestWritten(t *testing.T) {
	data := os.Getenv("CASUS_DATA")
	if data == "" {
		t.Skip("CASUS_DATA is not set: the written reports are not part of the project")
	}
	b, err := os.ReadFile(filepath.Join(data, "written", "12.json"))
	if err != nil {
		t.Fatal(err)
	}
	var want struct{ Text string }
	if err := json.Unmarshal(b, &want); err != nil {
		t.Fatal(err)
	}
	for r, err := range Open(filepath.Join(data, "written", "12.html"), Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Text != want.Text {
			t.Errorf("text of 12.html:\n%s\nwant:\n%s", r.Text, want.Text)
		}
	}
}
