package neural

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"time"
)

// Sentence is a sentence with its gold analysis.
type Sentence struct {
	Words []string
	Gold  []Word
}

// Dev is a named set of sentences to measure on.
type Dev struct {
	Name      string
	Sentences []Sentence
}

// TrainOptions says what to train on and how. The same options give the same
// model file.
type TrainOptions struct {
	Config   Config
	Dropout  Dropout
	Treebank []Sentence // what the model is to learn
	Silver   []Sentence // automatic analyses in another scheme: XPOS, heads and relations only
	Dev      []Dev      // measured after every epoch; the best sum of LAS and UPOS is kept
	Pretrain int        // epochs over silver and treebank together
	Epochs   int        // epochs over the treebank alone

	// Teachers are models that are trained before, with the epochs given here.
	// Their average analyses the silver text, and what comes out is read in
	// the pretraining as well.
	Teachers, TeacherPretrain, TeacherEpochs int

	Batch    int     // words in a step
	Rate     float64 // learning rate at its height
	Seed     uint64
	Card     string // text for the model
	Output   string // model file
	Progress func(Progress)
}

// TrainDefaults are the options of the model that ships; sentences, seed and
// output are the caller's.
func TrainDefaults() TrainOptions {
	return TrainOptions{
		Config: Default(), Batch: 600, Rate: 0.002,
		Dropout:  Dropout{Word: 0.15, Parts: 0.1, Input: 0.25, Between: 0.33, Recurrent: 0.25, Top: 0.33},
		Teachers: 2, TeacherPretrain: 3, TeacherEpochs: 12, Pretrain: 3, Epochs: 24,
	}
}

// Progress is the state after an epoch.
type Progress struct {
	Teacher        int // its number from 1; 0: the model itself
	Epoch, Epochs  int
	Pretraining    bool
	Arc, Rel, Tags float64 // loss in nats for a word
	Took           time.Duration
	Dev            []Score
	Kept           bool // the best so far; written to Output
}

// Score is the quality of an analysis of gold tokens, in percent of words. LAS
// compares relations up to their subtype.
type Score struct {
	Name                        string
	Words                       int
	UPOS, XPOS, Feats, UAS, LAS float64
}

type trainer struct {
	o       TrainOptions
	net     *network
	vocab   []string
	words   map[string]int32
	labels  [2]labels
	adam    *adam
	workers []*worker
	gold    []*example
	silver  []*example
	taught  []*example
	best    float64
}

// Train writes the best model of the training to o.Output and, after every
// epoch, its state beside it (suffix ".state"), from which the next call goes
// on.
func Train(ctx context.Context, o TrainOptions) error {
	if err := o.Config.validate(); err != nil {
		return fmt.Errorf("train neural model: %w", err)
	}
	if len(o.Treebank) == 0 {
		return errors.New("train neural model: no sentences")
	}
	o.Silver = unescaped(o.Silver)
	var taught []Sentence
	if o.Teachers > 0 {
		var err error
		if taught, err = teach(ctx, o); err != nil {
			return fmt.Errorf("train neural model: %w", err)
		}
	}
	t := &trainer{o: o, best: -1}
	t.build(taught)
	first, err := t.resume()
	if err != nil {
		return fmt.Errorf("train neural model: %w", err)
	}
	for epoch := first; epoch < o.Pretrain+o.Epochs; epoch++ {
		if err := t.epoch(ctx, epoch); err != nil {
			return fmt.Errorf("train neural model: epoch %d: %w", epoch+1, err)
		}
	}
	return nil
}

const silverPrefix = "silver "

