package treaty

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"sort"
	"strings"
	"sync"

	"github.com/casus-foederis/casus/day"
)

// Corpus is the instruments, with the places that they name. It is not changed
// after loading and may be used by several goroutines.
type Corpus struct {
	Instruments []*Instrument // by id
	Places      []*Place      // by id
	Names       Names
	Hash        string // of every file read, in order of path

	byID    map[string]*Instrument
	byState map[string][]*Instrument
	open    []*Instrument
	places  map[string]*Place
	regions map[string]bool
}

// Load reads every folder of fsys that holds an instrument.yaml, and
// places.yaml at its top. The error is [Problems], every mistake in every
// file; the corpus holds what could be read.
func Load(fsys fs.FS, names Names) (*Corpus, error) {
	var files []string
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !d.IsDir() && path.Base(name) == "instrument.yaml" {
			files = append(files, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read corpus: %w", err)
	}
	sort.Strings(files)
	type result struct {
		in       *Instrument
		problems Problems
		sum      [sha256.Size]byte
	}
	results := make([]result, len(files))
	var wg sync.WaitGroup
	slots := make(chan struct{}, runtime.GOMAXPROCS(0))
	for i, name := range files {
		wg.Add(1)
		slots <- struct{}{}
		go func() {
			defer func() { <-slots; wg.Done() }()
			r := reader{file: name, names: names, problems: &results[i].problems}
			data, err := readBounded(fsys, name)
			if err != nil {
				r.fail(Position{File: name}, "%v", err)
				return
			}
			results[i].sum = sha256.Sum256(data)
			results[i].in = r.instrument(data)
		}()
	}
	wg.Wait()
	var problems Problems
	sum := sha256.New()
	c := &Corpus{Names: names}
	if err := c.readPlaces(fsys, names, &problems, sum); err != nil {
		return nil, err
	}
	var list []*Instrument
	for i, res := range results {
		fmt.Fprintf(sum, "%s %x\n", files[i], res.sum)
		problems = append(problems, res.problems...)
		if res.in != nil && res.in.ID != "" {
			list = append(list, res.in)
		}
	}
	c.Hash = hex.EncodeToString(sum.Sum(nil))
	problems = append(problems, c.add(list)...)
	problems = append(problems, c.check()...)
	if len(problems) > 0 {
		problems.sort()
		return c, problems
	}
	return c, nil
}

// Read reads one treaty file by itself: what shows only among several files is
// left to [Corpus.With]. The error is [Problems], every mistake in it.
func Read(file string, data []byte, names Names) (*Instrument, error) {
	var ps Problems
	r := reader{file: file, names: names, problems: &ps}
	in := r.instrument(data)
	if len(ps) > 0 {
		ps.sort()
		return in, ps
	}
	return in, nil
}

// With returns a corpus of the instruments of c and those of the list, which it
// takes over. Its hash is of both, in order of id; c is not changed. The error
// is [Problems]: ids that are given twice, links and places that lead nowhere.
func (c *Corpus) With(list []*Instrument) (*Corpus, error) {
	if len(list) == 0 {
		return c, nil
	}
	all := make([]*Instrument, 0, len(c.Instruments)+len(list))
	for _, in := range c.Instruments { // a copy, because an instrument knows its place in its corpus
		same := *in
		same.Provisions = make([]*Provision, len(in.Provisions))
		for i, p := range in.Provisions {
			own := *p
			own.Instrument = &same
			same.Provisions[i] = &own
		}
		all = append(all, &same)
	}
	out, err := New(append(all, list...), c, c.Names)
	sum := sha256.New()
	fmt.Fprintln(sum, c.Hash)
	list = slices.SortedFunc(slices.Values(list), func(a, b *Instrument) int { return strings.Compare(a.ID, b.ID) })
	for _, in := range list {
		fmt.Fprintf(sum, "%s %x\n", in.ID, sha256.Sum256(Write(in)))
	}
	out.Hash = hex.EncodeToString(sum.Sum(nil))
	return out, err
}

// New returns a corpus of instruments made in memory, with the places of base
// if base is not nil. Instruments are put in force order anew.
func New(list []*Instrument, base *Corpus, names Names) (*Corpus, error) {
	c := &Corpus{Names: names, Hash: "unsaved", places: map[string]*Place{}, regions: map[string]bool{}}
	if base != nil {
		c.Places, c.places, c.regions = base.Places, base.places, base.regions
	}
	if ps := append(c.add(list), c.check()...); len(ps) > 0 {
		return c, ps
	}
	return c, nil
}

func readBounded(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read: %w", err)
	}
	return data, nil
}

