// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is one program of the cluster. Its pid file holds the pid and the time the kernel says it started at, so that
// a number that the system has given to another program meanwhile is never taken for ours.
type process struct {
	name string
	p    place
}

// start runs the program in a session of its own; it outlives us. Its output goes to NAME.log.
func (c process) start(program string, args ...string) error {
	log, err := os.Create(c.logFile())
	if err != nil {
		return err
	}
	defer log.Close()
	command := exec.Command(program, args...)
	command.Stdout, command.Stderr = log, log
	command.Dir = c.p.dir
	command.Env = append(os.Environ(), "PK_CLUSTER_DIR="+c.p.dir)
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := command.Start(); err != nil {
		return fmt.Errorf("%s: %w", c.name, err)
	}
	started, err := startTime(command.Process.Pid)
	if err != nil {
		return fmt.Errorf("%s ended at once; see %s", c.name, c.logFile())
	}
	text := fmt.Sprintf("%d %s\n", command.Process.Pid, started)
	if err := os.WriteFile(c.pidFile(), []byte(text), 0o600); err != nil {
		return err
	}
	return command.Process.Release()
}

// pid is the process's number, or 0 when it does not run.
func (c process) pid() int {
	text, err := os.ReadFile(c.pidFile())
	if err != nil {
		return 0
	}
	fields := strings.Fields(string(text))
	if len(fields) != 2 {
		return 0
	}
	pid, err := strconv.Atoi(fields[0])
	if err != nil {
		return 0
	}
	if started, err := startTime(pid); err != nil || started != fields[1] {
		return 0
	}
	return pid
}

// stop asks the process to end, and kills it when it does not within the patience.
func (c process) stop(patience time.Duration) error {
	pid := c.pid()
	if pid == 0 {
		return nil
	}
	_ = syscall.Kill(pid, syscall.SIGTERM)
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if c.pid() == 0 {
			return nil
		}
	}
	_ = syscall.Kill(pid, syscall.SIGKILL)
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if c.pid() == 0 {
			return nil
		}
	}
	return fmt.Errorf("%s (pid %d) does not end", c.name, pid)
}

func (c process) pidFile() string { return c.p.file(c.name + ".pid") }
func (c process) logFile() string { return c.p.file(c.name + ".log") }

// lastWords is the end of the log, for an error message.
func (c process) lastWords() string {
	text, err := os.ReadFile(c.logFile())
	if err != nil {
		return ""
	}
	lines := bytes.Split(bytes.TrimSpace(text), []byte("\n"))
	return string(bytes.Join(lines[max(0, len(lines)-40):], []byte("\n")))
}

// startTime is field 22 of /proc/PID/stat (proc(5)). A process that ended and was not waited for counts as gone.
func startTime(pid int) (string, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return "", err
	}
	// The name in field 2 may hold spaces and parentheses: the fields are counted behind its last parenthesis.
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	if len(fields) < 20 || fields[0] == "Z" {
		return "", errors.New("ended")
	}
	return fields[19], nil
}
