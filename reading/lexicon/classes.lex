# Classes of words that patterns and rules name. docs/acts.md says what each is for.

@time: second minute hour day week month year decade century weekend fortnight monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december today yesterday tomorrow tonight morning afternoon evening night noon midnight moment time period while start end beginning eve spring summer autumn winter

# Things that acts are done with.
@treaty: treaty pact accord agreement deal memorandum protocol convention charter contract partnership alliance settlement arrangement concordat mou compact entente lease concession mandate confederation federation
@document: communique communiqué declaration document statement text roadmap plan letter charter
@talks: talk talks negotiation meeting discussion consultation summit conversation dialogue session conference round parley gathering videoconference huddle trilateral
@visit: visit trip tour journey stopover stay
@call: call conversation talk phone
@money: $ € £ ¥ money loan credit grant fund funds funding dollar euro pound cash budget donation aid assistance relief help package million billion
@aid: aid assistance relief help food medicine medicines supplies supply vaccine vaccines tent shelter equipment package grain wheat flour water fuel generator blanket clothing goods medication doctor nurse medic rescuer ambulance donation rice maize oil seed fertiliser fertilizer generators turbine paramedic firefighter
@arms: weapon weapons weaponry arms ammunition munition munitions tank missile rocket drone jet helicopter rifle gun artillery howitzer shell launcher system battery fighter aircraft warplane hardware vehicle interceptor warhead bomb mine grenade mortar bullet torpedo armour armor kit vest arsenal gunship
@troops: troop troops soldier force forces army unit brigade battalion regiment division contingent marine paratrooper personnel militia guard guards fighter police officer serviceman navy garrison platoon company squad adviser advisor tank mercenary instructor trainer reinforcement reservist commando gendarme legion corps infantry armour
@ships: ship corvette cutter gunboat minesweeper icebreaker tug warship fleet vessel carrier frigate destroyer submarine flotilla jet bomber plane aircraft warplane tank missile squadron battery fighter patrol boat vessels minehunter battleship helicopter drone frigates
@craft: ship vessel tanker freighter boat trawler ferry cargo convoy airliner plane aircraft supertanker coaster dhow yacht dinghy barge tug schooner tugboat carrier lorry truck patrol
@peacekeepers: peacekeeper observer monitor mission peacekeeping
@sanction: sanction sanctions embargo tariff penalty restriction ban freeze measure duty curb moratorium levy quota surcharge countermeasure prohibition
@blockade: blockade siege cordon no-fly encirclement
@attack: warfare attack strike strikes assault raid offensive bombing shelling airstrike invasion incursion bombardment operation campaign barrage attacks ambush missile
@violence: violence killing murder massacre attack attacks bombing shooting assassination slaughter strike raid
@tie: tie ties relation relations link links contact contacts relationship
@cooperation: cooperation co-operation collaboration coordination partnership
@exercise: exercise exercises drill drills manoeuvre manoeuvres maneuver maneuvers games game wargame
@envoy: ambassador diplomat envoy consul attache attaché representative charge chargé delegation mission staff official consul-general d'affaires d'affaire nuncio counsellor counselor spy
@information: information intelligence evidence data technology secret expertise intel
@support: support backing solidarity commitment endorsement confidence loyalty friendship
@gratitude: gratitude thanks appreciation satisfaction congratulation congratulations condolence condolences sympathy
@concern: concern outrage dismay anger alarm regret worry fear displeasure doubt dissatisfaction disappointment misgiving objection
@demand: demand request proposal offer appeal call claim bid plan invitation suggestion condition plea deal amendment initiative
@accusation: accusation allegation charge claim report suggestion rumour rumor
@lawsuit: lawsuit suit complaint charge case motion petition action proceedings appeal
@probe: investigation inquiry enquiry probe trial audit
@ceasefire: ceasefire cease-fire truce armistice hostilities pause
@prisoner: prisoner hostage detainee captive journalist activist captain crew sailor pow
@territory: territory city town village province region island base area land ground position control airport port enclave hill ridge pass outpost checkpoint dam plant reactor depot strip peninsula zone district capital crossing road bridge post airfield
@right: right sovereignty airspace border territory law treaty rights ceasefire truce agreement waters resolution
@protest: protest demonstration rally march strike sit-in vigil picket protests riot walkout
@threat: threat ultimatum warning deadline
@alert: alert standby readiness
@measures: curfew emergency law lockdown state siege
@refuge: asylum refuge shelter citizenship
@state-of: emergency siege war
@mediation: mediation effort efforts
@office: post office position
@borders: border borders crossing frontier airspace port ports
@war: war conflict fighting hostilities battle clash clashes

