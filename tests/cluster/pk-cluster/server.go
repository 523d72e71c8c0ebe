// SPDX-License-Identifier: GPL-3.0-or-later

package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"time"

	corev1 "k8s.io/api/core/v1"
)

// serve answers what the API server asks nodes: logs, statistics, configuration. The API server reaches all nodes
// through one CONNECT proxy, which is us; no node has an address that exists.
func (p *player) serve(ctx context.Context) error {
	certificate, err := tls.LoadX509KeyPair(p.place.file("pki", "kubelet.crt"), p.place.file("pki", "kubelet.key"))
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", p.settings.ProxyPort))
	if err != nil {
		return err
	}
	arrivals := &arrivals{connections: make(chan net.Conn), done: ctx.Done(), address: listener.Addr()}
	proxy := &http.Server{
		Handler:   http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.connect(w, r, arrivals) }),
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12},
		// A tunnel takes the connection over, which HTTP/2 does not allow.
		TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){},
	}
	kubelets := &http.Server{
		Handler:     p.handler(),
		TLSConfig:   &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12},
		ConnContext: rememberNode,
	}
	context.AfterFunc(ctx, func() {
		_ = proxy.Close()
		_ = kubelets.Close()
	})
	go func() { _ = proxy.ServeTLS(listener, "", "") }()
	go func() { _ = kubelets.ServeTLS(arrivals, "", "") }()
	return nil
}

// connect hands a tunnel to the kubelets' server, with the node that it leads to.
func (p *player) connect(w http.ResponseWriter, r *http.Request, arrivals *arrivals) {
	host, _, err := net.SplitHostPort(r.Host)
	if r.Method != http.MethodConnect || err != nil {
		http.Error(w, "only CONNECT", http.StatusMethodNotAllowed)
		return
	}
	for _, n := range p.nodes {
		if n.address != host && n.name != host {
			continue
		}
		connection, buffered, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		if _, err := connection.Write([]byte("HTTP/1.1 200 OK\r\n\r\n")); err != nil {
			connection.Close()
			return
		}
		arrivals.add(&tunnel{Conn: connection, reader: buffered.Reader, node: n})
		return
	}
	http.Error(w, "no route to "+host, http.StatusBadGateway)
}

// tunnel is a connection to one node.
type tunnel struct {
	net.Conn
	reader *bufio.Reader
	node   *node
}

func (t *tunnel) Read(buffer []byte) (int, error) { return t.reader.Read(buffer) }

// arrivals is a listener for tunnels.
type arrivals struct {
	connections chan net.Conn
	done        <-chan struct{}
	address     net.Addr
}

func (a *arrivals) add(connection net.Conn) {
	select {
	case a.connections <- connection:
	case <-a.done:
		connection.Close()
	}
}

func (a *arrivals) Accept() (net.Conn, error) {
	select {
	case connection := <-a.connections:
		return connection, nil
	case <-a.done:
		return nil, net.ErrClosed
	}
}

func (a *arrivals) Close() error   { return nil }
func (a *arrivals) Addr() net.Addr { return a.address }

type nodeKey struct{}

func rememberNode(ctx context.Context, connection net.Conn) context.Context {
	if secure, ok := connection.(*tls.Conn); ok {
		if tunnel, ok := secure.NetConn().(*tunnel); ok {
			return context.WithValue(ctx, nodeKey{}, tunnel.node)
		}
	}
	return ctx
}

func nodeOf(r *http.Request) *node { return r.Context().Value(nodeKey{}).(*node) }

func (p *player) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /containerLogs/{namespace}/{pod}/{container}", p.logs)
	mux.HandleFunc("GET /stats/summary", func(w http.ResponseWriter, r *http.Request) { writeAnswer(w, nodeOf(r).summary()) })
	mux.HandleFunc("GET /configz", func(w http.ResponseWriter, _ *http.Request) {
		writeAnswer(w, map[string]any{"kubeletconfig": map[string]any{
			"evictionHard": map[string]string{"imagefs.available": "15%", "imagefs.inodesFree": "5%", "memory.available": "100Mi",
				"nodefs.available": "10%", "nodefs.inodesFree": "5%"},
			"evictionPressureTransitionPeriod": "5m0s", "imageGCHighThresholdPercent": 85, "imageGCLowThresholdPercent": 80,
		}})
	})
	return mux
}

func writeAnswer(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(value)
}

// logs writes lines that a launcher or a Docker daemon might: one for each second that the container ran, at most 200.
func (p *player) logs(w http.ResponseWriter, r *http.Request) {
	status := p.containerStatus(r.PathValue("namespace"), r.PathValue("pod"), r.PathValue("container"))
	options := r.URL.Query()
	started, ended, message := logSpan(status, options.Get("previous") == "true")
	if message != "" {
		http.Error(w, message, http.StatusBadRequest)
		return
	}
	begin := 0
	count := min(int(ended.Sub(started).Seconds())+1, 200)
	if tail, err := strconv.Atoi(options.Get("tailLines")); err == nil {
		begin = max(0, count-tail)
	}
	writeLine := func(number int) {
		if options.Get("timestamps") == "true" {
			fmt.Fprint(w, started.Add(time.Duration(number)*time.Second).UTC().Format(time.RFC3339Nano), " ")
		}
		fmt.Fprintf(w, "%s line %d: nothing to do\n", r.PathValue("container"), number+1)
	}
	w.Header().Set("Content-Type", "text/plain")
	for number := begin; number < count; number++ {
		writeLine(number)
	}
	if options.Get("follow") != "true" || status.State.Running == nil {
		return
	}
	flusher := http.NewResponseController(w)
	for number := count; flusher.Flush() == nil && pause(r.Context(), p.scaled(time.Second)); number++ {
		now := p.containerStatus(r.PathValue("namespace"), r.PathValue("pod"), r.PathValue("container"))
		if now == nil || now.ContainerID != status.ContainerID || now.State.Running == nil {
			return
		}
		writeLine(number)
	}
}

// logSpan is when the asked-for run of a container began and ended, or a kubelet's words for why there is none.
func logSpan(status *corev1.ContainerStatus, previous bool) (started, ended time.Time, message string) {
	switch {
	case status == nil:
		return started, ended, "container not found"
	case previous && status.LastTerminationState.Terminated == nil:
		return started, ended, fmt.Sprintf("previous terminated container %q not found", status.Name)
	case previous:
		last := status.LastTerminationState.Terminated
		return last.StartedAt.Time, last.FinishedAt.Time, ""
	case status.State.Running != nil:
		return status.State.Running.StartedAt.Time, time.Now(), ""
	case status.State.Terminated != nil:
		return status.State.Terminated.StartedAt.Time, status.State.Terminated.FinishedAt.Time, ""
	case status.LastTerminationState.Terminated != nil:
		last := status.LastTerminationState.Terminated
		return last.StartedAt.Time, last.FinishedAt.Time, ""
	}
	return started, ended, fmt.Sprintf("container %q is waiting to start: %s", status.Name, status.State.Waiting.Reason)
}

func (p *player) containerStatus(namespace, pod, container string) *corev1.ContainerStatus {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for _, one := range p.lives {
		current := one.pod()
		if current.Namespace != namespace || current.Name != pod {
			continue
		}
		for _, list := range [][]corev1.ContainerStatus{current.Status.ContainerStatuses, current.Status.InitContainerStatuses} {
			for index := range list {
				if list[index].Name == container {
					return &list[index]
				}
			}
		}
	}
	return nil
}
