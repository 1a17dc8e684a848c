// Package web serves the pages and the API of Casus from the binary.
//
// Pages are written by the server and work without scripts; a small script of
// ours makes them better. Nothing is loaded from elsewhere. The package only
// calls: it reads no report and evaluates no norm by itself.
package web
