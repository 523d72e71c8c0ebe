// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// The kubelet's usual threshold is 10 % of the disk. The amounts below are written as a kubelet prints them: with a
// suffix only where it divides exactly.
var (
	evictionThreshold = resource.NewQuantity(diskCapacity/10, resource.BinarySI)
	evictionAvailable = resource.MustParse("463780Ki")
	containerUse      = resource.MustParse("44Ki")
)

// lowestCritical is the priority from which the kubelet neither evicts nor refuses a pod.
const lowestCritical = 2_000_000_000

// follow does what is new in a wish.
func (n *node) follow(ctx context.Context, wish nodeWish) {
	n.mutex.Lock()
	before := n.wish
	n.wish = wish
	n.pressed = wish.Pressure
	n.mutex.Unlock()

	switch {
	case wish.Round == before.Round:
	case wish.Pressure:
		go n.startPressure(ctx, wish)
	case before.Pressure:
		go n.setCondition(ctx, false)
	}
}

// startPressure is what a kubelet does in one round of its eviction manager. The condition follows a moment after the
// first eviction: meanwhile the scheduler knows of nothing and sends the next pod, which is then refused.
func (n *node) startPressure(ctx context.Context, wish nodeWish) {
	n.recorder.Event(n.reference(), corev1.EventTypeWarning, "EvictionThresholdMet", "Attempting to reclaim ephemeral-storage")
	evicted := n.evict(wish)
	if !pause(ctx, n.player.scaled(500*time.Millisecond)) || !n.isPressed() {
		return
	}
	n.setCondition(ctx, true)
	for evicted < wish.Evict && n.isPressed() && pause(ctx, n.player.scaled(time.Second)) {
		evicted += n.evict(wish)
	}
}

func (n *node) setCondition(ctx context.Context, full bool) {
	n.mutex.Lock()
	changed := n.reported != full
	n.reported = full
	n.mutex.Unlock()
	if err := n.report(ctx); err != nil {
		fmt.Println(n.name, "status:", err)
		return
	}
	if changed {
		reason := "NodeHasNoDiskPressure"
		if full {
			reason = "NodeHasDiskPressure"
		}
		n.recorder.Eventf(n.reference(), corev1.EventTypeNormal, reason, "Node %s status is now: %s", n.name, reason)
	}
}

// evict evicts the pod that a kubelet would take first, and says how many it were: 0 or 1.
func (n *node) evict(wish nodeWish) int {
	if wish.Evict == 0 {
		return 0
	}
	var candidates []*life
	for _, one := range n.player.livesOf(n) {
		pod := one.pod()
		if pod.DeletionTimestamp == nil && pod.Status.Phase == corev1.PodRunning && !isCritical(pod) {
			candidates = append(candidates, one)
		}
	}
	if len(candidates) == 0 {
		return 0
	}
	victim := slices.MinFunc(candidates, func(a, b *life) int {
		if difference := localUse(b.pod()) - localUse(a.pod()); difference != 0 {
			return int(difference >> 10)
		}
		return strings.Compare(a.pod().Name, b.pod().Name)
	})
	victim.evict(wish.Variant)
	return 1
}

// localUse is what a pod takes of the node's own disk: emptyDir volumes count, claims do not.
func localUse(pod *corev1.Pod) int64 {
	total := int64(0)
	for _, volume := range pod.Spec.Volumes {
		if volume.EmptyDir != nil && volume.EmptyDir.Medium != corev1.StorageMediumMemory {
			total += volumeUse(pod, volume.Name)
		}
	}
	return total
}

func isCritical(pod *corev1.Pod) bool {
	return pod.Spec.Priority != nil && *pod.Spec.Priority >= lowestCritical
}

// evict tells the API that the kubelet took the pod away.
func (l *life) evict(variant string) {
	pod := l.pod()
	message, names, uses := evictionMessage(pod)
	if variant != variantStatus {
		l.node.recorder.AnnotatedEventf(pod, map[string]string{
			"offending_containers":       strings.Join(names, ","),
			"offending_containers_usage": strings.Join(uses, ","),
			"starved_resource":           string(corev1.ResourceEphemeralStorage),
		}, corev1.EventTypeWarning, "Evicted", "%s", message)
	}
	if variant == variantEvent {
		return
	}
	l.end(errEvicted)
	for _, container := range pod.Spec.Containers {
		l.event(corev1.EventTypeNormal, "Killing", "Stopping container "+container.Name)
	}
	l.update(func(status *corev1.PodStatus) {
		status.Phase, status.Reason, status.Message = corev1.PodFailed, "Evicted", message
		for index := range status.ContainerStatuses {
			terminate(&status.ContainerStatuses[index], 137, "Error")
		}
		setCondition(status, corev1.PodCondition{Type: corev1.DisruptionTarget, Status: corev1.ConditionTrue,
			Reason: corev1.PodReasonTerminationByKubelet, Message: message})
		for _, kind := range []corev1.PodConditionType{corev1.PodReady, corev1.ContainersReady} {
			setCondition(status, corev1.PodCondition{Type: kind, Status: corev1.ConditionFalse, Reason: "PodFailed"})
		}
	})
}

// evictionMessage is the sentence of a kubelet from 1.26 on, with the containers that it names and their use. It counts
// only writable layers and logs: the volume that filled the disk is not in it.
func evictionMessage(pod *corev1.Pod) (message string, names, uses []string) {
	message = fmt.Sprintf("The node was low on resource: ephemeral-storage. Threshold quantity: %s, available: %s. ",
		evictionThreshold, &evictionAvailable)
	for _, container := range pod.Spec.Containers {
		request := container.Resources.Requests[corev1.ResourceEphemeralStorage]
		if containerUse.Cmp(request) <= 0 {
			continue
		}
		message += fmt.Sprintf("Container %s was using %s, request is %s, has larger consumption of ephemeral-storage. ",
			container.Name, &containerUse, &request)
		names = append(names, container.Name)
		uses = append(uses, containerUse.String())
	}
	return message, names, uses
}

// refuse is admission on a node whose disk is full. Such a pod has neither conditions nor containers.
func (l *life) refuse() {
	text := "The node had condition: [DiskPressure]. "
	l.event(corev1.EventTypeWarning, "Evicted", text)
	l.update(func(status *corev1.PodStatus) {
		now := metav1.Now()
		*status = corev1.PodStatus{Phase: corev1.PodFailed, Reason: "Evicted", Message: "Pod was rejected: " + text,
			StartTime: &now, QOSClass: status.QOSClass}
	})
}
