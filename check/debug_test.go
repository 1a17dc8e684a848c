package check

import (
	"fmt"
	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/report"
	"os"
	"strings"
	"testing"
)

func TestDebug(t *testing.T) {
	f := os.Getenv("DBG")
	if f == "" {
		t.Skip()
	}
	b, _ := os.ReadFile(f)
	c, _ := corpus.World()
	r, _ := reading.New()
	ck := New(c, actor.World())
	for _, blk := range strings.Split(string(b), "\n\n") {
		on, txt, _ := strings.Cut(strings.TrimSpace(blk), " ")
		pd, err := day.ParsePeriod(on)
		if err != nil {
			continue
		}
		for rep := range report.All(strings.NewReader(txt), report.Options{In: report.Plain, Published: report.Date{Period: pd}}) {
			d := r.Read(rep)
			p := ck.begin(d)
			p.parse(all)
			fmt.Println("##", on, txt)
			for _, a := range d.Times {
				fmt.Println("  time", a.Span.Of(d.Text), a.Kind, a.Value)
			}
			for _, a := range d.Agreements {
				fmt.Println("  agr", a.Title, a.Parties, a.Status, a.Signed, a.Instrument)
			}
			for n := range p.trees {
				s := p.sentence(n)
				fmt.Println("  shaky", s.shaky, "old", s.old)
				for i, t := range s.Tokens {
					fmt.Printf(" %d:%s/%s/%s/%d/%s", i, t.Form, t.UPOS, t.Lemma, t.Head, t.Rel)
				}
				fmt.Println()
				for _, x := range s.pacts() {
					fmt.Println("  pact", x.ID, x.first, x.last, x.head, x.named, x.firm)
				}
			}
			for _, v := range p.check().Checks {
				fmt.Println("   =>", v.Kind, v.Result, v.Claim, v.Grounds)
			}
		}
	}
}
