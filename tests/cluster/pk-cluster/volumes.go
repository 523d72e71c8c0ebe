// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
)

// What the controllers of Kubernetes and a provisioner say to each other through annotations.
const (
	annotationProvisioner   = "volume.kubernetes.io/storage-provisioner"
	annotationSelectedNode  = "volume.kubernetes.io/selected-node"
	annotationProvisionedBy = "pv.kubernetes.io/provisioned-by"
)

// volumes makes, grows and removes the disks of claims that name our provisioner.
type volumes struct {
	client      kubernetes.Interface
	recorder    record.EventRecorder
	nodes       map[string]*node
	claims      corelisters.PersistentVolumeClaimLister
	disks       corelisters.PersistentVolumeLister
	somethingUp chan struct{}
}

func newVolumes(client kubernetes.Interface, factory informers.SharedInformerFactory, recorder record.EventRecorder,
	nodes map[string]*node) (*volumes, error) {
	v := &volumes{client: client, recorder: recorder, nodes: nodes, somethingUp: make(chan struct{}, 1)}
	v.claims = factory.Core().V1().PersistentVolumeClaims().Lister()
	v.disks = factory.Core().V1().PersistentVolumes().Lister()
	handler := cache.ResourceEventHandlerFuncs{
		AddFunc:    func(any) { v.ring() },
		UpdateFunc: func(any, any) { v.ring() },
		DeleteFunc: func(any) { v.ring() },
	}
	if _, err := factory.Core().V1().PersistentVolumeClaims().Informer().AddEventHandler(handler); err != nil {
		return nil, err
	}
	_, err := factory.Core().V1().PersistentVolumes().Informer().AddEventHandler(handler)
	return v, err
}

// ring says that something changed; many changes make one round.
func (v *volumes) ring() {
	select {
	case v.somethingUp <- struct{}{}:
	default:
	}
}

func (v *volumes) run(ctx context.Context) {
	for {
		if err := v.round(ctx); err != nil && ctx.Err() == nil {
			fmt.Println("volumes:", err)
			if pause(ctx, 200*time.Millisecond) {
				v.ring()
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-v.somethingUp:
		}
	}
}

func (v *volumes) round(ctx context.Context) error {
	claims, err := v.claims.List(labels.Everything())
	if err != nil {
		return err
	}
	for _, claim := range claims {
		if claim.Annotations[annotationProvisioner] != provisioner || claim.DeletionTimestamp != nil {
			continue
		}
		if claim.Spec.VolumeName == "" && claim.Annotations[annotationSelectedNode] != "" {
			err = v.provision(ctx, claim)
		} else if claim.Status.Phase == corev1.ClaimBound {
			err = v.grow(ctx, claim)
		}
		if err != nil {
			return err
		}
	}
	disks, err := v.disks.List(labels.Everything())
	if err != nil {
		return err
	}
	for _, disk := range disks {
		if disk.Annotations[annotationProvisionedBy] == provisioner && disk.Status.Phase == corev1.VolumeReleased &&
			disk.Spec.PersistentVolumeReclaimPolicy == corev1.PersistentVolumeReclaimDelete && disk.DeletionTimestamp == nil {
			if err := v.client.CoreV1().PersistentVolumes().Delete(ctx, disk.Name, metav1.DeleteOptions{}); err != nil {
				return err
			}
		}
	}
	return nil
}

// provision makes the disk of a claim, in the zone of the node that the scheduler chose.
func (v *volumes) provision(ctx context.Context, claim *corev1.PersistentVolumeClaim) error {
	n := v.nodes[claim.Annotations[annotationSelectedNode]]
	if n == nil {
		return nil
	}
	name := "pvc-" + string(claim.UID)
	if _, err := v.disks.Get(name); err == nil {
		return nil
	}
	class, err := v.client.StorageV1().StorageClasses().Get(ctx, *claim.Spec.StorageClassName, metav1.GetOptions{})
	if err != nil {
		return err
	}
	v.recorder.Eventf(claim, corev1.EventTypeNormal, "Provisioning",
		"External provisioner is provisioning volume for claim \"%s/%s\"", claim.Namespace, claim.Name)
	disk := &corev1.PersistentVolume{
		ObjectMeta: metav1.ObjectMeta{Name: name, Annotations: map[string]string{annotationProvisionedBy: provisioner}},
		Spec: corev1.PersistentVolumeSpec{
			Capacity:                      corev1.ResourceList{corev1.ResourceStorage: claim.Spec.Resources.Requests[corev1.ResourceStorage]},
			AccessModes:                   claim.Spec.AccessModes,
			VolumeMode:                    claim.Spec.VolumeMode,
			PersistentVolumeReclaimPolicy: *class.ReclaimPolicy,
			StorageClassName:              class.Name,
			ClaimRef: &corev1.ObjectReference{Kind: "PersistentVolumeClaim", APIVersion: "v1",
				Namespace: claim.Namespace, Name: claim.Name, UID: claim.UID, ResourceVersion: claim.ResourceVersion},
			PersistentVolumeSource: corev1.PersistentVolumeSource{
				HostPath: &corev1.HostPathVolumeSource{Path: "/var/lib/disks/" + name}},
			NodeAffinity: &corev1.VolumeNodeAffinity{Required: &corev1.NodeSelector{NodeSelectorTerms: []corev1.NodeSelectorTerm{{
				MatchExpressions: []corev1.NodeSelectorRequirement{{
					Key: corev1.LabelTopologyZone, Operator: corev1.NodeSelectorOpIn, Values: []string{n.zone()}}},
			}}}},
		},
	}
	if _, err := v.client.CoreV1().PersistentVolumes().Create(ctx, disk, metav1.CreateOptions{}); ignoreExists(err) != nil {
		return err
	}
	v.recorder.Eventf(claim, corev1.EventTypeNormal, "ProvisioningSucceeded", "Successfully provisioned volume %s", name)
	return nil
}

// grow gives a claim that asks for more what it asks for.
func (v *volumes) grow(ctx context.Context, claim *corev1.PersistentVolumeClaim) error {
	wanted := claim.Spec.Resources.Requests[corev1.ResourceStorage]
	current := claim.Status.Capacity[corev1.ResourceStorage]
	if wanted.Cmp(current) <= 0 {
		return nil
	}
	cached, err := v.disks.Get(claim.Spec.VolumeName)
	if err != nil {
		return err
	}
	v.recorder.Eventf(claim, corev1.EventTypeNormal, "Resizing", "External resizer is resizing volume %s", cached.Name)
	disk := cached.DeepCopy()
	disk.Spec.Capacity[corev1.ResourceStorage] = wanted
	if _, err := v.client.CoreV1().PersistentVolumes().Update(ctx, disk, metav1.UpdateOptions{}); err != nil {
		return err
	}
	claim = claim.DeepCopy()
	claim.Status.Capacity[corev1.ResourceStorage] = wanted
	claim.Status.Conditions = nil
	if _, err := v.client.CoreV1().PersistentVolumeClaims(claim.Namespace).UpdateStatus(ctx, claim, metav1.UpdateOptions{}); err != nil {
		return err
	}
	v.recorder.Event(claim, corev1.EventTypeNormal, "FileSystemResizeSuccessful", "MountVolume.NodeExpandVolume succeeded for volume \""+disk.Name+"\"")
	return nil
}
