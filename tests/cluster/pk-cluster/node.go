// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"time"

	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/tools/record"
	"k8s.io/client-go/util/retry"
)

const (
	kubeletPort    = 10250
	diskCapacity   = int64(100) << 30
	heartbeatEvery = 10 * time.Second
)

// node is one machine that is played.
type node struct {
	player   *player
	name     string
	address  string
	index    int
	recorder record.EventRecorder

	mutex    sync.Mutex
	wish     nodeWish
	pressed  bool            // the disk is full, known to the kubelet before the API hears of it
	images   map[string]bool // what was pulled
	nextPod  int
	reported bool // what the condition says
}

func newNode(p *player, name string, index int, recorder record.EventRecorder) *node {
	return &node{player: p, name: name, address: fmt.Sprintf("10.0.0.%d", 11+index), index: index, recorder: recorder,
		images: map[string]bool{}}
}

// zone is the letter in names like runners-b-m2vd: nodes of one group stand in one zone.
func (n *node) zone() string {
	parts := strings.Split(n.name, "-")
	if len(parts) > 2 && len(parts[1]) == 1 {
		return "eu-west-1" + parts[1]
	}
	return "eu-west-1a"
}

// reference is what events about the node name. As the kubelet does, the name stands in the place of the uid.
func (n *node) reference() *corev1.ObjectReference {
	return &corev1.ObjectReference{Kind: "Node", Name: n.name, UID: types.UID(n.name)}
}

func (n *node) nextAddress() string {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	n.nextPod++
	return fmt.Sprintf("10.244.%d.%d", n.index, 1+n.nextPod%254)
}

// pulled says whether the image is on the node already, and that it is from now on.
func (n *node) pulled(image string) bool {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	had := n.images[image]
	n.images[image] = true
	return had
}

func (n *node) isPressed() bool {
	n.mutex.Lock()
	defer n.mutex.Unlock()
	return n.pressed
}

func (n *node) register(ctx context.Context) error {
	object := &corev1.Node{ObjectMeta: metav1.ObjectMeta{
		Name: n.name,
		Labels: map[string]string{
			corev1.LabelHostname: n.name, corev1.LabelOSStable: "linux", corev1.LabelArchStable: "amd64",
			corev1.LabelTopologyZone: n.zone(), corev1.LabelTopologyRegion: "eu-west-1",
			corev1.LabelInstanceTypeStable: "m6i.2xlarge",
		},
	}}
	object.Status = n.status()
	if _, err := n.player.client.CoreV1().Nodes().Create(ctx, object, metav1.CreateOptions{}); ignoreExists(err) != nil {
		return err
	}
	n.recorder.Event(n.reference(), corev1.EventTypeNormal, "Starting", "Starting kubelet.")
	n.recorder.Eventf(n.reference(), corev1.EventTypeNormal, "NodeReady", "Node %s status is now: NodeReady", n.name)
	return n.renewLease(ctx)
}

func (n *node) status() corev1.NodeStatus {
	capacity := corev1.ResourceList{
		corev1.ResourceCPU: resource.MustParse("8"), corev1.ResourceMemory: resource.MustParse("32Gi"),
		corev1.ResourceEphemeralStorage: *resource.NewQuantity(diskCapacity, resource.BinarySI),
		corev1.ResourcePods:             resource.MustParse("110"),
	}
	allocatable := capacity.DeepCopy()
	allocatable[corev1.ResourceCPU] = resource.MustParse("7910m")
	allocatable[corev1.ResourceEphemeralStorage] = *resource.NewQuantity(diskCapacity*9/10, resource.BinarySI)
	return corev1.NodeStatus{
		Capacity:    capacity,
		Allocatable: allocatable,
		Conditions:  n.conditions(nil),
		Addresses: []corev1.NodeAddress{
			{Type: corev1.NodeInternalIP, Address: n.address}, {Type: corev1.NodeHostName, Address: n.name},
		},
		DaemonEndpoints: corev1.NodeDaemonEndpoints{KubeletEndpoint: corev1.DaemonEndpoint{Port: kubeletPort}},
		NodeInfo: corev1.NodeSystemInfo{
			MachineID: "m" + n.name, SystemUUID: "s" + n.name, BootID: "b" + n.name, KernelVersion: "6.1.0-37-amd64",
			OSImage: "Debian GNU/Linux 12 (bookworm)", ContainerRuntimeVersion: "containerd://1.6.20",
			KubeletVersion: "v1.36.3", OperatingSystem: "linux", Architecture: "amd64",
		},
	}
}

