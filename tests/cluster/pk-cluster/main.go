// SPDX-License-Identifier: GPL-3.0-or-later

// Command pk-cluster runs a small Kubernetes cluster for tests: real etcd, kube-apiserver, kube-controller-manager and
// kube-scheduler as plain processes on loopback, and a player in the place of the kubelets and of a volume provisioner.
// Everything it writes lies in one folder, which "down" removes.
//
// It uses client-go and nothing of Poolkeeper, so that a mistake of ours is not made twice.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"
)

const usage = `usage: cluster COMMAND

  up [--nodes A,B,..] [--speed F] [--namespace N]
                      starts the cluster, or says that it runs; returns when pods can be made
  down                stops all its processes and removes its folder
  status              what runs
  kubeconfig          prints the path of its kubeconfig (contexts: admin, viewer, plugin, unreachable)
  pressure NODE on|off [--evict N] [--variant both|event|status]
                      fills the disk of a node, or empties it. on: DiskPressure, and N pods (1) of the node are evicted as
                      a kubelet does it. event: only the Evicted event comes, the pod's status stays (a disk that is
                      100 % full); status: only the status
  disk NODE PERCENT   how full the disk of a node is, without pressure (what the node's statistics say)

PK_CLUSTER_DIR names the cluster's folder; several run side by side. PK_CLUSTER_BIN is where the programs are.

Containers do what the tag of their image says: "missing" cannot be pulled, "crash" ends with 1, "oom" is killed for
memory, "slow" takes ten times as long to pull, "moving" has another digest on each node. Containers of pods that are not
restarted always (Jobs, hooks) end by themselves. Disk use of a volume or container is set by annotations of the pod:
poolkeeper.test/used-VOLUME: 12Gi.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "cluster:", err)
		os.Exit(1)
	}
}

// run dispatches one command line.
func run(ctx context.Context, args []string) error {
	if len(args) == 0 || strings.HasPrefix(args[0], "-h") || args[0] == "help" || args[0] == "--help" {
		fmt.Print(usage)
		return nil
	}
	place := placeFromEnvironment()
	switch args[0] {
	case "up":
		return up(ctx, place, args[1:])
	case "down":
		return down(place)
	case "status":
		return status(ctx, place)
	case "kubeconfig":
		return printKubeconfig(place)
	case "pressure":
		return pressure(ctx, place, args[1:])
	case "disk":
		return disk(place, args[1:])
	case "play":
		return play(ctx, place)
	case "credential":
		return printCredential(place)
	}
	return errors.New("unknown command " + args[0] + "; see: cluster help")
}
