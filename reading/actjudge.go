package reading

import "github.com/casus-foederis/casus/text"

// overrule is how sure the model must be to give an act of the lexicon another
// root.
const overrule = 0.90

// judge lets the model have its say on the acts of a sentence: where it is sure
// of another root it overrules the lexicon.
func (r *actReader) judge(deeds []deed) []deed {
	m := r.p.acts
	if m == nil {
		return deeds
	}
	for n := range deeds {
		d := &deeds[n]
		if d.worded < 0 || d.status == denied || len(d.sources) == 0 {
			continue
		}
		root, odds := m.Predict(r.describe(deeds, d.sources[0], d.worded))
		own := (&Act{Type: d.root, CAMEO: d.cameo}).Plover05()
		if odds < overrule || root == own {
			continue
		}
		d.why += ", overruled by the model"
		d.of = ""
		d.mode, d.cameo = "", ""
		d.root = root
		if root == "YIELD" {
			d.root = "CONCEDE"
		}
		d.cameo = roots[d.root]
		if d.root != "AGREE" && d.root != "THREATEN" && d.status == planned {
			d.status = occurred
		}
	}
	return deeds
}

// describe returns the features of a source and a target in this sentence.
func (r *actReader) describe(deeds []deed, source, target int) []string {
	var f features
	var t text.Span
	if target >= 0 {
		t = r.wording(target, true)
	}
	f.sentence(r, deeds, source, target, r.wording(source, true), t)
	return f.list
}
