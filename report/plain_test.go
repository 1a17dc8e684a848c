package report

import (
	"strings"
	"testing"
)

const paragraph = "The two delegations met for the third time this year and agreed on the words of a joint note, an official said."

// TestParts names rows by the furniture that they hold.
func TestParts(t *testing.T) {
	for _, row := range []struct {
		name, text string
		want       string // kind:words, in order; paragraphs are left out
		title      string
	}{
		{"nothing but a body", paragraph, "", ""},
		{"section and headline", "World\nTwo states sign a treaty on water\n" + paragraph, "section:World title:Two states sign a treaty on water", "Two states sign a treaty on water"},
		{"breadcrumb", "Home » World » Africa\nTwo states sign a treaty on water\n" + paragraph, "section:Home » World » Africa title:Two states sign a treaty on water", "Two states sign a treaty on water"},
		{"quotation mark that never closes", "“Two states sign a treaty on water\n" + paragraph, "title:Two states sign a treaty on water", "Two states sign a treaty on water"},
		{"quotation marks that close", "“A treaty of water”: two states sign\n" + paragraph, "title:“A treaty of water”: two states sign", "“A treaty of water”: two states sign"},
		{"marker", "Two states sign a treaty [PHOTOS]\n" + paragraph, "title:Two states sign a treaty marker:[PHOTOS]", "Two states sign a treaty"},
		{"byline and date", "Two states sign a treaty\nBy Ada Quill and Bo Reed\n4 May 2021, 10:15 GMT\n" + paragraph, "title:Two states sign a treaty byline:By Ada Quill and Bo Reed published:4 May 2021, 10:15 GMT", "Two states sign a treaty"},
		{"place and date", "Two states sign a treaty\nGeneva, 4 May 2021\n" + paragraph, "title:Two states sign a treaty dateline:Geneva, 4 May 2021", "Two states sign a treaty"},
		{"dateline of a wire", "LUANDA, May 4 (Wire) -- " + paragraph, "dateline:LUANDA, May 4 (Wire) --", ""},
		{"dateline with a no-break space", "LUANDA — " + paragraph, "dateline:LUANDA —", ""},
		{"speaker's label is no dateline", "MS. QUILL: " + paragraph, "", ""},
		{"list", paragraph + "\n• First point agreed.\n• Second point left open.", "item:First point agreed. item:Second point left open.", ""},
		{"subhead", paragraph + "\nWhat comes next\n" + paragraph, "heading:What comes next", ""},
		{"furniture", paragraph + "\nShare on Facebook\nRead more: the river’s long way\n" + paragraph, "furniture:Share on Facebook furniture:Read more: the river’s long way", ""},
		{"caption", paragraph + "\nThe two ministers in Luanda. Photo: Quill Pictures\n" + paragraph, "caption:The two ministers in Luanda. Photo: Quill Pictures", ""},
		{"caption with an agency", paragraph + "\nThe two ministers in Luanda. (AP Photo/Ada Quill)\n" + paragraph, "caption:The two ministers in Luanda. (AP Photo/Ada Quill)", ""},
		{"an agency at the end is no caption", paragraph + "\nThe note will be published on Friday, an aide said. (Reuters)\n" + paragraph, "", ""},
		{"film in a line of its own", paragraph + "\nVIDEO: The signing in full\n" + paragraph, "marker:VIDEO: caption:The signing in full", ""},
		{"Windows line ends", "World\r\nTwo states sign a treaty on water\r\n" + paragraph + "\r\n", "section:World title:Two states sign a treaty on water", "Two states sign a treaty on water"},
		{"post without empty lines around it", "Two states sign a treaty on water\nFlags everywhere 🎉 pic.twitter.com/abc\n— Ada 🌊 (@ada_q) May 4, 2021\n" + paragraph, "title:Two states sign a treaty on water post:Flags everywhere 🎉 pic.twitter.com/abc\n— Ada 🌊 (@ada_q) May 4, 2021", "Two states sign a treaty on water"},
		{"post on one line", paragraph + "\nFlags everywhere — Ada (@ada_q) 4 May 2021\n" + paragraph, "post:Flags everywhere — Ada (@ada_q) 4 May 2021", ""},
		{"a dash and a handle in running text", paragraph + "\nThe note was posted — as always — by the ministry (@mfa) late that night, and taken down within the hour, officials said.", "", ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			r, err := Read(strings.NewReader(row.text), Options{In: Plain})
			if err != nil {
				t.Fatal(err)
			}
			sound(t, r)
			var got []string
			for _, p := range r.Parts {
				if p.Kind != Paragraph {
					got = append(got, string(p.Kind)+":"+p.Span.Of(r.Text))
				}
			}
			if s := strings.Join(got, " "); s != row.want {
				t.Errorf("parts:\n  %s\nwant:\n  %s", s, row.want)
			}
			if r.Title != row.title {
				t.Errorf("title %q, want %q", r.Title, row.title)
			}
		})
	}
}

