package reading

import (
	"slices"
	"strings"

	"github.com/casus-foederis/casus/actor"
	"github.com/casus-foederis/casus/day"
)

// describe reads what the report says of persons beside their names: office or
// trade, and the state that they act for, from the words before a name and
// from appositions.
func (c *cast) describe() {
	c.describeEach()
	for i := range c.names {
		n := &c.names[i]
		if n.actor < 0 || c.doc.Actors[n.actor].Kind != "person" {
			continue
		}
		near := c.bySentence[n.sentence]
		if role, from := c.roleBefore(n); role != "" {
			c.setRole(n.actor, role, c.stateBefore(n.sentence, from, near))
		}
		head := c.apposed(n)
		if from, _ := c.officeLeft(n); from >= 0 && head > n.last {
			// "the President of Chile, Ana Soto, the President of Peru, Luis
			// Arana, ...": what stands behind belongs to the next.
			head = -1
		}
		if head >= 0 {
			role, state := c.rolePhrase(n.sentence, head, near)
			if head < n.first {
				if st := c.stateBetween(n.sentence, head-4, n.first, near); st != "" {
					state = st
				}
			}
			c.setRole(n.actor, role, state)
		}
		if c.doc.Actors[n.actor].Role == "" {
			c.setRole(n.actor, c.roleLeft(n, near), "")
		}
	}
	c.findOwners()
}

// ranks are military.
var ranks = setOf(`general colonel captain admiral brigadier commodore marshal lieutenant major commander vice-admiral rear-admiral`)

// stateBetween returns the last state named in [from, to).
func (c *cast) stateBetween(s, from, to int, near []*name) string {
	for i := to - 1; i >= 0 && i >= from; i-- {
		if st := c.stateAt(i, near); st != "" {
			return st
		}
	}
	return ""
}

// roleLeft reads an office that stands left of the name with more words
// between: "Deputy Prime Minister of Belarus Viktor Sushko", "Minister of
// Agriculture, Tendai Mukarati".
func (c *cast) roleLeft(n *name, near []*name) string {
	s := n.sentence
	first, end := c.officeLeft(n)
	if first < 0 {
		return ""
	}
	i := first
	for !c.titleHead(s, i) {
		i++
	}
	for k := i + 1; k <= end; k++ { // the state is no part of the office
		if c.stateAt(k, near) != "" {
			end = k - 1
			for end > i && (lower(c.token(s, end).Form) == "of" || c.token(s, end).UPOS == "DET" || c.token(s, end).UPOS == "ADP") {
				end--
			}
			break
		}
	}
	return c.words(s, first, end).Of(c.text)
}

// officeLeft returns the first and last token of an office with "of" or "for"
// that stands left of a name; -1, -1 if there is none.
func (c *cast) officeLeft(n *name) (first, last int) {
	s, i := n.sentence, n.first-1
	if c.token(s, i).Form == "," {
		i--
	}
	last = i
	of := false
	for ; i >= 0 && i >= n.first-officeReach; i-- {
		t := c.token(s, i)
		if t.UPOS == "VERB" || t.UPOS == "PUNCT" && !hyphen(t.Form) {
			return -1, -1
		}
		if of && c.titleHead(s, i) {
			break
		}
		if w := lower(t.Form); t.UPOS == "ADP" && w != "of" && w != "for" {
			if k := singular(lower(c.token(s, i-1).Form)); (w == "in" || w == "to") && (k == "ambassador" || k == "envoy" || k == "representative") {
				of = true // "Russia's ambassador in Kabul, X"
				continue
			}
			return -1, -1
		}
		of = of || lower(t.Form) == "of" || lower(t.Form) == "for"
	}
	if i < 0 || i < n.first-officeReach {
		return -1, -1
	}
	// "Deputy Chairman of the Cabinet of Ministers of Turkmenistan"
	for k := i - 1; k >= 0 && k > i-6; k-- {
		t := c.token(s, k)
		if t.UPOS == "VERB" || t.UPOS == "PUNCT" || t.UPOS == "CCONJ" {
			break
		}
		if w := lower(c.token(s, k+1).Form); c.titleHead(s, k) && (w == "of" || w == "for") {
			i = k
			break
		}
	}
	for i > 0 && c.titleAt(s, i-1) {
		i--
	}
	if w := lower(c.token(s, i).Form); strings.HasPrefix(w, "spokes") && lower(c.token(s, i+1).Form) == "for" && c.titleHead(s, last) {
		return -1, -1 // "a spokesperson for Foreign Minister X" is somebody else
	}
	return i, last
}

