package report

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRefuse(t *testing.T) {
	for _, row := range []struct {
		name, input string
		want        error
		message     string
	}{
		{"empty", "", ErrEmpty, "read standard input: there is nothing in it"},
		{"white space", " \n\t\r\n", ErrEmpty, "read standard input: there is nothing in it"},
		{"binary", "\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x03\x00\x3e\x00\x01\x00\x00\x00\x90\x12", ErrBinary, "read standard input: it is binary, not text"},
		{"picture", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00", ErrBinary, "read standard input: it is binary, not text"},
		{"PDF", "%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", ErrPDF, "read standard input: it is a PDF file, which is not read"},
		{"office file", "PK\x03\x04\x14\x00\x06\x00", ErrArchive, "read standard input: it is an archive or office file, which is not read"},
		{"page without an article", "<html><body><nav><a href=/>Home</a></nav></body></html>", ErrNoArticle, "read standard input: there is no article in the page"},
		{"over the limit", strings.Repeat("word ", 300), ErrTooLarge, "read standard input: it is larger than the limit of 1000 bytes"},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := Read(strings.NewReader(row.input), Options{Limit: 1000})
			if !errors.Is(err, row.want) || err.Error() != row.message {
				t.Errorf("error %v, want %s", err, row.message)
			}
		})
	}
}

func TestRefuseFiles(t *testing.T) {
	dir := t.TempDir()
	huge := filepath.Join(dir, "huge.txt")
	f, err := os.Create(huge)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("The first words of a text that goes on for long.\n"); err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(1 << 30); err != nil { // sparse: takes no room on the disk
		t.Fatal(err)
	}
	f.Close()
	for _, row := range []struct {
		path string
		want error
	}{
		{dir, ErrDirectory},
		{huge, ErrTooLarge},
		{filepath.Join(dir, "none"), os.ErrNotExist},
	} {
		for r, err := range Open(row.path, Options{}) {
			if r != nil || !errors.Is(err, row.want) {
				t.Errorf("%s: error %v, want %v", filepath.Base(row.path), err, row.want)
			}
		}
	}
}

const bulk = `{"id":"a","title":"One","date":"2024-06-18","text":"First text."}
{"id":2,"text":"Second text, with a number for an id."}

{"id":"c","text":"Third
{"text":"Fourth\u00a0text without an id."}
{"id":"e","text":7}
{"id":"f"}
{"id":"g","date":"someday","text":"Seventh text. \ud83d\ude00"}
`

func TestLines(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	io.WriteString(z, bulk)
	z.Close()
	for name, in := range map[string]io.Reader{
		"plain": strings.NewReader(bulk), "gzip": &packed, "bom": strings.NewReader("\ufeff" + bulk),
		"windows": strings.NewReader(strings.ReplaceAll(bulk, "\n", "\r\n")),
	} {
		t.Run(name, func(t *testing.T) {
			var got, failed []string
			for r, err := range All(in, Options{Name: "bulk.jsonl"}) {
				var at *LineError
				switch {
				case errors.As(err, &at):
					failed = append(failed, err.Error())
				case err != nil:
					t.Fatal(err)
				default:
					sound(t, r)
					got = append(got, r.ID+"="+r.Text)
				}
			}
			want := []string{"a=First text.", "2=Second text, with a number for an id.", "5=Fourth\u00a0text without an id.", "g=Seventh text. 😀"}
			if strings.Join(got, "\n") != strings.Join(want, "\n") {
				t.Errorf("reports %q, want %q", got, want)
			}
			if len(failed) != 3 || name == "plain" && strings.Join(failed, "\n") != strings.Join([]string{
				"bulk.jsonl:4:24: read report at byte 123: invalid character '\\n' in string literal",
				`bulk.jsonl:6: read report at byte 190: field "text" is a JSON number, want a string`,
				`bulk.jsonl:7: read report at byte 210: there is no field "text"`}, "\n") {
				t.Errorf("errors:\n%s", strings.Join(failed, "\n"))
			}
		})
	}
}

func TestLinesOverLimit(t *testing.T) {
	in := `{"id":"a","text":"` + strings.Repeat("word ", 50_000) + `"}` + "\n" + `{"id":"b","text":"short"}` + "\n"
	var read int
	for r, err := range Lines(strings.NewReader(in), Options{Limit: 1000}) {
		if r == nil && !errors.Is(err, ErrTooLarge) {
			t.Fatal(err)
		}
		if r != nil {
			read++
		}
	}
	if read != 1 {
		t.Errorf("%d reports read, want the one after the long line", read)
	}
}

// TestVerbatim: the text of JSON Lines is kept to the byte, since annotations
// made elsewhere point into it.
func TestVerbatim(t *testing.T) {
	const given = " \r\nTwo  states\u00a0sign\u00ad\u200b a treaty \r\n\r\n\u201cUnclosed (VIDEO)\t\n"
	for r, err := range Lines(strings.NewReader(`{"text":" \r\nTwo  states\u00a0sign\u00ad\u200b a treaty \r\n\r\n\u201cUnclosed (VIDEO)\t\n"}`), Options{}) {
		if err != nil {
			t.Fatal(err)
		}
		sound(t, r)
		if r.Text != given {
			t.Errorf("text %q, want %q", r.Text, given)
		}
	}
}

func fuzz(f *testing.F, in Format, seeds ...string) {
	for _, s := range seeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		for r, err := range All(bytes.NewReader(b), Options{In: in, Limit: 1 << 16}) {
			if err == nil {
				sound(t, r)
			}
		}
	})
}

func FuzzPage(f *testing.F) {
	fuzz(f, HTML, "<p>One.<p>Two<br>three", `<blockquote class="twitter-tweet"><p>Hi</p>&mdash; A (@a) May 4, 2021</blockquote>`,
		`<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","articleBody":"Body of it."}</script>`,
		"<figure><img src=x><figcaption>C</figcaption></figure><table><tr><td>a<td>b</table>")
}

func FuzzPlain(f *testing.F) {
	fuzz(f, Plain, bulk, "World\n“Two states sign (VIDEO)\nFlags pic.twitter.com/a\n— Ada |🌊 (@ada) May 4, 2021\n"+paragraph+"\n• one\n",
		"LUANDA, May 4 (Wire) -- "+paragraph, "\xff\xfeT\x00w\x00o\x00 \x00", "Ã© â€™")
}

func FuzzLines(f *testing.F) { fuzz(f, JSONL, bulk) }

func BenchmarkLines(b *testing.B) {
	in := strings.Repeat(bulk, 100)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		for range Lines(strings.NewReader(in), Options{}) {
		}
	}
}

func BenchmarkPage(b *testing.B) {
	page, err := os.ReadFile("../examples/pyongyang-treaty.html")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if _, err := Read(bytes.NewReader(page), Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
