// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/wait"
)

// How an eviction is told to the API. A disk that is 100 % full keeps a kubelet from updating the pod's status for a
// while, and a busy API server drops events: a client must do with either.
const (
	variantBoth   = "both"
	variantEvent  = "event"
	variantStatus = "status"
)

// nodeWish is what a person or a test asked of one node. The player follows it.
type nodeWish struct {
	Pressure bool   `json:"pressure"`
	Variant  string `json:"variant"`
	Evict    int    `json:"evict"`
	// UsedPercent is how full the disk is; 0: the sum of what pods use.
	UsedPercent int `json:"usedPercent"`
	// Round grows with each command about pressure, so that "on" twice evicts twice.
	Round int `json:"round"`
}

func (p place) wishes() map[string]nodeWish {
	wishes := map[string]nodeWish{}
	if text, err := os.ReadFile(p.file("control.json")); err == nil {
		_ = json.Unmarshal(text, &wishes)
	}
	return wishes
}

// changeWish edits the wish of one node that exists.
func (p place) changeWish(node string, change func(*nodeWish)) error {
	current, err := p.settings()
	if err != nil {
		return err
	}
	if !slices.Contains(current.Nodes, node) {
		return fmt.Errorf("no node %s; there are %v", node, current.Nodes)
	}
	wishes := p.wishes()
	wish := wishes[node]
	change(&wish)
	wishes[node] = wish
	return writeJSON(p.file("control.json"), wishes)
}

// pressure turns disk pressure of a node on or off and returns when the node says so.
func pressure(ctx context.Context, p place, args []string) error {
	if len(args) < 2 || (args[1] != "on" && args[1] != "off") {
		return errors.New("usage: cluster pressure NODE on|off [--evict N] [--variant both|event|status]")
	}
	flags := flag.NewFlagSet("pressure", flag.ContinueOnError)
	evict := flags.Int("evict", 1, "how many pods are evicted")
	variant := flags.String("variant", variantBoth, "both, event or status")
	if err := flags.Parse(args[2:]); err != nil {
		return err
	}
	if !slices.Contains([]string{variantBoth, variantEvent, variantStatus}, *variant) {
		return fmt.Errorf("unknown variant %s", *variant)
	}
	on := args[1] == "on"
	err := p.changeWish(args[0], func(wish *nodeWish) {
		wish.Pressure, wish.Variant, wish.Evict = on, *variant, *evict
		wish.Round++
	})
	if err != nil {
		return err
	}
	return waitForPressure(ctx, p, args[0], on)
}

func waitForPressure(ctx context.Context, p place, node string, on bool) error {
	client, err := adminClient(p)
	if err != nil {
		return err
	}
	err = wait.PollUntilContextTimeout(ctx, 100*time.Millisecond, 20*time.Second, true, func(ctx context.Context) (bool, error) {
		object, err := client.CoreV1().Nodes().Get(ctx, node, metav1.GetOptions{})
		if err != nil {
			return false, err
		}
		for _, condition := range object.Status.Conditions {
			if condition.Type == corev1.NodeDiskPressure {
				return (condition.Status == corev1.ConditionTrue) == on, nil
			}
		}
		return false, nil
	})
	if err != nil {
		return fmt.Errorf("node %s does not report it: %w", node, err)
	}
	return nil
}

// disk sets how full the disk of a node is.
func disk(p place, args []string) error {
	if len(args) != 2 {
		return errors.New("usage: cluster disk NODE PERCENT")
	}
	percent, err := strconv.Atoi(args[1])
	if err != nil || percent < 0 || percent > 100 {
		return fmt.Errorf("a percentage from 0 to 100 is needed, got %s", args[1])
	}
	return p.changeWish(args[0], func(wish *nodeWish) { wish.UsedPercent = percent })
}