// officeReach is how many words left of a name its office may begin.
const officeReach = 12

// official reports whether a role is one for a state: that of a minister, not
// of a skipper.
func (c *cast) official(role string) bool {
	switch r := lower(role); {
	case strings.Contains(r, "secretary general"), strings.Contains(r, "secretary-general"), strings.Contains(r, "director-general"), strings.Contains(r, "high representative"), strings.Contains(r, "commissioner"):
		return false // of an organisation
	}
	for _, w := range strings.Fields(lower(role)) {
		if w = singular(w); officialNouns[w] || w == "aide" || w == "leader" || w == "mp" || w == "senator" || w == "governor" || w == "adviser" || w == "advisor" || ranks[w] {
			return true
		}
	}
	return false
}

// titleState returns the one state today whose holder of an office bears
// exactly this title, of all or of those that the report names; empty if there
// is no such one. Every state has a foreign minister, whether the tables know
// one or not.
func (c *cast) titleState(title string) string {
	if list := secretaries[title]; len(list) > 0 {
		list = slices.DeleteFunc(slices.Clone(list), func(st string) bool { _, ok := c.byEntity[st]; return !ok })
		if len(list) == 1 {
			return list[0]
		}
		return ""
	}
	if x := officeIn(strings.Fields(title)); x.class != "" && !slices.ContainsFunc(strings.Fields(x.domain), func(w string) bool { return !everywhere[w] }) {
		return ""
	}
	only, here := "", ""
	for _, st := range c.world.States() {
		if len(st.Lives) > 0 && st.On(c.day) == day.No {
			continue
		}
		for _, o := range c.world.Offices(st.ID) {
			if !slices.Contains(o.Titles, title) {
				continue
			}
			if _, ok := c.byEntity[st.ID]; ok && here == "" {
				here = st.ID
			} else if ok && here != st.ID {
				here = "several"
			}
			if only == "" {
				only = st.ID
			} else if only != st.ID {
				only = "several"
			}
		}
	}
	switch {
	case only != "" && only != "several":
		return only
	case here != "several":
		return here
	}
	return ""
}

// everywhere are the concerns of ministers that any state has.
var everywhere = setOf(`foreign defence interior finance justice trade energy culture economy transport agriculture health education
	environment information oil labour tourism irrigation water security government state spokesman spokeswoman spokesperson
	chief commander deputy affairs`)

// secretaries are titles that few states use for what others call a minister.
var secretaries = map[string][]string{
	"foreign secretary": {"GBR", "PHL", "MEX", "IND", "PAK", "BGD", "NPL", "LKA"}, "home secretary": {"GBR", "IND"}, "defence secretary": {"GBR", "PHL", "IND", "PAK"},
	"secretary of state": {"USA", "VAT"}, "secretary of defense": {"USA", "PHL"}, "defense secretary": {"USA", "PHL"}, "treasury secretary": {"USA"},
	"external affairs minister": {"IND"}, "minister of external affairs": {"IND"}, "chancellor of the exchequer": {"GBR"}, "trade secretary": {"GBR", "PHL"},
}

func (c *cast) namesBySentence() [][]*name {
	out := make([][]*name, len(c.sentences))
	for i := range c.names {
		n := &c.names[i]
		out[n.sentence] = append(out[n.sentence], n)
	}
	return out
}

