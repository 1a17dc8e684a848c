package guard

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"unicode"
)

// ErrReadable is the error of a token file that other users of the machine can
// read.
var ErrReadable = errors.New("others can read it")

// shortest is how many characters a token has at least. Sixteen of base64 are
// 96 bits.
const shortest = 16

// Keys are the tokens of those who may ask, hashed.
type Keys struct{ list []key }

type key struct {
	hash   [sha256.Size]byte
	caller Caller
}

// ReadKeys reads a token file. It refuses one that others can read.
func ReadKeys(path string) (*Keys, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read tokens: %w", err)
	}
	const others fs.FileMode = 0o007
	if info.Mode().Perm()&others != 0 {
		return nil, fmt.Errorf("read tokens %s: %w (mode %04o)", path, ErrReadable, info.Mode().Perm())
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read tokens: %w", err)
	}
	return ParseKeys(path, data)
}

// ParseKeys reads tokens, one a line: TOKEN ROLE NAME. ROLE is read, write,
// review or all, or several joined by commas; NAME, which may have blanks, is
// under which judgements and decisions are kept. Empty lines and lines that
// begin with # are left out. A file of one bare token gives all roles. Errors
// say the line, never the token; all are reported.
func ParseKeys(name string, data []byte) (*Keys, error) {
	keys := &Keys{}
	var errs []error
	at := map[[sha256.Size]byte]int{}
	names := map[string]int{}
	number, bare := 0, 0
	in := bufio.NewScanner(bytes.NewReader(data))
	for in.Scan() {
		number++
		fields := strings.Fields(in.Text())
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		wrong := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf("%s:%d: %w", name, number, fmt.Errorf(format, args...)))
		}
		k := key{sha256.Sum256([]byte(fields[0])), Caller{Name: "owner", Roles: All, Keyed: true}}
		switch len(fields) {
		case 1:
			bare = number
		case 2:
			wrong("a name is missing after the role")
			continue
		default:
			k.caller.Name = strings.Join(fields[2:], " ")
			k.caller.Roles = 0
			for role := range strings.SplitSeq(fields[1], ",") {
				r, ok := roleNames[role]
				if !ok {
					wrong("there is no role %q; want read, write, review or all", role)
				}
				k.caller.Roles |= r
			}
		}
		if len(fields[0]) < shortest {
			wrong("a token has %d characters or more", shortest)
		}
		if strings.ContainsFunc(k.caller.Name, func(r rune) bool { return !unicode.IsPrint(r) }) {
			wrong("the name has characters that cannot be printed")
		}
		if line, twice := at[k.hash]; twice {
			wrong("the token of line %d again", line)
		}
		if line, twice := names[k.caller.Name]; twice {
			wrong("the name of line %d again", line)
		}
		at[k.hash], names[k.caller.Name] = number, number
		keys.list = append(keys.list, k)
	}
	if err := in.Err(); err != nil {
		errs = append(errs, fmt.Errorf("%s:%d: %w", name, number+1, err))
	}
	if bare > 0 && len(keys.list) > 1 {
		errs = append(errs, fmt.Errorf("%s:%d: a bare token stands among others; write TOKEN ROLE NAME", name, bare))
	}
	if len(keys.list) == 0 && len(errs) == 0 {
		errs = append(errs, fmt.Errorf("%s: there is no token in it", name))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, fmt.Errorf("read tokens: %w", err)
	}
	return keys, nil
}

// find returns whose token this is. It takes as long for a wrong one as for a
// right one.
func (k *Keys) find(token string) (Caller, bool) {
	hash := sha256.Sum256([]byte(token))
	found := -1
	for i := range k.list {
		if subtle.ConstantTimeCompare(hash[:], k.list[i].hash[:]) == 1 {
			found = i
		}
	}
	if found < 0 {
		return Caller{}, false
	}
	return k.list[found].caller, true
}
