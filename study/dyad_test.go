package study

import "testing"

func TestDyadYears(t *testing.T) {
	defense := Obligations(0).With(Defense)
	members := []Membership{
		{Alliance: 1, Member: 200, Entry: Moment{1900, 3, 1}, Exit: Moment{1902, 6, 30}, Obligations: defense},
		{Alliance: 1, Member: 220, Entry: Moment{1901, 1, 1}, Obligations: Obligations(0).With(Consultation)},
		{Alliance: 1, Member: 255, Entry: Moment{1902, 7, 1}}, // comes the day after 200 left
		{Alliance: 2, Member: 255, Entry: Moment{1902, 1, 1}, Exit: Moment{1902, 2, 1}},
	}
	got := DyadYears(members, 1816, 1903)
	want := []DyadYear{
		{200, 220, 1901, defense}, {200, 220, 1902, defense},
		{220, 200, 1901, 1 << Consultation}, {220, 200, 1902, 1 << Consultation},
		{220, 255, 1902, 1 << Consultation}, {220, 255, 1903, 1 << Consultation},
		{255, 220, 1902, 0}, {255, 220, 1903, 0},
	}
	if len(got) != len(want) {
		t.Fatalf("got %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("row %d: got %v, want %v", i, got[i], want[i])
		}
	}
	c := CompareDyadYears(got, append(want[1:], DyadYear{2, 20, 1940, defense}))
	if c.Common != 7 || c.Same != 7 || len(c.Extra) != 1 || len(c.Missing) != 1 {
		t.Errorf("comparison: %+v", c)
	}
}
