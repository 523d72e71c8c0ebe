// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/util/retry"
)

// Why a life ends.
var (
	errDeleted = errors.New("deletion was asked for")
	errEvicted = errors.New("evicted")
	errGone    = errors.New("the object is gone")
)

const tryAgainAfter = 500 * time.Millisecond

// life is what a kubelet does for one pod, from its binding to its end.
type life struct {
	node   *node
	ctx    context.Context
	end    context.CancelCauseFunc
	parent context.Context

	mutex sync.Mutex // one status is written at a time; guards latest too
	last  *corev1.Pod
}

func newLife(parent context.Context, n *node, pod *corev1.Pod) *life {
	ctx, end := context.WithCancelCause(parent)
	return &life{node: n, ctx: ctx, end: end, parent: parent, last: pod}
}

func (l *life) pod() *corev1.Pod {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.last
}

func (l *life) remember(pod *corev1.Pod) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.last = pod
}

// run begins the pod and waits for its end.
func (l *life) run() {
	pod := l.pod()
	switch {
	case pod.Status.Phase == corev1.PodFailed || pod.Status.Phase == corev1.PodSucceeded:
	case pod.Status.StartTime != nil: // a player before us began it
	case l.node.isPressed() && !isCritical(pod):
		l.refuse()
	default:
		l.begin(pod)
	}
	<-l.ctx.Done()
	if errors.Is(context.Cause(l.ctx), errDeleted) {
		l.terminate()
	}
	// An evicted pod lies there until somebody deletes it; a pod that is over is deleted without grace by the API server.
}

// begin takes the pod from Pending to running, container by container.
func (l *life) begin(pod *corev1.Pod) {
	address := l.node.nextAddress()
	l.update(func(status *corev1.PodStatus) {
		now := metav1.Now()
		status.StartTime = &now
		status.HostIP, status.HostIPs = l.node.address, []corev1.HostIP{{IP: l.node.address}}
		status.InitContainerStatuses = waiting(pod.Spec.InitContainers, "PodInitializing")
		reason := "ContainerCreating"
		if len(pod.Spec.InitContainers) > 0 {
			reason = "PodInitializing"
		}
		status.ContainerStatuses = waiting(pod.Spec.Containers, reason)
		l.settle(status)
	})
	if !l.mountVolumes(pod) {
		return
	}
	l.update(func(status *corev1.PodStatus) {
		status.PodIP, status.PodIPs = address, []corev1.PodIP{{IP: address}}
		setCondition(status, corev1.PodCondition{Type: corev1.PodReadyToStartContainers, Status: corev1.ConditionTrue})
	})
	for index := range pod.Spec.InitContainers {
		container := newContainer(l, &pod.Spec.InitContainers[index], index, true)
		if container.isSidecar() {
			go container.run()
		} else if container.run(); l.ctx.Err() != nil {
			return
		}
	}
	for index := range pod.Spec.Containers {
		go newContainer(l, &pod.Spec.Containers[index], index, false).run()
		// One after the other, as a kubelet starts them, so that a person can follow it.
		if !pause(l.ctx, l.node.player.scaled(300*time.Millisecond)) {
			return
		}
	}
}

func waiting(containers []corev1.Container, reason string) []corev1.ContainerStatus {
	result := make([]corev1.ContainerStatus, 0, len(containers))
	for _, container := range containers {
		started := false
		result = append(result, corev1.ContainerStatus{
			Name: container.Name, Image: container.Image, Started: &started,
			State: corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: reason}},
		})
	}
	return result
}

// mountVolumes waits until what the volumes take from is there; false: the life ended meanwhile.
func (l *life) mountVolumes(pod *corev1.Pod) bool {
	for _, volume := range pod.Spec.Volumes {
		for {
			err := l.missingSource(pod.Namespace, volume)
			if err == nil {
				break
			}
			l.event(corev1.EventTypeWarning, "FailedMount", fmt.Sprintf("MountVolume.SetUp failed for volume %q : %v", volume.Name, err))
			if !pause(l.ctx, l.node.player.scaled(time.Second)) {
				return false
			}
		}
	}
	return l.ctx.Err() == nil
}