func (t *trainer) build(taught []Sentence) {
	counts := map[string]int{}
	silver := t.o.Silver
	if taught != nil {
		silver = taught // the same text, cut as the treebank is
	}
	for _, set := range [][]Sentence{t.o.Treebank, silver} {
		for _, s := range set {
			for _, w := range s.Words {
				counts[normal(w)]++
			}
		}
	}
	t.vocab = []string{""}
	for w, n := range counts {
		if n > 1 && w != "" {
			t.vocab = append(t.vocab, w)
		}
	}
	slices.Sort(t.vocab)
	t.words = make(map[string]int32, len(t.vocab))
	for i, w := range t.vocab {
		if i > 0 {
			t.words[w] = int32(i)
		}
	}
	t.labels[0] = collect(t.o.Treebank)
	t.labels[1] = collect(t.o.Silver)
	t.labels[1].UPOS, t.labels[1].Feats = nil, nil
	t.gold = t.examples(0, t.o.Treebank)
	t.silver = t.examples(1, t.o.Silver)
	t.taught = t.examples(0, taught)
	sizes := [2]tagSizes{t.labels[0].sizes(), t.labels[1].sizes()}
	rels := [2]int{len(t.labels[0].Rel), len(t.labels[1].Rel)}
	t.net = newNetwork(t.o.Config, len(t.vocab), sizes, rels)
	for _, m := range silverMatrices(t.net) {
		m.name = silverPrefix + m.name
	}
	t.net.initialise(rand.New(rand.NewPCG(t.o.Seed, 1)))
	t.adam = newAdam(t.net)
	for range threads {
		grad := &network{cfg: t.o.Config}
		grad.shape(sizes, rels)
		t.workers = append(t.workers, &worker{net: t.net, grad: grad, drop: t.o.Dropout})
	}
}

func silverMatrices(n *network) []*affine {
	g := &n.grammars[1]
	if g.rel.w == nil {
		return nil
	}
	return []*affine{&g.tags, &g.show, &g.root, &g.arc, &g.dist, &g.rel}
}

// initialise draws word vectors and matrices; parts of words begin at zero, so
// that an ending never seen says nothing.
func (n *network) initialise(r *rand.Rand) {
	for i := range n.word.w {
		n.word.w[i] = float32(r.NormFloat64() * 0.1)
	}
	for _, a := range n.matrices() {
		width := math.Sqrt(6 / float64(a.in+a.out))
		cols := a.cols()
		for i := range a.in {
			for j := range a.out {
				a.w[i*cols+j] = float32((2*r.Float64() - 1) * width)
			}
		}
	}
	for i := range n.layers {
		b := n.layers[i].input.b
		for d := range 2 {
			forget := b[(d*4+1)*n.cfg.Hidden : (d*4+2)*n.cfg.Hidden]
			for j := range forget {
				forget[j] = 1
			}
		}
	}
}

// collect lists the labels of sentences in alphabetical order.
func collect(sentences []Sentence) labels {
	var sets [4]map[string]bool
	for i := range sets {
		sets[i] = map[string]bool{}
	}
	for _, s := range sentences {
		for _, w := range s.Gold {
			for i, v := range [...]string{w.UPOS, w.XPOS, w.Feats, w.Rel} {
				sets[i][v] = true
			}
		}
	}
	var lists [4][]string
	for i, set := range sets {
		for v := range set {
			lists[i] = append(lists[i], v)
		}
		sort.Strings(lists[i])
	}
	return labels{lists[0], lists[1], lists[2], lists[3]}
}

func (t *trainer) examples(scheme int, sentences []Sentence) []*example {
	l := t.labels[scheme]
	var index [4]map[string]int
	for i, list := range [][]string{l.UPOS, l.XPOS, l.Feats, l.Rel} {
		index[i] = make(map[string]int, len(list))
		for j, v := range list {
			index[i][v] = j
		}
	}
	counts := map[string]int{}
	for _, s := range sentences {
		for _, w := range s.Words {
			counts[normal(w)]++
		}
	}
	find := func(i int, v string) int {
		if j, ok := index[i][v]; ok {
			return j
		}
		return -1
	}
	var all []*example
	for _, s := range sentences {
		if len(s.Words) == 0 || len(s.Words) > longestSentence {
			continue
		}
		e := &example{scheme: scheme, forms: s.Words}
		for i, w := range s.Gold {
			var f features
			f.extract(s.Words[i], t.words, &t.o.Config)
			e.feats = append(e.feats, f)
			e.upos = append(e.upos, find(0, w.UPOS))
			e.xpos = append(e.xpos, find(1, w.XPOS))
			e.bundle = append(e.bundle, find(2, w.Feats))
			e.rels = append(e.rels, find(3, w.Rel))
			e.heads = append(e.heads, w.Head)
			e.rarity = append(e.rarity, 0.25/(0.25+float32(counts[normal(s.Words[i])])))
		}
		all = append(all, e)
	}
	return all
}