# Verbs that carry a noun without adding to it: who does them does what the noun says.
@light: hold have make take give pay do launch conduct carry stage mount begin start open continue resume pursue wage commit undertake host deliver perform lead engage order execute intensify escalate renew step extend express voice offer announce declare issue file lodge provide send impose reach sign conclude strike pledge direct unleash organise organize reaffirm reiterate convey seek complete finish plot plan sponsor run join participate attend support authorize authorise approve
# The same, but the act lies ahead.
@planning: plan propose offer pledge promise authorize authorise approve consider threaten seek
# Verbs that end what the noun names.
@ending: end pause halt stop suspend cancel cut terminate abandon freeze discontinue sever break withhold postpone scrap interrupt reduce curtail
@lifting: lift ease end halt stop suspend remove relax loosen drop waive scrap rescind revoke cancel
# Verbs under which an act goes on as it is.
@phase: begin start continue resume proceed keep go manage help come dare decide move act rush step return set use get choose opt hasten
# Verbs under which it lies ahead.
@intent: plan intend aim prepare consider vow pledge promise agree offer propose commit resolve undertake schedule vow expect
# Verbs that report speech without being an act.
@say: say add tell note state explain announce report declare write stress insist reiterate claim argue believe think maintain confirm underline emphasise emphasize assert observe remark comment suggest
# Nouns whose infinitive lies ahead.
@prospect: plan decision intention offer threat promise pledge proposal attempt effort bid readiness willingness right ability agreement desire need opportunity
# Verbs and nouns that tell an act although nobody is named who does it.
@undergo: bomb shell bombard attack raid invade annex occupy seize detain capture intercept hijack expel deport release free repatriate blacklist torpedo storm pound strike target blockade besiege liberate sanction bombing shelling bombardment invasion annexation occupation seizure capture detention expulsion release strike raid airstrike air-strike assault blockade siege abduction kidnapping assassination down shoot sink ransack torch ambush kidnap abduct intercepted ram downing sinking shooting

# Bad names for what somebody does.
@bad: piracy crime provocation mistake error lie betrayal encirclement aggression terrorism genocide massacre theft robbery blackmail farce theatre outrage disgrace scandal violation breach treason hypocrisy insult threat knife escalation interference intimidation bullying extortion propaganda hostility illegal unlawful unacceptable absurd outrageous shameful criminal provocative reckless irresponsible dangerous barbaric cowardly unjustified unprovoked baseless worthless cynical hostile aggressive disgraceful despicable inhuman inhumane illegitimate unfriendly

# What makes an act unreal.
@unreal: possible potential future proposed planned likely imminent eventual hypothetical further
@alleged: alleged suspected supposed reported purported apparent so-called presumed
@allegedly: allegedly reportedly purportedly supposedly apparently

# Common nouns that can act in politics without being named.
@agent: chairman chairwoman chairperson aide adviser advisor rapporteur representative commissioner delegate president-elect archbishop rights-group lobby taliban government governments ministry minister premier president vice-president chancellor king queen emir sultan prince monarch presidency cabinet administration authority authorities regime junta parliament senate congress assembly legislature lawmaker legislator senator deputy congressman mp council commission committee court tribunal judge prosecutor justice police policeman officer army military force forces troop troops soldier navy marine guard militia rebel insurgent militant guerrilla fighter gunman terrorist separatist jihadist extremist bomber attacker opposition party leader leadership official officials diplomat envoy ambassador delegation embassy mission spokesman spokeswoman spokesperson state country nation union bloc alliance coalition organization organisation agency bank group movement faction federation association trade-union candidate politician governor mayor secretary chief commander general colonel brigade warlord cartel gang mafia lawyer investigator peacekeeper observer inspector mediator negotiator critic dissident exile dissenter republican democrat liberal conservative socialist communist nationalist islamist unionist church pope bishop cleric ayatollah imam ngo charity watchdog airline department office ally rival neighbour neighbor republic kingdom command headquarters security intelligence spy agent hacker envoys
# Arms and organs of a state: the speaker's own, where he does not say whose.
@organ: army military navy force forces troop troops marine guard coastguard police government cabinet parliament ministry soldier fleet
# What one declines to do who does not answer.
@reply: say comment confirm answer elaborate speculate disclose name tell specify reveal identify give respond
# Organs of one's own state, where no other is named.
@home: government cabinet parliament minister ministry premier opposition army court congress senate
# Nouns for somebody else than whose they are.
@relation: neighbour neighbor ally rival enemy adversary foe opponent partner counterpart patron friend
# Lands and things that are only taken up: "the country", "the ship".
@there: country island state nation neighbour neighbor kingdom republic territory district town city capital ship vessel crew boat tanker aircraft plane junta regime intruder leader village port
# Nouns whose infinitive does not come about.
@refusal: refusal failure inability unwillingness reluctance

# Bodies that one can join and leave.
@body: organization organisation union bloc council alliance group association court body club community federation convention

# Nouns that take up what was told before: "welcomed the deal", "rejected the measures".
@echo: announcement decision move step measure measures plan report claim accusation allegation statement remark comment action signing visit proposal offer demand request result outcome initiative charge finding vote ruling resolution deal treaty pact accord agreement attack strike raid assault invasion sanction tariff embargo talks summit meeting exchange coup test launch drill exercise deployment ban withdrawal extension order verdict overture gesture truce ceasefire pledge commitment warning ultimatum levy duty suspension expulsion arrest seizure incident incursion release boycott

# Common nouns for people who act in politics by protesting.
@folk: christian muslim jew hostage captive detainee sailor fisherman tourist passenger expert patient victim neighbour neighbor teen man woman child suspect member civilian person family worshipper teenager boy girl owner student worker employee teacher farmer resident villager crowd mob striker miner doctor nurse journalist people citizen supporter protester demonstrator activist prisoner inmate migrant refugee driver youth parent fan

# Nouns for parties told before: "both sides", "the two presidents".
@side: side party country state nation power island republic government president leader minister premier head capital neighbour neighbor delegation army ally

# Nouns that count what follows them.
@quantity: batch shipment round set string wave contingent all many several few hundred hundreds dozen dozens thousand thousands ten tens number group team series member score scores million majority lot pair couple some one two three most part crowd handful tonne tonnes ton tons barrel barrels kilogram kilo litre volley shipload planeload truckload salvo barrage hail squadron week day month
