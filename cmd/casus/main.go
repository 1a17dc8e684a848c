// Command casus reads reports into attributed records, keeps the world's
// treaties as executable commitments, and answers who is bound when one state
// attacks another. This package holds flags and printing only.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// commands is the command line. Each command stands in a file of its own name.
type commands struct {
	Read        readCommand        `cmd:"" help:"Read reports: who said, did and promised what."`
	Check       checkCommand       `cmd:"" help:"Hold the claims of reports against the record of treaties, members, borders and offices."`
	Parse       parseCommand       `cmd:"" help:"Print the sentences, words and dependency trees of a text."`
	Model       modelCommand       `cmd:"" help:"Train, measure and describe language models."`
	Study       studyCommand       `cmd:"" help:"Measure and tabulate for research."`
	Atop        atopCommand        `cmd:"" help:"Compare the corpus with your copy of ATOP."`
	Who         whoCommand         `cmd:"" help:"Print who is bound when one state attacks another on a day."`
	Corpus      corpusCommand      `cmd:"" help:"List, show, check and test the treaties and their cases."`
	Commitments commitmentsCommand `cmd:"" help:"Print what a state owes and is owed on a day."`
	Changed     changedCommand     `cmd:"" help:"Print what an instrument's entry into force changed."`
	Conflicts   conflictsCommand   `cmd:"" help:"Print the duties of a day that cannot both be performed."`
	World       worldCommand       `cmd:"" help:"Tabulate who would have to help whom, for every pair of states."`
	Record      recordCommand      `cmd:"" help:"Store reports, and find what was said, done and agreed."`
	Happening   happeningCommand   `cmd:"" help:"Bring together what several reports tell of one act."`
	Review      reviewCommand      `cmd:"" help:"Decide on the drafts of instruments that reports speak of."`
	Serve       serveCommand       `cmd:"" help:"Serve the pages and the API from this program."`
	Actor       actorCommand       `cmd:"" help:"Print what a name means on a day; compare the table of actors."`
	Version     versionCommand     `cmd:"" help:"Print the versions of the program, its corpus and its models."`
}

// environment is what a command may touch outside its flags.
type environment struct {
	in       io.Reader
	out, err io.Writer
}

// hinted is an error with a line that tells the user what to do about it.
type hinted struct {
	error
	hint string
}

func (h hinted) Unwrap() error { return h.error }

// withHint adds a hint for people to err.
func withHint(err error, format string, args ...any) error {
	return hinted{err, fmt.Sprintf(format, args...)}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], environment{os.Stdin, os.Stdout, os.Stderr})
	stop()
	os.Exit(code)
}

// run executes one command line and returns the exit status: 0 done, 1 failed,
// 2 wrong usage, 130 interrupted.
func run(ctx context.Context, args []string, env environment) int {
	var c commands
	exited := -1
	parser, err := kong.New(&c,
		kong.Name("casus"),
		kong.Description("Reads reports on treaties, alliances and war, and answers who is bound to act."),
		kong.UsageOnError(),
		kong.Writers(env.out, env.err),
		kong.Exit(func(code int) { exited = code }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(env),
	)
	if err != nil {
		fmt.Fprintln(env.err, "casus:", err)
		return 1
	}
	call, err := parser.Parse(args)
	if exited >= 0 { // --help
		return exited
	}
	if err != nil {
		fmt.Fprintln(env.err, "casus:", err)
		fmt.Fprintln(env.err, "hint: casus --help lists the commands; casus COMMAND --help explains one")
		return 2
	}
	err = call.Run()
	if err == nil {
		return 0
	}
	if errors.Is(err, context.Canceled) {
		fmt.Fprintln(env.err, "casus: interrupted")
		return 130
	}
	fmt.Fprintln(env.err, "casus:", inert(err.Error()))
	var h hinted
	if errors.As(err, &h) {
		fmt.Fprintln(env.err, "hint:", h.hint)
	}
	return 1
}
