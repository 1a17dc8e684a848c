package main

// studyCommand holds what measures and tabulates.
type studyCommand struct {
	Plv plvCommand `cmd:"" help:"Read sentences with marked acts, for a scorer of acts."`
}