// setRole enters role and state where they are not known yet.
func (c *cast) setRole(a int, role, state string) {
	to := &c.doc.Actors[a]
	if to.Role == "" || role != "" && onlyRank(to.Role) && !onlyRank(role) {
		to.Role = role // "The defence minister, General Pablo Andrade"
	}
	if to.State == "" {
		to.State = state
	}
	if to.Office == "" && role != "" {
		if roles := c.rolesOf(role); len(roles) == 1 {
			to.Office = roles[0]
		}
	}
	if words := nameWords(to.Name); len(words) > 0 {
		c.noteSex(words, a, role)
	}
}

// onlyRank reports whether a role is a military rank alone.
func onlyRank(role string) bool {
	words := strings.Fields(lower(role))
	return len(words) > 0 && ranks[words[len(words)-1]]
}

// noteSex takes from a title whether a person is a woman or a man.
func (c *cast) noteSex(words []string, a int, role string) {
	for _, i := range c.sharing(words) {
		if c.people[i].actor == a && c.doc.Actors[a].Entity == "" {
			switch w := lower(role); {
			case strings.HasSuffix(w, "woman") || w == "queen" || w == "mrs" || w == "ms":
				c.people[i].woman = 1
			case strings.HasSuffix(w, "spokesman") || strings.HasSuffix(w, "chairman") || w == "king" || w == "mr":
				c.people[i].woman = -1
			}
		}
	}
}

// roleBefore returns the words of the office right before a name and the token
// before them.
func (c *cast) roleBefore(n *name) (string, int) {
	s, i := n.sentence, n.first-1
	isRole := func(k int) bool {
		w := lower(c.token(s, k).Form)
		return c.titleAt(s, k) || roleNouns[w]
	}
	if !isRole(i) {
		return "", -1
	}
	last := i
	for i >= 0 {
		t := c.token(s, i)
		if c.inState(s, i) {
			break
		}
		if isRole(i) || t.UPOS == "PROPN" && bodyNouns[lower(t.Form)] || t.Form == "-" && i > 0 && isRole(i-1) ||
			i < last && t.UPOS == "NOUN" && t.Rel == "compound" || i < last && t.Form == "and" && isRole(i-1) || c.titleTail(s, i+1) {
			i--
			continue
		}
		break
	}
	for last > i && honorifics[strings.TrimSuffix(lower(c.token(s, last).Form), ".")] {
		last--
	}
	if last == i {
		return "", -1
	}
	return c.words(s, i+1, last).Of(c.text), i
}

// inState reports whether a token lies in the name of a state.
func (c *cast) inState(s, i int) bool {
	return c.stateAt(i, c.bySentence[s]) != ""
}

// stateBefore returns the state whose name ends at a token, or before a
// possessive there.
func (c *cast) stateBefore(s, i int, near []*name) string {
	for i > 0 {
		w := lower(c.token(s, i).Form)
		if w == "'s" || w == "’s" || w == "'" || w == "’" || w == "former" || w == "then" || w == "new" || w == "-" || w == "outgoing" || w == "visiting" || w == "top" {
			i--
			continue
		}
		break
	}
	for _, n := range near {
		if n.last == i && n.actor >= 0 {
			return c.stateOf(n.actor)
		}
	}
	return ""
}

func (c *cast) stateOf(a int) string {
	if c.doc.Actors[a].Kind == "state" {
		return c.doc.Actors[a].Code
	}
	return ""
}

