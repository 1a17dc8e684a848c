// Package fetch gets one page from the web for somebody who named its address.
//
// The address may come from a stranger, and the program may stand inside a
// network that trusts it. So only pages of the public internet are got: http and
// https at their own ports, without a user name in the address, and never from
// an address that is private, of this machine or reserved. That is decided on
// the address that is dialled, after names were resolved, and again after each
// redirect: a name that points inside gets no further than its look-up.
//
// The package follows no links, keeps no cookies, runs no scripts and uses no
// proxy. It does not read robots.txt: it acts for one reader and one page
// (docs/decisions/116-one-page-for-one-reader.md).
package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Errors that callers tell apart. What is wrapped around them says which
// address and why.
var (
	ErrAddress  = errors.New("it is no address of a page")            // scheme, port, user name
	ErrForbade  = errors.New("it is not on the public internet")      // private, loopback, reserved
	ErrStatus   = errors.New("the server did not send the page")      // any status but 200
	ErrTooLarge = errors.New("it is larger than the limit")           //
	ErrTooFar   = errors.New("it redirects too often")                //
	ErrTooSlow  = errors.New("the server took too long")              //
	ErrEncoded  = errors.New("it comes in an encoding not asked for") //
	ErrServer   = errors.New("its server could not be asked")         // no such name, no connection
)

// Limits that Client has where it does not say otherwise.
const (
	DefaultLimit   = 10 << 20         // bytes of a page, after unpacking
	DefaultTimeout = 30 * time.Second // for all of it, redirects included
	mostRedirects  = 5
	mostHeader     = 64 << 10
)

// agent names the program to the servers that it asks.
const agent = "Casus/0.1 (reads one page at a person's request)"

// Page is what a server sent.
type Page struct {
	URL     string // where it stood in the end, after redirects
	Charset string // as the server says; empty if it does not
	Body    []byte // unpacked
}

// Client gets pages. The zero value is ready, with the limits above. It is safe
// for concurrent use.
type Client struct {
	Limit   int64
	Timeout time.Duration

	// Allow says which addresses may be dialled; nil: Public at the ports 80 and
	// 443. Tests of a server on this machine set it; nothing else should.
	Allow func(netip.AddrPort) error
	// Resolve turns a name into addresses; nil: as the machine does.
	Resolve func(ctx context.Context, host string) ([]netip.Addr, error)
}

// Get gets the page at an address.
func (c *Client) Get(ctx context.Context, address string) (Page, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		// The parser's message quotes the address, and with it what a user name holds.
		return Page{}, fmt.Errorf("get a page: %w", ErrAddress)
	}
	page, err := c.get(ctx, u)
	if err != nil {
		return Page{}, fmt.Errorf("get %.200s: %w", u.Redacted(), err)
	}
	return page, nil
}

func (c *Client) get(ctx context.Context, u *url.URL) (Page, error) {
	if err := c.acceptable(u); err != nil {
		return Page{}, err
	}
	timeout := c.Timeout
	if timeout == 0 {
		timeout = DefaultTimeout
	}
	ctx, cancel := context.WithTimeoutCause(ctx, timeout, ErrTooSlow)
	defer cancel()
	transport := &http.Transport{
		DialContext: c.dial, DisableKeepAlives: true, MaxResponseHeaderBytes: mostHeader,
		TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: 15 * time.Second, ForceAttemptHTTP2: true,
	}
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, CheckRedirect: func(next *http.Request, before []*http.Request) error {
		if len(before) > mostRedirects {
			return ErrTooFar
		}
		return c.acceptable(next.URL)
	}}
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return Page{}, err
	}
	request.Header.Set("User-Agent", agent)
	request.Header.Set("Accept", "text/html, application/xhtml+xml, text/plain;q=0.9, application/json;q=0.8")
	answer, err := client.Do(request)
	if err != nil {
		return Page{}, cause(ctx, err)
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return Page{}, fmt.Errorf("%w: it answered %s", ErrStatus, answer.Status)
	}
	// What the transport unpacked has no such header any more.
	if e := answer.Header.Get("Content-Encoding"); e != "" && !strings.EqualFold(e, "identity") {
		return Page{}, fmt.Errorf("%w: %.40q", ErrEncoded, e)
	}
	limit := c.Limit
	if limit == 0 {
		limit = DefaultLimit
	}
	if answer.ContentLength > limit {
		return Page{}, fmt.Errorf("%w of %d bytes: it has %d", ErrTooLarge, limit, answer.ContentLength)
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, limit+1))
	if err != nil {
		return Page{}, cause(ctx, err)
	}
	if int64(len(body)) > limit {
		return Page{}, fmt.Errorf("%w of %d bytes", ErrTooLarge, limit)
	}
	_, parameters, _ := mime.ParseMediaType(answer.Header.Get("Content-Type")) // a wrong one says nothing
	return Page{URL: answer.Request.URL.String(), Charset: parameters["charset"], Body: body}, nil
}

