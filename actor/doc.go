// Package actor knows who acts between states: the states of the world since
// 1816, organisations, armed groups, unrecognised polities, outlets, offices and
// the people who held them; and what a name means on a day.
//
// [World] is the table that ships with the program. It is read once and never
// changes. [Table.Resolve] says what a name may mean, [Table.Scan] finds all
// names in a sequence of tokens in one pass, [Table.Holders] says who held an
// office on a day.
//
// A name outside the table has no meaning here; nothing is guessed. The package
// does not decide between meanings (that needs a text) and does not know what
// anybody did or said.
package actor
