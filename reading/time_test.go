package reading

import "testing"

func TestTimes(t *testing.T) {
	const published = "2024-06-19" // a Wednesday
	for _, c := range []struct{ text, words, value, from, to string }{
		{"They met on June 18, 2024.", "June 18, 2024", "2024-06-18", "2024-06-18", "2024-06-19"},
		{"They met on 18 June.", "18 June", "2024-06-18", "2024-06-18", "2024-06-19"},
		{"They met on Tuesday.", "Tuesday", "2024-06-18", "2024-06-18", "2024-06-19"},
		{"They will meet on Friday.", "Friday", "2024-06-21", "2024-06-21", "2024-06-22"},
		{"They met in March.", "March", "2024-03", "2024-03-01", "2024-04-01"},
		{"They met in November.", "November", "2023-11", "2023-11-01", "2023-12-01"},
		{"They will vote in November.", "November", "2024-11", "2024-11-01", "2024-12-01"},
		{"They met yesterday.", "yesterday", "2024-06-18", "2024-06-18", "2024-06-19"},
		{"They met last year.", "last year", "2023", "2023-01-01", "2024-01-01"},
		{"They met last week.", "last week", "", "2024-06-10", "2024-06-17"},
		{"They met last summer.", "last summer", "", "2023-06-01", "2023-09-01"},
		{"The pact was signed 75 years ago.", "75 years ago", "1949", "1949-01-01", "1950-01-01"},
		{"The pact was signed seventy-five years ago today.", "seventy-five years ago today", "1949-06-19", "1949-06-19", "1949-06-20"},
		{"The war began in 1950. Three years later it ended.", "Three years later", "1953", "1953-01-01", "1954-01-01"},
		{"They met in 2001 and again the following year.", "the following year", "2002", "2002-01-01", "2003-01-01"},
		{"It has been at war since 2022.", "2022", "2022", "2022-01-01", "2023-01-01"},
		{"It was built in the 1960s.", "the 1960s", "1960s", "1960-01-01", "1970-01-01"},
		{"They must consult within 72 hours.", "72 hours", "PT72H", "", ""},
		{"The term is thirty years.", "thirty years", "P30Y", "", ""},
		{"They meet every six months.", "every six months", "", "", ""},
		{"They are to meet on Friday.", "Friday", "2024-06-21", "2024-06-21", "2024-06-22"},
		{"The talks are to run from June 3.", "June 3", "2024-06-03", "2024-06-03", "2024-06-04"},
		{"[Ten] years ago they met.", "[Ten] years ago", "2014", "2014-01-01", "2015-01-01"},
		{"They met on 3 May 2020 and signed the next day.", "the next day", "2020-05-04", "2020-05-04", "2020-05-05"},
		{"It was read at the Copa 2018 day five.", "2018", "2018", "2018-01-01", "2019-01-01"},
		{"They met on June 18-20.", "June 18-20", "", "2024-06-18", "2024-06-21"},
		{"They met from 3 to 5 May.", "3 to 5 May", "", "2024-05-03", "2024-05-06"},
		{"They met from 30 April to 2 May 2023.", "30 April", "2023-04-30", "2023-04-30", "2023-05-01"},
		{"It was left in January, 1924.", "January, 1924", "1924-01", "1924-01-01", "1924-02-01"},
		{"It dates from the early 1990s.", "the early 1990s", "1990s", "1990-01-01", "1994-01-01"},
		{"They met in late January.", "late January", "2024-01", "2024-01-21", "2024-02-01"},
		{"They met in mid-June.", "mid-June", "2024-06", "2024-06-11", "2024-06-21"},
		{"They met at the end of 2022.", "the end of 2022", "2022", "2022-10-01", "2023-01-01"},
		{"Trade grew in the first half of 2023.", "the first half of 2023", "2023", "2023-01-01", "2023-07-01"},
		{"Prices fell in 2014-15.", "2014-15", "", "2014-01-01", "2016-01-01"},
		{"They met in the winter of 1943-44.", "winter of 1943-44", "", "1943-12-01", "1944-03-01"},
		{"They met the Friday before last.", "the Friday before last", "2024-06-07", "2024-06-07", "2024-06-08"},
		{"It ends the year after next.", "the year after next", "2026", "2026-01-01", "2027-01-01"},
		{"Half a century ago they fought.", "Half a century ago", "1974", "1974-01-01", "1975-01-01"},
		{"They will sign by year end.", "year end", "2024-12-31", "2024-12-31", "2025-01-01"},
		{"They stopped on Christmas Day.", "Christmas Day", "2023-12-25", "2023-12-25", "2023-12-26"},
		{"Talks were held on the sixth of May.", "the sixth of May", "2024-05-06", "2024-05-06", "2024-05-07"},
		{"It was signed on the 9th instant.", "the 9th instant", "2024-06-09", "2024-06-09", "2024-06-10"},
		{"The envoy arrives on Friday.", "Friday", "2024-06-21", "2024-06-21", "2024-06-22"},
		{"I came on 12 June 2024, the opening night. It rained on the opening night.", "the opening night", "2024-06-12", "2024-06-12", "2024-06-13"},
	} {
		d := readText(t, published, c.text)
		ok := false
		for _, x := range d.Times {
			ok = ok || x.Span.Of(d.Text) == c.words && x.Value == c.value && x.From == c.from && x.To == c.to
		}
		if !ok {
			t.Errorf("%q: want %q as %q [%s, %s), read %+v", c.text, c.words, c.value, c.from, c.to, d.Times)
		}
	}
}

func TestNoTimes(t *testing.T) {
	for _, text := range []string{
		"They may meet again.", "Troops march on.", "It was his second visit.", "Some 2000 troops crossed.",
		"The Sunday Times wrote about it.", "Russia Today showed it.",
	} {
		if d := readText(t, "2024-06-19", text); len(d.Times) > 0 {
			t.Errorf("%q: read %+v", text, d.Times)
		}
	}
}

// Without a day of publication only what stands in the calendar is settled.
func TestTimesWithoutPublication(t *testing.T) {
	d := readText(t, "", "They met yesterday, and in May 2019, and five years ago.")
	for _, x := range d.Times {
		if words := x.Span.Of(d.Text); (x.From != "") != (words == "May 2019") {
			t.Errorf("%q is settled as %q", words, x.From)
		}
	}
}
