package record

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestKilled starts itself as a process that adds reports and says so after
// each, kills it at random points, and wants every report that was acknowledged,
// none twice and none in half.
func TestKilled(t *testing.T) {
	if at := os.Getenv("CASUS_TEST_ADDER"); at != "" {
		addForever(t, at, os.Getenv("CASUS_TEST_FROM"))
		return
	}
	kills := 8
	if n, err := strconv.Atoi(os.Getenv("CASUS_TEST_KILLS")); err == nil {
		kills = n
	}
	places(t, func(t *testing.T, place func(*testing.T) string) {
		ctx := context.Background()
		at := place(t)
		opened(t, at)
		acknowledged := 0
		for range kills {
			acknowledged = killed(t, at, acknowledged)
			s := opened(t, at)
			if err := s.Verify(ctx); err != nil {
				t.Fatal(err)
			}
			c, err := s.Count(ctx)
			if err != nil {
				t.Fatal(err)
			}
			if c.Reports != acknowledged && c.Reports != acknowledged+1 {
				t.Fatalf("%d reports were acknowledged, %d are there", acknowledged, c.Reports)
			}
			s.Close()
			acknowledged = c.Reports
		}
		if acknowledged == 0 {
			t.Error("nothing was added before the kills")
		}
		t.Logf("%d kills, %d reports", kills, acknowledged)
	})
}

// killed runs a process that adds reports after the first so many, kills it, and
// returns how many are acknowledged now.
func killed(t *testing.T, at string, acknowledged int) int {
	cmd := exec.Command(os.Args[0], "-test.run=^TestKilled$", "-test.v")
	cmd.Env = append(os.Environ(), "CASUS_TEST_ADDER="+at, fmt.Sprintf("CASUS_TEST_FROM=%d", acknowledged))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	last := acknowledged + 1 + rand.IntN(8)
	for lines.Scan() {
		n, err := strconv.Atoi(strings.TrimPrefix(lines.Text(), "added "))
		if err != nil {
			continue
		}
		acknowledged = n
		if n >= last {
			time.Sleep(time.Duration(rand.IntN(3000)) * time.Microsecond) // into the middle of the next
			break
		}
	}
	cmd.Process.Kill()
	for lines.Scan() { // acknowledged before the kill
		if n, err := strconv.Atoi(strings.TrimPrefix(lines.Text(), "added ")); err == nil {
			acknowledged = n
		}
	}
	cmd.Wait()
	return acknowledged
}

func addForever(t *testing.T, at, from string) {
	s := opened(t, at)
	first, _ := strconv.Atoi(from)
	for n := first + 1; ; n++ {
		d := document(fmt.Sprint(n), fmt.Sprintf("https://herald.example/%d", n), "2023", "Coast treaty", strings.Repeat(fmt.Sprintf("Said %d. ", n), 200))
		// A server may finish what a killed program had sent to it.
		if a := add(t, s, hashOf(n), d); a.State != Created && n > first+1 {
			t.Fatalf("report %d: %+v", n, a)
		}
		fmt.Printf("added %d\n", n)
	}
}
