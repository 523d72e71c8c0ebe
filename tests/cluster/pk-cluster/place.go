// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// place is where a cluster keeps what it needs: one folder, removed as a whole.
type place struct {
	dir string
	bin string
}

// settings is what "up" decided; the player and the other commands read it from the folder.
type settings struct {
	Nodes      []string `json:"nodes"`
	Speed      float64  `json:"speed"`
	Namespace  string   `json:"namespace"`
	ServerPort int      `json:"serverPort"`
	EtcdPort   int      `json:"etcdPort"`
	PeerPort   int      `json:"peerPort"`
	ProxyPort  int      `json:"proxyPort"`
}

func placeFromEnvironment() place {
	dir := os.Getenv("PK_CLUSTER_DIR")
	if dir == "" {
		base := os.Getenv("XDG_RUNTIME_DIR")
		if base == "" {
			base = "/tmp"
		}
		dir = filepath.Join(base, fmt.Sprintf("poolkeeper-cluster-%d", os.Getuid()))
	}
	if absolute, err := filepath.Abs(dir); err == nil {
		dir = absolute
	}
	return place{dir: dir, bin: os.Getenv("PK_CLUSTER_BIN")}
}

func (p place) file(parts ...string) string {
	return filepath.Join(append([]string{p.dir}, parts...)...)
}

func (p place) kubeconfig() string { return p.file("kubeconfig") }

// marker says that a folder is ours, so that "down" never removes another.
func (p place) marker() string { return p.file("settings.json") }

func (p place) exists() bool {
	_, err := os.Stat(p.marker())
	return err == nil
}

func (p place) settings() (settings, error) {
	var result settings
	text, err := os.ReadFile(p.marker())
	if errors.Is(err, os.ErrNotExist) {
		return result, fmt.Errorf("no cluster in %s; start it with: cluster up", p.dir)
	}
	if err != nil {
		return result, err
	}
	return result, json.Unmarshal(text, &result)
}

// writeJSON replaces a file as a whole: who reads it meanwhile sees the old or the new text, never a part.
func writeJSON(path string, value any) error {
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return err
	}
	next := fmt.Sprintf("%s.%d", path, os.Getpid())
	if err := os.WriteFile(next, text, 0o600); err != nil {
		return err
	}
	return os.Rename(next, path)
}

func printKubeconfig(p place) error {
	if _, err := p.settings(); err != nil {
		return err
	}
	fmt.Println(p.kubeconfig())
	return nil
}
