package neural

import "fmt"

// Config is the shape of a network: widths in units, all multiples of 32.
type Config struct {
	Word   int // vector of the word form
	Affix  int // vector of its beginnings, endings and shape
	Gram   int // vector of its character sequences
	Hidden int // units of an LSTM in one direction
	Layers int // bidirectional LSTMs, one on top of the other
	Tag    int // hidden units before the tags
	Arc    int // units that a word shows as dependant, and as head
	Rel    int // the same for the name of the relation

	AffixRows int // rows of the hashed table of affixes; any number
	GramRows  int // rows of the hashed table of character sequences
}

// Default is the shape of the model that ships. See decision 020.
func Default() Config {
	return Config{Word: 128, Affix: 96, Gram: 64, Hidden: 160, Layers: 2, Tag: 128, Arc: 128, Rel: 96, AffixRows: 1 << 15, GramRows: 1 << 16}
}

func (c Config) input() int { return c.Word + c.Affix + c.Gram }

func (c Config) validate() error {
	for _, w := range []struct {
		name  string
		width int
	}{{"word", c.Word}, {"affix", c.Affix}, {"gram", c.Gram}, {"hidden", c.Hidden}, {"tag", c.Tag}, {"arc", c.Arc}, {"rel", c.Rel}} {
		if w.width <= 0 || w.width%panel != 0 || w.width > 4096 {
			return fmt.Errorf("%s width %d is not a multiple of %d up to 4096", w.name, w.width, panel)
		}
	}
	for _, rows := range []int{c.AffixRows, c.GramRows} {
		if rows < 1 || rows > 1<<20 {
			return fmt.Errorf("hashed table of %d rows, not 1 to %d", rows, 1<<20)
		}
	}
	if c.Layers < 1 || c.Layers > 8 {
		return fmt.Errorf("%d layers, not 1 to 8", c.Layers)
	}
	return nil
}