// cause is why a request failed, without the address, which stands around it.
func cause(ctx context.Context, err error) error {
	if c := context.Cause(ctx); c != nil {
		return c
	}
	var dial *net.OpError
	if errors.As(err, &dial) && (errors.Is(dial.Err, ErrForbade) || errors.Is(dial.Err, ErrAddress)) {
		return dial.Err // not dialled at all
	}
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	var slow net.Error
	switch {
	case errors.Is(err, ErrAddress), errors.Is(err, ErrTooFar):
		return err
	case errors.As(err, &slow) && slow.Timeout():
		return ErrTooSlow
	}
	return fmt.Errorf("%w: %w", ErrServer, err)
}

// acceptable judges an address before it is resolved.
func (c *Client) acceptable(u *url.URL) error {
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return fmt.Errorf("%w: it begins with neither http:// nor https://", ErrAddress)
	case u.User != nil:
		return fmt.Errorf("%w: it holds a user name", ErrAddress)
	case u.Hostname() == "":
		return fmt.Errorf("%w: it names no server", ErrAddress)
	}
	return nil
}

// dial connects to a server whose address was found to be allowed. The check
// stands in Control, which sees what is dialled in fact.
func (c *Client) dial(ctx context.Context, network, address string) (net.Conn, error) {
	allow := c.Allow
	if allow == nil {
		allow = public
	}
	d := net.Dialer{Timeout: 10 * time.Second, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return fmt.Errorf("%w: %q", ErrForbade, address)
		}
		return allow(to)
	}}
	if c.Resolve == nil {
		return d.DialContext(ctx, network, address)
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	found, err := c.Resolve(ctx, host)
	if err != nil {
		return nil, err
	}
	err = fmt.Errorf("%s has no address", host)
	for _, ip := range found {
		var conn net.Conn
		if conn, err = d.DialContext(ctx, network, net.JoinHostPort(ip.String(), port)); err == nil {
			return conn, nil
		}
	}
	return nil, err
}

func public(to netip.AddrPort) error {
	if to.Port() != 80 && to.Port() != 443 {
		return fmt.Errorf("%w: pages stand at the ports 80 and 443, not %d", ErrAddress, to.Port())
	}
	if !Public(to.Addr()) {
		return fmt.Errorf("%w: its server is at %s", ErrForbade, to.Addr())
	}
	return nil
}

// reserved are the networks inside what would else be public that lead nowhere,
// back inside, or to the machines of a provider.
// Source: the IANA registries of special-purpose addresses; RFC 6890 and its
// successors. 168.63.129.16 is how machines at Azure reach their host.
var reserved = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
	"2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
)

// unicast is the part of IPv6 from which public addresses are given. All else is
// private, link-local, multicast, mapped, translated or not given out.
var unicast = netip.MustParsePrefix("2000::/3")

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, p := range list {
		out[i] = netip.MustParsePrefix(p)
	}
	return out
}

// Public reports whether an address belongs to a machine on the public internet.
func Public(a netip.Addr) bool {
	if !a.IsValid() || a.Zone() != "" {
		return false
	}
	a = a.Unmap()
	if a.Is6() && !unicast.Contains(a) {
		return false
	}
	return !slices.ContainsFunc(reserved, func(p netip.Prefix) bool { return p.Contains(a) })
}
