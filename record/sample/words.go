package sample

// kind is a sort of happening with the words in which outlets tell it.
type kind struct {
	root, mode string
	form       string // of the agreement that is made; empty: none
	titles     []string
	leads      []string
}

// The first are chosen most often.
var kinds = []kind{
	{root: "CONSULT", mode: "visit", titles: []string{"{A} minister visits {B} for talks on {area}", "Talks on {area} in {town}", "{A} and {B} meet over {area}"},
		leads: []string{"The foreign minister of {A} [visited] {B} for talks on {area} in {town}.", "{A} [met] delegates of {B} in {town} to discuss {area}.", "{A} [held talks] with {B} on {area} in {town}."}},
	{root: "AGREE", form: "agreement", titles: []string{"{A} and {B} sign agreement on {area}", "{B} signs pact on {area} with {A}", "Agreement on {area} signed in {town}"},
		leads: []string{"{A} [signed] an agreement on {area} with {B} in {town}.", "{A} [concluded] an agreement on {area} with {B} after {n} hours of talks."}},
	{root: "ACCUSE", titles: []string{"{A} blames {B} for breach over {area}", "{A} accuses {B} in row over {area}"},
		leads: []string{"{A} [accused] {B} of breaking its word on {area} near {town}.", "{A} [blamed] {B} for {n} incidents near {town}."}},
	{root: "AGREE", form: "treaty", titles: []string{"{A} and {B} conclude treaty on {area}", "{A} and {B} bind themselves on {area}"},
		leads: []string{"{A} [signed] a treaty on {area} with {B} in {town}.", "{A} [sealed] a treaty with {B} that covers {area}."}},
	{root: "AID", titles: []string{"{A} sends help to {B}", "{A} pledges aid for {town}"},
		leads: []string{"{A} [sent] {n} lorries of relief goods to {B} after floods near {town}.", "{A} [gave] {B} a loan for {area}."}},
	{root: "REQUEST", titles: []string{"{A} asks {B} for talks on {area}", "{A} wants {B} to reopen {town} crossing"},
		leads: []string{"{A} [asked] {B} to reopen the crossing at {town}.", "{A} [urged] {B} to return to talks on {area}."}},
	{root: "SANCTION", titles: []string{"{A} imposes sanctions on {B}", "{A} halts trade with {B} over {area}"},
		leads: []string{"{A} [imposed sanctions] on {n} companies of {B} over {area}.", "{A} [expelled] {n} diplomats of {B}."}},
	{root: "PROTEST", titles: []string{"{A} protests to {B} over {town}", "{A} summons ambassador of {B}"},
		leads: []string{"{A} [protested] to {B} over a patrol near {town}.", "{A} [lodged a protest] with {B} over {area}."}},
	{root: "MOBILIZE", titles: []string{"{A} moves troops towards {B}", "{A} raises alert near {town}"},
		leads: []string{"{A} [deployed] {n} vehicles near its border with {B} at {town}.", "{A} [moved] troops towards {B}."}},
	{root: "ASSAULT", mode: "military", titles: []string{"{A} shells {town}", "{A} attacks {B} near {town}"},
		leads: []string{"{A} [shelled] positions of {B} near {town}, wounding {n} people.", "Forces of {A} [attacked] {B} near {town}."}},
}

var backgrounds = []struct{ root, words string }{
	{"AGREE", "{A} [signed] its last accord with {B} on {area} under an earlier government."},
	{"CONSULT", "{A} last [met] {B} at this level in {other town}."},
	{"COERCE", "{A} had [closed] the border with {B} at {other town} for {months} months."},
	{"AID", "{A} has [lent] money to {B} before."},
	{"RETREAT", "{A} [withdrew] its observers from {B} after the incident at {other town}."},
	{"REJECT", "{A} had [rejected] a similar plan of {B}."},
}

// cue is a verb that attributes, with what stands before the content.
type cue struct {
	verb, root, before string
	target             bool
}

var cues = []cue{
	{verb: "said", before: "that "}, {verb: "said", before: "that "}, {verb: "told reporters", before: "that "}, {verb: "stressed", before: "that "},
	{verb: "added", before: "that "}, {verb: "noted", before: "that "},
	{verb: "accused", root: "ACCUSE", before: "of denying that ", target: true},
	{verb: "assured", root: "SUPPORT", before: "that ", target: true},
	{verb: "urged", root: "REQUEST", before: "to accept that ", target: true},
	{verb: "warned", root: "THREATEN", before: "that ", target: true},
	{verb: "denied", root: "REJECT", before: "that "},
	{verb: "demanded", root: "REQUEST", before: "an answer because "},
}

