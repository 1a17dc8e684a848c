package language

import (
	"bufio"
	"compress/gzip"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"reflect"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"unicode/utf8"

	"github.com/casus-foederis/casus/text"
)

func shippedModel(t testing.TB) *Model {
	t.Helper()
	m, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// wrongWith says what is wrong with an analysis, whatever its text: spans
// inside the text, in order, not overlapping, nothing but blanks left out;
// every sentence one tree.
func wrongWith(a *Analysis) error {
	last := 0
	skipped := func(to int) error {
		for i := last; i < to; i += runeLen(a.Text[i:]) {
			if !isBlank(firstRune(a.Text[i:])) && utf8.RuneStart(a.Text[i]) {
				return fmt.Errorf("%q at %d is in no token", a.Text[i:to], i)
			}
		}
		last = to
		return nil
	}
	for n, s := range a.Sentences {
		if !s.Span.Valid(a.Text) || len(s.Tokens) == 0 {
			return fmt.Errorf("sentence %d: span %v, %d tokens", n, s.Span, len(s.Tokens))
		}
		if s.Tokens[0].Surface.Start != s.Span.Start || s.Tokens[len(s.Tokens)-1].Surface.End != s.Span.End {
			return fmt.Errorf("sentence %d: span %v is not that of its tokens", n, s.Span)
		}
		roots := 0
		for i, k := range s.Tokens {
			if !k.Span.Valid(a.Text) || k.Span.Empty() || !k.Surface.Contains(k.Span) {
				return fmt.Errorf("sentence %d, word %d: span %v in %v", n, i, k.Span, k.Surface)
			}
			if err := skipped(k.Span.Start); err != nil {
				return err
			}
			if k.Span.Start != last {
				return fmt.Errorf("sentence %d, word %d: begins at %d, before %d", n, i, k.Span.Start, last)
			}
			last = k.Span.End
			if utf8.ValidString(k.Form) && !utf8.ValidString(k.Lemma) {
				return fmt.Errorf("sentence %d, word %d: lemma %q of %q", n, i, k.Lemma, k.Form)
			}
			if k.Form != k.Span.Of(a.Text) || k.UPOS == "" || k.XPOS == "" || k.Lemma == "" || k.Rel == "" {
				return fmt.Errorf("sentence %d, word %d: %+v", n, i, k)
			}
			if k.Head < 0 {
				roots++
			}
			h := i
			for step := 0; h >= 0; step++ {
				if h >= len(s.Tokens) || step > len(s.Tokens) {
					return fmt.Errorf("sentence %d, word %d: no way to the root", n, i)
				}
				h = s.Tokens[h].Head
			}
		}
		if roots != 1 {
			return fmt.Errorf("sentence %d: %d roots", n, roots)
		}
	}
	return skipped(len(a.Text))
}

var hostile = []struct{ name, text string }{
	{"empty", ""},
	{"blanks only", " \t\r\n\n \u00a0\u200b"},
	{"one letter", "a"},
	{"invalid bytes", "\xff\xfe said \x80\x80 the\xc3( envoy\x80."},
	{"stray continuation bytes only", "\x80\x80\x80"},
	{"nulls", "The\x00envoy\x00\x00left.\x00"},
	{"quotation marks", strings.Repeat(`"`, 100_000)},
	{"opening brackets", strings.Repeat("(", 20_000)},
	{"apostrophes", strings.Repeat("'s", 20_000)},
	{"no full stop", strings.Repeat("the envoy of the state said that ", 10_000)},
	{"no blank", strings.Repeat("treaty", 50_000)},
	{"digits", strings.Repeat("1,234.5", 20_000)},
	{"right to left", "قال الرئيس إن الاتفاق دخل حيز التنفيذ. لم يعلق أحد."},
	{"Chinese", strings.Repeat("两国签署了共同防御条约。", 500)},
	{"combining marks", "Zu\u0308rich e\u0301 " + strings.Repeat("a\u0301", 5000)},
	{"punctuation only", "?!... --- *** ,,, ;;; :) :-("},
	{"emoji", "Signed! \U0001F91D\U0001F3FD\U0001F1FA\U0001F1E6 #deal @mfa https://example.org/a?b=c."},
	{"line ends", "One\r\nTwo\rThree\u2028Four\u2029Five\vSix\fSeven"},
	{"capitals that change length", "İSTANBUL'S İZMİR'S ẞ'S K'S CAN’T İCANNOT"},
}

func TestParseSurvives(t *testing.T) {
	m := shippedModel(t)
	for _, c := range hostile {
		t.Run(c.name, func(t *testing.T) {
			if err := wrongWith(m.Parse(c.text)); err != nil {
				t.Error(err)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range hostile {
		f.Add(c.text[:min(len(c.text), 300)])
	}
	f.Add("MOSCOW, Nov. 3 (Reuters) - Gen. A.B. Smith said U.S. forces won't leave. “We cannot,” he said… 'No'?!")
	f.Fuzz(func(t *testing.T, s string) {
		if err := wrongWith(shippedModel(t).Parse(s)); err != nil {
			t.Fatal(err)
		}
	})
}

func TestParseIsDeterministicAndConcurrent(t *testing.T) {
	m := shippedModel(t)
	rng := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields(`The president of Ostland said on Monday that its forces won't cross the border , " a minister added . ? ! 3.5 U.S. Gen. and`)
	var texts []string
	for range 40 {
		var b strings.Builder
		for range 5 + rng.IntN(200) {
			b.WriteString(words[rng.IntN(len(words))] + " ")
		}
		texts = append(texts, b.String())
	}
	want := make([]*Analysis, len(texts))
	for i, s := range texts {
		want[i] = m.Parse(s)
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for i, s := range texts {
				if got := m.Parse(s); !reflect.DeepEqual(got, want[i]) {
					t.Errorf("text %d was analysed differently at the same time as others", i)
				}
			}
		})
	}
	wait.Wait()
}

func TestParseCutsAtParagraphs(t *testing.T) {
	m := shippedModel(t)
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"empty line", "Ministers meet\n\nThe talks began.", []string{"Ministers meet", "The talks began."}},
		{"headline over pasted text", "Ministers meet in Ostland\nThe talks began on Monday.", []string{"Ministers meet in Ostland", "The talks began on Monday."}},
		{"line that goes on", "The ministers of both states\nmet on Monday.", []string{"The ministers of both states\nmet on Monday."}},
		{"blanks in the empty line", "Ministers meet\n \t\nthe talks began.", []string{"Ministers meet", "the talks began."}},
		{"wrapped lines", "The foreign ministers of Ostland and Westmark met on Monday in the capital\n" +
			"Ostburg to sign a treaty of mutual assistance that both parliaments had long\nawaited. It enters into force in May.",
			[]string{"The foreign ministers of Ostland and Westmark met on Monday in the capital\nOstburg to sign a treaty of mutual assistance that both parliaments had long\nawaited.",
				"It enters into force in May."}},
		{"abbreviations", "Gen. J. P. Smith of the U.S. Army met Mr. Jones, Sen. Brown and others in St. Paul. They left at 5 p.m. on Nov. 3.",
			[]string{"Gen. J. P. Smith of the U.S. Army met Mr. Jones, Sen. Brown and others in St. Paul.", "They left at 5 p.m. on Nov. 3."}},
		{"notes", "He was sent to Ostburg.[6] He stayed [7] until May. [8] [9] Then he left.",
			[]string{"He was sent to Ostburg.[6]", "He stayed [7] until May. [8] [9]", "Then he left."}},
		{"ordinal and date", "The 13th Amendment was signed on Monday 19 December in Ostburg.",
			[]string{"The 13th Amendment was signed on Monday 19 December in Ostburg."}},
		{"seat in brackets", "Sen. Jane Doe (R-Ga.) said so. Rep. John Roe (D) agreed.", []string{"Sen. Jane Doe (R-Ga.) said so.", "Rep. John Roe (D) agreed."}},
		{"dateline", "OSTBURG, Nov. 3 (Agency) - The minister left.", []string{"OSTBURG, Nov. 3 (Agency) - The minister left."}},
		{"quotation", `"We will not leave," he said. "We cannot."`, []string{`"We will not leave," he said.`, `"We cannot."`}},
		{"state at the end", "He flew to the U.S. The visit lasted a day.", []string{"He flew to the U.S.", "The visit lasted a day."}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, s := range m.Parse(c.text).Sentences {
				got = append(got, s.Span.Of(c.text))
			}
			if !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestParseTokens(t *testing.T) {
	m := shippedModel(t)
	for _, c := range []struct{ name, text, want string }{
		{"contraction", "They won't go.", "They wo|n't go ."},
		{"curly contraction", "It isn’t Russia’s.", "It is|n’t Russia|’s ."},
		{"plural possessive", "the states' treaties", "the states|' treaties"},
		{"cannot", "We cannot.", "We can|not ."},
		{"hyphens", "a long-term, anti-tank plan", "a long - term , anti-tank plan"},
		{"money", "$3.5m or €200", "$ 3.5 m or € 200"},
		{"percent", "5%, 3.2 percent", "5 % , 3.2 percent"},
		{"abbreviations", "Gen. Smith, the U.S. envoy", "Gen. Smith , the U.S. envoy"},
		{"address", "see https://example.org/a.b?c=d, please", "see https://example.org/a.b?c=d , please"},
		{"handle", "@mfa_ostland wrote", "@mfa_ostland wrote"},
		{"mail", "write to press@example.org.", "write to press@example.org ."},
		{"quotes", `He said: "No."`, `He said : " No . "`},
		{"nested brackets", "(see [1])", "( see [ 1 ] )"},
		{"dots", "Well... no", "Well ... no"},
		{"emoji", "Signed! 🤝🏽 🇺🇸🇬🇧 #deal", "Signed ! 🤝🏽 🇺🇸 🇬🇧 #deal"},
		{"slash", "and/or", "and / or"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b strings.Builder
			for _, s := range m.Parse(c.text).Sentences {
				last := text.Span{}
				for _, k := range s.Tokens {
					switch {
					case b.Len() == 0:
					case k.Surface == last:
						b.WriteByte('|')
					default:
						b.WriteByte(' ')
					}
					b.WriteString(k.Form)
					last = k.Surface
				}
			}
			if b.String() != c.want {
				t.Errorf("got %q, want %q", b.String(), c.want)
			}
		})
	}
}

func TestLoadRefuses(t *testing.T) {
	sealed := func(body string) []byte {
		sum := sha256.Sum256([]byte(body))
		out := binary.LittleEndian.AppendUint32([]byte(magic), Format)
		return append(append(out, sum[:]...), body...)
	}
	other := append([]byte{}, shipped...)
	other[len(magic)] = 9
	damaged := append([]byte{}, shipped...)
	damaged[len(damaged)/2] ^= 1
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"empty", nil, fmt.Sprintf("load language model: not a model file of casus (format %d is wanted)", Format)},
		{"foreign", []byte(strings.Repeat("GGUF", 100)), fmt.Sprintf("load language model: not a model file of casus (format %d is wanted)", Format)},
		{"other version", other, fmt.Sprintf("load language model: the file has format 9, this program reads format %d", Format)},
		{"damaged", damaged, fmt.Sprintf("load language model: format %d: the checksum does not fit, the file is damaged", Format)},
		{"cut off", shipped[:len(shipped)/2], fmt.Sprintf("load language model: format %d: the checksum does not fit, the file is damaged", Format)},
		{"no sections", sealed(""), "load language model: card: unexpected end of JSON input"},
		{"half a section", sealed("card    \xff\xff\x00\x00\x00\x00\x00\x00{}"), `load language model: section "card" is cut off`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := Load(c.data); err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestBytesLoadAgain(t *testing.T) {
	m := shippedModel(t)
	b, err := m.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if string(b) != string(shipped) {
		t.Error("the shipped model is not written as it was read")
	}
	if len(shipped) > 25<<20 {
		t.Errorf("the model has %d bytes, more than 25 MiB", len(shipped))
	}
}

var reports = flag.String("reports", "", "gzipped JSON lines with a field text, for benchmarks")

func newsText(b *testing.B) []string {
	if *reports == "" {
		b.Skip("no -reports FILE given")
	}
	f, err := os.Open(*reports)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	var out []string
	s := bufio.NewScanner(z)
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		var r struct{ Text string }
		if err := json.Unmarshal(s.Bytes(), &r); err != nil {
			b.Fatal(err)
		}
		out = append(out, r.Text)
	}
	return out
}

func BenchmarkParse(b *testing.B) {
	texts := newsText(b)
	m, err := Default()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	tokens := 0
	for b.Loop() {
		for _, t := range texts {
			for _, s := range m.Parse(t).Sentences {
				tokens += len(s.Tokens)
			}
		}
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}

// BenchmarkParseParallel analyses the reports on all processors; compare -cpu 1,2.
func BenchmarkParseParallel(b *testing.B) {
	texts := newsText(b)
	m := shippedModel(b)
	var tokens, next atomic.Int64
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			for _, s := range m.Parse(texts[int(next.Add(1))%len(texts)]).Sentences {
				tokens.Add(int64(len(s.Tokens)))
			}
		}
	})
	b.ReportMetric(float64(tokens.Load())/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkSentences(b *testing.B) {
	texts := newsText(b)
	m, err := Default()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	tokens := 0
	for b.Loop() {
		for _, t := range texts {
			for _, s := range m.sentences(t) {
				tokens += len(s.Tokens)
			}
		}
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(shipped); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLength shows that time grows with the length of a text, and not
// faster: the time for a byte must be the same in all rows.
func BenchmarkLength(b *testing.B) {
	m := shippedModel(b)
	for _, c := range []struct{ name, text string }{
		{"prose", "The envoy of Ostland said on Monday that the treaty had entered into force. "},
		{"no stop", "the envoy of the state said that "},
		{"quotes", `"`},
		{"no blank", "treaty"},
	} {
		for _, n := range []int{1, 4, 16} {
			s := strings.Repeat(c.text, n*100_000/len(c.text))
			b.Run(fmt.Sprintf("%s/%dx", c.name, n), func(b *testing.B) {
				b.SetBytes(int64(len(s)))
				for b.Loop() {
					m.Parse(s)
				}
			})
		}
	}
}

func TestParseAllAgrees(t *testing.T) {
	m := shippedModel(t)
	texts := []string{"", "Moscow and Hanoi signed a treaty. It was short.", "HEADLINE WITHOUT A STOP", "\n\n", strings.Repeat("They met. ", 60)}
	for i, a := range m.ParseAll(texts...) {
		if want := m.Parse(texts[i]); !reflect.DeepEqual(a, want) {
			t.Errorf("text %d: together %v, alone %v", i, a, want)
		}
	}
}
