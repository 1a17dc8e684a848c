package check

import (
	"strings"

	"github.com/casus-foederis/casus/text"
)

// ClaimReview is a verdict as schema.org has it, for publishers of checks.
// Source: https://schema.org/ClaimReview
type ClaimReview struct {
	Context  string   `json:"@context"`
	Type     string   `json:"@type"`
	URL      string   `json:"url,omitempty"` // of the report, with the id of the statement
	Claim    string   `json:"claimReviewed"`
	Item     Reviewed `json:"itemReviewed"`
	Author   Thing    `json:"author"` // who reviewed: the program
	Rating   Rating   `json:"reviewRating"`
	Body     string   `json:"reviewBody"`
	Citation []string `json:"citation,omitempty"` // what the verdict rests on: instruments, table entries, their sources
}

// Reviewed is the claim that was reviewed: who made it, when and where it stands.
type Reviewed struct {
	Type       string      `json:"@type"`
	Author     *Thing      `json:"author,omitempty"` // absent if nobody is named
	Published  string      `json:"datePublished,omitempty"`
	Appearance *Appearance `json:"appearance,omitempty"`
	Text       string      `json:"text"` // the words of the report
}

// Thing is somebody or something with a name.
type Thing struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

// Appearance is the report in which a claim stands.
type Appearance struct {
	Type      string `json:"@type"`
	URL       string `json:"url,omitempty"`
	Headline  string `json:"headline,omitempty"`
	Publisher *Thing `json:"publisher,omitempty"`
}

// Rating is the result in words: no number stands for it.
type Rating struct {
	Type        string `json:"@type"`
	Name        string `json:"alternateName"`
	Explanation string `json:"ratingExplanation"`
}

// explanations say what a result means.
var explanations = map[Result]string{
	Supported:    "The record bears the claim out.",
	Contradicted: "The record is complete on the point and says otherwise.",
	NotInRecord:  "The record is silent or incomplete on the point. This says nothing against the claim.",
}

// ClaimReviews returns the verdicts of a report in the form of schema.org, in the
// order of the document. What is not checkable is left out, and so is what a
// speaker said otherwise before, which is no verdict on the truth.
func (c *Checked) ClaimReviews() []ClaimReview {
	var out []ClaimReview
	for _, v := range c.Checks {
		if explanations[v.Result] == "" || v.Kind == otherwise {
			continue
		}
		r := ClaimReview{
			Context: "https://schema.org", Type: "ClaimReview", Claim: v.Claim,
			Item:   Reviewed{Type: "Claim", Published: c.Published, Text: wordsAt(c.Text, v.Spans)},
			Author: Thing{"SoftwareApplication", "Casus"},
			Rating: Rating{"Rating", string(v.Result), explanations[v.Result]},
		}
		if c.URL != "" || c.Title != "" || c.Outlet != "" {
			r.Item.Appearance = &Appearance{Type: "NewsArticle", URL: c.URL, Headline: c.Title}
			if c.Outlet != "" {
				r.Item.Appearance.Publisher = &Thing{"Organization", c.Outlet}
			}
		}
		if c.URL != "" {
			r.URL = c.URL + "#" + v.Of
		}
		if who := c.Speaker(&v); who.Name != "" {
			r.Item.Author = &who
		}
		var body []string
		for _, g := range v.Grounds {
			body = append(body, g.Says)
			if cite := strings.TrimSpace(strings.Join([]string{g.Ref, g.Source}, " ")); cite != "" {
				r.Citation = append(r.Citation, cite)
			}
		}
		r.Body = strings.Join(body, "; ")
		out = append(out, r)
	}
	return out
}

// Speaker says whose claim a verdict is about: a person, or the outlet. The name
// is empty if the report does not give it.
func (c *Checked) Speaker(v *Verdict) Thing {
	if v.By == "" {
		return Thing{"Organization", c.Outlet}
	}
	for i := range c.Statements {
		s := &c.Statements[i]
		if s.ID != v.By {
			continue
		}
		kind := "Person"
		for _, a := range c.Actors {
			if s.Speaker != nil && a.ID == *s.Speaker && a.Kind != "person" {
				kind = "Organization"
			}
		}
		return Thing{kind, s.SpeakerName}
	}
	return Thing{}
}

func wordsAt(t string, spans []text.Span) string {
	var out []string
	for _, s := range spans {
		if s.Valid(t) && !s.Empty() {
			out = append(out, strings.Join(strings.Fields(s.Of(t)), " "))
		}
	}
	return strings.Join(out, " … ")
}
