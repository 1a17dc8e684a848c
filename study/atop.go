package study

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/casus-foederis/casus/day"
)

// Obligation is one of the five obligations that ATOP codes for an alliance.
type Obligation uint8

// The obligations, in the order of ATOP's variables.
const (
	Defense Obligation = iota
	Offense
	Neutrality
	Nonaggression
	Consultation
	obligations
)

var obligationColumns = [obligations]string{"defense", "offense", "neutral", "nonagg", "consul"}

func (o Obligation) String() string {
	return [obligations]string{"defense", "offense", "neutrality", "nonaggression", "consultation"}[o]
}

// Obligations is a set of obligations.
type Obligations uint8

// Has reports whether o is in the set.
func (s Obligations) Has(o Obligation) bool { return s&(1<<o) != 0 }

// With returns the set and o.
func (s Obligations) With(o Obligation) Obligations { return s | 1<<o }

// Membership is one line of ATOP's member-level data: one state in one
// alliance, or in one phase of it.
type Membership struct {
	Alliance    int // ATOPID
	Member      int // COW number
	Entry, Exit Moment
	Obligations Obligations
	Codes       map[string]int // every further variable that is coded, by ATOP's name
	Line        int
}

// Moment is a date as finely as ATOP gives it; Month and Day are 0 if not
// coded. The zero Moment stands for "not ended when the data were made".
type Moment struct{ Year, Month, Day int }

// IsZero reports whether no year is coded.
func (m Moment) IsZero() bool { return m.Year == 0 }

func (m Moment) compare(n Moment) int {
	return cmp.Or(cmp.Compare(m.Year, n.Year), cmp.Compare(m.Month, n.Month), cmp.Compare(m.Day, n.Day))
}

// Bound is the moment as a bound of a span of days.
func (m Moment) Bound() day.Bound {
	s := fmt.Sprintf("%04d", m.Year)
	if m.Month > 0 {
		s += fmt.Sprintf("-%02d", m.Month)
		if m.Day > 0 {
			s += fmt.Sprintf("-%02d", m.Day)
		}
	}
	b, err := day.ParseBound(s)
	if err != nil {
		return day.Bound{}
	}
	return b
}

// Memberships reads ATOP's member-level file (atop5_0m.csv or a later one) from
// a folder with the user's own copy. Every damaged line is named in the error.
func Memberships(dir string) ([]Membership, error) {
	path, err := memberFile(dir)
	if err != nil {
		return nil, err
	}
	var out []Membership
	var wrong []error
	err = table(path, []string{"atopid", "member", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit"}, func(line int, get func(string) string) {
		m := Membership{Line: line, Codes: map[string]int{}}
		number := func(column string) int {
			n, err := atopNumber(get(column))
			if err != nil {
				wrong = append(wrong, fmt.Errorf("%s:%d: %s: %w", path, line, column, err))
			}
			return n
		}
		m.Alliance, m.Member = number("atopid"), number("member")
		m.Entry = Moment{number("yrent"), number("moent"), number("dayent")}
		m.Exit = Moment{number("yrexit"), number("moexit"), number("dayexit")}
		for o, column := range obligationColumns {
			if get(column) == "1" {
				m.Obligations = m.Obligations.With(Obligation(o))
			}
		}
		for _, column := range conditionColumns {
			if n, err := strconv.Atoi(get(column)); err == nil {
				m.Codes[column] = n
			}
		}
		out = append(out, m)
	})
	return out, errors.Join(append(wrong, err)...)
}

// conditionColumns are the variables of ATOP 5.0's member file that limit or
// shape the obligations. Source: ATOP codebook 5.0.
var conditionColumns = []string{
	"bilat", "wartime", "pubsecr", "secrart", "phase", "conditio",
	"defcon", "defcoadv", "defcoloc", "defcocon", "defconum", "defcodem", "defconpr",
	"offcon", "offcoadv", "offcoloc", "offcocon", "offconum", "offcodem",
	"neucon", "neucoadv", "neucoloc", "neucocon", "neuconum", "neucodem", "neuconpr", "neucoatt",
	"concon", "concoadv", "concoloc", "concocon", "concoreq",
	"olimob", "asymm", "obvary", "notaiden", "specthrt", "statthr1", "statthr2", "conwtin",
	"milaid", "intcom", "base", "ecaid", "active",
}

func memberFile(dir string) (string, error) {
	found, err := filepath.Glob(filepath.Join(dir, "atop*m.csv"))
	if err != nil {
		return "", fmt.Errorf("look for ATOP's member file in %s: %w", dir, err)
	}
	if len(found) == 0 {
		return "", fmt.Errorf("look for ATOP's member file: %s holds no atop*m.csv", dir)
	}
	slices.Sort(found)
	return found[len(found)-1], nil
}

// atopNumber reads a coded number; an empty cell is 0.
func atopNumber(s string) (int, error) {
	if s == "" || s == "NA" {
		return 0, nil
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0, fmt.Errorf("%q is not a number", s)
	}
	return n, nil
}

// table calls row for each line of a CSV file that has the named columns.
func table(path string, columns []string, row func(line int, get func(string) string)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return tableFrom(path, f, columns, row)
}

func tableFrom(path string, in io.Reader, columns []string, row func(line int, get func(string) string)) error {
	r := csv.NewReader(in)
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	head, err := r.Read()
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	at := map[string]int{}
	for i, name := range head {
		at[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))] = i
	}
	var missing []string
	for _, c := range columns {
		if _, ok := at[c]; !ok {
			missing = append(missing, c)
		}
	}
	if len(missing) > 0 {
		return fmt.Errorf("read %s: it lacks the columns %s", path, strings.Join(missing, ", "))
	}
	for {
		record, err := r.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		line, _ := r.FieldPos(0)
		row(line, func(column string) string {
			i, ok := at[column]
			if !ok || i >= len(record) {
				return ""
			}
			return strings.TrimSpace(record[i])
		})
	}
}
