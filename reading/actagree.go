package reading

import (
	"cmp"
	"slices"
	"strings"
)

// findConclusions adds the conclusion of each agreement that the report names
// between its parties and does not tell as an act of its own ("the 1950 treaty
// between Nepal and India").
func (p *page) findConclusions() {
	told := map[string]bool{}
	b := newActBuilder(p)
	names := func(ids []string) string {
		var all []string
		for _, id := range ids {
			if n, ok := b.actorOf[id]; ok {
				all = append(all, p.doc.Actors[n].Name)
			}
		}
		return strings.Join(all, " and ")
	}
	for i := range p.doc.Acts {
		if a := &p.doc.Acts[i]; a.Status != planned && (a.Type == "AGREE" || a.Mode == "ceasefire") {
			told[parties(a.Source)] = true
		}
	}
	var found []Act
	for _, g := range p.doc.Agreements {
		if len(g.Parties) < 2 || len(g.Mentions) == 0 || g.Status == "proposed" || told[parties(g.Parties)] {
			continue
		}
		told[parties(g.Parties)] = true
		found = append(found, Act{
			Type: "AGREE", CAMEO: "057", Source: slices.Clone(g.Parties), Target: []string{},
			SourceText: names(g.Parties[:1]), TargetText: names(g.Parties[1:]),
			Date: g.Signed, Status: occurred, Trigger: g.Mentions[:1:1], Why: "agreement " + g.Title,
		})
	}
	if len(found) == 0 {
		return
	}
	slices.SortStableFunc(found, func(a, b Act) int { return cmp.Compare(a.Trigger[0].Start, b.Trigger[0].Start) })
	for i := range found {
		if s := b.within(found[i].Trigger[0]); s >= 0 {
			id := p.doc.Statements[s].ID
			found[i].Within = &id
		}
	}
	p.doc.Acts = append(p.doc.Acts, found...)
	b.finish()
}

// parties is a set of actors as a key.
func parties(ids []string) string {
	ids = slices.Clone(ids)
	slices.Sort(ids)
	return strings.Join(slices.Compact(ids), " ")
}
