package treaty

import _ "embed"

// Schema is the JSON Schema of a treaty file. It says what an editor can
// check; [Load] checks more: roles, places, links and spans.
//
//go:embed schema.json
var Schema []byte
