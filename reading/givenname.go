package reading

// Given names that are women's or men's nearly everywhere, in folded letters.
// They decide "she" and "he" between two persons whose sex nothing else tells;
// names that both bear, or that families bear, are left out.
var (
	womensNames = setOf(`maria marie mary ana anna anne ann annie isabel isabella elizabeth elisabeth elena helena helen helene ines laura sofia sophia sophie
		carmen rosa lucia luisa luise julia juliet claudia patricia sandra monica monika angela andrea-maria martha marta margaret margarita margot
		christina christine cristina kristina kirsten karin karen catherine katherine katharina kathryn kate katja ekaterina yekaterina natalia
		nathalie natasha olga irina svetlana tatiana tatyana marina ludmila lyudmila galina vera nina nino tamara oksana yulia julie maia
		maya eva ewa emma emily emilia eleni elina amelia alice alicia amanda barbara beata beate brigitte birgit britta gabriela gabrielle
		hanna hannah heidi hilary hillary ingrid jane janet jean-marie jennifer jessica joanna johanna judith kamala karoline caroline
		kelly kerstin kim-marie linda lisa liz louise liis kadri kaja kersti magdalena magdalene melanie mette michelle nadia nancy nicole nicola
		olivia paula pauline penny petra rachel rebecca renata rita roberta ruth sabine sarah sara simone stefanie stella susan susanne suzanne
		teresa theresa therese ursula valentina valerie veronica veronika victoria viktoria virginia yvonne yvette zuzana dalia dalila dina
		fatima fatma aisha ayesha amina aminata awa khadija khadijah leila layla mona nadia noor nour rania reem salma samira sana shirin
		yasmin zainab zeynep aysha hina benazir sheikha hasina indira sushma nirmala priya pratibha sunita sujata lakshmi meenakshi
		ngozi grace mercy gladys beatrice agnes esther florence hope joy fadumo hinemoa jacinda nanaia retno megawati
		aung-san yingluck siti chandrika comfort oluwaseun-grace`)

	mensNames = setOf(`john james robert william david richard thomas charles george peter paul mark michael steven stephen andrew kenneth kevin brian
		edward ronald anthony donald matthew gary timothy jose juan luis carlos jorge miguel pedro manuel fernando francisco antonio rafael
		raul ricardo alejandro eduardo roberto sergio javier diego pablo tomas felipe gustavo hugo mario marco paolo giovanni giuseppe luca
		matteo alessandro lorenzo jean pierre jacques francois philippe henri louis emmanuel nicolas laurent gerard michel marcel
		hans karl heinz wolfgang klaus jurgen dieter stefan johannes friedrich otto helmut gerhard troels lars anders erik nils olaf jens
		ivan igor oleg vladimir sergei sergey dmitry dmitri alexei aleksei nikolai mikhail boris yuri viktor andrei anatoly vasily
		pavel petr jan jaroslav tomasz andrzej krzysztof piotr jerzy zoltan laszlo bela gabor istvan viktor ferenc milan dragan goran zoran
		aleksandar nikola marko ahmed ahmad mohammed muhammad mohamed mahmoud mustafa hassan hussein hussain ali omar umar osman
		ibrahim ismail khalid abdullah abdul yusuf youssef tariq karim salim samir faisal fahd recep tayyip mehmet hakan murat
		emre reza hamid amir majid javad nawaz imran shehbaz rajiv narendra manmohan arvind raj vikram sanjay anil
		kwame kofi emeka chinedu oluwaseun moussa mamadou amadou ousmane ibrahima joseph samuel daniel benjamin abraham isaac jacob
		hiroshi kenji takashi haruto shinzo taro yoshihide fumio joko prabowo anwar mahathir benigno rodrigo ferdinand`)
)

// sexOfName is > 0 for a woman's given name, < 0 for a man's, 0 for any other.
func sexOfName(given string) int {
	switch {
	case womensNames[given]:
		return 1
	case mensNames[given]:
		return -1
	}
	return 0
}
