// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// setCondition sets a condition; its time of transition changes only with its status.
func setCondition(status *corev1.PodStatus, condition corev1.PodCondition) {
	condition.LastTransitionTime = metav1.Now()
	for index, old := range status.Conditions {
		if old.Type == condition.Type {
			if old.Status == condition.Status {
				condition.LastTransitionTime = old.LastTransitionTime
			}
			status.Conditions[index] = condition
			return
		}
	}
	status.Conditions = append(status.Conditions, condition)
}

// terminate ends a container that has not ended yet.
func terminate(status *corev1.ContainerStatus, exitCode int32, reason string) {
	if status.State.Terminated != nil {
		return
	}
	ended := &corev1.ContainerStateTerminated{ExitCode: exitCode, Reason: reason, FinishedAt: metav1.Now(),
		ContainerID: status.ContainerID}
	if status.State.Running != nil {
		ended.StartedAt = status.State.Running.StartedAt
	}
	status.State = corev1.ContainerState{Terminated: ended}
	status.Ready = false
	*status.Started = false
}

// settle derives the phase and the conditions from the containers, as a kubelet does.
func (l *life) settle(status *corev1.PodStatus) {
	initialized := true
	for index, container := range l.last.Spec.InitContainers {
		state := status.InitContainerStatuses[index].State
		sidecar := container.RestartPolicy != nil && *container.RestartPolicy == corev1.ContainerRestartPolicyAlways
		if done := state.Terminated != nil && state.Terminated.ExitCode == 0; !done && !(sidecar && state.Running != nil) {
			initialized = false
		}
	}
	if initialized {
		setCondition(status, corev1.PodCondition{Type: corev1.PodInitialized, Status: corev1.ConditionTrue})
	} else {
		setCondition(status, corev1.PodCondition{Type: corev1.PodInitialized, Status: corev1.ConditionFalse,
			Reason: "ContainersNotInitialized", Message: "containers with incomplete status"})
	}
	status.Phase = l.phase(status, initialized)
	setReady(status)
}

func (l *life) phase(status *corev1.PodStatus, initialized bool) corev1.PodPhase {
	waiting, running, succeeded := 0, 0, 0
	for _, container := range status.ContainerStatuses {
		switch state := container.State; {
		case state.Running != nil:
			running++
		case state.Terminated != nil:
			if state.Terminated.ExitCode == 0 {
				succeeded++
			}
		case container.LastTerminationState.Terminated == nil:
			waiting++
		}
	}
	policy := l.last.Spec.RestartPolicy
	switch {
	case !initialized || waiting > 0:
		return corev1.PodPending
	case running > 0 || policy == corev1.RestartPolicyAlways:
		return corev1.PodRunning
	case succeeded == len(status.ContainerStatuses):
		return corev1.PodSucceeded
	case policy == corev1.RestartPolicyNever:
		return corev1.PodFailed
	}
	return corev1.PodRunning
}

func setReady(status *corev1.PodStatus) {
	var unready []string
	for _, container := range status.ContainerStatuses {
		if !container.Ready {
			unready = append(unready, container.Name)
		}
	}
	for _, kind := range []corev1.PodConditionType{corev1.ContainersReady, corev1.PodReady} {
		condition := corev1.PodCondition{Type: kind, Status: corev1.ConditionTrue}
		if status.Phase == corev1.PodSucceeded {
			condition.Status, condition.Reason = corev1.ConditionFalse, "PodCompleted"
		} else if len(unready) > 0 {
			condition.Status, condition.Reason = corev1.ConditionFalse, "ContainersNotReady"
			condition.Message = fmt.Sprintf("containers with unready status: [%s]", strings.Join(unready, " "))
		}
		setCondition(status, condition)
	}
}