// longestSentence bounds what training reads; longer ones are mostly lists.
const longestSentence = 150

// batches cuts shuffled sentences into lists of one scheme with about
// o.Batch words.
func (t *trainer) batches(r *rand.Rand, sets ...[]*example) [][]*example {
	var all [][]*example
	for _, set := range sets {
		order := slices.Clone(set)
		r.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		var batch []*example
		words := 0
		for _, e := range order {
			batch = append(batch, e)
			if words += len(e.forms); words >= t.o.Batch {
				all = append(all, batch)
				batch, words = nil, 0
			}
		}
		if len(batch) > 0 {
			all = append(all, batch)
		}
	}
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

func (t *trainer) epoch(ctx context.Context, epoch int) error {
	start := time.Now()
	o := &t.o
	pretraining := epoch < o.Pretrain
	r := rand.New(rand.NewPCG(o.Seed, uint64(epoch)+2))
	var batches [][]*example
	if pretraining {
		batches = t.batches(r, t.silver, t.taught, t.gold)
	} else {
		batches = t.batches(r, t.gold)
	}
	for i, b := range batches {
		if err := ctx.Err(); err != nil {
			return err
		}
		t.step(b, t.rate(epoch, float64(i)/float64(len(batches))), rand.NewPCG(r.Uint64(), r.Uint64()))
	}
	report := Progress{Epoch: epoch + 1, Epochs: o.Pretrain + o.Epochs, Pretraining: pretraining, Took: time.Since(start)}
	var sum loss
	for _, w := range t.workers {
		sum.arc, sum.rel, sum.tag, sum.words = sum.arc+w.loss.arc, sum.rel+w.loss.rel, sum.tag+w.loss.tag, sum.words+w.loss.words
		w.loss = loss{}
	}
	n := float64(max(sum.words, 1))
	report.Arc, report.Rel, report.Tags = sum.arc/n, sum.rel/n, sum.tag/n
	if err := t.measure(&report); err != nil {
		return err
	}
	if err := t.save(epoch + 1); err != nil {
		return err
	}
	if o.Progress != nil {
		o.Progress(report)
	}
	return nil
}

// rate rises over the first tenth of the first epoch, stays through the
// pretraining and falls to nearly nothing in a straight line after it.
func (t *trainer) rate(epoch int, part float64) float64 {
	if epoch == 0 && part < 0.1 {
		return t.o.Rate * (0.02 + part*9.8)
	}
	if epoch < t.o.Pretrain {
		return t.o.Rate
	}
	done := (float64(epoch-t.o.Pretrain) + part) / float64(t.o.Epochs)
	return t.o.Rate * (1 - 0.98*done)
}

func (t *trainer) step(batch []*example, rate float64, seed *rand.PCG) {
	r := rand.New(seed)
	words := 0
	for _, e := range batch {
		words += len(e.forms)
	}
	sorted := slices.Clone(batch)
	slices.SortStableFunc(sorted, func(a, b *example) int { return len(b.forms) - len(a.forms) })
	parts := make([][]*example, threads)
	for i, e := range sorted {
		parts[i%threads] = append(parts[i%threads], e)
	}
	for _, w := range t.workers {
		w.rng = rand.New(rand.NewPCG(r.Uint64(), r.Uint64()))
	}
	matrices := t.net.matrices()
	each(len(matrices), func(i int) { matrices[i].prepare(true) })
	each(threads, func(i int) { t.workers[i].gradient(batch[0].scheme, parts[i], 1/float32(words)) })
	t.adam.step(t.net, t.workers, rate)
}

// measure scores the model as it would be stored, and stores it if it is the
// best.
func (t *trainer) measure(report *Progress) error {
	file, err := encode(t.net, t.vocab, t.labels[0], t.o.Card)
	if err != nil {
		return err
	}
	s, err := Load(file)
	if err != nil {
		return err
	}
	sum := 0.0
	for _, d := range t.o.Dev {
		score := s.Score(d)
		report.Dev = append(report.Dev, score)
		sum += score.LAS + score.UPOS
	}
	if report.Pretraining || sum < t.best {
		return nil
	}
	t.best, report.Kept = sum, true
	return write(t.o.Output, file)
}

// write puts a file in place at once.
func write(name string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".casus-*")
	if err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("write %s: %w", name, err)
	}
	return nil
}
