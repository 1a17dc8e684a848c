package language

import (
	"bytes"
	"strings"
	"testing"

	"github.com/casus-foederis/casus/text"
)

// envoys is a small treebank in which everything occurs that the reader must
// know: documents, paragraphs, multiword tokens, white space, enhanced nodes.
const envoys = `# newdoc id = first
# newpar id = p1
# text = Envoys won't go.
1	Envoys	envoy	NOUN	NNS	Number=Plur	4	nsubj	_	_
2-3	won't	_	_	_	_	_	_	_	_
2	wo	will	AUX	MD	VerbForm=Fin	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	go	go	VERB	VB	VerbForm=Inf	0	root	_	SpaceAfter=No
5	.	.	PUNCT	.	_	4	punct	_	_
5.1	gone	go	VERB	VBN	_	_	_	4:conj	_

# text = "Why?"
1	"	"	PUNCT	` + "``" + `	_	2	punct	_	SpaceAfter=No
2	Why	why	ADV	WRB	_	0	root	_	SpaceAfter=No
3	?	?	PUNCT	.	_	2	punct	_	SpaceAfter=No
4	"	"	PUNCT	''	_	2	punct	_	_

# newpar id = p2
# text = They signed
1	They	they	PRON	PRP	_	2	nsubj	_	_
2	signed	sign	VERB	VBD	_	0	root	_	_

# newdoc id = second
# newpar id = p3
# text = Peace
1	Peace	peace	NOUN	NN	_	0	root	_	_

`

