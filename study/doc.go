// Package study makes tables for research: alliance dyads, the world table of
// who would be bound, agreement between codings, reliability of alliances.
//
// Data sets that others made are read from the user's own copies; none is part
// of the program. Correlates of War alliance data are not read: their
// maintainers ask that software not facilitate their use.
package study
