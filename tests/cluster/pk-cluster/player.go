// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"
)

// player takes the part of all kubelets and of the volume provisioner.
type player struct {
	place    place
	settings settings
	client   kubernetes.Interface
	nodes    map[string]*node
	claims   corelisters.PersistentVolumeClaimLister

	mutex sync.Mutex
	lives map[types.UID]*life
}

// play runs until the context ends.
func play(ctx context.Context, p place) error {
	s, err := p.settings()
	if err != nil {
		return err
	}
	config, err := restConfig(p, "player")
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	result := &player{place: p, settings: s, client: client, nodes: map[string]*node{}, lives: map[types.UID]*life{}}
	return result.run(ctx)
}

func (p *player) run(ctx context.Context) error {
	broadcaster := record.NewBroadcaster(record.WithContext(ctx))
	defer broadcaster.Shutdown()
	broadcaster.StartRecordingToSink(&typedcorev1.EventSinkImpl{Interface: p.client.CoreV1().Events("")})

	for index, name := range p.settings.Nodes {
		recorder := broadcaster.NewRecorder(scheme.Scheme, corev1.EventSource{Component: "kubelet", Host: name})
		p.nodes[name] = newNode(p, name, index, recorder)
		if err := p.nodes[name].register(ctx); err != nil {
			return fmt.Errorf("node %s: %w", name, err)
		}
	}
	factory := informers.NewSharedInformerFactory(p.client, 0)
	p.claims = factory.Core().V1().PersistentVolumeClaims().Lister()
	if err := p.serve(ctx); err != nil {
		return err
	}
	if err := p.watchPods(ctx, factory); err != nil {
		return err
	}
	volumes, err := newVolumes(p.client, factory, broadcaster.NewRecorder(scheme.Scheme,
		corev1.EventSource{Component: provisioner + "_provisioner"}), p.nodes)
	if err != nil {
		return err
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	go volumes.run(ctx)
	for _, n := range p.nodes {
		go n.heartbeat(ctx)
	}
	p.followWishes(ctx)
	return nil
}

// watchPods gives each pod that is bound to one of our nodes a life of its own.
func (p *player) watchPods(ctx context.Context, factory informers.SharedInformerFactory) error {
	_, err := factory.Core().V1().Pods().Informer().AddEventHandler(cache.ResourceEventHandlerFuncs{
		AddFunc:    func(object any) { p.podSeen(ctx, object.(*corev1.Pod)) },
		UpdateFunc: func(_, object any) { p.podSeen(ctx, object.(*corev1.Pod)) },
		DeleteFunc: func(object any) {
			if unknown, ok := object.(cache.DeletedFinalStateUnknown); ok {
				object = unknown.Obj
			}
			p.podGone(object.(*corev1.Pod))
		},
	})
	return err
}

func (p *player) podSeen(ctx context.Context, pod *corev1.Pod) {
	n := p.nodes[pod.Spec.NodeName]
	if n == nil {
		return
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	one := p.lives[pod.UID]
	if one == nil {
		one = newLife(ctx, n, pod)
		p.lives[pod.UID] = one
		go one.run()
	}
	one.remember(pod)
	if pod.DeletionTimestamp != nil {
		one.end(errDeleted)
	}
}

func (p *player) podGone(pod *corev1.Pod) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	if one := p.lives[pod.UID]; one != nil {
		one.end(errGone)
		delete(p.lives, pod.UID)
	}
}

// livesOf lists the pods of one node.
func (p *player) livesOf(n *node) []*life {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	var result []*life
	for _, one := range p.lives {
		if one.node == n {
			result = append(result, one)
		}
	}
	return result
}

// followWishes brings changes of the control file to the nodes until the context ends.
func (p *player) followWishes(ctx context.Context) {
	ticker := time.NewTicker(100 * time.Millisecond)
	defer ticker.Stop()
	for {
		for name, wish := range p.place.wishes() {
			if n := p.nodes[name]; n != nil {
				n.follow(ctx, wish)
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// scaled is a duration of the play: divided by the speed that "up" was told.
func (p *player) scaled(duration time.Duration) time.Duration {
	return time.Duration(float64(duration) / p.settings.Speed)
}

// pause waits, and is false when the context ended meanwhile.
func pause(ctx context.Context, duration time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(duration):
		return true
	}
}
