// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// container is one container of a life.
type container struct {
	life  *life
	spec  *corev1.Container
	index int
	init  bool
	runs  int
}

func newContainer(l *life, spec *corev1.Container, index int, init bool) *container {
	return &container{life: l, spec: spec, index: index, init: init}
}

func (c *container) isSidecar() bool {
	return c.init && c.spec.RestartPolicy != nil && *c.spec.RestartPolicy == corev1.ContainerRestartPolicyAlways
}

// tag is the part of the image's name that says how the container behaves; see the usage text.
func (c *container) tag() string {
	name := c.spec.Image[strings.LastIndex(c.spec.Image, "/")+1:]
	_, tag, _ := strings.Cut(name, ":")
	return tag
}

// run pulls, starts and restarts the container until it is over or the life ends.
func (c *container) run() {
	for c.pull() && c.create() {
		c.start()
		ends, code, reason := c.fate()
		if !ends {
			return
		}
		if !c.pause(500 * time.Millisecond) {
			return
		}
		c.change(func(status *corev1.ContainerStatus) { terminate(status, code, reason) })
		if !c.restarts(code) || !c.backOff() {
			return
		}
	}
}

// fate says whether the container ends by itself, and how.
func (c *container) fate() (ends bool, code int32, reason string) {
	switch c.tag() {
	case "crash":
		return true, 1, "Error"
	case "oom":
		return true, 137, "OOMKilled"
	}
	return c.init && !c.isSidecar() || c.policy() != corev1.RestartPolicyAlways, 0, "Completed"
}

func (c *container) policy() corev1.RestartPolicy { return c.life.pod().Spec.RestartPolicy }

func (c *container) restarts(code int32) bool {
	policy := c.policy()
	if c.init && !c.isSidecar() && code == 0 {
		return false
	}
	return policy == corev1.RestartPolicyAlways || policy == corev1.RestartPolicyOnFailure && code != 0
}

// pull brings the image to the node; it tries until it works or the life ends.
func (c *container) pull() bool {
	node := c.life.node
	if node.pulled(c.spec.Image) && c.spec.ImagePullPolicy != corev1.PullAlways && c.tag() != "missing" {
		c.event(corev1.EventTypeNormal, "Pulled",
			fmt.Sprintf("Container image %q already present on machine and can be accessed by the pod", c.spec.Image))
		return true
	}
	for c.tag() == "missing" {
		if !c.failToPull() {
			return false
		}
	}
	took := 500 * time.Millisecond
	if c.tag() == "slow" {
		took *= 10
	}
	c.event(corev1.EventTypeNormal, "Pulling", fmt.Sprintf("Pulling image %q", c.spec.Image))
	if !c.pause(took) {
		return false
	}
	c.event(corev1.EventTypeNormal, "Pulled", fmt.Sprintf("Successfully pulled image %q in %v (%v including waiting). Image size: %d bytes.",
		c.spec.Image, took, took, 60_000_000+len(c.spec.Image)))
	return true
}

// failToPull is one try of an image that does not exist, and the wait after it.
func (c *container) failToPull() bool {
	full := c.fullName()
	cause := fmt.Sprintf("rpc error: code = NotFound desc = failed to pull and unpack image %q: failed to resolve reference %q: %s: not found",
		full, full, full)
	c.event(corev1.EventTypeNormal, "Pulling", fmt.Sprintf("Pulling image %q", c.spec.Image))
	if !c.pause(300 * time.Millisecond) {
		return false
	}
	c.event(corev1.EventTypeWarning, "Failed", fmt.Sprintf("Failed to pull image %q: %s", c.spec.Image, cause))
	c.event(corev1.EventTypeWarning, "Failed", "Error: ErrImagePull")
	c.wait("ErrImagePull", cause)
	if !c.pause(time.Second) {
		return false
	}
	backOff := fmt.Sprintf("Back-off pulling image %q", c.spec.Image)
	c.event(corev1.EventTypeNormal, "BackOff", backOff)
	c.event(corev1.EventTypeWarning, "Failed", "Error: ImagePullBackOff")
	c.wait("ImagePullBackOff", backOff+": ErrImagePull: "+cause)
	return c.pause(10 * time.Second)
}

// create waits until what the environment takes from Secrets and ConfigMaps is there.
func (c *container) create() bool {
	for {
		err := c.missingReference()
		if err == nil {
			c.event(corev1.EventTypeNormal, "Created", "Container created")
			return c.life.ctx.Err() == nil
		}
		c.event(corev1.EventTypeWarning, "Failed", "Error: "+err.Error())
		c.wait("CreateContainerConfigError", err.Error())
		if !c.pause(time.Second) {
			return false
		}
	}
}

func (c *container) start() {
	c.runs++
	c.change(func(status *corev1.ContainerStatus) {
		now := metav1.Now()
		started := true
		status.State = corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: now}}
		status.ContainerID = "containerd://" + digestOf(fmt.Sprint(c.life.last.UID, c.spec.Name, c.runs))
		status.Image = c.fullName()
		status.ImageID = c.imageID()
		status.Ready, status.Started = true, &started
	})
	c.event(corev1.EventTypeNormal, "Started", "Container started")
}

