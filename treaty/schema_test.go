package treaty_test

import (
	"bytes"
	"io/fs"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/casus-foederis/casus/corpus"
	"github.com/casus-foederis/casus/treaty"
)

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(treaty.Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func valid(t *testing.T, s *jsonschema.Schema, data []byte) error {
	t.Helper()
	text, err := yaml.YAMLToJSON(data)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return s.Validate(doc)
}

// TestSchema holds every instrument of the corpus against the schema, and
// mistakes that an editor should show.
func TestSchema(t *testing.T) {
	s := schema(t)
	files, err := fs.Glob(corpus.Files(), "*/instrument.yaml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no instruments: %v", err)
	}
	for _, name := range files {
		data, err := fs.ReadFile(corpus.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		if err := valid(t, s, data); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, change := range map[string][2]string{
		"key": {"title:", "titel:"}, "verb": {"[assist]", "[help]"}, "event": {"armed attack", "armed atack"}, "day": {"2024-12-04", "4 December"}, "code": {"PRK]", "prk]"},
	} {
		broken := bytes.Replace([]byte(instrument), []byte(change[0]), []byte(change[1]), 1)
		if valid(t, s, broken) == nil {
			t.Errorf("a wrong %s passes the schema", name)
		}
	}
}
