package main

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"strings"

	"github.com/casus-foederis/casus/report"
	"github.com/casus-foederis/casus/report/fetch"
)

// isAddress reports whether an argument names a page on the web, not a file.
func isAddress(s string) bool {
	return strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://")
}

// got yields the report at an address.
func got(ctx context.Context, address string, opts report.Options) iter.Seq2[*report.Report, error] {
	return func(yield func(*report.Report, error) bool) {
		client := fetch.Client{Limit: opts.Limit}
		page, err := client.Get(ctx, address)
		if err != nil {
			yield(nil, err)
			return
		}
		opts.Name, opts.URL, opts.Charset = page.URL, page.URL, page.Charset
		for rep, err := range report.All(bytes.NewReader(page.Body), opts) {
			if !yield(rep, err) {
				return
			}
		}
	}
}

// fetchHint says what to do where a page could not be got; empty if err is no
// such error.
func fetchHint(err error) string {
	switch {
	case errors.Is(err, fetch.ErrForbade):
		return "only pages of the public internet are read by address; save the page and read the file"
	case errors.Is(err, fetch.ErrAddress):
		return "an address is like https://example.org/news/page.html"
	case errors.Is(err, fetch.ErrTooLarge):
		return "raise the limit with --limit BYTES"
	case errors.Is(err, fetch.ErrStatus), errors.Is(err, fetch.ErrTooFar), errors.Is(err, fetch.ErrTooSlow), errors.Is(err, fetch.ErrEncoded), errors.Is(err, fetch.ErrServer):
		return "open the page in a browser, save it and read the file"
	}
	return ""
}