// conditions are the node's; what did not change since before keeps its time of transition.
func (n *node) conditions(before []corev1.NodeCondition) []corev1.NodeCondition {
	n.mutex.Lock()
	full := n.reported
	n.mutex.Unlock()
	now := metav1.Now()
	result := []corev1.NodeCondition{
		{Type: corev1.NodeMemoryPressure, Status: corev1.ConditionFalse, Reason: "KubeletHasSufficientMemory",
			Message: "kubelet has sufficient memory available"},
		{Type: corev1.NodeDiskPressure, Status: corev1.ConditionFalse, Reason: "KubeletHasNoDiskPressure",
			Message: "kubelet has no disk pressure"},
		{Type: corev1.NodePIDPressure, Status: corev1.ConditionFalse, Reason: "KubeletHasSufficientPID",
			Message: "kubelet has sufficient PID available"},
		{Type: corev1.NodeReady, Status: corev1.ConditionTrue, Reason: "KubeletReady",
			Message: "kubelet is posting ready status"},
	}
	if full {
		result[1] = corev1.NodeCondition{Type: corev1.NodeDiskPressure, Status: corev1.ConditionTrue,
			Reason: "KubeletHasDiskPressure", Message: "kubelet has disk pressure"}
	}
	for index := range result {
		result[index].LastHeartbeatTime, result[index].LastTransitionTime = now, now
		for _, old := range before {
			if old.Type == result[index].Type && old.Status == result[index].Status {
				result[index].LastTransitionTime = old.LastTransitionTime
			}
		}
	}
	return result
}

// report writes the conditions to the API.
func (n *node) report(ctx context.Context) error {
	return retry.RetryOnConflict(retry.DefaultBackoff, func() error {
		object, err := n.player.client.CoreV1().Nodes().Get(ctx, n.name, metav1.GetOptions{})
		if err != nil {
			return err
		}
		object.Status.Conditions = n.conditions(object.Status.Conditions)
		_, err = n.player.client.CoreV1().Nodes().UpdateStatus(ctx, object, metav1.UpdateOptions{})
		return err
	})
}

// heartbeat renews the lease, by which the node lifecycle controller knows that the node lives.
func (n *node) heartbeat(ctx context.Context) {
	for round := 1; pause(ctx, heartbeatEvery); round++ {
		if err := n.renewLease(ctx); err != nil {
			fmt.Println(n.name, "lease:", err)
		}
		if round%6 == 0 {
			if err := n.report(ctx); err != nil {
				fmt.Println(n.name, "status:", err)
			}
		}
	}
}

func (n *node) renewLease(ctx context.Context) error {
	leases := n.player.client.CoordinationV1().Leases(corev1.NamespaceNodeLease)
	now, seconds := metav1.NowMicro(), int32(40)
	lease, err := leases.Get(ctx, n.name, metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		_, err = leases.Create(ctx, &coordinationv1.Lease{
			ObjectMeta: metav1.ObjectMeta{Name: n.name, Namespace: corev1.NamespaceNodeLease},
			Spec:       coordinationv1.LeaseSpec{HolderIdentity: &n.name, LeaseDurationSeconds: &seconds, RenewTime: &now},
		}, metav1.CreateOptions{})
		return err
	}
	if err != nil {
		return err
	}
	lease.Spec.RenewTime = &now
	_, err = leases.Update(ctx, lease, metav1.UpdateOptions{})
	return err
}
