package guard

import (
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// mostBuckets bounds the memory that strangers can make a server use.
const mostBuckets = 10_000

// limits is a bucket of tokens for each of many.
type limits struct {
	each  rate.Limit
	burst int
	now   func() time.Time

	mu      sync.Mutex
	buckets map[string]*rate.Limiter
}

func newLimits(perSecond float64, burst int, now func() time.Time) *limits {
	return &limits{each: rate.Limit(perSecond), burst: burst, now: now, buckets: map[string]*rate.Limiter{}}
}

// allow takes one from the bucket of who, and reports whether it held one.
func (l *limits) allow(who string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	b := l.buckets[who]
	if b == nil {
		if len(l.buckets) >= mostBuckets {
			l.forget(now)
		}
		b = rate.NewLimiter(l.each, l.burst)
		l.buckets[who] = b
	}
	return b.AllowN(now, 1)
}

// full reports whether who has used up its bucket, without taking from it.
func (l *limits) full(who string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.buckets[who]
	return b != nil && b.TokensAt(l.now()) < 1
}

// forget drops buckets that have filled again, which are as good as new; if
// none has, all.
func (l *limits) forget(now time.Time) {
	before := len(l.buckets)
	for who, b := range l.buckets {
		if b.TokensAt(now) >= float64(l.burst) {
			delete(l.buckets, who)
		}
	}
	if len(l.buckets) == before {
		clear(l.buckets)
	}
}

// pause is after how many seconds a bucket holds one again.
func (l *limits) pause() string {
	return strconv.Itoa(max(1, int(math.Ceil(1/float64(l.each)))))
}

// address is from where a request comes. A network of IPv6 counts as one: who
// has one address of it has all.
func address(r *http.Request) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	ip := at.Addr().Unmap().WithZone("")
	if ip.Is6() {
		if net, err := ip.Prefix(64); err == nil {
			return net.String()
		}
	}
	return ip.String()
}