func TestPost(t *testing.T) {
	r, err := Read(strings.NewReader("Two states sign a treaty on water\nFlags everywhere 🎉 pic.twitter.com/abc\n— Ada |🌊 (@ada_q) May 4, 2021\n"+paragraph), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(r.Posts) != 1 {
		t.Fatalf("%d posts, want one", len(r.Posts))
	}
	p := r.Posts[0]
	if p.Author != "Ada |🌊" || p.Handle != "ada_q" || p.Date != "2021-05-04" || p.Link != "pic.twitter.com/abc" || p.Text != "Flags everywhere 🎉" {
		t.Errorf("post %+v", p)
	}
	if p.Source.Of(r.Text) != p.Author || p.Dash.Of(r.Text) != "—" || p.Words.Of(r.Text) != p.Text {
		t.Errorf("spans of the post: source %q, dash %q, words %q", p.Source.Of(r.Text), p.Dash.Of(r.Text), p.Words.Of(r.Text))
	}
}

func TestDates(t *testing.T) {
	for given, want := range map[string]string{
		"2024-06-18":                      "2024-06-18",
		"2024-06-18T23:30:00+09:00":       "2024-06-18",
		"2024-06-18 23:30:00 +0900":       "2024-06-18",
		"Tue, 18 Jun 2024 14:30:00 +0000": "2024-06-18",
		"June 18, 2024":                   "2024-06-18",
		"18 June 2024":                    "2024-06-18",
		"Tuesday, 18th June, 2024":        "2024-06-18",
		"Sept. 3, 2024":                   "2024-09-03",
		"June 2024":                       "2024-06",
		"2024":                            "2024",
		"2024-02-30":                      "",
		"31 June 2024":                    "2024-06", // the day does not exist; the month does
		"06/10/2024":                      "",
		"yesterday":                       "",
	} {
		d, _ := parseDate(given)
		if d.String() != want {
			t.Errorf("parseDate(%q) = %q, want %q", given, d, want)
		}
	}
}

// A pasted text seldom says when it appeared; its latest post gives the day.
func TestDateFromPosts(t *testing.T) {
	const pasted = "World\nTwo ministers meet in Oslo\nBig crowd at the airport pic.twitter.com/AAAAAAAAAA\n— Harbour Desk (@harbourdesk) June 18, 2024\nThe ministers of Norway and Chile met on Tuesday and signed an agreement on ports.\n"
	r, err := Read(strings.NewReader(pasted), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Published.String(); got != "2024-06-18" {
		t.Errorf("published %q, want the day of the post", got)
	}
	if len(r.Problems) == 0 || !strings.Contains(r.Problems[len(r.Problems)-1].Message, "not given") {
		t.Errorf("nothing says that the day was taken from the post: %v", r.Problems)
	}
	given, err := Read(strings.NewReader(pasted), Options{Published: r.Published})
	if err != nil || len(given.Problems) >= len(r.Problems) {
		t.Errorf("with a day given: %v, %v", given.Problems, err)
	}
}
