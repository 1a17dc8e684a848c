package language

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/language/neural"
)

// Gold returns the sentences of documents as the network learns them.
func Gold(docs []*Document) []neural.Sentence {
	var out []neural.Sentence
	for _, d := range docs {
		for _, s := range d.Sentences {
			var n neural.Sentence
			for _, t := range s.Tokens {
				n.Words = append(n.Words, t.Form)
				n.Gold = append(n.Gold, neural.Word{UPOS: t.UPOS, XPOS: t.XPOS, Feats: t.Feats, Rel: t.Rel, Head: t.Head})
			}
			out = append(out, n)
		}
	}
	return out
}

// ReadSilver reads an automatic analysis in the columns of CoreNLP: number,
// form, lemma, Penn tag, entity, head, relation, first and last character.
// Its relations are those of UD 1; the network learns them apart from the
// treebanks'. Lines that begin with "# " are skipped. Errors name the line.
func ReadSilver(r io.Reader, name string) ([]neural.Sentence, error) {
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<22)
	var out []neural.Sentence
	var n neural.Sentence
	for line := 1; s.Scan(); line++ {
		l := s.Text()
		switch {
		case l == "":
			if len(n.Words) > 0 {
				out = append(out, n)
			}
			n = neural.Sentence{}
			continue
		case strings.HasPrefix(l, "# "):
			continue
		}
		c := strings.Split(l, "\t")
		if len(c) < 7 {
			return nil, fmt.Errorf("read analysis %s:%d: %d columns instead of 7 or more", name, line, len(c))
		}
		head, err := strconv.Atoi(c[5])
		if err != nil {
			return nil, fmt.Errorf("read analysis %s:%d: head %q", name, line, c[5])
		}
		n.Words = append(n.Words, c[1])
		n.Gold = append(n.Gold, neural.Word{XPOS: c[3], Rel: c[6], Head: head - 1})
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("read analysis %s: %w", name, err)
	}
	if len(n.Words) > 0 {
		out = append(out, n)
	}
	return out, nil
}
