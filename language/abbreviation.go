package language

import "strings"

// abbreviations are words that keep their full stop, in lower case and without
// it. The weights decide whether it is one in its place ("no."); the list
// tells them about those that the treebanks do not have.
var abbreviations = listed(`
	adj adm amb approx apt assoc asst atty ave bldg blvd brig bros capt cdr cf cmdr co col comdr con corp cpl dept det dir dist
	div dr drs ed eds esp est etc ext fig figs fr ft gen gens gov govs hon hwy hr inc insp intl jr ll lt ltd maj messrs mfg
	mr mrs ms msgr mt mts nat natl no nos op pfc ph pl pp pres prof profs pvt rd ref rep reps rev sen sens sgt sr st ste supt
	tel treas univ viz vol vols vs jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
	ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa penn tenn tex
	va vt wash wis wyo ont que`)

func listed(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// months follow the number of their day: 19 December.
var months = map[string]bool{
	"January": true, "February": true, "March": true, "April": true, "May": true, "June": true, "July": true, "August": true,
	"September": true, "October": true, "November": true, "December": true,
}
