package report

import (
	"strings"
	"testing"
)

// TestEmbeds puts posts as networks write them between two paragraphs.
func TestEmbeds(t *testing.T) {
	for _, row := range []struct {
		name, html string
		want       Post // spans are not compared
	}{
		{"X", `<blockquote class="twitter-tweet"><p lang="en">Signed today.<br>A new stage. <a href="https://t.co/x">pic.twitter.com/x</a></p>&mdash; Ada Q. (@ada_q) <a href="https://x.com/ada_q/status/77?ref_src=a">May 4, 2021</a></blockquote>`,
			Post{Author: "Ada Q.", Handle: "ada_q", Date: "2021-05-04", Link: "https://x.com/ada_q/status/77", Text: "Signed today. A new stage."}},
		{"X, inside a figure", `<figure class="embed"><div><blockquote class="twitter-tweet"><p>Signed today.</p>&mdash; Ada (@ada_q) <a href="https://twitter.com/ada_q/status/77">4 May 2021</a></blockquote></div></figure>`,
			Post{Author: "Ada", Handle: "ada_q", Date: "2021-05-04", Link: "https://twitter.com/ada_q/status/77", Text: "Signed today."}},
		{"a quotation with a signature but no class", `<blockquote><p>Signed today.</p>— Ada (@ada_q) May 4, 2021</blockquote>`,
			Post{Author: "Ada", Handle: "ada_q", Date: "2021-05-04", Text: "Signed today."}},
		{"Instagram", `<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/Abc/?utm=1"><div><a href="https://www.instagram.com/p/Abc/">Flags on the bridge</a><p>A post shared by <a href="https://www.instagram.com/adaq/">Ada Q</a> (@adaq)</p></div></blockquote>`,
			Post{Author: "Ada Q", Handle: "adaq", Link: "https://www.instagram.com/p/Abc/", Text: "Flags on the bridge"}},
		{"Telegram, by address alone", `<div class="telegram-post" data-telegram-post="ministry/55"></div>`,
			Post{Handle: "ministry", Link: "https://t.me/ministry/55"}},
		{"Mastodon", `<blockquote class="mastodon-embed"><p>Signed today.</p>— Ada (@ada@social.example) May 4, 2021 <a href="https://social.example/@ada/99">open</a></blockquote>`,
			Post{Author: "Ada", Handle: "ada@social.example", Date: "2021-05-04", Link: "https://social.example/@ada/99", Text: "Signed today."}},
		{"an outlet's own card", `<div class="embedded-post"><span class="display-name">Ada Q</span> <span>@ada_q</span><p>Signed today.</p><time datetime="2021-05-04T10:00:00Z">4 May</time></div>`,
			Post{Author: "Ada Q", Handle: "ada_q", Date: "2021-05-04", Text: "Signed today."}},
	} {
		t.Run(row.name, func(t *testing.T) {
			r, err := Read(strings.NewReader("<!doctype html><html lang=en><title>T</title><body><article><p>"+paragraph+"</p>"+row.html+"<p>After the post. "+paragraph+"</p></article></body></html>"), Options{})
			if err != nil {
				t.Fatal(err)
			}
			sound(t, r)
			if len(r.Posts) != 1 {
				t.Fatalf("%d posts in %q", len(r.Posts), r.Text)
			}
			p := r.Posts[0]
			if p.Author != row.want.Author || p.Handle != row.want.Handle || p.Date != row.want.Date || p.Link != row.want.Link || p.Text != row.want.Text {
				t.Errorf("post %+v", p)
			}
			if !p.Span.Empty() && (strings.Index(r.Text, paragraph) > p.Span.Start || strings.Index(r.Text, "After the post") < p.Span.End) {
				t.Errorf("the post lost its place: %q", r.Text)
			}
			if len(r.Paragraphs) != 2 {
				t.Errorf("%d paragraphs, want the two around the post", len(r.Paragraphs))
			}
		})
	}
}
