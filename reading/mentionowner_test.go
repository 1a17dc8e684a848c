package reading

import (
	"testing"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/report"
)

// TestOwners names the state of bodies and office holders that nothing beside
// them places; "-" is open.
func TestOwners(t *testing.T) {
	r, err := testReader()
	if err != nil {
		t.Fatal(err)
	}
	published, err := day.ParsePeriod("2027-03-03")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		outlet, text string
		bodies       map[string]string // words of a nominal mention to the code
		people       map[string]string // name to state
	}{
		"a body with its state before it": {text: "Eritrea's information ministry accused Addis Ababa of preparing for war.",
			bodies: map[string]string{"Eritrea's information ministry": "ERI"}},
		"presidents told together": {text: "The presidents of Mali and Niger, Issa Keïta and Adamou Sani, signed a pact on Monday.",
			people: map[string]string{"Issa Keïta": "MLI", "Adamou Sani": "NER"}},
		"ministers told together": {text: "Poland's and Finland's prime ministers, Ewa Nowak and Mikko Lahti, met the Thai and Lao foreign ministers, Anong Chai and Kham Vong.",
			people: map[string]string{"Ewa Nowak": "POL", "Mikko Lahti": "FIN", "Anong Chai": "THA", "Kham Vong": "LAO"}},
		"more names than states": {text: "The presidents of Mali and Niger, Issa Keïta, Adamou Sani and Ali Bako, met.",
			people: map[string]string{"Ali Bako": ""}},
		"the ministry of the sentence's subject": {text: "LIMA, March 3 (Andean Wire) - Peru recalled its ambassador from Quito on Tuesday after two Peruvian soldiers were wounded by Ecuadorian border guards, the foreign ministry said.\n\n\"We will not accept excuses,\" Foreign Minister Rosa Quispe said.",
			bodies: map[string]string{"the foreign ministry": "PER"}, people: map[string]string{"Rosa Quispe": "PER"}},
		"the same without a dateline": {text: "Peru recalled its ambassador after two Peruvian soldiers were wounded by Ecuadorian border guards, the foreign ministry said.",
			bodies: map[string]string{"the foreign ministry": "PER"}},
		"a people's body as subject": {text: "Estonian border guards boarded a Russian ferry on Monday, in what the interior ministry called a routine check.",
			bodies: map[string]string{"the interior ministry": "EST"}},
		"the minister of the ministry before": {text: "Estonian guards boarded a Russian ferry, the interior ministry said.\n\nMoscow protested.\n\nInterior Minister Liis Kask said the crew had been asked politely.",
			people: map[string]string{"Liis Kask": "EST"}},
		"the ministry of the minister before": {text: "Estonian Interior Minister Liis Kask spoke. The Russian embassy complained. The ministry rejected the note.",
			bodies: map[string]string{"The ministry": "EST"}},
		"an embassy is no ministry": {text: "Chile's foreign ministry spoke. The Peruvian embassy complained. The ministry answered.",
			bodies: map[string]string{"The ministry": "CHL"}},
		"its minister": {text: "Brazil, which borders both, has moved armoured vehicles. Its defence minister said the army would wait. Guyana was silent.",
			bodies: map[string]string{"Its defence minister": "BRA", "the army": "BRA"}},
		"the government in the paragraph of a state": {text: "CARACAS, June 19 - Venezuela's National Assembly approved a law on Guyana. The government said it was acting for the people.",
			bodies: map[string]string{"The government": "VEN"}},
		"another paragraph goes back to the dateline": {text: "LIMA, March 3 - Peru protested.\n\nEcuador denied that its guards had fired. It blamed fog.\n\nThe army has sent two helicopters to the border.",
			bodies: map[string]string{"The army": "PER"}},
		"told reporters in a capital": {text: "The talks failed.\n\nThe defence minister told reporters in Quito that the soldiers had strayed. Peru was silent.",
			bodies: map[string]string{"The defence minister": "ECU"}},
		"in a capital, before the name": {text: "Serbia raised the alarm and Kosovo was calm.\n\nIn Pristina, Interior Minister Xhelal Svecla said the man was no tourist.",
			people: map[string]string{"Xhelal Svecla": "XKX"}},
		"a capital as the subject before": {text: "Egypt complained.\n\nAddis Ababa dismissed it. \"We ask nobody,\" Foreign Minister Gedion Timothewos said.",
			people: map[string]string{"Gedion Timothewos": "ETH"}},
		"a minister of the dateline's country": {text: "COPENHAGEN (NP) - A cable was cut on Monday, and Russia was blamed.\n\nDefence Minister Troels Holm said nobody should be naive.",
			people: map[string]string{"Troels Holm": "DNK"}},
		"open between two states": {text: "Talks between Chile and Peru failed.\n\nThe foreign ministry was silent.",
			bodies: map[string]string{"The foreign ministry": "-"}},
		"an unknown minister between two states": {text: "A clash on the border of Chile and Peru killed two.\n\nDefence Minister Ana Soto was silent.",
			people: map[string]string{"Ana Soto": ""}},
		"not the state named next": {text: "Foreign Minister Ana Soto criticised Peru and thanked Chile.",
			people: map[string]string{"Ana Soto": ""}},
		"the only state": {text: "Floods hit Bolivia.\n\nThe government declared an emergency.",
			bodies: map[string]string{"The government": "BOL"}},
		"an outlet that a state owns": {outlet: "Xinhua", text: "Talks with Laos and Vietnam will go on.\n\nThe foreign ministry published a list.",
			bodies: map[string]string{"The foreign ministry": "CHN"}},
		"an outlet that nobody owns": {outlet: "Reuters", text: "Talks with Laos and Vietnam will go on.\n\nThe foreign ministry published a list.",
			bodies: map[string]string{"The foreign ministry": "-"}},
		"the army that another state backs": {text: "The Sudanese army retook Bara. Egypt, which backs the army, called for a pause.",
			bodies: map[string]string{"the army": "SDN"}},
		"the leader of a group": {text: "Oman spoke of a truce. The Houthi movement confirmed it. Its chief negotiator, Mohammed Saleh, accused Riyadh.",
			people: map[string]string{"Mohammed Saleh": ""}},
		"the president of an organisation's commission": {text: "ECOWAS welcomed the step. Its commission president, Awa Diagne, said that envoys would leave Abuja.",
			people: map[string]string{"Awa Diagne": ""}},
		"the speaker's own president": {text: "Georgian Defence Minister Nino Beridze answered.\n\nNino Beridze: Moscow says many things. The president told parliament that it is not so.\n\nThat was all.",
			bodies: map[string]string{"The president": "GEO"}},
		"a title few states use": {text: "Spain hit back.\n\nForeign Secretary Harriet Colbourne told MPs that Britain would not be pushed around.",
			people: map[string]string{"Harriet Colbourne": "GBR"}},
		"in a quotation nobody's": {text: "Peru protested. \"The government must act,\" a Chilean lorry driver said.",
			bodies: map[string]string{"The government": "-"}},
		"an office with its domain": {text: "Chile's foreign ministry and Peru's defence ministry spoke. The foreign ministry denied the report.",
			bodies: map[string]string{"The foreign ministry": "CHL"}},
		"another state between comma and verb is no possessor": {text: "Finland will close its last crossing with Russia on Sunday, Interior Minister Mari Rautio announced.",
			people: map[string]string{"Mari Rautio": "FIN"}},
		"an ambassador is not of his seat": {text: "Russia's ambassador in Kabul, Dmitry Zhirov, voiced concern.",
			people: map[string]string{"Dmitry Zhirov": "RUS"}},
		"a ministry in a capital": {text: "COPENHAGEN - Five diplomats were expelled, the Foreign Ministry in Moscow announced. Denmark protested.",
			bodies: map[string]string{"the Foreign Ministry": "RUS"}},
		"an item of news in brief": {text: "APIA - Samoa and Japan are to sign a pact.\n\nNIAMEY - Niger threw out two attachés of Benin. Spies, says the interior minister.",
			bodies: map[string]string{"the interior minister": "NER"}},
		"the host of an Angolan": {text: "LUANDA - The Angolan culture minister spoke. His host, Culture Minister Dalila Rodrigues, praised Portugal.",
			people: map[string]string{"Dalila Rodrigues": ""}},
		"named after the office": {text: "Egypt's irrigation minister said on Tuesday that Ethiopia was wrong. Hany Sewidan told a conference that the river was life.",
			people: map[string]string{"Hany Sewidan": "EGY"}},
		"a ministry publishes its own statement": {outlet: "Ministry of Defence of the Republic of Armenia", text: "The Ministry of Foreign Affairs of Azerbaijan complained.\n\nThe Ministry notes that nothing happened.",
			bodies: map[string]string{"The Ministry": "ARM"}},
		"of a rank and an office": {text: "QUITO, March 3 - The defence minister, General Pablo Andrade, spoke of Peru.",
			people: map[string]string{"Pablo Andrade": "ECU"}},
	} {
		t.Run(name, func(t *testing.T) {
			rep := &report.Report{ID: "x", Outlet: c.outlet, Text: c.text, Language: "en", Published: report.Date{Period: published}}
			d := r.Read(rep)
			for words, want := range c.bodies {
				got := nominals(d, words)
				if got == "" {
					got = "-"
				}
				if got != want {
					t.Errorf("%q is of %s, want %s", words, got, want)
				}
			}
			for who, want := range c.people {
				found := false
				for _, a := range d.Actors {
					if a.Name == who {
						found = true
						if a.State != want {
							t.Errorf("%s acts for %q, want %q", who, a.State, want)
						}
					}
				}
				if !found {
					t.Errorf("nobody is called %s in\n%s", who, castOf(d))
				}
			}
		})
	}
}
