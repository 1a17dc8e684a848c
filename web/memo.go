package web

import "sync"

// memo keeps the latest values of something that is slow to make. It is safe for
// concurrent use; two who ask at once may both make it.
type memo[K comparable, V any] struct {
	mu     sync.Mutex
	values map[K]V
	order  []K
}

// kept is how many values a memo keeps: one for each instrument or state, and
// some days.
const kept = 400

func (m *memo[K, V]) get(k K, make func() (V, error)) (V, error) {
	m.mu.Lock()
	v, ok := m.values[k]
	m.mu.Unlock()
	if ok {
		return v, nil
	}
	v, err := make()
	if err != nil {
		return v, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.values == nil {
		m.values = map[K]V{}
	}
	if _, ok := m.values[k]; !ok {
		m.order = append(m.order, k)
	}
	m.values[k] = v
	if len(m.order) > kept {
		delete(m.values, m.order[0])
		m.order = m.order[1:]
	}
	return v, nil
}