// backOff waits before the next start: the first one comes at once, then it takes 10 s (played as 1 s), 20 s, 40 s ...
func (c *container) backOff() bool {
	if c.runs > 1 {
		pod := c.life.pod()
		delay := min(10*time.Second<<min(c.runs-2, 8), 5*time.Minute)
		name := fmt.Sprintf("%s_%s(%s)", pod.Name, pod.Namespace, pod.UID)
		c.event(corev1.EventTypeWarning, "BackOff", fmt.Sprintf("Back-off restarting failed container %s in pod %s", c.spec.Name, name))
		c.again(&corev1.ContainerStateWaiting{Reason: "CrashLoopBackOff",
			Message: fmt.Sprintf("back-off %v restarting failed container=%s pod=%s", delay, c.spec.Name, name)})
		if !c.pause(delay / 10) {
			return false
		}
	} else {
		c.again(&corev1.ContainerStateWaiting{Reason: "ContainerCreating"})
	}
	c.change(func(status *corev1.ContainerStatus) { status.RestartCount++ })
	return c.life.ctx.Err() == nil
}

// again makes the end of the container its last one, and lets it wait for the next start.
func (c *container) again(state *corev1.ContainerStateWaiting) {
	c.change(func(status *corev1.ContainerStatus) {
		if status.State.Terminated != nil {
			status.LastTerminationState = status.State
		}
		status.State = corev1.ContainerState{Waiting: state}
	})
}

func (c *container) wait(reason, message string) {
	c.again(&corev1.ContainerStateWaiting{Reason: reason, Message: message})
}

// missingReference looks for what the environment names, as a kubelet does before it creates a container.
func (c *container) missingReference() error {
	for _, source := range c.spec.EnvFrom {
		if ref := source.SecretRef; ref != nil && !isTrue(ref.Optional) {
			if err := c.life.findKey("Secret", ref.Name, ""); err != nil {
				return err
			}
		}
		if ref := source.ConfigMapRef; ref != nil && !isTrue(ref.Optional) {
			if err := c.life.findKey("ConfigMap", ref.Name, ""); err != nil {
				return err
			}
		}
	}
	for _, variable := range c.spec.Env {
		if variable.ValueFrom == nil {
			continue
		}
		if ref := variable.ValueFrom.SecretKeyRef; ref != nil && !isTrue(ref.Optional) {
			if err := c.life.findKey("Secret", ref.Name, ref.Key); err != nil {
				return err
			}
		}
		if ref := variable.ValueFrom.ConfigMapKeyRef; ref != nil && !isTrue(ref.Optional) {
			if err := c.life.findKey("ConfigMap", ref.Name, ref.Key); err != nil {
				return err
			}
		}
	}
	return nil
}

func isTrue(value *bool) bool { return value != nil && *value }

// findKey looks for a key ("": only the object) in a Secret or ConfigMap of the pod's namespace.
func (l *life) findKey(kind, name, key string) error {
	namespace := l.pod().Namespace
	found := false
	if kind == "Secret" {
		object, err := l.node.player.client.CoreV1().Secrets(namespace).Get(l.ctx, name, metav1.GetOptions{})
		if err != nil {
			return notFound(err, "secret", name)
		}
		_, found = object.Data[key]
	} else {
		object, err := l.node.player.client.CoreV1().ConfigMaps(namespace).Get(l.ctx, name, metav1.GetOptions{})
		if err != nil {
			return notFound(err, "configmap", name)
		}
		_, text := object.Data[key]
		_, binary := object.BinaryData[key]
		found = text || binary
	}
	if key != "" && !found {
		return fmt.Errorf("couldn't find key %s in %s %s/%s", key, kind, namespace, name)
	}
	return nil
}

// fullName is the image's name with the registry and tag that are left out when people write it.
func (c *container) fullName() string {
	name := c.spec.Image
	if first, _, found := strings.Cut(name, "/"); !found {
		name = "docker.io/library/" + name
	} else if !strings.ContainsAny(first, ".:") && first != "localhost" {
		name = "docker.io/" + name
	}
	if c.tag() == "" && !strings.Contains(name, "@") {
		name += ":latest"
	}
	return name
}

// imageID is the digest that the node got for the image. With the tag "moving" each node got another one.
func (c *container) imageID() string {
	full := c.fullName()
	if strings.Contains(full, "@") {
		return full
	}
	seed := full
	if c.tag() == "moving" {
		seed += c.life.node.name
	}
	return full[:strings.LastIndex(full, ":")] + "@sha256:" + digestOf(seed)
}

func digestOf(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }

func (c *container) pause(duration time.Duration) bool {
	return pause(c.life.ctx, c.life.node.player.scaled(duration))
}

// change writes the container's part of the status, while the life lasts.
func (c *container) change(edit func(*corev1.ContainerStatus)) {
	c.life.update(func(status *corev1.PodStatus) {
		if c.life.ctx.Err() != nil {
			return
		}
		list := status.ContainerStatuses
		if c.init {
			list = status.InitContainerStatuses
		}
		if c.index < len(list) {
			edit(&list[c.index])
		}
		c.life.settle(status)
	})
}

// event tells one about this container.
func (c *container) event(kind, reason, message string) {
	if c.life.ctx.Err() != nil {
		return
	}
	pod := c.life.pod()
	field := "spec.containers{" + c.spec.Name + "}"
	if c.init {
		field = "spec.initContainers{" + c.spec.Name + "}"
	}
	c.life.node.recorder.Event(&corev1.ObjectReference{Kind: "Pod", APIVersion: "v1", Namespace: pod.Namespace,
		Name: pod.Name, UID: pod.UID, ResourceVersion: pod.ResourceVersion, FieldPath: field}, kind, reason, message)
}
