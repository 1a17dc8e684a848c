package actor

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/casus-foederis/casus/day"
)

func TestScan(t *testing.T) {
	for _, c := range []struct {
		name, tokens, on string
		want             string // matches: tokens joined by a blank, an equals sign, the first sense
	}{
		{"persons and states", "Russian President Vladimir Putin and his North Korean counterpart , Kim Jong-un , agreed", "2024-06-19",
			"Russian=RUS Vladimir Putin=vladimir-putin North Korean=PRK Kim Jong-un=kim-jong-un"},
		{"hyphen as a token", "Kim Jong - un", "2024-06-19", "Kim Jong - un=kim-jong-un"},
		{"never the United Nations", "Kim Jong Un", "2024-06-19", "Kim Jong Un=kim-jong-un"},
		{"the acronym", "the UN said", "2024-06-19", "UN=UN"},
		{"pronoun and question", "Who told us ?", "2024-06-19", ""},
		{"health organization", "WHO said", "2024-06-19", "WHO=WHO"},
		{"part of a token", "the US-led coalition", "2024-06-19", "US-led coalition=ANTI-IS-COALITION"},
		{"compound", "Moscow-backed forces", "2024-06-19", "Moscow-backed=RUS"},
		{"prefix", "a pro-Russian party", "2024-06-19", "pro-Russian=RUS"},
		{"possessive in a token", "Korea's and North Korea’s", "2024-06-19", "Korea's=KOR North Korea’s=PRK"},
		{"possessive as a token", "Russia 's troops", "2024-06-19", "Russia=RUS"},
		{"possessive inside a name", "the Korean People 's Army", "2024-06-19", "Korean People 's Army=PRK"},
		{"the same in one token", "the Korean People's Army", "2024-06-19", "Korean People's Army=PRK"},
		{"not the state", "New Mexico and Mexico", "2024-06-19", "New Mexico=new-mexico Mexico=MEX"},
		{"capital with comma", "in Washington , D.C. ,", "2024-06-19", "Washington , D.C.=USA"},
		{"longest", "North Atlantic Treaty Organization", "2024-06-19", "North Atlantic Treaty Organization=NATO"},
		{"comma parts", "Russia , Ukraine", "2024-06-19", "Russia=RUS Ukraine=UKR"},
		{"accents", "President Erdogan of Türkiye", "2024-06-19", "Erdogan=recep-tayyip-erdogan Türkiye=TUR"},
		{"spelling", "Volodymyr Zelensky met Zelenskiy", "2024-06-19", "Volodymyr Zelensky=volodymyr-zelenskyy Zelenskiy=volodymyr-zelenskyy"},
		{"capitals", "PUTIN LANDS IN PYONGYANG", "2024-06-19", "PUTIN=vladimir-putin PYONGYANG=PRK"},
		{"verb", "let turkey and china alone", "2024-06-19", ""},
		{"inner capitals", "Let me say that LeT did it", "2024-06-19", "LeT=LET"},
		{"of the past", "the Soviet Union fought Imperial Japan", "2024-06-19", "the Soviet Union=SUN Imperial Japan=JPN"},
		{"not yet", "Macron spoke in Naypyidaw", "1990-01-01", "Macron=emmanuel-macron"},
		{"the group", "al - Qaeda and Al Qaeda and al-Qaida", "2005-01-01", "al - Qaeda=AQ Al Qaeda=AQ al-Qaida=AQ"},
		{"empty", "", "2005-01-01", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			tokens := strings.Fields(c.tokens)
			var got []string
			for _, m := range World().Scan(tokens, day.MustParse(c.on)) {
				got = append(got, strings.Join(tokens[m.From:m.To], " ")+"="+m.Senses[0].Actor)
			}
			if s := strings.Join(got, " "); s != c.want {
				t.Errorf("%s: %s, want %s", c.tokens, s, c.want)
			}
		})
	}
}

func TestScanCuts(t *testing.T) {
	m := World().Scan([]string{"pro-Russian", "US-led", "Korea's"}, day.MustParse("2024-06-19"))
	if len(m) != 3 || m[0].Head != len("pro-") || m[0].Tail != 0 || m[1].Head != 0 || m[1].Tail != len("-led") || m[2].Tail != len("'s") {
		t.Errorf("%+v", m)
	}
}

func FuzzScan(f *testing.F) {
	for _, s := range []string{"Kim Jong-un", "US-led", "’s 's ' -", "Türkiye\u0301", "Washington, D.C.", "\xff\xfe Putin", "— “Hamas” —", "İstanbul'daki"} {
		f.Add(s)
	}
	on := day.MustParse("2024-06-19")
	f.Fuzz(func(t *testing.T, s string) {
		tokens := strings.Fields(s)
		last := 0
		for _, m := range World().Scan(tokens, on) {
			if m.From < last || m.From >= m.To || m.To > len(tokens) {
				t.Fatalf("%q: match of tokens %d to %d after %d", s, m.From, m.To, last)
			}
			last = m.From
			a, b := tokens[m.From], tokens[m.To-1]
			if m.Head < 0 || m.Head >= len(a) || m.Tail < 0 || m.Tail >= len(b) || len(m.Senses) == 0 {
				t.Fatalf("%q: match %+v", s, m)
			}
			if utf8.ValidString(a) && !utf8.ValidString(a[m.Head:]) || utf8.ValidString(b) && !utf8.ValidString(b[:len(b)-m.Tail]) {
				t.Fatalf("%q: match %+v cuts a letter", s, m)
			}
		}
	})
}

func FuzzResolve(f *testing.F) {
	for _, s := range []string{"North Korea", "the Kremlin's", "U.S.", "us", "Kim", "Côte d’Ivoire", "a-b-", "'s", "\xff"} {
		f.Add(s, int32(19893))
	}
	f.Fuzz(func(t *testing.T, name string, d int32) {
		on := day.Day(d % 60000)
		seen := map[string]bool{}
		weight := 2.0
		for _, s := range World().Resolve(name, on) {
			if _, ok := World().Actor(s.Actor); !ok || seen[s.Actor] || s.Weight > weight || s.Weight <= 0 {
				t.Fatalf("%q on %v: %+v", name, on, s)
			}
			seen[s.Actor], weight = true, s.Weight
		}
	})
}
