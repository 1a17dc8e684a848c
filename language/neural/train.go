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
// model file on machines of the same architecture.
//
// A training has three parts. First the network goes through the silver
// sentences, in their own scheme, and the treebank together. From there,
// teachers go on with the treebank alone, each with its own dropout. Last, from
// where the first part ended, the model that is kept learns from what the
// teachers together make of the silver text, then from the treebank alone.
type TrainOptions struct {
	Config   Config
	Dropout  Dropout
	Treebank []Sentence // what the model is to learn
	Silver   []Sentence // automatic analyses in another scheme: XPOS, heads and relations only
	Dev      []Dev      // measured after every epoch; the best sum of LAS and UPOS is kept

	Pretrain      int // epochs over silver sentences and treebank
	Teachers      int
	TeacherEpochs int // epochs of a teacher over the treebank
	Taught        int // epochs over the teachers' analyses and the treebank, if there are teachers
	Epochs        int // epochs over the treebank

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
		Pretrain: 3, Teachers: 1, TeacherEpochs: 12, Taught: 2, Epochs: 12,
	}
}

// Progress is the state after an epoch.
type Progress struct {
	Pretraining    bool
	Teacher        int // its number from 1; 0: not a teacher
	Epoch, Epochs  int
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

// course is one part of a training: a stretch of epochs with a model file of
// its own.
type course struct {
	output  string
	start   string // state to begin from, "" for none
	seed    uint64
	teacher int
	first   int // epochs at full rate over silver sentences and treebank
	second  int // epochs at full rate over taught sentences and treebank
	third   int // epochs at falling rate over the treebank
}

func (c *course) total() int { return c.first + c.second + c.third }

// Train writes the best model of the training to o.Output. The pretrained
// network (suffix ".pretrained") and the teachers (".teacher1") are left beside
// it, and the state of each after its last epoch (".state"), from which an
// interrupted training goes on.
func Train(ctx context.Context, o TrainOptions) error {
	if err := train(ctx, o); err != nil {
		return fmt.Errorf("train neural model: %w", err)
	}
	return nil
}

func train(ctx context.Context, o TrainOptions) error {
	if err := o.Config.validate(); err != nil {
		return err
	}
	if len(o.Treebank) == 0 {
		return errors.New("no sentences")
	}
	o.Silver = unescaped(o.Silver)
	var start string
	if o.Pretrain > 0 {
		pre := course{output: o.Output + ".pretrained", seed: o.Seed, first: o.Pretrain}
		if err := pre.run(ctx, o, nil); err != nil {
			return fmt.Errorf("pretraining: %w", err)
		}
		start = pre.output + ".state"
	}
	var teachers []*Scorer
	for i := range o.Teachers {
		c := course{output: fmt.Sprintf("%s.teacher%d", o.Output, i+1), start: start, seed: o.Seed + uint64(i), teacher: i + 1, third: o.TeacherEpochs}
		if err := c.run(ctx, o, nil); err != nil {
			return fmt.Errorf("teacher %d: %w", i+1, err)
		}
		s, err := loadFile(c.output)
		if err != nil {
			return fmt.Errorf("teacher %d: %w", i+1, err)
		}
		teachers = append(teachers, s)
	}
	last := course{output: o.Output, start: start, seed: o.Seed + 1000, third: o.Epochs}
	if len(teachers) > 0 {
		last.second = o.Taught
	}
	return last.run(ctx, o, func() []Sentence { return teach(teachers, o.Silver) })
}

func loadFile(name string) (*Scorer, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return Load(data)
}

// trainer is a course under way.
type trainer struct {
	course
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

// run trains the epochs of the course that are not done. teach makes the
// sentences of its second part.
func (c course) run(ctx context.Context, o TrainOptions, teach func() []Sentence) error {
	t := &trainer{course: c, o: o, best: -1}
	t.build()
	done, err := t.resume()
	if err != nil {
		return err
	}
	if c.second > 0 && done < c.first+c.second {
		t.taught = t.examples(0, teach())
	}
	for ; done < c.total(); done++ {
		if err := t.epoch(ctx, done); err != nil {
			return fmt.Errorf("epoch %d: %w", done+1, err)
		}
	}
	return nil
}

const silverPrefix = "silver "

func (t *trainer) build() {
	counts := map[string]int{}
	for _, set := range [][]Sentence{t.o.Treebank, t.o.Silver} {
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
	if t.first > 0 {
		t.silver = t.examples(1, t.o.Silver)
	}
	sizes := [2]tagSizes{t.labels[0].sizes(), t.labels[1].sizes()}
	rels := [2]int{len(t.labels[0].Rel), len(t.labels[1].Rel)}
	t.net = newNetwork(t.o.Config, len(t.vocab), sizes, rels)
	for _, m := range silverMatrices(t.net) {
		m.name = silverPrefix + m.name
	}
	t.net.initialise(rand.New(rand.NewPCG(t.seed, 1)))
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

// epoch runs epoch number done of the course, from 0.
func (t *trainer) epoch(ctx context.Context, done int) error {
	start := time.Now()
	o := &t.o
	before := 0
	if t.start != "" {
		before = o.Pretrain
	}
	r := rand.New(rand.NewPCG(t.seed, uint64(before+done)+2))
	sets := [][]*example{t.gold}
	switch {
	case done < t.first:
		sets = [][]*example{t.silver, t.gold}
	case done < t.first+t.second:
		sets = [][]*example{t.taught, t.gold}
	}
	batches := t.batches(r, sets...)
	for i, b := range batches {
		if err := ctx.Err(); err != nil {
			return err
		}
		t.step(b, t.rate(before, done, float64(i)/float64(len(batches))), rand.NewPCG(r.Uint64(), r.Uint64()))
	}
	report := Progress{Pretraining: t.third == 0, Teacher: t.teacher, Epoch: done + 1, Epochs: t.total(), Took: time.Since(start)}
	var sum loss
	for _, w := range t.workers {
		sum.arc, sum.rel, sum.tag, sum.words = sum.arc+w.loss.arc, sum.rel+w.loss.rel, sum.tag+w.loss.tag, sum.words+w.loss.words
		w.loss = loss{}
	}
	n := float64(max(sum.words, 1))
	report.Arc, report.Rel, report.Tags = sum.arc/n, sum.rel/n, sum.tag/n
	if err := t.measure(&report, done >= t.total()-t.third); err != nil {
		return err
	}
	if err := t.save(done + 1); err != nil {
		return err
	}
	if o.Progress != nil {
		o.Progress(report)
	}
	return nil
}

// rate rises over the first tenth of the very first epoch, stays, and falls to
// nearly nothing in a straight line over the epochs on the treebank alone.
func (t *trainer) rate(before, done int, part float64) float64 {
	if before+done == 0 && part < 0.1 {
		return t.o.Rate * (0.02 + part*9.8)
	}
	full := t.total() - t.third
	if done < full {
		return t.o.Rate
	}
	return t.o.Rate * (1 - 0.98*(float64(done-full)+part)/float64(t.third))
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

// measure scores the model as it would be stored. One that may be kept is
// stored if it is the best.
func (t *trainer) measure(report *Progress, keep bool) error {
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
	if !keep || sum < t.best {
		return nil
	}
	t.best, report.Kept = sum, true
	return write(t.output, file)
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
