package web

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/casus-foederis/casus/day"
	"github.com/casus-foederis/casus/happening"
	"github.com/casus-foederis/casus/record"
)

// answers keeps what was found in the record under its mark, so that what many
// ask is looked up once as long as the record does not change. Who asks while it
// is being looked up waits for it. The zero value is ready; it is safe for
// concurrent use.
type answers struct {
	mu    sync.Mutex
	byKey map[string]*answer
	order []*answer // the oldest first
	sizes int
}

type answer struct {
	key   string
	size  int
	done  chan struct{} // closed when value and err are set
	value any
	err   error
}

// keptAnswers is how much is kept, in units that callers give: about kilobytes.
const keptAnswers = 12_000

// recorded returns what look finds in the record, or found under the same key
// since the record last changed. Size says how large a value is, in kilobytes.
// What is kept is shared: nobody may change it.
func recorded[V any](ctx context.Context, s *Server, key string, size func(V) int, look func(context.Context) (V, error)) (V, error) {
	var none V
	mark, err := s.store.Mark(ctx)
	if err != nil {
		return none, err
	}
	a, mine := s.found.claim(mark + " " + key)
	if mine {
		// Others may wait for it: it does not end with whoever asked first.
		go s.found.look(a, func() (any, int, error) {
			v, err := look(context.WithoutCancel(ctx))
			if err != nil {
				return nil, 0, err
			}
			return v, 1 + size(v), nil
		})
	}
	select {
	case <-a.done:
	case <-ctx.Done():
		return none, ctx.Err()
	}
	v, _ := a.value.(V)
	return v, a.err
}

// keyOf names a question: its kind and what is asked.
func keyOf(kind string, asked ...any) string {
	b, err := json.Marshal(asked)
	if err != nil {
		panic(err) // questions are made of strings and days
	}
	return kind + string(b)
}

func (s *Server) tally(ctx context.Context, q record.Query, by record.Axis) ([]record.Tallied, error) {
	return recorded(ctx, s, keyOf("tally", q, by), func(v []record.Tallied) int { return len(v) / 20 }, func(ctx context.Context) ([]record.Tallied, error) {
		return s.store.Tally(ctx, q, by)
	})
}

// accounts gathers the accounts of an act.
func (s *Server) accounts(ctx context.Context, ref string, known *day.Day) (happening.Happening, error) {
	return recorded(ctx, s, keyOf("act", ref, known), func(h happening.Happening) int { return len(h.Accounts) + len(h.Only) }, func(ctx context.Context) (happening.Happening, error) {
		done, err := s.brief.wait(ctx)
		if err != nil {
			return happening.Happening{}, err
		}
		defer done()
		h, err := happening.Around(ctx, s.store, ref, known)
		told(&h)
		return h, err
	})
}

func (s *Server) happenings(ctx context.Context, q record.Query, atLeast int) ([]happening.Happening, error) {
	size := func(list []happening.Happening) (n int) {
		for _, h := range list {
			n += 1 + len(h.Accounts)
		}
		return n
	}
	return recorded(ctx, s, keyOf("acts", q, atLeast), size, func(ctx context.Context) (found []happening.Happening, err error) {
		err = s.turns.inTurn(ctx, func() error {
			found, err = happening.List(ctx, s.store, q, atLeast)
			for i := range found {
				told(&found[i])
			}
			return err
		})
		return found, err
	})
}

// claim returns the answer under a key, and whether the caller is to make it.
func (k *answers) claim(key string) (*answer, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if a, ok := k.byKey[key]; ok {
		return a, false
	}
	if k.byKey == nil {
		k.byKey = map[string]*answer{}
	}
	a := &answer{key: key, done: make(chan struct{})}
	k.byKey[key] = a
	return a, true
}

// look makes an answer.
func (k *answers) look(a *answer, do func() (any, int, error)) {
	size := 0
	defer func() {
		if broken := recover(); broken != nil { // whoever asks is told, and nobody else
			a.err, size = fmt.Errorf("the program failed: %v", broken), 0
		}
		k.settle(a, size)
	}()
	a.value, size, a.err = do()
}

// settle ends the making of an answer. One of no size is not kept; of the others
// the oldest go where there is no room.
func (k *answers) settle(a *answer, size int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	defer close(a.done)
	if size == 0 {
		delete(k.byKey, a.key)
		return
	}
	a.size = size
	k.order = append(k.order, a)
	k.sizes += size
	for k.sizes > keptAnswers && len(k.order) > 0 {
		k.sizes -= k.order[0].size
		delete(k.byKey, k.order[0].key)
		k.order[0] = nil
		k.order = k.order[1:]
	}
}
