package main

// studyCommand holds what measures and tabulates.
type studyCommand struct {
	Invoked     invokedCommand     `cmd:"" help:"Judge in which wars which alliances had to act."`
	Reliability reliabilityCommand `cmd:"" help:"Print how many invoked commitments were honoured."`
	Dyads       dyadsCommand       `cmd:"" help:"Lay alliance members out as directed dyad-years, or compare with a published table."`
	Plv         plvCommand         `cmd:"" help:"Read sentences with marked acts, for a scorer of acts."`
	FalseActs   studyFalseActs     `cmd:"" help:"Count acts found in texts that are no news."`
	Times       studyTimes         `cmd:"" help:"Measure expressions of time against the date marks of GUM."`
	Mentions    studyMentions      `cmd:"" help:"Measure names and phrases against the marked entities of re3d."`
}
