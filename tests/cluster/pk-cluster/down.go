// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// down ends all processes, the last started first, and removes the folder. Without a cluster it does nothing.
func down(p place) error {
	if !p.exists() {
		return nil
	}
	var failed []error
	for _, program := range slices.Backward(p.processes()) {
		// The API server waits for its watchers before it ends; nobody needs that here.
		patience := 5 * time.Second
		if program.name == "kube-apiserver" {
			patience = 300 * time.Millisecond
		}
		if err := program.stop(patience); err != nil {
			failed = append(failed, err)
		}
	}
	if len(failed) > 0 {
		return errors.Join(failed...)
	}
	return os.RemoveAll(p.dir)
}

// status prints what runs; it fails when not all does.
func status(ctx context.Context, p place) error {
	s, err := p.settings()
	if err != nil {
		return err
	}
	fmt.Printf("%s\n%s\n", p.dir, s.server())
	dead := 0
	for _, program := range p.processes() {
		if pid := program.pid(); pid != 0 {
			fmt.Printf("  %-24s pid %d\n", program.name, pid)
		} else {
			fmt.Printf("  %-24s not running\n", program.name)
			dead++
		}
	}
	if dead > 0 {
		return fmt.Errorf("%d programs do not run; start anew with: cluster up", dead)
	}
	client, err := adminClient(p)
	if err != nil {
		return err
	}
	nodes, err := client.CoreV1().Nodes().List(ctx, metav1.ListOptions{})
	if err != nil {
		return err
	}
	for _, node := range nodes.Items {
		fmt.Printf("  node %-19s", node.Name)
		for _, condition := range node.Status.Conditions {
			fmt.Printf(" %s=%s", condition.Type, condition.Status)
		}
		fmt.Println()
	}
	return nil
}