func readEnvoys(t testing.TB) []*Document {
	t.Helper()
	docs, err := ReadCoNLLU(strings.NewReader(envoys), "envoys")
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

func TestReadCoNLLU(t *testing.T) {
	docs := readEnvoys(t)
	if len(docs) != 2 || docs[0].ID != "first" || docs[1].ID != "second" {
		t.Fatalf("got %d documents", len(docs))
	}
	d := docs[0]
	if want := "Envoys won't go. \"Why?\"\n\nThey signed"; d.Text != want {
		t.Errorf("text %q, want %q", d.Text, want)
	}
	if len(d.Sentences) != 3 {
		t.Fatalf("got %d sentences", len(d.Sentences))
	}
	for i, want := range []Token{
		{text.Span{Start: 0, End: 6}, text.Span{Start: 0, End: 6}, "Envoys", "envoy", "NOUN", "NNS", "Number=Plur", 3, "nsubj"},
		{text.Span{Start: 7, End: 9}, text.Span{Start: 7, End: 12}, "wo", "will", "AUX", "MD", "VerbForm=Fin", 3, "aux"},
		{text.Span{Start: 9, End: 12}, text.Span{Start: 7, End: 12}, "n't", "not", "PART", "RB", "", 3, "advmod"},
		{text.Span{Start: 13, End: 15}, text.Span{Start: 13, End: 15}, "go", "go", "VERB", "VB", "VerbForm=Inf", -1, "root"},
		{text.Span{Start: 15, End: 16}, text.Span{Start: 15, End: 16}, ".", ".", "PUNCT", ".", "", 3, "punct"},
	} {
		if got := d.Sentences[0].Tokens[i]; got != want {
			t.Errorf("word %d: got %+v, want %+v", i, got, want)
		}
	}
}

func TestWriteCoNLLUIsReadAgain(t *testing.T) {
	for _, d := range readEnvoys(t) {
		var first, second bytes.Buffer
		if err := WriteCoNLLU(&first, &d.Analysis); err != nil {
			t.Fatal(err)
		}
		docs, err := ReadCoNLLU(bytes.NewReader(first.Bytes()), "written")
		if err != nil {
			t.Fatal(err)
		}
		if docs[0].Text != d.Text {
			t.Errorf("text %q became %q", d.Text, docs[0].Text)
		}
		if err := WriteCoNLLU(&second, &docs[0].Analysis); err != nil {
			t.Fatal(err)
		}
		if first.String() != second.String() {
			t.Errorf("written once:\n%s\nwritten twice:\n%s", &first, &second)
		}
	}
}

func TestReadCoNLLURefuses(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"columns", "\t4\tnsubj\t_\t_", "\t4\tnsubj", "read treebank x:4: 8 columns instead of 10"},
		{"head", "\t4\tnsubj", "\tfour\tnsubj", `read treebank x:4: head "four"`},
		{"head past the end", "\t4\tnsubj", "\t9\tnsubj", "read treebank x:11: head 9 of word 1 does not exist"},
		{"range", "2-3\t", "3-2\t", `read treebank x:5: word range "3-2"`},
		{"range past the end", "2-3\t", "2-9\t", "read treebank x:11: a multiword token runs past the end of the sentence"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ReadCoNLLU(strings.NewReader(strings.Replace(envoys, c.old, c.new, 1)), "x")
			if err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func FuzzReadCoNLLU(f *testing.F) {
	f.Add(envoys)
	f.Add("1\ta\ta\tX\tX\t_\t0\troot\t_\t_\n")
	f.Add("1-2\té\t_\t_\t_\t_\t_\t_\t_\t_\n1\te\t_\t_\t_\t_\t0\t_\t_\t_\n2\tlong\t_\t_\t_\t_\t1\t_\t_\t_\n")
	f.Fuzz(func(t *testing.T, s string) {
		docs, err := ReadCoNLLU(strings.NewReader(s), "x")
		if err != nil {
			return
		}
		for _, d := range docs {
			last := 0
			for _, s := range d.Sentences {
				for _, k := range s.Tokens {
					if k.Span.Start < last || k.Span.End < k.Span.Start || k.Span.End > len(d.Text) {
						t.Fatalf("span %v behind %d in %d bytes", k.Span, last, len(d.Text))
					}
					last = k.Span.End
				}
			}
		}
	})
}

func TestScores(t *testing.T) {
	gold := readEnvoys(t)[0]
	other := func(change func(*Analysis)) *Analysis {
		a := readEnvoys(t)[0].Analysis
		change(&a)
		return &a
	}
	for _, c := range []struct {
		name   string
		system *Analysis
		want   map[string]Score
	}{
		{"the same", other(func(*Analysis) {}), map[string]Score{
			"Tokens": {10, 10, 10}, "Sentences": {3, 3, 3}, "Words": {11, 11, 11}, "Lemmas": {11, 11, 11}, "LAS": {11, 11, 11}}},
		{"a relation", other(func(a *Analysis) { a.Sentences[0].Tokens[0].Rel = "obj" }), map[string]Score{
			"UAS": {11, 11, 11}, "LAS": {10, 11, 11}}},
		{"a subtype only", other(func(a *Analysis) { a.Sentences[0].Tokens[0].Rel = "nsubj:pass" }), map[string]Score{
			"LAS": {11, 11, 11}}},
		{"a tag and a lemma", other(func(a *Analysis) { k := &a.Sentences[0].Tokens[3]; k.UPOS, k.Lemma = "NOUN", "went" }), map[string]Score{
			"UPOS": {10, 11, 11}, "XPOS": {11, 11, 11}, "Lemmas": {10, 11, 11}}},
		{"a feature that is not universal", other(func(a *Analysis) { a.Sentences[0].Tokens[0].Feats = "Number=Plur|Style=Arch" }), map[string]Score{
			"UFeats": {11, 11, 11}}},
		{"two sentences as one", other(func(a *Analysis) {
			one, two := a.Sentences[0], a.Sentences[1]
			for _, k := range two.Tokens {
				if k.Head += 5; k.Head == 4 {
					k.Head = 3
				}
				one.Tokens = append(one.Tokens, k)
			}
			one.Span.End = two.Span.End
			a.Sentences = []Sentence{one, a.Sentences[2]}
		}), map[string]Score{"Sentences": {1, 3, 2}, "Tokens": {10, 10, 10}, "UAS": {10, 11, 11}}},
		{"a multiword token as two tokens", other(func(a *Analysis) {
			for i := 1; i < 3; i++ {
				k := &a.Sentences[0].Tokens[i]
				k.Surface = k.Span
			}
		}), map[string]Score{"Tokens": {9, 10, 11}, "Words": {11, 11, 11}, "LAS": {11, 11, 11}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var s Scores
			if err := s.Add(&gold.Analysis, c.system); err != nil {
				t.Fatal(err)
			}
			for i, name := range Metrics {
				if want, ok := c.want[name]; ok && s[i] != want {
					t.Errorf("%s: got %v, want %v", name, s[i], want)
				}
			}
		})
	}
	var s Scores
	if err := s.Add(&gold.Analysis, &Analysis{Text: "Other"}); err == nil {
		t.Error("two texts were compared")
	}
}