// add indexes the instruments.
func (c *Corpus) add(list []*Instrument) (ps Problems) {
	c.byID, c.byState = map[string]*Instrument{}, map[string][]*Instrument{}
	for _, in := range list {
		if old := c.byID[in.ID]; old != nil {
			ps = append(ps, Problem{Pos: in.Pos, Message: fmt.Sprintf("instrument %s is given twice", in.ID), Related: []Note{{old.Pos, "first here"}}})
			continue
		}
		in.force = newTimeline(in, c.Names)
		c.byID[in.ID] = in
		c.Instruments = append(c.Instruments, in)
	}
	sort.Slice(c.Instruments, func(i, j int) bool { return c.Instruments[i].ID < c.Instruments[j].ID })
	for i, in := range c.Instruments {
		in.rank = i
		if in.universal() {
			c.open = append(c.open, in)
			continue
		}
		for _, s := range in.concerned() {
			c.byState[s] = append(c.byState[s], in)
		}
	}
	return ps
}

// universal reports whether some provision may concern any state at all.
func (in *Instrument) universal() bool {
	for _, p := range in.Provisions {
		for _, v := range p.Versions {
			if v.Bearer.Kind == RoleAnyState || v.Bearer.Kind == RoleAny {
				return true
			}
		}
	}
	return false
}

// concerned lists the states that are ever parties or named.
func (in *Instrument) concerned() []string {
	seen := map[string]bool{}
	for _, m := range in.force.members {
		seen[m.State] = true
	}
	for _, p := range in.Provisions {
		for _, v := range p.Versions {
			for _, r := range []Role{v.Bearer, v.Owed, v.When.By, v.When.On} {
				for _, s := range r.States {
					seen[s] = true
				}
			}
			for _, d := range v.Does {
				for _, s := range d.On.States {
					seen[s] = true
				}
			}
		}
	}
	out := make([]string, 0, len(seen))
	for s := range seen {
		out = append(out, s)
	}
	sort.Strings(out)
	return out
}

// Instrument returns the instrument with this id, or nil.
func (c *Corpus) Instrument(id string) *Instrument { return c.byID[id] }

// Concerning returns, by id, the instruments that may concern any of these
// states, universal ones included.
func (c *Corpus) Concerning(states ...string) []*Instrument {
	n := len(c.open)
	for _, s := range states {
		n += len(c.byState[s])
	}
	out := append(make([]*Instrument, 0, n), c.open...)
	for _, s := range states {
		out = append(out, c.byState[s]...)
	}
	slices.SortFunc(out, func(a, b *Instrument) int { return a.rank - b.rank })
	return slices.Compact(out)
}

// check finds mistakes that only show across files.
func (c *Corpus) check() (ps Problems) {
	for _, in := range c.Instruments {
		for _, l := range in.Links {
			id, prov, _ := strings.Cut(l.To, "/")
			other := c.byID[id]
			switch {
			case l.Kind == "":
			case other == nil:
				p := Problem{Pos: l.Pos, Message: fmt.Sprintf("link: unknown instrument %q", id)}
				if near := nearest(id, c.ids()); near != "" {
					p.Hint = fmt.Sprintf("did you mean %q?", near)
				}
				ps = append(ps, p)
			case prov != "" && other.Provision(prov) == nil:
				ps = append(ps, Problem{Pos: l.Pos, Message: fmt.Sprintf("link: %s has no provision %q", id, prov), Related: []Note{{other.Pos, id + " begins here"}}})
			}
		}
		for _, p := range in.Provisions {
			for i := range p.Versions {
				ps = append(ps, c.checkZone(p.Versions[i].When.Where)...)
			}
		}
	}
	return ps
}

func (c *Corpus) ids() []string {
	ids := make([]string, len(c.Instruments))
	for i, in := range c.Instruments {
		ids[i] = in.ID
	}
	return ids
}

// Suggest returns the instrument id that was probably meant, or "".
func (c *Corpus) Suggest(id string) string { return nearest(id, c.ids()) }

// InForce says, for people and tables, whether the instrument is in force
// between anybody on d.
func (in *Instrument) InForce(d day.Day) day.Truth {
	answer := day.No
	for _, m := range in.force.members {
		if m.Role == Beneficiary {
			continue
		}
		switch m.Span.Contains(d) {
		case day.Yes:
			return day.Yes
		case day.Unknown:
			answer = day.Unknown
		}
	}
	return answer
}
