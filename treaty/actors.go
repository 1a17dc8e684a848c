package treaty

import (
	"slices"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
)

// actors answers Names from a table of actors.
type actors struct {
	table *actor.Table
	heirs map[string]Succession
}

// Actors returns the names of a table: its states, organisations, polities and
// territories.
func Actors(t *actor.Table) Names {
	a := actors{t, map[string]Succession{}}
	for _, s := range t.States() {
		for _, l := range s.From {
			how := string(l.Kind)
			switch l.Kind {
			case actor.Absorbs:
				how = "absorbed"
			case actor.Separated, actor.Restores:
				continue // the earlier state lives on
			}
			h := a.heirs[l.State]
			if h.How == "continues" && how != "continues" {
				continue // the one that continues it keeps its treaties
			}
			if how == "continues" && h.How != "continues" {
				h = Succession{}
			}
			h.From, h.How, h.On = l.State, how, l.Day
			h.To = append(h.To, s.ID)
			a.heirs[l.State] = h
		}
	}
	return a
}

func (a actors) Known(id string) bool {
	x, ok := a.table.Actor(id)
	if !ok || x.ID != id {
		return false
	}
	switch x.Kind {
	case actor.KindState, actor.KindPolity, actor.KindTerritory, actor.KindOrganization:
		return true
	}
	return false
}

// Suggest tries id as a code, then as a name.
func (a actors) Suggest(id string) string {
	if s := a.table.Suggest(id); s != "" {
		return s
	}
	for _, s := range a.table.Senses(id) {
		if a.Known(s.Actor) {
			return s.Actor
		}
	}
	return ""
}

func (a actors) Name(id string, on day.Day) string {
	x, ok := a.table.Actor(id)
	if !ok {
		return id
	}
	for _, n := range x.Names {
		if n.Via == actor.ViaName && n.Span.Contains(on) == day.Yes {
			return n.Text
		}
	}
	return x.Name
}

func (a actors) Exists(id string, on day.Day) day.Truth {
	x, ok := a.table.Actor(id)
	if !ok {
		return day.Unknown
	}
	return x.On(on)
}

func (a actors) States(on day.Day) []string {
	var out []string
	for _, s := range a.table.States() {
		if s.On(on) == day.Yes {
			out = append(out, s.ID)
		}
	}
	slices.Sort(out)
	return out
}

func (a actors) Successor(id string) (Succession, bool) {
	s, ok := a.heirs[id]
	return s, ok
}