var contents = []string{
	"the agreement on {area} would bind both sides for {months} months",
	"nobody had broken the accord of {other town}",
	"the border at {other town} would stay open",
	"{n} delegates had worked on the text without delay",
	"the talks in {town} were the first in {n} years",
	"an attack on one would be answered by all",
	"mutual assistance in case of aggression was beyond doubt",
	"the two countries had friendly relations for more than {n} years",
	"sanctions would not change the course of {A}",
	"{B} had to respect the ceasefire at {other town}",
	"{C} should stay out of the dispute over {area}",
	"a protocol on {area} was ready to be signed",
	"patrols near {town} had been fired on {n} times",
	"the ministers would meet again in {other town}",
	"no troops of {B} had crossed the river at {other town}",
	"trade in grain and steel had grown by {n} per cent",
	"the treaty provided for consultations at the request of either side",
	"the harbour of {other town} was closed to warships",
	"its security council would examine the matter of {area} within {n} days",
	"the reports from {other town} were false",
	"there was no military solution near {town}",
	"the convoy to {other town} had reached {n} villages",
	"parliament would ratify the text before the summer",
	"the guarantee of {C} remained in force",
	"both presidents had agreed on a hotline between the general staffs",
	"the prisoners held at {other town} would be exchanged in {months} months",
	"energy supplies through {other town} were safe",
	"observers had counted {n} violations since the spring",
}

var areas = []string{"mutual defence", "fishing rights", "border crossings", "grain exports", "river water", "energy supply", "nuclear inspections", "prisoner exchange",
	"air safety", "maritime rescue", "arms control", "counter-terrorism", "cyber security", "rail transit", "customs duties", "visa rules", "joint exercises", "satellite data",
	"steel tariffs", "refugee return", "mine clearance", "consular access", "gas transit", "extradition", "scientific exchange", "naval bases", "air defence", "peacekeeping"}

// The first speak most often.
var offices = []string{"foreign minister", "president", "defence minister", "government spokeswoman", "ambassador", "army chief", "trade minister", "opposition leader"}

var outlets = []string{"The Harbour Courier", "Northern Telegraph", "The Evening Ledger", "Meridian Wire", "Le Courrier du Détroit", "Capital Gazette", "The River Post",
	"Highland Herald", "Southern Dispatch", "The Observer of Straits", "Union Press Agency", "Lakeside Journal", "The Daily Compass", "Port Chronicle", "Eastern Tribune",
	"The Signal", "Continental News", "The Lantern", "Plains Review", "Metro Bulletin", "The Sentinel", "Coastline Today", "The Envoy", "Border Watch", "Central Wire",
	"The Almanac", "Foreign Desk Daily", "The Pilot", "Civic Mirror", "The Inquirer of Isles"}

var given = []string{"Ada", "Bela", "Cyrus", "Dina", "Emil", "Farid", "Greta", "Hakan", "Ines", "Jonas", "Katya", "Liam", "Mei", "Nadia", "Omar", "Petra", "Quim", "Rosa", "Sami", "Tomás",
	"Uma", "Viktor", "Wanda", "Xenia", "Yusuf", "Zoë", "Anton", "Berit", "Chidi", "Daria", "Elias", "Fatou", "Goran", "Hanna", "Ivo", "Jana", "Kofi", "Leila", "Marek", "Noor"}

var family = []string{"Abara", "Brandvold", "Castellan", "Dragomir", "Eskola", "Ferreyra", "Galanis", "Hadad", "Ibarrola", "Jansky", "Kalderon", "Lindqvist", "Mbeki-Rowe", "Novotna", "Okonjo",
	"Pallas", "Quintero", "Radovan", "Sandoval", "Tereshko", "Ulvang", "Varga", "Wickram", "Xylander", "Yamadera", "Zielony", "Amsel", "Bekzat", "Corvin", "Dumfries", "Ekwall", "Farouq",
	"Gentili", "Halloran", "Iwanko", "Joubertin", "Kestrel", "Lombe", "Marchetti", "Nakash"}

var (
	heads   = []string{"Al", "Bar", "Cor", "Del", "Esk", "Fal", "Gor", "Hal", "Ist", "Jor", "Kal", "Lor", "Mar", "Nor", "Ost", "Pel", "Ras", "Sar", "Tal", "Vor"}
	middles = []string{"a", "e", "ani", "ora", "is", "und", "eri", "ova", "im", "ul", "ast", "ent", "ib", "ok"}
	tails   = []string{"burg", "gard", "ka", "mouth", "nia", "polis", "rum", "stan", "ton", "var", "wick", "zar", "dale", "fell", "haven"}
)
