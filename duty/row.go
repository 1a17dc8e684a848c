package duty

import (
	"strconv"
	"strings"
)

// Row is a pair as a row of a table. Lists of states are joined by blanks.
type Row struct {
	Day       string `json:"day" parquet:"day,dict"`
	Attacker  string `json:"attacker" parquet:"attacker,dict"`
	Attacked  string `json:"attacked" parquet:"attacked,dict"`
	NBound    int32  `json:"n_bound" parquet:"n_bound"`
	NDisputed int32  `json:"n_disputed" parquet:"n_disputed"`
	NOpen     int32  `json:"n_open" parquet:"n_open"`
	Bound     string `json:"bound" parquet:"bound,dict"`
	Disputed  string `json:"disputed" parquet:"disputed,dict"`
	Open      string `json:"open" parquet:"open,dict"`
	Joins     string `json:"joins" parquet:"joins,dict"`
}

// Columns name the fields of a row in order.
var Columns = []string{"day", "attacker", "attacked", "n_bound", "n_disputed", "n_open", "bound", "disputed", "open", "joins"}

// Empty reports whether nobody would have to help or join.
func (p Pair) Empty() bool { return len(p.Bound)+len(p.Disputed)+len(p.Open)+len(p.Joins) == 0 }

// Row writes the pair as a row.
func (p Pair) Row() Row {
	return Row{Day: p.Day.String(), Attacker: p.Attacker, Attacked: p.Attacked,
		NBound: int32(len(p.Bound)), NDisputed: int32(len(p.Disputed)), NOpen: int32(len(p.Open)),
		Bound: strings.Join(p.Bound, " "), Disputed: strings.Join(p.Disputed, " "), Open: strings.Join(p.Open, " "), Joins: strings.Join(p.Joins, " ")}
}

// Fields are the row's in the order of Columns.
func (r Row) Fields() []string {
	n := func(i int32) string { return strconv.Itoa(int(i)) }
	return []string{r.Day, r.Attacker, r.Attacked, n(r.NBound), n(r.NDisputed), n(r.NOpen), r.Bound, r.Disputed, r.Open, r.Joins}
}
