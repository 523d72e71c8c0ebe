// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	stats "k8s.io/kubelet/pkg/apis/stats/v1alpha1"
)

const (
	usedAnnotation = "poolkeeper.test/used-"
	gibibyte       = int64(1) << 30
	systemUse      = 20 * gibibyte // the system and its images
	inodes         = 6_553_600
)

// volumeUse is how much lies in a volume of a pod: what an annotation says, else a few gibibytes that differ by pod.
func volumeUse(pod *corev1.Pod, volume string) int64 {
	if quantity, err := resource.ParseQuantity(pod.Annotations[usedAnnotation+volume]); err == nil {
		return quantity.Value()
	}
	return (3 + int64(len(pod.Name)+int(pod.Name[len(pod.Name)-1]))%5) * gibibyte
}

// used is how much of the node's disk is taken.
func (n *node) used() int64 {
	n.mutex.Lock()
	percent, full := n.wish.UsedPercent, n.pressed
	n.mutex.Unlock()
	switch {
	case full:
		return diskCapacity * 95 / 100
	case percent > 0:
		return diskCapacity * int64(percent) / 100
	}
	total := systemUse
	for _, one := range n.player.livesOf(n) {
		if pod := one.pod(); pod.Status.Phase == corev1.PodRunning {
			total += localUse(pod)
		}
	}
	return min(total, diskCapacity*89/100)
}

func filesystem(capacity, used int64) *stats.FsStats {
	number := func(value int64) *uint64 {
		result := uint64(max(value, 0))
		return &result
	}
	return &stats.FsStats{Time: metav1.NewTime(time.Now()), CapacityBytes: number(capacity), UsedBytes: number(used),
		AvailableBytes: number(capacity - used), Inodes: number(inodes), InodesFree: number(inodes - used>>15),
		InodesUsed: number(used >> 15)}
}

// summary is the kubelet's statistics: node, pods, and each volume of a pod.
func (n *node) summary() *stats.Summary {
	used := n.used()
	onNode := filesystem(diskCapacity, used)
	result := &stats.Summary{Node: stats.NodeStats{NodeName: n.name, Fs: onNode,
		Runtime: &stats.RuntimeStats{ImageFs: filesystem(diskCapacity, systemUse/2), ContainerFs: onNode}}}
	result.Node.Runtime.ImageFs.AvailableBytes = onNode.AvailableBytes
	for _, one := range n.player.livesOf(n) {
		if pod := one.pod(); pod.Status.Phase == corev1.PodRunning {
			result.Pods = append(result.Pods, n.player.podStats(pod, used))
		}
	}
	return result
}

func (p *player) podStats(pod *corev1.Pod, nodeUsed int64) stats.PodStats {
	small := containerUse.Value()
	result := stats.PodStats{PodRef: stats.PodReference{Name: pod.Name, Namespace: pod.Namespace, UID: string(pod.UID)}}
	ownUse := func(bytes int64) *stats.FsStats {
		fs := filesystem(diskCapacity, nodeUsed)
		taken := uint64(bytes)
		fs.UsedBytes = &taken
		return fs
	}
	total := int64(0)
	for _, container := range pod.Spec.Containers {
		result.Containers = append(result.Containers, stats.ContainerStats{Name: container.Name, Rootfs: ownUse(small), Logs: ownUse(small / 4)})
		total += small + small/4
	}
	for _, volume := range pod.Spec.Volumes {
		use := volumeUse(pod, volume.Name)
		entry := stats.VolumeStats{Name: volume.Name}
		switch {
		case volume.EmptyDir != nil:
			entry.FsStats = *ownUse(use)
			total += use
		case volume.PersistentVolumeClaim != nil:
			capacity := p.claimCapacity(pod.Namespace, volume.PersistentVolumeClaim.ClaimName)
			entry.FsStats = *filesystem(capacity, min(use, capacity))
			entry.PVCRef = &stats.PVCReference{Name: volume.PersistentVolumeClaim.ClaimName, Namespace: pod.Namespace}
		case volume.Ephemeral != nil:
			request := volume.Ephemeral.VolumeClaimTemplate.Spec.Resources.Requests[corev1.ResourceStorage]
			entry.FsStats = *filesystem(request.Value(), min(use, request.Value()))
			entry.PVCRef = &stats.PVCReference{Name: pod.Name + "-" + volume.Name, Namespace: pod.Namespace}
		default:
			continue
		}
		result.VolumeStats = append(result.VolumeStats, entry)
	}
	result.EphemeralStorage = ownUse(total)
	return result
}

func (p *player) claimCapacity(namespace, name string) int64 {
	claim, err := p.claims.PersistentVolumeClaims(namespace).Get(name)
	if err != nil {
		return 0
	}
	capacity := claim.Status.Capacity[corev1.ResourceStorage]
	return capacity.Value()
}