func (l *life) missingSource(namespace string, volume corev1.Volume) error {
	if source := volume.Secret; source != nil && (source.Optional == nil || !*source.Optional) {
		_, err := l.node.player.client.CoreV1().Secrets(namespace).Get(l.ctx, source.SecretName, metav1.GetOptions{})
		return notFound(err, "secret", source.SecretName)
	}
	if source := volume.ConfigMap; source != nil && (source.Optional == nil || !*source.Optional) {
		_, err := l.node.player.client.CoreV1().ConfigMaps(namespace).Get(l.ctx, source.Name, metav1.GetOptions{})
		return notFound(err, "configmap", source.Name)
	}
	return nil
}

// notFound says what a kubelet says about an object that it needs and does not find; other errors pass.
func notFound(err error, kind, name string) error {
	if apierrors.IsNotFound(err) {
		return fmt.Errorf("%s %q not found", kind, name)
	}
	return nil
}

// terminate stops the containers and then removes the object, which is what the deletion waits for.
func (l *life) terminate() {
	pod := l.pod()
	if pod.Status.Phase != corev1.PodFailed && pod.Status.Phase != corev1.PodSucceeded {
		for _, status := range pod.Status.ContainerStatuses {
			if status.State.Running != nil {
				l.event(corev1.EventTypeNormal, "Killing", "Stopping container "+status.Name)
			}
		}
		grace := time.Second
		if pod.DeletionGracePeriodSeconds != nil {
			grace = min(grace, time.Duration(*pod.DeletionGracePeriodSeconds)*time.Second)
		}
		if !pause(l.parent, l.node.player.scaled(grace)) {
			return
		}
		l.update(func(status *corev1.PodStatus) {
			for index := range status.ContainerStatuses {
				terminate(&status.ContainerStatuses[index], 0, "Completed")
			}
			l.settle(status)
			status.Phase = corev1.PodSucceeded
		})
	}
	now := int64(0)
	l.insist("delete", func() error {
		err := l.node.player.client.CoreV1().Pods(pod.Namespace).Delete(l.parent, pod.Name, metav1.DeleteOptions{
			GracePeriodSeconds: &now, Preconditions: &metav1.Preconditions{UID: &pod.UID},
		})
		if apierrors.IsConflict(err) {
			return nil // another pod of that name
		}
		return err
	})
}

// insist tries again while the server is busy, as a kubelet does: a status that is lost once would leave the pod as it
// is for ever, and a rollout waiting for it.
func (l *life) insist(what string, try func() error) {
	for l.parent.Err() == nil {
		err := try()
		if err == nil || apierrors.IsNotFound(err) || l.parent.Err() != nil {
			return
		}
		fmt.Println(l.pod().Name, what+":", err)
		if apierrors.IsInvalid(err) || apierrors.IsForbidden(err) || !pause(l.parent, tryAgainAfter) {
			return
		}
	}
}

// event tells one about the pod, in the kubelet's name.
func (l *life) event(kind, reason, message string) {
	l.node.recorder.Event(l.pod(), kind, reason, message)
}

// update changes the pod's status in the API; a pod that is gone or replaced is left alone.
func (l *life) update(change func(*corev1.PodStatus)) {
	l.insist("status", func() error { return l.tryUpdate(change) })
}

func (l *life) tryUpdate(change func(*corev1.PodStatus)) error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	pods := l.node.player.client.CoreV1().Pods(l.last.Namespace)
	return retry.RetryOnConflict(retry.DefaultBackoff, func() error {
		pod, err := pods.Get(l.parent, l.last.Name, metav1.GetOptions{})
		if err != nil {
			return err
		}
		if pod.UID != l.last.UID {
			return nil
		}
		change(&pod.Status)
		pod, err = pods.UpdateStatus(l.parent, pod, metav1.UpdateOptions{})
		if err == nil {
			l.last = pod
		}
		return err
	})
}
