package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/duty"
	"github.com/casus-foederis/casus/reading"
	"github.com/casus-foederis/casus/record"
	"github.com/casus-foederis/casus/web"
)

type serveCommand struct {
	Addr      string `default:"127.0.0.1:8317" placeholder:"HOST:PORT" help:"Where to listen; port 0 takes a free one."`
	Store     string `placeholder:"PATH" env:"CASUS_STORE" help:"The record to show and to keep reports in, as for casus record."`
	TokenFile string `type:"existingfile" placeholder:"FILE" help:"File with the token that every request must carry. Needed to listen beyond this machine."`
}

// Help is the manual page.
func (serveCommand) Help() string {
	return `Serves the pages and the API from this program alone: nothing is loaded from elsewhere.

Pages: ask who is bound (a map, a network, answers with derivations), read a report, instruments,
states. API: GET /api/who?by=USA&attacks=PRK&on=2025-01-10, POST /api/read.

Listening beyond this machine needs --token-file; browsers are asked for it as a password,
programs send "Authorization: Bearer TOKEN".`
}

func (c serveCommand) Run(ctx context.Context, env environment) error {
	token, err := c.token()
	if err != nil {
		return err
	}
	checker, err := newChecker()
	if err != nil {
		return err
	}
	reader, err := reading.New()
	if err != nil {
		return err
	}
	past, err := duty.ReadRecord(corpus.Files())
	if err != nil {
		return fmt.Errorf("load the acts of the past: %w", err)
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
	handler, err := web.New(web.Options{
		Reader: reader, Checker: checker, Past: past, Store: store, Now: time.Now, Token: token,
	})
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Addr)
	if err != nil {
		return withHint(fmt.Errorf("serve: %w", err), "another program may listen there; --addr 127.0.0.1:0 takes a free port")
	}
	fmt.Fprintf(env.err, "casus serves http://%s (stop with Ctrl-C)\n", listener.Addr())
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute, WriteTimeout: 2 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	finish, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return server.Shutdown(finish)
}

// token reads the token file and refuses to listen to strangers without one.
func (c serveCommand) token() (string, error) {
	if c.TokenFile != "" {
		b, err := os.ReadFile(c.TokenFile)
		if err != nil {
			return "", fmt.Errorf("read the token: %w", err)
		}
		token := strings.TrimSpace(string(b))
		const shortest = 16
		if len(token) < shortest {
			return "", withHint(fmt.Errorf("read the token: %s holds fewer than %d characters", c.TokenFile, shortest), "head -c 24 /dev/urandom | base64 > %s", c.TokenFile)
		}
		return token, nil
	}
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return "", withHint(fmt.Errorf("serve: %w", err), "an address is HOST:PORT, for example 127.0.0.1:8317")
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return "", withHint(errors.New("serve: listening beyond this machine needs a token"), "casus serve --addr %s --token-file FILE", c.Addr)
	}
	return "", nil
}
