package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"runtime/debug"
	"slices"
	"time"

	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/web"
	"github.com/casus-foederis/casus/web/guard"
	"github.com/casus-foederis/casus/web/job"
)

type serveCommand struct {
	Addr      string   `default:"127.0.0.1:8317" placeholder:"HOST:PORT" help:"Where to listen; port 0 takes a free one."`
	Store     string   `placeholder:"PATH" env:"CASUS_STORE" help:"The record to show and to keep reports in, as for casus record."`
	Jobs      string   `placeholder:"DIR" help:"Folder in which batches sent to the API wait; what was not read to its end is taken up again when the server starts. By default PATH.jobs beside a store that is a file."`
	TokenFile string   `placeholder:"FILE" help:"File of tokens, one a line: TOKEN ROLE NAME. Needed to listen beyond this machine."`
	Host      []string `placeholder:"NAME" help:"A name under which the server may be asked; repeat for several. Without tokens, names of this machine only."`
	Rate      float64  `default:"50" help:"Requests a second that each token may send; 0 for any number."`
	Memory    int64    `default:"340" placeholder:"MIB" help:"About how much memory to take; GOMEMLIMIT overrides it."`
	TLSCert   string   `name:"tls-cert" type:"existingfile" placeholder:"FILE" help:"Certificate (PEM), to serve https."`
	TLSKey    string   `name:"tls-key" type:"existingfile" placeholder:"FILE" help:"Its key (PEM)."`
}

// Help is the manual page.
func (serveCommand) Help() string {
	return `Serves the pages and the API from this program alone: nothing is loaded from elsewhere.
The API describes itself at /api/openapi.json; docs/format/api.md has examples.

Listening beyond this machine needs --token-file. Each line of the file is TOKEN ROLE NAME:
ROLE is read, write (read, and add reports), review (read, and decide in the review queue), all,
or several joined by commas; NAME is under which decisions are kept. A file of one bare token
gives all roles. Browsers log in with their token once; programs send "Authorization: Bearer TOKEN".

Tokens travel as they are: serve https (--tls-cert, --tls-key), or stand behind a server that does.`
}

func (c serveCommand) Run(ctx context.Context, env environment) error {
	keys, err := c.keys()
	if err != nil {
		return err
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return withHint(errors.New("serve: a certificate and its key belong together"), "give both --tls-cert and --tls-key")
	}
	checker, err := newChecker()
	if err != nil {
		return err
	}
	reader, err := reading.New()
	if err != nil {
		return err
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		// Soft: the collector works harder before the server grows beyond it. The
		// program itself and the pages that SQLite keeps lie outside of its heap.
		const outside, least = 120, 150
		debug.SetMemoryLimit(max(c.Memory-outside, least) << 20)
	}
	cases, past, err := duty.ReadCases(corpus.Files())
	if err != nil {
		return fmt.Errorf("load the cases and the acts of the past: %w", err)
	}
	at, err := recordCommand{Store: c.Store}.location()
	if err != nil {
		return err
	}
	store, err := record.Open(ctx, at, record.Options{Create: true})
	if err != nil {
		return err
	}
	defer store.Close()
	if _, err := os.Stat(at); err == nil && c.Jobs == "" { // a store that is a file
		c.Jobs = at + ".jobs"
	}
	handler, err := web.New(web.Options{
		Jobs:   c.Jobs,
		Reader: reader, Checker: checker, Past: past, Cases: cases, Store: store, Now: time.Now, Keys: keys, Hosts: c.hosts(keys), Rate: c.Rate, Release: release,
	})
	switch {
	case errors.Is(err, job.ErrInUse):
		return withHint(fmt.Errorf("serve: %w", err), "another server keeps this store; give this one a folder of its own with --jobs DIR")
	case err != nil:
		return err
	}
	defer handler.Close()
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return withHint(fmt.Errorf("serve: %w", err), "another program may listen there; --addr 127.0.0.1:0 takes a free port")
	}
	scheme := "http"
	if c.TLSCert != "" {
		scheme = "https"
	}
	fmt.Fprintf(env.err, "casus serves %s://%s (stop with Ctrl-C)\n", scheme, listener.Addr())
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	server.RegisterOnShutdown(func() { handler.Close() }) // who follows a job would hold the server up
	failed := make(chan error, 1)
	go func() {
		if c.TLSCert != "" {
			failed <- server.ServeTLS(listener, c.TLSCert, c.TLSKey)
			return
		}
		failed <- server.Serve(listener)
	}()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return server.Shutdown(finish)
}

// hosts are the names that were given; without tokens also the address at
// which the server listens, which is one of this machine.
func (c serveCommand) hosts(keys *guard.Keys) []string {
	host, _, err := net.SplitHostPort(c.Addr)
	if keys != nil || err != nil {
		return c.Host
	}
	return append(slices.Clone(c.Host), host)
}

// keys reads the token file and refuses to listen to strangers without one.
func (c serveCommand) keys() (*guard.Keys, error) {
	if c.TokenFile != "" {
		keys, err := guard.ReadKeys(c.TokenFile)
		switch {
		case errors.Is(err, guard.ErrReadable):
			return nil, withHint(err, "chmod 600 %s", c.TokenFile)
		case errors.Is(err, fs.ErrNotExist):
			return nil, withHint(err, "(umask 077; echo \"$(head -c 24 /dev/urandom | base64) all $USER\" > %s)", c.TokenFile)
		case err != nil:
			return nil, withHint(err, "one token a line: TOKEN ROLE NAME; head -c 24 /dev/urandom | base64 makes a token")
		}
		return keys, nil
	}
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return nil, withHint(fmt.Errorf("serve: %w", err), "an address is HOST:PORT, for example 127.0.0.1:8317")
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, withHint(errors.New("serve: listening beyond this machine needs a token"), "casus serve --addr %s --token-file FILE", c.Addr)
	}
	return nil, nil
}
