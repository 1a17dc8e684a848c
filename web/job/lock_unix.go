//go:build unix

package job

import (
	"io"
	"os"
	"syscall"
)

// lock holds a file against other programs until it is closed or this one ends.
func lock(file string) (io.Closer, error) {
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		f.Close()
		return nil, ErrInUse
	}
	return f, nil
}
