package attribution

// dictionary numbers the hashes of features. The zero value knows none.
type dictionary struct {
	keys  []uint32 // row -> hash
	slots []uint32 // 1 + row, by hash; a power of two long, at most half full
}

func newDictionary() dictionary { return dictionary{slots: make([]uint32, 1<<16)} }

// dictionaryOf numbers distinct hashes in the order given.
func dictionaryOf(keys []uint32) dictionary {
	size := 1 << 4
	for size < 2*len(keys) {
		size *= 2
	}
	d := dictionary{keys: keys, slots: make([]uint32, size)}
	for i, h := range keys {
		d.slots[d.slot(h)] = uint32(i) + 1
	}
	return d
}

// slot is where a hash stands, or the free place where it would stand.
func (d *dictionary) slot(h uint32) int {
	mask := len(d.slots) - 1
	for i := int(h*2654435761>>7) & mask; ; i = (i + 1) & mask {
		if r := d.slots[i]; r == 0 || d.keys[r-1] == h {
			return i
		}
	}
}

func (d *dictionary) row(h uint32) (uint32, bool) {
	if len(d.slots) == 0 {
		return 0, false
	}
	r := d.slots[d.slot(h)]
	return r - 1, r != 0
}

// add enters a hash if it is new.
func (d *dictionary) add(h uint32) {
	i := d.slot(h)
	if d.slots[i] != 0 {
		return
	}
	d.keys = append(d.keys, h)
	d.slots[i] = uint32(len(d.keys))
	if 2*len(d.keys) >= len(d.slots) {
		*d = dictionaryOf(d.keys)
	}
}