// apposed returns the head of the phrase that says what a named person is:
// the apposition behind the name, or the noun that the name stands beside.
func (c *cast) apposed(n *name) int {
	s := n.sentence
	isRole := func(i int) bool {
		t := c.token(s, i)
		return i >= 0 && (i < n.first || i > n.last) && (roleNouns[lower(t.Lemma)] || roleNouns[singular(lower(t.Form))])
	}
	for i := n.first; i <= n.last; i++ {
		for k := range c.children(s, i) {
			if rel := c.token(s, k).Rel; (rel == "appos" || rel == "parataxis" || rel == "flat") && isRole(k) {
				return k
			}
		}
	}
	head := c.headOf(s, n.first, n.last)
	t := c.token(s, head)
	if n.title[0] >= 0 && n.title[0] <= t.Head && t.Head <= n.title[1] { // "Commodore Jay Tarriela, its spokesperson": a tree may hang it from the title
		for k := range c.children(s, t.Head) {
			if k > n.last && c.token(s, k).Rel == "appos" && isRole(k) {
				return k
			}
		}
	}
	if (t.Rel == "appos" || t.Rel == "flat" || t.Rel == "nmod:unmarked" || t.Rel == "nmod:desc") && isRole(t.Head) {
		return t.Head
	}
	// "His Kazakh counterpart, Daniyar Ospanov, said": a tree may miss it.
	if c.token(s, n.first-1).Form == "," && isRole(n.first-2) {
		return n.first - 2
	}
	return -1
}

// rolePhrase returns the words of an office, without article and country, and
// the state that its phrase names.
func (c *cast) rolePhrase(s, head int, near []*name) (role, state string) {
	first, last := head, head
	for i := head - 1; i >= 0; i-- {
		t := c.token(s, i)
		if t.Head != head && !(t.Rel == "compound" || t.Rel == "amod" || t.Rel == "flat") || t.UPOS == "DET" || t.UPOS == "PRON" || t.UPOS == "PUNCT" && !hyphen(t.Form) || t.UPOS == "PART" {
			break
		}
		if c.stateAt(i, near) != "" {
			break
		}
		first = i
	}
	of := -1
	for k := range c.children(s, head) {
		t := c.token(s, k)
		if !strings.HasPrefix(t.Rel, "nmod") || k < head {
			continue
		}
		if m := c.child(s, k, "case"); m >= 0 && (lower(c.token(s, m).Form) == "of" || lower(c.token(s, m).Form) == "for" || lower(c.token(s, m).Form) == "to") {
			if st := c.stateAt(k, near); st != "" {
				state = st
				continue
			}
			if lower(c.token(s, m).Form) == "of" || lower(c.token(s, m).Form) == "to" {
				of = k
				for i := m + 1; i < k && state == ""; i++ { // "head of the Vietnamese delegation"
					state = c.stateAt(i, near)
				}
			}
		}
	}
	if of == last+2 || of == last+3 {
		last = of
	}
	if state == "" {
		for i := head - 1; i >= 0 && i >= head-6; i-- {
			t := c.token(s, i)
			if st := c.stateAt(i, near); st != "" {
				state = st
				break
			}
			if t.UPOS == "PUNCT" && !hyphen(t.Form) || t.UPOS == "VERB" {
				break
			}
		}
	}
	return c.words(s, first, last).Of(c.text), state
}

// stateAt returns the state that a name on this token means.
func (c *cast) stateAt(i int, near []*name) string {
	for _, n := range near {
		if n.first <= i && i <= n.last && n.actor >= 0 {
			return c.stateOf(n.actor)
		}
	}
	return ""
}

// rolesOf returns the roles that a title may mean.
func (c *cast) rolesOf(title string) []string {
	title = lower(title)
	roles, asked := c.roles[title]
	if !asked {
		roles = c.world.Roles(title)
		c.roles[title] = roles
	}
	return roles
}

// holder returns the person who held an office of a state on the day, if the
// tables are sure.
func (c *cast) holder(state, role string) (*actor.Person, bool) {
	for _, r := range c.rolesOf(role) {
		if t, sure := c.world.Holder(state, r, c.day); sure == day.Yes && t.Person != nil {
			return t.Person, true
		}
	}
	return nil, false
}
