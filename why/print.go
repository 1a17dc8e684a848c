package why

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// marks stand before each line of the text form.
var marks = [...]string{Unknown: "?", NotMet: "✗", Met: "✓", Disputed: "≠"}

// Text prints the derivation for people, one step a line, grounds indented
// below what they support. Each line begins with indent.
func (n *Node) Text(w io.Writer, indent string) error {
	b := bufio.NewWriter(w)
	n.text(b, indent)
	return b.Flush()
}

func (n *Node) text(b *bufio.Writer, indent string) {
	if n == nil {
		return
	}
	fmt.Fprintf(b, "%s%s %s", indent, marks[n.Value], n.Says)
	if n.Words != "" {
		fmt.Fprintf(b, ": “%s”", n.Words)
	}
	var tail []string
	if n.Ref != "" && !strings.Contains(n.Says, n.Ref) {
		tail = append(tail, n.Ref)
	}
	if n.Source != "" {
		tail = append(tail, n.Source)
	}
	if len(tail) > 0 {
		fmt.Fprintf(b, " [%s]", strings.Join(tail, "; "))
	}
	if n.Needs != "" {
		fmt.Fprintf(b, " (needs: %s)", n.Needs)
	}
	fmt.Fprintln(b)
	for _, v := range n.Views {
		fmt.Fprintf(b, "%s    %s: %s\n", indent, v.By, v.Says)
	}
	for _, g := range n.From {
		g.text(b, indent+"  ")
	}
}
