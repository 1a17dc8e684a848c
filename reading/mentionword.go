package reading

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words that say what a name is. They are general English, not names: which
// states, bodies and persons there are stands in package actor.

func setOf(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

var (
	// titleWords may stand before a person's name, as a title or as part of one.
	titleWords = setOf(`president vice-president premier chancellor king queen prince princess emir sultan emperor pope sheikh
		prime minister deputy vice foreign defence defense interior finance trade justice economy energy health education agriculture
		transport environment oil information secretary secretary-general general state treasury chief head leader chairman chairwoman
		chair director director-general commissioner ambassador envoy spokesman spokeswoman spokesperson senator congressman
		congresswoman representative governor mayor judge justice admiral marshal colonel major captain lieutenant sergeant
		brigadier commander commander-in-chief vice-admiral commodore mr mrs ms miss dr sir lord lady dame baroness prof professor
		rev reverend father ayatollah imam mullah cardinal archbishop bishop patriarch rabbi speaker coordinator
		honourable honorable excellency highness majesty former ex-president ex-prime acting interim then-president then-prime supreme high special first attorney mp mep skipper
		opposition party national security adviser advisor undersecretary assistant permanent senior top majority minority
		whip counterpart journalist analyst economist professor historian activist lawyer author expert scholar diplomat
		politician lawmaker mp legislator banker dictator strongman warlord rebel guerrilla tsar shah kaiser fuhrer comrade
		coach striker businessman billionaire comrade chairperson commodore
		lt gen col maj brig capt sgt adm cmdr cpl pvt rep sen gov signor signora monsieur madame herr frau señor señora senhor mme mlle`)

	honorifics = setOf(`comrade mr mrs ms miss dr sir lord lady dame prof rev reverend honourable honorable excellency highness majesty
		lt gen col maj brig capt sgt adm cmdr cpl pvt rep sen gov signor signora monsieur madame herr frau señor señora senhor mme mlle`)

	// roleNouns head a phrase that means a person by what he or she is.
	roleNouns = setOf(`president premier chancellor king queen emir sultan emperor pope minister secretary chief head leader
		chairman chairwoman chair director commissioner ambassador envoy spokesman spokeswoman spokesperson senator congressman
		congresswoman representative governor mayor judge general admiral marshal colonel captain lieutenant commander speaker
		adviser advisor aide counterpart colleague chairperson commodore brigadier official diplomat negotiator delegate lawmaker mp legislator politician
		journalist analyst economist professor historian activist lawyer author expert scholar dictator ruler monarch
		founder skipper soldier officer predecessor successor deputy undersecretary secretary-general director-general
		vice-president coordinator opponent candidate prince princess pilot student teacher doctor writer reporter editor
		executive banker businessman resident farmer villager guard prosecutor attorney researcher scientist inspector`)

	// officialNouns head phrases for those who speak or act for a state when the
	// phrase names it: "a Chinese official", "the Kazakh Foreign Ministry".
	officialNouns = setOf(`president premier chancellor king queen emir minister secretary ambassador envoy spokesman spokeswoman
		spokesperson official diplomat negotiator delegation delegate ministry government administration army military
		navy parliament senate cabinet troop soldier force authority regime leadership leader embassy department
		state country nation presidency side counterpart foreign-ministry junta coastguard guard police intelligence
		commander general source delegation mission consul republic kingdom government warship frigate jet plane
		aircraft warplane fighter destroyer submarine vessel ship tank drone missile battalion brigade division
		legislature congress court council assembly lawmaker house treasury representative`)

	// bodyNouns end the name of a national body, whose country is a mention.
	bodyNouns = setOf(`ministry army navy force forces government parliament senate congress embassy court police guard guards
		coastguard department office treasury command council assembly cabinet presidency agency service services bureau
		directorate administration commission committee authority intelligence marines military legislature republic
		delegation mission consulate house troops`)

	// ownNouns end the name of a company, paper, church, party or school; a
	// country's name inside it is not a mention of the country.
	ownNouns = setOf(`university college institute school academy bank airlines airways daily times post herald tribune gazette news
		journal observer telegraph guardian mail star sun globe today tv television radio church party corp corporation
		company inc ltd plc llc group holdings co motors oil gas petroleum energy telecom steel club fc united association
		federation league society foundation centre center network press agency union museum hospital hotel
		games cup open championship wire monitor review broadcasting media post-gazette insider standard almanac
		chamber trust fund exchange orchestra theatre theater festival alliance coalition movement front brigade
		brigades army congress`)

	// outletNouns end the name of an outlet.
	outletNouns = setOf(`daily times post herald tribune gazette news journal observer telegraph guardian mail tv television radio
		press wire monitor broadcasting insider newspaper magazine almanac examiner chronicle dispatch bulletin review`)

	// groupNouns end the name of a movement or armed group.
	groupNouns = setOf(`front brigade brigades movement militia army resistance rebels insurgents fighters guerrillas jihad
		coalition alliance taliban tigers`)

	// placeNouns belong to the name of a place.
	placeNouns = setOf(`river sea ocean island islands lake mount mountain mountains strait straits gulf bay province region district
		county city town village port airport street avenue square road bridge valley desert peninsula canal cape coast
		zone field camp base heights hills plateau delta prison palace stadium park forest isle reef shoal basin
		governorate oblast prefecture municipality territory square north south east west central northern southern
		eastern western puerto punta tierra bahía bahia rio río ciudad villa isla islas monte sierra fort mont ville port
		saint-denis hall hotel station airfield airbase aerodrome`)

	// instrumentNouns belong to names of treaties, plans, wars and laws, which
	// are no actors.
	instrumentNouns = setOf(`treaty agreement accord accords pact convention protocol charter act law declaration memorandum
		constitution plan initiative deal war wars day prize operation communique summit conference resolution crisis
		revolution forum project programme program award bill code framework partnership covenant
		statement concert olympics cup game games article chapter annex section appendix clause talks dialogue process
		road map doctrine exercise festival guarantees christmas easter ramadan february january march april june july
		august september october november december monday tuesday wednesday thursday friday saturday sunday god
		party parties video photo photos live breaking update exclusive watch agriculture rights aid assistance mr
		internet covid-19 covid bible koran quran world earth february`)

	// shipNouns right before a name make a ship of it.
	shipNouns = setOf(`ship vessel cutter corvette frigate destroyer tanker submarine trawler ferry freighter tug carrier warship gunboat schooner
		yacht battleship cruiser minesweeper icebreaker boat`)

	// operatorNouns right before names make companies of them.
	operatorNouns = setOf(`operator operators company companies firm firms insurer insurers carrier airline airlines utility utilities supplier suppliers manufacturer retailer lender lenders producer producers`)

	// outletWords right before a name make an outlet of it.
	outletWords = setOf(`daily newspaper broadcaster weekly magazine website tabloid`)

	particles = setOf(`de da do dos das di del della von van der den bin ibn al el la le af ter ben abu y e`)

	// placing prepositions make a name a place.
	placeWords = setOf(`in at near outside inside around across throughout beyond above over within off`)

	// moving verbs have a place after "to" and "from" and as their object.
	moving = setOf(`fly travel go come return arrive visit head leave reach enter depart drive sail move march walk bring
		send deport evacuate flee land transfer carry take invite rush transport extradite relocate hurry trip visit
		journey flight voyage tour way road route train bus arrival return ride march mile kilometre kilometer km north
		south east west`)

	taking = setOf(`visit leave reach enter capture seize occupy shell bomb storm liberate besiege encircle tour cross
		strike hit surround approach retake bombard pound`)
)

func isHonorific(w string) bool { return honorifics[strings.TrimSuffix(lower(w), ".")] }

func lower(s string) string { return strings.ToLower(s) }

// capital reports whether a word begins with a capital letter.
func capital(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// shouted reports whether all letters of a word are capitals and it has at least two.
func shouted(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			n++
		}
	}
	return n >= 2
}

// singular cuts a plural ending, roughly, so that plural nouns find their entry.
func singular(w string) string {
	switch {
	case strings.HasSuffix(w, "men") && len(w) > 4:
		return w[:len(w)-3] + "man"
	case strings.HasSuffix(w, "ies") && len(w) > 4:
		return w[:len(w)-3] + "y"
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && len(w) > 3:
		return w[:len(w)-1]
	}
	return w
}

var weekdayShort = setOf(`mon. tue. tues. wed. thu. thur. thurs. fri. sat. sun.`)

// monthNames number the months.
var monthNames = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
	"september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}
